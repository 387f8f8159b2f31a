//! A table against the law of a day, and against proposals: what its posts ask beyond the rules, whom that shuts out,
//! what a proposal would open.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use axum_extra::extract::Query;
use takeroot_civil::Code as _;
use takeroot_exchange::posts::check::{Count, Given, Limit, Opening};
use takeroot_exchange::posts::{limit_name, opening_name, township_lines};
use takeroot_office::OfficeError;
use takeroot_office::posts::Checked;
use takeroot_policy::Library;
use takeroot_words::{Lang, Say as _};

use super::{Against, Top, joined, list_href};
use crate::page::html;
use crate::pieces::{Cell, Chart, Series, grouped, percent};
use crate::policy::{Choice, clause_href, day_of, proposals};
use crate::signed::SignedIn;
use crate::words::{say, t};
use crate::{App, Page, WebError};

/// A value of the rules that the posts are held against.
struct RuleLine {
    what: String,
    value: String,
    clause: String,
    confidence: String,
    href: String,
    tried: bool,
}

struct Row {
    name: String,
    cells: Vec<Cell>,
}

struct SheetLine {
    name: String,
    posts: String,
    recruits: String,
    href: String,
}

#[derive(Template)]
#[template(path = "posts-check.html")]
struct CheckPage {
    page: Page,
    top: Top,
    on: String,
    choices: Vec<Choice>,
    fault: String,
    posts: String,
    recruits: String,
    township_posts: String,
    township_recruits: String,
    township_share: String,
    open: String,
    open_share: String,
    open_href: String,
    unread: i64,
    place: String,
    rules: Vec<RuleLine>,
    limits: Vec<Row>,
    limits_chart: Chart,
    together: Vec<Row>,
    judged: Vec<Row>,
    opens: Vec<Row>,
    opens_chart: Chart,
    tried: String,
    asks: Chart,
    sheets: Vec<SheetLine>,
}

pub(super) async fn show(
    State(app): State<App>,
    Path(id): Path<i64>,
    Query(against): Query<Against>,
    signed: SignedIn,
) -> Result<Response, WebError> {
    let (page, viewer) = (signed.page, signed.viewer);
    let lang = page.lang;
    let on = day_of(&against.on, &page);
    let library = app.office.library_for(&viewer).await?;
    let (checked, fault) = match app.office.check_posts(&viewer, id, on, &against.with).await {
        Ok(checked) => (checked, String::new()),
        Err(OfficeError::Stack(fault)) => {
            (app.office.check_posts(&viewer, id, on, &[]).await?, fault.say(lang))
        }
        Err(error) => return Err(error.into()),
    };
    let top = Top::of(&checked.kept.held, "", &against, &page);
    html(&drawn(&checked, top, fault, &library, page, lang))
}

