//! Yearly assessments (年度考核结果) and rewards and sanctions (奖惩情况): free text read into dated facts.
//!
//! A part is taken only when every word of it is understood: `除2020年外均称职` must not become five good years.
//! What is not understood is handed back for a report.

use std::collections::BTreeMap;

use takeroot_civil::{Code as _, Day, Grade, Reward, Sanction};

use super::dates::narrow;
use super::fault::FaultCode;
use super::resume::is_dash;

/// A part of a text that is not understood, or understood with a note.
pub type Unread = (FaultCode, String);

/// Words of results, longest first, so that 基本称职 is not read as 称职.
const GRADES: [(&str, Grade); 13] = [
    ("参加考核不定等次", Grade::Ungraded),
    ("参加考核，不定等次", Grade::Ungraded),
    ("不确定等次", Grade::Ungraded),
    ("未确定等次", Grade::Ungraded),
    ("不评定等次", Grade::Ungraded),
    ("不定等次", Grade::Ungraded),
    ("未定等次", Grade::Ungraded),
    ("不评等次", Grade::Ungraded),
    ("不定等", Grade::Ungraded),
    ("基本称职", Grade::Basic),
    ("不称职", Grade::Incompetent),
    ("优秀", Grade::Excellent),
    ("称职", Grade::Competent),
];

/// Words that say nothing of their own in an assessment.
const FILLERS: [&str; 34] = [
    "公务员",
    "年度考核",
    "年度",
    "考核",
    "结果",
    "等次",
    "等级",
    "评定",
    "确定",
    "均",
    "都",
    "为",
    "被",
    "评",
    "连续",
    "分别",
    "年",
    "的",
    "个人",
    "次",
    "是",
    "获",
    "得",
    "定",
    "其中",
    "和",
    "及",
    "、",
    "，",
    ",",
    "：",
    ":",
    " ",
    "“",
];

/// Chinese numbers of "the last n years".
const NEAR: [(&str, u16); 20] = [
    ("近三年", 3),
    ("近3年", 3),
    ("近两年", 2),
    ("近二年", 2),
    ("近2年", 2),
    ("近四年", 4),
    ("近4年", 4),
    ("近五年", 5),
    ("近5年", 5),
    ("近六年", 6),
    ("近6年", 6),
    ("近十年", 10),
    ("近10年", 10),
    ("近一年", 1),
    ("近1年", 1),
    ("连续三年", 0),
    ("连续两年", 0),
    ("连续四年", 0),
    ("连续五年", 0),
    ("连续2年", 0),
];

/// A year of four digits at the beginning of a text.
fn year(text: &str) -> Option<(u16, &str)> {
    let digits = text.get(..4).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
    let rest = text.get(4..)?;
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let year = digits.parse().ok().filter(|y| (1949..=2199).contains(y))?;
    Some((year, rest))
}

/// Reads assessments. `filled` is the day of filling, for "the last three years".
///
/// Years may be listed (`2019、2020年`) or spanned (`2018-2022年`); one result serves all years before it.
pub fn assessments(text: &str, filled: Option<Day>) -> (Vec<(u16, Grade)>, Vec<Unread>) {
    let mut found: BTreeMap<u16, Grade> = BTreeMap::new();
    let mut unread = Vec::new();
    let text: String = text.chars().map(|c| if c == '。' { c } else { narrow(c) }).collect();
    for part in
        text.split(['；', ';', '。', '\n', '\r']).map(str::trim).filter(|p| !p.is_empty() && *p != "无")
    {
        match assessment_part(part, filled) {
            Ok(results) => {
                for (year, grade) in results {
                    if filled.is_some_and(|f| year > f.real().year()) {
                        unread.push((FaultCode::AssessmentFuture, part.to_owned()));
                    } else if found.get(&year).is_some_and(|g| *g != grade) {
                        unread.push((FaultCode::AssessmentConflict, part.to_owned()));
                    } else {
                        found.insert(year, grade);
                    }
                }
            }
            Err(code) => unread.push((code, part.to_owned())),
        }
    }
    (found.into_iter().collect(), unread)
}

