//! Routes, sign-in, permissions, pages.
//!
//! **What it is for.** A request becomes one call of `takeroot-office` and a page or fragment: route, sign-in
//! ([`signed`]), the call, the template. One file for each group of pages, with its routes, its templates' types and
//! its handlers.
//!
//! **What it must never do.** State a rule, filter what a query should have filtered, or decide who may see what:
//! the office does. No page asks an outside host for anything.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "tests may fail"
    )
)]

mod account;
mod admin;
pub mod api;
mod app;
mod assets;
mod audit;
mod error;
mod faults;
mod forms;
mod headers;
mod home;
mod import;
mod jobs;
mod lab;
mod language;
mod menu;
mod merge;
mod mine;
mod moment;
mod observe;
mod own;
mod page;
mod person;
pub mod pieces;
pub mod policy;
pub mod posts;
mod roster;
pub mod routes;
pub mod security;
pub mod signed;
mod tokens;
mod told;
mod upload;
mod words;

pub use app::{App, router, serve};
pub use error::WebError;
pub use page::Page;
pub use security::Outside;
