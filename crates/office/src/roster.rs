//! The roster: many conditions at once, within what the viewer may see.

use takeroot_civil::{Code as _, Day, Education, Grade, Layer, Rank, SecondmentKind, Sex};
use takeroot_store::Within;
use takeroot_store::people::Line;
use takeroot_store::roster::{self, CodeColumn, Order, RangeColumn, Wanted};

use crate::units::Unit;
use crate::{Action, Office, OfficeError, Resource, Viewer};

/// Lines of a page that may be asked for.
pub const PER_PAGE: (i64, i64, i64) = (10, 50, 200);

/// How a list of codes says *none known*.
pub const NONE: &str = "none";

/// Conditions as they stand in an address: names and values, in the order typed. Unknown names are kept and mean
/// nothing, so that a saved view of a later version does no harm.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(pub Vec<(String, String)>);

/// The names of conditions, in the order in which they are shown.
pub const NAMES: &[&str] = &[
    "q",
    "organ",
    "part",
    "state",
    "sex",
    "age_from",
    "age_to",
    "layer",
    "rank",
    "rank_from",
    "rank_to",
    "level_from",
    "level_to",
    "education",
    "education_from",
    "degree",
    "politics",
    "ethnic",
    "channel",
    "entered_from",
    "entered_to",
    "rooted_from",
    "rooted_to",
    "away",
    "away_place",
    "term",
    "term_from",
    "term_to",
    "retires_from",
    "retires_to",
    "grade",
    "left",
    "left_from",
    "left_to",
    "faults",
];

impl Query {
    /// The first value of a name; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, v)| n == name && !v.is_empty()).map_or("", |(_, v)| v.as_str())
    }

    /// Every value of a name.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(n, v)| n == name && !v.is_empty()).map(|(_, v)| v.clone()).collect()
    }

    /// Whether a value of a name is asked for.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.0.iter().any(|(n, v)| n == name && v == value)
    }

    /// The conditions alone: no page, order or column.
    pub fn conditions(&self) -> impl Iterator<Item = &(String, String)> {
        self.0.iter().filter(|(n, v)| NAMES.contains(&n.as_str()) && !v.is_empty())
    }

    /// The same without one condition.
    #[must_use]
    pub fn without(&self, name: &str, value: &str) -> Query {
        Query(self.0.iter().filter(|(n, v)| !(n == name && v == value) && n != "page").cloned().collect())
    }

    /// The same with one name set.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Query {
        let mut kept: Vec<(String, String)> =
            self.0.iter().filter(|(n, _)| n != name && n != "page").cloned().collect();
        kept.push((name.to_owned(), value.to_owned()));
        Query(kept)
    }

    /// What of it is kept in a saved view: no page, no chosen people.
    pub fn saved(&self) -> String {
        let kept = self.0.iter().filter(|(n, v)| {
            !v.is_empty() && (NAMES.contains(&n.as_str()) || matches!(n.as_str(), "col" | "order" | "per"))
        });
        let mut out = form_urlencoded::Serializer::new(String::new());
        out.extend_pairs(kept);
        out.finish()
    }

    /// Reads it from an address's query or a saved view.
    pub fn parse(text: &str) -> Query {
        Query(form_urlencoded::parse(text.as_bytes()).into_owned().collect())
    }

    /// The people that it names, by their database numbers; none when it means everyone whom the conditions find.
    pub fn people(&self) -> std::collections::HashSet<i64> {
        self.all("person").iter().filter_map(|id| id.parse().ok()).collect()
    }

    fn number(&self, name: &str) -> Option<i32> {
        self.get(name).trim().parse().ok()
    }

    fn day(&self, name: &str) -> Option<Day> {
        self.get(name).trim().parse().ok()
    }
}

/// A page of the roster.
#[derive(Clone, Debug)]
pub struct Page {
    /// How many meet the conditions.
    pub total: i64,
    /// Its number, from 1.
    pub page: i64,
    /// Lines a page.
    pub per: i64,
    /// The lines.
    pub lines: Vec<Line>,
    /// The unit tree as far as the viewer may see it, with people in the service below each node.
    pub units: Vec<Unit>,
}

