//! People looked up by what a person typed into a list: a name, or a number.

use sqlx::AssertSqlSafe;

use crate::people::{LINE, Line, ORDER, line};
use crate::{StoreError, Tx, Value, Within};

/// Values of one statement.
const MOST: usize = 1_000;

/// The people who have one of these names within `names_in`, or one of these numbers (the office's, or the resident
/// identity number) within `numbers_in`, in the order of a roster. Who has left is among them.
///
/// # Errors
/// When the database refuses.
pub async fn named(
    tx: &mut Tx,
    names_in: &Within,
    numbers_in: &Within,
    typed: &[String],
) -> Result<Vec<Line>, StoreError> {
    let mut found = Vec::new();
    for part in typed.chunks(MOST) {
        let list: Vec<String> = (1..=part.len()).map(|n| format!("${n}")).collect();
        let list = list.join(", ");
        let sql = format!(
            "SELECT {LINE} FROM person WHERE removed_by IS NULL AND merged_into IS NULL AND \
             ((name IN ({list}) AND {}) OR ((number IN ({list}) OR id_number IN ({list})) AND {})) ORDER BY {ORDER}",
            names_in.sql("organ_seq"),
            numbers_in.sql("organ_seq"),
        );
        let values: Vec<Value> = part.iter().map(Value::from).collect();
        for row in tx.rows(AssertSqlSafe(sql), values).await? {
            found.push(line(&row)?);
        }
    }
    found.sort_by_key(|l| (l.at.organ_seq, l.at.position, l.id));
    found.dedup_by_key(|l| l.id);
    Ok(found)
}

/// The lines of people by number within an interval of organs, in the order of the numbers; who is not there is left out.
///
/// # Errors
/// When the database refuses.
pub async fn lines(tx: &mut Tx, within: &Within, ids: &[i64]) -> Result<Vec<Line>, StoreError> {
    let mut found = std::collections::HashMap::new();
    for part in ids.chunks(MOST) {
        // Numbers are ours, so they stand in the text.
        let list: Vec<String> = part.iter().map(i64::to_string).collect();
        let sql = format!(
            "SELECT {LINE} FROM person WHERE removed_by IS NULL AND merged_into IS NULL AND id IN ({}) AND {}",
            list.join(", "),
            within.sql("organ_seq")
        );
        for row in tx.rows(AssertSqlSafe(sql), vec![]).await? {
            let line = line(&row)?;
            found.insert(line.id, line);
        }
    }
    Ok(ids.iter().filter_map(|id| found.get(id).cloned()).collect())
}
