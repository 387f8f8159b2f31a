//! The present state of a person in a one-sheet roster, as dated events.
//!
//! A roster says what holds now, sometimes with the date from which it holds. What it does not date is given the
//! date of the table (截至2023年12月31日 in its title), else the latest date of the row: what a roster states holds
//! at its date, and no service is credited that it does not show. Such an event says so in its basis.
//!
//! - 录用时间 with 录用渠道 is the recruitment, into 录用单位, else into the present organ unless the person joined
//!   that later; without a channel, and without 录用时间, the person is registered, from the earliest date of the
//!   row's post, rank and level.
//! - A year's assessment is dated the last day of that year.
//! - An education without a date is dated the start of work if full-time, else as undated states are; a plain
//!   学历 is on the job when its words say so (党校, 函授, 自考 …), else full-time.
//! - A table without any date gives people without a state, and says so once.
//! - A level without a step, and 编制性质, have no place in a career; their columns are told as not read.

use takeroot_civil::*;

use super::column::Col;
use super::fault::FaultKind;
use super::header::Layout;
use super::lists::Listed as _;
use super::row::{Row, level_step};

/// The basis of an event whose date the file does not state.
pub const INFERRED: &str = "据花名册推定，日期未载明";

/// An event of the state.
pub type Dated = (Dates, Fact, bool);

/// What is known of the whole table.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its date, if its title has one.
    pub as_of: Option<Day>,
    /// Whether it has that, or any column that can date a state.
    pub dated: bool,
}

struct State {
    events: Vec<Dated>,
    undated: Option<Day>,
    no_date: bool,
}

impl State {
    fn add(&mut self, day: Option<Day>, counted: Option<Day>, fact: Fact) {
        let effective = match (day.or(counted), self.undated) {
            (Some(day), _) => day,
            (None, Some(day)) => {
                self.events.push((Dates::on(day), fact, true));
                return;
            }
            (None, None) => {
                self.no_date = true;
                return;
            }
        };
        let dates = Dates { counted_from: counted.filter(|c| *c != effective), ..Dates::on(effective) };
        self.events.push((dates, fact, false));
    }
}

/// Whether a table has a level column but nothing for the step.
fn level_without_step(layout: &Layout) -> bool {
    layout.has(Col::Level) && !layout.has(Col::Step)
}

/// Columns that are understood but of no use, as another is not there.
pub fn unread(layout: &Layout) -> Vec<u16> {
    let mut lost = Vec::new();
    if level_without_step(layout) {
        lost.push(Col::Level);
    }
    if !layout.has(Col::Organ) {
        lost.extend([Col::Title, Col::Layer, Col::PostSince, Col::PostCounted, Col::EnteredOrgan]);
        if !layout.has(Col::RecruitOrgan) {
            lost.extend([Col::RecruitedOn, Col::Channel]);
        }
    }
    for ([level, degree, both, school, major], date) in SETS.into_iter().zip(SCHOOLED) {
        if !layout.has(level) && !layout.has(both) {
            lost.extend([degree, school, major, date]);
        }
    }
    lost.into_iter().filter_map(|col| layout.at(col)).collect()
}

/// Whether a table has any state that needs a date from elsewhere. Assessments date themselves.
pub fn needs_date(layout: &Layout) -> bool {
    let columns = [Col::Organ, Col::Rank, Col::Step, Col::LevelStep];
    let education = SETS.into_iter().flat_map(|[level, _, both, ..]| [level, both]);
    columns.into_iter().chain(education).any(|col| layout.has(col))
}

/// Whether a table has any column that can date a state.
pub fn dated(layout: &Layout) -> bool {
    let columns = [
        Col::WorkStart,
        Col::EnteredOrgan,
        Col::RecruitedOn,
        Col::PostSince,
        Col::PostCounted,
        Col::RankSince,
        Col::RankCounted,
        Col::LevelSince,
        Col::FtDate,
        Col::OjDate,
        Col::EduDate,
    ];
    columns.into_iter().any(|col| layout.has(col))
}

