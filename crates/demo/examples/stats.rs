//! Prints what the demonstration county looks like: `cargo run -p takeroot-demo --example stats -- 2000 1`.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "tests and examples read files and print; the crate does not"
)]
use std::collections::BTreeMap;

use takeroot_civil::{Code, Day, Grade, Sex};
use takeroot_demo::Plan;
use takeroot_demo::deed::Deed;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1).map(|a| a.parse::<u64>().unwrap_or(1));
    let (people, seed) = (args.next().unwrap_or(2000) as u32, args.next().unwrap_or(1));
    let plan = Plan::new(people, seed, Day::new(2026, 7, 1).ok_or("day")?)?;
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let mut add = |key: String| *counts.entry(key).or_default() += 1;
    for county in plan.counties() {
        for r in &county.residents {
            let life = &r.life;
            let tier = if county.place.is_township(life.state.organ) { "town" } else { "county" };
            for e in &life.entries {
                add(format!(
                    "event {:02} {}",
                    e.deed.kind(),
                    format!("{:?}", e.deed).split(['{', ' ']).next().unwrap_or("")
                ));
                if let Deed::Assessed { grade, year } = e.deed {
                    if year > 2010 {
                        add(format!("grade {}", grade.code()));
                    }
                    if grade == Grade::Incompetent {
                        add("incompetent".into());
                    }
                }
            }
            if let Some(reason) = life.origin.left {
                add(format!("left {reason}"));
                continue;
            }
            add(format!("tier {tier}"));
            add("in service".into());
            let age = plan.as_of().years_since(life.origin.birth);
            add(format!("age {tier} {:02}", age / 5 * 5));
            if life.origin.sex == Sex::Female {
                add(format!("women {tier}"));
            }
            match life.state.rank {
                Some(h) => add(format!("rank {:02} {}", h.rank.index(), h.rank)),
                None => add("rank none".into()),
            }
            if let Some(o) = life.state.office {
                add(format!("layer {}", o.layer));
            }
            if let Some(s) = life.origin.seat
                && life.state.office.is_none_or(|o| o.post != s.post)
            {
                add(format!("seat unfilled {}", s.layer));
            }
            add(format!("edu {tier} {}", life.origin.education));
            add(format!("channel {}", life.origin.channel));
            add(format!("level {}", life.state.level.unwrap_or(0)));
            if life.state.away.is_some() {
                add("away".into());
            }
            if life.party.is_some() {
                add("party".into());
            }
        }
    }
    for (key, n) in counts {
        println!("{n:8}  {key}");
    }
    Ok(())
}
