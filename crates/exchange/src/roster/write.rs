//! Writes a roster as a workbook of events: a sheet each of people, organs and family, and one for each kind of
//! event, with drop-down lists from a hidden sheet. Dates and numbers of people are text, so that no spreadsheet
//! changes them.

use std::borrow::{Borrow, Cow};
use std::collections::HashMap;

use rust_xlsxwriter::{DataValidation, Formula, Workbook, Worksheet, XlsxError};
use takeroot_civil::*;
use takeroot_words::Lang;

use super::column::{Col, Column, Form, Need};
use super::facts::{self, Val};
use super::fault::FileFault;
use super::kind::SheetKind;
use super::lists::List;
use super::style::{Style, unwritable, workbook};
use crate::words::say;

/// How many rows below the last one still offer the lists.
const SPARE_ROWS: u32 = 2000;

/// Writes a roster as an `.xlsx` workbook of events. Reading it gives the same roster, as long as its texts are
/// trimmed, its numbers and event numbers are unique, and its events stand in the order of their numbers.
///
/// # Errors
/// If the roster does not fit into a workbook: a text of more than 32,767 characters, more than a million rows.
pub fn write(roster: &Roster, lang: Lang) -> Result<Vec<u8>, FileFault> {
    write_careers(&roster.organs, &roster.careers, roster.invented, lang)
}

/// As [`write`], of careers that lie elsewhere. The cells wait in nameless temporary files until the workbook is put
/// together: as objects in memory those of ten thousand people would take half a gigabyte.
///
/// # Errors
/// As [`write`]; and if no temporary file can be had.
pub fn write_careers<C: Borrow<Career>>(
    organs: &[Organ],
    careers: &[C],
    invented: bool,
    lang: Lang,
) -> Result<Vec<u8>, FileFault> {
    build(organs, careers, invented, lang).map_err(unwritable("takeroot.xlsx"))
}

fn build<C: Borrow<Career>>(
    organs: &[Organ],
    careers: &[C],
    invented: bool,
    lang: Lang,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook(lang)?;
    let style = Style::new();
    let notice = invented.then(|| say!(lang, "roster-notice-invented"));
    let careers = || careers.iter().map(Borrow::borrow);
    let numbered =
        careers().any(|c| c.person.resident_id.as_ref().is_none_or(|id| id.as_str() != c.person.id.0));
    let names = OrganNames::of(organs);
    for kind in SheetKind::READ {
        let sheet = book.add_worksheet_with_low_memory()?;
        let mut out = SheetOut::new(sheet, kind, lang, &style, notice.as_deref(), numbered)?;
        match kind {
            SheetKind::People => {
                for career in careers() {
                    out.row(&person_cells(&career.person, lang))?;
                }
            }
            SheetKind::Organs => {
                for organ in organs {
                    out.row(&organ_cells(organ, lang))?;
                }
            }
            SheetKind::Family => {
                for career in careers() {
                    for relative in &career.person.family {
                        out.row(&relative_cells(&career.person, relative))?;
                    }
                }
            }
            _ => {
                for career in careers() {
                    for event in career.events.iter().filter(|e| facts::sheet_of(&e.fact) == kind) {
                        let cells = facts::cells(&event.fact, lang, &|id| names.written(id));
                        out.row(&event_cells(&career.person, event, cells))?;
                    }
                }
            }
        }
        out.finish()?;
    }
    codes(&mut book, lang)?;
    book.save_to_buffer()
}

/// How organs are named in cells: by name where it is theirs alone, else by number.
struct OrganNames<'a>(HashMap<&'a OrganId, &'a str>);

impl<'a> OrganNames<'a> {
    fn of(organs: &'a [Organ]) -> OrganNames<'a> {
        let squeeze = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let mut count: HashMap<String, u32> = HashMap::new();
        for organ in organs {
            *count.entry(squeeze(&organ.name)).or_default() += 1;
        }
        let ids: std::collections::HashSet<&str> = organs.iter().map(|o| o.id.0.as_str()).collect();
        let alone = |o: &&Organ| {
            count.get(&squeeze(&o.name)) == Some(&1)
                && !o.name.trim().is_empty()
                && !ids.contains(o.name.as_str())
        };
        OrganNames(organs.iter().filter(alone).map(|o| (&o.id, o.name.as_str())).collect())
    }

    fn written<'b>(&'b self, id: &'b OrganId) -> Cow<'b, str> {
        Cow::Borrowed(self.0.get(id).copied().unwrap_or(&id.0))
    }
}

fn text(text: &str) -> Val<'_> {
    Val::Text(Cow::Borrowed(text))
}

