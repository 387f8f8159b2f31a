//! One's own account: password, second factor, sessions, who looked at one's file.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use serde::Deserialize;
use takeroot_office::{AccountError, OfficeError, sight};
use takeroot_words::{Lang, Say as _};

use crate::page::html;
use crate::pieces::Pager;
use crate::signed::SignedIn;
use crate::words::{say, t};
use crate::{App, Page, WebError, moment};

/// Its routes.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/account", get(show))
        .route("/account/password", post(password))
        .route("/account/sessions/end", post(end))
        .route("/account/code", get(ask_password).post(confirm_code))
        .route("/account/code/begin", post(begin_code))
        .route("/account/code/off", post(code_off))
        .route("/account/looks", get(looks))
}

/// A session as the reader sees it.
#[derive(Clone, Debug)]
struct Device {
    id: i64,
    browser: String,
    address: String,
    began: String,
    seen: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "account.html")]
struct Own {
    page: Page,
    must_change: bool,
    has_code: bool,
    devices: Vec<Device>,
    done: String,
    wrong_password: String,
    wrong_code: String,
    shortest: usize,
}

#[derive(Debug, Deserialize)]
struct Done {
    #[serde(default)]
    done: String,
}

async fn page_of(app: &App, signed: SignedIn) -> Result<Own, WebError> {
    let account = app.office.own_account(&signed.viewer).await?;
    let sessions = app.office.own_sessions(&signed.viewer).await?;
    let devices = sessions
        .into_iter()
        .map(|s| Device {
            id: s.id,
            browser: moment::browser(&s.agent),
            address: s.address,
            began: moment::text(s.created),
            seen: moment::text(s.seen),
            here: s.id == signed.viewer.session,
        })
        .collect();
    Ok(Own {
        page: signed.page,
        must_change: account.must_change,
        has_code: !account.totp.is_empty(),
        devices,
        done: String::new(),
        wrong_password: String::new(),
        wrong_code: String::new(),
        shortest: takeroot_office::passwords::SHORTEST,
    })
}

async fn show(
    State(app): State<App>,
    Query(done): Query<Done>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let lang = signed.page.lang;
    let mut own = page_of(&app, signed).await?;
    own.done = match done.done.as_str() {
        "password" => say!(lang, "own-done-password"),
        "session" => say!(lang, "own-done-session"),
        "code" => say!(lang, "own-done-code"),
        "code-off" => say!(lang, "own-done-code-off"),
        _ => String::new(),
    };
    html(&own)
}

#[derive(Debug, Deserialize)]
struct Passwords {
    present: String,
    new: String,
    again: String,
}

async fn password(
    State(app): State<App>,
    signed: SignedIn,
    Form(typed): Form<Passwords>,
) -> Result<Response, WebError> {
    let lang = signed.page.lang;
    let wrong = if typed.new == typed.again {
        match app.office.change_password(&signed.viewer, &typed.present, &typed.new).await {
            Ok(()) => return Ok(Redirect::to("/account?done=password").into_response()),
            Err(AccountError::Office(error)) => return Err(error.into()),
            Err(AccountError::Wrong) => say!(lang, "own-present-wrong"),
            Err(error) => error.say(lang),
        }
    } else {
        say!(lang, "own-not-the-same")
    };
    let mut own = page_of(&app, signed).await?;
    own.wrong_password = wrong;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&own)?).into_response())
}

#[derive(Debug, Deserialize)]
struct Which {
    /// A session's number, or `others`.
    which: String,
}

async fn end(
    State(app): State<App>,
    signed: SignedIn,
    Form(form): Form<Which>,
) -> Result<Response, WebError> {
    match form.which.parse::<i64>() {
        Ok(id) => app.office.end_session(&signed.viewer, id).await?,
        Err(_) => app.office.end_other_sessions(&signed.viewer).await.map(drop)?,
    }
    Ok(Redirect::to("/account?done=session").into_response())
}

#[derive(Template)]
#[template(path = "account-code.html")]
struct Setup {
    page: Page,
    secret: String,
    address: String,
    picture: String,
    wrong: String,
}

/// The address as a picture that a telephone reads: SVG in the page itself.
fn picture(address: &str) -> String {
    let Ok(code) = qrcode::QrCode::new(address.as_bytes()) else { return String::new() };
    let svg = code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(220, 220).build();
    svg.find("<svg").and_then(|at| svg.get(at..)).map(str::to_owned).unwrap_or_default()
}

impl Setup {
    /// The page that asks for the password: without a secret.
    fn asks(page: Page, wrong: String) -> Setup {
        Setup { page, secret: String::new(), address: String::new(), picture: String::new(), wrong }
    }

