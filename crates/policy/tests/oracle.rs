//! Every verdict of ten thousand random careers against a second evaluation, slow and plain, written from the text of
//! the rules. It takes numbers from the rules and nothing from the engine that it checks.
//!
//! `ORACLE_CAREERS=300` runs fewer. Where both differ, the text decides which is at fault.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "tests and examples read files and print; the crate does not"
)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::collapsible_if,
    clippy::collapsible_match,
    clippy::type_complexity,
    missing_docs
)]

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

use std::collections::{BTreeMap, HashMap};

use proptest::prelude::*;
use rayon::prelude::*;
use takeroot_civil::*;
use takeroot_policy::verdict::{post_promotion, rank_promotion};
use takeroot_policy::{Facts, Library, Need, Rules, Stack, StackSpec, Standing};

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
    let mut rules: HashMap<(Day, bool), Rules> = HashMap::new();
    for number in 0..100 {
        for day in world::days_asked(number) {
            rules.entry((day, false)).or_insert_with(|| Rules::at(&law, day));
            rules.entry((day, true)).or_insert_with(|| Rules::at(&switched, day));
        }
    }
    let found: BTreeMap<&str, (usize, usize, String)> = (0..count)
        .into_par_iter()
        .map(|number| {
            let career = world::career(number);
            let mut found: BTreeMap<&str, (usize, usize, String)> = BTreeMap::new();
            for day in world::days_asked(number) {
                // Every fourth round of days is asked with the switches turned.
                let rules = &rules[&(day, number / 100 % 4 == 3)];
                if std::env::var("ORACLE_ONLY").is_ok_and(|o| o != number.to_string()) {
                    continue;
                }
                for fault in compare::compare(&career, &index, rules) {
                    let entry = found.entry(fault.0).or_insert((0, usize::MAX, String::new()));
                    entry.0 += 1;
                    if career.events.len() < entry.1 {
                        *entry = (
                            entry.0,
                            career.events.len(),
                            format!("{} on {day}: {}\n{}", number, fault.1, tell(&career, day)),
                        );
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

/// Two standings but for the digest of the stack.
fn standing(career: &Career, organs: &Roster, rules: &Rules) -> Standing {
    Standing { digest: String::new(), ..Standing::of(career, &organs.organ_index(), rules) }
}

/// What is known on a day, without what came later or was put right.
fn as_known(career: &Career, on: Day) -> Career {
    let mut known = Career { person: career.person.clone(), events: Vec::new() };
    for event in life::holding(career) {
        if event.dates.effective <= on {
            let mut event = event.clone();
            event.amends = None;
            known.events.push(event);
        }
    }
    known
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// As days pass and nothing new happens, the years only fill.
    #[test]
    fn more_service_never_makes_the_years_short(number in 0u64..1_000_000, at in 0usize..4, ahead in 1i32..4000) {
        let library = library();
        let stack = Stack::new(&library, proposals(if number % 2 == 1 { &["oracle-switches"] } else { &[] })).expect("a stack");
        let organs = Roster { organs: world::organs(), ..Roster::default() };
        let index = organs.organ_index();
        let on = world::days_asked(number)[at];
        let career = as_known(&world::career(number), on);
        let rules = Rules::at(&stack, on);
        let later = on.plus_days(ahead);
        let (now, then) = (Facts::on(&career, &index, &rules, on), Facts::on(&career, &index, &rules, later));
        for to in Rank::ALL {
            let (a, b) = (rank_promotion(&rules, &now, *to), rank_promotion(&rules, &then, *to));
            prop_assert!(a.unmet.has(Need::Years) || !b.unmet.has(Need::Years), "{to} {on} {later}\n{}", tell(&career, on));
        }
        for to in Layer::ALL {
            let (a, b) = (post_promotion(&rules, &now, *to), post_promotion(&rules, &then, *to));
            prop_assert!(a.unmet.has(Need::Years) || !b.unmet.has(Need::Years), "{to} {on} {later}\n{}", tell(&career, on));
        }
    }

    /// An overlay of nothing changes nothing.
    #[test]
    fn an_overlay_of_nothing_changes_nothing(number in 0u64..1_000_000, at in 0usize..4) {
        let library = library();
        let law = Stack::new(&library, proposals(&[])).expect("a stack");
        let nothing = Stack::new(&library, proposals(&["oracle-nothing"])).expect("a stack");
        let organs = Roster { organs: world::organs(), ..Roster::default() };
        let on = world::days_asked(number)[at];
        let career = world::career(number);
        prop_assert_eq!(standing(&career, &organs, &Rules::at(&law, on)), standing(&career, &organs, &Rules::at(&nothing, on)));
    }

    /// Amending twice is amending once with the last.
    #[test]
    fn amending_twice_is_amending_once_with_the_last(number in 0u64..1_000_000, which in 0usize..1000, at in 0usize..4) {
        let library = library();
        let stack = Stack::new(&library, proposals(&[])).expect("a stack");
        let organs = Roster { organs: world::organs(), ..Roster::default() };
        let rules = Rules::at(&stack, world::days_asked(number)[at]);
        let (career, other) = (world::career(number), world::career(number + 1));
        prop_assume!(!career.events.is_empty() && other.events.len() > 1);
        let old = career.events[which % career.events.len()].id;
        let (first, last) = (&other.events[0], &other.events[1]);
        let mut twice = career.clone();
        let middle = { let e = twice.add(first.dates.effective, first.fact.clone()); e.amends = Some(old); e.id };
        twice.add(last.dates.effective, last.fact.clone()).amends = Some(middle);
        let mut once = career.clone();
        once.add(last.dates.effective, last.fact.clone()).amends = Some(old);
        prop_assert_eq!(standing(&twice, &organs, &rules), standing(&once, &organs, &rules));
    }

    /// The order in which a file holds the facts does not matter; their numbers settle the order within a day.
    #[test]
    fn the_order_in_the_file_does_not_matter(number in 0u64..1_000_000, turn in 0usize..1000, at in 0usize..4) {
        let library = library();
        let stack = Stack::new(&library, proposals(&[])).expect("a stack");
        let organs = Roster { organs: world::organs(), ..Roster::default() };
        let rules = Rules::at(&stack, world::days_asked(number)[at]);
        let career = world::career(number);
        let mut other = career.clone();
        other.events.reverse();
        if !other.events.is_empty() {
            let n = turn % other.events.len();
            other.events.rotate_left(n);
        }
        prop_assert_eq!(standing(&career, &organs, &rules), standing(&other, &organs, &rules));
    }
}
