//! What would most change the answer: situations that nobody knows, and figures over their ranges.

use takeroot_lab::compare::Measured;
use takeroot_lab::measure::Measure;
use takeroot_lab::sense::{Outcome, Screened};
use takeroot_words::Lang;

use crate::block::{Block, Column, Row, Table};
use crate::chart;
use crate::number;
use crate::series::{Package, Series};
use crate::summary::find;
use crate::words::{capital, say};

/// Factors that are told of each outcome.
const TOLD: usize = 6;

/// The section.
pub fn blocks(series: &Series<'_>, lang: Lang) -> Vec<Block> {
    let mut blocks =
        vec![Block::heading(1, say!(lang, "part-doubt")), Block::text(say!(lang, "doubt-about"))];
    for base in &series.bases {
        let packages: Vec<&Package<'_>> = match series.lead(base) {
            Some(package) => vec![package],
            None => base.packages.iter().collect(),
        };
        for package in packages {
            let (base, package_name) = (series.base(base, lang), series.package(package, lang));
            let title = say!(lang, "on-base", package = package_name, base = base);
            blocks.push(Block::heading(2, capital(title)));
            blocks.extend(levers(series, package, lang));
            match package.sense {
                Some(sense) => {
                    blocks.push(Block::note(say!(
                        lang,
                        "sense-about",
                        factors = sense.factors.len().to_string(),
                        trajectories = sense.plan.trajectories.to_string(),
                        replicates = sense.plan.replicates.to_string()
                    )));
                    let outcomes = sense.outcomes.iter();
                    blocks.extend(outcomes.map(|outcome| Block::Table(screened(series, outcome, lang))));
                }
                None => blocks.push(Block::text(say!(lang, "sense-none"))),
            }
        }
    }
    blocks
}

/// The strongest factor of township vacancies, in words: of the screening where it was asked for, else of the levers.
pub fn strongest(series: &Series<'_>, package: &Package<'_>, lang: Lang) -> Option<String> {
    let measured = find(package.comparison, Measure::VacantTownship)
        .or_else(|| find(package.comparison, Measure::Vacant))?;
    let screened = package.sense.and_then(|sense| {
        let outcome = sense.outcomes.iter().find(|outcome| outcome.measure == measured.measure)?;
        outcome.screening.first().filter(|first| first.effect.mu_star > 0.0)
    });
    if let Some(first) = screened {
        let size = number::amount(first.effect.mu_star, number::As::Size, measured.measure, lang);
        return Some(say!(
            lang,
            "strongest-figure",
            what = chart::name(measured.measure, lang),
            factor = name(series, &first.factor, lang),
            size = size
        ));
    }
    let central = measured.horizon.difference.value;
    let (id, value) = measured
        .levers
        .iter()
        .max_by(|a, b| (a.1 - central).abs().total_cmp(&(b.1 - central).abs()))
        .filter(|lever| lever.1 != central)?;
    Some(say!(
        lang,
        "strongest-lever",
        what = chart::name(measured.measure, lang),
        lever = name(series, id, lang),
        value = number::difference(*value, measured.unit),
        central = number::difference(central, measured.unit)
    ))
}

