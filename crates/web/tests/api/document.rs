//! The description is held against the server: every operation is called, every answer it names is provoked, and every
//! body is what its schema says.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;
use takeroot_web::api::description;
use takeroot_web::routes::ROUTES;

use crate::common::{ALL, Answer, Place, on_both};
use crate::schema::faults;

fn document() -> Value {
    serde_json::from_str(&description()).unwrap()
}

/// Method, path and description of every operation.
fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            all.push((method.to_uppercase(), path.clone(), operation.clone()));
        }
    }
    all
}

#[test]
fn every_route_is_described_and_nothing_else() {
    let described: BTreeSet<(String, String)> =
        operations(&document()).into_iter().map(|(m, p, _)| (m, p)).collect();
    let routes: BTreeSet<(String, String)> = ROUTES
        .iter()
        .filter(|(_, path, _)| path.starts_with("/api/v1"))
        .map(|(m, p, _)| ((*m).to_owned(), (*p).to_owned()))
        .collect();
    assert!(routes.len() > 8);
    assert_eq!(described, routes);
}

#[test]
fn the_description_that_is_kept_is_the_servers() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    if std::env::var_os("TAKEROOT_GENERATE").is_some() {
        std::fs::write(&file, description()).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap();
    assert!(kept == description(), "docs/openapi.json is not current: make generate");
}

#[test]
fn every_operation_says_what_it_is_for_and_what_goes_wrong() {
    let document = document();
    for (method, path, operation) in operations(&document) {
        assert!(operation["summary"].as_str().is_some_and(|s| s.len() > 10), "{method} {path}");
        if operation.get("security").is_none() {
            for status in ["401", "403", "429", "500"] {
                assert!(operation["responses"].get(status).is_some(), "{method} {path}: {status}");
            }
        }
    }
    assert_eq!(document["security"], serde_json::json!([{"token": []}]));
    assert_eq!(document["components"]["securitySchemes"]["token"]["scheme"], "bearer");
}

/// What was met of what the description names.
#[derive(Default)]
struct Met(BTreeSet<(String, String, String)>);

impl Met {
    /// An answer must be one that the description names, with a body as it says.
    fn hold(&mut self, document: &Value, method: &str, path: &str, answer: &Answer) {
        let status = answer.status.as_u16().to_string();
        let operation = &document["paths"][path][method.to_lowercase()];
        let named = operation["responses"].get(&status);
        let named =
            named.unwrap_or_else(|| panic!("{method} {path}: {status} is not described: {}", answer.text));
        let content = named["content"].as_object().unwrap();
        let (kind, content) = content.iter().next().unwrap();
        assert!(answer.kind().starts_with(kind.as_str()), "{method} {path} {status}: {}", answer.kind());
        let wrong = faults(document, &content["schema"], &answer.json());
        assert!(wrong.is_empty(), "{method} {path} {status}: {wrong:#?}");
        if status != "200" {
            assert_eq!(answer.json()["status"].to_string(), status, "the body says the same");
        }
        self.0.insert((method.to_owned(), path.to_owned(), status));
    }
}

/// The operation's address with a person for `{id}`, and the query that it cannot do without.
fn place(path: &str, id: &str) -> String {
    let filled = path.replace("{id}", id);
    if path.ends_with("/import") { format!("{filled}?name=a.xlsx") } else { filled }
}

