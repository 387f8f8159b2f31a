//! What a column heading means: a lexicon with scores, and the search for the header row.
//!
//! A heading is known by its exact words, or by the words that it holds; a window of one to three rows is a header
//! when its headings name the number of recruits, an organ or post, and some demand. Merged two- and three-line
//! headings are read from the bottom, with the line above put in front where the bottom one alone says too little.

use serde::Serialize;

use super::book::{Row, Sheet};
use super::fault::Missing;
use super::text::squeeze;

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// What a column holds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Field { $($(#[$doc])* $name),+ }
    };
}

fields! {
    /// A running number.
    Serial,
    /// The recruiting organ.
    Organ,
    /// The organ's code.
    OrganCode,
    /// The unit within or beneath it.
    Unit,
    /// The unit's code.
    UnitCode,
    /// Tier of the organ.
    Level,
    /// Region or examination area.
    Area,
    /// County of the post.
    County,
    /// Name of the post.
    Title,
    /// Code of the post.
    Code,
    /// Category of the post or of its examination.
    Category,
    /// How many are recruited.
    Recruits,
    /// Age.
    Age,
    /// Sex.
    Sex,
    /// Ethnic group.
    Ethnic,
    /// Education.
    Education,
    /// Full-time or not.
    StudyForm,
    /// Degree.
    Degree,
    /// Education and degree in one column.
    EducationDegree,
    /// Majors at any level.
    Major,
    /// Majors of postgraduates.
    MajorPostgraduate,
    /// Majors of bachelors.
    MajorBachelor,
    /// Majors of junior colleges.
    MajorCollege,
    /// Work experience.
    Experience,
    /// Fresh graduates.
    Fresh,
    /// Who may apply.
    Target,
    /// Reserved for programme staff.
    Programme,
    /// Reserved for veterans.
    Veteran,
    /// Household or origin.
    Household,
    /// Political status.
    Political,
    /// Service term.
    ServiceTerm,
    /// Other demands and remarks.
    Remark,
    /// Known, and no demand on an applicant's file: kept as it stands.
    Kept,
    /// Not known: kept as it stands.
    Other,
}

struct Entry {
    field: Field,
    exact: &'static [&'static str],
    /// Any of these groups, all words of the group.
    has: &'static [&'static [&'static str]],
    not: &'static [&'static str],
}

const NONE: &[&str] = &[];

