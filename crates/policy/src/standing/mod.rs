//! Standing: what the rules say of a career on a day, with the reasons.
//!
//! Each part is unfolded from the same verdict that decides an act; nothing is judged twice. Assumptions are stated:
//! years not yet graded count as competent, no new fact happens, the rules of the day asked for go on.

pub mod pay;
pub mod promotion;
pub mod reason;
mod say;
pub mod service;
pub mod time;

use std::sync::Arc;

use serde::Serialize;
use takeroot_civil::{Career, Day, ExitReason, Grade, Ladder, Layer, Level, PersonId, Rank, Step};
use takeroot_words::{Lang, Say as _};

pub use pay::{Amount, Missing, Pay, PayLine, PayLineKind};
pub use promotion::Promotion;
pub use reason::{FactUsed, Met, Nearer, Reason};
pub use say::months;
pub use service::{ActStanding, Term};
pub use time::{Leave, RetirementDay, Training};

use crate::bars::Barred;
use crate::facts::Facts;
use crate::officer::Officer as _;
use crate::rules::Rules;
use crate::stack::Cite;
use crate::timeline::Organs;

/// A rank held.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RankStanding {
    /// The ladder.
    pub ladder: Ladder,
    /// The rank.
    pub rank: Rank,
    /// From when time in it counts.
    pub since: Day,
    /// It follows from the conversion of ranks and was not recorded.
    pub converted: bool,
}

/// Level and step, and their next rise.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GradingStanding {
    /// The level.
    pub level: Option<Level>,
    /// The step.
    pub step: Option<Step>,
    /// The day of the record it rests on.
    pub recorded: Option<Day>,
    /// Rises were reckoned since that record, or from the rule of first grading.
    pub reckoned: bool,
    /// When the next step is due.
    pub next_step: Option<Day>,
    /// When the next level is due.
    pub next_level: Option<Day>,
    /// The level is the highest of its range.
    pub at_top: bool,
    /// The clauses of the rises.
    pub clauses: Vec<Arc<Cite>>,
}

/// A sanction, measure or other ground that locks promotion out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LockOut {
    /// The ground.
    pub ground: crate::rule::BarGround,
    /// The sanction.
    pub sanction: Option<takeroot_civil::Sanction>,
    /// Since when.
    pub from: Day,
    /// First day free; `None` when nothing says.
    pub free: Option<Day>,
    /// Its clause.
    pub clause: Option<Arc<Cite>>,
}

/// Probation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProbationStanding {
    /// First day after it.
    pub until: Day,
    /// It still runs.
    pub running: bool,
    /// First rank and level expected by education, while it runs.
    pub first_rank: Option<(Rank, Level)>,
    /// The clause.
    pub clause: Arc<Cite>,
}

/// What the rules say of a career on a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Standing {
    /// Whose.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// The day.
    pub on: Day,
    /// Digest of the stack it was reckoned under.
    pub digest: String,
    /// In the service on the day.
    pub in_service: bool,
    /// When and why the person left.
    pub left: Option<(Day, ExitReason)>,
    /// Organ belonged to.
    pub organ: Option<String>,
    /// Place worked in, when it is elsewhere.
    pub away: Option<String>,
    /// Leadership layer and since when.
    pub layer: Option<(Layer, Day)>,
    /// Ranks held on the ladders in force.
    pub ranks: Vec<RankStanding>,
    /// Probation.
    pub probation: Option<ProbationStanding>,
    /// Minimum services.
    pub terms: Vec<Term>,
    /// Acts of leaving.
    pub acts: Vec<ActStanding>,
    /// Next ranks.
    pub next_ranks: Vec<Promotion>,
    /// Next leadership layer.
    pub next_layer: Option<Promotion>,
    /// Level and step.
    pub grading: GradingStanding,
    /// Pay.
    pub pay: Pay,
    /// Annual leave.
    pub leave: Option<Leave>,
    /// Training.
    pub training: Training,
    /// Full months worked in townships.
    pub rooted_months: u16,
    /// Full months of grassroots work.
    pub grassroots_months: Option<u16>,
    /// Retirement.
    pub retirement: Option<RetirementDay>,
    /// What locks promotion out.
    pub lock_outs: Vec<LockOut>,
    /// Yearly grades known.
    pub grades: Vec<(u16, Grade)>,
    /// Sentences, once told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assumptions: Vec<String>,
}

impl Standing {
    /// The standing of a career under the rules, on their day.
    pub fn of(career: &Career, organs: &Organs<'_>, rules: &Rules) -> Standing {
        let facts = Facts::of(career, organs, rules);
        Standing::from_facts(&facts, rules)
    }

