//! Shares of the variance after Sobol (1993): of each factor alone, and of it with all that it mixes with.
//!
//! Two samples A and B are drawn, each column a Latin hypercube of its own: as many cells as rows, one value in each cell, in
//! an order and at a place drawn by key (Philox). Beside them stands, for each factor, A with that factor's column of B. The
//! first-order index is the estimator of Saltelli et al. (2010), the total one that of Jansen (1999):
//!
//! ```text
//! S_i  = mean(f(B) · (f(A_B^i) - f(A))) / V        f less its mean
//! ST_i = mean((f(A) - f(A_B^i))²) / 2 / V          V of f over A and B
//! ```
//!
//! Intervals hold 90 % of resamples of the rows with replacement, drawn by key.

use serde::Serialize;

use super::{Function, Stream, evaluate};
use crate::measure::quantile;

/// Resamples that intervals are made of.
pub const RESAMPLES: usize = 200;

/// A share with its interval. It may lie a little below 0 or above 1: it is an estimate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Index {
    /// The estimate.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Shares of a factor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Indices {
    /// Alone.
    pub first: Index,
    /// With all that it mixes with.
    pub total: Index,
}

/// What an outcome's variance is owed to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shares {
    /// The outcome's mean.
    pub mean: f64,
    /// Its variance.
    pub variance: f64,
    /// By factor. All 0 where nothing varies.
    pub factors: Vec<Indices>,
}

/// The points at which the function is evaluated.
#[derive(Clone, Debug, PartialEq)]
pub struct Design {
    /// Row by row: A, B, then A with one column of B, factor by factor.
    pub points: Vec<Vec<f64>>,
    factors: usize,
    seed: u64,
}

impl Design {
    /// The points of a seed: `rows · (factors + 2)` of them.
    pub fn of(factors: usize, rows: usize, seed: u64) -> Design {
        let (orders, places) = (Stream::of(seed, "sobol-order"), Stream::of(seed, "sobol-place"));
        let columns: Vec<Vec<f64>> = (0..2 * factors)
            .map(|column| {
                let cells = orders.order(rows, column, 0);
                let at =
                    |(row, cell): (usize, usize)| (cell as f64 + places.unit(row, column, 0)) / rows as f64;
                cells.into_iter().enumerate().map(at).collect()
            })
            .collect();
        let mut points = Vec::with_capacity(rows * (factors + 2));
        for row in 0..rows {
            let both: Vec<f64> = columns.iter().map(|column| column[row]).collect();
            let (a, b) = both.split_at(factors);
            points.push(a.to_vec());
            points.push(b.to_vec());
            for factor in 0..factors {
                let mut mixed = a.to_vec();
                mixed[factor] = b[factor];
                points.push(mixed);
            }
        }
        Design { points, factors, seed }
    }

    /// The shares, by outcome.
    ///
    /// # Errors
    /// The function's own.
    pub fn shares<E: Send>(&self, function: &Function<'_, E>) -> Result<Vec<Shares>, E> {
        let values = evaluate(&self.points, function)?;
        let outcomes = values.first().map_or(0, Vec::len);
        let rows: Vec<&[Vec<f64>]> = values.chunks(self.factors + 2).collect();
        let shares = |outcome: usize| {
            let rows: Vec<Vec<f64>> =
                rows.iter().map(|row| row.iter().map(|values| values[outcome]).collect()).collect();
            self.of_outcome(&rows)
        };
        Ok((0..outcomes).map(shares).collect())
    }

    fn of_outcome(&self, rows: &[Vec<f64>]) -> Shares {
        let n = rows.len();
        let all: Vec<usize> = (0..n).collect();
        let Some(central) = Estimate::of(rows, &all, self.factors) else {
            return Shares {
                mean: rows.first().map_or(0.0, |row| row[0]),
                variance: 0.0,
                factors: vec![Indices::default(); self.factors],
            };
        };
        let stream = Stream::of(self.seed, "sobol-resample");
        let resampled: Vec<Estimate> = (0..RESAMPLES)
            .filter_map(|resample| {
                let taken: Vec<usize> = (0..n).map(|at| stream.below(n, resample, at, 0)).collect();
                Estimate::of(rows, &taken, self.factors)
            })
            .collect();
        let index = |of: &dyn Fn(&Estimate) -> f64| {
            let mut sorted: Vec<f64> = resampled.iter().map(of).collect();
            sorted.sort_by(f64::total_cmp);
            Index { value: of(&central), low: quantile(&sorted, 0.05), high: quantile(&sorted, 0.95) }
        };
        let factors = (0..self.factors)
            .map(|f| Indices { first: index(&|e| e.first[f]), total: index(&|e| e.total[f]) })
            .collect();
        Shares { mean: central.mean, variance: central.variance, factors }
    }
}

struct Estimate {
    mean: f64,
    variance: f64,
    first: Vec<f64>,
    total: Vec<f64>,
}

