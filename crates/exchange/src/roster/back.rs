//! The same workbook back, with a column of errors.
//!
//! Cells come back as the values that were read (formulas as their results), merged cells merged, hidden sheets
//! hidden. Fonts, colours and widths of the office's own file are not kept.

use std::collections::{HashMap, HashSet};

use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError};
use takeroot_words::Lang;

use super::cell::{Cell, Merge, Sheet};
use super::column::fold;
use super::fault::{Fault, FileFault};
use super::style::{Style, unwritable, workbook};
use super::{header, source};
use crate::words::say;

/// Gives the file back as `.xlsx` with a last column 错误 in each sheet that has a fault: what is wrong with each
/// row, the row highlighted. Faults of a whole sheet stand at its header, or in its first row. The column of an
/// earlier time is replaced.
///
/// # Errors
/// If the file cannot be read, or what it holds does not fit into an `.xlsx` workbook.
pub fn write_back(bytes: &[u8], name: &str, faults: &[Fault], lang: Lang) -> Result<Vec<u8>, FileFault> {
    let sheets = source::sheets(bytes, name)?;
    build(&sheets, faults, lang).map_err(unwritable(name))
}

fn build(sheets: &[Sheet], faults: &[Fault], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook(lang)?;
    let style = Style::new();
    let mut names = HashSet::new();
    // Faults of no sheet stand in the first one that is seen.
    let first = sheets.iter().position(|s| !s.hidden).unwrap_or_default();
    for (at, sheet) in sheets.iter().enumerate() {
        let out = book.add_worksheet();
        out.set_name(sheet_name(&sheet.name, &mut names))?;
        let own: Vec<&Fault> =
            faults.iter().filter(|f| f.sheet == sheet.name || (f.sheet.is_empty() && at == first)).collect();
        copy(out, sheet, &own, lang, &style)?;
        // Excel does not open a workbook whose sheets are all hidden.
        if sheet.hidden && sheets.iter().any(|s| !s.hidden) {
            out.set_hidden(true);
        }
        if at == first {
            out.set_active(true);
        }
    }
    book.save_to_buffer()
}

/// A name that Excel accepts, unlike those before it.
fn sheet_name(name: &str, taken: &mut HashSet<String>) -> String {
    let plain: String = name
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\'))
        .collect();
    let plain = plain.trim_matches('\'');
    let plain = if plain.trim().is_empty() { "Sheet" } else { plain };
    // Excel counts UTF-16 units.
    let cut = |text: &str, most: usize| {
        let mut used = 0;
        text.chars()
            .take_while(|c| {
                used += c.len_utf16();
                used <= most
            })
            .collect::<String>()
    };
    let mut made = cut(plain, 31);
    let mut n = 2;
    while !taken.insert(made.to_lowercase()) {
        made = format!("{}~{n}", cut(plain, 25));
        n += 1;
    }
    made
}

fn copy(
    out: &mut Worksheet,
    sheet: &Sheet,
    faults: &[&Fault],
    lang: Lang,
    style: &Style,
) -> Result<(), XlsxError> {
    let layout = header::find(sheet);
    let head_row = layout.as_ref().map_or(0, |l| l.last);
    // The column of errors of an earlier time, if this file has been through here before.
    let old = layout.as_ref().and_then(|l| {
        let last = sheet.width.checked_sub(1)?;
        matches!(fold(l.header(last)).as_str(), "错误" | "errors").then_some(last)
    });
    let error_col = old.unwrap_or(sheet.width);
    let mut by_row: HashMap<u32, Vec<String>> = HashMap::new();
    for fault in faults {
        let row = fault.row.map_or(head_row, |r| r.saturating_sub(1));
        by_row.entry(row).or_default().push(fault.beside(lang));
    }
    let plain = Format::new();
    for n in 0..sheet.len() {
        let Some((row, cells)) = sheet.line(n) else {
            break;
        };
        let bad = by_row.contains_key(&row) && row != head_row;
        if bad {
            // The whole row, empty cells too.
            for col in 0..error_col.min(512) {
                out.write_blank(row, col, &style.bad)?;
            }
        }
        for (col, cell) in cells {
            if old == Some(*col) && (row > head_row || bad) {
                continue;
            }
            let format = if bad { &style.bad } else { &plain };
            put(out, sheet, (row, *col), *cell, format, if bad { &style.bad_date } else { &style.date })?;
        }
    }
    // Numbers come back as they were, so wide columns are what keeps dates and names readable.
    for col in 0..sheet.width.min(200) {
        out.set_column_width(col, 14)?;
    }
    merges(out, sheet, &plain, error_col)?;
    if !faults.is_empty() && error_col < 16_384 {
        out.set_column_width(error_col, 60)?;
        let head = say!(lang, "roster-error-column");
        out.write_string_with_format(head_row, error_col, &head, &style.must)?;
        for (row, said) in &by_row {
            let text = said.join("\n");
            let text: String = text.chars().take(32_000).collect();
            if *row == head_row {
                out.write_string_with_format(*row, error_col, format!("{head}\n{text}"), &style.must)?;
            } else {
                out.write_string_with_format(*row, error_col, text, &style.error)?;
            }
        }
    }
    Ok(())
}

