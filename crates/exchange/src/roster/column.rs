//! The columns of each kind of sheet: what they mean, how they are headed, how files spell them.

use std::collections::HashMap;
use std::sync::LazyLock;

use takeroot_words::Lang;

use super::kind::SheetKind;
use super::lists::List;

/// The meaning of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Col {
    // Who.
    Number,
    Id,
    Name,
    // Dates and papers of an event.
    Effective,
    Approved,
    CountedFrom,
    Recorded,
    Document,
    Basis,
    EventNumber,
    Amends,
    // A person.
    Sex,
    Birth,
    Ethnic,
    NativePlace,
    Birthplace,
    PartyJoined,
    Politics,
    WorkStart,
    Health,
    ProTitle,
    Speciality,
    // A person's present state, and the fields of events.
    Organ,
    EnteredOrgan,
    RecruitedOn,
    RecruitOrgan,
    Channel,
    YearsInUnit,
    Layer,
    Title,
    PostSince,
    PostCounted,
    Rank,
    RankSince,
    RankCounted,
    Level,
    Step,
    LevelStep,
    LevelSince,
    Grades,
    FtEducation,
    FtDegree,
    FtBoth,
    FtSchool,
    FtMajor,
    FtDate,
    OjEducation,
    OjDegree,
    OjBoth,
    OjSchool,
    OjMajor,
    OjDate,
    Education,
    Degree,
    EduBoth,
    School,
    Major,
    EduDate,
    Form,
    Concurrent,
    Act,
    Year,
    Grade,
    Kind,
    Place,
    Until,
    Days,
    Hours,
    OffJob,
    Passed,
    To,
    // A family member.
    Relation,
    MemberName,
    // An organ.
    OrganNumber,
    OrganName,
    OrganKind,
    Division,
    Establishment,
    Hardship,
    AreaBand,
}

impl Col {
    /// How many there are.
    pub const COUNT: usize = Col::AreaBand as usize + 1;
}

/// What a column's cells look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Text,
    Date,
    Number,
    Id,
    Organ,
    Code(List),
}

/// Whether a row must fill it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It must.
    Must,
    /// One of the columns so marked must be there: resident ID or office number.
    Key,
    /// It need not.
    May,
    /// Read where a file has it; not in the workbooks that we write.
    ReadOnly,
}

/// A column of a kind of sheet.
#[derive(Debug)]
pub struct Column {
    pub col: Col,
    pub need: Need,
    pub zh: &'static str,
    pub en: &'static str,
    pub other: &'static [&'static str],
    pub form: Form,
}

impl Column {
    /// Its header in a language.
    pub fn header(&self, lang: Lang) -> &'static str {
        lang.pick(self.zh, self.en)
    }
}

const fn c(
    col: Col,
    need: Need,
    form: Form,
    zh: &'static str,
    en: &'static str,
    other: &'static [&'static str],
) -> Column {
    Column { col, need, zh, en, other, form }
}

use Form::{Code, Date, Id, Number, Organ, Text};
use Need::{Key, May, Must, ReadOnly};

const NUMBER: Column = c(
    Col::Number,
    Key,
    Text,
    "人员编号",
    "Person number",
    &["编号", "工号", "人员编码", "职工编号", "人员代码"],
);
const ID: Column = c(
    Col::Id,
    Key,
    Id,
    "身份证号",
    "Resident ID",
    &[
        "身份证号码",
        "公民身份号码",
        "公民身份证号码",
        "居民身份证号码",
        "身份证",
        "身份证件号码",
        "身份号码",
        "证件号码",
        "公民身份证号",
        "居民身份证号",
    ],
);
const NAME: Column = c(Col::Name, Must, Text, "姓名", "Name", &["名字", "人员姓名", "干部姓名", "姓　名"]);

