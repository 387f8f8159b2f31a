//! Assumptions: documents that say what people do, each figure with its source, its range and how far it can be trusted.
//!
//! A document is a TOML file of `policies/behaviour/`. The keys are a closed list ([`Key`]); a document that has an
//! unknown one, a figure outside its own range, or a text that is empty in a language is refused with its line.

use std::collections::BTreeMap;
use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use takeroot_policy::Text;
use takeroot_policy::rule::TomlDay;
use takeroot_words::{Lang, Say};

use crate::keyed::{self, Luck, Purpose};
use crate::words::say;

/// Declares the figures that behaviours ask for.
macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)+) => {
        /// A figure that a behaviour asks for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Key { $($(#[$doc])* $name),+ }

        impl Key {
            /// All.
            pub const ALL: &'static [Key] = &[$(Key::$name),+];

            /// As it is written.
            pub const fn code(self) -> &'static str { match self { $(Key::$name => $code),+ } }
        }
    };
}

keys! {
    /// Resignations a year at the reference, share of those who may resign.
    ResignRate = "resign.rate";
    /// Log-odds of resigning for each unit of ln(relative pay).
    ResignPay = "resign.pay";
    /// Selections by examination a year at the reference, share of those who may sit.
    SelectRate = "select.rate";
    /// Share of the selected whom an organ of the same county takes, where it has a vacancy.
    SelectWithin = "select.within-county";
    /// Transfers a year at the reference, share of those who may be transferred.
    TransferRate = "transfer.rate";
    /// Share of the transferred whom an organ of the same county takes, where it has a vacancy.
    TransferWithin = "transfer.within-county";
    /// Log-odds of being selected or transferred for each unit of ln(relative pay).
    MovePay = "move.pay";
    /// Log-odds of moving while seconded.
    MoveSeconded = "move.seconded";
    /// Log-odds of leaving the most remote township, against a county organ or the nearest one.
    LeaveRemote = "leave.remote";
    /// Log-odds of leaving for those who come from the county.
    LeaveLocal = "leave.local";
    /// Log-odds of leaving for the exhausted.
    LeaveTired = "leave.tired";
    /// Log-odds of leaving for those with a bachelor's programme or more.
    LeaveDegree = "leave.degree";
    /// Log-odds of leaving for the young.
    LeaveYoung = "leave.young";
    /// The age from which nobody is young, years.
    LeaveYoungUntil = "leave.young-until";
    /// Log-odds of leaving for recruits from the villages and the grassroots programmes.
    LeaveGrown = "leave.grown";
    /// Log-odds of leaving for township staff with a home in the township.
    LeaveHoused = "leave.housed";
    /// Odds of leaving in the months after a minimum service has ended, against later.
    LockSpike = "lock.spike";
    /// How many months that lasts.
    LockSpikeMonths = "lock.spike-months";
    /// Share of township staff with a home in the township where no rule speaks of it.
    HousedNow = "housed.now";
    /// Deaths a year at the age of 40.
    DieAtForty = "die.at-40";
    /// What ln(deaths) grows by with a year of age.
    DieGrowth = "die.growth";
    /// Share of vacancies that are opened for recruitment in a year.
    JoinOpen = "join.open";
    /// Share of opened posts that are filled at the reference.
    JoinFill = "join.fill";
    /// Log-odds of filling for each unit of ln(relative pay).
    JoinPay = "join.pay";
    /// Log-odds of filling in the most remote township.
    JoinRemote = "join.remote";
    /// Log-odds of filling for each unit of ln(pool of those who may apply).
    JoinPool = "join.pool";
    /// Share of posts that ask for a bachelor's programme though the rules would take less.
    JoinAsksBachelor = "join.asks-bachelor";
    /// Applicants with senior high school, for one with a bachelor's programme.
    PoolSeniorHigh = "pool.senior-high";
    /// Applicants with junior college, for one with a bachelor's programme.
    PoolJuniorCollege = "pool.junior-college";
    /// Applicants with a master's programme, for one with a bachelor's.
    PoolMaster = "pool.master";
    /// Share of recruits who come from the county where no rule keeps posts for them.
    JoinLocal = "join.local";
    /// Share of women among recruits.
    JoinWomen = "join.women";
    /// Youngest usual age of a recruit, years.
    JoinYoungest = "join.youngest";
    /// Over how many years the ages of recruits spread.
    JoinSpread = "join.spread";
    /// Month of the year in which recruits come.
    JoinMonth = "join.month";
    /// Secondments a year, share of those who may be sent.
    SecondRate = "second.rate";
    /// Share of secondments that go on where they are forbidden.
    SecondEvasion = "second.evasion";
    /// Mean length of a secondment, months.
    SecondMonths = "second.months";
    /// Rounds of promotion a year.
    PromoteRounds = "promote.rounds";
    /// Share of the free places of quotas that are used in a round.
    PromoteOpen = "promote.open";
    /// Share of the eligible who are not proposed in a round.
    PromoteHeld = "promote.held-back";
    /// By how many months of waiting chance may move a place in the order.
    PromoteNoise = "promote.noise-months";
    /// Share of vacant leadership posts that are filled in a round.
    PostFill = "post.fill";
    /// Share of the excellent places that are given.
    AssessExcellent = "assess.excellent";
    /// Share of years graded basically competent.
    AssessBasic = "assess.basic";
    /// Overtime at full strength, hours a month.
    BurdenOvertime = "burden.overtime";
    /// Share of the work of those missing that falls on those who are there.
    BurdenSpread = "burden.spread";
    /// Share of working time that inspections take.
    BurdenInspections = "burden.inspections";
    /// Share of working time that meetings take.
    BurdenMeetings = "burden.meetings";
    /// Share of working time that documents and forms take.
    BurdenPapers = "burden.papers";
    /// Share of a cut or cap that is kept in practice.
    BurdenKept = "burden.kept";
    /// Share of the exhausted at full strength.
    TiredBase = "tired.base";
    /// Log-odds of being exhausted for ten hours of overtime a month.
    TiredOvertime = "tired.overtime";
    /// Share of people whose exhaustion is looked at anew in a quarter.
    TiredAnew = "tired.anew";
    /// Share of training days wanted that are attended.
    TrainAttended = "training.attended";
}

