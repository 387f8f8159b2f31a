//! What a fit says, the lab takes: from a table of spells with known rates, and from an office's own records.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fmt::Write as _;
use std::process::{Command, Output};

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

fn ok(args: &[&str]) {
    let output = run(args);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn assumed<'v>(answer: &'v Value, key: &str) -> &'v Value {
    answer["assumptions"].as_array().unwrap().iter().find(|a| a["key"] == key).unwrap()
}

/// A plain generator: the same people on every machine.
struct Dice(u64);

impl Dice {
    fn chance(&mut self, p: f64) -> bool {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 11) as f64 / (1_u64 << 53) as f64) < p
    }
}

/// Five thousand invented people from 2010 to 2019, month by month; those from the county resign at `home`, others at `away`, a year.
fn careers(home: f64, away: f64) -> String {
    let mut dice = Dice(20_260_701);
    let mut rows = "no,from,to,why,home\n".to_owned();
    for no in 0..5_000 {
        let from = no % 60;
        let at_home = no % 2 == 0;
        let monthly = 1.0 - (1.0 - if at_home { home } else { away }).powf(1.0 / 12.0);
        let month = |n: usize| format!("{}-{:02}", 2010 + n / 12, n % 12 + 1);
        let end = (from..120).find(|_| dice.chance(monthly));
        let (to, why) = end.map_or((String::new(), ""), |n| (month(n), "resigned"));
        writeln!(rows, "{no},{},{to},{why},{}", month(from), u8::from(at_home)).unwrap();
    }
    rows
}

const MAP: &str = r#"
[spells]
id = "no"
start = "from"
end = "to"
[exit]
column = "why"
running = [""]
[exit.causes]
resign = ["resigned"]
[watched]
until = "2019-12-31"
[[term]]
name = "home"
column = "home"
as = "number"
[fit]
period = "PERIOD"
[[lab]]
key = "resign.rate"
[[lab]]
key = "leave.local"
coefficient = "home"
"#;

#[test]
fn rates_that_are_known_are_found_and_a_comparison_uses_them() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    let (rows, map, fit, county) = (at("careers.csv"), at("map.toml"), at("fit.json"), at("county"));
    std::fs::write(&rows, careers(0.05, 0.10)).unwrap();
    for period in ["month", "year"] {
        std::fs::write(&map, MAP.replace("PERIOD", period)).unwrap();
        let output = run(&["lab", "fit", &rows, "--map", &map, "--json"]);
        let found = json(&output)["coefficients"].clone();
        std::fs::write(&fit, &output.stdout).unwrap();
        let figure = |key: &str| {
            ["value", "low", "high", "se"]
                .map(|part| found[key][part].as_f64().unwrap_or_else(|| panic!("{found}")))
        };
        // The odds ratio of 0.05 against 0.10 a year, and a mean rate between the two nearer to those who stay longer.
        let [value, low, high, se] = figure("leave.local");
        let truth = if period == "month" { -0.7222 } else { -0.7472 };
        assert!((value - truth).abs() < 3.0 * se, "{period}: {value} ± {se}, {truth} was put in");
        assert!((low..high).contains(&truth) && se < 0.07, "{period}: {low} to {high} ± {se}");
        let [value, low, high, se] = figure("resign.rate");
        assert!((low..high).contains(&0.0725) && (high - low) < 0.02, "{period}: {low}, {value}, {high}");
        assert!((value / 0.0725).ln().abs() < 3.0 * se, "{period}: {value} ± {se}");
    }

    ok(&["demo", "--people", "500", "--out", &county, "--on", "2026-07-01"]);
    let compare = |fit: &[&str]| {
        let mut args = vec!["lab", "compare", "--roster", &county, "--on", "2026-07-01", "--years", "3"];
        args.extend(["--with", "one-rise-one-fall", "--replicates", "8", "--draws", "1", "--json"]);
        args.extend(fit);
        json(&run(&args))
    };
    let (before, after) = (compare(&[]), compare(&["--fit", &fit]));
    let fitted: Value = serde_json::from_slice(&std::fs::read(&fit).unwrap()).unwrap();
    for key in ["resign.rate", "leave.local"] {
        let figure = assumed(&after, key);
        for part in ["value", "low", "high"] {
            assert_eq!(figure[part], fitted["coefficients"][key][part], "{key}");
        }
        let source = figure["source"].as_str().unwrap();
        assert!(source.contains("fitted on 5000 spells") && source.contains("2019-12-31"), "{source}");
        assert_eq!(figure["confidence"], "medium");
        assert_ne!(assumed(&before, key)["value"], figure["value"]);
    }
    assert_eq!(assumed(&before, "select.rate"), assumed(&after, "select.rate"));
    assert_ne!(before["comparison"]["assumptions"], after["comparison"]["assumptions"]);
    // Seven in a hundred a year resign where four in a thousand were assumed.
    let resigned = |answer: &Value| {
        let measures = answer["comparison"]["measures"].as_array().unwrap();
        let of = measures.iter().find(|m| m["key"] == "resigned").unwrap();
        of["horizon"]["base"]["value"].as_f64().unwrap()
    };
    assert!(resigned(&after) > 6.0 * resigned(&before), "{} and {}", resigned(&before), resigned(&after));

    // What no fit can give is refused at its place in the mapping file.
    std::fs::write(&map, MAP.replace("PERIOD", "year").replace("leave.local", "burden.kept")).unwrap();
    let output = run(&["lab", "fit", &rows, "--map", &map]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && told.contains("burden.kept"), "{told}");
}

