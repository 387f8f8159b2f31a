//! A document written by hand and by form at once: what fields a kind of rule has, a clause as text, a clause put into a
//! text where it belongs.
//!
//! The form is made from the schema, and the text remains the document: a form only writes a clause into it.

use std::fmt::Write as _;
use std::sync::LazyLock;

use serde_json::Value;
use takeroot_words::Lang;

use crate::document::Document;
use crate::fault::DocumentFault;
use crate::rule::Rule;
use crate::{plain, schema};

/// What is typed into a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A whole number.
    Number,
    /// Yes or no.
    Flag,
    /// One of these codes.
    One(Vec<String>),
    /// Any of these codes.
    Many(Vec<String>),
    /// A day or a word.
    Word,
    /// Something with parts (rows of a table, texts), typed as in the document.
    Parts,
}

/// A field of a kind of rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in the document.
    pub name: String,
    /// What is typed.
    pub shape: Shape,
    /// It must be there.
    pub must: bool,
    /// A word is a day, written without quotes.
    pub day: bool,
}

impl Field {
    /// Its name for people.
    pub fn label(&self, kind: &str, lang: Lang) -> String {
        plain::label(kind, &self.name, lang)
    }

    /// The name of one of its codes for people.
    pub fn code(&self, kind: &str, code: &str, lang: Lang) -> String {
        plain::value(kind, &self.name, &Value::String(code.to_owned()), lang)
    }

    /// What is typed for a value of the document: codes of [`Shape::Many`] apart by commas.
    pub fn typed(&self, value: &Value) -> String {
        match (&self.shape, value) {
            (_, Value::Null) => String::new(),
            (Shape::Many(_), Value::Array(items)) => {
                items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(",")
            }
            (Shape::Parts, Value::Array(items)) if items.len() > 1 => {
                let rows: Vec<String> = items.iter().map(|i| format!("    {},", inline(i))).collect();
                format!("[\n{}\n]", rows.join("\n"))
            }
            (Shape::Parts, value) => inline(value),
            (_, Value::String(text)) => text.clone(),
            (_, value) => value.to_string(),
        }
    }

    /// What was typed, as the document writes it; `None` when nothing was. Whether it is right is told when the document
    /// is read.
    pub fn written(&self, typed: &str) -> Option<String> {
        let typed = typed.trim();
        if typed.is_empty() {
            return None;
        }
        Some(match self.shape {
            Shape::Flag | Shape::Parts => typed.to_owned(),
            // What is no number or day is written as a text, so that the document says what it expects there.
            Shape::Number if typed.parse::<i64>().is_ok() => typed.to_owned(),
            Shape::Number => quoted(typed),
            Shape::Word if self.day && typed.parse::<takeroot_civil::Day>().is_ok() => typed.to_owned(),
            Shape::One(_) | Shape::Word => quoted(typed),
            Shape::Many(_) => {
                let codes: Vec<String> =
                    typed.split(',').map(str::trim).filter(|c| !c.is_empty()).map(quoted).collect();
                format!("[{}]", codes.join(", "))
            }
        })
    }
}

/// The fields of a kind of rule, in the schema's order: those that must be there first.
pub fn fields(kind: &str) -> Vec<Field> {
    static SCHEMA: LazyLock<Value> = LazyLock::new(schema::schema);
    let schema = &*SCHEMA;
    let defs = schema.get("$defs");
    let def = |name: &str| defs.and_then(|d| d.get(name.rsplit('/').next().unwrap_or(name)));
    let of = def("Rule").and_then(|r| r.get("oneOf")).and_then(Value::as_array);
    let target = of.into_iter().flatten().find_map(|k| k.get("properties")?.get(kind)?.get("$ref")?.as_str());
    let Some(rule) = target.and_then(&def) else { return Vec::new() };
    let must: Vec<&str> = rule
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let mut fields: Vec<Field> = Vec::new();
    for (name, property) in rule.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let (shape, day) = shape(property, &def);
        fields.push(Field { name: name.clone(), shape, must: must.contains(&name.as_str()), day });
    }
    fields.sort_by_key(|f| !f.must);
    fields
}

