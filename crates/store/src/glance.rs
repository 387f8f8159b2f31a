//! Counts of the people in service within a scope: what the home page shows. Everything is counted by the database from
//! the columns for lists; nobody's record is read.

use sqlx::AssertSqlSafe;
use takeroot_civil::Day;

use crate::{Row, StoreError, Tx, Value, Within};

/// In service here, neither undone nor merged away.
const HERE: &str = "in_service = 1 AND removed_by IS NULL AND merged_into IS NULL";

/// The moments that counts are taken against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Born on this day or later: young enough for the band of ages that is watched.
    pub born_from: Day,
    /// Born on this day or earlier: old enough for it.
    pub born_to: Day,
    /// Terms and retirements from this day on …
    pub from: Day,
    /// … and before this one are *soon*.
    pub soon: Day,
}

/// Counts of one organ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OrganCount {
    /// Number in the tree; 0 when the organ is not in it.
    pub organ_seq: i64,
    /// In post.
    pub people: i64,
    /// Of the band of ages that is watched.
    pub band: i64,
    /// With a minimum service that still runs.
    pub bound: i64,
    /// Of those, whose last day comes soon.
    pub bound_soon: i64,
    /// Who retire soon.
    pub retire_soon: i64,
    /// Whose day of retirement is past.
    pub retire_past: i64,
    /// Who work elsewhere.
    pub away: i64,
    /// With something doubtful in the record.
    pub doubtful: i64,
}

/// Counts by organ, in the order of the tree.
///
/// # Errors
/// When the database refuses.
pub async fn by_organ(tx: &mut Tx, within: &Within, bounds: &Bounds) -> Result<Vec<OrganCount>, StoreError> {
    let count = |condition: &str| format!("CAST(SUM(CASE WHEN {condition} THEN 1 ELSE 0 END) AS BIGINT)");
    let sql = format!(
        "SELECT organ_seq, COUNT(*), {}, {}, {}, {}, {}, {}, {} FROM person WHERE {HERE} AND {} \
         GROUP BY organ_seq ORDER BY organ_seq",
        count("birth >= $1 AND birth <= $2"),
        count("term_running = 1"),
        count("term_running = 1 AND term_until >= $3 AND term_until < $4"),
        count("retires >= $3 AND retires < $4"),
        count("retires < $3"),
        count("away_kind <> ''"),
        count("faults > 0"),
        within.sql("organ_seq")
    );
    let values = vec![bounds.born_from.into(), bounds.born_to.into(), bounds.from.into(), bounds.soon.into()];
    let rows = tx.rows(AssertSqlSafe(sql), values).await?;
    rows.iter()
        .map(|row| {
            Ok(OrganCount {
                organ_seq: row.int(0)?,
                people: row.int(1)?,
                band: row.int(2)?,
                bound: row.int(3)?,
                bound_soon: row.int(4)?,
                retire_soon: row.int(5)?,
                retire_past: row.int(6)?,
                away: row.int(7)?,
                doubtful: row.int(8)?,
            })
        })
        .collect()
}

/// People whose day falls into a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuarterCount {
    /// Year.
    pub year: i64,
    /// Quarter, 1 to 4.
    pub quarter: i64,
    /// In one of the organs set apart.
    pub apart: bool,
    /// How many.
    pub people: i64,
}

/// A day that people are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The first day on which a minimum service that still runs is served.
    Term,
    /// The day of retirement.
    Retirement,
}

/// How many people's day falls into each quarter from a day on and before another, the organs of `apart` counted by
/// themselves.
///
/// # Errors
/// When the database refuses.
pub async fn by_quarter(
    tx: &mut Tx,
    within: &Within,
    ending: Ending,
    apart: &Within,
    (from, before): (Day, Day),
) -> Result<Vec<QuarterCount>, StoreError> {
    // A day is year << 9 | month << 5 | day.
    let (day, more) = match ending {
        Ending::Term => ("term_until", "AND term_running = 1"),
        Ending::Retirement => ("retires", ""),
    };
    let sql = format!(
        "SELECT {day} >> 9, ((({day} >> 5) & 15) + 2) / 3, CASE WHEN {} THEN 1 ELSE 0 END, COUNT(*) FROM person \
         WHERE {HERE} AND {} {more} AND {day} >= $1 AND {day} < $2 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
        apart.sql("organ_seq"),
        within.sql("organ_seq")
    );
    let rows = tx.rows(AssertSqlSafe(sql), vec![from.into(), before.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(QuarterCount {
                year: row.int(0)?,
                quarter: row.int(1)?,
                apart: number(row, 2)? != 0,
                people: row.int(3)?,
            })
        })
        .collect()
}

/// People of one sex and age.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgeCount {
    /// Code of the sex; empty when it is not known.
    pub sex: String,
    /// Full years; `None` when the birth is not known.
    pub age: Option<i64>,
    /// How many.
    pub people: i64,
}

