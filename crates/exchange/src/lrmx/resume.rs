//! The résumé (简历): one text whose lines are spans, read and written.
//!
//! A line is `yyyy.MM--yyyy.MM  text`: eighteen characters before the text, an open end left blank, continuation
//! lines indented eighteen blanks, study and secondment nested as `（其间：yyyy.MM--yyyy.MM …）`. Real files use
//! every dash there is, leave months out and mix in full-width digits: all that is read. A line whose time cannot
//! be read is kept as text and reported.

use super::dates::{Month, narrow};
use super::fault::FaultCode;

/// Characters before a line's text.
pub const INDENT: usize = 18;

/// A span of the résumé.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When it began.
    pub from: Month,
    /// When it ended; `None` when it goes on.
    pub to: Option<Month>,
    /// What was done, continuation lines joined, nested spans taken out.
    pub text: String,
    /// What was done meanwhile（其间）.
    pub nested: Vec<Entry>,
    /// Line of the résumé, from 0.
    pub line: usize,
}

/// A line, or a part of one, that is not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Why.
    pub code: FaultCode,
    /// Line of the résumé, from 0.
    pub line: usize,
    /// It.
    pub text: String,
}

/// A résumé.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resume {
    /// Spans in the order of the text.
    pub entries: Vec<Entry>,
    /// What is not understood.
    pub unread: Vec<Unread>,
}

/// The dashes that join two times.
const DASHES: [char; 16] =
    ['-', '‐', '‑', '‒', '–', '—', '―', '─', '━', '－', '﹣', '−', '~', '～', '〜', '∼'];

/// Whether a character is one of the dashes in use.
pub fn is_dash(c: char) -> bool {
    DASHES.contains(&c)
}

/// What the head of a line says.
enum Head<'t> {
    /// A span and the text after it.
    Span(Month, Option<Month>, &'t str),
    /// It begins with a time, but the rest is wrong.
    Bad(FaultCode),
    /// It does not begin with a time.
    None,
}

/// Reads characters of a line's head.
struct Chars<'t> {
    rest: &'t str,
}

impl<'t> Chars<'t> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next().map(narrow)
    }

    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = self.rest.get(c.len_utf8()..).unwrap_or_default();
        Some(narrow(c))
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.next();
        }
    }

    /// Up to `most` digits; `None` if there is none.
    fn number(&mut self, most: usize) -> Option<(u16, usize)> {
        let (mut n, mut count) = (0u16, 0);
        while count < most
            && let Some(digit) = self.peek().and_then(|c| c.to_digit(10))
        {
            n = n * 10 + u16::try_from(digit).ok()?;
            count += 1;
            self.next();
        }
        (count > 0).then_some((n, count))
    }

    /// `yyyy.MM`, `yyyy年M月`, `yyyyMM`, `yyyy-MM`, `yyyy`. `Err` for an impossible month.
    fn month(&mut self) -> Result<Option<Month>, FaultCode> {
        let before = self.rest;
        let Some((year, 4)) = self.number(4) else {
            self.rest = before;
            return Ok(None);
        };
        if !(1900..=2199).contains(&year) {
            self.rest = before;
            return Ok(None);
        }
        let after_year = self.rest;
        let sign = match self.peek() {
            Some(c @ ('.' | '/' | '年' | '·' | '-')) => {
                self.next();
                self.blanks();
                Some(c)
            }
            _ => None,
        };
        let month = match (sign, self.number(2)) {
            // Two digits after a dash are a month only if no year begins there: `2010-12` but `2010-2012`.
            (Some('-'), Some((_, count))) if count < 2 || self.digit() => None,
            (None, Some((_, count))) if count < 2 || self.digit() => None,
            (_, found) => found.map(|(m, _)| m),
        };
        let Some(month) = month else {
            self.rest = after_year;
            if self.peek() == Some('年') {
                self.next();
            }
            return Ok(Some(Month { year, month: None }));
        };
        if self.peek() == Some('月') {
            self.next();
        }
        // A day, where someone wrote one: it says no more than the month here.
        let after_month = self.rest;
        if matches!(sign, Some('.' | '/' | '年')) {
            if self.peek() == Some('.') {
                self.next();
            }
            match self.number(2) {
                Some(_) if self.peek() == Some('日') => {
                    self.next();
                }
                Some(_) if sign == Some('.') && after_month.starts_with(['.', '．']) => {}
                _ => self.rest = after_month,
            }
        }
        match u8::try_from(month) {
            Ok(m @ 1..=12) => Ok(Some(Month { year, month: Some(m) })),
            _ => Err(FaultCode::ResumeMonth),
        }
    }

    fn digit(&self) -> bool {
        self.peek().is_some_and(|c| c.is_ascii_digit())
    }
}

