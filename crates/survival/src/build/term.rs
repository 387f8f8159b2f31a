//! Terms from their columns: the values of a row, and the levels of a file.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use toml::Spanned;

use super::rows::Pending;
use super::{Reader, column_at};
use crate::date;
use crate::fault::{Flaw, MapFault, MapWrong};
use crate::map::{self, Shape};
use crate::terms;

/// A spell's own value.
pub(super) enum Value {
    Number(f64),
    Level(String),
}

/// A term before its levels are known.
pub(super) struct Draft<'a> {
    term: &'a map::Term,
    pub(super) column: Option<usize>,
    groups: HashMap<&'a str, &'a str>,
}

impl<'a> Reader<'a> {
    pub(super) fn draft(&self, spanned: &'a Spanned<map::Term>) -> Result<Draft<'a>, MapFault> {
        let (span, term) = (spanned.span(), spanned.get_ref());
        let wrong = |what| Err(self.file.fault(Some(span.clone()), what));
        let name = || term.name.clone();
        let since = term.of == Some(map::Clock::Since);
        let of_clock = term.of.is_some() && !since;
        let no_source = of_clock == term.column.is_some() || since && term.column.is_none();
        if no_source || term.of.is_some() && term.shape == Shape::Category {
            return wrong(MapWrong::TermSource(name()));
        }
        let rises = |list: &[f64]| {
            list.windows(2).all(|w| w.first() < w.last()) && list.iter().all(|v| v.is_finite())
        };
        match term.shape {
            Shape::Bands if term.bands.is_empty() || !rises(&term.bands) => {
                return wrong(MapWrong::Unordered(name()));
            }
            Shape::Spline if term.knots.len() < 3 || !rises(&term.knots) => {
                return wrong(MapWrong::Unordered(name()));
            }
            _ => {}
        }
        if term.per == 0.0 || !term.per.is_finite() {
            return wrong(MapWrong::Number { field: format!("{}.per", term.name), expected: "≠ 0" });
        }
        match term.of {
            Some(map::Clock::Age) if self.map.spells.birth.is_none() => {
                return wrong(MapWrong::NeedsBirth(name()));
            }
            Some(map::Clock::Due) if self.ages.is_empty() => {
                return wrong(MapWrong::NeedsRetirement(name()));
            }
            _ => {}
        }
        let column = match &term.column {
            None => None,
            Some(column) => Some(column_at(self.file, self.main, column, Some(span.clone()))?),
        };
        let mut groups = HashMap::new();
        for (group, values) in &term.groups {
            for value in values {
                if groups.insert(value.trim(), group.as_str()).is_some() {
                    return wrong(MapWrong::ValueTwice(value.clone()));
                }
            }
        }
        for cause in &term.causes {
            self.cause(cause, span.clone())?;
        }
        Ok(Draft { term, column, groups })
    }
}

impl Draft<'_> {
    pub(super) fn value(&self, cell: &str) -> Result<Value, Flaw> {
        if self.term.of == Some(map::Clock::Since) {
            return match (cell.is_empty(), date::read(cell, date::Order::YearFirst)) {
                (false, Some(day)) => Ok(Value::Number(f64::from(day.first.month_number()))),
                (true, _) if self.term.blank.is_some() => Ok(Value::Number(f64::NAN)),
                (true, _) => Err(Flaw::NumberBlank),
                (false, None) => Err(Flaw::DayUnreadable),
            };
        }
        if self.term.shape == Shape::Category {
            let level = match self.groups.get(cell) {
                Some(group) => group,
                None => match &self.term.others {
                    Some(others) if !self.groups.is_empty() => others.as_str(),
                    _ if cell.is_empty() => "(blank)",
                    _ => cell,
                },
            };
            return Ok(Value::Level(level.to_owned()));
        }
        if cell.is_empty() {
            return self.term.blank.map(Value::Number).ok_or(Flaw::NumberBlank);
        }
        match cell.parse::<f64>() {
            Ok(n) if n.is_finite() => Ok(Value::Number(n)),
            _ => Err(Flaw::NumberUnreadable),
        }
    }

    /// The term with its columns; for a category, the number of each level.
    pub(super) fn resolve(
        &self,
        place: Option<usize>,
        rows: &[Pending],
        reader: &Reader<'_>,
        span: Range<usize>,
    ) -> Result<(terms::Term, Option<BTreeMap<String, usize>>), MapFault> {
        let term = self.term;
        let mut numbers = None;
        let no_base = |base: String| {
            reader.file.fault(Some(span.clone()), MapWrong::NoBase { term: term.name.clone(), base })
        };
        let shape = match term.shape {
            Shape::Number => terms::Shape::Number { centre: term.centre, per: term.per },
            Shape::Spline => terms::Shape::Spline { knots: term.knots.clone() },
            Shape::Bands => {
                let base = match &term.base {
                    None => 0,
                    Some(value) => {
                        let value = value.as_float().or(value.as_integer().map(|n| n as f64));
                        let value = value.ok_or_else(|| no_base(format!("{:?}", term.base)))?;
                        term.bands.partition_point(|edge| *edge <= value)
                    }
                };
                terms::Shape::Bands { edges: term.bands.clone(), base }
            }
            Shape::Category => {
                let mut counts: BTreeMap<String, f64> = BTreeMap::new();
                for row in rows {
                    if let Some(Value::Level(level)) = place.and_then(|p| row.values.get(p)) {
                        *counts.entry(level.clone()).or_default() += row.weight;
                    }
                }
                let levels: Vec<String> = counts.keys().cloned().collect();
                let base = match &term.base {
                    None => {
                        let most = counts.values().copied().fold(0.0, f64::max);
                        counts.values().position(|n| *n == most).unwrap_or(0)
                    }
                    Some(value) => {
                        let name = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                        levels.iter().position(|l| *l == name).ok_or_else(|| no_base(name))?
                    }
                };
                numbers = Some(levels.iter().cloned().enumerate().map(|(n, l)| (l, n)).collect());
                terms::Shape::Category { levels, base }
            }
        };
        let of = match (place, term.of) {
            (Some(at), Some(map::Clock::Since)) => {
                terms::Source::Since { at, blank: term.blank.unwrap_or(f64::NAN) }
            }
            (_, Some(clock)) => terms::Source::Clock(clock),
            (place, None) => terms::Source::Own(place.unwrap_or(0)),
        };
        let causes =
            (term.causes.iter()).filter_map(|name| reader.causes.iter().position(|c| c == name)).collect();
        Ok((terms::Term { name: term.name.clone(), of, shape, causes }, numbers))
    }
}