/// Reads the state columns of a row.
pub fn read(
    row: &mut Row,
    work_start: Option<Day>,
    table: Table,
    organ: &mut dyn FnMut(&mut Row, Col) -> Option<OrganId>,
) -> Vec<Dated> {
    let here = organ(row, Col::Organ);
    let entered = row.day(Col::EnteredOrgan);
    let recruited = row.day(Col::RecruitedOn);
    let post_since = row.day(Col::PostSince);
    let post_counted = row.day(Col::PostCounted);
    let rank_since = row.day(Col::RankSince);
    let rank_counted = row.day(Col::RankCounted);
    let level_since = row.day(Col::LevelSince);
    let schooled = SCHOOLED.map(|col| row.day(col));
    let known =
        [entered, recruited, post_since, post_counted, rank_since, rank_counted, level_since, work_start];
    let latest = known.into_iter().chain(schooled).flatten().max();
    let mut state = State { events: Vec::new(), undated: table.as_of.or(latest), no_date: false };

    // Who came how.
    let channel: Option<Channel> = row.listed(Col::Channel);
    let recruiter = if row.said(Col::RecruitOrgan).is_empty() { None } else { organ(row, Col::RecruitOrgan) };
    let no_recruiter = recruiter.is_none();
    let moved = matches!((recruited, entered), (Some(r), Some(e)) if e > r);
    let first = recruiter.clone().or_else(|| here.clone().filter(|_| !moved));
    match (recruited, channel, first) {
        (Some(day), Some(channel), Some(at)) => {
            state.add(Some(day), None, Fact::Recruited { channel, organ: at, years_in_unit: None });
        }
        (Some(day), None, Some(at)) => state.add(Some(day), None, Fact::Registered { organ: at }),
        (_, _, first) => {
            let earliest =
                [post_since, post_counted, rank_since, rank_counted, level_since].into_iter().flatten().min();
            if let Some(at) = first.or_else(|| here.clone()) {
                let day = entered.or(recruited);
                match (day, earliest) {
                    (Some(_), _) | (None, None) => state.add(day, None, Fact::Registered { organ: at }),
                    (None, Some(day)) => {
                        state.events.push((Dates::on(day), Fact::Registered { organ: at }, true))
                    }
                }
            }
        }
    }
    if let (Some(day), Some(from), Some(at)) = (entered, recruiter, here.clone())
        && from != at
    {
        state.add(Some(day), None, Fact::Posted { organ: at });
    }

    // Post, rank, level.
    let title = row.said(Col::Title).into_owned();
    let homeless = !title.is_empty() || (recruited.is_some() && no_recruiter);
    if here.is_none() && row.layout().has(Col::Organ) && homeless && row.faults.is_empty() {
        row.fault(Col::Organ, "", FaultKind::MissingValue);
    }
    let layer: Option<Layer> = row.listed(Col::Layer);
    if (!title.is_empty() || layer.is_some())
        && let Some(at) = here
    {
        // The head of a post that is only a rank's name is not a post: 一级科员 stands in both columns.
        if Rank::of(&title).is_none() {
            state.add(
                post_since,
                post_counted,
                Fact::Appointed { layer, title, organ: at, concurrent: false },
            );
        }
    }
    if let Some(rank) = row.listed(Col::Rank) {
        state.add(rank_since, rank_counted, Fact::Ranked { rank });
    }
    if let Some((level, step)) = level_of(row) {
        state.add(level_since, None, Fact::Graded { level, step });
    }

    educations(row, &mut state, schooled, work_start);
    grades(row, &mut state);
    if state.no_date && table.dated && row.faults.is_empty() {
        row.fault_in_row("", FaultKind::NoDate);
    }
    state.events
}

