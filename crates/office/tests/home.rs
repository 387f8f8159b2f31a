//! The home page counts what a recount from the careers counts, within the reader's scope.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests may fail")]

use std::collections::BTreeMap;

use takeroot_civil::{Code as _, Day, OrganKind, Roster, Sex};
use takeroot_demo::County;
use takeroot_office::home::{Glance, Todo};
use takeroot_office::roster::Query;
use takeroot_office::testing::{self, today};
use takeroot_office::viewer::Holds;
use takeroot_office::{OfficeError, Role, Viewer};
use takeroot_policy::timeline::Organs;
use takeroot_policy::{Facts, Library, Rules, Stack, StackSpec};
use takeroot_store::organs;
use takeroot_words::Lang;

/// What the careers themselves say, of the organs that `inside` lets through.
#[derive(Debug, Default, PartialEq, Eq)]
struct Recount {
    people: i64,
    band: i64,
    bound: i64,
    bound_soon: i64,
    retire_soon: i64,
    away: i64,
    ages: BTreeMap<(Option<i64>, String), i64>,
    terms: BTreeMap<(u16, u8, bool), i64>,
    rooted: BTreeMap<(i64, bool), i64>,
    channels: BTreeMap<String, i64>,
    by_organ: BTreeMap<String, i64>,
}

fn recount(roster: &Roster, inside: impl Fn(&str) -> bool) -> Recount {
    let on = today();
    let spec = StackSpec { baseline: None, proposals: Vec::new(), place: None };
    let library = Library::shipped().unwrap();
    let rules = Rules::at(&Stack::new(&library, spec).unwrap(), on);
    let index: Organs<'_> = roster.organs.iter().map(|o| (&o.id, o)).collect();
    let mut all = Recount::default();
    for career in &roster.careers {
        let facts = Facts::of(career, &index, &rules);
        let Some(organ) = facts.timeline.organ().filter(|_| facts.in_service()) else { continue };
        if !inside(&organ.0) {
            continue;
        }
        let township = index[organ].kind.is_township();
        all.people += 1;
        *all.by_organ.entry(organ.0.clone()).or_default() += 1;
        let age = career.person.birth.map(|birth| i64::from(on.years_since(birth)));
        all.band += i64::from(age.is_some_and(|age| (25..=35).contains(&age)));
        let sex = career.person.sex.map_or(String::new(), |sex: Sex| sex.code().to_owned());
        *all.ages.entry((age, sex)).or_default() += 1;
        *all.rooted.entry((i64::from(facts.rooted_months) / 12, township)).or_default() += 1;
        let channel = facts.timeline.recruited.map(|r| r.channel.code().to_owned()).unwrap_or_default();
        *all.channels.entry(channel).or_default() += 1;
        all.away += i64::from(facts.timeline.away.last().is_some_and(|away| away.span.to.is_none()));
        if facts.owed.iter().any(|owed| owed.until.is_none_or(|until| on < until)) {
            all.bound += 1;
            let until = facts.owed.iter().filter_map(|owed| owed.until).max().map(Day::real);
            if let Some(until) = until {
                all.bound_soon += i64::from(until < on.plus_years(1));
                if until < Day::new(2031, 7, 1).unwrap() {
                    *all.terms.entry((until.year(), until.month().div_ceil(3), township)).or_default() += 1;
                }
            }
        }
        let retires = takeroot_policy::standing::time::retirement(&facts, &rules).map(|r| r.day.real());
        all.retire_soon += i64::from(retires.is_some_and(|day| on <= day && day < on.plus_years(1)));
    }
    all
}

fn as_counted(glance: &Glance) -> Recount {
    let mut terms = BTreeMap::new();
    for ahead in &glance.terms {
        for (township, people) in [(true, ahead.townships), (false, ahead.county)] {
            if people > 0 {
                terms.insert((ahead.quarter.year, ahead.quarter.quarter, township), people);
            }
        }
    }
    let mut channels: BTreeMap<String, i64> = BTreeMap::new();
    for count in &glance.channels {
        *channels.entry(count.code.clone()).or_default() += count.people;
    }
    let people =
        |p: &takeroot_office::home::Part| (p.count.people > 0).then(|| (p.id.clone(), p.count.people));
    Recount {
        people: glance.all.people,
        band: glance.all.band,
        bound: glance.all.bound,
        bound_soon: glance.all.bound_soon,
        retire_soon: glance.all.retire_soon,
        away: glance.all.away,
        ages: glance.ages.iter().map(|a| ((a.age, a.sex.clone()), a.people)).collect(),
        terms,
        rooted: glance
            .rooted
            .iter()
            .map(|(years, township, people)| ((*years, *township), *people))
            .collect(),
        channels,
        by_organ: glance.parts.iter().filter_map(people).collect(),
    }
}

fn head_of(organ: &str, within: (i64, i64)) -> Viewer {
    let holds = vec![Holds { role: Role::TownshipHead, within, organ: organ.to_owned() }];
    Viewer { account: 1, session: 1, name: "head".into(), title: "head".into(), person: None, holds }
}

