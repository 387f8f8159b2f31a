//! The demonstration can be shown on another day; real people cannot.

use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::common::{Place, said};

#[test]
fn real_people_are_not_shown_on_another_day() {
    let dir = tempfile::tempdir().unwrap();
    for place in Place::each(dir.path()) {
        let form = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bad/lrmx/good.lrmx");
        let came = place.run(&["import", form]);
        assert_eq!(came.status.code(), Some(0), "{}", said(&came));

        let mut serve =
            place.command(&["serve", "--listen", "127.0.0.1:0", "--demo", "--today", "2020-01-01"]);
        let mut child = serve.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let began = Instant::now();
        while child.try_wait().unwrap().is_none() && began.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(50));
        }
        // One that serves does not end by itself.
        let _ = child.kill();
        let ended = child.wait_with_output().unwrap();
        assert_eq!(ended.status.code(), Some(2), "{}", said(&ended));
        assert!(said(&ended).contains("only today can be shown"), "{}", said(&ended));
    }
}

#[test]
fn another_day_is_asked_for_with_the_demonstration_only() {
    let dir = tempfile::tempdir().unwrap();
    let alone = Place::dir(dir.path()).run(&["serve", "--listen", "127.0.0.1:0", "--today", "2020-01-01"]);
    assert_eq!(alone.status.code(), Some(2), "{}", said(&alone));
}
