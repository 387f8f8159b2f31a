//! What a run of the lab takes: a roster, from a file or an installation; a day; assumptions; how far and how often.

use std::collections::BTreeMap;
use std::fs;
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, anyhow, bail};
use takeroot_civil::Day;
use takeroot_lab::assumption::Fitted;
use takeroot_lab::clauses::Taken;
use takeroot_lab::small::SMALLEST;
use takeroot_lab::{Assumptions, Cancel, World};
use takeroot_office::{OfficeError, Viewer};
use takeroot_policy::{Library, Rules, StackSpec, Text};
use takeroot_words::{Lang, Say as _};

use crate::cli::Context;
use crate::load::{self, Loaded};
use crate::open::Where;
use crate::words::say;
use crate::{clock, library};

#[derive(Debug, clap::Args)]
pub struct Input {
    #[arg(long, value_name = "FILE|DIR", conflicts_with_all = ["data", "database"])]
    roster: Option<PathBuf>,

    #[command(flatten)]
    place_of_data: Where,

    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<String>,

    // One; `lab report` takes several.
    #[arg(long, value_name = "law|ID", action = clap::ArgAction::Set, num_args = 1)]
    base: Vec<String>,

    #[arg(long, value_name = "CODE")]
    place: Option<String>,

    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u8).range(1..=40))]
    years: u8,

    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub replicates: u32,

    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,

    #[arg(long, value_name = "FILE.json")]
    fit: Option<PathBuf>,

    #[arg(long)]
    terms_for_all: bool,
}

/// What was read.
pub struct Ready {
    pub loaded: Loaded,
    pub library: Library,
    pub on: Day,
    pub place: Option<String>,
    pub assumptions: Assumptions,
    pub base: Option<String>,
    pub years: usize,
    /// Whether the minimum services of proposals bind those who are there already.
    pub terms_for_all: bool,
}

impl Input {
    /// How far, years.
    pub fn years(&self) -> u8 {
        self.years
    }

    /// The bases that were typed; the law where none was.
    pub fn bases(&self) -> Vec<Option<String>> {
        if self.base.is_empty() { vec![None] } else { self.base.iter().cloned().map(Some).collect() }
    }

    /// What was typed, to be typed again: without the base.
    pub fn typed(&self) -> Vec<String> {
        let mut typed: Vec<String> = Vec::new();
        let mut add = |name: &str, value: Option<String>| {
            typed.extend(value.map(|value| format!("--{name} {}", quoted(&value))));
        };
        let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
        add("roster", path(&self.roster));
        add("data", path(&self.place_of_data.data));
        // An address may hold a password.
        add("database", self.place_of_data.database.as_ref().map(|_| self.place_of_data.name()));
        add("on", self.on.clone());
        add("place", self.place.clone());
        add("fit", path(&self.fit));
        add("years", Some(self.years.to_string()));
        add("replicates", Some(self.replicates.to_string()));
        add("seed", Some(self.seed.to_string()));
        if self.terms_for_all {
            typed.push(String::from("--terms-for-all"));
        }
        typed
    }

    /// Reads everything.
    pub fn ready(&self, ctx: &Context) -> anyhow::Result<Ready> {
        let library = library::load(ctx)?;
        let loaded = match &self.roster {
            Some(path) => load::roster(ctx, path)?,
            None => self.loaded_installation(ctx)?,
        };
        let on = clock::day_or_today(ctx, self.on.as_deref())?;
        let place = library::place(ctx, self.place.as_deref())?.or_else(|| loaded.place());
        let assumptions = self.assumptions(ctx)?;
        Ok(Ready {
            loaded,
            library,
            on,
            place,
            assumptions,
            base: self.base.first().cloned(),
            years: usize::from(self.years),
            terms_for_all: self.terms_for_all,
        })
    }

    fn loaded_installation(&self, ctx: &Context) -> anyhow::Result<Loaded> {
        let told = |e: OfficeError| anyhow!(e.say(ctx.lang));
        let roster = tokio::runtime::Runtime::new()?.block_on(async {
            let office = self.place_of_data.open(ctx).await?;
            let roster = office.whole_roster(&Viewer::installation()).await;
            office.db.close().await;
            roster.map_err(told)
        })?;
        Ok(Loaded { roster, faults: Vec::new() })
    }

    /// The documents' assumptions, and a fit's figures over them.
    fn assumptions(&self, ctx: &Context) -> anyhow::Result<Assumptions> {
        let assumptions = assumptions(ctx)?;
        let Some(file) = &self.fit else { return Ok(assumptions) };
        let path = file.display().to_string();
        let bytes = fs::read(file).with_context(|| say!(ctx.lang, "cannot-read", path = path.as_str()))?;
        let fit: Fit = serde_json::from_slice(&bytes)
            .with_context(|| say!(ctx.lang, "lab-not-a-fit", path = path.as_str()))?;
        let nameless = |lang| say!(lang, "lab-fitted-elsewhere", file = path.as_str());
        let figures = fit.coefficients.into_iter().map(|(key, f)| {
            let FitFigure { value, low, high, own_share, source } = f;
            let source = source.unwrap_or_else(|| Text { zh: nameless(Lang::Zh), en: nameless(Lang::En) });
            // Whoever does not say how far figures rest on a history is not taken to.
            (key, Fitted { value, low, high, own_share: own_share.unwrap_or(0.0), source })
        });
        assumptions
            .with_fit(&figures.collect())
            .map_err(|keys| anyhow!(say!(ctx.lang, "lab-fit-unknown", keys = keys.join(", "))))
    }
}

