//! Fit up to a day, project on, and compare with what happened.

use std::collections::{BTreeMap, HashMap};

use takeroot_civil::Day;

use crate::forecast::{Counts, Draws, Projection, Walker};
use crate::logit::{Cells, Fit};
use crate::map::Rows;
use crate::model::Model;
use crate::naive::{self, Naive};
use crate::periods::{last_whole, period_end, period_of};
use crate::spells::Spells;

/// How a backtest is made.
#[derive(Clone, Copy, Debug)]
pub struct How {
    /// The last day of what is known.
    pub until: Day,
    /// The last day that is compared.
    pub through: Day,
    /// Courses of events.
    pub draws: u32,
    /// The seed of the randomness.
    pub seed: u64,
}

/// Why there is no backtest.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NoBacktest {
    /// The spells have lengths but no dates.
    #[error("no dates")]
    Dateless,
    /// Rows are periods of service, which have no calendar.
    #[error("rows by service")]
    ByService,
    /// Nothing is to be compared between the two days.
    #[error("no whole period between {0} and {1}")]
    NoPeriod(Day, Day),
    /// The file was drawn up before the last day that should be compared.
    #[error("the file ends {0}")]
    Beyond(Day),
    /// Nobody is there to be projected, or nothing to be fitted on.
    #[error("nobody")]
    Nobody,
    /// A category of `groups` that no term is.
    #[error("no category {0:?}")]
    NoGroup(String),
    /// No cause has a hazard.
    #[error("no cause could be fitted")]
    NoCause,
}

/// What was forecast of one figure and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The period, from the first after `until`.
    pub period: usize,
    /// What happened.
    pub actual: f64,
    /// What the fitted hazards lead one to expect.
    pub expected: f64,
    /// The mean of the draws.
    pub mean: f64,
    /// Lower and upper ends of the 50, 80 and 95 % intervals.
    pub intervals: [(f64, f64); 3],
    /// Standard deviation of the draws by chance, coefficients and years alone.
    pub parts: [f64; 3],
    /// The forecast of last year's rate.
    pub last_rate: f64,
    /// The forecast of the rate by years of service.
    pub cohort_rate: f64,
}

/// How far off forecasts were.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Errors {
    /// Mean absolute error of a period.
    pub mae: f64,
    /// Sum of absolute errors against the sum of what happened.
    pub wape: f64,
    /// Mean absolute percentage error of the periods in which something happened.
    pub mape: f64,
    /// Sum forecast against sum happened, less 1.
    pub bias: f64,
}

/// A row of figures: everyone or a group, one cause or all.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The grouping and the group; `None`: everyone.
    pub group: Option<(String, String)>,
    /// The cause; `None`: all together.
    pub cause: Option<String>,
    /// One a period.
    pub figures: Vec<Figure>,
    /// How often each interval held what happened: 50, 80, 95 %.
    pub coverage: [f64; 3],
    /// Errors of the model, of last year's rate, of the rate by years of service.
    pub errors: [Errors; 3],
}

impl Series {
    /// Whether the model's absolute error is below that of both naive forecasts.
    pub fn better(&self) -> bool {
        let [model, last, cohort] = &self.errors;
        model.mae < last.mae && model.mae < cohort.mae
    }
}

/// A backtest.
#[derive(Debug)]
pub struct Backtest {
    /// How it was made.
    pub how: How,
    /// The hazards.
    pub model: Model,
    /// The first day and the last of each period compared.
    pub periods: Vec<(Day, Day)>,
    /// Everyone, all causes; then everyone by cause; then groups, all causes.
    pub series: Vec<Series>,
    /// Who was there at the end of `until`.
    pub there: usize,
    /// Who really came afterwards, and was projected from then on.
    pub came: usize,
    /// Ends of each period that are what the rule of retirement gives, because none was written.
    pub filled: Vec<usize>,
    /// How many were really there at the start of each period, and how many were expected.
    pub stock: Vec<(f64, f64)>,
    /// Coverage over all causes and periods of everyone.
    pub coverage_causes: [f64; 3],
    /// Coverage over all groups and periods.
    pub coverage_groups: [f64; 3],
    /// What happened to single people against the chances that they had: constant and slope on the log-odds; 0 and 1
    /// if the hazards were right.
    pub calibration: Option<Fit>,
}

/// The levels of the intervals.
pub const LEVELS: [f64; 3] = [0.5, 0.8, 0.95];

