//! The audit, the comparison of stacks and the reader of documents, on documents written here.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "tests and examples read files and print; the crate does not"
)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use serde_json::json;
use takeroot_civil::Day;
use takeroot_policy::{Audit, Document, FaultKind, Library, Stack, StackSpec, audit, diff};
use takeroot_words::{Lang, Say as _};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn head(id: &str, scope: &str, more: &str) -> String {
    format!(
        "[instrument]\nid = \"{id}\"\ntitle = {{ zh = \"甲\", en = \"A\" }}\neffective = 2010-01-01\nscope = \"{scope}\"\n\
         read = {{ zh = \"测试\", en = \"test\" }}\n{more}\n"
    )
}

fn clause(id: &str, confidence: &str, more: &str) -> String {
    format!(
        "\n[[clause]]\nid = \"{id}\"\ntext = {{ zh = \"乙\", en = \"B\" }}\nsource = \"art. 1\"\nconfidence = \"{confidence}\"\n{more}\n"
    )
}

fn notice(days: u8) -> String {
    format!("rule.limit = {{ of = \"notice-rank\", at-least = {days}, unit = \"working-day\" }}")
}

fn library(files: &[(&str, String)]) -> Library {
    Library::of(files.iter().map(|(n, t)| (*n, t.as_bytes()))).unwrap()
}

fn of(files: &[(&str, String)]) -> Audit {
    audit(&library(files), day("2026-07-01"))
}

fn codes(audit: &Audit) -> Vec<&'static str> {
    audit.errors.iter().map(|f| f.what.code()).collect()
}

#[test]
fn a_clause_that_replaces_another_neither_overlaps_nor_leaves_a_gap() {
    let text = head("law", "central", "")
        + &clause("X-1", "A", &notice(7))
        + &clause("X-2", "A", &format!("from = 2015-01-01\nreplaces = [\"X-1\"]\n{}", notice(5)));
    assert_eq!(codes(&of(&[("law.toml", text)])), [""; 0]);
}

#[test]
fn a_clause_comes_back_when_what_replaced_it_has_ended() {
    // X-1 speaks again from 2018, and X-3 from 2019: two on the same days, though no two of their own dates meet.
    let text = head("law", "central", "")
        + &clause("X-1", "A", &notice(7))
        + &clause(
            "X-2",
            "A",
            &format!("from = 2015-01-01\nto = 2018-01-01\nreplaces = [\"X-1\"]\n{}", notice(5)),
        )
        + &clause("X-3", "A", &format!("from = 2019-01-01\nreplaces = [\"X-2\"]\n{}", notice(3)));
    let audit = of(&[("law.toml", text)]);
    assert_eq!(codes(&audit), ["overlap"]);
    let FaultKind::Overlap { day: since, .. } = audit.errors[0].what else {
        panic!("{:?}", audit.errors[0].what);
    };
    assert_eq!(since, Some(day("2019-01-01")));
}

#[test]
fn local_instruments_of_other_places_do_not_meet_but_those_of_a_place_within_do() {
    let county = |id: &str, applies: &str, clause_id: &str| {
        head(id, "local", &format!("applies = [\"{applies}\"]")) + &clause(clause_id, "A", &notice(5))
    };
    let apart = of(&[("a.toml", county("a", "990123", "A-1")), ("b.toml", county("b", "990124", "A-1"))]);
    assert_eq!(codes(&apart), [""; 0]);
    let within = of(&[("a.toml", county("a", "99", "A-1")), ("b.toml", county("b", "990124", "B-1"))]);
    assert_eq!(codes(&within), ["overlap"]);
}

#[test]
fn a_slot_left_to_the_county_is_missing_and_names_who_supplies_it() {
    let wants = "rule.local = { wants = \"allowance/township\", from = \"county\" }";
    let law = head("law", "central", "") + &clause("L-1", "D", wants);
    let county = head("county", "local", "applies = [\"990123\"]\ninvented = true")
        + &clause("C-1", "D", "rule.allowance = { item = \"township\", rows = [{ yuan = 300 }] }");
    let audit = of(&[("law.toml", law), ("county.toml", county)]);
    assert!(audit.is_sound());
    assert_eq!((audit.instruments, audit.parameters), (1, 1));
    assert_eq!((audit.invented.instruments, audit.invented.parameters), (1, 1));
    let missing = audit.missing.iter().find(|m| m.id.as_deref() == Some("L-1")).unwrap();
    assert_eq!(missing.wants, "allowance/township");
    assert_eq!(missing.supplied_by, ["county"]);
    assert_eq!(audit.unknown.len(), 1);
    let by_confidence: usize = audit.by_confidence.values().sum();
    assert_eq!(by_confidence, audit.parameters);
    // Nothing fills what the engine asks for: named without a clause.
    let lacks = |slot: &str| audit.missing.iter().any(|m| m.id.is_none() && m.wants == slot);
    assert!(lacks("rank-step/principal-3") && lacks("probation") && !lacks("rank-step/staff-2"));
}

