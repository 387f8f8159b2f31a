//! An effect in words.

use takeroot_civil::{Code as _, Day, Fen};
use takeroot_policy::rule::{ActName, Holder};
use takeroot_policy::standing::{PayLineKind, months};
use takeroot_words::{Lang, Say as _};

use crate::effect::Change;
use crate::words::say;

/// How a standing changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Can be promoted today, and could not.
    Eligible,
    /// Can no longer be promoted today.
    NotEligible,
    /// Can be promoted sooner.
    RankSooner,
    /// Can be promoted later.
    RankLater,
    /// An act of leaving is open today, and was not.
    Freed,
    /// An act of leaving is shut today, and was open.
    Locked,
    /// It opens sooner.
    ActSooner,
    /// It opens later.
    ActLater,
    /// A line of pay.
    Pay,
    /// Annual leave.
    Leave,
    /// Retirement.
    Retirement,
    /// It can or can no longer be told.
    Unclear,
}

impl Kind {
    /// All, in the order in which they are told.
    pub const ALL: [Kind; 12] = [
        Kind::Eligible,
        Kind::NotEligible,
        Kind::RankSooner,
        Kind::RankLater,
        Kind::Freed,
        Kind::Locked,
        Kind::ActSooner,
        Kind::ActLater,
        Kind::Pay,
        Kind::Leave,
        Kind::Retirement,
        Kind::Unclear,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Kind::Eligible => "eligible",
            Kind::NotEligible => "not-eligible",
            Kind::RankSooner => "rank-sooner",
            Kind::RankLater => "rank-later",
            Kind::Freed => "freed",
            Kind::Locked => "locked",
            Kind::ActSooner => "act-sooner",
            Kind::ActLater => "act-later",
            Kind::Pay => "pay",
            Kind::Leave => "leave",
            Kind::Retirement => "retirement",
            Kind::Unclear => "unclear",
        }
    }

    /// The name in a language.
    pub fn name(self, lang: Lang) -> String {
        match self {
            Kind::Eligible => say!(lang, "effect-eligible"),
            Kind::NotEligible => say!(lang, "effect-not-eligible"),
            Kind::RankSooner => say!(lang, "effect-rank-sooner"),
            Kind::RankLater => say!(lang, "effect-rank-later"),
            Kind::Freed => say!(lang, "effect-freed"),
            Kind::Locked => say!(lang, "effect-locked"),
            Kind::ActSooner => say!(lang, "effect-act-sooner"),
            Kind::ActLater => say!(lang, "effect-act-later"),
            Kind::Pay => say!(lang, "effect-pay"),
            Kind::Leave => say!(lang, "effect-leave"),
            Kind::Retirement => say!(lang, "effect-retirement"),
            Kind::Unclear => say!(lang, "effect-unclear"),
        }
    }
}

/// What changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum About {
    /// Promotion to a rank or layer.
    Promotion(Holder),
    /// An act of leaving.
    Act(ActName),
    /// A line of pay.
    Pay(PayLineKind),
    /// Annual leave.
    Leave,
    /// Retirement.
    Retirement,
}

impl About {
    /// In words.
    pub fn name(self, lang: Lang) -> String {
        match self {
            About::Promotion(to) => to.say(lang),
            About::Act(act) => act.name(lang).to_owned(),
            About::Pay(line) => line_name(line, lang),
            About::Leave => say!(lang, "effect-leave"),
            About::Retirement => say!(lang, "effect-retirement"),
        }
    }
}

/// A line of pay in words.
pub fn line_name(line: PayLineKind, lang: Lang) -> String {
    match line {
        PayLineKind::Base(_) => say!(lang, "effect-line-base"),
        PayLineKind::Level => say!(lang, "effect-line-level"),
        PayLineKind::Allowance(item) => item.name(lang).to_owned(),
        PayLineKind::Bonus => say!(lang, "effect-line-bonus"),
        PayLineKind::Deduction(item) => item.name(lang).to_owned(),
    }
}

/// What something was or is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Was {
    /// There is no such way.
    None,
    /// From a day on; never, as far as time alone brings it, if `None`.
    Day(Option<Day>),
    /// An amount; not known if `None`.
    Fen(Option<Fen>),
    /// Working days; not known if `None`.
    Days(Option<u8>),
}

impl Was {
    /// In words.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Was::None => say!(lang, "effect-no-way"),
            Was::Day(Some(day)) => day.to_string(),
            Was::Day(None) => say!(lang, "effect-no-day"),
            Was::Fen(Some(fen)) => fen.to_string(),
            Was::Days(Some(days)) => say!(lang, "effect-days", days = i64::from(*days)),
            Was::Fen(None) | Was::Days(None) => say!(lang, "effect-unknown"),
        }
    }
}

/// The name of the sheet of a workbook.
pub fn sheet(lang: Lang) -> String {
    say!(lang, "effect-sheet")
}

impl Change {
    /// By how much, in words; empty where it cannot be said.
    pub fn difference(&self, lang: Lang) -> String {
        match (&self.before, &self.after, self.months) {
            (Was::Fen(Some(a)), Was::Fen(Some(b)), _) => {
                let fen = *b - *a;
                if fen.0 > 0 { format!("+{fen}") } else { fen.to_string() }
            }
            (_, _, Some(m)) if m < 0 => say!(lang, "effect-months-sooner", months = months(lang, -m)),
            (_, _, Some(m)) if m > 0 => say!(lang, "effect-months-later", months = months(lang, m)),
            // Less than a month.
            (Was::Day(Some(a)), Was::Day(Some(b)), Some(_)) if b < a => {
                say!(lang, "effect-days-sooner", days = i64::from(a.days_since(*b)))
            }
            (Was::Day(Some(a)), Was::Day(Some(b)), Some(_)) if a < b => {
                say!(lang, "effect-days-later", days = i64::from(b.days_since(*a)))
            }
            _ => String::new(),
        }
    }

    /// The heads of a workbook of changes.
    pub fn heads(lang: Lang) -> Vec<String> {
        vec![
            say!(lang, "effect-col-name"),
            say!(lang, "effect-col-organ"),
            say!(lang, "effect-col-kind"),
            say!(lang, "effect-col-about"),
            say!(lang, "effect-col-before"),
            say!(lang, "effect-col-after"),
            say!(lang, "effect-col-difference"),
            say!(lang, "effect-col-clause"),
        ]
    }

    /// A row of it.
    pub fn cells(&self, lang: Lang) -> Vec<String> {
        let clause = self.clause.as_ref();
        vec![
            self.name.clone(),
            self.organ.clone(),
            self.kind.name(lang),
            self.about.name(lang),
            self.before.say(lang),
            self.after.say(lang),
            self.difference(lang),
            clause.map(|c| format!("{} {}", c.title.get(lang), c.id)).unwrap_or_default(),
        ]
    }
}
