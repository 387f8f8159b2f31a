//! How full the quotas of organs are, counted as people come and go.
//!
//! What a quota counts and how many places it gives is said by [`takeroot_policy::quota::Caps`]; here its answer is kept,
//! because it is asked many times between two changes. Tests hold what is kept to what `Caps` says.

use takeroot_policy::dense::OF_LADDER;
use takeroot_policy::officer::RankSet;
use takeroot_policy::quota::{Caps, Holders};

use crate::state::Place;

/// A quota of an organ.
#[derive(Clone, Copy, Debug)]
struct Room {
    group: RankSet,
    used: u32,
    /// Places; `None` where they depend on who holds what.
    places: Option<u32>,
}

/// The quotas of a county's organs.
#[derive(Clone, Debug)]
pub struct Quotas<'s> {
    /// By organ.
    caps: Vec<&'s Caps>,
    posts: Vec<u32>,
    holders: Vec<Holders>,
    /// Quotas, organ by organ, and where those of each begin.
    rooms: Vec<Room>,
    first: Vec<usize>,
}

/// The rank of each ladder as it is kept in rows.
type Ranks = [u8; 3];

/// Whether one of a set is held on a ladder.
#[inline]
fn holds(set: RankSet, held: u8) -> bool {
    u64::from(set.0) & 1_u64.checked_shl(u32::from(held)).unwrap_or(0) != 0
}

/// The ranks that are shut to whoever holds a rank, by that rank, and by ladder for whoever holds none on it.
#[derive(Clone, Copy, Debug)]
pub struct Open {
    shut: [u32; 32],
}

/// Where those stand who hold no rank on a ladder.
const NONE_ON: usize = 29;
const _: () = assert!(takeroot_civil::Rank::COUNT <= NONE_ON);

impl Open {
    /// What is open of what is wanted to whoever holds these.
    #[inline]
    pub fn to(&self, held: Ranks, wanted: RankSet) -> RankSet {
        let shut = held.iter().enumerate().fold(0, |shut, (ladder, held)| {
            let at = if usize::from(*held) < NONE_ON { usize::from(*held) } else { NONE_ON + ladder };
            shut | self.shut[at & 31]
        });
        RankSet(wanted.0 & !shut)
    }
}

impl<'s> Quotas<'s> {
    /// The quotas of organs that nobody is in yet.
    pub fn of(places: &[Place], caps_of: impl Fn(&Place) -> &'s Caps) -> Quotas<'s> {
        let caps: Vec<&Caps> = places.iter().map(caps_of).collect();
        let (mut rooms, mut first) = (Vec::new(), vec![0]);
        for (place, caps) in places.iter().zip(&caps) {
            // One bit a quota; no kind of organ comes near to 64 of them.
            rooms.extend(caps.caps.iter().take(64).map(|cap| Room {
                group: cap.group,
                used: 0,
                places: caps.fixed_places(cap, place.posts),
            }));
            first.push(rooms.len());
        }
        Quotas {
            posts: places.iter().map(|place| place.posts).collect(),
            holders: vec![[0; takeroot_civil::Rank::COUNT]; places.len()],
            caps,
            rooms,
            first,
        }
    }

    fn rooms(&self, organ: usize) -> &[Room] {
        &self.rooms[self.first[organ]..self.first[organ + 1]]
    }

    /// The quotas of an organ as the rules say them.
    pub fn caps(&self, organ: usize) -> &'s Caps {
        self.caps[organ]
    }

    /// Holders in an organ.
    pub fn holders(&self, organ: usize) -> &Holders {
        &self.holders[organ]
    }

    /// Counts ranks among the holders of an organ, or out of them.
    pub fn hold(&mut self, organ: usize, ranks: Ranks, sign: i32) {
        let rooms = self.first[organ]..self.first[organ + 1];
        for rank in ranks {
            if let Some(holders) = self.holders[organ].get_mut(usize::from(rank)) {
                *holders = holders.wrapping_add_signed(sign);
                for room in &mut self.rooms[rooms.clone()] {
                    room.used = room.used.wrapping_add_signed(sign * i32::from(holds(room.group, rank)));
                }
            }
        }
    }

    /// Places of each quota of an organ, and how many are used.
    pub fn places(&self, organ: usize) -> impl Iterator<Item = (u32, u32)> {
        let caps = self.caps[organ].caps.iter();
        self.rooms(organ).iter().zip(caps).map(move |(room, cap)| {
            let places = room
                .places
                .unwrap_or_else(|| self.caps[organ].places(cap, &self.holders[organ], self.posts[organ]).0);
            (places, room.used)
        })
    }

    /// The quotas of an organ that have no place left: one bit each.
    pub fn closed(&self, organ: usize) -> u64 {
        let places = self.places(organ).enumerate();
        places.fold(0, |set, (at, (places, used))| set | u64::from(used >= places) << at)
    }

    /// The quotas of an organ whose places do not depend on who holds what: one bit each.
    pub fn fixed(&self, organ: usize) -> u64 {
        let rooms = self.rooms(organ).iter().enumerate();
        rooms.fold(0, |set, (at, room)| set | u64::from(room.places.is_some()) << at)
    }

    /// What is open where so many quotas are closed: a closed one takes only those in whom it counts a rank of the same
    /// ladder already.
    pub fn open(&self, organ: usize, closed: u64) -> Open {
        let mut open = Open { shut: [0; 32] };
        for (at, room) in self.rooms(organ).iter().enumerate().filter(|(at, _)| closed & (1 << at) != 0) {
            debug_assert!(at < 64);
            for (ladder, ranks) in OF_LADDER.iter().enumerate() {
                let shut = room.group.0 & ranks.0;
                if shut == 0 {
                    continue;
                }
                open.shut[NONE_ON + ladder] |= shut;
                let mut others = ranks.0 & !room.group.0;
                while others != 0 {
                    open.shut[others.trailing_zeros() as usize] |= shut;
                    others &= others - 1;
                }
            }
        }
        open
    }

    /// The quotas of an organ that count a rank held and not one of the next ones of its ladder.
    pub fn left_by(&self, organ: usize, held: Ranks, nexts: RankSet) -> u64 {
        self.rooms(organ).iter().enumerate().fold(0, |set, (at, room)| {
            let left = OF_LADDER
                .iter()
                .zip(held)
                .any(|(ladder, held)| holds(room.group, held) && nexts.0 & ladder.0 & !room.group.0 != 0);
            set | u64::from(left) << at
        })
    }
}
