//! The posts of a table one by one, and the cells of it that were not understood.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use axum_extra::extract::Query;
use serde::Deserialize;
use takeroot_civil::Code as _;
use takeroot_exchange::posts::check::{Limit, Opening};
use takeroot_exchange::posts::{limit_name, opening_name};
use takeroot_office::posts::Wanted;
use takeroot_words::Say as _;

use super::{Against, Top, list_href};
use crate::page::html;
use crate::pieces::{Pager, grouped};
use crate::policy::{Choice, day_of, proposals};
use crate::signed::SignedIn;
use crate::words::{say, t};
use crate::{App, Page, WebError};

/// Posts or cells on a page.
const PER: i64 = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    q: String,
    township: String,
    limit: String,
    alone: String,
    open: String,
    opening: String,
    sheet: String,
    on: String,
    with: Vec<String>,
    page: i64,
}

struct Line {
    place: String,
    organ: String,
    unit: String,
    title: String,
    code: String,
    recruits: String,
    education: String,
    majors: String,
    age: String,
    limits: Vec<String>,
    openings: Vec<String>,
    township: bool,
    rest: Vec<String>,
}

#[derive(Template)]
#[template(path = "posts-list.html")]
struct ListPage {
    page: Page,
    top: Top,
    q: String,
    township: bool,
    alone: bool,
    open: bool,
    limits: Vec<Choice>,
    openings: Vec<Choice>,
    sheets: Vec<Choice>,
    with: Vec<Choice>,
    on: String,
    recruits: String,
    lines: Vec<Line>,
    pager: Pager,
}

pub(super) async fn show(
    State(app): State<App>,
    Path(id): Path<i64>,
    Query(typed): Query<Typed>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let (page, viewer) = (signed.page, signed.viewer);
    let lang = page.lang;
    let on = day_of(&typed.on, &page);
    let checked = app.office.check_posts(&viewer, id, on, &typed.with).await?;
    let wanted = Wanted {
        words: typed.q.clone(),
        township: !typed.township.is_empty(),
        limit: Limit::ALL.into_iter().find(|l| l.code() == typed.limit),
        alone: !typed.alone.is_empty(),
        open: !typed.open.is_empty(),
        opening: Opening::ALL.into_iter().find(|o| o.code() == typed.opening),
        sheet: typed.sheet.parse().ok(),
    };
    let found = checked.lines(&wanted);
    let recruits: u32 = found.iter().map(|l| l.post.heads()).sum();
    let more = [
        ("q", typed.q.as_str()),
        ("township", &typed.township),
        ("limit", &typed.limit),
        ("alone", &typed.alone),
        ("open", &typed.open),
        ("opening", &typed.opening),
        ("sheet", &typed.sheet),
    ];
    let place = list_href(id, &on.to_string(), &typed.with, &more);
    let pager = Pager::new(found.len() as i64, PER, typed.page, place);
    let table = &checked.kept.table;
    let skip = usize::try_from(pager.skip()).unwrap_or(0);
    let joined = |all: Vec<String>| all.join(lang.pick("；", "; "));
    let lines = found
        .iter()
        .skip(skip)
        .take(PER as usize)
        .map(|line| {
            let post = line.post;
            let sheet = table.sheets.get(post.sheet).map_or("", |s| s.name.as_str());
            let row = post.row.to_string();
            let majors = post.majors.levels.iter().map(|l| match l.level {
                Some(level) => format!("{}: {}", level.name(lang), l.text),
                None => l.text.clone(),
            });
            let terms = post.service_terms.iter().map(|term| term.text.clone());
            Line {
                place: say!(lang, "posts-place", sheet = sheet, row = row),
                organ: post.organ.clone(),
                unit: post.unit.clone(),
                title: post.title.clone(),
                code: post.code.clone(),
                recruits: post.recruits.map(grouped).unwrap_or_default(),
                education: post.education.text.clone(),
                majors: joined(majors.collect()),
                age: post.age.text.clone(),
                limits: line.limits.iter().map(|l| limit_name(*l, lang)).collect(),
                openings: line.openings.iter().map(|o| opening_name(*o, lang)).collect(),
                township: post.township,
                rest: terms.chain(post.demands.iter().cloned()).filter(|t| !t.is_empty()).collect(),
            }
        })
        .collect();
    let choice = |id: &str, name: String, chosen: &str| Choice { id: id.to_owned(), name, on: id == chosen };
    let library = app.office.library_for(&viewer).await?;
    let against = Against { on: typed.on.clone(), with: typed.with.clone() };
    html(&ListPage {
        top: Top::of(&checked.kept.held, "/list", &against, &page),
        limits: Limit::ALL.into_iter().map(|l| choice(l.code(), limit_name(l, lang), &typed.limit)).collect(),
        openings: if typed.with.is_empty() {
            Vec::new()
        } else {
            let all = Opening::ALL.into_iter();
            all.map(|o| choice(o.code(), opening_name(o, lang), &typed.opening)).collect()
        },
        sheets: table
            .sheets
            .iter()
            .enumerate()
            .filter(|(_, s)| s.header_row.is_some())
            .map(|(at, s)| choice(&at.to_string(), s.name.clone(), &typed.sheet))
            .collect(),
        with: proposals(&library, &typed.with, lang).into_iter().filter(|c| c.on).collect(),
        q: typed.q,
        township: wanted.township,
        alone: wanted.alone,
        open: wanted.open,
        on: on.to_string(),
        recruits: grouped(recruits),
        lines,
        pager,
        page,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Turn {
    on: String,
    with: Vec<String>,
    page: i64,
}

struct UnreadLine {
    sheet: String,
    row: u32,
    column: String,
    header: String,
    found: String,
    expected: String,
}

#[derive(Template)]
#[template(path = "posts-unread.html")]
struct UnreadPage {
    page: Page,
    top: Top,
    lines: Vec<UnreadLine>,
    pager: Pager,
}

pub(super) async fn unread(
    State(app): State<App>,
    Path(id): Path<i64>,
    Query(turn): Query<Turn>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let page = signed.page;
    let lang = page.lang;
    let kept = app.office.post_table(&signed.viewer, id).await?;
    let all = &kept.table.unread;
    let against = Against { on: turn.on, with: turn.with };
    let pager = Pager::new(all.len() as i64, PER, turn.page, against.at(&format!("/posts/{id}/unread")));
    let skip = usize::try_from(pager.skip()).unwrap_or(0);
    let lines = all
        .iter()
        .skip(skip)
        .take(PER as usize)
        .map(|cell| UnreadLine {
            sheet: cell.sheet.clone(),
            row: cell.row,
            column: cell.column.clone(),
            header: cell.header.clone(),
            found: cell.found.clone(),
            expected: cell.expected.say(lang),
        })
        .collect();
    html(&UnreadPage { top: Top::of(&kept.held, "/unread", &against, &page), lines, pager, page })
}