fn level_of(row: &mut Row) -> Option<(Level, Step)> {
    let both = row.said(Col::LevelStep).into_owned();
    if !both.is_empty() {
        let found = level_step(&both).and_then(|(l, s)| Some((Level::new(l)?, Step::new(s)?)));
        if found.is_none() {
            row.fault(Col::LevelStep, both, FaultKind::NotLevelStep);
        }
        return found;
    }
    if level_without_step(row.layout()) {
        return None;
    }
    let level = row.whole(Col::Level, 1, 27);
    let step = row.whole(Col::Step, 1, 15);
    match (level, step) {
        (Some(level), Some(step)) => Some((Level::new(level as u8)?, Step::new(step as u8)?)),
        (Some(_), None) if row.faults.is_empty() && row.layout().has(Col::Level) => {
            row.fault(Col::Step, "", FaultKind::MissingValue);
            None
        }
        (None, Some(_)) if row.faults.is_empty() && row.layout().has(Col::Level) => {
            row.fault(Col::Level, "", FaultKind::MissingValue);
            None
        }
        _ => None,
    }
}

/// The columns of one education: level, degree, both in one, school, major.
const SETS: [[Col; 5]; 3] = [
    [Col::FtEducation, Col::FtDegree, Col::FtBoth, Col::FtSchool, Col::FtMajor],
    [Col::OjEducation, Col::OjDegree, Col::OjBoth, Col::OjSchool, Col::OjMajor],
    [Col::Education, Col::Degree, Col::EduBoth, Col::School, Col::Major],
];

/// The columns of their dates.
const SCHOOLED: [Col; 3] = [Col::FtDate, Col::OjDate, Col::EduDate];

const ON_THE_JOB: [&str; 10] =
    ["党校", "函授", "自考", "在职", "电大", "成人", "夜大", "业余", "网络教育", "开放大学"];

fn educations(row: &mut Row, state: &mut State, dates: [Option<Day>; 3], work_start: Option<Day>) {
    for (set, date) in SETS.into_iter().zip(dates) {
        let [level_col, degree_col, both_col, school_col, major_col] = set;
        let mut text = row.said(level_col).into_owned();
        let mut col = level_col;
        if text.is_empty() {
            text = row.said(both_col).into_owned();
            col = both_col;
        }
        let degree_text = row.said(degree_col).into_owned();
        let school = row.said(school_col).into_owned();
        if text.is_empty() {
            continue;
        }
        let Some(education) = Education::of(&text) else {
            row.fault(col, text, FaultKind::NotListed(Education::LIST));
            continue;
        };
        let degree = if degree_text.is_empty() {
            Degree::from_text(&text).unwrap_or(Degree::None)
        } else if let Some(degree) = Degree::of(&degree_text) {
            degree
        } else {
            row.fault(degree_col, degree_text, FaultKind::NotListed(Degree::LIST));
            continue;
        };
        let full_time = match level_col {
            Col::FtEducation => true,
            Col::OjEducation => false,
            _ => !ON_THE_JOB.iter().any(|w| text.contains(w) || school.contains(w)),
        };
        let major = row.said(major_col).into_owned();
        let fact = Fact::Educated { education, degree, full_time, school, major };
        match (date, full_time.then_some(work_start).flatten()) {
            (None, Some(day)) => state.events.push((Dates::on(day), fact, true)),
            (date, _) => state.add(date, None, fact),
        }
    }
}

fn grades(row: &mut Row, state: &mut State) {
    let layout = row.layout();
    for (column, year) in &layout.years {
        let text = row.text_at(*column).into_owned();
        match grade(&text) {
            Some(Some(grade)) => state.events.push(assessed(*year, grade)),
            Some(None) => {}
            None => row.fault_at(*column, text, FaultKind::NotListed(Grade::LIST)),
        }
    }
    let text = row.said(Col::Grades).into_owned();
    if text.is_empty() {
        return;
    }
    match list_of_grades(&text, &layout.grades_years) {
        Some(all) => state.events.extend(all.into_iter().map(|(year, grade)| assessed(year, grade))),
        None => row.fault(Col::Grades, text, FaultKind::NotGrades),
    }
}

