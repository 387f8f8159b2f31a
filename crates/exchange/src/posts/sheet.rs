//! Sheets to raw rows: headers found, notes, totals and page heads set aside, merged and blank cells carried down,
//! second tables joined to the first by the code of the post.

use std::collections::HashMap;

use super::book::{Cell, Row, Sheet, letters};
use super::demand;
use super::fault::{Expected, Unread};
use super::header::{self, Header};
use super::lexicon::Field;
use super::post::{Column, SheetInfo};
use super::text::squeeze;

/// How far down a header is looked for.
const REACH: usize = 30;

/// A cell of a raw row with what its heading means.
#[derive(Clone, Debug)]
pub(super) struct RawCell {
    pub field: Field,
    /// Place of the heading in the file's list of headings.
    pub heading: usize,
    pub column: u32,
    pub sheet: usize,
    pub row: u32,
    pub cell: Cell,
}

/// A row that is a post.
#[derive(Clone, Debug, Default)]
pub(super) struct Raw {
    pub sheet: usize,
    pub row: u32,
    /// The heading line in the middle of the sheet under which it stands (二、乡镇机关).
    pub section: String,
    pub cells: Vec<RawCell>,
}

impl Raw {
    pub fn all(&self, field: Field) -> impl Iterator<Item = &RawCell> {
        self.cells.iter().filter(move |c| c.field == field)
    }

    pub fn text(&self, field: Field) -> &str {
        self.all(field).next().map_or("", |c| c.cell.text.as_str())
    }
}

/// Everything that the sheets of a file hold, before any demand is read.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub sheets: Vec<SheetInfo>,
    pub headings: Vec<String>,
    pub posts: Vec<Raw>,
    pub unread: Vec<Unread>,
    /// The nearest thing to a header, for the fault when there is none.
    pub nearest: Option<(String, Header)>,
    /// The first header without posts, for the fault.
    pub bare: Option<(String, u32)>,
}

/// Reads the sheets of a file.
pub(super) fn read(sheets: &[Sheet]) -> Rows {
    let mut rows = Rows::default();
    let mut seconds: Vec<Raw> = Vec::new();
    for (n, sheet) in sheets.iter().enumerate() {
        rows.sheets.push(SheetInfo { name: sheet.name.clone(), ..SheetInfo::default() });
        read_sheet(n, sheet, &mut rows, &mut seconds);
    }
    join(&mut rows, seconds, sheets);
    rows
}

fn read_sheet(n: usize, sheet: &Sheet, rows: &mut Rows, seconds: &mut Vec<Raw>) {
    let mut from = 0;
    let mut found_any = false;
    let mut found_posts = false;
    let before = rows.posts.len();
    let mut section = String::new();
    while let Some((at, header)) = header::find(sheet, from, if found_any { 3 } else { REACH }) {
        for row in sheet.rows.iter().skip(from).take_while(|r| r.number < header.first_row) {
            let text = note(n, row, rows);
            if is_section(&text) {
                section = text;
            }
        }
        found_any = true;
        found_posts |= header.is_post_table();
        if !header.is_post_table() {
            // Without posts to join to, this is what the fault speaks of.
            rows.nearest = Some((sheet.name.clone(), header.clone()));
        }
        let end = segment(n, sheet, at, &header, &mut section, rows, seconds);
        from = end;
        if end >= sheet.rows.len() {
            break;
        }
    }
    if found_any {
        if found_posts && rows.posts.len() == before && rows.bare.is_none() {
            rows.bare = rows.sheets.get(n).and_then(|s| Some((s.name.clone(), s.header_row?)));
        }
        return;
    }
    for row in sheet.rows.iter().take(200) {
        note(n, row, rows);
    }
    // The nearest thing to a header: told when the file has no posts, and when a sheet nearly was a table.
    let nearest = (0..sheet.rows.len().min(REACH))
        .filter_map(|at| header::at_row(sheet, 0, at))
        .max_by_key(|h| (h.known(), h.score))
        .filter(|h| h.known() >= 2 && h.score >= 15);
    if let Some(header) = nearest {
        if header.known() >= 5 && header.score >= 40 {
            rows.unread.push(Unread {
                sheet: sheet.name.clone(),
                row: header.row,
                column: String::new(),
                header: String::new(),
                found: header.columns.iter().map(|h| h.text.as_str()).collect::<Vec<_>>().join(" | "),
                expected: Expected::Header,
            });
        }
        if rows.nearest.as_ref().is_none_or(|(_, best)| best.known() < header.known()) {
            rows.nearest = Some((sheet.name.clone(), header));
        }
    }
}

