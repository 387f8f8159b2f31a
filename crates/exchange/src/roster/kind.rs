//! Kinds of sheet.

use serde::{Serialize, Serializer};
use takeroot_words::Lang;

use super::column::fold;

/// What a sheet holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SheetKind {
    /// People, without their present state.
    People,
    /// One row per person with the present state.
    Roster,
    /// Organs.
    Organs,
    /// Family members.
    Family,
    /// Recruited or registered.
    Recruited,
    /// Educations.
    Educated,
    /// Appointed and relieved.
    Posts,
    /// Ranks.
    Ranked,
    /// Levels and steps.
    Graded,
    /// Yearly assessments.
    Assessed,
    /// Transfers.
    Posted,
    /// Secondments.
    Seconded,
    /// Sanctions and investigations.
    Sanctioned,
    /// Rewards.
    Rewarded,
    /// Training.
    Trained,
    /// Leave.
    OnLeave,
    /// Work outside the civil service.
    Worked,
    /// Departures.
    Left,
    /// Events that never happened.
    Voided,
    /// Code lists; not read.
    Codes,
    /// Instructions; not read.
    Instructions,
    /// Hidden; not read.
    Hidden,
    /// Without content.
    Empty,
    /// Not recognised; reported as a fault.
    Unknown,
}

impl SheetKind {
    /// The kinds that are read, in the order that we write them. [`SheetKind::Roster`] has the columns of people.
    pub const READ: [SheetKind; 18] = [
        SheetKind::People,
        SheetKind::Organs,
        SheetKind::Family,
        SheetKind::Recruited,
        SheetKind::Educated,
        SheetKind::Posts,
        SheetKind::Ranked,
        SheetKind::Graded,
        SheetKind::Assessed,
        SheetKind::Posted,
        SheetKind::Seconded,
        SheetKind::Sanctioned,
        SheetKind::Rewarded,
        SheetKind::Trained,
        SheetKind::OnLeave,
        SheetKind::Worked,
        SheetKind::Left,
        SheetKind::Voided,
    ];

    /// Whether its rows are events.
    pub fn is_event(self) -> bool {
        SheetKind::Recruited <= self && self <= SheetKind::Voided
    }

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            SheetKind::People => "people",
            SheetKind::Roster => "roster",
            SheetKind::Organs => "organs",
            SheetKind::Family => "family",
            SheetKind::Recruited => "recruited",
            SheetKind::Educated => "educated",
            SheetKind::Posts => "posts",
            SheetKind::Ranked => "ranked",
            SheetKind::Graded => "graded",
            SheetKind::Assessed => "assessed",
            SheetKind::Posted => "posted",
            SheetKind::Seconded => "seconded",
            SheetKind::Sanctioned => "sanctioned",
            SheetKind::Rewarded => "rewarded",
            SheetKind::Trained => "trained",
            SheetKind::OnLeave => "on-leave",
            SheetKind::Worked => "worked",
            SheetKind::Left => "left",
            SheetKind::Voided => "voided",
            SheetKind::Codes => "codes",
            SheetKind::Instructions => "instructions",
            SheetKind::Hidden => "hidden",
            SheetKind::Empty => "empty",
            SheetKind::Unknown => "unknown",
        }
    }

    /// The name of such a sheet, as we write it.
    pub fn name(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            SheetKind::People => ("人员", "People"),
            SheetKind::Roster => ("花名册", "Roster"),
            SheetKind::Organs => ("机构", "Organs"),
            SheetKind::Family => ("家庭成员", "Family"),
            SheetKind::Recruited => ("录用", "Recruitment"),
            SheetKind::Educated => ("学历", "Education"),
            SheetKind::Posts => ("职务", "Posts"),
            SheetKind::Ranked => ("职级", "Ranks"),
            SheetKind::Graded => ("级别档次", "Levels"),
            SheetKind::Assessed => ("年度考核", "Assessments"),
            SheetKind::Posted => ("调动", "Transfers"),
            SheetKind::Seconded => ("借调", "Secondments"),
            SheetKind::Sanctioned => ("处分", "Sanctions"),
            SheetKind::Rewarded => ("奖励", "Rewards"),
            SheetKind::Trained => ("培训", "Training"),
            SheetKind::OnLeave => ("休假", "Leave"),
            SheetKind::Worked => ("工作经历", "Work history"),
            SheetKind::Left => ("离任", "Departures"),
            SheetKind::Voided => ("撤销", "Voided"),
            SheetKind::Codes => ("代码", "Codes"),
            SheetKind::Instructions => ("填表说明", "Instructions"),
            SheetKind::Hidden => ("隐藏", "Hidden"),
            SheetKind::Empty => ("空表", "Empty"),
            SheetKind::Unknown => ("未识别", "Not recognised"),
        };
        lang.pick(zh, en)
    }

    /// How far a sheet's name speaks for this kind: 2 it is the name, 1 it has the name in it.
    pub fn named(self, sheet: &str) -> u32 {
        let sheet = fold(sheet);
        let other: &[&str] = match self {
            SheetKind::People => &["人员信息", "人员基本信息", "基本信息"],
            SheetKind::Organs => &["机构信息", "单位", "单位信息", "单位名册", "机关"],
            SheetKind::Family => {
                &["家庭主要成员", "家庭成员及社会关系", "家庭主要成员及重要社会关系", "家庭"]
            }
            SheetKind::Recruited => &["录用登记", "录用情况"],
            SheetKind::Educated => &["学历学位", "教育经历"],
            SheetKind::Posts => &["职务任免", "任免", "任职"],
            SheetKind::Ranked => &["职级晋升", "职级任免", "职级情况"],
            SheetKind::Graded => &["级别", "级别和档次", "级别工资"],
            SheetKind::Assessed => &["考核", "考核情况", "年度考核情况"],
            SheetKind::Posted => &["交流", "调动情况", "调任转任"],
            SheetKind::Seconded => &["借调情况", "借调挂职", "挂职"],
            SheetKind::Sanctioned => &["处分情况", "惩戒"],
            SheetKind::Rewarded => &["奖励情况"],
            SheetKind::Trained => &["培训情况", "教育培训"],
            SheetKind::OnLeave => &["请假", "假期", "休假情况"],
            SheetKind::Worked => &["经历", "履历", "基层经历", "工作经历情况"],
            SheetKind::Left => &["离职", "减员", "退出", "人员减少"],
            _ => &[],
        };
        let zh = fold(self.name(Lang::Zh));
        let en = fold(self.name(Lang::En));
        if sheet == zh || sheet == en || other.iter().any(|o| *o == sheet) {
            2
        } else if sheet.contains(&zh) || other.iter().any(|o| sheet.contains(o)) {
            1
        } else {
            0
        }
    }

    /// The kind of a sheet that is not read, by its name.
    pub fn aside(sheet: &str) -> Option<SheetKind> {
        let sheet = fold(sheet);
        let has = |words: &[&str]| words.iter().any(|w| sheet.contains(w));
        if has(&[
            "代码",
            "字典",
            "码表",
            "下拉",
            "编码表",
            "选项",
            "数据源",
            "参数表",
            "dict",
            "code",
            "lookup",
        ]) {
            Some(SheetKind::Codes)
        } else if has(&[
            "填表说明",
            "填报说明",
            "填写说明",
            "使用说明",
            "说明",
            "须知",
            "指标解释",
            "instruction",
            "readme",
            "guide",
        ]) {
            Some(SheetKind::Instructions)
        } else {
            None
        }
    }
}

impl Serialize for SheetKind {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.code())
    }
}