fn assessment_part(part: &str, filled: Option<Day>) -> Result<Vec<(u16, Grade)>, FaultCode> {
    let mut results = Vec::new();
    let mut years: Vec<u16> = Vec::new();
    let mut graded = false;
    let mut rest = part;
    'scan: while !rest.is_empty() {
        if let Some((from, after)) = year(rest) {
            if graded {
                years.clear();
                graded = false;
            }
            let mut tail = after.trim_start().trim_start_matches("年度").trim_start_matches('年');
            let joint = tail;
            tail = tail.trim_start_matches(|c| is_dash(c) || matches!(c, '至' | '到') || c.is_whitespace());
            match year(tail) {
                Some((to, after)) if tail.len() < joint.len() && to >= from && to - from < 60 => {
                    years.extend(from..=to);
                    rest = after;
                }
                _ if joint.trim_start().starts_with(|c| is_dash(c) || matches!(c, '至' | '到')) => {
                    return Err(FaultCode::Assessment);
                }
                _ => {
                    years.push(from);
                    rest = after;
                }
            }
            continue;
        }
        for (word, grade) in GRADES {
            if let Some(after) = rest.strip_prefix(word) {
                if years.is_empty() {
                    return Err(FaultCode::Assessment);
                }
                results.extend(years.iter().map(|y| (*y, grade)));
                graded = true;
                rest = after;
                continue 'scan;
            }
        }
        for (word, count) in NEAR {
            if let Some(after) =
                rest.strip_prefix(word).or_else(|| rest.strip_prefix("最")?.strip_prefix(word))
            {
                if count > 0 {
                    let filled = filled.ok_or(FaultCode::AssessmentNear)?.real().year();
                    years = (filled.saturating_sub(count)..filled).collect();
                    graded = false;
                }
                rest = after;
                continue 'scan;
            }
        }
        for word in FILLERS.iter().chain(&["”", "\u{3000}", ".", "来"]) {
            if let Some(after) = rest.strip_prefix(word) {
                rest = after;
                continue 'scan;
            }
        }
        return Err(FaultCode::Assessment);
    }
    if results.is_empty() || !graded { Err(FaultCode::Assessment) } else { Ok(results) }
}

/// Writes assessments: one part for each run of years with one result.
pub fn write_assessments(results: &[(u16, Grade)]) -> String {
    let mut parts: Vec<(u16, u16, Grade)> = Vec::new();
    for (year, grade) in results {
        match parts.last_mut() {
            Some((_, to, last)) if last == grade && *year == *to + 1 => *to = *year,
            _ => parts.push((*year, *year, *grade)),
        }
    }
    let said: Vec<String> = parts
        .into_iter()
        .map(|(from, to, grade)| {
            let span = if from == to { format!("{from}年") } else { format!("{from}-{to}年") };
            let all = if from == to { "" } else { "均" };
            match grade {
                Grade::Ungraded => format!("{span}年度考核{all}不定等次"),
                _ => format!("{span}年度考核{all}为{}", grade.zh()),
            }
        })
        .collect();
    said.join("；")
}

/// A reward or a sanction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merit {
    /// A reward.
    Reward(Reward),
    /// A sanction, and the last day of its effect where the text states it.
    Sanction(Sanction, Option<Day>),
}

/// Words of rewards and sanctions, longer and more exact ones first.
const MERITS: [(&str, Merit); 26] = [
    ("记一等功", Merit::Reward(Reward::MeritFirst)),
    ("记二等功", Merit::Reward(Reward::MeritSecond)),
    ("记三等功", Merit::Reward(Reward::MeritThird)),
    ("一等功", Merit::Reward(Reward::MeritFirst)),
    ("二等功", Merit::Reward(Reward::MeritSecond)),
    ("三等功", Merit::Reward(Reward::MeritThird)),
    ("嘉奖", Merit::Reward(Reward::Commendation)),
    ("党内严重警告", Merit::Sanction(Sanction::PartySeriousWarning, None)),
    ("党内警告", Merit::Sanction(Sanction::PartyWarning, None)),
    ("严重警告", Merit::Sanction(Sanction::PartySeriousWarning, None)),
    ("政务记大过", Merit::Sanction(Sanction::SeriousDemerit, None)),
    ("记大过", Merit::Sanction(Sanction::SeriousDemerit, None)),
    ("政务记过", Merit::Sanction(Sanction::Demerit, None)),
    ("记过", Merit::Sanction(Sanction::Demerit, None)),
    ("行政警告", Merit::Sanction(Sanction::Warning, None)),
    ("政务警告", Merit::Sanction(Sanction::Warning, None)),
    ("警告", Merit::Sanction(Sanction::Warning, None)),
    ("政务降级", Merit::Sanction(Sanction::Demotion, None)),
    ("行政降级", Merit::Sanction(Sanction::Demotion, None)),
    ("降级", Merit::Sanction(Sanction::Demotion, None)),
    ("政务撤职", Merit::Sanction(Sanction::Removal, None)),
    ("行政撤职", Merit::Sanction(Sanction::Removal, None)),
    ("撤职", Merit::Sanction(Sanction::Removal, None)),
    ("开除公职", Merit::Sanction(Sanction::Expulsion, None)),
    ("诫勉", Merit::Sanction(Sanction::Admonition, None)),
    ("组织处理", Merit::Sanction(Sanction::Organisational, None)),
];

/// Words that turn a part round, or make it something that these lists do not hold.
const TURNS: [&str; 10] =
    ["未受", "没有", "解除", "撤销", "免予", "免于", "拟", "留党察看", "开除党籍", "党内职务"];

