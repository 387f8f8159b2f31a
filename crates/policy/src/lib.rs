//! Policy as data: documents become rules at a date, rules become verdicts, verdicts become reasons.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::disallowed_methods,
        clippy::disallowed_macros,
        reason = "tests may fail, read files and print"
    )
)]

pub mod audit;
pub mod bars;
pub mod calendar;
pub mod cite;
pub mod columns;
pub mod dense;
pub mod diff;
pub mod document;
pub mod draft;
pub mod facts;
pub mod fault;
pub mod grading;
pub mod library;
pub mod officer;
pub mod pay;
pub mod plain;
pub mod quota;
pub mod ranks;
pub mod rule;
pub mod rules;
pub mod schema;
pub mod show;
mod source;
pub mod spec;
pub mod stack;
pub mod standing;
pub mod timeline;
pub mod verdict;
mod words;

pub use audit::{Audit, audit};
pub use cite::{Confidence, Scope, Text};
pub use columns::{Columns, Row};
pub use diff::{Diff, diff};
pub use document::{Clause, Document, Head};
pub use facts::Facts;
pub use fault::{DocumentFault, FaultKind};
pub use library::Library;
pub use officer::{Bars, Held, Officer, Place, RankSet, Seat};
pub use rule::Rule;
pub use rules::{Cited, Rules};
pub use spec::Asked;
pub use stack::{Cite, InForce, Resolved, Stack, StackFault, StackSpec};
pub use standing::Standing;
pub use verdict::{Need, Needs, Outcome, Verdict};
