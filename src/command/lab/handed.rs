//! Between a fit and the lab: what the lab assumes as what is held before a fit, and what the fit found as the lab's figures.

use anyhow::anyhow;
use serde_json::{Map, Value, json};
use takeroot_civil::Day;
use takeroot_lab::Assumptions;
use takeroot_lab::assumption::{Trust, Unit};
use takeroot_survival::build::MapFile;
use takeroot_survival::fault::MapWrong;
use takeroot_survival::figures::{Figure, RATE, Without, logistic, logit, of_period, of_year};
use takeroot_survival::map::{Handed, Held, Pooling};
use takeroot_survival::model::{CONSTANT, Model};
use takeroot_survival::periods::Risk;
use takeroot_survival::pooling::{Confidence, Prior};
use takeroot_survival::spells::Spells;
use takeroot_words::{Lang, Say as _};
use toml::Spanned;

use crate::cli::Context;
use crate::out;
use crate::words::say;

/// Half the width of a range in standard errors. The lab draws from a density that falls in a straight line from the value
/// to each end, whose standard deviation is the width of a side over √6: so draws have the fit's own standard error.
const REACH: f64 = 2.449_489_742_783_178;

/// Whether a fit can give a figure of a unit.
fn fits(unit: Unit, handed: &Handed) -> bool {
    let chance = handed.coefficient.as_deref().is_none_or(|name| name == CONSTANT);
    matches!((unit, chance), (Unit::ShareAYear, true) | (Unit::LogOdds | Unit::Odds, false))
}

/// The shares of those selected and transferred who stay within the county, that rates of leaving it are brought to rates of
/// both by.
#[derive(Clone, Copy, Debug)]
pub struct Within {
    /// On the scale of log-odds.
    value: f64,
    se: f64,
    own_share: f64,
    events: f64,
}

/// The keys of those shares.
const WITHIN: [&str; 2] = ["select.within-county", "transfer.within-county"];

impl Within {
    /// From how many an organ of the county took and how many left it, leaning on what the lab assumes. Records do not tell
    /// selection from transfer within a county: one share stands for both.
    pub fn of((stayed, left): (u32, u32), assumptions: &Assumptions) -> Option<Within> {
        let (_, _, figure) = assumptions.coefficients().find(|(_, key, _)| *key == WITHIN[0])?;
        let (value, low, high) = (logit(figure.value), logit(figure.low), logit(figure.high));
        let (source, confidence) = (String::new(), believed(figure.confidence));
        let held = Prior { value, low, high, source, confidence }.normal();
        // Half a case is added to each, so that none of either is no certainty.
        let (a, b) = (f64::from(stayed) + 0.5, f64::from(left) + 0.5);
        let data = if stayed + left > 0 { 1.0 / (1.0 / a + 1.0 / b) } else { 0.0 };
        let before = if held.sd.is_finite() && held.sd > 0.0 { held.sd.powi(-2) } else { 0.0 };
        (data + before > 0.0).then(|| Within {
            value: ((a / b).ln() * data + held.mean * before) / (data + before),
            se: (data + before).sqrt().recip(),
            own_share: data / (data + before),
            events: f64::from(stayed + left),
        })
    }
}

/// The share of those whom a rate holds who leave the county: all, unless the mapping file says that only they are in it.
fn leaving(handed: &Handed, assumptions: &Assumptions, within: Option<&Within>) -> f64 {
    let Some(key) = &handed.within else { return 1.0 };
    let assumed = || assumptions.coefficients().find(|(_, known, _)| known == key).map(|(_, _, f)| f.value);
    let share = match within {
        Some(within) if WITHIN.contains(&key.as_str()) => Some(logistic(within.value)),
        _ => assumed(),
    };
    // Where all stay, nobody would leave.
    1.0 - share.unwrap_or(0.0).min(0.99)
}

const fn believed(trust: Trust) -> Confidence {
    match trust {
        Trust::High => Confidence::High,
        Trust::Medium => Confidence::Medium,
        Trust::Low => Confidence::Low,
        Trust::None => Confidence::Assumed,
    }
}

