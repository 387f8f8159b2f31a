//! A county is entered, and what was kept is what was entered.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests may fail")]

use takeroot_civil::Roster;
use takeroot_demo::County;
use takeroot_office::sign_in::From;
use takeroot_office::testing::{self, today};
use takeroot_office::{Action, Office, OfficeError, Resource, Viewer};

use takeroot_store::{Within, organs, people};

fn county() -> Roster {
    County::generate(500, 7, today()).unwrap()
}

#[tokio::test]
async fn what_is_kept_is_what_was_entered() {
    let dir = tempfile::tempdir().unwrap();
    for (office, _) in testing::offices(dir.path()).await.unwrap() {
        entered(&office).await;
    }
}

async fn entered(office: &Office) {
    let roster = county();
    let entered = office.enter(&Viewer::installation(), &roster, |_| {}).await.unwrap();
    assert_eq!(entered, roster.careers.len());

    let mut tx = office.db.read().await.unwrap();
    let ids: Vec<i64> = (1..=roster.careers.len() as i64).collect();
    let kept = people::careers(&mut tx, &ids).await.unwrap();
    assert_eq!(kept.len(), roster.careers.len());
    for (kept, career) in kept.iter().zip(&roster.careers) {
        assert_eq!(&kept.career, career, "{}", career.person.name);
    }

    // The tree has every organ once, and subtrees are intervals.
    let tree = organs::tree(&mut tx).await.unwrap();
    let in_tree = tree.iter().filter(|n| n.organ.is_some()).count();
    assert_eq!(in_tree, roster.organs.len());
    for node in &tree {
        let below =
            tree.iter().filter(|n| n.seq > node.seq && n.seq <= node.last).all(|n| n.depth > node.depth);
        assert!(below, "{}", node.id);
    }
}

#[tokio::test]
async fn a_role_on_a_township_sees_that_township() {
    let dir = tempfile::tempdir().unwrap();
    for (office, _) in testing::offices(dir.path()).await.unwrap() {
        township(&office).await;
    }
}

async fn township(office: &Office) {
    office.enter(&Viewer::installation(), &county(), |_| {}).await.unwrap();
    office.refresh().await.unwrap();
    assert!(office.is_invented());
    office.demonstration_accounts().await.unwrap();

    let from = From::default();
    assert!(matches!(
        office.sign_in("xiangzhen", "wrong", &from).await,
        Err(takeroot_office::AccountError::Wrong)
    ));
    let password = takeroot_office::demonstration::PASSWORD;
    let token = office.sign_in("xiangzhen", password, &from).await.expect("signed in").token;
    let (viewer, _) = office.viewer(&token).await.unwrap().expect("a viewer");
    let within = viewer.must(Resource::Roster, Action::Read).unwrap();
    assert!(matches!(viewer.must(Resource::Pay, Action::Read), Err(OfficeError::Forbidden { .. })));

    let mut tx = office.db.read().await.unwrap();
    let here = people::revisions(&mut tx, &within).await.unwrap();
    let everywhere = people::revisions(&mut tx, &Within::everywhere()).await.unwrap();
    assert!(!here.is_empty() && here.len() < everywhere.len() / 4);
    let elsewhere = everywhere.iter().find(|p| !here.contains(p)).expect("someone elsewhere").0;
    assert!(people::line_of(&mut tx, &within, elsewhere).await.unwrap().is_none());
    assert!(people::line_of(&mut tx, &within, here[0].0).await.unwrap().is_some());
}
