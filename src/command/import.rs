//! `takeroot import`: a roster into an installation, or only what it would change.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow};
use takeroot_exchange::roster;
use takeroot_office::import::RowKind;
use takeroot_office::jobs::Progress;
use takeroot_office::{OfficeError, Viewer};
use takeroot_words::Say as _;

use crate::cli::Context;
use crate::open::Where;
use crate::out;
use crate::words::say;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "FILE")]
    file: PathBuf,

    #[command(flatten)]
    place: Where,

    #[arg(long)]
    dry_run: bool,

    #[arg(long)]
    leave_out_errors: bool,

    #[arg(long, value_name = "OUT.xlsx")]
    back: Option<PathBuf>,

    #[arg(long)]
    json: bool,
}

/// Runs it.
pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(import(args, ctx))
}

async fn import(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let lang = ctx.lang;
    let path = args.file.display().to_string();
    let bytes =
        std::fs::read(&args.file).with_context(|| say!(lang, "import-cannot-read", file = path.as_str()))?;
    let name = args.file.file_name().map_or(path.clone(), |n| n.to_string_lossy().into_owned());
    let office = args.place.open(ctx).await?;
    let progress = Progress::default();
    let stop = progress.clone();
    let listener = tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            stop.stop();
        }
    });
    let shows = std::io::IsTerminal::is_terminal(&std::io::stderr());
    let watched = progress.clone();
    let ticker = tokio::spawn(async move {
        if !shows {
            return;
        }
        loop {
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            let (done, total) = watched.now();
            if total > 0 {
                eprint!("\r\x1b[K{done} / {total}");
            }
        }
    });
    let viewer = Viewer::installation();
    let done = office
        .import_now(&viewer, &name, bytes.clone(), args.dry_run, args.leave_out_errors, &progress)
        .await;
    listener.abort();
    ticker.abort();
    if shows {
        eprint!("\r\x1b[K");
    }
    office.db.close().await;
    let (parsed, rows, act) = match done {
        Ok(done) => done,
        Err(OfficeError::Cancelled) => return Err(anyhow!(OfficeError::Cancelled.say(lang))),
        Err(error) => return Err(anyhow!(error.say(lang))),
    };
    if let Some(to) = &args.back {
        let back =
            roster::write_back(&bytes, &name, &parsed.faults, lang).map_err(|e| anyhow!(e.say(lang)))?;
        let part = to.with_extension("part");
        std::fs::write(&part, back)
            .and_then(|()| std::fs::rename(&part, to))
            .with_context(|| say!(lang, "cannot-write", path = to.display().to_string()))?;
    }
    let count = |kind: RowKind| rows.iter().filter(|r| r.kind == kind).count();
    if args.json {
        let counts: serde_json::Map<String, serde_json::Value> =
            RowKind::ALL.iter().map(|k| (k.code().to_owned(), count(*k).into())).collect();
        let told: Vec<_> = rows.iter().filter(|r| r.kind != RowKind::Unchanged).collect();
        out::json(&serde_json::json!({ "file": name, "counts": counts, "act": act, "rows": told }))?;
    } else {
        let mut text = String::new();
        for row in &rows {
            for problem in &row.problems {
                text.push_str(problem.message.pick(lang));
                text.push('\n');
            }
        }
        let said = say!(
            lang,
            "import-counts",
            new = count(RowKind::New).to_string(),
            changed = count(RowKind::Changed).to_string(),
            unchanged = count(RowKind::Unchanged).to_string(),
            doubtful = count(RowKind::Doubtful).to_string(),
            errors = count(RowKind::Error).to_string()
        );
        let ended = match act {
            Some(act) => say!(lang, "import-written", act = act.to_string()),
            None => say!(lang, "import-not-written"),
        };
        out::print(&format!("{text}{said}\n{ended}\n"))?;
    }
    let open = count(RowKind::Error) + count(RowKind::Doubtful);
    Ok(ExitCode::from(u8::from(open > 0)))
}
