//! Results as files for other programs: one long table as Parquet or Arrow, by the ending of the name.
//!
//! Every command writes the same columns (`docs/lab.md`, "Results as a table"), so that one reader serves all. `table` says
//! which part of the answer a row belongs to; what does not apply to a row is null.

mod rows;
mod spells;

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{anyhow, bail};
use arrow_array::builder::{
    ArrayBuilder as _, Date32Builder, Float64Builder, Int32Builder, StringBuilder, UInt32Builder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use serde_json::Value;
use takeroot_civil::Day;

pub use rows::{compared, ran, searched, sensed};
pub use spells::{backtested, fitted};

use crate::cli::Context;
use crate::words::say;

/// The form of the rows; counted up when a column changes its meaning.
const VERSION: &str = "1";

/// What a row says of which figure.
#[derive(Clone, Debug, Default)]
pub struct Row<'a> {
    /// Which part of the answer.
    pub table: &'static str,
    /// What is told: a measure, a line of pay, a coefficient.
    pub key: &'a str,
    /// Of whom or what: an organ, a channel, a cause, a factor, a package.
    pub of: Option<&'a str>,
    /// Which of several figures of the same thing.
    pub item: Option<&'static str>,
    /// `base`, `with`, `difference`; of a backtest `actual`, `forecast` and the naive forecasts.
    pub side: Option<&'static str>,
    /// Year of the run, from 1; none for the whole run.
    pub year: Option<usize>,
    /// First day of the period.
    pub from: Option<Day>,
    /// Replicate, from 0; none for what is told over all.
    pub replicate: Option<usize>,
    /// A time: months of service, or the time of a curve in its unit.
    pub at: Option<f64>,
    /// The figure.
    pub value: f64,
    /// The ends of its interval.
    pub within: Option<(f64, f64)>,
    /// Its standard error.
    pub se: Option<f64>,
    /// What it is measured in.
    pub unit: &'a str,
}

/// A long table as it grows.
#[derive(Debug, Default)]
pub struct Table {
    table: StringBuilder,
    key: StringBuilder,
    of: StringBuilder,
    item: StringBuilder,
    side: StringBuilder,
    year: Int32Builder,
    from: Date32Builder,
    replicate: UInt32Builder,
    at: Float64Builder,
    value: Float64Builder,
    low: Float64Builder,
    high: Float64Builder,
    se: Float64Builder,
    unit: StringBuilder,
}

impl Table {
    /// Adds a row. What is no number is null.
    pub fn push(&mut self, row: &Row<'_>) {
        let number = |n: Option<f64>| n.filter(|n| n.is_finite());
        self.table.append_value(row.table);
        self.key.append_value(row.key);
        self.of.append_option(row.of);
        self.item.append_option(row.item);
        self.side.append_option(row.side);
        self.year.append_option(row.year.and_then(|year| i32::try_from(year).ok()));
        self.from.append_option(row.from.map(Day::epoch_days));
        self.replicate.append_option(row.replicate.and_then(|n| u32::try_from(n).ok()));
        self.at.append_option(number(row.at));
        self.value.append_option(number(Some(row.value)));
        self.low.append_option(number(row.within.map(|within| within.0)));
        self.high.append_option(number(row.within.map(|within| within.1)));
        self.se.append_option(number(row.se));
        self.unit.append_value(row.unit);
    }

    /// The columns, with what the answer was made from as the file's own notes.
    fn batch(mut self, command: &str, head: &Value) -> Result<RecordBatch, ArrowError> {
        use DataType::{Date32, Float64, Int32, UInt32, Utf8};
        let fields = [
            ("table", Utf8, false),
            ("key", Utf8, false),
            ("of", Utf8, true),
            ("item", Utf8, true),
            ("side", Utf8, true),
            ("year", Int32, true),
            ("from", Date32, true),
            ("replicate", UInt32, true),
            ("at", Float64, true),
            ("value", Float64, true),
            ("low", Float64, true),
            ("high", Float64, true),
            ("se", Float64, true),
            ("unit", Utf8, false),
        ];
        let notes = [
            ("takeroot.command", command.to_owned()),
            ("takeroot.version", VERSION.to_owned()),
            ("takeroot.head", head.to_string()),
        ];
        let fields = fields.map(|(name, kind, null)| Field::new(name, kind, null)).to_vec();
        let notes: HashMap<String, String> = notes.map(|(key, value)| (key.to_owned(), value)).into();
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.table.finish()),
            Arc::new(self.key.finish()),
            Arc::new(self.of.finish()),
            Arc::new(self.item.finish()),
            Arc::new(self.side.finish()),
            Arc::new(self.year.finish()),
            Arc::new(self.from.finish()),
            Arc::new(self.replicate.finish()),
            Arc::new(self.at.finish()),
            Arc::new(self.value.finish()),
            Arc::new(self.low.finish()),
            Arc::new(self.high.finish()),
            Arc::new(self.se.finish()),
            Arc::new(self.unit.finish()),
        ];
        RecordBatch::try_new(Arc::new(Schema::new_with_metadata(fields, notes)), columns)
    }
}