    /// The standing from facts already gathered.
    pub fn from_facts(facts: &Facts<'_>, rules: &Rules) -> Standing {
        let person = &facts.career.person;
        let serving = facts.in_service();
        let (mut next_ranks, mut next_layer, mut acts) = (Vec::new(), None, Vec::new());
        if serving {
            next_ranks = promotion::next_ranks(facts, rules);
            next_layer = promotion::next_layer(facts, rules);
            acts = service::ACTS.iter().map(|act| service::act(facts, rules, *act)).collect();
        }
        let away = facts.timeline.away.last().filter(|a| a.span.to.is_none());
        Standing {
            person: person.id.clone(),
            name: person.name.clone(),
            on: facts.on,
            digest: rules.digest.clone(),
            in_service: serving,
            left: facts.timeline.left,
            organ: facts
                .organ
                .map(|o| o.name.clone())
                .or_else(|| facts.timeline.organ().map(|o| o.0.clone())),
            away: away.map(|a| a.place.to_owned()),
            layer: facts.layer.zip(facts.layer_held[Ladder::Parallel as usize].since).filter(|_| serving),
            ranks: rules
                .ladders()
                .filter_map(|ladder| {
                    let held = facts.ranks[ladder as usize]?;
                    Some(RankStanding {
                        ladder,
                        rank: held.rank,
                        since: held.since,
                        converted: held.converted,
                    })
                })
                .collect(),
            probation: probation(facts, rules),
            terms: service::terms(facts, rules),
            acts,
            next_ranks,
            next_layer,
            grading: grading(facts, rules),
            pay: if serving { pay::pay(facts, rules) } else { Pay::default() },
            leave: serving.then(|| time::leave(facts, rules)).flatten(),
            training: time::training(facts, rules),
            rooted_months: facts.rooted_months,
            grassroots_months: facts.grassroots_months(),
            retirement: time::retirement(facts, rules),
            lock_outs: facts.barred.iter().map(|b| lock_out(b, rules)).collect(),
            grades: facts.grades.clone(),
            assumptions: Vec::new(),
        }
    }

    /// Puts the sentence of every reason in, in a language.
    pub fn told(mut self, lang: Lang) -> Standing {
        let tell = |reason: &mut Reason| reason.text = Some(reason.say(lang));
        self.next_ranks.iter_mut().flat_map(|p| &mut p.reasons).for_each(tell);
        self.next_layer.iter_mut().flat_map(|p| &mut p.reasons).for_each(tell);
        self.acts.iter_mut().flat_map(|a| &mut a.reasons).for_each(tell);
        self.assumptions = say::assumptions(lang);
        self
    }
}

fn probation(facts: &Facts<'_>, rules: &Rules) -> Option<ProbationStanding> {
    let until = facts.probation_until?;
    let rule = rules.probation.as_ref()?;
    let running = facts.on < until;
    let ladder = rules.ladders().last();
    let first = facts.entry_education.zip(ladder).and_then(|(e, l)| rules.initial_grade_of(l, e));
    let first_rank = first.filter(|_| running).map(|g| (g.rule.rank, g.rule.level));
    Some(ProbationStanding { until, running, first_rank, clause: rule.cite.clone() })
}

fn grading(facts: &Facts<'_>, rules: &Rules) -> GradingStanding {
    let g = &facts.grading;
    let mut clauses: Vec<Arc<Cite>> = Vec::new();
    clauses.extend(rules.step_rise.as_ref().map(|r| r.cite.clone()));
    clauses.extend(rules.level_rise.as_ref().map(|r| r.cite.clone()));
    GradingStanding {
        level: g.level,
        step: g.step,
        recorded: g.recorded,
        reckoned: g.reckoned || g.from_entry,
        next_step: g.next_step,
        next_level: g.next_level,
        at_top: g.at_top,
        clauses,
    }
}

fn lock_out(barred: &Barred, rules: &Rules) -> LockOut {
    let by_sanction = barred.sanction.and_then(|s| rules.sanctions.iter().find(|e| e.rule.sanction == s));
    let by_bar = rules.bars.iter().find(|b| b.rule.ground == barred.ground).map(|b| b.cite.clone());
    let probation = rules.probation.as_ref().filter(|_| barred.ground == crate::rule::BarGround::Probation);
    LockOut {
        ground: barred.ground,
        sanction: barred.sanction,
        from: barred.from,
        free: barred.free,
        clause: by_sanction.map(|s| s.cite.clone()).or(by_bar).or_else(|| probation.map(|p| p.cite.clone())),
    }
}
