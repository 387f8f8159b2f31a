//! A roster sent by another system: what it would do, and, when it is asked to, done.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query as Typed, State};
use serde::{Deserialize, Serialize};
use takeroot_office::import::RowKind;
use takeroot_office::jobs::Progress;
use utoipa::{IntoParams, ToSchema};

use super::Api;
use super::bearer::Bearer;
use super::problem::Problem;

/// Rows that are told of an import.
const TOLD: usize = 500;

/// How many rows would do what.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Counts {
    /// New people.
    new: usize,
    /// People with a change.
    changed: usize,
    /// People without one.
    unchanged: usize,
    /// Rows that may be one of several people: a person decides on the import page.
    doubtful: usize,
    /// Rows with an error.
    errors: usize,
}

/// A row that would do something, or cannot.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Row {
    /// `new`, `changed`, `doubtful` or `error`.
    kind: &'static str,
    /// Sheet.
    sheet: String,
    /// Row in it.
    row: u32,
    /// Name in the file.
    name: String,
    /// The person in this installation, if the roster has one.
    person: Option<i64>,
    /// What is wrong, in the language asked for.
    problems: Vec<String>,
}

/// What an import would do, or did.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Import {
    counts: Counts,
    /// The first 500 rows that would do something or cannot, in the order of the file.
    rows: Vec<Row>,
    /// The act that did it; none when nothing was written.
    act: Option<i64>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct How {
    /// Name of the file with its ending: `.xlsx`, `.xls`, `.csv`, `.lrmx`, `.zip`.
    #[param(required = true)]
    name: Option<String>,
    /// `yes`: write it, as one act that can be undone, unless a row has an error or is doubtful. Else nothing is written.
    #[param(required = false)]
    apply: Option<String>,
}

/// Reads a roster file and tells row by row what it would do; with `apply=yes` does it, all or nothing. Scope
/// `import:write`.
#[utoipa::path(
    post,
    path = "/api/v1/import",
    tag = "roster",
    params(How),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file"),
    responses(
        (status = 200, description = "What it would do, or did", body = Import),
        (status = 400, description = "No name, or no file", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "A file larger than 64 MiB", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A file that cannot be read", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn import(
    State(api): State<Api>,
    bearer: Bearer,
    Typed(how): Typed<How>,
    file: Bytes,
) -> Result<Json<Import>, Problem> {
    let name = how.name.filter(|n| !n.trim().is_empty()).ok_or_else(|| Problem::bad(bearer.lang, "name"))?;
    if file.is_empty() {
        return Err(Problem::bad(bearer.lang, "body"));
    }
    let dry = how.apply.as_deref() != Some("yes");
    let (_, rows, act) = api
        .app
        .office
        .import_now(&bearer.viewer, &name, file.to_vec(), dry, false, &Progress::default())
        .await
        .map_err(bearer.problem())?;
    let count = |kind: RowKind| rows.iter().filter(|r| r.kind == kind).count();
    let counts = Counts {
        new: count(RowKind::New),
        changed: count(RowKind::Changed),
        unchanged: count(RowKind::Unchanged),
        doubtful: count(RowKind::Doubtful),
        errors: count(RowKind::Error),
    };
    let told = rows
        .iter()
        .filter(|r| r.kind != RowKind::Unchanged)
        .take(TOLD)
        .map(|r| Row {
            kind: r.kind.code(),
            sheet: r.sheet.clone(),
            row: r.row,
            name: r.name.clone(),
            person: r.person,
            problems: r.problems.iter().map(|p| p.message.pick(bearer.lang).to_owned()).collect(),
        })
        .collect();
    Ok(Json(Import { counts, rows: told, act }))
}
