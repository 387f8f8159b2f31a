//! Rosters from files: a workbook, an `.lrmx` form, the product's own JSON, or a directory of any of them.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use rayon::prelude::*;
use takeroot_civil::{Career, Organ, OrganId, Roster};
use takeroot_exchange::{lrmx, roster};
use takeroot_words::Say as _;

use crate::cli::Context;
use crate::words::say;

/// A roster, and what of the files could not be read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// What could be read.
    pub roster: Roster,
    /// A sentence for each thing that could not, in the reader's language.
    pub faults: Vec<String>,
}

impl Loaded {
    /// The county that most of the organs lie in: its local instruments hold.
    pub fn place(&self) -> Option<String> {
        let mut counties: BTreeMap<String, usize> = BTreeMap::new();
        for division in self.roster.organs.iter().filter_map(|o| o.division) {
            *counties.entry(division.cut(6).to_string()).or_default() += 1;
        }
        counties.into_iter().max_by_key(|(_, count)| *count).map(|(code, _)| code)
    }

    /// The person with this number, resident identity number or (if only one has it) name.
    ///
    /// # Errors
    /// When nobody has it, or several people have the name.
    pub fn person(&self, ctx: &Context, asked: &str) -> anyhow::Result<&Career> {
        let by_number = self.roster.careers.iter().find(|c| {
            c.person.id.0 == asked || c.person.resident_id.as_ref().is_some_and(|id| id.as_str() == asked)
        });
        if let Some(career) = by_number {
            return Ok(career);
        }
        let named: Vec<&Career> = self.roster.careers.iter().filter(|c| c.person.name == asked).collect();
        match named.as_slice() {
            [one] => Ok(one),
            [] => bail!(say!(ctx.lang, "load-no-person", asked = asked)),
            several => {
                let numbers: Vec<&str> = several.iter().map(|c| c.person.id.0.as_str()).collect();
                bail!(say!(ctx.lang, "load-several", asked = asked, numbers = numbers.join(", ")))
            }
        }
    }
}

/// Reads a file or a directory.
///
/// # Errors
/// When nothing can be read of it. Faults within are in [`Loaded::faults`].
pub fn roster(ctx: &Context, path: &Path) -> anyhow::Result<Loaded> {
    let mut loaded = Loaded::default();
    if path.is_dir() {
        // A directory that `demo` or an export wrote holds the same people several times: the fullest form is read.
        for whole in ["roster.json", "roster.xlsx"] {
            let file = path.join(whole);
            if file.is_file() {
                one(ctx, &file, &mut loaded)?;
                return Ok(loaded);
            }
        }
        let mut files = Vec::new();
        collect(path, &mut files)
            .with_context(|| say!(ctx.lang, "cannot-read", path = path.display().to_string()))?;
        files.sort();
        let (forms, others): (Vec<PathBuf>, Vec<PathBuf>) =
            files.into_iter().partition(|f| ending(f) == "lrmx");
        if forms.is_empty() && others.is_empty() {
            bail!(say!(ctx.lang, "load-nothing", path = path.display().to_string()));
        }
        for file in &others {
            one(ctx, file, &mut loaded)?;
        }
        let read: Vec<lrmx::FileReading> = forms
            .par_iter()
            .map(|file| {
                let name = file.display().to_string();
                fs::read(file).map(|bytes| lrmx::read_file(&name, &bytes)).with_context(|| name.clone())
            })
            .collect::<anyhow::Result<_>>()?;
        for form in read {
            add_form(ctx, form, &mut loaded);
        }
    } else {
        one(ctx, path, &mut loaded)?;
    }
    Ok(loaded)
}

fn ending(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            collect(&path, files)?;
        } else if matches!(ending(&path).as_str(), "lrmx" | "xlsx" | "xls" | "csv") {
            files.push(path);
        }
    }
    Ok(())
}

fn one(ctx: &Context, path: &Path, loaded: &mut Loaded) -> anyhow::Result<()> {
    let name = path.display().to_string();
    let bytes = fs::read(path).with_context(|| say!(ctx.lang, "cannot-read", path = name.as_str()))?;
    match ending(path).as_str() {
        "lrmx" => add_form(ctx, lrmx::read_file(&name, &bytes), loaded),
        "json" => {
            let read: Roster = serde_json::from_slice(&bytes)
                .with_context(|| say!(ctx.lang, "load-not-a-roster", path = name.as_str()))?;
            merge(read, loaded);
        }
        _ => {
            let read = roster::read(&bytes, &name).map_err(|fault| anyhow::anyhow!(fault.say(ctx.lang)))?;
            loaded.faults.extend(read.faults.iter().map(|f| f.say(ctx.lang)));
            merge(read.roster, loaded);
        }
    }
    Ok(())
}

fn add_form(ctx: &Context, form: lrmx::FileReading, loaded: &mut Loaded) {
    loaded.faults.extend(form.faults.iter().filter(|f| !f.is_note()).map(|f| f.say(ctx.lang)));
    if let Some(reading) = form.reading {
        merge(Roster { organs: reading.organs, careers: vec![reading.career], invented: false }, loaded);
    }
}

/// Adds what was read; an organ that is there already keeps its first description.
fn merge(read: Roster, loaded: &mut Loaded) {
    let known: HashSet<OrganId> = loaded.roster.organs.iter().map(|o| o.id.clone()).collect();
    let new: Vec<Organ> = read.organs.into_iter().filter(|o| !known.contains(&o.id)).collect();
    loaded.roster.organs.extend(new);
    loaded.roster.careers.extend(read.careers);
    loaded.roster.invented |= read.invented;
}
