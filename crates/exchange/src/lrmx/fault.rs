//! What is wrong with a file, in a stable shape for programs and as a sentence for people.

use serde::Serialize;
use serde::ser::SerializeStruct as _;
use takeroot_words::{Lang, Say};

use super::fields::label;
use super::tree::Position;
use crate::words::say;

macro_rules! fault_codes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal;)+) => {
        /// What kind of fault; the code is stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FaultCode { $($(#[$doc])* $variant),+ }

        impl FaultCode {
            /// Every kind.
            pub const ALL: &'static [FaultCode] = &[$(FaultCode::$variant),+];

            /// The stable code.
            pub const fn code(self) -> &'static str { match self { $(FaultCode::$variant => $code),+ } }

            fn what(self, lang: Lang, found: &str, expected: &str) -> String {
                // The message is named after the code; a test holds every code to its message in both files.
                let mut id = format!("lrmx-{}", self.code());
                let alone = format!("{id}-alone");
                let lacking = expected.is_empty() || (found.is_empty() && self == FaultCode::Encoding);
                if lacking && crate::words::loader(lang).has(&alone) {
                    id = alone;
                }
                let mut args = std::collections::HashMap::new();
                args.insert("found", found.to_owned());
                args.insert("expected", expected.to_owned());
                crate::words::loader(lang).get_args(&id, args)
            }
        }
    };
}

fault_codes! {
    /// The file is empty.
    Empty = "empty";
    /// The file is larger, or has more elements, than any form can be.
    TooLarge = "too-large";
    /// The bytes are not text in the encoding that the file states.
    Encoding = "encoding";
    /// The file states an encoding that is not known.
    UnknownEncoding = "unknown-encoding";
    /// The file is not XML at all.
    NotXml = "not-xml";
    /// The file ends in the middle.
    Truncated = "truncated";
    /// A tag is not as XML wants it.
    Malformed = "malformed";
    /// `&…;` names no character.
    BadEntity = "bad-entity";
    /// The file has a DOCTYPE.
    Doctype = "doctype";
    /// The root element is not `Person`.
    WrongRoot = "wrong-root";
    /// Something follows the root element.
    SecondRoot = "second-root";
    /// Elements are nested too deeply.
    TooDeep = "too-deep";
    /// An element of the form stands twice.
    DuplicateElement = "duplicate-element";
    /// A character that no XML file may hold.
    ControlCharacter = "control-character";
    /// There is no name.
    NameMissing = "name-missing";
    /// Not a date.
    Date = "date";
    /// Neither 男 nor 女.
    Sex = "sex";
    /// The identity number has not 18 characters.
    IdLength = "id-length";
    /// The identity number has a character that is not a digit.
    IdDigit = "id-digit";
    /// The identity number states no possible day of birth.
    IdBirth = "id-birth";
    /// The identity number's check character is wrong.
    IdCheck = "id-check";
    /// The identity number and the month of birth disagree.
    IdAgainstBirth = "id-against-birth";
    /// The identity number and the sex disagree.
    IdAgainstSex = "id-against-sex";
    /// Start of work or Party entry before birth.
    BeforeBirth = "before-birth";
    /// A level of education that is not known.
    EducationLevel = "education-level";
    /// A degree that is not known.
    Degree = "degree";
    /// The photo has a character that is none of base64.
    Photo = "photo";
    /// The photo's base64 stops in the middle.
    PhotoLength = "photo-length";
    /// A résumé line without a time that can be read.
    ResumeLine = "resume-line";
    /// A résumé line whose two times are joined by an unknown sign.
    ResumeDash = "resume-dash";
    /// A résumé line with an impossible month.
    ResumeMonth = "resume-month";
    /// A résumé line that ends before it starts.
    ResumeOrder = "resume-order";
    /// A part of the assessments that is not understood.
    Assessment = "assessment";
    /// Two different results for one year.
    AssessmentConflict = "assessment-conflict";
    /// A result for a year that is not over when the form is filled.
    AssessmentFuture = "assessment-future";
    /// "The last n years" without a day of filling.
    AssessmentNear = "assessment-near";
    /// A part of the rewards and sanctions that is not understood.
    Merit = "merit";
    /// A reward or sanction without a year.
    MeritUndated = "merit-undated";
    /// Not a fault: a sanction of which only the year is known is dated 1 January.
    SanctionYear = "sanction-year";
    /// Not a fault: a rank of a line that began before the rank existed, or after it ended, stays text.
    RankUnclear = "rank-unclear";
    /// Not a fault: a meanwhile （其间）that is neither study nor work elsewhere stays text.
    ResumeNested = "resume-nested";
    /// Not a fault: a line of study that names no level of education stays text.
    StudyLevel = "study-level";
    /// Not a fault: an education whose day no résumé line shows is dated by the day of filling.
    EducationUndated = "education-undated";
    /// Not a fault: a rank whose day no résumé line shows is dated by the day of filling.
    RankUndated = "rank-undated";
    /// Not a fault: a post whose day no résumé line shows is dated by the day of filling.
    PostUndated = "post-undated";
    /// A fact has no day at all, and the form no day of filling to stand for it; it is left out.
    Undated = "undated";
    /// A workbook's cell or sheet cannot be turned back.
    Workbook = "workbook";
    /// The file cannot be read or written on the disk.
    Disk = "disk";
}

