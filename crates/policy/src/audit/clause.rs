//! What can be wrong with one document and each of its clauses, taken alone.

use crate::cite::Text;
use crate::document::{Document, Head};
use crate::fault::{DocumentFault, FaultKind};

use super::{at_clause, at_head, table};

/// The faults of a document.
pub(super) fn faults(document: &Document) -> Vec<DocumentFault> {
    let mut faults = Vec::new();
    head(document, &mut faults);
    for (nth, spanned) in document.clauses.iter().enumerate() {
        let clause = spanned.get_ref();
        let id = || clause.id.clone();
        let mut add = |field: &str, what| faults.push(at_clause(document, nth, field, what));
        let empty = |field: &'static str| FaultKind::Empty { id: id(), field };
        for (field, text) in [
            ("id", &clause.id),
            ("text.zh", &clause.text.zh),
            ("text.en", &clause.text.en),
            ("source.zh", &clause.source.zh),
            ("source.en", &clause.source.en),
        ] {
            if text.trim().is_empty() {
                add(field, empty(field));
            }
        }
        if let Some(note) = &clause.note {
            for (field, text) in [("note.zh", &note.zh), ("note.en", &note.en)] {
                if text.trim().is_empty() {
                    add(field, empty(field));
                }
            }
        }
        let own_dates = clause.from.is_some() || clause.to.is_some();
        if let (true, Some(from), Some(to)) =
            (own_dates, document.clause_from(clause), document.clause_to(clause))
            && to <= from
        {
            let field = if clause.to.is_some() { "to" } else { "from" };
            add(field, FaultKind::EndsBeforeStart { id: id(), from, to });
        }
        for other in &clause.replaces {
            if *other == clause.id {
                add("replaces", FaultKind::ReplacesItself { id: id() });
            }
        }
        for why in table::faults(&clause.rule) {
            add(
                "rule",
                match why {
                    table::Wrong::NoBound => FaultKind::NoBound { id: id() },
                    table::Wrong::Table(why) => FaultKind::Table { id: id(), why },
                },
            );
        }
    }
    faults
}

/// The faults of a document's head.
fn head(document: &Document, faults: &mut Vec<DocumentFault>) {
    let id = || document.id().to_owned();
    let mut texts: Vec<(&'static str, &'static str, &Text)> =
        vec![("title.zh", "title.en", document.head.title())];
    match &document.head {
        Head::Instrument(head) => {
            texts.push(("read.zh", "read.en", &head.read));
            let (from, to) = (head.effective.0, head.ended.map(|d| d.0));
            if let Some(to) = to.filter(|to| *to <= from) {
                let what = FaultKind::EndsBeforeStart { id: id(), from, to };
                faults.push(at_head(document, "ended", what));
            }
            let digits = |code: &&String| !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit());
            if let Some(code) = head.applies.iter().find(|code| !digits(code)) {
                let code = code.clone();
                let what = FaultKind::NotDigits { id: id(), code };
                faults.push(at_head(document, "applies", what));
            }
        }
        Head::Proposal(head) => {
            texts.push(("summary.zh", "summary.en", &head.summary));
            texts.push(("asked-by.zh", "asked-by.en", &head.asked_by));
            for caution in &head.caution {
                texts.push(("caution", "caution", caution));
            }
        }
        Head::Baseline(head) => texts.push(("summary.zh", "summary.en", &head.summary)),
    }
    if document.id().trim().is_empty() {
        let what = FaultKind::Empty { id: id(), field: "id" };
        faults.push(at_head(document, "id", what));
    }
    for (zh, en, text) in texts {
        for (field, text) in [(zh, &text.zh), (en, &text.en)] {
            if text.trim().is_empty() {
                let what = FaultKind::Empty { id: id(), field };
                faults.push(at_head(document, field, what));
            }
        }
    }
}
