//! What could not be read, where it stands, what was found and what was expected.

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};
use takeroot_civil::{Code as _, Day, Sex};
use takeroot_words::{Lang, Say};

use super::column::Column;
use super::lists::List;
use crate::words::say;

/// Why a file could not be read at all (or not written).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFault {
    /// The file's name as handed in.
    pub file: String,
    /// Why.
    pub kind: FileFaultKind,
}

/// See [`FileFault`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileFaultKind {
    /// No bytes, or only spaces.
    Empty,
    /// Protected by a password.
    Encrypted,
    /// Its inner structure is damaged; what the reader said of it.
    Corrupt(String),
    /// The content is neither a workbook nor a table of text, whatever the name says.
    NotAWorkbook,
    /// A text file in no encoding that we know.
    NotText,
    /// More than a roster can be.
    TooLarge,
    /// A workbook without a worksheet.
    NoSheets,
    /// The reader was told to stop.
    Cancelled,
    /// More rows than a sheet of a workbook holds.
    TooLong,
    /// The workbook could not be written; what the writer said of it.
    Unwritable(String),
}

impl FileFaultKind {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            FileFaultKind::Empty => "file-empty",
            FileFaultKind::Encrypted => "file-encrypted",
            FileFaultKind::Corrupt(_) => "file-corrupt",
            FileFaultKind::NotAWorkbook => "file-not-a-workbook",
            FileFaultKind::NotText => "file-not-text",
            FileFaultKind::TooLarge => "file-too-large",
            FileFaultKind::NoSheets => "file-no-sheets",
            FileFaultKind::Cancelled => "cancelled",
            FileFaultKind::TooLong => "file-too-long",
            FileFaultKind::Unwritable(_) => "file-unwritable",
        }
    }
}

impl FileFault {
    fn found(&self, lang: Lang) -> String {
        match &self.kind {
            FileFaultKind::Empty => say!(lang, "roster-file-empty"),
            FileFaultKind::Encrypted => say!(lang, "roster-file-encrypted"),
            FileFaultKind::Corrupt(_) => say!(lang, "roster-file-corrupt"),
            FileFaultKind::NotAWorkbook => say!(lang, "roster-file-not-a-workbook"),
            FileFaultKind::NotText => say!(lang, "roster-file-not-text"),
            FileFaultKind::TooLarge => say!(lang, "roster-file-too-large"),
            FileFaultKind::NoSheets => say!(lang, "roster-file-no-sheets"),
            FileFaultKind::Cancelled => say!(lang, "roster-file-cancelled"),
            FileFaultKind::TooLong => say!(lang, "roster-file-too-long"),
            FileFaultKind::Unwritable(why) => {
                say!(lang, "roster-file-unwritable", why = why.as_str())
            }
        }
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        Some(match &self.kind {
            FileFaultKind::Empty | FileFaultKind::NotAWorkbook | FileFaultKind::NoSheets => {
                say!(lang, "roster-expect-workbook")
            }
            FileFaultKind::Encrypted => say!(lang, "roster-expect-no-password"),
            FileFaultKind::Corrupt(_) => say!(lang, "roster-expect-whole"),
            FileFaultKind::NotText => say!(lang, "roster-expect-encoding"),
            FileFaultKind::TooLarge => say!(lang, "roster-expect-smaller"),
            FileFaultKind::TooLong => say!(lang, "roster-expect-fewer"),
            FileFaultKind::Cancelled | FileFaultKind::Unwritable(_) => return None,
        })
    }
}

impl Say for FileFault {
    fn say(&self, lang: Lang) -> String {
        let what = self.found(lang);
        match self.expected(lang) {
            Some(expected) => {
                say!(
                    lang,
                    "roster-file-expected",
                    file = self.file.as_str(),
                    what = what,
                    expected = expected
                )
            }
            None => say!(lang, "roster-file", file = self.file.as_str(), what = what),
        }
    }
}

impl std::fmt::Display for FileFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl std::error::Error for FileFault {}

