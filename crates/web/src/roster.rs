//! The roster: unit tree, conditions, table, export.

use askama::Template;
use axum::Router;
use axum::extract::{Query as Typed, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use takeroot_civil::{Code, Day, Education, Grade, Layer, Rank, SecondmentKind, Sex};
use takeroot_office::roster::{self, NONE, Query, Unit};
use takeroot_office::{Action, Resource};
use takeroot_store::people::Line;
use takeroot_words::Lang;

use crate::page::html;
use crate::pieces::{Pager, address};
use crate::signed::SignedIn;
use crate::words::{say, t};
use crate::{App, Page, WebError};

/// Its routes.
pub fn routes() -> Router<App> {
    Router::new().route("/roster", get(list)).route("/roster.xlsx", get(export))
}

/// A column that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Column {
    name: &'static str,
    /// The order that its heading asks for; empty where it has none.
    order: &'static str,
}

const COLUMNS: &[Column] = &[
    Column { name: "sex", order: "" },
    Column { name: "age", order: "-birth" },
    Column { name: "birth", order: "birth" },
    Column { name: "ethnic", order: "" },
    Column { name: "politics", order: "" },
    Column { name: "education", order: "" },
    Column { name: "degree", order: "" },
    Column { name: "major", order: "" },
    Column { name: "work-start", order: "" },
    Column { name: "entered", order: "" },
    Column { name: "channel", order: "" },
    Column { name: "layer", order: "" },
    Column { name: "rank-since", order: "rank-since" },
    Column { name: "level", order: "" },
    Column { name: "grade", order: "" },
    Column { name: "rooted", order: "-rooted" },
    Column { name: "term", order: "term" },
    Column { name: "away", order: "" },
    Column { name: "retires", order: "retires" },
    Column { name: "left", order: "" },
    Column { name: "id-ending", order: "" },
];

/// Shown unless others are chosen.
const DEFAULT: &[&str] =
    &["sex", "age", "education", "entered", "rank-since", "level", "grade", "rooted", "term", "away"];

/// What a condition is chosen from.
struct Choice {
    name: &'static str,
    label: String,
    options: Vec<(String, String, bool)>,
}

/// An interval that a condition asks for.
struct Between {
    label: String,
    from: &'static str,
    to: &'static str,
    kind: &'static str,
    from_value: String,
    to_value: String,
}

/// A condition in force.
struct Chip {
    text: String,
    without: String,
}

struct Row {
    line: Line,
    number: i64,
    organ: String,
    rank: String,
    cells: Vec<String>,
}

/// A heading of a chosen column.
struct Head {
    name: String,
    href: String,
    sorted: &'static str,
}

#[derive(Template)]
#[template(path = "roster.html")]
struct Roster {
    page: Page,
    units: Vec<Unit>,
    query: Query,
    chips: Vec<Chip>,
    choices: Vec<Choice>,
    ranges: Vec<Between>,
    heads: Vec<Head>,
    rows: Vec<Row>,
    pager: Pager,
    columns: Vec<(String, String, bool)>,
    export: String,
    may_export: bool,
    may_import: bool,
    may_add: bool,
}

impl Roster {
    fn unit_href(&self, unit: &Unit) -> String {
        self.here(&self.query.with("organ", &unit.node.id))
    }

    fn here(&self, query: &Query) -> String {
        place("/roster", query)
    }

    fn unit_name(&self, unit: &Unit) -> String {
        node_name(&unit.node, self.page.lang)
    }

    fn is_here(&self, unit: &Unit) -> bool {
        self.query.get("organ") == unit.node.id
    }

    fn clear(&self) -> String {
        "/roster".to_owned()
    }
}

/// What a node of the tree is called.
pub fn node_name(node: &takeroot_store::organs::Node, lang: Lang) -> String {
    match node.grouping.as_str() {
        takeroot_office::tree::COUNTY_ORGANS => say!(lang, "unit-county-organs"),
        takeroot_office::tree::TOWNSHIPS => say!(lang, "unit-townships"),
        _ => node.name.clone(),
    }
}

fn place(path: &str, query: &Query) -> String {
    let pairs: Vec<(&str, &str)> = query.0.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    address(path, &pairs)
}

