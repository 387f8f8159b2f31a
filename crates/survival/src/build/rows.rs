//! Rows one by one: what each says, or why it is not taken.

use std::collections::{BTreeMap, HashMap, HashSet};

use takeroot_civil::Day;
use toml::Spanned;

use super::dates::{Found, Place};
use super::term::{Draft, Value};
use super::{Meaning, Reader, check_priors, column, column_at};
use crate::date::{self, Precision, Written};
use crate::fault::{Aside, Flaw, MapFault, MapWrong, RowFault};
use crate::map::{self, Repeated, RunningEnd, Unit, Whens};
use crate::spells::{Spell, Spells, Tally, length, unit_of};
use crate::terms;

/// The columns that rows are read from.
struct Columns<'a> {
    id: Option<usize>,
    start: Option<Vec<Place<'a>>>,
    end: Option<Vec<Place<'a>>>,
    birth: Option<Vec<Place<'a>>>,
    since: Option<Vec<Place<'a>>>,
    after: Option<usize>,
    length: Option<(usize, Unit)>,
    weight: Option<usize>,
    exit: Option<usize>,
    only: Vec<(usize, &'a map::Only)>,
    drafts: Vec<Draft<'a>>,
    watched_from: Option<Day>,
    watched_until: Option<Day>,
    /// The cause that retirement is, and whether its missing ends are filled.
    retires: Option<(u16, bool)>,
    /// A term cannot do without a birth.
    needs_birth: bool,
}

/// A row that was read, before the file as a whole is known.
pub(super) struct Pending {
    number: String,
    line: usize,
    start: Written,
    ended: Found,
    meaning: Meaning,
    born: Option<Written>,
    pub(super) weight: f64,
    since: Option<Day>,
    after: f64,
    length: Option<f64>,
    pub(super) values: Vec<Value>,
    ages: u64,
}

/// Why a row is not taken.
enum Skip {
    Flaw(RowFault),
    Aside(Aside),
}

