//! The units.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use takeroot_civil::Code as _;
use takeroot_office::units::Unit;
use utoipa::ToSchema;

use super::Api;
use super::bearer::Bearer;
use super::problem::Problem;

/// A unit: an organ, or a group of organs.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Organ {
    /// Its number; of a group, `g:…`.
    id: String,
    /// Number of the unit above; empty at the top.
    parent: String,
    /// Its name.
    name: String,
    /// Of a group: `division`, `county-organs`, `townships`; empty for an organ.
    group: String,
    /// Kind of organ; empty for a group.
    kind: String,
    /// Division, GB/T 2260 and 10114; empty when it is not known.
    division: String,
    /// Approved headcount of the unit and all below, as far as it is known.
    establishment: Option<i64>,
    /// People in the service in the unit and all below.
    in_post: i64,
}

/// The units.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Organs {
    /// Depth first: a unit stands before those below it.
    organs: Vec<Organ>,
}

fn organ(unit: Unit) -> Organ {
    let organ = unit.node.organ;
    Organ {
        id: unit.node.id,
        parent: unit.node.parent,
        name: unit.node.name,
        group: unit.node.grouping,
        kind: organ.as_ref().map_or(String::new(), |o| o.kind.code().to_owned()),
        division: organ.and_then(|o| o.division).map(|d| d.to_string()).unwrap_or_default(),
        establishment: unit.establishment,
        in_post: unit.in_post,
    }
}

/// The units that the token reaches, with headcounts. Scope `roster:read`.
#[utoipa::path(
    get,
    path = "/api/v1/organs",
    tag = "roster",
    responses(
        (status = 200, description = "The units", body = Organs),
    )
)]
pub(super) async fn organs(State(api): State<Api>, bearer: Bearer) -> Result<Json<Organs>, Problem> {
    let units = api.app.office.units(&bearer.viewer).await.map_err(bearer.problem())?;
    Ok(Json(Organs { organs: units.into_iter().map(organ).collect() }))
}
