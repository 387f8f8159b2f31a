//! Asking for a correction of one's own file, and answering it.

use takeroot_store::corrections::{self, Correction};
use takeroot_store::{acts, people};

use crate::access::may_own;
use crate::import::parse::refused;
use crate::words::say;
use crate::{Action, Office, OfficeError, Resource, Viewer};

impl Office {
    /// Asks for a correction of the viewer's own file; its number.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when the account is no person's.
    pub async fn ask_correction(
        &self,
        viewer: &Viewer,
        event: Option<i64>,
        wrong: &str,
        right: &str,
        evidence: &str,
    ) -> Result<i64, OfficeError> {
        let person = viewer.person.filter(|_| may_own(Resource::Correction, Action::Write));
        let person = person.ok_or(OfficeError::NotFound)?;
        let mut tx = self.db.write().await?;
        let kept = people::career(&mut tx, person).await?.ok_or(OfficeError::NotFound)?;
        let event = event.filter(|n| kept.career.events.iter().any(|e| i64::from(e.id.0) == *n));
        let asked = Correction {
            id: 0,
            person,
            name: String::new(),
            at: self.now(),
            event,
            wrong: wrong.trim().to_owned(),
            right: right.trim().to_owned(),
            evidence: evidence.trim().to_owned(),
            state: String::new(),
            answer: String::new(),
        };
        let id = corrections::ask(&mut tx, &asked, viewer.account).await?;
        let detail = serde_json::json!({ "correction": id }).to_string();
        acts::record(&mut tx, "correction-asked", self.now(), viewer.account, Some(person), &detail, None)
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// The viewer's own requests, latest first.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when the account is no person's.
    pub async fn own_corrections(&self, viewer: &Viewer) -> Result<Vec<Correction>, OfficeError> {
        let person = viewer.person.ok_or(OfficeError::NotFound)?;
        let mut tx = self.db.read().await?;
        Ok(corrections::of_person(&mut tx, person).await?)
    }

    /// The requests that the viewer may answer or read: those waiting first.
    ///
    /// # Errors
    /// When no role lets the viewer read them.
    pub async fn corrections(&self, viewer: &Viewer) -> Result<Vec<Correction>, OfficeError> {
        let within = viewer.must(Resource::Correction, Action::Read)?;
        let mut tx = self.db.read().await?;
        Ok(corrections::list(&mut tx, &within).await?)
    }

    /// Accepts or refuses a waiting request. Nobody answers the own one.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when none waits that the viewer may answer.
    pub async fn answer_correction(
        &self,
        viewer: &Viewer,
        id: i64,
        accepted: bool,
        ground: &str,
    ) -> Result<Correction, OfficeError> {
        let within = viewer.must(Resource::Correction, Action::Write)?;
        let at = self.now();
        let mut tx = self.db.write().await?;
        acts::turn(&mut tx).await?;
        let answered =
            corrections::answer(&mut tx, &within, id, accepted, ground.trim(), viewer.account, at).await?;
        let answered = answered.filter(|c| viewer.person != Some(c.person)).ok_or(OfficeError::NotFound)?;
        let kind = if accepted { "correction-accepted" } else { "correction-refused" };
        let detail = serde_json::json!({ "correction": id }).to_string();
        acts::record(&mut tx, kind, at, viewer.account, Some(answered.person), &detail, None).await?;
        tx.commit().await?;
        Ok(answered)
    }

    /// Keeps a note of the organization department on a person.
    ///
    /// # Errors
    /// When the viewer may not, or there is no such person in reach.
    pub async fn add_note(&self, viewer: &Viewer, person: i64, text: &str) -> Result<(), OfficeError> {
        let mut tx = self.db.write().await?;
        crate::person::reach(&mut tx, viewer, Resource::Note, Action::Write, person).await?;
        let text = text.trim();
        if text.is_empty() {
            return Err(refused(|lang| say!(lang, "note-empty")));
        }
        let at = self.now();
        acts::record(&mut tx, "note", at, viewer.account, Some(person), "{}", None).await?;
        corrections::add_note(&mut tx, person, viewer.account, at, text).await?;
        tx.commit().await?;
        Ok(())
    }
}
