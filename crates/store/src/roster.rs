//! Lists of people: many conditions at once, within an interval of organs, in the order of a roster.

use sqlx::AssertSqlSafe;
use takeroot_civil::Day;

use crate::people::{LINE, Line, ORDER, line};
use crate::{StoreError, Tx, Value, Within, counter};

/// The kind of number that is given to each state of the lists.
const STATES: &str = "roster";

/// Says that what lists show of people or organs has changed. Whoever says so first in a transaction holds up the next until
/// it ends, so that states follow one another as transactions do.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn changed(tx: &mut Tx) -> Result<(), StoreError> {
    counter::take(tx, STATES, 1).await.map(|_| ())
}

/// The number of the state that lists are in: while it is the same, so is every count.
///
/// # Errors
/// When the database refuses.
pub async fn state(tx: &mut Tx) -> Result<i64, StoreError> {
    counter::given(tx, STATES).await
}

/// One of a few columns that hold codes: a list is wanted by any of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeColumn {
    /// Sex.
    Sex,
    /// Leadership layer.
    Layer,
    /// Rank.
    Rank,
    /// Highest education.
    Education,
    /// Highest degree.
    Degree,
    /// Channel of recruitment.
    Channel,
    /// How a person works elsewhere.
    Away,
    /// Where a person works elsewhere.
    AwayPlace,
    /// Why a person left.
    LeftReason,
    /// The last yearly grade.
    LastGrade,
    /// Political status.
    Politics,
    /// Ethnic group.
    Ethnic,
}

impl CodeColumn {
    const fn sql(self) -> &'static str {
        match self {
            CodeColumn::Sex => "sex",
            CodeColumn::Layer => "layer",
            CodeColumn::Rank => "rank",
            CodeColumn::Education => "education",
            CodeColumn::Degree => "degree",
            CodeColumn::Channel => "channel",
            CodeColumn::Away => "away_kind",
            CodeColumn::AwayPlace => "away_place",
            CodeColumn::LeftReason => "left_reason",
            CodeColumn::LastGrade => "last_grade",
            CodeColumn::Politics => "politics",
            CodeColumn::Ethnic => "ethnic",
        }
    }
}

/// One of a few columns that hold days or numbers: a list is wanted by an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RangeColumn {
    /// Birth.
    Birth,
    /// Start of work.
    WorkStart,
    /// Recruitment or registration.
    Entered,
    /// Since when the rank counts.
    RankSince,
    /// First day on which the minimum service is served.
    TermUntil,
    /// Day of retirement.
    Retires,
    /// Day of leaving.
    LeftOn,
    /// Full months worked in townships.
    RootedMonths,
    /// Level.
    Level,
}

impl RangeColumn {
    const fn sql(self) -> &'static str {
        match self {
            RangeColumn::Birth => "birth",
            RangeColumn::WorkStart => "work_start",
            RangeColumn::Entered => "entered",
            RangeColumn::RankSince => "rank_since",
            RangeColumn::TermUntil => "term_until",
            RangeColumn::Retires => "retires",
            RangeColumn::LeftOn => "left_on",
            RangeColumn::RootedMonths => "rooted_months",
            RangeColumn::Level => "level",
        }
    }
}

/// Conditions that a person of a list meets, all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// In the service, left, or either when `None`.
    pub in_service: Option<bool>,
    /// A subtree of organs within what may be seen.
    pub organ: Option<(i64, i64)>,
    /// Any of these codes; an empty text is *none known*.
    pub codes: Vec<(CodeColumn, Vec<String>)>,
    /// From a number (inclusive) to a number (exclusive).
    pub ranges: Vec<(RangeColumn, Option<i64>, Option<i64>)>,
    /// Works elsewhere, or not.
    pub away: Option<bool>,
    /// Works elsewhere, there.
    pub away_place: Option<String>,
    /// A minimum service still runs, or not.
    pub term_running: Option<bool>,
    /// Has data faults.
    pub faulty: bool,
    /// A part of the name.
    pub name: Option<String>,
    /// The name can be typed so: lower-case ASCII.
    pub key: Option<String>,
    /// The office's own number of the person.
    pub number: Option<String>,
    /// The identity number ends so. The caller has looked in which organs it may be searched.
    pub id_ending: Option<(String, Within)>,
}

impl Wanted {
    /// Whether it is everyone in the service, in all organs or in a subtree.
    pub fn is_everyone(&self) -> bool {
        *self == Wanted { in_service: Some(true), organ: self.organ, ..Wanted::default() }
    }
}

/// In which order a list stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Organ, post, rank: the office's own.
    #[default]
    Office,
    /// The oldest first, or the youngest.
    Birth,
    /// The longest in the rank first.
    RankSince,
    /// The term that ends first.
    TermUntil,
    /// Who retires first.
    Retires,
    /// The longest rooted first.
    Rooted,
}

