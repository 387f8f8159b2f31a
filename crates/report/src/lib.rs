//! The report of the lab: what a package of rules would do, as a county reads it.
//!
//! **What it is for.** A comparison is tables of numbers. Those who decide read a paper: the question, the answer in a few
//! sentences, one table, what would most change the answer, what the lab cannot tell; then fans, townships, pay and groups
//! for each package; then what is known and what is assumed.
//!
//! **In and out.** A [`Series`] of comparisons comes in (one is a series too), with the documents that their rules and
//! figures stand in; a [`Report`] goes out: blocks of words in a language. [`pdf`] sets it on A4; the terminal and JSON show
//! the same blocks. The crate is pure: no disk, network, clock or hidden randomness.
//!
//! **What it must never do.** Name a direction that the comparison does not name, show a figure without its doubt, leave out
//! that data is invented, or reckon anything anew: every number is the comparison's.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::disallowed_methods,
        clippy::disallowed_macros,
        reason = "tests may fail, read files and print"
    )
)]

mod answer;
mod assumed;
pub mod block;
mod chart;
mod doubt;
mod known;
mod number;
mod print;
mod proposals;
mod results;
mod series;
mod summary;
mod words;

pub use block::{Block, Report};
pub use print::pdf;
pub use series::{Base, County, Package, Series};

use takeroot_lab::told;
use takeroot_words::Lang;

use crate::series::day;
use crate::words::say;

impl Report {
    /// The report of a series.
    pub fn of(series: &Series<'_>, lang: Lang) -> Report {
        let mut blocks = Report::short(series, lang);
        blocks.extend(proposals::blocks(series, lang));
        blocks.extend(results::blocks(series, lang));
        blocks.extend(known::blocks(series, lang));
        blocks.extend(assumed::blocks(series, lang));
        blocks.extend(again(series, lang));
        Report { blocks, ..Report::cover(series, lang) }
    }

    /// What is read first: the question, the answer, the table, what would most change the answer, what cannot be told.
    pub fn brief(series: &Series<'_>, lang: Lang) -> Report {
        Report { blocks: Report::short(series, lang), ..Report::cover(series, lang) }
    }

    fn short(series: &Series<'_>, lang: Lang) -> Vec<Block> {
        let mut blocks = vec![
            Block::heading(1, say!(lang, "part-answer")),
            Block::text(answer::question(series, lang)),
            Block::Points { items: answer::answer(series, lang), numbered: true },
            Block::Table(summary::table(series, lang)),
        ];
        blocks.extend(doubt::blocks(series, lang));
        blocks.push(Block::heading(1, say!(lang, "part-cannot")));
        let lead = series.bases.first().and_then(|base| series.lead(base));
        blocks.push(Block::list(told::cannot_tell(lead.map(|package| package.comparison), lang)));
        blocks
    }

    fn cover(series: &Series<'_>, lang: Lang) -> Report {
        let county = series.county.told(lang);
        let on = series.first().map(|first| day(first.on, lang)).unwrap_or_default();
        let invented = series.county.invented;
        Report {
            title: say!(lang, "title"),
            head: say!(lang, "head", county = county.as_str(), day = on.as_str()),
            foot: if invented { say!(lang, "foot-invented") } else { String::new() },
            pages: say!(lang, "pages", here = "{here}", all = "{all}"),
            notice: invented.then(|| say!(lang, "notice-invented")),
            under: series.first().map_or_else(String::new, |first| {
                say!(
                    lang,
                    "under",
                    county = county,
                    day = on,
                    years = first.plan.years.to_string(),
                    replicates = first.plan.replicates.to_string(),
                    printed = day(series.printed, lang)
                )
            }),
            blocks: Vec::new(),
        }
    }
}

/// How the same is made again.
fn again(series: &Series<'_>, lang: Lang) -> Vec<Block> {
    let Some(first) = series.first() else { return Vec::new() };
    let plan = first.plan;
    let mut said = vec![
        (say!(lang, "again-version"), series.version.to_owned()),
        (say!(lang, "again-seed"), plan.seed.to_string()),
        (
            say!(lang, "again-plan"),
            say!(
                lang,
                "again-runs",
                years = plan.years.to_string(),
                replicates = plan.replicates.to_string(),
                draws = plan.draws.to_string(),
                few = plan.replicates_a_draw.to_string()
            ),
        ),
        (say!(lang, "again-assumptions"), first.assumptions.clone()),
    ];
    for base in &series.bases {
        said.push((series.base(base, lang), base.rules.digest.clone()));
        for package in &base.packages {
            let (name, base) = (series.package(package, lang), series.base(base, lang));
            said.push((say!(lang, "on-base", package = name, base = base), package.digest.clone()));
        }
    }
    vec![
        Block::heading(1, say!(lang, "part-again")),
        Block::text(say!(lang, "again-about")),
        Block::Points { items: vec![(say!(lang, "again-command"), series.again.clone())], numbered: false },
        Block::Table(block::Table {
            title: String::new(),
            columns: vec![
                block::Column::words(say!(lang, "again-what"), 3.0),
                block::Column::words(say!(lang, "again-value"), 5.0),
            ],
            rows: said.into_iter().map(|(what, value)| block::Row::of([what, value])).collect(),
            note: say!(lang, "again-note"),
            whole: false,
        }),
    ]
}
