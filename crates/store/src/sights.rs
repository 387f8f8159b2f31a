//! Who looked at a sensitive class of fields of whom.

use crate::{StoreError, Tx, counter};

/// Records looks of an account: at which person, at which class, on which page.
///
/// # Errors
/// When the database refuses.
pub async fn record(
    tx: &mut Tx,
    at: i64,
    account: i64,
    place: &str,
    seen: &[(i64, &'static str)],
) -> Result<(), StoreError> {
    if seen.is_empty() {
        return Ok(());
    }
    let count = i64::try_from(seen.len()).unwrap_or(i64::MAX);
    let first = counter::take(tx, "sight", count).await?;
    let rows = (first..).zip(seen).map(|(id, (person, class))| {
        vec![id.into(), at.into(), account.into(), (*person).into(), (*class).into(), place.into()]
    });
    tx.insert("sight", &["id", "at", "account", "person", "class", "place"], rows.collect()).await
}
