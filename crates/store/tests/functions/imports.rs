use takeroot_civil::{Fact, Rank};
use takeroot_store::imports::{self, Import, PreviewRow};
use takeroot_store::{Tx, Within, acts, people, roster};

use crate::common::{career, day, enter, on_both, three, two_organs};

#[tokio::test]
async fn a_file_is_kept_with_what_its_preview_found() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let bytes: Vec<u8> = (0..=255).collect();
        let id = imports::add(&mut tx, 7, "花名册.xlsx", bytes.clone(), 5).await.unwrap();
        let later = imports::add(&mut tx, 7, "b.csv", Vec::new(), 6).await.unwrap();
        assert_eq!(imports::content(&mut tx, id).await.unwrap(), bytes);
        assert!(imports::content(&mut tx, 99).await.unwrap().is_empty());
        assert!(imports::of(&mut tx, 8, id).await.unwrap().is_none(), "of another account");
        let found = imports::of(&mut tx, 7, id).await.unwrap().unwrap();
        assert_eq!((found.state.as_str(), found.name.as_str(), found.at), ("reading", "花名册.xlsx", 5));
        let latest: Vec<i64> = imports::latest(&mut tx, 7, 5).await.unwrap().iter().map(|i| i.id).collect();
        assert_eq!(latest, [later, id]);
        assert_eq!(imports::latest(&mut tx, 7, 1).await.unwrap().len(), 1);

        imports::set_job(&mut tx, id, 3).await.unwrap();
        imports::previewed(&mut tx, id, "base", "{\"new\":1}").await.unwrap();
        let found = imports::of(&mut tx, 7, id).await.unwrap().unwrap();
        assert_eq!((found.state.as_str(), found.base.as_str(), found.job), ("preview", "base", Some(3)));
        let applied =
            Import { state: "applied".to_owned(), act: Some(9), choices: "{\"4\":1}".to_owned(), ..found };
        imports::set(&mut tx, &applied).await.unwrap();
        assert_eq!(imports::of(&mut tx, 7, id).await.unwrap().unwrap(), applied);
        imports::undone(&mut tx, 9).await.unwrap();
        assert_eq!(imports::of(&mut tx, 7, id).await.unwrap().unwrap().state, "undone");
        assert_eq!(imports::of(&mut tx, 7, later).await.unwrap().unwrap().state, "reading", "that one alone");
    })
    .await;
}

#[tokio::test]
async fn rows_of_a_preview_are_read_part_by_part() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let row = |n: i64| PreviewRow {
            n,
            kind: if n % 2 == 0 { "new" } else { "error" }.to_owned(),
            person: (n % 2 == 1).then_some(n),
            number: format!("A-{n}"),
            name: "试".to_owned(),
            detail: "{}".to_owned(),
        };
        imports::set_rows(&mut tx, 1, (0..7).map(row).collect()).await.unwrap();
        imports::set_rows(&mut tx, 2, (0..1).map(row).collect()).await.unwrap();
        let all = imports::rows(&mut tx, 1, "", 2, 3).await.unwrap();
        assert_eq!(all, [row(2), row(3), row(4)]);
        let errors = imports::rows(&mut tx, 1, "error", 0, 10).await.unwrap();
        assert_eq!(errors, [row(1), row(3), row(5)]);
        imports::set_rows(&mut tx, 1, vec![row(0)]).await.unwrap();
        assert_eq!(imports::rows(&mut tx, 1, "", 0, 10).await.unwrap().len(), 1, "in place of the others");
        assert_eq!(imports::rows(&mut tx, 2, "", 0, 10).await.unwrap().len(), 1, "another import's stay");
    })
    .await;
}

/// A further rank of a person under an act of its own.
async fn ranked(tx: &mut Tx, person: i64) -> i64 {
    let act = acts::record(tx, "event", 2, 0, Some(person), "{}", None).await.unwrap();
    let mut event = people::career(tx, person).await.unwrap().unwrap().career.events[1].clone();
    event.id = people::next_event(tx, person).await.unwrap();
    (event.fact, event.dates.effective) = (Fact::Ranked { rank: Rank::Principal4 }, day(2024, 1, 1));
    people::add_events(tx, person, &[event], act, 2).await.unwrap();
    act
}

#[tokio::test]
async fn the_stamp_changes_with_every_change() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let mut seen = vec![imports::stamp(&mut tx).await.unwrap()];
        two_organs(&mut tx).await;
        seen.push(imports::stamp(&mut tx).await.unwrap());
        let ids = three(&mut tx).await;
        seen.push(imports::stamp(&mut tx).await.unwrap());
        let act = ranked(&mut tx, ids[0]).await;
        seen.push(imports::stamp(&mut tx).await.unwrap());
        people::touch(&mut tx, ids[1]).await.unwrap();
        seen.push(imports::stamp(&mut tx).await.unwrap());
        imports::merge(&mut tx, ids[2], ids[1], act).await.unwrap();
        seen.push(imports::stamp(&mut tx).await.unwrap());
        assert!(seen.iter().enumerate().all(|(n, s)| !seen[..n].contains(s)), "{seen:?}");
    })
    .await;
}

