//! Finds the header of a sheet by meaning: wherever it stands, of one to three lines, merged or not.
//!
//! Every line near the top is tried as the start of a header of one, two and three lines, for every kind of
//! sheet; the reading that makes sense of the most columns wins. A column's meaning is looked for in all its
//! lines together (`职级` over `任现职级时间`), in the last two, and in the last alone.

use std::collections::HashMap;

use super::cell::Sheet;
use super::column::{Col, Column, Need, fold, without_brackets};
use super::kind::SheetKind;

/// How many filled rows from the top may hold the header.
const DEEPEST: usize = 25;
/// How many columns are looked at.
const WIDEST: u16 = 512;

/// What the columns of a sheet mean.
#[derive(Clone, Debug)]
pub struct Layout {
    /// What the sheet holds.
    pub kind: SheetKind,
    /// Index of the header's first line among the filled rows.
    first: usize,
    /// Index of the first row of content among the filled rows.
    pub body: usize,
    /// The last line of the header, from 0.
    pub last: u32,
    at: [u16; Col::COUNT],
    /// Columns of one year's assessment each, with the year.
    pub years: Vec<(u16, u16)>,
    /// The years that the header of the column of all assessments names.
    pub grades_years: Vec<u16>,
    /// Headers by column, as written, lines joined with `/`.
    pub headers: HashMap<u16, String>,
    /// Columns that mean the same as an earlier one: (this, that).
    pub double: Vec<(u16, u16)>,
    /// Columns with a header that were not understood.
    pub ignored: Vec<u16>,
    score: u32,
}

const NOWHERE: u16 = u16::MAX;

impl Layout {
    /// The column of a meaning.
    pub fn at(&self, col: Col) -> Option<u16> {
        Some(self.at[col as usize]).filter(|c| *c != NOWHERE)
    }

    /// Whether there is a column of this meaning.
    pub fn has(&self, col: Col) -> bool {
        self.at(col).is_some()
    }

    /// A column's header as written.
    pub fn header(&self, column: u16) -> &str {
        self.headers.get(&column).map_or("", String::as_str)
    }

    /// Required columns that are not there. A key is there when one of its columns is.
    pub fn missing(&self) -> Vec<&'static Column> {
        let key = self.kind.columns().any(|c| c.need == Need::Key && self.has(c.col));
        let mut missing: Vec<_> =
            self.kind.columns().filter(|c| c.need == Need::Must && !self.has(c.col)).collect();
        if !key && let Some(id) = self.kind.column(Col::Id) {
            missing.push(id);
        }
        missing
    }
}

/// A header line: its texts by column, as written and folded, and whose text each column stands under.
struct Line {
    row: u32,
    raw: Vec<String>,
    own: Vec<String>,
    under: Vec<Option<usize>>,
}

fn lines(sheet: &Sheet) -> Vec<Line> {
    let width = usize::from(sheet.width.min(WIDEST));
    let mut lines: Vec<Line> = Vec::new();
    for n in 0..sheet.len().min(DEEPEST + 2) {
        let Some((row, cells)) = sheet.line(n) else {
            break;
        };
        let mut raw = vec![String::new(); width];
        for (col, cell) in cells {
            if let Some(slot) = raw.get_mut(usize::from(*col)) {
                *slot = sheet.show(*cell).into_owned();
            }
        }
        let own: Vec<String> = raw.iter().map(|t| fold(t)).collect();
        let under = own.iter().enumerate().map(|(col, text)| (!text.is_empty()).then_some(col)).collect();
        lines.push(Line { row, raw, own, under });
    }
    for merge in &sheet.merges {
        let Some(line) = lines.iter_mut().find(|l| l.row == merge.from.0) else {
            continue;
        };
        let (from, to) = (merge.from.1 as usize, merge.to.1 as usize);
        if line.own.get(from).is_none_or(String::is_empty) {
            continue;
        }
        // Only sideways: what is merged downwards has one meaning, said by its top line.
        for slot in line.under.iter_mut().take(to + 1).skip(from) {
            *slot = Some(from);
        }
    }
    lines
}

/// Where the parts of a column's header over `lines[from..=to]` stand, top to bottom: line and column. The same
/// text twice is one part.
fn parts(lines: &[Line], from: usize, to: usize, col: usize) -> Vec<(usize, usize)> {
    let mut parts: Vec<(usize, usize)> = Vec::new();
    let text = |(n, c): (usize, usize)| lines.get(n).and_then(|l| l.own.get(c)).map_or("", String::as_str);
    for n in from..=to {
        let Some(line) = lines.get(n) else { continue };
        let below = || (n + 1..=to).any(|m| !text((m, col)).is_empty());
        let source = match line.under.get(col).copied().flatten() {
            Some(source) => source,
            // A head that spans columns without being merged: the nearest text to the left, if there is one below.
            None if below() => match line.under.iter().take(col).rev().find_map(|s| *s) {
                Some(source) => source,
                None => continue,
            },
            None => continue,
        };
        if parts.last().is_none_or(|last| text(*last) != text((n, source))) {
            parts.push((n, source));
        }
    }
    parts
}

