//! Where in a document a clause stands, in both languages.
//!
//! An article is written in short, `source = "art. 18(7)"`, and is said in Chinese from that. Everything else is
//! written out in both languages, so that no reader meets the other language: a string that is not an article
//! reference is an error.
//!
//! | written           | Chinese          | English           |
//! |-------------------|------------------|-------------------|
//! | `art. 34`         | 第34条           | art. 34           |
//! | `art. ~18`        | 约第18条         | art. ~18          |
//! | `art. 50, 80, 88` | 第50、80、88条   | art. 50, 80, 88   |
//! | `art. 10-14`      | 第10至14条       | art. 10-14        |
//! | `art. 18(7)`      | 第18条第（七）项 | art. 18(7)        |
//! | `annex`, `annex 2`| 附件, 附件2      | annex, annex 2    |

use std::fmt;

use schemars::{Schema, SchemaGenerator, json_schema};
use serde::Deserialize as _;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Unexpected, Visitor};

use crate::cite::Text;

/// What a source must be, as the reader's error says it; `fault::grammar` says it in the reader's language.
pub(crate) const EXPECTED: &str = "an article such as art. 18, or { zh = \"…\", en = \"…\" }";
/// The short form, for editors that check by the schema.
const PATTERN: &str = r"^(art\. ~?[1-9][0-9]{0,3}(-[1-9][0-9]{0,3}|\([1-9][0-9]?\))?(, [1-9][0-9]{0,3}(-[1-9][0-9]{0,3}|\([1-9][0-9]?\))?)*|annex( [1-9][0-9]?)?)$";

/// Reads a source: an article reference, or a text in both languages.
pub(crate) fn read<'de, D: Deserializer<'de>>(d: D) -> Result<Text, D::Error> {
    d.deserialize_any(Either)
}

/// The schema of a source.
pub(crate) fn schema(generator: &mut SchemaGenerator) -> Schema {
    let text = generator.subschema_for::<Text>();
    json_schema!({
        "anyOf": [
            { "type": "string", "pattern": PATTERN, "description": "An article, e.g. art. 34, art. ~18, art. 50, 80, art. 10-14, art. 18(7), annex." },
            text,
        ]
    })
}

struct Either;

