//! Backtests on invented careers whose hazards are known.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    missing_docs
)]

use std::fmt::Write as _;

use takeroot_civil::Day;
use takeroot_survival::backtest::{Backtest, How, NoBacktest, Series};
use takeroot_survival::build::{MapFile, build};
use takeroot_survival::chance::{Chance, Purpose};
use takeroot_survival::spells::Spells;
use takeroot_survival::table::Table;

const MAP: &str = r#"
[spells]
id = "no"
start = "from"
end = "to"
[exit]
column = "why"
running = [""]
[exit.causes]
up = ["up"]
quit = ["quit"]
[watched]
from = "1990"
until = "2020"
[[term]]
name = "sex"
column = "sex"
as = "category"
[[term]]
name = "service"
of = "service"
as = "bands"
bands = [5]
[backtest]
groups = ["sex"]
"#;

/// Invented careers: 120 people start each year from 1980; `hazard(year, service, woman)` is the yearly chance of quitting
/// and of moving up.
fn careers(seed: u64, hazard: impl Fn(i32, i32, bool) -> (f64, f64)) -> Spells {
    let luck = Chance::new(seed);
    let mut rows = "no,from,to,why,sex\n".to_owned();
    let mut no = 0;
    for start in 1980..=2020 {
        for _ in 0..120 {
            no += 1;
            let woman = luck.one(Purpose::Year, 0, no, 0) < 0.5;
            let mut end = None;
            for year in start..=2020 {
                let (quit, up) = hazard(year, year - start, woman);
                let u = luck.one(Purpose::Leave, 0, no, year as u32);
                if u < quit + up {
                    end = Some((year, if u < quit { "quit" } else { "up" }));
                    break;
                }
            }
            let sex = if woman { "f" } else { "m" };
            match end {
                Some((year, why)) => writeln!(rows, "{no},{start},{year},{why},{sex}").unwrap(),
                None => writeln!(rows, "{no},{start},,,{sex}").unwrap(),
            }
        }
    }
    let map = MapFile::parse("map.toml", MAP.as_bytes()).unwrap();
    build(&map, &Table::read("rows.csv", rows.as_bytes(), b',').unwrap(), &[]).unwrap()
}

fn how(until: u16, through: u16) -> How {
    How { until: Day::year_end(until), through: Day::year_end(through), draws: 200, seed: 11 }
}

fn steady(_: i32, service: i32, woman: bool) -> (f64, f64) {
    (if service < 5 { 0.12 } else { 0.05 }, if woman { 0.02 } else { 0.04 })
}

fn run(spells: &Spells, how: How) -> Backtest {
    spells.backtest(how, &|| {}).unwrap()
}

fn of<'a>(backtest: &'a Backtest, cause: &str) -> &'a Series {
    backtest.series.iter().find(|s| s.cause.as_deref() == Some(cause)).unwrap()
}

#[test]
fn steady_hazards_are_found_and_the_intervals_hold() {
    // Four worlds of ten years, causes and all together: 120 figures. If each were held with its chance, 80 % of them would
    // lie within 96 ± 13 (three standard deviations), somewhat wider because causes add up to all.
    let (mut held, mut all) = ([0.0; 3], 0.0);
    for seed in 1..=4 {
        let backtest = run(&careers(seed, steady), how(2010, 2020));
        for series in backtest.series.iter().filter(|s| s.group.is_none()) {
            for (sum, share) in held.iter_mut().zip(series.coverage) {
                *sum += 10.0 * share;
            }
            all += 10.0;
        }
        let calibration = backtest.calibration.as_ref().unwrap();
        let (slope, se) = (calibration.coefficients[1], calibration.se[1]);
        assert!((slope - 1.0).abs() < 3.5 * se, "slope {slope}, standard error {se}");
        let quit = &backtest.model.hazards[0];
        assert_eq!(quit.cause, "quit");
        let late = quit.coefficients.iter().find(|c| c.name == "service:5+").unwrap();
        let odds = |p: f64| p / (1.0 - p - 0.03);
        assert!((late.value - (odds(0.05) / odds(0.12)).ln()).abs() < 3.5 * late.se, "{late:?}");
    }
    assert_eq!(all, 120.0);
    let share = held.map(|h| h / all);
    assert!((0.35..=0.70).contains(&share[0]), "{share:?}");
    assert!((0.69..=0.93).contains(&share[1]), "{share:?}");
    assert!(share[2] >= 0.89, "{share:?}");
}

