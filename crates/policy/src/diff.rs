//! What differs between two sets of rules: the law on two days, or the law and the law with a proposal.
//!
//! They are compared slot by slot, and within a slot field by field of the rule; both clauses are named, with how
//! well each is known. A slot whose rule is the same but rests on another clause is told apart.

use serde::Serialize;
use serde_json::Value;
use takeroot_words::{Lang, Say};

use crate::plain;
use crate::rule::Rule;
use crate::show::{ClauseView, confidence};
use crate::stack::Resolved;
use crate::words::say;

/// What differs, from a first set of rules to a second.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Diff {
    /// Slots that only the second fills.
    pub added: Vec<ClauseView>,
    /// Slots that only the first fills.
    pub removed: Vec<ClauseView>,
    /// Slots whose rule is not the same.
    pub changed: Vec<Changed>,
    /// Slots whose rule is the same but of another clause.
    pub reissued: Vec<Changed>,
    /// How many slots are the same in both.
    pub same: usize,
}

/// A slot that both fill.
#[derive(Clone, Debug, Serialize)]
pub struct Changed {
    /// The slot.
    pub slot: String,
    /// The clause of the first.
    pub before: ClauseView,
    /// The clause of the second.
    pub after: ClauseView,
    /// The fields that differ.
    pub fields: Vec<FieldChange>,
}

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldChange {
    /// The way to it: names of fields, and of rows by what they are about.
    pub path: Vec<String>,
    /// What it was; `null` where it was not.
    pub before: Value,
    /// What it is; `null` where it is no longer.
    pub after: Value,
}

/// Compares two sets of rules.
pub fn diff(before: &Resolved, after: &Resolved) -> Diff {
    let mut diff = Diff::default();
    for (slot, new) in &after.slots {
        let Some(old) = before.slots.get(slot) else {
            diff.added.push(ClauseView::in_force(new));
            continue;
        };
        let mut changed = Changed {
            slot: slot.clone(),
            before: ClauseView::in_force(old),
            after: ClauseView::in_force(new),
            fields: Vec::new(),
        };
        let (a, b) = (fields(&old.rule), fields(&new.rule));
        compare(&mut Vec::new(), &a, &b, &mut changed.fields);
        let same_clause = old.cite.id == new.cite.id && old.cite.document == new.cite.document;
        // A provision that is only stated has nothing but its text to compare.
        let stated = matches!(new.rule, Rule::Statement(_)) && old.cite.text != new.cite.text;
        if !changed.fields.is_empty() || stated {
            diff.changed.push(changed);
        } else if same_clause {
            diff.same += 1;
        } else {
            diff.reissued.push(changed);
        }
    }
    for (slot, old) in &before.slots {
        if !after.slots.contains_key(slot) {
            diff.removed.push(ClauseView::in_force(old));
        }
    }
    diff
}

fn fields(rule: &Rule) -> Value {
    Value::Object(plain::fields(rule))
}

/// Collects the fields that differ below a value.
fn compare(path: &mut Vec<String>, a: &Value, b: &Value, out: &mut Vec<FieldChange>) {
    if a == b {
        return;
    }
    match (a, b) {
        (Value::Object(x), Value::Object(y)) if !(x.contains_key("zh") && y.contains_key("zh")) => {
            let keys = x.keys().chain(y.keys().filter(|k| !x.contains_key(*k)));
            for key in keys {
                path.push(key.clone());
                let (u, v) = (x.get(key), y.get(key));
                compare(path, u.unwrap_or(&Value::Null), v.unwrap_or(&Value::Null), out);
                path.pop();
            }
        }
        (Value::Array(x), Value::Array(y)) => match (rows(x), rows(y)) {
            (Some(x), Some(y)) => {
                for (key, u) in &x {
                    let v = y.iter().find(|(k, _)| k == key).map(|(_, v)| *v);
                    path.push(key.clone());
                    compare(path, u, v.unwrap_or(&Value::Null), out);
                    path.pop();
                }
                for (key, v) in y.iter().filter(|(k, _)| !x.iter().any(|(o, _)| o == k)) {
                    path.push(key.clone());
                    compare(path, &Value::Null, v, out);
                    path.pop();
                }
            }
            _ => leaf(path, a, b, out),
        },
        _ => leaf(path, a, b, out),
    }
}

