//! The demonstration county: an invented county for showing, testing and benchmarking.
//!
//! **What it is for.** Whoever opens the product for the first time, writes a test or measures its speed needs a
//! county full of people whose careers are long, varied and lawful, and who do not exist. Names of people and
//! places are invented; division codes and identity numbers begin with 99, which no place in China has.
//!
//! **In and out.** A number of people, a seed and a reference day flow in; a [`takeroot_civil::Roster`], or columns
//! for a writer that is handed in, flow out. The crate is pure: no disk, no network, no clock, no environment. The
//! same three inputs give the same bytes on any machine and any number of threads ([`draw`]).
//!
//! **What it must never do.** Pass for data: [`takeroot_civil::Roster::invented`] is set. Hold a number of its own:
//! every figure stands in `shape.toml` with its source or the word *assumption* ([`shape`]). Decide what is lawful:
//! that is the policy engine's business; the careers here only keep to the waiting times that the shape repeats.
//!
//! ```
//! let day = takeroot_civil::Day::new(2026, 7, 1).unwrap();
//! let roster = takeroot_demo::County::generate(500, 1, day)?;
//! assert!(roster.invented && roster.careers.len() > 500);
//! # Ok::<(), takeroot_demo::DemoError>(())
//! ```

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

mod additions;
pub mod columns;
pub mod county;
pub mod deed;
pub mod draw;
mod error;
pub mod life;
pub mod origin;
pub mod people;
pub mod place;
mod roster;
pub mod shape;
mod words;

pub use county::{County, Plan, Resident};
pub use error::DemoError;
