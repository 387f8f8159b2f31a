//! Rosters as offices keep them: each layout that the reader must understand, read to the facts it states.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "tests and examples read files and print; the crate does not"
)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{book, id, put, rows};
use rust_xlsxwriter::{Format, Workbook};
use takeroot_civil::*;
use takeroot_exchange::roster::{self, INFERRED, Reading, SheetKind};
use takeroot_words::{Lang, Say as _};

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn sound(bytes: &[u8], name: &str) -> Reading {
    let reading = roster::read(bytes, name).expect("read");
    let said: Vec<String> = reading.faults.iter().map(|f| f.say(Lang::Zh)).collect();
    assert!(said.is_empty(), "{said:#?}");
    reading
}

fn dated(career: &Career) -> Vec<(String, &Fact)> {
    career.events.iter().map(|e| (e.dates.effective.to_string(), &e.fact)).collect()
}

/// A three-line merged head under a title, two people, a total, signatures, a hidden code list, instructions.
fn one_sheet() -> Vec<u8> {
    let mut book = Workbook::new();
    let format = Format::new();
    let sheet = book.add_worksheet().set_name("花名册").unwrap();
    sheet.merge_range(0, 0, 0, 21, "云岭县公务员花名册（截至2023年12月31日）", &format).unwrap();
    put(sheet, 1, 0, "填报单位（盖章）：云岭县委组织部");
    let upright = [
        (0, "序\n号"),
        (1, "姓　名"),
        (2, "公民身份号码"),
        (3, "性别"),
        (4, "出生\n年月"),
        (5, "民族"),
        (6, "参工\n时间"),
        (7, "工作单位"),
        (8, "录用\n时间"),
        (9, "录用渠道"),
    ];
    for (col, text) in upright {
        sheet.merge_range(2, col, 4, col, text, &format).unwrap();
    }
    sheet.merge_range(2, 10, 2, 13, "学　历", &format).unwrap();
    sheet.merge_range(3, 10, 3, 11, "全日制教育", &format).unwrap();
    sheet.merge_range(3, 12, 3, 13, "在职教育", &format).unwrap();
    for (col, text) in
        [(10, "学历学位"), (11, "毕业院校系及专业"), (12, "学历学位"), (13, "毕业院校系及专业")]
    {
        put(sheet, 4, col, text);
    }
    sheet.merge_range(2, 14, 2, 15, "现任职务", &format).unwrap();
    sheet.merge_range(2, 16, 2, 18, "职级", &format).unwrap();
    for (col, text) in
        [(14, "职务名称"), (15, "任职时间"), (16, "现任职级"), (17, "任职时间"), (18, "任同职级时间")]
    {
        sheet.merge_range(3, col, 4, col, text, &format).unwrap();
    }
    sheet.merge_range(2, 19, 2, 21, "近三年年度考核结果", &format).unwrap();
    for (col, year) in [(19, "n:2020"), (20, "n:2021"), (21, "2022年")] {
        sheet.merge_range(3, col, 4, col, "", &format).unwrap();
        put(sheet, 3, col, year);
    }
    let one = id("19850315", 123);
    let two = id("19900102", 124);
    common_rows(sheet, &one, &two);
    let hidden = book.add_worksheet().set_name("sys_dict").unwrap();
    put(hidden, 0, 0, "姓名");
    hidden.set_hidden(true);
    let help = book.add_worksheet().set_name("填报说明").unwrap();
    put(help, 0, 0, "一、姓名、身份证号必填");
    book.save_to_buffer().unwrap()
}

