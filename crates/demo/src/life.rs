//! A career lived year by year under the rules of its days.
//!
//! The waiting times, level ranges and effects of sanctions come from `[law]` of the shape document; where the rule
//! base leaves a reading open, the careers take the stricter one (an excellent year shortens only the rank in which
//! it was spent from 1 January; a year that does not count is added in full), so that they are lawful under either.

use takeroot_civil::{Channel, Code, Day, ExitReason, Grade, Layer, Rank, SecondmentKind};

use crate::deed::{Away, Deed, Entry, Post};
use crate::draw::{Dice, For};
use crate::origin::Origin;
use crate::place::Place;
use crate::shape::{SHAPE, value};

/// A rank that someone holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Which.
    pub rank: Rank,
    /// From when time in it counts.
    pub counted: Day,
    /// From when it is held.
    pub since: Day,
}

/// A post that someone holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Office {
    /// Its layer.
    pub layer: Layer,
    /// The post.
    pub post: Post,
    /// From when a post of this layer is held without a break.
    pub layer_since: Day,
}

/// How things stand on the last day of a career.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Non-leading post, before 2019.
    pub old: Option<Held>,
    /// Rank of 2015.
    pub county: Option<Held>,
    /// Rank since 2019.
    pub rank: Option<Held>,
    /// Leading post.
    pub office: Option<Office>,
    /// Level.
    pub level: Option<u8>,
    /// Step.
    pub step: u8,
    /// Organ.
    pub organ: u16,
    /// In that organ since.
    pub organ_since: Option<Day>,
    /// Working elsewhere until (planned), since.
    pub away: Option<(Day, Day)>,
    /// End of probation.
    pub confirmed: Option<Day>,
    /// Since when the person has reached each class (see [`class`]).
    pub full: [Option<Day>; 6],
}

/// One step of a plan: a leading post and the earliest day of it.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Layer.
    pub layer: Layer,
    /// Post.
    pub post: Post,
    /// Not before.
    pub day: Day,
}

/// A lived career.
#[derive(Clone, Debug)]
pub struct Life {
    /// Who.
    pub origin: Origin,
    /// Day of joining the Party.
    pub party: Option<Day>,
    /// The events, in the order of their days; corrections last.
    pub entries: Vec<Entry>,
    /// How things stand in the end.
    pub state: State,
    /// Grade of each year from the year of entry.
    pub grades: Vec<Option<Grade>>,
    /// Posts with the day of appointment and, if it has ended, of relief.
    pub offices: Vec<(Post, Day, Option<Day>)>,
    /// Times of working elsewhere.
    pub aways: Vec<(Day, Day)>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    Increment,
    Register,
    Convert,
    Confirm,
    Assess,
    Fall,
    Back,
    Move,
    Lead,
    StepDown,
    Round(u8),
    Out,
    Measure,
    Open,
    Close,
}

/// The class that the ladders share: 0 clerk, 1 staff, 2 deputy section, 3 section, 4 deputy division, 5 division.
pub fn class(rank: Rank) -> usize {
    use Rank::*;
    match rank {
        Staff2 | Clerk08 => 0,
        Staff1 | Staff08 | StaffLevel15 => 1,
        Principal4 | Principal3 | DeputyPrincipal08 | DeputySection15 => 2,
        Principal2 | Principal1 | Principal08 | Section15 => 3,
        Consultant4 | Consultant3 | DeputyConsultant08 | DeputyDivision15 => 4,
        _ => 5,
    }
}

const RANK_OF_CLASS: [Rank; 6] =
    [Rank::Staff2, Rank::Staff1, Rank::Principal4, Rank::Principal2, Rank::Consultant4, Rank::Consultant2];

struct Living<'a> {
    place: &'a Place,
    as_of: Day,
    life: Life,
    plan: Vec<Step>,
    next: usize,
    step_down: Option<Day>,
    moves: Day,
    step_from: u16,
    level_from: u16,
    step_count: u8,
    level_count: u8,
    blocked: Option<Day>,
    measure: Option<(Day, Day, takeroot_civil::Sanction)>,
    inquiry: Option<(Day, Day)>,
    last_rank_up: Option<Day>,
}

/// Lives a career: `plan` are the leading posts it leads through, `step_down` when it gives up the last of them.
pub fn live(place: &Place, origin: Origin, party: Option<Day>, plan: Vec<Step>, step_down: Option<Day>, as_of: Day) -> Life {
    let state = State { organ: origin.first, step: 1, organ_since: Some(origin.entry), ..State::default() };
    let moves = origin.moves;
    let life = Life {
        origin,
        party,
        entries: Vec::with_capacity(96),
        state,
        grades: Vec::with_capacity(40),
        offices: Vec::new(),
        aways: Vec::new(),
    };
    let mut living = Living {
        place,
        as_of,
        life,
        plan,
        next: 0,
        step_down,
        moves,
        step_from: 0,
        level_from: 0,
        step_count: 0,
        level_count: 0,
        blocked: None,
        measure: None,
        inquiry: None,
        last_rank_up: None,
    };
    living.run();
    living.life
}