static PEOPLE: &[Column] = &[
    NUMBER,
    ID,
    NAME,
    c(Col::Sex, May, Code(List::Sex), "性别", "Sex", &[]),
    c(
        Col::Birth,
        May,
        Date,
        "出生日期",
        "Date of birth",
        &["出生年月", "出生时间", "出生年月日", "生日", "出生"],
    ),
    c(Col::Ethnic, May, Text, "民族", "Ethnic group", &[]),
    c(Col::NativePlace, May, Text, "籍贯", "Ancestral home", &[]),
    c(Col::Birthplace, May, Text, "出生地", "Place of birth", &[]),
    c(
        Col::PartyJoined,
        May,
        Date,
        "入党时间",
        "Joined the Party",
        &["入党日期", "加入中共时间", "入党年月", "加入中国共产党时间", "加入党派时间"],
    ),
    c(Col::Politics, May, Text, "政治面貌", "Political status", &["党派"]),
    c(
        Col::WorkStart,
        May,
        Date,
        "参加工作时间",
        "Start of work",
        &["参工时间", "参加工作日期", "参加工作年月", "工作时间", "参加工作"],
    ),
    c(Col::Health, May, Text, "健康状况", "Health", &["身体状况"]),
    c(
        Col::ProTitle,
        May,
        Text,
        "专业技术职务",
        "Professional title",
        &["专业技术职称", "职称", "专业技术资格", "技术职称"],
    ),
    c(
        Col::Speciality,
        May,
        Text,
        "熟悉专业有何专长",
        "Specialities",
        &["专长", "特长", "熟悉专业", "熟悉专业有何特长", "专业特长"],
    ),
    c(
        Col::Organ,
        ReadOnly,
        Organ,
        "单位",
        "Organ",
        &[
            "工作单位",
            "所在单位",
            "单位名称",
            "现工作单位",
            "所属单位",
            "机关名称",
            "所在机关",
            "任职单位",
            "编制所在单位",
            "人事关系所在单位",
            "机构",
            "现任单位",
        ],
    ),
    c(
        Col::EnteredOrgan,
        ReadOnly,
        Date,
        "进入本单位时间",
        "Joined the organ",
        &[
            "进入现单位时间",
            "调入时间",
            "调入本单位时间",
            "到现单位时间",
            "进入单位时间",
            "进本单位时间",
            "进入现工作单位时间",
        ],
    ),
    c(
        Col::RecruitedOn,
        ReadOnly,
        Date,
        "录用时间",
        "Recruited on",
        &[
            "录用日期",
            "公务员录用时间",
            "录用公务员时间",
            "招录时间",
            "考录时间",
            "录用为公务员时间",
            "录用年月",
        ],
    ),
    c(
        Col::RecruitOrgan,
        ReadOnly,
        Organ,
        "录用单位",
        "Recruited by",
        &["录用机关", "招录单位", "初次录用单位", "录用时单位", "招录机关"],
    ),
    c(
        Col::Channel,
        ReadOnly,
        Code(List::Channel),
        "录用渠道",
        "Channel",
        &[
            "录用方式",
            "录用来源",
            "进入渠道",
            "公务员来源",
            "进入公务员队伍方式",
            "招录渠道",
            "来源渠道",
            "招录方式",
            "进入方式",
        ],
    ),
    c(
        Col::Layer,
        ReadOnly,
        Code(List::Layer),
        "职务层次",
        "Leadership layer",
        &["领导职务层次", "职务级别", "现任职务层次"],
    ),
    c(
        Col::Title,
        ReadOnly,
        Text,
        "现任职务",
        "Post",
        &[
            "职务",
            "现职务",
            "职务名称",
            "现任领导职务",
            "领导职务",
            "工作单位及职务",
            "现任党政职务",
            "行政职务",
        ],
    ),
    c(
        Col::PostSince,
        ReadOnly,
        Date,
        "任现职时间",
        "In the post since",
        &[
            "任职时间",
            "现职时间",
            "任现职务时间",
            "现任职务时间",
            "任现职日期",
            "现任职务任职时间",
            "职务任职时间",
            "职务时间",
            "任现职年月",
        ],
    ),
    c(
        Col::PostCounted,
        ReadOnly,
        Date,
        "任同职务层次时间",
        "In the layer since",
        &[
            "任现职务层次时间",
            "任同级职务时间",
            "任同一职务层次时间",
            "任现级别职务时间",
            "同职务层次时间",
            "任相当层次职务时间",
        ],
    ),
    c(
        Col::Rank,
        ReadOnly,
        Code(List::Rank),
        "职级",
        "Rank",
        &["现任职级", "现职级", "职级名称", "公务员职级", "职级职级", "现任职级名称"],
    ),
    c(
        Col::RankSince,
        ReadOnly,
        Date,
        "任现职级时间",
        "In the rank since",
        &[
            "现职级时间",
            "职级任职时间",
            "现任职级时间",
            "晋升现职级时间",
            "职级时间",
            "任职级时间",
            "现职级任职时间",
            "现任职级任职时间",
            "任现职级日期",
            "职级任现职级时间",
        ],
    ),
    c(
        Col::RankCounted,
        ReadOnly,
        Date,
        "任同职级时间",
        "Rank counted from",
        &[
            "任同职级起算时间",
            "任同一职级时间",
            "任同级职级时间",
            "同职级时间",
            "任相当层次职级时间",
            "职级任同职级时间",
            "任现职级或同职级时间",
        ],
    ),
    c(Col::Level, ReadOnly, Number, "级别", "Level", &["工资级别", "公务员级别", "现级别", "级别工资级别"]),
    c(Col::Step, ReadOnly, Number, "档次", "Step", &["工资档次", "级别工资档次", "现档次", "级别档次档次"]),
    c(
        Col::LevelStep,
        ReadOnly,
        Text,
        "级别档次",
        "Level and step",
        &["级别工资", "级别及档次", "级别工资级别档次", "工资级别档次", "级档"],
    ),
    c(
        Col::LevelSince,
        ReadOnly,
        Date,
        "级别档次时间",
        "Level since",
        &["级别时间", "定级时间", "级别起算时间", "现级别时间", "级别执行时间", "任现级别时间"],
    ),
    c(
        Col::Grades,
        ReadOnly,
        Text,
        "年度考核结果",
        "Assessments",
        &[
            "年度考核",
            "年度考核情况",
            "近三年考核结果",
            "近三年年度考核结果",
            "近年考核结果",
            "考核结果",
            "考核情况",
            "历年考核结果",
            "近五年考核结果",
            "近三年年度考核情况",
            "近三年考核情况",
        ],
    ),
    c(Col::FtEducation, ReadOnly, Text, "全日制学历", "Full-time education", &[]),
    c(Col::FtDegree, ReadOnly, Text, "全日制学位", "Full-time degree", &[]),
    c(Col::FtSchool, ReadOnly, Text, "全日制毕业院校系及专业", "Full-time school", &[]),
    c(Col::FtMajor, ReadOnly, Text, "全日制专业", "Full-time major", &[]),
    c(Col::FtDate, ReadOnly, Date, "全日制毕业时间", "Full-time graduation", &[]),
    c(Col::OjEducation, ReadOnly, Text, "在职学历", "On-the-job education", &[]),
    c(Col::OjDegree, ReadOnly, Text, "在职学位", "On-the-job degree", &[]),
    c(Col::OjSchool, ReadOnly, Text, "在职毕业院校系及专业", "On-the-job school", &[]),
    c(Col::OjMajor, ReadOnly, Text, "在职专业", "On-the-job major", &[]),
    c(Col::OjDate, ReadOnly, Date, "在职毕业时间", "On-the-job graduation", &[]),
    c(
        Col::Education,
        ReadOnly,
        Text,
        "学历",
        "Education",
        &["最高学历", "文化程度", "学历层次", "学历学历", "学历名称"],
    ),
    c(Col::Degree, ReadOnly, Text, "学位", "Degree", &["最高学位", "学历学位学位", "学历学位名称"]),
    c(Col::EduBoth, ReadOnly, Text, "学历学位", "Education and degree", &["学历及学位", "最高学历学位"]),
    c(
        Col::School,
        ReadOnly,
        Text,
        "毕业院校系及专业",
        "School",
        &[
            "毕业院校",
            "毕业学校",
            "院校",
            "毕业院校及专业",
            "毕业院校专业",
            "院校系及专业",
            "院校专业",
            "院校及专业",
            "学校",
            "毕业学校及专业",
            "毕业院校系专业",
            "学历毕业院校",
            "学历院校",
            "学历毕业院校系及专业",
        ],
    ),
    c(Col::Major, ReadOnly, Text, "专业", "Major", &["所学专业", "专业名称", "学历专业", "所学专业名称"]),
    c(
        Col::EduDate,
        ReadOnly,
        Date,
        "毕业时间",
        "Graduated on",
        &["毕业日期", "毕业年月", "取得学历时间", "学历毕业时间", "学历取得时间"],
    ),
];

