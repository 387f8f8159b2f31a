//! Home: what waits, what comes, the county at a glance. Every figure opens the list behind it.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use takeroot_civil::{Channel, Code as _, Education, SecondmentKind, Sex};
use takeroot_office::home::{Ahead, BAND, Glance, Home, Part, Todo};
use takeroot_office::{Action, Resource};
use takeroot_store::glance::CodeCount;
use takeroot_words::Lang;

use crate::page::html;
use crate::pieces::{Chart, Series, address, grouped};
use crate::signed::SignedIn;
use crate::words::{say, t};
use crate::{App, Page, WebError};

/// Its routes.
pub fn routes() -> Router<App> {
    Router::new().route("/", get(home))
}

/// A thing to do, as shown.
struct Waiting {
    icon: &'static str,
    tone: &'static str,
    name: String,
    count: String,
    href: String,
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    page: Page,
    todos: Vec<Waiting>,
    glance: std::sync::Arc<Glance>,
    terms: Chart,
    retirements: Chart,
    ages: Chart,
    rooted: Chart,
    education: Chart,
    channels: Chart,
    establishment: Chart,
    away: Vec<(String, i64, String)>,
}

async fn home(State(app): State<App>, signed: SignedIn) -> Result<Response, WebError> {
    if !signed.viewer.may(Resource::Home, Action::Read) {
        // Who has no one to look after goes to what is theirs.
        let place = if signed.page.is_someone() {
            "/mine"
        } else if signed.page.may(Resource::Account) {
            "/accounts"
        } else {
            "/policy"
        };
        return Ok(Redirect::to(place).into_response());
    }
    let Home { todos, glance } = app.office.home(&signed.viewer).await?;
    let page = signed.page;
    let lang = page.lang;
    let away = glance
        .away_places
        .iter()
        .map(|(place, people)| {
            let name = if place.is_empty() { say!(lang, "home-away-unknown") } else { place.clone() };
            (
                name,
                *people,
                roster(&[("away_place", if place.is_empty() { "none" } else { place }), ("away", "yes")]),
            )
        })
        .collect();
    html(&HomePage {
        todos: todos.iter().map(|todo| waiting(*todo, &glance, lang)).collect(),
        terms: quarters(&glance.terms, "term", say!(lang, "home-terms-caption"), lang),
        retirements: quarters(&glance.retirements, "retires", String::new(), lang),
        ages: ages(&glance, lang),
        rooted: rooted(&glance, lang),
        education: coded(&glance.education, "education", say!(lang, "home-education"), lang, |code| {
            Education::from_code(code).map(|c| (c.index(), c.name(lang).to_owned()))
        }),
        channels: coded(&glance.channels, "channel", say!(lang, "home-channel"), lang, |code| {
            Channel::from_code(code).map(|c| (c.index(), c.name(lang).to_owned()))
        }),
        establishment: establishment(&glance, lang),
        away,
        glance,
        page,
    })
}

/// The roster, narrowed.
fn roster(query: &[(&str, &str)]) -> String {
    address("/roster", query)
}

fn waiting(todo: Todo, glance: &Glance, lang: Lang) -> Waiting {
    let (today, year) = (glance.on.to_string(), glance.on.plus_years(1).real().plus_days(-1).to_string());
    let (icon, tone, name, count, href) = match todo {
        Todo::Doubtful(n) => {
            ("alert-triangle", "bad", say!(lang, "home-todo-doubtful"), n, roster(&[("faults", "yes")]))
        }
        Todo::RetirePast(n) => {
            let before = glance.on.plus_days(-1).to_string();
            ("hourglass", "bad", say!(lang, "home-todo-retire-past"), n, roster(&[("retires_to", &before)]))
        }
        Todo::TermsSoon(n) => {
            let href = roster(&[("term_from", &today), ("term_to", &year)]);
            ("flag", "warn", say!(lang, "home-todo-terms"), n, href)
        }
        Todo::Astray(n) => {
            ("question-mark", "bad", say!(lang, "home-todo-astray"), n, roster(&[("organ", "none")]))
        }
        Todo::GrantsEnding(n) => ("key", "warn", say!(lang, "home-todo-grants"), n, "/accounts".to_owned()),
    };
    Waiting { icon, tone, name, count: grouped(count), href }
}

