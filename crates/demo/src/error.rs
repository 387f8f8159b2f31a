//! What can go wrong: a number or a day out of range, a writer that fails.

use takeroot_civil::Day;
use takeroot_words::{Lang, Say};

use crate::words::say;

/// Why there is no demonstration county.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Too few or too many people.
    #[error("{people} people: must be {min} to {max}")]
    People {
        /// Asked for.
        people: u32,
        /// Fewest.
        min: u32,
        /// Most.
        max: u32,
    },
    /// A reference day for which no careers are made.
    #[error("{day}: must be {first} to {last}")]
    Day {
        /// Asked for.
        day: Day,
        /// Earliest.
        first: Day,
        /// Latest.
        last: Day,
    },
    /// The columns could not be written.
    #[error("columns: {0}")]
    Columns(#[from] parquet::errors::ParquetError),
    /// The caller stopped it.
    #[error("cancelled")]
    Cancelled,
}

impl From<arrow_schema::ArrowError> for DemoError {
    fn from(error: arrow_schema::ArrowError) -> Self {
        DemoError::Columns(error.into())
    }
}

impl Say for DemoError {
    fn say(&self, lang: Lang) -> String {
        match self {
            DemoError::People { people, min, max } => {
                say!(
                    lang,
                    "demo-people-range",
                    people = people.to_string(),
                    min = min.to_string(),
                    max = max.to_string()
                )
            }
            DemoError::Day { day, first, last } => {
                say!(
                    lang,
                    "demo-day-range",
                    day = day.to_string(),
                    first = first.to_string(),
                    last = last.to_string()
                )
            }
            DemoError::Columns(error) => say!(lang, "demo-write", what = error.to_string()),
            DemoError::Cancelled => say!(lang, "demo-cancelled"),
        }
    }
}
