//! The policy lab: what is asked, how far the run is, what came of it.

mod chart;
mod doubt;
mod link;
mod number;
mod packages;
mod seen;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use axum_extra::extract::{Form as Sent, Query};
use http::{HeaderValue, StatusCode};
use serde::Deserialize;
use takeroot_office::jobs::Job;
use takeroot_office::lab::{self, Begun, Run};
use takeroot_office::{Action, OfficeError, Resource};
use takeroot_words::{Lang, Say as _};

use crate::page::html;
use crate::signed::SignedIn;
use crate::words::{say, t};
use crate::{App, Page, WebError};
use link::{Faults, Form, Typed, place, stack_name};
use seen::Seen;

/// Its routes.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/lab", get(front))
        .route("/lab/run", get(show).post(begin))
        .route("/lab/report", get(report))
        .route("/lab/work/{id}/stop", post(stop))
        .merge(doubt::routes())
        .merge(packages::routes())
}

/// A run of the reader's before now.
struct Before {
    name: String,
    at: String,
    state: String,
    tone: &'static str,
    href: String,
}

#[derive(Template)]
#[template(path = "lab.html")]
struct Front {
    page: Page,
    form: Form,
    fault: String,
    may_run: bool,
    before: Vec<Before>,
}

/// The work that makes the answer, as far as it is.
struct Work {
    id: i64,
    state: String,
    message: String,
    done: i64,
    total: i64,
    poll: String,
}

#[derive(Template)]
#[template(path = "lab-run.html", blocks = ["work", "answer"])]
struct RunPage {
    page: Page,
    form: Form,
    may_run: bool,
    /// The address of this run with everything that it rests on.
    link: String,
    /// What is not as the link names it.
    changed: Vec<String>,
    work: Option<Work>,
    seen: Option<Seen>,
    asked: Vec<(&'static str, String)>,
    names: (String, String),
    /// The printed report: language and address; none where none is made.
    paper: Vec<(String, String)>,
    /// Where to look what the answer hangs on.
    doubt: String,
    /// Where to look for packages; empty where there is nothing to combine.
    packages: String,
}

impl RunPage {
    /// The work is not under way.
    fn ended(&self) -> bool {
        self.work.as_ref().is_none_or(|work| work.state != takeroot_store::jobs::RUNNING)
    }
}

async fn front(
    State(app): State<App>,
    Query(typed): Query<Typed>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let (asked, mut faults) = typed.read(&signed.page);
    // Nothing was chosen yet: that is no fault of the reader's.
    faults.stacks = String::new();
    if signed.viewer.may(Resource::Lab, Action::Write) {
        tokio::spawn(app.office.clone().warm_lab(signed.viewer.clone()));
    }
    answer(&app, signed, &typed, &asked, faults, String::new()).await
}

/// How many things nobody knows.
fn levers(app: &App) -> Result<usize, WebError> {
    Ok(app.office.assumptions()?.scenarios().count())
}

/// The page of the form.
async fn answer(
    app: &App,
    signed: SignedIn,
    typed: &Typed,
    asked: &lab::Asked,
    faults: Faults,
    fault: String,
) -> Result<Response, WebError> {
    let (page, viewer) = (signed.page, signed.viewer);
    viewer.must(Resource::Lab, Action::Read).map_err(WebError::Office)?;
    let library = app.office.library_for(&viewer).await?;
    let lang = page.lang;
    let before = app.office.latest_jobs(&viewer, 60).await?;
    let before = before.into_iter().filter(|job| job.kind == lab::WORK && !job.place.is_empty());
    let named = |job: Job| {
        let (asked, _) = typed_of(&job.place).read(&page);
        let (base, with) = (stack_name(&asked.base, &library, lang), stack_name(&asked.with, &library, lang));
        Before {
            name: say!(lang, "lab-before-name", base = base, with = with, years = asked.years.to_string()),
            at: crate::moment::text(job.began),
            state: say!(lang, "lab-before-done"),
            tone: "ok",
            href: job.place,
        }
    };
    let mut seen: Vec<String> = Vec::new();
    let before: Vec<Before> = before
        .map(named)
        .filter(|b| {
            !seen.contains(&b.href) && {
                seen.push(b.href.clone());
                true
            }
        })
        .take(8)
        .collect();
    let wrong = faults.any() || !fault.is_empty();
    let form = Form::of(typed, asked, faults, (&library, levers(app)?), lang);
    let may_run = viewer.may(Resource::Lab, Action::Write);
    let drawn = html(&Front { page, form, fault, may_run, before })?;
    Ok(if wrong { (StatusCode::UNPROCESSABLE_ENTITY, drawn).into_response() } else { drawn })
}

/// What a place that was kept asks for.
fn typed_of(place: &str) -> Typed {
    let uri = place.parse::<http::Uri>().unwrap_or_default();
    Query::try_from_uri(&uri).map(|Query(typed)| typed).unwrap_or_default()
}

async fn begin(
    State(app): State<App>,
    signed: SignedIn,
    Sent(typed): Sent<Typed>,
) -> Result<Response, WebError> {
    signed.viewer.must(Resource::Lab, Action::Write).map_err(WebError::Office)?;
    let lang = signed.page.lang;
    let ready = match found(&app, &signed, &typed).await? {
        Found::Ready(ready) => *ready,
        Found::Wrong(answer) => return Ok(answer),
    };
    let asked = ready.asked.clone();
    let to = place("/lab/run", &asked, Some(&ready.inputs));
    match app.office.begin_lab(&signed.viewer, ready, to.clone()).await {
        Ok(Begun::Kept | Begun::Work(_)) => Ok(Redirect::to(&to).into_response()),
        Err(e @ OfficeError::Refused { .. }) => {
            let fault = e.say(lang);
            answer(&app, signed, &typed, &asked, Faults::default(), fault).await
        }
        Err(e) => Err(e.into()),
    }
}

/// How much of an answer is there.
fn far(run: Option<&Run>) -> &'static str {
    match run {
        None => "0",
        Some(run) if !run.whole => "1",
        Some(_) => "2",
    }
}

