//! Imports: the file as it came, what it would change, what an act wrote, and how that is taken back.

use std::collections::HashMap;

use takeroot_civil::Day;

use crate::{Row, StoreError, Tx, Value, counter};

/// An import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// Its number.
    pub id: i64,
    /// Who sent the file.
    pub account: i64,
    /// The file's name.
    pub name: String,
    /// When it was sent, milliseconds.
    pub at: i64,
    /// `reading`, `preview`, `applied`, `undone`.
    pub state: String,
    /// The roster as the preview found it ([`stamp`]).
    pub base: String,
    /// JSON of the office: counts and sheets.
    pub counts: String,
    /// JSON of the office: people chosen for doubtful rows.
    pub choices: String,
    /// The work going on for it.
    pub job: Option<i64>,
    /// The act that applied it.
    pub act: Option<i64>,
}

/// A row of a preview.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PreviewRow {
    /// Its place in the preview, from 0.
    pub n: i64,
    /// What it would do.
    pub kind: String,
    /// The person it is about, if the roster has one.
    pub person: Option<i64>,
    /// The office's number in the file.
    pub number: String,
    /// The name in the file.
    pub name: String,
    /// JSON of the office.
    pub detail: String,
}

const COLUMNS: &str = "id, account, name, at, state, base, counts, choices, job, act";

fn import(row: &Row) -> Result<Import, StoreError> {
    Ok(Import {
        id: row.int(0)?,
        account: row.int(1)?,
        name: row.text(2)?,
        at: row.int(3)?,
        state: row.text(4)?,
        base: row.text(5)?,
        counts: row.text(6)?,
        choices: row.text(7)?,
        job: row.maybe_int(8)?,
        act: row.maybe_int(9)?,
    })
}

/// Keeps a file that was sent; the import's number.
///
/// # Errors
/// When the database refuses.
pub async fn add(
    tx: &mut Tx,
    account: i64,
    name: &str,
    content: Vec<u8>,
    at: i64,
) -> Result<i64, StoreError> {
    let id = counter::take(tx, "import", 1).await?;
    let sql = "INSERT INTO import (id, account, name, content, at, state, base, counts, choices) \
               VALUES ($1, $2, $3, $4, $5, 'reading', '', '{}', '{}')";
    tx.run(sql, vec![id.into(), account.into(), name.into(), content.into(), at.into()]).await?;
    Ok(id)
}

/// An import of an account.
///
/// # Errors
/// When the database refuses.
pub async fn of(tx: &mut Tx, account: i64, id: i64) -> Result<Option<Import>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM import WHERE id = $1 AND account = $2"));
    tx.row(sql, vec![id.into(), account.into()]).await?.as_ref().map(import).transpose()
}

/// The last imports of an account, latest first.
///
/// # Errors
/// When the database refuses.
pub async fn latest(tx: &mut Tx, account: i64, most: i64) -> Result<Vec<Import>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM import WHERE account = $1 ORDER BY id DESC LIMIT $2"
    ));
    tx.rows(sql, vec![account.into(), most.into()]).await?.iter().map(import).collect()
}

/// The file of an import.
///
/// # Errors
/// When the database refuses.
pub async fn content(tx: &mut Tx, id: i64) -> Result<Vec<u8>, StoreError> {
    let row = tx.row("SELECT content FROM import WHERE id = $1", vec![id.into()]).await?;
    row.map_or(Ok(Vec::new()), |r| r.bytes(0))
}

/// Keeps what changed of an import: state, base, counts, choices, job, act.
///
/// # Errors
/// When the database refuses.
pub async fn set(tx: &mut Tx, i: &Import) -> Result<(), StoreError> {
    let sql = "UPDATE import SET state = $2, base = $3, counts = $4, choices = $5, job = $6, act = $7 WHERE id = $1";
    let values: Vec<Value> = vec![
        i.id.into(),
        (&i.state).into(),
        (&i.base).into(),
        (&i.counts).into(),
        (&i.choices).into(),
        i.job.into(),
        i.act.into(),
    ];
    tx.run(sql, values).await?;
    Ok(())
}

/// Says of the import that an act applied that it was undone.
///
/// # Errors
/// When the database refuses.
pub async fn undone(tx: &mut Tx, act: i64) -> Result<(), StoreError> {
    tx.run("UPDATE import SET state = 'undone' WHERE act = $1", vec![act.into()]).await?;
    Ok(())
}

