//! Forms are printed as a piece of work of whoever asked: watched, fetched for a while, nobody else's.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests may fail"
)]

mod common;

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use takeroot_office::testing::Hand;
use takeroot_office::{Role, Viewer};
use takeroot_web::App;

use common::{ask, counties, form, get, signed_in};

struct Place {
    app: App,
    clock: Arc<Hand>,
}

async fn places(dir: &tempfile::TempDir) -> Vec<Place> {
    counties(dir, 500).await.into_iter().map(|(app, clock)| Place { app, clock }).collect()
}

impl Place {
    async fn send(&self, request: Request<Body>) -> (StatusCode, HeaderMap, Vec<u8>) {
        let (parts, body) = ask(&self.app, request).await.into_parts();
        (parts.status, parts.headers, to_bytes(body, 32 << 20).await.unwrap().to_vec())
    }

    async fn get(&self, path: &str, cookie: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
        self.send(get(path, &format!("{cookie}; lang=en"))).await
    }

    async fn page(&self, path: &str, cookie: &str) -> String {
        String::from_utf8(self.get(path, cookie).await.2).unwrap()
    }

    async fn post(&self, path: &str, cookie: &str, typed: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
        self.send(form(path, &format!("{cookie}; lang=en"), typed)).await
    }

    /// Prints and waits: the page of the work.
    async fn printed(&self, cookie: &str, typed: &str) -> String {
        let (status, headers, _) = self.post("/forms/print", cookie, typed).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{typed}");
        let at = headers[header::LOCATION].to_str().unwrap().to_owned();
        assert!(at.starts_with("/forms/work/"), "{at}");
        for _ in 0..600 {
            if !self.page(&at, cookie).await.contains("every 500ms") {
                return at;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("it does not end");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_printed_is_fetched_by_who_asked_and_kept_for_a_while() {
    let dir = tempfile::tempdir().unwrap();
    for place in places(&dir).await {
        let (zuzhi, renshe) = (signed_in(&place.app, "zuzhi").await, signed_in(&place.app, "renshe").await);
        let people = "p=1&p=2&on=2026-07-01&lang=zh";
        let at = place.printed(&zuzhi, &format!("{people}&form=cadre-pdf")).await;
        let page = place.page(&at, &zuzhi).await;
        assert!(page.contains("干部任免审批表") && page.contains("pages · "), "{page}");
        let file = format!("{at}/file");
        let (status, headers, bytes) = place.get(&file, &zuzhi).await;
        assert_eq!((status, &bytes[..5]), (StatusCode::OK, b"%PDF-".as_slice()));
        assert_eq!(headers[header::CONTENT_TYPE], "application/pdf");
        assert!(
            headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("inline; filename*=UTF-8''")
        );
        assert_eq!(headers[header::CACHE_CONTROL], "no-store");
        for path in [&at, &file] {
            assert_eq!(place.get(path, &renshe).await.0, StatusCode::NOT_FOUND, "nobody else's");
        }
        let at_lrmx = place.printed(&zuzhi, &format!("{people}&form=cadre-lrmx")).await;
        let (_, headers, bytes) = place.get(&format!("{at_lrmx}/file"), &zuzhi).await;
        assert!(bytes.starts_with(b"PK"));
        assert!(headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));

        // Whoever prints no more is not handed what was printed, under neither of its addresses.
        let root = Viewer::installation();
        let office = &place.app.office;
        let all = office.accounts(&root).await.unwrap();
        let (account, held) = all.iter().find(|(a, _)| a.name == "zuzhi").unwrap();
        office.end_grant(&root, account.id, held[0].grant.id).await.unwrap();
        let other_way = file.replace("/forms/work/", "/jobs/");
        for path in [&at, &file, &other_way] {
            assert_eq!(place.get(path, &zuzhi).await.0, StatusCode::FORBIDDEN, "{path}");
        }
        office.grant(&root, account.id, Role::Organization, "", office.today(), None).await.unwrap();
        assert_eq!(place.get(&file, &zuzhi).await.0, StatusCode::OK);

        // After half an hour it is not handed out, and the next print forgets the file; that it was made stays known.
        place.clock.later(31 * 60_000);
        for path in [&file, &other_way] {
            assert_eq!(place.get(path, &zuzhi).await.0, StatusCode::NOT_FOUND, "{path}");
        }
        place.printed(&zuzhi, &format!("{people}&form=cadre-lrmx")).await;
        assert_eq!(place.get(&file, &zuzhi).await.0, StatusCode::NOT_FOUND);
        assert!(place.page(&at, &zuzhi).await.contains("half an hour"));
        // Other work of the account is not shown as a print.
        let (viewer, _) = place.app.office.viewer(zuzhi.split_once('=').unwrap().1).await.unwrap().unwrap();
        let import = |_, _| async { Ok(takeroot_office::jobs::Outcome::place("/import/1")) };
        let id = place.app.office.start_job(&viewer, "import", import).await.unwrap();
        assert!(place.app.office.job(&viewer, id).await.is_ok());
        assert_eq!(place.get(&format!("/forms/work/{id}"), &zuzhi).await.0, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_print_that_is_stopped_makes_no_file() {
    let dir = tempfile::tempdir().unwrap();
    for place in places(&dir).await {
        let zuzhi = signed_in(&place.app, "zuzhi").await;
        let many: String = (1..=90).map(|n| format!("p={n}&")).collect();
        let typed = format!("{many}form=cadre-pdf&on=2026-07-01&lang=zh");
        let (_, headers, _) = place.post("/forms/print", &zuzhi, &typed).await;
        let at = headers[header::LOCATION].to_str().unwrap().to_owned();
        assert_eq!(place.post(&format!("{at}/stop"), &zuzhi, "").await.0, StatusCode::SEE_OTHER);
        let ended = async {
            while place.page(&at, &zuzhi).await.contains("every 500ms") {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), ended).await.expect("it ends soon");
        assert!(place.page(&at, &zuzhi).await.contains("Cancelled; no file was made"));
        assert_eq!(place.get(&format!("{at}/file"), &zuzhi).await.0, StatusCode::NOT_FOUND);
    }
}