impl Living<'_> {
    fn until(&self) -> Day {
        self.life.origin.until
    }

    fn put(&mut self, effective: Day, deed: Deed) {
        self.put_counted(effective, None, deed);
    }

    /// Writes an event with the dates an office would have put down: approval before, recording after.
    fn put_counted(&mut self, effective: Day, counted: Option<Day>, deed: Deed) {
        let dice = self.life.origin.dice;
        let n = effective.packed() ^ (u32::from(deed.kind()) << 27);
        // What takes effect on one day was decided by one document: the county's luck, not the person's.
        let county = dice.of(Dice::COUNTY);
        let approved = match deed {
            // Yearly rises take effect on 1 January, and are approved when the grades are known.
            Deed::Graded { .. } if (effective.month(), effective.day()) == (1, 1) => {
                Some(effective.plus_days(county.between(52, 75, For::Paper, effective.packed()))).filter(|d| *d <= self.as_of)
            }
            Deed::Ranked { .. }
            | Deed::Appointed { .. }
            | Deed::Relieved { .. }
            | Deed::Posted { .. }
            | Deed::Graded { .. }
            | Deed::Left { .. } => Some(effective.plus_days(-county.between(0, 12, For::Paper, effective.packed()))),
            _ => None,
        };
        let recorded = (effective >= SHAPE.law.ladder_2019).then(|| {
            approved.unwrap_or(effective).max(effective).plus_days(dice.between(1, 20, For::Paper, n ^ 1)).min(self.as_of)
        });
        self.life.entries.push(Entry { effective, approved, counted, recorded, amends: None, deed });
    }

    fn run(&mut self) {
        let origin = &self.life.origin;
        let (entry, until, channel, organ) = (origin.entry, origin.until, origin.channel, origin.first);
        let bound = self.bound_to_unit();
        self.put(entry, Deed::Recruited { channel, organ, years_in_unit: bound });
        let mut acts: Vec<(Day, Act)> = Vec::with_capacity(16);
        for year in entry.year()..=until.year() {
            acts.clear();
            if year > entry.year() {
                let grade = self.grade(year - 1);
                self.life.grades.push(grade);
            }
            self.schedule(year, &mut acts);
            acts.retain(|(day, _)| *day >= entry && *day < until);
            acts.sort_unstable();
            for (day, act) in acts.iter().copied() {
                self.act(day, act);
            }
        }
        if let Some(reason) = self.life.origin.left {
            if self.life.state.away.is_some() {
                self.put(until, Deed::SecondedBack);
                self.come_back(until);
            }
            if let Some(office) = self.life.state.office {
                self.relieve(until, office);
            }
            self.put(until, Deed::Left { reason });
        }
    }

    fn bound_to_unit(&self) -> u8 {
        let origin = &self.life.origin;
        let bound = self.place.is_township(origin.first)
            && origin.entry.year() >= 2014
            && !matches!(origin.channel, Channel::Military | Channel::TransferIn)
            && origin.dice.chance(SHAPE.people.entry.years_in_unit, For::Bound, 0);
        if bound { SHAPE.people.entry.unit_years } else { 0 }
    }

    fn confirm_day(&self) -> Day {
        let origin = &self.life.origin;
        if matches!(origin.channel, Channel::Military | Channel::TransferIn) {
            return origin.entry;
        }
        let months = SHAPE.law.probation_months;
        origin.entry.plus_months(months).real().plus_days(origin.dice.below(25, For::Paper, 1) as i32)
    }

    fn schedule(&mut self, year: u16, acts: &mut Vec<(Day, Act)>) {
        let law = &SHAPE.law;
        let origin = &self.life.origin;
        let dice = origin.dice;
        let n = u32::from(year);
        let in_year = |day: Day| day.year() == year;
        let mut add = |day: Option<Day>, act: Act| {
            if let Some(day) = day {
                acts.push((day, act));
            }
        };
        let confirm = self.confirm_day();
        if in_year(confirm) {
            add(Some(confirm), Act::Confirm);
        }
        for (day, act) in [(law.ladder_2006, Act::Register), (law.ladder_2019, Act::Convert)] {
            if in_year(day) {
                add(Some(day), act);
            }
        }
        // Approved in March when the grades are known: whoever has left by then, or a file of January, has no rise.
        if origin.until > Day::new_year(year).plus_days(76) {
            add(Some(Day::new_year(year)), Act::Increment);
        }
        let last = self.life.grades.last().copied().flatten();
        if last.is_some() {
            add(Some(Day::new_year(year).plus_days(dice.between(14, 48, For::Grade, 10_000 + n))), Act::Assess);
        }
        if last == Some(Grade::Incompetent) {
            add(Day::new(year, 3, 20), Act::Fall);
        }
        let county = dice.of(Dice::COUNTY);
        for (at, [month, day]) in SHAPE.grants.rounds.iter().enumerate() {
            let luck = county.below(8, For::Round, n * 4 + at as u32) as i32;
            add(Day::new(year, *month, *day).map(|d| d.plus_days(luck)), Act::Round(at as u8));
        }
        let later = Day::new(year, 3, 5).map(|d| d.plus_days(dice.between(0, 270, For::SeatDay, n)));
        if let Some(step) = self.plan.get(self.next).filter(|s| s.day.year() <= year) {
            add(if in_year(step.day) { Some(step.day) } else { later }, Act::Lead);
        }
        if let Some(day) = self.step_down.filter(|d| d.year() <= year) {
            add(if in_year(day) { Some(day) } else { later }, Act::StepDown);
        }
        if self.moves.year() <= year && self.life.state.organ != origin.home {
            add(if in_year(self.moves) { Some(self.moves) } else { later }, Act::Move);
        }
        if let Some((_, back)) = self.life.state.away.filter(|a| in_year(a.1)) {
            add(Some(back), Act::Back);
        }
        if let Some((_, close)) = self.inquiry.filter(|i| in_year(i.1)) {
            add(Some(close), Act::Close);
        }
        let ordinary = origin.seat.is_none() && self.plan.is_empty();
        if ordinary && self.life.state.confirmed.is_some() {
            let years = &SHAPE.years;
            let some_day = |k: u32| Day::new(year, 3, 1).map(|d| d.plus_days(dice.between(0, 240, For::Second, n * 8 + k)));
            let out = some_day(0).filter(|d| *d >= origin.entry.plus_months(law.service_months));
            let p = match (self.place.is_township(self.life.state.organ), out) {
                (false, _) => years.second_county,
                (true, Some(day)) if day < law.secondment_end => years.second_township,
                _ => years.second_after,
            };
            if self.life.state.away.is_none() && dice.chance(p, For::Second, n * 8 + 1) {
                add(out, Act::Out);
            }
            if dice.chance(years.sanction, For::Measure, n) {
                add(some_day(2), Act::Measure);
            }
            if self.inquiry.is_none() && dice.chance(years.investigation, For::Measure, 10_000 + n) {
                add(some_day(3), Act::Open);
            }
        }
    }

    /// The grade of a year that has passed.
    fn grade(&self, year: u16) -> Option<Grade> {
        if year < SHAPE.law.assessed_since {
            return None;
        }
        let dice = self.life.origin.dice;
        let years = &SHAPE.years;
        let end = Day::year_end(year);
        let open = self.inquiry.is_some_and(|(from, to)| from <= end && end < to);
        let demerit = self.measure.is_some_and(|(from, to, what)| {
            what == takeroot_civil::Sanction::Demerit && from <= end && end <= to
        });
        if self.life.state.confirmed.is_none_or(|d| d > end) || open || demerit {
            return Some(Grade::Ungraded);
        }
        let n = u32::from(year);
        let ordinary = self.life.origin.seat.is_none() && self.plan.is_empty();
        let measured = self.measure.is_some_and(|(from, _, _)| from.year() == year);
        if measured {
            return Some(if dice.chance(0.3, For::Grade, 20_000 + n) { Grade::Basic } else { Grade::Competent });
        }
        let before = self.life.grades.last().copied().flatten();
        if ordinary && before != Some(Grade::Incompetent) {
            let rank = self.life.state.rank.filter(|r| r.rank > Rank::Staff2);
            if rank.is_some() && year >= 2019 && dice.chance(years.incompetent, For::Grade, 40_000 + n) {
                return Some(Grade::Incompetent);
            }
            if dice.chance(years.basic, For::Grade, 30_000 + n) {
                return Some(Grade::Basic);
            }
        }
        let habit = years.habit.get(dice.below(3, For::Habit, 0) as usize).copied().unwrap_or(1.0);
        let leader = if self.life.state.office.is_some() { years.excellent_leader } else { 1.0 };
        let excellent = dice.chance(years.excellent * habit * leader, For::Grade, n);
        Some(if excellent { Grade::Excellent } else { Grade::Competent })
    }

    fn act(&mut self, day: Day, act: Act) {
        match act {
            Act::Increment => self.increment(day),
            Act::Register => self.register(day),
            Act::Convert => self.convert(day),
            Act::Confirm => self.confirm(day),
            Act::Assess => self.assess(day),
            Act::Fall => self.fall(day),
            Act::Back => {
                self.put(day, Deed::SecondedBack);
                self.come_back(day);
            }
            Act::Move => self.move_home(day),
            Act::Lead => self.lead(day),
            Act::StepDown => self.give_up(day),
            Act::Round(n) => self.round(day, n),
            Act::Out => self.go_out(day),
            Act::Measure => self.measure(day),
            Act::Open => self.open(day),
            Act::Close => self.put(day, Deed::Investigated { open: false }),
        }
    }

    fn come_back(&mut self, day: Day) {
        if let Some((from, _)) = self.life.state.away.take() {
            self.life.aways.push((from, day));
        }
    }

    /// Years from `from` whose grade does not count, among those that are known.
    fn lost_years(&self, from: Day) -> i32 {
        let first = self.life.origin.entry.year();
        let lost = self.life.grades.iter().enumerate().filter(|(at, grade)| {
            first + *at as u16 >= from.year()
                && matches!(grade, Some(Grade::Basic | Grade::Incompetent | Grade::Ungraded))
        });
        lost.count() as i32
    }

    /// Excellent years spent in full since `from`, among those that are known.
    fn excellent_years(&self, from: Day) -> i32 {
        let first = self.life.origin.entry.year();
        let won = self.life.grades.iter().enumerate().filter(|(at, grade)| {
            Day::new_year(first + *at as u16) >= from && **grade == Some(Grade::Excellent)
        });
        won.count() as i32
    }

    /// Whether a promotion is barred on a day: a measure in effect, an open investigation, last year's bad grade.
    fn barred(&self, day: Day) -> bool {
        self.blocked.is_some_and(|until| day <= until)
            || self.inquiry.is_some_and(|(from, to)| from <= day && day <= to)
            || matches!(self.life.grades.last(), Some(Some(Grade::Basic | Grade::Incompetent)))
    }

    fn reach(&mut self, class: usize, day: Day) {
        for slot in self.life.state.full.iter_mut().take(class + 1) {
            if slot.is_none() {
                *slot = Some(day);
            }
        }
    }

    fn best_level(&self) -> u8 {
        let law = &SHAPE.law;
        let state = &self.life.state;
        let ranks = [state.old, state.county, state.rank].into_iter().flatten().map(|h| law.range(h.rank.code()).1);
        let layer = state.office.map(|o| law.range(o.layer.code()).1);
        ranks.chain(layer).min().unwrap_or(18)
    }

    fn set_level(&mut self, day: Day, level: u8) {
        let law = &SHAPE.law;
        let state = &mut self.life.state;
        // The lowest step of the new level that does not pay less.
        let old = state.level.map_or(0, |l| law.pay(l, state.step));
        let steps = law.steps(level);
        state.step = (1..=steps).find(|s| law.pay(level, *s) >= old).unwrap_or(steps);
        state.level = Some(level);
        (self.step_count, self.level_count) = (0, 0);
        let regular = (day.month(), day.day()) == (1, 1);
        self.step_from = day.year() + u16::from(!regular);
        self.level_from = self.step_from;
        let step = self.life.state.step;
        self.put(day, Deed::Graded { level, step });
    }

    /// What a rise of rank or post does to the level: into the range, or one up inside it.
    fn raise(&mut self, day: Day, range: (u8, u8)) {
        let Some(level) = self.life.state.level else { return };
        if level > range.0 {
            self.set_level(day, range.0);
        } else if level > range.1 {
            self.set_level(day, level - 1);
        }
    }

    fn increment(&mut self, day: Day) {
        let assessment = &SHAPE.law.assessment;
        let Some(level) = self.life.state.level else { return };
        let counts = matches!(self.life.grades.last(), Some(Some(Grade::Excellent | Grade::Competent)));
        let year = day.year() - 1;
        self.step_count += u8::from(counts && year >= self.step_from);
        self.level_count = self.level_count.saturating_add(u8::from(counts && year >= self.level_from));
        if self.blocked.is_some_and(|until| day <= until) || self.inquiry.is_some_and(|(a, b)| a <= day && day <= b) {
            return;
        }
        if self.level_count >= assessment.level_years && level > self.best_level() {
            self.set_level(day, level - 1);
        } else if self.step_count >= assessment.step_years && self.life.state.step < SHAPE.law.steps(level) {
            self.life.state.step += 1;
            self.step_count = 0;
            self.step_from = day.year();
            let step = self.life.state.step;
            self.put(day, Deed::Graded { level, step });
        }
    }

    /// End of probation: first rank and level.
    fn confirm(&mut self, day: Day) {
        let law = &SHAPE.law;
        let origin = &self.life.origin;
        let new = day >= law.ladder_2019;
        let Some(first) = value(&law.first, origin.education) else { return };
        self.life.state.confirmed = Some(day);
        let work_years = day.years_since(origin.schooled).clamp(0, 40) as u8;
        let (rank, level, step) = match origin.channel {
            Channel::Military | Channel::TransferIn => {
                let head = origin.channel == Channel::Military && work_years >= 16;
                let rank = match (new, head) {
                    (true, true) => Rank::Principal2,
                    (true, false) => Rank::Principal4,
                    (false, true) => Rank::Principal08,
                    (false, false) => Rank::DeputyPrincipal08,
                };
                let (low, high) = law.range(rank.code());
                (rank, low.saturating_sub(work_years / 8).max(high), 3)
            }
            _ => (if new { first.new } else { first.old }, first.level, first.step),
        };
        let held = Held { rank, counted: day, since: day };
        let with_rank = origin.channel != Channel::TransferIn || new;
        self.reach(class(rank), day);
        if with_rank {
            *(if new { &mut self.life.state.rank } else { &mut self.life.state.old }) = Some(held);
        }
        if day >= law.ladder_2006 {
            if with_rank {
                self.put(day, Deed::Ranked { rank });
            }
            self.life.state.level = Some(level);
            self.life.state.step = step;
            self.step_from = day.year() + 1;
            self.level_from = day.year() + 1;
            self.put(day, Deed::Graded { level, step });
        }
    }

    /// 1 July 2006: registration under the Law, and the 27 levels.
    fn register(&mut self, day: Day) {
        let law = &SHAPE.law;
        if self.life.state.confirmed.is_none_or(|d| d >= day) {
            return;
        }
        let dice = self.life.origin.dice;
        let years = day.years_since(self.life.origin.entry).clamp(0, 40) as u8;
        let range = match (self.life.state.office, self.life.state.old) {
            (Some(office), _) => law.range(office.layer.code()),
            (None, Some(mut held)) => {
                let p = if self.place.is_township(self.life.state.organ) { 0.10 } else { 0.22 };
                let counted = held.counted.plus_years(8).real();
                let long = counted.plus_years(3) <= day;
                if held.rank == Rank::Staff08 && long && dice.chance(p, For::Rank2006, 0) {
                    held = Held { rank: Rank::DeputyPrincipal08, counted, since: day };
                    self.reach(class(held.rank), counted);
                }
                held.since = day;
                self.life.state.old = Some(held);
                self.put_counted(day, Some(held.counted).filter(|d| *d != day), Deed::Ranked { rank: held.rank });
                law.range(held.rank.code())
            }
            (None, None) => (26, 18),
        };
        let level = range.0.saturating_sub(years / 5).max(range.1);
        let step = (1 + years / 4).min(law.steps(level));
        self.life.state.level = Some(level);
        self.life.state.step = step;
        self.step_from = day.year();
        self.level_from = day.year();
        self.put(day, Deed::Graded { level, step });
    }

    /// 1 June 2019: the twelve ranks take the place of both ladders before.
    fn convert(&mut self, day: Day) {
        let state = &self.life.state;
        if state.confirmed.is_none() {
            return;
        }
        let ranks = [state.old, state.county].into_iter().flatten().map(|h| class(h.rank));
        let layer = state.office.map(|o| o.layer.index() + 2);
        let Some(class) = ranks.chain(layer).max() else { return };
        let (Some(rank), counted) = (RANK_OF_CLASS.get(class).copied(), state.full.get(class).copied().flatten()) else { return };
        let counted = counted.unwrap_or(day);
        self.life.state.old = None;
        self.life.state.county = None;
        self.life.state.rank = Some(Held { rank, counted, since: day });
        self.put_counted(day, Some(counted).filter(|d| *d != day), Deed::Ranked { rank });
    }

    fn assess(&mut self, day: Day) {
        let year = day.year() - 1;
        let Some(grade) = self.life.grades.last().copied().flatten() else { return };
        self.put(day, Deed::Assessed { year, grade });
        if grade == Grade::Excellent && year >= 2008 {
            use takeroot_civil::Reward;
            self.put(day, Deed::Rewarded { reward: Reward::Commendation });
            let row = self.life.grades.iter().rev().take_while(|g| **g == Some(Grade::Excellent)).count();
            let merit = SHAPE.years.merit_third;
            if row % 3 == 0 && self.life.origin.dice.chance(merit, For::Reward, year.into()) {
                self.put(day.plus_days(20).min(self.until().plus_days(-1)), Deed::Rewarded { reward: Reward::MeritThird });
            }
        }
    }

    /// After a year graded incompetent: one rank down.
    fn fall(&mut self, day: Day) {
        let Some(held) = self.life.state.rank.filter(|h| h.rank > Rank::Staff2) else { return };
        let Some(lower) = Rank::ALL.get(held.rank.index() - 1).copied() else { return };
        self.life.state.rank = Some(Held { rank: lower, counted: day, since: day });
        self.put(day, Deed::Ranked { rank: lower });
        let best = SHAPE.law.range(lower.code()).1;
        if self.life.state.level.is_some_and(|l| l < best) {
            self.life.state.level = Some(best);
            let step = self.life.state.step.min(SHAPE.law.steps(best));
            self.life.state.step = step;
            self.put(day, Deed::Graded { level: best, step });
        }
    }

    fn move_home(&mut self, day: Day) {
        let home = self.life.origin.home;
        let state = &self.life.state;
        if let Some((_, back)) = state.away {
            self.moves = back.plus_days(20);
            return;
        }
        if state.organ == home || state.office.is_some() {
            return;
        }
        self.post(day, home);
    }

    fn post(&mut self, day: Day, organ: u16) {
        self.put(day, Deed::Posted { organ });
        self.life.state.organ = organ;
        self.life.state.organ_since = Some(day);
    }

    fn relieve(&mut self, day: Day, office: Office) {
        self.put(day, Deed::Relieved { post: office.post });
        self.life.state.office = None;
        if let Some(last) = self.life.offices.last_mut() {
            last.2 = Some(day);
        }
    }

    fn lead(&mut self, day: Day) {
        let law = &SHAPE.law;
        let Some(step) = self.plan.get(self.next).copied() else { return };
        if !self.may_lead(day, step) {
            if let Some(step) = self.plan.get_mut(self.next) {
                step.day = day.plus_months(10).real();
            }
            return;
        }
        self.next += 1;
        let before = self.life.state.office;
        if let Some(office) = before {
            self.relieve(day, office);
        }
        if self.life.state.organ != step.post.organ {
            self.post(day, step.post.organ);
        }
        self.put(day, Deed::Appointed { layer: step.layer, post: step.post });
        let same = before.filter(|o| o.layer == step.layer);
        let layer_since = same.map_or(day, |o| o.layer_since);
        self.life.state.office = Some(Office { layer: step.layer, post: step.post, layer_since });
        self.life.offices.push((step.post, day, None));
        if same.is_none() {
            self.reach(step.layer.index() + 2, day);
            if day < law.ladder_2019 {
                self.life.state.old = None;
            }
            if self.life.origin.channel != Channel::TransferIn || day != self.life.origin.entry {
                self.raise(day, law.range(step.layer.code()));
            }
        }
    }

    fn may_lead(&self, day: Day, step: Step) -> bool {
        let law = &SHAPE.law;
        let state = &self.life.state;
        let origin = &self.life.origin;
        if origin.channel == Channel::TransferIn && step.layer == Layer::TownshipDeputy {
            return state.confirmed.is_some();
        }
        let served = day >= origin.entry.plus_months(law.service_months);
        if state.confirmed.is_none() || state.away.is_some() || self.barred(day) || (state.organ != step.post.organ && !served) {
            return false;
        }
        let same = state.office.is_some_and(|o| o.layer == step.layer);
        if same {
            return true;
        }
        let Some(rule) = value(&law.posts, step.layer) else { return false };
        let since = if step.layer == Layer::TownshipDeputy {
            state.full[1]
        } else {
            state.office.filter(|o| Some(step.layer) == o.layer.above()).map(|o| o.layer_since)
        };
        let long_enough = since.is_some_and(|s| day >= s.plus_months(rule.months + 12 * self.lost_years(s)));
        let ranked = day < law.ladder_2019 || state.rank.is_some_and(|h| h.rank >= rule.rank);
        long_enough && ranked
    }

    fn give_up(&mut self, day: Day) {
        let state = &self.life.state;
        let (Some(office), Some(held)) = (state.office, state.rank) else { return };
        let best = SHAPE.law.range(held.rank.code()).1;
        if self.next < self.plan.len() || state.level.is_none_or(|l| l < best) {
            return;
        }
        self.relieve(day, office);
        self.step_down = None;
    }

    /// One of the year's rounds of rank promotion.
    fn round(&mut self, day: Day, n: u8) {
        let law = &SHAPE.law;
        if self.life.state.confirmed.is_none() || self.barred(day) || self.last_rank_up.is_some_and(|d| day < d.plus_months(6)) {
            return;
        }
        let ordinal = u32::from(day.year()) * 4 + u32::from(n);
        if day >= law.ladder_2019 {
            self.round_2019(day, ordinal);
        } else if day < law.ladder_2006 {
            // Before the Law the first step is remembered, not written: registration in 2006 states it.
            if let Some(held) = self.life.state.old.filter(|h| h.rank == Rank::Clerk08) {
                if day >= held.counted.plus_months(value(&law.months_2008, Rank::Staff08).unwrap_or(36)) {
                    self.life.state.old = Some(Held { rank: Rank::Staff08, counted: day, since: day });
                    self.reach(1, day);
                }
            }
        } else {
            self.round_2008(day, ordinal);
            if day >= law.ladder_2015 && self.last_rank_up != Some(day) {
                self.round_2015(day, ordinal);
            }
        }
    }

    /// Whether someone who could have had a rank since `due` is given it in this round: the longer due, the likelier.
    fn granted(&self, p: f64, due: Day, day: Day, ordinal: u32) -> bool {
        let years = f64::from(day.months_since(due)) / 12.0;
        self.life.origin.dice.chance(p * (1.0 + SHAPE.grants.waiting * years), For::Grant, ordinal)
    }

    fn round_2008(&mut self, day: Day, ordinal: u32) {
        let law = &SHAPE.law;
        let Some(held) = self.life.state.old.filter(|_| self.life.state.office.is_none()) else { return };
        let Some(next) = Rank::ALL.get(held.rank.index() + 1).copied() else { return };
        let Some(months) = value(&law.months_2008, next) else { return };
        let grants = &SHAPE.grants;
        let list = if self.place.is_township(self.life.state.organ) { &grants.old_township } else { &grants.old_county };
        let Some(p) = value(list, next) else { return };
        let due = held.counted.plus_months(months + 12 * self.lost_years(held.counted));
        if day < due || !self.granted(p, due, day, ordinal) {
            return;
        }
        self.life.state.old = Some(Held { rank: next, counted: day, since: day });
        self.last_rank_up = Some(day);
        self.reach(class(next), day);
        self.put(day, Deed::Ranked { rank: next });
        self.raise(day, law.range(next.code()));
    }

    fn round_2015(&mut self, day: Day, ordinal: u32) {
        let law = &SHAPE.law;
        let state = &self.life.state;
        let ranks = [state.old, state.county].into_iter().flatten().map(|h| class(h.rank));
        let layer = state.office.map(|o| o.layer.index() + 2);
        let Some(now) = ranks.chain(layer).max() else { return };
        let Some(next) = Rank::ALL.get(Rank::StaffLevel15.index() + now).copied() else { return };
        let (Some(rule), Some(since), Some(level)) = (value(&law.ranks_2015, next), state.full.get(now).copied().flatten(), state.level) else {
            return;
        };
        let due = since.plus_months(rule.months + 12 * self.lost_years(since));
        if day < due || level > rule.level || !self.granted(SHAPE.grants.ranks_2015, due, day, 50_000 + ordinal) {
            return;
        }
        self.life.state.county = Some(Held { rank: next, counted: day, since: day });
        self.last_rank_up = Some(day);
        self.reach(class(next), day);
        self.put(day, Deed::Ranked { rank: next });
    }

    fn round_2019(&mut self, day: Day, ordinal: u32) {
        let law = &SHAPE.law;
        let state = &self.life.state;
        let Some(held) = state.rank else { return };
        let Some(next) = Rank::ALL.get(held.rank.index() + 1).copied() else { return };
        let Some(months) = value(&law.months_2019, next) else { return };
        let won = self.excellent_years(held.since.max(held.counted));
        let need = months + 12 * self.lost_years(held.counted) - law.assessment.excellent_months * won;
        // Somebody on the way to a post is given the ranks that it is paired with; others wait for a place.
        let grants = &SHAPE.grants;
        let wanted = self.plan.last().and_then(|s| value(&law.posts, s.layer)).is_some_and(|r| next <= r.rank);
        let list = if self.place.is_township(state.organ) { &grants.township } else { &grants.county };
        let p = if wanted { grants.leader } else { value(list, next).unwrap_or(0.0) };
        let due = held.counted.plus_months(need);
        if day < due || !self.granted(p, due, day, ordinal) {
            return;
        }
        self.life.state.rank = Some(Held { rank: next, counted: day, since: day });
        self.last_rank_up = Some(day);
        self.reach(class(next), day);
        self.put(day, Deed::Ranked { rank: next });
        self.raise(day, law.range(next.code()));
    }

    fn go_out(&mut self, day: Day) {
        let law = &SHAPE.law;
        let state = &self.life.state;
        if state.away.is_some() || state.office.is_some() || self.inquiry.is_some_and(|(a, b)| a <= day && day <= b) {
            return;
        }
        let origin = &self.life.origin;
        let dice = origin.dice;
        let n = u32::from(day.year()) * 8;
        let draw = dice.unit(For::Second, n + 4);
        let before = day < law.secondment_end;
        let other = |township| Away::Organ(self.place.draw_organ(&dice, township, Some(state.organ), For::Second, n + 5));
        let (kind, to, months) = match (self.place.is_township(state.organ), before) {
            (true, true) if draw < 0.62 => (SecondmentKind::Secondment, other(false), dice.between(3, 18, For::Second, n + 6)),
            // A few do not come back for years: the product is there to show them.
            (true, true) if draw < 0.68 => (SecondmentKind::Secondment, other(false), dice.between(28, 48, For::Second, n + 6)),
            (true, true) if draw < 0.82 => (SecondmentKind::Secondment, Away::Prefecture, dice.between(6, 18, For::Second, n + 6)),
            (true, _) if draw < 0.45 => (SecondmentKind::TaskForce, other(false), dice.between(3, 10, For::Second, n + 6)),
            (true, _) if draw < 0.75 => (SecondmentKind::Following, other(false), dice.between(3, 6, For::Second, n + 6)),
            (true, _) => (SecondmentKind::Attachment, other(false), 12),
            (false, true) if draw < 0.25 => (SecondmentKind::Secondment, Away::Prefecture, dice.between(6, 18, For::Second, n + 6)),
            (false, _) if draw < 0.8 => {
                let town = self.place.draw_organ(&dice, true, None, For::Second, n + 5);
                (SecondmentKind::VillageStationed, Away::Village(town), 24)
            }
            (false, _) => (SecondmentKind::Attachment, other(true), 12),
        };
        let back = day.plus_months(months).real();
        let moving = self.moves > day && self.moves <= back && state.organ != origin.home;
        if moving || (origin.left.is_some() && back >= origin.until) {
            return;
        }
        let until = origin.until;
        self.put(day, Deed::SecondedOut { kind, to });
        // A stay that ends this year is over before the next year's acts are put in order.
        if back.year() == day.year() && back < until {
            self.put(back, Deed::SecondedBack);
            self.life.aways.push((day, back));
        } else {
            self.life.state.away = Some((day, back));
        }
    }

    fn measure(&mut self, day: Day) {
        use takeroot_civil::Sanction;
        let law = &SHAPE.law;
        let dice = self.life.origin.dice;
        if self.barred(day) {
            return;
        }
        let at = dice.pick(law.sanctions.iter().map(|s| s.1.weight), For::Measure, 20_000 + u32::from(day.year()));
        let Some((mut sanction, mut effect)) = law.sanctions.get(at).copied() else { return };
        if sanction == Sanction::PartyWarning && self.life.party.is_none_or(|d| d >= day) {
            sanction = Sanction::Warning;
            effect.months = value(&law.sanctions, sanction).map_or(effect.months, |e| e.months);
        }
        let until = day.plus_months(effect.months).real().plus_days(-1);
        self.blocked = Some(until);
        self.measure = Some((day, until, sanction));
        self.put(day, Deed::Sanctioned { sanction, until });
    }

    fn open(&mut self, day: Day) {
        let months = self.life.origin.dice.between(3, 10, For::Measure, 30_000 + u32::from(day.year()));
        let close = day.plus_months(months).real();
        if self.barred(day) || (self.life.origin.left.is_some() && close >= self.until()) {
            return;
        }
        self.inquiry = Some((day, close));
        self.put(day, Deed::Investigated { open: true });
        if close.year() == day.year() && close < self.until() {
            self.put(close, Deed::Investigated { open: false });
        }
    }
}

