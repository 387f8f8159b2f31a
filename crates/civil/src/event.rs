//! Events: the dated facts of a career.

use serde::{Deserialize, Serialize};

use crate::code::codes;
use crate::{
    Day, Degree, Education, Grade, Layer, LeaveKind, Level, OrganId, Rank, Reward, Sanction, Step,
    TrainingKind,
};

/// Number of an event within its career, from 1, in the order of recording.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(pub u32);

/// The up to four dates of an event. Only `effective` is always there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dates {
    /// When it took effect.
    pub effective: Day,
    /// When it was approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<Day>,
    /// From when time in the rank or post is counted (任同职级时间起算), where it differs from `effective`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_from: Option<Day>,
    /// When it was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded: Option<Day>,
}

impl Dates {
    /// An event of which only the effective day is known.
    pub const fn on(effective: Day) -> Dates {
        Dates { effective, approved: None, counted_from: None, recorded: None }
    }

    /// The day from which time counts.
    pub fn counts(&self) -> Day {
        self.counted_from.unwrap_or(self.effective)
    }
}

/// One dated fact of a career. Never overwritten: a later event that `amends` it takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its number in the career.
    pub id: EventId,
    /// Its dates.
    #[serde(flatten)]
    pub dates: Dates,
    /// Document number 文号.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document: String,
    /// Legal basis.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis: String,
    /// The event that this one takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amends: Option<EventId>,
    /// What happened.
    #[serde(flatten)]
    pub fact: Fact,
}

codes! {
    /// The channel a civil servant was recruited by.
    Channel {
        Exam = "exam", "公开考录", "open examination";
        SelectedGraduate = "selected-graduate", "选调生", "selected graduate";
        ProgrammeStaff = "programme-staff", "服务基层项目人员", "grassroots-programme staff";
        VillageGraduate = "village-graduate", "大学生村官", "graduate village official";
        VillageCadre = "village-cadre", "优秀村干部", "outstanding village cadre";
        InstitutionStaff = "institution-staff", "乡镇事业编制人员", "township public-institution staff";
        Veteran = "veteran", "退役士兵", "student veteran";
        Military = "military", "军转安置", "demobilised officer";
        TransferIn = "transfer-in", "调任", "transfer in";
        Assigned = "assigned", "分配安置", "state assignment (before the exam system)";
    }
}

codes! {
    /// A kind of working elsewhere while belonging here.
    SecondmentKind {
        Secondment = "secondment", "借调", "secondment";
        Attachment = "attachment", "挂职", "temporary post for training";
        VillageStationed = "village-stationed", "驻村", "stationed in a village";
        TaskForce = "task-force", "抽调专班", "task force";
        Following = "following", "跟班学习", "learning by following";
    }
}

codes! {
    /// A kind of work before or outside the civil service.
    WorkKind {
        VillageCadre = "village-cadre", "村（社区）干部", "village or community cadre";
        VillageGraduate = "village-graduate", "大学生村官", "graduate village official";
        Programme = "programme", "服务基层项目", "grassroots service programme";
        TownshipInstitution = "township-institution", "乡镇事业单位", "township public institution";
        Institution = "institution", "事业单位", "public institution";
        Enterprise = "enterprise", "企业", "enterprise";
        Army = "army", "部队", "armed forces";
        Internship = "internship", "见习", "approved internship";
        Other = "other", "其他", "other";
    }
}

codes! {
    /// Why a person left.
    ExitReason {
        Retired = "retired", "退休", "retired";
        RetiredEarly = "retired-early", "提前退休", "retired early";
        Resigned = "resigned", "辞职", "resigned";
        Dismissed = "dismissed", "辞退", "dismissed";
        Expelled = "expelled", "开除", "expelled";
        HireCancelled = "hire-cancelled", "取消录用", "hire cancelled";
        SelectedUp = "selected-up", "遴选", "selected by a higher organ";
        TransferredOut = "transferred-out", "调出", "transferred out";
        Died = "died", "死亡", "died";
        Other = "other", "其他", "other";
    }
}

