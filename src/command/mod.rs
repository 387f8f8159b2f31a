//! The commands, one file each: the options it takes and the one call that it makes.

mod backup;
mod demo;
mod doctor;
mod explain;
mod export;
mod import;
mod lab;
mod lrmx;
mod policy;
mod posts;
mod posts_floors;
mod restore;
mod roster;
mod serve;
mod standing;
mod user;

use std::process::ExitCode;

use crate::cli::Context;

/// A command.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    Backup(backup::Args),
    Demo(demo::Args),
    Doctor(doctor::Args),
    Explain(explain::Args),
    Export(export::Args),
    Import(import::Args),
    Lab(lab::Args),
    Lrmx(lrmx::Args),
    Policy(policy::Args),
    Posts(posts::Args),
    Restore(restore::Args),
    Roster(roster::Args),
    Serve(serve::Args),
    Standing(standing::Args),
    User(user::Args),
}

impl Command {
    /// Runs it.
    ///
    /// # Errors
    /// What cannot be told as part of the command's own report.
    pub fn run(&self, ctx: &Context) -> anyhow::Result<ExitCode> {
        match self {
            Command::Backup(args) => backup::run(args, ctx),
            Command::Demo(args) => demo::run(args, ctx),
            Command::Doctor(args) => doctor::run(args, ctx),
            Command::Explain(args) => explain::run(args, ctx),
            Command::Export(args) => export::run(args, ctx),
            Command::Import(args) => import::run(args, ctx),
            Command::Lab(args) => lab::run(args, ctx),
            Command::Lrmx(args) => lrmx::run(args, ctx),
            Command::Policy(args) => policy::run(args, ctx),
            Command::Posts(args) => posts::run(args, ctx),
            Command::Restore(args) => restore::run(args, ctx),
            Command::Roster(args) => roster::run(args, ctx),
            Command::Serve(args) => serve::run(args, ctx),
            Command::Standing(args) => standing::run(args, ctx),
            Command::User(args) => user::run(args, ctx),
        }
    }
}
