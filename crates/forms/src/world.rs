//! What a template can see: itself, `base.typ`, its values and the photo. Everything else is refused.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};

use crate::Fonts;
use crate::kind::BASE;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static FORM_FILE: LazyLock<FileId> = LazyLock::new(|| file("form.typ"));
static BASE_FILE: LazyLock<FileId> = LazyLock::new(|| file("base.typ"));
static DATA_FILE: LazyLock<FileId> = LazyLock::new(|| file("data.json"));
static PHOTO_FILE: LazyLock<FileId> = LazyLock::new(|| file("photo"));
static BASE_SOURCE: LazyLock<Source> = LazyLock::new(|| Source::new(*BASE_FILE, BASE.to_owned()));

#[expect(clippy::expect_used, reason = "the four names are written above, and all of them are paths")]
fn file(name: &str) -> FileId {
    RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).expect("a path")).intern()
}

/// A template, parsed once for many forms.
pub(crate) fn source(template: &str) -> Source {
    Source::new(*FORM_FILE, template.to_owned())
}

/// What one form can see.
pub(crate) struct Desk<'f> {
    pub(crate) fonts: &'f Fonts,
    pub(crate) form: Source,
    pub(crate) data: Bytes,
    pub(crate) photo: Option<Bytes>,
    pub(crate) day: Option<Datetime>,
}

impl Desk<'_> {
    /// Whether a place in a file is one of `base.typ`.
    pub(crate) fn is_base(&self, id: FileId) -> bool {
        id == *BASE_FILE
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        *FORM_FILE
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == *FORM_FILE {
            Ok(self.form.clone())
        } else if id == *BASE_FILE {
            Ok(BASE_SOURCE.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *DATA_FILE {
            Ok(self.data.clone())
        } else if id == *PHOTO_FILE {
            self.photo.clone().ok_or(FileError::AccessDenied)
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.day
    }
}
