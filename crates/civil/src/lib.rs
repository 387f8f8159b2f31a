//! The words of the domain: day, money, rank, post, organ, career, event.
//!
//! **What it is for.** Every other crate speaks in these types. They say what a fact *is*; what a rule
//! makes of a fact is `takeroot-policy`'s business.
//!
//! **In and out.** Nothing flows in but values; nothing flows out but values. The crate is pure: no disk,
//! no network, no clock, no randomness (`clippy.toml` beside it forbids them). A date is always handed in.
//!
//! **What it must never do.** Know a number of the law. Overwrite a fact: a mistake is amended by a later
//! [`Event`] that names the one it replaces, and both stay.

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

pub mod career;
pub mod code;
pub mod day;
pub mod division;
pub mod education;
pub mod event;
pub mod grade;
pub mod leave;
pub mod level;
pub mod money;
pub mod organ;
pub mod person;
pub mod post;
pub mod rank;
pub mod resident_id;
pub mod sanction;
pub mod training;

pub use career::{Career, Roster};
pub use code::Code;
pub use day::{Day, Span};
pub use division::DivisionCode;
pub use education::{Degree, Education};
pub use event::{Channel, Dates, Event, EventId, ExitReason, Fact, SecondmentKind, WorkKind};
pub use grade::Grade;
pub use leave::LeaveKind;
pub use level::{Level, Step};
pub use money::{Fen, Rounding};
pub use organ::{Organ, OrganId, OrganKind, Tier};
pub use person::{Person, PersonId, Relative, Sex};
pub use post::Layer;
pub use rank::{Ladder, Rank};
pub use resident_id::{ResidentId, ResidentIdFault};
pub use sanction::{Reward, Sanction};
pub use training::TrainingKind;