/// What the differences would be if something that nobody knows were so.
fn levers(series: &Series<'_>, package: &Package<'_>, lang: Lang) -> Option<Block> {
    let comparison = package.comparison;
    let measures: Vec<&Measured> = [
        Measure::VacantTownship,
        Measure::Vacant,
        Measure::Left,
        Measure::TownshipAged25To35,
        Measure::PersonYears,
        Measure::Bill,
    ]
    .iter()
    .filter(|measure| **measure != Measure::Vacant || find(comparison, Measure::VacantTownship).is_none())
    .filter_map(|measure| find(comparison, *measure))
    .collect();
    let first = measures.first()?;
    let central = first.horizon.difference.value;
    let mut ids: Vec<(&str, f64)> =
        first.levers.iter().map(|(id, value)| (id.as_str(), (value - central).abs())).collect();
    ids.sort_by(|a, b| b.1.total_cmp(&a.1));
    if ids.is_empty() {
        return None;
    }
    let mut columns = vec![Column::words(say!(lang, "lever-if"), 3.0)];
    columns.extend(measures.iter().map(|m| Column::figures(chart::titled_difference(m.measure, lang), 1.2)));
    let mut rows = vec![Row::of(
        std::iter::once(say!(lang, "lever-central"))
            .chain(measures.iter().map(|m| number::difference(m.horizon.difference.value, m.unit))),
    )];
    for (id, _) in ids {
        let cells = measures.iter().map(|m| {
            let value = m.levers.iter().find(|(other, _)| other == id).map(|(_, value)| *value);
            value.map_or_else(String::new, |value| turned(m, value))
        });
        rows.push(Row::of(std::iter::once(name(series, id, lang)).chain(cells)));
    }
    Some(Block::Table(Table {
        title: say!(lang, "lever-title"),
        columns,
        rows,
        note: say!(lang, "lever-note"),
        whole: true,
    }))
}

/// A difference under a lever, with a mark where it turns.
fn turned(measured: &Measured, value: f64) -> String {
    let turns = value * measured.horizon.difference.value < 0.0;
    format!("{}{}", number::difference(value, measured.unit), if turns { " ※" } else { "" })
}

fn screened(series: &Series<'_>, outcome: &Outcome, lang: Lang) -> Table {
    let what = chart::titled_difference(outcome.measure, lang);
    let central = number::difference(outcome.central, outcome.unit);
    let moving: Vec<&Screened> = outcome.screening.iter().filter(|s| s.effect.mu_star > 0.0).collect();
    let row = |s: &&Screened| {
        // What becomes of the difference, from the low to the high end: without a direction where it goes both ways.
        let one_way = s.effect.mu.abs() > 0.8 * s.effect.mu_star;
        let moved = number::size(s.effect.mu_star, outcome.unit);
        let way = if !one_way {
            say!(lang, "sense-both-ways")
        } else if (s.effect.mu > 0.0) == (outcome.central > 0.0) {
            say!(lang, "sense-more")
        } else {
            say!(lang, "sense-less")
        };
        let sure = if s.beyond_chance { say!(lang, "sense-sure") } else { say!(lang, "sense-unsure") };
        Row::of([capital(name(series, &s.factor, lang)), range(series, &s.factor, lang), moved, way, sure])
    };
    let none = outcome.screening.len() - moving.len();
    Table {
        title: say!(lang, "sense-title", what = what, central = central),
        columns: vec![
            Column::words(say!(lang, "sense-factor"), 3.9),
            Column::words(say!(lang, "sense-range"), lang.pick(1.8, 2.1)),
            Column::figures(say!(lang, "sense-moves"), 0.9),
            Column::words(say!(lang, "sense-way"), 1.0),
            Column::words(say!(lang, "sense-beyond"), 0.9),
        ],
        rows: moving.iter().take(TOLD).map(row).collect(),
        note: say!(
            lang,
            "sense-rest",
            less = moving.len().saturating_sub(TOLD).to_string(),
            none = none.to_string()
        ),
        whole: true,
    }
}

fn range(series: &Series<'_>, id: &str, lang: Lang) -> String {
    let figure = series.assumptions.coefficients().find(|(_, key, _)| *key == id);
    match figure {
        Some((_, _, figure)) => {
            say!(
                lang,
                "from-to",
                low = crate::assumed::value(figure, figure.low, lang),
                high = crate::assumed::value(figure, figure.high, lang)
            )
        }
        None => say!(lang, "sense-lever"),
    }
}

/// What a factor is, in words.
pub fn name(series: &Series<'_>, id: &str, lang: Lang) -> String {
    let figure = series.assumptions.coefficients().find(|(_, key, _)| *key == id);
    if let Some((_, _, figure)) = figure {
        return figure.text.get(lang).to_owned();
    }
    let lever = series.assumptions.scenarios().find(|(lever, _, _)| *lever == id);
    lever.map_or_else(|| id.to_owned(), |(_, what, _)| what.text.get(lang).to_owned())
}
