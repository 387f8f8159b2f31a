//! What kind of employer a post is in: a township's or not.
//!
//! The table's own word goes first: a level column, a sheet or a section that holds township posts and no others. Then
//! the name of the unit, or of the organ. The stations that county bureaus keep in townships are the bureaus'.

use takeroot_civil::{DivisionCode, OrganKind};

use super::post::Post;
use super::text::squeeze;

/// Words of a sheet, a section, a level or a unit that hold township organs and nothing else.
fn township_words(text: &str) -> bool {
    let text = squeeze(text);
    let says = ["乡镇", "乡(镇", "镇(街", "镇街", "镇乡", "乡级", "乡科级以下", "街道"]
        .iter()
        .any(|w| text.contains(w));
    let others = [
        "县乡",
        "县级",
        "县(",
        "市级",
        "省级",
        "省直",
        "省市",
        "省以",
        "全省",
        "各级",
        "以上",
        "及以下",
        "以下",
        "市直",
        "县直",
        "区直",
        "除",
        "不含",
        "县、乡",
        "县以",
        "村",
    ]
    .iter()
    .any(|w| text.contains(w));
    says && !others
}

/// Kind of employer, township or not.
pub(super) fn tell(post: &mut Post, sheet: &str, section: &str, level: &str) {
    let by_name = |text: &str| {
        Some(OrganKind::from_name(strip_brackets(text)))
            .filter(|k| matches!(k, OrganKind::Township | OrganKind::Subdistrict))
    };
    let group = |text: &str| {
        [
            "乡镇机关",
            "乡镇政府",
            "各乡镇",
            "乡镇(街道)",
            "乡镇街道",
            "乡镇党委",
            "乡镇人民政府",
            "乡(镇)",
            "所属乡镇",
            "镇(街道)",
            "下属乡镇",
            "乡镇、街道",
            "基层乡镇",
        ]
        .iter()
        .any(|w| squeeze(text).contains(w))
            || ["乡镇", "街镇", "镇街"].iter().any(|w| squeeze(strip_brackets(text)).ends_with(w))
    };
    let named = by_name(&post.unit)
        .or_else(|| by_name(&post.organ))
        .or_else(|| by_name(&format!("{}{}", post.organ, post.unit)));
    let station = [&post.unit, &post.organ].iter().any(|t| is_station(t));
    let grouped =
        !station && (group(&post.unit) || group(&post.organ) || squeeze(&post.title).starts_with("乡镇机关"));
    let by_level = township_words(level);
    let by_sheet = township_words(sheet) || township_words(section);
    post.township = (named.is_some() && !station) || grouped || by_level || by_sheet;
    post.organ_kind = if post.township {
        let street = named == Some(OrganKind::Subdistrict);
        Some(if street { OrganKind::Subdistrict } else { OrganKind::Township })
    } else if post.organ.is_empty() {
        None
    } else {
        Some(match OrganKind::from_name(&post.organ) {
            OrganKind::County
            | OrganKind::Township
            | OrganKind::Subdistrict
            | OrganKind::TownshipInstitution => match post.division.map(DivisionCode::len) {
                Some(2) => OrganKind::Provincial,
                Some(4) => OrganKind::Prefecture,
                _ => OrganKind::County,
            },
            other => other,
        })
    };
}

/// A county bureau's own station in a township is not a township organ.
fn is_station(name: &str) -> bool {
    let name = strip_brackets(name);
    [
        "市场监督管理所",
        "市场监管所",
        "司法所",
        "派出所",
        "税务所",
        "税务分局",
        "自然资源所",
        "国土资源所",
        "人民法庭",
        "法庭",
        "工商所",
        "检察室",
        "监管所",
    ]
    .iter()
    .any(|w| name.ends_with(w))
}

fn strip_brackets(name: &str) -> &str {
    let mut name = name;
    while let Some(inner) = name.strip_suffix(['）', ')']) {
        match inner.rfind(['（', '(']) {
            Some(at) if at > 0 => name = inner.get(..at).unwrap_or(inner),
            _ => break,
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn township(organ: &str, unit: &str, sheet: &str, level: &str) -> bool {
        let mut post = Post { organ: organ.into(), unit: unit.into(), ..Post::default() };
        tell(&mut post, sheet, "", level);
        post.township
    }

    #[test]
    fn townships_and_what_only_looks_like_them() {
        for (organ, unit, sheet, level) in [
            ("洛宁县河底镇人民政府", "", "", ""),
            ("广州市越秀区人民政府洪桥街道办事处", "", "", ""),
            ("平远县", "平远县乡镇机关", "", ""),
            ("平远县乡镇", "", "", ""),
            ("石渠县", "", "乡镇（街道）", ""),
            ("萧山区", "某办公室", "", "乡镇（街道）级"),
            ("中共洛宁县河底镇委员会", "", "", ""),
        ] {
            assert!(township(organ, unit, sheet, level), "{organ} {unit} {sheet} {level}");
        }
        for (organ, unit, sheet, level) in [
            ("洛宁县河底镇市场监督管理所", "", "", ""),
            ("新乡市社会保险中心（参公）", "", "", ""),
            ("内乡县人民政府办公室", "", "", ""),
            ("镇平县财政局", "", "", ""),
            ("景德镇市人民政府", "", "", ""),
            ("某县住房和城乡建设局", "", "县乡机关", "县（区）级及以下"),
            ("信阳市平桥区司法局", "乡镇司法所", "", ""),
        ] {
            assert!(!township(organ, unit, sheet, level), "{organ} {unit} {sheet} {level}");
        }
    }
}
