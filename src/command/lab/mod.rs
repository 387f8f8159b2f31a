//! `takeroot lab`: what a policy would do, on a real roster; and what can be foretold of leaving, and how well.

mod backtest;
mod compare;
mod doubt;
mod few;
mod file;
mod fit;
mod handed;
mod input;
mod paper;
mod report;
mod run;
mod schema;
mod search;
mod sensitivity;
mod spells;
mod store;
mod told;

use std::process::ExitCode;

use crate::cli::Context;

pub use input::assumptions;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Backtest(backtest::Args),
    Compare(compare::Args),
    Fit(fit::Args),
    Report(report::Args),
    Run(run::Args),
    Schema(schema::Args),
    Search(search::Args),
    Sensitivity(sensitivity::Args),
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    match &args.command {
        Command::Backtest(args) => backtest::run(args, ctx),
        Command::Compare(args) => compare::run(args, ctx),
        Command::Fit(args) => fit::run(args, ctx),
        Command::Report(args) => report::run(args, ctx),
        Command::Run(args) => run::run(args, ctx),
        Command::Schema(args) => schema::run(args, ctx),
        Command::Search(args) => search::run(args, ctx),
        Command::Sensitivity(args) => sensitivity::run(args, ctx),
    }
}
