//! What was typed wrongly, or did not come in whole, is answered as a fault, in the reader's language.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests may fail")]

mod common;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use takeroot_office::Viewer;
use takeroot_office::roster::Query;
use takeroot_web::App;

use common::{apps, ask, form, get, signed_in, text};

/// Someone of the roster.
async fn someone(app: &App) -> i64 {
    app.office.roster(&Viewer::installation(), &Query::default()).await.unwrap().lines[0].id
}

#[tokio::test]
async fn a_form_with_a_fault_comes_back_as_one() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir, 500).await {
        let cookie = signed_in(&app, "zuzhi").await;
        let id = someone(&app).await;
        for (path, typed, kept) in [
            (format!("/person/{id}/event/new?kind=trained"), "effective=2026-02-30&document=%E5%8D%81", "十"),
            (format!("/person/{id}/identity"), "number=990101199001011234", "990101199001011234"),
        ] {
            let before = ask(&app, get(&path, &cookie)).await;
            assert_eq!(before.status(), StatusCode::OK, "{path}");
            assert!(!text(before).await.contains(kept), "{path}");
            let answer = ask(&app, form(&path, &cookie, typed)).await;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{path}");
            let html = text(answer).await;
            assert!(html.contains("aria-invalid=\"true\"") && html.contains(kept), "{path}: {html}");
        }
    }
}

#[tokio::test]
async fn a_file_that_breaks_off_or_is_too_large_is_told_in_the_readers_language() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir, 500).await {
        let cookie = signed_in(&app, "zuzhi").await;
        let begun = "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nabc";
        let whole = |bytes: usize| format!("{begun}{}\r\n--cut--\r\n", "a".repeat(bytes));
        for (path, most) in [("/import", 64), ("/posts", 32), ("/forms/templates/cadre/upload", 1)] {
            for (body, zh, en) in [
                (begun.to_owned(), "没有传完整".to_owned(), "did not come in whole".to_owned()),
                (whole((most + 1) << 20), format!("最大 {most} MB"), format!("at most {most} MB")),
            ] {
                for (lang, said) in [("zh", zh), ("en", en)] {
                    let request = Request::post(path)
                        .header(header::COOKIE, format!("{cookie}; lang={lang}"))
                        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut")
                        .body(Body::from(body.clone()))
                        .unwrap();
                    let answer = ask(&app, request).await;
                    assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{path}");
                    let html = text(answer).await;
                    assert!(html.contains(&said), "{path}: {said}: {html}");
                }
            }
        }
    }
}
