//! The doctor calls a sound installation sound, and says what to do about one that is not.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests may fail"
)]

use takeroot_demo::County;
use takeroot_office::doctor::Finding;
use takeroot_office::testing::{self, today};
use takeroot_office::{Office, Viewer};

use takeroot_words::{Lang, Say as _};

async fn change(office: &Office, sql: &'static str) {
    let mut tx = office.db.write().await.unwrap();
    assert!(tx.run(sql, vec![]).await.unwrap() > 0, "{sql}");
    tx.commit().await.unwrap();
}

fn unsound(found: &[Finding]) -> Vec<&Finding> {
    found.iter().filter(|f| !f.is_sound()).collect()
}

#[tokio::test]
async fn a_county_is_sound_until_someone_meddles() {
    let dir = tempfile::tempdir().unwrap();
    for db in takeroot_store::testing::databases(dir.path()).await.unwrap() {
        let office = testing::office(db).0;
        let county = County::generate(500, 3, today()).unwrap();
        office.enter(&Viewer::installation(), &county, |_| {}).await.unwrap();
        office.demonstration_accounts().await.unwrap();
        let found = office.doctor(Lang::Zh).await.unwrap();
        assert!(unsound(&found).is_empty(), "{found:?}");
        assert!(found.contains(&Finding::Columns { behind: 0 }), "{found:?}");
        assert!(
            matches!(found.iter().find(|f| matches!(f, Finding::Careers { .. })),
                Some(Finding::Careers { read, .. }) if *read == county.careers.len()),
            "{found:?}"
        );

        // Reckoned for another day: told, but nothing to worry about.
        change(&office, "UPDATE person SET indexed_on = 1 WHERE id = 2").await;
        let found = office.doctor(Lang::Zh).await.unwrap();
        assert!(found.contains(&Finding::Columns { behind: 1 }) && unsound(&found).is_empty(), "{found:?}");

        // A fact that nobody can read.
        change(&office, "UPDATE event SET fact = '{\"kind\":\"later\"}' WHERE person = 3 AND id = 1").await;
        let found = office.doctor(Lang::En).await.unwrap();
        match unsound(&found).as_slice() {
            [Finding::Careers { failed: 1, unread, .. }] => assert_eq!(unread.first().unwrap().0, 3),
            other => panic!("{other:?}"),
        }
        // An act that is gone.
        change(&office, "DELETE FROM act WHERE id = 2").await;
        let found = office.doctor(Lang::En).await.unwrap();
        let bad = unsound(&found);
        assert_eq!(bad.len(), 2, "{found:?}");
        for finding in bad {
            for lang in [Lang::Zh, Lang::En] {
                assert!(!finding.say(lang).is_empty());
                assert!(finding.advice(lang).is_some_and(|a| a.chars().count() > 10), "{finding:?}");
            }
        }
    }
}

#[tokio::test]
async fn another_versions_schema_ends_the_look() {
    let dir = tempfile::tempdir().unwrap();
    for db in takeroot_store::testing::empty(dir.path()).await.unwrap() {
        db.migrate_up_to(2).await.unwrap();
        let office = testing::office(db).0;
        let found = office.doctor(Lang::Zh).await.unwrap();
        assert!(matches!(found.as_slice(), [Finding::Schema { applied: 2, same: false, .. }]), "{found:?}");
        assert!(found[0].advice(Lang::Zh).is_some());
    }
}