/// Checks the keys that a mapping file hands over, and where it says so lets them lean on what the lab assumes.
///
/// # Errors
/// The first key that the lab does not have, or that no fit can give.
pub fn lean(
    file: &mut MapFile,
    assumptions: &Assumptions,
    within: Option<&Within>,
    ctx: &Context,
) -> anyhow::Result<()> {
    let mut held = Vec::new();
    for spanned in &file.map.lab {
        let (span, handed) = (spanned.span(), spanned.get_ref());
        let unit = assumptions.unit(&handed.key).filter(|unit| fits(*unit, handed));
        let assumed = assumptions.coefficients().find(|(_, key, _)| *key == handed.key);
        let (Some(unit), Some((_, _, figure))) = (unit, assumed) else {
            let fault = file.fault(Some(span), MapWrong::NoFigure(handed.key.clone()));
            return Err(anyhow!(fault.say(ctx.lang)));
        };
        if let Some(share) = handed.within.as_ref().filter(|key| assumptions.unit(key) != Some(Unit::Share)) {
            let fault = file.fault(Some(span), MapWrong::NoFigure(share.clone()));
            return Err(anyhow!(fault.say(ctx.lang)));
        }
        let months = file.map.fit.period.months();
        let leaving = leaving(handed, assumptions, within);
        let scale = |x: f64| match (unit, &handed.coefficient) {
            // A rate is held as it stands; it becomes a constant when the people at risk are known.
            (Unit::ShareAYear, None) => x * leaving,
            (Unit::ShareAYear, Some(_)) => logit(of_period(x, months)),
            (Unit::Odds, _) => x.ln(),
            _ if handed.reverse => -x,
            _ => x,
        };
        let (one, other) = (scale(figure.low), scale(figure.high));
        let (value, low, high) = (scale(figure.value), one.min(other), one.max(other));
        // A range without an end, or without a width, is no belief that can be leant on.
        if !(low.is_finite() && high.is_finite() && low < high) {
            continue;
        }
        let confidence = believed(figure.confidence);
        let coefficient = handed.coefficient.clone().unwrap_or_else(|| RATE.to_owned());
        let causes: Vec<Option<String>> = match handed.causes.as_slice() {
            [] => vec![None],
            causes => causes.iter().cloned().map(Some).collect(),
        };
        let source = figure.source.get(ctx.lang).to_owned();
        for cause in causes {
            let already = file.map.prior.iter().map(Spanned::get_ref).any(|prior| {
                prior.coefficient == coefficient && (prior.cause.is_none() || prior.cause == cause)
            });
            if !already {
                let (coefficient, source) = (coefficient.clone(), source.clone());
                let prior = Held { cause, coefficient, value, low, high, source, confidence };
                held.push(Spanned::new(span.clone(), prior));
            }
        }
    }
    if file.map.fit.pooling == Pooling::Lab {
        file.map.prior.extend(held);
    }
    Ok(())
}

/// A figure as the lab takes it.
#[derive(Debug)]
pub struct Told {
    figure: Figure,
    unit: Unit,
    value: f64,
    low: f64,
    high: f64,
}

/// What a fit hands over.
#[derive(Debug, Default)]
pub struct Fitted {
    told: Vec<Told>,
    without: Vec<Without>,
    people: usize,
    years: f64,
}

