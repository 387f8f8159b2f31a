//! What a run keeps of rows and organs is what it would reckon anew: every month, for everybody, under every stack.

#![allow(clippy::expect_used, reason = "tests may fail")]

mod county;

use std::sync::Arc;

use county::{base, coefs, scenario};
use takeroot_lab::shard::watch;
use takeroot_lab::{Coefs, Key, Scenario};

/// Watches a run, and names the months and rows in which something that is kept is not what it should be.
fn watched(scenario: &Scenario, replicate: u32) -> usize {
    let mut months = 0;
    watch(scenario, 0, replicate, 5, &mut |seen| {
        let wrong = seen.check();
        assert!(
            wrong.is_empty(),
            "{} are other than they were kept: {:#?}",
            wrong.len(),
            &wrong[..wrong.len().min(9)]
        );
        months += 1;
    });
    months
}

/// Everything happens often.
fn restless() -> Coefs {
    let often = [
        (Key::ResignRate, 0.2),
        (Key::SelectRate, 0.2),
        (Key::TransferRate, 0.3),
        (Key::TransferWithin, 0.7),
        (Key::SecondRate, 0.4),
        (Key::SecondMonths, 6.0),
        (Key::AssessBasic, 0.2),
        (Key::PromoteRounds, 4.0),
        (Key::ResignPay, -3.0),
    ];
    often.into_iter().fold(coefs(), |coefs, (key, value)| coefs.with(key, value))
}

#[test]
fn what_is_kept_is_what_would_be_reckoned_anew() {
    assert_eq!(watched(&scenario(base(), 8), 0), 97);
    assert_eq!(watched(&Scenario { coefs: restless(), ..scenario(base(), 6) }, 1), 73);
}

#[test]
fn so_it_is_under_proposals() {
    let all = ["one-rise-one-fall", "township-tilt", "difficulties-and-hopes"];
    for proposals in [&all[..1], &all[1..2], &all[..]] {
        let with = Scenario { world: county::beside(proposals), ..scenario(base(), 5) };
        watched(&Scenario { coefs: restless(), ..with }, 0);
    }
    // Bound after the event as well.
    let world = Arc::new(county::world(&county::under(&all, None)));
    watched(&Scenario { world, coefs: restless(), ..scenario(base(), 4) }, 2);
}
