use takeroot_store::limits::{self, Limit};

use crate::common::on_both;

const FIVE: Limit = Limit { tries: 3, back: 1_000 };

#[tokio::test]
async fn tries_are_used_up_and_come_back_with_time() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        for _ in 0..3 {
            assert_eq!(limits::take(&mut tx, "a", FIVE, 10_000).await.unwrap(), None);
        }
        assert_eq!(limits::take(&mut tx, "a", FIVE, 10_000).await.unwrap(), Some(1_000));
        assert_eq!(limits::take(&mut tx, "a", FIVE, 10_400).await.unwrap(), Some(600));
        assert_eq!(limits::take(&mut tx, "b", FIVE, 10_000).await.unwrap(), None, "another's");
        assert_eq!(limits::take(&mut tx, "a", FIVE, 11_000).await.unwrap(), None, "one is back");
        assert_eq!(limits::take(&mut tx, "a", FIVE, 11_000).await.unwrap(), Some(1_000));
        // However long it waited, it is no fuller than full.
        for _ in 0..3 {
            assert_eq!(limits::take(&mut tx, "a", FIVE, 900_000).await.unwrap(), None);
        }
        assert!(limits::take(&mut tx, "a", FIVE, 900_000).await.unwrap().is_some());
        // A clock that was set back takes nothing away and gives nothing.
        assert!(limits::take(&mut tx, "a", FIVE, 5_000).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_try_is_given_back_and_a_bucket_filled_or_forgotten() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        for _ in 0..3 {
            limits::take(&mut tx, "a", FIVE, 10_000).await.unwrap();
        }
        limits::give_back(&mut tx, "a", FIVE).await.unwrap();
        assert_eq!(limits::take(&mut tx, "a", FIVE, 10_000).await.unwrap(), None);
        assert!(limits::take(&mut tx, "a", FIVE, 10_000).await.unwrap().is_some(), "one, not more");
        for _ in 0..9 {
            limits::give_back(&mut tx, "a", FIVE).await.unwrap();
        }
        for _ in 0..3 {
            assert_eq!(limits::take(&mut tx, "a", FIVE, 10_000).await.unwrap(), None);
        }
        assert!(limits::take(&mut tx, "a", FIVE, 10_000).await.unwrap().is_some(), "no fuller than full");
        limits::fill(&mut tx, "a").await.unwrap();
        assert_eq!(limits::take(&mut tx, "a", FIVE, 10_000).await.unwrap(), None);
        limits::take(&mut tx, "b", FIVE, 20_000).await.unwrap();
        limits::forget(&mut tx, 20_000).await.unwrap();
        let left = tx.rows("SELECT key FROM bucket", vec![]).await.unwrap();
        assert_eq!(left.iter().map(|r| r.text(0).unwrap()).collect::<Vec<_>>(), ["b"]);
    })
    .await;
}
