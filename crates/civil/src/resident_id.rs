//! The resident identity number, GB 11643: six digits of area, eight of birth, three of order, one check digit.

use std::fmt;

use crate::{Day, Sex};

/// An 18-character resident identity number whose birth date and check digit are right.
///
/// `Debug` masks it, so that it cannot reach a log by accident; `Display` shows it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResidentId(String);

/// What is wrong with an identity number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResidentIdFault {
    /// Not 18 characters.
    #[error("it has {0} characters, not 18")]
    Length(usize),
    /// A character that is not a digit (only the last may be X).
    #[error("character {0} is not a digit")]
    NotDigit(usize),
    /// Digits 7 to 14 are not a day.
    #[error("digits 7 to 14 are not a date of birth")]
    Birth,
    /// The check character is wrong; the right one is given.
    #[error("the check character should be {0}")]
    Check(char),
}

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

impl ResidentId {
    /// Reads a number, spaces around it and a lower-case x allowed.
    ///
    /// # Errors
    /// The first thing that is wrong with it, see [`ResidentIdFault`].
    pub fn parse(text: &str) -> Result<ResidentId, ResidentIdFault> {
        let text = text.trim().to_ascii_uppercase();
        let chars: Vec<char> = text.chars().collect();
        if chars.len() != 18 {
            return Err(ResidentIdFault::Length(chars.len()));
        }
        if let Some(at) = chars[..17].iter().position(|c| !c.is_ascii_digit()) {
            return Err(ResidentIdFault::NotDigit(at + 1));
        }
        if !chars[17].is_ascii_digit() && chars[17] != 'X' {
            return Err(ResidentIdFault::NotDigit(18));
        }
        let id = ResidentId(text);
        if id.birth_checked().is_none() {
            return Err(ResidentIdFault::Birth);
        }
        let right = check_character(&id.0[..17]).ok_or(ResidentIdFault::Birth)?;
        if right != chars[17] {
            return Err(ResidentIdFault::Check(right));
        }
        Ok(id)
    }

    /// The number.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn birth_checked(&self) -> Option<Day> {
        let n = |r: std::ops::Range<usize>| self.0.get(r)?.parse::<u16>().ok();
        Day::new(n(6..10)?, n(10..12)? as u8, n(12..14)? as u8)
    }

    /// The day of birth that it states.
    pub fn birth(&self) -> Day {
        self.birth_checked().unwrap_or(Day::EARLIEST)
    }

    /// The sex that it states: the 17th digit is odd for men.
    pub fn sex(&self) -> Sex {
        if self.0.as_bytes()[16] % 2 == 1 { Sex::Male } else { Sex::Female }
    }
}

/// The check character of 17 digits; `None` if they are not 17 digits.
pub fn check_character(digits: &str) -> Option<char> {
    if digits.len() != 17 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let sum: u32 = digits.bytes().zip(WEIGHTS).map(|(b, w)| u32::from(b - b'0') * w).sum();
    Some(CHECKS[(sum % 11) as usize])
}

impl fmt::Display for ResidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ResidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ResidentId({}…)", &self.0[..6])
    }
}

impl serde::Serialize for ResidentId {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for ResidentId {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
        ResidentId::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_number_gives_birth_and_sex() {
        // The example number printed in the standard itself.
        let id = ResidentId::parse("11010519491231002x").expect("the standard's example");
        assert_eq!(id.birth().to_string(), "1949-12-31");
        assert_eq!(id.sex(), Sex::Female);
    }

    #[test]
    fn each_fault_is_named() {
        assert_eq!(ResidentId::parse("1101051949123100"), Err(ResidentIdFault::Length(16)));
        assert_eq!(ResidentId::parse("11010519491231002O"), Err(ResidentIdFault::NotDigit(18)));
        assert_eq!(ResidentId::parse("11O10519491231002X"), Err(ResidentIdFault::NotDigit(3)));
        assert_eq!(ResidentId::parse("11010519491331002X"), Err(ResidentIdFault::Birth));
        assert_eq!(ResidentId::parse("110105194912310021"), Err(ResidentIdFault::Check('X')));
    }
}
