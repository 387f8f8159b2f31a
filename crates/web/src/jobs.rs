//! Work that takes longer than a request: how far it is, a button that stops it, what came of it.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use http::HeaderValue;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use takeroot_office::jobs::Job;

use crate::page::html;
use crate::signed::SignedIn;
use crate::words::t;
use crate::{App, Page, WebError};

/// Its routes.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/jobs/{id}", get(show))
        .route("/jobs/{id}/cancel", post(cancel))
        .route("/jobs/{id}/file", get(file))
}

#[derive(Template)]
#[template(path = "job.html", blocks = ["state"])]
struct JobPage {
    page: Page,
    job: Job,
}

impl JobPage {
    fn message(&self) -> &str {
        self.page.lang.pick(&self.job.message_zh, &self.job.message_en)
    }
}

async fn show(State(app): State<App>, Path(id): Path<i64>, signed: SignedIn) -> Result<Response, WebError> {
    let job = app.office.job(&signed.viewer, id).await?;
    if signed.page.fragment {
        let to =
            HeaderValue::from_str(&job.place).ok().filter(|_| job.state == "done" && !job.place.is_empty());
        let mut answer = html(&JobPage { page: signed.page, job }.as_state())?;
        if let Some(to) = to {
            answer.headers_mut().insert("hx-redirect", to);
        }
        return Ok(answer);
    }
    if job.state == "done" && !job.place.is_empty() {
        return Ok(Redirect::to(&job.place).into_response());
    }
    html(&JobPage { page: signed.page, job })
}

async fn cancel(State(app): State<App>, Path(id): Path<i64>, signed: SignedIn) -> Result<Response, WebError> {
    app.office.cancel_job(&signed.viewer, id).await?;
    Ok(Redirect::to(&format!("/jobs/{id}")).into_response())
}

async fn file(State(app): State<App>, Path(id): Path<i64>, signed: SignedIn) -> Result<Response, WebError> {
    let (name, content) = app.office.job_file(&signed.viewer, id).await?;
    Ok(download(&name, content))
}

/// A file to keep, under its name in any language.
pub fn download(name: &str, content: Vec<u8>) -> Response {
    under_its_name(name, content, "attachment")
}

/// A file to look at in the browser; it can be kept under its name.
pub fn opened(name: &str, content: Vec<u8>) -> Response {
    under_its_name(name, content, "inline")
}

fn under_its_name(name: &str, content: Vec<u8>, how: &str) -> Response {
    use std::fmt::Write as _;
    let kind = match name.rsplit_once('.').map(|n| n.1) {
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some("pdf") => "application/pdf",
        Some("zip") => "application/zip",
        Some("json") => "application/json",
        Some("csv") => "text/csv; charset=utf-8",
        Some("typ") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
    let encoded = name.bytes().fold(String::new(), |mut out, b| {
        if b.is_ascii_alphanumeric() || b"-_.".contains(&b) {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
        out
    });
    let mut answer = content.into_response();
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(value) = HeaderValue::from_str(&format!("{how}; filename*=UTF-8''{encoded}")) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    answer
}
