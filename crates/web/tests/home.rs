//! Every figure of the home page opens a list with as many people in it; the frame around pages is strict.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests may fail")]

mod common;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use takeroot_office::roster::Query;

use common::{apps, ask, get, signed_in, text};

/// Links to the roster that hold a number, and the number.
fn figures(html: &str) -> Vec<(String, i64)> {
    let links = html.split("<a ").skip(1).filter_map(|rest| {
        let href = rest.split("href=\"").nth(1)?.split('"').next()?;
        if !href.starts_with("/roster") {
            return None;
        }
        let inside = rest.split_once('>')?.1.split("</a>").next()?;
        let marked = ["class=\"value\">", "class=\"count\">"];
        let shown = marked.iter().find_map(|mark| Some(inside.split_once(mark)?.1)).unwrap_or(inside);
        let digits: String = shown.split('<').next()?.trim().replace(',', "");
        Some((href.replace("&#38;", "&").replace("&amp;", "&"), digits.parse().ok()?))
    });
    links.collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let hex = |b: Option<u8>| (b.unwrap() as char).to_digit(16).unwrap() as u8;
        bytes.push(if byte == b'%' { hex(rest.next()) * 16 + hex(rest.next()) } else { byte });
    }
    String::from_utf8(bytes).unwrap()
}

fn query(href: &str) -> Query {
    let pairs = href.split_once('?').map_or("", |h| h.1).split('&').filter(|p| !p.is_empty());
    Query(pairs.map(|p| p.split_once('=').map(|(n, v)| (n.to_owned(), decoded(v))).unwrap()).collect())
}

#[tokio::test]
async fn every_figure_opens_a_list_of_as_many() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir, 800).await {
        for (name, at_least) in [("zuzhi", 150), ("xiangzhen", 30)] {
            let cookie = signed_in(&app, name).await;
            let answer = ask(&app, get("/", &cookie)).await;
            assert_eq!(answer.status(), StatusCode::OK);
            let html = text(answer).await;
            let token = cookie.strip_prefix("takeroot=").unwrap();
            let (viewer, _) = app.office.viewer(token).await.unwrap().expect("signed in");
            let figures = figures(&html);
            assert!(figures.len() > at_least, "{name}: {} figures", figures.len());
            for (href, shown) in &figures {
                let listed = app.office.roster(&viewer, &query(href)).await.unwrap().total;
                assert_eq!(listed, *shown, "{name}: {href}");
            }
        }
    }
}

#[tokio::test]
async fn who_looks_after_nobody_is_led_to_what_is_theirs() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir, 800).await {
        for (name, place) in [("geren", "/mine"), ("guanli", "/accounts"), ("zhengce", "/policy")] {
            let cookie = signed_in(&app, name).await;
            let answer = ask(&app, get("/", &cookie)).await;
            assert_eq!(answer.headers()[header::LOCATION], place, "{name}");
        }
    }
}

#[tokio::test]
async fn a_page_that_is_not_there_says_so_in_the_readers_language() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir, 800).await {
        for (asked, said) in [("zh-CN,zh;q=0.9", "没有找到"), ("en-GB,en;q=0.8", "Not found")] {
            let request =
                Request::get("/nowhere").header(header::ACCEPT_LANGUAGE, asked).body(Body::empty()).unwrap();
            let answer = ask(&app, request).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND);
            let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
            assert!(policy.contains("default-src 'self'") && !policy.contains("unsafe"), "{policy}");
            assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store");
            let html = text(answer).await;
            assert!(html.contains(said) && !html.contains("style=") && !html.contains("onclick"), "{html}");
        }
    }
}

#[tokio::test]
async fn no_way_back_leads_out_of_the_site() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir, 500).await {
        // A browser leaves out the tab and the line end, and reads the other stroke as a slash.
        for back in [
            "//elsewhere.example",
            "/%09/elsewhere.example",
            "/%0a/elsewhere.example",
            "/%5Celsewhere.example",
        ] {
            let request = Request::post("/language")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from(format!("lang=en&back={back}")))
                .unwrap();
            assert_eq!(ask(&app, request).await.headers()[header::LOCATION], "/", "{back}");
        }
    }
}

#[tokio::test]
async fn a_change_that_another_site_asks_for_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir, 800).await {
        for (name, value, refused) in [
            ("sec-fetch-site", "cross-site", true),
            ("sec-fetch-site", "same-site", true),
            ("origin", "https://elsewhere.example", true),
            ("sec-fetch-site", "same-origin", false),
            ("origin", "http://here.example", false),
        ] {
            let request = Request::post("/language")
                .header(header::HOST, "here.example")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(name, value)
                .body(Body::from("lang=en&back=/roster"))
                .unwrap();
            let answer = ask(&app, request).await;
            assert_eq!(answer.status() == StatusCode::FORBIDDEN, refused, "{name}: {value}");
            if !refused {
                assert_eq!(answer.headers()[header::LOCATION], "/roster");
            }
        }
    }
}

#[tokio::test]
async fn styles_and_scripts_are_kept_for_a_year_and_compressed() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir, 800).await {
        let place = takeroot_web::pieces::asset("app.js");
        let request =
            Request::get(&place).header(header::ACCEPT_ENCODING, "gzip, br").body(Body::empty()).unwrap();
        let answer = ask(&app, request).await;
        assert_eq!(answer.headers()[header::CONTENT_ENCODING], "br");
        assert!(answer.headers()[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
        let tag = answer.headers()[header::ETAG].clone();
        let again = Request::get(&place).header(header::IF_NONE_MATCH, tag).body(Body::empty()).unwrap();
        assert_eq!(ask(&app, again).await.status(), StatusCode::NOT_MODIFIED);
        let gone = Request::get("/assets/app-000000000000.js").body(Body::empty()).unwrap();
        assert_eq!(ask(&app, gone).await.status(), StatusCode::NOT_FOUND);
    }
}