impl Estimate {
    /// From some rows; `None` where nothing varies.
    fn of(rows: &[Vec<f64>], taken: &[usize], factors: usize) -> Option<Estimate> {
        let n = taken.len() as f64;
        let sum = |of: &dyn Fn(&[f64]) -> f64| taken.iter().map(|row| of(&rows[*row])).sum::<f64>();
        let mean = sum(&|row| row[0] + row[1]) / (2.0 * n);
        let variance = sum(&|row| (row[0] - mean).powi(2) + (row[1] - mean).powi(2)) / (2.0 * n);
        if variance.is_nan() || variance <= 0.0 {
            return None;
        }
        let first = |f: usize| sum(&|row| (row[1] - mean) * (row[f + 2] - row[0])) / n / variance;
        let total = |f: usize| sum(&|row| (row[0] - row[f + 2]).powi(2)) / (2.0 * n) / variance;
        Some(Estimate {
            mean,
            variance,
            first: (0..factors).map(first).collect(),
            total: (0..factors).map(total).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::f64::consts::PI;

    use super::*;

    fn of(factors: usize, rows: usize, function: &Function<'_, Infallible>) -> Shares {
        Design::of(factors, rows, 1).shares(function).unwrap().remove(0)
    }

    fn close(shares: &Shares, first: &[f64], total: &[f64], by: f64) {
        for (at, index) in shares.factors.iter().enumerate() {
            let (s, st) = (index.first, index.total);
            assert!((s.value - first[at]).abs() < by, "S{at}: {s:?}, {} analytically", first[at]);
            assert!((st.value - total[at]).abs() < by, "ST{at}: {st:?}, {} analytically", total[at]);
            assert!(s.low <= s.value && s.value <= s.high && st.low <= st.value && st.value <= st.high);
        }
    }

    #[test]
    fn ishigami() {
        // a = 7, b = 0.1 over (-pi, pi)³; Ishigami & Homma (1990): V = a²/8 + b pi⁴/5 + b² pi⁸/18 + 1/2.
        let shares = of(3, 16_384, &|x| {
            let x: Vec<f64> = x.iter().map(|u| PI * (2.0 * u - 1.0)).collect();
            Ok(vec![x[0].sin() + 7.0 * x[1].sin().powi(2) + 0.1 * x[2].powi(4) * x[0].sin()])
        });
        close(&shares, &[0.3139, 0.4424, 0.0], &[0.5576, 0.4424, 0.2437], 0.02);
        let variance = 49.0 / 8.0 + 0.1 * PI.powi(4) / 5.0 + 0.01 * PI.powi(8) / 18.0 + 0.5;
        assert!((shares.variance / variance - 1.0).abs() < 0.02 && (shares.mean - 3.5).abs() < 0.03);
    }

    #[test]
    fn a_sum_has_the_squares_of_its_weights_and_nothing_mixed() {
        let weights = [4.0, 2.0, 1.0, 0.0];
        let shares = of(4, 4096, &|x| Ok(vec![x.iter().zip(weights).map(|(x, w)| x * w).sum()]));
        let expected: Vec<f64> = weights.iter().map(|w| w * w / 21.0).collect();
        close(&shares, &expected, &expected, 0.03);
        assert_eq!(shares.factors[3], Indices::default(), "what does nothing has exactly nothing");
        assert!((shares.variance / (21.0 / 12.0) - 1.0).abs() < 0.03);
    }

    #[test]
    fn the_g_function() {
        // Saltelli & Sobol (1995): V_i = 1 / (3 (1 + a_i)²), V = prod(1 + V_i) - 1, VT_i = V_i prod over others (1 + V_j).
        let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0_f64];
        let shares = of(8, 16_384, &|x| {
            Ok(vec![x.iter().zip(a).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product()])
        });
        let single: Vec<f64> = a.iter().map(|a| 1.0 / (3.0 * (1.0 + a).powi(2))).collect();
        let whole: f64 = single.iter().map(|v| 1.0 + v).product();
        let first: Vec<f64> = single.iter().map(|v| v / (whole - 1.0)).collect();
        let total: Vec<f64> = single.iter().map(|v| v * whole / (1.0 + v) / (whole - 1.0)).collect();
        close(&shares, &first, &total, 0.03);
    }

    #[test]
    fn where_nothing_varies_nothing_is_shared_out() {
        let shares = of(2, 64, &|_| Ok(vec![5.0]));
        assert_eq!((shares.mean, shares.variance), (5.0, 0.0));
        assert_eq!(shares.factors, [Indices::default(); 2]);
    }

    #[test]
    fn the_same_bits_on_any_threads_and_others_with_another_seed() {
        let function: &Function<'_, Infallible> = &|x| Ok(vec![(9.1 * x[0]).exp() * x[1], x[2] - x[0]]);
        let on = |threads: usize, seed: u64| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| Design::of(3, 100, seed).shares(function).unwrap())
        };
        assert_eq!(on(1, 4), on(2, 4));
        assert_ne!(on(1, 4), on(1, 5));
    }

    #[test]
    fn every_cell_of_every_factor_is_visited_once() {
        let design = Design::of(3, 50, 2);
        for sample in [0, 1] {
            for factor in 0..3 {
                let mut cells: Vec<usize> =
                    design.points.chunks(5).map(|row| (row[sample][factor] * 50.0) as usize).collect();
                cells.sort_unstable();
                assert_eq!(cells, (0..50).collect::<Vec<_>>());
            }
        }
    }
}