fn drawn(checked: &Checked, top: Top, fault: String, library: &Library, page: Page, lang: Lang) -> CheckPage {
    let (held, table, checks) = (&checked.kept.held, &checked.kept.table, &checked.checks);
    let summary = table.summary();
    let with = &checked.rules.proposals;
    let on = checked.rules.on.to_string();
    let list = |more: &[(&str, &str)]| list_href(held.id, &on, with, more);
    let cell = |n: u32, href: String| Cell {
        text: if n == 0 { String::new() } else { grouped(n) },
        href: if n == 0 { String::new() } else { href },
    };
    let mut limits = Vec::new();
    let mut chart: Vec<(String, i64, i64)> = Vec::new();
    for limit in Limit::ALL {
        let code = limit.code();
        let all = checks.all.limits.get(&limit).copied().unwrap_or_default();
        let town = checks.township.limits.get(&limit).copied().unwrap_or_default();
        if all.with.posts == 0 {
            continue;
        }
        let name = limit_name(limit, lang);
        chart.push((name.clone(), i64::from(all.with.recruits), i64::from(all.only.recruits)));
        let cells = vec![
            cell(all.with.recruits, list(&[("limit", code)])),
            cell(all.only.recruits, list(&[("limit", code), ("alone", "1")])),
            cell(town.with.recruits, list(&[("limit", code), ("township", "1")])),
            cell(town.only.recruits, list(&[("limit", code), ("alone", "1"), ("township", "1")])),
        ];
        limits.push(Row { name, cells });
    }
    let together = checks
        .all
        .combinations
        .iter()
        .filter(|(set, _)| set.len() > 1)
        .take(10)
        .map(|(set, count)| Row {
            name: joined(set.iter().map(|l| limit_name(*l, lang)), lang),
            cells: counts(*count),
        })
        .collect();
    let judged = [
        (
            say!(lang, "posts-above-floor"),
            checks.all.above_education_floor,
            checks.township.above_education_floor,
        ),
        (
            say!(lang, "posts-below-floor"),
            checks.all.below_education_floor,
            checks.township.below_education_floor,
        ),
        (say!(lang, "posts-above-age"), checks.all.above_age, checks.township.above_age),
        (say!(lang, "posts-not-judged"), checks.all.not_judged, checks.township.not_judged),
    ];
    let judged = judged
        .into_iter()
        .map(|(name, all, town)| Row { name, cells: [counts(all), counts(town)].concat() })
        .collect();
    let (opens, opens_chart) = opens(checked, list, lang);
    let series = |name: String, values: Vec<i64>| Series { name, values, ..Series::default() };
    let unit = say!(lang, "posts-unit");
    // The chart says that these are township recruits: its names need not.
    let bare = |name: String| name.split_once(['：', ':']).map_or(name.clone(), |n| n.1.trim().to_owned());
    let asks: Vec<(String, u32)> =
        township_lines(table, lang).into_iter().map(|(n, c)| (bare(n), c)).collect();
    CheckPage {
        top,
        choices: proposals(library, with, lang),
        fault,
        posts: grouped(summary.posts),
        recruits: grouped(summary.recruits),
        township_posts: grouped(summary.township.posts),
        township_recruits: grouped(summary.township.recruits),
        township_share: percent(summary.township.recruits, summary.recruits),
        open: grouped(checks.all.open.recruits),
        open_share: percent(checks.all.open.recruits, summary.recruits),
        open_href: list(&[("open", "1")]),
        unread: held.unread,
        place: checked.rules.place.clone().unwrap_or_default(),
        rules: rules(checked, library, lang),
        limits_chart: Chart {
            of: say!(lang, "posts-limit"),
            caption: say!(lang, "posts-limits-chart"),
            categories: chart.iter().map(|c| c.0.clone()).collect(),
            series: vec![
                series(say!(lang, "posts-with"), chart.iter().map(|c| c.1).collect()),
                series(say!(lang, "posts-only"), chart.iter().map(|c| c.2).collect()),
            ],
            sideways: true,
            unit: unit.clone(),
            ..Chart::default()
        },
        limits,
        together,
        judged,
        opens,
        opens_chart,
        tried: joined(
            with.iter().filter_map(|id| library.get(id)).map(|d| d.head.title().get(lang).to_owned()),
            lang,
        ),
        asks: Chart {
            of: say!(lang, "posts-asked"),
            caption: say!(lang, "posts-asks-chart", n = grouped(summary.township.recruits)),
            categories: asks.iter().map(|a| a.0.clone()).collect(),
            series: vec![series(say!(lang, "posts-recruits"), asks.iter().map(|a| i64::from(a.1)).collect())],
            sideways: true,
            unit,
            ..Chart::default()
        },
        sheets: table
            .sheets
            .iter()
            .enumerate()
            .filter(|(_, s)| s.header_row.is_some())
            .map(|(at, s)| SheetLine {
                name: s.name.clone(),
                posts: grouped(s.posts),
                recruits: grouped(s.recruits),
                href: list(&[("sheet", &at.to_string())]),
            })
            .collect(),
        on,
        page,
    }
}

fn counts(count: Count) -> Vec<Cell> {
    let cell = |n: u32| Cell { text: grouped(n), href: String::new() };
    vec![cell(count.posts), cell(count.recruits)]
}

