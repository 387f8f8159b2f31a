//! A proposed minimum service binds whoever is recruited under it, and nobody after the event.

mod county;

use std::sync::Arc;

use county::{base, scenario};
use takeroot_lab::shard::watch;
use takeroot_lab::state::Row;
use takeroot_lab::{Binds, Scenario, World};
use takeroot_policy::{Officer as _, verdict};

/// The eight years of the package in townships, and nothing in the place of the law's own terms.
const EIGHT: &str = r#"
[proposal]
id = "eight-years"
title = { zh = "八年", en = "eight years" }
asked-by = { zh = "测试", en = "a test" }
summary = { zh = "所有职位服务八年。", en = "Eight years for all posts." }

[[clause]]
id = "EIGHT-1"
text = { zh = "新录用公务员服务八年。", en = "New civil servants serve eight years." }
source = { zh = "虚构", en = "invented" }
confidence = "D"
rule.service-term = { posts = "any", years = 8, includes-probation = true, served-in = "organs" }
"#;

fn eight_years() -> World {
    World::beside(county::roster(), &county::under(&["eight-years"], Some(EIGHT)), &base().rules)
}

/// Months of minimum service left of everybody there on the day.
fn left(world: &World) -> Vec<u16> {
    let county = &world.start.counties[0];
    let here = (0..county.state.len()).filter(|at| county.state.here[*at]);
    here.map(|at| {
        let place = &county.places[usize::from(county.place_of[at])];
        verdict::term_left(&world.rules, &Row { state: &county.state, place, at, month: 0 })
    })
    .collect()
}

#[test]
fn whoever_is_there_owes_what_the_law_asked_and_no_more() {
    let law = left(&base());
    assert!(law.iter().filter(|left| **left > 0).count() > 20, "some still serve");
    let with = eight_years();
    assert!(with.binds.contains(&Binds::Recruits) && with.binds.contains(&Binds::Staff), "{:?}", with.binds);
    assert_eq!(left(&with), law, "the proposal takes the law's place for recruits alone");
    assert_eq!(left(&county::beside(&["one-rise-one-fall"])), law);
    let everybody = county::world(&county::under(&["eight-years"], Some(EIGHT)));
    assert_ne!(left(&everybody), law, "to bind everybody there is another switch");
}

#[test]
fn recruits_of_the_run_owe_what_is_proposed_and_not_what_it_replaced() {
    let scenario = Scenario { world: Arc::new(eight_years()), ..scenario(base(), 3) };
    let rules = &scenario.world.rules;
    let mut recruits = 0;
    watch(&scenario, 0, 0, 1, &mut |seen| {
        for at in (0..seen.state.len()).filter(|at| seen.state.here[*at] && seen.state.new[*at]) {
            let place = &seen.county.places[usize::from(seen.county.place_of[at])];
            let row = Row { state: seen.state, place, at, month: seen.month };
            for (term, binds) in scenario.world.binds.iter().enumerate() {
                assert!(*binds != Binds::Staff || row.served_months(term).is_none(), "an old term");
            }
            if seen.state.hired[at] == seen.month {
                assert_eq!(verdict::term_left(rules, &row), 8 * 12, "month {}", seen.month);
                recruits += 1;
            }
        }
    });
    assert!(recruits > 10, "{recruits} recruits");
}

#[test]
fn nothing_changes_for_anybody_before_the_first_recruit() {
    // The roster's day is 1 July; recruits come in August. Until then only those who were there can leave.
    let alone = scenario(base(), 1);
    let with = Scenario { world: Arc::new(eight_years()), ..alone.clone() };
    let (mut base, mut proposed) = (Vec::new(), Vec::new());
    for replicate in 0..20 {
        let gone = |scenario: &Scenario, into: &mut Vec<u64>| {
            watch(scenario, 0, replicate, 1, &mut |seen| {
                into.extend(seen.gone.iter().map(|(key, _, _)| *key))
            });
        };
        gone(&alone, &mut base);
        gone(&with, &mut proposed);
    }
    // All of the first year: a recruit of the run is held by both, and whoever was there by neither differently.
    assert!(!base.is_empty());
    assert_eq!(base, proposed);
}

#[test]
fn what_a_longer_term_does_is_told_by_month_of_service_and_only_where_it_differs() {
    let assumptions = takeroot_lab::Assumptions::shipped().expect("the shipped assumptions");
    let plan = takeroot_lab::Plan { draws: 1, ..takeroot_lab::Plan::of(10, 12, 1) };
    let compared = |with: &Arc<World>| {
        let cancel = takeroot_lab::Cancel::default();
        takeroot_lab::compare(&base(), with, &assumptions, plan, &cancel, &|_, _| {}).expect("not cancelled")
    };
    let longer = compared(&Arc::new(eight_years()));
    let at = |month: usize| longer.gone_by.iter().find(|gone| gone.month == month).expect("ten at risk");
    // The law's five or so years are over by then, the eight are not.
    assert!(at(84).base.value > 0.01 && at(84).with.value < 0.2 * at(84).base.value, "{:?}", longer.gone_by);
    assert!(at(84).base.low < at(84).base.value && at(84).base.value < at(84).base.high);
    for lang in [takeroot_words::Lang::Zh, takeroot_words::Lang::En] {
        let said = takeroot_lab::told::cannot_tell(Some(&longer), lang);
        assert!(said.iter().any(|sentence| sentence.contains("84")), "{said:?}");
    }
    assert!(compared(&county::beside(&["township-tilt"])).gone_by.is_empty(), "it asks for no other term");
}
