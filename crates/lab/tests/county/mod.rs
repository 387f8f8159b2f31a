//! The demonstration county for tests, its stacks, and scenarios on it.

#![allow(dead_code, clippy::expect_used, reason = "each test file uses some of it, and tests may fail")]

use std::sync::{Arc, LazyLock};

use takeroot_civil::{Day, DivisionCode, OrganId, Roster};
use takeroot_lab::{Assumptions, Coefs, Scenario, World};
use takeroot_policy::{Library, Rules, Stack, StackSpec};

/// A proposal with a clause that decides nothing.
pub const CHANGES_NOTHING: &str = r#"
[proposal]
id = "changes-nothing"
title = { zh = "什么也不改", en = "changes nothing" }
asked-by = { zh = "测试", en = "a test" }
summary = { zh = "只有一条说明，不改任何规定。", en = "One statement; no rule is changed." }

[[clause]]
id = "NOTHING-1"
text = { zh = "什么也不改。", en = "Nothing is changed." }
source = { zh = "虚构", en = "invented" }
confidence = "D"
rule.statement = { about = "changes-nothing" }
"#;

pub fn on() -> Day {
    Day::new(2026, 7, 1).expect("a day")
}

pub fn roster() -> &'static Roster {
    static ROSTER: LazyLock<Roster> =
        LazyLock::new(|| takeroot_demo::County::generate(600, 1, on()).expect("a county"));
    &ROSTER
}

pub fn place(roster: &Roster) -> Option<String> {
    roster.organs.iter().find_map(|organ| organ.division).map(|division| division.cut(6).to_string())
}

/// The rules with proposals, one of which may be given as text.
pub fn under(proposals: &[&str], text: Option<&str>) -> Rules {
    let mut library = Library::shipped().expect("the shipped documents");
    if let Some(text) = text {
        library = library.with([("test.toml", text.as_bytes())]).expect("a document");
    }
    let spec = StackSpec {
        place: place(roster()),
        proposals: proposals.iter().map(|id| (*id).to_owned()).collect(),
        ..StackSpec::default()
    };
    Rules::at(&Stack::new(&library, spec).expect("a stack"), on())
}

pub fn world(rules: &Rules) -> World {
    World::of(roster(), Arc::new(rules.clone()))
}

/// The county under proposals, where the law of the day held until now.
pub fn beside(proposals: &[&str]) -> Arc<World> {
    Arc::new(World::beside(roster(), &under(proposals, None), &base().rules))
}

/// The county under the law of the day.
pub fn base() -> Arc<World> {
    static BASE: LazyLock<Arc<World>> = LazyLock::new(|| Arc::new(world(&under(&[], None))));
    BASE.clone()
}

pub fn coefs() -> Coefs {
    Assumptions::shipped().expect("the shipped assumptions").central()
}

pub fn scenario(world: Arc<World>, years: usize) -> Scenario {
    Scenario { reference: world.clone(), world, coefs: coefs(), years }
}

/// The county twice, the second under another division, with other numbers for people and organs.
pub fn two_counties() -> Roster {
    let mut both = roster().clone();
    let code = place(roster()).expect("a county");
    let mut second = roster().clone();
    let other = |id: &OrganId| OrganId(format!("2-{id}"));
    for organ in &mut second.organs {
        organ.id = other(&organ.id);
        organ.division = organ.division.map(|division| {
            let digits = division.to_string();
            let rest = digits.get(6..).unwrap_or("");
            let last = if code.ends_with('1') { '2' } else { '1' };
            format!("{}{last}{rest}", &digits[..5]).parse::<DivisionCode>().expect("a division")
        });
    }
    for career in &mut second.careers {
        career.person.id.0 = format!("2-{}", career.person.id.0);
        for event in &mut career.events {
            use takeroot_civil::Fact;
            match &mut event.fact {
                Fact::Recruited { organ, .. }
                | Fact::Registered { organ }
                | Fact::Appointed { organ, .. }
                | Fact::Relieved { organ, .. }
                | Fact::Posted { organ }
                | Fact::SecondedOut { organ: Some(organ), .. } => *organ = other(organ),
                _ => {}
            }
        }
    }
    both.organs.extend(second.organs);
    both.careers.extend(second.careers);
    both
}

/// One county of a roster.
pub fn only(roster: &Roster, code: &str) -> Roster {
    let organs: Vec<_> = roster
        .organs
        .iter()
        .filter(|organ| organ.division.is_some_and(|d| d.cut(6).to_string() == code))
        .cloned()
        .collect();
    let second = organs.iter().any(|organ| organ.id.0.starts_with("2-"));
    let careers =
        roster.careers.iter().filter(|c| c.person.id.0.starts_with("2-") == second).cloned().collect();
    Roster { organs, careers, invented: true }
}
