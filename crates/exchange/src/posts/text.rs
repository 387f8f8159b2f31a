//! Text as post tables write it, brought to one spelling: full-width letters and digits, stray spaces, the many ways
//! to say *no limit*, *yes*, *no*, and numbers in Chinese characters.

/// The table's own words, with spaces of every kind and line ends as one space.
pub(super) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' || c.is_control() {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push(' ');
            gap = false;
        }
        out.push(c);
    }
    out
}

/// The text without any space at all and in half-width letters, digits and punctuation, for comparing.
pub(super) fn squeeze(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{200b}' | '\u{feff}'))
        .map(half)
        .collect()
}

/// Letters, digits and brackets half-width; Chinese punctuation that carries meaning (、；：) becomes ASCII too.
fn half(c: char) -> char {
    match c {
        '；' => ';',
        '：' => ':',
        '，' => ',',
        '〔' | '【' | '［' => '(',
        '〕' | '】' | '］' => ')',
        '—' | '–' | '～' | '~' | '―' => '-',
        '\u{ff01}'..='\u{ff5d}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Whether the text says that nothing is asked: 不限, 无, 无要求, 不限专业, `-` …
pub(super) fn unlimited(text: &str) -> bool {
    let text = squeeze(text);
    let text = text.trim_matches(|c: char| matches!(c, '。' | ';' | ',' | '.' | '(' | ')' | '"' | '“' | '”'));
    if text.chars().all(|c| matches!(c, '-' | '/' | '\\' | '*' | '_' | '.' | '、')) {
        return !text.is_empty();
    }
    for subject in [
        "专业",
        "学历",
        "学位",
        "年龄",
        "性别",
        "户籍",
        "生源",
        "政治面貌",
        "民族",
        "经历",
        "工作经历",
        "基层工作经历",
        "",
    ] {
        for say in [
            "不限",
            "无",
            "无要求",
            "不要求",
            "无限制",
            "不限制",
            "不作要求",
            "不做要求",
            "不作限制",
            "不做限制",
            "没有要求",
            "无特殊要求",
            "无其他要求",
            "无限定",
            "不限定",
            "均可",
            "皆可",
            "无需",
            "不受限制",
            "无具体要求",
            "没有限制",
        ] {
            if text.strip_prefix(subject).is_some_and(|t| t == say)
                || (!subject.is_empty() && text.strip_suffix(subject).is_some_and(|t| t == say))
            {
                return true;
            }
        }
    }
    matches!(
        text,
        "男女不限"
            | "男女均可"
            | "户籍不限"
            | "不限户籍"
            | "不限学历"
            | "不限地域"
            | "面向全国"
            | "全国"
            | "不限范围"
            | "none"
            | "N/A"
    ) || text
        .strip_suffix("要求")
        .is_some_and(|t| matches!(t, "无专业" | "无学位" | "无其他" | "无年龄" | "无性别"))
}

/// 是, 有, Y … or 否, 无, 不限 …; `None` when it is neither.
pub(super) fn yes_no(text: &str) -> Option<bool> {
    let text = squeeze(text);
    match text.as_str() {
        "是" | "有" | "需" | "需要" | "要求" | "√" | "✓" | "✔" | "Y" | "y" | "YES" | "Yes" | "yes" | "限"
        | "对" => Some(true),
        "否" | "非" | "N" | "n" | "NO" | "No" | "no" | "×" | "✗" | "不需要" | "不需" | "不是" | "否。" => {
            Some(false)
        }
        _ if unlimited(&text) => Some(false),
        _ => None,
    }
}

/// A number in Chinese characters below one hundred: 二, 两, 十五, 三十五.
pub(super) fn chinese_number(text: &str) -> Option<u32> {
    let digit = |c: char| {
        "零一二三四五六七八九"
            .chars()
            .position(|d| d == c)
            .or((c == '两').then_some(2))
            .or((c == '〇').then_some(0))
    };
    // The numerals of accounts too: 壹, 贰, 叁 …
    let plain = |c: char| {
        "壹贰叁肆伍陆柒捌玖拾"
            .chars()
            .zip("一二三四五六七八九十".chars())
            .find(|(a, _)| *a == c)
            .map_or(c, |(_, b)| b)
    };
    let chars: Vec<char> = text.chars().map(plain).collect();
    let value = match chars.as_slice() {
        [a] => match a {
            '十' => 10,
            _ => digit(*a)?,
        },
        ['十', b] => 10 + digit(*b)?,
        [a, '十'] => digit(*a)? * 10,
        [a, '十', b] => digit(*a)? * 10 + digit(*b)?,
        _ => return None,
    };
    u32::try_from(value).ok()
}

/// Every number written in a text, in digits or (where `units` follows it) in Chinese characters, with the byte
/// places where it begins and where what follows it begins.
pub(super) fn numbers(text: &str, units: &[char]) -> Vec<(u32, usize, usize)> {
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let digit = c.is_ascii_digit();
        let chinese = |c: char| "零〇一二两三四五六七八九十".contains(c);
        if !digit && !chinese(c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((next, n)) = chars.peek().copied() {
            if (digit && n.is_ascii_digit()) || (!digit && chinese(n)) {
                end = next + n.len_utf8();
                chars.next();
            } else {
                break;
            }
        }
        let Some(word) = text.get(at..end) else {
            continue;
        };
        let value = if digit { word.parse().ok() } else { chinese_number(word) };
        let follows = text
            .get(end..)
            .and_then(|t| t.chars().find(|c| !matches!(c, '个' | ' ' | '(' | ')' | '含' | '周')));
        let kept = digit || follows.is_some_and(|c| units.contains(&c));
        if let (Some(value), true) = (value, kept) {
            found.push((value, at, end));
        }
    }
    found
}

/// Cuts a text at any of the marks, outside brackets and quotation marks; the pieces are trimmed, empty ones dropped.
pub(super) fn split_outside(text: &str, marks: &[char]) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '(' | '（' | '“' | '《' | '[' => depth += 1,
            ')' | '）' | '”' | '》' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && marks.contains(&c) {
            pieces.push(std::mem::take(&mut piece));
        } else {
            piece.push(c);
        }
    }
    pieces.push(piece);
    pieces.into_iter().map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_nothing_asked() {
        for text in ["不限", "无要求", "不限专业", "专业不限", "—", "无", " 不 限 ", "无限制", "/", "不限。"]
        {
            assert!(unlimited(text), "{text}");
        }
        for text in ["", "法学", "不限（公安类除外）", "本科"] {
            assert!(!unlimited(text), "{text}");
        }
    }

    #[test]
    fn numbers_in_both_scripts() {
        assert_eq!(chinese_number("三十五"), Some(35));
        assert_eq!(chinese_number("两"), Some(2));
        assert_eq!(numbers("具有两年以上基层工作经历", &['年']).first().map(|n| n.0), Some(2));
        assert_eq!(numbers("满5年", &['年']).first().map(|n| n.0), Some(5));
        assert!(numbers("一级科员", &['年']).is_empty());
    }

    #[test]
    fn brackets_hold_together() {
        assert_eq!(split_outside("甲(乙;丙);丁", &[';']), ["甲(乙;丙)", "丁"]);
    }
}
