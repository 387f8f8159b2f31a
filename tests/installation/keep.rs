//! A backup holds everything, goes from engine to engine, and is refused where it would do harm.

use crate::common::{Place, said};

#[test]
fn an_installation_goes_from_engine_to_engine_and_is_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let first = Place::dir(&dir.path().join("first")).filled();
    let file = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let made = first.run(&["backup", "--out", &file("first.zip")]);
    assert_eq!(made.status.code(), Some(0), "{}", said(&made));
    assert!(said(&made).contains("first.zip") && said(&made).contains("rows"), "{}", said(&made));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(file("first.zip")).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "its owner alone reads it");
    }
    // SQLite -> PostgreSQL -> SQLite, or SQLite -> SQLite -> SQLite where there is no server.
    let second = Place::server().unwrap_or_else(|| Place::dir(&dir.path().join("second")));
    let third = Place::dir(&dir.path().join("third"));
    let mut from = "first.zip".to_owned();
    for (place, to) in [(&second, "second.zip"), (&third, "third.zip")] {
        let done = place.run(&["restore", &file(&from)]);
        assert_eq!(done.status.code(), Some(0), "{}", said(&done));
        let sound = place.run(&["doctor"]);
        assert_eq!(sound.status.code(), Some(0), "{}", said(&sound));
        assert!(said(&sound).contains("The installation is sound.") && !said(&sound).contains('✗'));
        assert_eq!(place.run(&["backup", "--out", &file(to)]).status.code(), Some(0));
        to.clone_into(&mut from);
    }
    // The same tables, rows and digests; only the moment of the backup differs.
    let tables = |name: &str| {
        let mut zip = zip::ZipArchive::new(std::fs::File::open(file(name)).unwrap()).unwrap();
        let manifest: serde_json::Value =
            serde_json::from_reader(zip.by_name("manifest.json").unwrap()).unwrap();
        let tables = manifest["tables"].clone();
        assert!(tables.as_array().unwrap().len() > 15);
        tables
    };
    assert_eq!(tables("first.zip"), tables("second.zip"));
    assert_eq!(tables("first.zip"), tables("third.zip"));
    let check = third.run(&["restore", "--check", &file("third.zip")]);
    assert!(check.status.success() && said(&check).contains("is whole"), "{}", said(&check));
}

#[test]
fn nothing_is_restored_over_an_installation_and_a_damaged_file_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    for (n, place) in Place::each(&dir.path().join("here")).into_iter().enumerate() {
        let place = place.filled();
        let zip = dir.path().join(format!("{n}.zip"));
        let zip = zip.to_str().unwrap();
        assert!(place.run(&["backup", "--out", zip]).status.success());
        let over = place.run(&["restore", zip]);
        assert_eq!(over.status.code(), Some(2));
        assert!(said(&over).contains("empty"), "{}", said(&over));
        assert!(place.run(&["doctor"]).status.success(), "what was there is there");

        let bytes = std::fs::read(zip).unwrap();
        let half = dir.path().join("half.zip");
        std::fs::write(&half, &bytes[..bytes.len() / 2]).unwrap();
        let new = Place::dir(&dir.path().join(format!("new{n}")));
        for words in
            [vec!["restore", half.to_str().unwrap()], vec!["restore", "--check", half.to_str().unwrap()]]
        {
            let told = new.run(&words);
            assert_eq!(told.status.code(), Some(2), "{}", said(&told));
        }
        assert!(!dir.path().join(format!("new{n}")).exists(), "not even a directory");
        let nowhere = new.run(&["restore", "/nowhere/x.zip"]);
        assert_eq!(nowhere.status.code(), Some(2));
    }
}

#[test]
fn what_is_not_there_is_not_made_by_looking() {
    let dir = tempfile::tempdir().unwrap();
    let nowhere = dir.path().join("nowhere");
    let place = Place::dir(&nowhere);
    for words in [vec!["doctor"], vec!["backup", "--out", dir.path().join("x.zip").to_str().unwrap()]] {
        let told = place.run(&words);
        assert_eq!(told.status.code(), Some(2), "{words:?}");
        assert!(said(&told).contains("There is no installation"), "{}", said(&told));
    }
    assert!(!nowhere.exists() && !dir.path().join("x.zip").exists() && !dir.path().join("x.part").exists());
}

#[test]
fn the_doctor_says_what_is_wrong_and_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let here = dir.path().join("here");
    for place in Place::each(&here) {
        let place = place.filled();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let db = match place.0[0].as_str() {
                "--data" => takeroot_store::Db::open_dir(&here).await,
                _ => takeroot_store::Db::open(&place.0[1]).await,
            }
            .unwrap();
            let mut tx = db.write().await.unwrap();
            let sql = "UPDATE event SET act = 987654 WHERE person = 1 AND id = 1";
            assert_eq!(tx.run(sql, vec![]).await.unwrap(), 1);
            tx.commit().await.unwrap();
            db.close().await;
        });
        let told = place.run(&["doctor"]);
        assert_eq!(told.status.code(), Some(1));
        let text = said(&told);
        assert!(text.contains('✗') && text.contains("→") && text.contains("needs attention"), "{text}");
    }
}
