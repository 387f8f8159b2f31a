//! Pay: a row's lines by the functions that pay a record, and what pay does to the odds of leaving.
//!
//! What people could earn elsewhere is not known. What is known is what the rules of the reference would pay the same
//! person in the same place, and `x` is ln(total pay) less that: exactly 0 wherever the proposals pay nobody otherwise. So
//! pay that comes with a promotion is on both sides and moves nobody. A line that one of the two has no table for is left
//! out on both. On probation pay is not known, and `x` is 0.

use takeroot_civil::{Code as _, Education, Level, Step};
use takeroot_policy::officer::{Place as WorkPlace, Seat};
use takeroot_policy::pay::{self, Due};
use takeroot_policy::rule::PayItem;
use takeroot_policy::{Officer, Rules};

use crate::assumption::Key;
use crate::outcome::{BONUS, Count};
use crate::scenario::{World, basic};
use crate::shard::Run;
use crate::state::{BASE, County, ENDLESS, LEVEL, LINES, Place};

/// The lines of monthly pay, fen, and which of them are not known (one bit a line).
pub fn lines(rules: &Rules, officer: &impl Officer) -> ([i32; LINES], u16) {
    let (seat, place, rooted) = (officer.seat(), officer.place(), officer.rooted_months());
    lines_of(rules, seat, officer.level(), officer.step(), place, rooted)
}

fn lines_of(
    rules: &Rules,
    seat: Seat,
    level: Option<Level>,
    step: Option<Step>,
    place: WorkPlace,
    rooted: u16,
) -> ([i32; LINES], u16) {
    let (mut lines, mut unknown) = ([0; LINES], 0);
    let mut put = |line: usize, due: Due| match due {
        Due::Known(fen) => lines[line] = i32::try_from(fen.0).unwrap_or(i32::MAX),
        Due::Not => {}
        Due::Unknown(_) => unknown |= 1 << line,
    };
    put(BASE, pay::base(rules, seat).0);
    put(LEVEL, pay::level(rules, level, step));
    for allowance in &rules.dense.allowances {
        put(item(allowance.item), pay::allowance(allowance, seat, place, rooted));
    }
    (lines, unknown)
}

/// The line of an allowance.
pub fn item(item: PayItem) -> usize {
    2 + item as usize
}

/// ln(total pay here / total pay there), of the lines that are known on both sides; 0 where nothing is paid on one.
pub fn against(here: ([i32; LINES], u16), there: ([i32; LINES], u16)) -> f64 {
    let unknown = here.1 | there.1;
    let total = |lines: &[i32; LINES]| -> i64 {
        let known = lines.iter().enumerate().filter(|(line, _)| unknown & (1 << line) == 0);
        known.map(|(_, fen)| i64::from(*fen)).sum()
    };
    let (here, there) = (total(&here.0), total(&there.0));
    if here > 0 && there > 0 && here != there { (here as f64 / there as f64).ln() } else { 0.0 }
}

/// The lines of pay of a recruit with an education in an organ, once graded.
fn entry(rules: &Rules, place: &Place, education: Education) -> ([i32; LINES], u16) {
    let mut seat = Seat { layer: None, ranks: [None; 3] };
    for ladder in rules.ladders() {
        let grade = rules.initial_grade_of(ladder, education);
        seat.ranks[ladder.index()] = grade.map(|grade| grade.rule.rank);
    }
    let pay = rules.entry_pay_of(education);
    let at = WorkPlace {
        kind: Some(place.kind),
        hardship_class: place.hardship,
        area_band: place.band,
        in_township: place.kind.is_township(),
    };
    lines_of(rules, seat, pay.map(|pay| pay.rule.level), pay.map(|pay| pay.rule.step), at, 0)
}

/// `x` of recruits to each organ of a county, by education: entry pay under a world's rules against a reference's.
pub fn of_recruits(world: &World, reference: &World, county: &County) -> Vec<[f64; Education::ALL.len()]> {
    if std::ptr::eq(world, reference) {
        return vec![[0.0; Education::ALL.len()]; county.places.len()];
    }
    let x = |place: &Place, education| {
        against(entry(&world.rules, place, education), entry(&reference.rules, place, education))
    };
    let organ = |place| std::array::from_fn(|at| x(place, Education::ALL[at]));
    county.places.iter().map(organ).collect()
}

