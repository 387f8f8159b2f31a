//! Import: a file is read, met with the roster and shown; applied whole or not at all; undone as one act.

pub mod parse;
pub mod plan;
mod words;

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use takeroot_civil::{Career, Organ};
use takeroot_store::imports::{self, Import, PreviewRow};
use takeroot_store::{Tx, acts, organs, people, settings};
use takeroot_words::Lang;

use crate::jobs::{Outcome, Progress};
use crate::words::say;
use crate::{Action, Office, OfficeError, Resource, Role, Viewer, index, tree};
pub use parse::{Both, MOST_BYTES, Parsed, Problem, refused};
pub use plan::{Change, Known, Plan, PlanRow, RowKind, Step};

/// People put in with one statement's rows.
const BATCH: usize = 500;

/// What a preview counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Counts {
    /// Rows of each kind, by code.
    pub rows: HashMap<String, i64>,
    /// Names of organs that would be added.
    pub organs: Vec<String>,
}

impl Counts {
    fn of(plan: &Plan) -> Counts {
        Counts {
            rows: RowKind::ALL.iter().map(|k| (k.code().to_owned(), plan.count(*k) as i64)).collect(),
            organs: plan.organs.iter().map(|o| o.name.clone()).collect(),
        }
    }

    /// Rows of a kind.
    pub fn get(&self, kind: RowKind) -> i64 {
        self.rows.get(kind.code()).copied().unwrap_or(0)
    }

    /// All rows.
    pub fn all(&self) -> i64 {
        self.rows.values().sum()
    }
}

/// A preview as shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// The import.
    pub import: Import,
    /// Its counts.
    pub counts: Counts,
    /// The roster changed since: it must be made anew.
    pub stale: bool,
}

/// Whether a viewer may add organs: the organization department of the whole installation.
fn adds_organs(viewer: &Viewer) -> bool {
    viewer.holds.iter().any(|h| h.role == Role::Organization && h.within == (i64::MIN, i64::MAX))
}

/// What the roster knows, read in one state.
async fn known(
    office: &Office,
    tx: &mut Tx,
    viewer: &Viewer,
    parsed: &Parsed,
    choices: HashMap<String, i64>,
) -> Result<Known, OfficeError> {
    // In the transaction that decides: an import that was quicker may have numbered the organs anew.
    let viewer = &viewer.anew(tx).await?;
    let mut known = Known {
        keys: imports::keys(tx).await?,
        tree: organs::tree(tx).await?,
        careers: HashMap::new(),
        last_events: HashMap::new(),
        within: viewer.must(Resource::Import, Action::Write)?,
        adds_organs: adds_organs(viewer),
        choices,
    };
    let wanted = plan::wanted(parsed, &known);
    if !wanted.is_empty() {
        known.last_events = imports::last_events(tx).await?;
        let careers = office.careers.get(tx, &wanted).await?;
        known.careers = careers.into_iter().map(|k| (k.id, k)).collect();
    }
    Ok(known)
}

/// Reads a file on a thread of its own.
async fn parsed(bytes: Vec<u8>, name: String, progress: Progress) -> Result<Parsed, OfficeError> {
    tokio::task::spawn_blocking(move || {
        parse::read(&bytes, &name, &mut |done, total| match progress.at(done as usize, total as usize) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        })
    })
    .await
    .map_err(|_| OfficeError::Interrupted)?
}

async fn planned(mut parsed: Parsed, known: Known) -> Result<(Parsed, Plan), OfficeError> {
    tokio::task::spawn_blocking(move || {
        let plan = plan::make(&mut parsed, &known);
        (parsed, plan)
    })
    .await
    .map_err(|_| OfficeError::Interrupted)
}

impl Office {
    /// Takes a file and begins to read it: the import's number and the work's.
    ///
    /// # Errors
    /// When no role allows it, the file is too large, or the database refuses.
    pub async fn import_file(
        self: &Arc<Office>,
        viewer: &Viewer,
        name: &str,
        content: Vec<u8>,
    ) -> Result<(i64, i64), OfficeError> {
        viewer.must(Resource::Import, Action::Write)?;
        if content.len() > MOST_BYTES {
            return Err(refused(|lang| say!(lang, "import-too-large")));
        }
        let mut tx = self.db.write().await?;
        let id = imports::add(&mut tx, viewer.account, name, content, self.now()).await?;
        tx.commit().await?;
        let job = self.import_again(viewer, id).await?;
        Ok((id, job))
    }

