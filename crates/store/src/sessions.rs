//! Sessions: who is signed in where.

use crate::{Row, StoreError, Tx, Value, counter};

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its number, by which it is shown and revoked; never its token.
    pub id: i64,
    /// Whose.
    pub account: i64,
    /// When it began, milliseconds.
    pub created: i64,
    /// When it was last used.
    pub seen: i64,
    /// When it ends by itself.
    pub expires: i64,
    /// The second factor, where there is one, was given.
    pub complete: bool,
    /// Address it began from.
    pub address: String,
    /// Browser it began from.
    pub agent: String,
    /// When it was ended.
    pub ended: Option<i64>,
}

const COLUMNS: &str = "id, account, created, seen, expires, complete, address, agent, ended";

fn session(row: &Row) -> Result<Session, StoreError> {
    Ok(Session {
        id: row.int(0)?,
        account: row.int(1)?,
        created: row.int(2)?,
        seen: row.int(3)?,
        expires: row.int(4)?,
        complete: row.flag(5)?,
        address: row.text(6)?,
        agent: row.text(7)?,
        ended: row.maybe_int(8)?,
    })
}

/// Begins a session under the digest of its token; its number.
///
/// # Errors
/// When the database refuses.
pub async fn begin(tx: &mut Tx, token: &str, s: &Session) -> Result<i64, StoreError> {
    let id = counter::take(tx, "session", 1).await?;
    let row: Vec<Value> = vec![
        token.into(),
        id.into(),
        s.account.into(),
        s.created.into(),
        s.seen.into(),
        s.expires.into(),
        s.complete.into(),
        (&s.address).into(),
        (&s.agent).into(),
    ];
    let columns = ["token", "id", "account", "created", "seen", "expires", "complete", "address", "agent"];
    tx.insert("session", &columns, vec![row]).await?;
    Ok(id)
}

/// The session with a token's digest that still runs at a moment.
///
/// # Errors
/// When the database refuses.
pub async fn running(tx: &mut Tx, token: &str, now: i64) -> Result<Option<Session>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM session WHERE token = $1 AND ended IS NULL AND expires > $2"
    ));
    tx.row(sql, vec![token.into(), now.into()]).await?.as_ref().map(session).transpose()
}

/// Whether the session with a token's digest is or was a complete one of an account.
///
/// # Errors
/// When the database refuses.
pub async fn was(tx: &mut Tx, token: &str, account: i64) -> Result<bool, StoreError> {
    let sql = "SELECT COUNT(*) FROM session WHERE token = $1 AND account = $2 AND complete = 1";
    Ok(tx.number(sql, vec![token.into(), account.into()]).await? == 1)
}

/// The sessions of an account that run at a moment and are complete, last used first.
///
/// # Errors
/// When the database refuses.
pub async fn of_account(tx: &mut Tx, account: i64, now: i64) -> Result<Vec<Session>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM session WHERE account = $1 AND ended IS NULL AND complete = 1 AND expires > $2 \
         ORDER BY seen DESC, id DESC"
    ));
    tx.rows(sql, vec![account.into(), now.into()]).await?.iter().map(session).collect()
}

/// How many complete sessions run at a moment.
///
/// # Errors
/// When the database refuses.
pub async fn count(tx: &mut Tx, now: i64) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM session WHERE ended IS NULL AND complete = 1 AND expires > $1";
    tx.number(sql, vec![now.into()]).await
}

/// Notes that a session was used.
///
/// # Errors
/// When the database refuses.
pub async fn touch(tx: &mut Tx, id: i64, now: i64) -> Result<(), StoreError> {
    tx.run("UPDATE session SET seen = $2 WHERE id = $1 AND seen < $2", vec![id.into(), now.into()])
        .await
        .map(drop)
}

/// Ends a session of an account; `false` when it does not run, or is another account's.
///
/// # Errors
/// When the database refuses.
pub async fn end(tx: &mut Tx, account: i64, id: i64, now: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE session SET ended = $3 WHERE id = $2 AND account = $1 AND ended IS NULL";
    Ok(tx.run(sql, vec![account.into(), id.into(), now.into()]).await? == 1)
}

/// Ends every session of an account but one (0: none is spared).
///
/// # Errors
/// When the database refuses.
pub async fn end_others(tx: &mut Tx, account: i64, spared: i64, now: i64) -> Result<u64, StoreError> {
    let sql = "UPDATE session SET ended = $3 WHERE account = $1 AND id <> $2 AND ended IS NULL";
    tx.run(sql, vec![account.into(), spared.into(), now.into()]).await
}

/// Forgets sessions that ended or expired before a moment.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &mut Tx, before: i64) -> Result<(), StoreError> {
    tx.run("DELETE FROM session WHERE expires < $1", vec![before.into()]).await.map(drop)
}
