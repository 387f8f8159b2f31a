//! Templates of forms in the browser: read, try, put into use, restore.

use askama::Template;
use axum::Router;
use axum::extract::{Multipart, Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use axum_extra::extract::Form;
use serde::Deserialize;
use takeroot_forms::{Fault, FormKind};
use takeroot_office::forms::{FormError, InUse, Made};
use takeroot_office::{Action, OfficeError, Resource};
use takeroot_words::{Lang, Say as _};

use super::press;
use crate::jobs::download;
use crate::page::html;
use crate::pieces::Tab;
use crate::signed::SignedIn;
use crate::words::{say, t};
use crate::{App, Page, WebError, upload};

/// Its routes.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/forms/templates", get(|| async { Redirect::to("/forms/templates/cadre") }))
        .route("/forms/templates/{form}", get(show).post(act))
        .route("/forms/templates/{form}/file", get(file))
        .route("/forms/templates/{form}/upload", post(sent))
}

/// A version in the history, as shown.
struct Version {
    number: i64,
    when: String,
    by: String,
    restored: bool,
}

#[derive(Template)]
#[template(path = "forms-template.html")]
struct Shown {
    page: Page,
    form: String,
    code: &'static str,
    tabs: Vec<Tab>,
    text: String,
    own: bool,
    may_write: bool,
    versions: Vec<Version>,
    problem: String,
    /// The faulty line, its number and its text.
    line: usize,
    line_text: String,
    /// The key of a sample that was printed.
    sample: String,
    saved: bool,
}

fn kind(form: &str) -> Result<FormKind, WebError> {
    form.parse().map_err(|_| WebError::Office(OfficeError::NotFound))
}

fn shown(page: Page, in_use: InUse) -> Shown {
    let lang = page.lang;
    let tab = |k: FormKind| Tab {
        href: format!("/forms/templates/{k}"),
        name: k.say(lang),
        here: k == in_use.kind,
    };
    let version = |k: &takeroot_office::forms::KeptTemplate| Version {
        number: k.version,
        when: crate::moment::day(k.at).to_string(),
        by: k.by.clone(),
        restored: k.text.is_empty(),
    };
    Shown {
        form: in_use.kind.say(lang),
        code: in_use.kind.code(),
        tabs: FormKind::ALL.into_iter().map(tab).collect(),
        own: in_use.own,
        may_write: page.may_write(Resource::Template),
        versions: in_use.history.iter().map(version).collect(),
        text: in_use.text,
        problem: String::new(),
        line: 0,
        line_text: String::new(),
        sample: String::new(),
        saved: false,
        page,
    }
}

impl Shown {
    fn problem(&mut self, error: &FormError, lang: Lang) {
        self.problem = error.say(lang);
        if let FormError::Fault(Fault::Template { line, text, .. }) = error {
            self.line = *line;
            self.line_text = text.clone();
        }
    }
}

async fn show(
    State(app): State<App>,
    Path(form): Path<String>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let in_use = app.office.template(&signed.viewer, kind(&form)?).await?;
    html(&shown(signed.page, in_use))
}

async fn file(
    State(app): State<App>,
    Path(form): Path<String>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let kind = kind(&form)?;
    let in_use = app.office.template(&signed.viewer, kind).await?;
    Ok(download(&kind.file(), in_use.text.into_bytes()))
}

#[derive(Debug, Deserialize)]
struct Act {
    #[serde(default)]
    text: String,
    act: String,
}

async fn act(
    State(app): State<App>,
    Path(form): Path<String>,
    signed: SignedIn,
    Form(act): Form<Act>,
) -> Result<Response, WebError> {
    let kind = kind(&form)?;
    let viewer = signed.viewer.clone();
    let lang = signed.page.lang;
    match act.act.as_str() {
        "restore" => {
            app.office.restore_template(&viewer, kind).await.map_err(|e| super::told(e, lang))?;
            Ok(Redirect::to(&format!("/forms/templates/{kind}")).into_response())
        }
        "put" => {
            let press = press().ok_or_else(|| super::told(Fault::NoFont.into(), lang))?;
            let put = app.office.put_template(&viewer, press, kind, &act.text).await;
            let mut page = shown(signed.page, app.office.template(&viewer, kind).await?);
            match put {
                Ok(()) => page.saved = true,
                Err(FormError::Office(e)) => return Err(e.into()),
                Err(error) => {
                    page.problem(&error, lang);
                    page.text = act.text;
                }
            }
            html(&page)
        }
        "try" => tried(&app, signed, kind, act.text).await,
        _ => Err(WebError::Bad(say!(lang, "forms-wrong-field"))),
    }
}

/// Prints the sample of a template that is not in use yet, and shows the template again.
async fn tried(app: &App, signed: SignedIn, kind: FormKind, text: String) -> Result<Response, WebError> {
    let lang = signed.page.lang;
    let viewer = signed.viewer.clone();
    viewer.must(Resource::Template, Action::Read)?;
    let (office, of, typed) = (app.office.clone(), viewer.clone(), text.clone());
    let printed = tokio::task::spawn_blocking(move || {
        let press = press().ok_or(Fault::NoFont)?;
        office.try_template(&of, press, kind, &typed, lang)
    })
    .await
    .map_err(|_| OfficeError::Interrupted)?;
    let mut page = shown(signed.page, app.office.template(&viewer, kind).await?);
    page.text = text;
    match printed {
        Ok(printed) => {
            let made = Made {
                file: format!("{} {}.pdf", kind.say(lang), say!(lang, "forms-sample")),
                mime: "application/pdf",
                pages: Some(printed.pages()),
                bytes: printed.pdf,
                remarks: Vec::new(),
            };
            page.sample = app.office.keep_printed(&viewer, made).await?.to_string();
        }
        Err(FormError::Office(e)) => return Err(e.into()),
        Err(error) => page.problem(&error, lang),
    }
    html(&page)
}

async fn sent(
    State(app): State<App>,
    Path(form): Path<String>,
    signed: SignedIn,
    parts: Multipart,
) -> Result<Response, WebError> {
    let kind = kind(&form)?;
    let lang = signed.page.lang;
    let text = upload::file(parts, crate::security::LARGEST, lang)
        .await?
        .and_then(|(_, content)| String::from_utf8(content).ok())
        .filter(|text| !text.trim().is_empty())
        .ok_or_else(|| WebError::Bad(say!(lang, "forms-no-file")))?;
    tried(&app, signed, kind, text.replace("\r\n", "\n")).await
}
