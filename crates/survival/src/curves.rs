//! What happened, without a model: Kaplan-Meier, Nelson-Aalen and Aalen-Johansen, with late entry and weights.
//!
//! The estimators and their standard errors are those of R's package `survival` 3.5 (`survfit`), held to it in
//! `tests/r.rs`: Greenwood's formula for the share that stays, `Σ d/r²` for the cumulative hazard, and for the shares
//! that left by each cause the infinitesimal jackknife, which is the only one that `survfit` offers for several causes.
//! A weight is a number of copies: a spell of weight 3 is three spells, also in the standard errors.

use rayon::prelude::*;

/// The spells that a curve is drawn from, as columns of one length. Time in any unit.
#[derive(Clone, Copy, Debug)]
pub struct Times<'a> {
    /// From when the spell was watched; a spell is at risk at time t if `entry < t <= exit`. Empty: from the start.
    pub entry: &'a [f64],
    /// When the spell ended, or was last seen running.
    pub exit: &'a [f64],
    /// How it ended: 0 still running, else the cause, from 1.
    pub cause: &'a [u16],
    /// Copies of each spell; empty: one each.
    pub weight: &'a [f64],
}

/// How the interval around a share is made; the names of R's `conf.type`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Interval {
    /// `S ± z se`, cut to 0 and 1.
    Plain,
    /// On the scale of `log S`.
    Log,
    /// On the scale of `log(-log S)`: never outside 0 and 1, and the default.
    #[default]
    LogLog,
}

/// A Kaplan-Meier curve with the Nelson-Aalen estimate beside it, one entry a time at which a spell ended or was last seen.
#[derive(Clone, Debug, Default)]
pub struct KaplanMeier {
    /// The times, rising.
    pub time: Vec<f64>,
    /// Spells at risk just before each.
    pub at_risk: Vec<f64>,
    /// Ends at each.
    pub ended: Vec<f64>,
    /// Spells last seen running at each.
    pub running: Vec<f64>,
    /// The share that is still there after each.
    pub survival: Vec<f64>,
    /// Its standard error (Greenwood).
    pub se: Vec<f64>,
    /// Nelson-Aalen cumulative hazard.
    pub hazard: Vec<f64>,
    /// Its standard error.
    pub hazard_se: Vec<f64>,
}

/// Cumulative incidence by cause, one row a time (Aalen-Johansen).
#[derive(Clone, Debug, Default)]
pub struct AalenJohansen {
    /// The times, rising.
    pub time: Vec<f64>,
    /// Spells at risk just before each.
    pub at_risk: Vec<f64>,
    /// The share still there, then the share that left by cause 1, 2, …: `share[state][time]`. They add up to 1.
    pub share: Vec<Vec<f64>>,
    /// Their standard errors (infinitesimal jackknife).
    pub se: Vec<Vec<f64>>,
}

/// Spells that went alike: the same entry, exit and cause.
struct Alike {
    entry: f64,
    exit: f64,
    cause: u16,
    copies: f64,
}

fn alike(times: &Times<'_>) -> Vec<Alike> {
    let mut all: Vec<Alike> = (times.exit.iter().zip(times.cause).enumerate())
        .map(|(n, (&exit, &cause))| Alike {
            entry: times.entry.get(n).copied().unwrap_or(f64::NEG_INFINITY),
            exit,
            cause,
            copies: times.weight.get(n).copied().unwrap_or(1.0),
        })
        .filter(|a| a.copies > 0.0 && a.entry < a.exit)
        .collect();
    all.sort_by(|a, b| {
        (a.exit.total_cmp(&b.exit)).then(a.cause.cmp(&b.cause)).then(a.entry.total_cmp(&b.entry))
    });
    all.dedup_by(|later, kept| {
        let same = later.exit == kept.exit && later.cause == kept.cause && later.entry == kept.entry;
        if same {
            kept.copies += later.copies;
        }
        same
    });
    all
}

/// Every time at which something was seen, with those at risk and the ends by cause (place 0: running).
fn steps(all: &[Alike], causes: usize) -> Vec<(f64, f64, Vec<f64>)> {
    let mut entries: Vec<(f64, f64)> = all.iter().map(|a| (a.entry, a.copies)).collect();
    entries.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut came, mut at, mut gone) = (0.0, 0, 0.0);
    let mut steps: Vec<(f64, f64, Vec<f64>)> = Vec::new();
    for together in all.chunk_by(|a, b| a.exit == b.exit) {
        let time = together.first().map_or(0.0, |a| a.exit);
        while let Some((_, copies)) = entries.get(at).filter(|(entry, _)| *entry < time) {
            came += copies;
            at += 1;
        }
        let mut ends = vec![0.0; causes + 1];
        for a in together {
            if let Some(end) = ends.get_mut(usize::from(a.cause)) {
                *end += a.copies;
            }
        }
        let now: f64 = ends.iter().sum();
        steps.push((time, came - gone, ends));
        gone += now;
    }
    steps
}

impl KaplanMeier {
    /// The curve of all ends alike, whatever their cause.
    pub fn of(times: &Times<'_>) -> KaplanMeier {
        let all = alike(times);
        let causes = all.iter().map(|a| usize::from(a.cause)).max().unwrap_or(0);
        let mut curve = KaplanMeier::default();
        let (mut survival, mut greenwood, mut hazard, mut hazard_variance) = (1.0, 0.0, 0.0, 0.0);
        for (time, at_risk, ends) in steps(&all, causes) {
            let running = ends.first().copied().unwrap_or(0.0);
            let ended: f64 = ends.iter().skip(1).sum();
            if ended > 0.0 {
                survival *= (at_risk - ended) / at_risk;
                greenwood += ended / (at_risk * (at_risk - ended));
                hazard += ended / at_risk;
                hazard_variance += ended / (at_risk * at_risk);
            }
            curve.time.push(time);
            curve.at_risk.push(at_risk);
            curve.ended.push(ended);
            curve.running.push(running);
            curve.survival.push(survival);
            // Nobody left: the share is 0 and Greenwood's sum is infinite; R says NaN there.
            curve.se.push(if survival > 0.0 { survival * f64::sqrt(greenwood) } else { f64::NAN });
            curve.hazard.push(hazard);
            curve.hazard_se.push(f64::sqrt(hazard_variance));
        }
        curve
    }