fn common_rows(sheet: &mut rust_xlsxwriter::Worksheet, one: &str, two: &str) {
    let first = format!(
        "n:1|张　三|{one}|男|1985.03|汉|2008年7月|云岭县财政局|d:2010-09-01|公务员考录|大学\n管理学学士|云岭大学会计系|省委党校研究生|省委党校|办公室主任|202001|四级主任科员|2019-06-01|n:2016.05|优秀|称职|未定等次"
    );
    let second =
        format!("n:2|李四|{two}|女|19900102|瑶族|n:2012.07||2012/7/1|选调|研究生|云岭大学||||||||称职||/");
    for (row, line) in [(5, first), (6, second)] {
        for (col, cell) in (0u16..).zip(line.split('|')) {
            put(sheet, row, col, cell);
        }
    }
    sheet.merge_range(5, 7, 6, 7, "云岭县财政局", &Format::new()).unwrap();
    put(sheet, 8, 0, "合计");
    put(sheet, 8, 2, "n:2");
    put(sheet, 9, 0, "填表人：王五");
    put(sheet, 9, 4, "审核人：赵六");
    put(sheet, 10, 0, "注：本表一式两份。");
}

#[test]
fn a_one_sheet_roster_becomes_dated_events() {
    let reading = sound(&one_sheet(), "花名册.xlsx");
    let kinds: Vec<SheetKind> = reading.sheets.iter().map(|s| s.kind).collect();
    assert_eq!(kinds, [SheetKind::Roster, SheetKind::Codes, SheetKind::Instructions]);
    assert_eq!(
        (reading.sheets[0].header_row, reading.sheets[0].rows, reading.sheets[0].read),
        (Some(5), 2, 2)
    );
    assert_eq!(reading.sheets[0].ignored, Vec::<String>::new());
    let roster = &reading.roster;
    assert_eq!(roster.organs.len(), 1);
    assert_eq!((roster.organs[0].name.as_str(), roster.organs[0].kind), ("云岭县财政局", OrganKind::County));
    let organ = roster.organs[0].id.clone();

    let zhang = &roster.careers[0];
    assert_eq!(zhang.person.name, "张三");
    assert_eq!(zhang.person.ethnic, "汉族");
    assert_eq!(zhang.person.birth, Some(day("1985-03-15")), "the month of the cell, the day of the number");
    assert_eq!(zhang.person.work_start, Some(day("2008-07-01")));
    let school = |education, degree, full_time, school: &str| Fact::Educated {
        education,
        degree,
        full_time,
        school: school.into(),
        major: String::new(),
    };
    assert_eq!(
        dated(zhang),
        [
            ("2008-07-01".to_owned(), &school(Education::Bachelor, Degree::Bachelor, true, "云岭大学会计系")),
            (
                "2010-09-01".into(),
                &Fact::Recruited { channel: Channel::Exam, organ: organ.clone(), years_in_unit: None }
            ),
            ("2019-06-01".into(), &Fact::Ranked { rank: Rank::Principal4 }),
            (
                "2020-01-01".into(),
                &Fact::Appointed {
                    layer: None,
                    title: "办公室主任".into(),
                    organ: organ.clone(),
                    concurrent: false
                }
            ),
            ("2020-12-31".into(), &Fact::Assessed { year: 2020, grade: Grade::Excellent }),
            ("2021-12-31".into(), &Fact::Assessed { year: 2021, grade: Grade::Competent }),
            ("2022-12-31".into(), &Fact::Assessed { year: 2022, grade: Grade::Ungraded }),
            ("2023-12-31".into(), &school(Education::Master, Degree::None, false, "省委党校")),
        ]
    );
    let ranked = zhang.events.iter().find(|e| matches!(e.fact, Fact::Ranked { .. })).unwrap();
    assert_eq!(ranked.dates.counted_from, Some(day("2016-05-01")));
    assert_eq!(ranked.basis, "");
    assert_eq!(zhang.events[0].basis, INFERRED);
    assert!(zhang.events.iter().map(|e| e.id.0).eq(1..=8));

    let li = &roster.careers[1];
    assert_eq!(li.person.birth, Some(day("1990-01-02")));
    assert!(
        dated(li).contains(&(
            "2012-07-01".to_owned(),
            &Fact::Recruited { channel: Channel::SelectedGraduate, organ, years_in_unit: None }
        )),
        "the organ of cells merged downwards"
    );
    assert_eq!(li.events.iter().filter(|e| matches!(e.fact, Fact::Assessed { .. })).count(), 1);
}

