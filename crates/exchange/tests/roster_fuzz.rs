//! Whatever the bytes, the reader answers: it never panics, and what it read can be given back.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "tests and examples read files and print; the crate does not"
)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::path::Path;

use common::id;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use takeroot_exchange::roster;
use takeroot_words::{Lang, Say as _};

/// Reads, says every fault, gives the file back and reads that.
fn answer(bytes: &[u8], name: &str) {
    let Ok(reading) = roster::read(bytes, name) else {
        return;
    };
    for fault in &reading.faults {
        for lang in Lang::ALL {
            assert!(!fault.say(lang).is_empty());
        }
    }
    if let Ok(back) = roster::write_back(bytes, name, &reading.faults, Lang::Zh) {
        roster::read(&back, "back.xlsx").expect("what was written back can be read");
    }
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xedb8_8320 } else { c >> 1 })
    })
}

/// A zip archive of stored files, so that damage inside a part reaches the reader of parts.
fn zip(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in parts {
        let (at, size) = (out.len() as u32, bytes.len() as u32);
        let mut common = Vec::new();
        common.extend([20u16, 0, 0, 0, 0x21].iter().flat_map(|n| n.to_le_bytes()));
        common.extend([crc(bytes), size, size].iter().flat_map(|n| n.to_le_bytes()));
        common.extend([name.len() as u16, 0].iter().flat_map(|n| n.to_le_bytes()));
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(name.as_bytes());
        out.extend(bytes);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&common);
        directory.extend([0u16, 0, 0, 0, 0].iter().flat_map(|n| n.to_le_bytes()));
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (at, size, n) = (out.len() as u32, directory.len() as u32, parts.len() as u16);
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([n, n].iter().flat_map(|n| n.to_le_bytes()));
    out.extend([size, at].iter().flat_map(|n| n.to_le_bytes()));
    out.extend([0, 0]);
    out
}

/// A workbook whose one sheet has this XML.
fn workbook(sheet: &[u8]) -> Vec<u8> {
    workbook_with(sheet, None)
}