impl Serialize for FileFault {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut out = s.serialize_struct("FileFault", 5)?;
        out.serialize_field("code", self.kind.code())?;
        out.serialize_field("file", &self.file)?;
        out.serialize_field("found", &Both::of(|lang| self.found(lang)))?;
        out.serialize_field(
            "expected",
            &self.expected(Lang::Zh).map(|zh| Both { zh, en: self.expected(Lang::En).unwrap_or_default() }),
        )?;
        out.serialize_field("message", &Both::of(|lang| self.say(lang)))?;
        out.end()
    }
}

/// A text in both languages.
#[derive(Serialize)]
struct Both {
    zh: String,
    en: String,
}

impl Both {
    fn of(say: impl Fn(Lang) -> String) -> Both {
        Both { zh: say(Lang::Zh), en: say(Lang::En) }
    }
}

/// Something of a file that could not be read; the row (or sheet) it stands in was left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The file's name as handed in.
    pub file: String,
    /// The sheet; empty when it is the whole workbook.
    pub sheet: String,
    /// The row, 1-based as Excel shows it.
    pub row: Option<u32>,
    /// The column's letter.
    pub column: Option<String>,
    /// The column's header as the file has it.
    pub header: String,
    /// What the cell has.
    pub found: String,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong. Two-language texts in it are Chinese first.
#[derive(Clone, Debug, PartialEq)]
pub enum FaultKind {
    /// The sheet's cells could not be read.
    SheetUnreadable,
    /// No line of the sheet looks like a header.
    NoHeader,
    /// A required column is not there.
    MissingColumn {
        /// Its name.
        zh: &'static str,
        /// Its name.
        en: &'static str,
    },
    /// Two columns mean the same; the first was read.
    DoubleColumn {
        /// Letter of the first.
        first: String,
    },
    /// The workbook has events but no sheet of people.
    NoPeople,
    /// A required cell is empty.
    MissingValue,
    /// A cell holds an error such as `#REF!`.
    ErrorCell,
    /// Not written as a date.
    DateUnreadable,
    /// Written as a date, but there is no such day.
    DateImpossible,
    /// A number that may be January or October.
    DateAmbiguous,
    /// Identity number of another length.
    IdLength(usize),
    /// Character at this place, from 1, is not a digit.
    IdNotDigit(usize),
    /// Identity number whose date of birth does not exist.
    IdBirth,
    /// Identity number with another check character than this.
    IdCheck(char),
    /// Identity number that was kept as a number, so that its last digits are gone.
    IdLostDigits,
    /// The date of birth is another than that of the identity number.
    BirthDiffers(Day),
    /// The sex is another than that of the identity number.
    SexDiffers(Sex),
    /// The person stands in an earlier row already.
    DoublePerson {
        /// That row's sheet.
        sheet: String,
        /// That row.
        row: u32,
    },
    /// The person is not in the sheet of people.
    UnknownPerson,
    /// The person's own row was left out for its faults.
    PersonLeftOut {
        /// That row's sheet.
        sheet: String,
        /// That row.
        row: u32,
    },
    /// The sheet of people has another name for the number.
    NameDiffers(String),
    /// The organ is not in the sheet of organs.
    UnknownOrgan,
    /// Two organs bear the name; the number is needed.
    AmbiguousOrgan,
    /// The organ stands in an earlier row already.
    DoubleOrgan {
        /// That row.
        row: u32,
    },
    /// Not a member of the list.
    NotListed(List),
    /// Not a whole number in this range.
    NotNumber {
        /// The least.
        from: u32,
        /// The greatest.
        to: u32,
    },
    /// Not a whole or half number of days.
    NotHalfDays,
    /// Not a level with a step.
    NotLevelStep,
    /// Not a division code.
    NotDivision,
    /// Not assessments with their years.
    NotGrades,
    /// The event number is used twice for the person.
    DoubleEvent {
        /// The other row's sheet.
        sheet: String,
        /// The other row.
        row: u32,
    },
    /// The person has no event of the number that this one amends.
    UnknownAmended,
    /// A present state, but no date that could be given to it.
    NoDate,
    /// The sheet tells people's present state, but no column or title has a date for it.
    NoDateColumn,
}

