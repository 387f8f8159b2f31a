//! From rows to spells, by a mapping file.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use takeroot_civil::Day;
use toml::Spanned;

use crate::date::{self, Precision, Written};
use crate::fault::{Aside, Flaw, MapFault, MapWrong, RowFault};
use crate::map::{self, Map, RunningEnd, Shape, Unit, When, Whens, Which};
use crate::spells::{AgeRule, Spell, Spells, Tally, length, unit_of};
use crate::table::Table;
use crate::terms;

/// A mapping file with its text, so that faults can say where.
#[derive(Clone, Debug)]
pub struct MapFile {
    /// Its name.
    pub file: String,
    /// Its text.
    pub text: String,
    /// What it says.
    pub map: Map,
}

impl MapFile {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// The first thing that keeps it from being read, with its place.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<MapFile, MapFault> {
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Err(MapFault { file: file.to_owned(), place: None, what: MapWrong::NotText });
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let read: Result<Map, toml::de::Error> = toml::from_str(text);
        let map = read.map_err(|e| MapFault {
            file: file.to_owned(),
            place: e.span().map(|span| place(text, &span)),
            what: MapWrong::Grammar(e.message().trim().to_owned()),
        })?;
        Ok(MapFile { file: file.to_owned(), text: text.to_owned(), map })
    }

    /// A fault at a place of the text.
    pub fn fault(&self, span: Option<Range<usize>>, what: MapWrong) -> MapFault {
        MapFault { file: self.file.clone(), place: span.map(|s| place(&self.text, &s)), what }
    }

    /// The files that are joined, by their names relative to the spells' file.
    pub fn joined(&self) -> Vec<&str> {
        self.map.join.iter().map(|j| j.file.get_ref().as_str()).collect()
    }
}

/// Line and column of a place, from 1.
fn place(text: &str, span: &Range<usize>) -> (usize, usize) {
    let before = text.get(..span.start.min(text.len())).unwrap_or("");
    (before.matches('\n').count() + 1, before.rsplit('\n').next().unwrap_or("").chars().count() + 1)
}

/// Builds the spells of a file; `joined` in the order of the mapping file's `[[join]]`.
///
/// # Errors
/// If the mapping file does not fit the files, or itself.
pub fn build(map: &MapFile, main: &Table, joined: &[Table]) -> Result<Spells, MapFault> {
    Reader::new(map, main, joined)?.read()
}

/// A date's place: one column of the main file or of a joined one.
struct Place<'a> {
    when: &'a When,
    column: usize,
    /// The joined file, and the column that its rows are ordered by.
    of: Option<(usize, usize)>,
}

/// What was found where a date should stand.
enum Found {
    Known(Written),
    Open,
    Unknown,
    Bad { file: String, line: usize, column: String, found: String },
}

/// What an exit's value means.
#[derive(Clone, Copy)]
enum Meaning {
    Running,
    LeftOut,
    Cause(u16),
}

struct Reader<'a> {
    file: &'a MapFile,
    map: &'a Map,
    main: &'a Table,
    joined: &'a [Table],
    rows_of: Vec<HashMap<&'a str, Vec<usize>>>,
    causes: Vec<String>,
    meanings: HashMap<&'a str, Meaning>,
    unlisted: Option<Meaning>,
    tolerated: Vec<Flaw>,
    ages: Vec<AgeRule>,
    age_columns: Vec<Option<usize>>,
}

