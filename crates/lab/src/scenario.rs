//! What a run is made of: a roster as the rules of a stack see it, those rules, and what people are assumed to do.

use std::sync::Arc;

use takeroot_civil::{Code as _, Day, Ladder, OrganKind, Roster};
use takeroot_policy::Rules;
use takeroot_policy::quota::Caps;

use crate::assumption::Coefs;
use crate::levers::{self, Levers};
use crate::outcome::Shape;
use crate::state::{BASE, LEVEL, Start};

/// A roster under the rules of a stack.
#[derive(Clone, Debug)]
pub struct World {
    /// The roster's day.
    pub on: Day,
    /// The rules, held still from that day on.
    pub rules: Arc<Rules>,
    /// What they set for behaviours.
    pub levers: Levers,
    /// The roster.
    pub start: Start,
    /// What the rules say of organs of a kind, by kind.
    pub kinds: Vec<Kind>,
    /// Whom each minimum service of the rules binds.
    pub binds: Vec<Binds>,
}

/// Whom a minimum service binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binds {
    /// Whoever was recruited while it was in force, before the roster's day or in the run.
    Everybody,
    /// Recruits of the run alone: it is proposed.
    Recruits,
    /// Those recruited before the roster's day alone: a proposal has another in its place.
    Staff,
}

/// What the rules say of organs of a kind.
#[derive(Clone, Debug, Default)]
pub struct Kind {
    /// Quotas of ranks.
    pub caps: Caps,
    /// Secondment is forbidden.
    pub no_secondment: bool,
}

impl World {
    /// A roster on the day of the rules. Their minimum services bind everybody recruited while they were in force; a
    /// proposal's, which has no first day, everybody who is there.
    pub fn of(roster: &Roster, rules: Arc<Rules>) -> World {
        let binds = vec![Binds::Everybody; rules.service_terms.len()];
        World::binding(roster, rules, binds)
    }

    /// A roster on the day of the rules, where those of a base held until now. Nobody is bound after the event: minimum
    /// services that the base does not know bind the recruits of the run, and whoever is there already owes what the base
    /// asked of them, also where another takes its place.
    pub fn beside(roster: &Roster, rules: &Rules, base: &Rules) -> World {
        let mut rules = rules.clone();
        let known = |term| base.service_terms.contains(term);
        let mut binds: Vec<Binds> = rules
            .service_terms
            .iter()
            .map(|term| if known(term) { Binds::Everybody } else { Binds::Recruits })
            .collect();
        for term in &base.service_terms {
            if !rules.service_terms.contains(term) {
                rules.service_terms.push(term.clone());
                rules.dense.terms.push(u16::from(term.rule.years) * 12);
                binds.push(Binds::Staff);
            }
        }
        World::binding(roster, Arc::new(rules), binds)
    }

    fn binding(roster: &Roster, rules: Arc<Rules>, binds: Vec<Binds>) -> World {
        let start = Start::of(roster, &rules, &binds);
        let kind = |kind: &OrganKind| Kind {
            caps: Caps::of(&rules, *kind),
            no_secondment: levers::secondment_forbidden(&rules, *kind),
        };
        let kinds = OrganKind::ALL.iter().map(kind).collect();
        World { on: rules.on, levers: Levers::of(&rules), start, kinds, binds, rules }
    }

    /// People in the run on the roster's day.
    pub fn people(&self) -> i64 {
        let here = self.start.counties.iter().flat_map(|county| &county.state.here);
        here.filter(|here| **here).count() as i64
    }

    /// Ladders on which people are promoted here and no quota says how many may be: the rules have none, or it is not at hand.
    pub fn unlimited(&self) -> Vec<Ladder> {
        let kinds = self.start.counties.iter().flat_map(|county| &county.places).map(|place| place.kind);
        let caps: Vec<_> = kinds.flat_map(|kind| &self.kinds[kind.index()].caps.caps).collect();
        let limited =
            |ladder: &Ladder| caps.iter().any(|cap| cap.group.iter().any(|rank| rank.ladder() == *ladder));
        self.rules.ladders().filter(|ladder| !limited(ladder)).collect()
    }

    /// How results of these counties are laid out.
    pub fn shape(&self, counties: std::ops::Range<usize>, years: usize) -> Shape {
        let mut shape = Shape { years, months: years * 12, ..Shape::default() };
        for county in &self.start.counties[counties] {
            for place in &county.places {
                shape.organs.push((place.id.clone(), place.name.clone()));
                shape.townships.push(place.kind.is_township());
                shape.posts.push(place.posts);
                let here = county.state.here[place.first..place.end].iter().filter(|here| **here);
                shape.people.push(here.count() as i64);
            }
        }
        shape
    }
}

/// What is run.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The roster under the rules.
    pub world: Arc<World>,
    /// The world that it is held against: where pay and tasks are at the reference. The same for a world on its own.
    pub reference: Arc<World>,
    /// What people do.
    pub coefs: Coefs,
    /// How far, years.
    pub years: usize,
}

/// Basic pay of lines, fen.
pub(crate) fn basic(lines: &[i32]) -> i64 {
    i64::from(lines[BASE]) + i64::from(lines[LEVEL])
}
