//! People and their dated facts.

use sqlx::AssertSqlSafe;
use takeroot_civil::{Career, Dates, Day, Event, EventId, Fact, Person, PersonId};

use crate::db::VALUES;
use crate::{Row, StoreError, Tx, Value, Within, counter};

/// What the rules say of a person on a day, as columns for lists. Codes are those of `takeroot-civil`; empty texts
/// and `None` are *not known* or *none*.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Indexed {
    /// In the service.
    pub in_service: bool,
    /// When the person left.
    pub left_on: Option<Day>,
    /// Why ([`takeroot_civil::ExitReason`]).
    pub left_reason: String,
    /// Organ belonged to.
    pub organ: String,
    /// Its number in the tree; 0 when it is not in it.
    pub organ_seq: i64,
    /// Order within the organ, smaller first.
    pub position: i64,
    /// Leadership layer.
    pub layer: String,
    /// Since when.
    pub layer_since: Option<Day>,
    /// Names of the posts held, joined by 、.
    pub post: String,
    /// Rank.
    pub rank: String,
    /// Since when time in it counts.
    pub rank_since: Option<Day>,
    /// Level.
    pub level: Option<u8>,
    /// Step.
    pub step: Option<u8>,
    /// Highest education.
    pub education: String,
    /// Highest degree.
    pub degree: String,
    /// Major of the highest education.
    pub major: String,
    /// Channel of recruitment.
    pub channel: String,
    /// Day of recruitment or registration.
    pub entered: Option<Day>,
    /// Full months worked in townships.
    pub rooted_months: u16,
    /// Works elsewhere: how.
    pub away_kind: String,
    /// Where.
    pub away_place: String,
    /// Since when.
    pub away_since: Option<Day>,
    /// First day on which the last minimum service is served.
    pub term_until: Option<Day>,
    /// A minimum service still runs.
    pub term_running: bool,
    /// Day of retirement.
    pub retires: Option<Day>,
    /// The last yearly grade.
    pub last_grade: String,
    /// Number of data faults.
    pub faults: u32,
}

/// A person as kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Number in the database, which addresses use.
    pub id: i64,
    /// Rises with every change.
    pub revision: i64,
    /// The facts that hold or held; those of undone acts left out.
    pub career: Career,
}

/// A line of a roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Number in the database.
    pub id: i64,
    /// The office's number for the person (a resident identity number, often: a sensitive class).
    pub number: String,
    /// Name.
    pub name: String,
    /// Sex.
    pub sex: String,
    /// Birth.
    pub birth: Option<Day>,
    /// Resident identity number: a sensitive class.
    pub id_number: String,
    /// Ethnic group.
    pub ethnic: String,
    /// Political status.
    pub politics: String,
    /// Start of work.
    pub work_start: Option<Day>,
    /// The rest.
    pub at: Indexed,
}

/// Columns of [`Line`], for queries of this crate's other files; read by [`line`] from column 0 on.
pub const LINE: &str = "person.id, person.number, person.name, person.sex, person.birth, person.id_number, \
    person.ethnic, person.politics, person.work_start, person.in_service, person.left_on, person.left_reason, \
    person.organ, person.organ_seq, person.position, person.layer, person.layer_since, person.post, person.rank, \
    person.rank_since, person.level, person.step, person.education, person.degree, person.major, person.channel, \
    person.entered, person.rooted_months, person.away_kind, person.away_place, person.away_since, \
    person.term_until, person.term_running, person.retires, person.last_grade, person.faults";

/// The order of a roster: organ, post, rank; never the alphabet.
pub const ORDER: &str = "person.organ_seq, person.position, person.id";