fn assessed(year: u16, grade: Grade) -> Dated {
    (Dates::on(Day::year_end(year)), Fact::Assessed { year, grade }, false)
}

/// A grade; `Some(None)` where the cell says that there was none.
fn grade(text: &str) -> Option<Option<Grade>> {
    let text = text.trim();
    if text.is_empty()
        || matches!(text, "/" | "／" | "-" | "—" | "——" | "无" | "未参加" | "未考核" | "不参加" | "未参评")
    {
        return Some(None);
    }
    Grade::of(text).map(Some)
}

/// Assessments of several years in one text, each with its year, or as many as the header names years.
fn list_of_grades(text: &str, years: &[u16]) -> Option<Vec<(u16, Grade)>> {
    let mut found = Vec::new();
    let mut unnamed = Vec::new();
    let mut pending: Vec<u16> = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c.is_ascii_digit() {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let year = rest.get(..end)?.parse::<u16>().ok().filter(|y| (1990..2100).contains(y))?;
            pending.push(year);
            rest = rest.get(end..)?;
            continue;
        }
        // Longest names first: 基本称职 and 不称职 contain 称职.
        let word =
            ["基本称职", "不称职", "不定等次", "未定等次", "不确定等次", "优秀", "称职", "未参加", "未考核"]
                .into_iter()
                .find(|w| rest.starts_with(w));
        if let Some(word) = word {
            let one = grade(word)?;
            match (pending.is_empty(), one) {
                (true, one) => unnamed.push(one),
                (false, Some(one)) => found.extend(pending.drain(..).map(|year| (year, one))),
                (false, None) => pending.clear(),
            }
            rest = rest.get(word.len()..)?;
            continue;
        }
        let filler = c.is_whitespace() || "年度考核结果为：:；;，,、。.（）()等次均和/-—".contains(c);
        if !filler {
            return None;
        }
        rest = rest.get(c.len_utf8()..)?;
    }
    if !pending.is_empty() {
        return None;
    }
    if found.is_empty() && unnamed.len() == years.len() && !years.is_empty() {
        return Some(years.iter().copied().zip(unnamed).filter_map(|(y, g)| Some((y, g?))).collect());
    }
    (unnamed.is_empty() && !found.is_empty()).then_some(found)
}

/// The date of a table in its titles: 截至2023年12月31日, 2023年12月.
pub fn as_of(titles: &[String]) -> Option<Day> {
    titles.iter().find_map(|title| {
        let at = title.find(|c: char| c.is_ascii_digit())?;
        let tail: String = title
            .get(at..)?
            .chars()
            .take_while(|c| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '.' | '-' | '/'))
            .collect();
        super::date::from_text(&tail).ok().map(|r| r.day)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_of_several_years() {
        use Grade::*;
        for (text, years, want) in [
            ("2020年优秀、2021年称职", &[][..], Some(vec![(2020, Excellent), (2021, Competent)])),
            ("2020:基本称职；2021:不称职", &[], Some(vec![(2020, Basic), (2021, Incompetent)])),
            ("2020、2021年度均为称职", &[], Some(vec![(2020, Competent), (2021, Competent)])),
            ("优秀、称职、未参加", &[2019, 2020, 2021], Some(vec![(2019, Excellent), (2020, Competent)])),
            ("优秀、称职", &[2019, 2020, 2021], None),
            ("优秀、称职、称职", &[], None),
            ("2020年", &[], None),
            ("好", &[], None),
        ] {
            assert_eq!(list_of_grades(text, years), want, "{text}");
        }
    }

    #[test]
    fn the_date_of_a_table() {
        assert_eq!(as_of(&["云岭县公务员花名册（截至2023年12月31日）".into()]), Day::new(2023, 12, 31));
        assert_eq!(as_of(&["花名册".into(), "填报时间：2023.12".into()]), Day::new(2023, 12, 1));
        assert_eq!(as_of(&["2023年度花名册".into()]), None);
    }
}