static ORGANS: &[Column] = &[
    c(
        Col::OrganNumber,
        May,
        Text,
        "机构编号",
        "Organ number",
        &["单位编号", "编号", "单位编码", "机构编码", "单位代码", "机构代码"],
    ),
    c(
        Col::OrganName,
        Must,
        Text,
        "机构名称",
        "Organ name",
        &["单位名称", "单位", "机关名称", "名称", "单位全称", "机构全称"],
    ),
    c(
        Col::OrganKind,
        May,
        Code(List::OrganKind),
        "机构类别",
        "Kind of organ",
        &["单位类别", "单位性质", "类别", "机构性质", "机构类型", "单位类型", "机关类别"],
    ),
    c(
        Col::Division,
        May,
        Text,
        "行政区划代码",
        "Division code",
        &["区划代码", "行政区划", "所在政区", "统计用区划代码"],
    ),
    c(
        Col::Establishment,
        May,
        Number,
        "核定编制数",
        "Approved headcount",
        &["编制数", "核定编制", "行政编制数", "编制", "行政编制", "核定行政编制", "编制人数"],
    ),
    c(
        Col::Hardship,
        May,
        Number,
        "艰苦边远地区类别",
        "Hardship class",
        &["艰边类别", "艰苦边远类别", "艰苦边远地区津贴类别"],
    ),
    c(
        Col::AreaBand,
        May,
        Number,
        "乡镇补贴区域档次",
        "Area band",
        &["区域档次", "乡镇工作补贴档次", "补贴档次"],
    ),
];