async fn provoked(place_of: &Place, document: &Value, met: &mut Met) {
    let (here, _) = place_of.townships().await;
    let id = place_of.someone(&here).await.to_string();
    let all = place_of.token(&ALL, "").await;
    let none = place_of.token(&[takeroot_office::Role::WriteImport], "").await;
    let reads = place_of.token(&[takeroot_office::Role::ReadRoster], "").await;
    let tired = place_of.token(&ALL, "").await;
    let file = roster_file(place_of);
    while place_of.get("/api/v1/stack", &tired).await.status.as_u16() != 429 {}
    for (method, path, operation) in operations(document) {
        let ask = async |token: &str, at: &str, body: Vec<u8>| place_of.ask(&method, at, token, body).await;
        let at = place(&path, &id);
        let answer = ask(&all, &at, file.clone()).await;
        assert_eq!(answer.status.as_u16(), 200, "{method} {path}: {}", answer.text);
        met.hold(document, &method, &path, &answer);
        if operation.get("security").is_some() {
            continue;
        }
        met.hold(document, &method, &path, &ask("", &at, file.clone()).await);
        met.hold(document, &method, &path, &ask(&tired, &at, file.clone()).await);
        let without = if path.ends_with("/import") { &reads } else { &none };
        let answer = ask(without, &at, file.clone()).await;
        assert_eq!(answer.status.as_u16(), 403, "{method} {path}");
        met.hold(document, &method, &path, &answer);
        // Each parameter, written so that nobody can read it.
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap();
            let wrong = if parameter["in"] == "path" {
                place(&path, "nobody")
            } else if ["since", "after", "limit", "on"].contains(&name) {
                format!("{}?{name}=nonsense", place(&path, &id).split('?').next().unwrap())
            } else {
                continue;
            };
            let answer = ask(&all, &wrong, file.clone()).await;
            assert_eq!(answer.status.as_u16(), 400, "{method} {wrong}");
            met.hold(document, &method, &path, &answer);
        }
        if path.contains("{id}") {
            let answer = ask(&all, &place(&path, "987654"), Vec::new()).await;
            assert_eq!(answer.status.as_u16(), 404, "{method} {path}");
            met.hold(document, &method, &path, &answer);
        }
    }
    for (path, at) in [("/api/v1/people", "organ=nowhere"), ("/api/v1/changes", "since=1&since=2")] {
        let answer = place_of.get(&format!("{path}?{at}"), &all).await;
        met.hold(document, "GET", path, &answer);
    }
    let import = async |query: &str, body: Vec<u8>| {
        place_of.ask("POST", &format!("/api/v1/import{query}"), &all, body).await
    };
    for answer in [
        import("", file.clone()).await,
        import("?name=a.xlsx", Vec::new()).await,
        import("?name=a.xlsx", b"this is no workbook".to_vec()).await,
        import("?name=a.xlsx", vec![0; (64 << 20) + 1]).await,
    ] {
        assert_ne!(answer.status.as_u16(), 200);
        met.hold(document, "POST", "/api/v1/import", &answer);
    }
    // The database is gone.
    place_of.app.office.db.close().await;
    for (method, path, _) in operations(document).iter().filter(|o| o.2.get("security").is_none()) {
        let answer = place_of.ask(method, &place(path, &id), &all, file.clone()).await;
        assert_eq!(answer.status.as_u16(), 500, "{method} {path}");
        met.hold(document, method, path, &answer);
    }
}

/// Three people of the county, as their own export has them.
fn roster_file(place: &Place) -> Vec<u8> {
    let mut part = place.roster.clone();
    part.careers.truncate(3);
    takeroot_exchange::roster::write(&part, takeroot_words::Lang::Zh).unwrap()
}

#[tokio::test]
async fn every_answer_that_is_described_is_given_and_no_other() {
    let document = document();
    let named: BTreeSet<(String, String, String)> = operations(&document)
        .into_iter()
        .flat_map(|(method, path, operation)| {
            let statuses: Vec<String> = operation["responses"].as_object().unwrap().keys().cloned().collect();
            statuses.into_iter().map(move |status| (method.clone(), path.clone(), status))
        })
        .collect();
    on_both(async |place| {
        let mut met = Met::default();
        provoked(place, &document, &mut met).await;
        let missing: Vec<_> = named.difference(&met.0).collect();
        assert!(missing.is_empty(), "described, and never met: {missing:#?}");
    })
    .await;
}

#[tokio::test]
async fn whatever_goes_wrong_below_the_interface_has_its_form() {
    on_both(async |place| {
        let token = place.token(&ALL, "").await;
        for (method, path, status, kind) in [
            ("GET", "/api/v1/nothing", 404, "not-found"),
            ("GET", "/api/v2/people", 404, "not-found"),
            ("DELETE", "/api/v1/people", 405, "method"),
            ("GET", "/api/v1/import", 405, "method"),
            ("GET", "/api/v1/changes?since=1&since=2", 400, "request"),
            ("GET", "/api/v1/person/%FF", 400, "request"),
        ] {
            let answer = place.ask(method, path, &token, Vec::new()).await;
            assert_eq!(answer.status.as_u16(), status, "{method} {path}");
            assert_eq!(answer.kind(), "application/problem+json", "{method} {path}: {}", answer.text);
            assert_eq!(answer.json()["type"], kind, "{method} {path}");
            assert!(!answer.text.contains("html"), "{}", answer.text);
        }
    })
    .await;
}

#[tokio::test]
async fn problems_are_told_in_the_readers_language() {
    on_both(async |place| {
        for (asked, title) in
            [("zh-CN,zh;q=0.9", "需要令牌"), ("fr, en;q=0.8", "A token is needed"), ("", "需要令牌")]
        {
            let request = axum::http::Request::get("/api/v1/people")
                .header(axum::http::header::ACCEPT_LANGUAGE, asked)
                .body(axum::body::Body::empty())
                .unwrap();
            let answer = place.send(request).await;
            assert_eq!((answer.status.as_u16(), answer.kind()), (401, "application/problem+json"));
            assert_eq!(answer.json()["title"], title, "{asked}");
            assert_eq!(answer.headers["www-authenticate"], "Bearer");
        }
    })
    .await;
}
