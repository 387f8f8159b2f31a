//! The rules of one day, ready to be applied: a [`Resolved`] stack unfolded into tables.
//!
//! The tables that every person is checked against are indexed by rank, layer or level, so that one check costs the
//! same for a record and for a row of a column store.

use std::sync::Arc;

use takeroot_civil::{Code, Day, Education, Fen, Grade, Ladder, Layer, Level, Rank, Step};

use crate::dense::Dense;
use crate::rule::*;
use crate::stack::{Cite, InForce, Resolved, Stack};

/// A rule with the clause that it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Cited<T> {
    /// The rule.
    pub rule: T,
    /// Its clause.
    pub cite: Arc<Cite>,
}

/// How many steps a level pay table can have.
pub const STEPS: usize = 16;

/// Level pay in fen, by level (1 to 27) and step (1 to 15); 0 where the table has none.
pub type LevelPayTable = [[Fen; STEPS]; 28];

/// The rules of one day.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The day they were asked for.
    pub on: Day,
    /// The day whose law they are (differs from `on` under a baseline).
    pub law_day: Day,
    /// Digest of the stack.
    pub digest: String,
    /// Everything in force, slot by slot.
    pub resolved: Resolved,
    /// What it takes to be promoted to a rank.
    pub rank_steps: [Option<Cited<RankStep>>; Rank::COUNT],
    /// What a grade does, by ladder and grade.
    pub grade_effects: [[Option<Cited<GradeEffect>>; 5]; 3],
    /// How time is counted, by ladder.
    pub counting: [Option<Cited<Counting>>; 3],
    /// Credit for rooted service, by ladder.
    pub rooted_credit: [Option<Cited<RootedCredit>>; 3],
    /// Ranges of levels, by rank.
    pub rank_ranges: [Option<Cited<LevelRange>>; Rank::COUNT],
    /// Ranges of levels, by layer.
    pub layer_ranges: [Option<Cited<LevelRange>>; Layer::COUNT],
    /// What ranks became in 2019, by the old rank.
    pub conversions: [Option<Cited<Conversion>>; Rank::COUNT],
    /// Bars to promotion.
    pub bars: Vec<Cited<PromotionBar>>,
    /// Effects of sanctions.
    pub sanctions: Vec<Cited<SanctionEffect>>,
    /// Highest ranks set.
    pub top_ranks: Vec<Cited<TopRank>>,
    /// Leadership posts, by layer.
    pub leadership: [Option<Cited<LeadershipStep>>; Layer::COUNT],
    /// Experience for leadership posts.
    pub leadership_experience: Vec<Cited<LeadershipExperience>>,
    /// Minimum service.
    pub service_terms: Vec<Cited<ServiceTerm>>,
    /// What it blocks.
    pub service_blocks: Vec<Cited<ServiceBlock>>,
    /// Open selection.
    pub open_selection: Vec<Cited<OpenSelection>>,
    /// What counts as grassroots work.
    pub grassroots: Option<Cited<Grassroots>>,
    /// Probation.
    pub probation: Option<Cited<Probation>>,
    /// First rank and level.
    pub initial_grades: Vec<Cited<InitialGrade>>,
    /// First level and step.
    pub entry_pay: Vec<Cited<EntryPay>>,
    /// Level pay.
    pub level_pay: Option<Cited<Box<LevelPayTable>>>,
    /// Post pay.
    pub post_pay: Option<Cited<PostPay>>,
    /// Rank pay.
    pub rank_pay: Option<Cited<RankPay>>,
    /// Rise of a step.
    pub step_rise: Option<Cited<StepRise>>,
    /// Rise of a level.
    pub level_rise: Option<Cited<LevelRise>>,
    /// Level on promotion.
    pub promotion_pay: Option<Cited<PromotionPay>>,
    /// Grades that count for pay.
    pub pay_years: [Option<Cited<PayYear>>; 5],
    /// Year-end bonus.
    pub bonus: Option<Cited<YearEndBonus>>,
    /// Allowances.
    pub allowances: Vec<Cited<Allowance>>,
    /// Deductions.
    pub deductions: Vec<Cited<Deduction>>,
    /// Annual leave.
    pub annual_leave: Option<Cited<AnnualLeave>>,
    /// When it is lost.
    pub annual_leave_lost: Option<Cited<AnnualLeaveLost>>,
    /// Retirement.
    pub retirement: Vec<Cited<Retirement>>,
    /// Pools of candidates.
    pub pools: Vec<Cited<Pool>>,
    /// Preferences.
    pub preferences: Vec<Cited<Preference>>,
    /// What every check asks, as dense tables; made from the fields above by [`Rules::of`].
    pub dense: Dense,
}

