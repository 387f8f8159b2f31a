//! What a career does not change: name, identity number, native place, family; and the small additions to a career
//! that depend on nothing else (study, other work, training, leave).

use takeroot_civil::{
    Channel, Day, Degree, Education, ExitReason, Grade, LeaveKind, Relative, ResidentId, Sex, TrainingKind,
    WorkKind,
};

use crate::deed::{Deed, Entry};
use crate::draw::{Dice, For};
use crate::life::Life;
use crate::origin::Origin;
use crate::shape::SHAPE;

/// A name. `n` tells relatives apart; `surname` is kept where it is given.
pub fn name(dice: &Dice, sex: Sex, surname: Option<&str>, n: u32) -> String {
    let names = &SHAPE.names;
    let k = n * 8;
    let at = dice.pick(names.surnames.iter().map(|s| s.1), For::Name, k);
    let drawn = names.surnames.get(at).map_or("", |s| s.0.as_str());
    let given = if sex == Sex::Male { &names.given_men } else { &names.given_women };
    let mut name = surname.unwrap_or(drawn).to_owned();
    let first = dice.below(given.len() as u32, For::Name, k + 1) as usize;
    name.extend(given.get(first));
    if dice.chance(names.two_character, For::Name, k + 2) {
        // Not the same character twice.
        let next = 1 + dice.below((given.len() as u32).saturating_sub(1), For::Name, k + 3) as usize;
        name.extend(given.get((first + next) % given.len().max(1)));
    }
    name
}

/// The 17 digits before the check character. `order` is the number of the sequence, odd for men.
pub fn digits(area: u32, birth: Day, order: u16) -> u64 {
    let day = u64::from(birth.year()) * 10_000 + u64::from(birth.month()) * 100 + u64::from(birth.day());
    (u64::from(area) * 100_000_000 + day) * 1_000 + u64::from(order)
}

/// The identity number of 17 digits with its check character.
pub fn resident_id(digits: u64) -> Option<ResidentId> {
    let text = format!("{digits:017}");
    let check = takeroot_civil::resident_id::check_character(&text)?;
    ResidentId::parse(&format!("{text}{check}")).ok()
}

/// The first sequence number that a person tries: even for women, odd for men.
pub fn first_order(origin: &Origin) -> u16 {
    let n = 2 * origin.dice.below(499, For::Order, 0) as u16;
    if origin.sex == Sex::Male { n + 1 } else { n + 2 }
}

/// The day of joining the Party, if the person has.
pub fn party(origin: &Origin) -> Option<Day> {
    let shape = &SHAPE.people.party;
    let share = if origin.seat.is_some() { shape.share_leaders } else { shape.share };
    if !origin.dice.chance(share, For::Party, 0) {
        return None;
    }
    let early = origin.seat.is_some() || origin.channel == Channel::SelectedGraduate;
    let years = origin.dice.between(19, if early { 27 } else { 36 }, For::Party, 1);
    let day = origin.birth.plus_years(years).real().plus_days(origin.dice.below(360, For::Party, 2) as i32);
    Some(day).filter(|d| d.plus_years(1) < origin.until)
}

/// Ethnic group.
pub fn ethnic(dice: &Dice) -> &'static str {
    let list = &SHAPE.names.ethnic;
    list.get(dice.pick(list.iter().map(|e| e.1), For::Ethnic, 0)).map_or("汉族", |e| e.0.as_str())
}

/// Political status where the person is not in the Party.
pub fn politics(life: &Life, as_of: Day) -> &'static str {
    let dice = &life.origin.dice;
    if life.party.is_some() {
        "中共党员"
    } else if as_of.years_since(life.origin.birth) < 28 {
        "共青团员"
    } else if dice.chance(SHAPE.people.party.other_parties * 5.0, For::Party, 3) {
        ["民盟盟员", "民建会员", "农工党党员", "九三学社社员"]
            .get(dice.below(4, For::Party, 4) as usize)
            .copied()
            .unwrap_or("群众")
    } else {
        "群众"
    }
}

