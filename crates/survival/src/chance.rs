//! Random numbers by name: the same seed, purpose and place give the same number, whatever the order or the threads.

use rand_philox::philox4x32_10;

/// A source of numbers; it keeps no state.
#[derive(Clone, Copy, Debug)]
pub struct Chance {
    key: [u32; 2],
}

/// What a number is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Whether a person leaves in a period, and how.
    Leave = 1,
    /// The coefficients of a draw.
    Coefficient = 2,
    /// How a year differs.
    Year = 3,
}

impl Chance {
    /// Of a seed.
    pub const fn new(seed: u64) -> Chance {
        Chance { key: [seed as u32, (seed >> 32) as u32] }
    }

    /// Two numbers in 0 to 1, neither 0 nor 1.
    pub fn two(self, purpose: Purpose, draw: u32, a: u32, b: u32) -> (f64, f64) {
        let [p, q, r, s] = philox4x32_10([a, b, draw, purpose as u32], self.key);
        (unit(p, q), unit(r, s))
    }

    /// A number in 0 to 1.
    pub fn one(self, purpose: Purpose, draw: u32, a: u32, b: u32) -> f64 {
        self.two(purpose, draw, a, b).0
    }

    /// A standard normal number (Box and Muller).
    pub fn normal(self, purpose: Purpose, draw: u32, a: u32, b: u32) -> f64 {
        let (u, v) = self.two(purpose, draw, a, b);
        (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
    }
}

fn unit(high: u32, low: u32) -> f64 {
    let bits = (u64::from(high) << 32 | u64::from(low)) >> 11;
    (bits as f64 + 0.5) / (1u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_even_and_named() {
        let chance = Chance::new(7);
        assert_eq!(chance.one(Purpose::Leave, 1, 2, 3), Chance::new(7).one(Purpose::Leave, 1, 2, 3));
        assert_ne!(chance.one(Purpose::Leave, 1, 2, 3), chance.one(Purpose::Year, 1, 2, 3));
        let n = 20_000;
        let mean: f64 = (0..n).map(|i| chance.one(Purpose::Leave, 0, i, 0)).sum::<f64>() / f64::from(n);
        assert!((mean - 0.5).abs() < 0.01, "{mean}");
        let square: f64 =
            (0..n).map(|i| chance.normal(Purpose::Year, 0, i, 0).powi(2)).sum::<f64>() / f64::from(n);
        assert!((square - 1.0).abs() < 0.05, "{square}");
    }
}
