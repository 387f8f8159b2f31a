//! What can be wrong with a policy document, and where in it.
//!
//! A fault is a value: [`words`] says it in either language, [`drawn`](DocumentFault::drawn) shows the line.

mod draw;
mod grammar;
mod place;
mod words;

use takeroot_civil::Day;

pub(crate) use place::Places;

/// Something wrong with a document, with the place in it.
#[derive(Clone, Debug)]
pub struct DocumentFault {
    /// File name.
    pub file: String,
    /// The file's text, for drawing the line.
    pub text: String,
    /// Byte range in the text.
    pub span: Option<std::ops::Range<usize>>,
    /// What is wrong.
    pub what: FaultKind,
}

/// What can be wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Not UTF-8.
    NotText,
    /// Not TOML, or not of the grammar; the parser's words.
    Grammar(String),
    /// None or several of `[instrument]`, `[proposal]`, `[baseline]`.
    Head(usize),
    /// The same document id in this other file.
    DocumentTwice {
        /// The id.
        id: String,
        /// The other file.
        other: String,
    },
    /// The same clause id twice, in this document or in another that speaks with it.
    ClauseTwice {
        /// The id.
        id: String,
        /// The file of the other clause.
        file: String,
    },
    /// A document or a clause ends before it begins.
    EndsBeforeStart {
        /// The clause or document.
        id: String,
        /// Its first day.
        from: Day,
        /// The first day no longer in force.
        to: Day,
    },
    /// Two clauses of a layer fill the same slot on the same days and neither replaces the other.
    Overlap {
        /// The later clause.
        id: String,
        /// The earlier one.
        other: String,
        /// The earlier one's file.
        file: String,
        /// The slot.
        slot: String,
        /// The first day on which both are in force; `None` when they are so from any day.
        day: Option<Day>,
    },
    /// A slot is filled, then not, then filled again.
    Gap {
        /// The clause that fills it again.
        id: String,
        /// The clause that filled it before.
        other: String,
        /// The slot.
        slot: String,
        /// First day on which nothing fills it.
        from: Day,
        /// First day on which it is filled again.
        to: Day,
    },
    /// A text is empty in a language, or a source is.
    Empty {
        /// The clause or document.
        id: String,
        /// The field, as it is written.
        field: &'static str,
    },
    /// `applies` has something else than the digits of a division code.
    NotDigits {
        /// The document.
        id: String,
        /// What stands there.
        code: String,
    },
    /// A figure without a bound.
    NoBound {
        /// The clause.
        id: String,
    },
    /// A table is inconsistent.
    Table {
        /// The clause.
        id: String,
        /// What is wrong with it.
        why: TableFault,
    },
    /// `replaces` names a clause that does not exist.
    ReplacesUnknown {
        /// The clause.
        id: String,
        /// What it names.
        other: String,
    },
    /// `replaces` names a clause of another layer (a local clause takes the place of a national one by its slot).
    ReplacesOtherLayer {
        /// The clause.
        id: String,
        /// What it names.
        other: String,
        /// The file of that clause.
        file: String,
    },
    /// A clause replaces itself: it would never be in force.
    ReplacesItself {
        /// The clause.
        id: String,
    },
}

/// What can be wrong with a table in a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableFault {
    /// A level is missing from a level pay table.
    LevelMissing(u8),
    /// A level has no step, or more than the engine's tables hold.
    Steps {
        /// The level.
        level: u8,
        /// How many steps it has.
        steps: u8,
        /// How many it may have.
        most: u8,
    },
    /// A row stands twice.
    RowTwice(String),
    /// The highest level is below the lowest.
    RangeTurned,
    /// The lower bound is above the upper one.
    BoundsTurned {
        /// The lower.
        low: u32,
        /// The upper.
        high: u32,
    },
    /// `exactly` beside another bound.
    TwoBounds,
    /// No rows, where there must be some.
    NoRows(&'static str),
    /// Bands that do not rise.
    BandsUnordered,
    /// More than a whole.
    MoreThanWhole(u16),
    /// A field that divides or repeats is 0.
    Zero(&'static str),
    /// A rank of another ladder.
    WrongLadder {
        /// The rank, its code.
        rank: String,
        /// The ladder wanted, its code.
        ladder: String,
    },
    /// An age that ends below where it starts, months.
    AgeFalls {
        /// Start.
        from: u16,
        /// End.
        to: u16,
    },
    /// An age that moves, without the month from which it does.
    NoStart,
}

impl FaultKind {
    /// A stable code of the kind, for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            FaultKind::NotText => "not-text",
            FaultKind::Grammar(_) => "grammar",
            FaultKind::Head(_) => "head",
            FaultKind::DocumentTwice { .. } => "document-twice",
            FaultKind::ClauseTwice { .. } => "clause-twice",
            FaultKind::EndsBeforeStart { .. } => "ends-before-start",
            FaultKind::Overlap { .. } => "overlap",
            FaultKind::Gap { .. } => "gap",
            FaultKind::Empty { .. } => "empty",
            FaultKind::NotDigits { .. } => "not-digits",
            FaultKind::NoBound { .. } => "no-bound",
            FaultKind::Table { .. } => "table",
            FaultKind::ReplacesUnknown { .. } => "replaces-unknown",
            FaultKind::ReplacesOtherLayer { .. } => "replaces-other-layer",
            FaultKind::ReplacesItself { .. } => "replaces-itself",
        }
    }
}

impl DocumentFault {
    /// Line and column of its place, from 1; the column counts characters.
    pub fn line_column(&self) -> Option<(usize, usize)> {
        let at = self.span.as_ref()?.start.min(self.text.len());
        let before = self.text.get(..at)?;
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Some((line, column))
    }
}
