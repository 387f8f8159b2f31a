//! `takeroot restore`: a backup into an empty installation, whole or not at all.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow};
use takeroot_store::dump::Backup;
use takeroot_words::Say as _;

use crate::cli::Context;
use crate::open::Where;
use crate::out;
use crate::words::say;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "FILE.zip")]
    file: PathBuf,

    #[command(flatten)]
    place: Where,

    #[arg(long)]
    check: bool,
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    tokio::runtime::Runtime::new()?.block_on(restore(args, ctx))
}

async fn restore(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let lang = ctx.lang;
    let told = |e: takeroot_store::dump::DumpError| anyhow!(e.say(lang));
    let name = args.file.display().to_string();
    let file =
        File::open(&args.file).with_context(|| say!(lang, "restore-cannot-read", file = name.as_str()))?;
    let mut backup = Backup::open(BufReader::new(file)).map_err(told)?;
    let rows = backup.manifest().rows().to_string();
    if args.check {
        backup.check().map_err(told)?;
        out::print(&format!("{}\n", say!(lang, "restore-sound", file = name.as_str(), rows = rows)))?;
        return Ok(ExitCode::SUCCESS);
    }
    // Before anything is made: a damaged file must not leave a directory behind.
    backup.check().map_err(told)?;
    let db = args.place.database(ctx).await?;
    let restored = backup.restore(&db, crate::open::now(), |_| {}).await;
    db.close().await;
    restored.map_err(told)?;
    let to = args.place.name();
    out::print(&format!("{}\n", say!(lang, "restore-done", rows = rows, to = to)))?;
    Ok(ExitCode::SUCCESS)
}
