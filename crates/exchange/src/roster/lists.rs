//! The closed lists of the workbook: their names in drop-down lists, and the spellings that files use.

use takeroot_civil::*;
use takeroot_words::Lang;

/// A closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum List {
    Sex,
    OrganKind,
    Channel,
    Education,
    Degree,
    Form,
    Layer,
    Rank,
    Grade,
    Secondment,
    Sanction,
    Reward,
    Training,
    Leave,
    Work,
    Exit,
    YesNo,
    RecruitAct,
    PostAct,
    SecondAct,
    SanctionAct,
}

fn names<T: Code>(lang: Lang) -> Vec<&'static str> {
    T::ALL.iter().map(|c| c.name(lang)).collect()
}

impl List {
    /// All.
    pub const ALL: [List; 21] = [
        List::Sex,
        List::OrganKind,
        List::Channel,
        List::Education,
        List::Degree,
        List::Form,
        List::Layer,
        List::Rank,
        List::Grade,
        List::Secondment,
        List::Sanction,
        List::Reward,
        List::Training,
        List::Leave,
        List::Work,
        List::Exit,
        List::YesNo,
        List::RecruitAct,
        List::PostAct,
        List::SecondAct,
        List::SanctionAct,
    ];

    /// The names of its members, in its own order.
    pub fn names(self, lang: Lang) -> Vec<&'static str> {
        match self {
            List::Sex => names::<Sex>(lang),
            List::OrganKind => names::<OrganKind>(lang),
            List::Channel => names::<Channel>(lang),
            List::Education => names::<Education>(lang),
            List::Degree => names::<Degree>(lang),
            List::Form => names::<Form>(lang),
            List::Layer => names::<Layer>(lang),
            List::Rank => names::<Rank>(lang),
            List::Grade => names::<Grade>(lang),
            List::Secondment => names::<SecondmentKind>(lang),
            List::Sanction => names::<Sanction>(lang),
            List::Reward => names::<Reward>(lang),
            List::Training => names::<TrainingKind>(lang),
            List::Leave => names::<LeaveKind>(lang),
            List::Work => names::<WorkKind>(lang),
            List::Exit => names::<ExitReason>(lang),
            List::YesNo => names::<YesNo>(lang),
            List::RecruitAct => names::<RecruitAct>(lang),
            List::PostAct => names::<PostAct>(lang),
            List::SecondAct => names::<SecondAct>(lang),
            List::SanctionAct => names::<SanctionAct>(lang),
        }
    }
}

/// A member of a list as a cell gives it.
pub trait Listed: Code {
    /// Its list.
    const LIST: List;

    /// Other spellings, without spaces.
    fn other(_text: &str) -> Option<Self> {
        None
    }

    /// The member that a text names: by Chinese name, code, English name, or a spelling of the field.
    fn of(text: &str) -> Option<Self> {
        let find = |t: &str| {
            Self::ALL
                .iter()
                .copied()
                .find(|c| c.zh() == t || c.code().eq_ignore_ascii_case(t) || c.en().eq_ignore_ascii_case(t))
        };
        if let Some(found) = find(text) {
            return Some(found);
        }
        let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        find(&plain).or_else(|| Self::other(&plain))
    }
}

/// A small list of our own.
macro_rules! listed {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $code:literal, $zh:literal, $en:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($variant),+ }
        impl Code for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            fn code(self) -> &'static str { match self { $(Self::$variant => $code),+ } }
            fn zh(self) -> &'static str { match self { $(Self::$variant => $zh),+ } }
            fn en(self) -> &'static str { match self { $(Self::$variant => $en),+ } }
        }
    };
}

listed! {
    /// Yes or no.
    YesNo { Yes = "yes", "是", "yes"; No = "no", "否", "no"; }
}
listed! {
    /// Full-time education or on the job.
    Form { FullTime = "full-time", "全日制", "full-time"; OnJob = "on-job", "在职", "on the job"; }
}
listed! {
    /// How a person came to be a civil servant here.
    RecruitAct {
        Recruited = "recruited", "录用", "recruited";
        Registered = "registered", "登记", "registered";
    }
}
listed! {
    /// Into a post or out of it.
    PostAct { Appointed = "appointed", "任职", "appointed"; Relieved = "relieved", "免职", "relieved"; }
}
listed! {
    /// Out to another employer or back.
    SecondAct { Out = "out", "借出", "out"; Back = "back", "返回", "back"; }
}
listed! {
    /// A sanction or an investigation.
    SanctionAct {
        Sanctioned = "sanctioned", "处分", "sanctioned";
        Opened = "opened", "立案调查", "investigation opened";
        Closed = "closed", "调查了结", "investigation closed without consequence";
    }
}

impl From<bool> for YesNo {
    fn from(b: bool) -> YesNo {
        if b { YesNo::Yes } else { YesNo::No }
    }
}

