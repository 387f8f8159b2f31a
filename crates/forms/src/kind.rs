//! Which forms there are.

use std::fmt;
use std::str::FromStr;

use takeroot_words::{Lang, Say};

use crate::words::say;

/// A form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormKind {
    /// The cadre appointment form, 干部任免审批表.
    Cadre,
    /// The rank form, 公务员职级任免审批表.
    Rank,
    /// The roster book, 花名册.
    Book,
}

/// What the templates share.
pub(crate) const BASE: &str = include_str!("../templates/base.typ");

impl FormKind {
    /// All of them.
    pub const ALL: [FormKind; 3] = [FormKind::Cadre, FormKind::Rank, FormKind::Book];

    /// The name in addresses and files.
    pub const fn code(self) -> &'static str {
        match self {
            FormKind::Cadre => "cadre",
            FormKind::Rank => "rank",
            FormKind::Book => "book",
        }
    }

    /// The template that is shipped.
    pub const fn template(self) -> &'static str {
        match self {
            FormKind::Cadre => include_str!("../templates/cadre.typ"),
            FormKind::Rank => include_str!("../templates/rank.typ"),
            FormKind::Book => include_str!("../templates/book.typ"),
        }
    }

    /// Invented values for a template's preview, in the shape of its `data.json`.
    pub const fn sample(self) -> &'static str {
        match self {
            FormKind::Cadre => include_str!("../templates/cadre.sample.json"),
            FormKind::Rank => include_str!("../templates/rank.sample.json"),
            FormKind::Book => include_str!("../templates/book.sample.json"),
        }
    }

    /// The name of the template file.
    pub fn file(self) -> String {
        format!("{}.typ", self.code())
    }
}

impl fmt::Display for FormKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for FormKind {
    type Err = String;
    fn from_str(text: &str) -> Result<FormKind, String> {
        FormKind::ALL
            .into_iter()
            .find(|k| k.code() == text)
            .ok_or_else(|| format!("{text:?} is none of cadre, rank, book"))
    }
}

impl Say for FormKind {
    fn say(&self, lang: Lang) -> String {
        match self {
            FormKind::Cadre => say!(lang, "form-cadre"),
            FormKind::Rank => say!(lang, "form-rank"),
            FormKind::Book => say!(lang, "form-book"),
        }
    }
}
