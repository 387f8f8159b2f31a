//! A folder of forms as one workbook, and back.
//!
//! Every element of a form is a column, so that the way back gives files with the same content. What no column
//! can hold is kept too: elements that the form does not know (and known ones with attributes or parts inside) as
//! XML text in 其他元素, the order of the elements in a hidden column, texts too long for a cell (photos) in pieces
//! on a hidden sheet. The sheets of résumé lines, assessments and faults are for reading: the way back does not
//! look at them.
//!
//! **Limits.** Comments before and after the root element and attributes of the root do not come back; nor does the
//! choice between escapes and CDATA. Files come back in UTF-8 with CRLF.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Data, Range, Reader as _, Xlsx};
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};
use takeroot_civil::{Code as _, Fact};
use takeroot_words::Lang;

use super::decode::{MAX_BYTES, decode};
use super::document::Document;
use super::fault::{Fault, FaultCode};
use super::fields::{FAMILY, FIELDS, ITEM, ITEM_FIELDS, PHOTO, label};
use super::folder::FileReading;
use super::tree::{Element, Node, is_xml};
use crate::words::say;

/// Most characters in a cell; Excel's own limit is 32,767 UTF-16 units, and a rare character takes two.
const CELL: usize = 16_000;

const FILE: &str = "@File";
const OTHER: &str = "Other";
const ORDER: &str = "Order";
/// In the order column: the family container, and an element that stands in 其他元素.
const RAW: &str = "*";

const SHEETS: [(&str, &str); 7] = [
    ("任免审批表", "Forms"),
    ("家庭成员", "Family"),
    ("简历", "Resume"),
    ("年度考核", "Assessments"),
    ("问题", "Faults"),
    ("填表说明", "Notes"),
    ("长内容", "Long texts"),
];

/// Writes the files that could be read, and the faults of all.
///
/// # Errors
/// If the workbook cannot be made; never because of a person's data.
pub fn write_workbook(files: &[FileReading], lang: Lang) -> Result<Vec<u8>, Fault> {
    build(files, lang).map_err(|e| Fault::new(FaultCode::Workbook, &e.to_string()))
}

/// A sheet being filled: text cells only, row by row.
struct Page {
    sheet: Worksheet,
    row: u32,
}

impl Page {
    fn new(which: usize, lang: Lang, tags: &[&str], heads: &[String]) -> Result<Page, XlsxError> {
        let mut sheet = Worksheet::new();
        let (zh, en) = SHEETS.get(which).copied().unwrap_or_default();
        sheet.set_name(lang.pick(zh, en))?;
        let bold = Format::new().set_bold();
        for (column, (tag, head)) in (0u16..).zip(tags.iter().zip(heads)) {
            sheet.write_string_with_format(0, column, head, &bold)?;
            sheet.write_string(1, column, *tag)?;
        }
        // The second row names the columns for the way back; people have the first.
        sheet.set_row_hidden(1)?;
        sheet.set_freeze_panes(2, 2)?;
        Ok(Page { sheet, row: 2 })
    }

    fn add(&mut self, cells: &[String], wrap: Option<&Format>) -> Result<(), XlsxError> {
        for (column, text) in (0u16..).zip(cells) {
            if text.is_empty() {
                continue;
            }
            match wrap {
                Some(format) => self.sheet.write_string_with_format(self.row, column, text, format)?,
                None => self.sheet.write_string(self.row, column, text)?,
            };
        }
        self.row += 1;
        Ok(())
    }
}

/// Texts too long for a cell.
struct Long {
    page: Page,
}

impl Long {
    /// The text for the cell; one that is too long goes to the hidden sheet and leaves its beginning.
    fn cell(&mut self, file: &str, column: &str, text: String, lang: Lang) -> Result<String, XlsxError> {
        if text.chars().count() <= CELL && (column != PHOTO || text.is_empty()) {
            return Ok(text);
        }
        let chars: Vec<char> = text.chars().collect();
        for (at, piece) in chars.chunks(CELL).enumerate() {
            let piece: String = piece.iter().collect();
            self.page.add(&[file.to_owned(), column.to_owned(), at.to_string(), piece], None)?;
        }
        if column == PHOTO {
            return Ok(say!(lang, "lrmx-book-photo"));
        }
        Ok(text.chars().take(200).chain("……".chars()).collect())
    }
}

