//! The application: what every handler is given, and all its routes.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use takeroot_office::Office;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use crate::{
    account, admin, api, assets, audit, faults, forms, headers, home, import, jobs, lab, language, merge,
    mine, observe, own, person, policy, posts, roster, security, tokens,
};

/// What every handler is given.
#[derive(Clone, Debug)]
pub struct App {
    /// The office.
    pub office: Arc<Office>,
}

/// Every route.
pub fn router(app: App) -> Router {
    Router::new()
        .merge(home::routes())
        .merge(import::routes())
        .merge(roster::routes())
        .merge(person::routes())
        .merge(mine::routes())
        .merge(jobs::routes())
        .merge(merge::routes())
        .merge(account::routes())
        .merge(own::routes())
        .merge(admin::routes())
        .merge(audit::routes())
        .merge(observe::routes())
        .merge(language::routes())
        .merge(assets::routes())
        .merge(forms::routes())
        .merge(tokens::routes())
        .merge(api::routes(&app))
        .merge(policy::routes())
        .merge(lab::routes())
        .merge(posts::routes())
        .layer(DefaultBodyLimit::max(security::LARGEST))
        .layer(from_fn_with_state(app.clone(), security::door))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, security::PATIENCE))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(app.clone(), faults::pages))
        .layer(from_fn(headers::guard))
        .layer(from_fn_with_state(app.clone(), observe::requests))
        .with_state(app)
}

/// Answers on a listener until `until` is done; requests under way are finished.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: tokio::net::TcpListener,
    app: App,
    outside: security::Outside,
    until: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(app)
        .layer(axum::Extension(outside))
        .into_make_service_with_connect_info::<std::net::SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(until).await
}
