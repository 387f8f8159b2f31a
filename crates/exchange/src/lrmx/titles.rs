//! Posts and employers as a résumé line or the present post writes them: organ, title, ranks, layer, kind of line.
//!
//! **How a text is cut.** `云岭县石桥镇党委委员、副镇长、三级主任科员`: the organ ends where the first known post word
//! begins, ranks are taken out by their full names, what is left is the title.
//!
//! **Layers** follow words only, and only where a word leaves no doubt:
//!
//! | organ | words in the title | layer |
//! |---|---|---|
//! | township, town | 镇长, 乡长, 党委书记 | 乡科级正职 |
//! | township, town | 副镇长, 副乡长, 党委委员, 党委副书记 | 乡科级副职 |
//!
//! Everything else (a county bureau's 局长, a subdistrict's 主任, 人大主席 …) has the layer `None`: the text does not say
//! it, and the office can.

use std::sync::LazyLock;

use takeroot_civil::{Code as _, Layer, OrganKind, Rank, SecondmentKind, WorkKind};

/// A text cut into its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The employer; empty when the text begins with the post.
    pub organ: String,
    /// The post, ranks taken out.
    pub title: String,
    /// The ranks named.
    pub ranks: Vec<Rank>,
}

/// Words that begin a post. Longer ones first where one begins another.
const POSTS: [&str; 73] = [
    "党委书记",
    "党委副书记",
    "党委委员",
    "党工委书记",
    "党工委副书记",
    "党工委委员",
    "党组书记",
    "党组副书记",
    "党组成员",
    "党总支书记",
    "党支部书记",
    "党支部副书记",
    "党支部委员",
    "纪委书记",
    "纪委副书记",
    "纪委委员",
    "纪检监察组组长",
    "人大主席",
    "人大副主席",
    "人武部部长",
    "人武部副部长",
    "武装部部长",
    "武装部副部长",
    "武装部长",
    "组织委员",
    "宣传委员",
    "统战委员",
    "政法委员",
    "第一书记",
    "副书记",
    "书记",
    "常委",
    "委员",
    "副镇长",
    "镇长",
    "副乡长",
    "乡长",
    "副县长",
    "县长",
    "副区长",
    "区长",
    "副局长",
    "局长",
    "副主任",
    "主任",
    "副部长",
    "部长",
    "副主席",
    "主席",
    "副科长",
    "科长",
    "副股长",
    "股长",
    "副所长",
    "所长",
    "副站长",
    "站长",
    "副队长",
    "队长",
    "副庭长",
    "庭长",
    "副院长",
    "院长",
    "副检察长",
    "检察长",
    "助理",
    "干部",
    "干事",
    "办事员",
    "科员",
    "职员",
    "工作人员",
    "公务员",
];

/// What follows a post word when it is none: 委员会, 书记处, 主任科员 (a rank) …
fn is_post(word: &str, rest: &str) -> bool {
    match word {
        "委员" | "党委委员" | "纪委委员" => !rest.starts_with('会'),
        "书记" => !rest.starts_with(['处', '室']),
        "干部" => !rest.starts_with(['处', '科', '学', '教', '监']),
        "公务员" => !rest.starts_with(['局', '处', '科', '管']),
        "主任" | "副主任" => !rest.starts_with("科员"),
        "主席" | "副主席" => !rest.starts_with('团'),
        "院长" | "部长" | "局长" => true,
        _ => true,
    }
}

/// The ranks in an order in which a longer name comes before one it contains.
static RANKS: LazyLock<Vec<Rank>> = LazyLock::new(|| {
    let mut ranks: Vec<Rank> = Rank::ALL.to_vec();
    ranks.sort_by_key(|r| std::cmp::Reverse(r.zh().chars().count()));
    ranks
});

/// Whether a text may end at a rank's name: `科员级` does not name 科员.
fn rank_at(text: &str) -> Option<(Rank, &str)> {
    RANKS.iter().find_map(|&rank| {
        let rest = text.strip_prefix(rank.zh())?;
        let ends = rest.is_empty()
            || rest.starts_with(['（', '(', '、', '，', ',', '；', ';', ' ', '兼', '职', '。']);
        // 副科级, 正科级 … are ranks of the 2015 ladder only where the text calls them so; in brackets they tell the
        // standing of a post.
        let fifteen = rank.ladder() == takeroot_civil::Ladder::CountyRanks;
        (ends && (!fifteen || rest.starts_with("职级")))
            .then(|| (rank, rest.strip_prefix("职级").unwrap_or(rest)))
    })
}

