//! Looks at pay, family, identity number of another person: each is recorded, and the person sees who looked.

use takeroot_store::audit::{self, Line};
use takeroot_store::sights::{self, Sight, Wanted};

use crate::access::{Action, Class, Resource};
use crate::{Office, OfficeError, Viewer};

/// The same look again within this time (milliseconds) is the same look: a page that is drawn again piece by piece.
const SAME: i64 = 60_000;

/// Looks or acts on one page of a list.
pub const PAGE: i64 = 50;

impl Office {
    /// Records that a viewer looks at a class of fields of a person. `place` says where: `file`, `standing`, `roster`,
    /// `form`, `interface`. One's own, and the installation's, are not recorded.
    ///
    /// # Errors
    /// When it cannot be recorded: then nothing may be shown.
    pub async fn see(
        &self,
        viewer: &Viewer,
        class: Class,
        person: i64,
        place: &str,
    ) -> Result<(), OfficeError> {
        if viewer.account == 0 || viewer.person == Some(person) {
            return Ok(());
        }
        let (now, code) = (self.now(), class.resource().code());
        let mut read = self.db.read().await?;
        if sights::latest(&mut read, viewer.account, person, code, place, now - SAME).await? {
            return Ok(());
        }
        drop(read);
        let mut tx = self.db.write().await?;
        sights::record(&mut tx, now, viewer.account, code, place, &[person]).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The same for many persons at once: a list, an export.
    ///
    /// # Errors
    /// As [`Office::see`].
    pub async fn see_many(
        &self,
        viewer: &Viewer,
        class: Class,
        persons: &[i64],
        place: &str,
    ) -> Result<(), OfficeError> {
        let others: Vec<i64> = persons.iter().copied().filter(|p| viewer.person != Some(*p)).collect();
        if viewer.account == 0 || others.is_empty() {
            return Ok(());
        }
        let mut tx = self.db.write().await?;
        sights::record(&mut tx, self.now(), viewer.account, class.resource().code(), place, &others).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Who looked at the viewer's own file, latest first, and how often in all.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when the account is no person's.
    pub async fn who_looked(&self, viewer: &Viewer, skip: i64) -> Result<(Vec<Sight>, i64), OfficeError> {
        let person = viewer.person.ok_or(OfficeError::NotFound)?;
        let wanted = Wanted { person: Some(person), ..Wanted::default() };
        let mut tx = self.db.read().await?;
        Ok(sights::list(&mut tx, &takeroot_store::Within::everywhere(), &wanted, skip, PAGE).await?)
    }

    /// The looks at people within the viewer's reach.
    ///
    /// # Errors
    /// When the viewer may not read them.
    pub async fn looks(
        &self,
        viewer: &Viewer,
        wanted: &Wanted,
        skip: i64,
    ) -> Result<(Vec<Sight>, i64), OfficeError> {
        let within = viewer.must(Resource::Sight, Action::Read)?;
        let mut tx = self.db.read().await?;
        Ok(sights::list(&mut tx, &within, wanted, skip, PAGE).await?)
    }

    /// The acts within the viewer's reach.
    ///
    /// # Errors
    /// When the viewer may not read them.
    pub async fn acts(
        &self,
        viewer: &Viewer,
        wanted: &audit::Wanted,
        skip: i64,
    ) -> Result<(Vec<Line>, i64), OfficeError> {
        let within = viewer.must(Resource::Act, Action::Read)?;
        let mut tx = self.db.read().await?;
        Ok(audit::acts(&mut tx, &within, wanted, skip, PAGE).await?)
    }

    /// The kinds of acts that there are, for a list to choose from.
    ///
    /// # Errors
    /// When the viewer may not read acts.
    pub async fn act_kinds(&self, viewer: &Viewer) -> Result<Vec<String>, OfficeError> {
        viewer.must(Resource::Act, Action::Read)?;
        let mut tx = self.db.read().await?;
        Ok(audit::kinds(&mut tx).await?)
    }
}
