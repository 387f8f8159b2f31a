//! Post tables: read, kept as they came, held against the law and against proposals.

use std::sync::{Arc, PoisonError};

use takeroot_civil::Day;
use takeroot_exchange::posts::check::{Limit, Opening};
use takeroot_exchange::posts::{self, Checks, Floored, Post, Table};
use takeroot_store::acts;
use takeroot_store::post_tables::{self, PostTable};
use takeroot_words::{Lang, Say as _};

use crate::jobs::{Outcome, Progress};
use crate::words::say;
use crate::{Action, Office, OfficeError, Resource, Viewer};

/// The largest file that is taken, bytes.
pub const MOST_BYTES: usize = 32 << 20;

/// Tables remembered as they were read: a large one is many thousand posts.
const REMEMBERED: usize = 3;

/// Tables remembered, those asked for longest ago first.
pub type Remembered = Vec<(i64, Arc<Table>)>;

/// A table that is kept, and what was read in it.
#[derive(Clone, Debug)]
pub struct Kept {
    /// What is known of it.
    pub held: PostTable,
    /// Its posts.
    pub table: Arc<Table>,
}

/// A table held against the rules of a day.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The table.
    pub kept: Kept,
    /// The rules.
    pub rules: Floored,
    /// What came of it.
    pub checks: Checks,
}

/// Which posts of a table are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words that the post's names hold, all of them.
    pub words: String,
    /// Township posts only.
    pub township: bool,
    /// Posts with this limit.
    pub limit: Option<Limit>,
    /// Posts with this limit and no other.
    pub alone: bool,
    /// Posts with no limit at all.
    pub open: bool,
    /// Posts that the proposals open this way.
    pub opening: Option<Opening>,
    /// Posts of this sheet.
    pub sheet: Option<usize>,
}

/// A post with its limits and what would open it.
#[derive(Clone, Debug)]
pub struct Line<'t> {
    /// The post.
    pub post: &'t Post,
    /// Limits beyond the rules.
    pub limits: Vec<Limit>,
    /// How the proposals open it.
    pub openings: Vec<Opening>,
}

impl Checked {
    /// The posts that are wanted, in the order of the table.
    pub fn lines(&self, wanted: &Wanted) -> Vec<Line<'_>> {
        let words: Vec<String> = wanted.words.split_whitespace().map(str::to_lowercase).collect();
        let table = &self.kept.table;
        let asked = |post: &&Post| {
            (!wanted.township || post.township)
                && wanted.sheet.is_none_or(|sheet| post.sheet == sheet)
                && (words.is_empty() || {
                    let names = [&post.organ, &post.unit, &post.area, &post.title, &post.code];
                    let held = names.map(|n| n.to_lowercase()).join("\n");
                    words.iter().all(|word| held.contains(word.as_str()))
                })
        };
        let line = |post| -> Option<Line<'_>> {
            let limits: Vec<Limit> = self.rules.law.limits(post).iter().collect();
            let openings = match &self.rules.proposal {
                Some(proposal) => posts::check::openings(post, &self.rules.law, proposal),
                None => Vec::new(),
            };
            let fits =
                wanted.limit.is_none_or(|l| limits.contains(&l) && (!wanted.alone || limits.len() == 1))
                    && (!wanted.open || limits.is_empty())
                    && wanted.opening.is_none_or(|o| openings.contains(&o));
            fits.then_some(Line { post, limits, openings })
        };
        table.posts.iter().filter(asked).filter_map(line).collect()
    }
}

impl Office {
    /// The tables that are there, latest first.
    ///
    /// # Errors
    /// When the viewer may not, or the database refuses.
    pub async fn post_tables(&self, viewer: &Viewer) -> Result<Vec<PostTable>, OfficeError> {
        viewer.must(Resource::Posts, Action::Read)?;
        let mut tx = self.db.read().await?;
        Ok(post_tables::all(&mut tx).await?)
    }

    /// Begins to read a table and to keep it; the number of the work, which ends at the table's page.
    ///
    /// # Errors
    /// When the viewer may not, or the file is too large.
    pub async fn start_posts(
        self: &Arc<Office>,
        viewer: &Viewer,
        name: &str,
        content: Vec<u8>,
    ) -> Result<i64, OfficeError> {
        viewer.must(Resource::Posts, Action::Write)?;
        let (who, name) = (viewer.clone(), short_name(name));
        self.start_job(viewer, "posts", move |office, progress| async move {
            let id = office.add_posts(&who, &name, content, Some(&progress)).await?;
            Ok(Outcome::place(format!("/posts/{id}")))
        })
        .await
    }

    /// Reads a table and keeps it as it came; its number.
    ///
    /// # Errors
    /// When the viewer may not; [`OfficeError::Refused`] with the fault when the file gives no posts.
    pub async fn add_posts(
        &self,
        viewer: &Viewer,
        name: &str,
        content: Vec<u8>,
        progress: Option<&Progress>,
    ) -> Result<i64, OfficeError> {
        viewer.must(Resource::Posts, Action::Write)?;
        if content.len() > MOST_BYTES {
            let most = i64::try_from(MOST_BYTES >> 20).unwrap_or_default();
            return Err(refused(|lang| say!(lang, "posts-too-large", most = most)));
        }
        if let Some(progress) = progress {
            progress.says(say!(Lang::Zh, "posts-reading"), say!(Lang::En, "posts-reading"));
            progress.at(0, 2)?;
        }
        let (content, table) = read(name.to_owned(), content).await?;
        if let Some(progress) = progress {
            progress.at(1, 2)?;
        }
        let summary = table.summary();
        let at = self.now();
        let held = PostTable {
            id: 0,
            name: name.to_owned(),
            posts: i64::from(summary.posts),
            recruits: i64::from(summary.recruits),
            unread: i64::try_from(table.unread.len()).unwrap_or(i64::MAX),
            at,
            account: viewer.account,
        };
        let mut tx = self.db.write().await?;
        let detail = serde_json::json!({ "file": name, "posts": summary.posts }).to_string();
        let act = acts::record(&mut tx, "posts-added", at, viewer.account, None, &detail, None).await?;
        let id = post_tables::add(&mut tx, &held, content, act).await?;
        tx.commit().await?;
        self.remember(id, table);
        if let Some(progress) = progress {
            progress.at(2, 2)?;
        }
        Ok(id)
    }

