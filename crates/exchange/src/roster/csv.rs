//! Comma-separated rosters: UTF-8 with or without a mark, UTF-16 with one, else GB18030, as Excel and WPS save them.

use std::borrow::Cow;

use super::cell::{Sheet, SheetBuilder};
use super::fault::FileFaultKind;

/// The one sheet of a text file, named after the file.
pub fn sheet(bytes: &[u8], name: &str) -> Result<Sheet, FileFaultKind> {
    let text = decode(bytes)?;
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let mut builder = SheetBuilder::new(stem, false);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    // The reader passes over empty lines, which Excel counts.
    let mut row = 0u64;
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(e) => return Err(FileFaultKind::Corrupt(e.to_string())),
        }
        row += empty_lines(text.as_bytes(), start);
        for (col, field) in record.iter().enumerate() {
            let (Ok(row), Ok(col)) = (u32::try_from(row), u32::try_from(col)) else {
                return Err(FileFaultKind::TooLarge);
            };
            builder.text(row, col, plain(field))?;
        }
        row += 1;
    }
    builder.finish()
}

/// How many empty lines begin at a byte that follows the end of a record.
fn empty_lines(text: &[u8], start: usize) -> u64 {
    let rest = text.get(start..).unwrap_or_default();
    // The second half of a line end whose first half ended the record.
    let split =
        start.checked_sub(1).and_then(|n| text.get(n)) == Some(&b'\r') && rest.first() == Some(&b'\n');
    let rest = rest.get(usize::from(split)..).unwrap_or_default();
    let run = rest.iter().take_while(|b| matches!(b, b'\r' | b'\n'));
    let (mut feeds, mut returns) = (0, 0);
    for byte in run {
        if *byte == b'\n' { feeds += 1 } else { returns += 1 }
    }
    if feeds > 0 { feeds } else { returns }
}

/// Takes away what keeps Excel from turning a number into a number: `="…"`, a leading apostrophe.
fn plain(field: &str) -> &str {
    let field = field.trim();
    let field = field.strip_prefix("=\"").and_then(|f| f.strip_suffix('"')).unwrap_or(field);
    field.strip_prefix('\'').unwrap_or(field)
}

fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, FileFaultKind> {
    let text = if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, _, bad) = encoding.decode(bytes.get(mark..).unwrap_or_default());
        if bad {
            return Err(FileFaultKind::NotText);
        }
        Cow::Owned(text.trim_start_matches('\u{feff}').to_owned())
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        Cow::Borrowed(text)
    } else {
        let (text, _, bad) = encoding_rs::GB18030.decode(bytes);
        if bad {
            return Err(FileFaultKind::NotText);
        }
        text
    };
    if text.contains('\0') { Err(FileFaultKind::NotText) } else { Ok(text) }
}

fn delimiter(text: &str) -> u8 {
    let head: Vec<&str> = text.lines().take(20).collect();
    let count = |d: u8| head.iter().map(|l| l.bytes().filter(|b| *b == d).count()).sum::<usize>();
    [b',', b'\t', b';'].into_iter().rev().max_by_key(|d| count(*d)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(sheet: &Sheet, n: usize) -> (u32, Vec<String>) {
        let (row, cells) = sheet.line(n).expect("a line");
        (row, cells.iter().map(|(_, c)| sheet.show(*c).into_owned()).collect())
    }

    #[test]
    fn rows_are_numbered_as_excel_does() {
        let sheet =
            sheet("姓名,单位\n\n\"张\n三\",甲\r\n\r\n李四,乙\n".as_bytes(), "a/名册.csv").expect("a sheet");
        assert_eq!(sheet.name, "名册");
        assert_eq!(at(&sheet, 1), (2, vec!["张\n三".into(), "甲".into()]));
        assert_eq!(at(&sheet, 2), (4, vec!["李四".into(), "乙".into()]));
    }

    #[test]
    fn encodings_are_told_apart() {
        let (gb, ..) = encoding_rs::GB18030.encode("姓名\t单位\n张三\t县局\n");
        let utf16: Vec<u8> =
            "\u{feff}姓名\t单位\n张三\t县局\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [gb.as_ref(), utf16.as_slice(), "\u{feff}姓名,单位\n张三,县局".as_bytes()] {
            assert_eq!(at(&sheet(bytes, "x.csv").expect("a sheet"), 1).1, ["张三", "县局"]);
        }
        assert!(matches!(sheet(&[0xff, 0x00, 0x80, 0x80, 0xff], "x.csv"), Err(FileFaultKind::NotText)));
    }
}
