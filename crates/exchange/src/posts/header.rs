//! The search for the header row.
//!
//! A window of one to three rows is a header
//! when its headings name the number of recruits, an organ or post, and some demand. Merged two- and three-line
//! headings are read from the bottom, with the line above put in front where the bottom one alone says too little.

use super::book::{Row, Sheet};
use super::fault::Missing;
use super::lexicon::{Field, meaning};
use super::text::squeeze;

/// One column of a header.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    pub column: u32,
    pub field: Field,
    pub score: u8,
    pub text: String,
}

/// A header that was found.
#[derive(Clone, Debug)]
pub(super) struct Header {
    /// Row number of its last line.
    pub row: u32,
    /// Row number of its first line.
    pub first_row: u32,
    pub columns: Vec<Heading>,
    pub score: u32,
}

impl Header {
    /// The columns of a field, from the left.
    pub fn all(&self, field: Field) -> impl Iterator<Item = &Heading> {
        self.columns.iter().filter(move |h| h.field == field)
    }

    /// The first column of a field.
    pub fn first(&self, field: Field) -> Option<&Heading> {
        self.all(field).next()
    }

    pub fn has(&self, field: Field) -> bool {
        self.first(field).is_some()
    }

    fn names_a_post(&self) -> bool {
        [Field::Organ, Field::Unit, Field::Title, Field::Code].iter().any(|f| self.has(*f))
    }

    fn demands(&self) -> usize {
        use Field::*;
        [
            Education,
            Degree,
            EducationDegree,
            Major,
            MajorBachelor,
            MajorPostgraduate,
            MajorCollege,
            Age,
            Sex,
            Experience,
            Fresh,
            Target,
            Programme,
            Veteran,
            Household,
            Political,
            ServiceTerm,
            Remark,
            StudyForm,
        ]
        .iter()
        .filter(|f| self.has(**f))
        .count()
    }

    /// Whether it is the header of a table of posts.
    pub fn is_post_table(&self) -> bool {
        // Without any demand it may be a count by organ: only organ and post together show a table of posts,
        // whose demands then stand in a second one.
        let whole = (self.has(Field::Organ) || self.has(Field::Unit))
            && (self.has(Field::Title) || self.has(Field::Code));
        self.has(Field::Recruits)
            && self.names_a_post()
            && (self.demands() >= 1 || whole)
            && self.known() >= 4
    }

    /// Whether it is the header of a second table, whose rows are joined to the posts by their code.
    pub fn is_second_table(&self) -> bool {
        !self.has(Field::Recruits) && self.has(Field::Code) && self.demands() >= 1 && self.known() >= 3
    }

    /// How many different fields it names.
    pub fn known(&self) -> usize {
        let mut fields: Vec<Field> = self
            .columns
            .iter()
            .filter(|h| !matches!(h.field, Field::Other | Field::Kept))
            .map(|h| h.field)
            .collect();
        fields.sort();
        fields.dedup();
        fields.len()
    }

    /// What a post table needs and this header lacks.
    pub fn missing(&self) -> Vec<Missing> {
        let mut missing = Vec::new();
        if !self.has(Field::Recruits) {
            missing.push(Missing::Recruits);
        }
        if !self.names_a_post() {
            missing.push(Missing::Organ);
        }
        if self.demands() == 0 {
            missing.push(Missing::Demand);
        }
        missing
    }
}

/// Headings read from `height` rows that end at the row in place `at`.
fn window(rows: &[Row], at: usize, height: usize) -> Option<Header> {
    let lines = rows.get(at + 1 - height..=at)?;
    let bottom = lines.last()?;
    // A row with a number in a cell of its own is a row of data.
    if lines.iter().flat_map(|r| &r.cells).any(|(_, c)| is_number(&c.text)) {
        return None;
    }
    let width = lines.iter().filter_map(|r| r.cells.last().map(|(c, _)| c + 1)).max()?.min(512);
    let mut columns = Vec::new();
    let mut score = 0u32;
    for column in 0..width {
        // The texts over this column from the top; a blank in an upper line belongs to the heading at its left
        // when something stands below it (text tables know no merged cells).
        let mut texts: Vec<&str> = Vec::new();
        let mut wide = false;
        for (n, line) in lines.iter().enumerate() {
            let mut text = line.text(column);
            if text.is_empty() && n + 1 < lines.len() && !bottom.text(column).is_empty() {
                text = (0..column).rev().take(12).map(|c| line.text(c)).find(|t| !t.is_empty()).unwrap_or("");
                let alone = (0..column).rev().find(|c| !line.text(*c).is_empty());
                // Only where the heading at the left has something beneath it too.
                if alone.is_none_or(|c| bottom.text(c).is_empty()) {
                    text = "";
                }
            }
            if !text.is_empty() && texts.last() != Some(&text) {
                texts.push(text);
            }
            // Whether a heading above covers several columns, and so belongs to each.
            if n + 1 < lines.len() && !text.is_empty() {
                let next = line.cell(column + 1);
                wide |= next.is_none_or(|c| c.text.is_empty() || c.spread)
                    || line.cell(column).is_none_or(|c| c.spread);
            }
        }
        let Some(low) = texts.last().copied() else {
            continue;
        };
        let (mut field, mut points) = meaning(low);
        if texts.len() > 1 {
            let joined: String = texts.concat();
            let (wider, more) = meaning(&joined);
            let upper = meaning(texts.first().copied().unwrap_or_default());
            let vague = matches!(
                squeeze(low).as_str(),
                "名称"
                    | "代码"
                    | "编码"
                    | "编号"
                    | "要求"
                    | "条件"
                    | "其他"
                    | "其它"
                    | "说明"
                    | "研究生"
                    | "本科"
                    | "大专"
                    | "专科"
                    | "性质"
                    | "类别"
                    | "层级"
            );
            if (wide || more >= 9) && (more > points || (vague && more >= 5)) {
                (field, points) = (wider, more);
            } else if wide && points == 0 && upper.1 > 0 {
                (field, points) = (upper.0, upper.1 / 2);
            }
        }
        score += u32::from(points);
        columns.push(Heading { column, field, score: points, text: texts.concat() });
    }
    let mut header = Header { row: bottom.number, first_row: lines.first()?.number, columns, score };
    settle(&mut header);
    Some(header)
}

