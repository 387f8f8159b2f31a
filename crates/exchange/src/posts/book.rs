//! Bytes of a workbook or a text table, brought to plain rows of text with merged cells filled in.
//!
//! `.xls` and `.xlsx` are read by `calamine`, text tables by `csv` in UTF-8, UTF-16 or GB 18030.
//! The kind is told from the bytes, never from the name. A `.xlsx` is read cell by cell, so that one stray cell at
//! the far corner does not claim memory for the whole sheet.

use std::collections::HashMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Dimensions, Reader as _};

use super::biff;
use super::fault::{FileFault, Found};

/// More cells than any post table has; a file beyond this is refused.
const MOST_CELLS: usize = 12_000_000;
/// Columns further right are not looked at in merged regions.
const MOST_COLUMNS: u32 = 1_024;

/// One cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cell {
    /// Its text; a whole number in plain digits.
    pub text: String,
    /// Whether Excel keeps it as a number so long that its last digits are lost.
    pub rounded: bool,
    /// Whether it shows an error of the spreadsheet.
    pub error: bool,
    /// Filled in from the top of a merged region in an earlier row.
    pub carried: bool,
    /// Filled in from the left of a merged region in an earlier column.
    pub spread: bool,
}

/// One row: its number from 1 and its cells by column from 0, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub number: u32,
    pub cells: Vec<(u32, Cell)>,
}

impl Row {
    /// The cell of a column.
    pub fn cell(&self, column: u32) -> Option<&Cell> {
        let at = self.cells.binary_search_by_key(&column, |(c, _)| *c).ok()?;
        self.cells.get(at).map(|(_, cell)| cell)
    }

    /// The text of a column, empty when there is none.
    pub fn text(&self, column: u32) -> &str {
        self.cell(column).map_or("", |c| c.text.as_str())
    }
}

/// One sheet: rows that hold anything.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub name: String,
    pub rows: Vec<Row>,
}

/// The sheets of a file.
pub(super) fn open(bytes: &[u8], file: &str) -> Result<Vec<Sheet>, FileFault> {
    let not = |found| Err(FileFault::NotATable { file: file.to_owned(), found });
    if bytes.iter().all(|b| b.is_ascii_whitespace() || *b == 0) {
        return Err(FileFault::Empty { file: file.to_owned() });
    }
    let start = bytes.get(..bytes.len().min(2048)).unwrap_or_default();
    if start.starts_with(b"\xd0\xcf\x11\xe0") || start.starts_with(b"PK") {
        return workbook(bytes, file);
    }
    if start.starts_with(b"%PDF") {
        return not(Found::Pdf);
    }
    if start.starts_with(b"Rar!") || start.starts_with(b"7z\xbc\xaf") || start.starts_with(b"\x1f\x8b") {
        return not(Found::Archive);
    }
    let Some(text) = decode(bytes) else {
        return not(Found::Unknown);
    };
    let head: String = text.chars().take(512).collect::<String>().trim_start().to_ascii_lowercase();
    if ["<!doctype", "<html", "<table", "<?xml", "<meta", "<head"].iter().any(|t| head.starts_with(t)) {
        return not(Found::Html);
    }
    separated(&text, file)
}

/// The text of a file in UTF-8, UTF-16 or GB 18030; `None` when it is none of these.
fn decode(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, wrong) = encoding.decode_without_bom_handling(bytes.get(mark..)?);
        return (!wrong).then(|| text.into_owned());
    }
    if bytes.contains(&0) {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    let (text, wrong) = encoding_rs::GB18030.decode_without_bom_handling(bytes);
    (!wrong).then(|| text.into_owned())
}