    /// Makes the preview of an import (anew): the work's number.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when it is none of the viewer's.
    pub async fn import_again(self: &Arc<Office>, viewer: &Viewer, id: i64) -> Result<i64, OfficeError> {
        viewer.must(Resource::Import, Action::Write)?;
        let mut import = self.import_of(viewer, id).await?;
        let who = viewer.clone();
        let job = self
            .start_job(viewer, "import", move |office, progress| async move {
                office.make_preview(&who, id, &progress).await?;
                Ok(Outcome::place(format!("/import/{id}")))
            })
            .await?;
        import.job = Some(job);
        let mut tx = self.db.write().await?;
        imports::set_job(&mut tx, id, job).await?;
        tx.commit().await?;
        Ok(job)
    }

    /// Reads an import's file and keeps what it would change. Nothing of the roster is written.
    ///
    /// # Errors
    /// What keeps the file from being read; [`OfficeError::Cancelled`].
    pub async fn make_preview(
        &self,
        viewer: &Viewer,
        id: i64,
        progress: &Progress,
    ) -> Result<Counts, OfficeError> {
        let import = self.import_of(viewer, id).await?;
        let mut tx = self.db.read().await?;
        let content = imports::content(&mut tx, id).await?;
        drop(tx);
        let parsed = parsed(content, import.name.clone(), progress.clone()).await?;
        let mut tx = self.db.read().await?;
        let base = imports::stamp(&mut tx).await?;
        let known = known(self, &mut tx, viewer, &parsed, choices(&import)).await?;
        drop(tx);
        let (_, plan) = planned(parsed, known).await?;
        progress.go_on()?;
        let counts = Counts::of(&plan);
        let mut rows = Vec::with_capacity(plan.rows.len());
        for (n, row) in plan.rows.iter().enumerate() {
            rows.push(PreviewRow {
                n: n as i64,
                kind: row.kind.code().to_owned(),
                person: row.person,
                number: row.number.clone(),
                name: row.name.clone(),
                detail: serde_json::to_string(row).unwrap_or_default(),
            });
        }
        let mut tx = self.db.write().await?;
        imports::set_rows(&mut tx, id, rows).await?;
        let told = serde_json::to_string(&counts).unwrap_or_default();
        imports::previewed(&mut tx, id, &base, &told).await?;
        progress.go_on()?;
        tx.commit().await?;
        Ok(counts)
    }

    async fn import_of(&self, viewer: &Viewer, id: i64) -> Result<Import, OfficeError> {
        let mut tx = self.db.read().await?;
        imports::of(&mut tx, viewer.account, id).await?.ok_or(OfficeError::NotFound)
    }

    /// A preview of the viewer's.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when it is none of the viewer's.
    pub async fn preview(&self, viewer: &Viewer, id: i64) -> Result<Preview, OfficeError> {
        viewer.must(Resource::Import, Action::Write)?;
        let mut tx = self.db.read().await?;
        let import = imports::of(&mut tx, viewer.account, id).await?.ok_or(OfficeError::NotFound)?;
        let stale = import.state == "preview" && imports::stamp(&mut tx).await? != import.base;
        let counts = serde_json::from_str(&import.counts).unwrap_or_default();
        Ok(Preview { import, counts, stale })
    }

    /// Rows of a preview of the viewer's.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when it is none of the viewer's.
    pub async fn preview_rows(
        &self,
        viewer: &Viewer,
        id: i64,
        kind: Option<RowKind>,
        skip: i64,
        most: i64,
    ) -> Result<Vec<PlanRow>, OfficeError> {
        viewer.must(Resource::Import, Action::Write)?;
        let mut tx = self.db.read().await?;
        imports::of(&mut tx, viewer.account, id).await?.ok_or(OfficeError::NotFound)?;
        let rows = imports::rows(&mut tx, id, kind.map_or("", RowKind::code), skip, most).await?;
        Ok(rows.iter().filter_map(|r| serde_json::from_str(&r.detail).ok()).collect())
    }

    /// The viewer's last imports, latest first.
    ///
    /// # Errors
    /// When no role allows it.
    pub async fn imports(&self, viewer: &Viewer) -> Result<Vec<Import>, OfficeError> {
        viewer.must(Resource::Import, Action::Read)?;
        let mut tx = self.db.read().await?;
        Ok(imports::latest(&mut tx, viewer.account, 20).await?)
    }