/// The lexicon. Where two entries score the same, the earlier one wins.
const LEXICON: &[Entry] = &[
    Entry {
        field: Field::Kept,
        exact: &[
            "面试比例",
            "开考比例",
            "入围比例",
            "招考比例",
            "面试人员比例",
            "进入面试比例",
            "计划录用人数与面试人选比例",
            "面试人数",
            "体检标准",
            "部门网站",
            "网址",
            "单位网址",
            "联系人",
            "体检人数",
            "是否进行体能测评",
            "职位简介",
            "职位描述",
            "职位说明",
            "工作内容",
            "岗位职责",
            "主要职责",
            "岗位描述",
            "职位职责",
            "工作职责",
            "岗位简介",
            "从事工作",
            "岗位说明",
            "工作描述",
            "机构性质",
            "单位性质",
            "机关性质",
            "机构类别",
            "单位类别",
            "机关类别",
            "职位分布",
            "监督电话",
            "电子邮箱",
            "通讯地址",
            "单位地址",
            "地址",
            "经费形式",
            "编制性质",
            "工资待遇",
        ],
        has: &[
            &["比例"],
            &["电话"],
            &["网站"],
            &["测评"],
            &["能力测试"],
            &["体检"],
            &["体能"],
            &["专业科目"],
            &["加试"],
            &["专业考试"],
            &["咨询"],
            &["面试", "人选"],
            &["邮箱"],
            &["职位", "简介"],
            &["职位", "职责"],
            &["岗位", "职责"],
            &["机构性质"],
            &["单位性质"],
            &["公示"],
        ],
        not: &["要求条件"],
    },
    Entry {
        field: Field::Serial,
        exact: &["序号", "编号", "序", "No", "NO.", "号", "行号"],
        has: &[],
        not: NONE,
    },
    Entry {
        field: Field::Recruits,
        exact: &[
            "录用人数",
            "招录人数",
            "招考人数",
            "招聘人数",
            "计划数",
            "录用计划",
            "招录计划",
            "招考计划",
            "拟录用人数",
            "计划录用人数",
            "招录名额",
            "名额",
            "人数",
            "计划人数",
            "招录数",
            "拟招人数",
            "职位计划数",
            "录用名额",
            "指标数",
            "招收人数",
            "需求人数",
            "招录指标",
            "招考名额",
            "录用计划数",
            "招录计划数",
            "招考计划数",
            "拟录人数",
            "招考数量",
            "招录数量",
            "计划招录人数",
            "计划招考人数",
            "拟录用名额",
            "拟录用计划",
            "招录职数",
            "职位人数",
            "岗位人数",
            "招聘名额",
            "选调人数",
            "选调计划",
            "选调名额",
            "人数(名)",
            "计划",
        ],
        has: &[
            &["录用", "人数"],
            &["招录", "人数"],
            &["招考", "人数"],
            &["招聘", "人数"],
            &["录用", "计划"],
            &["招录", "计划"],
            &["招考", "计划"],
            &["录用", "名额"],
            &["招录", "名额"],
            &["招考", "名额"],
            &["拟", "人数"],
            &["计划", "人数"],
            &["计划", "名额"],
        ],
        not: &[
            "面试", "比例", "入围", "报名", "体检", "现有", "备注", "代码", "类别", "说明",
        ],
    },
    Entry {
        field: Field::OrganCode,
        exact: &[
            "单位代码",
            "部门代码",
            "机关代码",
            "招录机关代码",
            "招考单位代码",
            "招录单位代码",
            "招考部门代码",
            "招录部门代码",
            "主管部门代码",
            "机构代码",
            "单位编码",
            "机关编码",
            "部门编码",
            "单位编号",
            "招考机关代码",
            "单位序号",
            "主管机关代码",
        ],
        has: &[
            &["机关", "代码"],
            &["单位", "代码"],
            &["部门", "代码"],
            &["机构", "代码"],
            &["单位", "编码"],
        ],
        not: &["用人", "名称", "职位", "岗位", "专业", "下属"],
    },
    Entry {
        field: Field::UnitCode,
        exact: &["用人单位代码", "用人部门代码", "用人司局代码"],
        has: &[&["用人", "代码"], &["下属", "代码"]],
        not: &["名称"],
    },
    Entry {
        field: Field::Code,
        exact: &[
            "职位代码",
            "职位编码",
            "岗位代码",
            "职位编号",
            "职位代号",
            "岗位编码",
            "岗位编号",
            "职位代码编号",
            "职位序号",
            "报考代码",
            "职位码",
            "岗位代号",
            "招考职位代码",
            "招录职位代码",
            "职务代码",
            "报考职位代码",
            "职位识别码",
        ],
        has: &[
            &["职位", "代码"],
            &["职位", "编码"],
            &["职位", "编号"],
            &["岗位", "代码"],
            &["岗位", "编码"],
            &["岗位", "编号"],
            &["职位", "代号"],
        ],
        not: &["名称及", "专业"],
    },
    Entry {
        field: Field::Level,
        exact: &[
            "机构层级",
            "机关层级",
            "单位层级",
            "层级",
            "招录机关层级",
            "隶属关系",
            "机关级别",
            "单位级别",
            "机构级别",
            "机构规格",
            "职位层级",
            "行政层级",
            "招考层级",
            "机关层次",
            "单位层次",
            "级别",
            "所属层级",
            "招录层级",
            "行政级别",
        ],
        has: &[
            &["机构", "层级"],
            &["机关", "层级"],
            &["单位", "层级"],
            &["机关", "级别"],
            &["单位", "级别"],
            &["隶属"],
        ],
        not: &["职务", "职级"],
    },
    Entry {
        field: Field::Unit,
        exact: &[
            "用人单位",
            "用人单位名称",
            "用人司局",
            "用人部门",
            "内设机构",
            "所属单位",
            "用人处室",
            "下属单位",
            "内设机构名称",
            "具体单位",
            "所属机构",
            "具体用人单位",
            "用人机关",
            "职位所在单位",
            "职位所属单位",
            "岗位所在单位",
            "基层单位",
            "使用单位",
            "内设处室",
            "科室",
            "职位所在机构",
            "二级单位",
            "下设单位",
            "处室",
            "所在部门",
            "用人部门名称",
            "乡镇",
            "乡镇名称",
            "乡镇(街道)",
            "街道(乡镇)",
            "镇街",
            "乡镇街道",
        ],
        has: &[
            &["用人", "单位"],
            &["用人", "部门"],
            &["用人", "司局"],
            &["内设", "机构"],
            &["下属", "单位"],
            &["用人", "机关"],
        ],
        not: &["代码", "人数", "性质", "层级", "电话", "要求"],
    },
    Entry {
        field: Field::Organ,
        exact: &[
            "招录机关",
            "招考单位",
            "招录单位",
            "部门名称",
            "主管部门",
            "单位名称",
            "机关名称",
            "招考机关",
            "录用机关",
            "主管机关",
            "招考部门",
            "招录部门",
            "招录机关名称",
            "招考单位名称",
            "招录单位名称",
            "单位",
            "部门",
            "机关",
            "机构名称",
            "招录机关单位",
            "招考部门名称",
            "招录部门名称",
            "主管部门名称",
            "主管单位",
            "报考单位",
            "报考部门",
            "录用单位",
            "招聘单位",
            "选调单位",
            "招考机关名称",
            "招录(聘)单位",
            "报考机关",
            "招录机关(单位)",
            "招录机关(单位)名称",
            "机关(单位)名称",
            "机关单位名称",
            "系统名称",
            "主管单位名称",
            "招考单位(部门)",
            "招录系统",
            "系统",
        ],
        has: &[
            &["招录", "机关"],
            &["招录", "单位"],
            &["招考", "单位"],
            &["招考", "机关"],
            &["招考", "部门"],
            &["招录", "部门"],
            &["单位", "名称"],
            &["机关", "名称"],
            &["部门", "名称"],
            &["录用", "机关"],
            &["录用", "单位"],
            &["主管", "部门"],
            &["主管", "机关"],
        ],
        not: &[
            "代码", "编码", "人数", "性质", "层级", "级别", "电话", "要求", "网站", "职位", "类别",
            "计划", "条件", "服务", "地址", "地点",
        ],
    },
    Entry {
        field: Field::County,
        exact: &[
            "县区",
            "县(市、区)",
            "县市区",
            "区县",
            "县(区)",
            "区(县)",
            "所在县",
            "县(市、区)名称",
            "区(市)县",
            "所属县区",
            "区市县",
            "旗县区",
            "旗县",
            "县",
            "县(市区)",
            "所属县(市、区)",
            "县级",
        ],
        has: &[&["县(市", "区)"]],
        not: &["户籍", "生源", "要求", "层级"],
    },
    Entry {
        field: Field::Area,
        exact: &[
            "考区",
            "地区",
            "所在地区",
            "所属地区",
            "地市",
            "市州",
            "设区市",
            "所属市",
            "市",
            "所属地市",
            "工作地点",
            "区划",
            "行政区划",
            "地区名称",
            "招录地区",
            "市(州)",
            "州市",
            "州(市)",
            "盟市",
            "地(市)",
            "所在地",
            "所属区域",
            "区域",
            "工作地",
            "单位所在地",
            "职位所在地",
            "所在城市",
            "城市",
            "省份",
            "省",
            "地级市",
            "所属设区市",
            "报考地区",
            "职位所属地区",
            "考点",
            "地域",
            "市(地)",
            "招考地区",
            "岗位所在地",
            "职位工作地点",
            "地市(单位)",
            "地州市",
            "报考区域",
            "落户地点",
            "所属州市",
        ],
        has: &[
            &["工作", "地点"],
            &["所属", "地区"],
            &["所在", "地区"],
            &["行政", "区划"],
        ],
        not: &["户籍", "生源", "落户", "要求"],
    },
    Entry {
        field: Field::Category,
        exact: &[
            "职位类型",
            "职位类别",
            "职位属性",
            "考试类别",
            "报考类别",
            "试卷类别",
            "笔试类别",
            "职位性质",
            "岗位类别",
            "考试类型",
            "招录类别",
            "申论类别",
            "公务员类别",
            "试卷类型",
            "招考类别",
            "职位分类",
            "岗位类型",
            "职务类别",
            "卷种",
            "笔试科目",
            "考试科目",
            "试卷",
            "科目",
            "笔试类型",
            "考试类",
            "类别",
            "职务层级",
            "职务层次",
            "职级层次",
            "职务职级",
            "职级",
            "拟任职级",
            "拟任职务",
            "职位等级",
            "录用职级",
            "公共科目笔试类别",
            "考录类别",
            "岗位属性",
            "招录职级",
            "拟定职级",
            "职级(职务)",
            "录用职务职级",
            "职位等次",
        ],
        has: &[
            &["考试", "类别"],
            &["职位", "类别"],
            &["职位", "类型"],
            &["职位", "属性"],
            &["职位", "性质"],
            &["试卷", "类"],
            &["笔试", "类"],
            &["申论", "类"],
            &["笔试", "科目"],
            &["考试", "科目"],
            &["岗位", "类别"],
            &["职级"],
        ],
        not: &["专业要求", "人数", "名称", "定向"],
    },
    Entry {
        field: Field::Fresh,
        exact: &[
            "是否限应届毕业生报考",
            "是否应届",
            "应届毕业生",
            "是否限应届",
            "是否限应届毕业生",
            "是否应届毕业生",
            "应届",
            "应届要求",
            "应届生",
            "是否应届生",
            "应届毕业生要求",
            "是否限应届高校毕业生",
            "是否面向应届毕业生",
            "应往届",
            "应届/往届",
            "应届往届",
        ],
        has: &[&["应届"]],
        not: &["年龄", "人数", "说明"],
    },
    Entry {
        field: Field::Programme,
        exact: &[
            "服务基层项目工作经历",
            "服务基层项目",
            "是否服务基层项目人员",
            "服务基层项目人员",
            "是否服务基层项目",
            "基层项目",
            "是否面向服务基层项目人员",
            "是否定向招录服务基层项目人员",
            "服务基层项目经历",
            "基层服务项目",
            "项目人员",
            "是否定向服务基层项目人员",
            "四项目人员",
            "是否项目生",
            "是否面向项目生",
        ],
        has: &[
            &["服务基层", "项目"],
            &["基层服务", "项目"],
            &["项目人员"],
            &["三支一扶"],
            &["村官"],
            &["项目生"],
        ],
        not: &["加分", "说明"],
    },
    Entry {
        field: Field::Veteran,
        exact: &[
            "是否面向退役军人",
            "退役军人",
            "退役士兵",
            "是否退役大学生士兵",
        ],
        has: &[&["退役"]],
        not: &["加分", "项目"],
    },
    Entry {
        field: Field::Experience,
        exact: &[
            "是否要求2年以上基层工作经历",
            "基层工作最低年限",
            "基层工作经历",
            "工作经历要求",
            "基层工作年限",
            "基层工作经历最低年限",
            "工作经历",
            "工作年限",
            "基层工作经验",
            "基层工作经历要求",
            "工作经验",
            "基层经历",
            "最低基层工作年限",
            "基层工作年限要求",
            "工作年限要求",
            "最低工作年限",
            "基层工作最低年限要求",
            "是否要求基层工作经历",
            "经历要求",
            "基层工作",
            "工作经验要求",
            "基层工作时间",
        ],
        has: &[
            &["基层", "经历"],
            &["基层工作", "年限"],
            &["工作", "经历"],
            &["工作", "经验"],
        ],
        not: &["项目"],
    },
    Entry {
        field: Field::ServiceTerm,
        exact: &[
            "最低服务年限",
            "服务年限",
            "服务期",
            "最低服务期限",
            "服务期限",
            "服务年限要求",
            "最低服务年限要求",
            "最低服务期",
            "服务期要求",
            "最低工作期限",
            "在本单位最低服务年限",
            "约定服务年限",
        ],
        has: &[&["服务", "年限"], &["服务期"]],
        not: &["基层项目"],
    },
    Entry {
        field: Field::Target,
        exact: &[
            "招录对象",
            "招考对象",
            "报考对象",
            "招录范围",
            "招考范围",
            "报考范围",
            "招聘对象",
            "是否定向",
            "是否定向招录",
            "定向招录",
            "定向",
            "定向情况",
            "专门职位",
            "招录类型",
            "面向对象",
            "招录方式",
            "定向类型",
            "定向类别",
            "是否专门职位",
            "专项计划",
            "是否专项",
            "招考类型",
            "定向要求",
            "职位招录对象",
            "是否定向职位",
            "定向职位",
            "选调对象",
            "特殊职位",
            "身份要求",
            "人员身份",
            "人员类别",
            "人员类型",
            "报考人员类别",
            "报考身份",
            "考生类别",
            "身份",
            "定向招录对象",
            "专项招录",
            "招录人员类别",
            "是否面向村干部",
            "定向招录类型",
            "招考人员类型",
            "考生身份",
            "招录群体",
        ],
        has: &[
            &["招录", "对象"],
            &["招考", "对象"],
            &["报考", "对象"],
            &["定向"],
            &["专项"],
            &["招录", "范围"],
            &["招考", "范围"],
            &["村干部"],
            &["报考", "身份"],
        ],
        not: &["人数", "服务年限"],
    },
    Entry {
        field: Field::Household,
        exact: &[
            "户籍",
            "户籍要求",
            "生源",
            "户籍(生源)要求",
            "户籍或生源地要求",
            "地域要求",
            "生源地",
            "户籍所在地",
            "户籍生源要求",
            "生源要求",
            "户口要求",
            "户籍或生源要求",
            "户籍(生源)",
            "生源或户籍要求",
            "户籍限制",
            "户籍生源",
            "户籍范围",
            "户口",
            "户籍地",
            "生源地要求",
            "生源户籍",
        ],
        has: &[&["户籍"], &["生源"], &["户口"]],
        not: NONE,
    },
    Entry {
        field: Field::Political,
        exact: &[
            "政治面貌",
            "政治面貌要求",
            "政治面目",
            "党派",
            "是否要求中共党员",
            "是否中共党员",
            "党员要求",
            "是否党员",
        ],
        has: &[&["政治面"], &["党员"]],
        not: NONE,
    },
    Entry {
        field: Field::MajorPostgraduate,
        exact: &[
            "研究生专业",
            "研究生专业名称及代码",
            "研究生专业要求",
            "研究生",
            "硕士研究生专业",
            "专业要求研究生",
            "研究生学历专业要求",
            "专业研究生",
            "研究生(硕士、博士)专业",
            "硕士专业",
            "博士专业",
            "专业(研究生)",
            "专业要求(研究生)",
        ],
        has: &[&["研究生", "专业"], &["硕士", "专业"], &["博士", "专业"]],
        not: &["本科专业", "大专专业", "人数"],
    },
    Entry {
        field: Field::MajorBachelor,
        exact: &[
            "本科专业",
            "本科专业名称及代码",
            "本科专业要求",
            "专业要求本科",
            "大学本科专业",
            "本科",
            "本科学历专业要求",
            "专业本科",
            "专业(本科)",
            "专业要求(本科)",
        ],
        has: &[&["本科", "专业"]],
        not: &["研究生", "大专", "专科专业", "人数"],
    },
    Entry {
        field: Field::MajorCollege,
        exact: &[
            "大专专业",
            "大专专业名称及代码",
            "专科专业",
            "专科专业要求",
            "大专专业要求",
            "专业要求大专",
            "专业要求专科",
            "大学专科专业",
            "高职高专专业",
            "大专",
            "专科",
            "专业大专",
            "专业专科",
            "专业(大专)",
            "专业(专科)",
            "大专(高职)专业",
            "专业要求(专科)",
            "专业要求(大专)",
        ],
        has: &[&["大专", "专业"], &["专科", "专业"], &["高职", "专业"]],
        not: &["研究生", "本科", "人数"],
    },
    Entry {
        field: Field::EducationDegree,
        exact: &[
            "学历学位",
            "学历及学位",
            "学历学位要求",
            "学历(学位)",
            "学历、学位",
            "学历(学位)要求",
            "学历及学位要求",
            "学历和学位",
            "学历、学位要求",
            "学历/学位",
            "学历或学位要求",
            "学历学位条件",
            "最低学历学位",
            "学历与学位",
        ],
        has: &[&["学历", "学位"]],
        not: &["专业", "性质", "类别"],
    },
    Entry {
        field: Field::StudyForm,
        exact: &[
            "学历性质",
            "学历类别",
            "学历类型",
            "教育形式",
            "是否全日制",
            "教育类型",
            "培养方式",
            "学历形式",
            "学习形式",
            "学制",
            "学历性质要求",
            "院校类型",
            "教育类别",
            "培养类型",
            "学习方式",
            "毕业院校要求",
            "毕业院校",
            "学校要求",
            "院校要求",
            "学历培养方式",
            "是否要求全日制",
            "高校类型",
        ],
        has: &[
            &["全日制"],
            &["学历", "性质"],
            &["学历", "类别"],
            &["教育", "形式"],
            &["学历", "类型"],
            &["毕业院校"],
        ],
        not: &["专业要求"],
    },
    Entry {
        field: Field::Education,
        exact: &[
            "学历",
            "学历要求",
            "最低学历",
            "学历条件",
            "文化程度",
            "学历层次",
            "学历范围",
            "最低学历要求",
            "学历下限",
            "学历水平",
            "学历层次要求",
            "学历资格",
            "报考学历",
            "所需学历",
            "受教育程度",
        ],
        has: &[&["学历"]],
        not: &["学位", "专业", "性质", "类"],
    },
    Entry {
        field: Field::Degree,
        exact: &[
            "学位",
            "学位要求",
            "最低学位",
            "学位条件",
            "学位层次",
            "学位范围",
            "学士学位",
        ],
        has: &[&["学位"]],
        not: &["学历", "专业"],
    },
    Entry {
        field: Field::Major,
        exact: &[
            "专业",
            "专业要求",
            "所学专业",
            "专业(学科)类别",
            "专业条件",
            "专业名称",
            "专业名称及代码",
            "学科专业",
            "所需专业",
            "专业类别",
            "专业范围",
            "专业(学科)",
            "专业限制",
            "专业及代码",
            "所学专业要求",
            "专业学科",
            "学科(专业)",
            "专业需求",
            "专业资格",
            "专业名称(代码)",
        ],
        has: &[
            &["专业", "要求"],
            &["专业", "类别"],
            &["所学", "专业"],
            &["专业", "名称"],
            &["专业", "条件"],
            &["学历", "专业"],
        ],
        not: &["技术", "职称", "资格证", "测试", "能力", "考试", "科目"],
    },
    Entry {
        field: Field::Age,
        exact: &[
            "年龄",
            "年龄要求",
            "年龄条件",
            "报考年龄",
            "年龄限制",
            "年龄上限",
            "年龄范围",
            "最高年龄",
            "年龄(周岁)",
            "出生日期要求",
            "出生年月",
        ],
        has: &[&["年龄"]],
        not: NONE,
    },
    Entry {
        field: Field::Sex,
        exact: &["性别", "性别要求", "性别限制", "男女"],
        has: &[&["性别"]],
        not: NONE,
    },
    Entry {
        field: Field::Ethnic,
        exact: &["民族", "民族要求", "族别", "民族条件"],
        has: &[&["民族"]],
        not: &["单位", "机关"],
    },
    Entry {
        field: Field::Title,
        exact: &[
            "招考职位",
            "职位名称",
            "职位",
            "岗位名称",
            "招录职位",
            "招考岗位",
            "职务名称",
            "报考职位",
            "招录职位名称",
            "招考职位名称",
            "岗位",
            "招录岗位",
            "职位(岗位)名称",
            "拟任职位",
            "拟录用职位",
            "招聘岗位",
            "职务",
            "职位名",
            "招考职务",
            "选调职位",
            "招录岗位名称",
            "职位名称及代码",
            "岗位名称及代码",
            "招考岗位名称",
        ],
        has: &[
            &["职位", "名称"],
            &["岗位", "名称"],
            &["招考", "职位"],
            &["招录", "职位"],
            &["职务", "名称"],
        ],
        not: &["人数", "代码", "条件", "要求", "类别", "计划"],
    },
    Entry {
        field: Field::Code,
        exact: &["代码", "编码"],
        has: &[],
        not: NONE,
    },
    Entry {
        field: Field::Remark,
        exact: &[
            "其他要求",
            "其他条件",
            "其他资格条件",
            "其它要求",
            "其它条件",
            "其他",
            "其它",
            "备注",
            "说明",
            "职位要求",
            "资格条件",
            "报考条件",
            "招录条件",
            "其他报考条件",
            "特殊要求",
            "报考资格条件",
            "附加条件",
            "其他报考资格条件",
            "职位条件",
            "岗位要求",
            "其他资格要求",
            "要求",
            "条件",
            "其他说明",
            "补充说明",
            "与职位相关的其他条件",
            "其他有关要求",
            "限制条件",
            "其他招考条件",
            "岗位条件",
            "报考要求",
            "招考条件",
            "特殊条件",
            "任职条件",
            "资格要求",
            "其他备注",
            "备注说明",
            "任职要求",
            "职业资格",
            "职称",
            "专业技术资格",
            "资格证书",
            "职业资格要求",
            "外语要求",
            "计算机要求",
            "外语等级",
            "司法考试",
            "证书要求",
            "资格证书要求",
            "职(执)业资格",
            "基本条件",
            "招录资格条件",
            "所需资格条件",
            "技术资格",
        ],
        has: &[
            &["其他", "条件"],
            &["其他", "要求"],
            &["其它", "条件"],
            &["其它", "要求"],
            &["资格", "条件"],
            &["备注"],
            &["报考", "条件"],
            &["招考", "条件"],
            &["招录", "条件"],
            &["报考", "要求"],
            &["资格", "证"],
            &["职业资格"],
            &["职称"],
            &["特殊", "要求"],
        ],
        not: &["代码", "人数"],
    },
];

