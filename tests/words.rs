//! Both languages say the same messages with the same arguments, and every Fluent file can be read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

/// The arguments of each message of a file.
fn messages(path: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let resource =
        parser::parse(text.as_str()).unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
    let mut messages = BTreeMap::new();
    for entry in resource.body {
        if let Entry::Message(message) = entry {
            let mut arguments = BTreeSet::new();
            if let Some(pattern) = &message.value {
                in_pattern(pattern, &mut arguments);
            }
            let id = message.id.name.to_owned();
            let twice = messages.insert(id.clone(), arguments);
            assert!(twice.is_none(), "{}: {id} stands twice", path.display());
        }
    }
    messages
}

fn in_pattern(pattern: &Pattern<&str>, arguments: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, arguments);
        }
    }
}

fn in_expression(expression: &Expression<&str>, arguments: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, arguments),
        Expression::Select { selector, variants } => {
            in_inline(selector, arguments);
            variants.iter().for_each(|v| in_pattern(&v.value, arguments));
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, arguments: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            arguments.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => in_expression(expression, arguments),
        _ => {}
    }
}

#[test]
fn chinese_and_english_have_the_same_messages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut homes: Vec<PathBuf> = vec![root.join("i18n")];
    for entry in fs::read_dir(root.join("crates")).unwrap() {
        homes.push(entry.unwrap().path().join("i18n"));
    }
    let mut compared = 0;
    for home in homes.iter().filter(|h| h.is_dir()) {
        for file in fs::read_dir(home.join("en")).unwrap() {
            let name = file.unwrap().file_name();
            let (en, zh) = (messages(&home.join("en").join(&name)), messages(&home.join("zh").join(&name)));
            for (id, arguments) in &en {
                let other =
                    zh.get(id).unwrap_or_else(|| panic!("{}: {id} is missing in Chinese", home.display()));
                assert_eq!(arguments, other, "{}: arguments of {id}", home.display());
            }
            let more: Vec<&String> = zh.keys().filter(|id| !en.contains_key(*id)).collect();
            assert!(more.is_empty(), "{}: only in Chinese: {more:?}", home.display());
            compared += en.len();
        }
    }
    assert!(compared > 300, "only {compared} messages were compared");
}
