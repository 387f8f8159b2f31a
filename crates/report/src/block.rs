//! What a report is made of, in words already: the same for the printer, the terminal and JSON.

use serde::Serialize;

/// A report in a language.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Its title.
    pub title: String,
    /// The county and the roster's day: the head of every page.
    pub head: String,
    /// The foot of every page; that data is invented, if it is.
    pub foot: String,
    /// `page` … `of` …, with `{here}` and `{all}` in their places.
    pub pages: String,
    /// That people and places are invented, if they are.
    pub notice: Option<String>,
    /// What is under the title: what is run, when printed.
    pub under: String,
    /// The blocks, in order.
    pub blocks: Vec<Block>,
}

/// A part of a report.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Block {
    /// A heading: 1 for a part, 2 for a section, 3 for what is within it.
    Heading {
        /// Its depth.
        level: u8,
        /// Its words.
        text: String,
        /// Whether it begins a page.
        page: bool,
    },
    /// A paragraph; small ones are notes.
    Text {
        /// Its words.
        text: String,
        /// Whether it is a note.
        small: bool,
    },
    /// Points, each with a word that leads it; it may be empty.
    Points {
        /// The points.
        items: Vec<(String, String)>,
        /// Whether they are numbered.
        numbered: bool,
    },
    /// A table.
    Table(Table),
    /// Fans, two in a row.
    Charts {
        /// The fans.
        charts: Vec<Chart>,
        /// What lines and bands are: of the base, with the package.
        legend: (String, String),
    },
}

impl Block {
    /// A heading.
    pub fn heading(level: u8, text: String) -> Block {
        Block::Heading { level, text, page: false }
    }

    /// A paragraph.
    pub fn text(text: String) -> Block {
        Block::Text { text, small: false }
    }

    /// A note.
    pub fn note(text: String) -> Block {
        Block::Text { text, small: true }
    }

    /// Points without leading words.
    pub fn list(items: Vec<String>) -> Block {
        Block::Points {
            items: items.into_iter().map(|item| (String::new(), item)).collect(),
            numbered: false,
        }
    }
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Table {
    /// What it shows; empty where the heading says so.
    pub title: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
    /// How it is read.
    pub note: String,
    /// Whether it is kept on one page.
    pub whole: bool,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    /// Its head.
    pub head: String,
    /// Its share of the width.
    pub width: f64,
    /// Whether it is set to the right, as numbers are.
    pub right: bool,
}

impl Column {
    /// A column of words.
    pub fn words(head: String, width: f64) -> Column {
        Column { head, width, right: false }
    }

    /// A column of figures.
    pub fn figures(head: String, width: f64) -> Column {
        Column { head, width, right: true }
    }
}

/// A row.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "row", rename_all = "kebab-case")]
pub enum Row {
    /// Words over all columns: what the rows below belong to.
    Over {
        /// The words.
        text: String,
    },
    /// Cells.
    Cells {
        /// As many as there are columns.
        cells: Vec<Cell>,
    },
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Cell {
    /// Its words; lines below one another.
    pub text: String,
    /// How dark it is, 0 to 1.
    pub shade: f64,
    /// Whether it stands out.
    pub strong: bool,
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell { text, ..Cell::default() }
    }
}

impl Row {
    /// A row of words.
    pub fn of(cells: impl IntoIterator<Item = String>) -> Row {
        Row::Cells { cells: cells.into_iter().map(Cell::from).collect() }
    }
}

/// A fan: two lines with their bands, in a square from (0, 0) below left to (1, 1).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chart {
    /// What it shows, with its unit.
    pub title: String,
    /// Marks at the left: how high, and what stands there.
    pub ticks: Vec<(f64, String)>,
    /// Marks below: how far, and what stands there.
    pub years: Vec<(f64, String)>,
    /// The base.
    pub base: Fan,
    /// With the package.
    pub with: Fan,
}

/// A line with its band: points from the left.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Fan {
    /// Means.
    pub mean: Vec<(f64, f64)>,
    /// Lower ends.
    pub low: Vec<(f64, f64)>,
    /// Upper ends.
    pub high: Vec<(f64, f64)>,
}
