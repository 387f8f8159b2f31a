//! What an answer hangs on: methods that work on any function of factors between 0 and 1.
//!
//! The function is handed in and answers with several outcomes at once. Points are drawn by key (Philox, as all chance of the
//! lab), evaluated in whatever order threads take them, and put together in their own order: the same bits on any threads.

pub mod morris;
pub mod sobol;

use rayon::prelude::*;

use crate::keyed;

/// A function of factors between 0 and 1: its outcomes at a point.
pub type Function<'a, E> = dyn Fn(&[f64]) -> Result<Vec<f64>, E> + Sync + 'a;

/// Numbers drawn by key: a function of the seed, what they are for, and three ordinals.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stream([u32; 2]);

impl Stream {
    /// The stream of a seed for a purpose.
    pub(crate) fn of(seed: u64, purpose: &str) -> Stream {
        let key = keyed::key_in(seed, keyed::key_of(purpose));
        Stream([key as u32, (key >> 32) as u32])
    }

    /// A number between 0 and 1, neither of which it ever is.
    pub(crate) fn unit(self, a: usize, b: usize, c: usize) -> f64 {
        keyed::unit(keyed::philox([a as u32, b as u32, c as u32, 0], self.0)[0])
    }

    /// A number from 0 to below `n`.
    pub(crate) fn below(self, n: usize, a: usize, b: usize, c: usize) -> usize {
        ((self.unit(a, b, c) * n as f64) as usize).min(n.saturating_sub(1))
    }

    /// An order of `n` things (Fisher and Yates).
    pub(crate) fn order(self, n: usize, a: usize, b: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        for last in (1..n).rev() {
            order.swap(last, self.below(last + 1, a, b, last));
        }
        order
    }
}

/// The function at each point, in the order of the points.
///
/// # Errors
/// The function's own.
pub fn evaluate<E: Send>(points: &[Vec<f64>], function: &Function<'_, E>) -> Result<Vec<Vec<f64>>, E> {
    points.par_iter().map(|point| function(point)).collect()
}
