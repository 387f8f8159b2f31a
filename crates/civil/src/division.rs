//! Division codes, GB/T 2260 (six digits) and its township extension (nine).

use std::fmt;
use std::str::FromStr;

/// A division code of two, four, six or nine digits: province, prefecture, county, township.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DivisionCode {
    digits: u32,
    len: u8,
}

/// Why a text is not a division code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a division code of 2, 4, 6 or 9 digits")]
pub struct NotADivision(pub String);

impl DivisionCode {
    /// The code cut to its first `len` digits (2, 4 or 6); itself when it is not longer.
    pub fn cut(self, len: u8) -> DivisionCode {
        if len >= self.len || !matches!(len, 2 | 4 | 6) {
            return self;
        }
        DivisionCode { digits: self.digits / 10u32.pow(u32::from(self.len - len)), len }
    }

    /// The county it lies in, when it names a county or a township.
    pub fn county(self) -> Option<DivisionCode> {
        (self.len >= 6).then(|| self.cut(6))
    }

    /// How many digits it has.
    pub fn len(self) -> u8 {
        self.len
    }

    /// Never: a code has digits.
    pub fn is_empty(self) -> bool {
        false
    }
}

impl FromStr for DivisionCode {
    type Err = NotADivision;
    fn from_str(text: &str) -> Result<Self, NotADivision> {
        let bad = || NotADivision(text.to_owned());
        if !matches!(text.len(), 2 | 4 | 6 | 9) || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(bad());
        }
        Ok(DivisionCode { digits: text.parse().map_err(|_| bad())?, len: text.len() as u8 })
    }
}

impl fmt::Display for DivisionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:0width$}", self.digits, width = usize::from(self.len))
    }
}

impl serde::Serialize for DivisionCode {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for DivisionCode {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
