//! `takeroot user`: the accounts of an installation, on the machine that keeps it. The first account of a new
//! installation is made here, and a forgotten administrator's password set.

use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::process::ExitCode;

use anyhow::anyhow;
use takeroot_civil::Day;
use takeroot_office::accounts::Wanted;
use takeroot_office::passwords::ONCE_DAYS;
use takeroot_office::{Office, Role, Viewer};
use takeroot_words::{Lang, Say};

use crate::cli::Context;
use crate::open::Where;
use crate::out;
use crate::words::say;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    Add(Add),
    List(List),
    Password(Password),
    Grant(Grant),
    Disable(Disable),
}

#[derive(Debug, clap::Args)]
struct Add {
    #[arg(value_name = "NAME")]
    name: String,

    #[arg(long, value_name = "TEXT")]
    title: Option<String>,

    #[arg(long, value_name = "NUMBER")]
    number: Option<String>,

    #[arg(long, value_name = "ROLE", value_parser = role)]
    role: Option<Role>,

    #[arg(long, value_name = "ORGAN", requires = "role")]
    organ: Option<String>,

    #[command(flatten)]
    place: Where,
}

#[derive(Debug, clap::Args)]
struct List {
    #[command(flatten)]
    place: Where,
}

#[derive(Debug, clap::Args)]
struct Password {
    #[arg(value_name = "NAME")]
    name: String,

    #[arg(long)]
    once: bool,

    #[command(flatten)]
    place: Where,
}

#[derive(Debug, clap::Args)]
struct Grant {
    #[arg(value_name = "NAME")]
    name: String,

    #[arg(value_name = "ROLE", value_parser = role)]
    role: Role,

    #[arg(long, value_name = "ORGAN")]
    organ: Option<String>,

    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<Day>,

    #[arg(long, value_name = "YYYY-MM-DD")]
    to: Option<Day>,

    #[command(flatten)]
    place: Where,
}

#[derive(Debug, clap::Args)]
struct Disable {
    #[arg(value_name = "NAME")]
    name: String,

    #[command(flatten)]
    place: Where,
}

fn role(text: &str) -> Result<Role, String> {
    let codes: Vec<&str> = Role::ALL.iter().map(|r| r.code()).collect();
    Role::from_code(text).ok_or_else(|| codes.join(", "))
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(act(&args.act, ctx))
}

/// What went wrong, in the reader's language.
fn told<T, E: Say>(done: Result<T, E>, lang: Lang) -> anyhow::Result<T> {
    done.map_err(|e| anyhow!(e.say(lang)))
}

async fn act(act: &Act, ctx: &Context) -> anyhow::Result<ExitCode> {
    let lang = ctx.lang;
    let root = Viewer::installation();
    let said = match act {
        Act::Add(args) => {
            let office = args.place.open(ctx).await?;
            let wanted = Wanted {
                name: args.name.clone(),
                title: args.title.clone().unwrap_or_default(),
                number: args.number.clone().unwrap_or_default(),
            };
            let (id, once) = told(office.open_account(&root, &wanted).await, lang)?;
            if let Some(role) = args.role {
                let organ = args.organ.as_deref().unwrap_or_default();
                told(office.grant(&root, id, role, organ, office.today(), None).await, lang)?;
            }
            once_told(lang, &args.name, once)
        }
        Act::List(args) => list(&args.place.open(ctx).await?, lang).await?,
        Act::Password(args) => {
            let office = args.place.open(ctx).await?;
            let account = told(office.account_named(&root, &args.name).await, lang)?;
            if args.once {
                let once = told(office.reset_password(&root, account.id, true).await, lang)?;
                once_told(lang, &account.name, once)
            } else {
                let password = ask(lang)?;
                told(office.set_password(&root, account.id, &password).await, lang)?;
                say!(lang, "user-password-set", name = account.name.as_str())
            }
        }
        Act::Grant(args) => {
            let office = args.place.open(ctx).await?;
            let account = told(office.account_named(&root, &args.name).await, lang)?;
            let organ = args.organ.as_deref().unwrap_or_default();
            let from = args.from.unwrap_or_else(|| office.today());
            told(office.grant(&root, account.id, args.role, organ, from, args.to).await, lang)?;
            say!(lang, "user-granted", name = account.name.as_str(), role = args.role.name(lang))
        }
        Act::Disable(args) => {
            let office = args.place.open(ctx).await?;
            let account = told(office.account_named(&root, &args.name).await, lang)?;
            told(office.set_account_disabled(&root, account.id, true).await, lang)?;
            say!(lang, "user-disabled", name = account.name.as_str())
        }
    };
    out::print(&format!("{said}\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// A password to be used once, and how long it holds.
fn once_told(lang: Lang, name: &str, once: String) -> String {
    say!(lang, "user-added", name = name, password = once, days = ONCE_DAYS.to_string())
}

async fn list(office: &Office, lang: Lang) -> anyhow::Result<String> {
    let today = office.today();
    let mut lines = Vec::new();
    for (account, grants) in told(office.accounts(&Viewer::installation()).await, lang)? {
        let holds: Vec<String> = grants
            .iter()
            .filter(|h| !h.ended && h.grant.from <= today && h.grant.to.is_none_or(|to| to > today))
            .map(|h| {
                let role = Role::from_code(&h.grant.role).map(|r| r.name(lang)).unwrap_or("—");
                let organ = if h.grant.organ.is_empty() { "*" } else { &h.organ_name };
                format!("{role} [{organ}]")
            })
            .collect();
        let state = if account.disabled { say!(lang, "user-is-disabled") } else { String::new() };
        lines.push(format!("{}\t{}\t{}\t{state}", account.name, account.title, holds.join("; ")));
    }
    Ok(lines.join("\n"))
}

/// A password from the terminal, or the first line of what is piped in. Never from the arguments, which every process
/// of the machine can read.
fn ask(lang: Lang) -> anyhow::Result<String> {
    let terminal = std::io::stdin().is_terminal();
    if terminal {
        eprint!("{} ", say!(lang, "user-ask"));
        std::io::stderr().flush()?;
    }
    let hidden = terminal && quiet(true);
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    if hidden {
        quiet(false);
        eprintln!();
    }
    read?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Lets the terminal show what is typed, or not; whether it could.
fn quiet(quiet: bool) -> bool {
    let word = if quiet { "-echo" } else { "echo" };
    std::process::Command::new("stty").arg(word).status().is_ok_and(|s| s.success())
}
