//! Leadership posts: an organ has as many of each layer as it had on the roster's day.
//!
//! In a round, a share of the vacant ones is filled, the highest layer first, by those whom
//! [`verdict::post_promotion`] finds eligible: of the organ itself; if there is nobody, of the other organs of the same
//! kind in the county, if the organ has a vacant post. The order is that of years of service, moved by chance up to the
//! months given; those whom a preference of the rules names come first for its share of all the posts that the county has
//! given in the run.

use takeroot_civil::{Layer, OrganKind};
use takeroot_policy::{Officer as _, verdict};

use crate::assumption::Key;
use crate::keyed::{self, Purpose};
use crate::outcome::Count;
use crate::shard::Run;
use crate::state::{LAYER, NO, TIMES, Tally, code};

/// Someone who may be appointed.
#[derive(Clone, Copy, Debug)]
struct Eligible {
    at: usize,
    preferred: bool,
    score: f64,
}

impl Run<'_> {
    /// Fills leadership posts.
    pub(crate) fn fill_posts(&mut self) {
        let fill = self.scenario.coefs.get(Key::PostFill);
        let share = self.scenario.world.levers.post_preference.map_or(0.0, |(_, share)| share);
        for layer in (0..Layer::COUNT).rev() {
            let Some(to) = code::<Layer>(layer as u8) else { continue };
            if self.scenario.world.rules.leadership[layer].is_none() {
                continue;
            }
            // Those of all organs of a kind, once one that has nobody of its own asks for them.
            let mut all: Vec<(OrganKind, Vec<Eligible>)> = Vec::new();
            for organ in 0..self.county.places.len() {
                let place = &self.county.places[organ];
                let free = place.leaders[layer].saturating_sub(self.leading[organ][layer]);
                for nth in 0..free {
                    let post = keyed::key_in(place.key, 1 << 32 | (layer as u64) << 16 | u64::from(nth));
                    if self.luck.unit(post, self.month as u16, self.replicate, Purpose::Open) >= fill {
                        continue;
                    }
                    let wanted = self.given_posts.wants(share);
                    let own = self.eligible(place.first..place.end, to);
                    let own = own.into_iter().reduce(|best, one| better(best, one, wanted));
                    let chosen = own.or_else(|| self.best_of_others(organ, to, wanted, &mut all));
                    if let Some(chosen) = chosen {
                        self.given_posts.give(chosen.preferred);
                        self.appoint(chosen.at, organ, to);
                    }
                }
            }
        }
    }

    /// The best of the other organs of the same kind, if the organ has a vacant post.
    fn best_of_others(
        &self,
        organ: usize,
        to: Layer,
        wanted: bool,
        all: &mut Vec<(OrganKind, Vec<Eligible>)>,
    ) -> Option<Eligible> {
        let own = &self.county.places[organ];
        if self.empty[organ] == 0 {
            return None;
        }
        // Whoever was appointed since leads such a layer now, or the row is empty.
        let known = all.iter().position(|(kind, _)| *kind == own.kind).unwrap_or_else(|| {
            let places = self.county.places.iter().filter(|place| place.kind == own.kind);
            let there = places.flat_map(|place| self.eligible(place.first..place.end, to));
            all.push((own.kind, there.collect()));
            all.len() - 1
        });
        let others = all[known].1.iter().copied().filter(|one| {
            self.organ(one.at) != organ
                && self.state.here[one.at]
                && self.below(one.at, to)
                && self.fits(one.at, organ)
        });
        others.reduce(|best, one| better(best, one, wanted))
    }

    /// Whether a row's person leads no such layer, nor a higher one.
    fn below(&self, at: usize, to: Layer) -> bool {
        let held = self.state.layer[at];
        held == NO || usize::from(held) < to.index()
    }

    /// Those of some rows whom the rules let be appointed to a layer.
    fn eligible(&self, rows: std::ops::Range<usize>, to: Layer) -> Vec<Eligible> {
        let rules = &*self.scenario.world.rules;
        let noise = self.scenario.coefs.get(Key::PromoteNoise);
        let levers = &self.scenario.world.levers;
        let way = 1_u16 << to.index();
        let on_the_way = rows.filter(|at| self.state.leads[*at] & way != 0 && self.state.here[*at]);
        let eligible = on_the_way.filter(|at| {
            self.below(*at, to) && verdict::post_promotion(rules, &self.row(*at), to).eligible()
        });
        eligible
            .map(|at| {
                let row = self.row(at);
                let rooted = i32::from(row.rooted_months());
                let by_years = levers.post_preference.is_some_and(|(m, _)| rooted >= i32::from(m));
                let preferred = by_years || levers.post_channels.contains(&self.state.channel[at]);
                let luck = self.drawn_unit(at, Purpose::Round);
                let score = f64::from(row.service_months().unwrap_or(0)) + noise * (2.0 * luck - 1.0);
                Eligible { at, preferred, score }
            })
            .collect()
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

/// The better of two, the preferred first if the place is for them; of equals the first.
fn better(best: Eligible, one: Eligible, wanted: bool) -> Eligible {
    let key = |one: Eligible| (wanted && one.preferred, one.score);
    if key(one) > key(best) { one } else { best }
}