fn shape<'s>(property: &'s Value, def: &impl Fn(&str) -> Option<&'s Value>) -> (Shape, bool) {
    if let Some(name) = property.get("$ref").and_then(Value::as_str) {
        let Some(target) = def(name) else { return (Shape::Parts, false) };
        if let Some(codes) = codes(target) {
            return (Shape::One(codes), false);
        }
        return match target.get("type").and_then(Value::as_str) {
            Some("integer") => (Shape::Number, false),
            Some("string") => (Shape::Word, name.ends_with("Day")),
            _ => (Shape::Parts, false),
        };
    }
    if let Some(any) = property.get("anyOf").and_then(Value::as_array) {
        let real = any.iter().find(|a| a.get("type").and_then(Value::as_str) != Some("null"));
        return real.map_or((Shape::Parts, false), |r| shape(r, def));
    }
    let kind = match property.get("type") {
        Some(Value::String(kind)) => kind.as_str(),
        Some(Value::Array(kinds)) => {
            kinds.iter().filter_map(Value::as_str).find(|k| *k != "null").unwrap_or("")
        }
        _ => "",
    };
    match kind {
        "integer" => (Shape::Number, false),
        "boolean" => (Shape::Flag, false),
        "string" => (Shape::Word, false),
        "array" => match property.get("items").map(|i| shape(i, def).0) {
            Some(Shape::One(codes)) => (Shape::Many(codes), false),
            _ => (Shape::Parts, false),
        },
        _ => (Shape::Parts, false),
    }
}

/// The codes of a closed list.
fn codes(target: &Value) -> Option<Vec<String>> {
    if let Some(list) = target.get("enum").and_then(Value::as_array) {
        return list.iter().map(|c| c.as_str().map(str::to_owned)).collect();
    }
    let list = target.get("oneOf").and_then(Value::as_array)?;
    let mut codes = Vec::new();
    for item in list {
        match (item.get("const").and_then(Value::as_str), item.get("enum").and_then(Value::as_array)) {
            (Some(code), _) => codes.push(code.to_owned()),
            (None, Some(list)) => {
                for code in list {
                    codes.push(code.as_str()?.to_owned());
                }
            }
            (None, None) => return None,
        }
    }
    Some(codes)
}

/// A value on one line, as a document writes it. A key with nothing is left out.
pub fn inline(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) => quoted(text),
        Value::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Object(map) => {
            let parts: Vec<String> =
                map.iter().filter(|p| !p.1.is_null()).map(|(k, v)| format!("{k} = {}", inline(v))).collect();
            format!("{{ {} }}", parts.join(", "))
        }
    }
}

/// A text in quotes, as a document writes it.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A clause as typed into a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Id.
    pub id: String,
    /// Text: Chinese, English.
    pub text: (String, String),
    /// Source: Chinese, English.
    pub source: (String, String),
    /// `A` to `D`.
    pub confidence: String,
    /// First day, or empty.
    pub from: String,
    /// Kind of rule.
    pub kind: String,
    /// Fields of the rule by name, as typed.
    pub fields: Vec<(String, String)>,
}

impl Typed {
    /// The clause that a rule in force would be, under an id of its own.
    pub fn of(id: &str, rule: &Rule, text: (String, String), source: (String, String)) -> Typed {
        let kind = rule.kind();
        let now = plain::fields(rule);
        let fields = fields(kind)
            .iter()
            .map(|f| (f.name.clone(), f.typed(now.get(&f.name).unwrap_or(&Value::Null))))
            .collect();
        Typed {
            id: id.to_owned(),
            text,
            source,
            confidence: "D".to_owned(),
            from: String::new(),
            kind: kind.to_owned(),
            fields,
        }
    }

    /// What was typed into a field.
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|f| f.0 == name).map_or("", |f| f.1.as_str())
    }

    /// The clause as a document writes it, ended by a newline.
    pub fn written(&self) -> String {
        let mut text = String::from("[[clause]]\n");
        let both = |of: &(String, String)| format!("{{ zh = {}, en = {} }}", quoted(&of.0), quoted(&of.1));
        let _ = writeln!(text, "id = {}", quoted(self.id.trim()));
        let _ = writeln!(text, "text = {}", both(&self.text));
        let _ = writeln!(text, "source = {}", both(&self.source));
        let _ = writeln!(text, "confidence = {}", quoted(self.confidence.trim()));
        if !self.from.trim().is_empty() {
            let _ = writeln!(text, "from = {}", self.from.trim());
        }
        let parts: Vec<String> = fields(&self.kind)
            .iter()
            .filter_map(|f| Some(format!("{} = {}", f.name, f.written(self.field(&f.name))?)))
            .collect();
        let _ = writeln!(text, "rule.{} = {{ {} }}", self.kind, parts.join(", "));
        text
    }
}

/// Where the clause with an id stands in a text: from its `[[clause]]` up to the next table or the end. The text need
/// not be readable.
pub fn place_of(text: &str, id: &str) -> Option<std::ops::Range<usize>> {
    let wanted = quoted(id);
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with('[') {
            starts.push(at);
        }
        at += line.len();
    }
    for (n, start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(text.len());
        let block = text.get(*start..end)?;
        let named = block.lines().any(|line| {
            line.split_once('=').is_some_and(|(key, value)| key.trim() == "id" && value.trim() == wanted)
        });
        if block.starts_with("[[clause]]") && named {
            return Some(*start..end);
        }
    }
    None
}

