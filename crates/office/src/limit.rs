//! How often something may be tried.

use std::net::{IpAddr, Ipv6Addr};

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

/// Whom an address stands for, where tries are counted: of IPv6 the first 64 bits, since whoever has one address of a
/// network has all of them (RFC 4291, section 2.5.4). What is no address stands for itself.
pub(crate) fn network(address: &str) -> String {
    match address.parse::<IpAddr>().map(|a| a.to_canonical()) {
        Ok(IpAddr::V6(v6)) => Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX)).to_string(),
        Ok(v4) => v4.to_string(),
        Err(_) => address.to_owned(),
    }
}

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
