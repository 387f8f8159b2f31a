//! A reason: one clause, the fact it was held against, whether it is met, and when it comes true.

use std::sync::Arc;

use serde::Serialize;
use serde::ser::SerializeStruct as _;
use takeroot_civil::{Day, Education, Grade, Layer, Level, OrganKind, Rank, Sanction};

use crate::rule::{BarGround, Holder, SecondmentRule, ServedIn};
use crate::stack::Cite;
use crate::verdict::Need;

impl Serialize for Cite {
    /// What an answer cites: id, document, article, confidence, marks.
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut o = s.serialize_struct("Cite", 7)?;
        o.serialize_field("id", &self.id)?;
        o.serialize_field("document", &self.document)?;
        o.serialize_field("source", &self.source)?;
        o.serialize_field("confidence", &self.confidence)?;
        o.serialize_field("to_be_checked", &self.confidence.to_be_checked())?;
        o.serialize_field("layer", &self.layer)?;
        o.serialize_field("invented", &self.invented)?;
        o.end()
    }
}

/// Whether a need is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Met {
    /// Met.
    Yes,
    /// Not met.
    No,
    /// A fact is missing.
    Unknown,
}

/// The fact that a clause was held against.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum FactUsed {
    /// Time in a rank or post, with the arithmetic of the years.
    Time {
        /// The holder.
        holder: Holder,
        /// Since when time counts.
        since: Option<Day>,
        /// Full months since then.
        months: u16,
        /// Months of years that do not count.
        not_counted: i32,
        /// Months needed by the rule alone.
        rule_months: i32,
        /// Months shortened by grades.
        shortened: i32,
        /// Months lengthened by grades.
        lengthened: i32,
        /// Months shortened for rooted service.
        rooted: i32,
        /// Months needed after all.
        needed: i32,
        /// Months that count.
        counted: i32,
    },
    /// None of the ranks or posts that the promotion starts from is held.
    NotFrom {
        /// What it starts from.
        from: Vec<Holder>,
    },
    /// The level.
    Level {
        /// Level held.
        have: Option<Level>,
        /// Level wanted.
        wanted: Level,
    },
    /// The highest rank that such organs set.
    Ceiling {
        /// The organ's kind.
        organ: OrganKind,
        /// The highest rank.
        top: Rank,
    },
    /// Education.
    Education {
        /// Highest education.
        have: Option<Education>,
        /// Lowest accepted.
        wanted: Education,
    },
    /// Time of a kind, months.
    Months {
        /// Months had.
        have: Option<u16>,
        /// Months wanted.
        wanted: u16,
    },
    /// A number of posts.
    Count {
        /// Had.
        have: u8,
        /// Wanted.
        wanted: u8,
    },
    /// A ground that bars, or that there is none.
    Bar {
        /// The ground.
        ground: BarGround,
        /// The sanction behind it.
        sanction: Option<Sanction>,
        /// Since when; `None` when there is no such ground.
        from: Option<Day>,
        /// First day free of it, if known.
        free: Option<Day>,
    },
    /// The worst yearly grade.
    WorstGrade {
        /// Year and grade.
        worst: Option<(u16, Grade)>,
    },
    /// A minimum service.
    Term {
        /// Years.
        years: u8,
        /// Where.
        served_in: ServedIn,
        /// First day on which it is served.
        until: Option<Day>,
        /// Still running.
        running: bool,
    },
    /// What the rules say of secondment from such organs.
    Secondment {
        /// The rule.
        rule: SecondmentRule,
    },
    /// No rule on the day says how one gets there.
    NoRule {
        /// The layer, if it was one.
        layer: Option<Layer>,
    },
}

/// What would bring it nearer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Nearer {
    /// Each further excellent year shortens the time.
    ExcellentYear {
        /// By so many months.
        months: u8,
        /// By this clause.
        clause: Arc<Cite>,
    },
    /// More rooted service shortens the time.
    RootedYears {
        /// Every so many years …
        per_years: u8,
        /// … so many months.
        months: u8,
        /// By this clause.
        clause: Arc<Cite>,
    },
    /// An education.
    Education {
        /// At least this one.
        wanted: Education,
    },
    /// Being appointed or ranked to one of these first.
    First {
        /// Any of these.
        from: Vec<Holder>,
    },
    /// A release by the named approver.
    Release {
        /// By this clause.
        clause: Arc<Cite>,
    },
}

/// One clause held against one fact.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// The need.
    pub need: Need,
    /// Whether it is met.
    pub met: Met,
    /// The clause; `None` where no rule speaks.
    pub clause: Option<Arc<Cite>>,
    /// The fact used.
    pub fact: FactUsed,
    /// The first day on which it is met, when it is not and time alone brings it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earliest: Option<Day>,
    /// What would bring it nearer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nearer: Vec<Nearer>,
    /// The sentence, once told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl Reason {
    /// A reason that is met.
    pub(crate) fn new(need: Need, met: Met, clause: Option<&Arc<Cite>>, fact: FactUsed) -> Reason {
        Reason { need, met, clause: clause.cloned(), fact, earliest: None, nearer: Vec::new(), text: None }
    }
}