/// Puts the rows of a preview in place of those there are.
///
/// # Errors
/// When the database refuses.
pub async fn set_rows(tx: &mut Tx, id: i64, rows: Vec<PreviewRow>) -> Result<(), StoreError> {
    tx.run("DELETE FROM import_row WHERE import = $1", vec![id.into()]).await?;
    let rows = rows
        .into_iter()
        .map(|r| {
            vec![
                id.into(),
                r.n.into(),
                r.kind.into(),
                r.person.into(),
                r.number.into(),
                r.name.into(),
                r.detail.into(),
            ]
        })
        .collect();
    tx.insert("import_row", &["import", "n", "kind", "person", "number", "name", "detail"], rows).await
}

/// Rows of a preview: those of a kind, or all when it is empty.
///
/// # Errors
/// When the database refuses.
pub async fn rows(
    tx: &mut Tx,
    id: i64,
    kind: &str,
    skip: i64,
    most: i64,
) -> Result<Vec<PreviewRow>, StoreError> {
    let sql = "SELECT n, kind, person, number, name, detail FROM import_row \
               WHERE import = $1 AND ($2 = '' OR kind = $2) ORDER BY n LIMIT $3 OFFSET $4";
    let found = tx.rows(sql, vec![id.into(), kind.into(), most.into(), skip.into()]).await?;
    found
        .iter()
        .map(|r| {
            Ok(PreviewRow {
                n: r.int(0)?,
                kind: r.text(1)?,
                person: r.maybe_int(2)?,
                number: r.text(3)?,
                name: r.text(4)?,
                detail: r.text(5)?,
            })
        })
        .collect()
}

/// The roster as it is: a text that changes with every change of a person or organ.
///
/// # Errors
/// When the database refuses.
pub async fn stamp(tx: &mut Tx) -> Result<String, StoreError> {
    let people = tx.number("SELECT COUNT(*) FROM person WHERE removed_by IS NULL", vec![]).await?;
    let revisions = tx.number("SELECT CAST(SUM(revision) AS BIGINT) FROM person", vec![]).await?;
    let organs = tx.number("SELECT COUNT(*) FROM organ", vec![]).await?;
    Ok(format!("{people}.{revisions}.{organs}"))
}

/// What a person can be recognised by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Number in the database.
    pub id: i64,
    /// Revision.
    pub revision: i64,
    /// The office's number.
    pub number: String,
    /// Resident identity number, or empty.
    pub id_number: String,
    /// Name.
    pub name: String,
    /// Birth.
    pub birth: Option<Day>,
    /// Organ number.
    pub organ_seq: i64,
    /// Organ.
    pub organ: String,
    /// Rank held today, its code.
    pub rank: String,
    /// Posts held today.
    pub post: String,
    /// Level of today.
    pub level: Option<i64>,
    /// Step of today.
    pub step: Option<i64>,
}

/// What everyone can be recognised by, and the state of today.
///
/// # Errors
/// When the database refuses.
pub async fn keys(tx: &mut Tx) -> Result<Vec<Key>, StoreError> {
    let sql = "SELECT id, revision, number, id_number, name, birth, organ_seq, organ, rank, post, level, step \
               FROM person WHERE removed_by IS NULL AND merged_into IS NULL ORDER BY id";
    tx.rows(sql, vec![])
        .await?
        .iter()
        .map(|r| {
            Ok(Key {
                id: r.int(0)?,
                revision: r.int(1)?,
                number: r.text(2)?,
                id_number: r.text(3)?,
                name: r.text(4)?,
                birth: r.maybe_day(5)?,
                organ_seq: r.int(6)?,
                organ: r.text(7)?,
                rank: r.text(8)?,
                post: r.text(9)?,
                level: r.maybe_int(10)?,
                step: r.maybe_int(11)?,
            })
        })
        .collect()
}

/// The greatest number of an event of each person, those of undone acts counted.
///
/// # Errors
/// When the database refuses.
pub async fn last_events(tx: &mut Tx) -> Result<HashMap<i64, u32>, StoreError> {
    let sql = "SELECT person, MAX(id) FROM event GROUP BY person";
    let rows = tx.rows(sql, vec![]).await?;
    rows.iter().map(|r| Ok((r.int(0)?, u32::try_from(r.int(1)?).unwrap_or(u32::MAX)))).collect()
}

