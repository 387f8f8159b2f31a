//! The one table: packages against the few measures that matter, base by base.

use takeroot_lab::Comparison;
use takeroot_lab::compare::{Direction, Measured};
use takeroot_lab::measure::{Measure, Unit};
use takeroot_words::Lang;

use crate::block::{Cell, Column, Row, Table};
use crate::number;
use crate::series::{Base, Package, Series};
use crate::words::{capital, say};

/// The measures of the table, in its order: where the first is not told (too few people), the second stands in its place.
const MATTER: [(Measure, Option<Measure>); 7] = [
    (Measure::VacantTownship, Some(Measure::Vacant)),
    (Measure::Left, None),
    (Measure::TownshipAged25To35, Some(Measure::Aged25To35)),
    (Measure::Rooted, None),
    (Measure::Promoted, None),
    (Measure::Overtime, None),
    (Measure::Bill, None),
];

/// A measure of a comparison.
pub fn find(comparison: &Comparison, measure: Measure) -> Option<&Measured> {
    comparison.measures.iter().find(|measured| measured.measure == measure)
}

/// The measures that matter, as far as a comparison tells them.
pub fn matter(comparison: &Comparison) -> Vec<&Measured> {
    MATTER
        .iter()
        .filter_map(|(first, other)| {
            find(comparison, *first).or_else(|| other.and_then(|other| find(comparison, other)))
        })
        .collect()
}

/// The mark of a direction.
pub const fn mark(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "▲",
        Direction::Down => "▼",
        Direction::None => "＝",
        Direction::Unclear => "？",
    }
}

/// A direction in a word.
pub fn direction(direction: Direction, lang: Lang) -> String {
    match direction {
        Direction::Up => say!(lang, "direction-up"),
        Direction::Down => say!(lang, "direction-down"),
        Direction::None => say!(lang, "direction-none"),
        Direction::Unclear => say!(lang, "direction-unclear"),
    }
}

/// The table.
pub fn table(series: &Series<'_>, lang: Lang) -> Table {
    let Some(first) = series.first() else { return Table::default() };
    let measures: Vec<Measure> = matter(first).iter().map(|measured| measured.measure).collect();
    let mut columns = vec![Column::words(say!(lang, "table-package"), 2.3)];
    for measure in &measures {
        let width = if measure.unit() == Unit::Yuan { 1.55 } else { 1.1 };
        columns.push(Column::figures(head(*measure, lang), width));
    }
    columns.push(Column::figures(say!(lang, "table-cost"), 1.2));
    let mut rows = Vec::new();
    for base in &series.bases {
        rows.extend(of_base(series, base, &measures, lang));
    }
    Table { title: say!(lang, "table-title"), columns, rows, note: note(first, lang), whole: false }
}

fn of_base(series: &Series<'_>, base: &Base<'_>, measures: &[Measure], lang: Lang) -> Vec<Row> {
    let mut rows = vec![Row::Over { text: say!(lang, "table-over", base = series.base(base, lang)) }];
    if let Some(package) = base.packages.first() {
        let mut cells: Vec<Cell> = vec![say!(lang, "table-base").into()];
        for measure in measures {
            cells.push(find(package.comparison, *measure).map_or_else(Cell::default, |measured| {
                number::value(measured.horizon.base.value, measured.unit).into()
            }));
        }
        cells.push(String::from("—").into());
        rows.push(Row::Cells { cells });
    }
    rows.extend(base.packages.iter().map(|package| of_package(series, package, measures, lang)));
    rows
}

fn of_package(series: &Series<'_>, package: &Package<'_>, measures: &[Measure], lang: Lang) -> Row {
    let together = package.proposals.len() > 1;
    let name = Cell { text: capital(series.package(package, lang)), strong: together, ..Cell::default() };
    let mut cells = vec![name];
    for measure in measures {
        let told = find(package.comparison, *measure);
        cells.push(Cell { text: told.map_or_else(String::new, |m| change(m, lang)), ..Cell::default() });
    }
    cells.push(
        package
            .comparison
            .cost_per_more_person_year
            .as_ref()
            .map_or_else(
                || String::from("—"),
                |cost| format!("{}\n{}", number::money(cost.value), number::range(cost, Unit::Yuan, lang)),
            )
            .into(),
    );
    Row::Cells { cells }
}

/// A difference with its mark, what chance and what assumptions make of it, below one another.
pub fn change(measured: &Measured, lang: Lang) -> String {
    let unit = measured.unit;
    let difference = &measured.horizon.difference;
    if measured.direction == Direction::None {
        return mark(Direction::None).to_owned();
    }
    format!(
        "{} {}\n{}\n{}",
        number::mean(difference, unit),
        mark(measured.direction),
        number::interval(difference, unit, lang),
        say!(lang, "in-assumptions", interval = number::interval(&measured.figures, unit, lang))
    )
}

/// A measure's head in the table, with its unit.
fn head(measure: Measure, lang: Lang) -> String {
    match measure {
        Measure::VacantTownship => say!(lang, "head-vacant-township"),
        Measure::Vacant => say!(lang, "head-vacant"),
        Measure::Left => say!(lang, "head-left"),
        Measure::TownshipAged25To35 => say!(lang, "head-young-township"),
        Measure::Aged25To35 => say!(lang, "head-young"),
        Measure::Rooted => say!(lang, "head-rooted"),
        Measure::Promoted => say!(lang, "head-promoted"),
        Measure::Overtime => say!(lang, "head-overtime"),
        _ => say!(lang, "head-bill"),
    }
}

fn note(comparison: &Comparison, lang: Lang) -> String {
    say!(
        lang,
        "table-note",
        years = comparison.plan.years.to_string(),
        replicates = comparison.plan.replicates.to_string(),
        draws = comparison.plan.draws.to_string()
    )
}
