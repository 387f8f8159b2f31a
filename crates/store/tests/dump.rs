//! A whole installation goes from engine to engine as one file, and comes back the same.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests may fail")]

use std::io::{Cursor, Read as _, Write as _};

use takeroot_civil::{Career, Day, Fact, OrganId, Person, PersonId, Rank};
use takeroot_store::dump::{self, Backup, DumpError, Manifest};
use takeroot_store::sessions::{self, Session};
use takeroot_store::{Db, Value, acts, people, settings, testing};

const NOW: i64 = 1_782_878_400_000;

fn career(n: u32) -> Career {
    let person = Person { id: PersonId(format!("试-{n}")), name: format!("某{n}"), ..Person::default() };
    let mut career = Career { person, ..Career::default() };
    career.add(Day::new(2020, 7, 1).unwrap(), Fact::Registered { organ: OrganId("1".to_owned()) });
    career.add(Day::new(2021, 7, 1).unwrap(), Fact::Ranked { rank: Rank::Staff1 });
    career
}

/// Something of every kind of value: numbers, texts with signs of every sort, bytes, nothing.
async fn fill(db: &Db) {
    let mut tx = db.write().await.unwrap();
    let act = acts::record(&mut tx, "enter", 1, 0, None, "{\"说\":\"\\\"“”\\n\"}", None).await.unwrap();
    let careers: Vec<Career> = (0..700).map(career).collect();
    people::add(&mut tx, &careers.iter().collect::<Vec<_>>(), act, 1).await.unwrap();
    for (name, value) in [("Zebra", "z"), ("apple", "a\u{1F33E}"), ("扎根", ""), ("a_b", "%'\"\\")] {
        settings::set(&mut tx, name, value).await.unwrap();
    }
    let bytes: Vec<u8> = (0..=255).collect();
    let columns = ["id", "kind", "account", "state", "done", "total", "message_zh", "message_en", "place"];
    let mut names: Vec<&'static str> = columns.to_vec();
    names.extend(["file_name", "file", "began", "ended"]);
    let job = |id: i64, file: Option<Vec<u8>>, ended: Option<i64>| -> Vec<Value> {
        let text = |t: &str| Value::from(t);
        let mut row =
            vec![id.into(), text("forms"), 1_i64.into(), text("done"), i64::MAX.into(), i64::MIN.into()];
        row.extend([
            text("好"),
            text("good"),
            text(""),
            text("a.zip"),
            file.into(),
            0_i64.into(),
            ended.into(),
        ]);
        row
    };
    let rows = vec![job(1, Some(bytes), Some(2)), job(2, None, None), job(3, Some(Vec::new()), None)];
    tx.insert("job", &names, rows).await.unwrap();
    tx.commit().await.unwrap();
}

async fn backup(db: &Db) -> (Manifest, Vec<u8>) {
    let mut file = Cursor::new(Vec::new());
    let manifest = dump::write(db, &mut file, NOW, |_| {}).await.unwrap();
    (manifest, file.into_inner())
}

#[tokio::test]
async fn from_engine_to_engine_and_back() {
    let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let from = testing::databases(dir.path()).await.unwrap();
    let mut made = Vec::new();
    for db in &from {
        fill(db).await;
        made.push(backup(db).await);
    }
    let (first, file) = made.first().unwrap().clone();
    assert!(first.rows() > 2_800, "{}", first.rows());
    for (manifest, bytes) in &made {
        assert_eq!(*manifest, first, "the same rows give the same tables on both engines");
        assert_eq!(*bytes, file, "and the same file");
    }
    // SQLite -> PostgreSQL, PostgreSQL -> SQLite, and each into its own kind; then out again.
    for (_, bytes) in &made {
        let within = tempfile::tempdir_in(other.path()).unwrap();
        for db in testing::empty(within.path()).await.unwrap() {
            Backup::open(Cursor::new(bytes)).unwrap().restore(&db, NOW, |_| {}).await.unwrap();
            assert_eq!(backup(&db).await, (first.clone(), file.clone()), "on {:?}", db.engine());
            let mut tx = db.read().await.unwrap();
            let kept = people::career(&mut tx, 1).await.unwrap().unwrap();
            assert_eq!(kept.career, career(0));
        }
    }
}

#[tokio::test]
async fn nothing_is_restored_over_something() {
    let dir = tempfile::tempdir().unwrap();
    for db in testing::databases(dir.path()).await.unwrap() {
        let (_, empty) = backup(&db).await;
        // Opened but empty: fine.
        Backup::open(Cursor::new(&empty)).unwrap().restore(&db, NOW, |_| {}).await.unwrap();
        fill(&db).await;
        let (_, full) = backup(&db).await;
        let again = Backup::open(Cursor::new(&empty)).unwrap().restore(&db, NOW, |_| {}).await;
        assert!(matches!(again, Err(DumpError::NotEmpty)), "{again:?}");
        assert_eq!(backup(&db).await.1, full, "what was there is there");
    }
}

#[tokio::test]
async fn who_was_signed_in_signs_in_again() {
    let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for db in testing::databases(dir.path()).await.unwrap() {
        let mut tx = db.write().await.unwrap();
        let session = Session {
            id: 0,
            account: 1,
            created: NOW,
            seen: NOW,
            expires: NOW + 1_000,
            complete: true,
            address: String::new(),
            agent: String::new(),
            ended: None,
        };
        sessions::begin(&mut tx, "digest", &session).await.unwrap();
        tx.commit().await.unwrap();
        let (_, file) = backup(&db).await;
        let within = tempfile::tempdir_in(other.path()).unwrap();
        for new in testing::empty(within.path()).await.unwrap() {
            Backup::open(Cursor::new(&file)).unwrap().restore(&new, NOW, |_| {}).await.unwrap();
            let mut tx = new.read().await.unwrap();
            assert!(sessions::running(&mut tx, "digest", NOW).await.unwrap().is_none());
        }
    }
}

