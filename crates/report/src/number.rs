//! Figures as a reader takes them in: no more digits than mean something, thousands apart, a real minus sign.

use takeroot_lab::measure::{Figure, Measure, Unit};
use takeroot_words::Lang;

use crate::words::say;

/// A value in its unit: people and posts whole from ten on, money in units of 10,000 yuan. Shares with `%`.
pub fn value(value: f64, unit: Unit) -> String {
    value_of(value, unit, value)
}

/// A value with as many decimals as another of its size has.
fn value_of(value: f64, unit: Unit, scale: f64) -> String {
    let text = digits(value * times(unit), decimals(unit, scale));
    if unit == Unit::Share { format!("{text}%") } else { text }
}

/// A difference, with its sign; of shares in points of a hundred, without `%`.
pub fn difference(difference: f64, unit: Unit) -> String {
    difference_of(difference, unit, difference)
}

fn difference_of(difference: f64, unit: Unit, scale: f64) -> String {
    signed(difference, digits(difference * times(unit), decimals(unit, scale)))
}

/// A mean difference that stands beside its interval: with as many decimals as that needs.
pub fn mean(figure: &Figure, unit: Unit) -> String {
    difference_of(figure.value, unit, scale(figure))
}

/// The largest of a figure's numbers: what its decimals go by.
fn scale(figure: &Figure) -> f64 {
    figure.value.abs().max(figure.low.abs()).max(figure.high.abs())
}

/// How large a difference is, without its sign.
pub fn size(difference: f64, unit: Unit) -> String {
    digits(difference.abs() * times(unit), decimals(unit, difference))
}

/// The ends of an interval of differences, both with as many decimals as the wider one needs.
pub fn interval(figure: &Figure, unit: Unit, lang: Lang) -> String {
    let scale = scale(figure);
    let one = |end| difference_of(end, unit, scale);
    say!(lang, "interval", low = one(figure.low), high = one(figure.high))
}

/// The ends of an interval of values.
pub fn range(figure: &Figure, unit: Unit, lang: Lang) -> String {
    let scale = scale(figure);
    let one = |end| value_of(end, unit, scale);
    say!(lang, "interval", low = one(figure.low), high = one(figure.high))
}

/// What a value is multiplied by to be shown: shares by a hundred, yuan in tens of thousands.
const fn times(unit: Unit) -> f64 {
    match unit {
        Unit::Share => 100.0,
        Unit::Yuan => 1e-4,
        _ => 1.0,
    }
}

/// How many decimals mean something at a size.
fn decimals(unit: Unit, size: f64) -> usize {
    let shown = (size * times(unit)).abs();
    match unit {
        Unit::People | Unit::Days => usize::from(shown < 9.95),
        Unit::Yuan => usize::from(shown < 99.5),
        Unit::Ratio => 3,
        Unit::Months => usize::from(shown < 99.5),
        // What is a small part of a hundredth would look like nothing at all.
        Unit::Share if shown > 0.0 && shown < 0.095 => 2,
        Unit::Share | Unit::Years | Unit::Hours => 1,
    }
}

/// How a number is told in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum As {
    /// How large a difference is, without its sign.
    Size,
    /// A difference, with its sign.
    Difference,
    /// A value.
    Level,
}

/// A number of a measure in a sentence, with what is counted: `12 people`, `2.2 percentage points`.
pub fn amount(number: f64, how: As, measure: Measure, lang: Lang) -> String {
    let unit = measure.unit();
    if unit == Unit::Yuan {
        return sum(number, how, lang);
    }
    let text = match how {
        As::Size => size(number, unit),
        As::Difference => difference(number, unit),
        As::Level => value(number, unit),
    };
    match (measure, unit) {
        (Measure::Vacant | Measure::VacantTownship | Measure::PostsVacant, _) => {
            say!(lang, "amount-posts", n = text)
        }
        (Measure::Promoted | Measure::Appointed | Measure::Seconded, _) => {
            say!(lang, "amount-times", n = text)
        }
        (Measure::PersonYears, _) => say!(lang, "amount-person-years", n = text),
        (_, Unit::People) => say!(lang, "amount-people", n = text),
        (_, Unit::Share) if how == As::Level => text,
        (_, Unit::Share) => say!(lang, "amount-points", n = text),
        (_, Unit::Years) => say!(lang, "amount-years", n = text),
        (_, Unit::Months) => say!(lang, "amount-months", n = text),
        (_, Unit::Hours) => say!(lang, "amount-hours", n = text),
        (_, Unit::Days) => say!(lang, "amount-days", n = text),
        (_, Unit::Ratio | Unit::Yuan) => text,
    }
}

