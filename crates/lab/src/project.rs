//! A run over threads: shards by county and by replicates, put together in their order.
//!
//! Everything counted is a whole number, each shard's rows are its own, and chance is keyed, so that the answer is the
//! same bits for any number of threads and any cut into shards.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::outcome::{Outcome, Shape};
use crate::scenario::Scenario;
use crate::shard::Day;

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

    /// The replicates of the shards of a county.
    fn stretches(&self) -> Vec<Range<u32>> {
        let step = self.replicates_a_shard.max(1);
        let starts = (self.replicates.start..self.replicates.end).step_by(step as usize);
        starts.map(|from| from..from.saturating_add(step).min(self.replicates.end)).collect()
    }

    /// How many shards there are: what progress is counted in.
    pub fn parts(&self) -> usize {
        self.counties.len() * self.stretches().len()
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
    let stretches = run.stretches();
    let done = AtomicUsize::new(0);
    // A county's day is reckoned once and let go with its last replicate; what comes of a county keeps its replicates' order.
    let counties: Result<Vec<Vec<Outcome>>, Cancelled> = run
        .counties
        .clone()
        .into_par_iter()
        .map(|county| {
            if cancel.is_cancelled() {
                return Err(Cancelled);
            }
            let day = Day::of(run.scenario, county, run.seed);
            let parts: Result<Vec<Vec<Outcome>>, Cancelled> = stretches
                .par_iter()
                .map(|replicates| {
                    if cancel.is_cancelled() {
                        return Err(Cancelled);
                    }
                    let part = day.replicates(replicates.clone()).collect();
                    progress(done.fetch_add(1, Ordering::Relaxed) + 1);
                    Ok(part)
                })
                .collect();
            Ok(parts?.into_iter().flatten().collect())
        })
        .collect();
    let years = run.scenario.years;
    let mut outcomes = vec![Outcome::empty(years, 0); run.replicates.len()];
    for county in counties? {
        for (sum, outcome) in outcomes.iter_mut().zip(&county) {
            sum.add(outcome);
        }
    }
    Ok((run.scenario.world.shape(run.counties.clone(), years), outcomes))
}
