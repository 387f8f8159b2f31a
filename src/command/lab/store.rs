//! Spells of service from an installation's own records: entries, exits by their reasons, and what the lab's hazards tell
//! people apart by.
//!
//! A row is a spell: from an entry to the exit after it, or to the last day on which anything was recorded. People who left
//! before leavers were recorded are not there, so a spell counts only from then on ([`on_record_from`]), unless the office
//! says when its records of leavers begin. What a person is like is taken as on the day from which
//! the spell counts, and not later: what comes after may be a consequence of staying. Rows carry running numbers and no names.

use std::collections::{BTreeMap, HashMap};

use anyhow::bail;
use takeroot_civil::{
    Career, Channel, Code as _, Day, Education, Event, ExitReason, Fact, Organ, OrganId, OrganKind, Roster,
    Sex,
};
use takeroot_policy::standing::time;
use takeroot_policy::{Facts, Rules};

use crate::cli::Context;
use crate::words::say;

/// The mapping file for them.
pub const MAP: &str = include_str!("store.toml");
/// What it is called where a fault is told.
pub const MAP_NAME: &str = "store.toml";

const HEADS: [&str; 16] = [
    "no",
    "start",
    "end",
    "exit",
    "since",
    "birth",
    "sex",
    "education",
    "degree",
    "channel",
    "grown",
    "local",
    "place",
    "remote",
    "term_ends",
    "retires",
];

/// The records as a table of spells.
#[derive(Debug)]
pub struct Records {
    /// Comma-separated rows under a line of headings.
    pub rows: String,
    /// From when leavers are on record.
    pub since: Day,
    /// The last day on which anything is on record.
    pub until: Day,
    /// Of those who left townships for higher organs since then and until the day that is to be known: how many an organ of
    /// the county took, and how many left the county by selection or transfer.
    pub moved: (u32, u32),
}

/// From when leavers are on record: the month after the first exit, which only starts the clock. But a few exits long before
/// the others are strays, entered later by somebody: where the exits are told clearly better by two rates, the first below a
/// quarter of the second, it is the month after the rate changes.
fn on_record_from(exits: &[Day], until: Day) -> Option<Day> {
    let month = |day: &Day| day.month_number();
    let first = exits.iter().map(month).min()?;
    let months = usize::try_from(until.month_number() - first + 1).ok()?;
    let mut counts = vec![0.0; months];
    for exit in exits {
        let at = usize::try_from(month(exit) - first).ok()?;
        if let Some(count) = counts.get_mut(at) {
            *count += 1.0;
        }
    }
    // The log likelihood of a number of exits in so many months, at their own rate.
    let told = |n: f64, months: f64| if n > 0.0 { n * (n / months).ln() } else { 0.0 };
    let (all, whole) = (exits.len() as f64, months as f64);
    let (mut before, mut from, mut best) = (0.0, 0, told(all, whole) + CLEARLY);
    for (at, count) in counts.iter().enumerate().skip(1) {
        before += counts.get(at - 1).copied().unwrap_or(0.0);
        let (early, late) = (at as f64, whole - at as f64);
        let better = told(before, early) + told(all - before, late);
        if *count > 0.0 && better > best && 4.0 * before / early < (all - before) / late {
            (from, best) = (at, better);
        }
    }
    let first = exits.iter().min().and_then(|day| Day::first_of(day.year(), day.month()))?;
    Some(first.plus_months(i32::try_from(from).ok()? + 1))
}

/// By how much two rates must be likelier than one: a ratio of some twenty thousand.
const CLEARLY: f64 = 10.0;

/// A spell as the events tell it.
struct Served {
    start: Option<Day>,
    exit: Option<(Day, ExitReason)>,
}

/// The spells of a career: from each entry to the exit after it. A record that begins with anything else but an entry is of a
/// person who was there before.
fn served(events: &[&Event]) -> Vec<Served> {
    let mut all: Vec<Served> = Vec::new();
    let mut here = false;
    for event in events {
        let day = event.dates.effective;
        match &event.fact {
            Fact::Recruited { .. } | Fact::Registered { .. } if !here => {
                all.push(Served { start: Some(day), exit: None });
                here = true;
            }
            Fact::Posted { .. } if !here && all.is_empty() => {
                all.push(Served { start: None, exit: None });
                here = true;
            }
            Fact::Left { reason } if here => {
                if let Some(last) = all.last_mut() {
                    last.exit = Some((day, *reason));
                }
                here = false;
            }
            _ => {}
        }
    }
    all
}

