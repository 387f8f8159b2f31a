//! What goes on: a number for every request, a line in the log, figures for Prometheus, the state of the system. No
//! personal data: the path's template instead of the path, no query, no name.

use std::net::SocketAddr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Extension, Json, Router};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use takeroot_office::{Action, OfficeError, Resource};
use tracing::Instrument as _;

use crate::signed::Anyone;
use crate::{App, WebError};

/// Its routes.
pub fn routes() -> Router<App> {
    Router::new().route("/health", get(health)).route("/metrics", get(figures))
}

const REQUESTS: &str = "takeroot_requests_total";
const SECONDS: &str = "takeroot_request_seconds";
const NUMBER: &str = "x-request-id";
/// Edges of the histogram of durations, seconds.
const EDGES: [f64; 10] = [0.005, 0.01, 0.03, 0.06, 0.1, 0.3, 0.5, 1.0, 3.0, 10.0];

/// Begins to count, once for the process.
fn counting() -> Option<&'static PrometheusHandle> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    HANDLE
        .get_or_init(|| {
            PrometheusBuilder::new()
                .set_buckets_for_metric(Matcher::Full(SECONDS.to_owned()), &EDGES)
                .and_then(PrometheusBuilder::install_recorder)
                .inspect_err(|error| tracing::error!(%error, "no figures are kept"))
                .ok()
        })
        .as_ref()
}

/// A request's number: what the process drew when it began, and a count. It names a line of the log and opens nothing.
fn number(app: &App) -> String {
    static PROCESS: OnceLock<String> = OnceLock::new();
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let process = PROCESS.get_or_init(|| app.office.new_token().chars().take(8).collect());
    format!("{process}-{}", COUNT.fetch_add(1, Ordering::Relaxed))
}

/// The layer: outermost, so that it sees every answer.
pub async fn requests(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let _ = counting();
    #[expect(clippy::disallowed_methods, reason = "how long an answer took is measured, not decided on")]
    let began = Instant::now();
    let number = number(&app);
    let method = request.method().to_string();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "none".to_owned(), |p| p.as_str().to_owned());
    let value = HeaderValue::from_str(&number).ok();
    if let Some(value) = &value {
        // What the asker wrote there is not believed: the number is ours.
        request.headers_mut().insert(NUMBER, value.clone());
    }
    let span = tracing::info_span!("request", id = number.as_str());
    let mut answer = next.run(request).instrument(span.clone()).await;
    if let Some(value) = value {
        answer.headers_mut().insert(NUMBER, value);
    }
    let (status, took) = (answer.status().as_u16(), began.elapsed());
    metrics::counter!(REQUESTS, "method" => method.clone(), "route" => route.clone(), "status" => status.to_string())
        .increment(1);
    metrics::histogram!(SECONDS, "route" => route.clone()).record(took.as_secs_f64());
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| tracing::info!(method, route, status, ms, "answered"));
    answer
}

async fn health(State(app): State<App>) -> Response {
    match app.office.schema_version().await {
        Ok(schema) => {
            let told = serde_json::json!({
                "status": "ok", "database": "reachable", "schema": schema, "version": env!("CARGO_PKG_VERSION"),
            });
            (StatusCode::OK, Json(told)).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "the database cannot be reached");
            let told = serde_json::json!({
                "status": "failing", "database": "unreachable", "version": env!("CARGO_PKG_VERSION"),
            });
            // Its own form already: no page is drawn over it.
            (StatusCode::SERVICE_UNAVAILABLE, Json(told)).into_response()
        }
    }
}

/// Figures for Prometheus: on this machine, or for who may read the state of the system.
async fn figures(
    State(app): State<App>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    anyone: Anyone,
    request: Request,
) -> Result<Response, WebError> {
    // A proxy on this machine stands at an address of this machine, whether or not the program was told of it.
    let forwarded = ["x-forwarded-for", "forwarded"].iter().any(|name| request.headers().contains_key(*name));
    let here = peer.is_some_and(|Extension(ConnectInfo(a))| a.ip().is_loopback()) && !forwarded;
    let may = anyone.page.viewer.is_some_and(|v| v.may(Resource::Health, Action::Read));
    if !here && !may {
        return Err(OfficeError::Forbidden { resource: Resource::Health, action: Action::Read }.into());
    }
    let Some(handle) = counting() else {
        return Ok(StatusCode::SERVICE_UNAVAILABLE.into_response());
    };
    let sessions = app.office.sessions_running().await?;
    let (open, idle) = app.office.db.connections();
    metrics::gauge!("takeroot_sessions").set(f64::from(u32::try_from(sessions).unwrap_or(u32::MAX)));
    metrics::gauge!("takeroot_database_connections", "state" => "open").set(f64::from(open));
    metrics::gauge!("takeroot_database_connections", "state" => "idle").set(f64::from(idle));
    handle.run_upkeep();
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    Ok((kind, handle.render()).into_response())
}
