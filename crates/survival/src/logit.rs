//! Logistic regression of counts, by iteratively reweighted least squares.
//!
//! A row is a cell: `events` of `trials` alike. One row a person and period, or one row for all that are alike, give the
//! same coefficients and standard errors, so hazards are fitted on the few cells and not on the many rows. Coefficients,
//! standard errors and deviance are those of R's `glm(family = binomial)`, held to it in `tests/r.rs`.
//!
//! Inside, columns are centred and scaled, which changes no result and keeps a year of 2010 beside a share of 0.1 exact.

use rayon::prelude::*;

use crate::dense::{Cholesky, Square};

/// Rows and what happened in them. `columns[0]` is by custom the constant 1.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    /// Columns.
    pub width: usize,
    /// Row after row, `width` numbers each.
    pub x: Vec<f64>,
    /// How many were there, copies counted.
    pub trials: Vec<f64>,
    /// How many of them had the event.
    pub events: Vec<f64>,
    /// Added to the log-odds of each row; empty: none.
    pub offset: Vec<f64>,
}

/// What is held of a coefficient before the data: normal, on the scale of log-odds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Normal {
    /// Where it is held to be.
    pub mean: f64,
    /// How far off it may be; infinite: nothing is held.
    pub sd: f64,
}

impl Normal {
    /// Nothing is held: the data alone speak.
    pub const OPEN: Normal = Normal { mean: 0.0, sd: f64::INFINITY };

    fn precision(self) -> f64 {
        if self.sd.is_finite() { 1.0 / (self.sd * self.sd) } else { 0.0 }
    }
}

/// A fitted model.
#[derive(Clone, Debug)]
pub struct Fit {
    /// One a column; NaN for a column that others already say (R: NA).
    pub coefficients: Vec<f64>,
    /// Their standard errors, or with priors the posterior's; NaN likewise.
    pub se: Vec<f64>,
    /// Their covariance; rows and columns of aliased columns are 0.
    pub covariance: Square,
    /// Columns that depend on earlier ones.
    pub aliased: Vec<usize>,
    /// −2 log likelihood of single trials, the deviance that R gives for one row a trial.
    pub deviance: f64,
    /// The deviance against the cells' own shares, that R gives for `cbind(events, trials - events)`.
    pub cell_deviance: f64,
    /// Rounds it took.
    pub rounds: usize,
    /// Trials and events.
    pub trials: f64,
    /// Events.
    pub events: f64,
}

/// Why there is no fit.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NoFit {
    /// Columns and rows do not match.
    #[error("{columns} columns, {cells} numbers, {rows} rows")]
    Shape {
        /// Columns.
        columns: usize,
        /// Numbers.
        cells: usize,
        /// Rows.
        rows: usize,
    },
    /// Not one event, or nothing but events.
    #[error("{events} events in {trials} trials")]
    OneSided {
        /// Events.
        events: f64,
        /// Trials.
        trials: f64,
    },
    /// These columns tell events from others without exception: their coefficients have no finite estimate.
    #[error("separated by columns {0:?}")]
    Separated(Vec<usize>),
    /// It did not settle.
    #[error("not settled after {0} rounds")]
    Unsettled(usize),
}

/// The most rounds.
const ROUNDS: usize = 60;
/// A column whose pivot falls below this share is said by earlier ones (R: 1e-11 on the root of it).
const ALIASED: f64 = 1e-11;
/// Log-odds that no estimate from data reaches: a model that goes there goes on for ever.
const FAR: f64 = 40.0;
/// Rows summed as one block, in order, whatever the number of threads.
const BLOCK: usize = 4096;

impl Cells {
    /// Rows.
    pub fn rows(&self) -> usize {
        self.trials.len()
    }

    /// Adds a row.
    pub fn push(&mut self, x: &[f64], trials: f64, events: f64) {
        self.x.extend_from_slice(x);
        self.trials.push(trials);
        self.events.push(events);
    }

