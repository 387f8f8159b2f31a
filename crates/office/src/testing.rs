//! What an office of a test is given: a clock that is moved by hand, bytes that can be foretold, an office on every
//! database at hand.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use takeroot_civil::{Day, Roster};
use takeroot_policy::Library;
use takeroot_store::{Db, StoreError, testing};

use crate::{Clock, Office, OfficeError, Random, Viewer};

/// A day, and how far the office's time is east of Greenwich's, milliseconds.
const DAY: i64 = 86_400_000;
const EAST: i64 = 8 * 3_600_000;

/// The day on which every test begins: 2026-07-01.
///
/// # Panics
/// Never: the day exists.
#[must_use]
#[expect(clippy::unwrap_used, reason = "for tests; the day exists")]
pub fn today() -> Day {
    Day::new(2026, 7, 1).unwrap()
}

/// A clock that stands at noon of [`today`] in the office's time until it is moved.
#[derive(Debug)]
pub struct Hand(AtomicI64);

impl Default for Hand {
    fn default() -> Hand {
        Hand(AtomicI64::new(1_782_878_400_000))
    }
}

impl Hand {
    /// Moves it forward, milliseconds.
    pub fn later(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::Relaxed);
    }
}

impl Clock for Hand {
    fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    fn today(&self) -> Day {
        let days = (self.now() + EAST).div_euclid(DAY);
        i32::try_from(days).map_or(Day::EARLIEST, Day::from_epoch_days)
    }
}

/// Bytes that can be foretold and do not come again.
#[derive(Debug, Default)]
pub struct Counting(AtomicU64);

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let next = self.0.fetch_add(1, Ordering::Relaxed).to_le_bytes();
            chunk.iter_mut().zip(next).for_each(|(byte, next)| *byte = next);
        }
    }
}

/// An office on a database, with the shipped documents, and the clock it has.
///
/// # Panics
/// When the shipped documents cannot be read.
#[must_use]
#[expect(clippy::expect_used, reason = "for tests")]
pub fn office(db: Db) -> (Office, Arc<Hand>) {
    let clock = Arc::new(Hand::default());
    let library = Library::shipped().expect("the shipped documents");
    (Office::new(db, library, clock.clone(), Arc::new(Counting::default())), clock)
}

/// An empty office on each database at hand (see [`testing::databases`]), with its clock.
///
/// # Errors
/// When a database cannot be made.
pub async fn offices(dir: &Path) -> Result<Vec<(Office, Arc<Hand>)>, StoreError> {
    Ok(testing::databases(dir).await?.into_iter().map(office).collect())
}

/// The same with a roster in each.
///
/// # Errors
/// When a database cannot be made or the roster cannot be entered.
pub async fn offices_with(dir: &Path, roster: &Roster) -> Result<Vec<(Office, Arc<Hand>)>, OfficeError> {
    let all = offices(dir).await?;
    for (office, _) in &all {
        office.enter(&Viewer::installation(), roster, |_| {}).await?;
        office.refresh().await?;
    }
    Ok(all)
}
