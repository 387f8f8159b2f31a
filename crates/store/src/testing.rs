//! Databases for tests: every story is told on SQLite, and on PostgreSQL where a server for tests is named.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::AssertSqlSafe;

use crate::{Db, StoreError};

/// Names a PostgreSQL server that tests may fill: `tools/test.sh` starts one and sets it.
pub const SERVER: &str = "TAKEROOT_TEST_POSTGRES";

/// The address of an empty part of the PostgreSQL server for tests; `None` where no server is named. In CI a missing
/// server is an error; elsewhere it is said and left out.
///
/// # Errors
/// When the server cannot be reached, or CI names none.
#[expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "for tests: they are told by the environment"
)]
pub async fn address() -> Result<Option<String>, StoreError> {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    match std::env::var(SERVER) {
        Ok(address) => {
            let schema = format!("story_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
            let server = Db::open(&address).await?;
            let mut tx = server.write().await?;
            tx.run(AssertSqlSafe(format!("CREATE SCHEMA {schema}")), vec![]).await?;
            tx.commit().await?;
            server.close().await;
            let sign = if address.contains('?') { '&' } else { '?' };
            Ok(Some(format!("{address}{sign}options[search_path]={schema}")))
        }
        Err(_) if std::env::var_os("CI").is_some() => Err(StoreError::Address(SERVER.to_owned())),
        Err(_) => {
            eprintln!("skipped on PostgreSQL: {SERVER} names no server");
            Ok(None)
        }
    }
}

/// An empty SQLite database in a directory, and an empty PostgreSQL one where a server is named; schema not yet made.
///
/// # Errors
/// As [`address`], and when a database cannot be made.
pub async fn empty(dir: &Path) -> Result<Vec<Db>, StoreError> {
    let mut all = vec![Db::open_dir(dir).await?];
    if let Some(address) = address().await? {
        all.push(Db::open(&address).await?);
    }
    Ok(all)
}

/// [`empty`] with the schema made.
///
/// # Errors
/// As [`empty`].
pub async fn databases(dir: &Path) -> Result<Vec<Db>, StoreError> {
    let all = empty(dir).await?;
    for db in &all {
        db.migrate().await?;
    }
    Ok(all)
}
