//! Lists the shipped policy documents, so that a file put into `policies/` is in the binary without further ado.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a build script reads files; the crate does not"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root =
        PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("../../policies");
    let mut files = Vec::new();
    collect(&root, ".toml", &mut files)?;
    let code = listed(&root, files)?;
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?).join("shipped.in");
    fs::write(out, code)?;
    let mut cases = Vec::new();
    collect(&root, ".cases.md", &mut cases)?;
    fs::write(
        PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?).join("cases.in"),
        listed(&root, cases)?,
    )
}

/// The files as a Rust list of name and text.
fn listed(root: &Path, mut files: Vec<PathBuf>) -> io::Result<String> {
    files.sort();
    let mut code = String::from("&[\n");
    for file in &files {
        let name = file.strip_prefix(root).map_err(io::Error::other)?.to_string_lossy().replace('\\', "/");
        let path = file.canonicalize()?;
        let _ = writeln!(code, "    ({name:?}, include_str!({path:?})),");
    }
    code.push_str("]\n");
    Ok(code)
}

fn collect(dir: &Path, ending: &str, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", dir.display());
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        // What people do is no rule: those documents are the lab's, in another form.
        if path.is_dir() && path.file_name().is_some_and(|name| name == "behaviour") {
            continue;
        }
        if path.is_dir() {
            collect(&path, ending, files)?;
        } else if path.to_string_lossy().ends_with(ending) {
            files.push(path);
        }
    }
    Ok(())
}
