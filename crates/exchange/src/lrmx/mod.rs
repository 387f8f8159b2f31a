//! `.lrmx`, the electronic form of the cadre appointment form (干部任免审批表), read and written.
//!
//! A file is first read *as it is* ([`decode`] → [`Document`]): every element, known or not, in the order found and
//! with its exact text, so that [`encode`] gives back what was read. Its meaning is taken in a second step
//! ([`to_career`]), with a [`Fault`] for each part that is not understood; nothing is guessed. The way back is
//! [`from_career`] and [`update`].
//!
//! **Limits.** The form knows months where careers know days, and has no organ numbers: organs come back under the
//! names written. Leadership layers follow a small, documented table of words (see [`titles`]). `.lrm` (the older
//! one-line format) is not read.

mod bundle;
pub mod dates;
mod decode;
mod document;
mod encode;
mod fault;
pub mod fields;
mod folder;
mod meaning;
pub mod merits;
pub mod resume;
mod service;
pub mod titles;
mod tree;
mod workbook;
mod write;

pub use bundle::{bundle, file_name};
pub use decode::{MAX_BYTES, MAX_DEPTH, MAX_NODES, decode};
pub use document::{Document, Encoding};
pub use encode::encode;
pub use fault::{Fault, FaultCode, FileFault};
pub use folder::{FileReading, read_file, read_folder};
pub use meaning::{Reading, to_career};
pub use tree::{Element, Node, Position};
pub use workbook::{TurnedBack, read_workbook, write_workbook};
pub use write::{from_career, update};
