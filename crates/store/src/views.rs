//! Saved views of the roster.

use crate::{Row, StoreError, Tx, counter};

/// A view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Its number.
    pub id: i64,
    /// Whose it is.
    pub account: i64,
    /// What it is called.
    pub name: String,
    /// The query as it stands in an address, columns and order among it.
    pub query: String,
    /// Everyone sees it.
    pub shared: bool,
}

fn view(row: &Row) -> Result<View, StoreError> {
    Ok(View {
        id: row.int(0)?,
        account: row.int(1)?,
        name: row.text(2)?,
        query: row.text(3)?,
        shared: row.flag(4)?,
    })
}

/// The views that an account sees: its own, then those shared, each in the order in which they were saved.
///
/// # Errors
/// When the database refuses.
pub async fn of(tx: &mut Tx, account: i64) -> Result<Vec<View>, StoreError> {
    let sql = "SELECT id, account, name, query, shared FROM roster_view WHERE account = $1 OR shared = 1 \
               ORDER BY CASE WHEN account = $1 THEN 0 ELSE 1 END, id";
    tx.rows(sql, vec![account.into()]).await?.iter().map(view).collect()
}

/// Saves a view; its number. `at` is the moment, milliseconds.
///
/// # Errors
/// When the database refuses.
pub async fn add(
    tx: &mut Tx,
    account: i64,
    name: &str,
    query: &str,
    shared: bool,
    at: i64,
) -> Result<i64, StoreError> {
    let id = counter::take(tx, "roster_view", 1).await?;
    let sql =
        "INSERT INTO roster_view (id, account, name, query, shared, at) VALUES ($1, $2, $3, $4, $5, $6)";
    let values = vec![id.into(), account.into(), name.into(), query.into(), shared.into(), at.into()];
    tx.run(sql, values).await?;
    Ok(id)
}

/// Gives an account's view another name; whether there was one.
///
/// # Errors
/// When the database refuses.
pub async fn rename(tx: &mut Tx, account: i64, id: i64, name: &str) -> Result<bool, StoreError> {
    let sql = "UPDATE roster_view SET name = $3 WHERE id = $1 AND account = $2";
    Ok(tx.run(sql, vec![id.into(), account.into(), name.into()]).await? > 0)
}

/// Removes an account's view; whether there was one.
///
/// # Errors
/// When the database refuses.
pub async fn remove(tx: &mut Tx, account: i64, id: i64) -> Result<bool, StoreError> {
    let sql = "DELETE FROM roster_view WHERE id = $1 AND account = $2";
    Ok(tx.run(sql, vec![id.into(), account.into()]).await? > 0)
}
