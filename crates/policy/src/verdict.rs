//! Verdicts: which needs of an act are met on a day.
//!
//! A verdict is two bit sets, of needs that are not met and of needs that cannot be told because a fact is missing.
//! It costs nothing to carry, and `standing` unfolds it into clauses, facts and days.

use takeroot_civil::{Code as _, Layer, Level, OrganKind, Rank, Tier};

use crate::dense::DenseStep;
use crate::officer::{Bars, Held, Officer, RankSet, Seat};
use crate::rule::{
    ActName, BarGround, Holder, LeadershipNeed, RankStep, Rule, Secondment, SecondmentRule,
    SelectionCondition,
};
use crate::rules::{Cited, Rules};

/// Something that an act needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Need {
    /// To hold one of the ranks or posts that the promotion starts from.
    Origin,
    /// The years.
    Years,
    /// The level.
    Level,
    /// A rank that organs of this kind set.
    Ceiling,
    /// The education.
    Education,
    /// Years of work.
    WorkYears,
    /// Years of grassroots work.
    GrassrootsYears,
    /// Posts held in the layer below.
    PostsBelow,
    /// Years as a civil servant.
    ServiceYears,
    /// Yearly grades competent or better.
    Grades,
    /// The minimum service served.
    TermServed,
    /// No sanction in effect.
    NoSanction,
    /// No admonition in effect.
    NoAdmonition,
    /// No organisational handling in effect.
    NoOrganisational,
    /// Not under investigation.
    NoInvestigation,
    /// Not on probation.
    NoProbation,
    /// Last year not graded basically competent.
    NoBasicYear,
    /// Last year not graded not competent.
    NoIncompetentYear,
    /// The act is not forbidden for organs of this tier.
    Allowed,
}

impl Need {
    /// All, in the order in which they are told.
    pub const ALL: [Need; 19] = [
        Need::Origin,
        Need::Years,
        Need::Level,
        Need::Ceiling,
        Need::Education,
        Need::WorkYears,
        Need::GrassrootsYears,
        Need::PostsBelow,
        Need::ServiceYears,
        Need::Grades,
        Need::TermServed,
        Need::NoSanction,
        Need::NoAdmonition,
        Need::NoOrganisational,
        Need::NoInvestigation,
        Need::NoProbation,
        Need::NoBasicYear,
        Need::NoIncompetentYear,
        Need::Allowed,
    ];

    /// The need that a ground of bar leaves unmet.
    pub const fn of_bar(ground: BarGround) -> Need {
        match ground {
            BarGround::Sanction => Need::NoSanction,
            BarGround::Admonition => Need::NoAdmonition,
            BarGround::Organisational => Need::NoOrganisational,
            BarGround::Investigation => Need::NoInvestigation,
            BarGround::Probation => Need::NoProbation,
            BarGround::BasicYear => Need::NoBasicYear,
            BarGround::IncompetentYear => Need::NoIncompetentYear,
        }
    }
}

/// A set of needs.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Needs(u32);

impl Needs {
    /// None.
    pub const NONE: Needs = Needs(0);

    /// Whether it is empty.
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a need is in it.
    #[inline]
    pub const fn has(self, need: Need) -> bool {
        self.0 & (1 << need as u8) != 0
    }

    /// Puts a need in if `here`; costs no branch.
    #[inline]
    pub const fn put(&mut self, need: Need, here: bool) {
        self.0 |= (here as u32) << need as u8;
    }

    /// The needs in it, in the order in which they are told.
    pub fn iter(self) -> impl Iterator<Item = Need> {
        Need::ALL.into_iter().filter(move |n| self.has(*n))
    }

    /// The bits.
    #[inline]
    pub const fn bits(self) -> u32 {
        self.0
    }
}

impl std::fmt::Debug for Needs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// What the rules say of an act on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Needs that are not met.
    pub unmet: Needs,
    /// Needs that cannot be told: a fact is missing.
    pub unknown: Needs,
}

/// A verdict in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Every need is met.
    Eligible,
    /// A need is not met.
    NotEligible,
    /// No need is known to be unmet, but one cannot be told.
    Unknown,
}

