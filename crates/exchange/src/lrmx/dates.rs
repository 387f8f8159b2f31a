//! Dates as forms write them: `199001`, `1990.01`, `1990年1月`, `19900115`, full-width digits, a year alone.

use takeroot_civil::Day;

/// A month, or only a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// Year.
    pub year: u16,
    /// Month, 1 to 12, if it is known.
    pub month: Option<u8>,
}

impl Month {
    /// Its first day.
    pub fn first_day(self) -> Option<Day> {
        Day::first_of(self.year, self.month.unwrap_or(1))
    }

    /// The month of a day.
    pub fn of(day: Day) -> Month {
        let real = day.real();
        Month { year: real.year(), month: Some(real.month()) }
    }

    /// As it stands in a résumé, always seven characters wide.
    pub fn seven(self) -> String {
        match self.month {
            Some(month) => format!("{:04}.{month:02}", self.year),
            None => format!("{:04}   ", self.year),
        }
    }
}

/// Full-width digits, points and blanks made ordinary.
pub fn narrow(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '．' | '。' => '.',
        '／' => '/',
        '\u{3000}' | '\u{A0}' | '\u{FEFF}' => ' ',
        '（' => '(',
        '）' => ')',
        _ => c,
    }
}

/// A date of a form: a day where it states one, else the first of the month. Nothing but a date may stand there.
pub fn form_date(text: &str) -> Option<Day> {
    let text: String = text.chars().map(narrow).filter(|c| !c.is_whitespace()).collect();
    let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).collect();
    if !text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '/' | '年' | '月' | '日')) {
        return None;
    }
    let number = |s: &str| s.parse::<u16>().ok();
    let small = |s: &str| s.parse::<u8>().ok();
    match parts.as_slice() {
        [all] if all.len() == 6 => Day::first_of(number(all.get(..4)?)?, small(all.get(4..)?)?),
        [all] if all.len() == 8 => {
            Day::new(number(all.get(..4)?)?, small(all.get(4..6)?)?, small(all.get(6..)?)?)
        }
        [year, month] if year.len() == 4 && month.len() <= 2 => Day::first_of(number(year)?, small(month)?),
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => {
            Day::new(number(year)?, small(month)?, small(day)?)
        }
        _ => None,
    }
}

/// `yyyyMM`.
pub fn six(day: Day) -> String {
    let day = day.real();
    format!("{:04}{:02}", day.year(), day.month())
}

/// `yyyyMMdd`.
pub fn eight(day: Day) -> String {
    let day = day.real();
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        let day = |y, m, d| Day::new(y, m, d);
        for (text, want) in [
            ("199001", day(1990, 1, 1)),
            ("１９９０．０１", day(1990, 1, 1)),
            ("1990.1", day(1990, 1, 1)),
            ("1990年01月", day(1990, 1, 1)),
            ("19900131", day(1990, 1, 31)),
            ("1990-01-31", day(1990, 1, 31)),
            ("199013", None),
            ("1990", None),
            ("199001；", None),
            ("", None),
            ("九三学社", None),
        ] {
            assert_eq!(form_date(text), want, "{text}");
        }
    }
}
