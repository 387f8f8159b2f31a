use takeroot_civil::Fact;
use takeroot_store::{Within, acts, audit, changes, counter, people};

use crate::common::{account, day, enter, on_both, three};

#[tokio::test]
async fn an_act_is_kept_and_undone_by_another() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let ids = three(&mut tx).await;
        let one = acts::record(&mut tx, "event", 5, 3, Some(ids[1]), "{\"a\":1}", None).await.unwrap();
        let two = acts::record(&mut tx, "undo", 6, 3, Some(ids[1]), "{}", Some(one)).await.unwrap();
        let kept = acts::get(&mut tx, one).await.unwrap().unwrap();
        assert_eq!((kept.kind.as_str(), kept.at, kept.account), ("event", 5, 3));
        assert_eq!(
            (kept.person, kept.detail.as_str(), kept.undone_by),
            (Some(ids[1]), "{\"a\":1}", Some(two))
        );
        assert_eq!(acts::get(&mut tx, two).await.unwrap().unwrap().undoes, Some(one));
        assert!(acts::get(&mut tx, 99).await.unwrap().is_none());
        let of: Vec<i64> = acts::of_person(&mut tx, ids[1]).await.unwrap().iter().map(|a| a.id).collect();
        assert_eq!(of, [two, one, 1], "the latest first, the entry of many among them");
        assert_eq!(acts::of_person(&mut tx, ids[0]).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_auditor_sees_the_acts_on_people_within_reach() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let ids = three(&mut tx).await;
        let wang = account(&mut tx, "wang").await;
        let mut made = Vec::new();
        for (n, id) in ids.iter().enumerate() {
            made.push(
                acts::record(&mut tx, "event", 10 + n as i64, wang, Some(*id), "{}", None).await.unwrap(),
            );
        }
        let everywhere = Within::everywhere();
        let ask = async |tx: &mut takeroot_store::Tx, within: &Within, wanted: &audit::Wanted, skip, most| {
            let (lines, total) = audit::acts(tx, within, wanted, skip, most).await.unwrap();
            (lines.iter().map(|l| l.id).collect::<Vec<_>>(), total)
        };
        let all = audit::Wanted::default();
        assert_eq!(ask(&mut tx, &everywhere, &all, 0, 10).await, (vec![made[2], made[1], made[0], 1], 4));
        assert_eq!(ask(&mut tx, &everywhere, &all, 1, 2).await, (vec![made[1], made[0]], 4), "part by part");
        // Organ 2 alone: the entry of many is not on one of its people, so it is not told.
        assert_eq!(ask(&mut tx, &Within(vec![(2, 2)]), &all, 0, 10).await, (vec![made[2], made[1]], 2));
        let kind = audit::Wanted { kind: "enter".to_owned(), ..all.clone() };
        assert_eq!(ask(&mut tx, &everywhere, &kind, 0, 10).await, (vec![1], 1));
        let by = audit::Wanted { account: Some(wang), ..all.clone() };
        assert_eq!(ask(&mut tx, &everywhere, &by, 0, 10).await.1, 3);
        let itself = audit::Wanted { account: Some(0), ..all.clone() };
        assert_eq!(ask(&mut tx, &everywhere, &itself, 0, 10).await, (vec![1], 1), "the installation itself");
        let on = audit::Wanted { person: Some(ids[0]), ..all.clone() };
        assert_eq!(ask(&mut tx, &everywhere, &on, 0, 10).await, (vec![made[0]], 1));
        let between = audit::Wanted { from: Some(11), to: Some(12), ..all.clone() };
        assert_eq!(ask(&mut tx, &everywhere, &between, 0, 10).await, (vec![made[1]], 1));
        let (lines, _) = audit::acts(&mut tx, &everywhere, &by, 0, 1).await.unwrap();
        assert_eq!((lines[0].title.as_str(), lines[0].name.as_str()), ("wang之名", "试丙"));
        assert_eq!(audit::kinds(&mut tx).await.unwrap(), ["enter", "event"]);
    })
    .await;
}

#[tokio::test]
async fn numbers_are_given_out_once() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        assert_eq!(counter::take(&mut tx, "kind", 1).await.unwrap(), 1);
        assert_eq!(counter::take(&mut tx, "kind", 5).await.unwrap(), 2);
        assert_eq!(counter::take(&mut tx, "kind", 1).await.unwrap(), 7);
        assert_eq!(counter::given(&mut tx, "kind").await.unwrap(), 7);
        assert_eq!(counter::given(&mut tx, "other").await.unwrap(), 0);
        assert_eq!(counter::take(&mut tx, "other", 1).await.unwrap(), 1);
        tx.commit().await.unwrap();
        // What was not kept was not given.
        let mut tx = db.write().await.unwrap();
        assert_eq!(counter::take(&mut tx, "kind", 1).await.unwrap(), 8);
        drop(tx);
        let mut tx = db.write().await.unwrap();
        assert_eq!(counter::take(&mut tx, "kind", 1).await.unwrap(), 8);
        // An event's number is its person's own.
        let (act, ids) = enter(&mut tx, &[crate::common::career("A-1", "试甲")]).await;
        let next = people::next_event(&mut tx, ids[0]).await.unwrap();
        let fact = Fact::Ranked { rank: takeroot_civil::Rank::Principal4 };
        let mut event = people::career(&mut tx, ids[0]).await.unwrap().unwrap().career.events[0].clone();
        (event.id, event.fact, event.dates.effective) = (next, fact, day(2024, 1, 1));
        people::add_events(&mut tx, ids[0], &[event], act, 2).await.unwrap();
        assert_eq!(people::next_event(&mut tx, ids[0]).await.unwrap().0, next.0 + 1);
    })
    .await;
}

#[tokio::test]
async fn who_looks_before_changing_waits_for_the_act_under_way() {
    on_both(async |db| {
        let mut first = db.write().await.unwrap();
        acts::turn(&mut first).await.unwrap();
        let db = db.clone();
        let other = tokio::spawn(async move {
            let mut tx = db.write().await.unwrap();
            acts::turn(&mut tx).await.unwrap();
            let seen = changes::last(&mut tx).await.unwrap();
            let own = acts::record(&mut tx, "second", 2, 0, None, "{}", None).await.unwrap();
            tx.commit().await.unwrap();
            (seen, own)
        });
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        assert!(!other.is_finished(), "it waits");
        let act = acts::record(&mut first, "first", 1, 0, None, "{}", None).await.unwrap();
        first.commit().await.unwrap();
        assert_eq!(other.await.unwrap(), (act, act + 1), "and then sees what was done");
    })
    .await;
}
