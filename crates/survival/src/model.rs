//! Hazards by cause: discrete-time logits, one a cause.
//!
//! In a period a person stays, or leaves by one of K causes. With log-odds `η_k` of leaving by cause k against staying,
//! the chance of cause k is `exp η_k / (1 + Σ_j exp η_j)`: never more than 1 together, whatever the causes. Each `η_k` is
//! fitted alone, as a logit among those who stayed or left by k (Begg and Gray 1984: individualized logits); it is what
//! R's `glm` gives on those rows. With a share `f` of the period at risk, `ln f` is added to `η_k`.

use takeroot_civil::Day;

use crate::dense::Cholesky;
use crate::figures::{RATE, logit, of_period};
use crate::logit::{Cells, Fit, NoFit, Normal};
use crate::map::Pooling;
use crate::periods::Risk;
use crate::pooling::{Prior, own_share};
use crate::spells::Spells;

/// What is held of one coefficient, and what the data add.
#[derive(Clone, Debug)]
pub struct Coefficient {
    /// Its name: `(constant)`, `sex:female`.
    pub name: String,
    /// Log-odds; NaN if other columns already say it.
    pub value: f64,
    /// Standard error, of the posterior where a prior is held.
    pub se: f64,
    /// The prior of the mapping file.
    pub prior: Option<Prior>,
    /// How far it stands on the data: 1 alone on them, 0 on the prior alone.
    pub own_share: f64,
}

/// The hazard of one cause.
#[derive(Clone, Debug)]
pub struct Hazard {
    /// The cause's name.
    pub cause: String,
    /// The coefficients, the constant first.
    pub coefficients: Vec<Coefficient>,
    /// The fit, or why there is none.
    pub fit: Result<Fit, NoFit>,
    /// What was held of each coefficient beforehand.
    pub held: Vec<Normal>,
    /// The lower factor of the covariance, for draws.
    pub spread: Vec<f64>,
    /// How much years differ beyond chance: standard deviation of a year's log-odds.
    pub years_sd: f64,
}

/// The hazards of all causes, fitted on what was known at the end of a day.
#[derive(Clone, Debug)]
pub struct Model {
    /// One a cause.
    pub hazards: Vec<Hazard>,
    /// Cells that were fitted.
    pub cells: usize,
    /// Person-periods at risk.
    pub person_periods: f64,
}

/// The name of the constant.
pub const CONSTANT: &str = "(constant)";

impl Spells {
    /// The names of a cause's coefficients, from 0.
    pub fn coefficients(&self, cause: usize) -> Vec<String> {
        let mut names = vec![CONSTANT.to_owned()];
        names.extend(self.terms.iter().filter(|t| t.moves(cause)).flat_map(|t| t.names()));
        names
    }

    /// The row of a cause's columns.
    pub fn row(&self, cause: usize, told: &[f64], into: &mut Vec<f64>) {
        into.push(1.0);
        for (term, value) in self.terms.iter().zip(told) {
            if term.moves(cause) {
                term.columns(*value, into);
            }
        }
    }

    /// The cells of a cause: who stayed or left by it.
    pub fn cells(&self, risk: &Risk, cause: usize) -> Cells {
        let mut cells = Cells { width: self.coefficients(cause).len(), ..Cells::default() };
        let parts = risk.part.iter().any(|part| *part != 1.0);
        let mut row = Vec::new();
        for cell in 0..risk.len() {
            let ends = risk.ends(cell);
            let own = ends.get(cause).copied().unwrap_or(0.0);
            let all = risk.trials.get(cell).copied().unwrap_or(0.0);
            let others: f64 = ends.iter().sum::<f64>() - own;
            if all - others > 0.0 {
                row.clear();
                self.row(cause, risk.told(cell), &mut row);
                cells.push(&row, all - others, own);
                if parts {
                    cells.offset.push(risk.part.get(cell).copied().unwrap_or(1.0).ln());
                }
            }
        }
        cells
    }

