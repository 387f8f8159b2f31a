//! What was found doubtful in a record.

use sqlx::AssertSqlSafe;

use crate::{StoreError, Tx, Value, Within};

/// People whose rows are taken out with one statement.
const AT_ONCE: usize = 500;

/// Keeps what was found of some people, in place of what was kept of them.
///
/// # Errors
/// When the database refuses.
pub async fn set(tx: &mut Tx, found: &[(i64, Vec<&str>)]) -> Result<(), StoreError> {
    for part in found.chunks(AT_ONCE) {
        let ids: Vec<String> = part.iter().map(|(id, _)| id.to_string()).collect();
        tx.run(AssertSqlSafe(format!("DELETE FROM data_fault WHERE person IN ({})", ids.join(", "))), vec![])
            .await?;
    }
    let row = |id: i64, code: &str| -> Vec<Value> { vec![id.into(), code.into(), "".into()] };
    let rows = found.iter().flat_map(|(id, codes)| codes.iter().map(|code| row(*id, code))).collect();
    tx.insert("data_fault", &["person", "code", "detail"], rows).await
}

/// Codes of what is doubtful in a person's record; the caller has looked whether it may be seen.
///
/// # Errors
/// When the database refuses.
pub async fn of(tx: &mut Tx, person: i64) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT code FROM data_fault WHERE person = $1 ORDER BY code";
    tx.rows(sql, vec![person.into()]).await?.iter().map(|row| row.text(0)).collect()
}

/// How many people in service have each kind of doubt, the most first.
///
/// # Errors
/// When the database refuses.
pub async fn counts(tx: &mut Tx, within: &Within) -> Result<Vec<(String, i64)>, StoreError> {
    let sql = format!(
        "SELECT f.code, COUNT(*) FROM data_fault f JOIN person p ON p.id = f.person \
         WHERE p.in_service = 1 AND p.removed_by IS NULL AND p.merged_into IS NULL AND {} \
         GROUP BY f.code ORDER BY 2 DESC, 1",
        within.sql("p.organ_seq")
    );
    tx.rows(AssertSqlSafe(sql), vec![]).await?.iter().map(|row| Ok((row.text(0)?, row.int(1)?))).collect()
}

/// Those of some people who share name and birth with another: person and one of the others.
///
/// # Errors
/// When the database refuses.
pub async fn alike(tx: &mut Tx, ids: &[i64]) -> Result<Vec<(i64, i64)>, StoreError> {
    let mut all = Vec::new();
    for part in ids.chunks(800) {
        let sql = format!(
            "SELECT a.id, MIN(b.id) FROM person a JOIN person b ON b.name = a.name AND b.birth = a.birth \
             AND b.id <> a.id AND b.removed_by IS NULL AND b.merged_into IS NULL \
             WHERE {} AND a.removed_by IS NULL AND a.merged_into IS NULL GROUP BY a.id ORDER BY a.id",
            Within::of(part).sql("a.id")
        );
        for row in tx.rows(AssertSqlSafe(sql), vec![]).await? {
            all.push((row.int(0)?, row.int(1)?));
        }
    }
    Ok(all)
}
