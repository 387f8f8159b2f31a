//! One stack against another: paired differences, with what is chance, what is not known of people, and what nobody knows.
//!
//! Both run with the same luck, so that a difference is owed to the rules. Three kinds of doubt are told apart and never
//! added: **chance** (the interval over replicates at the central figures), **figures** (the interval over draws of all
//! figures from their ranges), **levers** (what the difference would be if something that nobody knows were so).

mod direction;
mod organs;
mod people;
mod ranks;
mod stay;

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use serde::Serialize;
use takeroot_civil::{Code as _, Ladder};

use crate::align::align;
use crate::assumption::{Aligned, Assumptions, Coefs};
use crate::measure::{Figure, Measure, Period, Unit, standard_error};
use crate::outcome::{Outcome, PAY_LINES, Shape};
use crate::project::{Cancel, Cancelled, Project, project};
use crate::scenario::{Scenario, World};
use direction::Drawn;

pub use direction::{Direction, ENOUGH_DRAWS, SURE};
pub use organs::{Gone, OrganResult};
pub use people::{AgeBand, GroupResult, Sexes};
pub use ranks::{Promotions, Waited};
pub use stay::{ByService, Class, GoneBy, Stay};

/// How a comparison is run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Plan {
    /// Years.
    pub years: usize,
    /// Replicates at the central figures.
    pub replicates: u32,
    /// Draws of the figures from their ranges.
    pub draws: u32,
    /// Replicates of each draw and each lever.
    pub replicates_a_draw: u32,
    /// Seed.
    pub seed: u64,
}

impl Plan {
    /// A plan with as many draws as are usual.
    pub fn of(years: usize, replicates: u32, seed: u64) -> Plan {
        Plan {
            years,
            replicates,
            draws: 32,
            replicates_a_draw: (replicates / 20).clamp(4, 10).min(replicates),
            seed,
        }
    }
}

/// Both sides and their difference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Pair {
    /// The base.
    pub base: Figure,
    /// With the proposals.
    pub with: Figure,
    /// With less base, replicate by replicate.
    pub difference: Figure,
}

impl Pair {
    fn of(base: &[f64], with: &[f64]) -> Pair {
        let difference: Vec<f64> = base.iter().zip(with).map(|(base, with)| with - base).collect();
        Pair { base: Figure::of(base), with: Figure::of(with), difference: Figure::of(&difference) }
    }
}

/// A measure.
#[derive(Clone, Debug, Serialize)]
pub struct Measured {
    /// Its key.
    pub key: &'static str,
    /// What it is measured in.
    pub unit: Unit,
    /// Year by year.
    pub years: Vec<Pair>,
    /// Over the whole run: flows summed, stocks at its end.
    pub horizon: Pair,
    /// The standard error of the mean difference over replicates.
    pub standard_error: f64,
    /// The difference over draws of the figures, without what is luck of the few replicates of a draw.
    pub figures: Figure,
    /// The standard error that this luck gives a single draw; `None` where a draw has one replicate only.
    pub figures_noise: Option<f64>,
    /// The mean difference under each lever that nobody knows, by its id.
    pub levers: Vec<(String, f64)>,
    /// What can be said of its direction.
    pub direction: Direction,
    /// The measure itself.
    #[serde(skip)]
    pub measure: Measure,
}

/// A line of the pay bill.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Its key: `base`, `level`, an allowance, `bonus`.
    pub key: &'static str,
    /// Its place among the lines.
    #[serde(skip)]
    pub line: usize,
    /// Year by year, yuan.
    pub years: Vec<Pair>,
    /// Over the run, yuan.
    pub horizon: Pair,
}

/// Where something stands: what was compared.
#[derive(Clone, Debug, Serialize)]
pub struct Side {
    /// `law` or a baseline's id.
    pub base: String,
    /// Proposals.
    pub proposals: Vec<String>,
    /// The place whose instruments hold.
    pub place: Option<String>,
    /// Digest of the stack.
    pub digest: String,
}

