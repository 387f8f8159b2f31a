//! What each route asks of its reader. One table: the layer of [`crate::security`] holds every request against it before
//! a handler sees it, a test holds it against the routers, and another asks every route as every role.
//!
//! The office decides again, with the organs and the person in hand: this table is the outer of two doors.

use axum::http::Method;
use takeroot_office::access::may_own;
use takeroot_office::{Action, Resource, Viewer};

/// What a route asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: sign-in, styles, state of the system. Routes with tokens of their own look at these themselves.
    Nothing,
    /// To be signed in: one's own account.
    SignedIn,
    /// A role that may do it somewhere.
    May(Resource, Action),
    /// The same, or that the account is bound to a person, who may do it about oneself.
    MayOrOwn(Resource, Action),
}

use Action::{Export, Read, Write};
use Needs::{May, MayOrOwn, Nothing, SignedIn};
use Resource as R;

/// Every route: method, path as it is given to the router, what it asks.
pub const ROUTES: &[(&str, &str, Needs)] = &[
    // Anyone
    ("GET", "/assets/{name}", Nothing),
    ("GET", "/favicon.ico", Nothing),
    ("POST", "/language", Nothing),
    ("GET", "/sign-in", Nothing),
    ("POST", "/sign-in", Nothing),
    ("GET", "/sign-in/code", Nothing),
    ("POST", "/sign-in/code", Nothing),
    ("POST", "/sign-out", Nothing),
    ("GET", "/health", Nothing),
    // Looks itself: this machine, or who may read the state of the system.
    ("GET", "/metrics", Nothing),
    // One's own account
    ("GET", "/", SignedIn),
    ("GET", "/account", SignedIn),
    ("POST", "/account/password", SignedIn),
    ("POST", "/account/sessions/end", SignedIn),
    ("GET", "/account/code", SignedIn),
    ("POST", "/account/code", SignedIn),
    ("POST", "/account/code/begin", SignedIn),
    ("POST", "/account/code/off", SignedIn),
    ("GET", "/account/looks", MayOrOwn(R::Sight, Read)),
    // Administration
    ("GET", "/accounts", May(R::Account, Read)),
    ("POST", "/accounts", May(R::Account, Write)),
    ("GET", "/accounts/{id}", May(R::Account, Read)),
    ("POST", "/accounts/{id}/disable", May(R::Account, Write)),
    ("POST", "/accounts/{id}/enable", May(R::Account, Write)),
    ("POST", "/accounts/{id}/password", May(R::Account, Write)),
    ("POST", "/accounts/{id}/grants", May(R::Grant, Write)),
    ("POST", "/accounts/{id}/grants/{grant}/end", May(R::Grant, Write)),
    ("GET", "/tokens", May(R::Token, Read)),
    ("POST", "/tokens", May(R::Token, Write)),
    ("POST", "/tokens/{id}/end", May(R::Token, Write)),
    // Other systems: their tokens are looked at by the handlers' extractor
    ("GET", "/api/v1/organs", Nothing),
    ("GET", "/api/v1/people", Nothing),
    ("GET", "/api/v1/person/{id}", Nothing),
    ("GET", "/api/v1/standing/{id}", Nothing),
    ("GET", "/api/v1/changes", Nothing),
    ("GET", "/api/v1/policies", Nothing),
    ("GET", "/api/v1/stack", Nothing),
    ("POST", "/api/v1/import", Nothing),
    ("GET", "/api/v1/openapi.json", Nothing),
    ("GET", "/api/{*rest}", Nothing),
    ("POST", "/api/{*rest}", Nothing),
    // The roster
    ("GET", "/roster", May(R::Roster, Read)),
    ("GET", "/roster.xlsx", May(R::Roster, Export)),
    ("POST", "/roster/views", May(R::Roster, Read)),
    ("POST", "/roster/views/{id}", May(R::Roster, Read)),
    ("POST", "/roster/views/{id}/remove", May(R::Roster, Read)),
    // Work under way: whoever began it, which the office looks at
    ("GET", "/jobs/{id}", SignedIn),
    ("POST", "/jobs/{id}/cancel", SignedIn),
    ("GET", "/jobs/{id}/file", SignedIn),
    // A person's file
    ("GET", "/person/{id}", MayOrOwn(R::Person, Read)),
    ("POST", "/person/{id}/number", MayOrOwn(R::Identity, Read)),
    ("POST", "/person/{id}/note", May(R::Note, Write)),
    ("GET", "/person/{id}/event/new", May(R::Event, Write)),
    ("POST", "/person/{id}/event/new", May(R::Event, Write)),
    ("GET", "/person/{id}/event/{n}/amend", May(R::Event, Write)),
    ("POST", "/person/{id}/event/{n}/amend", May(R::Event, Write)),
    ("POST", "/person/{id}/event/{n}/void", May(R::Event, Write)),
    ("GET", "/person/{id}/merge", May(R::Event, Write)),
    ("POST", "/person/{id}/merge", May(R::Event, Write)),
    ("GET", "/merge", May(R::Event, Write)),
    ("GET", "/person/{id}/identity", May(R::Event, Write)),
    ("POST", "/person/{id}/identity", May(R::Event, Write)),
    ("GET", "/mine", SignedIn),
    ("GET", "/mine/file", SignedIn),
    ("POST", "/mine/correction", MayOrOwn(R::Correction, Write)),
    ("GET", "/corrections", May(R::Correction, Read)),
    ("POST", "/corrections/{id}", May(R::Correction, Write)),
    // Import
    ("GET", "/import", May(R::Import, Read)),
    ("POST", "/import", May(R::Import, Write)),
    ("GET", "/import/template", May(R::Import, Read)),
    ("GET", "/import/{id}", May(R::Import, Read)),
    ("POST", "/import/{id}/apply", May(R::Import, Write)),
    ("POST", "/import/{id}/again", May(R::Import, Write)),
    ("POST", "/import/{id}/choose", May(R::Import, Write)),
    ("POST", "/import/{id}/undo", May(R::Import, Write)),
    ("GET", "/import/{id}/back", May(R::Import, Read)),
    // Forms
    ("GET", "/forms", May(R::Form, Read)),
    ("POST", "/forms/list", May(R::Form, Export)),
    ("POST", "/forms/print", May(R::Form, Export)),
    ("POST", "/forms/book", May(R::Roster, Export)),
    ("GET", "/forms/work/{id}", SignedIn),
    ("POST", "/forms/work/{id}/stop", SignedIn),
    ("GET", "/forms/work/{id}/file", SignedIn),
    ("GET", "/forms/templates", May(R::Template, Read)),
    ("GET", "/forms/templates/{form}", May(R::Template, Read)),
    ("POST", "/forms/templates/{form}", May(R::Template, Write)),
    ("GET", "/forms/templates/{form}/file", May(R::Template, Read)),
    ("POST", "/forms/templates/{form}/upload", May(R::Template, Write)),
    // Policy
    ("GET", "/policy", May(R::Policy, Read)),
    ("GET", "/policy/document/{id}", May(R::Policy, Read)),
    ("GET", "/policy/document/{id}/text", May(R::Policy, Read)),
    ("GET", "/policy/clause/{document}/{id}", May(R::Policy, Read)),
    ("GET", "/policy/diff", May(R::Policy, Read)),
    ("GET", "/policy/effect", May(R::Effect, Read)),
    ("POST", "/policy/effect", May(R::Effect, Read)),
    ("GET", "/policy/effect.xlsx", May(R::Effect, Export)),
    ("GET", "/policy/write", May(R::Proposal, Write)),
    ("POST", "/policy/write/new", May(R::Proposal, Write)),
    ("POST", "/policy/write/editor", May(R::Proposal, Write)),
    ("GET", "/policy/write/{id}", May(R::Proposal, Write)),
    ("GET", "/policy/write/{id}/text", May(R::Proposal, Write)),
    ("POST", "/policy/write/{id}/publish", May(R::Proposal, Write)),
    ("POST", "/policy/write/{id}/withdraw", May(R::Proposal, Write)),
    // The lab
    ("GET", "/lab", May(R::Lab, Read)),
    ("GET", "/lab/run", May(R::Lab, Read)),
    ("POST", "/lab/run", May(R::Lab, Write)),
    ("GET", "/lab/report", May(R::Lab, Read)),
    ("GET", "/lab/doubt", May(R::Lab, Read)),
    ("POST", "/lab/doubt", May(R::Lab, Write)),
    ("GET", "/lab/packages", May(R::Lab, Read)),
    ("POST", "/lab/packages", May(R::Lab, Write)),
    ("POST", "/lab/work/{id}/stop", May(R::Lab, Write)),
    // Post tables
    ("GET", "/posts", May(R::Posts, Read)),
    ("POST", "/posts", May(R::Posts, Write)),
    ("GET", "/posts/{id}", May(R::Posts, Read)),
    ("GET", "/posts/{id}/list", May(R::Posts, Read)),
    ("GET", "/posts/{id}/unread", May(R::Posts, Read)),
    ("GET", "/posts/{id}/vacancies", May(R::Posts, Read)),
    ("GET", "/posts/{id}/file", May(R::Posts, Read)),
    ("GET", "/posts/{id}/book", May(R::Posts, Export)),
    ("POST", "/posts/{id}/remove", May(R::Posts, Write)),
    // Audit
    ("GET", "/acts", May(R::Act, Read)),
    ("GET", "/acts/looks", May(R::Sight, Read)),
];

