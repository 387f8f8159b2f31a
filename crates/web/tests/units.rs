//! A tree of many units: what was chosen is open, and the rest is found by name.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests may fail")]

mod common;

use axum::http::Request;
use takeroot_demo::County;
use takeroot_office::Viewer;
use takeroot_office::roster::Query;
use takeroot_office::testing::today;

use common::{ask, counties_of, get, signed_in, text};

/// The units whose links stand in a page, by their ids.
fn units(html: &str) -> Vec<String> {
    let tree = html.split_once("id=\"units\"").map_or(html, |h| h.1).split("</nav>").next().unwrap();
    let links = tree.split("href=\"/roster?organ=").skip(1);
    links
        .map(|rest| rest.split('"').next().unwrap().replace("%3A", ":"))
        .filter(|id| !id.is_empty())
        .collect()
}

#[tokio::test]
async fn of_many_units_only_those_on_the_way_are_shown() {
    let dir = tempfile::tempdir().unwrap();
    // Eight counties whose organs are like those of the first; nobody works in the others.
    let mut roster = County::generate(600, 5, today()).unwrap();
    let first = roster.organs.clone();
    for county in 2..=8 {
        roster.organs.extend(first.iter().cloned().map(|mut organ| {
            organ.id.0 = format!("{county}-{}", organ.id.0);
            let code = organ.division.unwrap().to_string();
            organ.division = format!("99{county:02}{}", &code[4..]).parse().ok();
            organ
        }));
    }
    for (app, _) in counties_of(&dir, &roster).await {
        let cookie = signed_in(&app, "zuzhi").await;
        let page = app.office.roster(&Viewer::installation(), &Query::default()).await.unwrap();
        assert!(page.units.len() > 400, "{} units", page.units.len());
        let counties: Vec<_> = page.units.iter().filter(|u| u.node.depth == 0).collect();

        let html = text(ask(&app, get("/roster", &cookie)).await).await;
        assert_eq!(units(&html), counties.iter().map(|u| u.node.id.clone()).collect::<Vec<_>>());
        assert!(html.len() < 100_000, "{} bytes", html.len());

        // A township of the second county: its county is open, the others are not.
        let county = counties[1];
        let inside = |seq: i64| county.node.seq <= seq && seq <= county.node.last;
        let township =
            page.units.iter().find(|u| inside(u.node.seq) && u.node.parent.ends_with("townships")).unwrap();
        let html = text(ask(&app, get(&format!("/roster?organ={}", township.node.id), &cookie)).await).await;
        let shown = units(&html);
        for unit in page.units.iter().filter(|u| u.node.depth <= 2) {
            let expected = unit.node.depth == 0 || inside(unit.node.seq);
            assert_eq!(shown.contains(&unit.node.id), expected, "{}", unit.node.name);
        }

        // By name: those that hold it, with what stands above them, and nothing but the tree.
        let path = "/roster?unit=%E8%B4%A2%E6%94%BF"; // 财政
        let request = Request::get(path)
            .header("cookie", &cookie)
            .header("hx-request", "true")
            .header("hx-target", "units")
            .body(axum::body::Body::empty())
            .unwrap();
        let html = text(ask(&app, request).await).await;
        assert!(
            !html.contains("<table") && !html.contains("unit="),
            "the tree alone, and links without what was typed"
        );
        let found = units(&html);
        let named: Vec<_> = page.units.iter().filter(|u| u.node.name.contains("财政")).collect();
        assert!(named.len() >= counties.len());
        for unit in &page.units {
            let above = named.iter().any(|n| unit.node.seq <= n.node.seq && n.node.seq <= unit.node.last);
            assert_eq!(found.contains(&unit.node.id), above, "{}", unit.node.name);
        }
    }
}