/// What a figure is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// A share a year, from 0 to 1.
    ShareAYear,
    /// A share, from 0 to 1.
    Share,
    /// Log-odds (or the logarithm of a rate).
    LogOdds,
    /// A ratio of odds.
    Odds,
    /// Months.
    Months,
    /// Years.
    Years,
    /// Hours a month.
    HoursAMonth,
    /// A number.
    Number,
}

/// How far a figure can be trusted for Chinese townships.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Trust {
    /// A legal fact or a table that was read.
    High,
    /// Several studies agree on the direction and roughly on the size.
    Medium,
    /// Studies of other places or people, or the direction only.
    Low,
    /// No evidence at hand: invented for the demonstration.
    None,
}

/// A figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Coefficient {
    /// What it says.
    pub text: Text,
    /// The value.
    pub value: f64,
    /// The lowest that can be defended.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// What it is measured in.
    pub unit: Unit,
    /// Where it comes from.
    pub source: Text,
    /// How far it can be trusted.
    pub confidence: Trust,
    /// The day on which it was entered.
    pub dated: TomlDay,
}

/// A lever that nobody knows: figures set together, run beside the central run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct What {
    /// What would be the case.
    pub text: Text,
    /// The figures.
    pub set: BTreeMap<String, f64>,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Document {
    /// Its id: the name of its file.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// What it is about, and what it cannot tell.
    pub about: Text,
    /// The figures by key.
    pub coefficient: BTreeMap<String, toml::Spanned<Coefficient>>,
    /// Levers that nobody knows, by id.
    #[serde(default)]
    pub scenario: BTreeMap<String, toml::Spanned<What>>,
}

/// Something wrong with a document, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub file: String,
    /// The line, from 1; 0 where the whole is meant.
    pub line: usize,
    /// What is wrong.
    pub what: FaultKind,
}

/// What can be wrong with a document of behaviour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Not UTF-8.
    NotText,
    /// Not of the grammar; the parser's words.
    Grammar(String),
    /// A key that no behaviour asks for.
    UnknownKey(String),
    /// The same key twice, in this file and another.
    Twice(String, String),
    /// The value does not lie between low and high, or one of them is no number.
    OutOfRange(String),
    /// A value that its unit cannot have.
    NotInUnit(String),
    /// A text is empty in a language.
    Empty(String),
    /// A figure that a behaviour asks for is in no document.
    Missing(String),
}

