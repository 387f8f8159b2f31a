//! The one form written out: a workbook with a summary, every post, and every cell that was not understood.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};
use takeroot_civil::Code as _;
use takeroot_words::{Lang, Say};

use super::post::{Political, Post, Table, TermScope};
use crate::words::say;

/// Writes the tables into one workbook.
///
/// # Errors
/// When the workbook cannot be made (more rows than a sheet can hold).
pub fn workbook(tables: &[Table], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let head = Format::new().set_bold().set_align(FormatAlign::Center).set_text_wrap();
    summary(book.add_worksheet().set_name(say!(lang, "posts-sheet-summary"))?, tables, lang, &head)?;
    posts(book.add_worksheet().set_name(say!(lang, "posts-sheet-posts"))?, tables, lang, &head)?;
    unread(book.add_worksheet().set_name(say!(lang, "posts-sheet-unread"))?, tables, lang, &head)?;
    book.save_to_buffer()
}

fn heads(sheet: &mut Worksheet, names: &[String], format: &Format) -> Result<(), XlsxError> {
    for (column, name) in (0u16..).zip(names) {
        sheet.write_string_with_format(0, column, name, format)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn summary(sheet: &mut Worksheet, tables: &[Table], lang: Lang, head: &Format) -> Result<(), XlsxError> {
    let names = [
        say!(lang, "posts-col-file"),
        say!(lang, "posts-col-sheet"),
        say!(lang, "posts-col-posts"),
        say!(lang, "posts-col-recruits"),
    ];
    heads(sheet, &names, head)?;
    let mut row = 1;
    for table in tables {
        for info in &table.sheets {
            sheet.write_string(row, 0, &table.file)?;
            sheet.write_string(row, 1, &info.name)?;
            sheet.write_number(row, 2, info.posts)?;
            sheet.write_number(row, 3, info.recruits)?;
            row += 1;
        }
        let counts = table.summary();
        let lines = [
            (say!(lang, "posts-total"), counts.posts, counts.recruits),
            (say!(lang, "posts-township"), counts.township.posts, counts.township.recruits),
        ];
        for (name, posts, recruits) in lines {
            sheet.write_string(row, 0, &table.file)?;
            sheet.write_string(row, 1, name)?;
            sheet.write_number(row, 2, posts)?;
            sheet.write_number(row, 3, recruits)?;
            row += 1;
        }
        for (name, recruits) in township_lines(table, lang) {
            sheet.write_string(row, 0, &table.file)?;
            sheet.write_string(row, 1, name)?;
            sheet.write_number(row, 3, recruits)?;
            row += 1;
        }
    }
    sheet.set_column_width(0, 36)?.set_column_width(1, 44)?;
    Ok(())
}

/// The township figures as lines: what, recruits.
pub fn township_lines(table: &Table, lang: Lang) -> Vec<(String, u32)> {
    let t = table.summary().township;
    let levels = takeroot_civil::Education::ALL.iter().map(|l| (l.code(), l.name(lang).to_owned()));
    let others = [("none", say!(lang, "posts-education-none")), ("unknown", say!(lang, "posts-unknown"))];
    let mut lines: Vec<(String, u32)> = levels
        .chain(others)
        .filter_map(|(code, level)| {
            let n = t.recruits_by_education_floor.get(code)?;
            Some((say!(lang, "posts-line-education", level = level), *n))
        })
        .collect();
    lines.extend([
        (say!(lang, "posts-line-no-major-limit"), t.recruits_no_major_limit),
        (say!(lang, "posts-line-fresh-only"), t.recruits_fresh_graduates_only),
        (say!(lang, "posts-line-programme"), t.recruits_programme_reserved),
        (say!(lang, "posts-line-household"), t.recruits_household_limit),
        (say!(lang, "posts-line-term-in-unit"), t.recruits_service_term_in_unit),
    ]);
    lines
}

fn posts(sheet: &mut Worksheet, tables: &[Table], lang: Lang, head: &Format) -> Result<(), XlsxError> {
    let names = [
        say!(lang, "posts-col-file"),
        say!(lang, "posts-col-sheet"),
        say!(lang, "posts-col-row"),
        say!(lang, "posts-col-organ"),
        say!(lang, "posts-col-organ-code"),
        say!(lang, "posts-col-unit"),
        say!(lang, "posts-col-area"),
        say!(lang, "posts-col-division"),
        say!(lang, "posts-col-hardship"),
        say!(lang, "posts-col-organ-kind"),
        say!(lang, "posts-col-township"),
        say!(lang, "posts-col-title"),
        say!(lang, "posts-col-code"),
        say!(lang, "posts-col-recruits"),
        say!(lang, "posts-col-education-floor"),
        say!(lang, "posts-col-education-ceiling"),
        say!(lang, "posts-col-full-time"),
        say!(lang, "posts-col-education-text"),
        say!(lang, "posts-col-degree"),
        say!(lang, "posts-col-degree-text"),
        say!(lang, "posts-col-major-limited"),
        say!(lang, "posts-col-majors"),
        say!(lang, "posts-col-age-min"),
        say!(lang, "posts-col-age-max"),
        say!(lang, "posts-col-age-fresh"),
        say!(lang, "posts-col-experience"),
        say!(lang, "posts-col-fresh-only"),
        say!(lang, "posts-col-programme"),
        say!(lang, "posts-col-village-cadre"),
        say!(lang, "posts-col-veteran"),
        say!(lang, "posts-col-household"),
        say!(lang, "posts-col-household-division"),
        say!(lang, "posts-col-sex"),
        say!(lang, "posts-col-political"),
        say!(lang, "posts-col-term-years"),
        say!(lang, "posts-col-term-scope"),
        say!(lang, "posts-col-demands"),
        say!(lang, "posts-col-kept"),
    ];
    heads(sheet, &names, head)?;
    let mut row = 1;
    for table in tables {
        for post in &table.posts {
            one(sheet, row, table, post, lang)?;
            row += 1;
        }
    }
    if row > 1 {
        sheet.autofilter(0, 0, row - 1, names.len() as u16 - 1)?;
    }
    Ok(())
}

fn one(sheet: &mut Worksheet, row: u32, table: &Table, post: &Post, lang: Lang) -> Result<(), XlsxError> {
    let yes = |b: bool| {
        if b { say!(lang, "posts-yes") } else { String::new() }
    };
    let number = |n: Option<u8>| n.map(|n| n.to_string()).unwrap_or_default();
    let joined = |all: Vec<String>| all.join(lang.pick("；", "; "));
    let majors = post.majors.levels.iter().map(|l| match l.level {
        Some(level) => format!("{}: {}", level.name(lang), l.text),
        None => l.text.clone(),
    });
    let cells = [
        table.file.clone(),
        table.sheets.get(post.sheet).map(|s| s.name.clone()).unwrap_or_default(),
        post.row.to_string(),
        post.organ.clone(),
        post.organ_code.clone(),
        post.unit.clone(),
        post.area.clone(),
        post.division.map(|d| d.to_string()).unwrap_or_default(),
        number(post.hardship_class),
        post.organ_kind.map(|k| k.name(lang).to_owned()).unwrap_or_default(),
        yes(post.township),
        post.title.clone(),
        post.code.clone(),
        post.recruits.map(|n| n.to_string()).unwrap_or_default(),
        post.education.floor.map(|l| l.name(lang).to_owned()).unwrap_or_default(),
        post.education.ceiling.map(|l| l.name(lang).to_owned()).unwrap_or_default(),
        yes(post.education.full_time),
        post.education.text.clone(),
        post.degree.floor.map(|l| l.name(lang).to_owned()).unwrap_or_default(),
        post.degree.text.clone(),
        post.majors
            .limited
            .map(|l| if l { say!(lang, "posts-yes") } else { say!(lang, "posts-no") })
            .unwrap_or_default(),
        joined(majors.collect()),
        number(post.age.min),
        number(post.age.max),
        number(post.age.max_fresh_postgraduate),
        number(post.experience.years),
        yes(post.fresh_only),
        yes(post.programme_reserved),
        yes(post.village_cadre_reserved),
        yes(post.veteran_reserved),
        post.household.as_ref().map(|h| h.text.clone()).unwrap_or_default(),
        post.household.as_ref().and_then(|h| h.division).map(|d| d.to_string()).unwrap_or_default(),
        post.sex.map(|s| s.name(lang).to_owned()).unwrap_or_default(),
        post.political.map(|p| p.say(lang)).unwrap_or_default(),
        joined(post.service_terms.iter().map(|t| t.years.to_string()).collect()),
        joined(post.service_terms.iter().map(|t| t.scope.say(lang)).collect()),
        joined(post.demands.clone()),
        joined(post.kept.iter().map(|(h, v)| format!("{h}: {v}")).collect()),
    ];
    // Columns that people add up are numbers; codes stay text, or Excel would round them.
    const NUMBERS: [u16; 7] = [2, 8, 13, 22, 23, 24, 25];
    for (column, text) in (0u16..).zip(cells) {
        if text.is_empty() {
            continue;
        }
        match text.parse::<f64>() {
            Ok(n) if NUMBERS.contains(&column) => sheet.write_number(row, column, n)?,
            _ => sheet.write_string(row, column, text.chars().take(32_000).collect::<String>())?,
        };
    }
    Ok(())
}

fn unread(sheet: &mut Worksheet, tables: &[Table], lang: Lang, head: &Format) -> Result<(), XlsxError> {
    let names = [
        say!(lang, "posts-col-file"),
        say!(lang, "posts-col-sheet"),
        say!(lang, "posts-col-row"),
        say!(lang, "posts-col-column"),
        say!(lang, "posts-col-header"),
        say!(lang, "posts-col-found"),
        say!(lang, "posts-col-expected"),
    ];
    heads(sheet, &names, head)?;
    let mut row = 1;
    for table in tables {
        for cell in &table.unread {
            let texts = [
                table.file.clone(),
                cell.sheet.clone(),
                cell.row.to_string(),
                cell.column.clone(),
                cell.header.clone(),
                cell.found.clone(),
                cell.expected.say(lang),
            ];
            for (column, text) in (0u16..).zip(texts) {
                sheet.write_string(row, column, text.chars().take(32_000).collect::<String>())?;
            }
            row += 1;
        }
    }
    Ok(())
}

impl Say for Political {
    fn say(&self, lang: Lang) -> String {
        match self {
            Political::PartyMember => say!(lang, "posts-political-party"),
            Political::PartyOrLeague => say!(lang, "posts-political-league"),
            Political::NotPartyMember => say!(lang, "posts-political-not-party"),
        }
    }
}

impl Say for TermScope {
    fn say(&self, lang: Lang) -> String {
        match self {
            TermScope::Unit => say!(lang, "posts-scope-unit"),
            TermScope::CountyTownships => say!(lang, "posts-scope-county-townships"),
            TermScope::AnyTownship => say!(lang, "posts-scope-any-township"),
            TermScope::County => say!(lang, "posts-scope-county"),
            TermScope::System => say!(lang, "posts-scope-system"),
            TermScope::Unsaid => say!(lang, "posts-scope-unsaid"),
        }
    }
}
