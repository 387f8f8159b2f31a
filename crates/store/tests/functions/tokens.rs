use takeroot_store::tokens::{self, Token};

use crate::common::on_both;

#[tokio::test]
async fn a_token_holds_until_its_term_or_its_end() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let token = Token {
            id: 0,
            name: "省厅系统".to_owned(),
            account: 7,
            scopes: "roster:read pay:read".to_owned(),
            organ: "1".to_owned(),
            created: 10,
            expires: 100,
            used: None,
            ended: None,
        };
        let id = tokens::add(&mut tx, "digest-1", &token).await.unwrap();
        let other = tokens::add(&mut tx, "digest-2", &Token { account: 8, ..token.clone() }).await.unwrap();
        let kept = tokens::holding(&mut tx, "digest-1", 99).await.unwrap().unwrap();
        assert_eq!(kept, Token { id, ..token });
        assert!(tokens::holding(&mut tx, "digest-1", 100).await.unwrap().is_none(), "its term is over");
        assert!(tokens::holding(&mut tx, "digest-3", 50).await.unwrap().is_none(), "nobody's");
        tokens::used(&mut tx, id, 42).await.unwrap();
        assert!(tokens::end(&mut tx, id, 50).await.unwrap());
        assert!(!tokens::end(&mut tx, id, 51).await.unwrap(), "once");
        assert!(tokens::holding(&mut tx, "digest-1", 60).await.unwrap().is_none());
        let all = tokens::all(&mut tx).await.unwrap();
        let told: Vec<_> = all.iter().map(|t| (t.id, t.used, t.ended)).collect();
        assert_eq!(told, [(other, None, None), (id, Some(42), Some(50))], "those that ended too");
    })
    .await;
}
