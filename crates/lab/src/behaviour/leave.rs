//! Leaving: death, retirement, resignation, open selection, transfer.
//!
//! Resignation, selection and transfer are hazards of their own. The odds of a month are
//!
//! ```text
//! odds = odds(base rate) * exp(aligned + remote * r + local + tired + degree + young + grown + housed) * exp(pay * x) * spike
//! ```
//!
//! where each word stands for its figure if it holds for the person, `r` is how remote the township is, `aligned` what makes the
//! rate that of the people who are there ([`crate::align`]), `x` the person's
//! ln(total pay) less what the reference's rules would pay the same person ([`super::pay`]), and `spike` the ratio in the months after a
//! minimum service has ended; the chance is `odds / (1 + odds)`. Of selection and transfer, `x` counts by another figure,
//! and being seconded counts. **What blocks**: the rules' service blocks by [`verdict::blocked`], the conditions of open
//! selection by [`verdict::open_selection`] and its age; they are asked when the hazard is reckoned and again when chance
//! has picked someone. Death: `at-40 * exp(growth * (age - 40))` a year.
//!
//! **Where to.** Of those selected or transferred from a township, a share is taken by an organ of the county, if one
//! has a vacant post and a place in its quotas, and, for whoever leads, a vacant leadership post of the same layer; where
//! none has, they stay. The others leave the county. Of those in county organs, the same share stays where it is.

use takeroot_policy::rule::ActName;
use takeroot_policy::verdict;

use crate::assumption::Key;
use crate::keyed::{self, Purpose, threshold};
use crate::outcome::Count;
use crate::scenario::Scenario;
use crate::shard::{Run, monthly_odds};
use crate::state::{County, ENDLESS, NEVER, NO, Row, at_grassroots};
use takeroot_civil::{Channel, Education, OrganKind};

/// What the odds are made of.
#[derive(Clone, Debug, Default)]
pub struct Odds {
    resign: f64,
    select: f64,
    transfer: f64,
    remote: Vec<f64>,
    local: f64,
    tired: f64,
    degree: f64,
    young: f64,
    grown: f64,
    housed: f64,
    seconded: f64,
    spike: f64,
    /// Word of death by age in years.
    dies: Vec<u32>,
}

impl Odds {
    /// The odds of a scenario in a county.
    pub fn of(scenario: &Scenario, county: &County) -> Odds {
        let get = |key| scenario.coefs.get(key);
        let exp = |key| get(key).exp();
        let aligned = scenario.coefs.alignment();
        let dies = |age: usize| {
            let yearly = get(Key::DieAtForty) * (get(Key::DieGrowth) * (age as f64 - 40.0)).exp();
            threshold(1.0 - (1.0 - yearly.min(1.0)).powf(1.0 / 12.0))
        };
        Odds {
            resign: monthly_odds(get(Key::ResignRate)) * aligned.resign.exp(),
            select: monthly_odds(get(Key::SelectRate)) * aligned.select.exp(),
            transfer: monthly_odds(get(Key::TransferRate)) * aligned.transfer.exp(),
            remote: county.places.iter().map(|place| (get(Key::LeaveRemote) * place.remote).exp()).collect(),
            local: exp(Key::LeaveLocal),
            tired: exp(Key::LeaveTired),
            degree: exp(Key::LeaveDegree),
            young: exp(Key::LeaveYoung),
            grown: exp(Key::LeaveGrown),
            housed: exp(Key::LeaveHoused),
            seconded: exp(Key::MoveSeconded),
            spike: get(Key::LockSpike),
            dies: (0..=100).map(dies).collect(),
        }
    }
}

/// What the rules let a person do.
#[derive(Clone, Copy, Debug)]
struct May {
    resign: bool,
    select: bool,
    transfer: bool,
}

/// The word for odds.
#[inline]
fn word(odds: f64) -> u32 {
    threshold(odds / (1.0 + odds))
}