fn who(person: &Person) -> Vec<(Col, Val<'_>)> {
    let mut cells = vec![(Col::Number, text(&person.id.0)), (Col::Name, text(&person.name))];
    cells.extend(person.resident_id.as_ref().map(|id| (Col::Id, text(id.as_str()))));
    cells
}

fn person_cells(person: &Person, lang: Lang) -> Vec<(Col, Val<'_>)> {
    let mut cells = who(person);
    cells.extend(person.sex.map(|s| (Col::Sex, text(s.name(lang)))));
    let days = [
        (Col::Birth, person.birth),
        (Col::PartyJoined, person.party_joined),
        (Col::WorkStart, person.work_start),
    ];
    cells.extend(days.into_iter().filter_map(|(col, day)| Some((col, Val::Day(day?)))));
    cells.extend([
        (Col::Ethnic, text(&person.ethnic)),
        (Col::NativePlace, text(&person.native_place)),
        (Col::Birthplace, text(&person.birthplace)),
        (Col::Politics, text(&person.politics)),
        (Col::Health, text(&person.health)),
        (Col::ProTitle, text(&person.title)),
        (Col::Speciality, text(&person.speciality)),
    ]);
    cells
}

fn relative_cells<'a>(person: &'a Person, relative: &'a Relative) -> Vec<(Col, Val<'a>)> {
    let mut cells = who(person);
    cells.extend(relative.birth.map(|day| (Col::Birth, Val::Day(day))));
    cells.extend([
        (Col::Relation, text(&relative.relation)),
        (Col::MemberName, text(&relative.name)),
        (Col::Politics, text(&relative.politics)),
        (Col::Place, text(&relative.work)),
    ]);
    cells
}

fn organ_cells(organ: &Organ, lang: Lang) -> Vec<(Col, Val<'_>)> {
    let mut cells = vec![
        (Col::OrganNumber, text(&organ.id.0)),
        (Col::OrganName, text(&organ.name)),
        (Col::OrganKind, text(organ.kind.name(lang))),
    ];
    cells.extend(organ.division.map(|d| (Col::Division, Val::Text(Cow::Owned(d.to_string())))));
    let numbers = [
        (Col::Establishment, organ.establishment),
        (Col::Hardship, organ.hardship_class.map(u32::from)),
        (Col::AreaBand, organ.area_band.map(u32::from)),
    ];
    cells.extend(numbers.into_iter().filter_map(|(col, n)| Some((col, Val::Number(f64::from(n?))))));
    cells
}

fn event_cells<'a>(person: &'a Person, event: &'a Event, own: Vec<(Col, Val<'a>)>) -> Vec<(Col, Val<'a>)> {
    let mut cells = who(person);
    cells.extend(own);
    cells.push((Col::Effective, Val::Day(event.dates.effective)));
    let days = [
        (Col::Approved, event.dates.approved),
        (Col::CountedFrom, event.dates.counted_from),
        (Col::Recorded, event.dates.recorded),
    ];
    cells.extend(days.into_iter().filter_map(|(col, day)| Some((col, Val::Day(day?)))));
    cells.push((Col::Document, text(&event.document)));
    cells.push((Col::Basis, text(&event.basis)));
    cells.push((Col::EventNumber, Val::Number(f64::from(event.id.0))));
    cells.extend(event.amends.map(|a| (Col::Amends, Val::Number(f64::from(a.0)))));
    cells
}

/// A sheet being written.
pub struct SheetOut<'a> {
    sheet: &'a mut Worksheet,
    lang: Lang,
    columns: Vec<&'static Column>,
    at: HashMap<Col, u16>,
    next: u32,
    first: u32,
}

