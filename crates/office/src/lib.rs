//! What a person at a desk can do, once, for the web and the command line.
//!
//! **What it is for.** Each act and each read is a method on [`Office`] in a file of its own: it looks whether the
//! [`Viewer`] may, works in one transaction of `takeroot-store`, asks `takeroot-policy` what the rules say, and
//! hands values back. Pages, the interface for other systems and the command line call the same method.
//!
//! **What it must never do.** Answer without a viewer; filter after the query what the query should not have found;
//! hold a number of the law.

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

pub mod access;
pub mod accounts;
mod careers;
pub mod columns;
pub mod correction;
pub mod demonstration;
pub mod doctor;
pub mod doubt;
pub mod effect;
pub mod effect_told;
pub mod effect_words;
pub mod enter;
mod error;
pub mod event;
pub mod export;
pub mod faults;
pub mod forms;
pub mod home;
pub mod import;
pub mod index;
pub mod interface;
pub mod jobs;
pub mod lab;
pub mod limit;
pub mod merge;
mod office;
pub mod passwords;
pub mod person;
pub mod pinyin;
pub mod policy;
pub mod posts;
pub mod proposal;
pub mod roster;
pub mod sessions;
pub mod sight;
pub mod sign_in;
#[cfg(feature = "testing")]
pub mod testing;
pub mod tokens;
pub mod totp;
pub mod tree;
pub mod undo;
pub mod units;
pub mod vacancies;
pub mod viewer;
pub mod views;
mod words;

pub use access::{Action, Class, Resource, Role};
pub use accounts::AccountError;
pub use careers::Careers;
pub use error::OfficeError;
pub use office::{Clock, Office, Random};
pub use viewer::Viewer;
