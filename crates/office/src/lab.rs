//! The policy lab at a desk: one stack of rules against another on the roster as it is, run as a piece of work that can be
//! watched and stopped. What comes of it speaks of groups of ten people or more and of nobody alone; everything that it
//! rests on has a digest, so that a link says what was run and whether it would be the same today.

use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest as _, Sha256};
use takeroot_civil::{Day, Organ, Roster};
use takeroot_lab::small::SMALLEST;
use takeroot_lab::{Assumptions, Cancel, Comparison, Plan, World, compare};
use takeroot_policy::{Rules, Stack, StackSpec};
use takeroot_store::{Within, acts, organs, people};
use takeroot_words::Lang;

use crate::jobs::{Outcome, Progress};
use crate::words::say;
use crate::{Action, Office, OfficeError, Resource, Viewer};

/// The kind of work that a run is.
pub const WORK: &str = "lab";
/// The law of the day, where a base is named.
pub const LAW: &str = "law";
/// Years of a run: fewest, usual, most.
pub const YEARS: (u8, u8, u8) = (1, 10, 40);
/// Replicates of a run: fewest, usual, most.
pub const REPLICATES: (u32, u32, u32) = (10, 100, 2_000);
/// Draws of the figures from their ranges: fewest, usual, most.
pub const DRAWS: (u32, u32, u32) = (2, 32, 200);
/// Runs remembered.
const REMEMBERED: usize = 24;
/// Runs of one account at the same time.
const AT_ONCE: usize = 2;

/// A stack as it is chosen: a base, and proposals over it in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stacked {
    /// [`LAW`], or a baseline's id.
    pub base: String,
    /// Proposals.
    pub proposals: Vec<String>,
}

/// What is asked of the lab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The roster's day; the rules of that day are held still.
    pub on: Day,
    /// What is held against.
    pub base: Stacked,
    /// What is tried.
    pub with: Stacked,
    /// How far, years.
    pub years: u8,
    /// Replicates at the central figures.
    pub replicates: u32,
    /// Draws of the figures.
    pub draws: u32,
    /// The seed of chance.
    pub seed: u64,
    /// Whether minimum services that the base does not know bind those too who are there already.
    pub terms_for_all: bool,
}

/// What a run rests on, each as 64 hexadecimal digits, and the program that ran it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inputs {
    /// The people, their facts and the organs.
    pub roster: String,
    /// The rules of the base.
    pub base: String,
    /// The rules tried.
    pub with: String,
    /// What people are assumed to do.
    pub assumptions: String,
    /// The program's version.
    pub program: &'static str,
}

/// A run, whole or as far as it is.
#[derive(Clone, Debug)]
pub struct Run {
    /// What was asked.
    pub asked: Asked,
    /// What it rests on.
    pub inputs: Inputs,
    /// What came of it.
    pub comparison: Comparison,
    /// Draws and levers are in it; else only the central figures are.
    pub whole: bool,
    /// The people are invented.
    pub invented: bool,
}

/// Everything that a run needs, with the key by which it is remembered.
#[derive(Debug)]
pub struct Ready {
    /// What is asked.
    pub asked: Asked,
    /// What it rests on.
    pub inputs: Inputs,
    key: String,
    rules: (Arc<Rules>, Arc<Rules>),
    revisions: Vec<(i64, i64)>,
    tree: Vec<organs::Node>,
}

/// What is remembered of runs.
#[derive(Debug, Default)]
pub struct Remembered(Mutex<Memory>);

#[derive(Debug, Default)]
struct Memory {
    runs: Vec<(String, Arc<Run>)>,
    /// Work under way: the run's key, the account, the number of the work.
    works: Vec<(String, i64, i64)>,
}

/// What became of a wish to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// It is remembered: nothing needs to be run.
    Kept,
    /// It is being run, as this piece of work.
    Work(i64),
}

impl Remembered {
    fn with<T>(&self, act: impl FnOnce(&mut Memory) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn run(&self, key: &str) -> Option<Arc<Run>> {
        self.with(|memory| memory.runs.iter().find(|(k, _)| k == key).map(|(_, run)| run.clone()))
    }

    fn keep(&self, key: &str, run: Run) {
        self.with(|memory| {
            memory.runs.retain(|(k, _)| k != key);
            if memory.runs.len() >= REMEMBERED {
                memory.runs.remove(0);
            }
            memory.runs.push((key.to_owned(), Arc::new(run)));
        });
    }
}

impl Asked {
    /// Whether it is within what a page runs.
    fn is_sound(&self) -> bool {
        (YEARS.0..=YEARS.2).contains(&self.years)
            && (REPLICATES.0..=REPLICATES.2).contains(&self.replicates)
            && (DRAWS.0..=DRAWS.2).contains(&self.draws)
            && self.base != self.with
    }