impl Listed for YesNo {
    const LIST: List = List::YesNo;
    fn other(text: &str) -> Option<YesNo> {
        Some(match text {
            "有" | "√" | "Y" | "y" | "1" | "TRUE" | "合格" | "脱产" | "兼任" => YesNo::Yes,
            "无" | "×" | "N" | "n" | "0" | "FALSE" | "不合格" | "不脱产" => YesNo::No,
            _ => return None,
        })
    }
}
impl Listed for Form {
    const LIST: List = List::Form;
    fn other(text: &str) -> Option<Form> {
        Some(match text {
            "全日制教育" | "普通全日制" => Form::FullTime,
            "在职教育" | "非全日制" => Form::OnJob,
            _ => return None,
        })
    }
}
impl Listed for RecruitAct {
    const LIST: List = List::RecruitAct;
}
impl Listed for PostAct {
    const LIST: List = List::PostAct;
    fn other(text: &str) -> Option<PostAct> {
        Some(match text {
            "任" => PostAct::Appointed,
            "免" => PostAct::Relieved,
            _ => return None,
        })
    }
}
impl Listed for SecondAct {
    const LIST: List = List::SecondAct;
}
impl Listed for SanctionAct {
    const LIST: List = List::SanctionAct;
}

impl Listed for Sex {
    const LIST: List = List::Sex;
    fn other(text: &str) -> Option<Sex> {
        Some(match text {
            "男性" | "M" | "m" | "1" => Sex::Male,
            "女性" | "F" | "f" | "2" => Sex::Female,
            _ => return None,
        })
    }
}
impl Listed for OrganKind {
    const LIST: List = List::OrganKind;
}
impl Listed for Channel {
    const LIST: List = List::Channel;
    fn other(text: &str) -> Option<Channel> {
        Some(match text {
            "考录" | "考试录用" | "公务员考录" | "公开招录" | "公开招考" | "招录" | "省考" | "国考"
            | "公考" | "公务员考试" => Channel::Exam,
            "选调" | "定向选调" | "选调生招录" => Channel::SelectedGraduate,
            "三支一扶" | "西部计划" | "服务基层项目" | "基层项目人员" => {
                Channel::ProgrammeStaff
            }
            "大学生村官定向" | "村官" => Channel::VillageGraduate,
            "优秀村干部考录" | "村干部" => Channel::VillageCadre,
            "乡镇事业编" | "乡镇事业人员" => Channel::InstitutionStaff,
            "退役士兵考录" | "退役军人" | "退役大学生士兵" => Channel::Veteran,
            "军转" | "军转干部" | "军队转业" | "军转干部安置" | "转业安置" => {
                Channel::Military
            }
            "调任人员" | "公开调任" => Channel::TransferIn,
            "分配" | "统一分配" | "国家分配" | "毕业分配" | "统招统分" => Channel::Assigned,
            _ => return None,
        })
    }
}
impl Listed for Education {
    const LIST: List = List::Education;
    fn other(text: &str) -> Option<Education> {
        Education::from_text(text)
    }
}
impl Listed for Degree {
    const LIST: List = List::Degree;
    fn other(text: &str) -> Option<Degree> {
        Degree::from_text(text)
    }
}
impl Listed for Layer {
    const LIST: List = List::Layer;
    fn other(text: &str) -> Option<Layer> {
        Some(match text {
            "副科" | "副科级" | "乡科级副" | "副科级领导职务" => Layer::TownshipDeputy,
            "正科" | "正科级" | "乡科级正" | "正科级领导职务" => Layer::TownshipHead,
            "副处" | "副处级" | "县处级副" => Layer::CountyDeputy,
            "正处" | "正处级" | "县处级正" => Layer::CountyHead,
            "副厅" | "副厅级" => Layer::BureauDeputy,
            "正厅" | "正厅级" => Layer::BureauHead,
            _ => return None,
        })
    }
}
impl Listed for Rank {
    const LIST: List = List::Rank;
}
impl Listed for Grade {
    const LIST: List = List::Grade;
    fn other(text: &str) -> Option<Grade> {
        Some(match text {
            "未定等次" | "不确定等次" | "不定等级" | "未确定等次" | "不定" => {
                Grade::Ungraded
            }
            "优秀等次" => Grade::Excellent,
            "称职等次" => Grade::Competent,
            "基本称职等次" => Grade::Basic,
            "不称职等次" => Grade::Incompetent,
            _ => return None,
        })
    }
}
impl Listed for SecondmentKind {
    const LIST: List = List::Secondment;
}
impl Listed for Sanction {
    const LIST: List = List::Sanction;
}
impl Listed for Reward {
    const LIST: List = List::Reward;
}
impl Listed for TrainingKind {
    const LIST: List = List::Training;
}
impl Listed for LeaveKind {
    const LIST: List = List::Leave;
    fn other(text: &str) -> Option<LeaveKind> {
        Some(match text {
            "年假" | "带薪年休假" | "公休" => LeaveKind::Annual,
            "护理假" => LeaveKind::Paternity,
            _ => return None,
        })
    }
}
impl Listed for WorkKind {
    const LIST: List = List::Work;
}
impl Listed for ExitReason {
    const LIST: List = List::Exit;
    fn other(text: &str) -> Option<ExitReason> {
        Some(match text {
            "去世" | "病故" => ExitReason::Died,
            "辞去公职" => ExitReason::Resigned,
            "调离" => ExitReason::TransferredOut,
            _ => return None,
        })
    }
}