    /// The interval at each time; `z` is the normal quantile (1.959964 for 95 %). NaN where R has NA.
    pub fn interval(&self, kind: Interval, z: f64) -> Vec<(f64, f64)> {
        self.survival.iter().zip(&self.se).map(|(&s, &se)| interval(s, se, kind, z)).collect()
    }

    /// The share still there at a time.
    pub fn at(&self, time: f64) -> f64 {
        let n = self.time.partition_point(|t| *t <= time);
        n.checked_sub(1).and_then(|n| self.survival.get(n)).copied().unwrap_or(1.0)
    }

    /// The first time at which half, or another share, has left; `None` if the curve does not go so far.
    pub fn quantile(&self, left: f64) -> Option<f64> {
        let n = self.survival.iter().position(|s| *s <= 1.0 - left + 1e-12)?;
        self.time.get(n).copied()
    }
}

fn interval(s: f64, se: f64, kind: Interval, z: f64) -> (f64, f64) {
    let spread = z * se / s;
    match kind {
        _ if s <= 0.0 => (f64::NAN, f64::NAN),
        Interval::Plain => ((s - z * se).max(0.0), (s + z * se).min(1.0)),
        Interval::Log => ((s.ln() - spread).exp(), (s.ln() + spread).exp().min(1.0)),
        Interval::LogLog if s >= 1.0 => (1.0, 1.0),
        Interval::LogLog => {
            let (at, spread) = ((-s.ln()).ln(), spread / s.ln());
            ((-(at - spread).exp()).exp(), (-(at + spread).exp()).exp())
        }
    }
}

impl AalenJohansen {
    /// The shares that left by each of `causes` causes.
    pub fn of(times: &Times<'_>, causes: u16) -> AalenJohansen {
        let (all, causes) = (alike(times), usize::from(causes));
        let steps = steps(&all, causes);
        let mut curve = AalenJohansen {
            share: vec![Vec::with_capacity(steps.len()); causes + 1],
            ..AalenJohansen::default()
        };
        let mut stay = 1.0;
        let mut left = vec![0.0; causes];
        let mut before = Vec::with_capacity(steps.len());
        for (time, at_risk, ends) in &steps {
            before.push(stay);
            let mut out = 0.0;
            for (cause, share) in left.iter_mut().enumerate() {
                let hazard = ends.get(cause + 1).map_or(0.0, |d| d / at_risk);
                *share += stay * hazard;
                out += hazard;
            }
            stay *= 1.0 - out;
            curve.time.push(*time);
            curve.at_risk.push(*at_risk);
            for (n, share) in std::iter::once(stay).chain(left.iter().copied()).enumerate() {
                if let Some(column) = curve.share.get_mut(n) {
                    column.push(share);
                }
            }
        }
        curve.se = jackknife(&all, &steps, &before, causes);
        curve
    }
}

/// The infinitesimal jackknife: how each share would move if one spell weighed a little more, squared and summed over
/// spells. `before[t]`: the share still there just before step t. Spells that went alike move it alike.
fn jackknife(all: &[Alike], steps: &[(f64, f64, Vec<f64>)], before: &[f64], causes: usize) -> Vec<Vec<f64>> {
    let moved = |a: &Alike| -> Vec<f64> {
        let mut sums = vec![0.0; (causes + 1) * steps.len()];
        let mut stay = 0.0;
        let mut left = vec![0.0; causes];
        for (t, ((time, at_risk, ends), held)) in steps.iter().zip(before).enumerate() {
            let watched = a.entry < *time && *time <= a.exit;
            let (mut out, mut out_moved) = (0.0, 0.0);
            for (cause, share) in left.iter_mut().enumerate() {
                let hazard = ends.get(cause + 1).map_or(0.0, |d| d / at_risk);
                let own = a.exit == *time && usize::from(a.cause) == cause + 1;
                let moved = if watched { (f64::from(u8::from(own)) - hazard) / at_risk } else { 0.0 };
                *share += stay * hazard + held * moved;
                out += hazard;
                out_moved += moved;
            }
            stay = stay * (1.0 - out) - held * out_moved;
            for (n, moved) in std::iter::once(stay).chain(left.iter().copied()).enumerate() {
                if let Some(sum) = sums.get_mut(n * steps.len() + t) {
                    *sum = moved * moved * a.copies;
                }
            }
        }
        sums
    };
    let zero = || vec![0.0; (causes + 1) * steps.len()];
    let add = |mut sum: Vec<f64>, more: Vec<f64>| {
        sum.iter_mut().zip(more).for_each(|(s, m)| *s += m);
        sum
    };
    // Blocks of a fixed size, added in order: the same bits whatever the number of threads.
    let blocks: Vec<Vec<f64>> =
        all.par_chunks(64).map(|block| block.iter().map(moved).fold(zero(), add)).collect();
    let sums = blocks.into_iter().fold(zero(), add);
    sums.chunks(steps.len().max(1)).map(|column| column.iter().map(|v| v.sqrt()).collect()).collect()
}
