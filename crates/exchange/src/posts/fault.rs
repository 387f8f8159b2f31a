//! What can be wrong with a post table, said in both languages: the whole file ([`FileFault`]) or one cell ([`Unread`]).

use serde::Serialize;
use takeroot_words::{Lang, Say};

use crate::words::say;

/// What a file turned out to be when it is not a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// A PDF document.
    Pdf,
    /// A web page, also one that was saved under the name `.xls`.
    Html,
    /// A Word document or another package that holds no workbook.
    OtherOffice,
    /// An archive that has to be unpacked first.
    Archive,
    /// Neither a known format nor text.
    Unknown,
}

/// Why a file gave no posts at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum FileFault {
    /// No bytes.
    Empty {
        /// The file.
        file: String,
    },
    /// Not a workbook nor a text table.
    NotATable {
        /// The file.
        file: String,
        /// What it is.
        found: Found,
    },
    /// Locked with a password.
    Encrypted {
        /// The file.
        file: String,
    },
    /// A workbook whose inside is damaged.
    Broken {
        /// The file.
        file: String,
        /// What the reader of the format said.
        detail: String,
    },
    /// More cells than a post table can have.
    TooLarge {
        /// The file.
        file: String,
        /// How many cells are the most.
        limit: u32,
    },
    /// No row of any sheet names the columns of a post table.
    NoHeader {
        /// The file.
        file: String,
        /// The sheet and row that came nearest, if any row named anything.
        nearest: Option<(String, u32)>,
        /// The columns that were recognised there.
        found: Vec<String>,
        /// The columns that are missing.
        missing: Vec<Missing>,
    },
    /// A header, and no row under it.
    NoPosts {
        /// The file.
        file: String,
        /// The sheet with the header.
        sheet: String,
        /// The row of the header.
        row: u32,
    },
}

/// A column without which a table is not a post table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// How many are recruited.
    Recruits,
    /// Which organ, unit or post.
    Organ,
    /// What is asked of an applicant.
    Demand,
}

impl FileFault {
    /// The file that it is about.
    pub fn file(&self) -> &str {
        match self {
            FileFault::Empty { file }
            | FileFault::NotATable { file, .. }
            | FileFault::Encrypted { file }
            | FileFault::Broken { file, .. }
            | FileFault::TooLarge { file, .. }
            | FileFault::NoHeader { file, .. }
            | FileFault::NoPosts { file, .. } => file,
        }
    }
}

impl Say for Found {
    fn say(&self, lang: Lang) -> String {
        match self {
            Found::Pdf => say!(lang, "posts-found-pdf"),
            Found::Html => say!(lang, "posts-found-html"),
            Found::OtherOffice => say!(lang, "posts-found-other-office"),
            Found::Archive => say!(lang, "posts-found-archive"),
            Found::Unknown => say!(lang, "posts-found-unknown"),
        }
    }
}

impl Say for Missing {
    fn say(&self, lang: Lang) -> String {
        match self {
            Missing::Recruits => say!(lang, "posts-missing-recruits"),
            Missing::Organ => say!(lang, "posts-missing-organ"),
            Missing::Demand => say!(lang, "posts-missing-demand"),
        }
    }
}

impl Say for FileFault {
    fn say(&self, lang: Lang) -> String {
        let list = |all: Vec<String>| all.join(lang.pick("、", ", "));
        match self {
            FileFault::Empty { file } => say!(lang, "posts-fault-empty", file = file.as_str()),
            FileFault::NotATable { file, found } => {
                say!(lang, "posts-fault-not-a-table", file = file.as_str(), found = found.say(lang))
            }
            FileFault::Encrypted { file } => {
                say!(lang, "posts-fault-encrypted", file = file.as_str())
            }
            FileFault::Broken { file, .. } => {
                say!(lang, "posts-fault-broken", file = file.as_str())
            }
            FileFault::TooLarge { file, limit } => {
                say!(lang, "posts-fault-too-large", file = file.as_str(), limit = i64::from(*limit))
            }
            FileFault::NoHeader { file, nearest: Some((sheet, row)), found, missing } => say!(
                lang,
                "posts-fault-no-header-near",
                file = file.as_str(),
                sheet = sheet.as_str(),
                row = row.to_string(),
                found = list(found.clone()),
                missing = list(missing.iter().map(|m| m.say(lang)).collect())
            ),
            FileFault::NoHeader { file, nearest: None, .. } => {
                say!(lang, "posts-fault-no-header", file = file.as_str())
            }
            FileFault::NoPosts { file, sheet, row } => say!(
                lang,
                "posts-fault-no-posts",
                file = file.as_str(),
                sheet = sheet.as_str(),
                row = row.to_string()
            ),
        }
    }
}

impl std::fmt::Display for FileFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl std::error::Error for FileFault {}

/// What a cell was expected to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expected {
    /// A number of people, at least one.
    Recruits,
    /// A level of education.
    Education,
    /// A degree.
    Degree,
    /// An age or a span of ages.
    Age,
    /// Years of work.
    Experience,
    /// Whether only fresh graduates may apply.
    Fresh,
    /// A sex, or none.
    Sex,
    /// A political status.
    Political,
    /// Years of service.
    ServiceTerm,
    /// A code in digits: Excel has rounded a number this long.
    Code,
    /// The name of an organ.
    Organ,
    /// A value; the cell shows an error of the spreadsheet.
    Value,
    /// A row of a second table whose post stands in the first.
    KnownPost,
    /// The columns of a post table, the number of recruits among them.
    Header,
    /// A total that agrees with the rows above it.
    Total,
    /// A row that is a post, a total or a note.
    Row,
}

impl Say for Expected {
    fn say(&self, lang: Lang) -> String {
        match self {
            Expected::Recruits => say!(lang, "posts-expected-recruits"),
            Expected::Education => say!(lang, "posts-expected-education"),
            Expected::Degree => say!(lang, "posts-expected-degree"),
            Expected::Age => say!(lang, "posts-expected-age"),
            Expected::Experience => say!(lang, "posts-expected-experience"),
            Expected::Fresh => say!(lang, "posts-expected-fresh"),
            Expected::Sex => say!(lang, "posts-expected-sex"),
            Expected::Political => say!(lang, "posts-expected-political"),
            Expected::ServiceTerm => say!(lang, "posts-expected-service-term"),
            Expected::Code => say!(lang, "posts-expected-code"),
            Expected::Organ => say!(lang, "posts-expected-organ"),
            Expected::Value => say!(lang, "posts-expected-value"),
            Expected::KnownPost => say!(lang, "posts-expected-known-post"),
            Expected::Header => say!(lang, "posts-expected-header"),
            Expected::Total => say!(lang, "posts-expected-total"),
            Expected::Row => say!(lang, "posts-expected-row"),
        }
    }
}

/// A cell that was not understood.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Unread {
    /// Its sheet.
    pub sheet: String,
    /// Its row, counted from 1 as the spreadsheet shows it.
    pub row: u32,
    /// Its column in letters, with the column's heading where it has one.
    pub column: String,
    /// The heading.
    pub header: String,
    /// What it holds.
    pub found: String,
    /// What was expected.
    pub expected: Expected,
}

impl Say for Unread {
    fn say(&self, lang: Lang) -> String {
        say!(
            lang,
            "posts-unread",
            sheet = self.sheet.as_str(),
            row = self.row.to_string(),
            column = self.column.as_str(),
            header = self.header.as_str(),
            found = self.found.as_str(),
            expected = self.expected.say(lang)
        )
    }
}
