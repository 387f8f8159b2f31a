//! Signing in, and what stands against those who may not.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests may fail"
)]

use std::sync::Arc;

use takeroot_civil::Day;
use takeroot_office::accounts::Wanted;
use takeroot_office::passwords::Weak;
use takeroot_office::sign_in::From;
use takeroot_office::testing::{self, Hand, today};
use takeroot_office::viewer::Holds;
use takeroot_office::{AccountError, Class, Office, OfficeError, Role, Viewer, tokens, totp};
use takeroot_words::Lang;

struct Place {
    office: Office,
    clock: Arc<Hand>,
    _dir: Arc<tempfile::TempDir>,
}

/// An empty installation on each engine.
async fn places() -> Vec<Place> {
    let dir = Arc::new(tempfile::tempdir().unwrap());
    let all = testing::offices(dir.path()).await.unwrap();
    all.into_iter().map(|(office, clock)| Place { office, clock, _dir: dir.clone() }).collect()
}

impl Place {
    fn later(&self, ms: i64) {
        self.clock.later(ms);
    }

    async fn add(&self, name: &str, role: Role) -> i64 {
        let viewer = Viewer::installation();
        self.office.add_account(&viewer, name, name, None, PASSWORD, &[(role, "")]).await.unwrap()
    }

    async fn enter(&self, name: &str) -> Viewer {
        let begun = self.office.sign_in(name, PASSWORD, &here()).await.unwrap();
        self.office.viewer(&begun.token).await.unwrap().unwrap().0
    }
}

const PASSWORD: &str = "a long sentence that nobody guesses";

fn here() -> From {
    From { address: "127.0.0.1".to_owned(), agent: "test".to_owned(), ..From::default() }
}

#[tokio::test]
async fn a_known_and_an_unknown_name_are_answered_alike() {
    for place in places().await {
        place.add("wang", Role::Finance).await;
        for name in ["wang", "nobody"] {
            for _ in 0..5 {
                let said = place.office.sign_in(name, "wrong", &here()).await;
                assert!(matches!(said, Err(AccountError::Wrong)), "{name}: {said:?}");
            }
            // The sixth is not even looked at: not with the right password either.
            let said = place.office.sign_in(name, PASSWORD, &here()).await;
            assert!(matches!(said, Err(AccountError::Wait { wait: 120_000 })), "{name}: {said:?}");
        }
        place.later(120_000);
        assert!(
            place.office.sign_in("wang", PASSWORD, &here()).await.is_ok(),
            "a try is back after two minutes"
        );
        for _ in 0..5 {
            let said = place.office.sign_in("wang", "wrong", &here()).await;
            assert!(matches!(said, Err(AccountError::Wrong)), "the right password filled the bucket again");
        }
    }
}

#[tokio::test]
async fn an_address_that_tries_many_names_waits() {
    for place in places().await {
        for n in 0..60 {
            let said = place.office.sign_in(&format!("name{n}"), "wrong", &here()).await;
            assert!(matches!(said, Err(AccountError::Wrong)), "{n}: {said:?}");
        }
        let said = place.office.sign_in("another", "wrong", &here()).await;
        assert!(matches!(said, Err(AccountError::Wait { .. })), "{said:?}");
        let elsewhere = From { address: "127.0.0.2".to_owned(), ..From::default() };
        assert!(matches!(
            place.office.sign_in("another", "wrong", &elsewhere).await,
            Err(AccountError::Wrong)
        ));
    }
}

#[tokio::test]
async fn what_was_typed_as_a_name_is_not_kept() {
    for place in places().await {
        let _ = place.office.sign_in("my secret password", "wrong", &here()).await;
        let mut tx = place.office.db.read().await.unwrap();
        let kept = tx.rows("SELECT key FROM bucket", vec![]).await.unwrap();
        assert_eq!(kept.len(), 2);
        assert!(kept.iter().all(|row| !row.text(0).unwrap().contains("secret")));
    }
}

