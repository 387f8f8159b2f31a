//! What the lab remembers: answers by all that they rest on, and the work that makes them.

use std::sync::{Arc, Mutex, PoisonError};

use takeroot_store::jobs::RUNNING;

use super::{Doubt, Packages, Run, refused};
use crate::jobs::{Job, Outcome, Progress};
use crate::words::say;
use crate::{Office, OfficeError, Viewer};

/// Answers remembered.
const REMEMBERED: usize = 24;
/// Work of one account at the same time.
const AT_ONCE: usize = 2;

/// An answer.
#[derive(Clone, Debug)]
pub(super) enum Kept {
    Run(Arc<Run>),
    Doubt(Arc<Doubt>),
    Packages(Arc<Packages>),
}

/// What is remembered.
#[derive(Debug, Default)]
pub(crate) struct Remembered(Mutex<Memory>);

#[derive(Debug, Default)]
struct Memory {
    answers: Vec<(String, Kept)>,
    /// Work under way: the answer's key, the account, the number of the work.
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

    pub(super) fn answer(&self, key: &str) -> Option<Kept> {
        self.with(|memory| memory.answers.iter().find(|(k, _)| k == key).map(|(_, kept)| kept.clone()))
    }

    pub(super) fn keep(&self, key: &str, kept: Kept) {
        self.with(|memory| {
            memory.answers.retain(|(k, _)| k != key);
            if memory.answers.len() >= REMEMBERED {
                memory.answers.remove(0);
            }
            memory.answers.push((key.to_owned(), kept));
        });
    }
}

impl Office {
    /// The viewer's last work on an answer.
    pub(super) async fn work_on(&self, viewer: &Viewer, key: &str) -> Result<Option<Job>, OfficeError> {
        let works = self.lab.with(|memory| memory.works.clone());
        let Some((.., id)) = works.iter().rfind(|w| w.0 == key && w.1 == viewer.account) else {
            return Ok(None);
        };
        Ok(Some(self.job(viewer, *id).await?))
    }

    /// Begins work on an answer, unless the viewer's is under way already.
    pub(super) async fn begin_work<W, F>(
        self: &Arc<Office>,
        viewer: &Viewer,
        kind: &str,
        key: String,
        place: String,
        work: W,
    ) -> Result<Begun, OfficeError>
    where
        W: FnOnce(Arc<Office>, Progress) -> F + Send + 'static,
        F: Future<Output = Result<(), OfficeError>> + Send + 'static,
    {
        let mut own = 0;
        for (of, account, id) in self.lab.with(|memory| memory.works.clone()) {
            if account == viewer.account && self.job(viewer, id).await?.state == RUNNING {
                if of == key {
                    return Ok(Begun::Work(id));
                }
                own += 1;
            }
        }
        if own >= AT_ONCE {
            return Err(refused(|lang| say!(lang, "lab-at-once", most = AT_ONCE.to_string())));
        }
        let id = self
            .start_job(viewer, kind, move |office, progress| async move {
                work(office, progress).await?;
                Ok(Outcome::place(place))
            })
            .await?;
        self.lab.with(|memory| {
            memory.works.retain(|w| w.0 != key || w.1 != viewer.account);
            if memory.works.len() >= 4 * REMEMBERED {
                memory.works.remove(0);
            }
            memory.works.push((key, viewer.account, id));
        });
        Ok(Begun::Work(id))
    }
}
