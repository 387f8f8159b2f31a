//! Which packages of the chosen proposals are worth their money: every combination against the base.

use std::collections::HashMap;
use std::sync::Arc;

use takeroot_civil::Roster;
use takeroot_lab::search::{MOST, Plan, Search, Stopped, Target, search};
use takeroot_lab::{Assumptions, Cancel, World};
use takeroot_policy::{Rules, Stack};

use super::keep::Kept;
use super::{Asked, Begun, Inputs, PACKAGES, Ready, Stacked, beside, refused, spec, told, worlds};
use crate::jobs::{Job, Progress};
use crate::words::say;
use crate::{Action, Office, OfficeError, Resource, Viewer};

/// Replicates of a package, draws of the figures, replicates of each draw.
const RUNS: (u32, u32, u32) = (40, 8, 4);

/// What is sought.
#[derive(Clone, Debug, PartialEq)]
pub struct Sought {
    /// What a package may cost over all years, yuan.
    pub budget: Option<f64>,
    /// What is wanted.
    pub targets: Vec<Target>,
}

/// Packages side by side.
#[derive(Clone, Debug)]
pub struct Packages {
    /// What was asked.
    pub asked: Asked,
    /// What it rests on.
    pub inputs: Inputs,
    /// What was found.
    pub search: Search,
}

fn key(ready: &Ready, sought: &Sought) -> String {
    format!("packages {sought:?} {}", ready.key)
}

impl Office {
    /// How many courses of years a search over as many proposals takes; `None` where there are too many.
    pub fn packages_runs(&self, proposals: usize) -> Option<usize> {
        let (replicates, draws, replicates_a_draw) = RUNS;
        Plan { years: 1, replicates, draws, replicates_a_draw, seed: 1, budget: None }.runs(proposals)
    }

    /// The packages of these inputs, if they are remembered.
    pub fn lab_packages(&self, ready: &Ready, sought: &Sought) -> Option<Arc<Packages>> {
        match self.lab.answer(&key(ready, sought)) {
            Some(Kept::Packages(packages)) => Some(packages),
            _ => None,
        }
    }

    /// The viewer's work on them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn packages_work(
        &self,
        viewer: &Viewer,
        ready: &Ready,
        sought: &Sought,
    ) -> Result<Option<Job>, OfficeError> {
        self.work_on(viewer, &key(ready, sought)).await
    }

    /// Begins a search over the proposals of what is tried.
    ///
    /// # Errors
    /// As [`Office::begin_lab`]; when there are more proposals than can be searched over.
    pub async fn begin_packages(
        self: &Arc<Office>,
        viewer: &Viewer,
        ready: Ready,
        sought: Sought,
        place: String,
    ) -> Result<Begun, OfficeError> {
        viewer.must(Resource::Lab, Action::Write)?;
        super::sound(&ready.asked)?;
        if ready.asked.with.proposals.len() > MOST {
            return Err(refused(|lang| say!(lang, "lab-too-many", most = MOST.to_string())));
        }
        if self.lab_packages(&ready, &sought).is_some() {
            return Ok(Begun::Kept);
        }
        let account = viewer.account;
        let key = key(&ready, &sought);
        self.begin_work(viewer, PACKAGES, key, place, move |office, progress| async move {
            let roster = office.lab_roster(account, &ready, "lab-run", &progress).await?;
            let assumptions = office.assumptions()?;
            let work = move || {
                // Every package's rules, in the order in which the proposals were chosen.
                let mut rules: HashMap<Vec<String>, Arc<Rules>> = HashMap::new();
                let all = &ready.asked.with.proposals;
                for mask in 0..1_usize << all.len() {
                    let chosen = all.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1);
                    let proposals: Vec<String> = chosen.map(|(_, id)| id.clone()).collect();
                    let stacked = Stacked { base: ready.asked.with.base.clone(), proposals };
                    let stack = Stack::new(&ready.library, spec(&stacked, ready.place.clone()))?;
                    let made = Arc::new(Rules::at(&stack, ready.asked.on));
                    rules.insert(stacked.proposals, made);
                }
                office.reckon_packages(&ready, &sought, &rules, &roster, &assumptions, &progress)
            };
            tokio::task::spawn_blocking(work).await.map_err(|_| OfficeError::Interrupted)?
        })
        .await
    }

    fn reckon_packages(
        &self,
        ready: &Ready,
        sought: &Sought,
        rules: &HashMap<Vec<String>, Arc<Rules>>,
        roster: &Roster,
        assumptions: &Assumptions,
        progress: &Progress,
    ) -> Result<(), OfficeError> {
        let (base, _) = worlds(ready, roster)?;
        let cancel = Cancel::default();
        told(progress, |lang| say!(lang, "lab-searching"));
        let step = |done: usize, all: usize| {
            if progress.at(done, all).is_err() {
                cancel.cancel();
            }
        };
        let (replicates, draws, replicates_a_draw) = RUNS;
        let asked = &ready.asked;
        let plan = Plan {
            years: usize::from(asked.years),
            replicates,
            draws,
            replicates_a_draw,
            seed: asked.seed,
            budget: sought.budget,
        };
        let world = |package: &[String]| -> Result<Arc<World>, OfficeError> {
            let rules = rules.get(package).ok_or(OfficeError::Interrupted)?;
            Ok(Arc::new(beside(ready, roster, rules)))
        };
        let proposals = &asked.with.proposals;
        let found = search(&base, proposals, &world, assumptions, &sought.targets, plan, &cancel, &step);
        let search = found.map_err(|why| match why {
            Stopped::Cancelled => OfficeError::Cancelled,
            Stopped::TooMany(_) => refused(|lang| say!(lang, "lab-too-many", most = MOST.to_string())),
            Stopped::TooFew(_) => refused(|lang| say!(lang, "lab-townships-few")),
            Stopped::World(error) => error,
        })?;
        let packages = Packages { asked: asked.clone(), inputs: ready.inputs.clone(), search };
        self.lab.keep(&key(ready, sought), Kept::Packages(Arc::new(packages)));
        Ok(())
    }
}
