//! The pages of sign-in and of one's own account: what they show to whom, and what they believe of a request.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests may fail"
)]

mod common;

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, Uri, header};
use takeroot_office::{demonstration, totp};
use takeroot_web::App;
use takeroot_web::routes::{ROUTES, is_readable};
use takeroot_web::security::Outside;
use takeroot_web::signed::back;

use common::{apps, ask, counties, form, get, session_of, signed_in, text};

/// A request as the server of a listener hands it on.
fn from(
    mut request: Request<Body>,
    peer: &str,
    behind_proxy: bool,
    lines: &[(&'static str, &str)],
) -> Request<Body> {
    request.extensions_mut().insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
    request.extensions_mut().insert(Outside { behind_proxy });
    for (name, value) in lines {
        request.headers_mut().append(*name, value.parse().unwrap());
    }
    request
}

/// The address that a session is shown with which began by such a request.
async fn address(app: &App, behind_proxy: bool, lines: &[(&'static str, &str)]) -> String {
    let typed = format!("name=zuzhi&password={}", demonstration::PASSWORD);
    let request = from(form("/sign-in", "", &typed), "10.0.0.1:4000", behind_proxy, lines);
    let cookie = session_of(&ask(app, request).await);
    let token = cookie.split(';').next().unwrap().strip_prefix("takeroot=").unwrap();
    let (viewer, _) = app.office.viewer(token).await.unwrap().unwrap();
    let all = app.office.own_sessions(&viewer).await.unwrap();
    all.into_iter().find(|s| s.id == viewer.session).unwrap().address
}

#[tokio::test]
async fn the_proxys_word_is_believed_and_the_askers_is_not() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir, 500).await {
        let told = "x-forwarded-for";
        assert_eq!(address(&app, true, &[]).await, "10.0.0.1");
        assert_eq!(address(&app, true, &[(told, "192.0.2.1, 192.0.2.7")]).await, "192.0.2.7");
        // A proxy that adds a line of its own: the asker's stands before it.
        assert_eq!(address(&app, true, &[(told, "192.0.2.1"), (told, "192.0.2.7")]).await, "192.0.2.7");
        assert_eq!(address(&app, true, &[(told, "2001:db8::1")]).await, "2001:db8::1");
        for no_address in ["unknown", "", "192.0.2.1, a new one each time"] {
            assert_eq!(address(&app, true, &[(told, no_address)]).await, "10.0.0.1", "{no_address}");
        }
        assert_eq!(address(&app, false, &[(told, "192.0.2.7")]).await, "10.0.0.1");
    }
}

#[tokio::test]
async fn figures_are_told_on_this_machine_and_not_through_a_proxy_on_it() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir, 500).await {
        let status = async |peer: &str, lines: &[(&'static str, &str)]| {
            ask(&app, from(get("/metrics", ""), peer, false, lines)).await.status()
        };
        assert_eq!(status("127.0.0.1:4000", &[]).await, StatusCode::OK);
        assert_eq!(status("192.0.2.7:4000", &[]).await, StatusCode::FORBIDDEN);
        for line in [("x-forwarded-for", "192.0.2.7"), ("forwarded", "for=192.0.2.7")] {
            assert_eq!(status("127.0.0.1:4000", &[line]).await, StatusCode::FORBIDDEN, "{line:?}");
        }
    }
}

#[tokio::test]
async fn a_browser_that_was_signed_in_is_known_when_others_try_the_name() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir, 500).await {
        let right = format!("name=zuzhi&password={}", demonstration::PASSWORD);
        let answer = ask(&app, form("/sign-in", "", &right)).await;
        let all = answer.headers().get_all(header::SET_COOKIE).iter().map(|c| c.to_str().unwrap());
        let was = all.into_iter().find(|c| c.starts_with("takeroot-was=")).unwrap().to_owned();
        for word in ["HttpOnly", "SameSite=Lax", "Max-Age=2592000"] {
            assert!(was.contains(word), "{was}");
        }
        let was = was.split(';').next().unwrap();
        let out = ask(&app, form("/sign-out", session_of(&answer).split(';').next().unwrap(), "")).await;
        let removed = out.headers().get_all(header::SET_COOKIE).iter();
        assert!(removed.into_iter().all(|c| !c.to_str().unwrap().starts_with("takeroot-was=")), "it stays");
        assert_eq!(ask(&app, get("/", was)).await.status(), StatusCode::SEE_OTHER, "it opens nothing");
        for _ in 0..6 {
            ask(&app, form("/sign-in", "", "name=zuzhi&password=wrong")).await;
        }
        assert_eq!(ask(&app, form("/sign-in", "", &right)).await.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(ask(&app, form("/sign-in", was, &right)).await.status(), StatusCode::SEE_OTHER);
    }
}

