//! Quotas of ranks: how many of a group of ranks an organ may hold, and whether one more fits.

use takeroot_civil::{OrganKind, Rank};

use crate::officer::RankSet;
use crate::rule::{Rounding, Rule};
use crate::rules::Rules;

/// Holders in an organ (or in a pool of organs), by rank.
pub type Holders = [u32; Rank::COUNT];

/// A quota that holds for organs of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cap {
    /// The ranks counted.
    pub group: RankSet,
    /// At most this many per mille …
    pub per_mille: u16,
    /// … of the holders of these ranks; of the organ's posts if empty.
    pub of: RankSet,
}

/// The quotas for organs of one kind, with the way of rounding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caps {
    /// Each quota.
    pub caps: Vec<Cap>,
    /// What becomes of a fraction; dropped where no document says, so that no quota is exceeded for want of a rule.
    pub rounding: Option<Rounding>,
}

impl Caps {
    /// The quotas in force for organs of a kind.
    pub fn of(rules: &Rules, kind: OrganKind) -> Caps {
        let set = |ranks: &[Rank]| {
            let mut set = RankSet::NONE;
            ranks.iter().for_each(|rank| set.put(*rank, true));
            set
        };
        let caps = rules.resolved.slots.values().filter_map(|clause| match &clause.rule {
            Rule::Quota(quota) if quota.organs.contains(&kind) => {
                Some(Cap { group: set(&quota.group), per_mille: quota.per_mille, of: set(&quota.of) })
            }
            _ => None,
        });
        let rounding = match rules.slot("quota-rounding").map(|clause| &clause.rule) {
            Some(Rule::QuotaRounding(rounding)) => Some(rounding.way),
            _ => None,
        };
        Caps { caps: caps.collect(), rounding }
    }

    /// Places that a quota gives, and holders that use them.
    pub fn places(&self, cap: &Cap, holders: &Holders, posts: u32) -> (u32, u32) {
        let held = |set: RankSet| set.iter().map(|rank| holders[rank as usize]).sum::<u32>();
        // A share of a group is a share of its places, used or not: else the first place could never be taken.
        let whole = if cap.of == RankSet::NONE {
            posts
        } else {
            self.places_of(cap.of, posts).unwrap_or(held(cap.of))
        };
        (self.share(whole, cap.per_mille), held(cap.group))
    }

    /// Places of a group as a share of the posts, if a quota speaks of exactly this group.
    fn places_of(&self, group: RankSet, posts: u32) -> Option<u32> {
        let cap = self.caps.iter().find(|cap| cap.group == group && cap.of == RankSet::NONE)?;
        Some(self.share(posts, cap.per_mille))
    }

    fn share(&self, whole: u32, per_mille: u16) -> u32 {
        let exact = u64::from(whole) * u64::from(per_mille);
        let places = match self.rounding.unwrap_or(Rounding::Down) {
            Rounding::Down => exact / 1000,
            Rounding::Nearest => (exact + 500) / 1000,
            Rounding::Up => exact.div_ceil(1000),
        };
        u32::try_from(places).unwrap_or(u32::MAX)
    }

    /// Whether a promotion keeps within every quota: those that count the new rank and not the old one must have a
    /// place left. A person who moves inside a group takes no further place of it.
    pub fn allows(&self, holders: &Holders, posts: u32, from: Option<Rank>, to: Rank) -> bool {
        self.caps.iter().filter(|cap| cap.group.has(to) && !from.is_some_and(|from| cap.group.has(from))).all(
            |cap| {
                let (places, used) = self.places(cap, holders, posts);
                used < places
            },
        )
    }
}
