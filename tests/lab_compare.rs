//! `takeroot lab` from outside: the contract of its answers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn run(args: &[&str], threads: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_takeroot"))
        .args(args)
        .env("TAKEROOT_LANG", "en")
        .env("RAYON_NUM_THREADS", threads)
        .output()
        .expect("the program runs")
}

fn county(dir: &Path) -> String {
    let out = dir.join("county").display().to_string();
    let made = run(&["demo", "--people", "500", "--out", &out, "--on", "2026-07-01"], "2");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    out
}

fn json(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn a_comparison_has_its_intervals_and_is_the_same_on_any_threads() {
    let dir = tempfile::tempdir().unwrap();
    let roster = county(dir.path());
    let mut args = vec!["lab", "compare", "--roster", &roster, "--on", "2026-07-01", "--base", "law"];
    args.extend(["--with", "one-rise-one-fall", "--years", "7", "--replicates", "12", "--seed", "3"]);
    args.extend(["--draws", "2", "--json"]);
    let (one, two) = (json(&run(&args, "1")), json(&run(&args, "2")));
    assert_eq!(one, two);
    let comparison = &one["comparison"];
    for measure in comparison["measures"].as_array().unwrap() {
        assert_eq!(measure["years"].as_array().unwrap().len(), 7);
        for side in ["base", "with", "difference"] {
            let figure = &measure["horizon"][side];
            let of = |key: &str| figure[key].as_f64().unwrap_or_else(|| panic!("{key} of {measure}"));
            assert!(of("low") <= of("high"), "{measure}");
        }
    }
    let clause = |id: &str| {
        let clauses = one["clauses"].as_array().unwrap();
        clauses.iter().find(|c| c["clause"] == id).unwrap_or_else(|| panic!("{id} of {clauses:?}")).clone()
    };
    assert_eq!(
        (&clause("Z2-a")["taken"], &clause("Z2-a")["parts"][0]),
        (&"reckoned".into(), &"floor".into())
    );
    assert_eq!(
        (&clause("Z3-d")["taken"], &clause("Z3-d")["why"]),
        (&"nothing".into(), &"not-modelled".into())
    );
    assert!(clause("Z3-d")["said"].as_str().is_some_and(|said| said.starts_with("nothing: ")));
    assert_ne!(one["base"]["digest"], one["with"]["digest"]);
    assert!(one["assumptions"].as_array().unwrap().iter().all(|a| a["source"].is_string()));
    assert!(comparison["groups"].as_array().unwrap().iter().all(|g| g["people"].as_i64() >= Some(10)));
}

#[test]
fn a_stack_against_itself_differs_by_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let roster = county(dir.path());
    // The proposal's clauses of the world as it is: everything it says is said already.
    let policies = dir.path().join("policies");
    std::fs::create_dir(&policies).unwrap();
    let nothing = r#"
[proposal]
id = "nothing"
title = { zh = "什么也不改", en = "nothing" }
asked-by = { zh = "测试", en = "a test" }
summary = { zh = "不改任何规定。", en = "No rule is changed." }

[[clause]]
id = "NOTHING-1"
text = { zh = "什么也不改。", en = "Nothing is changed." }
source = { zh = "虚构", en = "invented" }
confidence = "D"
rule.statement = { about = "nothing" }
"#;
    std::fs::write(policies.join("nothing.toml"), nothing).unwrap();
    let policies = policies.display().to_string();
    let mut args = vec!["--policies", &policies, "lab", "compare", "--roster", &roster];
    args.extend(["--on", "2026-07-01", "--with", "nothing", "--years", "3", "--replicates", "4"]);
    args.extend(["--draws", "1", "--json"]);
    let answer = json(&run(&args, "2"));
    for measure in answer["comparison"]["measures"].as_array().unwrap() {
        assert_eq!(measure["direction"], "none", "{measure}");
        for key in ["value", "low", "high"] {
            assert_eq!(measure["horizon"]["difference"][key].as_f64(), Some(0.0), "{measure}");
        }
    }
}

#[test]
fn an_installation_answers_as_its_files_do() {
    let dir = tempfile::tempdir().unwrap();
    let roster = county(dir.path());
    let data = dir.path().join("data").display().to_string();
    let filled = run(&["demo", "--people", "500", "--data", &data, "--on", "2026-07-01"], "2");
    assert!(filled.status.success(), "{}", String::from_utf8_lossy(&filled.stderr));
    let of = |from: [&str; 2]| {
        let mut args = vec!["lab", "run", from[0], from[1], "--on", "2026-07-01", "--years", "2"];
        args.extend(["--replicates", "3", "--json"]);
        json(&run(&args, "2"))
    };
    let (file, kept) = (of(["--roster", &roster]), of(["--data", &data]));
    assert_eq!(file["measures"], kept["measures"]);
}

#[test]
fn assumptions_of_an_office_take_the_place_of_the_shipped_ones_and_faults_name_their_line() {
    let dir = tempfile::tempdir().unwrap();
    let roster = county(dir.path());
    let policies = dir.path().join("own");
    std::fs::create_dir_all(policies.join("behaviour")).unwrap();
    let shipped = include_str!("../policies/behaviour/training.toml");
    // Nothing but what people do: the rules are those in the binary.
    let file = policies.join("behaviour/training.toml");
    std::fs::write(&file, shipped.replace("value = 0.7", "value = 7.0")).unwrap();
    let own = policies.display().to_string();
    let args = ["--policies", &own, "lab", "run", "--roster", &roster, "--on", "2026-07-01", "--years", "1"];
    let told = run(&args, "2");
    assert_eq!(told.status.code(), Some(2));
    let told = String::from_utf8_lossy(&told.stderr).into_owned();
    assert!(told.contains("training.toml, line "), "{told}");
    std::fs::write(&file, shipped.replace("value = 0.7", "value = 0.5")).unwrap();
    let answer = run(&[&args[..], &["--replicates", "2", "--json"]].concat(), "2");
    let answer = json(&answer);
    let attended = answer["assumptions"].as_array().unwrap().iter().find(|a| a["key"] == "training.attended");
    assert_eq!(attended.unwrap()["value"].as_f64(), Some(0.5));
}

#[test]
fn the_schema_is_the_published_one() {
    let told = run(&["lab", "schema"], "1");
    assert_eq!(String::from_utf8_lossy(&told.stdout), include_str!("../docs/behaviour.schema.json"));
}
