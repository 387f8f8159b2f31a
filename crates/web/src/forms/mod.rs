//! Forms: a pasted list of names becomes forms in its order; a part of the unit tree becomes a roster book.

mod templates;

use std::sync::LazyLock;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use axum_extra::extract::{Form, Query};
use serde::Deserialize;
use takeroot_civil::{Code as _, Day, Rank};
use takeroot_forms::{Fonts, FormKind, Press};
use takeroot_office::forms::{Candidate, FormError, Format, Found, Listed, MOST, Prepared, WORK, Wanted};
use takeroot_office::jobs::Job;
use takeroot_office::{Action, Office, OfficeError, Resource, Viewer};
use takeroot_words::{Lang, Say as _};

use crate::page::html;
use crate::signed::SignedIn;
use crate::words::t;
use crate::{App, Page, WebError};

/// Its routes.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/forms", get(show))
        .route("/forms/list", post(list))
        .route("/forms/print", post(print))
        .route("/forms/book", post(book))
        .route("/forms/work/{id}", get(far))
        .route("/forms/work/{id}/stop", post(stop))
        .route("/forms/work/{id}/file", get(file))
        .merge(templates::routes())
}

/// An organ or group that a book may be made of.
struct Unit {
    id: String,
    /// Its name, moved in by its depth.
    name: String,
}

/// A person who may be meant, as shown.
struct Who {
    id: i64,
    name: String,
    about: String,
    left: bool,
}

/// A line of the list, as shown.
struct Row {
    number: usize,
    typed: String,
    one: Option<Who>,
    several: Vec<Who>,
    /// The line further up that means the same person.
    again: Option<(Who, usize)>,
}

impl Row {
    fn is_nobody(&self) -> bool {
        self.one.is_none() && self.several.is_empty() && self.again.is_none()
    }
}

#[derive(Template)]
#[template(path = "forms.html")]
struct Forms {
    page: Page,
    names: String,
    on: String,
    rows: Vec<Row>,
    units: Vec<Unit>,
    may_book: bool,
    may_templates: bool,
    problem: String,
    most: usize,
}

impl Forms {
    fn ready(&self) -> usize {
        self.rows.iter().filter(|r| r.one.is_some()).count()
    }

    fn to_choose(&self) -> usize {
        self.rows.iter().filter(|r| !r.several.is_empty()).count()
    }

    fn again(&self) -> usize {
        self.rows.iter().filter(|r| r.again.is_some()).count()
    }

    fn nobody(&self) -> usize {
        self.rows.iter().filter(|r| r.is_nobody()).count()
    }
}

async fn forms_page(office: &Office, signed: SignedIn) -> Result<Forms, WebError> {
    let viewer = &signed.viewer;
    viewer.must(Resource::Form, Action::Read)?;
    let may_book = viewer.may(Resource::Roster, Action::Export);
    let lang = signed.page.lang;
    let mut units = Vec::new();
    if may_book {
        for node in office.book_units(viewer).await? {
            let name = crate::roster::node_name(&node, lang);
            let indent = "\u{3000}".repeat(usize::try_from(node.depth).unwrap_or_default());
            units.push(Unit { id: node.id, name: format!("{indent}{name}") });
        }
    }
    Ok(Forms {
        names: String::new(),
        on: office.today().to_string(),
        rows: Vec::new(),
        units,
        may_book,
        may_templates: viewer.may(Resource::Template, Action::Read),
        problem: String::new(),
        most: MOST,
        page: signed.page,
    })
}

fn who(candidate: Candidate, lang: Lang) -> Who {
    let Candidate { line, organ } = candidate;
    let rank = Rank::from_code(&line.at.rank).map(|r| r.name(lang).to_owned()).unwrap_or_default();
    let birth =
        line.birth.map(|b| format!("{}.{:02}", b.real().year(), b.real().month())).unwrap_or_default();
    let about: Vec<String> =
        [organ, line.at.post, rank, birth].into_iter().filter(|part| !part.is_empty()).collect();
    Who { id: line.id, name: line.name, about: about.join(" · "), left: !line.at.in_service }
}