/// A comparison.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// The version of these results' form.
    pub version: u32,
    /// How it was run.
    pub plan: Plan,
    /// The roster's day.
    pub on: takeroot_civil::Day,
    /// People in the run.
    pub people: i64,
    /// Who is not in it.
    pub left_out: crate::state::LeftOut,
    /// Digest of the figures.
    pub assumptions: String,
    /// What was added to log-odds so that rates are those of the roster.
    pub aligned: Aligned,
    /// Measures.
    pub measures: Vec<Measured>,
    /// The pay bill by line.
    pub pay_lines: Vec<Line>,
    /// Cost of the proposals for each more person-year in post, yuan, with the 90 % limits of the means by Fieller; `None`
    /// where it is not clear that more are kept.
    pub cost_per_more_person_year: Option<Figure>,
    /// Organs.
    pub organs: Vec<OrganResult>,
    /// How long recruits stay.
    pub stay: Vec<Stay>,
    /// Leaving by years of service.
    pub by_service: Vec<ByService>,
    /// Recruits gone by the months around the ends of minimum services; only where the stacks differ in what they ask of
    /// recruits or block meanwhile.
    pub gone_by: Vec<GoneBy>,
    /// Groups of the roster's people.
    pub groups: Vec<GroupResult>,
    /// People by age and sex, year by year, for a pyramid; empty where too few of one sex are there to be told of.
    pub ages: Vec<AgeBand>,
    /// Ladders on which no quota limits promotions, under the base or with the proposals.
    pub unlimited: Vec<&'static str>,
    /// Promotions in rank, rank by rank.
    pub promotions: Vec<Promotions>,
    /// How many are promoted within some years of being able to be: those who wait still are counted as long as they were seen.
    pub waits: Vec<Waited>,
    /// Months until half of those who can be promoted are; base, with; `None` where too few are seen waiting so long.
    pub half_promoted_months: (Option<f64>, Option<f64>),
}

impl Comparison {
    /// How many replicates it takes until the interval of a measure's mean difference is no wider than this.
    pub fn replicates_for(&self, key: &str, width: f64) -> u32 {
        let Some(measured) = self.measures.iter().find(|m| m.key == key) else { return 0 };
        let spread = measured.standard_error * f64::from(self.plan.replicates).sqrt();
        // The interval of a mean that holds 90 % is 1.645 standard errors to each side. The cast saturates.
        (2.0 * 1.645 * spread / width).powi(2).ceil() as u32
    }
}