impl<'a> SheetOut<'a> {
    /// A sheet with its header; `numbered` when people have numbers beside their resident IDs.
    pub fn new(
        sheet: &'a mut Worksheet,
        kind: SheetKind,
        lang: Lang,
        style: &Style,
        notice: Option<&str>,
        numbered: bool,
    ) -> Result<SheetOut<'a>, XlsxError> {
        sheet.set_name(kind.name(lang))?;
        let columns: Vec<&Column> = kind
            .columns()
            .filter(|c| c.need != Need::ReadOnly)
            .filter(|c| match c.col {
                Col::Number => numbered,
                // One key is enough in a sheet of events.
                Col::Id => !numbered || kind == SheetKind::People,
                _ => true,
            })
            .collect();
        let mut row = 0;
        if let Some(notice) = notice {
            sheet.write_string_with_format(row, 0, notice, &style.notice)?;
            row += 1;
        }
        let mut at = HashMap::new();
        let mut pinned = 0;
        for (n, column) in columns.iter().enumerate() {
            let n = u16::try_from(n).map_err(|_| XlsxError::RowColumnLimitError)?;
            let must = matches!(column.need, Need::Must | Need::Key);
            let header = column.header(lang);
            sheet.write_string_with_format(row, n, header, if must { &style.must } else { &style.header })?;
            sheet.set_column_width(n, width(column, header))?;
            if matches!(column.form, Form::Text | Form::Id | Form::Date | Form::Organ) {
                sheet.set_column_format(n, &style.text)?;
            }
            at.insert(column.col, n);
            if matches!(column.col, Col::Name | Col::OrganName) {
                pinned = n + 1;
            }
        }
        sheet.set_freeze_panes(row + 1, pinned)?;
        Ok(SheetOut { sheet, lang, columns, at, next: row + 1, first: row + 1 })
    }

    /// Adds a row; cells of columns that the sheet has not are passed over.
    pub fn row(&mut self, cells: &[(Col, Val)]) -> Result<(), XlsxError> {
        for (col, value) in cells {
            let Some(at) = self.at.get(col).copied() else {
                continue;
            };
            match value {
                Val::Text(text) if text.is_empty() => {}
                Val::Text(text) => {
                    self.sheet.write_string(self.next, at, text.as_ref())?;
                }
                Val::Day(day) => {
                    self.sheet.write_string(self.next, at, day.to_string())?;
                }
                Val::Number(n) => {
                    self.sheet.write_number(self.next, at, *n)?;
                }
            }
        }
        self.next += 1;
        Ok(())
    }

    /// Adds the drop-down lists.
    pub fn finish(self) -> Result<(), XlsxError> {
        let last = (self.next + SPARE_ROWS).min((1 << 20) - 1);
        for (n, column) in self.columns.iter().enumerate() {
            let Form::Code(list) = column.form else {
                continue;
            };
            let n = u16::try_from(n).map_err(|_| XlsxError::RowColumnLimitError)?;
            let validation = DataValidation::new()
                .allow_list_formula(Formula::new(list_range(list, self.lang)))
                .set_error_title(say!(self.lang, "roster-list-title"))?
                .set_error_message(say!(self.lang, "roster-list-message"))?;
            self.sheet.add_data_validation(self.first, n, last, n, &validation)?;
        }
        Ok(())
    }
}

fn width(column: &Column, header: &str) -> f64 {
    let header = header.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum::<f64>() + 2.0;
    let content: f64 = match column.form {
        Form::Id => 20.0,
        Form::Date => 12.0,
        Form::Organ => 28.0,
        Form::Code(_) => 14.0,
        Form::Number => 8.0,
        Form::Text => match column.col {
            Col::Name | Col::Ethnic | Col::Relation | Col::MemberName => 10.0,
            Col::OrganName | Col::School | Col::Place | Col::Basis | Col::Title => 28.0,
            _ => 16.0,
        },
    };
    content.max(header)
}

/// The cells of the hidden sheet that hold a list.
fn list_range(list: List, lang: Lang) -> String {
    let at =
        List::ALL.iter().position(|l| *l == list).and_then(|n| u16::try_from(n).ok()).unwrap_or_default();
    let column = super::fault::letter(at);
    format!("={}!${column}$2:${column}${}", SheetKind::Codes.name(lang), list.names(lang).len() + 1)
}

/// The hidden sheet of lists, one to a column.
pub fn codes(book: &mut Workbook, lang: Lang) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(SheetKind::Codes.name(lang))?.set_hidden(true);
    for (at, list) in (0u16..).zip(List::ALL) {
        sheet.write_string(0, at, list_title(list, lang))?;
        for (row, name) in (1u32..).zip(list.names(lang)) {
            sheet.write_string(row, at, name)?;
        }
    }
    Ok(())
}

/// A list is headed as the first column that uses it.
fn list_title(list: List, lang: Lang) -> &'static str {
    SheetKind::READ
        .iter()
        .flat_map(|k| k.columns())
        .find(|c| c.form == Form::Code(list))
        .map_or("", |c| c.header(lang))
}
