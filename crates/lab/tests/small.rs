//! Nobody's chance of leaving can be read out of what is told.

#![allow(clippy::expect_used, reason = "tests may fail")]

mod county;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;
use takeroot_civil::{OrganId, Roster};
use takeroot_lab::measure::Measure;
use takeroot_lab::{Assumptions, Cancel, Comparison, Plan, World, compare, search, sense};

/// A comparison as it is printed, and the people in each organ on the day.
fn compared(roster: &Roster) -> (Value, BTreeMap<String, i64>) {
    let base = Arc::new(World::of(roster, county::base().rules.clone()));
    let with = Arc::new(World::of(roster, Arc::new(county::under(&["township-tilt"], None))));
    let assumptions = Assumptions::shipped().expect("the shipped assumptions");
    let plan = Plan { draws: 1, ..Plan::of(3, 4, 1) };
    let comparison: Comparison =
        compare(&base, &with, &assumptions, plan, &Cancel::default(), &|_, _| {}).expect("not cancelled");
    let shape = base.shape(0..base.start.counties.len(), 3);
    let people = shape.organs.iter().map(|(id, _)| id.clone()).zip(shape.people).collect();
    (serde_json::to_value(&comparison).expect("JSON"), people)
}

/// The county with no more people in some organs than so many; of an organ it is said whether it is a township.
fn with_few(most: &dyn Fn(&str, bool) -> Option<usize>) -> Roster {
    let mut roster = county::roster().clone();
    let organs = roster.organ_index();
    let mut seen: BTreeMap<OrganId, usize> = BTreeMap::new();
    let rules = &county::base().rules;
    let stays = roster.careers.iter().map(|career| {
        let facts = takeroot_policy::Facts::of(career, &organs, rules);
        let Some(organ) = facts.organ else { return true };
        let here = seen.entry(organ.id.clone()).or_default();
        *here += 1;
        most(&organ.id.0, organ.kind.is_township()).is_none_or(|most| *here <= most)
    });
    let stays: Vec<bool> = stays.collect();
    let mut stays = stays.into_iter();
    roster.careers.retain(|_| stays.next().unwrap_or(true));
    roster
}

#[test]
fn an_organ_of_three_is_told_with_others_alone_and_in_every_year() {
    let organs = &county::base().shape(0..1, 1).organs;
    let small: Vec<&String> = organs.iter().map(|(id, _)| id).step_by(5).take(2).collect();
    let roster = with_few(&|id, _| small.iter().any(|small| *small == id).then_some(3));
    let (json, people) = compared(&roster);
    assert!(small.iter().all(|id| people[*id] == 3), "{people:?}");
    let told = json["organs"].as_array().expect("organs");
    let mut alone = 0;
    for organ in told {
        assert!(organ["people"].as_i64() >= Some(10), "{organ}");
        if let Some(id) = organ["organ"].as_str() {
            assert_eq!(organ["people"].as_i64(), Some(people[id]), "{organ}");
            alone += 1;
        } else {
            assert!(organ["organs"].as_i64() > Some(1) && organ["name"].is_null(), "{organ}");
        }
    }
    assert!(alone > 5, "others are told alone: {alone}");
    let sum: i64 = told.iter().filter_map(|organ| organ["people"].as_i64()).sum();
    assert_eq!(Some(sum), json["people"].as_i64(), "nobody follows from the whole less what is told");
    let text = json.to_string();
    assert!(small.iter().all(|id| !text.contains(&format!("\"{id}\""))), "no number of theirs anywhere");
}

#[test]
fn years_of_service_that_few_reach_are_told_with_others() {
    let (json, _) = compared(&with_few(&|_, _| Some(1)));
    let bands = json["by_service"].as_array().expect("bands");
    for band in bands {
        for side in 0..2 {
            let (left, rate) = (band["left"][side].as_f64(), band["rate"][side].as_f64());
            if let Some((left, rate)) = left.zip(rate).filter(|(left, _)| *left > 0.0) {
                assert!(left / rate >= 9.999, "{} had that service: {band}", left / rate);
            } else {
                assert_eq!(left, Some(0.0), "{band}");
            }
        }
    }
    let years = |band: &Value| (band["from_month"].as_i64(), band["to_month"].as_i64());
    assert!(bands.iter().any(|band| years(band).1 > years(band).0.map(|from| from + 12)), "{bands:?}");
}