/// Compares two worlds of the same roster and day, of ten people or more ([`crate::small::SMALLEST`]).
///
/// # Errors
/// When it was cancelled.
pub fn compare(
    base: &std::sync::Arc<World>,
    with: &std::sync::Arc<World>,
    assumptions: &Assumptions,
    plan: Plan,
    cancel: &Cancel,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Comparison, Cancelled> {
    compare_in_parts(base, with, assumptions, plan, cancel, progress, None)
}

/// The same; `first` is handed what the central figures say, without draws and levers, as soon as they are there.
///
/// # Errors
/// When it was cancelled.
pub fn compare_in_parts(
    base: &std::sync::Arc<World>,
    with: &std::sync::Arc<World>,
    assumptions: &Assumptions,
    plan: Plan,
    cancel: &Cancel,
    progress: &(dyn Fn(usize, usize) + Sync),
    first: Option<&dyn Fn(Comparison)>,
) -> Result<Comparison, Cancelled> {
    let aligned = align(base, &assumptions.central());
    let levers: Vec<(String, Coefs)> =
        assumptions.scenarios().map(|(id, _, coefs)| (id.to_owned(), coefs)).collect();
    let side = |world: &std::sync::Arc<World>, coefs: Coefs| Scenario {
        world: world.clone(),
        reference: base.clone(),
        coefs: coefs.aligned(aligned),
        years: plan.years,
    };
    let counties = base.start.counties.len();
    let parts = |replicates: u32| replicates.div_ceil(8) as usize * counties * 2;
    let small = (plan.draws as usize + levers.len()) * parts(plan.replicates_a_draw);
    let all = parts(plan.replicates) + small;
    let done = AtomicUsize::new(0);
    let both = |coefs: &Coefs, replicates: u32| -> Result<Both, Cancelled> {
        let run = |world: &std::sync::Arc<World>| {
            let scenario = side(world, coefs.clone());
            let part = Project::of(&scenario, 0..replicates, plan.seed);
            project(&part, cancel, &|_| progress(done.fetch_add(1, Ordering::Relaxed) + 1, all))
        };
        let (base, with) = rayon::join(|| run(base), || run(with));
        let ((shape, base), (_, with)) = (base?, with?);
        Ok(Both { shape, base, with })
    };
    let central = both(&assumptions.central(), plan.replicates)?;
    if let Some(first) = first {
        first(central.told(base, with, assumptions, (plan, aligned), &[], &[]));
    }
    // Draws and levers are run on the first replicates only. What they tell is how far they lie from the central figures
    // on those very replicates: the luck that those have in common falls out.
    let whole = central.differences(plan.replicates);
    let moved = |both: Both| -> Differences {
        let here = both.differences(plan.replicates_a_draw);
        let one = |(here, whole): (&Vec<f64>, &Vec<f64>)| {
            // Replicate by replicate, what the draw changes.
            let changes: Vec<f64> = here.iter().zip(whole).map(|(here, whole)| here - whole).collect();
            let error = standard_error(&changes);
            Drawn {
                value: mean(whole) + mean(&changes),
                noise: Some(error.powi(2)).filter(|noise| noise.is_finite()),
            }
        };
        here.iter().zip(&whole).map(one).collect()
    };
    // Each is a few replicates: many of them go side by side.
    let draws = (0..plan.draws).into_par_iter();
    let drawn: Vec<Differences> = draws
        .map(|draw| Ok(moved(both(&assumptions.drawn(plan.seed, draw), plan.replicates_a_draw)?)))
        .collect::<Result<_, _>>()?;
    let levered: Vec<(String, Differences)> = levers
        .into_par_iter()
        .map(|(id, coefs)| Ok((id, moved(both(&coefs, plan.replicates_a_draw)?))))
        .collect::<Result<_, _>>()?;
    Ok(central.told(base, with, assumptions, (plan, aligned), &drawn, &levered))
}

/// Both sides' replicates.
struct Both {
    shape: Shape,
    base: Vec<Outcome>,
    with: Vec<Outcome>,
}

/// What a draw or lever says of each measure's mean difference.
type Differences = Vec<Drawn>;

impl Both {
    fn told(
        &self,
        base: &World,
        with: &World,
        assumptions: &Assumptions,
        (plan, aligned): (Plan, Aligned),
        drawn: &[Differences],
        levered: &[(String, Differences)],
    ) -> Comparison {
        // A measure of townships alone tells of county organs too, by what is left.
        let apart = kinds_apart(&self.shape);
        let measures = Measure::ALL.iter().filter(|m| apart || !m.of_townships());
        let measures = measures.map(|m| self.measured(*m, plan.years, drawn, levered)).collect();
        Comparison {
            version: 2,
            plan,
            on: base.on,
            people: base.people(),
            left_out: base.start.left_out,
            assumptions: assumptions.digest(),
            aligned,
            measures,
            pay_lines: self.lines(plan.years),
            cost_per_more_person_year: self.cost(plan.years),
            organs: self.organs(plan.years),
            stay: self.stay(plan.years),
            by_service: self.by_service(),
            gone_by: if stay::holds_otherwise(base, with) { self.gone_by(plan.years) } else { Vec::new() },
            groups: self.groups(),
            ages: self.ages(),
            unlimited: unlimited(base, with),
            promotions: self.promotions(base, with),
            waits: self.waits(),
            half_promoted_months: self.half_promoted(),
        }
    }

    /// A value of each replicate, of both sides.
    fn values(&self, value: impl Fn(&Outcome) -> f64) -> (Vec<f64>, Vec<f64>) {
        (self.base.iter().map(&value).collect(), self.with.iter().map(&value).collect())
    }

    fn pair(&self, value: impl Fn(&Outcome) -> f64) -> Pair {
        let (base, with) = self.values(value);
        Pair::of(&base, &with)
    }

    /// An estimate of all replicates together, and of their pairs the difference; intervals of the mean by leaving out a tenth
    /// of the replicates at a time.
    fn limits(&self, estimate: impl Fn(&[&Outcome]) -> f64) -> Pair {
        let batches = self.base.len().min(10);
        let of = |outcomes: &[Outcome], without: Option<usize>| {
            let kept =
                outcomes.iter().enumerate().filter(|(at, _)| without.is_none_or(|b| at % batches != b));
            estimate(&kept.map(|(_, outcome)| outcome).collect::<Vec<_>>())
        };
        let each = |outcomes: &[Outcome]| -> Vec<f64> {
            (0..batches).map(|batch| of(outcomes, Some(batch))).collect()
        };
        let (base, with) = (each(&self.base), each(&self.with));
        let differences: Vec<f64> = base.iter().zip(&with).map(|(base, with)| with - base).collect();
        let figure = |value: f64, without: &[f64]| {
            let half = 1.645 * jackknife(without);
            Figure { value, low: value - half, high: value + half }
        };
        let values = (of(&self.base, None), of(&self.with, None));
        Pair {
            base: figure(values.0, &base),
            with: figure(values.1, &with),
            difference: figure(values.1 - values.0, &differences),
        }
    }

    /// The differences of every measure over the whole run, replicate by replicate, of the first replicates.
    fn differences(&self, replicates: u32) -> Vec<Vec<f64>> {
        let periods = |outcomes: &[Outcome]| -> Vec<Period> {
            let first = outcomes.iter().take(replicates as usize);
            first.map(|outcome| Period::of(outcome, 0..self.shape.years)).collect()
        };
        let (base, with) = (periods(&self.base), periods(&self.with));
        let of = |measure: &Measure| {
            base.iter().zip(&with).map(|(base, with)| measure.of(with) - measure.of(base)).collect()
        };
        Measure::ALL.iter().map(of).collect()
    }

    fn measured(
        &self,
        measure: Measure,
        years: usize,
        drawn: &[Differences],
        levered: &[(String, Differences)],
    ) -> Measured {
        let by_year =
            (0..years).map(|year| self.pair(|o| measure.of(&Period::of(o, year..year + 1)))).collect();
        let (base, with) = self.values(|o| measure.of(&Period::of(o, 0..years)));
        let differences: Vec<f64> = base.iter().zip(&with).map(|(base, with)| with - base).collect();
        let horizon = Pair::of(&base, &with);
        let at = measure as usize;
        let drawn: Vec<Drawn> = drawn.iter().map(|draw| draw[at]).collect();
        let levers: Vec<(String, f64)> = levered.iter().map(|(id, d)| (id.clone(), d[at].value)).collect();
        let error = standard_error(&differences);
        let (figures, figures_noise) = direction::figures(&drawn);
        let direction = direction::direction(&differences, &drawn, &figures, &levers);
        Measured {
            key: measure.code(),
            unit: measure.unit(),
            years: by_year,
            horizon,
            standard_error: error,
            figures,
            figures_noise,
            levers,
            direction,
            measure,
        }
    }

    fn lines(&self, years: usize) -> Vec<Line> {
        let line = |line: usize| Line {
            key: line_code(line),
            line,
            years: (0..years).map(|year| self.pair(|o| Period::of(o, year..year + 1).line(line))).collect(),
            horizon: self.pair(|o| Period::of(o, 0..years).line(line)),
        };
        let lines = (0..PAY_LINES).map(line);
        lines.filter(|line| line.horizon.base.high > 0.0 || line.horizon.with.high > 0.0).collect()
    }

    /// What a further person-year costs: the whole difference of the bill over the difference of person-years.
    fn cost(&self, years: usize) -> Option<Figure> {
        let whole = |outcome: &Outcome| {
            let period = Period::of(outcome, 0..years);
            (Measure::Bill.of(&period), Measure::PersonYears.of(&period) * years as f64)
        };
        let each: Vec<(f64, f64)> = self
            .base
            .iter()
            .zip(&self.with)
            .map(|(base, with)| {
                let (base, with) = (whole(base), whole(with));
                (with.0 - base.0, with.1 - base.1)
            })
            .collect();
        fieller(&each)
    }
}

/// The ratio of the means of pairs, first over second, with the limits that hold it in 90 % (Fieller). `None` where the
/// second mean is not above 0 by as much: then no finite interval holds the ratio.
fn fieller(pairs: &[(f64, f64)]) -> Option<Figure> {
    let n = pairs.len() as f64;
    if n < 2.0 {
        return None;
    }
    let (cost, years) = pairs.iter().fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0 / n, sum.1 + pair.1 / n));
    // Variances and covariance of the means.
    let spread = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / (n - 1.0) / n;
    let of_cost = spread(&|pair| (pair.0 - cost).powi(2));
    let of_years = spread(&|pair| (pair.1 - years).powi(2));
    let of_both = spread(&|pair| (pair.0 - cost) * (pair.1 - years));
    let z = 1.645;
    if years <= z * of_years.sqrt() || years <= 0.0 {
        return None;
    }
    let value = cost / years;
    let g = z * z * of_years / (years * years);
    let middle = value - z * z * of_both / (years * years);
    let inner = of_cost - 2.0 * value * of_both + value * value * of_years
        - if of_years > 0.0 { g * (of_cost - of_both * of_both / of_years) } else { 0.0 };
    let half = z / years * inner.max(0.0).sqrt();
    Some(Figure { value, low: (middle - half) / (1.0 - g), high: (middle + half) / (1.0 - g) })
}

