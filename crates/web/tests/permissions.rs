//! Every route is in the table of what routes ask, and every role is turned away where the permissions say so.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests may fail"
)]

mod common;

use std::collections::BTreeSet;
use std::path::Path;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use takeroot_office::access::{may, may_own};
use takeroot_office::{Resource, Role, Viewer};
use takeroot_web::routes::{Needs, ROUTES};

use common::{apps, ask, form, get, session_of, signed_in, text};

const ACCOUNTS: [(&str, Role); 9] = [
    ("zuzhi", Role::Organization),
    ("renshe", Role::Personnel),
    ("caizheng", Role::Finance),
    ("xiangzhen", Role::TownshipHead),
    ("renshi", Role::Clerk),
    ("geren", Role::Own),
    ("shenji", Role::Auditor),
    ("guanli", Role::Administrator),
    ("zhengce", Role::Analyst),
];

/// Method and path of each `.route("…", get(…).post(…))` in the sources.
fn routes_in(dir: &Path, found: &mut BTreeSet<(String, String)>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            routes_in(&path, found);
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        for rest in source.split(".route(").skip(1) {
            let Some(inside) = rest.trim_start().strip_prefix('"') else { continue };
            let (place, rest) = inside.split_once('"').unwrap();
            // The methods stand before the next route, or the end of the function.
            let rest = rest.split(".route(").next().unwrap().split("\n}").next().unwrap();
            for (word, method) in [("get(", "GET"), ("post(", "POST"), ("put(", "PUT"), ("delete(", "DELETE")]
            {
                let has = rest.match_indices(word).any(|(at, _)| {
                    let before = rest[..at].chars().next_back().unwrap_or(' ');
                    before == ' ' || before == '.' || before == ',' || before == '\n'
                });
                if has {
                    found.insert((method.to_owned(), place.to_owned()));
                }
            }
        }
    }
}

#[test]
fn every_route_is_in_the_table() {
    let mut found = BTreeSet::new();
    routes_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() > 30, "the sources hold routes: {}", found.len());
    let listed: BTreeSet<(String, String)> =
        ROUTES.iter().map(|(m, p, _)| ((*m).to_owned(), (*p).to_owned())).collect();
    let missing: Vec<_> = found.difference(&listed).collect();
    assert!(missing.is_empty(), "say in crates/web/src/routes.rs what these ask: {missing:#?}");
    assert_eq!(listed.len(), ROUTES.len(), "a route stands twice in the table");
}

/// Resources that no route names, and why.
const ELSEWHERE: &[(Resource, &str)] = &[
    (Resource::Home, "everyone comes to the first page; what stands on it is asked for there"),
    (Resource::Standing, "a part of the person's file"),
    (Resource::Pay, "a class of fields of the person's file"),
    (Resource::Family, "a class of fields of the person's file"),
    (Resource::Session, "one's own sessions need no role; an administrator ends them with the account"),
    (Resource::Health, "figures are for this machine too, so the handler asks"),
];

#[test]
fn every_resource_is_asked_for_somewhere() {
    let named: BTreeSet<Resource> = ROUTES.iter().filter_map(|(_, _, n)| n.names()).map(|(r, _)| r).collect();
    for resource in Resource::ALL {
        let elsewhere = ELSEWHERE.iter().any(|(r, _)| r == resource);
        assert!(named.contains(resource) || elsewhere, "{resource:?}: no route asks for it");
        assert!(
            !(named.contains(resource) && elsewhere),
            "{resource:?}: a route asks for it, so it has no excuse"
        );
    }
}

#[tokio::test]
async fn every_role_is_turned_away_where_the_permissions_say_so() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir, 500).await {
        let mut turned = 0;
        for (name, role) in ACCOUNTS {
            let cookie = signed_in(&app, name).await;
            for (method, template, needs) in ROUTES {
                let (yes, own) = match *needs {
                    Needs::Nothing | Needs::SignedIn => continue,
                    Needs::May(resource, action) => (may(role, resource, action), false),
                    Needs::MayOrOwn(resource, action) => {
                        (may(role, resource, action), may_own(resource, action))
                    }
                };
                let yes = yes || (own && role == Role::Own);
                // Numbers that nothing has: what is asked here is the door, not what lies behind it.
                let path: String = template
                    .split('/')
                    .map(|part| if part.starts_with('{') { "987654" } else { part })
                    .collect::<Vec<_>>()
                    .join("/");
                let request = Request::builder()
                    .method(*method)
                    .uri(&path)
                    .header(header::COOKIE, &cookie)
                    .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .body(Body::empty())
                    .unwrap();
                let status = ask(&app, request).await.status();
                if yes {
                    assert_ne!(status, StatusCode::FORBIDDEN, "{name} may {method} {path}");
                    assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR, "{name} {method} {path}");
                } else {
                    turned += 1;
                    assert_eq!(status, StatusCode::FORBIDDEN, "{name} may not {method} {path}");
                }
            }
        }
        assert!(turned > 100, "someone is turned away: {turned}");
    }
}

#[tokio::test]
async fn nobody_enters_without_signing_in() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir, 500).await {
        for (method, template, needs) in ROUTES.iter().filter(|(_, _, n)| *n != Needs::Nothing) {
            let path = template.replace(['{', '}'], "");
            let request = Request::builder().method(*method).uri(&path).body(Body::empty()).unwrap();
            let answer = ask(&app, request).await;
            assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{method} {path} {needs:?}");
            let to = answer.headers()[header::LOCATION].to_str().unwrap();
            assert!(to.starts_with("/sign-in?back="), "{method} {path}: {to}");
        }
    }
}

