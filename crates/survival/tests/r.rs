//! Held to R: curves by `survival::survfit`, hazards by `glm`, to 1e-8.
//!
//! `r/oracle.tsv` holds a part of R's answers, so that every machine compares. Where R stands (`tools/r.sh` sees to it),
//! `r/oracle.R` is run anew and all of its answers are compared.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    missing_docs
)]

mod common;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use common::{cabinet, leaders, senators};
use takeroot_survival::curves::{AalenJohansen, Interval, KaplanMeier, Times};
use takeroot_survival::logit::{Cells, Fit};

type Answers = BTreeMap<String, Vec<f64>>;

fn curves(answers: &mut Answers, case: &str, entry: &[f64], exit: &[f64], cause: &[u16], copies: &[f64]) {
    let times = Times { entry, exit, cause, weight: copies };
    let km = KaplanMeier::of(&times);
    // The quantile as R has it.
    let z = 1.959_963_984_540_054_2;
    for (kind, name) in [(Interval::Plain, "plain"), (Interval::Log, "log"), (Interval::LogLog, "log-log")] {
        let (low, high) = km.interval(kind, z).into_iter().unzip();
        answers.insert(format!("{case}.km.{name}.low"), low);
        answers.insert(format!("{case}.km.{name}.high"), high);
    }
    for (name, column) in [
        ("km.time", km.time),
        ("km.risk", km.at_risk),
        ("km.survival", km.survival),
        ("km.se", km.se),
        ("na.hazard", km.hazard),
        ("na.se", km.hazard_se),
    ] {
        answers.insert(format!("{case}.{name}"), column);
    }
    if copies.is_empty() {
        let aj = AalenJohansen::of(&times, cause.iter().copied().max().unwrap());
        for (k, (share, se)) in aj.share.into_iter().zip(aj.se).enumerate() {
            answers.insert(format!("{case}.aj.share.{k}"), share);
            answers.insert(format!("{case}.aj.se.{k}"), se);
        }
    }
}

fn logit(answers: &mut Answers, case: &str, fit: Fit) {
    answers.insert(format!("{case}.coefficient"), fit.coefficients);
    answers.insert(format!("{case}.se"), fit.se);
    answers.insert(format!("{case}.deviance"), vec![fit.deviance]);
}

/// Columns that say in which of the bands between `edges` a value lies; none for the first.
fn bands(value: f64, edges: &[f64]) -> Vec<f64> {
    let at = edges.partition_point(|e| *e <= value);
    (1..=edges.len()).map(|n| f64::from(u8::from(n == at))).collect()
}

fn is(value: &str, one_of: &[&str]) -> Vec<f64> {
    one_of.iter().map(|o| f64::from(u8::from(*o == value))).collect()
}

/// One row a person and period, as R's side writes them.
fn periods(length: f64, from: f64, cause: u16, mut row: impl FnMut(f64, u16)) {
    let n = length.ceil().max(1.0) as u32;
    for period in 0..n {
        if f64::from(period) >= from {
            row(f64::from(period), if period + 1 == n { cause } else { 0 });
        }
    }
}

