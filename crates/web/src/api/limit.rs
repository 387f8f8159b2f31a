//! How often a token may ask: a bucket for each, in memory. A system that goes on at the pace of the refill is never
//! refused; a burst is answered as far as the bucket holds.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Requests that a full bucket holds.
const BURST: i64 = 200;
/// Milliseconds until one more may be asked: 20 a second.
const BACK: i64 = 50;
/// Tokens remembered; beyond it those with a full bucket are forgotten.
const REMEMBERED: usize = 1_000;

/// The buckets, by the account of the token: thousandths of nothing, but whole requests and the moment they were counted.
#[derive(Debug, Default)]
pub(super) struct Limits(Mutex<HashMap<i64, (i64, i64)>>);

impl Limits {
    /// Takes one request at a moment (milliseconds); how long to wait when there is none left.
    pub fn take(&self, account: i64, now: i64) -> Option<i64> {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= REMEMBERED {
            buckets.retain(|_, (left, at)| *left + (now - *at) / BACK < BURST);
        }
        let (left, at) = buckets.entry(account).or_insert((BURST, now));
        let gained = ((now - *at) / BACK).max(0);
        *left = (*left + gained).min(BURST);
        // What is left of an unfinished refill counts on.
        *at = if *left == BURST { now } else { *at + gained * BACK };
        if *left == 0 {
            return Some((*at + BACK - now).max(1));
        }
        *left -= 1;
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_answered_then_the_pace_of_the_refill() {
        let limits = Limits::default();
        let answered = (0..BURST + 5).filter(|_| limits.take(1, 1_000).is_none()).count();
        assert_eq!(answered as i64, BURST);
        assert_eq!(limits.take(1, 1_020), Some(30));
        assert_eq!(limits.take(1, 1_050), None);
        assert_eq!(limits.take(1, 1_050), Some(50));
        assert_eq!(limits.take(2, 1_050), None, "another system has a bucket of its own");
        assert_eq!((0..500).filter(|n| limits.take(1, 2_000 + n * BACK).is_none()).count(), 500);
    }
}