    /// Fits, with what is held beforehand of each coefficient (empty: nothing).
    ///
    /// # Errors
    /// If there is no finite estimate.
    pub fn fit(&self, priors: &[Normal]) -> Result<Fit, NoFit> {
        let p = self.width;
        let shape = NoFit::Shape { columns: p, cells: self.x.len(), rows: self.rows() };
        if p == 0 || self.x.len() != p * self.rows() || self.events.len() != self.rows() {
            return Err(shape);
        }
        if !self.offset.is_empty() && self.offset.len() != self.rows() {
            return Err(shape);
        }
        // The sum of nothing is -0, which is no count.
        let sum = |column: &[f64]| column.iter().sum::<f64>() + 0.0;
        let (trials, events) = (sum(&self.trials), sum(&self.events));
        let prior = |j: usize| priors.get(j).copied().unwrap_or(Normal::OPEN);
        let held = (0..p).all(|j| prior(j).precision() > 0.0);
        if !held && prior(0).precision() == 0.0 && (events <= 0.0 || events >= trials) {
            return Err(NoFit::OneSided { events, trials });
        }
        let scale = Scale::of(self);
        // Λ of the prior, in the scaled coordinates: Tᵀ Λ T.
        let mut penalty = Square::zero(p);
        let back = scale.back();
        for i in 0..p {
            for j in 0..p {
                let sum = (0..p).map(|k| back.at(k, i) * prior(k).precision() * back.at(k, j)).sum::<f64>();
                penalty.add(i, j, sum);
            }
        }
        let mut gamma = self.start(&scale, &penalty, &(0..p).map(|j| prior(j).mean).collect::<Vec<f64>>());
        let objective = |gamma: &[f64], sums: &Sums| -> f64 {
            let beta = back.times(gamma);
            let apart: f64 = beta
                .iter()
                .enumerate()
                .map(|(j, b)| (b - prior(j).mean).powi(2) * prior(j).precision())
                .sum();
            sums.deviance + apart
        };
        let mut sums = self.sums(&gamma, &scale);
        let mut reached = objective(&gamma, &sums);
        let mut rounds = 0;
        let (mut factor, mut settled, mut aliased) = (None, false, None::<Vec<usize>>);
        while rounds < ROUNDS {
            rounds += 1;
            let mut information = sums.information.clone();
            let beta = back.times(&gamma);
            let pull: Vec<f64> =
                beta.iter().enumerate().map(|(j, b)| (prior(j).mean - b) * prior(j).precision()).collect();
            let mut score = sums.score.clone();
            for i in 0..p {
                let pulled: f64 =
                    pull.iter().enumerate().map(|(k, force)| back.at(k, i) * force).sum::<f64>();
                if let Some(cell) = score.get_mut(i) {
                    *cell += pulled;
                }
                for j in 0..p {
                    information.add(i, j, penalty.at(i, j));
                }
            }
            let solved = Cholesky::of(&information, ALIASED);
            // What depends on other columns does so from the first round; later it is information that runs out.
            let known = aliased.get_or_insert_with(|| solved.aliased.clone());
            // The reach of a column in log-odds; of the constant, its value at the centre of the others.
            let reach = |j: usize| -> f64 {
                let value = gamma.get(j).zip(scale.spread.get(j)).map_or(0.0, |(g, s)| g / s);
                value.abs() * scale.range.get(j).copied().unwrap_or(1.0)
            };
            if solved.aliased != *known || (0..p).any(|j| reach(j) > FAR) {
                let lost = |j: &usize| !known.contains(j) && (reach(*j) > 8.0 || solved.aliased.contains(j));
                return Err(NoFit::Separated((0..p).filter(lost).collect()));
            }
            let step = solved.solve(&score);
            factor = Some(solved);
            if settled {
                break;
            }
            let far = step.iter().zip(&gamma).map(|(s, g)| s.abs() / (1.0 + g.abs())).fold(0.0, f64::max);
            let mut part = 1.0;
            loop {
                let next: Vec<f64> = gamma.iter().zip(&step).map(|(g, s)| g + part * s).collect();
                let next_sums = self.sums(&next, &scale);
                let next_reached = objective(&next, &next_sums);
                if next_reached <= reached + 1e-9 * reached.abs() + 1e-12 || part < 1e-4 {
                    (gamma, sums, reached) = (next, next_sums, next_reached);
                    break;
                }
                part /= 2.0;
            }
            // Newton's steps square the distance: after one this small the next would be lost in rounding. One more
            // round only factors the information where it now stands.
            settled = far < 1e-6;
        }
        let Some(factor) = factor else { return Err(NoFit::Unsettled(rounds)) };
        let aliased = aliased.unwrap_or_default();
        let covariance = back_kept(&scale, &factor, &aliased);
        let mut coefficients = back.times(&gamma);
        let mut se: Vec<f64> = (0..p).map(|j| covariance.at(j, j).max(0.0).sqrt()).collect();
        let separated: Vec<usize> = (0..p)
            .filter(|j| !aliased.contains(j) && prior(*j).precision() == 0.0 && !(*j == 0 && scale.constant))
            .filter(|j| {
                let wide = scale.range.get(*j).copied().unwrap_or(1.0);
                let (b, s) =
                    (coefficients.get(*j).copied().unwrap_or(0.0), se.get(*j).copied().unwrap_or(0.0));
                b.abs() * wide > 8.0 && s * wide > 25.0
            })
            .collect();
        if !separated.is_empty() {
            return Err(NoFit::Separated(separated));
        }
        if !settled {
            return Err(NoFit::Unsettled(rounds));
        }
        for j in &aliased {
            for value in [coefficients.get_mut(*j), se.get_mut(*j)].into_iter().flatten() {
                *value = f64::NAN;
            }
        }
        let cell_deviance = sums.deviance - self.saturated();
        Ok(Fit {
            coefficients,
            se,
            covariance,
            aliased,
            deviance: sums.deviance,
            cell_deviance,
            rounds,
            trials,
            events,
        })
    }

