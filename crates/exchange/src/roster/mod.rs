//! Roster workbooks as personnel offices keep them, read and written.
//!
//! **Reading** takes the bytes of an `.xlsx`, `.xls` or `.csv` file and gives a [`Roster`] and the list of what
//! could not be read. A file is one of two things, or both at once:
//!
//! - a *one-sheet roster* (花名册): one row per person with the present state, which becomes dated events;
//! - a *workbook of events*: a sheet of people, one of organs, and a sheet for each kind of event.
//!
//! Headers are found by meaning, wherever they stand ([`header`]); rows with a fault are reported and left out
//! whole, the rest is read. **Writing** gives the workbook of events; reading it again gives the same roster.
//!
//! **Limits.** Texts are trimmed, and line ends inside a cell are `\n`; carriage returns and other control
//! characters do not survive an `.xlsx` file. Formulas are read as the values that were saved with them. Hidden
//! sheets are not read. A state without a date (a post, no 任现职时间) is given the date of the table, else the
//! latest date of its row, and its basis says [`state::INFERRED`].

mod back;
mod body;
mod cell;
mod column;
mod csv;
mod date;
mod facts;
mod fault;
mod header;
mod kind;
mod lists;
mod organs;
mod people;
mod reader;
mod row;
mod sane;
mod source;
mod state;
mod style;
/// How our workbooks look, for other writers of this crate.
pub(crate) mod book {
    pub(crate) use super::style::{Style, unwritable, workbook};
}
mod template;
mod write;

#[cfg(test)]
mod tests;

use std::ops::ControlFlow;

use serde::Serialize;
use takeroot_civil::Roster;

pub use fault::{Fault, FaultKind, FileFault, FileFaultKind};
pub use kind::SheetKind;
pub use state::INFERRED;

/// What was read of a file.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// What could be read.
    pub roster: Roster,
    /// What could not, in the order of the file.
    pub faults: Vec<Fault>,
    /// What each sheet was taken for.
    pub sheets: Vec<SheetReport>,
    /// Sheet and row (1-based) of each career of the roster, in their order.
    pub places: Vec<(String, u32)>,
    /// Rows of events carry the numbers of the events: an edited export, whose rows can be told apart.
    pub numbered: bool,
}

/// What a sheet was taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SheetReport {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: SheetKind,
    /// The last line of its header, 1-based as Excel shows it.
    pub header_row: Option<u32>,
    /// Rows of content below the header.
    pub rows: u32,
    /// Rows of those that were read without a fault.
    pub read: u32,
    /// Headers of columns that were not read, because their meaning has no place in a roster or is not known.
    pub ignored: Vec<String>,
}

/// How far a reading has come.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// The sheet being read.
    pub sheet: &'a str,
    /// Rows of the whole file done.
    pub done: u64,
    /// Rows of the whole file.
    pub total: u64,
}

/// Reads a roster file from its bytes; `name` is told in faults, and its ending decides nothing that the
/// content shows.
///
/// # Errors
/// What keeps the file from being read at all: empty, encrypted, corrupt, not a workbook.
pub fn read(bytes: &[u8], name: &str) -> Result<Reading, FileFault> {
    read_with(bytes, name, &mut |_| ControlFlow::Continue(()))
}

/// [`read`], which tells how far it is and stops when told to.
///
/// # Errors
/// As [`read`]; [`FileFaultKind::Cancelled`] when `progress` said to stop.
pub fn read_with(
    bytes: &[u8],
    name: &str,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Reading, FileFault> {
    reader::read(bytes, name, progress)
}

pub use back::write_back;
pub use facts::sheet_of;
pub use template::template;
pub use write::{write, write_careers};
