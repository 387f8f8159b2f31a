//! How our workbooks look: one place for formats, widths and the fixed date that keeps them the same byte for byte.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError,
};
use takeroot_words::Lang;

use super::fault::{FileFault, FileFaultKind};
use crate::words::say;

/// Formats of a workbook.
pub struct Style {
    pub header: Format,
    pub must: Format,
    pub notice: Format,
    pub text: Format,
    pub wrap: Format,
    pub date: Format,
    pub bad: Format,
    pub bad_date: Format,
    pub error: Format,
}

impl Style {
    /// The formats.
    pub fn new() -> Style {
        let head = Format::new()
            .set_bold()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_border(FormatBorder::Thin)
            .set_text_wrap();
        let bad = Format::new().set_background_color(Color::RGB(0x00FF_E699));
        Style {
            header: head.clone().set_background_color(Color::RGB(0x00DD_EBF7)),
            must: head.set_background_color(Color::RGB(0x00FC_E4D6)).set_font_color(Color::RGB(0x00C0_0000)),
            notice: Format::new().set_bold().set_font_color(Color::RGB(0x00C0_0000)),
            text: Format::new().set_num_format("@"),
            wrap: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            bad_date: bad.clone().set_num_format("yyyy-mm-dd"),
            error: bad.clone().set_font_color(Color::RGB(0x00C0_0000)),
            bad,
        }
    }
}

/// A workbook whose bytes depend on its content only.
pub fn workbook(lang: Lang) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties =
        DocProperties::new().set_creation_datetime(&made).set_author(say!(lang, "roster-book-author"));
    book.set_properties(&properties);
    Ok(book)
}

/// What the writer said, as a fault of the file.
pub fn unwritable(name: &str) -> impl Fn(XlsxError) -> FileFault + '_ {
    move |e| {
        let kind = match e {
            XlsxError::RowColumnLimitError => FileFaultKind::TooLong,
            e => FileFaultKind::Unwritable(e.to_string()),
        };
        FileFault { file: name.to_owned(), kind }
    }
}
