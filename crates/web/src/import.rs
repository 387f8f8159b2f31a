//! Import: a file is sent, its preview read, applied or sent back, undone.

use askama::Template;
use axum::extract::{DefaultBodyLimit, Multipart, Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use serde::Deserialize;
use takeroot_office::import::{MOST_BYTES, PlanRow, Preview, RowKind};
use takeroot_office::{Action, Resource};
use takeroot_store::imports::Import;
use takeroot_words::Say as _;

use crate::jobs::download;
use crate::page::html;
use crate::pieces::Pager;
use crate::signed::SignedIn;
use crate::words::{say, t};
use crate::{App, Page, WebError, upload};

/// Rows on a page of a preview.
const PER: i64 = 50;

/// Its routes.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/import", get(list).post(send))
        .route("/import/template", get(template))
        .route("/import/{id}", get(show))
        .route("/import/{id}/apply", post(apply))
        .route("/import/{id}/again", post(again))
        .route("/import/{id}/choose", post(choose))
        .route("/import/{id}/undo", post(undo))
        .route("/import/{id}/back", get(back))
        // The file and what a form puts around it.
        .layer(DefaultBodyLimit::max(MOST_BYTES + (1 << 20)))
}

#[derive(Template)]
#[template(path = "import.html")]
struct List {
    page: Page,
    imports: Vec<Import>,
}

async fn list(State(app): State<App>, signed: SignedIn) -> Result<Response, WebError> {
    let imports = app.office.imports(&signed.viewer).await?;
    html(&List { page: signed.page, imports })
}

async fn send(State(app): State<App>, signed: SignedIn, form: Multipart) -> Result<Response, WebError> {
    signed.viewer.must(Resource::Import, Action::Write)?;
    let lang = signed.page.lang;
    let (name, content) = upload::file(form, MOST_BYTES, lang)
        .await?
        .ok_or_else(|| WebError::Bad(say!(lang, "import-no-file")))?;
    let (_, job) = app.office.import_file(&signed.viewer, &name, content).await?;
    Ok(Redirect::to(&format!("/jobs/{job}")).into_response())
}

#[derive(Debug, Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    page: Option<i64>,
}

/// A kind of row with how many there are.
struct Tab {
    code: &'static str,
    name: String,
    count: i64,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "import-preview.html")]
struct Show {
    page: Page,
    preview: Preview,
    tabs: Vec<Tab>,
    kind: String,
    rows: Vec<PlanRow>,
    pager: Pager,
    open: i64,
    changes: i64,
    workbook: bool,
}

fn name_of(kind: RowKind, lang: takeroot_words::Lang) -> String {
    match kind {
        RowKind::Error => say!(lang, "import-kind-error"),
        RowKind::Doubtful => say!(lang, "import-kind-doubtful"),
        RowKind::New => say!(lang, "import-kind-new"),
        RowKind::Changed => say!(lang, "import-kind-changed"),
        RowKind::Unchanged => say!(lang, "import-kind-unchanged"),
    }
}

fn tone_of(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Error => "bad",
        RowKind::Doubtful => "warn",
        RowKind::New => "ok",
        RowKind::Changed => "info",
        RowKind::Unchanged => "",
    }
}

impl Show {
    fn row_name(&self, row: &PlanRow) -> String {
        name_of(row.kind, self.page.lang)
    }
    fn row_tone(&self, row: &PlanRow) -> &'static str {
        tone_of(row.kind)
    }
    fn said<'a>(&self, both: &'a takeroot_office::import::Both) -> &'a str {
        both.pick(self.page.lang)
    }
    fn problem<'a>(&self, problem: &'a takeroot_office::import::Problem) -> &'a str {
        let beside = self.said(&problem.beside);
        if beside.is_empty() { self.said(&problem.message) } else { beside }
    }
    fn place(&self, row: &PlanRow) -> String {
        if row.row == 0 { row.sheet.clone() } else { format!("{} {}", row.sheet, row.row) }
    }
}

