//! Fans: how two courses go on, year by year, with the bands that hold nine tenths of them.

use takeroot_lab::compare::{Measured, Pair};
use takeroot_lab::measure::{Figure, Measure, Unit};
use takeroot_words::{Lang, Say as _};

use crate::block::{Chart, Fan};
use crate::number;
use crate::words::{capital, say};

/// The fan of a measure. Year 1 ends a year after the roster's day.
pub fn fan(measured: &Measured, first_year: u16, lang: Lang) -> Chart {
    let ends = |pair: &Pair| [pair.base.low, pair.base.high, pair.with.low, pair.with.high];
    let all: Vec<f64> = measured.years.iter().flat_map(ends).filter(|v| v.is_finite()).collect();
    let scale = Scale::over(
        all.iter().copied().fold(f64::INFINITY, f64::min),
        all.iter().copied().fold(f64::NEG_INFINITY, f64::max),
    );
    let years = measured.years.len();
    let x = |at: usize| if years < 2 { 0.5 } else { at as f64 / (years - 1) as f64 };
    let line = |of: &dyn Fn(&Pair) -> f64| -> Vec<(f64, f64)> {
        measured.years.iter().enumerate().map(|(at, pair)| (x(at), scale.at(of(pair)))).collect()
    };
    let fan = |side: fn(&Pair) -> &Figure| Fan {
        mean: line(&|pair| side(pair).value),
        low: line(&|pair| side(pair).low),
        high: line(&|pair| side(pair).high),
    };
    // No more years than there is room for; the last one always stands.
    let every = years.div_ceil(6).max(1);
    let shown = (0..years).filter(|at| (years - 1 - at).is_multiple_of(every));
    Chart {
        title: titled(measured, lang),
        ticks: scale
            .ticks
            .iter()
            .map(|tick| (scale.at(*tick), tick_text(*tick, measured.unit, &scale)))
            .collect(),
        years: shown.map(|at| (x(at), (usize::from(first_year) + at).to_string())).collect(),
        base: fan(|pair| &pair.base),
        with: fan(|pair| &pair.with),
    }
}

/// A measure's name with the unit that it does not say itself.
pub fn titled(measured: &Measured, lang: Lang) -> String {
    let name = capital(name(measured.measure, lang));
    match measured.unit {
        Unit::Yuan if measured.measure == Measure::BillAHead => say!(lang, "with-yuan", name = name),
        Unit::Yuan => say!(lang, "with-money", name = name),
        _ => name,
    }
}

/// The same of a difference: that of two shares is in points of a hundred.
pub fn titled_difference(measure: Measure, lang: Lang) -> String {
    let name = capital(name(measure, lang));
    match measure.unit() {
        Unit::Yuan => say!(lang, "with-money", name = name),
        Unit::Share => say!(lang, "with-points", name = name),
        _ => name,
    }
}

/// The unit that a measure is shown in: pay a head in yuan, which is a whole number as people are.
pub fn shown(measured: &Measured) -> Unit {
    if measured.measure == Measure::BillAHead { Unit::People } else { measured.unit }
}

/// What a measure is called where it stands alone.
pub fn name(measure: Measure, lang: Lang) -> String {
    match measure {
        Measure::VacantTownship => say!(lang, "measure-vacant-township"),
        _ => measure.say(lang),
    }
}

fn tick_text(tick: f64, unit: Unit, scale: &Scale) -> String {
    let (value, after) = match unit {
        Unit::Share => (tick * 100.0, "%"),
        Unit::Yuan => (tick / 10_000.0, ""),
        _ => (tick, ""),
    };
    let step = match unit {
        Unit::Share => scale.step * 100.0,
        Unit::Yuan => scale.step / 10_000.0,
        _ => scale.step,
    };
    let decimals = if step >= 1.0 { 0 } else { (-step.log10()).ceil().clamp(0.0, 4.0) as usize };
    format!("{}{after}", number::digits(value, decimals))
}

/// An axis from a round number to a round number.
struct Scale {
    low: f64,
    high: f64,
    step: f64,
    ticks: Vec<f64>,
}

impl Scale {
    /// The axis that holds these values, with three to six marks.
    fn over(low: f64, high: f64) -> Scale {
        let (low, high) = if low.is_finite() && high.is_finite() { (low, high) } else { (0.0, 1.0) };
        let spread = if high > low { high - low } else { low.abs().max(1.0) };
        // A fan that fills its box makes much of little: an axis begins at nothing unless everything lies far above it.
        let low = if low >= 0.0 && low < spread * 2.0 { 0.0 } else { low };
        let spread = (high - low).max(spread * 1e-6);
        let power = 10f64.powf((spread / 4.0).log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .into_iter()
            .map(|by| by * power)
            .find(|step| spread / step <= 4.5)
            .unwrap_or(power * 10.0);
        let (first, last) = ((low / step).floor(), (high / step).ceil());
        let (first, last) = if last > first { (first, last) } else { (first, first + 1.0) };
        let marks = (last - first).clamp(1.0, 12.0) as usize;
        Scale {
            low: first * step,
            high: last * step,
            step,
            ticks: (0..=marks).map(|mark| (first + mark as f64) * step).collect(),
        }
    }

    /// Where a value stands, from 0 to 1.
    fn at(&self, value: f64) -> f64 {
        if value.is_finite() { ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0) } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_is_round_and_holds_everything() {
        for (low, high) in [(50.2, 121.0), (0.0, 0.0), (0.16, 0.44), (2.15e8, 2.4e8), (-3.0, 4.0), (7.0, 7.0)]
        {
            let scale = Scale::over(low, high);
            assert!(scale.low <= low && high <= scale.high, "{low} to {high}");
            assert!((2..=8).contains(&scale.ticks.len()), "{low} to {high}: {:?}", scale.ticks);
            assert!((0.0..=1.0).contains(&scale.at(low)) && (0.0..=1.0).contains(&scale.at(high)));
        }
        assert_eq!(Scale::over(50.2, 121.0).low, 0.0, "vacancies are seen from none on");
        assert!(Scale::over(2.15e8, 2.4e8).low > 2.0e8, "a pay bill from where it moves");
    }
}