impl<'a> Reader<'a> {
    fn new(file: &'a MapFile, main: &'a Table, joined: &'a [Table]) -> Result<Reader<'a>, MapFault> {
        let map = &file.map;
        if map.spells.end.is_none() && map.spells.length.is_none() {
            return Err(file.fault(None, MapWrong::NoEnd));
        }
        let mut rows_of = Vec::new();
        for (join, table) in map.join.iter().zip(joined) {
            let on = column(file, table, &join.on)?;
            let mut rows: HashMap<&str, Vec<usize>> = HashMap::new();
            for row in 0..table.len() {
                rows.entry(table.cell(row, on)).or_default().push(row);
            }
            rows_of.push(rows);
        }
        let mut reader = Reader {
            file,
            map,
            main,
            joined,
            rows_of,
            causes: map.exit.causes.keys().cloned().collect(),
            meanings: HashMap::new(),
            unlisted: None,
            tolerated: Vec::new(),
            ages: Vec::new(),
            age_columns: Vec::new(),
        };
        reader.exits()?;
        for word in &map.spells.tolerate {
            let flaw = Flaw::ALL.into_iter().find(|f| f.code() == word).ok_or_else(|| {
                let has = Flaw::ALL.iter().map(|f| f.code().to_owned()).collect();
                file.fault(span_of(&file.text, word), MapWrong::NoFlaw { found: word.clone(), has })
            })?;
            reader.tolerated.push(flaw);
        }
        reader.retirement()?;
        Ok(reader)
    }

    fn exits(&mut self) -> Result<(), MapFault> {
        let exit = &self.map.exit;
        if exit.column.is_none() && self.causes.is_empty() {
            self.causes.push("leave".to_owned());
        }
        let running = exit.running.iter().map(|v| (v, Meaning::Running));
        let left_out = exit.left_out.iter().map(|v| (v, Meaning::LeftOut));
        let causes = exit.causes.values().enumerate().flat_map(|(n, values)| {
            let cause = Meaning::Cause(u16::try_from(n + 1).unwrap_or(u16::MAX));
            values.iter().map(move |v| (v, cause))
        });
        for (value, meaning) in running.chain(left_out).chain(causes) {
            if self.meanings.insert(value.trim(), meaning).is_some() {
                let span = span_of(&self.file.text, value);
                return Err(self.file.fault(span, MapWrong::ValueTwice(value.clone())));
            }
        }
        self.unlisted = match &exit.unlisted {
            None => None,
            Some(word) => Some(match word.get_ref().as_str() {
                "running" => Meaning::Running,
                "left-out" => Meaning::LeftOut,
                cause => Meaning::Cause(self.cause(cause, word.span())?),
            }),
        };
        Ok(())
    }

    /// The number of a cause, from 1.
    fn cause(&self, name: &str, span: Range<usize>) -> Result<u16, MapFault> {
        let at = self.causes.iter().position(|c| c == name).and_then(|n| u16::try_from(n + 1).ok());
        at.ok_or_else(|| {
            let what = MapWrong::NoCause { found: name.to_owned(), causes: self.causes.clone() };
            self.file.fault(Some(span), what)
        })
    }

    fn retirement(&mut self) -> Result<(), MapFault> {
        let Some(retirement) = &self.map.retirement else { return Ok(()) };
        self.cause(retirement.cause.get_ref(), retirement.cause.span())?;
        if self.map.spells.birth.is_none() {
            let what = MapWrong::NeedsBirth("retirement".to_owned());
            return Err(self.file.fault(Some(retirement.cause.span()), what));
        }
        if retirement.age.len() > 64 {
            let what = MapWrong::Number { field: "retirement.age".to_owned(), expected: "≤ 64" };
            return Err(self.file.fault(None, what));
        }
        for age in &retirement.age {
            let (span, age) = (age.span(), age.get_ref());
            let day = |text: &Option<String>| match text {
                None => Ok(None),
                Some(text) => match date::read(text, date::Order::YearFirst) {
                    Some(written) => Ok(Some(written.first)),
                    None => Err(self.file.fault(Some(span.clone()), MapWrong::NotADay(text.clone()))),
                },
            };
            let rule = AgeRule {
                from: day(&age.from)?,
                known: day(&age.known)?,
                months: i32::from(age.years) * 12 + i32::from(age.months),
            };
            let column = match &age.column {
                None => None,
                Some(name) => Some(column_at(self.file, self.main, name, Some(span))?),
            };
            self.ages.push(rule);
            self.age_columns.push(column);
        }
        Ok(())
    }

    /// The places of a date, checked.
    fn places(&self, whens: &'a Spanned<Whens>) -> Result<Vec<Place<'a>>, MapFault> {
        let span = whens.span();
        let place = |when: &'a When| {
            let Some(name) = &when.of else {
                let column = column_at(self.file, self.main, &when.column, Some(span.clone()))?;
                return Ok(Place { when, column, of: None });
            };
            let no_join = || self.file.fault(Some(span.clone()), MapWrong::NoJoin(name.clone()));
            let at = self.map.join.iter().position(|j| &j.name == name).ok_or_else(no_join)?;
            let table = self.joined.get(at).ok_or_else(no_join)?;
            let column = column_at(self.file, table, &when.column, Some(span.clone()))?;
            let by = match &when.by {
                None => column,
                Some(by) => column_at(self.file, table, by, Some(span.clone()))?,
            };
            Ok(Place { when, column, of: Some((at, by)) })
        };
        whens.get_ref().0.iter().map(place).collect()
    }

    /// What stands at the first of some places that is known.
    fn date(&self, places: &[Place<'_>], row: usize, id: &str) -> Found {
        let mut bad = None;
        for place in places {
            match self.at(place, row, id) {
                Found::Unknown => {}
                found @ Found::Bad { .. } => bad = bad.or(Some(found)),
                found => return found,
            }
        }
        bad.unwrap_or(Found::Unknown)
    }

    fn at(&self, place: &Place<'_>, row: usize, id: &str) -> Found {
        let when = place.when;
        let Some((at, by)) = place.of else { return cell(self.main, row, place.column, when) };
        let (Some(table), Some(rows)) = (self.joined.get(at), self.rows_of.get(at).and_then(|r| r.get(id)))
        else {
            return Found::Unknown;
        };
        let written = |row: usize, column: usize| date::read(table.cell(row, column), when.order);
        let known = |row: &usize| matches!(cell(table, *row, place.column, when), Found::Known(_));
        let chosen = match when.row {
            // Of several rows of one date the one that stands last in time order of the file is as good as another:
            // an open one goes before, then the later end.
            Which::Last => rows.iter().copied().max_by_key(|r| {
                (
                    written(*r, by).map(|w| w.first),
                    is_open(table, *r, place.column, when),
                    written(*r, place.column).map(|w| w.first),
                )
            }),
            Which::First => rows
                .iter()
                .copied()
                .filter(|r| written(*r, by).is_some())
                .min_by_key(|r| written(*r, by).map(|w| w.first)),
            Which::Latest => {
                rows.iter().copied().filter(known).max_by_key(|r| written(*r, place.column).map(|w| w.last()))
            }
            Which::Earliest => {
                rows.iter().copied().filter(known).min_by_key(|r| written(*r, place.column).map(|w| w.first))
            }
        };
        chosen.map_or(Found::Unknown, |row| cell(table, row, place.column, when))
    }

    fn read(self) -> Result<Spells, MapFault> {
        let (file, map, main) = (self.file, self.map, self.main);
        let optional = |whens: &'a Option<Spanned<Whens>>| match whens {
            None => Ok(None),
            Some(whens) => self.places(whens).map(Some),
        };
        let named = |name: &Option<Spanned<String>>| match name {
            None => Ok(None),
            Some(name) => column(file, main, name).map(Some),
        };
        let (start, end, birth) =
            (optional(&map.spells.start)?, optional(&map.spells.end)?, optional(&map.spells.birth)?);
        let since = optional(&map.watched.since)?;
        let (id, weight, exit, after) = (
            named(&map.spells.id)?,
            named(&map.spells.weight)?,
            named(&map.exit.column)?,
            named(&map.watched.after)?,
        );
        let length_column = match &map.spells.length {
            None => None,
            Some(l) => Some((column_at(file, main, &l.get_ref().column, Some(l.span()))?, l.get_ref().unit)),
        };
        let day = |text: &Option<Spanned<String>>, last: bool| match text {
            None => Ok(None),
            Some(text) => match date::read(text.get_ref(), date::Order::YearFirst) {
                Some(w) => Ok(Some(if last { w.last() } else { w.first })),
                None => Err(file.fault(Some(text.span()), MapWrong::NotADay(text.get_ref().clone()))),
            },
        };
        let (watched_from, watched_until) = (day(&map.watched.from, false)?, day(&map.watched.until, true)?);
        day(&map.fit.from, false)?;
        let mut only = Vec::new();
        for condition in &map.only {
            only.push((column(file, main, &condition.column)?, condition));
        }
        let mut drafts = Vec::new();
        for term in &map.term {
            drafts.push(self.draft(term)?);
        }
        let age_needed =
            map.term.iter().any(|t| matches!(t.get_ref().of, Some(map::Clock::Age | map::Clock::Due)));
        let retire = match &map.retirement {
            None => None,
            Some(r) => Some((self.cause(r.cause.get_ref(), r.cause.span())?, r.fill)),
        };

        let mut tally = Tally { rows: main.len(), ..Tally::default() };
        let mut pending: Vec<Pending> = Vec::new();
        let mut seen_ids: HashSet<&str> = HashSet::new();
        let mut coarsest = Precision::Day;
        let mut latest: Option<Day> = None;
        let main_column = |column: usize| main.names.get(column).cloned().unwrap_or_default();
        'rows: for row in 0..main.len() {
            let line = main.line(row);
            let own = |flaw: Flaw, column: Option<usize>, found: &str| RowFault {
                flaw,
                file: main.file.clone(),
                line,
                column: column.map(&main_column).unwrap_or_default(),
                found: found.to_owned(),
                tolerated: self.tolerated.contains(&flaw),
            };
            for (column, condition) in &only {
                if !meets(condition, main.cell(row, *column)) {
                    *tally.aside.entry(Aside::Condition).or_default() += 1;
                    continue 'rows;
                }
            }
            let written_id = id.map(|column| main.cell(row, column));
            if written_id == Some("") {
                tally.note(own(Flaw::IdMissing, id, ""));
                continue;
            }
            if let Some(number) = written_id
                && !seen_ids.insert(number)
            {
                tally.note(own(Flaw::IdTwice, id, number));
                continue;
            }
            let number = written_id.map_or_else(|| line.to_string(), str::to_owned);
            let meaning = match exit {
                None => None,
                Some(column) => {
                    let value = main.cell(row, column);
                    match self.meanings.get(value).copied().or(self.unlisted) {
                        None => {
                            tally.note(own(Flaw::ExitUnlisted, exit, value));
                            continue;
                        }
                        Some(Meaning::LeftOut) => {
                            *tally.aside.entry(Aside::Exit).or_default() += 1;
                            continue;
                        }
                        Some(meaning) => Some(meaning),
                    }
                }
            };
            let bad = |flaw: Flaw, found: Found| match found {
                Found::Bad { file, line, column, found } => {
                    RowFault { flaw, file, line, column, found, tolerated: self.tolerated.contains(&flaw) }
                }
                _ => own(flaw, None, ""),
            };
            let start_written = match &start {
                None => Written { first: Day::new_year(2000), precision: Precision::Day },
                Some(places) => match self.date(places, row, &number) {
                    Found::Known(written) => written,
                    found @ Found::Bad { .. } => {
                        tally.note(bad(Flaw::StartUnreadable, found));
                        continue;
                    }
                    Found::Open | Found::Unknown => {
                        tally.note(own(
                            Flaw::StartUnknown,
                            places.first().filter(|p| p.of.is_none()).map(|p| p.column),
                            "",
                        ));
                        continue;
                    }
                },
            };
            let begun = start_written.first;
            let born = match &birth {
                None => None,
                Some(places) => match self.date(places, row, &number) {
                    Found::Known(w) if w.first < begun => Some(w),
                    Found::Known(w) => {
                        tally.note(own(
                            Flaw::BirthUnreadable,
                            places.first().map(|p| p.column),
                            &w.first.to_string(),
                        ));
                        continue;
                    }
                    found @ Found::Bad { .. } => {
                        tally.note(bad(Flaw::BirthUnreadable, found));
                        continue;
                    }
                    Found::Open | Found::Unknown if age_needed => {
                        tally.note(own(Flaw::BirthUnknown, places.first().map(|p| p.column), ""));
                        continue;
                    }
                    Found::Open | Found::Unknown => None,
                },
            };
            let mut given_length = None;
            if let Some((column, _)) = length_column {
                let text = main.cell(row, column);
                match text.parse::<f64>() {
                    Ok(n) if n >= 0.0 && n.is_finite() => given_length = Some(n),
                    _ => {
                        tally.note(own(Flaw::LengthUnreadable, Some(column), text));
                        continue;
                    }
                }
            }
            let ended = match (&end, given_length, length_column) {
                (_, Some(n), Some((_, unit))) => Found::Known(after_length(begun, n, unit)),
                (Some(places), ..) => self.date(places, row, &number),
                _ => Found::Unknown,
            };
            if let Found::Bad { .. } = ended {
                tally.note(bad(Flaw::EndUnreadable, ended));
                continue;
            }
            let meaning = meaning.unwrap_or(match ended {
                Found::Known(_) => Meaning::Cause(1),
                _ => Meaning::Running,
            });
            let weighs = match weight {
                None => 1.0,
                Some(column) => match main.cell(row, column).parse::<f64>() {
                    Ok(n) if n > 0.0 && n.is_finite() => n,
                    _ => {
                        tally.note(own(Flaw::WeightUnreadable, weight, main.cell(row, column)));
                        continue;
                    }
                },
            };
            let watched_since = match &since {
                None => None,
                Some(places) => match self.date(places, row, &number) {
                    Found::Known(w) => Some(w.first),
                    Found::Bad { .. } => {
                        tally.note(bad(Flaw::SinceUnreadable, self.date(places, row, &number)));
                        continue;
                    }
                    _ => None,
                },
            };
            let watched_after = match after {
                None => 0.0,
                Some(column) => match main.cell(row, column) {
                    "" => 0.0,
                    text => match text.parse::<f64>() {
                        Ok(n) if n >= 0.0 && n.is_finite() => n,
                        _ => {
                            tally.note(own(Flaw::SinceUnreadable, after, text));
                            continue;
                        }
                    },
                },
            };
            let mut values = Vec::new();
            for draft in &drafts {
                if let Some(column) = draft.column {
                    match draft.value(main.cell(row, column)) {
                        Ok(value) => values.push(value),
                        Err(flaw) => {
                            tally.note(own(flaw, Some(column), main.cell(row, column)));
                            continue 'rows;
                        }
                    }
                }
            }
            let mut ages = 0u64;
            if let Some(retirement) = &map.retirement {
                for (n, (age, column)) in retirement.age.iter().zip(&self.age_columns).enumerate() {
                    let holds =
                        column.is_none_or(|c| age.get_ref().is.iter().any(|v| v == main.cell(row, c)));
                    ages |= u64::from(holds) << n;
                }
            }
            coarsest = coarsest.min(start_written.precision);
            if let Found::Known(w) = ended {
                // A date beside a running spell may say nothing.
                if matches!(meaning, Meaning::Cause(_)) || map.exit.running_end == RunningEnd::Seen {
                    latest = latest.max(Some(w.last()));
                    coarsest = coarsest.min(w.precision);
                }
            }
            latest = latest.max(Some(begun));
            pending.push(Pending {
                number,
                line,
                begun,
                ended,
                meaning,
                born,
                weighs,
                watched_since,
                watched_after,
                given_length,
                values,
                ages,
            });
        }

        let unit = map.spells.unit.or(length_column.map(|(_, u)| u)).unwrap_or(unit_of(coarsest));
        let dateless = start.is_none();
        let until = watched_until.or(latest).unwrap_or(Day::new_year(2000));
        let mut own_places = 0;
        let mut resolved = Vec::new();
        let mut levels: Vec<Option<BTreeMap<String, usize>>> = Vec::new();
        for (draft, spanned) in drafts.iter().zip(&map.term) {
            let place = draft.column.map(|_| {
                own_places += 1;
                own_places - 1
            });
            let (term, numbers) = draft.resolve(place, &pending, &self, spanned.span())?;
            if resolved.iter().any(|t: &terms::Term| t.name == term.name) {
                return Err(file.fault(Some(spanned.span()), MapWrong::TermTwice(term.name)));
            }
            if place.is_some() {
                levels.push(numbers);
            }
            resolved.push(term);
        }
        let mut spells = Spells {
            map: map.clone(),
            causes: self.causes.clone(),
            terms: resolved,
            all: Vec::with_capacity(pending.len()),
            unit,
            dateless,
            until,
            tally,
            ages: self.ages.clone(),
        };
        check_priors(file, &spells)?;
        for p in pending {
            let flaw = |flaw: Flaw, found: String| RowFault {
                flaw,
                file: main.file.clone(),
                line: p.line,
                column: String::new(),
                found,
                tolerated: self.tolerated.contains(&flaw),
            };
            if p.begun > until {
                *spells.tally.aside.entry(Aside::StartsAfter).or_default() += 1;
                continue;
            }
            let own = p.values.iter().zip(&levels).map(|(value, levels)| match (value, levels) {
                (Value::Number(n), _) => *n,
                (Value::Level(name), Some(levels)) => levels.get(name).copied().unwrap_or(0) as f64,
                (Value::Level(_), None) => 0.0,
            });
            let mut spell = Spell {
                id: p.number.clone(),
                line: p.line,
                start: p.begun,
                seen: until,
                cause: match p.meaning {
                    Meaning::Cause(cause) => cause,
                    _ => 0,
                },
                since: None,
                birth: p.born.map(|w| w.first),
                birth_months: if p.born.is_some_and(|w| w.precision == Precision::Year) { 12 } else { 1 },
                filled: false,
                weight: p.weighs,
                length: 0.0,
                after: 0.0,
                own: own.collect(),
                ages: p.ages,
            };
            let mut exact_length = p.given_length;
            match (&p.ended, spell.cause) {
                (Found::Known(w), 0) => {
                    if map.exit.running_end == RunningEnd::Seen {
                        spell.seen = w.last();
                    } else {
                        exact_length = None;
                    }
                }
                (Found::Known(w), _) => spell.seen = w.last(),
                (_, 0) => {}
                (_, cause) => {
                    let fills = retire.is_some_and(|(retires, fill)| fill && retires == cause);
                    match spells.due(&spell, None).filter(|due| fills && *due >= spell.start) {
                        Some(due) => {
                            spell.seen = due;
                            spell.filled = true;
                        }
                        None => {
                            spells.tally.note(flaw(Flaw::EndUnknown, String::new()));
                            continue;
                        }
                    }
                }
            }
            if spell.seen < spell.start && exact_length.is_none() {
                let found = format!("{} – {}", spell.start, spell.seen);
                spells.tally.note(flaw(Flaw::EndsBeforeStart, found));
                continue;
            }
            if !dateless && spell.seen > until {
                if spell.cause > 0 {
                    spells.tally.ends_after += 1;
                }
                (spell.seen, spell.cause, spell.filled, exact_length) = (until, 0, false, None);
            }
            let late =
                p.watched_since.max(watched_from.filter(|_| !dateless)).filter(|day| *day > spell.start);
            if late.is_some_and(|day| spell.seen < day) {
                *spells.tally.aside.entry(Aside::EndedBefore).or_default() += 1;
                continue;
            }
            spell.since = late;
            spell.length = exact_length.unwrap_or_else(|| length(spell.start, spell.seen, unit));
            spell.after = match late {
                None => p.watched_after,
                // Within a year or month written alone, watching begins before anything of it can happen.
                Some(day) if unit == Unit::Day => length(spell.start, day, unit),
                Some(day) => length(spell.start, day, unit) - 0.5,
            };
            spells.tally.filled += usize::from(spell.filled);
            spells.tally.straddling += usize::from(spells.straddles(&spell, None));
            spells.all.push(spell);
        }
        Ok(spells)
    }
}

