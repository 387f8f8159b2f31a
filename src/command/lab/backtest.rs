//! `takeroot lab backtest`: fit up to a day, project on, and compare with what happened.

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::anyhow;
use serde_json::{Value, json};
use takeroot_survival::backtest::{Backtest, Errors, Figure, How, LEVELS, Series};
use takeroot_words::{Lang, Say as _};

use super::file;
use super::fit::hazards_json;
use super::spells::{self, From, Read};
use crate::cli::Context;
use crate::out;
use crate::words::say;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    from: From,

    #[arg(long, value_name = "DATE")]
    until: String,

    #[arg(long, value_name = "DATE")]
    through: String,

    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(20..=100_000))]
    draws: u32,

    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    #[arg(long, value_name = "FILE.parquet|FILE.arrow")]
    out: Option<PathBuf>,

    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let out_file = file::Out::at(args.out.as_deref(), ctx)?;
    let how = How {
        until: spells::last_day(ctx, &args.until)?,
        through: spells::last_day(ctx, &args.through)?,
        draws: args.draws,
        seed: args.seed,
    };
    let read = args.from.read(Some(how.until), true, ctx)?;
    let spells = &read.spells;
    let (done, shown) = (AtomicU32::new(0), std::io::stderr().is_terminal());
    let step = || {
        let now = done.fetch_add(1, Ordering::Relaxed) + 1;
        if shown && (now.is_multiple_of(50) || now == args.draws) {
            let said =
                say!(ctx.lang, "lab-draws-progress", done = now.to_string(), total = args.draws.to_string());
            // Nothing depends on whether the terminal shows it.
            let _ = write!(std::io::stderr(), "\r{said}{}", if now == args.draws { "\n" } else { "" });
        }
    };
    let backtest = spells.backtest(how, &step).map_err(|why| anyhow!(why.say(ctx.lang)))?;
    if let Some(to) = out_file {
        to.write(file::backtested(&backtest), "backtest", &head(&read, &backtest), ctx)?;
    }
    if args.json {
        out::json(&report(&read, &backtest, ctx))?;
    } else {
        out::print(&words(&read, &backtest, ctx))?;
    }
    Ok(spells::tell_flaws(spells, ctx))
}

/// What it was made from.
fn head(read: &Read, backtest: &Backtest) -> Value {
    json!({
        "file": read.file,
        "map": read.map,
        "invented": read.invented,
        "since": read.since,
        "until": backtest.how.until,
        "through": backtest.how.through,
        "draws": backtest.how.draws,
        "seed": backtest.how.seed,
    })
}

