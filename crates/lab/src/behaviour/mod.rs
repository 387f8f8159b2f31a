//! What happens to people, one file a behaviour.
//!
//! Each file names the figures that it asks for and the rules that it obeys. What is lawful is asked of
//! `takeroot-policy`; only what people do is decided here, by keyed chance.

pub mod burden;
pub mod grade;
pub mod join;
pub mod leave;
mod open;
pub mod pay;
pub mod promote;
pub mod secondment;
pub mod select;
pub mod training;
