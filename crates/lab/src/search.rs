//! Which packages of proposals are worth their money: every package of those given, run against the base with the same luck,
//! and of them those that none other beats in everything looked at.
//!
//! A package beats another if it costs no more and does no worse in every target, and better in one of these. What none beats
//! is the front. Cost is the pay bill over all years less that of the base: also of those people who stay because of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use serde::Serialize;

use crate::align::align;
use crate::assumption::{Assumptions, Coefs};
use crate::compare::kinds_apart;
use crate::measure::{Figure, Measure, Period, Unit, standard_error};
use crate::project::Cancel;
use crate::scenario::{Scenario, World};
use crate::sensitivity::Stream;
use crate::shard::run_shard;
use crate::state::LeftOut;

/// Proposals that can be searched over, at most: as many packages as two to their power.
pub const MOST: usize = 10;

/// What can be sought, and whether more of it is better.
pub const TARGETS: &[(Measure, bool)] = &[
    (Measure::PersonYears, true),
    (Measure::VacantTownship, false),
    (Measure::TownshipAged25To35, true),
    (Measure::Aged25To35, true),
    (Measure::Vacant, false),
    (Measure::Left, false),
    (Measure::Rooted, true),
    (Measure::Tired, false),
];

/// Resamples of the replicates by which it is told how firmly a package stands on the front.
const RESAMPLES: usize = 200;

/// Something sought.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// The measure, over the whole run: flows summed, stocks at its end.
    pub measure: Measure,
    /// Whether more of it is better.
    pub more: bool,
    /// The level that must be reached, in the measure's unit; packages that do not reach it are not on the front.
    pub level: Option<f64>,
}

impl Target {
    /// By the key of a measure; `None` where nothing of the kind can be sought.
    pub fn of(key: &str, level: Option<f64>) -> Option<Target> {
        let (measure, more) = TARGETS.iter().find(|(measure, _)| measure.code() == key)?;
        Some(Target { measure: *measure, more: *more, level })
    }

    fn reached(&self, value: f64) -> Option<bool> {
        self.level.map(|level| if self.more { value >= level } else { value <= level })
    }
}

/// How it is run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Plan {
    /// Years.
    pub years: usize,
    /// Replicates at the central figures.
    pub replicates: u32,
    /// Draws of the figures from their ranges.
    pub draws: u32,
    /// Replicates of each draw.
    pub replicates_a_draw: u32,
    /// Seed.
    pub seed: u64,
    /// What a package may cost over all years, yuan.
    pub budget: Option<f64>,
}

