//! Charts of a run: both stacks with their intervals year by year, ages that move with a year. Each has the table that
//! says the same.

use serde::Serialize;
use takeroot_lab::compare::{Comparison, Measured, Pair};
use takeroot_lab::measure::Measure;
use takeroot_lab::measure::Unit;
use takeroot_lab::told;
use takeroot_words::{Lang, Say as _};

use super::number::{difference, figure, interval, number};
use crate::words::say;

/// Both stacks year by year.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Fan {
    kind: &'static str,
    categories: Vec<String>,
    series: Vec<FanLine>,
    /// Digits after the point.
    digits: usize,
    unit: String,
    /// Words of the interval, for the hint at the pointer.
    between: String,
    #[serde(skip)]
    pub caption: String,
    #[serde(skip)]
    pub rows: Vec<FanRow>,
    #[serde(skip)]
    pub key: &'static str,
}

#[derive(Clone, Debug, Serialize)]
struct FanLine {
    name: String,
    values: Vec<f64>,
    low: Vec<f64>,
    high: Vec<f64>,
}

/// A year in the table.
#[derive(Clone, Debug)]
pub(super) struct FanRow {
    pub year: String,
    pub base: String,
    pub with: String,
    pub difference: String,
    pub interval: String,
}

/// Measures that are drawn, in this order; those that a run does not tell are left out.
const DRAWN: [&str; 14] = [
    "vacant-township",
    "vacant",
    "left-own-will",
    "share-25-35-township",
    "rooted-years",
    "joined",
    "filled-share",
    "promoted-rank",
    "wait-months",
    "burden",
    "overtime",
    "exhausted-share",
    "pay-bill",
    "person-years",
];

/// The charts of a run.
pub(super) fn fans(comparison: &Comparison, lang: Lang) -> Vec<Fan> {
    let found = DRAWN.iter().filter_map(|key| comparison.measures.iter().find(|m| m.key == *key));
    found.map(|measured| fan(comparison, measured, lang)).collect()
}

/// How values of a unit are drawn: times, digits, unit after the number.
fn scale(unit: Unit, lang: Lang) -> (f64, usize, String) {
    match unit {
        Unit::Share => (100.0, 1, "%".to_owned()),
        Unit::Yuan => (1e-4, 1, format!(" {}", told::unit(unit, lang))),
        Unit::Ratio => (1.0, 3, String::new()),
        Unit::People | Unit::Years | Unit::Months | Unit::Hours | Unit::Days => (1.0, 1, String::new()),
    }
}

/// The name of a measure with its unit, where the name does not say it.
pub(super) fn named(measured: &Measured, lang: Lang) -> String {
    let name = plain(measured.measure, lang);
    match told::unit(measured.unit, lang) {
        unit if unit.is_empty() => name,
        unit => say!(lang, "lab-with-unit", name = name, unit = unit),
    }
}

/// The name of a measure where it does not stand in the list of all.
pub(super) fn plain(measure: Measure, lang: Lang) -> String {
    match measure {
        Measure::VacantTownship => say!(lang, "lab-vacant-township"),
        measure => measure.say(lang),
    }
}

fn fan(comparison: &Comparison, measured: &Measured, lang: Lang) -> Fan {
    let (times, digits, unit) = scale(measured.unit, lang);
    let power = 10_f64.powi(digits as i32 + 1);
    let of = |value: f64| (value * times * power).round() / power;
    let line = |name: String, side: fn(&Pair) -> takeroot_lab::measure::Figure| FanLine {
        name,
        values: measured.years.iter().map(|pair| of(side(pair).value)).collect(),
        low: measured.years.iter().map(|pair| of(side(pair).low)).collect(),
        high: measured.years.iter().map(|pair| of(side(pair).high)).collect(),
    };
    let years = years(comparison);
    let rows = years.iter().zip(&measured.years).map(|(year, pair)| FanRow {
        year: year.clone(),
        base: figure(&pair.base, measured.unit, false),
        with: figure(&pair.with, measured.unit, false),
        difference: difference(pair.difference.value, measured.unit),
        interval: interval(&pair.difference, measured.unit, true),
    });
    Fan {
        kind: "fan",
        rows: rows.collect(),
        categories: years.clone(),
        series: vec![
            line(say!(lang, "lab-base"), |pair| pair.base),
            line(say!(lang, "lab-with"), |pair| pair.with),
        ],
        digits,
        unit,
        between: say!(lang, "lab-interval-90"),
        caption: named(measured, lang),
        key: measured.key,
    }
}

/// Names of the years of a run: that in which each ends.
pub(super) fn years(comparison: &Comparison) -> Vec<String> {
    let first = i64::from(comparison.on.year());
    (1..=comparison.plan.years as i64).map(|year| (first + year).to_string()).collect()
}

impl Fan {
    /// What the script reads.
    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The colour of a difference in a table of many: its sign and how much of the largest it is.
pub(super) fn heat(difference: f64, largest: f64) -> &'static str {
    if largest <= 0.0 || difference.abs() < 0.05 {
        return "";
    }
    match (difference > 0.0, difference.abs() / largest) {
        (true, share) if share > 2.0 / 3.0 => "more-3",
        (true, share) if share > 1.0 / 3.0 => "more-2",
        (true, _) => "more-1",
        (false, share) if share > 2.0 / 3.0 => "less-3",
        (false, share) if share > 1.0 / 3.0 => "less-2",
        (false, _) => "less-1",
    }
}

