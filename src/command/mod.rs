//! The commands, one file each: the options it takes and the one call that it makes.

mod policy;
mod posts;

use std::process::ExitCode;

use crate::cli::Context;

/// A command.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    Policy(policy::Args),
    Posts(posts::Args),
}

impl Command {
    /// Runs it.
    ///
    /// # Errors
    /// What cannot be told as part of the command's own report.
    pub fn run(&self, ctx: &Context) -> anyhow::Result<ExitCode> {
        match self {
            Command::Policy(args) => policy::run(args, ctx),
            Command::Posts(args) => posts::run(args, ctx),
        }
    }
}
