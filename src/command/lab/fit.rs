//! `takeroot lab fit`: curves and hazards of a table of spells.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use serde_json::{Value, json};
use takeroot_civil::Day;
use takeroot_survival::curves::{AalenJohansen, Interval, KaplanMeier};
use takeroot_survival::date;
use takeroot_survival::model::{Hazard, Lived, Model};
use takeroot_survival::spells::Spells;

use super::spells::{self, From, Read};
use super::{few, file, handed};
use crate::cli::Context;
use crate::out;
use crate::words::say;

/// The normal quantile of 95 %.
pub const Z: f64 = 1.959_963_984_540_054;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    from: From,

    #[arg(long, value_name = "DATE")]
    until: Option<String>,

    #[arg(long, value_name = "FILE.parquet|FILE.arrow")]
    out: Option<PathBuf>,

    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let out_file = file::Out::at(args.out.as_deref(), ctx)?;
    let asked = args.until.as_deref().map(|text| spells::last_day(ctx, text)).transpose()?;
    let read = args.from.read(asked, false, ctx)?;
    let spells = &read.spells;
    let until = asked.unwrap_or(spells.until).min(if spells.dateless { Day::LATEST } else { spells.until });
    let from = fit_from(spells);
    let columns = spells.columns(Some(until));
    let columns = if read.own { few::begun(columns) } else { columns };
    let mut kaplan_meier = KaplanMeier::of(&columns.times());
    let causes = u16::try_from(spells.causes.len()).unwrap_or(u16::MAX);
    let mut aalen_johansen = AalenJohansen::of(&columns.times(), causes);
    let risk = spells.risk(from, until);
    if let Some(since) = read.since.filter(|_| risk.is_empty()) {
        bail!(say!(ctx.lang, "lab-store-nothing", since = since.to_string(), until = until.to_string()));
    }
    let model = spells.fit_on(&risk);
    let mut lived = spells.life_table(&model, from, until);
    if read.own {
        few::ended(&mut kaplan_meier, &mut aalen_johansen);
        lived = few::together(&lived, spells.months());
    }
    let fitted = handed::fitted(spells, &model, &risk, &read.assumptions, read.within.as_ref());
    if let Some(to) = out_file {
        let table = file::fitted(spells, (&kaplan_meier, &aalen_johansen), &model, &lived);
        to.write(table, "fit", &head(&read, until, ctx), ctx)?;
    }
    if args.json {
        let mut report = head(&read, until, ctx);
        if let Some(report) = report.as_object_mut() {
            report.insert("kaplan_meier".into(), kaplan_meier_json(&kaplan_meier));
            report.insert("aalen_johansen".into(), aalen_johansen_json(&aalen_johansen, spells));
            report.insert("hazards".into(), hazards_json(&model, spells, ctx));
            report.insert("by_service".into(), lived_json(&lived, spells));
            if !fitted.is_empty() {
                report.insert("coefficients".into(), fitted.json(until));
                report.insert("without".into(), fitted.without_json(ctx.lang));
            }
        }
        out::json(&report)?;
    } else {
        let unit = say_unit(spells, ctx);
        let mut said =
            say!(ctx.lang, "lab-fit-heading", file = read.file.as_str(), until = until.to_string());
        said.push('\n');
        said.push_str(&spells::own_words(&read, ctx));
        said.push_str(&spells::tally_words(spells, ctx));
        said.push('\n');
        said.push_str(&say!(ctx.lang, "lab-curves", unit = unit));
        said.push('\n');
        said.push_str(&curve_table(&kaplan_meier, &aalen_johansen, spells, ctx));
        said.push_str(&hazard_tables(&model, ctx));
        said.push('\n');
        said.push_str(&say!(ctx.lang, "lab-spells-by-service"));
        said.push('\n');
        said.push_str(&lived_table(&lived, spells, ctx));
        if !fitted.is_empty() {
            said.push_str(&fitted.words(ctx.lang));
        }
        out::print(&said)?;
    }
    Ok(spells::tell_flaws(spells, ctx))
}

/// The first day that the mapping file lets the fit look at.
pub fn fit_from(spells: &Spells) -> Option<Day> {
    let typed = spells.map.fit.from.as_ref()?;
    date::read(typed.get_ref(), date::Order::YearFirst).map(|w| w.first)
}

fn say_unit(spells: &Spells, ctx: &Context) -> String {
    match spells.unit.code() {
        "year" => say!(ctx.lang, "lab-unit-year"),
        "month" => say!(ctx.lang, "lab-unit-month"),
        _ => say!(ctx.lang, "lab-unit-day"),
    }
}

