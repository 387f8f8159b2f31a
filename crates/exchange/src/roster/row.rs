//! A row of content, asked for values by the meaning of its columns. What is wrong is noted, so that all of a
//! row's faults are told at once; whoever asked leaves the row out if there were any.

use std::borrow::Cow;

use takeroot_civil::{Day, ResidentId, ResidentIdFault};

use super::cell::{Cell, Sheet, number};
use super::column::{Col, Need};
use super::date::{self, Months, NotADate};
use super::fault::{Fault, FaultKind, letter};
use super::header::Layout;
use super::lists::Listed;

/// A row.
pub struct Row<'a> {
    file: &'a str,
    sheet: &'a Sheet,
    layout: &'a Layout,
    cells: &'a [Option<Cell>],
    months: &'a [Months],
    /// Its number, 1-based.
    pub number: u32,
    /// What is wrong with it so far.
    pub faults: Vec<Fault>,
}

/// Marks that offices put into cells with nothing to say.
fn nothing(text: &str) -> bool {
    matches!(text, "无" | "/" | "／" | "-" | "--" | "—" | "——" | "－" | "\\" | "、" | "〇" | "空")
}

impl<'a> Row<'a> {
    /// A row of a sheet whose columns mean `layout`; `cells` by column, `months` by column.
    pub fn new(
        file: &'a str,
        sheet: &'a Sheet,
        layout: &'a Layout,
        cells: &'a [Option<Cell>],
        months: &'a [Months],
        row: u32,
    ) -> Row<'a> {
        Row { file, sheet, layout, cells, months, number: row + 1, faults: Vec::new() }
    }

    /// What its columns mean.
    pub fn layout(&self) -> &'a Layout {
        self.layout
    }

    /// The name of its sheet.
    pub fn sheet_name(&self) -> &'a str {
        &self.sheet.name
    }

    /// The text of a meaning, with nothing noted.
    pub fn sheet_text(&self, col: Col) -> Cow<'a, str> {
        self.cell(col).map(|c| self.sheet.show(c)).unwrap_or_default()
    }

    fn cell_at(&self, column: u16) -> Option<Cell> {
        self.cells.get(usize::from(column)).copied().flatten()
    }

    fn cell(&self, col: Col) -> Option<Cell> {
        self.cell_at(self.layout.at(col)?)
    }

    /// Notes a fault in the column of a meaning.
    pub fn fault(&mut self, col: Col, found: impl Into<String>, kind: FaultKind) {
        match self.layout.at(col) {
            Some(column) => self.fault_at(column, found, kind),
            None => self.fault_in_row(found, kind),
        }
    }

    /// Notes a fault in a column.
    pub fn fault_at(&mut self, column: u16, found: impl Into<String>, kind: FaultKind) {
        self.faults.push(Fault {
            file: self.file.to_owned(),
            sheet: self.sheet.name.clone(),
            row: Some(self.number),
            column: Some(letter(column)),
            header: self.layout.header(column).to_owned(),
            found: found.into(),
            kind,
        });
    }

    /// Notes a fault of the whole row.
    pub fn fault_in_row(&mut self, found: impl Into<String>, kind: FaultKind) {
        self.faults.push(Fault {
            file: self.file.to_owned(),
            sheet: self.sheet.name.clone(),
            row: Some(self.number),
            column: None,
            header: String::new(),
            found: found.into(),
            kind,
        });
    }

    /// The text of a column, trimmed; empty when there is nothing.
    pub fn text_at(&mut self, column: u16) -> Cow<'a, str> {
        match self.cell_at(column) {
            None => Cow::Borrowed(""),
            Some(Cell::Error(from, to)) => {
                let found = self.sheet.slice(from, to);
                self.fault_at(column, found, FaultKind::ErrorCell);
                Cow::Borrowed("")
            }
            Some(cell) => self.sheet.show(cell),
        }
    }

    /// The text of a meaning, trimmed; empty when there is nothing.
    pub fn text(&mut self, col: Col) -> Cow<'a, str> {
        match self.layout.at(col) {
            Some(column) => self.text_at(column),
            None => Cow::Borrowed(""),
        }
    }

    /// Like [`Row::text`], but empty for marks that say "nothing".
    pub fn said(&mut self, col: Col) -> Cow<'a, str> {
        let text = self.text(col);
        if nothing(&text) { Cow::Borrowed("") } else { text }
    }

    /// Whether the column is needed; an empty cell of it is then a fault.
    fn absent<T>(&mut self, col: Col) -> Option<T> {
        let must = self.layout.kind.column(col).is_some_and(|c| c.need == Need::Must);
        if must && !self.faults.iter().any(|f| self.layout.at(col).map(letter) == f.column) {
            self.fault(col, "", FaultKind::MissingValue);
        }
        None
    }

    /// A member of a list.
    pub fn listed<T: Listed>(&mut self, col: Col) -> Option<T> {
        let text = self.text(col);
        self.listed_of(col, &text)
    }

    /// A member of a list, its text given.
    fn listed_of<T: Listed>(&mut self, col: Col, text: &str) -> Option<T> {
        if text.is_empty() {
            return self.absent(col);
        }
        let found = T::of(text);
        if found.is_none() && nothing(text) {
            return self.absent(col);
        }
        if found.is_none() {
            self.fault(col, text, FaultKind::NotListed(T::LIST));
        }
        found
    }

    /// A date.
    pub fn date(&mut self, col: Col) -> Option<date::Read> {
        let column = self.layout.at(col)?;
        let cell = self.cell_at(column);
        let read = match cell {
            None => return self.absent(col),
            Some(Cell::Date(serial)) => match date::from_serial(serial) {
                Some(day) => Ok(date::Read { day, exact: true }),
                None => Err(NotADate::Impossible),
            },
            Some(Cell::Number(n)) => {
                date::from_number(n, self.months.get(usize::from(column)).copied().unwrap_or_default())
            }
            Some(Cell::Text(from, to)) => {
                let text = self.sheet.slice(from, to).trim();
                if nothing(text) || (col == Col::To && matches!(text, "至今" | "今" | "present")) {
                    return self.absent(col);
                }
                date::from_text(text)
            }
            Some(Cell::Bool(_)) => Err(NotADate::Unreadable),
            Some(Cell::Error(..)) => {
                self.text_at(column);
                return None;
            }
        };
        match read {
            Ok(read) => Some(read),
            Err(why) => {
                let found = cell.map(|c| self.sheet.show(c).into_owned()).unwrap_or_default();
                let kind = match why {
                    NotADate::Impossible => FaultKind::DateImpossible,
                    NotADate::Unreadable => FaultKind::DateUnreadable,
                    NotADate::Ambiguous => FaultKind::DateAmbiguous,
                };
                self.fault_at(column, found, kind);
                None
            }
        }
    }

    /// The day of a date.
    pub fn day(&mut self, col: Col) -> Option<Day> {
        self.date(col).map(|r| r.day)
    }

    /// A whole number in a range; units such as 级 and 档 after it do not count.
    pub fn whole(&mut self, col: Col, from: u32, to: u32) -> Option<u32> {
        let n = match self.cell(col) {
            None => return self.absent(col),
            Some(Cell::Number(n)) => Some(n).filter(|n| n.fract() == 0.0).map(|n| n as i64),
            Some(Cell::Text(a, b)) => {
                let text = self.sheet.slice(a, b).trim();
                if nothing(text) {
                    return self.absent(col);
                }
                small(text)
            }
            Some(Cell::Error(..)) => {
                self.text(col);
                return None;
            }
            Some(_) => None,
        };
        let found = n.and_then(|n| u32::try_from(n).ok()).filter(|n| (from..=to).contains(n));
        if found.is_none() {
            let text = self.text(col).into_owned();
            self.fault(col, text, FaultKind::NotNumber { from, to });
        }
        found
    }

    /// Days in halves.
    pub fn half_days(&mut self, col: Col) -> Option<u16> {
        let text = self.text(col);
        if text.is_empty() {
            return self.absent(col);
        }
        let halves = text.trim_end_matches(['天', '日']).trim().parse::<f64>().ok().map(|n| n * 2.0);
        let found = halves.filter(|h| h.fract() == 0.0 && (0.0..=65_535.0).contains(h)).map(|h| h as u16);
        if found.is_none() {
            self.fault(col, text, FaultKind::NotHalfDays);
        }
        found
    }

    /// The identity number. `Ok(None)` when the cell is empty, `Err` when it is not a number (noted).
    pub fn resident_id(&mut self) -> Result<Option<ResidentId>, ()> {
        let Some(column) = self.layout.at(Col::Id) else {
            return Ok(None);
        };
        match self.cell_at(column) {
            None => Ok(None),
            Some(Cell::Number(n)) => {
                let kind =
                    if n >= 1e15 { FaultKind::IdLostDigits } else { FaultKind::IdLength(number(n).len()) };
                let found = number(n);
                self.fault_at(column, found, kind);
                Err(())
            }
            Some(Cell::Error(..)) => {
                self.text_at(column);
                Err(())
            }
            Some(cell) => {
                let shown = self.sheet.show(cell);
                let plain = plain_id(&shown);
                if plain.is_empty() {
                    return Ok(None);
                }
                match ResidentId::parse(&plain) {
                    Ok(id) => Ok(Some(id)),
                    Err(why) => {
                        let exponent = plain.contains("E+") && plain.contains('.');
                        // Excel keeps fifteen digits and makes the rest zeros.
                        let zeros = plain.len() == 18 && plain.ends_with("000");
                        let kind = match why {
                            _ if exponent => FaultKind::IdLostDigits,
                            ResidentIdFault::Check(_) if zeros => FaultKind::IdLostDigits,
                            ResidentIdFault::Length(n) => FaultKind::IdLength(n),
                            ResidentIdFault::NotDigit(n) => FaultKind::IdNotDigit(n),
                            ResidentIdFault::Birth => FaultKind::IdBirth,
                            ResidentIdFault::Check(right) => FaultKind::IdCheck(right),
                        };
                        self.fault_at(column, shown, kind);
                        Err(())
                    }
                }
            }
        }
    }
}

