//! Which packages of the chosen proposals are worth their money.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use axum_extra::extract::{Form as Sent, Query};
use http::{HeaderValue, StatusCode};
use serde::Serialize;
use takeroot_lab::measure::Unit;
use takeroot_lab::search::{MOST, Package, Search, TARGETS, Target};
use takeroot_office::OfficeError;
use takeroot_office::lab::{Asked, Begun, Sought};
use takeroot_policy::Library;
use takeroot_words::{Lang, Say as _};

use super::chart::plain;
use super::link::{Typed, place, stack_name};
use super::number::{difference, figure, number};
use super::{Found, Work, found, hidden, work};
use crate::page::html;
use crate::pieces::{address, grouped};
use crate::policy::Choice;
use crate::signed::SignedIn;
use crate::words::{say, t};
use crate::{App, Page, WebError};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/lab/packages", get(show).post(begin))
}

/// Whether there is something to combine: two proposals or more over the base itself.
pub(super) fn can(asked: &Asked) -> bool {
    asked.base.base == asked.with.base
        && asked.base.proposals.is_empty()
        && (2..=MOST).contains(&asked.with.proposals.len())
}

/// A package in the table.
struct Line {
    name: String,
    cost: String,
    targets: Vec<String>,
    on_front: bool,
    steady: String,
    why: String,
}

/// Cost against what is sought, as points.
#[derive(Default, Serialize)]
struct Points {
    kind: &'static str,
    /// What stands along the two axes.
    names: [String; 2],
    /// How values along the axes end.
    units: [String; 2],
    front: String,
    rest: String,
    /// Cost, value, what it is, whether it is on the front.
    points: Vec<(f64, f64, String, bool)>,
}