/// A row of [`LINE`].
///
/// # Errors
/// When a column has another type.
pub fn line(row: &Row) -> Result<Line, StoreError> {
    let small = |v: Option<i64>| v.and_then(|v| u8::try_from(v).ok());
    Ok(Line {
        id: row.int(0)?,
        number: row.text(1)?,
        name: row.text(2)?,
        sex: row.text(3)?,
        birth: row.maybe_day(4)?,
        id_number: row.text(5)?,
        ethnic: row.text(6)?,
        politics: row.text(7)?,
        work_start: row.maybe_day(8)?,
        at: Indexed {
            in_service: row.flag(9)?,
            left_on: row.maybe_day(10)?,
            left_reason: row.text(11)?,
            organ: row.text(12)?,
            organ_seq: row.int(13)?,
            position: row.int(14)?,
            layer: row.text(15)?,
            layer_since: row.maybe_day(16)?,
            post: row.text(17)?,
            rank: row.text(18)?,
            rank_since: row.maybe_day(19)?,
            level: small(row.maybe_int(20)?),
            step: small(row.maybe_int(21)?),
            education: row.text(22)?,
            degree: row.text(23)?,
            major: row.text(24)?,
            channel: row.text(25)?,
            entered: row.maybe_day(26)?,
            rooted_months: u16::try_from(row.int(27)?).unwrap_or(u16::MAX),
            away_kind: row.text(28)?,
            away_place: row.text(29)?,
            away_since: row.maybe_day(30)?,
            term_until: row.maybe_day(31)?,
            term_running: row.flag(32)?,
            retires: row.maybe_day(33)?,
            last_grade: row.text(34)?,
            faults: u32::try_from(row.int(35)?).unwrap_or(u32::MAX),
        },
    })
}

/// The record that a person lives on in: the person's own, or, after merges, the one that stayed.
///
/// # Errors
/// When the database refuses.
pub async fn living(tx: &mut Tx, id: i64) -> Result<i64, StoreError> {
    // A UNION keeps each row once, so that a circle, which nothing writes, would end.
    let sql = "WITH RECURSIVE led (id, merged_into) AS ( \
                 SELECT id, merged_into FROM person WHERE id = $1 UNION \
                 SELECT p.id, p.merged_into FROM person p JOIN led ON p.id = led.merged_into \
               ) SELECT id FROM led WHERE merged_into IS NULL";
    tx.row(sql, vec![id.into()]).await?.map_or(Ok(id), |row| row.int(0))
}

/// A person's line within an interval of organs; `None` when there is no such person *there*.
///
/// # Errors
/// When the database refuses.
pub async fn line_of(tx: &mut Tx, within: &Within, id: i64) -> Result<Option<Line>, StoreError> {
    let sql = format!(
        "SELECT {LINE} FROM person WHERE id = $1 AND removed_by IS NULL AND merged_into IS NULL AND {}",
        within.sql("organ_seq")
    );
    tx.row(AssertSqlSafe(sql), vec![id.into()]).await?.as_ref().map(line).transpose()
}

/// Puts new people in, with all their facts, under one act; their database numbers in the same order. Their columns for
/// lists are those of nobody until [`set_indexed`].
///
/// # Errors
/// When the database refuses; [`StoreError::is_duplicate`] when a number is there already.
pub async fn add(tx: &mut Tx, careers: &[&Career], act: i64, at: i64) -> Result<Vec<i64>, StoreError> {
    let first = counter::take(tx, "person", careers.len() as i64).await?;
    let mut people = Vec::with_capacity(careers.len());
    let mut versions = Vec::with_capacity(careers.len());
    let mut ids = Vec::with_capacity(careers.len());
    for (n, career) in careers.iter().enumerate() {
        let id = first + n as i64;
        ids.push(id);
        let data = person_json(&career.person)?;
        let mut row: Vec<Value> = vec![id.into(), (&career.person.id.0).into(), (&data).into(), 1_i64.into()];
        row.extend(person_values(&career.person));
        row.extend(indexed_values(&Indexed::default()));
        row.push(0_i64.into());
        people.push(row);
        versions.push(vec![id.into(), 1_i64.into(), data.into(), act.into(), at.into()]);
    }
    let mut columns = vec!["id", "number", "data", "revision"];
    columns.extend(PERSON_COLUMNS);
    columns.extend(INDEXED_COLUMNS);
    columns.push("indexed_on");
    tx.insert("person", &columns, people).await?;
    tx.insert("person_version", &["person", "version", "data", "act", "at"], versions).await?;
    let mut rows = Vec::new();
    for (career, id) in careers.iter().zip(&ids) {
        for event in &career.events {
            rows.push(event_values(*id, event, act, at)?);
        }
    }
    tx.insert("event", EVENT_COLUMNS, rows).await?;
    Ok(ids)
}

