//! The interface for other systems, told as stories on both engines; its description held against what it answers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    missing_docs,
    reason = "tests may fail, and are told by the environment"
)]

mod common;
mod document;
mod follow;
mod import;
mod page;
#[path = "../common/mod.rs"]
mod pages;
mod schema;
mod scopes;
mod tokens;
