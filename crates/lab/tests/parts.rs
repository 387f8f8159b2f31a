//! What is told organ by organ, rank by rank and wait by wait adds up to what is told of the whole.

#![allow(clippy::expect_used, reason = "tests may fail")]

mod county;

use takeroot_lab::outcome::{Count, WAYS, Waits};
use takeroot_lab::{Assumptions, Cancel, Outcome, Plan, compare, run_shard};

#[test]
fn organs_and_ranks_add_up_to_the_county() {
    let scenario = county::scenario(county::base(), 6);
    for outcome in run_shard(&scenario, 0..1, 0..3, 7) {
        for year in 0..6 {
            for (way, count) in WAYS.iter().enumerate() {
                let sum: i64 = outcome.gone.iter().map(|organ| organ[year][way]).sum();
                assert_eq!(sum, outcome.count(year, *count), "{} of year {year}", count.code());
            }
            let left: i64 = outcome.leavers.iter().map(|organ| organ[year]).sum();
            let own = outcome.gone.iter().map(|organ| organ[year][..4].iter().sum::<i64>());
            assert_eq!(left, own.sum::<i64>());
            let promoted = outcome.count(year, Count::Promoted);
            assert_eq!(outcome.promoted_in.iter().map(|organ| organ[year]).sum::<i64>(), promoted);
            assert_eq!(outcome.promoted_to[year].iter().sum::<i64>(), promoted);
            let work = outcome.work.iter().map(|organ| organ[year]);
            let sum = work.clone().fold((0, 0, 0, 0), |sum, w| {
                (sum.0 + w.load_milli, sum.1 + w.people, sum.2 + w.minutes, sum.3 + w.months)
            });
            let of = |count| outcome.count(year, count);
            assert_eq!((sum.0, sum.1), (of(Count::LoadMilli), of(Count::InPost)));
            assert_eq!(sum.2, of(Count::OvertimeMinutes));
            assert_eq!(sum.3, of(Count::PersonMonths) - of(Count::AwayMonths));
        }
        let sum = |column: &[i64]| column.iter().sum::<i64>();
        let Waits { from, promoted, cut } = &outcome.waits;
        assert!(sum(promoted) > 0 && sum(cut) > 0);
        assert_eq!(sum(from), sum(promoted) + sum(cut), "each wait begins once and ends once");
        assert!(sum(promoted) <= (0..6).map(|year| outcome.count(year, Count::Promoted)).sum());
    }
}

/// The share promoted within some months, as R's `survfit(Surv(from, until, promoted))` has it.
fn by_hand(waits: &[(usize, usize, bool)], months: usize) -> f64 {
    let mut still = 1.0;
    for month in 0..=months {
        let at_risk = waits.iter().filter(|w| w.0 <= month && month <= w.1).count();
        let promoted = waits.iter().filter(|w| w.1 == month && w.2).count();
        if at_risk > 0 {
            still *= 1.0 - promoted as f64 / at_risk as f64;
        }
    }
    1.0 - still
}

#[test]
fn those_who_wait_still_are_counted_and_a_comparison_tells_it_with_intervals() {
    let (base, with) = (county::base(), county::beside(&["township-tilt"]));
    let assumptions = Assumptions::shipped().expect("the shipped assumptions");
    let plan = Plan { draws: 0, ..Plan::of(6, 8, 1) };
    let told =
        compare(&base, &with, &assumptions, plan, &Cancel::default(), &|_, _| {}).expect("not cancelled");
    assert!(!told.waits.is_empty(), "enough people wait in this county");
    let aligned = takeroot_lab::align(&base, &assumptions.central());
    let scenario = takeroot_lab::Scenario {
        coefs: assumptions.central().aligned(aligned),
        ..county::scenario(base.clone(), 6)
    };
    let outcomes: Vec<Outcome> = run_shard(&scenario, 0..1, 0..8, 1);
    // The curve needs sums alone: one person for each count.
    let mut waits: Vec<(usize, usize, bool)> = Vec::new();
    let column = |of: fn(&Outcome) -> &[i64]| -> Vec<usize> {
        (0..of(&outcomes[0]).len())
            .flat_map(|m| std::iter::repeat_n(m, outcomes.iter().map(|o| of(o)[m]).sum::<i64>() as usize))
            .collect()
    };
    let (from, promoted, cut) =
        (column(|o| &o.waits.from), column(|o| &o.waits.promoted), column(|o| &o.waits.cut));
    let mut ends: Vec<(usize, bool)> =
        promoted.iter().map(|m| (*m, true)).chain(cut.iter().map(|m| (*m, false))).collect();
    ends.sort_unstable();
    waits.extend(from.iter().zip(ends).map(|(from, (until, promoted))| (*from, until, promoted)));
    for waited in &told.waits {
        let share = waited.promoted.base.value;
        assert!((share - by_hand(&waits, waited.years * 12)).abs() < 1e-12, "{waited:?}");
        let figure = waited.promoted.difference;
        assert!(figure.low <= figure.value && figure.value <= figure.high);
        assert!((waited.promoted.with.value - share - figure.value).abs() < 1e-12);
    }
    // More places and shorter years in townships: more of those who wait are promoted.
    assert!(told.waits.iter().any(|waited| waited.promoted.difference.low > 0.0), "{:?}", told.waits);
    let promoted: f64 = told.promotions.iter().map(|p| p.horizon.base.value).sum();
    let all = told.measures.iter().find(|m| m.key == "promoted-rank").expect("a measure").horizon.base.value;
    assert!(
        (promoted - all).abs() < 1e-9,
        "every rank is told, alone or with its neighbours: {promoted}, {all}"
    );
    assert!(told.promotions.iter().all(|p| p.people >= 10));
}
