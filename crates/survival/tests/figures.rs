//! What a fit hands over to the policy lab.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::fmt::Write as _;

use takeroot_survival::build::{MapFile, build};
use takeroot_survival::figures::{Figure, logistic, logit, of_period, of_year};
use takeroot_survival::spells::Spells;
use takeroot_survival::table::Table;

/// People who came on one day and are watched for two years: how many left in each, by cause, and how many stayed.
fn watched(cells: &[(&str, &str, [usize; 3])]) -> String {
    let mut rows = "start,end,why,sort,ends\n".to_owned();
    for (sort, ends, [first, second, stay]) in cells {
        for (n, end) in [(first, "2010-06-15"), (second, "2011-06-15")] {
            (0..*n).for_each(|_| writeln!(rows, "2010-01-01,{end},go,{sort},{ends}").unwrap());
        }
        (0..*stay).for_each(|_| writeln!(rows, "2010-01-01,,,{sort},{ends}").unwrap());
    }
    rows
}

const MAP: &str = r#"
[spells]
start = "start"
end = "end"
[exit]
column = "why"
running = [""]
[exit.causes]
go = ["go"]
fly = ["fly"]
[watched]
until = "2011-12-31"
"#;

fn spells(rows: &str, more: &str) -> Spells {
    let map = MapFile::parse("map.toml", format!("{MAP}{more}").as_bytes()).unwrap();
    let table = Table::read("rows.csv", rows.as_bytes(), b',').unwrap();
    build(&map, &table, &[]).unwrap_or_else(|fault| panic!("{fault:?}"))
}

fn figures(spells: &Spells) -> Vec<Figure> {
    let risk = spells.risk(None, spells.until);
    spells.figures(&spells.fit_on(&risk), &risk).0
}

fn near(a: f64, b: f64, by: f64) {
    assert!((a - b).abs() <= by, "{a} is not {b}");
}

#[test]
fn a_rate_is_that_of_the_people_at_risk_whatever_they_are_like() {
    let term = "[[term]]\nname = \"sort\"\ncolumn = \"sort\"\nas = \"number\"\n[fit]\npooling = \"none\"\n";
    let lab = "[[lab]]\nkey = \"r\"\ncauses = [\"go\"]\n";
    let rows = watched(&[("0", "", [30, 20, 950]), ("1", "", [60, 40, 400])]);
    let figure = &figures(&spells(&rows, &format!("{term}{lab}")))[0];
    // 1000 and 970, and 500 and 440 person-years, in which 150 left.
    let rate = 150.0 / (1000.0 + 970.0 + 500.0 + 440.0);
    near(logistic(figure.value), rate, 1e-9);
    assert_eq!((figure.events, figure.own_share), (150.0, 1.0));
    // About as sure as a count of 150 is.
    near(figure.se, 1.0 / 150.0_f64.sqrt(), 0.005);
}

#[test]
fn years_in_which_the_cause_is_blocked_are_not_at_risk() {
    // Of those whose term runs until 2011 nobody leaves in 2010; it is not counted as staying.
    let term = "[[term]]\nname = \"term\"\nof = \"since\"\ncolumn = \"ends\"\nas = \"bands\"\nbands = [0]\nbase = 1\nblank = 9\n";
    let lab = "[[lab]]\nkey = \"r\"\ncauses = [\"go\"]\nexcept = [\"term:<0\"]\n";
    let rows = watched(&[("0", "2011-01-01", [0, 50, 450]), ("0", "", [100, 90, 810])]);
    let figure = &figures(&spells(&rows, &format!("{term}{lab}")))[0];
    // That nobody can leave under a term has a finite estimate only because it leans weakly on 0; that takes half an event from
    // the others.
    near(logistic(figure.value), (50.0 + 190.0) / (500.0 + 1000.0 + 900.0), 5e-4);
    assert_eq!(figure.person_periods, 2400.0);
}