/// What one heading means, and how surely: 10 for its exact words, 9 without the brackets, 5 by the words it holds.
pub(super) fn meaning(heading: &str) -> (Field, u8) {
    let text: String = squeeze(heading)
        .chars()
        .filter(|c| !matches!(c, ':' | '*' | '"' | '“' | '”' | '、' | ',' | '。' | '|'))
        .collect();
    if text.is_empty() || text.chars().count() > 40 {
        return (Field::Other, 0);
    }
    let bare = without_brackets(&text);
    let mut best = (Field::Other, 0);
    for entry in LEXICON {
        let score = if entry
            .exact
            .iter()
            .any(|e| text.eq_ignore_ascii_case(&e.replace('、', "")))
        {
            10
        } else if !bare.is_empty() && entry.exact.contains(&bare.as_str()) {
            9
        } else if !entry.not.iter().any(|n| text.contains(n))
            && text.chars().count() <= 30
            && entry
                .has
                .iter()
                .any(|all| all.iter().all(|word| text.contains(word)))
        {
            5
        } else {
            0
        };
        if score > best.1 {
            best = (entry.field, score);
        }
    }
    best
}

fn without_brackets(text: &str) -> String {
    let mut out = String::new();
    let mut depth = 0u32;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// One column of a header.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    pub column: u32,
    pub field: Field,
    pub score: u8,
    pub text: String,
}