/// Everything that an answer needs, or the form with what is wrong.
enum Found {
    Ready(Box<lab::Ready>),
    Wrong(Response),
}

/// What a link asks for, as it is now.
async fn found(app: &App, signed: &SignedIn, typed: &Typed) -> Result<Found, WebError> {
    let (asked, faults) = typed.read(&signed.page);
    if faults.any() {
        let wrong = answer(app, signed.clone(), typed, &asked, faults, String::new()).await?;
        return Ok(Found::Wrong(wrong));
    }
    match app.office.lab_ready(&signed.viewer, &asked).await {
        Ok(ready) => Ok(Found::Ready(Box::new(ready))),
        Err(OfficeError::Stack(e)) => {
            let faults = Faults { stacks: e.say(signed.page.lang), ..faults };
            Ok(Found::Wrong(answer(app, signed.clone(), typed, &asked, faults, String::new()).await?))
        }
        Err(e) => Err(e.into()),
    }
}

fn work(job: &Job, link: &str, far: &str, lang: Lang) -> Work {
    Work {
        id: job.id,
        state: job.state.clone(),
        message: lang.pick(&job.message_zh, &job.message_en).clone(),
        done: job.done,
        total: job.total,
        poll: crate::pieces::address(link, &[("part", "work"), ("seen", far)]),
    }
}

