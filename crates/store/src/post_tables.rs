//! Post tables as they came.

use crate::{Row, StoreError, Tx, counter};

/// A post table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostTable {
    /// Its number.
    pub id: i64,
    /// Name of the file.
    pub name: String,
    /// Posts in it.
    pub posts: i64,
    /// Recruits in it.
    pub recruits: i64,
    /// Cells that were not understood.
    pub unread: i64,
    /// When it came, milliseconds.
    pub at: i64,
    /// From which account.
    pub account: i64,
}

fn table(row: &Row) -> Result<PostTable, StoreError> {
    Ok(PostTable {
        id: row.int(0)?,
        name: row.text(1)?,
        posts: row.int(2)?,
        recruits: row.int(3)?,
        unread: row.int(4)?,
        at: row.int(5)?,
        account: row.int(6)?,
    })
}

/// The tables that are there, latest first.
///
/// # Errors
/// When the database refuses.
pub async fn all(tx: &mut Tx) -> Result<Vec<PostTable>, StoreError> {
    let sql = "SELECT id, name, posts, recruits, unread, at, account FROM post_table WHERE ended_by IS NULL ORDER BY id DESC";
    tx.rows(sql, vec![]).await?.iter().map(table).collect()
}

/// A table that is there.
///
/// # Errors
/// When the database refuses.
pub async fn get(tx: &mut Tx, id: i64) -> Result<Option<PostTable>, StoreError> {
    let sql = "SELECT id, name, posts, recruits, unread, at, account FROM post_table WHERE id = $1 AND ended_by IS NULL";
    tx.row(sql, vec![id.into()]).await?.as_ref().map(table).transpose()
}

/// Keeps a table; its number. The number in `table` is not looked at.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &mut Tx, table: &PostTable, content: Vec<u8>, act: i64) -> Result<i64, StoreError> {
    let id = counter::take(tx, "post-table", 1).await?;
    let sql = "INSERT INTO post_table (id, name, content, posts, recruits, unread, at, account, act) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = vec![
        id.into(),
        (&table.name).into(),
        Some(content).into(),
        table.posts.into(),
        table.recruits.into(),
        table.unread.into(),
        table.at.into(),
        table.account.into(),
        act.into(),
    ];
    tx.run(sql, values).await?;
    Ok(id)
}

/// A table's file: name and content.
///
/// # Errors
/// When the database refuses.
pub async fn content(tx: &mut Tx, id: i64) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    let sql = "SELECT name, content FROM post_table WHERE id = $1 AND ended_by IS NULL";
    let row = tx.row(sql, vec![id.into()]).await?;
    row.map(|r| Ok((r.text(0)?, r.bytes(1)?))).transpose()
}

/// Puts a table away; the file stays kept.
///
/// # Errors
/// When the database refuses.
pub async fn end(tx: &mut Tx, id: i64, act: i64) -> Result<(), StoreError> {
    let sql = "UPDATE post_table SET ended_by = $2 WHERE id = $1";
    tx.run(sql, vec![id.into(), act.into()]).await?;
    Ok(())
}
