//! What an installation keeps: SQLite embedded, or PostgreSQL by a connection string.
//!
//! **What it is for.** One schema text ([`schema`]) and one query text serve both engines; every function is called
//! by a test that runs on both. Facts are dated and never overwritten: a mistake is amended by a later row, an act
//! is undone by another act, and both stay.
//!
//! **In and out.** Values of `takeroot-civil` and plain rows; moments and days are handed in.
//!
//! **What it must never do.** Judge: no rule of the law, no permission. It is told which interval of organs to look
//! in ([`Within`]) and looks nowhere else.
//!
//! A failed transaction must not be used again: PostgreSQL refuses, SQLite would go on. Every function takes
//! `&mut Tx` and returns on the first error; the caller drops the [`Tx`], which rolls back.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "tests may fail"
    )
)]

pub mod accounts;
pub mod acts;
pub mod audit;
pub mod changes;
pub mod corrections;
pub mod counter;
mod db;
pub mod documents;
pub mod doubts;
pub mod dump;
mod error;
pub mod glance;
pub mod imports;
pub mod jobs;
pub mod limits;
pub mod name_keys;
pub mod named;
pub mod organs;
pub mod people;
pub mod post_tables;
pub mod roster;
pub mod schema;
pub mod sessions;
pub mod settings;
pub mod sights;
pub mod sound;
pub mod templates;
#[cfg(feature = "testing")]
pub mod testing;
pub mod tokens;
mod value;
pub mod views;
mod words;

pub use db::{Db, Engine, Tx};
pub use error::StoreError;
pub use value::{Row, Value};

/// Where a query may look: intervals of organ numbers (`organ.seq`), inclusive. Empty: nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Within(pub Vec<(i64, i64)>);

impl Within {
    /// Everywhere, people without a known organ among them.
    pub fn everywhere() -> Within {
        Within(vec![(i64::MIN, i64::MAX)])
    }

    /// Where some numbers lie, as intervals: numbers given out in one go are one.
    pub fn of(numbers: &[i64]) -> Within {
        let mut sorted = numbers.to_vec();
        sorted.sort_unstable();
        let mut intervals: Vec<(i64, i64)> = Vec::new();
        for number in sorted {
            match intervals.last_mut() {
                Some(last) if last.1 >= number - 1 => last.1 = last.1.max(number),
                _ => intervals.push((number, number)),
            }
        }
        Within(intervals)
    }

    /// Nothing can be seen.
    pub fn is_nowhere(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an organ number lies in it.
    pub fn has(&self, seq: i64) -> bool {
        self.0.iter().any(|(from, to)| *from <= seq && seq <= *to)
    }

    /// The part of it that also lies in an interval.
    #[must_use]
    pub fn and(&self, from: i64, to: i64) -> Within {
        let cut = |(a, b): &(i64, i64)| (*a.max(&from), *b.min(&to));
        Within(self.0.iter().map(cut).filter(|(a, b)| a <= b).collect())
    }

    /// A condition on a column of organ numbers. The numbers are ours, not a user's, so they stand in the text.
    pub fn sql(&self, column: &str) -> String {
        if self.0.is_empty() {
            return "1 = 0".to_owned();
        }
        if self.0.contains(&(i64::MIN, i64::MAX)) {
            return "1 = 1".to_owned();
        }
        let parts: Vec<String> =
            self.0.iter().map(|(a, b)| format!("{column} BETWEEN {a} AND {b}")).collect();
        format!("({})", parts.join(" OR "))
    }
}