/// The name of an organ; of several told together, how many they are.
pub(super) fn organ_name(organ: &takeroot_lab::compare::OrganResult, lang: Lang) -> String {
    let several = || {
        let organs = organ.organs.to_string();
        if organ.township {
            say!(lang, "lab-townships-together", organs = organs)
        } else {
            say!(lang, "lab-organs-together", organs = organs)
        }
    };
    organ.name.clone().unwrap_or_else(several)
}

/// Vacancies of organs by year.
#[derive(Clone, Debug, Default)]
pub(super) struct Heat {
    pub years: Vec<String>,
    pub rows: Vec<HeatRow>,
    /// Organs of the county beside the townships.
    pub others: Vec<HeatRow>,
}

/// An organ.
#[derive(Clone, Debug)]
pub(super) struct HeatRow {
    pub name: String,
    pub posts: String,
    pub people: String,
    pub mean: HeatCell,
    pub cells: Vec<HeatCell>,
}

/// A year of an organ.
#[derive(Clone, Debug)]
pub(super) struct HeatCell {
    pub class: &'static str,
    pub with: String,
    pub difference: String,
    pub title: String,
}

impl Heat {
    /// The organs of a run.
    pub fn of(comparison: &Comparison, lang: Lang) -> Heat {
        let each = |base: f64, with: f64| with - base;
        let all = comparison.organs.iter().flat_map(|o| &o.vacant_by_year);
        let largest = all.map(|(base, with)| each(*base, *with).abs()).fold(0.0, f64::max);
        let cell = |base: f64, with: f64| {
            let by = each(base, with);
            let (base, with) = (number(base, Unit::People), number(with, Unit::People));
            HeatCell {
                class: heat(by, largest),
                title: say!(lang, "lab-heat-cell", base = base, with = with.as_str()),
                with,
                difference: difference(by, Unit::People),
            }
        };
        let row = |organ: &takeroot_lab::compare::OrganResult| HeatRow {
            name: organ_name(organ, lang),
            posts: organ.posts.to_string(),
            people: organ.people.to_string(),
            mean: cell(organ.vacant.base.value, organ.vacant.with.value),
            cells: organ.vacant_by_year.iter().map(|(base, with)| cell(*base, *with)).collect(),
        };
        let rows = |township: bool| {
            comparison.organs.iter().filter(move |o| o.township == township).map(row).collect()
        };
        Heat { years: years(comparison), rows: rows(true), others: rows(false) }
    }
}

/// People by age and sex, moved by a year.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Pyramid {
    kind: &'static str,
    categories: Vec<String>,
    /// Men and women under the base, men and women with the proposals.
    names: [String; 4],
    /// By year: the four rows of numbers, by age.
    frames: Vec<[Vec<f64>; 4]>,
    /// What each year is called.
    pub years: Vec<String>,
    #[serde(skip)]
    pub last: usize,
}

/// A row of the pyramid's table: the age, and its numbers.
type AgeRow = (String, Vec<String>);

impl Pyramid {
    /// The ages of a run; `None` where they are not told.
    pub fn of(comparison: &Comparison, lang: Lang) -> Option<Pyramid> {
        if comparison.ages.is_empty() {
            return None;
        }
        let last = comparison.plan.years;
        let name = |of: String, sex: String| say!(lang, "lab-of-sex", of = of, sex = sex);
        let (men, women) = (|| say!(lang, "lab-men"), || say!(lang, "lab-women"));
        let (base, with) = (|| say!(lang, "lab-base"), || say!(lang, "lab-with"));
        let one = |values: &[f64], at: usize| (values.get(at).copied().unwrap_or(0.0) * 10.0).round() / 10.0;
        let frame = |at: usize| {
            let of = |pick: fn(&takeroot_lab::compare::AgeBand) -> &Vec<f64>| -> Vec<f64> {
                comparison.ages.iter().map(|band| one(pick(band), at)).collect()
            };
            [of(|b| &b.base.men), of(|b| &b.base.women), of(|b| &b.with.men), of(|b| &b.with.women)]
        };
        let bands = comparison.ages.len();
        let category = |(at, band): (usize, &takeroot_lab::compare::AgeBand)| {
            let (from, to) = (band.from.to_string(), band.to.saturating_sub(1).to_string());
            match at {
                0 => say!(lang, "lab-ages-to", to = to),
                at if at + 1 == bands => say!(lang, "lab-ages-from", from = from),
                _ => format!("{from}–{to}"),
            }
        };
        let mut named = vec![say!(lang, "lab-roster-day", day = comparison.on.to_string())];
        named.extend(years(comparison).into_iter().map(|year| say!(lang, "lab-year-end", year = year)));
        Some(Pyramid {
            kind: "pyramid",
            categories: comparison.ages.iter().enumerate().map(category).collect(),
            names: [name(base(), men()), name(base(), women()), name(with(), men()), name(with(), women())],
            frames: (0..=last).map(frame).collect(),
            years: named,
            last,
        })
    }

    /// What the script reads.
    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The heads of the table's columns of numbers.
    pub fn heads(&self) -> &[String; 4] {
        &self.names
    }

    /// The table: the years, each with its rows of age and four numbers.
    pub fn tables(&self) -> Vec<(String, Vec<AgeRow>)> {
        let rows = |frame: &[Vec<f64>; 4]| {
            let row = |(at, age): (usize, &String)| {
                let cells =
                    frame.iter().map(|values| number(values.get(at).copied().unwrap_or(0.0), Unit::People));
                (age.clone(), cells.collect())
            };
            self.categories.iter().enumerate().map(row).collect()
        };
        self.years.iter().cloned().zip(self.frames.iter().map(rows)).collect()
    }
}
