//! A county comes in by its workbook, is mended, edited, taken back.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests may fail"
)]

use std::sync::Arc;

use takeroot_civil::{Day, Fact, Rank, Roster};
use takeroot_demo::County;
use takeroot_exchange::roster;
use takeroot_office::import::RowKind;
use takeroot_office::jobs::Progress;
use takeroot_office::roster::Query;
use takeroot_office::testing::{self, today};
use takeroot_office::{Office, OfficeError, Role, Viewer, sign_in, viewer};

use takeroot_store::{Within, imports, organs, people};
use takeroot_words::Lang;

/// Tells a story on every database at hand.
async fn on_both<F: Future<Output = ()>>(story: impl Fn(Arc<Office>) -> F) {
    let dir = tempfile::tempdir().unwrap();
    for (office, _) in testing::offices(dir.path()).await.unwrap() {
        story(Arc::new(office)).await;
    }
}

/// The first people of a county of 500, which is the smallest there is.
fn county(people: usize) -> Roster {
    let mut roster = County::generate(500, 7, today()).unwrap();
    roster.careers.truncate(people);
    roster
}

fn book(roster: &Roster) -> Vec<u8> {
    roster::write(roster, Lang::Zh).unwrap()
}

async fn everyone(office: &Office) -> Vec<takeroot_civil::Career> {
    let mut tx = office.db.read().await.unwrap();
    let ids: Vec<i64> = imports::keys(&mut tx).await.unwrap().iter().map(|k| k.id).collect();
    people::careers(&mut tx, &ids).await.unwrap().into_iter().map(|k| k.career).collect()
}

