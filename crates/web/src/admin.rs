//! Accounts and what they may do: for the system administrator, who sees no personal data here or anywhere.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use serde::Deserialize;
use takeroot_civil::Day;
use takeroot_office::accounts::Wanted;
use takeroot_office::{AccountError, Role};
use takeroot_store::accounts::{Account, Held};
use takeroot_words::{Lang, Say as _};

use takeroot_store::organs::Node;

use crate::page::html;
use crate::roster::node_name;
use crate::signed::SignedIn;
use crate::words::{say, t};
use crate::{App, Page, WebError, moment};

/// Its routes.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/accounts", get(list).post(open))
        .route("/accounts/{id}", get(show))
        .route("/accounts/{id}/disable", post(disable))
        .route("/accounts/{id}/enable", post(enable))
        .route("/accounts/{id}/password", post(reset))
        .route("/accounts/{id}/grants", post(grant))
        .route("/accounts/{id}/grants/{grant}/end", post(end_grant))
}

/// An account in the list.
#[derive(Clone, Debug)]
struct Line {
    id: i64,
    name: String,
    title: String,
    roles: String,
    bound: bool,
    second: bool,
    disabled: bool,
    created: String,
}

/// A grant as shown.
#[derive(Clone, Debug)]
struct Grant {
    id: i64,
    role: &'static str,
    where_: String,
    from: String,
    to: String,
    state: &'static str,
    said: String,
}

/// `units`: the tree, whose groups have no name in the database.
fn grants(held: &[Held], units: &[Node], today: Day, lang: Lang) -> Vec<Grant> {
    held.iter()
        .map(|h| {
            let over = h.grant.to.is_some_and(|to| to <= today);
            let (state, said) = if h.ended {
                ("", say!(lang, "accounts-grant-ended"))
            } else if over {
                ("", say!(lang, "accounts-grant-over"))
            } else if h.grant.from > today {
                ("info", say!(lang, "accounts-grant-to-come"))
            } else {
                ("ok", say!(lang, "accounts-grant-holds"))
            };
            let where_ = match (h.grant.organ.as_str(), h.organ_name.as_str()) {
                ("", _) => say!(lang, "accounts-everywhere"),
                (id, "") => {
                    units.iter().find(|n| n.id == id).map_or_else(|| id.to_owned(), |n| node_name(n, lang))
                }
                (_, name) => name.to_owned(),
            };
            Grant {
                id: h.grant.id,
                role: Role::from_code(&h.grant.role).map(|r| r.name(lang)).unwrap_or("—"),
                where_,
                from: h.grant.from.to_string(),
                to: h.grant.to.map(|d| d.to_string()).unwrap_or_default(),
                state,
                said,
            }
        })
        .collect()
}

#[derive(Template)]
#[template(path = "accounts.html")]
struct List {
    page: Page,
    lines: Vec<Line>,
    name: String,
    title: String,
    number: String,
    wrong: String,
}

async fn list_of(app: &App, signed: SignedIn) -> Result<List, WebError> {
    let (lang, today) = (signed.page.lang, signed.page.today);
    let units = app.office.bindable(&signed.viewer).await?;
    let lines = app
        .office
        .accounts(&signed.viewer)
        .await?
        .into_iter()
        .map(|(a, held)| {
            let roles: Vec<String> = grants(&held, &units, today, lang)
                .into_iter()
                .filter(|g| g.state == "ok")
                .map(|g| match lang {
                    Lang::Zh => format!("{}（{}）", g.role, g.where_),
                    Lang::En => format!("{} ({})", g.role, g.where_),
                })
                .collect();
            Line {
                id: a.id,
                name: a.name,
                title: a.title,
                roles: roles.join(lang.pick("、", ", ")),
                bound: a.person.is_some(),
                second: !a.totp.is_empty(),
                disabled: a.disabled,
                created: moment::text(a.created),
            }
        })
        .collect();
    Ok(List {
        page: signed.page,
        lines,
        name: String::new(),
        title: String::new(),
        number: String::new(),
        wrong: String::new(),
    })
}

async fn list(State(app): State<App>, signed: SignedIn) -> Result<Response, WebError> {
    html(&list_of(&app, signed).await?)
}

#[derive(Debug, Deserialize)]
struct New {
    name: String,
    title: String,
    #[serde(default)]
    number: String,
}

