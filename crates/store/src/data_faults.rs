//! What was found doubtful in records. What is doubtful, `takeroot-office` says.

use sqlx::AssertSqlSafe;

use crate::{StoreError, Tx, Within};

/// Puts what was found of some people in place of what was found before: person, code, detail.
///
/// # Errors
/// When the database refuses.
pub async fn set(tx: &mut Tx, ids: &[i64], found: &[(i64, &'static str, String)]) -> Result<(), StoreError> {
    for part in ids.chunks(2_000) {
        let sql = format!("DELETE FROM data_fault WHERE {}", Within::of(part).sql("person"));
        tx.run(AssertSqlSafe(sql), vec![]).await?;
    }
    let rows = found.iter().map(|(id, code, detail)| vec![(*id).into(), (*code).into(), detail.into()]);
    tx.insert("data_fault", &["person", "code", "detail"], rows.collect()).await
}

/// What was found of a person: code and detail.
///
/// # Errors
/// When the database refuses.
pub async fn of(tx: &mut Tx, person: i64) -> Result<Vec<(String, String)>, StoreError> {
    let sql = "SELECT code, detail FROM data_fault WHERE person = $1 ORDER BY code, detail";
    tx.rows(sql, vec![person.into()]).await?.iter().map(|r| Ok((r.text(0)?, r.text(1)?))).collect()
}

/// Those of some people who share name and birth with another: person and one of the others.
///
/// # Errors
/// When the database refuses.
pub async fn alike(tx: &mut Tx, ids: &[i64]) -> Result<Vec<(i64, i64)>, StoreError> {
    let mut all = Vec::new();
    for part in ids.chunks(2_000) {
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
