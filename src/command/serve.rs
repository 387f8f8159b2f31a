//! `takeroot serve`: the office in the browser.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use takeroot_civil::Day;
use takeroot_demo::County;
use takeroot_office::{Office, Viewer};
use takeroot_web::{App, Outside};
use takeroot_words::{Lang, Say as _};

use crate::cli::Context;
use crate::open::{self, Where};
use crate::out;
use crate::words::say;

/// People of the demonstration county that `--demo` fills an empty installation with.
const DEMO_PEOPLE: u32 = 2_000;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    place: Where,

    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080", env = "TAKEROOT_LISTEN")]
    listen: SocketAddr,

    #[arg(long)]
    demo: bool,

    #[arg(long, value_name = "YYYY-MM-DD", requires = "demo")]
    today: Option<Day>,

    #[arg(long)]
    behind_proxy: bool,
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve(args, ctx))
}

/// Logs go to the error stream: sentences and only what is amiss where a person reads, else one JSON object a line with
/// every request. `TAKEROOT_LOG` asks for more or less (`info`, `takeroot_web=debug`).
fn log() {
    use tracing_subscriber::EnvFilter;
    let person = std::io::IsTerminal::is_terminal(&std::io::stderr());
    let usual = if person { "warn,sqlx=error" } else { "info,sqlx=error" };
    let filter = EnvFilter::try_from_env("TAKEROOT_LOG").unwrap_or_else(|_| EnvFilter::new(usual));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // Already begun elsewhere in this process: then that one stays.
    let _ = if person { lines.compact().try_init() } else { lines.json().flatten_event(true).try_init() };
}

async fn serve(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let lang = ctx.lang;
    log();
    let office = match args.today {
        None => args.place.open(ctx).await?,
        Some(day) => args.place.open_on(ctx, day).await?,
    };
    if args.demo && office.is_empty().await.map_err(|e| anyhow!(e.say(lang)))? {
        let day = Day::new(2026, 7, 1).unwrap_or(Day::EARLIEST);
        let roster = County::generate(DEMO_PEOPLE, 1, day).map_err(|e| anyhow!(e.say(lang)))?;
        open::enter_demo(&office, &roster, lang).await.map_err(|e| anyhow!(e.say(lang)))?;
    }
    office.assume(crate::command::lab::assumptions(ctx)?);
    office.jobs_after_restart().await.map_err(|e| anyhow!(e.say(lang)))?;
    office.forget_printed().await.map_err(|e| anyhow!(e.say(lang)))?;
    let app = App { office: Arc::new(office) };
    let listener = tokio::net::TcpListener::bind(args.listen)
        .await
        .with_context(|| say!(lang, "serve-cannot-listen", address = args.listen.to_string()))?;
    let address = listener.local_addr()?.to_string();
    out::print(&format!("{}\n", say!(lang, "serve-at", address = address)))?;
    if args.demo && app.office.is_invented() {
        out::print(&accounts(&app.office, lang).await?)?;
    }
    let db = app.office.db.clone();
    let current = tokio::spawn(app.office.clone().keep_current());
    takeroot_web::serve(listener, app, Outside { behind_proxy: args.behind_proxy }, asked_to_stop()).await?;
    current.abort();
    db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// The accounts of the demonstration with their roles, and the one password.
async fn accounts(office: &Office, lang: Lang) -> anyhow::Result<String> {
    use takeroot_office::demonstration::{ACCOUNTS, PASSWORD};
    let all = office.accounts(&Viewer::installation()).await.map_err(|e| anyhow!(e.say(lang)))?;
    let mut rows = vec![vec![say!(lang, "serve-account"), say!(lang, "serve-role"), say!(lang, "serve-who")]];
    for (account, _) in all {
        if let Some((name, role)) = ACCOUNTS.iter().find(|(name, _)| *name == account.name) {
            rows.push(vec![(*name).to_owned(), role.name(lang).to_owned(), account.title]);
        }
    }
    Ok(format!("{}\n{}\n", out::table(&rows, &[]), say!(lang, "serve-password", password = PASSWORD)))
}

/// Waits for Ctrl-C or the system's request to end.
async fn asked_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        if let Ok(mut term) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            tokio::select! { _ = interrupted => {}, _ = term.recv() => {} }
            return;
        }
    }
    let _ = interrupted.await;
}
