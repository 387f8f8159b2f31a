//! Who asks: the token in the header, held against the kept digests and the limit.

use axum::extract::FromRequestParts;
use axum::http::header;
use http::request::Parts;
use takeroot_office::Viewer;
use takeroot_words::Lang;

use super::Api;
use super::problem::{Problem, Spoken};

/// A system with a token that holds. A handler that takes it cannot be reached without.
#[derive(Clone, Debug)]
pub(super) struct Bearer {
    pub viewer: Viewer,
    pub lang: Lang,
}

impl FromRequestParts<Api> for Bearer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Bearer, Problem> {
        let Spoken(lang) = Spoken::of(&parts.headers);
        let given = parts.headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok());
        let secret =
            given.and_then(|v| v.split_once(' ')).filter(|(kind, _)| kind.eq_ignore_ascii_case("bearer"));
        let Some((_, secret)) = secret else {
            return Err(Problem::token(lang));
        };
        let office = &api.app.office;
        let viewer = office.bearer(secret.trim()).await.map_err(|e| Problem::of(lang, &e))?;
        let Some(viewer) = viewer else {
            return Err(Problem::token(lang));
        };
        match api.limits.take(viewer.account, office.now()) {
            Some(wait) => Err(Problem::often(lang, wait)),
            None => Ok(Bearer { viewer, lang }),
        }
    }
}

impl Bearer {
    /// What the office said, in the language asked for.
    pub fn problem(&self) -> impl Fn(takeroot_office::OfficeError) -> Problem + use<> {
        let lang = self.lang;
        move |error| Problem::of(lang, &error)
    }
}