async fn show(
    State(app): State<App>,
    Path(id): Path<i64>,
    Query(wanted): Query<Wanted>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let preview = app.office.preview(&signed.viewer, id).await?;
    if preview.import.state == "reading" {
        let job = preview.import.job.unwrap_or_default();
        return Ok(Redirect::to(&format!("/jobs/{job}")).into_response());
    }
    let kind = RowKind::ALL.into_iter().find(|k| k.code() == wanted.kind);
    let total = kind.map_or_else(|| preview.counts.all(), |k| preview.counts.get(k));
    let place = crate::pieces::address(&format!("/import/{id}"), &[("kind", kind.map_or("", RowKind::code))]);
    let pager = Pager::new(total, PER, wanted.page.unwrap_or(1), place);
    let rows = app.office.preview_rows(&signed.viewer, id, kind, pager.skip(), PER).await?;
    let lang = signed.page.lang;
    let tabs = RowKind::ALL
        .into_iter()
        .map(|k| Tab {
            code: k.code(),
            name: name_of(k, lang),
            count: preview.counts.get(k),
            tone: tone_of(k),
        })
        .collect();
    let open = preview.counts.get(RowKind::Error) + preview.counts.get(RowKind::Doubtful);
    let changes = preview.counts.get(RowKind::New) + preview.counts.get(RowKind::Changed);
    let lower = preview.import.name.to_lowercase();
    let workbook = !(lower.ends_with(".zip") || lower.ends_with(".lrmx"));
    let kind = kind.map_or(String::new(), |k| k.code().to_owned());
    html(&Show { page: signed.page, preview, tabs, kind, rows, pager, open, changes, workbook })
}

#[derive(Debug, Deserialize)]
struct HowToApply {
    #[serde(default)]
    leave_out: String,
}

async fn apply(
    State(app): State<App>,
    Path(id): Path<i64>,
    signed: SignedIn,
    Form(how): Form<HowToApply>,
) -> Result<Response, WebError> {
    let job = app.office.start_apply(&signed.viewer, id, !how.leave_out.is_empty()).await?;
    Ok(Redirect::to(&format!("/jobs/{job}")).into_response())
}

async fn again(State(app): State<App>, Path(id): Path<i64>, signed: SignedIn) -> Result<Response, WebError> {
    let job = app.office.import_again(&signed.viewer, id).await?;
    Ok(Redirect::to(&format!("/jobs/{job}")).into_response())
}

#[derive(Debug, Deserialize)]
struct Chosen {
    number: String,
    person: i64,
}

async fn choose(
    State(app): State<App>,
    Path(id): Path<i64>,
    signed: SignedIn,
    Form(chosen): Form<Chosen>,
) -> Result<Response, WebError> {
    app.office.choose(&signed.viewer, id, &chosen.number, chosen.person).await?;
    let job = app.office.import_again(&signed.viewer, id).await?;
    Ok(Redirect::to(&format!("/jobs/{job}")).into_response())
}

async fn undo(State(app): State<App>, Path(id): Path<i64>, signed: SignedIn) -> Result<Response, WebError> {
    let preview = app.office.preview(&signed.viewer, id).await?;
    let act = preview.import.act.ok_or(takeroot_office::OfficeError::NotFound)?;
    app.office.undo(&signed.viewer, act).await?;
    Ok(Redirect::to(&format!("/import/{id}")).into_response())
}

async fn back(State(app): State<App>, Path(id): Path<i64>, signed: SignedIn) -> Result<Response, WebError> {
    let (name, content) = app.office.import_back(&signed.viewer, id, signed.page.lang).await?;
    Ok(download(&name, content))
}

async fn template(signed: SignedIn) -> Result<Response, WebError> {
    signed.viewer.must(Resource::Import, Action::Read)?;
    let lang = signed.page.lang;
    let content = takeroot_exchange::roster::template(lang).map_err(|e| WebError::Bad(e.say(lang)))?;
    Ok(download(&say!(lang, "import-template-name"), content))
}
