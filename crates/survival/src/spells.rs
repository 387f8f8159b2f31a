//! Spells of service as they were read, and what was not taken, by reason.

use std::collections::BTreeMap;

use takeroot_civil::Day;

use crate::curves::Times;
use crate::date::Precision;
use crate::fault::{Aside, Flaw, RowFault};
use crate::map::{Map, Unit};
use crate::terms::Term;

/// One person's spell.
#[derive(Clone, Debug, PartialEq)]
pub struct Spell {
    /// The person's number.
    pub id: String,
    /// The line of the file.
    pub line: usize,
    /// The first day.
    pub start: Day,
    /// The last day; of a running spell, the day on which it was last seen.
    pub seen: Day,
    /// How it ended: 0 running, else the cause, from 1.
    pub cause: u16,
    /// From when it was watched, if later than the start.
    pub since: Option<Day>,
    /// Day of birth: the first that was written.
    pub birth: Option<Day>,
    /// Months in which the birth can lie: 1 where the month is known, 12 where the year alone is.
    pub birth_months: u8,
    /// The end was not written, but is what the rule of retirement gives.
    pub filled: bool,
    /// Copies.
    pub weight: f64,
    /// Its length in the unit of [`Spells::unit`], until it ended or was last seen.
    pub length: f64,
    /// The length after which it was watched; 0: from the start.
    pub after: f64,
    /// Its own values, one a term that has a column (categories: the number of the level).
    pub own: Vec<f64>,
    /// Which ages of retirement hold for it, one bit each.
    pub ages: u64,
}

/// All spells of a file.
#[derive(Debug)]
pub struct Spells {
    /// The mapping file that they were read by.
    pub map: Map,
    /// The names of the causes; cause 1 is the first.
    pub causes: Vec<String>,
    /// What the hazards depend on.
    pub terms: Vec<Term>,
    /// The spells, in the order of the file.
    pub all: Vec<Spell>,
    /// The unit of lengths.
    pub unit: Unit,
    /// Lengths were given, and not dates: there is no calendar.
    pub dateless: bool,
    /// When the file was drawn up.
    pub until: Day,
    /// What was not taken.
    pub tally: Tally,
    /// The ages of retirement.
    pub ages: Vec<AgeRule>,
}

/// An age of retirement from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgeRule {
    /// From this day on.
    pub from: Option<Day>,
    /// When it was known.
    pub known: Option<Day>,
    /// Months of age.
    pub months: i32,
}

/// What was read and what was not taken.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// Rows read.
    pub rows: usize,
    /// Rows with a flaw, by it.
    pub flaws: BTreeMap<Flaw, usize>,
    /// The first rows of each flaw.
    pub faults: Vec<RowFault>,
    /// Sound rows that take no part, by reason.
    pub aside: BTreeMap<Aside, usize>,
    /// Spells whose end is what the rule of retirement gives.
    pub filled: usize,
    /// Spells that fall due for retirement by the old rule or the new one, as the day of birth lies, which is not known:
    /// they are watched until the earlier day.
    pub straddling: usize,
    /// Spells that ended after the file was drawn up, and count as running.
    pub ends_after: usize,
}

/// As many rows of each flaw are told one by one.
pub const TOLD: usize = 20;

impl Tally {
    /// Notes a row with a flaw.
    pub(crate) fn note(&mut self, fault: RowFault) {
        let count = self.flaws.entry(fault.flaw).or_default();
        *count += 1;
        if *count <= TOLD {
            self.faults.push(fault);
        }
    }

    /// Rows with a flaw that the mapping file does not know of.
    pub fn untolerated(&self) -> usize {
        let known: Vec<Flaw> = self.faults.iter().filter(|f| f.tolerated).map(|f| f.flaw).collect();
        self.flaws.iter().filter(|(flaw, _)| !known.contains(flaw)).map(|(_, n)| n).sum()
    }
}

/// The columns that a curve is drawn from.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// After how long each was watched; −∞ from the start.
    pub entry: Vec<f64>,
    /// How long each was seen.
    pub exit: Vec<f64>,
    /// How each ended.
    pub cause: Vec<u16>,
    /// Copies.
    pub weight: Vec<f64>,
}

