//! What was typed.
//!
//! Commands and options are declared once, in the derive structs of `command/`; their help texts stand in the
//! Fluent files under `help-…` and are put in by [`crate::help`], so that `--help` speaks both languages.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};
use takeroot_words::Lang;

use crate::command::Command;
use crate::help;

/// Everything that was typed.
#[derive(Debug, clap::Parser)]
#[command(name = "takeroot", version, disable_help_subcommand = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,

    #[arg(long, global = true, value_name = "zh|en")]
    pub lang: Option<Lang>,

    #[arg(long, global = true, value_name = "DIR")]
    pub policies: Option<std::path::PathBuf>,
}

/// What every command is given.
#[derive(Debug, Clone)]
pub struct Context {
    /// The reader's language.
    pub lang: Lang,
    /// An office's own policy documents, laid over the shipped ones.
    pub policies: Option<std::path::PathBuf>,
}

/// Reads the arguments; an `Err` has already been told to the reader.
pub fn read(args: impl Iterator<Item = OsString>) -> Result<(Cli, Context), ExitCode> {
    let args: Vec<OsString> = args.collect();
    let lang = language(&args, |name| std::env::var(name).ok());
    let command = help::localise(Cli::command(), lang);
    let typed =
        command.try_get_matches_from(&args).and_then(|m| Cli::from_arg_matches(&m)).map_err(|error| {
            help::tell(&error, lang);
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
        })?;
    let ctx = Context { lang: typed.lang.unwrap_or(lang), policies: typed.policies.clone() };
    Ok((typed, ctx))
}

/// The language asked for by `--lang`, else by `TAKEROOT_LANG`, `LC_ALL` or `LANG`; Chinese when none says English.
fn language(args: &[OsString], env: impl Fn(&str) -> Option<String>) -> Lang {
    let texts: Vec<&str> = args.iter().filter_map(|a| a.to_str()).collect();
    let typed = texts.iter().enumerate().find_map(|(at, text)| match text.strip_prefix("--lang") {
        Some("") => texts.get(at + 1).and_then(|t| t.parse().ok()),
        Some(rest) => rest.strip_prefix('=').and_then(|t| t.parse().ok()),
        None => None,
    });
    typed.or_else(|| env("TAKEROOT_LANG").and_then(|v| v.parse().ok())).unwrap_or_else(|| {
        let system = env("LC_ALL").filter(|v| !v.is_empty()).or_else(|| env("LANG")).unwrap_or_default();
        if system.starts_with("en") { Lang::En } else { Lang::Zh }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(args: &[&str], env: &[(&str, &str)]) -> Lang {
        let args: Vec<OsString> = args.iter().map(OsString::from).collect();
        language(&args, |name| env.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn what_is_typed_goes_before_the_environment() {
        assert_eq!(of(&["takeroot", "--lang", "en"], &[("LANG", "zh_CN.UTF-8")]), Lang::En);
        assert_eq!(of(&["takeroot", "--lang=zh"], &[("TAKEROOT_LANG", "en")]), Lang::Zh);
        assert_eq!(of(&["takeroot"], &[("TAKEROOT_LANG", "en")]), Lang::En);
        assert_eq!(of(&["takeroot"], &[("LANG", "en_GB.UTF-8")]), Lang::En);
        assert_eq!(of(&["takeroot"], &[("LANG", "C.UTF-8")]), Lang::Zh);
    }
}
