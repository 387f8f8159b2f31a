//! The one binary `takeroot`: what was typed, then one call.

mod cli;
mod clock;
mod command;
mod help;
mod library;
mod load;
mod open;
mod out;
mod words;

use std::process::ExitCode;

/// Gives memory back after an export; the system's keeps what each thread once used.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let (typed, ctx) = match cli::read(std::env::args_os()) {
        Ok(read) => read,
        Err(exit) => return exit,
    };
    match typed.command.run(&ctx) {
        Ok(code) => code,
        Err(error) if error.is::<library::Unsound>() => {
            eprintln!("{error}");
            ExitCode::from(1)
        }
        Err(error) => {
            out::error(&ctx, &error);
            ExitCode::from(2)
        }
    }
}