impl Verdict {
    /// The verdict in a word.
    #[inline]
    pub const fn outcome(self) -> Outcome {
        if !self.unmet.is_empty() {
            Outcome::NotEligible
        } else if !self.unknown.is_empty() {
            Outcome::Unknown
        } else {
            Outcome::Eligible
        }
    }

    /// Whether every need is met.
    #[inline]
    pub const fn eligible(self) -> bool {
        self.unmet.is_empty() && self.unknown.is_empty()
    }
}

/// Months needed and months that count, from one holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Years {
    /// The holder whose time it is.
    pub holder: Holder,
    /// Months that the step needs, after what grades and rooted service shorten or lengthen.
    pub needed: i32,
    /// Months that count: the time held less the months of years that do not count.
    pub counted: i32,
    /// Months of years that do not count.
    pub not_counted: i32,
    /// Months shortened by grades.
    pub shortened: i32,
    /// Months lengthened by grades.
    pub lengthened: i32,
    /// Months shortened for rooted service.
    pub rooted: i32,
}

impl Years {
    /// Months still missing; 0 or less when the years are full.
    #[inline]
    pub const fn missing(&self) -> i32 {
        self.needed - self.counted
    }
}

/// Months still missing; 0 or less when the years are full.
///
/// `change` is what grades lengthen, less what they and rooted service shorten; `counted` the months held less those
/// that do not count.
#[inline(always)]
pub fn missing(step_months: i32, change: i32, counted: i32) -> i32 {
    needed(step_months, change) - counted
}

#[inline(always)]
fn needed(step_months: i32, change: i32) -> i32 {
    (step_months + change).max(0)
}

/// The arithmetic of a step for the time in one holder.
#[inline]
pub fn years_of(rules: &Rules, step: &RankStep, holder: Holder, held: &Held, rooted_months: u16) -> Years {
    let ladder = step.to.ladder();
    let graded = rules.dense.effects[ladder.index()].of(held);
    let rooted = rules.dense.rooted(ladder, rooted_months);
    Years {
        holder,
        needed: needed(i32::from(step.years) * 12, graded.adjusted() - rooted),
        counted: graded.counted(held),
        not_counted: graded.not_counted,
        shortened: graded.shortened,
        lengthened: graded.lengthened,
        rooted,
    }
}

/// The holders from which a step starts that are held.
#[inline]
pub fn ways(step: &RankStep, seat: Seat) -> impl Iterator<Item = Holder> {
    step.from.iter().copied().filter(move |h| seat.holds(*h))
}

/// Time in a holder that is held, as a step on a ladder counts it.
#[inline]
fn held(officer: &impl Officer, ladder: takeroot_civil::Ladder, holder: Holder) -> Held {
    match holder {
        Holder::Rank(rank) => officer.rank_held(rank.ladder(), ladder),
        Holder::Post(_) => officer.layer_held(ladder),
    }
}

/// The way to a rank on which the least time is missing, among those the officer is on.
#[inline]
pub fn best_way(rules: &Rules, step: &RankStep, officer: &impl Officer) -> Option<Years> {
    let mut best: Option<Years> = None;
    for holder in ways(step, officer.seat()) {
        let held = held(officer, step.to.ladder(), holder);
        let years = years_of(rules, step, holder, &held, officer.rooted_months());
        if best.is_none_or(|b| years.missing() < b.missing()) {
            best = Some(years);
        }
    }
    best
}

/// Whether the officer may be promoted to a rank, quotas and procedure apart.
#[inline]
pub fn rank_promotion(rules: &Rules, officer: &impl Officer, to: Rank) -> Verdict {
    let (Some(dense), Some(step)) = (&rules.dense.steps[to.index()], &rules.rank_steps[to.index()]) else {
        let mut verdict = Verdict::default();
        verdict.unmet.put(Need::Origin, true);
        return verdict;
    };
    let missing = best_way(rules, &step.rule, officer).map(|years| years.missing());
    let over = officer.organ_kind().map_or(RankSet::NONE, |kind| rules.dense.over_ceiling[kind.index()]);
    let barring = rules.dense.barring[ActName::RankPromotion as usize];
    let sanctioned = officer.sanctioned().has(ActName::RankPromotion);
    let barred = barred(barring, officer.bars(), officer.unsure_bars(), sanctioned);
    rank_verdict(dense, missing, officer.level(), over, barred)
}

