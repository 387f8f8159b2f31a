//! Money as integer fen (1 yuan = 100 fen), with rounding that has a name.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

/// An amount in fen. Never a floating-point number.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct Fen(pub i64);

/// What to do with a fraction of a fen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Half a fen and more goes up (away from zero).
    HalfUp,
    /// Any fraction is dropped (towards zero).
    Down,
}

impl Fen {
    /// Nothing.
    pub const ZERO: Fen = Fen(0);

    /// Whole yuan.
    pub const fn yuan(yuan: i64) -> Fen {
        Fen(yuan * 100)
    }

    /// This amount times `num / den`, rounded as named. `den` must not be 0; 0 gives zero.
    pub fn ratio(self, num: i64, den: i64, rounding: Rounding) -> Fen {
        if den == 0 {
            return Fen::ZERO;
        }
        let (mut n, mut d) = (i128::from(self.0) * i128::from(num), i128::from(den));
        if d < 0 {
            (n, d) = (-n, -d);
        }
        let q = match rounding {
            Rounding::Down => n / d,
            Rounding::HalfUp if n >= 0 => (2 * n + d) / (2 * d),
            Rounding::HalfUp => -((2 * -n + d) / (2 * d)),
        };
        Fen(i64::try_from(q).unwrap_or(if q < 0 { i64::MIN } else { i64::MAX }))
    }
}

impl Add for Fen {
    type Output = Fen;
    fn add(self, other: Fen) -> Fen {
        Fen(self.0 + other.0)
    }
}

impl Sub for Fen {
    type Output = Fen;
    fn sub(self, other: Fen) -> Fen {
        Fen(self.0 - other.0)
    }
}

impl Neg for Fen {
    type Output = Fen;
    fn neg(self) -> Fen {
        Fen(-self.0)
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Fen>>(amounts: I) -> Fen {
        amounts.fold(Fen::ZERO, Add::add)
    }
}

impl fmt::Display for Fen {
    /// Yuan with two places: `1234.50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let abs = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        f.pad(&format!("{sign}{}.{:02}", abs / 100, abs % 100))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_does_what_its_name_says() {
        assert_eq!(Fen(5).ratio(1, 2, Rounding::HalfUp), Fen(3));
        assert_eq!(Fen(5).ratio(1, 2, Rounding::Down), Fen(2));
        assert_eq!(Fen(-5).ratio(1, 2, Rounding::HalfUp), Fen(-3));
        assert_eq!(Fen(100).ratio(300, 100, Rounding::HalfUp), Fen(300));
    }

    #[test]
    fn yuan_are_shown_with_two_places() {
        assert_eq!(Fen(123_450).to_string(), "1234.50");
        assert_eq!(Fen(-5).to_string(), "-0.05");
    }
}
