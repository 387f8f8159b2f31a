//! Screening after Morris (1991), with the mean of absolute effects of Campolongo, Cariboni & Saltelli (2007).
//!
//! A trajectory starts at a point of a grid of [`LEVELS`] levels and moves one factor after another, in an order of its own,
//! by [`STEP`]. What the function changes by, divided by the step, is an elementary effect. A factor that does nothing has
//! effects of exactly 0, since the function is evaluated twice with the same bits but for that factor.

use serde::Serialize;

use super::{Function, Stream, evaluate};

/// Levels of the grid.
pub const LEVELS: usize = 4;

/// How far a factor moves: `LEVELS / (2 (LEVELS - 1))`, by which each level is as likely as another.
pub const STEP: f64 = LEVELS as f64 / (2.0 * (LEVELS as f64 - 1.0));

/// What a factor does to an outcome, in the outcome's unit for the whole range of the factor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Effect {
    /// Mean of the elementary effects.
    pub mu: f64,
    /// Mean of their absolute values.
    pub mu_star: f64,
    /// Their standard deviation: large where the effect bends or hangs on other factors.
    pub sigma: f64,
    /// Standard error of `mu_star` over the trajectories.
    pub error: f64,
}

/// Trajectories.
#[derive(Clone, Debug, PartialEq)]
pub struct Design {
    /// All points, trajectory by trajectory, each one more than there are factors.
    pub points: Vec<Vec<f64>>,
    /// By trajectory and step: which factor moved, and whether upwards.
    moved: Vec<Vec<(usize, bool)>>,
}

impl Design {
    /// Trajectories of a seed.
    pub fn of(factors: usize, trajectories: usize, seed: u64) -> Design {
        let (starts, orders) = (Stream::of(seed, "morris-start"), Stream::of(seed, "morris-order"));
        let (half, top) = (LEVELS / 2, (LEVELS - 1) as f64);
        let mut design = Design { points: Vec::new(), moved: Vec::new() };
        for trajectory in 0..trajectories {
            // Whoever moves upwards starts in the lower half of the levels, whoever moves downwards in the upper half.
            let ups: Vec<bool> = (0..factors).map(|f| starts.unit(trajectory, f, 0) < 0.5).collect();
            let mut levels: Vec<usize> = ups
                .iter()
                .enumerate()
                .map(|(f, up)| starts.below(half, trajectory, f, 1) + if *up { 0 } else { half })
                .collect();
            let at = |levels: &[usize]| levels.iter().map(|level| *level as f64 / top).collect();
            design.points.push(at(&levels));
            let mut moved = Vec::new();
            for factor in orders.order(factors, trajectory, 0) {
                let up = ups[factor];
                levels[factor] = if up { levels[factor] + half } else { levels[factor] - half };
                design.points.push(at(&levels));
                moved.push((factor, up));
            }
            design.moved.push(moved);
        }
        design
    }

    /// How many factors there are.
    fn factors(&self) -> usize {
        self.moved.first().map_or(0, Vec::len)
    }

    /// The effects: by outcome, then factor.
    ///
    /// # Errors
    /// The function's own.
    pub fn screen<E: Send>(&self, function: &Function<'_, E>) -> Result<Vec<Vec<Effect>>, E> {
        let values = evaluate(&self.points, function)?;
        let (factors, outcomes) = (self.factors(), values.first().map_or(0, Vec::len));
        let mut effects = vec![vec![Vec::with_capacity(self.moved.len()); factors]; outcomes];
        for (moved, values) in self.moved.iter().zip(values.chunks(factors + 1)) {
            for ((factor, up), pair) in moved.iter().zip(values.windows(2)) {
                let step = if *up { STEP } else { -STEP };
                for (outcome, effects) in effects.iter_mut().enumerate() {
                    effects[*factor].push((pair[1][outcome] - pair[0][outcome]) / step);
                }
            }
        }
        Ok(effects.iter().map(|of| of.iter().map(|effects| summed(effects)).collect()).collect())
    }
}

fn summed(effects: &[f64]) -> Effect {
    let n = effects.len().max(1) as f64;
    let mean = |values: &mut dyn Iterator<Item = f64>| values.sum::<f64>() / n;
    let spread = |values: &[f64], mean: f64| {
        (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0)).sqrt()
    };
    let sizes: Vec<f64> = effects.iter().map(|effect| effect.abs()).collect();
    let (mu, mu_star) = (mean(&mut effects.iter().copied()), mean(&mut sizes.iter().copied()));
    Effect { mu, mu_star, sigma: spread(effects, mu), error: spread(&sizes, mu_star) / n.sqrt() }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    fn screened(factors: usize, function: &Function<'_, Infallible>) -> Vec<Effect> {
        Design::of(factors, 20, 3).screen(function).unwrap().remove(0)
    }

    #[test]
    fn of_a_sum_the_effects_are_its_weights() {
        let effects = screened(4, &|x| Ok(vec![3.0 * x[0] - 2.0 * x[1] + 0.5 * x[3]]));
        for (effect, weight) in effects.iter().zip([3.0, -2.0, 0.0, 0.5_f64]) {
            assert!((effect.mu - weight).abs() < 1e-12 && (effect.mu_star - weight.abs()).abs() < 1e-12);
            assert!(
                effect.sigma < 1e-12 && effect.error < 1e-12,
                "a sum neither bends nor mixes: {effect:?}"
            );
        }
    }

    #[test]
    fn what_does_nothing_has_exactly_nothing_and_what_mixes_is_seen() {
        let effects = screened(5, &|x| Ok(vec![(7.3 * x[0]).sin() * x[1] + x[2] * x[2]]));
        assert_eq!(effects[3], Effect::default());
        assert_eq!(effects[4], Effect::default());
        assert!(effects[0].sigma > 0.1 && effects[1].sigma > 0.1, "{effects:?}");
        assert!(effects[2].mu_star > 0.0 && effects[2].mu_star == effects[2].mu, "it only rises");
    }

    #[test]
    fn trajectories_keep_to_the_grid_and_move_one_factor_at_a_time() {
        let design = Design::of(6, 40, 9);
        assert_eq!(design.points.len(), 40 * 7);
        let mut seen = [0; LEVELS];
        for trajectory in design.points.chunks(7) {
            let mut moved: Vec<usize> = Vec::new();
            for pair in trajectory.windows(2) {
                let other: Vec<usize> = (0..6).filter(|f| pair[0][*f] != pair[1][*f]).collect();
                assert_eq!(other.len(), 1);
                assert!(((pair[1][other[0]] - pair[0][other[0]]).abs() - STEP).abs() < 1e-12);
                moved.extend(other);
            }
            moved.sort_unstable();
            assert_eq!(moved, [0, 1, 2, 3, 4, 5]);
            for x in trajectory.iter().flatten() {
                seen[(x * 3.0).round() as usize] += 1;
                assert!((0.0..=1.0).contains(x));
            }
        }
        assert!(seen.iter().all(|n| *n > 250), "every level is visited about as often: {seen:?}");
        assert_eq!(design, Design::of(6, 40, 9));
        assert_ne!(design, Design::of(6, 40, 10));
    }
}
