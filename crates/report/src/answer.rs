//! The question, and its answer in a few plain sentences. A direction is named only where the comparison names one.

use takeroot_lab::assumption::Trust;
use takeroot_lab::compare::{Direction, Measured};
use takeroot_lab::measure::{Measure, Unit};
use takeroot_lab::told;
use takeroot_words::Lang;

use crate::chart;
use crate::number::{self, As};
use crate::series::{Base, Package, Series, day};
use crate::summary::{direction, find, matter};
use crate::words::{capital, say};

/// What is asked.
pub fn question(series: &Series<'_>, lang: Lang) -> String {
    let Some(first) = series.first() else { return String::new() };
    let ids = series.proposals();
    let titles: Vec<String> =
        ids.iter().map(|id| say!(lang, "quoted", title = series.proposal(id, lang))).collect();
    let bases: Vec<String> = series.bases.iter().map(|base| series.base(base, lang)).collect();
    say!(
        lang,
        "question",
        county = series.county.told(lang),
        day = day(first.on, lang),
        years = first.plan.years.to_string(),
        proposals = titles.join(&say!(lang, "list-comma")),
        bases = bases.join(&say!(lang, "list-or"))
    )
}

/// The answer: each sentence with the words that lead it.
pub fn answer(series: &Series<'_>, lang: Lang) -> Vec<(String, String)> {
    let Some(base) = series.bases.first() else { return Vec::new() };
    let mut said = match series.lead(base) {
        Some(package) => of_package(series, base, package, lang),
        None => side_by_side(series, base, lang),
    };
    if let Some(sentence) = others(series, base, lang) {
        said.push((say!(lang, "lead-other-base"), sentence));
    }
    said.push((say!(lang, "lead-ground"), ground(series, base, lang)));
    said
}

/// Of one package.
fn of_package(
    series: &Series<'_>,
    base: &Base<'_>,
    package: &Package<'_>,
    lang: Lang,
) -> Vec<(String, String)> {
    let comparison = package.comparison;
    let years = comparison.plan.years.to_string();
    let last = (usize::from(comparison.on.year()) + comparison.plan.years).to_string();
    let of = |measure: Measure| find(comparison, measure).map(|measured| change(measured, lang));
    let mut said = Vec::new();
    let package_name = series.package(package, lang);
    let base_name = series.base(base, lang);
    said.push((
        say!(lang, "lead-scope"),
        say!(lang, "answer-scope", package = package_name, base = base_name, years = years.as_str()),
    ));
    if let Some(left) = of(Measure::Left) {
        let mut sentence = say!(lang, "answer-left", years = years.as_str(), change = left);
        if !comparison.gone_by.is_empty() {
            sentence.push_str(&say!(lang, "answer-spike"));
        }
        said.push((say!(lang, "lead-stay"), sentence));
    }
    if let Some(vacant) = of(Measure::VacantTownship) {
        let sentence = say!(lang, "answer-vacant-township", year = last.as_str(), change = vacant);
        said.push((say!(lang, "lead-posts"), sentence));
    } else if let Some(vacant) = of(Measure::Vacant) {
        said.push((
            say!(lang, "lead-posts"),
            say!(lang, "answer-vacant", year = last.as_str(), change = vacant),
        ));
    }
    if let Some(joined) = of(Measure::Joined) {
        let mut sentence = say!(lang, "answer-joined", years = years.as_str(), change = joined);
        if let Some(young) = of(Measure::TownshipAged25To35) {
            sentence.push_str(&say!(lang, "answer-young", year = last.as_str(), change = young));
        }
        said.push((say!(lang, "lead-come"), sentence));
    }
    if let (Some(promoted), Some(overtime)) = (of(Measure::Promoted), of(Measure::Overtime)) {
        said.push((
            say!(lang, "lead-way"),
            say!(lang, "answer-way", years = years.as_str(), promoted = promoted, overtime = overtime),
        ));
    }
    if let Some(bill) = find(comparison, Measure::Bill) {
        let mut sentence = say!(lang, "answer-bill", years = years.as_str(), change = change(bill, lang));
        if !matches!(bill.direction, Direction::None) {
            let yearly = bill.horizon.difference.value / comparison.plan.years as f64;
            let base = bill.horizon.base.value / comparison.plan.years as f64;
            sentence.push_str(&say!(
                lang,
                "answer-yearly",
                yearly = number::amount(yearly, As::Difference, Measure::Bill, lang),
                share = number::difference(yearly / base.max(1.0), Unit::Share)
            ));
        }
        sentence.push_str(&match &comparison.cost_per_more_person_year {
            Some(cost) => {
                let (cost, interval) = number::cost(cost, lang);
                say!(lang, "answer-cost", cost = cost, interval = interval)
            }
            None => say!(lang, "answer-no-cost"),
        });
        said.push((say!(lang, "lead-cost"), sentence));
    }
    let alone: Vec<&Package<'_>> = base.packages.iter().filter(|p| p.proposals.len() == 1).collect();
    if alone.len() > 1 {
        let each = |measure: Measure| grouped(series, &alone, measure, lang);
        let which = find(comparison, Measure::VacantTownship).map_or(Measure::Vacant, |m| m.measure);
        let sentence = say!(lang, "answer-each", vacant = each(which), left = each(Measure::Left));
        said.push((say!(lang, "lead-each"), sentence));
    }
    said
}

