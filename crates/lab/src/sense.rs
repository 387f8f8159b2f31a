//! What a comparison hangs on: screening of everything that is assumed, then shares of the variance for what matters.
//!
//! Factors are the figures of the documents of behaviour that have a range, each drawn from its low, value
//! and high (as `compare` draws them), and those levers that no single figure's range holds already, each on or off. The
//! outcome is the mean difference that the proposals make, over the same replicates and with the same luck at every point:
//! so whatever an outcome moves by is owed to the factors, and a factor that does nothing moves it by exactly nothing.

use std::sync::Arc;

use serde::Serialize;

use crate::align::align;
use crate::assumption::{Assumptions, Coefs, Key, Known, between};
use crate::compare::kinds_apart;
use crate::measure::{Measure, Period, Unit, standard_error};
use crate::project::{Cancel, Cancelled};
use crate::scenario::{Scenario, World};
use crate::sensitivity::{morris, sobol};
use crate::shard::run_shard;
use crate::state::LeftOut;

/// What is looked at where nobody says otherwise.
pub const USUAL: &[Measure] = &[
    Measure::VacantTownship,
    Measure::TownshipAged25To35,
    Measure::Left,
    Measure::PersonYears,
    Measure::Bill,
];

/// Factors that go on to shares of the variance, at most.
pub const MOST_KEPT: usize = 12;

/// How it is run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Plan {
    /// Years.
    pub years: usize,
    /// Replicates of each side at each point.
    pub replicates: u32,
    /// Trajectories of the screening.
    pub trajectories: usize,
    /// Factors that go on to shares of the variance; 0 for the screening alone.
    pub keep: usize,
    /// Rows of the two samples for the shares.
    pub rows: usize,
    /// Seed.
    pub seed: u64,
}

impl Plan {
    /// How often each side is evaluated: for the screening, and at most for the shares.
    pub fn points(&self, factors: usize) -> (usize, usize) {
        let kept = self.keep.min(factors).min(MOST_KEPT);
        let shares = if kept == 0 { 0 } else { self.rows * (kept + 2) };
        (1 + self.trajectories * (factors + 1), shares)
    }

    /// How many courses of years are run, of both sides, at most.
    pub fn runs(&self, factors: usize) -> usize {
        let (screening, shares) = self.points(factors);
        (screening + shares) * 2 * self.replicates as usize
    }
}

/// Something that is not known.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Factor {
    /// The key of a figure, or the id of a lever.
    pub id: String,
    /// What it is.
    #[serde(flatten)]
    pub is: Is,
}

/// What a factor is.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Is {
    /// A figure with a range.
    Figure {
        /// Its lowest value.
        low: f64,
        /// Its value.
        value: f64,
        /// Its highest.
        high: f64,
        /// Which.
        #[serde(skip)]
        key: Key,
        /// What it is drawn from.
        #[serde(skip)]
        known: Known,
    },
    /// A lever that nobody knows: on from the middle of its range.
    Lever {
        /// What it sets.
        #[serde(skip)]
        set: Vec<(Key, f64)>,
    },
}

/// A lever that is no factor of its own: it sets one figure, to a value within that figure's range.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Covered {
    /// The lever.
    pub lever: String,
    /// The figure whose range holds it.
    pub by: &'static str,
}

/// Everything that may vary.
#[derive(Clone, Debug, PartialEq)]
pub struct Factors {
    /// The factors: figures in the order of their keys, then levers.
    pub all: Vec<Factor>,
    /// Levers that a figure's range holds.
    pub covered: Vec<Covered>,
    central: Coefs,
}

