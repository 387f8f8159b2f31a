//! What every page needs to know: language, viewer, where it is.

use axum::response::{Html, IntoResponse, Response};
use takeroot_civil::Day;
use takeroot_office::{Action, Resource, Viewer};
use takeroot_words::Lang;

use crate::WebError;

/// What every page needs to know. Templates hold it as the field `page`.
#[derive(Clone, Debug)]
pub struct Page {
    /// The reader's language.
    pub lang: Lang,
    /// Who reads; `None` before sign-in.
    pub viewer: Option<Viewer>,
    /// Path of the request, for the menu.
    pub path: String,
    /// The address to come back to in the other language: this page with its query, or the page that a form stood on.
    pub back: String,
    /// The request came from htmx and wants a fragment.
    pub fragment: bool,
    /// The installation's people are invented: every page says so.
    pub invented: bool,
    /// Today, where the office is.
    pub today: Day,
}

impl Page {
    /// Whether the reader may read something somewhere: what the menu shows.
    pub fn may(&self, resource: Resource) -> bool {
        self.viewer.as_ref().is_some_and(|v| v.may(resource, Action::Read))
    }

    /// Whether the reader may do something somewhere: what buttons are shown.
    pub fn may_write(&self, resource: Resource) -> bool {
        self.viewer.as_ref().is_some_and(|v| v.may(resource, Action::Write))
    }

    /// Names of the reader's roles, each once.
    pub fn roles(&self) -> Vec<&'static str> {
        let mut roles: Vec<&'static str> = Vec::new();
        for holds in self.viewer.iter().flat_map(|v| &v.holds) {
            let name = holds.role.name(self.lang);
            if !roles.contains(&name) {
                roles.push(name);
            }
        }
        roles
    }

    /// Whether the account is bound to a person: "my standing" is shown.
    pub fn is_someone(&self) -> bool {
        self.viewer.as_ref().is_some_and(|v| v.person.is_some())
    }

    /// Whether the path lies below a place of the menu.
    pub fn is_at(&self, place: &str) -> bool {
        self.path == place || self.path.strip_prefix(place).is_some_and(|rest| rest.starts_with('/'))
    }
}

/// A page or fragment from a template.
///
/// # Errors
/// When the template cannot be filled: never in practice, a formatter failed.
pub fn html(template: &impl askama::Template) -> Result<Response, WebError> {
    Ok(Html(template.render()?).into_response())
}
