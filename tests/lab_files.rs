//! Results as Parquet and Arrow: what a file holds is what `--json` says.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs::File;
use std::path::Path;
use std::process::{Command, Output};

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Date32Type, Float64Type, Int32Type, UInt32Type};
use arrow_array::{Array as _, RecordBatch};
use serde_json::Value;

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_takeroot"))
        .args(args)
        .env("TAKEROOT_LANG", "en")
        .output()
        .expect("the program runs")
}

fn json(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn county(dir: &Path) -> String {
    let out = dir.join("county").display().to_string();
    let made = run(&["demo", "--people", "500", "--out", &out, "--on", "2026-07-01"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    out
}

/// A row as it was read back.
#[derive(Clone, Debug, Default, PartialEq)]
struct Row {
    table: String,
    key: String,
    of: Option<String>,
    item: Option<String>,
    side: Option<String>,
    year: Option<i32>,
    from: Option<i32>,
    replicate: Option<u32>,
    at: Option<f64>,
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    se: Option<f64>,
    unit: String,
}

fn rows(batches: &[RecordBatch]) -> Vec<Row> {
    let mut rows = Vec::new();
    for batch in batches {
        let text = |name: &str, at: usize| {
            let column = batch.column_by_name(name).unwrap().as_string::<i32>();
            (!column.is_null(at)).then(|| column.value(at).to_owned())
        };
        let number = |name: &str, at: usize| {
            let column = batch.column_by_name(name).unwrap().as_primitive::<Float64Type>();
            (!column.is_null(at)).then(|| column.value(at))
        };
        for at in 0..batch.num_rows() {
            let year = batch.column_by_name("year").unwrap().as_primitive::<Int32Type>();
            let from = batch.column_by_name("from").unwrap().as_primitive::<Date32Type>();
            let replicate = batch.column_by_name("replicate").unwrap().as_primitive::<UInt32Type>();
            rows.push(Row {
                table: text("table", at).unwrap(),
                key: text("key", at).unwrap(),
                of: text("of", at),
                item: text("item", at),
                side: text("side", at),
                year: (!year.is_null(at)).then(|| year.value(at)),
                from: (!from.is_null(at)).then(|| from.value(at)),
                replicate: (!replicate.is_null(at)).then(|| replicate.value(at)),
                at: number("at", at),
                value: number("value", at),
                low: number("low", at),
                high: number("high", at),
                se: number("se", at),
                unit: text("unit", at).unwrap(),
            });
        }
    }
    rows
}

fn parquet(path: &str) -> Vec<Row> {
    let file = File::open(path).unwrap();
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReader::try_new(file, 1024).unwrap();
    rows(&reader.map(Result::unwrap).collect::<Vec<_>>())
}

fn arrow(path: &str) -> Vec<Row> {
    let reader = arrow_ipc::reader::FileReader::try_new(File::open(path).unwrap(), None).unwrap();
    let notes = reader.schema().metadata().clone();
    assert_eq!(notes["takeroot.version"], "1");
    serde_json::from_str::<Value>(&notes["takeroot.head"]).expect("what it was made from is JSON");
    rows(&reader.map(Result::unwrap).collect::<Vec<_>>())
}

/// The one row that a test asks for.
fn one(rows: &[Row], asked: impl Fn(&Row) -> bool) -> &Row {
    let found: Vec<&Row> = rows.iter().filter(|row| asked(row)).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    found[0]
}

/// The same number: reading JSON may turn the last bit of one.
fn near(here: Option<f64>, told: Option<f64>) -> bool {
    match (here, told) {
        (Some(here), Some(told)) => (here - told).abs() <= 4.0 * f64::EPSILON * told.abs(),
        (here, told) => here == told,
    }
}

#[track_caller]
fn same(row: &Row, figure: &Value) {
    for (here, key) in [(row.value, "value"), (row.low, "low"), (row.high, "high")] {
        let told = figure[key].as_f64();
        assert!(near(here, told), "{key} of {row:?} is told as {told:?}");
    }
}

#[track_caller]
fn alike(here: &[Row], told: &[Option<f64>]) {
    assert_eq!(here.len(), told.len());
    for (row, told) in here.iter().zip(told) {
        assert!(near(row.value, *told), "{row:?} is told as {told:?}");
    }
}

#[test]
fn a_run_is_written_replicate_by_replicate_and_its_means_are_those_of_the_json() {
    let dir = tempfile::tempdir().unwrap();
    let roster = county(dir.path());
    let at = |name: &str| dir.path().join(name).display().to_string();
    let (columns, ipc) = (at("run.parquet"), at("run.arrow"));
    let mut args = vec!["lab", "run", "--roster", &roster, "--on", "2026-07-01", "--years", "3"];
    args.extend(["--replicates", "5", "--json", "--out", &columns]);
    let said = json(&run(&args));
    let rows = parquet(&columns);
    let measures = said["measures"].as_array().unwrap();
    for measure in measures {
        let key = measure["key"].as_str().unwrap();
        for (at, figure) in measure["years"].as_array().unwrap().iter().enumerate() {
            let year = Some(at as i32 + 1);
            same(one(&rows, |r| r.table == "measures" && r.key == key && r.year == year), figure);
            // The mean over the replicates that are written is the mean that is told.
            let each: Vec<f64> = rows
                .iter()
                .filter(|r| r.table == "replicates" && r.key == key && r.year == year)
                .map(|r| r.value.unwrap())
                .collect();
            assert_eq!(each.len(), 5, "{key}");
            let (mean, told) = (each.iter().sum::<f64>() / 5.0, figure["value"].as_f64().unwrap());
            assert!((mean - told).abs() <= 1e-9 * told.abs().max(1.0), "{key}: {mean} and {told}");
        }
        let whole = one(&rows, |r| r.table == "measures" && r.key == key && r.year.is_none());
        same(whole, &measure["horizon"]);
        assert_eq!(whole.unit, measure["unit"].as_str().unwrap());
    }
    // The second year begins a year after the roster's day.
    let second = one(&rows, |r| r.table == "measures" && r.key == "vacant" && r.year == Some(2));
    assert_eq!(second.from, Some(21_000), "days from 1970 to 2027-07-01");

    // Over a file that is there, and as the other kind: the same rows.
    *args.last_mut().unwrap() = &ipc;
    std::fs::write(&ipc, "an older file").unwrap();
    let again = json(&run(&args));
    assert_eq!(again["measures"], said["measures"]);
    assert_eq!(arrow(&ipc), rows);
    let left: Vec<String> = std::fs::read_dir(dir.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains(".part"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_comparison_its_sensitivity_and_its_packages_are_written_as_they_are_told() {
    let dir = tempfile::tempdir().unwrap();
    let roster = county(dir.path());
    let out = dir.path().join("answer.parquet").display().to_string();
    let of = |command: &str, more: &[&str]| {
        let mut args = vec!["lab", command, "--roster", &roster, "--on", "2026-07-01", "--years", "2"];
        args.extend(["--with", "one-rise-one-fall", "--json", "--out", &out]);
        args.extend(more);
        let said = json(&run(&args));
        (said, parquet(&out))
    };

    let (said, rows) = of("compare", &["--replicates", "6", "--draws", "2"]);
    let comparison = &said["comparison"];
    for measure in comparison["measures"].as_array().unwrap() {
        let here = |r: &Row, table: &str| r.table == table && r.key == measure["key"].as_str().unwrap();
        for side in ["base", "with", "difference"] {
            let whole =
                one(&rows, |r| here(r, "measures") && r.year.is_none() && r.side.as_deref() == Some(side));
            same(whole, &measure["horizon"][side]);
            let year =
                one(&rows, |r| here(r, "measures") && r.year == Some(2) && r.side.as_deref() == Some(side));
            same(year, &measure["years"][1][side]);
        }
        same(one(&rows, |r| here(r, "figures")), &measure["figures"]);
        assert_eq!(
            rows.iter().filter(|r| here(r, "levers")).count(),
            measure["levers"].as_array().unwrap().len()
        );
    }
    let organs = comparison["organs"].as_array().unwrap();
    let people: f64 = rows
        .iter()
        .filter(|r| r.table == "organs" && r.key == "people")
        .map(|r| r.value.unwrap())
        .inspect(|people| assert!(*people >= 10.0, "an organ of {people} is told alone"))
        .sum();
    assert_eq!(people, organs.iter().map(|o| o["people"].as_f64().unwrap()).sum::<f64>());
    let rate = one(&rows, |r| r.table == "assumptions" && r.key == "resign.rate");
    let assumed = said["assumptions"].as_array().unwrap().iter().find(|a| a["key"] == "resign.rate").unwrap();
    same(rate, assumed);

    let few = ["--replicates", "2", "--trajectories", "2", "--keep", "1", "--rows", "16", "--of", "vacant"];
    let (said, rows) = of("sensitivity", &few);
    let outcome = &said["sensitivity"]["outcomes"][0];
    for s in outcome["screening"].as_array().unwrap() {
        let of = s["factor"].as_str();
        let row = one(&rows, |r| r.of.as_deref() == of && r.item.as_deref() == Some("mu-star"));
        assert!(near(row.value, s["mu_star"].as_f64()) && near(row.se, s["error"].as_f64()), "{row:?} {s}");
    }
    same(
        one(&rows, |r| r.table == "shares" && r.item.as_deref() == Some("total")),
        &outcome["shares"][0]["total"],
    );

    let (said, rows) = of("search", &["--replicates", "2", "--draws", "0"]);
    for package in said["search"]["packages"].as_array().unwrap() {
        let names: Vec<&str> =
            package["proposals"].as_array().unwrap().iter().map(|p| p.as_str().unwrap()).collect();
        let of = Some(names.join("+"));
        same(one(&rows, |r| r.key == "cost" && r.of == of), &package["cost"]);
        let front = one(&rows, |r| r.key == "front" && r.of == of && r.item.as_deref() == Some("on"));
        assert_eq!(front.value == Some(1.0), package["on_front"].as_bool().unwrap());
    }
}

#[test]
fn fits_and_backtests_are_written_with_their_curves() {
    let dir = tempfile::tempdir().unwrap();
    let data = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/survival/tests/data").join(name);
        path.display().to_string()
    };
    let (file, map) = (data("lifelines-canadian_senators.csv"), data("senators.toml"));
    let out = dir.path().join("fit.arrow").display().to_string();
    let said = json(&run(&["lab", "fit", &file, "--map", &map, "--json", "--out", &out]));
    let rows = arrow(&out);
    let stay: Vec<Row> =
        rows.iter().filter(|r| r.table == "kaplan-meier" && r.key == "stay").cloned().collect();
    let told: Vec<Option<f64>> =
        said["kaplan_meier"]["survival"].as_array().unwrap().iter().map(Value::as_f64).collect();
    assert!(stay.len() > 100, "{}", stay.len());
    alike(&stay, &told);
    for hazard in said["hazards"]["causes"].as_array().unwrap() {
        let c = &hazard["coefficients"][0];
        let row = one(&rows, |r| {
            r.table == "coefficients"
                && r.key == "(constant)"
                && r.of.as_deref() == hazard["cause"].as_str()
                && r.item.is_none()
        });
        same(row, c);
        assert!(near(row.se, c["se"].as_f64()), "{row:?}");
    }

    // Twenty invented people a year, who stay two to eight years.
    let mut careers = "no,from,to\n".to_owned();
    for (year, n) in (1990..2015).flat_map(|year| (0..20).map(move |n| (year, n))) {
        let end = year + 2 + (n * 7 + year) % 7;
        let end = if end > 2018 { String::new() } else { end.to_string() };
        careers.push_str(&format!("{year}-{n},{year},{end}\n"));
    }
    let file = dir.path().join("careers.csv").display().to_string();
    let map = dir.path().join("map.toml").display().to_string();
    std::fs::write(&file, careers).unwrap();
    std::fs::write(&map, "[spells]\nid = \"no\"\nstart = \"from\"\nend = \"to\"\n").unwrap();
    let out = dir.path().join("backtest.parquet").display().to_string();
    let mut args = vec!["lab", "backtest", &file, "--map", &map, "--until", "2010", "--through", "2015"];
    args.extend(["--draws", "50", "--json", "--out", &out]);
    let said = json(&run(&args));
    let rows = parquet(&out);
    let periods = said["all"]["periods"].as_array().unwrap();
    let actual: Vec<Row> = rows
        .iter()
        .filter(|r| r.table == "periods" && r.key == "all" && r.of.is_none())
        .filter(|r| r.side.as_deref() == Some("actual"))
        .cloned()
        .collect();
    assert!(!actual.is_empty());
    alike(&actual, &periods.iter().map(|p| p["actual"].as_f64()).collect::<Vec<_>>());
}

#[test]
fn what_cannot_be_written_is_said_before_anything_is_run() {
    let dir = tempfile::tempdir().unwrap();
    for (name, word) in [("answer.xlsx", ".parquet or .arrow"), ("nowhere/answer.parquet", "no folder")] {
        let out = dir.path().join(name).display().to_string();
        let output = run(&["lab", "run", "--roster", "not-read.json", "--out", &out]);
        assert_eq!(output.status.code(), Some(2));
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains(word), "{told}");
    }
}
