//! A person: the record with its facts, and the standing.

use axum::Json;
use axum::extract::{Path, Query as Typed, State};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use takeroot_civil::Day;
use takeroot_office::{Action, Class, OfficeError, Resource};
use utoipa::{IntoParams, ToSchema};

use super::Api;
use super::bearer::Bearer;
use super::problem::Problem;

/// A fact of a career with its dates.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Event {
    /// Its number within the career.
    id: u32,
    /// Since when it holds.
    effective: String,
    /// When it was approved.
    approved: Option<String>,
    /// From when time counts.
    counted_from: Option<String>,
    /// When it was recorded by the office.
    recorded: Option<String>,
    /// Document number.
    document: String,
    /// Legal basis.
    basis: String,
    /// The earlier fact whose place it takes.
    amends: Option<u32>,
    /// A later fact took its place: it is shown because nothing is overwritten, and it no longer counts.
    replaced: bool,
    /// The fact: `kind`, and what belongs to it.
    #[schema(value_type = Object)]
    fact: Value,
}

/// A person's record.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Record {
    /// Number in this installation.
    id: i64,
    /// The basics. Family and health only with scope `family:read`; the identity number (`id_number`) and the office's own
    /// number (`number`), which often is the same, only with `identity:read`.
    #[schema(value_type = Object)]
    person: Value,
    /// The facts, in the order in which they were recorded.
    events: Vec<Event>,
}

/// What the rules say of a person on a day.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StandingTold {
    /// Number in this installation.
    id: i64,
    /// The day.
    on: String,
    /// Digest of the documents that it was reckoned under: that of `/api/v1/stack` for the same law.
    digest: String,
    /// The standing with its reasons. `pay` only with scope `pay:read`.
    #[schema(value_type = Object)]
    standing: Value,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct On {
    /// The day, `YYYY-MM-DD`, past or future; today when left out.
    #[param(required = false)]
    on: Option<String>,
}

fn as_json(value: &impl Serialize, lang: takeroot_words::Lang) -> Result<Value, Problem> {
    serde_json::to_value(value).map_err(|e| {
        tracing::error!(error = %e, "an answer could not be written");
        Problem::of(lang, &OfficeError::Interrupted)
    })
}

/// A person's record with every fact, amended ones among them. Scope `roster:read`; `family:read` and `identity:read` add
/// their fields, and each such answer is recorded as a look.
#[utoipa::path(
    get,
    path = "/api/v1/person/{id}",
    tag = "person",
    params(("id" = i64, Path, description = "Number in this installation")),
    responses(
        (status = 200, description = "The record", body = Record),
        (status = 400, description = "Not a number", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Nobody within reach", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn person(
    State(api): State<Api>,
    bearer: Bearer,
    Path(id): Path<String>,
) -> Result<Json<Record>, Problem> {
    let id = id.parse().map_err(|_| Problem::bad(bearer.lang, "id"))?;
    let office = &api.app.office;
    let file = office.file(&bearer.viewer, id, office.today()).await.map_err(bearer.problem())?;
    let mut person = as_json(&file.person, bearer.lang)?;
    if let Value::Object(fields) = &mut person {
        // The office's own number is the identity number, often: it is told with it or not at all.
        fields.remove("id");
        fields.remove("resident_id");
        if !file.family {
            fields.remove("family");
            fields.remove("health");
        }
        if file.identity {
            let number =
                office.identity_number(&bearer.viewer, id, "interface").await.map_err(bearer.problem())?;
            fields.insert("id_number".to_owned(), number.into());
            fields.insert("number".to_owned(), file.kept.career.person.id.0.clone().into());
        }
    }
    if file.family {
        office.see(&bearer.viewer, Class::Family, id, "interface").await.map_err(bearer.problem())?;
    }
    let day = |d: Option<Day>| d.map(|d| d.to_string());
    let mut events = Vec::with_capacity(file.kept.career.events.len());
    for event in &file.kept.career.events {
        events.push(Event {
            id: event.id.0,
            effective: event.dates.effective.to_string(),
            approved: day(event.dates.approved),
            counted_from: day(event.dates.counted_from),
            recorded: day(event.dates.recorded),
            document: event.document.clone(),
            basis: event.basis.clone(),
            amends: event.amends.map(|a| a.0),
            replaced: file.replaced_by(event.id.0).is_some(),
            fact: as_json(&event.fact, bearer.lang)?,
        });
    }
    Ok(Json(Record { id, person, events }))
}

/// What the rules say of a person on a day, with the reasons. Scopes `roster:read` and `standing:read`; pay with
/// `pay:read`, recorded as a look.
#[utoipa::path(
    get,
    path = "/api/v1/standing/{id}",
    tag = "person",
    params(("id" = i64, Path, description = "Number in this installation"), On),
    responses(
        (status = 200, description = "The standing", body = StandingTold),
        (status = 400, description = "Not a number, or not a day", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Nobody within reach", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn standing(
    State(api): State<Api>,
    bearer: Bearer,
    Path(id): Path<String>,
    Typed(asked): Typed<On>,
) -> Result<Json<StandingTold>, Problem> {
    let id = id.parse().map_err(|_| Problem::bad(bearer.lang, "id"))?;
    let office = &api.app.office;
    let on: Day = match asked.on.as_deref().map(str::trim) {
        None | Some("") => office.today(),
        Some(text) => text.parse().map_err(|_| Problem::bad(bearer.lang, "on"))?,
    };
    bearer.viewer.must(Resource::Standing, Action::Read).map_err(bearer.problem())?;
    let file = office.file(&bearer.viewer, id, on).await.map_err(bearer.problem())?;
    if !bearer.viewer.within(Resource::Standing, Action::Read).has(file.organ_seq) {
        return Err(Problem::of(bearer.lang, &OfficeError::NotFound));
    }
    let mut standing = as_json(&file.standing, bearer.lang)?;
    if let Value::Object(fields) = &mut standing {
        fields.remove("person");
        fields.remove("on");
        fields.remove("digest");
        if !file.pay {
            fields.remove("pay");
        }
    }
    if file.pay {
        office.see(&bearer.viewer, Class::Pay, id, "interface").await.map_err(bearer.problem())?;
    }
    Ok(Json(StandingTold { id, on: on.to_string(), digest: file.standing.digest.clone(), standing }))
}