#[tokio::test]
async fn the_county_is_counted_as_its_careers_count_it() {
    let dir = tempfile::tempdir().unwrap();
    let roster = County::generate(1_200, 11, today()).unwrap();
    for (office, _) in testing::offices_with(dir.path(), &roster).await.unwrap() {
        let home = office.home(&Viewer::installation()).await.unwrap();
        let recount = recount(&roster, |_| true);
        assert!(recount.bound > 20 && recount.away > 5 && !recount.terms.is_empty(), "{recount:?}");
        assert_eq!(as_counted(&home.glance), recount);

        let establishment: i64 = roster.organs.iter().filter_map(|o| o.establishment).map(i64::from).sum();
        assert_eq!(home.glance.establishment, establishment);
        let vacant: i64 = home.glance.parts.iter().filter_map(|p| p.vacant()).filter(|v| *v > 0).sum();
        assert_eq!(home.glance.vacant, vacant);
        assert_eq!(home.glance.all.people - home.glance.over + home.glance.vacant, {
            let known = home.glance.parts.iter().filter(|p| p.establishment.is_some());
            let unknown: i64 =
                home.glance.parts.iter().filter(|p| p.establishment.is_none()).map(|p| p.count.people).sum();
            known.filter_map(|p| p.establishment).sum::<i64>() + unknown + home.glance.astray
        });
        assert!(home.glance.county.ends_with('县'), "{}", home.glance.county);
        assert!(home.todos.contains(&Todo::TermsSoon(recount.bound_soon)));
    }
}

#[tokio::test]
async fn a_township_head_sees_the_township_alone() {
    let dir = tempfile::tempdir().unwrap();
    let roster = County::generate(1_200, 11, today()).unwrap();
    for (office, _) in testing::offices_with(dir.path(), &roster).await.unwrap() {
        let mut tx = office.db.read().await.unwrap();
        let tree = organs::tree(&mut tx).await.unwrap();
        drop(tx);
        let seat =
            tree.iter().find(|n| n.organ.as_ref().is_some_and(|o| o.kind == OrganKind::Township)).unwrap();
        let inside: Vec<&str> =
            tree.iter().filter(|n| n.seq >= seat.seq && n.seq <= seat.last).map(|n| n.id.as_str()).collect();

        let home = office.home(&head_of(&seat.id, (seat.seq, seat.last))).await.unwrap();
        assert_eq!(as_counted(&home.glance), recount(&roster, |organ| inside.contains(&organ)));
        assert_eq!(home.glance.scope, seat.name);
        assert!(home.glance.parts.iter().all(|p| inside.contains(&p.id.as_str())));
        assert!(!home.todos.iter().any(|t| matches!(t, Todo::GrantsEnding(_) | Todo::Doubtful(_))));
    }
}

#[tokio::test]
async fn what_was_counted_once_is_counted_anew_after_a_change() {
    let dir = tempfile::tempdir().unwrap();
    let roster = County::generate(600, 11, today()).unwrap();
    for (office, _) in testing::offices_with(dir.path(), &roster).await.unwrap() {
        let everyone = Viewer::installation();
        let before = office.home(&everyone).await.unwrap();
        assert_eq!(office.home(&everyone).await.unwrap(), before);
        let page = office.roster(&everyone, &Query::default()).await.unwrap();
        assert_eq!(page.total, before.glance.all.people);
        assert_eq!(page.units[0].in_post, page.total);

        let typed = [("effective", "2026-06-30"), ("reason", "resigned")];
        let typed = typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let gone = page.lines[0].id;
        office.record_event(&everyone, gone, "left", &typed, None, Lang::Zh).await.unwrap();
        let after = office.home(&everyone).await.unwrap();
        assert_eq!(after.glance.all.people, before.glance.all.people - 1);
        let page = office.roster(&everyone, &Query::default()).await.unwrap();
        assert_eq!((page.total, page.units[0].in_post), (after.glance.all.people, page.total));
        assert!(page.lines.iter().all(|line| line.id != gone));
    }
}

#[tokio::test]
async fn several_counties_are_told_county_by_county() {
    let dir = tempfile::tempdir().unwrap();
    // A second county with the same organs, in which nobody works yet.
    let mut roster = County::generate(600, 11, today()).unwrap();
    let second: Vec<_> = roster
        .organs
        .clone()
        .into_iter()
        .map(|mut organ| {
            organ.id.0 = format!("2-{}", organ.id.0);
            let code = organ.division.unwrap().to_string();
            organ.division = format!("9902{}", &code[4..]).parse().ok();
            organ
        })
        .collect();
    roster.organs.extend(second);
    for (office, _) in testing::offices_with(dir.path(), &roster).await.unwrap() {
        let home = office.home(&Viewer::installation()).await.unwrap();
        let glance = &home.glance;
        assert!(glance.counties && glance.parts.len() == 2, "{:?}", glance.parts);
        let recount = recount(&roster, |_| true);
        assert_eq!((glance.parts[0].count.people, glance.parts[1].count.people), (recount.people, 0));
        assert_eq!(glance.parts[0].count.bound, recount.bound);
        assert_eq!(glance.parts[0].establishment, glance.parts[1].establishment);
        let establishment: i64 = roster.organs.iter().filter_map(|o| o.establishment).map(i64::from).sum();
        assert_eq!(glance.parts.iter().filter_map(|p| p.establishment).sum::<i64>(), establishment);
        for part in &glance.parts {
            let there = Query(vec![("organ".to_owned(), part.id.clone())]);
            let listed = office.roster(&Viewer::installation(), &there).await.unwrap();
            assert_eq!(listed.total, part.count.people, "the list behind the figure");
        }
    }
}

#[tokio::test]
async fn who_has_no_home_page_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    for (office, _) in
        testing::offices_with(dir.path(), &County::generate(500, 3, today()).unwrap()).await.unwrap()
    {
        let mut own = head_of("x", (1, 1));
        own.holds[0].role = Role::Own;
        assert!(matches!(office.home(&own).await, Err(OfficeError::Forbidden { .. })));
    }
}
