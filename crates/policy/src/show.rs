//! Documents and clauses in words for people: what stands in a document, what is in force on a day.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value;
use takeroot_civil::Day;
use takeroot_words::{Lang, Say};

use crate::cite::{Confidence, Scope, Text};
use crate::document::{Clause, Document, Head};
use crate::plain;
use crate::rule::Rule;
use crate::stack::InForce;
use crate::words::say;

/// A clause as it is shown, and as JSON gives it.
#[derive(Clone, Debug, Serialize)]
pub struct ClauseView {
    /// Id.
    pub id: String,
    /// The document's id.
    pub document: String,
    /// Kind of rule.
    pub kind: &'static str,
    /// The slot that it fills.
    pub slot: String,
    /// What it says.
    pub text: Text,
    /// The rule, as written in the document.
    pub rule: Value,
    /// Article or place in the document.
    pub source: Text,
    /// Keys of the sources.
    pub keys: Vec<String>,
    /// How well it is known.
    pub confidence: Confidence,
    /// Whether it is to be checked before use.
    pub to_be_checked: bool,
    /// Whose rule it is.
    pub scope: Scope,
    /// First day in force.
    pub from: Option<Day>,
    /// Whether that day was not checked.
    pub from_unchecked: bool,
    /// First day no longer in force.
    pub to: Option<Day>,
    /// What a user must know.
    pub note: Option<Text>,
    /// Whether the document says that its values are invented.
    pub invented: bool,
    /// The rule itself, for saying it in words.
    #[serde(skip)]
    pub of: Rule,
}

impl ClauseView {
    /// A clause of a document.
    pub fn of(document: &Document, clause: &Clause) -> ClauseView {
        ClauseView {
            id: clause.id.clone(),
            document: document.id().to_owned(),
            kind: clause.rule.kind(),
            slot: clause.rule.slot(),
            text: clause.text.clone(),
            rule: Value::Object(plain::fields(&clause.rule)),
            source: clause.source.clone(),
            keys: clause.keys.clone(),
            confidence: clause.confidence,
            to_be_checked: clause.confidence.to_be_checked(),
            scope: document.clause_scope(clause),
            from: document.clause_from(clause),
            from_unchecked: clause.from_unchecked,
            to: document.clause_to(clause),
            note: clause.note.clone(),
            invented: matches!(&document.head, Head::Instrument(i) if i.invented),
            of: clause.rule.clone(),
        }
    }

    /// A clause in force.
    pub fn in_force(clause: &InForce) -> ClauseView {
        let cite = &clause.cite;
        ClauseView {
            id: cite.id.clone(),
            document: cite.document.clone(),
            kind: clause.rule.kind(),
            slot: cite.slot.clone(),
            text: cite.text.clone(),
            rule: Value::Object(plain::fields(&clause.rule)),
            source: cite.source.clone(),
            keys: cite.keys.clone(),
            confidence: cite.confidence,
            to_be_checked: cite.confidence.to_be_checked(),
            scope: cite.scope,
            from: cite.from,
            from_unchecked: cite.from_unchecked,
            to: cite.to,
            note: cite.note.clone(),
            invented: cite.invented,
            of: clause.rule.clone(),
        }
    }
}

impl Say for ClauseView {
    /// Several lines, ended by a newline.
    fn say(&self, lang: Lang) -> String {
        let mut lines = vec![format!("{}  {}", self.id, self.text.get(lang))];
        let mut add = |line: String| lines.push(format!("    {line}"));
        let kind = self.of.kind_name(lang);
        add(say!(lang, "show-rule", kind = kind, slot = self.slot.as_str()));
        for line in plain::rule(&self.of, lang) {
            add(format!("  {line}"));
        }
        let confidence = confidence(self.confidence, lang);
        add(if self.keys.is_empty() {
            say!(lang, "show-source", source = self.source.get(lang), confidence = confidence)
        } else {
            say!(
                lang,
                "show-source-keys",
                source = self.source.get(lang),
                keys = self.keys.join(&say!(lang, "list-comma")),
                confidence = confidence
            )
        });
        add(days(self.from, self.from_unchecked, self.to, lang));
        if self.invented {
            add(say!(lang, "show-invented"));
        }
        if let Some(note) = &self.note {
            add(say!(lang, "show-note", note = note.get(lang)));
        }
        lines.push(String::new());
        lines.join("\n")
    }
}