/// Keeps a title or note line.
fn note(n: usize, row: &Row, rows: &mut Rows) -> String {
    let mut texts: Vec<&str> = Vec::new();
    for (_, cell) in row.cells.iter().filter(|(_, c)| !c.carried && !c.spread) {
        if !texts.contains(&cell.text.as_str()) {
            texts.push(&cell.text);
        }
    }
    let text = texts.join(" ");
    if let Some(info) = rows.sheets.get_mut(n)
        && !text.is_empty()
    {
        info.notes.push(text.clone());
    }
    text
}

/// Two equal tables side by side are read as two.
fn halves(header: &Header) -> Vec<Header> {
    let n = header.columns.len();
    let (Some(left), Some(right)) = (header.columns.get(..n / 2), header.columns.get(n / 2..)) else {
        return vec![header.clone()];
    };
    let twice = n >= 8
        && n.is_multiple_of(2)
        && left.iter().zip(right).all(|(a, b)| squeeze(&a.text) == squeeze(&b.text));
    if !twice {
        return vec![header.clone()];
    }
    let mut second = header.clone();
    second.columns =
        left.iter().zip(right).map(|(a, b)| header::Heading { column: b.column, ..a.clone() }).collect();
    let mut first = header.clone();
    first.columns = left.to_vec();
    vec![first, second]
}

/// Reads the rows under a header until the next one; gives the place of the row after.
fn segment(
    n: usize,
    sheet: &Sheet,
    at: usize,
    header: &Header,
    section: &mut String,
    rows: &mut Rows,
    seconds: &mut Vec<Raw>,
) -> usize {
    let tables: Vec<(Header, Vec<usize>)> = halves(header)
        .into_iter()
        .map(|table| {
            let places = table
                .columns
                .iter()
                .map(|h| {
                    rows.headings.push(h.text.clone());
                    rows.headings.len() - 1
                })
                .collect();
            (table, places)
        })
        .collect();
    if let Some(info) = rows.sheets.get_mut(n) {
        info.header_row.get_or_insert(header.row);
        for h in &header.columns {
            let column = Column { column: letters(h.column), header: h.text.clone(), field: h.field };
            if !info.columns.contains(&column) {
                info.columns.push(column);
            }
        }
    }
    let recruits = header.first(Field::Recruits).map(|h| h.column);
    let mut last: Vec<Option<Raw>> = vec![None; tables.len()];
    for (place, row) in sheet.rows.iter().enumerate().skip(at + 1) {
        let said = recruits.map(|c| row.text(c)).unwrap_or("");
        if demand::recruits(said).is_none() {
            let again = header::find(sheet, place, 3)
                .filter(|(_, h)| h.first_row == row.number && (h.is_post_table() || h.is_second_table()));
            if again.is_some() {
                return place;
            }
        }
        match kind(row, header) {
            Kind::Skip => continue,
            Kind::Note => {
                let text = note(n, row, rows);
                if is_section(&text) {
                    *section = text;
                }
                continue;
            }
            Kind::Post => {}
        }
        for ((table, places), last) in tables.iter().zip(last.iter_mut()) {
            let Some(mut raw) = raw(n, row, table, places) else {
                continue;
            };
            raw.section.clone_from(section);
            if !table.has(Field::Recruits) {
                carry(&mut raw, last.as_ref());
                seconds.push(raw.clone());
                *last = Some(raw);
                continue;
            }
            // One post over several rows: its code and its number of recruits are merged.
            let merged = |field| raw.all(field).next().is_some_and(|c| c.cell.carried);
            if merged(Field::Recruits) && (merged(Field::Code) || !table.has(Field::Code)) {
                if let Some(post) = rows.posts.last_mut() {
                    let known: Vec<String> = post.cells.iter().map(|c| c.cell.text.clone()).collect();
                    post.cells.extend(
                        raw.cells.into_iter().filter(|c| !c.cell.carried && !known.contains(&c.cell.text)),
                    );
                }
                continue;
            }
            if merged(Field::Recruits) {
                // Every post has its own number: this one's is not said.
                raw.cells.retain(|c| c.field != Field::Recruits);
            }
            carry(&mut raw, last.as_ref());
            *last = Some(raw.clone());
            rows.posts.push(raw);
        }
    }
    sheet.rows.len()
}

/// Whether a line is short enough to head a section of the table.
fn is_section(text: &str) -> bool {
    (1..=40).contains(&squeeze(text).chars().count())
}

enum Kind {
    Post,
    Note,
    Skip,
}

