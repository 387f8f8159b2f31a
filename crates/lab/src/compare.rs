//! One stack against another: paired differences, with what is chance, what is not known of people, and what nobody knows.
//!
//! Both run with the same luck, so that a difference is owed to the rules. Three kinds of doubt are told apart and never
//! added: **chance** (the interval over replicates at the central figures), **figures** (the interval over draws of all
//! figures from their ranges), **levers** (what the difference would be if something that nobody knows were so).

use serde::Serialize;
use takeroot_civil::{Channel, Code as _, Education};

use crate::align::align;
use crate::assumption::{Aligned, Assumptions, Coefs};
use crate::measure::{Figure, Measure, Period, Unit, standard_error};
use crate::outcome::{AGES, CLASSES, Outcome, PAY_LINES, SERVICE, Shape, YOUNGEST};
use crate::project::{Cancel, Cancelled, Project, project};
use crate::scenario::{Scenario, World};
use crate::small;

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
            draws: 16,
            replicates_a_draw: (replicates / 10).clamp(4, 10).min(replicates),
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

/// What can be said of the direction of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Nothing differs, in no replicate.
    None,
    /// Up in chance, figures and levers alike.
    Up,
    /// Down likewise.
    Down,
    /// It turns within what is not known.
    Unclear,
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
    /// The difference over draws of the figures: each draw's mean over its replicates.
    pub figures: Figure,
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

/// An organ, or several that are too small to be told alone ([`crate::small`]).
#[derive(Clone, Debug, Serialize)]
pub struct OrganResult {
    /// Its number; `None` where it stands for several, each too small to be told alone.
    pub organ: Option<String>,
    /// Its name likewise.
    pub name: Option<String>,
    /// How many organs it stands for.
    pub organs: usize,
    /// Whether it is a township; of several, whether all are.
    pub township: bool,
    /// People on the roster's day: ten or more.
    pub people: i64,
    /// Approved posts.
    pub posts: u32,
    /// Vacancies, mean over the years.
    pub vacant: Pair,
    /// Vacancies at the end of each year, means.
    pub vacant_by_year: Vec<(f64, f64)>,
    /// Left it of their own will in the run.
    pub left: Pair,
}

/// How long recruits stay.
#[derive(Clone, Debug, Serialize)]
pub struct Stay {
    /// `channel` or `education`, and its code.
    pub by: &'static str,
    /// The code of the channel or education.
    pub code: &'static str,
    /// Its name.
    #[serde(skip)]
    pub class: Class,
    /// Recruits in a replicate, mean of both.
    pub recruits: (f64, f64),
    /// Expected years in the first years looked at, if nothing but leaving of one's own will ended it; `None` where fewer than
    /// ten recruits were seen. The interval is that of the mean.
    pub base: Option<Figure>,
    /// With the proposals.
    pub with: Option<Figure>,
}

/// A class of recruits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// By channel.
    Channel(Channel),
    /// By education.
    Education(Education),
}

/// Leaving by years of service.
#[derive(Clone, Debug, Serialize)]
pub struct ByService {
    /// From this month of service …
    pub from_month: usize,
    /// … to before this one.
    pub to_month: usize,
    /// Left an organ of their own will in a replicate: base, with. Ten or more had that service in both.
    pub left: (f64, f64),
    /// The same as a share a year of those who had that service.
    pub rate: (f64, f64),
}

/// How many recruits of the run have gone of their own will by a month of service.
#[derive(Clone, Debug, Serialize)]
pub struct GoneBy {
    /// The month of service.
    pub month: usize,
    /// The share, if nothing but leaving of one's own will ended a stay; the interval is that of the mean.
    pub base: Figure,
    /// With the proposals.
    pub with: Figure,
}

/// A group of the roster's people.
#[derive(Clone, Debug, Serialize)]
pub struct GroupResult {
    /// `township`, `county`; `below-bachelor`, `bachelor`; `under-35`, `35-49`, `50-and-over`.
    pub key: &'static str,
    /// How many there are: ten or more.
    pub people: i64,
    /// Share still there at the end.
    pub stay: Pair,
    /// Promotions in rank a head.
    pub promoted: Pair,
    /// Paid for a year in post, yuan: whoever has left is neither paid nor counted.
    pub paid: Pair,
}

