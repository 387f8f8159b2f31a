//! `takeroot policy check`: what is wrong with the documents, and what they leave open.

use std::process::ExitCode;

use serde_json::{Value, json};
use takeroot_civil::Code as _;
use takeroot_policy::audit::{Audit, ClauseRef};
use takeroot_policy::{DocumentFault, FaultKind, audit};
use takeroot_words::Say as _;

use crate::cli::Context;
use crate::words::say;
use crate::{clock, library, out};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long, value_name = "DATE")]
    on: Option<String>,

    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let on = clock::day_or_today(ctx, args.on.as_deref())?;
    let (library, mut errors) = library::read(ctx)?;
    let mut audit = audit(&library, on);
    errors.append(&mut audit.errors);
    audit.errors = errors;
    if args.json {
        out::json(&report(&audit, ctx))?;
    } else {
        eprint!("{}", library::drawn(&audit.errors, ctx.lang));
        out::print(&summary(&audit, ctx))?;
    }
    Ok(if audit.is_sound() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn report(audit: &Audit, ctx: &Context) -> Value {
    let by_confidence: serde_json::Map<String, Value> =
        audit.by_confidence.iter().map(|(c, n)| (c.letter().to_owned(), json!(n))).collect();
    let fault = |fault: &DocumentFault| {
        let place = fault.line_column();
        let mut value = json!({
            "file": fault.file,
            "line": place.map(|p| p.0),
            "column": place.map(|p| p.1),
            "kind": fault.what.code(),
            "message": fault.what.say(ctx.lang),
        });
        if let (Value::Object(map), FaultKind::Overlap { slot, .. } | FaultKind::Gap { slot, .. }) =
            (&mut value, &fault.what)
        {
            map.insert("slot".into(), json!(slot));
        }
        value
    };
    json!({
        "on": audit.on,
        "instruments": audit.instruments,
        "proposals": audit.proposals,
        "baselines": audit.baselines,
        "parameters": audit.parameters,
        "by_confidence": by_confidence,
        "invented": audit.invented,
        "missing": audit.missing,
        "uncited": audit.uncited,
        "to_be_checked": audit.to_be_checked,
        "unknown": audit.unknown,
        "gaps": audit.gaps().map(fault).collect::<Vec<_>>(),
        "overlaps": audit.overlaps().map(fault).collect::<Vec<_>>(),
        "errors": audit.errors.iter().map(fault).collect::<Vec<_>>(),
    })
}

fn summary(audit: &Audit, ctx: &Context) -> String {
    let lang = ctx.lang;
    let mut lines = vec![say!(
        lang,
        "policy-check-counts",
        instruments = audit.instruments.to_string(),
        proposals = audit.proposals.to_string(),
        baselines = audit.baselines.to_string(),
        parameters = audit.parameters.to_string()
    )];
    for (confidence, count) in &audit.by_confidence {
        let name = takeroot_policy::show::confidence(*confidence, lang);
        lines.push(format!("  {name}  {count}"));
    }
    if audit.invented.instruments > 0 {
        lines.push(say!(
            lang,
            "policy-check-invented",
            instruments = audit.invented.instruments.to_string(),
            parameters = audit.invented.parameters.to_string()
        ));
    }
    let mut list = |heading: String, clauses: &[ClauseRef]| {
        if !clauses.is_empty() {
            lines.push(String::new());
            lines.push(heading);
            lines.extend(clauses.iter().map(|c| format!("  {}:{}  {}  {}", c.file, c.line, c.id, c.slot)));
        }
    };
    let count = |clauses: &[ClauseRef]| clauses.len().to_string();
    list(say!(lang, "policy-check-uncited", count = count(&audit.uncited)), &audit.uncited);
    list(say!(lang, "policy-check-to-be-checked", count = count(&audit.to_be_checked)), &audit.to_be_checked);
    list(say!(lang, "policy-check-unknown", count = count(&audit.unknown)), &audit.unknown);
    if !audit.missing.is_empty() {
        lines.push(String::new());
        lines.push(say!(lang, "policy-check-missing", count = audit.missing.len().to_string()));
        let mut rows = vec![vec![
            say!(lang, "policy-column-wants"),
            say!(lang, "policy-column-from-whom"),
            say!(lang, "policy-column-clause"),
            say!(lang, "policy-column-supplied-by"),
        ]];
        for missing in &audit.missing {
            rows.push(vec![
                missing.wants.clone(),
                missing.from.name(lang).to_owned(),
                missing.id.clone().unwrap_or_default(),
                missing.supplied_by.join(" "),
            ]);
        }
        lines.extend(out::table(&rows, &[]).lines().map(|l| format!("  {l}")));
    }
    lines.push(String::new());
    lines.push(if audit.is_sound() {
        say!(lang, "policy-check-sound")
    } else {
        say!(lang, "policy-check-errors", count = audit.errors.len().to_string())
    });
    lines.push(String::new());
    lines.join("\n")
}
