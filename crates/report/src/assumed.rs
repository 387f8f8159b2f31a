//! What is assumed: every figure in words, with its value, range, trust and source.

use takeroot_lab::assumption::{Coefficient, Document, Trust, Unit};
use takeroot_lab::told;
use takeroot_words::{Lang, Say as _};

use crate::block::{Block, Cell, Column, Row, Table};
use crate::number::digits;
use crate::series::Series;
use crate::words::{capital, say};

/// The section.
pub fn blocks(series: &Series<'_>, lang: Lang) -> Vec<Block> {
    let mut rows = Vec::new();
    let mut over: Option<&str> = None;
    let (mut all, mut invented) = (0, 0);
    for (document, _, figure) in series.assumptions.coefficients() {
        if over != Some(document.id.as_str()) {
            over = Some(document.id.as_str());
            rows.push(Row::Over { text: heading(document, lang) });
        }
        all += 1;
        invented += usize::from(figure.confidence == Trust::None);
        let cells: Vec<Cell> = vec![
            capital(figure.text.get(lang).to_owned()).into(),
            value(figure, figure.value, lang).into(),
            say!(
                lang,
                "from-to",
                low = value(figure, figure.low, lang),
                high = value(figure, figure.high, lang)
            )
            .into(),
            trust(figure.confidence, lang).into(),
            figure.source.get(lang).to_owned().into(),
        ];
        rows.push(Row::Cells { cells });
    }
    let mut blocks = vec![
        Block::Heading { level: 1, text: say!(lang, "part-assumed"), page: true },
        Block::text(say!(lang, "assumed-about", all = all.to_string(), invented = invented.to_string())),
        Block::Table(Table {
            title: String::new(),
            columns: vec![
                Column::words(say!(lang, "assumed-what"), 3.2),
                Column::words(say!(lang, "assumed-value"), 1.2),
                Column::words(say!(lang, "assumed-range"), 1.7),
                Column::words(say!(lang, "assumed-trust"), 0.8),
                Column::words(say!(lang, "assumed-source"), 4.0),
            ],
            rows,
            note: say!(lang, "assumed-note"),
            whole: false,
        }),
    ];
    if let Some(first) = series.first() {
        blocks.push(Block::note(told::aligned(&first.aligned, lang)));
    }
    blocks
}

fn heading(document: &Document, lang: Lang) -> String {
    document.title.get(lang).to_owned()
}

/// How far a figure can be trusted, in a word.
fn trust(trust: Trust, lang: Lang) -> String {
    match trust {
        Trust::None => say!(lang, "trust-invented"),
        other => other.say(lang),
    }
}

/// A value of a figure, in its unit.
pub fn value(figure: &Coefficient, value: f64, lang: Lang) -> String {
    match figure.unit {
        Unit::ShareAYear => say!(lang, "unit-share-a-year", n = percent(value)),
        Unit::Share => percent(value),
        // Logarithms say little to most readers: what they multiply by says more.
        Unit::LogOdds => say!(lang, "unit-times", n = digits(value.exp(), 2)),
        Unit::Odds => say!(lang, "unit-times", n = plain(value)),
        Unit::Months => say!(lang, "unit-months", n = plain(value)),
        Unit::Years => say!(lang, "unit-years", n = plain(value)),
        Unit::HoursAMonth => say!(lang, "unit-hours", n = plain(value)),
        Unit::Number => plain(value),
    }
}

fn percent(value: f64) -> String {
    let decimals = if value != 0.0 && value.abs() < 0.01 { 2 } else { 1 };
    format!("{}%", short(digits(value * 100.0, decimals)))
}

fn plain(value: f64) -> String {
    short(digits(value, 3))
}

/// Without zeros at the end that say nothing.
fn short(text: String) -> String {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}
