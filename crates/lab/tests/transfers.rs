//! A transfer inside the county is to the same layer and rank, or it does not take place.

mod county;

use std::collections::HashMap;

use county::{base, scenario};
use takeroot_lab::outcome::Count;
use takeroot_lab::shard::watch;
use takeroot_lab::state::NO;
use takeroot_lab::{Coefs, Key, Scenario, run_shard};

fn only_within() -> Coefs {
    county::coefs()
        .with(Key::SelectRate, 0.4)
        .with(Key::TransferRate, 0.4)
        .with(Key::SelectWithin, 1.0)
        .with(Key::TransferWithin, 1.0)
}

#[test]
fn nobody_loses_a_rank_or_a_post_by_moving_inside_the_county() {
    let scenario = Scenario { coefs: only_within(), ..scenario(base(), 6) };
    let (mut moved, mut leaders) = (0, 0);
    for replicate in 0..6 {
        let mut before: HashMap<u64, (u8, [u8; 3], usize)> = HashMap::new();
        watch(&scenario, 0, replicate, 5, &mut |seen| {
            let now: HashMap<u64, (u8, [u8; 3], usize)> = (0..seen.state.len())
                .filter(|at| seen.state.here[*at])
                .map(|at| {
                    let organ = usize::from(seen.county.place_of[at]);
                    (seen.state.key[at], (seen.state.layer[at], seen.state.ranks[at], organ))
                })
                .collect();
            for (key, _, how) in seen.gone.iter().filter(|(_, _, how)| *how == Count::Within) {
                let (Some(was), Some(is)) = (before.get(key), now.get(key)) else { continue };
                assert_eq!(*how, Count::Within);
                assert_ne!(was.2, is.2, "to another organ");
                moved += 1;
                if was.0 != NO {
                    assert!(is.0 != NO && is.0 >= was.0, "a leader leads there: {was:?}, {is:?}");
                    leaders += 1;
                }
                for (was, is) in was.1.iter().zip(is.1) {
                    assert!(*was == NO || (is != NO && is >= *was), "rank {was} became {is}");
                }
            }
            // No organ has more leaders than posts for them, but for those it had on the day.
            for (organ, place) in seen.county.places.iter().enumerate() {
                let mut held = place.leaders.map(|_| 0_u16);
                for (layer, _, _) in now.values().filter(|(layer, _, of)| *layer != NO && *of == organ) {
                    held[usize::from(*layer)] += 1;
                }
                assert!(held.iter().zip(place.leaders).all(|(held, posts)| *held <= posts), "{}", place.name);
            }
            before = now;
        });
    }
    assert!(moved > 50 && leaders > 0, "{moved} moved, {leaders} of them leaders");
}

#[test]
fn whom_no_organ_of_the_county_has_a_place_for_stays() {
    // With nobody recruited, the vacancies of county organs are soon taken; from then on nobody goes anywhere.
    let coefs = only_within().with(Key::JoinOpen, 0.0);
    let scenario = Scenario { coefs, ..scenario(base(), 6) };
    for outcome in run_shard(&scenario, 0..1, 0..3, 2) {
        let sum = |count| (0..6).map(|year| outcome.count(year, count)).sum::<i64>();
        assert_eq!((sum(Count::Selected), sum(Count::Transferred)), (0, 0), "nobody leaves the county");
        assert!(sum(Count::Within) > 0);
    }
}
