use takeroot_store::documents::{self, DRAFT, PUBLISHED, WITHDRAWN};

use crate::common::on_both;

#[tokio::test]
async fn versions_stay_and_one_of_them_is_in_use() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        assert_eq!(documents::add(&mut tx, "prop-b", "proposal", "b1", 5, 7, 1).await.unwrap(), 1);
        assert_eq!(documents::add(&mut tx, "prop-b", "proposal", "b2", 6, 7, 2).await.unwrap(), 2);
        assert_eq!(documents::add(&mut tx, "local-a", "local", "a1", 7, 8, 3).await.unwrap(), 1);
        let all = documents::all(&mut tx).await.unwrap();
        assert_eq!(all.iter().map(|d| d.id.as_str()).collect::<Vec<_>>(), ["local-a", "prop-b"]);
        let held = documents::get(&mut tx, "prop-b").await.unwrap().unwrap();
        assert_eq!((held.kind.as_str(), held.state.as_str()), ("proposal", DRAFT));
        assert_eq!((held.latest, held.shown), (2, 0));
        assert!(documents::get(&mut tx, "nothing").await.unwrap().is_none());
        let versions = documents::versions(&mut tx, "prop-b").await.unwrap();
        assert_eq!(versions.iter().map(|v| v.text.as_str()).collect::<Vec<_>>(), ["b2", "b1"]);
        assert_eq!((versions[1].version, versions[1].at, versions[1].account), (1, 5, 7));

        let texts = async |tx: &mut takeroot_store::Tx| -> Vec<String> {
            documents::in_use(tx).await.unwrap().into_iter().map(|v| v.text).collect()
        };
        assert_eq!(
            texts(&mut tx).await,
            ["b2"],
            "a proposal's draft can be tried, an office's own rule not yet"
        );
        documents::set_state(&mut tx, "local-a", PUBLISHED, 1).await.unwrap();
        documents::set_state(&mut tx, "prop-b", PUBLISHED, 1).await.unwrap();
        assert_eq!(texts(&mut tx).await, ["a1", "b1"], "by id, the versions that were published");
        assert_eq!(documents::add(&mut tx, "local-a", "local", "a2", 8, 8, 4).await.unwrap(), 2);
        assert_eq!(texts(&mut tx).await, ["a1", "b1"], "what is published stays as it was");
        documents::set_state(&mut tx, "local-a", WITHDRAWN, 0).await.unwrap();
        assert_eq!(texts(&mut tx).await, ["b1"]);
        documents::add(&mut tx, "local-a", "local", "a3", 9, 8, 5).await.unwrap();
        assert_eq!(documents::get(&mut tx, "local-a").await.unwrap().unwrap().state, DRAFT, "begun anew");
    })
    .await;
}
