//! Whom acts changed, in the order of the acts: for systems that follow the roster.

use sqlx::AssertSqlSafe;

use crate::{StoreError, Tx, Within};

/// An act that changed a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The act.
    pub act: i64,
    /// Its kind.
    pub kind: String,
    /// When, milliseconds.
    pub at: i64,
    /// The person.
    pub person: i64,
    /// The person is no longer in the roster: the entry was undone, or merged into another person's.
    pub removed: bool,
}

/// The changes after an act and a person of it, within an interval of organs; at most `most`. Where a person belongs today
/// decides who hears of the change.
///
/// # Errors
/// When the database refuses.
pub async fn after(
    tx: &mut Tx,
    within: &Within,
    (act, person): (i64, i64),
    most: i64,
) -> Result<Vec<Change>, StoreError> {
    let sql = format!(
        "SELECT a.id, a.kind, a.at, p.id, CASE WHEN p.removed_by IS NULL THEN 0 ELSE p.removed_by END FROM (\
         SELECT act AS act, person AS person FROM event WHERE act >= $1 \
         UNION SELECT act, person FROM person_version WHERE act >= $1 \
         UNION SELECT undone_by, person FROM event WHERE undone_by >= $1 \
         UNION SELECT removed_by, id FROM person WHERE removed_by >= $1) AS x \
         JOIN act a ON a.id = x.act JOIN person p ON p.id = x.person \
         WHERE (a.id > $1 OR p.id > $2) AND {} ORDER BY a.id, p.id LIMIT $3",
        within.sql("p.organ_seq")
    );
    let rows = tx.rows(AssertSqlSafe(sql), vec![act.into(), person.into(), most.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Change {
                act: row.int(0)?,
                kind: row.text(1)?,
                at: row.int(2)?,
                person: row.int(3)?,
                removed: row.int(4)? != 0,
            })
        })
        .collect()
}

/// The number of the last act; 0 before the first.
///
/// # Errors
/// When the database refuses.
pub async fn last(tx: &mut Tx) -> Result<i64, StoreError> {
    tx.number("SELECT MAX(id) FROM act", vec![]).await
}
