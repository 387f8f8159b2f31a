//! The policy lab at a desk: who may run it and who reads, what a run rests on, that it can be stopped, that nothing in
//! it speaks of anybody alone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests may fail"
)]

use std::sync::Arc;
use std::time::Duration;

use takeroot_demo::County;
use takeroot_lab::search::Target;
use takeroot_office::lab::{Asked, Begun, LAW, Sought, Stacked};
use takeroot_office::proposal::Kept;
use takeroot_office::testing::{self, today};
use takeroot_office::viewer::Holds;
use takeroot_office::{Office, OfficeError, Role, Viewer};
use takeroot_store::{Within, organs, people};

const EVERYWHERE: (i64, i64) = (i64::MIN, i64::MAX);

/// Tells a story on every database at hand, with a demonstration county of 500.
async fn on_both<F: Future<Output = ()>>(story: impl Fn(Arc<Office>) -> F) {
    let dir = tempfile::tempdir().unwrap();
    let roster = County::generate(500, 7, today()).unwrap();
    for (office, _) in testing::offices_with(dir.path(), &roster).await.unwrap() {
        office.demonstration_accounts().await.unwrap();
        story(Arc::new(office)).await;
    }
}

/// The account of a role, holding it on an interval of organs.
async fn holding(office: &Office, name: &str, role: Role, within: (i64, i64)) -> Viewer {
    let all = office.accounts(&Viewer::installation()).await.unwrap();
    let account = all.iter().find(|(a, _)| a.name == name).unwrap().0.id;
    let holds = vec![Holds { role, within, organ: String::new() }];
    Viewer { account, session: 0, title: name.to_owned(), name: name.to_owned(), person: None, holds }
}

fn asked(with: &[&str]) -> Asked {
    let proposals = with.iter().map(|id| (*id).to_owned()).collect();
    Asked {
        on: today(),
        base: Stacked { base: LAW.to_owned(), proposals: Vec::new() },
        with: Stacked { base: LAW.to_owned(), proposals },
        years: 2,
        replicates: 10,
        draws: 2,
        seed: 3,
        terms_for_all: false,
    }
}

