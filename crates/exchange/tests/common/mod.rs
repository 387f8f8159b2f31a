//! Workbooks for tests, made from tables of text.
#![allow(dead_code, reason = "each test file uses some of it")]

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use takeroot_civil::resident_id::check_character;

/// An identity number of nobody: area 990101, the given birth (YYYYMMDD) and order.
pub fn id(birth: &str, order: u32) -> String {
    let digits = format!("990101{birth}{order:03}");
    format!("{digits}{}", check_character(&digits).expect("17 digits"))
}

/// Puts a cell: `n:` a number, `d:` an Excel date, `e:` an error, else text; nothing when empty.
pub fn put(sheet: &mut Worksheet, row: u32, col: u16, cell: &str) {
    if let Some(n) = cell.strip_prefix("n:") {
        sheet.write_number(row, col, n.parse::<f64>().expect("a number")).expect("written");
    } else if let Some(day) = cell.strip_prefix("d:") {
        let date = rust_xlsxwriter::ExcelDateTime::parse_from_str(day).expect("a date");
        let format = Format::new().set_num_format("yyyy/m/d");
        sheet.write_datetime_with_format(row, col, date, &format).expect("written");
    } else if let Some(error) = cell.strip_prefix("e:") {
        sheet.write_formula(row, col, Formula::new("=A1").set_result(error)).expect("written");
    } else if !cell.is_empty() {
        sheet.write_string(row, col, cell).expect("written");
    }
}

/// Fills a sheet from rows of cells separated by `|`.
pub fn fill(sheet: &mut Worksheet, rows: &[String]) {
    for (row, line) in (0u32..).zip(rows) {
        for (col, cell) in (0u16..).zip(line.split('|')) {
            put(sheet, row, col, cell.trim_matches(' '));
        }
    }
}

/// A workbook of sheets, each a name and rows; the same bytes each time.
pub fn book(sheets: &[(&str, Vec<String>)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let made = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1).expect("a date");
    book.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&made));
    for (name, rows) in sheets {
        fill(book.add_worksheet().set_name(*name).expect("a name"), rows);
    }
    book.save_to_buffer().expect("written")
}

/// Lines of text as owned rows.
pub fn rows(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|l| (*l).to_owned()).collect()
}
