//! Limits of how often something may be tried: buckets that lose a token with each try and fill again with time.

use crate::{StoreError, Tx, Value};

/// How many tries, and how fast they come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Tries that a full bucket holds.
    pub tries: i64,
    /// Milliseconds until one try is back.
    pub back: i64,
}

/// Thousandths in a token.
const TOKEN: i64 = 1000;

/// Takes one try from a bucket; `Some(milliseconds)` until the next one when it is empty. A bucket that is not there
/// is full.
///
/// # Errors
/// When the database refuses.
pub async fn take(tx: &mut Tx, key: &str, limit: Limit, now: i64) -> Result<Option<i64>, StoreError> {
    let full = limit.tries * TOKEN;
    let fresh: Vec<Value> = vec![key.into(), full.into(), now.into()];
    tx.run("INSERT INTO bucket (key, tokens, at) VALUES ($1, $2, $3) ON CONFLICT (key) DO NOTHING", fresh)
        .await?;
    // The row is written before it is read, so that on a server two tries at once take turns.
    let row = tx
        .row("UPDATE bucket SET tokens = tokens WHERE key = $1 RETURNING tokens, at", vec![key.into()])
        .await?;
    let (tokens, at) = match row {
        Some(row) => (row.int(0)?, row.int(1)?),
        None => (full, now),
    };
    let back = limit.back.max(1);
    let gained = (now - at).max(0).saturating_mul(TOKEN) / back;
    let tokens = tokens.saturating_add(gained).min(full);
    if tokens < TOKEN {
        return Ok(Some(((TOKEN - tokens) * back).div_euclid(TOKEN).max(1)));
    }
    let left: Vec<Value> = vec![key.into(), (tokens - TOKEN).into(), now.into()];
    tx.run("UPDATE bucket SET tokens = $2, at = $3 WHERE key = $1", left).await?;
    Ok(None)
}

/// Gives one try back to a bucket that was taken from.
///
/// # Errors
/// When the database refuses.
pub async fn give_back(tx: &mut Tx, key: &str, limit: Limit) -> Result<(), StoreError> {
    let values: Vec<Value> = vec![key.into(), TOKEN.into(), (limit.tries * TOKEN).into()];
    let sql =
        "UPDATE bucket SET tokens = CASE WHEN tokens + $2 > $3 THEN $3 ELSE tokens + $2 END WHERE key = $1";
    tx.run(sql, values).await.map(drop)
}

/// Fills a bucket again: the right word was given.
///
/// # Errors
/// When the database refuses.
pub async fn fill(tx: &mut Tx, key: &str) -> Result<(), StoreError> {
    tx.run("DELETE FROM bucket WHERE key = $1", vec![key.into()]).await.map(drop)
}

/// Forgets the buckets that nobody took from since a moment.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &mut Tx, before: i64) -> Result<(), StoreError> {
    tx.run("DELETE FROM bucket WHERE at < $1", vec![before.into()]).await.map(drop)
}
