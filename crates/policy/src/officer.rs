//! What a rule may ask of a person on a day.
//!
//! A record ([`crate::Facts`]) and a row of a column store ([`crate::Row`]) both answer it, so the very same function
//! decides an act and moves a simulated person. Answers are plain counts: what they amount to is the rule's business.

use takeroot_civil::{Code as _, Education, Grade, Ladder, Layer, Level, OrganKind, Rank, Step};

use crate::bars::Acts;
use crate::rule::{BarGround, Holder};

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

/// A set of ranks.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct RankSet(pub u32);

impl RankSet {
    /// None.
    pub const NONE: RankSet = RankSet(0);

    /// Puts a rank in if `here`; costs no branch.
    #[inline]
    pub const fn put(&mut self, rank: Rank, here: bool) {
        self.0 |= (here as u32) << rank as u8;
    }

    /// Whether a rank is in it.
    #[inline]
    pub const fn has(self, rank: Rank) -> bool {
        self.0 & (1 << rank as u8) != 0
    }

    /// The ranks in it, in the order of [`Rank`].
    pub fn iter(self) -> impl Iterator<Item = Rank> {
        Rank::ALL.iter().copied().filter(move |r| self.has(*r))
    }
}

impl std::fmt::Debug for RankSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// What a person holds: the leadership layer, and a rank on each ladder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Seat {
    /// The layer of the leadership post.
    pub layer: Option<Layer>,
    /// The ranks, by [`Ladder`].
    pub ranks: [Option<Rank>; 3],
}

impl Seat {
    /// Whether it is one of those that time may be counted in.
    #[inline]
    pub fn holds(self, holder: Holder) -> bool {
        match holder {
            Holder::Rank(rank) => self.ranks[rank.ladder().index()] == Some(rank),
            Holder::Post(layer) => self.layer == Some(layer),
        }
    }
}

/// Where a person belongs and works, as far as pay and ceilings ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// Kind of the organ that the person belongs to.
    pub kind: Option<OrganKind>,
    /// Hardship class of that organ; `Some(0)` is *not on the list*.
    pub hardship_class: Option<u8>,
    /// Its area band.
    pub area_band: Option<u8>,
    /// The person works in a township on the day, seconded or not.
    pub in_township: bool,
}

/// What a rule may ask of a person on a day. `None` means *not known*, never zero.
pub trait Officer {
    /// Whether the person is in the service.
    fn serving(&self) -> bool;

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
    fn organ_kind(&self) -> Option<OrganKind> {
        self.place().kind
    }

    /// Where the person belongs and works.
    fn place(&self) -> Place;

    /// Layer and ranks together.
    #[inline]
    fn seat(&self) -> Seat {
        Seat {
            layer: self.layer(),
            ranks: [Ladder::NonLeading, Ladder::CountyRanks, Ladder::Parallel]
                .map(|ladder| self.rank(ladder)),
        }
    }

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

    /// The worst grade of the years assessed; years of probation without a grade left out.
    fn worst_grade(&self) -> Option<Grade>;
}