fn secret_in(page: &str) -> Option<String> {
    page.split("<code>").nth(1).map(|rest| rest.split('<').next().unwrap().to_owned())
}

#[tokio::test]
async fn the_key_for_the_telephone_is_shown_for_the_password() {
    let dir = tempfile::tempdir().unwrap();
    for (app, clock) in counties(&dir, 500).await {
        let cookie = signed_in(&app, "zuzhi").await;
        let begin = async |password: &str| {
            let answer =
                ask(&app, form("/account/code/begin", &cookie, &format!("present={password}"))).await;
            (answer.status(), text(answer).await)
        };
        let asked = text(ask(&app, get("/account/code", &cookie)).await).await;
        assert!(secret_in(&asked).is_none() && asked.contains("type=\"password\""));
        let confirmed = ask(&app, form("/account/code", &cookie, "code=123456")).await;
        assert_eq!(confirmed.headers()[header::LOCATION], "/account/code", "nothing was begun");
        let (status, page) = begin("wrong").await;
        assert!(status == StatusCode::UNPROCESSABLE_ENTITY && secret_in(&page).is_none());
        assert!(
            page.contains("name=\"back\" value=\"/account/code\""),
            "the other language shows the page again"
        );
        let (status, page) = begin(demonstration::PASSWORD).await;
        let secret = secret_in(&page).unwrap();
        assert_eq!(status, StatusCode::OK);
        let asked = text(ask(&app, get("/account/code", &cookie)).await).await;
        assert!(secret_in(&asked).is_none(), "whoever comes next is asked for the password again");
        let wrong = ask(&app, form("/account/code", &cookie, "code=000000")).await;
        assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(secret_in(&text(wrong).await), Some(secret.clone()), "a wrong code is typed again");

        let code = totp::code_at(&secret, app.office.now()).unwrap();
        let confirmed = ask(&app, form("/account/code", &cookie, &format!("code={code}"))).await;
        assert_eq!(confirmed.headers()[header::LOCATION], "/account?done=code");
        clock.later(60_000);
        for answer in [
            ask(&app, get("/account/code", &cookie)).await,
            ask(&app, form("/account/code", &cookie, "code=123456")).await,
            ask(&app, form("/account/code/begin", &cookie, &format!("present={}", demonstration::PASSWORD)))
                .await,
        ] {
            assert_eq!(answer.status(), StatusCode::SEE_OTHER, "it is set up already");
            assert_eq!(answer.headers()[header::LOCATION], "/account");
        }
    }
}

#[tokio::test]
async fn an_english_browser_reads_english_before_and_after_sign_in() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir, 500).await {
        let cookie = signed_in(&app, "zuzhi").await;
        let lang = async |path: &str, cookie: &str, asks: &str| {
            let mut request = get(path, cookie);
            request.headers_mut().insert(header::ACCEPT_LANGUAGE, asks.parse().unwrap());
            let page = text(ask(&app, request).await).await;
            page.split("<html lang=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
        };
        assert_eq!(lang("/sign-in", "", "en-GB,en;q=0.9").await, "en");
        assert_eq!(lang("/account", &cookie, "en-GB,en;q=0.9").await, "en");
        assert_eq!(lang("/account", &cookie, "zh-CN,zh;q=0.9,en;q=0.8").await, "zh-CN");
        assert_eq!(
            lang("/account", &format!("{cookie}; lang=zh"), "en").await,
            "zh-CN",
            "what was chosen here"
        );
    }
}

