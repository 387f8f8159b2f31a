//! `takeroot lab`: what can be foretold, and how well.

mod backtest;
mod fit;
mod spells;

use std::process::ExitCode;

use crate::cli::Context;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Backtest(backtest::Args),
    Fit(fit::Args),
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    match &args.command {
        Command::Backtest(args) => backtest::run(args, ctx),
        Command::Fit(args) => fit::run(args, ctx),
    }
}