    fn shows(page: Page, setup: takeroot_office::totp::Setup, wrong: String) -> Setup {
        Setup { page, picture: picture(&setup.address), secret: setup.secret, address: setup.address, wrong }
    }
}

async fn ask_password(State(app): State<App>, signed: SignedIn) -> Result<Response, WebError> {
    if !app.office.own_account(&signed.viewer).await?.totp.is_empty() {
        return Ok(Redirect::to("/account").into_response());
    }
    html(&Setup::asks(signed.page, String::new()))
}

async fn begin_code(
    State(app): State<App>,
    signed: SignedIn,
    Form(form): Form<Present>,
) -> Result<Response, WebError> {
    let lang = signed.page.lang;
    let wrong = match app.office.totp_begin(&signed.viewer, &form.present).await {
        Ok(setup) => return html(&Setup::shows(signed.page, setup, String::new())),
        Err(AccountError::Already) => return Ok(Redirect::to("/account").into_response()),
        Err(AccountError::Office(error)) => return Err(error.into()),
        Err(AccountError::Wrong) => say!(lang, "own-present-wrong"),
        Err(error) => error.say(lang),
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&Setup::asks(signed.page, wrong))?).into_response())
}

#[derive(Debug, Deserialize)]
struct Code {
    code: String,
}

async fn confirm_code(
    State(app): State<App>,
    signed: SignedIn,
    Form(form): Form<Code>,
) -> Result<Response, WebError> {
    let lang: Lang = signed.page.lang;
    match app.office.totp_confirm(&signed.viewer, &form.code).await {
        Ok(()) => Ok(Redirect::to("/account?done=code").into_response()),
        Err(AccountError::Already) => Ok(Redirect::to("/account").into_response()),
        // Nothing waits to be confirmed, or no more: from the beginning.
        Err(AccountError::Office(OfficeError::NotFound)) => Ok(Redirect::to("/account/code").into_response()),
        Err(AccountError::Office(error)) => Err(error.into()),
        Err(error) => match app.office.totp_shown(&signed.viewer).await? {
            Some(shown) => {
                let said = html(&Setup::shows(signed.page, shown, error.say(lang)))?;
                Ok((StatusCode::UNPROCESSABLE_ENTITY, said).into_response())
            }
            None => Ok(Redirect::to("/account/code").into_response()),
        },
    }
}

#[derive(Debug, Deserialize)]
struct Present {
    present: String,
}

async fn code_off(
    State(app): State<App>,
    signed: SignedIn,
    Form(form): Form<Present>,
) -> Result<Response, WebError> {
    let lang = signed.page.lang;
    let wrong = match app.office.totp_off(&signed.viewer, &form.present).await {
        Ok(()) => return Ok(Redirect::to("/account?done=code-off").into_response()),
        Err(AccountError::Office(error)) => return Err(error.into()),
        Err(AccountError::Wrong) => say!(lang, "own-present-wrong"),
        Err(error) => error.say(lang),
    };
    let mut own = page_of(&app, signed).await?;
    own.wrong_code = wrong;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&own)?).into_response())
}

/// A look as the reader sees it.
#[derive(Clone, Debug)]
pub(crate) struct Look {
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// At whom.
    pub whom: String,
    /// What.
    pub class: String,
    /// Where.
    pub place: String,
}

pub(crate) fn look(sight: takeroot_store::sights::Sight, lang: Lang) -> Look {
    let class = takeroot_office::Resource::from_code(&sight.class).map(|r| r.name(lang).to_owned());
    let place = match sight.place.as_str() {
        "file" => say!(lang, "look-file"),
        "standing" => say!(lang, "look-standing"),
        "roster" => say!(lang, "look-roster"),
        "form" => say!(lang, "look-form"),
        "export" => say!(lang, "look-export"),
        "effect" => say!(lang, "look-effect"),
        "interface" => say!(lang, "look-interface"),
        other => other.to_owned(),
    };
    Look {
        at: moment::text(sight.at),
        who: sight.title,
        whom: sight.name,
        class: class.unwrap_or(sight.class),
        place,
    }
}

#[derive(Debug, Deserialize)]
struct Turn {
    #[serde(default)]
    page: i64,
}

#[derive(Template)]
#[template(path = "account-looks.html")]
struct Looks {
    page: Page,
    looks: Vec<Look>,
    pager: Pager,
}

async fn looks(
    State(app): State<App>,
    Query(turn): Query<Turn>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let lang = signed.page.lang;
    let skip = (turn.page.max(1) - 1).saturating_mul(sight::PAGE);
    let (found, total) = app.office.who_looked(&signed.viewer, skip).await?;
    html(&Looks {
        page: signed.page,
        looks: found.into_iter().map(|s| look(s, lang)).collect(),
        pager: Pager::new(total, sight::PAGE, turn.page, "/account/looks"),
    })
}
