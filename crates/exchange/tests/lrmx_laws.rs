//! Laws of `.lrmx`: reading and writing loses nothing, a workbook in between keeps the content, nothing panics.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "tests and examples read files and print; the crate does not"
)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use proptest::prelude::*;
use takeroot_exchange::lrmx::resume::{self, Entry};
use takeroot_exchange::lrmx::{
    Document, Element, FileReading, Node, decode, encode, fields, from_career, read_file, read_workbook,
    to_career, update, write_workbook,
};
use takeroot_words::Lang;

/// A small generator of numbers: the same documents every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.roll(list.len())]
    }

    fn chance(&mut self, one_in: usize) -> bool {
        self.roll(one_in) == 0
    }
}

const WORDS: [&str; 30] = [
    "云岭县石桥镇",
    "科员",
    "𠮷",
    "㐂",
    "A&amp;B",
    "&lt;某&gt;",
    "&#x20BB7;",
    "&quot;",
    "<![CDATA[a<b&c]]>",
    " ",
    "\u{3000}",
    "（其间：",
    "）",
    "；",
    "2010.07--2012.08  ",
    "2019.06--         ",
    "1998—2002 ",
    "２０１０．０７－２０１２．０８ ",
    "\r\n",
    "\n",
    "\t",
    "称职",
    "2020年",
    "记三等功",
    "&#13;",
    "&#10;",
    "<!-- 注 -->",
    "'\"",
    "近三年",
    "党委委员、副镇长",
];
const DASHES: [&str; 11] = ["--", "—", "――", "─", "-", "－", "~", "～", "–", "至", "━"];

fn text(dice: &mut Dice) -> String {
    match dice.roll(6) {
        0 => String::new(),
        1 => "  \r\n ".to_owned(),
        _ => (0..dice.roll(9)).map(|_| dice.of(&WORDS)).collect(),
    }
}

fn resume_text(dice: &mut Dice) -> String {
    let mut out = String::new();
    let mut year = 1995 + dice.roll(20);
    for _ in 0..dice.roll(7) {
        let end = year + dice.roll(6);
        let (dash, what) = (dice.of(&DASHES), dice.of(&WORDS[..9]));
        out.push_str(&format!("{year}.{:02}{dash}{end}.12  某单位{what}\r\n", 1 + dice.roll(12)));
        if dice.chance(3) {
            out.push_str("                  （其间：2001.01--2002.01 某校学习）\r\n");
        }
        year = end + 1;
    }
    out
}

fn unknown(dice: &mut Dice, depth: usize) -> String {
    let name = dice.of(&[
        "DaoLingNianYue",
        "GaiGeQianRenZhiNianLingJieXian",
        "ZhengZhiMianMao",
        "Xin",
        "x:Y",
        "新元素",
    ]);
    let attribute = dice.of(&["", "", " a=\"1\"", " b='&lt;' c = \"二\""]);
    if dice.chance(5) {
        return format!("<{name}{attribute} />");
    }
    let inside = if depth > 0 && dice.chance(2) {
        format!("\r\n{}\r\n{}", unknown(dice, depth - 1), text(dice))
    } else {
        text(dice)
    };
    format!("<{name}{attribute}>{inside}</{name}>")
}

/// A form as some program might write it.
fn document(dice: &mut Dice) -> String {
    let end = dice.of(&["\r\n", "\r\n", "\n", ""]);
    let mut out = String::new();
    if !dice.chance(5) {
        out.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
        out.push_str(end);
    }
    out.push_str("<Person>");
    let mut order: Vec<usize> = (0..fields::FIELDS.len()).collect();
    if dice.chance(3) {
        for at in 0..order.len() {
            let with = dice.roll(order.len());
            order.swap(at, with);
        }
    }
    for at in order {
        if dice.chance(12) {
            continue;
        }
        let tag = fields::FIELDS[at].tag;
        out.push_str(end);
        out.push_str(dice.of(&["  ", "\t", ""]));
        if dice.chance(15) {
            out.push_str(&format!("<{tag}/>"));
        } else if tag == fields::FAMILY {
            out.push_str(&format!("<{tag}>{end}"));
            for _ in 0..dice.roll(4) {
                out.push_str("<Item>");
                for part in fields::ITEM_FIELDS {
                    out.push_str(&format!("<{0}>{1}</{0}>{end}", part.tag, text(dice)));
                }
                if dice.chance(6) {
                    out.push_str(&unknown(dice, 1));
                }
                out.push_str(&format!("</Item>{end}"));
            }
            out.push_str(&format!("</{tag}>"));
        } else {
            let inside = match tag {
                fields::RESUME => resume_text(dice),
                fields::PHOTO => "QUJD".repeat(if dice.chance(20) { 9_000 } else { dice.roll(50) }),
                _ => text(dice),
            };
            let gap = dice.of(&["", "", "", " "]);
            out.push_str(&format!("<{tag}>{inside}</{tag}{gap}>"));
        }
        if dice.chance(10) {
            out.push_str(&unknown(dice, 2));
        }
    }
    out.push_str(&format!("{end}</Person>{}", dice.of(&["", end])));
    out
}