/// An identity number without spaces, in half-width capitals.
pub fn plain_id(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b.is_ascii_digit() || b == b'X') {
        return Cow::Borrowed(text);
    }
    let plain: String = text
        .chars()
        .filter(|c| {
            !c.is_whitespace() && !matches!(c, '\'' | '\u{200b}' | '\u{202d}' | '\u{202c}' | '\u{feff}')
        })
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            other => other,
        })
        .map(|c| c.to_ascii_uppercase())
        .collect();
    Cow::Owned(plain)
}

/// A whole number of a text: digits, or Chinese numerals below a hundred, with a unit after it.
fn small(text: &str) -> Option<i64> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.trim_end_matches(['级', '档', '年', '天', '名', '人', '类', '度']);
    if let Ok(n) = text.parse::<i64>() {
        return Some(n);
    }
    if let Ok(n) = text.parse::<f64>() {
        return Some(n).filter(|n| n.fract() == 0.0 && n.abs() < 1e12).map(|n| n as i64);
    }
    numeral(text)
}

/// 二十二 and the like, below a hundred.
fn numeral(text: &str) -> Option<i64> {
    let digit =
        |c: char| "零一二三四五六七八九".chars().position(|d| d == c).and_then(|n| i64::try_from(n).ok());
    let (mut sum, mut last, mut any) = (0, None, false);
    for c in text.chars() {
        any = true;
        if c == '十' {
            sum += last.take().unwrap_or(1) * 10;
        } else if last.is_some() {
            return None;
        } else {
            last = Some(digit(c)?);
        }
    }
    any.then_some(sum + last.unwrap_or(0)).filter(|n| *n < 100)
}

