//! How a file meets the roster: which row is whom, and what it would change. Nothing is written here.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use takeroot_civil::{Career, Code as _, Day, Event, EventId, Fact, Organ, OrganId, Person};
use takeroot_store::Within;
use takeroot_store::imports::Key;
use takeroot_store::organs::Node;
use takeroot_store::people::Kept;

use super::parse::{Both, Parsed, Problem};
use super::words::{fact_words, field_words};
use crate::words::say;

/// What a row would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowKind {
    /// Has faults; does nothing.
    Error,
    /// May be someone whom the roster has: choose.
    Doubtful,
    /// Enters a person.
    New,
    /// Changes a person.
    Changed,
    /// Says what the roster says.
    Unchanged,
}

impl RowKind {
    /// Every kind, in the order shown.
    pub const ALL: [RowKind; 5] =
        [RowKind::Error, RowKind::Doubtful, RowKind::New, RowKind::Changed, RowKind::Unchanged];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            RowKind::Error => "error",
            RowKind::Doubtful => "doubtful",
            RowKind::New => "new",
            RowKind::Changed => "changed",
            RowKind::Unchanged => "unchanged",
        }
    }
}

/// One difference.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Field or kind of fact.
    pub what: Both,
    /// What the roster says; empty when it says nothing.
    pub before: Both,
    /// What the file says.
    pub after: Both,
    /// `field`, `added` or `amended`.
    pub how: String,
}

/// Someone whom a doubtful row may be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Number in the database.
    pub person: i64,
    /// Name, birth and organ, as shown.
    pub shown: String,
}

/// A row of the preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRow {
    /// What it would do.
    pub kind: RowKind,
    /// The person whom the roster has.
    pub person: Option<i64>,
    /// The office's number in the file.
    pub number: String,
    /// The name in the file.
    pub name: String,
    /// Sheet.
    pub sheet: String,
    /// Row.
    pub row: u32,
    /// What it would change.
    pub changes: Vec<Change>,
    /// Whom it may be.
    pub candidates: Vec<Candidate>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

/// What is to be written for a row.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "most steps of a plan enter people: a box for each would cost more"
)]
pub enum Step {
    /// A person entered.
    Add(Career),
    /// A person changed.
    Change {
        /// Whom.
        id: i64,
        /// The record, if it changes.
        person: Option<Box<Person>>,
        /// Further facts.
        events: Vec<Event>,
    },
}

/// What a file would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// Its rows.
    pub rows: Vec<PlanRow>,
    /// What is to be written.
    pub steps: Vec<Step>,
    /// Organs that the roster does not have.
    pub organs: Vec<Organ>,
}

impl Plan {
    /// How many rows are of a kind.
    pub fn count(&self, kind: RowKind) -> usize {
        self.rows.iter().filter(|r| r.kind == kind).count()
    }
}

/// What the roster knows, gathered before a plan is made.
#[derive(Debug)]
pub struct Known {
    /// Keys of everyone.
    pub keys: Vec<Key>,
    /// The tree.
    pub tree: Vec<Node>,
    /// Careers of those whom the file may be about.
    pub careers: HashMap<i64, Arc<Kept>>,
    /// Greatest number of an event.
    pub last_events: HashMap<i64, u32>,
    /// Where the viewer may write.
    pub within: Within,
    /// The viewer may add organs.
    pub adds_organs: bool,
    /// People chosen for doubtful rows, by number in the file; 0 is *someone new*.
    pub choices: HashMap<String, i64>,
}

/// Who a row is.
enum Who {
    New,
    Same(usize),
    Maybe(Vec<usize>),
}

struct Finder<'a> {
    keys: &'a [Key],
    by_number: HashMap<&'a str, usize>,
    by_id: HashMap<&'a str, usize>,
    by_birth: HashMap<(&'a str, Day), Vec<usize>>,
    by_place: HashMap<i64, usize>,
}