#[tokio::test]
async fn a_wrong_password_in_the_other_language_still_leads_where_it_was_going() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir, 500).await {
        let back = |page: &str| {
            let form = page.split("action=\"/language\"").nth(1).unwrap();
            form.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
        };
        let first = text(ask(&app, get("/sign-in?back=/roster%3Fq%3Dx", "")).await).await;
        assert_eq!(back(&first), "/sign-in?back=/roster%3Fq%3Dx");
        let wrong = ask(&app, form("/sign-in", "", "name=zuzhi&password=wrong&back=/roster%3Fq%3Dx")).await;
        let again = back(&text(wrong).await);
        assert_eq!(again, "/sign-in?back=/roster%3Fq%3Dx");
        let page = text(ask(&app, get(&again, "")).await).await;
        assert!(page.contains("name=\"back\" value=\"/roster?q=x\""), "{page}");

        let admin = signed_in(&app, "guanli").await;
        let opened =
            text(ask(&app, form("/accounts", &admin, "name=newcomer&title=New&number=")).await).await;
        assert!(back(&opened).starts_with("/accounts/"), "the account that is shown: {}", back(&opened));
    }
}

fn came(referer: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    if !referer.is_empty() {
        headers.insert(header::REFERER, referer.parse().unwrap());
    }
    headers
}

fn uri(text: &str) -> Uri {
    text.parse().unwrap()
}

#[test]
fn a_forms_answer_leads_to_a_page_wherever_it_came_from() {
    let mut seen = 0;
    for (_, route, _) in ROUTES.iter().filter(|(m, p, _)| *m == "POST" && !p.starts_with("/api/")) {
        let parts = route.split('/').map(|part| if part.starts_with('{') { "7" } else { part });
        let path = parts.collect::<Vec<_>>().join("/");
        let others =
            ["/roster?q=x", "/policy/write/new", "//elsewhere.example/", "/no/such/page", "/person/7"];
        let itself = [path.clone(), format!("{path}?x=1"), String::new()];
        for referer in others.map(str::to_owned).into_iter().chain(itself) {
            let whole = format!("https://here.example{referer}");
            let referer = if referer.is_empty() { "" } else { whole.as_str() };
            let back = back(&Method::POST, &uri(&path), &came(referer));
            let place = back.split('?').next().unwrap();
            assert!(is_readable(place), "{path} from {referer}: {back}");
            seen += 1;
        }
    }
    assert!(seen > 200, "{seen}");
}

#[test]
fn a_forms_answer_leads_to_the_page_that_the_form_stood_on() {
    let told = |form: &str, page: &str| {
        back(&Method::POST, &uri(form), &came(&format!("https://here.example{page}")))
    };
    assert_eq!(told("/account/password", "/account?done=code"), "/account?done=code");
    assert_eq!(told("/account/password", "/account/password"), "/account", "the second wrong one in turn");
    assert_eq!(told("/account/code/begin", "/account/code/begin"), "/account/code");
    assert_eq!(told("/accounts/3/password", "/accounts"), "/accounts/3", "the account itself is nearer");
    assert_eq!(told("/policy/write/new", "/policy/write?with=x"), "/policy/write?with=x");
    assert_eq!(told("/person/5/event/3/void", "/person/5?tab=all"), "/person/5?tab=all");
    assert_eq!(told("/person/5/note", "/person/55"), "/person/5");
    assert_eq!(told("/sign-in", "/sign-in?back=/roster"), "/sign-in?back=/roster");
}

#[test]
fn a_page_leads_to_itself_on_this_site() {
    for method in [Method::GET, Method::HEAD] {
        let own = |text: &str| back(&method, &uri(text), &came("https://here.example/roster"));
        assert_eq!(own("/person/5?tab=all"), "/person/5?tab=all");
        assert_eq!(own("http://here.example/person/5?tab=all"), "/person/5?tab=all", "as proxies ask");
        assert_eq!(own("http://here.example"), "/");
    }
    assert!(is_readable("/policy/write/7") && !is_readable("/policy/write/new"), "a form's alone");
    assert!(!is_readable("/person/") && !is_readable("/person/5/") && !is_readable("roster"));
}
