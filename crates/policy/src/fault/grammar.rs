//! What the TOML reader says, understood: its sentences are English and meant for programmers, so the ones that
//! occur are taken apart here and said anew in the reader's language. One that is not recognised is quoted.

use takeroot_words::Lang;

use crate::words::say;

/// How many words of a list are shown before only the nearest are.
const SHOWN: usize = 12;
/// How many of the nearest.
const NEAREST: usize = 5;

/// The reader's sentence in the reader's language.
pub(super) fn said(message: &str, lang: Lang) -> String {
    field(message, lang)
        .or_else(|| value(message, lang))
        .or_else(|| shape(message, lang))
        .or_else(|| syntax(message, lang))
        .unwrap_or_else(|| say!(lang, "grammar-other", what = message))
}

/// Unknown, missing and repeated fields and words.
fn field(message: &str, lang: Lang) -> Option<String> {
    let quoted = |text: &str| Some(text.split_once('`')?.1.split_once('`')?.0.to_owned());
    let name = || quoted(message).unwrap_or_default();
    if let Some(rest) = message.strip_prefix("unknown field ") {
        let (_, expected) = rest.split_once("`, ")?;
        return Some(match ticked(expected).as_slice() {
            [] => say!(lang, "grammar-no-field", name = name()),
            list => {
                say!(lang, "grammar-unknown-field", name = name(), expected = offered(&name(), list, lang))
            }
        });
    }
    if let Some(rest) = message.strip_prefix("unknown variant ") {
        let (_, expected) = rest.split_once("`, ")?;
        let list = ticked(expected);
        return Some(say!(
            lang,
            "grammar-unknown-word",
            name = name(),
            expected = offered(&name(), &list, lang)
        ));
    }
    if message.starts_with("missing field ") {
        return Some(say!(lang, "grammar-missing-field", name = name()));
    }
    if message.starts_with("duplicate field ") {
        return Some(say!(lang, "grammar-field-twice", name = name()));
    }
    None
}

/// Values of the wrong type or out of range.
fn value(message: &str, lang: Lang) -> Option<String> {
    for start in ["invalid type: ", "invalid value: ", "invalid length "] {
        let Some(rest) = message.strip_prefix(start) else {
            continue;
        };
        let (found, expected) = rest.rsplit_once(", expected ")?;
        return Some(say!(
            lang,
            "grammar-value",
            found = found_value(found, lang),
            expected = wanted(expected, lang)
        ));
    }
    if let Some((text, _)) = message.split_once(" is not between 1900 and 2199") {
        return Some(say!(lang, "grammar-day-range", text = text));
    }
    if let Some((text, _)) = message.split_once(" is not a plain date such as ") {
        return Some(say!(lang, "grammar-day-plain", text = text));
    }
    if message.starts_with("integer number overflowed") {
        return Some(say!(lang, "grammar-overflow"));
    }
    None
}

/// A table that must name exactly one thing.
fn shape(message: &str, lang: Lang) -> Option<String> {
    match message {
        "wanted exactly 1 element, more than 1 element" => Some(say!(lang, "grammar-one-kind-many")),
        "wanted exactly 1 element, found 0 elements"
        | "expected table with exactly 1 entry, found empty table"
        | "wanted string or table" => Some(say!(lang, "grammar-one-kind-none")),
        _ => None,
    }
}

