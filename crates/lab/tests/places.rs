//! Places of quotas: an organ need not use all that are free, and where no quota is at hand that is said.

#![allow(clippy::expect_used, reason = "tests may fail")]

mod county;

use std::sync::Arc;

use takeroot_civil::{Code as _, Ladder, Rank};
use takeroot_lab::outcome::Count;
use takeroot_lab::{Assumptions, Cancel, Key, Outcome, Plan, Scenario, World, compare, run_shard, told};
use takeroot_policy::{Library, Rules, Stack, StackSpec};
use takeroot_words::Lang;

fn promoted(used: f64) -> Vec<Outcome> {
    let scenario = county::scenario(county::base(), 4);
    let coefs = scenario.coefs.clone().with(Key::PromoteOpen, used);
    run_shard(&Scenario { coefs, ..scenario }, 0..1, 0..4, 9)
}

#[test]
fn the_places_that_an_organ_does_not_use_stay_free() {
    let base = county::base();
    // Ranks that some quota of every organ here counts.
    let kinds = base.start.counties[0].places.iter().map(|place| place.kind.index());
    let kinds: std::collections::BTreeSet<usize> = kinds.collect();
    let limited =
        |rank: Rank| kinds.iter().all(|kind| base.kinds[*kind].caps.caps.iter().any(|c| c.group.has(rank)));
    let sum = |outcomes: &[Outcome], years: std::ops::Range<usize>, of: &dyn Fn(Rank) -> bool| -> i64 {
        let years = outcomes.iter().flat_map(|o| &o.promoted_to[years.clone()]);
        years.flat_map(|to| Rank::ALL.iter().filter(|rank| of(**rank)).map(|rank| to[rank.index()])).sum()
    };
    let (none, half, all) = (promoted(0.0), promoted(0.5), promoted(1.0));
    // No place of a quota is taken where none is used; moves inside a group need none.
    let entered = |outcomes: &[Outcome]| sum(outcomes, 0..4, &|rank| rank == Rank::Principal4);
    assert!(limited(Rank::Principal4));
    assert_eq!(entered(&none), 0);
    assert!(entered(&all) > 0);
    // What stands empty in the roster is filled at once, or by and by.
    let first = |outcomes: &[Outcome]| sum(outcomes, 0..1, &limited);
    assert!(first(&half) < first(&all), "{} and {}", first(&half), first(&all));
    let share = |outcomes: &[Outcome]| first(outcomes) as f64 / sum(outcomes, 0..4, &limited) as f64;
    assert!(share(&half) < share(&all), "the wave of the first year is flatter");
    let used = |outcomes: &[Outcome]| outcomes.iter().map(|o| o.count(3, Count::QuotaUsed)).sum::<i64>();
    assert!(used(&none) < used(&half) && used(&half) <= used(&all));
}

#[test]
fn where_no_quota_is_at_hand_a_comparison_says_that_promotions_are_not_limited() {
    let library = Library::shipped().expect("the shipped documents");
    let rules = |proposals: &[&str]| {
        let spec = StackSpec {
            baseline: Some("as-in-2013".to_owned()),
            place: county::place(county::roster()),
            proposals: proposals.iter().map(|id| (*id).to_owned()).collect(),
        };
        Rules::at(&Stack::new(&library, spec).expect("a stack"), county::on())
    };
    let law = rules(&[]);
    for slot in ["county+subdistrict", "township"] {
        let wanted = format!("quota/{slot}/deputy-principal-2008+principal-2008");
        assert!(law.open(&wanted).is_some(), "{wanted} is told as wanted");
    }
    let (base, with) = (World::of(county::roster(), Arc::new(law)), rules(&["difficulties-and-hopes"]));
    let with = World::beside(county::roster(), &with, &base.rules);
    assert_eq!(base.unlimited(), [Ladder::NonLeading]);
    assert!(county::base().unlimited().is_empty(), "the ladder of today has quotas");
    let assumptions = Assumptions::shipped().expect("the shipped assumptions");
    let plan = Plan { draws: 0, ..Plan::of(1, 4, 1) };
    let answer =
        compare(&Arc::new(base), &Arc::new(with), &assumptions, plan, &Cancel::default(), &|_, _| {});
    let answer = answer.expect("not cancelled");
    assert_eq!(answer.unlimited, ["2008"]);
    for (lang, words) in [(Lang::Zh, "没有职数限制"), (Lang::En, "No quota limits promotions")] {
        assert!(told::cannot_tell(Some(&answer), lang).iter().any(|said| said.contains(words)));
    }
}