impl Run<'_> {
    /// Reckons a row's pay anew, from this month on.
    pub(crate) fn repay(&mut self, at: usize) {
        let rules = &*self.scenario.world.rules;
        let row = self.row(at);
        let (new, unknown) = lines(rules, &row);
        let (rooted, in_township) = (self.state.rooted[at], self.state.in_township[at]);
        // The next rooted year that an allowance asks for, while rooted service runs.
        let months = self.asked_years.iter().map(|years| rooted.saturating_add(*years));
        let ahead = months.filter(|month| in_township && *month > self.month).min();
        self.state.pay_due[at] = ahead.unwrap_or(ENDLESS);
        self.set_pay(at, new, unknown);
    }

    /// Only level and step have changed.
    pub(crate) fn repay_level(&mut self, at: usize) {
        let rules = &*self.scenario.world.rules;
        let row = self.row(at);
        let due = pay::level(rules, row.level(), row.step());
        let (mut new, mut unknown) = (self.state.pay[at], self.state.unpaid[at] & !(1 << LEVEL));
        match due {
            Due::Known(fen) => new[LEVEL] = i32::try_from(fen.0).unwrap_or(i32::MAX),
            Due::Not => new[LEVEL] = 0,
            Due::Unknown(_) => (new[LEVEL], unknown) = (0, unknown | 1 << LEVEL),
        }
        self.set_pay(at, new, unknown);
    }

    fn set_pay(&mut self, at: usize, new: [i32; LINES], unknown: u16) {
        self.settle(at);
        for ((total, new), old) in self.totals.iter_mut().zip(new).zip(self.state.pay[at]) {
            *total += i64::from(new) - i64::from(old);
        }
        self.unpaid += i64::from(unknown != 0) - i64::from(self.state.unpaid[at] != 0);
        self.state.pay[at] = new;
        self.state.unpaid[at] = unknown;
        let x = self.pay_against(at, (new, unknown));
        self.state.pay_resign[at] = (self.scenario.coefs.get(Key::ResignPay) * x).exp();
        self.state.pay_move[at] = (self.scenario.coefs.get(Key::MovePay) * x).exp();
    }

    /// `x` of a row: its pay against what the reference's rules would pay it.
    fn pay_against(&self, at: usize, here: ([i32; LINES], u16)) -> f64 {
        let (world, reference) = (&self.scenario.world, &self.scenario.reference);
        if std::ptr::eq(&**world, &**reference) || self.state.level[at] == 0 {
            return 0.0;
        }
        against(here, lines(&reference.rules, &self.row(at)))
    }

    /// Puts to a person's account what was paid until the month before this.
    pub(crate) fn settle(&mut self, at: usize) {
        let until = self.month - 1;
        let months = i64::from(until) - i64::from(self.state.paid_until[at]);
        if months > 0 {
            self.state.paid[at] += months * self.state.monthly(at);
        }
        self.state.paid_until[at] = until;
    }

    /// Takes the pay of someone who goes out of the totals.
    pub(crate) fn stop_pay(&mut self, at: usize) {
        self.settle(at);
        for (total, line) in self.totals.iter_mut().zip(self.state.pay[at]) {
            *total -= i64::from(line);
        }
        self.unpaid -= i64::from(self.state.unpaid[at] != 0);
        self.state.pay[at] = [0; LINES];
        self.state.unpaid[at] = 0;
    }

    /// The year-end bonus of the year before, by its grade.
    pub(crate) fn bonus(&mut self, at: usize, grade: takeroot_civil::Grade) {
        let Some(rule) = &self.scenario.world.rules.bonus else { return };
        if rule.rule.grades.contains(&grade) {
            let basic = takeroot_civil::Fen(basic(&self.state.pay[at]));
            let due = basic.ratio(rule.rule.months.into(), 1, takeroot_civil::Rounding::HalfUp).0;
            self.out.pay[self.year][BONUS] += due;
            self.state.paid[at] += due;
        }
    }

    /// The month's pay by line.
    pub(crate) fn pay_month(&mut self) {
        for (line, total) in self.out.pay[self.year].iter_mut().zip(self.totals) {
            *line += total;
        }
        self.count(Count::PayUnknownMonths, self.unpaid);
    }
}
