//! What other systems read: the roster line by line, whom acts changed, what the law here is made of.

use takeroot_policy::Stack;
use takeroot_store::changes::{self, Change};
use takeroot_store::people::Line;
use takeroot_store::roster;

use crate::roster::Query;
use crate::{Action, Class, Office, OfficeError, Resource, Viewer};

/// Lines or changes of one answer: least, usual, most.
pub const LINES: (i64, i64, i64) = (1, 100, 500);

/// A part of the roster.
#[derive(Clone, Debug)]
pub struct Part {
    /// The lines, each with whether its identity number may be told.
    pub lines: Vec<(Line, bool)>,
    /// Where to go on; `None` when nobody comes after.
    pub next: Option<(i64, i64, i64)>,
}

/// The law here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LawHere {
    /// Digest of the documents' texts.
    pub digest: String,
    /// Digits of the division whose local instruments hold.
    pub place: Option<String>,
    /// Its documents' ids, by layer.
    pub documents: Vec<String>,
}

impl Office {
    /// The people that a query finds, after a place in the office's order.
    ///
    /// # Errors
    /// When the viewer may see no roster, or the database refuses.
    pub async fn people_after(
        &self,
        viewer: &Viewer,
        query: &Query,
        place: Option<(i64, i64, i64)>,
        most: i64,
    ) -> Result<Part, OfficeError> {
        let within = viewer.must(Resource::Roster, Action::Read)?;
        let most = most.clamp(LINES.0, LINES.2);
        let mut tx = self.db.read().await?;
        let units = self.units_within(&mut tx, &within).await?;
        let (within, wanted) = self.wanted(viewer, &within, query, &units)?;
        let mut lines = roster::lines_after(&mut tx, &within, &wanted, place, most + 1).await?;
        drop(tx);
        let more = i64::try_from(lines.len()).unwrap_or(i64::MAX) > most;
        lines.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        let next = lines.last().filter(|_| more).map(|l| (l.at.organ_seq, l.at.position, l.id));
        let lines: Vec<(Line, bool)> = lines
            .into_iter()
            .map(|line| {
                let seen = viewer.sees(Class::Identity, line.id, line.at.organ_seq);
                (line, seen)
            })
            .collect();
        let seen: Vec<i64> = lines.iter().filter(|l| l.1).map(|l| l.0.id).collect();
        self.see_many(viewer, Class::Identity, &seen, "interface").await?;
        Ok(Part { lines, next })
    }

    /// The units within the viewer's reach, with their people in the service.
    ///
    /// # Errors
    /// When the viewer may see no roster, or the database refuses.
    pub async fn units(&self, viewer: &Viewer) -> Result<Vec<crate::units::Unit>, OfficeError> {
        let within = viewer.must(Resource::Roster, Action::Read)?;
        let mut tx = self.db.read().await?;
        self.units_within(&mut tx, &within).await
    }

    /// Whom acts changed after an act and a person of it; the number of the last act there is.
    ///
    /// # Errors
    /// When the viewer may see no roster, or the database refuses.
    pub async fn changes(
        &self,
        viewer: &Viewer,
        after: (i64, i64),
        most: i64,
    ) -> Result<(Vec<Change>, i64), OfficeError> {
        let within = viewer.must(Resource::Roster, Action::Read)?;
        let mut tx = self.db.read().await?;
        let found = changes::after(&mut tx, &within, after, most.clamp(LINES.0, LINES.2)).await?;
        Ok((found, changes::last(&mut tx).await?))
    }

    /// What the law here is made of.
    ///
    /// # Errors
    /// When the viewer may read no policy documents, or the database refuses.
    pub async fn law(&self, viewer: &Viewer) -> Result<LawHere, OfficeError> {
        viewer.must(Resource::Policy, Action::Read)?;
        let spec = self.law_here().await?;
        let library = self.library();
        let stack = Stack::new(&library, spec.clone())?;
        let documents = stack.documents().map(|(_, d)| d.id().to_owned()).collect();
        Ok(LawHere { digest: stack.digest(), place: spec.place, documents })
    }
}
