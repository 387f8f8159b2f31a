//! Tokens of other systems: the administrator makes them, sees when they were last used, and ends them.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use axum_extra::extract::Form;
use serde::Deserialize;
use takeroot_office::tokens::{LONGEST, Token, Wanted};
use takeroot_office::{Action, OfficeError, Resource, Role};

use crate::moment;
use crate::page::html;
use crate::signed::SignedIn;
use crate::words::t;
use crate::{App, Page, WebError};

/// Its routes.
pub fn routes() -> Router<App> {
    Router::new().route("/tokens", get(show).post(make)).route("/tokens/{id}/end", post(end))
}

/// A token in the list.
struct Row {
    id: i64,
    name: String,
    scopes: String,
    organ: String,
    until: String,
    used: Option<String>,
    holds: bool,
}

#[derive(Template)]
#[template(path = "tokens.html")]
struct Tokens {
    page: Page,
    may: bool,
    rows: Vec<Row>,
    /// Code, name, chosen.
    scopes: Vec<(&'static str, &'static str, bool)>,
    /// Id, name, chosen.
    organs: Vec<(String, String, bool)>,
    name: String,
    days: String,
    longest: i64,
    /// What is wrong, at which field.
    wrong: Option<(&'static str, String)>,
    /// The new token, shown this once.
    secret: String,
}

impl Tokens {
    fn fault(&self, field: &str) -> &str {
        self.wrong.as_ref().filter(|w| w.0 == field).map_or("", |w| w.1.as_str())
    }
}

#[derive(Debug, Default, Deserialize)]
struct Typed {
    #[serde(default)]
    name: String,
    #[serde(default)]
    scope: Vec<String>,
    #[serde(default)]
    organ: String,
    #[serde(default)]
    days: String,
}

impl Typed {
    /// The form before anything is typed.
    fn nothing() -> Typed {
        Typed { days: LONGEST.to_string(), ..Typed::default() }
    }
}

async fn show(State(app): State<App>, signed: SignedIn) -> Result<Response, WebError> {
    html(&page(&app, signed, Typed::nothing(), None, String::new()).await?)
}

async fn page(
    app: &App,
    signed: SignedIn,
    typed: Typed,
    wrong: Option<(&'static str, String)>,
    secret: String,
) -> Result<Tokens, WebError> {
    let lang = signed.page.lang;
    let all = app.office.tokens(&signed.viewer).await?;
    let places = app.office.bindable(&signed.viewer).await?;
    let organs: Vec<(String, String)> =
        places.iter().map(|n| (n.id.clone(), crate::roster::node_name(n, lang))).collect();
    let now = app.office.now();
    let scope_names = |codes: &str| -> String {
        let names: Vec<&str> =
            codes.split(' ').filter_map(Role::from_code).map(|r| scope_name(r, lang)).collect();
        names.join(lang.pick("、", ", "))
    };
    let row = |token: Token| Row {
        id: token.id,
        scopes: scope_names(&token.scopes),
        organ: organs.iter().find(|o| o.0 == token.organ).map(|o| o.1.clone()).unwrap_or_default(),
        until: moment::day(token.expires).to_string(),
        used: token.used.map(|at| moment::day(at).to_string()),
        holds: token.ended.is_none() && token.expires > now,
        name: token.name,
    };
    let rows = all.into_iter().map(row).collect();
    Ok(Tokens {
        may: signed.viewer.may(Resource::Token, Action::Write),
        page: signed.page,
        rows,
        scopes: Role::scopes()
            .map(|r| (r.code(), scope_name(r, lang), typed.scope.iter().any(|s| s == r.code())))
            .collect(),
        organs: organs
            .into_iter()
            .map(|(id, name)| (id == typed.organ, id, name))
            .map(|(c, id, name)| (id, name, c))
            .collect(),
        name: typed.name,
        days: typed.days,
        longest: LONGEST,
        wrong,
        secret,
    })
}

/// What a scope is called where everything is of the interface.
fn scope_name(role: Role, lang: takeroot_words::Lang) -> &'static str {
    let name = role.name(lang);
    name.split_once(lang.pick("：", ": ")).map_or(name, |(_, rest)| rest)
}

async fn make(
    State(app): State<App>,
    signed: SignedIn,
    Form(typed): Form<Typed>,
) -> Result<Response, WebError> {
    let wanted = Wanted {
        name: typed.name.clone(),
        scopes: typed.scope.iter().filter_map(|s| Role::from_code(s)).collect(),
        organ: typed.organ.clone(),
        days: typed.days.trim().parse().unwrap_or(0),
    };
    match app.office.add_token(&signed.viewer, &wanted, signed.page.lang).await {
        Ok((_, secret)) => html(&page(&app, signed, Typed::nothing(), None, secret).await?),
        Err(OfficeError::Field { field, why }) => {
            let answer = html(&page(&app, signed, typed, Some((field, why)), String::new()).await?)?;
            Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn end(State(app): State<App>, signed: SignedIn, Path(id): Path<i64>) -> Result<Response, WebError> {
    app.office.end_token(&signed.viewer, id).await?;
    Ok(Redirect::to("/tokens").into_response())
}
