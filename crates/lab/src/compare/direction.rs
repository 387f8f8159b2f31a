//! What can be said of the direction of a difference: only what luck, figures and levers do not turn.
//!
//! Many measures are looked at in one comparison, and one in twenty would seem to differ by luck alone. So a mean counts as
//! told from nothing only at three standard errors ([`SURE`]): of thirty measures, luck names one in fewer than one of ten
//! comparisons. Draws of the figures are run on a few replicates each; what they scatter by because of that is luck and no
//! doubt about figures, and is taken out. From fewer than [`ENOUGH_DRAWS`] draws nothing is said of figures, and so no direction.

use serde::Serialize;

use crate::measure::{Figure, standard_error};

/// What can be said of the direction of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Nothing differs, in no replicate, draw or lever.
    None,
    /// Up in chance, figures and levers alike.
    Up,
    /// Down likewise.
    Down,
    /// It turns within what is not known, or too few draws or replicates were run to tell.
    Unclear,
}

/// Draws of the figures from which something is said of them, at least.
pub const ENOUGH_DRAWS: usize = 30;

/// Standard errors by which a mean is told from nothing, of as many replicates as one likes.
pub const SURE: f64 = 3.0;

/// The same of a few replicates: the quantile of Student's distribution that has as much beyond it (Hill's expansion).
fn sure(replicates: usize) -> f64 {
    let (z, n) = (SURE, replicates.saturating_sub(1) as f64);
    if n < 3.0 {
        return f64::INFINITY;
    }
    z + (z.powi(3) + z) / (4.0 * n) + (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / (96.0 * n * n)
}

/// What a draw of the figures says of a difference.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Drawn {
    /// The mean difference.
    pub value: f64,
    /// The variance that it has because of the few replicates of a draw; not known of a single one.
    pub noise: Option<f64>,
}

/// Draws put together: their interval without what is luck of their few replicates, and the standard error that this luck gives
/// a single draw.
pub(super) fn figures(drawn: &[Drawn]) -> (Figure, Option<f64>) {
    let values: Vec<f64> = drawn.iter().map(|d| d.value).collect();
    let plain = Figure::of(&values);
    let Some(noises) = drawn.iter().map(|d| d.noise).collect::<Option<Vec<f64>>>().filter(|n| !n.is_empty())
    else {
        return (plain, None);
    };
    let noise = noises.iter().sum::<f64>() / noises.len() as f64;
    let seen = standard_error(&values).powi(2) * values.len() as f64;
    if !(seen.is_finite() && seen > 0.0) {
        return (plain, Some(noise.sqrt()));
    }
    let kept = (1.0 - noise / seen).max(0.0).sqrt();
    let nearer = |value: f64| plain.value + (value - plain.value) * kept;
    (Figure { value: plain.value, low: nearer(plain.low), high: nearer(plain.high) }, Some(noise.sqrt()))
}