impl FaultKind {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            FaultKind::SheetUnreadable => "sheet-unreadable",
            FaultKind::NoHeader => "no-header",
            FaultKind::MissingColumn { .. } => "missing-column",
            FaultKind::DoubleColumn { .. } => "double-column",
            FaultKind::NoPeople => "no-people",
            FaultKind::MissingValue => "missing-value",
            FaultKind::ErrorCell => "error-cell",
            FaultKind::DateUnreadable => "date-unreadable",
            FaultKind::DateImpossible => "date-impossible",
            FaultKind::DateAmbiguous => "date-ambiguous",
            FaultKind::IdLength(_) => "id-length",
            FaultKind::IdNotDigit(_) => "id-not-digit",
            FaultKind::IdBirth => "id-birth",
            FaultKind::IdCheck(_) => "id-check",
            FaultKind::IdLostDigits => "id-lost-digits",
            FaultKind::BirthDiffers(_) => "birth-differs",
            FaultKind::SexDiffers(_) => "sex-differs",
            FaultKind::DoublePerson { .. } => "double-person",
            FaultKind::UnknownPerson => "unknown-person",
            FaultKind::PersonLeftOut { .. } => "person-left-out",
            FaultKind::NameDiffers(_) => "name-differs",
            FaultKind::UnknownOrgan => "unknown-organ",
            FaultKind::AmbiguousOrgan => "ambiguous-organ",
            FaultKind::DoubleOrgan { .. } => "double-organ",
            FaultKind::NotListed(_) => "not-listed",
            FaultKind::NotNumber { .. } => "not-a-number",
            FaultKind::NotHalfDays => "not-half-days",
            FaultKind::NotLevelStep => "not-level-step",
            FaultKind::NotDivision => "not-a-division",
            FaultKind::NotGrades => "not-assessments",
            FaultKind::DoubleEvent { .. } => "double-event",
            FaultKind::UnknownAmended => "unknown-amended",
            FaultKind::NoDate => "no-date",
            FaultKind::NoDateColumn => "no-date-column",
        }
    }

    /// A required column that is not there.
    pub(super) fn missing(column: &Column) -> FaultKind {
        FaultKind::MissingColumn { zh: column.zh, en: column.en }
    }
}

