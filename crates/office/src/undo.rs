//! An act taken back: what it wrote stays and is left out, what it changed is as it was before.

use takeroot_civil::Person;
use takeroot_store::{acts, imports, organs, people};

use crate::import::refused;
use crate::words::say;
use crate::{Action, Office, OfficeError, Resource, Viewer, index, tree};

/// Kinds of act that can be undone here.
const KINDS: [&str; 3] = ["import", "merge", "identity"];

impl Office {
    /// Acts that stand on an act: they wrote facts of the same people later, and hold. Act and person.
    ///
    /// # Errors
    /// When no role allows it.
    pub async fn stands_on(&self, viewer: &Viewer, act: i64) -> Result<Vec<(i64, i64)>, OfficeError> {
        viewer.must(Resource::Import, Action::Write)?;
        let mut tx = self.db.read().await?;
        Ok(imports::built_on(&mut tx, act).await?)
    }

    /// Undoes an act of import, merging or changing a number, as one act of its own; its number.
    ///
    /// # Errors
    /// [`OfficeError::Refused`] when it was undone already or later acts stand on it;
    /// [`OfficeError::NotFound`] when it is none that the viewer may undo.
    pub async fn undo(&self, viewer: &Viewer, act: i64) -> Result<i64, OfficeError> {
        let within = viewer.must(Resource::Import, Action::Write)?;
        let spec = self.law_here().await?;
        let rules = self.rules(&spec, self.today())?;
        let mut tx = self.db.write().await?;
        acts::turn(&mut tx).await?;
        let undone = acts::get(&mut tx, act).await?.filter(|a| KINDS.contains(&a.kind.as_str()));
        let undone = undone.ok_or(OfficeError::NotFound)?;
        let everywhere = viewer.must_everywhere(Resource::Import, Action::Write).is_ok();
        if undone.account != viewer.account && !everywhere {
            return Err(OfficeError::NotFound);
        }
        if undone.undone_by.is_some() {
            return Err(refused(|lang| say!(lang, "undo-already")));
        }
        let later = imports::built_on(&mut tx, act).await?;
        if !later.is_empty() {
            let mut names = Vec::new();
            for (_, person) in later.iter().take(8) {
                if let Some(line) = people::line_of(&mut tx, &within, *person).await? {
                    names.push(line.name);
                }
            }
            names.dedup();
            return Err(refused(|lang| {
                let who = names.join(lang.pick("、", ", "));
                say!(lang, "undo-built-on", n = later.len().to_string(), who = who)
            }));
        }
        let at = self.now();
        let kind = format!("undo-{}", undone.kind);
        let by = acts::record(&mut tx, &kind, at, viewer.account, undone.person, "{}", Some(act)).await?;
        let touched = imports::people_of_act(&mut tx, act).await?;
        imports::take_back(&mut tx, act, by).await?;
        for (id, data) in imports::before(&mut tx, act).await? {
            let person: Person = serde_json::from_str(&data)
                .map_err(|e| takeroot_store::StoreError::stored("person_version.data", e))?;
            people::set_person(&mut tx, id, &person, by, at).await?;
        }
        for id in &touched {
            people::touch(&mut tx, *id).await?;
        }
        index::people(&mut tx, &touched, &rules).await?;
        self.remove_organs(&mut tx, &undone.detail).await?;
        imports::undone(&mut tx, act).await?;
        tx.commit().await?;
        Ok(by)
    }

    /// Organs that the act added go again, unless someone belongs to them.
    async fn remove_organs(&self, tx: &mut takeroot_store::Tx, detail: &str) -> Result<(), OfficeError> {
        let detail: serde_json::Value = serde_json::from_str(detail).unwrap_or_default();
        let added: Vec<&str> = detail
            .get("organs")
            .and_then(|o| o.as_array())
            .map(|o| o.iter().filter_map(|v| v.as_str()).collect())
            .unwrap_or_default();
        if added.is_empty() {
            return Ok(());
        }
        let used: std::collections::HashSet<String> =
            imports::keys(tx).await?.into_iter().map(|k| k.organ).collect();
        let left: Vec<takeroot_civil::Organ> = organs::tree(tx)
            .await?
            .into_iter()
            .filter_map(|n| n.organ)
            .filter(|o| !added.contains(&o.id.0.as_str()) || used.contains(&o.id.0))
            .collect();
        organs::replace(tx, &tree::tree(&left)).await?;
        Ok(())
    }
}
