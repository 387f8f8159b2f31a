//! Where a date stands: in a column of the file, or in one of several rows of a joined one.

use toml::Spanned;

use super::{Reader, column_at};
use crate::date::{self, Written};
use crate::fault::{MapFault, MapWrong};
use crate::map::{When, Whens, Which};
use crate::table::Table;

/// A date's place: one column of the main file or of a joined one.
pub(super) struct Place<'a> {
    pub(super) when: &'a When,
    pub(super) column: usize,
    /// The joined file, and the column that its rows are ordered by.
    pub(super) of: Option<(usize, usize)>,
}

/// What was found where a date should stand.
pub(super) enum Found {
    Known(Written),
    Open,
    Unknown,
    Bad { file: String, line: usize, column: String, found: String },
}

impl<'a> Reader<'a> {
    /// The places of a date, checked.
    pub(super) fn places(&self, whens: &'a Spanned<Whens>) -> Result<Vec<Place<'a>>, MapFault> {
        let span = whens.span();
        let place = |when: &'a When| {
            let Some(name) = &when.of else {
                let column = column_at(self.file, self.main, &when.column, Some(span.clone()))?;
                return Ok(Place { when, column, of: None });
            };
            let no_join = || self.file.fault(Some(span.clone()), MapWrong::NoJoin(name.clone()));
            let at = self.map.join.iter().position(|j| &j.name == name).ok_or_else(no_join)?;
            let table = self.joined.get(at).ok_or_else(no_join)?;
            let column = column_at(self.file, table, &when.column, Some(span.clone()))?;
            let by = match &when.by {
                None => column,
                Some(by) => column_at(self.file, table, by, Some(span.clone()))?,
            };
            Ok(Place { when, column, of: Some((at, by)) })
        };
        whens.get_ref().0.iter().map(place).collect()
    }

    /// What stands at the first of some places that is known.
    pub(super) fn date(&self, places: &[Place<'_>], row: usize, id: &str) -> Found {
        let mut bad = None;
        for place in places {
            match self.at(place, row, id) {
                Found::Unknown => {}
                found @ Found::Bad { .. } => bad = bad.or(Some(found)),
                found => return found,
            }
        }
        bad.unwrap_or(Found::Unknown)
    }

    fn at(&self, place: &Place<'_>, row: usize, id: &str) -> Found {
        let when = place.when;
        let Some((at, by)) = place.of else { return cell(self.main, row, place.column, when) };
        let (Some(table), Some(rows)) = (self.joined.get(at), self.rows_of.get(at).and_then(|r| r.get(id)))
        else {
            return Found::Unknown;
        };
        let written = |row: usize, column: usize| date::read(table.cell(row, column), when.order);
        let known = |row: &usize| matches!(cell(table, *row, place.column, when), Found::Known(_));
        let chosen = match when.row {
            // Of several rows of one date the one that stands last in time order of the file is as good as another:
            // an open one goes before, then the later end.
            Which::Last => rows.iter().copied().max_by_key(|r| {
                (
                    written(*r, by).map(|w| w.first),
                    is_open(table, *r, place.column, when),
                    written(*r, place.column).map(|w| w.first),
                )
            }),
            Which::First => rows
                .iter()
                .copied()
                .filter(|r| written(*r, by).is_some())
                .min_by_key(|r| written(*r, by).map(|w| w.first)),
            Which::Latest => {
                rows.iter().copied().filter(known).max_by_key(|r| written(*r, place.column).map(|w| w.last()))
            }
            Which::Earliest => {
                rows.iter().copied().filter(known).min_by_key(|r| written(*r, place.column).map(|w| w.first))
            }
        };
        chosen.map_or(Found::Unknown, |row| cell(table, row, place.column, when))
    }
}

fn is_open(table: &Table, row: usize, column: usize, when: &When) -> bool {
    when.open.iter().any(|o| o == table.cell(row, column))
}

fn cell(table: &Table, row: usize, column: usize, when: &When) -> Found {
    let text = table.cell(row, column);
    if is_open(table, row, column, when) {
        return Found::Open;
    }
    if text.is_empty() || when.unknown.iter().any(|u| u == text) {
        return Found::Unknown;
    }
    match date::read(text, when.order) {
        Some(written) => Found::Known(written),
        None => Found::Bad {
            file: table.file.clone(),
            line: table.line(row),
            column: table.names.get(column).cloned().unwrap_or_default(),
            found: text.to_owned(),
        },
    }
}
