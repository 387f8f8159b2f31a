//! The door: every request is held against the table of routes, and everyone who must first do something is sent there.

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum_extra::extract::CookieJar;
use takeroot_office::OfficeError;

use crate::routes::{self, Needs};
use crate::signed::{SESSION, back};
use crate::{App, WebError};

/// Largest request without a limit of its own, bytes: forms. Uploads set their own.
pub const LARGEST: usize = 1 << 20;
/// How long an answer may take to begin.
pub const PATIENCE: std::time::Duration = std::time::Duration::from_secs(120);

/// How requests come in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outside {
    /// A proxy of ours stands before the program and says in `X-Forwarded-Proto` and `X-Forwarded-For` what it was
    /// asked. Without it nobody believes these headers: anyone can write them.
    pub behind_proxy: bool,
}

/// Whether the reader came by https, so that cookies are only sent there.
pub fn is_secure(outside: Outside, headers: &http::HeaderMap) -> bool {
    outside.behind_proxy
        && headers.get("x-forwarded-proto").and_then(|v| v.to_str().ok()).is_some_and(|p| p == "https")
}

/// The layer.
pub async fn door(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let Some(path) = request.extensions().get::<MatchedPath>().map(|p| p.as_str().to_owned()) else {
        return next.run(request).await;
    };
    let known = routes::needs(request.method(), &path);
    // Other systems bring a token, which their own routes look at.
    if path.starts_with("/api/") || known == Some(Needs::Nothing) {
        return next.run(request).await;
    }
    if known.is_none() {
        tracing::warn!(route = path, "not in the table of routes: only sign-in is asked");
    }
    match enter(&app, &mut request, known.unwrap_or(Needs::SignedIn), &path).await {
        Ok(None) => next.run(request).await,
        Ok(Some(elsewhere)) => elsewhere,
        Err(error) => error.into_response(),
    }
}

async fn enter(
    app: &App,
    request: &mut Request,
    needs: Needs,
    path: &str,
) -> Result<Option<Response>, WebError> {
    let jar = CookieJar::from_headers(request.headers());
    let known = match jar.get(SESSION) {
        Some(token) => app.office.known(token.value()).await?,
        None => None,
    };
    let Some(known) = known else {
        let fragment = request.headers().contains_key("hx-request");
        let back = back(request.method(), request.uri(), request.headers());
        return Err(WebError::SignIn { back, fragment });
    };
    if known.must_change && path != "/account" && !path.starts_with("/account/") {
        return Ok(Some(Redirect::to("/account").into_response()));
    }
    if let (false, Some((resource, action))) = (needs.fulfilled_by(&known.viewer), needs.names()) {
        return Err(OfficeError::Forbidden { resource, action }.into());
    }
    app.office.note_use(known.viewer.session, known.seen).await?;
    request.extensions_mut().insert(known);
    Ok(None)
}
