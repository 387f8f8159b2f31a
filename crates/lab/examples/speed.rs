//! Person-months a core-second with all real rules, on the demonstration county: `cargo run --release -p takeroot-lab
//! --example speed [PEOPLE] [YEARS] [REPLICATES]`.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::disallowed_macros,
    clippy::unwrap_used,
    reason = "it measures and prints"
)]

use std::sync::Arc;
use std::time::Instant;

use takeroot_civil::Day;
use takeroot_lab::outcome::Count;
use takeroot_lab::{Assumptions, Scenario, World, run_shard};
use takeroot_policy::{Library, Rules, Stack, StackSpec};

fn main() {
    let mut args = std::env::args().skip(1).map(|a| a.parse::<usize>().unwrap());
    let people = args.next().unwrap_or(4000);
    let years = args.next().unwrap_or(10);
    let replicates = args.next().unwrap_or(20) as u32;
    let on = Day::new(2026, 7, 1).unwrap();
    let roster = takeroot_demo::County::generate(people as u32, 1, on).unwrap();
    let library = Library::shipped().unwrap();
    let place = roster.organs.iter().find_map(|o| o.division).map(|d| d.cut(6).to_string());
    let stack = Stack::new(&library, StackSpec { place, ..StackSpec::default() }).unwrap();
    let from = Instant::now();
    let world = Arc::new(World::of(&roster, Arc::new(Rules::at(&stack, on))));
    println!("columns: {:.3} s, {:?}", from.elapsed().as_secs_f64(), world.start.left_out);
    let coefs = Assumptions::shipped().unwrap().central();
    let scenario = Scenario { reference: world.clone(), world, coefs, years };
    let (from, cpu) = (Instant::now(), on_cpu());
    let outcomes = run_shard(&scenario, 0..scenario.world.start.counties.len(), 0..replicates, 1);
    let seconds = from.elapsed().as_secs_f64();
    let sum = |count: Count| -> f64 {
        let all = outcomes.iter().flat_map(|o| (0..years).map(move |y| o.count(y, count)));
        all.sum::<i64>() as f64 / f64::from(replicates)
    };
    let months = sum(Count::PersonMonths) * f64::from(replicates);
    let cpu = on_cpu() - cpu;
    println!("{months:.0} person-months in {seconds:.3} s, {cpu:.3} s of a core");
    println!("{:.1} million person-months a core-second", months / cpu / 1e6);
    for count in Count::ALL {
        println!("{:24} {:14.1}", count.code(), sum(*count));
    }
    for (year, o) in (0..years).map(|y| (y, &outcomes[0])) {
        println!(
            "year {year}: in post {} vacant {} joined {} retired {} bill {}",
            o.count(year, Count::InPost),
            o.count(year, Count::Vacant),
            o.count(year, Count::Joined),
            o.count(year, Count::Retired),
            o.bill(year) / 100
        );
    }
}

/// Seconds that this thread has spent on a core.
fn on_cpu() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    told.split_whitespace().next().unwrap().parse::<f64>().unwrap() / 1e9
}
