//! `takeroot lab report`: packages against bases as a paper that can be read, printed or on the terminal.

use std::fs::{self, File};
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use serde_json::json;
use takeroot_forms::{Fonts, Press};
use takeroot_lab::clauses::Taken;
use takeroot_lab::sense::{self, Sensitivity, sense};
use takeroot_lab::{Cancel, Comparison, Plan, World, compare};
use takeroot_report::{Base, County, Package, Report, Series};
use takeroot_words::{Lang, Say as _};

use super::input::{Input, Ready, cancel};
use super::paper;
use crate::cli::Context;
use crate::command::standing::tell_faults;
use crate::words::say;
use crate::{clock, out};

/// Replicates of each side at each point of the screening.
const SENSE_REPLICATES: u32 = 4;

#[derive(Debug, clap::Args)]
#[command(mut_arg("base", |arg| arg.action(clap::ArgAction::Append)))]
pub struct Args {
    #[command(flatten)]
    input: Input,

    #[arg(long, value_name = "ID", num_args = 1.., required = true)]
    with: Vec<String>,

    #[arg(long)]
    each: bool,

    #[arg(long)]
    sum: bool,

    #[arg(long, value_name = "N", default_value_t = 32, value_parser = clap::value_parser!(u32).range(1..=1000))]
    draws: u32,

    #[arg(long)]
    sense: bool,

    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u32).range(2..=1000))]
    trajectories: u32,

    #[arg(long, value_name = "FILE.pdf")]
    pdf: Vec<PathBuf>,

    #[arg(long, value_name = "FILE.md")]
    markdown: Vec<PathBuf>,

    #[arg(long)]
    json: bool,
}

/// What ran on a base.
struct Ran {
    id: Option<String>,
    world: Arc<World>,
    packages: Vec<RanPackage>,
}

struct RanPackage {
    proposals: Vec<String>,
    digest: String,
    comparison: Comparison,
    sense: Option<Sensitivity>,
    clauses: Vec<Taken>,
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    // What cannot be written is found out before anything is run.
    let pdfs = parts(&args.pdf, ctx)?;
    let markdowns = parts(&args.markdown, ctx)?;
    let ready = args.input.ready(ctx)?;
    let cancel = cancel()?;
    let ran = run_all(args, &ready, &cancel, ctx)?;
    let bases = ran.iter().map(|base| Base {
        id: base.id.clone(),
        rules: &base.world.rules,
        packages: base
            .packages
            .iter()
            .map(|package| Package {
                proposals: package.proposals.clone(),
                digest: package.digest.clone(),
                comparison: &package.comparison,
                sense: package.sense.as_ref(),
                clauses: &package.clauses,
            })
            .collect(),
    });
    let series = Series {
        county: County::of(&ready.loaded.roster),
        bases: bases.collect(),
        library: &ready.library,
        assumptions: &ready.assumptions,
        terms_for_all: ready.terms_for_all,
        printed: clock::today(ctx)?,
        version: env!("CARGO_PKG_VERSION"),
        again: again(args),
    };
    for part in markdowns {
        let lang = part.lang(ctx.lang);
        part.finish(paper::markdown(&Report::brief(&series, lang)).as_bytes(), ctx)?;
    }
    if !pdfs.is_empty() {
        let fonts =
            Fonts::new(takeroot_assets::serif_fonts()).map_err(|fault| anyhow!(fault.say(ctx.lang)))?;
        let press = Press::new(fonts);
        for part in pdfs {
            let printed = takeroot_report::pdf(&press, &series, part.lang(ctx.lang));
            let printed = printed.map_err(|fault| anyhow!(fault.say(ctx.lang)))?;
            if cancel.is_cancelled() {
                return Err(anyhow!(say!(ctx.lang, "lab-cancelled")));
            }
            let (path, pages) = (part.path.display().to_string(), printed.pages().to_string());
            part.finish(&printed.pdf, ctx)?;
            eprintln!("{}", say!(ctx.lang, "lab-report-written", path = path, pages = pages));
        }
    }
    let brief = Report::brief(&series, ctx.lang);
    if args.json {
        let packages = |base: &Ran| -> Vec<serde_json::Value> {
            let one = |package: &RanPackage| {
                json!({
                    "proposals": package.proposals,
                    "digest": package.digest,
                    "comparison": package.comparison,
                    "sensitivity": package.sense,
                    "clauses": super::told::clauses_json(&package.clauses, ctx.lang),
                })
            };
            base.packages.iter().map(one).collect()
        };
        let bases: Vec<serde_json::Value> = ran
            .iter()
            .map(|base| {
                json!({
                    "base": base.id.as_deref().unwrap_or("law"),
                    "digest": base.world.rules.digest,
                    "packages": packages(base),
                })
            })
            .collect();
        out::json(&json!({
            "version": 1,
            "county": series.county,
            "place": ready.place,
            "terms-bind": ready.terms_bind(),
            "invented": ready.loaded.roster.invented,
            "again": series.again,
            "bases": bases,
            "report": brief,
            "assumptions": super::told::assumptions_json(&ready.assumptions, ctx.lang),
            "faults": ready.loaded.faults,
        }))?;
    } else {
        out::print(&paper::plain(&brief))?;
    }
    Ok(tell_faults(ctx, &ready.loaded))
}

