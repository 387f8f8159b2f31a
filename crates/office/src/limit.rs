//! How often something may be tried.

use takeroot_store::limits::{self, Limit};

use crate::{Office, OfficeError};

/// Wrong passwords for a name, known or not: five, then one every two minutes.
pub const NAME: Limit = Limit { tries: 5, back: 120_000 };
/// Wrong passwords from an address.
pub const ADDRESS: Limit = Limit { tries: 60, back: 5_000 };
/// Wrong codes of the second factor.
pub const CODE: Limit = Limit { tries: 5, back: 120_000 };
/// Passwords asked for again by one who is signed in.
pub const AGAIN: Limit = Limit { tries: 5, back: 120_000 };

impl Office {
    /// Takes a try from the bucket of a purpose and whom it is for; milliseconds to wait when there is none. Whom it is
    /// for is kept as a digest: people type passwords where a name is asked.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn limited(&self, purpose: &str, whom: &str, limit: Limit) -> Result<Option<i64>, OfficeError> {
        let mut tx = self.db.write().await?;
        let wait = limits::take(&mut tx, &self.bucket(purpose, whom), limit, self.now()).await?;
        tx.commit().await?;
        Ok(wait)
    }

    pub(crate) fn bucket(&self, purpose: &str, whom: &str) -> String {
        format!("{purpose}:{}", self.digest(whom))
    }
}
