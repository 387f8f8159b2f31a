//! People as columns, one row a post: one `Vec` an attribute, contiguous by county and by organ.
//!
//! Months are counted from the roster's day: 0 is that day, 1 the same day of the next month. What began is kept as the
//! month in which it began (negative: before the roster), so that nothing has to be counted up. An organ has as many rows
//! as it has approved posts, and more where more people are there; an empty row is a vacancy.

mod row;
mod start;

use takeroot_civil::{Layer, OrganKind, Rank};
use takeroot_policy::bars::Acts;
use takeroot_policy::officer::RankSet;
use takeroot_policy::rule::PayItem;

pub use row::Row;
pub(crate) use row::code;
pub use start::{County, LeftOut, MOST_POSTS, Start, month_of, retires};
pub(crate) use start::{GROUPS, at_grassroots};

/// A month that is not known, or never.
pub const NEVER: i16 = i16::MIN;
/// A month that does not come.
pub const ENDLESS: i16 = i16::MAX;
/// No code.
pub const NO: u8 = u8::MAX;

/// Times that are held and counted: the rank of each ladder as its own ladder counts it, the rank of 2008 as the ladder
/// of 2015 counts it, and the layer as each ladder counts it.
pub const TIMES: usize = 7;
/// Of the rank of 2008 as the ladder of 2015 counts it.
pub const OLD_RANK: usize = 3;
/// Of the layer as the first ladder counts it.
pub const LAYER: usize = 4;
/// Minimum services that a stack may have.
pub const TERMS: usize = 8;
/// Grounds of bars.
pub const GROUNDS: usize = 7;

/// Lines of monthly pay: base, level, then the allowances in the order of [`PayItem`].
pub const LINES: usize = 2 + 11;
/// Base pay.
pub const BASE: usize = 0;
/// Level pay.
pub const LEVEL: usize = 1;

const _: () = assert!(<PayItem as takeroot_civil::Code>::ALL.len() == LINES - 2);

/// The grades that belong to a time held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Years of each grade.
    pub years: [u8; 5],
    /// Months of years of each grade.
    pub months: [u8; 5],
}

/// Declares the columns.
macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident : $ty:ty = $empty:expr;)+) => {
        /// The rows.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct State { $($(#[$doc])* pub $name: Vec<$ty>),+ }

        impl State {
            /// Adds an empty row.
            pub fn push_empty(&mut self) { $(self.$name.push($empty);)+ }

            /// Empties a row.
            pub fn clear(&mut self, at: usize) { $(self.$name[at] = $empty;)+ }

            /// Copies a row over another.
            pub fn copy(&mut self, from: usize, to: usize) { $(self.$name[to] = self.$name[from];)+ }

            /// Becomes the same as another, with the room that is there.
            pub fn become_like(&mut self, other: &State) { $(self.$name.clone_from(&other.$name);)+ }
        }
    };
}

