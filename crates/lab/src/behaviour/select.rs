//! Leadership posts: an organ has as many of each layer as it had on the roster's day.
//!
//! In a round, a share of the vacant ones is filled, the highest layer first, by those whom
//! [`verdict::post_promotion`] finds eligible: of the organ itself; if there is nobody, of the other organs of the same
//! kind in the county, if the organ has a vacant post. The order is that of years of service, moved by chance up to the
//! months given; those whom a preference of the rules names come first for its share.

use takeroot_civil::Layer;
use takeroot_policy::{Officer as _, verdict};

use crate::assumption::Key;
use crate::keyed::{self, Purpose};
use crate::outcome::Count;
use crate::shard::Run;
use crate::state::{LAYER, NO, TIMES, Tally, code};

impl Run<'_> {
    /// Fills leadership posts.
    pub(crate) fn fill_posts(&mut self) {
        let fill = self.scenario.coefs.get(Key::PostFill);
        let (mut given, mut to_preferred) = (0.0, 0.0);
        for layer in (0..Layer::COUNT).rev() {
            let Some(to) = code::<Layer>(layer as u8) else { continue };
            if self.scenario.world.rules.leadership[layer].is_none() {
                continue;
            }
            for organ in 0..self.county.places.len() {
                let place = &self.county.places[organ];
                let free = place.leaders[layer].saturating_sub(self.leading[organ][layer]);
                for nth in 0..free {
                    let post = keyed::key_in(place.key, 1 << 32 | (layer as u64) << 16 | u64::from(nth));
                    if self.luck.unit(post, self.month as u16, self.replicate, Purpose::Open) >= fill {
                        continue;
                    }
                    let share = self.scenario.world.levers.post_preference.map_or(0.0, |(_, share)| share);
                    let wanted = to_preferred < share * (given + 1.0);
                    if let Some((at, preferred)) = self.leader(organ, to, wanted) {
                        given += 1.0;
                        to_preferred += f64::from(u8::from(preferred));
                        self.appoint(at, organ, to);
                    }
                }
            }
        }
    }

    /// The one to be appointed, and whether a preference names the person.
    fn leader(&self, organ: usize, to: Layer, wanted: bool) -> Option<(usize, bool)> {
        let own = &self.county.places[organ];
        let here = self.best(own.first..own.end, to, wanted);
        if here.is_some() {
            return here;
        }
        let vacant = (own.first..own.first + own.posts as usize).any(|at| !self.state.here[at]);
        let others = self.county.places.iter().enumerate();
        let others = others.filter(|(at, place)| vacant && *at != organ && place.kind == own.kind);
        let rows: Vec<usize> = others.flat_map(|(_, place)| place.first..place.end).collect();
        self.best(rows.into_iter().filter(|at| self.fits(*at, organ)), to, wanted)
    }

    fn best(&self, rows: impl Iterator<Item = usize>, to: Layer, wanted: bool) -> Option<(usize, bool)> {
        let rules = &*self.scenario.world.rules;
        let noise = self.scenario.coefs.get(Key::PromoteNoise);
        let levers = &self.scenario.world.levers;
        let mut best: Option<(bool, f64, usize)> = None;
        for at in rows.filter(|at| self.state.here[*at]) {
            let held = self.state.layer[at];
            if held != NO && usize::from(held) >= to.index() {
                continue;
            }
            let row = self.row(at);
            if !verdict::post_promotion(rules, &row, to).eligible() {
                continue;
            }
            let preferred = levers
                .post_preference
                .is_some_and(|(months, _)| i32::from(row.rooted_months()) >= i32::from(months))
                || levers.post_channels.contains(&self.state.channel[at]);
            let luck = self.luck.unit(self.state.key[at], self.month as u16, self.replicate, Purpose::Round);
            let score = f64::from(row.service_months().unwrap_or(0)) + noise * (2.0 * luck - 1.0);
            let key = (wanted && preferred, score, at);
            if best.is_none_or(|b| (key.0, key.1) > (b.0, b.1)) {
                best = Some(key);
            }
        }
        best.map(|(_, _, at)| {
            let rooted = self.row(at).rooted_months();
            let by_years = levers.post_preference.is_some_and(|(m, _)| i32::from(rooted) >= i32::from(m));
            (at, by_years || levers.post_channels.contains(&self.state.channel[at]))
        })
    }

    /// Appoints a person to a leadership post of an organ.
    fn appoint(&mut self, at: usize, organ: usize, to: Layer) {
        let at = if self.organ(at) == organ {
            at
        } else {
            let own = &self.county.places[organ];
            let Some(row) = (own.first..own.first + own.posts as usize).find(|at| !self.state.here[*at])
            else {
                return;
            };
            // The post held so far goes along and is given up for the new one: it was no post of the new organ.
            let layer = usize::from(self.state.layer[at]);
            self.move_to(at, row);
            if let Some(posts) = self.state.posts_in[row].get_mut(layer) {
                *posts = posts.saturating_sub(1);
            }
            row
        };
        if let Some(leading) = self.leading[organ].get_mut(usize::from(self.state.layer[at])) {
            *leading -= 1;
        }
        self.count(Count::Appointed, 1);
        self.wait_ends(at, self.month, false);
        self.state.layer[at] = to.index() as u8;
        self.leading[organ][to.index()] += 1;
        for time in LAYER..TIMES {
            self.state.since[at][time] = self.month;
            self.state.tally[at][time] = Tally::default();
        }
        let posts = &mut self.state.posts_in[at][to.index()];
        *posts = posts.saturating_add(1);
        self.regrade(at);
    }
}
