//! The home page: what waits for the reader, and the reader's people at a glance. Counted by the database within the
//! reader's scope.

use takeroot_civil::{Day, OrganId};
use takeroot_store::glance::{self, AgeCount, Bounds, By, CodeCount, Ending, OrganCount, QuarterCount};
use takeroot_store::organs::Node;
use takeroot_store::{Tx, Within};

use crate::access::{Action, Resource};
use crate::{Office, OfficeError, Viewer};

/// The band of ages that the county watches: those who will lead it in ten years. Both ends belong to it.
pub const BAND: (i32, i32) = (25, 35);
/// Years ahead that service terms and retirements are shown for.
pub const YEARS_AHEAD: u16 = 5;
/// Grants that end within so many days are told.
const GRANTS_SOON: i32 = 30;
/// Places of secondment that are named.
const PLACES: i64 = 8;

/// An organ or a part of the county, with its people counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The organ's number.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is a township or subdistrict, with its institutions.
    pub township: bool,
    /// Approved headcount, where it is known.
    pub establishment: Option<i64>,
    /// Its people.
    pub count: OrganCount,
}

impl Part {
    /// Establishment less those in post: below 0 when there are too many; `None` when the establishment is not known.
    pub fn vacant(&self) -> Option<i64> {
        self.establishment.map(|e| e - self.count.people)
    }
}

/// A quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quarter {
    /// Year.
    pub year: u16,
    /// 1 to 4.
    pub quarter: u8,
}

impl Quarter {
    /// The quarter of a day.
    pub fn of(day: Day) -> Quarter {
        Quarter { year: day.year(), quarter: day.month().div_ceil(3) }
    }

    /// The next one.
    #[must_use]
    pub fn next(self) -> Quarter {
        match self.quarter {
            4 => Quarter { year: self.year + 1, quarter: 1 },
            q => Quarter { year: self.year, quarter: q + 1 },
        }
    }

    /// Its first day.
    pub fn first(self) -> Day {
        Day::first_of(self.year, self.quarter * 3 - 2).unwrap_or_else(|| Day::new_year(self.year))
    }

    /// Its last day.
    pub fn last(self) -> Day {
        self.next().first().plus_days(-1)
    }
}

/// How many people's day falls into a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// The quarter.
    pub quarter: Quarter,
    /// First day that is counted: today in the first quarter.
    pub from: Day,
    /// Last day that is counted.
    pub to: Day,
    /// In townships.
    pub townships: i64,
    /// In organs of the county.
    pub county: i64,
}

/// The people of a scope at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glance {
    /// The day.
    pub on: Day,
    /// Name of the scope: the only organ, or the county; empty when the whole installation.
    pub scope: String,
    /// Name of the county, when there is only one; else empty.
    pub county: String,
    /// All together.
    pub all: OrganCount,
    /// Establishment of all organs whose establishment is known.
    pub establishment: i64,
    /// Free places of the organs that have some.
    pub vacant: i64,
    /// People above the establishment of organs that have too many.
    pub over: i64,
    /// Organs with people or an establishment, in the order of the tree; of several counties, the counties.
    pub parts: Vec<Part>,
    /// The parts are counties.
    pub counties: bool,
    /// People whose organ is not in the tree.
    pub astray: i64,
    /// Minimum services that end, by quarter.
    pub terms: Vec<Ahead>,
    /// Minimum services that run and whose end is not known or lies further ahead.
    pub terms_later: i64,
    /// Retirements, by quarter.
    pub retirements: Vec<Ahead>,
    /// By sex and age.
    pub ages: Vec<AgeCount>,
    /// By full years worked in townships: years, in a township now, people.
    pub rooted: Vec<(i64, bool, i64)>,
    /// By highest education.
    pub education: Vec<CodeCount>,
    /// By channel of recruitment.
    pub channels: Vec<CodeCount>,
    /// Who work elsewhere, by how.
    pub away: Vec<CodeCount>,
    /// Where they work, the most first.
    pub away_places: Vec<(String, i64)>,
}

/// Something that waits for the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Todo {
    /// Records with something doubtful in them.
    Doubtful(i64),
    /// People whose day of retirement is past and who are still in service.
    RetirePast(i64),
    /// Minimum services that end within a year.
    TermsSoon(i64),
    /// People whose organ is not in the tree.
    Astray(i64),
    /// Grants of roles that end within thirty days.
    GrantsEnding(i64),
}