/// A text table; the mark between cells is the one that the first lines have most of.
fn separated(text: &str, file: &str) -> Result<Vec<Sheet>, FileFault> {
    let sample: String = text.lines().take(30).collect::<Vec<_>>().join("\n");
    let mark = [b',', b'\t', b';', b'|']
        .into_iter()
        .max_by_key(|m| (sample.bytes().filter(|b| b == m).count(), std::cmp::Reverse(*m)))
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(mark)
        .from_reader(text.as_bytes());
    let mut sheet =
        Sheet { name: file.rsplit(['/', '\\']).next().unwrap_or(file).to_owned(), rows: Vec::new() };
    let mut record = csv::StringRecord::new();
    let mut cells = 0usize;
    // `csv` passes over empty lines, so the number of a record is its line.
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                return Err(FileFault::Broken { file: file.to_owned(), detail: error.to_string() });
            }
        }
        let number = record.position().map_or(0, |p| u32::try_from(p.line()).unwrap_or(u32::MAX));
        let row: Vec<(u32, Cell)> = (0u32..)
            .zip(record.iter())
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(c, text)| (c, Cell { text: text.trim().to_owned(), ..Cell::default() }))
            .collect();
        cells += row.len();
        if cells > MOST_CELLS {
            return Err(too_large(file));
        }
        if !row.is_empty() {
            sheet.rows.push(Row { number, cells: row });
        }
    }
    Ok(vec![sheet])
}

fn too_large(file: &str) -> FileFault {
    FileFault::TooLarge { file: file.to_owned(), limit: MOST_CELLS as u32 }
}

/// A workbook. The readers of the formats are not ours: should one of them meet bytes that it did not think of and
/// panic, that is a damaged file, not the end of the program.
fn workbook(bytes: &[u8], file: &str) -> Result<Vec<Sheet>, FileFault> {
    let broken = |detail: String| FileFault::Broken { file: file.to_owned(), detail };
    if bytes.starts_with(b"PK") && !holds(bytes, b"xl/worksheets") {
        let found = if holds(bytes, b"word/") || holds(bytes, b"ppt/") || holds(bytes, b"content.xml") {
            Found::OtherOffice
        } else {
            Found::Archive
        };
        return Err(FileFault::NotATable { file: file.to_owned(), found });
    }
    catch_unwind(AssertUnwindSafe(|| sheets(bytes, file)))
        .unwrap_or_else(|_| Err(broken("unreadable structure".into())))
}

/// Whether the bytes hold a name (of a part of a package).
fn holds(bytes: &[u8], name: &[u8]) -> bool {
    bytes.windows(name.len()).any(|w| w == name)
}