/// What happened. Serialised with its kind beside its fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "kebab-case")]
pub enum Fact {
    /// Recruited as a civil servant; the service term counts from here.
    Recruited {
        /// By which channel.
        channel: Channel,
        /// Into which organ.
        organ: OrganId,
        /// A minimum service that the post's announcement set beyond the rules: years in the hiring unit itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        years_in_unit: Option<u8>,
    },
    /// Registered as a civil servant without recruitment here (came from elsewhere, or was there at the start).
    Registered {
        /// In which organ.
        organ: OrganId,
    },
    /// Finished an education on this day.
    Educated {
        /// Level.
        education: Education,
        /// Degree.
        degree: Degree,
        /// Full-time (全日制) or on the job (在职).
        full_time: bool,
        /// School and department.
        school: String,
        /// Major.
        major: String,
    },
    /// Appointed to a post.
    Appointed {
        /// Leadership layer; `None` for a post without one.
        layer: Option<Layer>,
        /// Name of the post.
        title: String,
        /// Where.
        organ: OrganId,
        /// Held beside the main post.
        #[serde(default)]
        concurrent: bool,
    },
    /// Relieved of a post: that title in that organ; of every post when the title is empty.
    Relieved {
        /// Name of the post, or empty.
        title: String,
        /// Where.
        organ: OrganId,
    },
    /// Given a rank; ends the rank before it on the same ladder.
    Ranked {
        /// The rank.
        rank: Rank,
    },
    /// Placed at a level and step.
    Graded {
        /// Level.
        level: Level,
        /// Step.
        step: Step,
    },
    /// A year's assessment. `effective` is the day of the result.
    Assessed {
        /// The year assessed.
        year: u16,
        /// The result.
        grade: Grade,
    },
    /// Moved to another organ, where the person belongs from then on.
    Posted {
        /// The new organ.
        organ: OrganId,
    },
    /// Went to work elsewhere while belonging here.
    SecondedOut {
        /// How.
        kind: SecondmentKind,
        /// The organ worked in, if it is in the roster.
        organ: Option<OrganId>,
        /// Its name.
        place: String,
    },
    /// Came back from working elsewhere.
    SecondedBack {},
    /// Sanctioned, or put under a measure with a similar effect.
    Sanctioned {
        /// Which.
        sanction: Sanction,
        /// The last day of its effect, where the decision states it; else the rules say.
        until: Option<Day>,
    },
    /// An investigation was opened (`true`) or closed without consequence (`false`).
    Investigated {
        /// Opened or closed.
        open: bool,
    },
    /// Rewarded.
    Rewarded {
        /// With what.
        reward: Reward,
    },
    /// Trained. `effective` is the last day.
    Trained {
        /// Kind.
        kind: TrainingKind,
        /// Days, if counted in days.
        days: u16,
        /// Hours, if counted in hours.
        hours: u16,
        /// Off the job (脱产).
        off_job: bool,
        /// Passed.
        passed: bool,
    },
    /// On leave from `effective` for a number of days.
    OnLeave {
        /// Kind.
        kind: LeaveKind,
        /// Half working days (calendar half days for sick, maternity and study leave).
        half_days: u16,
    },
    /// Worked outside the civil service from `effective` until before `to`.
    Worked {
        /// Kind.
        kind: WorkKind,
        /// Employer and post, as written.
        place: String,
        /// First day after it.
        to: Option<Day>,
    },
    /// Left the civil service here.
    Left {
        /// Why.
        reason: ExitReason,
    },
    /// The amended event never happened (it is kept and shown).
    Voided {},
}

impl Fact {
    /// The kind of fact, as its JSON has it.
    pub const fn kind(&self) -> &'static str {
        match self {
            Fact::Recruited { .. } => "recruited",
            Fact::Registered { .. } => "registered",
            Fact::Educated { .. } => "educated",
            Fact::Appointed { .. } => "appointed",
            Fact::Relieved { .. } => "relieved",
            Fact::Ranked { .. } => "ranked",
            Fact::Graded { .. } => "graded",
            Fact::Assessed { .. } => "assessed",
            Fact::Posted { .. } => "posted",
            Fact::SecondedOut { .. } => "seconded-out",
            Fact::SecondedBack { .. } => "seconded-back",
            Fact::Sanctioned { .. } => "sanctioned",
            Fact::Investigated { .. } => "investigated",
            Fact::Rewarded { .. } => "rewarded",
            Fact::Trained { .. } => "trained",
            Fact::OnLeave { .. } => "on-leave",
            Fact::Worked { .. } => "worked",
            Fact::Left { .. } => "left",
            Fact::Voided { .. } => "voided",
        }
    }
}