/// The packages: each proposal alone, all together, or both; together where nothing else is asked for.
fn packages(args: &Args) -> Vec<Vec<String>> {
    let mut with: Vec<String> = Vec::new();
    for id in &args.with {
        if !with.contains(id) {
            with.push(id.clone());
        }
    }
    let mut packages = Vec::new();
    if args.each {
        packages.extend(with.iter().map(|id| vec![id.clone()]));
    }
    if (args.sum || !args.each) && !packages.contains(&with) {
        packages.push(with);
    }
    packages
}

fn run_all(args: &Args, ready: &Ready, cancel: &Cancel, ctx: &Context) -> anyhow::Result<Vec<Ran>> {
    let packages = packages(args);
    // Every stack is looked at before any is run: a wrong name is told at once.
    let mut worlds = Vec::new();
    for base in args.input.bases() {
        let world = ready.world_on(ctx, base.as_ref(), &[])?;
        let with: Vec<Arc<World>> = packages
            .iter()
            .map(|package| ready.world_on(ctx, base.as_ref(), package))
            .collect::<anyhow::Result<_>>()?;
        worlds.push((base, world, with));
    }
    let plan = Plan { draws: args.draws, ..Plan::of(ready.years, args.input.replicates, args.input.seed) };
    let largest = packages.iter().map(Vec::len).max().unwrap_or(0);
    // What the screening is made of: the packages that the answer is told of.
    let screened = |package: &Vec<String>| args.sense && package.len() == largest;
    let steps = worlds.len() * packages.iter().map(|p| 1 + usize::from(screened(p))).sum::<usize>();
    let mut step = 0;
    let mut ran = Vec::new();
    let cancelled = |_| anyhow!(say!(ctx.lang, "lab-cancelled"));
    for (id, world, with) in worlds {
        let mut done = Vec::new();
        for (proposals, with) in packages.iter().zip(with) {
            step += 1;
            let tells = progress(ctx.lang, step, steps);
            let comparison =
                compare(&world, &with, &ready.assumptions, plan, cancel, &tells).map_err(cancelled)?;
            let sense = if screened(proposals) {
                step += 1;
                let plan = sense::Plan {
                    years: ready.years,
                    replicates: SENSE_REPLICATES.min(args.input.replicates),
                    trajectories: args.trajectories as usize,
                    keep: 0,
                    rows: 0,
                    seed: args.input.seed,
                };
                let tells = progress(ctx.lang, step, steps);
                let measures = measures(&comparison);
                let found = sense(&world, &with, &ready.assumptions, &measures, plan, cancel, &tells);
                Some(found.map_err(cancelled)?)
            } else {
                None
            };
            let clauses = ready.clauses_on(ctx, id.as_ref(), proposals, (&world, &with))?;
            let (proposals, digest) = (proposals.clone(), with.rules.digest.clone());
            done.push(RanPackage { proposals, digest, comparison, sense, clauses });
        }
        ran.push(Ran { id, world, packages: done });
    }
    Ok(ran)
}