static FAMILY: &[Column] = &[
    NUMBER,
    ID,
    c(Col::Name, Must, Text, "姓名", "Name", &["本人姓名", "干部姓名", "人员姓名"]),
    c(Col::Relation, May, Text, "称谓", "Relation", &["关系", "与本人关系"]),
    c(Col::MemberName, May, Text, "成员姓名", "Member name", &["家庭成员姓名", "亲属姓名", "家属姓名"]),
    c(
        Col::Birth,
        May,
        Date,
        "成员出生日期",
        "Member date of birth",
        &["出生日期", "出生年月", "成员出生年月", "成员出生时间"],
    ),
    c(Col::Politics, May, Text, "成员政治面貌", "Member political status", &["政治面貌"]),
    c(
        Col::Place,
        May,
        Text,
        "成员工作单位及职务",
        "Member employer and post",
        &["工作单位及职务", "工作单位", "单位及职务"],
    ),
];

/// Effective date with the names that a kind of sheet gives it.
const fn effective(other: &'static [&'static str]) -> Column {
    c(Col::Effective, Must, Date, "生效日期", "Effective", other)
}

const ORGAN: Column = c(
    Col::Organ,
    Must,
    Organ,
    "机构",
    "Organ",
    &[
        "单位",
        "机构名称",
        "单位名称",
        "任职机构",
        "任职单位",
        "工作单位",
        "所在单位",
        "录用单位",
        "录用机关",
        "调入单位",
    ],
);

