//! The shipped tables, other layouts, and bytes that are no table.

use std::path::PathBuf;

use super::*;

mod bytes;
mod layouts;
mod shipped;

fn data(path: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data/posts").join(path);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// A sheet for a test: its name, its rows, and merged regions (first row, first column, last row, last column).
struct Sheet<'a> {
    name: &'a str,
    rows: &'a [&'a [&'a str]],
    merges: &'a [(u32, u16, u32, u16)],
}

/// A workbook of text cells; a cell that begins with `#` is a number.
fn book(sheets: &[Sheet<'_>]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for sheet in sheets {
        let to = book.add_worksheet();
        to.set_name(sheet.name).expect("a name");
        for (row, cells) in (0u32..).zip(sheet.rows) {
            for (column, cell) in (0u16..).zip(*cells) {
                match cell.strip_prefix('#') {
                    Some(n) => {
                        to.write_number(row, column, n.parse::<f64>().expect("a number")).expect("written")
                    }
                    None if cell.is_empty() => to,
                    None => to.write_string(row, column, *cell).expect("written"),
                };
            }
        }
        let plain = rust_xlsxwriter::Format::new();
        for (top, left, bottom, right) in sheet.merges {
            let text = sheet.rows[*top as usize].get(*left as usize).copied().unwrap_or("");
            to.merge_range(*top, *left, *bottom, *right, "", &plain).expect("merged");
            match text.strip_prefix('#') {
                Some(n) => {
                    to.write_number(*top, *left, n.parse::<f64>().expect("a number")).expect("written")
                }
                None => to.write_string(*top, *left, text).expect("written"),
            };
        }
    }
    book.save_to_buffer().expect("bytes")
}

fn one(rows: &[&[&str]], merges: &[(u32, u16, u32, u16)]) -> Table {
    let bytes = book(&[Sheet { name: "Sheet1", rows, merges }]);
    read(&bytes, "t.xlsx").unwrap_or_else(|fault| panic!("{fault}"))
}
