//! Where a person comes from: sex, birth, schooling, the way into the service, and the organs of the career.

use takeroot_civil::{Channel, Day, Education, ExitReason, Layer, Sex};

use crate::draw::{Dice, For};
use crate::place::{Place, Seat};
use crate::shape::{SHAPE, value};

/// What a person is drawn as, before the years are lived.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The person's dice.
    pub dice: Dice,
    /// Sex.
    pub sex: Sex,
    /// Birth.
    pub birth: Day,
    /// Born in the county.
    pub local: bool,
    /// Full-time education.
    pub education: Education,
    /// End of full-time schooling.
    pub schooled: Day,
    /// Channel.
    pub channel: Channel,
    /// Day of recruitment.
    pub entry: Day,
    /// Whether there was other work between.
    pub worked: bool,
    /// First organ.
    pub first: u16,
    /// Organ at the end.
    pub home: u16,
    /// When the person moved from the first to the last, at the earliest.
    pub moves: Day,
    /// The post held at the end.
    pub seat: Option<Seat>,
    /// The day up to which the career runs.
    pub until: Day,
    /// Why it ends there, for people who have left.
    pub left: Option<ExitReason>,
}

/// Who is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// The reference day.
    pub as_of: Day,
    /// The leading post to be held in the end.
    pub seat: Option<Seat>,
    /// For a person who has left: the latest day of that.
    pub past: Option<Day>,
}

/// Draws a person.
pub fn draw(place: &Place, dice: Dice, wanted: Wanted) -> Origin {
    let shape = &SHAPE;
    let people = &shape.people;
    let seat = wanted.seat;
    let township = match seat {
        Some(seat) => place.is_township(seat.post.organ),
        None => dice.chance(shape.structure.township_share, For::Home, 0),
    };
    let home = seat.map_or_else(|| place.draw_organ(&dice, township, None, For::Home, 1), |s| s.post.organ);
    let layer = seat.map(|s| s.layer);
    let (ages, women) = match layer {
        Some(Layer::TownshipDeputy) => (&people.age_deputy, people.women.deputy),
        Some(Layer::TownshipHead) => (&people.age_head, people.women.head),
        Some(_) => (&people.age_leader, people.women.leader),
        None if township => (&people.age_township, people.women.township),
        None => (&people.age_county, people.women.county),
    };
    let sex = if dice.chance(women, For::Sex, 0) { Sex::Female } else { Sex::Male };
    let left = wanted.past.map(|_| reason(&dice, seat.is_some()));
    let until = wanted.past.map_or(wanted.as_of, |latest| match left {
        _ if seat.is_some() => latest.plus_days(-dice.between(10, 60, For::EndDay, 0)),
        _ => latest.plus_days(-dice.between(30, shape.left.years_back * 365, For::EndDay, 0)),
    });
    let age = match left {
        Some(ExitReason::Retired) => 0,
        Some(ExitReason::RetiredEarly) => 54,
        Some(ExitReason::Resigned) => dice.between(29, 40, For::Age, 0),
        Some(ExitReason::SelectedUp) => dice.between(28, 36, For::Age, 0),
        Some(ExitReason::HireCancelled) => dice.between(23, 28, For::Age, 0),
        Some(_) => dice.between(34, 53, For::Age, 0),
        None => {
            let band = dice.pick(ages.iter().map(|a| a[2] as u32), For::Age, 0);
            let [from, to, _] = ages.get(band).copied().unwrap_or([40, 45, 1]);
            let age = dice.between(from, to, For::Age, 1);
            // Women retire earlier: the oldest bands become middle ones.
            if sex == Sex::Female && age > people.women_age_max {
                dice.between(38, people.women_age_max, For::Age, 2)
            } else {
                age
            }
        }
    };
    let (sex, age) = if left == Some(ExitReason::RetiredEarly) { (Sex::Male, age + 2) } else { (sex, age) };
    let mut birth = until.plus_years(-age).real().plus_days(-1 - dice.below(363, For::BirthDay, 0) as i32);
    let mut until = until;
    if left == Some(ExitReason::Retired) {
        (birth, until) = retirement_birth(until, sex, &dice);
    }
    let local = !(shape.law.home_bar && layer.is_some_and(|l| l >= Layer::CountyDeputy))
        && dice.chance(people.local.of(township), For::Local, 0);
    let mut origin = Origin {
        dice,
        sex,
        birth,
        local,
        education: Education::Bachelor,
        schooled: birth,
        channel: Channel::Exam,
        entry: birth,
        worked: false,
        first: home,
        home,
        moves: until,
        seat,
        until,
        left,
    };
    enter(&mut origin, place, township);
    origin
}