/// A number of people, a running number or a code: what no heading is.
fn is_number(text: &str) -> bool {
    let plain = squeeze(text);
    let digits = plain.bytes().filter(u8::is_ascii_digit).count();
    (digits > 0 && digits == plain.len()) || super::demand::recruits(text).is_some()
}

/// Fields that several columns may hold at once.
fn many(field: Field) -> bool {
    use Field::*;
    matches!(
        field,
        Remark
            | Kept
            | Other
            | Category
            | Target
            | Area
            | County
            | Programme
            | Veteran
            | Experience
            | Fresh
            | StudyForm
            | Household
            | Political
            | Serial
            | MajorPostgraduate
            | MajorBachelor
            | MajorCollege
            | Major
    )
}

/// Settles columns that claim one field: organ and unit, their codes; of the others the surest one stays.
fn settle(header: &mut Header) {
    let second = |header: &mut Header, field: Field, other: Field| {
        let places: Vec<usize> = (0..header.columns.len())
            .filter(|n| header.columns.get(*n).is_some_and(|h| h.field == field))
            .collect();
        let taken = header.has(other);
        for (n, at) in places.into_iter().enumerate().skip(1) {
            if let Some(heading) = header.columns.get_mut(at) {
                heading.field = if n == 1 && !taken { other } else { Field::Other };
            }
        }
    };
    second(header, Field::Organ, Field::Unit);
    second(header, Field::OrganCode, Field::UnitCode);
    if !header.has(Field::Organ) && header.has(Field::Unit) {
        if let Some(h) = header.columns.iter_mut().find(|h| h.field == Field::Unit) {
            h.field = Field::Organ;
        }
        second(header, Field::Unit, Field::Unit);
    }
    let fields: Vec<Field> = header.columns.iter().map(|h| h.field).collect();
    for field in fields {
        if many(field) {
            continue;
        }
        let best = header.all(field).map(|h| h.score).max().unwrap_or(0);
        let mut kept = false;
        for heading in header.columns.iter_mut().filter(|h| h.field == field) {
            if heading.score == best && !kept {
                kept = true;
            } else {
                heading.field = Field::Other;
            }
        }
    }
}

/// The best header that ends at one of the rows from `from` on, among the next `reach` rows.
///
/// The rows of a table do not look like headings, so the first window that is a post table wins; a taller window
/// over the same last row wins if it knows more.
pub(super) fn find(sheet: &Sheet, from: usize, reach: usize) -> Option<(usize, Header)> {
    let mut second: Option<(usize, Header)> = None;
    for at in from..sheet.rows.len().min(from + reach) {
        let Some(header) = at_row(sheet, from, at) else {
            continue;
        };
        if header.is_post_table() {
            // The next rows may be further lines of the same header.
            let mut best = (at, header);
            for next in at + 1..(at + 3).min(sheet.rows.len()) {
                let Some(taller) = at_row(sheet, from, next) else {
                    continue;
                };
                // A row under merged headings repeats them.
                let repeats = best
                    .1
                    .columns
                    .iter()
                    .filter(|h| {
                        sheet
                            .rows
                            .get(next)
                            .and_then(|r| r.cell(h.column))
                            .is_some_and(|c| c.carried && !c.text.is_empty() && h.text.ends_with(&c.text))
                    })
                    .count();
                if taller.is_post_table()
                    && taller.first_row <= best.1.row + 1
                    && (taller.known() > best.1.known() || repeats >= 3)
                {
                    let first_row = best.1.first_row.min(taller.first_row);
                    best = (next, Header { first_row, ..taller });
                }
            }
            return Some(best);
        }
        if second.is_none() && header.is_second_table() {
            second = Some((at, header));
        }
    }
    second
}

/// The best window that ends at a row.
pub(super) fn at_row(sheet: &Sheet, from: usize, at: usize) -> Option<Header> {
    (1..=3usize)
        .filter(|h| at + 1 >= from + h)
        .filter_map(|h| window(&sheet.rows, at, h))
        .max_by_key(|h| (h.is_post_table(), h.known(), h.score, std::cmp::Reverse(h.row - h.first_row)))
}
