//! Minimum service: what is owed, until when, and what it blocks; the acts of leaving.

use std::sync::Arc;

use serde::Serialize;
use takeroot_civil::Day;

use super::promotion::bars;
use super::reason::{FactUsed, Met, Nearer, Reason};
use crate::facts::{Facts, Owed};
use crate::officer::Officer as _;
use crate::rule::{ActName, SecondmentRule, SelectionCondition, ServedIn};
use crate::rules::Rules;
use crate::stack::Cite;
use crate::timeline::months_full;
use crate::verdict::{Need, Outcome, open_selection, secondment_clauses};

/// A minimum service that a person owes or owed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Term {
    /// The clause; `None` when the announcement of the post asked for it.
    pub clause: Option<Arc<Cite>>,
    /// Years.
    pub years: u8,
    /// Where it must be served.
    pub served_in: ServedIn,
    /// From when it counts.
    pub from: Day,
    /// Whether it still runs.
    pub running: bool,
    /// First day on which it is served; `None` while it does not run on because the person works elsewhere.
    pub until: Option<Day>,
    /// Days not served where they must be.
    pub days_not_counted: i32,
    /// Full months served.
    pub served_months: u16,
}

/// Whether an act of leaving is open, and why not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActStanding {
    /// The act.
    pub act: ActName,
    /// The verdict in a word.
    pub outcome: Outcome,
    /// Every clause.
    pub reasons: Vec<Reason>,
    /// The first day on which it is open, if time alone brings it.
    pub earliest: Option<Day>,
}

/// The acts of leaving that the rules speak of.
pub const ACTS: [ActName; 4] =
    [ActName::Resign, ActName::OpenSelection, ActName::TransferOut, ActName::Secondment];

/// What is owed.
pub fn terms(facts: &Facts<'_>, rules: &Rules) -> Vec<Term> {
    facts
        .owed
        .iter()
        .map(|owed| Term {
            clause: clause(owed, rules),
            years: owed.years,
            served_in: owed.served_in,
            from: owed.from,
            running: running(owed, facts.on),
            until: owed.until,
            days_not_counted: owed.days_not_counted,
            served_months: owed.served,
        })
        .collect()
}

fn clause(owed: &Owed, rules: &Rules) -> Option<Arc<Cite>> {
    owed.term.and_then(|at| rules.service_terms.get(at)).map(|t| t.cite.clone())
}

fn running(owed: &Owed, on: Day) -> bool {
    owed.until.is_none_or(|until| on < until)
}

/// The standing of one act.
pub fn act(facts: &Facts<'_>, rules: &Rules, act: ActName) -> ActStanding {
    let mut reasons = Vec::new();
    for block in rules.service_blocks.iter().filter(|b| b.rule.act == act) {
        if let Some(fact @ FactUsed::Term { until, running, .. }) = last_term(facts) {
            let met = if running { Met::No } else { Met::Yes };
            let mut reason = Reason::new(Need::TermServed, met, Some(&block.cite), fact);
            if running {
                reason.earliest = until;
                if block.rule.release {
                    reason.nearer.push(Nearer::Release { clause: block.cite.clone() });
                }
            }
            reasons.push(reason);
        }
    }
    match act {
        ActName::OpenSelection => selection(facts, rules, &mut reasons),
        ActName::Secondment => secondment(facts, rules, &mut reasons),
        _ => {}
    }
    let outcome = if reasons.iter().any(|r| r.met == Met::No) {
        Outcome::NotEligible
    } else if reasons.iter().any(|r| r.met == Met::Unknown) {
        Outcome::Unknown
    } else {
        Outcome::Eligible
    };
    let unmet: Vec<&Reason> = reasons.iter().filter(|r| r.met != Met::Yes).collect();
    let by_time = unmet.iter().all(|r| r.met == Met::No && r.earliest.is_some());
    let earliest = unmet.iter().filter_map(|r| r.earliest).max().filter(|_| by_time);
    ActStanding { act, outcome, reasons, earliest }
}

/// The term that ends last: it decides.
fn last_term(facts: &Facts<'_>) -> Option<FactUsed> {
    let last = facts.owed.iter().max_by_key(|o| (running(o, facts.on), o.until.is_none(), o.until))?;
    let running = running(last, facts.on);
    Some(FactUsed::Term { years: last.years, served_in: last.served_in, until: last.until, running })
}

fn selection(facts: &Facts<'_>, rules: &Rules, reasons: &mut Vec<Reason>) {
    let verdict = open_selection(rules, facts);
    let met = |need| {
        if verdict.unmet.has(need) {
            Met::No
        } else if verdict.unknown.has(need) {
            Met::Unknown
        } else {
            Met::Yes
        }
    };
    for clause in &rules.open_selection {
        let wanted = u16::from(clause.rule.years.unwrap_or(0)) * 12;
        let (need, fact, full) = match clause.rule.condition {
            SelectionCondition::GrassrootsYears => {
                let fact = FactUsed::Months { have: facts.grassroots_months, wanted };
                (Need::GrassrootsYears, fact, months_full(&facts.grassroots, wanted))
            }
            SelectionCondition::ServiceYears => {
                let fact = FactUsed::Months { have: facts.service_months(), wanted };
                let service = facts.timeline.service(Day::year_end(u16::MAX));
                (Need::ServiceYears, fact, months_full(&service, wanted))
            }
            SelectionCondition::Grades => {
                (Need::Grades, FactUsed::WorstGrade { worst: facts.worst_year() }, None)
            }
            SelectionCondition::TermServed => match last_term(facts) {
                Some(FactUsed::Term { years, served_in, until, running }) => {
                    (Need::TermServed, FactUsed::Term { years, served_in, until, running }, until)
                }
                Some(fact) => (Need::TermServed, fact, None),
                None => continue,
            },
        };
        let mut reason = Reason::new(need, met(need), Some(&clause.cite), fact);
        reason.earliest = full.filter(|_| reason.met == Met::No);
        reasons.push(reason);
    }
    bars(facts, rules, ActName::OpenSelection, verdict, reasons);
}

fn secondment(facts: &Facts<'_>, rules: &Rules, reasons: &mut Vec<Reason>) {
    let Some(kind) = facts.organ_kind() else { return };
    for clause in secondment_clauses(rules, kind) {
        let rule = clause.rule.rule;
        let met = if rule == SecondmentRule::Forbidden { Met::No } else { Met::Yes };
        reasons.push(Reason::new(Need::Allowed, met, Some(&clause.cite), FactUsed::Secondment { rule }));
    }
}
