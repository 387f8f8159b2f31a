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
    /// Log-odds of leaving for those under 35.
    LeaveYoung = "leave.young";
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
    /// Each figure, by key.
    figures: Vec<(f64, f64, f64)>,
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
        let mut known: BTreeMap<String, (String, (f64, f64, f64))> = BTreeMap::new();
        for (file, bytes) in files {
            match read(file, bytes) {
                Ok((document, text)) => {
                    check(file, text, &document, &mut known, &mut faults);
                    documents.push(document);
                }
                Err(fault) => faults.push(fault),
            }
        }
        let mut figures = Vec::new();
        for key in Key::ALL {
            match known.get(key.code()) {
                Some((_, figure)) => figures.push(*figure),
                None => faults.push(Fault {
                    file: String::from("policies/behaviour"),
                    line: 0,
                    what: FaultKind::Missing(key.code().to_owned()),
                }),
            }
        }
        if faults.is_empty() { Ok(Assumptions { documents, figures }) } else { Err(faults) }
    }

    /// With other figures for some keys, as a fit gives them: value, low, high. Unknown keys are handed back.
    ///
    /// # Errors
    /// The keys that no behaviour asks for.
    pub fn with_fit(mut self, fit: &BTreeMap<String, (f64, f64, f64)>) -> Result<Assumptions, Vec<String>> {
        let unknown: Vec<String> = fit.keys().filter(|code| key(code).is_none()).cloned().collect();
        for (code, figure) in fit {
            if let Some(at) = key(code) {
                self.figures[at as usize] = *figure;
            }
        }
        if unknown.is_empty() { Ok(self) } else { Err(unknown) }
    }

    /// The value, low and high of a figure.
    pub fn figure(&self, key: Key) -> (f64, f64, f64) {
        self.figures[key as usize]
    }

    /// The values as they stand.
    pub fn central(&self) -> Coefs {
        Coefs(self.figures.iter().map(|figure| figure.0).collect())
    }

    /// One draw from the ranges: a triangle over low, value and high for each figure, keyed by the seed, the draw and the
    /// figure's name, and so the same under every policy.
    pub fn drawn(&self, seed: u64, draw: u32) -> Coefs {
        let luck = Luck::of(seed);
        let one = |key: &Key| {
            let (value, low, high) = self.figures[*key as usize];
            let u = luck.unit(keyed::key_of(key.code()), 0, draw, Purpose::Once);
            triangle(low, value, high, u)
        };
        Coefs(Key::ALL.iter().map(one).collect())
    }

    /// The levers that nobody knows: id, what, and the values with them.
    pub fn scenarios(&self) -> impl Iterator<Item = (&str, &What, Coefs)> {
        self.documents.iter().flat_map(|document| &document.scenario).map(|(id, what)| {
            let mut coefs = self.central();
            for (code, value) in &what.get_ref().set {
                if let Some(key) = key(code) {
                    coefs.0[key as usize] = *value;
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

    /// SHA-256 over every figure with its range, as 64 hexadecimal digits.
    pub fn digest(&self) -> String {
        use std::fmt::Write as _;

        use sha2::Digest as _;
        let mut hash = sha2::Sha256::new();
        for (key, (value, low, high)) in Key::ALL.iter().zip(&self.figures) {
            hash.update(format!("{}={value:?}|{low:?}|{high:?};", key.code()));
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

/// The inverse of the distribution function of a triangle.
pub(crate) fn triangle(low: f64, peak: f64, high: f64, u: f64) -> f64 {
    let width = high - low;
    if width <= 0.0 {
        return peak;
    }
    let at = (peak - low) / width;
    if u < at {
        low + (u * width * (peak - low)).sqrt()
    } else {
        high - ((1.0 - u) * width * (high - peak)).sqrt()
    }
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
    known: &mut BTreeMap<String, (String, (f64, f64, f64))>,
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
        let numbers = (figure.value, figure.low, figure.high);
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
    for (id, spanned) in &document.scenario {
        let (at, what) = (line(text, Some(spanned.span())), spanned.get_ref());
        if empty(&what.text) {
            add(at, FaultKind::Empty(id.clone()));
        }
        for (code, value) in &what.set {
            if key(code).is_none() {
                add(at, FaultKind::UnknownKey(code.clone()));
            } else if !value.is_finite() {
                add(at, FaultKind::OutOfRange(code.clone()));
            }
        }
    }
}

fn within(unit: Unit, value: f64) -> bool {
    match unit {
        Unit::ShareAYear | Unit::Share => (0.0..=1.0).contains(&value),
        Unit::LogOdds => value.is_finite(),
        Unit::Odds | Unit::Months | Unit::Years | Unit::HoursAMonth | Unit::Number => {
            value.is_finite() && value >= 0.0
        }
    }
}

/// The values that a run works with.
#[derive(Clone, Debug, PartialEq)]
pub struct Coefs(Vec<f64>);

impl Coefs {
    /// A value.
    #[inline]
    pub fn get(&self, key: Key) -> f64 {
        self.0[key as usize]
    }

    /// With another value.
    #[must_use]
    pub fn with(mut self, key: Key, value: f64) -> Coefs {
        self.0[key as usize] = value;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_triangle_keeps_to_its_range_and_peaks_where_it_is_told() {
        assert_eq!(triangle(1.0, 2.0, 4.0, 0.0), 1.0);
        assert_eq!(triangle(1.0, 2.0, 4.0, 1.0), 4.0);
        let at_peak = (2.0 - 1.0) / (4.0 - 1.0);
        assert!((triangle(1.0, 2.0, 4.0, at_peak) - 2.0).abs() < 1e-12);
        assert_eq!(triangle(3.0, 3.0, 3.0, 0.4), 3.0);
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