/// A header that was found.
#[derive(Clone, Debug)]
pub(super) struct Header {
    /// Row number of its last line.
    pub row: u32,
    /// Row number of its first line.
    pub first_row: u32,
    pub columns: Vec<Heading>,
    pub score: u32,
}

impl Header {
    /// The columns of a field, from the left.
    pub fn all(&self, field: Field) -> impl Iterator<Item = &Heading> {
        self.columns.iter().filter(move |h| h.field == field)
    }

    /// The first column of a field.
    pub fn first(&self, field: Field) -> Option<&Heading> {
        self.all(field).next()
    }

    pub fn has(&self, field: Field) -> bool {
        self.first(field).is_some()
    }

    fn names_a_post(&self) -> bool {
        [Field::Organ, Field::Unit, Field::Title, Field::Code]
            .iter()
            .any(|f| self.has(*f))
    }

    fn demands(&self) -> usize {
        use Field::*;
        [
            Education,
            Degree,
            EducationDegree,
            Major,
            MajorBachelor,
            MajorPostgraduate,
            MajorCollege,
            Age,
            Sex,
            Experience,
            Fresh,
            Target,
            Programme,
            Veteran,
            Household,
            Political,
            ServiceTerm,
            Remark,
            StudyForm,
        ]
        .iter()
        .filter(|f| self.has(**f))
        .count()
    }

