//! Fetches the browser libraries and fonts that `assets/package-lock.json` names, once, and bundles them with our own
//! styles and scripts: `assets/bundle.mjs` does the work, this file only decides when.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

fn main() -> ExitCode {
    match bundle() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            // Cargo shows this text in its own frame when a build script fails.
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn bundle() -> Result<(), String> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(|e| e.to_string())?);
    let assets = root
        .join("../../assets")
        .canonicalize()
        .map_err(|e| format!("the folder assets/ is missing: {e}"))?;
    let out = PathBuf::from(env::var("OUT_DIR").map_err(|e| e.to_string())?).join("bundle");
    for watched in [
        "package.json",
        "package-lock.json",
        ".npmrc",
        "bundle.mjs",
        "icons.txt",
        "favicon.svg",
        "styles",
        "scripts",
    ] {
        // Relative, so that a tree which was moved is watched where it is.
        println!("cargo::rerun-if-changed=../../assets/{watched}");
    }
    fetch(&assets)?;
    run(
        Command::new("node").arg("bundle.mjs").arg(&out).current_dir(&assets),
        "bundling the styles and scripts",
    )
}

/// `npm ci`, when the libraries are not there or are those of another lock file.
fn fetch(assets: &Path) -> Result<(), String> {
    let read = |path: &Path| fs::read(path).unwrap_or_default();
    let lock = read(&assets.join("package-lock.json"));
    let fetched = assets.join("node_modules/.fetched-for");
    if !lock.is_empty() && read(&fetched) == lock {
        return Ok(());
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    run(
        Command::new(npm).args(["ci", "--ignore-scripts", "--no-progress"]).current_dir(assets),
        "fetching the browser libraries with npm (this needs the package registry once)",
    )?;
    fs::write(&fetched, lock).map_err(|e| format!("{}: {e}", fetched.display()))
}

fn run(command: &mut Command, doing: &str) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let done = command.output().map_err(|e| {
        format!("{doing}: `{program}` does not start ({e}). Building needs Node.js 20 or later with npm; see README.")
    })?;
    if done.status.success() {
        return Ok(());
    }
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Err(format!("{doing} failed ({}):\n{}{}", done.status, said(&done.stdout), said(&done.stderr)))
}
