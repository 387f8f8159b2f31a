//! The mapping file: which column of whose file says what of a spell. `docs/lab-spells.md` describes it.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use crate::date::Order;
use crate::pooling::Confidence;

/// A mapping file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Map {
    /// Columns of the spell itself.
    pub spells: Main,
    /// How spells end.
    #[serde(default)]
    pub exit: Exit,
    /// When the spells were watched.
    #[serde(default)]
    pub watched: Watched,
    /// Other files, joined by a number.
    #[serde(default)]
    pub join: Vec<Join>,
    /// Which rows are taken.
    #[serde(default)]
    pub only: Vec<Only>,
    /// What the hazards depend on.
    #[serde(default)]
    pub term: Vec<Spanned<Term>>,
    /// What is believed beforehand of coefficients.
    #[serde(default)]
    pub prior: Vec<Spanned<Held>>,
    /// Retirement by rule.
    pub retirement: Option<Retirement>,
    /// What the fit hands over to the policy lab.
    #[serde(default)]
    pub lab: Vec<Spanned<Handed>>,
    /// How the hazards are fitted.
    #[serde(default)]
    pub fit: FitHow,
    /// How the backtest is told.
    #[serde(default)]
    pub backtest: BacktestHow,
}

/// Columns of the spell itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Main {
    /// The file's name, where the command is given a folder.
    pub file: Option<String>,
    /// The person's number; without it, the row's.
    pub id: Option<Spanned<String>>,
    /// What a number means that stands on several rows.
    #[serde(default)]
    pub repeated: Repeated,
    /// When it began.
    pub start: Option<Spanned<Whens>>,
    /// When it ended.
    pub end: Option<Spanned<Whens>>,
    /// Its length, in place of the end.
    pub length: Option<Spanned<Length>>,
    /// Birth.
    pub birth: Option<Spanned<Whens>>,
    /// The unit in which curves are drawn; the coarsest in which dates are written, by default.
    pub unit: Option<Unit>,
    /// Copies.
    pub weight: Option<Spanned<String>>,
    /// Between cells; `,` by default, `tab` for tabulators.
    #[serde(default)]
    pub delimiter: Delimiter,
    /// Known flaws: counted and told, but no fault of the file.
    #[serde(default)]
    pub tolerate: Vec<String>,
}

/// What it means that a person's number stands on several rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Repeated {
    /// A fault of the file.
    #[default]
    Fault,
    /// The rows are one person's, the first of them is the spell; dates are looked for in all by joining the file to itself.
    First,
    /// The same with the last of them.
    Last,
}

/// What stands between cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Delimiter {
    /// `,`
    #[default]
    Comma,
    /// `;`
    Semicolon,
    /// A tabulator.
    Tab,
}

impl Delimiter {
    /// The byte.
    pub const fn byte(self) -> u8 {
        match self {
            Delimiter::Comma => b',',
            Delimiter::Semicolon => b';',
            Delimiter::Tab => b'\t',
        }
    }
}

/// A length of time in a column.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Length {
    /// The column.
    pub column: String,
    /// Its unit.
    pub unit: Unit,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Years.
    Year,
    /// Months.
    Month,
    /// Days.
    Day,
}

impl Unit {
    /// How many of it make a year.
    pub const fn in_a_year(self) -> f64 {
        match self {
            Unit::Year => 1.0,
            Unit::Month => 12.0,
            Unit::Day => 365.25,
        }
    }

    /// Its name in the mapping file and the JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Unit::Year => "year",
            Unit::Month => "month",
            Unit::Day => "day",
        }
    }
}

/// One or several places where a date may stand; the first that is known is taken.
#[derive(Clone, Debug)]
pub struct Whens(pub Vec<When>);

/// A column that holds a date.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct When {
    /// The column.
    pub column: String,
    /// The joined file that it is of, by the name given there.
    pub of: Option<String>,
    /// Which of the joined rows.
    #[serde(default)]
    pub row: Which,
    /// For the first and the last row: the column of dates that they are ordered by; its own by default.
    pub by: Option<String>,
    /// The order in which dates are written.
    #[serde(default)]
    pub order: Order,
    /// What stands there when it is not known.
    #[serde(default)]
    pub unknown: Vec<String>,
    /// What stands there while the spell runs.
    #[serde(default)]
    pub open: Vec<String>,
}

