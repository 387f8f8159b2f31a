//! Organ by organ: vacancies, who leaves and how, promotions, burden and overtime.

use serde::Serialize;

use super::{Both, Pair};
use crate::outcome::{Count, Outcome, WAYS, Work};
use crate::small;

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
    /// The same with their intervals and differences, year by year.
    pub vacant_years: Vec<Pair>,
    /// Resigned, were selected or transferred from it in the run, within the county too.
    pub left: Pair,
    /// Everybody who left it in the run, by how they did.
    pub gone: Vec<Gone>,
    /// Promotions in rank in the run.
    pub promoted: Pair,
    /// Work a head against full strength, mean over the years.
    pub burden: Pair,
    /// Overtime, hours a month of those at work, over the run.
    pub overtime: Pair,
}

/// Those who left an organ in one way.
#[derive(Clone, Debug, Serialize)]
pub struct Gone {
    /// The way: `resigned`, `selected-up`, `transferred-out`, `to-county-organ`, `retired`, `died`.
    pub reason: &'static str,
    /// How many.
    #[serde(flatten)]
    pub people: Pair,
    /// The way itself.
    #[serde(skip)]
    pub count: Count,
}

impl Both {
    pub(super) fn organs(&self, years: usize) -> Vec<OrganResult> {
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
                    vacant_years: (0..years).map(|y| self.pair(|o| of(&o.vacant, y..y + 1))).collect(),
                    left: self.pair(|o| of(&o.leavers, 0..years)),
                    gone: WAYS
                        .iter()
                        .enumerate()
                        .map(|(way, count)| Gone {
                            reason: count.code(),
                            people: self.pair(|o| {
                                organs.iter().flat_map(|at| &o.gone[*at]).map(|year| year[way]).sum::<i64>()
                                    as f64
                            }),
                            count: *count,
                        })
                        .collect(),
                    promoted: self.pair(|o| of(&o.promoted_in, 0..years)),
                    burden: self.pair(|o| {
                        let work = worked(o, &organs);
                        share(work.load_milli as f64 / 1000.0, work.people as f64)
                    }),
                    overtime: self.pair(|o| {
                        let work = worked(o, &organs);
                        share(work.minutes as f64 / 60.0, work.months as f64)
                    }),
                }
            })
            .collect()
    }
}

/// The work of some organs over all years.
fn worked(outcome: &Outcome, organs: &[usize]) -> Work {
    let mut sum = Work::default();
    for work in organs.iter().flat_map(|at| &outcome.work[*at]) {
        sum.load_milli += work.load_milli;
        sum.people += work.people;
        sum.minutes += work.minutes;
        sum.months += work.months;
    }
    sum
}

/// A part of a whole; 0 of nothing.
fn share(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { part / whole }
}
