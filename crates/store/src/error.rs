//! What can go wrong in keeping.

use takeroot_words::{Lang, Say};

use crate::words::say;

/// What can go wrong in keeping.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database said no.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A stored text is not what this version writes. Why is said to whoever asks, not to the log: it may quote the text,
    /// which is someone's.
    #[error("stored {what} cannot be read")]
    Stored {
        /// Which table and column.
        what: &'static str,
        /// What the reader said.
        why: String,
    },
    /// The connection string is for neither engine.
    #[error("{0:?} is neither a directory, sqlite: nor postgres: address")]
    Address(String),
}

impl StoreError {
    /// A stored text that cannot be read.
    pub fn stored(what: &'static str, why: impl ToString) -> StoreError {
        StoreError::Stored { what, why: why.to_string() }
    }

    /// Whether a row with the same key is there already.
    pub fn is_duplicate(&self) -> bool {
        matches!(self, StoreError::Database(e) if e.as_database_error().is_some_and(|d| d.is_unique_violation()))
    }
}

impl Say for StoreError {
    fn say(&self, lang: Lang) -> String {
        match self {
            StoreError::Database(e) => say!(lang, "store-database", why = e.to_string()),
            StoreError::Migration(e) => say!(lang, "store-migration", why = e.to_string()),
            StoreError::Stored { what, why } => {
                say!(lang, "store-stored", what = (*what).to_owned(), why = why.as_str())
            }
            StoreError::Address(address) => say!(lang, "store-address", address = address.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_stored_is_said_and_not_logged() {
        let error = StoreError::stored("person.data", "invalid value: string \"某某\"");
        assert!(!error.to_string().contains("某某") && error.to_string().contains("person.data"));
        assert!(error.say(Lang::Zh).contains("某某"));
    }
}
