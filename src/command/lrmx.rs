//! `takeroot lrmx`: check folders of `.lrmx` files, make a workbook of them, make them from a workbook.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::{IsTerminal as _, Write as _};
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context as _, bail};
use rayon::prelude::*;
use takeroot_civil::{Event, Fact};
use takeroot_exchange::lrmx::{
    Fault, FaultCode, FileReading, MAX_BYTES, encode, read_file, read_workbook, write_workbook,
};
use takeroot_words::{Lang, Say as _};

use crate::cli::Context;
use crate::out;
use crate::words::say;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    Check(CheckArgs),
    Convert(ConvertArgs),
}

#[derive(Debug, clap::Args)]
struct CheckArgs {
    #[arg(required = true, value_name = "DIR|FILE")]
    paths: Vec<PathBuf>,

    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("target").required(true).args(["xlsx", "lrmx"])))]
struct ConvertArgs {
    #[arg(required = true, value_name = "DIR|FILE")]
    paths: Vec<PathBuf>,

    #[arg(long, value_name = "FILE.xlsx")]
    xlsx: Option<PathBuf>,

    #[arg(long, value_name = "DIR")]
    lrmx: Option<PathBuf>,

    #[arg(long)]
    overwrite: bool,
}

/// Runs it.
pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    match &args.action {
        Action::Check(args) => check(args, ctx),
        Action::Convert(args) => match (&args.xlsx, &args.lrmx) {
            (Some(to), _) => to_workbook(args, to, ctx),
            (None, Some(to)) => from_workbook(args, to, ctx),
            (None, None) => bail!("{}", say!(ctx.lang, "lrmx-no-target")),
        },
    }
}

/// A file to read, and the name it goes under.
struct Found {
    name: String,
    path: PathBuf,
}

/// The `.lrmx` files named, and those in and below the folders named, in the order of their names.
fn find(paths: &[PathBuf], lang: Lang) -> anyhow::Result<Vec<Found>> {
    let mut found = Vec::new();
    for path in paths {
        let kind = fs::metadata(path)
            .with_context(|| say!(lang, "lrmx-no-such-path", path = path.display().to_string()))?;
        let own = path.file_name().map(|n| n.to_string_lossy().into_owned());
        if kind.is_dir() {
            let prefix = if paths.len() > 1 { own.unwrap_or_default() } else { String::new() };
            walk(path, &prefix, &mut found)
                .with_context(|| say!(lang, "lrmx-no-such-path", path = path.display().to_string()))?;
        } else {
            found.push(Found { name: own.unwrap_or_else(|| path.display().to_string()), path: path.clone() });
        }
    }
    if found.is_empty() {
        bail!("{}", say!(lang, "lrmx-none"));
    }
    // Two files of one name, each named by itself: the paths tell them apart.
    let mut seen: HashSet<String> = HashSet::new();
    for file in &mut found {
        while !seen.insert(file.name.clone()) {
            let parent =
                file.path.parent().and_then(Path::file_name).map(|n| n.to_string_lossy().into_owned());
            file.name = format!("{}/{}", parent.unwrap_or_else(|| seen.len().to_string()), file.name);
        }
    }
    Ok(found)
}

fn walk(dir: &Path, prefix: &str, found: &mut Vec<Found>) -> std::io::Result<()> {
    let mut entries = fs::read_dir(dir)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let own = entry.file_name().to_string_lossy().into_owned();
        let name = if prefix.is_empty() { own.clone() } else { format!("{prefix}/{own}") };
        // A link to a folder is not followed: it may lead back up.
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &name, found)?;
        } else if own.to_ascii_lowercase().ends_with(".lrmx") && !own.starts_with('.') {
            found.push(Found { name, path: entry.path() });
        }
    }
    Ok(())
}

/// Progress on a terminal, for many files.
struct Progress {
    done: AtomicUsize,
    total: usize,
    shown: bool,
    lang: Lang,
}

impl Progress {
    fn new(total: usize, lang: Lang) -> Progress {
        Progress {
            done: AtomicUsize::new(0),
            total,
            shown: total > 200 && std::io::stderr().is_terminal(),
            lang,
        }
    }

    fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.shown && (done.is_multiple_of(100) || done == self.total) {
            let said =
                say!(self.lang, "lrmx-progress", done = done.to_string(), total = self.total.to_string());
            // Nothing depends on whether the terminal shows it.
            let _ = write!(std::io::stderr(), "\r{said}{}", if done == self.total { "\n" } else { "" });
        }
    }
}

/// Reads files, `keep` of each what is wanted, in their order.
fn read<T: Send>(files: &[Found], lang: Lang, keep: impl Fn(FileReading) -> T + Sync) -> Vec<T> {
    let progress = Progress::new(files.len(), lang);
    files
        .par_iter()
        .map(|file| {
            let reading = match bytes(&file.path) {
                Ok(bytes) => read_file(&file.name, &bytes),
                Err(fault) => FileReading::unread(&file.name, fault),
            };
            progress.step();
            keep(reading)
        })
        .collect()
}