fn rows(listed: Vec<Listed>, lang: Lang) -> Vec<Row> {
    let row = |(at, listed): (usize, Listed)| {
        let mut row =
            Row { number: at + 1, typed: listed.typed, one: None, several: Vec::new(), again: None };
        match listed.found {
            Found::One(c) => row.one = Some(who(c, lang)),
            Found::Several(list) => row.several = list.into_iter().map(|c| who(c, lang)).collect(),
            Found::Again(c, at) => row.again = Some((who(c, lang), at)),
            Found::Nobody => {}
        }
        row
    };
    listed.into_iter().enumerate().map(row).collect()
}

#[derive(Debug, Deserialize)]
struct Chosen {
    #[serde(default)]
    p: Vec<i64>,
}

async fn show(
    State(app): State<App>,
    Query(chosen): Query<Chosen>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let viewer = signed.viewer.clone();
    let mut page = forms_page(&app.office, signed).await?;
    if !chosen.p.is_empty() {
        let listed = app.office.listed_by_number(&viewer, &chosen.p).await?;
        page.names = listed.iter().map(|l| l.typed.as_str()).collect::<Vec<_>>().join("\n");
        page.rows = rows(listed, page.page.lang);
    }
    html(&page)
}

#[derive(Debug, Deserialize)]
struct Pasted {
    names: String,
}

async fn list(
    State(app): State<App>,
    signed: SignedIn,
    Form(pasted): Form<Pasted>,
) -> Result<Response, WebError> {
    let viewer = signed.viewer.clone();
    let mut page = forms_page(&app.office, signed).await?;
    let listed = app.office.listed(&viewer, &pasted.names).await?;
    if listed.is_empty() {
        page.problem = crate::words::say!(page.page.lang, "forms-empty-list");
    }
    page.rows = rows(listed, page.page.lang);
    page.names = pasted.names;
    html(&page)
}

#[derive(Debug, Deserialize)]
struct Asked {
    /// Numbers in the order of the list; an empty one is a line left out.
    #[serde(default)]
    p: Vec<String>,
    /// Form and format in one: `cadre-pdf`, `cadre-lrmx`, `rank-pdf`.
    form: String,
    on: String,
    lang: String,
}

fn wanted(
    kind: Option<FormKind>,
    format: &str,
    on: &str,
    form_lang: &str,
    lang: Lang,
) -> Result<Wanted, WebError> {
    let field = |field| OfficeError::Field { field, why: crate::words::say!(lang, "forms-wrong-field") };
    let on: Day = on
        .parse()
        .map_err(|_| OfficeError::Field { field: "on", why: crate::words::say!(lang, "forms-wrong-day") })?;
    Ok(Wanted {
        kind: kind.ok_or_else(|| field("form"))?,
        format: Format::from_code(format).ok_or_else(|| field("format"))?,
        on,
        lang: form_lang.parse().map_err(|_| field("lang"))?,
    })
}

/// What the office says of an order that is not one of its usual errors is told in words.
fn told(error: FormError, lang: Lang) -> WebError {
    match error {
        FormError::Office(e) => e.into(),
        other => OfficeError::Field { field: "form", why: other.say(lang) }.into(),
    }
}

async fn print(
    State(app): State<App>,
    signed: SignedIn,
    Form(asked): Form<Asked>,
) -> Result<Response, WebError> {
    let lang = signed.page.lang;
    let (form, format) = asked.form.split_once('-').unwrap_or((&asked.form, ""));
    let wanted = wanted(form.parse().ok(), format, &asked.on, &asked.lang, lang)?;
    let people: Vec<i64> = asked.p.iter().filter_map(|p| p.parse().ok()).collect();
    let prepared = app.office.prepare_forms(&signed.viewer, wanted, &people, "form").await;
    let prepared = prepared.map_err(|e| told(e, lang))?;
    begin(&app, &signed.viewer, prepared).await
}