#[tokio::test]
async fn the_code_is_wanted_and_works_once() {
    for place in places().await {
        place.add("wang", Role::Finance).await;
        let viewer = place.enter("wang").await;
        let said = place.office.totp_begin(&viewer, "wrong").await;
        assert!(matches!(said, Err(AccountError::Wrong)), "{said:?}");
        let setup = place.office.totp_begin(&viewer, PASSWORD).await.unwrap();
        assert!(matches!(place.office.totp_confirm(&viewer, "000000").await, Err(AccountError::Code)));
        let code = totp::code_at(&setup.secret, place.office.now()).unwrap();
        place.office.totp_confirm(&viewer, &code).await.unwrap();

        let begun = place.office.sign_in("wang", PASSWORD, &here()).await.unwrap();
        assert!(begun.wants_code);
        assert!(
            place.office.viewer(&begun.token).await.unwrap().is_none(),
            "the password alone opens nothing"
        );
        let said = place.office.give_code(&begun.token, &code, &here()).await;
        assert!(matches!(said, Err(AccountError::Code)), "the code that confirmed was used: {said:?}");
        place.later(30_000);
        let code = totp::code_at(&setup.secret, place.office.now()).unwrap();
        let token = place.office.give_code(&begun.token, &code, &here()).await.unwrap();
        assert!(place.office.viewer(&token).await.unwrap().is_some());
        assert!(
            place.office.give_code(&begun.token, &code, &here()).await.is_err(),
            "the session that waited is over"
        );

        assert!(matches!(place.office.totp_off(&viewer, "wrong").await, Err(AccountError::Wrong)));
        place.office.totp_off(&viewer, PASSWORD).await.unwrap();
        assert!(!place.office.sign_in("wang", PASSWORD, &here()).await.unwrap().wants_code);
    }
}

/// The code of the empty key, which anyone can reckon.
fn code_of_nothing(now: i64) -> String {
    let nothing = totp_rs::Secret::from(Vec::new());
    let totp = totp_rs::Builder::new().with_secret(nothing).build_noncompliant();
    totp.generate(u64::try_from(now).unwrap() / 1000).to_string()
}

#[tokio::test]
async fn a_factor_that_is_set_up_is_not_switched_off_without_the_password() {
    for place in places().await {
        place.add("wang", Role::Finance).await;
        let viewer = place.enter("wang").await;
        let nothing = code_of_nothing(place.office.now());
        let said = place.office.totp_confirm(&viewer, &nothing).await;
        assert!(matches!(said, Err(AccountError::Office(OfficeError::NotFound))), "none is begun: {said:?}");
        let setup = place.office.totp_begin(&viewer, PASSWORD).await.unwrap();
        let code = totp::code_at(&setup.secret, place.office.now()).unwrap();
        place.office.totp_confirm(&viewer, &code).await.unwrap();
        place.later(60_000);
        let said = place.office.totp_confirm(&viewer, &code_of_nothing(place.office.now())).await;
        assert!(matches!(said, Err(AccountError::Already)), "{said:?}");
        assert!(place.office.sign_in("wang", PASSWORD, &here()).await.unwrap().wants_code);
        assert!(totp::code_at("", place.office.now()).is_none(), "an empty secret has no code");
        assert!(totp::code_at("MFRGGZDFMZTWQ2LKNNWG2", place.office.now()).is_none(), "nor has a short one");
    }
}