/// What is screened: the usual measures, as far as the comparison may tell them.
fn measures(comparison: &Comparison) -> Vec<takeroot_lab::measure::Measure> {
    let told = |measure: &&takeroot_lab::measure::Measure| {
        comparison.measures.iter().any(|told| told.measure == **measure)
    };
    sense::USUAL.iter().filter(told).copied().collect()
}

/// Tells progress on standard error, if somebody looks at it.
fn progress(lang: Lang, step: usize, steps: usize) -> impl Fn(usize, usize) + Sync {
    let shows = std::io::stderr().is_terminal();
    move |done, all| {
        if shows {
            let percent = (done * 100 / all.max(1)).to_string();
            let (step, of) = (step.to_string(), steps.to_string());
            let said = say!(lang, "lab-report-progress", step = step, of = of, percent = percent);
            eprint!("\r\x1b[K{said}");
            if done == all {
                eprint!("\r\x1b[K");
            }
        }
    }
}

/// The command that makes the same again.
fn again(args: &Args) -> String {
    let mut typed = vec![String::from("takeroot lab report")];
    typed.extend(args.input.typed());
    for base in args.input.bases() {
        typed.push(format!("--base {}", base.as_deref().unwrap_or("law")));
    }
    typed.push(format!("--with {}", args.with.join(" ")));
    for (flag, on) in [("--each", args.each), ("--sum", args.sum)] {
        typed.extend(on.then(|| flag.to_owned()));
    }
    typed.push(format!("--draws {}", args.draws));
    if args.sense {
        typed.push(format!("--sense --trajectories {}", args.trajectories));
    }
    typed.join(" ")
}

/// A file that takes its name only when it is whole.
struct Part {
    path: PathBuf,
    part: PathBuf,
}

fn parts(paths: &[PathBuf], ctx: &Context) -> anyhow::Result<Vec<Part>> {
    paths.iter().map(|path| Part::of(path, ctx)).collect()
}

impl Part {
    fn of(path: &Path, ctx: &Context) -> anyhow::Result<Part> {
        let cannot = || say!(ctx.lang, "cannot-write", path = path.display().to_string());
        let name = path.file_name().filter(|_| !path.is_dir()).ok_or_else(|| anyhow!(cannot()))?;
        let part = path.with_file_name(format!(".{}.{}.part", name.to_string_lossy(), std::process::id()));
        File::create(&part).with_context(cannot)?;
        Ok(Part { path: path.to_owned(), part })
    }

    /// The language that the name ends in (`.zh.pdf`, `.en.md`), else the reader's.
    fn lang(&self, reader: Lang) -> Lang {
        let stem = self.path.file_stem().map(|stem| stem.to_string_lossy().to_ascii_lowercase());
        let ending = stem.as_deref().and_then(|stem| stem.rsplit_once('.')).map(|(_, ending)| ending);
        match ending {
            Some("zh") => Lang::Zh,
            Some("en") => Lang::En,
            _ => reader,
        }
    }

    /// Writes it and gives it its name.
    fn finish(self, bytes: &[u8], ctx: &Context) -> anyhow::Result<()> {
        let cannot = || say!(ctx.lang, "cannot-write", path = self.path.display().to_string());
        let mut file = File::create(&self.part).with_context(cannot)?;
        file.write_all(bytes).and_then(|()| file.sync_all()).with_context(cannot)?;
        fs::rename(&self.part, &self.path).with_context(cannot)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // What was not finished leaves nothing behind; what was has another name by now.
        let _ = fs::remove_file(&self.part);
    }
}
