//! The yearly grade, and level and step.
//!
//! In January, each organ gives as many grades of excellent as the rules' share of those assessed allows (rounded down;
//! each of these places is used with the chance given), by chance; a small share is graded basically competent; everyone else
//! competent. Probation is not graded. The grade goes where the rules count it: into the times held, the years for level
//! and step, the bars of the next year, the bonus. Level and step move by [`takeroot_policy::grading::Clock`], as a
//! record's do. Grades of incompetent and sanctions are not made up: nothing at hand says how often they occur.

use takeroot_civil::{Code as _, Grade, Ladder, Level, Rank, Step};
use takeroot_policy::grading::{Clock, range_of_seat};
use takeroot_policy::rule::{ActName, BarGround, YearBelongs};
use takeroot_policy::{Officer as _, Rules};

use crate::assumption::Key;
use crate::keyed::{self, Purpose, threshold};
use crate::outcome::Count;
use crate::shard::Run;
use crate::state::{NEVER, Row, State, month_of};

/// The clock of a row; `None` before its first grading.
pub(crate) fn clock(state: &State, at: usize) -> Option<Clock> {
    let level = Level::new(state.level[at])?;
    Some(Clock {
        level,
        step: Step::new(state.step[at]),
        step_years: state.step_years[at],
        level_years: state.level_years[at],
    })
}

/// Puts a clock into a row.
pub(crate) fn set_clock(state: &mut State, at: usize, clock: Clock) {
    state.level[at] = clock.level.get();
    state.step[at] = clock.step.map_or(0, Step::get);
    (state.step_years[at], state.level_years[at]) = (clock.step_years, clock.level_years);
}

/// The range of levels of what a row holds.
pub(crate) fn range(rules: &Rules, row: &Row<'_>) -> Option<(Level, Level)> {
    let (parallel, old) = (row.rank(Ladder::Parallel), row.rank(Ladder::NonLeading));
    range_of_seat(rules, row.layer(), parallel, old).map(|(_, lowest, highest)| (lowest, highest))
}