/// Spouse, child and parents.
pub fn family(life: &Life, own_name: &str, as_of: Day) -> Vec<Relative> {
    let origin = &life.origin;
    let dice = &origin.dice;
    let age = as_of.years_since(origin.birth);
    let own: String = own_name.chars().take(1).collect();
    let born = |years: i32, n: u32| {
        let day = origin.birth.plus_years(years).plus_months(dice.between(-10, 10, For::Family, n));
        Day::first_of(day.year(), day.month())
    };
    let relative = |relation: &str, name: String, birth, politics: &str, work: &str| Relative {
        relation: relation.to_owned(),
        name,
        birth,
        politics: politics.to_owned(),
        work: work.to_owned(),
    };
    let jobs = ["小学教师", "卫生院护士", "企业职员", "个体经营", "务农", "事业单位职员", "自由职业"];
    let job = |n| jobs.get(dice.below(jobs.len() as u32, For::Family, n) as usize).copied().unwrap_or("务农");
    let mut list = Vec::new();
    let married = age >= 27 && dice.chance(0.9, For::Family, 0);
    let spouse_sex = if origin.sex == Sex::Male { Sex::Female } else { Sex::Male };
    let spouse = name(dice, spouse_sex, None, 1);
    if married {
        let relation = if origin.sex == Sex::Male { "妻子" } else { "丈夫" };
        list.push(relative(relation, spouse.clone(), born(0, 1), "群众", job(2)));
        if age >= 29 {
            let (sex, relation) = if dice.chance(0.52, For::Family, 3) {
                (Sex::Male, "儿子")
            } else {
                (Sex::Female, "女儿")
            };
            let surname: String =
                if origin.sex == Sex::Male { own.clone() } else { spouse.chars().take(1).collect() };
            let birth = born(dice.between(26, 29, For::Family, 4), 5).filter(|d| *d < as_of);
            let child_age = birth.map_or(0, |d| as_of.years_since(d));
            let work = if child_age >= 23 { job(6) } else { "学生" };
            let politics = if child_age >= 14 && child_age < 28 { "共青团员" } else { "群众" };
            list.push(relative(relation, name(dice, sex, Some(&surname), 2), birth, politics, work));
        }
    }
    list.push(relative(
        "父亲",
        name(dice, Sex::Male, Some(&own), 3),
        born(-dice.between(23, 30, For::Family, 7), 8),
        "群众",
        "务农",
    ));
    list.push(relative(
        "母亲",
        name(dice, Sex::Female, None, 4),
        born(-dice.between(21, 28, For::Family, 9), 10),
        "群众",
        "务农",
    ));
    list
}

/// Adds study, other work, training and leave, puts the events in the order of their days, and makes a few mistakes
/// that later events correct.
pub fn complete(life: &mut Life, as_of: Day) {
    study(life);
    other_work(life);
    training(life);
    leave(life);
    let mut entries = std::mem::take(&mut life.entries);
    entries.sort_by_key(|e| e.effective);
    life.entries = entries;
    mistakes(life, as_of);
}

fn put(life: &mut Life, effective: Day, deed: Deed) {
    life.entries.push(Entry { effective, approved: None, counted: None, recorded: None, amends: None, deed });
}

fn study(life: &mut Life) {
    let origin = &life.origin;
    let dice = origin.dice;
    let later = &SHAPE.people.later_study;
    let degree = match origin.education {
        Education::Bachelor => Degree::Bachelor,
        Education::Master => Degree::Master,
        Education::Doctor => Degree::Doctor,
        _ => Degree::None,
    };
    let (education, schooled, entry, until) = (origin.education, origin.schooled, origin.entry, origin.until);
    let major = |n| dice.below(SHAPE.names.majors.len() as u32, For::Major, n) as u8;
    let school = |n: u32, list: &[String]| dice.below(list.len() as u32, For::School, n) as u8;
    let first_list = if education <= Education::SeniorHigh {
        &SHAPE.names.secondary_schools
    } else {
        &SHAPE.names.schools
    };
    put(
        life,
        schooled,
        Deed::Educated { education, degree, full_time: true, school: school(0, first_list), major: major(0) },
    );
    let mut now = education;
    let mut day = entry.max(schooled);
    for (n, (from, to, chance)) in [
        (Education::SeniorHigh, Education::JuniorCollege, later.senior_to_junior),
        (Education::JuniorCollege, Education::Bachelor, later.junior_to_bachelor),
        (Education::Bachelor, Education::Master, later.bachelor_to_master),
    ]
    .into_iter()
    .enumerate()
    {
        let n = n as u32;
        // A master's programme on the job follows a full-time bachelor's only.
        let fits = now == from && (to != Education::Master || education == Education::Bachelor);
        if !fits || !dice.chance(chance, For::LaterStudy, n) {
            continue;
        }
        let year = day.year() + dice.between(4, 9, For::LaterStudy, 10 + n) as u16;
        let Some(done) = Day::new(year, if n == 0 { 7 } else { 12 }, 1).filter(|d| *d < until) else { break };
        let degree = match to {
            Education::Bachelor if dice.chance(later.degree, For::LaterStudy, 20 + n) => Degree::Bachelor,
            Education::Master => Degree::Master,
            _ => Degree::None,
        };
        let deed = Deed::Educated {
            education: to,
            degree,
            full_time: false,
            school: school(1 + n, &SHAPE.names.later_schools),
            major: major(1 + n),
        };
        put(life, done, deed);
        (now, day) = (to, done);
    }
}

