//! The policy documents, to read: what there is, how well it is known, what is missing, where each clause stands in
//! the history of its slot, what differs between two stacks.

use std::sync::Arc;

use takeroot_civil::Day;
use takeroot_policy::audit::{Audit, Missing};
use takeroot_policy::document::Head;
use takeroot_policy::show::ClauseView;
use takeroot_policy::{Asked, Confidence, Diff, Library, Scope, Stack, StackSpec, audit, diff};

use crate::{Action, Office, OfficeError, Resource, Viewer};

/// A document in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// Title: Chinese, English.
    pub title: (String, String),
    /// `instrument`, `local`, `baseline` or `proposal`.
    pub kind: &'static str,
    /// Document number; empty where it has none.
    pub number: String,
    /// First day in force.
    pub from: Option<Day>,
    /// First day no longer in force.
    pub to: Option<Day>,
    /// How many clauses it has.
    pub clauses: usize,
    /// Clauses by confidence, A to D.
    pub known: [usize; 4],
    /// Its values are invented.
    pub invented: bool,
    /// It was written in this office.
    pub own: bool,
}

/// Everything at hand, with what is missing.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The documents that were found.
    pub documents: Vec<Listed>,
    /// What the documents are and lack.
    pub audit: Audit,
    /// What is missing for this county today: no clause in force here fills it.
    pub missing: Vec<Missing>,
}

/// A clause with the history of its slot.
#[derive(Clone, Debug)]
pub struct InHistory {
    /// The clause.
    pub view: ClauseView,
    /// It holds here on the day asked about.
    pub holds: bool,
    /// Every clause that ever fills the slot: instruments by first day, then proposals.
    pub history: Vec<Step>,
}

/// A step in the history of a slot.
#[derive(Clone, Debug)]
pub struct Step {
    /// The clause.
    pub view: ClauseView,
    /// The document's title: Chinese, English.
    pub title: (String, String),
    /// What the document is, as in [`Listed::kind`].
    pub kind: &'static str,
    /// It holds here on the day asked about.
    pub holds: bool,
}

/// What a document is.
pub fn kind(head: &Head) -> &'static str {
    match head {
        Head::Instrument(i) if i.scope == Scope::Local => "local",
        Head::Instrument(_) => "instrument",
        Head::Proposal(_) => "proposal",
        Head::Baseline(_) => "baseline",
    }
}

fn title(head: &Head) -> (String, String) {
    (head.title().zh.clone(), head.title().en.clone())
}

impl Office {
    /// The documents of a kind (all if empty) that hold every word typed, with what is missing here on a day.
    ///
    /// # Errors
    /// When the viewer may not, or the database refuses.
    pub async fn policies(
        &self,
        viewer: &Viewer,
        of: &str,
        words: &str,
        on: Day,
    ) -> Result<Overview, OfficeError> {
        viewer.must(Resource::Policy, Action::Read)?;
        let library = self.library_for(viewer).await?;
        let here = self.law_here().await?;
        let resolved = Stack::new(&library, here)?.at(on);
        let audit = audit(&library, on);
        let missing = audit.missing.iter().filter(|m| {
            m.since.is_none_or(|d| d <= on)
                && m.until.is_none_or(|d| on < d)
                && !resolved.slots.contains_key(&m.wants)
        });
        let missing: Vec<Missing> = missing.cloned().collect();
        let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        let documents = library
            .documents
            .iter()
            .filter(|d| of.is_empty() || kind(&d.head) == of)
            .filter(|d| {
                let text = d.text.to_lowercase();
                words.iter().all(|word| text.contains(word.as_str()))
            })
            .map(|d| {
                let mut known = [0; 4];
                for clause in &d.clauses {
                    let at = Confidence::ALL.iter().position(|c| *c == clause.get_ref().confidence);
                    if let Some(count) = at.and_then(|at| known.get_mut(at)) {
                        *count += 1;
                    }
                }
                let (number, from, to, invented) = match &d.head {
                    Head::Instrument(i) => {
                        (i.number.clone(), Some(i.effective.0), i.ended.map(|d| d.0), i.invented)
                    }
                    Head::Baseline(b) => (String::new(), Some(b.law_of.0), None, false),
                    Head::Proposal(_) => (String::new(), None, None, false),
                };
                Listed {
                    id: d.id().to_owned(),
                    title: title(&d.head),
                    kind: kind(&d.head),
                    number,
                    from,
                    to,
                    clauses: d.clauses.len(),
                    known,
                    invented,
                    own: d.file.starts_with(crate::proposal::OWN),
                }
            })
            .collect();
        Ok(Overview { documents, audit, missing })
    }

