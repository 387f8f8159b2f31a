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
use takeroot_policy::{Rules, verdict};

use crate::assumption::Key;
use crate::keyed::{Purpose, first_bits, key_in, threshold};
use crate::outcome::Count;
use crate::real::{exp, pow};
use crate::scenario::Scenario;
use crate::shard::{Run, monthly_odds};
use crate::state::{County, ENDLESS, NEVER, NO, Row, at_grassroots};
use takeroot_civil::{Channel, Education, OrganKind};

/// What the odds are made of.
#[derive(Clone, Debug)]
pub struct Odds {
    resign: f64,
    select: f64,
    transfer: f64,
    /// By organ.
    remote: Vec<f64>,
    /// The product for everything that holds of a person, one bit each: [`LOCAL`] and those after it.
    holds: [f64; 128],
    seconded: f64,
    /// Months of age from which nobody is young.
    young_until: i16,
    /// Months of age from which nobody is selected.
    selected_until: i16,
    /// Word of death by age in years.
    dies: Vec<u32>,
}

const LOCAL: usize = 1;
const DEGREE: usize = 1 << 1;
const GROWN: usize = 1 << 2;
const YOUNG: usize = 1 << 3;
const SPIKE: usize = 1 << 4;
const TIRED: usize = 1 << 5;
const HOUSED: usize = 1 << 6;

/// Channels of those who come from the villages and the grassroots programmes.
const GROWN_BY: [Channel; 3] = [Channel::VillageCadre, Channel::VillageGraduate, Channel::ProgrammeStaff];

impl Odds {
    /// The odds of a scenario in a county.
    pub fn of(scenario: &Scenario, county: &County) -> Odds {
        let get = |key| scenario.coefs.get(key);
        let aligned = scenario.coefs.alignment();
        let dies = |age: usize| {
            let yearly = get(Key::DieAtForty) * exp(get(Key::DieGrowth) * (age as f64 - 40.0));
            threshold(1.0 - pow(1.0 - yearly.min(1.0), 1.0 / 12.0))
        };
        let each = [
            (LOCAL, exp(get(Key::LeaveLocal))),
            (DEGREE, exp(get(Key::LeaveDegree))),
            (GROWN, exp(get(Key::LeaveGrown))),
            (YOUNG, exp(get(Key::LeaveYoung))),
            (SPIKE, get(Key::LockSpike)),
            (TIRED, exp(get(Key::LeaveTired))),
            (HOUSED, exp(get(Key::LeaveHoused))),
        ];
        let product = |bits: usize| {
            each.iter().fold(1.0, |odds, (bit, times)| if bits & bit == 0 { odds } else { odds * times })
        };
        let oldest = scenario.world.levers.selection_age;
        Odds {
            resign: monthly_odds(get(Key::ResignRate)) * exp(aligned.resign),
            select: monthly_odds(get(Key::SelectRate)) * exp(aligned.select),
            transfer: monthly_odds(get(Key::TransferRate)) * exp(aligned.transfer),
            remote: county.places.iter().map(|place| exp(get(Key::LeaveRemote) * place.remote)).collect(),
            holds: std::array::from_fn(product),
            seconded: exp(get(Key::MoveSeconded)),
            young_until: (get(Key::LeaveYoungUntil) * 12.0).round() as i16,
            selected_until: oldest.map_or(i16::MAX, |oldest| (oldest + 1) * 12),
            dies: (0..=100).map(dies).collect(),
        }
    }
}

/// What the rules let a person do, one bit an act: [`RESIGN`], [`SELECT`], [`TRANSFER`].
type May = u8;
/// To resign.
const RESIGN: May = 1;
/// To sit an open selection, age apart.
const SELECT: May = 1 << 1;
/// To be transferred out.
const TRANSFER: May = 1 << 2;
const ALL: May = RESIGN | SELECT | TRANSFER;

/// The word for odds.
#[inline]
fn word(odds: f64) -> u32 {
    threshold(odds / (1.0 + odds))
}

