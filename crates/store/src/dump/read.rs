//! Reading a backup: first whether it is whole, then everything or nothing of it.

use std::io::{BufReader, Read, Seek};

use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};
use zip::ZipArchive;

use super::{Column, DumpError, FORMAT, Kind, MANIFEST, Manifest, Table, catalog, hex, unhex};
use crate::{Db, Tx, Value, schema};

/// Rows that are put in with one statement at most.
const BATCH: usize = 500;
/// The longest manifest that is read, bytes.
const MANIFEST_MOST: u64 = 1 << 20;

/// An opened backup.
#[derive(Debug)]
pub struct Backup<R: Read + Seek> {
    zip: ZipArchive<R>,
    manifest: Manifest,
}

impl<R: Read + Seek> Backup<R> {
    /// Opens it and reads what it says of itself.
    ///
    /// # Errors
    /// When it is no backup, or one of a later version.
    pub fn open(file: R) -> Result<Backup<R>, DumpError> {
        let mut zip = ZipArchive::new(file)?;
        let mut text = String::new();
        zip.by_name(MANIFEST)
            .map_err(|e| DumpError::NotOne(e.to_string()))?
            .take(MANIFEST_MOST)
            .read_to_string(&mut text)?;
        let manifest: Manifest = serde_json::from_str(&text).map_err(|e| DumpError::NotOne(e.to_string()))?;
        if manifest.product != "takeroot" || manifest.format != FORMAT {
            return Err(DumpError::NotOne(format!("{} {}", manifest.product, manifest.format)));
        }
        let known = |v: &i64| schema::FILES.iter().any(|f| f.0 == *v);
        if let Some(later) = manifest.schema.iter().find(|v| !known(v)) {
            return Err(DumpError::Later(*later));
        }
        Ok(Backup { zip, manifest })
    }

    /// What it says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Reads all of it and holds every table against its digest.
    ///
    /// # Errors
    /// When a table is missing or damaged.
    pub fn check(&mut self) -> Result<(), DumpError> {
        for table in &self.manifest.tables {
            let damaged = || DumpError::Damaged(table.name.clone());
            let mut file = self.zip.by_name(&path(table)).map_err(|_| damaged())?;
            let (mut digest, mut lines) = (Sha256::new(), 0_u64);
            let mut buffer = vec![0_u8; 1 << 16];
            loop {
                let count = file.read(&mut buffer).map_err(|_| damaged())?;
                let part = buffer.get(..count).unwrap_or_default();
                if part.is_empty() {
                    break;
                }
                lines += part.iter().filter(|b| **b == b'\n').count() as u64;
                digest.update(part);
            }
            if hex(&digest.finalize()) != table.sha256 || lines != table.rows {
                return Err(damaged());
            }
        }
        Ok(())
    }

    /// Puts everything into an empty installation and brings it up to today's schema. Sessions that ran when the backup
    /// was made are ended at `now`: who was signed in signs in again. `told` hears of each table.
    ///
    /// # Errors
    /// When it is damaged, the installation is not empty, or the database refuses; no row is kept then.
    pub async fn restore(&mut self, db: &Db, now: i64, mut told: impl FnMut(&str)) -> Result<(), DumpError> {
        self.check()?;
        self.prepare(db).await?;
        let mut tx = db.write().await?;
        let shapes = catalog::shapes(&mut tx).await?;
        let here: Vec<(&str, &[Column])> =
            shapes.iter().map(|s| (s.name.as_str(), s.columns.as_slice())).collect();
        let there: Vec<(&str, &[Column])> =
            self.manifest.tables.iter().map(|t| (t.name.as_str(), t.columns.as_slice())).collect();
        if here != there {
            return Err(DumpError::NotOne("its tables are not those of its schema".to_owned()));
        }
        for table in &self.manifest.tables {
            told(&table.name);
            let file = self.zip.by_name(&path(table))?;
            fill(&mut tx, table, BufReader::new(file)).await?;
        }
        let sql = "UPDATE session SET ended = $1 WHERE ended IS NULL AND expires > $1";
        tx.run(sql, vec![now.into()]).await?;
        tx.commit().await?;
        db.migrate().await?;
        Ok(())
    }

    /// Makes the tables of the backup's schema, or sees that they are there and empty.
    async fn prepare(&self, db: &Db) -> Result<(), DumpError> {
        let mut tx = db.read().await?;
        let applied = catalog::applied(&mut tx).await?;
        let shapes = catalog::shapes(&mut tx).await?;
        if applied.is_empty() && shapes.is_empty() {
            drop(tx);
            let last = self.manifest.schema.last().copied().unwrap_or(0);
            db.migrate_up_to(last).await?;
            let mut tx = db.read().await?;
            if catalog::applied(&mut tx).await? != self.manifest.schema {
                return Err(DumpError::NotOne("its schema is none of ours".to_owned()));
            }
            return Ok(());
        }
        if applied != self.manifest.schema {
            return Err(DumpError::NotEmpty);
        }
        for shape in &shapes {
            let sql = format!("SELECT COUNT(*) FROM {}", shape.name);
            if tx.number(sqlx::AssertSqlSafe(sql), vec![]).await? != 0 {
                return Err(DumpError::NotEmpty);
            }
        }
        Ok(())
    }
}

fn path(table: &Table) -> String {
    format!("tables/{}.jsonl", table.name)
}

async fn fill(tx: &mut Tx, table: &Table, file: impl std::io::BufRead) -> Result<(), DumpError> {
    let damaged = || DumpError::Damaged(table.name.clone());
    let columns: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
    let mut rows: Vec<Vec<Value>> = Vec::with_capacity(BATCH);
    for line in file.lines() {
        let values: Vec<Json> = serde_json::from_str(&line?).map_err(|_| damaged())?;
        if values.len() != table.columns.len() {
            return Err(damaged());
        }
        let row: Option<Vec<Value>> = values.into_iter().zip(&table.columns).map(value).collect();
        rows.push(row.ok_or_else(damaged)?);
        if rows.len() == BATCH {
            tx.insert_rows(&table.name, &columns, std::mem::take(&mut rows)).await?;
        }
    }
    tx.insert_rows(&table.name, &columns, rows).await?;
    Ok(())
}

fn value((json, column): (Json, &Column)) -> Option<Value> {
    Some(match (column.kind, json) {
        (Kind::Int, Json::Null) => Value::Int(None),
        (Kind::Int, Json::Number(n)) => Value::Int(Some(n.as_i64()?)),
        (Kind::Text, Json::Null) => Value::Text(None),
        (Kind::Text, Json::String(text)) => Value::Text(Some(text)),
        (Kind::Bytes, Json::Null) => Value::Bytes(None),
        (Kind::Bytes, Json::String(text)) => Value::Bytes(Some(unhex(&text)?)),
        _ => return None,
    })
}
