//! Layouts that are not shipped: as other provinces and the national examination publish them, with what offices do
//! to tables. The places are real, the posts invented.

use takeroot_civil::{Degree, Education, Sex};

use super::*;

fn codes(table: &Table) -> Vec<Option<String>> {
    table.posts.iter().map(|p| p.division.map(|d| d.to_string())).collect()
}

#[test]
fn the_national_examination() {
    let head: &[&str] = &[
        "部门代码",
        "部门名称",
        "用人司局",
        "机构性质",
        "招考职位",
        "职位属性",
        "职位分布",
        "职位简介",
        "职位代码",
        "机构层级",
        "考试类别",
        "招考人数",
        "专业",
        "学历",
        "学位",
        "政治面貌",
        "基层工作最低年限",
        "服务基层项目工作经历",
        "是否在面试阶段组织专业能力测试",
        "面试人员比例",
        "工作地点",
        "落户地点",
        "备注",
        "部门网站",
        "咨询电话1",
    ];
    let row = |n: &'static str,
               unit: &'static str,
               level: &'static str,
               recruits: &'static str,
               years: &'static str,
               programme: &'static str,
               party: &'static str|
     -> Vec<&'static str> {
        vec![
            "119230",
            "国家税务总局贵州省税务局",
            unit,
            "国家行政机关",
            "一级行政执法员（一）",
            "普通职位",
            "县(区)级及以下机关（省会城市及城市区除外）",
            "从事征管",
            n,
            level,
            "市（地）级及以下职位",
            recruits,
            "财政学类、会计学、审计学",
            "本科及以上",
            "与最高学历相对应的学位",
            party,
            years,
            programme,
            "否",
            "3:1",
            "贵州省黔东南苗族侗族自治州剑河县",
            "贵州省黔东南苗族侗族自治州剑河县",
            "本单位最低服务年限为5年（含试用期）",
            "http://example.invalid",
            "000-0000000",
        ]
    };
    let rows = [
        vec!["中央机关及其直属机构2026年度考试录用公务员招考简章"],
        head.to_vec(),
        row("300110001001", "国家税务总局剑河县税务局", "县（区）级及以下", "2", "无限制", "无限制", "不限"),
        row(
            "300110001002",
            "国家税务总局剑河县税务局",
            "县（区）级及以下",
            "１",
            "两年",
            "大学生村官、“三支一扶”计划、大学生志愿服务西部计划",
            "中共党员或共青团员",
        ),
    ];
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let bytes =
        book(&[Sheet {
            name: "中央国家行政机关省级以下直属机构", rows: &rows, merges: &[(0, 0, 0, 24)]
        }]);
    let table = read(&bytes, "2026.xlsx").expect("a table");
    assert_eq!(table.layout, Layout::National);
    assert_eq!(table.unread, []);
    assert_eq!((table.summary().posts, table.summary().recruits), (2, 3));
    let (a, b) = (&table.posts[0], &table.posts[1]);
    assert_eq!(
        (a.organ.as_str(), a.unit.as_str(), a.organ_code.as_str()),
        ("国家税务总局贵州省税务局", "国家税务总局剑河县税务局", "119230")
    );
    assert!(!a.township && !a.programme_reserved && b.programme_reserved && !b.village_cadre_reserved);
    assert_eq!((a.experience.years, b.experience.years), (Some(0), Some(2)));
    assert_eq!((a.political, b.political), (None, Some(Political::PartyOrLeague)));
    assert!(a.term_in_unit() && a.degree.matching);
    assert_eq!(codes(&table)[0].as_deref(), Some("522629"));
}