/// What says that there is nothing to tell.
const NOTHING: [&str; 8] =
    ["无", "无奖惩", "无奖惩情况", "未受过奖惩", "未受过处分", "无处分", "未受过任何处分", "没有受过处分"];

/// Reads rewards and sanctions, each with the days it names: a year alone is its first day, a month its first.
pub fn merits(text: &str) -> (Vec<(Day, Merit)>, Vec<Unread>) {
    let mut found = Vec::new();
    let mut unread = Vec::new();
    let text: String = text.chars().map(|c| if c == '。' { c } else { narrow(c) }).collect();
    for part in text.split(['；', ';', '。', '\n', '\r']).map(str::trim).filter(|p| !p.is_empty()) {
        if NOTHING.contains(&part) {
            continue;
        }
        match merit_part(part) {
            Ok(merits) => {
                let sanction = merits.iter().any(|(_, m)| matches!(m, Merit::Sanction(..)));
                if sanction && !times(part).iter().any(|t| t.month) {
                    unread.push((FaultCode::SanctionYear, part.to_owned()));
                }
                found.extend(merits);
            }
            Err(code) => unread.push((code, part.to_owned())),
        }
    }
    (found, unread)
}

/// A time named in a part.
struct Time {
    at: usize,
    day: Day,
    /// Whether the month is named too.
    month: bool,
}

/// Every time named in a part: `2020年5月`, `2020.05`, `2020年`.
fn times(part: &str) -> Vec<Time> {
    let mut found: Vec<Time> = Vec::new();
    let mut at = 0;
    while let Some(rest) = part.get(at..) {
        if rest.is_empty() {
            break;
        }
        let inside_number = part.get(..at).is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit()));
        if !inside_number && let Some((y, after)) = year(rest) {
            let tail = after.trim_start().trim_start_matches(['年', '.', '/', '-']);
            let digits: String = tail.chars().take_while(char::is_ascii_digit).collect();
            let month = digits
                .parse::<u8>()
                .ok()
                .filter(|_| digits.len() <= 2 && tail.len() < after.trim_start().len());
            if let Some(day) = month.map_or_else(|| Day::first_of(y, 1), |m| Day::first_of(y, m)) {
                found.push(Time { at, day, month: month.is_some() });
            }
            at += 4;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}

fn merit_part(part: &str) -> Result<Vec<(Day, Merit)>, FaultCode> {
    if TURNS.iter().any(|t| part.contains(t)) {
        return Err(FaultCode::Merit);
    }
    // The effect of a sanction: 影响期至2020年5月.
    let (body, until) = match part.split_once("影响期") {
        Some((body, effect)) => (body, times(effect).last().map(|t| month_end(t.day))),
        None => (part, None),
    };
    let mut marks: Vec<(usize, usize, Merit)> = Vec::new();
    let mut taken = vec![false; body.len()];
    for (word, merit) in MERITS {
        for (at, _) in body.match_indices(word) {
            let range = at..at + word.len();
            if let Some(cells) = taken.get_mut(range.clone())
                && !cells.iter().any(|t| *t)
            {
                cells.fill(true);
                marks.push((range.start, range.end, merit));
            }
        }
    }
    if body.contains("授予") && body.contains("称号") {
        marks.push((body.len(), body.len(), Merit::Reward(Reward::Title)));
    }
    marks.sort_by_key(|m| m.0);
    if marks.is_empty() {
        return Err(FaultCode::Merit);
    }
    let times = times(body);
    let mut found = Vec::new();
    let mut begin = 0;
    for (start, end, merit) in marks {
        let merit = match merit {
            Merit::Sanction(s, _) => Merit::Sanction(s, until),
            reward => reward,
        };
        let before: Vec<Day> =
            times.iter().filter(|t| (begin..start).contains(&t.at)).map(|t| t.day).collect();
        match (before.is_empty(), found.last()) {
            (false, _) => found.extend(before.into_iter().map(|day| (day, merit))),
            // Two in one breath: 2019年5月受党内警告、政务记过处分.
            (true, Some((day, _))) => found.push((*day, merit)),
            (true, None) => return Err(FaultCode::MeritUndated),
        }
        begin = end;
    }
    Ok(found)
}

/// The last day of a day's month.
fn month_end(day: Day) -> Day {
    day.plus_months(1).plus_days(-1)
}

