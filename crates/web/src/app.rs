//! The application: what every handler is given, and all its routes.

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use takeroot_office::Office;

use crate::{
    account, api, assets, faults, forms, headers, home, import, jobs, language, merge, mine, person, roster,
    tokens,
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
        .merge(language::routes())
        .merge(assets::routes())
        .merge(forms::routes())
        .merge(tokens::routes())
        .merge(api::routes(&app))
        .route("/health", get(health))
        .layer(from_fn_with_state(app.clone(), faults::pages))
        .layer(from_fn(headers::guard))
        .with_state(app)
}

async fn health() -> &'static str {
    "ok"
}

/// Answers on a listener until `until` is done; requests under way are finished.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: tokio::net::TcpListener,
    app: App,
    until: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(app).into_make_service_with_connect_info::<std::net::SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(until).await
}