#[test]
fn like_shandong_with_two_header_lines_and_merged_units() {
    let table = one(
        &[
            &["山东省2025年度考试录用公务员职位表", "", "", "", "", "", "", "", "", "", ""],
            &[
                "序号",
                "招录机关",
                "用人单位",
                "招录职位",
                "职位代码",
                "招录计划",
                "资格条件",
                "",
                "",
                "",
                "备注",
            ],
            &["", "", "", "", "", "", "学历", "学位", "专业", "其他条件", ""],
            &[
                "#1",
                "曹县",
                "青岗集镇人民政府",
                "综合管理职位",
                "0101",
                "#2",
                "大学专科及以上",
                "不限",
                "不限",
                "限曹县户籍或生源",
                "最低服务年限5年",
            ],
            &[
                "#2",
                "",
                "苏集镇人民政府",
                "综合管理职位",
                "0102",
                "#1",
                "大学本科及以上",
                "学士及以上",
                "本科：法学类，公共管理类；研究生：法学",
                "",
                "",
            ],
            &[
                "#3",
                "",
                "曹县财政局",
                "财务管理职位",
                "0103",
                "#1",
                "大学本科及以上",
                "学士及以上",
                "会计学",
                "具有2年以上基层工作经历",
                "",
            ],
            &["合计", "", "", "", "", "#4", "", "", "", "", ""],
            &["注：咨询电话000-0000000", "", "", "", "", "", "", "", "", "", ""],
        ],
        &[
            (0, 0, 0, 10),
            (1, 0, 2, 0),
            (1, 1, 2, 1),
            (1, 2, 2, 2),
            (1, 3, 2, 3),
            (1, 4, 2, 4),
            (1, 5, 2, 5),
            (1, 6, 1, 9),
            (1, 10, 2, 10),
            (3, 1, 5, 1),
        ],
    );
    assert_eq!(table.unread, []);
    let s = table.summary();
    assert_eq!((s.posts, s.recruits, s.township.posts, s.township.recruits), (3, 4, 2, 3));
    assert_eq!(s.township.recruits_by_education_floor["junior-college"], 2);
    assert_eq!((s.township.recruits_no_major_limit, s.township.recruits_household_limit), (2, 2));
    assert_eq!(table.posts[2].organ, "曹县");
    assert_eq!(
        table.posts[0].household.as_ref().and_then(|h| h.division).map(|d| d.to_string()).as_deref(),
        Some("371721")
    );
    assert_eq!(table.posts[2].experience.years, Some(2));
    assert_eq!(table.posts[0].service_terms[0].scope, TermScope::Unsaid);
    assert!(codes(&table).iter().all(|c| c.as_deref().is_some_and(|c| c.starts_with("371721"))));
}

#[test]
fn like_sichuan_with_hardship_counties() {
    let table = one(
        &[
            &["附件1"],
            &["四川省2025年度考试录用公务员职位情况表"],
            &["说明：以职位表为准。"],
            &[
                "地区",
                "招录机关",
                "内设机构",
                "职位名称",
                "职位编码",
                "招录名额",
                "招录对象",
                "学历",
                "学位",
                "专业条件（本科）",
                "专业条件（研究生）",
                "年龄",
                "其他",
                "面试比例",
            ],
            &[
                "甘孜州",
                "石渠县乡镇机关",
                "",
                "综合管理",
                "26520001",
                "５人",
                "限石渠县户籍或生源",
                "高中、中专及以上",
                "不限",
                "不限",
                "不限",
                "18-40周岁",
                "录用后须在本县乡镇机关最低服务5年",
                "3:1",
            ],
            &[
                "甘孜州",
                "石渠县教育局",
                "",
                "综合管理",
                "26520002",
                "二",
                "面向社会",
                "本科及以上",
                "学士及以上",
                "教育学",
                "教育学",
                "18至35周岁",
                "限男性",
                "3:1",
            ],
            &[
                "广元市",
                "旺苍县东河镇人民政府",
                "党政办",
                "综合管理",
                "26520003",
                "1",
                "应届高校毕业生",
                "大专及以上",
                "不限",
                "不限",
                "不限",
                "18周岁以上、35周岁以下",
                "",
                "3:1",
            ],
        ],
        &[],
    );
    assert_eq!(table.unread, []);
    let s = table.summary();
    assert_eq!((s.recruits, s.township.posts, s.township.recruits), (8, 2, 6));
    assert_eq!(s.township.recruits_by_education_floor["senior-high"], 5);
    assert_eq!((s.township.recruits_fresh_graduates_only, s.township.recruits_household_limit), (1, 5));
    assert_eq!(s.posts_hardship_known, 3);
    assert_eq!((table.posts[0].age.min, table.posts[0].age.max), (Some(18), Some(40)));
    assert_eq!(table.posts[0].hardship_class, Some(6));
    assert_eq!(table.posts[0].service_terms[0].scope, TermScope::CountyTownships);
    assert_eq!(table.posts[1].sex, Some(Sex::Male));
}

