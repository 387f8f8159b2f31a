//! What can be wrong with a mapping file and with rows, and where.

use takeroot_words::{Lang, Say};

use crate::backtest::NoBacktest;
use crate::logit::NoFit;
use crate::table::NoTable;
use crate::words::say;

/// Something wrong with a mapping file, with the place in it.
#[derive(Clone, Debug, PartialEq)]
pub struct MapFault {
    /// The file's name.
    pub file: String,
    /// Line and column from 1, if the place is known.
    pub place: Option<(usize, usize)>,
    /// What is wrong.
    pub what: MapWrong,
}

/// What can be wrong with a mapping file.
#[derive(Clone, Debug, PartialEq)]
pub enum MapWrong {
    /// Not UTF-8.
    NotText,
    /// Not TOML, or not of the grammar; the parser's words.
    Grammar(String),
    /// A file has no such column.
    NoColumn {
        /// The column.
        column: String,
        /// The file.
        file: String,
        /// The columns that it has.
        has: Vec<String>,
    },
    /// No joined file of this name.
    NoJoin(String),
    /// Not a date.
    NotADay(String),
    /// Neither an end nor a length.
    NoEnd,
    /// No cause of this name.
    NoCause {
        /// What stands there.
        found: String,
        /// The causes.
        causes: Vec<String>,
    },
    /// A value that stands for two things.
    ValueTwice(String),
    /// No term of this name, or none of that shape.
    NoTerm(String),
    /// A term of neither or both of a column and a clock, or of a clock by its value.
    TermSource(String),
    /// Bands or knots that do not rise, or too few.
    Unordered(String),
    /// A term that needs births, without them.
    NeedsBirth(String),
    /// A term that needs `[retirement]`.
    NeedsRetirement(String),
    /// A base that the term does not have.
    NoBase {
        /// The term.
        term: String,
        /// The base.
        base: String,
    },
    /// Two terms of one name.
    TermTwice(String),
    /// No coefficient of this name.
    NoCoefficient {
        /// What stands there.
        found: String,
        /// Those that there are.
        has: Vec<String>,
    },
    /// A rate of the policy lab that is of several causes.
    RateOfSeveral(String),
    /// No figure of the policy lab of this name, or none that a fit can give.
    NoFigure(String),
    /// A range that does not hold its value.
    Range(String),
    /// Not a word of `tolerate`.
    NoFlaw {
        /// What stands there.
        found: String,
        /// Those that there are.
        has: Vec<String>,
    },
    /// A number outside what makes sense.
    Number {
        /// The field.
        field: String,
        /// What is expected, as a condition.
        expected: &'static str,
    },
}

impl MapWrong {
    /// A stable code, for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            MapWrong::NotText => "not-text",
            MapWrong::Grammar(_) => "grammar",
            MapWrong::NoColumn { .. } => "no-column",
            MapWrong::NoJoin(_) => "no-join",
            MapWrong::NotADay(_) => "not-a-day",
            MapWrong::NoEnd => "no-end",
            MapWrong::NoCause { .. } => "no-cause",
            MapWrong::ValueTwice(_) => "value-twice",
            MapWrong::NoTerm(_) => "no-term",
            MapWrong::TermSource(_) => "term-source",
            MapWrong::Unordered(_) => "unordered",
            MapWrong::NeedsBirth(_) => "needs-birth",
            MapWrong::NeedsRetirement(_) => "needs-retirement",
            MapWrong::NoBase { .. } => "no-base",
            MapWrong::TermTwice(_) => "term-twice",
            MapWrong::NoCoefficient { .. } => "no-coefficient",
            MapWrong::RateOfSeveral(_) => "rate-of-several",
            MapWrong::NoFigure(_) => "no-figure",
            MapWrong::Range(_) => "range",
            MapWrong::NoFlaw { .. } => "no-flaw",
            MapWrong::Number { .. } => "number",
        }
    }
}

fn list(lang: Lang, items: &[String]) -> String {
    let mut shown: Vec<&str> = items.iter().map(String::as_str).take(24).collect();
    if items.len() > shown.len() {
        shown.push("…");
    }
    shown.join(lang.pick("、", ", "))
}