/// Records further facts of a person under an act.
///
/// # Errors
/// When the database refuses; a number that is taken is a duplicate.
pub async fn add_events(
    tx: &mut Tx,
    person: i64,
    events: &[Event],
    act: i64,
    at: i64,
) -> Result<(), StoreError> {
    let rows = events.iter().map(|e| event_values(person, e, act, at)).collect::<Result<_, _>>()?;
    tx.insert("event", EVENT_COLUMNS, rows).await?;
    touch(tx, person).await
}

/// The next free number of an event of a person, those of undone acts counted.
///
/// # Errors
/// When the database refuses.
pub async fn next_event(tx: &mut Tx, person: i64) -> Result<EventId, StoreError> {
    let sql = "SELECT MAX(id) FROM event WHERE person = $1";
    let most = tx.number(sql, vec![person.into()]).await?;
    Ok(EventId(u32::try_from(most + 1).unwrap_or(u32::MAX)))
}

/// Keeps a changed record of a person as a new version; the office's number changes with it.
///
/// # Errors
/// When the database refuses; [`StoreError::is_duplicate`] when another person has the number.
pub async fn set_person(tx: &mut Tx, id: i64, person: &Person, act: i64, at: i64) -> Result<(), StoreError> {
    let data = person_json(person)?;
    let version = "SELECT MAX(version) FROM person_version WHERE person = $1";
    let version = tx.number(version, vec![id.into()]).await? + 1;
    let row = vec![id.into(), version.into(), (&data).into(), act.into(), at.into()];
    tx.insert("person_version", &["person", "version", "data", "act", "at"], vec![row]).await?;
    crate::name_keys::forget(tx, id).await?;
    let mut values: Vec<Value> = vec![id.into(), (&person.id.0).into(), data.into()];
    values.extend(person_values(person));
    let sets: Vec<String> =
        PERSON_COLUMNS.iter().enumerate().map(|(n, c)| format!("{c} = ${}", n + 4)).collect();
    let sql = format!(
        "UPDATE person SET number = $2, data = $3, revision = revision + 1, {} WHERE id = $1",
        sets.join(", ")
    );
    tx.run(AssertSqlSafe(sql), values).await?;
    crate::roster::changed(tx).await
}

/// Says that a person changed: what was remembered of the career no longer holds.
///
/// # Errors
/// When the database refuses.
pub async fn touch(tx: &mut Tx, id: i64) -> Result<(), StoreError> {
    tx.run("UPDATE person SET revision = revision + 1 WHERE id = $1", vec![id.into()]).await?;
    Ok(())
}

/// Puts the columns for lists of people in, as reckoned for a day.
///
/// # Errors
/// When the database refuses.
pub async fn set_indexed(tx: &mut Tx, on: Day, rows: &[(i64, Indexed)]) -> Result<(), StoreError> {
    // Both engines call the columns of a list of values `column1`, `column2` …; one full statement is kept prepared.
    let sets: Vec<String> =
        INDEXED_COLUMNS.iter().enumerate().map(|(n, c)| format!("{c} = v.column{}", n + 3)).collect();
    let width = INDEXED_COLUMNS.len() + 2;
    for part in rows.chunks((VALUES / width).max(1)) {
        let mut sql = format!("UPDATE person SET indexed_on = v.column2, {} FROM (VALUES ", sets.join(", "));
        let mut values: Vec<Value> = Vec::with_capacity(part.len() * width);
        for (n, (id, indexed)) in part.iter().enumerate() {
            sql.push_str(if n == 0 { "(" } else { ", (" });
            for column in 0..width {
                sql.push_str(if column == 0 { "$" } else { ", $" });
                sql.push_str(&(n * width + column + 1).to_string());
            }
            sql.push(')');
            values.push((*id).into());
            values.push(on.into());
            values.extend(indexed_values(indexed));
        }
        sql.push_str(") AS v WHERE person.id = v.column1");
        tx.run(AssertSqlSafe(sql), values).await?;
    }
    crate::roster::changed(tx).await
}