impl<'a> Reader<'a> {
    fn columns(&self) -> Result<Columns<'a>, MapFault> {
        let (file, map, main) = (self.file, self.map, self.main);
        let places = |whens: &'a Option<Spanned<Whens>>| match whens {
            None => Ok(None),
            Some(whens) => self.places(whens).map(Some),
        };
        let named = |name: &Option<Spanned<String>>| match name {
            None => Ok(None),
            Some(name) => column(file, main, name).map(Some),
        };
        let day = |text: &Option<Spanned<String>>, last: bool| match text {
            None => Ok(None),
            Some(text) => match date::read(text.get_ref(), date::Order::YearFirst) {
                Some(w) => Ok(Some(if last { w.last() } else { w.first })),
                None => Err(file.fault(Some(text.span()), MapWrong::NotADay(text.get_ref().clone()))),
            },
        };
        day(&map.fit.from, false)?;
        let length = match &map.spells.length {
            None => None,
            Some(l) => Some((column_at(file, main, &l.get_ref().column, Some(l.span()))?, l.get_ref().unit)),
        };
        let retires = match &map.retirement {
            None => None,
            Some(r) => Some((self.cause(r.cause.get_ref(), r.cause.span())?, r.fill)),
        };
        let mut only = Vec::new();
        for condition in &map.only {
            only.push((column(file, main, &condition.column)?, condition));
        }
        let mut drafts = Vec::new();
        for term in &map.term {
            drafts.push(self.draft(term)?);
        }
        Ok(Columns {
            id: named(&map.spells.id)?,
            start: places(&map.spells.start)?,
            end: places(&map.spells.end)?,
            birth: places(&map.spells.birth)?,
            since: places(&map.watched.since)?,
            after: named(&map.watched.after)?,
            length,
            weight: named(&map.spells.weight)?,
            exit: named(&map.exit.column)?,
            only,
            drafts,
            watched_from: day(&map.watched.from, false)?,
            watched_until: day(&map.watched.until, true)?,
            retires,
            needs_birth: (map.term.iter())
                .any(|t| matches!(t.get_ref().of, Some(map::Clock::Age | map::Clock::Due))),
        })
    }

    /// A flaw of a row of the main file.
    fn flaw(&self, row: usize, flaw: Flaw, column: Option<usize>, found: &str) -> Skip {
        Skip::Flaw(RowFault {
            flaw,
            file: self.main.file.clone(),
            line: self.main.line(row),
            column: column.and_then(|c| self.main.names.get(c)).cloned().unwrap_or_default(),
            found: found.to_owned(),
            tolerated: self.tolerated.contains(&flaw),
        })
    }

    /// A date that is not required: `None` where there is none.
    fn optional_date(
        &self,
        places: &[Place<'_>],
        row: usize,
        id: &str,
        unreadable: Flaw,
    ) -> Result<Option<Written>, Skip> {
        match self.date(places, row, id) {
            Found::Known(written) => Ok(Some(written)),
            Found::Bad { file, line, column, found } => {
                let tolerated = self.tolerated.contains(&unreadable);
                Err(Skip::Flaw(RowFault { flaw: unreadable, file, line, column, found, tolerated }))
            }
            Found::Open | Found::Unknown => Ok(None),
        }
    }

    /// A number in a column, if it is one that `fits`.
    fn number(&self, row: usize, at: usize, flaw: Flaw, fits: impl Fn(f64) -> bool) -> Result<f64, Skip> {
        let text = self.main.cell(row, at);
        let number = text.parse::<f64>().ok().filter(|n| n.is_finite() && fits(*n));
        number.ok_or_else(|| self.flaw(row, flaw, Some(at), text))
    }

    fn row(&self, c: &Columns<'a>, row: usize, before: &mut HashSet<&'a str>) -> Result<Pending, Skip> {
        let main = self.main;
        for (at, condition) in &c.only {
            if !meets(condition, main.cell(row, *at)) {
                return Err(Skip::Aside(Aside::Condition));
            }
        }
        let written = c.id.map(|at| main.cell(row, at));
        if written == Some("") {
            return Err(self.flaw(row, Flaw::IdMissing, c.id, ""));
        }
        if let Some(number) = written
            && !before.insert(number)
        {
            return Err(self.flaw(row, Flaw::IdTwice, c.id, number));
        }
        let line = main.line(row);
        let number = written.map_or_else(|| line.to_string(), str::to_owned);
        let mut said = None;
        if let Some(at) = c.exit {
            let value = main.cell(row, at);
            let meaning = self.meanings.get(value).copied().or(self.unlisted);
            match meaning {
                None => return Err(self.flaw(row, Flaw::ExitUnlisted, c.exit, value)),
                Some(Meaning::LeftOut) => return Err(Skip::Aside(Aside::Exit)),
                meaning => said = meaning,
            }
        }
        let column_of = |places: &[Place<'_>]| places.first().filter(|p| p.of.is_none()).map(|p| p.column);
        let start = match &c.start {
            None => Written { first: Day::new_year(2000), precision: Precision::Day },
            Some(places) => self
                .optional_date(places, row, &number, Flaw::StartUnreadable)?
                .ok_or_else(|| self.flaw(row, Flaw::StartUnknown, column_of(places), ""))?,
        };
        let mut born = None;
        if let Some(places) = &c.birth {
            born = self.optional_date(places, row, &number, Flaw::BirthUnreadable)?;
            match born {
                Some(w) if w.first >= start.first => {
                    let found = w.first.to_string();
                    return Err(self.flaw(row, Flaw::BirthUnreadable, column_of(places), &found));
                }
                None if c.needs_birth => {
                    return Err(self.flaw(row, Flaw::BirthUnknown, column_of(places), ""));
                }
                _ => {}
            }
        }
        let length = match c.length {
            None => None,
            Some((at, unit)) => Some((self.number(row, at, Flaw::LengthUnreadable, |n| n >= 0.0)?, unit)),
        };
        let ended = match (&c.end, length) {
            (_, Some((n, unit))) => Found::Known(after_length(start.first, n, unit)),
            (Some(places), None) => match self.date(places, row, &number) {
                Found::Bad { file, line, column, found } => {
                    let flaw = Flaw::EndUnreadable;
                    let tolerated = self.tolerated.contains(&flaw);
                    return Err(Skip::Flaw(RowFault { flaw, file, line, column, found, tolerated }));
                }
                found => found,
            },
            (None, None) => Found::Unknown,
        };
        let meaning = said.unwrap_or(match ended {
            Found::Known(_) => Meaning::Cause(1),
            _ => Meaning::Running,
        });
        let weight = match c.weight {
            None => 1.0,
            Some(at) => self.number(row, at, Flaw::WeightUnreadable, |n| n > 0.0)?,
        };
        let since = match &c.since {
            None => None,
            Some(places) => self.optional_date(places, row, &number, Flaw::SinceUnreadable)?.map(|w| w.first),
        };
        let after = match c.after.filter(|at| !main.cell(row, *at).is_empty()) {
            None => 0.0,
            Some(at) => self.number(row, at, Flaw::SinceUnreadable, |n| n >= 0.0)?,
        };
        let mut values = Vec::new();
        for draft in &c.drafts {
            if let Some(at) = draft.column {
                let cell = main.cell(row, at);
                values.push(draft.value(cell).map_err(|flaw| self.flaw(row, flaw, Some(at), cell))?);
            }
        }
        let mut ages = 0u64;
        for (n, (age, at)) in
            self.map.retirement.iter().flat_map(|r| &r.age).zip(&self.age_columns).enumerate()
        {
            let holds = at.is_none_or(|at| age.get_ref().is.iter().any(|v| v == main.cell(row, at)));
            ages |= u64::from(holds) << n;
        }
        let length = length.map(|(n, _)| n);
        Ok(Pending { number, line, start, ended, meaning, born, weight, since, after, length, values, ages })
    }

    pub(super) fn read(self) -> Result<Spells, MapFault> {
        let (file, map, main) = (self.file, self.map, self.main);
        let c = self.columns()?;
        let mut tally = Tally { rows: main.len(), ..Tally::default() };
        let (mut pending, mut before) = (Vec::new(), HashSet::new());
        // Where several rows may be one person's, the row that stands for each number.
        let mut stands: HashMap<&str, usize> = HashMap::new();
        if let (Some(at), true) = (c.id, map.spells.repeated != Repeated::Fault) {
            for row in 0..main.len() {
                let first = *stands.entry(main.cell(row, at)).or_insert(row);
                let kept = if map.spells.repeated == Repeated::Last { row } else { first };
                stands.insert(main.cell(row, at), kept);
            }
        }
        for row in 0..main.len() {
            let other =
                c.id.and_then(|at| stands.get(main.cell(row, at)).filter(|_| !main.cell(row, at).is_empty()));
            if other.is_some_and(|kept| *kept != row) {
                note(&mut tally, Skip::Aside(Aside::Repeated));
                continue;
            }
            match self.row(&c, row, &mut before) {
                Ok(read) => pending.push(read),
                Err(skip) => note(&mut tally, skip),
            }
        }
        let (coarsest, latest) = self.extent(&pending);
        let mut spells = Spells {
            map: map.clone(),
            causes: self.causes.clone(),
            terms: Vec::new(),
            all: Vec::with_capacity(pending.len()),
            unit: map.spells.unit.or(c.length.map(|(_, u)| u)).unwrap_or(unit_of(coarsest)),
            dateless: c.start.is_none(),
            until: c.watched_until.or(latest).unwrap_or(Day::new_year(2000)),
            tally,
            ages: self.ages.clone(),
        };
        // One entry a term that has a column: the numbers of its levels, if it is a category.
        let mut levels: Vec<Option<BTreeMap<String, usize>>> = Vec::new();
        for (draft, spanned) in c.drafts.iter().zip(&map.term) {
            let place = draft.column.map(|_| levels.len());
            let (term, numbers) = draft.resolve(place, &pending, &self, spanned.span())?;
            if spells.terms.iter().any(|t: &terms::Term| t.name == term.name) {
                return Err(file.fault(Some(spanned.span()), MapWrong::TermTwice(term.name)));
            }
            if place.is_some() {
                levels.push(numbers);
            }
            spells.terms.push(term);
        }
        check_priors(file, &spells)?;
        for read in &pending {
            match self.spell(read, &c, &spells, &levels) {
                Ok((spell, after_end)) => {
                    spells.tally.filled += usize::from(spell.filled);
                    spells.tally.ends_after += usize::from(after_end);
                    spells.tally.straddling += usize::from(spells.straddles(&spell, None));
                    spells.all.push(spell);
                }
                Err(skip) => note(&mut spells.tally, skip),
            }
        }
        Ok(spells)
    }

    /// How precisely dates are written at the least, and the latest of them.
    fn extent(&self, pending: &[Pending]) -> (Precision, Option<Day>) {
        let (mut coarsest, mut latest) = (Precision::Day, None);
        for read in pending {
            coarsest = coarsest.min(read.start.precision);
            latest = latest.max(Some(read.start.first));
            // A date beside a running spell may say nothing.
            let counts =
                matches!(read.meaning, Meaning::Cause(_)) || self.map.exit.running_end == RunningEnd::Seen;
            if let (Found::Known(end), true) = (&read.ended, counts) {
                latest = latest.max(Some(end.last()));
                coarsest = coarsest.min(end.precision);
            }
        }
        (coarsest, latest)
    }

    /// The spell of a row, now that the file is known; and whether it ended after the file was drawn up.
    fn spell(
        &self,
        read: &Pending,
        c: &Columns<'a>,
        spells: &Spells,
        levels: &[Option<BTreeMap<String, usize>>],
    ) -> Result<(Spell, bool), Skip> {
        let flaw = |flaw: Flaw, found: String| {
            let tolerated = self.tolerated.contains(&flaw);
            let file = self.main.file.clone();
            Skip::Flaw(RowFault { flaw, file, line: read.line, column: String::new(), found, tolerated })
        };
        let start = read.start.first;
        if start > spells.until {
            return Err(Skip::Aside(Aside::StartsAfter));
        }
        let own = read.values.iter().zip(levels).map(|(value, levels)| match (value, levels) {
            (Value::Number(n), _) => *n,
            (Value::Level(name), Some(levels)) => levels.get(name).copied().unwrap_or(0) as f64,
            (Value::Level(_), None) => 0.0,
        });
        let mut spell = Spell {
            id: read.number.clone(),
            line: read.line,
            start,
            seen: spells.until,
            cause: if let Meaning::Cause(cause) = read.meaning { cause } else { 0 },
            since: None,
            birth: read.born.map(|w| w.first),
            birth_months: if read.born.is_some_and(|w| w.precision == Precision::Year) { 12 } else { 1 },
            filled: false,
            weight: read.weight,
            length: 0.0,
            after: 0.0,
            own: own.collect(),
            ages: read.ages,
        };
        let mut given = read.length;
        match (&read.ended, spell.cause) {
            (Found::Known(end), 0) if self.map.exit.running_end == RunningEnd::Seen => {
                spell.seen = end.last()
            }
            (_, 0) => given = None,
            (Found::Known(end), _) => spell.seen = end.last(),
            (_, cause) => {
                let fills = c.retires.is_some_and(|(retires, fill)| fill && retires == cause);
                let due = spells.due(&spell, None).filter(|due| fills && *due >= start);
                spell.seen = due.ok_or_else(|| flaw(Flaw::EndUnknown, String::new()))?;
                spell.filled = true;
            }
        }
        if spell.seen < start && given.is_none() {
            return Err(flaw(Flaw::EndsBeforeStart, format!("{start} – {}", spell.seen)));
        }
        let after_end = !spells.dateless && spell.seen > spells.until;
        let ended_after = after_end && spell.cause > 0;
        if after_end {
            (spell.seen, spell.cause, spell.filled, given) = (spells.until, 0, false, None);
        }
        let late = read.since.max(c.watched_from.filter(|_| !spells.dateless)).filter(|day| *day > start);
        if late.is_some_and(|day| spell.seen < day) {
            return Err(Skip::Aside(Aside::EndedBefore));
        }
        spell.since = late;
        spell.length = given.unwrap_or_else(|| length(start, spell.seen, spells.unit));
        spell.after = match late {
            None => read.after,
            Some(day) if spells.unit == Unit::Day => length(start, day, spells.unit),
            // Within a year or month written alone, watching begins before anything of it can happen.
            Some(day) => length(start, day, spells.unit) - 0.5,
        };
        Ok((spell, ended_after))
    }
}

fn note(tally: &mut Tally, skip: Skip) {
    match skip {
        Skip::Flaw(fault) => tally.note(fault),
        Skip::Aside(aside) => *tally.aside.entry(aside).or_default() += 1,
    }
}

fn meets(condition: &map::Only, cell: &str) -> bool {
    let number = cell.parse::<f64>().ok();
    (condition.is.is_empty() || condition.is.iter().any(|v| v == cell))
        && !condition.not.iter().any(|v| v == cell)
        && condition.at_least.is_none_or(|low| number.is_some_and(|n| n >= low))
        && condition.at_most.is_none_or(|high| number.is_some_and(|n| n <= high))
}

/// The end after a length: a year counted as the year of the start takes that year whole.
fn after_length(start: Day, length: f64, unit: Unit) -> Written {
    let last = match unit {
        Unit::Day => start.plus_days(length.round() as i32),
        Unit::Month => start.plus_months(length.ceil().max(1.0) as i32).plus_days(-1),
        Unit::Year => start.plus_months((length * 12.0).ceil().max(1.0) as i32).plus_days(-1),
    };
    Written { first: last, precision: Precision::Day }
}
