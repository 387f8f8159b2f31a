//! A plain list as a workbook: heads and rows of text, one sheet, as the roster's chosen columns are handed out.

use rust_xlsxwriter::XlsxError;
use takeroot_words::Lang;

use crate::roster::FileFault;
use crate::roster::book::{Style, unwritable, workbook};
use crate::words::say;

/// Writes a list. `sheet` names its sheet; columns before `fixed` stay in sight; invented people are said to be so in
/// the first row.
///
/// # Errors
/// If the list does not fit into a sheet: more than a million rows, a text of more than 32,767 characters.
pub fn write(
    sheet: &str,
    heads: &[String],
    rows: &[Vec<String>],
    fixed: u16,
    invented: bool,
    lang: Lang,
) -> Result<Vec<u8>, FileFault> {
    build(sheet, heads, rows, fixed, invented, lang).map_err(unwritable("list.xlsx"))
}

fn build(
    name: &str,
    heads: &[String],
    rows: &[Vec<String>],
    fixed: u16,
    invented: bool,
    lang: Lang,
) -> Result<Vec<u8>, XlsxError> {
    let style = Style::new();
    let mut book = workbook(lang)?;
    // The cells wait in a temporary file: as objects they would take many times the room of their texts.
    let sheet = book.add_worksheet_with_low_memory()?;
    sheet.set_name(name)?;
    let mut top = 0;
    if invented {
        sheet.write_with_format(0, 0, say!(lang, "standings-invented"), &style.notice)?;
        top = 1;
    }
    for (column, head) in heads.iter().enumerate() {
        let column = column as u16;
        sheet.write_with_format(top, column, head, &style.header)?;
        // As wide as the longest of the first rows; a Chinese character is as wide as two figures.
        let texts =
            std::iter::once(head).chain(rows.iter().take(200).filter_map(|r| r.get(usize::from(column))));
        let width = texts.map(|t| t.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<u16>()).max();
        sheet.set_column_width(column, f64::from(width.unwrap_or(8).clamp(6, 48) + 2))?;
    }
    sheet.set_freeze_panes(top + 1, fixed)?;
    for (n, row) in rows.iter().enumerate() {
        let at = top + 1 + u32::try_from(n).unwrap_or(u32::MAX - 2);
        for (column, text) in row.iter().enumerate().filter(|c| !c.1.is_empty()) {
            sheet.write_with_format(at, column as u16, text, &style.text)?;
        }
    }
    if let (Ok(rows), Ok(columns)) = (u32::try_from(rows.len()), u16::try_from(heads.len()))
        && rows > 0
        && columns > 0
    {
        sheet.autofilter(top, 0, top + rows, columns - 1)?;
    }
    book.save_to_buffer()
}
