//! Sign-in, the code of the second factor, sign-out.

use std::net::{IpAddr, SocketAddr};

use askama::Template;
use axum::extract::{ConnectInfo, FromRequestParts, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use http::request::Parts;
use serde::Deserialize;
use takeroot_office::sign_in::From;
use takeroot_office::{AccountError, OfficeError};
use takeroot_words::Say as _;

use crate::page::html;
use crate::security::{self, Outside};
use crate::signed::{Anyone, SESSION, WAS};
use crate::words::t;
use crate::{App, Page, WebError};

/// Its routes.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/sign-in", get(show).post(sign_in))
        .route("/sign-in/code", get(ask).post(give))
        .route("/sign-out", post(sign_out))
}

/// How long a browser is known after a sign-in, thirty days: as long as the office keeps what is left of its session.
const WAS_LASTS: std::time::Duration = std::time::Duration::from_secs(30 * 86_400);

/// Where a request came from, as far as it can be believed.
#[derive(Clone, Debug)]
pub struct Came {
    /// Address and browser.
    pub from: From,
    /// By https.
    pub secure: bool,
}

impl<S: Send + Sync> FromRequestParts<S> for Came {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Came, std::convert::Infallible> {
        let outside = parts.extensions.get::<Outside>().copied().unwrap_or_default();
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
        let told = forwarded(&parts.headers).filter(|_| outside.behind_proxy);
        let address = told.or(peer).map(|a| a.to_canonical().to_string()).unwrap_or_default();
        let agent = parts.headers.get("user-agent").and_then(|v| v.to_str().ok()).unwrap_or_default();
        let agent = agent.trim().to_owned();
        let jar = CookieJar::from_headers(&parts.headers);
        let was = jar.get(WAS).map(|c| c.value().to_owned()).unwrap_or_default();
        let secure = security::is_secure(outside, &parts.headers);
        Ok(Came { from: From { address, agent, was }, secure })
    }
}

/// The asker's address as the proxy told it: the end of the list, in a header line of its own or in the asker's. What
/// stands before it, the asker wrote. What is no address is not believed.
fn forwarded(headers: &http::HeaderMap) -> Option<IpAddr> {
    let line = headers.get_all("x-forwarded-for").iter().next_back()?;
    line.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

#[derive(Template)]
#[template(path = "sign-in.html")]
struct SignIn {
    page: Page,
    back: String,
    name: String,
    wrong: String,
}

#[derive(Template)]
#[template(path = "sign-in-code.html")]
struct Code {
    page: Page,
    back: String,
    wrong: String,
}

#[derive(Debug, Deserialize)]
struct Back {
    #[serde(default)]
    back: String,
}

async fn show(Query(back): Query<Back>, anyone: Anyone) -> Result<Response, WebError> {
    html(&SignIn { page: anyone.page, back: back.back, name: String::new(), wrong: String::new() })
}

#[derive(Debug, Deserialize)]
struct Typed {
    name: String,
    password: String,
    #[serde(default)]
    back: String,
}

/// Only a place on this site: `//host` would leave it, browsers read `\` as `/`, and leave out tabs and line ends.
pub(crate) fn inside(back: &str) -> &str {
    let plain = !back.contains(|c: char| c == '\\' || c.is_control());
    let inside = back.starts_with('/') && !back.starts_with("//") && plain;
    if inside { back } else { "/" }
}

fn cookie(token: String, secure: bool) -> Cookie<'static> {
    Cookie::build((SESSION, token)).path("/").http_only(true).same_site(SameSite::Lax).secure(secure).build()
}

/// What stays in this browser when the session is over.
fn was(app: &App, token: &str, secure: bool) -> Cookie<'static> {
    let kept = Cookie::build((WAS, app.office.digest(token))).path("/");
    kept.max_age(WAS_LASTS.try_into().unwrap_or_default())
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(secure)
        .build()
}

fn status(error: &AccountError) -> StatusCode {
    match error {
        AccountError::Wait { .. } => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNAUTHORIZED,
    }
}

/// The page of a form that is shown again: in the other language it still knows where the reader was going.
fn at(path: &str, back: &str, page: Page) -> Page {
    let back = match back {
        "" => path.to_owned(),
        back => format!("{path}?back={}", crate::error::form_encoded(inside(back))),
    };
    Page { back, ..page }
}

async fn sign_in(
    State(app): State<App>,
    jar: CookieJar,
    came: Came,
    anyone: Anyone,
    Form(typed): Form<Typed>,
) -> Result<Response, WebError> {
    match app.office.sign_in(&typed.name, &typed.password, &came.from).await {
        Ok(begun) => {
            let jar = if begun.wants_code { jar } else { jar.add(was(&app, &begun.token, came.secure)) };
            let jar = jar.add(cookie(begun.token, came.secure));
            let to = if begun.wants_code {
                format!("/sign-in/code?back={}", crate::error::form_encoded(inside(&typed.back)))
            } else {
                inside(&typed.back).to_owned()
            };
            Ok((jar, Redirect::to(&to)).into_response())
        }
        Err(AccountError::Office(error)) => Err(error.into()),
        Err(error) => {
            let wrong = error.say(anyone.page.lang);
            let page = at("/sign-in", &typed.back, anyone.page);
            let said = html(&SignIn { page, back: typed.back, name: typed.name, wrong })?;
            Ok((status(&error), said).into_response())
        }
    }
}

async fn ask(Query(back): Query<Back>, anyone: Anyone) -> Result<Response, WebError> {
    html(&Code { page: anyone.page, back: back.back, wrong: String::new() })
}

#[derive(Debug, Deserialize)]
struct Given {
    code: String,
    #[serde(default)]
    back: String,
}

async fn give(
    State(app): State<App>,
    jar: CookieJar,
    came: Came,
    anyone: Anyone,
    Form(given): Form<Given>,
) -> Result<Response, WebError> {
    let token = jar.get(SESSION).map(|c| c.value().to_owned()).unwrap_or_default();
    match app.office.give_code(&token, &given.code, &came.from).await {
        Ok(token) => {
            let jar = jar.add(was(&app, &token, came.secure)).add(cookie(token, came.secure));
            Ok((jar, Redirect::to(inside(&given.back))).into_response())
        }
        // The session that waited for a code is over: from the beginning.
        Err(AccountError::Office(OfficeError::NotFound)) => Ok(Redirect::to("/sign-in").into_response()),
        Err(AccountError::Office(error)) => Err(error.into()),
        Err(error) => {
            let wrong = error.say(anyone.page.lang);
            let page = at("/sign-in/code", &given.back, anyone.page);
            Ok((status(&error), html(&Code { page, back: given.back, wrong })?).into_response())
        }
    }
}

async fn sign_out(State(app): State<App>, jar: CookieJar, came: Came) -> Result<Response, WebError> {
    if let Some(token) = jar.get(SESSION) {
        app.office.sign_out(token.value()).await?;
    }
    let gone = cookie(String::new(), came.secure);
    // What the browser kept of the pages goes too.
    let clear = [("clear-site-data", "\"cache\"")];
    Ok((jar.remove(gone), clear, Redirect::to("/sign-in")).into_response())
}
