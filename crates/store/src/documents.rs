//! Policy documents written in the office: versions that are never overwritten, and which of them is in use.

use crate::{Row, StoreError, Tx};

/// Not shown to others.
pub const DRAFT: &str = "draft";
/// In use.
pub const PUBLISHED: &str = "published";
/// No longer in use.
pub const WITHDRAWN: &str = "withdrawn";

/// A document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its id, as in its text.
    pub id: String,
    /// `proposal` or `local`.
    pub kind: String,
    /// One of the words of this file.
    pub state: String,
    /// The last version, from 1.
    pub latest: i64,
    /// The version that is published; 0 when none is.
    pub shown: i64,
}

/// A version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The document's id.
    pub document: String,
    /// Its number, from 1.
    pub version: i64,
    /// Its text.
    pub text: String,
    /// When it was written, milliseconds.
    pub at: i64,
    /// By which account.
    pub account: i64,
}

fn held(row: &Row) -> Result<Held, StoreError> {
    Ok(Held {
        id: row.text(0)?,
        kind: row.text(1)?,
        state: row.text(2)?,
        latest: row.int(3)?,
        shown: row.int(4)?,
    })
}

fn version(row: &Row) -> Result<Version, StoreError> {
    Ok(Version {
        document: row.text(0)?,
        version: row.int(1)?,
        text: row.text(2)?,
        at: row.int(3)?,
        account: row.int(4)?,
    })
}

/// Every document, by id.
///
/// # Errors
/// When the database refuses.
pub async fn all(tx: &mut Tx) -> Result<Vec<Held>, StoreError> {
    let sql = "SELECT id, kind, state, latest, shown FROM policy_document";
    let mut all: Vec<Held> = tx.rows(sql, vec![]).await?.iter().map(held).collect::<Result<_, _>>()?;
    all.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(all)
}

/// A document.
///
/// # Errors
/// When the database refuses.
pub async fn get(tx: &mut Tx, id: &str) -> Result<Option<Held>, StoreError> {
    let sql = "SELECT id, kind, state, latest, shown FROM policy_document WHERE id = $1";
    tx.row(sql, vec![id.into()]).await?.as_ref().map(held).transpose()
}

/// The versions of a document, latest first.
///
/// # Errors
/// When the database refuses.
pub async fn versions(tx: &mut Tx, id: &str) -> Result<Vec<Version>, StoreError> {
    let sql = "SELECT document, version, text, at, account FROM policy_version WHERE document = $1 ORDER BY version DESC";
    tx.rows(sql, vec![id.into()]).await?.iter().map(version).collect()
}

/// The texts to lay over the shipped documents: of what is published that version, of a proposal's draft the last.
///
/// # Errors
/// When the database refuses.
pub async fn in_use(tx: &mut Tx) -> Result<Vec<Version>, StoreError> {
    let sql = "SELECT v.document, v.version, v.text, v.at, v.account FROM policy_version v \
               JOIN policy_document d ON d.id = v.document \
               WHERE (d.state = 'published' AND v.version = d.shown) \
               OR (d.state = 'draft' AND d.kind = 'proposal' AND v.version = d.latest)";
    let mut all: Vec<Version> = tx.rows(sql, vec![]).await?.iter().map(version).collect::<Result<_, _>>()?;
    all.sort_by(|a, b| a.document.cmp(&b.document));
    Ok(all)
}

/// Keeps a new version; its number. What is published stays published as it was.
///
/// # Errors
/// When the database refuses.
pub async fn add(
    tx: &mut Tx,
    id: &str,
    kind: &str,
    text: &str,
    at: i64,
    account: i64,
    act: i64,
) -> Result<i64, StoreError> {
    let known = get(tx, id).await?;
    let number = known.as_ref().map_or(0, |k| k.latest) + 1;
    let sql = "INSERT INTO policy_version (document, version, text, at, account, act) VALUES ($1, $2, $3, $4, $5, $6)";
    tx.run(sql, vec![id.into(), number.into(), text.into(), at.into(), account.into(), act.into()]).await?;
    match known {
        None => {
            let sql =
                "INSERT INTO policy_document (id, kind, state, latest, shown) VALUES ($1, $2, 'draft', 1, 0)";
            tx.run(sql, vec![id.into(), kind.into()]).await?;
        }
        Some(known) => {
            let state = if known.state == WITHDRAWN { DRAFT } else { &known.state };
            let sql = "UPDATE policy_document SET latest = $2, state = $3, kind = $4 WHERE id = $1";
            tx.run(sql, vec![id.into(), number.into(), state.into(), kind.into()]).await?;
        }
    }
    Ok(number)
}

/// Publishes a version, or takes a document out of use (`shown` 0).
///
/// # Errors
/// When the database refuses.
pub async fn set_state(tx: &mut Tx, id: &str, state: &str, shown: i64) -> Result<(), StoreError> {
    let sql = "UPDATE policy_document SET state = $2, shown = $3 WHERE id = $1";
    tx.run(sql, vec![id.into(), state.into(), shown.into()]).await?;
    Ok(())
}
