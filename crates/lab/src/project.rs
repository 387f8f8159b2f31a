//! A run over threads: shards by county and by replicates, put together in their order.
//!
//! Everything counted is a whole number, each shard's rows are its own, and chance is keyed, so that the answer is the
//! same bits for any number of threads and any cut into shards.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::outcome::{Outcome, Shape};
use crate::scenario::Scenario;
use crate::shard::run_shard;

/// A flag by which a run is stopped.
#[derive(Debug, Default)]
pub struct Cancel(AtomicBool);

impl Cancel {
    /// Stops the run.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was stopped.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The run was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

/// What is to be run.
#[derive(Debug)]
pub struct Project<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Which counties.
    pub counties: Range<usize>,
    /// Which replicates.
    pub replicates: Range<u32>,
    /// The seed.
    pub seed: u64,
    /// Replicates a shard, at most.
    pub replicates_a_shard: u32,
}

impl<'a> Project<'a> {
    /// All counties of a scenario.
    pub fn of(scenario: &'a Scenario, replicates: Range<u32>, seed: u64) -> Project<'a> {
        let counties = 0..scenario.world.start.counties.len();
        Project { scenario, counties, replicates, seed, replicates_a_shard: 8 }
    }

    /// The shards, in the order in which they are put together: replicates outside, counties inside.
    fn shards(&self) -> Vec<(Range<u32>, usize)> {
        let step = self.replicates_a_shard.max(1);
        let starts = (self.replicates.start..self.replicates.end).step_by(step as usize);
        starts
            .flat_map(|from| {
                let to = (from + step).min(self.replicates.end);
                self.counties.clone().map(move |county| (from..to, county))
            })
            .collect()
    }

    /// How many shards there are: what progress is counted in.
    pub fn parts(&self) -> usize {
        self.shards().len()
    }
}

/// Runs it in the pool of threads that it is called in. `progress` is told how many parts are done; it is called from any thread.
///
/// # Errors
/// When it was cancelled.
pub fn project(
    run: &Project<'_>,
    cancel: &Cancel,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<(Shape, Vec<Outcome>), Cancelled> {
    let shards = run.shards();
    let done = AtomicUsize::new(0);
    let parts: Vec<Option<Vec<Outcome>>> = shards
        .par_iter()
        .map(|(replicates, county)| {
            if cancel.is_cancelled() {
                return None;
            }
            let part = run_shard(run.scenario, *county..*county + 1, replicates.clone(), run.seed);
            progress(done.fetch_add(1, Ordering::Relaxed) + 1);
            Some(part)
        })
        .collect();
    let years = run.scenario.years;
    let mut outcomes = vec![Outcome::empty(years, 0); run.replicates.len()];
    for ((replicates, _), part) in shards.iter().zip(parts) {
        let from = (replicates.start - run.replicates.start) as usize;
        for (outcome, sum) in part.ok_or(Cancelled)?.iter().zip(outcomes.iter_mut().skip(from)) {
            sum.add(outcome);
        }
    }
    Ok((run.scenario.world.shape(run.counties.clone(), years), outcomes))
}
