//! What came out, base by base and package by package: fans, measures, townships, pay by line, who gains and who loses.

use takeroot_lab::Comparison;
use takeroot_lab::clauses::How;
use takeroot_lab::compare::{Direction, OrganResult};
use takeroot_lab::measure::{Figure, Measure, Unit};
use takeroot_lab::told;
use takeroot_words::Lang;

use crate::answer;
use crate::block::{Block, Cell, Column, Row, Table};
use crate::chart;
use crate::number;
use crate::series::{Base, Package, Series};
use crate::summary::{direction, find, mark};
use crate::words::{capital, say};

/// What fans are drawn of, as far as it is told.
const DRAWN: [Measure; 6] = [
    Measure::VacantTownship,
    Measure::Left,
    Measure::TownshipAged25To35,
    Measure::Joined,
    Measure::Overtime,
    Measure::Bill,
];

/// The part.
pub fn blocks(series: &Series<'_>, lang: Lang) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (at, base) in series.bases.iter().enumerate() {
        let name = series.base(base, lang);
        let title = if series.bases.len() == 1 {
            say!(lang, "part-results", base = name)
        } else {
            say!(lang, "part-results-n", n = (at + 1).to_string(), base = name)
        };
        blocks.push(Block::Heading { level: 1, text: title, page: true });
        blocks.push(Block::text(series.base_about(base, lang)));
        if let Some(first) = base.packages.first() {
            blocks.push(Block::Table(anyway(first.comparison, lang)));
            blocks.extend(townships(first.comparison, false, lang));
        }
        for package in &base.packages {
            blocks.extend(of_package(series, base, package, lang));
        }
    }
    blocks
}

/// What happens on the base anyway.
fn anyway(comparison: &Comparison, lang: Lang) -> Table {
    let plan = comparison.plan;
    let row = |m: &takeroot_lab::compare::Measured| {
        let unit = chart::shown(m);
        let first = m.years.first().map_or_else(String::new, |pair| number::value(pair.base.value, unit));
        let last = m.years.last().map_or_else(String::new, |pair| number::value(pair.base.value, unit));
        let all = format!(
            "{} ({})",
            number::value(m.horizon.base.value, unit),
            number::range(&m.horizon.base, unit, lang)
        );
        Row::of([chart::titled(m, lang), first, last, all])
    };
    let year = |at: usize| (usize::from(comparison.on.year()) + at).to_string();
    Table {
        title: say!(lang, "anyway-title"),
        columns: vec![
            Column::words(say!(lang, "measure"), 3.6),
            Column::figures(say!(lang, "in-year", year = year(1)), 1.2),
            Column::figures(say!(lang, "in-year", year = year(plan.years)), 1.2),
            Column::figures(say!(lang, "all-years", years = plan.years.to_string()), 2.6),
        ],
        rows: comparison.measures.iter().map(row).collect(),
        note: say!(lang, "anyway-note"),
        whole: true,
    }
}

fn of_package(series: &Series<'_>, base: &Base<'_>, package: &Package<'_>, lang: Lang) -> Vec<Block> {
    let comparison = package.comparison;
    let (base_name, package_name) = (series.base(base, lang), series.package(package, lang));
    let title = say!(lang, "on-base", package = package_name.as_str(), base = base_name.as_str());
    let mut blocks = vec![Block::Heading { level: 2, text: capital(title), page: true }];
    if package.proposals.len() > 1 {
        let titles: Vec<String> = package.proposals.iter().map(|id| series.proposal(id, lang)).collect();
        blocks.push(Block::note(say!(lang, "package-of", list = titles.join(&say!(lang, "list-comma")))));
    }
    let replaced: Vec<String> = package
        .clauses
        .iter()
        .filter(|taken| matches!(taken.how, How::Overwritten { .. }))
        .map(|taken| {
            let (text, how) = (taken.text.get(lang), series.taken(taken, lang));
            say!(lang, "package-replaced", text = text, title = taken.title.get(lang), how = how)
        })
        .collect();
    let first_year = comparison.on.year() + 1;
    blocks.push(Block::Charts {
        charts: DRAWN
            .iter()
            .filter_map(|measure| find(comparison, *measure))
            .map(|measured| chart::fan(measured, first_year, lang))
            .collect(),
        legend: (base_name, package_name),
    });
    blocks.push(Block::Table(measures(comparison, lang)));
    blocks.extend(answer::spike(package, lang).map(Block::text));
    if !replaced.is_empty() {
        blocks.push(Block::text(say!(lang, "package-replaces")));
        blocks.push(Block::list(replaced));
    }
    blocks.extend(townships(comparison, true, lang));
    blocks.push(Block::Table(pay(comparison, lang)));
    if !comparison.groups.is_empty() {
        // Groups of two kinds at once are told of the package that the answer is told of.
        let lead = series.lead(base).is_some_and(|lead| lead.proposals == package.proposals);
        blocks.push(Block::Table(groups(comparison, lead, lang)));
    }
    if !comparison.stay.is_empty() {
        blocks.push(Block::Table(stay(comparison, lang)));
    }
    blocks
}

