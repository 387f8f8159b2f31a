//! The elements of the form, in the order in which programs write them, with their names on the paper form.

use takeroot_words::Lang;

/// One element of the form that holds text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Element name, e.g. `XingMing`.
    pub tag: &'static str,
    /// Name on the form.
    pub zh: &'static str,
    /// The name in English.
    pub en: &'static str,
}

const fn field(tag: &'static str, zh: &'static str, en: &'static str) -> Field {
    Field { tag, zh, en }
}

/// The root element.
pub const ROOT: &str = "Person";
/// The container of family members.
pub const FAMILY: &str = "JiaTingChengYuan";
/// One family member.
pub const ITEM: &str = "Item";
/// The photo, base64.
pub const PHOTO: &str = "ZhaoPian";
/// The résumé.
pub const RESUME: &str = "JianLi";
/// Rewards and sanctions.
pub const MERITS: &str = "JiangChengQingKuang";
/// Yearly assessments.
pub const ASSESSMENTS: &str = "NianDuKaoHeJieGuo";
/// Present post.
pub const PRESENT: &str = "XianRenZhiWu";
/// Day of filling.
pub const FILLED: &str = "TianBiaoShiJian";
/// Day for computing age.
pub const AGE_DAY: &str = "JiSuanNianLingShiJian";
/// Birth month.
pub const BIRTH: &str = "ChuShengNianYue";
/// Identity number.
pub const ID: &str = "ShenFenZheng";
/// The version that we write.
pub const VERSION: &str = "3.2.1.16";

/// The children of the root in their usual order; the family container stands among them.
pub const FIELDS: [Field; 34] = [
    field("XingMing", "姓名", "name"),
    field("XingBie", "性别", "sex"),
    field("ChuShengNianYue", "出生年月", "month of birth"),
    field("MinZu", "民族", "ethnic group"),
    field("JiGuan", "籍贯", "ancestral home"),
    field("ChuShengDi", "出生地", "place of birth"),
    field("RuDangShiJian", "入党时间", "Party entry"),
    field("CanJiaGongZuoShiJian", "参加工作时间", "start of work"),
    field("JianKangZhuangKuang", "健康状况", "health"),
    field("ZhuanYeJiShuZhiWu", "专业技术职务", "professional title"),
    field("ShuXiZhuanYeYouHeZhuanChang", "熟悉专业有何专长", "specialities"),
    field("QuanRiZhiJiaoYu_XueLi", "全日制教育学历", "full-time education"),
    field("QuanRiZhiJiaoYu_XueWei", "全日制教育学位", "full-time degree"),
    field(
        "QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi",
        "全日制学历毕业院校系及专业",
        "school and major, full-time education",
    ),
    field(
        "QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi",
        "全日制学位毕业院校系及专业",
        "school and major, full-time degree",
    ),
    field("ZaiZhiJiaoYu_XueLi", "在职教育学历", "on-the-job education"),
    field("ZaiZhiJiaoYu_XueWei", "在职教育学位", "on-the-job degree"),
    field(
        "ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi",
        "在职学历毕业院校系及专业",
        "school and major, on-the-job education",
    ),
    field(
        "ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi",
        "在职学位毕业院校系及专业",
        "school and major, on-the-job degree",
    ),
    field("XianRenZhiWu", "现任职务", "present post"),
    field("NiRenZhiWu", "拟任职务", "proposed post"),
    field("NiMianZhiWu", "拟免职务", "post to leave"),
    field("JianLi", "简历", "résumé"),
    field("JiangChengQingKuang", "奖惩情况", "rewards and sanctions"),
    field("NianDuKaoHeJieGuo", "年度考核结果", "yearly assessments"),
    field("RenMianLiYou", "任免理由", "reasons"),
    field("JiaTingChengYuan", "家庭主要成员及重要社会关系", "family and close relations"),
    field("ChengBaoDanWei", "呈报单位", "reporting unit"),
    field("JiSuanNianLingShiJian", "计算年龄时间", "day for computing age"),
    field("TianBiaoShiJian", "填表时间", "day of filling"),
    field("TianBiaoRen", "填表人", "filled by"),
    field("ShenFenZheng", "身份证号", "ID number"),
    field("ZhaoPian", "照片", "photo"),
    field("Version", "版本", "version"),
];

/// The parts of one family member.
pub const ITEM_FIELDS: [Field; 5] = [
    field("ChengWei", "称谓", "relation"),
    field("XingMing", "姓名", "name"),
    field("ChuShengRiQi", "出生日期", "birth"),
    field("ZhengZhiMianMao", "政治面貌", "political status"),
    field("GongZuoDanWeiJiZhiWu", "工作单位及职务", "employer and post"),
];

/// Elements of newer editors whose meaning is known though the usual list lacks them.
pub const NEWER: [Field; 3] = [
    field("DaoLingNianYue", "到龄年月", "month of reaching the age limit"),
    field("GaiGeQianRenZhiNianLingJieXian", "改革前任职年龄界限", "age limit before the reform"),
    field("ZhengZhiMianMao", "政治面貌", "political status"),
];

/// The place of an element in the usual order.
pub fn order(tag: &str) -> Option<usize> {
    FIELDS.iter().position(|f| f.tag == tag)
}

/// What the form calls an element; its own name when the form does not know it.
pub fn label(tag: &str, lang: Lang) -> &str {
    let last = tag.rsplit('/').next().unwrap_or(tag);
    let find = |list: &[Field]| list.iter().find(|f| f.tag == last).copied();
    let known = if tag.contains('/') { find(&ITEM_FIELDS) } else { find(&FIELDS).or_else(|| find(&NEWER)) };
    known.map_or(tag, |f| lang.pick(f.zh, f.en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_the_shipped_one() {
        let csv = include_str!("../../../../data/lrmx/lrmx-fields.csv");
        let shipped: Vec<&str> = csv.lines().skip(1).filter_map(|l| l.split(',').nth(1)).collect();
        let mut ours: Vec<String> = Vec::new();
        for f in FIELDS {
            ours.push(f.tag.to_owned());
            if f.tag == FAMILY {
                ours.extend(ITEM_FIELDS.iter().map(|i| format!("{FAMILY}/{ITEM}/{}", i.tag)));
            }
        }
        assert_eq!(shipped, ours);
        assert_eq!(ours.len(), 39);
    }

    #[test]
    fn labels() {
        assert_eq!(label("JiaTingChengYuan/Item/XingMing", Lang::Zh), "姓名");
        assert_eq!(label("JianLi", Lang::En), "résumé");
        assert_eq!(label("X", Lang::En), "X");
    }
}