impl<'a> Finder<'a> {
    fn new(keys: &'a [Key]) -> Finder<'a> {
        let mut finder = Finder {
            keys,
            by_number: HashMap::with_capacity(keys.len()),
            by_id: HashMap::with_capacity(keys.len()),
            by_birth: HashMap::with_capacity(keys.len()),
            by_place: HashMap::with_capacity(keys.len()),
        };
        for (at, key) in keys.iter().enumerate() {
            finder.by_number.insert(&key.number, at);
            finder.by_place.insert(key.id, at);
            if !key.id_number.is_empty() {
                finder.by_id.insert(&key.id_number, at);
            }
            if let Some(birth) = key.birth {
                finder.by_birth.entry((&key.name, birth)).or_default().push(at);
            }
        }
        finder
    }

    fn who(&self, person: &Person, known: &Known) -> Who {
        if let Some(at) = self.by_number.get(person.id.0.as_str()) {
            return Who::Same(*at);
        }
        let resident = person.resident_id.as_ref().map(|id| id.as_str());
        if let Some(at) = resident.and_then(|id| self.by_id.get(id).or_else(|| self.by_number.get(id))) {
            return Who::Same(*at);
        }
        if let Some(chosen) = known.choices.get(&person.id.0) {
            return self.by_place.get(chosen).map_or(Who::New, |at| Who::Same(*at));
        }
        let maybe: Vec<usize> = person
            .birth
            .and_then(|birth| self.by_birth.get(&(person.name.as_str(), birth)))
            .into_iter()
            .flatten()
            .copied()
            // Nobody is told of someone out of reach.
            .filter(|at| self.keys.get(*at).is_some_and(|k| known.within.has(k.organ_seq)))
            .collect();
        if maybe.is_empty() { Who::New } else { Who::Maybe(maybe) }
    }
}

/// The people of the roster whom a file may be about, with their revisions.
pub fn wanted(parsed: &Parsed, known: &Known) -> Vec<(i64, i64)> {
    let finder = Finder::new(&known.keys);
    let mut wanted: Vec<(i64, i64)> = parsed
        .careers
        .iter()
        .filter_map(|c| match finder.who(&c.person, known) {
            Who::Same(at) => known.keys.get(at).map(|k| (k.id, k.revision)),
            _ => None,
        })
        .collect();
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

/// Facts of someone new that a preview shows; how many more there are it says.
const SHOWN: usize = 12;

/// Makes the plan of a file.
pub fn make(parsed: &mut Parsed, known: &Known) -> Plan {
    let mut plan = Plan::default();
    let unknown = meet_organs(parsed, known, &mut plan);
    let finder = Finder::new(&known.keys);
    let seqs: HashMap<&str, i64> = known.tree.iter().map(|n| (n.id.as_str(), n.seq)).collect();
    let mut met: HashSet<i64> = HashSet::new();
    let places = std::mem::take(&mut parsed.places);
    let careers = std::mem::take(&mut parsed.careers);
    for (n, career) in careers.into_iter().enumerate() {
        let (sheet, at_row) = places.get(n).cloned().unwrap_or_default();
        let mut row = PlanRow {
            kind: RowKind::Unchanged,
            person: None,
            number: career.person.id.0.clone(),
            name: career.person.name.clone(),
            sheet,
            row: at_row,
            changes: Vec::new(),
            candidates: Vec::new(),
            problems: Vec::new(),
        };
        for organ in organs_of(&career) {
            if let Some(suggested) = unknown.get(organ) {
                row.problems.push(problem(&row, "unknown-organ", &organ.0, |lang| {
                    if suggested.is_empty() {
                        say!(lang, "import-unknown-organ", name = organ.0.as_str())
                    } else {
                        let names = suggested.join(lang.pick("、", ", "));
                        say!(lang, "import-unknown-organ-like", name = organ.0.as_str(), like = names)
                    }
                }));
            }
        }
        let step = match finder.who(&career.person, known) {
            Who::New => {
                let organ = present_organ(&career);
                let seq = organ.and_then(|o| seqs.get(o.0.as_str()).copied());
                let here = seq.map_or(known.adds_organs || known.within.has(0), |s| known.within.has(s));
                if !here {
                    row.problems.push(outside(&row));
                }
                row.kind = RowKind::New;
                row.changes = field_changes(&Person::default(), &career.person).1;
                let facts = career.holding();
                row.changes.extend(facts.iter().take(SHOWN).map(|e| added(e, known)));
                if let Some(more) = facts.len().checked_sub(SHOWN).filter(|more| *more > 0) {
                    let what = Both::of(|lang| say!(lang, "import-more-facts", n = more));
                    row.changes.push(Change {
                        what,
                        before: Both::default(),
                        after: Both::default(),
                        how: "added".to_owned(),
                    });
                }
                Some(Step::Add(career))
            }
            Who::Maybe(several) => {
                row.kind = RowKind::Doubtful;
                for key in several.iter().filter_map(|at| known.keys.get(*at)) {
                    let organ = known.tree.iter().find(|t| t.id == key.organ).map_or("", |t| t.name.as_str());
                    let birth = key.birth.map(|b| b.to_string()).unwrap_or_default();
                    row.candidates
                        .push(Candidate { person: key.id, shown: format!("{} {birth} {organ}", key.name) });
                }
                None
            }
            Who::Same(at) => known.keys.get(at).and_then(|key| {
                row.person = Some(key.id);
                if !known.within.has(key.organ_seq) {
                    // Nothing of a person out of reach is shown.
                    row.person = None;
                    row.problems.push(outside(&row));
                    return None;
                }
                if !met.insert(key.id) {
                    row.problems.push(problem(&row, "twice", &career.person.id.0, |lang| {
                        say!(lang, "import-twice", name = career.person.name.as_str())
                    }));
                    return None;
                }
                let kept = known.careers.get(&key.id)?;
                let step = differences(&career, &kept.career, key, parsed, known, &mut row);
                for event in step.iter().flat_map(|s| s.1.iter()) {
                    if let Fact::Posted { organ } | Fact::Registered { organ } = &event.fact
                        && seqs.get(organ.0.as_str()).is_some_and(|seq| !known.within.has(*seq))
                    {
                        row.problems.push(outside(&row));
                    }
                }
                if !row.changes.is_empty() {
                    row.kind = RowKind::Changed;
                }
                step.map(|(person, events)| Step::Change { id: key.id, person, events })
            }),
        };
        if row.problems.is_empty() {
            plan.steps.extend(step);
        } else {
            row.kind = RowKind::Error;
        }
        plan.rows.push(row);
    }
    for fault in &parsed.problems {
        plan.rows.push(PlanRow {
            kind: RowKind::Error,
            person: None,
            number: String::new(),
            name: String::new(),
            sheet: fault.sheet.clone(),
            row: fault.row.unwrap_or(0),
            changes: Vec::new(),
            candidates: Vec::new(),
            problems: vec![fault.clone()],
        });
    }
    plan.rows.sort_by_key(|r| r.kind);
    plan
}

fn problem(row: &PlanRow, code: &str, found: &str, say: impl Fn(takeroot_words::Lang) -> String) -> Problem {
    Problem {
        code: code.to_owned(),
        sheet: row.sheet.clone(),
        row: Some(row.row).filter(|r| *r > 0),
        found: found.to_owned(),
        message: Both::of(say),
        ..Problem::default()
    }
}

fn outside(row: &PlanRow) -> Problem {
    problem(row, "outside-scope", &row.name, |lang| say!(lang, "import-outside", name = row.name.as_str()))
}

/// Meets the organs of the file with the roster's: their numbers are put into the careers. What is left over is added or
/// not known, with the names that look alike.
fn meet_organs(parsed: &mut Parsed, known: &Known, plan: &mut Plan) -> HashMap<OrganId, Vec<String>> {
    let squeeze = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let mut by_id: HashSet<&str> = HashSet::new();
    let mut by_name: HashMap<String, Option<&str>> = HashMap::new();
    for node in known.tree.iter().filter(|n| n.organ.is_some()) {
        by_id.insert(&node.id);
        by_name.entry(squeeze(&node.name)).and_modify(|v| *v = None).or_insert(Some(&node.id));
    }
    let mut other: HashMap<OrganId, OrganId> = HashMap::new();
    let mut unknown = HashMap::new();
    for organ in &parsed.organs {
        if by_id.contains(organ.id.0.as_str()) {
            continue;
        }
        if let Some(Some(id)) = by_name.get(&squeeze(&organ.name)) {
            other.insert(organ.id.clone(), OrganId((*id).to_owned()));
        } else if known.adds_organs {
            plan.organs.push(organ.clone());
        } else {
            let mut like: Vec<(usize, &str)> = known
                .tree
                .iter()
                .filter(|n| n.organ.is_some())
                .map(|n| (distance(&organ.name, &n.name), n.name.as_str()))
                .filter(|(d, name)| *d * 2 < name.chars().count())
                .collect();
            like.sort_unstable();
            let like = like.into_iter().take(3).map(|(_, name)| name.to_owned()).collect();
            unknown.insert(organ.id.clone(), like);
        }
    }
    if !other.is_empty() {
        let put = |id: &mut OrganId| {
            if let Some(right) = other.get(id) {
                right.clone_into(id);
            }
        };
        for event in parsed.careers.iter_mut().flat_map(|c| c.events.iter_mut()) {
            match &mut event.fact {
                Fact::Recruited { organ, .. }
                | Fact::Registered { organ }
                | Fact::Appointed { organ, .. }
                | Fact::Relieved { organ, .. }
                | Fact::Posted { organ }
                | Fact::SecondedOut { organ: Some(organ), .. } => put(organ),
                _ => {}
            }
        }
    }
    unknown
}

/// How many characters differ between two names.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut line: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        for (j, y) in b.iter().enumerate() {
            let above = line.get(j + 1).copied().unwrap_or(0);
            let now = (corner + usize::from(x != *y)).min(left + 1).min(above + 1);
            if let Some(cell) = line.get_mut(j) {
                *cell = left;
            }
            corner = above;
            left = now;
        }
        if let Some(cell) = line.last_mut() {
            *cell = left;
        }
    }
    line.last().copied().unwrap_or(0)
}