/// What a column's header says.
enum Meaning {
    Is(Col),
    Year(u16),
    Grades(Vec<u16>),
}

fn years_in(text: &str) -> Vec<u16> {
    let mut years = Vec::new();
    let digits: Vec<char> = text.chars().collect();
    let mut n = 0;
    while n < digits.len() {
        let run = digits[n..].iter().take_while(|c| c.is_ascii_digit()).count();
        if run == 4
            && let Ok(year) = digits[n..n + 4].iter().collect::<String>().parse::<u16>()
            && (1990..2100).contains(&year)
        {
            years.push(year);
        }
        n += run.max(1);
    }
    // 2020-2022 names three years.
    if let [from, to] = years[..]
        && from < to
        && to - from <= 10
        && ["-", "—", "至", "~", "到", "－"].iter().any(|d| text.contains(d))
    {
        return (from..=to).collect();
    }
    years
}

fn meaning(kind: SheetKind, parts: &[String]) -> Option<Meaning> {
    let leaf = parts.last()?.as_str();
    let joined = parts.concat();
    if kind == SheetKind::People {
        if joined.contains("考核") && !joined.contains("平时") && !joined.contains("季度") {
            // Only the last two lines: a title may have a year of its own.
            let near = parts.get(parts.len().saturating_sub(2)..).unwrap_or_default().concat();
            let years = years_in(leaf);
            let years = if years.is_empty() { years_in(&near) } else { years };
            match years[..] {
                [year] if near.contains("考核") => return Some(Meaning::Year(year)),
                [_, _, ..] if near.contains("考核") => return Some(Meaning::Grades(years)),
                _ => {}
            }
        }
        if let Some(col) = education(parts) {
            return Some(Meaning::Is(col));
        }
    }
    let near = parts.get(parts.len().saturating_sub(2)..).unwrap_or_default().concat();
    for text in [joined.as_str(), near.as_str(), leaf] {
        let found = kind.meaning(text).or_else(|| kind.meaning(&without_brackets(text)));
        if let Some(column) = found {
            return Some(Meaning::Is(column.col));
        }
    }
    None
}

/// Education columns under a head of 全日制 or 在职, in any order of the lines.
fn education(parts: &[String]) -> Option<Col> {
    let joined = parts.concat();
    let full_time = joined.contains("全日制");
    if !full_time && !joined.contains("在职") {
        return None;
    }
    let rest = |text: &str| {
        let mut text = without_brackets(text);
        for word in ["全日制", "在职", "教育"] {
            text = text.replace(word, "");
        }
        text
    };
    let leaf = rest(parts.last()?);
    let plain = SheetKind::People.meaning(&leaf).or_else(|| {
        let near = parts.get(parts.len().saturating_sub(2)..).unwrap_or_default().concat();
        SheetKind::People.meaning(&rest(&near)).or_else(|| SheetKind::People.meaning(&rest(&joined)))
    })?;
    Some(match (plain.col, full_time) {
        (Col::Education, true) => Col::FtEducation,
        (Col::Degree, true) => Col::FtDegree,
        (Col::EduBoth, true) => Col::FtBoth,
        (Col::School, true) => Col::FtSchool,
        (Col::Major, true) => Col::FtMajor,
        (Col::EduDate, true) => Col::FtDate,
        (Col::Education, false) => Col::OjEducation,
        (Col::Degree, false) => Col::OjDegree,
        (Col::EduBoth, false) => Col::OjBoth,
        (Col::School, false) => Col::OjSchool,
        (Col::Major, false) => Col::OjMajor,
        (Col::EduDate, false) => Col::OjDate,
        _ => return None,
    })
}

/// The parts of every column's header.
fn heads(sheet: &Sheet, lines: &[Line], from: usize, depth: usize) -> Vec<(u16, Vec<String>)> {
    let text = |(n, c): (usize, usize)| lines.get(n).and_then(|l| l.own.get(c)).cloned().unwrap_or_default();
    (0..sheet.width.min(WIDEST))
        .map(|col| {
            let parts = parts(lines, from, from + depth - 1, usize::from(col));
            (col, parts.into_iter().map(text).collect::<Vec<String>>())
        })
        .filter(|(_, parts)| !parts.is_empty())
        .collect()
}

