//! Where in a document a field stands: the text is read once more, with the place of every key and value.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::document::Document;

/// The places of a document's keys and values.
pub(crate) struct Places<'d>(Option<Spanned<DeTable<'d>>>);

impl<'d> Places<'d> {
    /// The places in a document.
    pub(crate) fn of(document: &'d Document) -> Places<'d> {
        Places(DeTable::parse(&document.text).ok())
    }

    /// The value of a field of the document's head, or the head's own place.
    pub(crate) fn head(&self, field: &str) -> Option<Range<usize>> {
        let root = self.0.as_ref()?.get_ref();
        let (_, head) =
            ["instrument", "proposal", "baseline"].iter().find_map(|name| root.get_key_value(*name))?;
        Some(within(head, field).unwrap_or_else(|| head.span()))
    }

    /// The value of a field of a clause (`to`, `text.zh`, `rule`), or the clause's first line.
    pub(crate) fn clause(&self, nth: usize, field: &str) -> Option<Range<usize>> {
        let root = self.0.as_ref()?.get_ref();
        let DeValue::Array(clauses) = root.get("clause")?.get_ref() else {
            return None;
        };
        let clause = clauses.get(nth)?;
        Some(within(clause, field).unwrap_or_else(|| clause.span()))
    }
}

/// The place of a field below a table, by dotted path; of the kind's name for `rule`.
fn within(table: &Spanned<DeValue<'_>>, path: &str) -> Option<Range<usize>> {
    let mut at = table;
    for part in path.split('.') {
        let DeValue::Table(here) = at.get_ref() else {
            return None;
        };
        at = here.get(part)?;
        if part == "rule"
            && let DeValue::Table(rule) = at.get_ref()
            && let Some((kind, _)) = rule.iter().next()
        {
            return Some(kind.span());
        }
    }
    Some(at.span())
}
