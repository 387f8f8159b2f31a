//! Promotion in rank, in rounds.
//!
//! Who may be promoted is what [`verdict::rank_promotion`] says, and whether a place is left what
//! [`takeroot_policy::quota::Caps`] says, organ by organ; of the free places an organ uses some ([`super::open`]). Of the
//! eligible, a share is not proposed in a round. The others come in the order of how long they have been able to be promoted,
//! moved by chance up to the months given; where a preference of the rules keeps a share of places for long rooted service,
//! those who have it come first for that share, of all the places that the county has given in the run.
//! A person is looked at only once the time needed has come true ([`Run::next_due`]) and the quotas can have a place
//! ([`crate::quotas::Quotas`]).

use takeroot_civil::{Code as _, Ladder, Layer, Rank};
use takeroot_policy::officer::RankSet;
use takeroot_policy::{Officer as _, Rules, verdict};

use super::grade::{clock, range, set_clock};
use super::open::Opened;
use crate::assumption::Key;
use crate::keyed::Purpose;
use crate::outcome::Count;
use crate::quotas::Open;
use crate::shard::Run;
use crate::state::{ENDLESS, NEVER, NO, Row, Tally};

/// Someone who may come into question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    at: usize,
    preferred: bool,
    score: f64,
}

/// Places that were given where a preference keeps a share of them, and how many of these went to the preferred.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Given {
    all: f64,
    preferred: f64,
}

impl Given {
    /// Whether the share is not reached yet, so that the next place is for the preferred.
    pub fn wants(self, share: f64) -> bool {
        self.preferred < share * (self.all + 1.0)
    }

    /// A place was given.
    pub fn give(&mut self, preferred: bool) {
        self.all += 1.0;
        self.preferred += f64::from(u8::from(preferred));
    }
}

/// Leadership layers to which ways lead: one bit a layer.
#[derive(Clone, Debug)]
pub(crate) struct Ways {
    /// From a post held.
    posts: [u16; Layer::COUNT],
    /// From a rank reached.
    ranks: [u16; Rank::COUNT],
}

impl Ways {
    /// As rules have them.
    pub fn of_rules(rules: &Rules) -> Ways {
        let mut ways = Ways { posts: [0; Layer::COUNT], ranks: [0; Rank::COUNT] };
        for (to, step) in rules.leadership.iter().enumerate() {
            let Some(step) = step.as_ref().map(|step| &step.rule) else { continue };
            if let Some(post) = step.from_post {
                ways.posts[post.index()] |= 1 << to;
            }
            for rank in &step.from_ranks {
                ways.ranks[rank.index()] |= 1 << to;
            }
        }
        ways
    }

    /// Those that lead from what is held and what was reached.
    fn of(&self, layer: u8, reached: &[i16; Rank::COUNT]) -> u16 {
        let by_post = self.posts.get(usize::from(layer)).copied().unwrap_or(0);
        let by_rank = reached.iter().zip(self.ranks);
        by_rank.fold(by_post, |set, (reached, ways)| if *reached == NEVER { set } else { set | ways })
    }
}

