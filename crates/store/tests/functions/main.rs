//! Every function of the store does on both engines what it says: one file a subject.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests may fail"
)]

mod accounts;
mod acts;
mod changes;
mod common;
mod corrections;
mod db;
mod documents;
mod doubts;
mod every;
mod glance;
mod imports;
mod jobs;
mod limits;
mod named;
mod organs;
mod people;
mod post_tables;
mod roster;
mod sessions;
mod settings;
mod sights;
mod templates;
mod tokens;
mod views;
