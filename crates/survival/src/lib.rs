//! Spells and hazards: how long people stay, how they leave, and how well that can be foretold.

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

pub mod curves;
pub mod dense;
pub mod logit;
pub mod pooling;
mod words;
