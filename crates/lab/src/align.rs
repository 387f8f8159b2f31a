//! Rates that are met by the people who are there.
//!
//! A rate of a document, four in a thousand resigning a year, is a rate of a whole population. The ratios beside it (the
//! young, the exhausted, the remote) say how people differ, not how many leave. Put on top of the rate as it stands they
//! would count twice what the rate holds already. So one number per cause is found that is added to everybody's log-odds,
//! such that those of the reference's roster who may leave at month 0 leave together at the rate, and such that its vacant
//! posts are filled together at the share given. **It is found once**, at the central figures and in the reference, and is
//! the same under every stack, draw and lever: what proposals, draws or levers change is not taken back by it.
//!
//! Who has a home in the township and who is exhausted is drawn in a run; here both count with their chances.

use std::sync::Arc;

use crate::assumption::{Aligned, Coefs, Key};
use crate::scenario::{Scenario, World};
use crate::shard::{logistic, logit, month_zero, monthly_chance};

/// Odds with their weights, as they are found in the roster: before the rate and what is looked for.
pub(crate) type Weighted = Vec<(f64, f64)>;

/// What is reckoned of a county at month 0.
#[derive(Debug, Default)]
pub(crate) struct AtZero {
    /// Of those who may resign: ratios of odds, each person's with weights that make 1 together.
    pub resign: Weighted,
    /// Of those who may be selected.
    pub select: Weighted,
    /// Of those who may be transferred.
    pub transfer: Weighted,
    /// Of vacant posts.
    pub fill: Weighted,
}

/// What is added to the log-odds of each cause, found on the reference.
pub fn align(reference: &Arc<World>, coefs: &Coefs) -> Aligned {
    let scenario = Scenario {
        world: reference.clone(),
        reference: reference.clone(),
        coefs: coefs.clone().aligned(Aligned::default()),
        years: 1,
    };
    let mut all = AtZero::default();
    for county in 0..reference.start.counties.len() {
        let here = month_zero(&scenario, county);
        all.resign.extend(here.resign);
        all.select.extend(here.select);
        all.transfer.extend(here.transfer);
        all.fill.extend(here.fill);
    }
    let monthly = |key| monthly_chance(coefs.get(key));
    Aligned {
        resign: shift(&all.resign, monthly(Key::ResignRate)),
        select: shift(&all.select, monthly(Key::SelectRate)),
        transfer: shift(&all.transfer, monthly(Key::TransferRate)),
        fill: shift(&all.fill, coefs.get(Key::JoinFill)),
    }
}

/// The number on the scale of log-odds with which the mean chance is the one wanted; 0 where there is nobody, or where
/// nothing or everything is wanted.
fn shift(odds: &[(f64, f64)], wanted: f64) -> f64 {
    let whole: f64 = odds.iter().map(|(weight, _)| weight).sum();
    let base = logit(wanted);
    if whole <= 0.0 || !base.is_finite() {
        return 0.0;
    }
    let mean = |shift: f64| {
        let chance = |(weight, odds): &(f64, f64)| weight * logistic(base + shift + crate::real::ln(*odds));
        odds.iter().map(chance).sum::<f64>() / whole
    };
    // The mean rises with it: half of the stretch is left each time, until no number lies between.
    let (mut low, mut high) = (-50.0_f64, 50.0_f64);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if mean(middle) < wanted { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_chance_is_the_one_wanted() {
        let odds = [(1.0, 0.5), (2.0, 3.0), (0.5, 8.0)];
        for wanted in [0.001, 0.3, 0.97] {
            let by = shift(&odds, wanted);
            let chance = |(weight, odds): &(f64, f64)| weight * logistic(logit(wanted) + by + odds.ln());
            let mean = odds.iter().map(chance).sum::<f64>() / 3.5;
            assert!((mean - wanted).abs() < 1e-9, "{mean} where {wanted} is wanted");
        }
        assert!(shift(&[(4.0, 1.0)], 0.2).abs() < 1e-9, "where nobody differs, nothing is added");
        assert_eq!((shift(&[], 0.2), shift(&odds, 0.0), shift(&odds, 1.0)), (0.0, 0.0, 0.0));
    }
}