static RECRUITED: &[Column] = &[
    NUMBER,
    ID,
    NAME,
    c(Col::Act, May, Code(List::RecruitAct), "事项", "Act", &["录用事项"]),
    c(
        Col::Channel,
        May,
        Code(List::Channel),
        "录用渠道",
        "Channel",
        &["录用方式", "招录渠道", "来源渠道", "进入渠道"],
    ),
    ORGAN,
    c(
        Col::YearsInUnit,
        May,
        Number,
        "约定在本单位服务年限",
        "Years promised to the unit",
        &["服务年限", "约定服务年限", "最低服务年限"],
    ),
    effective(&["录用时间", "录用日期", "登记时间", "登记日期"]),
];
static EDUCATED: &[Column] = &[
    NUMBER,
    ID,
    NAME,
    c(Col::Education, Must, Code(List::Education), "学历", "Education", &["学历层次"]),
    c(Col::Degree, May, Code(List::Degree), "学位", "Degree", &[]),
    c(Col::Form, May, Code(List::Form), "教育类别", "Form of study", &["学习形式", "学习方式", "教育类型"]),
    c(
        Col::School,
        May,
        Text,
        "毕业院校及系",
        "School",
        &["毕业院校", "院校", "学校", "毕业学校", "毕业院校系及专业", "毕业院校及专业"],
    ),
    c(Col::Major, May, Text, "专业", "Major", &["所学专业"]),
    effective(&["毕业时间", "毕业日期", "毕业年月", "取得时间"]),
];
static POSTS: &[Column] = &[
    NUMBER,
    ID,
    NAME,
    c(Col::Act, May, Code(List::PostAct), "事项", "Act", &["任免", "任免类别", "任免事项"]),
    c(Col::Layer, May, Code(List::Layer), "职务层次", "Leadership layer", &["领导职务层次"]),
    c(Col::Title, May, Text, "职务名称", "Post", &["职务", "现任职务", "任职职务"]),
    ORGAN,
    c(Col::Concurrent, May, Code(List::YesNo), "是否兼任", "Concurrent", &["兼任"]),
    effective(&["任免时间", "任职时间", "任免日期", "任职日期"]),
];
static RANKED: &[Column] = &[
    NUMBER,
    ID,
    NAME,
    c(Col::Rank, Must, Code(List::Rank), "职级", "Rank", &["职级名称", "晋升职级", "任职级"]),
    effective(&["任职级时间", "任现职级时间", "晋升时间", "任职时间", "晋升日期"]),
];
static GRADED: &[Column] = &[
    NUMBER,
    ID,
    NAME,
    c(Col::Level, Must, Number, "级别", "Level", &["工资级别"]),
    c(Col::Step, Must, Number, "档次", "Step", &["工资档次"]),
    effective(&["执行时间", "执行日期", "起薪时间"]),
];
static ASSESSED: &[Column] = &[
    NUMBER,
    ID,
    NAME,
    c(Col::Year, Must, Number, "考核年度", "Year", &["年度", "年份"]),
    c(
        Col::Grade,
        Must,
        Code(List::Grade),
        "考核结果",
        "Result",
        &["考核等次", "结果", "等次", "年度考核结果"],
    ),
    effective(&["考核时间", "确定时间", "结果确定日期"]),
];
static POSTED: &[Column] = &[NUMBER, ID, NAME, ORGAN, effective(&["调动时间", "调动日期", "调入时间"])];
static SECONDED: &[Column] = &[
    NUMBER,
    ID,
    NAME,
    c(Col::Act, May, Code(List::SecondAct), "事项", "Act", &["借调事项"]),
    c(Col::Kind, May, Code(List::Secondment), "借调类别", "Kind", &["类别", "借调形式"]),
    c(Col::Organ, May, Organ, "借入机构", "Organ in the roster", &["机构"]),
    c(Col::Place, May, Text, "借入单位名称", "Place", &["借入单位", "借调单位", "借调去向"]),
    effective(&["借调时间", "借出日期", "起始时间"]),
];
static SANCTIONED: &[Column] = &[
    NUMBER,
    ID,
    NAME,
    c(Col::Act, May, Code(List::SanctionAct), "事项", "Act", &["处分事项"]),
    c(Col::Kind, May, Code(List::Sanction), "处分种类", "Sanction", &["处分", "处分名称", "处分类别"]),
    c(
        Col::Until,
        May,
        Date,
        "影响期满日期",
        "Effect until",
        &["影响期届满日期", "影响期截止", "处分期满时间"],
    ),
    effective(&["处分时间", "处分日期"]),
];
static REWARDED: &[Column] = &[
    NUMBER,
    ID,
    NAME,
    c(Col::Kind, Must, Code(List::Reward), "奖励种类", "Reward", &["奖励", "奖励名称", "奖励类别"]),
    effective(&["奖励时间", "奖励日期"]),
];
static TRAINED: &[Column] = &[
    NUMBER,
    ID,
    NAME,
    c(Col::Kind, Must, Code(List::Training), "培训类别", "Kind of training", &["培训种类"]),
    c(Col::Days, May, Number, "培训天数", "Days", &["天数"]),
    c(Col::Hours, May, Number, "学时", "Hours", &["培训学时"]),
    c(Col::OffJob, May, Code(List::YesNo), "是否脱产", "Off the job", &["脱产"]),
    c(Col::Passed, May, Code(List::YesNo), "是否合格", "Passed", &["合格", "考核是否合格"]),
    effective(&["结业日期", "结束时间", "结业时间", "培训结束时间"]),
];
static ON_LEAVE: &[Column] = &[
    NUMBER,
    ID,
    NAME,
    c(Col::Kind, Must, Code(List::Leave), "休假类别", "Kind of leave", &["假别", "休假种类", "请假类别"]),
    c(Col::Days, Must, Number, "休假天数", "Days", &["天数", "请假天数"]),
    effective(&["开始日期", "起始时间", "开始时间", "休假时间"]),
];
static WORKED: &[Column] = &[
    NUMBER,
    ID,
    NAME,
    c(Col::Kind, Must, Code(List::Work), "经历类别", "Kind of work", &["经历种类", "工作类别"]),
    c(Col::Place, May, Text, "单位及职务", "Employer and post", &["工作单位及职务", "单位职务", "工作单位"]),
    c(Col::To, May, Date, "结束次日", "First day after", &["截止日期", "结束时间", "截止时间", "终止日期"]),
    effective(&["开始日期", "起始时间", "开始时间", "起始日期"]),
];
static LEFT: &[Column] = &[
    NUMBER,
    ID,
    NAME,
    c(Col::Kind, Must, Code(List::Exit), "离任原因", "Reason", &["离职原因", "减少原因", "离开原因", "原因"]),
    effective(&["离任时间", "离任日期", "离职时间", "减少时间"]),
];
static VOIDED: &[Column] = &[NUMBER, ID, NAME, effective(&["撤销日期"])];

