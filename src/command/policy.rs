//! `takeroot policy`: check, show, compare and describe policy documents.

use std::process::ExitCode;

use crate::cli::Context;

#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, _ctx: &Context) -> anyhow::Result<ExitCode> {
    Ok(ExitCode::SUCCESS)
}
