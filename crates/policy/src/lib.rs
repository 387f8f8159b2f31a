//! Policy as data: documents become rules at a date, rules become verdicts, verdicts become reasons.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod cite;
pub mod document;
pub mod library;
pub mod rule;
mod words;

pub use cite::{Confidence, Scope, Text};
pub use document::{Clause, Document, DocumentFault, FaultKind, Head};
pub use library::Library;
pub use rule::Rule;
