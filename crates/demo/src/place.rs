//! Counties: their names and codes, organs, and the leading posts in the order in which they are filled.

use std::collections::HashSet;
use std::sync::LazyLock;

use takeroot_civil::{DivisionCode, Layer, OrganKind};

use crate::deed::Post;
use crate::draw::{Dice, For};
use crate::shape::SHAPE;

/// Codes 99PPCC: 36 counties (CC 23 to 58) in each of 99 invented prefectures; CC + 36 is the county next door,
/// from which people come who were born elsewhere. No real division begins with 99.
const COUNTIES_PER_PREFECTURE: u32 = 36;
/// How many counties there can be.
pub const MOST_COUNTIES: u32 = COUNTIES_PER_PREFECTURE * 99;

/// All names, in a fixed order in which neighbours in the list do not look alike; 云岭 first.
static STEMS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let names = &SHAPE.names;
    let taken: HashSet<&str> = names.taken.iter().map(String::as_str).collect();
    let (a, b) = (names.first.len(), names.second.len());
    let mut stems = Vec::with_capacity(a * b);
    // Down the diagonals of the table of first and second characters, so that both change from name to name.
    for d in 0..b {
        for i in 0..a {
            let (Some(first), Some(second)) = (names.first.get(i), names.second.get((i * 7 + d) % b)) else {
                continue;
            };
            let stem: String = [*first, *second].iter().collect();
            if first != second && !taken.contains(stem.as_str()) {
                stems.push(stem);
            }
        }
    }
    stems
});

fn stem(n: u32) -> &'static str {
    let len = STEMS.len().max(1);
    STEMS.get(n as usize % len).map_or("", String::as_str)
}

/// A county: what its people belong to.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its number, from 0.
    pub index: u32,
    /// Its six digits.
    pub code: u32,
    /// Its name, with 县.
    pub name: String,
    /// The name of the county next door.
    pub neighbour: String,
    /// Townships first, then county organs.
    pub organs: Vec<Unit>,
    /// How many of the organs are townships.
    pub townships: u16,
    /// Leading posts, in the order in which people fill them.
    pub seats: Vec<Seat>,
}

/// An organ of a county.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Its number as an office writes it.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Short name of a township, such as 杏坪镇; the full name of a county organ.
    pub short: String,
    /// Kind.
    pub kind: OrganKind,
    /// Nine digits for a township, six for a county organ.
    pub division: Option<DivisionCode>,
    /// How large it is beside others.
    pub weight: u32,
    /// Area band of a township.
    pub band: Option<u8>,
    /// 0 town, 1 rural township, 2 subdistrict; for county organs the position in the shape's list.
    pub form: u16,
}

/// A leading post that one person holds.
#[derive(Clone, Copy, Debug)]
pub struct Seat {
    /// The post.
    pub post: Post,
    /// Its layer.
    pub layer: Layer,
    /// Whether only one person can hold it at a time.
    pub single: bool,
}

const HEAD: u8 = 0;
const DEPUTY: u8 = 1;
const TOWN: u8 = 2;
/// The first title of a township: secretary.
pub const SECRETARY: u8 = TOWN;
/// The second title of a township: its head of government.
pub const MAYOR: u8 = TOWN + 1;

impl Place {
    /// The county with this number.
    pub fn new(seed: u64, index: u32) -> Place {
        let dice = Dice::new(seed, index, Dice::COUNTY);
        let shape = &SHAPE.structure;
        let (prefecture, county) =
            (1 + index / COUNTIES_PER_PREFECTURE, 23 + index % COUNTIES_PER_PREFECTURE);
        let code = 990_000 + prefecture * 100 + county;
        let name = format!("{}县", stem(index));
        let mut place = Place {
            index,
            code,
            neighbour: format!("{}县", stem(MOST_COUNTIES + index)),
            organs: Vec::new(),
            townships: shape.towns + shape.rural_townships + shape.subdistricts,
            seats: Vec::new(),
            name,
        };
        place.add_townships(&dice);
        place.add_county_organs();
        place.add_seats();
        place
    }

