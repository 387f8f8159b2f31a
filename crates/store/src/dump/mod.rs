//! A whole installation as one file, and back; the same file for both engines.
//!
//! The file is a zip: `manifest.json`, and for each table `tables/NAME.jsonl`, a JSON array a row in the order of the
//! primary key. Numbers are numbers, texts texts, bytes hexadecimal. The manifest says which files of the schema were
//! applied, and of each table the columns, the rows and the SHA-256 of its file. Two installations with the same rows
//! give the same tables, whatever the engine.
//!
//! The list of tables is asked of the engine, not kept here: a table that a later file of the schema brings is in the
//! next backup without anyone thinking of it.

mod catalog;
mod read;
mod write;

use serde::{Deserialize, Serialize};
use takeroot_words::{Lang, Say};

use crate::StoreError;
use crate::words::say;

pub use catalog::{Kind, applied};
pub use read::Backup;
pub use write::write;

/// The version of the file's form.
pub const FORMAT: u32 = 1;
/// Name of the manifest in the file.
const MANIFEST: &str = "manifest.json";

/// What a backup says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Whose file it is: `takeroot`.
    pub product: String,
    /// Version of the form, [`FORMAT`].
    pub format: u32,
    /// When it was made, milliseconds since 1970 UTC.
    pub at: i64,
    /// Numbers of the files of the schema that were applied.
    pub schema: Vec<i64>,
    /// The tables, by name.
    pub tables: Vec<Table>,
}

impl Manifest {
    /// Rows of all tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|t| t.rows).sum()
    }
}

/// A table in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in the order of each row.
    pub columns: Vec<Column>,
    /// How many rows.
    pub rows: u64,
    /// SHA-256 of its file, hexadecimal.
    pub sha256: String,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// What can go wrong with a backup.
#[derive(Debug, thiserror::Error)]
pub enum DumpError {
    /// The database could not.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file could not be read or written.
    #[error("file: {0}")]
    File(#[from] std::io::Error),
    /// It is no zip, or a damaged one.
    #[error("zip: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// It is no backup of ours.
    #[error("not a backup: {0}")]
    NotOne(String),
    /// A table is not what its digest says.
    #[error("table {0} is damaged")]
    Damaged(String),
    /// It was made by a later version.
    #[error("schema {0} is not known")]
    Later(i64),
    /// The installation holds something already, or is of another schema.
    #[error("the installation is not empty")]
    NotEmpty,
}

impl Say for DumpError {
    fn say(&self, lang: Lang) -> String {
        match self {
            DumpError::Store(e) => e.say(lang),
            DumpError::File(e) => say!(lang, "dump-file", why = e.to_string()),
            DumpError::Zip(e) => say!(lang, "dump-zip", why = e.to_string()),
            DumpError::NotOne(why) => say!(lang, "dump-not-one", why = why.as_str()),
            DumpError::Damaged(table) => say!(lang, "dump-damaged", table = table.as_str()),
            DumpError::Later(schema) => say!(lang, "dump-later", schema = schema.to_string()),
            DumpError::NotEmpty => say!(lang, "dump-not-empty"),
        }
    }
}

/// Bytes as hexadecimal letters.
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// And back; `None` when they are something else.
fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    digits.chunks_exact(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}