fn leaf(path: &[String], a: &Value, b: &Value, out: &mut Vec<FieldChange>) {
    out.push(FieldChange { path: path.to_vec(), before: a.clone(), after: b.clone() });
}

/// Fields by which the rows of a table are told apart.
const ROW_KEYS: [&str; 4] = ["level", "rank", "layer", "from-years"];

/// The rows of a table by what each is about; `None` where the items are not such rows.
fn rows(items: &[Value]) -> Option<Vec<(String, &Value)>> {
    let key = ROW_KEYS.into_iter().find(|key| {
        let mut seen = std::collections::BTreeSet::new();
        items.iter().all(|item| {
            item.as_object().is_some_and(|row| row.len() > 1)
                && item.get(key).is_some_and(|v| seen.insert(v.to_string()))
        })
    })?;
    let row = |item| -> Option<(String, &Value)> {
        let of: &Value = item;
        let about = match of.get(key)? {
            Value::String(code) => code.clone(),
            other => other.to_string(),
        };
        Some((format!("{key}={about}"), of))
    };
    items.iter().map(row).collect()
}

impl Diff {
    /// Whether nothing differs in what is ruled.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

impl FieldChange {
    /// The change in words, for a kind of rule.
    pub fn say(&self, kind: &str, lang: Lang) -> String {
        let name = |part: &String| match part.split_once('=') {
            Some((key, about)) => {
                let about = Value::String(about.to_owned());
                let about = plain::value(kind, key, &about, lang);
                format!("{} {about}", plain::label(kind, key, lang))
            }
            None => plain::label(kind, part, lang),
        };
        let path: Vec<String> = self.path.iter().map(name).collect();
        let field = self.path.iter().rev().find(|part| !part.contains('='));
        let value = |value: &Value| plain::value(kind, field.map_or("", String::as_str), value, lang);
        say!(
            lang,
            "diff-field",
            path = path.join(" / "),
            before = value(&self.before),
            after = value(&self.after)
        )
    }
}

impl Say for Diff {
    /// The report, ended by a newline.
    fn say(&self, lang: Lang) -> String {
        let mut text = String::new();
        let mut add = |indent: usize, line: String| {
            text.push_str(&"  ".repeat(indent));
            text.push_str(&line);
            text.push('\n');
        };
        add(
            0,
            say!(
                lang,
                "diff-summary",
                added = self.added.len().to_string(),
                removed = self.removed.len().to_string(),
                changed = self.changed.len().to_string(),
                reissued = self.reissued.len().to_string(),
                same = self.same.to_string()
            ),
        );
        for (heading, views) in
            [(say!(lang, "diff-added"), &self.added), (say!(lang, "diff-removed"), &self.removed)]
        {
            if !views.is_empty() {
                add(0, String::new());
                add(0, heading);
            }
            for view in views {
                add(1, cited(view, lang));
                add(2, view.text.get(lang).to_owned());
                for line in plain::rule(&view.of, lang) {
                    add(2, line);
                }
            }
        }
        for (heading, all) in
            [(say!(lang, "diff-changed"), &self.changed), (say!(lang, "diff-reissued"), &self.reissued)]
        {
            if !all.is_empty() {
                add(0, String::new());
                add(0, heading);
            }
            for changed in all {
                add(
                    1,
                    say!(
                        lang,
                        "diff-slot",
                        kind = changed.after.of.kind_name(lang),
                        slot = changed.slot.as_str()
                    ),
                );
                add(2, say!(lang, "diff-before", clause = cited(&changed.before, lang)));
                add(2, say!(lang, "diff-after", clause = cited(&changed.after, lang)));
                for field in &changed.fields {
                    add(2, field.say(changed.after.kind, lang));
                }
                if changed.fields.is_empty() && changed.before.text != changed.after.text {
                    add(2, changed.after.text.get(lang).to_owned());
                }
            }
        }
        text
    }
}

/// A clause by its ids, article and confidence.
fn cited(view: &ClauseView, lang: Lang) -> String {
    say!(
        lang,
        "diff-cite",
        id = view.id.as_str(),
        document = view.document.as_str(),
        source = view.source.get(lang),
        confidence = confidence(view.confidence, lang)
    )
}
