//! The events of a career as small values without text: what large demonstrations stream, and what becomes
//! [`takeroot_civil::Fact`] with names and document numbers for a roster.

use takeroot_civil::{
    Channel, Day, Degree, Education, ExitReason, Grade, Layer, LeaveKind, Rank, Reward, Sanction,
    SecondmentKind, TrainingKind, WorkKind,
};

/// What happened, with organs and titles as numbers in the county's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are those of takeroot_civil::Fact")]
pub enum Deed {
    Recruited { channel: Channel, organ: u16, years_in_unit: u8 },
    Educated { education: Education, degree: Degree, full_time: bool, school: u8, major: u8 },
    Appointed { layer: Layer, post: Post },
    Relieved { post: Post },
    Ranked { rank: Rank },
    Graded { level: u8, step: u8 },
    Assessed { year: u16, grade: Grade },
    Posted { organ: u16 },
    SecondedOut { kind: SecondmentKind, to: Away },
    SecondedBack,
    Sanctioned { sanction: Sanction, until: Day },
    Investigated { open: bool },
    Rewarded { reward: Reward },
    Trained { kind: TrainingKind, days: u16, hours: u16, off_job: bool },
    OnLeave { kind: LeaveKind, half_days: u16 },
    Worked { kind: WorkKind, place: u8, to: Day },
    Left { reason: ExitReason },
    Voided,
}

/// A leading post: which title, in which organ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Post {
    /// Its organ.
    pub organ: u16,
    /// Its title: see [`crate::place::Place::title`].
    pub title: u8,
}

/// Where someone works who is away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Away {
    /// In an organ of the county.
    Organ(u16),
    /// In the prefecture.
    Prefecture,
    /// In a village of a township.
    Village(u16),
}

/// One event: a deed and its dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When it took effect.
    pub effective: Day,
    /// When it was approved.
    pub approved: Option<Day>,
    /// From when time counts, if not from `effective`.
    pub counted: Option<Day>,
    /// When it was recorded.
    pub recorded: Option<Day>,
    /// The number (from 1) of the event of this career whose place it takes.
    pub amends: Option<u16>,
    /// What happened.
    pub deed: Deed,
}

impl Deed {
    /// A small number for the kind, for column files; in the order of the enum.
    pub const fn kind(&self) -> u8 {
        match self {
            Deed::Recruited { .. } => 0,
            Deed::Educated { .. } => 1,
            Deed::Appointed { .. } => 2,
            Deed::Relieved { .. } => 3,
            Deed::Ranked { .. } => 4,
            Deed::Graded { .. } => 5,
            Deed::Assessed { .. } => 6,
            Deed::Posted { .. } => 7,
            Deed::SecondedOut { .. } => 8,
            Deed::SecondedBack => 9,
            Deed::Sanctioned { .. } => 10,
            Deed::Investigated { .. } => 11,
            Deed::Rewarded { .. } => 12,
            Deed::Trained { .. } => 13,
            Deed::OnLeave { .. } => 14,
            Deed::Worked { .. } => 15,
            Deed::Left { .. } => 16,
            Deed::Voided => 17,
        }
    }

    /// Two small numbers that hold its fields, for column files (see `docs/demo-county.md`).
    pub fn numbers(&self) -> (u16, u16) {
        match *self {
            Deed::Recruited { channel, organ, years_in_unit } => {
                (organ, channel.index() as u16 | u16::from(years_in_unit) << 8)
            }
            Deed::Educated { education, degree, full_time, .. } => {
                (education.index() as u16, degree.index() as u16 | u16::from(full_time) << 8)
            }
            Deed::Appointed { layer, post } => {
                (post.organ, layer.index() as u16 | u16::from(post.title) << 8)
            }
            Deed::Relieved { post } => (post.organ, u16::from(post.title) << 8),
            Deed::Ranked { rank } => (rank.index() as u16, 0),
            Deed::Graded { level, step } => (u16::from(level), u16::from(step)),
            Deed::Assessed { year, grade } => (year, grade.index() as u16),
            Deed::Posted { organ } => (organ, 0),
            Deed::SecondedOut { kind, to } => match to {
                Away::Organ(organ) => (organ, kind.index() as u16),
                Away::Prefecture => (u16::MAX, kind.index() as u16),
                Away::Village(organ) => (organ, kind.index() as u16 | 1 << 8),
            },
            Deed::SecondedBack | Deed::Voided => (0, 0),
            Deed::Sanctioned { sanction, .. } => (sanction.index() as u16, 0),
            Deed::Investigated { open } => (u16::from(open), 0),
            Deed::Rewarded { reward } => (reward.index() as u16, 0),
            Deed::Trained { kind, days, hours, .. } => (kind.index() as u16 | days << 4, hours),
            Deed::OnLeave { kind, half_days } => (kind.index() as u16, half_days),
            Deed::Worked { kind, .. } => (kind.index() as u16, 0),
            Deed::Left { reason } => (reason.index() as u16, 0),
        }
    }

    /// The second day that some facts carry: the end of other work, the last day of a sanction's effect.
    pub const fn second_day(&self) -> Option<Day> {
        match self {
            Deed::Worked { to, .. } => Some(*to),
            Deed::Sanctioned { until, .. } => Some(*until),
            _ => None,
        }
    }
}
