//! The cells that ask something of an applicant: education, degree, majors, age, experience, numbers of people.
//!
//! Each reader takes a cell's text and gives `None` when it does not understand it; the caller then reports the cell.

use takeroot_civil::{Degree, Education};

use super::post::{AgeAsked, DegreeAsked, EducationAsked, MajorLevel, Majors};
use super::text::{chinese_number, numbers, split_outside, squeeze, tidy, unlimited};

/// How many are recruited: 2, `２`, `2人`, `二`, `2名（限男性）`.
pub(super) fn recruits(text: &str) -> Option<u32> {
    let text = squeeze(text);
    let bare = match text.split_once('(') {
        Some((first, _)) if !first.is_empty() => first,
        _ => text.as_str(),
    };
    let bare = bare.trim_start_matches(['共', '约']).trim_end_matches(['人', '名', '个', '位', '.', '。']);
    let bare = bare.strip_suffix(".0").unwrap_or(bare);
    let n = if !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit()) {
        bare.parse().ok()
    } else {
        chinese_number(bare)
    };
    n.filter(|n| (1..10_000).contains(n))
}

/// The words for levels, longest first where one holds another.
const LEVELS: &[(&str, Education)] = &[
    ("博士研究生", Education::Doctor),
    ("博士", Education::Doctor),
    ("硕士研究生", Education::Master),
    ("研究生", Education::Master),
    ("硕士", Education::Master),
    ("大学本科", Education::Bachelor),
    ("本科", Education::Bachelor),
    ("学士", Education::Bachelor),
    ("大学专科", Education::JuniorCollege),
    ("专科", Education::JuniorCollege),
    ("大专", Education::JuniorCollege),
    ("高等职业", Education::JuniorCollege),
    ("高职", Education::JuniorCollege),
    ("普通高中", Education::SeniorHigh),
    ("高中", Education::SeniorHigh),
    ("中专", Education::SeniorHigh),
    ("中技", Education::SeniorHigh),
    ("职高", Education::SeniorHigh),
    ("技校", Education::SeniorHigh),
    ("技工", Education::SeniorHigh),
    ("中等", Education::SeniorHigh),
    ("初中", Education::JuniorHigh),
    ("大学", Education::Bachelor),
];

