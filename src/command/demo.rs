//! `takeroot demo`: writes the demonstration county into a directory.
//!
//! Up to fifty thousand people as office files; more as two Parquet files. Everything is written into a directory
//! beside the target and takes its name only when it is whole.

use std::fs::{self, File};
use std::io::{BufWriter, IsTerminal as _, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow};
use rayon::prelude::*;
use takeroot_civil::{Career, Day, Fact, Roster};
use takeroot_demo::{County, DemoError, Plan, columns};
use takeroot_exchange::lrmx;
use takeroot_words::{Lang, Say as _};

use crate::cli::Context;
use crate::open::Where;
use crate::words::say;

/// Above this many people the output is columns, not office files.
const OFFICE_FILES_MAX: u32 = 50_000;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long, value_name = "N")]
    people: u32,

    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,

    #[arg(long, value_name = "YYYY-MM-DD", default_value = "2026-07-01", value_parser = day)]
    on: Day,

    #[arg(long, value_name = "DIR", required_unless_present_any = ["data", "database"])]
    out: Option<PathBuf>,

    #[command(flatten)]
    place: Where,

    #[arg(long)]
    force: bool,
}

fn day(text: &str) -> Result<Day, takeroot_civil::day::NotADay> {
    text.parse()
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let lang = ctx.lang;
    let plan = Plan::new(args.people, args.seed, args.on).map_err(|e| anyhow!(e.say(lang)))?;
    let Some(out) = &args.out else {
        return fill(args, ctx);
    };
    let taken = fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_some());
    if (taken || out.is_file()) && !args.force {
        return Err(anyhow!(say!(lang, "demo-not-empty", dir = out.display().to_string())));
    }
    let part = Part::new(out)?;
    // Ctrl-C ends at the next group of counties, and the unfinished directory is removed.
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    ctrlc::set_handler(move || asked.store(true, Ordering::Relaxed))?;
    let started = Instant::now();
    let written = if args.people <= OFFICE_FILES_MAX {
        write_roster(&plan, &part.dir, lang)?
    } else {
        write_columns(&plan, &part.dir, lang, &stop)?
    };
    if stop.load(Ordering::Relaxed) {
        return Err(anyhow!(DemoError::Cancelled.say(lang)));
    }
    part.take_its_place(out)?;
    let said = say!(
        lang,
        "demo-done",
        dir = out.display().to_string(),
        counties = plan.sizes().len().to_string(),
        in_service = written.in_service.to_string(),
        people = written.people.to_string(),
        events = written.events.to_string(),
        seconds = format!("{:.1}", started.elapsed().as_secs_f64())
    );
    crate::out::print(&format!("{said}\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// Fills an installation with the county, without serving it.
fn fill(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let lang = ctx.lang;
    let started = Instant::now();
    let roster = County::generate(args.people, args.seed, args.on).map_err(|e| anyhow!(e.say(lang)))?;
    let office_error = |e: takeroot_office::OfficeError| anyhow!(e.say(lang));
    let people = tokio::runtime::Runtime::new()?.block_on(async {
        let office = args.place.open(ctx).await?;
        let people = crate::open::enter_demo(&office, &roster, lang).await.map_err(office_error)?;
        office.db.close().await;
        anyhow::Ok(people)
    })?;
    let said = say!(
        lang,
        "demo-filled",
        people = people.to_string(),
        seconds = format!("{:.1}", started.elapsed().as_secs_f64())
    );
    crate::out::print(&format!("{said}\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// The roster as office files, and as JSON for other programs.
fn write_roster(plan: &Plan, dir: &Path, lang: Lang) -> anyhow::Result<columns::Written> {
    let people: u32 = plan.sizes().iter().sum();
    let roster = County::generate(people, plan.seed(), plan.as_of()).map_err(|e| anyhow!(e.say(lang)))?;
    write_office_files(&roster, dir, plan.as_of(), lang)?;
    let path = dir.join("roster.json");
    let mut file = BufWriter::new(File::create(&path).with_context(|| path.display().to_string())?);
    serde_json::to_writer(&mut file, &roster)?;
    file.write_all(b"\n").and_then(|()| file.flush()).with_context(|| path.display().to_string())?;
    let gone = |c: &&takeroot_civil::Career| {
        c.events.iter().any(|e| matches!(e.fact, takeroot_civil::Fact::Left { .. }))
    };
    let left = roster.careers.iter().filter(gone).count();
    Ok(columns::Written {
        in_service: (roster.careers.len() - left) as u64,
        people: roster.careers.len() as u64,
        events: roster.careers.iter().map(|c| c.events.len() as u64).sum(),
    })
}

/// The same people as an office keeps them: one workbook, and a form for everyone in the service.
fn write_office_files(roster: &Roster, dir: &Path, as_of: Day, lang: Lang) -> anyhow::Result<()> {
    let book = takeroot_exchange::roster::write(roster, lang).map_err(|e| anyhow!(e.say(lang)))?;
    let path = dir.join("roster.xlsx");
    fs::write(&path, book).with_context(|| path.display().to_string())?;
    let forms = dir.join("lrmx");
    fs::create_dir_all(&forms).with_context(|| forms.display().to_string())?;
    let gone = |c: &Career| c.events.iter().any(|e| matches!(e.fact, Fact::Left { .. }));
    roster.careers.par_iter().filter(|c| !gone(c)).try_for_each(|career| {
        let form = lrmx::encode(&lrmx::from_career(career, &roster.organs, as_of));
        let path = forms.join(format!("{}-{}.lrmx", career.person.name, career.person.id));
        fs::write(&path, form).with_context(|| path.display().to_string())
    })
}

fn write_columns(plan: &Plan, dir: &Path, lang: Lang, stop: &AtomicBool) -> anyhow::Result<columns::Written> {
    let create = |name: &str| {
        let path = dir.join(name);
        File::create(&path).map(BufWriter::new).with_context(|| path.display().to_string())
    };
    let (people, events) = (create("people.parquet")?, create("events.parquet")?);
    let total: u64 = plan.sizes().iter().map(|s| u64::from(*s)).sum();
    let shows = std::io::stderr().is_terminal();
    let (started, mut shown) = (Instant::now(), Instant::now());
    let mut progress = |done: u64| {
        if shows && (shown.elapsed() > Duration::from_millis(200) || done == total) {
            shown = Instant::now();
            let left = started.elapsed().as_secs_f64() * (total - done) as f64 / done.max(1) as f64;
            let said = say!(
                lang,
                "demo-progress",
                done = done.to_string(),
                total = total.to_string(),
                percent = (done * 100 / total.max(1)).to_string(),
                left = format!("{left:.0}")
            );
            eprint!("\r\x1b[K{said}");
            if done == total {
                eprintln!();
            }
        }
        if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    columns::write(plan, people, events, &mut progress).map_err(|e: DemoError| anyhow!(e.say(lang)))
}

/// The directory that is being written; removed unless it takes its place.
struct Part {
    dir: PathBuf,
}

impl Part {
    fn new(out: &Path) -> anyhow::Result<Part> {
        let name =
            out.file_name().ok_or_else(|| anyhow!("{}", out.display()))?.to_string_lossy().into_owned();
        let parent = out.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let dir = parent.join(format!("{name}.part-{}", std::process::id()));
        fs::create_dir_all(&dir).with_context(|| dir.display().to_string())?;
        Ok(Part { dir })
    }

    fn take_its_place(self, out: &Path) -> anyhow::Result<()> {
        // Only what this command writes is replaced: a file of someone else's in the directory stays where it was.
        if out.is_dir() && fs::read_dir(out)?.next().is_some() {
            for entry in fs::read_dir(&self.dir)? {
                let entry = entry?;
                let to = out.join(entry.file_name());
                if to.is_dir() {
                    fs::remove_dir_all(&to).with_context(|| to.display().to_string())?;
                }
                fs::rename(entry.path(), &to).with_context(|| to.display().to_string())?;
            }
            return Ok(());
        }
        if out.is_file() {
            fs::remove_file(out).with_context(|| out.display().to_string())?;
        } else if out.is_dir() {
            fs::remove_dir(out).with_context(|| out.display().to_string())?;
        }
        fs::rename(&self.dir, out).with_context(|| out.display().to_string())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // Gone already when it took its place.
        let _ = fs::remove_dir_all(&self.dir);
    }
}
