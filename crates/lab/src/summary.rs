//! One stack on its own, year by year.

use serde::Serialize;

use crate::compare::line_code;
use crate::measure::{Figure, Measure, Period, Unit};
use crate::outcome::{Outcome, PAY_LINES};

/// A measure of one stack.
#[derive(Clone, Debug, Serialize)]
pub struct Seen {
    /// Its key.
    pub key: &'static str,
    /// What it is measured in.
    pub unit: Unit,
    /// Year by year.
    pub years: Vec<Figure>,
    /// Over the whole run: flows summed, stocks at its end.
    pub horizon: Figure,
    /// The measure itself.
    #[serde(skip)]
    pub measure: Measure,
}

/// A line of the pay bill of one stack.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Its key.
    pub key: &'static str,
    /// Its place among the lines.
    #[serde(skip)]
    pub line: usize,
    /// Year by year, yuan.
    pub years: Vec<Figure>,
}

/// The measures of replicates.
pub fn measures(outcomes: &[Outcome], years: usize) -> Vec<Seen> {
    let over = |measure: Measure, from: usize, to: usize| {
        let values: Vec<f64> = outcomes.iter().map(|o| measure.of(&Period::of(o, from..to))).collect();
        Figure::of(&values)
    };
    let seen = |measure: &Measure| Seen {
        key: measure.code(),
        unit: measure.unit(),
        years: (0..years).map(|year| over(*measure, year, year + 1)).collect(),
        horizon: over(*measure, 0, years),
        measure: *measure,
    };
    Measure::ALL.iter().map(seen).collect()
}

/// The pay bill by line, lines of which nothing is paid left out.
pub fn lines(outcomes: &[Outcome], years: usize) -> Vec<Line> {
    let over = |line: usize, year: usize| {
        let values: Vec<f64> = outcomes.iter().map(|o| Period::of(o, year..year + 1).line(line)).collect();
        Figure::of(&values)
    };
    let lines = (0..PAY_LINES).map(|line| Line {
        key: line_code(line),
        line,
        years: (0..years).map(|year| over(line, year)).collect(),
    });
    lines.filter(|line| line.years.iter().any(|year| year.high > 0.0)).collect()
}