/// The day of the first work: other work, else recruitment.
pub fn work_start(origin: &Origin) -> Day {
    if origin.worked { work_from(origin) } else { origin.entry }
}

fn work_from(origin: &Origin) -> Day {
    origin.schooled.plus_days(25 + origin.dice.below(60, For::Work, 0) as i32)
}

fn other_work(life: &mut Life) {
    let origin = &life.origin;
    if !origin.worked {
        return;
    }
    let kind = match origin.channel {
        Channel::VillageCadre => WorkKind::VillageCadre,
        Channel::VillageGraduate => WorkKind::VillageGraduate,
        Channel::ProgrammeStaff => WorkKind::Programme,
        Channel::InstitutionStaff => WorkKind::TownshipInstitution,
        Channel::Veteran | Channel::Military => WorkKind::Army,
        Channel::TransferIn => WorkKind::Institution,
        _ => [WorkKind::Enterprise, WorkKind::Institution, WorkKind::Enterprise, WorkKind::Other]
            .get(origin.dice.below(4, For::Work, 1) as usize)
            .copied()
            .unwrap_or(WorkKind::Enterprise),
    };
    let place = origin.dice.below(200, For::Work, 2) as u8;
    let (from, to) = (work_from(origin), origin.entry);
    put(life, from, Deed::Worked { kind, place, to });
}

fn training(life: &mut Life) {
    let law = &SHAPE.law.training;
    let origin = life.origin.clone();
    let dice = origin.dice;
    let until = origin.until;
    let trained = |kind, days, hours, off_job| Deed::Trained { kind, days, hours, off_job };
    let on_probation = !matches!(origin.channel, Channel::Military | Channel::TransferIn);
    if on_probation && life.state.confirmed.is_some() {
        let day = origin.entry.plus_days(dice.between(40, 300, For::Training, 0));
        put(life, day, trained(TrainingKind::Initial, law.initial_days, 0, true));
    }
    for (n, (post, from, _)) in life.offices.clone().into_iter().enumerate() {
        let layer = life.entries.iter().find_map(|e| match e.deed {
            Deed::Appointed { layer, post: p } if p == post && e.effective == from => Some(layer),
            _ => None,
        });
        let days =
            law.post_days[usize::from(layer.is_some_and(|l| l >= takeroot_civil::Layer::CountyDeputy))];
        let day = from.plus_days(dice.between(30, 330, For::Training, 10 + n as u32));
        if day < until {
            put(life, day, trained(TrainingKind::Post, days, 0, true));
        }
    }
    let [from, to] = law.in_service_days;
    for year in until.year().saturating_sub(SHAPE.years.leave_recent_years)..until.year() {
        let n = 100 + u32::from(year) * 2;
        let (Some(course), Some(online)) = (Day::new(year, 10, 20), Day::new(year, 11, 30)) else { continue };
        if life.state.confirmed.is_some_and(|d| d < course) {
            let days = dice.between(from, to, For::Training, n) as u16;
            put(
                life,
                course.plus_days(-dice.between(0, 150, For::Training, n + 1)).max(origin.entry),
                trained(TrainingKind::InService, days, 0, true),
            );
            put(
                life,
                online,
                trained(
                    TrainingKind::Online,
                    0,
                    law.online_hours + dice.below(40, For::Training, n + 1000) as u16,
                    false,
                ),
            );
        }
    }
}

