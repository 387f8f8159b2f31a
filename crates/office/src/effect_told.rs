//! What of an effect a viewer is told. Where the files of a group's people may be read, every number; elsewhere none
//! that speaks of fewer than [`FEWEST`] people, and no total from which one that is left out could be reckoned.

use std::collections::BTreeMap;

use crate::effect::{Effect, FEWEST};
use crate::effect_words::Kind;
use crate::{Action, Resource, Viewer};

/// A number as a viewer may know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The number.
    Number(usize),
    /// One or more, fewer than [`FEWEST`].
    Few,
}

impl Told {
    /// A number of people: told when it is not small, or when `by_name` their files may be read.
    pub(crate) fn of(number: usize, by_name: bool) -> Told {
        if by_name || number == 0 || number >= FEWEST { Told::Number(number) } else { Told::Few }
    }

    /// The number, 0 where it is not told.
    pub const fn number(self) -> usize {
        match self {
            Told::Number(number) => number,
            Told::Few => 0,
        }
    }
}

/// A sum over all groups as a viewer may know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    /// The number.
    pub number: usize,
    /// It is rounded to tens: some of what it adds is not told.
    pub about: bool,
}

impl Total {
    /// The sum where nothing is left out; rounded where two or more numbers are left out that are not few together;
    /// else the sum of what is told, from which none that is left out can be reckoned.
    fn of(all: usize, told: usize, left_out: usize) -> Total {
        if all == told {
            return Total { number: all, about: false };
        }
        if left_out >= 2 && all - told >= FEWEST {
            return Total { number: (all + FEWEST / 2) / FEWEST * FEWEST, about: true };
        }
        Total { number: told, about: false }
    }
}

/// Numbers added up as they are and as they are told.
#[derive(Clone, Copy, Debug, Default)]
struct Adding {
    all: usize,
    told: usize,
    left_out: usize,
}

impl Adding {
    /// Adds a number; `told` is what of it is told, if its group is told at all.
    fn add(&mut self, number: usize, told: Option<Told>) {
        self.all += number;
        match told {
            Some(Told::Number(n)) => self.told += n,
            _ => self.left_out += usize::from(number > 0),
        }
    }

    fn total(self) -> Total {
        Total::of(self.all, self.told, self.left_out)
    }
}

/// A township or an organ of the county as a viewer may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupTold {
    /// Its place in [`Effect::groups`].
    pub at: usize,
    /// Its name; empty where the unit is not known.
    pub name: String,
    /// The files of its people may be read.
    pub by_name: bool,
    /// Their pay may be seen.
    pub pay: bool,
    /// People in it.
    pub people: Told,
    /// People whose standing changes.
    pub changed: Told,
    /// The same by kind of change.
    pub kinds: BTreeMap<Kind, Told>,
}

/// An effect as a viewer may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EffectTold {
    /// Nothing is left out.
    pub whole: bool,
    /// People in the service.
    pub people: Total,
    /// People whose standing changes.
    pub changed: Total,
    /// The same by kind of change.
    pub kinds: BTreeMap<Kind, Total>,
    /// By township and organ. Groups of fewer than [`FEWEST`] people whose files may not be read are left out.
    pub groups: Vec<GroupTold>,
}

impl Effect {
    /// What a viewer is told of it.
    pub fn told(&self, viewer: &Viewer) -> EffectTold {
        let files = viewer.within(Resource::Person, Action::Read);
        let pay = viewer.within(Resource::Pay, Action::Read);
        let (mut people, mut changed) = (Adding::default(), Adding::default());
        let mut kinds: BTreeMap<Kind, Adding> = BTreeMap::new();
        let mut groups = Vec::new();
        for (at, group) in self.groups.iter().enumerate() {
            let by_name = files.has(group.seq);
            // A group of fewer people than may be told of is left out with everything in it.
            let is_told = by_name || group.people >= FEWEST;
            let told = |n: usize| is_told.then(|| Told::of(n, by_name));
            people.add(group.people, told(group.people));
            changed.add(group.changed, told(group.changed));
            for (kind, n) in &group.kinds {
                kinds.entry(*kind).or_default().add(*n, told(*n));
            }
            if !is_told {
                continue;
            }
            groups.push(GroupTold {
                at,
                name: group.name.clone(),
                by_name,
                pay: pay.has(group.seq),
                people: Told::of(group.people, by_name),
                changed: Told::of(group.changed, by_name),
                kinds: group.kinds.iter().map(|(kind, n)| (*kind, Told::of(*n, by_name))).collect(),
            });
        }
        EffectTold {
            whole: self.groups.iter().all(|g| files.has(g.seq)),
            people: people.total(),
            changed: changed.total(),
            kinds: kinds.into_iter().map(|(kind, n)| (kind, n.total())).collect(),
            groups,
        }
    }
}
