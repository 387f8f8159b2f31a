//! What the clauses of a package set is what behaviours look at.

mod county;

use std::sync::Arc;

use county::{base, scenario};
use takeroot_civil::{Education, OrganKind};
use takeroot_lab::shard::watch;
use takeroot_lab::{Scenario, levers};

#[test]
fn a_narrower_floor_does_not_take_back_that_no_more_may_be_asked() {
    let law = county::under(&[], None);
    let lowered = county::under(&["one-rise-one-fall"], None);
    // Z2-a for townships forbids asking more; Z2-b, for townships of hardship, only lowers the floor.
    assert_eq!(levers::floor(&lowered, OrganKind::Township, true), (Education::SeniorHigh, true));
    assert_eq!(levers::floor(&lowered, OrganKind::Township, false), (Education::JuniorCollege, true));
    assert_eq!(
        levers::floor(&lowered, OrganKind::County, true),
        levers::floor(&law, OrganKind::County, true)
    );
    assert!(!levers::floor(&law, OrganKind::Township, true).1);
}

#[test]
fn a_lower_threshold_brings_recruits_who_had_none() {
    let with = Arc::new(county::world(&county::under(&["one-rise-one-fall"], None)));
    let below = |scenario: &Scenario| {
        let (mut below, mut recruits) = (0, 0);
        for replicate in 0..8 {
            watch(scenario, 0, replicate, 1, &mut |seen| {
                for at in (0..seen.state.len())
                    .filter(|at| seen.state.here[*at] && seen.state.hired[*at] == seen.month)
                {
                    let place = &seen.county.places[usize::from(seen.county.place_of[at])];
                    if seen.state.new[at] && place.kind.is_township() {
                        recruits += 1;
                        below += usize::from(seen.state.education[at] < Education::Bachelor.index() as u8);
                    }
                }
            });
        }
        below as f64 / f64::from(recruits)
    };
    let base = scenario(base(), 4);
    let (before, after) = (below(&base), below(&Scenario { world: with, ..base.clone() }));
    assert!(after > before + 0.1, "recruits without a bachelor's programme: {before} before, {after} after");
}
