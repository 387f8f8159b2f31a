//! Forms are printed and read again: what stood in the record stands on the page, whatever it was.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use std::ops::ControlFlow;

use common::{PRESS, day, document, on, order};
use takeroot_civil::Day;
use takeroot_demo::County;
use takeroot_exchange::lrmx;
use takeroot_forms::{Fault, FormKind, Order, Printed, book, cadre, rank};
use takeroot_policy::{Facts, Library, Rules, Stack, StackSpec};
use takeroot_words::{Lang, Say as _};

fn cadre(document: &lrmx::Document, lang: Lang) -> Printed {
    let sheet = cadre::Sheet::of(document, lang);
    PRESS.print(&order(FormKind::Cadre, lang), &[sheet], on).unwrap_or_else(|f| panic!("{f}"))
}

/// All that stands on the pages, without line ends: a word may be broken over two lines.
fn flat(printed: &Printed) -> String {
    printed.text.concat().replace(['\n', '\u{200b}'], "")
}

#[test]
fn a_form_is_an_archival_file_of_two_pages_that_says_it_is_invented() {
    let document = document(&[
        ("XingMing", "张示例"),
        ("XingBie", "男"),
        ("ChuShengNianYue", "198803"),
        ("TianBiaoShiJian", "20260701"),
    ]);
    let printed = cadre(&document, Lang::Zh);
    assert_eq!(printed.pages(), 2);
    assert!(printed.pdf.starts_with(b"%PDF-1.7"));
    let head = String::from_utf8_lossy(&printed.pdf);
    assert!(head.contains("pdfaid:part>2<") && head.contains("pdfaid:conformance>B<"), "PDF/A-2b");
    for page in &printed.text {
        assert!(page.contains("演示数据，人物均为虚构"), "{page}");
    }
    let text = flat(&printed);
    assert!(text.contains("张示例") && text.contains("1988.03（38岁）"), "{text}");
    let real = Order { invented: false, ..order(FormKind::Cadre, Lang::Zh) };
    let printed = PRESS.print(&real, &[cadre::Sheet::of(&document, Lang::Zh)], on).unwrap();
    assert!(!flat(&printed).contains("演示数据"));
}

#[test]
fn the_english_form_has_english_labels_and_the_recorded_words() {
    let document =
        document(&[("XingMing", "张示例"), ("XingBie", "女"), ("XianRenZhiWu", "石桥镇人民政府副镇长")]);
    let printed = cadre(&document, Lang::En);
    let text = flat(&printed);
    for words in ["Present post", "female", "石桥镇人民政府副镇长", "Demonstration data", "Opinion of"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("审批机关"), "{text}");
}

#[test]
fn ugly_words_are_printed_as_they_are() {
    let ugly = "#panic(\"x\") [*粗*] $x^2$ \\ <a> @b `c` // d /* e */ #{1+1} \"q\" {k}";
    let document = document(&[
        ("XingMing", "王#]$"),
        ("XianRenZhiWu", ugly),
        ("JiangChengQingKuang", ugly),
        ("JianLi", "2010.01--2011.01  #import \"a\""),
    ]);
    let text = flat(&cadre(&document, Lang::Zh));
    assert!(text.contains("王#]$") && text.contains("#import \"a\""), "{text}");
    let all: String = ugly.chars().filter(|c| !c.is_whitespace()).collect();
    let seen: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    assert_eq!(seen.matches(&all).count(), 2, "{text}");
}

#[test]
fn a_long_résumé_shrinks_and_then_goes_on_and_no_line_is_lost() {
    let lines = |n: usize| {
        let line = |i: usize| {
            format!("{}.01--{}.12  云岭县第{i}号单位某某职务，并从事第{i}项工作", 1900 + i, 1900 + i)
        };
        (0..n).map(line).collect::<Vec<_>>().join("\n")
    };
    for (n, pages) in [(3, 2), (34, 2), (60, 3), (199, 5)] {
        let printed = cadre(&document(&[("XingMing", "张示例"), ("JianLi", &lines(n))]), Lang::Zh);
        let text = flat(&printed);
        for i in 0..n {
            assert!(
                text.contains(&format!("第{i}号单位")) && text.contains(&format!("第{i}项工作")),
                "{n}: {i}"
            );
        }
        assert_eq!(printed.pages(), pages, "{n} lines");
        assert_eq!(printed.continued.len(), usize::from(pages > 2), "{n} lines");
    }
}

