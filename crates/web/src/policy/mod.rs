//! Policy: documents to read, what differs between two stacks, proposals tried on the roster and written.

mod diff;
mod effect;
mod read;
mod write;

use axum::Router;
use takeroot_civil::Day;
use takeroot_policy::show::{ClauseView, confidence};
use takeroot_policy::{Confidence, plain};
use takeroot_words::Lang;

pub use diff::Choice;
pub(crate) use diff::proposals;
pub(crate) use read::day_of;

use crate::App;
use crate::words::say;

/// Its routes.
pub fn routes() -> Router<App> {
    Router::new().merge(read::routes()).merge(diff::routes()).merge(effect::routes()).merge(write::routes())
}

/// A clause as a template draws it (`policy-card.html`).
#[derive(Clone, Debug)]
pub struct Card {
    /// Its id.
    pub id: String,
    /// Address of its own page.
    pub href: String,
    /// Kind of rule.
    pub kind: &'static str,
    /// What it says, in the reader's language and in the other.
    pub text: String,
    /// The same in the other language.
    pub other: String,
    /// The rule in plain words.
    pub plain: Vec<String>,
    /// Article.
    pub source: String,
    /// Keys of the sources.
    pub keys: String,
    /// How well it is known, in words.
    pub confidence: String,
    /// Tone of the chip.
    pub tone: &'static str,
    /// Must be checked before use.
    pub check: bool,
    /// Days in force.
    pub days: String,
    /// What a user must know.
    pub note: String,
    /// Its values are invented.
    pub invented: bool,
}

/// The address of a clause.
pub fn clause_href(document: &str, id: &str) -> String {
    let encoded = crate::pieces::address("", &[("x", id)]);
    format!("/policy/clause/{document}/{}", encoded.trim_start_matches("?x="))
}

impl Card {
    /// A clause in a language.
    pub fn of(view: &ClauseView, lang: Lang) -> Card {
        let other = if lang == Lang::Zh { Lang::En } else { Lang::Zh };
        Card {
            id: view.id.clone(),
            href: clause_href(&view.document, &view.id),
            kind: view.of.kind_name(lang),
            text: view.text.get(lang).to_owned(),
            other: view.text.get(other).to_owned(),
            plain: plain::rule(&view.of, lang),
            source: view.source.get(lang).to_owned(),
            keys: view.keys.join(lang.pick("、", ", ")),
            confidence: confidence(view.confidence, lang),
            tone: tone(view.confidence),
            check: view.to_be_checked,
            days: days(view.from, view.from_unchecked, view.to, lang),
            note: view.note.as_ref().map(|n| n.get(lang).to_owned()).unwrap_or_default(),
            invented: view.invented,
        }
    }
}

/// The tone of a chip of confidence.
pub fn tone(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::A => "ok",
        Confidence::B => "info",
        Confidence::C => "warn",
        Confidence::D => "bad",
    }
}

/// Days in force, in words.
pub fn days(from: Option<Day>, unchecked: bool, to: Option<Day>, lang: Lang) -> String {
    let said = match (from, to) {
        (Some(from), Some(to)) => {
            say!(lang, "policy-days-both", from = from.to_string(), to = to.to_string())
        }
        (Some(from), None) => say!(lang, "policy-days-from", from = from.to_string()),
        (None, Some(to)) => say!(lang, "policy-days-to", to = to.to_string()),
        (None, None) => say!(lang, "policy-days-any"),
    };
    if unchecked { format!("{said}{}", say!(lang, "policy-days-unchecked")) } else { said }
}

/// What a document is, by its kind's code.
pub fn kind_name(kind: &str, lang: Lang) -> String {
    match kind {
        "instrument" => say!(lang, "policy-kind-instrument"),
        "local" => say!(lang, "policy-kind-local"),
        "baseline" => say!(lang, "policy-kind-baseline"),
        "proposal" => say!(lang, "policy-kind-proposal"),
        _ => say!(lang, "policy-kind-all"),
    }
}
