//! Why a form could not be printed.

use takeroot_words::{Lang, Say};
use typst::WorldExt as _;
use typst::diag::SourceDiagnostic;

use crate::FormKind;
use crate::plain::plain;
use crate::words::say;
use crate::world::Desk;

/// Why a form could not be printed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No font came in, or none that can be read.
    #[error("there is no font to print with")]
    NoFont,
    /// The template has an error.
    #[error("{file}:{line}:{column}: {message}")]
    Template {
        /// The form.
        kind: FormKind,
        /// The file of the template: `cadre.typ`, or `base.typ`, which all share.
        file: String,
        /// Line, from 1; 0 when the place is not known.
        line: usize,
        /// Column in characters, from 1; 0 when the place is not known.
        column: usize,
        /// The line itself.
        text: String,
        /// What is wrong, as the typesetter says it.
        message: String,
    },
    /// The pages were set but could not be written as PDF.
    #[error("the pages cannot be written as PDF: {why}")]
    Pdf {
        /// Why.
        why: String,
    },
    /// The workbook cannot be written.
    #[error("the workbook cannot be written: {why}")]
    Workbook {
        /// Why.
        why: String,
    },
    /// There is nothing to print.
    #[error("there is nothing to print")]
    Nothing,
    /// The caller asked to stop.
    #[error("stopped")]
    Stopped,
}

impl Fault {
    /// A stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Fault::NoFont => "no-font",
            Fault::Template { .. } => "template",
            Fault::Pdf { .. } => "pdf",
            Fault::Workbook { .. } => "workbook",
            Fault::Nothing => "nothing",
            Fault::Stopped => "stopped",
        }
    }

    /// The first error of a template, where it stands.
    pub(crate) fn of(diagnostic: Option<&SourceDiagnostic>, desk: &Desk<'_>, kind: FormKind) -> Fault {
        let message = diagnostic.map(|d| d.message.to_string()).unwrap_or_default();
        // An error inside `base.typ` was called for by a line of the template, and that line can be mended.
        let trace = diagnostic.iter().flat_map(|d| d.trace.iter().map(|t| t.span.into()));
        let spans: Vec<typst::syntax::DiagSpan> = diagnostic.iter().map(|d| d.span).chain(trace).collect();
        let own = |s: &&typst::syntax::DiagSpan| s.id().is_some_and(|id| !desk.is_base(id));
        let span = spans.iter().find(own).or(spans.first());
        let place = span.and_then(|s| {
            use typst::World as _;
            let id = s.id()?;
            let source = desk.source(id).ok()?;
            let range = desk.range(*s)?;
            let (line, column) = source.lines().byte_to_line_column(range.start)?;
            let text = source.text().lines().nth(line).unwrap_or_default().to_owned();
            Some((desk.is_base(id), line + 1, column + 1, text))
        });
        let (base, line, column, text) = place.unwrap_or_default();
        let file = if base { "base.typ".to_owned() } else { kind.file() };
        Fault::Template { kind, file, line, column, text, message }
    }
}

impl Say for Fault {
    fn say(&self, lang: Lang) -> String {
        match self {
            Fault::NoFont => say!(lang, "fault-no-font"),
            Fault::Template { file, line: 0, message, .. } => {
                say!(lang, "fault-template", file = file.as_str(), why = plain(message, lang))
            }
            Fault::Template { file, line, column, message, .. } => say!(
                lang,
                "fault-template-at",
                file = file.as_str(),
                line = line.to_string(),
                column = column.to_string(),
                why = plain(message, lang)
            ),
            Fault::Pdf { why } => say!(lang, "fault-pdf", why = why.as_str()),
            Fault::Workbook { why } => say!(lang, "fault-workbook", why = why.as_str()),
            Fault::Nothing => say!(lang, "fault-nothing"),
            Fault::Stopped => say!(lang, "fault-stopped"),
        }
    }
}