impl Say for MapWrong {
    fn say(&self, lang: Lang) -> String {
        match self {
            MapWrong::NotText => say!(lang, "map-not-text"),
            MapWrong::Grammar(said) => grammar(said, lang),
            MapWrong::NoColumn { column, file, has } => say!(
                lang,
                "map-no-column",
                column = column.as_str(),
                file = file.as_str(),
                has = list(lang, has)
            ),
            MapWrong::NoJoin(name) => say!(lang, "map-no-join", name = name.as_str()),
            MapWrong::NotADay(text) => say!(lang, "map-not-a-day", text = text.as_str()),
            MapWrong::NoEnd => say!(lang, "map-no-end"),
            MapWrong::NoCause { found, causes } => {
                say!(lang, "map-no-cause", found = found.as_str(), has = list(lang, causes))
            }
            MapWrong::ValueTwice(value) => say!(lang, "map-value-twice", value = value.as_str()),
            MapWrong::NoTerm(term) => say!(lang, "map-no-term", term = term.as_str()),
            MapWrong::TermSource(term) => say!(lang, "map-term-source", term = term.as_str()),
            MapWrong::Unordered(term) => say!(lang, "map-unordered", term = term.as_str()),
            MapWrong::NeedsBirth(term) => say!(lang, "map-needs-birth", term = term.as_str()),
            MapWrong::NeedsRetirement(term) => say!(lang, "map-needs-retirement", term = term.as_str()),
            MapWrong::NoBase { term, base } => {
                say!(lang, "map-no-base", term = term.as_str(), base = base.as_str())
            }
            MapWrong::TermTwice(term) => say!(lang, "map-term-twice", term = term.as_str()),
            MapWrong::NoCoefficient { found, has } => {
                say!(lang, "map-no-coefficient", found = found.as_str(), has = list(lang, has))
            }
            MapWrong::RateOfSeveral(key) => say!(lang, "map-rate-of-several", key = key.as_str()),
            MapWrong::NoFigure(key) => say!(lang, "map-no-figure", key = key.as_str()),
            MapWrong::Range(name) => say!(lang, "map-range", name = name.as_str()),
            MapWrong::NoFlaw { found, has } => {
                say!(lang, "map-no-flaw", found = found.as_str(), has = list(lang, has))
            }
            MapWrong::Number { field, expected } => {
                say!(lang, "map-number", field = field.as_str(), expected = expected.to_string())
            }
        }
    }
}

/// The parser's commonest sentences, in the reader's language; others stay as the parser says them.
fn grammar(said: &str, lang: Lang) -> String {
    let first = said.lines().next().unwrap_or(said);
    let ticked = |n: usize| first.split('`').nth(n * 2 + 1).unwrap_or("").to_owned();
    let after =
        |mark: &str| first.split_once(mark).map(|(_, rest)| rest.replace('`', "")).unwrap_or_default();
    if first.starts_with("unknown field") {
        let expected = after("expected ").trim_start_matches("one of ").to_owned();
        return say!(lang, "map-unknown-field", field = ticked(0), expected = expected);
    }
    if first.starts_with("unknown variant") {
        let expected = after("expected ").trim_start_matches("one of ").to_owned();
        return say!(lang, "map-unknown-value", value = ticked(0), expected = expected);
    }
    if first.starts_with("missing field") {
        return say!(lang, "map-missing-field", field = ticked(0));
    }
    if let Some(rest) = first.strip_prefix("invalid type: ") {
        let (found, expected) = rest.split_once(", expected ").unwrap_or((rest, ""));
        let whole = ["u8", "u16", "u32", "u64", "usize", "i32", "i64"].contains(&expected);
        let expected = match expected {
            _ if whole => say!(lang, "map-whole-number"),
            "f64" => say!(lang, "map-any-number"),
            "a string" => say!(lang, "map-text"),
            other => other.to_owned(),
        };
        let found = found.trim_start_matches("string ").replace('`', "");
        return say!(lang, "map-wrong-type", found = found, expected = expected);
    }
    say!(lang, "map-grammar", said = first)
}

impl Say for MapFault {
    fn say(&self, lang: Lang) -> String {
        let what = self.what.say(lang);
        match self.place {
            Some((line, column)) => say!(
                lang,
                "fault-at",
                file = self.file.as_str(),
                line = line.to_string(),
                column = column.to_string(),
                what = what
            ),
            None => say!(lang, "fault-in", file = self.file.as_str(), what = what),
        }
    }
}

