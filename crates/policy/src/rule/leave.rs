//! Rules of annual leave.

use super::rule_structs;

rule_structs! {
    /// Annual leave by years of work.
    AnnualLeave {
        /// Full years of continuous work before the first leave.
        after_years: u8,
        /// The bands, from the shortest.
        bands: Vec<LeaveBand>,
    }

    /// A band of annual leave.
    LeaveBand {
        /// From so many full years of work.
        from_years: u8,
        /// Working days a year.
        days: u8,
    }

    /// When the year's annual leave is lost.
    AnnualLeaveLost {
        /// Days of personal leave with pay in the year, at least.
        personal_days: u8,
        /// Months of sick leave in the year, at least, by years of work.
        sick: Vec<SickBand>,
    }

    /// Sick leave that loses the annual leave.
    SickBand {
        /// From so many full years of work.
        from_years: u8,
        /// Months of sick leave.
        months: u8,
    }
}