/// What an element holds, whichever way it is spelt.
#[derive(Debug, PartialEq)]
struct Content {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Content>,
}

fn content(element: &Element) -> Content {
    let children: Vec<Content> = element.elements().map(content).collect();
    let source = element.source();
    let mut reader = quick_xml::Reader::from_str(&source);
    let attributes = match reader.read_event().expect("its own tag") {
        quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => tag
            .attributes()
            .map(|a| a.expect("sound"))
            .map(|a| (a.key.as_ref().to_owned(), a.value.to_string()))
            .collect(),
        _ => Vec::new(),
    };
    let raw = element.raw_text();
    let container = element.name == fields::FAMILY || !children.is_empty();
    let text = if container {
        // Blanks between elements are layout.
        let mut own = element.clone();
        own.children.retain(|n| !matches!(n, Node::Element(_)));
        own.raw_text().split_whitespace().collect()
    } else {
        raw
    };
    Content { name: element.name.clone(), attributes, text, children }
}

fn root_content(document: &Document) -> Vec<Content> {
    document.root.elements().map(content).collect()
}

#[test]
fn a_thousand_forms_come_back_byte_for_byte() {
    let mut dice = Dice(7);
    for n in 0..1_000 {
        let source = document(&mut dice);
        let read = decode(source.as_bytes()).unwrap_or_else(|f| panic!("form {n}: {f}\n{source}"));
        assert_eq!(String::from_utf8(encode(&read)).expect("utf-8"), source, "form {n}");
        to_career(&read);
    }
}

#[test]
fn every_encoding_comes_back_byte_for_byte() {
    let mut dice = Dice(8);
    for n in 0..200 {
        let source = document(&mut dice);
        let body = source.split_once("?>").map_or(source.as_str(), |(_, b)| b);
        let want = root_content(&decode(source.as_bytes()).expect("a form"));
        for bytes in [
            [b"\xEF\xBB\xBF".as_slice(), source.as_bytes()].concat(),
            utf16(&format!("<?xml version=\"1.0\" encoding=\"utf-16\"?>{body}"), true, true),
            utf16(&format!("<?xml version=\"1.0\" encoding=\"utf-16\"?>{body}"), false, true),
            utf16(body, true, false),
            encoding_rs::GB18030
                .encode(&format!("<?xml version=\"1.0\" encoding=\"gb18030\"?>{body}"))
                .0
                .into_owned(),
            encoding_rs::GBK
                .encode(
                    &format!("<?xml version='1.0' encoding='GB2312'?>{body}")
                        .replace('𠮷', "吉")
                        .replace('㐂', "喜"),
                )
                .0
                .into_owned(),
        ] {
            let read = decode(&bytes).unwrap_or_else(|f| panic!("form {n}: {f}"));
            assert!(encode(&read) == bytes, "form {n} in {:?}", read.encoding());
            if !format!("{:?}", read.encoding()).contains("GBK") {
                assert_eq!(root_content(&read), want, "form {n}");
            }
        }
    }
}

fn utf16(text: &str, little: bool, bom: bool) -> Vec<u8> {
    let mut units: Vec<u16> = if bom { vec![0xFEFF] } else { Vec::new() };
    units.extend(text.encode_utf16());
    units.into_iter().flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
}

#[test]
fn a_character_that_gbk_lacks_makes_the_file_utf8() {
    let source = encoding_rs::GBK
        .encode("<?xml version=\"1.0\" encoding=\"GBK\"?><Person><XingMing>石</XingMing></Person>")
        .0;
    let mut form = decode(&source).expect("a form");
    form.set("XingMing", "𠮷");
    let again = encode(&form);
    assert_eq!(decode(&again).expect("a form").text("XingMing"), "𠮷");
    assert!(String::from_utf8(again).expect("utf-8").contains("encoding=\"utf-8\""));
}

#[test]
fn a_workbook_in_between_keeps_the_content() {
    let mut dice = Dice(9);
    let sources: Vec<String> = (0..300).map(|_| document(&mut dice)).collect();
    let files: Vec<FileReading> =
        sources.iter().enumerate().map(|(n, s)| read_file(&format!("sub/{n}.lrmx"), s.as_bytes())).collect();
    for lang in Lang::ALL {
        let book = write_workbook(&files, lang).expect("a workbook");
        let turned = read_workbook(&book).expect("our own workbook");
        assert_eq!(turned.faults, []);
        let back = turned.documents;
        assert_eq!(back.len(), files.len());
        for ((name, document), file) in back.iter().zip(&files) {
            assert_eq!(name, &file.name);
            let again = decode(&encode(document)).expect("our own file");
            let want = root_content(file.document.as_ref().expect("read"));
            assert_eq!(
                root_content(&again),
                want,
                "{name}\n{}",
                sources[name[4..name.len() - 5].parse::<usize>().expect("n")]
            );
        }
    }
}