    fn add_townships(&mut self, dice: &Dice) {
        let shape = &SHAPE.structure;
        let base = dice.below(STEMS.len() as u32, For::TownName, 0);
        for n in 0..self.townships {
            // Six hundred and one is prime to the number of names and larger than any run of like ones.
            let stem = stem(base + 601 * (u32::from(n) + 1));
            let (form, kind, end, seal, digits) = if n < shape.towns {
                (0, OrganKind::Township, "镇", "人民政府", 100 + n)
            } else if n < shape.towns + shape.rural_townships {
                (1, OrganKind::Township, "乡", "人民政府", 200 + n - shape.towns)
            } else {
                (2, OrganKind::Subdistrict, "街道", "办事处", 1 + n - shape.towns - shape.rural_townships)
            };
            let band = match form {
                2 => 1,
                _ => 1 + dice.pick(shape.band_weights.iter().copied(), For::Band, n.into()) as u8,
            };
            let id = format!("{}{digits:03}", self.code);
            self.organs.push(Unit {
                division: id.parse().ok(),
                id,
                name: format!("{}{stem}{end}{seal}", self.name),
                short: format!("{stem}{end}"),
                kind,
                weight: dice.between(60, 150, For::TownSize, n.into()) as u32,
                band: Some(band),
                form,
            });
        }
    }

    fn add_county_organs(&mut self) {
        for (n, (name, _, _, weight)) in SHAPE.structure.organs.iter().enumerate() {
            let name = name.replace("*县", &self.name);
            self.organs.push(Unit {
                id: format!("{}-{:02}", self.code, n + 1),
                short: name.clone(),
                name,
                kind: OrganKind::County,
                division: self.code.to_string().parse().ok(),
                weight: *weight,
                band: None,
                form: n as u16,
            });
        }
    }

    fn add_seats(&mut self) {
        let shape = &SHAPE.structure;
        let (towns, all) = (self.townships, self.organs.len() as u16);
        let mut seats = Vec::new();
        let mut add = |organ, title, layer, single| {
            seats.push(Seat { post: Post { organ, title }, layer, single });
        };
        let first_leader = TOWN + shape.town_posts.len() as u8;
        for (n, leader) in shape.leaders.iter().enumerate() {
            add(towns + leader.organ, first_leader + n as u8, leader.layer, true);
        }
        let mut town_posts = |layer: Layer, from: usize, to: usize| {
            for (n, post) in shape.town_posts.iter().enumerate().filter(|(_, p)| p.layer == layer) {
                if (from..to).contains(&n) {
                    for town in 0..towns {
                        for _ in 0..post.count {
                            add(town, TOWN + n as u8, layer, post.count == 1);
                        }
                    }
                }
            }
        };
        town_posts(Layer::TownshipHead, 0, 2);
        town_posts(Layer::TownshipHead, 2, usize::MAX);
        for organ in towns..all {
            seats.push(Seat { post: Post { organ, title: HEAD }, layer: Layer::TownshipHead, single: true });
        }
        let mut deputies: Vec<Seat> = Vec::new();
        for round in 0..3 {
            for organ in towns..all {
                let large = self.organs.get(usize::from(organ)).is_some_and(|o| o.weight >= 24);
                if round < 2 || large {
                    deputies.push(Seat {
                        post: Post { organ, title: DEPUTY },
                        layer: Layer::TownshipDeputy,
                        single: false,
                    });
                }
            }
            if round == 0 {
                for (n, post) in
                    shape.town_posts.iter().enumerate().filter(|(_, p)| p.layer == Layer::TownshipDeputy)
                {
                    for town in 0..towns {
                        for _ in 0..post.count {
                            deputies.push(Seat {
                                post: Post { organ: town, title: TOWN + n as u8 },
                                layer: post.layer,
                                single: post.count == 1,
                            });
                        }
                    }
                }
            }
        }
        seats.extend(deputies);
        self.seats = seats;
    }

    /// The county's class on the hardship-remote list (0: not on it).
    pub fn hardship_class(&self) -> u8 {
        if self.index == 0 { SHAPE.structure.hardship_class } else { (self.index % 5) as u8 }
    }

    /// Whether an organ is a township or a subdistrict.
    pub fn is_township(&self, organ: u16) -> bool {
        organ < self.townships
    }