#[test]
fn a_text_longer_than_its_box_stands_in_full_on_the_continuation_page() {
    let school = "某某大学某某学院".repeat(40);
    let reasons = format!("{}完", "该同志政治坚定，作风扎实。".repeat(150));
    let mut form = document(&[
        ("XingMing", "张示例"),
        ("QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", &school),
        ("RenMianLiYou", &reasons),
    ]);
    let member = |i: usize| {
        ["叔父".to_owned(), format!("亲{i}"), "196001".to_owned(), "群众".to_owned(), format!("务农{i}")]
    };
    form.set_family(&(0..15).map(member).collect::<Vec<_>>());
    let printed = cadre(&form, Lang::Zh);
    let text = flat(&printed);
    assert!(text.contains(&school) && text.contains(&reasons), "{text}");
    assert!(text.contains("（见附页）") && text.contains("（附页）"));
    for i in 0..15 {
        assert!(text.contains(&format!("亲{i}")) && text.contains(&format!("务农{i}")), "{i}");
    }
}

#[test]
fn a_hundred_forms_come_in_the_order_given_and_can_be_found() {
    let names: Vec<String> = (0..100).map(|i| format!("第{}人", (i * 37) % 100)).collect();
    let sheets: Vec<cadre::Sheet> =
        names.iter().map(|n| cadre::Sheet::of(&document(&[("XingMing", n)]), Lang::Zh)).collect();
    let mut steps = 0;
    let printed = PRESS.print(&order(FormKind::Cadre, Lang::Zh), &sheets, |step| {
        steps += 1;
        assert_eq!((step.done, step.of), (steps, 100));
        ControlFlow::Continue(())
    });
    let printed = printed.unwrap();
    assert_eq!((steps, printed.pages(), printed.begins.len()), (100, 200, 100));
    for (name, begins) in names.iter().zip(&printed.begins) {
        assert!(printed.text[*begins].contains(name), "{name} at {begins}");
    }
}

