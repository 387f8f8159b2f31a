//! People at risk, period by period, gathered into cells of those who are alike to the model.

use std::collections::HashMap;

use takeroot_civil::Day;

use crate::date;
use crate::map::{Clock, Rows};
use crate::spells::{Spell, Spells};
use crate::terms::Source;

/// Cells of people at risk who are alike: in every term, and in the part of the period that they were there.
#[derive(Clone, Debug, Default)]
pub struct Risk {
    /// The told value of each term, cell after cell.
    pub told: Vec<f64>,
    /// The part of the period at risk: 1 all of it.
    pub part: Vec<f64>,
    /// How many were at risk.
    pub trials: Vec<f64>,
    /// How many ended, by cause: cell after cell.
    pub ends: Vec<f64>,
    /// Terms a cell.
    pub width: usize,
    /// Causes.
    pub causes: usize,
}

/// A person in a period.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The spell.
    pub spell: &'a Spell,
    /// The period of the calendar.
    pub period: i32,
    /// Periods since the one of the start.
    pub service: i32,
    /// How the spell ended in it: 0 not, else the cause, from 1.
    pub cause: u16,
    /// What the terms tell.
    pub told: &'a [f64],
    /// The part of the period at risk.
    pub part: f64,
}

/// The number of a period of the calendar: months since year 0 over the months of a period.
pub fn period_of(day: Day, months: i32) -> i32 {
    day.month_number().div_euclid(months)
}

/// The last period that is over by the end of a day.
pub fn last_whole(day: Day, months: i32) -> i32 {
    let next = day.plus_days(1);
    period_of(next, months) - 1
}

/// The last day of a period.
pub fn period_end(period: i32, months: i32) -> Day {
    let month = (period + 1) * months;
    let first = date::day(month.div_euclid(12), 1, 1).unwrap_or(Day::EARLIEST);
    first.plus_months(month.rem_euclid(12)).plus_days(-1)
}

impl Spells {
    /// Months of a period.
    pub fn months(&self) -> i32 {
        self.map.fit.period.months()
    }

    /// What the terms tell of a spell in a period of the calendar. `due`: the period in which retirement falls due.
    pub fn told(&self, spell: &Spell, period: i32, due: Option<i32>, into: &mut Vec<f64>) {
        let months = self.months();
        let years = |from: i32| f64::from((period - from) * months) / 12.0;
        for term in &self.terms {
            let value = match term.of {
                Source::Own(at) => spell.own.get(at).copied().unwrap_or(0.0),
                Source::Clock(Clock::Service) => years(period_of(spell.start, months)),
                Source::Clock(Clock::Age) => spell.birth.map_or(0.0, |b| years(period_of(b, months))),
                Source::Clock(Clock::Year) => f64::from((period * months).div_euclid(12)),
                Source::Clock(Clock::Start) => f64::from(spell.start.year()),
                Source::Since { at, blank } => match spell.own.get(at).copied() {
                    Some(month) if month.is_finite() => years((month as i32).div_euclid(months)),
                    _ => blank,
                },
                Source::Clock(Clock::Since) => f64::NAN,
                // Who never falls due is as far from it as can be.
                Source::Clock(Clock::Due) => due.map_or(-999.0, |due| f64::from(period - due)),
            };
            into.push(term.told(value));
        }
    }

    /// The part of a period in which a spell was there to leave: from its start or from when it was watched, and of a
    /// running spell until it was last seen. Months; a started month counts.
    pub fn part(&self, spell: &Spell, period: i32) -> f64 {
        let months = self.months();
        let first = spell.since.map_or(spell.start, |day| day.max(spell.start)).month_number();
        let from = first.max(period * months);
        let mut to = (period + 1) * months;
        if spell.cause == 0 && spell.seen < self.until {
            to = to.min(spell.seen.month_number() + 1);
        }
        f64::from((to - from).max(1)) / f64::from(months)
    }

    /// Everyone at risk in the periods from `from` to those over by the end of `until`, as it was known then.
    pub fn risk(&self, from: Option<Day>, until: Day) -> Risk {
        let mut gather = Gather::new(self);
        self.visit(from, until, |row| gather.add(row.told, row.part, row.cause, row.spell.weight));
        gather.done()
    }