fn report(read: &Read, backtest: &Backtest, ctx: &Context) -> Value {
    let spells = &read.spells;
    let coverage = |c: &[f64; 3]| json!({ "50": c[0], "80": c[1], "95": c[2] });
    let errors = |e: &Errors| json!({ "mae": e.mae, "wape": e.wape, "mape": e.mape, "bias": e.bias });
    let figure = |f: &Figure| {
        let interval = |n: usize| f.intervals.get(n).map(|(low, high)| json!({ "low": low, "high": high }));
        json!({
            "from": backtest.periods.get(f.period).map(|p| p.0),
            "to": backtest.periods.get(f.period).map(|p| p.1),
            "actual": f.actual, "forecast": f.expected, "mean": f.mean, "error": f.expected - f.actual,
            "interval_50": interval(0), "interval_80": interval(1), "interval_95": interval(2),
            "sd": { "chance": f.parts[0], "coefficients": f.parts[1], "years": f.parts[2] },
            "last_years_rate": f.last_rate, "cohorts_rate": f.cohort_rate,
        })
    };
    let series = |s: &Series| {
        json!({
            "group": s.group.as_ref().map(|(name, level)| json!({ "term": name, "value": level })),
            "cause": s.cause,
            "periods": s.figures.iter().map(figure).collect::<Vec<_>>(),
            "coverage": coverage(&s.coverage),
            "errors": {
                "model": errors(&s.errors[0]),
                "last_years_rate": errors(&s.errors[1]),
                "cohorts_rate": errors(&s.errors[2]),
            },
            "model_better": s.better(),
        })
    };
    let of = |chosen: &dyn Fn(&Series) -> bool| -> Vec<Value> {
        backtest.series.iter().filter(|s| chosen(s)).map(series).collect()
    };
    json!({
        "file": read.file,
        "map": read.map,
        "invented": read.invented,
        "since": read.since,
        "until": backtest.how.until,
        "through": backtest.how.through,
        "draws": backtest.how.draws,
        "seed": backtest.how.seed,
        "entrants": "real",
        "read": spells::tally_json(spells, ctx),
        "there": backtest.there,
        "came": backtest.came,
        "all": backtest.series.first().map(series),
        "causes": of(&|s| s.cause.is_some()),
        "groups": of(&|s| s.group.is_some()),
        "coverage": {
            "all": backtest.series.first().map(|s| coverage(&s.coverage)),
            "causes": coverage(&backtest.coverage_causes),
            "groups": backtest.series.iter().any(|s| s.group.is_some()).then(|| coverage(&backtest.coverage_groups)),
        },
        "stock": backtest.periods.iter().zip(&backtest.stock).map(|((from, _), (actual, forecast))| {
            json!({ "on": from, "actual": actual, "forecast": forecast })
        }).collect::<Vec<_>>(),
        "ends_by_rule": backtest.periods.iter().zip(&backtest.filled).map(|((from, to), count)| {
            json!({ "from": from, "to": to, "count": count })
        }).collect::<Vec<_>>(),
        "calibration": backtest.calibration.as_ref().map(|f| json!({
            "constant": f.coefficients.first(), "constant_se": f.se.first(),
            "slope": f.coefficients.get(1), "slope_se": f.se.get(1),
        })),
        "years_sd": backtest.model.hazards.iter().map(|h| (h.cause.clone(), json!(h.years_sd))).collect::<serde_json::Map<_, _>>(),
        "hazards": hazards_json(&backtest.model, spells, ctx),
        "model_better": backtest.series.first().is_some_and(Series::better),
        "verdict": verdict(backtest, ctx.lang),
    })
}

/// What it comes to, in words: better than the naive forecasts or not, and whether the intervals are honest.
fn verdict(backtest: &Backtest, lang: Lang) -> Vec<String> {
    let percent = |share: f64| format!("{:.1} %", 100.0 * share);
    let mut said = Vec::new();
    for series in backtest.series.iter().filter(|s| s.group.is_none()) {
        let what = match &series.cause {
            None => say!(lang, "lab-all-causes"),
            Some(cause) => cause.clone(),
        };
        let [model, last, cohort] = series.errors.map(|e| e.mae);
        let (model, last, cohort) = (format!("{model:.1}"), format!("{last:.1}"), format!("{cohort:.1}"));
        said.push(if series.better() {
            say!(lang, "lab-verdict-better", what = what, model = model, last = last, cohort = cohort)
        } else {
            say!(lang, "lab-verdict-no-better", what = what, model = model, last = last, cohort = cohort)
        });
    }
    for hazard in &backtest.model.hazards {
        if let Err(why) = &hazard.fit {
            let names: Vec<String> = hazard.coefficients.iter().map(|c| c.name.clone()).collect();
            let cause = hazard.cause.as_str();
            said.push(say!(lang, "lab-hazard-none", cause = cause, why = why.say(&names, lang)));
        }
    }
    if let Some(all) = backtest.series.first() {
        let covered = percent(all.coverage[1]);
        // Of few periods the share jumps: told as wanting only where it is far off.
        let honest = all.coverage[1] >= 0.6;
        said.push(if honest {
            say!(lang, "lab-verdict-covered", covered = covered)
        } else {
            say!(lang, "lab-verdict-narrow", covered = covered)
        });
        if all.coverage[0] >= 0.9 && all.figures.len() >= 5 {
            said.push(say!(lang, "lab-verdict-wide", covered = percent(all.coverage[0])));
        }
    }
    said
}