/// Cuts a text into organ, title and ranks.
pub fn cut(text: &str) -> Place {
    let text = text.trim().trim_end_matches(['。', '；', ';', '，']);
    let start = text.char_indices().map(|(at, _)| at).find(|at| {
        let rest = text.get(*at..).unwrap_or_default();
        rank_at(rest).is_some()
            || POSTS.iter().any(|w| rest.strip_prefix(w).is_some_and(|after| is_post(w, after)))
    });
    let Some(start) = start else {
        let organ = text.trim_end_matches("工作").trim_end_matches("任职");
        return Place { organ: organ.trim().to_owned(), ..Place::default() };
    };
    let (organ, rest) = text.split_at(start);
    let mut place = Place { organ: organ.trim().to_owned(), ..Place::default() };
    let mut title = String::new();
    let mut sign = "";
    let mut piece_start = 0;
    let mut pieces: Vec<(&str, &str)> = Vec::new();
    let mut depth = 0i32;
    for (at, c) in rest.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth -= 1,
            '、' | '，' | ',' | '；' | ';' if depth <= 0 => {
                let next = at + c.len_utf8();
                pieces.push((
                    rest.get(piece_start..at).unwrap_or_default(),
                    rest.get(at..next).unwrap_or_default(),
                ));
                piece_start = next;
            }
            _ => {}
        }
    }
    pieces.push((rest.get(piece_start..).unwrap_or_default(), ""));
    for (piece, after) in pieces {
        let piece = piece.trim();
        if piece.is_empty() {
            continue;
        }
        match rank_at(piece) {
            // 三级主任科员（试用期一年）is still only a rank.
            Some((rank, rest)) if rest.is_empty() || rest.starts_with(['（', '(']) => place.ranks.push(rank),
            _ => {
                title.push_str(sign);
                title.push_str(piece);
                sign = if after.is_empty() { "、" } else { after };
            }
        }
    }
    place.title = title;
    place
}

/// The layer that a title in an organ leaves no doubt about, see the module.
pub fn layer(organ: &str, title: &str) -> Option<Layer> {
    let seat = organ_key(organ);
    if !(seat.ends_with('镇') || seat.ends_with('乡')) {
        return None;
    }
    let pieces: Vec<&str> = title
        .split(['、', '，', ',', '兼'])
        .map(|p| p.split(['（', '(']).next().unwrap_or_default().trim())
        .map(|p| p.trim_start_matches("镇").trim_start_matches("乡"))
        .collect();
    // A former or acting holder, or one on trial of another kind, is not told apart: only the bare words count.
    let is = |words: &[&str]| title_has(title, &pieces, words);
    if is(&["镇长", "乡长", "党委书记"]) {
        Some(Layer::TownshipHead)
    } else if is(&["副镇长", "副乡长", "党委委员", "党委副书记"]) {
        Some(Layer::TownshipDeputy)
    } else {
        None
    }
}

/// Whether one of the pieces of a title is one of the words. 镇长 loses its 镇 in the pieces, hence both are asked.
fn title_has(title: &str, pieces: &[&str], words: &[&str]) -> bool {
    let whole = |w: &str| {
        title
            .split(['、', '，', ',', '兼'])
            .any(|p| p.split(['（', '(']).next().is_some_and(|p| p.trim() == w))
    };
    words.iter().any(|w| whole(w) || pieces.contains(w))
}

/// What one organ is called, whichever of its bodies a line names: 石桥镇党委, 石桥镇人民政府, 石桥镇党政办公室 are
/// the organ 石桥镇.
pub fn organ_key(organ: &str) -> String {
    let organ: String = organ.chars().filter(|c| !c.is_whitespace()).collect();
    for seat in ["镇", "乡", "街道"] {
        for body in
            ["党委", "党工委", "人民政府", "政府", "人大", "纪委", "纪工委", "党政", "机关", "办事处", "办"]
        {
            let joint = format!("{seat}{body}");
            if let Some((before, _)) = organ.split_once(joint.as_str()) {
                return format!("{before}{seat}");
            }
        }
    }
    organ
}

