//! Burden: the work of those who are missing or away falls on those who are there; overtime; exhaustion.
//!
//! An organ with `n` approved posts of whom `m` work has a load a head of `1 + spread * (n - m) / m`, times what tasks
//! take against the reference ([`crate::levers::Levers::tasks`], townships only). Overtime is `par + hours * (load - 1)`,
//! never below 0; what lies over a cap of the rules is cut by the share of caps that is kept. The chance of being
//! exhausted has the log-odds `logit(base) + slope * (overtime - par) / 10`; in a quarter, a share of people is looked at
//! anew.

use crate::assumption::Key;
use crate::keyed::Purpose;
use crate::shard::{Run, logistic, logit};

/// Work a head against full strength, of an organ with so many approved posts of whom so many work.
pub fn load(posts: u32, working: u32, spread: f64, tasks: f64) -> f64 {
    if working == 0 {
        return tasks;
    }
    let missing = (f64::from(posts) - f64::from(working)).max(0.0);
    tasks * (1.0 + spread * missing / f64::from(working))
}

/// Overtime of a head, hours a month.
pub fn overtime(load: f64, par: f64, hours: f64, cap: Option<f64>, kept: f64) -> f64 {
    let overtime = (par + hours * (load - 1.0)).max(0.0);
    let over = cap.map_or(0.0, |cap| (overtime - cap).max(0.0));
    overtime - kept * over
}

impl Run<'_> {
    /// Loads and overtime of every organ.
    pub(crate) fn spread_work(&mut self) {
        let (world, reference, coefs) =
            (&*self.scenario.world, &*self.scenario.reference, &self.scenario.coefs);
        let kept = coefs.get(Key::BurdenKept);
        let tasks = world.levers.tasks(
            &reference.levers,
            coefs.get(Key::BurdenInspections),
            coefs.get(Key::BurdenMeetings),
            coefs.get(Key::BurdenPapers),
            kept,
        );
        let (par, spread) = (coefs.get(Key::BurdenOvertime), coefs.get(Key::BurdenSpread));
        for (at, place) in self.county.places.iter().enumerate() {
            let working = self.working[at];
            let tasks = if place.kind.is_township() { tasks } else { 1.0 };
            let load = load(place.posts, working, spread, tasks);
            self.load[at] = load;
            self.overtime[at] = overtime(load, par, world.levers.hours, world.levers.overtime, kept);
        }
    }

    /// How many of an organ are exhausted.
    pub(crate) fn tired_chance(&self, organ: usize) -> f64 {
        let coefs = &self.scenario.coefs;
        let more = self.overtime[organ] - coefs.get(Key::BurdenOvertime);
        logistic(logit(coefs.get(Key::TiredBase)) + coefs.get(Key::TiredOvertime) / 10.0 * more)
    }

    /// Who is exhausted: a share of people is looked at anew.
    pub(crate) fn tire(&mut self, first: bool) {
        let anew = self.scenario.coefs.get(Key::TiredAnew);
        for (organ, place) in self.county.places.iter().enumerate() {
            let chance = self.tired_chance(organ);
            for at in place.first..place.end {
                if !self.state.here[at] {
                    continue;
                }
                let words = self.drawn[at];
                let looked = crate::keyed::unit(words[Purpose::Tire as usize % 4]) < anew;
                if first || looked {
                    let tired = crate::keyed::unit(words[Purpose::Tired as usize % 4]) < chance;
                    if tired != self.state.tired[at] {
                        self.state.tired[at] = tired;
                        self.tired += if tired { 1 } else { -1 };
                    }
                }
            }
        }
    }
}
