//! The yearly assessment: which grade a year gets, and what grades do to waiting times.

use takeroot_civil::{Day, Grade, Rank};

use super::Living;
use crate::deed::Deed;
use crate::draw::For;
use crate::shape::SHAPE;

impl Living<'_> {
    /// The grade of a year that has passed.
    pub(super) fn grade(&self, year: u16) -> Option<Grade> {
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
            return Some(if dice.chance(0.3, For::Grade, 20_000 + n) {
                Grade::Basic
            } else {
                Grade::Competent
            });
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

    pub(super) fn assess(&mut self, day: Day) {
        let year = day.year() - 1;
        let Some(grade) = self.life.grades.last().copied().flatten() else {
            return;
        };
        self.put(day, Deed::Assessed { year, grade });
        if grade == Grade::Excellent && year >= 2008 {
            use takeroot_civil::Reward;
            self.put(day, Deed::Rewarded { reward: Reward::Commendation });
            let row = self.life.grades.iter().rev().take_while(|g| **g == Some(Grade::Excellent)).count();
            let merit = SHAPE.years.merit_third;
            if row % 3 == 0 && self.life.origin.dice.chance(merit, For::Reward, year.into()) {
                self.put(
                    day.plus_days(20).min(self.until().plus_days(-1)),
                    Deed::Rewarded { reward: Reward::MeritThird },
                );
            }
        }
    }

    /// Years from `from` whose grade does not count, among those that are known.
    pub(super) fn lost_years(&self, from: Day) -> i32 {
        let first = self.life.origin.entry.year();
        let lost = self.life.grades.iter().enumerate().filter(|(at, grade)| {
            first + *at as u16 >= from.year()
                && matches!(grade, Some(Grade::Basic | Grade::Incompetent | Grade::Ungraded))
        });
        lost.count() as i32
    }

    /// Excellent years spent in full since `from`, among those that are known.
    pub(super) fn excellent_years(&self, from: Day) -> i32 {
        let first = self.life.origin.entry.year();
        let won = self.life.grades.iter().enumerate().filter(|(at, grade)| {
            Day::new_year(first + *at as u16) >= from && **grade == Some(Grade::Excellent)
        });
        won.count() as i32
    }

    /// Whether a promotion is barred on a day: a measure in effect, an open investigation, last year's bad grade.
    pub(super) fn barred(&self, day: Day) -> bool {
        self.blocked.is_some_and(|until| day <= until)
            || self.inquiry.is_some_and(|(from, to)| from <= day && day <= to)
            || matches!(self.life.grades.last(), Some(Some(Grade::Basic | Grade::Incompetent)))
    }
}
