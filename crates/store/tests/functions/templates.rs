use takeroot_store::{acts, templates};

use crate::common::{account, on_both};

#[tokio::test]
async fn every_template_that_was_in_use_is_kept() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let wang = account(&mut tx, "wang").await;
        let first = acts::record(&mut tx, "template", 5, wang, None, "{}", None).await.unwrap();
        let second = acts::record(&mut tx, "template", 6, 0, None, "{}", None).await.unwrap();
        assert_eq!(templates::in_use(&mut tx, "appointment").await.unwrap(), None, "the shipped one");
        templates::put(&mut tx, "appointment", "= 一", first, 5).await.unwrap();
        templates::put(&mut tx, "rank", "= 别的", first, 5).await.unwrap();
        assert_eq!(templates::in_use(&mut tx, "appointment").await.unwrap().as_deref(), Some("= 一"));
        templates::put(&mut tx, "appointment", "", second, 6).await.unwrap();
        assert_eq!(templates::in_use(&mut tx, "appointment").await.unwrap(), None, "the shipped one again");
        let history = templates::history(&mut tx, "appointment").await.unwrap();
        let told: Vec<_> = history.iter().map(|k| (k.version, k.text.as_str(), k.by.as_str())).collect();
        assert_eq!(told, [(2, "", ""), (1, "= 一", "wang之名")]);
        assert_eq!((history[1].at, history[1].act), (5, first));
    })
    .await;
}