/// What a route asks; `None` when it is not in the table.
pub fn needs(method: &Method, path: &str) -> Option<Needs> {
    let method = if method == Method::HEAD { "GET" } else { method.as_str() };
    ROUTES.iter().find(|(m, p, _)| *m == method && *p == path).map(|(_, _, needs)| *needs)
}

/// The route that a path belongs to, as the router finds it: of those that fit, the one that is literal for longest.
fn route_of(path: &str) -> Option<&'static str> {
    // Parameters compare as greater than words: the first segment that differs decides.
    let rank = |route: &str| -> Vec<u8> {
        route.split('/').map(|p| if p.starts_with("{*") { 2 } else { u8::from(p.starts_with('{')) }).collect()
    };
    ROUTES
        .iter()
        .map(|(_, route, _)| *route)
        .filter(|route| fits(route, path))
        .min_by_key(|route| rank(route))
}

fn fits(route: &str, path: &str) -> bool {
    let mut given = path.split('/');
    for part in route.split('/') {
        if part.starts_with("{*") {
            return given.next().is_some_and(|p| !p.is_empty());
        }
        match given.next() {
            Some(p) if p == part || (part.starts_with('{') && !p.is_empty()) => {}
            _ => return false,
        }
    }
    given.next().is_none()
}

/// Whether an address of this site, without its query, can be asked for again: a route that answers to GET.
pub fn is_readable(path: &str) -> bool {
    route_of(path).is_some_and(|route| ROUTES.iter().any(|(m, p, _)| *m == "GET" && *p == route))
}

/// The nearest address that can be asked for again, at an address or above it.
pub fn readable_above(path: &str) -> &str {
    let mut path = path;
    while !is_readable(path) {
        match path.rsplit_once('/') {
            Some((above, _)) if !above.is_empty() => path = above,
            _ => return "/",
        }
    }
    path
}

impl Needs {
    /// Whether a viewer fulfils it.
    pub fn fulfilled_by(self, viewer: &Viewer) -> bool {
        match self {
            Nothing | SignedIn => true,
            May(resource, action) => viewer.may(resource, action),
            MayOrOwn(resource, action) => {
                viewer.may(resource, action) || (viewer.person.is_some() && may_own(resource, action))
            }
        }
    }

    /// The resource and action that it names.
    pub fn names(self) -> Option<(Resource, Action)> {
        match self {
            Nothing | SignedIn => None,
            May(resource, action) | MayOrOwn(resource, action) => Some((resource, action)),
        }
    }
}