/// Numbers and revisions of the people in an interval of organs, in the order of a roster.
///
/// # Errors
/// When the database refuses.
pub async fn revisions(tx: &mut Tx, within: &Within) -> Result<Vec<(i64, i64)>, StoreError> {
    let sql = format!(
        "SELECT id, revision FROM person WHERE removed_by IS NULL AND merged_into IS NULL AND {} ORDER BY {ORDER}",
        within.sql("organ_seq")
    );
    tx.rows(AssertSqlSafe(sql), vec![]).await?.iter().map(|r| Ok((r.int(0)?, r.int(1)?))).collect()
}

/// The career of a person, whatever the organ: the caller has looked whether it may be seen.
///
/// # Errors
/// When the database refuses or a stored fact cannot be read.
pub async fn career(tx: &mut Tx, id: i64) -> Result<Option<Kept>, StoreError> {
    Ok(careers(tx, &[id]).await?.pop())
}

/// The careers of people by number, in the order of the numbers.
///
/// # Errors
/// When the database refuses or a stored fact cannot be read.
pub async fn careers(tx: &mut Tx, ids: &[i64]) -> Result<Vec<Kept>, StoreError> {
    let mut all = Vec::with_capacity(ids.len());
    let mut sorted: Vec<i64> = ids.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    // Numbers are ours: they stand in the text. A list is looked up in the index; many intervals would read the whole table.
    for part in sorted.chunks(VALUES) {
        let wanted = part.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
        let sql = format!("SELECT id, revision, data FROM person WHERE id IN ({wanted}) ORDER BY id");
        let start = all.len();
        for row in tx.rows(AssertSqlSafe(sql), vec![]).await? {
            let person: Person =
                serde_json::from_str(&row.text(2)?).map_err(|e| StoreError::stored("person.data", e))?;
            let career = Career { person, events: Vec::new() };
            all.push(Kept { id: row.int(0)?, revision: row.int(1)?, career });
        }
        let sql = format!(
            "SELECT person, id, effective, approved, counted_from, recorded, document, basis, amends, fact \
             FROM event WHERE person IN ({wanted}) AND undone_by IS NULL ORDER BY person, id"
        );
        let mut at = start;
        for row in tx.rows(AssertSqlSafe(sql), vec![]).await? {
            let person = row.int(0)?;
            while all.get(at).is_some_and(|k: &Kept| k.id < person) {
                at += 1;
            }
            if let Some(kept) = all.get_mut(at).filter(|k| k.id == person) {
                kept.career.events.push(event(&row, 1)?);
            }
        }
    }
    if sorted.as_slice() != ids {
        let place: std::collections::HashMap<i64, usize> =
            ids.iter().enumerate().map(|(n, id)| (*id, n)).collect();
        all.sort_by_key(|k| place.get(&k.id).copied());
    }
    Ok(all)
}

/// The person with this number of the office: number in the database. A number that was left free by someone who was
/// removed or merged is that of whoever has it today; while nobody has, of whoever had it last.
///
/// # Errors
/// When the database refuses.
pub async fn by_number(tx: &mut Tx, number: &PersonId) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT id FROM person WHERE number = $1 \
               ORDER BY CASE WHEN removed_by IS NULL AND merged_into IS NULL THEN 0 ELSE 1 END, id DESC LIMIT 1";
    let row = tx.row(sql, vec![(&number.0).into()]).await?;
    row.map(|r| r.int(0)).transpose()
}

