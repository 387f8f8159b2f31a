//! Making a backup.

use std::io::{Seek, Write};

use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};
use sqlx::AssertSqlSafe;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

use super::catalog::{self, Shape};
use super::{DumpError, FORMAT, Kind, MANIFEST, Manifest, Table, hex};
use crate::{Db, Row, StoreError, Tx};

/// Writes everything that an installation keeps, as it stands at one moment; others go on reading and writing. `at` is that
/// moment, milliseconds since 1970 UTC; `told` hears of each table before it is written.
///
/// # Errors
/// When the database cannot be read or the file not be written.
pub async fn write<W: Write + Seek>(
    db: &Db,
    out: W,
    at: i64,
    mut told: impl FnMut(&str),
) -> Result<Manifest, DumpError> {
    let mut tx = db.read().await?;
    let schema = catalog::applied(&mut tx).await?;
    let mut zip = ZipWriter::new(out);
    // Without a moment of its own: the same rows give the same bytes.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default()).large_file(true);
    let mut tables = Vec::new();
    for shape in catalog::shapes(&mut tx).await? {
        told(&shape.name);
        zip.start_file(format!("tables/{}.jsonl", shape.name), options)?;
        tables.push(table(&mut tx, shape, &mut zip).await?);
    }
    let manifest = Manifest { product: "takeroot".to_owned(), format: FORMAT, at, schema, tables };
    zip.start_file(MANIFEST, options)?;
    let text = serde_json::to_vec_pretty(&manifest).map_err(|e| DumpError::NotOne(e.to_string()))?;
    zip.write_all(&text)?;
    zip.finish()?.flush()?;
    Ok(manifest)
}

async fn table(tx: &mut Tx, shape: Shape, out: &mut impl Write) -> Result<Table, DumpError> {
    let mut digest = Sha256::new();
    let mut rows = 0;
    let mut failed = None;
    let sql = format!("SELECT {} FROM {} ORDER BY {}", shape.list(), shape.name, shape.order);
    tx.each(AssertSqlSafe(sql), vec![], |row| {
        let mut line = serde_json::to_vec(&json(row, &shape)?)
            .map_err(|e| StoreError::stored("a row that cannot be written", e))?;
        line.push(b'\n');
        digest.update(&line);
        rows += 1;
        Ok(match out.write_all(&line) {
            Ok(()) => true,
            Err(error) => {
                failed = Some(error);
                false
            }
        })
    })
    .await?;
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(Table { name: shape.name, columns: shape.columns, rows, sha256: hex(&digest.finalize()) }),
    }
}

fn json(row: &Row, shape: &Shape) -> Result<Vec<Json>, StoreError> {
    let value = |(at, column): (usize, &super::Column)| {
        Ok(match column.kind {
            Kind::Int => row.get::<Option<i64>>(at)?.map_or(Json::Null, Json::from),
            Kind::Text => row.get::<Option<String>>(at)?.map_or(Json::Null, Json::from),
            Kind::Bytes => row.get::<Option<Vec<u8>>>(at)?.map_or(Json::Null, |b| hex(&b).into()),
        })
    };
    shape.columns.iter().enumerate().map(value).collect()
}
