//! Every schema leads to today's, with its data, on both engines.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests may fail")]

use std::collections::BTreeMap;

use sqlx::AssertSqlSafe;
use takeroot_civil::{Career, Day, Fact, Person, PersonId, Rank};
use takeroot_store::{Value, acts, people, schema, settings, testing};

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

/// A table as its `CREATE TABLE` says: its columns, and a row with something in each of them.
struct Table {
    name: String,
    columns: Vec<String>,
    row: Vec<Value>,
}

/// The tables that the files up to a number make.
fn tables(up_to: i64) -> Vec<Table> {
    let mut all = Vec::new();
    for (_, _, text) in schema::FILES.iter().filter(|f| f.0 <= up_to) {
        let text: Vec<&str> = text.lines().filter(|l| !l.trim_start().starts_with("--")).collect();
        for made in text.join("\n").split("CREATE TABLE ").skip(1) {
            let (name, rest) = made.split_once(" (\n").unwrap();
            let mut table = Table { name: name.to_owned(), columns: Vec::new(), row: Vec::new() };
            for line in rest.split_once("\n);").unwrap().0.lines() {
                let mut words = line.split_whitespace();
                let (column, kind) = (words.next().unwrap(), words.next().unwrap().trim_end_matches(','));
                let n = table.columns.len();
                table.row.push(match kind {
                    "BIGINT" => Value::from(i64::from(u32::MAX) + n as i64),
                    "TEXT" => Value::from(format!("{name}之{n}\u{1F33E}'\"")),
                    "BYTEA" => Value::from(vec![0, 255, n as u8]),
                    // A key of several columns: the last line of a table.
                    "KEY" => continue,
                    other => panic!("{name}: {column} is {other}"),
                });
                table.columns.push(column.to_owned());
            }
            all.push(table);
        }
    }
    all
}

#[tokio::test]
async fn a_row_of_every_table_survives_every_upgrade() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (version, _, _) in schema::FILES {
        let dir = tempfile::tempdir().unwrap();
        for db in testing::empty(dir.path()).await.unwrap() {
            db.migrate_up_to(*version).await.unwrap();
            let tables = tables(*version);
            let mut tx = db.write().await.unwrap();
            for table in &tables {
                let places: Vec<String> = (1..=table.row.len()).map(|n| format!("${n}")).collect();
                let (columns, places) = (table.columns.join(", "), places.join(", "));
                let sql = format!("INSERT INTO {} ({columns}) VALUES ({places})", table.name);
                assert_eq!(tx.run(AssertSqlSafe(sql), table.row.clone()).await.unwrap(), 1);
            }
            tx.commit().await.unwrap();
            db.migrate().await.unwrap();
            let mut tx = db.read().await.unwrap();
            for table in &tables {
                let same: Vec<String> =
                    table.columns.iter().enumerate().map(|(n, c)| format!("{c} = ${}", n + 1)).collect();
                let sql = format!("SELECT COUNT(*) FROM {} WHERE {}", table.name, same.join(" AND "));
                let kept = tx.number(AssertSqlSafe(sql), table.row.clone()).await.unwrap();
                assert_eq!(kept, 1, "{} from schema {version} on {:?}", table.name, db.engine());
                *seen.entry(table.name.clone()).or_default() += 1;
            }
            let last = schema::FILES.last().unwrap().0;
            assert_eq!(schema::version(&mut tx).await.unwrap(), last);
        }
    }
    let words: usize = schema::FILES.iter().map(|f| f.2.matches("CREATE TABLE ").count()).sum();
    assert_eq!(seen.len(), words, "every table was filled: {seen:?}");
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
