//! What a person at a desk can be told.

use takeroot_store::StoreError;
use takeroot_words::{Lang, Say};

use crate::access::{Action, Resource};
use crate::words::say;

/// What can go wrong in the office. Acts with more to say have errors of their own that carry this one.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No role allows it.
    #[error("{} may not be {}", resource.code(), action.code())]
    Forbidden {
        /// On what.
        resource: Resource,
        /// What.
        action: Action,
    },
    /// There is nothing there, or nothing that the viewer may know of: the two are told alike.
    #[error("not found")]
    NotFound,
    /// A stack that cannot be made.
    #[error(transparent)]
    Stack(#[from] takeroot_policy::StackFault),
    /// What was typed cannot be used: field, and a sentence in the reader's language.
    #[error("{field}: {why}")]
    Field {
        /// The field's name in the form.
        field: &'static str,
        /// Why, in the reader's language.
        why: String,
    },
    /// Computing hands are gone: a thread ended before its answer.
    #[error("interrupted")]
    Interrupted,
    /// Something stands in the way of an act: the sentence in both languages.
    #[error("{en}")]
    Refused {
        /// In Chinese.
        zh: String,
        /// In English.
        en: String,
    },
    /// Whoever began the work stopped it.
    #[error("cancelled")]
    Cancelled,
}

impl Say for OfficeError {
    fn say(&self, lang: Lang) -> String {
        match self {
            OfficeError::Store(e) => e.say(lang),
            OfficeError::Forbidden { resource, action } => {
                say!(lang, "office-forbidden", what = resource.name(lang), act = action.name(lang))
            }
            OfficeError::NotFound => say!(lang, "office-not-found"),
            OfficeError::Stack(e) => e.say(lang),
            OfficeError::Field { why, .. } => why.clone(),
            OfficeError::Interrupted => say!(lang, "office-interrupted"),
            OfficeError::Refused { zh, en } => lang.pick(zh.clone(), en.clone()),
            OfficeError::Cancelled => say!(lang, "office-cancelled"),
        }
    }
}
