//! The database behind an installation, and transactions on it.

use std::path::Path;
use std::str::FromStr as _;
use std::time::Duration;

use futures_util::TryStreamExt as _;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, Postgres, SqlSafeStr, Sqlite, Transaction};

use crate::value::{Row, Value, bind_pg, bind_sqlite};
use crate::{StoreError, schema};

/// Which engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Embedded.
    Sqlite,
    /// A server.
    Postgres,
}

/// The database of an installation.
#[derive(Clone, Debug)]
pub enum Db {
    /// Embedded, one file.
    Sqlite(SqlitePool),
    /// A server.
    Postgres(PgPool),
}

/// A transaction. Dropped without [`Tx::commit`], nothing happened.
#[derive(Debug)]
pub enum Tx {
    /// Of SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// Of PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

impl Db {
    /// Opens the SQLite file `takeroot.db` in a directory, making it if need be. The schema is not touched.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub async fn open_dir(dir: &Path) -> Result<Db, StoreError> {
        let options = SqliteConnectOptions::new().filename(dir.join("takeroot.db")).create_if_missing(true);
        Db::open_sqlite(options).await
    }

    /// Opens what an address names: `postgres://…`, or `sqlite:FILE`.
    ///
    /// # Errors
    /// When the address is for neither, or the database cannot be reached.
    pub async fn open(address: &str) -> Result<Db, StoreError> {
        if address.starts_with("postgres:") || address.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(address)?;
            let pool = PgPoolOptions::new()
                .max_connections(8)
                .acquire_timeout(Duration::from_secs(15))
                .connect_with(options)
                .await?;
            return Ok(Db::Postgres(pool));
        }
        if address.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(address)?.create_if_missing(true);
            return Db::open_sqlite(options).await;
        }
        Err(StoreError::Address(address.to_owned()))
    }

    async fn open_sqlite(options: SqliteConnectOptions) -> Result<Db, StoreError> {
        let options = options
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(15))
            // Kilobytes a connection, so that the lists of a large county stay in memory.
            .pragma("cache_size", "-8192")
            .statement_cache_capacity(256);
        let pool = SqlitePoolOptions::new().max_connections(8).connect_with(options).await?;
        Ok(Db::Sqlite(pool))
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        match self {
            Db::Sqlite(_) => Engine::Sqlite,
            Db::Postgres(_) => Engine::Postgres,
        }
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// When a file of the schema cannot be applied, or the database is of a later version.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        self.migrate_up_to(i64::MAX).await
    }

    /// Brings the schema up to a number: for tests of upgrades.
    ///
    /// # Errors
    /// As [`Db::migrate`].
    pub async fn migrate_up_to(&self, version: i64) -> Result<(), StoreError> {
        match self {
            Db::Sqlite(pool) => schema::migrator(true, version).run(pool).await?,
            Db::Postgres(pool) => schema::migrator(false, version).run(pool).await?,
        }
        Ok(())
    }

    /// A transaction that reads one state of everything.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Db::Sqlite(pool) => Tx::Sqlite(pool.begin().await?),
            Db::Postgres(pool) => {
                Tx::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        })
    }

    /// A transaction that writes. SQLite has one writer: it waits its turn here, not in the middle.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Db::Sqlite(pool) => Tx::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?),
            Db::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// After many rows were written: lets a server see how many there are, so that it reads its indexes. It does so by itself
    /// a minute or so later, and goes through whole tables until then. SQLite needs nothing of the kind.
    ///
    /// # Errors
    /// When the server refuses; what was written holds all the same.
    pub async fn settle(&self) -> Result<(), StoreError> {
        if let Db::Postgres(pool) = self {
            for table in ["person", "event", "name_key", "data_fault"] {
                let sql = sqlx::AssertSqlSafe(format!("VACUUM (ANALYZE) {table}"));
                sqlx::query(sql).execute(pool).await?;
            }
        }
        Ok(())
    }

    /// How many connections are open, and how many of them nobody uses.
    pub fn connections(&self) -> (u32, u32) {
        let (open, idle) = match self {
            Db::Sqlite(pool) => (pool.size(), pool.num_idle()),
            Db::Postgres(pool) => (pool.size(), pool.num_idle()),
        };
        (open, u32::try_from(idle).unwrap_or(u32::MAX))
    }

    /// Closes every connection, once those in use are given back.
    pub async fn close(&self) {
        match self {
            Db::Sqlite(pool) => pool.close().await,
            Db::Postgres(pool) => pool.close().await,
        }
    }
}

/// Values of one statement with many rows; a full statement is prepared once and kept. SQLite looks for the place of each
/// value in a list, so that a statement of ten times as many takes a hundred times as long.
pub(crate) const VALUES: usize = 600;