impl<'de> Visitor<'de> for Either {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_str<E: Error>(self, written: &str) -> Result<Text, E> {
        article(written).ok_or_else(|| E::invalid_value(Unexpected::Str(written), &self))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Text, A::Error> {
        Text::deserialize(MapAccessDeserializer::new(map))
    }
}

/// One place in a list of articles.
enum Place {
    One(u16),
    Range(u16, u16),
    Item(u16, u16),
}

/// An article reference in both languages, or `None` if it is none.
pub(crate) fn article(written: &str) -> Option<Text> {
    let zh = if let Some(rest) = written.strip_prefix("annex") {
        match rest {
            "" => "附件".to_owned(),
            _ => format!("附件{}", number(rest.strip_prefix(' ')?, 99)?),
        }
    } else {
        let rest = written.strip_prefix("art. ")?;
        let (about, list) = match rest.strip_prefix('~') {
            Some(list) => ("约", list),
            None => ("", rest),
        };
        let places = list.split(", ").map(place).collect::<Option<Vec<Place>>>()?;
        format!("{about}{}", said(&places))
    };
    Some(Text { zh, en: written.to_owned() })
}

fn place(written: &str) -> Option<Place> {
    if let Some((from, to)) = written.split_once('-') {
        let (from, to) = (number(from, 9999)?, number(to, 9999)?);
        (from < to).then_some(Place::Range(from, to))
    } else if let Some((of, item)) = written.split_once('(') {
        Some(Place::Item(number(of, 9999)?, number(item.strip_suffix(')')?, 99)?))
    } else {
        Some(Place::One(number(written, 9999)?))
    }
}

/// A number from 1 up, in digits alone and without leading zeros.
fn number(written: &str, most: u16) -> Option<u16> {
    let plain = written.bytes().all(|b| b.is_ascii_digit()) && !written.starts_with('0');
    written.parse().ok().filter(|n| plain && *n <= most)
}

/// In Chinese; a list of whole articles shares one 第…条.
fn said(places: &[Place]) -> String {
    let whole = !places.iter().any(|p| matches!(p, Place::Item(..)));
    let each = places.iter().map(|p| match p {
        Place::One(n) if whole => n.to_string(),
        Place::Range(from, to) if whole => format!("{from}至{to}"),
        Place::One(n) => format!("第{n}条"),
        Place::Range(from, to) => format!("第{from}至{to}条"),
        Place::Item(n, item) => format!("第{n}条第（{}）项", in_words(*item)),
    });
    let list = each.collect::<Vec<String>>().join("、");
    if whole { format!("第{list}条") } else { list }
}

/// A number from 1 to 99 as items of an article are numbered.
fn in_words(n: u16) -> String {
    let digit = |n: u16| "一二三四五六七八九".chars().nth(usize::from(n).wrapping_sub(1)).map(String::from);
    let tens = match n / 10 {
        0 => String::new(),
        1 => "十".to_owned(),
        more => format!("{}十", digit(more).unwrap_or_default()),
    };
    format!("{tens}{}", digit(n % 10).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use takeroot_words::Lang;

    #[test]
    fn articles_are_said_in_both_languages() {
        for (written, zh) in [
            ("art. 34", "第34条"),
            ("art. ~18", "约第18条"),
            ("art. 50, 80, 88", "第50、80、88条"),
            ("art. 10-14", "第10至14条"),
            ("art. ~10-14", "约第10至14条"),
            ("art. 3, 5-7", "第3、5至7条"),
            ("art. 18(7)", "第18条第（七）项"),
            ("art. ~18(20)", "约第18条第（二十）项"),
            ("art. 13(1), 18, 20-21", "第13条第（一）项、第18条、第20至21条"),
            ("art. 26(11), 26(35)", "第26条第（十一）项、第26条第（三十五）项"),
            ("annex", "附件"),
            ("annex 2", "附件2"),
        ] {
            assert_eq!(
                article(written),
                Some(Text { zh: zh.to_owned(), en: written.to_owned() }),
                "{written}"
            );
        }
    }

    #[test]
    fn nothing_else_is_an_article() {
        for written in [
            "",
            " ",
            "art.",
            "art. ",
            "art.18",
            "Art. 18",
            "art. 0",
            "art. 018",
            "art. 14-10",
            "art. 10-10",
            "art. 18()",
            "art. 18(0)",
            "art. 18(7",
            "art. 18(100)",
            "art. 1,2",
            "art. 1, ",
            "art. +3",
            "art. 10000",
            "art. 99999999999",
            "art. 18 末款",
            "第18条",
            "annex ",
            "annex2",
            "annex, level pay",
            "rules of 2020",
        ] {
            assert_eq!(article(written), None, "{written}");
        }
    }

    const BEFORE: &str = "[instrument]\nid = \"t\"\ntitle = { zh = \"甲\", en = \"A\" }\neffective = 2019-06-01\nscope = \"central\"\nread = { zh = \"甲\", en = \"A\" }\n\n[[clause]]\nid = \"T-1\"\ntext = { zh = \"甲\", en = \"A\" }\n";
    const AFTER: &str =
        "\nconfidence = \"B\"\nrule.limit = { of = \"notice-rank\", at-least = 5, unit = \"working-day\" }\n";

    fn parsed(source: &str) -> Result<Text, (Option<String>, String, String)> {
        let text = format!("{BEFORE}source = {source}{AFTER}");
        match Document::parse("t.toml", text.as_bytes()) {
            Ok(document) => Ok(document.clauses.first().unwrap().get_ref().source.clone()),
            Err(fault) => {
                let at = fault.span.clone().map(|span| text.get(span).unwrap().to_owned());
                Err((at, fault.drawn(Lang::Zh, false), fault.drawn(Lang::En, false)))
            }
        }
    }

    #[test]
    fn both_forms_are_read() {
        assert_eq!(parsed("\"art. 18\"").unwrap().zh, "第18条");
        let pair =
            parsed("{ zh = \"年终一次性奖金的规定\", en = \"state rule on the year-end bonus\" }").unwrap();
        assert_eq!(pair.en, "state rule on the year-end bonus");
    }

    #[test]
    fn another_string_is_an_error_at_its_place_that_says_what_to_write() {
        let (at, zh, en) = parsed("\"rules of 2020\"").unwrap_err();
        assert_eq!(at.as_deref(), Some("\"rules of 2020\""));
        assert!(zh.contains("rules of 2020") && zh.contains("{ zh = \"…\", en = \"…\" }"), "{zh}");
        assert!(en.contains("rules of 2020") && en.contains("{ zh = \"…\", en = \"…\" }"), "{en}");
        let (at, _, en) = parsed("18").unwrap_err();
        assert_eq!(at.as_deref(), Some("18"));
        assert!(en.contains("{ zh = \"…\", en = \"…\" }"), "{en}");
        let (at, _, en) = parsed("{ zh = \"甲\" }").unwrap_err();
        assert_eq!(at.as_deref(), Some("{ zh = \"甲\" }"));
        assert!(en.contains("en"), "{en}");
    }
}
