use takeroot_civil::{Day, Fact, PersonId, Rank};
use takeroot_store::people::{self, Indexed};
use takeroot_store::{Within, acts, imports};

use crate::common::{career, day, enter, on_both, serving, three};

#[tokio::test]
async fn a_career_comes_back_as_it_was_recorded() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let mut one = career("A-1", "试甲");
        let last = one.events.last_mut().unwrap();
        last.dates.approved = Some(day(2021, 6, 1));
        last.dates.counted_from = Some(day(2021, 5, 1));
        last.dates.recorded = Some(day(2021, 7, 9));
        (last.document, last.basis) = ("试委〔2021〕1号".to_owned(), "依据".to_owned());
        last.amends = Some(takeroot_civil::EventId(1));
        let two = career("A-2", "试乙");
        let (_, ids) = enter(&mut tx, &[one.clone(), two.clone()]).await;
        let kept = people::careers(&mut tx, &[ids[1], ids[0]]).await.unwrap();
        assert_eq!(
            kept.iter().map(|k| &k.career).collect::<Vec<_>>(),
            [&two, &one],
            "in the order asked for"
        );
        let kept = people::career(&mut tx, ids[0]).await.unwrap().unwrap();
        assert_eq!((kept.id, kept.revision, &kept.career), (ids[0], 1, &one));
        assert!(people::career(&mut tx, 99).await.unwrap().is_none());
        let number = PersonId("A-2".to_owned());
        assert_eq!(people::by_number(&mut tx, &number).await.unwrap(), Some(ids[1]));
        assert_eq!(people::by_number(&mut tx, &PersonId("A-3".to_owned())).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn facts_are_added_and_records_have_versions() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let ids = three(&mut tx).await;
        let revision = async |tx: &mut takeroot_store::Tx, id: i64| {
            let all = people::revisions(tx, &Within::everywhere()).await.unwrap();
            all.iter().find(|r| r.0 == id).unwrap().1
        };
        let act = acts::record(&mut tx, "event", 2, 0, Some(ids[0]), "{}", None).await.unwrap();
        let mut event = career("A-1", "").events[1].clone();
        event.id = people::next_event(&mut tx, ids[0]).await.unwrap();
        assert_eq!(event.id.0, 3);
        event.fact = Fact::Ranked { rank: Rank::Principal4 };
        people::add_events(&mut tx, ids[0], std::slice::from_ref(&event), act, 2).await.unwrap();
        assert_eq!(revision(&mut tx, ids[0]).await, 2, "what was remembered of the career no longer holds");
        people::touch(&mut tx, ids[0]).await.unwrap();
        assert_eq!(revision(&mut tx, ids[0]).await, 3);
        let changed = career("A-9", "试甲甲").person;
        people::set_person(&mut tx, ids[0], &changed, act, 3).await.unwrap();
        let kept = people::career(&mut tx, ids[0]).await.unwrap().unwrap();
        assert_eq!((kept.revision, &kept.career.person), (4, &changed));
        assert_eq!(kept.career.events.last(), Some(&event));
        assert_eq!(
            people::by_number(&mut tx, &changed.id).await.unwrap(),
            Some(ids[0]),
            "the number changed too"
        );
        let versions = "SELECT COUNT(*) FROM person_version WHERE person = $1";
        assert_eq!(tx.number(versions, vec![ids[0].into()]).await.unwrap(), 2, "the earlier record stays");
        tx.commit().await.unwrap();
        let mut tx = db.write().await.unwrap();
        let taken = people::set_person(&mut tx, ids[1], &changed, act, 4).await.unwrap_err();
        assert!(taken.is_duplicate(), "{taken}");
        drop(tx);
        let mut tx = db.write().await.unwrap();
        let twice = people::add_events(&mut tx, ids[0], &[event], act, 5).await.unwrap_err();
        assert!(twice.is_duplicate(), "{twice}");
    })
    .await;
}

#[tokio::test]
async fn the_columns_for_lists_are_those_that_were_put_in() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let everyone: Vec<_> = (0..450).map(|n| career(&format!("A-{n}"), &format!("试{n}"))).collect();
        let (_, ids) = enter(&mut tx, &everyone).await;
        let full = |n: i64| Indexed {
            in_service: n % 2 == 0,
            left_on: Some(day(2026, 1, 1)),
            left_reason: "resigned".to_owned(),
            layer: "township-deputy".to_owned(),
            layer_since: Some(day(2020, 1, 1)),
            post: "副镇长、委员".to_owned(),
            rank: "principal-4".to_owned(),
            rank_since: Some(day(2021, 1, 1)),
            level: Some(22),
            step: Some(3),
            education: "bachelor".to_owned(),
            degree: "bachelor".to_owned(),
            major: "农学".to_owned(),
            channel: "exam".to_owned(),
            entered: Some(day(2015, 8, 1)),
            rooted_months: 130,
            away_kind: "seconded".to_owned(),
            away_place: "县委办".to_owned(),
            away_since: Some(day(2025, 3, 1)),
            term_until: Some(day(2020, 8, 1)),
            term_running: n % 3 == 0,
            retires: Some(Day::new(2050, 2, 1).unwrap()),
            last_grade: "excellent".to_owned(),
            faults: 4,
            ..serving(5, n)
        };
        let rows: Vec<_> = (0..).zip(&ids).map(|(n, id)| (*id, full(n))).collect();
        people::set_indexed(&mut tx, day(2026, 7, 1), &rows).await.unwrap();
        for n in [0, 1, 199, 200, 449] {
            let line = people::line_of(&mut tx, &Within(vec![(5, 5)]), ids[n]).await.unwrap().unwrap();
            assert_eq!(line.at, full(n as i64), "{n}");
            assert_eq!((line.name, line.number), (format!("试{n}"), format!("A-{n}")));
        }
        assert!(
            people::line_of(&mut tx, &Within(vec![(1, 4)]), ids[0]).await.unwrap().is_none(),
            "not there"
        );
        let order = people::revisions(&mut tx, &Within(vec![(5, 5)])).await.unwrap();
        assert_eq!(order.iter().map(|r| r.0).collect::<Vec<_>>(), ids);
        assert_eq!(people::seats(&mut tx).await.unwrap().len(), 450);
    })
    .await;
}

#[tokio::test]
async fn a_number_that_was_left_free_is_someone_elses() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let (_, first) = enter(&mut tx, &[career("A-1", "试甲"), career("A-2", "试乙")]).await;
        let merge = acts::record(&mut tx, "merge", 2, 0, Some(first[0]), "{}", None).await.unwrap();
        imports::merge(&mut tx, first[0], first[1], merge).await.unwrap();
        let number = PersonId("A-1".to_owned());
        assert_eq!(
            people::by_number(&mut tx, &number).await.unwrap(),
            Some(first[0]),
            "merged, and still known"
        );
        let (_, second) = enter(&mut tx, &[career("A-1", "试丙")]).await;
        assert_eq!(
            people::by_number(&mut tx, &number).await.unwrap(),
            Some(second[0]),
            "whoever has it today"
        );
        assert!(people::line_of(&mut tx, &Within::everywhere(), first[0]).await.unwrap().is_none());
    })
    .await;
}