#[test]
fn the_shipped_documents_are_sound() {
    let audit = audit(&Library::shipped().unwrap(), day("2026-07-01"));
    let told: String = audit.errors.iter().map(|f| f.drawn(Lang::En, false)).collect();
    assert!(audit.is_sound(), "{told}");
}

#[test]
fn two_sets_of_rules_differ_field_by_field_and_an_empty_proposal_changes_nothing() {
    let pay = |first: u32| {
        format!(
            "rule.rank-pay = {{ rows = [{{ rank = \"staff-2\", yuan = {first} }}, {{ rank = \"staff-1\", yuan = 9 }}] }}"
        )
    };
    let law = head("law", "central", "")
        + &clause("X-1", "A", &format!("to = 2015-01-01\n{}", notice(7)))
        + &clause("X-2", "B", &format!("from = 2015-01-01\n{}", notice(5)))
        + &clause("P-1", "C", &format!("to = 2015-01-01\n{}", pay(1)))
        + &clause("P-2", "C", &format!("from = 2015-01-01\n{}", pay(2)))
        + &clause("N-1", "A", "from = 2020-01-01\nrule.probation = { months = 12 }");
    let proposal = "[proposal]\nid = \"empty\"\ntitle = { zh = \"空\", en = \"E\" }\nsummary = { zh = \"空\", en = \"E\" }\n\
                    asked-by = { zh = \"无\", en = \"nobody\" }\n";
    let library = library(&[("law.toml", law), ("empty.toml", proposal.to_owned())]);
    let stack = Stack::new(&library, StackSpec::default()).unwrap();
    let changes = diff(&stack.at(day("2014-01-01")), &stack.at(day("2021-01-01")));
    assert_eq!((changes.added.len(), changes.removed.len(), changes.changed.len()), (1, 0, 2));
    let notice = changes.changed.iter().find(|c| c.slot == "limit/notice-rank").unwrap();
    assert_eq!((notice.before.id.as_str(), notice.after.id.as_str()), ("X-1", "X-2"));
    assert_eq!(notice.fields.len(), 1);
    assert_eq!((&notice.fields[0].before, &notice.fields[0].after), (&json!(7), &json!(5)));
    // Rows are told apart by what they are about: only the one that changed is named.
    let pay = changes.changed.iter().find(|c| c.slot == "rank-pay").unwrap();
    assert_eq!(pay.fields.len(), 1);
    assert_eq!(pay.fields[0].path, ["rows", "rank=staff-2", "yuan"]);
    assert!(changes.say(Lang::Zh).contains("二级科员"));

    let spec = StackSpec { proposals: vec!["empty".into()], ..StackSpec::default() };
    let with = Stack::new(&library, spec).unwrap();
    let on = day("2021-01-01");
    let none = diff(&stack.at(on), &with.at(on));
    assert!(none.is_empty() && none.reissued.is_empty());
    assert_eq!(none.same, 3);
}

/// Reads bytes, and says in both languages whatever is wrong with them.
fn read(bytes: &[u8]) {
    match Document::parse("x.toml", bytes) {
        Err(fault) => {
            for lang in Lang::ALL {
                assert!(!fault.drawn(lang, false).is_empty());
                assert!(!fault.say(lang).is_empty());
            }
        }
        Ok(_) => {
            let library = Library::of([("x.toml", bytes)]).unwrap();
            let audit = audit(&library, day("2026-07-01"));
            for fault in &audit.errors {
                assert!(!fault.drawn(Lang::Zh, true).is_empty());
            }
            for document in &library.documents {
                assert!(!takeroot_policy::show::document(document, Lang::En).is_empty());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        read(&bytes);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,120}") {
        read(text.as_bytes());
    }

    #[test]
    fn a_broken_document_is_read_or_refused(
        which in any::<proptest::sample::Index>(),
        at in any::<proptest::sample::Index>(),
        cut in 0usize..12,
        put in "[\\[\\]{}=\",.#\\-a-z0-9\n \u{4e00}-\u{4e20}]{0,6}",
    ) {
        let files = Library::shipped_files();
        let mut bytes = files[which.index(files.len())].1.as_bytes().to_vec();
        let at = at.index(bytes.len());
        let end = (at + cut).min(bytes.len());
        bytes.splice(at..end, put.bytes());
        read(&bytes);
    }
}
