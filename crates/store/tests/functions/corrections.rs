use takeroot_store::Within;
use takeroot_store::corrections::{self, Correction};

use crate::common::{on_both, three};

#[tokio::test]
async fn what_a_person_says_is_wrong_waits_for_those_who_may_answer() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let ids = three(&mut tx).await;
        let asked = |person: i64, at: i64, event: Option<i64>| Correction {
            id: 0,
            person,
            name: String::new(),
            at,
            event,
            wrong: "学历写错".to_owned(),
            right: "本科".to_owned(),
            evidence: "毕业证".to_owned(),
            state: "accepted".to_owned(),
            answer: "not read".to_owned(),
        };
        let first = corrections::ask(&mut tx, &asked(ids[0], 5, None), 7).await.unwrap();
        let second = corrections::ask(&mut tx, &asked(ids[1], 6, Some(1)), 8).await.unwrap();
        let third = corrections::ask(&mut tx, &asked(ids[1], 7, None), 8).await.unwrap();
        let own = corrections::of_person(&mut tx, ids[1]).await.unwrap();
        assert_eq!(own.iter().map(|c| c.id).collect::<Vec<_>>(), [third, second]);
        assert_eq!((own[1].state.as_str(), own[1].answer.as_str(), own[1].event), ("waiting", "", Some(1)));
        assert_eq!((own[1].name.as_str(), own[1].right.as_str()), ("试乙", "本科"));

        let elsewhere = Within(vec![(1, 1)]);
        let there = Within(vec![(2, 2)]);
        let none = corrections::answer(&mut tx, &elsewhere, second, true, "x", 9, 10).await.unwrap();
        assert!(none.is_none(), "that person is not within reach");
        let said = corrections::answer(&mut tx, &there, third, false, "与档案一致", 9, 10).await.unwrap();
        assert_eq!(said.unwrap().state, "refused");
        let again = corrections::answer(&mut tx, &there, third, true, "x", 9, 11).await.unwrap();
        assert!(again.is_none(), "an answer is not given twice");
        let seen: Vec<i64> = corrections::list(&mut tx, &there).await.unwrap().iter().map(|c| c.id).collect();
        assert_eq!(seen, [second, third], "those that wait first");
        let accepted =
            corrections::answer(&mut tx, &Within::everywhere(), first, true, "已更正", 9, 12).await.unwrap();
        assert_eq!(accepted.unwrap().state, "accepted");
        assert_eq!(corrections::of_person(&mut tx, ids[0]).await.unwrap()[0].answer, "已更正");
    })
    .await;
}

#[tokio::test]
async fn notes_are_kept_the_latest_first() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let ids = three(&mut tx).await;
        corrections::add_note(&mut tx, ids[0], 1, 5, "一").await.unwrap();
        corrections::add_note(&mut tx, ids[0], 1, 6, "二").await.unwrap();
        let notes = corrections::notes(&mut tx, ids[0]).await.unwrap();
        assert_eq!(notes, [(6, "二".to_owned()), (5, "一".to_owned())]);
        assert!(corrections::notes(&mut tx, ids[1]).await.unwrap().is_empty());
    })
    .await;
}
