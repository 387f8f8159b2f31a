//! The three public data sets, read plainly.

#![allow(dead_code, reason = "each test file uses its part")]

use std::collections::BTreeMap;
use std::path::Path;

use takeroot_civil::Day;

fn rows(name: &str) -> Vec<BTreeMap<String, String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

/// Days since 1970 of `YYYY-MM-DD…`.
fn day(text: &str) -> f64 {
    let part = |range: std::ops::Range<usize>| text[range].parse::<u16>().unwrap();
    let (year, month, day) = (part(0..4), part(5..7), part(8..10));
    let like = if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) { 2000 } else { 2001 };
    let near = Day::new(like, month as u8, day as u8).unwrap();
    f64::from(near.plus_years(i32::from(year) - i32::from(like)).epoch_days())
}

pub struct Senator {
    pub days: f64,
    /// 1 death, 2 resignation, 3 retirement.
    pub cause: u16,
    /// Days in office on 1 January 1950.
    pub from: f64,
    pub year: f64,
    pub liberal: bool,
}

pub fn senators() -> Vec<Senator> {
    let read = |r: BTreeMap<String, String>| Senator {
        days: r["diff_days"].parse().unwrap(),
        cause: match r["reason"].as_str() {
            "Death" => 1,
            "Resignation" => 2,
            "Retirement" => 3,
            _ => 0,
        },
        from: f64::max(0.0, day("1950-01-01") - day(&r["start_date"])),
        year: r["start_date"][..4].parse().unwrap(),
        liberal: r["Political Affiliation at Appointment"].contains("Liberal"),
    };
    rows("lifelines-canadian_senators.csv").into_iter().map(read).filter(|s| s.days > 0.0).collect()
}

pub struct Leader {
    pub years: f64,
    pub cause: u16,
    pub start: f64,
    pub regime: String,
}

pub fn leaders() -> Vec<Leader> {
    let read = |r: BTreeMap<String, String>| Leader {
        years: r["duration"].parse().unwrap(),
        cause: r["observed"].parse().unwrap(),
        start: r["start_year"].parse().unwrap(),
        regime: r["regime"].clone(),
    };
    rows("lifelines-dd.csv").into_iter().map(read).collect()
}

pub struct Secretary {
    pub row: u32,
    pub days: f64,
    pub cause: u16,
    pub president: String,
}

pub fn cabinet() -> Vec<Secretary> {
    let read = |r: BTreeMap<String, String>| {
        let days: f64 = r["length"].parse().ok()?;
        let cause = match r["combined"].as_str() {
            "FALSE" => 1,
            "TRUE" => 2,
            _ => 0,
        };
        let row = r["rownames"].parse().unwrap();
        (days > 0.0).then(|| Secretary { row, days, cause, president: r["president"].clone() })
    };
    rows("us-cabinet-turnover-312.csv").into_iter().filter_map(read).collect()
}
