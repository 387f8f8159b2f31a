//! Error pages, in the reader's language, with the request's number so that it can be found in the log.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse as _, Response};
use takeroot_words::{Lang, Say};

use crate::api::problem::{self, Spoken};
use crate::signed;
use crate::words::{say, t};
use crate::{App, Page};

/// What an error says in either language: put into the response by whoever made it, drawn here.
#[derive(Clone, Debug, Default)]
pub struct Fault {
    zh: String,
    en: String,
}

impl Fault {
    /// What an error says.
    pub fn of(error: &impl Say) -> Fault {
        Fault { zh: error.say(Lang::Zh), en: error.say(Lang::En) }
    }

    /// The same words for both.
    pub fn plain(why: &str) -> Fault {
        Fault { zh: why.to_owned(), en: why.to_owned() }
    }
}

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage {
    page: Page,
    code: u16,
    title: String,
    why: String,
    advice: String,
    request: String,
}

/// The layer: an answer that is an error without a page gets one. Answers for other systems keep their own form.
pub async fn pages(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/api/") {
        let spoken = Spoken::of(request.headers());
        return problem::shaped(spoken, next.run(request).await);
    }
    // The state of the system is told in its own form too.
    if request.uri().path() == "/health" || request.uri().path().starts_with(takeroot_assets::PLACE) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let known = parts.clone();
    let answer = next.run(Request::from_parts(parts.clone(), body)).await;
    let status = answer.status();
    let fault = answer.extensions().get::<Fault>().cloned();
    let bare = answer
        .headers()
        .get(header::CONTENT_TYPE)
        .is_none_or(|kind| !kind.as_bytes().starts_with(b"text/html"));
    let wanted = fault.is_some() || (bare && draws(status));
    if !wanted || answer.headers().contains_key("hx-redirect") {
        return answer;
    }
    parts.extensions.clear();
    let page = match signed::frame(&mut parts, &app).await {
        Ok(page) => page,
        Err(_) => signed::bare_frame(&known, &app),
    };
    let lang = page.lang;
    let title = match status {
        StatusCode::FORBIDDEN => say!(lang, "fault-403"),
        StatusCode::NOT_FOUND => say!(lang, "fault-404"),
        StatusCode::TOO_MANY_REQUESTS => say!(lang, "fault-429"),
        StatusCode::PAYLOAD_TOO_LARGE => say!(lang, "fault-413"),
        s if s.is_server_error() => say!(lang, "fault-500"),
        _ => say!(lang, "fault-400"),
    };
    let said = fault.map(|f| lang.pick(f.zh, f.en)).filter(|why| !why.is_empty());
    let why = said.unwrap_or_else(|| match status {
        StatusCode::FORBIDDEN => say!(lang, "fault-403-why"),
        StatusCode::NOT_FOUND => say!(lang, "fault-404-why"),
        StatusCode::TOO_MANY_REQUESTS => say!(lang, "fault-429-why"),
        StatusCode::PAYLOAD_TOO_LARGE => say!(lang, "fault-413-why"),
        s if s.is_server_error() => say!(lang, "error-inside"),
        _ => say!(lang, "fault-400-why"),
    });
    let advice = match status {
        StatusCode::FORBIDDEN => say!(lang, "fault-403-advice"),
        StatusCode::NOT_FOUND => say!(lang, "fault-404-advice"),
        _ => String::new(),
    };
    let number = known
        .headers
        .get("x-request-id")
        .or_else(|| answer.headers().get("x-request-id"))
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let drawn = FaultPage { page, code: status.as_u16(), title, why, advice, request: number };
    let Ok(text) = drawn.render() else { return answer };
    let (mut old, _) = answer.into_parts();
    old.headers.remove(header::CONTENT_TYPE);
    old.headers.remove(header::CONTENT_LENGTH);
    let mut new = (status, Html(text)).into_response();
    for (name, value) in &old.headers {
        new.headers_mut().append(name, value.clone());
    }
    new
}

/// Errors that someone who typed or clicked may meet without a page of their own.
fn draws(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::BAD_REQUEST
            | StatusCode::FORBIDDEN
            | StatusCode::NOT_FOUND
            | StatusCode::METHOD_NOT_ALLOWED
            | StatusCode::PAYLOAD_TOO_LARGE
            | StatusCode::UNSUPPORTED_MEDIA_TYPE
            | StatusCode::UNPROCESSABLE_ENTITY
            | StatusCode::TOO_MANY_REQUESTS
    ) || status.is_server_error()
}
