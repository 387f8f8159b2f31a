//! Post tables: sent and kept, held against the law and proposals, and against the vacancies of the roster.

mod check;
mod list;
mod vacancies;

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use takeroot_office::posts::MOST_BYTES;
use takeroot_office::{Action, Resource};
use takeroot_store::post_tables::PostTable;
use takeroot_words::Lang;

use crate::jobs::download;
use crate::page::html;
use crate::pieces::{Tab, address, grouped};
use crate::signed::SignedIn;
use crate::words::{say, t};
use crate::{App, Page, WebError, upload};

/// Its routes.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/posts", get(all).post(send))
        .route("/posts/{id}", get(check::show))
        .route("/posts/{id}/list", get(list::show))
        .route("/posts/{id}/unread", get(list::unread))
        .route("/posts/{id}/vacancies", get(vacancies::show))
        .route("/posts/{id}/file", get(file))
        .route("/posts/{id}/book", get(book))
        .route("/posts/{id}/remove", post(remove))
        // The file and what a form puts around it.
        .layer(DefaultBodyLimit::max(MOST_BYTES + (1 << 20)))
}

/// What every page of a table shows at its top.
struct Top {
    id: i64,
    name: String,
    tabs: Vec<Tab>,
    may_export: bool,
    may_remove: bool,
}

/// The day and the proposals that a table is held against; they are carried from tab to tab.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Against {
    on: String,
    with: Vec<String>,
}

impl Against {
    /// An address that carries them on.
    fn at(&self, place: &str) -> String {
        let mut query = vec![("on", self.on.as_str())];
        query.extend(self.with.iter().map(|w| ("with", w.as_str())));
        address(place, &query)
    }
}

impl Top {
    fn of(held: &PostTable, here: &str, against: &Against, page: &Page) -> Top {
        let lang = page.lang;
        let tabs = [
            ("", say!(lang, "posts-tab-check")),
            ("/vacancies", say!(lang, "posts-tab-vacancies")),
            ("/list", say!(lang, "posts-tab-list")),
            ("/unread", say!(lang, "posts-tab-unread", n = grouped(held.unread))),
        ];
        let may = |action| page.viewer.as_ref().is_some_and(|v| v.may(Resource::Posts, action));
        Top {
            id: held.id,
            name: held.name.clone(),
            tabs: tabs
                .into_iter()
                .map(|(place, name)| Tab {
                    name,
                    href: against.at(&format!("/posts/{}{place}", held.id)),
                    here: place == here,
                })
                .collect(),
            may_export: may(Action::Export),
            may_remove: may(Action::Write),
        }
    }
}

/// The address of a part of a table's posts, under the day and proposals that they are held against.
fn list_href(id: i64, on: &str, with: &[String], more: &[(&str, &str)]) -> String {
    let mut query: Vec<(&str, &str)> = more.to_vec();
    query.push(("on", on));
    query.extend(with.iter().map(|w| ("with", w.as_str())));
    address(&format!("/posts/{id}/list"), &query)
}

struct Line {
    id: i64,
    name: String,
    at: String,
    posts: String,
    recruits: String,
    unread: i64,
}

#[derive(Template)]
#[template(path = "posts.html")]
struct AllPage {
    page: Page,
    tables: Vec<Line>,
    may_send: bool,
    most: i64,
}

async fn all(State(app): State<App>, signed: SignedIn) -> Result<Response, WebError> {
    let tables = app.office.post_tables(&signed.viewer).await?;
    let tables = tables
        .into_iter()
        .map(|t| Line {
            id: t.id,
            at: crate::moment::text(t.at),
            posts: grouped(t.posts),
            recruits: grouped(t.recruits),
            unread: t.unread,
            name: t.name,
        })
        .collect();
    let may_send = signed.page.may_write(Resource::Posts);
    html(&AllPage { page: signed.page, tables, may_send, most: (MOST_BYTES >> 20) as i64 })
}

async fn send(State(app): State<App>, signed: SignedIn, form: Multipart) -> Result<Response, WebError> {
    signed.viewer.must(Resource::Posts, Action::Write)?;
    let lang = signed.page.lang;
    let (name, content) = upload::file(form, MOST_BYTES, lang)
        .await?
        .ok_or_else(|| WebError::Bad(say!(lang, "posts-no-file")))?;
    let job = app.office.start_posts(&signed.viewer, &name, content).await?;
    Ok(Redirect::to(&format!("/jobs/{job}")).into_response())
}

async fn file(State(app): State<App>, Path(id): Path<i64>, signed: SignedIn) -> Result<Response, WebError> {
    let (name, content) = app.office.post_file(&signed.viewer, id).await?;
    Ok(download(&name, content))
}

async fn book(State(app): State<App>, Path(id): Path<i64>, signed: SignedIn) -> Result<Response, WebError> {
    let lang = signed.page.lang;
    let content = app.office.export_posts(&signed.viewer, id, lang).await?;
    Ok(download(&format!("{}-{id}.xlsx", say!(lang, "posts-title")), content))
}

async fn remove(State(app): State<App>, Path(id): Path<i64>, signed: SignedIn) -> Result<Response, WebError> {
    app.office.remove_posts(&signed.viewer, id).await?;
    Ok(Redirect::to("/posts").into_response())
}

/// A list of names in a language.
fn joined(all: impl Iterator<Item = String>, lang: Lang) -> String {
    all.collect::<Vec<_>>().join(lang.pick("、", ", "))
}
