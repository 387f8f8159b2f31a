//! The roster: unit tree, conditions, table, export.

use std::collections::{HashMap, HashSet};

use askama::Template;
use axum::extract::{Path, Query as Typed, State};
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use serde::Deserialize;
use takeroot_civil::{Code, Education, Grade, Layer, Rank, SecondmentKind, Sex};
use takeroot_office::roster::{self, NONE, Query};
use takeroot_office::units::Unit;
use takeroot_office::views::View;
use takeroot_office::{Action, Resource, columns};
use takeroot_store::people::Line;
use takeroot_words::Lang;

use crate::page::html;
use crate::pieces::{Pager, address};
use crate::signed::SignedIn;
use crate::words::{say, t};
use crate::{App, Page, WebError};

/// Its routes.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/roster", get(list))
        .route("/roster.xlsx", get(export))
        .route("/roster/views", post(save_view))
        .route("/roster/views/{id}", post(rename_view))
        .route("/roster/views/{id}/remove", post(remove_view))
}

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

/// A node of the unit tree as it is drawn.
struct Branch {
    id: String,
    name: String,
    count: String,
    known: bool,
    here: bool,
    /// Others stand below it.
    opens: bool,
    /// They are shown from the start.
    open: bool,
    /// How many branches end after it.
    closes: i64,
}

#[derive(Template)]
#[template(path = "roster.html", blocks = ["list", "units"])]
struct Roster {
    page: Page,
    branches: Vec<Branch>,
    /// Every unit is in it: the browser can find one by itself.
    whole_tree: bool,
    views: Vec<View>,
    /// The view shown; 0 is none.
    view: i64,
    own_view: Option<View>,
    query: Query,
    /// The query without its page, as a form carries it on.
    kept: Vec<(String, String)>,
    chips: Vec<Chip>,
    choices: Vec<Choice>,
    ranges: Vec<Between>,
    texts: Vec<(String, &'static str, String)>,
    heads: Vec<Head>,
    rows: Vec<Row>,
    pager: Pager,
    columns: Vec<(String, String, bool)>,
    may_export: bool,
    may_import: bool,
    may_merge: bool,
    may_share: bool,
}

impl Roster {
    fn unit_href(&self, id: &str) -> String {
        place("/roster", &self.query.with("organ", id))
    }

    fn ordered(&self, order: &str) -> String {
        place("/roster", &self.query.with("order", order))
    }

    fn file(&self, form: &str) -> String {
        place("/roster.xlsx", &self.query.with("form", form))
    }

    fn has_conditions(&self) -> bool {
        self.query.conditions().any(|(n, _)| !matches!(n.as_str(), "q" | "organ" | "part"))
    }
}

/// What names a unit to be found in the tree.
const FIND: &str = "unit";
/// The tree's place in the page.
const UNITS: &str = "units";
/// Units that a tree shows whole. Of more only what was chosen is opened, and the server finds the others by name.
const WHOLE_TREE: usize = 400;
/// Units that are shown of those that a name finds.
const MOST_FOUND: usize = 200;

/// The units that the tree shows: all, those on the way to the chosen one and beside it, or those that a name finds with
/// what stands above them.
fn drawn<'a>(units: &'a [Unit], query: &Query, find: &str) -> Vec<&'a Unit> {
    if units.len() <= WHOLE_TREE {
        return units.iter().collect();
    }
    let above = |unit: &Unit, seq: i64| unit.node.seq <= seq && seq <= unit.node.last;
    if !find.is_empty() {
        let named = units.iter().filter(|u| u.node.name.contains(find)).take(MOST_FOUND);
        let found: Vec<i64> = named.map(|u| u.node.seq).collect();
        return units.iter().filter(|u| found.iter().any(|seq| above(u, *seq))).collect();
    }
    let chosen = units.iter().find(|u| u.node.id == query.get("organ")).map(|u| u.node.seq);
    let open: HashSet<&str> = units
        .iter()
        .filter(|u| chosen.is_some_and(|seq| above(u, seq)))
        .map(|u| u.node.id.as_str())
        .collect();
    // The parts of an open county are open: what one comes for stands in them.
    let part = |u: &&Unit| u.node.depth == 1 && open.contains(u.node.parent.as_str());
    let parts: HashSet<&str> = units.iter().filter(part).map(|u| u.node.id.as_str()).collect();
    let top = units.iter().map(|u| u.node.depth).min().unwrap_or(0);
    units
        .iter()
        .filter(|u| {
            let parent = u.node.parent.as_str();
            u.node.depth == top || open.contains(parent) || parts.contains(parent)
        })
        .collect()
}

