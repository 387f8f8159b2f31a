//! Days, and how personnel work counts years and months.
//!
//! A [`Day`] is packed as `year << 9 | month << 5 | day`: order is date order, and *n full years* is an
//! addition, with no calendar arithmetic where millions of people are checked. "Two full years" (满两年) of
//! service begun on 29 February end when the calendar has passed the day of that number, so arithmetic may
//! give a *nominal* day such as 30 February; it sorts where it should, and [`Day::real`] is the first real day
//! not before it, which is what people are told.

use std::fmt;
use std::str::FromStr;

/// A calendar day, or a nominal day that arithmetic reached (see the module).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(u32);

/// Why a text is not a day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a day written as YYYY-MM-DD")]
pub struct NotADay(pub String);

impl Day {
    /// The earliest day that the product accepts in a file, 1 January 1900.
    pub const EARLIEST: Day = Day::pack(1900, 1, 1);
    /// The latest day that the product accepts in a file, 31 December 2199.
    pub const LATEST: Day = Day::pack(2199, 12, 31);

    const fn pack(year: u32, month: u32, day: u32) -> Day {
        Day(year << 9 | month << 5 | day)
    }

    /// A real day between 1900 and 2199; `None` for anything else, 30 February included.
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Day> {
        if year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 {
            return None;
        }
        if day > days_in_month(year, month) {
            return None;
        }
        Some(Day::pack(year as u32, month as u32, day as u32))
    }

    /// The first day of a month.
    pub const fn first_of(year: u16, month: u8) -> Option<Day> {
        Day::new(year, month, 1)
    }

    /// 1 January of a year, for years 1900 to 2199; years outside are brought to the nearest one inside.
    pub const fn new_year(year: u16) -> Day {
        let year = if year < 1900 {
            1900
        } else if year > 2199 {
            2199
        } else {
            year
        };
        Day::pack(year as u32, 1, 1)
    }

    /// 31 December of a year, brought into 1900 to 2199 likewise.
    pub const fn year_end(year: u16) -> Day {
        let year = if year < 1900 {
            1900
        } else if year > 2199 {
            2199
        } else {
            year
        };
        Day::pack(year as u32, 12, 31)
    }

    /// The packed number: order is date order.
    #[inline]
    pub const fn packed(self) -> u32 {
        self.0
    }

    /// The day of a packed number that [`Day::packed`] gave; `None` if its month or day is impossible.
    pub const fn from_packed(packed: u32) -> Option<Day> {
        let (month, day) = ((packed >> 5) & 15, packed & 31);
        if month < 1 || month > 12 || day < 1 { None } else { Some(Day(packed)) }
    }

    /// Year.
    #[inline]
    pub const fn year(self) -> u16 {
        (self.0 >> 9) as u16
    }

    /// Month, 1 to 12.
    #[inline]
    pub const fn month(self) -> u8 {
        ((self.0 >> 5) & 15) as u8
    }

    /// Day of the month, 1 to 31.
    #[inline]
    pub const fn day(self) -> u8 {
        (self.0 & 31) as u8
    }

    /// The same day of the month `n` full years later (earlier if negative). May be nominal.
    #[inline]
    pub const fn plus_years(self, n: i32) -> Day {
        Day(self.0.wrapping_add((n << 9) as u32))
    }

    /// The same day of the month `n` full months later (earlier if negative). May be nominal.
    #[inline]
    pub const fn plus_months(self, n: i32) -> Day {
        let months = self.month_number() + n;
        Day::pack((months.div_euclid(12)) as u32, (months.rem_euclid(12) + 1) as u32, self.0 & 31)
    }

    /// Months since year 0: `year * 12 + month - 1`.
    #[inline]
    pub const fn month_number(self) -> i32 {
        self.year() as i32 * 12 + self.month() as i32 - 1
    }

    /// Full calendar months from `earlier` to this day; negative when this day is before it.
    ///
    /// A month is full on the day of the same number: from 15 January, one month is full on 15 February.
    #[inline]
    pub const fn months_since(self, earlier: Day) -> i32 {
        let months = self.month_number() - earlier.month_number();
        months - (self.day() < earlier.day()) as i32
    }

    /// Full calendar years from `earlier` to this day.
    #[inline]
    pub const fn years_since(self, earlier: Day) -> i32 {
        self.months_since(earlier).div_euclid(12)
    }

    /// The first real day not before this one: a nominal 30 February becomes 1 March.
    pub const fn real(self) -> Day {
        if self.day() <= days_in_month(self.year(), self.month()) {
            return self;
        }
        let next = self.plus_months(1);
        Day(next.0 & !31 | 1)
    }

