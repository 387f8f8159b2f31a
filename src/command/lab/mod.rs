//! `takeroot lab`: what a policy would do, on a real roster.

mod compare;
mod input;
mod run;
mod schema;
mod told;

use std::process::ExitCode;

use crate::cli::Context;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Compare(compare::Args),
    Run(run::Args),
    Schema(schema::Args),
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    match &args.command {
        Command::Compare(args) => compare::run(args, ctx),
        Command::Run(args) => run::run(args, ctx),
        Command::Schema(args) => schema::run(args, ctx),
    }
}
