//! Broken documents and what is said of each, in both languages, as it is printed (without colours).
//!
//! `tests/bad/policy/NAME.toml`, or `NAME/*.toml` where it takes several, and `NAME.expected`. To write the expected
//! files anew after a change of wording, run with `UPDATE_EXPECTED=1` and read the difference.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "tests and examples read files and print; the crate does not"
)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use takeroot_civil::Day;
use takeroot_policy::{DocumentFault, Library, audit};
use takeroot_words::Lang;

fn dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/bad/policy")
}

/// The documents of a case: name as shown, bytes.
fn documents(path: &Path) -> Vec<(String, Vec<u8>)> {
    let name = |p: &Path| p.file_name().unwrap().to_string_lossy().into_owned();
    if path.is_file() {
        return vec![(name(path), fs::read(path).unwrap())];
    }
    let mut inside: Vec<PathBuf> = fs::read_dir(path).unwrap().map(|e| e.unwrap().path()).collect();
    inside.sort();
    inside.iter().map(|p| (format!("{}/{}", name(path), name(p)), fs::read(p).unwrap())).collect()
}

fn faults(files: &[(String, Vec<u8>)]) -> Vec<DocumentFault> {
    match Library::of(files.iter().map(|(n, b)| (n.as_str(), b.as_slice()))) {
        Ok(library) => audit(&library, Day::new(2026, 7, 1).unwrap()).errors,
        Err(faults) => faults,
    }
}

#[test]
fn each_broken_document_is_told_as_expected_in_both_languages() {
    let mut cases: Vec<PathBuf> = fs::read_dir(dir())
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_dir() || p.extension().is_some_and(|e| e == "toml"))
        .collect();
    cases.sort();
    assert!(cases.len() >= 12, "only {} cases", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let faults = faults(&documents(case));
        let mut said = String::new();
        for lang in Lang::ALL {
            said.push_str(&format!("=== {lang}\n"));
            for fault in &faults {
                said.push_str(&fault.drawn(lang, false));
            }
        }
        let expected = case.with_extension("expected");
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            fs::write(&expected, &said).unwrap();
        }
        if faults.is_empty() {
            wrong.push(format!("{}: nothing is found", case.display()));
        } else if fs::read_to_string(&expected).unwrap_or_default() != said {
            wrong.push(format!("{}: said\n{said}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
