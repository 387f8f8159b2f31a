//! What is proposed: who asks for it, in which words, how the lab takes each clause, and what must be known before it is believed.

use takeroot_lab::clauses::{How, Taken};
use takeroot_policy::document::{Document, Head};
use takeroot_words::Lang;

use crate::block::{Block, Cell, Column, Row, Table};
use crate::series::{Base, Series};
use crate::words::{capital, say};

/// The section.
pub fn blocks(series: &Series<'_>, lang: Lang) -> Vec<Block> {
    let mut blocks = vec![
        Block::Heading { level: 1, text: say!(lang, "part-proposals"), page: true },
        Block::text(say!(lang, "proposals-about")),
    ];
    for id in series.proposals() {
        let Some(document) = series.library.get(id) else { continue };
        let Head::Proposal(head) = &document.head else { continue };
        blocks.push(Block::heading(2, head.title.get(lang).to_owned()));
        blocks.push(Block::text(head.summary.get(lang).to_owned()));
        blocks.push(Block::note(say!(lang, "proposal-asked-by", who = head.asked_by.get(lang))));
        blocks.push(clauses(series, document, lang));
        if !head.caution.is_empty() {
            blocks.push(Block::heading(3, say!(lang, "proposal-cautions")));
            blocks
                .push(Block::list(head.caution.iter().map(|caution| caution.get(lang).to_owned()).collect()));
        }
    }
    blocks
}

/// Every clause: what it says, whose figure it is, how it is taken on each base.
fn clauses(series: &Series<'_>, document: &Document, lang: Lang) -> Block {
    let mut rows = Vec::new();
    let mut nothing = Vec::new();
    for clause in document.clauses.iter().map(|clause| clause.get_ref()) {
        let on_bases: Vec<Option<&Taken>> =
            series.bases.iter().map(|base| taken(base, document.id(), &clause.id)).collect();
        let text = clause.text.get(lang).to_owned();
        let reckoned =
            |taken: &Option<&Taken>| taken.is_some_and(|taken| !matches!(taken.how, How::Nothing { .. }));
        if !on_bases.iter().any(reckoned) {
            let why = on_bases.iter().flatten().next().map(|taken| series.taken(taken, lang));
            nothing.push(Row::of([text, String::new(), why.unwrap_or_default()]));
            continue;
        }
        let own = clause.confidence.to_be_checked();
        let whose = if own { say!(lang, "clause-own") } else { say!(lang, "clause-article") };
        rows.push(Row::Cells { cells: vec![text.into(), whose.into(), hows(series, &on_bases, lang)] });
    }
    if !nothing.is_empty() {
        rows.push(Row::Over { text: say!(lang, "clauses-nothing", count = nothing.len().to_string()) });
        rows.extend(nothing);
    }
    Block::Table(Table {
        title: say!(lang, "clauses-title"),
        columns: vec![
            Column::words(say!(lang, "clauses-text"), 4.6),
            Column::words(say!(lang, "clauses-whose"), 1.0),
            Column::words(say!(lang, "clauses-how"), 3.6),
        ],
        rows,
        note: String::new(),
        whole: false,
    })
}

/// How a clause is taken: once where it is the same on every base, else base by base.
fn hows(series: &Series<'_>, on_bases: &[Option<&Taken>], lang: Lang) -> Cell {
    let said: Vec<String> =
        on_bases.iter().map(|taken| taken.map_or_else(String::new, |t| series.taken(t, lang))).collect();
    let same = said.iter().all(|one| said.first() == Some(one));
    let text = if same {
        capital(said.into_iter().next().unwrap_or_default())
    } else {
        let bases = series.bases.iter().zip(said);
        let one = |(base, said): (&Base<'_>, String)| {
            say!(lang, "clause-on-base", base = series.base(base, lang), how = said)
        };
        bases.map(one).collect::<Vec<_>>().join("\n")
    };
    text.into()
}

/// How a clause is taken on a base: of its proposal alone where that was run, else of the first package that has it.
fn taken<'s>(base: &'s Base<'_>, proposal: &str, clause: &str) -> Option<&'s Taken> {
    let mut packages: Vec<_> =
        base.packages.iter().filter(|p| p.proposals.iter().any(|id| id == proposal)).collect();
    packages.sort_by_key(|package| package.proposals.len());
    let clauses = packages.first()?.clauses;
    clauses.iter().find(|taken| taken.proposal == proposal && taken.clause == clause)
}