/// Every measure that differs, or might.
fn measures(comparison: &Comparison, lang: Lang) -> Table {
    let (differing, same): (Vec<_>, Vec<_>) =
        comparison.measures.iter().partition(|m| m.direction != Direction::None);
    let row = |m: &&takeroot_lab::compare::Measured| {
        let (difference, unit) = (&m.horizon.difference, chart::shown(m));
        Row::of([
            chart::titled(m, lang),
            number::value(m.horizon.base.value, unit),
            number::value(m.horizon.with.value, unit),
            number::mean(difference, unit),
            number::interval(difference, unit, lang),
            number::interval(&m.figures, unit, lang),
            format!("{} {}", mark(m.direction), direction(m.direction, lang)),
        ])
    };
    let names: Vec<String> = same.iter().map(|m| chart::name(m.measure, lang)).collect();
    let mut note = say!(
        lang,
        "measures-note",
        years = comparison.plan.years.to_string(),
        draws = comparison.plan.draws.to_string()
    );
    if !names.is_empty() {
        note.push_str(&say!(lang, "measures-same", list = names.join(&say!(lang, "list-comma"))));
    }
    Table {
        title: say!(lang, "measures-title"),
        columns: vec![
            Column::words(say!(lang, "measure"), lang.pick(3.4, 4.1)),
            Column::figures(say!(lang, "base"), 1.1),
            Column::figures(say!(lang, "with"), 1.1),
            Column::figures(say!(lang, "difference"), lang.pick(1.0, 1.3)),
            Column::figures(say!(lang, "by-chance"), 1.9),
            Column::figures(say!(lang, "by-figures"), 1.9),
            Column::words(say!(lang, "direction"), lang.pick(1.2, 1.35)),
        ],
        rows: differing.iter().map(row).collect(),
        note,
        whole: false,
    }
}

/// Vacancies of townships, year by year: the more of the posts are vacant, the darker.
fn townships(comparison: &Comparison, with: bool, lang: Lang) -> Option<Block> {
    let townships: Vec<&OrganResult> = comparison.organs.iter().filter(|organ| organ.township).collect();
    let years = comparison.plan.years;
    if townships.is_empty() || find(comparison, Measure::VacantTownship).is_none() {
        return None;
    }
    // No more years than there is room for; the last one always stands.
    let every = years.div_ceil(10).max(1);
    let shown: Vec<usize> = (0..years).filter(|at| (years - 1 - at).is_multiple_of(every)).collect();
    let mut columns =
        vec![Column::words(say!(lang, "township"), 2.6), Column::figures(say!(lang, "posts"), 0.7)];
    for year in &shown {
        columns.push(Column::figures((comparison.on.year() as usize + year + 1).to_string(), 0.7));
    }
    if with {
        columns.push(Column::figures(say!(lang, "difference"), lang.pick(0.8, 1.15)));
        columns.push(Column::figures(say!(lang, "by-chance"), 1.5));
    }
    let row = |organ: &&OrganResult| {
        let several = || say!(lang, "townships-together", organs = organ.organs.to_string());
        let mut cells: Vec<Cell> = vec![
            organ.name.as_deref().map_or_else(several, |name| short_name(name, comparison)).into(),
            organ.posts.to_string().into(),
        ];
        for year in &shown {
            let vacant =
                organ.vacant_by_year.get(*year).map_or(0.0, |pair| if with { pair.1 } else { pair.0 });
            let share = vacant / f64::from(organ.posts.max(1));
            // A fifth of all posts vacant is as dark as it gets.
            let shade = (share / 0.2).clamp(0.0, 1.0);
            cells.push(Cell { text: number::digits(vacant, 1), shade, strong: false });
        }
        if with {
            let difference = &organ.vacant.difference;
            cells.push(number::mean(difference, Unit::People).into());
            cells.push(number::interval(difference, Unit::People, lang).into());
        }
        Row::Cells { cells }
    };
    Some(Block::Table(Table {
        title: if with { say!(lang, "townships-title") } else { say!(lang, "townships-title-base") },
        columns,
        rows: townships.iter().map(row).collect(),
        note: if with { say!(lang, "townships-note") } else { say!(lang, "townships-note-base") },
        // More townships than a page has lines go on on the next one.
        whole: townships.len() <= 40,
    }))
}

