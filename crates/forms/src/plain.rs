//! The typesetter's messages, in the reader's language. It speaks English only; what is met most is said here, and
//! the rest is quoted.

use takeroot_words::Lang;

use crate::words::say;

/// A message of the typesetter in the reader's language.
pub(crate) fn plain(message: &str, lang: Lang) -> String {
    if lang == Lang::En {
        return message.to_owned();
    }
    let quoted =
        |start: &str| message.strip_prefix(start).map(|rest| rest.trim_matches(['"', '`', ' ']).to_owned());
    if let Some(name) = quoted("unknown variable: ") {
        return say!(lang, "typst-unknown-variable", name = name);
    }
    if let Some(name) = quoted("dictionary does not contain key ") {
        let name = name.split('"').next().unwrap_or_default().to_owned();
        return say!(lang, "typst-no-key", name = name);
    }
    if let Some(name) = quoted("unexpected argument: ") {
        return say!(lang, "typst-unexpected-argument", name = name);
    }
    if let Some(name) = quoted("missing argument: ") {
        return say!(lang, "typst-missing-argument", name = name);
    }
    if let Some(what) = quoted("unexpected ") {
        return say!(lang, "typst-unexpected", what = what);
    }
    if let Some(what) = quoted("expected ") {
        return say!(lang, "typst-expected", what = what);
    }
    if message.starts_with("unclosed delimiter") {
        return say!(lang, "typst-unclosed");
    }
    if message.starts_with("unclosed string") {
        return say!(lang, "typst-unclosed-string");
    }
    if message.contains("access denied") || message.contains("failed to load file") {
        return say!(lang, "typst-denied");
    }
    say!(lang, "typst-other", message = message)
}
