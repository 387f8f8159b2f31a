//! Work that takes longer than a request: begun by a page, watched while it goes on, stopped by whoever began it.
//!
//! ```text
//! office.start_job(&viewer, "forms", |office, progress| async move {
//!     for (n, person) in people.iter().enumerate() {
//!         progress.at(n, people.len())?;               // ends the work when a reader stopped it
//!         …
//!     }
//!     Ok(Outcome::file("forms.zip", bytes))
//! })
//! ```

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use takeroot_store::jobs;
pub use takeroot_store::jobs::Job;
use takeroot_words::{Lang, Say};

use crate::{Office, OfficeError, Viewer, forms};

/// How far a piece of work is, told by the work and read by pages. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Live>);

#[derive(Debug, Default)]
struct Live {
    done: AtomicI64,
    total: AtomicI64,
    stop: AtomicBool,
    says: Mutex<(String, String)>,
}

impl Progress {
    /// Tells how far the work is.
    ///
    /// # Errors
    /// [`OfficeError::Cancelled`] when a reader stopped it: return it.
    pub fn at(&self, done: usize, total: usize) -> Result<(), OfficeError> {
        self.0.done.store(done as i64, Ordering::Relaxed);
        self.0.total.store(total as i64, Ordering::Relaxed);
        self.go_on()
    }

    /// Tells in words what is being done.
    pub fn says(&self, zh: impl Into<String>, en: impl Into<String>) {
        *self.0.says.lock().unwrap_or_else(PoisonError::into_inner) = (zh.into(), en.into());
    }

    /// How far it is: done, and of how much.
    pub fn now(&self) -> (i64, i64) {
        (self.0.done.load(Ordering::Relaxed), self.0.total.load(Ordering::Relaxed))
    }

    /// Whether the work was stopped.
    pub fn is_stopped(&self) -> bool {
        self.0.stop.load(Ordering::Relaxed)
    }

    /// Stops the work at its next step.
    pub fn stop(&self) {
        self.0.stop.store(true, Ordering::Relaxed);
    }

    /// Goes on unless the work was stopped.
    ///
    /// # Errors
    /// [`OfficeError::Cancelled`] when it was.
    pub fn go_on(&self) -> Result<(), OfficeError> {
        if self.is_stopped() { Err(OfficeError::Cancelled) } else { Ok(()) }
    }

    fn onto(&self, job: &mut Job) {
        job.done = self.0.done.load(Ordering::Relaxed);
        job.total = self.0.total.load(Ordering::Relaxed);
        let said = self.0.says.lock().unwrap_or_else(PoisonError::into_inner);
        (job.message_zh, job.message_en) = said.clone();
    }
}

/// What came of a piece of work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The page that shows it; empty when there is none.
    pub place: String,
    /// A file to fetch: name and content.
    pub file: Option<(String, Vec<u8>)>,
}

impl Outcome {
    /// A page that shows it.
    pub fn place(place: impl Into<String>) -> Outcome {
        Outcome { place: place.into(), file: None }
    }

    /// A file to fetch.
    pub fn file(name: impl Into<String>, content: Vec<u8>) -> Outcome {
        Outcome { place: String::new(), file: Some((name.into(), content)) }
    }
}

/// Work going on in this program.
#[derive(Debug, Default)]
pub struct Jobs(Mutex<HashMap<i64, Progress>>);

impl Jobs {
    fn get(&self, id: i64) -> Option<Progress> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }
    fn put(&self, id: i64, progress: Progress) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id, progress);
    }
    fn take(&self, id: i64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }
}