/// Writes rewards and sanctions in date order.
pub fn write_merits(merits: &[(Day, Merit)]) -> String {
    let said: Vec<String> = merits
        .iter()
        .map(|(day, merit)| {
            let when = format!("{}年{}月", day.year(), day.month());
            match merit {
                Merit::Reward(Reward::Title) => format!("{when}被授予荣誉称号"),
                Merit::Reward(Reward::Commendation) => format!("{when}受嘉奖"),
                Merit::Reward(reward) => format!("{when}{}", reward.zh()),
                Merit::Sanction(sanction, until) => {
                    let kind = match sanction {
                        Sanction::Admonition | Sanction::Organisational => "",
                        _ => "处分",
                    };
                    let name = if *sanction == Sanction::Expulsion { "开除公职" } else { sanction.zh() };
                    let effect = until
                        .map(|u| format!("（影响期至{}年{}月）", u.year(), u.month()))
                        .unwrap_or_default();
                    format!("{when}受{name}{kind}{effect}")
                }
            }
        })
        .collect();
    said.join("；")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u16, Grade)> {
        let (found, unread) = assessments(text, Day::new(2024, 3, 15));
        assert_eq!(unread, [], "{text}");
        found
    }

    #[test]
    fn assessments_as_offices_write_them() {
        use Grade::{Basic, Competent, Excellent, Ungraded};
        assert_eq!(read("2020年年度考核优秀；2021年称职"), [(2020, Excellent), (2021, Competent)]);
        let three = [(2019, Competent), (2020, Competent), (2021, Competent)];
        assert_eq!(read("2019、2020、2021年度考核均为称职"), three);
        assert_eq!(read("2019年、2020年和2021年年度考核均为“称职”等次。"), three);
        assert_eq!(read("近三年考核均为称职"), [(2021, Competent), (2022, Competent), (2023, Competent)]);
        assert_eq!(read("2018-2022年称职").len(), 5);
        assert_eq!(read("２０１８－２０２２年年度考核均为称职").len(), 5);
        assert_eq!(
            read("2020年不定等次，2021年基本称职，2022年优秀"),
            [(2020, Ungraded), (2021, Basic), (2022, Excellent)]
        );
        assert_eq!(read("2019年度优秀,2020年度称职\n2021年度称职").len(), 3);
        assert_eq!(read(""), []);
        assert_eq!(read("无"), []);
    }

    #[test]
    fn what_is_not_clear_is_not_read() {
        for (text, code) in [
            ("除2020年外均称职", FaultCode::Assessment),
            ("2020年未参加年度考核", FaultCode::Assessment),
            ("历年考核称职", FaultCode::Assessment),
            ("2020年合格", FaultCode::Assessment),
            ("2030年优秀", FaultCode::AssessmentFuture),
            ("2020年优秀；2020年称职", FaultCode::AssessmentConflict),
        ] {
            let (_, unread) = assessments(text, Day::new(2024, 3, 15));
            assert_eq!(unread.first().map(|u| u.0), Some(code), "{text}");
        }
        assert_eq!(assessments("近三年考核均为称职", None).1[0].0, FaultCode::AssessmentNear);
    }

    #[test]
    fn assessments_there_and_back() {
        let results = [
            (2015, Grade::Competent),
            (2016, Grade::Competent),
            (2017, Grade::Excellent),
            (2019, Grade::Ungraded),
            (2020, Grade::Basic),
            (2021, Grade::Incompetent),
        ];
        let text = write_assessments(&results);
        assert_eq!(
            text,
            "2015-2016年年度考核均为称职；2017年年度考核为优秀；2019年年度考核不定等次；2020年年度考核为基本称职；2021年年度考核为不称职"
        );
        assert_eq!(read(&text), results);
    }

    #[test]
    fn rewards_and_sanctions() {
        let day = |y, m| Day::first_of(y, m).expect("a day");
        let (found, unread) = merits(
            "2020年记三等功；2018年、2021年被县委嘉奖；2019年5月受党内警告处分；2022.07受政务记大过处分（影响期至2024年1月）。",
        );
        assert_eq!(unread, []);
        assert_eq!(
            found,
            [
                (day(2020, 1), Merit::Reward(Reward::MeritThird)),
                (day(2018, 1), Merit::Reward(Reward::Commendation)),
                (day(2021, 1), Merit::Reward(Reward::Commendation)),
                (day(2019, 5), Merit::Sanction(Sanction::PartyWarning, None)),
                (day(2022, 7), Merit::Sanction(Sanction::SeriousDemerit, Day::new(2024, 1, 31))),
            ]
        );
        assert_eq!(merits("无"), (vec![], vec![]));
        assert_eq!(merits("未受过处分"), (vec![], vec![]));
        for text in ["2020年被开除党籍", "2021年解除记过处分", "2020年被评为优秀共产党员", "曾记三等功"]
        {
            assert_eq!(merits(text).1.len(), 1, "{text}");
        }
        let two = merits("2019年5月受党内严重警告、政务记过处分").0;
        assert_eq!(two.len(), 2);
        let text = write_merits(&found);
        assert_eq!(merits(&text), (found, vec![]));
    }
}