impl Run<'_> {
    /// Everybody's hazards.
    pub(crate) fn hazards_of_all(&mut self) {
        for at in 0..self.state.len() {
            if self.state.here[at] {
                self.hazards(at);
            }
        }
    }

    /// A row's hazards, from this month on.
    pub(crate) fn hazards(&mut self, at: usize) {
        if !self.state.here[at] {
            return;
        }
        let (s, o) = (&self.state, &self.odds);
        let age = self.age(at);
        let common = self.common(at, s.tired[at], s.housed[at]);
        let moving = common * s.pay_move[at] * if s.away[at] == NEVER { 1.0 } else { o.seconded };
        let may = self.may_leave(at);
        let word_if = |may: bool, odds: f64| if may { word(odds) } else { 0 };
        let resigns = word_if(may.resign, o.resign * common * s.pay_resign[at]);
        let moved = word_if(may.transfer, o.transfer * moving);
        let selected = word_if(may.select, o.select * moving);
        let dies = o.dies[(age / 12).clamp(0, 100) as usize];
        self.state.resigns[at] = resigns;
        self.state.moved[at] = moved;
        self.state.selected[at] = selected;
        self.state.dies[at] = dies;
    }

    /// A person's age, months; of whom it is not known, that of forty years.
    fn age(&self, at: usize) -> i16 {
        if self.state.birth[at] == NEVER { 40 * 12 } else { self.month - self.state.birth[at] }
    }

    /// Ratios of odds that count for every way of leaving of one's own will.
    #[inline]
    fn common(&self, at: usize, tired: bool, housed: bool) -> f64 {
        let (s, o) = (&self.state, &self.odds);
        let place = self.organ(at);
        let township = self.county.places[place].kind.is_township();
        let when = |holds: bool, odds: f64| if holds { odds } else { 1.0 };
        let grown = [Channel::VillageCadre, Channel::VillageGraduate, Channel::ProgrammeStaff];
        o.remote[place]
            * when(s.local[at], o.local)
            * when(tired, o.tired)
            * when(s.education[at] != NO && s.education[at] >= Education::Bachelor as u8, o.degree)
            * when(self.age(at) < 35 * 12, o.young)
            * when(grown.iter().any(|channel| *channel as u8 == s.channel[at]), o.grown)
            * when(township && housed, o.housed)
            * when(self.month < s.spike[at], o.spike)
    }

    /// What the rules let a person do.
    fn may_leave(&self, at: usize) -> May {
        let rules = &*self.scenario.world.rules;
        let row = self.row(at);
        let locked = self.state.locked[at] > self.month;
        let free = |act: ActName| !(locked && verdict::blocked(rules, &row, act));
        May {
            resign: free(ActName::Resign),
            transfer: free(ActName::TransferOut),
            select: self.may_be_selected(&row, self.age(at)),
        }
    }

    /// Ratios of odds of those who may leave at month 0 ([`crate::align`]).
    pub(crate) fn leaving_at_zero(&self, into: &mut crate::align::AtZero) {
        let housed = self.housed_chance();
        for at in (0..self.state.len()).filter(|at| self.state.here[*at]) {
            let tired = self.tired_chance(self.organ(at));
            let may = self.may_leave(at);
            let seconded = if self.state.away[at] == NEVER { 1.0 } else { self.odds.seconded };
            for (tired, housed, weight) in [
                (false, false, (1.0 - tired) * (1.0 - housed)),
                (true, false, tired * (1.0 - housed)),
                (false, true, (1.0 - tired) * housed),
                (true, true, tired * housed),
            ] {
                let odds = self.common(at, tired, housed);
                if may.resign {
                    into.resign.push((weight, odds * self.state.pay_resign[at]));
                }
                if may.select {
                    into.select.push((weight, odds * self.state.pay_move[at] * seconded));
                }
                if may.transfer {
                    into.transfer.push((weight, odds * self.state.pay_move[at] * seconded));
                }
            }
        }
    }

    /// Whether a person may be selected by a higher organ: the age, then the rules' conditions and blocks.
    fn may_be_selected(&self, row: &Row<'_>, age: i16) -> bool {
        let rules = &*self.scenario.world.rules;
        self.scenario.world.levers.selection_age.is_none_or(|oldest| age < (oldest + 1) * 12)
            && verdict::open_selection(rules, row).eligible()
            && !verdict::blocked(rules, row, ActName::OpenSelection)
    }

    /// When the last minimum service of a row ends.
    pub(crate) fn lock(&mut self, at: usize) {
        let rules = &*self.scenario.world.rules;
        let row = self.row(at);
        let left = verdict::term_left(rules, &row);
        let stands = rules.dense.terms.iter().take(crate::state::TERMS).enumerate().any(|(term, full)| {
            let served = takeroot_policy::Officer::served_months(&row, term);
            served.is_some_and(|served| served < *full) && self.state.serving[at] & (1 << term) == 0
        });
        let by_rules = match left {
            0 => NEVER,
            _ if stands => ENDLESS,
            left => self.month.saturating_add(left.min(32_000) as i16),
        };
        self.state.locked[at] = by_rules.max(self.state.own_term[at]);
    }

    /// Whoever served the last of a term not long before the roster's day is still in the spike.
    pub(crate) fn spike_on_the_day(&mut self, at: usize) {
        if self.state.locked[at] > 0 {
            return;
        }
        let months = self.scenario.coefs.get(Key::LockSpikeMonths).round() as i16;
        let row = self.row(at);
        let full = self.scenario.world.rules.dense.terms.iter().enumerate();
        let ended = full.filter_map(|(term, full)| {
            let served = takeroot_policy::Officer::served_months(&row, term)?;
            Some(i32::from(*full) - i32::from(served))
        });
        if let Some(ended) = ended.max()
            && ended + i32::from(months) > 0
        {
            self.state.spike[at] = (ended.max(-32_000) as i16).saturating_add(months);
        }
    }

    /// Chance has picked a row: the first that the rules do not block takes it.
    pub(crate) fn leave(&mut self, at: usize, hit: u8) {
        if !self.state.here[at] {
            return;
        }
        let has = |purpose: Purpose| hit & (1 << purpose as u16) != 0;
        if has(Purpose::Die) {
            return self.go(at, Count::Died);
        }
        let rules = &*self.scenario.world.rules;
        let row = self.row(at);
        let age = self.age(at);
        if has(Purpose::Resign) && !verdict::blocked(rules, &row, ActName::Resign) {
            return self.go(at, Count::Resigned);
        }
        let (selected, moved) = (
            has(Purpose::Select) && self.may_be_selected(&row, age),
            has(Purpose::Transfer) && !verdict::blocked(rules, &row, ActName::TransferOut),
        );
        if selected {
            self.taken(at, Key::SelectWithin, Count::Selected);
        } else if moved {
            self.taken(at, Key::TransferWithin, Count::Transferred);
        }
    }

    /// Someone is taken by a higher organ: one of the county, or one outside it.
    fn taken(&mut self, at: usize, within: Key, count: Count) {
        let words =
            self.luck.block(self.state.key[at], self.month as u16, self.replicate, Purpose::Where as u16 / 4);
        let within = keyed::unit(words[0]) < self.scenario.coefs.get(within);
        if !within {
            return self.go(at, count);
        }
        if !self.county.places[self.organ(at)].kind.is_township() {
            return;
        }
        // Whom no organ of the county has a place for stays.
        if let Some(to) = self.vacancy_in_county_organs(at, words[1]) {
            self.note(at, Count::Within);
            self.left_by(at, Count::Within);
            self.count(Count::Within, 1);
            self.left_organ(at);
            self.hire_left(at);
            self.move_to(at, to);
        }
    }

    /// A vacant post of an organ of the county in whose quotas the person's rank has a place, by chance among all such; for
    /// whoever leads, of an organ where a leadership post of the same layer is vacant.
    fn vacancy_in_county_organs(&self, at: usize, word: u32) -> Option<usize> {
        let organs = self.county.places.iter().enumerate();
        let leads = usize::from(self.state.layer[at]);
        let organs = organs.filter(|(organ, place)| {
            let vacant = |leaders: &u16| *leaders > self.leading[*organ][leads];
            place.kind == OrganKind::County
                && place.leaders.get(leads).is_none_or(vacant)
                && self.fits(at, *organ)
        });
        let posts = organs.flat_map(|(_, place)| place.first..place.first + place.posts as usize);
        let all: Vec<usize> = posts.filter(|post| !self.state.here[*post]).collect();
        let nth = (u64::from(word) * all.len() as u64) >> 32;
        all.get(nth as usize).copied()
    }

    /// A person moves to an empty row of another organ of the county, with rank and layer: whoever leads here leads there.
    pub(crate) fn move_to(&mut self, from: usize, to: usize) {
        if self.state.away[from] != NEVER {
            self.come_back(from);
        }
        self.stop_pay(from);
        self.vacate(from);
        self.state.copy(from, to);
        self.state.clear(from);
        let organ = self.organ(to);
        let layer = usize::from(self.state.layer[to]);
        if let (Some(leading), Some(posts)) =
            (self.leading[organ].get_mut(layer), self.state.posts_in[to].get_mut(layer))
        {
            *leading += 1;
            *posts = posts.saturating_add(1);
        }
        let kind = self.county.places[self.organ(to)].kind;
        let (terms, grassroots) =
            (self.terms_that_run(to, false), at_grassroots(&self.scenario.world.rules, kind));
        self.state.works(to, self.month, kind.is_township(), grassroots, terms);
        self.working[organ] += 1;
        self.tired += i64::from(self.state.tired[to]);
        self.hold(to, 1);
        self.lock(to);
        self.repay(to);
        self.state.due[to] = self.next_due(to);
        self.state.set_next(to, self.month);
        self.ordinal[to] = self.ordinal[to].saturating_add(1);
        self.changed.push(to);
    }

    /// A person reaches the retirement age.
    pub(crate) fn retire(&mut self, at: usize) {
        self.go(at, Count::Retired);
    }
}