/// What the proposals would open: lines and a chart, empty without proposals.
fn opens(checked: &Checked, list: impl Fn(&[(&str, &str)]) -> String, lang: Lang) -> (Vec<Row>, Chart) {
    let Some(opens) = &checked.checks.proposal else { return (Vec::new(), Chart::default()) };
    let mut rows = Vec::new();
    let mut chart: Vec<(String, i64, i64)> = Vec::new();
    let row = |name: String, all: Count, town: Count, code: &str| {
        let mut cells = [counts(all), counts(town)].concat();
        if !code.is_empty() {
            for (at, cell) in cells.iter_mut().enumerate() {
                let township = if at > 1 { "1" } else { "" };
                if cell.text != "0" {
                    cell.href = list(&[("opening", code), ("township", township)]);
                }
            }
        }
        Row { name, cells }
    };
    rows.push(row(say!(lang, "posts-wider"), opens.all.wider, opens.township.wider, ""));
    for opening in Opening::ALL {
        let all = opens.all.by.get(&opening).copied().unwrap_or_default();
        let town = opens.township.by.get(&opening).copied().unwrap_or_default();
        if all.posts > 0 {
            let name = opening_name(opening, lang);
            chart.push((name.clone(), i64::from(all.recruits), i64::from(town.recruits)));
            rows.push(row(name, all, town, opening.code()));
        }
    }
    rows.push(row(say!(lang, "posts-fully-open"), opens.all.fully_open, opens.township.fully_open, ""));
    rows.push(row(say!(lang, "posts-unknown-hardship"), opens.all.unknown, opens.township.unknown, ""));
    let series = |name: String, values: Vec<i64>| Series { name, values, ..Series::default() };
    let chart = Chart {
        of: say!(lang, "posts-opened-by"),
        caption: say!(lang, "posts-opens-chart"),
        categories: chart.iter().map(|c| c.0.clone()).collect(),
        series: vec![
            series(say!(lang, "posts-all"), chart.iter().map(|c| c.1).collect()),
            series(say!(lang, "posts-township"), chart.iter().map(|c| c.2).collect()),
        ],
        sideways: true,
        unit: say!(lang, "posts-unit"),
        ..Chart::default()
    };
    (rows, chart)
}

/// The values that the posts are held against: the law's, and those of the proposals that differ.
fn rules(checked: &Checked, library: &Library, lang: Lang) -> Vec<RuleLine> {
    let mut lines: Vec<RuleLine> = Vec::new();
    let yes = |b: bool| if b { say!(lang, "posts-yes") } else { say!(lang, "posts-no") };
    let sides = std::iter::once((&checked.rules.law, false))
        .chain(checked.rules.proposal.as_ref().map(|proposal| (proposal, true)));
    for (floors, tried) in sides {
        let mut add = |what: String, given: Option<(String, &str, &str, &str)>| {
            let Some((value, clause, citation, confidence)) = given else { return };
            if lines.iter().any(|l| l.what == what && l.clause == clause && l.value == value) {
                return;
            }
            // The citation begins with the title of the document that holds the clause.
            let holds = |d: &&takeroot_policy::Document| {
                citation.starts_with(d.head.title().zh.as_str())
                    && d.clauses.iter().any(|c| c.get_ref().id == clause)
            };
            let href = library.documents.iter().find(holds).map(|d| clause_href(d.id(), clause));
            lines.push(RuleLine {
                what,
                value,
                clause: clause.to_owned(),
                confidence: confidence.to_owned(),
                href: href.unwrap_or_default(),
                tried,
            });
        };
        fn parts<T>(given: &Given<T>, value: String) -> (String, &str, &str, &str) {
            (value, &given.clause, &given.citation, &given.confidence)
        }
        for (what, given) in [
            (say!(lang, "posts-rule-education"), &floors.education_floor),
            (say!(lang, "posts-rule-education-township"), &floors.education_floor_township),
            (say!(lang, "posts-rule-education-hardship"), &floors.education_floor_hardship_township),
        ] {
            add(what, given.as_ref().map(|g| parts(g, g.value.name(lang).to_owned())));
        }
        for (what, given) in [
            (say!(lang, "posts-rule-age"), &floors.age_max),
            (say!(lang, "posts-rule-age-fresh"), &floors.age_max_fresh_postgraduate),
        ] {
            add(what, given.as_ref().map(|g| parts(g, say!(lang, "posts-years", n = i64::from(g.value)))));
        }
        for (what, given) in [
            (say!(lang, "posts-rule-no-more"), &floors.education_no_more_township),
            (say!(lang, "posts-rule-major"), &floors.no_major_limit_township),
            (say!(lang, "posts-rule-major-hardship"), &floors.no_major_limit_hardship_township),
            (say!(lang, "posts-rule-experience"), &floors.no_experience_hardship_township),
            (say!(lang, "posts-rule-fresh"), &floors.not_fresh_only_township),
        ] {
            add(what, given.as_ref().map(|g| parts(g, yes(g.value))));
        }
    }
    lines
}