impl Run<'_> {
    /// What follows from the ranks and the layer that a row has now: the next ranks, the layers that it leads to, and when a
    /// promotion can be due.
    #[inline(never)]
    pub(crate) fn see_ranks(&mut self, at: usize) {
        let rules = &*self.scenario.world.rules;
        let row = self.row(at);
        let mut nexts = rules.dense.next_ranks(row.seat());
        nexts.0 &= !rules.dense.over_ceiling[row.place.kind.index()].0;
        self.state.nexts[at] = nexts;
        self.state.leads[at] = self.ways.of(self.state.layer[at], &self.state.reached[at]);
        self.state.due[at] = self.next_due(at);
    }

    /// The first month in which the years of a next rank are full, if no more grades change them; levels, bars and
    /// grades are asked when it has come. What is past is when they were full as things stand now.
    #[inline(never)]
    pub(crate) fn next_due(&self, at: usize) -> i16 {
        let rules = &*self.scenario.world.rules;
        let row = self.row(at);
        let mut due = ENDLESS;
        for to in self.state.nexts[at].iter() {
            let Some(step) = &rules.rank_steps[to.index()] else { continue };
            let missing = |month: i16| {
                let way = verdict::best_way(rules, &step.rule, &Row { month, ..row });
                way.map(|way| way.missing().clamp(-20_000, 20_000) as i16)
            };
            let Some(left) = missing(self.month) else { continue };
            let mut full = self.month.saturating_add(left);
            if rules.dense.rooted_credit[to.ladder().index()].is_some() && left > 0 {
                // Rooted service that goes on takes months off meanwhile: they are full then at the latest.
                let mut before = self.month;
                while full - before > 1 {
                    let middle = i16::midpoint(before, full);
                    if missing(middle).is_some_and(|left| left > 0) { before = middle } else { full = middle }
                }
            }
            due = due.min(full);
        }
        due
    }

    /// A round of promotion in rank.
    #[inline(never)]
    pub(crate) fn round(&mut self) {
        let held = self.scenario.coefs.get(Key::PromoteHeld);
        let noise = self.scenario.coefs.get(Key::PromoteNoise);
        let preference = self.scenario.world.levers.rank_preference;
        let mut rows = std::mem::take(&mut self.rows);
        let mut candidates: Vec<Candidate> = Vec::new();
        for organ in 0..self.county.places.len() {
            let place = &self.county.places[organ];
            rows.clear();
            for (due, at) in self.state.due[place.first..place.end].iter().zip(place.first..) {
                if *due <= self.month {
                    rows.push(at);
                }
            }
            self.contenders(organ, &mut rows);
            candidates.clear();
            for at in rows.iter().copied() {
                let unit = |purpose: Purpose| self.drawn_unit(at, purpose);
                if unit(Purpose::Looked) < held {
                    continue;
                }
                let waited = f64::from(self.month) - f64::from(self.state.due[at]);
                let score = waited + noise * (2.0 * unit(Purpose::Round) - 1.0);
                let rooted = || i32::from(self.row(at).rooted_months());
                let preferred = preference.is_some_and(|(months, _)| rooted() >= i32::from(months));
                candidates.push(Candidate { at, preferred, score });
            }
            candidates.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.at.cmp(&b.at)));
            self.give_places(organ, &candidates, preference.map_or(0.0, |(_, share)| share));
        }
        self.rows = rows;
    }

    /// Leaves those of an organ's rows for whom its quotas can have a place in this round: now, or once another of them
    /// has given one up.
    #[inline(never)]
    fn contenders(&self, organ: usize, rows: &mut Vec<usize>) {
        // Where places depend on who holds what, any promotion may open one.
        let mut closed = self.quotas.closed(organ) & self.quotas.fixed(organ);
        if closed == 0 {
            return;
        }
        let (s, quotas) = (&self.state, &self.quotas);
        let mut open = quotas.open(organ, closed);
        loop {
            let opened = rows.iter().filter(|at| open.to(s.ranks[**at], s.nexts[**at]) != RankSet::NONE);
            // Whoever goes up may leave a full quota that counts the rank held and not the next one.
            let freed = opened.fold(0, |set, at| set | quotas.left_by(organ, s.ranks[*at], s.nexts[*at]));
            if closed & freed == 0 {
                break;
            }
            closed &= !freed;
            open = quotas.open(organ, closed);
        }
        rows.retain(|at| open.to(s.ranks[*at], s.nexts[*at]) != RankSet::NONE);
    }

    /// Gives the places of an organ: the next of the preferred while their share is not reached, else the next of all.
    #[inline(never)]
    fn give_places(&mut self, organ: usize, candidates: &[Candidate], share: f64) {
        if candidates.is_empty() {
            return;
        }
        let mut opened = self.opened(organ);
        let mut passed = vec![false; if share > 0.0 { candidates.len() } else { 0 }];
        // The first that was not looked at yet, of all and of the preferred.
        let (mut next, mut next_preferred) = (0, 0);
        let mut open = self.quotas.open(organ, self.quotas.closed(organ) | opened.closed());
        loop {
            while passed.get(next).is_some_and(|passed| *passed) {
                next += 1;
            }
            let mut at = next;
            if share > 0.0 && self.given_ranks.wants(share) {
                let first =
                    (next_preferred..candidates.len()).find(|c| !passed[*c] && candidates[*c].preferred);
                next_preferred = first.unwrap_or(candidates.len());
                at = first.unwrap_or(next);
            }
            let Some(candidate) = candidates.get(at) else { break };
            match passed.get_mut(at) {
                Some(passed) => *passed = true,
                None => next += 1,
            }
            if let Some(to) = self.next_rank(organ, candidate.at, &open, &opened) {
                let from = self.row(candidate.at).rank(to.ladder());
                opened.take(self.quotas.caps(organ), from, to);
                self.given_ranks.give(candidate.preferred);
                self.promote(candidate.at, to);
                open = self.quotas.open(organ, self.quotas.closed(organ) | opened.closed());
            }
        }
    }

    /// The places of an organ's quotas that are used in this round.
    fn opened(&self, organ: usize) -> Opened {
        let of = (&self.county.places[organ], self.quotas.caps(organ), self.quotas.holders(organ));
        Opened::of(self.scenario, &self.luck, (self.month, self.replicate), of)
    }

    /// The rank to which a person may be promoted now: a place is left and every need is met.
    #[inline(never)]
    fn next_rank(&self, organ: usize, at: usize, open: &Open, opened: &Opened) -> Option<Rank> {
        let rules = &*self.scenario.world.rules;
        let nexts = self.state.nexts[at];
        let open = open.to(self.state.ranks[at], nexts);
        debug_assert!(nexts.iter().all(|to| {
            let from = self.row(at).rank(to.ladder());
            let posts = self.county.places[organ].posts;
            let caps = self.quotas.caps(organ);
            let places = caps.allows(self.quotas.holders(organ), posts, from, to);
            open.has(to) == (places && opened.allows(caps, from, to))
        }));
        let row = self.row(at);
        open.iter().find(|to| verdict::rank_promotion(rules, &row, *to).eligible())
    }

    #[inline(never)]
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
    #[inline(never)]
    pub(crate) fn regrade(&mut self, at: usize) {
        let rules = &*self.scenario.world.rules;
        if let (Some(mut clock), Some((lowest, highest))) =
            (clock(&self.state, at), range(rules, &self.row(at)))
        {
            clock.promote(rules, lowest, highest);
            set_clock(&mut self.state, at, clock);
        }
        self.repay(at);
        self.see_ranks(at);
        self.state.set_next(at, self.month);
    }

    /// Puts a rank into a row: its time begins, and it and those below it are reached.
    pub(crate) fn seat_rank(&mut self, at: usize, rank: Rank) {
        let ladder = rank.ladder();
        self.state.ranks[at][ladder.index()] = rank.index() as u8;
        for time in Run::times_of_rank(ladder) {
            self.state.since[at][time] = self.month;
            self.state.tally[at][time] = Tally::default();
        }
        for other in of_ladder_until(rank) {
            let reached = &mut self.state.reached[at][other.index()];
            if *reached == NEVER {
                *reached = self.month;
            }
        }
    }
}

/// A rank and those below it on its ladder.
fn of_ladder_until(rank: Rank) -> impl Iterator<Item = Rank> {
    let ladder: Ladder = rank.ladder();
    Rank::ALL[..=rank.index()].iter().rev().copied().take_while(move |other| other.ladder() == ladder)
}
