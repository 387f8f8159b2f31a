//! Broken rosters, and what is said of each in both languages.
//!
//! The files lie in `tests/bad/roster/`, each with its `.expected`: the Chinese sentences, an empty line, the
//! English ones. They are made by [`table`] below (the `.xls` files were made by hand and altered) and are rewritten,
//! with what is said of them, when `TAKEROOT_BLESS` is set.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "tests and examples read files and print; the crate does not"
)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use common::{book, id, rows};
use takeroot_exchange::roster;
use takeroot_words::{Lang, Say as _};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/bad/roster")
}

/// What is said of a file, and the codes of it.
fn said(name: &str, bytes: &[u8]) -> (String, Vec<&'static str>) {
    let (zh, en, codes): (Vec<String>, Vec<String>, Vec<&str>) = match roster::read(bytes, name) {
        Err(fault) => (vec![fault.say(Lang::Zh)], vec![fault.say(Lang::En)], vec![fault.kind.code()]),
        Ok(reading) => (
            reading.faults.iter().map(|f| f.say(Lang::Zh)).collect(),
            reading.faults.iter().map(|f| f.say(Lang::En)).collect(),
            reading.faults.iter().map(|f| f.kind.code()).collect(),
        ),
    };
    (format!("{}\n\n{}\n", zh.join("\n"), en.join("\n")), codes)
}

/// A person's row: name and number.
fn lin(order: u32) -> String {
    format!("林小禾|{}", id("19850315", order))
}

/// A workbook of people, organs and one sheet of events.
fn with_events(name: &str, lines: Vec<String>) -> Vec<u8> {
    let people = vec!["姓名|身份证号".to_owned(), lin(301), lin(303)];
    let organs = rows(&["机构编号|机构名称|机构类别", "YL1|云岭县财政局|县级机关"]);
    book(&[("人员", people), ("机构", organs), (name, lines)])
}