    /// Where the rounds begin, as R begins them: each cell's own share drawn a little towards one half, and the columns
    /// laid through the log-odds of these.
    fn start(&self, scale: &Scale, penalty: &Square, prior: &[f64]) -> Vec<f64> {
        let centre = scale.scaled(prior);
        if self.rows() == 0 {
            return centre;
        }
        let blocks: Vec<(Vec<f64>, Vec<f64>)> = (0..self.rows().div_ceil(BLOCK))
            .into_par_iter()
            .map(|block| self.start_block(block * BLOCK, scale))
            .collect();
        let (mut information, mut right) = (penalty.clone(), penalty.times(&centre));
        for (triangle, more_right) in blocks {
            add_triangle(&mut information, &triangle);
            right.iter_mut().zip(more_right).for_each(|(r, m)| *r += m);
        }
        Cholesky::of(&information, ALIASED).solve(&right)
    }

    /// The sums of [`Cells::start`] over a block of rows: lower triangle, right side.
    fn start_block(&self, from: usize, scale: &Scale) -> (Vec<f64>, Vec<f64>) {
        let p = self.width;
        let to = (from + BLOCK).min(self.rows());
        let (mut triangle, mut right, mut z) = (vec![0.0; p * (p + 1) / 2], vec![0.0; p], vec![0.0; p]);
        let rows = self.x.get(from * p..to * p).unwrap_or_default().chunks_exact(p);
        let counts = self.trials.iter().zip(&self.events).skip(from);
        for (row, (x, (&n, &y))) in rows.zip(counts).enumerate() {
            let share = (y + 0.5) / (n + 1.0);
            let weight = n * share * (1.0 - share);
            if weight > 0.0 {
                let offset = self.offset.get(from + row).copied().unwrap_or(0.0);
                let aim = (share / (1.0 - share)).ln() - offset + (y - n * share) / weight;
                scale.apply(x, &mut z);
                spread_row(&z, weight, &mut triangle);
                right.iter_mut().zip(&z).for_each(|(r, z)| *r += weight * aim * z);
            }
        }
        (triangle, right)
    }

    /// −2 log likelihood if each cell had its own share.
    fn saturated(&self) -> f64 {
        let part = |y: f64, n: f64| if y > 0.0 { y * (y / n).ln() } else { 0.0 };
        self.events.iter().zip(&self.trials).map(|(&y, &n)| -2.0 * (part(y, n) + part(n - y, n))).sum()
    }

    fn sums(&self, gamma: &[f64], scale: &Scale) -> Sums {
        let p = self.width;
        // In the rows' own coordinates: log-odds = x·β.
        let beta = scale.back().times(gamma);
        let blocks: Vec<(Vec<f64>, Vec<f64>, f64)> = (0..self.rows().div_ceil(BLOCK))
            .into_par_iter()
            .map(|block| self.block(block * BLOCK, &beta, scale))
            .collect();
        let mut sums = Sums { information: Square::zero(p), score: vec![0.0; p], deviance: 0.0 };
        for (triangle, score, deviance) in blocks {
            add_triangle(&mut sums.information, &triangle);
            sums.score.iter_mut().zip(score).for_each(|(s, more)| *s += more);
            sums.deviance += deviance;
        }
        sums
    }

    /// The sums over a block of rows, in scaled coordinates: lower triangle of the information, score, deviance.
    fn block(&self, from: usize, beta: &[f64], scale: &Scale) -> (Vec<f64>, Vec<f64>, f64) {
        let p = self.width;
        let to = (from + BLOCK).min(self.rows());
        let mut triangle = vec![0.0; p * (p + 1) / 2];
        let (mut score, mut deviance) = (vec![0.0; p], 0.0);
        let mut z = vec![0.0; p];
        let rows = self.x.get(from * p..to * p).unwrap_or_default().chunks_exact(p);
        let counts = self.trials.iter().zip(&self.events).skip(from);
        for (row, (x, (&n, &y))) in rows.zip(counts).enumerate() {
            let offset = self.offset.get(from + row).copied().unwrap_or(0.0);
            let eta = offset + x.iter().zip(beta).map(|(x, b)| x * b).sum::<f64>();
            // One exponential serves the share and the likelihood; the smaller side keeps its digits.
            let e = (-eta.abs()).exp();
            let small = e / (1.0 + e);
            let share = if eta >= 0.0 { 1.0 - small } else { small };
            let softplus = eta.max(0.0) + e.ln_1p();
            deviance -= 2.0 * (y * eta - n * softplus);
            let residual = y - n * share;
            let weight = n * small * (1.0 - small);
            scale.apply(x, &mut z);
            score.iter_mut().zip(&z).for_each(|(s, z)| *s += residual * z);
            spread_row(&z, weight, &mut triangle);
        }
        (triangle, score, deviance)
    }
}

