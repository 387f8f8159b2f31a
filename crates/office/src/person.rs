//! A person's file on a day: the facts, the standing with its reasons, what the reader may not see left out.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;
use takeroot_civil::{Day, Organ, Person};
use takeroot_policy::Standing;
use takeroot_policy::standing::Pay;
use takeroot_policy::timeline::Organs;
use takeroot_store::acts::{self, Act};
use takeroot_store::people::{self, Kept, Line};
use takeroot_store::{Tx, Within, corrections, organs, sights};

use crate::access::may_own;
use crate::{Action, Class, Office, OfficeError, Resource, Viewer};

/// The looks that a person is shown on the own page.
const LOOKERS: i64 = 100;

/// A person's file, as far as the viewer may see it.
#[derive(Debug)]
pub struct File {
    /// Number in the database.
    pub id: i64,
    /// Interval number of the organ.
    pub organ_seq: i64,
    /// The day that is shown.
    pub on: Day,
    /// The record; classes that the viewer does not see are empty.
    pub person: Person,
    /// The last four characters of the identity number.
    pub ending: String,
    /// Every fact that was recorded, amended ones among them.
    pub kept: Arc<Kept>,
    /// The standing on the day; pay is empty when the viewer does not see it.
    pub standing: Standing,
    /// Pay is seen.
    pub pay: bool,
    /// Family and health are seen.
    pub family: bool,
    /// The identity number may be opened.
    pub identity: bool,
    /// Names of organs by their number.
    pub organs: HashMap<String, String>,
    /// The acts on the file, latest first.
    pub acts: Vec<Act>,
    /// The organization department's notes; `None` for who may not read them.
    pub notes: Option<Vec<(i64, String)>>,
    /// The viewer may enter facts.
    pub writes: bool,
}

impl File {
    /// What an event was replaced by, if it was: the number of the later event.
    pub fn replaced_by(&self, event: u32) -> Option<u32> {
        self.kept.career.events.iter().rev().find(|e| e.amends.is_some_and(|a| a.0 == event)).map(|e| e.id.0)
    }
}

/// Whether a viewer may do something about a person: by a role within its subtree, or because it is the viewer.
pub(crate) async fn reach(
    tx: &mut Tx,
    viewer: &Viewer,
    resource: Resource,
    action: Action,
    id: i64,
) -> Result<Line, OfficeError> {
    let about_oneself = viewer.person.is_some() && may_own(resource, action);
    let within = match viewer.person == Some(id) {
        true if about_oneself => Within::everywhere(),
        // Who may do it about oneself is told of others what is told of those who are not there.
        _ if about_oneself => viewer.within(resource, action),
        _ => viewer.must(resource, action)?,
    };
    people::line_of(tx, &within, id).await?.ok_or(OfficeError::NotFound)
}

impl Office {
    /// A person's file on a day, past or future, by the facts known now.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when there is none that the viewer may know of.
    pub async fn file(&self, viewer: &Viewer, id: i64, on: Day) -> Result<File, OfficeError> {
        let spec = self.law_here().await?;
        let rules = self.rules(&spec, on)?;
        let mut tx = self.db.read().await?;
        let line = reach(&mut tx, viewer, Resource::Person, Action::Read, id).await?;
        let seq = line.at.organ_seq;
        let kept = people::career(&mut tx, id).await?.ok_or(OfficeError::NotFound)?;
        let tree = organs::tree(&mut tx).await?;
        let list: Vec<Organ> = tree.iter().filter_map(|n| n.organ.clone()).collect();
        let index: Organs<'_> = list.iter().map(|o| (&o.id, o)).collect();
        let mut standing = Standing::of(&kept.career, &index, &rules);
        let (pay, family, identity) = (
            viewer.sees(Class::Pay, id, seq),
            viewer.sees(Class::Family, id, seq),
            viewer.sees(Class::Identity, id, seq),
        );
        if !pay {
            standing.pay = Pay::default();
        }
        let mut person = kept.career.person.clone();
        let number = person.resident_id.as_ref().map_or(person.id.0.as_str(), |i| i.as_str());
        let skip = number.chars().count().saturating_sub(4);
        let ending: String = number.chars().skip(skip).collect();
        person.resident_id = None;
        person.id.0 = ending.clone();
        if !family {
            person.family.clear();
            person.health.clear();
        }
        let notes = if viewer.within(Resource::Note, Action::Read).has(seq) {
            Some(corrections::notes(&mut tx, id).await?)
        } else {
            None
        };
        let acts = acts::of_person(&mut tx, id).await?;
        drop(tx);
        Ok(File {
            id,
            organ_seq: seq,
            on,
            person,
            ending,
            kept: Arc::new(kept),
            standing,
            pay,
            family,
            identity,
            organs: tree.into_iter().map(|n| (n.id, n.name)).collect(),
            acts,
            notes,
            writes: viewer.within(Resource::Event, Action::Write).has(seq),
        })
    }