#[test]
fn long_work_stops_when_asked() {
    let sheets: Vec<cadre::Sheet> = (0..5).map(|_| cadre::Sheet::of(&document(&[]), Lang::Zh)).collect();
    let stopped = PRESS.print(&order(FormKind::Cadre, Lang::Zh), &sheets, |step| {
        if step.done == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(stopped.unwrap_err(), Fault::Stopped);
    let none: [cadre::Sheet; 0] = [];
    assert_eq!(PRESS.print(&order(FormKind::Cadre, Lang::Zh), &none, on).unwrap_err(), Fault::Nothing);
}

#[test]
fn a_character_no_font_has_is_named_and_the_page_says_so() {
    let printed = cadre(&document(&[("XingMing", "王\u{30edd}明")]), Lang::Zh);
    assert_eq!(printed.lacking, [vec!['\u{30edd}']]);
    let text = flat(&printed);
    assert!(text.contains("王〓明") && text.contains("请手工填写"), "{text}");
}

#[test]
fn a_photo_is_printed_and_a_broken_one_does_not_stop_the_form() {
    // One grey pixel, PNG.
    let dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";
    let good = cadre(&document(&[("XingMing", "张示例"), ("ZhaoPian", dot)]), Lang::Zh);
    assert!(!flat(&good).contains("照片") && good.unreadable.is_empty());
    let broken = cadre(&document(&[("XingMing", "张示例"), ("ZhaoPian", "/9j/4AAQSkZJRg==")]), Lang::Zh);
    assert!(flat(&broken).contains("照片"));
    assert_eq!(broken.unreadable, [0]);
}

#[test]
fn a_province_replaces_the_template_and_is_told_where_it_is_wrong() {
    let own = "#import \"base.typ\": *\n#show: form.with(title: \"某省任免表\", name: data.XingMing)\n某省任免表 #data.XingMing";
    let replaced = Order { template: Some(own), ..order(FormKind::Cadre, Lang::Zh) };
    let sheets = [cadre::Sheet::of(&document(&[("XingMing", "张示例")]), Lang::Zh)];
    let printed = PRESS.print(&replaced, &sheets, on).unwrap();
    assert!(flat(&printed).contains("某省任免表") && flat(&printed).contains("演示数据"));

    for (bad, line, column, zh, en) in [
        ("#import \"base.typ\": *\n第一行 #nema", 2, 6, "没有名为“nema”的变量", "unknown variable: nema"),
        ("#import \"base.typ\": *\n#data.XingMingg", 2, 7, "没有“XingMingg”", "XingMingg"),
        ("好\n#table(", 2, 7, "括号没有闭合", "unclosed delimiter"),
        ("#read(\"/etc/passwd\")", 1, 7, "不能读取其他文件", "access"),
        ("#import \"@preview/a:1.0.0\": b", 1, 9, "不能读取其他文件", "access"),
    ] {
        let order = Order { template: Some(bad), ..order(FormKind::Cadre, Lang::Zh) };
        let fault = PRESS.print(&order, &sheets, on).unwrap_err();
        let Fault::Template { kind, ref file, line: at_line, column: at_column, .. } = fault else {
            panic!("{fault}")
        };
        assert_eq!((kind, file.as_str()), (FormKind::Cadre, "cadre.typ"), "{bad}");
        assert!(
            fault.say(Lang::Zh).contains(zh) && fault.say(Lang::Zh).contains("模板 cadre.typ 第"),
            "{}",
            fault.say(Lang::Zh)
        );
        assert!(fault.say(Lang::En).contains(en), "{}", fault.say(Lang::En));
        assert_eq!((at_line, at_column), (line, column), "{}", fault.say(Lang::En));
    }
}

#[test]
fn a_template_that_never_ends_is_stopped() {
    let order = Order { template: Some("#while true { }"), ..order(FormKind::Cadre, Lang::Zh) };
    assert!(matches!(PRESS.sample(&order), Err(Fault::Template { .. })));
}

#[test]
fn the_samples_have_every_value_that_the_forms_have() {
    use takeroot_forms::Sheet as _;
    let roster = County::generate(500, 3, day()).unwrap();
    let (library, organs) = (Library::shipped().unwrap(), roster.organ_index());
    let stack = Stack::new(&library, StackSpec::default()).unwrap();
    let rules = Rules::at(&stack, day());
    let career = roster.careers.iter().find(|c| Facts::of(c, &organs, &rules).in_service()).unwrap();
    let facts = Facts::of(career, &organs, &rules);
    let real = [
        (
            FormKind::Cadre,
            cadre::Sheet::of(&lrmx::from_career(career, &roster.organs, day()), Lang::Zh).data(),
        ),
        (FormKind::Rank, rank::Sheet::next(career, &facts, &rules, Lang::Zh).unwrap().data()),
        (FormKind::Book, book::sheets(&roster.careers, &roster.organs, &rules, Lang::Zh, false)[0].data()),
    ];
    for (kind, data) in real {
        let sample: serde_json::Value = serde_json::from_str(kind.sample()).unwrap();
        let keys = |v: &serde_json::Value| {
            let mut keys: Vec<String> = v.as_object().unwrap().keys().cloned().collect();
            keys.sort();
            keys
        };
        assert_eq!(keys(&sample), keys(&data), "{kind}");
        for lang in Lang::ALL {
            let printed = PRESS.sample(&order(kind, lang)).unwrap_or_else(|f| panic!("{kind} {f}"));
            assert!(flat(&printed).contains("示例"), "{kind}");
        }
    }
}

#[test]
fn the_rank_form_gives_every_clause_with_its_article_and_marks_what_is_to_be_checked() {
    let roster = County::generate(500, 5, day()).unwrap();
    let (library, organs) = (Library::shipped().unwrap(), roster.organ_index());
    let stack = Stack::new(&library, StackSpec::default()).unwrap();
    let rules = Rules::at(&stack, day());
    let mut seen = 0;
    for career in roster.careers.iter().take(60) {
        let facts = Facts::of(career, &organs, &rules);
        let next = takeroot_policy::standing::promotion::next_ranks(&facts, &rules);
        let (Some(promotion), true) = (next.last(), facts.in_service()) else { continue };
        for lang in Lang::ALL {
            let sheet = rank::Sheet::of(career, &facts, &rules, promotion, lang);
            let printed =
                PRESS.print(&order(FormKind::Rank, lang), &[sheet], on).unwrap_or_else(|f| panic!("{f}"));
            let text: String = flat(&printed).chars().filter(|c| !c.is_whitespace()).collect();
            let bare = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            for reason in &promotion.reasons {
                assert!(text.contains(&bare(&reason.fact.say(lang))), "{} in {text}", reason.fact.say(lang));
                let cite = reason.clause.as_ref();
                assert!(cite.is_none_or(|c| text.contains(&bare(c.source.get(lang)))), "{cite:?}");
            }
            let check = promotion
                .reasons
                .iter()
                .filter_map(|r| r.clause.as_ref())
                .any(|c| c.confidence.to_be_checked());
            assert_eq!(text.contains(lang.pick("【待核】", "[tobechecked]")), check);
            assert!(text.contains(lang.pick("审批机关意见", "Decisionoftheapprovingauthority")));
        }
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn the_book_has_everyone_in_service_once_by_organ_with_its_heads_on_every_page() {
    let roster = County::generate(500, 7, day()).unwrap();
    let (library, organs) = (Library::shipped().unwrap(), roster.organ_index());
    let stack = Stack::new(&library, StackSpec::default()).unwrap();
    let rules = Rules::at(&stack, day());
    let sheets = book::sheets(&roster.careers, &roster.organs, &rules, Lang::Zh, true);
    assert_eq!(sheets.len(), roster.organs.len());
    let printed = PRESS.print(&order(FormKind::Book, Lang::Zh), &sheets, on).unwrap();
    for (organ, begins) in roster.organs.iter().zip(&printed.begins) {
        assert!(printed.text[*begins].contains(&organ.name), "{} at {begins}", organ.name);
    }
    for (at, page) in printed.text.iter().enumerate() {
        assert!(page.contains("姓名") && page.contains("演示数据"), "{page}");
        assert!(page.replace('\n', "").contains(&format!("第{}页", at + 1)), "page {at}: {page}");
    }
    let whole = printed.text.concat();
    let serving: Vec<_> =
        roster.careers.iter().filter(|c| Facts::of(c, &organs, &rules).in_service()).collect();
    let cells = |name: &str| whole.lines().filter(|l| *l == name).count();
    for career in &serving {
        let namesakes = serving.iter().filter(|c| c.person.name == career.person.name).count();
        assert_eq!(cells(&career.person.name), namesakes, "{}", career.person.name);
    }
    let workbook = takeroot_forms::workbook::write(&sheets, day(), true, Lang::Zh).unwrap();
    let mut workbook: calamine::Xlsx<_> = calamine::Reader::new(std::io::Cursor::new(workbook)).unwrap();
    let range = calamine::Reader::worksheet_range(&mut workbook, "花名册").unwrap();
    assert_eq!(range.height(), 3 + serving.len());
    assert!(range.rows().nth(1).unwrap()[0].to_string().contains("演示数据"));
    let organs = calamine::Reader::worksheet_range(&mut workbook, "编制情况").unwrap();
    let sum: f64 = organs
        .rows()
        .skip(3)
        .take(roster.organs.len())
        .map(|r| r[3].to_string().parse::<f64>().unwrap())
        .sum();
    assert_eq!(sum as usize, serving.len());
    assert_eq!(organs.rows().next_back().unwrap()[3].to_string(), serving.len().to_string());

    let before = Day::new(1970, 1, 1).unwrap();
    let rules = Rules::at(&stack, before);
    assert!(book::sheets(&roster.careers, &roster.organs, &rules, Lang::Zh, false).is_empty());
}
