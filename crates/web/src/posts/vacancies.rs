//! Each township's posts in a table beside its vacancies on the roster.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use axum_extra::extract::Query;
use takeroot_office::effect::FEWEST;
use takeroot_office::effect_told::Told;
use takeroot_office::vacancies::{How, TownshipLine, Unmatched};
use takeroot_office::{Action, Resource};

use super::{Against, Top, joined};
use crate::page::html;
use crate::pieces::{Chart, Series, address, grouped};
use crate::signed::SignedIn;
use crate::words::{say, t};
use crate::{App, Page, WebError};

/// Posts that were not matched and are told one by one.
const TOLD: usize = 100;

struct Line {
    name: String,
    href: String,
    establishment: String,
    people: String,
    vacant: String,
    over: String,
    posts: String,
    recruits: String,
    list: String,
    tone: &'static str,
    beyond: String,
    how: String,
}

struct Row {
    place: String,
    organ: String,
    unit: String,
    title: String,
    recruits: String,
    why: String,
}

#[derive(Template)]
#[template(path = "posts-vacancies.html")]
struct VacanciesPage {
    page: Page,
    top: Top,
    counties: String,
    lines: Vec<Line>,
    establishment: String,
    people: String,
    vacant: String,
    recruits: String,
    chart: Chart,
    unmatched: Vec<Row>,
    unmatched_count: usize,
    left: usize,
    others: (String, String),
    elsewhere: (String, String),
    matched: bool,
}

pub(super) async fn show(
    State(app): State<App>,
    Path(id): Path<i64>,
    Query(against): Query<Against>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let (page, viewer) = (signed.page, signed.viewer);
    let lang = page.lang;
    let kept = app.office.post_table(&viewer, id).await?;
    let found = app.office.vacancies(&viewer, &kept.table).await?;
    let roster = viewer.may(Resource::Roster, Action::Read);
    let sum = |of: &dyn Fn(&TownshipLine) -> i64| found.lines.iter().map(of).sum::<i64>();
    let lines = found.lines.iter().map(|line| {
        let how = |wanted: How| line.posts.iter().any(|p| p.1 == wanted);
        let names = [
            (How::Code, say!(lang, "posts-how-code")),
            (How::FullName, say!(lang, "posts-how-full")),
            (How::ShortName, say!(lang, "posts-how-short")),
        ];
        let how = joined(names.into_iter().filter(|n| how(n.0)).map(|n| n.1), lang);
        let (tone, beyond) = match line.beyond() {
            Some(n) if n > 0 => ("warn", say!(lang, "posts-beyond", n = n)),
            Some(n) if n < 0 => ("info", say!(lang, "posts-short", n = n.abs())),
            Some(_) if line.count.recruits > 0 => ("ok", say!(lang, "posts-even")),
            _ => ("", String::new()),
        };
        let vacant = line.vacant.unwrap_or(0);
        Line {
            name: line.name.clone(),
            href: if roster { address("/roster", &[("organ", &line.id)]) } else { String::new() },
            establishment: line.establishment.map(grouped).unwrap_or_default(),
            people: match line.people {
                Told::Number(n) => grouped(n),
                Told::Few => format!("<{FEWEST}"),
            },
            vacant: line.vacant.map(|n| grouped(n.max(0))).unwrap_or_default(),
            over: if vacant < 0 { say!(lang, "posts-over", n = vacant.abs()) } else { String::new() },
            posts: grouped(line.count.posts),
            recruits: grouped(line.count.recruits),
            list: list_of(id, line, &kept.table),
            tone,
            beyond,
            how,
        }
    });
    let row = |at: usize, why: String| -> Option<Row> {
        let post = kept.table.posts.get(at)?;
        let sheet = kept.table.sheets.get(post.sheet).map_or("", |s| s.name.as_str());
        Some(Row {
            place: say!(lang, "posts-place", sheet = sheet, row = post.row.to_string()),
            organ: post.organ.clone(),
            unit: post.unit.clone(),
            title: post.title.clone(),
            recruits: post.recruits.map(grouped).unwrap_or_default(),
            why,
        })
    };
    let unmatched = found.unmatched.iter().take(TOLD).filter_map(|(at, why)| {
        let why = match why {
            Unmatched::None => say!(lang, "posts-unmatched-none"),
            Unmatched::Several(names) => {
                say!(lang, "posts-unmatched-several", names = joined(names.iter().cloned(), lang))
            }
        };
        row(*at, why)
    });
    let series = |name: String, values: Vec<i64>| Series { name, values, ..Series::default() };
    let drawn: Vec<&TownshipLine> =
        found.lines.iter().filter(|l| l.count.recruits > 0 || l.vacant.is_some_and(|v| v > 0)).collect();
    let unmatched: Vec<Row> = unmatched.collect();
    html(&VacanciesPage {
        top: Top::of(&kept.held, "/vacancies", &against, &page),
        counties: joined(found.counties.iter().filter(|c| !c.is_empty()).cloned(), lang),
        lines: lines.collect(),
        establishment: grouped(sum(&|l| l.establishment.unwrap_or(0))),
        people: grouped(sum(&|l| l.people.number() as i64)),
        vacant: grouped(sum(&|l| l.vacant.unwrap_or(0).max(0))),
        recruits: grouped(sum(&|l| i64::from(l.count.recruits))),
        chart: Chart {
            of: say!(lang, "posts-township-name"),
            caption: say!(lang, "posts-vacancies-chart"),
            categories: drawn.iter().map(|l| l.name.clone()).collect(),
            series: vec![
                series(
                    say!(lang, "posts-vacant"),
                    drawn.iter().map(|l| l.vacant.unwrap_or(0).max(0)).collect(),
                ),
                series(
                    say!(lang, "posts-recruits"),
                    drawn.iter().map(|l| i64::from(l.count.recruits)).collect(),
                ),
            ],
            sideways: true,
            unit: say!(lang, "posts-unit"),
            ..Chart::default()
        },
        left: found.unmatched.len() - unmatched.len(),
        unmatched_count: found.unmatched.len(),
        unmatched,
        others: (grouped(found.others.posts), grouped(found.others.recruits)),
        elsewhere: (grouped(found.elsewhere.posts), grouped(found.elsewhere.recruits)),
        matched: found.lines.iter().any(|l| !l.posts.is_empty()),
        page,
    })
}

/// The list of a township's posts: by the name under which the table has them.
fn list_of(id: i64, line: &TownshipLine, table: &takeroot_exchange::posts::Table) -> String {
    let first = line.posts.first().and_then(|(at, _)| table.posts.get(*at));
    let Some(post) = first else { return String::new() };
    // One name for all: otherwise no search finds just these.
    let same = |name: fn(&takeroot_exchange::posts::Post) -> &String| {
        let mut all = line.posts.iter().filter_map(|(at, _)| table.posts.get(*at));
        all.all(|p| name(p) == name(post))
    };
    let words = if same(|p| &p.organ) { &post.organ } else { return String::new() };
    address(&format!("/posts/{id}/list"), &[("q", words)])
}