impl Say for Fault {
    fn say(&self, lang: Lang) -> String {
        let what = match &self.what {
            FaultKind::NotText => say!(lang, "fault-not-text"),
            FaultKind::Grammar(words) => say!(lang, "fault-grammar", words = words.as_str()),
            FaultKind::UnknownKey(key) => say!(lang, "fault-unknown-key", key = key.as_str()),
            FaultKind::Twice(key, file) => {
                say!(lang, "fault-twice", key = key.as_str(), file = file.as_str())
            }
            FaultKind::OutOfRange(key) => say!(lang, "fault-out-of-range", key = key.as_str()),
            FaultKind::NotInUnit(key) => say!(lang, "fault-not-in-unit", key = key.as_str()),
            FaultKind::Empty(key) => say!(lang, "fault-empty", key = key.as_str()),
            FaultKind::Missing(key) => say!(lang, "fault-missing", key = key.as_str()),
        };
        if self.line == 0 {
            return say!(lang, "fault-in-file", file = self.file.as_str(), what = what);
        }
        say!(lang, "fault-at-line", file = self.file.as_str(), line = self.line.to_string(), what = what)
    }
}

/// The documents in the binary: name, text.
pub static SHIPPED: &[(&str, &str)] = &[
    ("leave.toml", include_str!("../../../policies/behaviour/leave.toml")),
    ("join.toml", include_str!("../../../policies/behaviour/join.toml")),
    ("secondment.toml", include_str!("../../../policies/behaviour/secondment.toml")),
    ("promotion.toml", include_str!("../../../policies/behaviour/promotion.toml")),
    ("death.toml", include_str!("../../../policies/behaviour/death.toml")),
    ("burden.toml", include_str!("../../../policies/behaviour/burden.toml")),
    ("training.toml", include_str!("../../../policies/behaviour/training.toml")),
];

/// All assumptions of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumptions {
    /// The documents.
    pub documents: Vec<Document>,
    /// Each figure, by key, with its unit.
    figures: Vec<Known>,
}

/// A figure as it was read: value, low, high and the unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    figure: (f64, f64, f64),
    unit: Unit,
}

/// A figure as a fit gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// The value.
    pub value: f64,
    /// The lowest that the fit leaves open.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// How far it rests on the history that it was fitted on, and not on what was assumed before: 0 to 1.
    pub own_share: f64,
    /// What it was fitted on.
    pub source: Text,
}

impl Assumptions {
    /// Those in the binary.
    ///
    /// # Errors
    /// Never for a released binary: a test reads them all.
    pub fn shipped() -> Result<Assumptions, Vec<Fault>> {
        Assumptions::of(SHIPPED.iter().map(|(file, text)| (*file, text.as_bytes())))
    }

    /// Assumptions from files: name, content. A file with the name of a shipped one must be given in its place.
    ///
    /// # Errors
    /// Everything that is wrong, each with its line.
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<Assumptions, Vec<Fault>> {
        let (mut documents, mut faults) = (Vec::new(), Vec::new());
        let mut known: BTreeMap<String, (String, Known)> = BTreeMap::new();
        let mut read_from = Vec::new();
        for (file, bytes) in files {
            match read(file, bytes) {
                Ok((document, text)) => {
                    check(file, text, &document, &mut known, &mut faults);
                    documents.push(document);
                    read_from.push((file, text));
                }
                Err(fault) => faults.push(fault),
            }
        }
        // A lever may set figures of any document: all must have been read before its values can be judged.
        for (document, (file, text)) in documents.iter().zip(read_from) {
            check_levers(file, text, document, &known, &mut faults);
        }
        let mut figures = Vec::new();
        for key in Key::ALL {
            match known.get(key.code()) {
                Some((_, known)) => figures.push(*known),
                None => faults.push(Fault {
                    file: String::from("policies/behaviour"),
                    line: 0,
                    what: FaultKind::Missing(key.code().to_owned()),
                }),
            }
        }
        if faults.is_empty() { Ok(Assumptions { documents, figures }) } else { Err(faults) }
    }

