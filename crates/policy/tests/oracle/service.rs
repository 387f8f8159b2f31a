//! Minimum service, acts of leaving, leave, training and retirement, day by day.

use takeroot_civil::*;
use takeroot_policy::rule::*;
use takeroot_policy::{Need, Verdict};

use super::life::*;

/// A minimum service owed.
#[derive(Clone, Debug, PartialEq)]
pub struct Owed {
    pub years: u8,
    pub served_in: ServedIn,
    pub from: Day,
    pub running: bool,
    pub until: Option<Day>,
    pub not_counted: i32,
    pub served_months: i32,
    pub clause: Option<String>,
}

impl Life<'_> {
    /// Whether a term of these posts is owed by a recruit; `None` when a fact is missing.
    fn owes(&self, rule: &ServiceTerm, recruit: &Recruit) -> Option<bool> {
        if !rule.channels.is_empty() && !rule.channels.contains(&recruit.channel) {
            return Some(false);
        }
        let organ = self.organs.get(&recruit.organ);
        let township = organ.map(|o| o.kind.is_township());
        let county_or_township = organ.map(|o| o.kind.is_township() || o.kind.tier() == Some(Tier::County));
        let hard = organ.and_then(|o| o.hardship_class).map(|c| c > 0);
        match rule.posts {
            Posts::Any => Some(true),
            Posts::Township => township,
            Posts::HardshipTownship => match (township, hard) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            Posts::Hardship => match (county_or_township, hard) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            Posts::VillageCadres => Some(recruit.channel == Channel::VillageCadre),
            Posts::Programme => Some(recruit.channel == Channel::ProgrammeStaff),
            Posts::OwnUnit => Some(recruit.years_in_unit.is_some()),
            Posts::NationalExam => Some(false),
        }
    }

    /// The terms owed by the recruit of the present service.
    pub fn terms(&self, on: Day) -> Vec<Owed> {
        let mut out = Vec::new();
        let state = self.at(on);
        let Some(recruit) = &state.recruit else {
            return out;
        };
        // What the announcement asked for in the hiring unit, until a clause takes it up.
        let mut announced = recruit.years_in_unit;
        for term in &self.rules.service_terms {
            // A term binds those recruited while it was in force.
            if term.cite.from.is_some_and(|from| recruit.on < from)
                || self.owes(&term.rule, recruit) != Some(true)
            {
                continue;
            }
            let from = if term.rule.includes_probation {
                recruit.on
            } else {
                self.probation_end().unwrap_or(recruit.on)
            };
            let years = match (term.rule.posts, recruit.years_in_unit) {
                (Posts::OwnUnit, Some(years)) => {
                    announced = None;
                    years
                }
                _ => term.rule.years,
            };
            out.push(self.serve(recruit, from, years, term.rule.served_in, Some(term.cite.id.clone()), on));
        }
        if let Some(years) = announced {
            out.push(self.serve(recruit, recruit.on, years, ServedIn::OwnOrgan, None, on));
        }
        out
    }

    /// Whether a day is served where it must be.
    fn in_scope(&self, state: &State, recruit: &Recruit, served_in: ServedIn) -> bool {
        let home = self.organs.get(&recruit.organ).copied();
        if !state.in_service {
            return false;
        }
        match served_in {
            ServedIn::Organs => true,
            ServedIn::Townships => self.works_in_township(state, None, true),
            ServedIn::TownshipsOfCounty => {
                // The hiring organ itself lies in its own county, whether or not that is written down.
                let at_home = state.away.is_none() && state.organ.as_ref() == Some(&recruit.organ);
                self.works_in_township(state, county(home), false)
                    || at_home && self.works_in_township(state, None, true)
            }
            ServedIn::County => {
                let place = match &state.away {
                    None => self.organ(&state.organ),
                    // Sent to a place that the roster does not know: taken as lying where the organ lies.
                    Some(away) => self.organ(&away.organ).or(self.organ(&state.organ)),
                };
                let at_home = state.away.is_none() && state.organ.as_ref() == Some(&recruit.organ);
                at_home || county(home).is_some() && county(place) == county(home)
            }
            ServedIn::OwnOrgan => state.away.is_none() && state.organ.as_ref() == Some(&recruit.organ),
        }
    }

    /// A term served day by day.
    fn serve(
        &self,
        recruit: &Recruit,
        from: Day,
        years: u8,
        served_in: ServedIn,
        clause: Option<String>,
        on: Day,
    ) -> Owed {
        // The length of the term in days, as the calendar makes it.
        let (mut length, mut day) = (0, from);
        let nominal = after_months(from, 12 * i32::from(years));
        while day < nominal {
            day = tomorrow(day);
            length += 1;
        }
        let (mut served, mut missed, mut until) = (0, 0, None);
        let mut day = from;
        let mut n = 0;
        while day < on {
            if served == length {
                until = Some(day);
                break;
            }
            while self.states.get(n + 1).is_some_and(|(first, _)| *first <= day) {
                n += 1;
            }
            if self.in_scope(&self.states[n].1, recruit, served_in) {
                served += 1;
            } else {
                missed += 1;
            }
            day = tomorrow(day);
        }
        if until.is_none() && served == length {
            until = Some(day);
        }
        let running = until.is_none();
        if running && self.in_scope(self.at(on), recruit, served_in) {
            // The days to come, served where the person is now.
            let mut day = day.max(on).max(from);
            while served < length {
                day = tomorrow(day);
                served += 1;
            }
            until = Some(day);
        }
        let mut start = from;
        for _ in 0..missed {
            start = tomorrow(start);
        }
        let served_months = if start <= on { months(start, on) } else { 0 };
        Owed { years, served_in, from, running, until, not_counted: missed, served_months, clause }
    }

    /// Whether an act of leaving is open.
    pub fn act(&self, act: ActName, on: Day) -> Verdict {
        let mut verdict =
            if act == ActName::OpenSelection { self.may_be_selected(on) } else { Verdict::default() };
        let blocked = self.rules.service_blocks.iter().any(|b| b.rule.act == act);
        if blocked && self.terms(on).iter().any(|t| t.running) {
            verdict.unmet.put(Need::TermServed, true);
        }
        if act == ActName::Secondment {
            let tier = self.organ(&self.at(on).organ).and_then(|o| o.kind.tier());
            for rule in self.rules.resolved.slots.values() {
                if let Rule::Secondment(rule) = &rule.rule {
                    let here =
                        tier.is_some_and(|t| t == rule.from || rule.from == Tier::County && t < Tier::County);
                    if here && rule.rule == SecondmentRule::Forbidden {
                        verdict.unmet.put(Need::Allowed, true);
                    }
                }
            }
        }
        if act != ActName::OpenSelection {
            self.bars(act, on, &mut verdict);
        }
        verdict
    }

    /// Whether a higher organ may select the person.
    pub fn may_be_selected(&self, on: Day) -> Verdict {
        let mut verdict = Verdict::default();
        for condition in &self.rules.open_selection {
            let wanted = condition.rule.years.map_or(0, i32::from) * 12;
            match condition.rule.condition {
                SelectionCondition::GrassrootsYears => match self.grassroots_months(on) {
                    None => verdict.unknown.put(Need::GrassrootsYears, true),
                    Some(have) => verdict.unmet.put(Need::GrassrootsYears, have < wanted),
                },
                SelectionCondition::ServiceYears => {
                    // Nothing says when the person entered the service.
                    if self.states.iter().any(|s| s.1.in_service) {
                        verdict.unmet.put(Need::ServiceYears, self.service_months(on) < wanted);
                    } else {
                        verdict.unknown.put(Need::ServiceYears, true);
                    }
                }
                SelectionCondition::Grades => {
                    // The year of probation is never graded: it does not count against anyone.
                    let end = self.probation_end();
                    let start = self.at(on).recruit.as_ref().map(|r| r.on.year());
                    let bad = self.grades.iter().any(|(year, grade)| match grade {
                        Grade::Excellent | Grade::Competent => false,
                        Grade::Ungraded => {
                            !(start.is_some_and(|s| s <= *year) && end.is_some_and(|e| *year <= e.year()))
                        }
                        _ => true,
                    });
                    // A year without a record is taken as competent, here as elsewhere.
                    verdict.unmet.put(Need::Grades, bad);
                }
                SelectionCondition::TermServed => {
                    verdict.unmet.put(Need::TermServed, self.terms(on).iter().any(|t| t.running));
                }
            }
        }
        self.bars(ActName::OpenSelection, on, &mut verdict);
        verdict
    }

    /// Working days of annual leave a year, half days taken, whether lost, the next band.
    pub fn annual_leave(&self, on: Day) -> Option<(Option<u8>, u32, bool, Option<(Day, u8)>)> {
        let rule = &self.rules.annual_leave.as_ref()?.rule;
        let start = self.person.work_start;
        let years = start.map(|s| if s <= on { months(s, on) / 12 } else { 0 });
        let mut days = years.map(|_| 0);
        let mut next = None;
        for band in &rule.bands {
            let from = band.from_years.max(rule.after_years);
            if let (Some(years), Some(start)) = (years, start) {
                if years >= i32::from(from) {
                    days = Some(band.days);
                } else if next.is_none() {
                    next = Some((after_months(start, 12 * i32::from(from)), band.days));
                }
            }
        }
        let (mut taken, mut personal, mut sick) = (0u32, 0u32, 0u32);
        for event in &self.events {
            if let Fact::OnLeave { kind, half_days } = &event.fact {
                if event.dates.effective.year() == on.year() && event.dates.effective <= on {
                    match kind {
                        LeaveKind::Annual => taken += u32::from(*half_days),
                        LeaveKind::Personal => personal += u32::from(*half_days),
                        LeaveKind::Sick => sick += u32::from(*half_days),
                        _ => {}
                    }
                }
            }
        }
        let lost = self.rules.annual_leave_lost.as_ref().is_some_and(|l| {
            let mut wanted = None;
            for band in &l.rule.sick {
                if years.is_some_and(|y| y >= i32::from(band.from_years)) {
                    wanted = Some(u32::from(band.months) * 60);
                }
            }
            personal >= 2 * u32::from(l.rule.personal_days) || wanted.is_some_and(|w| sick >= w)
        });
        Some((days, taken, lost, next))
    }

    /// Days, hours, off-job days and online hours of training this year.
    pub fn training(&self, on: Day) -> (u32, u32, u32, u32) {
        let mut sum = (0, 0, 0, 0);
        for event in &self.events {
            if let Fact::Trained { kind, days, hours, off_job, .. } = &event.fact {
                if event.dates.effective.year() == on.year() && event.dates.effective <= on {
                    if *kind == TrainingKind::Online {
                        sum.3 += u32::from(*hours);
                    }
                    sum.0 += u32::from(*days);
                    sum.1 += u32::from(*hours);
                    sum.2 += if *off_job { u32::from(*days) } else { 0 };
                }
            }
        }
        sum
    }

    /// The day of the retirement age, and the age in months.
    pub fn retirement(&self) -> Option<(Day, i32)> {
        let birth = self.person.birth?;
        let group = match self.person.sex? {
            Sex::Male => RetirementGroup::Men,
            Sex::Female => RetirementGroup::Women,
        };
        let rule = &self.rules.retirement.iter().find(|r| r.rule.group == group)?.rule;
        let old = i32::from(rule.age_months);
        let mut age = old;
        if let Some(starts) = rule.starts {
            // Month after month since the start: one more month of age for every so many begun.
            let at = after_months(Day::new(birth.year(), birth.month(), 1).expect("a day"), old);
            let (mut month, mut begun) = (starts.0, 0);
            while month <= at {
                if begun % i32::from(rule.one_month_per.max(1)) == 0 {
                    age += 1;
                }
                begun += 1;
                month = after_months(month, 1);
            }
            age = age.min(i32::from(rule.end_age_months));
        }
        Some((after_months(birth, age), age))
    }
}
