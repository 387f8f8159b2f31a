use takeroot_store::accounts;
use takeroot_store::acts;

use crate::common::{account, day, on_both, two_organs};

#[tokio::test]
async fn an_account_is_found_by_name_and_number_and_its_name_is_its_own() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let wang = account(&mut tx, "wang").await;
        let li = account(&mut tx, "li").await;
        tx.commit().await.unwrap();
        let mut tx = db.read().await.unwrap();
        let found = accounts::by_name(&mut tx, "wang").await.unwrap().unwrap();
        assert_eq!((found.id, found.title.as_str(), found.must_change), (wang, "wang之名", true));
        assert_eq!(accounts::get(&mut tx, wang).await.unwrap().unwrap(), found);
        assert!(accounts::by_name(&mut tx, "Wang").await.unwrap().is_none());
        let names: Vec<i64> = accounts::all(&mut tx).await.unwrap().iter().map(|a| a.id).collect();
        assert_eq!(names, [li, wang], "by name");
        drop(tx);
        let mut tx = db.write().await.unwrap();
        let twice = accounts::add(&mut tx, &found).await.unwrap_err();
        assert!(twice.is_duplicate(), "{twice}");
    })
    .await;
}

#[tokio::test]
async fn passwords_and_second_factors_are_set_and_a_code_is_used_once() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let id = account(&mut tx, "wang").await;
        accounts::set_totp(&mut tx, id, "SECRET").await.unwrap();
        accounts::set_totp_pending(&mut tx, id, "PENDING", 90).await.unwrap();
        accounts::set_disabled(&mut tx, id, true).await.unwrap();
        assert!(accounts::use_step(&mut tx, id, 7).await.unwrap());
        assert!(!accounts::use_step(&mut tx, id, 7).await.unwrap(), "the same code again");
        assert!(!accounts::use_step(&mut tx, id, 6).await.unwrap(), "an earlier one");
        assert!(accounts::use_step(&mut tx, id, 8).await.unwrap());
        let kept = accounts::get(&mut tx, id).await.unwrap().unwrap();
        assert_eq!((kept.totp.as_str(), kept.totp_step), ("SECRET", 8));
        assert_eq!((kept.totp_pending.as_str(), kept.totp_until), ("PENDING", 90));
        accounts::set_password(&mut tx, id, "hash", false, 70).await.unwrap();
        let kept = accounts::get(&mut tx, id).await.unwrap().unwrap();
        assert_eq!((kept.password.as_str(), kept.must_change, kept.disabled), ("hash", false, true));
        assert_eq!(kept.password_set, 70);
        assert_eq!(
            (kept.totp.as_str(), kept.totp_pending.as_str()),
            ("SECRET", ""),
            "what was shown is forgotten"
        );
        accounts::set_totp_pending(&mut tx, id, "PENDING", 90).await.unwrap();
        accounts::set_totp(&mut tx, id, "").await.unwrap();
        let kept = accounts::get(&mut tx, id).await.unwrap().unwrap();
        assert_eq!((kept.totp.as_str(), kept.totp_pending.as_str()), ("", ""));
        accounts::set_disabled(&mut tx, id, false).await.unwrap();
        assert!(!accounts::get(&mut tx, id).await.unwrap().unwrap().disabled);
    })
    .await;
}

#[tokio::test]
async fn what_was_compared_holds_until_the_password_changes_or_the_account_is_shut() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let (wang, li) = (account(&mut tx, "wang").await, account(&mut tx, "li").await);
        accounts::set_password(&mut tx, wang, "hash", false, 1).await.unwrap();
        assert!(accounts::still(&mut tx, wang, "hash").await.unwrap());
        assert!(!accounts::still(&mut tx, wang, "another").await.unwrap());
        assert!(!accounts::still(&mut tx, li, "hash").await.unwrap(), "that of another account");
        accounts::set_disabled(&mut tx, wang, true).await.unwrap();
        assert!(!accounts::still(&mut tx, wang, "hash").await.unwrap());
        assert!(accounts::get(&mut tx, wang).await.unwrap().unwrap().disabled, "asking changes nothing");
    })
    .await;
}

#[tokio::test]
async fn a_role_holds_on_its_organs_from_its_first_day_until_it_ends() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        two_organs(&mut tx).await;
        let (wang, li) = (account(&mut tx, "wang").await, account(&mut tx, "li").await);
        let act = acts::record(&mut tx, "grant", 1, 0, None, "{}", None).await.unwrap();
        let (from, to) = (day(2026, 1, 1), day(2026, 7, 1));
        let term = accounts::grant(&mut tx, wang, "clerk", "2", from, Some(to), act).await.unwrap();
        let all = accounts::grant(&mut tx, wang, "auditor", "", from, None, act).await.unwrap();
        let gone = accounts::grant(&mut tx, wang, "clerk", "nowhere", from, None, act).await.unwrap();
        let other = accounts::grant(&mut tx, li, "clerk", "1", from, None, act).await.unwrap();

        let held = async |tx: &mut takeroot_store::Tx, on| -> Vec<i64> {
            accounts::grants_on(tx, wang, on).await.unwrap().iter().map(|g| g.id).collect()
        };
        assert_eq!(held(&mut tx, day(2025, 12, 31)).await, Vec::<i64>::new());
        assert_eq!(held(&mut tx, from).await, [term, all, gone]);
        assert_eq!(held(&mut tx, to).await, [all, gone], "the last day is not one of them");
        let on = accounts::grants_on(&mut tx, wang, from).await.unwrap();
        assert_eq!(on[0].within, Some((2, 2)));
        assert_eq!(on[1].within, Some((i64::MIN, i64::MAX)));
        assert_eq!(on[2].within, None, "an organ that is gone is nowhere, not everywhere");

        assert!(accounts::end_grant(&mut tx, all, act).await.unwrap());
        assert!(!accounts::end_grant(&mut tx, all, act).await.unwrap(), "once");
        assert_eq!(held(&mut tx, to).await, [gone]);
        let of_wang = accounts::grants(&mut tx, Some(wang)).await.unwrap();
        assert_eq!(of_wang.iter().map(|h| h.grant.id).collect::<Vec<_>>(), [gone, all, term]);
        assert_eq!(of_wang.iter().map(|h| h.ended).collect::<Vec<_>>(), [false, true, false]);
        assert_eq!(of_wang[2].organ_name, "试2");
        let everyones = accounts::grants(&mut tx, None).await.unwrap();
        assert_eq!(everyones.iter().map(|h| h.grant.id).collect::<Vec<_>>(), [other, gone, all, term]);
    })
    .await;
}
