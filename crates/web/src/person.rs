//! A person's file: head, tabs, timeline, standing on any day, what changed; facts entered and amended.

use std::collections::HashMap;

use askama::Template;
use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use takeroot_civil::{Code as _, Day};
use takeroot_office::event::{self, Takes, Typed};
use takeroot_office::person::File;
use takeroot_office::{Class, OfficeError};

use crate::moment;
use crate::page::html;
use crate::signed::SignedIn;
use crate::told::{self, Said, Told};
use crate::words::{say, t};
use crate::{App, Page, WebError};

/// Its routes.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/person/{id}", get(show))
        .route("/person/{id}/number", post(identity))
        .route("/person/{id}/note", post(note))
        .route("/person/{id}/event/new", get(new_event).post(save_event))
        .route("/person/{id}/event/{n}/amend", get(amend_event).post(save_amended))
        .route("/person/{id}/event/{n}/void", post(void_event))
}

/// What is asked of a file: the day, the tab, the day to compare with.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    on: String,
    #[serde(default)]
    tab: String,
    #[serde(default)]
    since: String,
}

impl Asked {
    /// The day asked for, or today.
    pub fn day(&self, today: Day) -> Day {
        self.on.parse().unwrap_or(today)
    }
}

/// A fact of the timeline.
pub struct Dated {
    /// Its number.
    pub n: u32,
    /// The day it took effect.
    pub day: String,
    /// Its kind.
    pub what: String,
    /// Its words.
    pub text: String,
    /// Other dates, document, basis, what replaced it.
    pub notes: Vec<String>,
    /// A later fact took its place.
    pub amended: bool,
    /// After the day that is shown.
    pub ahead: bool,
    kind: &'static str,
}

/// Tabs, and the kinds of facts on each.
const TABS: &[(&str, &[&str])] = &[
    ("standing", &[]),
    ("timeline", &[]),
    ("basics", &[]),
    ("posts", &["recruited", "registered", "posted", "appointed", "relieved", "worked", "left"]),
    ("ranks", &["ranked", "graded"]),
    ("education", &["educated"]),
    ("assessments", &["assessed"]),
    ("rewards", &["rewarded", "sanctioned", "investigated"]),
    ("training", &["trained"]),
    ("leave", &["on-leave"]),
    ("secondments", &["seconded-out", "seconded-back"]),
    ("family", &[]),
    ("acts", &[]),
    ("changes", &[]),
];

