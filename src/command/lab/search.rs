//! `takeroot lab search`: which packages of proposals are worth their money.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{anyhow, bail};
use serde_json::json;
use takeroot_lab::search::{MOST, Plan, Stopped, TARGETS, Target, search};

use super::input::{Input, cancel, progress};
use super::{doubt, file, told};
use crate::cli::Context;
use crate::command::standing::tell_faults;
use crate::out;
use crate::words::say;

#[derive(Debug, clap::Args)]
#[command(mut_arg("replicates", |arg| arg.default_value("40")))]
pub struct Args {
    #[command(flatten)]
    input: Input,

    #[arg(long, value_name = "ID", num_args = 1.., required = true)]
    with: Vec<String>,

    #[arg(long, value_name = "KEY[=N]", num_args = 1.., default_values_t = [String::from("person-years")])]
    target: Vec<String>,

    #[arg(long, value_name = "YUAN", allow_negative_numbers = true)]
    budget: Option<f64>,

    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u32).range(0..=1000))]
    draws: u32,

    #[arg(long, value_name = "FILE.parquet|FILE.arrow")]
    out: Option<PathBuf>,

    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let targets = targets(&args.target, ctx)?;
    if args.budget.is_some_and(|budget| !budget.is_finite()) {
        bail!(say!(ctx.lang, "lab-search-budget"));
    }
    let mut proposals: Vec<String> = Vec::new();
    for id in &args.with {
        if !proposals.contains(id) {
            proposals.push(id.clone());
        }
    }
    let replicates = args.input.replicates;
    let plan = Plan {
        years: usize::from(args.input.years()),
        replicates,
        draws: args.draws,
        replicates_a_draw: replicates.min(4),
        seed: args.input.seed,
        budget: args.budget,
    };
    let too_many = |given: usize| {
        anyhow!(say!(ctx.lang, "lab-search-too-many", given = given.to_string(), most = MOST.to_string()))
    };
    let runs = plan.runs(proposals.len()).ok_or_else(|| too_many(proposals.len()))?;
    let out_file = file::Out::at(args.out.as_deref(), ctx)?;
    let ready = args.input.ready(ctx)?;
    let base = ready.world(ctx, &[])?;
    // A proposal that does not exist is told before anything is run.
    for id in &proposals {
        ready.world(ctx, std::slice::from_ref(id))?;
    }
    eprintln!(
        "{}",
        say!(
            ctx.lang,
            "lab-search-runs",
            packages = (1_usize << proposals.len()).to_string(),
            replicates = plan.replicates.to_string(),
            draws = plan.draws.to_string(),
            few = plan.replicates_a_draw.to_string(),
            runs = runs.to_string()
        )
    );
    let cancel = cancel()?;
    let world = |package: &[String]| ready.world(ctx, package);
    let progress = progress(ctx);
    let found = search(&base, &proposals, &world, &ready.assumptions, &targets, plan, &cancel, &progress)
        .map_err(|stopped| match stopped {
            Stopped::Cancelled => anyhow!(say!(ctx.lang, "lab-cancelled")),
            Stopped::TooMany(given) => too_many(given),
            Stopped::TooFew(key) => anyhow!(say!(ctx.lang, "lab-search-too-few", key = key)),
            Stopped::World(error) => error,
        })?;
    if let Some(to) = out_file {
        let head = json!({
            "base": { "base": ready.base.as_deref().unwrap_or("law"), "place": ready.place, "digest": base.rules.digest },
            "proposals": proposals,
            "assumptions": found.assumptions,
            "on": ready.on,
            "plan": found.plan,
            "invented": ready.loaded.roster.invented,
            "people": found.people,
        });
        to.write(file::searched(&found, &ready.assumptions), "search", &head, ctx)?;
    }
    if args.json {
        out::json(&json!({
            "base": {
                "base": ready.base.as_deref().unwrap_or("law"),
                "place": ready.place,
                "digest": base.rules.digest,
            },
            "proposals": proposals,
            "invented": ready.loaded.roster.invented,
            "search": found,
            "assumptions": told::assumptions_json(&ready.assumptions, ctx.lang),
            "cannot-tell": takeroot_lab::told::cannot_tell(None, ctx.lang),
            "faults": ready.loaded.faults,
        }))?;
    } else {
        out::print(&told::heading(ctx, &ready, &[], found.people, &found.left_out, plan.replicates))?;
        out::print(&doubt::search(ctx, &found))?;
    }
    Ok(tell_faults(ctx, &ready.loaded))
}

/// What is sought: `KEY`, or `KEY=N` for a level that must be reached.
fn targets(texts: &[String], ctx: &Context) -> anyhow::Result<Vec<Target>> {
    let mut targets: Vec<Target> = Vec::new();
    for text in texts {
        let (key, level) = match text.split_once('=') {
            None => (text.as_str(), None),
            Some((key, number)) => match number.trim().parse::<f64>() {
                Ok(level) if level.is_finite() => (key.trim(), Some(level)),
                _ => bail!(say!(ctx.lang, "lab-search-level", target = text.as_str())),
            },
        };
        let Some(target) = Target::of(key, level) else {
            let known: Vec<&str> = TARGETS.iter().map(|(measure, _)| measure.code()).collect();
            bail!(say!(ctx.lang, "lab-no-target", key = key, known = known.join(", ")));
        };
        match targets.iter_mut().find(|other| other.measure == target.measure) {
            Some(other) => *other = target,
            None => targets.push(target),
        }
    }
    Ok(targets)
}