fn reason(dice: &Dice, seat: bool) -> ExitReason {
    let left = &SHAPE.left;
    if seat {
        return ExitReason::Retired;
    }
    if dice.chance(left.cancelled, For::Cancelled, 0) {
        return ExitReason::HireCancelled;
    }
    let at = dice.pick(left.reasons.iter().map(|r| r.1), For::Reason, 0);
    left.reasons.get(at).map_or(ExitReason::Retired, |r| r.0)
}

/// The day on which someone reaches the retirement age, with the steps of the reform of 2025.
pub fn retires(birth: Day, sex: Sex) -> Day {
    let law = &SHAPE.law;
    let months = if sex == Sex::Male { law.retire_men } else { law.retire_women };
    let before = birth.plus_months(months).real();
    let after = before.month_number() - law.retire_reform.month_number();
    let more = if after < 0 { 0 } else { (after / law.retire_every.max(1) + 1).min(law.retire_most) };
    birth.plus_months(months + more).real()
}

/// A birth whose retirement falls in the month of `end`, and the exact day of that retirement.
fn retirement_birth(end: Day, sex: Sex, dice: &Dice) -> (Day, Day) {
    let law = &SHAPE.law;
    let months = if sex == Sex::Male { law.retire_men } else { law.retire_women };
    let day = dice.between(1, 28, For::BirthDay, 0) as u8;
    let month = Day::first_of(end.year(), end.month()).unwrap_or(end);
    for more in 0..=law.retire_most {
        let birth = month.plus_months(-months - more).plus_days(i32::from(day) - 1);
        let retired = retires(birth, sex);
        if retired.month_number() <= end.month_number() && retired <= end {
            return (birth, retired);
        }
    }
    let birth = month.plus_months(-months - law.retire_most - 1);
    (birth, retires(birth, sex))
}

/// Months of service that the end of the career asks for.
fn service_needed(origin: &Origin) -> i32 {
    match (origin.left, origin.seat.map(|s| s.layer)) {
        (Some(ExitReason::HireCancelled), _) => SHAPE.law.probation_months + 1,
        (Some(_), None) => SHAPE.law.service_months + 4,
        (_, Some(Layer::TownshipDeputy)) => 90,
        (_, Some(_)) => 150,
        (None, None) => 1,
    }
}

/// Finds schooling, channel and day of entry that fit; makes the person older where nothing does.
fn enter(origin: &mut Origin, place: &Place, township: bool) {
    let dice = origin.dice;
    let people = &SHAPE.people;
    let deputy = origin.seat.is_some_and(|s| s.layer == Layer::TownshipDeputy);
    let transfer = deputy
        && !township
        && origin.left.is_none()
        && dice.chance(people.entry.transfer_in_deputies, For::Channel, 9);
    for attempt in 0..24u32 {
        let era = origin.birth.year() + 22;
        origin.education = schooling(&dice, era, township);
        origin.schooled = school_end(origin.birth, origin.education);
        let first_era = origin.schooled.year();
        let (channel, gap) = if transfer {
            (Channel::TransferIn, 14)
        } else {
            channel_and_gap(&dice, first_era, township, attempt)
        };
        if channel == Channel::Military {
            origin.education = origin.education.min(Education::Bachelor);
            origin.schooled = school_end(origin.birth, origin.education);
        }
        // The channel was drawn for the year of schooling's end; state assignment ended with the examinations.
        let channel = if channel == Channel::Assigned && origin.schooled.year() > 2005 {
            Channel::Exam
        } else {
            channel
        };
        // Selected graduates and graduate village officials are graduates.
        let channel = match channel {
            Channel::SelectedGraduate if origin.education < Education::Bachelor => Channel::Exam,
            Channel::VillageGraduate if origin.education < Education::JuniorCollege => Channel::Exam,
            other => other,
        };
        let latest_age = match channel {
            Channel::TransferIn => 50,
            Channel::Military => SHAPE.law.military_age_max,
            _ => SHAPE.law.exam_age_max,
        };
        let needed = service_needed(origin);
        for gap in [gap, 0] {
            let Some(entry) = entry_day(&dice, origin.schooled, gap, channel) else {
                continue;
            };
            let fits = (18..=latest_age).contains(&entry.years_since(origin.birth))
                && entry.plus_months(needed) < origin.until
                && (gap > 0
                    || !matches!(channel, Channel::Military | Channel::TransferIn | Channel::VillageCadre));
            if fits {
                origin.channel = channel;
                origin.entry = entry;
                origin.worked = gap > 0;
                organs(origin, place, township);
                return cancelled(origin);
            }
        }
        if attempt >= 4 {
            let older = origin.birth.plus_years(-1).real();
            if origin.left == Some(ExitReason::Retired) {
                break;
            }
            origin.birth = older;
        }
    }
    // A graduate of the first possible year: always lawful.
    origin.channel = if origin.schooled.year() < 2000 { Channel::Assigned } else { Channel::Exam };
    origin.entry = Day::new(origin.schooled.year(), 8, 1).unwrap_or(origin.schooled);
    origin.worked = false;
    organs(origin, place, township);
}

