//! Dates as offices write them, all in one column: `2020.01`, `202001`, `2020-01-22`, `2020/1/22`, `2020年1月`,
//! `20200122`, Excel dates, and numbers that were meant as one of these.

use takeroot_civil::Day;

/// A date as read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// The day; the first of the month where only the month is given.
    pub day: Day,
    /// Whether the day was given, not only the month.
    pub exact: bool,
}

/// Why a cell is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotADate {
    /// Written as one, but there is no such day (or not between 1900 and 2199).
    Impossible,
    /// Not written as one.
    Unreadable,
    /// A number such as 2020.1, which Excel keeps for both 2020.1 and 2020.10.
    Ambiguous,
}

/// How the months of a column of numbers are written, for reading `2020.1`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Months {
    /// Some number has two places for a month below ten: 2020.01.
    pub padded: bool,
    /// Some number has one place for a month from two to nine: 2020.3.
    pub unpadded: bool,
}

impl Months {
    /// Takes note of a number of the column.
    pub fn note(&mut self, n: f64) {
        if !(1900.0..2200.0).contains(&n) {
            return;
        }
        let hundredths = ((n - n.floor()) * 100.0).round() as u32;
        match hundredths {
            1..=9 => self.padded = true,
            20 | 30 | 40 | 50 | 60 | 70 | 80 | 90 => self.unpadded = true,
            _ => {}
        }
    }
}

const EPOCH: i32 = 25_569;

/// The day of an Excel serial number, 1900 epoch.
pub fn from_serial(serial: f64) -> Option<Day> {
    if !(1.0..110_000.0).contains(&serial) {
        return None;
    }
    let whole = serial.floor() as i32;
    // Excel believes that there was a 29 February 1900, number 60.
    let whole = match whole {
        60 => return None,
        n if n < 60 => n + 1,
        n => n,
    };
    Some(Day::from_epoch_days(whole - EPOCH)).filter(|d| *d >= Day::EARLIEST && *d <= Day::LATEST)
}

/// The Excel serial number of a day, 1900 epoch.
pub fn to_serial(day: Day) -> f64 {
    let n = day.epoch_days() + EPOCH;
    f64::from(if n <= 60 { n - 1 } else { n })
}

/// A date that was typed as a number.
pub fn from_number(n: f64, months: Months) -> Result<Read, NotADate> {
    if n.fract() == 0.0 {
        let whole = n as i64;
        return match whole {
            19_000_000..=21_999_999 => ymd(whole / 10_000, whole / 100 % 100, Some(whole % 100)),
            190_000..=219_999 => ymd(whole / 100, whole % 100, None),
            // A date whose cell lost its date format. Before 1927 nobody in a roster was born.
            10_000..=109_574 => {
                from_serial(n).map(|day| Read { day, exact: true }).ok_or(NotADate::Impossible)
            }
            _ => Err(NotADate::Unreadable),
        };
    }
    if !(1900.0..2200.0).contains(&n) {
        return Err(NotADate::Unreadable);
    }
    let year = n.floor() as i64;
    let places = (n - n.floor()) * 100.0;
    if (places - places.round()).abs() > 1e-6 {
        return from_text(&format!("{n}"));
    }
    let month = match places.round() as i64 {
        10 if months.padded && !months.unpadded => 10,
        10 => return Err(NotADate::Ambiguous),
        tens @ (20 | 30 | 40 | 50 | 60 | 70 | 80 | 90) => tens / 10,
        month => month,
    };
    ymd(year, month, None)
}

fn ymd(year: i64, month: i64, day: Option<i64>) -> Result<Read, NotADate> {
    let (Ok(y), Ok(m)) = (u16::try_from(year), u8::try_from(month)) else {
        return Err(NotADate::Impossible);
    };
    let d = match day {
        Some(d) => u8::try_from(d).map_err(|_| NotADate::Impossible)?,
        None => 1,
    };
    Day::new(y, m, d).map(|at| Read { day: at, exact: day.is_some() }).ok_or(NotADate::Impossible)
}

