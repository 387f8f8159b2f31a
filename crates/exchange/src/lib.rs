//! Files in and out: roster workbooks, `.lrmx`, recruitment post tables.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::disallowed_methods,
        clippy::disallowed_macros,
        reason = "tests may fail, read files and print"
    )
)]

pub mod list;
pub mod lrmx;
pub mod posts;
pub mod roster;
pub mod standings;
mod words;
