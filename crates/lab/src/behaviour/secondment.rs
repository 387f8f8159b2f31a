//! Secondment: who is sent away, and comes back.
//!
//! In the first month of a quarter each who is there and not blocked is sent with the chance
//! `1 - (1 - rate)^(1/4)`, times the share that goes on where the rules forbid it. It lasts an exponential time of the
//! mean given, whole months, no longer than a rule allows. Meanwhile rooted service and terms that must be served in
//! townships stand still; the work falls on those who are there ([`super::burden`]).

use takeroot_policy::rule::ActName;
use takeroot_policy::verdict;

use crate::assumption::Key;
use crate::keyed::{self, Purpose, first_bits, quarterly, threshold};
use crate::outcome::Count;
use crate::real::{ln, pow};
use crate::shard::Run;
use crate::state::{NEVER, at_grassroots};

impl Run<'_> {
    /// Sends people away.
    #[inline(never)]
    pub(crate) fn second(&mut self) {
        let coefs = &self.scenario.coefs;
        let chance = 1.0 - pow(1.0 - coefs.get(Key::SecondRate), 0.25);
        let words = [threshold(chance), threshold(chance * coefs.get(Key::SecondEvasion))];
        let first = first_bits(words[0]);
        for at in 0..self.state.len() {
            let bits = self.drawn[3][at][quarterly::SECOND];
            if bits >= first && first != 255 || !self.state.here[at] || self.state.away[at] != NEVER {
                continue;
            }
            let kind = self.county.places[self.organ(at)].kind;
            let forbidden = self.scenario.world.kinds[kind.index()].no_secondment;
            if self.is_below(at, bits, Purpose::Second, words[usize::from(forbidden)])
                && !verdict::blocked(&self.scenario.world.rules, &self.row(at), ActName::Secondment)
            {
                self.send(at);
            }
        }
    }

    /// For how many months a row's person goes away.
    pub(crate) fn away_months(&self, at: usize) -> i16 {
        let word =
            self.luck.word(self.state.key[at], self.month as u16, self.replicate, Purpose::SecondMonths);
        let months = -ln(keyed::unit(word)) * self.scenario.coefs.get(Key::SecondMonths);
        let longest = self.scenario.world.levers.secondment_months.unwrap_or(240.0);
        months.ceil().clamp(1.0, longest.max(1.0)) as i16
    }

    fn send(&mut self, at: usize) {
        self.count(Count::Seconded, 1);
        let organ = self.organ(at);
        self.working[organ] -= 1;
        self.away += 1;
        self.state.away[at] = self.month + self.away_months(at);
        let terms = self.terms_that_run(at, true);
        // Grassroots work is judged by where a person belongs.
        let grassroots = self.state.at_grassroots[at];
        self.state.works(at, self.month, false, grassroots, terms);
        self.works_elsewhere(at);
    }

    /// A person comes back.
    pub(crate) fn come_back(&mut self, at: usize) {
        let organ = self.organ(at);
        self.working[organ] += 1;
        self.away -= 1;
        self.state.away[at] = NEVER;
        let kind = self.county.places[organ].kind;
        let (terms, grassroots) =
            (self.terms_that_run(at, false), at_grassroots(&self.scenario.world.rules, kind));
        self.state.works(at, self.month, kind.is_township(), grassroots, terms);
        self.works_elsewhere(at);
    }

    /// Where a person works has changed: what is served there, what is paid, and when rooted service lets a promotion come.
    fn works_elsewhere(&mut self, at: usize) {
        self.lock(at);
        self.repay(at);
        self.state.due[at] = self.next_due(at);
        self.asks(at);
    }
}