#[tokio::test]
async fn whoever_was_merged_lives_on_in_the_record_that_stayed() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let ids = three(&mut tx).await;
        assert_eq!(people::living(&mut tx, ids[2]).await.unwrap(), ids[2]);
        let act = ranked(&mut tx, ids[0]).await;
        imports::merge(&mut tx, ids[2], ids[1], act).await.unwrap();
        imports::merge(&mut tx, ids[1], ids[0], act).await.unwrap();
        for id in ids.iter().copied() {
            assert_eq!(people::living(&mut tx, id).await.unwrap(), ids[0], "{id}");
        }
        assert_eq!(people::living(&mut tx, 987_654).await.unwrap(), 987_654, "nobody is led nowhere");
    })
    .await;
}

#[tokio::test]
async fn an_import_is_taken_back_as_one_act() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let ids = three(&mut tx).await;
        // One act: a fact of the first, another record of the second, a new person, the third merged into the first.
        let act = ranked(&mut tx, ids[0]).await;
        let changed = career("A-2", "试乙乙").person;
        people::set_person(&mut tx, ids[1], &changed, act, 2).await.unwrap();
        let new = people::add(&mut tx, &[&career("A-9", "试新")], act, 2).await.unwrap();
        imports::merge(&mut tx, ids[2], ids[0], act).await.unwrap();
        let touched = imports::people_of_act(&mut tx, act).await.unwrap();
        assert_eq!(touched, [ids[0], ids[1], ids[2], new[0]]);
        let before = imports::before(&mut tx, act).await.unwrap();
        assert_eq!(before.len(), 1, "whom it entered had nothing before");
        assert!(before[0].0 == ids[1] && before[0].1.contains("试乙") && !before[0].1.contains("试乙乙"));
        let keys = imports::keys(&mut tx).await.unwrap();
        let names: Vec<&str> = keys.iter().map(|k| k.name.as_str()).collect();
        assert_eq!(names, ["试甲", "试乙乙", "试新"], "the merged one is not found");
        assert_eq!((keys[0].organ_seq, keys[0].organ.as_str(), keys[0].birth), (1, "1", None));
        assert_eq!(imports::last_events(&mut tx).await.unwrap()[&ids[0]], 3);

        assert_eq!(imports::built_on(&mut tx, act).await.unwrap(), []);
        let upon = ranked(&mut tx, ids[0]).await;
        assert_eq!(
            imports::built_on(&mut tx, act).await.unwrap(),
            [(upon, ids[0])],
            "something stands on it"
        );
        let undo = acts::record(&mut tx, "undo", 3, 0, None, "{}", Some(upon)).await.unwrap();
        imports::take_back(&mut tx, upon, undo).await.unwrap();
        assert_eq!(imports::built_on(&mut tx, act).await.unwrap(), []);

        let undo = acts::record(&mut tx, "undo", 4, 0, None, "{}", Some(act)).await.unwrap();
        imports::take_back(&mut tx, act, undo).await.unwrap();
        let kept = people::career(&mut tx, ids[0]).await.unwrap().unwrap();
        assert_eq!(kept.career, career("A-1", "试甲"), "the facts of undone acts are left out");
        let found = people::revisions(&mut tx, &Within::everywhere()).await.unwrap();
        let found: Vec<i64> = found.iter().map(|r| r.0).collect();
        assert_eq!(found, ids, "the merged one is back, the new one gone");
        let rows = tx.number("SELECT COUNT(*) FROM event WHERE undone_by IS NOT NULL", vec![]).await.unwrap();
        assert_eq!(rows, 4, "and nothing was removed from the database: two ranks, and what the new one had");
    })
    .await;
}

#[tokio::test]
async fn a_corrected_number_still_finds_its_person() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let (act, ids) = enter(&mut tx, &[career("A-1", "试甲")]).await;
        imports::keep_number(&mut tx, ids[0], "99010119900307100X", act).await.unwrap();
        let wanted = |ending: &str| roster::Wanted {
            id_ending: Some((ending.to_owned(), Within::everywhere())),
            ..roster::Wanted::default()
        };
        let everywhere = Within::everywhere();
        assert_eq!(roster::count(&mut tx, &everywhere, &wanted("100X")).await.unwrap(), 1);
        assert_eq!(roster::count(&mut tx, &everywhere, &wanted("1000")).await.unwrap(), 0);
    })
    .await;
}