/// The verdict of a step: `missing` months on the best way to it (`None`: on no way), the level, the ranks over the
/// organ's ceiling, and what bars say.
#[inline(always)]
pub fn rank_verdict(
    step: &DenseStep,
    missing: Option<i32>,
    level: Option<Level>,
    over_ceiling: RankSet,
    barred: Verdict,
) -> Verdict {
    let mut verdict = barred;
    verdict.unmet.put(Need::Origin, missing.is_none());
    verdict.unmet.put(Need::Years, missing.is_some_and(|m| m > 0));
    if let Some(wanted) = step.level {
        let below = level.is_some_and(|l| !l.reaches(wanted));
        verdict.unmet.put(Need::Level, below);
        verdict.unknown.put(Need::Level, level.is_none());
    }
    verdict.unmet.put(Need::Ceiling, over_ceiling.has(step.to));
    verdict
}

/// Whether the officer may be appointed to a leadership layer, vacancy and procedure apart.
pub fn post_promotion(rules: &Rules, officer: &impl Officer, to: Layer) -> Verdict {
    let mut verdict = Verdict::default();
    let Some(step) = &rules.leadership[to.index()] else {
        verdict.unmet.put(Need::Origin, true);
        return verdict;
    };
    let need = u16::from(step.rule.years) * 12;
    match leadership_months(&step.rule, officer) {
        Some(months) => verdict.unmet.put(Need::Years, months < need),
        None => verdict.unmet.put(Need::Origin, true),
    }
    if let Some(wanted) = step.rule.education {
        match officer.education() {
            Some(education) => verdict.unmet.put(Need::Education, education < wanted),
            None => verdict.unknown.put(Need::Education, true),
        }
    }
    for experience in rules.leadership_experience.iter().filter(|e| e.rule.from_layer <= to) {
        let at_least = u16::from(experience.rule.at_least);
        let (need, have, wanted) = match experience.rule.needs {
            LeadershipNeed::WorkYears => (Need::WorkYears, officer.work_months(), at_least * 12),
            LeadershipNeed::GrassrootsYears => {
                (Need::GrassrootsYears, officer.grassroots_months(), at_least * 12)
            }
            LeadershipNeed::PostsBelow => (Need::PostsBelow, Some(posts_below(officer, to)), at_least),
        };
        match have {
            Some(have) => verdict.unmet.put(need, have < wanted),
            None => verdict.unknown.put(need, true),
        }
    }
    bars(rules, officer, ActName::PostPromotion, &mut verdict);
    verdict
}

/// Posts held in the layer below.
pub fn posts_below(officer: &impl Officer, to: Layer) -> u16 {
    let below = Layer::ALL.get(to.index().wrapping_sub(1)).copied();
    below.map_or(0, |layer| u16::from(officer.posts_in(layer)))
}

/// Months that count towards a leadership layer; `None` when the officer is on none of the ways to it.
pub fn leadership_months(step: &crate::rule::LeadershipStep, officer: &impl Officer) -> Option<u16> {
    let ladder = takeroot_civil::Ladder::Parallel;
    let by_post =
        step.from_post.filter(|p| officer.layer() == Some(*p)).map(|_| officer.layer_held(ladder).months);
    let by_rank = step.from_ranks.iter().filter_map(|rank| officer.months_since_reaching(*rank)).max();
    by_post.max(by_rank)
}

/// Whether the officer may sit an open selection, as far as the rules of time and grades go.
pub fn open_selection(rules: &Rules, officer: &impl Officer) -> Verdict {
    let mut verdict = Verdict::default();
    for clause in &rules.open_selection {
        let wanted = u16::from(clause.rule.years.unwrap_or(0)) * 12;
        let mut time = |need, have: Option<u16>| match have {
            Some(have) => verdict.unmet.put(need, have < wanted),
            None => verdict.unknown.put(need, true),
        };
        match clause.rule.condition {
            SelectionCondition::GrassrootsYears => time(Need::GrassrootsYears, officer.grassroots_months()),
            SelectionCondition::ServiceYears => time(Need::ServiceYears, officer.service_months()),
            SelectionCondition::Grades => {
                verdict.unmet.put(
                    Need::Grades,
                    officer.worst_grade().is_some_and(|g| g > takeroot_civil::Grade::Competent),
                );
            }
            SelectionCondition::TermServed => {
                verdict.unmet.put(Need::TermServed, term_running(rules, officer))
            }
        }
    }
    bars(rules, officer, ActName::OpenSelection, &mut verdict);
    verdict
}

