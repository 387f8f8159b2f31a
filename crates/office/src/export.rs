//! The roster as a file: the people that a query finds, as the workbook that can be read again, or as a plain list.

use std::borrow::Cow;
use std::sync::Arc;

use takeroot_civil::{Career, Code as _, Organ, Rank, Roster};
use takeroot_exchange::roster::FileFault;
use takeroot_store::people::{Kept, Line};
use takeroot_store::{acts, organs, people};
use takeroot_words::{Lang, Say as _};

use crate::columns;
use crate::roster::Query;
use crate::words::say;
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
        let found = self.gathered(viewer, query).await?;
        self.record_export(viewer, query, found.people.len(), "roster").await?;
        let invented = self.is_invented();
        written(lang, move || {
            let careers: Vec<Cow<'_, Career>> = found.careers().collect();
            takeroot_exchange::roster::write_careers(&found.organs, &careers, invented, lang)
        })
        .await
    }

    /// Everyone in the service that a viewer may take out, for the lab; recorded as an export.
    ///
    /// # Errors
    /// When the viewer may not export.
    pub async fn whole_roster(&self, viewer: &Viewer) -> Result<Roster, OfficeError> {
        let query = Query::default();
        let found = self.gathered(viewer, &query).await?;
        self.record_export(viewer, &query, found.people.len(), "lab").await?;
        let careers = found.careers().map(Cow::into_owned).collect();
        Ok(Roster { organs: found.organs, careers, invented: self.is_invented() })
    }

    /// Everyone who is or was in the service that a viewer may take out, for a fit of the lab; recorded as an export.
    ///
    /// # Errors
    /// When the viewer may not export.
    pub async fn whole_history(&self, viewer: &Viewer) -> Result<Roster, OfficeError> {
        let query = Query::default().with("state", "all");
        let found = self.gathered(viewer, &query).await?;
        self.record_export(viewer, &query, found.people.len(), "lab").await?;
        let careers = found.careers().map(Cow::into_owned).collect();
        Ok(Roster { organs: found.organs, careers, invented: self.is_invented() })
    }

    /// The organs, and the careers that a query finds with what the viewer may see of each; looks are recorded.
    async fn gathered(&self, viewer: &Viewer, query: &Query) -> Result<Gathered, OfficeError> {
        let found = self.found(viewer, query, Resource::Roster, Action::Export).await?;
        let mut tx = self.db.read().await?;
        let tree = organs::tree(&mut tx).await?;
        let kept = self.careers.get(&mut tx, &found).await?;
        let seats = people::seats(&mut tx).await?;
        drop(tx);
        let (identity, family) = (
            viewer.within(Class::Identity.resource(), Action::Read),
            viewer.within(Class::Family.resource(), Action::Read),
        );
        let (mut identities, mut families) = (Vec::new(), Vec::new());
        let mut people = Vec::with_capacity(kept.len());
        for kept in kept {
            let seq = seats.get(&kept.id).copied().unwrap_or(0);
            let (identity, family) = (identity.has(seq), family.has(seq));
            identities.extend(identity.then_some(kept.id));
            families.extend(family.then_some(kept.id));
            people.push((kept, identity, family));
        }
        self.see_many(viewer, Class::Identity, &identities, "export").await?;
        self.see_many(viewer, Class::Family, &families, "export").await?;
        Ok(Gathered { organs: tree.into_iter().filter_map(|n| n.organ).collect(), people })
    }

    /// The chosen columns of everyone that a query finds, as a plain list in the order of the page; recorded as an act.
    ///
    /// # Errors
    /// As [`Office::export_roster`].
    pub async fn export_list(
        &self,
        viewer: &Viewer,
        query: &Query,
        lang: Lang,
    ) -> Result<Vec<u8>, OfficeError> {
        let (lines, units) = self.lines(viewer, query, Action::Export).await?;
        let chosen = columns::chosen(query);
        let shown = self.identities(viewer, &chosen, &lines, "export").await?;
        let today = self.today();
        let names: std::collections::HashMap<i64, &str> =
            units.iter().map(|u| (u.node.seq, u.node.name.as_str())).collect();
        let mut heads = vec![
            say!(lang, "column-number"),
            say!(lang, "column-name"),
            say!(lang, "column-organ"),
            say!(lang, "column-post"),
            say!(lang, "column-rank"),
        ];
        heads.extend(chosen.iter().map(|c| columns::name(c.name, lang)));
        let rows: Vec<Vec<String>> = lines
            .iter()
            .enumerate()
            .map(|(n, line)| {
                let organ = names.get(&line.at.organ_seq).copied().unwrap_or(line.at.organ.as_str());
                let rank = Rank::from_code(&line.at.rank).map_or("", |r| r.name(lang));
                let mut row = vec![
                    (n + 1).to_string(),
                    line.name.clone(),
                    organ.to_owned(),
                    line.at.post.clone(),
                    rank.to_owned(),
                ];
                row.extend(chosen.iter().map(|c| match c.name {
                    columns::ID if shown.contains(&line.id) => line.id_number.clone(),
                    columns::ID => columns::cell("id-ending", line, today, lang),
                    name => columns::cell(name, line, today, lang),
                }));
                row
            })
            .collect();
        self.record_export(viewer, query, rows.len(), "list").await?;
        let (sheet, invented) = (say!(lang, "column-sheet"), self.is_invented());
        written(lang, move || takeroot_exchange::list::write(&sheet, &heads, &rows, 2, invented, lang)).await
    }

    /// Whose whole identity numbers a list may show: nobody's unless the column was chosen; each look is recorded.
    ///
    /// # Errors
    /// When the looks cannot be recorded: then nothing may be shown.
    pub async fn identities(
        &self,
        viewer: &Viewer,
        chosen: &[columns::Column],
        lines: &[Line],
        place: &str,
    ) -> Result<std::collections::HashSet<i64>, OfficeError> {
        if !chosen.iter().any(|c| c.name == columns::ID) {
            return Ok(std::collections::HashSet::new());
        }
        let seen: Vec<i64> = lines
            .iter()
            .filter(|l| !l.id_number.is_empty() && viewer.sees(Class::Identity, l.id, l.at.organ_seq))
            .map(|l| l.id)
            .collect();
        self.see_many(viewer, Class::Identity, &seen, place).await?;
        Ok(seen.into_iter().collect())
    }

    async fn record_export(
        &self,
        viewer: &Viewer,
        query: &Query,
        people: usize,
        form: &str,
    ) -> Result<(), OfficeError> {
        let detail =
            serde_json::json!({ "people": people, "form": form, "query": query.saved() }).to_string();
        let mut tx = self.db.write().await?;
        acts::record(&mut tx, "export", self.now(), viewer.account, None, &detail, None).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// What a viewer takes out.
struct Gathered {
    organs: Vec<Organ>,
    /// Each with whether the identity number and the family are seen.
    people: Vec<(Arc<Kept>, bool, bool)>,
}

impl Gathered {
    /// The careers without the classes of fields that are not seen.
    fn careers(&self) -> impl Iterator<Item = Cow<'_, Career>> {
        self.people.iter().map(|(kept, identity, family)| shown(kept, *identity, *family))
    }
}

/// A career without the classes of fields that are not seen.
fn shown(kept: &Kept, identity: bool, family: bool) -> Cow<'_, Career> {
    let mut career = Cow::Borrowed(&kept.career);
    if !identity {
        // Without an identity number the database's own number says who it is when the file comes back.
        let person = &mut career.to_mut().person;
        person.resident_id = None;
        person.id.0 = format!("#{}", kept.id);
    }
    if !family {
        let person = &mut career.to_mut().person;
        person.family.clear();
        person.health.clear();
    }
    career
}

/// Writes a workbook beside the threads that answer requests.
async fn written(
    lang: Lang,
    write: impl FnOnce() -> Result<Vec<u8>, FileFault> + Send + 'static,
) -> Result<Vec<u8>, OfficeError> {
    let book = tokio::task::spawn_blocking(write).await.map_err(|_| OfficeError::Interrupted)?;
    book.map_err(|fault| OfficeError::Field { field: "file", why: fault.say(lang) })
}
