use takeroot_store::{Within, name_keys, named, people, roster};

use crate::common::{career, on_both, three};

#[tokio::test]
async fn people_are_found_by_what_was_typed_within_reach() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let ids = three(&mut tx).await;
        let everywhere = Within::everywhere();
        let typed = |all: &[&str]| all.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        let ask = async |tx: &mut takeroot_store::Tx, names: &Within, numbers: &Within, typed: &[String]| {
            let found = named::named(tx, names, numbers, typed).await.unwrap();
            found.iter().map(|l| l.id).collect::<Vec<_>>()
        };
        let both = typed(&["试丙", "A-1", "试丙", "nobody"]);
        assert_eq!(ask(&mut tx, &everywhere, &everywhere, &both).await, [ids[0], ids[2]]);
        assert_eq!(
            ask(&mut tx, &everywhere, &Within::default(), &both).await,
            [ids[2]],
            "numbers are not searched"
        );
        assert_eq!(ask(&mut tx, &Within(vec![(1, 1)]), &Within::default(), &both).await, Vec::<i64>::new());
        // More than one statement's worth, a name at each end.
        let mut many = typed(&["试甲"]);
        many.extend((0..1_500).map(|n| format!("nobody{n}")));
        many.push("试乙".to_owned());
        assert_eq!(ask(&mut tx, &everywhere, &everywhere, &many).await, [ids[0], ids[1]]);

        let order = [ids[2], 99, ids[0], ids[2]];
        let lines = named::lines(&mut tx, &everywhere, &order).await.unwrap();
        assert_eq!(lines.iter().map(|l| l.id).collect::<Vec<_>>(), [ids[2], ids[0], ids[2]]);
        let here = named::lines(&mut tx, &Within(vec![(1, 1)]), &order).await.unwrap();
        assert_eq!(here.iter().map(|l| l.id).collect::<Vec<_>>(), [ids[0]]);
    })
    .await;
}

#[tokio::test]
async fn a_name_is_found_as_it_is_typed_until_it_changes() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let ids = three(&mut tx).await;
        let missing = name_keys::missing(&mut tx, &ids).await.unwrap();
        assert_eq!(missing.len(), 3);
        assert_eq!(missing[0], (ids[0], "试甲".to_owned()));
        let keys = |n: usize, all: &[&str]| (ids[n], all.iter().map(|k| (*k).to_owned()).collect::<Vec<_>>());
        let all = [keys(0, &["shijia", "sj"]), keys(1, &["shiyi", "sy"]), keys(2, &["shizz"])];
        name_keys::add(&mut tx, &all).await.unwrap();
        assert!(name_keys::missing(&mut tx, &ids).await.unwrap().is_empty());
        let found = async |tx: &mut takeroot_store::Tx, key: &str| {
            let wanted = roster::Wanted { key: Some(key.to_owned()), ..roster::Wanted::default() };
            let all = roster::all(tx, &Within::everywhere(), &wanted).await.unwrap();
            all.iter().map(|p| p.0).collect::<Vec<_>>()
        };
        assert_eq!(found(&mut tx, "shi").await, ids);
        assert_eq!(found(&mut tx, "sj").await, [ids[0]]);
        assert_eq!(found(&mut tx, "shiz").await, [ids[2]], "the last letter has one after it all the same");
        people::set_person(&mut tx, ids[0], &career("A-1", "试丁").person, 1, 2).await.unwrap();
        assert_eq!(found(&mut tx, "sj").await, Vec::<i64>::new());
        assert_eq!(name_keys::missing(&mut tx, &ids).await.unwrap(), [(ids[0], "试丁".to_owned())]);
        name_keys::forget(&mut tx, ids[1]).await.unwrap();
        assert_eq!(found(&mut tx, "shi").await, [ids[2]]);
    })
    .await;
}
