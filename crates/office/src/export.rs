//! The roster as a workbook: the people that a query finds, in the form that can be read again.

use takeroot_civil::Roster;
use takeroot_store::{acts, organs};
use takeroot_words::{Lang, Say as _};

use crate::roster::Query;
use crate::{Action, Class, Office, OfficeError, Resource, Viewer};

impl Office {
    /// The workbook of everyone that a query finds. Classes of fields that the viewer may not see are left out; the
    /// export is recorded as an act.
    ///
    /// # Errors
    /// When the viewer may not export, or the workbook cannot be written (more rows than a sheet holds).
    pub async fn export_roster(
        &self,
        viewer: &Viewer,
        query: &Query,
        lang: Lang,
    ) -> Result<Vec<u8>, OfficeError> {
        let found = self.found(viewer, query, Resource::Roster, Action::Export).await?;
        let mut tx = self.db.read().await?;
        let tree = organs::tree(&mut tx).await?;
        let kept = self.careers.get(&mut tx, &found).await?;
        drop(tx);
        let (identity, family) = (
            viewer.within(Class::Identity.resource(), Action::Read),
            viewer.within(Class::Family.resource(), Action::Read),
        );
        let seqs = self.seats(&found).await?;
        let mut roster = Roster { organs: Vec::new(), careers: Vec::new(), invented: self.is_invented() };
        for (kept, seq) in kept.iter().zip(&seqs) {
            let mut career = kept.career.clone();
            if !identity.has(*seq) {
                // Without an identity number the database's own number says who it is when the file comes back.
                career.person.resident_id = None;
                career.person.id.0 = format!("#{}", kept.id);
            }
            if !family.has(*seq) {
                career.person.family.clear();
                career.person.health.clear();
            }
            roster.careers.push(career);
        }
        roster.organs = tree.iter().filter_map(|n| n.organ.clone()).collect();
        let written = tokio::task::spawn_blocking(move || takeroot_exchange::roster::write(&roster, lang))
            .await
            .map_err(|_| OfficeError::Interrupted)?;
        let book = written.map_err(|fault| OfficeError::Field { field: "file", why: fault.say(lang) })?;
        let mut tx = self.db.write().await?;
        let detail = serde_json::json!({ "people": found.len(), "query": query.0 }).to_string();
        acts::record(&mut tx, "export", self.now(), viewer.account, None, &detail, None).await?;
        tx.commit().await?;
        Ok(book)
    }

    /// The organ numbers of people, in their order.
    async fn seats(&self, people: &[(i64, i64)]) -> Result<Vec<i64>, OfficeError> {
        let mut tx = self.db.read().await?;
        let known = takeroot_store::people::seats(&mut tx).await?;
        Ok(people.iter().map(|(id, _)| known.get(id).copied().unwrap_or(0)).collect())
    }
}
