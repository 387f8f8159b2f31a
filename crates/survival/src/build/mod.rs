//! From rows to spells, by a mapping file.

mod dates;
mod rows;
mod term;

use std::collections::HashMap;
use std::ops::Range;

use toml::Spanned;

use crate::date;
use crate::fault::{Flaw, MapFault, MapWrong};
use crate::figures::RATE;
use crate::map::Map;
use crate::spells::{AgeRule, Spells};
use crate::table::Table;

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
        let rate = prior.coefficient == RATE;
        if rate && !(prior.low > 0.0 && prior.high < 1.0) {
            return Err(file.fault(Some(span), MapWrong::Range(prior.coefficient.clone())));
        }
        if !rate && !has.contains(&prior.coefficient) {
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
    check_figures(file, spells)?;
    let weak = file.map.fit.weak;
    if weak.is_nan() || weak <= 0.0 {
        let what = MapWrong::Number { field: "fit.weak".to_owned(), expected: "> 0" };
        return Err(file.fault(None, what));
    }
    Ok(())
}

/// Figures of the policy lab must be of causes and coefficients that there are, and a rate of one cause.
fn check_figures(file: &MapFile, spells: &Spells) -> Result<(), MapFault> {
    for spanned in &file.map.lab {
        let (span, handed) = (spanned.span(), spanned.get_ref());
        let mut causes = Vec::new();
        for name in &handed.causes {
            let Some(cause) = spells.causes.iter().position(|c| c == name) else {
                let what = MapWrong::NoCause { found: name.clone(), causes: spells.causes.clone() };
                return Err(file.fault(Some(span), what));
            };
            causes.push(cause);
        }
        if handed.causes.is_empty() {
            causes = (0..spells.causes.len()).collect();
        }
        if handed.coefficient.is_none() && causes.len() != 1 {
            return Err(file.fault(Some(span), MapWrong::RateOfSeveral(handed.key.clone())));
        }
        let has: Vec<String> = causes.iter().flat_map(|k| spells.coefficients(*k)).collect();
        if let Some(found) = handed.coefficient.iter().chain(&handed.except).find(|name| !has.contains(name))
        {
            let what = MapWrong::NoCoefficient { found: found.clone(), has };
            return Err(file.fault(Some(span), what));
        }
    }
    Ok(())
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