#[tokio::test]
async fn a_damaged_file_leaves_nothing_behind() {
    let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let db = testing::databases(dir.path()).await.unwrap().remove(0);
    fill(&db).await;
    let (_, file) = backup(&db).await;
    // One letter of one table is another; its digest is the old one.
    let changed = rewritten(&file, "tables/setting.jsonl", |text| text.replace("apple", "apply"));
    // A row is missing, and its digest says so.
    let short = rewritten(&file, "tables/person.jsonl", |text| text.split_once('\n').unwrap().1.to_owned());
    // A whole table is missing from the file.
    let without = rewritten(&file, "tables/event.jsonl", |_| String::new());
    for bytes in [changed, short, without] {
        let within = tempfile::tempdir_in(other.path()).unwrap();
        for new in testing::empty(within.path()).await.unwrap() {
            let told = Backup::open(Cursor::new(&bytes)).unwrap().restore(&new, NOW, |_| {}).await;
            assert!(matches!(told, Err(DumpError::Damaged(_))), "{told:?}");
            let mut tx = new.read().await.unwrap();
            assert_eq!(dump::applied(&mut tx).await.unwrap(), Vec::<i64>::new(), "not even tables");
        }
    }
    let half = Backup::open(Cursor::new(file.get(..file.len() / 2).unwrap()));
    assert!(matches!(half, Err(DumpError::Zip(_))), "{half:?}");
    // Rows that a database refuses: one counter twice. Digest and count are right.
    let mut twice = String::new();
    let doubled = rewritten(&file, "tables/counter.jsonl", |text| {
        twice = format!("{text}{}\n", text.lines().next().unwrap());
        twice.clone()
    });
    let doubled = with_digest(&doubled, "counter", &twice);
    let within = tempfile::tempdir_in(other.path()).unwrap();
    for new in testing::empty(within.path()).await.unwrap() {
        let told = Backup::open(Cursor::new(&doubled)).unwrap().restore(&new, NOW, |_| {}).await;
        assert!(matches!(told, Err(DumpError::Store(_))), "{told:?}");
        let mut tx = new.read().await.unwrap();
        let rows = tx.number("SELECT COUNT(*) FROM act", vec![]).await.unwrap();
        assert_eq!(rows, 0, "all or nothing on {:?}", new.engine());
    }
}

#[tokio::test]
async fn a_file_of_a_later_version_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let db = testing::databases(dir.path()).await.unwrap().remove(0);
    let (_, file) = backup(&db).await;
    let later =
        rewritten(&file, "manifest.json", |text| text.replacen("\"schema\": [", "\"schema\": [\n 9999,", 1));
    assert!(matches!(Backup::open(Cursor::new(&later)), Err(DumpError::Later(9999))));
    let other = rewritten(&file, "manifest.json", |text| text.replace("\"takeroot\"", "\"other\""));
    assert!(matches!(Backup::open(Cursor::new(&other)), Err(DumpError::NotOne(_))));
}

#[tokio::test]
async fn a_backup_of_every_earlier_schema_can_be_restored() {
    let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (version, _, _) in takeroot_store::schema::FILES {
        let within = tempfile::tempdir_in(dir.path()).unwrap();
        for old in testing::empty(within.path()).await.unwrap() {
            old.migrate_up_to(*version).await.unwrap();
            let mut tx = old.write().await.unwrap();
            let act = acts::record(&mut tx, "enter", 1, 0, None, "{}", None).await.unwrap();
            people::add(&mut tx, &[&career(1)], act, 1).await.unwrap();
            tx.commit().await.unwrap();
            // The table of sessions is there from the second file on; a backup of an earlier one has none to end.
            if *version < 2 {
                continue;
            }
            let (_, file) = backup(&old).await;
            let new_dir = tempfile::tempdir_in(other.path()).unwrap();
            for new in testing::empty(new_dir.path()).await.unwrap() {
                Backup::open(Cursor::new(&file)).unwrap().restore(&new, NOW, |_| {}).await.unwrap();
                let mut tx = new.read().await.unwrap();
                assert_eq!(people::career(&mut tx, 1).await.unwrap().unwrap().career, career(1));
                let all: Vec<i64> = takeroot_store::schema::FILES.iter().map(|f| f.0).collect();
                assert_eq!(dump::applied(&mut tx).await.unwrap(), all, "brought up to today from {version}");
            }
        }
    }
}

/// The zip with one of its files changed.
fn rewritten(file: &[u8], name: &str, mut change: impl FnMut(String) -> String) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut entry = old.by_index(at).unwrap();
        let entry_name = entry.name().unwrap().into_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        if entry_name == name {
            text = change(text);
        }
        new.start_file(entry_name, zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(text.as_bytes()).unwrap();
    }
    new.finish().unwrap().into_inner()
}

/// The zip with digest and count of a table that fit its text.
fn with_digest(file: &[u8], table: &str, text: &str) -> Vec<u8> {
    use sha2::Digest as _;
    let digest = sha2::Sha256::digest(text.as_bytes());
    let digest: String = digest.iter().map(|b| format!("{b:02x}")).collect();
    rewritten(file, "manifest.json", |manifest| {
        let mut manifest: Manifest = serde_json::from_str(&manifest).unwrap();
        let found = manifest.tables.iter_mut().find(|t| t.name == table).unwrap();
        found.sha256.clone_from(&digest);
        found.rows = text.lines().count() as u64;
        serde_json::to_string_pretty(&manifest).unwrap()
    })
}