/// The figures of a fit, on the lab's scales.
pub fn fitted(
    spells: &Spells,
    model: &Model,
    risk: &Risk,
    assumptions: &Assumptions,
    within: Option<&Within>,
) -> Fitted {
    let (figures, without) = spells.figures(model, risk);
    let months = spells.months();
    let told = figures.into_iter().filter_map(|figure| {
        let unit = assumptions.unit(&figure.key)?;
        let of_it = |h: &&Handed| h.key == figure.key;
        let handed = spells.map.lab.iter().map(Spanned::get_ref).find(of_it);
        let leaving = handed.map_or(1.0, |handed| leaving(handed, assumptions, within));
        let scale = |x: f64| match unit {
            Unit::ShareAYear => (of_year(logistic(x), months) / leaving).min(1.0),
            Unit::Odds => x.exp(),
            _ => x,
        };
        let reach = REACH * figure.se;
        let (value, low, high) =
            (scale(figure.value), scale(figure.value - reach), scale(figure.value + reach));
        Some(Told { figure, unit, value, low, high })
    });
    let mut told: Vec<Told> = told.collect();
    // The shares by which rates were brought to the lab's own go along with them.
    let asked =
        |key: &str| spells.map.lab.iter().any(|handed| handed.get_ref().within.as_deref() == Some(key));
    for key in WITHIN.into_iter().filter(|key| asked(key)) {
        let Some(within) = within else { continue };
        let reach = REACH * within.se;
        told.push(Told {
            value: logistic(within.value),
            low: logistic(within.value - reach),
            high: logistic(within.value + reach),
            unit: Unit::Share,
            figure: Figure {
                key: key.to_owned(),
                causes: vec![String::from("select"), String::from("transfer")],
                chance: true,
                value: within.value,
                se: within.se,
                own_share: within.own_share,
                events: within.events,
                person_periods: f64::NAN,
            },
        });
    }
    Fitted { told, without, people: spells.all.len(), years: model.person_periods * f64::from(months) / 12.0 }
}

impl Fitted {
    /// Whether there is anything to hand over.
    pub fn is_empty(&self) -> bool {
        self.told.is_empty() && self.without.is_empty()
    }

    /// What a figure was fitted on, as its source.
    fn source(&self, told: &Told, until: Day, lang: Lang) -> String {
        say!(
            lang,
            "lab-fitted-source",
            spells = self.people.to_string(),
            years = format!("{:.0}", self.years),
            events = format!("{:.0}", told.figure.events),
            until = until.to_string(),
            own = format!("{:.0}", 100.0 * told.figure.own_share)
        )
    }

    /// The figures by key, as `lab compare --fit` reads them.
    pub fn json(&self, until: Day) -> Value {
        let one = |told: &Told| {
            let figure = &told.figure;
            let value = json!({
                "value": told.value, "low": told.low, "high": told.high, "unit": told.unit,
                "log_odds": figure.value, "se": figure.se, "own_share": figure.own_share,
                "causes": figure.causes, "events": figure.events,
                "source": {
                    "zh": self.source(told, until, Lang::Zh),
                    "en": self.source(told, until, Lang::En),
                },
            });
            (figure.key.clone(), value)
        };
        Value::Object(self.told.iter().map(one).collect::<Map<_, _>>())
    }

    /// What there is no figure of, and why.
    pub fn without_json(&self, lang: Lang) -> Value {
        let one = |w: &Without| json!({ "key": w.key, "cause": w.cause, "said": why(w, lang) });
        self.without.iter().map(one).collect()
    }

    /// The same as a table.
    pub fn words(&self, lang: Lang) -> String {
        let mut rows = vec![vec![
            say!(lang, "lab-col-figure"),
            say!(lang, "lab-col-value"),
            say!(lang, "lab-col-range"),
            say!(lang, "lab-col-own"),
        ]];
        let number = |x: f64, unit: Unit| match unit {
            Unit::ShareAYear => format!("{:.2} %", 100.0 * x),
            Unit::Share => format!("{:.0} %", 100.0 * x),
            _ => format!("{x:.2}"),
        };
        for told in &self.told {
            rows.push(vec![
                told.figure.key.clone(),
                number(told.value, told.unit),
                format!("{}–{}", number(told.low, told.unit), number(told.high, told.unit)),
                format!("{:.0} %", 100.0 * told.figure.own_share),
            ]);
        }
        let mut said = format!("\n{}\n{}", say!(lang, "lab-fitted"), out::table(&rows, &[1, 2, 3]));
        for w in &self.without {
            said.push_str(&format!("{}: {}\n", w.key, why(w, lang)));
        }
        said
    }
}

fn why(without: &Without, lang: Lang) -> String {
    match &without.why {
        Some(why) => why.say(&[], lang),
        None => say!(lang, "lab-aliased"),
    }
}