/// Why a row is not taken: a flaw of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flaw {
    /// No number of a person.
    IdMissing,
    /// The number stands on an earlier row.
    IdTwice,
    /// No start.
    StartUnknown,
    /// A start that is no date.
    StartUnreadable,
    /// It ended, and nothing says when.
    EndUnknown,
    /// An end that is no date.
    EndUnreadable,
    /// It ends before it starts.
    EndsBeforeStart,
    /// A value that the mapping does not list.
    ExitUnlisted,
    /// A length that is no number from 0 on.
    LengthUnreadable,
    /// A weight that is no number above 0.
    WeightUnreadable,
    /// A cell that should hold a number.
    NumberUnreadable,
    /// A cell that should hold a number is blank.
    NumberBlank,
    /// No birth, where a term needs it.
    BirthUnknown,
    /// A birth that is no date, or not before the start.
    BirthUnreadable,
    /// When it began to be watched is no date.
    SinceUnreadable,
    /// A cell that should hold a day.
    DayUnreadable,
}

impl Flaw {
    /// All.
    pub const ALL: [Flaw; 16] = [
        Flaw::IdMissing,
        Flaw::IdTwice,
        Flaw::StartUnknown,
        Flaw::StartUnreadable,
        Flaw::EndUnknown,
        Flaw::EndUnreadable,
        Flaw::EndsBeforeStart,
        Flaw::ExitUnlisted,
        Flaw::LengthUnreadable,
        Flaw::WeightUnreadable,
        Flaw::NumberUnreadable,
        Flaw::NumberBlank,
        Flaw::BirthUnknown,
        Flaw::BirthUnreadable,
        Flaw::SinceUnreadable,
        Flaw::DayUnreadable,
    ];

    /// Its word in `tolerate` and in the JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Flaw::IdMissing => "id-missing",
            Flaw::IdTwice => "id-twice",
            Flaw::StartUnknown => "start-unknown",
            Flaw::StartUnreadable => "start-unreadable",
            Flaw::EndUnknown => "end-unknown",
            Flaw::EndUnreadable => "end-unreadable",
            Flaw::EndsBeforeStart => "ends-before-start",
            Flaw::ExitUnlisted => "exit-unlisted",
            Flaw::LengthUnreadable => "length-unreadable",
            Flaw::WeightUnreadable => "weight-unreadable",
            Flaw::NumberUnreadable => "number-unreadable",
            Flaw::NumberBlank => "number-blank",
            Flaw::BirthUnknown => "birth-unknown",
            Flaw::BirthUnreadable => "birth-unreadable",
            Flaw::SinceUnreadable => "since-unreadable",
            Flaw::DayUnreadable => "day-unreadable",
        }
    }
}

impl Say for Flaw {
    fn say(&self, lang: Lang) -> String {
        match self {
            Flaw::IdMissing => say!(lang, "flaw-id-missing"),
            Flaw::IdTwice => say!(lang, "flaw-id-twice"),
            Flaw::StartUnknown => say!(lang, "flaw-start-unknown"),
            Flaw::StartUnreadable => say!(lang, "flaw-start-unreadable"),
            Flaw::EndUnknown => say!(lang, "flaw-end-unknown"),
            Flaw::EndUnreadable => say!(lang, "flaw-end-unreadable"),
            Flaw::EndsBeforeStart => say!(lang, "flaw-ends-before-start"),
            Flaw::ExitUnlisted => say!(lang, "flaw-exit-unlisted"),
            Flaw::LengthUnreadable => say!(lang, "flaw-length-unreadable"),
            Flaw::WeightUnreadable => say!(lang, "flaw-weight-unreadable"),
            Flaw::NumberUnreadable => say!(lang, "flaw-number-unreadable"),
            Flaw::NumberBlank => say!(lang, "flaw-number-blank"),
            Flaw::BirthUnknown => say!(lang, "flaw-birth-unknown"),
            Flaw::BirthUnreadable => say!(lang, "flaw-birth-unreadable"),
            Flaw::SinceUnreadable => say!(lang, "flaw-since-unreadable"),
            Flaw::DayUnreadable => say!(lang, "flaw-day-unreadable"),
        }
    }
}

/// A row that is not taken, with its place and what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// Why.
    pub flaw: Flaw,
    /// The file.
    pub file: String,
    /// The line of the file.
    pub line: usize,
    /// The heading of the column; empty if no one column is at fault.
    pub column: String,
    /// What stands there.
    pub found: String,
    /// Whether the mapping file knows of the flaw.
    pub tolerated: bool,
}

