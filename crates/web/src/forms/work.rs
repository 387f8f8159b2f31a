//! Printing under way: how far it is, stopping it, and what came out. Kept in memory for the one who asked.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};

use takeroot_forms::{Fault, Fonts, Press};
use takeroot_office::forms::{FormError, Made, Prepared};

/// How many pieces of work are kept in all, and of one account. The oldest give way: a file that was not fetched is
/// quickly made again.
const KEPT: usize = 60;
const KEPT_OF_ONE: usize = 6;
/// How long one is kept, milliseconds.
const LASTS: i64 = 30 * 60_000;

/// What has become of a piece of work.
#[derive(Clone, Debug)]
pub(super) enum State {
    /// Under way.
    Running,
    /// Made.
    Done(Arc<Made>),
    /// Not made, and why.
    Failed(Arc<FormError>),
    /// Stopped.
    Stopped,
}

/// A piece of work.
#[derive(Debug)]
pub(super) struct Work {
    account: i64,
    begun: i64,
    of: usize,
    done: AtomicUsize,
    stop: AtomicBool,
    state: Mutex<State>,
}

impl Work {
    /// How far it is: done, of how many.
    pub(super) fn far(&self) -> (usize, usize) {
        (self.done.load(Ordering::Relaxed), self.of)
    }

    /// What has become of it.
    pub(super) fn state(&self) -> State {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Asks it to stop.
    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    fn set(&self, state: State) {
        *self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = state;
    }
}

/// All work.
#[derive(Debug, Default)]
pub(super) struct Works(Mutex<HashMap<String, Arc<Work>>>);

impl Works {
    /// Begins to make what was prepared; `key` nobody can guess.
    pub(super) fn begin(&self, key: String, account: i64, now: i64, prepared: Prepared) {
        let work = self.add(key, account, now, prepared.count(), State::Running);
        tokio::task::spawn_blocking(move || {
            let made = match press() {
                Some(press) => prepared.make(press, |step| {
                    work.done.store(step.done, Ordering::Relaxed);
                    if work.stop.load(Ordering::Relaxed) {
                        ControlFlow::Break(())
                    } else {
                        ControlFlow::Continue(())
                    }
                }),
                None => Err(FormError::Fault(Fault::NoFont)),
            };
            work.set(match made {
                Ok(made) => State::Done(Arc::new(made)),
                Err(FormError::Fault(Fault::Stopped)) => State::Stopped,
                Err(error) => State::Failed(Arc::new(error)),
            });
        });
    }

    /// Keeps something that is made already.
    pub(super) fn keep(&self, key: String, account: i64, now: i64, made: Made) {
        self.add(key, account, now, 1, State::Done(Arc::new(made)));
    }

    fn add(&self, key: String, account: i64, now: i64, of: usize, state: State) -> Arc<Work> {
        let work = Arc::new(Work {
            account,
            begun: now,
            of,
            done: AtomicUsize::new(0),
            stop: AtomicBool::new(false),
            state: Mutex::new(state),
        });
        let mut all = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        all.retain(|_, w| now - w.begun < LASTS);
        while all.values().filter(|w| w.account == account).count() >= KEPT_OF_ONE {
            drop_oldest(&mut all, |w| w.account == account);
        }
        while all.len() >= KEPT {
            drop_oldest(&mut all, |_| true);
        }
        all.insert(key, work.clone());
        work
    }

    /// A piece of work of this account; nobody else's is there.
    pub(super) fn get(&self, key: &str, account: i64) -> Option<Arc<Work>> {
        let all = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        all.get(key).filter(|w| w.account == account).cloned()
    }
}

/// The oldest of those gives way; if it is under way, it is stopped.
fn drop_oldest(all: &mut HashMap<String, Arc<Work>>, of: impl Fn(&Work) -> bool) {
    let oldest = all.iter().filter(|(_, w)| of(w)).min_by_key(|(_, w)| w.begun).map(|(k, _)| k.clone());
    if let Some(work) = oldest.and_then(|key| all.remove(&key)) {
        work.stop();
    }
}

/// The press with the fonts that the program carries; `None` if they cannot be read.
pub(super) fn press() -> Option<&'static Press> {
    static PRESS: LazyLock<Option<Press>> =
        LazyLock::new(|| Fonts::new(takeroot_assets::serif_fonts()).ok().map(Press::new));
    PRESS.as_ref()
}
