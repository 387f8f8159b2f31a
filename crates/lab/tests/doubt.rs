//! What a comparison hangs on, and which packages are worth their money, on the demonstration county.

#![allow(clippy::expect_used, reason = "tests may fail")]

mod county;

use std::convert::Infallible;
use std::sync::Arc;

use county::{CHANGES_NOTHING, base, under, world};
use takeroot_lab::measure::Measure;
use takeroot_lab::search::{self, Package, Search, Stopped, Target, search};
use takeroot_lab::sense::{self, Sensitivity, sense};
use takeroot_lab::{Assumptions, Cancel, World};

fn on<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads").install(work)
}

fn sensed(with: &Arc<World>, plan: sense::Plan) -> Sensitivity {
    let assumptions = Assumptions::shipped().expect("the shipped assumptions");
    let measures = [Measure::VacantTownship, Measure::Bill, Measure::Trained];
    sense(&base(), with, &assumptions, &measures, plan, &Cancel::default(), &|_, _| {})
        .expect("not cancelled")
}

const SMALL: sense::Plan =
    sense::Plan { years: 3, replicates: 2, trajectories: 2, keep: 3, rows: 8, seed: 4 };

#[test]
fn what_a_comparison_hangs_on_is_the_same_bits_on_any_threads() {
    let with = Arc::new(world(&under(&["township-tilt"], None)));
    let (one, two) = (on(1, || sensed(&with, SMALL)), on(2, || sensed(&with, SMALL)));
    assert_eq!(one, two);
    let factors = one.factors.len();
    let (screening, shares) = SMALL.points(factors);
    assert_eq!((screening, shares), (1 + 2 * (factors + 1), 8 * 5));
    assert_eq!(one.runs, SMALL.runs(factors), "as many runs as were announced");
    for outcome in &one.outcomes {
        assert_eq!(outcome.screening.len(), factors);
        assert!(outcome.screening.windows(2).all(|w| w[0].effect.mu_star >= w[1].effect.mu_star));
        assert!(outcome.shares.iter().map(|s| &s.factor).eq(&one.kept), "the same factors for every outcome");
        assert_eq!(outcome.shares.len(), 3);
    }
    // Pay is where the proposal acts: something moves what it costs.
    assert!(one.outcomes[1].screening[0].effect.mu_star > 0.0);
    // How many days of training are attended moves nobody: nothing, to the bit.
    let of = |outcome: usize, factor: &str| {
        one.outcomes[outcome].screening.iter().find(|s| s.factor == factor).expect("a factor").effect
    };
    assert_eq!(of(0, "training.attended"), Default::default());
    assert_eq!(of(1, "training.attended"), Default::default());
}

#[test]
fn of_a_proposal_that_changes_nothing_nothing_matters() {
    let with = Arc::new(world(&under(&["changes-nothing"], Some(CHANGES_NOTHING))));
    let sensitivity = sensed(&with, SMALL);
    assert!(sensitivity.kept.is_empty());
    for outcome in &sensitivity.outcomes {
        assert_eq!((outcome.central, outcome.variance), (0.0, None));
        assert!(outcome.screening.iter().all(|s| s.effect == Default::default() && !s.beyond_chance));
    }
}

const PLAN: search::Plan =
    search::Plan { years: 4, replicates: 8, draws: 2, replicates_a_draw: 2, seed: 2, budget: None };

fn searched(
    proposals: &[&str],
    targets: &[Target],
    plan: search::Plan,
) -> Result<Search, Stopped<Infallible>> {
    let make = |package: &[String]| {
        let package: Vec<&str> = package.iter().map(String::as_str).collect();
        Ok(Arc::new(world(&under(&package, Some(CHANGES_NOTHING)))))
    };
    let proposals: Vec<String> = proposals.iter().map(|p| (*p).to_owned()).collect();
    let assumptions = Assumptions::shipped().expect("the shipped assumptions");
    search(&base(), &proposals, &make, &assumptions, targets, plan, &Cancel::default(), &|_, _| {})
}

fn target(key: &str) -> Target {
    Target::of(key, None).expect("a target")
}

/// Cost and targets of a package, less being better.
fn losses(package: &Package) -> Vec<f64> {
    let signs = package.targets.iter().map(|t| if t.key == "person-years" { -1.0 } else { 1.0 });
    let targets = package.targets.iter().zip(signs).map(|(t, sign)| sign * t.difference.value);
    std::iter::once(package.cost.value).chain(targets).collect()
}

