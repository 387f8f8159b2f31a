//! The roster book as a workbook: everyone in one sheet that can be filtered, the organs in another.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use takeroot_civil::Day;
use takeroot_words::Lang;

use crate::Fault;
use crate::book::Sheet;
use crate::words::say;

/// Widths of the columns in characters.
const WIDTHS: [f64; 17] =
    [6.0, 26.0, 10.0, 7.0, 10.0, 10.0, 14.0, 22.0, 12.0, 13.0, 28.0, 16.0, 16.0, 18.0, 14.0, 10.0, 28.0];
/// The row of the heads.
const HEAD: u32 = 2;

/// The book as a workbook of the day; `invented` says so above the heads.
///
/// # Errors
/// If it cannot be written (more people than a sheet has rows).
pub fn write(sheets: &[Sheet], day: Day, invented: bool, lang: Lang) -> Result<Vec<u8>, Fault> {
    build(sheets, day, invented, lang).map_err(|e| Fault::Workbook { why: e.to_string() })
}

struct Style {
    title: Format,
    head: Format,
    text: Format,
    number: Format,
}

fn build(sheets: &[Sheet], day: Day, invented: bool, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let cell = Format::new()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter)
        .set_align(FormatAlign::Center)
        .set_text_wrap();
    let style = Style {
        title: Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center),
        head: cell.clone().set_bold(),
        text: cell.clone().set_num_format("@"),
        number: cell,
    };
    let mut book = Workbook::new();
    // The bytes depend on the content only.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));

    let people = book.add_worksheet();
    people.set_name(say!(lang, "book-sheet"))?;
    let heads = heads(lang);
    top(people, &heads, &say!(lang, "book-title", day = day.to_string()), invented, &style, lang)?;
    people.set_freeze_panes(HEAD + 1, 3)?;
    let (mut row, mut number) = (HEAD + 1, 0_u32);
    for sheet in sheets {
        for person in sheet.people() {
            number += 1;
            people.write_with_format(row, 0, number, &style.number)?;
            people.write_with_format(row, 1, sheet.organ(), &style.text)?;
            for (column, text) in (2..).zip(person.cells()) {
                people.write_with_format(row, column, text, &style.text)?;
            }
            row += 1;
        }
    }
    people.autofilter(HEAD, 0, row.saturating_sub(1).max(HEAD), heads.len() as u16 - 1)?;

    let organs = book.add_worksheet();
    organs.set_name(say!(lang, "book-sheet-organs"))?;
    let heads = [
        say!(lang, "book-number"),
        say!(lang, "book-organ"),
        say!(lang, "book-establishment"),
        say!(lang, "book-in-post"),
        say!(lang, "book-vacant"),
    ];
    let title = say!(lang, "book-title", day = day.to_string());
    top(organs, &heads, &title, invented, &style, lang)?;
    organs.set_column_width(1, 40)?;
    let mut row = HEAD + 1;
    for (number, sheet) in (1_u32..).zip(sheets) {
        let in_post = u32::try_from(sheet.in_post()).unwrap_or(u32::MAX);
        organs.write_with_format(row, 0, number, &style.number)?;
        organs.write_with_format(row, 1, sheet.organ(), &style.text)?;
        organs.write_with_format(row, 3, in_post, &style.number)?;
        match sheet.establishment() {
            Some(approved) => {
                organs.write_with_format(row, 2, approved, &style.number)?;
                organs.write_with_format(row, 4, i64::from(approved) - i64::from(in_post), &style.number)?;
            }
            None => {
                organs.write_blank(row, 2, &style.number)?;
                organs.write_blank(row, 4, &style.number)?;
            }
        }
        row += 1;
    }
    let sum = |f: fn(&Sheet) -> u64| sheets.iter().map(f).sum::<u64>();
    organs.write_blank(row, 0, &style.head)?;
    organs.write_with_format(row, 1, say!(lang, "book-total"), &style.head)?;
    organs.write_with_format(row, 2, sum(|s| s.establishment().map_or(0, u64::from)), &style.head)?;
    organs.write_with_format(row, 3, sum(|s| s.in_post() as u64), &style.head)?;
    organs.write_blank(row, 4, &style.head)?;
    book.save_to_buffer()
}

/// Title, notice, heads, and how it is printed.
fn top(
    sheet: &mut Worksheet,
    heads: &[String],
    title: &str,
    invented: bool,
    style: &Style,
    lang: Lang,
) -> Result<(), XlsxError> {
    let last = heads.len() as u16 - 1;
    sheet.merge_range(0, 0, 0, last, title, &style.title)?;
    if invented {
        sheet.write(1, 0, say!(lang, "book-invented"))?;
    }
    for (column, head) in (0_u16..).zip(heads) {
        sheet.write_with_format(HEAD, column, head, &style.head)?;
        sheet.set_column_width(column, WIDTHS.get(usize::from(column)).copied().unwrap_or(12.0))?;
    }
    // A4, landscape, as wide as the paper, the heads on every page.
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, HEAD)?;
    Ok(())
}

fn heads(lang: Lang) -> Vec<String> {
    vec![
        say!(lang, "book-number"),
        say!(lang, "book-organ"),
        say!(lang, "book-name"),
        say!(lang, "book-sex"),
        say!(lang, "book-birth"),
        say!(lang, "book-ethnic"),
        say!(lang, "book-native"),
        say!(lang, "book-education"),
        say!(lang, "book-politics"),
        say!(lang, "book-work"),
        say!(lang, "book-post"),
        say!(lang, "book-layer"),
        say!(lang, "book-layer-since"),
        say!(lang, "book-rank"),
        say!(lang, "book-rank-since"),
        say!(lang, "book-grading"),
        say!(lang, "book-remark"),
    ]
}
