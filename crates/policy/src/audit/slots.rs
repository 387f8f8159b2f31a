//! What can be wrong between clauses: two rule the same thing on the same day, nothing rules it for a while, one
//! replaces a clause that is not there.
//!
//! The rule is that of [`Stack`](crate::Stack): layer by layer, a clause speaks on its days less the days on which a
//! clause of the layer that names it in `replaces` is in force. Local instruments of places that have nothing to do
//! with each other never speak together.

use std::collections::{BTreeMap, BTreeSet};

use takeroot_civil::Day;

use crate::cite::Scope;
use crate::document::{Clause, Document, Head};
use crate::fault::{DocumentFault, FaultKind};
use crate::library::Library;

use super::at_clause;

/// Days as packed numbers, the second not among them; 0 and the greatest number when open.
type Days = (u32, u32);

/// A clause, where it stands, and the days of its own.
#[derive(Clone, Copy)]
struct Entry<'l> {
    document: &'l Document,
    nth: usize,
    clause: &'l Clause,
    days: Days,
}

/// The faults between clauses.
pub(super) fn faults(library: &Library) -> Vec<DocumentFault> {
    let mut seen: BTreeSet<(String, String, String, &'static str)> = BTreeSet::new();
    let mut faults = Vec::new();
    // The same two clauses meet at every place where both hold: they are told once.
    let mut add = |entry: &Entry<'_>, other: &str, field: &str, what: FaultKind| {
        let key = (
            format!("{}#{}", entry.document.file, entry.nth),
            other.to_owned(),
            field.to_owned(),
            what.code(),
        );
        if seen.insert(key) {
            faults.push(at_clause(entry.document, entry.nth, field, what));
        }
    };
    for layer in layers(library) {
        let entries: Vec<Entry<'_>> = layer.iter().flat_map(|d| entries(d)).collect();
        ids(&entries, &mut add);
        let mut by_slot: BTreeMap<String, Vec<(Entry<'_>, Vec<Days>)>> = BTreeMap::new();
        for entry in &entries {
            let spoken = spoken(entry, &entries);
            let slot = entry.clause.rule.slot();
            by_slot.entry(slot).or_default().push((*entry, spoken));
        }
        for (slot, mut clauses) in by_slot {
            clauses.sort_by_key(|(entry, _)| entry.days.0);
            overlaps(&slot, &clauses, &mut add);
            gaps(&slot, &clauses, &mut add);
        }
    }
    for (what, entry, other) in replaced(library) {
        add(&entry, &other, "replaces", what);
    }
    faults
}

/// The sets of documents that speak together in one layer.
fn layers(library: &Library) -> Vec<Vec<&Document>> {
    let mut layers: Vec<Vec<&Document>> = Vec::new();
    let places: BTreeSet<&str> = library
        .documents
        .iter()
        .filter_map(|d| match &d.head {
            Head::Instrument(head) => Some(head.applies.iter().map(String::as_str)),
            _ => None,
        })
        .flatten()
        .chain(std::iter::once(""))
        .collect();
    for place in &places {
        for local in [false, true] {
            let here = |d: &&Document| match &d.head {
                Head::Instrument(head) => {
                    (head.scope == Scope::Local) == local
                        && (head.applies.is_empty()
                            || head.applies.iter().any(|a| place.starts_with(a.as_str())))
                }
                _ => false,
            };
            layers.push(library.documents.iter().filter(here).collect());
        }
    }
    for document in &library.documents {
        if !matches!(document.head, Head::Instrument(_)) {
            layers.push(vec![document]);
        }
    }
    layers
}

fn entries(document: &Document) -> impl Iterator<Item = Entry<'_>> {
    document.clauses.iter().enumerate().map(move |(nth, spanned)| {
        let clause = spanned.get_ref();
        let from = document.clause_from(clause).map_or(0, Day::packed);
        let to = document.clause_to(clause).map_or(u32::MAX, Day::packed);
        Entry { document, nth, clause, days: (from, to) }
    })
}

/// Clause ids that stand twice.
fn ids(entries: &[Entry<'_>], add: &mut impl FnMut(&Entry<'_>, &str, &str, FaultKind)) {
    let mut first: BTreeMap<&str, &Entry<'_>> = BTreeMap::new();
    for entry in entries {
        let id = entry.clause.id.as_str();
        match first.get(id) {
            Some(other) => add(
                entry,
                id,
                "id",
                FaultKind::ClauseTwice { id: id.to_owned(), file: other.document.file.clone() },
            ),
            None => {
                first.insert(id, entry);
            }
        }
    }
}

