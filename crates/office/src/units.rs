//! The unit tree with its numbers, remembered for as long as the lists stay in the state they were counted in.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use takeroot_civil::Day;
use takeroot_store::organs::Node;
use takeroot_store::{Tx, Within, organs, roster};

use crate::home::Glance;
use crate::{Office, OfficeError};

/// Glances remembered: readers with the same reach share one.
const GLANCES: usize = 64;

/// A node of the unit tree with its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The node.
    pub node: Node,
    /// People in the service in the subtree.
    pub in_post: i64,
    /// Approved headcount of the subtree, as far as it is known.
    pub establishment: Option<i64>,
}

/// The whole tree, and who is in the service where, in one state of the lists.
#[derive(Debug)]
pub(crate) struct Whole {
    state: i64,
    /// Depth first.
    pub tree: Vec<Node>,
    /// Number of an organ (0: none that is known), people.
    in_post: Vec<(i64, i64)>,
}

/// What is remembered of one state of the lists.
#[derive(Debug, Default)]
pub(crate) struct Remembered {
    whole: Mutex<Option<Arc<Whole>>>,
    glances: Mutex<Vec<(Seen, Arc<Glance>)>>,
}

/// What a glance was taken at: the state of the lists, the day, how far the reader sees.
type Seen = (i64, Day, Within);

impl Office {
    /// The whole tree as a reading transaction finds it. Not for one that writes: what it counted might never hold.
    pub(crate) async fn whole(&self, tx: &mut Tx) -> Result<Arc<Whole>, OfficeError> {
        let state = roster::state(tx).await?;
        let kept = self.units.whole.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(whole) = kept.filter(|whole| whole.state == state) {
            return Ok(whole);
        }
        let in_post = roster::in_post(tx, &Within::everywhere()).await?;
        let whole = Arc::new(Whole { state, tree: organs::tree(tx).await?, in_post });
        *self.units.whole.lock().unwrap_or_else(PoisonError::into_inner) = Some(whole.clone());
        Ok(whole)
    }

    /// A glance at the people of an interval: remembered, or made with `make`.
    pub(crate) async fn glance<F>(
        &self,
        whole: &Whole,
        within: &Within,
        on: Day,
        make: F,
    ) -> Result<Arc<Glance>, OfficeError>
    where
        F: Future<Output = Result<Glance, OfficeError>>,
    {
        let kept = || self.units.glances.lock().unwrap_or_else(PoisonError::into_inner);
        let seen: Seen = (whole.state, on, within.clone());
        if let Some((_, found)) = kept().iter().find(|g| g.0 == seen) {
            return Ok(found.clone());
        }
        let made = Arc::new(make.await?);
        let mut kept = kept();
        kept.retain(|g| (g.0.0, g.0.1) == (whole.state, on));
        if kept.len() >= GLANCES {
            kept.remove(0);
        }
        kept.push((seen, made.clone()));
        Ok(made)
    }

    /// The unit tree as far as an interval reaches: the nodes in it, and those above them.
    pub(crate) async fn units_within(&self, tx: &mut Tx, within: &Within) -> Result<Vec<Unit>, OfficeError> {
        Ok(self.whole(tx).await?.units(within))
    }

    /// How many are in the service within an interval, in a subtree of it when there is one.
    pub(crate) async fn in_service(
        &self,
        tx: &mut Tx,
        within: &Within,
        organ: Option<(i64, i64)>,
    ) -> Result<i64, OfficeError> {
        let inside = |seq: i64| within.has(seq) && organ.is_none_or(|(from, to)| from <= seq && seq <= to);
        Ok(self.whole(tx).await?.in_post.iter().filter(|(seq, _)| inside(*seq)).map(|(_, n)| n).sum())
    }
}

impl Whole {
    /// The nodes within an interval and those above them, with what of their numbers lies in it.
    fn units(&self, within: &Within) -> Vec<Unit> {
        let people: HashMap<i64, i64> = self.in_post.iter().copied().collect();
        // Sums up to each node: a subtree is a run of nodes, so its numbers are the difference of two.
        let mut sums = vec![Sums::default()];
        for node in &self.tree {
            let mut next = sums.last().copied().unwrap_or_default();
            if within.has(node.seq) {
                next.seen += 1;
                next.people += people.get(&node.seq).copied().unwrap_or(0);
                if let Some(approved) = node.organ.as_ref().and_then(|o| o.establishment) {
                    next.known += 1;
                    next.approved += i64::from(approved);
                }
            }
            sums.push(next);
        }
        self.tree
            .iter()
            .enumerate()
            .filter_map(|(at, node)| {
                let (from, to) = (sums[at], sums[self.tree.partition_point(|below| below.seq <= node.last)]);
                (to.seen > from.seen).then(|| Unit {
                    node: node.clone(),
                    in_post: to.people - from.people,
                    establishment: (to.known > from.known).then_some(to.approved - from.approved),
                })
            })
            .collect()
    }
}

#[derive(Clone, Copy, Default)]
struct Sums {
    seen: i64,
    people: i64,
    known: i64,
    approved: i64,
}