async fn list(
    State(app): State<App>,
    signed: SignedIn,
    Typed(pairs): Typed<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let query = Query(pairs);
    let lang = signed.page.lang;
    let found = app.office.roster(&signed.viewer, &query).await?;
    let today = app.office.today();
    let chosen = chosen(&query);
    let rows = found
        .lines
        .into_iter()
        .zip((found.page - 1) * found.per + 1..)
        .map(|(line, number)| Row {
            organ: found
                .units
                .iter()
                .find(|u| u.node.seq == line.at.organ_seq)
                .map_or_else(|| line.at.organ.clone(), |u| short(&u.node.name, &found.units)),
            rank: named::<Rank>(&line.at.rank, lang),
            cells: chosen.iter().map(|c| cell(c.name, &line, today, lang)).collect(),
            number,
            line,
        })
        .collect();
    let mut plain = query.clone();
    plain.0.retain(|(n, v)| n != "page" && !v.is_empty());
    let page = Roster {
        chips: chips(&query, &found.units, lang),
        choices: choices(&query, lang),
        ranges: ranges(&query, lang),
        heads: chosen
            .iter()
            .map(|c| {
                let now = query.get("order");
                let turned = if now == c.order {
                    c.order.strip_prefix('-').map_or(format!("-{}", c.order), str::to_owned)
                } else {
                    c.order.to_owned()
                };
                let plain_order = c.order.trim_start_matches('-');
                Head {
                    name: column_name(c.name, lang),
                    href: if c.order.is_empty() {
                        String::new()
                    } else {
                        place("/roster", &query.with("order", &turned))
                    },
                    sorted: match now {
                        n if c.order.is_empty() || n.trim_start_matches('-') != plain_order => "",
                        n if n.starts_with('-') => "descending",
                        _ => "ascending",
                    },
                }
            })
            .collect(),
        pager: Pager::new(found.total, found.per, found.page, place("/roster", &plain)),
        columns: COLUMNS
            .iter()
            .map(|c| (c.name.to_owned(), column_name(c.name, lang), chosen.iter().any(|x| x.name == c.name)))
            .collect(),
        export: place("/roster.xlsx", &plain),
        may_export: signed.viewer.may(Resource::Roster, Action::Export),
        may_import: signed.viewer.may(Resource::Import, Action::Write),
        may_add: signed.viewer.may(Resource::Event, Action::Write),
        units: found.units,
        rows,
        query,
        page: signed.page,
    };
    html(&page)
}

/// The columns chosen, in their own order.
fn chosen(query: &Query) -> Vec<Column> {
    let asked = query.all("col");
    let wanted = |c: &&Column| {
        if asked.is_empty() { DEFAULT.contains(&c.name) } else { asked.iter().any(|a| a == c.name) }
    };
    COLUMNS.iter().filter(wanted).copied().collect()
}

fn named<C: Code>(code: &str, lang: Lang) -> String {
    C::from_code(code).map_or(String::new(), |c| c.name(lang).to_owned())
}

/// An organ's name without the county's, which the tree says once.
fn short(name: &str, units: &[Unit]) -> String {
    let county = units.first().map_or("", |u| u.node.name.as_str());
    let county = if units.iter().filter(|u| u.node.depth == 0).count() == 1 { county } else { "" };
    name.strip_prefix(county).filter(|rest| !rest.is_empty()).unwrap_or(name).to_owned()
}

fn day(day: Option<Day>) -> String {
    day.map(|d| d.to_string()).unwrap_or_default()
}

