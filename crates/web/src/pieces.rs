//! Pieces of pages that templates draw with `macros.html`: charts, pagers, grouped numbers.

use std::sync::LazyLock;

use serde::Serialize;

/// The address of the icons.
pub fn icons() -> &'static str {
    static ICONS: LazyLock<String> = LazyLock::new(|| takeroot_assets::url("icons.svg"));
    &ICONS
}

/// The address of a file of `takeroot-assets` by its plain name.
pub fn asset(name: &str) -> String {
    takeroot_assets::url(name)
}

/// A number as templates hand it over: by value or behind references.
pub trait Count {
    /// The number.
    fn count(&self) -> i64;
}

macro_rules! counts {
    ($($type:ty),+) => { $(
        impl Count for $type {
            fn count(&self) -> i64 { i64::try_from(*self).unwrap_or(i64::MAX) }
        }
    )+ };
}
counts!(i64, i32, u8, u16, u32, u64, usize);

impl<T: Count + ?Sized> Count for &T {
    fn count(&self) -> i64 {
        (**self).count()
    }
}

/// A number with its thousands apart: `10,842`.
pub fn grouped(number: impl Count) -> String {
    let number = number.count();
    let digits = number.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        out.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A part of a whole as text with one decimal: `7.8%`; empty when there is no whole.
pub fn percent(part: impl Count, of: impl Count) -> String {
    let (part, of) = (part.count(), of.count());
    if of <= 0 {
        return String::new();
    }
    let tenths = (part.saturating_mul(1000) + of / 2) / of;
    format!("{}.{}%", tenths / 10, (tenths % 10).abs())
}

/// The address of a place with a query, its values encoded; empty values are left out.
pub fn address(place: &str, query: &[(&str, &str)]) -> String {
    let mut out = place.to_owned();
    for (name, value) in query.iter().filter(|q| !q.1.is_empty()) {
        out.push(if out.contains('?') { '&' } else { '?' });
        out.push_str(name);
        out.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.~:".contains(&byte) {
                out.push(char::from(byte));
            } else {
                use std::fmt::Write as _;
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// A tab of a row of tabs (`m::tabs`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// What it says.
    pub name: String,
    /// Where it leads.
    pub href: String,
    /// It is the one that is shown.
    pub here: bool,
}

/// Pages of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pager {
    /// How many there are.
    pub total: i64,
    /// How many on a page.
    pub per: i64,
    /// This page, from 1.
    pub page: i64,
    /// Address of the list with its query, without the page.
    pub place: String,
}

impl Pager {
    /// Pages of a list; a page that is not there becomes the nearest that is.
    pub fn new(total: i64, per: i64, page: i64, place: impl Into<String>) -> Pager {
        let mut pager = Pager { total: total.max(0), per: per.max(1), page: 1, place: place.into() };
        pager.page = page.clamp(1, pager.pages());
        pager
    }

    /// How many pages there are, at least one.
    pub fn pages(&self) -> i64 {
        (self.total.saturating_add(self.per - 1) / self.per).max(1)
    }

    /// Number of the first on this page, from 1; 0 when there is none.
    pub fn first(&self) -> i64 {
        if self.total == 0 { 0 } else { (self.page - 1) * self.per + 1 }
    }

    /// Number of the last on this page.
    pub fn last(&self) -> i64 {
        (self.page * self.per).min(self.total)
    }

    /// How many stand before this page.
    pub fn skip(&self) -> i64 {
        (self.page - 1) * self.per
    }

    /// The address of a page.
    pub fn href(&self, page: impl Count) -> String {
        address(&self.place, &[("page", &page.count().to_string())])
    }

    /// The pages that are shown: first, last, those around this one; 0 stands for those left out.
    pub fn shown(&self) -> Vec<i64> {
        let pages = self.pages();
        let mut shown: Vec<i64> = Vec::new();
        for n in (1..=pages).filter(|n| *n == 1 || *n == pages || (n - self.page).abs() <= 2) {
            if shown.last().is_some_and(|last| last + 1 < n) {
                shown.push(0);
            }
            shown.push(n);
        }
        shown
    }
}

/// One row of numbers of a chart.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// A number for each category.
    pub values: Vec<i64>,
    /// The list behind each number; empty when there is none.
    pub links: Vec<String>,
    /// Series of the same stack stand on one another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stack: Option<&'static str>,
    /// Which of the six colours, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colour: Option<u8>,
}

/// A chart of bars: a picture where there is a script, and always the table that says the same (`m::chart`).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Chart {
    /// What the categories are: the head of the table's first column.
    #[serde(skip)]
    pub of: String,
    /// What the chart shows, in a sentence.
    #[serde(skip)]
    pub caption: String,
    /// The table is open from the start.
    #[serde(skip)]
    pub open: bool,
    /// Names along the axis.
    pub categories: Vec<String>,
    /// The numbers.
    pub series: Vec<Series>,
    /// Bars lie.
    pub sideways: bool,
    /// The first series goes left: a pyramid.
    pub mirror: bool,
    /// Only names that this number divides are written along the axis.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub every: Option<u8>,
    /// First and last category of a band that is marked; the caption says what it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band: Option<(String, String)>,
    /// What is counted, after a number: ` 人`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unit: String,
}

/// A cell of a table: of a chart's, of a count with the list behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// The list behind it, or empty.
    pub href: String,
}

/// A row of a chart's table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// Its category.
    pub name: String,
    /// A number of each series.
    pub cells: Vec<Cell>,
}

impl Chart {
    /// What the script reads.
    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Rows of the table that says the same.
    pub fn rows(&self) -> Vec<TableRow> {
        let row = |(at, name): (usize, &String)| TableRow {
            name: name.clone(),
            cells: self
                .series
                .iter()
                .map(|s| Cell {
                    text: s.values.get(at).map(|v| grouped(*v)).unwrap_or_default(),
                    href: s.links.get(at).cloned().unwrap_or_default(),
                })
                .collect(),
        };
        self.categories.iter().enumerate().map(row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_shared() {
        assert_eq!(
            [0_i64, 999, 1_000, 10_842, -1_234_567].map(grouped),
            ["0", "999", "1,000", "10,842", "-1,234,567"]
        );
        assert_eq!(percent(842_i64, 10_842_i64), "7.8%");
        assert_eq!(percent(1_i64, 0_i64), "");
    }

    #[test]
    fn an_address_carries_chinese_and_leaves_out_what_is_empty() {
        assert_eq!(
            address("/roster", &[("q", "张 三"), ("organ", ""), ("page", "2")]),
            "/roster?q=%E5%BC%A0%20%E4%B8%89&page=2"
        );
    }

    #[test]
    fn a_pager_shows_the_ends_and_what_is_near() {
        let pager = Pager::new(10_000, 50, 9, "/roster?organ=1");
        assert_eq!(pager.shown(), [1, 0, 7, 8, 9, 10, 11, 0, 200]);
        assert_eq!((pager.first(), pager.last(), pager.skip()), (401, 450, 400));
        assert_eq!(pager.href(10), "/roster?organ=1&page=10");
        let none = Pager::new(0, 50, 7, "/roster");
        assert_eq!((none.page, none.pages(), none.first(), none.last()), (1, 1, 0, 0));
    }
}
