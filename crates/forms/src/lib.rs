//! The printed forms: the cadre appointment form, the rank form, the roster book.
//!
//! **What it is for.** Offices sign and file paper. This crate sets a form on A4 and hands it back as PDF/A-2b.
//!
//! **In and out.** What stands on a form ([`cadre::Sheet`], [`rank::Sheet`], [`book::Sheet`]), the fonts as bytes and
//! the day come in; a [`Printed`] goes out. One form or a hundred become one file, in the order given, with progress
//! and a way to stop ([`Press::print`]). The crate is pure: no disk, network, clock or environment.
//!
//! **Templates are text.** Each form is a Typst file (`templates/*.typ`) that a province can replace without a build;
//! an error in it comes back as a [`Fault`] that names the template, line and column. A template reads its values
//! from the file `data.json` ([`FormKind::sample`] makes one), which exists only in memory: what stands in a name is
//! never read as markup. Labels stand in the template, in both languages beside one another, because they are the
//! form. A template sees nothing but its values, the photo and `base.typ`.
//!
//! **What it must never do.** Judge a rule (the rank form prints a promotion that `policy` unfolded), cut a text off
//! (what does not fit goes on to a continuation page), or print invented data without saying so.

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

pub mod book;
pub mod cadre;
mod fault;
mod fonts;
mod kind;
mod plain;
mod press;
pub mod rank;
mod words;
pub mod workbook;
mod world;

pub use fault::Fault;
pub use fonts::Fonts;
pub use kind::FormKind;
pub use press::{Order, Press, Printed, Sheet, Step};