impl Office {
    /// Begins a piece of work and returns at once: its number. The caller has looked whether the viewer may.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn start_job<W, F>(
        self: &Arc<Office>,
        viewer: &Viewer,
        kind: &str,
        work: W,
    ) -> Result<i64, OfficeError>
    where
        W: FnOnce(Arc<Office>, Progress) -> F + Send + 'static,
        F: Future<Output = Result<Outcome, OfficeError>> + Send + 'static,
    {
        let mut tx = self.db.write().await?;
        let id = jobs::begin(&mut tx, kind, viewer.account, self.now()).await?;
        tx.commit().await?;
        let progress = Progress::default();
        self.jobs.put(id, progress.clone());
        let office = self.clone();
        // A task of its own within a task: a panic in the work still ends the job with an error.
        let running = tokio::spawn(work(self.clone(), progress.clone()));
        tokio::spawn(async move {
            let ended = running.await.unwrap_or(Err(OfficeError::Interrupted));
            if let Err(error) = office.end_job(id, &progress, ended).await {
                tracing::error!(job = id, %error, "the end of a job could not be kept");
            }
            office.jobs.take(id);
        });
        Ok(id)
    }

    async fn end_job(
        &self,
        id: i64,
        progress: &Progress,
        ended: Result<Outcome, OfficeError>,
    ) -> Result<(), OfficeError> {
        let mut job = Job { id, ended: Some(self.now()), ..Job::default() };
        progress.onto(&mut job);
        let mut file = None;
        match ended {
            Ok(outcome) => {
                job.state = jobs::DONE.to_owned();
                job.place = outcome.place;
                if let Some((name, content)) = outcome.file {
                    job.file_name = name;
                    file = Some(content);
                }
            }
            Err(OfficeError::Cancelled) => job.state = jobs::CANCELLED.to_owned(),
            Err(error) => {
                job.state = jobs::FAILED.to_owned();
                (job.message_zh, job.message_en) = (error.say(Lang::Zh), error.say(Lang::En));
            }
        }
        let mut tx = self.db.write().await?;
        jobs::end(&mut tx, &job, file).await?;
        tx.commit().await?;
        Ok(())
    }

    /// A piece of work that the viewer began, as it is now.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when it is none of the viewer's.
    pub async fn job(&self, viewer: &Viewer, id: i64) -> Result<Job, OfficeError> {
        // Looked up before the row is read: work that ends in between is then seen as ended.
        let live = self.jobs.get(id);
        let mut tx = self.db.read().await?;
        let mut job = jobs::of(&mut tx, viewer.account, id).await?.ok_or(OfficeError::NotFound)?;
        if job.state == jobs::RUNNING {
            match live {
                Some(progress) => progress.onto(&mut job),
                None => jobs::INTERRUPTED.clone_into(&mut job.state),
            }
        }
        Ok(job)
    }

    /// The viewer's last pieces of work, latest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn latest_jobs(&self, viewer: &Viewer, most: i64) -> Result<Vec<Job>, OfficeError> {
        let mut tx = self.db.read().await?;
        let mut all = jobs::latest(&mut tx, viewer.account, most).await?;
        for job in all.iter_mut().filter(|j| j.state == jobs::RUNNING) {
            match self.jobs.get(job.id) {
                Some(progress) => progress.onto(job),
                None => jobs::INTERRUPTED.clone_into(&mut job.state),
            }
        }
        Ok(all)
    }

    /// Stops a piece of work of the viewer's at its next step; one that has ended stays as it is.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when it is none of the viewer's.
    pub async fn cancel_job(&self, viewer: &Viewer, id: i64) -> Result<(), OfficeError> {
        let mut tx = self.db.read().await?;
        jobs::of(&mut tx, viewer.account, id).await?.ok_or(OfficeError::NotFound)?;
        if let Some(progress) = self.jobs.get(id) {
            progress.stop();
        }
        Ok(())
    }

    /// The file that came of a piece of work of the viewer's: name and content.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when there is none, or a print was kept long enough; [`OfficeError::Forbidden`] when it
    /// is a print and the viewer prints no more.
    pub async fn job_file(&self, viewer: &Viewer, id: i64) -> Result<(String, Vec<u8>), OfficeError> {
        let mut tx = self.db.read().await?;
        let job = jobs::of(&mut tx, viewer.account, id).await?.ok_or(OfficeError::NotFound)?;
        if job.kind == forms::WORK {
            viewer.must_print()?;
            if job.ended.is_some_and(|ended| ended.saturating_add(forms::LASTS) < self.now()) {
                return Err(OfficeError::NotFound);
            }
        }
        jobs::file(&mut tx, viewer.account, id).await?.ok_or(OfficeError::NotFound)
    }

    /// Called when a server starts: what was at work when the last one ended is marked as interrupted.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn jobs_after_restart(&self) -> Result<u64, OfficeError> {
        let mut tx = self.db.write().await?;
        let count = jobs::interrupt_all(&mut tx, self.now()).await?;
        tx.commit().await?;
        Ok(count)
    }
}
