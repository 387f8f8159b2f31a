//! Printing forms: of a list of people in its order, and the roster book of a part of the unit tree.
//!
//! An order is first *prepared* ([`Office::prepare_forms`], [`Office::prepare_book`]): permission and scope are looked
//! at, careers read, views of sensitive fields recorded. What is prepared is then *made* ([`Prepared::make`]), which
//! reckons and can be stopped, and needs neither the database nor the viewer any more.

mod list;
mod print;
mod templates;

use std::ops::ControlFlow;
use std::sync::Arc;

use takeroot_civil::{Day, Organ};
use takeroot_exchange::lrmx;
use takeroot_forms::{Fault, FormKind, Order, Press, Step, book, cadre, rank, workbook};
use takeroot_policy::{Facts, Rules};
use takeroot_store::people::Kept;
use takeroot_store::{Within, named, organs};
use takeroot_words::{Lang, Say};

use crate::words::say;
use crate::{Action, Class, Office, OfficeError, Resource, Viewer};

pub use list::{Candidate, Found, Listed, MOST};
pub(crate) use print::LASTS;
pub use print::WORK;
pub use templates::{InUse, Kept as KeptTemplate, LONGEST};

/// What a form is printed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// PDF.
    Pdf,
    /// The electronic form; a `.zip` when there are several.
    Lrmx,
    /// A workbook.
    Xlsx,
}

impl Format {
    /// The format of a code: `pdf`, `lrmx`, `xlsx`.
    pub fn from_code(code: &str) -> Option<Format> {
        match code {
            "pdf" => Some(Format::Pdf),
            "lrmx" => Some(Format::Lrmx),
            "xlsx" => Some(Format::Xlsx),
            _ => None,
        }
    }
}

/// What goes wrong with forms.
#[derive(Debug, thiserror::Error)]
pub enum FormError {
    /// As everywhere in the office.
    #[error(transparent)]
    Office(#[from] OfficeError),
    /// In printing.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// A form cannot be had in this format.
    #[error("{0} cannot be made as {1:?}")]
    Format(FormKind, Format),
    /// None of the people asked for has a next rank.
    #[error("nobody has a next rank")]
    NoNextRank,
    /// The template is longer than any form.
    #[error("the template is too long")]
    TemplateTooLong,
}

impl From<takeroot_store::StoreError> for FormError {
    fn from(error: takeroot_store::StoreError) -> FormError {
        FormError::Office(error.into())
    }
}

impl Say for FormError {
    fn say(&self, lang: Lang) -> String {
        match self {
            FormError::Office(e) => e.say(lang),
            FormError::Fault(e) => e.say(lang),
            FormError::Format(kind, _) => say!(lang, "forms-wrong-format", form = kind.say(lang)),
            FormError::NoNextRank => say!(lang, "forms-no-next-rank"),
            FormError::TemplateTooLong => say!(lang, "forms-template-too-long"),
        }
    }
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The form.
    pub kind: FormKind,
    /// As what.
    pub format: Format,
    /// Of what day.
    pub on: Day,
    /// In which language.
    pub lang: Lang,
}

/// Something to tell about a sheet of what was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Whose sheet.
    pub name: String,
    /// What.
    pub what: RemarkKind,
}

/// What there is to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RemarkKind {
    /// Characters that no font has, to be written in by hand.
    Lacking(String),
    /// The photo cannot be read.
    Photo,
    /// The texts needed a continuation page.
    Continued,
    /// There is no next rank: no form was made.
    NoNextRank,
    /// Family and health were left out, as the viewer may not see them.
    WithoutFamily,
}

impl Say for Remark {
    fn say(&self, lang: Lang) -> String {
        let name = self.name.as_str();
        match &self.what {
            RemarkKind::Lacking(c) => say!(lang, "forms-lacking", name = name, characters = c.as_str()),
            RemarkKind::Photo => say!(lang, "forms-photo", name = name),
            RemarkKind::Continued => say!(lang, "forms-continued", name = name),
            RemarkKind::NoNextRank => say!(lang, "forms-no-next-rank-of", name = name),
            RemarkKind::WithoutFamily => say!(lang, "forms-without-family", name = name),
        }
    }
}

