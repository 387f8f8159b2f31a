//! `takeroot posts`: official recruitment post tables, read into one form and checked against the rules.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use takeroot_exchange::posts::{self, Checks, FileFault, Floored, Summary, Table, Unread};
use takeroot_words::Say as _;

use super::posts_floors as floors;
use crate::cli::Context;
use crate::words::say;
use crate::{clock, library, out};

/// How many cells that were not understood are listed on the terminal.
const LISTED: usize = 20;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    #[arg(long)]
    json: bool,

    #[arg(long, value_name = "OUT")]
    xlsx: Option<PathBuf>,

    #[arg(long, value_name = "DATE")]
    on: Option<String>,

    #[arg(long, value_name = "ID", num_args = 1..)]
    proposal: Vec<String>,
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let lang = ctx.lang;
    let on = clock::day_or_today(ctx, args.on.as_deref())?;
    let policies = library::load(ctx)?;
    let mut read = Vec::new();
    for path in &args.files {
        let name = path.display().to_string();
        let bytes =
            std::fs::read(path).with_context(|| say!(lang, "posts-cannot-read", file = name.as_str()))?;
        let short = path.file_name().map_or(name.clone(), |n| n.to_string_lossy().into_owned());
        read.push((name, posts::read(&bytes, &short)));
    }
    if let Some(out_path) = &args.xlsx {
        let tables: Vec<Table> = read.iter().filter_map(|(_, r)| r.as_ref().ok().cloned()).collect();
        let file = out_path.display().to_string();
        let bytes = posts::workbook(&tables, lang)?;
        std::fs::write(out_path, bytes)
            .with_context(|| say!(lang, "posts-cannot-write", file = file.as_str()))?;
        if !args.json {
            eprintln!("{}", say!(lang, "posts-written", file = file));
        }
    }
    let rules: Vec<Option<Floored>> = read
        .iter()
        .map(|(_, result)| {
            let Ok(table) = result else { return Ok(None) };
            let rules = Floored::of(&policies, table, on, &args.proposal, None);
            rules.map(Some).map_err(|fault| anyhow::anyhow!(fault.say(lang)))
        })
        .collect::<anyhow::Result<_>>()?;
    if args.json {
        let files: Vec<FileReport<'_>> = read
            .iter()
            .zip(&rules)
            .map(|((name, result), rules)| file_report(name, result, rules.as_ref(), ctx))
            .collect();
        out::json(&Report { on, files })?;
    } else {
        let texts: Vec<String> = read
            .iter()
            .zip(&rules)
            .map(|((name, result), rules)| text(name, result, rules.as_ref(), ctx))
            .collect();
        out::print(&texts.join("\n"))?;
    }
    let sound = read.iter().all(|(_, r)| r.as_ref().is_ok_and(|t| t.unread.is_empty()));
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

#[derive(serde::Serialize)]
struct Report<'a> {
    on: takeroot_civil::Day,
    files: Vec<FileReport<'a>>,
}

#[derive(serde::Serialize)]
struct FileReport<'a> {
    file: &'a str,
    layout: Option<&'static str>,
    #[serde(flatten)]
    summary: Option<Summary>,
    unread: Vec<UnreadReport<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheets: Option<&'a [posts::SheetInfo]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    checks: Option<Checks>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<FaultReport<'a>>,
}

#[derive(serde::Serialize)]
struct FaultReport<'a> {
    #[serde(flatten)]
    fault: &'a FileFault,
    message: String,
}

#[derive(serde::Serialize)]
struct UnreadReport<'a> {
    #[serde(flatten)]
    cell: &'a Unread,
    message: String,
}

fn file_report<'a>(
    name: &'a str,
    result: &'a Result<Table, FileFault>,
    rules: Option<&Floored>,
    ctx: &Context,
) -> FileReport<'a> {
    match result {
        Ok(table) => FileReport {
            file: name,
            layout: Some(table.layout.code()),
            summary: Some(table.summary()),
            unread: table
                .unread
                .iter()
                .map(|cell| UnreadReport { cell, message: cell.say(ctx.lang) })
                .collect(),
            sheets: Some(&table.sheets),
            checks: rules.map(|r| Checks::of(table, r)),
            fault: None,
        },
        Err(fault) => FileReport {
            file: name,
            layout: None,
            summary: None,
            unread: Vec::new(),
            sheets: None,
            checks: None,
            fault: Some(FaultReport { fault, message: fault.say(ctx.lang) }),
        },
    }
}

fn text(name: &str, result: &Result<Table, FileFault>, rules: Option<&Floored>, ctx: &Context) -> String {
    let lang = ctx.lang;
    let table = match result {
        Ok(table) => table,
        Err(fault) => return format!("{}\n", fault.say(lang)),
    };
    let summary = table.summary();
    let mut text = say!(
        lang,
        "posts-head",
        file = name,
        layout = table.layout.code(),
        posts = summary.posts.to_string(),
        recruits = summary.recruits.to_string(),
        unread = table.unread.len().to_string()
    );
    text.push_str("\n\n");
    let mut rows = vec![vec![
        say!(lang, "posts-col-sheet"),
        say!(lang, "posts-col-posts"),
        say!(lang, "posts-col-recruits"),
    ]];
    for sheet in &table.sheets {
        let posts =
            if sheet.header_row.is_some() { sheet.posts.to_string() } else { say!(lang, "posts-no-posts") };
        rows.push(vec![sheet.name.clone(), posts, sheet.recruits.to_string()]);
    }
    rows.push(vec![say!(lang, "posts-total"), summary.posts.to_string(), summary.recruits.to_string()]);
    rows.push(vec![
        say!(lang, "posts-township"),
        summary.township.posts.to_string(),
        summary.township.recruits.to_string(),
    ]);
    text.push_str(&out::table(&rows, &[1, 2]));
    if summary.township.recruits > 0 {
        text.push('\n');
        let mut rows = vec![vec![
            say!(lang, "posts-col-what"),
            say!(lang, "posts-col-recruits"),
            say!(lang, "posts-col-share"),
        ]];
        for (what, recruits) in posts::township_lines(table, lang) {
            let share = f64::from(recruits) * 100.0 / f64::from(summary.township.recruits);
            rows.push(vec![what, recruits.to_string(), format!("{share:.1} %")]);
        }
        text.push_str(&out::table(&rows, &[1, 2]));
    }
    if let Some(rules) = rules {
        text.push_str(&floors::said(&Checks::of(table, rules), rules, lang));
    }
    if !table.unread.is_empty() {
        text.push('\n');
        for cell in table.unread.iter().take(LISTED) {
            text.push_str(&cell.say(lang));
            text.push('\n');
        }
        if let Some(more) = table.unread.len().checked_sub(LISTED).filter(|n| *n > 0) {
            text.push_str(&say!(lang, "posts-more-unread", more = more.to_string()));
            text.push('\n');
        }
    }
    text
}
