//! What an answer hangs on: which of the things that are assumed move it most.

use std::sync::Arc;

use takeroot_civil::Roster;
use takeroot_lab::sense::{Factors, Plan, Sensitivity, USUAL, sense};
use takeroot_lab::{Assumptions, Cancel};

use super::keep::Kept;
use super::{Asked, Begun, DOUBT, Inputs, Ready, sound, told, worlds};
use crate::jobs::{Job, Progress};
use crate::words::say;
use crate::{Action, Office, OfficeError, Resource, Viewer};

/// Replicates at each point, courses of the screening, factors kept, rows of draws: what a page runs. The command line runs
/// more.
const PLAN: (u32, usize, usize, usize) = (4, 6, 5, 32);

/// What an answer hangs on.
#[derive(Clone, Debug)]
pub struct Doubt {
    /// What was asked.
    pub asked: Asked,
    /// What it rests on.
    pub inputs: Inputs,
    /// What was found.
    pub sensitivity: Sensitivity,
}

fn plan(asked: &Asked) -> Plan {
    let (replicates, trajectories, keep, rows) = PLAN;
    Plan { years: usize::from(asked.years), replicates, trajectories, keep, rows, seed: asked.seed }
}

fn key(ready: &Ready) -> String {
    format!("doubt {}", ready.key)
}

impl Office {
    /// How many courses of years a look at doubt takes.
    ///
    /// # Errors
    /// Never for a released program.
    pub fn doubt_runs(&self, asked: &Asked) -> Result<usize, OfficeError> {
        Ok(plan(asked).runs(Factors::of(&self.assumptions()?).all.len()))
    }

    /// What the answer of these inputs hangs on, if it is remembered.
    pub fn lab_doubt(&self, ready: &Ready) -> Option<Arc<Doubt>> {
        match self.lab.answer(&key(ready)) {
            Some(Kept::Doubt(doubt)) => Some(doubt),
            _ => None,
        }
    }

    /// The viewer's work on it.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn doubt_work(&self, viewer: &Viewer, ready: &Ready) -> Result<Option<Job>, OfficeError> {
        self.work_on(viewer, &key(ready)).await
    }

    /// Begins to look what an answer hangs on.
    ///
    /// # Errors
    /// As [`Office::begin_lab`].
    pub async fn begin_doubt(
        self: &Arc<Office>,
        viewer: &Viewer,
        ready: Ready,
        place: String,
    ) -> Result<Begun, OfficeError> {
        viewer.must(Resource::Lab, Action::Write)?;
        sound(&ready.asked)?;
        if self.lab_doubt(&ready).is_some() {
            return Ok(Begun::Kept);
        }
        let account = viewer.account;
        self.begin_work(viewer, DOUBT, key(&ready), place, move |office, progress| async move {
            let roster = office.lab_roster(account, &ready, "lab-run", &progress).await?;
            let assumptions = office.assumptions()?;
            let work = move || office.reckon_doubt(&ready, &roster, &assumptions, &progress);
            tokio::task::spawn_blocking(work).await.map_err(|_| OfficeError::Interrupted)?
        })
        .await
    }

    fn reckon_doubt(
        &self,
        ready: &Ready,
        roster: &Roster,
        assumptions: &Assumptions,
        progress: &Progress,
    ) -> Result<(), OfficeError> {
        let (base, with) = worlds(ready, roster)?;
        let cancel = Cancel::default();
        told(progress, |lang| say!(lang, "lab-sensing"));
        let step = |done: usize, all: usize| {
            if progress.at(done, all).is_err() {
                cancel.cancel();
            }
        };
        let found = sense(&base, &with, assumptions, USUAL, plan(&ready.asked), &cancel, &step);
        let sensitivity = found.map_err(|_| OfficeError::Cancelled)?;
        let doubt = Doubt { asked: ready.asked.clone(), inputs: ready.inputs.clone(), sensitivity };
        self.lab.keep(&key(ready), Kept::Doubt(Arc::new(doubt)));
        Ok(())
    }
}
