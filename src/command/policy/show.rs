//! `takeroot policy show`: a document, a clause, a slot, or all that is in force on a day.

use std::collections::BTreeMap;
use std::process::ExitCode;

use serde_json::json;
use takeroot_policy::show::{self, ClauseView};
use takeroot_policy::{Library, Resolved, StackSpec};
use takeroot_words::Say as _;

use crate::cli::Context;
use crate::words::say;
use crate::{clock, library, out};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "ID|SLOT")]
    what: Option<String>,

    #[arg(long, value_name = "DATE")]
    on: Option<String>,

    #[arg(long, value_name = "ID")]
    base: Option<String>,

    #[arg(long, value_name = "ID", num_args = 1..)]
    proposal: Vec<String>,

    #[arg(long, value_name = "CODE")]
    place: Option<String>,

    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let on = clock::day_or_today(ctx, args.on.as_deref())?;
    let spec = StackSpec {
        baseline: args.base.clone(),
        proposals: args.proposal.clone(),
        place: library::place(ctx, args.place.as_deref())?,
    };
    let library = library::load(ctx)?;
    let stack = library::stack(ctx, &library, spec)?;
    let resolved = stack.at(on);
    let Some(what) = &args.what else {
        return everything(args, ctx, &stack, on);
    };
    if let Some(document) = library.get(what) {
        if args.json {
            let clauses: Vec<ClauseView> =
                document.clauses.iter().map(|c| ClauseView::of(document, c.get_ref())).collect();
            out::json(&json!({
                "id": document.id(), "title": document.head.title(), "file": document.file, "clauses": clauses,
            }))?;
        } else {
            out::print(&show::document(document, ctx.lang))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let found = found(&library, &resolved, what);
    if found.is_empty() {
        // Not filled on the day, but it may be declared as left open.
        if let Some((cite, _)) = resolved.open.get(what) {
            let views = library.get(&cite.document).map_or_else(Vec::new, |d| {
                let here = d.clauses.iter().filter(|c| c.get_ref().id == cite.id);
                here.map(|c| ClauseView::of(d, c.get_ref())).collect()
            });
            return tell(args, ctx, &views);
        }
        anyhow::bail!(say!(ctx.lang, "policy-nothing-named", what = what.as_str(), on = on.to_string()));
    }
    tell(args, ctx, &found)
}

/// The clauses that a word names: of a slot or of a kind in force on the day, else by their id.
fn found(library: &Library, resolved: &Resolved, what: &str) -> Vec<ClauseView> {
    let kind = format!("{what}/");
    let in_force: Vec<ClauseView> = resolved
        .slots
        .iter()
        .filter(|(slot, _)| *slot == what || slot.starts_with(&kind))
        .map(|(_, clause)| ClauseView::in_force(clause))
        .collect();
    if !in_force.is_empty() {
        return in_force;
    }
    let mut named = Vec::new();
    for document in &library.documents {
        let here = document.clauses.iter().filter(|c| c.get_ref().id == what);
        named.extend(here.map(|c| ClauseView::of(document, c.get_ref())));
    }
    named
}

fn tell(args: &Args, ctx: &Context, views: &[ClauseView]) -> anyhow::Result<ExitCode> {
    if args.json {
        out::json(&json!({ "clauses": views }))?;
    } else {
        let said: Vec<String> = views.iter().map(|v| v.say(ctx.lang)).collect();
        out::print(&said.join("\n"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// All that is in force: the documents that speak, the slots by kind, what is left open.
fn everything(
    args: &Args,
    ctx: &Context,
    stack: &takeroot_policy::Stack<'_>,
    on: takeroot_civil::Day,
) -> anyhow::Result<ExitCode> {
    let resolved = stack.at(on);
    let clauses: Vec<ClauseView> = resolved.slots.values().map(ClauseView::in_force).collect();
    if args.json {
        let open: Vec<serde_json::Value> = resolved
            .open
            .iter()
            .map(|(slot, (cite, local))| {
                json!({ "slot": slot, "id": cite.id, "document": cite.document, "from": local.from })
            })
            .collect();
        let documents: Vec<serde_json::Value> =
            stack.documents().map(|(layer, d)| json!({ "id": d.id(), "layer": layer })).collect();
        out::json(&json!({
            "on": on, "law_of": stack.law_day(on), "digest": stack.digest(),
            "documents": documents, "clauses": clauses, "open": open,
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let lang = ctx.lang;
    let mut text = say!(
        lang,
        "policy-show-head",
        on = on.to_string(),
        law = stack.law_day(on).to_string(),
        count = clauses.len().to_string(),
        digest = stack.digest().chars().take(12).collect::<String>()
    );
    text.push('\n');
    let mut by_kind: BTreeMap<&str, Vec<&ClauseView>> = BTreeMap::new();
    for view in &clauses {
        by_kind.entry(view.kind).or_default().push(view);
    }
    for views in by_kind.values() {
        let Some(first) = views.first() else { continue };
        text.push_str(&format!("\n{}\n", first.of.kind_name(lang)));
        let rows: Vec<Vec<String>> = views
            .iter()
            .map(|v| {
                vec![format!("  {}", v.id), v.confidence.letter().to_owned(), v.text.get(lang).to_owned()]
            })
            .collect();
        for row in rows {
            text.push_str(&row.join("  "));
            text.push('\n');
        }
    }
    if !resolved.open.is_empty() {
        text.push_str(&format!("\n{}\n", say!(lang, "policy-open")));
        for (slot, (cite, _)) in &resolved.open {
            text.push_str(&format!("  {}  {slot}  {}\n", cite.id, cite.text.get(lang)));
        }
    }
    out::print(&text)?;
    Ok(ExitCode::SUCCESS)
}