/// What a line of a résumé tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Study towards a diploma.
    Study,
    /// A course, a wait for work, or nothing a career holds.
    Aside,
    /// Work outside the civil service.
    Outside(WorkKind),
    /// Works elsewhere while belonging to an organ.
    Away(SecondmentKind),
    /// Work in an organ.
    Service,
}

/// Tells what a line is about.
pub fn kind(text: &str) -> Kind {
    let has = |words: &[&str]| words.iter().any(|w| text.contains(w));
    if has(&["跟班学习", "跟班锻炼"]) {
        return Kind::Away(SecondmentKind::Following);
    }
    if has(&["村官"]) {
        return Kind::Outside(WorkKind::VillageGraduate);
    }
    let student = text.ends_with("学生") || text.ends_with("研究生");
    if student || has(&["学习", "毕业", "就读", "读书", "在读", "攻读", "函授", "自考"]) {
        if has(&["培训班", "研修班", "进修班", "中青班", "轮训", "培训"]) {
            return Kind::Aside;
        }
        let school = [
            "大学",
            "学院",
            "学校",
            "中学",
            "党校",
            "专业",
            "电大",
            "中专",
            "师范",
            "高中",
            "一中",
            "二中",
            "研究生",
        ];
        if has(&school) || has(&["毕业", "攻读", "函授", "自考"]) {
            return Kind::Study;
        }
        return Kind::Aside;
    }
    if has(&[
        "培训班",
        "研修班",
        "进修班",
        "中青班",
        "待业",
        "待分配",
        "待岗",
        "待产",
        "在家",
        "失业",
        "求职",
        "备考",
    ]) {
        return Kind::Aside;
    }
    if has(&["挂职"]) {
        return Kind::Away(SecondmentKind::Attachment);
    }
    if has(&["驻村", "选派第一书记"]) {
        return Kind::Away(SecondmentKind::VillageStationed);
    }
    if has(&["抽调", "专班"]) {
        return Kind::Away(SecondmentKind::TaskForce);
    }
    if has(&["借调", "借用"]) {
        return Kind::Away(SecondmentKind::Secondment);
    }
    outside(text).map_or(Kind::Service, Kind::Outside)
}