    /// The name of a title in its organ.
    pub fn title(&self, post: Post) -> &'static str {
        let shape = &SHAPE.structure;
        let form = self.organs.get(usize::from(post.organ)).map_or(0, |o| o.form);
        let organ = || shape.organs.get(usize::from(form));
        match post.title {
            HEAD => organ().map_or("", |o| o.1.as_str()),
            DEPUTY => organ().map_or("", |o| o.2.as_str()),
            n => {
                let n = usize::from(n - TOWN);
                match shape.town_posts.get(n) {
                    Some(town) => town.titles.get(usize::from(form)).map_or("", String::as_str),
                    None => shape.leaders.get(n - shape.town_posts.len()).map_or("", |l| l.title.as_str()),
                }
            }
        }
    }

    /// The ordinary deputy post that careers in an organ lead through; several can hold it at a time.
    pub fn deputy_post(&self, organ: u16) -> Post {
        let town =
            SHAPE.structure.town_posts.iter().position(|p| p.layer == Layer::TownshipDeputy && p.count > 1);
        let title = if self.is_township(organ) { TOWN + town.unwrap_or(0) as u8 } else { DEPUTY };
        Post { organ, title }
    }

    /// The post of deputy county head that several hold at a time.
    pub fn county_deputy_post(&self) -> Post {
        let shape = &SHAPE.structure;
        let n = shape.leaders.iter().position(|l| l.title == "副县长").unwrap_or(0);
        let organ = self.townships + shape.leaders.get(n).map_or(0, |l| l.organ);
        Post { organ, title: TOWN + (shape.town_posts.len() + n) as u8 }
    }

    /// The township in which a county leader rose; each leader's is another.
    pub fn leader_town(&self, post: Post) -> Option<u16> {
        let first = usize::from(TOWN) + SHAPE.structure.town_posts.len();
        usize::from(post.title).checked_sub(first).map(|n| n as u16).filter(|n| *n < self.townships)
    }

    /// An organ drawn by size, of townships or of county organs; `not` is left out.
    pub fn draw_organ(&self, dice: &Dice, township: bool, not: Option<u16>, purpose: For, n: u32) -> u16 {
        let (from, to) =
            if township { (0, self.townships) } else { (self.townships, self.organs.len() as u16) };
        let weight = |i: u16| {
            if not == Some(i) { 0 } else { self.organs.get(usize::from(i)).map_or(0, |o| o.weight) }
        };
        from + dice.pick((from..to).map(weight), purpose, n) as u16
    }
}

/// How many people each county has: one county up to a size, then several of drawn sizes, the last one fitted.
pub fn county_sizes(seed: u64, people: u32) -> Vec<u32> {
    let limits = &SHAPE.limits;
    let mut sizes = Vec::new();
    let mut rest = people;
    while rest > limits.one_county_max {
        let dice = Dice::new(seed, sizes.len() as u32, Dice::COUNTY);
        let drawn =
            dice.between(limits.county_min as i32, limits.county_max as i32, For::CountySize, 0) as u32;
        // What is left must be a county too, and there are only so many codes.
        let left_codes = MOST_COUNTIES.saturating_sub(sizes.len() as u32 + 1).max(1);
        let needed = rest.saturating_sub(left_codes.saturating_mul(limits.county_max));
        let size = drawn.max(needed).min(rest - limits.people_min);
        sizes.push(size);
        rest -= size;
    }
    sizes.push(rest);
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_enough() {
        let unique: HashSet<&String> = STEMS.iter().collect();
        assert_eq!(unique.len(), STEMS.len());
        assert!(STEMS.len() as u32 > MOST_COUNTIES);
        assert_eq!(Place::new(1, 0).name, "云岭县");
    }

    #[test]
    fn a_county_has_the_organs_and_seats_of_one() {
        let place = Place::new(1, 0);
        assert_eq!((place.townships, place.organs.len()), (22, 57));
        let names: HashSet<&String> = place.organs.iter().map(|o| &o.name).collect();
        assert_eq!(names.len(), 57);
        for organ in &place.organs {
            assert_eq!(OrganKind::from_name(&organ.name), organ.kind, "{}", organ.name);
            assert!(organ.division.is_some());
        }
        assert!(place.seats.len() > 250);
        for seat in &place.seats {
            assert!(!place.title(seat.post).is_empty());
        }
    }

    #[test]
    fn counties_add_up() {
        for people in [500, 5_000, 5_001, 10_000, 123_456, 10_000_000] {
            let sizes = county_sizes(3, people);
            assert_eq!(sizes.iter().sum::<u32>(), people);
            assert!(sizes.iter().all(|s| (500..=5_000).contains(s)), "{people}");
            assert!(sizes.len() as u32 <= MOST_COUNTIES);
        }
    }
}
