//! Demands in free text: 其他要求, 备注, 招录对象 …
//!
//! The text is cut into clauses and parts; every part that says something the one form has a place for is put there,
//! and a clause with any part that does not is kept in the table's own words. A wish (优先, 适合男性) is no limit.

use takeroot_civil::Sex;

use super::demand;
use super::place::Places;
use super::post::{Household, Political, Post, ServiceTerm, TermScope};
use super::text::{numbers, split_outside, squeeze, tidy, unlimited};

/// Reads a cell of free text into a post.
pub(super) fn read(text: &str, post: &mut Post, places: &Places) {
    for clause in split_outside(text, &[';', '；', '。', '\n']) {
        let clause = clause.trim_start_matches(|c: char| {
            c.is_ascii_digit() || matches!(c, '.' | '．' | '、' | ' ' | ')' | '）')
        });
        // A clause that is all number (a phone number) has been eaten by its own bullet.
        if clause.is_empty() || unlimited(clause) {
            continue;
        }
        let mut kept = false;
        let parts = split_outside(clause, &[',', '，']);
        // A service term is one part, or one sentence whose parts only together say it.
        let mut terms: Vec<ServiceTerm> = parts.iter().filter_map(|p| service_term(p)).collect();
        if terms.is_empty() {
            terms.extend(service_term(clause));
        }
        for term in terms {
            if !post.service_terms.iter().any(|t| t.scope == term.scope && t.years == term.years) {
                post.service_terms.push(term);
            }
        }
        for part in &parts {
            if service_term(part).is_none() && !part_of(part, post, places) {
                kept = true;
            }
        }
        if kept {
            let said = tidy(clause);
            let told = ["电话", "工作地点", "网址", "邮箱"].iter().any(|w| said.contains(w));
            if told {
                // Where to ask and where the seat is: no demand.
                post.kept.push(("备注".to_owned(), said));
            } else {
                post.demands.push(said);
            }
        }
    }
}

/// Words for the programmes of service at the grassroots.
const PROGRAMMES: &[&str] = &[
    "服务基层项目",
    "基层服务项目",
    "三支一扶",
    "西部计划",
    "大学生村官",
    "村官",
    "特岗教师",
    "特设岗位",
    "特岗计划",
    "志愿服务西部",
    "项目生",
    "四项目",
    "项目人员",
    "服务西部",
    "基层项目人员",
    "选聘生",
];
/// Words for people who left the forces.
const VETERANS: &[&str] = &["退役", "退伍", "军队服役", "转业士官", "复员", "复转"];
/// Words for cadres of villages and communities.
const VILLAGE: &[&str] = &[
    "村干部",
    "社区干部",
    "村(社区)干部",
    "村(社区)党组织书记",
    "村党组织书记",
    "村党支部书记",
    "村(居)干部",
    "村(社区)“两委”",
    "村“两委”",
    "两委成员",
    "“两委”成员",
    "村居干部",
    "村党组织",
    "社区党组织书记",
    "村委会主任",
    "社区工作者",
    "村(居)",
    "村主干",
    "村(社区)主干",
    "村(社区)党组织",
];

fn any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|w| text.contains(w))
}

/// Reads one part; whether it was understood whole.
fn part_of(part: &str, post: &mut Post, places: &Places) -> bool {
    let plain = squeeze(part);
    if plain.is_empty() || unlimited(&plain) {
        return true;
    }
    let wish = any(&plain, &["优先", "加分", "除外", "不得", "不能报考", "不含", "不包括", "放宽"]);
    let mut understood = false;
    if !wish {
        let mut groups = false;
        if any(&plain, PROGRAMMES) {
            post.programme_reserved = true;
            groups = true;
        }
        if any(&plain, VETERANS) && !any(&plain, &["家属", "子女"]) {
            post.veteran_reserved = true;
            groups = true;
        }
        if any(&plain, VILLAGE) && !plain.contains("大学生村") {
            post.village_cadre_reserved = true;
            groups = true;
        }
        understood |= groups;
        if let Some(sex) = sex_limit(&plain) {
            post.sex = Some(sex);
            understood = true;
        }
        if let Some(status) = political(&plain)
            && plain.chars().count() <= 26
        {
            post.political = Some(status);
            understood = true;
        }
        if let Some(limit) = household(part, places, post) {
            post.household = Some(limit);
            understood = true;
        }
        if fresh(&plain) {
            post.fresh_only = true;
            if post.fresh_text.is_empty() {
                post.fresh_text = part.trim().to_owned();
            }
            understood = true;
        }
        let work = any(&plain, &["工作经历", "工作经验", "工作年限"]);
        if work
            && let Some(years) = demand::years_in(&plain)
            && post.experience.years.unwrap_or(0) == 0
        {
            post.experience.years = Some(years);
            post.experience.grassroots = plain.contains("基层");
            post.experience.text = part.trim().to_owned();
            understood = true;
        }
    }
    if plain.contains('岁')
        && !plain.contains("放宽")
        && let Some(age) = demand::age(part)
        && post.age.max.is_none()
        && post.age.min.is_none()
    {
        post.age = age;
        understood = true;
    }
    understood
}