impl Tx {
    /// Which engine it is on.
    pub fn engine(&self) -> Engine {
        match self {
            Tx::Sqlite(_) => Engine::Sqlite,
            Tx::Postgres(_) => Engine::Postgres,
        }
    }

    /// Makes what was done hold.
    ///
    /// # Errors
    /// When the database cannot.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Tx::Sqlite(tx) => tx.commit().await?,
            Tx::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Runs a statement; how many rows it touched.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn run(&mut self, sql: impl SqlSafeStr, values: Vec<Value>) -> Result<u64, StoreError> {
        Ok(match self {
            Tx::Sqlite(tx) => {
                sqlx::query_with(sql, bind_sqlite(values)?).execute(&mut **tx).await?.rows_affected()
            }
            Tx::Postgres(tx) => {
                sqlx::query_with(sql, bind_pg(values)?).execute(&mut **tx).await?.rows_affected()
            }
        })
    }

    /// The rows of a query.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn rows(&mut self, sql: impl SqlSafeStr, values: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        Ok(match self {
            Tx::Sqlite(tx) => sqlx::query_with(sql, bind_sqlite(values)?)
                .fetch_all(&mut **tx)
                .await?
                .into_iter()
                .map(Row::Sqlite)
                .collect(),
            Tx::Postgres(tx) => sqlx::query_with(sql, bind_pg(values)?)
                .fetch_all(&mut **tx)
                .await?
                .into_iter()
                .map(Row::Postgres)
                .collect(),
        })
    }

    /// The first row of a query, if there is one.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn row(&mut self, sql: impl SqlSafeStr, values: Vec<Value>) -> Result<Option<Row>, StoreError> {
        Ok(match self {
            Tx::Sqlite(tx) => {
                sqlx::query_with(sql, bind_sqlite(values)?).fetch_optional(&mut **tx).await?.map(Row::Sqlite)
            }
            Tx::Postgres(tx) => {
                sqlx::query_with(sql, bind_pg(values)?).fetch_optional(&mut **tx).await?.map(Row::Postgres)
            }
        })
    }

    /// The number that a query answers with; 0 when it answers nothing.
    ///
    /// # Errors
    /// When the database refuses, or the answer is no number.
    pub async fn number(&mut self, sql: impl SqlSafeStr, values: Vec<Value>) -> Result<i64, StoreError> {
        match self.row(sql, values).await? {
            Some(row) => Ok(row.get::<Option<i64>>(0)?.unwrap_or(0)),
            None => Ok(0),
        }
    }

    /// Gives the rows of a query one by one, so that a large table is never in memory; ends early when `take` says `false`.
    ///
    /// # Errors
    /// When the database refuses, or `take` does.
    pub async fn each(
        &mut self,
        sql: impl SqlSafeStr,
        values: Vec<Value>,
        mut take: impl FnMut(&Row) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        match self {
            Tx::Sqlite(tx) => {
                let mut rows = sqlx::query_with(sql, bind_sqlite(values)?).fetch(&mut **tx);
                while let Some(row) = rows.try_next().await? {
                    if !take(&Row::Sqlite(row))? {
                        break;
                    }
                }
            }
            Tx::Postgres(tx) => {
                let mut rows = sqlx::query_with(sql, bind_pg(values)?).fetch(&mut **tx);
                while let Some(row) = rows.try_next().await? {
                    if !take(&Row::Postgres(row))? {
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    /// Puts many rows into a table with as few statements as the engines' limit of values allows.
    ///
    /// `table` and `columns` are our own words, never a user's.
    ///
    /// # Errors
    /// When the database refuses a row; the transaction must then be dropped.
    pub async fn insert(
        &mut self,
        table: &'static str,
        columns: &[&'static str],
        rows: Vec<Vec<Value>>,
    ) -> Result<(), StoreError> {
        self.insert_rows(table, columns, rows).await
    }

    /// The same for a table that a backup names; its names were held against those of the database.
    pub(crate) async fn insert_rows(
        &mut self,
        table: &str,
        columns: &[&str],
        rows: Vec<Vec<Value>>,
    ) -> Result<(), StoreError> {
        let width = columns.len().max(1);
        let most = (VALUES / width).max(1);
        let mut rows = rows.into_iter();
        loop {
            let part: Vec<Vec<Value>> = rows.by_ref().take(most).collect();
            if part.is_empty() {
                return Ok(());
            }
            let mut sql = format!("INSERT INTO {table} ({}) VALUES ", columns.join(", "));
            for n in 0..part.len() {
                sql.push_str(if n == 0 { "(" } else { ", (" });
                for c in 0..width {
                    if c > 0 {
                        sql.push_str(", ");
                    }
                    sql.push('$');
                    sql.push_str(&(n * width + c + 1).to_string());
                }
                sql.push(')');
            }
            self.run(AssertSqlSafe(sql), part.into_iter().flatten().collect()).await?;
        }
    }
}