fn words(read: &Read, backtest: &Backtest, ctx: &Context) -> String {
    let lang = ctx.lang;
    let mut said = say!(
        lang,
        "lab-backtest-heading",
        file = read.file.as_str(),
        until = backtest.how.until.to_string(),
        through = backtest.how.through.to_string()
    );
    said.push('\n');
    said.push_str(&spells::own_words(read, ctx));
    said.push_str(&spells::tally_words(&read.spells, ctx));
    said.push_str(&say!(lang, "lab-backtest-there", there = backtest.there, came = backtest.came));
    said.push_str("\n\n");
    for series in backtest.series.iter().filter(|s| s.group.is_none()) {
        let what = series.cause.clone().unwrap_or_else(|| say!(lang, "lab-all-causes"));
        said.push_str(&say!(lang, "lab-backtest-series", what = what));
        said.push('\n');
        said.push_str(&figures(series, backtest, lang));
        said.push('\n');
    }
    said.push_str(&say!(lang, "lab-backtest-errors"));
    said.push('\n');
    said.push_str(&error_table(backtest, lang));
    said.push('\n');
    if let Some(f) = &backtest.calibration {
        let of = |column: &[f64], n: usize| format!("{:.2}", column.get(n).copied().unwrap_or(f64::NAN));
        said.push_str(&say!(
            lang,
            "lab-calibration",
            slope = of(&f.coefficients, 1),
            se = of(&f.se, 1),
            constant = of(&f.coefficients, 0)
        ));
        said.push('\n');
    }
    let filled: usize = backtest.filled.iter().sum();
    if filled > 0 {
        said.push_str(&say!(lang, "lab-backtest-filled", count = filled));
        said.push('\n');
    }
    said.push('\n');
    for line in verdict(backtest, lang) {
        said.push_str(&line);
        said.push('\n');
    }
    said
}

fn figures(series: &Series, backtest: &Backtest, lang: Lang) -> String {
    let mut rows = vec![vec![
        say!(lang, "lab-col-period"),
        say!(lang, "lab-col-actual"),
        say!(lang, "lab-col-forecast"),
        say!(lang, "lab-col-interval-n", percent = 80),
        say!(lang, "lab-col-interval-n", percent = 95),
        say!(lang, "lab-col-last"),
        say!(lang, "lab-col-cohort"),
    ]];
    for figure in &series.figures {
        let label = backtest.periods.get(figure.period).map_or_else(String::new, |(from, to)| {
            if from.month() == 1 && to.month() == 12 {
                from.year().to_string()
            } else {
                from.to_string().chars().take(7).collect()
            }
        });
        let interval = |n: usize| {
            let (low, high) = figure.intervals.get(n).copied().unwrap_or((f64::NAN, f64::NAN));
            format!("{low:.0}–{high:.0}")
        };
        rows.push(vec![
            label,
            format!("{}", figure.actual),
            format!("{:.1}", figure.expected),
            interval(1),
            interval(2),
            format!("{:.1}", figure.last_rate),
            format!("{:.1}", figure.cohort_rate),
        ]);
    }
    out::table(&rows, &[1, 2, 3, 4, 5, 6])
}

fn error_table(backtest: &Backtest, lang: Lang) -> String {
    let mut heads = vec![say!(lang, "lab-col-what")];
    heads.extend(LEVELS.map(|level| say!(lang, "lab-col-covered", percent = (level * 100.0).round())));
    for of in [say!(lang, "lab-col-forecast"), say!(lang, "lab-col-last"), say!(lang, "lab-col-cohort")] {
        heads.push(say!(lang, "lab-col-error", of = of));
    }
    heads.push(say!(lang, "lab-col-bias"));
    let mut rows = vec![heads];
    for series in &backtest.series {
        let what = match (&series.group, &series.cause) {
            (Some((name, level)), _) => format!("{name}: {level}"),
            (None, Some(cause)) => cause.clone(),
            (None, None) => say!(lang, "lab-all-causes"),
        };
        let mut row = vec![what];
        row.extend(series.coverage.map(|c| format!("{:.0} %", 100.0 * c)));
        row.extend(series.errors.map(|e| format!("{:.1} ({:.1} %)", e.mae, 100.0 * e.wape)));
        row.push(series.errors.first().map_or_else(String::new, |e| format!("{:+.1} %", 100.0 * e.bias)));
        rows.push(row);
    }
    out::table(&rows, &[1, 2, 3, 4, 5, 6, 7])
}