/// Of the leavers of the demonstration, how many are expected by a reason in a year for each person in service.
fn generator(reasons: &[&str]) -> f64 {
    let shape: toml::Table = include_str!("../crates/demo/shape.toml").parse().unwrap();
    let left = shape["left"].as_table().unwrap();
    let weights = left["reasons"].as_table().unwrap();
    let number = |value: &toml::Value| value.as_float().or(value.as_integer().map(|n| n as f64)).unwrap();
    let all: f64 = weights.values().map(number).sum();
    let of: f64 = reasons.iter().map(|reason| number(&weights[*reason])).sum();
    number(&left["per_person"]) * (1.0 - number(&left["cancelled"])) * of / all / number(&left["years_back"])
}

#[test]
fn an_offices_own_records_give_the_rates_that_its_people_left_at() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    let (data, fit, out) = (at("data"), at("fit.json"), at("fit.parquet"));
    ok(&["demo", "--people", "2000", "--data", &data, "--on", "2026-07-01"]);
    let output = run(&["lab", "fit", "--data", &data, "--json", "--out", &out]);
    let report = json(&output);
    std::fs::write(&fit, &output.stdout).unwrap();
    assert_eq!(report["invented"], true);

    // Leavers are spread over the ten years before the day; nothing before is counted as staying.
    let since = report["since"].as_str().unwrap();
    assert!(("2016-07"..="2016-09").contains(&&since[..7]), "{since}");
    let years = report["hazards"]["person_periods"].as_f64().unwrap() / 12.0;
    assert!((15_000.0..22_000.0).contains(&years), "{years} person-years of some 2000 people in ten years");

    // What the generator was told comes out again, as far as chance lets it.
    let reasons: [(&str, &[&str]); 4] = [
        ("resign", &["resigned"]),
        ("select", &["selected-up"]),
        ("transfer", &["transferred-out"]),
        ("die", &["died"]),
    ];
    for (cause, reasons) in reasons {
        let hazards = report["hazards"]["causes"].as_array().unwrap();
        let events = hazards.iter().find(|h| h["cause"] == cause).unwrap()["events"].as_f64().unwrap();
        let expected = generator(reasons) * 2000.0 * 9.9;
        assert!(
            (events - expected).abs() < 3.5 * expected.sqrt(),
            "{cause}: {events}, {expected:.1} expected"
        );
        let Some(rate) = report["coefficients"].get(format!("{cause}.rate")) else { continue };
        // Nobody of the demonstration leaves inside a minimum service, so that the rate is of fewer person-years.
        let of = |part: &str| rate[part].as_f64().unwrap();
        let plain = events / years;
        // The lab's rates are also of those whom an organ of the county takes; exits are of those who leave it.
        let within = report["coefficients"].get(format!("{cause}.within-county"));
        let stay = within.map_or(0.0, |share| share["value"].as_f64().unwrap());
        assert_eq!(stay > 0.3, cause != "resign", "many of the demonstration began in townships: {stay}");
        let out = of("value") * (1.0 - stay);
        assert!(out > plain && out < 1.35 * plain, "{cause}: {out} and {plain}");
        assert!(of("own_share") > 0.9, "ten years of 2000 people outweigh what was assumed: {rate}");
    }
    // The generator knows nothing of remoteness, degrees or home: nothing is what is found.
    for key in ["leave.local", "leave.degree", "leave.remote"] {
        let of = |part: &str| report["coefficients"][key][part].as_f64().unwrap();
        assert!((of("low")..of("high")).contains(&0.0), "{key}: {}", report["coefficients"][key]);
    }

    // Nobody can be read out of it: curves and tables are of ten or more, and nobody is named.
    for at_risk in
        ["kaplan_meier", "aalen_johansen"].iter().flat_map(|c| report[c]["at_risk"].as_array().unwrap())
    {
        assert!(at_risk.as_f64() >= Some(10.0), "{at_risk}");
    }
    assert!(report["by_service"].as_array().unwrap().iter().all(|row| row["at_risk"].as_f64() >= Some(10.0)));
    assert_eq!(report["read"]["not_taken_rows"].as_array().unwrap().len(), 0);

    // The lab takes it, and says so.
    let mut args = vec!["lab", "run", "--data", &data, "--fit", &fit, "--on", "2026-07-01", "--years", "1"];
    args.extend(["--replicates", "2", "--json"]);
    let answer = json(&run(&args));
    let rate = assumed(&answer, "resign.rate");
    assert_eq!(rate["value"], report["coefficients"]["resign.rate"]["value"]);
    assert!(rate["source"].as_str().unwrap().starts_with("fitted on "), "{rate}");

    // What was known in 2021 foretells the four years after, in years and beside the naive forecasts.
    let mut args =
        vec!["lab", "backtest", "--data", &data, "--until", "2021-12-31", "--through", "2025-12-31"];
    args.extend(["--draws", "200", "--json"]);
    let backtest = json(&run(&args));
    let periods = backtest["all"]["periods"].as_array().unwrap();
    assert_eq!(periods.len(), 4);
    for period in periods {
        let of = |part: &str| period[part].as_f64().unwrap();
        assert!(of("actual") > 20.0 && of("forecast") > 20.0, "{period}");
    }
    assert!(backtest["coverage"]["all"]["80"].is_number() && backtest["verdict"].is_array());

    // A table and an installation are two things.
    let both = run(&["lab", "fit", "careers.csv", "--map", "map.toml", "--data", &data]);
    assert_eq!(both.status.code(), Some(2));
    // A short history leans on what was assumed: nearer to it, less sure, and it says so.
    let short = json(&run(&["lab", "fit", "--data", &data, "--until", "2017-06-30", "--json"]));
    for key in ["select.rate", "leave.young", "leave.degree"] {
        let of = |report: &Value, part: &str| report["coefficients"][key][part].as_f64().unwrap();
        assert!(of(&short, "se") > of(&report, "se"), "{key}");
        assert!(of(&short, "own_share") < of(&report, "own_share"), "{key}");
    }
    let degree = short["coefficients"]["leave.degree"]["own_share"].as_f64().unwrap();
    assert!(degree < 0.5, "{degree}: a year tells little");
    // Before leavers were recorded nothing is known.
    let early = run(&["lab", "fit", "--data", &data, "--until", "2015-12-31", "--json"]);
    let told = String::from_utf8_lossy(&early.stderr).into_owned();
    assert!(early.status.code() == Some(2) && told.contains("nothing to fit"), "{told}");
}
