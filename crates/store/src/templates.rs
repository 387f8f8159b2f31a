//! An installation's own templates of printed forms. Every one that was ever in use is kept.

use crate::{Row, StoreError, Tx};

/// A template as it was put into use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Rises with every change of the form's template.
    pub version: i64,
    /// Its text; empty where the shipped template was restored.
    pub text: String,
    /// Milliseconds since 1970 UTC.
    pub at: i64,
    /// The act that put it there.
    pub act: i64,
    /// The account's title; empty when the installation itself did it.
    pub by: String,
}

const COLUMNS: &str = "form_template.version, form_template.text, form_template.at, form_template.act, \
    COALESCE(account.title, '')";
const FROM: &str = "form_template JOIN act ON act.id = form_template.act \
    LEFT JOIN account ON account.id = act.account";

fn kept(row: &Row) -> Result<Kept, StoreError> {
    Ok(Kept { version: row.int(0)?, text: row.text(1)?, at: row.int(2)?, act: row.int(3)?, by: row.text(4)? })
}

/// All templates of a form, the last one first.
///
/// # Errors
/// When the database refuses.
pub async fn history(tx: &mut Tx, form: &str) -> Result<Vec<Kept>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE form_template.form = $1 ORDER BY version DESC");
    tx.rows(sqlx::AssertSqlSafe(sql), vec![form.into()]).await?.iter().map(kept).collect()
}

/// The text in use; `None` while the shipped template is.
///
/// # Errors
/// When the database refuses.
pub async fn in_use(tx: &mut Tx, form: &str) -> Result<Option<String>, StoreError> {
    let sql = "SELECT text FROM form_template WHERE form = $1 ORDER BY version DESC LIMIT 1";
    let text = tx.row(sql, vec![form.into()]).await?.map(|row| row.text(0)).transpose()?;
    Ok(text.filter(|t| !t.is_empty()))
}

/// Puts a text into use by an act; an empty one restores the shipped template.
///
/// # Errors
/// When the database refuses.
pub async fn put(tx: &mut Tx, form: &str, text: &str, act: i64, at: i64) -> Result<(), StoreError> {
    let last = tx.number("SELECT MAX(version) FROM form_template WHERE form = $1", vec![form.into()]).await?;
    let sql = "INSERT INTO form_template (form, version, text, at, act) VALUES ($1, $2, $3, $4, $5)";
    tx.run(sql, vec![form.into(), (last + 1).into(), text.into(), at.into(), act.into()]).await?;
    Ok(())
}