/// Counts by quarter, townships and county organs on one another.
fn quarters(ahead: &[Ahead], day: &str, caption: String, lang: Lang) -> Chart {
    let (from, to) = (format!("{day}_from"), format!("{day}_to"));
    let link = |quarter: &Ahead, part: &str| {
        roster(&[(&from, &quarter.from.to_string()), (&to, &quarter.to.to_string()), ("part", part)])
    };
    let series = |name: String, part: &str, count: fn(&Ahead) -> i64| Series {
        name,
        values: ahead.iter().map(count).collect(),
        links: ahead.iter().map(|a| if count(a) > 0 { link(a, part) } else { String::new() }).collect(),
        stack: Some("all"),
        colour: None,
    };
    let both = [
        series(say!(lang, "home-townships"), "townships", |a| a.townships),
        series(say!(lang, "home-county"), "county-organs", |a| a.county),
    ];
    let kept: Vec<Series> = both.into_iter().filter(|s| s.values.iter().any(|v| *v > 0)).collect();
    Chart {
        of: say!(lang, "home-quarter"),
        caption,
        categories: ahead
            .iter()
            .map(|a| {
                say!(lang, "home-quarter-of", year = a.quarter.year.to_string(), quarter = a.quarter.quarter)
            })
            .collect(),
        series: kept,
        unit: say!(lang, "home-people-unit"),
        ..Chart::default()
    }
}

/// The pyramid: years of age, men left and women right, the watched band marked.
fn ages(glance: &Glance, lang: Lang) -> Chart {
    let known = || glance.ages.iter().filter_map(|a| a.age);
    let (youngest, oldest) = (known().min().unwrap_or(20).min(22), known().max().unwrap_or(60).max(60));
    let years: Vec<i64> = (youngest..=oldest).collect();
    let count = |sex: Sex, age: i64| -> i64 {
        let same = |a: &&takeroot_store::glance::AgeCount| a.sex == sex.code() && a.age == Some(age);
        glance.ages.iter().filter(same).map(|a| a.people).sum()
    };
    let series = |sex: Sex, colour: u8| Series {
        name: sex.name(lang).to_owned(),
        values: years.iter().map(|age| count(sex, *age)).collect(),
        links: years
            .iter()
            .map(|age| {
                let age = age.to_string();
                roster(&[("age_from", &age), ("age_to", &age), ("sex", sex.code())])
            })
            .collect(),
        stack: None,
        colour: Some(colour),
    };
    Chart {
        of: say!(lang, "home-age"),
        categories: years.iter().map(i64::to_string).collect(),
        series: vec![series(Sex::Male, 0), series(Sex::Female, 3)],
        sideways: true,
        mirror: true,
        every: Some(5),
        band: Some((BAND.0.to_string(), BAND.1.to_string())),
        caption: say!(lang, "home-band-marked", from = BAND.0, to = BAND.1),
        unit: say!(lang, "home-people-unit"),
        ..Chart::default()
    }
}

/// Lower ends of the bands of rooted years that are shown; the last has no upper end.
const ROOTED: [i64; 7] = [0, 1, 3, 5, 10, 15, 20];

fn rooted(glance: &Glance, lang: Lang) -> Chart {
    let bands: Vec<(i64, Option<i64>)> =
        ROOTED.iter().enumerate().map(|(n, from)| (*from, ROOTED.get(n + 1).map(|next| next - 1))).collect();
    let count = |(from, to): &(i64, Option<i64>), apart: bool| -> i64 {
        let inside = |r: &&(i64, bool, i64)| r.1 == apart && r.0 >= *from && to.is_none_or(|to| r.0 <= to);
        glance.rooted.iter().filter(inside).map(|r| r.2).sum()
    };
    let series = |name: String, part: &str, apart: bool| Series {
        name,
        values: bands.iter().map(|band| count(band, apart)).collect(),
        links: bands
            .iter()
            .map(|(from, to)| {
                let to = to.map(|to| to.to_string()).unwrap_or_default();
                roster(&[("rooted_from", &from.to_string()), ("rooted_to", &to), ("part", part)])
            })
            .collect(),
        stack: Some("all"),
        colour: None,
    };
    let name = |band: &(i64, Option<i64>)| match *band {
        (0, _) => say!(lang, "home-rooted-none"),
        (from, Some(last)) => say!(lang, "home-rooted-band", from = from, to = (last + 1)),
        (from, None) => say!(lang, "home-rooted-more", from = from),
    };
    let both = [
        series(say!(lang, "home-townships"), "townships", true),
        series(say!(lang, "home-county"), "county-organs", false),
    ];
    Chart {
        of: say!(lang, "home-rooted"),
        categories: bands.iter().map(name).collect(),
        series: both.into_iter().filter(|s| s.values.iter().any(|v| *v > 0)).collect(),
        unit: say!(lang, "home-people-unit"),
        ..Chart::default()
    }
}