#[derive(Template)]
#[template(path = "person.html")]
struct PersonPage {
    page: Page,
    file: File,
    told: Told,
    place: String,
    tab: &'static str,
    tabs: Vec<(&'static str, String)>,
    facts: Vec<Dated>,
    basics: Vec<(String, String)>,
    family: Vec<[String; 5]>,
    acts: Vec<(String, String)>,
    notes: Vec<(String, String)>,
    number: String,
    since: String,
    changes: Vec<(String, String, String)>,
    kinds: Vec<(&'static str, String)>,
    own: bool,
}

impl PersonPage {
    fn now(&self) -> &[Said] {
        &self.told.now
    }
}

fn tab_name(page: &Page, tab: &str) -> String {
    let lang = page.lang;
    match tab {
        "standing" => say!(lang, "person-standing"),
        "timeline" => say!(lang, "person-timeline"),
        "basics" => say!(lang, "person-basics"),
        "posts" => say!(lang, "person-posts"),
        "ranks" => say!(lang, "person-ranks"),
        "education" => say!(lang, "person-education"),
        "assessments" => say!(lang, "person-assessments"),
        "rewards" => say!(lang, "person-rewards"),
        "training" => say!(lang, "person-training"),
        "leave" => say!(lang, "person-leave"),
        "secondments" => say!(lang, "person-secondments"),
        "family" => say!(lang, "person-family"),
        "acts" => say!(lang, "person-acts"),
        _ => say!(lang, "person-changes"),
    }
}

/// The facts of a file in the order of their days.
pub fn facts(file: &File, page: &Page) -> Vec<Dated> {
    let lang = page.lang;
    let mut events: Vec<_> = file.kept.career.events.iter().collect();
    events.sort_by_key(|e| (e.dates.effective, e.id));
    let dated = |e: &takeroot_civil::Event| {
        let mut notes = Vec::new();
        if let Some(day) = e.dates.approved {
            notes.push(say!(lang, "person-approved", day = day.to_string()));
        }
        if let Some(day) = e.dates.counted_from {
            notes.push(say!(lang, "person-counted", day = day.to_string()));
        }
        if let Some(day) = e.dates.recorded {
            notes.push(say!(lang, "person-recorded", day = day.to_string()));
        }
        notes.extend([&e.document, &e.basis].into_iter().filter(|t| !t.is_empty()).cloned());
        if let Some(amends) = e.amends {
            notes.push(say!(lang, "person-amends", number = amends.0));
        }
        let by = file.replaced_by(e.id.0);
        if let Some(by) = by {
            notes.push(say!(lang, "person-amended", number = by));
        }
        Dated {
            n: e.id.0,
            day: e.dates.effective.to_string(),
            what: told::kind(e.fact.kind(), lang),
            text: told::fact(&e.fact, &file.organs, lang),
            notes,
            amended: by.is_some(),
            ahead: e.dates.effective > file.on,
            kind: e.fact.kind(),
        }
    };
    events.into_iter().map(dated).collect()
}

fn basics(file: &File, page: &Page) -> Vec<(String, String)> {
    let (p, lang) = (&file.person, page.lang);
    let day = |d: Option<Day>| d.map(|d| d.to_string()).unwrap_or_default();
    vec![
        (say!(lang, "roster-name"), p.name.clone()),
        (say!(lang, "roster-sex"), p.sex.map(|s| s.name(lang).to_owned()).unwrap_or_default()),
        (say!(lang, "roster-birth"), day(p.birth)),
        (say!(lang, "roster-ethnic"), p.ethnic.clone()),
        (say!(lang, "person-native"), p.native_place.clone()),
        (say!(lang, "person-birthplace"), p.birthplace.clone()),
        (say!(lang, "roster-politics"), p.politics.clone()),
        (say!(lang, "person-party"), day(p.party_joined)),
        (say!(lang, "roster-work-start"), day(p.work_start)),
        (say!(lang, "person-title"), p.title.clone()),
        (say!(lang, "person-speciality"), p.speciality.clone()),
    ]
}

async fn draw(
    app: &App,
    signed: SignedIn,
    id: i64,
    asked: &Asked,
    place: String,
    number: Option<String>,
) -> Result<Response, WebError> {
    let (page, viewer) = (signed.page, signed.viewer);
    let on = asked.day(page.today);
    let file = app.office.file(&viewer, id, on).await?;
    let tab = TABS.iter().find(|t| t.0 == asked.tab).or(TABS.first()).copied().unwrap_or(("standing", &[]));
    // Seeing a class is recorded where it is shown, not where it only could be.
    if file.pay && matches!(tab.0, "standing" | "changes") {
        app.office.look_at(&viewer, Class::Pay, id).await?;
    }
    if file.family && matches!(tab.0, "family" | "basics") {
        app.office.look_at(&viewer, Class::Family, id).await?;
    }
    let told = told::standing(&file.standing, page.lang);
    let mut facts = facts(&file, &page);
    let since: Option<Day> = asked.since.parse().ok();
    let mut changes = Vec::new();
    match (tab.0, since) {
        ("changes", Some(since)) => {
            let before = app.office.file(&viewer, id, since).await?;
            changes = told::standing(&before.standing, page.lang).changes(&told);
            let (from, to) = (since.to_string(), on.to_string());
            facts.retain(|f| f.day > from && f.day <= to);
        }
        ("changes", None) => facts.clear(),
        (_, _) if !tab.1.is_empty() => facts.retain(|f| tab.1.contains(&f.kind)),
        _ => {}
    }
    let day = |d: Option<Day>| d.map(|d| d.to_string()).unwrap_or_default();
    let family = file
        .person
        .family
        .iter()
        .map(|r| [r.relation.clone(), r.name.clone(), day(r.birth), r.politics.clone(), r.work.clone()]);
    let acts =
        file.acts.iter().map(|a| (moment::text(a.at), crate::audit::kind(&a.kind, page.lang))).collect();
    let notes = file.notes.iter().flatten().map(|n| (moment::text(n.0), n.1.clone())).collect();
    let shown = |t: &&(&'static str, &'static [&'static str])| t.0 != "family" || file.family;
    let tabs = TABS.iter().filter(shown).map(|t| (t.0, tab_name(&page, t.0))).collect();
    let kinds = event::KINDS.iter().map(|k| (*k, told::kind(k, page.lang))).collect();
    html(&PersonPage {
        family: family.collect(),
        basics: basics(&file, &page),
        own: viewer.person == Some(id),
        number: number.unwrap_or_else(|| format!("···{}", file.ending)),
        since: asked.since.clone(),
        tab: tab.0,
        page,
        told,
        place,
        tabs,
        facts,
        acts,
        notes,
        changes,
        kinds,
        file,
    })
}

async fn show(
    State(app): State<App>,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    draw(&app, signed, id, &asked, format!("/person/{id}"), None).await
}

/// One's own file, to read.
pub async fn own_file(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let id = signed.viewer.person.ok_or(OfficeError::NotFound)?;
    draw(&app, signed, id, &asked, "/mine/file".to_owned(), None).await
}

async fn identity(
    State(app): State<App>,
    Path(id): Path<i64>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let number = app.office.identity_number(&signed.viewer, id, "file").await?;
    let asked = Asked { tab: "basics".to_owned(), ..Asked::default() };
    draw(&app, signed, id, &asked, format!("/person/{id}"), Some(number)).await
}

#[derive(Debug, Deserialize)]
struct Note {
    text: String,
}

async fn note(
    State(app): State<App>,
    Path(id): Path<i64>,
    signed: SignedIn,
    Form(note): Form<Note>,
) -> Result<Response, WebError> {
    app.office.add_note(&signed.viewer, id, &note.text).await?;
    Ok(Redirect::to(&format!("/person/{id}?tab=acts")).into_response())
}

/// A field of a form of a fact.
struct Input {
    name: String,
    label: String,
    kind: &'static str,
    value: String,
    error: String,
    must: bool,
    options: Vec<(String, String, bool)>,
}

#[derive(Template)]
#[template(path = "person-event.html")]
struct EventPage {
    page: Page,
    name: String,
    place: String,
    id: i64,
    title: String,
    inputs: Vec<Input>,
    void: String,
}

fn label(name: &str, page: &Page) -> String {
    let lang = page.lang;
    match name {
        "effective" => say!(lang, "field-effective"),
        "approved" => say!(lang, "field-approved"),
        "counted_from" => say!(lang, "field-counted"),
        "document" => say!(lang, "field-document"),
        "basis" => say!(lang, "field-basis"),
        "channel" => say!(lang, "roster-channel"),
        "organ" => say!(lang, "roster-organ"),
        "years_in_unit" => say!(lang, "field-years"),
        "education" => say!(lang, "roster-education"),
        "degree" => say!(lang, "roster-degree"),
        "full_time" => say!(lang, "field-full-time"),
        "school" => say!(lang, "field-school"),
        "major" => say!(lang, "roster-major"),
        "layer" => say!(lang, "roster-layer"),
        "title" => say!(lang, "roster-post"),
        "concurrent" => say!(lang, "field-concurrent"),
        "rank" => say!(lang, "roster-rank"),
        "level" => say!(lang, "field-level"),
        "step" => say!(lang, "field-step"),
        "year" => say!(lang, "field-year"),
        "grade" => say!(lang, "field-grade"),
        "place" => say!(lang, "field-place"),
        "sanction" => say!(lang, "field-sanction"),
        "until" => say!(lang, "field-until"),
        "open" => say!(lang, "field-open"),
        "reward" => say!(lang, "field-reward"),
        "days" => say!(lang, "field-days"),
        "hours" => say!(lang, "field-hours"),
        "off_job" => say!(lang, "field-off-job"),
        "passed" => say!(lang, "field-passed"),
        "half_days" => say!(lang, "field-half-days"),
        "to" => say!(lang, "field-to"),
        "reason" => say!(lang, "field-reason"),
        _ => say!(lang, "field-kind"),
    }
}

async fn form(
    app: &App,
    signed: SignedIn,
    id: i64,
    kind: &str,
    typed: &Typed,
    amends: Option<u32>,
    error: Option<(&'static str, String)>,
) -> Result<Response, WebError> {
    let (page, viewer) = (signed.page, signed.viewer);
    let file = app.office.file(&viewer, id, page.today).await?;
    if !file.writes {
        return Err(OfficeError::NotFound.into());
    }
    let fields = event::fields(kind).ok_or(OfficeError::NotFound)?;
    let value = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let fault = |name: &str| error.as_ref().filter(|e| e.0 == name).map(|e| e.1.clone()).unwrap_or_default();
    let input = |name: &str, kind: &'static str, must: bool| Input {
        name: name.to_owned(),
        label: label(name, &page),
        kind,
        value: value(name),
        error: fault(name),
        must,
        options: Vec::new(),
    };
    let mut inputs = vec![input("effective", "date", true)];
    for field in &fields {
        let (shown, options) = match field.takes {
            Takes::Organ => {
                let mut organs: Vec<_> = file.organs.iter().filter(|o| !o.0.starts_with("g:")).collect();
                organs.sort();
                ("choice", organs.into_iter().map(|o| (o.0.clone(), o.1.clone())).collect())
            }
            Takes::Choice(list) => {
                ("choice", list(page.lang).into_iter().map(|c| (c.0.to_owned(), c.1.to_owned())).collect())
            }
            Takes::Text => ("text", Vec::new()),
            Takes::Number => ("number", Vec::new()),
            Takes::Day => ("date", Vec::new()),
            Takes::Flag => ("flag", Vec::new()),
        };
        let chosen = value(field.name);
        let options: Vec<(String, String)> = options;
        let options = options.into_iter().map(|(c, n)| (c.clone(), n, c == chosen)).collect();
        inputs.push(Input { options, ..input(field.name, shown, field.must) });
    }
    inputs.push(input("approved", "date", false));
    inputs.push(input("counted_from", "date", false));
    inputs.push(input("document", "text", false));
    inputs.push(input("basis", "text", false));
    let place = match amends {
        Some(n) => format!("/person/{id}/event/{n}/amend?kind={kind}"),
        None => format!("/person/{id}/event/new?kind={kind}"),
    };
    let what = told::kind(kind, page.lang);
    html(&EventPage {
        title: match amends {
            Some(_) => say!(page.lang, "person-amend-of", what = what),
            None => say!(page.lang, "person-enter-of", what = what),
        },
        void: amends.map(|n| format!("/person/{id}/event/{n}/void")).unwrap_or_default(),
        name: file.person.name,
        page,
        place,
        id,
        inputs,
    })
}

#[derive(Debug, Default, Deserialize)]
struct Kind {
    #[serde(default)]
    kind: String,
}

async fn new_event(
    State(app): State<App>,
    Path(id): Path<i64>,
    Query(kind): Query<Kind>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    form(&app, signed, id, &kind.kind, &Typed::new(), None, None).await
}

async fn amend_event(
    State(app): State<App>,
    Path((id, n)): Path<(i64, u32)>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let file = app.office.file(&signed.viewer, id, signed.page.today).await?;
    let old = file.kept.career.events.iter().find(|e| e.id.0 == n).ok_or(OfficeError::NotFound)?;
    let mut typed: HashMap<String, String> = event::typed(&old.fact);
    let dates = [
        ("effective", Some(old.dates.effective)),
        ("approved", old.dates.approved),
        ("counted_from", old.dates.counted_from),
    ];
    typed.extend(dates.into_iter().filter_map(|(n, d)| Some((n.to_owned(), d?.to_string()))));
    typed.insert("document".to_owned(), old.document.clone());
    typed.insert("basis".to_owned(), old.basis.clone());
    form(&app, signed, id, old.fact.kind(), &typed, Some(n), None).await
}

async fn save(
    app: App,
    signed: SignedIn,
    id: i64,
    kind: &str,
    typed: Typed,
    amends: Option<u32>,
) -> Result<Response, WebError> {
    match app.office.record_event(&signed.viewer, id, kind, &typed, amends, signed.page.lang).await {
        Ok(_) => Ok(Redirect::to(&format!("/person/{id}?tab=timeline")).into_response()),
        Err(OfficeError::Field { field, why }) => {
            let answer = form(&app, signed, id, kind, &typed, amends, Some((field, why))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

async fn save_event(
    State(app): State<App>,
    Path(id): Path<i64>,
    Query(kind): Query<Kind>,
    signed: SignedIn,
    Form(typed): Form<Typed>,
) -> Result<Response, WebError> {
    save(app, signed, id, &kind.kind, typed, None).await
}

async fn save_amended(
    State(app): State<App>,
    Path((id, n)): Path<(i64, u32)>,
    Query(kind): Query<Kind>,
    signed: SignedIn,
    Form(typed): Form<Typed>,
) -> Result<Response, WebError> {
    save(app, signed, id, &kind.kind, typed, Some(n)).await
}

async fn void_event(
    State(app): State<App>,
    Path((id, n)): Path<(i64, u32)>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    save(app, signed, id, "voided", Typed::new(), Some(n)).await
}
