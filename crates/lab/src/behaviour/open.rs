//! The places of quotas that an organ uses in a round of promotion.
//!
//! The rules say how many ranks an organ may hold at most; it need not fill every place at once, and where ranks are new a
//! roster has many that stand empty. Of the places that are free when a round begins, each is used with the chance given,
//! which is the organ's luck. A place that is given up in a round is free in the next one.

use takeroot_civil::Rank;
use takeroot_policy::quota::{Caps, Holders};

use crate::assumption::Key;
use crate::keyed::{self, Luck, Purpose};
use crate::scenario::Scenario;
use crate::state::Place;

/// Places still to be used in a round, quota by quota.
#[derive(Clone, Debug)]
pub(crate) struct Opened(Vec<u32>);

impl Opened {
    /// Those of an organ in a month's round.
    pub fn of(
        scenario: &Scenario,
        luck: &Luck,
        (month, replicate): (i16, u32),
        (place, caps, holders): (&Place, &Caps, &Holders),
    ) -> Opened {
        let used = scenario.coefs.get(Key::PromoteOpen);
        let places = caps.caps.iter().enumerate().map(|(nth, cap)| {
            let (places, held) = caps.places(cap, holders, place.posts);
            let free = places.saturating_sub(held);
            let opens = |place_of_quota: &u32| {
                let which = (3_u64 << 48) | (nth as u64) << 32 | u64::from(*place_of_quota);
                let key = keyed::key_in(place.key, which);
                luck.unit(key, month as u16, replicate, Purpose::Open) < used
            };
            (0..free).filter(opens).count() as u32
        });
        Opened(places.collect())
    }

    /// The quotas of which a promotion takes a place.
    fn taken(caps: &Caps, from: Option<Rank>, to: Rank) -> impl Iterator<Item = usize> + '_ {
        let takes = move |cap: &takeroot_policy::quota::Cap| {
            cap.group.has(to) && !from.is_some_and(|from| cap.group.has(from))
        };
        caps.caps.iter().enumerate().filter(move |(_, cap)| takes(cap)).map(|(nth, _)| nth)
    }

    /// The quotas of which no further place is used, one bit each.
    pub fn closed(&self) -> u64 {
        let closed = self.0.iter().take(64).enumerate().filter(|(_, left)| **left == 0);
        closed.fold(0, |set, (nth, _)| set | 1 << nth)
    }

    /// Whether a promotion may have its places in this round.
    pub fn allows(&self, caps: &Caps, from: Option<Rank>, to: Rank) -> bool {
        Opened::taken(caps, from, to).all(|nth| self.0.get(nth).is_some_and(|left| *left > 0))
    }

    /// A promotion has taken its places.
    pub fn take(&mut self, caps: &Caps, from: Option<Rank>, to: Rank) {
        for nth in Opened::taken(caps, from, to) {
            if let Some(left) = self.0.get_mut(nth) {
                *left = left.saturating_sub(1);
            }
        }
    }
}
