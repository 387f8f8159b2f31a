//! What a clause can say: one Rust type for each kind of rule.
//!
//! A clause carries exactly one [`Rule`], written in TOML as `rule.KIND = { … }`. Each kind has a *slot*: the place
//! in the rules that it fills. At a date, one clause fills a slot; a clause of a later layer (local, proposal) that
//! fills the same slot takes its place. To add a kind: a struct here, an arm in [`Rule::slot`], its use in
//! `rules.rs`, and a case in a `*.cases.md`.

pub mod entry;
pub mod general;
pub mod ladder;
pub mod leadership;
pub mod leave;
pub mod limit;
pub mod pay;
pub mod service;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use entry::*;
pub use general::*;
pub use ladder::*;
pub use leadership::*;
pub use leave::*;
pub use limit::*;
pub use pay::*;
pub use service::*;

/// Declares the enum of all kinds, with the slot of each.
macro_rules! rules {
    ($($(#[$doc:meta])* $kind:ident $code:literal $zh:literal $en:literal => |$r:ident| $slot:expr;)+) => {
        /// What a clause says.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        pub enum Rule { $($(#[$doc])* #[doc = concat!($zh, ", ", $en)] $kind($kind)),+ }

        impl Rule {
            /// The kind's code, as written after `rule.`.
            pub const fn kind(&self) -> &'static str { match self { $(Rule::$kind(_) => $code),+ } }

            /// The kind's name in a language.
            pub const fn kind_name(&self, lang: takeroot_words::Lang) -> &'static str {
                match (self, lang) {
                    $((Rule::$kind(_), takeroot_words::Lang::Zh) => $zh, (Rule::$kind(_), takeroot_words::Lang::En) => $en),+
                }
            }

            /// The place in the rules that it fills: `kind` or `kind/what`.
            pub fn slot(&self) -> String {
                match self { $(Rule::$kind($r) => {
                    let what: String = $slot;
                    if what.is_empty() { $code.to_owned() } else { format!("{}/{what}", $code) }
                }),+ }
            }
        }
    };
}

rules! {
    Statement "statement" "规定" "provision" => |r| r.about.clone();
    List "list" "列举" "list" => |r| r.of.clone();
    Procedure "procedure" "程序" "procedure" => |r| r.act.to_string();
    Local "local" "由地方确定" "left to local rules" => |r| r.wants.clone();
    Limit "limit" "数量规定" "figure" => |r| r.of.to_string();
    EntryAge "entry-age" "报考年龄" "age for recruitment" => |r| r.posts.to_string();
    EntryEducation "entry-education" "学历起点" "education floor" => |r| r.posts.to_string();
    EntryWaiver "entry-waiver" "条件调整权限" "who may adjust a floor" => |r| join(&r.of);
    EntryRelaxed "entry-relaxed" "可放宽的条件" "condition that may be relaxed" => |r| format!("{}/{}", r.posts, r.condition);
    EntryExperience "entry-experience" "基层工作经历" "experience asked" => |r| r.tier.to_string();
    Reserve "reserve" "定向招录比例" "reserved share" => |r| r.posts.to_string();
    Probation "probation" "试用期" "probation" => |_r| String::new();
    InitialGrade "initial-grade" "首次定级" "first rank and level" => |r| format!("{}/{}", r.ladder, r.education);
    Conversion "conversion" "职级套转" "conversion of ranks" => |r| r.from.to_string();
    ServiceTerm "service-term" "最低服务年限" "minimum service" => |r| r.posts.to_string();
    ServiceBlock "service-block" "服务期内限制" "blocked while the term runs" => |r| r.act.to_string();
    Grassroots "grassroots" "基层工作经历的认定" "what counts as grassroots work" => |_r| String::new();
    Reentry "reentry" "再次报考限制" "bar on re-entry" => |_r| String::new();
    OpenSelection "open-selection" "公开遴选条件" "conditions of open selection" => |r| r.condition.to_string();
    Secondment "secondment" "借调限制" "limit on secondment" => |r| r.from.to_string();
    LevelRange "level-range" "级别区间" "range of levels" => |r| r.holder.to_string();
    Pairing "pairing" "职务职级对应" "rank paired with a post" => |r| r.post.to_string();
    RankStep "rank-step" "职级晋升年限" "years for a rank" => |r| r.to.to_string();
    GradeEffect "grade-effect" "考核对晋升年限的影响" "effect of a yearly grade" => |r| format!("{}/{}", r.ladder, r.grade);
    Counting "counting" "年限计算办法" "how time is counted" => |r| r.ladder.to_string();
    RootedCredit "rooted-credit" "扎根年限折减" "credit for rooted service" => |r| r.ladder.to_string();
    PromotionBar "promotion-bar" "不得晋升情形" "bar to promotion" => |r| r.ground.to_string();
    SanctionEffect "sanction-effect" "处分期间" "effect of a sanction" => |r| r.sanction.to_string();
    Quota "quota" "职数" "quota" => |r| format!("{}/{}", join(&r.organs), join(&r.group));
    QuotaRounding "quota-rounding" "职数取整" "rounding of a quota" => |_r| String::new();
    TopRank "top-rank" "最高设置职级" "highest rank set" => |r| join(&r.organs);
    LeadershipStep "leadership-step" "领导职务晋升资格" "conditions of a leadership post" => |r| r.to.to_string();
    LeadershipExperience "leadership-experience" "领导职务任职经历" "experience for a leadership post" => |r| r.needs.to_string();
    LevelPay "level-pay" "级别工资标准" "level pay" => |_r| String::new();
    PostPay "post-pay" "职务工资标准" "post pay" => |_r| String::new();
    RankPay "rank-pay" "职级工资标准" "rank pay" => |_r| String::new();
    PayAnchor "pay-anchor" "工资标准片段" "single known figure of a pay table" => |r| r.figure.clone();
    StepRise "step-rise" "档次晋升" "rise of a step" => |_r| String::new();
    LevelRise "level-rise" "级别晋升" "rise of a level" => |_r| String::new();
    PromotionPay "promotion-pay" "晋升职务职级后的级别" "level on promotion" => |_r| String::new();
    PayYear "pay-year" "考核与工资晋升" "grade that counts for pay" => |r| r.grade.to_string();
    EntryPay "entry-pay" "首次级别档次" "first level and step" => |r| r.education.to_string();
    YearEndBonus "year-end-bonus" "年终一次性奖金" "year-end bonus" => |_r| String::new();
    Allowance "allowance" "津贴补贴" "allowance" => |r| r.item.to_string();
    Deduction "deduction" "扣缴" "deduction" => |r| r.item.to_string();
    AnnualLeave "annual-leave" "年休假" "annual leave" => |_r| String::new();
    AnnualLeaveLost "annual-leave-lost" "不享受年休假的情形" "annual leave lost" => |_r| String::new();
    Retirement "retirement" "退休年龄" "retirement age" => |r| r.group.to_string();
    Holiday "holiday" "法定节假日" "public holidays" => |_r| String::new();
    Pool "pool" "选拔来源" "pool of candidates" => |r| r.id.clone();
    Preference "preference" "优先规定" "preference" => |r| r.act.to_string();
    TaskKind "task-kind" "负担类别" "kind of burden" => |r| r.code.clone();
}

/// Codes joined by `+`, for slots.
fn join<T: std::fmt::Display>(items: &[T]) -> String {
    items.iter().map(T::to_string).collect::<Vec<_>>().join("+")
}

/// Declares a closed list used inside rules: kebab-case in TOML, shown with its code.
macro_rules! words_of_rules {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident = $code:literal, $zh:literal, $en:literal;)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        pub enum $name { $(#[doc = concat!($zh, ", ", $en)] #[serde(rename = $code)] $variant),+ }

        impl takeroot_civil::Code for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            fn code(self) -> &'static str { match self { $(Self::$variant => $code),+ } }
            fn zh(self) -> &'static str { match self { $(Self::$variant => $zh),+ } }
            fn en(self) -> &'static str { match self { $(Self::$variant => $en),+ } }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(takeroot_civil::Code::code(*self))
            }
        }
    )+};
}
pub(crate) use words_of_rules;

/// A struct of a rule: strict about unknown fields, kebab-case in TOML.
macro_rules! rule_structs {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident : $ty:ty),* $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "kebab-case", deny_unknown_fields)]
        pub struct $name { $($(#[$fdoc])* pub $field: $ty),* }
    )+};
}
pub(crate) use rule_structs;
