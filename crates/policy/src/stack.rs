//! Which documents speak, and what they say on a day.
//!
//! A stack is layers: national and central instruments, then the local ones of the place, then a baseline if one is
//! asked for, then the proposals in the order named. Within a layer a slot is filled by the clause in force with
//! the latest first day; a later layer's clause takes the place of an earlier layer's. Each answer keeps the
//! clause it came from, and the stack has a digest over the documents' texts, so that a decision can say what it
//! was decided under.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use takeroot_civil::Day;

use crate::cite::{Confidence, Scope, Text};
use crate::document::{Clause, Document, Head};
use crate::library::Library;
use crate::rule::{Local, Rule};

/// What a stack is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StackSpec {
    /// A baseline's id; the law of the day asked for when `None`.
    pub baseline: Option<String>,
    /// Proposals laid over it, in order.
    pub proposals: Vec<String>,
    /// Digits of the division whose local instruments hold; none hold when `None`.
    pub place: Option<String>,
}

/// Why a stack cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StackFault {
    /// No proposal with this id; the ids that exist.
    #[error("no proposal {id:?}; there are: {}", known.join(", "))]
    NoProposal {
        /// The id asked for.
        id: String,
        /// The ids at hand.
        known: Vec<String>,
    },
    /// No baseline with this id; the ids that exist.
    #[error("no baseline {id:?}; there are: law, {}", known.join(", "))]
    NoBaseline {
        /// The id asked for.
        id: String,
        /// The ids at hand.
        known: Vec<String>,
    },
}

/// What a layer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// National and central instruments.
    Law,
    /// Local instruments of the place.
    Local,
    /// A baseline's own clauses.
    Baseline,
    /// A proposal's clauses; its place in the order named.
    Proposal(u8),
}

/// The documents that speak, by layer.
#[derive(Clone, Debug)]
pub struct Stack<'l> {
    spec: StackSpec,
    law_of: Option<Day>,
    documents: Vec<(Layer, &'l Document)>,
}

/// A clause in force, with all that an answer needs to cite it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cite {
    /// The clause's id.
    pub id: String,
    /// The slot that it fills.
    pub slot: String,
    /// The document's id.
    pub document: String,
    /// The document's title.
    pub title: Text,
    /// What it says.
    pub text: Text,
    /// Article or place in the document.
    pub source: Text,
    /// Keys of the sources.
    pub keys: Vec<String>,
    /// How well it is known.
    pub confidence: Confidence,
    /// Whose rule it is.
    pub scope: Scope,
    /// First day in force; `None` for a proposal's clause that holds from any day.
    pub from: Option<Day>,
    /// Whether that day was not checked.
    pub from_unchecked: bool,
    /// First day no longer in force.
    pub to: Option<Day>,
    /// What a user must know.
    pub note: Option<Text>,
    /// Its layer.
    pub layer: Layer,
    /// Whether its document says that its values are invented.
    pub invented: bool,
}

/// A clause in force and what it rules.
#[derive(Clone, Debug, PartialEq)]
pub struct InForce {
    /// Where it comes from.
    pub cite: Arc<Cite>,
    /// What it rules.
    pub rule: Rule,
}

/// What the stack says on a day, slot by slot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolved {
    /// The clauses in force by the slot they fill; [`Rule::Local`] declarations are not among them.
    pub slots: BTreeMap<String, InForce>,
    /// Slots declared as left open, by the slot wanted; those that a clause fills are not among them.
    pub open: BTreeMap<String, (Arc<Cite>, Local)>,
}

