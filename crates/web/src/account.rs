//! Sign-in and sign-out.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use axum::{Form, Router};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde::Deserialize;
use takeroot_office::sign_in::From;

use crate::page::html;
use crate::signed::{Anyone, SESSION};
use crate::words::t;
use crate::{App, Page, WebError};

/// Its routes.
pub fn routes() -> Router<App> {
    Router::new().route("/sign-in", get(show).post(sign_in))
}

#[derive(Template)]
#[template(path = "sign-in.html")]
struct SignIn {
    page: Page,
    back: String,
    name: String,
    wrong: bool,
}

#[derive(Debug, Deserialize)]
struct Back {
    #[serde(default)]
    back: String,
}

async fn show(Query(back): Query<Back>, anyone: Anyone) -> Result<Response, WebError> {
    html(&SignIn { page: anyone.page, back: back.back, name: String::new(), wrong: false })
}

#[derive(Debug, Deserialize)]
struct Typed {
    name: String,
    password: String,
    #[serde(default)]
    back: String,
}

async fn sign_in(
    State(app): State<App>,
    jar: CookieJar,
    anyone: Anyone,
    Form(typed): Form<Typed>,
) -> Result<Response, WebError> {
    match app.office.sign_in(&typed.name, &typed.password, &From::default()).await? {
        Some(token) => {
            let cookie = Cookie::build((SESSION, token)).path("/").http_only(true).same_site(SameSite::Lax);
            // Only a place on this site: `//host` would leave it.
            let back =
                if typed.back.starts_with('/') && !typed.back.starts_with("//") { &typed.back } else { "/" };
            Ok((jar.add(cookie), Redirect::to(back)).into_response())
        }
        None => html(&SignIn { page: anyone.page, back: typed.back, name: typed.name, wrong: true }),
    }
}