/// Imports a file by the page's way: preview, then apply.
async fn by_page(office: &Arc<Office>, viewer: &Viewer, name: &str, bytes: Vec<u8>) -> (i64, [i64; 5]) {
    let (id, job) = office.import_file(viewer, name, bytes).await.unwrap();
    while office.job(viewer, job).await.unwrap().state == "running" {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let ended = office.job(viewer, job).await.unwrap();
    assert_eq!(ended.state, "done", "{}", ended.message_en);
    let preview = office.preview(viewer, id).await.unwrap();
    (id, RowKind::ALL.map(|k| preview.counts.get(k)))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_county_comes_in_and_its_own_export_changes_nothing() {
    on_both(a_county_comes_in_and_its_own_export_changes_nothing_story).await;
}

async fn a_county_comes_in_and_its_own_export_changes_nothing_story(office: Arc<Office>) {
    let me = Viewer::installation();
    let mut roster = county(120);
    let (id, counts) = by_page(&office, &me, "county.xlsx", book(&roster)).await;
    assert_eq!(counts, [0, 0, roster.careers.len() as i64, 0, 0]);
    assert!(everyone(&office).await.is_empty(), "a preview writes nothing");
    let act = office.apply(&me, id, false, &Progress::default()).await.unwrap();
    assert_eq!(everyone(&office).await, roster.careers, "import after export is the identity");

    let (_, counts) = by_page(&office, &me, "county.xlsx", book(&roster)).await;
    assert_eq!(counts, [0, 0, 0, 0, roster.careers.len() as i64], "nothing is new the second time");

    // Edited: one name of a major field, one fact amended, one fact added.
    let before = everyone(&office).await;
    roster.careers[3].person.native_place = "别处".into();
    let at = roster.careers[5].events.iter().position(|e| matches!(e.fact, Fact::Ranked { .. }));
    let at = at.expect("someone with a rank");
    roster.careers[5].events[at].dates.effective = Day::new(2019, 6, 3).unwrap();
    roster.careers[7].add(Day::new(2026, 6, 1).unwrap(), Fact::Ranked { rank: Rank::Staff1 });
    let (id, counts) = by_page(&office, &me, "edited.xlsx", book(&roster)).await;
    assert_eq!(counts, [0, 0, 0, 3, roster.careers.len() as i64 - 3]);
    let changed = office.preview_rows(&me, id, Some(RowKind::Changed), 0, 50).await.unwrap();
    let how: Vec<Vec<String>> =
        changed.iter().map(|r| r.changes.iter().map(|c| c.how.clone()).collect()).collect();
    assert_eq!(how, [["field"], ["amended"], ["added"]]);
    let edit = office.apply(&me, id, false, &Progress::default()).await.unwrap();
    let after = everyone(&office).await;
    assert_eq!(after[3].person.native_place, "别处");
    assert_eq!(after[5].events.len(), before[5].events.len() + 1, "the amended fact stays");
    assert_eq!(after[5].holding().len(), before[5].holding().len());

    // The first import cannot go while the second stands on it; then both go.
    assert!(matches!(office.undo(&me, act).await, Err(OfficeError::Refused { .. })));
    office.undo(&me, edit).await.unwrap();
    assert_eq!(everyone(&office).await, before, "as before, bit for bit");
    office.undo(&me, act).await.unwrap();
    assert!(everyone(&office).await.is_empty());
    let mut tx = office.db.read().await.unwrap();
    assert!(organs::tree(&mut tx).await.unwrap().is_empty());
    drop(tx);
    // And it can come in again.
    let (id, counts) = by_page(&office, &me, "county.xlsx", book(&county(120))).await;
    assert_eq!(counts[2], roster.careers.len() as i64);
    office.apply(&me, id, false, &Progress::default()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_import_leaves_nothing_and_a_stale_preview_is_refused() {
    on_both(a_stopped_import_leaves_nothing_and_a_stale_preview_is_refused_story).await;
}

async fn a_stopped_import_leaves_nothing_and_a_stale_preview_is_refused_story(office: Arc<Office>) {
    let me = Viewer::installation();
    let (first, _) = by_page(&office, &me, "a.xlsx", book(&county(60))).await;
    let (second, _) = by_page(&office, &me, "b.xlsx", book(&county(60))).await;
    let stopped = Progress::default();
    stopped.stop();
    assert!(matches!(office.apply(&me, first, false, &stopped).await, Err(OfficeError::Cancelled)));
    assert!(everyone(&office).await.is_empty());
    office.apply(&me, first, false, &Progress::default()).await.unwrap();
    // What was applied is no preview any more, whatever a page that was left open still offers.
    let late = office.choose(&me, first, "1", 0).await;
    assert!(matches!(late, Err(OfficeError::Refused { .. })));
    assert!(matches!(
        office.apply(&me, first, false, &Progress::default()).await,
        Err(OfficeError::Refused { .. })
    ));
    let stale = office.apply(&me, second, false, &Progress::default()).await;
    assert!(matches!(stale, Err(OfficeError::Refused { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_touches_only_the_own_organ() {
    on_both(a_clerk_touches_only_the_own_organ_story).await;
}

async fn a_clerk_touches_only_the_own_organ_story(office: Arc<Office>) {
    let me = Viewer::installation();
    let mut roster = county(120);
    let (id, _) = by_page(&office, &me, "county.xlsx", book(&roster)).await;
    office.apply(&me, id, false, &Progress::default()).await.unwrap();
    let mut tx = office.db.read().await.unwrap();
    let key = imports::keys(&mut tx).await.unwrap()[0].clone();
    let here = people::revisions(&mut tx, &Within(vec![(key.organ_seq, key.organ_seq)])).await.unwrap().len();
    drop(tx);
    let holds = vec![viewer::Holds {
        role: Role::Clerk,
        within: (key.organ_seq, key.organ_seq),
        organ: key.organ.clone(),
    }];
    let clerk = Viewer { account: 7, holds, ..Viewer::installation() };
    for career in &mut roster.careers {
        career.person.health = "良好（虚构）".into();
    }
    let (id, counts) = by_page(&office, &clerk, "all.xlsx", book(&roster)).await;
    assert_eq!(counts[0] as usize, roster.careers.len() - here, "others are outside the scope");
    assert_eq!(counts[3] as usize, here);
    let refused = office.apply(&clerk, id, false, &Progress::default()).await;
    assert!(matches!(refused, Err(OfficeError::Refused { .. })));
    let rows = office.preview_rows(&clerk, id, Some(RowKind::Error), 0, 500).await.unwrap();
    assert!(rows.iter().all(|r| r.changes.is_empty() && r.problems[0].code == "outside-scope"));
    office.apply(&clerk, id, true, &Progress::default()).await.unwrap();
    let changed = everyone(&office).await.iter().filter(|c| c.person.health == "良好（虚构）").count();
    assert_eq!(changed, here);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asked_before_the_units_were_numbered_anew_reaches_the_same_unit() {
    on_both(async |office: Arc<Office>| {
        let me = Viewer::installation();
        let mut roster = county(120);
        let progress = Progress::default();
        office.import_now(&me, "county.xlsx", book(&roster), false, false, &progress).await.unwrap();
        let mut tx = office.db.read().await.unwrap();
        let keys = imports::keys(&mut tx).await.unwrap();
        drop(tx);
        let (own, other) = (&keys[0], keys.iter().find(|k| k.organ_seq != keys[0].organ_seq).unwrap());
        let of_own = keys.iter().filter(|k| k.organ_seq == own.organ_seq).count();
        // The number that the unit had when the clerk's page was asked for is another's by now.
        let within = (other.organ_seq, other.organ_seq);
        let holds = vec![viewer::Holds { role: Role::Clerk, within, organ: own.organ.clone() }];
        let clerk = Viewer { account: 7, holds, ..Viewer::installation() };
        for career in &mut roster.careers {
            career.person.health = "良好（虚构）".into();
        }
        office.import_now(&clerk, "all.xlsx", book(&roster), false, true, &progress).await.unwrap();
        let mut tx = office.db.read().await.unwrap();
        let changed: Vec<&str> = keys.iter().map(|k| k.organ.as_str()).collect();
        let ids: Vec<i64> = keys.iter().map(|k| k.id).collect();
        let all = people::careers(&mut tx, &ids).await.unwrap();
        let of = |id: i64| changed[ids.iter().position(|i| *i == id).unwrap()];
        let changed: Vec<&str> =
            all.iter().filter(|k| k.career.person.health == "良好（虚构）").map(|k| of(k.id)).collect();
        assert!(changed.iter().all(|organ| *organ == own.organ), "nobody of another unit: {changed:?}");
        assert_eq!(changed.len(), of_own);
        // A unit that is gone is nowhere.
        let gone = vec![viewer::Holds { role: Role::Clerk, within, organ: "no-such".to_owned() }];
        let clerk = Viewer { holds: gone, ..clerk };
        let said = office.import_now(&clerk, "all.xlsx", book(&roster), true, true, &progress).await;
        assert!(matches!(said, Err(OfficeError::Forbidden { .. })));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_stays_with_its_person_when_two_records_become_one() {
    on_both(async |office: Arc<Office>| {
        let me = Viewer::installation();
        let progress = Progress::default();
        office.import_now(&me, "county.xlsx", book(&county(60)), false, false, &progress).await.unwrap();
        let password = "a long sentence that nobody guesses";
        office.add_account(&me, "geren", "试", Some(2), password, &[(Role::Own, "")]).await.unwrap();
        let token = office.sign_in("geren", password, &sign_in::From::default()).await.unwrap().token;
        let own = async || office.viewer(&token).await.unwrap().unwrap().0;
        assert_eq!(own().await.person, Some(2));
        let act = office.merge(&me, 1, 2, &[]).await.unwrap();
        assert_eq!(own().await.person, Some(1), "the record that stayed");
        office.undo(&me, act).await.unwrap();
        assert_eq!(own().await.person, Some(2), "two again");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_entered_twice_becomes_one_and_two_again() {
    on_both(a_person_entered_twice_becomes_one_and_two_again_story).await;
}

async fn a_person_entered_twice_becomes_one_and_two_again_story(office: Arc<Office>) {
    let me = Viewer::installation();
    let (id, _) = by_page(&office, &me, "county.xlsx", book(&county(60))).await;
    office.apply(&me, id, false, &Progress::default()).await.unwrap();
    let before = everyone(&office).await;
    let act = office.merge(&me, 1, 2, &["name".to_owned()]).await.unwrap();
    let merged = everyone(&office).await;
    assert_eq!(merged.len(), before.len() - 1);
    assert_eq!(merged[0].person.name, before[1].person.name);
    assert!(merged[0].events.len() > before[0].events.len());
    office.undo(&me, act).await.unwrap();
    assert_eq!(everyone(&office).await, before);

    let number = "11010519491231002X";
    assert!(office.change_number(&me, 1, "110105194912310021", true, Lang::Zh).await.is_err());
    let act = office.change_number(&me, 1, number, true, Lang::Zh).await.unwrap();
    let changed = everyone(&office).await;
    assert_eq!(changed[0].person.birth, Day::new(1949, 12, 31));
    assert_eq!(changed[0].events, before[0].events, "all history follows");
    assert!(office.change_number(&me, 2, number, true, Lang::Zh).await.is_err(), "taken");
    office.undo(&me, act).await.unwrap();
    assert_eq!(everyone(&office).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_twice_at_once_is_written_once() {
    on_both(async |office: Arc<Office>| {
        let file = book(&county(60));
        let import = |office: Arc<Office>, file: Vec<u8>| {
            tokio::spawn(async move {
                let me = Viewer::installation();
                let progress = Progress::default();
                office.import_now(&me, "county.xlsx", file, false, false, &progress).await.unwrap().2
            })
        };
        let (one, two) = (import(office.clone(), file.clone()), import(office.clone(), file));
        let (one, two) = (one.await.unwrap(), two.await.unwrap());
        assert!(one.is_some() != two.is_some(), "{one:?} {two:?}");
        assert_eq!(everyone(&office).await.len(), 60);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_in_by_a_file_is_reckoned_anew_with_the_day() {
    let dir = tempfile::tempdir().unwrap();
    for (office, clock) in testing::offices(dir.path()).await.unwrap() {
        let all = Viewer::installation();
        let file = book(&county(500));
        let (_, _, act) =
            office.import_now(&all, "county.xlsx", file, false, true, &Progress::default()).await.unwrap();
        assert!(act.is_some());
        let bound = Query::parse("term=running&term_to=2027-06-30");
        let before = office.roster(&all, &bound).await.unwrap().total;
        assert!(before > 0, "someone's service term ends within a year");
        clock.later(365 * 86_400_000);
        office.refresh().await.unwrap();
        assert_eq!(office.roster(&all, &bound).await.unwrap().total, 0, "a year later they have served");
    }
}
