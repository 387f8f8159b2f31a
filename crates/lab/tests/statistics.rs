//! Chance behaves as it is said to.

mod county;

use std::sync::Arc;

use county::{base, coefs, scenario};
use takeroot_lab::measure::{Figure, standard_error};
use takeroot_lab::outcome::Count;
use takeroot_lab::{Coefs, Key, Scenario, run_shard};

/// Everything off but resignation at a constant hazard.
fn only_resignation(yearly: f64) -> Coefs {
    let off = [
        Key::SelectRate,
        Key::TransferRate,
        Key::ResignPay,
        Key::MovePay,
        Key::LeaveRemote,
        Key::LeaveLocal,
        Key::LeaveTired,
        Key::LeaveDegree,
        Key::LeaveYoung,
        Key::LeaveGrown,
        Key::LeaveHoused,
        Key::DieAtForty,
        Key::JoinOpen,
        Key::SecondRate,
    ];
    let coefs = off.into_iter().fold(coefs(), |coefs, key| coefs.with(key, 0.0));
    coefs.with(Key::LockSpike, 1.0).with(Key::ResignRate, yearly)
}

#[test]
fn a_constant_hazard_follows_its_closed_form() {
    let rate = 0.06;
    let scenario = Scenario { coefs: only_resignation(rate), ..scenario(base(), 3) };
    // Those who owe no minimum service and reach no retirement age in the run: for them the hazard is constant.
    let county = &scenario.world.start.counties[0];
    let free: std::collections::HashSet<u64> = (0..county.state.len())
        .filter(|at| county.state.here[*at] && county.state.retires[*at] > 36)
        .filter(|at| {
            let place = &county.places[usize::from(county.place_of[*at])];
            let row = takeroot_lab::state::Row { state: &county.state, place, at: *at, month: 0 };
            !takeroot_policy::verdict::term_running(&scenario.world.rules, &row)
        })
        .map(|at| county.state.key[at])
        .collect();
    let replicates = 200;
    let mut stays = Vec::new();
    for replicate in 0..replicates {
        let mut left = 0;
        takeroot_lab::shard::watch(&scenario, 0, replicate, 3, &mut |seen| {
            left += seen
                .gone
                .iter()
                .filter(|(key, _, how)| *how == Count::Resigned && free.contains(key))
                .count();
        });
        stays.push((free.len() - left) as f64);
    }
    // Each stays three years with (1 - rate)^3, independently: a binomial.
    let (n, p) = (free.len() as f64, (1.0 - rate).powi(3));
    let mean = stays.iter().sum::<f64>() / f64::from(replicates);
    let error = (n * p * (1.0 - p) / f64::from(replicates)).sqrt();
    assert!((mean - n * p).abs() < 4.0 * error, "{mean} stay, {} by the closed form, error {error}", n * p);
    let variance = standard_error(&stays).powi(2) * f64::from(replicates);
    let expected = n * p * (1.0 - p);
    assert!((variance / expected - 1.0).abs() < 0.4, "variance {variance}, {expected} by the closed form");
}

#[test]
fn pairs_have_at_most_a_third_of_the_variance_of_strangers() {
    let alone = scenario(base(), 5);
    let with = Arc::new(county::world(&county::under(&["township-tilt"], None)));
    let with = Scenario { world: with, ..alone.clone() };
    let stay = |scenario: &Scenario, seed: u64| -> Vec<f64> {
        let outcomes = run_shard(scenario, 0..1, 0..64, seed);
        outcomes.iter().map(|o| (0..5).map(|y| o.count(y, Count::PersonMonths)).sum::<i64>() as f64).collect()
    };
    let (base, paired, strange) = (stay(&alone, 1), stay(&with, 1), stay(&with, 2));
    let spread = |other: &[f64]| {
        let differences: Vec<f64> = base.iter().zip(other).map(|(a, b)| b - a).collect();
        standard_error(&differences).powi(2)
    };
    let (paired, strange) = (spread(&paired), spread(&strange));
    assert!(paired > 0.0, "the proposal does something");
    assert!(paired < strange / 3.0, "paired {paired}, independent {strange}: {:.1} times", strange / paired);
}

#[test]
fn pay_and_terms_do_what_they_are_said_to() {
    let alone = scenario(base(), 8);
    let sums = |scenario: &Scenario, count: Count, years: std::ops::Range<usize>| {
        let outcomes = run_shard(scenario, 0..1, 0..40, 1);
        let each = outcomes.iter().map(|o| years.clone().map(|y| o.count(y, count)).sum::<i64>() as f64);
        Figure::of(&each.collect::<Vec<_>>()).value
    };
    let tilt = Arc::new(county::world(&county::under(&["township-tilt"], None)));
    let tilt = Scenario { world: tilt, ..alone.clone() };
    assert!(
        sums(&tilt, Count::Resigned, 0..8) < sums(&alone, Count::Resigned, 0..8),
        "more pay, fewer leave"
    );
    // Six years where they were five, and only in townships of the county: recruits of the run are held longer.
    let terms = county::beside(&["one-rise-one-fall"]);
    let terms = Scenario { world: terms, ..alone.clone() };
    assert!(sums(&terms, Count::Within, 5..7) < sums(&alone, Count::Within, 5..7), "held longer");
}
