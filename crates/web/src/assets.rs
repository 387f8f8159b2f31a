//! Styles, scripts and icons, out of the program. Their addresses change with their content, so a browser keeps them for
//! a year.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use crate::App;

/// Its routes.
pub fn routes() -> Router<App> {
    Router::new().route("/assets/{name}", get(asset)).route("/favicon.ico", get(icon))
}

/// Not a secret and not anyone's: may be kept by whoever stands between.
const FOR_A_YEAR: &str = "public, max-age=31536000, immutable";

async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = takeroot_assets::get(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let known = headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok());
    let kept: [(HeaderName, &'static str); 3] =
        [(header::ETAG, asset.etag), (header::CACHE_CONTROL, FOR_A_YEAR), (header::VARY, "accept-encoding")];
    if known.is_some_and(|tags| tags.contains(asset.etag)) {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    let accept = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let (bytes, encoding) = asset.encoded(accept);
    let mut answer = (kept, [(header::CONTENT_TYPE, asset.mime)], bytes).into_response();
    if let Some(encoding) = encoding {
        answer.headers_mut().insert(header::CONTENT_ENCODING, axum::http::HeaderValue::from_static(encoding));
    }
    answer
}

/// Where browsers look when no page told them.
async fn icon() -> Response {
    axum::response::Redirect::permanent(&crate::pieces::asset("favicon.svg")).into_response()
}
