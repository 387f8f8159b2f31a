//! Rules unfolded into dense tables: what every check of every person asks.
//!
//! The clauses stay where they are ([`Rules`](crate::Rules)) for whoever explains an answer. The tables here hold the
//! same values in the form in which they are asked for millions of times: by rank, layer, kind of organ or act.
//! They are made once, with the rules; nothing else is kept in them, and no rule is decided here.

use takeroot_civil::{Code, Fen, Ladder, Layer, Level, OrganKind, Rank};

use crate::officer::{Bars, Held, RankSet, Seat};
use crate::rule::{ActName, AllowanceRow, Holder, PayItem, RootedCredit};
use crate::rules::Rules;

/// What it takes to be promoted to a rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DenseStep {
    /// The rank.
    pub to: Rank,
    /// Full months, before grades and rooted service change them.
    pub months: i32,
    /// The level that must have been reached.
    pub level: Option<Level>,
}

/// What yearly grades do on a ladder, by grade.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// Months by which a year of the grade shortens the time.
    pub shortens: [u8; 5],
    /// Months by which it lengthens the time.
    pub lengthens: [u8; 5],
    /// 1 where the months of such years do not count.
    pub drops: [u8; 5],
}

/// What the yearly grades of a time held come to, months.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Graded {
    /// Months shortened.
    pub shortened: i32,
    /// Months lengthened.
    pub lengthened: i32,
    /// Months that do not count.
    pub not_counted: i32,
}

impl Graded {
    /// Adds what years of another grade come to.
    #[inline(always)]
    fn add(&mut self, other: Graded) {
        self.shortened += other.shortened;
        self.lengthened += other.lengthened;
        self.not_counted += other.not_counted;
    }

    /// What the months needed change by.
    #[inline(always)]
    pub const fn adjusted(self) -> i32 {
        self.lengthened - self.shortened
    }

    /// Months of a time held that count.
    #[inline(always)]
    pub fn counted(self, held: &Held) -> i32 {
        i32::from(held.months) - self.not_counted
    }
}

impl Effects {
    /// What the grades of a time held come to.
    #[inline(always)]
    pub fn of(&self, held: &Held) -> Graded {
        let mut graded = Graded::default();
        // Who was promoted since the last grade has none.
        if held.years == [0; 5] && held.grade_months == [0; 5] {
            return graded;
        }
        for grade in 0..5 {
            graded.add(self.of_grade(grade, held.years[grade], held.grade_months[grade]));
        }
        graded
    }

    /// What the years of one grade come to.
    #[inline(always)]
    pub fn of_grade(&self, grade: usize, years: u8, months: u8) -> Graded {
        Graded {
            shortened: i32::from(years) * i32::from(self.shortens[grade]),
            lengthened: i32::from(years) * i32::from(self.lengthens[grade]),
            not_counted: i32::from(months) * i32::from(self.drops[grade]),
        }
    }

    /// Whether years of a grade change the months needed, and whether their months do not count.
    pub fn touches(&self, grade: usize) -> (bool, bool) {
        (self.shortens[grade] | self.lengthens[grade] != 0, self.drops[grade] != 0)
    }
}

/// An allowance, filled or left open.
#[derive(Clone, Debug, PartialEq)]
pub struct DenseAllowance {
    /// Which.
    pub item: PayItem,
    /// Only for those who work in a township.
    pub township_only: bool,
    /// Its rows; `None` when it is declared and nothing fills it.
    pub rows: Option<Vec<AllowanceRow>>,
}

/// The tables.
#[derive(Clone, Debug)]
pub struct Dense {
    /// Steps, by rank.
    pub steps: [Option<DenseStep>; Rank::COUNT],
    /// Ranks to which time in a rank leads.
    pub from_rank: [RankSet; Rank::COUNT],
    /// Ranks to which time in a layer leads.
    pub from_layer: [RankSet; Layer::COUNT],
    /// Higher ranks of the same ladder.
    pub above: [RankSet; Rank::COUNT],
    /// Ranks above the ceiling of organs of a kind.
    pub over_ceiling: [RankSet; OrganKind::ALL.len()],
    /// Effects of grades, by ladder.
    pub effects: [Effects; 3],
    /// Credit for rooted service, by ladder.
    pub rooted_credit: [Option<RootedCredit>; 3],
    /// Grounds that bar an act.
    pub barring: [Bars; ActName::ALL.len()],
    /// Full months of every minimum service.
    pub terms: Vec<u16>,
    /// Whether the present ladder is in force.
    pub parallel: bool,
    /// Whether the ladder of 2015 has steps: its ranks decide pay beside the old ones.
    pub county_ranks: bool,
    /// Whether there is a table of post pay.
    pub has_post_pay: bool,
    /// Whether there is a table of rank pay.
    pub has_rank_pay: bool,
    /// Pay of a layer.
    pub layer_pay: [Option<Fen>; Layer::COUNT],
    /// Pay of a rank, from the table of its ladder.
    pub rank_pay: [Option<Fen>; Rank::COUNT],
    /// Allowances in the order of [`PayItem`].
    pub allowances: Vec<DenseAllowance>,
}

impl Default for Dense {
    /// The tables of no rules at all.
    fn default() -> Dense {
        Dense {
            steps: [None; Rank::COUNT],
            from_rank: [RankSet::NONE; Rank::COUNT],
            from_layer: [RankSet::NONE; Layer::COUNT],
            above: [RankSet::NONE; Rank::COUNT],
            over_ceiling: [RankSet::NONE; OrganKind::ALL.len()],
            effects: [Effects::default(); 3],
            rooted_credit: [const { None }; 3],
            barring: [Bars(0); ActName::ALL.len()],
            terms: Vec::new(),
            parallel: false,
            county_ranks: false,
            has_post_pay: false,
            has_rank_pay: false,
            layer_pay: [None; Layer::COUNT],
            rank_pay: [None; Rank::COUNT],
            allowances: Vec::new(),
        }
    }
}