#[test]
fn where_few_work_in_townships_they_are_not_told_apart() {
    let keys = |json: &Value| -> Vec<String> {
        let measures = json["measures"].as_array().expect("measures");
        measures.iter().filter_map(|m| m["key"].as_str()).map(str::to_owned).collect()
    };
    let (whole, _) = compared(county::roster());
    assert!(keys(&whole).contains(&String::from("vacant-township")));
    let shape = county::base().shape(0..1, 1);
    let township = shape.townships.iter().position(|is| *is).expect("a township");
    let one = &shape.organs[township].0;
    // Four people in the only township that has any.
    let most = |id: &str, township: bool| township.then_some(if id == one { 4 } else { 0 });
    let (few, people) = compared(&with_few(&most));
    assert_eq!(people[one], 4);
    let few = keys(&few);
    for key in ["vacant-township", "share-25-35-township", "rooted-years", "to-county-organ"] {
        assert!(!few.contains(&String::from(key)), "{key} would be told of four");
    }
    assert_eq!(few.len() + 4, keys(&whole).len(), "all others are told: {few:?}");
    // Neither does what an answer hangs on tell of them, nor a search for packages.
    let roster = with_few(&most);
    let base = Arc::new(World::of(&roster, county::base().rules.clone()));
    let assumptions = Assumptions::shipped().expect("the shipped assumptions");
    let plan = sense::Plan { years: 1, replicates: 1, trajectories: 1, keep: 0, rows: 8, seed: 1 };
    let measures = [Measure::VacantTownship, Measure::Vacant];
    let hangs = sense::sense(&base, &base, &assumptions, &measures, plan, &Cancel::default(), &|_, _| {});
    let told: Vec<&str> = hangs.expect("not cancelled").outcomes.iter().map(|o| o.key).collect();
    assert_eq!(told, ["vacant"]);
    let plan =
        search::Plan { years: 1, replicates: 1, draws: 0, replicates_a_draw: 1, seed: 1, budget: None };
    let sought = |key: &str| {
        let targets = [search::Target::of(key, None).expect("a target")];
        let make = |_: &[String]| Ok::<_, std::convert::Infallible>(base.clone());
        search::search(&base, &[], &make, &assumptions, &targets, plan, &Cancel::default(), &|_, _| {})
    };
    assert_eq!(sought("vacant-township").expect_err("too few"), search::Stopped::TooFew("vacant-township"));
    assert!(sought("vacant").is_ok());
}

#[test]
fn a_pyramid_tells_of_ten_men_and_ten_women_at_least_in_every_band_and_year() {
    let (json, _) = compared(county::roster());
    let bands = json["ages"].as_array().expect("ages");
    let years = |band: &Value, side: &str, sex: &str| -> Vec<f64> {
        let years = band[side][sex].as_array().expect("years").iter();
        years.filter_map(Value::as_f64).collect()
    };
    assert!(bands.len() > 3, "{bands:?}");
    for (at, band) in bands.iter().enumerate() {
        assert!(at == 0 || band["from"] == bands[at - 1]["to"], "no age is between two bands: {band}");
        for (side, sex) in [("base", "men"), ("base", "women"), ("with", "men"), ("with", "women")] {
            let people = years(band, side, sex);
            assert_eq!(people.len(), 4, "the day and three years");
            assert!(people.iter().all(|people| *people >= 10.0), "{band}");
        }
    }
    // All together they are those in post, of whom this roster knows sex and birth.
    for (at, year) in [(0, None), (1, Some(0)), (3, Some(2))] {
        for side in ["base", "with"] {
            let sum: f64 =
                bands.iter().flat_map(|b| [years(b, side, "men")[at], years(b, side, "women")[at]]).sum();
            let in_post =
                json["measures"].as_array().expect("measures").iter().find(|m| m["key"] == "in-post");
            let there = match year {
                None => json["people"].as_f64(),
                Some(year) => in_post.and_then(|m| m["years"][year][side]["value"].as_f64()),
            };
            assert!(there.is_some_and(|there| (there - sum).abs() < 1e-9), "{side} {at}: {there:?}, {sum}");
        }
    }
    // In a county of few, bands are wider or there are none.
    let (few, _) = compared(&with_few(&|_, _| Some(1)));
    for band in few["ages"].as_array().expect("ages") {
        assert!(years(band, "base", "women").iter().all(|people| *people >= 10.0), "{band}");
    }
}

#[test]
fn crossed_groups_are_told_whole_or_not_at_all() {
    let (json, _) = compared(county::roster());
    let groups = |json: &Value| -> BTreeMap<String, i64> {
        let groups = json["groups"].as_array().expect("groups").iter();
        groups.filter_map(|g| Some((g["key"].as_str()?.to_owned(), g["people"].as_i64()?))).collect()
    };
    let told = groups(&json);
    assert!(told.values().all(|people| *people >= 10), "{told:?}");
    for (one, other) in
        [("bachelor", ["local", "from-elsewhere"]), ("township", ["bachelor", "below-bachelor"])]
    {
        let parts = other.map(|other| told.get(&format!("{one}+{other}")).copied());
        let whole = told.get(one).copied().expect("told");
        assert!(parts.iter().all(Option::is_some), "{told:?}");
        assert_eq!(parts.iter().flatten().sum::<i64>(), whole);
    }
    // Three people from elsewhere without a degree: no cell of that crossing is told, for it would follow from the others.
    let mut roster = county::roster().clone();
    let shape = county::base();
    let cell = |key: &str| {
        shape
            .start
            .counties
            .iter()
            .flat_map(|c| (0..c.state.len()).map(move |at| (c, at)))
            .filter(|(c, at)| {
                c.state.here[*at]
                    && (c.state.group[*at] / 12 == u8::from(key == "local"))
                    && c.state.group[*at] / 3 % 2 == 0
            })
            .map(|(c, at)| c.state.key[at])
            .collect::<Vec<u64>>()
    };
    let few: Vec<u64> = cell("from-elsewhere").into_iter().skip(3).collect();
    roster.careers.retain(|career| !few.contains(&takeroot_lab::keyed::key_of(&career.person.id.0)));
    let (json, _) = compared(&roster);
    let told = groups(&json);
    assert!(told.contains_key("local"), "{told:?}");
    assert!(
        told.keys().all(|key| !(key.contains("bachelor+local") || key.contains("bachelor+from"))),
        "{told:?}"
    );
}
