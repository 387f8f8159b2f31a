//! `takeroot lab run`: one stack on its own, year by year.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::anyhow;
use serde_json::json;
use takeroot_lab::{Project, Scenario, align, project, summary};

use super::input::{Input, cancel, progress};
use super::{file, told};
use crate::cli::Context;
use crate::command::standing::tell_faults;
use crate::out;
use crate::words::say;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,

    #[arg(long, value_name = "ID", num_args = 1..)]
    with: Vec<String>,

    #[arg(long, value_name = "FILE.parquet|FILE.arrow")]
    out: Option<PathBuf>,

    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let out_file = file::Out::at(args.out.as_deref(), ctx)?;
    let ready = args.input.ready(ctx)?;
    let world = ready.world(ctx, &args.with)?;
    let cancel = cancel()?;
    // What proposals pay and ask is against the base, as in a comparison.
    let reference = if args.with.is_empty() { world.clone() } else { ready.world(ctx, &[])? };
    let central = ready.assumptions.central();
    let aligned = align(&reference, &central);
    let scenario = Scenario { reference, world, coefs: central.aligned(aligned), years: ready.years };
    let whole = Project::of(&scenario, 0..args.input.replicates, args.input.seed);
    let (parts, tell) = (whole.parts(), progress(ctx));
    let (_, outcomes) = project(&whole, &cancel, &|done| tell(done, parts))
        .map_err(|_| anyhow!(say!(ctx.lang, "lab-cancelled")))?;
    let measures = summary::measures(&outcomes, ready.years);
    let lines = summary::lines(&outcomes, ready.years);
    let start = &scenario.world.start;
    let people = scenario.world.people();
    let head = || {
        json!({
            "base": ready.base.as_deref().unwrap_or("law"),
            "proposals": args.with,
            "place": ready.place,
            "digest": scenario.world.rules.digest,
            "assumptions": ready.assumptions.digest(),
            "on": ready.on,
            "years": ready.years,
            "replicates": args.input.replicates,
            "seed": args.input.seed,
            "terms-bind": ready.terms_bind(),
            "invented": ready.loaded.roster.invented,
            "people": people,
        })
    };
    if let Some(to) = out_file {
        let table = file::ran(&outcomes, &measures, &lines, ready.on, &ready.assumptions);
        to.write(table, "run", &head(), ctx)?;
    }
    if args.json {
        out::json(&json!({
            "version": 2,
            "base": ready.base.as_deref().unwrap_or("law"),
            "proposals": args.with,
            "place": ready.place,
            "digest": scenario.world.rules.digest,
            "on": ready.on,
            "years": ready.years,
            "replicates": args.input.replicates,
            "seed": args.input.seed,
            "terms-bind": ready.terms_bind(),
            "invented": ready.loaded.roster.invented,
            "people": people,
            "left-out": start.left_out,
            "measures": measures,
            "pay-lines": lines,
            "aligned": aligned,
            "assumptions": told::assumptions_json(&ready.assumptions, ctx.lang),
            "cannot-tell": takeroot_lab::told::cannot_tell(None, ctx.lang),
            "faults": ready.loaded.faults,
        }))?;
    } else {
        out::print(&told::heading(ctx, &ready, &args.with, people, &start.left_out, args.input.replicates))?;
        out::print(&told::years(ctx, &measures, &lines, ready.on, &ready.assumptions, &aligned))?;
    }
    Ok(tell_faults(ctx, &ready.loaded))
}