    /// What is held of a cause's coefficients.
    pub fn priors(&self, cause: usize) -> Vec<(Option<Prior>, Normal)> {
        let weak = match self.map.fit.pooling {
            Pooling::Weak | Pooling::Lab => Normal { mean: 0.0, sd: self.map.fit.weak },
            Pooling::None => Normal::OPEN,
        };
        let of = |(at, coefficient): (usize, String)| match self.held(cause, &coefficient) {
            Some(prior) => {
                let normal = prior.normal();
                (Some(prior), normal)
            }
            None if at == 0 => (None, Normal::OPEN),
            None => (None, weak),
        };
        self.coefficients(cause).into_iter().enumerate().map(of).collect()
    }

    /// What the mapping file says of a coefficient of a cause beforehand.
    fn held(&self, cause: usize, coefficient: &str) -> Option<Prior> {
        let name = self.causes.get(cause);
        let of_it = |p: &&crate::map::Held| {
            p.coefficient == coefficient && p.cause.as_ref().is_none_or(|c| Some(c) == name)
        };
        let p = self.map.prior.iter().map(|p| p.get_ref()).find(of_it)?;
        let (value, low, high) = (p.value, p.low, p.high);
        Some(Prior { value, low, high, source: p.source.clone(), confidence: p.confidence })
    }

    /// What is held of the rate of a cause: as it stands, a share of a year, and on the log-odds of a period.
    pub fn held_rate(&self, cause: usize) -> Option<(Prior, Normal)> {
        let prior = self.held(cause, RATE)?;
        let scale = |yearly: f64| logit(of_period(yearly, self.months()));
        let (value, low, high) = (scale(prior.value), scale(prior.low), scale(prior.high));
        let normal = Prior { value, low, high, ..prior.clone() }.normal();
        Some((prior, normal))
    }

    /// Fits the hazard of each cause on what was known at the end of a day.
    pub fn fit(&self, from: Option<Day>, until: Day) -> Model {
        let risk = self.risk(from, until);
        self.fit_on(&risk)
    }

    /// Fits the hazard of each cause on cells of people at risk.
    pub fn fit_on(&self, risk: &Risk) -> Model {
        let hazard = |cause: usize, name: &String| {
            let priors = self.priors(cause);
            let normals = self.normals(risk, cause);
            let fit = self.cells(risk, cause).fit(&normals);
            let coefficient = |(at, name): (usize, String)| {
                let value =
                    fit.as_ref().ok().and_then(|f| f.coefficients.get(at)).copied().unwrap_or(f64::NAN);
                let se = fit.as_ref().ok().and_then(|f| f.se.get(at)).copied().unwrap_or(f64::NAN);
                let prior = priors.get(at).and_then(|(prior, _)| prior.clone());
                let normal = normals.get(at).copied().unwrap_or(Normal::OPEN);
                Coefficient { name, value, se, prior, own_share: own_share(normal, se) }
            };
            let coefficients = self.coefficients(cause).into_iter().enumerate().map(coefficient).collect();
            let spread = fit.as_ref().map(lower).unwrap_or_default();
            Hazard { cause: name.clone(), coefficients, fit, held: normals, spread, years_sd: 0.0 }
        };
        Model {
            hazards: self.causes.iter().enumerate().map(|(n, name)| hazard(n, name)).collect(),
            cells: risk.len(),
            person_periods: risk.trials.iter().sum::<f64>() + 0.0,
        }
    }
}

/// The lower factor of a covariance, row by row.
fn lower(fit: &Fit) -> Vec<f64> {
    let n = fit.covariance.size();
    let factor = Cholesky::of(&fit.covariance, 1e-13);
    (0..n).flat_map(|i| (0..n).map(move |j| (i, j))).map(|(i, j)| factor.lower().at(i, j)).collect()
}