    /// Whether it is the header of a table of posts.
    pub fn is_post_table(&self) -> bool {
        // Without any demand it may be a count by organ: only organ and post together show a table of posts,
        // whose demands then stand in a second one.
        let whole = (self.has(Field::Organ) || self.has(Field::Unit))
            && (self.has(Field::Title) || self.has(Field::Code));
        self.has(Field::Recruits)
            && self.names_a_post()
            && (self.demands() >= 1 || whole)
            && self.known() >= 4
    }

    /// Whether it is the header of a second table, whose rows are joined to the posts by their code.
    pub fn is_second_table(&self) -> bool {
        !self.has(Field::Recruits)
            && self.has(Field::Code)
            && self.demands() >= 1
            && self.known() >= 3
    }

    /// How many different fields it names.
    pub fn known(&self) -> usize {
        let mut fields: Vec<Field> = self
            .columns
            .iter()
            .filter(|h| !matches!(h.field, Field::Other | Field::Kept))
            .map(|h| h.field)
            .collect();
        fields.sort();
        fields.dedup();
        fields.len()
    }

    /// What a post table needs and this header lacks.
    pub fn missing(&self) -> Vec<Missing> {
        let mut missing = Vec::new();
        if !self.has(Field::Recruits) {
            missing.push(Missing::Recruits);
        }
        if !self.names_a_post() {
            missing.push(Missing::Organ);
        }
        if self.demands() == 0 {
            missing.push(Missing::Demand);
        }
        missing
    }
}

