//! Drawing a fault: the sentence, and the line of the file with the place marked.

use std::fmt;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, NamedSource, SourceCode,
    SourceSpan, SpanContents,
};
use takeroot_words::{Lang, Say as _};

use super::DocumentFault;

/// A fault in one language, as the drawing library wants it.
#[derive(Debug)]
struct Drawn {
    said: String,
    source: OneLine,
    label: Option<LabeledSpan>,
}

/// A file of which the whole line of a place is shown, and no line around it.
#[derive(Debug)]
struct OneLine {
    text: String,
    named: NamedSource<String>,
}

impl SourceCode for OneLine {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        // Asked without lines around, it is only for the place's line and column.
        if before == 0 && after == 0 {
            return self.named.read_span(span, 0, 0);
        }
        let (start, end) = (span.offset(), span.offset() + span.len());
        let line_start = self.text.get(..start).and_then(|t| t.rfind('\n'));
        let line_start = line_start.map_or(0, |at| at + 1);
        let line_end = self.text.get(end..).and_then(|t| t.find(['\r', '\n']));
        let line_end = line_end.map_or(self.text.len(), |at| end + at);
        let line = SourceSpan::from(line_start..line_end);
        self.named.read_span(&line, 0, 0)
    }
}

impl fmt::Display for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said)
    }
}

impl std::error::Error for Drawn {}

impl Diagnostic for Drawn {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.label.as_ref().map(|_| &self.source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.label
            .clone()
            .map(|label| Box::new(std::iter::once(label)) as Box<dyn Iterator<Item = LabeledSpan>>)
    }
}

impl DocumentFault {
    /// The fault in words, and the line with the place marked. Colours are for terminals.
    pub fn drawn(&self, lang: Lang, colour: bool) -> String {
        let label = self.span.clone().map(|span| {
            // Only the first line of a long place is marked: a clause is shown by its head.
            let start = span.start.min(self.text.len());
            let end = span.end.clamp(start, self.text.len());
            let rest = self.text.get(start..end).unwrap_or("");
            let first = rest.lines().next().unwrap_or("").len();
            LabeledSpan::underline(start..start + first)
        });
        let drawn = Drawn {
            said: self.what.say(lang),
            source: OneLine {
                text: self.text.clone(),
                named: NamedSource::new(&self.file, self.text.clone()),
            },
            label,
        };
        let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_context_lines(1)
            .with_links(false)
            .with_width(4096);
        let mut text = String::new();
        let in_file = self.span.is_some();
        match handler.render_report(&mut text, &drawn) {
            Ok(()) if in_file => text,
            // Without a place in it, the drawing does not name the file.
            _ => format!("{}\n", self.say(lang)),
        }
    }
}