/// How well something is known, with the mark that it must be checked.
pub fn confidence(confidence: Confidence, lang: Lang) -> String {
    match confidence {
        Confidence::A => say!(lang, "confidence-a"),
        Confidence::B => say!(lang, "confidence-b"),
        Confidence::C => say!(lang, "confidence-c"),
        Confidence::D => say!(lang, "confidence-d"),
    }
}

fn days(from: Option<Day>, unchecked: bool, to: Option<Day>, lang: Lang) -> String {
    let mark = if unchecked { say!(lang, "show-unchecked") } else { String::new() };
    match (from, to) {
        (Some(from), Some(to)) => {
            say!(lang, "show-from-to", from = from.to_string(), to = to.to_string(), mark = mark)
        }
        (Some(from), None) => say!(lang, "show-from", from = from.to_string(), mark = mark),
        (None, Some(to)) => say!(lang, "show-to", to = to.to_string()),
        (None, None) => say!(lang, "show-any-day"),
    }
}

/// Whose rule something is.
fn scope(scope: Scope, lang: Lang) -> String {
    match scope {
        Scope::National => say!(lang, "scope-national"),
        Scope::Central => say!(lang, "scope-central"),
        Scope::Local => say!(lang, "scope-local"),
        Scope::Practice => say!(lang, "scope-practice"),
    }
}

/// What a document is, in a word.
pub fn kind(document: &Document, lang: Lang) -> String {
    match &document.head {
        Head::Instrument(_) => say!(lang, "kind-instrument"),
        Head::Proposal(_) => say!(lang, "kind-proposal"),
        Head::Baseline(_) => say!(lang, "kind-baseline"),
    }
}

/// The head of a document: title, dates, scope, where it was read.
pub fn head(document: &Document, lang: Lang) -> String {
    let mut text = String::new();
    let title = document.head.title().get(lang);
    let kind = kind(document, lang);
    let _ = writeln!(text, "{title}\n{kind} {}", document.id());
    let mut add = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    match &document.head {
        Head::Instrument(head) => {
            if !head.number.is_empty() {
                add(say!(lang, "show-number", number = head.number.as_str()));
            }
            add(days(Some(head.effective.0), false, head.ended.map(|d| d.0), lang));
            let whose = scope(head.scope, lang);
            add(if head.applies.is_empty() {
                say!(lang, "show-scope", scope = whose)
            } else {
                say!(
                    lang,
                    "show-scope-places",
                    scope = whose,
                    places = head.applies.join(&say!(lang, "list-comma"))
                )
            });
            add(say!(lang, "show-read", read = head.read.get(lang)));
            if head.invented {
                add(say!(lang, "show-invented"));
            }
        }
        Head::Proposal(head) => {
            add(head.summary.get(lang).to_owned());
            add(say!(lang, "show-asked-by", who = head.asked_by.get(lang)));
            for caution in &head.caution {
                add(say!(lang, "show-caution", caution = caution.get(lang)));
            }
        }
        Head::Baseline(head) => {
            add(head.summary.get(lang).to_owned());
            add(say!(lang, "show-law-of", day = head.law_of.0.to_string()));
        }
    }
    text
}

/// A whole document.
pub fn document(document: &Document, lang: Lang) -> String {
    let mut text = head(document, lang);
    for clause in &document.clauses {
        text.push('\n');
        text.push_str(&ClauseView::of(document, clause.get_ref()).say(lang));
    }
    text
}
