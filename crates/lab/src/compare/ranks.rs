//! Promotions in rank: to which, and how long people wait, those who wait still among them.

use serde::Serialize;
use takeroot_civil::{Code as _, Ladder, Rank};
use takeroot_policy::Officer as _;

use super::{Both, Pair};
use crate::outcome::{Outcome, WAITS};
use crate::scenario::World;
use crate::small;
use crate::state::Row;

/// Promotions to a rank, or to neighbouring ranks of a ladder that too few can reach to be told of each.
#[derive(Clone, Debug, Serialize)]
pub struct Promotions {
    /// The ranks, the lowest first.
    pub ranks: Vec<&'static str>,
    /// People on the roster's day whose next rank it is, of the side with fewer: ten or more.
    pub people: i64,
    /// Year by year.
    pub years: Vec<Pair>,
    /// Over the run.
    pub horizon: Pair,
    /// The ranks themselves.
    #[serde(skip)]
    pub to: Vec<Rank>,
}

/// How many are promoted within some years of the month in which their years were full.
#[derive(Clone, Debug, Serialize)]
pub struct Waited {
    /// Within so many years.
    pub years: usize,
    /// The share, those who wait still or have left counted as long as they were seen (Kaplan-Meier, late entry); the
    /// interval is that of the mean.
    #[serde(flatten)]
    pub promoted: Pair,
}

/// Years that are told.
const YEARS: [usize; 6] = [1, 2, 3, 5, 8, 10];

impl Both {
    pub(super) fn promotions(&self, base: &World, with: &World) -> Vec<Promotions> {
        let at_risk = (next_ranks(base), next_ranks(with));
        let years = self.shape.years;
        let sum = |o: &Outcome, ranks: &[Rank], years: std::ops::Range<usize>| -> f64 {
            let counts = o.promoted_to[years].iter();
            counts.map(|to| ranks.iter().map(|rank| to[rank.index()]).sum::<i64>()).sum::<i64>() as f64
        };
        let nobody = |rank: &Rank| {
            let ever = |outcomes: &[Outcome]| outcomes.iter().any(|o| sum(o, &[*rank], 0..years) > 0.0);
            at_risk.0[rank.index()] + at_risk.1[rank.index()] == 0 && !ever(&self.base) && !ever(&self.with)
        };
        let mut told = Vec::new();
        for ladder in Ladder::ALL {
            let ranks: Vec<Rank> =
                Rank::ALL.iter().copied().filter(|r| r.ladder() == *ladder && !nobody(r)).collect();
            let people = |rank: &Rank| [at_risk.0[rank.index()] as f64, at_risk.1[rank.index()] as f64];
            for band in small::bands_of_all(ranks.iter().map(people)) {
                let to = ranks[band].to_vec();
                let people = |of: &[i64; Rank::COUNT]| to.iter().map(|rank| of[rank.index()]).sum::<i64>();
                told.push(Promotions {
                    ranks: to.iter().map(|rank| rank.code()).collect(),
                    people: people(&at_risk.0).min(people(&at_risk.1)),
                    years: (0..years).map(|year| self.pair(|o| sum(o, &to, year..year + 1))).collect(),
                    horizon: self.pair(|o| sum(o, &to, 0..years)),
                    to,
                });
            }
        }
        told
    }

    /// Shares promoted within some years, as far as ten of each side are seen waiting as long.
    pub(super) fn waits(&self) -> Vec<Waited> {
        let all = |outcomes: &[Outcome]| Waiting::of(&outcomes.iter().collect::<Vec<_>>());
        let (base, with) = (all(&self.base), all(&self.with));
        let replicates = self.base.len().max(1) as f64;
        let told = |years: &usize| {
            // Before each month up to then.
            let least = |waiting: &Waiting| waiting.fewest(years * 12) as f64 / replicates;
            *years <= self.shape.years && small::enough(least(&base)) && small::enough(least(&with))
        };
        let share = |years: usize| move |kept: &[&Outcome]| Waiting::of(kept).promoted(years * 12);
        YEARS
            .iter()
            .filter(|years| told(years))
            .map(|years| Waited { years: *years, promoted: self.limits(share(*years)) })
            .collect()
    }

    /// Months until half are promoted; `None` where that is not seen on ten waits a replicate.
    pub(super) fn half_promoted(&self) -> (Option<f64>, Option<f64>) {
        let of = |outcomes: &[Outcome]| {
            let waiting = Waiting::of(&outcomes.iter().collect::<Vec<_>>());
            let month = (0..WAITS).find(|month| waiting.promoted(*month) >= 0.5)?;
            let least = waiting.fewest(month) as f64 / outcomes.len().max(1) as f64;
            small::enough(least).then_some(month as f64)
        };
        (of(&self.base), of(&self.with))
    }
}

/// Waits as a curve.
struct Waiting {
    /// Seen waiting in each month.
    at_risk: Vec<i64>,
    /// Waiting still after it.
    still: Vec<f64>,
}

impl Waiting {
    fn of(outcomes: &[&Outcome]) -> Waiting {
        let (mut seen, mut still) = (0_i64, 1.0);
        let mut waiting = Waiting { at_risk: Vec::with_capacity(WAITS), still: Vec::with_capacity(WAITS) };
        for month in 0..WAITS {
            let sum = |of: fn(&Outcome) -> &[i64]| -> i64 { outcomes.iter().map(|o| of(o)[month]).sum() };
            seen += sum(|o| &o.waits.from);
            let promoted = sum(|o| &o.waits.promoted);
            waiting.at_risk.push(seen);
            if seen > 0 {
                still *= 1.0 - promoted as f64 / seen as f64;
            }
            waiting.still.push(still);
            seen -= promoted + sum(|o| &o.waits.cut);
        }
        waiting
    }

    /// The share promoted by the end of a month of waiting.
    fn promoted(&self, month: usize) -> f64 {
        1.0 - self.still.get(month).copied().unwrap_or(f64::NAN)
    }

    /// The fewest seen waiting in any month up to one.
    fn fewest(&self, month: usize) -> i64 {
        self.at_risk.iter().take(month + 1).copied().min().unwrap_or(0)
    }
}

/// How many people of a roster have each rank as their next one, the lowest where there are several: each person once.
fn next_ranks(world: &World) -> [i64; Rank::COUNT] {
    let mut people = [0; Rank::COUNT];
    for county in &world.start.counties {
        for (at, organ) in county.place_of.iter().enumerate().filter(|(at, _)| county.state.here[*at]) {
            let place = &county.places[usize::from(*organ)];
            let row = Row { state: &county.state, place, at, month: 0 };
            let over = world.rules.dense.over_ceiling[place.kind.index()];
            let next = world.rules.dense.next_ranks(row.seat());
            if let Some(rank) = next.iter().find(|rank| !over.has(*rank)) {
                people[rank.index()] += 1;
            }
        }
    }
    people
}