/// Takes every clause of a kind.
macro_rules! all {
    ($resolved:expr, $kind:ident) => {
        $resolved
            .slots
            .values()
            .filter_map(|f| match &f.rule {
                Rule::$kind(rule) => Some(Cited { rule: rule.clone(), cite: f.cite.clone() }),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
}

/// Spreads clauses of a kind over a table.
macro_rules! spread {
    ($resolved:expr, $kind:ident, $table:expr, |$rule:ident| $at:expr) => {
        for f in $resolved.slots.values() {
            if let Rule::$kind($rule) = &f.rule {
                $table[$at] = Some(Cited { rule: $rule.clone(), cite: f.cite.clone() });
            }
        }
    };
}

impl Rules {
    /// The rules of a stack on a day.
    pub fn at(stack: &Stack<'_>, on: Day) -> Rules {
        Rules::of(stack.at(on), on, stack.law_day(on), stack.digest())
    }

    /// Rules from what was resolved.
    pub fn of(resolved: Resolved, on: Day, law_day: Day, digest: String) -> Rules {
        let mut rank_steps = [const { None }; Rank::COUNT];
        spread!(resolved, RankStep, rank_steps, |r| r.to.index());
        let mut grade_effects = [const { [const { None }; 5] }; 3];
        for f in resolved.slots.values() {
            if let Rule::GradeEffect(r) = &f.rule {
                grade_effects[r.ladder.index()][r.grade.index()] =
                    Some(Cited { rule: r.clone(), cite: f.cite.clone() });
            }
        }
        let mut counting = [const { None }; 3];
        spread!(resolved, Counting, counting, |r| r.ladder.index());
        let mut rooted_credit = [const { None }; 3];
        spread!(resolved, RootedCredit, rooted_credit, |r| r.ladder.index());
        let mut rank_ranges = [const { None }; Rank::COUNT];
        let mut layer_ranges = [const { None }; Layer::COUNT];
        for f in resolved.slots.values() {
            if let Rule::LevelRange(r) = &f.rule {
                let cited = Some(Cited { rule: r.clone(), cite: f.cite.clone() });
                match r.holder {
                    Holder::Rank(rank) => rank_ranges[rank.index()] = cited,
                    Holder::Post(layer) => layer_ranges[layer.index()] = cited,
                }
            }
        }
        let mut conversions = [const { None }; Rank::COUNT];
        spread!(resolved, Conversion, conversions, |r| r.from.index());
        let mut leadership = [const { None }; Layer::COUNT];
        spread!(resolved, LeadershipStep, leadership, |r| r.to.index());
        let mut pay_years = [const { None }; 5];
        spread!(resolved, PayYear, pay_years, |r| r.grade.index());
        let level_pay = first(all!(resolved, LevelPay))
            .map(|c: Cited<LevelPay>| Cited { rule: Box::new(level_pay_table(&c.rule)), cite: c.cite });
        let mut rules = Rules {
            on,
            law_day,
            digest,
            rank_steps,
            grade_effects,
            counting,
            rooted_credit,
            rank_ranges,
            layer_ranges,
            conversions,
            bars: all!(resolved, PromotionBar),
            sanctions: all!(resolved, SanctionEffect),
            top_ranks: all!(resolved, TopRank),
            leadership,
            leadership_experience: all!(resolved, LeadershipExperience),
            service_terms: all!(resolved, ServiceTerm),
            service_blocks: all!(resolved, ServiceBlock),
            open_selection: all!(resolved, OpenSelection),
            grassroots: first(all!(resolved, Grassroots)),
            probation: first(all!(resolved, Probation)),
            initial_grades: all!(resolved, InitialGrade),
            entry_pay: all!(resolved, EntryPay),
            level_pay,
            post_pay: first(all!(resolved, PostPay)),
            rank_pay: first(all!(resolved, RankPay)),
            step_rise: first(all!(resolved, StepRise)),
            level_rise: first(all!(resolved, LevelRise)),
            promotion_pay: first(all!(resolved, PromotionPay)),
            pay_years,
            bonus: first(all!(resolved, YearEndBonus)),
            allowances: all!(resolved, Allowance),
            deductions: all!(resolved, Deduction),
            annual_leave: first(all!(resolved, AnnualLeave)),
            annual_leave_lost: first(all!(resolved, AnnualLeaveLost)),
            retirement: all!(resolved, Retirement),
            pools: all!(resolved, Pool),
            preferences: all!(resolved, Preference),
            resolved,
            dense: Dense::default(),
        };
        rules.dense = Dense::of(&rules);
        rules
    }

    /// The clause that fills a slot.
    pub fn slot(&self, slot: &str) -> Option<&InForce> {
        self.resolved.slots.get(slot)
    }

    /// The figure of a limit.
    pub fn limit(&self, of: LimitOf) -> Option<Cited<Limit>> {
        self.slot(&format!("limit/{of}")).and_then(|f| match &f.rule {
            Rule::Limit(limit) => Some(Cited { rule: limit.clone(), cite: f.cite.clone() }),
            _ => None,
        })
    }

    /// The clause that declares a slot as left open, if it does and nothing fills it.
    pub fn open(&self, slot: &str) -> Option<&Arc<Cite>> {
        self.resolved.open.get(slot).map(|(cite, _)| cite)
    }

    /// The ladders on which there are steps on this day, oldest first.
    pub fn ladders(&self) -> impl Iterator<Item = Ladder> + '_ {
        Ladder::ALL
            .iter()
            .copied()
            .filter(|ladder| self.rank_steps.iter().flatten().any(|step| step.rule.to.ladder() == *ladder))
    }

    /// The effect of a grade on a ladder: whether the year counts, months shortened, months lengthened. Where no
    /// clause speaks of it, the year counts and nothing changes.
    #[inline]
    pub fn grade_effect(&self, ladder: Ladder, grade: Grade) -> (bool, u8, u8) {
        match &self.grade_effects[ladder.index()][grade.index()] {
            Some(e) => (e.rule.counts, e.rule.shortens_months, e.rule.lengthens_months),
            None => (true, 0, 0),
        }
    }

    /// Whether a year of this grade counts for steps and levels.
    pub fn pay_year_counts(&self, grade: Grade) -> bool {
        match &self.pay_years[grade.index()] {
            Some(year) => year.rule.counts,
            None => matches!(grade, Grade::Excellent | Grade::Competent),
        }
    }

    /// Pay of a level and step in the table in force.
    #[inline]
    pub fn level_pay_of(&self, level: Level, step: Step) -> Option<Fen> {
        let table = self.level_pay.as_ref()?;
        let fen = table.rule[usize::from(level.get())][usize::from(step.get()).min(STEPS - 1)];
        (fen != Fen::ZERO).then_some(fen)
    }

    /// The highest step that the table has for a level.
    pub fn last_step(&self, level: Level) -> Option<Step> {
        let row = &self.level_pay.as_ref()?.rule[usize::from(level.get())];
        (1..STEPS).rev().find(|s| row[*s] != Fen::ZERO).and_then(|s| Step::new(s as u8))
    }

    /// First level and step for an education.
    pub fn entry_pay_of(&self, education: Education) -> Option<&Cited<EntryPay>> {
        self.entry_pay.iter().find(|e| e.rule.education == education)
    }

    /// First rank and level for an education on a ladder.
    pub fn initial_grade_of(&self, ladder: Ladder, education: Education) -> Option<&Cited<InitialGrade>> {
        self.initial_grades.iter().find(|g| g.rule.ladder == ladder && g.rule.education == education)
    }
}

fn first<T>(all: Vec<T>) -> Option<T> {
    all.into_iter().next()
}

fn level_pay_table(pay: &LevelPay) -> LevelPayTable {
    let mut table = [[Fen::ZERO; STEPS]; 28];
    for row in &pay.rows {
        let steps = table[usize::from(row.level.get())].iter_mut().enumerate().skip(1);
        for (step, fen) in steps.take(usize::from(row.steps)) {
            *fen = Fen::yuan(i64::from(row.first) + (step as i64 - 1) * i64::from(row.increment));
        }
    }
    table
}
