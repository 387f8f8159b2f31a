//! Spells from files or an installation, and what was not taken of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, anyhow};
use serde_json::{Value, json};
use takeroot_civil::Day;
use takeroot_lab::Assumptions;
use takeroot_office::{OfficeError, Viewer};
use takeroot_policy::{Rules, StackSpec};
use takeroot_survival::build::{self, MapFile};
use takeroot_survival::date::{self, Order};
use takeroot_survival::fault::{Aside, MapFault, RowFault};
use takeroot_survival::map::Period;
use takeroot_survival::spells::Spells;
use takeroot_survival::table::Table;
use takeroot_words::Say as _;

use super::handed::Within;
use super::{handed, input, store};
use crate::cli::Context;
use crate::load::Loaded;
use crate::open::Where;
use crate::words::say;
use crate::{clock, library};

/// Where spells come from: files, or an installation's own records.
#[derive(Debug, clap::Args)]
pub struct From {
    #[arg(
        value_name = "SPELLS",
        required_unless_present_any = ["data", "database"],
        conflicts_with_all = ["data", "database", "since"]
    )]
    spells: Option<PathBuf>,

    #[arg(long, value_name = "MAP.toml", required_unless_present_any = ["data", "database"])]
    map: Option<PathBuf>,

    #[command(flatten)]
    place_of_data: Where,

    #[arg(long, value_name = "DATE")]
    since: Option<String>,
}

/// Spells, and what they were read from.
pub struct Read {
    /// The spells.
    pub spells: Spells,
    /// What they were read from, as a word.
    pub file: String,
    /// The mapping file's name.
    pub map: String,
    /// What the lab assumes: what figures lean on and are handed over to.
    pub assumptions: Assumptions,
    /// Whether they are an installation's own people, of whom nothing is told in groups of fewer than ten.
    pub own: bool,
    /// From when an installation's leavers are on record.
    pub since: Option<Day>,
    /// Of those whom higher organs took, the share that stays within the county, as an installation's records tell it.
    pub within: Option<Within>,
    /// Whether the people are invented, as far as it is known.
    pub invented: Option<bool>,
}

impl From {
    /// Reads the mapping file, the spells and the files that are joined to them; or an installation's records, as they are
    /// to be known on a day. `yearly`: hazards a year, whatever the built-in mapping file says, for a backtest by year.
    ///
    /// # Errors
    /// If a file cannot be read, or the mapping file does not fit.
    pub fn read(&self, known: Option<Day>, yearly: bool, ctx: &Context) -> anyhow::Result<Read> {
        let assumptions = input::assumptions(ctx)?;
        match &self.spells {
            Some(spells) => self.files(spells, assumptions, ctx),
            None => self.records(known, yearly, assumptions, ctx),
        }
    }

    fn mapped(&self, ctx: &Context) -> anyhow::Result<MapFile> {
        let told = |fault: MapFault| anyhow!(fault.say(ctx.lang));
        match &self.map {
            Some(path) => MapFile::parse(&path.display().to_string(), &bytes(path, ctx)?).map_err(told),
            None => MapFile::parse(store::MAP_NAME, store::MAP.as_bytes()).map_err(told),
        }
    }

    fn map_name(&self) -> String {
        self.map.as_ref().map_or_else(|| store::MAP_NAME.to_owned(), |path| path.display().to_string())
    }

    fn files(&self, spells: &Path, assumptions: Assumptions, ctx: &Context) -> anyhow::Result<Read> {
        let lang = ctx.lang;
        let mut map = self.mapped(ctx)?;
        handed::lean(&mut map, &assumptions, None, ctx)?;
        let file = match (&map.map.spells.file, spells.is_dir()) {
            (Some(name), true) => spells.join(name),
            (None, true) => {
                return Err(anyhow!(say!(lang, "lab-folder", path = spells.display().to_string())));
            }
            (_, false) => spells.to_owned(),
        };
        let delimiter = map.map.spells.delimiter.byte();
        let table = |path: &Path, name: &str| -> anyhow::Result<Table> {
            Table::read(name, &bytes(path, ctx)?, delimiter)
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
        Ok(Read {
            spells: build::build(&map, &main, &joined).map_err(|fault| anyhow!(fault.say(lang)))?,
            file: spells.display().to_string(),
            map: self.map_name(),
            assumptions,
            own: false,
            since: None,
            within: None,
            invented: None,
        })
    }

    fn records(
        &self,
        known: Option<Day>,
        yearly: bool,
        assumptions: Assumptions,
        ctx: &Context,
    ) -> anyhow::Result<Read> {
        let since = match &self.since {
            None => None,
            Some(text) => {
                let written = date::read(text, Order::YearFirst);
                Some(written.ok_or_else(|| anyhow!(say!(ctx.lang, "not-a-day", text = text.as_str())))?.first)
            }
        };
        let mut map = self.mapped(ctx)?;
        let told = |e: OfficeError| anyhow!(e.say(ctx.lang));
        let roster = tokio::runtime::Runtime::new()?.block_on(async {
            let office = self.place_of_data.open(ctx).await?;
            let roster = office.whole_history(&Viewer::installation()).await;
            office.db.close().await;
            roster.map_err(told)
        })?;
        let loaded = Loaded { roster, faults: Vec::new() };
        let (library, place) = (library::load(ctx)?, loaded.place());
        let rules = |on: Day| -> anyhow::Result<Rules> {
            let spec = StackSpec { baseline: None, proposals: Vec::new(), place: place.clone() };
            Ok(Rules::at(&library::stack(ctx, &library, spec)?, on))
        };
        let today = clock::day_or_today(ctx, None)?;
        let records = store::records(&loaded.roster, &rules, since, known, today, ctx)?;
        if map.map.watched.until.is_none() {
            map.map.watched.until = Some(toml::Spanned::new(0..0, records.until.to_string()));
        }
        if yearly && self.map.is_none() {
            map.map.fit.period = Period::Year;
        }
        let within = Within::of(records.moved, &assumptions);
        handed::lean(&mut map, &assumptions, within.as_ref(), ctx)?;
        let name = self.place_of_data.name();
        let main = Table::read(&name, records.rows.as_bytes(), b',')
            .map_err(|fault| anyhow!("{name}: {}", fault.say(ctx.lang)))?;
        Ok(Read {
            spells: build::build(&map, &main, &[]).map_err(|fault| anyhow!(fault.say(ctx.lang)))?,
            file: name,
            map: self.map_name(),
            assumptions,
            own: true,
            since: Some(records.since),
            within,
            invented: Some(loaded.roster.invented),
        })
    }
}

fn bytes(path: &Path, ctx: &Context) -> anyhow::Result<Vec<u8>> {
    fs::read(path).with_context(|| say!(ctx.lang, "cannot-read", path = path.display().to_string()))
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

/// Of an installation's own people: from when leavers are on record, and that they are invented if they are.
pub fn own_words(read: &Read, ctx: &Context) -> String {
    let mut said = String::new();
    if read.invented == Some(true) {
        said.push_str(&say!(ctx.lang, "standing-invented"));
        said.push('\n');
    }
    if let Some(since) = read.since {
        said.push_str(&say!(ctx.lang, "lab-store-since", since = since.to_string()));
        said.push('\n');
    }
    said
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
