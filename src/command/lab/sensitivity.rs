//! `takeroot lab sensitivity`: what the answer of a comparison hangs on.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{anyhow, bail};
use serde_json::json;
use takeroot_lab::measure::Measure;
use takeroot_lab::sense::{Factors, MOST_KEPT, Plan, USUAL, sense};

use super::input::{Input, cancel, progress};
use super::{doubt, file, told};
use crate::cli::Context;
use crate::command::standing::tell_faults;
use crate::out;
use crate::words::say;

#[derive(Debug, clap::Args)]
#[command(mut_arg("replicates", |arg| arg.default_value("4")))]
pub struct Args {
    #[command(flatten)]
    input: Input,

    #[arg(long, value_name = "ID", num_args = 1.., required = true)]
    with: Vec<String>,

    #[arg(long, value_name = "KEY", num_args = 1..)]
    of: Vec<String>,

    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(2..=1000))]
    trajectories: u32,

    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u32).range(0..=MOST_KEPT as i64))]
    keep: u32,

    #[arg(long, value_name = "N", default_value_t = 256, value_parser = clap::value_parser!(u32).range(16..=65_536))]
    rows: u32,

    #[arg(long, value_name = "FILE.parquet|FILE.arrow")]
    out: Option<PathBuf>,

    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let measures = measures(&args.of, ctx)?;
    let out_file = file::Out::at(args.out.as_deref(), ctx)?;
    let ready = args.input.ready(ctx)?;
    let base = ready.world(ctx, &[])?;
    let with = ready.world(ctx, &args.with)?;
    let plan = Plan {
        years: ready.years,
        replicates: args.input.replicates,
        trajectories: args.trajectories as usize,
        keep: args.keep as usize,
        rows: args.rows as usize,
        seed: args.input.seed,
    };
    let factors = Factors::of(&ready.assumptions).all.len();
    let (screening, shares) = plan.points(factors);
    eprintln!(
        "{}",
        say!(
            ctx.lang,
            "lab-sense-runs",
            factors = factors.to_string(),
            screening = screening.to_string(),
            shares = shares.to_string(),
            replicates = plan.replicates.to_string(),
            runs = plan.runs(factors).to_string()
        )
    );
    let cancel = cancel()?;
    let found = sense(&base, &with, &ready.assumptions, &measures, plan, &cancel, &progress(ctx))
        .map_err(|_| anyhow!(say!(ctx.lang, "lab-cancelled")))?;
    let side = |proposals: &[String], digest: &str| {
        json!({
            "base": ready.base.as_deref().unwrap_or("law"),
            "proposals": proposals,
            "place": ready.place,
            "digest": digest,
        })
    };
    if let Some(to) = out_file {
        let head = json!({
            "base": side(&[], &base.rules.digest),
            "with": side(&args.with, &with.rules.digest),
            "assumptions": ready.assumptions.digest(),
            "on": ready.on,
            "plan": found.plan,
            "invented": ready.loaded.roster.invented,
            "people": found.people,
        });
        to.write(file::sensed(&found, &ready.assumptions), "sensitivity", &head, ctx)?;
    }
    if args.json {
        out::json(&json!({
            "base": side(&[], &base.rules.digest),
            "with": side(&args.with, &with.rules.digest),
            "invented": ready.loaded.roster.invented,
            "sensitivity": found,
            "assumptions": told::assumptions_json(&ready.assumptions, ctx.lang),
            "cannot-tell": takeroot_lab::told::cannot_tell(None, ctx.lang),
            "faults": ready.loaded.faults,
        }))?;
    } else {
        let left_out = &found.left_out;
        out::print(&told::heading(ctx, &ready, &args.with, found.people, left_out, plan.replicates))?;
        out::print(&doubt::sensitivity(ctx, &found, &ready.assumptions))?;
    }
    Ok(tell_faults(ctx, &ready.loaded))
}

/// The measures asked for, or the usual ones.
fn measures(keys: &[String], ctx: &Context) -> anyhow::Result<Vec<Measure>> {
    let mut measures = Vec::new();
    for key in keys {
        match Measure::ALL.iter().find(|measure| measure.code() == key) {
            Some(measure) if !measures.contains(measure) => measures.push(*measure),
            Some(_) => {}
            None => {
                let known: Vec<&str> = Measure::ALL.iter().map(|measure| measure.code()).collect();
                bail!(say!(ctx.lang, "lab-no-measure", key = key.as_str(), known = known.join(", ")))
            }
        }
    }
    Ok(if measures.is_empty() { USUAL.to_vec() } else { measures })
}
