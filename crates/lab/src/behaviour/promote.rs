//! Promotion in rank, in rounds.
//!
//! Who may be promoted is what [`verdict::rank_promotion`] says, and whether a place is left what
//! [`takeroot_policy::quota::Caps`] says, organ by organ; of the free places an organ uses some ([`super::open`]). Of the eligible, a share is not proposed in a round. The others
//! come in the order of how long they have been able to be promoted, moved by chance up to the months given; where a
//! preference of the rules keeps a share of places for long rooted service, those who have it come first for that share.
//! A person is looked at only once the time needed can have come true ([`Run::next_due`]).

use takeroot_civil::{Code as _, Rank};
use takeroot_policy::{Officer as _, verdict};

use super::grade::{clock, range, set_clock};
use super::open::Opened;
use crate::assumption::Key;
use crate::keyed::{self, Purpose};
use crate::outcome::Count;
use crate::shard::Run;
use crate::state::{ENDLESS, NEVER, NO, Tally};

/// Someone whose years can be full.
struct Candidate {
    at: usize,
    preferred: bool,
    score: f64,
}

impl Run<'_> {
    /// The first month in which the years of a next rank are full, if no more grades change them; levels, bars and
    /// grades are asked when it has come.
    pub(crate) fn next_due(&self, at: usize) -> i16 {
        let rules = &*self.scenario.world.rules;
        let row = self.row(at);
        let over = rules.dense.over_ceiling[row.place.kind.index()];
        let mut due = ENDLESS;
        for to in rules.dense.next_ranks(row.seat()).iter().filter(|to| !over.has(*to)) {
            let Some(step) = &rules.rank_steps[to.index()] else { continue };
            if let Some(way) = verdict::best_way(rules, &step.rule, &row) {
                let missing = way.missing().clamp(-20_000, 20_000) as i16;
                due = due.min(self.month.saturating_add(missing));
            }
        }
        due
    }

    /// A round of promotion in rank.
    pub(crate) fn round(&mut self) {
        let held = self.scenario.coefs.get(Key::PromoteHeld);
        let noise = self.scenario.coefs.get(Key::PromoteNoise);
        let preference = self.scenario.world.levers.rank_preference;
        let mut candidates: Vec<Candidate> = Vec::new();
        for organ in 0..self.county.places.len() {
            candidates.clear();
            let place = &self.county.places[organ];
            for at in place.first..place.end {
                if !self.state.here[at] || self.state.due[at] > self.month {
                    continue;
                }
                let words = self.luck.block(
                    self.state.key[at],
                    self.month as u16,
                    self.replicate,
                    Purpose::Round as u16 / 4,
                );
                let unit = |purpose: Purpose| keyed::unit(words[purpose as usize % 4]);
                if unit(Purpose::Looked) < held {
                    continue;
                }
                let waited = f64::from(self.month) - f64::from(self.state.due[at]);
                let score = waited + noise * (2.0 * unit(Purpose::Round) - 1.0);
                let rooted = || i32::from(self.row(at).rooted_months());
                let preferred = preference.is_some_and(|(months, _)| rooted() >= i32::from(months));
                candidates.push(Candidate { at, preferred, score });
            }
            candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.at.cmp(&b.at)));
            self.give_places(organ, &candidates, preference.map_or(0.0, |(_, share)| share));
        }
    }

    /// Gives the places of an organ: the next of the preferred while their share is not reached, else the next of all.
    fn give_places(&mut self, organ: usize, candidates: &[Candidate], share: f64) {
        let (mut given, mut to_preferred) = (0.0, 0.0);
        let mut passed = vec![false; candidates.len()];
        let mut opened = self.opened(organ);
        // The first that was not looked at yet, of all and of the preferred.
        let (mut next, mut next_preferred) = (0, 0);
        loop {
            while next < candidates.len() && passed[next] {
                next += 1;
            }
            let mut at = next;
            if to_preferred < share * (given + 1.0) {
                let first =
                    (next_preferred..candidates.len()).find(|c| !passed[*c] && candidates[*c].preferred);
                next_preferred = first.unwrap_or(candidates.len());
                at = first.unwrap_or(next);
            }
            let Some(candidate) = candidates.get(at) else { break };
            passed[at] = true;
            if let Some(to) = self.next_rank(organ, candidate.at, &opened) {
                let from = self.row(candidate.at).rank(to.ladder());
                opened.take(self.caps[organ], from, to);
                given += 1.0;
                to_preferred += f64::from(u8::from(candidate.preferred));
                self.promote(candidate.at, to);
            }
        }
    }

    /// The places of an organ's quotas that are used in this round.
    fn opened(&self, organ: usize) -> Opened {
        let of = (&self.county.places[organ], self.caps[organ], &self.holders[organ]);
        Opened::of(self.scenario, &self.luck, (self.month, self.replicate), of)
    }

    /// The rank to which a person may be promoted now: a place is left and every need is met.
    fn next_rank(&self, organ: usize, at: usize, opened: &Opened) -> Option<Rank> {
        let rules = &*self.scenario.world.rules;
        let row = self.row(at);
        let (caps, holders, posts) =
            (self.caps[organ], &self.holders[organ], self.county.places[organ].posts);
        rules.dense.next_ranks(row.seat()).iter().find(|to| {
            let from = row.rank(to.ladder());
            caps.allows(holders, posts, from, *to)
                && opened.allows(caps, from, *to)
                && verdict::rank_promotion(rules, &row, *to).eligible()
        })
    }

    fn promote(&mut self, at: usize, to: Rank) {
        self.count(Count::Promoted, 1);
        let (organ, year) = (self.organ(at), self.year);
        self.out.promoted_in[organ][year] += 1;
        self.out.promoted_to[year][to.index()] += 1;
        self.wait_ends(at, self.month, true);
        self.count(Count::WaitMonths, i64::from(self.month) - i64::from(self.state.due[at]));
        let group = self.state.group[at];
        if group != NO {
            self.out.groups[usize::from(group)].promoted += 1;
        }
        self.hold(at, -1);
        self.seat_rank(at, to);
        self.hold(at, 1);
        self.regrade(at);
    }

    /// What a promotion in rank or post does to level, step and pay.
    pub(crate) fn regrade(&mut self, at: usize) {
        let rules = &*self.scenario.world.rules;
        if let (Some(mut clock), Some((lowest, highest))) =
            (clock(&self.state, at), range(rules, &self.row(at)))
        {
            clock.promote(rules, lowest, highest);
            set_clock(&mut self.state, at, clock);
        }
        self.repay(at);
        self.state.due[at] = self.next_due(at);
        self.state.set_next(at, self.month);
        self.changed.push(at);
    }

    /// Puts a rank into a row: its time begins, and it and those below it are reached.
    pub(crate) fn seat_rank(&mut self, at: usize, rank: Rank) {
        let ladder = rank.ladder();
        self.state.ranks[at][ladder.index()] = rank.index() as u8;
        for time in Run::times_of_rank(ladder) {
            self.state.since[at][time] = self.month;
            self.state.tally[at][time] = Tally::default();
        }
        for other in Rank::ALL.iter().filter(|other| other.ladder() == ladder && **other <= rank) {
            let reached = &mut self.state.reached[at][other.index()];
            if *reached == NEVER {
                *reached = self.month;
            }
        }
    }
}