/// Reads the head of a line: a span.
fn head(line: &str) -> Head<'_> {
    let mut chars = Chars { rest: line };
    chars.blanks();
    let from = match chars.month() {
        Ok(Some(from)) => from,
        Ok(None) => return Head::None,
        Err(code) => return Head::Bad(code),
    };
    chars.blanks();
    let mut joined = false;
    let mut dashes = 0;
    while chars.peek().is_some_and(is_dash) && dashes < 4 {
        chars.next();
        chars.blanks();
        (joined, dashes) = (true, dashes + 1);
    }
    if !joined && matches!(chars.peek(), Some('至' | '到')) {
        chars.next();
        chars.blanks();
        joined = true;
        if chars.peek() == Some('今') {
            chars.next();
            return end(from, None, chars.rest);
        }
    }
    if !joined {
        if chars.peek() == Some('起') {
            chars.next();
            return end(from, None, chars.rest);
        }
        // A time, something else, a time: the sign between is none we know.
        let mut after = Chars { rest: chars.rest };
        let mut skipped = 0;
        while skipped < 4 && after.peek().is_some_and(|c| !c.is_alphanumeric()) {
            after.next();
            skipped += 1;
        }
        let second = skipped > 0 && matches!(after.month(), Ok(Some(_)) | Err(_));
        return Head::Bad(if second { FaultCode::ResumeDash } else { FaultCode::ResumeLine });
    }
    for now in ["至今", "今", "现在"] {
        if let Some(rest) = chars.rest.strip_prefix(now) {
            return end(from, None, rest);
        }
    }
    match chars.month() {
        Ok(to) => end(from, to, chars.rest),
        Err(code) => Head::Bad(code),
    }
}

/// The span once both times are read.
fn end(from: Month, to: Option<Month>, rest: &str) -> Head<'_> {
    if let Some(to) = to
        && (to.year < from.year
            || (to.year == from.year && matches!((to.month, from.month), (Some(t), Some(f)) if t < f)))
    {
        return Head::Bad(FaultCode::ResumeOrder);
    }
    let rest =
        rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '，' | ',' | '：' | ':' | '、'));
    Head::Span(from, to, rest)
}

/// The times of a line and the text after them, if it begins with a span.
pub fn split_head(line: &str) -> Option<(Month, Option<Month>, &str)> {
    match head(line) {
        Head::Span(from, to, text) => Some((from, to, text)),
        Head::Bad(_) | Head::None => None,
    }
}

/// Whether a bracket is open at the end of a text.
fn is_open(text: &str) -> bool {
    let mut depth = 0i32;
    for c in text.chars().map(narrow) {
        match c {
            '(' => depth += 1,
            ')' => depth = (depth - 1).max(0),
            _ => {}
        }
    }
    depth > 0
}

