//! What a run is made of: a roster as the rules of a stack see it, those rules, and what people are assumed to do.

use std::sync::Arc;

use takeroot_civil::{Code as _, Day, OrganKind, Roster};
use takeroot_policy::quota::Caps;
use takeroot_policy::{Officer as _, Rules};

use crate::assumption::Coefs;
use crate::levers::{self, Levers};
use crate::outcome::Shape;
use crate::state::{BASE, LEVEL, Row, Start};

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
    /// By county: the mean of ln(total pay / basic pay) on the day. What people compare their pay with is not known, so
    /// this is the middle from which pay pulls or pushes.
    pub tilt: Vec<f64>,
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
    /// A roster on the day of the rules.
    pub fn of(roster: &Roster, rules: Arc<Rules>) -> World {
        let start = Start::of(roster, &rules);
        let mut tilts = Vec::new();
        for county in &start.counties {
            let (mut sum, mut people) = (0.0, 0.0);
            for at in (0..county.state.len()).filter(|at| county.state.here[*at]) {
                let place = &county.places[usize::from(county.place_of[at])];
                let row = Row { state: &county.state, place, at, month: 0 };
                let (lines, _) = crate::behaviour::pay::lines(&rules, &row);
                if let Some(tilt) = crate::behaviour::pay::tilt(&lines).filter(|_| row.level().is_some()) {
                    sum += tilt;
                    people += 1.0;
                }
            }
            tilts.push(if people > 0.0 { sum / people } else { 0.0 });
        }
        let kind = |kind: &OrganKind| Kind {
            caps: Caps::of(&rules, *kind),
            no_secondment: levers::secondment_forbidden(&rules, *kind),
        };
        let kinds = OrganKind::ALL.iter().map(kind).collect();
        World { on: rules.on, levers: Levers::of(&rules), start, kinds, tilt: tilts, rules }
    }

    /// How many people are in it on the day.
    pub fn people(&self) -> i64 {
        self.start.counties.iter().map(|c| c.state.here.iter().filter(|here| **here).count() as i64).sum()
    }

    /// How results of these counties are laid out.
    pub fn shape(&self, counties: std::ops::Range<usize>, years: usize) -> Shape {
        let mut shape = Shape { years, months: years * 12, ..Shape::default() };
        for place in self.start.counties[counties].iter().flat_map(|county| &county.places) {
            shape.organs.push((place.id.clone(), place.name.clone()));
            shape.townships.push(place.kind.is_township());
            shape.posts.push(place.posts);
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