fn beats(one: &Package, other: &Package) -> bool {
    let (one, other) = (losses(one), losses(other));
    one.iter().zip(&other).all(|(a, b)| a <= b) && one != other
}

#[test]
fn nothing_beats_the_front_and_the_base_is_on_it_where_nothing_costs_less() {
    let targets = [target("person-years"), target("vacant-township")];
    let proposals = ["township-tilt", "one-rise-one-fall", "changes-nothing"];
    let run = || searched(&proposals, &targets, PLAN).expect("an answer");
    let (found, again) = (on(1, run), on(2, run));
    assert_eq!(found, again, "the same bits on any threads");
    assert_eq!(found.packages.len(), 8);
    for package in &found.packages {
        assert_eq!(package.on_front, !found.packages.iter().any(|other| beats(other, package)));
        if let Some(by) = &package.beaten_by {
            let by = found.packages.iter().find(|p| p.proposals == *by).expect("a package");
            assert!(by.on_front && beats(by, package));
        }
        // With a proposal that changes nothing or without it: told to be the same, and both on the front or neither.
        let twin = package.same_as.iter().find(|other| other.len().abs_diff(package.proposals.len()) == 1);
        let twin = found.packages.iter().find(|p| Some(&p.proposals) == twin).expect("its twin");
        assert_eq!((twin.on_front, twin.cost), (package.on_front, package.cost));
        assert!((0.0..=1.0).contains(&package.front_in_resamples) && package.front_in_draws.is_some());
    }
    let base = found.packages.iter().find(|p| p.proposals.is_empty()).expect("the base");
    assert_eq!((base.cost.low, base.cost.value, base.cost.high), (0.0, 0.0, 0.0));
    assert!(base.same_as.contains(&vec![String::from("changes-nothing")]));
    // Tilting pay to townships costs money and keeps people.
    let tilt = found.packages.iter().find(|p| p.proposals == ["township-tilt"]).expect("a package");
    assert!(tilt.cost.value > 0.0);
    let only = searched(&["township-tilt"], &targets, PLAN).expect("an answer");
    assert!(
        only.packages[0].proposals.is_empty() && only.packages[0].on_front,
        "nothing costs less than nothing"
    );
}

#[test]
fn a_budget_and_a_level_bound_the_front() {
    let targets = [target("person-years")];
    let free = searched(&["township-tilt"], &targets, PLAN).expect("an answer");
    let tilt = free.packages[1].clone();
    let tight = search::Plan { budget: Some(tilt.cost.value / 2.0), ..PLAN };
    let bound = searched(&["township-tilt"], &targets, tight).expect("an answer");
    assert_eq!(bound.packages[1].within_budget, Some(false));
    assert!(!bound.packages[1].on_front && bound.packages[1].beaten_by.is_none());
    assert!(bound.packages[0].on_front && bound.packages[0].within_budget == Some(true));
    // Asked for what only the proposal reaches, the base is out.
    let level = tilt.targets[0].value.value;
    let asked = [Target { level: Some(level), ..targets[0] }];
    let reached = searched(&["township-tilt"], &asked, PLAN).expect("an answer");
    assert!(free.packages[0].targets[0].value.value < level, "the proposal keeps people");
    assert_eq!(reached.packages[0].targets[0].reached, Some(false));
    assert!(reached.packages[1].on_front && !reached.packages[0].on_front);
}

#[test]
fn too_many_proposals_are_refused_and_a_search_can_be_stopped() {
    let many: Vec<String> = (0..=search::MOST).map(|n| format!("p{n}")).collect();
    let names: Vec<&str> = many.iter().map(String::as_str).collect();
    let refused = searched(&names, &[target("person-years")], PLAN);
    assert_eq!(refused, Err(Stopped::TooMany(search::MOST + 1)));
    assert!(Target::of("pay-bill", None).is_none(), "cost is no target");
    let cancel = Cancel::default();
    cancel.cancel();
    let assumptions = Assumptions::shipped().expect("the shipped assumptions");
    let make = |_: &[String]| Ok::<_, Infallible>(base());
    let stopped = search(&base(), &[], &make, &assumptions, &[], PLAN, &cancel, &|_, _| {});
    assert_eq!(stopped, Err(Stopped::Cancelled));
    let stopped = sense(&base(), &base(), &assumptions, sense::USUAL, SMALL, &cancel, &|_, _| {});
    assert!(stopped.is_err());
}