impl Plan {
    /// How many courses of years are run for a number of proposals; `None` where there are too many.
    pub fn runs(&self, proposals: usize) -> Option<usize> {
        let each = self.replicates as usize + self.draws as usize * self.replicates_a_draw as usize;
        (proposals <= MOST).then(|| each << proposals)
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stopped<E> {
    /// It was cancelled.
    #[error("cancelled")]
    Cancelled,
    /// More proposals than can be searched over.
    #[error("{0} proposals, at most {MOST}")]
    TooMany(usize),
    /// A target of townships alone where townships or county organs have fewer than ten people.
    #[error("{0}: too few people in townships or county organs to be told of")]
    TooFew(&'static str),
    /// A package cannot be made.
    #[error("a package cannot be made")]
    World(E),
}

/// What a package does to a target.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reached {
    /// The measure's key.
    pub key: &'static str,
    /// Its value.
    pub value: Figure,
    /// The difference that the package makes, replicate by replicate.
    pub difference: Figure,
    /// The standard error of the mean difference.
    pub standard_error: f64,
    /// The mean difference over draws of the figures; `None` without draws.
    pub figures: Option<Figure>,
    /// Whether the mean reaches the level asked for; `None` where none is.
    pub reached: Option<bool>,
}

/// A package.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Package {
    /// The proposals in it; none for the base.
    pub proposals: Vec<String>,
    /// Digest of the stack.
    pub digest: String,
    /// What it costs over all years against the base, yuan.
    pub cost: Figure,
    /// The standard error of the mean cost.
    pub cost_standard_error: f64,
    /// The mean cost over draws of the figures; `None` without draws.
    pub cost_figures: Option<Figure>,
    /// The targets.
    pub targets: Vec<Reached>,
    /// Whether the mean cost is within the budget; `None` without one.
    pub within_budget: Option<bool>,
    /// The share of replicates in which it is.
    pub share_within_budget: Option<f64>,
    /// Whether it is on the front: within the budget, the levels reached, and beaten by none.
    pub on_front: bool,
    /// A package of the front that beats it, the cheapest; `None` on the front and out of bounds.
    pub beaten_by: Option<Vec<String>>,
    /// Packages that cost and do exactly the same.
    pub same_as: Vec<Vec<String>>,
    /// The share of resamples of the replicates in which it is on the front: how far chance leaves it there.
    pub front_in_resamples: f64,
    /// The share of draws of the figures in which it is on the front; `None` without draws.
    pub front_in_draws: Option<f64>,
}

/// A target as it was asked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Asked {
    /// The measure's key.
    pub key: &'static str,
    /// What it is measured in.
    pub unit: Unit,
    /// `more` or `less`.
    pub better: &'static str,
    /// The level.
    pub level: Option<f64>,
    /// The measure itself.
    #[serde(skip)]
    pub measure: Measure,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Search {
    /// The version of these results' form.
    pub version: u32,
    /// How it was run.
    pub plan: Plan,
    /// The roster's day.
    pub on: takeroot_civil::Day,
    /// People in the run.
    pub people: i64,
    /// Who is not in it.
    pub left_out: LeftOut,
    /// Digest of the figures.
    pub assumptions: String,
    /// The targets.
    pub targets: Vec<Asked>,
    /// Every package, the cheapest first; the base is the one without proposals.
    pub packages: Vec<Package>,
}

/// Makes the roster under the base with some proposals.
pub type Make<'a, E> = dyn Fn(&[String]) -> Result<Arc<World>, E> + Sync + 'a;

/// Each replicate's cost and targets.
type Values = Vec<Vec<f64>>;

struct Ran {
    digest: String,
    /// By replicate: pay bill, then the targets.
    central: Values,
    /// The same by draw.
    draws: Vec<Values>,
}

/// Runs every package of some proposals against the base. `world` makes the roster under the base with proposals; each
/// package is made when its turn comes, and let go after it.
///
/// # Errors
/// When it was cancelled, there are too many proposals, a target tells of too few people, or a package cannot be made.
#[expect(clippy::too_many_arguments, reason = "what is searched, how, and how it is watched")]
pub fn search<E: Send>(
    base: &Arc<World>,
    proposals: &[String],
    world: &Make<'_, E>,
    assumptions: &Assumptions,
    targets: &[Target],
    plan: Plan,
    cancel: &Cancel,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Search, Stopped<E>> {
    let Some(all) = plan.runs(proposals.len()) else { return Err(Stopped::TooMany(proposals.len())) };
    // A measure of townships alone tells of county organs too, by what is left.
    let apart = kinds_apart(&base.shape(0..base.start.counties.len(), plan.years));
    if let Some(target) = targets.iter().find(|target| !apart && target.measure.of_townships()) {
        return Err(Stopped::TooFew(target.measure.code()));
    }
    let done = AtomicUsize::new(0);
    let aligned = align(base, &assumptions.central());
    let run = |world: &Arc<World>, coefs: Coefs, replicates: u32| -> Result<Values, Stopped<E>> {
        let mut values = Vec::new();
        // A few replicates at a time, so that a search can be stopped soon.
        for from in (0..replicates).step_by(8) {
            if cancel.is_cancelled() {
                return Err(Stopped::Cancelled);
            }
            let few = from..(from + 8).min(replicates);
            let (world, reference) = (world.clone(), base.clone());
            let scenario =
                Scenario { world, reference, coefs: coefs.clone().aligned(aligned), years: plan.years };
            let counties = 0..scenario.world.start.counties.len();
            let ran = few.len();
            for outcome in run_shard(&scenario, counties, few, plan.seed) {
                let period = Period::of(&outcome, 0..plan.years);
                let bill = std::iter::once(Measure::Bill.of(&period));
                values.push(bill.chain(targets.iter().map(|t| t.measure.of(&period))).collect());
            }
            progress(done.fetch_add(ran, Ordering::Relaxed) + ran, all);
        }
        Ok(values)
    };
    let package = |mask: usize| -> Result<Ran, Stopped<E>> {
        let world =
            if mask == 0 { base.clone() } else { world(&of(proposals, mask)).map_err(Stopped::World)? };
        let central = run(&world, assumptions.central(), plan.replicates)?;
        let draw = |draw| run(&world, assumptions.drawn(plan.seed, draw), plan.replicates_a_draw);
        let draws = (0..plan.draws).map(draw).collect::<Result<_, _>>()?;
        Ok(Ran { digest: world.rules.digest.clone(), central, draws })
    };
    let ran: Vec<Ran> = (0..1 << proposals.len()).into_par_iter().map(package).collect::<Result<_, _>>()?;
    let asked = |target: &Target| Asked {
        key: target.measure.code(),
        unit: target.measure.unit(),
        better: if target.more { "more" } else { "less" },
        level: target.level,
        measure: target.measure,
    };
    Ok(Search {
        version: 1,
        plan,
        on: base.on,
        people: base.people(),
        left_out: base.start.left_out,
        assumptions: assumptions.digest(),
        targets: targets.iter().map(asked).collect(),
        packages: weigh(&ran, proposals, targets, plan),
    })
}

/// The proposals of a package.
fn of(proposals: &[String], mask: usize) -> Vec<String> {
    let chosen = proposals.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1);
    chosen.map(|(_, proposal)| proposal.clone()).collect()
}

/// Puts the packages side by side.
fn weigh(ran: &[Ran], proposals: &[String], targets: &[Target], plan: Plan) -> Vec<Package> {
    let Some(base) = ran.first() else { return Vec::new() };
    let differences = |values: &Values, base: &Values, at: usize| -> Vec<f64> {
        values.iter().zip(base).map(|(with, base)| with[at] - base[at]).collect()
    };
    let columns = targets.len() + 1;
    // Each package's differences by column, then replicate.
    let central: Vec<Values> = ran
        .iter()
        .map(|one| (0..columns).map(|at| differences(&one.central, &base.central, at)).collect())
        .collect();
    // Draws lie as far from the central figures as they do on the replicates that they share, as in a comparison.
    let drawn: Vec<Vec<Vec<f64>>> = (0..plan.draws as usize)
        .map(|draw| {
            let one = |(one, central): (&Ran, &Values)| -> Vec<f64> {
                let moved = |at: usize| {
                    let here = mean(&differences(&one.draws[draw], &base.draws[draw], at));
                    let few = plan.replicates_a_draw.min(plan.replicates) as usize;
                    mean(&central[at]) + here - mean(&central[at][..few])
                };
                (0..columns).map(moved).collect()
            };
            ran.iter().zip(&central).map(one).collect()
        })
        .collect();
    let means: Vec<Vec<f64>> =
        central.iter().map(|of| of.iter().map(|values| mean(values)).collect()).collect();
    let levels: Vec<Vec<f64>> =
        ran.iter().map(|one| (1..columns).map(|at| mean(&column(&one.central, at))).collect()).collect();
    let within = |at: usize| {
        plan.budget.is_none_or(|budget| means[at][0] <= budget)
            && targets.iter().zip(&levels[at]).all(|(target, value)| target.reached(*value) != Some(false))
    };
    let admitted: Vec<bool> = (0..ran.len()).map(within).collect();
    let losses =
        |means: &[Vec<f64>]| -> Vec<Vec<f64>> { means.iter().map(|of| losses(of, targets)).collect() };
    let central_losses = losses(&means);
    let front = front(&central_losses, &admitted);
    let stream = Stream::of(plan.seed, "search-resample");
    let n = plan.replicates as usize;
    let resamples: Vec<Vec<bool>> = (0..RESAMPLES)
        .into_par_iter()
        .map(|resample| {
            let taken: Vec<usize> = (0..n).map(|at| stream.below(n, resample, at, 0)).collect();
            let again = |values: &Vec<f64>| taken.iter().map(|at| values[*at]).sum::<f64>() / n as f64;
            let means: Vec<Vec<f64>> = central.iter().map(|of| of.iter().map(again).collect()).collect();
            self::front(&losses(&means), &admitted)
        })
        .collect();
    let draws: Vec<Vec<bool>> = drawn.iter().map(|means| self::front(&losses(means), &admitted)).collect();
    let share = |fronts: &[Vec<bool>], at: usize| {
        fronts.iter().filter(|front| front[at]).count() as f64 / fronts.len().max(1) as f64
    };
    let over_draws = |at: usize, column: usize| {
        let values: Vec<f64> = drawn.iter().map(|means| means[at][column]).collect();
        (!values.is_empty()).then(|| Figure::of(&values))
    };
    let mut order: Vec<usize> = (0..ran.len()).collect();
    order.sort_by(|a, b| means[*a][0].total_cmp(&means[*b][0]).then(a.cmp(b)));
    let told = |at: &usize| {
        let at = *at;
        let reached = |(place, target): (usize, &Target)| Reached {
            key: target.measure.code(),
            value: Figure::of(&column(&ran[at].central, place + 1)),
            difference: Figure::of(&central[at][place + 1]),
            standard_error: standard_error(&central[at][place + 1]),
            figures: over_draws(at, place + 1),
            reached: target.reached(levels[at][place]),
        };
        let beats = |other: &&usize| front[**other] && beats(&central_losses[**other], &central_losses[at]);
        Package {
            proposals: of(proposals, at),
            digest: ran[at].digest.clone(),
            cost: Figure::of(&central[at][0]),
            cost_standard_error: standard_error(&central[at][0]),
            cost_figures: over_draws(at, 0),
            targets: targets.iter().enumerate().map(reached).collect(),
            within_budget: plan.budget.map(|budget| means[at][0] <= budget),
            share_within_budget: plan.budget.map(|budget| {
                central[at][0].iter().filter(|cost| **cost <= budget).count() as f64 / n.max(1) as f64
            }),
            on_front: front[at],
            beaten_by: if front[at] || !admitted[at] {
                None
            } else {
                order.iter().find(beats).map(|other| of(proposals, *other))
            },
            same_as: (0..ran.len())
                .filter(|other| *other != at && central[*other] == central[at])
                .map(|other| of(proposals, other))
                .collect(),
            front_in_resamples: share(&resamples, at),
            front_in_draws: (!draws.is_empty()).then(|| share(&draws, at)),
        }
    };
    order.iter().map(told).collect()
}

fn column(values: &[Vec<f64>], at: usize) -> Vec<f64> {
    values.iter().map(|row| row[at]).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Cost and targets as what one wants less of.
fn losses(means: &[f64], targets: &[Target]) -> Vec<f64> {
    let cost = means.iter().take(1).copied();
    let rest =
        means.iter().skip(1).zip(targets).map(|(mean, target)| if target.more { -mean } else { *mean });
    cost.chain(rest).collect()
}

/// Whether one is no worse in anything and better in something.
fn beats(one: &[f64], other: &[f64]) -> bool {
    one.iter().zip(other).all(|(one, other)| one <= other)
        && one.iter().zip(other).any(|(one, other)| one < other)
}

/// Which of those admitted no other admitted one beats. Equals do not beat each other: they are on it together.
fn front(losses: &[Vec<f64>], admitted: &[bool]) -> Vec<bool> {
    let beaten = |at: usize| {
        losses.iter().zip(admitted).any(|(other, admitted)| *admitted && beats(other, &losses[at]))
    };
    (0..losses.len()).map(|at| admitted[at] && !beaten(at)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_are_on_the_front_together_and_what_is_out_of_bounds_beats_nobody() {
        let losses = [[0.0, 5.0], [1.0, 3.0], [1.0, 3.0], [2.0, 4.0], [0.5, 1.0]].map(|l| l.to_vec());
        assert_eq!(front(&losses, &[true, true, true, true, false]), [true, true, true, false, false]);
        assert_eq!(front(&losses, &[true; 5]), [true, false, false, false, true]);
        assert!(!beats(&losses[1], &losses[2]), "equals do not beat each other");
    }

    #[test]
    fn of_any_packages_the_front_is_beaten_by_none_and_beats_the_rest() {
        let stream = Stream::of(5, "test");
        for n in [1, 2, 7, 60, 300] {
            for columns in 1..4 {
                // Coarse values, so that there are ties.
                let value = |at, column| (stream.unit(n, at, column) * 6.0).floor();
                let losses: Vec<Vec<f64>> =
                    (0..n).map(|at| (0..columns).map(|c| value(at, c)).collect()).collect();
                let front = front(&losses, &vec![true; n]);
                assert!(front.contains(&true));
                for at in 0..n {
                    let beaten_by = (0..n).filter(|o| beats(&losses[*o], &losses[at]));
                    let by_front = beaten_by.clone().filter(|other| front[*other]).count();
                    assert_eq!(front[at], beaten_by.count() == 0);
                    assert_eq!(front[at], by_front == 0, "whoever is beaten is beaten by one of the front");
                }
            }
        }
    }

    #[test]
    fn packages_are_every_choice_of_the_proposals() {
        let proposals = ["a", "b", "c"].map(String::from);
        let all: Vec<Vec<String>> = (0..8).map(|mask| of(&proposals, mask)).collect();
        assert_eq!(all[0], Vec::<String>::new());
        assert_eq!(all[5], ["a", "c"]);
        assert_eq!(all[7], proposals);
        let plan = Plan { years: 1, replicates: 10, draws: 2, replicates_a_draw: 3, seed: 1, budget: None };
        assert_eq!((plan.runs(3), plan.runs(MOST + 1)), (Some(16 * 8), None));
    }
}
