//! The acts: who changed what, when. An act is never removed; another act undoes it.

use crate::{Row, StoreError, Tx, counter};

/// An act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Its number.
    pub id: i64,
    /// Kind: `import`, `event`, `amend`, `merge`, `number-changed` …
    pub kind: String,
    /// When, milliseconds since 1970 UTC.
    pub at: i64,
    /// Who; 0 is the installation itself (command line, demonstration).
    pub account: i64,
    /// On whom, if it is on one person.
    pub person: Option<i64>,
    /// JSON: what the kind of act says of itself.
    pub detail: String,
    /// The act that it undoes.
    pub undoes: Option<i64>,
    /// The act that undid it.
    pub undone_by: Option<i64>,
}

const COLUMNS: &str = "id, kind, at, account, person, detail, undoes, undone_by";

fn act(row: &Row) -> Result<Act, StoreError> {
    Ok(Act {
        id: row.int(0)?,
        kind: row.text(1)?,
        at: row.int(2)?,
        account: row.int(3)?,
        person: row.maybe_int(4)?,
        detail: row.text(5)?,
        undoes: row.maybe_int(6)?,
        undone_by: row.maybe_int(7)?,
    })
}

/// Waits until no other act is under way, and keeps the next waiting until this transaction ends: for acts that look at
/// what there is before they change it. SQLite's writers take turns anyhow; on a server, whoever records an act does.
///
/// # Errors
/// When the database refuses.
pub async fn turn(tx: &mut Tx) -> Result<(), StoreError> {
    counter::take(tx, "act", 0).await.map(drop)
}

/// Records an act; its number.
///
/// # Errors
/// When the database refuses.
pub async fn record(
    tx: &mut Tx,
    kind: &str,
    at: i64,
    account: i64,
    person: Option<i64>,
    detail: &str,
    undoes: Option<i64>,
) -> Result<i64, StoreError> {
    let id = counter::take(tx, "act", 1).await?;
    let sql =
        "INSERT INTO act (id, kind, at, account, person, detail, undoes) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values =
        vec![id.into(), kind.into(), at.into(), account.into(), person.into(), detail.into(), undoes.into()];
    tx.run(sql, values).await?;
    if let Some(undone) = undoes {
        tx.run("UPDATE act SET undone_by = $2 WHERE id = $1", vec![undone.into(), id.into()]).await?;
    }
    Ok(id)
}

/// An act.
///
/// # Errors
/// When the database refuses.
pub async fn get(tx: &mut Tx, id: i64) -> Result<Option<Act>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM act WHERE id = $1"));
    tx.row(sql, vec![id.into()]).await?.as_ref().map(act).transpose()
}

/// The acts on a person, latest first: those on the person alone and those that recorded a fact of the person.
///
/// # Errors
/// When the database refuses.
pub async fn of_person(tx: &mut Tx, person: i64) -> Result<Vec<Act>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM act WHERE person = $1 OR id IN (SELECT act FROM event WHERE person = $1) \
         OR id IN (SELECT act FROM person_version WHERE person = $1) ORDER BY id DESC"
    ));
    tx.rows(sql, vec![person.into()]).await?.iter().map(act).collect()
}