/// A limit to one sex: 男性, 限女性, 限男性报考. 适合男性 is a wish.
pub(super) fn sex_limit(plain: &str) -> Option<Sex> {
    let (male, female) = (plain.contains('男'), plain.contains('女'));
    if male == female || any(plain, &["适", "宜", "建议", "更", "比例", "男友", "子女", "妇女", "女儿"])
    {
        return None;
    }
    let says = plain.starts_with(['限', '仅', '男', '女', '须', '要', '招', '面'])
        || plain.contains("限男")
        || plain.contains("限女")
        || plain.contains("性别");
    (says && plain.chars().count() <= 16).then_some(if male { Sex::Male } else { Sex::Female })
}

/// A limit by political status.
pub(super) fn political(plain: &str) -> Option<Political> {
    if any(plain, &["优先", "除外"]) {
        return None;
    }
    let group = any(plain, &["共青团员", "团员"]);
    if any(plain, &["非中共党员", "非党员", "党外", "民主党派", "无党派", "非中共"]) {
        Some(Political::NotPartyMember)
    } else if any(plain, &["中共党员", "共产党员", "中共正式党员", "中共预备党员"])
        || plain == "党员"
        || plain.starts_with("党员(")
        || plain == "限党员"
    {
        Some(if group { Political::PartyOrLeague } else { Political::PartyMember })
    } else if group {
        Some(Political::PartyOrLeague)
    } else {
        None
    }
}

/// Whether a part limits the post to fresh graduates.
pub(super) fn fresh(plain: &str) -> bool {
    if any(plain, &["周岁", "岁以", "除外", "往届", "不限", "非应届", "放宽", "不得"]) {
        return false;
    }
    plain.contains("应届")
        || plain.contains("届高校毕业生")
        || plain.contains("届毕业生")
        || plain.contains("择业期")
        || ["年高校毕业生", "年普通高校毕业生", "年普通高等学校毕业生", "年毕业生", "年毕业的高校毕业生"]
            .iter()
            .any(|w| plain.contains(w))
}

/// A limit by household registration or origin.
pub(super) fn household(part: &str, places: &Places, post: &Post) -> Option<Household> {
    let plain = squeeze(part);
    let about = any(&plain, &["户籍", "生源", "户口", "籍贯", "常住人口", "原籍"]);
    let limits =
        any(&plain, &["限", "面向", "须", "具有", "本县", "本市", "本省", "本区", "籍人员", "要求", "为"])
            || plain.ends_with("户籍")
            || plain.ends_with("生源")
            || plain.ends_with("户口");
    if !about || !limits || any(&plain, &["不限", "服务"]) {
        return None;
    }
    Some(household_place(part, places, post))
}

/// A household limit with its place: a name in the words, or the post's own county or city (本县, 本市).
pub(super) fn household_place(part: &str, places: &Places, post: &Post) -> Household {
    let plain = squeeze(part);
    // 限内黄县户籍 and 内黄县户籍 name the same place.
    let plain_name = ["仅限", "限于", "限", "面向", "须具有", "具有", "须为", "为"]
        .iter()
        .find_map(|w| plain.strip_prefix(w))
        .unwrap_or(&plain);
    let own = |len| post.division.filter(|d| d.len() >= len).map(|d| d.cut(len));
    let named = places.named(plain_name, post.division);
    let division = named.or_else(|| {
        if any(&plain, &["本县", "本区", "当地", "县(市、区)"]) {
            own(6)
        } else if plain.contains("本市") {
            post.division.filter(|d| d.len() >= 6).map(|d| d.cut(4))
        } else if plain.contains("本省") || plain.contains("本自治区") {
            own(2)
        } else {
            None
        }
    });
    Household { division, text: part.trim().to_owned() }
}

