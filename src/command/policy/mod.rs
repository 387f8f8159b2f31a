//! `takeroot policy`: check, show, compare and describe policy documents.

mod check;
mod diff;
mod list;
mod schema;
mod show;

use std::process::ExitCode;

use crate::cli::Context;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Check(check::Args),
    List(list::Args),
    Show(show::Args),
    Diff(diff::Args),
    Schema(schema::Args),
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    match &args.command {
        Command::Check(args) => check::run(args, ctx),
        Command::List(args) => list::run(args, ctx),
        Command::Show(args) => show::run(args, ctx),
        Command::Diff(args) => diff::run(args, ctx),
        Command::Schema(args) => schema::run(args, ctx),
    }
}
