//! `takeroot` as a program that keeps an installation, on both engines: filled, backed up, restored, looked over, served.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods
)]

mod common;
mod day;
mod keep;
mod serve;