    /// Shows every person in every period at risk, as in [`Spells::risk`].
    pub fn visit(&self, from: Option<Day>, until: Day, mut show: impl FnMut(&Row<'_>)) {
        let months = self.months();
        let until = if self.dateless { until } else { until.min(self.until) };
        let last = last_whole(until, months);
        let mut told = Vec::with_capacity(self.terms.len());
        for spell in &self.all {
            let due = self.due(spell, Some(until)).map(|day| period_of(day, months));
            let begun = period_of(spell.start, months);
            if self.map.fit.rows == Rows::Service || self.dateless {
                self.by_service(spell, due, until, &mut told, &mut show);
                continue;
            }
            let first = spell.since.map_or(spell.start, |day| day.max(spell.start));
            let first = period_of(first, months).max(from.map_or(i32::MIN, |day| period_of(day, months)));
            let end = period_of(spell.seen, months);
            let last = match due {
                // Whether it falls due now or by the next rule cannot be told: it is no longer watched.
                Some(due) if self.straddles(spell, Some(until)) => last.min(due - 1),
                _ => last,
            };
            for period in first..=end.min(last) {
                let cause = if period == end && spell.seen <= until { spell.cause } else { 0 };
                told.clear();
                self.told(spell, period, due, &mut told);
                let part = self.part(spell, period);
                show(&Row { spell, period, service: period - begun, cause, told: &told, part });
            }
        }
    }

    /// A row a period of service: 0, 1, … until the length is reached; the last one has the end.
    fn by_service(
        &self,
        spell: &Spell,
        due: Option<i32>,
        until: Day,
        told: &mut Vec<f64>,
        show: &mut impl FnMut(&Row<'_>),
    ) {
        let months = self.months();
        let of_period = self.unit.in_a_year() * f64::from(months) / 12.0;
        let cut = !self.dateless && spell.seen > until;
        if cut && spell.start > until {
            return;
        }
        let length = if cut { crate::spells::length(spell.start, until, self.unit) } else { spell.length };
        let rows = (length / of_period).ceil().max(1.0) as i32;
        let first = (spell.after.max(0.0) / of_period).ceil() as i32;
        let start = period_of(spell.start, months);
        for row in first..rows {
            let cause = if row + 1 == rows && !cut { spell.cause } else { 0 };
            told.clear();
            self.told(spell, start + row, due, told);
            show(&Row { spell, period: start + row, service: row, cause, told, part: 1.0 });
        }
    }
}

struct Gather {
    at: HashMap<Vec<u64>, usize>,
    risk: Risk,
    key: Vec<u64>,
}

impl Gather {
    fn new(spells: &Spells) -> Gather {
        let risk = Risk { width: spells.terms.len(), causes: spells.causes.len(), ..Risk::default() };
        Gather { at: HashMap::new(), risk, key: Vec::new() }
    }

    fn add(&mut self, told: &[f64], part: f64, cause: u16, weight: f64) {
        self.key.clear();
        self.key.extend(told.iter().map(|v| v.to_bits()));
        self.key.push(part.to_bits());
        let risk = &mut self.risk;
        let cell = match self.at.get(&self.key) {
            Some(cell) => *cell,
            None => {
                let cell = risk.trials.len();
                self.at.insert(self.key.clone(), cell);
                risk.told.extend_from_slice(told);
                risk.part.push(part);
                risk.trials.push(0.0);
                risk.ends.extend(std::iter::repeat_n(0.0, risk.causes));
                cell
            }
        };
        if let Some(trials) = risk.trials.get_mut(cell) {
            *trials += weight;
        }
        if let Some(at) = usize::from(cause).checked_sub(1)
            && let Some(ends) = risk.ends.get_mut(cell * risk.causes + at)
        {
            *ends += weight;
        }
    }

    /// The cells, in the order in which people first came: the same for the same file.
    fn done(self) -> Risk {
        self.risk
    }
}

impl Risk {
    /// Cells.
    pub fn len(&self) -> usize {
        self.trials.len()
    }

    /// No one at risk.
    pub fn is_empty(&self) -> bool {
        self.trials.is_empty()
    }

    /// What the terms tell of a cell.
    pub fn told(&self, cell: usize) -> &[f64] {
        self.told.get(cell * self.width..(cell + 1) * self.width).unwrap_or_default()
    }

    /// Ends of a cell, by cause.
    pub fn ends(&self, cell: usize) -> &[f64] {
        self.ends.get(cell * self.causes..(cell + 1) * self.causes).unwrap_or_default()
    }
}
