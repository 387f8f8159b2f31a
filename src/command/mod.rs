//! The commands, one file each: the options it takes and the one call that it makes.

mod demo;
mod policy;

use std::process::ExitCode;

use crate::cli::Context;

/// A command.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    Demo(demo::Args),
    Policy(policy::Args),
}

impl Command {
    /// Runs it.
    ///
    /// # Errors
    /// What cannot be told as part of the command's own report.
    pub fn run(&self, ctx: &Context) -> anyhow::Result<ExitCode> {
        match self {
            Command::Demo(args) => demo::run(args, ctx),
            Command::Policy(args) => policy::run(args, ctx),
        }
    }
}
