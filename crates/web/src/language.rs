//! The switch between the two languages: a cookie, and for one who is signed in nothing else, so that a visit to a
//! counter's computer changes no account.

use axum::Router;
use axum::extract::Form;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::post;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde::Deserialize;
use takeroot_words::Lang;

use crate::App;
use crate::account::inside;
use crate::signed::LANG;

/// Its routes.
pub fn routes() -> Router<App> {
    Router::new().route("/language", post(choose))
}

#[derive(Debug, Deserialize)]
struct Chosen {
    lang: String,
    #[serde(default)]
    back: String,
}

async fn choose(jar: CookieJar, Form(chosen): Form<Chosen>) -> Response {
    let lang: Lang = chosen.lang.parse().unwrap_or_default();
    let mut cookie = Cookie::build((LANG, lang.code())).path("/").same_site(SameSite::Lax).build();
    cookie.make_permanent();
    (jar.add(cookie), Redirect::to(inside(&chosen.back))).into_response()
}