    /// A table that is kept.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when there is none; when the viewer may not.
    pub async fn post_table(&self, viewer: &Viewer, id: i64) -> Result<Kept, OfficeError> {
        viewer.must(Resource::Posts, Action::Read)?;
        let mut tx = self.db.read().await?;
        let held = post_tables::get(&mut tx, id).await?.ok_or(OfficeError::NotFound)?;
        {
            let kept = self.post_tables.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, table)) = kept.iter().find(|k| k.0 == id) {
                return Ok(Kept { held, table: table.clone() });
            }
        }
        let (name, content) = post_tables::content(&mut tx, id).await?.ok_or(OfficeError::NotFound)?;
        drop(tx);
        let (_, table) = read(name, content).await?;
        Ok(Kept { held, table: self.remember(id, table) })
    }

    fn remember(&self, id: i64, table: Table) -> Arc<Table> {
        let table = Arc::new(table);
        let mut kept = self.post_tables.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|k| k.0 != id);
        if kept.len() >= REMEMBERED {
            kept.remove(0);
        }
        kept.push((id, table.clone()));
        table
    }

    /// A table held against the law of a day, and against the law with proposals if any are named.
    ///
    /// # Errors
    /// As [`Office::post_table`]; a proposal that does not exist or is a draft of others.
    pub async fn check_posts(
        &self,
        viewer: &Viewer,
        id: i64,
        on: Day,
        with: &[String],
    ) -> Result<Checked, OfficeError> {
        let kept = self.post_table(viewer, id).await?;
        let library = self.library_for(viewer).await?;
        let (with, place) = (with.to_vec(), self.law_here().await?.place);
        let work = move || -> Result<Checked, OfficeError> {
            let rules = Floored::of(&library, &kept.table, on, &with, place)?;
            let checks = Checks::of(&kept.table, &rules);
            Ok(Checked { kept, rules, checks })
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| OfficeError::Interrupted)?
    }

    /// A table's file as it came: name and content.
    ///
    /// # Errors
    /// When the viewer may not; [`OfficeError::NotFound`].
    pub async fn post_file(&self, viewer: &Viewer, id: i64) -> Result<(String, Vec<u8>), OfficeError> {
        viewer.must(Resource::Posts, Action::Read)?;
        let mut tx = self.db.read().await?;
        post_tables::content(&mut tx, id).await?.ok_or(OfficeError::NotFound)
    }

    /// A table in the one form as a workbook: every post, and every cell that was not understood.
    ///
    /// # Errors
    /// When the viewer may not export; [`OfficeError::NotFound`].
    pub async fn export_posts(&self, viewer: &Viewer, id: i64, lang: Lang) -> Result<Vec<u8>, OfficeError> {
        viewer.must(Resource::Posts, Action::Export)?;
        let kept = self.post_table(viewer, id).await?;
        let mut tx = self.db.write().await?;
        let detail = serde_json::json!({ "table": id, "posts": kept.held.posts }).to_string();
        acts::record(&mut tx, "posts-exported", self.now(), viewer.account, None, &detail, None).await?;
        tx.commit().await?;
        let table = kept.table;
        let write = move || posts::workbook(std::slice::from_ref(&*table), lang);
        let book = tokio::task::spawn_blocking(write).await.map_err(|_| OfficeError::Interrupted)?;
        book.map_err(|fault| OfficeError::Field { field: "file", why: fault.to_string() })
    }

    /// Puts a table away; its file stays kept.
    ///
    /// # Errors
    /// When the viewer may not; [`OfficeError::NotFound`].
    pub async fn remove_posts(&self, viewer: &Viewer, id: i64) -> Result<(), OfficeError> {
        viewer.must(Resource::Posts, Action::Write)?;
        let mut tx = self.db.write().await?;
        let held = post_tables::get(&mut tx, id).await?.ok_or(OfficeError::NotFound)?;
        let detail = serde_json::json!({ "table": id, "file": held.name }).to_string();
        let act =
            acts::record(&mut tx, "posts-removed", self.now(), viewer.account, None, &detail, None).await?;
        post_tables::end(&mut tx, id, act).await?;
        tx.commit().await?;
        let mut kept = self.post_tables.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|k| k.0 != id);
        Ok(())
    }
}

/// Reads a file in a thread of its own; the content comes back with what it holds.
async fn read(name: String, content: Vec<u8>) -> Result<(Vec<u8>, Table), OfficeError> {
    let work = move || (posts::read(&content, &name), content);
    let (read, content) = tokio::task::spawn_blocking(work).await.map_err(|_| OfficeError::Interrupted)?;
    let table = read.map_err(|fault| refused(|lang| fault.say(lang)))?;
    Ok((content, table))
}

fn refused(say: impl Fn(Lang) -> String) -> OfficeError {
    OfficeError::Refused { zh: say(Lang::Zh), en: say(Lang::En) }
}

/// The last part of a file's name: some browsers send the whole path.
fn short_name(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned()
}