    /// With other figures for some keys, as a fit gives them; their source takes the place of the documents' own, and where the
    /// fit rests on its own history for half or more, it is trusted as several studies are. Keys that are
    /// unknown, or whose figures are out of order or outside what their unit can be, are handed back.
    ///
    /// # Errors
    /// The keys that no behaviour asks for, and those whose figures cannot be.
    pub fn with_fit(mut self, fit: &BTreeMap<String, Fitted>) -> Result<Assumptions, Vec<String>> {
        let mut refused = Vec::new();
        for (code, fitted) in fit {
            let known = key(code).and_then(|key| self.figures.get_mut(key as usize));
            let (value, low, high) = (fitted.value, fitted.low, fitted.high);
            match known {
                Some(known)
                    if low <= value
                        && value <= high
                        && within(known.unit, low)
                        && within(known.unit, high) =>
                {
                    known.figure = (value, low, high);
                    let told =
                        self.documents.iter_mut().find_map(|document| document.coefficient.get_mut(code));
                    if let Some(told) = told.map(toml::Spanned::get_mut) {
                        (told.value, told.low, told.high) = (value, low, high);
                        told.source = fitted.source.clone();
                        if fitted.own_share >= 0.5 {
                            told.confidence = Trust::Medium;
                        }
                    }
                }
                _ => refused.push(code.clone()),
            }
        }
        if refused.is_empty() { Ok(self) } else { Err(refused) }
    }

    /// What a figure is measured in; `None` for a key that no behaviour asks for.
    pub fn unit(&self, code: &str) -> Option<Unit> {
        key(code).map(|key| self.figures[key as usize].unit)
    }

    /// The value, low and high of a figure.
    pub fn figure(&self, key: Key) -> (f64, f64, f64) {
        self.figures[key as usize].figure
    }

    /// A figure with its unit.
    pub(crate) fn known(&self, key: Key) -> Known {
        self.figures[key as usize]
    }

    /// The values as they stand.
    pub fn central(&self) -> Coefs {
        Coefs::of(self.figures.iter().map(|known| known.figure.0).collect())
    }

    /// One draw from the ranges ([`between`]) for each figure, keyed by the seed, the draw and the figure's name, and so the
    /// same under every policy.
    pub fn drawn(&self, seed: u64, draw: u32) -> Coefs {
        let luck = Luck::of(seed);
        let one = |key: &Key| {
            let u = luck.unit(keyed::key_of(key.code()), 0, draw, Purpose::Once);
            between(self.figures[*key as usize], u)
        };
        Coefs::of(Key::ALL.iter().map(one).collect())
    }

    /// The levers that nobody knows: id, what, and the values with them.
    pub fn scenarios(&self) -> impl Iterator<Item = (&str, &What, Coefs)> {
        self.documents.iter().flat_map(|document| &document.scenario).map(|(id, what)| {
            let mut coefs = self.central();
            for (code, value) in &what.get_ref().set {
                if let Some(key) = key(code) {
                    coefs.values[key as usize] = *value;
                }
            }
            (id.as_str(), what.get_ref(), coefs)
        })
    }

    /// Every figure with its document, in their order.
    pub fn coefficients(&self) -> impl Iterator<Item = (&Document, &str, &Coefficient)> {
        self.documents.iter().flat_map(|document| {
            document.coefficient.iter().map(move |(key, figure)| (document, key.as_str(), figure.get_ref()))
        })
    }

