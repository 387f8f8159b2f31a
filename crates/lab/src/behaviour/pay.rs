//! Pay: a row's lines by the functions that pay a record, and what pay does to the odds of leaving.
//!
//! Whoever holds the same, in the same kind of place, with as many of the rooted years that allowances ask for, is paid the
//! same beside the level: a class. A class is reckoned once, by those functions, for the first who comes into it
//! ([`Classes`]), and so is the pay of each level and step ([`LevelPay`]).
//!
//! What people could earn elsewhere is not known. What is known is what the rules of the reference would pay the same
//! person in the same place, and `x` is ln(total pay) less that: exactly 0 wherever the proposals pay nobody otherwise. So
//! pay that comes with a promotion is on both sides and moves nobody. A line that one of the two has no table for is left
//! out on both. On probation pay is not known, and `x` is 0.

use takeroot_civil::{Code as _, Education, Level, Step};
use takeroot_policy::officer::{Place as WorkPlace, Seat};
use takeroot_policy::pay::{self, Due};
use takeroot_policy::rule::PayItem;
use takeroot_policy::{Officer, Rules};

use crate::assumption::Key;
use crate::outcome::{BONUS, Count};
use crate::real;
use crate::scenario::{World, basic};
use crate::shard::Run;
use crate::state::{BASE, County, ENDLESS, LEVEL, LINES, Place};

/// The lines of monthly pay, fen, and which of them are not known (one bit a line).
pub fn lines(rules: &Rules, officer: &impl Officer) -> ([i32; LINES], u16) {
    let (seat, place, rooted) = (officer.seat(), officer.place(), officer.rooted_months());
    lines_of(rules, seat, officer.level(), officer.step(), place, rooted)
}

fn lines_of(
    rules: &Rules,
    seat: Seat,
    level: Option<Level>,
    step: Option<Step>,
    place: WorkPlace,
    rooted: u16,
) -> ([i32; LINES], u16) {
    let (mut lines, mut unknown) = ([0; LINES], 0);
    let mut put = |line: usize, due: Due| match due {
        Due::Known(fen) => lines[line] = i32::try_from(fen.0).unwrap_or(i32::MAX),
        Due::Not => {}
        Due::Unknown(_) => unknown |= 1 << line,
    };
    put(BASE, pay::base(rules, seat).0);
    put(LEVEL, pay::level(rules, level, step));
    for allowance in &rules.dense.allowances {
        put(item(allowance.item), pay::allowance(allowance, seat, place, rooted));
    }
    (lines, unknown)
}

/// The line of an allowance.
pub fn item(item: PayItem) -> usize {
    2 + item as usize
}

/// ln(total pay here / total pay there), of the lines that are known on both sides; 0 where nothing is paid on one.
pub fn against(here: ([i32; LINES], u16), there: ([i32; LINES], u16)) -> f64 {
    let [here, there] = known_on_both(here, there);
    ratio(here, there)
}

/// The lines that are known on both sides, added up here and there.
fn known_on_both(here: ([i32; LINES], u16), there: ([i32; LINES], u16)) -> [i64; 2] {
    let unknown = here.1 | there.1;
    [here.0, there.0].map(|lines| {
        let known = lines.iter().enumerate().filter(|(line, _)| unknown & (1 << line) == 0);
        known.map(|(_, fen)| i64::from(*fen)).sum()
    })
}

fn ratio(here: i64, there: i64) -> f64 {
    if here > 0 && there > 0 && here != there { real::ln(here as f64 / there as f64) } else { 0.0 }
}

/// The lines of pay of a recruit with an education in an organ, once graded.
fn entry(rules: &Rules, place: &Place, education: Education) -> ([i32; LINES], u16) {
    let mut seat = Seat { layer: None, ranks: [None; 3] };
    for ladder in rules.ladders() {
        let grade = rules.initial_grade_of(ladder, education);
        seat.ranks[ladder.index()] = grade.map(|grade| grade.rule.rank);
    }
    let pay = rules.entry_pay_of(education);
    let at = WorkPlace {
        kind: Some(place.kind),
        hardship_class: place.hardship,
        area_band: place.band,
        in_township: place.kind.is_township(),
    };
    lines_of(rules, seat, pay.map(|pay| pay.rule.level), pay.map(|pay| pay.rule.step), at, 0)
}

/// `x` of recruits to each organ of a county, by education: entry pay under a world's rules against a reference's.
pub fn of_recruits(world: &World, reference: &World, county: &County) -> Vec<[f64; Education::ALL.len()]> {
    if std::ptr::eq(world, reference) {
        return vec![[0.0; Education::ALL.len()]; county.places.len()];
    }
    let x = |place: &Place, education| {
        against(entry(&world.rules, place, education), entry(&reference.rules, place, education))
    };
    let organ = |place| std::array::from_fn(|at| x(place, Education::ALL[at]));
    county.places.iter().map(organ).collect()
}