impl Factors {
    /// Those of assumptions.
    pub fn of(assumptions: &Assumptions) -> Factors {
        let figure = |key: &Key| {
            let (value, low, high) = assumptions.figure(*key);
            let known = assumptions.known(*key);
            (low < high).then(|| Factor {
                id: key.code().to_owned(),
                is: Is::Figure { low, value, high, key: *key, known },
            })
        };
        let mut all: Vec<Factor> = Key::ALL.iter().filter_map(figure).collect();
        let mut covered = Vec::new();
        let central = assumptions.central();
        for (id, what, _) in assumptions.scenarios() {
            let set: Vec<(Key, f64)> = what
                .set
                .iter()
                .filter_map(|(code, value)| Some((*Key::ALL.iter().find(|k| k.code() == code)?, *value)))
                .collect();
            match set.as_slice() {
                [(key, value)] if within(assumptions.figure(*key), *value) => {
                    covered.push(Covered { lever: id.to_owned(), by: key.code() });
                }
                _ => all.push(Factor { id: id.to_owned(), is: Is::Lever { set } }),
            }
        }
        Factors { all, covered, central }
    }

    /// The figures at a point of some of the factors; the others are as they stand. Levers are laid over figures.
    pub fn coefs(&self, which: &[usize], point: &[f64]) -> Coefs {
        let mut coefs = self.central.clone();
        let chosen = || which.iter().zip(point).filter_map(|(at, x)| Some((&self.all.get(*at)?.is, *x)));
        for (is, x) in chosen() {
            if let Is::Figure { key, known, .. } = is {
                coefs = coefs.with(*key, between(*known, x));
            }
        }
        for (is, x) in chosen() {
            if let (Is::Lever { set }, true) = (is, x >= 0.5) {
                coefs = set.iter().fold(coefs, |coefs, (key, value)| coefs.with(*key, *value));
            }
        }
        coefs
    }
}

fn within((_, low, high): (f64, f64, f64), value: f64) -> bool {
    low < high && (low..=high).contains(&value)
}

/// A factor's effects on an outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Screened {
    /// The factor.
    pub factor: String,
    /// Its effects: what the outcome changes by over the factor's whole range.
    #[serde(flatten)]
    pub effect: morris::Effect,
    /// Whether `mu_star` is more than luck alone would make of it.
    pub beyond_chance: bool,
}

/// A factor's shares of an outcome's variance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Shared {
    /// The factor.
    pub factor: String,
    /// Alone, and with what it mixes with.
    #[serde(flatten)]
    pub indices: sobol::Indices,
}

/// An outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// Its key.
    pub key: &'static str,
    /// What it is measured in.
    pub unit: Unit,
    /// The mean difference that the proposals make over the whole run, at the central figures.
    pub central: f64,
    /// What `mu_star` would be of a factor that does nothing but bring other luck: `2 / √π` standard errors of the mean
    /// difference over the step. Luck is common to all points, so that less than this may be real; more than this is. Not a
    /// number where there is one replicate only.
    pub chance: f64,
    /// Every factor, the strongest first.
    pub screening: Vec<Screened>,
    /// The mean of the outcome over the draws of the factors kept; `None` for a screening alone.
    pub mean: Option<f64>,
    /// Its variance over them.
    pub variance: Option<f64>,
    /// The factors kept, in the order in which they were.
    pub shares: Vec<Shared>,
    /// The measure itself.
    #[serde(skip)]
    pub measure: Measure,
}

/// What a comparison hangs on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sensitivity {
    /// The version of these results' form.
    pub version: u32,
    /// How it was run.
    pub plan: Plan,
    /// How many courses of years were run, of both sides.
    pub runs: usize,
    /// The roster's day.
    pub on: takeroot_civil::Day,
    /// People in the run.
    pub people: i64,
    /// Who is not in it.
    pub left_out: LeftOut,
    /// Digest of the figures.
    pub assumptions: String,
    /// The factors.
    pub factors: Vec<Factor>,
    /// Levers that a figure's range holds.
    pub covered: Vec<Covered>,
    /// The factors kept for shares of the variance, the strongest first.
    pub kept: Vec<String>,
    /// The outcomes.
    pub outcomes: Vec<Outcome>,
}

