//! `takeroot policy` from outside: exit codes, JSON, an office's own documents.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_takeroot")).args(args).output().unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

fn bad(name: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad/policy").join(name);
    std::fs::copy(from, dir.path().join(name)).unwrap();
    dir
}

#[test]
fn the_shipped_documents_are_sound() {
    let output = run(&["policy", "check", "--json"]);
    assert_eq!(output.status.code(), Some(0));
    let report = json(&output);
    assert_eq!(report["errors"], serde_json::json!([]));
    let parameters = report["parameters"].as_u64().unwrap();
    let by = &report["by_confidence"];
    let sum: u64 = ["A", "B", "C", "D"].iter().map(|c| by[c].as_u64().unwrap()).sum();
    assert!(parameters > 0);
    assert_eq!(parameters, sum);
    assert!(report["missing"].is_array() && report["instruments"].is_u64());
}

#[test]
fn a_broken_document_is_reported_and_the_rest_still_checked() {
    let dir = bad("unknown-field.toml");
    let path = dir.path().to_str().unwrap();
    let output = run(&["policy", "check", "--json", "--policies", path]);
    assert_eq!(output.status.code(), Some(1));
    let report = json(&output);
    let errors = report["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 1);
    assert_eq!((&errors[0]["line"], &errors[0]["column"]), (&14.into(), &20.into()));
    assert!(report["parameters"].as_u64().unwrap() > 0);

    // Other commands do not work with half of the documents.
    let output = run(&["policy", "list", "--policies", path, "--lang", "en"]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("unknown field “month”") && told.contains("unknown-field.toml:14:20"), "{told}");
}

#[test]
fn what_cannot_be_run_says_why_and_exits_with_2() {
    for (args, why) in [
        (&["policy", "show", "no-such-thing"][..], "no-such-thing"),
        (&["policy", "show", "--on", "2026-13-01"][..], "2026-13-01"),
        (&["policy", "show", "--proposal", "nobody-asked"][..], "nobody-asked"),
        (&["policy", "diff", "law@yesterday", "law"][..], "yesterday"),
        (&["policy", "list", "--policies", "/no/such/directory"][..], "/no/such/directory"),
    ] {
        let output = run(args);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {told}");
        assert!(told.contains(why), "{args:?}: {told}");
    }
}

#[test]
fn a_set_of_rules_does_not_differ_from_itself() {
    let output = run(&["policy", "diff", "law@2020-01-01", "law@2020-01-01", "--json"]);
    let report = json(&output);
    for key in ["added", "removed", "changed", "reissued"] {
        assert_eq!(report[key], serde_json::json!([]), "{key}");
    }
    assert_eq!(report["before"]["digest"], report["after"]["digest"]);
}

#[test]
fn the_schema_is_the_published_one() {
    let output = run(&["policy", "schema"]);
    let published = include_str!("../docs/policy.schema.json");
    assert!(String::from_utf8(output.stdout).unwrap() == published);
}