impl Hazard {
    /// The coefficients as numbers; 0 where a column is aliased. A cause without a fit never happens.
    pub fn values(&self) -> Option<Vec<f64>> {
        let fit = self.fit.as_ref().ok()?;
        Some(fit.coefficients.iter().map(|c| if c.is_nan() { 0.0 } else { *c }).collect())
    }

    /// A draw of the coefficients, with standard normal numbers handed in.
    pub fn draw(&self, normals: &[f64]) -> Option<Vec<f64>> {
        let mut values = self.values()?;
        let n = values.len();
        for (value, row) in values.iter_mut().zip(self.spread.chunks(n.max(1))) {
            *value += row.iter().zip(normals).map(|(l, z)| l * z).sum::<f64>();
        }
        Some(values)
    }
}

/// The chance of each cause, from the odds of each against staying.
pub fn chances(odds: &[f64], into: &mut [f64]) {
    let whole: f64 = 1.0 + odds.iter().sum::<f64>();
    for (chance, odds) in into.iter_mut().zip(odds) {
        *chance = odds / whole;
    }
}

/// The chances of people, by a model.
#[derive(Debug)]
pub struct Chances<'a> {
    spells: &'a Spells,
    values: Vec<Option<Vec<f64>>>,
    row: Vec<f64>,
    odds: Vec<f64>,
}

impl Model {
    /// The chances that the fitted hazards give.
    pub fn chances<'a>(&self, spells: &'a Spells) -> Chances<'a> {
        Chances {
            spells,
            values: self.hazards.iter().map(Hazard::values).collect(),
            row: Vec::new(),
            odds: vec![0.0; self.hazards.len()],
        }
    }
}

impl Chances<'_> {
    /// The odds of each cause against staying; 0 for a cause without a fit.
    pub fn odds(&mut self, told: &[f64], part: f64) -> &[f64] {
        for (cause, (odds, values)) in self.odds.iter_mut().zip(&self.values).enumerate() {
            self.row.clear();
            self.spells.row(cause, told, &mut self.row);
            *odds = values.as_ref().map_or(0.0, |values| {
                let eta: f64 = self.row.iter().zip(values).map(|(x, b)| x * b).sum();
                (eta + part.ln()).min(40.0).exp()
            });
        }
        &self.odds
    }

    /// The chance of each cause.
    pub fn of(&mut self, told: &[f64], part: f64, into: &mut [f64]) {
        self.odds(told, part);
        chances(&self.odds, into);
    }
}

/// A year (or other period) of service in the life table: what happened beside what the hazards say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lived {
    /// Periods of service begun: 0 is the first.
    pub service: i32,
    /// How many were at risk.
    pub at_risk: f64,
    /// How many left, by cause.
    pub left: Vec<f64>,
    /// How many the hazards lead one to expect, of the same people.
    pub expected: Vec<f64>,
}

impl Spells {
    /// The life table by service, on what was known at the end of a day.
    pub fn life_table(&self, model: &Model, from: Option<Day>, until: Day) -> Vec<Lived> {
        let causes = self.causes.len();
        let mut table: std::collections::BTreeMap<i32, Lived> = std::collections::BTreeMap::new();
        let (mut chances, mut chance) = (model.chances(self), vec![0.0; causes]);
        self.visit(from, until, |row| {
            let lived = table.entry(row.service).or_insert_with(|| Lived {
                service: row.service,
                at_risk: 0.0,
                left: vec![0.0; causes],
                expected: vec![0.0; causes],
            });
            lived.at_risk += row.spell.weight;
            chances.of(row.told, row.part, &mut chance);
            for (expected, chance) in lived.expected.iter_mut().zip(&chance) {
                *expected += row.spell.weight * chance;
            }
            if let Some(left) = usize::from(row.cause).checked_sub(1).and_then(|k| lived.left.get_mut(k)) {
                *left += row.spell.weight;
            }
        });
        table.into_values().collect()
    }
}
