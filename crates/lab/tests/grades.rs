//! Grades of excellent: as many places as the share allows, each used by its own chance.

#![allow(clippy::expect_used, reason = "tests may fail")]

mod county;

use county::{base, scenario};
use takeroot_civil::Grade;
use takeroot_lab::shard::watch;
use takeroot_lab::state::NEVER;
use takeroot_lab::{Key, Scenario};

/// Grades of excellent given in the first January, over replicates, and the places that the share allows.
fn given(used: f64) -> (f64, f64) {
    let coefs = county::coefs().with(Key::AssessExcellent, used);
    let scenario = Scenario { coefs, ..scenario(base(), 1) };
    let share = scenario.world.levers.excellent;
    let (mut given, mut places) = (0.0, 0.0);
    for replicate in 0..30 {
        let mut before = None;
        watch(&scenario, 0, replicate, 4, &mut |seen| {
            let excellent: Vec<(u64, u32, bool, usize)> = (0..seen.state.len())
                .map(|at| {
                    let years =
                        seen.state.tally[at].iter().map(|t| u32::from(t.years[Grade::Excellent.index()]));
                    let assessed = seen.state.here[at] && seen.state.graded[at] == NEVER;
                    let organ = usize::from(seen.county.place_of[at]);
                    (seen.state.key[at], years.sum(), assessed, organ)
                })
                .collect();
            // July and six months: January.
            if seen.month == 6 {
                let before: &Vec<(u64, u32, bool, usize)> = before.as_ref().expect("a month before");
                let mut assessed = vec![0.0_f64; seen.county.places.len()];
                for (was, is) in before.iter().zip(&excellent).filter(|(was, _)| was.2) {
                    assessed[was.3] += 1.0;
                    given += f64::from(u8::from(was.0 == is.0 && is.1 > was.1));
                }
                places += assessed.iter().map(|n| (n * share).floor()).sum::<f64>();
            }
            before = Some(excellent);
        });
    }
    (given, places)
}

#[test]
fn every_place_is_used_where_all_are_and_nine_in_ten_where_nine_are() {
    let (all, places) = given(1.0);
    assert!(places > 300.0 && all > 0.9 * places && all <= places, "{all} of {places}");
    let (most, _) = given(0.9);
    // Places are few in an organ: a share of them rounded down would lose one in each.
    assert!((most / all - 0.9).abs() < 0.02, "{most} of {all}");
}
