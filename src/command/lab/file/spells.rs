//! Fits and backtests as rows.

use takeroot_survival::backtest::{Backtest, LEVELS};
use takeroot_survival::curves::{AalenJohansen, Interval, KaplanMeier};
use takeroot_survival::model::{Lived, Model};
use takeroot_survival::spells::Spells;

use super::super::fit::Z;
use super::{Row, Table};

/// What everyone leaves by, taken together.
const ALL: &str = "all";

/// Curves and hazards.
pub fn fitted(
    spells: &Spells,
    curves: (&KaplanMeier, &AalenJohansen),
    model: &Model,
    lived: &[Lived],
) -> Table {
    let mut table = Table::default();
    coefficients(&mut table, model);
    let (km, aj) = curves;
    let unit = spells.unit.code();
    let of = |column: &[f64], at: usize| column.get(at).copied().unwrap_or(f64::NAN);
    let limits = km.interval(Interval::LogLog, Z);
    for (at, time) in km.time.iter().enumerate() {
        let row = |key, unit| Row { table: "kaplan-meier", key, at: Some(*time), unit, ..Row::default() };
        table.push(&Row { value: of(&km.at_risk, at), ..row("at-risk", "people") });
        table.push(&Row { value: of(&km.ended, at), ..row("ended", "people") });
        let stay = Row { value: of(&km.survival, at), se: Some(of(&km.se, at)), ..row("stay", "share") };
        table.push(&Row { within: limits.get(at).copied(), item: Some(unit), ..stay });
    }
    for (n, cause) in spells.causes.iter().enumerate() {
        for (at, time) in aj.time.iter().enumerate() {
            let column = |columns: &[Vec<f64>]| columns.get(n + 1).map_or(f64::NAN, |c| of(c, at));
            table.push(&Row {
                table: "aalen-johansen",
                key: "left",
                of: Some(cause),
                item: Some(unit),
                at: Some(*time),
                value: column(&aj.share),
                se: Some(column(&aj.se)),
                unit: "share",
                ..Row::default()
            });
        }
    }
    for l in lived {
        let row = |key| Row {
            table: "by-service",
            key,
            at: Some(f64::from(l.service)),
            unit: "people",
            ..Row::default()
        };
        table.push(&Row { value: l.at_risk, ..row("at-risk") });
        for (n, cause) in spells.causes.iter().enumerate() {
            let of = Some(cause.as_str());
            for (side, column) in [("actual", &l.left), ("expected", &l.expected)] {
                let value = column.get(n).copied().unwrap_or(f64::NAN);
                table.push(&Row { of, side: Some(side), value, ..row("left") });
            }
        }
    }
    table
}

/// The hazards' coefficients, with 95 % intervals.
fn coefficients(table: &mut Table, model: &Model) {
    for hazard in &model.hazards {
        let of = Some(hazard.cause.as_str());
        for c in &hazard.coefficients {
            let row = Row { table: "coefficients", key: &c.name, of, ..Row::default() };
            table.push(&Row {
                value: c.value,
                within: Some((c.value - Z * c.se, c.value + Z * c.se)),
                se: Some(c.se),
                unit: "log-odds",
                ..row.clone()
            });
            table.push(&Row { item: Some("own-share"), value: c.own_share, unit: "share", ..row });
        }
    }
}

/// What happened beside what was forecast. The forecast has one row a width of interval; its `item` names it.
pub fn backtested(backtest: &Backtest) -> Table {
    const WIDTHS: [&str; 3] = ["interval-50", "interval-80", "interval-95"];
    let mut table = Table::default();
    for series in &backtest.series {
        let group = series.group.as_ref().map(|(name, level)| format!("{name}: {level}"));
        let key = series.cause.as_deref().unwrap_or(ALL);
        for figure in &series.figures {
            let row = |side| Row {
                table: "periods",
                key,
                of: group.as_deref(),
                side: Some(side),
                from: backtest.periods.get(figure.period).map(|p| p.0),
                unit: "people",
                ..Row::default()
            };
            table.push(&Row { value: figure.actual, ..row("actual") });
            for (width, within) in WIDTHS.into_iter().zip(figure.intervals) {
                let forecast = Row { value: figure.expected, within: Some(within), ..row("forecast") };
                table.push(&Row { item: Some(width), ..forecast });
            }
            table.push(&Row { value: figure.last_rate, ..row("last-years-rate") });
            table.push(&Row { value: figure.cohort_rate, ..row("cohorts-rate") });
        }
        let row = Row { key, of: group.as_deref(), ..Row::default() };
        for (level, value) in LEVELS.into_iter().zip(series.coverage) {
            table.push(&Row { table: "coverage", at: Some(level), value, unit: "share", ..row.clone() });
        }
        for (side, errors) in ["forecast", "last-years-rate", "cohorts-rate"].into_iter().zip(&series.errors)
        {
            let (table_name, side) = ("errors", Some(side));
            let shares = [("wape", errors.wape), ("mape", errors.mape), ("bias", errors.bias)];
            let mean = Row { table: table_name, side, item: Some("mae"), value: errors.mae, ..row.clone() };
            table.push(&Row { unit: "people", ..mean });
            for (item, value) in shares {
                let of = Row { table: table_name, side, item: Some(item), value, ..row.clone() };
                table.push(&Row { unit: "share", ..of });
            }
        }
    }
    for ((from, _), (actual, forecast)) in backtest.periods.iter().zip(&backtest.stock) {
        for (side, value) in [("actual", *actual), ("forecast", *forecast)] {
            let row = Row { table: "stock", key: "there", side: Some(side), ..Row::default() };
            table.push(&Row { from: Some(*from), value, unit: "people", ..row });
        }
    }
    coefficients(&mut table, &backtest.model);
    table
}