#[tokio::test]
async fn another_site_changes_nothing_in_the_readers_name() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir, 500).await {
        let cookie = signed_in(&app, "guanli").await;
        for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://elsewhere.example")] {
            let mut request = form("/accounts", &cookie, "name=intruder&title=x&number=");
            request.headers_mut().insert(header::HOST, "127.0.0.1".parse().unwrap());
            request.headers_mut().insert(name, value.parse().unwrap());
            assert_eq!(ask(&app, request).await.status(), StatusCode::FORBIDDEN, "{name}");
        }
        let all = app.office.accounts(&Viewer::installation()).await.unwrap();
        assert!(all.iter().all(|(a, _)| a.name != "intruder"));
    }
}

#[tokio::test]
async fn an_account_is_opened_given_a_role_and_used() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir, 500).await {
        let admin = signed_in(&app, "guanli").await;
        let opened =
            text(ask(&app, form("/accounts", &admin, "name=newcomer&title=New&number=")).await).await;
        let once = opened.split("data-once>").nth(1).unwrap().split('<').next().unwrap().to_owned();
        let all = app.office.accounts(&Viewer::installation()).await.unwrap();
        let id = all.iter().find(|(a, _)| a.name == "newcomer").unwrap().0.id;
        let granted =
            ask(&app, form(&format!("/accounts/{id}/grants"), &admin, "role=auditor&organ=&from=&to=")).await;
        assert_eq!(granted.status(), StatusCode::SEE_OTHER);
        let again = text(ask(&app, form("/accounts", &admin, "name=newcomer&title=New&number=")).await).await;
        assert!(again.contains("role=\"alert\""), "the name is taken");

        let answer = ask(&app, form("/sign-in", "", &format!("name=newcomer&password={once}"))).await;
        let cookie = session_of(&answer);
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let kept_back = ask(&app, get("/acts", &cookie)).await;
        assert_eq!(kept_back.headers()[header::LOCATION], "/account", "the password must be changed first");
        let kept_back = ask(&app, get("/accounts", &cookie)).await;
        assert_eq!(kept_back.headers()[header::LOCATION], "/account", "by whatever name the page begins");
        let own = "my very own sentence";
        let typed = format!("present={once}&new={own}&again={own}").replace(' ', "+");
        assert_eq!(
            ask(&app, form("/account/password", &cookie, &typed)).await.status(),
            StatusCode::SEE_OTHER
        );
        let acts = ask(&app, get("/acts", &cookie)).await;
        assert_eq!(acts.status(), StatusCode::OK);
        for path in ["/account", "/account/code", "/acts/looks"] {
            let answer = ask(&app, get(path, &cookie)).await;
            assert_eq!(answer.status(), StatusCode::OK, "{path}");
            assert!(!answer.headers()["x-request-id"].is_empty());
            assert!(text(answer).await.contains("</html>"), "{path}");
        }
        for path in ["/accounts", "/accounts/1"] {
            let answer = ask(&app, get(path, &admin)).await;
            assert_eq!(answer.status(), StatusCode::OK, "{path}");
        }
        let out = ask(&app, form("/sign-out", &cookie, "")).await;
        assert_eq!(out.headers()[header::LOCATION], "/sign-in");
        let after = ask(&app, get("/acts", &cookie)).await;
        assert_eq!(after.status(), StatusCode::SEE_OTHER, "the session is over");
    }
}

#[tokio::test]
async fn a_wrong_password_says_as_much_of_a_known_name_as_of_an_unknown_one() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir, 500).await {
        let mut said = Vec::new();
        for name in ["zuzhi", "nobody"] {
            let mut each = Vec::new();
            for _ in 0..6 {
                let answer = ask(&app, form("/sign-in", "", &format!("name={name}&password=wrong"))).await;
                let status = answer.status();
                each.push((status, text(answer).await.replace(name, "NAME")));
            }
            assert_eq!(each[0].0, StatusCode::UNAUTHORIZED);
            assert_eq!(each[5].0, StatusCode::TOO_MANY_REQUESTS);
            said.push(each);
        }
        assert!(said[0] == said[1], "nobody learns which names there are");
    }
}

#[tokio::test]
async fn the_state_of_the_system_is_told_and_its_figures_are_not_for_everyone() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir, 500).await {
        let health = ask(&app, get("/health", "")).await;
        assert_eq!(health.status(), StatusCode::OK);
        let told: serde_json::Value = serde_json::from_str(&text(health).await).unwrap();
        assert_eq!(told["status"], "ok");
        assert!(told["schema"].as_i64().unwrap() >= 3);

        assert_eq!(ask(&app, get("/metrics", "")).await.status(), StatusCode::FORBIDDEN);
        let cookie = signed_in(&app, "zuzhi").await;
        assert_eq!(ask(&app, get("/metrics", &cookie)).await.status(), StatusCode::FORBIDDEN);
        let cookie = signed_in(&app, "guanli").await;
        let told = text(ask(&app, get("/metrics", &cookie)).await).await;
        assert!(told.contains("takeroot_requests_total") && told.contains("route=\"/health\""), "{told}");
        assert!(
            told.contains("takeroot_sessions") && told.contains("takeroot_request_seconds_bucket"),
            "{told}"
        );

        app.office.db.close().await;
        let health = ask(&app, get("/health", "")).await;
        assert_eq!(health.status(), StatusCode::SERVICE_UNAVAILABLE);
    }
}