/// The leading posts that a career leads through, and when it gives the last one up.
pub fn plan(place: &Place, origin: &Origin, not_before: Option<Day>) -> (Vec<Step>, Option<Day>) {
    let dice = origin.dice;
    let back = |day: Day, from: i32, to: i32, n: u32| {
        let day = day.plus_months(-dice.between(from, to, For::SeatDay, n)).real();
        let day = day.plus_days(-dice.between(0, 27, For::SeatDay, 20 + n));
        // 1 January is the day of the yearly rises, and no decision is dated so.
        if (day.month(), day.day()) == (1, 1) { day.plus_days(9) } else { day }
    };
    let Some(seat) = origin.seat else {
        let age = origin.until.years_since(origin.birth);
        let old_enough = age >= 50 && origin.left.is_none() && origin.entry.year() < 2006;
        if !old_enough || !dice.chance(SHAPE.people.former_deputies, For::FormerPost, 0) {
            return (Vec::new(), None);
        }
        let day = origin.entry.plus_months(dice.between(90, 170, For::FormerPost, 1)).real();
        let step = Step { layer: Layer::TownshipDeputy, post: place.deputy_post(origin.home), day };
        let reform = SHAPE.law.ladder_2019.plus_months(5);
        let days = origin.until.days_since(reform).max(1) as u32;
        return (vec![step], Some(reform.plus_days(dice.below(days, For::StepDown, 0) as i32)));
    };
    let not_before = not_before.unwrap_or(Day::EARLIEST);
    let top = |from, to| {
        let day = back(origin.until, from, to, 0);
        if day < not_before { not_before } else { day }
    };
    let last = |day| Step { layer: seat.layer, post: seat.post, day };
    let plan = match seat.layer {
        Layer::TownshipDeputy if origin.channel == Channel::TransferIn => vec![last(origin.entry)],
        Layer::TownshipDeputy => vec![last(top(4, 90))],
        Layer::TownshipHead => {
            let day = top(4, 75);
            let deputy = Step { layer: Layer::TownshipDeputy, post: place.deputy_post(seat.post.organ), day: back(day, 40, 100, 1) };
            vec![deputy, last(day)]
        }
        _ => {
            let Some(town) = place.leader_town(seat.post) else { return (Vec::new(), None) };
            // The first in the county became county leaders long before, so that their rank fits the post.
            let first = seat.layer >= Layer::CountyHead;
            let day = if first { top(4, 36) } else { top(6, 60) };
            let county = if first { back(day, 84, 108, 1) } else { back(day, 36, 72, 1) };
            let secretary = back(county, 42, 72, 2);
            let mayor = back(secretary, 36, 60, 3);
            let deputy = back(mayor, 36, 60, 4);
            let at = |title| Post { organ: town, title };
            vec![
                Step { layer: Layer::TownshipDeputy, post: place.deputy_post(town), day: deputy },
                Step { layer: Layer::TownshipHead, post: at(crate::place::MAYOR), day: mayor },
                Step { layer: Layer::TownshipHead, post: at(crate::place::SECRETARY), day: secretary },
                Step { layer: Layer::CountyDeputy, post: place.county_deputy_post(), day: county },
                last(day),
            ]
        }
    };
    (plan, None)
}

/// Whether someone who has left counts as retired.
pub fn is_retired(reason: ExitReason) -> bool {
    matches!(reason, ExitReason::Retired | ExitReason::RetiredEarly)
}