impl<'l> Stack<'l> {
    /// Lays the documents over one another.
    ///
    /// # Errors
    /// When a proposal or baseline that was named does not exist.
    pub fn new(library: &'l Library, spec: StackSpec) -> Result<Stack<'l>, StackFault> {
        let ids = |wanted: fn(&Head) -> bool| -> Vec<String> {
            library.documents.iter().filter(|d| wanted(&d.head)).map(|d| d.id().to_owned()).collect()
        };
        let mut documents: Vec<(Layer, &Document)> = Vec::new();
        for document in &library.documents {
            if let Head::Instrument(head) = &document.head {
                let here = head.applies.is_empty()
                    || spec
                        .place
                        .as_ref()
                        .is_some_and(|place| head.applies.iter().any(|a| place.starts_with(a)));
                if here {
                    documents
                        .push((if head.scope == Scope::Local { Layer::Local } else { Layer::Law }, document));
                }
            }
        }
        let mut law_of = None;
        if let Some(id) = spec.baseline.as_ref().filter(|id| *id != "law") {
            match library.get(id) {
                Some(document) => match &document.head {
                    Head::Baseline(head) => {
                        law_of = Some(head.law_of.0);
                        documents.push((Layer::Baseline, document));
                    }
                    _ => return Err(no_baseline(id, &ids)),
                },
                None => return Err(no_baseline(id, &ids)),
            }
        }
        for (n, id) in spec.proposals.iter().enumerate() {
            match library.get(id) {
                Some(document) if matches!(document.head, Head::Proposal(_)) => {
                    documents.push((Layer::Proposal(u8::try_from(n).unwrap_or(u8::MAX)), document));
                }
                _ => {
                    let known = ids(|h| matches!(h, Head::Proposal(_)));
                    return Err(StackFault::NoProposal { id: id.clone(), known });
                }
            }
        }
        documents.sort_by_key(|(layer, _)| *layer);
        Ok(Stack { spec, law_of, documents })
    }

    /// What it was made of.
    pub fn spec(&self) -> &StackSpec {
        &self.spec
    }

    /// The documents that speak, by layer.
    pub fn documents(&self) -> impl Iterator<Item = (Layer, &'l Document)> + '_ {
        self.documents.iter().copied()
    }

    /// SHA-256 over the documents' ids and texts in their order, as 64 hexadecimal digits.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for (layer, document) in &self.documents {
            hash.update(format!("{layer:?}\0{}\0{}\0", document.id(), document.text.len()));
            hash.update(document.text.as_bytes());
        }
        hash.finalize().iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// The day whose law holds when `on` is asked for: a baseline freezes it.
    pub fn law_day(&self, on: Day) -> Day {
        self.law_of.unwrap_or(on)
    }

    /// What it says on a day.
    pub fn at(&self, on: Day) -> Resolved {
        let law_day = self.law_day(on);
        let mut slots: BTreeMap<String, InForce> = BTreeMap::new();
        let mut locals: Vec<(Arc<Cite>, Local)> = Vec::new();
        let mut layers: Vec<Layer> = self.documents.iter().map(|(layer, _)| *layer).collect();
        layers.dedup();
        for layer in layers {
            let day = if matches!(layer, Layer::Law | Layer::Local) { law_day } else { on };
            for clause in self.in_force(layer, day) {
                if let Rule::Local(local) = &clause.rule {
                    locals.push((clause.cite, local.clone()));
                } else {
                    slots.insert(clause.cite.slot.clone(), clause);
                }
            }
        }
        let open = locals
            .into_iter()
            .filter(|(_, local)| !slots.contains_key(&local.wants))
            .map(|(cite, local)| (local.wants.clone(), (cite, local)))
            .collect();
        Resolved { slots, open }
    }

    /// The clauses of one layer in force on a day: for each slot the one with the latest first day.
    fn in_force(&self, layer: Layer, day: Day) -> Vec<InForce> {
        let in_layer: Vec<(&Document, &Clause)> = self
            .documents
            .iter()
            .filter(|(l, _)| *l == layer)
            .flat_map(|(_, d)| d.clauses.iter().map(move |c| (*d, c.get_ref())))
            .filter(|(d, c)| {
                d.clause_from(c).is_none_or(|from| from <= day) && d.clause_to(c).is_none_or(|to| day < to)
            })
            .collect();
        let replaced: HashSet<&str> =
            in_layer.iter().flat_map(|(_, c)| c.replaces.iter().map(String::as_str)).collect();
        let mut best: BTreeMap<String, (&Document, &Clause)> = BTreeMap::new();
        for (document, clause) in in_layer {
            if replaced.contains(clause.id.as_str()) {
                continue;
            }
            let slot = clause.rule.slot();
            let later = best.get(&slot).is_none_or(|(d, c)| d.clause_from(c) <= document.clause_from(clause));
            if later {
                best.insert(slot, (document, clause));
            }
        }
        best.into_iter()
            .map(|(slot, (document, clause))| InForce {
                cite: Arc::new(cite(document, clause, layer, slot)),
                rule: clause.rule.clone(),
            })
            .collect()
    }
}

impl Resolved {
    /// The same with one clause of a document laid over it, whatever its days.
    #[must_use]
    pub fn with_clause(&self, document: &Document, clause: &Clause, layer: Layer) -> Resolved {
        let slot = clause.rule.slot();
        let mut with = self.clone();
        with.open.remove(&slot);
        let cite = Arc::new(cite(document, clause, layer, slot.clone()));
        with.slots.insert(slot, InForce { cite, rule: clause.rule.clone() });
        with
    }

    /// The same with what another says of a slot.
    #[must_use]
    pub fn with_slot_of(&self, other: &Resolved, slot: &str) -> Resolved {
        let mut with = self.clone();
        with.slots.remove(slot);
        if let Some(clause) = other.slots.get(slot) {
            with.slots.insert(slot.to_owned(), clause.clone());
        }
        if let Some(open) = other.open.get(slot) {
            with.open.insert(slot.to_owned(), open.clone());
        }
        with
    }
}

fn no_baseline(id: &str, ids: &dyn Fn(fn(&Head) -> bool) -> Vec<String>) -> StackFault {
    StackFault::NoBaseline { id: id.to_owned(), known: ids(|h| matches!(h, Head::Baseline(_))) }
}

fn cite(document: &Document, clause: &Clause, layer: Layer, slot: String) -> Cite {
    Cite {
        id: clause.id.clone(),
        slot,
        document: document.id().to_owned(),
        title: document.head.title().clone(),
        text: clause.text.clone(),
        source: clause.source.clone(),
        keys: clause.keys.clone(),
        confidence: clause.confidence,
        scope: document.clause_scope(clause),
        from: document.clause_from(clause),
        from_unchecked: clause.from_unchecked,
        to: document.clause_to(clause),
        note: clause.note.clone(),
        layer,
        invented: matches!(&document.head, Head::Instrument(i) if i.invented),
    }
}