async fn begin(app: &App, viewer: &Viewer, prepared: Prepared) -> Result<Response, WebError> {
    let id = app.office.print(viewer, prepared, press).await?;
    Ok(Redirect::to(&format!("/forms/work/{id}")).into_response())
}

/// The press with the fonts that the program carries; `None` if they cannot be read.
pub(crate) fn press() -> Option<&'static Press> {
    static PRESS: LazyLock<Option<Press>> =
        LazyLock::new(|| Fonts::new(takeroot_assets::serif_fonts()).ok().map(Press::new));
    PRESS.as_ref()
}

#[derive(Debug, Deserialize)]
struct BookAsked {
    node: String,
    format: String,
    on: String,
    lang: String,
}

async fn book(
    State(app): State<App>,
    signed: SignedIn,
    Form(asked): Form<BookAsked>,
) -> Result<Response, WebError> {
    let lang = signed.page.lang;
    let wanted = wanted(Some(FormKind::Book), &asked.format, &asked.on, &asked.lang, lang)?;
    let prepared = app.office.prepare_book(&signed.viewer, wanted, &asked.node).await;
    begin(&app, &signed.viewer, prepared.map_err(|e| told(e, lang))?).await
}

/// A print under way, or what came of it.
struct Print {
    id: i64,
    done: i64,
    of: i64,
    running: bool,
    stopped: bool,
    problem: String,
    file: String,
    /// How much it is.
    much: String,
    remarks: Vec<String>,
}

#[derive(Template)]
#[template(path = "forms-work.html", blocks = ["job"])]
struct Far {
    page: Page,
    print: Print,
}

/// A print of the reader's; other work is not shown here. Whoever prints no more is not handed what was printed before.
async fn find(app: &App, id: i64, viewer: &Viewer) -> Result<Job, WebError> {
    viewer.must_print()?;
    let job = app.office.job(viewer, id).await?;
    if job.kind == WORK { Ok(job) } else { Err(OfficeError::NotFound.into()) }
}

fn as_shown(job: Job, lang: Lang) -> Print {
    let done = job.state == "done";
    let message = lang.pick(job.message_zh, job.message_en);
    let problem = match job.state.as_str() {
        "done" if job.file_name.is_empty() => crate::words::say!(lang, "forms-gone"),
        "failed" => message.clone(),
        "interrupted" => crate::words::say!(lang, "job-interrupted"),
        _ => String::new(),
    };
    let mut lines = message.lines().filter(|_| done).map(str::to_owned);
    Print {
        id: job.id,
        done: job.done,
        of: job.total,
        running: job.state == "running",
        stopped: job.state == "cancelled",
        problem,
        file: job.file_name,
        much: lines.next().unwrap_or_default(),
        remarks: lines.collect(),
    }
}

async fn far(State(app): State<App>, Path(id): Path<i64>, signed: SignedIn) -> Result<Response, WebError> {
    let job = find(&app, id, &signed.viewer).await?;
    let far = Far { print: as_shown(job, signed.page.lang), page: signed.page };
    if far.page.fragment { html(&far.as_job()) } else { html(&far) }
}

async fn stop(State(app): State<App>, Path(id): Path<i64>, signed: SignedIn) -> Result<Response, WebError> {
    find(&app, id, &signed.viewer).await?;
    app.office.cancel_job(&signed.viewer, id).await?;
    Ok(Redirect::to(&format!("/forms/work/{id}")).into_response())
}

async fn file(State(app): State<App>, Path(id): Path<i64>, signed: SignedIn) -> Result<Response, WebError> {
    find(&app, id, &signed.viewer).await?;
    let (name, content) = app.office.job_file(&signed.viewer, id).await?;
    // What is to be printed is shown; what is to be read by another program is kept.
    let answer = if name.ends_with(".pdf") { crate::jobs::opened } else { crate::jobs::download };
    Ok(answer(&name, content))
}
