//! Proposals tried on the roster as it is today.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use axum_extra::extract::{Form, Query};
use serde::Deserialize;
use takeroot_office::effect::{Effect, FEWEST};
use takeroot_office::effect_told::{Told, Total};
use takeroot_office::effect_words::{Kind, line_name};
use takeroot_office::jobs::Outcome;
use takeroot_office::{Action, Class, Resource, Viewer};
use takeroot_words::Lang;

use super::diff::{Choice, proposals};
use super::read::day_of;
use crate::page::html;
use crate::pieces::{Cell, Chart, Pager, Series, grouped};
use crate::signed::SignedIn;
use crate::words::{say, t};
use crate::{App, Page, WebError};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/policy/effect", get(show).post(begin)).route("/policy/effect.xlsx", get(workbook))
}

/// Changes on a page.
const PER: i64 = 100;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    with: Vec<String>,
    on: String,
    kind: String,
    group: String,
    page: i64,
}

struct GroupLine {
    name: String,
    people: String,
    cells: Vec<Cell>,
}

struct PayLine {
    name: String,
    people: String,
    before: String,
    after: String,
    difference: String,
    unknown: String,
}

struct ChangeLine {
    person: i64,
    name: String,
    organ: String,
    kind: String,
    about: String,
    before: String,
    after: String,
    difference: String,
    clause: String,
    href: String,
    document: String,
}

#[derive(Template)]
#[template(path = "policy-effect.html")]
struct EffectPage {
    page: Page,
    choices: Vec<Choice>,
    on: String,
    ran: bool,
    fault: String,
    people: String,
    changed: String,
    heads: Vec<String>,
    groups: Vec<GroupLine>,
    totals: Vec<Cell>,
    chart: Chart,
    pay: Vec<PayLine>,
    may_pay: bool,
    personal: bool,
    whole: bool,
    of_group: String,
    changes: Vec<ChangeLine>,
    pager: Pager,
    export: String,
    filters: Vec<(String, String, bool)>,
    all: String,
    digests: (String, String),
}

fn place(base: &str, with: &[String], on: &str) -> String {
    let mut query: Vec<(&str, &str)> = with.iter().map(|w| ("with", w.as_str())).collect();
    query.push(("on", on));
    crate::pieces::address(base, &query)
}

async fn begin(
    State(app): State<App>,
    signed: SignedIn,
    Form(typed): Form<Typed>,
) -> Result<Response, WebError> {
    signed.viewer.must(Resource::Effect, Action::Read).map_err(WebError::Office)?;
    let on = day_of(&typed.on, &signed.page);
    let to = place("/policy/effect", &typed.with, &on.to_string());
    if typed.with.is_empty() {
        return Ok(Redirect::to(&to).into_response());
    }
    let (viewer, with) = (signed.viewer.clone(), typed.with);
    let id = app
        .office
        .start_job(&signed.viewer, "effect", move |office, progress| async move {
            office.effect(&viewer, &with, on, Some(&progress)).await?;
            Ok(Outcome::place(to))
        })
        .await?;
    Ok(Redirect::to(&format!("/jobs/{id}")).into_response())
}

/// A sum over all groups as a reader may know it.
fn sum(total: Total, lang: Lang) -> String {
    let number = grouped(total.number);
    if total.about { say!(lang, "effect-about-number", number = number) } else { number }
}

