//! The policy lab: what a policy would do, on a real roster, month by month, with its uncertainty.
//!
//! **In and out.** Careers, the rules of a stack and documents of behaviour flow in; columns of whole numbers (people,
//! flows, fen) by year, organ and group flow out, one set a replicate, with the figures and intervals made of them.
//! The crate is pure: no disk, network, clock or hidden randomness. Threads are the caller's ([`project`] takes the
//! pool it is called in); nothing here knows where it runs.
//!
//! **One check, two carriers.** What is lawful is decided by `takeroot-policy`: a [`state::Row`] answers
//! [`takeroot_policy::Officer`] as a record does, and promotions, terms, quotas, pay, level and step, and retirement go
//! through the very functions that judge a record. No number of the law stands in this crate; what people do stands in
//! `policies/behaviour/`, each figure with its source, range and confidence.
//!
//! **Never.** One person's chance of leaving is not told: results are of groups, and of groups of ten or more.

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

mod accounts;
pub mod align;
pub mod assumption;
pub mod behaviour;
pub mod clauses;
pub mod compare;
pub mod keyed;
pub mod levers;
pub mod measure;
pub mod outcome;
pub mod project;
mod quotas;
mod real;
pub mod scenario;
pub mod search;
pub mod sense;
pub mod sensitivity;
pub mod shard;
pub mod small;
pub mod state;
pub mod summary;
pub mod told;
mod words;

pub use align::align;
pub use assumption::{Aligned, Assumptions, Coefs, Key};
pub use clauses::clauses;
pub use compare::{Comparison, Plan, compare, compare_in_parts};
pub use outcome::{Outcome, Shape};
pub use project::{Cancel, Project, project};
pub use scenario::{Binds, Scenario, World};
pub use shard::run_shard;
