//! The one form that every post table is brought to.

use serde::Serialize;
use takeroot_civil::{Degree, DivisionCode, Education, OrganKind, Sex};

use super::fault::Unread;

/// A file that was read.
#[derive(Clone, Debug, Serialize)]
pub struct Table {
    /// Its name.
    pub file: String,
    /// Which layout it has.
    pub layout: Layout,
    /// Its sheets, also those that hold no posts.
    pub sheets: Vec<SheetInfo>,
    /// Every post, in the order of the file.
    pub posts: Vec<Post>,
    /// Every cell that was not understood.
    pub unread: Vec<Unread>,
}

/// The layout of a file, told from its headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// Guangdong's: majors in a column for each level of education, a township sheet with its service term above.
    Guangdong,
    /// Henan's: majors, age and experience as free text, a medical standard and a physical test.
    Henan,
    /// The national examination's: department, office, nature, distribution, programme experience.
    National,
    /// Any other, read by what its headings mean.
    ByHeader,
}

impl Layout {
    /// The stable code, as in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Layout::Guangdong => "guangdong",
            Layout::Henan => "henan",
            Layout::National => "national",
            Layout::ByHeader => "by-header",
        }
    }
}

/// What was made of a sheet.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SheetInfo {
    /// Its name.
    pub name: String,
    /// The row of its (first) header; `None` when it holds no posts.
    pub header_row: Option<u32>,
    /// How many posts it gave.
    pub posts: u32,
    /// How many recruits.
    pub recruits: u32,
    /// Its column headings, each with the field that it was read as (`other` is kept as it stands).
    pub columns: Vec<Column>,
    /// Title lines and notes.
    pub notes: Vec<String>,
}

/// A column heading and what it was read as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// In letters.
    pub column: String,
    /// As it stands in the file.
    pub header: String,
    /// The field.
    pub field: super::lexicon::Field,
}

/// A post.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Post {
    /// Its sheet: a place in [`Table::sheets`].
    pub sheet: usize,
    /// Its row, from 1.
    pub row: u32,
    /// The recruiting organ.
    pub organ: String,
    /// The organ's code in the table.
    pub organ_code: String,
    /// The unit within the organ, or beneath it, that the post belongs to, where the table has one.
    pub unit: String,
    /// The examination area or region that the table gives.
    pub area: String,
    /// Division code of two, four, six or nine digits, from the names; `None` when they do not show just one place.
    pub division: Option<DivisionCode>,
    /// Class on the hardship-remote list, 1 to 6; `None` is unknown (the list is not complete).
    pub hardship_class: Option<u8>,
    /// What kind of employer it is.
    pub organ_kind: Option<OrganKind>,
    /// Whether it is a post in a township or subdistrict organ.
    pub township: bool,
    /// Name of the post.
    pub title: String,
    /// Code of the post.
    pub code: String,
    /// How many are recruited; `None` when the cell was not understood.
    pub recruits: Option<u32>,
    /// Education asked.
    pub education: EducationAsked,
    /// Degree asked.
    pub degree: DegreeAsked,
    /// Majors asked.
    pub majors: Majors,
    /// Age asked.
    pub age: AgeAsked,
    /// Work experience asked.
    pub experience: Experience,
    /// Only fresh graduates may apply.
    pub fresh_only: bool,
    /// The words that say so.
    pub fresh_text: String,
    /// Reserved for people who served in a grassroots programme (三支一扶, 西部计划, 大学生村官 …), alone or with others.
    pub programme_reserved: bool,
    /// Reserved for village or community cadres.
    pub village_cadre_reserved: bool,
    /// Reserved for veterans, alone or with others.
    pub veteran_reserved: bool,
    /// Limited to a household registration or place of origin.
    pub household: Option<Household>,
    /// Limited to one sex.
    pub sex: Option<Sex>,
    /// Limited by political status.
    pub political: Option<Political>,
    /// Years that a recruit must serve, and where.
    pub service_terms: Vec<ServiceTerm>,
    /// Every other demand, in the table's words.
    pub demands: Vec<String>,
    /// Columns that are kept as they stand: heading and value.
    pub kept: Vec<(String, String)>,
}

/// Education asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EducationAsked {
    /// The least; `None` when the table asks for none or the cell was not understood.
    pub floor: Option<Education>,
    /// The most that may apply with, where the table says so.
    pub ceiling: Option<Education>,
    /// Whether the table says in words that any education will do.
    pub unlimited: bool,
    /// Full-time study only.
    pub full_time: bool,
    /// The table's words.
    pub text: String,
}

/// Degree asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DegreeAsked {
    /// The least.
    pub floor: Option<Degree>,
    /// The degree that goes with the education (与学历相对应的学位).
    pub matching: bool,
    /// The table's words.
    pub text: String,
}

/// Majors asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Majors {
    /// Whether any level of education is limited to some majors; `None` when the table says nothing.
    pub limited: Option<bool>,
    /// By level of education.
    pub levels: Vec<MajorLevel>,
}

/// Majors asked at one level of education.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MajorLevel {
    /// The level; `None` is any.
    pub level: Option<Education>,
    /// Whether it is limited.
    pub limited: bool,
    /// The table's words.
    pub text: String,
    /// The codes among them.
    pub codes: Vec<String>,
}

/// Age asked, in full years.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AgeAsked {
    /// The least.
    pub min: Option<u8>,
    /// The most.
    pub max: Option<u8>,
    /// The most for fresh master's and doctor's graduates, where it differs.
    pub max_fresh_postgraduate: Option<u8>,
    /// The table's words.
    pub text: String,
}

/// Work experience asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Experience {
    /// Years; 0 is none asked, `None` is not said.
    pub years: Option<u8>,
    /// Whether it must be at the grassroots.
    pub grassroots: bool,
    /// The table's words.
    pub text: String,
}

/// A limit by household registration or origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Household {
    /// The place, when its name is found in the divisions.
    pub division: Option<DivisionCode>,
    /// The table's words.
    pub text: String,
}

/// A limit by political status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Political {
    /// Party members.
    PartyMember,
    /// Party or League members.
    PartyOrLeague,
    /// Not Party members (members of other parties, or of none).
    NotPartyMember,
}

/// Where a service term must be served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermScope {
    /// In the unit that recruits.
    Unit,
    /// In the township organs of the county.
    CountyTownships,
    /// In any township organ.
    AnyTownship,
    /// In the county, township or not.
    County,
    /// In the system or profession.
    System,
    /// Not said.
    Unsaid,
}

/// Years that a recruit must serve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServiceTerm {
    /// How many.
    pub years: u8,
    /// Where.
    pub scope: TermScope,
    /// It holds only on a condition that the words name.
    pub conditional: bool,
    /// The words, of the post or of a note above the table.
    pub text: String,
}

impl Post {
    /// Recruits, none counted where the number was not understood.
    pub fn heads(&self) -> u32 {
        self.recruits.unwrap_or(0)
    }

    /// Whether a recruit must always serve some years in the recruiting unit itself.
    pub fn term_in_unit(&self) -> bool {
        self.service_terms.iter().any(|t| t.scope == TermScope::Unit && !t.conditional)
    }
}
