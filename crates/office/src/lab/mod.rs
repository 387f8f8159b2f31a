//! The policy lab at a desk: one stack of rules against another on the roster as it is, run as a piece of work that can be
//! watched and stopped. What comes of it speaks of groups of ten people or more and of nobody alone; everything that it
//! rests on has a digest, so that a link says what was run and whether it would be the same today.

mod doubt;
mod keep;
mod packages;
mod report;
mod run;

use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use takeroot_civil::{Day, Organ, Roster};
use takeroot_lab::small::SMALLEST;
use takeroot_lab::{Assumptions, World};
use takeroot_policy::{Library, Rules, Stack, StackSpec};
use takeroot_store::{Within, acts, organs, people};
use takeroot_words::Lang;

use crate::jobs::Progress;
use crate::words::say;
use crate::{Action, Office, OfficeError, Resource, Viewer};

pub use doubt::Doubt;
pub use keep::Begun;
pub(crate) use keep::Remembered;
pub use packages::{Packages, Sought};
pub use run::Run;

/// The kind of work that a run is.
pub const WORK: &str = "lab";
/// The kind of work that looks for what an answer hangs on.
pub const DOUBT: &str = "lab-doubt";
/// The kind of work that looks for packages.
pub const PACKAGES: &str = "lab-packages";
/// The law of the day, where a base is named.
pub const LAW: &str = "law";
/// Years of a run: fewest, usual, most.
pub const YEARS: (u8, u8, u8) = (1, 10, 40);
/// Replicates of a run: fewest, usual, most.
pub const REPLICATES: (u32, u32, u32) = (10, 100, 2_000);
/// Draws of the figures from their ranges: fewest, usual, most.
pub const DRAWS: (u32, u32, u32) = (2, 32, 200);
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

/// Everything that a run needs, with the key by which it is remembered.
#[derive(Clone, Debug)]
pub struct Ready {
    /// What is asked.
    pub asked: Asked,
    /// What it rests on.
    pub inputs: Inputs,
    key: String,
    rules: (Arc<Rules>, Arc<Rules>),
    library: Arc<Library>,
    place: Option<String>,
    revisions: Vec<(i64, i64)>,
    tree: Vec<organs::Node>,
}

impl Asked {
    /// Whether it is within what a page runs.
    fn is_sound(&self) -> bool {
        (YEARS.0..=YEARS.2).contains(&self.years)
            && (REPLICATES.0..=REPLICATES.2).contains(&self.replicates)
            && (DRAWS.0..=DRAWS.2).contains(&self.draws)
            && self.base != self.with
    }
}

fn refused(of: impl Fn(Lang) -> String) -> OfficeError {
    OfficeError::Refused { zh: of(Lang::Zh), en: of(Lang::En) }
}

/// Tells what is being done.
fn told(progress: &Progress, of: fn(Lang) -> String) {
    progress.says(of(Lang::Zh), of(Lang::En));
}

/// A refusal of what is out of bounds.
fn sound(asked: &Asked) -> Result<(), OfficeError> {
    if asked.is_sound() { Ok(()) } else { Err(refused(|lang| say!(lang, "lab-unsound"))) }
}

impl Office {
    /// What people are assumed to do: the figures that came with the program, or the installation's own.
    ///
    /// # Errors
    /// Never for a released program: its documents are read by a test.
    pub fn assumptions(&self) -> Result<Assumptions, OfficeError> {
        match self.assumed.get() {
            Some(assumed) => Ok(assumed.clone()),
            None => Assumptions::shipped().map_err(|_| OfficeError::Interrupted),
        }
    }

    /// Reads the careers of those whom a viewer may run while a form is filled in, so that the run need not.
    pub async fn warm_lab(self: Arc<Office>, viewer: Viewer) {
        let read = async {
            let within = viewer.must(Resource::Lab, Action::Write)?;
            let mut tx = self.db.read().await?;
            self.careers.within(&mut tx, &within).await
        };
        if let Err(error) = read.await {
            tracing::warn!(%error, "careers were not read ahead of a run");
        }
    }

    /// Takes the installation's own figures in hand, once, when the program starts.
    pub fn assume(&self, assumptions: Assumptions) {
        let _ = self.assumed.set(assumptions);
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
            let spec = spec(stacked, place.clone());
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
        Ok(Ready { asked: asked.clone(), inputs, key, rules, library, place, revisions, tree })
    }

    /// The people of a run with their organs; that they are run is recorded.
    async fn lab_roster(
        &self,
        account: i64,
        ready: &Ready,
        kind: &str,
        progress: &Progress,
    ) -> Result<Roster, OfficeError> {
        told(progress, |lang| say!(lang, "lab-reading"));
        let mut tx = self.db.read().await?;
        let careers = self.careers.get(&mut tx, &ready.revisions).await?;
        drop(tx);
        let detail = serde_json::json!({
            "on": ready.asked.on.to_string(),
            "base": ready.asked.base.base,
            "under": ready.asked.base.proposals,
            "with": ready.asked.with.proposals,
            "people": careers.len(),
        });
        let mut tx = self.db.write().await?;
        acts::record(&mut tx, kind, self.now(), account, None, &detail.to_string(), None).await?;
        tx.commit().await?;
        let organs: Vec<Organ> = ready.tree.iter().filter_map(|n| n.organ.clone()).collect();
        let invented = self.is_invented();
        let clone = move || careers.iter().map(|kept| kept.career.clone()).collect();
        let careers = tokio::task::spawn_blocking(clone).await.map_err(|_| OfficeError::Interrupted)?;
        Ok(Roster { organs, careers, invented })
    }
}

/// A stack as documents are laid.
fn spec(stacked: &Stacked, place: Option<String>) -> StackSpec {
    StackSpec {
        baseline: (stacked.base != LAW).then(|| stacked.base.clone()),
        proposals: stacked.proposals.clone(),
        place,
    }
}

/// The roster under both stacks.
fn worlds(ready: &Ready, roster: &Roster) -> Result<(Arc<World>, Arc<World>), OfficeError> {
    let (base, with) = &ready.rules;
    let world = World::of(roster, base.clone());
    match world.people() {
        0 => Err(refused(|lang| say!(lang, "lab-nobody", day = ready.asked.on.to_string()))),
        people if people < SMALLEST => Err(refused(|lang| {
            say!(lang, "lab-too-few", people = people.to_string(), least = SMALLEST.to_string())
        })),
        _ => Ok((Arc::new(world), Arc::new(beside(ready, roster, with)))),
    }
}

/// The roster under rules that are tried: whom their minimum services bind is asked for.
fn beside(ready: &Ready, roster: &Roster, rules: &Arc<Rules>) -> World {
    if ready.asked.terms_for_all {
        World::of(roster, rules.clone())
    } else {
        World::beside(roster, rules, &ready.rules.0)
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
