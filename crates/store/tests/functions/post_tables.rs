use takeroot_store::post_tables::{self, PostTable};

use crate::common::on_both;

#[tokio::test]
async fn a_table_is_kept_as_it_came_until_it_is_put_away() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let table = PostTable {
            id: 0,
            name: "职位表.xlsx".to_owned(),
            posts: 12,
            recruits: 15,
            unread: 2,
            at: 5,
            account: 7,
        };
        let id = post_tables::add(&mut tx, &table, vec![1, 0, 255], 1).await.unwrap();
        let later = PostTable { name: "b.xlsx".to_owned(), ..table.clone() };
        let second = post_tables::add(&mut tx, &later, Vec::new(), 2).await.unwrap();
        let all = post_tables::all(&mut tx).await.unwrap();
        assert_eq!(all, [PostTable { id: second, ..later.clone() }, PostTable { id, ..table }]);
        let content = post_tables::content(&mut tx, id).await.unwrap();
        assert_eq!(content, Some(("职位表.xlsx".to_owned(), vec![1, 0, 255])));
        post_tables::end(&mut tx, id, 3).await.unwrap();
        assert_eq!(post_tables::all(&mut tx).await.unwrap(), [PostTable { id: second, ..later }]);
        assert!(post_tables::content(&mut tx, id).await.unwrap().is_none());
        let kept = tx.number("SELECT COUNT(*) FROM post_table", vec![]).await.unwrap();
        assert_eq!(kept, 2, "the file stays kept");
    })
    .await;
}
