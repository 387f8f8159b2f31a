//! What people say is wrong in their own files, the answers, and the organization department's notes.

use sqlx::AssertSqlSafe;

use crate::{Row, StoreError, Tx, Within, counter};

/// A request for a correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Its number.
    pub id: i64,
    /// Whose file.
    pub person: i64,
    /// The person's name.
    pub name: String,
    /// When asked, milliseconds since 1970 UTC.
    pub at: i64,
    /// Number of the fact that is wrong, if one is.
    pub event: Option<i64>,
    /// What is wrong.
    pub wrong: String,
    /// What it should be.
    pub right: String,
    /// What shows it.
    pub evidence: String,
    /// `waiting`, `accepted` or `refused`.
    pub state: String,
    /// The ground of the answer.
    pub answer: String,
}

const COLUMNS: &str = "correction.id, correction.person, person.name, correction.at, correction.event, \
    correction.wrong, correction.right_is, correction.evidence, correction.state, correction.answer";

fn correction(row: &Row) -> Result<Correction, StoreError> {
    Ok(Correction {
        id: row.int(0)?,
        person: row.int(1)?,
        name: row.text(2)?,
        at: row.int(3)?,
        event: row.maybe_int(4)?,
        wrong: row.text(5)?,
        right: row.text(6)?,
        evidence: row.text(7)?,
        state: row.text(8)?,
        answer: row.text(9)?,
    })
}

/// Keeps a new request, waiting; its number. The number, state and answer of `asked` are not read.
///
/// # Errors
/// When the database refuses.
pub async fn ask(tx: &mut Tx, asked: &Correction, account: i64) -> Result<i64, StoreError> {
    let id = counter::take(tx, "correction", 1).await?;
    let sql = "INSERT INTO correction (id, person, account, at, event, wrong, right_is, evidence, state, answer) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', '')";
    let values = vec![
        id.into(),
        asked.person.into(),
        account.into(),
        asked.at.into(),
        asked.event.into(),
        (&asked.wrong).into(),
        (&asked.right).into(),
        (&asked.evidence).into(),
    ];
    tx.run(sql, values).await?;
    Ok(id)
}

/// The requests of one person, latest first.
///
/// # Errors
/// When the database refuses.
pub async fn of_person(tx: &mut Tx, person: i64) -> Result<Vec<Correction>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM correction JOIN person ON person.id = correction.person \
         WHERE correction.person = $1 ORDER BY correction.id DESC"
    );
    tx.rows(AssertSqlSafe(sql), vec![person.into()]).await?.iter().map(correction).collect()
}

/// The requests of people in an interval of organs: those waiting first, the latest first; at most 200.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx, within: &Within) -> Result<Vec<Correction>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM correction JOIN person ON person.id = correction.person WHERE {} \
         ORDER BY CASE correction.state WHEN 'waiting' THEN 0 ELSE 1 END, correction.id DESC LIMIT 200",
        within.sql("person.organ_seq")
    );
    tx.rows(AssertSqlSafe(sql), vec![]).await?.iter().map(correction).collect()
}

/// Answers a waiting request of a person in an interval of organs; whether there was one.
///
/// # Errors
/// When the database refuses.
pub async fn answer(
    tx: &mut Tx,
    within: &Within,
    id: i64,
    accepted: bool,
    ground: &str,
    account: i64,
    at: i64,
) -> Result<Option<Correction>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM correction JOIN person ON person.id = correction.person \
         WHERE correction.id = $1 AND correction.state = 'waiting' AND {}",
        within.sql("person.organ_seq")
    );
    let row = tx.row(AssertSqlSafe(sql), vec![id.into()]).await?;
    let Some(found) = row.as_ref().map(correction).transpose()? else {
        return Ok(None);
    };
    let state = if accepted { "accepted" } else { "refused" };
    let sql = "UPDATE correction SET state = $2, answer = $3, answered = $4, answerer = $5 WHERE id = $1";
    tx.run(sql, vec![id.into(), state.into(), ground.into(), at.into(), account.into()]).await?;
    Ok(Some(Correction { state: state.to_owned(), answer: ground.to_owned(), ..found }))
}

/// A note of the organization department: when (milliseconds since 1970 UTC), and its text.
///
/// # Errors
/// When the database refuses.
pub async fn notes(tx: &mut Tx, person: i64) -> Result<Vec<(i64, String)>, StoreError> {
    let sql = "SELECT at, text FROM note WHERE person = $1 ORDER BY id DESC";
    tx.rows(sql, vec![person.into()]).await?.iter().map(|r| Ok((r.int(0)?, r.text(1)?))).collect()
}

/// Keeps a note.
///
/// # Errors
/// When the database refuses.
pub async fn add_note(tx: &mut Tx, person: i64, account: i64, at: i64, text: &str) -> Result<(), StoreError> {
    let id = counter::take(tx, "note", 1).await?;
    let sql = "INSERT INTO note (id, person, account, at, text) VALUES ($1, $2, $3, $4, $5)";
    tx.run(sql, vec![id.into(), person.into(), account.into(), at.into(), text.into()]).await.map(|_| ())
}
