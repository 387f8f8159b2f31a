//! Whether a value is what a schema of the description says. It knows the words that the description uses and fails at any
//! other, so that nothing in the description is passed over.

use serde_json::Value;

/// Words that say nothing of the value.
const TOLD: [&str; 5] = ["description", "title", "example", "examples", "default"];

/// What does not fit, and where.
pub fn faults(document: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(document, schema, value, "", &mut found);
    found
}

fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema.get("$ref").and_then(Value::as_str) {
        Some(path) => {
            let found = document.pointer(path.strip_prefix('#').unwrap());
            resolve(document, found.unwrap_or_else(|| panic!("{path} leads nowhere")))
        }
        None => schema,
    }
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("no such type: {other}"),
    }
}

fn check(document: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let schema = resolve(document, schema);
    let Some(words) = schema.as_object() else { panic!("{at}: no schema: {schema}") };
    for (word, said) in words {
        match word.as_str() {
            "type" => {
                let one = std::slice::from_ref(said);
                let kinds = said.as_array().map_or(one, Vec::as_slice);
                if !kinds.iter().any(|kind| is(kind.as_str().unwrap(), value)) {
                    found.push(format!("{at}: {value} is no {said}"));
                }
            }
            "properties" => {
                let (said, Some(fields)) = (said.as_object().unwrap(), value.as_object()) else { continue };
                for (name, field) in fields {
                    match said.get(name) {
                        Some(schema) => check(document, schema, field, &format!("{at}/{name}"), found),
                        None => found.push(format!("{at}: {name} is not described")),
                    }
                }
            }
            "required" => {
                for name in said.as_array().unwrap() {
                    if value.is_object() && value.get(name.as_str().unwrap()).is_none() {
                        found.push(format!("{at}: {name} is missing"));
                    }
                }
            }
            "items" => {
                for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(document, said, item, &format!("{at}/{n}"), found);
                }
            }
            "minimum" => {
                if value.as_f64().is_some_and(|v| v < said.as_f64().unwrap()) {
                    found.push(format!("{at}: {value} is less than {said}"));
                }
            }
            "format" => {
                let most = match said.as_str().unwrap() {
                    "int64" => i64::MAX,
                    "int32" => i64::from(i32::MAX),
                    other => panic!("{at}: no such format: {other}"),
                };
                if value.as_i64().is_some_and(|v| v > most) {
                    found.push(format!("{at}: {value} is more than {said}"));
                }
            }
            "oneOf" => {
                let fitting =
                    said.as_array().unwrap().iter().filter(|s| faults(document, s, value).is_empty()).count();
                if fitting != 1 {
                    found.push(format!("{at}: {value} is {fitting} of {said}"));
                }
            }
            "enum" => {
                if !said.as_array().unwrap().contains(value) {
                    found.push(format!("{at}: {value} is none of {said}"));
                }
            }
            told if TOLD.contains(&told) => {}
            other => panic!("{at}: the description says {other}, which this test does not look at"),
        }
    }
}

#[test]
fn what_does_not_fit_is_found() {
    let document = serde_json::json!({"components": {"schemas": {"A": {
        "type": "object", "required": ["id"],
        "properties": {
            "id": {"type": "integer", "format": "int64", "minimum": 1},
            "name": {"type": ["string", "null"], "description": "x"},
            "all": {"type": "array", "items": {"$ref": "#/components/schemas/A"}},
        },
    }}}});
    let schema = serde_json::json!({"$ref": "#/components/schemas/A"});
    let said = |value: Value| faults(&document, &schema, &value).len();
    assert_eq!(said(serde_json::json!({"id": 1, "name": null, "all": [{"id": 2}]})), 0);
    assert_eq!(said(serde_json::json!({"name": "x"})), 1, "missing");
    assert_eq!(said(serde_json::json!({"id": "1"})), 1, "another type");
    assert_eq!(said(serde_json::json!({"id": 0})), 1, "too small");
    assert_eq!(said(serde_json::json!({"id": 1, "more": 2})), 1, "not described");
    assert_eq!(said(serde_json::json!({"id": 1, "all": [{"id": 2}, {}]})), 1, "within");
    assert_eq!(said(serde_json::json!([])), 1);
}