#[test]
fn like_zhejiang_with_its_own_columns() {
    let table = one(
        &[
            &["2025年浙江省各级机关单位考试录用公务员招考计划一览表"],
            &[
                "招考单位",
                "招考职位",
                "职位类别",
                "机关层级",
                "职位代码",
                "招考人数",
                "性别",
                "年龄",
                "最低学历",
                "学位",
                "政治面貌",
                "户籍（生源）要求",
                "专业要求",
                "是否应届",
                "工作经历",
                "服务期",
                "备注",
            ],
            &[
                "杭州市萧山区义桥镇人民政府",
                "综合管理一级科员",
                "综合类",
                "乡镇（街道）",
                "13301",
                "#2",
                "不限",
                "35周岁以下",
                "本科",
                "学士",
                "不限",
                "浙江",
                "不限",
                "应届",
                "不限",
                "5年",
                "在本单位服务不少于5年",
            ],
            &[
                "杭州市萧山区义桥镇人民政府",
                "综合管理一级科员",
                "综合类",
                "乡镇（街道）",
                "13302",
                "#1",
                "男",
                "35周岁以下",
                "本科",
                "学士",
                "中共党员",
                "不限",
                "法学类",
                "往届",
                "2年",
                "无",
                "定向招考优秀村（社区）干部",
            ],
            &[
                "杭州市萧山区财政局",
                "综合管理一级科员",
                "综合类",
                "县级",
                "13303",
                "#1",
                "女",
                "35周岁及以下（应届硕士、博士研究生放宽至40周岁）",
                "研究生",
                "硕士",
                "不限",
                "不限",
                "会计学",
                "不限",
                "不限",
                "",
                "",
            ],
        ],
        &[(0, 0, 0, 16)],
    );
    assert_eq!(table.unread, []);
    let s = table.summary();
    assert_eq!((s.recruits, s.township.recruits, s.township.recruits_fresh_graduates_only), (4, 3, 2));
    assert_eq!(s.township.recruits_village_cadre_reserved, 1);
    assert_eq!(s.township.recruits_service_term_in_unit, 2);
    assert_eq!(table.posts[2].age.max_fresh_postgraduate, Some(40));
    assert_eq!(
        table.posts[0].household.as_ref().and_then(|h| h.division).map(|d| d.to_string()).as_deref(),
        Some("33")
    );
    assert_eq!(table.posts[0].education.ceiling, Some(Education::Bachelor));
}

#[test]
fn a_text_table_in_gb_18030_with_blank_units() {
    let text = "湖南省2025年考试录用公务员职位表,,,,,,,\n地市,单位,职位,代码,计划数,资格条件,,\n,,,,,学历要求,专业要求,其他\n郴州市,汝城县热水镇人民政府,职位1,001,3,大专及以上,专业不限,面向“服务基层项目”人员\n,,职位2,002,1,本科及以上,法学类,\n,汝城县司法局,职位3,003,1,本科及以上,法学类,限女性\n,合计,,,5,,,\n";
    let (bytes, _, _) = encoding_rs::GB18030.encode(text);
    let table = read(&bytes, "t.csv").expect("a table");
    assert_eq!(table.unread, []);
    let s = table.summary();
    assert_eq!((s.posts, s.recruits, s.township.posts, s.township.recruits), (3, 5, 2, 4));
    assert_eq!(table.posts[1].organ, "汝城县热水镇人民政府");
    assert_eq!((table.posts[0].row, table.posts[2].row), (4, 6));
    assert_eq!(s.township.recruits_programme_reserved, 3);
    assert_eq!(table.posts[2].sex, Some(Sex::Female));
}