fn leave(life: &mut Life) {
    let law = &SHAPE.law.leave;
    let origin = life.origin.clone();
    let dice = origin.dice;
    let until = origin.until;
    let free = |life: &Life, day: Day, days: i32| {
        let end = day.plus_days(days);
        let open = life.state.away.map(|(from, _)| (from, Day::LATEST));
        !life.aways.iter().copied().chain(open).any(|(from, to)| from <= end && day <= to)
    };
    if origin.sex == Sex::Female {
        for (n, share) in [(0u32, 0.85), (1, 0.22)] {
            let years = dice.between(25 + 4 * n as i32, 28 + 5 * n as i32, For::Leave, n);
            let day =
                origin.birth.plus_years(years).real().plus_days(dice.below(330, For::Leave, 10 + n) as i32);
            let days = if day.year() < 2012 { law.maternity_before_2012 } else { law.maternity };
            let served = day > origin.entry.plus_months(SHAPE.law.probation_months + 2)
                && day.plus_days(days.into()) < until;
            if served && dice.chance(share, For::Leave, 20 + n) && free(life, day, days.into()) {
                put(life, day, Deed::OnLeave { kind: LeaveKind::Maternity, half_days: days * 2 });
            }
        }
    }
    for year in until.year().saturating_sub(SHAPE.years.leave_recent_years)..=until.year() {
        let n = 1000 + u32::from(year) * 4;
        let Some(day) = Day::new(year, 2, 20).map(|d| d.plus_days(dice.between(0, 280, For::Leave, n)))
        else {
            continue;
        };
        let worked = day.years_since(work_start(&origin));
        let Some(entitled) = law.annual.get(match worked {
            ..10 => 0,
            10..20 => 1,
            _ => 2,
        }) else {
            continue;
        };
        let days = (i32::from(*entitled) - dice.between(0, 3, For::Leave, n + 1)).max(1) as u16;
        if worked >= 1 && day > origin.entry && day.plus_days(25) < until && free(life, day, 20) {
            put(life, day, Deed::OnLeave { kind: LeaveKind::Annual, half_days: days * 2 });
        }
        let sick = Day::new(year, 1, 5).map(|d| d.plus_days(dice.between(0, 40, For::Leave, n + 2)));
        if let Some(sick) =
            sick.filter(|d| *d > origin.entry && d.plus_days(30) < until && free(life, *d, 20))
        {
            if dice.chance(SHAPE.years.leave_sick, For::Leave, n + 3) {
                put(
                    life,
                    sick,
                    Deed::OnLeave {
                        kind: LeaveKind::Sick,
                        half_days: dice.between(4, 30, For::Leave, n + 3) as u16,
                    },
                );
            }
        }
    }
}

/// A few careers hold an event that was written down wrongly and put right by a later one.
fn mistakes(life: &mut Life, as_of: Day) {
    let dice = life.origin.dice;
    let shape = &SHAPE.mistakes;
    let number = |at: usize| u16::try_from(at + 1).ok();
    let late = |day: Day| day.max(Day::new_year(2020)).plus_days(90).min(as_of);
    if dice.chance(shape.amended, For::Mistake, 0) {
        let wrong = life.entries.iter().enumerate().rev().find_map(|(at, e)| match e.deed {
            Deed::Assessed { year, grade: Grade::Excellent } => {
                Some((at, *e, Deed::Assessed { year, grade: Grade::Competent }))
            }
            Deed::Graded { level, step } if step < 5 => {
                Some((at, *e, Deed::Graded { level, step: step + 1 }))
            }
            _ => None,
        });
        if let Some((at, right, deed)) = wrong {
            if let Some(entry) = life.entries.get_mut(at) {
                entry.deed = deed;
            }
            life.entries.push(Entry { amends: number(at), recorded: Some(late(right.effective)), ..right });
        }
    }
    if dice.chance(shape.voided, For::Mistake, 1) && life.origin.left != Some(ExitReason::HireCancelled) {
        // A reward that belonged to someone of the same name.
        let Some(day) = life.state.confirmed.map(|d| d.plus_days(200)).filter(|d| *d < life.origin.until)
        else {
            return;
        };
        let at = life.entries.len();
        let reward = Deed::Rewarded { reward: takeroot_civil::Reward::Commendation };
        put(life, day, reward);
        let entry = Entry {
            effective: day,
            approved: None,
            counted: None,
            recorded: Some(late(day)),
            amends: number(at),
            deed: Deed::Voided,
        };
        life.entries.push(entry);
    }
}