#[test]
fn groups_add_up_and_stocks_follow_from_flows() {
    let spells = careers(5, steady);
    let backtest = run(&spells, how(2010, 2015));
    let groups: Vec<&Series> = backtest.series.iter().filter(|s| s.group.is_some()).collect();
    assert_eq!(groups.len(), 2);
    for (n, all) in backtest.series[0].figures.iter().enumerate() {
        let sum = |of: &dyn Fn(usize) -> f64| groups.iter().enumerate().map(|(g, _)| of(g)).sum::<f64>();
        assert_eq!(sum(&|g| groups[g].figures[n].actual), all.actual);
        assert!((sum(&|g| groups[g].figures[n].expected) - all.expected).abs() < 1e-9);
        let causes: f64 = ["quit", "up"].iter().map(|c| of(&backtest, c).figures[n].actual).sum();
        assert_eq!(causes, all.actual);
        // 120 come each year, on its first day: they are there in the stock of the year.
        if n > 0 {
            let (before, _) = backtest.stock[n - 1];
            let left = backtest.series[0].figures[n - 1].actual;
            assert_eq!(backtest.stock[n].0, before - left + 120.0);
            let expected = backtest.stock[n - 1].1 - backtest.series[0].figures[n - 1].expected + 120.0;
            assert!((backtest.stock[n].1 - expected).abs() < 1e-6);
        }
    }
    assert_eq!(backtest.came, 5 * 120);
}

#[test]
fn nothing_after_the_day_is_known() {
    // The same past, another future: the same forecast of those who were there.
    let one = careers(6, steady);
    let two = careers(6, |year, service, woman| {
        let (quit, up) = steady(year, service, woman);
        if year > 2010 { (quit / 4.0, up * 3.0) } else { (quit, up) }
    });
    let (a, b) = (run(&one, how(2010, 2020)), run(&two, how(2010, 2020)));
    for (x, y) in a.model.hazards.iter().zip(&b.model.hazards) {
        assert_eq!(x.values(), y.values());
    }
    for (x, y) in a.series[0].figures.iter().zip(&b.series[0].figures) {
        assert_eq!(
            (x.expected, x.intervals, x.last_rate, x.cohort_rate),
            (y.expected, y.intervals, y.last_rate, y.cohort_rate)
        );
    }
    assert_ne!(a.series[0].figures[3].actual, b.series[0].figures[3].actual);
}

#[test]
fn where_the_plain_rate_does_better_it_is_seen() {
    // Quitting fell for good in 2010: last year's rate knows, hazards of thirty years do not.
    let spells = careers(7, |year, _, _| (if year >= 2010 { 0.02 } else { 0.12 }, 0.02));
    let backtest = run(&spells, how(2010, 2015));
    assert!(!backtest.series[0].better());
    let [model, last, _] = backtest.series[0].errors;
    assert!(model.mae > 1.5 * last.mae && model.bias > 0.3, "{model:?} {last:?}");
    // And where hazards differ by service and many are new, the model does better than last year's rate.
    let spells = careers(8, |year, service, _| {
        (if service < 5 { 0.2 } else { 0.02 }, if year > 0 { 0.01 } else { 0.0 })
    });
    let backtest = run(&spells, how(2005, 2015));
    assert!(backtest.series[0].errors[0].wape < 0.25);
}

#[test]
fn years_that_differ_widen_the_interval() {
    let swing = |year: i32| if year % 2 == 0 { 1.6 } else { 0.6 };
    let even = run(&careers(9, steady), how(2010, 2020));
    let uneven =
        run(&careers(9, |y, s, w| (steady(y, s, w).0 * swing(y), steady(y, s, w).1)), how(2010, 2020));
    let quit = |b: &Backtest| b.model.hazards.iter().find(|h| h.cause == "quit").unwrap().years_sd;
    assert!(quit(&even) < 0.12 && quit(&uneven) > 0.3, "{} {}", quit(&even), quit(&uneven));
    let width =
        |b: &Backtest| of(b, "quit").figures.iter().map(|f| f.intervals[1].1 - f.intervals[1].0).sum::<f64>();
    assert!(width(&uneven) > 1.5 * width(&even));
    let parts = of(&uneven, "quit").figures[0].parts;
    assert!(parts[2] > parts[0] && parts[0] > parts[1], "{parts:?}");
}

#[test]
fn the_same_seed_gives_the_same_bits_on_any_number_of_threads() {
    let spells = careers(10, steady);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| run(&spells, how(2012, 2016))).series
    };
    assert_eq!(on(1), on(2));
    let other = spells.backtest(How { seed: 12, ..how(2012, 2016) }, &|| {}).unwrap();
    assert_ne!(on(1)[0].figures[0].intervals, other.series[0].figures[0].intervals);
    assert_eq!(on(1)[0].figures[0].expected, other.series[0].figures[0].expected);
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let spells = careers(11, steady);
    let refused = |how| spells.backtest(how, &|| {}).unwrap_err();
    assert!(matches!(refused(how(2015, 2015)), NoBacktest::NoPeriod(..)));
    assert!(matches!(refused(how(2015, 2025)), NoBacktest::Beyond(_)));
    assert!(matches!(refused(how(1985, 1988)), NoBacktest::Nobody));
    let map = MAP.replace("start = \"from\"\nend = \"to\"", "length = { column = \"no\", unit = \"year\" }");
    let map = MapFile::parse("map.toml", map.as_bytes()).unwrap();
    let rows = Table::read("rows.csv", b"no,from,to,why,sex\n1,,,quit,f\n2,,,,m\n", b',').unwrap();
    let dateless = build(&map, &rows, &[]).unwrap();
    assert_eq!(dateless.backtest(how(2010, 2015), &|| {}).unwrap_err(), NoBacktest::Dateless);
}