    /// A person's whole identity number; the look is recorded, with its place, before it is answered.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when there is nobody, or the viewer may not see it.
    pub async fn identity_number(
        &self,
        viewer: &Viewer,
        id: i64,
        place: &str,
    ) -> Result<String, OfficeError> {
        let mut tx = self.db.read().await?;
        let line = reach(&mut tx, viewer, Resource::Identity, Action::Read, id).await?;
        drop(tx);
        self.see(viewer, Class::Identity, id, place).await?;
        Ok(if line.id_number.is_empty() { line.number } else { line.id_number })
    }

    /// Records that a viewer looks at a class of fields of another person. The only place that does for files.
    ///
    /// # Errors
    /// When it cannot be recorded: then nothing may be shown.
    pub async fn look_at(&self, viewer: &Viewer, class: Class, person: i64) -> Result<(), OfficeError> {
        self.see(viewer, class, person, "file").await
    }

    /// Who looked at the viewer's own sensitive fields, latest first: when (milliseconds since 1970 UTC), who, the class.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when the account is no person's.
    pub async fn lookers(&self, viewer: &Viewer) -> Result<Vec<(i64, String, Option<Class>)>, OfficeError> {
        let person = viewer.person.ok_or(OfficeError::NotFound)?;
        let mut tx = self.db.read().await?;
        let wanted = sights::Wanted { person: Some(person), ..sights::Wanted::default() };
        let (looks, _) = sights::list(&mut tx, &Within::everywhere(), &wanted, 0, LOOKERS).await?;
        let class = |code: &str| Class::ALL.iter().copied().find(|c| c.resource().code() == code);
        Ok(looks.into_iter().map(|look| (look.at, look.title, class(&look.class))).collect())
    }

    /// The standings of everyone in reach on a day, in the order of a roster, with their numbers. Pay is left out for
    /// those whose pay the viewer does not see.
    ///
    /// # Errors
    /// When the viewer may read no standing, or the database refuses.
    pub async fn standings(&self, viewer: &Viewer, on: Day) -> Result<Vec<(i64, Standing)>, OfficeError> {
        let within = viewer.must(Resource::Standing, Action::Read)?;
        let paid = viewer.within(Resource::Pay, Action::Read);
        let spec = self.law_here().await?;
        let rules = self.rules(&spec, on)?;
        let mut tx = self.db.read().await?;
        let list: Vec<Organ> = organs::tree(&mut tx).await?.into_iter().filter_map(|n| n.organ).collect();
        let kept = self.careers.within(&mut tx, &within).await?;
        let payees: HashSet<i64> =
            people::revisions(&mut tx, &paid).await?.into_iter().map(|p| p.0).collect();
        drop(tx);
        let answer = tokio::task::spawn_blocking(move || {
            let index: Organs<'_> = list.iter().map(|o| (&o.id, o)).collect();
            kept.par_iter()
                .map(|k| {
                    let mut standing = Standing::of(&k.career, &index, &rules);
                    if !payees.contains(&k.id) {
                        standing.pay = Pay::default();
                    }
                    (k.id, standing)
                })
                .collect()
        });
        answer.await.map_err(|_| OfficeError::Interrupted)
    }
}