/// The home page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// What waits.
    pub todos: Vec<Todo>,
    /// The people.
    pub glance: std::sync::Arc<Glance>,
}

impl Office {
    /// What the home page shows a reader.
    ///
    /// # Errors
    /// [`OfficeError::Forbidden`] for a reader who may see no home page; when the database refuses.
    pub async fn home(&self, viewer: &Viewer) -> Result<Home, OfficeError> {
        let within = viewer.must(Resource::Home, Action::Read)?;
        let on = self.today();
        let mut tx = self.db.read().await?;
        let whole = self.whole(&mut tx).await?;
        let glance = self.glance(&whole, &within, on, glance_of(&mut tx, &within, &whole.tree, on)).await?;
        let mut todos = Vec::new();
        let mut todo = |n: i64, what: fn(i64) -> Todo| {
            if n > 0 {
                todos.push(what(n));
            }
        };
        if viewer.may(Resource::Event, Action::Write) {
            todo(glance.all.doubtful, Todo::Doubtful);
            todo(glance.all.retire_past, Todo::RetirePast);
            todo(glance.astray, Todo::Astray);
        }
        todo(glance.all.bound_soon, Todo::TermsSoon);
        if viewer.may(Resource::Grant, Action::Write) {
            let ending = glance::grants_ending(&mut tx, on, on.plus_days(GRANTS_SOON)).await?;
            todo(ending, Todo::GrantsEnding);
        }
        Ok(Home { todos, glance })
    }
}

async fn glance_of(tx: &mut Tx, within: &Within, tree: &[Node], on: Day) -> Result<Glance, OfficeError> {
    let townships = townships(tree);
    let bounds = Bounds {
        // The oldest who are still of the upper age, and the youngest who are already of the lower one.
        born_from: not_after(on.plus_years(-(BAND.1 + 1))).plus_days(1),
        born_to: not_after(on.plus_years(-BAND.0)),
        from: on,
        soon: on.plus_years(1).real(),
    };
    let counts = glance::by_organ(tx, within, &bounds).await?;
    let horizon = horizon(on);
    let ahead = (on, horizon);
    let terms = glance::by_quarter(tx, within, Ending::Term, &townships, ahead).await?;
    let retirements = glance::by_quarter(tx, within, Ending::Retirement, &townships, ahead).await?;
    let ages = glance::by_age(tx, within, on).await?;
    let rooted = glance::by_rooted_years(tx, within, &townships).await?;
    let education = glance::by_code(tx, within, By::Education, &townships).await?;
    let channels = glance::by_code(tx, within, By::Channel, &townships).await?;
    let away = glance::by_code(tx, within, By::Away, &townships).await?;
    let away_places = glance::away_places(tx, within, PLACES).await?;

    let organs: Vec<Part> = tree
        .iter()
        .filter(|node| within.has(node.seq))
        .filter_map(|node| part(node, &counts, &townships))
        .filter(|part| part.count.people > 0 || part.establishment.is_some())
        .collect();
    let all = counts.iter().fold(OrganCount::default(), sum);
    let astray = counts.iter().filter(|c| c.organ_seq == 0).map(|c| c.people).sum();
    let free = |part: &Part| part.vacant().unwrap_or(0);
    let terms = quarters(on, &terms);
    let shown: i64 = terms.iter().map(|t| t.townships + t.county).sum();
    let (establishment, vacant, over) = (
        organs.iter().filter_map(|p| p.establishment).sum(),
        organs.iter().map(|p| free(p).max(0)).sum(),
        organs.iter().map(|p| (-free(p)).max(0)).sum(),
    );
    let by_county = counties(tree, &organs);
    Ok(Glance {
        on,
        scope: scope(tree, within),
        county: county(tree),
        establishment,
        vacant,
        over,
        counties: by_county.len() > 1,
        parts: if by_county.len() > 1 { by_county } else { organs },
        astray,
        terms_later: all.bound - shown,
        terms,
        retirements: quarters(on, &retirements),
        all,
        ages,
        rooted,
        education,
        channels,
        away,
        away_places,
    })
}

