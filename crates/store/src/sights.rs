//! Looks at sensitive classes of fields: who looked at whose, when, where.

use crate::{Row, StoreError, Tx, Value, counter};

/// A look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// Its number.
    pub id: i64,
    /// When, milliseconds.
    pub at: i64,
    /// Who looked.
    pub account: i64,
    /// As shown; empty when the account is gone.
    pub title: String,
    /// At whom.
    pub person: i64,
    /// Name of the person; empty when the person is gone.
    pub name: String,
    /// `pay`, `family`, `identity`.
    pub class: String,
    /// Page, form or interface.
    pub place: String,
}

/// Records looks at one class of many persons.
///
/// # Errors
/// When the database refuses.
pub async fn record(
    tx: &mut Tx,
    at: i64,
    account: i64,
    class: &str,
    place: &str,
    persons: &[i64],
) -> Result<(), StoreError> {
    if persons.is_empty() {
        return Ok(());
    }
    let first = counter::take(tx, "sight", i64::try_from(persons.len()).unwrap_or(i64::MAX)).await?;
    let row = |(id, person): (i64, &i64)| -> Vec<Value> {
        vec![id.into(), at.into(), account.into(), (*person).into(), class.into(), place.into()]
    };
    let rows = (first..).zip(persons).map(row).collect();
    tx.insert("sight", &["id", "at", "account", "person", "class", "place"], rows).await
}

/// Whether an account looked at a class of a person at a place since a moment.
///
/// # Errors
/// When the database refuses.
pub async fn latest(
    tx: &mut Tx,
    account: i64,
    person: i64,
    class: &str,
    place: &str,
    since: i64,
) -> Result<bool, StoreError> {
    let sql = "SELECT COUNT(*) FROM sight WHERE account = $1 AND person = $2 AND class = $3 AND place = $4 AND at > $5";
    let values = vec![account.into(), person.into(), class.into(), place.into(), since.into()];
    Ok(tx.number(sql, values).await? > 0)
}

const COLUMNS: &str =
    "s.id, s.at, s.account, COALESCE(a.title, ''), s.person, COALESCE(p.name, ''), s.class, s.place";

fn sight(row: &Row) -> Result<Sight, StoreError> {
    Ok(Sight {
        id: row.int(0)?,
        at: row.int(1)?,
        account: row.int(2)?,
        title: row.text(3)?,
        person: row.int(4)?,
        name: row.text(5)?,
        class: row.text(6)?,
        place: row.text(7)?,
    })
}

/// Which looks are wanted; an empty field asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// At this person.
    pub person: Option<i64>,
    /// By this account.
    pub account: Option<i64>,
    /// Of this class.
    pub class: String,
    /// From this moment.
    pub from: Option<i64>,
    /// Before this moment.
    pub to: Option<i64>,
}

/// The looks wanted at persons within organs, latest first, and how many there are.
///
/// # Errors
/// When the database refuses.
pub async fn list(
    tx: &mut Tx,
    within: &crate::Within,
    wanted: &Wanted,
    skip: i64,
    most: i64,
) -> Result<(Vec<Sight>, i64), StoreError> {
    let place = within.sql("COALESCE(p.organ_seq, -1)");
    let condition = format!(
        "FROM sight s LEFT JOIN account a ON a.id = s.account LEFT JOIN person p ON p.id = s.person WHERE {place} \
         AND (s.person = $1 OR $1 = 0) AND (s.account = $2 OR $2 = 0) AND (s.class = $3 OR $3 = '') \
         AND s.at >= $4 AND s.at < $5"
    );
    let values: Vec<Value> = vec![
        wanted.person.unwrap_or(0).into(),
        wanted.account.unwrap_or(0).into(),
        (&wanted.class).into(),
        wanted.from.unwrap_or(0).into(),
        wanted.to.unwrap_or(i64::MAX).into(),
    ];
    let count = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) {condition}"));
    let total = tx.number(count, values.clone()).await?;
    let sql = sqlx::AssertSqlSafe(format!(
        "SELECT {COLUMNS} {condition} ORDER BY s.id DESC LIMIT {} OFFSET {}",
        most.max(0),
        skip.max(0)
    ));
    let looks = tx.rows(sql, values).await?.iter().map(sight).collect::<Result<_, _>>()?;
    Ok((looks, total))
}
