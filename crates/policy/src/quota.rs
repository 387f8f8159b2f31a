//! Quotas of ranks: how many of a group of ranks an organ may hold, and whether one more fits.
//!
//! The law gives some quotas as a share of a group ("no more than half of Principal Staff Members I to IV together"). It is a
//! share of the places that the group has, used or not: counties keep approved numbers of places group by group, with how
//! many of them are used and vacant, and of a share of the holders the first place could never be taken. It stands here beside
//! the other rules, though only the policy lab asks it so far: whether a place is left must not be reckoned in two ways.

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
    /// … of the places of these ranks, used or not; of the organ's posts if empty.
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
        let places = self.fixed_places(cap, posts);
        (places.unwrap_or_else(|| self.share(held(cap.of), cap.per_mille)), held(cap.group))
    }

    /// Places that a quota gives, where they do not depend on who holds what.
    pub fn fixed_places(&self, cap: &Cap, posts: u32) -> Option<u32> {
        // A share of a group is a share of its places, used or not: else the first place could never be taken.
        let whole = if cap.of == RankSet::NONE { Some(posts) } else { self.places_of(cap.of, posts) };
        whole.map(|whole| self.share(whole, cap.per_mille))
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

#[cfg(test)]
mod tests {
    use super::*;
    use takeroot_civil::Rank::{Consultant4, Principal1, Principal2, Principal3, Principal4, Staff1};

    fn set(ranks: &[Rank]) -> RankSet {
        let mut set = RankSet::NONE;
        ranks.iter().for_each(|rank| set.put(*rank, true));
        set
    }

    /// Six in ten of the posts for the four ranks, half of those places for the upper two.
    fn caps(rounding: Option<Rounding>) -> Caps {
        let four = set(&[Principal1, Principal2, Principal3, Principal4]);
        let whole = Cap { group: four, per_mille: 600, of: RankSet::NONE };
        let upper = Cap { group: set(&[Principal1, Principal2]), per_mille: 500, of: four };
        Caps { caps: vec![whole, upper], rounding }
    }

    fn holders(held: &[(Rank, u32)]) -> Holders {
        let mut holders = [0; Rank::COUNT];
        held.iter().for_each(|(rank, count)| holders[rank.index()] = *count);
        holders
    }

    #[test]
    fn a_fraction_of_a_place_is_dropped_unless_a_document_says_otherwise() {
        let held = holders(&[(Principal4, 3), (Principal2, 2)]);
        // 13 posts: 7.8 places, of which half.
        for (rounding, whole, upper) in [
            (None, 7, 3),
            (Some(Rounding::Down), 7, 3),
            (Some(Rounding::Nearest), 8, 4),
            (Some(Rounding::Up), 8, 4),
        ] {
            let caps = caps(rounding);
            assert_eq!(caps.places(&caps.caps[0], &held, 13), (whole, 5));
            assert_eq!(caps.places(&caps.caps[1], &held, 13), (upper, 2));
        }
    }

    #[test]
    fn a_share_of_a_group_is_of_its_places_used_or_not() {
        let caps = caps(None);
        // Ten posts: six places, three of them upper, whether nobody holds a rank of the group or five do.
        for held in [0, 1, 5] {
            let held = holders(&[(Principal4, held)]);
            assert_eq!(caps.places(&caps.caps[1], &held, 10).0, 3);
        }
        let nobody = holders(&[]);
        assert!(
            caps.allows(&nobody, 10, Some(Staff1), Principal2),
            "the first of the group may be an upper one"
        );
    }

    #[test]
    fn a_move_inside_a_group_takes_no_further_place_of_it() {
        let caps = caps(None);
        // Ten posts: six places, three of them upper.
        let full = holders(&[(Principal4, 4), (Principal2, 2)]);
        assert!(!caps.allows(&full, 10, Some(Staff1), Principal4), "the group is full");
        assert!(caps.allows(&full, 10, Some(Principal4), Principal3), "no further place");
        assert!(caps.allows(&full, 10, Some(Principal3), Principal2), "the third of three");
        let upper = holders(&[(Principal4, 3), (Principal2, 3)]);
        assert!(!caps.allows(&upper, 10, Some(Principal3), Principal2), "no fourth");
        assert!(caps.allows(&upper, 10, Some(Principal2), Principal1));
        assert!(caps.allows(&upper, 10, Some(Principal1), Consultant4), "no quota speaks of it");
        assert!(!caps.allows(&full, 10, None, Principal3), "whoever comes from elsewhere needs a place");
    }
}