async fn open(State(app): State<App>, signed: SignedIn, Form(new): Form<New>) -> Result<Response, WebError> {
    let wanted = Wanted { name: new.name.clone(), title: new.title.clone(), number: new.number.clone() };
    match app.office.open_account(&signed.viewer, &wanted).await {
        Ok((id, password)) => {
            let mut shown = show_of(&app, signed, id).await?;
            shown.password = password;
            // What is shown is the new account: the password is not shown again there.
            shown.page.back = format!("/accounts/{id}");
            html(&shown)
        }
        Err(AccountError::Office(error)) => Err(error.into()),
        Err(error) => {
            let lang = signed.page.lang;
            let mut list = list_of(&app, signed).await?;
            (list.name, list.title, list.number) = (new.name, new.title, new.number);
            list.wrong = error.say(lang);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&list)?).into_response())
        }
    }
}

/// An organ to choose.
#[derive(Clone, Debug)]
struct Choice {
    id: String,
    name: String,
}

#[derive(Template)]
#[template(path = "account-of.html")]
struct One {
    page: Page,
    account: Account,
    created: String,
    grants: Vec<Grant>,
    roles: Vec<(&'static str, &'static str)>,
    organs: Vec<Choice>,
    own: bool,
    password: String,
    /// Days that it holds.
    once: i64,
    wrong: String,
}

async fn show_of(app: &App, signed: SignedIn, id: i64) -> Result<One, WebError> {
    let (lang, today) = (signed.page.lang, signed.page.today);
    let (account, held) = app.office.account(&signed.viewer, id).await?;
    let units = app.office.bindable(&signed.viewer).await?;
    let choice = |n: &Node| {
        let depth = usize::try_from(n.depth).unwrap_or(0);
        Choice { name: format!("{}{}", "　".repeat(depth), node_name(n, lang)), id: n.id.clone() }
    };
    Ok(One {
        created: moment::text(account.created),
        grants: grants(&held, &units, today, lang),
        roles: Role::granted().map(|r| (r.code(), r.name(lang))).collect(),
        organs: units.iter().map(choice).collect(),
        own: account.id == signed.viewer.account,
        account,
        page: signed.page,
        password: String::new(),
        once: takeroot_office::passwords::ONCE_DAYS,
        wrong: String::new(),
    })
}

async fn show(State(app): State<App>, Path(id): Path<i64>, signed: SignedIn) -> Result<Response, WebError> {
    html(&show_of(&app, signed, id).await?)
}

/// Back to the account, or there with what went wrong.
async fn back(
    app: &App,
    signed: SignedIn,
    id: i64,
    done: Result<(), AccountError>,
) -> Result<Response, WebError> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/accounts/{id}")).into_response()),
        Err(AccountError::Office(error)) => Err(error.into()),
        Err(error) => {
            let lang = signed.page.lang;
            let mut shown = show_of(app, signed, id).await?;
            shown.wrong = error.say(lang);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response())
        }
    }
}

async fn disable(
    State(app): State<App>,
    Path(id): Path<i64>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let done = app.office.set_account_disabled(&signed.viewer, id, true).await;
    back(&app, signed, id, done).await
}

async fn enable(State(app): State<App>, Path(id): Path<i64>, signed: SignedIn) -> Result<Response, WebError> {
    let done = app.office.set_account_disabled(&signed.viewer, id, false).await;
    back(&app, signed, id, done).await
}

#[derive(Debug, Deserialize)]
struct Reset {
    #[serde(default)]
    second: String,
}

async fn reset(
    State(app): State<App>,
    Path(id): Path<i64>,
    signed: SignedIn,
    Form(form): Form<Reset>,
) -> Result<Response, WebError> {
    match app.office.reset_password(&signed.viewer, id, !form.second.is_empty()).await {
        Ok(password) => {
            let mut shown = show_of(&app, signed, id).await?;
            shown.password = password;
            html(&shown)
        }
        Err(error) => back(&app, signed, id, Err(error)).await,
    }
}

#[derive(Debug, Deserialize)]
struct NewGrant {
    role: String,
    #[serde(default)]
    organ: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

fn day(text: &str) -> Result<Option<Day>, WebError> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| WebError::Bad(text.to_owned())),
    }
}

async fn grant(
    State(app): State<App>,
    Path(id): Path<i64>,
    signed: SignedIn,
    Form(form): Form<NewGrant>,
) -> Result<Response, WebError> {
    let role = Role::from_code(&form.role).ok_or_else(|| WebError::Bad(form.role.clone()))?;
    let from = day(&form.from)?.unwrap_or(signed.page.today);
    let done = app.office.grant(&signed.viewer, id, role, &form.organ, from, day(&form.to)?).await;
    back(&app, signed, id, done.map(drop)).await
}

async fn end_grant(
    State(app): State<App>,
    Path((id, grant)): Path<(i64, i64)>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let done = app.office.end_grant(&signed.viewer, id, grant).await;
    back(&app, signed, id, done).await
}