/// The units that are shown as branches: each says how many end after it.
fn branches(units: &[&Unit], query: &Query, open_all: bool, lang: Lang) -> Vec<Branch> {
    let chosen = query.get("organ");
    let at = units.iter().find(|u| u.node.id == chosen).map(|u| u.node.seq);
    let depth = |n: usize| units.get(n).map_or(0, |u| u.node.depth);
    let top = depth(0);
    // Below a county its name need not be said again.
    let mut county = "";
    units
        .iter()
        .enumerate()
        .map(|(n, unit)| {
            if unit.node.depth == 0 {
                county = &unit.node.name;
            }
            let next = if n + 1 < units.len() { depth(n + 1) } else { top };
            Branch {
                id: unit.node.id.clone(),
                name: match unit.node.grouping.as_str() {
                    "" => short(&unit.node.name, county),
                    _ => node_name(&unit.node, lang),
                },
                count: match unit.establishment {
                    Some(approved) => format!("{}/{approved}", unit.in_post),
                    None => unit.in_post.to_string(),
                },
                known: unit.establishment.is_some(),
                here: unit.node.id == chosen,
                opens: next > unit.node.depth,
                open: open_all
                    || unit.node.depth < 2
                    || at.is_some_and(|at| unit.node.seq <= at && at <= unit.node.last),
                closes: (unit.node.depth - next).max(0),
            }
        })
        .collect()
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
    headers: axum::http::HeaderMap,
    Typed(pairs): Typed<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    // The boxes of an empty form say nothing: they are not carried on.
    let mut query = Query(pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect());
    let find = query.get(FIND).trim().to_owned();
    query.0.retain(|(name, _)| name != FIND);
    let (lang, viewer) = (signed.page.lang, &signed.viewer);
    let found = app.office.roster(viewer, &query).await?;
    let views = app.office.views(viewer).await?;
    let view = query.get("view").parse().unwrap_or(0);
    let today = app.office.today();
    let chosen = columns::chosen(&query);
    let shown = app.office.identities(viewer, &chosen, &found.lines, "roster").await?;
    let county = county(&found.units);
    let names: HashMap<i64, String> =
        found.units.iter().map(|u| (u.node.seq, short(&u.node.name, county))).collect();
    let rows = found
        .lines
        .into_iter()
        .zip((found.page - 1) * found.per + 1..)
        .map(|(line, number)| Row {
            organ: names.get(&line.at.organ_seq).cloned().unwrap_or_else(|| line.at.organ.clone()),
            rank: Rank::from_code(&line.at.rank).map_or(String::new(), |r| r.name(lang).to_owned()),
            cells: chosen
                .iter()
                .map(|c| match c.name {
                    columns::ID if shown.contains(&line.id) => line.id_number.clone(),
                    columns::ID => columns::cell("id-ending", &line, today, lang),
                    name => columns::cell(name, &line, today, lang),
                })
                .collect(),
            number,
            line,
        })
        .collect();
    let mut plain = query.clone();
    plain.0.retain(|(n, _)| !matches!(n.as_str(), "page" | "person" | "form"));
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
                    name: columns::name(c.name, lang),
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
        columns: columns::COLUMNS
            .iter()
            .filter(|c| c.name != columns::ID || viewer.may(Resource::Identity, Action::Read))
            .map(|c| {
                (c.name.to_owned(), columns::name(c.name, lang), chosen.iter().any(|x| x.name == c.name))
            })
            .collect(),
        whole_tree: found.units.len() <= WHOLE_TREE,
        branches: branches(&drawn(&found.units, &query, &find), &query, !find.is_empty(), lang),
        own_view: views.iter().find(|v| v.id == view && v.account == viewer.account).cloned(),
        views,
        view,
        texts: [("ethnic", lang), ("politics", lang)]
            .into_iter()
            .map(|(name, lang)| (columns::name(name, lang), name, query.get(name).to_owned()))
            .collect(),
        kept: plain.0,
        may_share: viewer.may(Resource::Roster, Action::Write),
        may_export: signed.viewer.may(Resource::Roster, Action::Export),
        may_import: signed.viewer.may(Resource::Import, Action::Write),
        may_merge: signed.viewer.may(Resource::Event, Action::Write),
        rows,
        query,
        page: signed.page,
    };
    match page.page.fragment {
        true if headers.get("hx-target").is_some_and(|target| target == UNITS) => html(&page.as_units()),
        true => html(&page.as_list()),
        false => html(&page),
    }
}

/// The county's name when there is only one: the tree says it once.
fn county(units: &[Unit]) -> &str {
    let mut counties = units.iter().filter(|u| u.node.depth == 0);
    match (counties.next(), counties.next()) {
        (Some(only), None) => &only.node.name,
        _ => "",
    }
}

/// An organ's name without the county's.
fn short(name: &str, county: &str) -> String {
    name.strip_prefix(county).filter(|rest| !rest.is_empty()).unwrap_or(name).to_owned()
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
            name: "education_from",
            label: say!(lang, "roster-education-from"),
            options: options::<Education>(query, "education_from", lang),
        },
        Choice {
            name: "degree",
            label: say!(lang, "roster-degree"),
            options: options::<takeroot_civil::Degree>(query, "degree", lang),
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
        label: columns::name(column, lang),
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
                text: format!("{}: {side}{said}", columns::name(column, lang)),
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
    let query = Query(pairs);
    let (viewer, lang) = (&signed.viewer, signed.page.lang);
    let book = match query.get("form") {
        "list" => app.office.export_list(viewer, &query, lang).await?,
        _ => app.office.export_roster(viewer, &query, lang).await?,
    };
    Ok(crate::jobs::download(&format!("roster-{}.xlsx", app.office.today()), book))
}

#[derive(Debug, Deserialize)]
struct ViewForm {
    name: String,
    #[serde(default)]
    query: String,
    #[serde(default)]
    shared: String,
}

async fn save_view(
    State(app): State<App>,
    signed: SignedIn,
    Form(form): Form<ViewForm>,
) -> Result<Redirect, WebError> {
    let query = Query::parse(&form.query);
    let shared = form.shared == "yes";
    let id = app.office.save_view(&signed.viewer, &form.name, &query, shared, signed.page.lang).await?;
    Ok(Redirect::to(&place("/roster", &query.with("view", &id.to_string()))))
}

async fn rename_view(
    State(app): State<App>,
    signed: SignedIn,
    Path(id): Path<i64>,
    Form(form): Form<ViewForm>,
) -> Result<Redirect, WebError> {
    app.office.rename_view(&signed.viewer, id, &form.name, signed.page.lang).await?;
    Ok(Redirect::to("/roster"))
}

async fn remove_view(
    State(app): State<App>,
    signed: SignedIn,
    Path(id): Path<i64>,
) -> Result<Redirect, WebError> {
    app.office.remove_view(&signed.viewer, id).await?;
    Ok(Redirect::to("/roster"))
}
