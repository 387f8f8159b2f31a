//! Who is signed in: the extractors that handlers take.

use axum::extract::{FromRef, FromRequestParts};
use axum_extra::extract::CookieJar;
use http::request::Parts;
use http::{HeaderMap, Method, Uri};
use takeroot_office::Viewer;
use takeroot_office::viewer::Known;
use takeroot_words::Lang;

use crate::{App, Page, WebError, routes};

/// The cookie that carries a session's token.
pub const SESSION: &str = "takeroot";
/// The cookie that stays when a session ends: the digest of its token. It opens nothing; whoever brings it signed in from
/// this browser before, and does not wait for what others try with the name.
pub const WAS: &str = "takeroot-was";
/// The cookie that carries the language chosen.
pub const LANG: &str = "lang";

/// A signed-in reader. A handler that takes it cannot be reached without sign-in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub viewer: Viewer,
    /// The page's frame.
    pub page: Page,
}

/// Anyone: signed in or not. Only for sign-in, errors and the like.
#[derive(Clone, Debug)]
pub struct Anyone {
    /// The page's frame; its viewer may be `None`.
    pub page: Page,
}

/// The frame of a page for whoever asks.
pub(crate) async fn frame(parts: &mut Parts, app: &App) -> Result<Page, WebError> {
    let jar = CookieJar::from_headers(&parts.headers);
    let chosen = jar.get(LANG).and_then(|c| c.value().parse::<Lang>().ok());
    let mut page = bare_frame(parts, app);
    // The door found out already; where it asked for nothing, it did not look.
    let known = match (parts.extensions.get::<Known>(), jar.get(SESSION)) {
        (Some(known), _) => Some(known.clone()),
        (None, Some(token)) => app.office.known(token.value()).await?,
        (None, None) => None,
    };
    if let Some(known) = known {
        // What was chosen in this browser, else what the account says, else what the browser asks for.
        page.lang = chosen.or(known.lang).unwrap_or(page.lang);
        page.viewer = Some(known.viewer);
    }
    Ok(page)
}

/// The frame for someone of whom nothing is known: the language is the one chosen, or the first of ours that the
/// browser asks for.
pub(crate) fn bare_frame(parts: &Parts, app: &App) -> Page {
    let jar = CookieJar::from_headers(&parts.headers);
    let chosen = jar.get(LANG).and_then(|c| c.value().parse::<Lang>().ok());
    let asked =
        parts.headers.get(http::header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let asked = asked.split(',').find_map(|one| one.split([';', '-']).next()?.trim().parse::<Lang>().ok());
    Page {
        lang: chosen.or(asked).unwrap_or_default(),
        viewer: None,
        path: parts.uri.path().to_owned(),
        back: back(&parts.method, &parts.uri, &parts.headers),
        fragment: parts.headers.contains_key("hx-request"),
        invented: app.office.is_invented(),
        today: app.office.today(),
    }
}

/// The address of the page itself, on this site. A form's answer cannot be asked for again: of that the nearest address at
/// the form's own or above it that can be, or the page that the form stood on, when that is this one or lies below it. The
/// browser says where the form stood; after a form that was answered itself, that is no page.
pub fn back(method: &Method, uri: &Uri, headers: &HeaderMap) -> String {
    let own = uri.path_and_query().map_or("/", |own| own.as_str());
    if matches!(*method, Method::GET | Method::HEAD) {
        return own.to_owned();
    }
    let above = routes::readable_above(uri.path());
    let from = headers.get(http::header::REFERER).and_then(|v| v.to_str().ok());
    let from = from.and_then(|from| from.parse::<Uri>().ok());
    from.filter(|from| routes::is_readable(from.path()) && is_at_or_below(from.path(), above))
        .and_then(|from| Some(from.path_and_query()?.as_str().to_owned()))
        .unwrap_or_else(|| above.to_owned())
}

fn is_at_or_below(path: &str, above: &str) -> bool {
    above == "/" || path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl<S: Send + Sync> FromRequestParts<S> for Anyone
where
    App: FromRef<S>,
{
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Anyone, WebError> {
        Ok(Anyone { page: frame(parts, &App::from_ref(state)).await? })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn
where
    App: FromRef<S>,
{
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<SignedIn, WebError> {
        let page = frame(parts, &App::from_ref(state)).await?;
        match page.viewer.clone() {
            Some(viewer) => Ok(SignedIn { viewer, page }),
            None => Err(WebError::SignIn { back: page.back, fragment: page.fragment }),
        }
    }
}