/// A service term that a clause states: years and where. `None` when it states none.
pub(super) fn service_term(clause: &str) -> Option<ServiceTerm> {
    let plain = squeeze(clause);
    let serves = any(
        &plain,
        &[
            "服务年限",
            "最低服务",
            "服务期",
            "工作满",
            "服务满",
            "工作不少于",
            "服务不少于",
            "工作不低于",
            "服务不低于",
            "内不得",
            "最低工作",
            "须服务",
            "需服务",
            "不少于",
            "服务5年",
            "服务五年",
            "至少工作",
            "至少服务",
            "工作时间不少于",
        ],
    );
    let future = any(
        &plain,
        &[
            "录用",
            "招录",
            "最低服务",
            "服务年限",
            "服务期",
            "新录",
            "本单位",
            "乡镇",
            "本县",
            "在本",
            "报考单位",
            "用人单位",
        ],
    );
    // Service in a programme, or experience that an applicant must bring, is no term.
    if !serves
        || !future
        || any(
            &plain,
            &[
                "服务期满",
                "期满考核",
                "任职满",
                "工作经历",
                "工作经验",
                "基层项目",
                "项目人员",
                "三支一扶",
                "任现职",
                "担任",
            ],
        )
    {
        return None;
    }
    let years = numbers(&plain, &['年']).into_iter().find_map(|(n, _, to)| {
        let after = plain.get(to..)?.trim_start_matches(['个', '(', '含', ')', '周']);
        (after.starts_with('年') && (1..=15).contains(&n)).then(|| u8::try_from(n).ok())?
    })?;
    Some(ServiceTerm {
        years,
        scope: scope(&plain),
        conditional: any(&plain, &["未通过", "如", "若", "未取得"]),
        text: tidy(clause),
    })
}

/// Where a term is to be served.
pub(super) fn scope(plain: &str) -> TermScope {
    let county = any(
        plain,
        &[
            "县(市、区)",
            "县(市区)",
            "本县",
            "所在县",
            "该县",
            "本区",
            "区(县)",
            "县区",
            "县域",
            "所在区",
            "县(区)",
            "县市区",
        ],
    );
    let unit = any(
        plain,
        &[
            "录用单位",
            "招录单位",
            "本单位",
            "招考单位",
            "该单位",
            "报考单位",
            "用人单位",
            "招录机关",
            "录用机关",
            "本机关",
            "录用职位",
            "本乡镇",
            "所在单位",
            "招考机关",
            "录用的单位",
            "原单位",
            "录取单位",
            "该乡镇",
            "报考机关",
            "聘用单位",
            "本职位",
            "所报考",
        ],
    );
    if unit {
        TermScope::Unit
    } else if plain.contains("乡镇") || plain.contains("乡(镇") || plain.contains("街道") {
        if county { TermScope::CountyTownships } else { TermScope::AnyTownship }
    } else if county {
        TermScope::County
    } else if plain.contains("系统") || plain.contains("行业") {
        TermScope::System
    } else {
        TermScope::Unsaid
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Post {
        let mut post = Post::default();
        read(text, &mut post, Places::shipped());
        post
    }

    #[test]
    fn what_the_tables_say() {
        let p = of("面向“服务基层项目人员和退役大学生士兵”专门职位;录用后需在录用单位工作满5年");
        assert!(p.programme_reserved && p.veteran_reserved && p.term_in_unit() && p.demands.is_empty());
        let p = of("通过法律职业资格考试，未通过的录用后需在录用单位工作满5年");
        assert!(!p.term_in_unit() && p.service_terms.len() == 1 && p.demands.len() == 1);
        let p = of("高校毕业生退役士兵且为中共党员");
        assert!(p.veteran_reserved && p.political == Some(Political::PartyMember) && !p.fresh_only);
        assert_eq!(of("限男性；中共党员").sex, Some(Sex::Male));
        assert_eq!(of("较适合男性").sex, None);
        assert_eq!(of("中共党员或共青团员").political, Some(Political::PartyOrLeague));
        assert_eq!(of("非中共党员（民主党派仅限民革党员）").political, Some(Political::NotPartyMember));
        assert!(
            of("限内黄县户籍或生源")
                .household
                .is_some_and(|h| h.division.is_some_and(|d| d.to_string() == "410527"))
        );
        assert!(of("限2026年应届高校毕业生报考").fresh_only);
        assert!(!of("应届硕士、博士研究生可放宽到40周岁").fresh_only);
        assert!(of("面向优秀村（社区）干部").village_cadre_reserved);
        assert!(
            of("限大学生村官、“三支一扶”人员报考").programme_reserved
                && !of("大学生村官").village_cadre_reserved
        );
        assert_eq!(
            of("在本县乡镇机关最低服务年限为5年（含试用期）").service_terms[0].scope,
            TermScope::CountyTownships
        );
        assert_eq!(of("具有两年以上基层工作经历").experience.years, Some(2));
        assert!(!of("三支一扶人员优先").programme_reserved);
        assert_eq!(of("通过大学英语六级考试").demands, ["通过大学英语六级考试"]);
        assert_eq!(of("最低服务年限5年").service_terms[0].scope, TermScope::Unsaid);
        assert!(of("须在本单位最低服务五年").term_in_unit());
        let p = of("面向“三支一扶”人员招考，须在本乡镇服务满5年");
        assert!(p.programme_reserved && p.term_in_unit());
        assert!(of("限2024年、2025年高校毕业生").fresh_only);
    }
}
