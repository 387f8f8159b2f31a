use takeroot_store::doubts;
use takeroot_store::{Within, people};

use crate::common::{career, day, enter, on_both, serving, three};

#[tokio::test]
async fn what_is_doubtful_is_kept_of_each_and_counted_within_reach() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let ids = three(&mut tx).await;
        let found = [(ids[0], vec!["birth"]), (ids[1], vec!["birth", "alike"]), (ids[2], vec!["rank"])];
        doubts::set(&mut tx, &found).await.unwrap();
        assert_eq!(doubts::of(&mut tx, ids[1]).await.unwrap(), ["alike", "birth"]);
        let counted = doubts::counts(&mut tx, &Within::everywhere()).await.unwrap();
        let told: Vec<(&str, i64)> = counted.iter().map(|(c, n)| (c.as_str(), *n)).collect();
        assert_eq!(told, [("birth", 2), ("alike", 1), ("rank", 1)], "the most first");
        let there = doubts::counts(&mut tx, &Within(vec![(2, 2)])).await.unwrap();
        assert_eq!(there.len(), 3);
        assert!(there.iter().all(|c| c.1 == 1), "{there:?}");
        // What is found now takes the place of what was found before, of those people only.
        doubts::set(&mut tx, &[(ids[0], vec![]), (ids[1], vec!["birth"])]).await.unwrap();
        assert!(doubts::of(&mut tx, ids[0]).await.unwrap().is_empty());
        assert_eq!(doubts::of(&mut tx, ids[2]).await.unwrap(), ["rank"]);
        assert!(doubts::counts(&mut tx, &Within::default()).await.unwrap().is_empty(), "nowhere");
    })
    .await;
}

#[tokio::test]
async fn two_of_one_name_and_birth_are_noticed() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let born = |number: &str, name: &str, year| {
            let mut career = career(number, name);
            career.person.birth = Some(day(year, 5, 1));
            career
        };
        let all = [born("A-1", "试甲", 1990), born("A-2", "试甲", 1990), born("A-3", "试甲", 1991)];
        let (_, ids) = enter(&mut tx, &all).await;
        people::set_indexed(&mut tx, day(2026, 7, 1), &[(ids[0], serving(1, 1))]).await.unwrap();
        assert_eq!(doubts::alike(&mut tx, &ids).await.unwrap(), [(ids[0], ids[1]), (ids[1], ids[0])]);
        assert_eq!(doubts::alike(&mut tx, &ids[2..]).await.unwrap(), []);
    })
    .await;
}