/// Priors must name coefficients that there are, and groups categories.
fn check_priors(file: &MapFile, spells: &Spells) -> Result<(), MapFault> {
    for spanned in &file.map.prior {
        let (span, prior) = (spanned.span(), spanned.get_ref());
        let causes: Vec<usize> = match &prior.cause {
            None => (0..spells.causes.len()).collect(),
            Some(name) => match spells.causes.iter().position(|c| c == name) {
                Some(cause) => vec![cause],
                None => {
                    let what = MapWrong::NoCause { found: name.clone(), causes: spells.causes.clone() };
                    return Err(file.fault(Some(span), what));
                }
            },
        };
        let has: Vec<String> = causes.iter().flat_map(|k| spells.coefficients(*k)).collect();
        if !has.contains(&prior.coefficient) {
            let what = MapWrong::NoCoefficient { found: prior.coefficient.clone(), has };
            return Err(file.fault(Some(span), what));
        }
        let ordered = prior.low <= prior.value && prior.value <= prior.high && prior.low < prior.high;
        if !ordered {
            return Err(file.fault(Some(span), MapWrong::Range(prior.coefficient.clone())));
        }
    }
    for group in &file.map.backtest.groups {
        if spells.category(group.get_ref()).is_none() {
            return Err(file.fault(Some(group.span()), MapWrong::NoTerm(group.get_ref().clone())));
        }
    }
    let weak = file.map.fit.weak;
    if weak.is_nan() || weak <= 0.0 {
        let what = MapWrong::Number { field: "fit.weak".to_owned(), expected: "> 0" };
        return Err(file.fault(None, what));
    }
    Ok(())
}

