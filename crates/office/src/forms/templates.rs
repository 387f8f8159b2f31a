//! Templates of forms: which is in use, trying one, putting one into use, restoring the shipped one.

use takeroot_forms::{FormKind, Order, Press, Printed};
use takeroot_store::{acts, templates};
use takeroot_words::Lang;

use super::FormError;
use crate::{Action, Office, OfficeError, Resource, Viewer};

pub use takeroot_store::templates::Kept;

/// The longest template that is taken, in bytes.
pub const LONGEST: usize = 512 * 1024;

/// The template of a form.
#[derive(Clone, Debug)]
pub struct InUse {
    /// The form.
    pub kind: FormKind,
    /// Its text.
    pub text: String,
    /// The installation's own, not the shipped one.
    pub own: bool,
    /// All that were put into use, the last one first.
    pub history: Vec<Kept>,
}

impl Office {
    /// The template of a form.
    ///
    /// # Errors
    /// [`OfficeError::Forbidden`]; when the database refuses.
    pub async fn template(&self, viewer: &Viewer, kind: FormKind) -> Result<InUse, OfficeError> {
        viewer.must(Resource::Template, Action::Read)?;
        let mut tx = self.db.read().await?;
        let history = templates::history(&mut tx, kind.code()).await?;
        let own = history.first().map(|k| k.text.clone()).filter(|t| !t.is_empty());
        Ok(InUse {
            kind,
            own: own.is_some(),
            text: own.unwrap_or_else(|| kind.template().to_owned()),
            history,
        })
    }

    /// Prints a template's sample, to be looked at before it is put into use. Reckons for a while: to be called where that
    /// is allowed.
    ///
    /// # Errors
    /// [`FormError::Fault`] with the place of the template's error.
    pub fn try_template(
        &self,
        viewer: &Viewer,
        press: &Press,
        kind: FormKind,
        text: &str,
        lang: Lang,
    ) -> Result<Printed, FormError> {
        viewer.must(Resource::Template, Action::Read)?;
        if text.len() > LONGEST {
            return Err(FormError::TemplateTooLong);
        }
        let order = Order { kind, template: Some(text), lang, day: self.today(), invented: true };
        Ok(press.sample(&order)?)
    }

    /// Puts a template into use, if its sample can be printed in both languages.
    ///
    /// # Errors
    /// [`FormError::Fault`] with the place of the template's error; [`OfficeError::Forbidden`]; when the database refuses.
    pub async fn put_template(
        &self,
        viewer: &Viewer,
        press: &Press,
        kind: FormKind,
        text: &str,
    ) -> Result<(), FormError> {
        viewer.must_everywhere(Resource::Template, Action::Write)?;
        for lang in Lang::ALL {
            self.try_template(viewer, press, kind, text, lang)?;
        }
        self.keep_template(viewer, kind, text, "template").await
    }

    /// Takes the shipped template into use again.
    ///
    /// # Errors
    /// [`OfficeError::Forbidden`]; when the database refuses.
    pub async fn restore_template(&self, viewer: &Viewer, kind: FormKind) -> Result<(), FormError> {
        viewer.must_everywhere(Resource::Template, Action::Write)?;
        self.keep_template(viewer, kind, "", "template-restored").await
    }

    async fn keep_template(
        &self,
        viewer: &Viewer,
        kind: FormKind,
        text: &str,
        act: &str,
    ) -> Result<(), FormError> {
        let at = self.now();
        let mut tx = self.db.write().await.map_err(OfficeError::from)?;
        let detail = serde_json::json!({ "form": kind.code() }).to_string();
        let act = acts::record(&mut tx, act, at, viewer.account, None, &detail, None)
            .await
            .map_err(OfficeError::from)?;
        templates::put(&mut tx, kind.code(), text, act, at).await.map_err(OfficeError::from)?;
        tx.commit().await.map_err(OfficeError::from)?;
        Ok(())
    }
}
