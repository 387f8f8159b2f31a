//! `takeroot policy list`: the documents at hand.

use std::process::ExitCode;

use serde_json::json;
use takeroot_policy::{Head, show};

use crate::cli::Context;
use crate::words::say;
use crate::{library, out};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let library = library::load(ctx)?;
    if args.json {
        let documents: Vec<serde_json::Value> = library
            .documents
            .iter()
            .map(|d| {
                let (kind, from, to) = match &d.head {
                    Head::Instrument(h) => ("instrument", Some(h.effective.0), h.ended.map(|e| e.0)),
                    Head::Proposal(_) => ("proposal", None, None),
                    Head::Baseline(h) => ("baseline", Some(h.law_of.0), None),
                };
                let invented = matches!(&d.head, Head::Instrument(h) if h.invented);
                json!({
                    "id": d.id(), "kind": kind, "title": d.head.title(), "from": from, "to": to,
                    "clauses": d.clauses.len(), "invented": invented, "file": d.file,
                })
            })
            .collect();
        out::json(&json!({ "documents": documents }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let lang = ctx.lang;
    let mut rows = vec![vec![
        say!(lang, "policy-column-kind"),
        say!(lang, "policy-column-id"),
        say!(lang, "policy-column-from"),
        say!(lang, "policy-column-to"),
        say!(lang, "policy-column-clauses"),
        say!(lang, "policy-column-title"),
    ]];
    for document in &library.documents {
        let (from, to) = match &document.head {
            Head::Instrument(h) => (Some(h.effective), h.ended),
            Head::Proposal(_) => (None, None),
            Head::Baseline(h) => (Some(h.law_of), None),
        };
        let day =
            |day: Option<takeroot_policy::rule::TomlDay>| day.map_or_else(String::new, |d| d.0.to_string());
        rows.push(vec![
            show::kind(document, lang),
            document.id().to_owned(),
            day(from),
            day(to),
            document.clauses.len().to_string(),
            document.head.title().get(lang).to_owned(),
        ]);
    }
    out::print(&out::table(&rows, &[4]))?;
    Ok(ExitCode::SUCCESS)
}
