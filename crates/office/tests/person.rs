//! A person's file: who sees which part, any day replayed, facts entered and amended, corrections asked and answered.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests may fail")]

use std::sync::Arc;

use takeroot_civil::{Day, OrganKind, Roster};
use takeroot_demo::County;
use takeroot_office::testing::{self, today};
use takeroot_office::viewer::Holds;
use takeroot_office::{Office, OfficeError, Role, Viewer, event};
use takeroot_policy::Standing;
use takeroot_policy::timeline::Organs;
use takeroot_store::{Within, organs, people};
use takeroot_words::Lang;

struct Scene {
    office: Office,
    roster: Roster,
    /// Someone in a township, and the township's and another's interval.
    person: i64,
    here: (i64, i64),
    there: (i64, i64),
    _dir: Arc<tempfile::TempDir>,
}

/// The scene on each engine.
async fn scenes() -> Vec<Scene> {
    let dir = Arc::new(tempfile::tempdir().unwrap());
    let roster = County::generate(600, 3, today()).unwrap();
    let mut all = Vec::new();
    for (office, _) in testing::offices_with(dir.path(), &roster).await.unwrap() {
        all.push(scene(office, roster.clone(), dir.clone()).await);
    }
    all
}

async fn scene(office: Office, roster: Roster, dir: Arc<tempfile::TempDir>) -> Scene {
    let mut tx = office.db.read().await.unwrap();
    let towns: Vec<_> = organs::tree(&mut tx)
        .await
        .unwrap()
        .into_iter()
        .filter(|n| n.organ.as_ref().is_some_and(|o| o.kind == OrganKind::Township))
        .map(|n| (n.seq, n.last))
        .collect();
    let mut found = None;
    for town in &towns {
        if let Some(one) = people::revisions(&mut tx, &Within(vec![*town])).await.unwrap().first() {
            found = Some((one.0, *town));
            break;
        }
    }
    drop(tx);
    let (person, here) = found.unwrap();
    let there = *towns.iter().find(|t| **t != here).unwrap();
    Scene { office, roster, person, here, there, _dir: dir }
}

fn viewer(role: Role, within: (i64, i64)) -> Viewer {
    let holds = vec![Holds { role, within, organ: String::new() }];
    Viewer { account: 7, session: 0, name: "v".into(), title: "v".into(), person: None, holds }
}

#[tokio::test]
async fn each_sees_the_classes_of_the_role_within_the_reach() {
    for s in scenes().await {
        let on = today();
        let file = async |role, within| s.office.file(&viewer(role, within), s.person, on).await;
        let finance = file(Role::Finance, s.here).await.unwrap();
        assert!(finance.pay && !finance.family && !finance.identity && finance.person.family.is_empty());
        assert!(!finance.standing.pay.lines.is_empty() && finance.person.resident_id.is_none());
        let head = file(Role::TownshipHead, s.here).await.unwrap();
        assert!(!head.pay && !head.family && head.standing.pay.lines.is_empty() && head.notes.is_none());
        let clerk = file(Role::Clerk, s.here).await.unwrap();
        assert!(clerk.family && clerk.identity && clerk.notes.is_none() && clerk.writes);
        assert!(matches!(file(Role::Clerk, s.there).await, Err(OfficeError::NotFound)));
        assert!(file(Role::Organization, s.here).await.unwrap().notes.is_some());
    }
}

#[tokio::test]
async fn a_past_day_is_what_the_engine_says_of_the_career_on_that_day() {
    for s in scenes().await {
        let everyone = Viewer::installation();
        let index: Organs<'_> = s.roster.organs.iter().map(|o| (&o.id, o)).collect();
        let spec = s.office.law_here().await.unwrap();
        for year in [2016, 2021, 2030] {
            let on = Day::new(year, 3, 15).unwrap();
            let file = s.office.file(&everyone, s.person, on).await.unwrap();
            let career = s.roster.careers.iter().find(|c| c.person.id == file.standing.person).unwrap();
            let rules = s.office.rules(&spec, on).unwrap();
            let wanted = Standing::of(career, &index, &rules);
            assert_eq!(file.standing.ranks, wanted.ranks);
            assert_eq!(file.standing.pay, wanted.pay);
            assert_eq!(file.standing.next_ranks, wanted.next_ranks);
        }
        let all = s.office.standings(&everyone, today()).await.unwrap();
        assert_eq!(all.len(), s.roster.careers.len());
    }
}

#[test]
fn every_fact_of_a_county_comes_back_from_its_form() {
    let roster = County::generate(600, 5, today()).unwrap();
    let mut kinds = std::collections::BTreeSet::new();
    for fact in roster.careers.iter().flat_map(|c| &c.events).map(|e| &e.fact) {
        if event::fields(fact.kind()).is_some() {
            kinds.insert(fact.kind());
            let back = event::fact(fact.kind(), &event::typed(fact), |_| true, Lang::En).unwrap();
            assert_eq!(&back, fact);
        }
    }
    assert!(kinds.len() > 8, "{kinds:?}");
}

#[tokio::test]
async fn an_amended_fact_stays_and_the_later_one_holds() {
    for s in scenes().await {
        let clerk = viewer(Role::Clerk, s.here);
        let mut typed = event::Typed::new();
        typed.insert("effective".into(), "2025-12-31".into());
        typed.insert("year".into(), "2025".into());
        let refused = s.office.record_event(&clerk, s.person, "assessed", &typed, None, Lang::Zh).await;
        assert!(matches!(refused, Err(OfficeError::Field { field: "grade", .. })));
        typed.insert("grade".into(), "excellent".into());
        let first =
            s.office.record_event(&clerk, s.person, "assessed", &typed, None, Lang::Zh).await.unwrap();
        typed.insert("grade".into(), "competent".into());
        let second =
            s.office.record_event(&clerk, s.person, "assessed", &typed, Some(first), Lang::Zh).await.unwrap();
        let file = s.office.file(&clerk, s.person, today()).await.unwrap();
        assert_eq!(file.replaced_by(first), Some(second));
        assert!(file.kept.career.events.iter().any(|e| e.id.0 == first));
        let elsewhere = viewer(Role::Clerk, s.there);
        let refused = s.office.record_event(&elsewhere, s.person, "assessed", &typed, None, Lang::Zh).await;
        assert!(matches!(refused, Err(OfficeError::NotFound)));
    }
}

#[tokio::test]
async fn a_correction_is_asked_by_the_person_and_answered_by_the_clerk_of_the_place() {
    for s in scenes().await {
        let own = Viewer { person: Some(s.person), holds: vec![], ..viewer(Role::Own, s.here) };
        let id = s.office.ask_correction(&own, Some(1), "wrong day", "another day", "").await.unwrap();
        let (clerk, elsewhere) = (viewer(Role::Clerk, s.here), viewer(Role::Clerk, s.there));
        assert_eq!(s.office.corrections(&clerk).await.unwrap().len(), 1);
        assert!(s.office.corrections(&elsewhere).await.unwrap().is_empty());
        let refused = s.office.answer_correction(&elsewhere, id, true, "").await;
        assert!(matches!(refused, Err(OfficeError::NotFound)));
        s.office.answer_correction(&clerk, id, false, "the document says so").await.unwrap();
        assert_eq!(s.office.own_corrections(&own).await.unwrap()[0].state, "refused");
        assert!(s.office.answer_correction(&clerk, id, true, "").await.is_err());
    }
}
