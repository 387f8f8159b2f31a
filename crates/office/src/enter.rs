//! A whole roster put into an empty installation, as one act.

use takeroot_civil::{Career, Roster};
use takeroot_store::{acts, organs, people, settings};

use crate::{Office, OfficeError, Viewer, index, tree};

/// People put in with one transaction's statements.
const BATCH: usize = 500;
/// From so many people on the database is asked to count them anew.
const MANY: usize = 1_000;

impl Office {
    /// Puts organs and people in, and reckons their columns for today; how many people there are. `told` hears how far
    /// it is.
    ///
    /// # Errors
    /// When the database refuses; nothing is kept then.
    pub async fn enter(
        &self,
        viewer: &Viewer,
        roster: &Roster,
        mut told: impl FnMut(usize),
    ) -> Result<usize, OfficeError> {
        viewer.must(crate::Resource::Import, crate::Action::Write)?;
        let at = self.now();
        let mut tx = self.db.write().await?;
        let detail = serde_json::json!({ "people": roster.careers.len(), "organs": roster.organs.len() });
        let act = acts::record(&mut tx, "enter", at, viewer.account, None, &detail.to_string(), None).await?;
        organs::replace(&mut tx, &tree::tree(&roster.organs)).await?;
        if roster.invented {
            settings::set(&mut tx, settings::INVENTED, "1").await?;
        }
        if let Some(place) = place(&roster.organs) {
            settings::set(&mut tx, settings::PLACE, &place).await?;
        }
        let careers: Vec<&Career> = roster.careers.iter().collect();
        let mut done = 0;
        for part in careers.chunks(BATCH) {
            people::add(&mut tx, part, act, at).await?;
            done += part.len();
            told(done);
        }
        tx.commit().await?;
        self.reindex().await?;
        Ok(done)
    }

    /// Whether nobody was ever entered.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn is_empty(&self) -> Result<bool, OfficeError> {
        let mut tx = self.db.read().await?;
        Ok(tx.number("SELECT COUNT(*) FROM (SELECT id FROM person LIMIT 1) AS one", vec![]).await? == 0)
    }

    /// Reckons everyone's columns for lists for today.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn reindex(&self) -> Result<(), OfficeError> {
        let spec = self.law_here().await?;
        let on = self.today();
        let rules = self.rules(&spec, on)?;
        let mut tx = self.db.write().await?;
        let everyone = people::revisions(&mut tx, &takeroot_store::Within::everywhere()).await?;
        let mut ids: Vec<i64> = everyone.into_iter().map(|p| p.0).collect();
        // In the order in which their facts are kept.
        ids.sort_unstable();
        for part in ids.chunks(BATCH * 4) {
            index::people(&mut tx, part, &rules).await?;
        }
        settings::set(&mut tx, settings::INDEXED_ON, &on.to_string()).await?;
        tx.commit().await?;
        self.settle(ids.len()).await;
        Ok(())
    }

    /// Lets the database settle after so many people were written, where they are many. What was written holds whether it can
    /// or not: at worst pages are slow for a minute.
    pub(crate) async fn settle(&self, people: usize) {
        if people >= MANY
            && let Err(error) = self.db.settle().await
        {
            tracing::warn!(%error, "the database did not count what was written");
        }
    }
}

/// The county that most of the organs lie in: its local instruments hold.
pub(crate) fn place(organs: &[takeroot_civil::Organ]) -> Option<String> {
    let mut counties: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for division in organs.iter().filter_map(|o| o.division) {
        *counties.entry(division.cut(6).to_string()).or_default() += 1;
    }
    counties.into_iter().max_by_key(|(_, count)| *count).map(|(code, _)| code)
}
