//! What must hold in every run, whatever the figures.

mod county;

use std::sync::Arc;

use county::{base, scenario, world};
use takeroot_civil::Rank;
use takeroot_lab::outcome::{Count, PAY_LINES};
use takeroot_lab::shard::watch;
use takeroot_lab::state::{Row, State};
use takeroot_lab::{Cancel, Key, Outcome, Project, Scenario, project, run_shard};
use takeroot_policy::quota::Caps;
use takeroot_policy::rule::ActName;
use takeroot_policy::verdict;

fn run(scenario: &Scenario, replicates: u32, seed: u64) -> Vec<Outcome> {
    run_shard(scenario, 0..scenario.world.start.counties.len(), 0..replicates, seed)
}

#[test]
fn the_same_bits_for_any_threads_and_any_cut() {
    let scenario = scenario(base(), 5);
    let alone = run(&scenario, 6, 7);
    for (threads, a_shard) in [(1, 6), (2, 1), (2, 4), (1, 2)] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let project = Project { replicates_a_shard: a_shard, ..Project::of(&scenario, 0..6, 7) };
        let answer = pool.install(|| takeroot_lab::project(&project, &Cancel::default(), &|_| {}));
        assert_eq!(
            answer.expect("not cancelled").1,
            alone,
            "{threads} threads, {a_shard} replicates a shard"
        );
    }
    assert_ne!(run(&scenario, 1, 8)[0], alone[0], "another seed is another world");
}

#[test]
fn a_county_has_the_same_years_alone_and_in_a_province() {
    let roster = county::two_counties();
    let province = Arc::new(takeroot_lab::World::of(&roster, base().rules.clone()));
    assert_eq!(province.start.counties.len(), 2);
    let coefs = county::coefs();
    let whole =
        Scenario { world: province.clone(), reference: province.clone(), coefs: coefs.clone(), years: 3 };
    for (at, county) in province.start.counties.iter().enumerate() {
        let alone =
            Arc::new(takeroot_lab::World::of(&county::only(&roster, &county.code), base().rules.clone()));
        let alone = Scenario { world: alone.clone(), reference: alone, coefs: coefs.clone(), years: 3 };
        assert_eq!(run_shard(&alone, 0..1, 0..2, 5), run_shard(&whole, at..at + 1, 0..2, 5));
    }
}

#[test]
fn stocks_follow_from_flows_every_month() {
    let scenario = scenario(base(), 10);
    let people: i64 = scenario
        .world
        .start
        .counties
        .iter()
        .map(|c| c.state.here.iter().filter(|here| **here).count() as i64)
        .sum();
    for outcome in run(&scenario, 4, 3) {
        let mut before = people;
        for month in &outcome.months {
            assert_eq!(month.in_post, before + month.joined - month.left);
            before = month.in_post;
        }
        let sum = |count| (0..10).map(|year| outcome.count(year, count)).sum::<i64>();
        let left: i64 = outcome.months.iter().map(|month| month.left).sum();
        let ways = [Count::Resigned, Count::Selected, Count::Transferred, Count::Retired, Count::Died];
        assert_eq!(left, ways.into_iter().map(sum).sum::<i64>(), "every exit has a reason");
        assert!(sum(Count::Joined) > 0 && left > 0 && sum(Count::Within) > 0 && sum(Count::Promoted) > 0);
        for year in 0..10 {
            assert_eq!(outcome.count(year, Count::InPost), outcome.months[year * 12 + 11].in_post);
        }
    }
}

#[test]
fn money_adds_up_to_the_fen() {
    let scenario = scenario(base(), 6);
    for outcome in run(&scenario, 3, 11) {
        let by_line: i64 = outcome.pay.iter().flatten().sum();
        let by_year: i64 = (0..6).map(|year| outcome.bill(year)).sum();
        assert_eq!(by_line, by_year);
        assert_eq!(by_line, outcome.paid_people, "what people were paid is what the lines cost");
        assert!(by_line > 0 && outcome.pay[0].len() == PAY_LINES);
    }
}

