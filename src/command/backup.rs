//! `takeroot backup`: everything that an installation keeps, as one file.

use std::fs::{File, OpenOptions};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, anyhow};
use takeroot_store::dump;
use takeroot_words::Say as _;

use crate::cli::Context;
use crate::open::Where;
use crate::out;
use crate::words::say;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    place: Where,

    #[arg(long, value_name = "FILE.zip")]
    out: PathBuf,
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    tokio::runtime::Runtime::new()?.block_on(backup(args, ctx))
}

async fn backup(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let lang = ctx.lang;
    let file = args.out.display().to_string();
    let office = args.place.open_as_it_is(ctx).await?;
    // Under another name first, so that a file of this name is always whole.
    let part = args.out.with_extension("part");
    let cannot = || say!(lang, "cannot-write", path = file.as_str());
    let writer = BufWriter::new(private(&part).with_context(cannot)?);
    let made = dump::write(&office.db, writer, office.now(), |_| {}).await;
    office.db.close().await;
    let manifest = match made {
        Ok(manifest) => manifest,
        Err(error) => {
            // What there is of it is of no use to anyone.
            let _ = std::fs::remove_file(&part);
            return Err(anyhow!(error.say(lang)));
        }
    };
    File::open(&part)
        .and_then(|f| f.sync_all())
        .and_then(|()| std::fs::rename(&part, &args.out))
        .with_context(cannot)?;
    let said = say!(
        lang,
        "backup-written",
        file = file.as_str(),
        tables = manifest.tables.len().to_string(),
        rows = manifest.rows().to_string()
    );
    out::print(&format!("{said}\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// A new file that its owner alone reads: everything that the office keeps of its people is in it.
fn private(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
