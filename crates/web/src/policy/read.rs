//! The list of documents, a document, a clause with the history of its slot.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;
use takeroot_civil::{Code as _, Day};
use takeroot_office::Resource;
use takeroot_policy::draft::{self, Shape};
use takeroot_policy::show::{self, ClauseView};
use takeroot_policy::{Confidence, Library};

use super::{Card, days, kind_name};
use crate::page::html;
use crate::pieces::{Chart, Series, Tab, address};
use crate::signed::SignedIn;
use crate::words::{say, t};
use crate::{App, Page, WebError};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/policy", get(list))
        .route("/policy/document/{id}", get(document))
        .route("/policy/document/{id}/text", get(text))
        .route("/policy/clause/{document}/{id}", get(clause))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    kind: String,
    q: String,
    on: String,
}

struct Line {
    id: String,
    title: String,
    kind: String,
    number: String,
    days: String,
    clauses: usize,
    known: [usize; 4],
    invented: bool,
    own: bool,
}

struct Lacks {
    what: String,
    slot: String,
    from: &'static str,
    href: String,
    id: String,
}

#[derive(Template)]
#[template(path = "policy.html")]
struct List {
    page: Page,
    tabs: Vec<Tab>,
    kind: String,
    q: String,
    lines: Vec<Line>,
    chart: Chart,
    total: usize,
    check: usize,
    lacks: Vec<Lacks>,
    may_write: bool,
    may_effect: bool,
}

/// The day typed, else today.
pub(crate) fn day_of(typed: &str, page: &Page) -> Day {
    typed.trim().parse().unwrap_or(page.today)
}

async fn list(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let page = signed.page;
    let lang = page.lang;
    let on = day_of(&asked.on, &page);
    let found = app.office.policies(&signed.viewer, &asked.kind, &asked.q, on).await?;
    let tabs = ["", "instrument", "local", "baseline", "proposal"]
        .into_iter()
        .map(|kind| Tab {
            name: kind_name(kind, lang),
            href: address("/policy", &[("kind", kind), ("q", &asked.q)]),
            here: asked.kind == kind,
        })
        .collect();
    let lines = found
        .documents
        .into_iter()
        .map(|d| Line {
            title: lang.pick(d.title.0, d.title.1),
            kind: kind_name(d.kind, lang),
            days: if d.kind == "proposal" { String::new() } else { days(d.from, false, d.to, lang) },
            id: d.id,
            number: d.number,
            clauses: d.clauses,
            known: d.known,
            invented: d.invented,
            own: d.own,
        })
        .collect();
    let count = |c: &Confidence| found.audit.by_confidence.get(c).copied().unwrap_or(0);
    let chart = Chart {
        of: say!(lang, "policy-confidence"),
        caption: say!(lang, "policy-chart"),
        open: true,
        categories: Confidence::ALL.iter().map(|c| show::confidence(*c, lang)).collect(),
        series: vec![Series {
            name: say!(lang, "policy-parameters"),
            values: Confidence::ALL.iter().map(|c| count(c) as i64).collect(),
            ..Series::default()
        }],
        sideways: true,
        ..Chart::default()
    };
    let lacks = found
        .missing
        .iter()
        .map(|m| Lacks {
            what: m.text.as_ref().map(|t| t.get(lang).to_owned()).unwrap_or_default(),
            slot: slot_name(&m.wants, &app.office.library(), lang),
            from: m.from.name(lang),
            href: match (&m.document, &m.id) {
                (Some(d), Some(id)) => super::clause_href(d, id),
                _ => String::new(),
            },
            id: m.id.clone().unwrap_or_default(),
        })
        .collect();
    html(&List {
        tabs,
        kind: asked.kind,
        q: asked.q,
        lines,
        chart,
        total: found.audit.parameters,
        check: count(&Confidence::C) + count(&Confidence::D),
        lacks,
        may_write: page.may_write(Resource::Proposal),
        may_effect: page.may(Resource::Effect),
        page,
    })
}

/// A slot in words: the kind of rule that fills it and what it is about.
pub(super) fn slot_name(slot: &str, library: &Library, lang: takeroot_words::Lang) -> String {
    let (kind, about) = slot.split_once('/').unwrap_or((slot, ""));
    let rule = library
        .documents
        .iter()
        .flat_map(|d| &d.clauses)
        .map(|c| &c.get_ref().rule)
        .find(|r| r.kind() == kind);
    let name = rule.map_or(kind, |r| r.kind_name(lang));
    if about.is_empty() {
        return name.to_owned();
    }
    // What it is about is told by codes of the rule's own fields.
    let fields = draft::fields(kind);
    let word = |code: &str| {
        let holds = |shape: &Shape| matches!(shape, Shape::One(all) | Shape::Many(all) if all.iter().any(|c| c == code));
        fields.iter().find(|f| holds(&f.shape)).map_or_else(|| code.to_owned(), |f| f.code(kind, code, lang))
    };
    let about: Vec<String> = about.split('/').map(word).collect();
    say!(lang, "policy-slot", kind = name, about = about.join(lang.pick("、", ", ")))
}