/// A sum of money in a sentence: in units that the language reckons large sums in.
fn sum(yuan: f64, how: As, lang: Lang) -> String {
    let number = match how {
        As::Size => yuan.abs(),
        As::Difference | As::Level => yuan,
    };
    let text = lang.pick(money(number), digits(number / 1e6, 1));
    let text = if how == As::Difference { signed(yuan, text) } else { text };
    say!(lang, "amount-money", n = text)
}

/// The ends of an interval of differences in a sentence.
pub fn amounts(figure: &Figure, measure: Measure, lang: Lang) -> String {
    if measure.unit() != Unit::Yuan {
        return interval(figure, measure.unit(), lang);
    }
    let one = |yuan: f64| signed(yuan, lang.pick(money(yuan), digits(yuan / 1e6, 1)));
    say!(lang, "interval", low = one(figure.low), high = one(figure.high))
}

/// A cost in a sentence, with its interval.
pub fn cost(figure: &Figure, lang: Lang) -> (String, String) {
    let one = |yuan: f64| lang.pick(money(yuan), digits(yuan / 1e6, 2));
    let interval = say!(lang, "interval", low = one(figure.low), high = one(figure.high));
    (say!(lang, "amount-money", n = one(figure.value)), interval)
}

/// A sum of money, yuan, in units of 10,000 yuan.
pub fn money(yuan: f64) -> String {
    value(yuan, Unit::Yuan)
}

/// A difference's text with its sign; what rounds to nothing has none.
fn signed(difference: f64, text: String) -> String {
    let nothing = text.trim_matches(['0', '.', '%', '−', ',']).is_empty();
    if nothing {
        text.trim_start_matches('−').to_owned()
    } else if difference > 0.0 {
        format!("+{text}")
    } else {
        text
    }
}

/// With so many decimals, thousands apart, and a minus sign that does not look like a hyphen.
pub fn digits(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return String::from("—");
    }
    let text = format!("{:.decimals$}", value.abs());
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let minus = value < 0.0 && text.chars().any(|c| c.is_ascii_digit() && c != '0');
    format!("{}{grouped}{rest}", if minus { "−" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_as_many_digits_as_mean_something() {
        assert_eq!(value(1234.56, Unit::People), "1,235");
        assert_eq!(value(9.96, Unit::People), "10");
        assert_eq!(value(3.27, Unit::People), "3.3");
        assert_eq!(value(0.401, Unit::Share), "40.1%");
        assert_eq!(value(159_987_000.0, Unit::Yuan), "15,999");
        assert_eq!(difference(-0.0216, Unit::Share), "−2.2");
        assert_eq!(difference(-50.4, Unit::People), "−50");
        assert_eq!(difference(874.9, Unit::People), "+875");
        assert_eq!(difference(-0.000_01, Unit::Share), "0.00");
        assert_eq!(difference(-0.0003, Unit::Share), "−0.03");
        assert_eq!(value(108_000.0, Unit::Yuan), "10.8");
        let figure = Figure { value: -14.0, low: -18.2, high: -7.0 };
        assert_eq!(interval(&figure, Unit::People, Lang::En), "−18 to −7");
        assert_eq!(size(-0.0216, Unit::Share), "2.2");
        assert_eq!(digits(f64::NAN, 1), "—");
    }
}
