//! A comparison: the central figures first, which a reader sees at once; then with draws and levers.

use std::sync::Arc;

use takeroot_civil::Roster;
use takeroot_lab::clauses::Taken;
use takeroot_lab::{Assumptions, Cancel, Comparison, Plan, compare_in_parts};
use takeroot_policy::Stack;

use super::keep::Kept;
use super::{Asked, Begun, Inputs, Ready, WORK, sound, spec, told, worlds};
use crate::jobs::{Job, Progress};
use crate::words::say;
use crate::{Action, Office, OfficeError, Resource, Viewer};

/// A run, whole or as far as it is.
#[derive(Clone, Debug)]
pub struct Run {
    /// What was asked.
    pub asked: Asked,
    /// What it rests on.
    pub inputs: Inputs,
    /// What came of it.
    pub comparison: Comparison,
    /// How each clause of the proposals was taken.
    pub clauses: Vec<Taken>,
    /// Draws and levers are in it; else only the central figures are.
    pub whole: bool,
    /// The people are invented.
    pub invented: bool,
}

impl Asked {
    /// How it is run.
    pub fn plan(&self) -> Plan {
        let usual = Plan::of(usize::from(self.years), self.replicates, self.seed);
        Plan { draws: self.draws, ..usual }
    }
}

impl Office {
    /// The run of these inputs, if it is remembered: whole, or its first figures.
    pub fn lab_run(&self, ready: &Ready) -> Option<Arc<Run>> {
        match self.lab.answer(&ready.key) {
            Some(Kept::Run(run)) => Some(run),
            _ => None,
        }
    }

    /// The viewer's work on these inputs: under way, or how it ended.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn lab_work(&self, viewer: &Viewer, ready: &Ready) -> Result<Option<Job>, OfficeError> {
        self.work_on(viewer, &ready.key).await
    }

    /// Begins a run, unless it is remembered or under way. `place` is where it will be shown.
    ///
    /// # Errors
    /// When the viewer may not run, what is asked is out of bounds, or too many of the viewer's runs are under way.
    pub async fn begin_lab(
        self: &Arc<Office>,
        viewer: &Viewer,
        ready: Ready,
        place: String,
    ) -> Result<Begun, OfficeError> {
        viewer.must(Resource::Lab, Action::Write)?;
        sound(&ready.asked)?;
        if self.lab_run(&ready).is_some_and(|run| run.whole) {
            return Ok(Begun::Kept);
        }
        let account = viewer.account;
        self.begin_work(viewer, WORK, ready.key.clone(), place, move |office, progress| async move {
            let roster = office.lab_roster(account, &ready, "lab-run", &progress).await?;
            let assumptions = office.assumptions()?;
            let work = move || office.reckon_lab(&ready, &roster, &assumptions, &progress);
            tokio::task::spawn_blocking(work).await.map_err(|_| OfficeError::Interrupted)?
        })
        .await
    }

    fn reckon_lab(
        &self,
        ready: &Ready,
        roster: &Roster,
        assumptions: &Assumptions,
        progress: &Progress,
    ) -> Result<(), OfficeError> {
        let (base, with) = worlds(ready, roster)?;
        let plan = ready.asked.plan();
        let cancel = Cancel::default();
        let stack = Stack::new(&ready.library, spec(&ready.asked.with, ready.place.clone()))?;
        let clauses = takeroot_lab::clauses(&stack, &base, &with);
        let keep = |comparison: Comparison, whole: bool| {
            let (asked, inputs) = (ready.asked.clone(), ready.inputs.clone());
            let clauses = clauses.clone();
            let run = Run { asked, inputs, comparison, clauses, whole, invented: roster.invented };
            self.lab.keep(&ready.key, Kept::Run(Arc::new(run)));
        };
        let step = |done: usize, all: usize| {
            if progress.at(done, all).is_err() {
                cancel.cancel();
            }
        };
        told(progress, |lang| say!(lang, "lab-central"));
        let first = |comparison: Comparison| {
            keep(comparison, false);
            told(progress, |lang| say!(lang, "lab-doubting"));
        };
        let found = compare_in_parts(&base, &with, assumptions, plan, &cancel, &step, Some(&first));
        keep(found.map_err(|_| OfficeError::Cancelled)?, true);
        Ok(())
    }
}