impl Run<'_> {
    /// A row's hazards, from this month on.
    ///
    /// What the rules let a person do is asked anew only where something that they ask for has changed, or time alone may
    /// have changed it ([`State::ask`](crate::state::State)): `tests/kept.rs` asks everybody every month beside it.
    #[inline(never)]
    pub(crate) fn hazards(&mut self, at: usize) {
        if !self.state.here[at] {
            return;
        }
        if self.state.ask[at] <= self.month {
            self.ask_rules(at);
        }
        let words = self.words_of(at, self.state.may[at]);
        self.state.set_words(at, words);
    }

    /// The words below which chance makes a person resign, pass a selection, be transferred, die.
    fn words_of(&self, at: usize, may: May) -> [u32; 4] {
        let (s, o) = (&self.state, &self.odds);
        let [pay_resign, pay_move] = self.pay_odds(at);
        let age = self.age(at);
        let common = self.common(at, s.tired[at], s.housed[at]);
        let moving = common * pay_move * if s.away[at] == NEVER { 1.0 } else { o.seconded };
        let word_if = |may: bool, odds: f64| if may { word(odds) } else { 0 };
        [
            word_if(may & RESIGN != 0, o.resign * common * pay_resign),
            word_if(may & SELECT != 0 && age < o.selected_until, o.select * moving),
            word_if(may & TRANSFER != 0, o.transfer * moving),
            self.dies(age),
        ]
    }

    /// The word of death at an age.
    fn dies(&self, age: i16) -> u32 {
        self.odds.dies[(age / 12).clamp(0, 100) as usize]
    }

    /// What the words would be if everything were reckoned anew: what those that are kept must be.
    pub(crate) fn fresh_words(&self, at: usize) -> [u32; 4] {
        self.words_of(at, self.may_leave(at, self.month))
    }

    /// Asks the rules what a person may do, and finds when they must be asked again.
    #[inline(never)]
    pub(crate) fn ask_rules(&mut self, at: usize) {
        let may = self.may_leave(at, self.month);
        self.state.may[at] = may;
        self.state.ask[at] = if may == ALL { ENDLESS } else { self.may_change(at, may) };
        self.state.set_next(at, self.month);
    }

    /// The first month of the run in which what a person may do is another, if nothing else happens. Time alone only gives:
    /// counts of service grow, terms and bars run out. So it is between two months of which the later one answers otherwise.
    fn may_change(&self, at: usize, may: May) -> i16 {
        let (mut same, mut other) = (self.month, (self.scenario.years * 12) as i16);
        if same >= other || self.may_leave(at, other) == may {
            return ENDLESS;
        }
        // Most wait for a minimum service to end: the months around that are tried first.
        for guess in [self.state.locked[at], self.state.locked[at].saturating_sub(1)] {
            if guess > same && guess < other {
                if self.may_leave(at, guess) == may { same = guess } else { other = guess }
            }
        }
        while other - same > 1 {
            let middle = i16::midpoint(same, other);
            if self.may_leave(at, middle) == may { same = middle } else { other = middle }
        }
        other
    }

    /// A birthday: the chance of death, and whether the person is young or may be selected by age.
    #[inline(never)]
    pub(crate) fn birthday(&mut self, at: usize) {
        if !self.state.here[at] {
            return;
        }
        let age = self.age(at);
        let dies = self.dies(age);
        self.state.words[at][Purpose::Die as usize] = dies;
        self.state.first[at][Purpose::Die as usize] = first_bits(dies);
        if age == self.odds.young_until || age == self.odds.selected_until {
            self.changed.push(at);
        }
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
        let when = |holds: bool, bit: usize| if holds { bit } else { 0 };
        let bits = when(s.local[at], LOCAL)
            | when(s.education[at] != NO && s.education[at] >= Education::Bachelor as u8, DEGREE)
            | when(GROWN_BY.iter().any(|channel| *channel as u8 == s.channel[at]), GROWN)
            | when(self.age(at) < o.young_until, YOUNG)
            | when(self.month < s.spike[at], SPIKE)
            | when(tired, TIRED)
            | when(township && housed, HOUSED);
        o.remote[place] * o.holds[bits]
    }

    /// What the rules let a person do in a month, if nothing happens until then.
    fn may_leave(&self, at: usize, month: i16) -> May {
        let rules = &*self.scenario.world.rules;
        let row = Row { month, ..self.row(at) };
        let locked = self.state.locked[at] > month;
        let free = |act: ActName| !(locked && verdict::blocked(rules, &row, act));
        let when = |may: bool, bit: May| if may { bit } else { 0 };
        when(free(ActName::Resign), RESIGN)
            | when(free(ActName::TransferOut), TRANSFER)
            | when(verdict::open_selection(rules, &row).eligible() && free(ActName::OpenSelection), SELECT)
    }

    /// Ratios of odds of those who may leave at month 0 ([`crate::align`]).
    pub(crate) fn leaving_at_zero(&self, into: &mut crate::align::AtZero) {
        let housed = self.housed_chance();
        for at in (0..self.state.len()).filter(|at| self.state.here[*at]) {
            let tired = self.tired_chance(self.organ(at));
            let may = self.may_leave(at, self.month);
            let by_age = self.age(at) < self.odds.selected_until;
            let seconded = if self.state.away[at] == NEVER { 1.0 } else { self.odds.seconded };
            let [pay_resign, pay_move] = self.pay_odds(at);
            for (tired, housed, weight) in [
                (false, false, (1.0 - tired) * (1.0 - housed)),
                (true, false, tired * (1.0 - housed)),
                (false, true, (1.0 - tired) * housed),
                (true, true, tired * housed),
            ] {
                let odds = self.common(at, tired, housed);
                if may & RESIGN != 0 {
                    into.resign.push((weight, odds * pay_resign));
                }
                if may & SELECT != 0 && by_age {
                    into.select.push((weight, odds * pay_move * seconded));
                }
                if may & TRANSFER != 0 {
                    into.transfer.push((weight, odds * pay_move * seconded));
                }
            }
        }
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
    #[inline(never)]
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
        let by_age = self.age(at) < self.odds.selected_until;
        if has(Purpose::Resign) && !verdict::blocked(rules, &row, ActName::Resign) {
            return self.go(at, Count::Resigned);
        }
        let (selected, moved) = (
            has(Purpose::Select) && by_age && may_be_selected(rules, &row),
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
        let luck = self.luck.unit(self.state.key[at], self.month as u16, self.replicate, Purpose::Where);
        if luck >= self.scenario.coefs.get(within) {
            return self.go(at, count);
        }
        if !self.county.places[self.organ(at)].kind.is_township() {
            return;
        }
        // Whom no organ of the county has a place for stays.
        if let Some(to) = self.vacancy_in_county_organs(at) {
            self.note(at, Count::Within);
            self.left_by(at, Count::Within);
            self.count(Count::Within, 1);
            self.left_organ(at);
            self.hire_left(at);
            self.move_to(at, to);
        }
    }

    /// A vacant post of an organ of the county in whose quotas the person's rank has a place; for whoever leads, of an organ
    /// where a leadership post of the same layer is vacant. Of several it is the one with the smallest number of its own for
    /// this person and month, so that it is the same one wherever it is vacant, whatever else is.
    fn vacancy_in_county_organs(&self, at: usize) -> Option<usize> {
        let leads = usize::from(self.state.layer[at]);
        let group = Purpose::Post as u16 / 4;
        let [low, high, ..] = self.luck.block(self.state.key[at], self.month as u16, self.replicate, group);
        let luck = u64::from(high) << 32 | u64::from(low);
        let mut least: Option<(u64, usize)> = None;
        for (organ, place) in self.county.places.iter().enumerate() {
            let vacant = |leaders: &u16| *leaders > self.leading[organ][leads];
            if self.empty[organ] == 0
                || place.kind != OrganKind::County
                || !place.leaders.get(leads).is_none_or(vacant)
                || !self.fits(at, organ)
            {
                continue;
            }
            let posts = place.first..place.first + place.posts as usize;
            for (nth, here) in self.state.here[posts].iter().enumerate() {
                if !here {
                    let chance = (key_in(luck, key_in(place.key, nth as u64)), place.first + nth);
                    least = Some(least.map_or(chance, |least| least.min(chance)));
                }
            }
        }
        least.map(|(_, post)| post)
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
        self.fill_row(to);
        for words in &mut self.drawn {
            words[to] = words[from];
        }
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
        self.see_ranks(to);
        self.ordinal[to] = self.ordinal[to].saturating_add(1);
        self.asks(to);
    }

    /// A person reaches the retirement age.
    pub(crate) fn retire(&mut self, at: usize) {
        self.go(at, Count::Retired);
    }
}

/// Whether the rules' conditions and blocks let a person be selected by a higher organ, age apart.
fn may_be_selected(rules: &Rules, row: &Row<'_>) -> bool {
    verdict::open_selection(rules, row).eligible() && !verdict::blocked(rules, row, ActName::OpenSelection)
}