async fn show(
    State(app): State<App>,
    Query(typed): Query<Typed>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let ready = match found(&app, &signed, &typed).await? {
        Found::Ready(ready) => *ready,
        Found::Wrong(answer) => return Ok(answer),
    };
    let (page, viewer) = (signed.page, signed.viewer);
    let (lang, asked) = (page.lang, ready.asked.clone());
    let link = place("/lab/run", &asked, Some(&ready.inputs));
    // The work first: what it leaves behind when it ends in between is then there.
    let job = app.office.lab_work(&viewer, &ready).await?;
    let run = app.office.lab_run(&ready);
    let far = far(run.as_deref());
    let work = job.map(|job| work(&job, &link, far, lang));
    let library = app.office.library_for(&viewer).await?;
    let names = (stack_name(&asked.base, &library, lang), stack_name(&asked.with, &library, lang));
    let only_work = page.fragment && typed.part == "work";
    let seen = match &run {
        Some(run) if !only_work => {
            let assumptions = app.office.assumptions()?;
            Some(Seen::of(run, &assumptions, names.clone(), lang))
        }
        _ => None,
    };
    let fragment = page.fragment;
    let may_run = viewer.may(Resource::Lab, Action::Write);
    let drawn = RunPage {
        changed: typed.changed(&ready.inputs, lang),
        asked: hidden(&asked),
        form: Form::of(&typed, &asked, Faults::default(), (&library, levers(&app)?), lang),
        paper: if asked.is_reported() {
            let of = |code: &str| {
                crate::pieces::address(&place("/lab/report", &asked, Some(&ready.inputs)), &[("paper", code)])
            };
            vec![(say!(lang, "lab-pdf-zh"), of("zh")), (say!(lang, "lab-pdf-en"), of("en"))]
        } else {
            Vec::new()
        },
        doubt: place("/lab/doubt", &asked, Some(&ready.inputs)),
        packages: if packages::can(&asked) {
            place("/lab/packages", &asked, Some(&ready.inputs))
        } else {
            String::new()
        },
        page,
        may_run,
        link,
        work,
        seen,
        names,
    };
    if only_work {
        let mut answer = html(&drawn.as_work())?;
        if typed.seen != far {
            answer.headers_mut().insert("hx-trigger", HeaderValue::from_static("lab-more"));
        }
        return Ok(answer);
    }
    if fragment { html(&drawn.as_answer()) } else { html(&drawn) }
}

/// The printed report of a run.
async fn report(
    State(app): State<App>,
    Query(typed): Query<Typed>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let ready = match found(&app, &signed, &typed).await? {
        Found::Ready(ready) => *ready,
        Found::Wrong(answer) => return Ok(answer),
    };
    let lang: Lang = typed.paper.parse().unwrap_or(signed.page.lang);
    let again = place("/lab/run", &ready.asked, Some(&ready.inputs));
    let press = crate::forms::press;
    let paper = app.office.lab_report(&signed.viewer, &ready, again, lang, press).await?;
    Ok(crate::jobs::download(&format!("{}-{}.pdf", say!(lang, "lab-pdf-file"), ready.asked.on), paper))
}

/// What is asked, as hidden fields: the button that runs a link's inputs.
fn hidden(asked: &lab::Asked) -> Vec<(&'static str, String)> {
    let mut all = vec![("on", asked.on.to_string()), ("base", asked.base.base.clone())];
    all.extend(asked.base.proposals.iter().map(|id| ("under", id.clone())));
    all.push(("from", asked.with.base.clone()));
    all.extend(asked.with.proposals.iter().map(|id| ("with", id.clone())));
    all.extend([
        ("years", asked.years.to_string()),
        ("replicates", asked.replicates.to_string()),
        ("draws", asked.draws.to_string()),
        ("seed", asked.seed.to_string()),
    ]);
    if asked.terms_for_all {
        all.push(("staff", "1".to_owned()));
    }
    all
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Back {
    back: String,
}

async fn stop(
    State(app): State<App>,
    Path(id): Path<i64>,
    signed: SignedIn,
    Sent(typed): Sent<Back>,
) -> Result<Response, WebError> {
    app.office.cancel_job(&signed.viewer, id).await?;
    // Back to the run that was stopped, and nowhere else.
    let back = if typed.back.starts_with("/lab/") { typed.back } else { "/lab".to_owned() };
    Ok(Redirect::to(&back).into_response())
}