/// What every sheet of events has after its own columns.
static EVENT_TAIL: &[Column] = &[
    c(Col::Approved, May, Date, "批准日期", "Approved", &["审批日期", "批准时间", "审批时间"]),
    c(
        Col::CountedFrom,
        May,
        Date,
        "起算日期",
        "Counted from",
        &["起算时间", "任同职级时间", "任同职级起算时间"],
    ),
    c(Col::Recorded, May, Date, "记录日期", "Recorded", &["登记日期", "录入日期", "记录时间"]),
    c(
        Col::Document,
        May,
        Text,
        "文号",
        "Document number",
        &["任职文号", "批准文号", "文件号", "发文字号", "任免文号", "录用文号"],
    ),
    c(Col::Basis, May, Text, "依据", "Basis", &["政策依据", "法律依据", "批准依据"]),
    c(Col::EventNumber, May, Number, "事件编号", "Event number", &["事项编号"]),
    c(Col::Amends, May, Number, "更正事件编号", "Amends event", &["更正编号", "更正事项编号"]),
];

impl SheetKind {
    /// The columns of its own.
    fn own(self) -> &'static [Column] {
        match self {
            SheetKind::People | SheetKind::Roster => PEOPLE,
            SheetKind::Organs => ORGANS,
            SheetKind::Family => FAMILY,
            SheetKind::Recruited => RECRUITED,
            SheetKind::Educated => EDUCATED,
            SheetKind::Posts => POSTS,
            SheetKind::Ranked => RANKED,
            SheetKind::Graded => GRADED,
            SheetKind::Assessed => ASSESSED,
            SheetKind::Posted => POSTED,
            SheetKind::Seconded => SECONDED,
            SheetKind::Sanctioned => SANCTIONED,
            SheetKind::Rewarded => REWARDED,
            SheetKind::Trained => TRAINED,
            SheetKind::OnLeave => ON_LEAVE,
            SheetKind::Worked => WORKED,
            SheetKind::Left => LEFT,
            SheetKind::Voided => VOIDED,
            SheetKind::Codes
            | SheetKind::Instructions
            | SheetKind::Hidden
            | SheetKind::Empty
            | SheetKind::Unknown => &[],
        }
    }

    /// Its columns, in the order that we write them.
    pub fn columns(self) -> impl Iterator<Item = &'static Column> {
        let tail: &[Column] = if self.is_event() { EVENT_TAIL } else { &[] };
        self.own().iter().chain(tail)
    }

    /// The column of a meaning.
    pub fn column(self, col: Col) -> Option<&'static Column> {
        self.columns().find(|c| c.col == col)
    }

    /// What a header means in a sheet of this kind; the header [`fold`]ed.
    pub fn meaning(self, header: &str) -> Option<&'static Column> {
        static MAPS: LazyLock<Vec<HashMap<String, &'static Column>>> = LazyLock::new(|| {
            SheetKind::READ
                .iter()
                .map(|kind| {
                    let mut map = HashMap::new();
                    for column in kind.columns() {
                        // The first to claim a spelling has it: a sheet's own columns go before the common ones.
                        for name in [column.zh, column.en].iter().chain(column.other) {
                            map.entry(fold(name)).or_insert(column);
                        }
                    }
                    map
                })
                .collect()
        });
        let at = SheetKind::READ.iter().position(|k| *k == self)?;
        MAPS.get(at)?.get(header).copied()
    }
}

