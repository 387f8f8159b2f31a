//! Organs and leading posts: the plan of a career, moves, appointments and reliefs.

use takeroot_civil::{Channel, Code, Day, Layer};

use super::{Living, Office, Step};
use crate::deed::{Deed, Post};
use crate::draw::For;
use crate::origin::Origin;
use crate::place::Place;
use crate::shape::{SHAPE, value};

impl Living<'_> {
    pub(super) fn move_home(&mut self, day: Day) {
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

    pub(super) fn post(&mut self, day: Day, organ: u16) {
        self.put(day, Deed::Posted { organ });
        self.life.state.organ = organ;
        self.life.state.organ_since = Some(day);
    }

    pub(super) fn relieve(&mut self, day: Day, office: Office) {
        self.put(day, Deed::Relieved { post: office.post });
        self.life.state.office = None;
        if let Some(last) = self.life.offices.last_mut() {
            last.2 = Some(day);
        }
    }

    pub(super) fn lead(&mut self, day: Day) {
        let law = &SHAPE.law;
        let Some(step) = self.plan.get(self.next).copied() else {
            return;
        };
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

    pub(super) fn may_lead(&self, day: Day, step: Step) -> bool {
        let law = &SHAPE.law;
        let state = &self.life.state;
        let origin = &self.life.origin;
        if origin.channel == Channel::TransferIn && step.layer == Layer::TownshipDeputy {
            return state.confirmed.is_some();
        }
        let served = day >= origin.entry.plus_months(law.service_months);
        if state.confirmed.is_none()
            || state.away.is_some()
            || self.barred(day)
            || (state.organ != step.post.organ && !served)
        {
            return false;
        }
        let same = state.office.is_some_and(|o| o.layer == step.layer);
        if same {
            return true;
        }
        let Some(rule) = value(&law.posts, step.layer) else {
            return false;
        };
        let since = if step.layer == Layer::TownshipDeputy {
            state.full[1]
        } else {
            state.office.filter(|o| Some(step.layer) == o.layer.above()).map(|o| o.layer_since)
        };
        let long_enough = since.is_some_and(|s| day >= s.plus_months(rule.months + 12 * self.lost_years(s)));
        let ranked = day < law.ladder_2019 || state.rank.is_some_and(|h| h.rank >= rule.rank);
        long_enough && ranked
    }

    pub(super) fn give_up(&mut self, day: Day) {
        let state = &self.life.state;
        let (Some(office), Some(held)) = (state.office, state.rank) else {
            return;
        };
        let best = SHAPE.law.range(held.rank.code()).1;
        if self.next < self.plan.len() || state.level.is_none_or(|l| l < best) {
            return;
        }
        self.relieve(day, office);
        self.step_down = None;
    }
}

/// The leading posts that a career leads through, and when it gives the last one up.
pub fn plan(place: &Place, origin: &Origin, not_before: Option<Day>) -> (Vec<Step>, Option<Day>) {
    let dice = origin.dice;
    let back = |day: Day, from: i32, to: i32, n: u32| {
        let day = day.plus_months(-dice.between(from, to, For::SeatDay, n)).real();
        let day = day.plus_days(-dice.between(0, 27, For::SeatDay, 20 + n));
        super::decided(day)
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
            let deputy = Step {
                layer: Layer::TownshipDeputy,
                post: place.deputy_post(seat.post.organ),
                day: back(day, 40, 100, 1),
            };
            vec![deputy, last(day)]
        }
        _ => {
            let Some(town) = place.leader_town(seat.post) else {
                return (Vec::new(), None);
            };
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