/// The last real day not after one that may be nominal: who was born on it is of full years.
fn not_after(day: Day) -> Day {
    if day.real() == day { day } else { day.real().plus_days(-1) }
}

/// Intervals of the townships, with everything below them.
fn townships(tree: &[Node]) -> Within {
    let groups = tree.iter().filter(|n| n.grouping == crate::tree::TOWNSHIPS);
    Within(groups.map(|n| (n.seq, n.last)).collect())
}

fn part(node: &Node, counts: &[OrganCount], townships: &Within) -> Option<Part> {
    let organ = node.organ.as_ref()?;
    let count = counts.iter().find(|c| c.organ_seq == node.seq).copied();
    Some(Part {
        id: OrganId::clone(&organ.id).0,
        name: organ.name.clone(),
        township: townships.has(node.seq),
        establishment: organ.establishment.map(i64::from),
        count: count.unwrap_or(OrganCount { organ_seq: node.seq, ..OrganCount::default() }),
    })
}

/// The counties, each with what its organs come to together.
fn counties(tree: &[Node], organs: &[Part]) -> Vec<Part> {
    tree.iter()
        .filter(|node| node.depth == 0)
        .filter_map(|node| {
            let inside = |part: &&Part| (node.seq..=node.last).contains(&part.count.organ_seq);
            let mut inside = organs.iter().filter(inside).peekable();
            inside.peek()?;
            let none = OrganCount { organ_seq: node.seq, ..OrganCount::default() };
            let (count, establishment) = inside.fold((none, None), |(count, known), part| {
                (sum(count, &part.count), part.establishment.map_or(known, |e| Some(known.unwrap_or(0) + e)))
            });
            let (id, name) = (node.id.clone(), node.name.clone());
            Some(Part { id, name, township: false, establishment, count })
        })
        .collect()
}

/// The name of the county, when there is only one.
fn county(tree: &[Node]) -> String {
    let mut counties = tree.iter().filter(|n| n.depth == 0);
    match (counties.next(), counties.next()) {
        (Some(only), None) => only.name.clone(),
        _ => String::new(),
    }
}

/// The name of what a scope holds: the highest node whose whole subtree is in it, when there is only one.
fn scope(tree: &[Node], within: &Within) -> String {
    let mut tops: Vec<&Node> = Vec::new();
    for node in tree.iter().filter(|n| within.has(n.seq) && within.has(n.last)) {
        if tops.last().is_none_or(|top| top.last < node.seq) {
            tops.push(node);
        }
    }
    match tops.as_slice() {
        [only] => only.name.clone(),
        _ => String::new(),
    }
}

fn sum(mut all: OrganCount, one: &OrganCount) -> OrganCount {
    all.people += one.people;
    all.band += one.band;
    all.bound += one.bound;
    all.bound_soon += one.bound_soon;
    all.retire_soon += one.retire_soon;
    all.retire_past += one.retire_past;
    all.away += one.away;
    all.doubtful += one.doubtful;
    all
}

/// The first day that is no longer shown: whole quarters, the present one among them.
fn horizon(on: Day) -> Day {
    let now = Quarter::of(on);
    Quarter { year: now.year + YEARS_AHEAD, quarter: now.quarter }.first()
}

fn quarters(on: Day, counts: &[QuarterCount]) -> Vec<Ahead> {
    let mut quarter = Quarter::of(on);
    let end = horizon(on);
    let mut all = Vec::new();
    while quarter.first() < end {
        let of = |apart: bool| {
            let same = |c: &&QuarterCount| {
                c.apart == apart
                    && c.year == i64::from(quarter.year)
                    && c.quarter == i64::from(quarter.quarter)
            };
            counts.iter().filter(same).map(|c| c.people).sum()
        };
        let (townships, county) = (of(true), of(false));
        all.push(Ahead { quarter, from: quarter.first().max(on), to: quarter.last(), townships, county });
        quarter = quarter.next();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn quarters_begin_with_today_and_end_after_five_years() {
        let all = quarters(day("2026-11-25"), &[]);
        assert_eq!(all.len(), 20);
        assert_eq!((all[0].from, all[0].to), (day("2026-11-25"), day("2026-12-31")));
        assert_eq!((all[1].from, all[1].to), (day("2027-01-01"), day("2027-03-31")));
        assert_eq!(all[19].to, day("2031-09-30"));
    }
}