#[test]
fn a_flat_head_of_other_spellings_in_csv_and_gb18030() {
    let table = format!(
        "某县在册人员名单,,,,,,,,,\n名字,身份证号码,所在单位,职务,任现职时间,现任职级,任现职级时间,级别,档次,2022年度考核\n\
         王 五,{},石桥镇人民政府,副镇长,2021年5月,一级科员,2020/1/22,22级,五档,称职\n",
        id("19880808", 211)
    );
    let (gb, ..) = encoding_rs::GB18030.encode(&table);
    let with_mark = format!("\u{feff}{}", table.replace(',', "\t"));
    for bytes in [gb.as_ref(), table.as_bytes(), with_mark.as_bytes()] {
        let reading = sound(bytes, "在册人员.csv");
        let career = &reading.roster.careers[0];
        assert_eq!(career.person.name, "王五");
        assert_eq!(reading.sheets[0].header_row, Some(2));
        assert_eq!(career.person.sex, Some(Sex::Male), "from the number, as the roster has no column");
        let graded = career.events.iter().find(|e| matches!(e.fact, Fact::Graded { .. })).unwrap();
        assert_eq!(graded.fact, Fact::Graded { level: Level::new(22).unwrap(), step: Step::new(5).unwrap() });
        assert_eq!((graded.dates.effective, graded.basis.as_str()), (day("2021-05-01"), INFERRED));
        // Nobody said how he was recruited: he is registered from the earliest date that the row has.
        let organ = OrganId("石桥镇人民政府".into());
        assert_eq!(career.events[0].fact, Fact::Registered { organ });
        assert_eq!(career.events[0].dates.effective, day("2020-01-22"));
        assert_eq!(reading.roster.organs[0].kind, OrganKind::Township);
    }
}

#[test]
fn dates_of_all_kinds_stand_in_one_column() {
    let cells = [
        "2020.01",
        "202001",
        "2020-01-01",
        "2020/1/1",
        "2020年1月",
        "20200101",
        "d:2020-01-01",
        "n:2020.01",
        "n:202001",
        "n:43831",
    ];
    let mut lines = vec!["姓名|身份证号|参加工作时间".to_owned()];
    lines.extend((0u32..).zip(cells).map(|(n, cell)| format!("林小禾|{}|{cell}", id("19850315", 300 + n))));
    let reading = sound(&book(&[("Sheet1", lines)]), "a.xlsx");
    assert_eq!(reading.roster.careers.len(), cells.len());
    for career in &reading.roster.careers {
        assert_eq!(career.person.work_start, Some(day("2020-01-01")));
    }
}

#[test]
fn a_number_column_that_pads_its_months_shows_what_2020_1_means() {
    let lines = |second: &str| {
        vec![
            "姓名|身份证号|参加工作时间".to_owned(),
            format!("林小禾|{}|n:2020.1", id("19850315", 300)),
            format!("林大山|{}|n:{second}", id("19850315", 301)),
        ]
    };
    let reading = sound(&book(&[("Sheet1", lines("2019.07"))]), "a.xlsx");
    assert_eq!(reading.roster.careers[0].person.work_start, Some(day("2020-10-01")));
    let reading = roster::read(&book(&[("Sheet1", lines("2019.7"))]), "a.xlsx").unwrap();
    assert_eq!(reading.faults.iter().map(|f| f.kind.code()).collect::<Vec<_>>(), ["date-ambiguous"]);
    assert_eq!(reading.roster.careers.len(), 1);
}

