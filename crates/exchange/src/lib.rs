//! Files in and out: roster workbooks, `.lrmx`, recruitment post tables.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

pub mod lrmx;
pub mod posts;
pub mod roster;
pub mod standings;
mod words;