/// A township's name without what all organs begin with.
fn short_name(name: &str, comparison: &Comparison) -> String {
    let townships = comparison.organs.iter().filter(|organ| organ.township);
    let names: Vec<&str> = townships.filter_map(|organ| organ.name.as_deref()).collect();
    match crate::series::common(&names) {
        Some(county) => {
            name.strip_prefix(county.as_str()).filter(|rest| !rest.is_empty()).unwrap_or(name).to_owned()
        }
        None => name.to_owned(),
    }
}

/// The pay bill by line.
fn pay(comparison: &Comparison, lang: Lang) -> Table {
    let row = |line: &takeroot_lab::compare::Line| {
        let pair = &line.horizon;
        Row::of([
            capital(told::line(line.line, lang)),
            number::money(pair.base.value),
            number::money(pair.with.value),
            number::mean(&pair.difference, Unit::Yuan),
            number::interval(&pair.difference, Unit::Yuan, lang),
        ])
    };
    let mut rows: Vec<Row> = comparison.pay_lines.iter().map(row).collect();
    if let Some(bill) = find(comparison, Measure::Bill) {
        let pair = &bill.horizon;
        let cells = [
            say!(lang, "pay-all"),
            number::money(pair.base.value),
            number::money(pair.with.value),
            number::mean(&pair.difference, Unit::Yuan),
            number::interval(&pair.difference, Unit::Yuan, lang),
        ];
        let cells = cells.into_iter().map(|text| Cell { text, strong: true, ..Cell::default() }).collect();
        rows.push(Row::Cells { cells });
    }
    Table {
        title: say!(lang, "pay-title", years = comparison.plan.years.to_string()),
        columns: vec![
            Column::words(say!(lang, "pay-line"), 2.6),
            Column::figures(say!(lang, "base"), 1.2),
            Column::figures(say!(lang, "with"), 1.2),
            Column::figures(say!(lang, "difference"), 1.1),
            Column::figures(say!(lang, "by-chance"), 1.9),
        ],
        rows,
        note: say!(lang, "pay-note"),
        whole: true,
    }
}

/// Who gains and who loses among those who are there.
fn groups(comparison: &Comparison, crossed: bool, lang: Lang) -> Table {
    let row = |group: &takeroot_lab::compare::GroupResult| {
        let told = |figure: &Figure, one: &dyn Fn(f64) -> String| {
            let (low, high) = (one(figure.low), one(figure.high));
            format!("{} ({})", one(figure.value), say!(lang, "interval", low = low, high = high))
        };
        Row::of([
            capital(told::group(group.key, lang)),
            number::digits(group.people as f64, 0),
            told(&group.stay.difference, &|value| number::difference(value, Unit::Share)),
            told(&group.promoted.difference, &|value| signed(value, 2)),
            told(&group.paid.difference, &|value| signed(value, 0)),
        ])
    };
    Table {
        title: say!(lang, "groups-title"),
        columns: vec![
            Column::words(say!(lang, "group"), 2.4),
            Column::figures(say!(lang, "people"), 0.8),
            Column::figures(say!(lang, "group-stay"), 1.8),
            Column::figures(say!(lang, "group-promoted"), 1.8),
            Column::figures(say!(lang, "group-paid"), 2.0),
        ],
        rows: comparison.groups.iter().filter(|g| crossed || !g.key.contains('+')).map(row).collect(),
        note: say!(lang, "groups-note"),
        whole: true,
    }
}

fn signed(value: f64, decimals: usize) -> String {
    let text = number::digits(value, decimals);
    let nothing = text.trim_matches(['0', '.', '−', ',']).is_empty();
    if value > 0.0 && !nothing { format!("+{text}") } else { text }
}

/// How long recruits stay.
fn stay(comparison: &Comparison, lang: Lang) -> Table {
    let years = |figure: &Option<Figure>| {
        figure.as_ref().map_or_else(
            || String::from("—"),
            |f| format!("{} ({})", number::digits(f.value, 1), number::range(f, Unit::Years, lang)),
        )
    };
    let row = |stay: &takeroot_lab::compare::Stay| {
        Row::of([
            capital(told::class(stay.class, lang)),
            number::value(stay.recruits.0, Unit::People),
            number::value(stay.recruits.1, Unit::People),
            years(&stay.base),
            years(&stay.with),
        ])
    };
    Table {
        title: say!(lang, "stay-title", years = comparison.plan.years.to_string()),
        columns: vec![
            Column::words(say!(lang, "stay-by"), 2.2),
            Column::figures(say!(lang, "stay-recruits-base"), 1.2),
            Column::figures(say!(lang, "stay-recruits-with"), 1.2),
            Column::figures(say!(lang, "base"), 1.8),
            Column::figures(say!(lang, "with"), 1.8),
        ],
        rows: comparison.stay.iter().map(row).collect(),
        note: say!(lang, "stay-note"),
        whole: true,
    }
}
