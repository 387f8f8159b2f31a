use takeroot_store::views;

use crate::common::on_both;

#[tokio::test]
async fn a_view_is_ones_own_or_shared() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let shared = views::add(&mut tx, 1, "到期", "term=running", true, 5).await.unwrap();
        let own = views::add(&mut tx, 1, "我的", "q=x", false, 6).await.unwrap();
        let others = views::add(&mut tx, 2, "别人的", "q=y", false, 7).await.unwrap();
        let of = async |tx: &mut takeroot_store::Tx, account| -> Vec<i64> {
            views::of(tx, account).await.unwrap().iter().map(|v| v.id).collect()
        };
        assert_eq!(of(&mut tx, 1).await, [shared, own]);
        assert_eq!(of(&mut tx, 2).await, [others, shared], "one's own first");
        assert!(!views::rename(&mut tx, 2, shared, "x").await.unwrap(), "it is not that account's");
        assert!(views::rename(&mut tx, 1, shared, "服务期").await.unwrap());
        let kept = &views::of(&mut tx, 1).await.unwrap()[0];
        assert_eq!((kept.name.as_str(), kept.query.as_str(), kept.shared), ("服务期", "term=running", true));
        assert!(!views::remove(&mut tx, 2, own).await.unwrap());
        assert!(views::remove(&mut tx, 1, own).await.unwrap());
        assert_eq!(of(&mut tx, 1).await, [shared]);
    })
    .await;
}