fn organs_of(career: &Career) -> Vec<&OrganId> {
    let mut all: Vec<&OrganId> = career
        .events
        .iter()
        .filter_map(|e| match &e.fact {
            Fact::Recruited { organ, .. }
            | Fact::Registered { organ }
            | Fact::Appointed { organ, .. }
            | Fact::Relieved { organ, .. }
            | Fact::Posted { organ }
            | Fact::SecondedOut { organ: Some(organ), .. } => Some(organ),
            _ => None,
        })
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn present_organ(career: &Career) -> Option<&OrganId> {
    career.holding().into_iter().rev().find_map(|e| match &e.fact {
        Fact::Recruited { organ, .. } | Fact::Registered { organ } | Fact::Posted { organ } => Some(organ),
        _ => None,
    })
}

fn added(event: &Event, known: &Known) -> Change {
    let (what, after) = fact_words(event, &known.tree);
    Change { what, before: Both::default(), after, how: "added".to_owned() }
}

/// The record with what the file says put in, and each field that differs. An empty cell leaves what is known.
fn field_changes(before: &Person, file: &Person) -> (Person, Vec<Change>) {
    let mut after = before.clone();
    let mut changes = Vec::new();
    let mut text = |id: &'static str, old: &mut String, new: &String| {
        if !new.is_empty() && old != new {
            changes.push(Change {
                what: field_words(id),
                before: Both::same(old.as_str()),
                after: Both::same(new.as_str()),
                how: "field".to_owned(),
            });
            new.clone_into(old);
        }
    };
    text("name", &mut after.name, &file.name);
    text("ethnic", &mut after.ethnic, &file.ethnic);
    text("native-place", &mut after.native_place, &file.native_place);
    text("birthplace", &mut after.birthplace, &file.birthplace);
    text("politics", &mut after.politics, &file.politics);
    text("health", &mut after.health, &file.health);
    text("pro-title", &mut after.title, &file.title);
    text("speciality", &mut after.speciality, &file.speciality);
    let mut day = |id: &'static str, old: &mut Option<Day>, new: Option<Day>| {
        if new.is_some() && *old != new {
            let shown = |d: Option<Day>| Both::same(d.map(|d| d.to_string()).unwrap_or_default());
            changes.push(Change {
                what: field_words(id),
                before: shown(*old),
                after: shown(new),
                how: "field".to_owned(),
            });
            *old = new;
        }
    };
    day("birth", &mut after.birth, file.birth);
    day("party-joined", &mut after.party_joined, file.party_joined);
    day("work-start", &mut after.work_start, file.work_start);
    if file.sex.is_some() && after.sex != file.sex {
        let shown = |s: Option<takeroot_civil::Sex>| {
            Both::of(|lang| s.map(|s| s.name(lang).to_owned()).unwrap_or_default())
        };
        changes.push(Change {
            what: field_words("sex"),
            before: shown(after.sex),
            after: shown(file.sex),
            how: "field".to_owned(),
        });
        after.sex = file.sex;
    }
    if file.resident_id.is_some() && after.resident_id.is_none() {
        // The number itself is a sensitive class: it is not written into the preview.
        changes.push(Change {
            what: field_words("resident-id"),
            before: Both::default(),
            after: Both::same("●●●●"),
            how: "field".to_owned(),
        });
        after.resident_id.clone_from(&file.resident_id);
    }
    if !file.family.is_empty() && after.family != file.family {
        let count = |n: usize| Both::of(|lang| say!(lang, "import-relatives", n = n.to_string()));
        changes.push(Change {
            what: field_words("family"),
            before: count(after.family.len()),
            after: count(file.family.len()),
            how: "field".to_owned(),
        });
        after.family.clone_from(&file.family);
    }
    (after, changes)
}

