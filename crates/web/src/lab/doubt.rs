//! What an answer hangs on: the things that are assumed, by how far each moves it.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use axum_extra::extract::{Form as Sent, Query};
use http::HeaderValue;
use takeroot_lab::sense::{Is, Outcome};
use takeroot_lab::{Assumptions, told};
use takeroot_office::OfficeError;
use takeroot_office::lab::{Begun, Doubt};
use takeroot_words::{Lang, Say as _};

use super::chart::plain;
use super::link::{Typed, place, stack_name};
use super::number::{difference, number, said};
use super::{Found, Work, found, hidden, work};
use crate::page::html;
use crate::pieces::grouped;
use crate::signed::SignedIn;
use crate::words::{say, t};
use crate::{App, Page, WebError};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/lab/doubt", get(show).post(begin))
}

/// Factors of an outcome that are shown.
const SHOWN: usize = 12;

/// A factor of an outcome.
struct Factor {
    name: String,
    range: String,
    moves: String,
    chance: bool,
    share: String,
    bar: u32,
}

/// A measure, with what moves it.
struct Told {
    name: String,
    sentence: String,
    factors: Vec<Factor>,
    shares: bool,
}

#[derive(Template)]
#[template(path = "lab-doubt.html", blocks = ["work"])]
struct DoubtPage {
    page: Page,
    may_run: bool,
    link: String,
    back: String,
    names: (String, String),
    work: Option<Work>,
    asked: Vec<(&'static str, String)>,
    runs: String,
    outcomes: Vec<Told>,
    found: bool,
    fault: String,
}

impl DoubtPage {
    fn ended(&self) -> bool {
        self.work.as_ref().is_none_or(|work| work.state != takeroot_store::jobs::RUNNING)
    }
}

/// The name of a factor in words.
fn name(id: &str, assumptions: &Assumptions, lang: Lang) -> String {
    let figure = assumptions.coefficients().find(|(_, key, _)| *key == id);
    if let Some((.., figure)) = figure {
        return figure.text.get(lang).to_owned();
    }
    let lever = assumptions.scenarios().find(|(other, ..)| *other == id);
    lever.map_or_else(|| id.to_owned(), |(_, what, _)| say!(lang, "lab-if", what = what.text.get(lang)))
}

fn outcome(doubt: &Doubt, of: &Outcome, assumptions: &Assumptions, lang: Lang) -> Told {
    let strongest = of.screening.first().map_or(0.0, |first| first.effect.mu_star).max(f64::MIN_POSITIVE);
    let factor = |screened: &takeroot_lab::sense::Screened| {
        let is = doubt.sensitivity.factors.iter().find(|f| f.id == screened.factor).map(|f| &f.is);
        let range = match is {
            Some(Is::Figure { low, value, high, .. }) => say!(
                lang,
                "lab-doubt-range",
                low = low.to_string(),
                value = value.to_string(),
                high = high.to_string()
            ),
            _ => say!(lang, "lab-doubt-lever"),
        };
        let share = of.shares.iter().find(|s| s.factor == screened.factor);
        // The cast is of a number between 0 and 100.
        let bar = (screened.effect.mu_star / strongest * 100.0).round().clamp(0.0, 100.0) as u32;
        Factor {
            name: name(&screened.factor, assumptions, lang),
            range,
            moves: format!("±{}", number(screened.effect.mu_star, of.unit)),
            chance: !screened.beyond_chance,
            share: share.map_or_else(String::new, |s| {
                let of = s.indices.total;
                format!("{:.0}% [{:.0}–{:.0}]", 100.0 * of.value, 100.0 * of.low.max(0.0), 100.0 * of.high)
            }),
            bar,
        }
    };
    let moved = of.screening.iter().filter(|s| s.effect.mu_star > 0.0);
    let first = of.screening.first().filter(|first| first.beyond_chance);
    let what = plain(of.measure, lang);
    let central = said(of.central, of.unit, lang);
    let sentence = match first {
        Some(first) => {
            let factor = name(&first.factor, assumptions, lang);
            let moves = super::number::level(first.effect.mu_star, of.unit, lang);
            say!(
                lang,
                "lab-doubt-said",
                what = what.as_str(),
                central = central,
                factor = factor,
                moves = moves
            )
        }
        None => say!(lang, "lab-doubt-nothing", what = what.as_str(), central = central),
    };
    let unit = told::unit(of.unit, lang);
    Told {
        name: if unit.is_empty() { what } else { say!(lang, "lab-with-unit", name = what, unit = unit) },
        sentence,
        factors: moved.take(SHOWN).map(factor).collect(),
        shares: !of.shares.is_empty()
            && of.variance.is_some_and(|v| v > 0.0)
            && !difference(of.central, of.unit).is_empty(),
    }
}

async fn show(
    State(app): State<App>,
    Query(typed): Query<Typed>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    drawn(&app, signed, &typed, String::new()).await
}

async fn drawn(app: &App, signed: SignedIn, typed: &Typed, fault: String) -> Result<Response, WebError> {
    let ready = match found(app, &signed, typed).await? {
        Found::Ready(ready) => *ready,
        Found::Wrong(answer) => return Ok(answer),
    };
    let (page, viewer) = (signed.page, signed.viewer);
    let lang = page.lang;
    let link = place("/lab/doubt", &ready.asked, Some(&ready.inputs));
    let job = app.office.doubt_work(&viewer, &ready).await?;
    let doubt = app.office.lab_doubt(&ready);
    let far = if doubt.is_some() { "2" } else { "0" };
    let library = app.office.library_for(&viewer).await?;
    let asked = &ready.asked;
    let names = (stack_name(&asked.base, &library, lang), stack_name(&asked.with, &library, lang));
    let outcomes = match &doubt {
        Some(doubt) => {
            let assumptions = app.office.assumptions()?;
            doubt.sensitivity.outcomes.iter().map(|o| outcome(doubt, o, &assumptions, lang)).collect()
        }
        None => Vec::new(),
    };
    let fragment = page.fragment && typed.part == "work";
    let page = DoubtPage {
        may_run: viewer.may(takeroot_office::Resource::Lab, takeroot_office::Action::Write),
        work: job.map(|job| work(&job, &link, far, lang)),
        back: place("/lab/run", asked, Some(&ready.inputs)),
        runs: grouped(app.office.doubt_runs(asked)?),
        asked: hidden(asked),
        found: doubt.is_some(),
        page,
        link,
        names,
        outcomes,
        fault,
    };
    if fragment {
        let mut answer = html(&page.as_work())?;
        if far != typed.seen {
            answer.headers_mut().insert("hx-refresh", HeaderValue::from_static("true"));
        }
        return Ok(answer);
    }
    html(&page)
}

async fn begin(
    State(app): State<App>,
    signed: SignedIn,
    Sent(typed): Sent<Typed>,
) -> Result<Response, WebError> {
    let ready = match found(&app, &signed, &typed).await? {
        Found::Ready(ready) => *ready,
        Found::Wrong(answer) => return Ok(answer),
    };
    let to = place("/lab/doubt", &ready.asked, Some(&ready.inputs));
    match app.office.begin_doubt(&signed.viewer, ready, to.clone()).await {
        Ok(Begun::Kept | Begun::Work(_)) => Ok(Redirect::to(&to).into_response()),
        Err(e @ OfficeError::Refused { .. }) => {
            let fault = e.say(signed.page.lang);
            let drawn = drawn(&app, signed, &typed, fault).await?;
            Ok((http::StatusCode::UNPROCESSABLE_ENTITY, drawn).into_response())
        }
        Err(e) => Err(e.into()),
    }
}