impl Order {
    /// The column that it begins with, unless it is the office's own.
    const fn column(self) -> Option<&'static str> {
        match self {
            Order::Office => None,
            Order::Birth => Some("birth"),
            Order::RankSince => Some("rank_since"),
            Order::TermUntil => Some("term_until"),
            Order::Retires => Some("retires"),
            Order::Rooted => Some("rooted_months"),
        }
    }

    fn sql(self, down: bool) -> String {
        let Some(column) = self.column() else { return ORDER.to_owned() };
        // Unknown days last, on both engines alike.
        let turn = if down { "DESC" } else { "ASC" };
        format!("CASE WHEN person.{column} IS NULL THEN 1 ELSE 0 END, person.{column} {turn}, {ORDER}")
    }
}

/// A condition in the making: its text, and the values it needs.
struct Condition {
    sql: String,
    values: Vec<Value>,
}

impl Condition {
    /// A value's place in the text.
    fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    fn and(&mut self, text: &str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(text);
    }
}

fn conditions(within: &Within, wanted: &Wanted) -> Condition {
    let mut c = Condition {
        sql: format!(
            "person.removed_by IS NULL AND person.merged_into IS NULL AND {}",
            within.sql("person.organ_seq")
        ),
        values: Vec::new(),
    };
    if let Some(serving) = wanted.in_service {
        let at = c.bind(serving);
        c.and(&format!("person.in_service = {at}"));
    }
    if let Some((from, to)) = wanted.organ {
        c.and(&format!("person.organ_seq BETWEEN {from} AND {to}"));
    }
    for (column, codes) in wanted.codes.iter().filter(|w| !w.1.is_empty()) {
        let places: Vec<String> = codes.iter().map(|code| c.bind(code)).collect();
        c.and(&format!("person.{} IN ({})", column.sql(), places.join(", ")));
    }
    for (column, from, to) in &wanted.ranges {
        for (sign, bound) in [(">=", from), ("<", to)] {
            if let Some(bound) = bound {
                let at = c.bind(*bound);
                c.and(&format!("person.{} {sign} {at}", column.sql()));
            }
        }
    }
    if let Some(away) = wanted.away {
        c.and(if away { "person.away_kind <> ''" } else { "person.away_kind = ''" });
    }
    if let Some(place) = &wanted.away_place {
        let at = c.bind(place);
        c.and(&format!("person.away_place = {at}"));
    }
    if let Some(running) = wanted.term_running {
        let at = c.bind(running);
        c.and(&format!("person.term_running = {at}"));
    }
    if wanted.faulty {
        c.and("person.faults > 0");
    }
    let mut either: Vec<String> = Vec::new();
    // What an index of its own finds, as one set: then nobody else's record is looked at.
    let mut sets: Vec<String> = Vec::new();
    if let Some(name) = &wanted.name {
        // What stands for anything in a pattern stands for itself in what was typed.
        let plain = name.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let at = c.bind(format!("%{plain}%"));
        either.push(format!("person.name LIKE {at} ESCAPE '\\'"));
    }
    if let Some(key) = &wanted.key {
        let from = c.bind(key);
        let below = after(key).map(|to| format!(" AND key < {}", c.bind(to))).unwrap_or_default();
        sets.push(format!("SELECT person FROM name_key WHERE key >= {from}{below}"));
    }
    if let Some((ending, seen)) = &wanted.id_ending {
        let length = c.bind(i64::try_from(ending.chars().count()).unwrap_or(i64::MAX));
        let at = c.bind(ending);
        either.push(format!(
            "({} AND substr(person.id_number, length(person.id_number) - CAST({length} AS INTEGER) + 1) = {at})",
            seen.sql("person.organ_seq")
        ));
        // A number that was corrected still finds its person.
        either.push(format!(
            "({} AND person.id IN (SELECT person FROM old_number \
             WHERE substr(number, length(number) - CAST({length} AS INTEGER) + 1) = {at}))",
            seen.sql("person.organ_seq")
        ));
    }
    if let Some(number) = &wanted.number {
        // An office's own number is no identity number; where the two are one, only the search above may find it.
        let at = c.bind(number);
        sets.push(format!("SELECT p.id FROM person p WHERE p.number = {at} AND p.number <> p.id_number"));
    }
    if !sets.is_empty() {
        either.push(format!("person.id IN ({})", sets.join(" UNION ")));
    }
    if !either.is_empty() {
        c.and(&format!("({})", either.join(" OR ")));
    }
    c
}

/// The first text of letters after all those that begin with `key`; `None` when there is none. Only letters stand in it,
/// which every collation of a server puts in the same order; a sign after `z` would stand before `a` in most.
fn after(key: &str) -> Option<String> {
    let stem = key.trim_end_matches('z');
    let last = stem.bytes().last()?;
    let mut next = stem.get(..stem.len() - 1)?.to_owned();
    next.push(char::from(last + 1));
    Some(next)
}

/// The lines of a query, one by one: an export of everyone needs no second copy of them as the engine gives them.
async fn read(tx: &mut Tx, sql: String, values: Vec<Value>) -> Result<Vec<Line>, StoreError> {
    let mut lines = Vec::new();
    let take = |row: &crate::Row| {
        lines.push(line(row)?);
        Ok(true)
    };
    tx.each(AssertSqlSafe(sql), values, take).await?;
    Ok(lines)
}