    /// SHA-256 over every figure with its range and unit, and over every lever with what it sets, as 64 hexadecimal digits.
    pub fn digest(&self) -> String {
        use std::fmt::Write as _;

        use sha2::Digest as _;
        let mut hash = sha2::Sha256::new();
        for (key, Known { figure: (value, low, high), unit }) in Key::ALL.iter().zip(&self.figures) {
            hash.update(format!("{}={value:?}|{low:?}|{high:?}|{unit:?};", key.code()));
        }
        // In the order of their ids, whatever document they stand in.
        let levers: BTreeMap<&str, &What> = self.scenarios().map(|(id, what, _)| (id, what)).collect();
        for (id, what) in levers {
            hash.update(format!("{id}={:?};", what.set));
        }
        hash.finalize().iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// The schema of a document.
    pub fn schema() -> schemars::Schema {
        schemars::schema_for!(DocumentSchema)
    }
}

/// A document of what people are assumed to do.
#[derive(JsonSchema)]
#[schemars(rename = "Document")]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[expect(dead_code, reason = "the schema is made from its fields")]
struct DocumentSchema {
    /// Its id: the name of its file.
    id: String,
    /// Its title.
    title: Text,
    /// What it is about, and what it cannot tell.
    about: Text,
    /// The figures by key.
    coefficient: BTreeMap<String, Coefficient>,
    /// Levers that nobody knows, by id.
    #[serde(default)]
    scenario: BTreeMap<String, What>,
}

/// There, or back again.
type Scale = fn(f64) -> f64;

/// A draw from a figure's range by a number between 0 and 1. **The value is the median**: as often below as above, each
/// side thinning out towards its end. Shares are drawn on the scale of log-odds and odds on that of logarithms, where a step
/// is as much at any height; where an end has no place on that scale (a share of nothing or of all), its side is drawn
/// on the plain one.
pub(crate) fn between(known: Known, u: f64) -> f64 {
    let (value, low, high) = known.figure;
    let (end, left) = if u < 0.5 { (low, 2.0 * u) } else { (high, 2.0 * (1.0 - u)) };
    // How far from the value: 0 at it, 1 at the end; the density falls in a straight line.
    let far = 1.0 - left.sqrt();
    let (to, back): (Scale, Scale) = match known.unit {
        Unit::Share | Unit::ShareAYear => (crate::shard::logit, crate::shard::logistic),
        Unit::Odds => (crate::real::ln, crate::real::exp),
        _ => (|x| x, |x| x),
    };
    let (from, until) = (to(value), to(end));
    let drawn = if from.is_finite() && until.is_finite() {
        back(from + (until - from) * far)
    } else {
        value + (end - value) * far
    };
    // There and back again may round beyond an end.
    drawn.clamp(value.min(end), value.max(end))
}

fn key(code: &str) -> Option<Key> {
    Key::ALL.iter().copied().find(|key| key.code() == code)
}

fn line(text: &str, span: Option<Range<usize>>) -> usize {
    span.map_or(0, |span| text.as_bytes().iter().take(span.start).filter(|b| **b == b'\n').count() + 1)
}

fn read<'a>(file: &str, bytes: &'a [u8]) -> Result<(Document, &'a str), Fault> {
    let fault = |line, what| Fault { file: file.to_owned(), line, what };
    let text = std::str::from_utf8(bytes).map_err(|_| fault(0, FaultKind::NotText))?;
    let document = toml::from_str(text)
        .map_err(|e| fault(line(text, e.span()), FaultKind::Grammar(e.message().to_owned())))?;
    Ok((document, text))
}

fn check(
    file: &str,
    text: &str,
    document: &Document,
    known: &mut BTreeMap<String, (String, Known)>,
    faults: &mut Vec<Fault>,
) {
    let mut add = |line, what| faults.push(Fault { file: file.to_owned(), line, what });
    let empty = |text: &Text| text.zh.trim().is_empty() || text.en.trim().is_empty();
    for (name, words) in [("title", &document.title), ("about", &document.about)] {
        if empty(words) {
            add(1, FaultKind::Empty(name.to_owned()));
        }
    }
    for (code, spanned) in &document.coefficient {
        let (at, figure) = (line(text, Some(spanned.span())), spanned.get_ref());
        if key(code).is_none() {
            add(at, FaultKind::UnknownKey(code.clone()));
        }
        if empty(&figure.text) || empty(&figure.source) {
            add(at, FaultKind::Empty(code.clone()));
        }
        let numbers = Known { figure: (figure.value, figure.low, figure.high), unit: figure.unit };
        // What is no number compares false.
        if !(figure.low <= figure.value && figure.value <= figure.high) {
            add(at, FaultKind::OutOfRange(code.clone()));
        } else if !within(figure.unit, figure.low) || !within(figure.unit, figure.high) {
            add(at, FaultKind::NotInUnit(code.clone()));
        }
        if let Some((other, _)) = known.insert(code.clone(), (file.to_owned(), numbers)) {
            add(at, FaultKind::Twice(code.clone(), other));
        }
    }
}

