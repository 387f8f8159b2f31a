//! The policy documents that a command works with: those in the binary, with `--policies DIR` laid over them; and
//! the stacks made of them.

use std::fmt;
use std::fs;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use takeroot_policy::{Asked, Document, DocumentFault, Library, Stack, StackSpec};
use takeroot_words::{Lang, Say as _};

use crate::cli::Context;
use crate::words::say;

/// Documents that have faults: an error that is printed as it is, and the input's fault (exit code 1).
#[derive(Debug)]
pub struct Unsound(String);

impl fmt::Display for Unsound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.trim_end())
    }
}

impl std::error::Error for Unsound {}

/// The documents at hand.
///
/// # Errors
/// [`Unsound`] with every document that cannot be read, its line drawn; or the directory cannot be read.
pub fn load(ctx: &Context) -> anyhow::Result<Library> {
    let (library, faults) = read(ctx)?;
    if faults.is_empty() {
        return Ok(library);
    }
    let mut told = drawn(&faults, ctx.lang);
    told.push_str(&say!(ctx.lang, "policies-unread", count = faults.len().to_string()));
    Err(Unsound(told).into())
}

/// The documents that can be read, and what keeps the others from it.
///
/// # Errors
/// If the directory or a file in it cannot be read at all.
pub fn read(ctx: &Context) -> anyhow::Result<(Library, Vec<DocumentFault>)> {
    let mut faults = Vec::new();
    let shipped = match Library::shipped() {
        Ok(library) => library,
        Err(wrong) => {
            faults.extend(wrong);
            let readable = Library::shipped_files()
                .iter()
                .map(|(file, text)| (*file, text.as_bytes()))
                .filter(|(file, text)| Document::parse(file, text).is_ok());
            Library::of(readable).unwrap_or_default()
        }
    };
    let Some(dir) = &ctx.policies else {
        return Ok((shipped, faults));
    };
    let mut paths = Vec::new();
    collect(dir, &mut paths, ctx.lang)?;
    paths.sort();
    // A directory may bring nothing but what people do (`behaviour/`): then the rules are those in the binary.
    if paths.is_empty() && !dir.join("behaviour").is_dir() {
        anyhow::bail!(say!(ctx.lang, "policies-none", dir = dir.display().to_string()));
    }
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for path in paths {
        let name = path.display().to_string();
        let bytes = fs::read(&path).with_context(|| say!(ctx.lang, "cannot-read", path = name.as_str()))?;
        files.push((name, bytes));
    }
    loop {
        let named = files.iter().map(|(n, b)| (n.as_str(), b.as_slice()));
        match shipped.clone().with(named) {
            Ok(library) => return Ok((library, faults)),
            Err(wrong) => {
                // What cannot be read is told and left out; the rest still makes a library.
                let before = files.len();
                files.retain(|(name, _)| !wrong.iter().any(|fault| fault.file == *name));
                faults.extend(wrong);
                if files.len() == before {
                    return Ok((shipped, faults));
                }
            }
        }
    }
}

/// Every `*.toml` below a directory; links to directories are not followed.
fn collect(dir: &Path, paths: &mut Vec<PathBuf>, lang: Lang) -> anyhow::Result<()> {
    let cannot = || say!(lang, "cannot-read", path = dir.display().to_string());
    for entry in fs::read_dir(dir).with_context(cannot)? {
        let entry = entry.with_context(cannot)?;
        let path = entry.path();
        if entry.file_type().with_context(cannot)?.is_dir() {
            // What people do is no rule: those documents are read by `takeroot lab`.
            if path.file_name().is_some_and(|name| name == "behaviour") {
                continue;
            }
            collect(&path, paths, lang)?;
        } else if path.extension().is_some_and(|e| e == "toml") && path.is_file() {
            paths.push(path);
        }
    }
    Ok(())
}

/// Faults with their lines; in colour when standard error is a terminal that wants it.
pub fn drawn(faults: &[DocumentFault], lang: Lang) -> String {
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    faults.iter().map(|f| f.drawn(lang, colour)).collect()
}

/// A stack and its day as one word: `law@2016-01-01`, `law@2026-01-01/99`, `as-in-2013`, `law+one-rise-one-fall`.
///
/// # Errors
/// What is wrong with the word, in the reader's language.
pub fn stack_spec(ctx: &Context, text: &str) -> anyhow::Result<Asked> {
    text.parse::<Asked>().map_err(|error| anyhow::anyhow!(error.say(ctx.lang)))
}

/// The stack of a spec.
///
/// # Errors
/// A proposal or baseline that does not exist, in the reader's language, with those that do.
pub fn stack<'l>(ctx: &Context, library: &'l Library, spec: StackSpec) -> anyhow::Result<Stack<'l>> {
    Stack::new(library, spec).map_err(|error| anyhow::anyhow!(error.say(ctx.lang)))
}

/// The digits typed after `--place`.
///
/// # Errors
/// If they are not digits.
pub fn place(ctx: &Context, text: Option<&str>) -> anyhow::Result<Option<String>> {
    text.map(|text| takeroot_policy::spec::place(text).map_err(|error| anyhow::anyhow!(error.say(ctx.lang))))
        .transpose()
}