fn bytes(path: &Path) -> Result<Vec<u8>, Fault> {
    let disk = |e: std::io::Error| Fault::new(FaultCode::Disk, &e.to_string());
    let size = fs::metadata(path).map_err(disk)?.len();
    if size > MAX_BYTES as u64 {
        let limit = format!("{} MiB", MAX_BYTES >> 20);
        return Err(Fault::new(FaultCode::TooLarge, &format!("{} MiB", size >> 20)).expected(limit));
    }
    fs::read(path).map_err(disk)
}

/// What `check` tells of one file.
#[derive(serde::Serialize)]
struct Person {
    file: String,
    name: String,
    /// How many facts of each kind were read.
    events: BTreeMap<String, usize>,
}

#[derive(serde::Serialize)]
struct Report {
    files: usize,
    read: usize,
    faults: Vec<Fault>,
    people: Vec<Person>,
}

fn count(events: &[Event]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for event in events {
        *counts.entry(kind(&event.fact)).or_default() += 1;
    }
    counts
}

/// The code of a fact, as files and JSON carry it.
fn kind(fact: &Fact) -> String {
    let value = serde_json::to_value(fact).unwrap_or_default();
    value.get("fact").and_then(|f| f.as_str()).unwrap_or_default().to_owned()
}

fn check(args: &CheckArgs, ctx: &Context) -> anyhow::Result<ExitCode> {
    let files = find(&args.paths, ctx.lang)?;
    let read = read(&files, ctx.lang, |reading| {
        let person = reading.reading.map(|r| Person {
            file: reading.name,
            name: r.career.person.name,
            events: count(&r.career.events),
        });
        (person, reading.faults)
    });
    let mut report = Report { files: files.len(), read: 0, faults: Vec::new(), people: Vec::new() };
    for (person, faults) in read {
        report.people.extend(person);
        report.faults.extend(faults);
    }
    report.read = report.people.len();
    if args.json {
        out::json(&report)?;
    } else {
        out::print(&told(&report, ctx.lang))?;
    }
    Ok(exit(&report.faults))
}

/// Exit code: notes do not count.
fn exit(faults: &[Fault]) -> ExitCode {
    ExitCode::from(u8::from(faults.iter().any(|f| !f.is_note())))
}

/// The groups of facts that the table counts.
const GROUPS: [&[&str]; 6] = [
    &["educated"],
    &["recruited", "registered", "posted", "worked", "seconded-out", "seconded-back", "left"],
    &["appointed", "relieved"],
    &["ranked"],
    &["assessed"],
    &["rewarded", "sanctioned"],
];

fn told(report: &Report, lang: Lang) -> String {
    let mut rows = vec![vec![
        say!(lang, "lrmx-head-file"),
        say!(lang, "lrmx-head-name"),
        say!(lang, "lrmx-head-education"),
        say!(lang, "lrmx-head-organs"),
        say!(lang, "lrmx-head-posts"),
        say!(lang, "lrmx-head-ranks"),
        say!(lang, "lrmx-head-assessments"),
        say!(lang, "lrmx-head-merits"),
        say!(lang, "lrmx-head-faults"),
    ]];
    let mut faults: BTreeMap<&str, usize> = BTreeMap::new();
    for fault in report.faults.iter().filter(|f| !f.is_note()) {
        *faults.entry(fault.file.as_str()).or_default() += 1;
    }
    for person in &report.people {
        let mut row = vec![person.file.clone(), person.name.clone()];
        for group in GROUPS {
            let sum: usize = group.iter().filter_map(|k| person.events.get(*k)).sum();
            row.push(sum.to_string());
        }
        row.push(faults.get(person.file.as_str()).copied().unwrap_or(0).to_string());
        rows.push(row);
    }
    let mut text = out::table(&rows, &[2, 3, 4, 5, 6, 7, 8]);
    let (notes, real): (Vec<&Fault>, Vec<&Fault>) = report.faults.iter().partition(|f| f.is_note());
    for (title, list) in [(say!(lang, "lrmx-faults"), real), (say!(lang, "lrmx-notes"), notes)] {
        if !list.is_empty() {
            text.push_str(&format!("\n{title}\n"));
            for fault in list {
                text.push_str(&format!("  {}\n", fault.say(lang)));
            }
        }
    }
    text.push('\n');
    text.push_str(&summary(report.files, report.read, &report.faults, lang));
    text.push('\n');
    text
}

