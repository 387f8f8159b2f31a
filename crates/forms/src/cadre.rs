//! What stands on a cadre appointment form: the elements of a `.lrmx` document, so that paper and file cannot differ.

use serde::Serialize;
use serde_json::{Map, Value};
use takeroot_civil::{Code, Day, Degree, Education, Sex};
use takeroot_exchange::lrmx::fields::{
    AGE_DAY, ASSESSMENTS, BIRTH, FAMILY, FIELDS, FILLED, MERITS, PHOTO, RESUME,
};
use takeroot_exchange::lrmx::{Document, dates, resume};
use takeroot_words::Lang;

use crate::press::Date;

/// One form.
#[derive(Clone, Debug)]
pub struct Sheet {
    data: Value,
    photo: Option<Vec<u8>>,
}

/// A span of the résumé.
#[derive(Debug, Serialize)]
struct Line {
    /// `2015.07--2019.06`, the end left out while it goes on; empty for a line without a time.
    time: String,
    text: String,
    /// What was done meanwhile, as it stands in the file.
    notes: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Relative {
    relation: String,
    name: String,
    birth: String,
    /// Full years, where the month of birth is known.
    age: Option<i32>,
    politics: String,
    work: String,
}

impl Sheet {
    /// The form that a `.lrmx` document describes. Sex, education and degree are said in `lang`; everything else
    /// stands as it was recorded.
    pub fn of(document: &Document, lang: Lang) -> Sheet {
        let text = |tag: &str| document.text(tag);
        let on = dates::form_date(&text(AGE_DAY)).or_else(|| dates::form_date(&text(FILLED)));
        let age = |birth: &str| {
            let born = dates::form_date(birth)?;
            on.map(|on| on.years_since(born)).filter(|age| *age >= 0)
        };
        let mut data = Map::new();
        for field in FIELDS {
            let said = match field.tag {
                PHOTO | RESUME | FAMILY | "Version" => continue,
                "XingBie" => coded::<Sex>(&text(field.tag), lang),
                "QuanRiZhiJiaoYu_XueLi" | "ZaiZhiJiaoYu_XueLi" => coded::<Education>(&text(field.tag), lang),
                "QuanRiZhiJiaoYu_XueWei" | "ZaiZhiJiaoYu_XueWei" => coded::<Degree>(&text(field.tag), lang),
                BIRTH | "CanJiaGongZuoShiJian" => month(&text(field.tag)),
                "RuDangShiJian" => party(&text(field.tag), lang),
                MERITS | ASSESSMENTS | "RenMianLiYou" => text(field.tag),
                _ => text(field.tag),
            };
            data.insert(field.tag.to_owned(), said.into());
        }
        let date = |tag: &str| dates::form_date(&text(tag)).map(Date::of);
        data.insert(FILLED.to_owned(), json(&date(FILLED)));
        data.insert(AGE_DAY.to_owned(), json(&date(AGE_DAY)));
        data.insert("Age".to_owned(), json(&age(&text(BIRTH))));
        let raw = document.root.child(RESUME).map(|e| e.raw_text()).unwrap_or_default();
        data.insert(RESUME.to_owned(), json(&lines(&raw)));
        let family = document.family().into_iter().map(|[relation, name, birth, politics, work]| Relative {
            relation,
            name,
            age: age(&birth),
            birth: month(&birth),
            politics,
            work,
        });
        data.insert(FAMILY.to_owned(), json(&family.collect::<Vec<_>>()));
        let photo = picture(&text(PHOTO));
        Sheet { data: Value::Object(data), photo }
    }
}

impl crate::press::Sheet for Sheet {
    const USUAL_PAGES: usize = 2;

    fn data(&self) -> Value {
        self.data.clone()
    }