/// A row that was read, before the file as a whole is known.
struct Pending {
    number: String,
    line: usize,
    begun: Day,
    ended: Found,
    meaning: Meaning,
    born: Option<Written>,
    weighs: f64,
    watched_since: Option<Day>,
    watched_after: f64,
    given_length: Option<f64>,
    values: Vec<Value>,
    ages: u64,
}

/// A spell's own value.
enum Value {
    Number(f64),
    Level(String),
}

/// A term before its levels are known.
struct Draft<'a> {
    term: &'a map::Term,
    column: Option<usize>,
    groups: HashMap<&'a str, &'a str>,
}

impl<'a> Reader<'a> {
    fn draft(&self, spanned: &'a Spanned<map::Term>) -> Result<Draft<'a>, MapFault> {
        let (span, term) = (spanned.span(), spanned.get_ref());
        let wrong = |what| Err(self.file.fault(Some(span.clone()), what));
        let name = || term.name.clone();
        let of_clock = term.of.is_some();
        if of_clock == term.column.is_some() || of_clock && term.shape == Shape::Category {
            return wrong(MapWrong::TermSource(name()));
        }
        let rises = |list: &[f64]| {
            list.windows(2).all(|w| w.first() < w.last()) && list.iter().all(|v| v.is_finite())
        };
        match term.shape {
            Shape::Bands if term.bands.is_empty() || !rises(&term.bands) => {
                return wrong(MapWrong::Unordered(name()));
            }
            Shape::Spline if term.knots.len() < 3 || !rises(&term.knots) => {
                return wrong(MapWrong::Unordered(name()));
            }
            _ => {}
        }
        if term.per == 0.0 || !term.per.is_finite() {
            return wrong(MapWrong::Number { field: format!("{}.per", term.name), expected: "≠ 0" });
        }
        match term.of {
            Some(map::Clock::Age) if self.map.spells.birth.is_none() => {
                return wrong(MapWrong::NeedsBirth(name()));
            }
            Some(map::Clock::Due) if self.ages.is_empty() => {
                return wrong(MapWrong::NeedsRetirement(name()));
            }
            _ => {}
        }
        let column = match &term.column {
            None => None,
            Some(column) => Some(column_at(self.file, self.main, column, Some(span.clone()))?),
        };
        let mut groups = HashMap::new();
        for (group, values) in &term.groups {
            for value in values {
                if groups.insert(value.trim(), group.as_str()).is_some() {
                    return wrong(MapWrong::ValueTwice(value.clone()));
                }
            }
        }
        for cause in &term.causes {
            self.cause(cause, span.clone())?;
        }
        Ok(Draft { term, column, groups })
    }
}

impl Draft<'_> {
    fn value(&self, cell: &str) -> Result<Value, Flaw> {
        if self.term.shape == Shape::Category {
            let level = match self.groups.get(cell) {
                Some(group) => group,
                None => match &self.term.others {
                    Some(others) if !self.groups.is_empty() => others.as_str(),
                    _ if cell.is_empty() => "(blank)",
                    _ => cell,
                },
            };
            return Ok(Value::Level(level.to_owned()));
        }
        if cell.is_empty() {
            return self.term.blank.map(Value::Number).ok_or(Flaw::NumberBlank);
        }
        match cell.parse::<f64>() {
            Ok(n) if n.is_finite() => Ok(Value::Number(n)),
            _ => Err(Flaw::NumberUnreadable),
        }
    }