/// Every broken file that is made from a table.
fn table() -> Vec<(&'static str, Vec<u8>)> {
    let me = id("19850315", 301);
    let one = |lines: Vec<String>| book(&[("花名册", lines)]);
    let good =
        one(vec!["姓名|身份证号|单位|参加工作时间".into(), format!("{}|云岭县财政局|2008.07", lin(301))]);
    let half = good[..good.len() / 2].to_vec();
    let mut wrong_check = me.clone();
    wrong_check.pop();
    wrong_check.push(if me.ends_with('7') { '8' } else { '7' });
    vec![
        ("empty.xlsx", Vec::new()),
        ("web-page.xls", "<html><table><tr><td>姓名</td></tr></table></html>".into()),
        ("renamed.xlsx", "姓名,身份证号\n".into()),
        ("truncated.xlsx", half),
        ("unknown-encoding.csv", b"\xd0\xd5\xc3\xfb,\xff\xff\xff\n".to_vec()),
        ("only-empty-sheets.xlsx", book(&[("Sheet1", vec![]), ("Sheet2", vec![])])),
        ("no-header.xlsx", one(rows(&["某县有关情况", "去年|今年", "n:3|n:4", "n:5|n:6"]))),
        ("no-id-column.xlsx", one(rows(&["姓名|性别|单位|现任职务", "林小禾|女|云岭县财政局|主任"]))),
        ("no-name-column.xlsx", one(vec!["身份证号|性别|单位".into(), format!("{me}|男|云岭县财政局")])),
        (
            "no-effective-date.xlsx",
            with_events("职级", vec!["姓名|身份证号|职级".into(), format!("{}|一级科员", lin(301))]),
        ),
        (
            "double-column.xlsx",
            one(vec!["姓名|身份证号|民族|民族".into(), format!("{}|汉族|瑶族", lin(301))]),
        ),
        (
            "bad-dates.xlsx",
            one(vec![
                "单位花名册（2023年12月）".into(),
                "姓名|身份证号|参加工作时间|入党时间|单位".into(),
                format!("{}|2008.13|2010-02-30|云岭县财政局", lin(301)),
                format!("{}|不详|n:2020.1|云岭县财政局", lin(303)),
                format!("{}|2008|1899.12|云岭县财政局", lin(305)),
                format!("{}|2008.07|2010.07|云岭县财政局", lin(307)),
            ]),
        ),
        (
            "bad-id-numbers.xlsx",
            one(vec![
                "姓名|身份证号".into(),
                "林小禾|99010119850315123".into(),
                "林大山|99010119850315O017".into(),
                "林小溪|990101198513150018".into(),
                format!("林小河|{wrong_check}"),
                format!("林小江|{me}"),
            ]),
        ),
        (
            "id-lost-digits.xlsx",
            one(rows(&["姓名|身份证号", "林小禾|n:990101198503153000", "林大山|990101198503153000"])),
        ),
        ("id-lost-digits.csv", "姓名,身份证号,性别\n林小禾,9.90101E+17,男\n".into()),
        (
            "differs-from-id.xlsx",
            one(vec![
                "姓名|身份证号|性别|出生年月".into(),
                format!("{}|女|1985.03", lin(301)),
                format!("{}|男|1986.03", lin(303)),
                format!("{}|男|1985-03-16", lin(305)),
            ]),
        ),
        (
            "double-person.xlsx",
            one(vec![
                "姓名|身份证号|单位|录用时间".into(),
                format!("{}|云岭县财政局|2010.09", lin(301)),
                format!("{}|云岭县林业局|2012.09", lin(301)),
            ]),
        ),
        (
            "missing-values.xlsx",
            one(vec!["姓名|身份证号|民族".into(), format!("|{me}|汉族"), "林大山||瑶族".into()]),
        ),
        (
            "error-cells.xlsx",
            one(vec!["姓名|身份证号|民族|参加工作时间".into(), format!("{}|e:#REF!|e:#N/A", lin(301))]),
        ),
        (
            "not-in-the-lists.xlsx",
            one(vec![
                "云岭县花名册（截至2023年12月31日）".into(),
                "姓名|身份证号|性别|单位|职级|全日制学历|2022年度考核|录用渠道".into(),
                format!("{}|雄|云岭县财政局|特级科员|博览群书|很好|走后门", lin(301)),
            ]),
        ),
        (
            "no-date.xlsx",
            one(vec![
                "姓名|身份证号|单位|职级|任现职级时间".into(),
                format!("{}|云岭县财政局|一级科员|", lin(301)),
            ]),
        ),
        (
            "no-organ.xlsx",
            one(vec![
                "姓名|身份证号|单位|现任职务|任现职时间".into(),
                format!("{}||办公室主任|2020.01", lin(301)),
            ]),
        ),
        (
            "no-date-column.xlsx",
            one(vec!["姓名|身份证号|单位|职级".into(), format!("{}|云岭县财政局|一级科员", lin(301))]),
        ),
        (
            "level-and-step.xlsx",
            one(vec![
                "花名册（截至2023年12月31日）".into(),
                "姓名|身份证号|单位|级别档次".into(),
                format!("{}|云岭县财政局|28级5档", lin(301)),
                format!("{}|云岭县财政局|22级", lin(303)),
            ]),
        ),
        (
            "assessments-without-years.xlsx",
            one(vec![
                "花名册（截至2023年12月31日）".into(),
                "姓名|身份证号|单位|近三年考核结果".into(),
                format!("{}|云岭县财政局|优秀、称职、称职", lin(301)),
            ]),
        ),
        (
            "merged-head.xlsx",
            one(vec![
                "云岭县花名册（截至2023年12月31日）".into(),
                "姓名|身份证号|单位|学历||职级|".into(),
                "|||全日制|在职|职级|任职时间".into(),
                format!("{}|云岭县财政局|大学|不清楚|一级科员|2019.06.31", lin(301)),
            ]),
        ),
        (
            "events-without-people.xlsx",
            book(&[(
                "职级",
                vec!["姓名|身份证号|职级|生效日期".into(), format!("{}|一级科员|2020-01-01", lin(301))],
            )]),
        ),
        (
            "events-of-strangers.xlsx",
            book(&[
                (
                    "人员",
                    vec![
                        "姓名|身份证号|民族".into(),
                        format!("{}|汉族", lin(301)),
                        "林大山|99010119850315|汉族".into(),
                    ],
                ),
                (
                    "职级",
                    vec![
                        "姓名|身份证号|职级|生效日期".into(),
                        format!("{}|一级科员|2020-01-01", lin(309)),
                        format!("林大禾|{me}|一级科员|2020-01-01"),
                        "林大山|99010119850315|一级科员|2020-01-01".into(),
                        "林小禾||一级科员|2020-01-01".into(),
                    ],
                ),
            ]),
        ),
        (
            "organs.xlsx",
            book(&[
                ("人员", vec!["姓名|身份证号".into(), lin(301)]),
                (
                    "机构",
                    rows(&[
                        "机构编号|机构名称|机构类别|行政区划代码|核定编制数",
                        "YL1|云岭县财政局|县级机关|990101|n:30",
                        "YL1|云岭县林业局|县级机关|990101|n:30",
                        "YL2|云岭县财政局|县级机关||n:30",
                        "YL3|石桥镇人民政府|镇级|99-01|n:-1",
                    ]),
                ),
                (
                    "调动",
                    vec![
                        "姓名|身份证号|机构|生效日期".into(),
                        format!("{}|云岭县水利局|2020-01-01", lin(301)),
                        format!("{}|云岭县财政局|2020-01-01", lin(301)),
                    ],
                ),
            ]),
        ),
        (
            "event-numbers.xlsx",
            with_events(
                "职级",
                vec![
                    "姓名|身份证号|职级|生效日期|事件编号|更正事件编号".into(),
                    format!("{}|一级科员|2020-01-01|n:1|", lin(301)),
                    format!("{}|四级主任科员|2022-01-01|n:1|", lin(301)),
                    format!("{}|四级主任科员|2022-01-01|n:3|n:9", lin(301)),
                    format!("{}|四级主任科员|2022-01-01|n:4|n:3", lin(301)),
                ],
            ),
        ),
        (
            "event-values.xlsx",
            with_events(
                "休假",
                vec![
                    "姓名|身份证号|休假类别|休假天数|开始日期".into(),
                    format!("{}|年休假|五天|2020-01-01", lin(301)),
                    format!("{}|年休假|n:2.3|2020-01-01", lin(301)),
                    format!("{}|探险假|n:5|2020-01-01", lin(301)),
                    format!("{}|年休假|n:5|", lin(301)),
                ],
            ),
        ),
        (
            "grades-of-events.xlsx",
            with_events(
                "级别档次",
                vec![
                    "姓名|身份证号|级别|档次|生效日期".into(),
                    format!("{}|n:28|n:1|2020-01-01", lin(301)),
                    format!("{}|n:22|n:0|2020-01-01", lin(301)),
                    format!("{}|二十二级|三档|2020-01-01", lin(301)),
                ],
            ),
        ),
        ("gb18030.csv", {
            let text = format!("姓名,身份证号,性别\n\n林小禾,{me},女\n");
            encoding_rs::GB18030.encode(&text).0.into_owned()
        }),
    ]
}

