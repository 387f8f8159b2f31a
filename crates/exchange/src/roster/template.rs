//! The workbook to download: instructions, empty sheets with headers and drop-down lists, hidden code lists.

use rust_xlsxwriter::XlsxError;
use takeroot_words::Lang;

use super::column::{Col, Column, Form, Need};
use super::fault::FileFault;
use super::kind::SheetKind;
use super::style::{Style, unwritable, workbook};
use super::write::{SheetOut, codes};
use crate::words::say;

/// The template of the workbook of events.
///
/// # Errors
/// If it cannot be written, which nothing in it gives cause for.
pub fn template(lang: Lang) -> Result<Vec<u8>, FileFault> {
    build(lang).map_err(unwritable("template.xlsx"))
}

fn build(lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook(lang)?;
    let style = Style::new();
    let sheet = book.add_worksheet();
    sheet.set_name(SheetKind::Instructions.name(lang))?;
    let mut row = 0;
    sheet.write_string_with_format(row, 0, say!(lang, "roster-help-title"), &style.notice)?;
    for line in [
        say!(lang, "roster-help-people"),
        say!(lang, "roster-help-events"),
        say!(lang, "roster-help-dates"),
        say!(lang, "roster-help-four-dates"),
        say!(lang, "roster-help-amends"),
        say!(lang, "roster-help-colours"),
    ] {
        row += 1;
        sheet.write_string(row, 0, line)?;
    }
    row += 2;
    let heads = [
        say!(lang, "roster-help-sheet"),
        say!(lang, "roster-help-column"),
        say!(lang, "roster-help-need"),
        say!(lang, "roster-help-form"),
        say!(lang, "roster-help-example"),
    ];
    for (at, head) in (0u16..).zip(heads) {
        sheet.write_string_with_format(row, at, head, &style.header)?;
    }
    sheet.set_freeze_panes(row + 1, 2)?;
    for kind in SheetKind::READ {
        for column in kind.columns().filter(|c| written(kind, c)) {
            row += 1;
            sheet.write_string_with_format(row, 0, kind.name(lang), &style.wrap)?;
            sheet.write_string_with_format(row, 1, column.header(lang), &style.wrap)?;
            sheet.write_string_with_format(row, 2, need(column, lang), &style.wrap)?;
            sheet.write_string_with_format(row, 3, form(column, lang), &style.wrap)?;
            sheet.write_string_with_format(row, 4, example(kind, column, lang), &style.wrap)?;
        }
    }
    for (at, width) in (0u16..).zip([16.0, 22.0, 14.0, 70.0, 30.0]) {
        sheet.set_column_width(at, width)?;
    }
    for kind in SheetKind::READ {
        let sheet = book.add_worksheet();
        SheetOut::new(sheet, kind, lang, &style, None, false)?.finish()?;
    }
    codes(&mut book, lang)?;
    book.save_to_buffer()
}

/// The template keys people by resident ID alone.
fn written(_kind: SheetKind, column: &Column) -> bool {
    column.need != Need::ReadOnly && column.col != Col::Number
}

fn need(column: &Column, lang: Lang) -> String {
    match column.need {
        Need::Must | Need::Key => say!(lang, "roster-help-must"),
        Need::May | Need::ReadOnly => say!(lang, "roster-help-may"),
    }
}

fn form(column: &Column, lang: Lang) -> String {
    let note = match column.col {
        Col::CountedFrom => say!(lang, "roster-help-counted-from"),
        Col::EventNumber => say!(lang, "roster-help-event-number"),
        Col::Amends => say!(lang, "roster-help-amends-column"),
        Col::YearsInUnit => say!(lang, "roster-help-years-in-unit"),
        Col::To => say!(lang, "roster-help-to"),
        Col::Until => say!(lang, "roster-help-until"),
        Col::OrganName => say!(lang, "roster-help-organ-name"),
        Col::OrganNumber => say!(lang, "roster-help-organ-id"),
        Col::Hardship => say!(lang, "roster-help-hardship"),
        Col::Division => say!(lang, "roster-help-division"),
        Col::Level => say!(lang, "roster-help-level"),
        Col::Step => say!(lang, "roster-help-step"),
        _ => String::new(),
    };
    let form = match column.form {
        Form::Text => say!(lang, "roster-help-is-text"),
        Form::Date => say!(lang, "roster-help-is-date"),
        Form::Number => say!(lang, "roster-help-is-number"),
        Form::Id => say!(lang, "roster-help-is-id"),
        Form::Organ => say!(lang, "roster-help-is-organ"),
        Form::Code(list) => {
            say!(lang, "roster-help-is-code", names = list.names(lang).join(lang.pick("、", ", ")))
        }
    };
    if note.is_empty() { form } else { say!(lang, "roster-help-joined", form = form, note = note) }
}

/// Examples are of nobody: no place has the area code 99.
fn example(kind: SheetKind, column: &Column, lang: Lang) -> String {
    let pick = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match (column.form, column.col) {
        (Form::Code(list), _) => list.names(lang).first().copied().unwrap_or_default().to_owned(),
        (Form::Id, _) => "990101198503151239".to_owned(),
        (Form::Date, Col::Birth) => "1985-03-15".to_owned(),
        (Form::Date, _) => "2020-01-22".to_owned(),
        (Form::Organ, _) | (_, Col::OrganName) => {
            pick("云岭县石桥镇人民政府", "Shiqiao Town, Yunling County")
        }
        (_, Col::OrganNumber) => "YL0101".to_owned(),
        (_, Col::Name) => pick("林小禾", "Lin Xiaohe"),
        (_, Col::MemberName) => pick("林大山", "Lin Dashan"),
        (_, Col::Relation) => pick("父亲", "father"),
        (_, Col::Ethnic) => pick("汉族", "Han"),
        (_, Col::NativePlace | Col::Birthplace) => pick("云岭县", "Yunling County"),
        (_, Col::Politics) => pick("中共党员", "Party member"),
        (_, Col::Health) => pick("健康", "good"),
        (_, Col::ProTitle) => pick("农艺师", "agronomist"),
        (_, Col::Speciality) => pick("农村经济管理", "rural economy"),
        (_, Col::School) => pick("云岭大学农学系", "Yunling University, Agronomy"),
        (_, Col::Major) => pick("农学", "agronomy"),
        (_, Col::Title) => pick("党政办公室主任", "head of the general office"),
        (_, Col::Place) if kind == SheetKind::Worked => {
            pick("石桥镇上坪村 村委会委员", "village committee member")
        }
        (_, Col::Place) => pick("云岭县财政局", "county finance bureau"),
        (_, Col::Document) => pick("云组〔2020〕5号", "YZ (2020) 5"),
        (_, Col::Basis) => pick("公务员职务与职级并行规定", "rules on parallel posts and ranks"),
        (_, Col::Division) => "990101001".to_owned(),
        (_, Col::Year) => "2022".to_owned(),
        (_, Col::Level) => "22".to_owned(),
        (_, Col::Step) => "5".to_owned(),
        (_, Col::YearsInUnit) => "5".to_owned(),
        (_, Col::Establishment) => "35".to_owned(),
        (_, Col::Hours) => "40".to_owned(),
        (_, Col::Days) => "5".to_owned(),
        (Form::Number, _) => "1".to_owned(),
        _ => String::new(),
    }
}
