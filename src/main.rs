//! The one binary `takeroot`: what was typed, then one call.

mod cli;
mod command;
mod help;
mod out;
mod words;

use std::process::ExitCode;

fn main() -> ExitCode {
    let (typed, ctx) = match cli::read(std::env::args_os()) {
        Ok(read) => read,
        Err(exit) => return exit,
    };
    match typed.command.run(&ctx) {
        Ok(code) => code,
        Err(error) => {
            out::error(&ctx, &error);
            ExitCode::from(2)
        }
    }
}
