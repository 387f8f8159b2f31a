//! A county on each engine, and what is asked of its pages.

#![allow(dead_code, reason = "each test uses the part that it needs")]

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, header};
use takeroot_civil::Roster;
use takeroot_demo::County;
use takeroot_office::demonstration;
use takeroot_office::testing::{self, Hand, today};
use takeroot_web::{App, router};
use tower::ServiceExt as _;

/// The application with a county of so many people on each engine, and the clock of each.
pub async fn counties(dir: &tempfile::TempDir, people: u32) -> Vec<(App, Arc<Hand>)> {
    counties_of(dir, &County::generate(people, 5, today()).unwrap()).await
}

/// The same with a roster of one's own.
pub async fn counties_of(dir: &tempfile::TempDir, roster: &Roster) -> Vec<(App, Arc<Hand>)> {
    let mut all = Vec::new();
    for (office, clock) in testing::offices_with(dir.path(), roster).await.unwrap() {
        office.demonstration_accounts().await.unwrap();
        all.push((App { office: Arc::new(office) }, clock));
    }
    all
}

/// The same where nobody looks at the clock.
pub async fn apps(dir: &tempfile::TempDir, people: u32) -> Vec<App> {
    counties(dir, people).await.into_iter().map(|county| county.0).collect()
}

/// What the application answers.
pub async fn ask(app: &App, request: Request<Body>) -> Response<Body> {
    router(app.clone()).oneshot(request).await.unwrap()
}

/// What an answer says.
pub async fn text(answer: Response<Body>) -> String {
    String::from_utf8(to_bytes(answer.into_body(), 32 << 20).await.unwrap().to_vec()).unwrap()
}

/// A page asked for.
pub fn get(path: &str, cookie: &str) -> Request<Body> {
    Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()
}

/// A form sent.
pub fn form(path: &str, cookie: &str, typed: &str) -> Request<Body> {
    Request::post(path)
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(typed.to_owned()))
        .unwrap()
}

/// The cookie of the session that an answer begins, as it was sent.
pub fn session_of(answer: &Response<Body>) -> String {
    let all = answer.headers().get_all(header::SET_COOKIE).iter().map(|c| c.to_str().unwrap());
    all.into_iter().find(|c| c.starts_with("takeroot=")).expect("a session").to_owned()
}

/// The cookie of an account of the demonstration that signed in.
pub async fn signed_in(app: &App, name: &str) -> String {
    let typed = format!("name={name}&password={}", demonstration::PASSWORD);
    let answer = ask(app, form("/sign-in", "", &typed)).await;
    assert!(answer.status().is_redirection(), "{name}: {:?}", answer.status());
    session_of(&answer).split(';').next().unwrap().to_owned()
}
