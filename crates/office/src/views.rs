//! Saved views of the roster: one's own, and those that the organization department shares.

use takeroot_store::views;
pub use takeroot_store::views::View;
use takeroot_words::Lang;

use crate::roster::Query;
use crate::words::say;
use crate::{Action, Office, OfficeError, Resource, Viewer};

/// Characters of a view's name at most.
const NAME: usize = 40;
/// Bytes of a view's query at most: more than a form of conditions can ask for.
const QUERY: usize = 8_000;

impl Office {
    /// The views that a viewer sees: own ones first.
    ///
    /// # Errors
    /// When the viewer may see no roster, or the database refuses.
    pub async fn views(&self, viewer: &Viewer) -> Result<Vec<View>, OfficeError> {
        viewer.must(Resource::Roster, Action::Read)?;
        let mut tx = self.db.read().await?;
        Ok(views::of(&mut tx, viewer.account).await?)
    }

    /// Saves a query under a name. Sharing with everyone is for who keeps the roster, the organization department;
    /// a shared view shows each reader no more than the reader's own scope.
    ///
    /// # Errors
    /// When the name is empty or too long, or the viewer may not.
    pub async fn save_view(
        &self,
        viewer: &Viewer,
        name: &str,
        query: &Query,
        shared: bool,
        lang: Lang,
    ) -> Result<i64, OfficeError> {
        viewer.must(Resource::Roster, if shared { Action::Write } else { Action::Read })?;
        let name = named(name, lang)?;
        let text = query.saved();
        if text.len() > QUERY {
            return Err(OfficeError::Field { field: "query", why: say!(lang, "view-too-long") });
        }
        let mut tx = self.db.write().await?;
        let id = views::add(&mut tx, viewer.account, &name, &text, shared, self.now()).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Gives one's own view another name.
    ///
    /// # Errors
    /// When there is no such view of the viewer's, or the name is empty or too long.
    pub async fn rename_view(
        &self,
        viewer: &Viewer,
        id: i64,
        name: &str,
        lang: Lang,
    ) -> Result<(), OfficeError> {
        viewer.must(Resource::Roster, Action::Read)?;
        let name = named(name, lang)?;
        let mut tx = self.db.write().await?;
        let found = views::rename(&mut tx, viewer.account, id, &name).await?;
        tx.commit().await?;
        if found { Ok(()) } else { Err(OfficeError::NotFound) }
    }

    /// Removes one's own view.
    ///
    /// # Errors
    /// When there is no such view of the viewer's.
    pub async fn remove_view(&self, viewer: &Viewer, id: i64) -> Result<(), OfficeError> {
        viewer.must(Resource::Roster, Action::Read)?;
        let mut tx = self.db.write().await?;
        let found = views::remove(&mut tx, viewer.account, id).await?;
        tx.commit().await?;
        if found { Ok(()) } else { Err(OfficeError::NotFound) }
    }
}

fn named(name: &str, lang: Lang) -> Result<String, OfficeError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME || name.chars().any(char::is_control) {
        return Err(OfficeError::Field { field: "name", why: say!(lang, "view-name-bad", most = NAME) });
    }
    Ok(name.to_owned())
}
