//! `takeroot lab report` from outside: what it writes, and that nothing half-written stays.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn command(lang: &str, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_takeroot"));
    command.args(args).env("TAKEROOT_LANG", lang);
    command
}

fn run(lang: &str, args: &[&str]) -> Output {
    command(lang, args).output().expect("the program runs")
}

fn county(dir: &Path) -> String {
    let out = dir.join("county").display().to_string();
    let made = run("en", &["demo", "--people", "500", "--out", &out, "--on", "2026-07-01"]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    out
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What is in a directory, the invented county left aside.
fn files(dir: &Path) -> Vec<String> {
    let names =
        std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name != "county").collect();
    names.sort();
    names
}

#[test]
fn each_and_the_sum_against_both_bases_are_written_in_both_languages_and_told() {
    let dir = tempfile::tempdir().unwrap();
    let roster = county(dir.path());
    let at = |name: &str| dir.path().join(name).display().to_string();
    let (zh, en, md) = (at("r.zh.pdf"), at("r.en.pdf"), at("r.zh.md"));
    let mut args = vec!["lab", "report", "--roster", &roster, "--on", "2026-07-01", "--base", "law"];
    args.extend(["--base", "as-in-2013", "--with", "township-tilt", "--with", "one-rise-one-fall"]);
    args.extend(["--each", "--sum", "--years", "2", "--replicates", "3", "--draws", "1", "--seed", "7"]);
    args.extend(["--sense", "--trajectories", "2"]);
    let written = [&args[..], &["--pdf", &zh, "--pdf", &en, "--markdown", &md, "--json"]].concat();
    let answer = run("en", &written);
    assert!(answer.status.success(), "{}", text(&answer.stderr));
    assert_eq!(files(dir.path()), ["r.en.pdf", "r.zh.md", "r.zh.pdf"], "and no part of a file");
    for (file, lang) in [(&zh, "zh"), (&en, "en")] {
        let pdf = std::fs::read(file).unwrap();
        assert!(pdf.starts_with(b"%PDF-1.7"));
        let whole = text(&pdf);
        assert!(whole.contains(&format!("/Lang({lang}")), "{lang}");
    }
    let markdown = std::fs::read_to_string(&md).unwrap();
    for words in ["《一升一降》", "2项方案一并实行", "以2013年的规定为基准", "什么最能改变答案", "差变动"]
    {
        assert!(markdown.contains(words), "{words}: {markdown}");
    }
    let answer: Value = serde_json::from_slice(&answer.stdout).unwrap();
    assert_eq!(answer["invented"], true);
    let bases = answer["bases"].as_array().unwrap();
    let names: Vec<&str> = bases.iter().map(|base| base["base"].as_str().unwrap()).collect();
    assert_eq!(names, ["law", "as-in-2013"]);
    for base in bases {
        let packages = base["packages"].as_array().unwrap();
        let counts: Vec<usize> = packages.iter().map(|p| p["proposals"].as_array().unwrap().len()).collect();
        assert_eq!(counts, [1, 1, 2], "each, then all together");
        let screened: Vec<bool> = packages.iter().map(|p| p["sensitivity"].is_object()).collect();
        assert_eq!(screened, [false, false, true], "the sum is screened");
        for package in packages {
            assert_ne!(package["digest"], base["digest"]);
            let comparison = &package["comparison"];
            assert_eq!((&comparison["plan"]["seed"], &comparison["plan"]["years"]), (&7.into(), &2.into()));
        }
    }
    let again = answer["again"].as_str().unwrap();
    assert!(
        again.starts_with("takeroot lab report --roster ") && again.contains("--base as-in-2013"),
        "{again}"
    );
    // The same again, on the terminal: the same figures.
    let compared = run(
        "en",
        &[
            "lab",
            "compare",
            "--roster",
            &roster,
            "--on",
            "2026-07-01",
            "--with",
            "township-tilt",
            "--years",
            "2",
            "--replicates",
            "3",
            "--draws",
            "1",
            "--seed",
            "7",
            "--json",
        ],
    );
    let compared: Value = serde_json::from_slice(&compared.stdout).unwrap();
    assert_eq!(compared["comparison"], bases[0]["packages"][0]["comparison"], "a comparison is a comparison");
    for (lang, words) in
        [("zh", ["各方案与基准之差", "花多少钱"]), ("en", ["Each package against", "What it costs"])]
    {
        let told = run(lang, &[&args[..args.len() - 3], &[]].concat());
        assert!(told.status.success(), "{}", text(&told.stderr));
        for words in words {
            assert!(text(&told.stdout).contains(words), "{words}: {}", text(&told.stdout));
        }
    }
}

#[test]
fn what_is_wrong_is_said_in_words_before_anything_is_run_and_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    let roster = county(dir.path());
    let pdf = dir.path().join("r.pdf").display().to_string();
    let known = ["lab", "report", "--roster", &roster, "--on", "2026-07-01", "--pdf", &pdf];
    let wrong = run("en", &[&known[..], &["--with", "nonsense"]].concat());
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("nonsense"), "{}", text(&wrong.stderr));
    let wrong = run("en", &[&known[..], &["--base", "nowhere", "--with", "township-tilt"]].concat());
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("nowhere"), "{}", text(&wrong.stderr));
    assert!(files(dir.path()).is_empty(), "{:?}", files(dir.path()));
    let nowhere = dir.path().join("no/such/place/r.pdf").display().to_string();
    let args = ["lab", "report", "--roster", &roster, "--pdf", &nowhere, "--with", "township-tilt"];
    let wrong = run("en", &args);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("cannot be written"), "{}", text(&wrong.stderr));
    // A comparison takes one base; that a second was typed is no reason to pass over one of them.
    let args =
        ["lab", "compare", "--roster", &roster, "--base", "law", "--base", "as-in-2013", "--with", "x"];
    assert_eq!(run("en", &args).status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn whoever_stops_it_finds_nothing_half_written() {
    let dir = tempfile::tempdir().unwrap();
    let roster = county(dir.path());
    let pdf = dir.path().join("r.pdf");
    std::fs::write(&pdf, "the report of last year").unwrap();
    let path = pdf.display().to_string();
    let mut args =
        vec!["lab", "report", "--roster", &roster, "--on", "2026-07-01", "--with", "township-tilt"];
    args.extend(["--years", "40", "--replicates", "10000", "--pdf", &path]);
    let mut running = command("en", &args).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    // Until the part stands there it has not begun.
    let mut waited = 0;
    while files(dir.path()).len() < 2 {
        std::thread::sleep(std::time::Duration::from_millis(50));
        waited += 1;
        assert!(waited < 2400, "it never began");
    }
    std::thread::sleep(std::time::Duration::from_secs(3));
    let id = running.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let ended = running.wait().unwrap();
    assert_eq!(ended.code(), Some(2));
    assert_eq!(files(dir.path()), ["r.pdf"]);
    assert_eq!(std::fs::read_to_string(&pdf).unwrap(), "the report of last year");
}