columns! {
    /// Whose luck it is.
    key: u64 = 0;
    /// Somebody is there.
    here: bool = false;
    /// Month of birth.
    birth: i16 = NEVER;
    /// Sex: 0 male, 1 female, [`NO`] not known.
    sex: u8 = NO;
    /// Education, by its list; [`NO`] not known.
    education: u8 = NO;
    /// Channel of recruitment; [`NO`] not recruited here.
    channel: u8 = NO;
    /// Comes from the county.
    local: bool = false;
    /// Month of recruitment.
    hired: i16 = NEVER;
    /// The organ hired into; `u16::MAX` not known.
    hired_by: u16 = u16::MAX;
    /// Hired during the run.
    new: bool = false;
    /// Leadership layer; [`NO`] none.
    layer: u8 = NO;
    /// Rank on each ladder; [`NO`] none.
    ranks: [u8; 3] = [NO; 3];
    /// Since when each time is held.
    since: [i16; TIMES] = [NEVER; TIMES];
    /// The grades that belong to each.
    tally: [Tally; TIMES] = [Tally { years: [0; 5], months: [0; 5] }; TIMES];
    /// When each rank, or one above it, was first reached.
    reached: [i16; Rank::COUNT] = [NEVER; Rank::COUNT];
    /// Level; 0 not known.
    level: u8 = 0;
    /// Step; 0 not known.
    step: u8 = 0;
    /// Years counted towards the next step.
    step_years: u8 = 0;
    /// Years counted towards the next level.
    level_years: u8 = 0;
    /// Until when each ground bars.
    barred: [i16; GROUNDS] = [NEVER; GROUNDS];
    /// Grounds of which nothing says how long they last.
    unsure: u8 = 0;
    /// Acts that sanctions bar.
    acts: Acts = Acts::of(&[]);
    /// Until when they do.
    acts_until: i16 = NEVER;
    /// Until when a term that only the post's announcement set runs.
    own_term: i16 = NEVER;
    /// Rooted service: since when if it runs, else months.
    rooted: i16 = 0;
    /// Grassroots work likewise; [`NEVER`] not known.
    grassroots: i16 = NEVER;
    /// Each term likewise; [`NEVER`] not owed.
    served: [i16; TERMS] = [NEVER; TERMS];
    /// Terms that run: one bit a term.
    serving: u8 = 0;
    /// Works in a township: rooted service runs.
    in_township: bool = false;
    /// Grassroots work runs.
    at_grassroots: bool = false;
    /// Start of work.
    work: i16 = NEVER;
    /// Service as a civil servant, gaps taken out: since when.
    service: i16 = NEVER;
    /// Posts held in each layer.
    posts_in: [u8; Layer::COUNT] = [0; Layer::COUNT];
    /// Worst grade; [`NO`] none yet.
    worst: u8 = NO;
    /// Month in which a secondment ends; [`NEVER`] not away.
    away: i16 = NEVER;
    /// Exhausted.
    tired: bool = false;
    /// Has a home in the township.
    housed: bool = false;
    /// Month of retirement.
    retires: i16 = ENDLESS;
    /// Month in which probation ends and the first grading is due; [`NEVER`] graded.
    graded: i16 = NEVER;
    /// Month in which the last minimum service ends; [`ENDLESS`] while one does not run.
    locked: i16 = NEVER;
    /// Month until which the spike after it lasts.
    spike: i16 = NEVER;
    /// Month from which a promotion in rank can be due.
    due: i16 = ENDLESS;
    /// The ranks next on the ladders for what is held, below the ceiling of the organ.
    nexts: RankSet = RankSet::NONE;
    /// Leadership layers to which a way leads from what is or was held: one bit a layer.
    leads: u16 = 0;
    /// The class of pay ([`crate::behaviour::pay::Classes`]).
    class: u32 = 0;
    /// Level pay, fen; below 0 not known.
    level_pay: i32 = 0;
    /// Month in which rooted years change the pay.
    pay_due: i16 = ENDLESS;
    /// Paid in the run until [`State::paid_until`], fen.
    paid: i64 = 0;
    /// Until when.
    paid_until: i16 = 0;
    /// What the rules let a person do, as they were last asked: one bit an act.
    may: u8 = 0;
    /// Month in which they must be asked again, because time alone may change the answer.
    ask: i16 = ENDLESS;
    /// Birthdays fall in the months that leave this by twelve; [`NO`] not known.
    born: u8 = NO;
    /// The next month in which something of the row falls due.
    next: i16 = ENDLESS;
    /// Group of the roster's people, for who gains and who loses; [`NO`] joined later.
    group: u8 = NO;
    /// Words below which chance makes the person resign, pass a selection, be transferred, die.
    words: [u32; 4] = [0; 4];
    /// The first bits of these four ([`crate::keyed::first_bits`]): what is asked of everybody every month.
    first: [u8; 4] = [0; 4];
}

impl State {
    /// Rows.
    pub fn len(&self) -> usize {
        self.key.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.key.is_empty()
    }

    /// Reckons anew when something of the row next falls due.
    #[inline]
    pub fn set_next(&mut self, at: usize, month: i16) {
        let ahead = |due: i16| if due > month { due } else { ENDLESS };
        let retires = self.retires[at].max(month + 1);
        self.next[at] = retires
            .min(ahead(self.graded[at]))
            .min(ahead(self.locked[at]))
            .min(ahead(self.spike[at]))
            .min(ahead(self.pay_due[at]))
            .min(ahead(self.ask[at]))
            .min(ahead(self.away[at]));
    }

    /// Puts the words below which chance makes a person resign, pass a selection, be transferred, die.
    #[inline]
    pub fn set_words(&mut self, at: usize, words: [u32; 4]) {
        self.words[at] = words;
        self.first[at] = words.map(crate::keyed::first_bits);
    }

    /// Begins or ends what counts where a person works: rooted and grassroots service, and each term.
    pub fn works(&mut self, at: usize, month: i16, township: bool, grassroots: bool, terms: u8) {
        let turn = |kept: &mut i16, was: bool, is: bool| {
            if was != is && *kept != NEVER {
                // Running it is a month, standing still a length: one is the month less the other.
                *kept = month - *kept;
            }
        };
        turn(&mut self.rooted[at], self.in_township[at], township);
        turn(&mut self.grassroots[at], self.at_grassroots[at], grassroots);
        for (term, kept) in self.served[at].iter_mut().enumerate() {
            turn(kept, self.serving[at] & (1 << term) != 0, terms & (1 << term) != 0);
        }
        self.in_township[at] = township;
        self.at_grassroots[at] = grassroots;
        self.serving[at] = terms;
    }
}

/// An organ.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its number in the office's list.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whose luck its posts have.
    pub key: u64,
    /// Kind.
    pub kind: OrganKind,
    /// Hardship class.
    pub hardship: Option<u8>,
    /// Area band.
    pub band: Option<u8>,
    /// Approved posts; the people there on the roster's day where it is not known.
    pub posts: u32,
    /// Whether the approved posts were known.
    pub posts_known: bool,
    /// Its first row.
    pub first: usize,
    /// After its last row.
    pub end: usize,
    /// How remote it is: 0 the county seat, 1 the farthest band of the county.
    pub remote: f64,
    /// Leadership posts, by layer: those that were held on the roster's day.
    pub leaders: [u16; Layer::COUNT],
}
