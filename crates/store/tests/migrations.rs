//! Every schema leads to today's, with its data, on both engines.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests may fail")]

use takeroot_civil::{Career, Day, Fact, Person, PersonId, Rank};
use takeroot_store::{acts, people, schema, settings, testing};

fn career() -> Career {
    let mut career = Career {
        person: Person { id: PersonId("A-1".to_owned()), name: "试验甲".to_owned(), ..Person::default() },
        ..Career::default()
    };
    let day = |y, m| Day::new(y, m, 1).unwrap();
    career.add(day(2020, 7), Fact::Registered { organ: takeroot_civil::OrganId("1".to_owned()) });
    career.add(day(2021, 7), Fact::Ranked { rank: Rank::Staff1 });
    career
}

#[tokio::test]
async fn from_every_earlier_schema_with_what_was_in_it() {
    for (version, _, _) in schema::FILES {
        let dir = tempfile::tempdir().unwrap();
        for db in testing::empty(dir.path()).await.unwrap() {
            db.migrate_up_to(*version).await.unwrap();
            let mut tx = db.write().await.unwrap();
            let act = acts::record(&mut tx, "enter", 1, 0, None, "{}", None).await.unwrap();
            let ids = people::add(&mut tx, &[&career()], act, 1).await.unwrap();
            settings::set(&mut tx, settings::PLACE, "990123").await.unwrap();
            tx.commit().await.unwrap();

            db.migrate().await.unwrap();
            // Once more changes nothing.
            db.migrate().await.unwrap();
            let mut tx = db.read().await.unwrap();
            let kept = people::career(&mut tx, ids[0]).await.unwrap().unwrap();
            assert_eq!(kept.career, career(), "from schema {version} on {:?}", db.engine());
            assert_eq!(settings::get(&mut tx, settings::PLACE).await.unwrap().as_deref(), Some("990123"));
            assert_eq!(acts::get(&mut tx, act).await.unwrap().unwrap().kind, "enter");
        }
    }
}

#[tokio::test]
async fn a_number_is_one_persons() {
    let dir = tempfile::tempdir().unwrap();
    for db in testing::databases(dir.path()).await.unwrap() {
        let mut tx = db.write().await.unwrap();
        let act = acts::record(&mut tx, "enter", 1, 0, None, "{}", None).await.unwrap();
        people::add(&mut tx, &[&career()], act, 1).await.unwrap();
        let twice = people::add(&mut tx, &[&career()], act, 1).await.unwrap_err();
        assert!(twice.is_duplicate(), "{twice}");
    }
}

#[test]
fn the_schema_speaks_no_dialect() {
    let words = ["SERIAL", "AUTOINCREMENT", "BOOLEAN", "TIMESTAMP", "JSONB", "NOW()", "VARCHAR", "INTEGER"];
    for (_, name, text) in schema::FILES {
        for word in words {
            assert!(!text.to_uppercase().contains(word), "{name}: {word}");
        }
    }
}
