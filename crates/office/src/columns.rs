//! The columns of the roster that can be chosen, on the page and in files.

use takeroot_civil::{Code, Day, Education, Grade, Layer, SecondmentKind, Sex};
use takeroot_store::people::Line;
use takeroot_words::Lang;

use crate::roster::Query;
use crate::words::say;

/// A column that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in an address.
    pub name: &'static str,
    /// The order that its heading asks for; empty where it has none.
    pub order: &'static str,
}

/// Every column, in the order in which they stand.
pub const COLUMNS: &[Column] = &[
    Column { name: "sex", order: "" },
    Column { name: "age", order: "-birth" },
    Column { name: "birth", order: "birth" },
    Column { name: "ethnic", order: "" },
    Column { name: "politics", order: "" },
    Column { name: "education", order: "" },
    Column { name: "degree", order: "" },
    Column { name: "major", order: "" },
    Column { name: "work-start", order: "" },
    Column { name: "entered", order: "" },
    Column { name: "channel", order: "" },
    Column { name: "layer", order: "" },
    Column { name: "rank-since", order: "rank-since" },
    Column { name: "level", order: "" },
    Column { name: "grade", order: "" },
    Column { name: "rooted", order: "-rooted" },
    Column { name: "term", order: "term" },
    Column { name: "away", order: "" },
    Column { name: "retires", order: "retires" },
    Column { name: "left", order: "" },
    Column { name: "id-ending", order: "" },
    Column { name: ID, order: "" },
];

/// Shown unless others are chosen.
pub const DEFAULT: &[&str] =
    &["sex", "age", "education", "entered", "rank-since", "level", "grade", "rooted", "term", "away"];

/// The column of whole identity numbers: shown only when asked for by name, to those who may see them, and each look is
/// recorded.
pub const ID: &str = "id-number";

/// The columns chosen, in their own order.
pub fn chosen(query: &Query) -> Vec<Column> {
    let asked = query.all("col");
    let wanted = |c: &&Column| {
        if asked.is_empty() { DEFAULT.contains(&c.name) } else { asked.iter().any(|a| a == c.name) }
    };
    COLUMNS.iter().filter(wanted).copied().collect()
}

fn named<C: Code>(code: &str, lang: Lang) -> String {
    C::from_code(code).map_or(String::new(), |c| c.name(lang).to_owned())
}

fn day(day: Option<Day>) -> String {
    day.map(|d| d.to_string()).unwrap_or_default()
}

/// What stands in a column for a person; empty when it is not known. The column [`ID`] is empty here: see
/// [`Office::identities`](crate::Office::identities).
pub fn cell(column: &str, line: &Line, today: Day, lang: Lang) -> String {
    let at = &line.at;
    match column {
        "sex" => named::<Sex>(&line.sex, lang),
        "age" => line.birth.map(|b| today.years_since(b).to_string()).unwrap_or_default(),
        "birth" => line.birth.map(|b| format!("{}.{:02}", b.year(), b.month())).unwrap_or_default(),
        "ethnic" => line.ethnic.clone(),
        "politics" => line.politics.clone(),
        "education" => named::<Education>(&at.education, lang),
        "degree" => named::<takeroot_civil::Degree>(&at.degree, lang),
        "major" => at.major.clone(),
        "work-start" => day(line.work_start),
        "entered" => day(at.entered),
        "channel" => named::<takeroot_civil::Channel>(&at.channel, lang),
        "layer" => named::<Layer>(&at.layer, lang),
        "rank-since" => day(at.rank_since),
        "level" => match (at.level, at.step) {
            (Some(level), Some(step)) => say!(lang, "column-level-step", level = level, step = step),
            _ => String::new(),
        },
        "grade" => named::<Grade>(&at.last_grade, lang),
        "rooted" => {
            let (years, months) = (at.rooted_months / 12, at.rooted_months % 12);
            say!(lang, "column-years-months", years = years, months = months)
        }
        "term" if at.term_running => day(at.term_until),
        "term" => String::new(),
        "away" if at.away_kind.is_empty() => String::new(),
        "away" => format!("{} {}", named::<SecondmentKind>(&at.away_kind, lang), at.away_place),
        "retires" => day(at.retires),
        "left" => match at.left_on {
            Some(on) => format!("{on} {}", named::<takeroot_civil::ExitReason>(&at.left_reason, lang)),
            None => String::new(),
        },
        "id-ending" => {
            let skip = line.id_number.chars().count().saturating_sub(4);
            let ending: String = line.id_number.chars().skip(skip).collect();
            if ending.is_empty() { String::new() } else { format!("…{ending}") }
        }
        _ => String::new(),
    }
}

/// What a column or condition is called.
pub fn name(name: &str, lang: Lang) -> String {
    match name {
        "sex" => say!(lang, "column-sex"),
        "age" => say!(lang, "column-age"),
        "birth" => say!(lang, "column-birth"),
        "ethnic" => say!(lang, "column-ethnic"),
        "politics" => say!(lang, "column-politics"),
        "education" => say!(lang, "column-education"),
        "degree" => say!(lang, "column-degree"),
        "major" => say!(lang, "column-major"),
        "work-start" => say!(lang, "column-work-start"),
        "entered" => say!(lang, "column-entered"),
        "channel" => say!(lang, "column-channel"),
        "layer" => say!(lang, "column-layer"),
        "rank" => say!(lang, "column-rank"),
        "rank-since" => say!(lang, "column-rank-since"),
        "level" => say!(lang, "column-level"),
        "grade" => say!(lang, "column-grade"),
        "rooted" => say!(lang, "column-rooted"),
        "term" => say!(lang, "column-term"),
        "away" => say!(lang, "column-away"),
        "retires" => say!(lang, "column-retires"),
        "left" => say!(lang, "column-left"),
        ID => say!(lang, "column-id-number"),
        "id-ending" => say!(lang, "column-id-ending"),
        "state" => say!(lang, "column-state"),
        "faults" => say!(lang, "column-faults"),
        "organ" => say!(lang, "column-organ"),
        "part" => say!(lang, "column-part"),
        _ => say!(lang, "column-search"),
    }
}