    /// How it is run.
    pub fn plan(&self) -> Plan {
        let usual = Plan::of(usize::from(self.years), self.replicates, self.seed);
        Plan { draws: self.draws, ..usual }
    }
}

fn refused(of: impl Fn(Lang) -> String) -> OfficeError {
    OfficeError::Refused { zh: of(Lang::Zh), en: of(Lang::En) }
}

impl Office {
    /// What people are assumed to do: the figures that came with the program.
    ///
    /// # Errors
    /// Never for a released program: its documents are read by a test.
    pub fn assumptions(&self) -> Result<Assumptions, OfficeError> {
        Assumptions::shipped().map_err(|_| OfficeError::Interrupted)
    }

    /// Everything that a run needs, as it is now, of the people that a viewer may run.
    ///
    /// # Errors
    /// When the viewer may not, or a stack cannot be made.
    pub async fn lab_ready(&self, viewer: &Viewer, asked: &Asked) -> Result<Ready, OfficeError> {
        let within = viewer.must(Resource::Lab, Action::Read)?;
        let library = self.library_for(viewer).await?;
        let place = self.law_here().await?.place;
        let rules = |stacked: &Stacked| {
            let spec = StackSpec {
                baseline: (stacked.base != LAW).then(|| stacked.base.clone()),
                proposals: stacked.proposals.clone(),
                place: place.clone(),
            };
            // The viewer's own library: a draft of others is no proposal to one who may not see it.
            Stack::new(&library, spec.clone())?;
            self.rules(&spec, asked.on)
        };
        let rules = (rules(&asked.base)?, rules(&asked.with)?);
        let mut tx = self.db.read().await?;
        let revisions = people::revisions(&mut tx, &within).await?;
        let tree = organs::tree(&mut tx).await?;
        drop(tx);
        let inputs = Inputs {
            roster: roster_digest(&within, &revisions, &tree),
            base: rules.0.digest.clone(),
            with: rules.1.digest.clone(),
            assumptions: self.assumptions()?.digest(),
            program: env!("CARGO_PKG_VERSION"),
        };
        let key = format!("{asked:?} {inputs:?}");
        Ok(Ready { asked: asked.clone(), inputs, key, rules, revisions, tree })
    }

    /// The run of these inputs, if it is remembered: whole, or its first figures.
    pub fn lab_run(&self, ready: &Ready) -> Option<Arc<Run>> {
        self.lab.run(&ready.key)
    }

    /// The viewer's work on these inputs, if it is under way.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn lab_work(
        &self,
        viewer: &Viewer,
        ready: &Ready,
    ) -> Result<Option<crate::jobs::Job>, OfficeError> {
        let works = self.lab.with(|memory| memory.works.clone());
        let Some((.., id)) = works.iter().rfind(|w| w.0 == ready.key && w.1 == viewer.account) else {
            return Ok(None);
        };
        Ok(Some(self.job(viewer, *id).await?))
    }

    /// Begins a run, unless it is remembered or under way. `place` is where it will be shown.
    ///
    /// # Errors
    /// When the viewer may not run, what is asked is out of bounds, or too many of the viewer's runs are under way.
    pub async fn begin_lab(
        self: &Arc<Office>,
        viewer: &Viewer,
        asked: &Asked,
        place: String,
    ) -> Result<Begun, OfficeError> {
        viewer.must(Resource::Lab, Action::Write)?;
        if !asked.is_sound() {
            return Err(refused(|lang| say!(lang, "lab-unsound")));
        }
        let ready = self.lab_ready(viewer, asked).await?;
        if self.lab.run(&ready.key).is_some_and(|run| run.whole) {
            return Ok(Begun::Kept);
        }
        let mut under_way = Vec::new();
        for work in self.lab.with(|memory| memory.works.clone()) {
            let of_viewer = work.1 == viewer.account;
            if !of_viewer || self.job(viewer, work.2).await?.state == takeroot_store::jobs::RUNNING {
                under_way.push(work);
            }
        }
        let own: Vec<_> = under_way.iter().filter(|w| w.1 == viewer.account).collect();
        if let Some((.., id)) = own.iter().find(|w| w.0 == ready.key) {
            return Ok(Begun::Work(*id));
        }
        if own.len() >= AT_ONCE {
            return Err(refused(|lang| say!(lang, "lab-at-once", most = AT_ONCE.to_string())));
        }
        let key = ready.key.clone();
        let account = viewer.account;
        let id = self
            .start_job(viewer, WORK, move |office, progress| async move {
                office.run_lab(account, ready, progress).await?;
                Ok(Outcome::place(place))
            })
            .await?;
        under_way.push((key, account, id));
        self.lab.with(|memory| memory.works = under_way);
        Ok(Begun::Work(id))
    }