/// A file made.
#[derive(Clone, Debug)]
pub struct Made {
    /// Its name.
    pub file: String,
    /// Its media type.
    pub mime: &'static str,
    /// It.
    pub bytes: Vec<u8>,
    /// Pages, where there are pages.
    pub pages: Option<usize>,
    /// What there is to tell.
    pub remarks: Vec<Remark>,
}

/// An order that only has to be made.
#[derive(Debug)]
pub struct Prepared {
    wanted: Wanted,
    template: Option<String>,
    invented: bool,
    today: Day,
    rules: Arc<Rules>,
    organs: Vec<Organ>,
    careers: Vec<Arc<Kept>>,
    /// Of whom family and health, and the identity number, are shown.
    shown: Vec<(bool, bool)>,
    /// Name of the part of the tree, for a book.
    of: String,
}

impl Office {
    /// Prepares forms of people in the order given. Who is not within the viewer's reach is not there: one such number
    /// refuses the order.
    ///
    /// # Errors
    /// [`OfficeError::Forbidden`], [`OfficeError::NotFound`]; a form that cannot be had in that format.
    pub async fn prepare_forms(
        &self,
        viewer: &Viewer,
        wanted: Wanted,
        people: &[i64],
        place: &str,
    ) -> Result<Prepared, FormError> {
        let within = viewer.must(Resource::Form, Action::Export)?;
        let fits = match wanted.kind {
            FormKind::Cadre => matches!(wanted.format, Format::Pdf | Format::Lrmx),
            FormKind::Rank => wanted.format == Format::Pdf,
            FormKind::Book => false,
        };
        if !fits {
            return Err(FormError::Format(wanted.kind, wanted.format));
        }
        let people = people.get(..people.len().min(MOST)).unwrap_or_default();
        if people.is_empty() {
            return Err(Fault::Nothing.into());
        }
        let mut tx = self.db.read().await?;
        let lines = named::lines(&mut tx, &within, people).await?;
        if lines.len() != people.len() {
            return Err(OfficeError::NotFound.into());
        }
        let shown: Vec<(bool, bool)> = lines
            .iter()
            .map(|l| {
                let sees = |class| viewer.sees(class, l.id, l.at.organ_seq);
                (sees(Class::Family), sees(Class::Identity))
            })
            .collect();
        let careers = self.careers_of(&mut tx, people).await?;
        let organs = all_organs(&mut tx).await?;
        let template = takeroot_store::templates::in_use(&mut tx, wanted.kind.code()).await?;
        drop(tx);
        if wanted.kind == FormKind::Cadre {
            let of = |seen: &dyn Fn(&(bool, bool)) -> bool| -> Vec<i64> {
                lines.iter().zip(&shown).filter(|(_, s)| seen(s)).map(|(l, _)| l.id).collect()
            };
            self.see_many(viewer, Class::Family, &of(&|s| s.0), place).await?;
            // Only the electronic form carries the number.
            if wanted.format == Format::Lrmx {
                self.see_many(viewer, Class::Identity, &of(&|s| s.1), place).await?;
            }
        }
        let rules = self.rules(&self.law_here().await?, wanted.on)?;
        Ok(Prepared {
            wanted,
            template,
            invented: self.is_invented(),
            today: self.today(),
            rules,
            organs,
            careers,
            shown,
            of: String::new(),
        })
    }

    /// The nodes of the unit tree that a roster book may be made of: those with something in the viewer's reach.
    ///
    /// # Errors
    /// [`OfficeError::Forbidden`]; when the database refuses.
    pub async fn book_units(&self, viewer: &Viewer) -> Result<Vec<organs::Node>, OfficeError> {
        let within = viewer.must(Resource::Roster, Action::Export)?;
        let mut tx = self.db.read().await?;
        let tree = organs::tree(&mut tx).await?;
        Ok(tree.into_iter().filter(|n| !within.and(n.seq, n.last).is_nowhere()).collect())
    }