/// People of neighbouring ages: ten or more of each sex on the roster's day and at the end of every year on both sides.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AgeBand {
    /// From this age, full years; the first band holds whoever is younger too …
    pub from: u8,
    /// … to before this one; the last holds whoever is older too.
    pub to: u8,
    /// The base.
    pub base: Sexes,
    /// With the proposals.
    pub with: Sexes,
}

/// People in post, means over replicates: first on the roster's day, then at the end of each year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sexes {
    /// Men.
    pub men: Vec<f64>,
    /// Women.
    pub women: Vec<f64>,
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

/// Compares two worlds of the same roster and day, of ten people or more ([`small::SMALLEST`]).
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
    let mut done = 0;
    let both = |coefs: &Coefs, replicates: u32, done: &mut usize| -> Result<Both, Cancelled> {
        let mut run = |world: &std::sync::Arc<World>| {
            let scenario = side(world, coefs.clone());
            let from = *done;
            let part = Project::of(&scenario, 0..replicates, plan.seed);
            let answer = project(&part, cancel, &|n| progress(from + n, all));
            *done += part.parts();
            answer
        };
        let (shape, base) = run(base)?;
        let (_, with) = run(with)?;
        Ok(Both { shape, base, with })
    };
    let central = both(&assumptions.central(), plan.replicates, &mut done)?;
    // Draws and levers are run on the first replicates only. What they tell is how far they lie from the central figures
    // on those very replicates: the luck that those have in common falls out.
    let (whole, few) = (central.horizon(plan.replicates), central.horizon(plan.replicates_a_draw));
    let moved = |both: Both| -> Differences {
        let here = both.horizon(plan.replicates_a_draw);
        here.iter().zip(&few).zip(&whole).map(|((here, few), whole)| whole + (here - few)).collect()
    };
    let mut drawn = Vec::new();
    for draw in 0..plan.draws {
        drawn.push(moved(both(&assumptions.drawn(plan.seed, draw), plan.replicates_a_draw, &mut done)?));
    }
    let mut levered = Vec::new();
    for (id, coefs) in levers {
        levered.push((id, moved(both(&coefs, plan.replicates_a_draw, &mut done)?)));
    }
    // A measure of townships alone tells of county organs too, by what is left.
    let apart = central.kinds_apart();
    let measures = Measure::ALL.iter().filter(|m| apart || !m.of_townships());
    let measures = measures.map(|m| central.measured(*m, plan.years, &drawn, &levered)).collect();
    Ok(Comparison {
        version: 2,
        plan,
        on: base.on,
        people: base.people(),
        left_out: base.start.left_out,
        assumptions: assumptions.digest(),
        aligned,
        measures,
        pay_lines: central.lines(plan.years),
        cost_per_more_person_year: central.cost(plan.years),
        organs: central.organs(plan.years),
        stay: central.stay(plan.years),
        by_service: central.by_service(),
        gone_by: if holds_otherwise(base, with) { central.gone_by(plan.years) } else { Vec::new() },
        groups: central.groups(),
        ages: central.ages(),
    })
}

/// Both sides' replicates.
struct Both {
    shape: Shape,
    base: Vec<Outcome>,
    with: Vec<Outcome>,
}

