//! A proposal, or the county's own instrument, written in the browser: a form made from the schema beside the text that
//! is kept.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use serde::Deserialize;
use takeroot_office::proposal::Kept;
use takeroot_office::{Action, Resource};
use takeroot_policy::draft::{self, Shape, Typed, quoted};
use takeroot_policy::{Document, DocumentFault};
use takeroot_words::{Lang, Say as _};

use super::diff::Choice;
use super::read::slot_name;
use crate::page::html;
use crate::signed::SignedIn;
use crate::words::{say, t};
use crate::{App, Page, WebError};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/policy/write", get(start))
        .route("/policy/write/new", post(begin))
        .route("/policy/write/editor", post(work))
        .route("/policy/write/{id}", get(open))
        .route("/policy/write/{id}/publish", post(publish))
        .route("/policy/write/{id}/withdraw", post(withdraw))
        .route("/policy/write/{id}/text", get(text))
}

struct Held {
    id: String,
    title: String,
    kind: String,
    state: String,
    tone: &'static str,
    latest: i64,
    shown: i64,
}

#[derive(Template)]
#[template(path = "policy-write.html")]
struct StartPage {
    page: Page,
    held: Vec<Held>,
    may_local: bool,
    place: String,
}

fn state_name(state: &str, lang: Lang) -> (String, &'static str) {
    match state {
        "published" => (say!(lang, "write-state-published"), "ok"),
        "withdrawn" => (say!(lang, "write-state-withdrawn"), ""),
        _ => (say!(lang, "write-state-draft"), "warn"),
    }
}

