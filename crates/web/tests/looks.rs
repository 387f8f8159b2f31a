//! What is shown of a sensitive class on a person's file is recorded as a look, tab by tab; what is not shown is not.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests may fail")]

mod common;

use std::collections::BTreeSet;

use axum::http::StatusCode;
use common::{apps, ask, get, signed_in};
use takeroot_web::App;

/// The classes of which a look at anyone is recorded.
async fn seen(app: &App) -> BTreeSet<String> {
    let mut tx = app.office.db.read().await.unwrap();
    let rows = tx.rows("SELECT DISTINCT class FROM sight", vec![]).await.unwrap();
    rows.iter().map(|r| r.text(0).unwrap()).collect()
}

#[tokio::test]
async fn each_tab_records_what_it_shows() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir, 500).await {
        let cookie = signed_in(&app, "zuzhi").await;
        let mut before = seen(&app).await;
        assert!(before.is_empty());
        for (tab, shows) in [
            ("timeline", None),
            ("posts", None),
            ("basics", Some("family")),
            ("education", None),
            ("standing", Some("pay")),
            ("acts", None),
        ] {
            let answer = ask(&app, get(&format!("/person/40?tab={tab}"), &cookie)).await;
            assert_eq!(answer.status(), StatusCode::OK, "{tab}");
            let after = seen(&app).await;
            let new: Vec<&str> = after.difference(&before).map(String::as_str).collect();
            assert_eq!(new, shows.into_iter().collect::<Vec<_>>(), "{tab}");
            before = after;
        }
    }
}