/// A file to be written, of a kind that its name ends in.
#[derive(Clone, Debug)]
pub struct Out {
    path: PathBuf,
    kind: Kind,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Parquet,
    Arrow,
}

impl Out {
    /// Looks at the name before anything is run: a long run must not end in a refusal.
    ///
    /// # Errors
    /// If the ending is of neither kind, or there is no such folder.
    pub fn at(path: Option<&Path>, ctx: &Context) -> anyhow::Result<Option<Out>> {
        let Some(path) = path else { return Ok(None) };
        let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
        let kind = match ending.as_deref() {
            Some("parquet") => Kind::Parquet,
            Some("arrow" | "feather") => Kind::Arrow,
            _ => bail!(say!(ctx.lang, "lab-out-kind", path = path.display().to_string())),
        };
        let folder = folder(path);
        if !folder.is_dir() {
            bail!(say!(ctx.lang, "lab-out-no-folder", path = folder.display().to_string()));
        }
        Ok(Some(Out { path: path.to_owned(), kind }))
    }

    /// Writes the table whole, or leaves what was there: under another name first, then renamed. Says so on standard error.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, table: Table, command: &str, head: &Value, ctx: &Context) -> anyhow::Result<()> {
        let name = self.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let part = folder(&self.path).join(format!(".{name}.{}.part", std::process::id()));
        let rows = table.table.len();
        let written = table.batch(command, head).map_err(Wrong::Arrow).and_then(|batch| {
            let mut file = fs::File::create(&part)?;
            let mut buffer = std::io::BufWriter::new(&mut file);
            match self.kind {
                Kind::Parquet => parquet(&mut buffer, &batch)?,
                Kind::Arrow => arrow(&mut buffer, &batch)?,
            }
            buffer.flush()?;
            drop(buffer);
            file.sync_all()?;
            fs::rename(&part, &self.path)?;
            Ok(())
        });
        let path = self.path.display().to_string();
        if let Err(why) = written {
            // The first error is the one to tell.
            let _ = fs::remove_file(&part);
            let said = say!(ctx.lang, "cannot-write", path = path);
            return Err(anyhow!(why.to_string()).context(said));
        }
        eprintln!("{}", say!(ctx.lang, "lab-out-written", path = path, rows = rows.to_string()));
        Ok(())
    }
}

/// The folder of a path; the one we are in where it names none.
fn folder(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Why a file was not written.
#[derive(Debug)]
enum Wrong {
    Arrow(ArrowError),
    Parquet(ParquetError),
    Disk(std::io::Error),
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Wrong::Arrow(why) => why.fmt(f),
            Wrong::Parquet(why) => why.fmt(f),
            Wrong::Disk(why) => why.fmt(f),
        }
    }
}

impl From<ArrowError> for Wrong {
    fn from(why: ArrowError) -> Wrong {
        Wrong::Arrow(why)
    }
}

impl From<ParquetError> for Wrong {
    fn from(why: ParquetError) -> Wrong {
        Wrong::Parquet(why)
    }
}

impl From<std::io::Error> for Wrong {
    fn from(why: std::io::Error) -> Wrong {
        Wrong::Disk(why)
    }
}

fn parquet(to: &mut (impl Write + Send), batch: &RecordBatch) -> Result<(), Wrong> {
    let notes = batch.schema_ref().metadata().iter();
    let notes = notes.map(|(key, value)| parquet::file::metadata::KeyValue::new(key.clone(), value.clone()));
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .set_created_by("takeroot lab".to_owned())
        .set_key_value_metadata(Some(notes.collect()))
        .build();
    let mut writer = ArrowWriter::try_new(to, batch.schema(), Some(properties))?;
    writer.write(batch)?;
    writer.close()?;
    Ok(())
}

fn arrow(to: &mut impl Write, batch: &RecordBatch) -> Result<(), Wrong> {
    let mut writer = arrow_ipc::writer::FileWriter::try_new(to, batch.schema_ref())?;
    writer.write(batch)?;
    writer.finish()?;
    Ok(())
}
