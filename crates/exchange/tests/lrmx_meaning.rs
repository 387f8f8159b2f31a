//! What a form says, and the way back from facts to a form.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "tests and examples read files and print; the crate does not"
)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use takeroot_civil::{Career, Day, Fact, OrganId};
use takeroot_exchange::lrmx::{decode, encode, fields::RESUME, from_career, to_career, update};

const FORM: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<Person>\r\n  <XingMing>韩　石</XingMing>\r\n  <XingBie>男</XingBie>\r\n  <ChuShengNianYue>198603</ChuShengNianYue>\r\n  <RuDangShiJian>200706；民盟</RuDangShiJian>\r\n  <CanJiaGongZuoShiJian>200807</CanJiaGongZuoShiJian>\r\n  <QuanRiZhiJiaoYu_XueLi>大学</QuanRiZhiJiaoYu_XueLi>\r\n  <QuanRiZhiJiaoYu_XueWei>文学学士</QuanRiZhiJiaoYu_XueWei>\r\n  <QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi>云岭师范学院中文系汉语言文学专业</QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi>\r\n  <ZaiZhiJiaoYu_XueLi>省委党校研究生</ZaiZhiJiaoYu_XueLi>\r\n  <XianRenZhiWu>云岭县石桥镇党委委员、副镇长、三级主任科员</XianRenZhiWu>\r\n  <JianLi>2004.09--2008.07  云岭师范学院中文系汉语言文学专业学习\r\n2008.07--2010.08  云岭县石桥镇上坪村大学生村官\r\n2010.08--2016.05  云岭县石桥镇人民政府科员\r\n                  （其间：2013.03--2014.03  借调至云岭县委组织部）\r\n2016.05--         云岭县石桥镇党委委员、副镇长</JianLi>\r\n  <JiangChengQingKuang>2020年记三等功</JiangChengQingKuang>\r\n  <NianDuKaoHeJieGuo>近三年考核均为称职</NianDuKaoHeJieGuo>\r\n  <JiaTingChengYuan>\r\n    <Item><ChengWei>父亲</ChengWei><XingMing>韩山</XingMing><ChuShengRiQi>195801</ChuShengRiQi><ZhengZhiMianMao>群众</ZhengZhiMianMao><GongZuoDanWeiJiZhiWu>已去世</GongZuoDanWeiJiZhiWu></Item>\r\n  </JiaTingChengYuan>\r\n  <TianBiaoShiJian>20240315</TianBiaoShiJian>\r\n  <DaoLingNianYue>204906</DaoLingNianYue>\r\n</Person>";

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn facts(career: &Career) -> Vec<String> {
    let line = |e: &takeroot_civil::Event| format!("{} {:?}", e.dates.effective, e.fact);
    career.events.iter().map(line).collect()
}

#[test]
fn a_form_becomes_dated_facts() {
    let read = to_career(&decode(FORM.as_bytes()).expect("a form"));
    let codes: Vec<&str> = read.faults.iter().map(|f| f.code.code()).collect();
    assert_eq!(codes, ["education-undated", "rank-undated"], "{:?}", read.faults);
    assert_eq!(read.career.person.name, "韩石");
    assert_eq!(read.career.person.politics, "中共党员；民盟");
    assert_eq!(
        facts(&read.career),
        [
            r#"2008-07-01 Educated { education: Bachelor, degree: Bachelor, full_time: true, school: "云岭师范学院中文系", major: "汉语言文学" }"#,
            r#"2008-07-01 Worked { kind: VillageGraduate, place: "云岭县石桥镇上坪村大学生村官", to: Some(2010-08-01) }"#,
            r#"2010-08-01 Registered { organ: OrganId("云岭县石桥镇人民政府") }"#,
            r#"2010-08-01 Ranked { rank: Staff08 }"#,
            r#"2013-03-01 SecondedOut { kind: Secondment, organ: None, place: "借调至云岭县委组织部" }"#,
            r#"2014-03-01 SecondedBack"#,
            r#"2016-05-01 Appointed { layer: Some(TownshipDeputy), title: "党委委员、副镇长", organ: OrganId("云岭县石桥镇人民政府"), concurrent: false }"#,
            r#"2020-01-01 Rewarded { reward: MeritThird }"#,
            r#"2021-12-31 Assessed { year: 2021, grade: Competent }"#,
            r#"2022-12-31 Assessed { year: 2022, grade: Competent }"#,
            r#"2023-12-31 Assessed { year: 2023, grade: Competent }"#,
            r#"2024-03-15 Educated { education: Master, degree: None, full_time: false, school: "", major: "" }"#,
            r#"2024-03-15 Ranked { rank: Principal3 }"#,
        ]
    );
}

#[test]
fn facts_become_a_form_and_the_same_facts_again() {
    let read = to_career(&decode(FORM.as_bytes()).expect("a form"));
    let form = from_career(&read.career, &read.organs, day("2024-06-01"));
    let again = to_career(&decode(&encode(&form)).expect("our own form"));
    let (mut a, mut b) = (facts(&read.career), facts(&again.career));
    // A month is all that the form holds.
    a.iter_mut().for_each(|f| *f = f.replace("2024-03-15", "2024-03-01"));
    a.sort();
    b.sort();
    assert_eq!(a, b, "{}", form.text(RESUME));
    assert_eq!(again.career.person, read.career.person);
}

#[test]
fn an_update_without_news_changes_no_byte() {
    let mut form = decode(FORM.as_bytes()).expect("a form");
    let read = to_career(&form);
    update(&mut form, &read.career, &read.organs, day("2025-01-10"));
    assert_eq!(String::from_utf8(encode(&form)).expect("utf-8"), FORM);
}

#[test]
fn an_update_adds_lines_and_keeps_what_it_does_not_know() {
    let mut form = decode(FORM.as_bytes()).expect("a form");
    let mut read = to_career(&form);
    let organ = OrganId("云岭县石桥镇人民政府".into());
    let old = Fact::Relieved { title: "党委委员、副镇长".into(), organ: organ.clone() };
    read.career.add(day("2025-05-01"), old);
    let fact =
        Fact::Appointed { layer: None, title: "党委副书记、镇长".into(), organ, concurrent: false };
    read.career.add(day("2025-05-01"), fact);
    update(&mut form, &read.career, &read.organs, day("2025-06-02"));
    let text = String::from_utf8(encode(&form)).expect("utf-8");
    assert!(
        text.contains("2016.05--2025.05  云岭县石桥镇党委委员、副镇长\r\n2025.05--         云岭县石桥镇"),
        "{text}"
    );
    assert!(text.contains("  <DaoLingNianYue>204906</DaoLingNianYue>\r\n"), "{text}");
    assert!(text.contains("2021-2023年年度考核均为称职"), "{text}");
    assert!(text.contains("（其间：2013.03--2014.03  借调至云岭县委组织部）"), "{text}");
}