/// Of packages that stand side by side, none of which holds all.
fn side_by_side(series: &Series<'_>, base: &Base<'_>, lang: Lang) -> Vec<(String, String)> {
    let packages: Vec<&Package<'_>> = base.packages.iter().collect();
    let Some(first) = packages.first() else { return Vec::new() };
    let scope = say!(lang, "answer-scope-each", base = series.base(base, lang));
    let mut said = vec![(say!(lang, "lead-scope"), scope)];
    for measured in matter(first.comparison) {
        said.push((
            capital(chart::name(measured.measure, lang)),
            grouped(series, &packages, measured.measure, lang),
        ));
    }
    said
}

/// Which packages make a measure more, less, or cannot be told.
fn grouped(series: &Series<'_>, packages: &[&Package<'_>], measure: Measure, lang: Lang) -> String {
    let mut parts = Vec::new();
    for direction in [Direction::Down, Direction::Up, Direction::Unclear, Direction::None] {
        let here: Vec<String> = packages
            .iter()
            .filter(|p| find(p.comparison, measure).is_some_and(|m| m.direction == direction))
            .map(|p| series.package(p, lang))
            .collect();
        if here.is_empty() {
            continue;
        }
        let list = here.join(&say!(lang, "list-comma"));
        parts.push(match direction {
            Direction::Down => say!(lang, "grouped-down", list = list),
            Direction::Up => say!(lang, "grouped-up", list = list),
            Direction::Unclear => say!(lang, "grouped-unclear", list = list),
            Direction::None => say!(lang, "grouped-none", list = list),
        });
    }
    parts.join(&say!(lang, "list-semicolon"))
}

/// A difference in words.
pub fn change(measured: &Measured, lang: Lang) -> String {
    let measure = measured.measure;
    let difference = &measured.horizon.difference;
    let size = number::amount(difference.value, As::Size, measure, lang);
    let base = number::amount(measured.horizon.base.value, As::Level, measure, lang);
    let interval = number::amounts(difference, measure, lang);
    match measured.direction {
        Direction::Up => say!(lang, "change-up", size = size, interval = interval, base = base),
        Direction::Down => say!(lang, "change-down", size = size, interval = interval, base = base),
        Direction::None => say!(lang, "change-none", base = base),
        Direction::Unclear => {
            let difference = number::amount(difference.value, As::Difference, measure, lang);
            say!(lang, "change-unclear", difference = difference, interval = interval, base = base)
        }
    }
}

/// Whether it is the same on the other bases; `None` where there is no other.
fn others(series: &Series<'_>, first: &Base<'_>, lang: Lang) -> Option<String> {
    let lead = series.lead(first)?;
    let mut said = Vec::new();
    for base in series.bases.iter().skip(1) {
        let Some(other) = series.lead(base) else { continue };
        let (mut same, mut differing) = (0, Vec::new());
        for here in matter(lead.comparison) {
            let Some(there) = find(other.comparison, here.measure) else { continue };
            if here.direction == there.direction {
                same += 1;
            } else {
                let what = chart::name(here.measure, lang);
                differing.push(say!(
                    lang,
                    "other-differs",
                    what = what,
                    direction = direction(there.direction, lang)
                ));
            }
        }
        let all = same + differing.len();
        let (base, same) = (series.base(base, lang), same.to_string());
        let all = all.to_string();
        said.push(if differing.is_empty() {
            say!(lang, "other-same", base = base, all = all)
        } else {
            let list = differing.join(&say!(lang, "list-comma"));
            say!(lang, "other-some", base = base, same = same, all = all, differing = list)
        });
    }
    (!said.is_empty()).then(|| said.join(&say!(lang, "sentence-gap")))
}

/// How sure it is, and on what it rests.
fn ground(series: &Series<'_>, base: &Base<'_>, lang: Lang) -> String {
    let figures: Vec<Trust> =
        series.assumptions.coefficients().map(|(_, _, figure)| figure.confidence).collect();
    let invented = figures.iter().filter(|trust| **trust == Trust::None).count();
    let mut said = String::new();
    if let Some(package) = series.lead(base) {
        let all = matter(package.comparison);
        let clear = all.iter().filter(|m| m.direction != Direction::Unclear).count();
        said.push_str(&say!(lang, "ground-clear", clear = clear.to_string(), all = all.len().to_string()));
        if let Some(factor) = crate::doubt::strongest(series, package, lang) {
            said.push_str(&say!(lang, "ground-strongest", factor = factor));
        }
    }
    said.push_str(&say!(
        lang,
        "ground-figures",
        figures = figures.len().to_string(),
        invented = invented.to_string()
    ));
    said
}

/// What the spike at the end of a minimum service looks like in a comparison; `None` where stacks ask the same.
pub fn spike(package: &Package<'_>, lang: Lang) -> Option<String> {
    let (with, without) = (told::cannot_tell(Some(package.comparison), lang), told::cannot_tell(None, lang));
    (with.len() > without.len()).then(|| with.into_iter().next()).flatten()
}