/// What a row under a header is.
fn kind(row: &Row, header: &Header) -> Kind {
    let mut texts: Vec<String> = Vec::new();
    for (_, cell) in row.cells.iter().filter(|(_, c)| !c.carried && !c.spread) {
        texts.push(squeeze(&cell.text));
    }
    texts.retain(|t| !t.is_empty());
    let Some(first) = texts.first() else {
        return Kind::Skip;
    };
    let total = |t: &String| {
        ["合计", "总计", "小计", "共计", "总数"].iter().any(|w| t.starts_with(w) || t.ends_with(w))
            && t.chars().count() <= 14
    };
    let coded = header.first(Field::Code).is_some_and(|h| {
        row.text(h.column).chars().any(|c| c.is_ascii_digit()) && !total(&squeeze(row.text(h.column)))
    });
    if texts.iter().take(4).any(total) && !coded {
        return Kind::Skip;
    }
    // A line of column numbers under the header.
    if texts.len() >= 4
        && texts.iter().enumerate().all(|(n, t)| t.trim_matches(['(', ')', '（', '）']).parse() == Ok(n + 1))
    {
        return Kind::Skip;
    }
    let mut distinct = texts.clone();
    distinct.sort();
    distinct.dedup();
    let label = ["说明", "备注", "注:", "注：", "填表", "联系"].iter().any(|w| first.starts_with(w))
        && texts.len() <= 3;
    let all_carried = row.cells.iter().any(|(_, c)| c.carried);
    if (distinct.len() == 1 && !all_carried && header.columns.len() > 2 || label) && !coded {
        let recruits = header.first(Field::Recruits).map(|h| row.text(h.column)).unwrap_or("");
        // One lone number of recruits is a damaged row, not a note.
        if demand::recruits(recruits).is_none() {
            return Kind::Note;
        }
    }
    Kind::Post
}

fn raw(n: usize, row: &Row, header: &Header, places: &[usize]) -> Option<Raw> {
    let mut cells = Vec::with_capacity(row.cells.len());
    for (heading, place) in header.columns.iter().zip(places) {
        if let Some(cell) = row.cell(heading.column) {
            cells.push(RawCell {
                field: heading.field,
                heading: *place,
                column: heading.column,
                sheet: n,
                row: row.number,
                cell: cell.clone(),
            });
        }
    }
    // Cells under no heading at all are kept too.
    for (column, cell) in &row.cells {
        let inside = header.columns.iter().any(|h| h.column == *column);
        let ours = header.columns.first().is_none_or(|f| *column >= f.column)
            && header.columns.last().is_none_or(|l| *column <= l.column || header.columns.len() < 8);
        if !inside
            && !cell.spread
            && !cell.text.is_empty()
            && (ours || header.columns.last().is_some_and(|l| *column > l.column))
        {
            cells.push(RawCell {
                field: Field::Other,
                heading: usize::MAX,
                column: *column,
                sheet: n,
                row: row.number,
                cell: cell.clone(),
            });
        }
    }
    (!cells.is_empty() && cells.iter().any(|c| c.field != Field::Other)).then(|| Raw {
        sheet: n,
        row: row.number,
        section: String::new(),
        cells,
    })
}

/// Blank organ, unit and region cells take the value of the row above, as merged cells do in print.
fn carry(raw: &mut Raw, last: Option<&Raw>) {
    let Some(last) = last else { return };
    let blank = |raw: &Raw, field| squeeze(raw.text(field)).is_empty();
    let organ = blank(raw, Field::Organ);
    let unit = blank(raw, Field::Unit);
    let mut take = Vec::new();
    if organ {
        take.extend([Field::Organ, Field::OrganCode, Field::Level]);
        if unit {
            take.extend([Field::Unit, Field::UnitCode]);
        }
    }
    take.extend([Field::Area, Field::County]);
    for field in take {
        if blank(raw, field) {
            let values: Vec<RawCell> = last.all(field).cloned().collect();
            raw.cells.retain(|c| c.field != field);
            raw.cells.extend(values);
        }
    }
}

/// Joins the rows of second tables to the posts with the same code.
fn join(rows: &mut Rows, seconds: Vec<Raw>, sheets: &[Sheet]) {
    if seconds.is_empty() {
        return;
    }
    let mut by_code: HashMap<String, usize> = HashMap::new();
    for (n, post) in rows.posts.iter().enumerate() {
        let code = squeeze(post.text(Field::Code));
        if !code.is_empty() {
            by_code.entry(code).or_insert(n);
        }
    }
    for second in seconds {
        let code = squeeze(second.text(Field::Code));
        match by_code.get(&code).and_then(|n| rows.posts.get_mut(*n)) {
            Some(post) => {
                for cell in second.cells {
                    let has = post.all(cell.field).any(|c| !c.cell.text.is_empty());
                    if !has || matches!(cell.field, Field::Remark | Field::Other | Field::Kept) {
                        post.cells.push(cell);
                    }
                }
            }
            None => rows.unread.push(Unread {
                sheet: sheets.get(second.sheet).map(|s| s.name.clone()).unwrap_or_default(),
                row: second.row,
                column: second.all(Field::Code).next().map(|c| letters(c.column)).unwrap_or_default(),
                header: second
                    .all(Field::Code)
                    .next()
                    .and_then(|c| rows.headings.get(c.heading))
                    .cloned()
                    .unwrap_or_default(),
                found: code,
                expected: Expected::KnownPost,
            }),
        }
    }
}
