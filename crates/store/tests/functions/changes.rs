use takeroot_civil::{Fact, Rank};
use takeroot_store::changes;
use takeroot_store::{Tx, Within, acts, imports, people};

use crate::common::{career, day, enter, on_both, serving, three};

async fn told(tx: &mut Tx, within: &Within, after: (i64, i64), most: i64) -> Vec<(i64, i64, bool)> {
    let found = changes::after(tx, within, after, most).await.unwrap();
    found.iter().map(|c| (c.act, c.person, c.removed)).collect()
}

#[tokio::test]
async fn whoever_follows_the_acts_hears_of_every_change() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        assert_eq!(changes::last(&mut tx).await.unwrap(), 0, "before the first act");
        let ids = three(&mut tx).await;
        let everywhere = Within::everywhere();
        let entered: Vec<_> = ids.iter().map(|id| (1, *id, false)).collect();
        assert_eq!(told(&mut tx, &everywhere, (0, i64::MAX), 10).await, entered);
        // From within an act: the two of the same act that follow.
        assert_eq!(told(&mut tx, &everywhere, (1, ids[0]), 10).await, entered[1..]);
        assert_eq!(told(&mut tx, &everywhere, (0, i64::MAX), 2).await, entered[..2]);
        assert_eq!(told(&mut tx, &Within(vec![(1, 1)]), (0, i64::MAX), 10).await, entered[..1]);

        // A fact, a changed record, an undone fact, someone entered and taken back: each is a change.
        let fact = acts::record(&mut tx, "event", 2, 0, Some(ids[0]), "{}", None).await.unwrap();
        let mut event = people::career(&mut tx, ids[0]).await.unwrap().unwrap().career.events[1].clone();
        event.id = people::next_event(&mut tx, ids[0]).await.unwrap();
        (event.fact, event.dates.effective) = (Fact::Ranked { rank: Rank::Principal4 }, day(2024, 1, 1));
        people::add_events(&mut tx, ids[0], &[event], fact, 2).await.unwrap();
        let record = acts::record(&mut tx, "amend", 3, 0, Some(ids[1]), "{}", None).await.unwrap();
        let changed = career("A-2", "试乙乙").person;
        people::set_person(&mut tx, ids[1], &changed, record, 3).await.unwrap();
        let undo = acts::record(&mut tx, "undo", 4, 0, None, "{}", Some(fact)).await.unwrap();
        imports::take_back(&mut tx, fact, undo).await.unwrap();
        let (entry, fourth) = enter(&mut tx, &[career("A-4", "试丁")]).await;
        people::set_indexed(&mut tx, day(2026, 7, 1), &[(fourth[0], serving(2, 3))]).await.unwrap();
        let back = acts::record(&mut tx, "undo", 5, 0, None, "{}", Some(entry)).await.unwrap();
        imports::take_back(&mut tx, entry, back).await.unwrap();
        assert_eq!(
            told(&mut tx, &everywhere, (1, i64::MAX), 10).await,
            [
                (fact, ids[0], false),
                (record, ids[1], false),
                (undo, ids[0], false),
                (entry, fourth[0], true),
                (back, fourth[0], true),
            ]
        );
        assert_eq!(changes::last(&mut tx).await.unwrap(), back);
        let one = &changes::after(&mut tx, &everywhere, (fact, i64::MAX), 1).await.unwrap()[0];
        assert_eq!((one.kind.as_str(), one.at), ("amend", 3));
    })
    .await;
}