    fn photo(&self) -> Option<&[u8]> {
        self.photo.as_deref()
    }
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// A word of a closed list in a language; as it stands where the list does not have it.
fn coded<C: Code>(text: &str, lang: Lang) -> String {
    C::from_zh(text).map_or_else(|| text.to_owned(), |c| c.name(lang).to_owned())
}

/// `199001` as `1990.01`, a day as `1990.01.05`; as it stands when it is no date.
fn month(text: &str) -> String {
    match text.len() {
        6 | 8 if text.bytes().all(|b| b.is_ascii_digit()) && dates::form_date(text).is_some() => {
            let (year, rest) = text.split_at(4);
            let (month, day) = rest.split_at(2);
            if day.is_empty() { format!("{year}.{month}") } else { format!("{year}.{month}.{day}") }
        }
        _ => text.to_owned(),
    }
}

/// Party entry: the months in it made readable, other words kept.
fn party(text: &str, lang: Lang) -> String {
    let parts = text.split('；').map(|part| match part.strip_suffix("（预备）") {
        Some(day) => lang.pick(format!("{}（预备）", month(day)), format!("{} (probationary)", month(day))),
        None => month(part),
    });
    parts.collect::<Vec<_>>().join("；")
}

/// The lines of a résumé as they were written: none is left out, whether its time is understood or not.
fn lines(raw: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for line in raw.lines().filter(|l| !l.trim().is_empty()) {
        let indented = line.chars().take_while(|c| c.is_whitespace()).count() >= resume::INDENT / 2;
        match resume::split_head(line.trim()) {
            Some((from, to, text)) if !indented => {
                let to = to.map(|m| m.seven().trim_end().to_owned()).unwrap_or_default();
                let time = format!("{}--{to}", from.seven().trim_end());
                lines.push(Line { time, text: text.trim().to_owned(), notes: Vec::new() });
            }
            _ => match lines.last_mut().filter(|_| indented || line.trim().starts_with(['（', '('])) {
                Some(last) => last.notes.push(line.trim().to_owned()),
                None => {
                    lines.push(Line { time: String::new(), text: line.trim().to_owned(), notes: Vec::new() })
                }
            },
        }
    }
    lines
}

/// A picture out of its base64, if it is a JPEG or PNG: anything else cannot be printed.
fn picture(text: &str) -> Option<Vec<u8>> {
    let bytes = base64(text)?;
    let known = bytes.starts_with(&[0xff, 0xd8, 0xff]) || bytes.starts_with(b"\x89PNG\r\n\x1a\n");
    known.then_some(bytes)
}

/// Base64 as `.lrmx` files carry it, blanks and line ends ignored.
fn base64(text: &str) -> Option<Vec<u8>> {
    let (mut out, mut bits, mut count) = (Vec::new(), 0u32, 0u8);
    for c in text.bytes().filter(|b| !b.is_ascii_whitespace() && *b != b'=') {
        let six = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from((bits >> count) & 0xff).ok()?);
        }
    }
    (!out.is_empty()).then_some(out)
}

/// The day a form was filled, for naming files.
pub fn filled(document: &Document) -> Option<Day> {
    dates::form_date(&document.text(FILLED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_readable_and_other_words_stay() {
        assert_eq!(month("199001"), "1990.01");
        assert_eq!(month("19900105"), "1990.01.05");
        assert_eq!(month("不详"), "不详");
        assert_eq!(party("201507（预备）；民盟", Lang::Zh), "2015.07（预备）；民盟");
    }

    #[test]
    fn every_line_of_a_résumé_is_kept() {
        let raw = "2010.09--2014.06  某大学学习\r\n2014.07--         某镇工作\r\n                  （其间：2016.03--2016.06  培训）\r\n另：曾任村干部";
        let lines = lines(raw);
        assert_eq!(lines.len(), 3);
        assert_eq!((lines[0].time.as_str(), lines[0].text.as_str()), ("2010.09--2014.06", "某大学学习"));
        assert_eq!(lines[1].notes, ["（其间：2016.03--2016.06  培训）"]);
        assert_eq!((lines[2].time.as_str(), lines[2].text.as_str()), ("", "另：曾任村干部"));
    }

    #[test]
    fn only_pictures_are_photos() {
        assert!(picture("aGVsbG8=").is_none());
        assert!(picture("/9j/4AAQSkZJRg==").is_some());
        assert_eq!(base64("aGVs\r\nbG8=").as_deref(), Some(b"hello".as_slice()));
    }
}
