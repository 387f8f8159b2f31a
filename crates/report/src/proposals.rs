//! What is proposed: who asks for it, in which words, and what must be known before it is believed.

use takeroot_policy::document::Head;
use takeroot_words::Lang;

use crate::block::{Block, Column, Row, Table};
use crate::known::applied;
use crate::series::Series;
use crate::words::say;

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
        let reckoned = document.clauses.iter().map(|clause| clause.get_ref()).filter(|c| applied(&c.rule));
        let mut rows: Vec<Row> = Vec::new();
        for clause in reckoned {
            let own = clause.confidence.to_be_checked();
            let whose = if own { say!(lang, "clause-own") } else { say!(lang, "clause-article") };
            rows.push(Row::of([clause.text.get(lang).to_owned(), whose]));
        }
        let others = document.clauses.len() - rows.len();
        if !rows.is_empty() {
            blocks.push(Block::Table(Table {
                title: say!(lang, "clauses-title"),
                columns: vec![
                    Column::words(say!(lang, "clauses-text"), 6.0),
                    Column::words(say!(lang, "clauses-whose"), 1.1),
                ],
                rows,
                note: if others > 0 {
                    say!(lang, "clauses-others", count = others.to_string())
                } else {
                    String::new()
                },
                whole: false,
            }));
        } else {
            blocks.push(Block::text(say!(lang, "clauses-none", count = others.to_string())));
        }
        if !head.caution.is_empty() {
            blocks.push(Block::heading(3, say!(lang, "proposal-cautions")));
            blocks
                .push(Block::list(head.caution.iter().map(|caution| caution.get(lang).to_owned()).collect()));
        }
    }
    blocks
}
