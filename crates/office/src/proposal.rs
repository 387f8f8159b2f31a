//! Proposals, and the county's own instruments, written in the office: checked, kept in versions, published and
//! withdrawn. What is in use is laid over the shipped documents.

use takeroot_policy::document::Head;
use takeroot_policy::{Document, DocumentFault, Library, Scope, audit};
use takeroot_store::documents::{self, Held, Version};

use crate::{Action, Office, OfficeError, Resource, Viewer};

/// What the file names of the office's own documents begin with.
pub const OWN: &str = "own/";

/// A document as the editor shows it.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What is known of it.
    pub held: Held,
    /// Its versions, latest first.
    pub versions: Vec<Version>,
}

/// What came of keeping a text.
#[derive(Clone, Debug)]
pub enum Kept {
    /// Kept as this version of this document.
    Saved(String, i64),
    /// It has faults; nothing was kept.
    Faults(Vec<DocumentFault>),
    /// The id is that of a document that came with the program or with the installation's files.
    Taken(String),
    /// Only proposals and local instruments can be written here.
    OtherKind,
}

/// The name under which a document is known.
fn file(id: &str) -> String {
    format!("{OWN}{id}.toml")
}

impl Office {
    /// Everything wrong with a text, beside the documents at hand; empty when it can be kept.
    pub fn check_document(&self, text: &str) -> Vec<DocumentFault> {
        let document = match Document::parse("own/draft.toml", text.as_bytes()) {
            Ok(document) => document,
            Err(fault) => return vec![*fault],
        };
        let name = file(document.id());
        match Library::clone(&self.base()).with([(name.as_str(), text.as_bytes())]) {
            Ok(library) => {
                let faults = audit(&library, self.today()).errors;
                faults.into_iter().filter(|f| f.file == name).collect()
            }
            Err(faults) => faults,
        }
    }

    /// Keeps a text as the next version of the document that it names.
    ///
    /// # Errors
    /// When the viewer may not: a local instrument is for those who may write policy, a proposal for those who may
    /// write proposals.
    pub async fn save_document(&self, viewer: &Viewer, text: &str) -> Result<Kept, OfficeError> {
        viewer.must(Resource::Proposal, Action::Write)?;
        let faults = self.check_document(text);
        let document = match Document::parse("own/draft.toml", text.as_bytes()) {
            Ok(document) if faults.is_empty() => document,
            _ => return Ok(Kept::Faults(faults)),
        };
        let kind = match &document.head {
            Head::Proposal(_) => "proposal",
            Head::Instrument(i) if i.scope == Scope::Local => {
                viewer.must_everywhere(Resource::Policy, Action::Write)?;
                "local"
            }
            _ => return Ok(Kept::OtherKind),
        };
        if self.base().get(document.id()).is_some() {
            return Ok(Kept::Taken(document.id().to_owned()));
        }
        let at = self.now();
        let mut tx = self.db.write().await?;
        let detail = serde_json::json!({ "document": document.id() }).to_string();
        let act =
            takeroot_store::acts::record(&mut tx, "policy-saved", at, viewer.account, None, &detail, None)
                .await?;
        let version = documents::add(&mut tx, document.id(), kind, text, at, viewer.account, act).await?;
        tx.commit().await?;
        self.lay_documents().await?;
        Ok(Kept::Saved(document.id().to_owned(), version))
    }

    /// A document written here.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when there is none.
    pub async fn draft(&self, viewer: &Viewer, id: &str) -> Result<Draft, OfficeError> {
        viewer.must(Resource::Proposal, Action::Write)?;
        let mut tx = self.db.read().await?;
        let held = documents::get(&mut tx, id).await?.ok_or(OfficeError::NotFound)?;
        let versions = documents::versions(&mut tx, id).await?;
        Ok(Draft { held, versions })
    }

    /// The documents written here.
    ///
    /// # Errors
    /// When the viewer may not, or the database refuses.
    pub async fn written(&self, viewer: &Viewer) -> Result<Vec<Held>, OfficeError> {
        viewer.must(Resource::Proposal, Action::Write)?;
        let mut tx = self.db.read().await?;
        Ok(documents::all(&mut tx).await?)
    }

    /// Ids of what is not published.
    pub(crate) async fn drafts(&self) -> Result<Vec<String>, OfficeError> {
        let mut tx = self.db.read().await?;
        let all = documents::all(&mut tx).await?;
        Ok(all.into_iter().filter(|h| h.state != documents::PUBLISHED).map(|h| h.id).collect())
    }

    /// Publishes the last version of a document, or withdraws it. A local instrument then decides, or no longer does,
    /// and everyone's columns are reckoned anew.
    ///
    /// # Errors
    /// When the viewer may not, or there is no such document.
    pub async fn publish(&self, viewer: &Viewer, id: &str, shown: bool) -> Result<(), OfficeError> {
        viewer.must(Resource::Proposal, Action::Write)?;
        let at = self.now();
        let mut tx = self.db.write().await?;
        let held = documents::get(&mut tx, id).await?.ok_or(OfficeError::NotFound)?;
        if held.kind != "proposal" {
            viewer.must_everywhere(Resource::Policy, Action::Write)?;
        }
        let kind = if shown { "policy-published" } else { "policy-withdrawn" };
        let detail = serde_json::json!({ "document": id, "version": held.latest }).to_string();
        takeroot_store::acts::record(&mut tx, kind, at, viewer.account, None, &detail, None).await?;
        let (state, version) =
            if shown { (documents::PUBLISHED, held.latest) } else { (documents::WITHDRAWN, 0) };
        documents::set_state(&mut tx, id, state, version).await?;
        tx.commit().await?;
        self.lay_documents().await?;
        if held.kind != "proposal" {
            self.reindex().await?;
        }
        Ok(())
    }

    /// Takes the documents in use in hand: those written here over those that came with the installation. One that can
    /// no longer be read, because a newer program reads otherwise, is left out and told in the log.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn lay_documents(&self) -> Result<(), OfficeError> {
        let mut tx = self.db.read().await?;
        let kept = documents::in_use(&mut tx).await?;
        drop(tx);
        let mut library = Library::clone(&self.base());
        for version in &kept {
            let name = file(&version.document);
            match library.clone().with([(name.as_str(), version.text.as_bytes())]) {
                Ok(with) => library = with,
                Err(_) => {
                    tracing::error!(document = %version.document, "a document kept can no longer be read")
                }
            }
        }
        self.set_library(library);
        Ok(())
    }
}
