//! Setting forms and writing them as PDF.

use std::ops::ControlFlow;

use serde::Serialize;
use serde_json::Value;
use takeroot_civil::Day;
use takeroot_words::Lang;
use typst::ecow::EcoVec;
use typst::foundations::{Bytes, Datetime, Smart};
use typst::layout::{Frame, FrameItem};
use typst::model::DocumentInfo;
use typst::syntax::Source;
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::world::{Desk, source};
use crate::{Fault, Fonts, FormKind};

/// What is to be printed, beside what stands on each sheet.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    /// Which form.
    pub kind: FormKind,
    /// A template to use in place of the shipped one.
    pub template: Option<&'a str>,
    /// The language of the labels.
    pub lang: Lang,
    /// The day of printing, and the date of the document.
    pub day: Day,
    /// Whether the data is invented; every page then says so.
    pub invented: bool,
}

/// A form set, of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Sheets set so far.
    pub done: usize,
    /// All of them.
    pub of: usize,
}

/// What came out.
#[derive(Clone, Debug)]
pub struct Printed {
    /// The file, PDF/A-2b.
    pub pdf: Vec<u8>,
    /// The page each sheet begins on, from 0, in the order given.
    pub begins: Vec<usize>,
    /// The text of each page, in the order of setting.
    pub text: Vec<String>,
    /// For each sheet, the characters no font has: 〓 stands in their place, and they are to be written in by hand.
    pub lacking: Vec<Vec<char>>,
    /// Sheets that needed a continuation page.
    pub continued: Vec<usize>,
    /// Sheets whose photo could not be read and was left out.
    pub unreadable: Vec<usize>,
}

impl Printed {
    /// How many pages.
    pub fn pages(&self) -> usize {
        self.text.len()
    }
}

/// Prints forms with its fonts.
pub struct Press {
    fonts: Fonts,
}

/// After so many forms what the typesetter remembers of old ones is dropped.
const REMEMBERED: usize = 2;

impl Press {
    /// A press with these fonts.
    pub const fn new(fonts: Fonts) -> Press {
        Press { fonts }
    }

    /// Its fonts.
    pub const fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// Prints sheets into one file, in the order given. `step` hears of every sheet set and may stop the work.
    ///
    /// # Errors
    /// A template's error at its place; nothing to print; stopped by `step`.
    pub fn print<S: Sheet>(
        &self,
        order: &Order<'_>,
        sheets: &[S],
        mut step: impl FnMut(Step) -> ControlFlow<()>,
    ) -> Result<Printed, Fault> {
        if sheets.is_empty() {
            return Err(Fault::Nothing);
        }
        let form = source(order.template.unwrap_or_else(|| order.kind.template()));
        let date = datetime(order.day);
        let mut pages: EcoVec<Page> = EcoVec::new();
        let (mut begins, mut lacking) = (Vec::new(), Vec::new());
        let (mut continued, mut unreadable) = (Vec::new(), Vec::new());
        let mut info = DocumentInfo::default();
        for (at, sheet) in sheets.iter().enumerate() {
            let mut data = sheet.data();
            let lacks = self.fonts.lacks(&texts(&data));
            if !lacks.is_empty() {
                stand_in(&mut data, &lacks);
            }
            if let Value::Object(data) = &mut data {
                data.insert("lang".to_owned(), order.lang.code().into());
                data.insert("day".to_owned(), day_value(order.day));
                data.insert("invented".to_owned(), order.invented.into());
                data.insert("lacking".to_owned(), lacks.len().into());
                data.insert("number".to_owned(), (at + 1).into());
                data.insert("of".to_owned(), sheets.len().into());
                data.insert("first-page".to_owned(), (pages.len() + 1).into());
            }
            let photo = sheet.photo().map(|p| Bytes::new(p.to_vec()));
            let with_photo = photo.is_some();
            let mut set = self.set(&form, &mut data, photo, order);
            if with_photo && set.is_err() {
                // A photo that cannot be read must not keep the form from being printed.
                let without = self.set(&form, &mut data, None, order);
                if without.is_ok() {
                    unreadable.push(at);
                    set = without;
                }
            }
            let document = set?;
            if document.pages().len() > S::USUAL_PAGES {
                continued.push(at);
            }
            begins.push(pages.len());
            lacking.push(lacks);
            if at == 0 {
                use typst::model::Document as _;
                info = document.info().clone();
            }
            pages.extend(document.pages().iter().cloned());
            typst::comemo::evict(REMEMBERED);
            if step(Step { done: at + 1, of: sheets.len() }).is_break() {
                return Err(Fault::Stopped);
            }
        }
        info.date = Smart::Custom(date);
        let text = pages.iter().map(|p| text_of(&p.frame)).collect();
        let pdf = self.write(pages, info, date, sheets.len())?;
        Ok(Printed { pdf, begins, text, lacking, continued, unreadable })
    }

    /// Prints a template's sample: what a province sees before it puts its own template into use.
    ///
    /// # Errors
    /// The template's error at its place.
    pub fn sample(&self, order: &Order<'_>) -> Result<Printed, Fault> {
        let data = serde_json::from_str(order.kind.sample()).unwrap_or_default();
        self.print(order, &[Sample(data)], |_| ControlFlow::Continue(()))
    }