/// Headings read from `height` rows that end at the row in place `at`.
fn window(rows: &[Row], at: usize, height: usize) -> Option<Header> {
    let lines = rows.get(at + 1 - height..=at)?;
    let bottom = lines.last()?;
    // A row with a number in a cell of its own is a row of data.
    if lines
        .iter()
        .flat_map(|r| &r.cells)
        .any(|(_, c)| is_number(&c.text))
    {
        return None;
    }
    let width = lines
        .iter()
        .filter_map(|r| r.cells.last().map(|(c, _)| c + 1))
        .max()?
        .min(512);
    let mut columns = Vec::new();
    let mut score = 0u32;
    for column in 0..width {
        // The texts over this column from the top; a blank in an upper line belongs to the heading at its left
        // when something stands below it (text tables know no merged cells).
        let mut texts: Vec<&str> = Vec::new();
        let mut wide = false;
        for (n, line) in lines.iter().enumerate() {
            let mut text = line.text(column);
            if text.is_empty() && n + 1 < lines.len() && !bottom.text(column).is_empty() {
                text = (0..column)
                    .rev()
                    .take(12)
                    .map(|c| line.text(c))
                    .find(|t| !t.is_empty())
                    .unwrap_or("");
                let alone = (0..column).rev().find(|c| !line.text(*c).is_empty());
                // Only where the heading at the left has something beneath it too.
                if alone.is_none_or(|c| bottom.text(c).is_empty()) {
                    text = "";
                }
            }
            if !text.is_empty() && texts.last() != Some(&text) {
                texts.push(text);
            }
            // Whether a heading above covers several columns, and so belongs to each.
            if n + 1 < lines.len() && !text.is_empty() {
                let next = line.cell(column + 1);
                wide |= next.is_none_or(|c| c.text.is_empty() || c.spread)
                    || line.cell(column).is_none_or(|c| c.spread);
            }
        }
        let Some(low) = texts.last().copied() else {
            continue;
        };
        let (mut field, mut points) = meaning(low);
        if texts.len() > 1 {
            let joined: String = texts.concat();
            let (wider, more) = meaning(&joined);
            let upper = meaning(texts.first().copied().unwrap_or_default());
            let vague = matches!(
                squeeze(low).as_str(),
                "名称"
                    | "代码"
                    | "编码"
                    | "编号"
                    | "要求"
                    | "条件"
                    | "其他"
                    | "其它"
                    | "说明"
                    | "研究生"
                    | "本科"
                    | "大专"
                    | "专科"
                    | "性质"
                    | "类别"
                    | "层级"
            );
            if (wide || more >= 9) && (more > points || (vague && more >= 5)) {
                (field, points) = (wider, more);
            } else if wide && points == 0 && upper.1 > 0 {
                (field, points) = (upper.0, upper.1 / 2);
            }
        }
        score += u32::from(points);
        columns.push(Heading {
            column,
            field,
            score: points,
            text: texts.concat(),
        });
    }
    let mut header = Header {
        row: bottom.number,
        first_row: lines.first()?.number,
        columns,
        score,
    };
    settle(&mut header);
    Some(header)
}