/// A date written as text.
pub fn from_text(text: &str) -> Result<Read, NotADate> {
    // The common case, and what we write ourselves.
    if let Ok(day) = text.parse::<Day>() {
        return Ok(Read { day, exact: true });
    }
    let mut parts = [0i64; 3];
    let mut widths = [0usize; 3];
    let mut at = 0;
    let mut in_number = false;
    let mut ended = false;
    for c in text.trim().chars() {
        let c = fold(c);
        match c {
            '0'..='9' if !ended => {
                if !in_number {
                    if widths[0] > 0 {
                        at += 1;
                    }
                    in_number = true;
                }
                let (Some(part), Some(width)) = (parts.get_mut(at), widths.get_mut(at)) else {
                    return Err(NotADate::Unreadable);
                };
                *width += 1;
                if *width > 8 {
                    return Err(NotADate::Unreadable);
                }
                *part = *part * 10 + i64::from(u32::from(c) - u32::from('0'));
            }
            // A time of day after the date, or a remark in brackets such as (38岁), is not part of it.
            'T' | ' ' if widths[2] > 0 => ended = true,
            '(' if widths[0] > 0 => ended = true,
            '.' | '-' | '/' | '年' | '月' | '日' | '、' | ',' | '。' | '·' | '号'
                if widths[0] > 0 && !ended =>
            {
                in_number = false;
            }
            c if c.is_whitespace() && !ended => {
                // Spaces around separators; between digits they separate nothing.
                if in_number && widths[0] >= 4 {
                    in_number = false;
                }
            }
            _ if ended => {}
            _ => return Err(NotADate::Unreadable),
        }
    }
    match (widths[0], widths[1], widths[2]) {
        (8, 0, 0) => ymd(parts[0] / 10_000, parts[0] / 100 % 100, Some(parts[0] % 100)),
        (6, 0, 0) => ymd(parts[0] / 100, parts[0] % 100, None),
        (4, 1 | 2, 0) => ymd(parts[0], parts[1], None),
        (4, 4, 0) => ymd(parts[0], parts[1] / 100, Some(parts[1] % 100)),
        (4, 1 | 2, 1 | 2) => ymd(parts[0], parts[1], Some(parts[2])),
        (6, 1 | 2, 0) => ymd(parts[0] / 100, parts[0] % 100, Some(parts[1])),
        _ => Err(NotADate::Unreadable),
    }
}

/// Full-width forms to half-width, odd dashes to a hyphen.
fn fold(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '—' | '–' | '―' | '−' | '‐' => '-',
        '\u{3000}' => ' ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(read: Result<Read, NotADate>) -> String {
        match read {
            Ok(Read { day, exact: true }) => day.to_string(),
            Ok(Read { day, exact: false }) => day.to_string()[..7].to_owned(),
            Err(why) => format!("{why:?}"),
        }
    }

    #[test]
    fn every_spelling() {
        for (text, want) in [
            ("2020.01", "2020-01"),
            ("2020.1", "2020-01"),
            ("2020.10", "2020-10"),
            ("202001", "2020-01"),
            ("2020-01-22", "2020-01-22"),
            ("2020/1/22", "2020-01-22"),
            ("2020年1月", "2020-01"),
            ("2020年1月22日", "2020-01-22"),
            ("20200122", "2020-01-22"),
            ("2020-1", "2020-01"),
            ("２０２０．０１", "2020-01"),
            ("2020. 01", "2020-01"),
            ("2020.01.", "2020-01"),
            ("1985.03（38岁）", "1985-03"),
            ("2020-01-22 00:00:00", "2020-01-22"),
            ("2020-01-22T00:00:00", "2020-01-22"),
            ("2020.0122", "2020-01-22"),
            ("2020.13", "Impossible"),
            ("2021-02-29", "Impossible"),
            ("20200230", "Impossible"),
            ("1899.12", "Impossible"),
            ("2020", "Unreadable"),
            ("不详", "Unreadable"),
            ("中共党员", "Unreadable"),
            ("20.1.5", "Unreadable"),
            ("", "Unreadable"),
            ("123456789", "Unreadable"),
        ] {
            assert_eq!(shown(from_text(text)), want, "{text}");
        }
    }

    #[test]
    fn numbers_that_were_meant_as_dates() {
        let plain = Months::default();
        let padded = Months { padded: true, unpadded: false };
        for (n, months, want) in [
            (2020.01, plain, "2020-01"),
            (2020.12, plain, "2020-12"),
            (2020.3, plain, "2020-03"),
            (2020.1, plain, "Ambiguous"),
            (2020.1, padded, "2020-10"),
            (202_001.0, plain, "2020-01"),
            (20_200_122.0, plain, "2020-01-22"),
            (43_831.0, plain, "2020-01-01"),
            (2020.13, plain, "Impossible"),
            (2020.0, plain, "Unreadable"),
            (5.5, plain, "Unreadable"),
            (f64::NAN, plain, "Unreadable"),
        ] {
            assert_eq!(shown(from_number(n, months)), want, "{n}");
        }
    }

    proptest! {
        #[test]
        fn serials_there_and_back(n in -25_567i32..80_000) {
            let day = Day::from_epoch_days(n);
            prop_assert_eq!(from_serial(to_serial(day)), Some(day));
        }

        #[test]
        fn nothing_panics(text in "\\PC{0,20}", n in any::<f64>()) {
            let _ = from_text(&text);
            let _ = from_number(n, Months::default());
            let _ = from_serial(n);
        }
    }
}