fn head(read: &Read, until: Day, ctx: &Context) -> Value {
    let spells = &read.spells;
    json!({
        "file": read.file,
        "map": read.map,
        "invented": read.invented,
        "since": read.since,
        "until": until,
        "watched_until": spells.until,
        "unit": spells.unit.code(),
        "period_months": spells.months(),
        "read": spells::tally_json(spells, ctx),
    })
}

fn kaplan_meier_json(curve: &KaplanMeier) -> Value {
    let (low, high): (Vec<f64>, Vec<f64>) = curve.interval(Interval::LogLog, Z).into_iter().unzip();
    json!({
        "time": curve.time, "at_risk": curve.at_risk, "ended": curve.ended, "running": curve.running,
        "survival": curve.survival, "se": curve.se, "low": low, "high": high, "interval": "log-log",
        "cumulative_hazard": curve.hazard, "cumulative_hazard_se": curve.hazard_se,
        "median": curve.quantile(0.5),
    })
}

fn aalen_johansen_json(curve: &AalenJohansen, spells: &Spells) -> Value {
    let column = |n: usize| json!({ "share": curve.share.get(n), "se": curve.se.get(n) });
    let causes: serde_json::Map<String, Value> =
        spells.causes.iter().enumerate().map(|(n, name)| (name.clone(), column(n + 1))).collect();
    json!({ "time": curve.time, "at_risk": curve.at_risk, "stay": column(0), "causes": causes })
}

/// The hazards, for programs.
pub fn hazards_json(model: &Model, spells: &Spells, ctx: &Context) -> Value {
    let hazard = |h: &Hazard| {
        let names: Vec<String> = h.coefficients.iter().map(|c| c.name.clone()).collect();
        let fit = h.fit.as_ref().ok();
        let coefficients: Vec<Value> = (h.coefficients.iter())
            .map(|c| {
                json!({
                    "name": c.name, "value": c.value, "se": c.se,
                    "low": c.value - Z * c.se, "high": c.value + Z * c.se,
                    "own_share": c.own_share, "prior": c.prior,
                })
            })
            .collect();
        let covariance = fit.map(|f| {
            let n = f.covariance.size();
            (0..n).map(|i| (0..n).map(|j| f.covariance.at(i, j)).collect()).collect::<Vec<Vec<f64>>>()
        });
        let aliased = fit.map(|f| f.aliased.iter().filter_map(|j| names.get(*j)).collect::<Vec<_>>());
        json!({
            "cause": h.cause,
            "trials": fit.map(|f| f.trials), "events": fit.map(|f| f.events),
            "deviance": fit.map(|f| f.deviance), "cell_deviance": fit.map(|f| f.cell_deviance),
            "rounds": fit.map(|f| f.rounds),
            "aliased": aliased,
            "coefficients": coefficients,
            "covariance": covariance,
            "error": h.fit.as_ref().err().map(|e| json!({ "code": e.code(), "said": e.say(&names, ctx.lang) })),
        })
    };
    let bases: serde_json::Map<String, Value> =
        spells.terms.iter().filter_map(|t| t.base().map(|b| (t.name.clone(), json!(b)))).collect();
    json!({
        "form": "individualized logits: each cause against staying, fitted among those who stayed or left by it",
        "cells": model.cells,
        "person_periods": model.person_periods,
        "bases": bases,
        "causes": model.hazards.iter().map(hazard).collect::<Vec<_>>(),
    })
}

fn lived_json(lived: &[Lived], spells: &Spells) -> Value {
    let by = |values: &[f64]| -> serde_json::Map<String, Value> {
        spells.causes.iter().zip(values).map(|(name, v)| (name.clone(), json!(v))).collect()
    };
    let rows = lived.iter().map(|l| {
        json!({ "service": l.service, "at_risk": l.at_risk, "left": by(&l.left), "expected": by(&l.expected) })
    });
    rows.collect()
}

/// As many lines of a curve are shown.
const LINES: usize = 12;

fn percent(share: f64) -> String {
    if share.is_nan() { "–".to_owned() } else { format!("{:.1}", 100.0 * share) }
}