    /// Prepares the roster book of a node of the unit tree with all that lies below it; of everything within the viewer's
    /// reach when `node` is empty.
    ///
    /// # Errors
    /// [`OfficeError::Forbidden`]; [`OfficeError::NotFound`] for a node that the viewer cannot reach.
    pub async fn prepare_book(
        &self,
        viewer: &Viewer,
        wanted: Wanted,
        node: &str,
    ) -> Result<Prepared, FormError> {
        let within = viewer.must(Resource::Roster, Action::Export)?;
        if wanted.kind != FormKind::Book || wanted.format == Format::Lrmx {
            return Err(FormError::Format(wanted.kind, wanted.format));
        }
        let mut tx = self.db.read().await?;
        let tree = organs::tree(&mut tx).await?;
        let (within, of): (Within, String) = if node.is_empty() {
            (within, String::new())
        } else {
            let node = tree.iter().find(|n| n.id == node).ok_or(OfficeError::NotFound)?;
            let cut = within.and(node.seq, node.last);
            if cut.is_nowhere() {
                return Err(OfficeError::NotFound.into());
            }
            (cut, node.name.clone())
        };
        let organs = tree.iter().filter(|n| within.has(n.seq)).filter_map(|n| n.organ.clone()).collect();
        let careers = self.careers.within(&mut tx, &within).await?;
        let template = takeroot_store::templates::in_use(&mut tx, FormKind::Book.code()).await?;
        drop(tx);
        let rules = self.rules(&self.law_here().await?, wanted.on)?;
        Ok(Prepared {
            wanted,
            template,
            invented: self.is_invented(),
            today: self.today(),
            rules,
            organs,
            careers,
            shown: Vec::new(),
            of,
        })
    }

    /// Careers by number, in the order of the numbers.
    async fn careers_of(
        &self,
        tx: &mut takeroot_store::Tx,
        people: &[i64],
    ) -> Result<Vec<Arc<Kept>>, OfficeError> {
        let kept = takeroot_store::people::careers(tx, people).await?;
        Ok(kept.into_iter().map(Arc::new).collect())
    }
}

async fn all_organs(tx: &mut takeroot_store::Tx) -> Result<Vec<Organ>, OfficeError> {
    Ok(organs::tree(tx).await?.into_iter().filter_map(|n| n.organ).collect())
}

impl Prepared {
    /// How many people, or organs of a book, there are to do.
    pub fn count(&self) -> usize {
        if self.wanted.kind == FormKind::Book { self.organs.len() } else { self.careers.len() }
    }

    /// Makes the file. `step` hears how far it is and may stop it.
    ///
    /// # Errors
    /// A template's error at its place; stopped by `step`; nobody with a next rank.
    pub fn make(&self, press: &Press, step: impl FnMut(Step) -> ControlFlow<()>) -> Result<Made, FormError> {
        match (self.wanted.kind, self.wanted.format) {
            (FormKind::Cadre, Format::Lrmx) => self.lrmx(step),
            (FormKind::Cadre, _) => self.cadre(press, step),
            (FormKind::Rank, _) => self.rank(press, step),
            (FormKind::Book, _) => self.book(press, step),
        }
    }

