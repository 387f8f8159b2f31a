//! Broken forms in `tests/bad/lrmx`: each says exactly what is wrong with it, in both languages.
//!
//! `NAME.expected` holds the Chinese sentences, a line `--`, and the English ones. With `TAKEROOT_WRITE_EXPECTED`
//! set, missing files are written instead, for the author to read and correct.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "tests and examples read files and print; the crate does not"
)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::path::Path;

use takeroot_exchange::lrmx::{encode, read_file};
use takeroot_words::{Lang, Say as _};

#[test]
fn every_broken_form_says_what_is_wrong() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/bad/lrmx");
    let mut names: Vec<_> = fs::read_dir(&dir)
        .expect("the folder")
        .map(|e| e.expect("an entry").path())
        .filter(|p| p.extension().is_some_and(|e| e == "lrmx"))
        .collect();
    names.sort();
    assert!(names.len() >= 30, "{} forms", names.len());
    let mut wrong = Vec::new();
    for path in names {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let bytes = fs::read(&path).expect("a file");
        let read = read_file(&name, &bytes);
        let said = |lang| read.faults.iter().map(|f| format!("{}\n", f.say(lang))).collect::<String>();
        let found = format!("{}--\n{}", said(Lang::Zh), said(Lang::En));
        let expected = path.with_extension("expected");
        if !expected.exists() && std::env::var_os("TAKEROOT_WRITE_EXPECTED").is_some() {
            fs::write(&expected, &found).expect("written");
        }
        let want = fs::read_to_string(&expected).unwrap_or_default();
        if found != want {
            wrong.push(format!("{name}: found\n{found}\nexpected\n{want}"));
        }
        assert_eq!(read.is_faulty(), name != "good.lrmx", "{name}");
        if let Some(document) = &read.document {
            assert_eq!(encode(document), bytes, "{name} is written back as it was");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
