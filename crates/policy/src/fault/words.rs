//! Faults in words.

use takeroot_civil::{Code as _, Ladder, Rank};
use takeroot_words::{Lang, Say};

use super::{DocumentFault, FaultKind, TableFault, grammar};
use crate::stack::StackFault;
use crate::words::say;

impl Say for DocumentFault {
    /// `FILE:LINE:COLUMN: what`.
    fn say(&self, lang: Lang) -> String {
        let what = self.what.say(lang);
        match self.line_column() {
            Some((line, column)) => say!(
                lang,
                "fault-at",
                file = self.file.as_str(),
                line = line.to_string(),
                column = column.to_string(),
                what = what
            ),
            None => say!(lang, "fault-in", file = self.file.as_str(), what = what),
        }
    }
}

impl Say for FaultKind {
    fn say(&self, lang: Lang) -> String {
        match self {
            FaultKind::NotText => say!(lang, "fault-not-text"),
            FaultKind::Grammar(message) => grammar::said(message, lang),
            FaultKind::Head(0) => say!(lang, "fault-head-none"),
            FaultKind::Head(_) => say!(lang, "fault-head-many"),
            FaultKind::DocumentTwice { id, other } => {
                say!(lang, "fault-document-twice", id = id.as_str(), other = other.as_str())
            }
            FaultKind::ClauseTwice { id, file } => {
                say!(lang, "fault-clause-twice", id = id.as_str(), file = file.as_str())
            }
            FaultKind::EndsBeforeStart { id, from, to } => say!(
                lang,
                "fault-ends-before-start",
                id = id.as_str(),
                from = from.to_string(),
                to = to.to_string()
            ),
            FaultKind::Overlap { id, other, file, slot, day } => {
                let since = match day {
                    Some(day) => say!(lang, "since-day", day = day.to_string()),
                    None => say!(lang, "since-ever"),
                };
                say!(
                    lang,
                    "fault-overlap",
                    id = id.as_str(),
                    other = other.as_str(),
                    file = file.as_str(),
                    slot = slot.as_str(),
                    since = since
                )
            }
            FaultKind::Gap { id, other, slot, from, to } => say!(
                lang,
                "fault-gap",
                id = id.as_str(),
                other = other.as_str(),
                slot = slot.as_str(),
                from = from.to_string(),
                to = to.to_string()
            ),
            FaultKind::Empty { id, field } => {
                say!(lang, "fault-empty", id = id.as_str(), field = (*field).to_owned())
            }
            FaultKind::NotDigits { id, code } => {
                say!(lang, "fault-not-digits", id = id.as_str(), code = code.as_str())
            }
            FaultKind::NoBound { id } => say!(lang, "fault-no-bound", id = id.as_str()),
            FaultKind::Table { id, why } => {
                say!(lang, "fault-table", id = id.as_str(), why = why.say(lang))
            }
            FaultKind::ReplacesUnknown { id, other } => {
                say!(lang, "fault-replaces-unknown", id = id.as_str(), other = other.as_str())
            }
            FaultKind::ReplacesOtherLayer { id, other, file } => say!(
                lang,
                "fault-replaces-other-layer",
                id = id.as_str(),
                other = other.as_str(),
                file = file.as_str()
            ),
            FaultKind::ReplacesItself { id } => {
                say!(lang, "fault-replaces-itself", id = id.as_str())
            }
        }
    }
}

impl Say for TableFault {
    fn say(&self, lang: Lang) -> String {
        match self {
            TableFault::LevelMissing(level) => {
                say!(lang, "table-level-missing", level = level.to_string())
            }
            TableFault::Steps { level, steps, most } => say!(
                lang,
                "table-steps",
                level = level.to_string(),
                steps = steps.to_string(),
                most = most.to_string()
            ),
            TableFault::RowTwice(row) => say!(lang, "table-row-twice", row = row.as_str()),
            TableFault::RangeTurned => say!(lang, "table-range-turned"),
            TableFault::BoundsTurned { low, high } => {
                say!(lang, "table-bounds-turned", low = low.to_string(), high = high.to_string())
            }
            TableFault::TwoBounds => say!(lang, "table-two-bounds"),
            TableFault::NoRows(field) => say!(lang, "table-no-rows", field = (*field).to_owned()),
            TableFault::BandsUnordered => say!(lang, "table-bands-unordered"),
            TableFault::MoreThanWhole(share) => {
                say!(lang, "table-more-than-whole", share = share.to_string())
            }
            TableFault::Zero(field) => say!(lang, "table-zero", field = (*field).to_owned()),
            TableFault::WrongLadder { rank, ladder } => {
                let name = Rank::from_code(rank).map_or(rank.as_str(), |r| r.name(lang));
                let wanted = Ladder::from_code(ladder).map_or(ladder.as_str(), |l| l.name(lang));
                say!(lang, "table-wrong-ladder", rank = rank.as_str(), name = name, ladder = wanted)
            }
            TableFault::AgeFalls { from, to } => {
                say!(lang, "table-age-falls", from = from.to_string(), to = to.to_string())
            }
            TableFault::NoStart => say!(lang, "table-no-start"),
        }
    }
}

impl Say for StackFault {
    fn say(&self, lang: Lang) -> String {
        let comma = say!(lang, "list-comma");
        match self {
            StackFault::NoProposal { id, known } if known.is_empty() => {
                say!(lang, "stack-no-proposal-at-all", id = id.as_str())
            }
            StackFault::NoProposal { id, known } => {
                say!(lang, "stack-no-proposal", id = id.as_str(), known = known.join(&comma))
            }
            StackFault::NoBaseline { id, known } => {
                let mut all = vec!["law".to_owned()];
                all.extend(known.iter().cloned());
                say!(lang, "stack-no-baseline", id = id.as_str(), known = all.join(&comma))
            }
        }
    }
}