impl Office {
    /// A page of the roster.
    ///
    /// # Errors
    /// When the viewer may see no roster, or the database refuses.
    pub async fn roster(&self, viewer: &Viewer, query: &Query) -> Result<Page, OfficeError> {
        let within = viewer.must(Resource::Roster, Action::Read)?;
        let mut tx = self.db.read().await?;
        let units = self.units_within(&mut tx, &within).await?;
        let (inside, wanted) = self.wanted(viewer, &within, query, &units)?;
        let per = i64::from(query.number("per").unwrap_or(0));
        let per = if per == 0 { PER_PAGE.1 } else { per.clamp(PER_PAGE.0, PER_PAGE.2) };
        let asked = i64::from(query.number("page").unwrap_or(1)).max(1);
        let (order, down) = order(query);
        // How many there are of everyone is known without counting; else the database counts while it looks.
        let (total, page, lines) = if wanted.is_everyone() {
            let total = self.in_service(&mut tx, &inside, wanted.organ).await?;
            let page = asked.min(pages(total, per));
            let lines = roster::lines(&mut tx, &inside, &wanted, order, down, (page - 1) * per, per).await?;
            (total, page, lines)
        } else {
            let skip = (asked - 1) * per;
            let (lines, total) = roster::lines_of(&mut tx, &inside, &wanted, order, down, skip, per).await?;
            match asked.min(pages(total, per)) {
                page if page == asked => (total, page, lines),
                page => {
                    let skip = (page - 1) * per;
                    (total, page, roster::lines(&mut tx, &inside, &wanted, order, down, skip, per).await?)
                }
            }
        };
        Ok(Page { total, page, per, lines, units })
    }

    /// Everyone that a query finds, or those of them that it names, in the order that it asks for; and the unit tree.
    ///
    /// # Errors
    /// When the viewer may not, or the database refuses.
    pub async fn lines(
        &self,
        viewer: &Viewer,
        query: &Query,
        action: Action,
    ) -> Result<(Vec<Line>, Vec<Unit>), OfficeError> {
        let within = viewer.must(Resource::Roster, action)?;
        let mut tx = self.db.read().await?;
        let units = self.units_within(&mut tx, &within).await?;
        let (within, wanted) = self.wanted(viewer, &within, query, &units)?;
        let (order, down) = order(query);
        let mut lines = roster::lines(&mut tx, &within, &wanted, order, down, 0, i64::MAX).await?;
        let chosen = query.people();
        if !chosen.is_empty() {
            lines.retain(|line| chosen.contains(&line.id));
        }
        Ok((lines, units))
    }

    /// Numbers and revisions of everyone that a query finds, in the office's order; with `Action::Export` for files.
    ///
    /// # Errors
    /// When the viewer may not, or the database refuses.
    pub async fn found(
        &self,
        viewer: &Viewer,
        query: &Query,
        resource: Resource,
        action: Action,
    ) -> Result<Vec<(i64, i64)>, OfficeError> {
        let within = viewer.must(resource, action)?;
        let mut tx = self.db.read().await?;
        let units = self.units_within(&mut tx, &within).await?;
        let (within, wanted) = self.wanted(viewer, &within, query, &units)?;
        let mut all = roster::all(&mut tx, &within, &wanted).await?;
        let chosen = query.people();
        if !chosen.is_empty() {
            all.retain(|(id, _)| chosen.contains(id));
        }
        Ok(all)
    }

