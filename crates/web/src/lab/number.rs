//! Figures of the lab as pages write them: those of `takeroot_lab::told`, thousands apart and with a real minus sign.

use takeroot_lab::measure::{Figure, Unit};
use takeroot_lab::told;
use takeroot_words::Lang;

use crate::words::say;

/// A value in its unit, without the unit's name.
pub(super) fn number(value: f64, unit: Unit) -> String {
    apart(&told::number(value, unit))
}

/// A difference: with its sign.
pub(super) fn difference(value: f64, unit: Unit) -> String {
    apart(&told::difference(value, unit))
}

/// An interval; signed where it is of a difference.
pub(super) fn interval(figure: &Figure, unit: Unit, signed: bool) -> String {
    let one = |value| if signed { difference(value, unit) } else { number(value, unit) };
    let (low, high) = (one(figure.low), one(figure.high));
    format!("{low} … {high}")
}

/// A value with its interval.
pub(super) fn figure(figure: &Figure, unit: Unit, signed: bool) -> String {
    let value = if signed { difference(figure.value, unit) } else { number(figure.value, unit) };
    format!("{value} [{}]", interval(figure, unit, signed))
}

/// A difference in a sentence: of shares in points, of money in the sums that the language reckons in.
pub(super) fn said(value: f64, unit: Unit, lang: Lang) -> String {
    let text = difference(value, unit);
    match unit {
        Unit::Share => say!(lang, "lab-points", n = text.trim_end_matches('%')),
        Unit::Yuan => money(value, true, lang),
        _ => text,
    }
}

/// A value in a sentence.
pub(super) fn level(value: f64, unit: Unit, lang: Lang) -> String {
    if unit == Unit::Yuan { money(value, false, lang) } else { number(value, unit) }
}

/// A sum of money, yuan.
fn money(yuan: f64, signed: bool, lang: Lang) -> String {
    let sum = yuan / lang.pick(1e4, 1e6);
    let text = if signed { format!("{sum:+.1}") } else { format!("{sum:.1}") };
    say!(lang, "lab-money", n = apart(&text))
}

/// Thousands apart; a minus sign that is no hyphen.
fn apart(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let (whole, rest) = text.split_at(text.find(['.', '%']).unwrap_or(text.len()));
    let digits = whole.chars().filter(char::is_ascii_digit).count();
    let mut at = 0;
    for c in whole.chars() {
        if c.is_ascii_digit() {
            if at > 0 && (digits - at).is_multiple_of(3) {
                out.push(',');
            }
            at += 1;
        }
        out.push(if c == '-' { '−' } else { c });
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_apart_and_signs_are_signs() {
        assert_eq!(number(1_234_567.0, Unit::People), "1,234,567.0");
        assert_eq!(difference(-0.014, Unit::Share), "−1.4%");
        assert_eq!(difference(117_030_000.0, Unit::Yuan), "+11,703.0");
        let between = Figure { value: 0.0, low: -1234.0, high: 5.0 };
        assert_eq!(interval(&between, Unit::People, true), "−1,234.0 … +5.0");
        assert_eq!(said(-0.014, Unit::Share, Lang::En), "−1.4 points");
        assert_eq!(said(117_030_000.0, Unit::Yuan, Lang::En), "+117.0 million yuan");
        assert_eq!(level(117_030_000.0, Unit::Yuan, Lang::Zh), "11,703.0万元");
    }
}