#[tokio::test]
async fn a_secret_is_shown_for_the_password_each_time_another_and_not_without_end() {
    for place in places().await {
        place.add("wang", Role::Finance).await;
        let viewer = place.enter("wang").await;
        assert!(place.office.totp_shown(&viewer).await.unwrap().is_none());
        let first = place.office.totp_begin(&viewer, PASSWORD).await.unwrap();
        let second = place.office.totp_begin(&viewer, PASSWORD).await.unwrap();
        assert_ne!(first.secret, second.secret);
        assert_eq!(place.office.totp_shown(&viewer).await.unwrap(), Some(second.clone()));
        let old = totp::code_at(&first.secret, place.office.now()).unwrap();
        let said = place.office.totp_confirm(&viewer, &old).await;
        assert!(matches!(said, Err(AccountError::Code)), "{said:?}");

        place.later(10 * 60_000);
        assert!(place.office.totp_shown(&viewer).await.unwrap().is_none(), "ten minutes are over");
        let late = totp::code_at(&second.secret, place.office.now()).unwrap();
        let said = place.office.totp_confirm(&viewer, &late).await;
        assert!(matches!(said, Err(AccountError::Office(OfficeError::NotFound))), "{said:?}");

        place.office.totp_begin(&viewer, PASSWORD).await.unwrap();
        place.office.change_password(&viewer, PASSWORD, "another long sentence").await.unwrap();
        assert!(place.office.totp_shown(&viewer).await.unwrap().is_none(), "it goes with the old password");
        place.office.totp_begin(&viewer, "another long sentence").await.unwrap();
        place.office.reset_password(&Viewer::installation(), viewer.account, false).await.unwrap();
        assert!(place.office.totp_shown(&viewer).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn the_factor_signs_the_other_devices_out() {
    for place in places().await {
        place.add("wang", Role::Finance).await;
        let (desk, _phone) = (place.enter("wang").await, place.enter("wang").await);
        let setup = place.office.totp_begin(&desk, PASSWORD).await.unwrap();
        let code = totp::code_at(&setup.secret, place.office.now()).unwrap();
        place.office.totp_confirm(&desk, &code).await.unwrap();
        let left = |all: Vec<takeroot_store::sessions::Session>| all.iter().map(|s| s.id).collect::<Vec<_>>();
        assert_eq!(left(place.office.own_sessions(&desk).await.unwrap()), [desk.session]);

        place.later(30_000);
        let begun = place.office.sign_in("wang", PASSWORD, &here()).await.unwrap();
        let code = totp::code_at(&setup.secret, place.office.now()).unwrap();
        place.office.give_code(&begun.token, &code, &here()).await.unwrap();
        assert_eq!(place.office.own_sessions(&desk).await.unwrap().len(), 2);
        place.office.totp_off(&desk, PASSWORD).await.unwrap();
        assert_eq!(left(place.office.own_sessions(&desk).await.unwrap()), [desk.session]);
    }
}

#[tokio::test]
async fn whoever_signed_in_here_before_is_not_locked_out_by_others() {
    for place in places().await {
        let id = place.add("wang", Role::Finance).await;
        place.add("li", Role::Finance).await;
        let begun = place.office.sign_in("wang", PASSWORD, &here()).await.unwrap();
        place.office.sign_out(&begun.token).await.unwrap();
        let known = From { was: place.office.digest(&begun.token), ..here() };
        let other = place.office.sign_in("li", PASSWORD, &here()).await.unwrap();
        let of_another = From { was: place.office.digest(&other.token), ..here() };
        let shut_out = || async {
            for _ in 0..5 {
                let _ = place.office.sign_in("wang", "wrong", &here()).await;
            }
            for from in [&here(), &of_another, &From { was: "no digest".to_owned(), ..here() }] {
                let said = place.office.sign_in("wang", PASSWORD, from).await;
                assert!(matches!(said, Err(AccountError::Wait { .. })), "{said:?}");
            }
        };
        shut_out().await;
        assert!(place.office.sign_in("wang", PASSWORD, &known).await.is_ok());
        // Tries from there are counted too.
        for _ in 0..5 {
            let said = place.office.sign_in("wang", "wrong", &known).await;
            assert!(matches!(said, Err(AccountError::Wrong)), "{said:?}");
        }
        let said = place.office.sign_in("wang", PASSWORD, &known).await;
        assert!(matches!(said, Err(AccountError::Wait { .. })), "{said:?}");

        // Nor does a name that others tried keep the administrator's new password waiting.
        let once = place.office.reset_password(&Viewer::installation(), id, false).await.unwrap();
        assert!(place.office.sign_in("wang", &once, &here()).await.is_ok());
    }
}

#[tokio::test]
async fn a_password_to_be_used_once_is_over_after_a_week() {
    const DAY: i64 = 86_400_000;
    for place in places().await {
        let root = Viewer::installation();
        let wanted = Wanted { name: "zhao".to_owned(), title: "赵".to_owned(), number: String::new() };
        let (id, once) = place.office.open_account(&root, &wanted).await.unwrap();
        place.later(7 * DAY);
        assert!(place.office.sign_in("zhao", &once, &here()).await.is_ok(), "within seven days");
        place.later(1);
        let said = place.office.sign_in("zhao", &once, &here()).await;
        assert!(matches!(said, Err(AccountError::Wrong)), "{said:?}");
        let again = place.office.reset_password(&root, id, false).await.unwrap();
        assert!(place.office.sign_in("zhao", &again, &here()).await.is_ok(), "the days run from the reset");
        place.later(7 * DAY + 1);
        assert!(place.office.sign_in("zhao", &again, &here()).await.is_err());
        // What is chosen, at a desk or on the machine that keeps the data, stays.
        place.office.set_password(&root, id, "my very own sentence").await.unwrap();
        place.add("wang", Role::Finance).await;
        place.later(400 * DAY);
        assert!(place.office.sign_in("zhao", "my very own sentence", &here()).await.is_ok());
        assert!(place.office.sign_in("wang", PASSWORD, &here()).await.is_ok());
    }
}

#[tokio::test]
async fn an_address_of_the_next_generation_is_counted_by_its_network() {
    for place in places().await {
        for n in 0..60 {
            let from = From { address: format!("2001:db8:1:2::{n:x}"), ..From::default() };
            let said = place.office.sign_in(&format!("name{n}"), "wrong", &from).await;
            assert!(matches!(said, Err(AccountError::Wrong)), "{n}: {said:?}");
        }
        let try_from = |address: &str| From { address: address.to_owned(), ..From::default() };
        let said = place.office.sign_in("another", "wrong", &try_from("2001:db8:1:2:ffff::1")).await;
        assert!(matches!(said, Err(AccountError::Wait { .. })), "{said:?}");
        let said = place.office.sign_in("another", "wrong", &try_from("2001:db8:1:3::1")).await;
        assert!(matches!(said, Err(AccountError::Wrong)), "{said:?}");
    }
}

/// What was compared before a password was reset does nothing after: the two go on at the same time again and again, and
/// whatever comes first, the old password leaves nothing behind that opens the account.
#[tokio::test(flavor = "multi_thread")]
async fn a_reset_password_leaves_nothing_of_the_old_one() {
    for place in places().await {
        let place = Arc::new(place);
        let root = Viewer::installation();
        let id = place.add("wang", Role::Finance).await;
        for pause in [0, 5, 10, 20, 30, 40, 60, 80] {
            place.office.set_password(&root, id, PASSWORD).await.unwrap();
            let viewer = place.enter("wang").await;
            let (a, b, c) = (place.clone(), place.clone(), place.clone());
            let (first, second) = (viewer.clone(), viewer.clone());
            let enters = tokio::spawn(async move { a.office.sign_in("wang", PASSWORD, &here()).await });
            let changes = tokio::spawn(async move {
                b.office.change_password(&first, PASSWORD, "the sentence of a thief").await
            });
            let begins = tokio::spawn(async move { c.office.totp_begin(&second, PASSWORD).await });
            tokio::time::sleep(std::time::Duration::from_millis(pause)).await;
            let once = place.office.reset_password(&root, id, true).await.unwrap();
            let (enters, changes) = (enters.await.unwrap(), changes.await.unwrap());
            drop(begins.await.unwrap());
            if let Ok(begun) = enters {
                assert!(place.office.known(&begun.token).await.unwrap().is_none(), "after {pause} ms");
            }
            let said = place.office.sign_in("wang", "the sentence of a thief", &here()).await;
            assert!(matches!(said, Err(AccountError::Wrong)), "after {pause} ms: {changes:?} {said:?}");
            assert!(place.office.totp_shown(&viewer).await.unwrap().is_none(), "after {pause} ms");
            assert!(place.office.sign_in("wang", &once, &here()).await.is_ok());
        }
    }
}

/// Many at once from one address, right and wrong: on a server, two that wait for each other would be ended.
#[tokio::test(flavor = "multi_thread")]
async fn many_sign_in_at_once_and_nobody_waits_for_another_for_ever() {
    for place in places().await {
        let place = Arc::new(place);
        for name in ["wang", "li"] {
            place.add(name, Role::Finance).await;
        }
        let all: Vec<_> = (0..24)
            .map(|n| {
                let place = place.clone();
                tokio::spawn(
                    async move { place.office.sign_in(["wang", "li"][n % 2], PASSWORD, &here()).await },
                )
            })
            .collect();
        for one in all {
            let said = one.await.unwrap();
            // Who comes before another was let in may have to wait; nobody is told that the database refused.
            assert!(matches!(said, Ok(_) | Err(AccountError::Wait { .. })), "{said:?}");
        }
    }
}

#[tokio::test]
async fn the_code_of_an_ended_session_opens_nothing() {
    for place in places().await {
        let id = place.add("wang", Role::Finance).await;
        let viewer = place.enter("wang").await;
        let setup = place.office.totp_begin(&viewer, PASSWORD).await.unwrap();
        let code = totp::code_at(&setup.secret, place.office.now()).unwrap();
        place.office.totp_confirm(&viewer, &code).await.unwrap();
        place.later(30_000);
        let begun = place.office.sign_in("wang", PASSWORD, &here()).await.unwrap();
        place.office.reset_password(&Viewer::installation(), id, false).await.unwrap();
        let code = totp::code_at(&setup.secret, place.office.now()).unwrap();
        let said = place.office.give_code(&begun.token, &code, &here()).await;
        assert!(matches!(said, Err(AccountError::Office(OfficeError::NotFound))), "{said:?}");
    }
}

#[tokio::test]
async fn codes_are_not_guessed() {
    for place in places().await {
        place.add("wang", Role::Finance).await;
        let viewer = place.enter("wang").await;
        place.office.totp_begin(&viewer, PASSWORD).await.unwrap();
        for _ in 0..5 {
            assert!(matches!(place.office.totp_confirm(&viewer, "123123").await, Err(AccountError::Code)));
        }
        assert!(matches!(place.office.totp_confirm(&viewer, "123123").await, Err(AccountError::Wait { .. })));
    }
}

#[tokio::test]
async fn sessions_are_seen_and_ended_by_their_owner_only() {
    for place in places().await {
        place.add("wang", Role::Finance).await;
        place.add("li", Role::Finance).await;
        let (desk, phone, other) =
            (place.enter("wang").await, place.enter("wang").await, place.enter("li").await);
        assert_eq!(place.office.own_sessions(&desk).await.unwrap().len(), 2);
        let said = place.office.end_session(&other, phone.session).await;
        assert!(matches!(said, Err(OfficeError::NotFound)), "{said:?}");
        place.office.end_session(&desk, phone.session).await.unwrap();
        let left = place.office.own_sessions(&desk).await.unwrap();
        assert_eq!(left.iter().map(|s| s.id).collect::<Vec<_>>(), vec![desk.session]);
        place.later(13 * 3_600_000);
        assert!(place.office.own_sessions(&desk).await.unwrap().is_empty(), "a session lasts a working day");
    }
}

#[tokio::test]
async fn a_changed_password_signs_the_other_devices_out() {
    for place in places().await {
        place.add("wang", Role::Finance).await;
        let (desk, _phone) = (place.enter("wang").await, place.enter("wang").await);
        let said = place.office.change_password(&desk, PASSWORD, "1234567890").await;
        assert!(matches!(said, Err(AccountError::Weak(_))), "{said:?}");
        let said = place.office.change_password(&desk, "wrong", "another long sentence").await;
        assert!(matches!(said, Err(AccountError::Wrong)), "{said:?}");
        place.office.change_password(&desk, PASSWORD, "another long sentence").await.unwrap();
        assert_eq!(place.office.own_sessions(&desk).await.unwrap().len(), 1);
        assert!(place.office.sign_in("wang", PASSWORD, &here()).await.is_err());
        assert!(place.office.sign_in("wang", "another long sentence", &here()).await.is_ok());
    }
}

#[tokio::test]
async fn an_opened_account_must_change_its_password_first() {
    for place in places().await {
        let root = Viewer::installation();
        let wanted = Wanted { name: "Zhao".to_owned(), title: "赵".to_owned(), number: String::new() };
        let (id, once) = place.office.open_account(&root, &wanted).await.unwrap();
        assert!(matches!(place.office.open_account(&root, &wanted).await, Err(AccountError::Taken)));
        let begun = place.office.sign_in("zhao", &once, &here()).await.unwrap();
        let known = place.office.known(&begun.token).await.unwrap().unwrap();
        assert!(known.must_change);
        place.office.change_password(&known.viewer, &once, "my very own sentence").await.unwrap();
        assert!(!place.office.known(&begun.token).await.unwrap().unwrap().must_change);

        place.office.set_account_disabled(&root, id, true).await.unwrap();
        assert!(place.office.known(&begun.token).await.unwrap().is_none(), "its sessions ended");
        assert!(matches!(
            place.office.sign_in("zhao", "my very own sentence", &here()).await,
            Err(AccountError::Wrong)
        ));
    }
}

#[tokio::test]
async fn an_administrator_grants_to_others_from_a_day_to_a_day() {
    for place in places().await {
        let own = place.add("guanli", Role::Administrator).await;
        let other = place.add("wang", Role::Finance).await;
        let admin = place.enter("guanli").await;
        let (today, tomorrow) = (today(), Day::new(2026, 7, 2).unwrap());
        let office = &place.office;
        let to_self = office.grant(&admin, own, Role::Organization, "", today, None).await;
        assert!(matches!(to_self, Err(AccountError::Own)), "{to_self:?}");
        assert!(matches!(office.reset_password(&admin, own, false).await, Err(AccountError::Own)));
        let nowhere = office.grant(&admin, other, Role::Auditor, "no-such", today, None).await;
        assert!(matches!(nowhere, Err(AccountError::Organ)), "{nowhere:?}");
        let backwards = office.grant(&admin, other, Role::Auditor, "", tomorrow, Some(today)).await;
        assert!(matches!(backwards, Err(AccountError::Days)), "{backwards:?}");

        let grant = office.grant(&admin, other, Role::Auditor, "", today, Some(tomorrow)).await.unwrap();
        office.grant(&admin, other, Role::Organization, "", tomorrow, None).await.unwrap();
        let holds = |v: Viewer| v.holds.iter().map(|h| h.role).collect::<Vec<_>>();
        assert_eq!(
            holds(place.enter("wang").await),
            [Role::Finance, Role::Auditor],
            "tomorrow's does not hold yet"
        );
        office.end_grant(&admin, other, grant).await.unwrap();
        assert_eq!(holds(place.enter("wang").await), [Role::Finance]);
        let again = office.end_grant(&admin, other, grant).await;
        assert!(matches!(again, Err(AccountError::Office(OfficeError::NotFound))), "{again:?}");

        let finance = place.enter("wang").await;
        let said = office.grant(&finance, own, Role::Own, "", today, None).await;
        assert!(matches!(said, Err(AccountError::Office(OfficeError::Forbidden { .. }))), "{said:?}");
    }
}

#[tokio::test]
async fn a_look_is_recorded_once_and_never_ones_own() {
    for place in places().await {
        place.add("wang", Role::Finance).await;
        place.add("shenji", Role::Auditor).await;
        let (finance, auditor) = (place.enter("wang").await, place.enter("shenji").await);
        place.office.see(&finance, Class::Pay, 17, "file").await.unwrap();
        place.office.see(&finance, Class::Pay, 17, "file").await.unwrap();
        let own = Viewer { person: Some(17), ..finance.clone() };
        place.office.see(&own, Class::Pay, 17, "standing").await.unwrap();
        let all = takeroot_store::sights::Wanted::default();
        let (looks, total) = place.office.looks(&auditor, &all, 0).await.unwrap();
        assert_eq!((looks.len(), total), (1, 1));
        assert_eq!((looks[0].class.as_str(), looks[0].title.as_str(), looks[0].person), ("pay", "wang", 17));
        place.later(61_000);
        place.office.see(&finance, Class::Pay, 17, "file").await.unwrap();
        assert_eq!(place.office.who_looked(&own, 0).await.unwrap().1, 2, "a minute later it is another look");
        assert!(place.office.looks(&finance, &all, 0).await.is_err());
        assert!(place.office.acts(&finance, &Default::default(), 0).await.is_err());
        assert!(place.office.acts(&auditor, &Default::default(), 0).await.unwrap().1 >= 2);
    }
}

#[tokio::test]
async fn who_administers_a_part_decides_nothing_for_the_whole() {
    for place in places().await {
        let holds = vec![Holds { role: Role::Administrator, within: (5, 9), organ: "here".to_owned() }];
        let part =
            Viewer { account: 7, session: 1, name: String::new(), title: String::new(), person: None, holds };
        let wanted = tokens::Wanted {
            name: "a system".to_owned(),
            scopes: Role::scopes().collect(),
            organ: String::new(),
            days: 30,
        };
        let all = Viewer::installation();
        let refused = place.office.add_token(&part, &wanted, Lang::En).await;
        assert!(matches!(refused, Err(OfficeError::Forbidden { .. })), "{refused:?}");
        let (id, secret) = place.office.add_token(&all, &wanted, Lang::En).await.unwrap();
        assert!(place.office.end_token(&part, id).await.is_err());
        assert!(place.office.bearer(&secret).await.unwrap().is_some(), "it was not ended");
        // What a token opens is not given to people, by nobody.
        let other = place.add("li", Role::Finance).await;
        for scope in Role::scopes() {
            let refused = place.office.grant(&all, other, scope, "", today(), None).await;
            assert!(matches!(refused, Err(AccountError::Office(OfficeError::Forbidden { .. }))), "{scope:?}");
        }
    }
}

#[tokio::test]
async fn the_present_password_is_no_new_one() {
    for place in places().await {
        place.add("wang", Role::Finance).await;
        let wang = place.enter("wang").await;
        let refused = place.office.change_password(&wang, PASSWORD, PASSWORD).await;
        assert!(matches!(refused, Err(AccountError::Weak(Weak::Same))), "{refused:?}");
    }
}