fn ours() -> Answers {
    let mut answers = Answers::new();
    let a = &mut answers;

    let all = senators();
    let exit: Vec<f64> = all.iter().map(|s| s.days).collect();
    let cause: Vec<u16> = all.iter().map(|s| s.cause).collect();
    curves(a, "senators", &[], &exit, &cause, &[]);
    let copies: Vec<f64> = (1..=all.len()).map(|n| 1.0 + (n % 3) as f64).collect();
    curves(a, "senators.copies", &[], &exit, &cause, &copies);
    let late: Vec<_> = all.iter().filter(|s| s.days > s.from).collect();
    curves(
        a,
        "senators.late",
        &late.iter().map(|s| s.from).collect::<Vec<_>>(),
        &late.iter().map(|s| s.days).collect::<Vec<_>>(),
        &late.iter().map(|s| s.cause).collect::<Vec<_>>(),
        &[],
    );
    let design = |cause: u16, watched: bool| {
        let mut cells = Cells { width: 8, ..Cells::default() };
        for s in &all {
            let from = if watched { (s.from / 365.25).ceil() } else { 0.0 };
            periods(s.days / 365.25, from, s.cause, |period, end| {
                if end == 0 || end == cause {
                    let mut x = vec![1.0];
                    x.extend(bands(period, &[2.0, 5.0, 10.0, 20.0, 30.0]));
                    x.extend([f64::from(u8::from(s.liberal)), s.year]);
                    cells.push(&x, 1.0, f64::from(u8::from(end == cause)));
                }
            });
        }
        cells
    };
    for k in 1..=3 {
        logit(a, &format!("senators.logit.{k}"), design(k, false).fit(&[]).unwrap());
    }
    logit(a, "senators.logit.late", design(1, true).fit(&[]).unwrap());

    let all = leaders();
    let exit: Vec<f64> = all.iter().map(|l| l.years).collect();
    let cause: Vec<u16> = all.iter().map(|l| l.cause).collect();
    curves(a, "leaders", &[], &exit, &cause, &[]);
    let from = |start: f64| f64::max(0.0, 1960.0 - start);
    let late: Vec<_> = all.iter().filter(|l| l.years > from(l.start)).collect();
    curves(
        a,
        "leaders.late",
        &late.iter().map(|l| from(l.start)).collect::<Vec<_>>(),
        &late.iter().map(|l| l.years).collect::<Vec<_>>(),
        &late.iter().map(|l| l.cause).collect::<Vec<_>>(),
        &[],
    );
    let regimes = ["Civilian Dict", "Military Dict", "Mixed Dem", "Monarchy", "Presidential Dem"];
    let (mut plain, mut copied, mut moved, mut twice) = (
        Cells { width: 12, ..Cells::default() },
        Cells { width: 12, ..Cells::default() },
        Cells { width: 12, ..Cells::default() },
        Cells { width: 8, ..Cells::default() },
    );
    for l in &all {
        periods(l.years, 0.0, l.cause, |period, end| {
            let event = f64::from(end);
            let mut x = vec![1.0];
            x.extend(bands(period, &[1.0, 2.0, 4.0, 8.0, 16.0]));
            x.extend(is(&l.regime, &regimes));
            x.push(l.start);
            plain.push(&x, 1.0, event);
            let copies = 1.0 + l.start % 3.0;
            copied.push(&x, copies, copies * event);
            moved.push(&x, 1.0, event);
            moved.offset.push(period / 10.0);
            let mut x = vec![1.0, l.start, 2.0 * l.start - 3.0];
            x.extend(is(&l.regime, &regimes));
            twice.push(&x, 1.0, event);
        });
    }
    logit(a, "leaders.logit", plain.fit(&[]).unwrap());
    logit(a, "leaders.logit.copies", copied.fit(&[]).unwrap());
    logit(a, "leaders.logit.offset", moved.fit(&[]).unwrap());
    logit(a, "leaders.logit.aliased", twice.fit(&[]).unwrap());

    let all = cabinet();
    let exit: Vec<f64> = all.iter().map(|c| c.days).collect();
    let cause: Vec<u16> = all.iter().map(|c| c.cause).collect();
    curves(a, "cabinet", &[], &exit, &cause, &[]);
    let from = |row: u32| if row.is_multiple_of(3) { 100.0 } else { 0.0 };
    let late: Vec<_> = all.iter().filter(|c| c.days > from(c.row)).collect();
    curves(
        a,
        "cabinet.late",
        &late.iter().map(|c| from(c.row)).collect::<Vec<_>>(),
        &late.iter().map(|c| c.days).collect::<Vec<_>>(),
        &late.iter().map(|c| c.cause).collect::<Vec<_>>(),
        &[],
    );
    let mut cells = Cells { width: 9, ..Cells::default() };
    for c in &all {
        periods(c.days / 180.0, 0.0, c.cause, |period, end| {
            let mut x = vec![1.0, period, period * period];
            x.extend(is(&c.president, &["Reagan", "Bush 41", "Clinton", "Bush 43", "Obama", "Trump"]));
            cells.push(&x, 1.0, f64::from(u8::from(end > 0)));
        });
    }
    logit(a, "cabinet.logit", cells.fit(&[]).unwrap());
    answers
}

/// How many answers were compared, and the greatest difference.
fn compare(theirs: &str) -> (usize, f64) {
    let ours = ours();
    let (mut compared, mut worst) = (0, 0.0_f64);
    let mut cases = std::collections::BTreeSet::new();
    for line in theirs.lines() {
        let [case, place, value]: [&str; 3] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let column = ours.get(case).unwrap_or_else(|| panic!("we have no {case}"));
        let our = column[place.parse::<usize>().unwrap()];
        cases.insert(case.to_owned());
        compared += 1;
        if value == "NA" || value == "NaN" {
            assert!(our.is_nan(), "{case} at {place}: R has none, we have {our}");
            continue;
        }
        let their: f64 = value.parse().unwrap();
        let apart = (our - their).abs() / their.abs().max(1.0);
        assert!(apart <= 1e-8, "{case} at {place}: R has {their}, we have {our}");
        worst = worst.max(apart);
    }
    let missing: Vec<_> = ours.keys().filter(|case| !cases.contains(*case)).collect();
    assert!(missing.is_empty(), "R was not asked for {missing:?}");
    (compared, worst)
}

#[test]
fn the_answers_of_r_that_are_kept() {
    let (compared, worst) = compare(include_str!("r/oracle.tsv"));
    assert!(compared > 1000 && worst <= 1e-8, "{compared} compared, {worst:e} apart");
}

#[test]
fn every_answer_of_r_where_it_is_installed() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let asked = Command::new("Rscript")
        .args(["--vanilla", "oracle.R", "../data", "all"])
        .current_dir(here.join("r"))
        .output();
    let needed = std::env::var_os("TAKEROOT_TEST_R").is_some_and(|v| v == "needed");
    match asked {
        Ok(output) if output.status.success() => {
            let (compared, worst) = compare(std::str::from_utf8(&output.stdout).unwrap());
            assert!(compared > 20_000, "only {compared} compared");
            println!("{compared} answers of R compared, at most {worst:e} apart");
        }
        Ok(output) if needed => panic!("R: {}", String::from_utf8_lossy(&output.stderr)),
        Err(error) if needed => panic!("R could not be started: {error}"),
        _ => eprintln!("skipped: the live comparison with R (install r-base-core and r-cran-survival)"),
    }
}