/// A cancelled hire ends with the probation.
fn cancelled(origin: &mut Origin) {
    if origin.left == Some(ExitReason::HireCancelled) {
        origin.until = origin.entry.plus_months(SHAPE.law.probation_months).real();
    }
}

fn schooling(dice: &Dice, era: u16, township: bool) -> Education {
    let table = SHAPE.people.education.iter().find(|e| era <= e.until).or(SHAPE.people.education.last());
    let Some(table) = table else {
        return Education::Bachelor;
    };
    let weights = if township { &table.township } else { &table.county };
    let list = [Education::SeniorHigh, Education::JuniorCollege, Education::Bachelor, Education::Master];
    list.get(dice.pick(weights.iter().copied(), For::Schooling, 0)).copied().unwrap_or(Education::Bachelor)
}

/// The end of full-time schooling: July of the year that the age allows.
fn school_end(birth: Day, education: Education) -> Day {
    let age = value(&SHAPE.people.schooling, education).unwrap_or(22);
    let year = birth.year() + age + u16::from(birth.month() >= 8);
    Day::new(year, 7, 1).unwrap_or(birth)
}

fn channel_and_gap(dice: &Dice, era: u16, township: bool, attempt: u32) -> (Channel, i32) {
    let people = &SHAPE.people;
    let table = people.channels.iter().find(|e| era <= e.until).or(people.channels.last());
    let Some(table) = table else {
        return (Channel::Exam, 0);
    };
    let weights = if township { &table.township } else { &table.county };
    let at = dice.pick(weights.iter().map(|w| w.1), For::Channel, attempt);
    let channel = weights.get(at).map_or(Channel::Exam, |w| w.0);
    let [from, to] = people.entry.gap_years;
    let some = |from, to| dice.between(from, to, For::Gap, attempt);
    let gap = match channel {
        Channel::Assigned | Channel::SelectedGraduate => 0,
        Channel::Exam if dice.chance(people.entry.fresh, For::Gap, 100 + attempt) => 0,
        Channel::Exam => some(from, to),
        Channel::VillageGraduate => 3,
        Channel::ProgrammeStaff => 2,
        Channel::Veteran => some(2, 5),
        Channel::VillageCadre => some(6, 13),
        Channel::InstitutionStaff => some(4, 11),
        Channel::Military => some(10, 17),
        Channel::TransferIn => some(12, 18),
    };
    (channel, gap)
}

fn entry_day(dice: &Dice, schooled: Day, gap: i32, channel: Channel) -> Option<Day> {
    let year = schooled.year() + gap as u16;
    let (from, to) = match channel {
        Channel::Assigned => (8, 8),
        Channel::SelectedGraduate => (8, 9),
        Channel::Military => (10, 12),
        Channel::TransferIn => (3, 11),
        _ => (8, 11),
    };
    let month = dice.between(from, to, For::EntryDay, 0) as u8;
    Day::new(year, month, dice.between(1, 28, For::EntryDay, 1) as u8)
}

/// The first organ and the day of the move to the last one.
fn organs(origin: &mut Origin, place: &Place, township: bool) {
    let dice = origin.dice;
    let entry = &SHAPE.people.entry;
    let earliest = origin.entry.plus_months(SHAPE.law.service_months).real();
    let last = origin.until.plus_days(-90);
    let days = last.days_since(earliest);
    let leader = origin.seat.is_some_and(|s| s.layer >= Layer::CountyDeputy);
    let movable = days > 0
        && !leader
        && !matches!(origin.channel, Channel::TransferIn | Channel::Military)
        && origin.left.is_none();
    origin.first = origin.home;
    if let Some(town) = origin.seat.filter(|_| leader).and_then(|s| place.leader_town(s.post)) {
        origin.first = town;
    }
    if !movable {
        return;
    }
    let moves = if township { entry.other_township } else { entry.first_in_township };
    if dice.chance(moves, For::Began, 0) {
        origin.first = place.draw_organ(&dice, true, Some(origin.home), For::Began, 1);
        // Most moves come in the first ten years after the service term.
        origin.moves = earliest.plus_days(dice.below(days.min(3650) as u32, For::Moved, 0) as i32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retirement_moves_by_one_month_in_four_from_2025() {
        let day = |t: &str| t.parse::<Day>().expect("a day");
        assert_eq!(retires(day("1964-12-05"), Sex::Male), day("2024-12-05"));
        assert_eq!(retires(day("1965-01-05"), Sex::Male), day("2025-02-05"));
        assert_eq!(retires(day("1965-05-05"), Sex::Male), day("2025-07-05"));
        assert_eq!(retires(day("1970-01-05"), Sex::Female), day("2025-02-05"));
    }
}
