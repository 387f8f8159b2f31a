//! What hazards depend on, as columns of numbers.

use crate::map::Clock;

/// A term whose columns are known.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// What it is called.
    pub name: String,
    /// Where its value comes from.
    pub of: Source,
    /// How it enters.
    pub shape: Shape,
    /// The causes that depend on it, from 0; all if empty.
    pub causes: Vec<usize>,
}

/// Where a term's value comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Source {
    /// The spell's own value at this place.
    Own(usize),
    /// The calendar.
    Clock(Clock),
    /// Years since the month that is the spell's own value.
    Since {
        /// Its place.
        at: usize,
        /// What counts where there is none.
        blank: f64,
    },
}

/// How a term enters.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// One column: `(value - centre) / per`.
    Number {
        /// Subtracted first.
        centre: f64,
        /// Units of one step.
        per: f64,
    },
    /// A column a band but the base. Band 0 lies below the first edge.
    Bands {
        /// Where each band from 1 on begins.
        edges: Vec<f64>,
        /// The band without a column.
        base: usize,
    },
    /// A column a level but the base; the value is the level's number.
    Category {
        /// Their names.
        levels: Vec<String>,
        /// The level without a column.
        base: usize,
    },
    /// A natural cubic spline: the value, then one column a knot but the last two.
    Spline {
        /// The knots, rising.
        knots: Vec<f64>,
    },
}

fn plain(n: f64) -> String {
    format!("{n}")
}

impl Term {
    /// Whether a cause, from 0, depends on it.
    pub fn moves(&self, cause: usize) -> bool {
        self.causes.is_empty() || self.causes.contains(&cause)
    }

    /// How many columns it has.
    pub fn width(&self) -> usize {
        match &self.shape {
            Shape::Number { .. } => 1,
            Shape::Bands { edges, .. } => edges.len(),
            Shape::Category { levels, .. } => levels.len().saturating_sub(1),
            Shape::Spline { knots } => knots.len().saturating_sub(1),
        }
    }

    /// What the columns are called: `sex:female`, `service:5-9`, `age`, `age:spline2`.
    pub fn names(&self) -> Vec<String> {
        let of = |part: String| format!("{}:{part}", self.name);
        match &self.shape {
            Shape::Number { .. } => vec![self.name.clone()],
            Shape::Bands { edges, base } => {
                (0..=edges.len()).filter(|n| n != base).map(|n| of(band_name(edges, n))).collect()
            }
            Shape::Category { levels, base } => {
                levels.iter().enumerate().filter(|(n, _)| n != base).map(|(_, l)| of(l.clone())).collect()
            }
            Shape::Spline { knots } => (0..knots.len().saturating_sub(1))
                .map(|n| if n == 0 { self.name.clone() } else { of(format!("spline{}", n + 1)) })
                .collect(),
        }
    }

    /// What has no column of its own: the base that the others are compared with.
    pub fn base(&self) -> Option<String> {
        match &self.shape {
            Shape::Bands { edges, base } => Some(band_name(edges, *base)),
            Shape::Category { levels, base } => levels.get(*base).cloned(),
            Shape::Number { .. } | Shape::Spline { .. } => None,
        }
    }

    /// A value brought to what the columns tell apart: people alike in this are alike to the model.
    pub fn told(&self, value: f64) -> f64 {
        match &self.shape {
            Shape::Bands { edges, .. } => edges.partition_point(|e| *e <= value) as f64,
            _ => value,
        }
    }

    /// Puts the columns of a value that [`Term::told`] gave behind `row`.
    pub fn columns(&self, told: f64, row: &mut Vec<f64>) {
        match &self.shape {
            Shape::Number { centre, per } => row.push((told - centre) / per),
            Shape::Bands { edges, base } => dummies(edges.len() + 1, *base, told, row),
            Shape::Category { levels, base } => dummies(levels.len(), *base, told, row),
            Shape::Spline { knots } => spline(knots, told, row),
        }
    }
}

fn dummies(levels: usize, base: usize, told: f64, row: &mut Vec<f64>) {
    for level in (0..levels).filter(|l| *l != base) {
        row.push(if level as f64 == told { 1.0 } else { 0.0 });
    }
}

/// The name of a band: `<2`, `2-4` where edges are whole numbers, `2..4.5` where not, `10+`.
pub fn band_name(edges: &[f64], band: usize) -> String {
    let low = band.checked_sub(1).and_then(|n| edges.get(n)).copied();
    let high = edges.get(band).copied();
    match (low, high) {
        (None, None) => "all".to_owned(),
        (None, Some(high)) => format!("<{}", plain(high)),
        (Some(low), None) => format!("{}+", plain(low)),
        (Some(low), Some(high)) if low.fract() == 0.0 && high.fract() == 0.0 => {
            if high - low <= 1.0 {
                plain(low)
            } else {
                format!("{}-{}", plain(low), plain(high - 1.0))
            }
        }
        (Some(low), Some(high)) => format!("{}..{}", plain(low), plain(high)),
    }
}

/// The basis of a natural cubic spline (linear beyond the outer knots), scaled by the squared range of the knots.
fn spline(knots: &[f64], x: f64, row: &mut Vec<f64>) {
    row.push(x);
    let (Some(&first), Some(&last)) = (knots.first(), knots.last()) else { return };
    let Some(&before) = knots.len().checked_sub(2).and_then(|n| knots.get(n)) else { return };
    let cube = |v: f64| v.max(0.0).powi(3);
    let scale = (last - first).powi(2);
    for knot in knots.iter().take(knots.len().saturating_sub(2)) {
        let bend = cube(x - knot) - cube(x - before) * (last - knot) / (last - before)
            + cube(x - last) * (before - knot) / (last - before);
        row.push(bend / scale);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_named_as_people_count_years() {
        let edges = [1.0, 2.0, 5.0];
        let names: Vec<String> = (0..4).map(|n| band_name(&edges, n)).collect();
        assert_eq!(names, ["<1", "1", "2-4", "5+"]);
    }

    #[test]
    fn a_spline_is_straight_beyond_its_knots() {
        let term = Term {
            name: "age".into(),
            of: Source::Clock(Clock::Age),
            shape: Shape::Spline { knots: vec![30.0, 40.0, 55.0] },
            causes: vec![],
        };
        let at = |x: f64| {
            let mut row = Vec::new();
            term.columns(x, &mut row);
            row
        };
        assert_eq!(term.names(), ["age", "age:spline2"]);
        assert_eq!(at(25.0)[1], 0.0);
        let rise = |x: f64| at(x + 1.0)[1] - at(x)[1];
        assert!((rise(60.0) - rise(70.0)).abs() < 1e-9 && rise(60.0) > 0.0);
        assert!((rise(45.0) - rise(50.0)).abs() > 1e-3);
    }
}
