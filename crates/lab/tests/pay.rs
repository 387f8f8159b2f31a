//! Pay holds people as far as it is more than the base would pay them, and no further.

mod county;

use std::sync::Arc;

use county::{base, scenario};
use takeroot_lab::behaviour::pay;
use takeroot_lab::outcome::Count;
use takeroot_lab::shard::watch;
use takeroot_lab::{Key, Scenario, World, run_shard};

/// A proposal that raises base and level pay of everybody, by tables twice the law's.
fn doubled() -> World {
    let mut rules = county::under(&[], None);
    for fen in rules.dense.layer_pay.iter_mut().chain(&mut rules.dense.rank_pay).flatten() {
        fen.0 *= 2;
    }
    county::world(&rules)
}

fn flows(scenario: &Scenario, count: Count) -> i64 {
    let outcomes = run_shard(scenario, 0..1, 0..40, 1);
    outcomes.iter().flat_map(|o| (0..scenario.years).map(|year| o.count(year, count))).sum()
}

#[test]
fn a_rise_of_basic_pay_holds_people_and_brings_recruits() {
    let alone = scenario(base(), 6);
    let raised = Scenario { world: Arc::new(doubled()), ..alone.clone() };
    let (before, after) = (flows(&alone, Count::Resigned), flows(&raised, Count::Resigned));
    assert!((after as f64) < 0.8 * before as f64, "{before} resigned, {after} with twice the base pay");
    let filled =
        |scenario: &Scenario| flows(scenario, Count::Joined) as f64 / flows(scenario, Count::Opened) as f64;
    assert!(filled(&raised) > filled(&alone) + 0.01);
}

#[test]
fn nothing_is_compared_with_itself() {
    // In the base nobody's odds depend on pay, whatever pay is said to do: not those of the promoted, in no year.
    let mut far = scenario(base(), 8);
    far.coefs = far.coefs.with(Key::ResignPay, -20.0).with(Key::MovePay, -20.0).with(Key::JoinPay, 20.0);
    assert_eq!(run_shard(&far, 0..1, 0..3, 2), run_shard(&scenario(base(), 8), 0..1, 0..3, 2));
    // Nor under a stack that pays everyone the same.
    let same = Scenario {
        world: Arc::new(county::world(&county::under(&["changes-nothing"], Some(county::CHANGES_NOTHING)))),
        ..far.clone()
    };
    watch(&same, 0, 0, 2, &mut |seen| {
        let mut rows = (0..seen.state.len()).filter(|at| seen.state.here[*at]);
        assert!(rows.all(|at| seen.pay_odds(at) == 1.0), "month {}", seen.month);
    });
}

#[test]
fn a_promotion_makes_nobody_more_likely_to_leave() {
    let with = Arc::new(county::world(&county::under(&["township-tilt"], None)));
    let scenario = Scenario { world: with, ..scenario(base(), 6) };
    let mut promoted = 0;
    let mut before: Option<Vec<[u8; 3]>> = None;
    watch(&scenario, 0, 0, 3, &mut |seen| {
        if let Some(before) = &before {
            for at in
                (0..before.len()).filter(|at| seen.state.here[*at] && seen.state.ranks[*at] != before[*at])
            {
                // More than the base would pay, or as much: never a push.
                assert!(seen.pay_odds(at) <= 1.0, "month {}", seen.month);
                promoted += 1;
            }
        }
        before = Some(seen.state.ranks.clone());
    });
    assert!(promoted > 50, "{promoted} promoted");
}

#[test]
fn a_line_without_a_table_on_one_side_counts_on_neither() {
    let mut here = [0; takeroot_lab::state::LINES];
    (here[0], here[1], here[2]) = (200_000, 100_000, 60_000);
    let mut there = here;
    there[2] = 0;
    assert_eq!(pay::against((here, 0), (there, 1 << 2)), 0.0);
    assert!((pay::against((here, 0), (there, 0)) - 1.2_f64.ln()).abs() < 1e-12);
}