#[test]
fn posts_and_quotas_are_not_exceeded() {
    let scenario = scenario(base(), 10);
    let (mut months, mut at_the_quota) = (0, 0);
    for replicate in 0..4 {
        let mut before: Vec<(usize, Vec<u32>)> = Vec::new();
        watch(&scenario, 0, replicate, 5, &mut |seen| {
            let mut now = Vec::new();
            for place in &seen.county.places {
                let caps = Caps::of(&scenario.world.rules, place.kind);
                let rows = (place.first..place.end).filter(|at| seen.state.here[*at]);
                let mut holders = [0; Rank::COUNT];
                for rank in rows.clone().flat_map(|at| seen.state.ranks[at]) {
                    if let Some(holders) = holders.get_mut(usize::from(rank)) {
                        *holders += 1;
                    }
                }
                let used: Vec<(u32, u32)> =
                    caps.caps.iter().map(|cap| caps.places(cap, &holders, place.posts)).collect();
                if let Some((people, held)) = before.get(now.len()) {
                    // Who was there on the roster's day stays, even over the posts; nobody more comes.
                    assert!(rows.clone().count() <= (*people).max(place.posts as usize), "{}", place.name);
                    for ((places, used), before) in used.iter().zip(held) {
                        assert!(used <= places.max(before), "{}, month {}", place.name, seen.month);
                        at_the_quota += usize::from(used == places && used > before);
                    }
                }
                now.push((rows.count(), used.iter().map(|(_, used)| *used).collect()));
            }
            before = now;
            months += 1;
        });
    }
    assert_eq!(months, 4 * 121);
    assert!(at_the_quota > 20, "quotas are filled: {at_the_quota}");
}

#[test]
fn nobody_leaves_inside_a_lock() {
    let (mut left, mut locked_months) = (0, 0);
    for proposals in [&[][..], &["one-rise-one-fall"]] {
        let with = Arc::new(world(&county::under(proposals, None)));
        // Everybody wants to go: who is held, is held by the rules alone.
        let coefs = county::coefs()
            .with(Key::ResignRate, 0.5)
            .with(Key::SelectRate, 0.5)
            .with(Key::TransferRate, 0.5);
        let scenario = Scenario { coefs, ..scenario(with, 8) };
        let rules = &*scenario.world.rules;
        let mut before = None;
        watch(&scenario, 0, 0, 5, &mut |seen| {
            let row = |state, at: usize| Row {
                state,
                place: &seen.county.places[usize::from(seen.county.place_of[at])],
                at,
                month: seen.month,
            };
            for (key, at, how) in seen.gone {
                let before: &State = before.as_ref().expect("nobody leaves on the day");
                assert_eq!(before.key[*at], *key);
                let blocked = |act| verdict::blocked(rules, &row(before, *at), act);
                match how {
                    Count::Resigned => assert!(!blocked(ActName::Resign)),
                    Count::Selected | Count::Transferred | Count::Within => {
                        assert!(!blocked(ActName::TransferOut) || !blocked(ActName::OpenSelection));
                    }
                    _ => continue,
                }
                assert!(!verdict::term_running(rules, &row(before, *at)), "month {}", seen.month);
                left += 1;
            }
            let here = (0..seen.state.len()).filter(|at| seen.state.here[*at]);
            locked_months += here.filter(|at| verdict::term_running(rules, &row(seen.state, *at))).count();
            before = Some(seen.state.clone());
        });
    }
    assert!(left > 500 && locked_months > 5_000, "{left} left, {locked_months} months in a lock");
}

#[test]
fn a_proposal_that_changes_nothing_differs_by_nothing() {
    let alone = scenario(base(), 5);
    let empty = county::under(&["changes-nothing"], Some(county::CHANGES_NOTHING));
    let with = Scenario { world: Arc::new(world(&empty)), reference: alone.world.clone(), ..alone.clone() };
    assert_ne!(with.world.rules.digest, alone.world.rules.digest, "it is another stack");
    assert_eq!(run(&with, 4, 9), run(&alone, 4, 9));
}

#[test]
fn a_run_can_be_cancelled() {
    let scenario = scenario(base(), 2);
    let cancel = Cancel::default();
    cancel.cancel();
    assert!(project(&Project::of(&scenario, 0..4, 1), &cancel, &|_| {}).is_err());
}