    /// The documents at hand, as far as a viewer may know of them.
    ///
    /// # Errors
    /// When the viewer may read no policy, or the database refuses.
    pub async fn documents_for(&self, viewer: &Viewer) -> Result<Arc<Library>, OfficeError> {
        viewer.must(Resource::Policy, Action::Read)?;
        self.library_for(viewer).await
    }

    /// The documents that a viewer may know of: drafts only for those who write them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn library_for(&self, viewer: &Viewer) -> Result<Arc<Library>, OfficeError> {
        let library = self.library();
        if viewer.may(Resource::Proposal, Action::Write) {
            return Ok(library);
        }
        let drafts = self.drafts().await?;
        if !library.documents.iter().any(|d| drafts.iter().any(|id| id == d.id())) {
            return Ok(library);
        }
        let mut shown = Library::clone(&library);
        shown.documents.retain(|d| !drafts.iter().any(|id| id == d.id()));
        Ok(Arc::new(shown))
    }

    /// A clause of a document with the history of its slot, as it stands on a day.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when there is no such clause.
    pub async fn clause(
        &self,
        viewer: &Viewer,
        document: &str,
        id: &str,
        on: Day,
    ) -> Result<InHistory, OfficeError> {
        viewer.must(Resource::Policy, Action::Read)?;
        let library = self.library_for(viewer).await?;
        let of = library.get(document).ok_or(OfficeError::NotFound)?;
        let found = of.clauses.iter().find(|c| c.get_ref().id == id).ok_or(OfficeError::NotFound)?;
        let view = ClauseView::of(of, found.get_ref());
        let resolved = Stack::new(&library, self.law_here().await?)?.at(on);
        let holds = |view: &ClauseView| {
            let cite = resolved.slots.get(&view.slot).map(|c| &c.cite);
            cite.is_some_and(|c| c.id == view.id && c.document == view.document)
        };
        let mut history: Vec<Step> = Vec::new();
        for d in &library.documents {
            for clause in d.clauses.iter().filter(|c| c.get_ref().rule.slot() == view.slot) {
                let view = ClauseView::of(d, clause.get_ref());
                let holds = holds(&view);
                history.push(Step { view, title: title(&d.head), kind: kind(&d.head), holds });
            }
        }
        let layer =
            |kind: &str| ["instrument", "local", "baseline", "proposal"].iter().position(|k| *k == kind);
        history.sort_by_key(|s| (layer(s.kind) > Some(1), s.view.from, layer(s.kind)));
        let holds = holds(&view);
        Ok(InHistory { view, holds, history })
    }

    /// What differs from one stack to another, each as it is typed (`law@2016-01-01`, `+one-rise-one-fall`); the
    /// local instruments of this place hold where no other is named, today where no day is.
    ///
    /// # Errors
    /// When a stack cannot be made.
    pub async fn policy_diff(
        &self,
        viewer: &Viewer,
        before: &Asked,
        after: &Asked,
    ) -> Result<Diff, OfficeError> {
        viewer.must(Resource::Policy, Action::Read)?;
        let library = self.library_for(viewer).await?;
        let here = self.law_here().await?.place;
        let today = self.today();
        let at = |asked: &Asked| -> Result<_, OfficeError> {
            let spec = StackSpec { place: asked.spec.place.clone().or(here.clone()), ..asked.spec.clone() };
            Ok(Stack::new(&library, spec)?.at(asked.on.unwrap_or(today)))
        };
        Ok(diff(&at(before)?, &at(after)?))
    }
}
