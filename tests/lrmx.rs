//! `takeroot lrmx` end to end: folder to workbook and back, reports, exit codes, no half-written files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn takeroot(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_takeroot"))
        .args(args)
        .env("TAKEROOT_LANG", "zh")
        .output()
        .expect("it runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("utf-8")
}

fn bad() -> String {
    format!("{}/tests/bad/lrmx", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_folder_goes_to_a_workbook_and_back() {
    let dir = tempfile::tempdir().expect("a folder");
    let at = |name: &str| dir.path().join(name).to_string_lossy().into_owned();
    let good = fs::read(format!("{}/good.lrmx", bad())).expect("the good form");
    fs::create_dir_all(dir.path().join("in/石桥镇")).expect("a folder");
    for n in 0..250 {
        fs::write(dir.path().join(format!("in/石桥镇/{n}.lrmx")), &good).expect("written");
    }
    let there = takeroot(&["lrmx", "convert", &at("in"), "--xlsx", &at("book.xlsx")]);
    assert_eq!(there.status.code(), Some(0), "{}", text(&there.stderr));
    assert!(text(&there.stdout).contains("共 250 个文件，读取 250 个，问题 0 处"), "{}", text(&there.stdout));
    // It does not write over a workbook unless told to.
    assert_eq!(takeroot(&["lrmx", "convert", &at("in"), "--xlsx", &at("book.xlsx")]).status.code(), Some(2));
    let back = takeroot(&["lrmx", "convert", &at("book.xlsx"), "--lrmx", &at("out")]);
    assert_eq!(back.status.code(), Some(0), "{}", text(&back.stderr));
    for n in 0..250 {
        // The same bytes but for the line end behind the root.
        let again = fs::read(dir.path().join(format!("out/石桥镇/{n}.lrmx"))).expect("there");
        assert_eq!(text(&again).trim_end(), text(&good).trim_end());
    }
    assert_eq!(fs::read_dir(dir.path().join("out/石桥镇")).expect("a folder").count(), 250, "no parts left");
    let again = takeroot(&["lrmx", "convert", &at("book.xlsx"), "--lrmx", &at("out")]);
    assert_eq!(again.status.code(), Some(1), "files that exist are reported");
    let over = takeroot(&["lrmx", "convert", &at("book.xlsx"), "--lrmx", &at("out"), "--overwrite"]);
    assert_eq!(over.status.code(), Some(0));
}

#[test]
fn broken_files_are_reported_and_the_rest_is_read() {
    let report = takeroot(&["lrmx", "check", &bad(), "--json"]);
    assert_eq!(report.status.code(), Some(1));
    let json: serde_json::Value = serde_json::from_slice(&report.stdout).expect("JSON");
    let files = json["files"].as_u64().expect("a number");
    let on_disk = fs::read_dir(bad()).expect("a folder").filter(|e| {
        e.as_ref().is_ok_and(|e| Path::new(&e.file_name()).extension().is_some_and(|x| x == "lrmx"))
    });
    assert_eq!(files, on_disk.count() as u64);
    assert_eq!(
        json["read"].as_u64().expect("a number"),
        json["people"].as_array().expect("people").len() as u64
    );
    let fault =
        json["faults"].as_array().expect("faults").iter().find(|f| f["code"] == "id-check").expect("a fault");
    for key in ["file", "line", "column", "element", "found", "expected"] {
        assert!(!fault[key].is_null(), "{key}");
    }
    assert!(fault["message"]["zh"].as_str().expect("zh").contains("校验码"));
    assert!(fault["message"]["en"].as_str().expect("en").contains("check character"));
    let good =
        json["people"].as_array().expect("people").iter().find(|p| p["file"] == "good.lrmx").expect("good");
    assert_eq!(good["events"]["appointed"], 1);

    let dir = tempfile::tempdir().expect("a folder");
    let book = dir.path().join("b.xlsx").to_string_lossy().into_owned();
    let convert = takeroot(&["lrmx", "convert", &bad(), "--xlsx", &book]);
    assert_eq!(convert.status.code(), Some(1));
    assert!(Path::new(&book).exists(), "what can be read is written all the same");

    let table = takeroot(&["--lang", "en", "lrmx", "check", &bad()]);
    assert!(text(&table.stdout).contains("the file has a DOCTYPE"), "{}", text(&table.stdout));
}

#[test]
fn what_cannot_run_says_so() {
    for args in [
        vec!["lrmx", "check", "/nonexistent"],
        vec!["lrmx", "convert", "x.lrmx"],
        vec!["lrmx", "convert", "/nonexistent", "--xlsx", "y.xlsx"],
    ] {
        let out = takeroot(&args);
        assert_eq!(out.status.code(), Some(2), "{args:?}");
        assert!(!out.stderr.is_empty());
    }
}