impl Spells {
    /// Fits up to a day, projects on, and compares.
    ///
    /// # Errors
    /// If there is nothing to compare.
    pub fn backtest(&self, how: How, done: &(dyn Fn() + Sync)) -> Result<Backtest, NoBacktest> {
        if self.dateless {
            return Err(NoBacktest::Dateless);
        }
        if self.map.fit.rows == Rows::Service {
            return Err(NoBacktest::ByService);
        }
        if how.through > self.until {
            return Err(NoBacktest::Beyond(self.until));
        }
        let months = self.months();
        let first = last_whole(how.until, months) + 1;
        let last = last_whole(how.through, months);
        if last < first {
            return Err(NoBacktest::NoPeriod(how.until, how.through));
        }
        let periods = usize::try_from(last - first + 1).unwrap_or(0);
        let known = period_end(first - 1, months);
        let mut groupings = Vec::new();
        for group in &self.map.backtest.groups {
            let name = group.get_ref();
            let (at, levels) = self.category(name).ok_or_else(|| NoBacktest::NoGroup(name.clone()))?;
            groupings.push((name.clone(), at, levels.to_vec()));
        }

        let from = self
            .map
            .fit
            .from
            .as_ref()
            .and_then(|d| crate::date::read(d.get_ref(), crate::date::Order::YearFirst));
        let from = from.map(|w| w.first);
        let risk = self.risk(from, known);
        let mut model = self.fit_on(&risk);
        if model.hazards.iter().all(|h| h.fit.is_err()) {
            return Err(if risk.is_empty() { NoBacktest::Nobody } else { NoBacktest::NoCause });
        }
        self.differing_years(&mut model, from, known);

        let mut projection = Projection {
            spells: self,
            model: &model,
            walkers: Vec::new(),
            told: Vec::new(),
            part: Vec::new(),
            rows: 1 + groupings.iter().map(|(_, _, levels)| levels.len()).sum::<usize>(),
            periods,
        };
        self.walk(&mut projection, first, known, &groupings);
        if projection.walkers.is_empty() {
            return Err(NoBacktest::Nobody);
        }
        let draws = projection.draw(how.draws, how.seed, done);
        let causes = self.causes.len();
        let mut actual = Counts::zero(projection.rows, periods, causes);
        let mut filled = vec![0; periods];
        let mut really = vec![0.0; periods];
        let mut came = 0;
        for walker in &projection.walkers {
            let Some(spell) = self.all.get(walker.spell) else { continue };
            came += usize::from(spell.start > known);
            let stays_to = walker.left.map_or(walker.to, |(period, _)| period + 1);
            for there in really.get_mut(walker.from..stays_to).unwrap_or_default() {
                *there += spell.weight;
            }
            if let Some((period, cause)) = walker.left {
                for row in std::iter::once(0).chain(walker.groups.iter().copied()) {
                    actual.add(row, period, cause, spell.weight);
                }
                if let (true, Some(filled)) = (spell.filled, filled.get_mut(period)) {
                    *filled += 1;
                }
            }
        }
        let naive = naive::forecast(&projection, from, first);
        let mut series = Vec::new();
        let mut push = |row: usize, group: Option<(String, String)>, cause: Option<usize>| {
            series.push(figures(row, group, cause, &self.causes, &actual, &draws, &naive, periods));
        };
        push(0, None, None);
        (0..causes).for_each(|cause| push(0, None, Some(cause)));
        let mut row = 1;
        for (name, _, levels) in &groupings {
            for level in levels {
                push(row, Some((name.clone(), level.clone())), None);
                row += 1;
            }
        }
        let there = projection.walkers.len() - came;
        let calibration = calibration(&projection);
        let expected = |period: usize| draws.there.get(period).copied().unwrap_or(0.0);
        let stock = really.iter().enumerate().map(|(p, r)| (*r, expected(p))).collect();
        let over = |chosen: &dyn Fn(&Series) -> bool| -> [f64; 3] {
            let all: Vec<&Series> = series.iter().filter(|s| chosen(s)).collect();
            LEVELS.map(|level| {
                let n = LEVELS.iter().position(|l| *l == level).unwrap_or(0);
                all.iter().map(|s| s.coverage.get(n).copied().unwrap_or(0.0)).sum::<f64>() / all.len() as f64
            })
        };
        Ok(Backtest {
            how,
            periods: (first..=last)
                .map(|p| (period_end(p - 1, months).plus_days(1), period_end(p, months)))
                .collect(),
            coverage_causes: over(&|s| s.cause.is_some()),
            coverage_groups: over(&|s| s.group.is_some()),
            series,
            there,
            came,
            filled,
            stock,
            calibration,
            model,
        })
    }