/// A number of people, a running number or a code: what no heading is.
fn is_number(text: &str) -> bool {
    let plain = squeeze(text);
    let digits = plain.bytes().filter(u8::is_ascii_digit).count();
    (digits > 0 && digits == plain.len()) || super::demand::recruits(text).is_some()
}

/// Fields that several columns may hold at once.
fn many(field: Field) -> bool {
    use Field::*;
    matches!(
        field,
        Remark
            | Kept
            | Other
            | Category
            | Target
            | Area
            | County
            | Programme
            | Veteran
            | Experience
            | Fresh
            | StudyForm
            | Household
            | Political
            | Serial
            | MajorPostgraduate
            | MajorBachelor
            | MajorCollege
            | Major
    )
}

/// Settles columns that claim one field: organ and unit, their codes; of the others the surest one stays.
fn settle(header: &mut Header) {
    let second = |header: &mut Header, field: Field, other: Field| {
        let places: Vec<usize> = (0..header.columns.len())
            .filter(|n| header.columns.get(*n).is_some_and(|h| h.field == field))
            .collect();
        let taken = header.has(other);
        for (n, at) in places.into_iter().enumerate().skip(1) {
            if let Some(heading) = header.columns.get_mut(at) {
                heading.field = if n == 1 && !taken {
                    other
                } else {
                    Field::Other
                };
            }
        }
    };
    second(header, Field::Organ, Field::Unit);
    second(header, Field::OrganCode, Field::UnitCode);
    if !header.has(Field::Organ) && header.has(Field::Unit) {
        if let Some(h) = header.columns.iter_mut().find(|h| h.field == Field::Unit) {
            h.field = Field::Organ;
        }
        second(header, Field::Unit, Field::Unit);
    }
    let fields: Vec<Field> = header.columns.iter().map(|h| h.field).collect();
    for field in fields {
        if many(field) {
            continue;
        }
        let best = header.all(field).map(|h| h.score).max().unwrap_or(0);
        let mut kept = false;
        for heading in header.columns.iter_mut().filter(|h| h.field == field) {
            if heading.score == best && !kept {
                kept = true;
            } else {
                heading.field = Field::Other;
            }
        }
    }
}