#[test]
fn sheets_of_events_by_an_offices_own_headers() {
    let me = id("19850315", 123);
    let sheets = [
        ("干部基本信息", rows(&["人员信息采集表", "姓名|身份证号码|性别|出生年月"])),
        (
            "考核情况",
            vec![
                "姓名|身份证号|年度|考核等次|考核时间|文号".to_owned(),
                format!("林小禾|{me}|n:2022|优秀|2023.02|云组〔2023〕1号"),
            ],
        ),
        (
            "Sheet3",
            vec![
                "身份证号|姓名|晋升职级|晋升时间|任同职级时间".to_owned(),
                format!("{me}|林小禾|一级科员|2020.01|2019.06"),
            ],
        ),
        (
            "工作经历",
            vec![
                "身份证号|姓名|经历类别|单位及职务|开始日期|截止日期".to_owned(),
                format!("{me}|林小禾|大学生村官|石桥镇上坪村|2008.07|至今"),
            ],
        ),
        ("空表", rows(&[])),
    ];
    let mut sheets = sheets.to_vec();
    sheets[0].1.push(format!("林小禾|{me}|男|1985.03"));
    let reading = sound(&book(&sheets), "a.xlsx");
    let kinds: Vec<&str> = reading.sheets.iter().map(|s| s.kind.code()).collect();
    assert_eq!(kinds, ["people", "assessed", "ranked", "worked", "empty"]);
    let events = &reading.roster.careers[0].events;
    assert_eq!(events.len(), 3);
    assert_eq!(
        events[0].fact,
        Fact::Worked { kind: WorkKind::VillageGraduate, place: "石桥镇上坪村".into(), to: None }
    );
    assert_eq!(events[1].dates.counted_from, Some(day("2019-06-01")));
    assert_eq!(events[2].document, "云组〔2023〕1号");
}

#[test]
fn a_workbook_comes_back_with_its_errors_and_reads_the_same() {
    let bytes = one_sheet();
    let reading = roster::read(&bytes, "花名册.xlsx").unwrap();
    // Nothing wrong: nothing added.
    let back = roster::write_back(&bytes, "花名册.xlsx", &reading.faults, Lang::Zh).unwrap();
    let again = sound(&back, "花名册.xlsx");
    assert_eq!(again.roster, reading.roster);

    let lines = vec![
        "姓名|身份证号|参加工作时间".to_owned(),
        format!("林小禾|{}|2020.13", id("19850315", 300)),
        format!("林大山|{}|2020.12", id("19850315", 301)),
    ];
    let bytes = book(&[("Sheet1", lines)]);
    let mut name = "a.xlsx";
    let mut file = bytes;
    // The second time the column of errors is there already and is written again, not added.
    for _ in 0..2 {
        let reading = roster::read(&file, name).unwrap();
        assert_eq!(reading.faults.len(), 1);
        assert_eq!(reading.roster.careers.len(), 1);
        let back = roster::write_back(&file, name, &reading.faults, Lang::Zh).unwrap();
        let mut sheet =
            calamine::open_workbook_from_rs::<calamine::Xlsx<_>, _>(std::io::Cursor::new(&back)).unwrap();
        let range = calamine::Reader::worksheet_range(&mut sheet, "Sheet1").unwrap();
        assert_eq!(range.get_value((0, 3)), Some(&calamine::Data::String("错误".into())));
        assert_eq!(
            range.get_value((1, 3)),
            Some(&calamine::Data::String(
                "C列“参加工作时间”：“2020.13”不是真实存在的日期；应为：1900年至2199年之间真实存在的日期"
                    .into()
            ))
        );
        assert_eq!(range.get_value((2, 3)).filter(|v| **v != calamine::Data::Empty), None);
        assert_eq!(range.width(), 4);
        (file, name) = (back, "b.xlsx");
    }
}

#[test]
fn csv_comes_back_as_a_workbook() {
    let text = format!("姓名,身份证号,性别\n林小禾,{},女\n", id("19850315", 301));
    let reading = roster::read(text.as_bytes(), "名单.csv").unwrap();
    assert_eq!(reading.faults[0].kind.code(), "sex-differs");
    let back = roster::write_back(text.as_bytes(), "名单.csv", &reading.faults, Lang::En).unwrap();
    let again = roster::read(&back, "名单.xlsx").unwrap();
    assert_eq!(again.sheets[0].name, "名单");
    assert_eq!(again.faults.len(), 1);
}