    /// Days since 1 January 1970 (of the real day).
    pub const fn epoch_days(self) -> i32 {
        let real = self.real();
        // Days from the civil calendar (Howard Hinnant's public-domain algorithm).
        let (m, d) = (real.month() as i32, real.day() as i32);
        let y = real.year() as i32 - (m <= 2) as i32;
        let era = y.div_euclid(400);
        let yoe = y - era * 400;
        let doy = (153 * (m + if m > 2 { -3 } else { 9 }) + 2) / 5 + d - 1;
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
        era * 146_097 + doe - 719_468
    }

    /// The day this many days after 1 January 1970.
    pub const fn from_epoch_days(days: i32) -> Day {
        let z = days + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z - era * 146_097;
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let d = doy - (153 * mp + 2) / 5 + 1;
        let m = if mp < 10 { mp + 3 } else { mp - 9 };
        let y = yoe + era * 400 + (m <= 2) as i32;
        Day::pack(y as u32, m as u32, d as u32)
    }

    /// The real day `n` days later (earlier if negative).
    pub const fn plus_days(self, n: i32) -> Day {
        Day::from_epoch_days(self.epoch_days() + n)
    }

    /// Days from `earlier` to this day.
    pub const fn days_since(self, earlier: Day) -> i32 {
        self.epoch_days() - earlier.epoch_days()
    }

    /// Day of the week: 1 Monday to 7 Sunday.
    pub const fn weekday(self) -> u8 {
        ((self.epoch_days() + 3).rem_euclid(7) + 1) as u8
    }
}

/// Days in a month of the Gregorian calendar.
pub const fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400) => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Day {
    /// `YYYY-MM-DD` of the real day.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let real = self.real();
        write!(f, "{:04}-{:02}-{:02}", real.year(), real.month(), real.day())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Day, NotADay> {
        let bad = || NotADay(text.to_owned());
        let b = text.as_bytes();
        if b.len() != 10 || b[4] != b'-' || b[7] != b'-' {
            return Err(bad());
        }
        let number = |s: &str| -> Option<u16> {
            s.bytes().all(|c| c.is_ascii_digit()).then(|| s.parse().ok()).flatten()
        };
        let part = |from, to| text.get(from..to).and_then(number);
        match (part(0, 4), part(5, 7), part(8, 10)) {
            (Some(y), Some(m), Some(d)) => Day::new(y, m as u8, d as u8).ok_or_else(bad),
            _ => Err(bad()),
        }
    }
}

impl serde::Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Day, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Days from `from` until before `to`; open when `to` is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// First day.
    pub from: Day,
    /// First day after it, if it has ended.
    pub to: Option<Day>,
}

impl Span {
    /// Whether the day lies in it.
    pub fn contains(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }

    /// The part of it that lies before `day`; `None` if it starts on that day or later.
    pub fn until(&self, day: Day) -> Option<(Day, Day)> {
        let to = self.to.map_or(day, |to| to.min(day));
        (self.from < to).then_some((self.from, to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn a_year_from_29_february_is_full_on_1_march() {
        let end = day("2020-02-29").plus_years(1);
        assert!(day("2021-02-28") < end && end < day("2021-03-01"));
        assert_eq!(end.real(), day("2021-03-01"));
    }

    #[test]
    fn months_are_full_on_the_day_of_the_same_number() {
        assert_eq!(day("2021-02-14").months_since(day("2021-01-15")), 0);
        assert_eq!(day("2021-02-15").months_since(day("2021-01-15")), 1);
        assert_eq!(day("2021-02-28").months_since(day("2021-01-31")), 0);
        assert_eq!(day("2021-03-01").months_since(day("2021-01-31")), 1);
        assert_eq!(day("2021-01-31").plus_months(1).real(), day("2021-03-01"));
    }

    #[test]
    fn weekdays_are_right() {
        assert_eq!(day("2026-11-23").weekday(), 1);
        assert_eq!(day("2000-01-01").weekday(), 6);
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "2020-2-1", "2020-02-30", "2020/02/01", "20200201", "２020-02-01", "2020-02-0é"] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn epoch_days_there_and_back(n in -25_000i32..80_000) {
            let d = Day::from_epoch_days(n);
            prop_assert_eq!(d.epoch_days(), n);
            prop_assert_eq!(d.plus_days(1).days_since(d), 1);
            prop_assert!(d < d.plus_days(1));
            prop_assert_eq!(d.to_string().parse::<Day>(), Ok(d));
        }

        #[test]
        fn adding_months_makes_exactly_that_many_full(n in -5_000i32..60_000, m in 0i32..600) {
            let d = Day::from_epoch_days(n);
            let later = d.plus_months(m);
            prop_assert_eq!(later.months_since(d), m);
            prop_assert_eq!(later.real().months_since(d), m);
            prop_assert!(later.real().plus_days(-1).months_since(d) < m || m == 0);
        }
    }
}
