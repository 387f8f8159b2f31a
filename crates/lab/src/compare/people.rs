//! People: who gains and who loses by group, and the ages.

use serde::Serialize;

use super::{Both, Pair};
use crate::outcome::{AGES, Outcome, YOUNGEST};
use crate::small;

/// A group of the roster's people.
#[derive(Clone, Debug, Serialize)]
pub struct GroupResult {
    /// `township`, `county`; `below-bachelor`, `bachelor`; `under-35`, `35-49`, `50-and-over`; `local`, `from-elsewhere`; crossed
    /// groups have two, with `+` between them.
    pub key: &'static str,
    /// How many there are: ten or more.
    pub people: i64,
    /// Share still there at the end.
    pub stay: Pair,
    /// Share who resigned, were selected or transferred out of the county.
    pub left: Pair,
    /// Promotions in rank a head.
    pub promoted: Pair,
    /// Paid for a year in post, yuan: whoever has left is neither paid nor counted.
    pub paid: Pair,
}

/// People of neighbouring ages: ten or more of each sex on the roster's day and at the end of every year on both sides.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AgeBand {
    /// From this age, full years; the first band holds whoever is younger too …
    pub from: u8,
    /// … to before this one; the last holds whoever is older too.
    pub to: u8,
    /// The base.
    pub base: Sexes,
    /// With the proposals.
    pub with: Sexes,
}

/// People in post, means over replicates: first on the roster's day, then at the end of each year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sexes {
    /// Men.
    pub men: Vec<f64>,
    /// Women.
    pub women: Vec<f64>,
}

/// A group of cells. Cells are, from the widest step to the narrowest: from elsewhere or the county; township or county organ;
/// below or from a bachelor's programme; three ages.
struct Margin {
    key: &'static str,
    /// What each of the four is, where it is asked: origin, organ, education, age.
    asks: [Option<usize>; 4],
}

impl Margin {
    fn holds(&self, cell: usize) -> bool {
        let is = [cell / 12, cell / 6 % 2, cell / 3 % 2, cell % 3];
        self.asks.iter().zip(is).all(|(asked, is)| asked.is_none_or(|asked| asked == is))
    }
}

/// Declares a group.
macro_rules! groups {
    ($([$($key:literal = $origin:expr, $organ:expr, $education:expr, $age:expr;)+])+) => {
        /// The kinds of groups: each a whole cut into parts.
        const KINDS: &[&[Margin]] = &[$(&[$(Margin { key: $key, asks: [$origin, $organ, $education, $age] }),+]),+];
    };
}

groups! {
    [
        "township" = None, Some(0), None, None;
        "county" = None, Some(1), None, None;
    ]
    [
        "below-bachelor" = None, None, Some(0), None;
        "bachelor" = None, None, Some(1), None;
    ]
    [
        "under-35" = None, None, None, Some(0);
        "35-49" = None, None, None, Some(1);
        "50-and-over" = None, None, None, Some(2);
    ]
    [
        "local" = Some(1), None, None, None;
        "from-elsewhere" = Some(0), None, None, None;
    ]
    [
        "below-bachelor+local" = Some(1), None, Some(0), None;
        "below-bachelor+from-elsewhere" = Some(0), None, Some(0), None;
        "bachelor+local" = Some(1), None, Some(1), None;
        "bachelor+from-elsewhere" = Some(0), None, Some(1), None;
    ]
    [
        "township+below-bachelor" = None, Some(0), Some(0), None;
        "township+bachelor" = None, Some(0), Some(1), None;
        "county+below-bachelor" = None, Some(1), Some(0), None;
        "county+bachelor" = None, Some(1), Some(1), None;
    ]
    [
        "township+under-35" = None, Some(0), None, Some(0);
        "township+35-49" = None, Some(0), None, Some(1);
        "township+50-and-over" = None, Some(0), None, Some(2);
        "county+under-35" = None, Some(1), None, Some(0);
        "county+35-49" = None, Some(1), None, Some(1);
        "county+50-and-over" = None, Some(1), None, Some(2);
    ]
    [
        "township+local" = Some(1), Some(0), None, None;
        "township+from-elsewhere" = Some(0), Some(0), None, None;
        "county+local" = Some(1), Some(1), None, None;
        "county+from-elsewhere" = Some(0), Some(1), None, None;
    ]
}

/// A count of a group.
type OfGroup = fn(&crate::outcome::Group) -> i64;

impl Both {
    pub(super) fn ages(&self) -> Vec<AgeBand> {
        let mean = |outcomes: &[Outcome], bands: std::ops::Range<usize>, sex: usize| -> Vec<f64> {
            let replicates = outcomes.len().max(1) as f64;
            let of_all = |at: usize| -> i64 {
                outcomes
                    .iter()
                    .filter_map(|o| o.ages.get(at))
                    .flat_map(|ages| &ages[sex][bands.clone()])
                    .sum()
            };
            (0..=self.shape.years).map(|at| of_all(at) as f64 / replicates).collect()
        };
        let sexes = |outcomes: &[Outcome], bands: std::ops::Range<usize>| Sexes {
            men: mean(outcomes, bands.clone(), 0),
            women: mean(outcomes, bands, 1),
        };
        // Everybody who stands behind a number of the band: either sex, either side, any year.
        let behind = (0..AGES).map(|band| {
            let (base, with) = (sexes(&self.base, band..band + 1), sexes(&self.with, band..band + 1));
            [base.men, base.women, with.men, with.women].concat()
        });
        let age = |band: usize| YOUNGEST + 5 * band as u8;
        small::bands_of_all(behind)
            .into_iter()
            .map(|bands| AgeBand {
                from: age(bands.start),
                to: age(bands.end),
                base: sexes(&self.base, bands.clone()),
                with: sexes(&self.with, bands),
            })
            .collect()
    }

    pub(super) fn groups(&self) -> Vec<GroupResult> {
        // What is left out must not follow from the others and the whole: a small group takes its neighbours with it.
        let people = |group: &Margin| -> i64 {
            let cells = self.base.first().into_iter().flat_map(|o| o.groups.iter().enumerate());
            cells.filter(|(cell, _)| group.holds(*cell)).map(|(_, group)| group.people).sum()
        };
        let told = |kind: &&&[Margin]| small::divisible(&kind.iter().map(people).collect::<Vec<_>>());
        KINDS
            .iter()
            .filter(told)
            .flat_map(|kind| kind.iter())
            .filter_map(|group| {
                let sum = |outcome: &Outcome, of: OfGroup| -> f64 {
                    let cells = outcome.groups.iter().enumerate().filter(|(cell, _)| group.holds(*cell));
                    cells.map(|(_, group)| of(group)).sum::<i64>() as f64
                };
                let people = self.base.first().map_or(0.0, |o| sum(o, |g| g.people));
                small::enough(people).then(|| GroupResult {
                    key: group.key,
                    people: people as i64,
                    stay: self.pair(|o| sum(o, |g| g.stay) / people),
                    left: self.pair(|o| sum(o, |g| g.left) / people),
                    promoted: self.pair(|o| sum(o, |g| g.promoted) / people),
                    paid: self
                        .pair(|o| sum(o, |g| g.paid) / 100.0 / (sum(o, |g| g.months) / 12.0).max(1.0 / 12.0)),
                })
            })
            .collect()
    }
}