#[derive(Template)]
#[template(path = "lab-packages.html", blocks = ["work"])]
struct PackagesPage {
    page: Page,
    may_run: bool,
    link: String,
    back: String,
    base: String,
    proposals: Vec<String>,
    work: Option<Work>,
    asked: Vec<(&'static str, String)>,
    targets: Vec<Choice>,
    budget: String,
    budget_fault: String,
    fault: String,
    runs: String,
    packages: String,
    found: bool,
    heads: Vec<String>,
    lines: Vec<Line>,
    charts: Vec<(String, String)>,
    sentence: String,
}

impl PackagesPage {
    fn ended(&self) -> bool {
        self.work.as_ref().is_none_or(|work| work.state != takeroot_store::jobs::RUNNING)
    }
}

/// What is sought, with what cannot be used of it.
fn sought(typed: &Typed, lang: Lang) -> (Sought, String) {
    let mut fault = String::new();
    let budget = match typed.budget.trim() {
        "" => None,
        text => match text.replace(',', "").parse::<f64>() {
            Ok(n) if n.is_finite() => Some(n * 10_000.0),
            _ => {
                fault = say!(lang, "lab-not-a-sum");
                None
            }
        },
    };
    let mut targets: Vec<Target> = typed.target.iter().filter_map(|key| Target::of(key, None)).collect();
    if targets.is_empty() {
        targets.extend(Target::of("person-years", None));
    }
    (Sought { budget, targets }, fault)
}

/// The address of a search.
fn place_of(ready: &takeroot_office::lab::Ready, typed: &Typed) -> String {
    let mut query: Vec<(&str, &str)> = vec![("budget", typed.budget.trim())];
    query.extend(typed.target.iter().map(|key| ("target", key.as_str())));
    address(&place("/lab/packages", &ready.asked, Some(&ready.inputs)), &query)
}

fn name(package: &[String], library: &Library, lang: Lang) -> String {
    if package.is_empty() {
        return say!(lang, "lab-packages-base");
    }
    let title =
        |id: &String| library.get(id).map_or_else(|| id.clone(), |d| d.head.title().get(lang).to_owned());
    package.iter().map(title).collect::<Vec<_>>().join(" + ")
}

fn line(p: &Package, found: &Search, library: &Library, lang: Lang) -> Line {
    let mut why = Vec::new();
    if p.within_budget == Some(false) {
        why.push(say!(lang, "lab-packages-over"));
    }
    if let Some(by) = &p.beaten_by {
        why.push(say!(lang, "lab-packages-beaten", by = name(by, library, lang)));
    }
    if !p.same_as.is_empty() {
        let same: Vec<String> = p.same_as.iter().map(|other| name(other, library, lang)).collect();
        why.push(say!(lang, "lab-packages-same", others = same.join(lang.pick("；", "; "))));
    }
    Line {
        name: name(&p.proposals, library, lang),
        cost: figure(&p.cost, Unit::Yuan, true),
        targets: p
            .targets
            .iter()
            .zip(&found.targets)
            .map(|(reached, asked)| {
                let by = difference(reached.difference.value, asked.unit);
                say!(lang, "lab-packages-cell", value = number(reached.value.value, asked.unit), by = by)
            })
            .collect(),
        on_front: p.on_front,
        steady: number(p.front_in_resamples, Unit::Share),
        why: why.join(lang.pick("；", "; ")),
    }
}

/// Cost against each target.
fn charts(found: &Search, library: &Library, lang: Lang) -> Vec<(String, String)> {
    let chart = |(at, asked): (usize, &takeroot_lab::search::Asked)| {
        let times = if asked.unit == Unit::Share { 100.0 } else { 1.0 };
        let what = plain(asked.measure, lang);
        let round = |value: f64| (value * 100.0).round() / 100.0;
        let points = found.packages.iter().filter_map(|p| {
            let value = p.targets.get(at)?.value.value;
            Some((
                round(p.cost.value / 10_000.0),
                round(value * times),
                name(&p.proposals, library, lang),
                p.on_front,
            ))
        });
        let points = Points {
            kind: "points",
            names: [say!(lang, "lab-packages-cost-axis"), what.clone()],
            units: [String::new(), if asked.unit == Unit::Share { "%".to_owned() } else { String::new() }],
            front: say!(lang, "lab-packages-front"),
            rest: say!(lang, "lab-packages-rest"),
            points: points.collect(),
        };
        let better = if asked.better == "more" {
            say!(lang, "lab-packages-more")
        } else {
            say!(lang, "lab-packages-less")
        };
        let caption = say!(lang, "lab-packages-caption", what = what, better = better);
        (caption, serde_json::to_string(&points).unwrap_or_default())
    };
    found.targets.iter().enumerate().map(chart).collect()
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
    let (sought, budget_fault) = sought(typed, lang);
    let link = place_of(&ready, typed);
    let job = app.office.packages_work(&viewer, &ready, &sought).await?;
    let kept = app.office.lab_packages(&ready, &sought);
    let far = if kept.is_some() { "2" } else { "0" };
    let library = app.office.library_for(&viewer).await?;
    let asked = &ready.asked;
    let search = kept.as_ref().map(|packages| &packages.search);
    let proposals = &asked.with.proposals;
    let front = search.map(|s| s.packages.iter().filter(|p| p.on_front).count()).unwrap_or_default();
    let all = search.map(|s| s.packages.len()).unwrap_or_default();
    let target = |(measure, _): &(takeroot_lab::measure::Measure, bool)| Choice {
        id: measure.code().to_owned(),
        name: plain(*measure, lang),
        on: sought.targets.iter().any(|t| t.measure == *measure),
    };
    let fragment = page.fragment && typed.part == "work";
    let wrong = !fault.is_empty() || !budget_fault.is_empty();
    let page = PackagesPage {
        may_run: viewer.may(takeroot_office::Resource::Lab, takeroot_office::Action::Write),
        work: job.map(|job| work(&job, &link, far, lang)),
        back: place("/lab/run", asked, Some(&ready.inputs)),
        base: stack_name(&asked.base, &library, lang),
        proposals: proposals.iter().map(|id| name(std::slice::from_ref(id), &library, lang)).collect(),
        asked: hidden(asked),
        targets: TARGETS.iter().map(target).collect(),
        budget: typed.budget.clone(),
        budget_fault,
        runs: app.office.packages_runs(proposals.len()).map(grouped).unwrap_or_default(),
        packages: (1_usize << proposals.len().min(MOST)).to_string(),
        found: search.is_some(),
        heads: search.map_or_else(Vec::new, |s| s.targets.iter().map(|t| plain(t.measure, lang)).collect()),
        lines: search
            .map_or_else(Vec::new, |s| s.packages.iter().map(|p| line(p, s, &library, lang)).collect()),
        charts: search.map_or_else(Vec::new, |s| charts(s, &library, lang)),
        sentence: say!(lang, "lab-packages-said", front = front.to_string(), all = all.to_string()),
        page,
        link,
        fault,
    };
    if fragment {
        let mut answer = html(&page.as_work())?;
        if far != typed.seen {
            answer.headers_mut().insert("hx-refresh", HeaderValue::from_static("true"));
        }
        return Ok(answer);
    }
    let drawn = html(&page)?;
    Ok(if wrong { (StatusCode::UNPROCESSABLE_ENTITY, drawn).into_response() } else { drawn })
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
    let (sought, budget_fault) = sought(&typed, signed.page.lang);
    if !budget_fault.is_empty() || !can(&ready.asked) {
        return drawn(&app, signed, &typed, String::new()).await;
    }
    let to = place_of(&ready, &typed);
    match app.office.begin_packages(&signed.viewer, ready, sought, to.clone()).await {
        Ok(Begun::Kept | Begun::Work(_)) => Ok(Redirect::to(&to).into_response()),
        Err(e @ OfficeError::Refused { .. }) => {
            let fault = e.say(signed.page.lang);
            drawn(&app, signed, &typed, fault).await
        }
        Err(e) => Err(e.into()),
    }
}
