//! The roster, part by part.

use axum::Json;
use axum::extract::{Query as Typed, State};
use serde::Serialize;
use takeroot_office::interface::LINES;
use takeroot_office::roster::Query;
use takeroot_store::people::Line;
use utoipa::{IntoParams, ToSchema};

use super::Api;
use super::bearer::Bearer;
use super::problem::Problem;

/// A line of the roster. Codes are those of the roster's template; empty texts are *not known* or *none*. Days are
/// `YYYY-MM-DD`.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Person {
    /// Number in this installation, for the other addresses.
    id: i64,
    /// Name.
    name: String,
    /// Resident identity number; only with scope `identity:read`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    id_number: Option<String>,
    /// Sex.
    sex: String,
    /// Birth.
    birth: Option<String>,
    /// Ethnic group.
    ethnic: String,
    /// Political status.
    politics: String,
    /// Start of work.
    work_start: Option<String>,
    /// In the service.
    in_service: bool,
    /// Day of leaving.
    left_on: Option<String>,
    /// Number of the organ.
    organ: String,
    /// Posts held, joined by 、.
    post: String,
    /// Leadership layer.
    layer: String,
    /// Since when.
    layer_since: Option<String>,
    /// Rank.
    rank: String,
    /// From when time in it counts.
    rank_since: Option<String>,
    /// Level.
    level: Option<u8>,
    /// Step.
    step: Option<u8>,
    /// Highest education.
    education: String,
    /// Highest degree.
    degree: String,
    /// Channel of recruitment.
    channel: String,
    /// Day of recruitment or registration.
    entered: Option<String>,
    /// Full months worked in townships.
    rooted_months: u16,
    /// How the person works elsewhere.
    away: String,
    /// Where.
    away_place: String,
    /// First day on which the last minimum service is served.
    term_until: Option<String>,
    /// A minimum service still runs.
    term_running: bool,
    /// Day of retirement.
    retires: Option<String>,
    /// The last yearly grade.
    last_grade: String,
}

/// A part of the roster, in the office's order.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct People {
    people: Vec<Person>,
    /// What to give as `after` for the next part; none when this is the last.
    next: Option<String>,
}

/// How to page, and the commonest conditions; every condition of the roster page's address is understood.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; they are read as pairs, like the roster page's")]
pub(super) struct Asked {
    /// `next` of the part before.
    #[param(required = false)]
    after: Option<String>,
    /// Lines of a part, 1 to 500; 100 when left out.
    #[param(required = false, minimum = 1, maximum = 500)]
    limit: Option<i64>,
    /// Name, pinyin, initials, end of the identity number (with its scope).
    #[param(required = false)]
    q: Option<String>,
    /// A unit: it and all below.
    #[param(required = false)]
    organ: Option<String>,
    /// `left` or `all`; those in the service when left out.
    #[param(required = false)]
    state: Option<String>,
    /// A rank; may be repeated.
    #[param(required = false)]
    rank: Option<String>,
    /// `running` or `over`.
    #[param(required = false)]
    term: Option<String>,
}

fn person((line, seen): (Line, bool)) -> Person {
    let day = |d: Option<takeroot_civil::Day>| d.map(|d| d.to_string());
    let at = line.at;
    Person {
        id: line.id,
        name: line.name,
        id_number: seen.then_some(line.id_number),
        sex: line.sex,
        birth: day(line.birth),
        ethnic: line.ethnic,
        politics: line.politics,
        work_start: day(line.work_start),
        in_service: at.in_service,
        left_on: day(at.left_on),
        organ: at.organ,
        post: at.post,
        layer: at.layer,
        layer_since: day(at.layer_since),
        rank: at.rank,
        rank_since: day(at.rank_since),
        level: at.level,
        step: at.step,
        education: at.education,
        degree: at.degree,
        channel: at.channel,
        entered: day(at.entered),
        rooted_months: at.rooted_months,
        away: at.away_kind,
        away_place: at.away_place,
        term_until: day(at.term_until),
        term_running: at.term_running,
        retires: day(at.retires),
        last_grade: at.last_grade,
    }
}

/// A place in the order: three numbers, which mean nothing to the reader.
fn place(text: &str) -> Option<(i64, i64, i64)> {
    let mut numbers = text.split('.').map(str::parse::<i64>);
    match (numbers.next(), numbers.next(), numbers.next(), numbers.next()) {
        (Some(Ok(a)), Some(Ok(b)), Some(Ok(c)), None) => Some((a, b, c)),
        _ => None,
    }
}

/// The people that meet the conditions, part by part. Scope `roster:read`; identity numbers with `identity:read`.
#[utoipa::path(
    get,
    path = "/api/v1/people",
    tag = "roster",
    params(Asked),
    responses(
        (status = 200, description = "A part of the roster", body = People),
        (status = 400, description = "A parameter that cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such unit within reach", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn people(
    State(api): State<Api>,
    bearer: Bearer,
    Typed(pairs): Typed<Vec<(String, String)>>,
) -> Result<Json<People>, Problem> {
    let query = Query(pairs);
    let after = match query.get("after") {
        "" => None,
        text => Some(place(text).ok_or_else(|| Problem::bad(bearer.lang, "after"))?),
    };
    let limit = match query.get("limit") {
        "" => LINES.1,
        text => text
            .parse()
            .ok()
            .filter(|n| (LINES.0..=LINES.2).contains(n))
            .ok_or_else(|| Problem::bad(bearer.lang, "limit"))?,
    };
    let part =
        api.app.office.people_after(&bearer.viewer, &query, after, limit).await.map_err(bearer.problem())?;
    let next = part.next.map(|(organ, position, id)| format!("{organ}.{position}.{id}"));
    Ok(Json(People { people: part.lines.into_iter().map(person).collect(), next }))
}