/// Whether levers set figures that there are, to what their units can be.
fn check_levers(
    file: &str,
    text: &str,
    document: &Document,
    known: &BTreeMap<String, (String, Known)>,
    faults: &mut Vec<Fault>,
) {
    let mut add = |line, what| faults.push(Fault { file: file.to_owned(), line, what });
    for (id, spanned) in &document.scenario {
        let (at, what) = (line(text, Some(spanned.span())), spanned.get_ref());
        if what.text.zh.trim().is_empty() || what.text.en.trim().is_empty() {
            add(at, FaultKind::Empty(id.clone()));
        }
        for (code, value) in &what.set {
            if key(code).is_none() {
                add(at, FaultKind::UnknownKey(code.clone()));
            } else if !value.is_finite() {
                add(at, FaultKind::OutOfRange(code.clone()));
            } else if known.get(code).is_some_and(|(_, known)| !within(known.unit, *value)) {
                add(at, FaultKind::NotInUnit(code.clone()));
            }
        }
    }
}

/// Whether a unit can have a value. The bounds are wide of anything that people do: they keep a slip of the pen (months in
/// place of days, per cent in place of log-odds) from running on as if it were meant.
fn within(unit: Unit, value: f64) -> bool {
    match unit {
        Unit::ShareAYear | Unit::Share => (0.0..=1.0).contains(&value),
        Unit::LogOdds => (-20.0..=20.0).contains(&value),
        Unit::Odds | Unit::Number => (0.0..=1_000.0).contains(&value),
        Unit::Months => (0.0..=1_200.0).contains(&value),
        Unit::Years => (0.0..=100.0).contains(&value),
        Unit::HoursAMonth => (0.0..=744.0).contains(&value),
    }
}

/// What is added to the log-odds of a cause, so that rates are those of the people who are there ([`crate::align`]).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Aligned {
    /// Of resigning.
    pub resign: f64,
    /// Of being selected.
    pub select: f64,
    /// Of being transferred.
    pub transfer: f64,
    /// Of an opened post being filled.
    pub fill: f64,
}

/// The values that a run works with.
#[derive(Clone, Debug, PartialEq)]
pub struct Coefs {
    values: Vec<f64>,
    aligned: Aligned,
}

impl Coefs {
    fn of(values: Vec<f64>) -> Coefs {
        Coefs { values, aligned: Aligned::default() }
    }

    /// A value.
    #[inline]
    pub fn get(&self, key: Key) -> f64 {
        self.values[key as usize]
    }

    /// With another value.
    #[must_use]
    pub fn with(mut self, key: Key, value: f64) -> Coefs {
        self.values[key as usize] = value;
        self
    }

    /// What is added to log-odds; nothing unless it was found.
    pub fn alignment(&self) -> Aligned {
        self.aligned
    }

