//! A policy document: an instrument, a proposal or a baseline, with its clauses.
//!
//! ```toml
//! [instrument]
//! id        = "cn-rank-2019"
//! title     = { zh = "公务员职务与职级并行规定", en = "Parallel posts and ranks of civil servants" }
//! effective = 2019-06-01
//! scope     = "central"
//!
//! [[clause]]
//! id         = "R19-04"
//! text       = { zh = "晋升三级主任科员……", en = "Promotion to Principal Staff Member III …" }
//! source     = "art. ~18"
//! confidence = "B"
//! rule.rank-step = { to = "principal-3", from = [{ rank = "principal-4" }, { post = "township-deputy" }], years = 2 }
//! ```
//!
//! The types are the grammar: unknown keys are errors, and the JSON Schema is generated from them.

use schemars::JsonSchema;
use serde::Deserialize;
use takeroot_civil::Day;
use toml::Spanned;

use crate::cite::{Confidence, Scope, Text};
pub use crate::fault::{DocumentFault, FaultKind, TableFault};
use crate::rule::{Rule, TomlDay};

/// A document as written. Exactly one of `instrument`, `proposal` and `baseline` heads it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Written {
    /// A law, a regulation, a county's own table.
    pub instrument: Option<Instrument>,
    /// An overlay that changes parameters of what lies beneath it.
    pub proposal: Option<Proposal>,
    /// A fixed world to set proposals against.
    pub baseline: Option<Baseline>,
    /// The clauses.
    #[serde(default)]
    #[schemars(with = "Vec<Clause>")]
    pub clause: Vec<Spanned<Clause>>,
}

/// Head of a law, a regulation, a notice, or a county's own table.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Instrument {
    /// Its id, unique over all documents.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Document number, e.g. 国发〔2006〕22号.
    #[serde(default)]
    pub number: String,
    /// First day in force.
    pub effective: TomlDay,
    /// First day no longer in force.
    #[serde(default)]
    pub ended: Option<TomlDay>,
    /// Whose rule it is; a clause may say otherwise.
    pub scope: Scope,
    /// Division codes (or their first digits) where it holds; everywhere if empty.
    #[serde(default)]
    pub applies: Vec<String>,
    /// Where its text was read, or that it was not.
    pub read: Text,
    /// Its values are invented (the demonstration county's own instrument).
    #[serde(default)]
    pub invented: bool,
}

/// Head of a proposal.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Proposal {
    /// Its id, unique over all documents.
    pub id: String,
    /// Title.
    pub title: Text,
    /// What it wants and why, in a few sentences.
    pub summary: Text,
    /// Who asks for it.
    pub asked_by: Text,
    /// What is wrong or out of date in what was asked, and what the law says now.
    #[serde(default)]
    pub caution: Vec<Text>,
}

/// Head of a baseline: the law of one day, frozen, with what was true then on top.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Baseline {
    /// Its id, unique over all documents.
    pub id: String,
    /// Title.
    pub title: Text,
    /// What it stands for.
    pub summary: Text,
    /// The day whose law it is, whatever day is asked for.
    pub law_of: TomlDay,
}

/// The smallest rule that passes or fails, with where it comes from.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Clause {
    /// Its id, unique within the document (the rule base's id where it has one).
    pub id: String,
    /// What it says, in our own words.
    pub text: Text,
    /// Article or place in the document, in both languages; for a proposal, where it was asked. An article may be
    /// written in short.
    #[serde(deserialize_with = "crate::source::read")]
    #[schemars(schema_with = "crate::source::schema")]
    pub source: Text,
    /// Keys of the sources that state it.
    #[serde(default)]
    pub keys: Vec<String>,
    /// How well it is known.
    pub confidence: Confidence,
    /// First day in force, if not the document's.
    #[serde(default)]
    pub from: Option<TomlDay>,
    /// Whether the first day was not checked.
    #[serde(default)]
    pub from_unchecked: bool,
    /// First day no longer in force.
    #[serde(default)]
    pub to: Option<TomlDay>,
    /// Whose rule it is, if not the document's.
    #[serde(default)]
    pub scope: Option<Scope>,
    /// Ids of clauses, of any document of the same layer, whose place it takes from its first day on.
    #[serde(default)]
    pub replaces: Vec<String>,
    /// Anything a user must know: disputes, how it was read.
    #[serde(default)]
    pub note: Option<Text>,
    /// What it says, for the computer.
    pub rule: Rule,
}

/// What heads a document.
#[derive(Clone, Debug)]
pub enum Head {
    /// An instrument.
    Instrument(Instrument),
    /// A proposal.
    Proposal(Proposal),
    /// A baseline.
    Baseline(Baseline),
}

impl Head {
    /// The document's id.
    pub fn id(&self) -> &str {
        match self {
            Head::Instrument(h) => &h.id,
            Head::Proposal(h) => &h.id,
            Head::Baseline(h) => &h.id,
        }
    }

    /// The document's title.
    pub fn title(&self) -> &Text {
        match self {
            Head::Instrument(h) => &h.title,
            Head::Proposal(h) => &h.title,
            Head::Baseline(h) => &h.title,
        }
    }
}

/// A document that was read.
#[derive(Clone, Debug)]
pub struct Document {
    /// File name.
    pub file: String,
    /// Its text, as read: the digest is taken over it.
    pub text: String,
    /// Head.
    pub head: Head,
    /// Clauses with their place in the text.
    pub clauses: Vec<Spanned<Clause>>,
}

impl Document {
    /// Reads a document.
    ///
    /// # Errors
    /// The first thing that keeps it from being read, with its place.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Document, Box<DocumentFault>> {
        let fault = |text: &str, span, what| {
            Box::new(DocumentFault { file: file.to_owned(), text: text.to_owned(), span, what })
        };
        let text = std::str::from_utf8(bytes).map_err(|_| fault("", None, FaultKind::NotText))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let written: Written = toml::from_str(text)
            .map_err(|e| fault(text, e.span(), FaultKind::Grammar(e.message().trim().to_owned())))?;
        let mut heads: Vec<Head> = Vec::new();
        heads.extend(written.instrument.map(Head::Instrument));
        heads.extend(written.proposal.map(Head::Proposal));
        heads.extend(written.baseline.map(Head::Baseline));
        let count = heads.len();
        match (heads.pop(), count) {
            (Some(head), 1) => {
                Ok(Document { file: file.to_owned(), text: text.to_owned(), head, clauses: written.clause })
            }
            _ => Err(fault(text, Some(0..text.find('\n').unwrap_or(text.len())), FaultKind::Head(count))),
        }
    }

    /// The document's id.
    pub fn id(&self) -> &str {
        self.head.id()
    }

    /// A clause's first day: its own, or the document's; `None` for a proposal's clause without one (from any day).
    pub fn clause_from(&self, clause: &Clause) -> Option<Day> {
        clause.from.map(|d| d.0).or(match &self.head {
            Head::Instrument(i) => Some(i.effective.0),
            Head::Proposal(_) | Head::Baseline(_) => None,
        })
    }

    /// A clause's first day no longer in force: its own, or the document's.
    pub fn clause_to(&self, clause: &Clause) -> Option<Day> {
        let ended = match &self.head {
            Head::Instrument(i) => i.ended.map(|d| d.0),
            _ => None,
        };
        match (clause.to.map(|d| d.0), ended) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        }
    }

    /// Whose rule a clause is.
    pub fn clause_scope(&self, clause: &Clause) -> Scope {
        clause.scope.unwrap_or(match &self.head {
            Head::Instrument(i) => i.scope,
            _ => Scope::Practice,
        })
    }
}