fn build(files: &[FileReading], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let words = |id: &str| crate::words::loader(lang).get(id);
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let mut tags = vec![FILE];
    let mut heads = vec![words("lrmx-book-file")];
    for field in FIELDS.iter().filter(|f| f.tag != FAMILY) {
        tags.push(field.tag);
        heads.push(label(field.tag, lang).to_owned());
    }
    tags.extend([OTHER, ORDER]);
    heads.extend([words("lrmx-book-other"), words("lrmx-book-order")]);
    let mut forms = Page::new(0, lang, &tags, &heads)?;
    for column in 0..tags.len() {
        forms.sheet.set_column_width(u16::try_from(column).unwrap_or(0), 14)?;
    }
    let order_column = u16::try_from(tags.len() - 1).unwrap_or(0);
    forms.sheet.set_column_hidden(order_column)?;
    let mut family_tags = vec![FILE];
    let mut family_heads = vec![words("lrmx-book-file")];
    for field in ITEM_FIELDS {
        family_tags.push(field.tag);
        family_heads.push(lang.pick(field.zh, field.en).to_owned());
    }
    let mut family = Page::new(1, lang, &family_tags, &family_heads)?;
    let of = |ids: &[&str]| -> Vec<String> { ids.iter().map(|id| words(id)).collect() };
    let file_name = ["lrmx-book-file", "lrmx-book-name"];
    let mut resume = Page::new(
        2,
        lang,
        &[FILE, "Name", "From", "To", "Text"],
        &of(&[file_name[0], file_name[1], "lrmx-book-from", "lrmx-book-to", "lrmx-book-text"]),
    )?;
    let mut assessed = Page::new(
        3,
        lang,
        &[FILE, "Name", "Year", "Grade"],
        &of(&[file_name[0], file_name[1], "lrmx-book-year", "lrmx-book-grade"]),
    )?;
    let mut faults = Page::new(
        4,
        lang,
        &[FILE, "Code", "Line", "Column", "Message"],
        &of(&["lrmx-book-file", "lrmx-book-code", "lrmx-book-line", "lrmx-book-column", "lrmx-book-message"]),
    )?;
    let piece_heads = of(&["lrmx-book-file", "lrmx-book-element", "lrmx-book-piece", "lrmx-book-text"]);
    let mut long = Long { page: Page::new(6, lang, &[FILE, "Element", "Piece", "Text"], &piece_heads)? };
    for file in files {
        for fault in &file.faults {
            use takeroot_words::Say as _;
            let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
            let code = fault.code.code().to_owned();
            let (line, column) = (number(fault.line), number(fault.column));
            faults.add(&[file.name.clone(), code, line, column, fault.say(lang)], None)?;
        }
        let Some(document) = &file.document else {
            continue;
        };
        let row = Row::of(document);
        let mut cells = vec![file.name.clone()];
        for tag in tags.iter().skip(1) {
            let text = match *tag {
                OTHER => row.other.clone(),
                ORDER => row.order.join(" "),
                tag => row.texts.get(tag).cloned().unwrap_or_default(),
            };
            cells.push(long.cell(&file.name, tag, text, lang)?);
        }
        forms.add(&cells, Some(&wrap))?;
        for member in &row.family {
            let mut cells = vec![file.name.clone()];
            cells.extend(member.iter().cloned());
            family.add(&cells, None)?;
        }
        let Some(reading) = &file.reading else {
            continue;
        };
        let name = &reading.career.person.name;
        for entry in &reading.resume.entries {
            let to = entry.to.map(|m| m.seven().trim().to_owned()).unwrap_or_default();
            let from = entry.from.seven().trim().to_owned();
            let text: String =
                super::resume::write_entry(entry).chars().skip(super::resume::INDENT).take(CELL).collect();
            resume.add(&[file.name.clone(), name.clone(), from, to, text], None)?;
        }
        for event in &reading.career.events {
            if let Fact::Assessed { year, grade } = &event.fact {
                let grade = grade.name(lang).to_owned();
                assessed.add(&[file.name.clone(), name.clone(), year.to_string(), grade], None)?;
            }
        }
    }
    let mut notes = Worksheet::new();
    notes.set_name(lang.pick(SHEETS[5].0, SHEETS[5].1))?;
    notes.set_column_width(0, 100)?;
    for (row, line) in (0u32..).zip(words("lrmx-book-notes").lines()) {
        notes.write_string_with_format(row, 0, line, &wrap)?;
    }
    long.page.sheet.set_hidden(true);
    let mut book = Workbook::new();
    for sheet in
        [forms.sheet, family.sheet, resume.sheet, assessed.sheet, faults.sheet, notes, long.page.sheet]
    {
        book.push_worksheet(sheet);
    }
    book.save_to_buffer()
}

