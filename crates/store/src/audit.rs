//! The acts as the auditor asks for them.

use crate::{Row, StoreError, Tx, Value};

/// An act as the auditor sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Number of the act.
    pub id: i64,
    /// Its kind.
    pub kind: String,
    /// When, milliseconds.
    pub at: i64,
    /// Who; 0 is the installation itself.
    pub account: i64,
    /// As shown; empty for the installation.
    pub title: String,
    /// On whom, if it is on one person.
    pub person: Option<i64>,
    /// Name of that person.
    pub name: String,
    /// JSON: what the act says of itself.
    pub detail: String,
    /// The act that it undoes.
    pub undoes: Option<i64>,
    /// The act that undid it.
    pub undone_by: Option<i64>,
}

/// Which acts are wanted; an empty field asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of this kind.
    pub kind: String,
    /// By this account.
    pub account: Option<i64>,
    /// On this person.
    pub person: Option<i64>,
    /// From this moment.
    pub from: Option<i64>,
    /// Before this moment.
    pub to: Option<i64>,
}

fn line(row: &Row) -> Result<Line, StoreError> {
    Ok(Line {
        id: row.int(0)?,
        kind: row.text(1)?,
        at: row.int(2)?,
        account: row.int(3)?,
        title: row.text(4)?,
        person: row.maybe_int(5)?,
        name: row.text(6)?,
        detail: row.text(7)?,
        undoes: row.maybe_int(8)?,
        undone_by: row.maybe_int(9)?,
    })
}

/// The acts wanted, latest first, and how many there are. Acts on one person only where the person is within; acts on
/// many or on none (imports, accounts) where everything is.
///
/// # Errors
/// When the database refuses.
pub async fn acts(
    tx: &mut Tx,
    within: &crate::Within,
    wanted: &Wanted,
    skip: i64,
    most: i64,
) -> Result<(Vec<Line>, i64), StoreError> {
    let place = within.sql("p.organ_seq");
    let general = if within.has(i64::MIN) { "a.person IS NULL" } else { "1 = 0" };
    let condition = format!(
        "FROM act a LEFT JOIN account c ON c.id = a.account LEFT JOIN person p ON p.id = a.person \
         WHERE ({general} OR {place}) AND (a.kind = $1 OR $1 = '') AND (a.account = $2 OR $2 = -1) \
         AND (a.person = $3 OR $3 = 0) AND a.at >= $4 AND a.at < $5"
    );
    let values: Vec<Value> = vec![
        (&wanted.kind).into(),
        wanted.account.unwrap_or(-1).into(),
        wanted.person.unwrap_or(0).into(),
        wanted.from.unwrap_or(0).into(),
        wanted.to.unwrap_or(i64::MAX).into(),
    ];
    let count = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) {condition}"));
    let total = tx.number(count, values.clone()).await?;
    let sql = sqlx::AssertSqlSafe(format!(
        "SELECT a.id, a.kind, a.at, a.account, COALESCE(c.title, ''), a.person, COALESCE(p.name, ''), a.detail, \
         a.undoes, a.undone_by {condition} ORDER BY a.id DESC LIMIT {} OFFSET {}",
        most.max(0),
        skip.max(0)
    ));
    let lines = tx.rows(sql, values).await?.iter().map(line).collect::<Result<_, _>>()?;
    Ok((lines, total))
}

/// The kinds of acts that there are.
///
/// # Errors
/// When the database refuses.
pub async fn kinds(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    tx.rows("SELECT DISTINCT kind FROM act ORDER BY kind", vec![])
        .await?
        .iter()
        .map(|row| row.text(0))
        .collect()
}