fn cell(column: &str, line: &Line, today: Day, lang: Lang) -> String {
    let at = &line.at;
    match column {
        "sex" => named::<Sex>(&line.sex, lang),
        "age" => line.birth.map(|b| today.years_since(b).to_string()).unwrap_or_default(),
        "birth" => line.birth.map(|b| format!("{}.{:02}", b.year(), b.month())).unwrap_or_default(),
        "ethnic" => line.ethnic.clone(),
        "politics" => line.politics.clone(),
        "education" => named::<Education>(&at.education, lang),
        "degree" => named::<takeroot_civil::Degree>(&at.degree, lang),
        "major" => at.major.clone(),
        "work-start" => day(line.work_start),
        "entered" => day(at.entered),
        "channel" => named::<takeroot_civil::Channel>(&at.channel, lang),
        "layer" => named::<Layer>(&at.layer, lang),
        "rank-since" => day(at.rank_since),
        "level" => match (at.level, at.step) {
            (Some(level), Some(step)) => say!(lang, "roster-level-step", level = level, step = step),
            _ => String::new(),
        },
        "grade" => named::<Grade>(&at.last_grade, lang),
        "rooted" => {
            let (years, months) = (at.rooted_months / 12, at.rooted_months % 12);
            say!(lang, "roster-years-months", years = years, months = months)
        }
        "term" if at.term_running => day(at.term_until),
        "term" => String::new(),
        "away" if at.away_kind.is_empty() => String::new(),
        "away" => format!("{} {}", named::<SecondmentKind>(&at.away_kind, lang), at.away_place),
        "retires" => day(at.retires),
        "left" => match at.left_on {
            Some(on) => format!("{on} {}", named::<takeroot_civil::ExitReason>(&at.left_reason, lang)),
            None => String::new(),
        },
        "id-ending" => {
            let skip = line.id_number.chars().count().saturating_sub(4);
            let ending: String = line.id_number.chars().skip(skip).collect();
            if ending.is_empty() { String::new() } else { format!("…{ending}") }
        }
        _ => String::new(),
    }
}

fn column_name(name: &str, lang: Lang) -> String {
    match name {
        "sex" => say!(lang, "roster-sex"),
        "age" => say!(lang, "roster-age"),
        "birth" => say!(lang, "roster-birth"),
        "ethnic" => say!(lang, "roster-ethnic"),
        "politics" => say!(lang, "roster-politics"),
        "education" => say!(lang, "roster-education"),
        "degree" => say!(lang, "roster-degree"),
        "major" => say!(lang, "roster-major"),
        "work-start" => say!(lang, "roster-work-start"),
        "entered" => say!(lang, "roster-entered"),
        "channel" => say!(lang, "roster-channel"),
        "layer" => say!(lang, "roster-layer"),
        "rank" => say!(lang, "roster-rank"),
        "rank-since" => say!(lang, "roster-rank-since"),
        "level" => say!(lang, "roster-level"),
        "grade" => say!(lang, "roster-grade"),
        "rooted" => say!(lang, "roster-rooted"),
        "term" => say!(lang, "roster-term"),
        "away" => say!(lang, "roster-away"),
        "retires" => say!(lang, "roster-retires"),
        "left" => say!(lang, "roster-left"),
        "id-ending" => say!(lang, "roster-id-ending"),
        "state" => say!(lang, "roster-state"),
        "faults" => say!(lang, "roster-faults"),
        "organ" => say!(lang, "roster-organ"),
        "part" => say!(lang, "roster-part"),
        _ => say!(lang, "roster-search"),
    }
}

fn options<C: Code>(query: &Query, name: &str, lang: Lang) -> Vec<(String, String, bool)> {
    C::ALL.iter().map(|c| (c.code().to_owned(), c.name(lang).to_owned(), query.has(name, c.code()))).collect()
}

