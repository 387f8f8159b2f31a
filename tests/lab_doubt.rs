//! `takeroot lab sensitivity` and `takeroot lab search` from outside: the contract of their answers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn run(lang: &str, args: &[&str], threads: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_takeroot"))
        .args(args)
        .env("TAKEROOT_LANG", lang)
        .env("RAYON_NUM_THREADS", threads)
        .output()
        .expect("the program runs")
}

fn county(dir: &Path) -> String {
    let out = dir.join("county").display().to_string();
    let made = run("en", &["demo", "--people", "500", "--out", &out, "--on", "2026-07-01"], "2");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    out
}

fn json(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn what_an_answer_hangs_on_is_told_with_as_many_runs_as_were_announced() {
    let dir = tempfile::tempdir().unwrap();
    let roster = county(dir.path());
    let mut args = vec!["lab", "sensitivity", "--roster", &roster, "--on", "2026-07-01"];
    args.extend(["--with", "township-tilt", "--of", "pay-bill", "vacant-township", "--years", "2"]);
    args.extend(["--replicates", "2", "--trajectories", "2", "--keep", "2", "--rows", "16"]);
    let asked = [&args[..], &["--json"]].concat();
    let (one, two) = (run("en", &asked, "1"), run("en", &asked, "2"));
    assert_eq!(one.stdout, two.stdout, "the same bytes on any threads");
    let found = &json(&one)["sensitivity"];
    let factors = found["factors"].as_array().unwrap().len();
    let runs = 2 * 2 * (1 + 2 * (factors + 1) + 16 * 4);
    assert_eq!(found["runs"].as_u64(), Some(runs as u64));
    assert!(text(&one.stderr).contains(&format!("{runs} runs")), "{}", text(&one.stderr));
    let outcomes = found["outcomes"].as_array().unwrap();
    let keys: Vec<&str> = outcomes.iter().map(|o| o["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["pay-bill", "vacant-township"]);
    for outcome in outcomes {
        let screening = outcome["screening"].as_array().unwrap();
        assert_eq!(screening.len(), factors);
        let trained = screening.iter().find(|s| s["factor"] == "training.attended").unwrap();
        assert_eq!(trained["mu_star"].as_f64(), Some(0.0), "training moves nobody");
        for share in outcome["shares"].as_array().unwrap() {
            for index in ["first", "total"] {
                let of = |key: &str| share[index][key].as_f64().unwrap();
                assert!(of("low") <= of("value") && of("value") <= of("high"), "{share}");
            }
        }
    }
    for (lang, says) in [("en", "Screening: "), ("zh", "筛选：")] {
        let told = run(lang, &args, "2");
        assert!(told.status.success() && text(&told.stdout).contains(says), "{}", text(&told.stdout));
    }
    let wrong = run("en", &["lab", "sensitivity", "--with", "township-tilt", "--of", "nonsense"], "1");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("vacant-township"), "those that there are are named");
}

#[test]
fn packages_come_with_their_front_and_bounds_and_too_many_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let roster = county(dir.path());
    let mut args = vec!["lab", "search", "--roster", &roster, "--on", "2026-07-01"];
    args.extend(["--with", "township-tilt", "one-rise-one-fall", "--years", "3", "--replicates", "4"]);
    args.extend(["--target", "person-years", "vacant-township", "--draws", "1"]);
    let asked = [&args[..], &["--json"]].concat();
    let (one, two) = (run("en", &asked, "1"), run("en", &asked, "2"));
    assert_eq!(one.stdout, two.stdout, "the same bytes on any threads");
    assert!(text(&one.stderr).contains(&format!("{} runs", 4 * (4 + 4))), "{}", text(&one.stderr));
    let answer = json(&one);
    let packages = answer["search"]["packages"].as_array().unwrap();
    assert_eq!(packages.len(), 4);
    let costs: Vec<f64> = packages.iter().map(|p| p["cost"]["value"].as_f64().unwrap()).collect();
    assert!(costs.is_sorted());
    assert!(packages.iter().any(|p| p["on_front"] == true));
    for package in packages {
        assert_eq!(package["targets"].as_array().unwrap().len(), 2);
        assert_eq!(package["beaten_by"].is_null(), package["on_front"] == true, "{package}");
    }
    for (lang, says) in [("en", "The front: "), ("zh", "前沿：")] {
        let told = run(lang, &args, "2");
        assert!(told.status.success() && text(&told.stdout).contains(says), "{}", text(&told.stdout));
    }
    // Nothing reaches what nothing can reach, and that is said.
    let none = [&args[..6], &["--with", "township-tilt", "--years", "1", "--replicates", "2"]].concat();
    let none = run("en", &[&none[..], &["--draws", "0", "--target", "person-years=1000000"]].concat(), "2");
    assert!(text(&none.stdout).contains("No package"), "{}", text(&none.stdout));
    let many: Vec<String> = (0..11).map(|n| format!("proposal-{n}")).collect();
    let mut args = vec!["lab", "search", "--roster", &roster, "--with"];
    args.extend(many.iter().map(String::as_str));
    let refused = run("en", &args, "1");
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("11 proposals were given"), "{}", text(&refused.stderr));
}
