//! The demonstration county is the same for the same seed, has the structure of a county, and keeps to its shape.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "tests and examples read files and print; the crate does not"
)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::HashMap;
use std::ops::ControlFlow;

use takeroot_civil::{Code, Day, Event, Fact, Grade, OrganKind, Rank, Roster, Sex};
use takeroot_demo::shape::SHAPE;
use takeroot_demo::{County, DemoError, Plan, columns};

fn as_of() -> Day {
    Day::new(2026, 7, 1).expect("a day")
}

fn left(events: &[Event]) -> bool {
    events.iter().any(|e| matches!(e.fact, Fact::Left { .. }))
}

fn columns_of(people: u32, seed: u64, threads: usize) -> (Vec<u8>, Vec<u8>, columns::Written) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    pool.install(|| {
        let (mut p, mut e) = (Vec::new(), Vec::new());
        let plan = Plan::new(people, seed, as_of()).expect("plan");
        let written =
            columns::write(&plan, &mut p, &mut e, &mut |_| ControlFlow::Continue(())).expect("columns");
        (p, e, written)
    })
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let bytes =
        |seed| serde_json::to_vec(&County::generate(700, seed, as_of()).expect("county")).expect("json");
    assert_eq!(bytes(5), bytes(5));
    assert_ne!(bytes(5), bytes(6));
    let one = columns_of(40_000, 5, 1);
    assert!(one == columns_of(40_000, 5, 3), "columns depend on the number of threads");
    assert_eq!(one.2.in_service, 40_000);
}

#[test]
fn a_person_is_the_same_in_a_larger_county() {
    let (small, large) =
        (County::generate(500, 9, as_of()).unwrap(), County::generate(2_000, 9, as_of()).unwrap());
    for (a, b) in small.careers.iter().zip(&large.careers) {
        assert_eq!(a, b);
    }
    assert!(small.careers.len() > 600);
}

#[test]
fn columns_and_roster_say_the_same() {
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    let plan = Plan::new(600, 2, as_of()).unwrap();
    let county = plan.county(0).unwrap();
    let roster = county.roster();
    let (mut people, mut events) = (Vec::new(), Vec::new());
    let written =
        columns::write(&plan, &mut people, &mut events, &mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(written.people, roster.careers.len() as u64);
    assert_eq!(written.events, roster.careers.iter().map(|c| c.events.len() as u64).sum::<u64>());
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes, rows) in [("p", &people, written.people), ("e", &events, written.events)] {
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let file = std::fs::File::open(&path).unwrap();
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
        assert_eq!(reader.map(|b| b.unwrap().num_rows() as u64).sum::<u64>(), rows);
    }
    assert_eq!(
        columns::people_batch(std::slice::from_ref(&county)).unwrap().num_rows() as u64,
        written.people
    );
}

#[test]
fn the_writer_can_be_stopped() {
    let plan = Plan::new(60_000, 1, as_of()).unwrap();
    let stopped = columns::write(&plan, std::io::sink(), std::io::sink(), &mut |_| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(DemoError::Cancelled)));
}

#[test]
fn too_few_too_many_and_far_days_are_refused() {
    assert!(matches!(Plan::new(499, 1, as_of()), Err(DemoError::People { .. })));
    assert!(matches!(Plan::new(10_000_001, 1, as_of()), Err(DemoError::People { .. })));
    assert!(matches!(Plan::new(500, 1, Day::EARLIEST), Err(DemoError::Day { .. })));
    assert!(Plan::new(10_000_000, 1, as_of()).is_ok());
}

#[test]
fn the_structure_is_that_of_a_county() {
    let roster = County::generate(2_000, 1, as_of()).unwrap();
    assert!(roster.invented);
    let of = |kind| roster.organs.iter().filter(|o| o.kind == kind).count();
    assert_eq!((of(OrganKind::Township), of(OrganKind::Subdistrict), of(OrganKind::County)), (20, 2, 35));
    assert_eq!(roster.careers.iter().filter(|c| !left(&c.events)).count(), 2_000);
    let mut in_post: HashMap<&str, u32> = HashMap::new();
    for career in roster.careers.iter().filter(|c| !left(&c.events)) {
        let organ = career.holding().into_iter().rev().find_map(|e| match &e.fact {
            Fact::Recruited { organ, .. } | Fact::Posted { organ } => Some(organ.0.as_str()),
            _ => None,
        });
        *in_post.entry(organ.expect("an organ")).or_default() += 1;
    }
    for organ in &roster.organs {
        let count = in_post.get(organ.id.0.as_str()).copied().unwrap_or(0);
        assert!(count >= 3 && organ.establishment.unwrap() >= count, "{}: {count}", organ.name);
        assert_eq!(organ.area_band.is_some(), organ.kind.is_township());
    }
    let several = County::generate(12_000, 1, as_of()).unwrap();
    assert_eq!(several.organs.len() % 57, 0);
    assert!(several.organs.len() >= 57 * 3);
}