fn choices(query: &Query, lang: Lang) -> Vec<Choice> {
    let one = |value: &str, text: String, name: &str| (value.to_owned(), text, query.has(name, value));
    vec![
        Choice {
            name: "state",
            label: say!(lang, "roster-state"),
            options: vec![
                one("left", say!(lang, "roster-state-left"), "state"),
                one("all", say!(lang, "roster-state-all"), "state"),
            ],
        },
        Choice { name: "sex", label: say!(lang, "roster-sex"), options: options::<Sex>(query, "sex", lang) },
        Choice {
            name: "layer",
            label: say!(lang, "roster-layer"),
            options: options::<Layer>(query, "layer", lang),
        },
        Choice {
            name: "rank",
            label: say!(lang, "roster-rank"),
            options: options::<Rank>(query, "rank", lang),
        },
        Choice {
            name: "education",
            label: say!(lang, "roster-education"),
            options: options::<Education>(query, "education", lang),
        },
        Choice {
            name: "channel",
            label: say!(lang, "roster-channel"),
            options: options::<takeroot_civil::Channel>(query, "channel", lang),
        },
        Choice {
            name: "grade",
            label: say!(lang, "roster-grade"),
            options: options::<Grade>(query, "grade", lang),
        },
        Choice {
            name: "term",
            label: say!(lang, "roster-term"),
            options: vec![
                one("running", say!(lang, "roster-term-running"), "term"),
                one("over", say!(lang, "roster-term-over"), "term"),
            ],
        },
        Choice {
            name: "away",
            label: say!(lang, "roster-away"),
            options: [
                one("yes", say!(lang, "roster-away-yes"), "away"),
                one("no", say!(lang, "roster-away-no"), "away"),
            ]
            .into_iter()
            .chain(options::<SecondmentKind>(query, "away", lang))
            .collect(),
        },
        Choice {
            name: "left",
            label: say!(lang, "roster-left"),
            options: options::<takeroot_civil::ExitReason>(query, "left", lang),
        },
        Choice {
            name: "faults",
            label: say!(lang, "roster-faults"),
            options: vec![one("yes", say!(lang, "roster-faults-yes"), "faults")],
        },
    ]
}

fn ranges(query: &Query, lang: Lang) -> Vec<Between> {
    [
        ("age", "age_from", "age_to", "number"),
        ("rank-since", "rank_from", "rank_to", "date"),
        ("level", "level_from", "level_to", "number"),
        ("entered", "entered_from", "entered_to", "date"),
        ("rooted", "rooted_from", "rooted_to", "number"),
        ("term", "term_from", "term_to", "date"),
        ("retires", "retires_from", "retires_to", "date"),
        ("left", "left_from", "left_to", "date"),
    ]
    .into_iter()
    .map(|(column, from, to, kind)| Between {
        label: column_name(column, lang),
        from,
        to,
        kind,
        from_value: query.get(from).to_owned(),
        to_value: query.get(to).to_owned(),
    })
    .collect()
}

/// The conditions in force, each with the address of the list without it.
fn chips(query: &Query, units: &[Unit], lang: Lang) -> Vec<Chip> {
    query
        .conditions()
        .map(|(name, value)| {
            let said = match (name.as_str(), value.as_str()) {
                (_, NONE) => say!(lang, "roster-none"),
                ("organ", id) => {
                    units.iter().find(|u| u.node.id == id).map_or(id.to_owned(), |u| node_name(&u.node, lang))
                }
                ("part", takeroot_office::tree::TOWNSHIPS) => say!(lang, "unit-townships"),
                ("part", takeroot_office::tree::COUNTY_ORGANS) => say!(lang, "unit-county-organs"),
                ("state", "left") => say!(lang, "roster-state-left"),
                ("state", "all") => say!(lang, "roster-state-all"),
                ("term", "running") => say!(lang, "roster-term-running"),
                ("term", "over") => say!(lang, "roster-term-over"),
                ("away", "yes") => say!(lang, "roster-away-yes"),
                ("away", "no") => say!(lang, "roster-away-no"),
                ("faults", _) => say!(lang, "roster-faults-yes"),
                (name, code) => roster::code_name(name, code, lang).map_or(code.to_owned(), str::to_owned),
            };
            let (column, side) = match name.rsplit_once('_') {
                Some((stem, "from")) => (stem, ">= "),
                Some((stem, "to")) => (stem, "<= "),
                _ => (name.as_str(), ""),
            };
            let column = if column == "rank" && !side.is_empty() { "rank-since" } else { column };
            Chip {
                text: format!("{}: {side}{said}", column_name(column, lang)),
                without: place("/roster", &query.without(name, value)),
            }
        })
        .collect()
}

async fn export(
    State(app): State<App>,
    signed: SignedIn,
    Typed(pairs): Typed<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let book = app.office.export_roster(&signed.viewer, &Query(pairs), signed.page.lang).await?;
    let name = format!("attachment; filename=\"roster-{}.xlsx\"", app.office.today());
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], book).into_response())
}