impl Fault {
    /// What is wrong, without where.
    fn problem(&self, lang: Lang) -> String {
        let found = self.found.as_str();
        match &self.kind {
            FaultKind::SheetUnreadable => say!(lang, "roster-fault-sheet-unreadable"),
            FaultKind::NoHeader => say!(lang, "roster-fault-no-header"),
            FaultKind::MissingColumn { zh, en } => {
                say!(lang, "roster-fault-missing-column", column = lang.pick(*zh, *en))
            }
            FaultKind::DoubleColumn { first } => {
                say!(lang, "roster-fault-double-column", first = first.as_str())
            }
            FaultKind::NoPeople => say!(lang, "roster-fault-no-people"),
            FaultKind::MissingValue => say!(lang, "roster-fault-missing-value"),
            FaultKind::ErrorCell => say!(lang, "roster-fault-error-cell", found = found),
            FaultKind::DateUnreadable => say!(lang, "roster-fault-date-unreadable", found = found),
            FaultKind::DateImpossible => say!(lang, "roster-fault-date-impossible", found = found),
            FaultKind::DateAmbiguous => say!(lang, "roster-fault-date-ambiguous", found = found),
            FaultKind::IdLength(n) => say!(lang, "roster-fault-id-length", found = found, n = n.to_string()),
            FaultKind::IdNotDigit(n) => {
                say!(lang, "roster-fault-id-not-digit", found = found, n = n.to_string())
            }
            FaultKind::IdBirth => say!(lang, "roster-fault-id-birth", found = found),
            FaultKind::IdCheck(_) => say!(lang, "roster-fault-id-check", found = found),
            FaultKind::IdLostDigits => say!(lang, "roster-fault-id-lost-digits", found = found),
            FaultKind::BirthDiffers(_) => say!(lang, "roster-fault-birth-differs", found = found),
            FaultKind::SexDiffers(_) => say!(lang, "roster-fault-sex-differs", found = found),
            FaultKind::DoublePerson { sheet, row } => {
                say!(
                    lang,
                    "roster-fault-double-person",
                    found = found,
                    other = sheet.as_str(),
                    row = row.to_string()
                )
            }
            FaultKind::UnknownPerson => say!(lang, "roster-fault-unknown-person", found = found),
            FaultKind::PersonLeftOut { sheet, row } => {
                say!(
                    lang,
                    "roster-fault-person-left-out",
                    found = found,
                    other = sheet.as_str(),
                    row = row.to_string()
                )
            }
            FaultKind::NameDiffers(_) => say!(lang, "roster-fault-name-differs", found = found),
            FaultKind::UnknownOrgan => say!(lang, "roster-fault-unknown-organ", found = found),
            FaultKind::AmbiguousOrgan => say!(lang, "roster-fault-ambiguous-organ", found = found),
            FaultKind::DoubleOrgan { row } => {
                say!(lang, "roster-fault-double-organ", found = found, row = row.to_string())
            }
            FaultKind::NotListed(_) => say!(lang, "roster-fault-not-listed", found = found),
            FaultKind::NotNumber { .. } => say!(lang, "roster-fault-not-a-number", found = found),
            FaultKind::NotHalfDays => say!(lang, "roster-fault-not-half-days", found = found),
            FaultKind::NotLevelStep => say!(lang, "roster-fault-not-level-step", found = found),
            FaultKind::NotDivision => say!(lang, "roster-fault-not-a-division", found = found),
            FaultKind::NotGrades => say!(lang, "roster-fault-not-assessments", found = found),
            FaultKind::DoubleEvent { sheet, row } => {
                say!(
                    lang,
                    "roster-fault-double-event",
                    found = found,
                    other = sheet.as_str(),
                    row = row.to_string()
                )
            }
            FaultKind::UnknownAmended => say!(lang, "roster-fault-unknown-amended", found = found),
            FaultKind::NoDate => say!(lang, "roster-fault-no-date"),
            FaultKind::NoDateColumn => say!(lang, "roster-fault-no-date-column"),
        }
    }

    /// What was expected, in the reader's language.
    pub fn expected(&self, lang: Lang) -> String {
        match &self.kind {
            FaultKind::SheetUnreadable => say!(lang, "roster-expect-whole"),
            FaultKind::NoHeader => say!(lang, "roster-expect-header"),
            FaultKind::MissingColumn { zh, en } => {
                say!(lang, "roster-expect-column", column = both_names(lang, zh, en))
            }
            FaultKind::DoubleColumn { .. } => say!(lang, "roster-expect-single-column"),
            FaultKind::NoPeople => say!(lang, "roster-expect-people"),
            FaultKind::MissingValue => say!(lang, "roster-expect-value"),
            FaultKind::ErrorCell => say!(lang, "roster-expect-no-error"),
            FaultKind::DateUnreadable => say!(lang, "roster-expect-date"),
            FaultKind::DateImpossible => say!(lang, "roster-expect-real-date"),
            FaultKind::DateAmbiguous => say!(lang, "roster-expect-text-date"),
            FaultKind::IdLength(_) | FaultKind::IdNotDigit(_) => say!(lang, "roster-expect-id"),
            FaultKind::IdBirth => say!(lang, "roster-expect-id-birth"),
            FaultKind::IdCheck(right) => {
                say!(lang, "roster-expect-id-check", right = right.to_string())
            }
            FaultKind::IdLostDigits => say!(lang, "roster-expect-id-text"),
            FaultKind::BirthDiffers(day) => {
                say!(lang, "roster-expect-birth", day = day.to_string())
            }
            FaultKind::SexDiffers(sex) => say!(lang, "roster-expect-sex", sex = sex.name(lang)),
            FaultKind::DoublePerson { .. } => say!(lang, "roster-expect-one-row"),
            FaultKind::UnknownPerson => say!(lang, "roster-expect-person"),
            FaultKind::PersonLeftOut { .. } => say!(lang, "roster-expect-person-sound"),
            FaultKind::NameDiffers(name) => say!(lang, "roster-expect-name", name = name.as_str()),
            FaultKind::UnknownOrgan => say!(lang, "roster-expect-organ"),
            FaultKind::AmbiguousOrgan => say!(lang, "roster-expect-organ-number"),
            FaultKind::DoubleOrgan { .. } => say!(lang, "roster-expect-one-organ"),
            FaultKind::NotListed(list) => {
                let names = list.names(lang).join(lang.pick("、", ", "));
                say!(lang, "roster-expect-listed", names = names)
            }
            FaultKind::NotNumber { to: u32::MAX, .. } => say!(lang, "roster-expect-natural"),
            FaultKind::NotNumber { from, to } => {
                say!(lang, "roster-expect-number", from = from.to_string(), to = to.to_string())
            }
            FaultKind::NotHalfDays => say!(lang, "roster-expect-half-days"),
            FaultKind::NotLevelStep => say!(lang, "roster-expect-level-step"),
            FaultKind::NotDivision => say!(lang, "roster-expect-division"),
            FaultKind::NotGrades => say!(lang, "roster-expect-assessments"),
            FaultKind::DoubleEvent { .. } => say!(lang, "roster-expect-event-number"),
            FaultKind::UnknownAmended => say!(lang, "roster-expect-amended"),
            FaultKind::NoDate => say!(lang, "roster-expect-any-date"),
            FaultKind::NoDateColumn => say!(lang, "roster-expect-date-column"),
        }
    }