type Differs = (Option<Box<Person>>, Vec<Event>);

fn differences(
    file: &Career,
    kept: &Career,
    key: &Key,
    parsed: &Parsed,
    known: &Known,
    row: &mut PlanRow,
) -> Option<Differs> {
    if let (Some(new), Some(old)) = (&file.person.resident_id, &kept.person.resident_id)
        && new != old
    {
        row.problems.push(problem(row, "identity-differs", "", |lang| say!(lang, "import-identity-differs")));
        return None;
    }
    let (mut person, changes) = field_changes(&kept.person, &file.person);
    person.id.clone_from(&kept.person.id);
    let record = (!changes.is_empty()).then(|| Box::new(person));
    row.changes = changes;
    let events = event_differences(file, kept, key, parsed, known, row);
    (record.is_some() || !events.is_empty()).then_some((record, events))
}

fn event_differences(
    file: &Career,
    kept: &Career,
    key: &Key,
    parsed: &Parsed,
    known: &Known,
    row: &mut PlanRow,
) -> Vec<Event> {
    let same = |a: &Event, b: &Event| {
        a.dates == b.dates && a.fact == b.fact && a.document == b.document && a.basis == b.basis
    };
    // Each fact of the roster answers for one of the file.
    let mut used = vec![false; kept.events.len()];
    let mut place: HashMap<EventId, EventId> = HashMap::new();
    let mut left: Vec<&Event> = Vec::new();
    for event in &file.events {
        let first = kept.events.get(event.id.0.wrapping_sub(1) as usize);
        let quick = first.filter(|k| k.id == event.id && same(k, event)).map(|_| event.id.0 as usize - 1);
        let at = quick
            .filter(|at| !used.get(*at).copied().unwrap_or(true))
            .or_else(|| kept.events.iter().zip(&used).position(|(k, used)| !used && same(k, event)));
        match at {
            Some(at) => {
                if let (Some(slot), Some(met)) = (used.get_mut(at), kept.events.get(at)) {
                    *slot = true;
                    place.insert(event.id, met.id);
                }
            }
            None => left.push(event),
        }
    }
    if left.is_empty() {
        return Vec::new();
    }
    let holding = kept.holding();
    let amended: HashSet<EventId> = file.events.iter().filter_map(|e| e.amends).collect();
    let mut next = known.last_events.get(&key.id).copied().unwrap_or(0);
    let mut out = Vec::new();
    for event in left {
        let free = |k: &&&Event| {
            let at = kept.events.iter().position(|e| e.id == k.id);
            at.is_some_and(|at| !used.get(at).copied().unwrap_or(true))
        };
        if parsed.present && stated(event, &holding, key) {
            continue;
        }
        let amends = match event.amends {
            Some(a) => place.get(&a).copied(),
            None if amended.contains(&event.id) => None,
            None => {
                let kind = event.fact.kind();
                let slot = |k: &&&Event| {
                    k.fact.kind() == kind
                        && (k.dates.effective == event.dates.effective
                            || year(&k.fact) == year(&event.fact) && year(&k.fact).is_some())
                        && !several(&event.fact)
                };
                let numbered = holding
                    .iter()
                    .filter(|_| parsed.numbered && !parsed.present)
                    .find(|k| k.id == event.id && k.fact.kind() == kind && free(k));
                numbered.or_else(|| holding.iter().filter(|k| free(k)).find(slot)).map(|k| k.id)
            }
        };
        next = next.saturating_add(1);
        let id = EventId(next);
        place.insert(event.id, id);
        let made = Event { id, amends, ..event.clone() };
        let mut change = added(&made, known);
        if let Some(old) = amends.and_then(|a| kept.events.iter().position(|e| e.id == a)) {
            if let Some(slot) = used.get_mut(old) {
                *slot = true;
            }
            if let Some(old) = kept.events.get(old) {
                change.before = fact_words(old, &known.tree).1;
            }
            "amended".clone_into(&mut change.how);
        }
        row.changes.push(change);
        out.push(made);
    }
    out
}

