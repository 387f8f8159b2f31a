//! Dates as files write them: whole dates, months, years, in several orders.

use serde::Deserialize;
use takeroot_civil::Day;

/// How much of a date was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// The year alone.
    Year,
    /// Year and month.
    Month,
    /// The whole date.
    Day,
}

/// In which order a date is written. Year first is understood without being named, with any or no separator, in
/// Chinese too, and with a time of day behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// `2010`, `2010-07`, `2010-07-01`, `2010/7/1`, `201007`, `20100701`, `2010.07`, `2010年7月1日`.
    #[default]
    YearFirst,
    /// `01/07/2010`, `1-Jul-2010`, `7/2010`.
    DayFirst,
    /// `07/01/2010`, `Jul 1, 2010`, `7/2010`.
    MonthFirst,
    /// Days as spreadsheets count them: 45658 is 1 January 2025.
    Excel,
}

/// A date as written: its first day, and how much of it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The first day that it can mean.
    pub first: Day,
    /// How much was written.
    pub precision: Precision,
}

impl Written {
    /// The last day that it can mean.
    pub fn last(self) -> Day {
        match self.precision {
            Precision::Day => self.first,
            Precision::Month => self.first.plus_months(1).plus_days(-1),
            Precision::Year => self.first.plus_years(1).plus_days(-1),
        }
    }
}