    /// Who is projected: who was there, and who came; each as long as it can be known whether they left.
    fn walk(
        &self,
        projection: &mut Projection<'_>,
        first: i32,
        known: Day,
        groupings: &[(String, usize, Vec<String>)],
    ) {
        let months = self.months();
        let mut cells: HashMap<Vec<u64>, u32> = HashMap::new();
        let mut told = Vec::new();
        for (n, spell) in self.all.iter().enumerate() {
            let begun = spell.since.map_or(spell.start, |day| day.max(spell.start));
            let (end, from) = (period_of(spell.seen, months), period_of(begun, months).max(first));
            if end < first {
                continue;
            }
            // Who really left is projected to the end; who was lost from sight, as long as in sight.
            let last = first + i32::try_from(projection.periods).unwrap_or(0) - 1;
            let to = if spell.cause > 0 { last } else { end.min(last) };
            if from > to {
                continue;
            }
            let due = self.due(spell, Some(known)).map(|day| period_of(day, months));
            let mut walker = Walker {
                spell: n,
                from: usize::try_from(from - first).unwrap_or(0),
                to: usize::try_from(to - first + 1).unwrap_or(0),
                cells: Vec::new(),
                groups: Vec::new(),
                left: None,
            };
            for period in from..=to {
                told.clear();
                self.told(spell, period, due, &mut told);
                let part = self.part(spell, period);
                let key: Vec<u64> = told.iter().chain([&part]).map(|v| v.to_bits()).collect();
                let next = u32::try_from(projection.told.len()).unwrap_or(u32::MAX);
                let cell = *cells.entry(key).or_insert_with(|| {
                    projection.told.push(told.clone());
                    projection.part.push(part);
                    next
                });
                walker.cells.push(cell);
            }
            let mut row = 1;
            for (_, at, levels) in groupings {
                let level = spell.own.get(*at).copied().unwrap_or(0.0);
                walker.groups.push(row + level as usize);
                row += levels.len();
            }
            if spell.cause > 0 && (first..=last).contains(&end) {
                walker.left = Some((usize::try_from(end - first).unwrap_or(0), usize::from(spell.cause) - 1));
            }
            projection.walkers.push(walker);
        }
    }

