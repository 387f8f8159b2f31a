//! What holds for the whole installation, by name.

use crate::{StoreError, Tx};

/// Whether the people are invented: `1` or nothing. Pages and files say so.
pub const INVENTED: &str = "invented";
/// Digits of the division whose local instruments hold.
pub const PLACE: &str = "place";
/// The day for which the columns of `person` were reckoned.
pub const INDEXED_ON: &str = "indexed-on";

/// A setting.
///
/// # Errors
/// When the database refuses.
pub async fn get(tx: &mut Tx, name: &str) -> Result<Option<String>, StoreError> {
    match tx.row("SELECT value FROM setting WHERE name = $1", vec![name.into()]).await? {
        Some(row) => Ok(Some(row.text(0)?)),
        None => Ok(None),
    }
}

/// Sets it.
///
/// # Errors
/// When the database refuses.
pub async fn set(tx: &mut Tx, name: &str, value: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO setting (name, value) VALUES ($1, $2) \
               ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    tx.run(sql, vec![name.into(), value.into()]).await?;
    Ok(())
}
