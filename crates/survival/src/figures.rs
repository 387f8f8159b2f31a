//! What a fit hands over to the policy lab: figures by the lab's own keys, as `[[lab]]` of a mapping file names them.
//!
//! A figure is one of two things. **A coefficient**, on the scale of log-odds; where several causes share it, their fits are
//! put together with the weight of what the data say in each, and what was held beforehand is counted once. **A rate**: the
//! chance of a cause in a period, meant over the person-periods at risk, those left out in which the cause is blocked. It is
//! the rate of the people who were there, not that of a base level, because that is what the lab takes a rate for. Its
//! standard error is that of its log-odds, by the delta method from the covariance of the fit.

use crate::logit::{NoFit, Normal};
use crate::map::Handed;
use crate::model::{CONSTANT, Model};
use crate::periods::Risk;
use crate::spells::Spells;

/// The name under which what is held of a rate stands in `[[prior]]`.
pub const RATE: &str = "(rate)";

/// A figure that the fit gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The lab's key.
    pub key: String,
    /// The causes that it was fitted on.
    pub causes: Vec<String>,
    /// Whether it is a rate or the log-odds of a base, and so a chance of a period on the scale of log-odds.
    pub chance: bool,
    /// On the scale of log-odds.
    pub value: f64,
    /// Its standard error there.
    pub se: f64,
    /// How far it stands on these spells: 1 alone on them, 0 on what was held beforehand alone.
    pub own_share: f64,
    /// Ends by these causes.
    pub events: f64,
    /// Person-periods at risk.
    pub person_periods: f64,
}

/// A figure that the fit does not give, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Without {
    /// The lab's key.
    pub key: String,
    /// The cause.
    pub cause: String,
    /// Why; `None`: other columns already say the coefficient, or nobody is at risk.
    pub why: Option<NoFit>,
}

/// A chance from its log-odds.
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// The log-odds of a chance.
pub fn logit(p: f64) -> f64 {
    (p / (1.0 - p)).ln()
}

/// The chance in a period of so many months of what happens to this share in a year.
pub fn of_period(yearly: f64, months: i32) -> f64 {
    -f64::exp_m1(f64::ln_1p(-yearly) * f64::from(months) / 12.0)
}

/// The share of a year to whom happens what has this chance in a period of so many months.
pub fn of_year(chance: f64, months: i32) -> f64 {
    -f64::exp_m1(f64::ln_1p(-chance) * 12.0 / f64::from(months))
}

/// People at risk of a cause, alike: their columns and how many periods they were there.
struct Exposed {
    row: Vec<f64>,
    weight: f64,
}

impl Spells {
    /// The causes of a figure, from 0; all where none is named.
    fn causes_of(&self, handed: &Handed) -> Vec<usize> {
        let named = |name: &String| self.causes.iter().position(|c| c == name);
        if handed.causes.is_empty() {
            return (0..self.causes.len()).collect();
        }
        handed.causes.iter().filter_map(named).collect()
    }

    /// What is held of the coefficients of a cause, of its rate too: the constant is held where the rate would be met by
    /// the people at risk, everything else being as it is held.
    pub(crate) fn normals(&self, risk: &Risk, cause: usize) -> Vec<Normal> {
        let mut normals: Vec<Normal> = self.priors(cause).into_iter().map(|(_, normal)| normal).collect();
        if let Some((_, rate)) = self.held_rate(cause)
            && rate.sd.is_finite()
        {
            let exposed = self.exposed(risk, cause, &self.blocked(cause));
            let means: Vec<f64> =
                normals.iter().enumerate().map(|(at, n)| if at == 0 { 0.0 } else { n.mean }).collect();
            let others = exposed.iter().map(|e| (e.weight, dot(&e.row, &means)));
            let mean = shift(&others.collect::<Vec<_>>(), logistic(rate.mean));
            if let Some(constant) = normals.first_mut() {
                *constant = Normal { mean, sd: rate.sd };
            }
        }
        normals
    }

    /// Columns in which a cause is blocked, by the figures that are its rate.
    fn blocked(&self, cause: usize) -> Vec<usize> {
        let names = self.coefficients(cause);
        let rates = self.map.lab.iter().map(|handed| handed.get_ref());
        let rates = rates.filter(|h| h.coefficient.is_none() && self.causes_of(h) == [cause]);
        rates.flat_map(|h| &h.except).filter_map(|n| names.iter().position(|name| name == n)).collect()
    }

    /// People at risk of a cause, those left out for whom one of these columns holds.
    fn exposed(&self, risk: &Risk, cause: usize, blocked: &[usize]) -> Vec<Exposed> {
        let mut exposed = Vec::new();
        for cell in 0..risk.len() {
            let mut row = Vec::new();
            self.row(cause, risk.told(cell), &mut row);
            if blocked.iter().any(|at| row.get(*at).is_some_and(|x| *x != 0.0)) {
                continue;
            }
            let of = |column: &[f64]| column.get(cell).copied().unwrap_or(0.0);
            exposed.push(Exposed { row, weight: of(&risk.trials) * of(&risk.part) });
        }
        exposed
    }

    /// The figures that `[[lab]]` asks for, and those that there are not.
    pub fn figures(&self, model: &Model, risk: &Risk) -> (Vec<Figure>, Vec<Without>) {
        let (mut figures, mut without) = (Vec::new(), Vec::new());
        for handed in self.map.lab.iter().map(|handed| handed.get_ref()) {
            let found = match &handed.coefficient {
                None => self.rate(handed, model, risk),
                Some(name) => self.shared(handed, name, model, risk),
            };
            match found {
                Ok(figure) => figures.push(figure),
                Err(why) => without.push(why),
            }
        }
        (figures, without)
    }