/// Reads a résumé; `lines` may carry blanks and line ends of any kind.
pub fn parse<'t>(lines: impl IntoIterator<Item = &'t str>) -> Resume {
    let mut resume = Resume::default();
    let mut last_is_entry = false;
    for (number, line) in lines.into_iter().enumerate() {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            continue;
        }
        let indented = line.chars().take_while(|c| c.is_whitespace()).count() >= INDENT / 2;
        let open = last_is_entry && resume.entries.last().is_some_and(|e| is_open(&e.text));
        if !open {
            match head(trimmed) {
                Head::Span(from, to, text) => {
                    let text = text.trim_end().to_owned();
                    resume.entries.push(Entry { from, to, text, nested: Vec::new(), line: number });
                    last_is_entry = true;
                    continue;
                }
                Head::Bad(code) => {
                    resume.unread.push(Unread { code, line: number, text: trimmed.to_owned() });
                    last_is_entry = false;
                    continue;
                }
                Head::None => {}
            }
        }
        let nested = trimmed.chars().map(narrow).take(3).collect::<String>();
        let goes_on = open || indented || nested.starts_with("(其") || nested.starts_with("其间");
        match resume.entries.last_mut() {
            Some(entry) if last_is_entry && goes_on => entry.text.push_str(trimmed),
            _ if !last_is_entry && indented && !resume.unread.is_empty() => {
                // The rest of a line that is not understood belongs to it.
                if let Some(unread) = resume.unread.last_mut() {
                    unread.text.push_str(trimmed);
                }
            }
            _ => {
                let text = trimmed.to_owned();
                resume.unread.push(Unread { code: FaultCode::ResumeLine, line: number, text });
                last_is_entry = false;
            }
        }
    }
    let Resume { entries, unread } = &mut resume;
    for entry in entries {
        take_nested(entry, unread);
    }
    resume
}

/// Takes `（其间：…）` out of a line's text.
fn take_nested(entry: &mut Entry, unread: &mut Vec<Unread>) {
    let mut kept = String::new();
    let mut rest = entry.text.as_str();
    while let Some((start, inside)) = ["（其间", "(其间", "（期间", "(期间"]
        .iter()
        .filter_map(|open| rest.find(open).map(|at| (at, at + open.len())))
        .min()
    {
        let (before, tail) = rest.split_at(start);
        kept.push_str(before);
        let skip = inside - start;
        let tail = tail.get(skip..).unwrap_or_default();
        let (content, after) = close(tail);
        let content = content.trim_start_matches(|c: char| matches!(c, '：' | ':') || c.is_whitespace());
        for piece in content.split(['；', ';', '。']).map(str::trim).filter(|p| !p.is_empty()) {
            match head(piece) {
                Head::Span(from, to, text) => {
                    let text = text.to_owned();
                    entry.nested.push(Entry { from, to, text, nested: Vec::new(), line: entry.line });
                }
                Head::Bad(code) => {
                    unread.push(Unread { code, line: entry.line, text: piece.to_owned() });
                }
                Head::None => {
                    unread.push(Unread {
                        code: FaultCode::ResumeLine,
                        line: entry.line,
                        text: piece.to_owned(),
                    });
                }
            }
        }
        rest = after;
    }
    kept.push_str(rest);
    entry.text = kept.trim().to_owned();
}

/// The text up to the bracket that closes one already open, and what follows it.
fn close(text: &str) -> (&str, &str) {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        match narrow(c) {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let (content, rest) = text.split_at(at);
            return (content, rest.get(c.len_utf8()..).unwrap_or_default());
        }
    }
    (text, "")
}

/// A span as it stands before a line's text: sixteen characters and two blanks.
fn span(entry: &Entry) -> String {
    let to = entry.to.map_or_else(|| " ".repeat(7), Month::seven);
    format!("{}--{to}", entry.from.seven())
}

/// Writes one line and what was done meanwhile, in the layout of the form, with `\n` between lines.
pub fn write_entry(entry: &Entry) -> String {
    let mut out = format!("{}  {}", span(entry), entry.text);
    if !entry.nested.is_empty() {
        let nested: Vec<String> =
            entry.nested.iter().map(|n| format!("{}  {}", span(n).trim_end(), n.text)).collect();
        out.push('\n');
        out.push_str(&" ".repeat(INDENT));
        out.push_str(&format!("（其间：{}）", nested.join("；")));
    }
    out
}

