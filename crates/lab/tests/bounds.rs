//! What a document or a roster may say wrongly ends in a word about it, never in a fall.

mod county;

use std::sync::Arc;

use county::{base, scenario};
use takeroot_civil::{Organ, OrganId};
use takeroot_lab::state::MOST_POSTS;
use takeroot_lab::{Key, Scenario, World, run_shard};

#[test]
fn figures_at_the_far_end_of_their_units_run_through() {
    let far = [
        (Key::LockSpikeMonths, 1_200.0),
        (Key::JoinSpread, 100.0),
        (Key::JoinYoungest, 100.0),
        (Key::SecondMonths, 1_200.0),
        (Key::PromoteRounds, 1_000.0),
        (Key::JoinMonth, 1_000.0),
        (Key::ResignRate, 1.0),
        (Key::DieGrowth, 20.0),
    ];
    for (key, value) in far {
        // Whoever sets a figure past the documents, past their bounds, falls no deeper.
        for value in [value, 40_000.0] {
            let coefs = county::coefs().with(key, value);
            let scenario = Scenario { coefs, ..scenario(base(), 3) };
            assert_eq!(run_shard(&scenario, 0..1, 0..1, 1).len(), 1);
        }
    }
}

#[test]
fn recruits_have_an_age_though_no_rule_bounds_it() {
    let mut rules = county::under(&[], None);
    rules.resolved.slots.retain(|slot, _| !slot.starts_with("entry-age/"));
    let world = Arc::new(county::world(&rules));
    let coefs = county::coefs().with(Key::JoinSpread, 40_000.0).with(Key::JoinOpen, 1.0);
    run_shard(&Scenario { coefs, ..scenario(world, 2) }, 0..1, 0..2, 1);
}

#[test]
fn posts_beyond_all_measure_are_left_out_and_counted() {
    let mut roster = county::roster().clone();
    let at = roster.organs.iter().position(|organ| organ.kind.is_organ()).expect("an organ");
    roster.organs[at].establishment = Some(4_000_000_000);
    let world = World::of(&roster, base().rules.clone());
    assert_eq!(world.start.left_out.posts, 4_000_000_000 - u64::from(MOST_POSTS));
    let places = &world.start.counties[0].places;
    assert_eq!(places.iter().map(|place| place.posts).max(), Some(MOST_POSTS));
    assert_eq!(base().start.left_out.posts, 0);
}

#[test]
fn more_organs_than_a_county_can_number_are_still_each_their_own() {
    let mut roster = county::roster().clone();
    let like = roster.organs.iter().find(|organ| organ.kind.is_organ()).expect("an organ").clone();
    for nth in 0..66_000_u32 {
        let id = OrganId(format!("z-{nth}"));
        roster.organs.push(Organ { id, establishment: Some(0), division: None, ..like.clone() });
    }
    let world = World::of(&roster, base().rules.clone());
    let counties = &world.start.counties;
    assert_eq!(
        counties.iter().map(|c| c.places.len()).sum::<usize>(),
        base().start.counties.iter().map(|c| c.places.len()).sum::<usize>() + 66_000
    );
    for county in counties {
        for (organ, place) in county.places.iter().enumerate() {
            let rows = &county.place_of[place.first..place.end];
            assert!(rows.iter().all(|of| usize::from(*of) == organ));
        }
        assert!(county.places.len() <= usize::from(u16::MAX));
    }
}

#[test]
fn minimum_services_beyond_the_columns_are_counted() {
    let mut rules = county::under(&[], None);
    let term = rules.service_terms.first().expect("a term").clone();
    while rules.service_terms.len() < 11 {
        rules.service_terms.push(term.clone());
        rules.dense.terms.push(u16::from(term.rule.years) * 12);
    }
    let world = Arc::new(county::world(&rules));
    assert_eq!(world.start.left_out.terms, 3);
    run_shard(&scenario(world, 1), 0..1, 0..1, 1);
}