#[test]
fn a_table_in_two_parts_joined_by_the_code() {
    let bytes = book(&[
        Sheet {
            name: "职位",
            rows: &[
                &["招录单位", "职位名称", "职位代码", "招录人数"],
                &["平远县大柘镇人民政府", "科员", "A001", "#2"],
                &["平远县财政局", "科员", "A002", "#1"],
            ],
            merges: &[],
        },
        Sheet {
            name: "条件",
            rows: &[
                &["职位代码", "学历要求", "专业要求", "其他要求"],
                &["A001", "大专及以上", "不限", "限应届毕业生"],
                &["A002", "本科及以上", "会计学", ""],
                &["A009", "本科", "不限", ""],
            ],
            merges: &[],
        },
        Sheet {
            name: "填表说明",
            rows: &[&["一、本表由各单位填写。"], &["二、招录人数不得为零。"]],
            merges: &[],
        },
    ]);
    let table = read(&bytes, "t.xlsx").expect("a table");
    assert_eq!(table.summary().recruits, 3);
    assert_eq!(table.posts[0].education.floor, Some(Education::JuniorCollege));
    assert!(table.posts[0].fresh_only && table.posts[1].majors.limited == Some(true));
    assert_eq!(
        table.unread.iter().map(|u| (u.row, u.found.as_str(), u.expected)).collect::<Vec<_>>(),
        [(4, "A009", Expected::KnownPost)]
    );
}

#[test]
fn two_tables_stacked_and_sections_of_townships() {
    let table = one(
        &[
            &["某省2025年职位表"],
            &["一、县直机关"],
            &["单位名称", "职位名称", "职位代码", "人数", "学历要求", "专业"],
            &["洛宁县财政局", "科员", "1", "#1", "本科及以上", "会计学"],
            &["二、乡镇机关"],
            &["职位代码", "招录单位", "招录人数", "年龄", "学历", "专业要求", "备注"],
            &["2", "洛宁县", "#4", "35", "大专及以上", "不限", ""],
            &["3", "洛宁县", "#2", "35", "大专及以上", "不限", "面向退役士兵"],
        ],
        &[],
    );
    assert_eq!(table.unread, []);
    let s = table.summary();
    assert_eq!((s.posts, s.recruits), (3, 7));
    assert_eq!((s.township.posts, s.township.recruits, s.township.recruits_veteran_reserved), (2, 6, 2));
    assert_eq!(table.posts[1].code, "2");
}

