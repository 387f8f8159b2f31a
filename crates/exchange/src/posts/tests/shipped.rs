//! The two official tables that ship with the product, against figures counted from them independently.

use super::*;

fn share(part: u32, whole: u32) -> u32 {
    (f64::from(part) * 100.0 / f64::from(whole)).round() as u32
}

#[test]
fn guangdong_2025() {
    let table = read(&data("guangdong-2025/guangdong-2025-posts-original.xls"), "guangdong.xls")
        .expect("a post table");
    assert_eq!(table.layout, Layout::Guangdong);
    assert_eq!(table.unread, []);
    let s = table.summary();
    assert_eq!((s.posts, s.recruits), (12_377, 17_419));
    let t = &s.township;
    assert_eq!((t.posts, t.recruits), (3_100, 4_260));
    assert_eq!(share(t.recruits_at_least(takeroot_civil::Education::Bachelor), t.recruits), 89);
    assert_eq!(share(t.recruits_by_education_floor["junior-college"], t.recruits), 11);
    // 850 recruits say 不限 in the column of bachelors or junior colleges (20.0 %); 35 more are postgraduate posts.
    assert_eq!((t.recruits_no_major_limit, share(t.recruits_no_major_limit, t.recruits)), (850, 20));
    assert_eq!(t.recruits_no_major_limit_postgraduates_only, 35);
    let bachelors = |p: &&Post| {
        p.majors.levels.iter().any(|l| l.level == Some(takeroot_civil::Education::Bachelor) && !l.limited)
    };
    let open = Count::of(
        table.posts.iter().filter(|p| p.township && p.majors.limited == Some(false)).filter(bachelors),
    );
    assert_eq!((open.recruits, share(open.recruits, t.recruits)), (850, 20));
    assert_eq!(share(t.recruits_fresh_graduates_only, t.recruits), 42);
    assert_eq!(t.recruits_programme_reserved, 355);
    assert_eq!(t.recruits_service_term_in_unit, 370);
    // The note above the sheet lays a term on every post: nine cities in any township, twelve in the county's.
    assert_eq!(t.recruits_service_term, t.recruits);
    let everywhere = |area: &str, scope: TermScope| {
        table
            .posts
            .iter()
            .filter(|p| p.township && p.area == area)
            .all(|p| p.service_terms.iter().any(|t| t.scope == scope && t.years == 5))
    };
    assert!(everywhere("广州", TermScope::AnyTownship));
    assert!(everywhere("云浮", TermScope::CountyTownships));
    // Codes are kept as numbers in the file and must come out as digits.
    assert!(table.posts.iter().all(|p| p.code.len() >= 12 && p.code.bytes().all(|b| b.is_ascii_digit())));
    assert_eq!(
        (table.posts[0].organ_code.as_str(), table.posts[0].code.as_str()),
        ("1990002", "19900022541001")
    );
    let yao = table.posts.iter().find(|p| p.demands.iter().any(|d| d == "瑶族")).expect("a post");
    assert!(yao.demands.contains(&"瑶族".to_owned()));
    let street =
        table.posts.iter().find(|p| p.organ == "广州市越秀区人民政府洪桥街道办事处").expect("a post");
    assert_eq!(street.division.map(|d| d.to_string()).as_deref(), Some("440104001"));
    assert_eq!(street.organ_kind, Some(takeroot_civil::OrganKind::Subdistrict));
}

#[test]
fn henan_2026() {
    let table = read(&data("henan-2026/henan-2026-posts-original.xlsx"), "henan.xlsx").expect("a post table");
    assert_eq!(table.layout, Layout::Henan);
    assert_eq!(table.unread, []);
    let s = table.summary();
    assert_eq!((s.posts, s.recruits), (7_509, 10_429));
    let t = &s.township;
    assert_eq!((t.posts, t.recruits), (1_624, 2_259));
    assert_eq!(share(t.recruits_by_education_floor["junior-college"], t.recruits), 50);
    assert_eq!(share(t.recruits_no_major_limit, t.recruits), 93);
    assert_eq!(t.recruits_experience, 0);
    assert!(
        table.posts.iter().filter(|p| p.township).all(|p| (p.age.min, p.age.max) == (Some(18), Some(38)))
    );
    // 125 for programme staff alone, 4 more for programme staff or veterans.
    assert_eq!((t.recruits_programme_reserved_alone, t.recruits_programme_reserved), (125, 129));
    // Every 限某县户籍或生源 of township posts, in 83 posts of 19 counties.
    assert_eq!(t.recruits_household_limit, 126);
    assert!(
        table
            .posts
            .iter()
            .filter_map(|p| p.household.as_ref())
            .all(|h| h.division.is_some_and(|d| d.len() == 6))
    );
}
