//! Home.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use crate::page::html;
use crate::signed::SignedIn;
use crate::words::t;
use crate::{App, Page, WebError};

/// Its routes.
pub fn routes() -> Router<App> {
    Router::new().route("/", get(home))
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    page: Page,
}

async fn home(State(_app): State<App>, signed: SignedIn) -> Result<Response, WebError> {
    html(&Home { page: signed.page })
}
