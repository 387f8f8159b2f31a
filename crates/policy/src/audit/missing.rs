//! What must still be supplied: slots that documents leave open, and slots that the engine asks for and nothing
//! fills.

use serde::Serialize;
use takeroot_civil::{Code, Day, Ladder, Rank};

use crate::cite::{Scope, Text};
use crate::document::{Document, Head};
use crate::library::Library;
use crate::rule::{Rule, Supplier};
use crate::stack::{Resolved, Stack, StackSpec};

/// Slots that the engine asks for whomever it answers about, beside the steps of the ladders.
pub const WANTED: [&str; 8] = [
    "probation",
    "service-term/any",
    "step-rise",
    "level-rise",
    "annual-leave",
    "retirement/men",
    "retirement/women",
    "limit/training-days",
];

/// Something to be supplied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// The clause that leaves it open; `None` where no clause speaks of it at all.
    pub id: Option<String>,
    /// Its document.
    pub document: Option<String>,
    /// The slot that is wanted.
    pub wants: String,
    /// Who supplies it.
    pub from: Supplier,
    /// First day from which it is wanted.
    pub since: Option<Day>,
    /// First day on which it is no longer.
    pub until: Option<Day>,
    /// What the clause says.
    pub text: Option<Text>,
    /// Local instruments at hand that supply it, for their own place only.
    pub supplied_by: Vec<String>,
}

/// What a library leaves to be supplied, and what the engine lacks on a day.
pub(super) fn missing(library: &Library, on: Day) -> Vec<Missing> {
    let mut missing = Vec::new();
    for document in &library.documents {
        for clause in &document.clauses {
            let clause = clause.get_ref();
            if let Rule::Local(local) = &clause.rule {
                let days = (document.clause_from(clause), document.clause_to(clause));
                missing.push(Missing {
                    id: Some(clause.id.clone()),
                    document: Some(document.id().to_owned()),
                    wants: local.wants.clone(),
                    from: local.from,
                    since: days.0,
                    until: days.1,
                    text: Some(clause.text.clone()),
                    supplied_by: supplied_by(library, &local.wants, days),
                });
            }
        }
    }
    if let Ok(stack) = Stack::new(library, StackSpec::default()) {
        let resolved = stack.at(on);
        let lacks = |slot: &String| !resolved.slots.contains_key(slot) && !resolved.open.contains_key(slot);
        for wants in wanted(&resolved).into_iter().filter(lacks) {
            missing.push(Missing {
                id: None,
                document: None,
                supplied_by: supplied_by(library, &wants, (Some(on), None)),
                wants,
                from: Supplier::Unknown,
                since: Some(on),
                until: None,
                text: None,
            });
        }
    }
    missing
}

/// The slots that the engine asks for: those above, and a step for every rank above the lowest of each ladder that
/// has steps on the day (of today's ladder when none has).
fn wanted(resolved: &Resolved) -> Vec<String> {
    let has_steps = |ladder: Ladder| {
        resolved.slots.values().any(|f| matches!(&f.rule, Rule::RankStep(step) if step.to.ladder() == ladder))
    };
    let mut ladders: Vec<Ladder> = Ladder::ALL.iter().copied().filter(|l| has_steps(*l)).collect();
    if ladders.is_empty() {
        ladders.push(Ladder::Parallel);
    }
    let steps = ladders.into_iter().flat_map(|ladder| {
        Rank::ALL
            .iter()
            .filter(move |rank| rank.ladder() == ladder)
            .skip(1)
            .map(|rank| format!("rank-step/{rank}"))
    });
    steps.chain(WANTED.map(str::to_owned)).collect()
}

/// The local instruments that fill a slot on some of these days.
fn supplied_by(library: &Library, wants: &str, (from, to): (Option<Day>, Option<Day>)) -> Vec<String> {
    let fills = |document: &&Document| {
        matches!(&document.head, Head::Instrument(head) if head.scope == Scope::Local)
            && document.clauses.iter().any(|clause| {
                let clause = clause.get_ref();
                !matches!(clause.rule, Rule::Local(_))
                    && clause.rule.slot() == wants
                    && to.is_none_or(|to| document.clause_from(clause).is_none_or(|f| f < to))
                    && from.is_none_or(|from| document.clause_to(clause).is_none_or(|t| from < t))
            })
    };
    let documents = library.documents.iter().filter(fills);
    documents.map(|d| d.id().to_owned()).collect()
}