fn try_one(
    sheet: &Sheet,
    lines: &[Line],
    (from, depth): (usize, usize),
    heads: &[(u16, Vec<String>)],
    kind: SheetKind,
) -> Option<Layout> {
    let to = from + depth - 1;
    let last = lines.get(to)?;
    let mut layout = Layout {
        kind,
        first: from,
        body: to + 1,
        last: last.row,
        at: [NOWHERE; Col::COUNT],
        years: Vec::new(),
        grades_years: Vec::new(),
        headers: HashMap::new(),
        double: Vec::new(),
        ignored: Vec::new(),
        score: 0,
    };
    let mut matched = 0u32;
    for (col, parts) in heads {
        let col = *col;
        match meaning(kind, parts) {
            Some(Meaning::Is(meant)) => {
                let slot = layout.at.get_mut(meant as usize)?;
                if *slot == NOWHERE {
                    *slot = col;
                    matched += 1;
                } else {
                    layout.double.push((col, *slot));
                }
            }
            Some(Meaning::Year(year)) => {
                matched += 1;
                layout.years.push((col, year));
            }
            Some(Meaning::Grades(years)) if !layout.has(Col::Grades) => {
                matched += 1;
                layout.at[Col::Grades as usize] = col;
                layout.grades_years = years;
            }
            Some(Meaning::Grades(_)) | None => layout.ignored.push(col),
        }
    }
    let who =
        layout.has(Col::Name) || layout.has(Col::Id) || layout.has(Col::Number) || layout.has(Col::OrganName);
    if !who || matched < 2 {
        return None;
    }
    // A sheet that is named for something else is not taken for this while it may be that.
    let elsewhere = SheetKind::READ.iter().any(|k| *k != kind && k.named(&sheet.name) == 2);
    let complete = layout.missing().is_empty() && !elsewhere;
    let named = kind.named(&sheet.name);
    // These have no column of their own; only the sheet's name tells them.
    if matches!(kind, SheetKind::Voided | SheetKind::Posted) && named == 0 {
        return None;
    }
    if kind == SheetKind::Family && !layout.has(Col::Relation) && !layout.has(Col::MemberName) {
        return None;
    }
    // Too little to tell a header that lacks something from a sheet that is something else.
    if !complete && matched < 3 && named < 2 {
        return None;
    }
    layout.score =
        matched * 10 + u32::from(complete) * 2000 + [0, 4, 1000][named.min(2) as usize] - depth as u32;
    Some(layout)
}

/// The header of a sheet, if it has one that makes sense.
pub fn find(sheet: &Sheet) -> Option<Layout> {
    let lines = lines(sheet);
    let mut best: Option<Layout> = None;
    'lines: for from in 0..lines.len().min(DEEPEST) {
        if lines.get(from).is_none_or(|l| l.under.iter().flatten().count() < 2) {
            continue;
        }
        for depth in 1..=3usize.min(lines.len() - from) {
            let heads = heads(sheet, &lines, from, depth);
            for kind in SheetKind::READ {
                let Some(layout) = try_one(sheet, &lines, (from, depth), &heads, kind) else {
                    continue;
                };
                if best.as_ref().is_none_or(|b| layout.score > b.score) {
                    best = Some(layout);
                }
            }
            // Nothing can be understood better than everything.
            if best
                .as_ref()
                .is_some_and(|b| b.ignored.is_empty() && b.double.is_empty() && b.missing().is_empty())
                && depth == 1
                && best.as_ref().is_some_and(|b| heads.len() >= 3 && b.first == from)
                && best.as_ref().is_some_and(|b| b.kind.named(&sheet.name) == 2)
            {
                break 'lines;
            }
        }
    }
    let mut best = best?;
    // The header as its reader sees it.
    let raw = |(n, c): (usize, usize)| lines.get(n).and_then(|l| l.raw.get(c)).map_or("", String::as_str);
    for col in 0..sheet.width.min(WIDEST) {
        let parts = parts(&lines, best.first, best.body.saturating_sub(1), usize::from(col));
        if !parts.is_empty() {
            let shown: Vec<&str> = parts.into_iter().map(raw).collect();
            let text: String = shown.join("/").chars().filter(|c| !c.is_whitespace()).collect();
            best.headers.insert(col, text);
        }
    }
    if best.kind == SheetKind::People && best.is_state() {
        best.kind = SheetKind::Roster;
    }
    Some(best)
}

impl Layout {
    /// Whether any column tells a person's present state.
    fn is_state(&self) -> bool {
        !self.years.is_empty()
            || SheetKind::People.columns().any(|c| c.need == Need::ReadOnly && self.has(c.col))
            || self.has(Col::FtBoth)
            || self.has(Col::OjBoth)
    }
}

/// What stands above the header, for notices and the date of the table.
pub fn titles(sheet: &Sheet, layout: &Layout) -> Vec<String> {
    let mut titles = Vec::new();
    for n in 0..layout.body {
        let Some((_, cells)) = sheet.line(n) else {
            break;
        };
        for (_, cell) in cells {
            titles.push(sheet.show(*cell).into_owned());
        }
    }
    titles
}
