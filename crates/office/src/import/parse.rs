//! A file as it came, read into careers and what could not be read.

use std::io::Read as _;
use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};
use takeroot_civil::{Career, Organ};
use takeroot_exchange::lrmx;
use takeroot_exchange::roster::{self, SheetKind};
use takeroot_words::{Lang, Say};

use crate::OfficeError;
use crate::words::say;

/// Most bytes of a file.
pub const MOST_BYTES: usize = 64 << 20;
/// Most forms of an archive.
const MOST_FORMS: usize = 20_000;
/// Most bytes that an archive may unfold to.
const MOST_UNFOLDED: u64 = 512 << 20;

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Both {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Both {
    /// The same in both: a name, a date.
    pub fn same(text: impl Into<String>) -> Both {
        let zh: String = text.into();
        Both { en: zh.clone(), zh }
    }
    /// What is said in each language.
    pub fn of(say: impl Fn(Lang) -> String) -> Both {
        Both { zh: say(Lang::Zh), en: say(Lang::En) }
    }
    /// The text in a language.
    pub fn pick(&self, lang: Lang) -> &str {
        lang.pick(self.zh.as_str(), self.en.as_str())
    }
}

/// Something wrong with a row: where, what was found, what was expected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Stable code.
    pub code: String,
    /// Sheet, or the file within an archive.
    pub sheet: String,
    /// Row, 1-based as a spreadsheet shows it.
    pub row: Option<u32>,
    /// Column's letter.
    pub column: String,
    /// Column's header.
    pub header: String,
    /// What the cell has.
    pub found: String,
    /// What was expected.
    pub expected: Both,
    /// The whole sentence.
    pub message: Both,
    /// The same without file, sheet and row, for where these stand beside it; empty where there is no such difference.
    #[serde(default)]
    pub beside: Both,
}

/// What a file holds.
#[derive(Debug, Default)]
pub struct Parsed {
    /// People with their facts.
    pub careers: Vec<Career>,
    /// Sheet and row of each.
    pub places: Vec<(String, u32)>,
    /// Organs named or listed.
    pub organs: Vec<Organ>,
    /// The file says that its people are invented.
    pub invented: bool,
    /// The rows tell the present state, not dated events.
    pub present: bool,
    /// Its events carry their numbers.
    pub numbered: bool,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// The same as the reader told it, for the workbook that goes back.
    pub faults: Vec<roster::Fault>,
}

/// Reads a workbook, a table of text, a form or an archive of forms; `told` hears how far it is.
///
/// # Errors
/// What keeps the file from being read at all; [`OfficeError::Cancelled`] when `told` said to stop.
pub fn read(
    bytes: &[u8],
    name: &str,
    told: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<Parsed, OfficeError> {
    if bytes.len() > MOST_BYTES {
        return Err(refused(|lang| say!(lang, "import-too-large")));
    }
    let lower = name.to_lowercase();
    if lower.ends_with(".lrmx") {
        let mut parsed = Parsed { present: true, ..Parsed::default() };
        form(&mut parsed, name, bytes);
        return Ok(parsed);
    }
    if lower.ends_with(".zip") {
        return archive(bytes, name, told);
    }
    let reading = roster::read_with(bytes, name, &mut |p| told(p.done, p.total)).map_err(|fault| {
        if fault.kind == roster::FileFaultKind::Cancelled {
            OfficeError::Cancelled
        } else {
            refused(|lang| fault.say(lang))
        }
    })?;
    let problems = reading
        .faults
        .iter()
        .map(|f| Problem {
            code: f.kind.code().to_owned(),
            sheet: f.sheet.clone(),
            row: f.row,
            column: f.column.clone().unwrap_or_default(),
            header: f.header.clone(),
            found: f.found.clone(),
            expected: Both::of(|lang| f.expected(lang)),
            message: Both::of(|lang| f.say(lang)),
            beside: Both::of(|lang| f.beside(lang)),
        })
        .collect();
    Ok(Parsed {
        careers: reading.roster.careers,
        places: reading.places,
        organs: reading.roster.organs,
        invented: reading.roster.invented,
        present: reading.sheets.iter().any(|s| s.kind == SheetKind::Roster),
        numbered: reading.numbered,
        problems,
        faults: reading.faults,
    })
}

fn archive(
    bytes: &[u8],
    name: &str,
    told: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<Parsed, OfficeError> {
    let bad = || refused(|lang| say!(lang, "import-bad-archive", file = name));
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).map_err(|_| bad())?;
    if zip.len() > MOST_FORMS {
        return Err(refused(|lang| say!(lang, "import-too-large")));
    }
    let mut parsed = Parsed { present: true, ..Parsed::default() };
    let (total, mut unfolded) = (zip.len(), 0);
    for n in 0..total {
        if told(n as u64, total as u64).is_break() {
            return Err(OfficeError::Cancelled);
        }
        let mut entry = zip.by_index(n).map_err(|_| bad())?;
        let own = entry.name().map_err(|_| bad())?.into_owned();
        if entry.is_dir() || !own.to_lowercase().ends_with(".lrmx") {
            continue;
        }
        let mut content = Vec::new();
        let most = lrmx::MAX_BYTES as u64 + 1;
        entry.by_ref().take(most).read_to_end(&mut content).map_err(|_| bad())?;
        unfolded += content.len() as u64;
        if unfolded > MOST_UNFOLDED {
            return Err(refused(|lang| say!(lang, "import-too-large")));
        }
        form(&mut parsed, &own, &content);
    }
    if parsed.careers.is_empty() && parsed.problems.is_empty() {
        return Err(refused(|lang| say!(lang, "import-no-forms", file = name)));
    }
    Ok(parsed)
}

fn form(parsed: &mut Parsed, name: &str, bytes: &[u8]) {
    let read = lrmx::read_file(name, bytes);
    for fault in read.faults.iter().filter(|f| !f.is_note()) {
        let value = serde_json::to_value(fault).unwrap_or_default();
        let text = |key: &str| value.get(key).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        parsed.problems.push(Problem {
            code: text("code"),
            sheet: name.to_owned(),
            header: text("element"),
            found: text("found"),
            message: Both::of(|lang| fault.say(lang)),
            ..Problem::default()
        });
    }
    if let Some(mut reading) = read.reading {
        if reading.career.person.name.is_empty() {
            return;
        }
        if reading.career.person.id.0.is_empty() {
            let own = reading.career.person.resident_id.as_ref().map(|id| id.as_str().to_owned());
            reading.career.person.id.0 = own.unwrap_or_else(|| name.to_owned());
        }
        for organ in reading.organs {
            if !parsed.organs.iter().any(|o| o.id == organ.id) {
                parsed.organs.push(organ);
            }
        }
        parsed.careers.push(reading.career);
        parsed.places.push((name.to_owned(), 0));
    }
}

/// A refusal in both languages.
pub fn refused(say: impl Fn(Lang) -> String) -> OfficeError {
    OfficeError::Refused { zh: say(Lang::Zh), en: say(Lang::En) }
}
