//! What a rule may ask of a person on a day.
//!
//! A record ([`crate::Facts`]) and a row of a column store ([`crate::Row`]) both answer it, so the very same function
//! decides an act and moves a simulated person. Answers are plain counts: what they amount to is the rule's business.

use takeroot_civil::{Education, Grade, Ladder, Layer, Level, OrganKind, Rank, Step};

use crate::bars::Acts;
use crate::rule::BarGround;

/// Time in a rank or layer that is held now, with the yearly grades that belong to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Full calendar months since the day time counts from.
    pub months: u16,
    /// How many years of each grade belong to it, by [`Grade`].
    pub years: [u8; 5],
    /// Full months of it that lie in years of each grade, by [`Grade`].
    pub grade_months: [u8; 5],
}

/// Grounds that bar a promotion on the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bars(pub u8);

impl Bars {
    /// Adds a ground.
    pub fn add(&mut self, ground: BarGround) {
        self.0 |= 1 << ground as u8;
    }

    /// Whether a ground is there.
    #[inline]
    pub const fn has(self, ground: BarGround) -> bool {
        self.0 & (1 << ground as u8) != 0
    }
}

/// What a rule may ask of a person on a day. `None` means *not known*, never zero.
pub trait Officer {
    /// The rank held on a ladder.
    fn rank(&self, ladder: Ladder) -> Option<Rank>;

    /// Time in the rank held on a ladder, as another ladder counts (or the same).
    fn rank_held(&self, ladder: Ladder, counting: Ladder) -> Held;

    /// The layer of the leadership post held.
    fn layer(&self) -> Option<Layer>;

    /// Time in the leadership layer held.
    fn layer_held(&self, ladder: Ladder) -> Held;

    /// Full months since a rank of the 2019 ladder, or one that it was converted from, or a higher one, was first held.
    fn months_since_reaching(&self, rank: Rank) -> Option<u16>;

    /// Level on the 27-level scale.
    fn level(&self) -> Option<Level>;

    /// Step within the level.
    fn step(&self) -> Option<Step>;

    /// Grounds that bar a promotion.
    fn bars(&self) -> Bars;

    /// Grounds that began, and of which neither the decision nor a rule says how long they last.
    fn unsure_bars(&self) -> Bars {
        Bars(0)
    }

    /// Kind of the organ that the person belongs to.
    fn organ_kind(&self) -> Option<OrganKind>;

    /// Highest education.
    fn education(&self) -> Option<Education>;

    /// Full months of work.
    fn work_months(&self) -> Option<u16>;

    /// Full months of grassroots work.
    fn grassroots_months(&self) -> Option<u16>;

    /// Full months worked in townships, secondment out not counted.
    fn rooted_months(&self) -> u16;

    /// Appointments to posts of a leadership layer.
    fn posts_in(&self, layer: Layer) -> u8;

    /// Acts that a sanction in effect bars.
    fn sanctioned(&self) -> Acts;

    /// Whether a minimum service that only the announcement of the post asked for still runs.
    fn own_term_running(&self) -> bool;

    /// Full months since recruitment; `None` for those who were not recruited here.
    fn service_months(&self) -> Option<u16>;

    /// Full months served where the minimum service must be served, by the term in question.
    fn served_months(&self, term: usize) -> Option<u16>;

    /// The worst grade of the years assessed, years not graded left out.
    fn worst_grade(&self) -> Option<Grade>;
}