impl Columns {
    /// For the estimators.
    pub fn times(&self) -> Times<'_> {
        Times { entry: &self.entry, exit: &self.exit, cause: &self.cause, weight: &self.weight }
    }
}

/// The length from one day to another in a unit; of years and months, their plain difference.
pub fn length(from: Day, to: Day, unit: Unit) -> f64 {
    match unit {
        Unit::Year => f64::from(to.year()) - f64::from(from.year()),
        Unit::Month => f64::from(to.month_number() - from.month_number()),
        Unit::Day => f64::from(to.days_since(from)),
    }
}

/// The unit that dates of a precision allow.
pub(crate) const fn unit_of(precision: Precision) -> Unit {
    match precision {
        Precision::Year => Unit::Year,
        Precision::Month => Unit::Month,
        Precision::Day => Unit::Day,
    }
}

impl Spell {
    /// Whether it is still running at the end of a day, as it was known on that day.
    pub fn running_after(&self, day: Day) -> bool {
        self.start <= day && self.seen > day
    }
}

impl Spells {
    /// The spells as they were known at the end of a day: later ends have not happened. `None`: as they are.
    pub fn columns(&self, until: Option<Day>) -> Columns {
        let mut columns = Columns::default();
        for spell in &self.all {
            let cut = until.filter(|day| !self.dateless && spell.seen > *day);
            let length = match cut {
                Some(day) if day < spell.start => continue,
                Some(day) => length(spell.start, day, self.unit),
                None => spell.length,
            };
            columns.entry.push(if spell.after > 0.0 { spell.after } else { f64::NEG_INFINITY });
            columns.exit.push(length);
            columns.cause.push(if cut.is_some() { 0 } else { spell.cause });
            columns.weight.push(spell.weight);
        }
        columns
    }

    /// The day on which a spell falls due for retirement, by the rules known at the end of a day (`None`: by all).
    /// Where the year of birth alone is known, the earliest day.
    pub fn due(&self, spell: &Spell, known: Option<Day>) -> Option<Day> {
        self.due_if_born(spell, spell.birth?, known)
    }

    /// Whether the rule changed between the first and the last day on which a spell can have fallen due, so that nothing
    /// can be said of when it did: the days lie further apart than births and a period do.
    pub fn straddles(&self, spell: &Spell, known: Option<Day>) -> bool {
        let Some(first) = spell.birth else { return false };
        let last = first.plus_months(i32::from(spell.birth_months) - 1);
        match (self.due_if_born(spell, first, known), self.due_if_born(spell, last, known)) {
            (Some(a), Some(b)) => b.months_since(a) > i32::from(spell.birth_months) - 1 + self.months(),
            _ => false,
        }
    }

    fn due_if_born(&self, spell: &Spell, birth: Day, known: Option<Day>) -> Option<Day> {
        let holds = |n: usize, rule: &AgeRule| {
            spell.ages >> n & 1 == 1
                && known.is_none_or(|day| rule.known.or(rule.from).is_none_or(|from| from <= day))
        };
        let mut rules =
            self.ages.iter().enumerate().filter(|(n, rule)| holds(*n, rule)).map(|(_, r)| r).peekable();
        while let Some(rule) = rules.next() {
            let reached = birth.plus_months(rule.months);
            // Who is past the age when a rule begins falls due on its first day.
            let due = rule.from.map_or(reached, |from| reached.max(from)).real();
            let replaced = rules.peek().and_then(|next| next.from);
            if replaced.is_none_or(|from| due < from) {
                return Some(due);
            }
        }
        None
    }

    /// A category term, by name: its place among own values and its levels.
    pub fn category(&self, name: &str) -> Option<(usize, &[String])> {
        self.terms.iter().find(|t| t.name == name).and_then(|t| match (&t.of, &t.shape) {
            (crate::terms::Source::Own(at), crate::terms::Shape::Category { levels, .. }) => {
                Some((*at, levels.as_slice()))
            }
            _ => None,
        })
    }
}