async fn start(State(app): State<App>, signed: SignedIn) -> Result<Response, WebError> {
    let page = signed.page;
    let lang = page.lang;
    let library = app.office.library();
    let held = app
        .office
        .written(&signed.viewer)
        .await?
        .into_iter()
        .map(|h| {
            let (state, tone) = state_name(&h.state, lang);
            let title = library.get(&h.id).map(|d| d.head.title().get(lang).to_owned());
            let kind = super::kind_name(&h.kind, lang);
            let title = title.unwrap_or_else(|| h.id.clone());
            Held { title, id: h.id, kind, state, tone, latest: h.latest, shown: h.shown }
        })
        .collect();
    let place = app.office.law_here().await?.place.unwrap_or_default();
    html(&StartPage { held, may_local: page.may_write(Resource::Policy), place, page })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Begin {
    kind: String,
    id: String,
    title_zh: String,
    title_en: String,
    summary_zh: String,
    summary_en: String,
    asked_zh: String,
    asked_en: String,
    effective: String,
}

async fn begin(
    State(app): State<App>,
    signed: SignedIn,
    Form(begin): Form<Begin>,
) -> Result<Response, WebError> {
    signed.viewer.must(Resource::Proposal, Action::Write).map_err(WebError::Office)?;
    let both = |zh: &str, en: &str| {
        let (zh, en) = (zh.trim(), en.trim());
        let either = |a: &str, b: &str| quoted(if a.is_empty() { b } else { a });
        format!("{{ zh = {}, en = {} }}", either(zh, en), either(en, zh))
    };
    let title = both(&begin.title_zh, &begin.title_en);
    let summary = both(&begin.summary_zh, &begin.summary_en);
    let id = quoted(begin.id.trim());
    let text = if begin.kind == "local" {
        let place = app.office.law_here().await?.place.unwrap_or_default();
        let effective =
            if begin.effective.is_empty() { signed.page.today.to_string() } else { begin.effective };
        format!(
            "[instrument]\nid = {id}\ntitle = {title}\neffective = {effective}\nscope = \"local\"\napplies = [{}]\nread = {summary}\n",
            quoted(&place)
        )
    } else {
        let asked = both(&begin.asked_zh, &begin.asked_en);
        format!("[proposal]\nid = {id}\ntitle = {title}\nsummary = {summary}\nasked-by = {asked}\n")
    };
    editor(&app, signed, Work { text, checked: true, ..Work::default() }).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Open {
    version: Option<i64>,
    clause: String,
    slot: String,
    saved: bool,
}

async fn open(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<Open>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let draft = app.office.draft(&signed.viewer, &id).await?;
    let wanted = asked.version.unwrap_or(draft.held.latest);
    let version = draft.versions.iter().find(|v| v.version == wanted);
    let text = version.map(|v| v.text.clone()).ok_or(takeroot_office::OfficeError::NotFound)?;
    let saved = asked.saved;
    editor(&app, signed, Work { text, clause: asked.clause, slot: asked.slot, saved, ..Work::default() })
        .await
}

async fn text(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<Open>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let draft = app.office.draft(&signed.viewer, &id).await?;
    let wanted = asked.version.unwrap_or(draft.held.latest);
    let version = draft.versions.into_iter().find(|v| v.version == wanted);
    let text = version.ok_or(takeroot_office::OfficeError::NotFound)?.text;
    Ok(crate::jobs::download(&format!("{id}.toml"), text.into_bytes()))
}

async fn publish(
    State(app): State<App>,
    Path(id): Path<String>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    app.office.publish(&signed.viewer, &id, true).await?;
    Ok(Redirect::to(&format!("/policy/write/{id}")).into_response())
}

async fn withdraw(
    State(app): State<App>,
    Path(id): Path<String>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    app.office.publish(&signed.viewer, &id, false).await?;
    Ok(Redirect::to(&format!("/policy/write/{id}")).into_response())
}

/// What the editor is asked to show.
#[derive(Debug, Default)]
struct Work {
    text: String,
    /// A clause of the text to bring into the form.
    clause: String,
    /// A slot whose rule in force is to be changed.
    slot: String,
    /// The slot that the list shows as chosen.
    chosen: String,
    /// A form that was filled in.
    form: Option<Typed>,
    checked: bool,
    saved: bool,
    /// Something that keeps it from being saved, beside faults of the text.
    refused: String,
}

async fn work(
    State(app): State<App>,
    signed: SignedIn,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    signed.viewer.must(Resource::Proposal, Action::Write).map_err(WebError::Office)?;
    let get = |name: &str| pairs.iter().find(|p| p.0 == name).map(|p| p.1.clone()).unwrap_or_default();
    let mut asked = Work { text: get("text").replace("\r\n", "\n"), chosen: get("slot"), ..Work::default() };
    let mut form = Typed {
        id: get("c.id").trim().to_owned(),
        text: (get("c.text.zh"), get("c.text.en")),
        source: (get("c.source.zh"), get("c.source.en")),
        confidence: get("c.confidence"),
        from: get("c.from"),
        kind: get("c.kind"),
        fields: Vec::new(),
    };
    for field in draft::fields(&form.kind) {
        let name = format!("f.{}", field.name);
        let typed: Vec<&str> =
            pairs.iter().filter(|p| p.0 == name).map(|p| p.1.as_str()).filter(|v| !v.is_empty()).collect();
        form.fields.push((field.name, typed.join(",")));
    }
    let has_form = !form.kind.is_empty();
    match get("act").as_str() {
        "put" if has_form => {
            asked.text = draft::put(&asked.text, &form);
            asked.checked = true;
            asked.form = Some(form);
        }
        "slot" => asked.slot = get("slot"),
        "clause" => asked.clause = get("clause"),
        "save" => match app.office.save_document(&signed.viewer, &asked.text).await? {
            Kept::Saved(id, _) => {
                return Ok(Redirect::to(&format!("/policy/write/{id}?saved=true")).into_response());
            }
            Kept::Faults(_) => asked.checked = true,
            Kept::Taken(id) => asked.refused = say!(signed.page.lang, "write-taken", id = id),
            Kept::OtherKind => asked.refused = say!(signed.page.lang, "write-other-kind"),
        },
        _ => {
            asked.checked = true;
            asked.form = has_form.then_some(form);
        }
    }
    editor(&app, signed, asked).await
}

/// A field as drawn.
struct FieldView {
    name: String,
    label: String,
    value: String,
    must: bool,
    /// `number`, `flag`, `one`, `many`, `word` or `parts`.
    shape: &'static str,
    options: Vec<Choice>,
    fault: String,
}

struct FormView {
    typed: Typed,
    kind_name: String,
    fields: Vec<FieldView>,
    /// Faults of fields that every clause has.
    faults: Vec<(String, String)>,
    confidences: Vec<Choice>,
}

impl FormView {
    fn fault(&self, name: &str) -> &str {
        self.faults.iter().find(|f| f.0 == name).map_or("", |f| f.1.as_str())
    }
}

struct FaultLine {
    line: usize,
    column: usize,
    what: String,
    text: String,
    mark: String,
}

struct VersionLine {
    version: i64,
    at: String,
    shown: bool,
}

#[derive(Template)]
#[template(path = "policy-editor.html")]
struct EditorPage {
    page: Page,
    id: String,
    title: String,
    state: String,
    tone: &'static str,
    published: bool,
    is_proposal: bool,
    known: bool,
    may_publish: bool,
    versions: Vec<VersionLine>,
    text: String,
    rows: usize,
    checked: bool,
    saved: bool,
    refused: String,
    faults: Vec<FaultLine>,
    form: Option<FormView>,
    slots: Vec<Choice>,
    clauses: Vec<Choice>,
}

/// The line of a fault with a mark under its place; full-width characters take two places.
fn fault_line(fault: &DocumentFault, lang: Lang) -> FaultLine {
    let (line, column) = fault.line_column().unwrap_or((0, 0));
    let text = fault.text.lines().nth(line.saturating_sub(1)).unwrap_or_default().to_owned();
    let before: String = text.chars().take(column.saturating_sub(1)).collect();
    let pad: String = before.chars().map(|c| if c.is_ascii() { ' ' } else { '\u{3000}' }).collect();
    let long = fault.span.as_ref().map_or(1, |s| {
        let inside = fault.text.get(s.clone()).unwrap_or_default();
        inside.lines().next().unwrap_or_default().chars().count().clamp(1, 60)
    });
    let what = fault.what.say(lang);
    FaultLine { line, column, what, text, mark: format!("{pad}{}", "^".repeat(long)) }
}

async fn editor(app: &App, signed: SignedIn, asked: Work) -> Result<Response, WebError> {
    let (page, viewer) = (signed.page, signed.viewer);
    let lang = page.lang;
    viewer.must(Resource::Proposal, Action::Write).map_err(WebError::Office)?;
    let faults = app.office.check_document(&asked.text);
    let document = Document::parse("own/draft.toml", asked.text.as_bytes()).ok();
    let library = app.office.library();
    let law = app.office.rules(&app.office.law_here().await?, page.today)?;
    let mut typed = asked.form;
    if let (None, Some(document), false) = (&typed, &document, asked.clause.is_empty()) {
        typed = draft::typed_of(document, &asked.clause);
    }
    if let (None, Some(now)) = (&typed, law.resolved.slots.get(&asked.slot)) {
        let taken = |id: &str| draft::place_of(&asked.text, id).is_some();
        let id = (1..1000).map(|n| format!("P-{n}")).find(|id| !taken(id)).unwrap_or_default();
        let source = (say!(Lang::Zh, "write-source"), say!(Lang::En, "write-source"));
        let text = (now.cite.text.zh.clone(), now.cite.text.en.clone());
        typed = Some(Typed::of(&id, &now.rule, text, source));
    }
    let form = typed.map(|typed| form_view(typed, &asked.text, &faults, &library, lang));
    let slots = law
        .resolved
        .slots
        .iter()
        .map(|(slot, now)| Choice {
            id: slot.clone(),
            name: format!("{}　{}", slot_name(slot, &library, lang), short(now.cite.text.get(lang))),
            on: *slot == asked.slot || asked.slot.is_empty() && *slot == asked.chosen,
        })
        .collect();
    let clauses = document.iter().flat_map(|d| &d.clauses).map(|c| {
        let clause = c.get_ref();
        Choice {
            id: clause.id.clone(),
            name: format!("{} {}", clause.id, short(clause.text.get(lang))),
            on: form.as_ref().is_some_and(|f| f.typed.id == clause.id),
        }
    });
    let clauses = clauses.collect();
    let id = document.as_ref().map(|d| d.id().to_owned()).unwrap_or_default();
    let title = document.as_ref().map(|d| d.head.title().get(lang).to_owned()).unwrap_or_default();
    let kept = if id.is_empty() { None } else { app.office.draft(&viewer, &id).await.ok() };
    let (state, tone) = kept
        .as_ref()
        .map_or_else(|| (say!(lang, "write-state-new"), "info"), |k| state_name(&k.held.state, lang));
    let versions = kept
        .iter()
        .flat_map(|k| k.versions.iter().map(|v| (v, k.held.shown)))
        .map(|(v, shown)| VersionLine {
            version: v.version,
            at: crate::moment::text(v.at),
            shown: v.version == shown,
        })
        .collect();
    let is_proposal = document.as_ref().is_some_and(|d| matches!(d.head, takeroot_policy::Head::Proposal(_)));
    html(&EditorPage {
        title,
        state,
        tone,
        published: kept.as_ref().is_some_and(|k| k.held.state == "published"),
        is_proposal,
        known: kept.is_some(),
        may_publish: is_proposal || page.may_write(Resource::Policy),
        versions,
        rows: asked.text.lines().count().clamp(18, 48) + 2,
        checked: asked.checked,
        saved: asked.saved,
        refused: asked.refused,
        faults: if asked.checked { faults.iter().map(|f| fault_line(f, lang)).collect() } else { Vec::new() },
        text: asked.text,
        form,
        slots,
        clauses,
        id,
        page,
    })
}

fn short(text: &str) -> String {
    let cut: String = text.chars().take(40).collect();
    if cut.len() < text.len() { format!("{cut}…") } else { cut }
}

fn form_view(
    typed: Typed,
    text: &str,
    faults: &[DocumentFault],
    library: &takeroot_policy::Library,
    lang: Lang,
) -> FormView {
    let place = draft::place_of(text, &typed.id);
    let at: Vec<(String, String)> = faults
        .iter()
        .filter(|f| match (&place, &f.span) {
            (Some(place), Some(span)) => place.contains(&span.start),
            _ => false,
        })
        .filter_map(|f| Some((draft::field_of(f)?, f.what.say(lang))))
        .collect();
    let kind = typed.kind.clone();
    let fields = draft::fields(&kind)
        .into_iter()
        .map(|field| {
            let value = typed.field(&field.name).to_owned();
            let chosen: Vec<&str> = value.split(',').map(str::trim).collect();
            let choices = |codes: &[String]| -> Vec<Choice> {
                let choice = |code: &String| Choice {
                    id: code.clone(),
                    name: field.code(&kind, code, lang),
                    on: chosen.contains(&code.as_str()),
                };
                codes.iter().map(choice).collect()
            };
            let (shape, options) = match &field.shape {
                Shape::Number => ("number", Vec::new()),
                Shape::Word => ("word", Vec::new()),
                Shape::Parts => ("parts", Vec::new()),
                Shape::One(codes) => ("one", choices(codes)),
                Shape::Many(codes) => ("many", choices(codes)),
                Shape::Flag => (
                    "one",
                    ["true", "false"]
                        .iter()
                        .map(|v| Choice {
                            id: (*v).to_owned(),
                            name: if *v == "true" { say!(lang, "write-yes") } else { say!(lang, "write-no") },
                            on: value == *v,
                        })
                        .collect(),
                ),
            };
            FieldView {
                label: field.label(&kind, lang),
                fault: at.iter().find(|f| f.0 == field.name).map(|f| f.1.clone()).unwrap_or_default(),
                name: field.name,
                value,
                must: field.must,
                shape,
                options,
            }
        })
        .collect();
    let confidences = takeroot_policy::Confidence::ALL
        .iter()
        .map(|c| Choice {
            id: c.letter().to_owned(),
            name: takeroot_policy::show::confidence(*c, lang),
            on: typed.confidence == c.letter(),
        })
        .collect();
    let kind_name = slot_name(&kind, library, lang);
    FormView { typed, kind_name, fields, faults: at, confidences }
}
