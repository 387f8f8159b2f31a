//! Bytes to sheets: `.xlsx` and `.xls` by calamine, `.csv` by encoding and delimiter.
//!
//! What a file is, its content decides: offices rename files. A panic inside a third-party reader of damaged
//! files is caught here and becomes [`FileFaultKind::Corrupt`].

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Reader as _, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError};

use super::cell::{Merge, Sheet, SheetBuilder};
use super::fault::{FileFault, FileFaultKind};
use super::sane;

/// No roster of an office is larger.
const MOST_BYTES: usize = 512 << 20;

/// Reads every sheet of a file.
pub fn sheets(bytes: &[u8], name: &str) -> Result<Vec<Sheet>, FileFault> {
    let fault = |kind| FileFault { file: name.to_owned(), kind };
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(fault(FileFaultKind::Empty));
    }
    if bytes.len() > MOST_BYTES {
        return Err(fault(FileFaultKind::TooLarge));
    }
    let read = match shape(bytes, name) {
        Shape::Zip => guarded(|| sane::xlsx(bytes).and_then(|()| xlsx(bytes))),
        Shape::Ole if contains(bytes, &utf16("EncryptedPackage")) => Err(FileFaultKind::Encrypted),
        Shape::Ole => guarded(|| sane::xls(bytes).and_then(|()| xls(bytes))),
        Shape::Text => super::csv::sheet(bytes, name).map(|sheet| vec![sheet]),
        Shape::Other => Err(FileFaultKind::NotAWorkbook),
    };
    let sheets = read.map_err(fault)?;
    if sheets.is_empty() {
        return Err(fault(FileFaultKind::NoSheets));
    }
    Ok(sheets)
}

enum Shape {
    Zip,
    Ole,
    Text,
    Other,
}

fn shape(bytes: &[u8], name: &str) -> Shape {
    let lower = name.to_ascii_lowercase();
    let head = bytes.get(..bytes.len().min(512)).unwrap_or_default();
    let head = String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        Shape::Zip
    } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        Shape::Ole
    } else if head.starts_with('<') || head.starts_with("%pdf") {
        // Systems export web pages under the name of a workbook; they are neither.
        Shape::Other
    } else if [".xlsx", ".xlsm", ".xls", ".et"].iter().any(|end| lower.ends_with(end)) {
        Shape::Other
    } else {
        Shape::Text
    }
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|w| w == part)
}

fn guarded<T>(read: impl FnOnce() -> Result<T, FileFaultKind>) -> Result<T, FileFaultKind> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(FileFaultKind::Corrupt(String::new())))
}

fn xlsx(bytes: &[u8]) -> Result<Vec<Sheet>, FileFaultKind> {
    let fault = |e: XlsxError| match e {
        XlsxError::Password => FileFaultKind::Encrypted,
        other => FileFaultKind::Corrupt(other.to_string()),
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(fault)?;
    let metas: Vec<_> =
        book.sheets_metadata().iter().filter(|m| m.typ == SheetType::WorkSheet).cloned().collect();
    let mut sheets = Vec::with_capacity(metas.len());
    for meta in metas {
        let mut builder = SheetBuilder::new(&meta.name, meta.visible != SheetVisible::Visible);
        let read = guarded(|| xlsx_cells(&mut book, &meta.name, &mut builder));
        if let Err(kind) = read {
            if matches!(kind, FileFaultKind::TooLarge) {
                return Err(kind);
            }
            builder.unreadable(kind);
        }
        sheets.push(builder.finish()?);
    }
    Ok(sheets)
}

fn xlsx_cells(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    builder: &mut SheetBuilder,
) -> Result<(), FileFaultKind> {
    let corrupt = |e: XlsxError| FileFaultKind::Corrupt(e.to_string());
    let mut cells = book.worksheet_cells_reader(name).map_err(corrupt)?;
    while let Some(cell) = cells.next_cell().map_err(corrupt)? {
        let (row, col) = cell.get_position();
        match cell.get_value() {
            DataRef::Empty => {}
            DataRef::Int(n) => builder.number(row, col, *n as f64)?,
            DataRef::Float(n) => builder.number(row, col, *n)?,
            DataRef::String(text) => builder.text(row, col, text)?,
            DataRef::SharedString(text) => builder.text(row, col, text)?,
            DataRef::Bool(b) => builder.bool(row, col, *b)?,
            DataRef::DateTime(d) => builder.date(row, col, d)?,
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => builder.text(row, col, text)?,
            DataRef::Error(e) => builder.error(row, col, &e.to_string())?,
        }
    }
    drop(cells);
    // A workbook whose merges cannot be read is still a workbook.
    for d in book.merge_cells_by_sheet_name(name).unwrap_or_default() {
        builder.merge(Merge { from: d.start, to: d.end });
    }
    Ok(())
}

fn xls(bytes: &[u8]) -> Result<Vec<Sheet>, FileFaultKind> {
    let fault = |e: XlsError| match e {
        XlsError::Password => FileFaultKind::Encrypted,
        other => FileFaultKind::Corrupt(other.to_string()),
    };
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(fault)?;
    let metas: Vec<_> =
        book.sheets_metadata().iter().filter(|m| m.typ == SheetType::WorkSheet).cloned().collect();
    let mut sheets = Vec::with_capacity(metas.len());
    for meta in metas {
        let mut builder = SheetBuilder::new(&meta.name, meta.visible != SheetVisible::Visible);
        match book.worksheet_range(&meta.name) {
            Err(e) => builder.unreadable(FileFaultKind::Corrupt(e.to_string())),
            Ok(range) => {
                let (top, left) = range.start().unwrap_or_default();
                for (row, col, value) in range.used_cells() {
                    let (Ok(row), Ok(col)) = (u32::try_from(row), u32::try_from(col)) else {
                        continue;
                    };
                    let (row, col) = (row.saturating_add(top), col.saturating_add(left));
                    match value {
                        Data::Empty => {}
                        Data::Int(n) => builder.number(row, col, *n as f64)?,
                        Data::Float(n) => builder.number(row, col, *n)?,
                        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
                            builder.text(row, col, text)?;
                        }
                        Data::Bool(b) => builder.bool(row, col, *b)?,
                        Data::DateTime(d) => builder.date(row, col, d)?,
                        Data::Error(e) => builder.error(row, col, &e.to_string())?,
                    }
                }
            }
        }
        for d in book.merge_cells_by_sheet_name(&meta.name).unwrap_or_default() {
            builder.merge(Merge { from: d.start, to: d.end });
        }
        sheets.push(builder.finish()?);
    }
    Ok(sheets)
}
