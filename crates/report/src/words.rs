//! What this crate says, in two languages.

takeroot_words::speak!($ "report");

/// With a capital at the beginning, as headings and rows of tables have it; Chinese stays as it is.
pub(crate) fn capital(text: String) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
