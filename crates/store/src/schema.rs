//! The one schema text, and how each engine is brought up to it.
//!
//! The files of `schema/` are written in PostgreSQL's spelling with three types. SQLite reads the same text with
//! the types renamed and its tables made STRICT. A file that was released is never changed again; a change is the
//! next file.

use sqlx::AssertSqlSafe;
use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// The files of the schema, in order: number, name, text.
pub const FILES: &[(i64, &str, &str)] = &[
    (1, "roster", include_str!("../schema/0001_roster.sql")),
    (2, "access", include_str!("../schema/0002_access.sql")),
    (3, "accounts", include_str!("../schema/0003_accounts.sql")),
    (4, "views", include_str!("../schema/0004_views.sql")),
    (5, "imports", include_str!("../schema/0005_imports.sql")),
    (6, "corrections", include_str!("../schema/0006_corrections.sql")),
    (7, "policy", include_str!("../schema/0007_policy.sql")),
    (8, "forms", include_str!("../schema/0008_forms.sql")),
    (9, "interface", include_str!("../schema/0009_interface.sql")),
    (10, "glance", include_str!("../schema/0010_glance.sql")),
    (11, "old_numbers", include_str!("../schema/0011_old_numbers.sql")),
    (12, "lists", include_str!("../schema/0012_lists.sql")),
    (13, "search", include_str!("../schema/0013_search.sql")),
    (14, "secrets", include_str!("../schema/0014_secrets.sql")),
];

/// The text as SQLite wants it.
pub fn for_sqlite(text: &str) -> String {
    text.replace("BIGINT", "INTEGER").replace("BYTEA", "BLOB").replace("\n);", "\n) STRICT;")
}

/// The migrations up to a number (all of them with `i64::MAX`).
pub fn migrator(sqlite: bool, up_to: i64) -> Migrator {
    let migrations = FILES
        .iter()
        .filter(|(version, _, _)| *version <= up_to)
        .map(|(version, name, text)| {
            let text = if sqlite { for_sqlite(text) } else { (*text).to_owned() };
            let sql = AssertSqlSafe(text).into_sql_str();
            Migration::new(*version, (*name).into(), MigrationType::Simple, sql, false)
        })
        .collect();
    Migrator::with_migrations(migrations)
}

/// The number of the last file that was applied.
///
/// # Errors
/// When the database cannot be asked.
pub async fn version(tx: &mut crate::Tx) -> Result<i64, crate::StoreError> {
    tx.number("SELECT MAX(version) FROM _sqlx_migrations", vec![]).await
}