    /// How much years differ beyond chance, by cause: from the squared differences between what happened in each year of
    /// the fit and what the hazards lead one to expect, less what chance brings (method of moments).
    fn differing_years(&self, model: &mut Model, from: Option<Day>, known: Day) {
        // Expected, its variance by chance, happened; each by cause.
        let mut by_period: BTreeMap<i32, [Vec<f64>; 3]> = BTreeMap::new();
        let causes = self.causes.len();
        let mut chance = vec![0.0; causes];
        let mut chances = model.chances(self);
        self.visit(from, known, |row| {
            chances.of(row.told, row.part, &mut chance);
            let [expected, variance, happened] =
                by_period.entry(row.period).or_insert_with(|| std::array::from_fn(|_| vec![0.0; causes]));
            for (k, p) in chance.iter().enumerate() {
                if let (Some(e), Some(v)) = (expected.get_mut(k), variance.get_mut(k)) {
                    *e += row.spell.weight * p;
                    *v += row.spell.weight * p * (1.0 - p);
                }
            }
            if let Some(happened) = usize::from(row.cause).checked_sub(1).and_then(|at| happened.get_mut(at))
            {
                *happened += row.spell.weight;
            }
        });
        for (k, hazard) in model.hazards.iter_mut().enumerate() {
            let (mut beyond, mut square) = (0.0, 0.0);
            for [expected, variance, happened] in by_period.values() {
                let of = |column: &Vec<f64>| column.get(k).copied().unwrap_or(0.0);
                beyond += (of(happened) - of(expected)).powi(2) - of(variance);
                square += of(variance).powi(2);
            }
            // A year's log-odds moved by δ moves its count by about variance × δ.
            hazard.years_sd = if square > 0.0 { (beyond / square).max(0.0).sqrt().min(2.0) } else { 0.0 };
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "one place gathers all that a figure shows")]
fn figures(
    row: usize,
    group: Option<(String, String)>,
    cause: Option<usize>,
    causes: &[String],
    actual: &Counts,
    draws: &Draws,
    naive: &Naive,
    periods: usize,
) -> Series {
    let sd = |draws: &[Counts], period: usize| {
        let values: Vec<f64> = draws.iter().map(|c| c.at(row, period, cause)).collect();
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (values.len() as f64 - 1.0).max(1.0)).sqrt()
    };
    let figure = |period: usize| {
        let mut values: Vec<f64> = draws.all.iter().map(|c| c.at(row, period, cause)).collect();
        values.sort_by(f64::total_cmp);
        Figure {
            period,
            actual: actual.at(row, period, cause),
            expected: draws.expected.at(row, period, cause),
            mean: values.iter().sum::<f64>() / values.len() as f64,
            intervals: LEVELS.map(|level| {
                (quantile(&values, (1.0 - level) / 2.0), quantile(&values, (1.0 + level) / 2.0))
            }),
            parts: [sd(&draws.chance, period), sd(&draws.coefficients, period), sd(&draws.years, period)],
            last_rate: naive.last.at(row, period, cause),
            cohort_rate: naive.cohort.at(row, period, cause),
        }
    };
    let figures: Vec<Figure> = (0..periods).map(figure).collect();
    let coverage = LEVELS.map(|level| {
        let n = LEVELS.iter().position(|l| *l == level).unwrap_or(0);
        let held =
            |f: &&Figure| f.intervals.get(n).is_some_and(|(low, high)| *low <= f.actual && f.actual <= *high);
        figures.iter().filter(held).count() as f64 / figures.len() as f64
    });
    let errors = [
        errors(&figures, |f| f.expected),
        errors(&figures, |f| f.last_rate),
        errors(&figures, |f| f.cohort_rate),
    ];
    Series { group, cause: cause.and_then(|k| causes.get(k).cloned()), figures, coverage, errors }
}

fn errors(figures: &[Figure], forecast: impl Fn(&Figure) -> f64) -> Errors {
    let n = figures.len() as f64;
    let off: f64 = figures.iter().map(|f| (forecast(f) - f.actual).abs()).sum();
    let actual: f64 = figures.iter().map(|f| f.actual).sum();
    let sum: f64 = figures.iter().map(&forecast).sum();
    let seen: Vec<&Figure> = figures.iter().filter(|f| f.actual > 0.0).collect();
    let mape: f64 = seen.iter().map(|f| (forecast(f) - f.actual).abs() / f.actual).sum();
    Errors { mae: off / n, wape: off / actual, mape: mape / seen.len() as f64, bias: sum / actual - 1.0 }
}

/// A quantile of sorted values, between neighbours (R's type 7).
pub fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() as f64 - 1.0);
    let low = sorted.get(place.floor() as usize).copied().unwrap_or(f64::NAN);
    let high = sorted.get(place.ceil() as usize).copied().unwrap_or(low);
    low + (high - low) * (place - place.floor())
}

/// A logit of what happened to each person, in each period that they really were there, on the log-odds that they had.
fn calibration(projection: &Projection<'_>) -> Option<Fit> {
    let spells = projection.spells;
    let mut chances = projection.model.chances(spells);
    let logits: Vec<f64> = (projection.told.iter().zip(&projection.part))
        // The odds of leaving at all against staying.
        .map(|(told, part)| chances.odds(told, *part).iter().sum::<f64>().ln())
        .collect();
    let mut counts = vec![(0.0, 0.0); logits.len()];
    for walker in &projection.walkers {
        let weight = spells.all.get(walker.spell).map_or(1.0, |s| s.weight);
        for (period, cell) in (walker.from..walker.to).zip(&walker.cells) {
            if let Some(count) = counts.get_mut(*cell as usize) {
                count.0 += weight;
                let left = walker.left.is_some_and(|(when, _)| when == period);
                count.1 += if left { weight } else { 0.0 };
            }
            if walker.left.is_some_and(|(when, _)| when == period) {
                break;
            }
        }
    }
    let mut cells = Cells { width: 2, ..Cells::default() };
    for (logit, (trials, events)) in logits.iter().zip(counts) {
        if trials > 0.0 && logit.is_finite() {
            cells.push(&[1.0, *logit], trials, events);
        }
    }
    cells.fit(&[]).ok()
}