/// Which of several joined rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Which {
    /// The row with the latest date in `by`.
    #[default]
    Last,
    /// The row with the earliest date in `by`.
    First,
    /// The latest date of all rows in the column itself.
    Latest,
    /// The earliest date of all rows in the column itself.
    Earliest,
}

impl<'de> Deserialize<'de> for Whens {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Whens, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Whens;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a column's name, a table { column = … }, or a list of them")
            }
            fn visit_str<E: de::Error>(self, column: &str) -> Result<Whens, E> {
                Ok(Whens(vec![When { column: column.to_owned(), ..When::default() }]))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Whens, A::Error> {
                Ok(Whens(vec![When::deserialize(MapAccessDeserializer::new(map))?]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Whens, A::Error> {
                let mut all = Vec::new();
                while let Some(Whens(mut some)) = list.next_element()? {
                    all.append(&mut some);
                }
                Ok(Whens(all))
            }
        }
        from.deserialize_any(Read)
    }
}

/// How spells end.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Exit {
    /// The column that says how; without it every spell with an end has ended, by the cause `leave`.
    pub column: Option<Spanned<String>>,
    /// Values of it that mean: still running.
    #[serde(default)]
    pub running: Vec<String>,
    /// Whether a date of end beside such a value is when the spell was last seen, or says nothing.
    #[serde(default)]
    pub running_end: RunningEnd,
    /// Values whose rows are left out.
    #[serde(default)]
    pub left_out: Vec<String>,
    /// What a value is that stands nowhere: a cause, `running` or `left-out`; without it, a fault.
    pub unlisted: Option<Spanned<String>>,
    /// The causes and the values that mean them.
    #[serde(default)]
    pub causes: BTreeMap<String, Vec<String>>,
}

/// What a date of end says of a spell that still runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunningEnd {
    /// It is when the spell was last seen.
    #[default]
    Seen,
    /// Nothing: the spell runs until the file was drawn up.
    Ignored,
}

/// When the spells were watched.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Watched {
    /// From this day on: who had left before is not in the file.
    pub from: Option<Spanned<String>>,
    /// Until this day: when the file was drawn up.
    pub until: Option<Spanned<String>>,
    /// A column with the day from which each spell was watched.
    pub since: Option<Spanned<Whens>>,
    /// A column with the length after which each spell was watched, in the unit of `length`.
    pub after: Option<Spanned<String>>,
}

/// Another file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Join {
    /// Its name, relative to the spells' file.
    pub file: Spanned<String>,
    /// What it is called in `of`.
    pub name: String,
    /// Its column that holds the person's number.
    pub on: Spanned<String>,
}

/// A condition on a row.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Only {
    /// The column.
    pub column: Spanned<String>,
    /// Its value is one of these.
    #[serde(default)]
    pub is: Vec<String>,
    /// Its value is none of these.
    #[serde(default)]
    pub not: Vec<String>,
    /// It is a number from this on.
    pub at_least: Option<f64>,
    /// It is a number up to this.
    pub at_most: Option<f64>,
}

/// Something that hazards depend on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Term {
    /// What it is called.
    pub name: String,
    /// A column of the spells' file …
    pub column: Option<String>,
    /// … or what the calendar moves on.
    pub of: Option<Clock>,
    /// How it enters.
    #[serde(rename = "as")]
    pub shape: Shape,
    /// For bands: where each begins, rising; what lies below the first is the base.
    #[serde(default)]
    pub bands: Vec<f64>,
    /// For splines: the knots, rising, three at least.
    #[serde(default)]
    pub knots: Vec<f64>,
    /// For categories: the base; the most frequent by default. For bands: a value in the band that is the base.
    pub base: Option<toml::Value>,
    /// For categories: values that are taken together.
    #[serde(default)]
    pub groups: BTreeMap<String, Vec<String>>,
    /// For categories with groups: what all others are called; without it each stays itself.
    pub others: Option<String>,
    /// For numbers: subtracted first.
    #[serde(default)]
    pub centre: f64,
    /// For numbers: the number of units of one step.
    #[serde(default = "one")]
    pub per: f64,
    /// For numbers, and for `since` in years: what a blank cell counts as; without it, the row is left out.
    pub blank: Option<f64>,
    /// The causes that depend on it; all by default.
    #[serde(default)]
    pub causes: Vec<String>,
}

const fn one() -> f64 {
    1.0
}

