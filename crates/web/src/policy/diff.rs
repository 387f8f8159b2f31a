//! What differs between two stacks.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use axum_extra::extract::Query;
use serde::Deserialize;
use takeroot_policy::diff::Changed;
use takeroot_policy::{Asked, Head, Library, StackSpec};
use takeroot_words::{Lang, Say as _};

use super::Card;
use super::read::{day_of, slot_name};
use crate::page::html;
use crate::signed::SignedIn;
use crate::words::{say, t};
use crate::{App, Page, WebError};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/policy/diff", get(show))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    a: String,
    b: String,
    a_base: String,
    a_on: String,
    a_with: Vec<String>,
    b_base: String,
    b_on: String,
    b_with: Vec<String>,
    chosen: String,
}

/// A thing to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub id: String,
    /// What is read.
    pub name: String,
    /// It is chosen.
    pub on: bool,
}

/// One of the two stacks, with what can be chosen for it.
struct Side {
    name: &'static str,
    bases: Vec<Choice>,
    on: String,
    proposals: Vec<Choice>,
    spec: String,
    fault: String,
}

struct ChangeLine {
    slot: String,
    before: Card,
    after: Card,
    fields: Vec<String>,
}

#[derive(Template)]
#[template(path = "policy-diff.html")]
struct DiffPage {
    page: Page,
    sides: Vec<Side>,
    summary: String,
    groups: Vec<(String, Vec<ChangeLine>)>,
    lists: Vec<(String, Vec<Card>)>,
    fault: String,
}

/// The proposals that can be laid over the law.
pub(crate) fn proposals(library: &Library, chosen: &[String], lang: Lang) -> Vec<Choice> {
    let all = library.proposals();
    all.map(|d| Choice {
        id: d.id().to_owned(),
        name: d.head.title().get(lang).to_owned(),
        on: chosen.iter().any(|c| c == d.id()),
    })
    .collect()
}

fn spec_text(asked: &Asked) -> String {
    let mut text = asked.spec.baseline.clone().unwrap_or_else(|| "law".to_owned());
    if let Some(on) = asked.on {
        text.push('@');
        text.push_str(&on.to_string());
    }
    if let Some(place) = &asked.spec.place {
        text.push('/');
        text.push_str(place);
    }
    for proposal in &asked.spec.proposals {
        text.push('+');
        text.push_str(proposal);
    }
    text
}

fn side(name: &'static str, asked: &Asked, library: &Library, fault: String, page: &Page) -> Side {
    let lang = page.lang;
    let baseline = asked.spec.baseline.as_deref().unwrap_or("law");
    let mut bases =
        vec![Choice { id: "law".to_owned(), name: say!(lang, "policy-law"), on: baseline == "law" }];
    for d in library.documents.iter().filter(|d| matches!(d.head, Head::Baseline(_))) {
        let name = d.head.title().get(lang).to_owned();
        bases.push(Choice { id: d.id().to_owned(), name, on: baseline == d.id() });
    }
    Side {
        name,
        bases,
        on: asked.on.unwrap_or(page.today).to_string(),
        proposals: proposals(library, &asked.spec.proposals, lang),
        spec: spec_text(asked),
        fault,
    }
}

fn change(changed: &Changed, library: &Library, lang: Lang) -> ChangeLine {
    ChangeLine {
        slot: slot_name(&changed.slot, library, lang),
        before: Card::of(&changed.before, lang),
        after: Card::of(&changed.after, lang),
        fields: changed.fields.iter().map(|f| f.say(changed.after.kind, lang)).collect(),
    }
}

async fn show(
    State(app): State<App>,
    Query(typed): Query<Typed>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let page = signed.page;
    let lang = page.lang;
    let library = app.office.library_for(&signed.viewer).await?;
    let read = |text: &str, base: &str, on: &str, with: &[String]| -> (Asked, String) {
        if !text.is_empty() && typed.chosen.is_empty() {
            return match text.parse::<Asked>() {
                Ok(asked) => (asked, String::new()),
                Err(e) => (Asked::default(), e.say(lang)),
            };
        }
        let baseline = Some(base.to_owned()).filter(|b| !b.is_empty() && b != "law");
        let spec = StackSpec { baseline, proposals: with.to_vec(), place: None };
        let bad = !on.trim().is_empty() && on.trim().parse::<takeroot_civil::Day>().is_err();
        let fault = if bad { say!(lang, "policy-bad-day", day = on) } else { String::new() };
        (Asked { spec, on: Some(day_of(on, &page)) }, fault)
    };
    let (a, a_fault) = read(&typed.a, &typed.a_base, &typed.a_on, &typed.a_with);
    let (b, b_fault) = read(&typed.b, &typed.b_base, &typed.b_on, &typed.b_with);
    let faulty = !a_fault.is_empty() || !b_fault.is_empty();
    let (mut summary, mut groups, mut lists, mut fault) =
        (String::new(), Vec::new(), Vec::new(), String::new());
    let asked_something = !typed.chosen.is_empty() || !typed.a.is_empty() || !typed.b.is_empty();
    if !faulty && asked_something {
        match app.office.policy_diff(&signed.viewer, &a, &b).await {
            Ok(diff) => {
                summary = say!(
                    lang,
                    "policy-diff-sum",
                    changed = diff.changed.len(),
                    added = diff.added.len(),
                    removed = diff.removed.len(),
                    reissued = diff.reissued.len(),
                    same = diff.same
                );
                for (name, all) in [
                    (say!(lang, "policy-diff-changed"), &diff.changed),
                    (say!(lang, "policy-diff-reissued"), &diff.reissued),
                ] {
                    if !all.is_empty() {
                        groups.push((name, all.iter().map(|c| change(c, &library, lang)).collect()));
                    }
                }
                for (name, all) in [
                    (say!(lang, "policy-diff-added"), &diff.added),
                    (say!(lang, "policy-diff-removed"), &diff.removed),
                ] {
                    if !all.is_empty() {
                        lists.push((name, all.iter().map(|v| Card::of(v, lang)).collect()));
                    }
                }
            }
            Err(takeroot_office::OfficeError::Stack(e)) => fault = e.say(lang),
            Err(e) => return Err(e.into()),
        }
    }
    let sides = vec![side("a", &a, &library, a_fault, &page), side("b", &b, &library, b_fault, &page)];
    html(&DiffPage { page, sides, summary, groups, lists, fault })
}
