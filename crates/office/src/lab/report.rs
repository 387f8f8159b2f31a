//! A run as a paper.

use std::sync::Arc;

use takeroot_civil::{Organ, Roster};
use takeroot_forms::Press;
use takeroot_report::{Base, County, Package, Series};
use takeroot_words::{Lang, Say as _};

use super::{Asked, LAW, Ready, Run, refused};
use crate::{Action, Office, OfficeError, Resource, Viewer};

impl Asked {
    /// Whether a report can be made of it: proposals over the base itself.
    pub fn is_reported(&self) -> bool {
        self.base.proposals.is_empty() && self.base.base == self.with.base && !self.with.proposals.is_empty()
    }
}

impl Office {
    /// The printed report of a run in a language, as PDF. `again` is the address that makes the same again.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when the run is not whole or no report is made of its like; when it cannot be printed.
    pub async fn lab_report(
        &self,
        viewer: &Viewer,
        ready: &Ready,
        again: String,
        lang: Lang,
        press: fn() -> Option<&'static Press>,
    ) -> Result<Vec<u8>, OfficeError> {
        viewer.must(Resource::Lab, Action::Read)?;
        let run = self.lab_run(ready).filter(|run| run.whole && run.asked.is_reported());
        let run: Arc<Run> = run.ok_or(OfficeError::NotFound)?;
        let doubt = self.lab_doubt(ready);
        let assumptions = self.assumptions()?;
        let organs: Vec<Organ> = ready.tree.iter().filter_map(|n| n.organ.clone()).collect();
        let county = County::of(&Roster { organs, careers: Vec::new(), invented: run.invented });
        let (rules, printed) = (ready.rules.0.clone(), self.today());
        let library = ready.library.clone();
        let work = move || {
            let press = press().ok_or(OfficeError::Interrupted)?;
            let package = Package {
                proposals: run.asked.with.proposals.clone(),
                digest: run.inputs.with.clone(),
                comparison: &run.comparison,
                sense: doubt.as_ref().map(|doubt| &doubt.sensitivity),
                clauses: &run.clauses,
            };
            let base = &run.asked.base.base;
            let series = Series {
                county,
                bases: vec![Base {
                    id: (base != LAW).then(|| base.clone()),
                    rules: &rules,
                    packages: vec![package],
                }],
                library: &library,
                assumptions: &assumptions,
                terms_for_all: run.asked.terms_for_all,
                printed,
                version: run.inputs.program,
                again,
            };
            let paper = takeroot_report::pdf(press, &series, lang);
            paper.map(|paper| paper.pdf).map_err(|fault| refused(|lang| fault.say(lang)))
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| OfficeError::Interrupted)?
    }
}