    /// The conditions of a query as the store wants them, and where to look.
    pub(crate) fn wanted(
        &self,
        viewer: &Viewer,
        within: &Within,
        query: &Query,
        units: &[Unit],
    ) -> Result<(Within, Wanted), OfficeError> {
        let today = self.today();
        let mut wanted = Wanted {
            in_service: match query.get("state") {
                "left" => Some(false),
                "all" => None,
                // Who asks why people left asks for those who left.
                _ if !query.get("left").is_empty() || !query.get("left_from").is_empty() => Some(false),
                _ => Some(true),
            },
            faulty: query.get("faults") == "yes",
            ..Wanted::default()
        };
        let mut within = within.clone();
        match query.get("organ") {
            "" => {}
            NONE => within = within.and(0, 0),
            id => {
                // A node that the viewer cannot see is a node that is not there.
                let node = units.iter().find(|u| u.node.id == id).ok_or(OfficeError::NotFound)?;
                wanted.organ = Some((node.node.seq, node.node.last));
            }
        }
        if !query.get("part").is_empty() {
            let groups = units.iter().filter(|u| u.node.grouping == query.get("part"));
            within = Within(groups.flat_map(|u| within.and(u.node.seq, u.node.last).0).collect());
        }
        let codes = [
            (CodeColumn::Sex, "sex"),
            (CodeColumn::Layer, "layer"),
            (CodeColumn::Rank, "rank"),
            (CodeColumn::Education, "education"),
            (CodeColumn::Degree, "degree"),
            (CodeColumn::Channel, "channel"),
            (CodeColumn::AwayPlace, "away_place"),
            (CodeColumn::LeftReason, "left"),
            (CodeColumn::LastGrade, "grade"),
            (CodeColumn::Politics, "politics"),
            (CodeColumn::Ethnic, "ethnic"),
        ];
        for (column, name) in codes {
            let mut values = query.all(name);
            if values.iter().any(|v| v == NONE) {
                values.push(String::new());
            }
            wanted.codes.push((column, values));
        }
        if let Some(least) = Education::from_code(query.get("education_from")) {
            let above = Education::ALL.iter().filter(|e| **e >= least).map(|e| e.code().to_owned());
            wanted.codes.push((CodeColumn::Education, above.collect()));
        }
        wanted.away_place = Some(query.get("away_place").to_owned()).filter(|p| !p.is_empty());
        match query.get("away") {
            "" => {}
            "yes" => wanted.away = Some(true),
            "no" => wanted.away = Some(false),
            _ => wanted.codes.push((CodeColumn::Away, query.all("away"))),
        }
        match query.get("term") {
            "running" => wanted.term_running = Some(true),
            "over" => wanted.term_running = Some(false),
            _ => {}
        }
        if !query.get("term_from").is_empty() || !query.get("term_to").is_empty() {
            wanted.term_running = Some(true);
        }
        let kept = |day: Day| roster::kept(day);
        let after = |day: Option<Day>| day.map(|d| kept(d.plus_days(1)));
        let days = [
            (RangeColumn::RankSince, "rank_from", "rank_to"),
            (RangeColumn::Entered, "entered_from", "entered_to"),
            (RangeColumn::TermUntil, "term_from", "term_to"),
            (RangeColumn::Retires, "retires_from", "retires_to"),
            (RangeColumn::LeftOn, "left_from", "left_to"),
        ];
        for (column, from, to) in days {
            wanted.ranges.push((column, query.day(from).map(kept), after(query.day(to))));
        }
        // Full years of age: born on or before the day so many years ago, and after the day one year more ago.
        let eldest = query.number("age_to").map(|age| kept(today.plus_years(-(age + 1)).real()) + 1);
        let youngest = query.number("age_from").map(|age| kept(today.plus_years(-age).real()) + 1);
        wanted.ranges.push((RangeColumn::Birth, eldest, youngest));
        let rooted = |years: i32| i64::from(years) * 12;
        let (from, to) = (query.number("rooted_from"), query.number("rooted_to"));
        wanted.ranges.push((RangeColumn::RootedMonths, from.map(rooted), to.map(|y| rooted(y + 1))));
        let (from, to) = (query.number("level_from"), query.number("level_to"));
        wanted.ranges.push((RangeColumn::Level, from.map(i64::from), to.map(|l| i64::from(l) + 1)));
        wanted.ranges.retain(|r| r.1.is_some() || r.2.is_some());
        wanted.codes.retain(|c| !c.1.is_empty());
        typed(viewer, query.get("q"), &mut wanted);
        Ok((within, wanted))
    }
}

/// What was typed into the search: a name, its pinyin or initials, the end of an identity number.
fn typed(viewer: &Viewer, text: &str, wanted: &mut Wanted) {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.is_empty() {
        return;
    }
    if text.chars().all(|c| c.is_ascii_alphabetic() || c == '\'') {
        wanted.key = Some(text.to_ascii_lowercase().replace('\'', ""));
    }
    let digits = text.len() >= 4 && text.chars().take(text.len() - 1).all(|c| c.is_ascii_digit());
    if digits && text.chars().last().is_some_and(|c| c.is_ascii_digit() || c.eq_ignore_ascii_case(&'x')) {
        // Only where the viewer may see identity numbers: else a search would tell them digit by digit.
        wanted.id_ending = Some((text.to_ascii_uppercase(), viewer.within(Resource::Identity, Action::Read)));
    }
    if text.is_ascii() {
        wanted.number = Some(text.clone());
    }
    if wanted.key.is_none() || wanted.id_ending.is_none() {
        wanted.name = Some(text);
    }
}

/// How many pages so many lines fill; one at least.
fn pages(total: i64, per: i64) -> i64 {
    ((total + per - 1) / per).max(1)
}

fn order(query: &Query) -> (Order, bool) {
    let text = query.get("order");
    let (name, down) = text.strip_prefix('-').map_or((text, false), |name| (name, true));
    let order = match name {
        "birth" => Order::Birth,
        "rank-since" => Order::RankSince,
        "term" => Order::TermUntil,
        "retires" => Order::Retires,
        "rooted" => Order::Rooted,
        _ => Order::Office,
    };
    (order, down)
}

/// What a code of a condition is called, for chips and choices.
pub fn code_name(name: &str, code: &str, lang: takeroot_words::Lang) -> Option<&'static str> {
    match name {
        "sex" => Sex::from_code(code).map(|c| c.name(lang)),
        "layer" => Layer::from_code(code).map(|c| c.name(lang)),
        "rank" => Rank::from_code(code).map(|c| c.name(lang)),
        "education" | "education_from" => Education::from_code(code).map(|c| c.name(lang)),
        "degree" => takeroot_civil::Degree::from_code(code).map(|c| c.name(lang)),
        "channel" => takeroot_civil::Channel::from_code(code).map(|c| c.name(lang)),
        "away" => SecondmentKind::from_code(code).map(|c| c.name(lang)),
        "grade" => Grade::from_code(code).map(|c| c.name(lang)),
        "left" => takeroot_civil::ExitReason::from_code(code).map(|c| c.name(lang)),
        _ => None,
    }
}
