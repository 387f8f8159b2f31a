//! `takeroot policy schema`: the JSON Schema of a policy document.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use takeroot_policy::schema;

use crate::cli::Context;
use crate::out;
use crate::words::say;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    match &args.out {
        Some(path) => std::fs::write(path, schema::text())
            .with_context(|| say!(ctx.lang, "cannot-write", path = path.display().to_string()))?,
        None => out::print(&schema::text())?,
    }
    Ok(ExitCode::SUCCESS)
}
