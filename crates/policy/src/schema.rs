//! The JSON Schema of a policy document, made from the types that read it.
//!
//! Editors that know TOML check a document against it while it is written: `#:schema policy.schema.json` in its
//! first line.

use serde_json::{Value, json};

use crate::document::Written;

/// Where the schema is published in the source tree.
pub const FILE: &str = "docs/policy.schema.json";

/// The schema. Keys stand in alphabetical order, so that the same types always give the same text.
pub fn schema() -> Value {
    let mut schema = schemars::schema_for!(Written).to_value();
    if let Value::Object(root) = &mut schema {
        root.insert("title".into(), json!("Takeroot policy document"));
        root.insert(
            "oneOf".into(),
            json!([
                { "required": ["instrument"] },
                { "required": ["proposal"] },
                { "required": ["baseline"] },
            ]),
        );
    }
    sorted(schema)
}

/// The schema as text, ending with a newline.
pub fn text() -> String {
    // The alternate form of a JSON value is its indented text; it cannot fail.
    format!("{:#}\n", schema())
}

/// The codes of all kinds of rule, in the order of their declaration.
pub fn kinds() -> Vec<String> {
    let schema = schemars::schema_for!(crate::rule::Rule).to_value();
    let kinds = schema.get("oneOf").and_then(Value::as_array);
    kinds
        .into_iter()
        .flatten()
        .filter_map(|kind| kind.get("required")?.get(0)?.as_str())
        .map(str::to_owned)
        .collect()
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(String, Value)> = map.into_iter().collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            let entries = entries.into_iter().map(|(k, v)| (k, sorted(v)));
            Value::Object(entries.collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_schema_is_current() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/policy.schema.json");
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            std::fs::write(path, text()).unwrap();
        }
        let published = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            published == text(),
            "{FILE} is not what the types say: write it anew with `takeroot policy schema --out {FILE}`"
        );
    }

    #[test]
    fn every_kind_has_its_own_code() {
        let kinds = kinds();
        let different: std::collections::BTreeSet<&String> = kinds.iter().collect();
        assert!(kinds.len() > 40);
        assert_eq!(kinds.len(), different.len());
        assert!(kinds.contains(&"rank-step".to_owned()));
    }
}