/// Whether a minimum service of the officer is still running.
#[inline]
pub fn term_running(rules: &Rules, officer: &impl Officer) -> bool {
    officer.own_term_running() || term_left(rules, officer) > 0
}

/// Whether the minimum service of the officer blocks an act of leaving.
#[inline]
pub fn blocked(rules: &Rules, officer: &impl Officer, act: ActName) -> bool {
    rules.service_blocks.iter().any(|block| block.rule.act == act) && term_running(rules, officer)
}

/// What the rules say of secondment from organs of a kind: the strictest of the clauses that speak of them; `None`
/// where none does.
pub fn secondment(rules: &Rules, kind: OrganKind) -> Option<SecondmentRule> {
    secondment_clauses(rules, kind).map(|clause| clause.rule.rule).min()
}

/// The clauses on secondment from organs of a kind.
pub fn secondment_clauses(rules: &Rules, kind: OrganKind) -> impl Iterator<Item = Cited<Secondment>> {
    let tier = kind.tier();
    Tier::ALL.iter().filter_map(move |from| {
        let clause = rules.slot(&format!("secondment/{from}"))?;
        let Rule::Secondment(rule) = &clause.rule else { return None };
        let tier = tier?;
        // A clause for the county holds for the tiers below it too; one for a higher tier for those above it.
        let here = if rule.from <= Tier::County { tier <= rule.from } else { tier >= rule.from };
        here.then(|| Cited { rule: rule.clone(), cite: clause.cite.clone() })
    })
}

/// Months of minimum service still to be served, by the term that has most left; 0 when none runs.
#[inline]
pub fn term_left(rules: &Rules, officer: &impl Officer) -> u16 {
    let terms = rules.dense.terms.iter().enumerate();
    terms.fold(0, |most, (at, full)| most.max(months_left(*full, officer.served_months(at))))
}

/// Months left of one term, of which so many are served; 0 for those who do not owe it.
#[inline(always)]
pub fn months_left(full: u16, served: Option<u16>) -> u16 {
    served.map_or(0, |served| full.saturating_sub(served))
}

/// Adds the bars that hold for an act.
#[inline]
fn bars(rules: &Rules, officer: &impl Officer, act: ActName, verdict: &mut Verdict) {
    let barring = rules.dense.barring[act as usize];
    let barred = barred(barring, officer.bars(), officer.unsure_bars(), officer.sanctioned().has(act));
    verdict.unmet.0 |= barred.unmet.0;
    verdict.unknown.0 |= barred.unknown.0;
}

/// What bars say of an act that these grounds bar.
#[inline(always)]
pub fn barred(barring: Bars, grounds: Bars, unsure: Bars, sanctioned: bool) -> Verdict {
    // What a sanction bars is in the acts of its own clause; the other grounds have a clause that names the acts.
    let sanction = Bars(1 << BarGround::Sanction as u8);
    let certain = Bars(barring.0 & !sanction.0);
    // The needs of bars lie in the order of the grounds, so that a whole set is moved at once.
    let first = Need::of_bar(BarGround::Sanction) as u32;
    Verdict {
        unmet: Needs((u32::from(grounds.0 & certain.0) | u32::from(sanctioned)) << first),
        unknown: Needs(u32::from(unsure.0 & !grounds.0 & certain.0) << first),
    }
}

#[cfg(test)]
mod tests {
    use takeroot_civil::Code as _;

    use super::*;

    #[test]
    fn the_needs_of_bars_lie_in_the_order_of_the_grounds() {
        for ground in BarGround::ALL {
            let mut one = Bars::default();
            one.add(*ground);
            let mut need = Needs::NONE;
            need.put(Need::of_bar(*ground), true);
            if *ground == BarGround::Sanction {
                assert_eq!(barred(one, one, Bars(0), true).unmet, need);
                continue;
            }
            assert_eq!(barred(one, one, Bars(0), false).unmet, need);
            assert_eq!(barred(one, Bars(0), one, false).unknown, need);
        }
    }
}
