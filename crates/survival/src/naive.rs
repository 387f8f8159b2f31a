//! Two forecasts that anyone makes without a model: last year's rate, and the rate by years of service.

use std::collections::HashMap;

use takeroot_civil::Day;

use crate::forecast::{Counts, Projection};
use crate::periods::period_of;

/// Years of the past that the rate by years of service is taken from.
pub const COHORT_YEARS: i32 = 5;

/// The naive forecasts.
#[derive(Debug)]
pub struct Naive {
    /// Of each row of counts, the share that left in the last year by each cause, again every year.
    pub last: Counts,
    /// The share that left by each cause at each year of service, over the last five years, again for everyone.
    pub cohort: Counts,
}

#[derive(Clone, Default)]
struct Rate {
    there: f64,
    left: Vec<f64>,
}

impl Rate {
    fn add(&mut self, weight: f64, cause: u16, causes: usize) {
        self.left.resize(causes, 0.0);
        self.there += weight;
        if let Some(left) = usize::from(cause).checked_sub(1).and_then(|k| self.left.get_mut(k)) {
            *left += weight;
        }
    }

    fn of(&self, cause: usize) -> f64 {
        if self.there > 0.0 { self.left.get(cause).copied().unwrap_or(0.0) / self.there } else { 0.0 }
    }

    fn all(&self) -> f64 {
        if self.there > 0.0 { self.left.iter().sum::<f64>() / self.there } else { 0.0 }
    }
}

/// Makes both for the people of a projection, whose first period is `first`; nothing before `from` counts.
pub fn forecast(projection: &Projection<'_>, from: Option<Day>, first: i32) -> Naive {
    let spells = projection.spells;
    let (months, causes) = (spells.months(), spells.causes.len());
    let year = 12 / months;
    let groups_of = groups(projection);
    let earliest = from.map_or(i32::MIN, |day| period_of(day, months));
    let mut last = vec![Rate::default(); projection.rows];
    let mut cohort: HashMap<i32, Rate> = HashMap::new();
    let mut everyone = Rate::default();
    let service = |start: Day, period: i32| (period - period_of(start, months)) / year;
    for spell in &spells.all {
        let begun = period_of(spell.since.map_or(spell.start, |day| day.max(spell.start)), months);
        let end = period_of(spell.seen, months);
        for period in begun.max(earliest).max(first - COHORT_YEARS * year)..=end.min(first - 1) {
            let cause = if period == end { spell.cause } else { 0 };
            everyone.add(spell.weight, cause, causes);
            cohort.entry(service(spell.start, period)).or_default().add(spell.weight, cause, causes);
            if period >= first - year {
                for row in std::iter::once(0).chain(groups_of(&spell.own)) {
                    if let Some(rate) = last.get_mut(row) {
                        rate.add(spell.weight, cause, causes);
                    }
                }
            }
        }
    }
    let mut naive = Naive {
        last: Counts::zero(projection.rows, projection.periods, causes),
        cohort: Counts::zero(projection.rows, projection.periods, causes),
    };
    for walker in &projection.walkers {
        let Some(spell) = spells.all.get(walker.spell) else { continue };
        for row in std::iter::once(0).chain(walker.groups.iter().copied()) {
            let Some(rate) = last.get(row) else { continue };
            let mut still = spell.weight;
            for period in walker.from..walker.to {
                for cause in 0..causes {
                    naive.last.add(row, period, cause, still * rate.of(cause));
                }
                still *= 1.0 - rate.all();
            }
        }
        let mut still = spell.weight;
        for period in walker.from..walker.to {
            let at = service(spell.start, first + i32::try_from(period).unwrap_or(0));
            let rate = cohort.get(&at).unwrap_or(&everyone);
            for row in std::iter::once(0).chain(walker.groups.iter().copied()) {
                for cause in 0..causes {
                    naive.cohort.add(row, period, cause, still * rate.of(cause));
                }
            }
            still *= 1.0 - rate.all();
        }
    }
    naive
}

/// The rows of the counts that a spell with these own values belongs to.
fn groups<'a>(projection: &Projection<'a>) -> impl Fn(&[f64]) -> Vec<usize> + use<'a> {
    let spells = projection.spells;
    let mut rows = Vec::new();
    let mut row = 1;
    for group in &spells.map.backtest.groups {
        if let Some((at, levels)) = spells.category(group.get_ref()) {
            rows.push((at, row));
            row += levels.len();
        }
    }
    move |own: &[f64]| {
        rows.iter().map(|(at, row)| row + own.get(*at).copied().unwrap_or(0.0) as usize).collect()
    }
}