fn stock(roster: &Roster) -> (HashMap<Rank, f64>, f64) {
    let mut ranks: HashMap<Rank, f64> = HashMap::new();
    let establishment: u32 = roster.organs.iter().filter_map(|o| o.establishment).sum();
    for career in roster.careers.iter().filter(|c| !left(&c.events)) {
        let last = career.holding().into_iter().rev().find_map(|e| match e.fact {
            Fact::Ranked { rank } => Some(rank),
            _ => None,
        });
        if let Some(rank) = last {
            *ranks.entry(rank).or_default() += 1.0;
        }
    }
    (ranks, f64::from(establishment))
}

#[test]
fn the_pooled_quotas_hold() {
    use Rank::*;
    for seed in 1..=4 {
        let (ranks, posts) = stock(&County::generate(3_000, seed, as_of()).unwrap());
        let sum = |list: &[Rank]| list.iter().filter_map(|r| ranks.get(r)).sum::<f64>();
        let principal = sum(&[Principal1, Principal2, Principal3, Principal4]);
        assert!(principal <= 0.60 * posts, "{} of {posts}", principal);
        assert!(sum(&[Principal1, Principal2]) <= 0.5 * 0.60 * posts);
        assert!(sum(&[Consultant3, Consultant4]) <= 0.10 * posts);
        assert!(sum(&[Consultant2]) <= 0.02 * posts);
        // And they are used: a county where nobody is promoted shows nothing.
        assert!(principal >= 0.40 * posts && sum(&[Consultant4]) > 0.0);
    }
}

#[test]
fn shares_are_near_the_shape() {
    let roster = County::generate(5_000, 8, as_of()).unwrap();
    let here: Vec<_> = roster.careers.iter().filter(|c| !left(&c.events)).collect();
    let share = |n: usize| n as f64 / here.len() as f64;
    let women = share(here.iter().filter(|c| c.person.sex == Some(Sex::Female)).count());
    assert!((0.33..0.42).contains(&women), "{women}");
    let party = share(here.iter().filter(|c| c.person.party_joined.is_some()).count());
    assert!((party - SHAPE.people.party.share).abs() < 0.08, "{party}");
    let gone = (roster.careers.len() - here.len()) as f64 / here.len() as f64;
    assert!((gone - SHAPE.left.per_person).abs() < 0.03, "{gone}");
    let mut grades: HashMap<Grade, usize> = HashMap::new();
    let mut by_year: HashMap<u16, (usize, usize)> = HashMap::new();
    for event in here.iter().flat_map(|c| c.holding()) {
        if let Fact::Assessed { year, grade } = event.fact {
            *grades.entry(grade).or_default() += 1;
            let of = by_year.entry(year).or_default();
            of.0 += usize::from(grade == Grade::Excellent);
            of.1 += 1;
        }
    }
    assert_eq!(grades.len(), Grade::ALL.len(), "every grade occurs: {grades:?}");
    for (year, (excellent, all)) in by_year.iter().filter(|(_, n)| n.1 > 500) {
        let share = *excellent as f64 / *all as f64;
        assert!((0.10..=0.20).contains(&share), "{year}: {share}");
    }
    // The gap at 25 to 35: fewer people than from 36 to 46.
    let age = |c: &&&takeroot_civil::Career| as_of().years_since(c.person.birth.unwrap());
    let young = here.iter().filter(|c| (25..=35).contains(&age(c))).count();
    let middle = here.iter().filter(|c| (36..=46).contains(&age(c))).count();
    assert!(young * 10 < middle * 8, "{young} against {middle}");
    let kinds: std::collections::BTreeSet<String> = roster
        .careers
        .iter()
        .flat_map(|c| &c.events)
        .map(|e| serde_json::to_value(&e.fact).unwrap()["fact"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(kinds.len(), 18, "every kind of event but 'registered' occurs: {kinds:?}");
    assert!(here.iter().any(|c| c.events.iter().any(|e| e.amends.is_some())));
}