impl Say for RowFault {
    fn say(&self, lang: Lang) -> String {
        say!(
            lang,
            "row-fault",
            file = self.file.as_str(),
            line = self.line.to_string(),
            column = self.column.as_str(),
            found = self.found.as_str(),
            what = self.flaw.say(lang)
        )
    }
}

/// Why a sound row takes no part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aside {
    /// A condition of the mapping file.
    Condition,
    /// A value of the exit that the mapping file leaves out.
    Exit,
    /// It had ended before the spells were watched.
    EndedBefore,
    /// It starts after the file was drawn up.
    StartsAfter,
    /// Another row stands for the person.
    Repeated,
}

impl Aside {
    /// All.
    pub const ALL: [Aside; 5] =
        [Aside::Condition, Aside::Exit, Aside::EndedBefore, Aside::StartsAfter, Aside::Repeated];

    /// Its word in the JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Aside::Condition => "condition",
            Aside::Exit => "exit-left-out",
            Aside::EndedBefore => "ended-before-watched",
            Aside::StartsAfter => "starts-after-watched",
            Aside::Repeated => "repeated",
        }
    }
}

impl Say for Aside {
    fn say(&self, lang: Lang) -> String {
        match self {
            Aside::Condition => say!(lang, "aside-condition"),
            Aside::Exit => say!(lang, "aside-exit"),
            Aside::EndedBefore => say!(lang, "aside-ended-before"),
            Aside::StartsAfter => say!(lang, "aside-starts-after"),
            Aside::Repeated => say!(lang, "aside-repeated"),
        }
    }
}

impl NoFit {
    /// A stable code, for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            NoFit::Shape { .. } => "shape",
            NoFit::OneSided { .. } => "one-sided",
            NoFit::Separated(_) => "separated",
            NoFit::Unsettled(_) => "unsettled",
        }
    }

    /// The sentence, with the names of the coefficients.
    pub fn say(&self, names: &[String], lang: Lang) -> String {
        match self {
            NoFit::OneSided { events, trials } => {
                say!(lang, "no-fit-one-sided", events = events.to_string(), trials = trials.to_string())
            }
            NoFit::Separated(columns) => {
                let of: Vec<String> = columns.iter().filter_map(|c| names.get(*c).cloned()).collect();
                say!(lang, "no-fit-separated", names = list(lang, &of))
            }
            NoFit::Unsettled(rounds) => say!(lang, "no-fit-unsettled", rounds = rounds.to_string()),
            NoFit::Shape { .. } => say!(lang, "no-fit-shape"),
        }
    }
}

impl NoBacktest {
    /// A stable code, for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            NoBacktest::Dateless => "dateless",
            NoBacktest::ByService => "by-service",
            NoBacktest::NoPeriod(..) => "no-period",
            NoBacktest::Beyond(_) => "beyond",
            NoBacktest::Nobody => "nobody",
            NoBacktest::NoGroup(_) => "no-group",
            NoBacktest::NoCause => "no-cause",
        }
    }
}

impl Say for NoBacktest {
    fn say(&self, lang: Lang) -> String {
        match self {
            NoBacktest::Dateless => say!(lang, "no-backtest-dateless"),
            NoBacktest::ByService => say!(lang, "no-backtest-by-service"),
            NoBacktest::NoPeriod(from, to) => {
                say!(lang, "no-backtest-no-period", from = from.to_string(), to = to.to_string())
            }
            NoBacktest::Beyond(day) => say!(lang, "no-backtest-beyond", day = day.to_string()),
            NoBacktest::Nobody => say!(lang, "no-backtest-nobody"),
            NoBacktest::NoGroup(name) => say!(lang, "map-no-term", term = name.as_str()),
            NoBacktest::NoCause => say!(lang, "no-backtest-no-cause"),
        }
    }
}

impl Say for NoTable {
    fn say(&self, lang: Lang) -> String {
        match self {
            NoTable::Damaged(why) => say!(lang, "no-table-damaged", why = why.as_str()),
            NoTable::TooLarge(most) => say!(lang, "no-table-too-large", most = (most >> 20).to_string()),
            NoTable::Empty => say!(lang, "no-table-empty"),
            NoTable::HeadTwice(name) => say!(lang, "no-table-head-twice", name = name.as_str()),
            NoTable::NotRows { line, why } => {
                say!(lang, "no-table-not-rows", line = line.to_string(), why = why.as_str())
            }
        }
    }
}