#[test]
fn the_template_shows_a_number_that_is_right() {
    let bytes = roster::template(Lang::Zh).unwrap();
    let mut book =
        calamine::open_workbook_from_rs::<calamine::Xlsx<_>, _>(std::io::Cursor::new(bytes)).unwrap();
    let range = calamine::Reader::worksheet_range(&mut book, "填表说明").unwrap();
    let row = range.rows().find(|r| r.get(1) == Some(&calamine::Data::String("身份证号".into()))).unwrap();
    let calamine::Data::String(id) = &row[4] else { panic!("no example") };
    assert_eq!(ResidentId::parse(id).unwrap().birth(), day("1985-03-15"));
}

#[test]
fn the_template_reads_as_a_roster_of_nobody() {
    for lang in Lang::ALL {
        let bytes = roster::template(lang).unwrap();
        assert_eq!(bytes, roster::template(lang).unwrap());
        let reading = sound(&bytes, "template.xlsx");
        assert_eq!(reading.roster, Roster::default());
        assert_eq!(reading.sheets.len(), 20);
        assert_eq!(reading.sheets[0].kind, SheetKind::Instructions);
        assert_eq!(reading.sheets[19].kind, SheetKind::Codes);
        assert!(reading.sheets[1..19].iter().all(|s| s.header_row == Some(1)));
    }
}

#[test]
fn an_invented_roster_says_so_and_is_known_by_it() {
    let roster = Roster { invented: true, ..Roster::default() };
    for lang in Lang::ALL {
        assert!(sound(&roster::write(&roster, lang).unwrap(), "a.xlsx").roster.invented);
    }
}

#[test]
fn reading_tells_how_far_it_is_and_stops_when_told() {
    let mut lines = vec!["姓名|身份证号".to_owned()];
    lines
        .extend((0..2000u32).map(|n| {
            format!("林小禾|{}", id(&format!("1985{:02}{:02}", n / 250 + 1, n % 25 + 1), n % 1000))
        }));
    let bytes = book(&[("Sheet1", lines)]);
    let mut seen = Vec::new();
    roster::read_with(&bytes, "a.xlsx", &mut |p| {
        seen.push((p.done, p.total));
        std::ops::ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(seen, [(512, 2001), (1024, 2001), (1536, 2001)]);
    let stopped = roster::read_with(&bytes, "a.xlsx", &mut |_| std::ops::ControlFlow::Break(()));
    assert_eq!(stopped.unwrap_err().kind.code(), "cancelled");
}

#[test]
fn what_cannot_be_used_is_told_and_what_dates_itself_is_read() {
    let lines = vec![
        "姓名|身份证号|工作单位及职务|级别|编制性质|毕业院校|2022年度考核".to_owned(),
        format!("林小禾|{}|石桥镇人民政府副镇长|22|行政编制|云岭大学|优秀", id("19850315", 301)),
    ];
    let reading = sound(&book(&[("Sheet1", lines)]), "a.xlsx");
    assert_eq!(reading.sheets[0].ignored, ["工作单位及职务", "级别", "编制性质", "毕业院校"]);
    assert_eq!(
        dated(&reading.roster.careers[0]),
        [("2022-12-31".to_owned(), &Fact::Assessed { year: 2022, grade: Grade::Excellent })]
    );

    let lines = vec![
        "姓名|身份证号|单位|职级|2022年度考核".to_owned(),
        format!("林小禾|{}|云岭县财政局|一级科员|优秀", id("19850315", 301)),
    ];
    let reading = roster::read(&book(&[("Sheet1", lines)]), "a.xlsx").unwrap();
    assert_eq!(reading.faults.iter().map(|f| f.kind.code()).collect::<Vec<_>>(), ["no-date-column"]);
    assert_eq!(reading.roster.careers[0].events.len(), 1);
}
