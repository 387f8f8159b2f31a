//! `takeroot lab schema`: the form of a document of assumptions, for editors that check as one types.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use takeroot_lab::Assumptions;

use crate::cli::Context;
use crate::out;
use crate::words::say;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let mut text = serde_json::to_string_pretty(&Assumptions::schema())?;
    text.push('\n');
    match &args.out {
        Some(path) => std::fs::write(path, text)
            .with_context(|| say!(ctx.lang, "cannot-write", path = path.display().to_string()))?,
        None => out::print(&text)?,
    }
    Ok(ExitCode::SUCCESS)
}
