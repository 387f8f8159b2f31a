//! The acts, and the looks at sensitive fields: for the auditor.

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;
use takeroot_civil::Day;
use takeroot_office::{Class, sight};
use takeroot_words::Lang;

use crate::own::{Look, look};
use crate::page::html;
use crate::pieces::Pager;
use crate::signed::SignedIn;
use crate::words::{say, t};
use crate::{App, Page, WebError, moment};

/// Its routes.
pub fn routes() -> Router<App> {
    Router::new().route("/acts", get(acts)).route("/acts/looks", get(looks))
}

/// What was asked for.
#[derive(Clone, Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    who: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    page: i64,
}

impl Asked {
    /// From a moment, before a moment. A day that is none asks for nothing.
    fn span(&self) -> (Option<i64>, Option<i64>) {
        let day = |text: &str| text.trim().parse::<Day>().ok();
        let to = day(&self.to).map(|d| moment::begin(d) + 86_400_000);
        (day(&self.from).map(moment::begin), to)
    }

    fn skip(&self) -> i64 {
        (self.page.max(1) - 1).saturating_mul(sight::PAGE)
    }

    fn place(&self, path: &str) -> String {
        let part = |name: &str, value: &str| format!("{name}={}", crate::error::form_encoded(value));
        format!(
            "{path}?{}&{}&{}&{}",
            part("kind", &self.kind),
            part("who", &self.who),
            part("from", &self.from),
            part("to", &self.to)
        )
    }

    async fn account(&self, app: &App) -> Result<Option<i64>, WebError> {
        if self.who.trim().is_empty() {
            return Ok(None);
        }
        let mut tx = app.office.db.read().await?;
        let name = self.who.trim().to_lowercase();
        let found = takeroot_store::accounts::by_name(&mut tx, &name).await?;
        // A name that nobody has finds nothing.
        Ok(Some(found.map_or(i64::MAX, |a| a.id)))
    }
}

/// An act as shown.
#[derive(Clone, Debug)]
struct Act {
    id: i64,
    at: String,
    who: String,
    kind: String,
    whom: String,
    undone: bool,
}

/// The name of a kind of act.
pub fn kind(code: &str, lang: Lang) -> String {
    if let Some(undone) = code.strip_prefix("undo-") {
        return say!(lang, "act-undone", what = kind(undone, lang));
    }
    match code {
        "account-added" => say!(lang, "act-account-added"),
        "account-disabled" => say!(lang, "act-account-disabled"),
        "account-enabled" => say!(lang, "act-account-enabled"),
        "password-reset" => say!(lang, "act-password-reset"),
        "password-changed" => say!(lang, "act-password-changed"),
        "second-factor-on" => say!(lang, "act-second-factor-on"),
        "second-factor-off" => say!(lang, "act-second-factor-off"),
        "granted" => say!(lang, "act-granted"),
        "grant-ended" => say!(lang, "act-grant-ended"),
        "enter" => say!(lang, "act-entered"),
        "import" => say!(lang, "act-import"),
        "event" => say!(lang, "act-event"),
        "amend" => say!(lang, "act-amend"),
        "merge" => say!(lang, "act-merge"),
        "identity" => say!(lang, "act-number-changed"),
        "export" => say!(lang, "act-export"),
        "effect-exported" => say!(lang, "act-effect-exported"),
        "lab-run" => say!(lang, "act-lab-run"),
        "policy-saved" => say!(lang, "act-policy-saved"),
        "policy-published" => say!(lang, "act-policy-published"),
        "policy-withdrawn" => say!(lang, "act-policy-withdrawn"),
        "template" => say!(lang, "act-template"),
        "template-restored" => say!(lang, "act-template-restored"),
        "token-added" => say!(lang, "act-token-added"),
        "token-ended" => say!(lang, "act-token-ended"),
        "posts-added" => say!(lang, "act-posts-added"),
        "posts-removed" => say!(lang, "act-posts-removed"),
        "posts-exported" => say!(lang, "act-posts-exported"),
        "note" => say!(lang, "act-note"),
        "correction-asked" => say!(lang, "act-correction-asked"),
        "correction-accepted" => say!(lang, "act-correction-accepted"),
        "correction-refused" => say!(lang, "act-correction-refused"),
        _ => say!(lang, "act-other"),
    }
}

#[derive(Template)]
#[template(path = "acts.html")]
struct Acts {
    page: Page,
    asked: Asked,
    kinds: Vec<(String, String)>,
    acts: Vec<Act>,
    pager: Pager,
}

async fn acts(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let lang = signed.page.lang;
    let (from, to) = asked.span();
    let wanted = takeroot_store::audit::Wanted {
        kind: asked.kind.clone(),
        account: asked.account(&app).await?,
        person: None,
        from,
        to,
    };
    let (found, total) = app.office.acts(&signed.viewer, &wanted, asked.skip()).await?;
    let kinds = app.office.act_kinds(&signed.viewer).await?;
    let acts = found
        .into_iter()
        .map(|a| Act {
            id: a.id,
            at: moment::text(a.at),
            who: if a.account == 0 { say!(lang, "acts-installation") } else { a.title },
            kind: kind(&a.kind, lang),
            whom: a.name,
            undone: a.undone_by.is_some(),
        })
        .collect();
    html(&Acts {
        page: signed.page,
        kinds: kinds.into_iter().map(|k| (kind(&k, lang), k)).map(|(said, code)| (code, said)).collect(),
        acts,
        pager: Pager::new(total, sight::PAGE, asked.page, asked.place("/acts")),
        asked,
    })
}

#[derive(Template)]
#[template(path = "acts-looks.html")]
struct Looks {
    page: Page,
    asked: Asked,
    classes: Vec<(&'static str, &'static str)>,
    looks: Vec<Look>,
    pager: Pager,
}

async fn looks(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let lang = signed.page.lang;
    let (from, to) = asked.span();
    let wanted = takeroot_store::sights::Wanted {
        person: None,
        account: asked.account(&app).await?,
        class: asked.kind.clone(),
        from,
        to,
    };
    let (found, total) = app.office.looks(&signed.viewer, &wanted, asked.skip()).await?;
    html(&Looks {
        page: signed.page,
        classes: Class::ALL.iter().map(|c| (c.resource().code(), c.resource().name(lang))).collect(),
        looks: found.into_iter().map(|s| look(s, lang)).collect(),
        pager: Pager::new(total, sight::PAGE, asked.page, asked.place("/acts/looks")),
        asked,
    })
}
