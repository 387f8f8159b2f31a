use takeroot_store::{Db, Engine, StoreError, Tx, Value, schema, settings, testing};

use crate::common::on_both;

const NAMES: &str = "SELECT name FROM setting ORDER BY name";

#[tokio::test]
async fn what_is_not_committed_did_not_happen() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        settings::set(&mut tx, "kept", "1").await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.write().await.unwrap();
        settings::set(&mut tx, "dropped", "1").await.unwrap();
        drop(tx);
        let mut tx = db.read().await.unwrap();
        assert_eq!(tx.engine(), db.engine());
        let names = tx.rows(NAMES, vec![]).await.unwrap();
        assert_eq!(names.iter().map(|r| r.text(0).unwrap()).collect::<Vec<_>>(), ["kept"]);
    })
    .await;
}

#[tokio::test]
async fn a_reader_sees_one_state_while_another_writes() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        settings::set(&mut tx, "a", "1").await.unwrap();
        tx.commit().await.unwrap();
        let mut reader = db.read().await.unwrap();
        assert_eq!(settings::get(&mut reader, "a").await.unwrap().as_deref(), Some("1"));
        let mut writer = db.write().await.unwrap();
        settings::set(&mut writer, "a", "2").await.unwrap();
        writer.commit().await.unwrap();
        assert_eq!(settings::get(&mut reader, "a").await.unwrap().as_deref(), Some("1"), "{:?}", db.engine());
        drop(reader);
        let mut reader = db.read().await.unwrap();
        assert_eq!(settings::get(&mut reader, "a").await.unwrap().as_deref(), Some("2"));
    })
    .await;
}

#[tokio::test]
async fn statements_answer_alike_on_both() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        // More rows than one statement takes values.
        let rows = (0..7_001_i64).map(|n| vec![format!("n{n:05}").into(), n.to_string().into()]);
        tx.insert("setting", &["name", "value"], rows.collect()).await.unwrap();
        tx.insert("setting", &["name", "value"], Vec::new()).await.unwrap();
        assert_eq!(tx.number("SELECT COUNT(*) FROM setting", vec![]).await.unwrap(), 7_001);
        assert_eq!(tx.number("SELECT MAX(id) FROM act", vec![]).await.unwrap(), 0, "nothing is 0");
        let changed = tx.run("UPDATE setting SET value = '' WHERE name < $1", vec!["n00010".into()]).await;
        assert_eq!(changed.unwrap(), 10);
        let row = tx.row("SELECT value FROM setting WHERE name = $1", vec!["n07000".into()]).await.unwrap();
        assert_eq!(row.unwrap().text(0).unwrap(), "7000");
        assert!(tx.row("SELECT value FROM setting WHERE name = 'x'", vec![]).await.unwrap().is_none());
        let mut seen = Vec::new();
        tx.each(NAMES, vec![], |row| {
            seen.push(row.text(0)?);
            Ok(seen.len() < 3)
        })
        .await
        .unwrap();
        assert_eq!(seen, ["n00000", "n00001", "n00002"], "it ends when it is told to");
        let refused = tx.each(NAMES, vec![], |row| row.int(0).map(|_| true)).await;
        assert!(refused.is_err(), "a text is no number on {:?}", db.engine());
        let bytes = vec![Value::Bytes(Some(vec![0, 255])), Value::Bytes(None)];
        let sql = "SELECT CAST($1 AS BYTEA), CAST($2 AS BYTEA)";
        let sql = if db.engine() == Engine::Sqlite { "SELECT $1, $2" } else { sql };
        assert_eq!(tx.row(sql, bytes).await.unwrap().unwrap().bytes(0).unwrap(), [0, 255]);
    })
    .await;
}

#[tokio::test]
async fn a_database_is_opened_by_its_address_and_closed() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("other.db");
    let db = Db::open(&format!("sqlite:{}", file.display())).await.unwrap();
    assert_eq!(db.engine(), Engine::Sqlite);
    db.migrate().await.unwrap();
    let mut tx = db.read().await.unwrap();
    let last = schema::FILES.last().unwrap().0;
    assert_eq!(schema::version(&mut tx).await.unwrap(), last);
    drop(tx);
    db.close().await;
    assert!(db.read().await.is_err(), "it is closed");
    assert!(matches!(Db::open("mysql://x").await, Err(StoreError::Address(_))));
    let again = Db::open_dir(dir.path()).await.unwrap();
    assert_eq!(again.engine(), Engine::Sqlite);

    if let Some(address) = testing::address().await.unwrap() {
        assert_eq!(Db::open(&address).await.unwrap().engine(), Engine::Postgres);
    }
    for db in testing::empty(dir.path()).await.unwrap() {
        db.migrate_up_to(2).await.unwrap();
        let mut tx: Tx = db.read().await.unwrap();
        assert_eq!(schema::version(&mut tx).await.unwrap(), 2, "{:?}", db.engine());
        drop(tx);
        db.migrate().await.unwrap();
        db.settle().await.unwrap();
        assert!(db.connections().0 >= 1);
        db.close().await;
    }
}
