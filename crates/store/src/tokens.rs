//! Tokens of other systems: kept as digests, never as they were given out.

use crate::{Row, StoreError, Tx, Value, counter};

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its number.
    pub id: i64,
    /// The system that has it, as it is called.
    pub name: String,
    /// The account in whose name it acts and looks; nobody can sign in with it.
    pub account: i64,
    /// Codes of what it may, separated by spaces.
    pub scopes: String,
    /// Root of the subtree where it may; empty is everything.
    pub organ: String,
    /// When it was made, milliseconds.
    pub created: i64,
    /// When it ends by itself.
    pub expires: i64,
    /// When it was last used.
    pub used: Option<i64>,
    /// When it was ended.
    pub ended: Option<i64>,
}

const COLUMNS: &str = "id, name, account, scopes, organ, created, expires, used, ended";

fn token(row: &Row) -> Result<Token, StoreError> {
    Ok(Token {
        id: row.int(0)?,
        name: row.text(1)?,
        account: row.int(2)?,
        scopes: row.text(3)?,
        organ: row.text(4)?,
        created: row.int(5)?,
        expires: row.int(6)?,
        used: row.maybe_int(7)?,
        ended: row.maybe_int(8)?,
    })
}

/// Keeps a token under its digest; its number. `token.id` is not looked at.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &mut Tx, digest: &str, t: &Token) -> Result<i64, StoreError> {
    let id = counter::take(tx, "api_token", 1).await?;
    let row: Vec<Value> = vec![
        id.into(),
        digest.into(),
        (&t.name).into(),
        t.account.into(),
        (&t.scopes).into(),
        (&t.organ).into(),
        t.created.into(),
        t.expires.into(),
    ];
    let columns = ["id", "token", "name", "account", "scopes", "organ", "created", "expires"];
    tx.insert("api_token", &columns, vec![row]).await?;
    Ok(id)
}

/// The token with a digest that holds at a moment.
///
/// # Errors
/// When the database refuses.
pub async fn holding(tx: &mut Tx, digest: &str, now: i64) -> Result<Option<Token>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM api_token WHERE token = $1 AND ended IS NULL AND expires > $2"
    ));
    tx.row(sql, vec![digest.into(), now.into()]).await?.as_ref().map(token).transpose()
}

/// Every token, those that ended too, the latest first.
///
/// # Errors
/// When the database refuses.
pub async fn all(tx: &mut Tx) -> Result<Vec<Token>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM api_token ORDER BY id DESC"));
    tx.rows(sql, vec![]).await?.iter().map(token).collect()
}

/// Ends a token; whether it held until now.
///
/// # Errors
/// When the database refuses.
pub async fn end(tx: &mut Tx, id: i64, now: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE api_token SET ended = $2 WHERE id = $1 AND ended IS NULL";
    Ok(tx.run(sql, vec![id.into(), now.into()]).await? > 0)
}

/// Notes that a token was used.
///
/// # Errors
/// When the database refuses.
pub async fn used(tx: &mut Tx, id: i64, now: i64) -> Result<(), StoreError> {
    tx.run("UPDATE api_token SET used = $2 WHERE id = $1", vec![id.into(), now.into()]).await.map(drop)
}
