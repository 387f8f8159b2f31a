use takeroot_store::sessions::{self, Session};

use crate::common::on_both;

fn session(account: i64, complete: bool) -> Session {
    Session {
        id: 0,
        account,
        created: 10,
        seen: 10,
        expires: 100,
        complete,
        address: "127.0.0.1".to_owned(),
        agent: "试".to_owned(),
        ended: None,
    }
}

#[tokio::test]
async fn a_session_runs_until_it_ends() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let id = sessions::begin(&mut tx, "one", &session(1, true)).await.unwrap();
        let kept = sessions::running(&mut tx, "one", 99).await.unwrap().unwrap();
        assert_eq!(kept, Session { id, ..session(1, true) });
        assert!(sessions::running(&mut tx, "one", 100).await.unwrap().is_none(), "its time is over");
        assert!(sessions::running(&mut tx, "two", 50).await.unwrap().is_none());
        sessions::touch(&mut tx, id, 40).await.unwrap();
        sessions::touch(&mut tx, id, 30).await.unwrap();
        assert_eq!(sessions::running(&mut tx, "one", 50).await.unwrap().unwrap().seen, 40, "never back");
        assert!(!sessions::end(&mut tx, 2, id, 50).await.unwrap(), "it is not that account's");
        assert!(sessions::end(&mut tx, 1, id, 50).await.unwrap());
        assert!(!sessions::end(&mut tx, 1, id, 51).await.unwrap(), "once");
        assert!(sessions::running(&mut tx, "one", 60).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_session_of_an_account_is_known_after_it_ended() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let id = sessions::begin(&mut tx, "one", &session(1, true)).await.unwrap();
        sessions::begin(&mut tx, "half", &session(1, false)).await.unwrap();
        assert!(sessions::end(&mut tx, 1, id, 50).await.unwrap());
        assert!(sessions::was(&mut tx, "one", 1).await.unwrap());
        assert!(!sessions::was(&mut tx, "one", 2).await.unwrap(), "another account's");
        assert!(!sessions::was(&mut tx, "half", 1).await.unwrap(), "the code was not given");
        assert!(!sessions::was(&mut tx, "none", 1).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn an_account_sees_its_sessions_and_ends_the_others() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let first = sessions::begin(&mut tx, "a", &session(1, true)).await.unwrap();
        let second = sessions::begin(&mut tx, "b", &session(1, true)).await.unwrap();
        sessions::begin(&mut tx, "c", &session(1, false)).await.unwrap();
        sessions::begin(&mut tx, "d", &session(2, true)).await.unwrap();
        sessions::touch(&mut tx, first, 20).await.unwrap();
        let of = sessions::of_account(&mut tx, 1, 50).await.unwrap();
        assert_eq!(of.iter().map(|s| s.id).collect::<Vec<_>>(), [first, second], "the last used first");
        assert_eq!(sessions::count(&mut tx, 50).await.unwrap(), 3, "half a sign-in is none");
        assert_eq!(sessions::end_others(&mut tx, 1, second, 60).await.unwrap(), 2);
        assert_eq!(sessions::of_account(&mut tx, 1, 61).await.unwrap().len(), 1);
        assert_eq!(sessions::count(&mut tx, 61).await.unwrap(), 2);
        sessions::forget(&mut tx, 100).await.unwrap();
        assert_eq!(sessions::count(&mut tx, 61).await.unwrap(), 2, "not before their time is over");
        sessions::forget(&mut tx, 101).await.unwrap();
        assert_eq!(tx.number("SELECT COUNT(*) FROM session", vec![]).await.unwrap(), 0);
    })
    .await;
}