#[derive(Template)]
#[template(path = "policy-document.html")]
struct DocumentPage {
    page: Page,
    id: String,
    title: String,
    other_title: String,
    kind: String,
    is_proposal: bool,
    invented: bool,
    own: bool,
    head: Vec<String>,
    cards: Vec<Card>,
    may_write: bool,
    may_effect: bool,
}

async fn document(
    State(app): State<App>,
    Path(id): Path<String>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let page = signed.page;
    let lang = page.lang;
    signed.viewer.must(Resource::Policy, takeroot_office::Action::Read).map_err(WebError::Office)?;
    let library = app.office.library_for(&signed.viewer).await?;
    let document = library.get(&id).ok_or(takeroot_office::OfficeError::NotFound)?;
    let title = document.head.title();
    let head = show::head(document, lang).lines().skip(2).map(str::to_owned).collect();
    let kind = takeroot_office::policy::kind(&document.head);
    let own = document.file.starts_with(takeroot_office::proposal::OWN);
    html(&DocumentPage {
        id: id.clone(),
        title: title.get(lang).to_owned(),
        other_title: lang.pick(&title.en, &title.zh).clone(),
        kind: kind_name(kind, lang),
        is_proposal: kind == "proposal",
        invented: matches!(&document.head, takeroot_policy::Head::Instrument(i) if i.invented),
        own,
        head,
        cards: document
            .clauses
            .iter()
            .map(|c| Card::of(&ClauseView::of(document, c.get_ref()), lang))
            .collect(),
        may_write: page.may_write(Resource::Proposal),
        may_effect: page.may(Resource::Effect),
        page,
    })
}

async fn text(
    State(app): State<App>,
    Path(id): Path<String>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    signed.viewer.must(Resource::Policy, takeroot_office::Action::Read).map_err(WebError::Office)?;
    let library = app.office.library_for(&signed.viewer).await?;
    let document = library.get(&id).ok_or(takeroot_office::OfficeError::NotFound)?;
    Ok(crate::jobs::download(&format!("{id}.toml"), document.text.clone().into_bytes()))
}

struct StepLine {
    card: Card,
    title: String,
    document: String,
    kind: String,
    holds: bool,
    here: bool,
}

#[derive(Template)]
#[template(path = "policy-clause.html")]
struct ClausePage {
    page: Page,
    card: Card,
    document: String,
    title: String,
    slot: String,
    holds: bool,
    on: String,
    steps: Vec<StepLine>,
    cases: Vec<Case>,
}

async fn clause(
    State(app): State<App>,
    Path((document, id)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let page = signed.page;
    let lang = page.lang;
    let on = day_of(&asked.on, &page);
    let found = app.office.clause(&signed.viewer, &document, &id, on).await?;
    let library = app.office.library();
    let steps: Vec<StepLine> = found
        .history
        .iter()
        .map(|step| StepLine {
            card: Card::of(&step.view, lang),
            title: lang.pick(&step.title.0, &step.title.1).clone(),
            document: step.view.document.clone(),
            kind: kind_name(step.kind, lang),
            holds: step.holds,
            here: step.view.id == found.view.id && step.view.document == found.view.document,
        })
        .collect();
    let title = steps.iter().find(|s| s.here).map(|s| s.title.clone()).unwrap_or_default();
    html(&ClausePage {
        card: Card::of(&found.view, lang),
        slot: slot_name(&found.view.slot, &library, lang),
        cases: cases(&document, &id),
        document,
        title,
        holds: found.holds,
        on: on.to_string(),
        steps,
        page,
    })
}

/// A case of the shipped `*.cases.md` that names a clause.
struct Case {
    name: String,
    facts: String,
    on: String,
    ask: String,
    answer: String,
}

/// The cases that stand beside a document and name a clause in their answer.
fn cases(document: &str, id: &str) -> Vec<Case> {
    let file = Library::shipped_cases().iter().find(|(name, _)| {
        name.rsplit('/').next().and_then(|n| n.strip_suffix(".cases.md")) == Some(document)
    });
    let mut found = Vec::new();
    let mut facts = String::new();
    for line in file.map_or("", |f| f.1).lines().filter(|l| l.starts_with('|')) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [name, fact, on, ask, answer] = cells.as_slice() else { continue };
        if *name == "案例" || name.starts_with("---") {
            continue;
        }
        if *fact != "同上" {
            (*fact).clone_into(&mut facts);
        }
        let named =
            answer.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).any(|w| w == id);
        if named {
            let (name, on) = ((*name).to_owned(), (*on).to_owned());
            found.push(Case {
                name,
                facts: facts.clone(),
                on,
                ask: (*ask).to_owned(),
                answer: (*answer).to_owned(),
            });
        }
    }
    found
}
