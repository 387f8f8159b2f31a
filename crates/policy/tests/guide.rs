//! The guide `docs/writing-a-policy.md` shows every kind of rule, and what it shows can be read.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "tests and examples read files and print; the crate does not"
)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use takeroot_policy::{Document, schema};

const GUIDE: &str = include_str!("../../../docs/writing-a-policy.md");

/// The blocks of TOML.
fn blocks() -> Vec<&'static str> {
    let after = GUIDE.split("```toml\n").skip(1);
    after.map(|b| b.split("```").next().unwrap()).collect()
}

#[test]
fn every_kind_of_rule_has_an_example_that_can_be_read() {
    let mut shown: BTreeSet<String> = BTreeSet::new();
    for line in blocks().into_iter().flat_map(str::lines) {
        if !line.starts_with("rule.") {
            continue;
        }
        let text = format!(
            "[proposal]\nid = \"x\"\ntitle = {{ zh = \"x\", en = \"x\" }}\nsummary = {{ zh = \"x\", en = \"x\" }}\n\
             asked-by = {{ zh = \"x\", en = \"x\" }}\n[[clause]]\nid = \"x\"\ntext = {{ zh = \"x\", en = \"x\" }}\n\
             source = \"art. 1\"\nconfidence = \"D\"\n{line}\n"
        );
        match Document::parse("guide", text.as_bytes()) {
            Ok(document) => {
                shown.insert(document.clauses[0].get_ref().rule.kind().to_owned());
            }
            Err(fault) => panic!("{line}\n{:?}", fault.what),
        }
    }
    let missing: Vec<String> = schema::kinds().into_iter().filter(|kind| !shown.contains(kind)).collect();
    assert!(missing.is_empty(), "no example of: {}", missing.join(", "));
}

#[test]
fn every_document_in_it_can_be_read() {
    let documents: Vec<&str> =
        blocks().into_iter().filter(|b| b.contains("[instrument]") || b.contains("[proposal]")).collect();
    assert_eq!(documents.len(), 3);
    for text in documents {
        if let Err(fault) = Document::parse("guide", text.as_bytes()) {
            panic!("{text}\n{:?}", fault.what);
        }
    }
}
