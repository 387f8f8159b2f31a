use takeroot_store::Within;
use takeroot_store::sights::{self, Wanted};

use crate::common::{account, on_both, three};

#[tokio::test]
async fn looks_are_recorded_and_told_to_those_who_may_know() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let ids = three(&mut tx).await;
        let (wang, li) = (account(&mut tx, "wang").await, account(&mut tx, "li").await);
        sights::record(&mut tx, 10, wang, "pay", "file", &[ids[0]]).await.unwrap();
        sights::record(&mut tx, 20, li, "identity", "export", &ids).await.unwrap();
        sights::record(&mut tx, 30, li, "identity", "export", &[]).await.unwrap();

        let everywhere = Within::everywhere();
        let (all, total) = sights::list(&mut tx, &everywhere, &Wanted::default(), 0, 10).await.unwrap();
        assert_eq!((all.len(), total), (4, 4));
        let last = all.last().unwrap();
        assert_eq!((last.at, last.account, last.title.as_str()), (10, wang, "wang之名"));
        assert_eq!((last.person, last.name.as_str(), last.class.as_str()), (ids[0], "试甲", "pay"));
        assert_eq!(last.place, "file");
        let count = async |tx: &mut takeroot_store::Tx, within: &Within, wanted: Wanted| {
            sights::list(tx, within, &wanted, 0, 10).await.unwrap().1
        };
        let there = Within(vec![(2, 2)]);
        assert_eq!(count(&mut tx, &there, Wanted::default()).await, 2, "at people within reach");
        let of = Wanted { person: Some(ids[0]), ..Wanted::default() };
        assert_eq!(count(&mut tx, &everywhere, of).await, 2);
        let by = Wanted { account: Some(wang), ..Wanted::default() };
        assert_eq!(count(&mut tx, &everywhere, by).await, 1);
        let class = Wanted { class: "identity".to_owned(), ..Wanted::default() };
        assert_eq!(count(&mut tx, &everywhere, class).await, 3);
        let between = Wanted { from: Some(10), to: Some(20), ..Wanted::default() };
        assert_eq!(count(&mut tx, &everywhere, between).await, 1);
        let (part, total) = sights::list(&mut tx, &everywhere, &Wanted::default(), 3, 10).await.unwrap();
        assert_eq!((part.len(), total), (1, 4));

        assert!(sights::latest(&mut tx, wang, ids[0], "pay", "file", 9).await.unwrap());
        assert!(!sights::latest(&mut tx, wang, ids[0], "pay", "file", 10).await.unwrap(), "not since then");
        assert!(!sights::latest(&mut tx, wang, ids[0], "pay", "form", 9).await.unwrap(), "another place");
        assert!(!sights::latest(&mut tx, wang, ids[1], "pay", "file", 9).await.unwrap(), "another person");
    })
    .await;
}