/// Counts by a code of the field, in the order of its list; those not known last.
fn coded(
    counts: &[CodeCount],
    field: &str,
    of: String,
    lang: Lang,
    named: impl Fn(&str) -> Option<(usize, String)>,
) -> Chart {
    let mut rows: Vec<(usize, String, String)> = Vec::new();
    for count in counts {
        if rows.iter().all(|r| r.2 != count.code) {
            let (order, name) = named(&count.code).unwrap_or((usize::MAX, say!(lang, "home-not-known")));
            rows.push((order, name, count.code.clone()));
        }
    }
    rows.sort();
    let series = |name: String, part: &str, apart: bool| {
        let count = |code: &str| -> i64 {
            counts.iter().filter(|c| c.code == code && c.apart == apart).map(|c| c.people).sum()
        };
        Series {
            name,
            values: rows.iter().map(|r| count(&r.2)).collect(),
            links: rows
                .iter()
                .map(|r| roster(&[(field, if r.2.is_empty() { "none" } else { &r.2 }), ("part", part)]))
                .collect(),
            stack: Some("all"),
            colour: None,
        }
    };
    let both = [
        series(say!(lang, "home-townships"), "townships", true),
        series(say!(lang, "home-county"), "county-organs", false),
    ];
    Chart {
        of,
        categories: rows.iter().map(|r| r.1.clone()).collect(),
        series: both.into_iter().filter(|s| s.values.iter().any(|v| *v > 0)).collect(),
        sideways: true,
        unit: say!(lang, "home-people-unit"),
        ..Chart::default()
    }
}

/// Organs named in the picture; the table below it names all.
const MOST_NAMED: usize = 12;

/// Establishment beside those in post, of the organs with the most free places.
fn establishment(glance: &Glance, lang: Lang) -> Chart {
    let mut parts: Vec<&Part> = glance.parts.iter().filter(|p| p.establishment.is_some()).collect();
    // The sort keeps the order of the tree among equals.
    parts.sort_by_key(|p| std::cmp::Reverse(p.vacant()));
    parts.truncate(MOST_NAMED);
    let links: Vec<String> = parts.iter().map(|p| roster(&[("organ", &p.id)])).collect();
    let series = |name: String, colour: u8, links: Vec<String>, count: fn(&Part) -> i64| Series {
        name,
        values: parts.iter().map(|p| count(p)).collect(),
        links,
        stack: None,
        colour: Some(colour),
    };
    Chart {
        of: say!(lang, "home-organ"),
        categories: parts.iter().map(|p| short(&p.name, &glance.county)).collect(),
        series: vec![
            // Places are not people: no list is behind their number.
            series(say!(lang, "home-establishment"), 5, Vec::new(), |p| p.establishment.unwrap_or(0)),
            series(say!(lang, "home-in-post"), 0, links, |p| p.count.people),
        ],
        sideways: true,
        unit: say!(lang, "home-people-unit"),
        ..Chart::default()
    }
}

/// An organ's name as it is said within the county: without the county's name and what every township has.
fn short(name: &str, county: &str) -> String {
    let inside = if county.is_empty() { name } else { name.strip_prefix(county).unwrap_or(name) };
    let inside = ["人民政府", "办事处"].iter().find_map(|end| inside.strip_suffix(end)).unwrap_or(inside);
    if inside.is_empty() { name.to_owned() } else { inside.to_owned() }
}

impl HomePage {
    /// The kinds of secondment, with the list behind each.
    fn away_kinds(&self) -> Vec<(String, i64, String)> {
        let mut kinds: Vec<(usize, String, i64, String)> = Vec::new();
        for count in &self.glance.away {
            let Some(kind) = SecondmentKind::from_code(&count.code) else { continue };
            match kinds.iter_mut().find(|k| k.0 == kind.index()) {
                Some(known) => known.2 += count.people,
                None => {
                    let href = roster(&[("away", kind.code())]);
                    kinds.push((kind.index(), kind.name(self.page.lang).to_owned(), count.people, href));
                }
            }
        }
        kinds.sort();
        kinds.into_iter().map(|(_, name, people, href)| (name, people, href)).collect()
    }

    /// The list of those whose term ends within a year.
    fn within_year(&self, day: &str) -> String {
        let (from, to) = (self.glance.on, self.glance.on.plus_years(1).real().plus_days(-1));
        roster(&[(&format!("{day}_from"), &from.to_string()), (&format!("{day}_to"), &to.to_string())])
    }

    /// The roster narrowed by one thing, or all of it.
    fn list(&self, field: &str, value: &str) -> String {
        roster(&[(field, value)])
    }

    fn parts_title(&self) -> String {
        if self.glance.counties {
            say!(self.page.lang, "home-counties")
        } else {
            say!(self.page.lang, "home-organs")
        }
    }

    fn parts_count(&self) -> String {
        let parts = self.glance.parts.len();
        if self.glance.counties {
            say!(self.page.lang, "home-counties-sub", counties = parts)
        } else {
            say!(self.page.lang, "home-organs-sub", organs = parts)
        }
    }

    fn band_href(&self) -> String {
        roster(&[("age_from", &BAND.0.to_string()), ("age_to", &BAND.1.to_string())])
    }
}