/// TOML itself.
fn syntax(message: &str, lang: Lang) -> Option<String> {
    let (what, expected) = match message.split_once(", expected ") {
        Some((what, expected)) => (what, Some(expected)),
        None => (message, None),
    };
    let what = match what {
        "duplicate key" => say!(lang, "toml-duplicate-key"),
        "string values must be quoted" => return Some(say!(lang, "toml-quote")),
        "key with no value" => return Some(say!(lang, "toml-no-value")),
        "missing value" | "missing value for key" => return Some(say!(lang, "toml-missing-value")),
        "missing assignment between key-value pairs" => return Some(say!(lang, "toml-no-equals")),
        "extra `=`" | "extra assignment between key-value pairs" | "unexpected `=` in array" => {
            say!(lang, "toml-extra-equals")
        }
        "unclosed array" => return Some(say!(lang, "toml-unclosed", with = "]")),
        "unclosed inline table" => return Some(say!(lang, "toml-unclosed", with = "}")),
        "unclosed table" => return Some(say!(lang, "toml-unclosed", with = "]")),
        "unclosed array table" => return Some(say!(lang, "toml-unclosed", with = "]]")),
        "missing comma between array elements" | "missing comma between key-value pairs" => {
            return Some(say!(lang, "toml-comma"));
        }
        "extra comma in array" | "extra comma in inline table" => say!(lang, "toml-extra-comma"),
        "missing table open" | "missing array opening" | "missing inline table opening" => {
            say!(lang, "toml-missing-open")
        }
        "missing key for inline table element"
        | "unquoted keys cannot be empty"
        | "invalid unquoted key"
        | "invalid key" => say!(lang, "toml-key"),
        "invalid basic string"
        | "invalid literal string"
        | "invalid string"
        | "invalid multi-line basic string"
        | "invalid multi-line literal string"
        | "missing opening quote" => say!(lang, "toml-string"),
        "missing escaped value" | "too few unicode value digits" => say!(lang, "toml-escape"),
        "unexpected leading zero" | "redundant integer number prefix" => {
            return Some(say!(lang, "toml-leading-zero"));
        }
        "unexpected sign" | "redundant numeric sign" | "integers with a radix cannot be signed" => {
            say!(lang, "toml-sign")
        }
        "invalid value" | "invalid integer number" | "invalid float" | "invalid boolean" => {
            say!(lang, "toml-value")
        }
        "unexpected content"
        | "unexpected key or value"
        | "invalid key-value pair"
        | "invalid inline table element" => say!(lang, "toml-unexpected"),
        "invalid comment character" | "carriage return must be followed by newline" => {
            say!(lang, "toml-control")
        }
        other if other.starts_with("invalid date") || other.starts_with("invalid time") => {
            return Some(say!(lang, "toml-date"));
        }
        other if other.starts_with("cannot extend value of type ") => {
            say!(lang, "toml-duplicate-key")
        }
        other if other.starts_with("cannot recurse further") => say!(lang, "toml-deep"),
        _ => return None,
    };
    Some(match expected.map(ticked).filter(|list| !list.is_empty()) {
        Some(list) => {
            say!(lang, "toml-expected", what = what, expected = list.join(say!(lang, "list-comma").as_str()))
        }
        None => what,
    })
}

/// The words between backquotes.
fn ticked(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The words that may stand here: all of a short list, the nearest of a long one.
fn offered(name: &str, list: &[String], lang: Lang) -> String {
    let comma = say!(lang, "list-comma");
    if list.len() <= SHOWN {
        return list.join(&comma);
    }
    let mut near: Vec<(usize, &String)> =
        list.iter().map(|word| (strsim::damerau_levenshtein(name, word), word)).collect();
    near.sort();
    let near: Vec<&str> = near.iter().take(NEAREST).map(|n| n.1.as_str()).collect();
    say!(lang, "grammar-nearest", near = near.join(&comma), count = list.len())
}

/// What was found, from `string "x"`, ``integer `3` `` and so on.
fn found_value(found: &str, lang: Lang) -> String {
    let shown = |text: &str| text.trim_matches(|c| c == '`' || c == '"').to_owned();
    match found.split_once(' ') {
        Some(("string", text)) => say!(lang, "found-string", text = shown(text)),
        Some(("integer", text)) => say!(lang, "found-integer", text = shown(text)),
        Some(("boolean", text)) => say!(lang, "found-boolean", text = shown(text)),
        Some(("floating", text)) => {
            let number = text.strip_prefix("point ").unwrap_or(text);
            say!(lang, "found-float", text = shown(number))
        }
        _ => match found {
            "map" => say!(lang, "found-map"),
            "sequence" => say!(lang, "found-sequence"),
            other => other.to_owned(),
        },
    }
}

/// What should stand there, from the name of a Rust type or a sentence of our own.
fn wanted(expected: &str, lang: Lang) -> String {
    let number = |most: u64| say!(lang, "wanted-integer", most = most.to_string());
    match expected {
        "u8" => number(u8::MAX.into()),
        "u16" => number(u16::MAX.into()),
        "u32" => number(u32::MAX.into()),
        "a boolean" => say!(lang, "wanted-boolean"),
        "a string" | "a borrowed string" => say!(lang, "wanted-string"),
        "a sequence" => say!(lang, "wanted-sequence"),
        "a map" => say!(lang, "wanted-map"),
        "a TOML datetime" => say!(lang, "wanted-date"),
        "a level from 1 to 27" => say!(lang, "wanted-level"),
        "a step from 1 to 15" => say!(lang, "wanted-step"),
        "struct Text" | "struct Text with 2 elements" => say!(lang, "wanted-text"),
        other if other == crate::source::EXPECTED => say!(lang, "wanted-source"),
        other if other.starts_with("struct ") => say!(lang, "wanted-map"),
        other => other.to_owned(),
    }
}