/// Waits for work to end; the state in which it did.
async fn ended(office: &Office, viewer: &Viewer, work: Begun) -> takeroot_office::jobs::Job {
    let Begun::Work(id) = work else { panic!("{work:?}") };
    for _ in 0..2_400 {
        let job = office.job(viewer, id).await.unwrap();
        if job.state != "running" {
            return job;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it did not end");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_analyst_runs_and_the_finance_bureau_reads_and_the_others_are_turned_away() {
    on_both(|office| async move {
        let analyst = holding(&office, "zhengce", Role::Analyst, EVERYWHERE).await;
        let wanted = asked(&["one-rise-one-fall"]);
        let ready = office.lab_ready(&analyst, &wanted).await.unwrap();
        assert!(office.lab_run(&ready).is_none());
        let place = "/lab/run?x=1".to_owned();
        let begun = office.begin_lab(&analyst, ready.clone(), place.clone()).await.unwrap();
        let job = ended(&office, &analyst, begun).await;
        assert_eq!((job.state.as_str(), job.place.as_str()), ("done", "/lab/run?x=1"), "{job:?}");
        assert_eq!(job.done, job.total, "progress ends where it said that it would");

        let finance = holding(&office, "caizheng", Role::Finance, EVERYWHERE).await;
        let same = office.lab_ready(&finance, &wanted).await.unwrap();
        let run = office.lab_run(&same).expect("what was run is there for whoever may read it");
        assert!(run.whole && run.invented);
        assert_eq!((run.comparison.plan.years, run.comparison.plan.draws), (2, 2));
        assert_eq!(run.comparison.assumptions, run.inputs.assumptions);
        assert!(!run.comparison.measures[0].levers.is_empty(), "levers are in it");
        let again = office.begin_lab(&analyst, ready.clone(), place.clone()).await.unwrap();
        assert_eq!(again, Begun::Kept, "nothing is run twice");
        let refused = office.begin_lab(&finance, same, place.clone()).await;
        assert!(matches!(refused, Err(OfficeError::Forbidden { .. })), "{refused:?}");
        for role in [Role::TownshipHead, Role::Clerk, Role::Own, Role::Auditor, Role::Administrator] {
            let viewer = holding(&office, "zhengce", role, EVERYWHERE).await;
            let refused = office.lab_ready(&viewer, &wanted).await;
            assert!(matches!(refused, Err(OfficeError::Forbidden { .. })), "{role:?}");
        }
        // Another part of the county is another roster: what was run for the whole is not handed out for it.
        let part = holding(&office, "caizheng", Role::Finance, (1, 3)).await;
        let part = office.lab_ready(&part, &wanted).await.unwrap();
        assert_ne!(part.inputs.roster, run.inputs.roster);
        assert!(office.lab_run(&part).is_none());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_in_an_answer_names_a_person_and_a_handful_of_people_is_not_run() {
    on_both(|office| async move {
        let analyst = holding(&office, "zhengce", Role::Analyst, EVERYWHERE).await;
        let ready = office.lab_ready(&analyst, &asked(&["township-tilt"])).await.unwrap();
        let begun = office.begin_lab(&analyst, ready.clone(), String::new()).await.unwrap();
        assert_eq!(ended(&office, &analyst, begun).await.state, "done");
        let run = office.lab_run(&ready).unwrap();
        let said = serde_json::to_string(&run.comparison).unwrap();
        let mut tx = office.db.read().await.unwrap();
        let everyone = people::revisions(&mut tx, &Within(vec![EVERYWHERE])).await.unwrap();
        let ids: Vec<i64> = everyone.iter().map(|r| r.0).collect();
        for kept in people::careers(&mut tx, &ids).await.unwrap() {
            let person = &kept.career.person;
            assert!(!said.contains(&format!("\"{}\"", person.name)), "{}", person.name);
            assert!(!said.contains(&format!("\"{}\"", person.id.0)), "{}", person.id.0);
        }
        // An organ with a few people: whoever may run that alone would read single people out of it.
        let mut small = None;
        for node in organs::tree(&mut tx).await.unwrap().iter().filter(|n| n.organ.is_some()) {
            let here = people::revisions(&mut tx, &Within(vec![(node.seq, node.seq)])).await.unwrap();
            if (1..10).contains(&here.len()) {
                small = Some(node.seq);
            }
        }
        drop(tx);
        let small = small.expect("some organ has fewer than ten people");
        let head = holding(&office, "zuzhi", Role::Organization, (small, small)).await;
        let ready = office.lab_ready(&head, &asked(&["township-tilt"])).await.unwrap();
        let begun = office.begin_lab(&head, ready.clone(), String::new()).await.unwrap();
        let job = ended(&office, &head, begun).await;
        assert_eq!(job.state, "failed");
        assert!(job.message_en.contains("it is not run") || job.message_en.contains("Nobody"), "{job:?}");
        assert!(office.lab_run(&ready).is_none());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_stopped_ends_and_leaves_no_whole_answer() {
    on_both(|office| async move {
        let analyst = holding(&office, "zhengce", Role::Analyst, EVERYWHERE).await;
        let long = Asked { years: 40, replicates: 2_000, ..asked(&["one-rise-one-fall"]) };
        let ready = office.lab_ready(&analyst, &long).await.unwrap();
        let begun = office.begin_lab(&analyst, ready.clone(), String::new()).await.unwrap();
        let Begun::Work(id) = begun else { panic!("{begun:?}") };
        let again = office.begin_lab(&analyst, ready.clone(), String::new()).await.unwrap();
        assert_eq!(again, begun, "asking twice runs once");
        let under_way = office.lab_work(&analyst, &ready).await.unwrap().unwrap();
        assert_eq!((under_way.id, under_way.state.as_str()), (id, "running"));
        office.cancel_job(&analyst, id).await.unwrap();
        assert_eq!(ended(&office, &analyst, begun).await.state, "cancelled");
        assert!(office.lab_run(&ready).is_none_or(|run| !run.whole));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_out_of_bounds_or_unknown_is_not_run() {
    on_both(|office| async move {
        let analyst = holding(&office, "zhengce", Role::Analyst, EVERYWHERE).await;
        let good = asked(&["one-rise-one-fall"]);
        let same = Asked { with: good.base.clone(), ..good.clone() };
        for wrong in [
            Asked { years: 0, ..good.clone() },
            Asked { years: 41, ..good.clone() },
            Asked { replicates: 1, ..good.clone() },
            Asked { replicates: 1_000_000, ..good.clone() },
            Asked { draws: 0, ..good.clone() },
            same,
        ] {
            let ready = office.lab_ready(&analyst, &wrong).await.unwrap();
            let begun = office.begin_lab(&analyst, ready, String::new()).await;
            assert!(matches!(begun, Err(OfficeError::Refused { .. })), "{wrong:?}: {begun:?}");
        }
        let unknown = office.lab_ready(&analyst, &asked(&["no-such-proposal"])).await;
        assert!(matches!(unknown, Err(OfficeError::Stack(_))));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_digest_of_the_rules_tried_changes_with_the_text_of_a_proposal_and_no_other_does() {
    on_both(|office| async move {
        let installation = Viewer::installation();
        let text = |years: &str| {
            let both = "{ zh = \"试\", en = \"a try\" }";
            let library = office.library();
            let text = &library.get("cn-rank-2019").unwrap().text;
            let place = takeroot_policy::draft::place_of(text, "R19-04").unwrap();
            let clause = text[place].replace("years = 2", years);
            format!(
                "[proposal]\nid = \"sooner\"\ntitle = {both}\nsummary = {both}\nasked-by = {both}\n\n{clause}"
            )
        };
        let keep = |years: &'static str| {
            let (office, text) = (office.clone(), text(years));
            let installation = installation.clone();
            async move {
                let kept = office.save_document(&installation, &text).await.unwrap();
                assert!(matches!(kept, Kept::Saved(..)), "{kept:?}");
            }
        };
        keep("years = 1").await;
        let analyst = holding(&office, "zhengce", Role::Analyst, EVERYWHERE).await;
        let finance = holding(&office, "caizheng", Role::Finance, EVERYWHERE).await;
        let before = office.lab_ready(&analyst, &asked(&["sooner"])).await.unwrap().inputs;
        let unseen = office.lab_ready(&finance, &asked(&["sooner"])).await;
        assert!(
            matches!(unseen, Err(OfficeError::Stack(_))),
            "a draft is no proposal to one who writes none"
        );
        office.publish(&installation, "sooner", true).await.unwrap();
        assert!(office.lab_ready(&finance, &asked(&["sooner"])).await.is_ok());
        keep("years = 3").await;
        office.publish(&installation, "sooner", true).await.unwrap();
        let after = office.lab_ready(&analyst, &asked(&["sooner"])).await.unwrap().inputs;
        assert_ne!(before.with, after.with);
        assert_eq!(
            (before.base, before.roster, before.assumptions),
            (after.base, after.roster, after.assumptions)
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_combination_of_the_chosen_proposals_is_looked_at() {
    on_both(|office| async move {
        let analyst = holding(&office, "zhengce", Role::Analyst, EVERYWHERE).await;
        let wanted = asked(&["one-rise-one-fall", "township-tilt"]);
        let sought = Sought {
            budget: None,
            targets: vec![Target::of("person-years", None).unwrap(), Target::of("vacant", None).unwrap()],
        };
        let ready = office.lab_ready(&analyst, &wanted).await.unwrap();
        let begun =
            office.begin_packages(&analyst, ready.clone(), sought.clone(), String::new()).await.unwrap();
        assert_eq!(ended(&office, &analyst, begun).await.state, "done");
        let found = office.lab_packages(&ready, &sought).unwrap();
        let mut packages: Vec<usize> = found.search.packages.iter().map(|p| p.proposals.len()).collect();
        packages.sort_unstable();
        assert_eq!(packages, [0, 1, 1, 2]);
        assert!(found.search.packages.iter().any(|p| p.on_front));
        // Another wish is another search.
        let other = Sought { budget: Some(0.0), ..sought };
        assert!(office.lab_packages(&ready, &other).is_none());
    })
    .await;
}
