//! What happens to some: working elsewhere, measures, investigations.

use takeroot_civil::{Day, SecondmentKind};

use super::Living;
use crate::deed::{Away, Deed};
use crate::draw::For;
use crate::shape::{SHAPE, value};

impl Living<'_> {
    pub(super) fn go_out(&mut self, day: Day) {
        let law = &SHAPE.law;
        let state = &self.life.state;
        if state.away.is_some()
            || state.office.is_some()
            || self.inquiry.is_some_and(|(a, b)| a <= day && day <= b)
        {
            return;
        }
        let origin = &self.life.origin;
        let dice = origin.dice;
        let n = u32::from(day.year()) * 8;
        let draw = dice.unit(For::Second, n + 4);
        let before = day < law.secondment_end;
        let other = |township| {
            Away::Organ(self.place.draw_organ(&dice, township, Some(state.organ), For::Second, n + 5))
        };
        let (kind, to, months) = match (self.place.is_township(state.organ), before) {
            (true, true) if draw < 0.62 => {
                (SecondmentKind::Secondment, other(false), dice.between(3, 18, For::Second, n + 6))
            }
            // A few do not come back for years: the product is there to show them.
            (true, true) if draw < 0.68 => {
                (SecondmentKind::Secondment, other(false), dice.between(28, 48, For::Second, n + 6))
            }
            (true, true) if draw < 0.82 => {
                (SecondmentKind::Secondment, Away::Prefecture, dice.between(6, 18, For::Second, n + 6))
            }
            (true, _) if draw < 0.45 => {
                (SecondmentKind::TaskForce, other(false), dice.between(3, 10, For::Second, n + 6))
            }
            (true, _) if draw < 0.75 => {
                (SecondmentKind::Following, other(false), dice.between(3, 6, For::Second, n + 6))
            }
            (true, _) => (SecondmentKind::Attachment, other(false), 12),
            (false, true) if draw < 0.25 => {
                (SecondmentKind::Secondment, Away::Prefecture, dice.between(6, 18, For::Second, n + 6))
            }
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

    pub(super) fn measure(&mut self, day: Day) {
        use takeroot_civil::Sanction;
        let law = &SHAPE.law;
        let dice = self.life.origin.dice;
        if self.barred(day) {
            return;
        }
        let at =
            dice.pick(law.sanctions.iter().map(|s| s.1.weight), For::Measure, 20_000 + u32::from(day.year()));
        let Some((mut sanction, mut effect)) = law.sanctions.get(at).copied() else {
            return;
        };
        if sanction == Sanction::PartyWarning && self.life.party.is_none_or(|d| d >= day) {
            sanction = Sanction::Warning;
            effect.months = value(&law.sanctions, sanction).map_or(effect.months, |e| e.months);
        }
        let until = day.plus_months(effect.months).real().plus_days(-1);
        self.blocked = Some(until);
        self.measure = Some((day, until, sanction));
        self.put(day, Deed::Sanctioned { sanction, until });
    }

    pub(super) fn open(&mut self, day: Day) {
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