/// A header without what does not count in it: width, case, spaces, line ends, marks of obligation.
pub fn fold(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            other => other,
        })
        .filter(|c| {
            !c.is_whitespace()
                && !matches!(
                    c,
                    '*' | ':' | '、' | '/' | '\u{200b}' | '\u{feff}' | '★' | '▲' | '"' | '“' | '”' | '_'
                )
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// A folded header without what stands in brackets.
pub fn without_brackets(text: &str) -> String {
    let mut depth = 0u32;
    text.chars()
        .filter(|c| match c {
            '(' | '[' | '【' => {
                depth += 1;
                false
            }
            ')' | ']' | '】' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_spellings_apart() {
        for kind in SheetKind::READ {
            let mut seen: HashMap<String, Col> = HashMap::new();
            for column in kind.columns() {
                for name in [column.zh, column.en] {
                    let old = seen.insert(fold(name), column.col);
                    assert!(old.is_none(), "{kind:?}: {name} heads {old:?} and {:?}", column.col);
                }
                assert_eq!(
                    kind.meaning(&fold(column.zh)).map(|c| c.col),
                    Some(column.col),
                    "{kind:?} {}",
                    column.zh
                );
                assert_eq!(
                    kind.meaning(&fold(column.en)).map(|c| c.col),
                    Some(column.col),
                    "{kind:?} {}",
                    column.en
                );
            }
        }
    }

    #[test]
    fn headers_are_folded() {
        assert_eq!(fold("＊身　份\n证号："), "身份证号");
        assert_eq!(without_brackets(&fold("出生年月（岁）")), "出生年月");
    }
}