/// Finds what the differences between two worlds of the same roster hang on. Measures of townships are left out where
/// townships or county organs have fewer than ten people.
///
/// # Errors
/// When it was cancelled.
pub fn sense(
    base: &Arc<World>,
    with: &Arc<World>,
    assumptions: &Assumptions,
    measures: &[Measure],
    plan: Plan,
    cancel: &Cancel,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Sensitivity, Cancelled> {
    let factors = Factors::of(assumptions);
    // A measure of townships alone tells of county organs too, by what is left.
    let apart = kinds_apart(&base.shape(0..base.start.counties.len(), plan.years));
    let told: Vec<Measure> = measures.iter().copied().filter(|m| apart || !m.of_townships()).collect();
    let measures = &told[..];
    let aligned = align(base, &factors.central);
    let (screening, planned) = plan.points(factors.all.len());
    let done = std::sync::atomic::AtomicUsize::new(0);
    // Each replicate's differences, by outcome.
    let differences = |coefs: &Coefs| -> Result<Vec<Vec<f64>>, Cancelled> {
        let run = |world: &Arc<World>| {
            if cancel.is_cancelled() {
                return Err(Cancelled);
            }
            let (world, reference) = (world.clone(), base.clone());
            let scenario =
                Scenario { world, reference, coefs: coefs.clone().aligned(aligned), years: plan.years };
            let counties = 0..scenario.world.start.counties.len();
            let outcomes = run_shard(&scenario, counties, 0..plan.replicates, plan.seed);
            Ok(outcomes.iter().map(|o| Period::of(o, 0..plan.years)).collect::<Vec<Period>>())
        };
        let (before, after) = (run(base)?, run(with)?);
        progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, screening + planned);
        let one = |m: &Measure| before.iter().zip(&after).map(|(b, a)| m.of(a) - m.of(b)).collect();
        Ok(measures.iter().map(one).collect())
    };
    let at = |which: &[usize], point: &[f64]| -> Result<Vec<f64>, Cancelled> {
        let each = differences(&factors.coefs(which, point))?;
        Ok(each.iter().map(|values| mean(values)).collect())
    };
    let central = differences(&factors.central)?;
    let everything: Vec<usize> = (0..factors.all.len()).collect();
    let effects =
        morris::Design::of(everything.len(), plan.trajectories, plan.seed).screen(&|x| at(&everything, x))?;
    let kept = strongest(&effects, plan.keep.min(MOST_KEPT));
    let shares = if kept.is_empty() {
        Vec::new()
    } else {
        sobol::Design::of(kept.len(), plan.rows, plan.seed).shares(&|x| at(&kept, x))?
    };
    // Fewer may have been kept than were asked for.
    progress(screening + planned, screening + planned);
    let named = |at: usize| factors.all.get(at).map_or_else(String::new, |factor| factor.id.clone());
    let outcomes = measures.iter().enumerate().map(|(at, measure)| {
        let chance = 2.0 / std::f64::consts::PI.sqrt() * standard_error(&central[at]) / morris::STEP;
        let mut screening: Vec<Screened> = effects[at]
            .iter()
            .enumerate()
            .map(|(factor, effect)| Screened {
                factor: named(factor),
                effect: *effect,
                beyond_chance: effect.mu_star > chance,
            })
            .collect();
        screening.sort_by(|a, b| b.effect.mu_star.total_cmp(&a.effect.mu_star));
        let shared = shares.get(at);
        Outcome {
            key: measure.code(),
            unit: measure.unit(),
            central: mean(&central[at]),
            chance,
            screening,
            mean: shared.map(|shares| shares.mean),
            variance: shared.map(|shares| shares.variance),
            shares: shared
                .map(|shares| kept.iter().zip(&shares.factors))
                .into_iter()
                .flatten()
                .map(|(at, indices)| Shared { factor: named(*at), indices: *indices })
                .collect(),
            measure: *measure,
        }
    });
    Ok(Sensitivity {
        version: 1,
        plan,
        runs: done.load(std::sync::atomic::Ordering::Relaxed) * 2 * plan.replicates as usize,
        on: base.on,
        people: base.people(),
        left_out: base.start.left_out,
        assumptions: assumptions.digest(),
        outcomes: outcomes.collect(),
        kept: kept.iter().map(|at| named(*at)).collect(),
        factors: factors.all.clone(),
        covered: factors.covered.clone(),
    })
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// The factors that matter most to any outcome: by the largest of their `mu_star`, each against the outcome's largest one.
/// Those that do nothing are never among them; among equals the earlier one comes first.
fn strongest(effects: &[Vec<morris::Effect>], keep: usize) -> Vec<usize> {
    let factors = effects.first().map_or(0, Vec::len);
    let largest: Vec<f64> =
        effects.iter().map(|of| of.iter().map(|effect| effect.mu_star).fold(0.0, f64::max)).collect();
    let weight = |factor: usize| {
        let each = effects.iter().zip(&largest).filter(|(_, largest)| **largest > 0.0);
        each.map(|(of, largest)| of[factor].mu_star / largest).fold(0.0, f64::max)
    };
    let mut order: Vec<(usize, f64)> =
        (0..factors).map(|factor| (factor, weight(factor))).filter(|(_, weight)| *weight > 0.0).collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    order.into_iter().take(keep).map(|(factor, _)| factor).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_levers_become_factors_once() {
        let assumptions = Assumptions::shipped().unwrap();
        let factors = Factors::of(&assumptions);
        let levers = factors.all.iter().filter(|f| matches!(f.is, Is::Lever { .. })).count();
        assert_eq!(levers + factors.covered.len(), assumptions.scenarios().count(), "each lever is told");
        assert!(levers > 0 && !factors.covered.is_empty());
        let which: Vec<usize> = (0..factors.all.len()).collect();
        for (x, end) in [(0.0, 0), (1.0, 1)] {
            // Levers off, so that the figures alone are seen.
            let point: Vec<f64> =
                factors.all.iter().map(|f| if matches!(f.is, Is::Lever { .. }) { 0.0 } else { x }).collect();
            let coefs = factors.coefs(&which, &point);
            for key in Key::ALL {
                let (_, low, high) = assumptions.figure(*key);
                assert!((coefs.get(*key) - [low, high][end]).abs() < 1e-12, "{}", key.code());
            }
        }
        assert_eq!(factors.coefs(&[], &[]), assumptions.central(), "what is not varied stands");
    }

    #[test]
    fn a_lever_is_laid_over_its_figures_and_off_below_the_middle() {
        let factors = Factors::of(&Assumptions::shipped().unwrap());
        let (at, set) = factors
            .all
            .iter()
            .enumerate()
            .find_map(|(at, f)| if let Is::Lever { set } = &f.is { Some((at, set.clone())) } else { None })
            .unwrap();
        for (key, value) in set {
            let other = factors.all.iter().position(|f| f.id == key.code()).unwrap();
            assert_eq!(factors.coefs(&[at, other], &[0.5, 0.0]).get(key), value);
            assert_ne!(factors.coefs(&[at, other], &[0.49, 0.0]).get(key), value);
        }
    }

    #[test]
    fn what_matters_to_any_outcome_is_kept_and_what_does_nothing_is_not() {
        let effect = |mu_star: f64| morris::Effect { mu_star, ..morris::Effect::default() };
        let of = |each: [f64; 4]| each.map(effect).to_vec();
        // The second outcome is in another unit: each counts against its own largest effect.
        let effects = [of([10.0, 1.0, 0.0, 2.0]), of([0.0, 0.003, 0.0, 0.004])];
        assert_eq!(strongest(&effects, 4), [0, 3, 1]);
        assert_eq!(strongest(&effects, 2), [0, 3]);
        assert!(strongest(&effects, 0).is_empty());
    }
}
