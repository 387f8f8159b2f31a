//! Rules that are stated, listed or left to others, and the shared vocabulary.

use super::{rule_structs, words_of_rules};
use crate::cite::Text;

words_of_rules! {
    /// An act of personnel work.
    ActName {
        Recruit = "recruit", "考试录用", "recruitment";
        RankPromotion = "rank-promotion", "职级晋升", "promotion in rank";
        PostPromotion = "post-promotion", "职务晋升", "promotion to a post";
        LevelRise = "level-rise", "级别晋升", "rise of a level";
        StepRise = "step-rise", "档次晋升", "rise of a step";
        Resign = "resign", "辞去公职", "resignation";
        OpenSelection = "open-selection", "公开遴选", "open selection";
        TransferOut = "transfer-out", "转任（调出）", "transfer out";
        TransferIn = "transfer-in", "调任", "transfer in";
        Secondment = "secondment", "借调", "secondment";
        Appeal = "appeal", "申诉", "appeal";
        Assessment = "assessment", "年度考核", "yearly assessment";
        Rotation = "rotation", "轮岗交流", "rotation";
        EarlyRetirement = "early-retirement", "提前退休", "early retirement";
        Task = "task", "交办事项", "task laid on a township";
    }

    /// Who must supply a value that the rule leaves open.
    Supplier {
        Province = "province", "省级", "province";
        County = "county", "县级", "county";
        Organ = "organ", "本机关", "the organ";
        Unknown = "unknown", "未查到", "not found";
        User = "user", "由使用单位录入", "to be typed in by the user";
    }
}

rule_structs! {
    /// A provision that is shown but not computed.
    Statement {
        /// Its slot: what it is about, kebab-case.
        about: String,
    }

    /// A closed list.
    List {
        /// Its slot: what is listed.
        of: String,
        /// The members.
        items: Vec<Text>,
    }

    /// Steps that an act must go through, in order.
    Procedure {
        /// The act.
        act: ActName,
        /// The steps.
        steps: Vec<Text>,
    }

    /// A value that national rules leave to others, or that was not found. It is never invented: until a clause of
    /// the wanted slot is supplied, answers that need it are *unknown* and name it.
    Local {
        /// The slot that is wanted, e.g. `allowance/township` or `rank-pay`.
        wants: String,
        /// Who supplies it.
        from: Supplier,
        /// It concerns only people who work in a township organ or institution.
        #[serde(default)]
        township_only: bool,
    }

    /// People whom a selection may draw on.
    Pool {
        /// Its slot.
        id: String,
        /// Channels of recruitment that belong to it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        channels: Vec<takeroot_civil::Channel>,
        /// Kinds of earlier work that belong to it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        work: Vec<takeroot_civil::WorkKind>,
        /// Members that no fact of a career shows.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        others: Vec<Text>,
    }

    /// Whom an act prefers, other things equal.
    Preference {
        /// The act.
        act: ActName,
        /// Rooted service of at least this many years is preferred.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rooted_years: Option<u8>,
        /// Having led a township is preferred.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        township_head: Option<bool>,
        /// These pools are preferred, in order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pools: Vec<String>,
        /// The share of places kept for them, per cent; absent where the rule gives no number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        share_percent: Option<u8>,
    }

    /// A kind of burden laid on the grassroots.
    TaskKind {
        /// Its slot, e.g. `6` for documents.
        code: String,
        /// Its members.
        members: Vec<Text>,
    }

    /// The public holidays of a year.
    Holiday {
        /// Days off a year.
        days: u8,
        /// The holidays with their days.
        of: Vec<HolidayDays>,
    }

    /// Days of one public holiday.
    HolidayDays {
        /// Name.
        name: Text,
        /// Days.
        days: u8,
    }

    /// Secondment from organs of a tier.
    Secondment {
        /// The tier seconded from: that tier and, for `county`, those below.
        from: takeroot_civil::Tier,
        /// What is allowed.
        rule: SecondmentRule,
    }
}

words_of_rules! {
    /// What a rule allows.
    SecondmentRule {
        Forbidden = "forbidden", "禁止", "forbidden";
        Controlled = "controlled", "从严审批", "needs approval";
        Allowed = "allowed", "允许", "allowed";
    }
}