/// A level and a step of one text: `22级5档`, `22-5`, `二十二级五档`.
pub fn level_step(text: &str) -> Option<(u8, u8)> {
    let parts: Vec<&str> = text
        .split(|c: char| !(c.is_ascii_digit() || "零一二三四五六七八九十".contains(c)))
        .filter(|p| !p.is_empty())
        .collect();
    let [level, step] = parts[..] else {
        return None;
    };
    Some((u8::try_from(small(level)?).ok()?, u8::try_from(small(step)?).ok()?))
}

/// A name without the spaces that fill it out: 张　三 is 张三. Between Latin words one space stays.
pub fn clean_name(name: &str) -> String {
    if name.chars().any(|c| ('\u{2e80}'..='\u{9fff}').contains(&c) || c >= '\u{20000}') {
        name.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
    } else {
        name.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words() {
        assert_eq!(small("22级"), Some(22));
        assert_eq!(small("二十二级"), Some(22));
        assert_eq!(small("十档"), Some(10));
        assert_eq!(small("5.0"), Some(5));
        assert_eq!(small("二二"), None);
        assert_eq!(small(""), None);
        assert_eq!(level_step("22级5档"), Some((22, 5)));
        assert_eq!(level_step("二十二级五档"), Some((22, 5)));
        assert_eq!(level_step("22-5"), Some((22, 5)));
        assert_eq!(level_step("22"), None);
    }

    #[test]
    fn names_are_cleaned() {
        assert_eq!(clean_name("张　三"), "张三");
        assert_eq!(clean_name(" 李 四 "), "李四");
        assert_eq!(clean_name("John  Smith"), "John Smith");
    }
}