fn put(
    out: &mut Worksheet,
    sheet: &Sheet,
    (row, col): (u32, u16),
    cell: Cell,
    format: &Format,
    date: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Error(from, to) if sheet.slice(from, to).starts_with('#') => {
            let error = sheet.slice(from, to);
            let formula = Formula::new(format!("={error}")).set_result(error);
            out.write_formula_with_format(row, col, formula, format)?;
        }
        Cell::Text(from, to) | Cell::Error(from, to) => {
            out.write_string_with_format(row, col, sheet.slice(from, to), format)?;
        }
        Cell::Number(n) if n.is_finite() => {
            out.write_number_with_format(row, col, n, format)?;
        }
        Cell::Number(n) => {
            out.write_string_with_format(row, col, n.to_string(), format)?;
        }
        Cell::Date(serial) if serial.is_finite() => {
            out.write_number_with_format(row, col, serial, date)?;
        }
        Cell::Date(serial) => {
            out.write_string_with_format(row, col, serial.to_string(), format)?;
        }
        Cell::Bool(b) => {
            out.write_boolean_with_format(row, col, b, format)?;
        }
    }
    Ok(())
}

/// Merges again what was merged and lies within the filled part; merges that overlap are left out.
fn merges(out: &mut Worksheet, sheet: &Sheet, format: &Format, width: u16) -> Result<(), XlsxError> {
    let centre = format.clone().set_align(rust_xlsxwriter::FormatAlign::VerticalCenter);
    let mut kept: Vec<Merge> = Vec::new();
    for merge in sheet.merges.iter().take(10_000) {
        let (Ok(left), Ok(right)) = (u16::try_from(merge.from.1), u16::try_from(merge.to.1)) else {
            continue;
        };
        let right = right.min(width.saturating_sub(1));
        if right < left || (merge.from.0, left) == (merge.to.0, right) || merge.to.0 >= 1 << 20 {
            continue;
        }
        let overlaps = kept.iter().any(|k| {
            k.from.0 <= merge.to.0
                && merge.from.0 <= k.to.0
                && k.from.1 <= u32::from(right)
                && merge.from.1 <= k.to.1
        });
        if overlaps || u64::from(merge.to.0 - merge.from.0) * u64::from(right - left + 1) > 1_000_000 {
            continue;
        }
        kept.push(Merge { from: merge.from, to: (merge.to.0, u32::from(right)) });
        let value = (0..sheet.len())
            .find_map(|n| sheet.line(n).filter(|(row, _)| *row == merge.from.0))
            .and_then(|(_, cells)| cells.iter().find(|(c, _)| *c == left).map(|(_, cell)| *cell));
        out.merge_range(merge.from.0, left, merge.to.0, right, "", &centre)?;
        if let Some(cell) = value {
            put(out, sheet, (merge.from.0, left), cell, &centre, &centre)?;
        }
    }
    Ok(())
}