#[test]
fn forms_of_ours_are_written_the_same_again() {
    let mut dice = Dice(10);
    for _ in 0..300 {
        let read = to_career(&decode(document(&mut dice).as_bytes()).expect("a form"));
        let day = "2026-06-01".parse().expect("a day");
        let form = from_career(&read.career, &read.organs, day);
        let bytes = encode(&form);
        let again = decode(&bytes).expect("our own form");
        assert_eq!(encode(&again), bytes);
        let mut updated = again.clone();
        let read = to_career(&again);
        update(&mut updated, &read.career, &read.organs, "2027-06-01".parse().expect("a day"));
        assert_eq!(encode(&updated), bytes, "an update without news");
    }
}

#[test]
fn markup_is_kept_in_place() {
    let source = "<?xml version=\"1.0\"?><!-- a --><Person><?p q?><XingMing>石</XingMing><!-- b --></Person><!-- c -->\n";
    let read = decode(source.as_bytes()).expect("a form");
    assert!(matches!(read.root.children.first(), Some(Node::Markup(_))));
    assert_eq!(encode(&read), source.as_bytes());
}

fn month() -> impl Strategy<Value = resume_month::Month> {
    (1950u16..2100, prop::option::of(1u8..=12)).prop_map(|(year, month)| resume_month::Month { year, month })
}

mod resume_month {
    pub use takeroot_exchange::lrmx::dates::Month;
}

fn entry(depth: u32) -> BoxedStrategy<Entry> {
    let nested = if depth == 0 {
        Just(Vec::new()).boxed()
    } else {
        prop::collection::vec(entry(depth - 1), 0..3).boxed()
    };
    (month(), prop::option::of(month()), "[某县镇局科员，、A-z𠮷]{1,30}", nested)
        .prop_filter_map("in order", |(from, to, text, nested)| {
            let text = format!("在{}", text.trim());
            let ordered = to.is_none_or(|t| {
                t.year > from.year
                    || (t.year == from.year
                        && (t.month.is_none() || from.month.is_none() || t.month >= from.month))
            });
            ordered.then_some(Entry { from, to, text, nested, line: 0 })
        })
        .boxed()
}

fn spans(entries: &[Entry]) -> Vec<String> {
    let mut all = Vec::new();
    for e in entries {
        all.push(format!("{:?} {:?} {}", e.from, e.to, e.text));
        all.extend(spans(&e.nested));
    }
    all
}

/// A small form to break.
fn sample() -> Vec<u8> {
    let mut dice = Dice(11);
    document(&mut dice).into_bytes()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_resume_written_is_read_as_the_same_spans(entries in prop::collection::vec(entry(1), 0..8)) {
        let text = resume::write(&entries);
        let read = resume::parse(text.lines());
        prop_assert_eq!(&read.unread, &vec![], "{}", text);
        prop_assert_eq!(spans(&read.entries), spans(&entries), "{}", text);
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read_file("x.lrmx", &bytes);
        let _ = read_workbook(&bytes);
    }

    #[test]
    fn no_resume_panics(text in "[0-9０-９.．年月至今—―─~（）:：其间；A \\n某-]{0,60}") {
        let _ = resume::parse(text.split('\n'));
        let form = format!("<Person><JianLi>{text}</JianLi><XianRenZhiWu>{text}</XianRenZhiWu><NianDuKaoHeJieGuo>{text}</NianDuKaoHeJieGuo><JiangChengQingKuang>{text}</JiangChengQingKuang><TianBiaoShiJian>20240101</TianBiaoShiJian></Person>");
        let _ = read_file("x.lrmx", form.as_bytes());
    }

    #[test]
    fn no_change_of_a_form_panics(edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), cut in any::<prop::sample::Index>(), truncate in any::<bool>()) {
        let mut bytes = sample();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if truncate {
            let at = cut.index(bytes.len());
            bytes.truncate(at);
        }
        if let Ok(read) = decode(&bytes) {
            // Whatever is read at all comes back as it was.
            prop_assert_eq!(encode(&read), bytes);
            let _ = to_career(&read);
        }
    }

    #[test]
    fn no_meaning_of_any_text_panics(text in "\\PC{0,80}") {
        let mut form = Document::empty();
        for field in fields::FIELDS {
            if field.tag != fields::FAMILY {
                form.set(field.tag, &text);
            }
        }
        let read = read_file("x.lrmx", &encode(&form));
        let reading = read.reading.expect("our own form");
        let day = "2026-06-01".parse().expect("a day");
        let _ = from_career(&reading.career, &reading.organs, day);
        for fault in &read.faults {
            use takeroot_words::Say as _;
            prop_assert!(!fault.say(Lang::Zh).is_empty() && !fault.say(Lang::En).is_empty());
        }
    }
}
