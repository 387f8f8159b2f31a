//! My standing, for the civil servant, on a phone; corrections asked for and answered.

use askama::Template;
use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use takeroot_civil::Day;
use takeroot_office::{Action, OfficeError, Resource};
use takeroot_store::corrections::Correction;

use crate::moment;
use crate::page::html;
use crate::person::{self, Asked, Dated};
use crate::signed::SignedIn;
use crate::told::{self, Told};
use crate::words::{say, t};
use crate::{App, Page, WebError};

/// Its routes.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/mine", get(show))
        .route("/mine/file", get(person::own_file))
        .route("/mine/correction", post(ask))
        .route("/corrections", get(waiting))
        .route("/corrections/{id}", post(answer))
}

#[derive(Template)]
#[template(path = "mine.html")]
struct Mine {
    page: Page,
    name: String,
    on: Day,
    told: Told,
    facts: Vec<Dated>,
    looks: Vec<String>,
    corrections: Vec<Asking>,
}

/// A request as shown.
struct Asking {
    id: i64,
    person: i64,
    name: String,
    at: String,
    event: Option<i64>,
    wrong: String,
    right: String,
    evidence: String,
    waiting: bool,
    tone: &'static str,
    state: String,
    answer: String,
}

fn asking(c: Correction, page: &Page) -> Asking {
    let lang = page.lang;
    let (tone, state) = match c.state.as_str() {
        "accepted" => ("ok", say!(lang, "correction-accepted")),
        "refused" => ("bad", say!(lang, "correction-refused")),
        _ => ("warn", say!(lang, "correction-waiting")),
    };
    Asking {
        id: c.id,
        person: c.person,
        name: c.name,
        at: moment::text(c.at),
        event: c.event,
        wrong: c.wrong,
        right: c.right,
        evidence: c.evidence,
        waiting: c.state == "waiting",
        tone,
        state,
        answer: c.answer,
    }
}

async fn show(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let (page, viewer) = (signed.page, signed.viewer);
    let id = viewer.person.ok_or(OfficeError::NotFound)?;
    let file = app.office.file(&viewer, id, asked.day(page.today)).await?;
    let corrections = app.office.own_corrections(&viewer).await?;
    let looks = app.office.lookers(&viewer).await?;
    let looks = looks.into_iter().map(|(at, who, class)| {
        let class = class.map(|c| c.resource().name(page.lang)).unwrap_or_default();
        format!("{} {who} {class}", moment::text(at))
    });
    let looks = looks.collect();
    html(&Mine {
        name: file.person.name.clone(),
        on: file.on,
        told: told::standing(&file.standing, page.lang),
        facts: person::facts(&file, &page).into_iter().filter(|f| !f.amended).collect(),
        looks,
        corrections: corrections.into_iter().map(|c| asking(c, &page)).collect(),
        page,
    })
}

#[derive(Debug, Deserialize)]
struct Ask {
    #[serde(default)]
    event: String,
    wrong: String,
    right: String,
    #[serde(default)]
    evidence: String,
}

async fn ask(State(app): State<App>, signed: SignedIn, Form(ask): Form<Ask>) -> Result<Response, WebError> {
    if ask.wrong.trim().is_empty() {
        return Err(WebError::Bad(say!(signed.page.lang, "correction-empty")));
    }
    let event = ask.event.parse().ok();
    app.office.ask_correction(&signed.viewer, event, &ask.wrong, &ask.right, &ask.evidence).await?;
    Ok(Redirect::to("/mine#corrections").into_response())
}

#[derive(Template)]
#[template(path = "corrections.html")]
struct Waiting {
    page: Page,
    corrections: Vec<Asking>,
    may: bool,
}

async fn waiting(State(app): State<App>, signed: SignedIn) -> Result<Response, WebError> {
    let (page, viewer) = (signed.page, signed.viewer);
    let list = app.office.corrections(&viewer).await?;
    html(&Waiting {
        corrections: list.into_iter().map(|c| asking(c, &page)).collect(),
        may: viewer.may(Resource::Correction, Action::Write),
        page,
    })
}

#[derive(Debug, Deserialize)]
struct Answer {
    answer: String,
    #[serde(default)]
    ground: String,
}

async fn answer(
    State(app): State<App>,
    Path(id): Path<i64>,
    signed: SignedIn,
    Form(form): Form<Answer>,
) -> Result<Response, WebError> {
    let accepted = form.answer == "accept";
    if !accepted && form.ground.trim().is_empty() {
        return Err(WebError::Bad(say!(signed.page.lang, "correction-ground-must")));
    }
    let answered = app.office.answer_correction(&signed.viewer, id, accepted, &form.ground).await?;
    let place = match (accepted, answered.event) {
        (true, Some(n)) => format!("/person/{}/event/{n}/amend", answered.person),
        (true, None) => format!("/person/{}?tab=timeline", answered.person),
        _ => "/corrections".to_owned(),
    };
    Ok(Redirect::to(&place).into_response())
}