/// A fault, or a note, about one file.
///
/// It serves for files that cannot be read at all (see [`FileFault`]) and for parts of a read file that are not
/// understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Name of the file; empty until the caller puts it in.
    pub file: String,
    /// Which.
    pub code: FaultCode,
    /// Line in the file, from 1.
    pub line: Option<u32>,
    /// Column in the line, in characters, from 1.
    pub column: Option<u32>,
    /// The element, as a path below the root; empty if none.
    pub element: String,
    /// What stands there.
    pub found: String,
    /// What should stand there, where there is one answer.
    pub expected: String,
}

/// A fault that keeps a file from being read.
pub type FileFault = Fault;

/// How much of what was found is kept in a fault: enough to find it again.
const FOUND_LENGTH: usize = 60;

impl Fault {
    /// A fault of a kind, with what was found.
    pub fn new(code: FaultCode, found: &str) -> Fault {
        let mut cut: String = found.chars().take(FOUND_LENGTH).collect();
        if cut.len() < found.len() {
            cut.push('…');
        }
        Fault {
            file: String::new(),
            code,
            line: None,
            column: None,
            element: String::new(),
            found: cut,
            expected: String::new(),
        }
    }

    /// Where in the file.
    #[must_use]
    pub fn at(mut self, at: Position) -> Fault {
        (self.line, self.column) = (Some(at.line), Some(at.column));
        self
    }

    /// In which element.
    #[must_use]
    pub fn element(mut self, element: &str) -> Fault {
        self.element = element.to_owned();
        self
    }

    /// What should stand there.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Fault {
        self.expected = expected.into();
        self
    }

    /// In which file.
    #[must_use]
    pub fn file(mut self, file: &str) -> Fault {
        self.file = file.to_owned();
        self
    }

    /// Whether it only says how something was understood; a note does not make a file faulty.
    pub const fn is_note(&self) -> bool {
        matches!(
            self.code,
            FaultCode::EducationUndated
                | FaultCode::RankUndated
                | FaultCode::PostUndated
                | FaultCode::ResumeNested
                | FaultCode::StudyLevel
                | FaultCode::RankUnclear
                | FaultCode::SanctionYear
        )
    }
}

impl Say for Fault {
    fn say(&self, lang: Lang) -> String {
        let what = self.code.what(lang, &self.found, &self.expected);
        let mut place = self.file.clone();
        if let (Some(line), Some(column)) = (self.line, self.column) {
            let at = say!(lang, "lrmx-place", line = line.to_string(), column = column.to_string());
            if !place.is_empty() {
                place.push_str(lang.pick("，", ", "));
            }
            place.push_str(&at);
        }
        if !self.element.is_empty() {
            if !place.is_empty() {
                place.push_str(lang.pick("，", ", "));
            }
            let name = label(&self.element, lang);
            let member = self.element.contains('/');
            place.push_str(&if member { say!(lang, "lrmx-member", part = name) } else { name.to_owned() });
        }
        if place.is_empty() { what } else { say!(lang, "lrmx-fault", place = place, what = what) }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl std::error::Error for Fault {}

#[derive(Serialize)]
struct Both {
    zh: String,
    en: String,
}

impl Serialize for Fault {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut out = s.serialize_struct("Fault", 9)?;
        out.serialize_field("file", &self.file)?;
        out.serialize_field("code", self.code.code())?;
        out.serialize_field("note", &self.is_note())?;
        out.serialize_field("line", &self.line)?;
        out.serialize_field("column", &self.column)?;
        out.serialize_field("element", &self.element)?;
        out.serialize_field("found", &self.found)?;
        out.serialize_field("expected", &self.expected)?;
        out.serialize_field("message", &Both { zh: self.say(Lang::Zh), en: self.say(Lang::En) })?;
        out.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_sentence() {
        for lang in Lang::ALL {
            for code in FaultCode::ALL {
                assert!(
                    crate::words::loader(lang).has(&format!("lrmx-{}", code.code())),
                    "{lang} {}",
                    code.code()
                );
            }
        }
    }

    #[test]
    fn long_text_is_cut() {
        let fault = Fault::new(FaultCode::Date, &"长".repeat(100));
        assert_eq!(fault.found.chars().count(), FOUND_LENGTH + 1);
    }
}
