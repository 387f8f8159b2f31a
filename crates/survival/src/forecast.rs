//! A projection of spells: who is there goes on, who really came comes, and everyone leaves by chance.
//!
//! Three things are unknown, and are told apart. *Chance*: the hazards known, whom it meets. *Coefficients*: drawn from
//! what the fit leaves open. *Years*: a year differs from others beyond both; how much is estimated from the years that
//! were fitted. Each draw has all three; beside it run projections with one alone.

use rayon::prelude::*;

use crate::chance::{Chance, Purpose};
use crate::model::{Model, chances};
use crate::spells::Spells;

/// A person in the projection.
#[derive(Clone, Debug)]
pub struct Walker {
    /// Their spell.
    pub spell: usize,
    /// The periods in which they can be seen, from the first of the projection.
    pub from: usize,
    /// One after the last.
    pub to: usize,
    /// The cell of each of those periods.
    pub cells: Vec<u32>,
    /// Their row in the counts of each grouping.
    pub groups: Vec<usize>,
    /// When they really left, and by which cause (from 0).
    pub left: Option<(usize, usize)>,
}

/// Counts by row (everyone, then each group), period and cause.
#[derive(Clone, Debug, PartialEq)]
pub struct Counts {
    /// Periods.
    pub periods: usize,
    /// Causes.
    pub causes: usize,
    values: Vec<f64>,
}

impl Counts {
    /// All zero.
    pub fn zero(rows: usize, periods: usize, causes: usize) -> Counts {
        Counts { periods, causes, values: vec![0.0; rows * periods * causes] }
    }

    fn place(&self, row: usize, period: usize, cause: usize) -> usize {
        (row * self.periods + period) * self.causes + cause
    }

    /// Adds.
    pub fn add(&mut self, row: usize, period: usize, cause: usize, more: f64) {
        let at = self.place(row, period, cause);
        if let Some(value) = self.values.get_mut(at) {
            *value += more;
        }
    }

    /// A count; of all causes together for `None`.
    pub fn at(&self, row: usize, period: usize, cause: Option<usize>) -> f64 {
        match cause {
            Some(cause) => self.values.get(self.place(row, period, cause)).copied().unwrap_or(0.0),
            None => (0..self.causes).map(|cause| self.at(row, period, Some(cause))).sum(),
        }
    }
}

/// What is projected.
#[derive(Debug)]
pub struct Projection<'a> {
    /// The spells.
    pub spells: &'a Spells,
    /// The hazards.
    pub model: &'a Model,
    /// Who is projected.
    pub walkers: Vec<Walker>,
    /// What the terms tell of each cell.
    pub told: Vec<Vec<f64>>,
    /// The part of the period of each cell.
    pub part: Vec<f64>,
    /// Rows of the counts.
    pub rows: usize,
    /// Periods.
    pub periods: usize,
}

/// The draws of a projection.
#[derive(Debug)]
pub struct Draws {
    /// With everything unknown.
    pub all: Vec<Counts>,
    /// With chance alone.
    pub chance: Vec<Counts>,
    /// With the coefficients alone.
    pub coefficients: Vec<Counts>,
    /// With the difference of years alone.
    pub years: Vec<Counts>,
    /// What the fitted hazards lead one to expect.
    pub expected: Counts,
    /// How many are expected at the start of each period: rows, then periods.
    pub there: Vec<f64>,
}

