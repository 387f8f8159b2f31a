//! What goes wrong, as an answer.

use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use takeroot_office::OfficeError;

use crate::faults::Fault;

/// What goes wrong, as an answer.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// The office said no.
    #[error(transparent)]
    Office(#[from] OfficeError),
    /// A template could not be filled.
    #[error(transparent)]
    Template(#[from] askama::Error),
    /// Nobody is signed in.
    #[error("sign in first")]
    SignIn {
        /// Where to go afterwards.
        back: String,
        /// The request wanted a fragment.
        fragment: bool,
    },
    /// Something about accounts, where no form is there to say it beside.
    #[error(transparent)]
    Account(#[from] takeroot_office::AccountError),
    /// The request cannot be read.
    #[error("bad request: {0}")]
    Bad(String),
}

impl From<takeroot_store::StoreError> for WebError {
    fn from(error: takeroot_store::StoreError) -> WebError {
        WebError::Office(error.into())
    }
}

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        if let WebError::Account(takeroot_office::AccountError::Office(error)) = self {
            return WebError::Office(error).into_response();
        }
        let status = match &self {
            WebError::SignIn { back, fragment } => {
                let back: String = form_encoded(back);
                let to = format!("/sign-in?back={back}");
                if *fragment {
                    let mut answer = StatusCode::UNAUTHORIZED.into_response();
                    if let Ok(to) = HeaderValue::from_str(&to) {
                        answer.headers_mut().insert("hx-redirect", to);
                    }
                    return answer;
                }
                return Redirect::to(&to).into_response();
            }
            WebError::Office(OfficeError::Forbidden { .. }) => StatusCode::FORBIDDEN,
            WebError::Office(OfficeError::NotFound) => StatusCode::NOT_FOUND,
            WebError::Account(takeroot_office::AccountError::Wait { .. }) => StatusCode::TOO_MANY_REQUESTS,
            WebError::Account(_) => StatusCode::UNPROCESSABLE_ENTITY,
            WebError::Office(
                OfficeError::Field { .. }
                | OfficeError::Stack(_)
                | OfficeError::Refused { .. }
                | OfficeError::Cancelled,
            ) => StatusCode::UNPROCESSABLE_ENTITY,
            WebError::Bad(_) => StatusCode::BAD_REQUEST,
            WebError::Office(_) | WebError::Template(_) => {
                tracing::error!(error = %self, "request failed");
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        let fault = match &self {
            WebError::Office(e) if status != StatusCode::INTERNAL_SERVER_ERROR => Fault::of(e),
            WebError::Account(e) => Fault::of(e),
            WebError::Bad(why) => Fault::plain(why),
            _ => Fault::default(),
        };
        // The page is drawn by the layer of `faults`, which knows the reader's language.
        (status, axum::Extension(fault)).into_response()
    }
}

pub(crate) fn form_encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, b| {
        if b.is_ascii_alphanumeric() || b"-_./".contains(&b) {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
        out
    })
}