    /// With what was found to be added.
    #[must_use]
    pub fn aligned(mut self, aligned: Aligned) -> Coefs {
        self.aligned = aligned;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_keep_to_their_range_and_fall_as_often_below_the_value_as_above() {
        let shipped = Assumptions::shipped().unwrap();
        let draws: Vec<Coefs> = (0..4_000).map(|draw| shipped.drawn(7, draw)).collect();
        for key in Key::ALL {
            let (value, low, high) = shipped.figure(*key);
            assert!(draws.iter().all(|coefs| (low..=high).contains(&coefs.get(*key))), "{}", key.code());
            if low < value && value < high {
                let below = draws.iter().filter(|coefs| coefs.get(*key) < value).count();
                assert!((1_850..2_150).contains(&below), "{}: {below} of 4000 lie below", key.code());
            }
        }
        // One in two hundred and fifty, from one to fifty in a thousand: a step down is as much as a step up in odds.
        let rate = |u| between(Known { figure: (0.004, 0.001, 0.02), unit: Unit::ShareAYear }, u);
        assert!((rate(0.0) - 0.001).abs() < 1e-12 && (rate(1.0) - 0.02).abs() < 1e-12);
        assert!((rate(0.5) - 0.004).abs() < 1e-12);
        let halfway = crate::shard::logit(rate(0.5 * 0.25));
        let middle = (crate::shard::logit(0.001) + crate::shard::logit(0.004)) / 2.0;
        assert!((halfway - middle).abs() < 1e-9);
        // All is no number of log-odds: that side is plain.
        let share = |u| between(Known { figure: (0.8, 0.5, 1.0), unit: Unit::Share }, u);
        assert!((share(1.0 - 0.5 * 0.25) - 0.9).abs() < 1e-12);
    }

    /// A shipped document with one line of it written otherwise.
    fn written(file: &str, line: &str, other: &str) -> Result<Assumptions, Vec<Fault>> {
        let text = SHIPPED.iter().find(|(name, _)| *name == file).unwrap().1;
        assert!(text.contains(line), "{line}");
        let text = text.replace(line, other);
        Assumptions::of(
            SHIPPED.iter().map(|(name, shipped)| {
                (*name, if *name == file { text.as_bytes() } else { shipped.as_bytes() })
            }),
        )
    }

    #[test]
    fn what_a_unit_cannot_be_is_refused_wherever_it_is_set() {
        let refused = |answer: Result<Assumptions, Vec<Fault>>, code: &str| {
            let faults = answer.unwrap_err();
            let not_in_unit = FaultKind::NotInUnit(code.to_owned());
            assert!(faults.iter().any(|fault| fault.what == not_in_unit && fault.line > 0), "{faults:?}");
        };
        let months = "value = 12.0\nlow = 6.0\nhigh = 24.0\nunit = \"months\"";
        let too_many = "value = 12.0\nlow = 6.0\nhigh = 40000.0\nunit = \"months\"";
        refused(written("leave.toml", months, too_many), "lock.spike-months");
        // A lever sets a share of another document: what that one says of the unit holds.
        refused(written("leave.toml", "\"select.rate\" = 0.06", "\"second.rate\" = 6.0"), "second.rate");
        let fit = |code: &str, (value, low, high): (f64, f64, f64)| {
            let source = Text { zh: "本县".into(), en: "this county".into() };
            let fitted = Fitted { value, low, high, own_share: 0.8, source };
            Assumptions::shipped().unwrap().with_fit(&BTreeMap::from([(code.to_owned(), fitted)]))
        };
        let fitted = fit("resign.rate", (0.1, 0.05, 0.2)).unwrap();
        let (_, _, told) = fitted.coefficients().find(|(_, key, _)| *key == "resign.rate").unwrap();
        assert_eq!(
            (told.value, told.source.en.as_str(), told.confidence),
            (0.1, "this county", Trust::Medium)
        );
        assert!(fit("resign.rate", (0.1, 0.05, 0.2)).is_ok());
        assert_eq!(fit("resign.rate", (1.1, 0.05, 1.2)).unwrap_err(), ["resign.rate"]);
        assert_eq!(fit("resign.rate", (0.1, 0.2, 0.3)).unwrap_err(), ["resign.rate"]);
        assert_eq!(fit("resign.pay", (f64::NAN, -1.0, 1.0)).unwrap_err(), ["resign.pay"]);
    }

    #[test]
    fn the_digest_is_another_where_a_figure_or_a_lever_is() {
        let digest = |assumptions: Result<Assumptions, Vec<Fault>>| assumptions.unwrap().digest();
        let shipped = digest(Assumptions::shipped());
        assert_eq!(shipped, digest(Assumptions::shipped()));
        assert_ne!(shipped, digest(written("leave.toml", "\"lock.spike\" = 5.0", "\"lock.spike\" = 4.0")));
        assert_ne!(shipped, digest(written("training.toml", "value = 0.7", "value = 0.6")));
    }

    #[test]
    fn the_shipped_documents_are_sound_and_whole() {
        let shipped = Assumptions::shipped();
        let said: Vec<String> =
            shipped.as_ref().err().into_iter().flatten().map(|f| f.say(Lang::En)).collect();
        assert!(shipped.is_ok(), "{said:#?}");
    }

    #[test]
    fn a_fault_names_its_line() {
        let text = "id = \"x\"\ntitle = { zh = \"甲\", en = \"a\" }\nabout = { zh = \"甲\", en = \"a\" }\n\n[coefficient.\"resign.rat\"]\ntext = { zh = \"甲\", en = \"a\" }\nvalue = 2\nlow = 3\nhigh = 4\nunit = \"share\"\nsource = { zh = \"甲\", en = \"a\" }\nconfidence = \"none\"\ndated = 2026-11-25\n";
        let faults = Assumptions::of([("x.toml", text.as_bytes())]).unwrap_err();
        let here: Vec<_> = faults.iter().filter(|f| f.file == "x.toml").collect();
        assert_eq!(here.len(), 2, "{here:?}");
        assert!(here.iter().all(|fault| fault.line == 5), "{here:?}");
        let broken = Assumptions::of([("y.toml", "id = \"y\"\nnope = 1\n".as_bytes())]).unwrap_err();
        assert_eq!(broken.iter().find(|f| f.file == "y.toml").map(|f| f.line), Some(2));
    }
}
