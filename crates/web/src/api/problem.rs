//! What goes wrong, as `application/problem+json` in the language that the request asks for.

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use serde::Serialize;
use takeroot_office::OfficeError;
use takeroot_words::{Lang, Say};
use utoipa::ToSchema;

use crate::words::say;

/// What went wrong.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Problem {
    /// A stable word for it.
    #[serde(rename = "type")]
    kind: &'static str,
    /// What it is called.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What happened, in the language asked for.
    detail: String,
    #[serde(skip)]
    #[schema(ignore)]
    wait: Option<i64>,
}

impl Problem {
    fn new(status: StatusCode, kind: &'static str, title: String, detail: String) -> Problem {
        Problem { kind, title, status: status.as_u16(), detail, wait: None }
    }

    /// No token, or one that opens nothing: which of the two is not told.
    pub fn token(lang: Lang) -> Problem {
        Problem::new(StatusCode::UNAUTHORIZED, "token", say!(lang, "api-token"), say!(lang, "api-token-how"))
    }

    /// Too many requests; milliseconds until the next is answered.
    pub fn often(lang: Lang, wait: i64) -> Problem {
        let detail = say!(lang, "api-often-how", seconds = seconds(wait).to_string());
        let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, "often", say!(lang, "api-often"), detail);
        Problem { wait: Some(wait), ..problem }
    }

    /// A parameter or body that cannot be read.
    pub fn bad(lang: Lang, what: &str) -> Problem {
        let detail = say!(lang, "api-bad-how", what = what);
        Problem::new(StatusCode::BAD_REQUEST, "request", say!(lang, "api-bad"), detail)
    }

    /// What the server said before a handler was reached, or instead of one.
    fn bare(lang: Lang, status: StatusCode) -> Problem {
        let (kind, title, why) = match status {
            StatusCode::METHOD_NOT_ALLOWED => {
                ("method", say!(lang, "api-method"), say!(lang, "api-method-how"))
            }
            StatusCode::PAYLOAD_TOO_LARGE => {
                let most = (super::FILE_MOST >> 20).to_string();
                ("size", say!(lang, "api-size"), say!(lang, "api-size-how", most = most))
            }
            StatusCode::SERVICE_UNAVAILABLE => ("busy", say!(lang, "api-busy"), say!(lang, "api-busy-how")),
            s if s.is_server_error() => ("inside", say!(lang, "api-inside"), say!(lang, "error-inside")),
            _ => ("request", say!(lang, "api-bad"), say!(lang, "api-bad-shape")),
        };
        Problem::new(status, kind, title, why)
    }

    /// What the office said.
    pub fn of(lang: Lang, error: &OfficeError) -> Problem {
        let (status, kind, title) = match error {
            OfficeError::Forbidden { .. } => (StatusCode::FORBIDDEN, "scope", say!(lang, "api-scope")),
            OfficeError::NotFound => (StatusCode::NOT_FOUND, "not-found", say!(lang, "api-not-found")),
            OfficeError::Field { .. } | OfficeError::Refused { .. } => {
                (StatusCode::UNPROCESSABLE_ENTITY, "content", say!(lang, "api-content"))
            }
            _ => {
                tracing::error!(error = %error, "request of the interface failed");
                let (title, why) = (say!(lang, "api-inside"), say!(lang, "error-inside"));
                return Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "inside", title, why);
            }
        };
        Problem::new(status, kind, title, error.say(lang))
    }
}

fn seconds(wait: i64) -> i64 {
    wait.saturating_add(999).div_euclid(1000).max(1)
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let wait = self.wait;
        let mut answer = (status, Json(self)).into_response();
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(wait) = wait {
            headers.insert(header::RETRY_AFTER, seconds(wait).into());
        }
        answer
    }
}

/// The language that a request asks for: the first of ours; Chinese when it asks for neither.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spoken(pub Lang);

impl Spoken {
    pub fn of(headers: &http::HeaderMap) -> Spoken {
        let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let first = asked.split(',').find_map(|one| one.split([';', '-']).next()?.trim().parse().ok());
        Spoken(first.unwrap_or_default())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Spoken {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Spoken, Self::Rejection> {
        Ok(Spoken::of(&parts.headers))
    }
}

/// Gives an error that came without words of ours the form of the others: a parameter twice, a method that an address
/// does not know, a body too large, a handler that took too long.
pub(crate) fn shaped(Spoken(lang): Spoken, answer: Response) -> Response {
    let status = answer.status();
    let kind = answer.headers().get(header::CONTENT_TYPE);
    let ours = kind.is_some_and(|k| k.as_bytes().starts_with(b"application/problem+json"));
    if ours || !(status.is_client_error() || status.is_server_error()) {
        return answer;
    }
    let allowed = answer.headers().get(header::ALLOW).cloned();
    let mut shaped = Problem::bare(lang, status).into_response();
    if let Some(allowed) = allowed {
        shaped.headers_mut().insert(header::ALLOW, allowed);
    }
    shaped
}

/// An address below `/api/` where nothing is.
pub(super) async fn nowhere(Spoken(lang): Spoken) -> Problem {
    Problem::of(lang, &OfficeError::NotFound)
}
