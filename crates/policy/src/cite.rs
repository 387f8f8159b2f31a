//! Where a parameter comes from, and how far it can be trusted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use takeroot_words::{Lang, Say};

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The text in a language.
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

impl Say for Text {
    fn say(&self, lang: Lang) -> String {
        self.get(lang).to_owned()
    }
}

/// How well a parameter is known. It travels with the parameter to every answer that rests on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Confidence {
    /// The primary text or official table was read.
    A,
    /// A secondary source states it.
    B,
    /// Remembered: used, and marked "to be checked" wherever it decides something.
    C,
    /// Not found: never used as a fact; either a local value is asked for, or it is a switch that says it is one.
    D,
}

impl Confidence {
    /// All, best first.
    pub const ALL: [Confidence; 4] = [Confidence::A, Confidence::B, Confidence::C, Confidence::D];

    /// `A` to `D`.
    pub const fn letter(self) -> &'static str {
        match self {
            Confidence::A => "A",
            Confidence::B => "B",
            Confidence::C => "C",
            Confidence::D => "D",
        }
    }

    /// Whether an answer that rests on it must be marked "to be checked".
    pub const fn to_be_checked(self) -> bool {
        matches!(self, Confidence::C | Confidence::D)
    }
}

/// Whose rule it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// National law or State Council regulation.
    National,
    /// Party-central, Organization Department or ministry rule valid nationwide.
    Central,
    /// Province or below.
    Local,
    /// A fact of practice seen in data: not a rule.
    Practice,
}