/// The standard error of an estimate from those that leave out a part each.
fn jackknife(without: &[f64]) -> f64 {
    let n = without.len() as f64;
    if n < 2.0 {
        return 0.0;
    }
    let mean = without.iter().sum::<f64>() / n;
    ((n - 1.0) / n * without.iter().map(|v| (v - mean).powi(2)).sum::<f64>()).sqrt()
}

fn unlimited(base: &World, with: &World) -> Vec<&'static str> {
    let (base, with) = (base.unlimited(), with.unlimited());
    Ladder::ALL.iter().filter(|l| base.contains(l) || with.contains(l)).map(|l| l.code()).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Whether townships and county organs may be told apart: neither has between one and nine people on the roster's day.
pub fn kinds_apart(shape: &Shape) -> bool {
    let of = |township: bool| -> i64 {
        let here = shape.people.iter().zip(&shape.townships);
        here.filter(|(_, is)| **is == township).map(|(people, _)| people).sum()
    };
    crate::small::divisible(&[of(true), of(false)])
}

/// The key of a line of pay.
pub fn line_code(line: usize) -> &'static str {
    use takeroot_policy::rule::PayItem;
    match line {
        crate::state::BASE => "base",
        crate::state::LEVEL => "level",
        crate::outcome::BONUS => "bonus",
        line => PayItem::ALL.get(line - 2).map_or("", |item| item.code()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_of_a_ratio_are_the_roots_of_fiellers_equation() {
        let pairs = [(12.0, 3.0), (20.0, 4.5), (9.0, 2.0), (30.0, 6.0), (16.0, 5.0)];
        let figure = fieller(&pairs).unwrap();
        assert!((figure.value - 87.0 / 20.5).abs() < 1e-12);
        // At a limit, the mean of cost - limit * years is 1.645 of its standard errors from 0.
        for limit in [figure.low, figure.high] {
            let rest: Vec<f64> = pairs.iter().map(|(cost, years)| cost - limit * years).collect();
            let mean = rest.iter().sum::<f64>() / 5.0;
            assert!((mean.abs() / standard_error(&rest) - 1.645).abs() < 1e-9, "{limit}");
        }
        assert!(figure.low < figure.value && figure.value < figure.high);
    }

    #[test]
    fn no_ratio_is_told_where_nobody_more_may_be_kept() {
        assert!(fieller(&[(12.0, 3.0), (20.0, -4.5), (9.0, 2.0), (30.0, 1.0)]).is_none());
        assert!(fieller(&[(12.0, -3.0), (20.0, -4.5)]).is_none());
        assert!(fieller(&[(12.0, 3.0)]).is_none());
        let sure = fieller(&[(12.0, 3.0), (12.0, 3.0)]).unwrap();
        assert_eq!((sure.low, sure.value, sure.high), (4.0, 4.0, 4.0));
    }
}