/// What everybody of a class is paid beside the level.
#[derive(Clone, Copy, Debug)]
pub struct Class {
    /// Monthly pay by line, fen; nothing for the level.
    pub lines: [i32; LINES],
    /// Lines that are not known: one bit a line.
    pub unknown: u16,
    /// All lines together, fen.
    monthly: i64,
    /// The lines that are known here and by the reference's rules, here and there.
    against: [i64; 2],
}

impl Class {
    /// Nothing is paid.
    const NONE: Class = Class { lines: [0; LINES], unknown: 0, monthly: 0, against: [0; 2] };
}

/// The classes that people have come into; the first is that of nobody. A class does not depend on who came into it, so
/// that numbers, which do, stand for the same pay in any order.
#[derive(Clone, Debug)]
pub struct Classes {
    all: Vec<Class>,
    keys: Vec<u64>,
    /// Numbers by the hash of their key, twice as many places as classes at least; 0 is free.
    places: Vec<u32>,
}

impl Default for Classes {
    fn default() -> Classes {
        Classes { all: vec![Class::NONE], keys: vec![u64::MAX], places: vec![0; 64] }
    }
}

impl Classes {
    /// A class.
    #[inline]
    pub fn get(&self, class: u32) -> &Class {
        &self.all[class as usize]
    }

    /// The place of a key in the table: where it is, or the free one where it would be.
    #[inline]
    fn place(&self, key: u64) -> usize {
        let last = self.places.len() - 1;
        let mut at = (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & last;
        while self.places[at] != 0 && self.keys[self.places[at] as usize] != key {
            at = (at + 1) & last;
        }
        at
    }

    /// Adds a class under a key that is not there.
    fn add(&mut self, key: u64, class: Class) -> u32 {
        let number = self.all.len() as u32;
        self.all.push(class);
        self.keys.push(key);
        if self.all.len() * 2 > self.places.len() {
            self.places = vec![0; self.places.len() * 2];
            for number in 1..number {
                let at = self.place(self.keys[number as usize]);
                self.places[at] = number;
            }
        }
        let at = self.place(key);
        self.places[at] = number;
        number
    }
}

/// Level pay by level and step, fen, as the rules say it; [`UNKNOWN`] where they do not.
#[derive(Clone, Debug)]
pub struct LevelPay(Vec<[i32; STEPS]>);

const LEVELS: usize = Level::LOWEST.get() as usize + 1;
const STEPS: usize = 16;
/// Pay that is not known.
const UNKNOWN: i32 = -1;

impl LevelPay {
    /// The table of rules.
    pub fn of(rules: &Rules) -> LevelPay {
        let due = |level, step| match pay::level(rules, Level::new(level as u8), Step::new(step as u8)) {
            Due::Known(fen) => i32::try_from(fen.0).unwrap_or(i32::MAX),
            Due::Not => 0,
            Due::Unknown(_) => UNKNOWN,
        };
        LevelPay((0..LEVELS).map(|level| std::array::from_fn(|step| due(level, step))).collect())
    }

    #[inline]
    fn get(&self, level: u8, step: u8) -> i32 {
        self.0
            .get(usize::from(level))
            .and_then(|steps| steps.get(usize::from(step)))
            .copied()
            .unwrap_or(UNKNOWN)
    }
}

impl Run<'_> {
    /// Reckons a row's pay anew, from this month on.
    pub(crate) fn repay(&mut self, at: usize) {
        let (rooted, in_township) = (self.state.rooted[at], self.state.in_township[at]);
        let served = if in_township { i32::from(self.month) - i32::from(rooted) } else { i32::from(rooted) };
        let passed = self.asked_years.iter().take_while(|months| i32::from(**months) <= served).count();
        // The next rooted year that an allowance asks for, while rooted service runs.
        let ahead = self.asked_years.get(passed).filter(|_| in_township);
        self.state.pay_due[at] = ahead.map_or(ENDLESS, |months| rooted.saturating_add(*months));
        let s = &self.state;
        let [of_place, of_place_too] = self.pay_places[self.organ(at)].to_le_bytes();
        let key = u64::from_le_bytes([
            s.layer[at],
            s.ranks[at][0],
            s.ranks[at][1],
            s.ranks[at][2],
            u8::from(in_township),
            passed.min(255) as u8,
            of_place,
            of_place_too,
        ]);
        let number = self.classes.places[self.classes.place(key)];
        let class = if number == 0 { self.new_class(at, key) } else { number };
        self.set_pay(at, class, self.level_pay.get(self.state.level[at], self.state.step[at]));
    }

    /// Only level and step have changed.
    pub(crate) fn repay_level(&mut self, at: usize) {
        let level = self.level_pay.get(self.state.level[at], self.state.step[at]);
        self.set_pay(at, self.state.class[at], level);
    }