/// The records of an installation as spells, by the rules of its last recorded day, or of an earlier day on which they are to
/// be known. `since`: from when leavers are on record, if the office says so.
///
/// # Errors
/// If nobody is on record who has left.
pub fn records(
    roster: &Roster,
    rules: &dyn Fn(Day) -> anyhow::Result<Rules>,
    since: Option<Day>,
    known: Option<Day>,
    today: Day,
    ctx: &Context,
) -> anyhow::Result<Records> {
    let careers: Vec<(&Career, Vec<&Event>)> =
        roster.careers.iter().map(|career| (career, career.holding())).collect();
    let days = careers.iter().flat_map(|(_, events)| events.iter().map(|e| e.dates.effective));
    let until = days.filter(|day| *day <= today).max().unwrap_or(today);
    let spells: Vec<(&Career, Vec<Served>)> =
        careers.iter().map(|(career, events)| (*career, served(events))).collect();
    let exits = spells.iter().flat_map(|(_, served)| served.iter().filter_map(|s| s.exit));
    let exits: Vec<Day> = exits.map(|(day, _)| day).filter(|day| *day <= until).collect();
    let Some(since) = since.or_else(|| on_record_from(&exits, until)) else {
        bail!(say!(ctx.lang, "lab-store-nobody-left"));
    };
    let since = since.real();
    let known = known.unwrap_or(until).min(until);
    let rules = rules(known)?;
    let organs = roster.organ_index();
    let mut moved = (0, 0);
    for (_, events) in &careers {
        let here = moves(events, &organs, since, known);
        moved = (moved.0 + here.0, moved.1 + here.1);
    }
    let remote = farthest(&roster.organs);
    let mut rows = HEADS.join(",");
    rows.push('\n');
    let mut number = 0_usize;
    for (career, served) in &spells {
        for spell in served {
            number += 1;
            let row = row(number, career, spell, since, until, &rules, &organs, &remote);
            rows.push_str(&row.join(","));
            rows.push('\n');
        }
    }
    Ok(Records { rows, since, until, moved })
}

/// How often a person went from a township to an organ of the county in a span, and how often out of the county by selection
/// or transfer.
fn moves(events: &[&Event], organs: &HashMap<&OrganId, &Organ>, since: Day, known: Day) -> (u32, u32) {
    let kind = |id: &OrganId| organs.get(id).map(|organ| organ.kind);
    let (mut at, mut moved) = (None, (0, 0));
    for event in events {
        let counts = (since..=known).contains(&event.dates.effective);
        let in_township = at.is_some_and(|kind: OrganKind| kind.is_township());
        match &event.fact {
            Fact::Recruited { organ, .. } | Fact::Registered { organ } => at = kind(organ),
            Fact::Posted { organ } => {
                let to = kind(organ);
                moved.0 += u32::from(counts && in_township && to == Some(OrganKind::County));
                at = to;
            }
            Fact::Left { reason } => {
                let higher = matches!(reason, ExitReason::SelectedUp | ExitReason::TransferredOut);
                moved.1 += u32::from(counts && in_township && higher);
                at = None;
            }
            _ => {}
        }
    }
    moved
}

/// The farthest area band of townships, by county.
fn farthest(organs: &[Organ]) -> BTreeMap<String, u8> {
    let mut farthest = BTreeMap::new();
    for organ in organs {
        let band = farthest.entry(county(organ)).or_insert(1);
        *band = organ.area_band.unwrap_or(1).max(*band);
    }
    farthest
}

fn county(organ: &Organ) -> String {
    organ.division.map_or_else(String::new, |division| division.cut(6).to_string())
}

fn flag(holds: bool) -> String {
    String::from(if holds { "1" } else { "0" })
}

