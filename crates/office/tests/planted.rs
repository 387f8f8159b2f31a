//! A workbook with one fault of each kind: every one is named, nothing is written; mended, it comes in.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests may fail"
)]

use std::collections::BTreeSet;
use std::sync::Arc;

use rust_xlsxwriter::{Formula, Workbook};

use takeroot_civil::resident_id::check_character;
use takeroot_office::import::RowKind;
use takeroot_office::jobs::Progress;
use takeroot_office::testing;
use takeroot_office::{Office, Viewer};

use takeroot_store::imports;

/// An identity number of nobody: area 990101.
fn id(order: u32) -> String {
    let digits = format!("99010119850315{order:03}");
    format!("{digits}{}", check_character(&digits).unwrap())
}

fn lin(order: u32) -> String {
    format!("林小禾|{}", id(order))
}

/// Cells separated by `|`: `n:` a number, `e:` an error, else text.
fn book(sheets: &[(&str, Vec<String>)]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        for (row, line) in (0_u32..).zip(rows) {
            for (col, cell) in (0_u16..).zip(line.split('|')) {
                if let Some(n) = cell.strip_prefix("n:") {
                    sheet.write_number(row, col, n.parse::<f64>().unwrap()).unwrap();
                } else if let Some(e) = cell.strip_prefix("e:") {
                    sheet.write_formula(row, col, Formula::new("=A1").set_result(e)).unwrap();
                } else if !cell.is_empty() {
                    sheet.write_string(row, col, cell).unwrap();
                }
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// The workbook; with `faults`, one row for each kind of fault stands among the sound ones.
fn workbook(faults: bool) -> Vec<u8> {
    let with = |sound: Vec<String>, planted: Vec<String>| {
        let mut rows = sound;
        if faults {
            rows.extend(planted);
        }
        rows
    };
    let mut wrong_check = id(319);
    let last = if wrong_check.ends_with('7') { '8' } else { '7' };
    wrong_check.pop();
    wrong_check.push(last);
    let people = with(
        vec![
            "姓名|身份证号|性别|出生年月|参加工作时间|民族".into(),
            format!("{}|男|1985.03|2008.07|汉族", lin(301)),
            format!("{}|男|1985.03|2008.07|瑶族", lin(303)),
        ],
        vec![
            "林甲|99010119850315123".into(),
            "林乙|99010119850315O017".into(),
            "林丙|990101198513150018".into(),
            format!("林丁|{wrong_check}"),
            "林戊|n:990101198503153000".into(),
            format!("{}|女", lin(305)),
            format!("{}|男|1986.03", lin(307)),
            format!("{}|男||2010-02-30", lin(309)),
            format!("{}|男||不详", lin(311)),
            format!("{}|男||n:2020.1", lin(313)),
            lin(301),
            format!("|{}", id(315)),
            format!("{}|男||2008.07|e:#N/A", lin(317)),
            format!("{}|雄", lin(321)),
        ],
    );
    let organs = with(
        vec![
            "机构编号|机构名称|机构类别|行政区划代码|核定编制数".into(),
            "YL1|云岭县财政局|县级机关|990101|n:30".into(),
            "YL2|云岭县林业局|县级机关|990101|n:20".into(),
        ],
        vec![
            "YL1|云岭县水利局|县级机关|990101|n:30".into(),
            "YL5|云岭县林业局|县级机关|990101|n:30".into(),
            "YL3|石桥镇人民政府|镇级|990101|n:3".into(),
            "YL4|石塘镇人民政府|乡镇|99-01|n:3".into(),
            "YL6|石山镇人民政府|乡镇|990101|n:-1".into(),
        ],
    );
    let ranks = with(
        vec![
            "姓名|身份证号|职级|生效日期|事件编号|更正事件编号".into(),
            format!("{}|一级科员|2020-01-01|n:1|", lin(301)),
        ],
        vec![
            format!("{}|四级主任科员|2022-01-01|n:1|", lin(301)),
            format!("{}|四级主任科员|2022-01-01|n:3|n:9", lin(301)),
            format!("{}|一级科员|2020-01-01||", lin(399)),
            format!("林大禾|{}|一级科员|2020-01-01||", id(301)),
            "林甲|99010119850315123|一级科员|2020-01-01||".into(),
            format!("{}|特级科员|2020-01-01||", lin(303)),
        ],
    );
    let leave = with(
        vec![
            "姓名|身份证号|休假类别|休假天数|开始日期".into(),
            format!("{}|年休假|n:5|2020-01-06", lin(301)),
        ],
        vec![format!("{}|年休假|五天|2020-01-01", lin(301)), format!("{}|年休假|n:5|", lin(303))],
    );
    let moves = with(
        vec!["姓名|身份证号|机构|生效日期".into(), format!("{}|云岭县财政局|2020-01-01", lin(301))],
        vec![
            format!("{}|云岭县农业局|2020-01-01", lin(303)),
            format!("{}|云岭县林业局|2021-01-01", lin(303)),
        ],
    );
    let mut sheets =
        vec![("人员", people), ("机构", organs), ("职级", ranks), ("休假", leave), ("调动", moves)];
    if faults {
        sheets.push(("去年情况", vec!["某县有关情况".into(), "去年|今年".into(), "n:3|n:4".into()]));
    }
    book(&sheets)
}

async fn preview(office: &Arc<Office>, me: &Viewer, bytes: Vec<u8>) -> i64 {
    let (id, job) = office.import_file(me, "planted.xlsx", bytes).await.unwrap();
    while office.job(me, job).await.unwrap().state == "running" {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert_eq!(office.job(me, job).await.unwrap().state, "done");
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn every_planted_fault_is_named_and_the_mended_workbook_comes_in() {
    let dir = tempfile::tempdir().unwrap();
    for (office, _) in testing::offices(dir.path()).await.unwrap() {
        every_fault(Arc::new(office)).await;
    }
}

async fn every_fault(office: Arc<Office>) {
    let me = Viewer::installation();

    let id = preview(&office, &me, workbook(true)).await;
    let rows = office.preview_rows(&me, id, Some(RowKind::Error), 0, 200).await.unwrap();
    let told: Vec<_> = rows.iter().flat_map(|r| &r.problems).collect();
    assert!(told.len() >= 30, "{} faults told", told.len());
    for problem in &told {
        assert!(!problem.message.zh.is_empty() && !problem.message.en.is_empty());
        assert!(!problem.sheet.is_empty() || problem.row.is_none(), "{problem:?}");
    }
    let codes: BTreeSet<&str> = told.iter().map(|p| p.code.as_str()).collect();
    let expected = BTreeSet::from([
        "ambiguous-organ",
        "birth-differs",
        "date-ambiguous",
        "date-impossible",
        "date-unreadable",
        "double-event",
        "double-organ",
        "double-person",
        "error-cell",
        "id-birth",
        "id-check",
        "id-length",
        "id-lost-digits",
        "id-not-digit",
        "missing-value",
        "name-differs",
        "no-header",
        "not-a-division",
        "not-a-number",
        "not-half-days",
        "not-listed",
        "person-left-out",
        "sex-differs",
        "unknown-amended",
        "unknown-organ",
        "unknown-person",
    ]);
    assert_eq!(codes, expected);

    // Refused as it is, and nothing is written.
    assert!(office.apply(&me, id, false, &Progress::default()).await.is_err());
    let mut tx = office.db.read().await.unwrap();
    assert!(imports::keys(&mut tx).await.unwrap().is_empty());
    drop(tx);
    let (_, back) = office.import_back(&me, id, takeroot_words::Lang::Zh).await.unwrap();
    assert!(!back.is_empty());

    let id = preview(&office, &me, workbook(false)).await;
    let counts = office.preview(&me, id).await.unwrap().counts;
    assert_eq!((counts.get(RowKind::Error), counts.get(RowKind::New)), (0, 2));
    office.apply(&me, id, false, &Progress::default()).await.unwrap();
    let id = preview(&office, &me, workbook(false)).await;
    assert_eq!(office.preview(&me, id).await.unwrap().counts.get(RowKind::Unchanged), 2);
}