/// A real day of any year, also before 1900.
pub fn day(year: i32, month: u32, day: u32) -> Option<Day> {
    if !(1000..=2999).contains(&year) {
        return None;
    }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let like: u16 = if leap { 2000 } else { 2001 };
    let near = Day::new(like, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
    Some(near.plus_years(year - i32::from(like)))
}

/// Reads a date; `None` if it is none in that order.
pub fn read(text: &str, order: Order) -> Option<Written> {
    let text = text.trim();
    let whole = |first: Day| Some(Written { first, precision: Precision::Day });
    if order == Order::Excel {
        let days: f64 = text.parse().ok()?;
        let days = days.floor();
        return if (1.0..=2_958_465.0).contains(&days) {
            whole(day(1899, 12, 30)?.plus_days(days as i32))
        } else {
            None
        };
    }
    let parts = parts(text)?;
    let number = |n: usize| parts.get(n).map(|p| p.value);
    let digits = |n: usize| parts.get(n).map_or(0, |p| p.digits);
    match (order, parts.len()) {
        (Order::YearFirst, 1) if digits(0) == 8 => {
            let n = number(0)?;
            whole(day((n / 10_000) as i32, n / 100 % 100, n % 100)?)
        }
        (Order::YearFirst, 1) if digits(0) == 6 => {
            let n = number(0)?;
            Some(Written { first: day((n / 100) as i32, n % 100, 1)?, precision: Precision::Month })
        }
        (_, 1) if digits(0) == 4 => {
            Some(Written { first: day(number(0)? as i32, 1, 1)?, precision: Precision::Year })
        }
        // A year that a program wrote as a broken number: 1995.0.
        (Order::YearFirst, 2) if digits(0) == 4 && number(1)? == 0 => {
            Some(Written { first: day(number(0)? as i32, 1, 1)?, precision: Precision::Year })
        }
        (Order::YearFirst, 2) if digits(0) == 4 => {
            Some(Written { first: day(number(0)? as i32, number(1)?, 1)?, precision: Precision::Month })
        }
        (Order::DayFirst | Order::MonthFirst, 2) if digits(1) == 4 => {
            Some(Written { first: day(number(1)? as i32, number(0)?, 1)?, precision: Precision::Month })
        }
        (Order::YearFirst, 3) if digits(0) == 4 => whole(day(number(0)? as i32, number(1)?, number(2)?)?),
        // A month written as a word says itself which it is.
        (Order::DayFirst | Order::MonthFirst, 3) if digits(2) == 4 => {
            let word = |n: usize| parts.get(n).is_some_and(|p| p.digits == 0);
            let day_first = if word(0) || word(1) { word(1) } else { order == Order::DayFirst };
            let (d, m) = if day_first { (number(0)?, number(1)?) } else { (number(1)?, number(0)?) };
            whole(day(number(2)? as i32, m, d)?)
        }
        _ => None,
    }
}

/// A number of a date, and how many digits it had (0: a month's name).
struct Part {
    value: u32,
    digits: usize,
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The numbers of a date; what follows the third (a time of day) is left aside.
fn parts(text: &str) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() && parts.len() < 3 {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (taken, part) = if digits > 0 {
            let value = rest.get(..digits)?.parse().ok()?;
            (digits, Part { value, digits })
        } else {
            let name = rest.get(..letters)?.to_ascii_lowercase();
            let month = MONTHS.iter().position(|m| letters >= 3 && name.starts_with(m))?;
            (letters, Part { value: month as u32 + 1, digits: 0 })
        };
        parts.push(part);
        rest = rest.get(taken..)?;
        let after = rest.trim_start_matches(['-', '/', '.', ',', ' ', '年', '月', '日']);
        if parts.len() == 3 {
            // Only a time of day may follow.
            return (after.is_empty() || after.len() < rest.len() || rest.starts_with('T')).then_some(parts);
        }
        if after.len() == rest.len() && !rest.is_empty() {
            return None;
        }
        rest = after;
    }
    rest.is_empty().then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, order: Order) -> String {
        match read(text, order) {
            None => "none".into(),
            Some(w) => {
                let d = w.first;
                format!("{}-{}-{} {:?}", d.year(), d.month(), d.day(), w.precision)
            }
        }
    }

    #[test]
    fn dates_as_files_write_them() {
        for (text, order, expected) in [
            ("2010", Order::YearFirst, "2010-1-1 Year"),
            ("1995.0", Order::YearFirst, "1995-1-1 Year"),
            ("2010-07", Order::YearFirst, "2010-7-1 Month"),
            ("2010.7", Order::YearFirst, "2010-7-1 Month"),
            ("201007", Order::YearFirst, "2010-7-1 Month"),
            ("20100731", Order::YearFirst, "2010-7-31 Day"),
            ("2010/7/31", Order::YearFirst, "2010-7-31 Day"),
            ("1887-05-12 00:00:00", Order::YearFirst, "1887-5-12 Day"),
            ("1887-05-12T00:00:00Z", Order::YearFirst, "1887-5-12 Day"),
            ("2010年7月31日", Order::YearFirst, "2010-7-31 Day"),
            ("2010年7月", Order::YearFirst, "2010-7-1 Month"),
            ("31/07/2010", Order::DayFirst, "2010-7-31 Day"),
            ("31-Jul-2010", Order::MonthFirst, "2010-7-31 Day"),
            ("July 31, 2010", Order::DayFirst, "2010-7-31 Day"),
            ("07/31/2010", Order::MonthFirst, "2010-7-31 Day"),
            ("7/2010", Order::DayFirst, "2010-7-1 Month"),
            ("45658", Order::Excel, "2025-1-1 Day"),
            ("1900-02-29", Order::YearFirst, "none"),
            ("2010-13", Order::YearFirst, "none"),
            ("31/07/2010", Order::MonthFirst, "none"),
            ("", Order::YearFirst, "none"),
            ("open", Order::YearFirst, "none"),
            ("12", Order::YearFirst, "none"),
            ("2010-07-31x", Order::YearFirst, "none"),
        ] {
            assert_eq!(said(text, order), expected, "{text}");
        }
    }

    #[test]
    fn a_month_ends_on_its_last_day() {
        let end = |text| read(text, Order::YearFirst).map(|w| w.last().to_string());
        assert_eq!(end("2012-02").as_deref(), Some("2012-02-29"));
        assert_eq!(end("2012").as_deref(), Some("2012-12-31"));
    }
}