fn curve_table(km: &KaplanMeier, aj: &AalenJohansen, spells: &Spells, ctx: &Context) -> String {
    let lang = ctx.lang;
    let mut heads = vec![
        say!(lang, "lab-col-time"),
        say!(lang, "lab-col-at-risk"),
        say!(lang, "lab-col-stay"),
        say!(lang, "lab-col-interval"),
    ];
    heads.extend(spells.causes.iter().cloned());
    let mut rows = vec![heads];
    let n = km.time.len();
    let intervals = km.interval(Interval::LogLog, Z);
    let mut shown: Vec<usize> = (1..=LINES).map(|k| k * n / LINES).filter_map(|k| k.checked_sub(1)).collect();
    shown.dedup();
    for at in shown {
        let of = |column: &[f64]| column.get(at).copied().unwrap_or(f64::NAN);
        let (low, high) = intervals.get(at).copied().unwrap_or((f64::NAN, f64::NAN));
        let mut row = vec![
            format!("{}", of(&km.time)),
            format!("{}", of(&km.at_risk)),
            percent(of(&km.survival)),
            format!("{}–{}", percent(low), percent(high)),
        ];
        row.extend(aj.share.iter().skip(1).map(|share| percent(of(share))));
        rows.push(row);
    }
    let right: Vec<usize> = (0..rows.first().map_or(0, Vec::len)).collect();
    out::table(&rows, &right)
}

fn hazard_tables(model: &Model, ctx: &Context) -> String {
    let lang = ctx.lang;
    let mut said = String::new();
    for hazard in &model.hazards {
        said.push('\n');
        let names: Vec<String> = hazard.coefficients.iter().map(|c| c.name.clone()).collect();
        let fit = match &hazard.fit {
            Err(why) => {
                said.push_str(&say!(
                    lang,
                    "lab-hazard-none",
                    cause = hazard.cause.as_str(),
                    why = why.say(&names, lang)
                ));
                said.push('\n');
                continue;
            }
            Ok(fit) => fit,
        };
        said.push_str(&say!(
            lang,
            "lab-hazard",
            cause = hazard.cause.as_str(),
            events = format!("{}", fit.events),
            trials = format!("{}", fit.trials)
        ));
        said.push('\n');
        let mut rows = vec![vec![
            say!(lang, "lab-col-coefficient"),
            say!(lang, "lab-col-value"),
            say!(lang, "lab-col-se"),
            say!(lang, "lab-col-odds"),
            say!(lang, "lab-col-own"),
        ]];
        for c in &hazard.coefficients {
            if c.value.is_nan() {
                rows.push(vec![c.name.clone(), say!(lang, "lab-aliased")]);
                continue;
            }
            rows.push(vec![
                c.name.clone(),
                format!("{:.3}", c.value),
                format!("{:.3}", c.se),
                format!(
                    "{:.2} ({:.2}–{:.2})",
                    c.value.exp(),
                    (c.value - Z * c.se).exp(),
                    (c.value + Z * c.se).exp()
                ),
                format!("{:.0} %", 100.0 * c.own_share),
            ]);
        }
        said.push_str(&out::table(&rows, &[1, 2, 3, 4]));
    }
    said
}

fn lived_table(lived: &[Lived], spells: &Spells, ctx: &Context) -> String {
    let lang = ctx.lang;
    let mut heads = vec![say!(lang, "lab-col-service"), say!(lang, "lab-col-at-risk")];
    for cause in &spells.causes {
        heads.push(cause.clone());
        heads.push(say!(lang, "lab-col-expected"));
    }
    let mut rows = vec![heads];
    // Long tables are taken together, five periods a line after the first five.
    let line = |l: &Lived| if l.service < 5 { l.service } else { l.service / 5 * 5 };
    for together in lived.chunk_by(|a, b| line(a) == line(b)) {
        let (Some(first), Some(last)) = (together.first(), together.last()) else { continue };
        let label = if first.service == last.service {
            first.service.to_string()
        } else {
            format!("{}–{}", first.service, last.service)
        };
        let mut row = vec![label, format!("{}", together.iter().map(|l| l.at_risk).sum::<f64>())];
        for cause in 0..spells.causes.len() {
            let sum = |of: &dyn Fn(&Lived) -> &Vec<f64>| -> f64 {
                together.iter().map(|l| of(l).get(cause).copied().unwrap_or(0.0)).sum()
            };
            row.push(format!("{}", sum(&|l| &l.left)));
            row.push(format!("{:.1}", sum(&|l| &l.expected)));
        }
        rows.push(row);
    }
    let right: Vec<usize> = (0..rows.first().map_or(0, Vec::len)).collect();
    out::table(&rows, &right)
}
