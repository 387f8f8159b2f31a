//! `takeroot policy diff A B`: what differs between two sets of rules.

use std::process::ExitCode;

use serde_json::json;
use takeroot_words::Say as _;

use crate::cli::Context;
use crate::words::say;
use crate::{clock, library, out};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "A")]
    before: String,

    #[arg(value_name = "B")]
    after: String,

    #[arg(long, value_name = "DATE")]
    on: Option<String>,

    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let asked = [library::stack_spec(ctx, &args.before)?, library::stack_spec(ctx, &args.after)?];
    let on = clock::day_or_today(ctx, args.on.as_deref())?;
    let library = library::load(ctx)?;
    let [a, b] = asked;
    let days = [a.on.unwrap_or(on), b.on.unwrap_or(on)];
    let stacks = [library::stack(ctx, &library, a.spec)?, library::stack(ctx, &library, b.spec)?];
    let [before, after] = &stacks;
    let diff = takeroot_policy::diff(&before.at(days[0]), &after.at(days[1]));
    if args.json {
        let side = |typed: &str, n: usize| {
            json!({
                "stack": typed, "on": days[n], "law_of": stacks[n].law_day(days[n]), "digest": stacks[n].digest(),
            })
        };
        out::json(&json!({
            "before": side(&args.before, 0),
            "after": side(&args.after, 1),
            "added": diff.added,
            "removed": diff.removed,
            "changed": diff.changed,
            "reissued": diff.reissued,
            "same": diff.same,
        }))?;
    } else {
        let head = say!(
            ctx.lang,
            "policy-diff-head",
            before = args.before.as_str(),
            before_on = days[0].to_string(),
            after = args.after.as_str(),
            after_on = days[1].to_string()
        );
        out::print(&format!("{head}\n{}", diff.say(ctx.lang)))?;
    }
    Ok(ExitCode::SUCCESS)
}