/// The ranks of each ladder.
pub const OF_LADDER: [RankSet; 3] = {
    let mut sets = [RankSet::NONE; 3];
    let mut at = 0;
    while at < Rank::ALL.len() {
        sets[Rank::ALL[at].ladder() as usize].put(Rank::ALL[at], true);
        at += 1;
    }
    sets
};

impl Dense {
    /// Unfolds rules.
    pub(crate) fn of(rules: &Rules) -> Dense {
        let mut dense = Dense {
            parallel: rules.ladders().any(|l| l == Ladder::Parallel),
            county_ranks: rules.ladders().any(|l| l == Ladder::CountyRanks),
            has_post_pay: rules.post_pay.is_some(),
            has_rank_pay: rules.rank_pay.is_some(),
            allowances: allowances(rules),
            ..Dense::default()
        };
        for step in rules.rank_steps.iter().flatten().map(|s| &s.rule) {
            dense.steps[step.to.index()] =
                Some(DenseStep { to: step.to, months: i32::from(step.years) * 12, level: step.level });
            for from in &step.from {
                match from {
                    Holder::Rank(rank) => dense.from_rank[rank.index()].put(step.to, true),
                    Holder::Post(layer) => dense.from_layer[layer.index()].put(step.to, true),
                }
            }
        }
        for &rank in Rank::ALL {
            for &other in Rank::ALL {
                let above = other.ladder() == rank.ladder() && other > rank;
                dense.above[rank.index()].put(other, above);
            }
        }
        for top in rules.top_ranks.iter().map(|t| &t.rule) {
            for kind in &top.organs {
                dense.over_ceiling[kind.index()].0 |= dense.above[top.rank.index()].0;
            }
        }
        for ladder in Ladder::ALL {
            let effects = &mut dense.effects[ladder.index()];
            for (at, effect) in rules.grade_effects[ladder.index()].iter().enumerate() {
                if let Some(effect) = effect.as_ref().map(|e| &e.rule) {
                    effects.shortens[at] = effect.shortens_months;
                    effects.lengthens[at] = effect.lengthens_months;
                    effects.drops[at] = u8::from(!effect.counts);
                }
            }
            let credit = rules.rooted_credit[ladder.index()].as_ref();
            dense.rooted_credit[ladder.index()] = credit.map(|c| c.rule.clone());
        }
        for bar in rules.bars.iter().map(|b| &b.rule) {
            for act in &bar.acts {
                dense.barring[*act as usize].add(bar.ground);
            }
        }
        let terms = rules.service_terms.iter();
        dense.terms = terms.map(|t| u16::from(t.rule.years) * 12).collect();
        if let Some(table) = rules.post_pay.as_ref().map(|p| &p.rule) {
            // The first row of a layer or rank holds, so the later ones are put in before it.
            for row in table.leading.iter().rev() {
                dense.layer_pay[row.layer.index()] = Some(Fen::yuan(row.yuan.into()));
            }
            for row in table.non_leading.iter().rev() {
                if row.rank.ladder() != Ladder::Parallel {
                    dense.rank_pay[row.rank.index()] = Some(Fen::yuan(row.yuan.into()));
                }
            }
        }
        if let Some(table) = rules.rank_pay.as_ref().map(|p| &p.rule) {
            for row in table.rows.iter().rev() {
                if row.rank.ladder() == Ladder::Parallel {
                    dense.rank_pay[row.rank.index()] = Some(Fen::yuan(row.yuan.into()));
                }
            }
        }
        dense
    }

    /// The ranks next for those who hold these: every step from one of them, above the rank of its ladder.
    pub fn next_ranks(&self, seat: Seat) -> RankSet {
        let mut next = seat.layer.map_or(RankSet::NONE, |l| self.from_layer[l.index()]);
        for rank in seat.ranks.iter().flatten() {
            next.0 |= self.from_rank[rank.index()].0;
        }
        for (ladder, held) in Ladder::ALL.iter().zip(seat.ranks) {
            if let Some(held) = held {
                next.0 &= self.above[held.index()].0 | !OF_LADDER[ladder.index()].0;
            }
        }
        next
    }

    /// Months that rooted service takes off on a ladder.
    #[inline]
    pub fn rooted(&self, ladder: Ladder, rooted_months: u16) -> i32 {
        self.rooted_credit[ladder.index()].as_ref().map_or(0, |credit| {
            let periods = i32::from(rooted_months) / 12 / i32::from(credit.per_years.max(1));
            (periods * i32::from(credit.months)).min(i32::from(credit.max_months))
        })
    }
}

fn allowances(rules: &Rules) -> Vec<DenseAllowance> {
    let allowance = |item: &PayItem| {
        let rule = rules.allowances.iter().find(|a| a.rule.item == *item);
        if let Some(rule) = rule.map(|a| &a.rule) {
            return Some(DenseAllowance {
                item: *item,
                township_only: rule.township_only,
                rows: Some(rule.rows.clone()),
            });
        }
        let open = rules.resolved.open.get(&format!("allowance/{item}"));
        open.map(|(_, local)| DenseAllowance { item: *item, township_only: local.township_only, rows: None })
    };
    PayItem::ALL.iter().filter_map(allowance).collect()
}
