//! An installation opened for a command: its database brought up to date, the documents, the clock, randomness.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context as _;
use takeroot_civil::Day;
use takeroot_office::{Clock, Office, Random};
use takeroot_store::Db;
use takeroot_words::Say as _;

use crate::cli::Context;
use crate::words::say;
use crate::{clock, library};

/// Where an installation keeps its data: a directory, or a database server.
#[derive(Debug, Clone, clap::Args)]
pub struct Where {
    #[arg(long, value_name = "DIR", conflicts_with = "database")]
    pub data: Option<PathBuf>,

    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
}

impl Where {
    /// The directory: what was typed, else `takeroot-data` here.
    pub fn dir(&self) -> PathBuf {
        self.data.clone().unwrap_or_else(|| PathBuf::from("takeroot-data"))
    }

    /// What it is called in a sentence: the directory, or the server without a password.
    pub fn name(&self) -> String {
        match &self.database {
            Some(address) => match address.rsplit_once('@') {
                Some((_, place)) => place.to_owned(),
                None => address.clone(),
            },
            None => self.dir().display().to_string(),
        }
    }

    /// Its database, made if it is not there; the schema is not touched.
    ///
    /// # Errors
    /// When the directory or the database cannot be opened.
    pub async fn database(&self, ctx: &Context) -> anyhow::Result<Db> {
        let told = |e: takeroot_store::StoreError| anyhow::anyhow!(e.say(ctx.lang));
        match &self.database {
            Some(address) => Db::open(address).await.map_err(told),
            None => open_dir(&self.dir(), ctx).await,
        }
    }

    /// Opens what is there without changing anything: for backups and for looking whether all is well.
    ///
    /// # Errors
    /// When there is nothing, or it cannot be opened.
    pub async fn open_as_it_is(&self, ctx: &Context) -> anyhow::Result<Office> {
        if self.database.is_none() && !self.dir().join("takeroot.db").is_file() {
            return Err(anyhow::anyhow!(say!(ctx.lang, "open-nothing", place = self.name())));
        }
        let db = self.database(ctx).await?;
        Ok(Office::new(db, library::load(ctx)?, Arc::new(Wall), Arc::new(System)))
    }

    /// Opens it, making what is not there.
    ///
    /// # Errors
    /// When the directory or the database cannot be opened, or the documents have faults.
    pub async fn open(&self, ctx: &Context) -> anyhow::Result<Office> {
        let office = self.brought_up_to_date(ctx, Arc::new(Wall)).await?;
        office.refresh().await.map_err(|e| anyhow::anyhow!(e.say(ctx.lang)))?;
        Ok(office)
    }

    /// Opens it as [`Where::open`] does, on another day than today. Invented people only: what real people are told must be
    /// of today.
    ///
    /// # Errors
    /// As [`Where::open`]; when the people that are there are not invented.
    pub async fn open_on(&self, ctx: &Context, day: Day) -> anyhow::Result<Office> {
        let office = self.brought_up_to_date(ctx, Arc::new(Chosen::new(day))).await?;
        let real = !office.is_empty().await.map_err(|e| anyhow::anyhow!(e.say(ctx.lang)))?
            && !office.has_invented_people().await.map_err(|e| anyhow::anyhow!(e.say(ctx.lang)))?;
        if real {
            return Err(anyhow::anyhow!(say!(ctx.lang, "open-day-of-real-people", place = self.name())));
        }
        office.refresh().await.map_err(|e| anyhow::anyhow!(e.say(ctx.lang)))?;
        Ok(office)
    }

    async fn brought_up_to_date(&self, ctx: &Context, clock: Arc<dyn Clock>) -> anyhow::Result<Office> {
        let db = self.database(ctx).await?;
        db.migrate().await.map_err(|e| anyhow::anyhow!(e.say(ctx.lang)))?;
        Ok(Office::new(db, library::load(ctx)?, clock, Arc::new(System)))
    }
}

async fn open_dir(dir: &Path, ctx: &Context) -> anyhow::Result<Db> {
    let mut new = std::fs::DirBuilder::new();
    new.recursive(true);
    // Its owner alone looks into it.
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut new, 0o700);
    new.create(dir).with_context(|| say!(ctx.lang, "cannot-write", path = dir.display().to_string()))?;
    Db::open_dir(dir).await.map_err(|e| anyhow::anyhow!(e.say(ctx.lang)))
}

/// The moment, milliseconds since 1970 UTC.
pub fn now() -> i64 {
    Wall.now()
}

/// The machine's clock.
#[derive(Debug)]
struct Wall;

impl Clock for Wall {
    fn now(&self) -> i64 {
        jiff::Timestamp::now().as_millisecond()
    }

    fn today(&self) -> Day {
        // A clock outside 1900 to 2199 was refused when the program started.
        clock::machine().unwrap_or(Day::EARLIEST)
    }
}

/// A clock that was set to nine in the morning of a day when the program began, on the offices' time (UTC+8), and runs on;
/// its day stays.
#[derive(Debug)]
struct Chosen {
    day: Day,
    /// Milliseconds since 1970 UTC at which it was set.
    set: i64,
    since: Instant,
}

impl Chosen {
    fn new(day: Day) -> Chosen {
        let days = day.epoch_days();
        // One in the morning at Greenwich is nine in the offices.
        Chosen { day, set: i64::from(days) * 86_400_000 + 3_600_000, since: Instant::now() }
    }
}

impl Clock for Chosen {
    fn now(&self) -> i64 {
        self.set.saturating_add(i64::try_from(self.since.elapsed().as_millis()).unwrap_or(i64::MAX))
    }

    fn today(&self) -> Day {
        self.day
    }
}

/// The system's randomness.
#[derive(Debug)]
struct System;

impl Random for System {
    #[expect(
        clippy::expect_used,
        reason = "without randomness nothing may be signed: ending is the safe answer"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the system gives randomness");
    }
}

/// Puts the demonstration county into an empty installation, with its accounts; how many people it has. An installation
/// that has people already is left as it is.
///
/// # Errors
/// When the database refuses.
pub async fn enter_demo(
    office: &Office,
    roster: &takeroot_civil::Roster,
    lang: takeroot_words::Lang,
) -> Result<usize, takeroot_office::OfficeError> {
    let viewer = takeroot_office::Viewer::installation();
    let (total, shows) = (roster.careers.len(), std::io::IsTerminal::is_terminal(&std::io::stderr()));
    let told = |done: usize| {
        if shows {
            let said = say!(lang, "demo-entering", done = done.to_string(), total = total.to_string());
            eprint!("\r\x1b[K{said}");
            if done == total {
                eprintln!();
            }
        }
    };
    let people = office.enter(&viewer, roster, told).await?;
    office.refresh().await?;
    office.demonstration_accounts().await?;
    office.demonstration_posts().await?;
    Ok(people)
}