    /// The central figures first, which a reader sees at once; then everything.
    async fn run_lab(
        self: &Arc<Office>,
        account: i64,
        ready: Ready,
        progress: Progress,
    ) -> Result<(), OfficeError> {
        let told = |id: fn(Lang) -> String| progress.says(id(Lang::Zh), id(Lang::En));
        told(|lang| say!(lang, "lab-reading"));
        let mut tx = self.db.read().await?;
        let careers = self.careers.get(&mut tx, &ready.revisions).await?;
        drop(tx);
        let assumptions = self.assumptions()?;
        let invented = self.is_invented();
        let organs: Vec<Organ> = ready.tree.iter().filter_map(|n| n.organ.clone()).collect();
        let detail = serde_json::json!({
            "on": ready.asked.on.to_string(),
            "base": ready.asked.base.base,
            "under": ready.asked.base.proposals,
            "with": ready.asked.with.proposals,
            "people": careers.len(),
        });
        let mut tx = self.db.write().await?;
        acts::record(&mut tx, "lab-run", self.now(), account, None, &detail.to_string(), None).await?;
        tx.commit().await?;
        let office = self.clone();
        let work = move || {
            let careers = careers.iter().map(|kept| kept.career.clone()).collect();
            let roster = Roster { organs, careers, invented };
            office.reckon_lab(&ready, &roster, &assumptions, &progress)
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| OfficeError::Interrupted)?
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
        let keep = |comparison: Comparison, whole: bool| {
            let (asked, inputs) = (ready.asked.clone(), ready.inputs.clone());
            let run = Run { asked, inputs, comparison, whole, invented: roster.invented };
            self.lab.keep(&ready.key, run);
        };
        let mut central = assumptions.clone();
        for document in &mut central.documents {
            document.scenario.clear();
        }
        let parts = |replicates: u32| replicates.div_ceil(8) as usize * base.start.counties.len() * 2;
        let levers = assumptions.scenarios().count();
        let first = parts(plan.replicates);
        let all = first * 2 + (plan.draws as usize + levers) * parts(plan.replicates_a_draw);
        let step = |done: usize| {
            if progress.at(done, all).is_err() {
                cancel.cancel();
            }
        };
        let says = |id: fn(Lang) -> String| progress.says(id(Lang::Zh), id(Lang::En));
        says(|lang| say!(lang, "lab-central"));
        let few = Plan { draws: 0, ..plan };
        let found = compare(&base, &with, &central, few, &cancel, &|done, _| step(done));
        keep(found.map_err(|_| OfficeError::Cancelled)?, false);
        says(|lang| say!(lang, "lab-doubt"));
        let found = compare(&base, &with, assumptions, plan, &cancel, &|done, _| step(first + done));
        keep(found.map_err(|_| OfficeError::Cancelled)?, true);
        Ok(())
    }
}

/// The roster under both stacks.
fn worlds(ready: &Ready, roster: &Roster) -> Result<(Arc<World>, Arc<World>), OfficeError> {
    let (base, with) = &ready.rules;
    // Proposals below both are known to the base: what it asks of people is asked of those who are there.
    let world = |rules: &Arc<Rules>, beside: bool| {
        if beside && !ready.asked.terms_for_all {
            World::beside(roster, rules, base)
        } else {
            World::of(roster, rules.clone())
        }
    };
    let (base, with) = (world(base, false), world(with, true));
    match base.people() {
        0 => Err(refused(|lang| say!(lang, "lab-nobody", day = ready.asked.on.to_string()))),
        people if people < SMALLEST => Err(refused(|lang| {
            say!(lang, "lab-too-few", people = people.to_string(), least = SMALLEST.to_string())
        })),
        _ => Ok((Arc::new(base), Arc::new(with))),
    }
}

/// Who may be run, their facts, the organs with what is approved for them.
fn roster_digest(within: &Within, revisions: &[(i64, i64)], tree: &[organs::Node]) -> String {
    use std::fmt::Write as _;
    let mut hash = Sha256::new();
    hash.update(format!("{within:?}"));
    for (id, revision) in revisions {
        hash.update(id.to_le_bytes());
        hash.update(revision.to_le_bytes());
    }
    for node in tree {
        hash.update(format!("{}\0{}\0{:?}\0", node.seq, node.name, node.organ));
    }
    hash.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