/// Reads an event from a row whose columns from `at` on are those of a career.
fn event(row: &Row, at: usize) -> Result<Event, StoreError> {
    let number = |v: i64| EventId(u32::try_from(v).unwrap_or_default());
    let fact: Fact =
        serde_json::from_str(&row.text(at + 8)?).map_err(|e| StoreError::stored("event.fact", e))?;
    Ok(Event {
        id: number(row.int(at)?),
        dates: Dates {
            effective: row.day(at + 1)?,
            approved: row.maybe_day(at + 2)?,
            counted_from: row.maybe_day(at + 3)?,
            recorded: row.maybe_day(at + 4)?,
        },
        document: row.text(at + 5)?,
        basis: row.text(at + 6)?,
        amends: row.maybe_int(at + 7)?.map(number),
        fact,
    })
}

const EVENT_COLUMNS: &[&str] = &[
    "person",
    "id",
    "effective",
    "approved",
    "counted_from",
    "recorded",
    "document",
    "basis",
    "amends",
    "kind",
    "fact",
    "act",
    "at",
];

fn event_values(person: i64, event: &Event, act: i64, at: i64) -> Result<Vec<Value>, StoreError> {
    let fact = serde_json::to_string(&event.fact).map_err(|e| StoreError::stored("event.fact", e))?;
    Ok(vec![
        person.into(),
        event.id.0.into(),
        event.dates.effective.into(),
        event.dates.approved.into(),
        event.dates.counted_from.into(),
        event.dates.recorded.into(),
        (&event.document).into(),
        (&event.basis).into(),
        Value::Int(event.amends.map(|a| i64::from(a.0))),
        event.fact.kind().into(),
        fact.into(),
        act.into(),
        at.into(),
    ])
}

fn person_json(person: &Person) -> Result<String, StoreError> {
    serde_json::to_string(person).map_err(|e| StoreError::stored("person.data", e))
}

const PERSON_COLUMNS: [&str; 7] = ["name", "sex", "birth", "id_number", "ethnic", "politics", "work_start"];

fn person_values(person: &Person) -> Vec<Value> {
    vec![
        (&person.name).into(),
        person.sex.map_or(String::new(), |s| s.to_string()).into(),
        person.birth.into(),
        person.resident_id.as_ref().map_or("", |id| id.as_str()).into(),
        (&person.ethnic).into(),
        (&person.politics).into(),
        person.work_start.into(),
    ]
}

const INDEXED_COLUMNS: [&str; 27] = [
    "in_service",
    "left_on",
    "left_reason",
    "organ",
    "organ_seq",
    "position",
    "layer",
    "layer_since",
    "post",
    "rank",
    "rank_since",
    "level",
    "step",
    "education",
    "degree",
    "major",
    "channel",
    "entered",
    "rooted_months",
    "away_kind",
    "away_place",
    "away_since",
    "term_until",
    "term_running",
    "retires",
    "last_grade",
    "faults",
];

fn indexed_values(i: &Indexed) -> Vec<Value> {
    vec![
        i.in_service.into(),
        i.left_on.into(),
        (&i.left_reason).into(),
        (&i.organ).into(),
        i.organ_seq.into(),
        i.position.into(),
        (&i.layer).into(),
        i.layer_since.into(),
        (&i.post).into(),
        (&i.rank).into(),
        i.rank_since.into(),
        Value::Int(i.level.map(i64::from)),
        Value::Int(i.step.map(i64::from)),
        (&i.education).into(),
        (&i.degree).into(),
        (&i.major).into(),
        (&i.channel).into(),
        i.entered.into(),
        i.rooted_months.into(),
        (&i.away_kind).into(),
        (&i.away_place).into(),
        i.away_since.into(),
        i.term_until.into(),
        i.term_running.into(),
        i.retires.into(),
        (&i.last_grade).into(),
        i.faults.into(),
    ]
}

/// The organ number of everyone.
///
/// # Errors
/// When the database refuses.
pub async fn seats(tx: &mut Tx) -> Result<std::collections::HashMap<i64, i64>, StoreError> {
    let rows = tx.rows("SELECT id, organ_seq FROM person", vec![]).await?;
    rows.iter().map(|r| Ok((r.int(0)?, r.int(1)?))).collect()
}
