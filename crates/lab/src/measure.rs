//! Measures: what is read off the counts, for a year or for the whole run.

use serde::Serialize;
use takeroot_words::{Lang, Say};

use crate::outcome::{COUNTS, Count, Outcome, PAY_LINES};
use crate::words::say;

/// Counts over some years: flows summed, stocks as they stand at the end.
#[derive(Clone, Debug)]
pub struct Period {
    counts: [i64; COUNTS],
    pay: [i64; PAY_LINES],
    years: f64,
}

const STOCKS: &[Count] = &[
    Count::InPost,
    Count::Vacant,
    Count::VacantTownship,
    Count::Township,
    Count::Aged25To35,
    Count::TownshipAged25To35,
    Count::RootedMonths,
    Count::LoadMilli,
    Count::PostsVacant,
    Count::QuotaPlaces,
    Count::QuotaUsed,
];

impl Period {
    /// Years of an outcome, from and to.
    pub fn of(outcome: &Outcome, years: std::ops::Range<usize>) -> Period {
        let mut period = Period { counts: [0; COUNTS], pay: [0; PAY_LINES], years: years.len() as f64 };
        for year in years.clone() {
            for count in Count::ALL {
                let now = outcome.count(year, *count);
                let sum = &mut period.counts[*count as usize];
                if STOCKS.contains(count) {
                    *sum = now;
                } else {
                    *sum += now;
                }
            }
            for (sum, line) in period.pay.iter_mut().zip(outcome.pay.get(year).into_iter().flatten()) {
                *sum += line;
            }
        }
        period
    }

    fn get(&self, count: Count) -> f64 {
        self.counts[count as usize] as f64
    }

    fn share(&self, part: Count, whole: Count) -> f64 {
        let whole = self.get(whole);
        if whole == 0.0 { 0.0 } else { self.get(part) / whole }
    }

    fn own_will(&self) -> f64 {
        self.get(Count::Resigned) + self.get(Count::Selected) + self.get(Count::Transferred)
    }

    fn yuan(&self) -> f64 {
        self.pay.iter().sum::<i64>() as f64 / 100.0
    }

    /// Pay of a line, yuan.
    pub fn line(&self, line: usize) -> f64 {
        self.pay[line] as f64 / 100.0
    }
}

/// What a measure is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// People, or posts.
    People,
    /// A share, 0 to 1.
    Share,
    /// Years.
    Years,
    /// Months.
    Months,
    /// Hours a head and month.
    Hours,
    /// Days a head and year.
    Days,
    /// A ratio; 1 is full strength.
    Ratio,
    /// Yuan.
    Yuan,
}

/// Declares the measures.
macro_rules! measures {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $say:literal, $unit:ident, |$p:ident| $value:expr;)+) => {
        /// A measure.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Measure { $($(#[$doc])* $name),+ }

        impl Measure {
            /// All, in the order in which they are told.
            pub const ALL: &'static [Measure] = &[$(Measure::$name),+];

            /// Its key in results; stable.
            pub const fn code(self) -> &'static str { match self { $(Measure::$name => $code),+ } }

            /// What it is measured in.
            pub const fn unit(self) -> Unit { match self { $(Measure::$name => Unit::$unit),+ } }

            /// Its value over a period.
            pub fn of(self, period: &Period) -> f64 { match self { $(Measure::$name => { let $p = period; $value }),+ } }
        }

        impl Say for Measure {
            fn say(&self, lang: Lang) -> String { match self { $(Measure::$name => say!(lang, $say)),+ } }
        }
    };
}

