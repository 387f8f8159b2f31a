//! Burden: the work of those who are missing or away falls on those who are there; overtime; exhaustion.
//!
//! An organ with `n` approved posts of whom `m` work has a load a head of `1 + spread * (n - m) / m`, times what tasks
//! take against the reference ([`crate::levers::Levers::tasks`], townships only). Overtime is `par + hours * (load - 1)`,
//! never below 0; what lies over a cap of the rules is cut by the share of caps that is kept. The chance of being
//! exhausted has the log-odds `logit(base) + slope * (overtime - par) / 10`; in a quarter, a share of people is looked at
//! anew.

use crate::assumption::Key;
use crate::keyed::{Purpose, first_bits, quarterly, threshold};
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
        let anew = if first { u32::MAX } else { threshold(self.scenario.coefs.get(Key::TiredAnew)) };
        let first_anew = first_bits(anew);
        let mut rows = std::mem::take(&mut self.rows);
        for (organ, place) in self.county.places.iter().enumerate() {
            let chance = threshold(self.tired_chance(organ));
            let first_chance = first_bits(chance);
            let range = place.first..place.end;
            // Who may be looked at and may come to be another than before: without a branch, since it is hard to foresee.
            rows.resize(range.len(), 0);
            let drawn = self.drawn[3][range.clone()].iter();
            let columns = drawn.zip(&self.state.tired[range.clone()]).zip(&self.state.here[range.clone()]);
            let mut found = 0;
            for (at, ((bits, was), here)) in range.zip(columns) {
                let looked = bits[quarterly::TIRE] < first_anew || first_anew == 255;
                let tired = bits[quarterly::TIRED] < first_chance;
                // The byte before the bound does not decide.
                let open = bits[quarterly::TIRED].wrapping_add(1) == first_chance || first_chance == 255;
                let other = (tired != *was) | open;
                rows[found] = at;
                found += usize::from(*here & looked & other);
            }
            for at in rows.iter().copied().take(found) {
                let bits = self.drawn[3][at];
                if !first && !self.is_below(at, bits[quarterly::TIRE], Purpose::Tire, anew) {
                    continue;
                }
                let tired = self.is_below(at, bits[quarterly::TIRED], Purpose::Tired, chance);
                if tired != self.state.tired[at] {
                    self.state.tired[at] = tired;
                    self.tired += if tired { 1 } else { -1 };
                    self.changed.push(at);
                }
            }
        }
        self.rows = rows;
    }
}