impl Run<'_> {
    /// January: the grades of the year before, and what follows from them.
    pub(crate) fn new_year(&mut self) {
        let basic = u32::MAX - threshold(self.scenario.coefs.get(Key::AssessBasic));
        let share = self.scenario.world.levers.excellent;
        let used = self.scenario.coefs.get(Key::AssessExcellent);
        let group = Purpose::Grade as u16 / 4;
        self.luck.fill(&self.state.key, self.month as u16, self.replicate, group, &mut self.words);
        let all = std::mem::take(&mut self.words[Purpose::Grade as usize % 4]);
        let basic_until = self.basic_until();
        let mut drawn: Vec<u32> = Vec::new();
        let mut words: Vec<(u32, usize)> = Vec::new();
        for place in &self.county.places {
            words.clear();
            for (word, at) in all[place.first..place.end].iter().zip(place.first..) {
                if self.state.here[at] && self.state.graded[at] == NEVER {
                    words.push((u32::from_le_bytes(*word), at));
                }
            }
            drawn.clear();
            drawn.extend(words.iter().map(|(word, _)| *word));
            // The share allows whole places; each is used or not by its own chance, which is the organ's luck.
            let allowed = (share * drawn.len() as f64).floor().max(0.0) as u64;
            let given = |nth: &u64| {
                let of = keyed::key_in(place.key, (2_u64 << 32) | *nth);
                self.luck.unit(of, self.month as u16, self.replicate, Purpose::Grade) < used
            };
            let places = (0..allowed).filter(given).count();
            // The smallest words take the places; rows are gone through in their own order, which is that of memory.
            let last = places.checked_sub(1).filter(|last| *last < drawn.len());
            let last = last.map(|last| *drawn.select_nth_unstable(last).1);
            let mut left = places;
            for (word, at) in &words {
                let grade = if left > 0 && last.is_some_and(|last| *word <= last) {
                    left -= 1;
                    Grade::Excellent
                } else if *word > basic {
                    Grade::Basic
                } else {
                    Grade::Competent
                };
                self.grade_year(*at, grade, basic_until);
            }
        }
        self.words[Purpose::Grade as usize % 4] = all;
    }

    /// The month in which the bar ends that a grade of basically competent for the year before puts up.
    fn basic_until(&self) -> i16 {
        let on = self.scenario.world.on;
        let year = on.plus_months(i32::from(self.month)).real().year() - 1;
        month_of(on, takeroot_policy::bars::days_of_grade(year).1)
    }

    /// A year's grade of a row, and the rises of 1 January.
    fn grade_year(&mut self, at: usize, grade: Grade, basic_until: i16) {
        let month = self.month;
        for (time, _, belongs) in &self.times {
            let since = self.state.since[at][*time];
            let counted = match belongs {
                YearBelongs::YearEnd | YearBelongs::Both => since < month,
                YearBelongs::YearStart => since <= month - 12,
            };
            if since != NEVER && counted {
                let tally = &mut self.state.tally[at][*time];
                let (years, months) = (&mut tally.years[grade.index()], &mut tally.months[grade.index()]);
                *years = years.saturating_add(1);
                *months = months.saturating_add((month - since).clamp(0, 12) as u8);
            }
        }
        let worst = &mut self.state.worst[at];
        let worse = *worst == crate::state::NO || *worst < grade.index() as u8;
        if worse {
            *worst = grade.index() as u8;
        }
        if grade == Grade::Basic {
            self.state.barred[at][BarGround::BasicYear as usize] = basic_until;
        }
        if worse || grade == Grade::Basic {
            self.asks(at);
        }
        let rules = &*self.scenario.world.rules;
        if let Some(mut clock) = clock(&self.state, at) {
            clock.year(rules.pay_year_counts(grade));
            let full = |years: u8, every: Option<u8>| every.is_some_and(|every| years >= every);
            let (level, step) = (rules.level_rise.as_ref(), rules.step_rise.as_ref());
            if full(clock.level_years, level.map(|rise| rise.rule.every_years))
                || full(clock.step_years, step.map(|rise| rise.rule.every_years))
            {
                let row = self.row(at);
                let (sanctioned, bars) = (row.sanctioned(), row.bars());
                let barred =
                    |act: ActName| sanctioned.has(act) || bars.0 & rules.dense.barring[act as usize].0 != 0;
                // Only a rise of level asks for the range.
                let rises = full(clock.level_years, level.map(|rise| rise.rule.every_years));
                let highest = if rises { range(rules, &row).map(|(_, highest)| highest) } else { None };
                let rose = clock.rise(rules, highest, barred(ActName::LevelRise), barred(ActName::StepRise));
                set_clock(&mut self.state, at, clock);
                if rose.step || rose.level {
                    self.count(Count::StepRises, i64::from(rose.step));
                    self.count(Count::LevelRises, i64::from(rose.level));
                    self.repay_level(at);
                }
            } else {
                (self.state.step_years[at], self.state.level_years[at]) =
                    (clock.step_years, clock.level_years);
            }
        }
        self.bonus(at, grade);
        if self.grade_moves[grade.index()] {
            self.state.due[at] = self.next_due(at);
        }
    }

    /// Probation ends: the first rank, level and step by education.
    pub(crate) fn grade_first(&mut self, at: usize) {
        let rules = &*self.scenario.world.rules;
        self.state.graded[at] = NEVER;
        let Some(education) = self.row(at).education() else { return };
        let ranks: Vec<Rank> = rules
            .ladders()
            .filter_map(|ladder| rules.initial_grade_of(ladder, education).map(|grade| grade.rule.rank))
            .collect();
        let organ = self.organ(at);
        self.hold(at, -1);
        for rank in ranks {
            // Where the quota of the first rank is used up, the highest rank below it that has a place is given.
            let below = Rank::ALL.iter().rev().filter(|r| r.ladder() == rank.ladder() && **r <= rank);
            if let Some(rank) = below.copied().find(|rank| self.has_place(organ, *rank)) {
                self.seat_rank(at, rank);
            }
        }
        self.hold(at, 1);
        self.see_ranks(at);
        if let Some(entry) = rules.entry_pay_of(education) {
            set_clock(&mut self.state, at, Clock::at(entry.rule.level, Some(entry.rule.step)));
        }
        self.repay(at);
    }
}
