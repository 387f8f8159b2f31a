//! A county on each engine, and a system that asks.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use serde_json::Value;
use takeroot_civil::{OrganKind, Roster};
use takeroot_demo::County;
use takeroot_office::testing::{self, Hand, today};
use takeroot_office::tokens::Wanted;
use takeroot_office::{Role, Viewer};

use takeroot_store::organs::{self, Node};
use takeroot_store::{Within, people};
use takeroot_web::{App, router};
use takeroot_words::Lang;
use tower::ServiceExt as _;

pub struct Place {
    pub app: App,
    pub roster: Roster,
    pub clock: Arc<Hand>,
    /// One for the story: how often a token asked is remembered in it.
    pub router: Router,
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }

    pub fn kind(&self) -> &str {
        self.headers.get(header::CONTENT_TYPE).map_or("", |v| v.to_str().unwrap())
    }
}

/// Tells a story in a county on each engine.
pub async fn on_both(story: impl AsyncFn(&Place)) {
    let dir = tempfile::tempdir().unwrap();
    let roster = County::generate(500, 5, today()).unwrap();
    for (office, clock) in testing::offices_with(dir.path(), &roster).await.unwrap() {
        let app = App { office: Arc::new(office) };
        let place = Place { router: router(app.clone()), app, roster: roster.clone(), clock };
        story(&place).await;
    }
}

impl Place {
    pub fn later(&self, ms: i64) {
        self.clock.later(ms);
    }

    /// A token made on the machine itself: its number, and itself.
    pub async fn made(&self, scopes: &[Role], organ: &str, days: i64) -> (i64, String) {
        let wanted =
            Wanted {
                name: "省级系统".to_owned(), scopes: scopes.to_vec(), organ: organ.to_owned(), days
            };
        self.app.office.add_token(&Viewer::installation(), &wanted, Lang::Zh).await.unwrap()
    }

    pub async fn token(&self, scopes: &[Role], organ: &str) -> String {
        self.made(scopes, organ, 30).await.1
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, 64 << 20).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub async fn get(&self, path: &str, token: &str) -> Answer {
        self.ask("GET", path, token, Vec::new()).await
    }

    pub async fn ask(&self, method: &str, path: &str, token: &str, body: Vec<u8>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::ACCEPT_LANGUAGE, "en");
        if !token.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Two townships that have people in the service.
    pub async fn townships(&self) -> (Node, Node) {
        let mut tx = self.app.office.db.read().await.unwrap();
        let tree = organs::tree(&mut tx).await.unwrap();
        let mut found = Vec::new();
        for node in tree {
            let town = node.organ.as_ref().is_some_and(|o| o.kind == OrganKind::Township);
            let within = Within(vec![(node.seq, node.last)]);
            if town && !people::revisions(&mut tx, &within).await.unwrap().is_empty() {
                found.push(node);
            }
        }
        (found[0].clone(), found[1].clone())
    }

    /// Someone of an organ who serves there.
    pub async fn someone(&self, node: &Node) -> i64 {
        self.everyone(node).await[0]
    }

    /// Everyone in the service of an organ and those below it.
    pub async fn everyone(&self, node: &Node) -> Vec<i64> {
        self.people(node, Some(true)).await
    }

    /// The same, and those who left the service there.
    pub async fn ever(&self, node: &Node) -> Vec<i64> {
        self.people(node, None).await
    }

    async fn people(&self, node: &Node, in_service: Option<bool>) -> Vec<i64> {
        let mut tx = self.app.office.db.read().await.unwrap();
        let wanted = takeroot_store::roster::Wanted { in_service, ..Default::default() };
        let within = Within(vec![(node.seq, node.last)]);
        let all = takeroot_store::roster::all(&mut tx, &within, &wanted).await.unwrap();
        all.into_iter().map(|p| p.0).collect()
    }

    /// A number out of the database.
    pub async fn count(&self, sql: &'static str) -> i64 {
        self.app.office.db.read().await.unwrap().number(sql, vec![]).await.unwrap()
    }
}

pub const ALL: [Role; 7] = [
    Role::ReadRoster,
    Role::ReadStanding,
    Role::ReadPay,
    Role::ReadFamily,
    Role::ReadIdentity,
    Role::ReadPolicy,
    Role::WriteImport,
];

pub fn numbers(list: &Value, field: &str) -> Vec<i64> {
    list.as_array().unwrap().iter().map(|one| one[field].as_i64().unwrap()).collect()
}
