//! Official recruitment post tables (职位表), read into one form.
//!
//! **What it is for.** Every province publishes its posts in a table of its own. [`read`] takes the bytes of any of
//! them, tells the layout from what the headings mean, and gives every post in one form ([`Post`]), so that tables
//! can be counted together and checked against the rules ([`check`]).
//!
//! **In and out.** Bytes and a name in; a [`Table`] or a [`FileFault`] out. Nothing is lost in silence: a cell that is
//! not understood is in [`Table::unread`] with its place, what it holds and what was expected; a demand in free text
//! that the one form has no place for is kept word for word in [`Post::demands`]; a column that is not known is kept
//! in [`Post::kept`].
//!
//! **Limits.** A post's division is told from names only, and stays unknown when they do not show one place. A post is
//! a township's when the table says so (its sheet, section or level column) or when the name of its unit is that of
//! a township government or subdistrict office; the stations that county bureaus keep in townships are not.

mod biff;
mod book;
use crate::words::say;

pub mod check;
mod demand;
mod fault;
mod floors;
mod header;
mod kind;
mod lexicon;
mod place;
mod post;
mod remark;
mod row;
mod sheet;
mod summary;
mod term;
mod text;
mod write;

#[cfg(test)]
mod tests;

pub use fault::{Expected, FileFault, Found, Missing, Unread};
pub use floors::{Checks, Floored, Opens};
pub use lexicon::Field;
pub use place::{Near, Places};
pub use post::{
    AgeAsked, Column, DegreeAsked, EducationAsked, Experience, Household, Layout, MajorLevel, Majors,
    Political, Post, ServiceTerm, SheetInfo, Table, TermScope,
};
pub use summary::{Count, Summary, Township};
pub use write::{township_lines, workbook};

use post::Layout as L;

/// Reads a post table.
///
/// # Errors
/// When the bytes are no table, or no sheet has the headings of a post table.
pub fn read(bytes: &[u8], name: &str) -> Result<Table, FileFault> {
    let sheets = book::open(bytes, name)?;
    let mut rows = sheet::read(&sheets);
    if rows.posts.is_empty() {
        if let Some((sheet, row)) = rows.bare {
            return Err(FileFault::NoPosts { file: name.to_owned(), sheet, row });
        }
        let (nearest, found, missing) = match rows.nearest {
            Some((sheet, header)) => {
                let known =
                    header.columns.iter().filter(|h| h.score > 0).map(|h| h.text.replace('\n', "")).collect();
                (Some((sheet, header.row)), known, header.missing())
            }
            None => (None, Vec::new(), Vec::new()),
        };
        return Err(FileFault::NoHeader { file: name.to_owned(), nearest, found, missing });
    }
    let places = Places::shipped();
    let province = province(&rows.sheets, name, places);
    let terms: Vec<_> = rows.sheets.iter().map(|s| term::in_notes(&s.notes, province, places)).collect();
    let shared =
        row::Shared { headings: &rows.headings, sheets: &rows.sheets, terms: &terms, province, places };
    let mut memory = row::Memory::default();
    let mut unread = std::mem::take(&mut rows.unread);
    let posts: Vec<Post> =
        rows.posts.iter().map(|raw| row::read(raw, &shared, &mut memory, &mut unread)).collect();
    let mut infos = rows.sheets;
    for post in &posts {
        if let Some(info) = infos.get_mut(post.sheet) {
            info.posts += 1;
            info.recruits += post.heads();
        }
    }
    unread.dedup();
    Ok(Table { file: name.to_owned(), layout: layout(&infos), sheets: infos, posts, unread })
}

/// The province that the titles name, else the file's name; `None` for a table of several provinces.
fn province(sheets: &[SheetInfo], file: &str, places: &Places) -> Option<takeroot_civil::DivisionCode> {
    let titles = sheets.iter().flat_map(|s| s.notes.iter().take(4)).filter(|n| n.chars().count() < 80);
    titles
        .filter(|t| !t.contains("中央") && !t.contains("国家公务员"))
        .find_map(|t| places.province(t))
        .or_else(|| places.province(file))
        .or_else(|| sheets.iter().find_map(|s| places.province(&s.name)))
}

/// The layout, from the headings of the sheets with posts.
fn layout(sheets: &[SheetInfo]) -> Layout {
    let columns: Vec<&Column> = sheets.iter().flat_map(|s| &s.columns).collect();
    let has = |field| columns.iter().any(|c| c.field == field);
    let says = |text: &str| columns.iter().any(|c| text::squeeze(&c.header) == text);
    if has(Field::MajorPostgraduate)
        && has(Field::MajorBachelor)
        && has(Field::MajorCollege)
        && says("考区")
        && says("招考单位")
    {
        L::Guangdong
    } else if says("招录机关(单位)") && says("体检标准") && says("工作经历要求") {
        L::Henan
    } else if (says("部门代码") || says("用人司局")) && (says("职位分布") || says("服务基层项目工作经历"))
    {
        L::National
    } else {
        L::ByHeader
    }
}

/// The name of a limit.
pub fn limit_name(limit: check::Limit, lang: takeroot_words::Lang) -> String {
    use check::Limit;
    match limit {
        Limit::EducationAboveFloor => say!(lang, "posts-limit-education-above-floor"),
        Limit::Major => say!(lang, "posts-limit-major"),
        Limit::FreshOnly => say!(lang, "posts-limit-fresh-only"),
        Limit::Age => say!(lang, "posts-limit-age"),
        Limit::Sex => say!(lang, "posts-limit-sex"),
        Limit::Household => say!(lang, "posts-limit-household"),
        Limit::Political => say!(lang, "posts-limit-political"),
        Limit::Experience => say!(lang, "posts-limit-experience"),
        Limit::Reserved => say!(lang, "posts-limit-reserved"),
    }
}

/// The name of a way in which a proposal opens a post.
pub fn opening_name(opening: check::Opening, lang: takeroot_words::Lang) -> String {
    use check::Opening;
    match opening {
        Opening::Education => say!(lang, "posts-opening-education"),
        Opening::Age => say!(lang, "posts-opening-age"),
        Opening::Major => say!(lang, "posts-opening-major"),
        Opening::Experience => say!(lang, "posts-opening-experience"),
        Opening::FreshOnly => say!(lang, "posts-opening-fresh-only"),
    }
}
