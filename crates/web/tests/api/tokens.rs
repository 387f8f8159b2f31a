//! What a token opens, and that one that opens nothing is answered alike, whatever the reason.

use takeroot_office::Role;

use crate::common::{ALL, on_both};

const DAY: i64 = 86_400_000;

#[tokio::test]
async fn a_token_that_does_not_hold_is_answered_alike_whatever_the_reason() {
    on_both(async |place| {
        let admin = takeroot_office::Viewer::installation();
        let holds = place.token(&ALL, "").await;
        let (ended, ended_token) = place.made(&ALL, "", 30).await;
        let (_, over) = place.made(&ALL, "", 1).await;
        for token in [&holds, &ended_token, &over] {
            assert_eq!(place.get("/api/v1/stack", token).await.status.as_u16(), 200);
        }
        place.app.office.end_token(&admin, ended).await.unwrap();
        place.later(DAY);
        assert_eq!(place.get("/api/v1/stack", &holds).await.status.as_u16(), 200, "it holds for 30 days");
        let mut said = Vec::new();
        let unknown = format!("{holds}0");
        for token in ["", "x", "takeroot_", &unknown, &ended_token, &over] {
            let mut answer = place.get("/api/v1/stack", token).await;
            answer.headers.remove("x-request-id");
            said.push((answer.status, answer.headers, answer.text));
        }
        assert_eq!(said[0].0.as_u16(), 401);
        assert!(said.iter().all(|one| *one == said[0]), "{said:#?}");
        // Ended once is ended.
        assert!(place.app.office.end_token(&admin, ended).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn only_the_digest_of_a_token_is_kept() {
    on_both(async |place| {
        let token = place.token(&ALL, "").await;
        let mut tx = place.app.office.db.read().await.unwrap();
        for table in ["SELECT token FROM api_token", "SELECT detail FROM act", "SELECT name FROM account"] {
            for row in tx.rows(table, vec![]).await.unwrap() {
                let kept = row.text(0).unwrap();
                assert!(!kept.contains(&token) && !kept.contains(&token[9..]), "{table}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_token_reads_no_page_and_a_session_no_interface() {
    on_both(async |place| {
        place.app.office.demonstration_accounts().await.unwrap();
        let token = place.token(&ALL, "").await;
        let answer = place.get("/roster", &token).await;
        assert_eq!(answer.status.as_u16(), 303, "sign in first");
        let from = takeroot_office::sign_in::From::default();
        let password = takeroot_office::demonstration::PASSWORD;
        let session = place.app.office.sign_in("zuzhi", password, &from).await.unwrap().token;
        assert_eq!(place.get("/api/v1/people", &session).await.status.as_u16(), 401);
        // Nobody signs in with the account in whose name a token acts, and it stands in no list.
        let accounts = place.app.office.accounts(&takeroot_office::Viewer::installation()).await.unwrap();
        assert!(accounts.iter().all(|(a, _)| !a.name.contains(':')));
        let mut tx = place.app.office.db.read().await.unwrap();
        let all = takeroot_store::accounts::all(&mut tx).await.unwrap();
        drop(tx);
        let hidden = all.iter().find(|a| a.name.starts_with("token:")).unwrap();
        let me = takeroot_office::Viewer::installation();
        assert!(place.app.office.account(&me, hidden.id).await.is_err());
        assert!(place.app.office.set_account_disabled(&me, hidden.id, false).await.is_err());
        assert!(place.app.office.sign_in(&hidden.name, "", &from).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_token_of_an_organ_that_is_gone_opens_nothing() {
    on_both(async |place| {
        let (here, _) = place.townships().await;
        let token = place.token(&[Role::ReadRoster], &here.id).await;
        assert_eq!(place.get("/api/v1/people", &token).await.status.as_u16(), 200);
        let office = &place.app.office;
        let mut tx = office.db.write().await.unwrap();
        let mut tree = takeroot_store::organs::tree(&mut tx).await.unwrap();
        tree.retain(|n| n.id != here.id);
        takeroot_store::organs::replace(&mut tx, &tree).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(place.get("/api/v1/people", &token).await.status.as_u16(), 403);
    })
    .await;
}

#[tokio::test]
async fn a_system_that_asks_too_often_waits_and_the_others_do_not() {
    on_both(async |place| {
        let (one, other) = (place.token(&ALL, "").await, place.token(&ALL, "").await);
        let mut answered = 0;
        let refused = loop {
            let answer = place.get("/api/v1/stack", &one).await;
            if answer.status.as_u16() != 200 {
                break answer;
            }
            answered += 1;
            assert!(answered < 1_000, "there is no limit");
        };
        assert_eq!(refused.status.as_u16(), 429);
        assert_eq!(refused.headers["retry-after"], "1");
        assert_eq!(place.get("/api/v1/stack", &other).await.status.as_u16(), 200);
        place.later(1_000);
        assert_eq!(place.get("/api/v1/stack", &one).await.status.as_u16(), 200, "after a second it goes on");
    })
    .await;
}