/// The levels a text names, with the places after them.
fn levels(text: &str) -> Vec<(Education, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|r| !r.is_empty()) {
        match LEVELS.iter().find(|(word, _)| rest.starts_with(word)) {
            Some((word, level)) => {
                at += word.len();
                found.push((*level, at));
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

/// Education asked: 本科以上, 本科, 大专、本科, 仅限硕士研究生, 高中（中专）及以上, 不限 …
pub(super) fn education(text: &str) -> Option<EducationAsked> {
    let plain = squeeze(text);
    let mut asked = EducationAsked { text: tidy(text), ..EducationAsked::default() };
    if unlimited(&plain) {
        asked.unlimited = true;
        return Some(asked);
    }
    asked.full_time = plain.contains("全日制") && !plain.contains("非全日制");
    // What stands in brackets explains (本科及以上（限全日制）), or names what is equal to it (高中（中专））.
    let found = levels(&plain);
    let outside = levels(&outside_brackets(&plain));
    let used = if outside.is_empty() { &found } else { &outside };
    let floor = used.iter().map(|(l, _)| *l).min()?;
    let top = used.iter().map(|(l, _)| *l).max()?;
    let open = plain.contains("以上")
        || plain.contains("起点")
        || plain.contains("不低于")
        || plain.contains("最低");
    if plain.contains("以下") && !open {
        asked.ceiling = Some(top);
        // 本科及以下: no floor is asked.
        asked.unlimited = used.len() == 1;
        asked.floor = (used.len() > 1).then_some(floor);
        return Some(asked);
    }
    asked.floor = Some(floor);
    // 研究生 by itself holds both master's and doctor's.
    let both = top == Education::Master && !plain.contains("硕士");
    asked.ceiling = (!open && !both).then_some(top).filter(|top| *top != Education::Doctor);
    Some(asked)
}

fn outside_brackets(text: &str) -> String {
    let mut depth = 0u32;
    text.chars()
        .filter(|c| match c {
            '(' => {
                depth += 1;
                false
            }
            ')' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

/// Degree asked: 学士以上, 硕士, 与学历相对应的学位, 不限 …
pub(super) fn degree(text: &str) -> Option<DegreeAsked> {
    let plain = squeeze(text);
    let mut asked = DegreeAsked { text: tidy(text), ..DegreeAsked::default() };
    if unlimited(&plain) || plain.contains("不要求") || plain == "无学位" {
        return Some(asked);
    }
    if ["相对应", "相应", "对应", "具有学位", "取得学位"].iter().any(|w| plain.contains(w))
        || plain == "有"
        || plain == "是"
    {
        asked.matching = true;
        asked.floor = Degree::from_text(&plain).filter(|_| !plain.contains("相应"));
        return Some(asked);
    }
    if plain == "否" {
        return Some(asked);
    }
    asked.floor = [("学士", Degree::Bachelor), ("硕士", Degree::Master), ("博士", Degree::Doctor)]
        .into_iter()
        .find(|(word, _)| plain.contains(word))
        .map(|(_, d)| d);
    if asked.floor.is_none() {
        asked.floor = match levels(&plain).iter().map(|(l, _)| *l).min() {
            Some(Education::Doctor) => Some(Degree::Doctor),
            Some(Education::Master) => Some(Degree::Master),
            Some(Education::Bachelor) => Some(Degree::Bachelor),
            _ => None,
        };
    }
    asked.floor.map(|_| asked)
}

/// Majors from the columns of a table: the level that a column is for, and its text.
pub(super) fn majors(columns: &[(Option<Education>, &str)]) -> Majors {
    let mut majors = Majors::default();
    for (level, text) in columns {
        if text.trim().is_empty() {
            continue;
        }
        match level {
            Some(_) => majors.levels.push(one_level(*level, text)),
            None => majors.levels.extend(by_level(text)),
        }
    }
    if !majors.levels.is_empty() {
        majors.limited = Some(majors.levels.iter().any(|l| l.limited));
    }
    majors
}

/// 本科：…；研究生：… in one cell.
fn by_level(text: &str) -> Vec<MajorLevel> {
    let plain = tidy(text);
    let mut levels_found: Vec<(Option<Education>, String)> = Vec::new();
    for piece in split_outside(&plain, &[';', '；', '。', '|']) {
        let cut = piece
            .split_once([':', '：'])
            .map(|(head, rest)| (head.trim().to_owned(), rest.trim().to_owned()));
        match cut {
            Some((head, rest)) if head.chars().count() <= 14 && !levels(&squeeze(&head)).is_empty() => {
                let level = levels(&squeeze(&head)).iter().map(|(l, _)| *l).min();
                levels_found.push((level, rest));
            }
            _ => match levels_found.last_mut() {
                Some((_, last)) => {
                    last.push('；');
                    last.push_str(&piece);
                }
                None => levels_found.push((None, piece)),
            },
        }
    }
    levels_found.into_iter().map(|(level, text)| one_level(level, &text)).collect()
}

fn one_level(level: Option<Education>, text: &str) -> MajorLevel {
    let plain = squeeze(text);
    let open = unlimited(&plain)
        || split_outside(&plain, &[';', ',', '、']).iter().all(|p| unlimited(p))
        || (plain.contains("专业不限") || plain.contains("不限专业") || plain.starts_with("不限("))
            && !plain.contains("除外")
            && codes(&plain).is_empty();
    MajorLevel {
        level,
        limited: !open,
        text: tidy(text),
        codes: if open { Vec::new() } else { codes(&plain) },
    }
}

/// The codes in a text of majors: `A0301`, `B030101`, `020301K`, `1202`, and the two digits before a class (`06法律类`).
fn codes(plain: &str) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    let chars: Vec<char> = plain.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        if !chars.get(at).is_some_and(char::is_ascii_alphanumeric) {
            at += 1;
            continue;
        }
        let start = at;
        while chars.get(at).is_some_and(char::is_ascii_alphanumeric) {
            at += 1;
        }
        let word: String = chars.get(start..at).unwrap_or_default().iter().collect();
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let letters = word.len() - digits;
        let first = word.starts_with(|c: char| c.is_ascii_digit() || ('A'..='D').contains(&c));
        let bracketed = start > 0 && matches!(chars.get(start - 1), Some('(' | ',' | '、' | ';'));
        let class = digits == 2
            && letters == 0
            && word.len() == 2
            && chars.get(at).is_some_and(|c| *c > '\u{4e00}')
            && plain.contains('类');
        let code = first
            && (((4..=8).contains(&digits) && letters <= 3)
                || (digits >= 2 && letters == 1 && bracketed)
                || class);
        if code && !codes.contains(&word) {
            codes.push(word);
        }
    }
    codes
}

/// Age asked: 18周岁以上、38周岁以下; 18-35周岁; 35周岁以下（…应届硕士、博士研究生放宽到40周岁）; 1990年1月1日以后出生 (kept in words).
pub(super) fn age(text: &str) -> Option<AgeAsked> {
    let plain = squeeze(text);
    let mut asked = AgeAsked { text: tidy(text), ..AgeAsked::default() };
    if unlimited(&plain) {
        return Some(asked);
    }
    if let Ok(only) = plain.trim_end_matches(".0").parse::<u8>() {
        asked.max = Some(only).filter(|n| (16..=70).contains(n));
        return asked.max.is_some().then_some(asked);
    }
    let ages: Vec<(u8, usize, usize)> = numbers(&plain, &['岁'])
        .into_iter()
        .filter_map(|(n, from, to)| Some((u8::try_from(n).ok().filter(|n| (16..=70).contains(n))?, from, to)))
        .collect();
    for (n, from, to) in &ages {
        let (before, after) = (plain.get(..*from).unwrap_or(""), plain.get(*to..).unwrap_or(""));
        let unit = after
            .strip_prefix("周岁")
            .or_else(|| after.strip_prefix("岁"))
            .or_else(|| after.strip_prefix("周"));
        let range = ["-", "至", "到", "~"]
            .iter()
            .find_map(|m| unit.unwrap_or(after).strip_prefix(m))
            .is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
        if unit.is_none() && !range {
            // The end of 18-35 without a unit.
            if before.ends_with(['-', '至', '到', '~']) && asked.min.is_some() && asked.max.is_none() {
                asked.max = Some(*n);
            }
            continue;
        }
        if range && !before.ends_with(['放', '宽', '为']) && asked.min.is_none() {
            asked.min = Some(*n);
            continue;
        }
        let tail: String = unit
            .unwrap_or(after)
            .chars()
            .filter(|c| !matches!(c, '(' | ')' | '含' | '及' | ','))
            .take(3)
            .collect();
        // The words since the last limit say whom this one is for.
        let since = before.rsplit(['岁', ';']).next().unwrap_or(before);
        let postgraduate = ["研究生", "硕士", "博士"].iter().any(|w| since.contains(w));
        if tail.starts_with("以上") && asked.min.is_none() {
            asked.min = Some(*n);
        } else if postgraduate && asked.max.is_some() {
            asked.max_fresh_postgraduate = Some(*n);
        } else if asked.max.is_none() {
            asked.max = Some(*n);
        }
    }
    let born = plain.contains("出生") && plain.contains('年');
    (asked.min.is_some() || asked.max.is_some() || born).then_some(asked)
}

/// Years of work: 否 and 无要求 are 0, 是 takes the number from the heading, 两年以上 is 2.
pub(super) fn years(text: &str, heading: &str) -> Option<u8> {
    let plain = squeeze(text);
    match super::text::yes_no(&plain) {
        Some(false) => return Some(0),
        Some(true) => return years_in(&squeeze(heading)),
        None => {}
    }
    if let Ok(n) = plain.trim_end_matches(".0").parse::<u8>() {
        return (n <= 40).then_some(n);
    }
    if ["应届", "无基层", "不要求", "无需"].iter().any(|w| plain.contains(w)) {
        return Some(0);
    }
    years_in(&plain).or_else(|| chinese_number(&plain).and_then(|n| u8::try_from(n).ok()))
}

/// The first number of years in a text.
pub(super) fn years_in(plain: &str) -> Option<u8> {
    numbers(plain, &['年']).into_iter().find_map(|(n, _, to)| {
        let after = plain.get(to..)?.trim_start_matches(['个', '(', '含', ')', '周']);
        (after.starts_with('年') && n <= 40).then(|| u8::try_from(n).ok())?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_people() {
        for (text, want) in [
            ("2", Some(2)),
            ("２", Some(2)),
            ("2人", Some(2)),
            ("二", Some(2)),
            ("两名", Some(2)),
            ("十二", Some(12)),
            ("3.0", Some(3)),
            ("1（男）", Some(1)),
            ("若干", None),
            ("0", None),
            ("-1", None),
            ("1.5", None),
            ("", None),
        ] {
            assert_eq!(recruits(text), want, "{text}");
        }
    }

    #[test]
    fn levels_of_education() {
        use Education::*;
        for (text, floor, ceiling) in [
            ("本科以上", Some(Bachelor), None),
            ("本科", Some(Bachelor), Some(Bachelor)),
            ("大专、本科", Some(JuniorCollege), Some(Bachelor)),
            ("大专以上", Some(JuniorCollege), None),
            ("研究生", Some(Master), None),
            ("仅限本科", Some(Bachelor), Some(Bachelor)),
            ("仅限硕士研究生", Some(Master), Some(Master)),
            ("本科或硕士研究生", Some(Bachelor), Some(Master)),
            ("仅限博士研究生", Some(Doctor), None),
            ("高中（中专）及以上", Some(SeniorHigh), None),
            ("中专及以上", Some(SeniorHigh), None),
            ("大学专科及以上", Some(JuniorCollege), None),
            ("大学本科及以上（限全日制）", Some(Bachelor), None),
            ("本科（学士）及以上", Some(Bachelor), None),
            ("大专（高职）及以上", Some(JuniorCollege), None),
            ("不限", None, None),
            ("大学及以上", Some(Bachelor), None),
            ("高中、中专及以上", Some(SeniorHigh), None),
            ("仅限大专和本科", Some(JuniorCollege), Some(Bachelor)),
        ] {
            let got = education(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((got.floor, got.ceiling), (floor, ceiling), "{text}");
        }
        assert!(education("本科及以上(限全日制)").is_some_and(|e| e.full_time));
        assert_eq!(education("见备注"), None);
    }

    #[test]
    fn ages() {
        for (text, min, max, fresh) in [
            ("18周岁以上、38周岁以下", Some(18), Some(38), None),
            ("18周岁以上、30周岁以下，2026年应届硕士、博士研究生为35周岁以下", Some(18), Some(30), Some(35)),
            ("18-35周岁", Some(18), Some(35), None),
            ("18至40周岁", Some(18), Some(40), None),
            ("18周岁-35周岁", Some(18), Some(35), None),
            ("35周岁及以下", None, Some(35), None),
            ("35周岁以下（应届硕士、博士研究生放宽到40周岁）", None, Some(35), Some(40)),
            ("40", None, Some(40), None),
            ("18—35岁", Some(18), Some(35), None),
            ("三十五周岁以下", None, Some(35), None),
            ("不限", None, None, None),
        ] {
            let got = age(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((got.min, got.max, got.max_fresh_postgraduate), (min, max, fresh), "{text}");
        }
        assert_eq!(age("青年"), None);
    }

    #[test]
    fn experience() {
        for (text, heading, want) in [
            ("是", "是否要求2年以上基层工作经历", Some(2)),
            ("否", "是否要求2年以上基层工作经历", Some(0)),
            ("无限制", "基层工作最低年限", Some(0)),
            ("二年", "基层工作最低年限", Some(2)),
            ("五年（含）以上", "基层工作最低年限", Some(5)),
            ("具有两年以上基层工作经历", "工作经历要求", Some(2)),
            ("丰富", "工作经历要求", None),
        ] {
            assert_eq!(years(text, heading), want, "{text}");
        }
    }

    #[test]
    fn majors_by_level() {
        let got = majors(&[(None, "本科：金融学类（0203），审计学（120207）；研究生：不限")]);
        assert_eq!(got.limited, Some(true));
        assert_eq!(got.levels.len(), 2);
        assert_eq!(got.levels[0].codes, ["0203", "120207"]);
        assert!(!got.levels[1].limited);
        assert_eq!(majors(&[(Some(Education::Master), "06法律类")]).levels[0].codes, ["06"]);
        assert_eq!(majors(&[(None, "不限专业")]).limited, Some(false));
        assert_eq!(majors(&[(None, "")]).limited, None);
        assert_eq!(
            majors(&[(Some(Education::Bachelor), "不限"), (Some(Education::Master), "法学(A0301)")]).limited,
            Some(true)
        );
    }
}
