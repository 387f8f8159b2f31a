//! Help in two languages: puts the Fluent texts into the commands that clap was told of.
//!
//! The text of `takeroot posts` is `help-posts`, of its option `--json` `help-posts--json`, of its example
//! `help-posts-example`; options that every command has are `help---lang` and so on. A test walks the whole tree
//! and fails for a command without text or example, or an option without text.

use clap::builder::StyledStr;
use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, Command};
use takeroot_words::Lang;

use crate::words::{loader, say};

/// Puts the texts of a language into a command and all below it.
pub fn localise(command: Command, lang: Lang) -> Command {
    let template =
        format!("{{about}}\n\n{}: {{usage}}\n\n{{all-args}}{{after-help}}\n", say!(lang, "help-usage"));
    below(command, "help", lang, &template).disable_version_flag(true).arg(
        Arg::new("version")
            .long("version")
            .short('V')
            .action(clap::ArgAction::Version)
            .help(text(lang, "help---version")),
    )
}

fn text(lang: Lang, id: &str) -> StyledStr {
    loader(lang).get(id).into()
}

fn below(command: Command, id: &str, lang: Lang, template: &str) -> Command {
    let mut command = command
        .about(text(lang, id))
        .help_template(template.to_owned())
        .subcommand_help_heading(say!(lang, "help-commands"))
        .subcommand_value_name(say!(lang, "help-command"))
        .disable_help_flag(true);
    let example = format!("{id}-example");
    if loader(lang).has(&example) {
        command =
            command.after_help(format!("{}:\n{}", say!(lang, "help-examples"), loader(lang).get(&example)));
    }
    let (options, arguments) = (say!(lang, "help-options"), say!(lang, "help-arguments"));
    let ids: Vec<(clap::Id, bool, bool)> =
        command.get_arguments().map(|a| (a.get_id().clone(), a.is_positional(), a.is_global_set())).collect();
    for (arg, positional, global) in ids {
        let key = if global { format!("help---{arg}") } else { format!("{id}--{arg}") };
        let heading = if positional { arguments.clone() } else { options.clone() };
        command = command.mut_arg(arg, |a| a.help(text(lang, &key)).help_heading(heading));
    }
    command = command.arg(
        Arg::new("help")
            .long("help")
            .short('h')
            .action(clap::ArgAction::Help)
            .help(text(lang, "help---help"))
            .help_heading(options),
    );
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for name in names {
        let id = format!("{id}-{name}");
        command = command.mut_subcommand(name, |c| below(c, &id, lang, template));
    }
    command
}

/// Tells the reader why the arguments were not understood, or what was asked for (`--help`, `--version`).
pub fn tell(error: &clap::Error, lang: Lang) {
    if lang == Lang::En || !error.use_stderr() {
        // Nothing to do about a closed pipe here: the process ends next.
        let _ = error.print();
        return;
    }
    let context = |kind| error.get(kind).map(|v| v.to_string()).unwrap_or_default();
    let arg = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let said = match error.kind() {
        ErrorKind::UnknownArgument => say!(lang, "usage-unknown-argument", arg = arg),
        ErrorKind::InvalidSubcommand => {
            say!(lang, "usage-unknown-command", command = context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => say!(lang, "usage-missing-argument", arg = arg),
        ErrorKind::ArgumentConflict => {
            say!(lang, "usage-conflict", arg = arg, other = context(ContextKind::PriorArg))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let mut said = say!(lang, "usage-invalid-value", arg = arg, value = value);
            if let Some(why) = std::error::Error::source(error) {
                said.push_str(&format!("（{why}）"));
            }
            said
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            let _ = error.print();
            return;
        }
        _ => error.to_string(),
    };
    eprintln!("{}", said.trim_end());
    eprintln!("{}", say!(lang, "usage-see-help"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn walk(command: &Command, id: &str, missing: &mut Vec<String>) {
        let mut want = |key: String| {
            for lang in Lang::ALL {
                if !loader(lang).has(&key) {
                    missing.push(format!("{lang}: {key}"));
                }
            }
        };
        want(id.to_owned());
        if command.get_subcommands().next().is_none() {
            want(format!("{id}-example"));
        }
        for arg in command.get_arguments().filter(|a| a.get_id() != "help") {
            let global = arg.is_global_set() || arg.get_id() == "version";
            want(if global { format!("help---{}", arg.get_id()) } else { format!("{id}--{}", arg.get_id()) });
        }
        for sub in command.get_subcommands() {
            walk(sub, &format!("{id}-{}", sub.get_name()), missing);
        }
    }

    #[test]
    fn every_command_and_option_is_explained_in_both_languages() {
        let mut missing = Vec::new();
        walk(&crate::cli::Cli::command(), "help", &mut missing);
        assert!(missing.is_empty(), "no text for:\n{}", missing.join("\n"));
    }
}