    /// A class that nobody has been in.
    #[cold]
    fn new_class(&mut self, at: usize, key: u64) -> u32 {
        let beside_level = |rules: &Rules| {
            let (mut lines, unknown) = lines(rules, &self.row(at));
            lines[LEVEL] = 0;
            (lines, unknown & !(1 << LEVEL))
        };
        let (here, there) =
            (beside_level(&self.scenario.world.rules), beside_level(&self.scenario.reference.rules));
        let class = Class {
            lines: here.0,
            unknown: here.1,
            monthly: here.0.iter().map(|line| i64::from(*line)).sum(),
            against: known_on_both(here, there),
        };
        self.classes.add(key, class)
    }

    fn set_pay(&mut self, at: usize, class: u32, level: i32) {
        let (was, before) = (self.state.class[at], self.state.level_pay[at]);
        if (was, before) == (class, level) {
            return;
        }
        self.settle(at);
        let (new, old) = (self.classes.get(class), self.classes.get(was));
        if class != was {
            for ((total, new), old) in self.totals.iter_mut().zip(new.lines).zip(old.lines) {
                *total += i64::from(new) - i64::from(old);
            }
        }
        self.totals[LEVEL] += i64::from(level.max(0)) - i64::from(before.max(0));
        let unpaid = |class: &Class, level: i32| i64::from(class.unknown != 0 || level == UNKNOWN);
        self.unpaid += unpaid(new, level) - unpaid(old, before);
        self.state.class[at] = class;
        self.state.level_pay[at] = level;
        if self.pays_otherwise {
            self.changed.push(at);
        }
    }

    /// Pay of a month, fen.
    fn monthly(&self, at: usize) -> i64 {
        self.classes.get(self.state.class[at]).monthly + i64::from(self.state.level_pay[at].max(0))
    }

    /// A row's lines of pay, and which of them are not known.
    pub(crate) fn paid_lines(&self, at: usize) -> ([i32; LINES], u16) {
        let (class, level) = (self.classes.get(self.state.class[at]), self.state.level_pay[at]);
        let mut lines = class.lines;
        lines[LEVEL] = level.max(0);
        (lines, class.unknown | u16::from(level == UNKNOWN) << LEVEL)
    }

    /// `x` of a row: its pay against what the reference's rules would pay it.
    pub(crate) fn pay_against(&self, at: usize) -> f64 {
        if !self.pays_otherwise || self.state.level[at] == 0 {
            return 0.0;
        }
        let [mut here, mut there] = self.classes.get(self.state.class[at]).against;
        let level = self.level_pay_there.get(self.state.level[at], self.state.step[at]);
        if self.state.level_pay[at] != UNKNOWN && level != UNKNOWN {
            here += i64::from(self.state.level_pay[at]);
            there += i64::from(level);
        }
        ratio(here, there)
    }

    /// What pay does to a row's odds of resigning and of moving.
    #[inline]
    pub(crate) fn pay_odds(&self, at: usize) -> [f64; 2] {
        let x = self.pay_against(at);
        if x == 0.0 {
            return [1.0; 2];
        }
        [Key::ResignPay, Key::MovePay].map(|key| real::exp(self.scenario.coefs.get(key) * x))
    }

    /// Puts to a person's account what was paid until the month before this.
    pub(crate) fn settle(&mut self, at: usize) {
        let until = self.month - 1;
        let months = i64::from(until) - i64::from(self.state.paid_until[at]);
        if months > 0 {
            self.state.paid[at] += months * self.monthly(at);
        }
        self.state.paid_until[at] = until;
    }

    /// Takes the pay of someone who goes out of the totals.
    pub(crate) fn stop_pay(&mut self, at: usize) {
        self.settle(at);
        self.set_pay(at, 0, 0);
    }

    /// The year-end bonus of the year before, by its grade.
    pub(crate) fn bonus(&mut self, at: usize, grade: takeroot_civil::Grade) {
        let Some(rule) = &self.scenario.world.rules.bonus else { return };
        if rule.rule.grades.contains(&grade) {
            let basic = takeroot_civil::Fen(basic(&self.paid_lines(at).0));
            let due = basic.ratio(rule.rule.months.into(), 1, takeroot_civil::Rounding::HalfUp).0;
            self.out.pay[self.year][BONUS] += due;
            self.state.paid[at] += due;
        }
    }

    /// The month's pay by line.
    pub(crate) fn pay_month(&mut self) {
        for (line, total) in self.out.pay[self.year].iter_mut().zip(self.totals) {
            *line += total;
        }
        self.count(Count::PayUnknownMonths, self.unpaid);
    }
}

/// The kinds of place of a county as pay tells them apart: a number for each organ.
pub(crate) fn places(county: &County) -> Vec<u16> {
    let mut seen = Vec::new();
    let mut number = |place: &Place| {
        let pays = (place.kind, place.hardship, place.band);
        let at = seen.iter().position(|other| *other == pays);
        at.unwrap_or_else(|| {
            seen.push(pays);
            seen.len() - 1
        }) as u16
    };
    county.places.iter().map(&mut number).collect()
}
