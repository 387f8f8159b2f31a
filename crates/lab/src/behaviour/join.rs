//! Joining: which vacancies are opened, who may apply, whether the post is filled, and by whom.
//!
//! Once a year, each vacant approved post is opened with the share given; the law asks for a vacancy within the approved
//! posts, so an organ never has more than its posts through recruitment. An opened post asks for the education that the
//! rules name ([`levers::floor`]), or for a bachelor's programme in the share of cases given unless the rules forbid
//! asking for more. It is filled with the log-odds
//!
//! ```text
//! logit(fill) + aligned + pay * x + remote * r + pool * ln(pool / pool of a post that asks for a bachelor's programme)
//! ```
//!
//! where `x` is ln(entry pay in the organ with the education asked for) less the same by the reference's rules. Education
//! is drawn by the pools that may apply; channel by the rules' reserved shares, else the open examination; origin by the
//! rules' kept share, else the share given. **A recruit's luck** is that of the post and of how many it has seen, so that
//! the same vacancy has the same recruit under both policies.

use takeroot_civil::{Channel, Code as _, Education};
use takeroot_policy::Rules;
use takeroot_policy::facts::Hired;

use crate::assumption::{Coefs, Key};
use crate::keyed::{self, Purpose};
use crate::levers;
use crate::outcome::Count;
use crate::real::{exp, ln};
use crate::scenario::Binds;
use crate::shard::{Run, logistic, logit};
use crate::state::{NEVER, NO, Place, TERMS, at_grassroots, month_of, retires};

/// Applicants by education, for one with a bachelor's programme, of those who may apply.
pub fn pool(coefs: &Coefs, floor: Education) -> [f64; Education::ALL.len()] {
    let mut pool = [0.0; Education::ALL.len()];
    for (education, size) in [
        (Education::SeniorHigh, coefs.get(Key::PoolSeniorHigh)),
        (Education::JuniorCollege, coefs.get(Key::PoolJuniorCollege)),
        (Education::Bachelor, 1.0),
        (Education::Master, coefs.get(Key::PoolMaster)),
    ] {
        if education >= floor {
            pool[education.index()] = size;
        }
    }
    pool
}

/// Whom the rules let the posts of an organ ask for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    lowest: Education,
    /// The rules forbid asking for more.
    no_more: bool,
    /// The highest age.
    oldest: Option<u8>,
}

impl Asked {
    /// As rules have it.
    pub fn of(rules: &Rules, place: &Place) -> Asked {
        let hardship = place.hardship.is_some_and(|class| class > 0);
        let (lowest, no_more) = levers::floor(rules, place.kind, hardship);
        Asked { lowest, no_more, oldest: levers::oldest(rules, hardship) }
    }
}

