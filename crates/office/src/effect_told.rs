//! What of an effect a viewer is told. Where the files of a group's people may be read, every number; elsewhere none
//! that speaks of fewer than [`FEWEST`] people, and no total from which one left out could be reckoned.

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
    /// People in the service, of the groups that are told.
    pub people: usize,
    /// People whose standing changes: the sum of what is told.
    pub changed: usize,
    /// The same by kind of change.
    pub kinds: BTreeMap<Kind, usize>,
    /// By township and organ. Groups of fewer than [`FEWEST`] people whose files may not be read are left out.
    pub groups: Vec<GroupTold>,
}

impl Effect {
    /// What a viewer is told of it.
    pub fn told(&self, viewer: &Viewer) -> EffectTold {
        let files = viewer.within(Resource::Person, Action::Read);
        let pay = viewer.within(Resource::Pay, Action::Read);
        let mut told = EffectTold {
            whole: self.groups.iter().all(|g| files.has(g.seq)),
            people: 0,
            changed: 0,
            kinds: BTreeMap::new(),
            groups: Vec::new(),
        };
        for (at, group) in self.groups.iter().enumerate() {
            let by_name = files.has(group.seq);
            if !by_name && group.people < FEWEST {
                continue;
            }
            let kinds: BTreeMap<Kind, Told> =
                group.kinds.iter().map(|(kind, n)| (*kind, Told::of(*n, by_name))).collect();
            let changed = Told::of(group.changed, by_name);
            told.people += group.people;
            told.changed += changed.number();
            for (kind, n) in &kinds {
                *told.kinds.entry(*kind).or_default() += n.number();
            }
            told.groups.push(GroupTold {
                at,
                name: group.name.clone(),
                by_name,
                pay: pay.has(group.seq),
                people: Told::Number(group.people),
                changed,
                kinds,
            });
        }
        told
    }
}
