//! Levels, steps and ranks through all ladders: 2006, 2008, 2015, 2019.

use takeroot_civil::{Channel, Code, Day, Grade, Rank};

use super::{Held, Living, RANK_OF_CLASS, class};
use crate::deed::Deed;
use crate::draw::For;
use crate::shape::{SHAPE, value};

impl Living<'_> {
    pub(super) fn best_level(&self) -> u8 {
        let law = &SHAPE.law;
        let state = &self.life.state;
        let ranks =
            [state.old, state.county, state.rank].into_iter().flatten().map(|h| law.range(h.rank.code()).1);
        let layer = state.office.map(|o| law.range(o.layer.code()).1);
        ranks.chain(layer).min().unwrap_or(18)
    }

    pub(super) fn set_level(&mut self, day: Day, level: u8) {
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
    pub(super) fn raise(&mut self, day: Day, range: (u8, u8)) {
        let Some(level) = self.life.state.level else {
            return;
        };
        if level > range.0 {
            self.set_level(day, range.0);
        } else if level > range.1 {
            self.set_level(day, level - 1);
        }
    }

    pub(super) fn increment(&mut self, day: Day) {
        let assessment = &SHAPE.law.assessment;
        let Some(level) = self.life.state.level else {
            return;
        };
        let counts = matches!(self.life.grades.last(), Some(Some(Grade::Excellent | Grade::Competent)));
        let year = day.year() - 1;
        self.step_count += u8::from(counts && year >= self.step_from);
        self.level_count = self.level_count.saturating_add(u8::from(counts && year >= self.level_from));
        if self.blocked.is_some_and(|until| day <= until)
            || self.inquiry.is_some_and(|(a, b)| a <= day && day <= b)
        {
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
    pub(super) fn confirm(&mut self, day: Day) {
        let law = &SHAPE.law;
        let origin = &self.life.origin;
        let new = day >= law.ladder_2019;
        let Some(first) = value(&law.first, origin.education) else {
            return;
        };
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
    pub(super) fn register(&mut self, day: Day) {
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
                self.put_counted(
                    day,
                    Some(held.counted).filter(|d| *d != day),
                    Deed::Ranked { rank: held.rank },
                );
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
    pub(super) fn convert(&mut self, day: Day) {
        let state = &self.life.state;
        if state.confirmed.is_none() {
            return;
        }
        let ranks = [state.old, state.county].into_iter().flatten().map(|h| class(h.rank));
        let layer = state.office.map(|o| o.layer.index() + 2);
        let Some(class) = ranks.chain(layer).max() else {
            return;
        };
        let (Some(rank), counted) =
            (RANK_OF_CLASS.get(class).copied(), state.full.get(class).copied().flatten())
        else {
            return;
        };
        let counted = counted.unwrap_or(day);
        self.life.state.old = None;
        self.life.state.county = None;
        self.life.state.rank = Some(Held { rank, counted, since: day });
        self.put_counted(day, Some(counted).filter(|d| *d != day), Deed::Ranked { rank });
    }

    /// After a year graded incompetent: one rank down.
    pub(super) fn fall(&mut self, day: Day) {
        let Some(held) = self.life.state.rank.filter(|h| h.rank > Rank::Staff2) else {
            return;
        };
        let Some(lower) = Rank::ALL.get(held.rank.index() - 1).copied() else {
            return;
        };
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

    /// One of the year's rounds of rank promotion.
    pub(super) fn round(&mut self, day: Day, n: u8) {
        let law = &SHAPE.law;
        if self.life.state.confirmed.is_none()
            || self.barred(day)
            || self.last_rank_up.is_some_and(|d| day < d.plus_months(6))
        {
            return;
        }
        let ordinal = u32::from(day.year()) * 4 + u32::from(n);
        if day >= law.ladder_2019 {
            self.round_2019(day, ordinal);
        } else if day < law.ladder_2006 {
            // Before the Law the first step is remembered, not written: registration in 2006 states it.
            if let Some(held) = self.life.state.old.filter(|h| h.rank == Rank::Clerk08)
                && day >= held.counted.plus_months(value(&law.months_2008, Rank::Staff08).unwrap_or(36))
            {
                self.life.state.old = Some(Held { rank: Rank::Staff08, counted: day, since: day });
                self.reach(1, day);
            }
        } else {
            self.round_2008(day, ordinal);
            if day >= law.ladder_2015 && self.last_rank_up != Some(day) {
                self.round_2015(day, ordinal);
            }
        }
    }

    /// Whether someone who could have had a rank since `due` is given it in this round: the longer due, the likelier.
    pub(super) fn granted(&self, p: f64, due: Day, day: Day, ordinal: u32) -> bool {
        let years = f64::from(day.months_since(due)) / 12.0;
        self.life.origin.dice.chance(p * (1.0 + SHAPE.grants.waiting * years), For::Grant, ordinal)
    }

    pub(super) fn round_2008(&mut self, day: Day, ordinal: u32) {
        let law = &SHAPE.law;
        let Some(held) = self.life.state.old.filter(|_| self.life.state.office.is_none()) else {
            return;
        };
        let Some(next) = Rank::ALL.get(held.rank.index() + 1).copied() else {
            return;
        };
        let Some(months) = value(&law.months_2008, next) else {
            return;
        };
        let grants = &SHAPE.grants;
        let list = if self.place.is_township(self.life.state.organ) {
            &grants.old_township
        } else {
            &grants.old_county
        };
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

    pub(super) fn round_2015(&mut self, day: Day, ordinal: u32) {
        let law = &SHAPE.law;
        let state = &self.life.state;
        let ranks = [state.old, state.county].into_iter().flatten().map(|h| class(h.rank));
        let layer = state.office.map(|o| o.layer.index() + 2);
        let Some(now) = ranks.chain(layer).max() else {
            return;
        };
        let Some(next) = Rank::ALL.get(Rank::StaffLevel15.index() + now).copied() else {
            return;
        };
        let (Some(rule), Some(since), Some(level)) =
            (value(&law.ranks_2015, next), state.full.get(now).copied().flatten(), state.level)
        else {
            return;
        };
        let due = since.plus_months(rule.months + 12 * self.lost_years(since));
        if day < due
            || level > rule.level
            || !self.granted(SHAPE.grants.ranks_2015, due, day, 50_000 + ordinal)
        {
            return;
        }
        self.life.state.county = Some(Held { rank: next, counted: day, since: day });
        self.last_rank_up = Some(day);
        self.reach(class(next), day);
        self.put(day, Deed::Ranked { rank: next });
    }

    pub(super) fn round_2019(&mut self, day: Day, ordinal: u32) {
        let law = &SHAPE.law;
        let state = &self.life.state;
        let Some(held) = state.rank else { return };
        let Some(next) = Rank::ALL.get(held.rank.index() + 1).copied() else {
            return;
        };
        let Some(months) = value(&law.months_2019, next) else {
            return;
        };
        let won = self.excellent_years(held.since.max(held.counted));
        let need = months + 12 * self.lost_years(held.counted) - law.assessment.excellent_months * won;
        // Somebody on the way to a post is given the ranks that it is paired with; others wait for a place.
        let grants = &SHAPE.grants;
        let wanted =
            self.plan.last().and_then(|s| value(&law.posts, s.layer)).is_some_and(|r| next <= r.rank);
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
}
