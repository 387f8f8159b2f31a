//! Headers that every answer carries, and the refusal of requests that another site made in the reader's name.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// Everything comes from this server; nothing is evaluated; nobody frames us. Pictures may be in the page itself.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
                      frame-ancestors 'none'; form-action 'self'";

const ALWAYS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// The layer.
pub async fn guard(request: Request, next: Next) -> Response {
    let mut answer =
        if is_foreign(&request) { StatusCode::FORBIDDEN.into_response() } else { next.run(request).await };
    for (name, value) in ALWAYS {
        answer.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    // Pages hold personal data: nobody keeps them. What may be kept says so itself.
    answer.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    answer
}

/// A request that changes something, sent by a browser from another site.
fn is_foreign(request: &Request) -> bool {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return false;
    }
    let named = |name: &str| request.headers().get(name).and_then(|v| v.to_str().ok());
    match named("sec-fetch-site") {
        Some(site) => !matches!(site, "same-origin" | "none"),
        // Older browsers: the origin must be the host that was asked.
        None => match (named("origin"), named("host")) {
            (Some(origin), Some(host)) => origin.split_once("://").map(|o| o.1) != Some(host),
            _ => false,
        },
    }
}
