//! `takeroot export`: an installation's roster as a workbook.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow};
use takeroot_office::roster::Query;
use takeroot_office::{OfficeError, Viewer};
use takeroot_words::Say as _;

use crate::cli::Context;
use crate::open::Where;
use crate::out;
use crate::words::say;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    place: Where,

    #[arg(long, value_name = "OUT.xlsx")]
    out: PathBuf,

    #[arg(long, value_name = "ORGAN")]
    organ: Option<String>,

    #[arg(long)]
    all: bool,

    #[arg(long)]
    flat: bool,
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let mut query = Query::default();
    if let Some(organ) = &args.organ {
        query = query.with("organ", organ);
    }
    if args.all {
        query = query.with("state", "all");
    }
    let told = |e: OfficeError| anyhow!(e.say(ctx.lang));
    let book = tokio::runtime::Runtime::new()?.block_on(async {
        let office = args.place.open(ctx).await?;
        let viewer = Viewer::installation();
        let book = if args.flat {
            office.export_list(&viewer, &query, ctx.lang).await
        } else {
            office.export_roster(&viewer, &query, ctx.lang).await
        };
        office.db.close().await;
        book.map_err(told)
    })?;
    // Under another name first, so that a file of this name is always whole.
    let part = args.out.with_extension("part");
    std::fs::write(&part, book).with_context(|| part.display().to_string())?;
    std::fs::rename(&part, &args.out).with_context(|| args.out.display().to_string())?;
    out::print(&format!("{}\n", say!(ctx.lang, "export-written", file = args.out.display().to_string())))?;
    Ok(ExitCode::SUCCESS)
}
