//! `takeroot lab` from outside: exit codes, JSON, both languages.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_takeroot")).args(args).output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn json(output: &Output) -> Value {
    assert!(output.status.code() != Some(2), "{}", told(output));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn data(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/survival/tests/data").join(name);
    path.to_str().unwrap().to_owned()
}

fn written(dir: &tempfile::TempDir, name: &str, text: &str) -> PathBuf {
    let path = dir.path().join(name);
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn curves_and_hazards_of_public_terms() {
    let (file, map) = (data("lifelines-canadian_senators.csv"), data("senators.toml"));
    let output = run(&["lab", "fit", &file, "--map", &map, "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let report = json(&output);
    assert_eq!(report["unit"], "day");
    let curve = &report["kaplan_meier"];
    assert_eq!(curve["time"].as_array().unwrap().len(), curve["survival"].as_array().unwrap().len());
    assert_eq!(report["hazards"]["causes"].as_array().unwrap().len(), 3);
    assert_eq!(report["hazards"]["causes"][0]["coefficients"][0]["name"], "(constant)");

    // As it was known in 1950: fewer had left.
    let before = json(&run(&["lab", "fit", &file, "--map", &map, "--until", "1950", "--json"]));
    let events = |r: &Value| r["hazards"]["causes"][0]["events"].as_f64().unwrap();
    assert!(events(&before) < events(&report) && events(&before) > 0.0);

    for (lang, word) in [("zh", "仍在任"), ("en", "Still there")] {
        let output = run(&["--lang", lang, "lab", "fit", &file, "--map", &map]);
        assert!(String::from_utf8(output.stdout).unwrap().contains(word));
    }
}

/// Forty invented people a year who stay three to twelve years.
fn invented() -> String {
    let mut rows = "no,from,to,why\n".to_owned();
    for year in 1990..=2015 {
        for n in 0..40 {
            let stay = 3 + (n * 7 + year * 3) % 10;
            let (no, end) = (year * 100 + n, year + stay);
            let line =
                if end > 2018 { format!("{no},{year},,\n") } else { format!("{no},{year},{end},left\n") };
            rows.push_str(&line);
        }
    }
    rows
}

const MAP: &str = "[spells]\nid = \"no\"\nstart = \"from\"\nend = \"to\"\n\n[exit]\ncolumn = \"why\"\nrunning = [\"\"]\n\n[exit.causes]\nleave = [\"left\"]\n\n[watched]\nuntil = \"2018\"\n\n[[term]]\nname = \"service\"\nof = \"service\"\nas = \"bands\"\nbands = [3, 6, 9, 11]\n";

#[test]
fn a_backtest_says_how_it_did_beside_the_naive_forecasts() {
    let dir = tempfile::tempdir().unwrap();
    let (file, map) = (written(&dir, "rows.csv", &invented()), written(&dir, "map.toml", MAP));
    let typed = [
        "lab",
        "backtest",
        file.to_str().unwrap(),
        "--map",
        map.to_str().unwrap(),
        "--until",
        "2010-12-31",
        "--through",
        "2015-12-31",
        "--draws",
        "100",
    ];
    let with = |more: &[&str]| run(&[&typed[..], more].concat());
    let output = with(&["--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let report = json(&output);
    let periods = report["all"]["periods"].as_array().unwrap();
    assert_eq!(periods.len(), 5);
    assert_eq!((&periods[0]["from"], &periods[4]["to"]), (&"2011-01-01".into(), &"2015-12-31".into()));
    for period in periods {
        let (wide, narrow) = (&period["interval_95"], &period["interval_50"]);
        assert!(
            wide["low"].as_f64() <= narrow["low"].as_f64()
                && narrow["high"].as_f64() <= wide["high"].as_f64()
        );
        assert!(period["last_years_rate"].is_number() && period["cohorts_rate"].is_number());
    }
    assert!(report["verdict"].as_array().unwrap().len() >= 3);
    // The same seed, the same bytes.
    assert_eq!(output.stdout, with(&["--json"]).stdout);
    assert_ne!(output.stdout, with(&["--json", "--seed", "2"]).stdout);
    for (lang, word) in [("zh", "简单预测"), ("en", "naive forecasts")] {
        let output = with(&["--lang", lang]);
        assert!(String::from_utf8(output.stdout).unwrap().contains(word));
    }
}

#[test]
fn rows_with_flaws_are_told_and_the_rest_is_done() {
    let dir = tempfile::tempdir().unwrap();
    let rows = invented() + "7,2001,soon,left\n8,2005,2003,left\n9,2004,2006,vanished\n";
    let (file, map) = (written(&dir, "rows.csv", &rows), written(&dir, "map.toml", MAP));
    let output = run(&[
        "--lang",
        "en",
        "lab",
        "fit",
        file.to_str().unwrap(),
        "--map",
        map.to_str().unwrap(),
        "--json",
    ]);
    assert_eq!(output.status.code(), Some(1));
    let report = json(&output);
    assert_eq!((&report["read"]["rows"], &report["read"]["spells"]), (&1043.into(), &1040.into()));
    let told = told(&output);
    for word in ["line 1042", "“to”", "“soon”", "expected a date", "“vanished”"] {
        assert!(told.contains(word), "{word}: {told}");
    }
}

#[test]
fn what_cannot_be_run_says_why_and_exits_with_2() {
    let dir = tempfile::tempdir().unwrap();
    let (file, map) = (written(&dir, "rows.csv", &invented()), written(&dir, "map.toml", MAP));
    let wrong = written(&dir, "wrong.toml", &MAP.replace("start = \"from\"", "start = \"begin\""));
    let (file, map, wrong) = (file.to_str().unwrap(), map.to_str().unwrap(), wrong.to_str().unwrap());
    let folder = dir.path().to_str().unwrap();
    for (args, why) in [
        (&["lab", "fit", "/no/such/file.csv", "--map", map][..], "/no/such/file.csv"),
        (&["lab", "fit", file, "--map", "/no/such/map.toml"][..], "/no/such/map.toml"),
        (&["lab", "fit", file, "--map", wrong][..], "wrong.toml:3:9"),
        (&["lab", "fit", folder, "--map", map][..], folder),
        (&["lab", "fit", file, "--map", map, "--until", "sometime"][..], "sometime"),
        (&["lab", "backtest", file, "--map", map, "--until", "2010", "--through", "2010"][..], "2010-12-31"),
        (&["lab", "backtest", file, "--map", map, "--until", "2010", "--through", "2030"][..], "2018-12-31"),
    ] {
        let output = run(args);
        let told = told(&output);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {told}");
        assert!(told.contains(why), "{args:?}: {told}");
    }
}
