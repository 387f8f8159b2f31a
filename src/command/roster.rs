//! `takeroot roster`: checks a roster workbook, gives it back with its errors, writes the template.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow};
use serde_json::json;
use takeroot_exchange::roster::{self, Reading, SheetKind};
use takeroot_words::{Lang, Say as _};

use crate::cli::Context;
use crate::out;
use crate::words::say;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Sub,
}

#[derive(Debug, clap::Subcommand)]
enum Sub {
    Check(Check),
    Template(Template),
}

#[derive(Debug, clap::Args)]
struct Check {
    #[arg(value_name = "FILE")]
    file: PathBuf,

    #[arg(long)]
    json: bool,

    #[arg(long, value_name = "OUT.xlsx")]
    back: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct Template {
    #[arg(value_name = "OUT.xlsx")]
    out: PathBuf,
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    match &args.command {
        Sub::Check(args) => check(args, ctx),
        Sub::Template(args) => {
            let bytes = roster::template(ctx.lang).map_err(|e| anyhow!(e.say(ctx.lang)))?;
            std::fs::write(&args.out, bytes).with_context(|| args.out.display().to_string())?;
            out::print(&format!(
                "{}\n",
                say!(ctx.lang, "roster-written", file = args.out.display().to_string())
            ))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn check(args: &Check, ctx: &Context) -> anyhow::Result<ExitCode> {
    let bytes = std::fs::read(&args.file).with_context(|| args.file.display().to_string())?;
    let name = args.file.file_name().unwrap_or(args.file.as_os_str()).to_string_lossy().into_owned();
    let reading = match roster::read(&bytes, &name) {
        Ok(reading) => reading,
        Err(fault) => {
            if args.json {
                let message = json!({ "zh": fault.say(Lang::Zh), "en": fault.say(Lang::En) });
                out::json(&json!({
                    "file": name, "sheets": [], "people": 0, "organs": 0, "events": {},
                    "faults": [{
                        "code": fault.kind.code(), "sheet": "", "row": null, "column": null, "header": "",
                        "found": "", "expected": "", "message": message,
                    }],
                }))?;
            } else {
                out::print(&format!("{}\n", fault.say(ctx.lang)))?;
            }
            return Ok(ExitCode::from(1));
        }
    };
    if let Some(path) = &args.back {
        let back = roster::write_back(&bytes, &name, &reading.faults, ctx.lang)
            .map_err(|e| anyhow!(e.say(ctx.lang)))?;
        std::fs::write(path, back).with_context(|| path.display().to_string())?;
    }
    if args.json {
        out::json(&as_json(&name, &reading, ctx.lang))?;
    } else {
        out::print(&summary(&name, &reading, ctx.lang))?;
        if let Some(path) = &args.back {
            out::print(&format!(
                "{}\n",
                say!(ctx.lang, "roster-written", file = path.display().to_string())
            ))?;
        }
    }
    Ok(ExitCode::from(u8::from(!reading.faults.is_empty())))
}

/// How many events there are of each fact, by its code.
fn events(reading: &Reading) -> BTreeMap<String, u64> {
    let mut count = BTreeMap::new();
    for event in reading.roster.careers.iter().flat_map(|c| &c.events) {
        *count.entry(event.fact.kind().to_owned()).or_insert(0) += 1;
    }
    count
}

fn as_json(name: &str, reading: &Reading, lang: Lang) -> serde_json::Value {
    let faults: Vec<_> = reading
        .faults
        .iter()
        .map(|f| {
            json!({
                "code": f.kind.code(), "sheet": f.sheet, "row": f.row, "column": f.column, "header": f.header,
                "found": f.found, "expected": f.expected(lang),
                "message": { "zh": f.say(Lang::Zh), "en": f.say(Lang::En) },
            })
        })
        .collect();
    json!({
        "file": name,
        "sheets": reading.sheets,
        "people": reading.roster.careers.len(),
        "organs": reading.roster.organs.len(),
        "invented": reading.roster.invented,
        "events": events(reading),
        "faults": faults,
    })
}

fn summary(name: &str, reading: &Reading, lang: Lang) -> String {
    let mut text = format!("{}\n\n", say!(lang, "roster-summary", file = name));
    let mut rows = vec![vec![
        say!(lang, "roster-sheet"),
        say!(lang, "roster-kind"),
        say!(lang, "roster-header-row"),
        say!(lang, "roster-rows"),
        say!(lang, "roster-read"),
        say!(lang, "roster-ignored"),
    ]];
    for sheet in &reading.sheets {
        rows.push(vec![
            sheet.name.clone(),
            sheet.kind.name(lang).to_owned(),
            sheet.header_row.map(|r| r.to_string()).unwrap_or_default(),
            sheet.rows.to_string(),
            sheet.read.to_string(),
            sheet.ignored.join(lang.pick("、", ", ")),
        ]);
    }
    text.push_str(&out::table(&rows, &[2, 3, 4]));
    let count = events(reading);
    text.push_str(&format!(
        "\n{}\n",
        say!(
            lang,
            "roster-counts",
            people = reading.roster.careers.len().to_string(),
            organs = reading.roster.organs.len().to_string(),
            events = count.values().sum::<u64>().to_string()
        )
    ));
    if reading.roster.invented {
        text.push_str(&format!("{}\n", say!(lang, "roster-invented")));
    }
    if !count.is_empty() {
        let mut by_kind: BTreeMap<SheetKind, u64> = BTreeMap::new();
        for event in reading.roster.careers.iter().flat_map(|c| &c.events) {
            *by_kind.entry(roster::sheet_of(&event.fact)).or_default() += 1;
        }
        let mut rows = vec![vec![say!(lang, "roster-kind"), say!(lang, "roster-events")]];
        rows.extend(by_kind.iter().map(|(kind, n)| vec![kind.name(lang).to_owned(), n.to_string()]));
        text.push('\n');
        text.push_str(&out::table(&rows, &[1]));
    }
    text.push('\n');
    if reading.faults.is_empty() {
        text.push_str(&format!("{}\n", say!(lang, "roster-sound")));
    } else {
        text.push_str(&format!("{}\n", say!(lang, "roster-faults", n = reading.faults.len().to_string())));
        for fault in &reading.faults {
            text.push_str(&format!("{}\n", fault.say(lang)));
        }
    }
    text
}
