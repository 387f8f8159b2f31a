//! Who is signed in: the extractors that handlers take.

use axum::extract::{FromRef, FromRequestParts};
use axum_extra::extract::CookieJar;
use http::request::Parts;
use takeroot_office::Viewer;
use takeroot_office::viewer::Known;
use takeroot_words::Lang;

use crate::{App, Page, WebError};

/// The cookie that carries a session's token.
pub const SESSION: &str = "takeroot";
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
        page.lang = chosen.unwrap_or(known.lang);
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
        back: back(parts),
        fragment: parts.headers.contains_key("hx-request"),
        invented: app.office.is_invented(),
        today: app.office.today(),
    }
}

/// The address of the page itself; of a form's answer, which cannot be asked for again, that of the page it stood on.
fn back(parts: &Parts) -> String {
    if parts.method == http::Method::GET {
        return parts.uri.to_string();
    }
    let from = parts.headers.get(http::header::REFERER).and_then(|v| v.to_str().ok());
    let from = from.and_then(|from| from.parse::<http::Uri>().ok());
    from.and_then(|from| Some(from.path_and_query()?.as_str().to_owned())).unwrap_or_else(|| "/".to_owned())
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
            None => Err(WebError::SignIn { back: parts.uri.to_string(), fragment: page.fragment }),
        }
    }
}