    /// The term with its columns; for a category, the number of each level.
    fn resolve(
        &self,
        place: Option<usize>,
        rows: &[Pending],
        reader: &Reader<'_>,
        span: Range<usize>,
    ) -> Result<(terms::Term, Option<BTreeMap<String, usize>>), MapFault> {
        let term = self.term;
        let mut numbers = None;
        let no_base = |base: String| {
            reader.file.fault(Some(span.clone()), MapWrong::NoBase { term: term.name.clone(), base })
        };
        let shape = match term.shape {
            Shape::Number => terms::Shape::Number { centre: term.centre, per: term.per },
            Shape::Spline => terms::Shape::Spline { knots: term.knots.clone() },
            Shape::Bands => {
                let base = match &term.base {
                    None => 0,
                    Some(value) => {
                        let value = value.as_float().or(value.as_integer().map(|n| n as f64));
                        let value = value.ok_or_else(|| no_base(format!("{:?}", term.base)))?;
                        term.bands.partition_point(|edge| *edge <= value)
                    }
                };
                terms::Shape::Bands { edges: term.bands.clone(), base }
            }
            Shape::Category => {
                let mut counts: BTreeMap<String, f64> = BTreeMap::new();
                for row in rows {
                    if let Some(Value::Level(level)) = place.and_then(|p| row.values.get(p)) {
                        *counts.entry(level.clone()).or_default() += row.weighs;
                    }
                }
                let levels: Vec<String> = counts.keys().cloned().collect();
                let base = match &term.base {
                    None => {
                        let most = counts.values().copied().fold(0.0, f64::max);
                        counts.values().position(|n| *n == most).unwrap_or(0)
                    }
                    Some(value) => {
                        let name = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                        levels.iter().position(|l| *l == name).ok_or_else(|| no_base(name))?
                    }
                };
                numbers = Some(levels.iter().cloned().enumerate().map(|(n, l)| (l, n)).collect());
                terms::Shape::Category { levels, base }
            }
        };
        let of = match (place, term.of) {
            (_, Some(clock)) => terms::Source::Clock(clock),
            (place, None) => terms::Source::Own(place.unwrap_or(0)),
        };
        let causes =
            (term.causes.iter()).filter_map(|name| reader.causes.iter().position(|c| c == name)).collect();
        Ok((terms::Term { name: term.name.clone(), of, shape, causes }, numbers))
    }
}

