//! `takeroot standing`: what the rules say of everyone, or of one person, on a day.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use rayon::prelude::*;
use serde_json::json;
use takeroot_civil::{Career, Day};
use takeroot_exchange::standings;
use takeroot_policy::{Rules, Stack, StackSpec, Standing};
use takeroot_words::Say as _;

use crate::cli::Context;
use crate::load::{self, Loaded};
use crate::words::say;
use crate::{clock, library, out};

/// What stack, and which day: shared by the commands that judge people.
#[derive(Debug, clap::Args)]
pub struct Under {
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub on: Option<String>,

    #[arg(long, value_name = "law|ID")]
    pub base: Option<String>,

    #[arg(long, value_name = "ID", num_args = 1..)]
    pub proposal: Vec<String>,

    #[arg(long, value_name = "CODE")]
    pub place: Option<String>,
}

impl Under {
    /// The day, and the stack for a roster: its own county's local instruments hold unless another place is named.
    pub fn spec(&self, ctx: &Context, loaded: &Loaded) -> anyhow::Result<(Day, StackSpec)> {
        let on = clock::day_or_today(ctx, self.on.as_deref())?;
        let place = library::place(ctx, self.place.as_deref())?.or_else(|| loaded.place());
        Ok((on, StackSpec { baseline: self.base.clone(), proposals: self.proposal.clone(), place }))
    }
}

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "FILE|DIR")]
    path: PathBuf,

    #[command(flatten)]
    under: Under,

    #[arg(long, value_name = "ID")]
    person: Option<String>,

    #[arg(long, conflicts_with = "xlsx")]
    json: bool,

    #[arg(long, value_name = "OUT.xlsx")]
    xlsx: Option<PathBuf>,
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let lang = ctx.lang;
    let policies = library::load(ctx)?;
    let loaded = load::roster(ctx, &args.path)?;
    let (on, spec) = args.under.spec(ctx, &loaded)?;
    let stack = library::stack(ctx, &policies, spec)?;
    let rules = Rules::at(&stack, on);
    let organs = loaded.roster.organ_index();
    let careers: Vec<&Career> = match &args.person {
        Some(asked) => vec![loaded.person(ctx, asked)?],
        None => loaded.roster.careers.iter().collect(),
    };
    let standings: Vec<Standing> =
        careers.par_iter().map(|career| Standing::of(career, &organs, &rules)).collect();
    if let Some(to) = &args.xlsx {
        let bytes = standings::write(&standings, loaded.roster.invented, lang)
            .map_err(|fault| anyhow::anyhow!(fault.say(lang)))?;
        fs::write(to, bytes).with_context(|| say!(lang, "cannot-write", path = to.display().to_string()))?;
        out::print(&format!("{}\n", say!(lang, "standing-written", file = to.display().to_string())))?;
    } else if args.json {
        let people: Vec<Standing> = standings.into_par_iter().map(|s| s.told(lang)).collect();
        out::json(&json!({
            "file": args.path.display().to_string(),
            "on": on,
            "stack": {
                "base": stack.spec().baseline.as_deref().unwrap_or("law"),
                "proposals": stack.spec().proposals,
                "place": stack.spec().place,
                "digest": rules.digest,
            },
            "invented": loaded.roster.invented,
            "people": people,
            "faults": loaded.faults,
        }))?;
    } else {
        out::print(&heading(ctx, &loaded, &stack, on))?;
        let mut rows = vec![standings::heads(lang)];
        rows.extend(standings.iter().map(|s| standings::cells(s, lang)));
        out::print(&out::table(&rows, &[]))?;
    }
    Ok(tell_faults(ctx, &loaded))
}

/// What is being looked at: the day, the stack with its digest, how many people, and whether they are invented.
pub fn heading(ctx: &Context, loaded: &Loaded, stack: &Stack<'_>, on: Day) -> String {
    let spec = stack.spec();
    let mut base = match &spec.baseline {
        Some(id) if id != "law" => id.clone(),
        _ => say!(ctx.lang, "standing-law", day = on.to_string()),
    };
    for proposal in &spec.proposals {
        base.push_str(" + ");
        base.push_str(proposal);
    }
    let digest: String = stack.digest().chars().take(12).collect();
    let mut said = say!(
        ctx.lang,
        "standing-heading",
        day = on.to_string(),
        stack = base,
        digest = digest,
        people = loaded.roster.careers.len()
    );
    said.push('\n');
    if loaded.roster.invented {
        said.push_str(&say!(ctx.lang, "standing-invented"));
        said.push('\n');
    }
    said
}

/// Tells what could not be read, on standard error; 1 if there was anything.
pub fn tell_faults(ctx: &Context, loaded: &Loaded) -> ExitCode {
    if loaded.faults.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!("{}", say!(ctx.lang, "standing-faults", count = loaded.faults.len()));
    for fault in &loaded.faults {
        eprintln!("  {fault}");
    }
    ExitCode::from(1)
}
