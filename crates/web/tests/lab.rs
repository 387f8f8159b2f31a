//! The pages of the policy lab: what is asked and what is wrong with it, the answer, the link that makes it again, the
//! printed report, and who may only read.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests may fail"
)]

mod common;

use std::time::Duration;

use axum::body::to_bytes;
use axum::http::{StatusCode, header};
use takeroot_web::App;

use common::{apps, ask, form, get, signed_in, text};

const WISH: &str =
    "on=2026-07-01&base=law&with=one-rise-one-fall&with=township-tilt&years=2&replicates=10&draws=2&seed=5";

/// Sends a wish; the address of its answer.
async fn begun(app: &App, path: &str, cookie: &str, wish: &str) -> String {
    let answer = ask(app, form(path, cookie, wish)).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
    answer.headers()[header::LOCATION].to_str().unwrap().to_owned()
}

/// The page of an answer, once nothing is under way.
async fn answered(app: &App, cookie: &str, place: &str) -> String {
    for _ in 0..1_200 {
        let page = text(ask(app, get(place, cookie)).await).await;
        if !page.contains("<progress") {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{place} did not end");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told_beside_its_field_and_nothing_is_run() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir, 500).await {
        let cookie = signed_in(&app, "zhengce").await;
        let front = text(ask(&app, get("/lab", &cookie)).await).await;
        assert!(front.contains("name=\"with\" value=\"one-rise-one-fall\""), "proposals are there to choose");
        assert!(!front.contains("aria-invalid"), "nobody has done anything wrong yet");
        for (wish, id) in [
            ("on=2026-07-01&years=10", "d-with"),
            ("on=nowhere&with=township-tilt", "d-on"),
            ("with=township-tilt&years=0", "d-years"),
            ("with=township-tilt&replicates=many", "d-replicates"),
            ("with=township-tilt&draws=9999", "d-draws"),
            ("with=township-tilt&seed=-1", "d-seed"),
            ("with=no-such-proposal", "d-with"),
        ] {
            let answer = ask(&app, form("/lab/run", &cookie, wish)).await;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{wish}");
            let page = text(answer).await;
            let beside = page.split(&format!("id=\"{id}\"")).nth(1).expect(id);
            let beside = beside.split("class=\"hint\"").next().unwrap();
            assert!(beside.contains("class=\"error\""), "{wish}: {beside}");
        }
        let typed = text(ask(&app, form("/lab/run", &cookie, "with=township-tilt&years=77")).await).await;
        assert!(typed.contains("value=\"77\""), "what was typed stands as it was typed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_answered_and_its_link_gives_the_same_to_whoever_may_read() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir, 500).await {
        let cookie = signed_in(&app, "zhengce").await;
        let link = begun(&app, "/lab/run", &cookie, WISH).await;
        assert!(link.contains("&roster=") && link.contains("&seed=5&"), "{link}");
        let page = answered(&app, &cookie, &link).await;
        for part in [
            "lab-sum",
            "lab-measures",
            "lab-fans",
            "lab-heat",
            "lab-pay",
            "lab-assumed",
            "lab-cannot",
            "lab-link",
        ] {
            assert!(page.contains(&format!("id=\"{part}\"")), "{part}");
        }
        assert!(
            page.contains("data-chart=\"{&#34;kind&#34;:&#34;fan&#34;") || page.contains("kind"),
            "a chart"
        );
        let years: Vec<&str> =
            page.split("id=\"fan-vacant-township\"").nth(1).unwrap().split("<tbody>").collect();
        let table = years[1].split("</tbody>").next().unwrap();
        assert!(
            table.contains("2027") && table.contains("2028"),
            "the numbers stand below the chart: {table}"
        );

        // The same link again: at once, without work, for one who only reads too.
        for name in ["zhengce", "caizheng", "renshe", "zuzhi"] {
            let reader = signed_in(&app, name).await;
            let again = text(ask(&app, get(&link, &reader)).await).await;
            assert!(again.contains("id=\"lab-sum\""), "{name}");
            assert!(!again.contains("<progress"), "{name}");
        }
        let finance = signed_in(&app, "caizheng").await;
        let other = link.replace("seed=5", "seed=6");
        let unknown = text(ask(&app, get(&other, &finance)).await).await;
        assert!(!unknown.contains("id=\"lab-sum\"") && !unknown.contains("action=\"/lab/run\""));
        assert_eq!(ask(&app, form("/lab/run", &finance, WISH)).await.status(), StatusCode::FORBIDDEN);

        // What a link names and is not so any more is told.
        let unchanged = text(ask(&app, get(&link, &cookie)).await).await;
        assert!(!unchanged.contains("class=\"notice warn\""));
        let named = link.split("roster=").nth(1).unwrap().split('&').next().unwrap();
        let older = link.replace(named, "0123456789abcdef").replace("program=", "program=0.0.");
        let told = text(ask(&app, get(&older, &cookie)).await).await;
        let notice = told.split("class=\"notice warn\"").nth(1).expect("the page says so");
        assert!(notice.contains("花名册（人员、履历或者机关编制）已经变动"), "{}", &notice[..400]);
        assert!(notice.contains("程序版本从0.0."), "{}", &notice[..400]);
        assert!(!notice[..600].contains("行为假设已经变动"), "what is the same is not blamed");

        // What the script asks for while it waits.
        let mut request = get(&format!("{link}&part=work&seen=0"), &cookie);
        request.headers_mut().insert("hx-request", "true".parse().unwrap());
        let answer = ask(&app, request).await;
        assert_eq!(answer.headers()["hx-trigger"], "lab-more", "there is more than the reader has seen");
        let part = text(answer).await;
        assert!(part.trim_start().starts_with("<div id=\"lab-work\"") && !part.contains("lab-sum"), "{part}");

        for lang in ["zh", "en"] {
            let place = link.replace("/lab/run?", "/lab/report?");
            let answer = ask(&app, get(&format!("{place}&paper={lang}"), &finance)).await;
            assert_eq!(answer.status(), StatusCode::OK, "{lang}");
            assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/pdf");
            let bytes = to_bytes(answer.into_body(), 32 << 20).await.unwrap();
            assert!(bytes.starts_with(b"%PDF-"), "{lang}");
        }
        let before = text(ask(&app, get("/lab", &cookie)).await).await;
        assert!(before.contains("seed=5"), "the run is among the latest");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn packages_are_found_and_a_look_at_doubt_can_be_stopped() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir, 500).await {
        let cookie = signed_in(&app, "zuzhi").await;
        let wrong = ask(&app, form("/lab/packages", &cookie, &format!("{WISH}&budget=much"))).await;
        assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(text(wrong).await.contains("aria-invalid=\"true\""));
        let place = begun(
            &app,
            "/lab/packages",
            &cookie,
            &format!("{WISH}&budget=5000&target=vacant&target=left-own-will"),
        )
        .await;
        let page = answered(&app, &cookie, &place).await;
        let table = page.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
        assert_eq!(table.matches("<tr>").count(), 4, "two proposals, four packages");
        assert!(table.contains("chip ok"), "something is on the front");

        let place = begun(&app, "/lab/doubt", &cookie, &WISH.replace("years=2", "years=40")).await;
        let page = text(ask(&app, get(&place, &cookie)).await).await;
        let mut stop = page.split("action=\"").map(|part| part.split('"').next().unwrap());
        let stop = stop.find(|a| a.ends_with("/stop")).expect("it can be stopped").to_owned();
        let back = format!("back={}", place.replace('&', "%26").replace('=', "%3D").replace('?', "%3F"));
        let answer = ask(&app, form(&stop, &cookie, &back)).await;
        assert_eq!(answer.headers()[header::LOCATION].to_str().unwrap(), place, "back to where one was");
        let page = answered(&app, &cookie, &place).await;
        assert!(page.contains("已停止"), "it says that it was stopped");
        let elsewhere = ask(&app, form(&stop, &cookie, "back=//elsewhere.example/lab/")).await;
        assert_eq!(elsewhere.headers()[header::LOCATION], "/lab", "and nowhere else");
    }
}