/// Adds `weight z zᵀ` to a lower triangle that lies row after row.
fn spread_row(z: &[f64], weight: f64, triangle: &mut [f64]) {
    let mut rest = triangle;
    for (i, zi) in z.iter().enumerate() {
        let wz = weight * zi;
        let (now, later) = rest.split_at_mut(i + 1);
        now.iter_mut().zip(z).for_each(|(cell, zj)| *cell += wz * zj);
        rest = later;
    }
}

/// Adds a lower triangle to both sides of a matrix.
fn add_triangle(matrix: &mut Square, triangle: &[f64]) {
    let mut cells = triangle.iter();
    for i in 0..matrix.size() {
        for j in 0..=i {
            let value = cells.next().copied().unwrap_or(0.0);
            matrix.add(i, j, value);
            if i != j {
                matrix.add(j, i, value);
            }
        }
    }
}

struct Sums {
    information: Square,
    score: Vec<f64>,
    deviance: f64,
}

/// The covariance in the rows' own coordinates.
fn back_kept(scale: &Scale, factor: &Cholesky, aliased: &[usize]) -> Square {
    let mut inverse = factor.inverse();
    for &j in aliased {
        for k in 0..inverse.size() {
            inverse.set(j, k, 0.0);
            inverse.set(k, j, 0.0);
        }
    }
    scale.back().around(&inverse)
}

/// Centre and spread of the columns. Column 0 is left as it is when it is constant, and takes up the centres.
struct Scale {
    centre: Vec<f64>,
    spread: Vec<f64>,
    range: Vec<f64>,
    constant: bool,
}

impl Scale {
    fn of(cells: &Cells) -> Scale {
        let p = cells.width;
        let constant = cells.x.chunks_exact(p).all(|x| x.first() == Some(&1.0));
        let mut low = vec![f64::INFINITY; p];
        let mut high = vec![f64::NEG_INFINITY; p];
        let (mut sum, mut square, mut count) = (vec![0.0; p], vec![0.0; p], 0.0);
        for (x, n) in cells.x.chunks_exact(p).zip(&cells.trials) {
            count += n;
            for (j, &v) in x.iter().enumerate() {
                if let (Some(l), Some(h), Some(s)) = (low.get_mut(j), high.get_mut(j), sum.get_mut(j)) {
                    *l = l.min(v);
                    *h = h.max(v);
                    *s += n * v;
                }
            }
        }
        let mean: Vec<f64> = sum.iter().map(|s| if count > 0.0 { s / count } else { 0.0 }).collect();
        for (x, n) in cells.x.chunks_exact(p).zip(&cells.trials) {
            for ((v, m), s) in x.iter().zip(&mean).zip(&mut square) {
                *s += n * (v - m) * (v - m);
            }
        }
        let mut spread: Vec<f64> =
            (square.iter()).map(|s| if count > 0.0 && *s > 0.0 { (s / count).sqrt() } else { 1.0 }).collect();
        let mut centre = if constant { mean } else { vec![0.0; p] };
        if let (true, Some(c), Some(s)) = (constant, centre.first_mut(), spread.first_mut()) {
            (*c, *s) = (0.0, 1.0);
        }
        let range = low.iter().zip(&high).map(|(l, h)| if h > l { h - l } else { 1.0 }).collect();
        Scale { centre, spread, range, constant }
    }

    /// A row in scaled coordinates.
    fn apply(&self, x: &[f64], z: &mut [f64]) {
        for (((x, z), c), s) in x.iter().zip(z).zip(&self.centre).zip(&self.spread) {
            *z = (x - c) / s;
        }
    }

    /// `T` with coefficients `β = T γ`.
    fn back(&self) -> Square {
        let p = self.spread.len();
        let mut t = Square::zero(p);
        for (j, (c, s)) in self.centre.iter().zip(&self.spread).enumerate() {
            t.add(j, j, 1.0 / s);
            if j > 0 && self.constant {
                t.add(0, j, -c / s);
            }
        }
        t
    }

    /// `γ` of a `β`.
    fn scaled(&self, beta: &[f64]) -> Vec<f64> {
        let mut gamma: Vec<f64> = beta.iter().zip(&self.spread).map(|(b, s)| b * s).collect();
        if self.constant {
            let moved: f64 = beta.iter().zip(&self.centre).map(|(b, c)| b * c).sum();
            if let Some(first) = gamma.first_mut() {
                *first += moved;
            }
        }
        gamma
    }
}