#[test]
fn sheets_with_different_headings_and_odd_numbers() {
    let bytes = book(&[
        Sheet {
            name: "目录", rows: &[&["序号", "名称"], &["#1", "省直"], &["#2", "乡镇"]], merges: &[]
        },
        Sheet {
            name: "省直机关",
            rows: &[
                &[
                    "机关名称",
                    "机关代码",
                    "职位名称",
                    "职位代码",
                    "录用计划",
                    "学历学位要求",
                    "专业名称及代码",
                    "基层工作经历",
                ],
                &[
                    "湖北省财政厅",
                    "#42001",
                    "一级科员",
                    "#1400200100",
                    "两名",
                    "本科及以上学历，学士及以上学位",
                    "会计学（120203K）",
                    "二年以上",
                ],
            ],
            merges: &[],
        },
        Sheet {
            name: "乡镇",
            rows: &[
                &[
                    "县（市、区）",
                    "乡镇",
                    "岗位名称",
                    "岗位代码",
                    "拟录用人数（名）",
                    "最低学历",
                    "专业",
                    "定向招录",
                    "政治面貌要求",
                ],
                &["恩施市", "龙凤镇", "综合岗", "X1", "3人", "大专", "不限", "三支一扶人员", "不限"],
                &["恩施市", "崔坝镇", "综合岗", "X2", "若干", "大专", "不限", "否", "中共党员"],
            ],
            merges: &[],
        },
    ]);
    let table = read(&bytes, "湖北省.xlsx").expect("a table");
    let told: Vec<_> = table
        .unread
        .iter()
        .map(|u| {
            (u.sheet.as_str(), u.row, u.column.as_str(), u.header.as_str(), u.found.as_str(), u.expected)
        })
        .collect();
    assert_eq!(told, [("乡镇", 3, "E", "拟录用人数（名）", "若干", Expected::Recruits)]);
    let s = table.summary();
    assert_eq!(
        (s.posts, s.recruits, s.township.posts, s.township.recruits, s.township.recruits_programme_reserved),
        (3, 5, 2, 3, 3)
    );
    assert_eq!((table.posts[0].organ_code.as_str(), table.posts[0].code.as_str()), ("42001", "1400200100"));
    assert_eq!(table.posts[0].degree.floor, Some(Degree::Bachelor));
    assert_eq!(
        (table.posts[0].experience.years, table.posts[0].organ_kind),
        (Some(2), Some(takeroot_civil::OrganKind::Provincial))
    );
    assert_eq!(codes(&table)[1].as_deref(), Some("422801100"));
}

#[test]
fn a_post_over_several_rows_counts_once() {
    let table = one(
        &[
            &["招录机关", "职位名称", "职位代码", "招录人数", "学历", "专业"],
            &["始兴县太平镇人民政府", "科员", "B1", "#3", "本科及以上", "法学类"],
            &["", "", "", "", "", "中国语言文学类"],
            &["始兴县财政局", "科员", "B2", "#1", "本科及以上", "会计学"],
        ],
        &[(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 4, 2, 4)],
    );
    assert_eq!((table.summary().posts, table.summary().recruits), (2, 4));
    assert_eq!(table.posts[0].majors.levels.len(), 2);
}

#[test]
fn two_tables_side_by_side() {
    let head = ["招录机关", "职位", "招录人数", "学历", "招录机关", "职位", "招录人数", "学历"];
    let table = one(
        &[
            &head,
            &["始兴县太平镇人民政府", "一", "#1", "大专及以上", "始兴县财政局", "二", "#2", "本科及以上"],
        ],
        &[],
    );
    assert_eq!(
        (table.summary().posts, table.summary().recruits, table.summary().township.recruits),
        (2, 3, 1)
    );
}

#[test]
fn wrong_cells_are_named_and_the_rest_is_read() {
    let table = one(
        &[
            &[
                "单位名称",
                "职位名称",
                "职位代码",
                "招录人数",
                "学历",
                "学位",
                "年龄",
                "性别",
                "是否应届",
                "最低服务年限",
                "政治面貌",
                "工作经历",
            ],
            &[
                "始兴县财政局",
                "一",
                "#1234567890123456789",
                "",
                "",
                "某学位",
                "青年",
                "都行",
                "也许",
                "长期",
                "进步",
                "丰富",
            ],
            &[
                "始兴县财政局",
                "二",
                "C2",
                "#2",
                "本科及以上",
                "学士",
                "35周岁以下",
                "男",
                "是",
                "5年",
                "中共党员",
                "无要求",
            ],
        ],
        &[],
    );
    let mut told: Vec<_> = table.unread.iter().map(|u| (u.column.as_str(), u.expected)).collect();
    told.sort();
    use Expected::*;
    assert_eq!(
        told,
        [
            ("C", Code),
            ("D", Recruits),
            ("E", Education),
            ("F", Degree),
            ("G", Age),
            ("H", Sex),
            ("I", Fresh),
            ("J", ServiceTerm),
            ("K", Political),
            ("L", Experience)
        ]
    );
    assert_eq!((table.posts.len(), table.summary().recruits), (2, 2));
    assert!(table.posts[1].fresh_only);
}