impl Projection<'_> {
    /// The odds of each cause in each cell, from coefficients a cause; a cause without a fit never happens.
    fn odds(&self, values: &[Option<Vec<f64>>]) -> Vec<f64> {
        let causes = values.len();
        let mut odds = vec![0.0; self.told.len() * causes];
        let mut row = Vec::new();
        for (cause, values) in values.iter().enumerate() {
            let Some(values) = values else { continue };
            for (cell, (told, part)) in self.told.iter().zip(&self.part).enumerate() {
                row.clear();
                self.spells.row(cause, told, &mut row);
                let eta: f64 = row.iter().zip(values).map(|(x, b)| x * b).sum();
                if let Some(odds) = odds.get_mut(cell * causes + cause) {
                    *odds = (eta + part.ln()).min(40.0).exp();
                }
            }
        }
        odds
    }

    /// The chances of a cell in a period, the odds of each cause moved by the year.
    fn moved(&self, odds: &[f64], cell: u32, year: &[f64], into: &mut [f64], scratch: &mut Vec<f64>) {
        let causes = into.len();
        let at = cell as usize * causes;
        scratch.clear();
        scratch.extend(odds.get(at..at + causes).unwrap_or_default().iter().zip(year).map(|(o, y)| o * y));
        chances(scratch, into);
    }

    /// The expected counts.
    fn expect(&self, odds: &[f64], years: &[Vec<f64>]) -> (Counts, Vec<f64>) {
        let causes = self.spells.causes.len();
        let mut counts = Counts::zero(self.rows, self.periods, causes);
        let mut there = vec![0.0; self.rows * self.periods];
        let (mut chance, mut scratch) = (vec![0.0; causes], Vec::new());
        for walker in &self.walkers {
            let weight = self.spells.all.get(walker.spell).map_or(1.0, |s| s.weight);
            let mut still = weight;
            for (period, cell) in (walker.from..walker.to).zip(&walker.cells) {
                let Some(year) = years.get(period) else { break };
                self.moved(odds, *cell, year, &mut chance, &mut scratch);
                let mut out = 0.0;
                for row in std::iter::once(0).chain(walker.groups.iter().copied()) {
                    if let Some(there) = there.get_mut(row * self.periods + period) {
                        *there += still;
                    }
                    for (cause, chance) in chance.iter().enumerate() {
                        counts.add(row, period, cause, still * chance);
                    }
                }
                for chance in &chance {
                    out += chance;
                }
                still *= 1.0 - out;
            }
        }
        (counts, there)
    }

    /// One course of events.
    fn happen(&self, odds: &[f64], years: &[Vec<f64>], luck: Chance, draw: u32) -> Counts {
        let causes = self.spells.causes.len();
        let mut counts = Counts::zero(self.rows, self.periods, causes);
        let (mut chance, mut scratch) = (vec![0.0; causes], Vec::new());
        for walker in &self.walkers {
            let weight = self.spells.all.get(walker.spell).map_or(1.0, |s| s.weight);
            for (period, cell) in (walker.from..walker.to).zip(&walker.cells) {
                let Some(year) = years.get(period) else { break };
                self.moved(odds, *cell, year, &mut chance, &mut scratch);
                let person = u32::try_from(walker.spell).unwrap_or(u32::MAX);
                let mut u = luck.one(Purpose::Leave, draw, person, period as u32);
                let left = chance.iter().position(|c| {
                    u -= c;
                    u < 0.0
                });
                if let Some(cause) = left {
                    for row in std::iter::once(0).chain(walker.groups.iter().copied()) {
                        counts.add(row, period, cause, weight);
                    }
                    break;
                }
            }
        }
        counts
    }

    /// How a draw's years differ: factors of the odds, a period and cause.
    fn years(&self, luck: Chance, draw: u32) -> Vec<Vec<f64>> {
        let factor = |period: usize, cause: usize, sd: f64| {
            if sd > 0.0 {
                (sd * luck.normal(Purpose::Year, draw, cause as u32, period as u32)).exp()
            } else {
                1.0
            }
        };
        (0..self.periods)
            .map(|period| {
                (self.model.hazards.iter().enumerate()).map(|(k, h)| factor(period, k, h.years_sd)).collect()
            })
            .collect()
    }

    /// Draws `n` courses, and the parts of what is unknown. `done` is told how many are done.
    pub fn draw(&self, n: u32, seed: u64, done: &(dyn Fn() + Sync)) -> Draws {
        let luck = Chance::new(seed);
        let even = vec![vec![1.0; self.spells.causes.len()]; self.periods];
        let plain: Vec<Option<Vec<f64>>> = self.model.hazards.iter().map(|h| h.values()).collect();
        let plain_odds = self.odds(&plain);
        let (expected, there) = self.expect(&plain_odds, &even);
        let one = |draw: u32| {
            let drawn: Vec<Option<Vec<f64>>> = (self.model.hazards.iter().enumerate())
                .map(|(cause, hazard)| {
                    let normals: Vec<f64> = (0..hazard.coefficients.len())
                        .map(|j| luck.normal(Purpose::Coefficient, draw, cause as u32, j as u32))
                        .collect();
                    hazard.draw(&normals)
                })
                .collect();
            let odds = self.odds(&drawn);
            let years = self.years(luck, draw);
            let parts = (
                self.happen(&odds, &years, luck, draw),
                self.happen(&plain_odds, &even, luck, draw),
                self.expect(&odds, &even).0,
                self.expect(&plain_odds, &years).0,
            );
            done();
            parts
        };
        let mut draws =
            Draws { all: vec![], chance: vec![], coefficients: vec![], years: vec![], expected, there };
        let parts: Vec<(Counts, Counts, Counts, Counts)> = (0..n).into_par_iter().map(one).collect();
        for (all, chance, coefficients, years) in parts {
            draws.all.push(all);
            draws.chance.push(chance);
            draws.coefficients.push(coefficients);
            draws.years.push(years);
        }
        draws
    }
}