/// One form laid out in cells.
#[derive(Default)]
struct Row {
    texts: HashMap<String, String>,
    family: Vec<[String; 5]>,
    other: String,
    order: Vec<String>,
}

impl Row {
    fn of(document: &Document) -> Row {
        let mut row = Row::default();
        let mut others: Vec<String> = Vec::new();
        for node in &document.root.children {
            let raw = match node {
                Node::Element(e) => match Row::known(e) {
                    Some(()) if e.name == FAMILY && !row.order.contains(&e.name) => {
                        row.family = members(e).unwrap_or_default();
                        row.order.push(e.name.clone());
                        continue;
                    }
                    Some(()) if e.name != FAMILY && !row.texts.contains_key(&e.name) => {
                        row.texts.insert(e.name.clone(), e.raw_text());
                        row.order.push(e.name.clone());
                        continue;
                    }
                    _ => e.source(),
                },
                Node::Markup(raw) => raw.clone(),
                Node::Text(raw) if raw.trim().is_empty() => continue,
                Node::Text(raw) => raw.trim().to_owned(),
                Node::CData(inner) => format!("<![CDATA[{inner}]]>"),
            };
            others.push(raw);
            row.order.push(RAW.to_owned());
        }
        row.other = others.join("\n");
        row
    }

    /// Whether cells can hold all of an element.
    fn known(element: &Element) -> Option<()> {
        let field = FIELDS.iter().any(|f| f.tag == element.name);
        let whole = if element.name == FAMILY {
            members(element).is_some()
        } else {
            element.is_plain() && element.raw_text().chars().all(is_xml)
        };
        (field && whole).then_some(())
    }
}

/// The family members, if cells can hold all of them.
fn members(family: &Element) -> Option<Vec<[String; 5]>> {
    let blank = |n: &Node| matches!(n, Node::Text(t) if t.trim().is_empty());
    if !family.attributes.trim().is_empty() {
        return None;
    }
    let mut members = Vec::new();
    for node in family.children.iter().filter(|n| !blank(n)) {
        let Node::Element(item) = node else {
            return None;
        };
        let parts: Vec<&Element> = item.elements().collect();
        let usual = item.name == ITEM
            && item.attributes.trim().is_empty()
            && item.children.iter().all(|n| matches!(n, Node::Element(_)) || blank(n))
            && parts.len() == ITEM_FIELDS.len()
            && parts.iter().zip(ITEM_FIELDS).all(|(p, f)| {
                p.name == f.tag
                    && p.is_plain()
                    && p.raw_text().chars().all(is_xml)
                    && p.raw_text().chars().count() <= CELL
            });
        if !usual {
            return None;
        }
        let mut member: [String; 5] = Default::default();
        for (cell, part) in member.iter_mut().zip(parts) {
            *cell = part.raw_text();
        }
        members.push(member);
    }
    Some(members)
}

/// The forms of a workbook.
#[derive(Clone, Debug, Default)]
pub struct TurnedBack {
    /// Forms with the names of their files, in the order of the rows.
    pub documents: Vec<(String, Document)>,
    /// Rows that cannot be turned back.
    pub faults: Vec<Fault>,
}