/// The days on which a clause speaks.
fn spoken(entry: &Entry<'_>, entries: &[Entry<'_>]) -> Vec<Days> {
    let mut days = vec![entry.days];
    for by in entries.iter().filter(|by| by.clause.replaces.contains(&entry.clause.id)) {
        days = days.into_iter().flat_map(|d| less(d, by.days)).collect();
    }
    days.retain(|d| d.0 < d.1);
    days
}

/// Days less other days.
fn less(days: Days, by: Days) -> [Days; 2] {
    [(days.0, days.1.min(by.0)), (days.0.max(by.1), days.1)]
}

fn overlaps(
    slot: &str,
    clauses: &[(Entry<'_>, Vec<Days>)],
    add: &mut impl FnMut(&Entry<'_>, &str, &str, FaultKind),
) {
    for (n, (later, later_days)) in clauses.iter().enumerate() {
        for (earlier, earlier_days) in &clauses[..n] {
            let both = later_days
                .iter()
                .flat_map(|a| earlier_days.iter().map(|b| (a.0.max(b.0), a.1.min(b.1))))
                .filter(|both| both.0 < both.1)
                .min();
            if let Some((from, _)) = both {
                let what = FaultKind::Overlap {
                    id: later.clause.id.clone(),
                    other: earlier.clause.id.clone(),
                    file: earlier.document.file.clone(),
                    slot: slot.to_owned(),
                    day: Day::from_packed(from),
                };
                add(later, &earlier.clause.id, "rule", what);
            }
        }
    }
}

fn gaps(
    slot: &str,
    clauses: &[(Entry<'_>, Vec<Days>)],
    add: &mut impl FnMut(&Entry<'_>, &str, &str, FaultKind),
) {
    let mut filled: Vec<(Days, &Entry<'_>)> =
        clauses.iter().flat_map(|(entry, days)| days.iter().map(move |d| (*d, entry))).collect();
    filled.sort_by_key(|(days, _)| *days);
    let mut last: Option<(u32, &Entry<'_>)> = None;
    for ((from, to), entry) in filled {
        if let Some((end, before)) = last
            && end < from
            && let (Some(gap_from), Some(gap_to)) = (Day::from_packed(end), Day::from_packed(from))
        {
            let what = FaultKind::Gap {
                id: entry.clause.id.clone(),
                other: before.clause.id.clone(),
                slot: slot.to_owned(),
                from: gap_from,
                to: gap_to,
            };
            add(entry, &before.clause.id, "rule", what);
        }
        if last.is_none_or(|(end, _)| to > end) {
            last = Some((to, entry));
        }
    }
}

/// What `replaces` names and is not there, or is of another layer.
fn replaced(library: &Library) -> Vec<(FaultKind, Entry<'_>, String)> {
    let layer = |document: &Document| match &document.head {
        Head::Instrument(head) if head.scope == Scope::Local => "local".to_owned(),
        Head::Instrument(_) => "law".to_owned(),
        Head::Proposal(_) | Head::Baseline(_) => format!("own {}", document.id()),
    };
    let mut where_is: BTreeMap<&str, Vec<&Document>> = BTreeMap::new();
    for document in &library.documents {
        for clause in &document.clauses {
            let id = clause.get_ref().id.as_str();
            where_is.entry(id).or_default().push(document);
        }
    }
    let mut wrong = Vec::new();
    for document in &library.documents {
        for entry in entries(document) {
            for other in &entry.clause.replaces {
                let id = entry.clause.id.clone();
                let there = where_is.get(other.as_str()).map_or(&[][..], Vec::as_slice);
                let what = match there.first() {
                    None => FaultKind::ReplacesUnknown { id, other: other.clone() },
                    Some(elsewhere) if !there.iter().any(|d| layer(d) == layer(document)) => {
                        FaultKind::ReplacesOtherLayer {
                            id,
                            other: other.clone(),
                            file: elsewhere.file.clone(),
                        }
                    }
                    Some(_) => continue,
                };
                wrong.push((what, entry, other.clone()));
            }
        }
    }
    wrong
}
