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

pub mod backtest;
pub mod build;
pub mod chance;
pub mod curves;
pub mod date;
pub mod dense;
pub mod fault;
pub mod figures;
pub mod forecast;
pub mod logit;
pub mod map;
pub mod model;
pub mod naive;
pub mod periods;
pub mod pooling;
pub mod spells;
pub mod table;
pub mod terms;
mod words;
