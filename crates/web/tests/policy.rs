//! The pages of policy and of post tables: read, tried, written with errors at the field, sent and checked.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests may fail"
)]

mod common;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use takeroot_office::Viewer;
use takeroot_web::App;
use takeroot_web::pieces::address;

use common::{ask, form, get, signed_in, text};

/// The application with a county and its table of posts on each engine.
async fn apps(dir: &tempfile::TempDir) -> Vec<App> {
    let all = common::apps(dir, 500).await;
    for app in &all {
        app.office.demonstration_posts().await.unwrap();
    }
    all
}

/// Someone at a desk.
struct Desk<'a> {
    app: &'a App,
    cookie: String,
}

impl<'a> Desk<'a> {
    async fn of(app: &'a App, name: &str) -> Desk<'a> {
        Desk { app, cookie: signed_in(app, name).await }
    }

    async fn ask(&self, request: Request<Body>) -> Response<Body> {
        ask(self.app, request).await
    }

    async fn get(&self, path: &str, lang: &str) -> (StatusCode, String) {
        let answer = self.ask(get(path, &format!("{}; lang={lang}", self.cookie))).await;
        let status = answer.status();
        (status, text(answer).await)
    }

    async fn page(&self, path: &str) -> String {
        let (status, html) = self.get(path, "zh").await;
        assert_eq!(status, StatusCode::OK, "{path}");
        html
    }

    async fn post(&self, path: &str, pairs: &[(&str, &str)]) -> Response<Body> {
        let typed = address("", pairs);
        self.ask(form(path, &self.cookie, typed.trim_start_matches('?'))).await
    }

    /// Follows the answer to work that goes on until it has ended, to where it leads.
    async fn worked(&self, answer: Response<Body>) -> String {
        let job = answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
        assert!(job.starts_with("/jobs/"), "{job}");
        for _ in 0..2_000 {
            let answer = self.ask(get(&job, &self.cookie)).await;
            if answer.status().is_redirection() {
                return answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
            }
            let html = text(answer).await;
            if !html.contains("hx-trigger=\"load") {
                return html;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("the work does not end");
    }
}

fn file(path: &str, cookie: &str, name: &str, content: &[u8]) -> Request<Body> {
    let mut body = format!(
        "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--cut--\r\n");
    Request::post(path)
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut")
        .body(Body::from(body))
        .unwrap()
}

/// What stands between two marks.
fn between<'h>(html: &'h str, from: &str, to: &str) -> &'h str {
    html.split_once(from).unwrap_or_else(|| panic!("no {from}")).1.split_once(to).unwrap().0
}

const BEGIN: [(&str, &str); 5] = [
    ("kind", "proposal"),
    ("id", "sooner"),
    ("title_zh", "早晋升"),
    ("summary_zh", "试一试"),
    ("asked_zh", "某县"),
];

/// The text in the editor.
fn typed_text(html: &str) -> String {
    let area = html.split("name=\"text\"").nth(1).unwrap().split_once('>').unwrap().1;
    let text = area.split("</textarea>").next().unwrap();
    text.trim_start_matches('\n').replace("&#34;", "\"").replace("&quot;", "\"").replace("&#39;", "'")
}

/// Every field of the form of a clause, as the browser would send it.
fn form_fields(html: &str) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    let attribute = |tag: &str, name: &str| -> Option<String> {
        let from = format!(" {name}=\"");
        Some(tag.split(from.as_str()).nth(1)?.split('"').next()?.replace("&#34;", "\""))
    };
    let inside = between(html, "<form method=\"post\" action=\"/policy/write/editor\"", "</form>");
    for (at, _) in inside.match_indices('<') {
        let rest = &inside[at..];
        let tag = &rest[..rest.find('>').unwrap()];
        let Some(name) = attribute(tag, "name").filter(|n| n.starts_with("c.") || n.starts_with("f.")) else {
            continue;
        };
        let value = if tag.starts_with("<textarea") {
            let text = rest.split_once('>').unwrap().1.split("</textarea>").next().unwrap();
            Some(text.replace("&#34;", "\"").replace("&quot;", "\""))
        } else if tag.starts_with("<select") {
            let options = rest.split("</select>").next().unwrap().split("<option").skip(1);
            let mut all = options.map(|o| o.split('>').next().unwrap().to_owned());
            all.find(|o| o.contains(" selected")).and_then(|o| attribute(&o, "value"))
        } else if tag.contains("checkbox") {
            attribute(tag, "value").filter(|_| tag.contains(" checked"))
        } else {
            attribute(tag, "value")
        };
        if let Some(value) = value {
            fields.push((name, value));
        }
    }
    fields
}