/// The best header that ends at one of the rows from `from` on, among the next `reach` rows.
///
/// The rows of a table do not look like headings, so the first window that is a post table wins; a taller window
/// over the same last row wins if it knows more.
pub(super) fn find(sheet: &Sheet, from: usize, reach: usize) -> Option<(usize, Header)> {
    let mut second: Option<(usize, Header)> = None;
    for at in from..sheet.rows.len().min(from + reach) {
        let Some(header) = at_row(sheet, from, at) else {
            continue;
        };
        if header.is_post_table() {
            // The next rows may be further lines of the same header.
            let mut best = (at, header);
            for next in at + 1..(at + 3).min(sheet.rows.len()) {
                let Some(taller) = at_row(sheet, from, next) else {
                    continue;
                };
                // A row under merged headings repeats them.
                let repeats = best
                    .1
                    .columns
                    .iter()
                    .filter(|h| {
                        sheet
                            .rows
                            .get(next)
                            .and_then(|r| r.cell(h.column))
                            .is_some_and(|c| {
                                c.carried && !c.text.is_empty() && h.text.ends_with(&c.text)
                            })
                    })
                    .count();
                if taller.is_post_table()
                    && taller.first_row <= best.1.row + 1
                    && (taller.known() > best.1.known() || repeats >= 3)
                {
                    let first_row = best.1.first_row.min(taller.first_row);
                    best = (
                        next,
                        Header {
                            first_row,
                            ..taller
                        },
                    );
                }
            }
            return Some(best);
        }
        if second.is_none() && header.is_second_table() {
            second = Some((at, header));
        }
    }
    second
}

/// The best window that ends at a row.
pub(super) fn at_row(sheet: &Sheet, from: usize, at: usize) -> Option<Header> {
    (1..=3usize)
        .filter(|h| at + 1 >= from + h)
        .filter_map(|h| window(&sheet.rows, at, h))
        .max_by_key(|h| {
            (
                h.is_post_table(),
                h.known(),
                h.score,
                std::cmp::Reverse(h.row - h.first_row),
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_mean_what_offices_mean() {
        use Field::*;
        for (text, field) in [
            ("招考单位", Organ),
            ("招录机关（单位）", Organ),
            ("部门名称", Organ),
            ("用人司局", Unit),
            ("单位代码", OrganCode),
            ("职位代码", Code),
            ("研究生专业\n名称及代码", MajorPostgraduate),
            ("本科专业\n名称及代码", MajorBachelor),
            ("大专专业\n名称及代码", MajorCollege),
            ("是否要求2年以上基层工作经历", Experience),
            ("基层工作最低年限", Experience),
            ("服务基层项目工作经历", Programme),
            ("是否限应届毕业生报考", Fresh),
            ("招考人数", Recruits),
            ("计划数", Recruits),
            ("录用计划数（人）", Recruits),
            ("计划录用人数与面试人选的确定比例", Kept),
            ("是否开展心理素质测评", Kept),
            ("学历学位要求", EducationDegree),
            ("学历性质", StudyForm),
            ("最低服务年限", ServiceTerm),
            ("户籍要求", Household),
            ("政治面貌", Political),
            ("机构层级", Level),
            ("考试类别", Category),
            ("其他要求", Remark),
            ("备 注", Remark),
            ("考区", Area),
            ("县（市、区）", County),
            ("是否定向", Target),
            ("年龄要求", Age),
            ("性　别", Sex),
            ("面试人员比例", Kept),
            ("职位名称", Title),
            ("机构性质", Kept),
            ("拟录用人数（名）", Recruits),
        ] {
            assert_eq!(meaning(text).0, field, "{text}");
        }
    }
}
