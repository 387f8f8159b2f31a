//! Keyed luck: every draw is a function of seed, county, person, purpose and ordinal, and of nothing else.
//!
//! There is no stream that one person's draws could shift for another, so a person is the same in every order of
//! making, on any number of threads, and in a smaller county of the same seed.

use rand_philox::philox4x32_10;

/// What a draw is for. Numbers are part of what a seed means: append, never renumber.
#[derive(Clone, Copy, Debug)]
#[repr(u32)]
#[allow(missing_docs, reason = "each name says what it is for")]
pub enum For {
    CountySize = 1,
    CountyName,
    TownName,
    TownSize,
    Band,
    Vacancy,
    SeatDay,
    Home,
    Sex,
    Age,
    BirthDay,
    Local,
    Schooling,
    Channel,
    Gap,
    EntryDay,
    Began,
    Moved,
    LaterStudy,
    School,
    Major,
    Party,
    Name,
    Ethnic,
    Order,
    Habit,
    Grade,
    Measure,
    Grant,
    Round,
    Second,
    Leave,
    Family,
    Training,
    Reason,
    EndDay,
    Mistake,
    FormerPost,
    Paper,
    Work,
    StepDown,
    Bound,
    Cancelled,
    Reward,
    Rank2006,
}

/// The dice of one person (or of a county or a seat, under a number that no person has).
#[derive(Clone, Copy, Debug)]
pub struct Dice {
    key: [u32; 2],
    county: u32,
    who: u32,
}

impl Dice {
    /// Of the county itself.
    pub const COUNTY: u32 = u32::MAX;

    /// Of the seat with this number.
    pub const fn seat(n: u32) -> u32 {
        0x8000_0000 | n
    }

    /// The dice for one bearer.
    pub const fn new(seed: u64, county: u32, who: u32) -> Dice {
        Dice { key: [seed as u32, (seed >> 32) as u32], county, who }
    }

    /// The dice of another bearer of the same county.
    pub const fn of(self, who: u32) -> Dice {
        Dice { who, ..self }
    }

    /// A word.
    #[inline]
    pub fn word(&self, purpose: For, n: u32) -> u32 {
        philox4x32_10([self.county, self.who, purpose as u32, n], self.key)[0]
    }

    /// A number from 0 and below 1.
    #[inline]
    pub fn unit(&self, purpose: For, n: u32) -> f64 {
        f64::from(self.word(purpose, n)) / 4_294_967_296.0
    }

    /// True with this chance.
    #[inline]
    pub fn chance(&self, p: f64, purpose: For, n: u32) -> bool {
        self.unit(purpose, n) < p
    }

    /// A number below `below` (0 when it is 0).
    #[inline]
    pub fn below(&self, below: u32, purpose: For, n: u32) -> u32 {
        ((u64::from(self.word(purpose, n)) * u64::from(below)) >> 32) as u32
    }

    /// A number from `from` to `to`, both possible.
    #[inline]
    pub fn between(&self, from: i32, to: i32, purpose: For, n: u32) -> i32 {
        from + self.below((to - from + 1).max(1) as u32, purpose, n) as i32
    }

    /// A position, drawn by weight; the last one where the weights sum to nothing.
    pub fn pick(&self, weights: impl Iterator<Item = u32> + Clone, purpose: For, n: u32) -> usize {
        let sum: u32 = weights.clone().sum();
        let mut at = self.below(sum, purpose, n);
        let mut last = 0;
        for (i, weight) in weights.enumerate() {
            if at < weight {
                return i;
            }
            at -= weight;
            last = i;
        }
        last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_stay_in_range_and_differ_by_key() {
        let dice = Dice::new(1, 0, 7);
        assert!((0..1000).all(|n| (3..=5).contains(&dice.between(3, 5, For::Age, n))));
        assert!((0..1000).all(|n| dice.pick([0, 2, 0].into_iter(), For::Age, n) == 1));
        assert_ne!(dice.word(For::Age, 0), dice.word(For::Sex, 0));
        assert_ne!(dice.word(For::Age, 0), Dice::new(2, 0, 7).word(For::Age, 0));
    }
}