/// The shipped assumptions, with those of `behaviour` below the office's own documents in their place.
pub fn assumptions(ctx: &Context) -> anyhow::Result<Assumptions> {
    let mut files: BTreeMap<String, Vec<u8>> = takeroot_lab::assumption::SHIPPED
        .iter()
        .map(|(file, text)| ((*file).to_owned(), text.as_bytes().to_vec()))
        .collect();
    if let Some(dir) = ctx.policies.as_ref().map(|dir| dir.join("behaviour")).filter(|dir| dir.is_dir()) {
        let cannot = || say!(ctx.lang, "cannot-read", path = dir.display().to_string());
        for entry in fs::read_dir(&dir).with_context(cannot)? {
            let path = entry.with_context(cannot)?.path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                files.insert(name, fs::read(&path).with_context(cannot)?);
            }
        }
    }
    let read = Assumptions::of(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    read.map_err(|faults| {
        let said: Vec<String> = faults.iter().map(|fault| fault.say(ctx.lang)).collect();
        anyhow!(said.join("\n"))
    })
}

/// What a fit hands over: figures by the key of the assumption that they take the place of.
#[derive(serde::Deserialize)]
struct Fit {
    coefficients: BTreeMap<String, FitFigure>,
}

#[derive(serde::Deserialize)]
struct FitFigure {
    value: f64,
    low: f64,
    high: f64,
    own_share: Option<f64>,
    source: Option<Text>,
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':' | '@' | '+' | '=');
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

impl Ready {
    /// The roster under the base with proposals.
    pub fn world(&self, ctx: &Context, proposals: &[String]) -> anyhow::Result<Arc<World>> {
        self.world_on(ctx, self.base.as_ref(), proposals)
    }

    /// The roster under a base with proposals.
    pub fn world_on(
        &self,
        ctx: &Context,
        base: Option<&String>,
        proposals: &[String],
    ) -> anyhow::Result<Arc<World>> {
        let rules = |proposals: &[String]| -> anyhow::Result<Rules> {
            Ok(Rules::at(&library::stack(ctx, &self.library, self.spec(base, proposals))?, self.on))
        };
        let (roster, with) = (&self.loaded.roster, rules(proposals)?);
        let world = if proposals.is_empty() || self.terms_for_all {
            World::of(roster, Arc::new(with))
        } else {
            World::beside(roster, &with, &rules(&[])?)
        };
        match world.people() {
            0 => bail!(say!(ctx.lang, "lab-nobody", day = self.on.to_string())),
            people if people < SMALLEST => {
                bail!(say!(
                    ctx.lang,
                    "lab-too-few",
                    people = people.to_string(),
                    least = SMALLEST.to_string()
                ))
            }
            _ => Ok(Arc::new(world)),
        }
    }

    /// How the lab takes each clause of the proposals.
    pub fn clauses(
        &self,
        ctx: &Context,
        proposals: &[String],
        base: &World,
        with: &World,
    ) -> anyhow::Result<Vec<Taken>> {
        self.clauses_on(ctx, self.base.as_ref(), proposals, (base, with))
    }

    /// The same on a base.
    pub fn clauses_on(
        &self,
        ctx: &Context,
        on: Option<&String>,
        proposals: &[String],
        (base, with): (&World, &World),
    ) -> anyhow::Result<Vec<Taken>> {
        let stack = library::stack(ctx, &self.library, self.spec(on, proposals))?;
        Ok(takeroot_lab::clauses(&stack, base, with))
    }

    fn spec(&self, base: Option<&String>, proposals: &[String]) -> StackSpec {
        StackSpec { baseline: base.cloned(), proposals: proposals.to_vec(), place: self.place.clone() }
    }

    /// Whom the minimum services of proposals bind: `recruits` of the run, or `everybody`.
    pub fn terms_bind(&self) -> &'static str {
        if self.terms_for_all { "everybody" } else { "recruits" }
    }
}

/// A flag that Ctrl-C sets.
pub fn cancel() -> anyhow::Result<Arc<Cancel>> {
    let cancel = Arc::new(Cancel::default());
    let asked = cancel.clone();
    ctrlc::set_handler(move || asked.cancel())?;
    Ok(cancel)
}

/// Tells progress on standard error, if somebody looks at it.
pub fn progress(ctx: &Context) -> impl Fn(usize, usize) + Sync + use<> {
    let (lang, shows) = (ctx.lang, std::io::stderr().is_terminal());
    move |done, all| {
        if shows {
            let percent = done * 100 / all.max(1);
            eprint!("\r\x1b[K{}", say!(lang, "lab-progress", percent = percent.to_string()));
            if done == all {
                eprint!("\r\x1b[K");
            }
        }
    }
}