    /// Says who a doubtful row is: someone of the roster, or 0 for someone new. The preview is to be made anew.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when it is none of the viewer's; [`OfficeError::Refused`] when it is no preview any more.
    pub async fn choose(
        &self,
        viewer: &Viewer,
        id: i64,
        number: &str,
        person: i64,
    ) -> Result<(), OfficeError> {
        viewer.must(Resource::Import, Action::Write)?;
        let mut tx = self.db.write().await?;
        // Whoever applies it meanwhile is waited for: what was applied must not become a preview again.
        acts::turn(&mut tx).await?;
        let mut import = imports::of(&mut tx, viewer.account, id).await?.ok_or(OfficeError::NotFound)?;
        if import.state != "preview" {
            return Err(refused(|lang| say!(lang, "import-not-a-preview")));
        }
        let mut chosen = choices(&import);
        chosen.insert(number.to_owned(), person);
        import.choices = serde_json::to_string(&chosen).unwrap_or_default();
        imports::set(&mut tx, &import).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Begins to apply an import: the work's number.
    ///
    /// # Errors
    /// As [`Office::apply`], for what can be told at once.
    pub async fn start_apply(
        self: &Arc<Office>,
        viewer: &Viewer,
        id: i64,
        leave_out: bool,
    ) -> Result<i64, OfficeError> {
        let preview = self.preview(viewer, id).await?;
        stands(&preview, leave_out)?;
        let who = viewer.clone();
        self.start_job(viewer, "apply", move |office, progress| async move {
            office.apply(&who, id, leave_out, &progress).await?;
            Ok(Outcome::place(format!("/import/{id}")))
        })
        .await
    }

    /// Applies an import whole, in one transaction, as one act; the act's number.
    ///
    /// # Errors
    /// [`OfficeError::Refused`] while rows have faults (unless they are left out), when the roster is another than the
    /// preview found, when it was applied already; [`OfficeError::Cancelled`]. Nothing is changed then.
    pub async fn apply(
        &self,
        viewer: &Viewer,
        id: i64,
        leave_out: bool,
        progress: &Progress,
    ) -> Result<i64, OfficeError> {
        let preview = self.preview(viewer, id).await?;
        stands(&preview, leave_out)?;
        let mut import = preview.import;
        let mut tx = self.db.read().await?;
        let content = imports::content(&mut tx, id).await?;
        drop(tx);
        let parsed = parsed(content, import.name.clone(), progress.clone()).await?;
        let spec = self.law_here().await?;
        let mut tx = self.db.write().await?;
        acts::turn(&mut tx).await?;
        if imports::stamp(&mut tx).await? != import.base {
            return Err(refused(|lang| say!(lang, "import-stale")));
        }
        let known = known(self, &mut tx, viewer, &parsed, choices(&import)).await?;
        let (parsed, plan) = planned(parsed, known).await?;
        let people = plan.steps.len();
        let act = self.write_plan(&mut tx, viewer, &import.name, &parsed, plan, &spec, progress).await?;
        import.state = "applied".to_owned();
        import.act = Some(act);
        imports::set(&mut tx, &import).await?;
        progress.go_on()?;
        tx.commit().await?;
        self.settle(people).await;
        self.refresh().await?;
        Ok(act)
    }

    /// Reads a file, and applies it unless `dry`: for the command line. What it would do, its faults as the reader told
    /// them, and the act.
    ///
    /// # Errors
    /// As [`Office::apply`]; faults are no error here, but nothing is written while there are any and they are not left
    /// out: the act is then `None`.
    pub async fn import_now(
        &self,
        viewer: &Viewer,
        name: &str,
        content: Vec<u8>,
        dry: bool,
        leave_out: bool,
        progress: &Progress,
    ) -> Result<(Parsed, Vec<PlanRow>, Option<i64>), OfficeError> {
        viewer.must(Resource::Import, Action::Write)?;
        let parsed = parsed(content, name.to_owned(), progress.clone()).await?;
        let spec = self.law_here().await?;
        let mut tx = if dry { self.db.read().await? } else { self.db.write().await? };
        if !dry {
            acts::turn(&mut tx).await?;
        }
        let known = known(self, &mut tx, viewer, &parsed, HashMap::new()).await?;
        let (parsed, mut plan) = planned(parsed, known).await?;
        let rows = std::mem::take(&mut plan.rows);
        let open = rows.iter().any(|r| matches!(r.kind, RowKind::Error | RowKind::Doubtful));
        if dry || (open && !leave_out) || (plan.steps.is_empty() && plan.organs.is_empty()) {
            return Ok((parsed, rows, None));
        }
        let people = plan.steps.len();
        let act = self.write_plan(&mut tx, viewer, name, &parsed, plan, &spec, progress).await?;
        progress.go_on()?;
        tx.commit().await?;
        self.settle(people).await;
        self.refresh().await?;
        Ok((parsed, rows, Some(act)))
    }

    #[expect(clippy::too_many_arguments, reason = "everything that one act is made of")]
    async fn write_plan(
        &self,
        tx: &mut Tx,
        viewer: &Viewer,
        name: &str,
        parsed: &Parsed,
        plan: Plan,
        spec: &takeroot_policy::StackSpec,
        progress: &Progress,
    ) -> Result<i64, OfficeError> {
        let at = self.now();
        let added: Vec<&str> = plan.organs.iter().map(|o| o.id.0.as_str()).collect();
        let detail = serde_json::json!({ "file": name, "organs": added, "people": plan.steps.len() });
        let act = acts::record(tx, "import", at, viewer.account, None, &detail.to_string(), None).await?;
        let fresh = settings::get(tx, settings::PLACE).await?.is_none();
        if !plan.organs.is_empty() {
            let mut all: Vec<Organ> = organs::tree(tx).await?.into_iter().filter_map(|n| n.organ).collect();
            all.extend(plan.organs);
            organs::replace(tx, &tree::tree(&all)).await?;
            if fresh && let Some(place) = crate::enter::place(&all) {
                settings::set(tx, settings::PLACE, &place).await?;
            }
        }
        if fresh && parsed.invented {
            settings::set(tx, settings::INVENTED, "1").await?;
        }
        let total = plan.steps.len();
        let mut ids = Vec::with_capacity(total);
        let mut new: Vec<Career> = Vec::new();
        for (n, step) in plan.steps.into_iter().enumerate() {
            if n.is_multiple_of(100) {
                progress.at(n, total)?;
            }
            match step {
                Step::Add(career) => new.push(career),
                Step::Change { id, person, events } => {
                    if let Some(person) = person {
                        people::set_person(tx, id, &person, act, at).await?;
                    }
                    if !events.is_empty() {
                        people::add_events(tx, id, &events, act, at).await?;
                    }
                    ids.push(id);
                }
            }
        }
        for part in new.chunks(BATCH) {
            let part: Vec<&Career> = part.iter().collect();
            ids.extend(people::add(tx, &part, act, at).await?);
            progress.at(ids.len(), total)?;
        }
        let rules = self.rules(spec, self.today())?;
        for part in ids.chunks(BATCH * 4) {
            progress.go_on()?;
            index::people(tx, part, &rules).await?;
        }
        Ok(act)
    }

    /// The file of an import back as a workbook, with a column of what is wrong with each row.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when it is none of the viewer's; a refusal when it is no workbook.
    pub async fn import_back(
        &self,
        viewer: &Viewer,
        id: i64,
        lang: Lang,
    ) -> Result<(String, Vec<u8>), OfficeError> {
        viewer.must(Resource::Import, Action::Write)?;
        let import = self.import_of(viewer, id).await?;
        let mut tx = self.db.read().await?;
        let content = imports::content(&mut tx, id).await?;
        drop(tx);
        let name = import.name.clone();
        let back = tokio::task::spawn_blocking(move || {
            let parsed = parse::read(&content, &name, &mut |_, _| ControlFlow::Continue(()))?;
            takeroot_exchange::roster::write_back(&content, &name, &parsed.faults, lang)
                .map_err(|e| refused(|lang| takeroot_words::Say::say(&e, lang)))
        })
        .await
        .map_err(|_| OfficeError::Interrupted)??;
        let stem = import.name.rsplit_once('.').map_or(import.name.as_str(), |n| n.0);
        Ok((format!("{stem}-{}.xlsx", say!(lang, "import-back-suffix")), back))
    }
}

fn choices(import: &Import) -> HashMap<String, i64> {
    serde_json::from_str(&import.choices).unwrap_or_default()
}

/// Whether a preview may be applied.
fn stands(preview: &Preview, leave_out: bool) -> Result<(), OfficeError> {
    if preview.import.state != "preview" {
        return Err(refused(|lang| say!(lang, "import-not-a-preview")));
    }
    if preview.stale {
        return Err(refused(|lang| say!(lang, "import-stale")));
    }
    let open = preview.counts.get(RowKind::Error) + preview.counts.get(RowKind::Doubtful);
    if open > 0 && !leave_out {
        return Err(refused(|lang| say!(lang, "import-has-errors", n = open.to_string())));
    }
    Ok(())
}
