//! Leaning on what is known elsewhere: a short history is drawn towards a prior, a long one speaks for itself.
//!
//! A prior is a value with the range in which it is believed to lie. It becomes a normal distribution on the log-odds
//! whose 95 % interval is that range, wider when the confidence is lower; the fit then maximises likelihood times prior,
//! and the inverse of the information at the maximum is the covariance (the usual normal approximation). With no data it is the
//! prior, with much data the plain estimate: both are tested.

use serde::{Deserialize, Serialize};

use crate::logit::Normal;

/// How far a prior is to be believed here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// The range is taken as it stands.
    High,
    /// The range is taken as it stands.
    #[default]
    Medium,
    /// The range is widened by half.
    Low,
    /// Assumed, without evidence: the range is doubled.
    Assumed,
}

impl Confidence {
    /// By how much the range is widened.
    pub const fn widening(self) -> f64 {
        match self {
            Confidence::High | Confidence::Medium => 1.0,
            Confidence::Low => 1.5,
            Confidence::Assumed => 2.0,
        }
    }
}

/// A coefficient as it is believed to be: the form of the behaviour files.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Prior {
    /// Log-odds.
    pub value: f64,
    /// Lowest value believed.
    pub low: f64,
    /// Highest value believed.
    pub high: f64,
    /// Where it comes from.
    #[serde(default)]
    pub source: String,
    /// How far it is to be believed here.
    #[serde(default)]
    pub confidence: Confidence,
}

impl Prior {
    /// The normal distribution: centre `value`, and 1.96 standard deviations to the farther end of the range.
    pub fn normal(&self) -> Normal {
        let reach = (self.high - self.value).abs().max((self.value - self.low).abs());
        Normal { mean: self.value, sd: reach * self.confidence.widening() / 1.959_963_984_540_054 }
    }
}

/// How far a pooled estimate stands on its own data: 1 the data alone, 0 the prior alone.
///
/// The share of the posterior's precision that the data bring.
pub fn own_share(prior: Normal, posterior_se: f64) -> f64 {
    if !prior.sd.is_finite() {
        return 1.0;
    }
    (1.0 - (posterior_se / prior.sd).powi(2)).clamp(0.0, 1.0)
}
