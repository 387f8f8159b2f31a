//! A person entered twice becomes one; a wrong identity number becomes the right one; both can be undone.

use askama::Template;
use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;
use takeroot_civil::Person;
use takeroot_office::OfficeError;
use takeroot_office::merge::{FIELDS, NumberCheck};
use takeroot_words::{Lang, Say as _};

use crate::page::html;
use crate::signed::SignedIn;
use crate::words::{say, t};
use crate::{App, Page, WebError};

/// Its routes.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/merge", get(chosen))
        .route("/person/{id}/merge", get(show_merge).post(merge))
        .route("/person/{id}/identity", get(show_identity).post(identity))
}

/// A field of the two records.
struct Pair {
    field: &'static str,
    name: String,
    ours: String,
    theirs: String,
    differs: bool,
}

#[derive(Template)]
#[template(path = "merge.html")]
struct Merge {
    page: Page,
    id: i64,
    other: i64,
    pairs: Vec<Pair>,
    facts: (usize, usize),
}

#[derive(Debug, Default, Deserialize)]
struct Other {
    #[serde(default)]
    with: Option<i64>,
}

#[derive(Debug, Default, Deserialize)]
struct Chosen {
    #[serde(default)]
    person: Vec<i64>,
}

/// Two records chosen in the roster.
async fn chosen(
    axum_extra::extract::Query(chosen): axum_extra::extract::Query<Chosen>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    match chosen.person.as_slice() {
        [one, other] if one != other => {
            Ok(Redirect::to(&format!("/person/{one}/merge?with={other}")).into_response())
        }
        _ => Err(WebError::Bad(say!(signed.page.lang, "merge-two"))),
    }
}

fn shown(person: &Person, field: &str, lang: Lang) -> String {
    use takeroot_civil::Code as _;
    let day = |d: Option<takeroot_civil::Day>| d.map(|d| d.to_string()).unwrap_or_default();
    match field {
        "name" => person.name.clone(),
        "sex" => person.sex.map(|s| s.name(lang).to_owned()).unwrap_or_default(),
        "birth" => day(person.birth),
        // Which of two numbers is right is decided in the correction of a number; here only whether there is one.
        "resident_id" => person.resident_id.as_ref().map(|id| masked(id.as_str())).unwrap_or_default(),
        "ethnic" => person.ethnic.clone(),
        "native_place" => person.native_place.clone(),
        "birthplace" => person.birthplace.clone(),
        "party_joined" => day(person.party_joined),
        "politics" => person.politics.clone(),
        "work_start" => day(person.work_start),
        "health" if person.health.is_empty() => String::new(),
        "health" => "●●".to_owned(),
        "title" => person.title.clone(),
        "speciality" => person.speciality.clone(),
        _ => person.family.len().to_string(),
    }
}

fn masked(number: &str) -> String {
    let end: String = number.chars().skip(14).collect();
    format!("●●●●{end}")
}

fn field_name(field: &str, lang: Lang) -> String {
    match field {
        "name" => say!(lang, "merge-name"),
        "sex" => say!(lang, "merge-sex"),
        "birth" => say!(lang, "merge-birth"),
        "resident_id" => say!(lang, "merge-number"),
        "ethnic" => say!(lang, "merge-ethnic"),
        "native_place" => say!(lang, "merge-native-place"),
        "birthplace" => say!(lang, "merge-birthplace"),
        "party_joined" => say!(lang, "merge-party-joined"),
        "politics" => say!(lang, "merge-politics"),
        "work_start" => say!(lang, "merge-work-start"),
        "health" => say!(lang, "merge-health"),
        "title" => say!(lang, "merge-pro-title"),
        "speciality" => say!(lang, "merge-speciality"),
        _ => say!(lang, "merge-family"),
    }
}

async fn show_merge(
    State(app): State<App>,
    Path(id): Path<i64>,
    Query(other): Query<Other>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let other = match other.with {
        Some(other) => other,
        // The one that was found alike.
        None => app.office.alike(&signed.viewer, id).await?,
    };
    let (a, b) = app.office.two_records(&signed.viewer, id, other).await?;
    let lang = signed.page.lang;
    let pairs = FIELDS
        .into_iter()
        .map(|field| {
            let (ours, theirs) = (shown(&a.person, field, lang), shown(&b.person, field, lang));
            let differs = ours != theirs && !theirs.is_empty();
            Pair { field, name: field_name(field, lang), ours, theirs, differs }
        })
        .collect();
    let facts = (a.holding().len(), b.holding().len());
    html(&Merge { page: signed.page, id, other, pairs, facts })
}

/// The fields taken from the other record come as names of boxes.
async fn merge(
    State(app): State<App>,
    Path(id): Path<i64>,
    signed: SignedIn,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let other = typed.iter().find(|t| t.0 == "with").and_then(|t| t.1.parse().ok());
    let other = other.ok_or(OfficeError::NotFound)?;
    let theirs: Vec<String> = typed.into_iter().filter(|t| t.1 == "theirs").map(|t| t.0).collect();
    app.office.merge(&signed.viewer, id, other, &theirs).await?;
    Ok(Redirect::to(&format!("/person/{id}")).into_response())
}

#[derive(Template)]
#[template(path = "identity.html")]
struct Identity {
    page: Page,
    id: i64,
    number: String,
    wrong: String,
    check: Option<NumberCheck>,
}

async fn show_identity(
    State(app): State<App>,
    Path(id): Path<i64>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    // Who may not change it is told so before typing.
    match app.office.check_number(&signed.viewer, id, "", signed.page.lang).await {
        Ok(_) | Err(OfficeError::Field { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    html(&Identity { page: signed.page, id, number: String::new(), wrong: String::new(), check: None })
}

impl Identity {
    fn sex(&self, check: &NumberCheck) -> &'static str {
        takeroot_civil::Code::name(check.number.sex(), self.page.lang)
    }
}

#[derive(Debug, Deserialize)]
struct TypedNumber {
    number: String,
    #[serde(default)]
    sure: String,
    #[serde(default)]
    follow: String,
}

async fn identity(
    State(app): State<App>,
    Path(id): Path<i64>,
    signed: SignedIn,
    Form(typed): Form<TypedNumber>,
) -> Result<Response, WebError> {
    let lang = signed.page.lang;
    let sure = !typed.sure.is_empty();
    let done = if sure {
        let follow = !typed.follow.is_empty();
        app.office.change_number(&signed.viewer, id, &typed.number, follow, lang).await.map(|_| None)
    } else {
        app.office.check_number(&signed.viewer, id, &typed.number, lang).await.map(Some)
    };
    match done {
        Ok(None) => Ok(Redirect::to(&format!("/person/{id}")).into_response()),
        Ok(check) => {
            html(&Identity { page: signed.page, id, number: typed.number, wrong: String::new(), check })
        }
        Err(error @ (OfficeError::Field { .. } | OfficeError::Refused { .. })) => {
            let wrong = error.say(lang);
            let answer = html(&Identity { page: signed.page, id, number: typed.number, wrong, check: None })?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
