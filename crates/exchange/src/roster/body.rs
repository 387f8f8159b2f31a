//! What lies below a header: which rows are content, what merged cells and whole columns say of a cell.

use super::cell::{Cell, Sheet};
use super::column::{Col, Form, fold};
use super::date::Months;
use super::header::Layout;
use super::kind::SheetKind;
use super::state;

/// Headers of columns that were not read. The column of row numbers and our own of errors go without saying.
pub fn ignored(layout: &Layout) -> Vec<String> {
    let mut columns = layout.ignored.clone();
    if layout.kind == SheetKind::Roster {
        columns.extend(state::unread(layout));
    }
    columns.sort_unstable();
    columns
        .into_iter()
        .map(|c| layout.header(c).to_owned())
        .filter(|h| !matches!(fold(h).as_str(), "" | "序号" | "错误" | "errors" | "no."))
        .collect()
}

/// How the numbers of each date column write their months.
pub fn months(sheet: &Sheet, layout: &Layout) -> Vec<Months> {
    let mut months = vec![Months::default(); usize::from(sheet.width)];
    let dates: Vec<u16> =
        layout.kind.columns().filter(|c| c.form == Form::Date).filter_map(|c| layout.at(c.col)).collect();
    for n in layout.body..sheet.len() {
        for (col, cell) in sheet.line(n).map(|(_, cells)| cells).unwrap_or_default() {
            if let Cell::Number(n) = cell
                && n.fract() != 0.0
                && dates.contains(col)
                && let Some(slot) = months.get_mut(usize::from(*col))
            {
                slot.note(*n);
            }
        }
    }
    months
}

/// Cells of organs merged downwards: each row of the merge has the value.
pub fn spread(sheet: &Sheet, layout: &Layout) -> Vec<(std::ops::RangeInclusive<u32>, u16, Cell)> {
    let Some(col) = layout.at(Col::Organ) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for merge in &sheet.merges {
        if merge.from.1 != u32::from(col) || merge.to.1 != u32::from(col) || merge.from.0 <= layout.last {
            continue;
        }
        let line =
            (layout.body..sheet.len()).find_map(|n| sheet.line(n).filter(|(row, _)| *row == merge.from.0));
        if let Some((_, cells)) = line
            && let Some((_, cell)) = cells.iter().find(|(c, _)| *c == col)
        {
            found.push((merge.from.0..=merge.to.0, col, *cell));
        }
    }
    found
}

const TOTALS: [&str; 6] = ["合计", "总计", "小计", "共计", "总人数", "total"];
const NOTES: [&str; 15] = [
    "注",
    "备注",
    "说明",
    "填表",
    "填报",
    "审核",
    "制表",
    "单位负责人",
    "负责人",
    "联系",
    "经办",
    "主管",
    "分管",
    "note",
    "单位（盖章）",
];

/// Whether a row is no row of content: totals, notes and signatures, column numbers, a header printed again.
pub fn passed_over(sheet: &Sheet, layout: &Layout, filled: &[(u16, Cell)], cells: &[Option<Cell>]) -> bool {
    let Some((first_col, first)) = filled.first() else {
        return true;
    };
    let text = |col: Col| {
        let cell = layout.at(col).and_then(|c| cells.get(usize::from(c)).copied().flatten());
        cell.map(|c| sheet.show(c)).unwrap_or_default()
    };
    let name_col = if layout.kind == SheetKind::Organs { Col::OrganName } else { Col::Name };
    let key = if layout.kind == SheetKind::Organs {
        text(Col::OrganNumber)
    } else if text(Col::Id).is_empty() {
        text(Col::Number)
    } else {
        text(Col::Id)
    };
    let name = text(name_col);
    let plain = fold(&sheet.show(*first));
    // A total counts in any column; a person's number is longer than a count.
    let total = |text: &str| TOTALS.iter().any(|t| text.starts_with(t));
    if (total(&plain) || total(&fold(&name))) && key.len() < 6 {
        return true;
    }
    // A note has no number of a person.
    if key.is_empty() {
        if NOTES.iter().any(|t| plain.starts_with(t))
            && (filled.len() <= 2 || name.is_empty() || plain.len() > 30)
        {
            return true;
        }
        // One cell alone is a heading or a remark, unless it is the name of somebody.
        if filled.len() == 1 && layout.at(name_col) != Some(*first_col) {
            return true;
        }
    }
    if filled.len() >= 3 && filled.iter().enumerate().all(|(n, (_, cell))| is_column_number(sheet, *cell, n))
    {
        return true;
    }
    // The header again, as long tables print it on every page.
    !name.is_empty()
        && layout.at(name_col).is_some_and(|c| fold(layout.header(c)).contains(&fold(&name)))
        && layout.kind.meaning(&fold(&name)).is_some()
}

/// Whether the `n`th filled cell is what a line of column numbers has there: 甲 乙 1 2 3.
fn is_column_number(sheet: &Sheet, cell: Cell, n: usize) -> bool {
    let text = sheet.show(cell);
    matches!(&*text, "甲" | "乙" | "丙" | "丁" | "栏次")
        || text.parse::<usize>().is_ok_and(|v| v >= 1 && v <= n + 1)
}
