use takeroot_store::organs::{self, Node};
use takeroot_store::people;

use crate::common::{career, day, enter, node, on_both, serving, two_organs};

#[tokio::test]
async fn the_tree_is_kept_as_it_is() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let group = Node {
            id: "g:townships".to_owned(),
            grouping: "townships".to_owned(),
            name: String::new(),
            organ: None,
            ..node("1", 1, 3, 0, "")
        };
        let tree = vec![group.clone(), node("1", 2, 2, 1, &group.id), node("2", 3, 3, 1, &group.id)];
        organs::replace(&mut tx, &tree).await.unwrap();
        assert_eq!(organs::tree(&mut tx).await.unwrap(), tree);
        assert_eq!(organs::get(&mut tx, "2").await.unwrap().unwrap(), tree[2]);
        assert_eq!(organs::get(&mut tx, "g:townships").await.unwrap().unwrap(), group);
        assert!(organs::get(&mut tx, "3").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn people_move_with_their_organ() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        two_organs(&mut tx).await;
        let (_, ids) = enter(&mut tx, &[career("A-1", "试甲"), career("A-2", "试乙")]).await;
        let rows = [(ids[0], serving(1, 1)), (ids[1], serving(2, 1))];
        people::set_indexed(&mut tx, day(2026, 7, 1), &rows).await.unwrap();
        let tree = vec![node("0", 1, 2, 0, ""), node("1", 2, 2, 1, "0")];
        organs::replace(&mut tx, &tree).await.unwrap();
        let seats = people::seats(&mut tx).await.unwrap();
        assert_eq!(seats[&ids[0]], 2, "by the new number");
        assert_eq!(seats[&ids[1]], 0, "an organ that is not in the tree is nowhere");
    })
    .await;
}
