//! Work that takes longer than a request: how far it is and what came of it.

use crate::{Row, StoreError, Tx, Value, counter};

/// Still at work.
pub const RUNNING: &str = "running";
/// Ended well.
pub const DONE: &str = "done";
/// Ended with an error.
pub const FAILED: &str = "failed";
/// Stopped by a reader.
pub const CANCELLED: &str = "cancelled";
/// The program ended before the work did.
pub const INTERRUPTED: &str = "interrupted";

/// A piece of work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Job {
    /// Its number.
    pub id: i64,
    /// What kind of work: `import`, `forms` …
    pub kind: String,
    /// Who began it.
    pub account: i64,
    /// One of the words of this file.
    pub state: String,
    /// How much is done.
    pub done: i64,
    /// Of how much; 0 while it is not known.
    pub total: i64,
    /// What is being done, or why it failed, in Chinese.
    pub message_zh: String,
    /// The same in English.
    pub message_en: String,
    /// The page that shows what came of it; empty when there is none.
    pub place: String,
    /// Name of the file that came of it; empty when there is none.
    pub file_name: String,
    /// When it began, milliseconds.
    pub began: i64,
    /// When it ended.
    pub ended: Option<i64>,
}

const COLUMNS: &str =
    "id, kind, account, state, done, total, message_zh, message_en, place, file_name, began, ended";

fn job(row: &Row) -> Result<Job, StoreError> {
    Ok(Job {
        id: row.int(0)?,
        kind: row.text(1)?,
        account: row.int(2)?,
        state: row.text(3)?,
        done: row.int(4)?,
        total: row.int(5)?,
        message_zh: row.text(6)?,
        message_en: row.text(7)?,
        place: row.text(8)?,
        file_name: row.text(9)?,
        began: row.int(10)?,
        ended: row.maybe_int(11)?,
    })
}

/// Begins a piece of work; its number.
///
/// # Errors
/// When the database refuses.
pub async fn begin(tx: &mut Tx, kind: &str, account: i64, at: i64) -> Result<i64, StoreError> {
    let id = counter::take(tx, "job", 1).await?;
    let sql = "INSERT INTO job (id, kind, account, state, done, total, message_zh, message_en, place, file_name, began) \
               VALUES ($1, $2, $3, $4, 0, 0, '', '', '', '', $5)";
    tx.run(sql, vec![id.into(), kind.into(), account.into(), RUNNING.into(), at.into()]).await?;
    Ok(id)
}

/// Writes down how a piece of work ended.
///
/// # Errors
/// When the database refuses.
pub async fn end(tx: &mut Tx, job: &Job, file: Option<Vec<u8>>) -> Result<(), StoreError> {
    let sql = "UPDATE job SET state = $2, done = $3, total = $4, message_zh = $5, message_en = $6, place = $7, \
               file_name = $8, file = $9, ended = $10 WHERE id = $1";
    let values: Vec<Value> = vec![
        job.id.into(),
        (&job.state).into(),
        job.done.into(),
        job.total.into(),
        (&job.message_zh).into(),
        (&job.message_en).into(),
        (&job.place).into(),
        (&job.file_name).into(),
        file.into(),
        job.ended.into(),
    ];
    tx.run(sql, values).await?;
    Ok(())
}

/// A piece of work of an account.
///
/// # Errors
/// When the database refuses.
pub async fn of(tx: &mut Tx, account: i64, id: i64) -> Result<Option<Job>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM job WHERE id = $1 AND account = $2"));
    tx.row(sql, vec![id.into(), account.into()]).await?.as_ref().map(job).transpose()
}

/// The last pieces of work of an account, latest first.
///
/// # Errors
/// When the database refuses.
pub async fn latest(tx: &mut Tx, account: i64, most: i64) -> Result<Vec<Job>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM job WHERE account = $1 ORDER BY id DESC LIMIT $2"
    ));
    tx.rows(sql, vec![account.into(), most.into()]).await?.iter().map(job).collect()
}

/// The file that came of a piece of work.
///
/// # Errors
/// When the database refuses.
pub async fn file(tx: &mut Tx, account: i64, id: i64) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    let sql = "SELECT file_name, file FROM job WHERE id = $1 AND account = $2 AND file IS NOT NULL";
    let row = tx.row(sql, vec![id.into(), account.into()]).await?;
    row.map(|r| Ok((r.text(0)?, r.bytes(1)?))).transpose()
}

/// What was at work when the program ended will not go on.
///
/// # Errors
/// When the database refuses.
pub async fn interrupt_all(tx: &mut Tx, at: i64) -> Result<u64, StoreError> {
    let sql = "UPDATE job SET state = $1, ended = $2 WHERE state = $3";
    tx.run(sql, vec![INTERRUPTED.into(), at.into(), RUNNING.into()]).await
}

/// Forgets the files that came of a kind of work that ended before a moment; how many. The work stays known.
///
/// # Errors
/// When the database refuses.
pub async fn forget_files(tx: &mut Tx, kind: &str, before: i64) -> Result<u64, StoreError> {
    let sql =
        "UPDATE job SET file = NULL, file_name = '' WHERE kind = $1 AND ended < $2 AND file IS NOT NULL";
    tx.run(sql, vec![kind.into(), before.into()]).await
}
