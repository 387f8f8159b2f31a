//! The documents at hand: those shipped in the binary, with an office's own laid over them.

use crate::document::{Document, DocumentFault, FaultKind, Head};

/// The shipped documents: path under `policies/`, text.
static SHIPPED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/shipped.in"));

/// The cases that stand beside them: path under `policies/`, text.
static CASES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/cases.in"));

/// All documents at hand.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// In the order of their layers: shipped first, then the office's.
    pub documents: Vec<Document>,
}

impl Library {
    /// The shipped documents.
    ///
    /// # Errors
    /// Never for a released binary: a test reads them all.
    pub fn shipped() -> Result<Library, Vec<DocumentFault>> {
        Library::of(SHIPPED.iter().map(|(file, text)| (*file, text.as_bytes())))
    }

    /// The shipped files as they are.
    pub fn shipped_files() -> &'static [(&'static str, &'static str)] {
        SHIPPED
    }

    /// The cases beside the shipped documents (`NAME.cases.md`), as they are.
    pub fn shipped_cases() -> &'static [(&'static str, &'static str)] {
        CASES
    }

    /// Documents from files (name, content).
    ///
    /// # Errors
    /// Every file that could not be read, each with its place.
    pub fn of<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    ) -> Result<Library, Vec<DocumentFault>> {
        Library::default().with(files)
    }

    /// This library with an office's own files over it: a document with the id of one that is there takes its place,
    /// any other is added.
    ///
    /// # Errors
    /// Every file that could not be read, each with its place; two of the new files with the same id.
    pub fn with<'a>(
        mut self,
        files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    ) -> Result<Library, Vec<DocumentFault>> {
        let mut faults = Vec::new();
        let mut added: Vec<Document> = Vec::new();
        for (file, bytes) in files {
            match Document::parse(file, bytes) {
                Ok(document) => match added.iter().find(|d| d.id() == document.id()) {
                    Some(other) => faults.push(DocumentFault {
                        what: FaultKind::DocumentTwice {
                            id: document.id().to_owned(),
                            other: other.file.clone(),
                        },
                        span: document.text.find(document.id()).map(|at| at..at + document.id().len()),
                        file: document.file,
                        text: document.text,
                    }),
                    None => added.push(document),
                },
                Err(fault) => faults.push(*fault),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        self.documents.retain(|d| !added.iter().any(|a| a.id() == d.id()));
        self.documents.extend(added);
        Ok(self)
    }

    /// The document with this id.
    pub fn get(&self, id: &str) -> Option<&Document> {
        self.documents.iter().find(|d| d.id() == id)
    }

    /// The proposals.
    pub fn proposals(&self) -> impl Iterator<Item = &Document> {
        self.documents.iter().filter(|d| matches!(d.head, Head::Proposal(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_document_can_be_read() {
        match Library::shipped() {
            Ok(library) => assert!(!library.documents.is_empty()),
            Err(faults) => {
                for fault in &faults {
                    let line = fault.span.as_ref().map_or(0, |s| fault.text[..s.start].lines().count());
                    eprintln!("{}:{line}: {:?}", fault.file, fault.what);
                }
                panic!("{} documents cannot be read", faults.len());
            }
        }
    }
}
