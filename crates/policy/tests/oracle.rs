//! Every verdict of ten thousand random careers against a second evaluation, slow and plain, written from the text of
//! the rules. It takes numbers from the rules and nothing from the engine that it checks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "oracle/compare.rs"]
mod compare;
#[path = "oracle/life.rs"]
mod life;
#[path = "oracle/pay.rs"]
mod pay;
#[path = "oracle/promote.rs"]
mod promote;
#[path = "oracle/service.rs"]
mod service;
#[path = "oracle/world.rs"]
mod world;

use std::collections::BTreeMap;

use rayon::prelude::*;
use takeroot_civil::*;
use takeroot_policy::{Library, Rules, Stack, StackSpec};

/// The rules, with and without the switches turned.
fn library() -> Library {
    Library::of([
        ("rules.toml", include_bytes!("oracle/rules.toml").as_slice()),
        ("switches.toml", include_bytes!("oracle/switches.toml").as_slice()),
        ("nothing.toml", include_bytes!("oracle/nothing.toml").as_slice()),
    ])
    .unwrap_or_else(|faults| panic!("{:?}", faults.iter().map(|f| &f.what).collect::<Vec<_>>()))
}

fn proposals(names: &[&str]) -> StackSpec {
    StackSpec { proposals: names.iter().map(|n| (*n).to_owned()).collect(), ..StackSpec::default() }
}

#[test]
fn every_verdict_equals_the_plain_evaluation() {
    let count: u64 = std::env::var("ORACLE_CAREERS").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let library = library();
    let law = Stack::new(&library, proposals(&[])).expect("a stack");
    let switched = Stack::new(&library, proposals(&["oracle-switches"])).expect("a stack");
    let organs = Roster { organs: world::organs(), ..Roster::default() };
    let index = organs.organ_index();
    let found: BTreeMap<&str, (usize, usize, String)> = (0..count)
        .into_par_iter()
        .map(|number| {
            let career = world::career(number);
            let mut found: BTreeMap<&str, (usize, usize, String)> = BTreeMap::new();
            for day in world::days_asked(number) {
                let stack = if number % 4 == 3 { &switched } else { &law };
                let rules = Rules::at(stack, day);
                for fault in compare::compare(&career, &index, &rules) {
                    let entry = found.entry(fault.0).or_insert((0, usize::MAX, String::new()));
                    entry.0 += 1;
                    if career.events.len() < entry.1 {
                        *entry = (entry.0, career.events.len(), format!("{} on {day}: {}\n{}", number, fault.1, tell(&career, day)));
                    }
                }
            }
            found
        })
        .reduce(BTreeMap::new, |mut all, more| {
            for (aspect, (n, size, text)) in more {
                let entry = all.entry(aspect).or_insert((0, usize::MAX, String::new()));
                entry.0 += n;
                if size < entry.1 {
                    (entry.1, entry.2) = (size, text);
                }
            }
            all
        });
    let mut told = String::new();
    for (aspect, (n, _, text)) in &found {
        told += &format!("== {aspect}: {n} times; the smallest:\n{text}\n");
    }
    assert!(found.is_empty(), "the engine and the plain evaluation differ\n{told}");
}

/// A career in lines.
fn tell(career: &Career, day: Day) -> String {
    let mut text = format!(
        "    born {:?}, {:?}, work from {:?}\n",
        career.person.birth, career.person.sex, career.person.work_start
    );
    for event in life::holding(career) {
        if event.dates.effective > day {
            continue;
        }
        let counted = event.dates.counted_from.map_or(String::new(), |d| format!(" counted from {d}"));
        text += &format!("    {}{counted} {:?}\n", event.dates.effective, event.fact);
    }
    text
}

#[test]
#[ignore]
fn probe() {
    use takeroot_policy::{Facts, Standing};
    let library = library();
    let organs = Roster { organs: world::organs(), ..Roster::default() };
    let index = organs.organ_index();
    let d = world::day;
    let id = |t: &str| OrganId(t.to_owned());
    let lv = |l, s| Fact::Graded { level: Level::new(l).unwrap(), step: Step::new(s).unwrap() };
    let out = |kind, organ: Option<&str>| Fact::SecondedOut { kind, organ: organ.map(id), place: "某处".into() };
    let enter = |o: &str| Fact::Recruited { channel: Channel::Exam, organ: id(o), years_in_unit: None };
    let mut show = |name: &str, switched: bool, on: &str, facts: Vec<(&str, Fact)>| {
        let stack = Stack::new(&library, proposals(if switched { &["oracle-switches"] } else { &[] })).unwrap();
        let rules = Rules::at(&stack, d(on));
        let mut career = Career::default();
        for (day, fact) in facts {
            career.add(d(day), fact);
        }
        let s = Standing::of(&career, &index, &rules);
        let _ = Facts::of(&career, &index, &rules);
        let life = life::Life::of(&career, &index, &rules);
        println!("{name} on {on}: rooted {} grass {:?} away {:?} level {:?}-{:?} next {:?} {:?} top {} ranks {:?} layer {:?} | plain rooted {} {:?} since-ranks {:?}",
            s.rooted_months, s.grassroots_months, s.away, s.grading.level, s.grading.step, s.grading.next_level, s.grading.next_step, s.grading.at_top,
            s.ranks.iter().map(|r| (r.rank, r.since)).collect::<Vec<_>>(), s.layer, life.rooted_months(d(on)), life.grading(d(on)), life.at(d(on)).ranks);
    };
    use SecondmentKind::*;
    let sanction = |sanction| Fact::Sanctioned { sanction, until: None };
    for switched in [false, true] {
        show("plain 24-2", switched, "2013-01-01", vec![("1994-01-01", enter("a-bureau")), ("2000-02-23", lv(24, 2))]);
        show("organisational", switched, "2013-01-01", vec![("1994-01-01", enter("a-bureau")), ("2000-02-23", lv(24, 2)), ("2000-05-08", sanction(Sanction::Organisational))]);
        show("party warning", switched, "2013-01-01", vec![("1994-01-01", enter("a-bureau")), ("2000-02-23", lv(24, 2)), ("2000-05-08", sanction(Sanction::PartyWarning))]);
        show("recruited again", switched, "2013-01-01", vec![("1994-01-01", enter("a-bureau")), ("2000-02-23", lv(24, 2)), ("2011-05-08", enter("a-bureau"))]);
        show("19-2 deputy principal", switched, "2016-12-18", vec![("1994-01-01", enter("a-bureau")), ("1994-08-14", Fact::Ranked { rank: Rank::DeputyPrincipal08 }), ("2000-02-23", lv(19, 2))]);
        show("19-2 recruited late", switched, "2016-12-18", vec![("1994-08-14", Fact::Ranked { rank: Rank::DeputyPrincipal08 }), ("2000-02-23", lv(19, 2)), ("2003-08-25", Fact::Posted { organ: id("nowhere") })]);
    }
}