    /// Prints a paper of the product's own: a template that no office replaces, and its values, an object. The template sees
    /// nothing but `data.json`, to which the language, the day and the number of lacking characters are added, and `base.typ`.
    ///
    /// # Errors
    /// The template's error, or the pages cannot be written.
    pub fn paper(&self, template: &str, mut data: Value, lang: Lang, day: Day) -> Result<Printed, Fault> {
        let lacks = self.fonts.lacks(&texts(&data));
        if !lacks.is_empty() {
            stand_in(&mut data, &lacks);
        }
        if let Value::Object(data) = &mut data {
            data.insert("lang".to_owned(), lang.code().into());
            data.insert("day".to_owned(), day_value(day));
            data.insert("lacking".to_owned(), lacks.len().into());
        }
        let date = datetime(day);
        let data = Bytes::new(data.to_string().into_bytes());
        let desk = Desk { fonts: &self.fonts, form: source(template), data, photo: None, day: date };
        let document = typst::compile::<PagedDocument>(&desk).output.map_err(|errors| Fault::Pdf {
            why: errors.first().map(|error| error.message.to_string()).unwrap_or_default(),
        })?;
        use typst::model::Document as _;
        let mut info = document.info().clone();
        info.date = Smart::Custom(date);
        let pages: EcoVec<Page> = document.pages().iter().cloned().collect();
        let text = pages.iter().map(|p| text_of(&p.frame)).collect();
        let pdf = self.write(pages, info, date, 1)?;
        Ok(Printed {
            pdf,
            begins: vec![0],
            text,
            lacking: vec![lacks],
            continued: Vec::new(),
            unreadable: Vec::new(),
        })
    }

    /// Sets one sheet.
    fn set(
        &self,
        form: &Source,
        data: &mut Value,
        photo: Option<Bytes>,
        order: &Order<'_>,
    ) -> Result<PagedDocument, Fault> {
        if let Value::Object(data) = data {
            data.insert("photo".to_owned(), photo.is_some().into());
        }
        let data = Bytes::new(data.to_string().into_bytes());
        let desk = Desk { fonts: &self.fonts, form: form.clone(), data, photo, day: datetime(order.day) };
        typst::compile::<PagedDocument>(&desk)
            .output
            .map_err(|errors| Fault::of(errors.first(), &desk, order.kind))
    }

    fn write(
        &self,
        pages: EcoVec<Page>,
        info: DocumentInfo,
        date: Option<Datetime>,
        sheets: usize,
    ) -> Result<Vec<u8>, Fault> {
        let document = PagedDocument::new(pages, info);
        let standards = PdfStandards::new(&[PdfStandard::A_2b])
            .map_err(|e| Fault::Pdf { why: e.message().to_string() })?;
        let options = PdfOptions {
            creator: Smart::Custom(Some("Takeroot".to_owned())),
            timestamp: date.map(Timestamp::new_utc),
            standards,
            // Sheets are set one by one, and places in the tag tree repeat from one to the next.
            tagged: sheets == 1,
            ..PdfOptions::default()
        };
        let pdf = typst_pdf::pdf(&document, &options).map_err(|errors| Fault::Pdf {
            why: errors.first().map(|e| e.message.to_string()).unwrap_or_default(),
        })?;
        typst::comemo::evict(0);
        Ok(pdf)
    }
}

/// What stands on one sheet of a form.
pub trait Sheet {
    /// Pages that a sheet has unless something is very long.
    const USUAL_PAGES: usize;

    /// Its values, an object: the template's `data.json`.
    fn data(&self) -> Value;

    /// Its photo, JPEG or PNG.
    fn photo(&self) -> Option<&[u8]> {
        None
    }
}

struct Sample(Value);

impl Sheet for Sample {
    const USUAL_PAGES: usize = usize::MAX;

    fn data(&self) -> Value {
        self.0.clone()
    }
}

/// A day as a template gets it: `{ year, month, day }`.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    pub(crate) fn of(day: Day) -> Date {
        let day = day.real();
        Date { year: day.year(), month: day.month(), day: day.day() }
    }
}

fn day_value(day: Day) -> Value {
    serde_json::to_value(Date::of(day)).unwrap_or_default()
}

fn datetime(day: Day) -> Option<Datetime> {
    let day = day.real();
    Datetime::from_ymd_hms(i32::from(day.year()), day.month(), day.day(), 0, 0, 0)
}

/// What printers put where a character is missing.
const GETA: &str = "〓";

/// Puts [`GETA`] where a character is missing: an archival file must not hold a character without a shape.
fn stand_in(value: &mut Value, lacks: &[char]) {
    match value {
        Value::String(text) if text.contains(lacks) => *text = text.replace(lacks, GETA),
        Value::Array(list) => list.iter_mut().for_each(|v| stand_in(v, lacks)),
        Value::Object(map) => map.values_mut().for_each(|v| stand_in(v, lacks)),
        _ => {}
    }
}

/// All texts of a value, one after another.
fn texts(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(texts).collect(),
        Value::Object(map) => map.values().map(texts).collect(),
        _ => String::new(),
    }
}

/// The text of a page, in the order of setting.
fn text_of(frame: &Frame) -> String {
    let mut out = String::new();
    gather(frame, &mut out);
    out
}

fn gather(frame: &Frame, out: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => gather(&group.frame, out),
            FrameItem::Text(text) => {
                out.push_str(&text.text);
                out.push('\n');
            }
            _ => {}
        }
    }
}