impl Run<'_> {
    /// The year's recruits.
    #[inline(never)]
    pub(crate) fn join(&mut self) {
        for organ in 0..self.county.places.len() {
            if self.empty[organ] == 0 {
                continue;
            }
            let place = &self.county.places[organ];
            for at in place.first..place.first + place.posts as usize {
                if !self.state.here[at] {
                    self.open(at, organ);
                }
            }
        }
    }

    /// What the log-odds of filling a post owe to where it is and to whom it asks for.
    fn draws_applicants(&self, place: &Place, floor: Education) -> f64 {
        let coefs = &self.scenario.coefs;
        let size = |floor| pool(coefs, floor).iter().sum::<f64>();
        coefs.get(Key::JoinRemote) * place.remote
            + coefs.get(Key::JoinPool) * ln(size(floor) / size(Education::Bachelor))
    }

    /// Ratios of odds of the posts that are vacant at month 0 ([`crate::align`]).
    pub(crate) fn joining_at_zero(&self, into: &mut crate::align::AtZero) {
        for place in &self.county.places {
            let Asked { lowest, no_more, .. } = Asked::of(&self.scenario.world.rules, place);
            let asks = if no_more { 0.0 } else { self.scenario.coefs.get(Key::JoinAsksBachelor) };
            let posts = place.first..place.first + place.posts as usize;
            let vacant = posts.filter(|at| !self.state.here[*at]).count() as f64;
            for (floor, share) in [(lowest, 1.0 - asks), (lowest.max(Education::Bachelor), asks)] {
                into.fill.push((vacant * share, exp(self.draws_applicants(place, floor))));
            }
        }
    }

    /// A vacant post: opened or not, filled or not.
    fn open(&mut self, at: usize, organ: usize) {
        let coefs = &self.scenario.coefs;
        let place = &self.county.places[organ];
        let post = keyed::key_in(place.key, (at - place.first) as u64);
        let key = keyed::key_in(post, u64::from(self.ordinal[at]));
        let draw = |purpose| self.luck.unit(key, self.month as u16, self.replicate, purpose);
        if draw(Purpose::Open) >= coefs.get(Key::JoinOpen) {
            return;
        }
        let Asked { lowest, no_more, oldest } = self.asked[organ];
        let asks = !no_more && draw(Purpose::Asks) < coefs.get(Key::JoinAsksBachelor);
        let floor = if asks { lowest.max(Education::Bachelor) } else { lowest };
        let x = self.entry_x[organ][floor.index()];
        let pool = pool(coefs, floor);
        let size: f64 = pool.iter().sum();
        let odds = logit(coefs.get(Key::JoinFill))
            + coefs.alignment().fill
            + coefs.get(Key::JoinPay) * x
            + self.draws_applicants(place, floor);
        let filled = draw(Purpose::Fill) < logistic(odds);
        let educated = draw(Purpose::Education) * size;
        let mut below = 0.0;
        let education = Education::ALL.iter().copied().find(|education| {
            below += pool[education.index()];
            educated < below
        });
        let levers = &self.scenario.world.levers;
        let by = draw(Purpose::Channel);
        let channel = if by < levers.programme {
            Channel::ProgrammeStaff
        } else if by < levers.programme + levers.village && place.kind.is_township() {
            Channel::VillageCadre
        } else {
            Channel::Exam
        };
        let local = draw(Purpose::Origin) < levers.local + (1.0 - levers.local) * coefs.get(Key::JoinLocal);
        let years = coefs.get(Key::JoinYoungest) + (draw(Purpose::Age) * coefs.get(Key::JoinSpread)).floor();
        let oldest = oldest.map_or(years, f64::from);
        let woman = draw(Purpose::Sex) < coefs.get(Key::JoinWomen);
        self.count(Count::Opened, 1);
        if filled {
            // Whoever knows no bound of the rules still knows one of life.
            let months = years.min(oldest).clamp(0.0, 100.0) as i16 * 12 + (key % 12) as i16;
            self.recruit(at, key, education.unwrap_or(lowest), channel, local, months, woman);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "what is drawn of a recruit, each once")]
    fn recruit(
        &mut self,
        at: usize,
        key: u64,
        education: Education,
        channel: Channel,
        local: bool,
        age: i16,
        woman: bool,
    ) {
        let (month, organ) = (self.month, self.organ(at));
        let world = &*self.scenario.world;
        let (rules, place) = (&*world.rules, &self.county.places[organ]);
        let today = world.on.plus_months(i32::from(month)).real();
        let probation = rules.probation.as_ref().map_or(0, |probation| i16::from(probation.rule.months));
        let s = &mut self.state;
        s.clear(at);
        s.key[at] = key;
        s.here[at] = true;
        s.new[at] = true;
        s.birth[at] = month - age;
        s.sex[at] = u8::from(woman);
        s.education[at] = education.index() as u8;
        s.channel[at] = channel.index() as u8;
        s.local[at] = local;
        s.hired[at] = month;
        s.hired_by[at] = organ as u16;
        (s.work[at], s.service[at]) = (month, month);
        s.worst[at] = NO;
        s.born[at] = (month - age).rem_euclid(12) as u8;
        let birth = world.on.plus_months(i32::from(month - age)).real();
        let sex = if woman { takeroot_civil::Sex::Female } else { takeroot_civil::Sex::Male };
        s.retires[at] = retires(rules, world.on, birth, Some(sex));
        let township = place.kind.is_township();
        let grassroots = at_grassroots(rules, place.kind);
        // Counts that run are kept as the month in which they began.
        (s.in_township[at], s.at_grassroots[at]) = (township, grassroots);
        s.rooted[at] = if township { month } else { 0 };
        s.grassroots[at] = match &rules.grassroots {
            Some(_) if grassroots => month,
            Some(_) => 0,
            None => NEVER,
        };
        let hired = Hired {
            day: today,
            channel,
            township,
            hardship: place.hardship.is_some_and(|class| class > 0),
            own_unit: false,
        };
        let terms = self.terms_that_run(at, false);
        let s = &mut self.state;
        for (term, rule) in rules.service_terms.iter().enumerate().take(TERMS) {
            if hired.owes(rule) && world.binds.get(term) != Some(&Binds::Staff) {
                let from = if rule.rule.includes_probation { month } else { month + probation };
                s.served[at][term] = if terms & (1 << term) != 0 { from } else { 0 };
            }
        }
        s.serving[at] = terms;
        s.graded[at] = month + probation.max(1);
        s.barred[at][takeroot_policy::rule::BarGround::Probation as usize] = month + probation;
        debug_assert_eq!(month_of(world.on, today), month);
        let housed = self.housed_chance();
        self.state.housed[at] = self.luck.unit(key, 0, self.replicate, Purpose::Once) < housed;
        self.ordinal[at] = self.ordinal[at].saturating_add(1);
        self.in_post += 1;
        self.fill_row(at);
        self.working[organ] += 1;
        self.count(Count::Joined, 1);
        self.out.months[month as usize - 1].joined += 1;
        self.state.paid_until[at] = month - 1;
        self.lock(at);
        self.repay(at);
        self.draw_for(at);
        self.asks(at);
    }
}
