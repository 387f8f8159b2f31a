//! The policy documents at hand, and what the law here is made of.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::Api;
use super::bearer::Bearer;
use super::problem::Problem;

/// A policy document.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Policy {
    /// Its id.
    id: String,
    /// `instrument`, `proposal` or `baseline`.
    kind: &'static str,
    /// Its title, in the language asked for.
    title: String,
    /// How many clauses it has.
    clauses: usize,
}

/// The documents at hand.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Policies {
    policies: Vec<Policy>,
}

/// What the law here is made of.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StackTold {
    /// Digest of the documents' texts: a standing that names it was reckoned under just these.
    digest: String,
    /// Digits of the division whose local instruments hold.
    place: Option<String>,
    /// The documents, by layer, the later over the earlier.
    documents: Vec<String>,
}

/// The policy documents at hand. Scope `policy:read`.
#[utoipa::path(
    get,
    path = "/api/v1/policies",
    tag = "policy",
    responses(
        (status = 200, description = "The documents", body = Policies),
    )
)]
pub(super) async fn policies(State(api): State<Api>, bearer: Bearer) -> Result<Json<Policies>, Problem> {
    let library = api.app.office.documents_for(&bearer.viewer).await.map_err(bearer.problem())?;
    let policies = library
        .documents
        .iter()
        .map(|d| Policy {
            id: d.id().to_owned(),
            kind: takeroot_office::policy::kind(&d.head),
            title: d.head.title().get(bearer.lang).to_owned(),
            clauses: d.clauses.len(),
        })
        .collect();
    Ok(Json(Policies { policies }))
}

/// What the law here is made of, with its digest. Scope `policy:read`.
#[utoipa::path(
    get,
    path = "/api/v1/stack",
    tag = "policy",
    responses(
        (status = 200, description = "The stack", body = StackTold),
    )
)]
pub(super) async fn stack(State(api): State<Api>, bearer: Bearer) -> Result<Json<StackTold>, Problem> {
    let law = api.app.office.law(&bearer.viewer).await.map_err(bearer.problem())?;
    Ok(Json(StackTold { digest: law.digest, place: law.place, documents: law.documents }))
}
