//! What a career does not change: name, identity number, Party, family, start of work.

use takeroot_civil::{Channel, Day, Relative, ResidentId, Sex};

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
            let politics = if (14..28).contains(&child_age) { "共青团员" } else { "群众" };
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

/// The day of the first work: other work, else recruitment.
pub fn work_start(origin: &Origin) -> Day {
    if origin.worked { work_from(origin) } else { origin.entry }
}

/// The first day of other work.
pub(crate) fn work_from(origin: &Origin) -> Day {
    origin.schooled.plus_days(25 + origin.dice.below(60, For::Work, 0) as i32)
}
