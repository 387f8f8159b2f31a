//! Printing as a piece of work: begun, watched and stopped like any other, and its file kept for a while only.

use std::ops::ControlFlow;
use std::sync::Arc;

use takeroot_forms::{Fault, Press};
use takeroot_store::jobs;
use takeroot_words::{Lang, Say};

use super::{FormError, Made, Prepared};
use crate::jobs::{Job, Outcome, Progress};
use crate::words::say;
use crate::{Office, OfficeError, Viewer};

/// What such work is called among all work.
pub const WORK: &str = "forms";
/// How long a printed file is kept, milliseconds: it holds personal data and is quickly made again.
pub(crate) const LASTS: i64 = 30 * 60_000;
/// Prints that one account has under way at most; the oldest are stopped for the newest.
const UNDER_WAY: usize = 6;

impl Office {
    /// Begins to make what was prepared; the number of the work. `press` is asked for on a thread of its own: the fonts
    /// may have to be read first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn print(
        self: &Arc<Office>,
        viewer: &Viewer,
        prepared: Prepared,
        press: fn() -> Option<&'static Press>,
    ) -> Result<i64, OfficeError> {
        self.forget_printed().await?;
        let printing = self.latest_jobs(viewer, 50).await?.into_iter();
        for job in printing.filter(|j| j.kind == WORK && j.state == jobs::RUNNING).skip(UNDER_WAY - 1) {
            self.cancel_job(viewer, job.id).await?;
        }
        self.start_job(viewer, WORK, move |_, progress| async move {
            let told = progress.clone();
            let made = tokio::task::spawn_blocking(move || make(&prepared, press, &told));
            let made = made.await.map_err(|_| OfficeError::Interrupted)??;
            progress.says(made.told(Lang::Zh), made.told(Lang::En));
            Ok(Outcome::file(made.file, made.bytes))
        })
        .await
    }

    /// Keeps something that is made already, as if it had just been printed; the number of the work.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn keep_printed(&self, viewer: &Viewer, made: Made) -> Result<i64, OfficeError> {
        self.forget_printed().await?;
        let now = self.now();
        let mut tx = self.db.write().await?;
        let id = jobs::begin(&mut tx, WORK, viewer.account, now).await?;
        let job = Job {
            id,
            state: jobs::DONE.to_owned(),
            done: 1,
            total: 1,
            message_zh: made.told(Lang::Zh),
            message_en: made.told(Lang::En),
            file_name: made.file,
            ended: Some(now),
            ..Job::default()
        };
        jobs::end(&mut tx, &job, Some(made.bytes)).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Forgets printed files that were kept long enough; that they were printed stays known.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn forget_printed(&self) -> Result<(), OfficeError> {
        let mut tx = self.db.write().await?;
        jobs::forget_files(&mut tx, WORK, self.now() - LASTS).await?;
        tx.commit().await?;
        Ok(())
    }
}

impl Made {
    /// What there is to tell of it, a line each: how much it is, then what to look at.
    fn told(&self, lang: Lang) -> String {
        let size = self.bytes.len().div_ceil(1024).to_string();
        let much = match self.pages {
            Some(pages) => say!(lang, "forms-made-pages", pages = pages.to_string(), size = size),
            None => say!(lang, "forms-made", size = size),
        };
        let mut lines = vec![much];
        lines.extend(self.remarks.iter().map(|r| r.say(lang).replace('\n', " ")));
        lines.join("\n")
    }
}

fn make(
    prepared: &Prepared,
    press: fn() -> Option<&'static Press>,
    progress: &Progress,
) -> Result<Made, OfficeError> {
    let of = prepared.count();
    progress.at(0, of)?;
    let made = match press() {
        Some(press) => prepared.make(press, |step| match progress.at(step.done, of) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }),
        None => Err(FormError::Fault(Fault::NoFont)),
    };
    made.map_err(|error| match error {
        FormError::Office(error) => error,
        FormError::Fault(Fault::Stopped) => OfficeError::Cancelled,
        other => OfficeError::Refused { zh: other.say(Lang::Zh), en: other.say(Lang::En) },
    })
}