/// What the calendar moves on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clock {
    /// Years since the start: 0 in the first.
    Service,
    /// Years since birth.
    Age,
    /// The calendar year.
    Year,
    /// The calendar year of the start.
    Start,
    /// Periods since the one in which retirement falls due by rule; negative before.
    Due,
    /// Years since the day in the term's column; negative before.
    Since,
}

/// How a term enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// As a number.
    Number,
    /// In bands.
    Bands,
    /// By its value.
    Category,
    /// As a natural cubic spline.
    Spline,
}

/// What is believed beforehand of a coefficient: a value and its range, as in the behaviour files.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Held {
    /// The cause; all by default.
    pub cause: Option<String>,
    /// The coefficient, as the fit names it: `sex:female`.
    pub coefficient: String,
    /// Log-odds.
    pub value: f64,
    /// The lowest value believed.
    pub low: f64,
    /// The highest value believed.
    pub high: f64,
    /// Where it comes from.
    #[serde(default)]
    pub source: String,
    /// How far it is to be believed here.
    #[serde(default)]
    pub confidence: Confidence,
}

/// A figure of the policy lab that the fit gives ([`crate::figures`]).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Handed {
    /// The lab's key.
    pub key: String,
    /// The coefficient; without it, the rate of those at risk.
    pub coefficient: Option<String>,
    /// The causes that it is fitted on; all by default. A rate is of one.
    #[serde(default)]
    pub causes: Vec<String>,
    /// Of a rate: coefficients where the cause is blocked; periods in which one of them holds are not at risk.
    #[serde(default)]
    pub except: Vec<String>,
    /// Of a rate: the lab's key of the share who stay within the county. The spells' cause holds only those who leave it, and
    /// the lab's rate is of both.
    pub within: Option<String>,
    /// The lab's figure is the coefficient with its sign turned.
    #[serde(default)]
    pub reverse: bool,
}

/// Retirement by rule: a date that is known, not a hazard.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Retirement {
    /// The cause that it is.
    pub cause: Spanned<String>,
    /// Who retired without a date of end did so on the day that the rule gives.
    #[serde(default)]
    pub fill: bool,
    /// The ages, in the order of time.
    #[serde(default)]
    pub age: Vec<Spanned<Age>>,
}

/// An age of retirement from a day on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Age {
    /// From this day on; always, if not given.
    pub from: Option<String>,
    /// Years.
    pub years: u8,
    /// Months beyond them.
    #[serde(default)]
    pub months: u8,
    /// The day on which the rule was known; `from` by default. A forecast made before does not know it.
    pub known: Option<String>,
    /// Only for rows in which this column …
    pub column: Option<String>,
    /// … has one of these values.
    #[serde(default)]
    pub is: Vec<String>,
}

/// How the hazards are fitted.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FitHow {
    /// The period of the hazards.
    #[serde(default)]
    pub period: Period,
    /// Whether a row is a period of the calendar or of service.
    #[serde(default)]
    pub rows: Rows,
    /// Only periods from this day on.
    pub from: Option<Spanned<String>>,
    /// What coefficients without a prior lean on.
    #[serde(default)]
    pub pooling: Pooling,
    /// For weak pooling: the standard deviation of the log-odds around 0.
    #[serde(default = "weak")]
    pub weak: f64,
}

const fn weak() -> f64 {
    2.5
}

impl Default for FitHow {
    fn default() -> FitHow {
        FitHow {
            period: Period::default(),
            rows: Rows::default(),
            from: None,
            pooling: Pooling::default(),
            weak: weak(),
        }
    }
}

/// The period of the hazards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// A year.
    #[default]
    Year,
    /// Three months.
    Quarter,
    /// A month.
    Month,
}

impl Period {
    /// Its months.
    pub const fn months(self) -> i32 {
        match self {
            Period::Year => 12,
            Period::Quarter => 3,
            Period::Month => 1,
        }
    }
}

/// What a row of the fit is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rows {
    /// A person in a period of the calendar.
    #[default]
    Calendar,
    /// A person in a period of service, the last one counted as whole.
    Service,
}

/// What coefficients without a prior lean on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pooling {
    /// Weakly on 0 (except the constant), so that a group without an event has an estimate.
    #[default]
    Weak,
    /// On nothing.
    None,
    /// What is handed to the policy lab leans on what the lab assumes, the rest weakly.
    Lab,
}

/// How the backtest is told.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BacktestHow {
    /// Category terms by which errors are told.
    #[serde(default)]
    pub groups: Vec<Spanned<String>>,
}