fn column(file: &MapFile, table: &Table, name: &Spanned<String>) -> Result<usize, MapFault> {
    column_at(file, table, name.get_ref(), Some(name.span()))
}

fn column_at(
    file: &MapFile,
    table: &Table,
    name: &str,
    span: Option<Range<usize>>,
) -> Result<usize, MapFault> {
    table.column(name).ok_or_else(|| {
        let what = MapWrong::NoColumn {
            column: name.to_owned(),
            file: table.file.clone(),
            has: table.names.clone(),
        };
        file.fault(span, what)
    })
}

/// Where a word stands in the text, between quotation marks.
fn span_of(text: &str, word: &str) -> Option<Range<usize>> {
    let at = text.find(&format!("\"{word}\""))?;
    Some(at..at + word.len() + 2)
}

fn is_open(table: &Table, row: usize, column: usize, when: &When) -> bool {
    when.open.iter().any(|o| o == table.cell(row, column))
}

fn cell(table: &Table, row: usize, column: usize, when: &When) -> Found {
    let text = table.cell(row, column);
    if is_open(table, row, column, when) {
        return Found::Open;
    }
    if text.is_empty() || when.unknown.iter().any(|u| u == text) {
        return Found::Unknown;
    }
    match date::read(text, when.order) {
        Some(written) => Found::Known(written),
        None => Found::Bad {
            file: table.file.clone(),
            line: table.line(row),
            column: table.names.get(column).cloned().unwrap_or_default(),
            found: text.to_owned(),
        },
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