fn sheets(bytes: &[u8], file: &str) -> Result<Vec<Sheet>, FileFault> {
    let broken = |detail: String| FileFault::Broken { file: file.to_owned(), detail };
    let mut book = if bytes.starts_with(b"PK") {
        let xlsx = calamine::Xlsx::new(Cursor::new(bytes)).map_err(|e| broken(e.to_string()))?;
        calamine::Sheets::Xlsx(xlsx)
    } else {
        // A workbook with a password is a package within the container; a Word document has its own stream.
        if holds(bytes, &utf16("EncryptedPackage")) {
            return Err(FileFault::Encrypted { file: file.to_owned() });
        }
        if holds(bytes, &utf16("WordDocument")) {
            return Err(FileFault::NotATable { file: file.to_owned(), found: Found::OtherOffice });
        }
        if !biff::is_sound(bytes) {
            return Err(broken("cells outside the sheet".into()));
        }
        match calamine::Xls::new(Cursor::new(bytes)) {
            Ok(xls) => calamine::Sheets::Xls(xls),
            Err(calamine::XlsError::Password) => {
                return Err(FileFault::Encrypted { file: file.to_owned() });
            }
            Err(error) => return Err(broken(error.to_string())),
        }
    };
    let names = book.sheet_names();
    let mut sheets = Vec::new();
    let mut total = 0usize;
    for name in names {
        let mut rows: Vec<Row> = Vec::new();
        let mut push = |row: u32, column: u32, cell: Cell| -> Result<(), FileFault> {
            total += 1;
            if total > MOST_CELLS {
                return Err(too_large(file));
            }
            match rows.last_mut() {
                Some(last) if last.number == row + 1 => last.cells.push((column, cell)),
                _ => rows.push(Row { number: row + 1, cells: vec![(column, cell)] }),
            }
            Ok(())
        };
        let merges: Vec<Dimensions>;
        match &mut book {
            calamine::Sheets::Xlsx(xlsx) => {
                merges = xlsx.merge_cells_by_sheet_name(&name).unwrap_or_default();
                let mut cells = match xlsx.worksheet_cells_reader(&name) {
                    Ok(cells) => cells,
                    // A chart sheet has no cells.
                    Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
                    Err(error) => return Err(broken(error.to_string())),
                };
                while let Some(cell) = cells.next_cell().map_err(|e| broken(e.to_string()))? {
                    let (row, column) = cell.get_position();
                    if let Some(value) = plain(&Data::from(cell.get_value().clone())) {
                        push(row, column, value)?;
                    }
                }
            }
            other => {
                merges = match other {
                    calamine::Sheets::Xls(xls) => xls.merge_cells_by_sheet_name(&name).unwrap_or_default(),
                    _ => Vec::new(),
                };
                let range = other.worksheet_range(&name).map_err(|e| broken(e.to_string()))?;
                let (top, left) = range.start().unwrap_or_default();
                for (row, column, value) in range.used_cells() {
                    if let Some(cell) = plain(value) {
                        push(top + row as u32, left + column as u32, cell)?;
                    }
                }
            }
        }
        rows.sort_by_key(|r| r.number);
        rows.dedup_by(|later, first| {
            let same = later.number == first.number;
            if same {
                first.cells.append(&mut later.cells);
            }
            same
        });
        for row in &mut rows {
            row.cells.sort_by_key(|(c, _)| *c);
            row.cells.dedup_by_key(|(c, _)| *c);
        }
        fill(&mut rows, &merges);
        sheets.push(Sheet { name, rows });
    }
    Ok(sheets)
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A cell's value as text; `None` for an empty cell.
fn plain(value: &Data) -> Option<Cell> {
    let mut cell = Cell::default();
    match value {
        Data::Empty => return None,
        Data::String(text) => {
            cell.text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0').to_owned()
        }
        Data::Int(n) => cell.text = n.to_string(),
        Data::Float(n) => {
            // Excel keeps 15 digits; a longer number has lost its last ones.
            cell.rounded = n.abs() >= 1e15;
            cell.text = n.to_string();
        }
        Data::Bool(b) => cell.text = if *b { "TRUE" } else { "FALSE" }.to_owned(),
        Data::DateTime(when) => cell.text = date(when),
        Data::DateTimeIso(text) | Data::DurationIso(text) => cell.text.clone_from(text),
        Data::Error(error) => {
            cell.error = true;
            cell.text = error.to_string();
        }
    }
    (!cell.text.is_empty()).then_some(cell)
}

/// A date in a cell as text.
fn date(when: &calamine::ExcelDateTime) -> String {
    let (y, m, d, ..) = when.to_ymd_hms_milli();
    format!("{y:04}-{m:02}-{d:02}")
}

/// Fills the cells of merged regions with the value at their top left corner, and marks them as filled.
fn fill(rows: &mut [Row], merges: &[Dimensions]) {
    let last = rows.last().map_or(0, |r| r.number);
    let mut budget = 4_000_000u32;
    let mut made: HashMap<u32, Vec<(u32, Cell)>> = HashMap::new();
    for region in merges {
        let (top, left) = region.start;
        let (bottom, right) = (region.end.0.min(last.saturating_sub(1)), region.end.1.min(MOST_COLUMNS));
        if bottom < top || right < left || (bottom, right) == (top, left) {
            continue;
        }
        let area = (bottom - top + 1).saturating_mul(right - left + 1);
        if area > budget {
            continue;
        }
        budget -= area;
        let Ok(at) = rows.binary_search_by_key(&(top + 1), |r| r.number) else {
            continue;
        };
        let Some(anchor) = rows.get(at).and_then(|r| r.cell(left)).cloned() else {
            continue;
        };
        for row in top..=bottom {
            for column in left..=right {
                if (row, column) != (top, left) {
                    let cell = Cell { carried: row > top, spread: column > left, ..anchor.clone() };
                    made.entry(row + 1).or_default().push((column, cell));
                }
            }
        }
    }
    for row in rows.iter_mut() {
        if let Some(cells) = made.remove(&row.number) {
            for (column, cell) in cells {
                if let Err(at) = row.cells.binary_search_by_key(&column, |(c, _)| *c) {
                    row.cells.insert(at, (column, cell));
                }
            }
        }
    }
}

/// A column in letters: A, B … AA.
pub(super) fn letters(column: u32) -> String {
    let mut left = column + 1;
    let mut text = Vec::new();
    while left > 0 {
        text.push(b'A' + ((left - 1) % 26) as u8);
        left = (left - 1) / 26;
    }
    text.reverse();
    String::from_utf8(text).unwrap_or_default()
}