/// The direction of differences, replicate by replicate, with the draws' interval and the levers' differences.
pub(super) fn direction(
    differences: &[f64],
    drawn: &[Drawn],
    figures: &Figure,
    levers: &[(String, f64)],
) -> Direction {
    let levers = || levers.iter().map(|(_, difference)| *difference);
    let nothing = |value: f64| value == 0.0 || value.is_nan();
    if differences.iter().all(|d| nothing(*d))
        && drawn.iter().all(|d| nothing(d.value))
        && levers().all(nothing)
    {
        return Direction::None;
    }
    let mean = differences.iter().sum::<f64>() / differences.len().max(1) as f64;
    let far = sure(differences.len()) * standard_error(differences);
    let all = || [mean - far, mean + far, figures.low, figures.high].into_iter().chain(levers());
    if drawn.len() < ENOUGH_DRAWS {
        Direction::Unclear
    } else if all().all(|d| d > 0.0) {
        Direction::Up
    } else if all().all(|d| d < 0.0) {
        Direction::Down
    } else {
        Direction::Unclear
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keyed::{Luck, Purpose};

    /// Numbers about 0 with variance 1, by key.
    fn scatter(of: u64, n: usize) -> Vec<f64> {
        let luck = Luck::of(of);
        let unit = |at: usize, nth: u16| luck.unit(at as u64, nth, 0, Purpose::Once);
        (0..n).map(|at| (0..12).map(|nth| unit(at, nth)).sum::<f64>() - 6.0).collect()
    }

    fn drawn(values: &[f64], noise: f64) -> Vec<Drawn> {
        values.iter().map(|value| Drawn { value: *value, noise: Some(noise) }).collect()
    }

    #[test]
    fn the_bound_of_few_replicates_is_students() {
        // qt(pnorm(3), df) in R: 3.0896 for 99, 3.8519 for 11.
        assert!((sure(100) - 3.0777).abs() < 0.02, "{}", sure(100));
        assert!((sure(12) - 3.8519).abs() < 0.06, "{}", sure(12));
        assert_eq!(sure(3), f64::INFINITY);
    }

    #[test]
    fn of_thirty_measures_that_do_not_differ_hardly_one_comparison_in_ten_names_one() {
        let comparisons = 300;
        let wrong = (0..comparisons).filter(|comparison| {
            (0..30).any(|measure| {
                let differences = scatter(comparison * 64 + measure, 40);
                let mean = differences.iter().sum::<f64>() / 40.0;
                // Draws lie about the mean that was found, as those of a comparison do.
                let draws = drawn(&vec![mean; 32], 0.0);
                let named = direction(&differences, &draws, &figures(&draws).0, &[]);
                named != Direction::Unclear
            })
        });
        let wrong = wrong.count();
        assert!(wrong < 45, "{wrong} of {comparisons}");
    }

    #[test]
    fn luck_of_a_few_replicates_is_not_doubt_about_figures() {
        // Figures do nothing: all that draws scatter by is luck, of variance 4.
        let noisy: Vec<f64> = scatter(1, 64).iter().map(|v| 10.0 + 2.0 * v).collect();
        let (told, noise) = figures(&drawn(&noisy, 4.0));
        assert!(told.high - told.low < 3.0, "{told:?}");
        assert!((noise.unwrap() - 2.0).abs() < 1e-12);
        assert!(Figure::of(&noisy).high - Figure::of(&noisy).low > 5.0);
        // Figures do as much again: that stays.
        let moved: Vec<f64> = noisy.iter().zip(scatter(2, 64)).map(|(v, more)| v + 4.0 * more).collect();
        let (told, _) = figures(&drawn(&moved, 4.0));
        assert!((told.high - told.low) > 9.0 && (told.high - told.low) < 17.0, "{told:?}");
        // Of one replicate a draw nobody knows how much is luck: nothing is taken out.
        let one: Vec<Drawn> = noisy.iter().map(|value| Drawn { value: *value, noise: None }).collect();
        assert_eq!(figures(&one), (Figure::of(&noisy), None));
    }

    #[test]
    fn few_draws_few_replicates_or_one_lever_are_enough_to_say_nothing() {
        let differences: Vec<f64> = scatter(3, 40).iter().map(|v| 5.0 + v).collect();
        let draws = drawn(&vec![5.0; ENOUGH_DRAWS], 0.0);
        let of = |differences: &[f64], draws: &[Drawn], levers: &[(String, f64)]| {
            direction(differences, draws, &figures(draws).0, levers)
        };
        assert_eq!(of(&differences, &draws, &[]), Direction::Up);
        assert_eq!(of(&differences, &draws[1..], &[]), Direction::Unclear);
        assert_eq!(of(&differences[..3], &draws, &[]), Direction::Unclear);
        assert_eq!(of(&differences, &draws, &[("other".to_owned(), -0.1)]), Direction::Unclear);
        let none = drawn(&[0.0], 0.0);
        assert_eq!(of(&[0.0, 0.0], &none, &[("other".to_owned(), 0.0)]), Direction::None);
        assert_eq!(of(&[0.0, 0.0], &none, &[("other".to_owned(), 0.1)]), Direction::Unclear);
    }
}
