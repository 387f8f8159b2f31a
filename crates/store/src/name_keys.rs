//! How a name can be typed: rows that a search looks through. Which they are, `takeroot-office` says.

use sqlx::AssertSqlSafe;

use crate::{StoreError, Tx, Within};

/// Those of some people for whom it is not yet known how their names can be typed: new ones, and those whose name
/// changed.
///
/// # Errors
/// When the database refuses.
pub async fn missing(tx: &mut Tx, ids: &[i64]) -> Result<Vec<(i64, String)>, StoreError> {
    let mut found = Vec::new();
    for part in ids.chunks(800) {
        let wanted = Within::of(part);
        let sql = format!(
            "SELECT id, name FROM person WHERE {} \
             AND NOT EXISTS (SELECT 1 FROM name_key WHERE name_key.person = person.id) ORDER BY id",
            wanted.sql("id")
        );
        for row in tx.rows(AssertSqlSafe(sql), vec![]).await? {
            found.push((row.int(0)?, row.text(1)?));
        }
    }
    Ok(found)
}

/// Puts in how the names of people can be typed: lower-case ASCII letters.
///
/// # Errors
/// When the database refuses; a key that is there already is a duplicate.
pub async fn add(tx: &mut Tx, keys: &[(i64, Vec<String>)]) -> Result<(), StoreError> {
    let rows = keys
        .iter()
        .flat_map(|(id, keys)| keys.iter().map(move |key| vec![key.into(), (*id).into()]))
        .collect();
    tx.insert("name_key", &["key", "person"], rows).await?;
    Ok(())
}

/// Forgets how a person's name can be typed: it changed.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &mut Tx, person: i64) -> Result<(), StoreError> {
    tx.run("DELETE FROM name_key WHERE person = $1", vec![person.into()]).await?;
    Ok(())
}
