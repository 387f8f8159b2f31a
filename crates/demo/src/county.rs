//! Counties and their people, one county at a time.

use std::collections::{HashMap, HashSet};

use takeroot_civil::{Day, Layer, Roster};

use crate::DemoError;
use crate::additions;
use crate::deed::Post;
use crate::draw::Dice;
use crate::life::{self, Life};
use crate::origin::{self, Wanted};
use crate::people;
use crate::place::{self, Place, Seat};
use crate::shape::SHAPE;

/// A person of a county.
#[derive(Clone, Debug)]
pub struct Resident {
    /// The career.
    pub life: Life,
    /// Number in the county: twice the place in service, one more for a person who was there before.
    pub number: u32,
    /// The first 17 digits of the identity number.
    pub digits: u64,
}

/// A county with its people.
#[derive(Clone, Debug)]
pub struct County {
    /// Its organs and posts.
    pub place: Place,
    /// Its people: those in service, and after some of them a person who was there before and has left.
    pub residents: Vec<Resident>,
    /// The reference day.
    pub as_of: Day,
}

/// What is to be made: which counties, each with how many people in service.
#[derive(Clone, Debug)]
pub struct Plan {
    seed: u64,
    as_of: Day,
    sizes: Vec<u32>,
}

impl Plan {
    /// Plans a demonstration of so many people in service.
    ///
    /// # Errors
    /// If the number of people or the reference day is out of range.
    pub fn new(people: u32, seed: u64, as_of: Day) -> Result<Plan, DemoError> {
        let limits = &SHAPE.limits;
        if !(limits.people_min..=limits.people_max).contains(&people) {
            return Err(DemoError::People { people, min: limits.people_min, max: limits.people_max });
        }
        let as_of = as_of.real();
        if !(limits.as_of_first..=limits.as_of_last).contains(&as_of) {
            return Err(DemoError::Day { day: as_of, first: limits.as_of_first, last: limits.as_of_last });
        }
        Ok(Plan { seed, as_of, sizes: place::county_sizes(seed, people) })
    }

    /// The reference day.
    pub fn as_of(&self) -> Day {
        self.as_of
    }

    /// The seed.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// People in service in each county.
    pub fn sizes(&self) -> &[u32] {
        &self.sizes
    }

    /// Makes one county; `None` beyond the last.
    pub fn county(&self, index: u32) -> Option<County> {
        let people = *self.sizes.get(index as usize)?;
        Some(County::make(self.seed, index, people, self.as_of))
    }

    /// Makes the counties one after the other: no more than one is in memory.
    pub fn counties(&self) -> impl Iterator<Item = County> + '_ {
        (0..self.sizes.len() as u32).filter_map(|i| self.county(i))
    }
}

/// What is known while the people of a county are made, in the order of their numbers.
struct Making<'a> {
    place: &'a Place,
    seed: u64,
    as_of: Day,
    /// Single posts that a county leader held before, with the day of leaving.
    vacated: HashMap<Post, Day>,
    used: HashSet<u64>,
    residents: Vec<Resident>,
}

impl County {
    /// The demonstration roster: organs and careers of all planned counties.
    ///
    /// # Errors
    /// If the number of people or the reference day is out of range.
    pub fn generate(people: u32, seed: u64, as_of: Day) -> Result<Roster, DemoError> {
        use rayon::prelude::*;
        let plan = Plan::new(people, seed, as_of)?;
        let rosters: Vec<Roster> = (0..plan.sizes.len() as u32)
            .into_par_iter()
            .filter_map(|i| plan.county(i))
            .map(|c| c.roster())
            .collect();
        let mut all = Roster { invented: true, ..Roster::default() };
        for roster in rosters {
            all.organs.extend(roster.organs);
            all.careers.extend(roster.careers);
        }
        Ok(all)
    }

    fn make(seed: u64, index: u32, people: u32, as_of: Day) -> County {
        let place = Place::new(seed, index);
        let mut making = Making {
            place: &place,
            seed,
            as_of,
            vacated: HashMap::new(),
            used: HashSet::with_capacity(people as usize * 2),
            residents: Vec::with_capacity(people as usize * 4 / 3 + 8),
        };
        let every = SHAPE.structure.seat_every.max(1);
        for ordinal in 0..people {
            let seat = (ordinal % every == 0).then(|| place.seats.get((ordinal / every) as usize)).flatten();
            making.person(ordinal, seat.copied());
        }
        let residents = making.residents;
        County { place, residents, as_of }
    }

    /// How many of its people are in service.
    pub fn in_service(&self) -> usize {
        self.residents.iter().filter(|r| r.life.origin.left.is_none()).count()
    }
}

impl Making<'_> {
    fn person(&mut self, ordinal: u32, seat: Option<Seat>) {
        let dice = Dice::new(self.seed, self.place.index, ordinal * 2);
        let wanted = Wanted { as_of: self.as_of, seat, past: None };
        let not_before = seat.and_then(|s| self.vacated.get(&s.post)).copied();
        let life = self.live(dice, wanted, not_before.map(|d| d.plus_days(20)));
        let appointed =
            life.offices.iter().rev().find(|(post, _, _)| seat.is_some_and(|s| s.post == *post)).map(|o| o.1);
        if let Some(seat) = seat.filter(|s| s.layer >= Layer::CountyDeputy) {
            self.note_vacated(seat, &life);
        }
        self.add(life, ordinal * 2);

        let past = dice.of(ordinal * 2 + 1);
        if past.chance(SHAPE.left.per_person, crate::draw::For::EndDay, 9) {
            // Where a single post has a holder, the person before may have held it, until shortly before.
            let before = seat.filter(|s| {
                s.single && s.layer == Layer::TownshipHead && !self.vacated.contains_key(&s.post)
            });
            let (seat, latest) = match (before, appointed) {
                (Some(seat), Some(day)) if day.year() + 10 > self.as_of.year() => (Some(seat), day),
                _ => (None, self.as_of),
            };
            let life = self.live(past, Wanted { as_of: self.as_of, seat, past: Some(latest) }, None);
            self.add(life, ordinal * 2 + 1);
        }
    }

    fn live(&self, dice: Dice, wanted: Wanted, not_before: Option<Day>) -> Life {
        let origin = origin::draw(self.place, dice, wanted);
        let party = people::party(&origin);
        let (plan, step_down) = life::plan(self.place, &origin, not_before);
        let mut life = life::live(self.place, origin, party, plan, step_down, self.as_of);
        additions::complete(&mut life, self.as_of);
        life
    }

    fn note_vacated(&mut self, seat: Seat, life: &Life) {
        let Some(town) = self.place.leader_town(seat.post) else {
            return;
        };
        for title in [place::MAYOR, place::SECRETARY] {
            let post = Post { organ: town, title };
            if let Some((_, _, relieved)) = life.offices.iter().find(|o| o.0 == post) {
                // Still there (the rise failed): the post has no other holder.
                self.vacated.insert(post, relieved.unwrap_or(Day::LATEST.plus_years(-1)));
            }
        }
    }

    /// Gives the identity number (the next free one of that day where the first is taken) and keeps the person.
    fn add(&mut self, life: Life, number: u32) {
        let area = self.place.code + if life.origin.local { 0 } else { 36 };
        let mut order = people::first_order(&life.origin);
        let mut digits = people::digits(area, life.origin.birth, order);
        while !self.used.insert(digits) {
            order = if order + 2 > 999 { 2 - order % 2 } else { order + 2 };
            digits = people::digits(area, life.origin.birth, order);
        }
        self.residents.push(Resident { life, number, digits });
    }
}
