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
fn competing_causes_and_a_refilled_post_follow_their_closed_forms() {
    // Resignation and transfer out of the county, each at a constant hazard, and nothing else; every vacancy is opened and
    // filled in the month of joining. Minimum services are taken out of the way, so that recruits are as free as the others.
    let (resigns, moves) = (0.10, 0.06);
    let mut rules = (*base().rules).clone();
    rules.service_blocks.clear();
    let world = Arc::new(county::world(&rules));
    let coefs = only_resignation(resigns)
        .with(Key::TransferRate, moves)
        .with(Key::TransferWithin, 0.0)
        .with(Key::MoveSeconded, 0.0)
        .with(Key::JoinOpen, 1.0)
        .with(Key::JoinFill, 1.0 - 1e-12)
        .with(Key::JoinRemote, 0.0)
        .with(Key::JoinPool, 0.0);
    let scenario = Scenario { coefs, ..scenario(world, 4) };
    let county = &scenario.world.start.counties[0];
    let free = |at: usize| county.state.here[at] && county.state.retires[at] > 48;
    let people: std::collections::HashSet<u64> =
        (0..county.state.len()).filter(|at| free(*at)).map(|at| county.state.key[at]).collect();
    let known: std::collections::HashSet<u64> =
        (0..county.state.len()).filter(|at| county.state.here[*at]).map(|at| county.state.key[at]).collect();
    let replicates = 80;
    // Of the roster's people, by cause; of the posts that recruits have come to, months seen and recruits gone.
    let (mut by_cause, mut months, mut gone) = ([0.0; 2], 0.0, 0.0);
    for replicate in 0..replicates {
        takeroot_lab::shard::watch(&scenario, 0, replicate, 11, &mut |seen| {
            for (key, _, how) in seen.gone {
                let cause = usize::from(*how == Count::Transferred);
                if people.contains(key) {
                    by_cause[cause] += 1.0;
                }
            }
            let new = (0..seen.state.len()).filter(|at| seen.state.here[*at] && seen.state.new[*at]);
            // Those who are there at a month's end are at risk in the next one.
            months += if seen.month < 48 { new.count() as f64 } else { 0.0 };
            gone += seen
                .gone
                .iter()
                .filter(|(key, _, how)| !known.contains(key) && *how != Count::Retired)
                .count() as f64;
        });
    }
    let monthly = |yearly: f64| 1.0 - (1.0 - yearly).powf(1.0 / 12.0);
    let (one, other) = (monthly(resigns), monthly(moves));
    // Whom chance picks for both resigns: the cumulative incidence of each cause over 48 months.
    let stays = (1.0 - one) * (1.0 - other);
    let ever = (1.0 - stays.powi(48)) / (1.0 - stays);
    let n = people.len() as f64 * f64::from(replicates);
    for (at, share) in [one * ever, (1.0 - one) * other * ever].into_iter().enumerate() {
        let error = (n * share * (1.0 - share)).sqrt();
        let seen = by_cause[at];
        assert!(
            (seen - n * share).abs() < 4.0 * error,
            "cause {at}: {seen}, {} by the closed form",
            n * share
        );
    }
    // A refilled post is left as any other.
    let expected = months * (1.0 - stays);
    assert!(gone > 1_000.0, "posts are refilled and left again: {gone}");
    assert!(
        (gone - expected).abs() < 4.0 * expected.sqrt(),
        "{gone} recruits went, {expected} by the closed form"
    );
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

#[test]
fn the_people_who_are_there_leave_at_the_rate_that_is_assumed() {
    let reference = base();
    let central = coefs();
    let aligned = takeroot_lab::align(&reference, &central);
    // The monthly chances at month 0 of those who may leave, over replicates of who is housed and exhausted.
    let means = |coefs: &Coefs| {
        let scenario = Scenario { coefs: coefs.clone(), ..scenario(reference.clone(), 1) };
        let (mut sums, mut people) = ([0.0; 3], [0.0; 3]);
        for replicate in 0..40 {
            takeroot_lab::shard::watch(&scenario, 0, replicate, 3, &mut |seen| {
                if seen.month > 0 {
                    return;
                }
                for words in &seen.state.words {
                    for ((sum, people), word) in sums.iter_mut().zip(&mut people).zip(words) {
                        *sum += f64::from(*word) / 4_294_967_296.0;
                        *people += f64::from(u8::from(*word > 0));
                    }
                }
            });
        }
        std::array::from_fn::<f64, 3, _>(|at| sums[at] / people[at])
    };
    let (plain, met) = (means(&central), means(&central.clone().aligned(aligned)));
    let rates = [Key::ResignRate, Key::SelectRate, Key::TransferRate];
    for (at, key) in rates.into_iter().enumerate() {
        let wanted = 1.0 - (1.0 - central.get(key)).powf(1.0 / 12.0);
        assert!(
            (met[at] / wanted - 1.0).abs() < 0.02,
            "{}: {} where {wanted} is assumed",
            key.code(),
            met[at]
        );
        assert!((plain[at] / wanted - 1.0).abs() > 0.05, "{}: {} counts twice", key.code(), plain[at]);
    }
    // The first year's posts are filled as often as is assumed.
    let scenario = Scenario { coefs: central.clone().aligned(aligned), ..scenario(reference, 1) };
    let outcomes = run_shard(&scenario, 0..1, 0..200, 1);
    let sum = |count| outcomes.iter().map(|o| o.count(0, count)).sum::<i64>() as f64;
    let filled = sum(Count::Joined) / sum(Count::Opened);
    assert!((filled - central.get(Key::JoinFill)).abs() < 0.03, "{filled} of the posts opened were filled");
}

#[test]
fn what_a_draw_changes_is_not_taken_back_by_the_alignment() {
    let aligned = takeroot_lab::align(&base(), &coefs());
    let resigned = |rate: f64| {
        let coefs = coefs().with(Key::ResignRate, rate).aligned(aligned);
        let outcomes = run_shard(&Scenario { coefs, ..scenario(base(), 3) }, 0..1, 0..40, 1);
        outcomes.iter().map(|o| o.count(0, Count::Resigned)).sum::<i64>() as f64
    };
    let (once, fivefold) = (resigned(0.01), resigned(0.05));
    assert!((4.0..6.0).contains(&(fivefold / once)), "{once} resigned, {fivefold} at five times the rate");
}
