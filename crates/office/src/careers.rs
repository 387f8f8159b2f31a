//! Careers remembered between requests: a career is read from its facts once for each revision.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use takeroot_store::people::{self, Kept};
use takeroot_store::{Tx, Within};

use crate::OfficeError;

/// How many people are remembered; beyond it the memory starts anew. Some 12 KB a person.
const MOST: usize = 16_000;

/// Careers remembered, by the person's number.
#[derive(Debug, Default)]
pub struct Careers(Mutex<HashMap<i64, Arc<Kept>>>);

impl Careers {
    /// The careers of people (number and revision), in their order.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn get(&self, tx: &mut Tx, wanted: &[(i64, i64)]) -> Result<Vec<Arc<Kept>>, OfficeError> {
        let mut found: Vec<Option<Arc<Kept>>> = {
            let kept = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let same =
                |(id, revision): &(i64, i64)| kept.get(id).filter(|k| k.revision == *revision).cloned();
            wanted.iter().map(same).collect()
        };
        let missing: Vec<i64> =
            wanted.iter().zip(&found).filter(|(_, f)| f.is_none()).map(|(w, _)| w.0).collect();
        if missing.is_empty() {
            return Ok(found.into_iter().flatten().collect());
        }
        let read = people::careers(tx, &missing).await?;
        let mut kept = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if kept.len() + read.len() > MOST {
            kept.clear();
        }
        let mut read: HashMap<i64, Arc<Kept>> = read.into_iter().map(|k| (k.id, Arc::new(k))).collect();
        for (slot, (id, _)) in found.iter_mut().zip(wanted) {
            if slot.is_none() {
                *slot = read.remove(id);
                if let Some(career) = slot
                    && kept.len() < MOST
                {
                    kept.insert(*id, career.clone());
                }
            }
        }
        Ok(found.into_iter().flatten().collect())
    }

    /// The careers of everyone in an interval of organs, in the order of a roster.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn within(&self, tx: &mut Tx, within: &Within) -> Result<Vec<Arc<Kept>>, OfficeError> {
        let wanted = people::revisions(tx, within).await?;
        self.get(tx, &wanted).await
    }
}
