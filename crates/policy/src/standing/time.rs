//! Leave, training, retirement: what the years and the calendar give.

use std::sync::Arc;

use serde::Serialize;
use takeroot_civil::{Day, Fact, LeaveKind, Sex, TrainingKind};

use crate::facts::Facts;
use crate::officer::Officer as _;
use crate::rule::{LimitOf, Retirement, RetirementGroup};
use crate::rules::{Cited, Rules};
use crate::stack::Cite;

/// Annual leave of the year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Leave {
    /// Working days a year by the band of work years; `None` when the start of work is not known.
    pub days: Option<u8>,
    /// Full years of work.
    pub work_years: Option<u16>,
    /// Half days taken this year up to the day.
    pub taken_half_days: u32,
    /// The year's leave is lost, by this clause.
    pub lost: Option<Arc<Cite>>,
    /// The clause.
    pub clause: Arc<Cite>,
    /// When the next band is reached, and its days.
    pub next: Option<(Day, u8)>,
}

/// Annual leave of the year of the day.
pub fn leave(facts: &Facts<'_>, rules: &Rules) -> Option<Leave> {
    let rule = rules.annual_leave.as_ref()?;
    let half_days = |kind: LeaveKind| -> u32 {
        facts
            .timeline
            .events
            .iter()
            .filter(|e| e.dates.effective.year() == facts.on.year())
            .filter_map(|e| match e.fact {
                Fact::OnLeave { kind: k, half_days } if k == kind => Some(u32::from(half_days)),
                _ => None,
            })
            .sum()
    };
    let work_years = facts.work_months().map(|m| m / 12);
    let band = |years: u16| {
        if years < u16::from(rule.rule.after_years) {
            return 0;
        }
        rule.rule.bands.iter().filter(|b| years >= u16::from(b.from_years)).map(|b| b.days).max().unwrap_or(0)
    };
    let lost = rules.annual_leave_lost.as_ref().filter(|lost| {
        let personal = half_days(LeaveKind::Personal) >= u32::from(lost.rule.personal_days) * 2;
        let years = work_years.unwrap_or(0);
        let sick_limit =
            lost.rule.sick.iter().filter(|b| years >= u16::from(b.from_years)).map(|b| b.months).max();
        // Sick leave is counted in calendar days; a month of it is taken as 30.
        let sick = sick_limit.is_some_and(|months| half_days(LeaveKind::Sick) >= u32::from(months) * 60);
        personal || sick
    });
    let next = facts.career.person.work_start.zip(work_years).and_then(|(start, years)| {
        let mut later = rule.rule.bands.iter().filter(|b| years < u16::from(b.from_years));
        later.next().map(|b| (start.plus_years(i32::from(b.from_years)).real(), b.days))
    });
    Some(Leave {
        days: work_years.map(band),
        work_years,
        taken_half_days: half_days(LeaveKind::Annual),
        lost: lost.map(|l| l.cite.clone()),
        clause: rule.cite.clone(),
        next,
    })
}

/// Training credit of the year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Training {
    /// Days this year.
    pub days: u32,
    /// Class hours this year, online self-study among them.
    pub hours: u32,
    /// Off-job days this year.
    pub off_job_days: u32,
    /// Hours of online self-study this year.
    pub online_hours: u32,
    /// Days wanted, class hours wanted: either is enough.
    pub wanted_days: Option<u32>,
    /// Class hours wanted.
    pub wanted_hours: Option<u32>,
    /// Days missing; 0 when the days or the hours are reached.
    pub missing_days: Option<u32>,
    /// Off-job days wanted of people at the grassroots.
    pub wanted_off_job: Option<u32>,
    /// Online hours wanted.
    pub wanted_online: Option<u32>,
    /// The clauses of what is wanted.
    pub clauses: Vec<Arc<Cite>>,
}

/// Training credit of the year of the day.
pub fn training(facts: &Facts<'_>, rules: &Rules) -> Training {
    let (mut days, mut hours, mut off_job_days, mut online_hours) = (0u32, 0u32, 0u32, 0u32);
    for event in facts.timeline.events.iter().filter(|e| e.dates.effective.year() == facts.on.year()) {
        if let Fact::Trained { kind, days: d, hours: h, off_job, .. } = event.fact {
            days += u32::from(d);
            hours += u32::from(h);
            online_hours += if kind == TrainingKind::Online { u32::from(h) } else { 0 };
            off_job_days += if off_job { u32::from(d) } else { 0 };
        }
    }
    let mut clauses = Vec::new();
    let mut wanted = |of: LimitOf, here: bool| {
        let limit = rules.limit(of).filter(|_| here)?;
        clauses.push(limit.cite.clone());
        Some(limit.rule.value())
    };
    let at_grassroots =
        facts.organ.and_then(|o| o.kind.tier()).is_some_and(|tier| tier <= takeroot_civil::Tier::County);
    let wanted_days = wanted(LimitOf::TrainingDays, true);
    let wanted_hours = wanted(LimitOf::TrainingHours, true);
    let wanted_off_job = wanted(LimitOf::TrainingGrassrootsOffJob, at_grassroots);
    let wanted_online = wanted(LimitOf::TrainingOnlineHours, true);
    let by_hours = wanted_hours.is_some_and(|w| hours >= w);
    let missing_days = wanted_days.map(|w| if by_hours { 0 } else { w.saturating_sub(days) });
    Training {
        days,
        hours,
        off_job_days,
        online_hours,
        wanted_days,
        wanted_hours,
        missing_days,
        wanted_off_job,
        wanted_online,
        clauses,
    }
}

/// When a person reaches the retirement age.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RetirementDay {
    /// The day; the month decides.
    pub day: Day,
    /// The age, months.
    pub age_months: i32,
    /// Months by which the schedule of the change puts it off.
    pub later_by_months: i32,
    /// The clause.
    pub clause: Arc<Cite>,
}

/// The retirement day, if birth and sex are known and a rule speaks. Women cadres are judged as cadres.
pub fn retirement(facts: &Facts<'_>, rules: &Rules) -> Option<RetirementDay> {
    let person = &facts.career.person;
    let (birth, sex) = (person.birth?, person.sex?);
    Some(retirement_day(retirement_of(rules, sex)?, birth))
}

/// The clause on retirement for a sex. Women cadres are judged as cadres.
pub fn retirement_of(rules: &Rules, sex: Sex) -> Option<&Cited<Retirement>> {
    let group = match sex {
        Sex::Male => RetirementGroup::Men,
        Sex::Female => RetirementGroup::Women,
    };
    rules.retirement.iter().find(|rule| rule.rule.group == group)
}

/// The retirement day of someone born on a day, by one clause.
pub fn retirement_day(rule: &Cited<Retirement>, birth: Day) -> RetirementDay {
    let age = i32::from(rule.rule.age_months);
    let old = birth.plus_months(age);
    let later = match rule.rule.starts {
        Some(starts) if old.month_number() >= starts.0.month_number() => {
            let months = old.month_number() - starts.0.month_number();
            let step = i32::from(rule.rule.one_month_per.max(1));
            (months / step + 1).min(i32::from(rule.rule.end_age_months) - age).max(0)
        }
        _ => 0,
    };
    RetirementDay {
        day: birth.plus_months(age + later).real(),
        age_months: age + later,
        later_by_months: later,
        clause: rule.cite.clone(),
    }
}