fn summary(files: usize, read: usize, faults: &[Fault], lang: Lang) -> String {
    let real = faults.iter().filter(|f| !f.is_note()).count();
    say!(
        lang,
        "lrmx-summary",
        files = files.to_string(),
        read = read.to_string(),
        faults = real.to_string(),
        notes = (faults.len() - real).to_string()
    )
}

/// Says faults on standard error.
fn tell(faults: &[Fault], lang: Lang) {
    for fault in faults.iter().filter(|f| !f.is_note()) {
        eprintln!("{}", fault.say(lang));
    }
}

fn to_workbook(args: &ConvertArgs, to: &Path, ctx: &Context) -> anyhow::Result<ExitCode> {
    let files = find(&args.paths, ctx.lang)?;
    if to.exists() && !args.overwrite {
        bail!("{}", say!(ctx.lang, "lrmx-exists", path = to.display().to_string()));
    }
    let read = read(&files, ctx.lang, |reading| reading);
    let bytes = write_workbook(&read, ctx.lang).map_err(|fault| anyhow::anyhow!(fault.say(ctx.lang)))?;
    whole(to, &bytes).with_context(|| say!(ctx.lang, "lrmx-not-written", path = to.display().to_string()))?;
    let good = read.iter().filter(|r| r.document.is_some()).count();
    let faults: Vec<Fault> = read.into_iter().flat_map(|r| r.faults).collect();
    tell(&faults, ctx.lang);
    out::print(&format!("{}\n", summary(files.len(), good, &faults, ctx.lang)))?;
    out::print(&format!("{}\n", say!(ctx.lang, "lrmx-written-book", path = to.display().to_string())))?;
    Ok(exit(&faults))
}

fn from_workbook(args: &ConvertArgs, to: &Path, ctx: &Context) -> anyhow::Result<ExitCode> {
    let mut faults = Vec::new();
    let mut written = 0usize;
    let mut taken: HashSet<PathBuf> = HashSet::new();
    for path in &args.paths {
        let book = path.display().to_string();
        let bytes =
            fs::read(path).with_context(|| say!(ctx.lang, "lrmx-no-such-path", path = book.as_str()))?;
        let back = read_workbook(&bytes).map_err(|fault| anyhow::anyhow!(fault.file(&book).say(ctx.lang)))?;
        faults.extend(back.faults);
        let progress = Progress::new(back.documents.len(), ctx.lang);
        for (name, document) in back.documents {
            progress.step();
            let Some(target) = inside(to, &name) else {
                let what = say!(ctx.lang, "lrmx-bad-name", name = name.as_str());
                faults.push(Fault::new(FaultCode::Workbook, &what).file(&book));
                continue;
            };
            let clash = !taken.insert(target.clone());
            if clash || (target.exists() && !args.overwrite) {
                let what = say!(ctx.lang, "lrmx-exists", path = target.display().to_string());
                faults.push(Fault::new(FaultCode::Disk, &what).file(&name));
                continue;
            }
            match whole(&target, &encode(&document)) {
                Ok(()) => written += 1,
                Err(error) => faults.push(Fault::new(FaultCode::Disk, &error.to_string()).file(&name)),
            }
        }
    }
    tell(&faults, ctx.lang);
    let said =
        say!(ctx.lang, "lrmx-written-files", count = written.to_string(), path = to.display().to_string());
    out::print(&format!("{said}\n"))?;
    Ok(exit(&faults))
}

/// The place of a file below a folder; `None` for a name that would leave it or that a disk refuses.
fn inside(dir: &Path, name: &str) -> Option<PathBuf> {
    let name = name.trim();
    if name.is_empty() || name.chars().any(|c| c.is_control() || r#"\:*?"<>|"#.contains(c)) {
        return None;
    }
    let path = Path::new(name);
    if !path.components().all(|c| matches!(c, Component::Normal(_))) {
        return None;
    }
    let named =
        if name.to_ascii_lowercase().ends_with(".lrmx") { name.to_owned() } else { format!("{name}.lrmx") };
    Some(dir.join(named))
}

/// Writes a whole file or none: under another name first, then renamed. A run that is broken off leaves at most
/// the other name behind, which begins with a dot and is not read as a form.
fn whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let dir = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(dir)?;
    let own = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let part = dir.join(format!(".{own}.{}.part", std::process::id()));
    let written = fs::File::create(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let done = written.and_then(|()| fs::rename(&part, path));
    if done.is_err() {
        // The first error is the one to tell.
        let _ = fs::remove_file(&part);
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let dir = Path::new("out");
        for name in ["../x.lrmx", "/x.lrmx", "a/../../x", "", "a\\b", "c:x", "a/./../b"] {
            assert_eq!(inside(dir, name), None, "{name}");
        }
        assert_eq!(inside(dir, "a/b.LRMX"), Some(PathBuf::from("out/a/b.LRMX")));
        assert_eq!(inside(dir, "b"), Some(PathBuf::from("out/b.lrmx")));
    }
}
