//! The lab's answers as rows: a run, a comparison, what it hangs on, packages.
//!
//! Only what the answer itself tells is written, so that what is kept from small groups there is kept here.

use serde::Serialize;
use takeroot_civil::Day;
use takeroot_lab::Assumptions;
use takeroot_lab::compare::{Comparison, Pair};
use takeroot_lab::measure::{Figure, Period, Unit};
use takeroot_lab::outcome::Outcome;
use takeroot_lab::search::Search;
use takeroot_lab::sense::Sensitivity;
use takeroot_lab::summary::{Line, Seen};

use super::{Row, Table};

/// A word as it is written in JSON.
fn word(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

const YUAN: &str = "yuan";

/// The first day of a year of the run, from 1; of the whole run, its first.
fn first(on: Day, year: Option<usize>) -> Option<Day> {
    let months = i32::try_from(year.unwrap_or(1).saturating_sub(1) * 12).ok()?;
    Some(on.plus_months(months).real())
}

impl Table {
    /// A figure with its interval.
    fn figure(&mut self, row: Row<'_>, figure: &Figure) {
        self.push(&Row { value: figure.value, within: Some((figure.low, figure.high)), ..row });
    }

    /// Both sides and their difference.
    fn pair(&mut self, row: &Row<'_>, pair: &Pair) {
        for (side, figure) in [("base", &pair.base), ("with", &pair.with), ("difference", &pair.difference)] {
            self.figure(Row { side: Some(side), ..row.clone() }, figure);
        }
    }

    /// What is assumed.
    fn assumed(&mut self, assumptions: &Assumptions) {
        for (document, key, figure) in assumptions.coefficients() {
            self.push(&Row {
                table: "assumptions",
                key,
                of: Some(&document.id),
                value: figure.value,
                within: Some((figure.low, figure.high)),
                unit: &word(figure.unit),
                ..Row::default()
            });
        }
    }
}

/// One stack on its own: every replicate, then the means with their intervals.
pub fn ran(
    outcomes: &[Outcome],
    measures: &[Seen],
    lines: &[Line],
    on: Day,
    assumptions: &Assumptions,
) -> Table {
    let mut table = Table::default();
    for seen in measures {
        let unit = word(seen.unit);
        let row = |table, year: Option<usize>| Row {
            table,
            key: seen.key,
            year,
            from: first(on, year),
            unit: &unit,
            ..Row::default()
        };
        let years = seen.years.len();
        let spans = (1..=years).map(|year| (Some(year), year - 1..year)).chain([(None, 0..years)]);
        for (year, span) in spans {
            for (replicate, outcome) in outcomes.iter().enumerate() {
                let value = seen.measure.of(&Period::of(outcome, span.clone()));
                table.push(&Row { replicate: Some(replicate), value, ..row("replicates", year) });
            }
        }
        for (at, figure) in seen.years.iter().enumerate() {
            table.figure(row("measures", Some(at + 1)), figure);
        }
        table.figure(row("measures", None), &seen.horizon);
    }
    for line in lines {
        for (at, figure) in line.years.iter().enumerate() {
            let (year, from) = (Some(at + 1), first(on, Some(at + 1)));
            let row = Row { table: "pay-lines", key: line.key, year, from, unit: YUAN, ..Row::default() };
            table.figure(row, figure);
        }
    }
    table.assumed(assumptions);
    table
}

/// A comparison.
pub fn compared(comparison: &Comparison, assumptions: &Assumptions) -> Table {
    let (mut table, on) = (Table::default(), comparison.on);
    for m in &comparison.measures {
        let unit = word(m.unit);
        let row = Row { table: "measures", key: m.key, unit: &unit, ..Row::default() };
        for (at, pair) in m.years.iter().enumerate() {
            let (year, from) = (Some(at + 1), first(on, Some(at + 1)));
            table.pair(&Row { year, from, ..row.clone() }, pair);
        }
        let whole = Row { from: first(on, None), ..row.clone() };
        for (side, figure) in [("base", &m.horizon.base), ("with", &m.horizon.with)] {
            table.figure(Row { side: Some(side), ..whole.clone() }, figure);
        }
        let side = Some("difference");
        table.figure(Row { side, se: Some(m.standard_error), ..whole.clone() }, &m.horizon.difference);
        table.figure(Row { table: "figures", side, ..whole.clone() }, &m.figures);
        for (lever, value) in &m.levers {
            table.push(&Row { table: "levers", of: Some(lever), side, value: *value, ..whole.clone() });
        }
    }
    for line in &comparison.pay_lines {
        let row = Row { table: "pay-lines", key: line.key, unit: YUAN, ..Row::default() };
        for (at, pair) in line.years.iter().enumerate() {
            let (year, from) = (Some(at + 1), first(on, Some(at + 1)));
            table.pair(&Row { year, from, ..row.clone() }, pair);
        }
        table.pair(&Row { from: first(on, None), ..row }, &line.horizon);
    }
    if let Some(cost) = &comparison.cost_per_more_person_year {
        let row = Row { table: "cost", key: "cost-per-more-person-year", unit: YUAN, ..Row::default() };
        table.figure(row, cost);
    }
    groups(&mut table, comparison);
    table.assumed(assumptions);
    table
}

/// Organs, recruits, years of service and groups of a comparison.
fn groups(table: &mut Table, comparison: &Comparison) {
    let (people, share, on) = (word(Unit::People), word(Unit::Share), comparison.on);
    for organ in &comparison.organs {
        // Of several too small to be told alone, none is named.
        let of = organ.organ.as_deref().or(Some("together"));
        let row = |key| Row { table: "organs", key, of, unit: &people, ..Row::default() };
        table.push(&Row { value: organ.people as f64, ..row("people") });
        table.push(&Row { value: f64::from(organ.posts), ..row("posts") });
        table.pair(&row("vacant"), &organ.vacant);
        table.pair(&row("left-own-will"), &organ.left);
        for (at, (base, with)) in organ.vacant_by_year.iter().enumerate() {
            for (side, value) in [("base", *base), ("with", *with)] {
                let (year, from) = (Some(at + 1), first(on, Some(at + 1)));
                table.push(&Row { year, from, side: Some(side), value, ..row("vacant") });
            }
        }
    }
    for stay in &comparison.stay {
        let row = |key, unit| Row {
            table: "stay",
            key,
            of: Some(stay.code),
            item: Some(stay.by),
            unit,
            ..Row::default()
        };
        for (side, recruits, years) in
            [("base", stay.recruits.0, &stay.base), ("with", stay.recruits.1, &stay.with)]
        {
            table.push(&Row { side: Some(side), value: recruits, ..row("recruits", people.as_str()) });
            if let Some(years) = years {
                table.figure(Row { side: Some(side), ..row("years", "years") }, years);
            }
        }
    }
    for by in &comparison.by_service {
        let row = |key, unit| Row {
            table: "by-service",
            key,
            at: Some(by.from_month as f64),
            unit,
            ..Row::default()
        };
        for (side, left, rate) in [("base", by.left.0, by.rate.0), ("with", by.left.1, by.rate.1)] {
            table.push(&Row { side: Some(side), value: left, ..row("left", people.as_str()) });
            table.push(&Row { side: Some(side), value: rate, ..row("rate", "share-a-year") });
        }
    }
    for gone in &comparison.gone_by {
        let at = Some(gone.month as f64);
        let row = Row { table: "gone-by", key: "gone", at, unit: &share, ..Row::default() };
        for (side, figure) in [("base", &gone.base), ("with", &gone.with)] {
            table.figure(Row { side: Some(side), ..row.clone() }, figure);
        }
    }
    for group in &comparison.groups {
        let row = |key, unit| Row { table: "groups", key, of: Some(group.key), unit, ..Row::default() };
        table.push(&Row { value: group.people as f64, ..row("people", people.as_str()) });
        table.pair(&row("stay", share.as_str()), &group.stay);
        table.pair(&row("promoted", "promotions-a-head"), &group.promoted);
        table.pair(&row("paid", "yuan-a-year"), &group.paid);
    }
}

/// What a comparison hangs on.
pub fn sensed(found: &Sensitivity, assumptions: &Assumptions) -> Table {
    let mut table = Table::default();
    for outcome in &found.outcomes {
        let unit = word(outcome.unit);
        let row =
            |table, item| Row { table, key: outcome.key, item: Some(item), unit: &unit, ..Row::default() };
        table.push(&Row { value: outcome.central, ..row("outcomes", "central") });
        table.push(&Row { value: outcome.chance, ..row("outcomes", "chance") });
        let drawn = [("mean", outcome.mean), ("variance", outcome.variance)];
        for (item, value) in drawn.into_iter().filter_map(|(item, value)| Some((item, value?))) {
            table.push(&Row { value, ..row("outcomes", item) });
        }
        for s in &outcome.screening {
            let of = Some(s.factor.as_str());
            let e = &s.effect;
            table.push(&Row { of, value: e.mu, ..row("screening", "mu") });
            table.push(&Row { of, value: e.mu_star, se: Some(e.error), ..row("screening", "mu-star") });
            table.push(&Row { of, value: e.sigma, ..row("screening", "sigma") });
            let beyond = f64::from(u8::from(s.beyond_chance));
            table.push(&Row { of, value: beyond, unit: "", ..row("screening", "beyond-chance") });
        }
        for s in &outcome.shares {
            for (item, index) in [("first", s.indices.first), ("total", s.indices.total)] {
                table.push(&Row {
                    of: Some(&s.factor),
                    value: index.value,
                    within: Some((index.low, index.high)),
                    unit: "share",
                    ..row("shares", item)
                });
            }
        }
    }
    table.assumed(assumptions);
    table
}

/// Packages of proposals: `of` holds a package's proposals with plus signs between, and is empty for the base.
pub fn searched(found: &Search, assumptions: &Assumptions) -> Table {
    let mut table = Table::default();
    for package in &found.packages {
        let of = package.proposals.join("+");
        let of = Some(of.as_str());
        let cost =
            Row { se: Some(package.cost_standard_error), ..package_row(of, "cost", "difference", YUAN) };
        table.figure(cost, &package.cost);
        if let Some(figures) = &package.cost_figures {
            table.figure(package_row(of, "cost", "figures", YUAN), figures);
        }
        for (target, asked) in package.targets.iter().zip(&found.targets) {
            let unit = word(asked.unit);
            table.figure(package_row(of, target.key, "value", &unit), &target.value);
            let se = Some(target.standard_error);
            table.figure(Row { se, ..package_row(of, target.key, "difference", &unit) }, &target.difference);
            if let Some(figures) = &target.figures {
                table.figure(package_row(of, target.key, "figures", &unit), figures);
            }
        }
        let on_front = f64::from(u8::from(package.on_front));
        table.push(&Row { value: on_front, ..package_row(of, "front", "on", "") });
        table.push(&Row {
            value: package.front_in_resamples,
            ..package_row(of, "front", "in-resamples", "share")
        });
        if let Some(value) = package.front_in_draws {
            table.push(&Row { value, ..package_row(of, "front", "in-draws", "share") });
        }
    }
    table.assumed(assumptions);
    table
}

fn package_row<'a>(of: Option<&'a str>, key: &'a str, item: &'static str, unit: &'a str) -> Row<'a> {
    Row { table: "packages", key, of, item: Some(item), unit, ..Row::default() }
}