/// The kind of work outside the civil service, or `None` for work in an organ.
fn outside(text: &str) -> Option<WorkKind> {
    let has = |words: &[&str]| words.iter().any(|w| text.contains(w));
    if has(&["三支一扶", "西部计划", "特岗", "志愿者", "志愿服务"]) {
        return Some(WorkKind::Programme);
    }
    if has(&["部队", "服役", "入伍", "战士", "解放军", "武警"]) {
        return Some(WorkKind::Army);
    }
    if has(&["见习"]) {
        return Some(WorkKind::Internship);
    }
    if has(&["务工", "打工", "个体", "经商", "自由职业", "务农"]) {
        return Some(WorkKind::Other);
    }
    let place = cut(text);
    let organ = if place.organ.is_empty() { text } else { &place.organ };
    match OrganKind::from_name(organ) {
        OrganKind::Village => return Some(WorkKind::VillageCadre),
        OrganKind::TownshipInstitution => return Some(WorkKind::TownshipInstitution),
        OrganKind::Enterprise => return Some(WorkKind::Enterprise),
        OrganKind::Institution => return Some(WorkKind::Institution),
        OrganKind::Army => return Some(WorkKind::Army),
        _ => {}
    }
    if has(&["镇", "乡"]) && has(&["服务中心", "工作站", "服务站", "农技站", "财政所", "林业站", "水利站"])
    {
        return Some(WorkKind::TownshipInstitution);
    }
    if has(&["公司", "银行", "集团", "企业", "工厂"]) {
        return Some(WorkKind::Enterprise);
    }
    if has(&["教师", "医生", "护士", "中学", "小学", "学校", "医院", "卫生院", "事业单位"])
    {
        return Some(WorkKind::Institution);
    }
    let bodies = [
        "政府",
        "党委",
        "党工委",
        "局",
        "委员会",
        "办公室",
        "法院",
        "检察院",
        "人大",
        "政协",
        "纪委",
        "组织部",
        "宣传部",
        "统战部",
        "武装部",
        "街道",
        "妇联",
        "工会",
        "管委会",
        "县委",
        "市委",
        "区委",
        "省委",
        "政法委",
        "党组",
        "机关",
        "海关",
    ];
    let ends = ["镇", "乡", "县", "区", "市", "厅", "署", "部", "委", "办", "院", "省"];
    let service = bodies.iter().any(|b| organ.contains(b)) || ends.iter().any(|e| organ.ends_with(e));
    (!service).then_some(WorkKind::Other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(organ: &str, title: &str, ranks: &[Rank]) -> Place {
        Place { organ: organ.into(), title: title.into(), ranks: ranks.to_vec() }
    }

    #[test]
    fn cutting() {
        for (text, want) in [
            (
                "云岭县石桥镇党委委员、副镇长、三级主任科员",
                place("云岭县石桥镇", "党委委员、副镇长", &[Rank::Principal3]),
            ),
            ("云岭县石桥镇人民政府科员", place("云岭县石桥镇人民政府", "", &[Rank::Staff08])),
            ("云岭县财政局副主任科员", place("云岭县财政局", "", &[Rank::DeputyPrincipal08])),
            ("云岭县委办公室副主任", place("云岭县委办公室", "副主任", &[])),
            ("云岭县石桥镇上坪村村民委员会主任", place("云岭县石桥镇上坪村村民委员会", "主任", &[])),
            ("云岭县石桥镇人民政府工作", place("云岭县石桥镇人民政府", "", &[])),
            (
                "云岭县财政局党组成员、副局长（试用期一年）",
                place("云岭县财政局", "党组成员、副局长（试用期一年）", &[]),
            ),
            ("云岭县财政局副局长，一级主任科员", place("云岭县财政局", "副局长", &[Rank::Principal1])),
            ("副镇长", place("", "副镇长", &[])),
        ] {
            assert_eq!(cut(text), want, "{text}");
        }
    }

    #[test]
    fn layers_are_given_only_where_words_leave_no_doubt() {
        for (organ, title, want) in [
            ("云岭县石桥镇", "党委委员、副镇长", Some(Layer::TownshipDeputy)),
            ("云岭县石桥镇", "党委副书记、镇长", Some(Layer::TownshipHead)),
            ("云岭县石桥镇人民政府", "副镇长", Some(Layer::TownshipDeputy)),
            ("云岭县石桥镇", "党委书记", Some(Layer::TownshipHead)),
            ("云岭县石桥镇", "人大主席", None),
            ("云岭县石桥镇", "纪委委员", None),
            ("云岭县财政局", "局长", None),
            ("云岭县城关街道办事处", "主任", None),
            ("云岭县石桥镇", "镇长助理", None),
        ] {
            assert_eq!(layer(organ, title), want, "{organ}{title}");
        }
    }

    #[test]
    fn lines_by_kind() {
        for (text, want) in [
            ("云岭师范学院中文系汉语言文学专业学习", Kind::Study),
            ("县委党校中青班学习", Kind::Aside),
            ("待业", Kind::Aside),
            ("云岭县石桥镇上坪村党支部书记", Kind::Outside(WorkKind::VillageCadre)),
            ("云岭县石桥镇上坪村大学生村官", Kind::Outside(WorkKind::VillageGraduate)),
            ("云岭县石桥镇中心小学教师", Kind::Outside(WorkKind::Institution)),
            ("云岭建材有限公司职员", Kind::Outside(WorkKind::Enterprise)),
            ("在某部队服役", Kind::Outside(WorkKind::Army)),
            ("云岭县石桥镇农业综合服务中心技术员", Kind::Outside(WorkKind::TownshipInstitution)),
            ("借调至云岭市委组织部", Kind::Away(SecondmentKind::Secondment)),
            ("云岭县石桥镇人民政府科员", Kind::Service),
            ("云岭县人民武装部干事", Kind::Service),
            ("乡下务工", Kind::Outside(WorkKind::Other)),
        ] {
            assert_eq!(kind(text), want, "{text}");
        }
    }

    #[test]
    fn one_organ_by_any_of_its_bodies() {
        for name in ["云岭县石桥镇", "云岭县石桥镇党委", "云岭县石桥镇人民政府", "云岭县石桥镇党政办公室"]
        {
            assert_eq!(organ_key(name), "云岭县石桥镇");
        }
    }
}
