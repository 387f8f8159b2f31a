//! A report's blocks on the terminal and as Markdown.

use std::fmt::Write as _;

use takeroot_report::block::{Block, Report, Row, Table};

use crate::out;

/// For the terminal.
pub fn plain(report: &Report) -> String {
    let mut said = format!("{}\n{}\n", report.title, report.under);
    if let Some(notice) = &report.notice {
        let _ = writeln!(said, "{notice}");
    }
    for block in &report.blocks {
        match block {
            Block::Heading { text, .. } => {
                let _ = writeln!(said, "\n{text}");
            }
            Block::Text { text, .. } => {
                let _ = writeln!(said, "{text}");
            }
            Block::Points { items, numbered } => {
                for (at, (lead, text)) in items.iter().enumerate() {
                    let mark = if *numbered { format!("{}.", at + 1) } else { String::from("·") };
                    let gap = if lead.is_empty() { "" } else { ": " };
                    let _ = writeln!(said, "  {mark} {lead}{gap}{text}");
                }
            }
            Block::Table(table) => said.push_str(&plain_table(table)),
            Block::Charts { .. } => {}
        }
    }
    said
}

fn plain_table(table: &Table) -> String {
    let right: Vec<usize> =
        table.columns.iter().enumerate().filter(|(_, column)| column.right).map(|(at, _)| at).collect();
    let mut rows = vec![table.columns.iter().map(|column| column.head.clone()).collect::<Vec<String>>()];
    for row in &table.rows {
        match row {
            Row::Over { text } => rows.push(vec![text.clone()]),
            Row::Cells { cells } => {
                // Lines below one another stay so: intervals stand under their figures.
                let lines: Vec<Vec<&str>> =
                    cells.iter().map(|cell| cell.text.split('\n').collect()).collect();
                for line in 0..lines.iter().map(Vec::len).max().unwrap_or(0) {
                    let cell = |of: &Vec<&str>| of.get(line).copied().unwrap_or_default().to_owned();
                    rows.push(lines.iter().map(cell).collect());
                }
            }
        }
    }
    let mut said =
        format!("\n{}", if table.title.is_empty() { String::new() } else { format!("{}\n", table.title) });
    said.push_str(&out::table(&rows, &right));
    if !table.note.is_empty() {
        let _ = writeln!(said, "{}", table.note);
    }
    said
}

/// As Markdown.
pub fn markdown(report: &Report) -> String {
    let mut said = format!("# {}\n\n{}\n\n", report.title, report.under);
    if let Some(notice) = &report.notice {
        let _ = write!(said, "**{notice}**\n\n");
    }
    for block in &report.blocks {
        match block {
            Block::Heading { level, text, .. } => {
                let _ = write!(said, "{} {text}\n\n", "#".repeat(usize::from(*level) + 1));
            }
            Block::Text { text, .. } => {
                let _ = write!(said, "{text}\n\n");
            }
            Block::Points { items, numbered } => {
                for (at, (lead, text)) in items.iter().enumerate() {
                    let mark = if *numbered { format!("{}.", at + 1) } else { String::from("-") };
                    let lead = if lead.is_empty() { String::new() } else { format!("**{lead}** ") };
                    let _ = writeln!(said, "{mark} {lead}{text}");
                }
                said.push('\n');
            }
            Block::Table(table) => markdown_table(table, &mut said),
            Block::Charts { .. } => {}
        }
    }
    said
}

fn markdown_table(table: &Table, said: &mut String) {
    let cell = |text: &str| text.replace('|', "\\|").replace('\n', "<br>");
    if !table.title.is_empty() {
        let _ = write!(said, "**{}**\n\n", table.title);
    }
    let heads: Vec<String> = table.columns.iter().map(|column| cell(&column.head)).collect();
    let rules: Vec<&str> = table.columns.iter().map(|c| if c.right { "---:" } else { "---" }).collect();
    let _ = writeln!(said, "| {} |\n|{}|", heads.join(" | "), rules.join("|"));
    for row in &table.rows {
        match row {
            Row::Over { text } => {
                let _ = writeln!(said, "| **{}** |{}", cell(text), " |".repeat(table.columns.len() - 1));
            }
            Row::Cells { cells } => {
                let cells: Vec<String> = cells.iter().map(|c| cell(&c.text)).collect();
                let _ = writeln!(said, "| {} |", cells.join(" | "));
            }
        }
    }
    said.push('\n');
    if !table.note.is_empty() {
        let _ = write!(said, "{}\n\n", table.note);
    }
}