/// How many people meet the conditions.
///
/// # Errors
/// When the database refuses.
pub async fn count(tx: &mut Tx, within: &Within, wanted: &Wanted) -> Result<i64, StoreError> {
    let c = conditions(within, wanted);
    let sql = format!("SELECT COUNT(*) FROM person WHERE {}", c.sql);
    tx.number(AssertSqlSafe(sql), c.values).await
}

/// A part of the list of people who meet the conditions: `most` lines after the first `skip`.
///
/// # Errors
/// When the database refuses.
pub async fn lines(
    tx: &mut Tx,
    within: &Within,
    wanted: &Wanted,
    order: Order,
    down: bool,
    skip: i64,
    most: i64,
) -> Result<Vec<Line>, StoreError> {
    let mut c = conditions(within, wanted);
    let (most, skip) = (c.bind(most), c.bind(skip));
    let sql = format!(
        "SELECT {LINE} FROM person WHERE {} ORDER BY {} LIMIT {most} OFFSET {skip}",
        c.sql,
        order.sql(down)
    );
    read(tx, sql, c.values).await
}

/// A part of the list of people who meet the conditions, as [`lines`] gives it, and how many meet them: looked for once.
///
/// # Errors
/// When the database refuses.
pub async fn lines_of(
    tx: &mut Tx,
    within: &Within,
    wanted: &Wanted,
    order: Order,
    down: bool,
    skip: i64,
    most: i64,
) -> Result<(Vec<Line>, i64), StoreError> {
    let mut c = conditions(within, wanted);
    let (most, skip) = (c.bind(most), c.bind(skip));
    let also = order.column().map(|column| format!(", person.{column}")).unwrap_or_default();
    let order = order.sql(down);
    // Whoever meets the conditions is found first, in the index alone where it can be; only the lines of the page are read.
    // Without `MATERIALIZED` PostgreSQL goes through everyone's record in the order of the list.
    let sql = format!(
        "WITH hits AS MATERIALIZED (SELECT person.id, person.organ_seq, person.position{also} FROM person WHERE {}) \
         SELECT {LINE}, (SELECT COUNT(*) FROM hits) FROM \
         (SELECT person.id AS hit FROM hits AS person ORDER BY {order} LIMIT {most} OFFSET {skip}) AS page \
         JOIN person ON person.id = page.hit ORDER BY {order}",
        c.sql
    );
    let rows = tx.rows(AssertSqlSafe(sql), c.values).await?;
    let total = match rows.first() {
        Some(row) => row.int(LINE.matches(',').count() + 1)?,
        // Beyond the end no line says how many there are.
        None => count(tx, within, wanted).await?,
    };
    Ok((rows.iter().map(line).collect::<Result<_, _>>()?, total))
}

/// The people who meet the conditions after a place in the office's order (organ, order within it, number), at most `most`:
/// a reader who goes on from the last line misses nobody and meets nobody twice, whatever changes in between.
///
/// # Errors
/// When the database refuses.
pub async fn lines_after(
    tx: &mut Tx,
    within: &Within,
    wanted: &Wanted,
    place: Option<(i64, i64, i64)>,
    most: i64,
) -> Result<Vec<Line>, StoreError> {
    let mut c = conditions(within, wanted);
    if let Some((organ, position, id)) = place {
        let (organ, position, id) = (c.bind(organ), c.bind(position), c.bind(id));
        c.and(&format!("(person.organ_seq, person.position, person.id) > ({organ}, {position}, {id})"));
    }
    let most = c.bind(most);
    let sql = format!("SELECT {LINE} FROM person WHERE {} ORDER BY {ORDER} LIMIT {most}", c.sql);
    read(tx, sql, c.values).await
}

/// Numbers and revisions of everyone who meets the conditions, in the office's order.
///
/// # Errors
/// When the database refuses.
pub async fn all(tx: &mut Tx, within: &Within, wanted: &Wanted) -> Result<Vec<(i64, i64)>, StoreError> {
    let c = conditions(within, wanted);
    let sql = format!("SELECT person.id, person.revision FROM person WHERE {} ORDER BY {ORDER}", c.sql);
    tx.rows(AssertSqlSafe(sql), c.values).await?.iter().map(|r| Ok((r.int(0)?, r.int(1)?))).collect()
}

/// How many in the service belong to each organ within an interval: organ number, people.
///
/// # Errors
/// When the database refuses.
pub async fn in_post(tx: &mut Tx, within: &Within) -> Result<Vec<(i64, i64)>, StoreError> {
    let sql = format!(
        "SELECT organ_seq, COUNT(*) FROM person WHERE removed_by IS NULL AND merged_into IS NULL AND in_service = 1 \
         AND {} GROUP BY organ_seq ORDER BY organ_seq",
        within.sql("organ_seq")
    );
    tx.rows(AssertSqlSafe(sql), vec![]).await?.iter().map(|r| Ok((r.int(0)?, r.int(1)?))).collect()
}

/// The days of a range as they are kept.
pub fn kept(day: Day) -> i64 {
    crate::value::day_to(day)
}