/// How many people there are of each sex and age on a day.
///
/// # Errors
/// When the database refuses.
pub async fn by_age(tx: &mut Tx, within: &Within, on: Day) -> Result<Vec<AgeCount>, StoreError> {
    // A year is full when month and day, the lower nine bits, have been reached.
    let sql = format!(
        "SELECT sex, birth >> 9, CASE WHEN (birth & 511) <= $1 THEN 0 ELSE 1 END, COUNT(*) FROM person \
         WHERE {HERE} AND {} GROUP BY 1, 2, 3",
        within.sql("organ_seq")
    );
    let within_year = i64::from(on.real().packed()) & 511;
    let rows = tx.rows(AssertSqlSafe(sql), vec![Value::Int(Some(within_year))]).await?;
    let mut counts: Vec<AgeCount> = Vec::new();
    for row in &rows {
        let (sex, year, people) = (row.text(0)?, row.maybe_int(1)?, row.int(3)?);
        let not_yet = number(row, 2)?;
        let age = year.map(|year| i64::from(on.year()) - year - not_yet);
        match counts.iter_mut().find(|c| c.sex == sex && c.age == age) {
            Some(count) => count.people += people,
            None => counts.push(AgeCount { sex, age, people }),
        }
    }
    counts.sort_by(|a, b| (a.age, &a.sex).cmp(&(b.age, &b.sex)));
    Ok(counts)
}

/// People of a kind that a code names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeCount {
    /// The code; empty when it is not known.
    pub code: String,
    /// In one of the organs set apart.
    pub apart: bool,
    /// How many.
    pub people: i64,
}

/// A code that people are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Highest education.
    Education,
    /// Channel of recruitment.
    Channel,
    /// How they work elsewhere; those who do not are left out.
    Away,
}

/// How many people there are of each code, the organs of `apart` counted by themselves.
///
/// # Errors
/// When the database refuses.
pub async fn by_code(
    tx: &mut Tx,
    within: &Within,
    by: By,
    apart: &Within,
) -> Result<Vec<CodeCount>, StoreError> {
    let (column, more) = match by {
        By::Education => ("education", ""),
        By::Channel => ("channel", ""),
        By::Away => ("away_kind", "AND away_kind <> ''"),
    };
    let sql = format!(
        "SELECT {column}, CASE WHEN {} THEN 1 ELSE 0 END, COUNT(*) FROM person WHERE {HERE} AND {} {more} GROUP BY 1, 2",
        apart.sql("organ_seq"),
        within.sql("organ_seq")
    );
    let rows = tx.rows(AssertSqlSafe(sql), vec![]).await?;
    rows.iter()
        .map(|row| Ok(CodeCount { code: row.text(0)?, apart: number(row, 1)? != 0, people: row.int(2)? }))
        .collect()
}

/// How many people have worked in townships for each number of full years, the organs of `apart` counted by themselves:
/// years, apart, people.
///
/// # Errors
/// When the database refuses.
pub async fn by_rooted_years(
    tx: &mut Tx,
    within: &Within,
    apart: &Within,
) -> Result<Vec<(i64, bool, i64)>, StoreError> {
    let sql = format!(
        "SELECT rooted_months / 12, CASE WHEN {} THEN 1 ELSE 0 END, COUNT(*) FROM person WHERE {HERE} AND {} \
         GROUP BY 1, 2 ORDER BY 1, 2",
        apart.sql("organ_seq"),
        within.sql("organ_seq")
    );
    let rows = tx.rows(AssertSqlSafe(sql), vec![]).await?;
    rows.iter().map(|row| Ok((row.int(0)?, number(row, 1)? != 0, row.int(2)?))).collect()
}

/// Where those work who work elsewhere: place, how many; the most first, then in the order of their own organs.
///
/// # Errors
/// When the database refuses.
pub async fn away_places(tx: &mut Tx, within: &Within, most: i64) -> Result<Vec<(String, i64)>, StoreError> {
    let sql = format!(
        "SELECT away_place, COUNT(*), MIN(organ_seq), MIN(id) FROM person WHERE {HERE} AND {} AND away_kind <> '' \
         GROUP BY away_place ORDER BY 2 DESC, 3, 4 LIMIT {most}",
        within.sql("organ_seq")
    );
    let rows = tx.rows(AssertSqlSafe(sql), vec![]).await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.int(1)?))).collect()
}

/// How many grants of roles end from a day on and before another.
///
/// # Errors
/// When the database refuses.
pub async fn grants_ending(tx: &mut Tx, from: Day, before: Day) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM role_grant WHERE ended_by IS NULL AND to_day >= $1 AND to_day < $2";
    tx.number(sql, vec![from.into(), before.into()]).await
}

/// A literal of a query: PostgreSQL gives its own smaller type, SQLite a number.
fn number(row: &Row, column: usize) -> Result<i64, StoreError> {
    match row {
        Row::Sqlite(_) => row.int(column),
        Row::Postgres(_) => Ok(i64::from(row.get::<i32>(column)?)),
    }
}