/// Reads a workbook that [`write_workbook`] wrote and people may have edited; rows that they added become forms
/// with every usual element.
///
/// # Errors
/// If the bytes are no such workbook.
pub fn read_workbook(bytes: &[u8]) -> Result<TurnedBack, Fault> {
    let bad = |what: &str| Fault::new(FaultCode::Workbook, what);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| bad(&e.to_string()))?;
    let mut table = |which: usize| -> Result<Table, Fault> {
        let (zh, en) = SHEETS.get(which).copied().unwrap_or_default();
        let range = book.worksheet_range(zh).or_else(|_| book.worksheet_range(en));
        range.map_err(|e| bad(&e.to_string())).and_then(|r| Table::new(&r).ok_or_else(|| bad(zh)))
    };
    let forms = table(0)?;
    let mut family: HashMap<String, Vec<[String; 5]>> = HashMap::new();
    let rows = table(1)?;
    for row in &rows.rows {
        let mut member: [String; 5] = Default::default();
        for (cell, field) in member.iter_mut().zip(ITEM_FIELDS) {
            *cell = rows.cell(row, field.tag);
        }
        family.entry(rows.cell(row, FILE)).or_default().push(member);
    }
    let mut long: HashMap<(String, String), Vec<(u32, String)>> = HashMap::new();
    let pieces = table(6)?;
    for row in &pieces.rows {
        let key = (pieces.cell(row, FILE), pieces.cell(row, "Element"));
        let number = pieces.cell(row, "Piece").parse().unwrap_or(u32::MAX);
        long.entry(key).or_default().push((number, pieces.cell(row, "Text")));
    }
    let mut documents = Vec::new();
    let mut faults = Vec::new();
    for row in &forms.rows {
        let name = forms.cell(row, FILE);
        if name.trim().is_empty() {
            continue;
        }
        let whole = |column: &str| -> String {
            let shown = forms.cell(row, column);
            match long.get_mut(&(name.clone(), column.to_owned())) {
                // Cleared by hand: the long text goes with its cell.
                Some(pieces) if !shown.is_empty() => {
                    pieces.sort_by_key(|p| p.0);
                    pieces.iter().map(|p| p.1.as_str()).collect()
                }
                _ => shown,
            }
        };
        match turn_back(whole, family.remove(&name).unwrap_or_default()) {
            Ok(document) => documents.push((name, document)),
            Err(fault) => faults.push(fault.file(&name)),
        }
    }
    Ok(TurnedBack { documents, faults })
}

/// A form from its cells.
fn turn_back(mut whole: impl FnMut(&str) -> String, members: Vec<[String; 5]>) -> Result<Document, Fault> {
    let order: Vec<String> = whole(ORDER).split_whitespace().map(str::to_owned).collect();
    let other = whole(OTHER);
    let mut others = Vec::new();
    if !other.trim().is_empty() {
        if other.len() > MAX_BYTES {
            return Err(Fault::new(FaultCode::TooLarge, OTHER));
        }
        let wrapped = decode(format!("<Person>{other}</Person>").as_bytes())
            .map_err(|fault| Fault::new(FaultCode::Workbook, &format!("{}: {}", OTHER, fault.code.code())))?;
        for node in wrapped.root.children {
            match node {
                Node::Text(text) if text.trim().is_empty() => {}
                Node::Text(text) => others.push(Node::Text(text.trim().to_owned())),
                node => others.push(node),
            }
        }
    }
    let mut document = Document::empty();
    if !order.is_empty() {
        document.root.children.clear();
        document.root.children.push(Node::Text("\r\n".to_owned()));
    }
    let mut others = others.into_iter();
    for tag in &order {
        let node = if tag == RAW {
            match others.next() {
                Some(node) => node,
                None => continue,
            }
        } else {
            Node::Element(Element::new(tag, "", "\r\n"))
        };
        push(&mut document.root, node);
    }
    for node in others {
        push(&mut document.root, node);
    }
    for field in FIELDS.iter().filter(|f| f.tag != FAMILY) {
        let text = whole(field.tag);
        // An element that stands among the others holds its own text; one that was not there and is blank stays
        // away.
        let among_others = !order.is_empty() && !order.iter().any(|t| t == field.tag);
        if !(among_others && text.is_empty()) {
            document.put(field.tag, &text);
        }
    }
    if !members.is_empty() {
        document.set_family(&members);
    }
    Ok(document)
}

/// Adds a part on a line of its own.
fn push(root: &mut Element, node: Node) {
    if let Some(Node::Text(last)) = root.children.last_mut()
        && last.trim().is_empty()
    {
        "\r\n  ".clone_into(last);
    }
    root.children.push(node);
    root.children.push(Node::Text("\r\n".to_owned()));
}

/// A sheet by the names in its second row.
struct Table {
    columns: HashMap<String, usize>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn new(range: &Range<Data>) -> Option<Table> {
        let (_, first_column) = range.start()?;
        let text = |cell: &Data| match cell {
            Data::Empty | Data::Error(_) => String::new(),
            Data::String(s) => s.clone(),
            other => other.to_string(),
        };
        let mut rows = range.rows().map(|r| {
            let mut cells = vec![String::new(); first_column as usize];
            cells.extend(r.iter().map(text));
            cells
        });
        let names = rows.by_ref().find(|r| r.first().is_some_and(|c| c == FILE))?;
        let columns = names.into_iter().enumerate().map(|(at, name)| (name, at)).collect();
        Some(Table { columns, rows: rows.collect() })
    }

    fn cell(&self, row: &[String], column: &str) -> String {
        self.columns.get(column).and_then(|at| row.get(*at)).cloned().unwrap_or_default()
    }
}