#[test]
fn every_broken_file_is_told_as_expected() {
    let bless = std::env::var_os("TAKEROOT_BLESS").is_some();
    let folder = folder();
    if bless {
        for (name, bytes) in table() {
            std::fs::write(folder.join(name), bytes).expect("written");
        }
    }
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !name.ends_with(".expected"))
        .collect();
    names.sort();
    assert!(names.len() >= 35, "{} files", names.len());
    let (mut wrong, mut codes) = (Vec::new(), BTreeSet::new());
    for name in &names {
        let bytes = std::fs::read(folder.join(name)).expect("read");
        let (said, kinds) = said(name, &bytes);
        assert!(!kinds.is_empty(), "{name} is not broken");
        codes.extend(kinds);
        let expected = folder.join(format!("{name}.expected"));
        if bless {
            std::fs::write(&expected, &said).expect("written");
        }
        let expected = std::fs::read_to_string(&expected).unwrap_or_default();
        if said != expected {
            wrong.push(format!("{name}: said\n{said}\nexpected\n{expected}"));
        }
        // Whatever can be read can be given back.
        if let Ok(reading) = roster::read(&bytes, name) {
            let back = roster::write_back(&bytes, name, &reading.faults, Lang::Zh).expect("written back");
            let again = roster::read(&back, name).expect("read again");
            if name != "damaged-sheet.xlsx" {
                assert_eq!(
                    again.faults.len(),
                    reading.faults.len(),
                    "{name} comes back with the same faults"
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    let all = [
        "ambiguous-organ",
        "birth-differs",
        "date-ambiguous",
        "date-impossible",
        "date-unreadable",
        "double-column",
        "double-event",
        "double-organ",
        "double-person",
        "error-cell",
        "file-corrupt",
        "file-empty",
        "file-encrypted",
        "file-not-a-workbook",
        "file-not-text",
        "id-birth",
        "id-check",
        "id-length",
        "id-lost-digits",
        "id-not-digit",
        "missing-column",
        "missing-value",
        "name-differs",
        "no-date",
        "no-date-column",
        "no-header",
        "no-people",
        "not-a-division",
        "not-a-number",
        "not-assessments",
        "not-half-days",
        "not-level-step",
        "not-listed",
        "person-left-out",
        "sex-differs",
        "sheet-unreadable",
        "unknown-amended",
        "unknown-organ",
        "unknown-person",
    ];
    let missing: Vec<_> = all.iter().filter(|c| !codes.contains(*c)).collect();
    assert!(missing.is_empty(), "no file shows {missing:?}");
}
