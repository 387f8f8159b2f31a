//! `takeroot lab compare`: one stack against another.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::anyhow;
use serde_json::json;
use takeroot_lab::{Plan, compare};

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

    #[arg(long, value_name = "ID", num_args = 1.., required = true)]
    with: Vec<String>,

    #[arg(long, value_name = "N", default_value_t = 32, value_parser = clap::value_parser!(u32).range(1..=1000))]
    draws: u32,

    #[arg(long, value_name = "POSTS")]
    width: Option<f64>,

    #[arg(long, value_name = "FILE.parquet|FILE.arrow")]
    out: Option<PathBuf>,

    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let out_file = file::Out::at(args.out.as_deref(), ctx)?;
    let ready = args.input.ready(ctx)?;
    let base = ready.world(ctx, &[])?;
    let with = ready.world(ctx, &args.with)?;
    let cancel = cancel()?;
    let mut plan =
        Plan { draws: args.draws, ..Plan::of(ready.years, args.input.replicates, args.input.seed) };
    let run = |plan: Plan| {
        compare(&base, &with, &ready.assumptions, plan, &cancel, &progress(ctx))
            .map_err(|_| anyhow!(say!(ctx.lang, "lab-cancelled")))
    };
    let mut comparison = run(plan)?;
    if let Some(width) = args.width {
        let enough = comparison.replicates_for("vacant-township", width).clamp(plan.replicates, 10_000);
        if enough > plan.replicates {
            plan = Plan { replicates: enough, ..plan };
            comparison = run(plan)?;
        }
    }
    let clauses = ready.clauses(ctx, &args.with, &base, &with)?;
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
            "assumptions": comparison.assumptions,
            "on": ready.on,
            "plan": comparison.plan,
            "terms-bind": ready.terms_bind(),
            "invented": ready.loaded.roster.invented,
            "people": comparison.people,
        });
        to.write(file::compared(&comparison, &ready.assumptions), "compare", &head, ctx)?;
    }
    if args.json {
        out::json(&json!({
            "base": side(&[], &base.rules.digest),
            "with": side(&args.with, &with.rules.digest),
            "terms-bind": ready.terms_bind(),
            "invented": ready.loaded.roster.invented,
            "clauses": told::clauses_json(&clauses, ctx.lang),
            "comparison": comparison,
            "assumptions": told::assumptions_json(&ready.assumptions, ctx.lang),
            "cannot-tell": takeroot_lab::told::cannot_tell(Some(&comparison), ctx.lang),
            "faults": ready.loaded.faults,
        }))?;
    } else {
        out::print(&told::heading(
            ctx,
            &ready,
            &args.with,
            comparison.people,
            &comparison.left_out,
            plan.replicates,
        ))?;
        out::print(&told::clauses(&clauses, ctx.lang))?;
        out::print(&told::comparison(ctx, &comparison, &ready.assumptions))?;
    }
    Ok(tell_faults(ctx, &ready.loaded))
}