/// An amount in yuan with its thousands apart.
fn yuan(fen: i64) -> String {
    let text = takeroot_civil::Fen(fen).to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = whole.parse::<i64>().map_or_else(|_| whole.to_owned(), grouped);
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// A count as a reader may know it.
fn count(n: Told) -> String {
    match n {
        Told::Number(n) => grouped(n),
        Told::Few => format!("<{FEWEST}"),
    }
}

async fn show(
    State(app): State<App>,
    Query(typed): Query<Typed>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let (page, viewer) = (signed.page, signed.viewer);
    let lang = page.lang;
    viewer.must(Resource::Effect, Action::Read).map_err(WebError::Office)?;
    let on = day_of(&typed.on, &page);
    let library = app.office.library_for(&viewer).await?;
    let (effect, fault) = if typed.with.is_empty() {
        (None, String::new())
    } else {
        match app.office.effect(&viewer, &typed.with, on, None).await {
            Ok(effect) => (Some(effect), String::new()),
            Err(takeroot_office::OfficeError::Stack(e)) => (None, takeroot_words::Say::say(&e, lang)),
            Err(e) => return Err(e.into()),
        }
    };
    let personal = !viewer.within(Resource::Person, Action::Read).is_nowhere();
    let mut drawn = EffectPage {
        choices: proposals(&library, &typed.with, lang),
        on: on.to_string(),
        ran: effect.is_some(),
        fault,
        people: String::new(),
        changed: String::new(),
        heads: Vec::new(),
        groups: Vec::new(),
        totals: Vec::new(),
        chart: Chart::default(),
        pay: Vec::new(),
        may_pay: viewer.may(Class::Pay.resource(), Action::Read),
        personal,
        whole: true,
        of_group: String::new(),
        changes: Vec::new(),
        pager: Pager::new(0, PER, 1, ""),
        export: if viewer.may(Resource::Effect, Action::Export) {
            place("/policy/effect.xlsx", &typed.with, &on.to_string())
        } else {
            String::new()
        },
        filters: Vec::new(),
        all: String::new(),
        digests: (String::new(), String::new()),
        page,
    };
    if let Some(effect) = effect {
        let paid = fill(&mut drawn, &effect, &viewer, &typed, lang);
        app.office.see_many(&viewer, Class::Pay, &paid, "effect").await?;
    }
    html(&drawn)
}

/// Fills in what the reader may know; the people whose pay is shown.
fn fill(drawn: &mut EffectPage, effect: &Effect, viewer: &Viewer, typed: &Typed, lang: Lang) -> Vec<i64> {
    let here = place("/policy/effect", &typed.with, &drawn.on);
    let told = effect.told(viewer);
    drawn.whole = told.whole;
    drawn.people = sum(told.people, lang);
    drawn.changed = sum(told.changed, lang);
    // As much of each as tells two apart.
    let short = |digest: &str| digest.chars().take(12).collect::<String>();
    drawn.digests = (short(&effect.digests.0), short(&effect.digests.1));
    let kinds: Vec<Kind> = Kind::ALL.iter().copied().filter(|k| told.kinds.contains_key(k)).collect();
    drawn.heads = kinds.iter().map(|k| k.name(lang)).collect();
    let with = |kind: &str, group: &str| crate::pieces::address(&here, &[("kind", kind), ("group", group)]);
    for group in told.groups.iter().filter(|g| g.changed != Told::Number(0)) {
        let at = group.at.to_string();
        let link = |kind: &str, n: Told| {
            let open = group.by_name && n.number() > 0 && (kind != Kind::Pay.code() || group.pay);
            if open { format!("{}#changes", with(kind, &at)) } else { String::new() }
        };
        let mut cells = vec![Cell { text: count(group.changed), href: link("", group.changed) }];
        for kind in &kinds {
            let found = group.kinds.get(kind).copied().unwrap_or(Told::Number(0));
            let text = if found == Told::Number(0) { String::new() } else { count(found) };
            cells.push(Cell { text, href: link(kind.code(), found) });
        }
        let name = if group.name.is_empty() { say!(lang, "effect-group-none") } else { group.name.clone() };
        drawn.groups.push(GroupLine { name, people: count(group.people), cells });
    }
    let cell = |total: Total| Cell { text: sum(total, lang), href: String::new() };
    drawn.totals.push(cell(told.changed));
    drawn.totals.extend(kinds.iter().filter_map(|kind| told.kinds.get(kind)).map(|total| cell(*total)));
    drawn.chart = Chart {
        of: say!(lang, "effect-kind"),
        caption: say!(lang, "effect-chart"),
        categories: kinds.iter().map(|k| k.name(lang)).collect(),
        series: vec![Series {
            name: say!(lang, "effect-people"),
            values: kinds.iter().map(|k| told.kinds.get(k).map_or(0, |total| total.number) as i64).collect(),
            ..Series::default()
        }],
        sideways: true,
        ..Chart::default()
    };
    if drawn.may_pay {
        for (kind, sum) in effect.sums(viewer) {
            drawn.pay.push(PayLine {
                name: line_name(kind, lang),
                people: grouped(sum.people),
                before: yuan(sum.before),
                after: yuan(sum.after),
                difference: yuan(sum.after - sum.before),
                unknown: grouped(sum.unknown),
            });
        }
    }
    if drawn.personal { list(drawn, effect, viewer, typed, &kinds, &here, lang) } else { Vec::new() }
}

/// The changes person by person that are on the page; the people whose pay is among them.
fn list(
    drawn: &mut EffectPage,
    effect: &Effect,
    viewer: &Viewer,
    typed: &Typed,
    kinds: &[Kind],
    here: &str,
    lang: Lang,
) -> Vec<i64> {
    let with = |kind: &str| crate::pieces::address(here, &[("kind", kind), ("group", &typed.group)]);
    let group: Option<usize> = typed.group.parse().ok();
    drawn.of_group = group.and_then(|g| effect.groups.get(g)).map(|g| g.name.clone()).unwrap_or_default();
    let chosen: Vec<&takeroot_office::effect::Change> = effect
        .shown(viewer)
        .filter(|c| typed.kind.is_empty() || c.kind.code() == typed.kind)
        .filter(|c| group.is_none_or(|g| c.group == g))
        .collect();
    drawn.pager = Pager::new(chosen.len() as i64, PER, typed.page, with(&typed.kind));
    drawn.all = here.to_owned();
    drawn.filters = kinds
        .iter()
        .filter(|k| **k != Kind::Pay || drawn.may_pay)
        .map(|k| (k.name(lang), format!("{}#changes", with(k.code())), typed.kind == k.code()))
        .collect();
    let skip = usize::try_from(drawn.pager.skip()).unwrap_or(0);
    let mut paid = std::collections::BTreeSet::new();
    for change in chosen.into_iter().skip(skip).take(PER as usize) {
        let clause = change.clause.as_ref();
        if change.kind == Kind::Pay {
            paid.insert(change.person);
        }
        drawn.changes.push(ChangeLine {
            person: change.person,
            name: change.name.clone(),
            organ: change.organ.clone(),
            kind: change.kind.name(lang),
            about: change.about.name(lang),
            before: change.before.say(lang),
            after: change.after.say(lang),
            difference: change.difference(lang),
            clause: clause.map(|c| c.id.clone()).unwrap_or_default(),
            href: clause.map(|c| super::clause_href(&c.document, &c.id)).unwrap_or_default(),
            document: clause.map(|c| c.title.get(lang).to_owned()).unwrap_or_default(),
        });
    }
    paid.into_iter().collect()
}

async fn workbook(
    State(app): State<App>,
    Query(typed): Query<Typed>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let lang = signed.page.lang;
    let on = day_of(&typed.on, &signed.page);
    let book = app.office.export_effect(&signed.viewer, &typed.with, on, lang).await?;
    Ok(crate::jobs::download(&format!("{}-{on}.xlsx", say!(lang, "effect-title")), book))
}
