//! What can be said of the documents themselves: what `takeroot policy check` reports.
//!
//! Two things are kept apart. **Errors** are faults of the documents: two clauses rule the same thing on the same
//! day, a table lacks a row, a text is empty. They keep answers from being sound, and each has its line. The rest is
//! a **report** of what is not known, as the documents themselves say: values that others must supply, clauses from
//! memory, clauses without a source. It is long in an honest library, and nothing is wrong with that.

mod clause;
mod missing;
mod slots;
mod table;

use std::collections::BTreeMap;

use serde::Serialize;
use takeroot_civil::Day;

use crate::cite::Confidence;
use crate::document::{Clause, Document, Head};
use crate::fault::{DocumentFault, FaultKind, Places};
use crate::library::Library;
use crate::rule::Rule;

pub use missing::{Missing, WANTED};

/// What the documents are, lack and get wrong.
#[derive(Clone, Debug)]
pub struct Audit {
    /// The day for which slots that nothing fills were looked for.
    pub on: Day,
    /// Instruments whose values are not invented.
    pub instruments: usize,
    /// Proposals.
    pub proposals: usize,
    /// Baselines.
    pub baselines: usize,
    /// Clauses of all documents but the invented ones.
    pub parameters: usize,
    /// Those clauses by confidence, best first.
    pub by_confidence: BTreeMap<Confidence, usize>,
    /// What says of itself that it is invented, counted apart.
    pub invented: Invented,
    /// What must be supplied.
    pub missing: Vec<Missing>,
    /// Clauses that do not rest on the primary text and name no source key.
    pub uncited: Vec<ClauseRef>,
    /// Clauses from memory (C).
    pub to_be_checked: Vec<ClauseRef>,
    /// Clauses whose value is not known (D, or left to others).
    pub unknown: Vec<ClauseRef>,
    /// What is wrong, in the order of the documents.
    pub errors: Vec<DocumentFault>,
}

/// Documents that say that their values are invented.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Invented {
    /// How many there are.
    pub instruments: usize,
    /// Their clauses.
    pub parameters: usize,
}

/// A clause and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClauseRef {
    /// The document's id.
    pub document: String,
    /// The clause's id.
    pub id: String,
    /// The slot that it fills.
    pub slot: String,
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

impl Audit {
    /// Whether nothing is wrong (much may be missing).
    pub fn is_sound(&self) -> bool {
        self.errors.is_empty()
    }

    /// The overlaps among the errors.
    pub fn overlaps(&self) -> impl Iterator<Item = &DocumentFault> {
        let overlap = |f: &&DocumentFault| matches!(f.what, FaultKind::Overlap { .. });
        self.errors.iter().filter(overlap)
    }

    /// The gaps among the errors.
    pub fn gaps(&self) -> impl Iterator<Item = &DocumentFault> {
        let gap = |f: &&DocumentFault| matches!(f.what, FaultKind::Gap { .. });
        self.errors.iter().filter(gap)
    }
}

/// Looks through a library; slots that the engine needs are looked for on a day.
pub fn audit(library: &Library, on: Day) -> Audit {
    let mut audit = Audit {
        on,
        instruments: 0,
        proposals: 0,
        baselines: 0,
        parameters: 0,
        by_confidence: Confidence::ALL.iter().map(|c| (*c, 0)).collect(),
        invented: Invented::default(),
        missing: missing::missing(library, on),
        uncited: Vec::new(),
        to_be_checked: Vec::new(),
        unknown: Vec::new(),
        errors: Vec::new(),
    };
    for document in &library.documents {
        audit.errors.extend(clause::faults(document));
        match &document.head {
            Head::Instrument(head) if head.invented => {
                audit.invented.instruments += 1;
                audit.invented.parameters += document.clauses.len();
                continue;
            }
            Head::Instrument(_) => audit.instruments += 1,
            Head::Proposal(_) => audit.proposals += 1,
            Head::Baseline(_) => audit.baselines += 1,
        }
        audit.count(document);
    }
    audit.errors.extend(slots::faults(library));
    let order: BTreeMap<&str, usize> =
        library.documents.iter().enumerate().map(|(n, d)| (d.file.as_str(), n)).collect();
    audit.errors.sort_by_key(|fault| {
        let at = fault.span.as_ref().map_or(0, |span| span.start);
        (order.get(fault.file.as_str()).copied(), at)
    });
    audit
}

impl Audit {
    fn count(&mut self, document: &Document) {
        for spanned in &document.clauses {
            let clause = spanned.get_ref();
            self.parameters += 1;
            *self.by_confidence.entry(clause.confidence).or_insert(0) += 1;
            let here = || clause_ref(document, clause, spanned.span().start);
            let left_open = matches!(clause.rule, Rule::Local(_));
            // Where the primary text was read (A), the article itself is the source.
            if clause.keys.is_empty() && !left_open && clause.confidence != Confidence::A {
                self.uncited.push(here());
            }
            if clause.confidence == Confidence::D || left_open {
                self.unknown.push(here());
            } else if clause.confidence == Confidence::C {
                self.to_be_checked.push(here());
            }
        }
    }
}

fn clause_ref(document: &Document, clause: &Clause, at: usize) -> ClauseRef {
    let before = document.text.get(..at).unwrap_or("");
    ClauseRef {
        document: document.id().to_owned(),
        id: clause.id.clone(),
        slot: clause.rule.slot(),
        file: document.file.clone(),
        line: before.matches('\n').count() + 1,
    }
}

/// A fault at a field of a clause.
fn at_clause(document: &Document, nth: usize, field: &str, what: FaultKind) -> DocumentFault {
    DocumentFault {
        file: document.file.clone(),
        text: document.text.clone(),
        span: Places::of(document).clause(nth, field),
        what,
    }
}

/// A fault at a field of a document's head.
fn at_head(document: &Document, field: &str, what: FaultKind) -> DocumentFault {
    DocumentFault {
        file: document.file.clone(),
        text: document.text.clone(),
        span: Places::of(document).head(field),
        what,
    }
}
