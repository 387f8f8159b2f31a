//! Pay: a row's lines by the functions that pay a record, and what pay does to the odds of leaving.

use takeroot_policy::pay::{self, Due};
use takeroot_policy::rule::PayItem;
use takeroot_policy::{Officer, Rules};

use crate::assumption::Key;
use crate::outcome::{BONUS, Count};
use crate::scenario::basic;
use crate::shard::Run;
use crate::state::{BASE, ENDLESS, LEVEL, LINES};

/// The lines of monthly pay, fen, and which of them are not known (one bit a line).
pub fn lines(rules: &Rules, officer: &impl Officer) -> ([i32; LINES], u16) {
    let (mut lines, mut unknown) = ([0; LINES], 0);
    let mut put = |line: usize, due: Due| match due {
        Due::Known(fen) => lines[line] = i32::try_from(fen.0).unwrap_or(i32::MAX),
        Due::Not => {}
        Due::Unknown(_) => unknown |= 1 << line,
    };
    let (seat, place, rooted) = (officer.seat(), officer.place(), officer.rooted_months());
    put(BASE, pay::base(rules, seat).0);
    put(LEVEL, pay::level(rules, officer.level(), officer.step()));
    for allowance in &rules.dense.allowances {
        put(item(allowance.item), pay::allowance(allowance, seat, place, rooted));
    }
    (lines, unknown)
}

/// The line of an allowance.
pub fn item(item: PayItem) -> usize {
    2 + item as usize
}

/// ln(total pay / basic pay); `None` where no basic pay is known.
pub fn tilt(lines: &[i32; LINES]) -> Option<f64> {
    let basic = basic(lines);
    let total: i64 = lines.iter().map(|line| i64::from(*line)).sum();
    (basic > 0).then(|| (total as f64 / basic as f64).ln())
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
        let tilt = if self.state.level[at] == 0 { None } else { tilt(&new) };
        let tilt = tilt.map_or(0.0, |tilt| tilt - self.middle);
        self.state.tilt[at] = tilt;
        self.state.pay_resign[at] = (self.scenario.coefs.get(Key::ResignPay) * tilt).exp();
        self.state.pay_move[at] = (self.scenario.coefs.get(Key::MovePay) * tilt).exp();
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