    /// What is wrong and what was expected, with the column but without file, sheet and row: for a cell beside it.
    pub fn beside(&self, lang: Lang) -> String {
        let (problem, expected) = (self.problem(lang), self.expected(lang));
        match &self.column {
            Some(column) => say!(
                lang,
                "roster-beside-column",
                column = column.as_str(),
                header = self.header.as_str(),
                problem = problem,
                expected = expected
            ),
            None => say!(lang, "roster-beside", problem = problem, expected = expected),
        }
    }
}

impl Say for Fault {
    fn say(&self, lang: Lang) -> String {
        let (file, sheet) = (self.file.as_str(), self.sheet.as_str());
        let place = match (self.row, &self.column) {
            (Some(row), Some(column)) => say!(
                lang,
                "roster-at-cell",
                file = file,
                sheet = sheet,
                row = row.to_string(),
                column = column.as_str(),
                header = self.header.as_str()
            ),
            (Some(row), None) => {
                say!(lang, "roster-at-row", file = file, sheet = sheet, row = row.to_string())
            }
            (None, _) if sheet.is_empty() => say!(lang, "roster-at-file", file = file),
            (None, _) => say!(lang, "roster-at-sheet", file = file, sheet = sheet),
        };
        say!(
            lang,
            "roster-fault",
            place = place,
            problem = self.problem(lang),
            expected = self.expected(lang)
        )
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut out = s.serialize_struct("Fault", 9)?;
        out.serialize_field("code", self.kind.code())?;
        out.serialize_field("file", &self.file)?;
        out.serialize_field("sheet", &self.sheet)?;
        out.serialize_field("row", &self.row)?;
        out.serialize_field("column", &self.column)?;
        out.serialize_field("header", &self.header)?;
        out.serialize_field("found", &self.found)?;
        out.serialize_field("expected", &Both::of(|lang| self.expected(lang)))?;
        out.serialize_field("message", &Both::of(|lang| self.say(lang)))?;
        out.end()
    }
}

/// A column's name; in English with the Chinese one, which the file has.
fn both_names(lang: Lang, zh: &str, en: &str) -> String {
    lang.pick(zh.to_owned(), format!("{en} / {zh}"))
}

/// A column's letter: 0 is A, 26 is AA.
pub fn letter(column: u16) -> String {
    let mut n = u32::from(column) + 1;
    let mut letters = Vec::new();
    while n > 0 {
        n -= 1;
        letters.push(char::from(b'A' + (n % 26) as u8));
        n /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn letters() {
        for (column, want) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(super::letter(column), want);
        }
    }
}