#[expect(clippy::too_many_arguments, reason = "the record, and all that it is read by")]
fn row(
    number: usize,
    career: &Career,
    spell: &Served,
    since: Day,
    until: Day,
    rules: &Rules,
    organs: &HashMap<&OrganId, &Organ>,
    remote: &BTreeMap<String, u8>,
) -> [String; HEADS.len()] {
    let person = &career.person;
    let text = |day: Option<Day>| day.map(|day| day.real().to_string()).unwrap_or_default();
    let ended = spell.exit.filter(|(day, _)| *day <= until);
    let watched = spell.start.map_or(since, |start| start.max(since));
    let last = ended.map_or(until, |(day, _)| day);
    let facts = Facts::on(career, organs, rules, watched.min(last.plus_days(-1)));
    let at_the_end = Facts::on(career, organs, rules, last.plus_days(-1));
    // A term that does not run, because the person works elsewhere, still binds at the end.
    let term = at_the_end.owed.iter().map(|owed| owed.until.unwrap_or(last.plus_months(1))).max();
    let organ = facts.organ;
    let township = organ.is_some_and(|organ| organ.kind.is_township());
    let band = organ.filter(|_| township).and_then(|organ| {
        let farthest = remote.get(&county(organ)).copied().unwrap_or(1);
        let nearer = organ.area_band?.saturating_sub(1);
        (farthest > 1).then(|| f64::from(nearer) / f64::from(farthest - 1))
    });
    let home = organ.map(county).filter(|digits| digits.len() == 6);
    let local = person
        .resident_id
        .as_ref()
        .is_some_and(|id| home.as_deref().is_some_and(|home| id.as_str().get(..6) == Some(home)));
    let channel = facts.timeline.recruited.map(|recruited| recruited.channel);
    let grown = [Channel::VillageCadre, Channel::VillageGraduate, Channel::ProgrammeStaff];
    let education = facts.education.map(|(education, _)| education);
    let retires = time::retirement(&facts, rules).map(|retirement| retirement.day);
    [
        number.to_string(),
        text(spell.start),
        text(ended.map(|(day, _)| day)),
        ended.map(|(_, reason)| reason.code().to_owned()).unwrap_or_default(),
        text(Some(watched)),
        text(person.birth),
        person.sex.map_or("", |sex: Sex| sex.code()).to_owned(),
        education.map_or("", |education: Education| education.code()).to_owned(),
        flag(education.is_some_and(|education| education >= Education::Bachelor)),
        channel.map_or("", |channel: Channel| channel.code()).to_owned(),
        flag(channel.is_some_and(|channel| grown.contains(&channel))),
        flag(local),
        String::from(if township { "township" } else { "county" }),
        band.unwrap_or(0.0).to_string(),
        text(term),
        text(retires),
    ]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests may fail")]

    use takeroot_civil::{Person, PersonId};
    use takeroot_policy::{Library, Stack, StackSpec};
    use takeroot_words::Lang;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn roster(careers: Vec<Career>) -> Roster {
        let organ = |id: &str, kind| Organ {
            id: OrganId(id.to_owned()),
            name: id.to_owned(),
            kind,
            division: "990123".parse().ok(),
            establishment: None,
            hardship_class: None,
            area_band: None,
        };
        let organs = vec![organ("town", OrganKind::Township), organ("bureau", OrganKind::County)];
        Roster { organs, careers, invented: true }
    }

    fn career(id: &str, events: Vec<(&str, Fact)>) -> Career {
        let person = Person { id: PersonId(id.to_owned()), name: id.to_owned(), ..Person::default() };
        let mut career = Career { person, events: Vec::new() };
        for (on, fact) in events {
            career.add(day(on), fact);
        }
        career
    }

    fn recruited(organ: &str) -> Fact {
        Fact::Recruited { channel: Channel::Exam, organ: OrganId(organ.to_owned()), years_in_unit: None }
    }

    fn posted(organ: &str) -> Fact {
        Fact::Posted { organ: OrganId(organ.to_owned()) }
    }

    fn read(roster: &Roster, since: Option<Day>) -> anyhow::Result<Records> {
        let library = Library::shipped().unwrap();
        let rules = |on: Day| Ok(Rules::at(&Stack::new(&library, StackSpec::default()).unwrap(), on));
        let ctx = Context { lang: Lang::En, policies: None };
        records(roster, &rules, since, None, day("2020-12-31"), &ctx)
    }

    /// The rows by column.
    fn rows(records: &Records) -> Vec<BTreeMap<&str, &str>> {
        let mut lines = records.rows.lines();
        let heads: Vec<&str> = lines.next().unwrap().split(',').collect();
        lines.map(|line| heads.iter().copied().zip(line.split(',')).collect()).collect()
    }

    #[test]
    fn whoever_comes_back_has_two_spells_and_nobody_counts_before_leavers_are_on_record() {
        let left = |reason| Fact::Left { reason };
        let roster = roster(vec![
            career(
                "first",
                vec![("1999-08-01", recruited("town")), ("2012-03-10", left(ExitReason::Retired))],
            ),
            career(
                "back",
                vec![
                    ("2008-08-01", recruited("town")),
                    ("2013-05-20", posted("bureau")),
                    ("2015-05-20", left(ExitReason::Resigned)),
                    ("2017-09-01", recruited("town")),
                    ("2019-09-01", left(ExitReason::SelectedUp)),
                ],
            ),
            career("before", vec![("2001-01-01", posted("bureau"))]),
            career("there", vec![("2016-08-01", recruited("town")), ("2020-02-01", posted("town"))]),
        ]);
        let records = read(&roster, None).unwrap();
        assert_eq!((records.since, records.until), (day("2012-04-01"), day("2020-02-01")));
        let rows = rows(&records);
        let of = |at: usize, column: &str| rows[at][column].to_owned();
        assert_eq!(rows.len(), 5);
        assert_eq!(
            (of(1, "start"), of(1, "end"), of(1, "exit")),
            ("2008-08-01".into(), "2015-05-20".into(), "resigned".into())
        );
        assert_eq!(
            (of(1, "since"), of(1, "place")),
            ("2012-04-01".into(), "township".into()),
            "as on the day it counts from"
        );
        assert_eq!(
            (of(2, "start"), of(2, "since"), of(2, "exit")),
            ("2017-09-01".into(), "2017-09-01".into(), "selected-up".into())
        );
        assert_eq!(
            (of(3, "start"), of(3, "exit")),
            (String::new(), String::new()),
            "there before the record begins"
        );
        assert_eq!((of(4, "start"), of(4, "end")), ("2016-08-01".into(), String::new()));
        // One went to an organ of the county and one was selected out of a township.
        assert_eq!(records.moved, (1, 1));
        assert!(!records.rows.contains("back"), "nobody is named");
        let later = read(&roster, Some(day("2018-01-01"))).unwrap();
        assert_eq!((later.since, later.moved), (day("2018-01-01"), (0, 1)));
    }

    #[test]
    fn a_stray_exit_long_before_the_others_does_not_start_the_clock() {
        let monthly = (0..60).map(|n| day("2015-01-15").plus_months(n));
        let until = day("2020-01-31");
        let steady: Vec<Day> = monthly.collect();
        assert_eq!(on_record_from(&steady, until).map(Day::real), Some(day("2015-02-01")));
        let strays = [day("2003-05-09"), day("2009-11-20")].into_iter().chain(steady).collect::<Vec<_>>();
        assert_eq!(on_record_from(&strays, until).map(Day::real), Some(day("2015-02-01")));
        // A handful of exits tells no rates apart.
        let few = [day("2010-05-09"), day("2018-11-20"), day("2019-02-01")];
        assert_eq!(on_record_from(&few, until).map(Day::real), Some(day("2010-06-01")));
        assert_eq!(on_record_from(&[], until), None);
    }

    #[test]
    fn where_nobody_has_left_nothing_is_fitted_unless_the_office_says_that_nobody_has() {
        let roster = roster(vec![career("there", vec![("2016-08-01", recruited("town"))])]);
        let said = read(&roster, None).unwrap_err().to_string();
        assert!(said.contains("--since"), "{said}");
        assert!(read(&roster, Some(day("2016-01-01"))).is_ok());
    }
}