#[test]
fn without_leavers_a_figure_is_what_was_held_and_with_many_it_is_what_they_say() {
    let more = |period: &str| {
        format!(
            "[fit]\nperiod = \"{period}\"\n[[lab]]\nkey = \"r\"\ncauses = [\"go\"]\n\
             [[prior]]\ncoefficient = \"(rate)\"\ncause = \"go\"\nvalue = 0.04\nlow = 0.02\nhigh = 0.08\n"
        )
    };
    for (period, months) in [("year", 12), ("month", 1)] {
        let of = |rows: &str| figures(&spells(rows, &more(period)))[0].clone();
        let yearly = |f: &Figure| of_year(logistic(f.value), months);
        // Two people who stay two years say next to nothing.
        let few = of(&watched(&[("0", "", [0, 0, 2])]));
        near(yearly(&few), 0.04, 0.003);
        assert!(few.own_share < 0.1, "{few:?}");
        let sd = (logit(of_period(0.04, months)) - logit(of_period(0.02, months))) / 1.96;
        near(few.se, sd, 0.03);
        let many = of(&watched(&[("0", "", [2000, 1600, 6400])]));
        near(yearly(&many), 0.2, if months == 12 { 1e-3 } else { 8e-3 });
        assert!(many.own_share > 0.99, "{many:?}");
    }
}

#[test]
fn what_several_causes_share_is_their_mean_by_weight_and_the_prior_counts_once() {
    let term = "[[term]]\nname = \"sort\"\ncolumn = \"sort\"\nas = \"number\"\n";
    let prior = "[[prior]]\ncoefficient = \"sort\"\nvalue = 0.5\nlow = 0.1\nhigh = 0.9\n";
    let lab = "[[lab]]\nkey = \"one\"\ncoefficient = \"sort\"\ncauses = [\"go\"]\n\
               [[lab]]\nkey = \"other\"\ncoefficient = \"sort\"\ncauses = [\"fly\"]\nreverse = true\n\
               [[lab]]\nkey = \"both\"\ncoefficient = \"sort\"\n";
    let go = watched(&[("0", "", [40, 40, 900]), ("1", "", [60, 60, 300])]);
    let fly = watched(&[("0", "", [20, 20, 100]), ("1", "", [20, 20, 100])]).replace(",go,", ",fly,");
    let rows = go + fly.split_once('\n').unwrap().1;
    let found = figures(&spells(&rows, &format!("{term}{prior}{lab}")));
    let [one, other, both] = [0, 1, 2].map(|n| &found[n]);
    let sd = 0.4 / 1.959_963_984_540_054;
    let data = |f: &Figure| f.se.powi(-2) - f64::powi(sd, -2);
    let (a, b) = (data(one), data(other));
    // Each alone is (data · own + prior · 0.5) / (data + prior); together both data and one prior.
    let own = |f: &Figure, sign: f64| (sign * f.value * f.se.powi(-2) - 0.5 * f64::powi(sd, -2)) / data(f);
    let expected =
        (a * own(one, 1.0) + b * own(other, -1.0) + 0.5 * f64::powi(sd, -2)) / (a + b + f64::powi(sd, -2));
    near(both.value, expected, 1e-9);
    near(both.se, (a + b + f64::powi(sd, -2)).powf(-0.5), 1e-9);
    assert!(both.se < one.se && both.se < other.se);
    assert_eq!(both.causes, ["fly", "go"]);
}

#[test]
fn a_mapping_file_that_hands_over_what_there_is_not_is_refused_with_its_place() {
    let rows = watched(&[("0", "", [1, 1, 1])]);
    let refused = |more: &str| {
        let map = MapFile::parse("map.toml", format!("{MAP}{more}").as_bytes()).unwrap();
        let fault = build(&map, &Table::read("rows.csv", rows.as_bytes(), b',').unwrap(), &[]).unwrap_err();
        assert!(fault.place.is_some(), "{fault:?}");
        fault.what.code()
    };
    assert_eq!(refused("[[lab]]\nkey = \"r\"\n"), "rate-of-several");
    assert_eq!(refused("[[lab]]\nkey = \"r\"\ncauses = [\"gone\"]\n"), "no-cause");
    assert_eq!(refused("[[lab]]\nkey = \"r\"\ncoefficient = \"sort\"\n"), "no-coefficient");
    assert_eq!(refused("[[term]]\nname = \"t\"\nof = \"since\"\nas = \"number\"\n"), "term-source");
    let rate = "[[prior]]\ncoefficient = \"(rate)\"\nvalue = 0.0\nlow = 0.0\nhigh = 0.1\n";
    assert_eq!(refused(rate), "range");
}
