//! Verdicts: which needs of an act are met on a day.
//!
//! A verdict is two bit sets, of needs that are not met and of needs that cannot be told because a fact is missing.
//! It costs nothing to carry, and `standing` unfolds it into clauses, facts and days.

use takeroot_civil::{Code as _, Layer, Rank};

use crate::officer::{Held, Officer};
use crate::rule::{ActName, BarGround, Holder, LeadershipNeed, RankStep, SelectionCondition};
use crate::rules::Rules;

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

/// The arithmetic of a step for the time in one holder.
#[inline]
pub fn years_of(rules: &Rules, step: &RankStep, holder: Holder, held: &Held, rooted_months: u16) -> Years {
    let ladder = step.to.ladder();
    let (mut not_counted, mut shortened, mut lengthened) = (0, 0, 0);
    for (at, effect) in rules.grade_effects[ladder.index()].iter().enumerate() {
        if let Some(effect) = effect {
            let years = i32::from(held.years[at]);
            shortened += years * i32::from(effect.rule.shortens_months);
            lengthened += years * i32::from(effect.rule.lengthens_months);
            not_counted += i32::from(held.grade_months[at]) * i32::from(!effect.rule.counts);
        }
    }
    let rooted = rules.rooted_credit[ladder.index()].as_ref().map_or(0, |credit| {
        let periods = i32::from(rooted_months) / 12 / i32::from(credit.rule.per_years.max(1));
        (periods * i32::from(credit.rule.months)).min(i32::from(credit.rule.max_months))
    });
    let needed = (i32::from(step.years) * 12 - shortened + lengthened - rooted).max(0);
    let counted = i32::from(held.months) - not_counted;
    Years { holder, needed, counted, not_counted, shortened, lengthened, rooted }
}

/// Time in a holder, if the officer holds it now.
#[inline]
pub fn held(officer: &impl Officer, ladder: takeroot_civil::Ladder, holder: Holder) -> Option<Held> {
    match holder {
        Holder::Rank(rank) => {
            (officer.rank(rank.ladder()) == Some(rank)).then(|| officer.rank_held(rank.ladder(), ladder))
        }
        Holder::Post(layer) => (officer.layer() == Some(layer)).then(|| officer.layer_held(ladder)),
    }
}

/// The way to a rank on which the least time is missing, among those the officer is on.
#[inline]
pub fn best_way(rules: &Rules, step: &RankStep, officer: &impl Officer) -> Option<Years> {
    let mut best: Option<Years> = None;
    for holder in &step.from {
        if let Some(held) = held(officer, step.to.ladder(), *holder) {
            let years = years_of(rules, step, *holder, &held, officer.rooted_months());
            if best.is_none_or(|b| years.missing() < b.missing()) {
                best = Some(years);
            }
        }
    }
    best
}

/// Whether the officer may be promoted to a rank, quotas and procedure apart.
#[inline]
pub fn rank_promotion(rules: &Rules, officer: &impl Officer, to: Rank) -> Verdict {
    let mut verdict = Verdict::default();
    let Some(step) = &rules.rank_steps[to.index()] else {
        verdict.unmet.put(Need::Origin, true);
        return verdict;
    };
    match best_way(rules, &step.rule, officer) {
        Some(years) => verdict.unmet.put(Need::Years, years.missing() > 0),
        None => verdict.unmet.put(Need::Origin, true),
    }
    if let Some(wanted) = step.rule.level {
        match officer.level() {
            Some(level) => verdict.unmet.put(Need::Level, !level.reaches(wanted)),
            None => verdict.unknown.put(Need::Level, true),
        }
    }
    if let Some(kind) = officer.organ_kind() {
        for top in &rules.top_ranks {
            let above = top.rule.rank.ladder() == to.ladder() && to > top.rule.rank;
            verdict.unmet.put(Need::Ceiling, above && top.rule.organs.contains(&kind));
        }
    }
    bars(rules, officer, ActName::RankPromotion, &mut verdict);
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
                let worst = officer.worst_grade();
                verdict.unmet.put(Need::Grades, worst.is_some_and(|g| g > takeroot_civil::Grade::Competent));
            }
            SelectionCondition::TermServed => {
                verdict.unmet.put(Need::TermServed, term_running(rules, officer))
            }
        }
    }
    verdict.unmet.put(Need::NoProbation, officer.bars().has(BarGround::Probation));
    verdict.unmet.put(Need::NoSanction, officer.bars().has(BarGround::Sanction));
    verdict
}

/// Whether a minimum service of the officer is still running.
#[inline]
pub fn term_running(rules: &Rules, officer: &impl Officer) -> bool {
    let by_clause = |(at, term): (usize, &crate::rules::Cited<crate::rule::ServiceTerm>)| {
        officer.served_months(at).is_some_and(|served| served < u16::from(term.rule.years) * 12)
    };
    officer.own_term_running() || rules.service_terms.iter().enumerate().any(by_clause)
}

/// Adds the bars that hold for an act.
#[inline]
fn bars(rules: &Rules, officer: &impl Officer, act: ActName, verdict: &mut Verdict) {
    let (grounds, unsure) = (officer.bars(), officer.unsure_bars());
    if grounds.0 | unsure.0 == 0 {
        return;
    }
    // A sanction's own clause says what it bars; the other grounds have a clause that names the acts.
    verdict.unmet.put(Need::NoSanction, officer.sanctioned().has(act));
    let named = |bar: &&crate::rules::Cited<crate::rule::PromotionBar>| {
        bar.rule.ground != BarGround::Sanction && bar.rule.acts.contains(&act)
    };
    for bar in rules.bars.iter().filter(named) {
        let need = Need::of_bar(bar.rule.ground);
        verdict.unmet.put(need, grounds.has(bar.rule.ground));
        verdict.unknown.put(need, unsure.has(bar.rule.ground) && !grounds.has(bar.rule.ground));
    }
}