/// Writes a résumé in the layout of the form.
pub fn write(entries: &[Entry]) -> String {
    entries.iter().map(write_entry).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        let (year, month) = text.split_once('.').expect("yyyy.MM");
        Month { year: year.parse().expect("year"), month: month.parse().ok() }
    }

    fn one(line: &str) -> Entry {
        let resume = parse([line]);
        assert_eq!(resume.unread, [], "{line}");
        assert_eq!(resume.entries.len(), 1, "{line}");
        resume.entries[0].clone()
    }

    #[test]
    fn every_dash_joins() {
        for dash in DASHES {
            for joint in [
                format!("{dash}"),
                format!("{dash}{dash}"),
                format!(" {dash} "),
                format!("{dash}{dash}{dash}"),
            ] {
                let entry = one(&format!("2010.07{joint}2012.08  云岭县财政局科员"));
                assert_eq!((entry.from, entry.to), (month("2010.07"), Some(month("2012.08"))), "{joint:?}");
                assert_eq!(entry.text, "云岭县财政局科员");
            }
        }
    }

    #[test]
    fn odd_heads() {
        let full = (month("2010.07"), Some(month("2012.08")));
        for line in [
            "２０１０．０７－－２０１２．０８　　某局",
            "2010年7月至2012年8月 某局",
            "2010年07月—2012年08月，某局",
            "201007-201208 某局",
            "2010-07--2012-08 某局",
            "2010.7-2012.8某局",
            "2010/07~2012/08：某局",
        ] {
            let entry = one(line);
            assert_eq!((entry.from, entry.to), full, "{line}");
            assert_eq!(entry.text, "某局", "{line}");
        }
        for line in [
            "2019.06--         某局",
            "2019.06--至今  某局",
            "2019.06至今 某局",
            "2019.06—今 某局",
            "2019年6月起 某局",
        ] {
            let entry = one(line);
            assert_eq!(
                (entry.from, entry.to, entry.text.as_str()),
                (month("2019.06"), None, "某局"),
                "{line}"
            );
        }
        let years = one("1998--2002  某校学习");
        assert_eq!(years.from, Month { year: 1998, month: None });
        assert_eq!(years.to, Some(Month { year: 2002, month: None }));
    }

    #[test]
    fn continuation_and_nesting() {
        let text = "2008.07--2012.08  云岭县石桥镇人民政府科员、\n                  党政办公室副主任\n                  （其间：2009.03--2009.07  县委党校中青班学习；\n                  2010.09--2012.06  云岭大学（函授）学习）\n2012.08--         云岭县财政局";
        let resume = parse(text.lines());
        assert_eq!(resume.unread, []);
        assert_eq!(resume.entries.len(), 2);
        assert_eq!(resume.entries[0].text, "云岭县石桥镇人民政府科员、党政办公室副主任");
        assert_eq!(resume.entries[0].nested.len(), 2);
        assert_eq!(resume.entries[0].nested[1].text, "云岭大学（函授）学习");
        assert_eq!(resume.entries[1].line, 4);
        assert_eq!(parse(write(&resume.entries).lines()).entries[0].nested.len(), 2);
    }

    #[test]
    fn what_is_not_understood_is_kept_with_its_line() {
        let text = "2010.07--2012.08  某局\n2010.13--2012.08  某局\n2012.08--2010.07  某局\n2012.08＝2013.07  某局\n某年在乡下\n2015.01 某局";
        let resume = parse(text.lines());
        let codes: Vec<_> = resume.unread.iter().map(|u| (u.code, u.line)).collect();
        assert_eq!(
            codes,
            [
                (FaultCode::ResumeMonth, 1),
                (FaultCode::ResumeOrder, 2),
                (FaultCode::ResumeDash, 3),
                (FaultCode::ResumeLine, 4),
                (FaultCode::ResumeLine, 5),
            ]
        );
    }

    #[test]
    fn the_layout_has_eighteen_characters_before_the_text() {
        let entry =
            Entry { from: month("2019.06"), to: None, text: "某局".into(), nested: Vec::new(), line: 0 };
        assert_eq!(write_entry(&entry), "2019.06--         某局");
        assert_eq!(write_entry(&entry).chars().position(|c| c == '某'), Some(INDENT));
    }
}