fn workbook_with(sheet: &[u8], strings: Option<String>) -> Vec<u8> {
    let rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let mut parts = vec![
        (
            "_rels/.rels",
            format!(r#"<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{rels}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#).into(),
        ),
        (
            "xl/workbook.xml",
            format!(r#"<workbook xmlns="{main}" xmlns:r="{rels}"><sheets><sheet name="花名册" sheetId="1" r:id="rId1"/></sheets></workbook>"#).into(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(r#"<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{rels}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{rels}/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#).into(),
        ),
        ("xl/worksheets/sheet1.xml", sheet.to_vec()),
    ];
    parts.extend(strings.map(|s| ("xl/sharedStrings.xml", s.into_bytes())));
    zip(&parts)
}

fn sheet_xml() -> String {
    let cell = |at: &str, text: &str| format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:D3"/><sheetData><row r="1">{}{}{}{}</row><row r="2">{}{}{}<c r="D2"><v>2020.01</v></c></row><row r="3"><c r="A3" t="e"><v>#N/A</v></c><c r="B3" t="b"><v>1</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A3:C3"/></mergeCells></worksheet>"#,
        cell("A1", "姓名"),
        cell("B1", "身份证号"),
        cell("C1", "单位"),
        cell("D1", "参加工作时间"),
        cell("A2", "林小禾"),
        cell("B2", &id("19850315", 301)),
        cell("C2", "云岭县财政局"),
    )
}

#[test]
fn the_workbook_under_the_fuzz_is_sound() {
    let reading = roster::read(&workbook(sheet_xml().as_bytes()), "a.xlsx").expect("read");
    assert_eq!(reading.roster.careers.len(), 1);
}

#[test]
fn far_cells_and_backward_ranges_are_answered() {
    let xml = sheet_xml();
    for (from, to) in [
        (r#"r="D2""#, r#"r="XFD1048576""#),
        (r#"r="D2""#, r#"r="ZZZZ1""#),
        (r#"r="D2""#, r#"r="D4294967295""#),
        (r#"r="D2""#, r#"r="D0""#),
        (r#"ref="A1:D3""#, r#"ref="D3:A1""#),
        (r#"ref="A1:D3""#, r#"ref="A1:XFD1048576""#),
        (r#"ref="A3:C3""#, r#"ref="C3:A3""#),
        (r#"ref="A3:C3""#, r#"ref="A1:XFD1048576""#),
        (r#"<row r="2""#, r#"<row r="0""#),
        ("2020.01", "1e999"),
        ("2020.01", "NaN"),
    ] {
        answer(&workbook(xml.replacen(from, to, 1).as_bytes()), "a.xlsx");
    }
}

/// An old workbook with one 16-bit word of every record's beginning made large, and the extents too.
#[test]
fn impossible_extents_of_an_old_workbook_are_answered() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/bad/roster/faults.xls");
    let bytes = std::fs::read(path).unwrap();
    for (kind, len) in [(0x0200u16, 14u16), (0x0203, 14), (0x00fd, 10), (0x0204, 0), (0x027e, 10)] {
        let head: Vec<u8> = if len > 0 {
            [kind, len].iter().flat_map(|n| n.to_le_bytes()).collect()
        } else {
            kind.to_le_bytes().into()
        };
        let places: Vec<usize> =
            bytes.windows(head.len()).enumerate().filter(|(_, w)| *w == head).map(|(n, _)| n + 4).collect();
        for at in places {
            for (word, value) in [(0, 0xffffu16), (2, 0xffff), (6, 0x0700), (10, 0xffff)] {
                let mut bytes = bytes.clone();
                if let Some(slot) = bytes.get_mut(at + word..at + word + 2) {
                    slot.copy_from_slice(&value.to_le_bytes());
                }
                answer(&bytes, "a.xls");
            }
        }
    }
}

#[test]
fn an_impossible_count_of_shared_strings_is_answered() {
    let mut parts = Vec::new();
    for n in ["10000000000", "99999999999999999999", "768614336404564650"] {
        let strings = format!(
            r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="{n}"><si><t>a</t></si></sst>"#
        );
        parts.push(strings);
    }
    for strings in parts {
        let bytes = workbook_with(sheet_xml().as_bytes(), Some(strings));
        assert_eq!(roster::read(&bytes, "a.xlsx").unwrap_err().kind.code(), "file-corrupt");
    }
}

fn changed(bytes: &[u8], changes: &[(Index, u8)], cut: Option<Index>) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (at, byte) in changes {
        let at = at.index(bytes.len());
        bytes[at] = *byte;
    }
    if let Some(cut) = cut {
        bytes.truncate(cut.index(bytes.len()));
    }
    bytes
}

fn changes() -> impl Strategy<Value = (Vec<(Index, u8)>, Option<Index>)> {
    (vec((any::<Index>(), any::<u8>()), 0..6), proptest::option::weighted(0.3, any::<Index>()))
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => select(vec![
            "姓名", "身份证号", "人员编号", "单位", "职级", "任现职级时间", "生效日期", "学历", "全日制", "2022年度考核",
            "近三年考核结果", "级别档次", "机构名称", "机构编号", "更正事件编号", "事件编号", "一级科员", "优秀", "n:2020.1",
            "d:2020-01-22", "e:#REF!", "n:9.9e17", "合计", "注：", "林小禾", "2020.01", "2019年优秀、2020年称职", "22级5档",
            "称谓", "成员姓名", "休假天数", "休假类别", "n:1", "n:-1", "n:1e300", "990101198503153015",
        ]).prop_map(str::to_owned),
        1 => Just(String::new()),
        1 => "[^|\\p{Cc}]{0,10}".prop_filter("a marker of the test", |t| !t.trim().starts_with(['n', 'd', 'e'])),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn changed_bytes_of_every_file((changes, cut) in changes(), which in any::<Index>()) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/bad/roster");
        let mut names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
        names.retain(|p| p.extension().is_some_and(|e| e != "expected"));
        names.sort();
        let path = which.get(&names);
        let bytes = std::fs::read(path).unwrap();
        if !bytes.is_empty() {
            answer(&changed(&bytes, &changes, cut), &path.file_name().unwrap().to_string_lossy());
        }
    }

    #[test]
    fn changed_bytes_of_an_old_workbook((changes, cut) in changes()) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/bad/roster/faults.xls");
        answer(&changed(&std::fs::read(path).unwrap(), &changes, cut), "a.xls");
    }

    #[test]
    fn changed_xml_of_a_sheet((changes, cut) in changes()) {
        answer(&workbook(&changed(sheet_xml().as_bytes(), &changes, cut)), "a.xlsx");
    }

    #[test]
    fn any_text_as_csv(bytes in vec(any::<u8>(), 0..200), text in "\\PC{0,100}") {
        answer(&bytes, "a.csv");
        answer(text.as_bytes(), "a.csv");
        answer(&bytes, "a.xlsx");
    }

    #[test]
    fn random_cells(rows in vec(vec(cell(), 1..8), 0..8), name in select(vec!["Sheet1", "人员", "职级", "机构", "家庭成员", "撤销"]), second in vec(vec(cell(), 1..8), 0..6)) {
        let lines = |rows: &[Vec<String>]| rows.iter().map(|r| r.join("|")).collect::<Vec<_>>();
        answer(&common::book(&[(name, lines(&rows)), ("休假", lines(&second))]), "a.xlsx");
        answer(rows.iter().map(|r| r.join(",")).collect::<Vec<_>>().join("\n").as_bytes(), "a.csv");
    }
}
