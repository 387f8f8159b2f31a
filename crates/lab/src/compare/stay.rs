//! How long recruits stay, and where along their service people leave.

use serde::Serialize;
use takeroot_civil::{Channel, Code as _, Education};

use super::Both;
use crate::measure::Figure;
use crate::outcome::{CLASSES, Outcome, SERVICE};
use crate::scenario::World;
use crate::small;

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
    /// Expected years in the first years looked at, if nothing but resignation, selection and transfer ended it; `None` where fewer than
    /// ten recruits were seen. The interval is that of the mean.
    pub base: Option<Figure>,
    /// With the proposals.
    pub with: Option<Figure>,
    /// With less base, on the same replicates.
    pub difference: Option<Figure>,
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
    /// Left an organ by resignation, selection or transfer in a replicate: base, with. Ten or more had that service in both.
    pub left: (f64, f64),
    /// The same as a share a year of those who had that service.
    pub rate: (f64, f64),
    /// With less base of that share; the interval is that of the mean.
    pub rate_difference: Figure,
}

/// How many recruits of the run have resigned, been selected or transferred by a month of service.
#[derive(Clone, Debug, Serialize)]
pub struct GoneBy {
    /// The month of service.
    pub month: usize,
    /// The share, if nothing else ended a stay; the interval is that of the mean.
    pub base: Figure,
    /// With the proposals.
    pub with: Figure,
    /// With less base, on the same replicates.
    pub difference: Figure,
}

impl Both {
    pub(super) fn stay(&self, years: usize) -> Vec<Stay> {
        let channels = Channel::ALL.iter().map(|c| ("channel", c.code(), Class::Channel(*c)));
        let educations = Education::ALL.iter().map(|e| ("education", e.code(), Class::Education(*e)));
        channels
            .chain(educations)
            .zip(0..CLASSES)
            .filter_map(|((by, code, class), at)| {
                let recruits = (recruits(&self.base, at), recruits(&self.with, at));
                let enough = small::enough(recruits.0) && small::enough(recruits.1);
                let told = enough.then(|| self.limits(|o| Curve::of(o, at..at + 1, years * 12).years()));
                told.map(|pair| Stay {
                    by,
                    code,
                    class,
                    recruits,
                    base: Some(pair.base),
                    with: Some(pair.with),
                    difference: Some(pair.difference),
                })
            })
            .collect()
    }

    pub(super) fn by_service(&self) -> Vec<ByService> {
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
                let rate = |kept: &[&Outcome]| {
                    let sum = |of: fn(&Outcome) -> &[i64]| -> i64 {
                        kept.iter().flat_map(|o| &of(o)[months.clone()]).sum()
                    };
                    sum(|o| &o.by_service) as f64 / (sum(|o| &o.at_service) as f64).max(1.0)
                };
                let left = (left(&self.base, months.clone()), left(&self.with, months.clone()));
                let there = (there(&self.base, months.clone()), there(&self.with, months.clone()));
                ByService {
                    from_month: band.start * 12,
                    to_month: band.end * 12,
                    left,
                    rate: (left.0 / there.0, left.1 / there.1),
                    rate_difference: self.limits(rate).difference,
                }
            })
            .collect()
    }

    pub(super) fn gone_by(&self, years: usize) -> Vec<GoneBy> {
        let at_risk = |outcomes: &[Outcome], month: usize| {
            let all: Vec<&Outcome> = outcomes.iter().collect();
            let at_risk = Curve::of(&all, RECRUITS, years * 12).at_risk(month);
            small::enough(at_risk / outcomes.len().max(1) as f64)
        };
        let of = |month: usize| {
            let enough = at_risk(&self.base, month) && at_risk(&self.with, month);
            enough.then(|| {
                let pair = self.limits(|o| Curve::of(o, RECRUITS, years * 12).gone_by(month));
                GoneBy { month, base: pair.base, with: pair.with, difference: pair.difference }
            })
        };
        AROUND_TERMS.iter().filter_map(|month| of(*month)).collect()
    }
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
pub(super) fn holds_otherwise(base: &World, with: &World) -> bool {
    base.rules.service_terms != with.rules.service_terms
        || base.rules.service_blocks != with.rules.service_blocks
}

/// The Kaplan-Meier curve of leaving by resignation, selection or transfer, by months of service.
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