#[tokio::test]
async fn a_proposal_is_written_by_form_with_its_errors_at_the_field() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir).await {
        let desk = Desk::of(&app, "zhengce").await;
        let begun = text(desk.post("/policy/write/new", &BEGIN).await).await;
        let head = typed_text(&begun);
        assert!(head.contains("id = \"sooner\"") && head.contains("早晋升"), "{head}");

        // The value in force is fetched into the form.
        let slot = "rank-step/principal-3";
        let fetched = text(
            desk.post("/policy/write/editor", &[("text", &head), ("act", "slot"), ("slot", slot)]).await,
        );
        let fetched = fetched.await;
        let mut fields = form_fields(&fetched);
        let years = fields.iter().position(|f| f.0 == "f.years").expect("the form has the years");
        assert_eq!(fields[years].1, "2");

        // A wrong value is told beside the field that it was typed into, and nowhere else.
        "两年".clone_into(&mut fields[years].1);
        let send = |fields: &[(String, String)], act: &str, text: &str| -> Vec<(String, String)> {
            let mut all = fields.to_vec();
            all.push(("text".into(), text.into()));
            all.push(("act".into(), act.into()));
            all
        };
        let pairs = send(&fields, "put", &head);
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|p| (p.0.as_str(), p.1.as_str())).collect();
        let wrong = text(desk.post("/policy/write/editor", &pairs).await).await;
        let marked: Vec<&str> = wrong.split("class=\"field bad\"").skip(1).collect();
        assert_eq!(marked.len(), 1, "one field is marked");
        let field = marked[0].split("class=\"field\"").next().unwrap();
        assert!(field.contains("name=\"f.years\"") && field.contains("class=\"error\""), "{field}");

        // Mended, checked without being kept, then saved.
        "1".clone_into(&mut fields[years].1);
        let pairs = send(&fields, "put", &head);
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|p| (p.0.as_str(), p.1.as_str())).collect();
        let right = text(desk.post("/policy/write/editor", &pairs).await).await;
        let written = typed_text(&right);
        assert!(written.contains("years = 1"), "{written}");
        assert!(!right.contains("class=\"field bad\""));
        let viewer = Viewer::installation();
        assert!(app.office.written(&viewer).await.unwrap().is_empty(), "checking keeps nothing");
        let saved = desk.post("/policy/write/editor", &[("text", &written), ("act", "save")]).await;
        assert_eq!(saved.headers()[header::LOCATION], "/policy/write/sooner?saved=true");
        let again = desk.post("/policy/write/editor", &[("text", &written), ("act", "save")]).await;
        assert!(again.status().is_redirection());
        let editor = desk.page("/policy/write/sooner").await;
        assert!(editor.contains("第 2 版") && editor.contains("第 1 版"));

        // A draft is not for others until it is published.
        let other = Desk::of(&app, "caizheng").await;
        assert_eq!(other.get("/policy/document/sooner", "zh").await.0, StatusCode::NOT_FOUND);
        assert!(desk.post("/policy/write/sooner/publish", &[]).await.status().is_redirection());
        assert!(other.page("/policy/document/sooner").await.contains("早晋升"));
        assert!(desk.post("/policy/write/sooner/withdraw", &[]).await.status().is_redirection());
        assert_eq!(other.get("/policy/document/sooner", "zh").await.0, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_text_with_a_fault_is_sent_back_as_it_was_typed() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir).await {
        let desk = Desk::of(&app, "zhengce").await;
        let typed = "[proposal]\nid = \"x\"\ntitle = 5\n<b>&amp;\n";
        let back = text(desk.post("/policy/write/editor", &[("text", typed), ("act", "save")]).await).await;
        assert!(
            back.contains("role=\"alert\"") && !back.contains("<b>&amp;\n"),
            "what was typed is shown, not run"
        );
        assert!(back.contains("title = 5"));
        assert!(app.office.written(&Viewer::installation()).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_proposal_is_tried_and_each_reader_is_told_what_is_theirs() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir).await {
        let place = "/policy/effect?with=township-tilt&on=2026-07-01";
        let tried = [("with", "township-tilt"), ("on", "2026-07-01")];

        let desk = Desk::of(&app, "zuzhi").await;
        let to = desk.worked(desk.post("/policy/effect", &tried).await).await;
        assert_eq!(to, place);
        let html = desk.page(place).await;
        let list = between(&html, "id=\"changes\"", "</section>");
        assert!(list.matches("href=\"/person/").count() > 20, "people by name");
        assert!(html.contains("/policy/effect.xlsx?"));
        // The number of a group and kind opens as many lines.
        let href = between(&html, "<tbody><tr><th scope=\"row\" class=\"fix-1\">", "</tr>");
        let link = href.split("<a href=\"").find(|l| l.contains("kind=")).unwrap();
        let people = link.split_once('>').unwrap().1.split('<').next().unwrap().to_owned();
        let path = link.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
        let path = path.split('#').next().unwrap().to_owned();
        let part = desk.page(&path).await;
        let names: std::collections::BTreeSet<&str> =
            between(&part, "id=\"changes\"", "</section>").split("href=\"/person/").skip(1).collect();
        let names: std::collections::BTreeSet<&str> =
            names.iter().map(|n| n.split('"').next().unwrap()).collect();
        assert_eq!(names.len().to_string(), people, "{path}");

        let desk = Desk::of(&app, "zhengce").await;
        let html = desk.page(place).await;
        assert!(!html.contains("href=\"/person/") && !html.contains("id=\"changes\""), "no one by name");
        assert!(html.contains("&lt;10") || html.contains("&#60;10"), "small numbers are not told");
        assert!(!html.contains("effect.xlsx"));
        assert_eq!(desk.get("/policy/effect.xlsx?with=township-tilt", "zh").await.0, StatusCode::FORBIDDEN);
        let desk = Desk::of(&app, "xiangzhen").await;
        assert_eq!(desk.get(place, "zh").await.0, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn a_post_table_is_sent_and_checked_and_a_broken_one_says_where() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir).await {
        let desk = Desk::of(&app, "zhengce").await;
        let table = "招录机关,职位名称,招录人数,学历,专业\n某县某镇人民政府,一级科员,若干,大学本科及以上,会计学\n\
                 某县财政局,一级科员,2,大学本科及以上,财政学\n";
        let sent = desk.ask(file("/posts", &desk.cookie, "招录.csv", table.as_bytes())).await;
        let place = desk.worked(sent).await;
        assert!(place.starts_with("/posts/"), "{place}");
        assert!(desk.page("/posts").await.contains("招录.csv"));
        let unread = desk.page(&format!("{place}/unread")).await;
        let row = between(&unread, "<tbody>", "</tbody>");
        assert!(row.contains("若干") && row.contains('C') && row.contains('2'), "{row}");
        // The figure of a limit opens its list.
        let check = desk.page(&format!("{place}?with=one-rise-one-fall")).await;
        let link = check.split("<a href=\"").find(|l| l.contains("limit=major")).unwrap();
        assert_eq!(link.split_once('>').unwrap().1.split('<').next().unwrap(), "2");
        // What the table is held against is carried from tab to tab.
        for path in ["", "/vacancies", "/list", "/unread"] {
            let html = desk.page(&format!("{place}{path}?on=2026-03-01&with=one-rise-one-fall")).await;
            let tabs = between(&html, "<nav class=\"tabs\"", "</nav>");
            assert_eq!(tabs.matches("on=2026-03-01").count(), 4, "{path}: {tabs}");
            assert_eq!(tabs.matches("with=one-rise-one-fall").count(), 4, "{path}: {tabs}");
        }
        let list =
            desk.page(&link.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&")).await;
        assert_eq!(
            list.matches("<th scope=\"row\"").count(),
            2,
            "the post whose number is unknown is there too"
        );

        let sent =
            desk.ask(file("/posts", &desk.cookie, "坏.csv", "招录机关,学历\n某局,本科\n".as_bytes())).await;
        let said = desk.worked(sent).await;
        assert!(said.contains("坏.csv") && said.contains('1'), "{said}");
    }
}

#[tokio::test]
async fn each_page_is_whole_in_both_languages() {
    let dir = tempfile::tempdir().unwrap();
    for app in apps(&dir).await {
        let desk = Desk::of(&app, "zuzhi").await;
        let table = app.office.post_tables(&Viewer::installation()).await.unwrap()[0].id;
        let pages = [
            "/policy".to_owned(),
            "/policy?kind=proposal".to_owned(),
            "/policy/document/one-rise-one-fall".to_owned(),
            "/policy/clause/cn-rank-2019/R19-04".to_owned(),
            "/policy/diff?a=law&b=%2Bone-rise-one-fall".to_owned(),
            "/policy/effect".to_owned(),
            "/policy/effect?with=one-rise-one-fall".to_owned(),
            "/policy/write".to_owned(),
            "/posts".to_owned(),
            format!("/posts/{table}"),
            format!("/posts/{table}?with=one-rise-one-fall"),
            format!("/posts/{table}/list?township=1"),
            format!("/posts/{table}/unread"),
            format!("/posts/{table}/vacancies"),
        ];
        for path in pages {
            let mut said = Vec::new();
            for (lang, frame) in [("zh", ">跳到正文</a>"), ("en", ">Skip to the page</a>")] {
                let (status, html) = desk.get(&path, lang).await;
                assert_eq!(status, StatusCode::OK, "{path} {lang}");
                assert!(
                    html.contains("</html>") && !html.contains("style=") && !html.contains("onclick"),
                    "{path}"
                );
                assert!(html.contains(frame), "{path}: the frame in {lang}");
                said.push(html.split_once("<main").unwrap().1.to_owned());
            }
            assert_ne!(said[0], said[1], "{path}: what the frame holds is said in the other language too");
        }
    }
}
