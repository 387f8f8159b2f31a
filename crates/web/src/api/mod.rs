//! The interface for other systems, `/api/v1`: JSON, a token in every request, and a description of itself at
//! `/api/v1/openapi.json` that a test holds against what the server answers.
//!
//! An answer tells what the token's scopes allow and leaves out the rest; what it tells of a sensitive class is recorded as
//! a look by the system that has the token, and the person sees it.

mod bearer;
mod changes;
mod import;
mod law;
mod limit;
mod organs;
mod people;
mod person;
pub(crate) mod problem;

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, FromRef};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use utoipa::OpenApi;
use utoipa::openapi::path::PathItem;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Ref, ResponseBuilder};

use crate::App;
use limit::Limits;

/// The largest file that may be sent, bytes.
const FILE_MOST: usize = 64 << 20;

/// What every handler of the interface is given.
#[derive(Clone, Debug)]
struct Api {
    app: App,
    limits: Arc<Limits>,
}

impl FromRef<Api> for App {
    fn from_ref(api: &Api) -> App {
        api.app.clone()
    }
}

/// The description: kept as `docs/openapi.json`.
#[derive(Debug, OpenApi)]
#[openapi(
    info(
        title = "扎根 Takeroot",
        version = "1",
        description = "供上级系统读取花名册、履历、现状与政策依据的接口。每次请求须带令牌（Authorization: Bearer …），由系统管理员发放，写明权限范围、单位和期限；读取工资、家庭与健康、身份证号会留下记录，本人可见。\n\nThe interface by which other systems read the roster, careers, standings and their legal basis. Every request carries a token (Authorization: Bearer …) made by the system administrator, with its scopes, its organ and its term; reading pay, family and health, or identity numbers is recorded, and the person sees it.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    servers((url = "/", description = "this installation")),
    paths(
        organs::organs,
        people::people,
        person::person,
        person::standing,
        changes::changes,
        law::policies,
        law::stack,
        import::import,
        openapi
    ),
    components(schemas(problem::Problem)),
    modifiers(&Secured),
    security(("token" = []))
)]
pub struct Described;

/// What every operation with a token has in common.
struct Secured;

/// What may be answered wherever a token is asked for.
const COMMON: [(&str, &str); 4] = [
    ("401", "No token that holds: none was given, or it is unknown, over or ended; which, is not told"),
    ("403", "Outside the token's scopes"),
    ("429", "Too often: `Retry-After` tells the seconds to wait"),
    ("500", "Something went wrong in the server; its log says what, under the number in `x-request-id`"),
];

impl utoipa::Modify for Secured {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
        for PathItem { get, post, .. } in openapi.paths.paths.values_mut() {
            // An operation that says otherwise of security is open to anyone.
            for operation in [get, post].into_iter().flatten().filter(|o| o.security.is_none()) {
                for (status, description) in COMMON {
                    let problem =
                        ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
                    let answer = ResponseBuilder::new()
                        .description(description)
                        .content("application/problem+json", problem)
                        .build();
                    operation.responses.responses.insert(status.to_owned(), answer.into());
                }
            }
        }
    }
}

/// The description as it is answered and kept.
pub fn description() -> String {
    Described::openapi().to_pretty_json().unwrap_or_default() + "\n"
}

/// Its routes.
pub fn routes(app: &App) -> Router<App> {
    let api = Api { app: app.clone(), limits: Arc::default() };
    let routes: Router<Api> = Router::new()
        .route("/api/v1/organs", get(organs::organs))
        .route("/api/v1/people", get(people::people))
        .route("/api/v1/person/{id}", get(person::person))
        .route("/api/v1/standing/{id}", get(person::standing))
        .route("/api/v1/changes", get(changes::changes))
        .route("/api/v1/policies", get(law::policies))
        .route("/api/v1/stack", get(law::stack))
        .route("/api/v1/import", post(import::import).layer(DefaultBodyLimit::max(FILE_MOST)))
        .route("/api/v1/openapi.json", get(openapi))
        .route("/api/{*rest}", get(problem::nowhere).post(problem::nowhere));
    routes.with_state(api)
}

/// This description.
#[utoipa::path(
    get,
    path = "/api/v1/openapi.json",
    tag = "interface",
    security(()),
    responses((status = 200, description = "OpenAPI 3.1", body = serde_json::Value))
)]
async fn openapi() -> Response {
    Json(Described::openapi()).into_response()
}
