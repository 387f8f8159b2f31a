//! Proposals tried on the roster as it is today.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use axum_extra::extract::{Form, Query};
use serde::Deserialize;
use takeroot_office::effect::{Effect, FEWEST};
use takeroot_office::effect_words::{Kind, line_name};
use takeroot_office::jobs::Outcome;
use takeroot_office::{Action, Class, Resource, Viewer};
use takeroot_words::Lang;

use super::diff::{Choice, proposals};
use super::read::day_of;
use crate::page::html;
use crate::pieces::{Chart, Pager, Series, grouped};
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

/// A cell of the table of groups.
struct Cell {
    text: String,
    href: String,
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

/// A count as a reader may know it: groups of fewer than ten are not told to those without personal data.
fn count(n: usize, personal: bool) -> String {
    if !personal && n > 0 && n < FEWEST { format!("<{FEWEST}") } else { grouped(n as i64) }
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
        fill(&mut drawn, &effect, &viewer, &typed, personal, lang);
        if drawn.personal {
            seen(&app, &viewer, &effect, &drawn).await?;
        }
    }
    html(&drawn)
}

/// Tells of whom the pay was looked at.
async fn seen(app: &App, viewer: &Viewer, effect: &Arc<Effect>, drawn: &EffectPage) -> Result<(), WebError> {
    let on_page: std::collections::BTreeSet<i64> = drawn.changes.iter().map(|c| c.person).collect();
    let paid: Vec<i64> = effect
        .changes
        .iter()
        .filter(|c| c.kind == Kind::Pay && on_page.contains(&c.person))
        .filter(|c| {
            drawn.changes.iter().any(|l| l.person == c.person && l.kind == Kind::Pay.name(drawn.page.lang))
        })
        .map(|c| c.person)
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();
    app.office.looked(viewer, Class::Pay, &paid, "effect").await?;
    Ok(())
}

fn fill(drawn: &mut EffectPage, effect: &Effect, viewer: &Viewer, typed: &Typed, personal: bool, lang: Lang) {
    let here = place("/policy/effect", &typed.with, &drawn.on);
    drawn.people = count(effect.people, personal);
    drawn.changed = count(effect.changed, personal);
    drawn.digests = effect.digests.clone();
    let kinds: Vec<Kind> = Kind::ALL.iter().copied().filter(|k| effect.kinds.contains_key(k)).collect();
    drawn.heads = kinds.iter().map(|k| k.name(lang)).collect();
    let with = |kind: &str, group: &str| crate::pieces::address(&here, &[("kind", kind), ("group", group)]);
    for (n, group) in effect.groups.iter().enumerate() {
        if group.changed == 0 {
            continue;
        }
        // Someone without personal data is told nothing of a unit of fewer than ten people.
        if !personal && group.people < FEWEST {
            continue;
        }
        let mut cells = vec![Cell { text: count(group.changed, personal), href: String::new() }];
        for kind in &kinds {
            let found = group.kinds.get(kind).copied().unwrap_or(0);
            let text = if found == 0 { String::new() } else { count(found, personal) };
            let href = if personal && found > 0 {
                format!("{}#changes", with(kind.code(), &n.to_string()))
            } else {
                String::new()
            };
            cells.push(Cell { text, href });
        }
        let name = if group.name.is_empty() { say!(lang, "effect-group-none") } else { group.name.clone() };
        drawn.groups.push(GroupLine { name, people: count(group.people, personal), cells });
    }
    // For those without personal data the sum is of what is shown, so that nothing left out can be told from it.
    let shown_sum = |pick: &dyn Fn(&takeroot_office::effect::Group) -> usize| -> usize {
        let told = |n: &usize| personal || *n >= FEWEST;
        effect.groups.iter().filter(|g| personal || g.people >= FEWEST).map(pick).filter(told).sum()
    };
    drawn.totals.push(Cell { text: grouped(shown_sum(&|g| g.changed) as i64), href: String::new() });
    for kind in &kinds {
        let n = shown_sum(&|g| g.kinds.get(kind).copied().unwrap_or(0));
        drawn.totals.push(Cell { text: grouped(n as i64), href: String::new() });
    }
    drawn.chart = Chart {
        of: say!(lang, "effect-kind"),
        caption: say!(lang, "effect-chart"),
        categories: kinds.iter().map(|k| k.name(lang)).collect(),
        series: vec![Series {
            name: say!(lang, "effect-people"),
            values: kinds
                .iter()
                .map(|k| effect.kinds.get(k).copied().unwrap_or(0))
                .map(|n| if personal || n >= FEWEST { n as i64 } else { 0 })
                .collect(),
            ..Series::default()
        }],
        sideways: true,
        ..Chart::default()
    };
    if drawn.may_pay {
        for (kind, sum) in effect.sums(viewer) {
            let fen = takeroot_civil::Fen;
            drawn.pay.push(PayLine {
                name: line_name(kind, lang),
                people: grouped(sum.people as i64),
                before: fen(sum.before).to_string(),
                after: fen(sum.after).to_string(),
                difference: fen(sum.after - sum.before).to_string(),
                unknown: grouped(sum.unknown as i64),
            });
        }
    }
    if !personal {
        return;
    }
    let group: Option<usize> = typed.group.parse().ok();
    let chosen: Vec<&takeroot_office::effect::Change> = effect
        .shown(viewer)
        .filter(|c| typed.kind.is_empty() || c.kind.code() == typed.kind)
        .filter(|c| group.is_none_or(|g| c.group == g))
        .collect();
    drawn.pager = Pager::new(chosen.len() as i64, PER, typed.page, with(&typed.kind, &typed.group));
    drawn.all = here.clone();
    drawn.filters = kinds
        .iter()
        .map(|k| (k.name(lang), format!("{}#changes", with(k.code(), &typed.group)), typed.kind == k.code()))
        .collect();
    let skip = usize::try_from(drawn.pager.skip()).unwrap_or(0);
    for change in chosen.into_iter().skip(skip).take(PER as usize) {
        let clause = change.clause.as_ref();
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
