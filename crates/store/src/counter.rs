//! Numbers given out, one kind at a time.

use crate::{StoreError, Tx};

/// Takes `count` numbers of a kind; the first of them. Numbers begin at 1 and are never given twice.
///
/// # Errors
/// When the database refuses.
pub async fn take(tx: &mut Tx, kind: &'static str, count: i64) -> Result<i64, StoreError> {
    let sql = "INSERT INTO counter (name, next) VALUES ($1, 1 + $2) \
               ON CONFLICT (name) DO UPDATE SET next = counter.next + $2 RETURNING next";
    let next = tx.number(sql, vec![kind.into(), count.into()]).await?;
    Ok(next - count)
}

/// How many numbers of a kind have been given.
///
/// # Errors
/// When the database refuses.
pub async fn given(tx: &mut Tx, kind: &'static str) -> Result<i64, StoreError> {
    let next = tx.number("SELECT next FROM counter WHERE name = $1", vec![kind.into()]).await?;
    Ok((next - 1).max(0))
}