    fn order(&self) -> Order<'_> {
        Order {
            kind: self.wanted.kind,
            template: self.template.as_deref(),
            lang: self.wanted.lang,
            day: self.today,
            invented: self.invented,
        }
    }

    /// The electronic form of a person, without what the viewer may not see.
    fn document(&self, at: usize, kept: &Kept) -> lrmx::Document {
        let (family, identity) = self.shown.get(at).copied().unwrap_or_default();
        let mut career = kept.career.clone();
        if !family {
            career.person.family.clear();
            career.person.health.clear();
        }
        if !identity {
            career.person.resident_id = None;
        }
        lrmx::from_career(&career, &self.organs, self.wanted.on)
    }

    fn lrmx(&self, mut step: impl FnMut(Step) -> ControlFlow<()>) -> Result<Made, FormError> {
        let of = self.careers.len();
        let mut documents = Vec::with_capacity(of);
        for (at, kept) in self.careers.iter().enumerate() {
            documents.push(self.document(at, kept));
            if step(Step { done: at + 1, of }).is_break() {
                return Err(Fault::Stopped.into());
            }
        }
        let (bytes, extension, mime) = match documents.as_slice() {
            [one] => (lrmx::encode(one), "lrmx", "application/xml"),
            many => {
                let bytes = lrmx::bundle(many).map_err(|e| Fault::Pdf { why: e.to_string() })?;
                (bytes, "zip", "application/zip")
            }
        };
        Ok(Made { file: self.file(extension), mime, bytes, pages: None, remarks: self.unseen() })
    }

    fn cadre(&self, press: &Press, step: impl FnMut(Step) -> ControlFlow<()>) -> Result<Made, FormError> {
        let sheet =
            |(at, kept): (usize, &Arc<Kept>)| cadre::Sheet::of(&self.document(at, kept), self.wanted.lang);
        let sheets: Vec<cadre::Sheet> = self.careers.iter().enumerate().map(sheet).collect();
        let printed = press.print(&self.order(), &sheets, step)?;
        let names: Vec<&str> = self.careers.iter().map(|k| k.career.person.name.as_str()).collect();
        let mut remarks = self.unseen();
        remarks.extend(told(&printed, &names));
        Ok(self.pdf(printed, remarks))
    }

    fn rank(&self, press: &Press, step: impl FnMut(Step) -> ControlFlow<()>) -> Result<Made, FormError> {
        let index = self.organs.iter().map(|o| (&o.id, o)).collect();
        let (mut sheets, mut names, mut remarks) = (Vec::new(), Vec::new(), Vec::new());
        for kept in &self.careers {
            let facts = Facts::of(&kept.career, &index, &self.rules);
            let name = kept.career.person.name.as_str();
            match rank::Sheet::next(&kept.career, &facts, &self.rules, self.wanted.lang) {
                Some(sheet) => {
                    sheets.push(sheet);
                    names.push(name);
                }
                None => remarks.push(Remark { name: name.to_owned(), what: RemarkKind::NoNextRank }),
            }
        }
        if sheets.is_empty() {
            return Err(FormError::NoNextRank);
        }
        let printed = press.print(&self.order(), &sheets, step)?;
        remarks.extend(told(&printed, &names));
        Ok(self.pdf(printed, remarks))
    }

    fn book(&self, press: &Press, step: impl FnMut(Step) -> ControlFlow<()>) -> Result<Made, FormError> {
        let careers = self.careers.iter().map(|k| &k.career);
        let lang = self.wanted.lang;
        let sheets = book::sheets(careers, &self.organs, &self.rules, lang, true);
        if self.wanted.format == Format::Xlsx {
            let bytes = workbook::write(&sheets, self.wanted.on, self.invented, lang)?;
            let mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            return Ok(Made { file: self.file("xlsx"), mime, bytes, pages: None, remarks: Vec::new() });
        }
        let printed = press.print(&self.order(), &sheets, step)?;
        let names: Vec<&str> = sheets.iter().map(book::Sheet::organ).collect();
        let remarks = told(&printed, &names);
        Ok(self.pdf(printed, remarks))
    }

    fn pdf(&self, printed: takeroot_forms::Printed, remarks: Vec<Remark>) -> Made {
        let pages = Some(printed.pages());
        Made { file: self.file("pdf"), mime: "application/pdf", bytes: printed.pdf, pages, remarks }
    }

    /// Of whom family and health were left out.
    fn unseen(&self) -> Vec<Remark> {
        let hidden = self.careers.iter().zip(&self.shown).filter(|(_, (family, _))| !family);
        hidden
            .map(|(k, _)| Remark { name: k.career.person.name.clone(), what: RemarkKind::WithoutFamily })
            .collect()
    }

    /// What the file is called: the form, of whom, of which day.
    fn file(&self, extension: &str) -> String {
        let lang = self.wanted.lang;
        let of = match self.careers.as_slice() {
            _ if self.wanted.kind == FormKind::Book => lrmx::file_name(&self.of),
            [one] => lrmx::file_name(&one.career.person.name),
            many => say!(lang, "forms-of-people", count = many.len()),
        };
        let gap = if of.is_empty() { "" } else { " " };
        format!("{}{gap}{of} {}.{extension}", self.wanted.kind.say(lang), self.wanted.on)
    }
}

/// What there is to tell about what was printed.
fn told(printed: &takeroot_forms::Printed, names: &[&str]) -> Vec<Remark> {
    let name = |at: usize| names.get(at).copied().unwrap_or_default().to_owned();
    let mut remarks = Vec::new();
    for (at, lacking) in printed.lacking.iter().enumerate().filter(|(_, l)| !l.is_empty()) {
        let what = RemarkKind::Lacking(lacking.iter().collect());
        remarks.push(Remark { name: name(at), what });
    }
    remarks.extend(printed.unreadable.iter().map(|at| Remark { name: name(*at), what: RemarkKind::Photo }));
    remarks
        .extend(printed.continued.iter().map(|at| Remark { name: name(*at), what: RemarkKind::Continued }));
    remarks
}