/// A text with a clause put in: in the place of the one with its id, else at the end.
pub fn put(text: &str, clause: &Typed) -> String {
    let written = clause.written();
    match place_of(text, &clause.id) {
        Some(place) => {
            let (before, after) = (&text[..place.start], &text[place.end..]);
            let gap = if after.is_empty() { "" } else { "\n" };
            format!("{before}{written}{gap}{after}")
        }
        None if text.trim().is_empty() => written,
        None => format!("{}\n\n{written}", text.trim_end()),
    }
}

/// The name of the field in which a fault lies: the key before its place on the line.
pub fn field_of(fault: &DocumentFault) -> Option<String> {
    let span = fault.span.as_ref()?;
    let text = fault.text.get(..span.end.min(fault.text.len()))?;
    let start = text.rfind('\n').map_or(0, |n| n + 1);
    let line = text.get(start..)?;
    // What stands in quotes is not a key.
    let mut bare = String::new();
    let mut inside = false;
    for c in line.chars() {
        if c == '"' {
            inside = !inside;
        }
        bare.push(if inside { ' ' } else { c });
    }
    let marks: Vec<usize> = bare.match_indices('=').map(|m| m.0).collect();
    let at = span.start.saturating_sub(start);
    let mark = marks.iter().rev().find(|m| **m <= at).or(marks.first())?;
    let key = bare.get(..*mark)?.trim_end();
    let name = key.rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).next()?;
    Some(name.to_owned()).filter(|n| !n.is_empty())
}

/// The clause of a readable document as a form shows it.
pub fn typed_of(document: &Document, id: &str) -> Option<Typed> {
    let clause = document.clauses.iter().map(|c| c.get_ref()).find(|c| c.id == id)?;
    let both = |t: &crate::Text| (t.zh.clone(), t.en.clone());
    let mut typed = Typed::of(id, &clause.rule, both(&clause.text), both(&clause.source));
    typed.confidence = clause.confidence.letter().to_owned();
    typed.from = clause.from.map(|d| d.0.to_string()).unwrap_or_default();
    Some(typed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Library;

    const HEAD: &str = "[proposal]\nid = \"mine\"\ntitle = { zh = \"甲\", en = \"a\" }\nsummary = { zh = \"乙\", en = \"b\" }\nasked-by = { zh = \"丙\", en = \"c\" }\n";

    #[test]
    fn every_shipped_clause_goes_through_its_form_unchanged() {
        let library = Library::shipped().unwrap();
        let mut seen = 0;
        for document in &library.documents {
            for clause in document.clauses.iter().map(|c| c.get_ref()) {
                let typed = typed_of(document, &clause.id).unwrap();
                let text = put(HEAD, &typed);
                let again = Document::parse("mine.toml", text.as_bytes())
                    .unwrap_or_else(|f| panic!("{} {}: {:?}\n{text}", document.id(), clause.id, f.what));
                assert_eq!(again.clauses[0].get_ref().rule, clause.rule, "{}", clause.id);
                seen += 1;
            }
        }
        assert!(seen > 300);
    }

    #[test]
    fn a_clause_takes_the_place_of_the_one_with_its_id_and_leaves_the_others() {
        let library = Library::shipped().unwrap();
        let rank = library.get("cn-rank-2019").unwrap();
        let (mut a, b) = (typed_of(rank, "R19-03").unwrap(), typed_of(rank, "R19-04").unwrap());
        let text = put(&put(HEAD, &a), &b);
        a.fields.iter_mut().find(|f| f.0 == "years").unwrap().1 = "1".into();
        let text = put(&text, &a);
        let read = Document::parse("mine.toml", text.as_bytes()).unwrap();
        let ids: Vec<&str> = read.clauses.iter().map(|c| c.get_ref().id.as_str()).collect();
        assert_eq!(ids, ["R19-03", "R19-04"]);
        assert!(text.contains("years = 1 "), "{text}");
    }

    #[test]
    fn a_fault_is_told_at_its_field() {
        let library = Library::shipped().unwrap();
        let mut typed = typed_of(library.get("cn-rank-2019").unwrap(), "R19-04").unwrap();
        typed.fields.iter_mut().find(|f| f.0 == "years").unwrap().1 = "\"two\"".into();
        let fault = *Document::parse("mine.toml", put(HEAD, &typed).as_bytes()).unwrap_err();
        assert_eq!(field_of(&fault).as_deref(), Some("years"));
        typed.confidence = "Z".into();
        typed.fields.iter_mut().find(|f| f.0 == "years").unwrap().1 = "2".into();
        let fault = *Document::parse("mine.toml", put(HEAD, &typed).as_bytes()).unwrap_err();
        assert_eq!(field_of(&fault).as_deref(), Some("confidence"));
    }
}