fn year(fact: &Fact) -> Option<u16> {
    match fact {
        Fact::Assessed { year, .. } => Some(*year),
        _ => None,
    }
}

/// Facts of which one day can have several beside each other.
fn several(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Appointed { .. }
            | Fact::Relieved { .. }
            | Fact::Educated { .. }
            | Fact::Rewarded { .. }
            | Fact::Trained { .. }
            | Fact::OnLeave { .. }
            | Fact::Worked { .. }
            | Fact::Sanctioned { .. }
    )
}

/// Whether the roster says already what a row says of the present.
fn stated(event: &Event, holding: &[&Event], key: &Key) -> bool {
    let any = |test: &dyn Fn(&Fact) -> bool| holding.iter().any(|e| test(&e.fact));
    let last = |test: &dyn Fn(&Fact) -> Option<bool>| holding.iter().rev().find_map(|e| test(&e.fact));
    match &event.fact {
        Fact::Recruited { .. } => any(&|f| f == &event.fact),
        Fact::Registered { organ } | Fact::Posted { organ } => {
            key.organ == organ.0
                || last(&|f| match f {
                    Fact::Recruited { organ: o, .. }
                    | Fact::Registered { organ: o }
                    | Fact::Posted { organ: o } => Some(o == organ),
                    _ => None,
                })
                .unwrap_or(false)
        }
        Fact::Appointed { title, .. } => key.post.split('、').any(|p| p == title) || key.post == *title,
        Fact::Ranked { rank } => {
            key.rank == rank.code()
                || last(&|f| if let Fact::Ranked { rank: r } = f { Some(r == rank) } else { None })
                    .unwrap_or(false)
        }
        Fact::Graded { level, step } => {
            (key.level == Some(i64::from(level.get())) && key.step == Some(i64::from(step.get())))
                || last(&|f| match f {
                    Fact::Graded { level: l, step: s } => Some(l == level && s == step),
                    _ => None,
                })
                .unwrap_or(false)
        }
        Fact::Educated { education, degree, .. } => any(
            &|f| matches!(f, Fact::Educated { education: e, degree: d, .. } if e == education && d == degree),
        ),
        fact => any(&|f| f == fact),
    }
}