    fn names(&self, causes: &[usize]) -> Vec<String> {
        causes.iter().filter_map(|cause| self.causes.get(*cause).cloned()).collect()
    }

    fn rate(&self, handed: &Handed, model: &Model, risk: &Risk) -> Result<Figure, Without> {
        let causes = self.causes_of(handed);
        let none = |why: Option<NoFit>| Without {
            key: handed.key.clone(),
            cause: self.names(&causes).join(", "),
            why,
        };
        // That a rate is of one cause was looked at when the mapping file was read.
        let cause = causes.first().copied().ok_or_else(|| none(None))?;
        let hazard = model.hazards.get(cause).ok_or_else(|| none(None))?;
        let fit = hazard.fit.as_ref().map_err(|why| none(Some(why.clone())))?;
        let values = hazard.values().ok_or_else(|| none(None))?;
        let exposed = self.exposed(risk, cause, &self.blocked(cause));
        let whole: f64 = exposed.iter().map(|e| e.weight).sum();
        let (mut mean, mut slope) = (0.0, vec![0.0; values.len()]);
        for e in &exposed {
            let p = logistic(dot(&e.row, &values));
            let share = e.weight / whole;
            mean += share * p;
            for (slope, x) in slope.iter_mut().zip(&e.row) {
                *slope += share * p * (1.0 - p) * x;
            }
        }
        if !(mean > 0.0 && mean < 1.0) {
            return Err(none(None));
        }
        let spread: f64 = slope.iter().zip(fit.covariance.times(&slope)).map(|(a, b)| a * b).sum();
        let se = spread.max(0.0).sqrt() / (mean * (1.0 - mean));
        let held = self.held_rate(cause).map_or(Normal::OPEN, |(_, normal)| normal);
        Ok(Figure {
            key: handed.key.clone(),
            causes: self.names(&[cause]),
            chance: true,
            value: logit(mean),
            se,
            own_share: crate::pooling::own_share(held, se),
            events: fit.events,
            person_periods: whole,
        })
    }

    /// A coefficient of one cause, or of several together.
    fn shared(&self, handed: &Handed, name: &str, model: &Model, risk: &Risk) -> Result<Figure, Without> {
        let causes = self.causes_of(handed);
        let (mut own, mut pulled, mut events) = (0.0, 0.0, 0.0);
        let (mut first, mut used, mut why) = (None, Vec::new(), None);
        for cause in &causes {
            let Some(hazard) = model.hazards.get(*cause) else { continue };
            let fit = match &hazard.fit {
                Ok(fit) => fit,
                Err(no) => {
                    why = why.or(Some(no.clone()));
                    continue;
                }
            };
            let Some(at) = hazard.coefficients.iter().position(|c| c.name == name) else { continue };
            let (Some(c), Some(held)) = (hazard.coefficients.get(at), hazard.held.get(at).copied()) else {
                continue;
            };
            if !c.value.is_finite() || !c.se.is_finite() || c.se <= 0.0 {
                continue;
            }
            // What the data alone say: what the fit is surer of than what was held.
            let before = if held.sd.is_finite() { held.sd.powi(-2) } else { 0.0 };
            let data = (c.se.powi(-2) - before).max(0.0);
            own += data;
            pulled += c.value * c.se.powi(-2) - held.mean * before;
            first = first.or(Some((held.mean, before)));
            events += fit.events;
            used.push(*cause);
        }
        let none = |why| Without { key: handed.key.clone(), cause: self.names(&causes).join(", "), why };
        let Some((mean, before)) = first.filter(|(_, before)| own + before > 0.0) else {
            return Err(none(why));
        };
        let value = (pulled + mean * before) / (own + before);
        Ok(Figure {
            key: handed.key.clone(),
            causes: self.names(&used),
            chance: name == CONSTANT,
            value: if handed.reverse { -value } else { value },
            se: (own + before).sqrt().recip(),
            own_share: own / (own + before),
            events,
            person_periods: risk.trials.iter().zip(&risk.part).map(|(n, part)| n * part).sum(),
        })
    }
}

fn dot(row: &[f64], values: &[f64]) -> f64 {
    row.iter().zip(values).map(|(x, b)| x * b).sum()
}

/// What must be added to everybody's log-odds for the mean chance to be the one wanted; where nobody is at risk, its own log-odds.
fn shift(others: &[(f64, f64)], wanted: f64) -> f64 {
    let whole: f64 = others.iter().map(|(weight, _)| weight).sum();
    let base = logit(wanted);
    if whole <= 0.0 || !base.is_finite() {
        return base;
    }
    let mean = |more: f64| others.iter().map(|(w, x)| w * logistic(more + x)).sum::<f64>() / whole;
    // The mean rises with it: half of the stretch is left each time, until no number lies between.
    let (mut low, mut high) = (base - 60.0, base + 60.0);
    for _ in 0..70 {
        let middle = f64::midpoint(low, high);
        if mean(middle) < wanted { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_its_periods_one_after_another() {
        for months in [1, 3, 12] {
            let p = of_period(0.2, months);
            assert!(((1.0 - p).powi(12 / months) - 0.8).abs() < 1e-12);
            assert!((of_year(p, months) - 0.2).abs() < 1e-12);
        }
    }

    #[test]
    fn the_constant_is_where_the_rate_is_met() {
        let others = [(3.0, 0.0), (1.0, 2.0)];
        let by = shift(&others, 0.05);
        let mean = others.iter().map(|(w, x)| w * logistic(by + x)).sum::<f64>() / 4.0;
        assert!((mean - 0.05).abs() < 1e-12);
        assert!((shift(&[], 0.05) - logit(0.05)).abs() < 1e-12);
    }
}