/// The people that an act wrote facts or versions of, or merged away.
///
/// # Errors
/// When the database refuses.
pub async fn people_of_act(tx: &mut Tx, act: i64) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT person FROM event WHERE act = $1 UNION SELECT person FROM person_version WHERE act = $1 \
               UNION SELECT id FROM person WHERE merged_into IS NOT NULL AND removed_by = $1 ORDER BY 1";
    tx.rows(sql, vec![act.into()]).await?.iter().map(|r| r.int(0)).collect()
}

/// Acts after one that wrote facts or versions of the same people, and hold: act, person.
///
/// # Errors
/// When the database refuses.
pub async fn built_on(tx: &mut Tx, act: i64) -> Result<Vec<(i64, i64)>, StoreError> {
    let touched =
        "SELECT person FROM event WHERE act = $1 UNION SELECT person FROM person_version WHERE act = $1";
    let sql = sqlx::AssertSqlSafe(format!(
        "SELECT DISTINCT w.act, w.person FROM \
           (SELECT act, person FROM event WHERE undone_by IS NULL UNION \
            SELECT act, person FROM person_version) w \
         JOIN act a ON a.id = w.act \
         WHERE w.act > $1 AND a.undone_by IS NULL AND a.undoes IS NULL AND w.person IN ({touched}) \
         ORDER BY w.act, w.person LIMIT 100"
    ));
    tx.rows(sql, vec![act.into()]).await?.iter().map(|r| Ok((r.int(0)?, r.int(1)?))).collect()
}

/// Takes back the facts that an act wrote, and the people that it entered or merged away.
///
/// # Errors
/// When the database refuses.
pub async fn take_back(tx: &mut Tx, act: i64, by: i64) -> Result<(), StoreError> {
    tx.run(
        "UPDATE event SET undone_by = $2 WHERE act = $1 AND undone_by IS NULL",
        vec![act.into(), by.into()],
    )
    .await?;
    // Merged away by the act: back again, before those that the act entered are removed.
    let sql = "UPDATE person SET merged_into = NULL, removed_by = NULL, revision = revision + 1 \
               WHERE merged_into IS NOT NULL AND removed_by = $1";
    tx.run(sql, vec![act.into()]).await?;
    let sql = "UPDATE person SET removed_by = $2, revision = revision + 1 WHERE id IN \
               (SELECT person FROM person_version WHERE act = $1 AND version = 1)";
    tx.run(sql, vec![act.into(), by.into()]).await?;
    crate::roster::changed(tx).await
}

/// The records that people had before an act changed them: person and JSON. Those whom the act entered are not among
/// them.
///
/// # Errors
/// When the database refuses.
pub async fn before(tx: &mut Tx, act: i64) -> Result<Vec<(i64, String)>, StoreError> {
    let sql = "SELECT v.person, b.data FROM person_version v JOIN person_version b \
               ON b.person = v.person AND b.version = v.version - 1 WHERE v.act = $1 ORDER BY v.person";
    tx.rows(sql, vec![act.into()]).await?.iter().map(|r| Ok((r.int(0)?, r.text(1)?))).collect()
}

/// Says that a person is the same as another: lists and searches no longer find it.
///
/// # Errors
/// When the database refuses.
pub async fn merge(tx: &mut Tx, from: i64, into: i64, act: i64) -> Result<(), StoreError> {
    let sql = "UPDATE person SET merged_into = $2, removed_by = $3, revision = revision + 1 WHERE id = $1";
    tx.run(sql, vec![from.into(), into.into(), act.into()]).await?;
    crate::roster::changed(tx).await
}

/// Says which work is going on for an import.
///
/// # Errors
/// When the database refuses.
pub async fn set_job(tx: &mut Tx, id: i64, job: i64) -> Result<(), StoreError> {
    tx.run("UPDATE import SET job = $2 WHERE id = $1", vec![id.into(), job.into()]).await?;
    Ok(())
}

/// Keeps that the preview of an import was made: of which roster, and its counts.
///
/// # Errors
/// When the database refuses.
pub async fn previewed(tx: &mut Tx, id: i64, base: &str, counts: &str) -> Result<(), StoreError> {
    let sql = "UPDATE import SET state = 'preview', base = $2, counts = $3 WHERE id = $1";
    tx.run(sql, vec![id.into(), base.into(), counts.into()]).await?;
    Ok(())
}

/// Keeps an identity number that an act corrected, so that the person is still found by it.
///
/// # Errors
/// When the database refuses.
pub async fn keep_number(tx: &mut Tx, person: i64, number: &str, act: i64) -> Result<(), StoreError> {
    let row = vec![person.into(), number.into(), act.into()];
    tx.insert("old_number", &["person", "number", "act"], vec![row]).await
}