/// A group that cells belong to.
type Margin = (&'static str, fn(usize) -> bool);

/// A count of a group.
type OfGroup = fn(&crate::outcome::Group) -> i64;

/// Each measure's mean difference.
type Differences = Vec<f64>;

impl Both {
    /// A value of each replicate, of both sides.
    fn values(&self, value: impl Fn(&Outcome) -> f64) -> (Vec<f64>, Vec<f64>) {
        (self.base.iter().map(&value).collect(), self.with.iter().map(&value).collect())
    }

    fn pair(&self, value: impl Fn(&Outcome) -> f64) -> Pair {
        let (base, with) = self.values(value);
        Pair::of(&base, &with)
    }

    /// The mean difference of every measure over the whole run, of the first replicates.
    fn horizon(&self, replicates: u32) -> Differences {
        let periods = |outcomes: &[Outcome]| -> Vec<Period> {
            let first = outcomes.iter().take(replicates as usize);
            first.map(|outcome| Period::of(outcome, 0..self.shape.years)).collect()
        };
        let (base, with) = (periods(&self.base), periods(&self.with));
        let mean = |periods: &[Period], measure: &Measure| {
            periods.iter().map(|period| measure.of(period)).sum::<f64>() / periods.len().max(1) as f64
        };
        Measure::ALL.iter().map(|m| mean(&with, m) - mean(&base, m)).collect()
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
        let figures: Vec<f64> = drawn.iter().map(|draw| draw[at]).collect();
        let levers: Vec<(String, f64)> = levered.iter().map(|(id, d)| (id.clone(), d[at])).collect();
        let error = standard_error(&differences);
        let figures = Figure::of(&figures);
        // The mean itself, over replicates, must be told from nothing too.
        let mean = horizon.difference.value;
        let all = [mean - 1.645 * error, mean + 1.645 * error, figures.low, figures.high];
        let all = || all.iter().copied().chain(levers.iter().map(|(_, difference)| *difference));
        let direction = if differences.iter().all(|d| *d == 0.0) && all().all(|d| d == 0.0 || d.is_nan()) {
            Direction::None
        } else if all().all(|d| d > 0.0) {
            Direction::Up
        } else if all().all(|d| d < 0.0) {
            Direction::Down
        } else {
            Direction::Unclear
        };
        Measured {
            key: measure.code(),
            unit: measure.unit(),
            years: by_year,
            horizon,
            standard_error: error,
            figures,
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

    fn organs(&self, years: usize) -> Vec<OrganResult> {
        let shape = &self.shape;
        let told = small::organs(&shape.people, &shape.townships);
        told.into_iter()
            .map(|organs| {
                // Sums over the organs that stand together.
                let of = |columns: &[Vec<i64>], years: std::ops::Range<usize>| -> f64 {
                    organs.iter().flat_map(|at| &columns[*at][years.clone()]).sum::<i64>() as f64
                };
                let mean = |outcomes: &[Outcome], year: usize| {
                    outcomes.iter().map(|o| of(&o.vacant, year..year + 1)).sum::<f64>()
                        / outcomes.len().max(1) as f64
                };
                let alone = match organs[..] {
                    [at] => shape.organs.get(at),
                    _ => None,
                };
                OrganResult {
                    organ: alone.map(|(organ, _)| organ.clone()),
                    name: alone.map(|(_, name)| name.clone()),
                    organs: organs.len(),
                    township: organs.iter().all(|at| shape.townships[*at]),
                    people: organs.iter().map(|at| shape.people[*at]).sum(),
                    posts: organs.iter().map(|at| shape.posts[*at]).sum(),
                    vacant: self.pair(|o| of(&o.vacant, 0..years) / years as f64),
                    vacant_by_year: (0..years).map(|y| (mean(&self.base, y), mean(&self.with, y))).collect(),
                    left: self.pair(|o| of(&o.leavers, 0..years)),
                }
            })
            .collect()
    }

    /// Whether townships and county organs may be told apart.
    fn kinds_apart(&self) -> bool {
        let of = |township: bool| -> i64 {
            let here = self.shape.people.iter().zip(&self.shape.townships);
            here.filter(|(_, is)| **is == township).map(|(people, _)| people).sum()
        };
        small::divisible(&[of(true), of(false)])
    }

    fn stay(&self, years: usize) -> Vec<Stay> {
        let channels = Channel::ALL.iter().map(|c| ("channel", c.code(), Class::Channel(*c)));
        let educations = Education::ALL.iter().map(|e| ("education", e.code(), Class::Education(*e)));
        channels
            .chain(educations)
            .zip(0..CLASSES)
            .map(|((by, code, class), at)| Stay {
                by,
                code,
                class,
                recruits: (recruits(&self.base, at), recruits(&self.with, at)),
                base: stays(&self.base, at, years),
                with: stays(&self.with, at, years),
            })
            .filter(|stay| stay.base.is_some() && stay.with.is_some())
            .collect()
    }

    fn by_service(&self) -> Vec<ByService> {
        let mean = |outcomes: &[Outcome], of: &dyn Fn(&Outcome) -> i64| {
            outcomes.iter().map(of).sum::<i64>() as f64 / outcomes.len().max(1) as f64
        };
        // Stocks are taken once a year: each stands for a year of service.
        let there = |outcomes: &[Outcome], months: std::ops::Range<usize>| {
            mean(outcomes, &|o| o.at_service[months.clone()].iter().sum())
        };
        let left = |outcomes: &[Outcome], months: std::ops::Range<usize>| {
            mean(outcomes, &|o| o.by_service[months.clone()].iter().sum())
        };
        // What is longer than the columns stands in the last of them.
        let years = SERVICE / 12;
        let months = |from: usize, to: usize| from * 12..if to == years { SERVICE } else { to * 12 };
        let at_risk = |year: usize| {
            let months = months(year, year + 1);
            there(&self.base, months.clone()).min(there(&self.with, months))
        };
        small::bands(&(0..years).map(at_risk).collect::<Vec<_>>())
            .into_iter()
            .map(|band| {
                let months = months(band.start, band.end);
                let left = (left(&self.base, months.clone()), left(&self.with, months.clone()));
                let there = (there(&self.base, months.clone()), there(&self.with, months));
                ByService {
                    from_month: band.start * 12,
                    to_month: band.end * 12,
                    left,
                    rate: (left.0 / there.0, left.1 / there.1),
                }
            })
            .collect()
    }

    fn gone_by(&self, years: usize) -> Vec<GoneBy> {
        let gone = |outcomes: &[Outcome], month: usize| {
            let share = |kept: &[&Outcome]| Curve::of(kept, RECRUITS, years * 12).gone_by(month);
            let all: Vec<&Outcome> = outcomes.iter().collect();
            let at_risk = Curve::of(&all, RECRUITS, years * 12).at_risk(month);
            small::enough(at_risk / outcomes.len().max(1) as f64).then(|| with_limits(outcomes, share))
        };
        let of = |month: usize| {
            let (base, with) = gone(&self.base, month).zip(gone(&self.with, month))?;
            Some(GoneBy { month, base, with })
        };
        AROUND_TERMS.iter().filter_map(|month| of(*month)).collect()
    }

    fn ages(&self) -> Vec<AgeBand> {
        let mean = |outcomes: &[Outcome], bands: std::ops::Range<usize>, sex: usize| -> Vec<f64> {
            let replicates = outcomes.len().max(1) as f64;
            let of_all = |at: usize| -> i64 {
                outcomes
                    .iter()
                    .filter_map(|o| o.ages.get(at))
                    .flat_map(|ages| &ages[sex][bands.clone()])
                    .sum()
            };
            (0..=self.shape.years).map(|at| of_all(at) as f64 / replicates).collect()
        };
        let sexes = |outcomes: &[Outcome], bands: std::ops::Range<usize>| Sexes {
            men: mean(outcomes, bands.clone(), 0),
            women: mean(outcomes, bands, 1),
        };
        // Everybody who stands behind a number of the band: either sex, either side, any year.
        let behind = (0..AGES).map(|band| {
            let (base, with) = (sexes(&self.base, band..band + 1), sexes(&self.with, band..band + 1));
            [base.men, base.women, with.men, with.women].concat()
        });
        let age = |band: usize| YOUNGEST + 5 * band as u8;
        small::bands_of_all(behind)
            .into_iter()
            .map(|bands| AgeBand {
                from: age(bands.start),
                to: age(bands.end),
                base: sexes(&self.base, bands.clone()),
                with: sexes(&self.with, bands),
            })
            .collect()
    }

    fn groups(&self) -> Vec<GroupResult> {
        // Cells are township or county organ, below or from a bachelor's programme, three ages.
        const MARGINS: [&[Margin]; 3] = [
            &[("township", |cell| cell < 6), ("county", |cell| cell >= 6)],
            &[("below-bachelor", |cell| cell % 6 < 3), ("bachelor", |cell| cell % 6 >= 3)],
            &[
                ("under-35", |cell| cell % 3 == 0),
                ("35-49", |cell| cell % 3 == 1),
                ("50-and-over", |cell| cell % 3 == 2),
            ],
        ];
        // What is left out must not follow from the others and the whole: a small group takes its neighbours with it.
        let people = |here: fn(usize) -> bool| -> i64 {
            let cells = self.base.first().into_iter().flat_map(|o| o.groups.iter().enumerate());
            cells.filter(|(cell, _)| here(*cell)).map(|(_, group)| group.people).sum()
        };
        let told = |margin: &&&[Margin]| {
            small::divisible(&margin.iter().map(|(_, here)| people(*here)).collect::<Vec<_>>())
        };
        MARGINS
            .iter()
            .filter(told)
            .flat_map(|margin| margin.iter())
            .filter_map(|(key, here)| {
                let sum = |outcome: &Outcome, of: OfGroup| -> f64 {
                    let cells = outcome.groups.iter().enumerate().filter(|(cell, _)| here(*cell));
                    cells.map(|(_, group)| of(group)).sum::<i64>() as f64
                };
                let people = self.base.first().map_or(0.0, |o| sum(o, |g| g.people));
                small::enough(people).then(|| GroupResult {
                    key,
                    people: people as i64,
                    stay: self.pair(|o| sum(o, |g| g.stay) / people),
                    promoted: self.pair(|o| sum(o, |g| g.promoted) / people),
                    paid: self
                        .pair(|o| sum(o, |g| g.paid) / 100.0 / (sum(o, |g| g.months) / 12.0).max(1.0 / 12.0)),
                })
            })
            .collect()
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

fn recruits(outcomes: &[Outcome], class: usize) -> f64 {
    let all: i64 = outcomes.iter().flat_map(|o| o.hires_left[class].iter().chain(&o.hires_kept[class])).sum();
    all as f64 / outcomes.len().max(1) as f64
}

/// Months of service around the ends of minimum services of five and six years.
const AROUND_TERMS: [usize; 4] = [60, 72, 84, 96];

/// Classes that hold every recruit once: the channels.
const RECRUITS: std::ops::Range<usize> = 0..Channel::ALL.len();

/// Whether stacks differ in what holds recruits: a minimum service, or what is blocked while it runs.
fn holds_otherwise(base: &World, with: &World) -> bool {
    base.rules.service_terms != with.rules.service_terms
        || base.rules.service_blocks != with.rules.service_blocks
}

/// The Kaplan-Meier curve of leaving of one's own will, by months of service.
struct Curve {
    /// Staying to the end of each month.
    staying: Vec<f64>,
    /// At risk in each month.
    at_risk: Vec<i64>,
}

impl Curve {
    /// That of recruits of some classes, of several replicates together.
    fn of(outcomes: &[&Outcome], classes: std::ops::Range<usize>, months: usize) -> Curve {
        let (mut left, mut gone) = (vec![0; months + 1], vec![0; months + 1]);
        for outcome in outcomes {
            for class in classes.clone() {
                for month in 0..=months {
                    left[month] += outcome.hires_left[class][month];
                    gone[month] += outcome.hires_left[class][month] + outcome.hires_kept[class][month];
                }
            }
        }
        let (mut there, mut stays): (i64, f64) = (gone.iter().sum(), 1.0);
        let mut curve = Curve { staying: Vec::new(), at_risk: Vec::new() };
        for month in 0..months {
            curve.at_risk.push(there);
            if there > 0 {
                stays *= 1.0 - left[month] as f64 / there as f64;
            }
            there -= gone[month];
            curve.staying.push(stays);
        }
        curve
    }

    /// The area under it, years.
    fn years(&self) -> f64 {
        self.staying.iter().sum::<f64>() / 12.0
    }

    /// The share gone by a month.
    fn gone_by(&self, month: usize) -> f64 {
        1.0 - self.staying.get(month).copied().unwrap_or(f64::NAN)
    }

    /// At risk in a month; nobody after the last.
    fn at_risk(&self, month: usize) -> f64 {
        self.at_risk.get(month).copied().unwrap_or(0) as f64
    }
}

/// An estimate of all replicates together; the interval of the mean by leaving out a tenth of them at a time.
fn with_limits(outcomes: &[Outcome], estimate: impl Fn(&[&Outcome]) -> f64) -> Figure {
    let value = estimate(&outcomes.iter().collect::<Vec<_>>());
    let batches = outcomes.len().min(10);
    let without = |batch: usize| {
        let kept = outcomes.iter().enumerate().filter(|(at, _)| at % batches != batch);
        estimate(&kept.map(|(_, outcome)| outcome).collect::<Vec<_>>())
    };
    let half = 1.645 * jackknife(&(0..batches).map(without).collect::<Vec<_>>());
    Figure { value, low: value - half, high: value + half }
}

/// Expected years that a recruit stays within the years looked at.
fn stays(outcomes: &[Outcome], class: usize, years: usize) -> Option<Figure> {
    let enough = small::enough(recruits(outcomes, class));
    enough.then(|| with_limits(outcomes, |kept| Curve::of(kept, class..class + 1, years * 12).years()))
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
