//! What hangs together is called sound, and everything that does not is found: each of the questions is made to bite.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests may fail")]

use std::collections::BTreeSet;

use sqlx::AssertSqlSafe;
use takeroot_civil::{Career, Day, Fact, OrganId, Person, PersonId};
use takeroot_store::accounts::{self, Account};
use takeroot_store::{Db, Engine, Value, acts, people, sights, sound, testing};

/// What someone with a tool for databases could do to it, and what is then found.
const TAMPERED: &[(&str, &[&str])] = &[
    ("UPDATE event SET person = 77 WHERE person = 1 AND id = 1", &["event-person"]),
    ("UPDATE event SET act = 77 WHERE person = 1 AND id = 1", &["event-act"]),
    ("UPDATE event SET undone_by = 77 WHERE person = 1 AND id = 1", &["event-undone"]),
    ("UPDATE event SET amends = 9 WHERE person = 1 AND id = 1", &["event-amends"]),
    ("UPDATE person_version SET person = 77", &["person-version", "version-person"]),
    ("UPDATE person_version SET act = 77", &["version-act"]),
    ("UPDATE person SET data = '{}' WHERE id = 1", &["person-version"]),
    ("UPDATE person SET removed_by = 77 WHERE id = 1", &["person-removed"]),
    ("UPDATE person SET merged_into = 77 WHERE id = 1", &["person-merged"]),
    ("UPDATE person SET organ_seq = 77 WHERE id = 1", &["person-organ"]),
    ("INSERT INTO name_key (key, person) VALUES ('zs', 77)", &["key-person"]),
    ("INSERT INTO data_fault (person, code, detail) VALUES (77, 'x', '')", &["doubt-person"]),
    (
        "INSERT INTO organ (id, seq, last, depth, parent, grouping, name, kind, division) \
         VALUES ('2', 2, 2, 1, 'nobody', '', '甲', 'township', '')",
        &["organ-parent"],
    ),
    (
        "INSERT INTO role_grant (id, account, role, organ, from_day, act) VALUES (5, 77, 'clerk', '', 1, 1)",
        &["grant-account"],
    ),
    (
        "INSERT INTO session (token, id, account, created, seen, expires, complete, address, agent) \
         VALUES ('t', 1, 77, 1, 1, 1, 1, '', '')",
        &["session-account"],
    ),
    (
        "INSERT INTO api_token (id, token, name, account, scopes, organ, created, expires) \
         VALUES (1, 't', '', 77, '', '', 1, 1)",
        &["token-account"],
    ),
    ("UPDATE sight SET person = 77", &["sight-person"]),
    ("UPDATE account SET person = 77", &["account-person"]),
    ("UPDATE act SET undoes = NULL WHERE id = 2", &["act-undone"]),
    ("UPDATE act SET undone_by = NULL WHERE id = 1", &["act-undoes"]),
    ("UPDATE act SET account = 77 WHERE id = 3", &["act-account"]),
    // The middle one of three: what it undid is no longer undone by anything.
    ("DELETE FROM act WHERE id = 2", &["act-missing", "act-undone"]),
    ("DELETE FROM act WHERE id = 3", &["act-last"]),
    ("UPDATE counter SET next = 1 WHERE name = 'person'", &["number-twice"]),
];

async fn fill(db: &Db) {
    let mut tx = db.write().await.unwrap();
    for undoes in [None, Some(1), None] {
        acts::record(&mut tx, "enter", 1, 0, None, "{}", undoes).await.unwrap();
    }
    let person = Person { id: PersonId("A-1".to_owned()), name: "试验甲".to_owned(), ..Person::default() };
    let mut career = Career { person, ..Career::default() };
    career.add(Day::new(2020, 7, 1).unwrap(), Fact::Registered { organ: OrganId("1".to_owned()) });
    people::add(&mut tx, &[&career], 1, 1).await.unwrap();
    let account = Account {
        id: 0,
        name: "a".to_owned(),
        title: "甲".to_owned(),
        person: Some(1),
        password: String::new(),
        must_change: false,
        totp: String::new(),
        totp_pending: String::new(),
        totp_step: 0,
        lang: String::new(),
        created: 1,
        disabled: false,
        password_set: 1,
        totp_until: 0,
    };
    let account = accounts::add(&mut tx, &account).await.unwrap();
    sights::record(&mut tx, 1, account, "pay", "file", &[1]).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn whatever_is_tampered_with_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let mut provoked = BTreeSet::new();
    for db in testing::databases(dir.path()).await.unwrap() {
        fill(&db).await;
        let mut tx = db.read().await.unwrap();
        assert_eq!(sound::loose(&mut tx).await.unwrap(), vec![]);
        assert_eq!(sound::damage(&mut tx).await.unwrap(), Vec::<String>::new());
        assert_eq!(sound::everyone(&mut tx).await.unwrap(), [1]);
        let today = Day::new(2026, 7, 1).unwrap();
        assert_eq!(sound::not_reckoned(&mut tx, today).await.unwrap(), 1);
        drop(tx);
        for (change, codes) in TAMPERED {
            // Dropped without a commit: the next one finds it sound again.
            let mut tx = db.write().await.unwrap();
            let touched = tx.run(*change, Vec::<Value>::new()).await.unwrap();
            assert!(touched > 0, "{change}");
            let found: Vec<&str> = sound::loose(&mut tx).await.unwrap().iter().map(|f| f.0).collect();
            let found: BTreeSet<&str> = found.into_iter().collect();
            let expected: BTreeSet<&str> = codes.iter().copied().collect();
            assert_eq!(found, expected, "{:?}: {change}", db.engine());
            provoked.extend(expected);
        }
    }
    assert_eq!(provoked, sound::codes().collect(), "every question was made to bite");
}

#[tokio::test]
async fn a_damaged_file_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let db = testing::databases(dir.path()).await.unwrap().remove(0);
    assert_eq!(db.engine(), Engine::Sqlite);
    let mut tx = db.write().await.unwrap();
    for n in 0..2_000 {
        let sql = format!("INSERT INTO setting (name, value) VALUES ('name-{n}', '{}')", "x".repeat(100));
        tx.run(AssertSqlSafe(sql), vec![]).await.unwrap();
    }
    tx.commit().await.unwrap();
    db.close().await;
    // Some pages in the middle of the file are something else.
    let path = dir.path().join("takeroot.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes.iter_mut().skip(middle).take(20_000).for_each(|b| *b = 0xA5);
    std::fs::write(&path, bytes).unwrap();
    let db = Db::open_dir(dir.path()).await.unwrap();
    let mut tx = db.read().await.unwrap();
    let said = sound::damage(&mut tx).await;
    assert!(said.is_err() || said.is_ok_and(|lines| !lines.is_empty()), "the damage was not seen");
}