measures! {
    /// People in post.
    InPost = "in-post", "measure-in-post", People, |p| p.get(Count::InPost);
    /// Vacancies.
    Vacant = "vacant", "measure-vacant", People, |p| p.get(Count::Vacant);
    /// Vacancies of townships.
    VacantTownship = "vacant-township", "measure-vacant-township", People, |p| p.get(Count::VacantTownship);
    /// Share of people from 25 to 35 years of age.
    Aged25To35 = "share-25-35", "measure-share-25-35", Share, |p| p.share(Count::Aged25To35, Count::InPost);
    /// The same of townships.
    TownshipAged25To35 = "share-25-35-township", "measure-share-25-35-township", Share, |p| p.share(Count::TownshipAged25To35, Count::Township);
    /// Joined.
    Joined = "joined", "measure-joined", People, |p| p.get(Count::Joined);
    /// Share of opened posts that were filled.
    Filled = "filled-share", "measure-filled-share", Share, |p| p.share(Count::Joined, Count::Opened);
    /// Resigned, selected or transferred out of the county. Its key is older than its name: nobody's will is known.
    Left = "left-own-will", "measure-left-own-will", People, |p| p.own_will();
    /// Resigned.
    Resigned = "resigned", "measure-resigned", People, |p| p.get(Count::Resigned);
    /// Selected by organs outside the county.
    Selected = "selected-up", "measure-selected-up", People, |p| p.get(Count::Selected);
    /// Transferred out of the county.
    Transferred = "transferred-out", "measure-transferred-out", People, |p| p.get(Count::Transferred);
    /// From townships to organs of the county.
    Within = "to-county-organ", "measure-to-county-organ", People, |p| p.get(Count::Within);
    /// Retired.
    Retired = "retired", "measure-retired", People, |p| p.get(Count::Retired);
    /// Died.
    Died = "died", "measure-died", People, |p| p.get(Count::Died);
    /// Seconded out.
    Seconded = "seconded-out", "measure-seconded-out", People, |p| p.get(Count::Seconded);
    /// Share of people's time away on secondment.
    Away = "away-share", "measure-away-share", Share, |p| p.share(Count::AwayMonths, Count::PersonMonths);
    /// Mean rooted service of township people.
    Rooted = "rooted-years", "measure-rooted-years", Years, |p| p.share(Count::RootedMonths, Count::Township) / 12.0;
    /// Promotions in rank.
    Promoted = "promoted-rank", "measure-promoted-rank", People, |p| p.get(Count::Promoted);
    /// Months from being able to be promoted to being promoted, of those promoted.
    Wait = "wait-months", "measure-wait-months", Months, |p| p.share(Count::WaitMonths, Count::Promoted);
    /// Use of the quotas of ranks.
    Quota = "quota-use", "measure-quota-use", Share, |p| p.share(Count::QuotaUsed, Count::QuotaPlaces);
    /// Appointments to leadership posts.
    Appointed = "promoted-post", "measure-promoted-post", People, |p| p.get(Count::Appointed);
    /// Vacant leadership posts.
    PostsVacant = "posts-vacant", "measure-posts-vacant", People, |p| p.get(Count::PostsVacant);
    /// Work a head against full strength.
    Load = "burden", "measure-burden", Ratio, |p| p.share(Count::LoadMilli, Count::InPost) / 1000.0;
    /// Overtime.
    Overtime = "overtime", "measure-overtime", Hours, |p| {
        let worked = p.get(Count::PersonMonths) - p.get(Count::AwayMonths);
        if worked > 0.0 { p.get(Count::OvertimeMinutes) / 60.0 / worked } else { 0.0 }
    };
    /// Share of the exhausted.
    Tired = "exhausted-share", "measure-exhausted-share", Share, |p| p.share(Count::TiredMonths, Count::PersonMonths);
    /// Training attended.
    Trained = "training-days", "measure-training-days", Days, |p| p.share(Count::TrainingDays, Count::PersonMonths) * 12.0;
    /// Everything paid.
    Bill = "pay-bill", "measure-pay-bill", Yuan, |p| p.yuan();
    /// Person-months of which a line of pay is not known, probation among them: they count as nothing in the bill.
    BillUnknown = "pay-unknown-months", "measure-pay-unknown-months", Months, |p| p.get(Count::PayUnknownMonths);
    /// Pay for a year of a person in post.
    BillAHead = "pay-per-person-year", "measure-pay-per-person-year", Yuan, |p| {
        let years = p.get(Count::PersonMonths) / 12.0;
        if years > 0.0 { p.yuan() / years } else { 0.0 }
    };
    /// Person-years in post, a year.
    PersonYears = "person-years", "measure-person-years", People, |p| p.get(Count::PersonMonths) / 12.0 / p.years.max(1.0);
}

impl Measure {
    /// Whether it tells of townships alone, and so of county organs by what is left.
    pub const fn of_townships(self) -> bool {
        matches!(
            self,
            Measure::VacantTownship | Measure::TownshipAged25To35 | Measure::Within | Measure::Rooted
        )
    }
}

/// A value with its interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Figure {
    /// The mean.
    pub value: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Figure {
    /// The mean of values, with the interval that holds 90 % of them: what a single future may bring.
    pub fn of(values: &[f64]) -> Figure {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let mean = if sorted.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 };
        Figure { value: mean, low: quantile(&sorted, 0.05), high: quantile(&sorted, 0.95) }
    }
}

/// A quantile of sorted values, between neighbours in proportion (as `quantile` of R does by default).
pub fn quantile(sorted: &[f64], p: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let at = p.clamp(0.0, 1.0) * last as f64;
    let (below, above) = (at.floor() as usize, at.ceil() as usize);
    sorted[below] + (sorted[above] - sorted[below]) * (at - below as f64)
}

/// The standard error of the mean of values.
pub fn standard_error(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    if n < 2.0 {
        return f64::INFINITY;
    }
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
    (squares / (n - 1.0) / n).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_r() {
        // quantile(c(1, 2, 4, 8), c(.05, .5, .95)) in R: 1.15, 3, 7.4
        let sorted = [1.0, 2.0, 4.0, 8.0];
        for (p, q) in [(0.05, 1.15), (0.5, 3.0), (0.95, 7.4)] {
            assert!((quantile(&sorted, p) - q).abs() < 1e-12);
        }
        assert_eq!(quantile(&[], 0.5), 0.0);
    }

    #[test]
    fn a_figure_of_one_value_is_that_value() {
        assert_eq!(Figure::of(&[3.0]), Figure { value: 3.0, low: 3.0, high: 3.0 });
    }
}
