//! Whom acts changed: a system that follows the roster asks for what came after the last act it knows.

use axum::Json;
use axum::extract::{Query as Typed, State};
use serde::{Deserialize, Serialize};
use takeroot_office::interface::LINES;
use utoipa::{IntoParams, ToSchema};

use super::Api;
use super::bearer::Bearer;
use super::problem::Problem;

/// An act that changed a person.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Change {
    /// The act's number; acts are numbered in the order in which they happened.
    act: i64,
    /// Its kind.
    kind: String,
    /// When, milliseconds since 1970 UTC.
    at: i64,
    /// The person, by the number in this installation.
    person: i64,
    /// The person is no longer in the roster.
    removed: bool,
}

/// Changes, in the order of the acts.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Changes {
    changes: Vec<Change>,
    /// What to give as `since` the next time.
    next: String,
    /// There is more now.
    more: bool,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Since {
    /// `next` of the last answer, or the number of an act; everything when left out.
    #[param(required = false)]
    since: Option<String>,
    /// Changes of an answer, 1 to 500; 100 when left out.
    #[param(required = false, minimum = 1, maximum = 500)]
    limit: Option<String>,
}

fn place(text: &str) -> Option<(i64, i64)> {
    match text.split_once('.') {
        Some((act, person)) => Some((act.parse().ok()?, person.parse().ok()?)),
        // After a whole act: whoever it changed is known.
        None => Some((text.parse().ok()?, i64::MAX)),
    }
}

/// Whom acts changed since one. Scope `roster:read`.
#[utoipa::path(
    get,
    path = "/api/v1/changes",
    tag = "roster",
    params(Since),
    responses(
        (status = 200, description = "Changes", body = Changes),
        (status = 400, description = "A parameter that cannot be read", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn changes(
    State(api): State<Api>,
    bearer: Bearer,
    Typed(asked): Typed<Since>,
) -> Result<Json<Changes>, Problem> {
    let since = match asked.since.as_deref() {
        None | Some("") => (0, i64::MAX),
        Some(text) => place(text).ok_or_else(|| Problem::bad(bearer.lang, "since"))?,
    };
    let limit = match asked.limit.as_deref() {
        None | Some("") => LINES.1,
        Some(text) => text
            .parse()
            .ok()
            .filter(|n| (LINES.0..=LINES.2).contains(n))
            .ok_or_else(|| Problem::bad(bearer.lang, "limit"))?,
    };
    let (found, last) =
        api.app.office.changes(&bearer.viewer, since, limit).await.map_err(bearer.problem())?;
    let more = i64::try_from(found.len()).is_ok_and(|n| n == limit);
    let next = match found.last() {
        Some(change) if more => format!("{}.{}", change.act, change.person),
        _ => last.max(since.0).to_string(),
    };
    let changes = found
        .into_iter()
        .map(|c| Change { act: c.act, kind: c.kind, at: c.at, person: c.person, removed: c.removed })
        .collect();
    Ok(Json(Changes { changes, next, more }))
}
