//! A career lived year by year under the rules of its days.
//!
//! The waiting times, level ranges and effects of sanctions come from `[law]` of the shape document; where the rule
//! base leaves a reading open, the careers take the stricter one (an excellent year shortens only the rank in which
//! it was spent from 1 January; a year that does not count is added in full), so that they are lawful under either.

mod conduct;
mod grades;
mod ladder;
mod posts;

pub use posts::plan;

use takeroot_civil::{Channel, Day, Grade, Layer, Rank};

use crate::deed::{Deed, Entry, Post};
use crate::draw::{Dice, For};
use crate::origin::Origin;
use crate::place::Place;
use crate::shape::SHAPE;

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
pub fn live(
    place: &Place,
    origin: Origin,
    party: Option<Day>,
    plan: Vec<Step>,
    step_down: Option<Day>,
    as_of: Day,
) -> Life {
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
                Some(effective.plus_days(county.between(52, 75, For::Paper, effective.packed())))
                    .filter(|d| *d <= self.as_of)
            }
            Deed::Ranked { .. }
            | Deed::Appointed { .. }
            | Deed::Relieved { .. }
            | Deed::Posted { .. }
            | Deed::Graded { .. }
            | Deed::Left { .. } => {
                Some(effective.plus_days(-county.between(0, 12, For::Paper, effective.packed())))
            }
            _ => None,
        };
        let recorded = (effective >= SHAPE.law.ladder_2019).then(|| {
            approved
                .unwrap_or(effective)
                .max(effective)
                .plus_days(dice.between(1, 20, For::Paper, n ^ 1))
                .min(self.as_of)
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
            add(
                Some(Day::new_year(year).plus_days(dice.between(14, 48, For::Grade, 10_000 + n))),
                Act::Assess,
            );
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
            add(if in_year(step.day) { Some(decided(step.day)) } else { later }, Act::Lead);
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
            let some_day = |k: u32| {
                Day::new(year, 3, 1).map(|d| d.plus_days(dice.between(0, 240, For::Second, n * 8 + k)))
            };
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

    fn reach(&mut self, class: usize, day: Day) {
        for slot in self.life.state.full.iter_mut().take(class + 1) {
            if slot.is_none() {
                *slot = Some(day);
            }
        }
    }
}

/// 1 January is the day of the yearly rises, and no decision about a post is dated so.
pub(crate) fn decided(day: Day) -> Day {
    if (day.month(), day.day()) == (1, 1) { day.plus_days(9) } else { day }
}
