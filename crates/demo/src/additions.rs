//! Additions to a career that depend on nothing else: study on the job, other work before, training, leave; and the
//! few mistakes that later events correct.

use takeroot_civil::{
    Channel, Day, Degree, Education, ExitReason, Grade, LeaveKind, Sex, TrainingKind, WorkKind,
};

use crate::deed::{Deed, Entry};
use crate::draw::For;
use crate::life::Life;
use crate::people::{work_from, work_start};
use crate::shape::SHAPE;

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
        let Some(done) = Day::new(year, if n == 0 { 7 } else { 12 }, 1).filter(|d| *d < until) else {
            break;
        };
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
        let (Some(course), Some(online)) = (Day::new(year, 10, 20), Day::new(year, 11, 30)) else {
            continue;
        };
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
            && dice.chance(SHAPE.years.leave_sick, For::Leave, n + 3)
        {
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
