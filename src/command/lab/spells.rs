//! Spells from files, and what was not taken of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, anyhow};
use serde_json::{Value, json};
use takeroot_civil::Day;
use takeroot_survival::build::{self, MapFile};
use takeroot_survival::date::{self, Order};
use takeroot_survival::fault::{Aside, RowFault};
use takeroot_survival::spells::Spells;
use takeroot_survival::table::Table;
use takeroot_words::Say as _;

use crate::cli::Context;
use crate::words::say;

/// The files of spells.
#[derive(Debug, clap::Args)]
pub struct From {
    #[arg(value_name = "SPELLS")]
    pub spells: PathBuf,

    #[arg(long, value_name = "MAP.toml")]
    pub map: PathBuf,
}

impl From {
    /// Reads the mapping file, the spells and the files that are joined to them.
    ///
    /// # Errors
    /// If a file cannot be read, or the mapping file does not fit.
    pub fn read(&self, ctx: &Context) -> anyhow::Result<Spells> {
        let lang = ctx.lang;
        let bytes = |path: &Path| {
            fs::read(path).with_context(|| say!(lang, "cannot-read", path = path.display().to_string()))
        };
        let map = MapFile::parse(&self.map.display().to_string(), &bytes(&self.map)?)
            .map_err(|fault| anyhow!(fault.say(lang)))?;
        let file = match (&map.map.spells.file, self.spells.is_dir()) {
            (Some(name), true) => self.spells.join(name),
            (None, true) => {
                return Err(anyhow!(say!(lang, "lab-folder", path = self.spells.display().to_string())));
            }
            (_, false) => self.spells.clone(),
        };
        let delimiter = map.map.spells.delimiter.byte();
        let table = |path: &Path, name: &str| -> anyhow::Result<Table> {
            Table::read(name, &bytes(path)?, delimiter)
                .map_err(|fault| anyhow!("{}: {}", path.display(), fault.say(lang)))
        };
        let name = |path: &Path| {
            path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
        };
        let main = table(&file, &name(&file))?;
        let mut joined = Vec::new();
        for other in map.joined() {
            let path = file.parent().unwrap_or(Path::new("")).join(other);
            joined.push(table(&path, other)?);
        }
        build::build(&map, &main, &joined).map_err(|fault| anyhow!(fault.say(lang)))
    }
}

/// A day typed as a date, a month or a year: the last day of it.
pub fn last_day(ctx: &Context, text: &str) -> anyhow::Result<Day> {
    let written = date::read(text, Order::YearFirst);
    written.map(date::Written::last).ok_or_else(|| anyhow!(say!(ctx.lang, "not-a-day", text = text)))
}

/// What was read and what was not taken, for programs.
pub fn tally_json(spells: &Spells, ctx: &Context) -> Value {
    let tally = &spells.tally;
    let tolerated = |flaw| tally.faults.iter().any(|f| f.flaw == flaw && f.tolerated);
    let flaws: Vec<Value> = (tally.flaws.iter())
        .map(|(flaw, count)| {
            json!({ "code": flaw.code(), "count": count, "tolerated": tolerated(*flaw), "meaning": flaw.say(ctx.lang) })
        })
        .collect();
    let row = |f: &RowFault| {
        json!({
            "code": f.flaw.code(), "file": f.file, "line": f.line, "column": f.column, "found": f.found,
            "said": f.say(ctx.lang),
        })
    };
    json!({
        "rows": tally.rows,
        "spells": spells.all.len(),
        "running": spells.all.iter().filter(|s| s.cause == 0).count(),
        "ended": ended(spells),
        "not_taken": flaws,
        "not_taken_rows": tally.faults.iter().map(row).collect::<Vec<_>>(),
        "aside": Aside::ALL.iter().map(|a| (a.code().to_owned(), json!(tally.aside.get(a).copied().unwrap_or(0)))).collect::<serde_json::Map<_, _>>(),
        "ends_by_rule": tally.filled,
        "ends_after_watched": tally.ends_after,
        "straddling": tally.straddling,
    })
}

fn ended(spells: &Spells) -> serde_json::Map<String, Value> {
    let count = |cause: usize| spells.all.iter().filter(|s| usize::from(s.cause) == cause + 1).count();
    spells.causes.iter().enumerate().map(|(n, name)| (name.clone(), json!(count(n)))).collect()
}

/// The same in words.
pub fn tally_words(spells: &Spells, ctx: &Context) -> String {
    let (lang, tally) = (ctx.lang, &spells.tally);
    let mut lines = vec![say!(lang, "lab-read", rows = tally.rows, spells = spells.all.len())];
    let running = spells.all.iter().filter(|s| s.cause == 0).count();
    let causes: Vec<String> = ended(spells).iter().map(|(name, n)| format!("{name} {n}")).collect();
    lines.push(say!(lang, "lab-ended", running = running, causes = causes.join(lang.pick("、", ", "))));
    for (aside, count) in &tally.aside {
        lines
            .push(format!("  {}", say!(lang, "lab-aside", count = count.to_string(), why = aside.say(lang))));
    }
    for (flaw, count) in &tally.flaws {
        lines.push(format!(
            "  {}",
            say!(lang, "lab-not-taken", count = count.to_string(), why = flaw.say(lang))
        ));
    }
    if tally.filled > 0 {
        lines.push(format!("  {}", say!(lang, "lab-filled", count = tally.filled)));
    }
    if tally.straddling > 0 {
        lines.push(format!("  {}", say!(lang, "lab-straddling", count = tally.straddling)));
    }
    if tally.ends_after > 0 {
        lines.push(format!("  {}", say!(lang, "lab-ends-after", count = tally.ends_after)));
    }
    lines.join("\n") + "\n"
}

/// Tells the rows with flaws that the mapping file does not know of, on standard error; 1 if there are any.
pub fn tell_flaws(spells: &Spells, ctx: &Context) -> ExitCode {
    let unknown = spells.tally.untolerated();
    if unknown == 0 {
        return ExitCode::SUCCESS;
    }
    eprintln!("{}", say!(ctx.lang, "lab-flaws", count = unknown));
    for fault in spells.tally.faults.iter().filter(|f| !f.tolerated) {
        eprintln!("  {}", fault.say(ctx.lang));
    }
    ExitCode::from(1)
}
