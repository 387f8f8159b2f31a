//! The viewer's own sessions: seen and ended.

use takeroot_store::sessions::{self, Session};

use crate::{Office, OfficeError, Viewer};

/// How long a session is not noted as used again, milliseconds: one write a minute, not one a page.
const NOTED_FOR: i64 = 60_000;

impl Office {
    /// The viewer's running sessions, last used first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn own_sessions(&self, viewer: &Viewer) -> Result<Vec<Session>, OfficeError> {
        let mut tx = self.db.read().await?;
        Ok(sessions::of_account(&mut tx, viewer.account, self.now()).await?)
    }

    /// Ends one of the viewer's sessions.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when it is another's, or does not run.
    pub async fn end_session(&self, viewer: &Viewer, id: i64) -> Result<(), OfficeError> {
        let mut tx = self.db.write().await?;
        if !sessions::end(&mut tx, viewer.account, id, self.now()).await? {
            return Err(OfficeError::NotFound);
        }
        tx.commit().await?;
        Ok(())
    }

    /// Ends every session of the viewer but the one that asks; how many ended.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn end_other_sessions(&self, viewer: &Viewer) -> Result<u64, OfficeError> {
        let mut tx = self.db.write().await?;
        let ended = sessions::end_others(&mut tx, viewer.account, viewer.session, self.now()).await?;
        tx.commit().await?;
        Ok(ended)
    }

    /// Notes that a session was used, if that was not noted within the last minute.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn note_use(&self, session: i64, seen: i64) -> Result<(), OfficeError> {
        if self.now() - seen < NOTED_FOR {
            return Ok(());
        }
        let mut tx = self.db.write().await?;
        sessions::touch(&mut tx, session, self.now()).await?;
        tx.commit().await?;
        Ok(())
    }

    /// How many sessions run.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn sessions_running(&self) -> Result<i64, OfficeError> {
        let mut tx = self.db.read().await?;
        Ok(sessions::count(&mut tx, self.now()).await?)
    }
}
