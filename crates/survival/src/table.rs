//! A file of rows: comma-separated, perhaps packed, in UTF-8 or GB 18030.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Read as _;

/// Most bytes that a packed file may unpack to.
const MOST: u64 = 2 << 30;

/// A file of rows under a line of headings.
#[derive(Debug, Default)]
pub struct Table {
    /// The file's name, as it was given.
    pub file: String,
    heads: HashMap<String, usize>,
    /// The headings, in order.
    pub names: Vec<String>,
    rows: Vec<csv::StringRecord>,
    lines: Vec<usize>,
}

/// Why a file cannot be read as rows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoTable {
    /// Packed, and damaged.
    #[error("damaged: {0}")]
    Damaged(String),
    /// It would unpack to more than the product accepts.
    #[error("more than {0} bytes")]
    TooLarge(u64),
    /// No rows.
    #[error("empty")]
    Empty,
    /// Two columns of one name.
    #[error("heading {0:?} twice")]
    HeadTwice(String),
    /// Not rows.
    #[error("line {line}: {why}")]
    NotRows {
        /// The line.
        line: usize,
        /// Why.
        why: String,
    },
}

impl Table {
    /// Reads a file from its bytes. Bytes that begin as gzip does are unpacked.
    ///
    /// # Errors
    /// If it is damaged, empty, or has no rows of cells.
    pub fn read(file: &str, bytes: &[u8], delimiter: u8) -> Result<Table, NoTable> {
        let bytes: Cow<'_, [u8]> = if bytes.starts_with(&[0x1f, 0x8b]) {
            let mut unpacked = Vec::new();
            flate2::read::MultiGzDecoder::new(bytes)
                .take(MOST + 1)
                .read_to_end(&mut unpacked)
                .map_err(|e| NoTable::Damaged(e.to_string()))?;
            if unpacked.len() as u64 > MOST {
                return Err(NoTable::TooLarge(MOST));
            }
            Cow::Owned(unpacked)
        } else {
            Cow::Borrowed(bytes)
        };
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => Cow::Borrowed(text),
            // Older office software.
            Err(_) => encoding_rs::GB18030.decode(&bytes).0,
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let not_rows = |e: csv::Error| NoTable::NotRows {
            line: e.position().map_or(0, |p| usize::try_from(p.line()).unwrap_or(0)),
            why: e.to_string(),
        };
        let names: Vec<String> = reader.headers().map_err(not_rows)?.iter().map(str::to_owned).collect();
        let mut table = Table { file: file.to_owned(), names, ..Table::default() };
        if table.names.iter().all(String::is_empty) {
            return Err(NoTable::Empty);
        }
        for (at, name) in table.names.iter().enumerate() {
            if !name.is_empty() && table.heads.insert(name.clone(), at).is_some() {
                return Err(NoTable::HeadTwice(name.clone()));
            }
        }
        // The reader's own count of lines is one short after `\r\n`.
        let (mut counted, mut line) = (0, 1);
        for record in reader.records() {
            let record = record.map_err(not_rows)?;
            let at = record.position().map_or(counted, |p| usize::try_from(p.byte()).unwrap_or(counted));
            let rest = text.as_bytes().get(at..).unwrap_or_default();
            let at = at + rest.iter().take_while(|b| **b == b'\n' || **b == b'\r').count();
            line +=
                text.as_bytes().get(counted..at).unwrap_or_default().iter().filter(|b| **b == b'\n').count();
            counted = at;
            if record.iter().all(str::is_empty) {
                continue;
            }
            table.lines.push(line);
            table.rows.push(record);
        }
        if table.rows.is_empty() { Err(NoTable::Empty) } else { Ok(table) }
    }

    /// The place of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.heads.get(name.trim()).copied()
    }

    /// Rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// No rows; never true of a table that was read.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A cell, without blanks around it; empty where a row is short.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|r| r.get(column)).unwrap_or("")
    }

    /// The line of the file on which a row stands, the headings being line 1.
    pub fn line(&self, row: usize) -> usize {
        self.lines.get(row).copied().unwrap_or(0)
    }
}
