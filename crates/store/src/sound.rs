//! Whether what is kept hangs together: what the database says of itself, rows that point at nothing, acts that do not
//! answer each other. Reads only.

use sqlx::AssertSqlSafe;

use crate::{Engine, StoreError, Tx};

/// What may be wrong: a code, and the rows for which it is.
const QUESTIONS: &[(&str, &str)] = &[
    ("event-person", "event e WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = e.person)"),
    ("event-act", "event e WHERE NOT EXISTS (SELECT 1 FROM act a WHERE a.id = e.act)"),
    (
        "event-undone",
        "event e WHERE e.undone_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM act a WHERE a.id = e.undone_by)",
    ),
    (
        "event-amends",
        "event e WHERE e.amends IS NOT NULL AND NOT EXISTS \
         (SELECT 1 FROM event o WHERE o.person = e.person AND o.id = e.amends AND o.id < e.id)",
    ),
    ("version-person", "person_version v WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = v.person)"),
    ("version-act", "person_version v WHERE NOT EXISTS (SELECT 1 FROM act a WHERE a.id = v.act)"),
    (
        "person-version",
        "person p WHERE p.data <> COALESCE((SELECT v.data FROM person_version v WHERE v.person = p.id \
         ORDER BY v.version DESC LIMIT 1), '')",
    ),
    (
        "person-removed",
        "person p WHERE p.removed_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM act a WHERE a.id = p.removed_by)",
    ),
    (
        "person-merged",
        "person p WHERE p.merged_into IS NOT NULL AND NOT EXISTS (SELECT 1 FROM person o WHERE o.id = p.merged_into)",
    ),
    (
        "person-organ",
        "person p WHERE p.organ_seq <> COALESCE((SELECT o.seq FROM organ o WHERE o.id = p.organ), 0)",
    ),
    ("key-person", "name_key k WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = k.person)"),
    ("doubt-person", "data_fault f WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = f.person)"),
    (
        "organ-parent",
        "organ o WHERE o.parent <> '' AND NOT EXISTS \
         (SELECT 1 FROM organ a WHERE a.id = o.parent AND a.seq < o.seq AND o.last <= a.last)",
    ),
    ("grant-account", "role_grant g WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.id = g.account)"),
    ("session-account", "session s WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.id = s.account)"),
    ("token-account", "api_token t WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.id = t.account)"),
    ("sight-person", "sight s WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = s.person)"),
    (
        "account-person",
        "account a WHERE a.person IS NOT NULL AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = a.person)",
    ),
    // An act that undoes another is named by it, and the other way round; the undoing one came later.
    (
        "act-undoes",
        "act a WHERE a.undoes IS NOT NULL AND NOT EXISTS \
         (SELECT 1 FROM act o WHERE o.id = a.undoes AND o.undone_by = a.id AND o.id < a.id)",
    ),
    (
        "act-undone",
        "act a WHERE a.undone_by IS NOT NULL AND NOT EXISTS \
         (SELECT 1 FROM act o WHERE o.id = a.undone_by AND o.undoes = a.id)",
    ),
    (
        "act-account",
        "act a WHERE a.account <> 0 AND NOT EXISTS (SELECT 1 FROM account c WHERE c.id = a.account)",
    ),
    // Acts are numbered without a gap up to the last number given out: a missing one was removed from outside.
    ("act-missing", "act a WHERE a.id > 1 AND NOT EXISTS (SELECT 1 FROM act b WHERE b.id = a.id - 1)"),
    ("act-last", "counter c WHERE c.name = 'act' AND c.next - 1 <> COALESCE((SELECT MAX(id) FROM act), 0)"),
    (
        "number-twice",
        "counter c WHERE (c.name = 'person' AND c.next <= COALESCE((SELECT MAX(id) FROM person), 0)) \
         OR (c.name = 'account' AND c.next <= COALESCE((SELECT MAX(id) FROM account), 0)) \
         OR (c.name = 'sight' AND c.next <= COALESCE((SELECT MAX(id) FROM sight), 0))",
    ),
];

/// Every code that [`loose`] can give.
pub fn codes() -> impl Iterator<Item = &'static str> {
    QUESTIONS.iter().map(|q| q.0)
}

/// What does not hang together: code, how many rows. Empty when all is sound.
///
/// # Errors
/// When the database refuses.
pub async fn loose(tx: &mut Tx) -> Result<Vec<(&'static str, i64)>, StoreError> {
    let mut found = Vec::new();
    for (code, rows) in QUESTIONS {
        let count = tx.number(AssertSqlSafe(format!("SELECT COUNT(*) FROM {rows}")), vec![]).await?;
        if count > 0 {
            found.push((*code, count));
        }
    }
    Ok(found)
}

/// What the database finds wrong with its own file; empty when nothing. A server looks after its own: nothing is asked.
///
/// # Errors
/// When the database refuses.
pub async fn damage(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    if tx.engine() == Engine::Postgres {
        return Ok(Vec::new());
    }
    let rows = tx.rows("PRAGMA integrity_check(20)", vec![]).await?;
    let said = rows.iter().map(|r| r.text(0)).collect::<Result<Vec<String>, StoreError>>()?;
    Ok(said.into_iter().filter(|line| line != "ok").collect())
}

/// People whose columns for lists were not reckoned for a day.
///
/// # Errors
/// When the database refuses.
pub async fn not_reckoned(tx: &mut Tx, on: takeroot_civil::Day) -> Result<i64, StoreError> {
    let sql =
        "SELECT COUNT(*) FROM person WHERE indexed_on <> $1 AND removed_by IS NULL AND merged_into IS NULL";
    tx.number(sql, vec![on.into()]).await
}

/// Numbers of everyone, removed and merged people among them.
///
/// # Errors
/// When the database refuses.
pub async fn everyone(tx: &mut Tx) -> Result<Vec<i64>, StoreError> {
    tx.rows("SELECT id FROM person ORDER BY id", vec![]).await?.iter().map(|r| r.int(0)).collect()
}
