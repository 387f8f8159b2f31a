use takeroot_store::glance::{self, AgeCount, Bounds, By, Ending, OrganCount, QuarterCount};
use takeroot_store::people::{self, Indexed};
use takeroot_store::{Tx, Within, accounts, acts};

use crate::common::{account, career, day, enter, on_both, serving};

/// Five people of whom everything that is counted is known; the fifth has left.
async fn fill(tx: &mut Tx) {
    let born = |n: u32, year: Option<u16>, sex: Option<takeroot_civil::Sex>| {
        let mut career = career(&format!("A-{n}"), &format!("试{n}"));
        career.person.birth = year.map(|y| day(y, 7, 1));
        career.person.sex = sex;
        career
    };
    use takeroot_civil::Sex::{Female, Male};
    let all = [
        born(1, Some(1995), Some(Male)),
        born(2, Some(1995), Some(Female)),
        born(3, Some(1966), Some(Male)),
        born(4, None, None),
        born(5, Some(1995), Some(Male)),
    ];
    let (_, ids) = enter(tx, &all).await;
    let rows = [
        Indexed {
            education: "bachelor".to_owned(),
            channel: "exam".to_owned(),
            rooted_months: 35,
            term_until: Some(day(2026, 9, 30)),
            term_running: true,
            retires: Some(day(2058, 7, 1)),
            ..serving(1, 1)
        },
        Indexed {
            education: "bachelor".to_owned(),
            channel: "exam".to_owned(),
            rooted_months: 36,
            term_until: Some(day(2027, 12, 1)),
            term_running: true,
            away_kind: "seconded".to_owned(),
            away_place: "市委办".to_owned(),
            retires: Some(day(2053, 7, 1)),
            faults: 2,
            ..serving(2, 1)
        },
        Indexed {
            education: "college".to_owned(),
            // Served: the day is kept, but nothing runs.
            term_until: Some(day(2026, 8, 1)),
            away_kind: "seconded".to_owned(),
            away_place: "县委办".to_owned(),
            retires: Some(day(2026, 8, 1)),
            ..serving(2, 2)
        },
        Indexed {
            away_kind: "posted".to_owned(),
            away_place: "县委办".to_owned(),
            retires: Some(day(2026, 1, 1)),
            ..serving(3, 1)
        },
        Indexed { in_service: false, term_running: true, ..serving(1, 2) },
    ];
    let rows: Vec<_> = ids.iter().copied().zip(rows).collect();
    people::set_indexed(tx, day(2026, 7, 1), &rows).await.unwrap();
}

const TOWNSHIPS: (i64, i64) = (2, 2);

#[tokio::test]
async fn each_organ_is_counted_by_itself() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        fill(&mut tx).await;
        let bounds = Bounds {
            born_from: day(1990, 7, 2),
            born_to: day(2001, 7, 1),
            from: day(2026, 7, 1),
            soon: day(2027, 7, 1),
        };
        let all = glance::by_organ(&mut tx, &Within::everywhere(), &bounds).await.unwrap();
        let one =
            OrganCount { organ_seq: 1, people: 1, band: 1, bound: 1, bound_soon: 1, ..OrganCount::default() };
        let two = OrganCount {
            organ_seq: 2,
            people: 2,
            band: 1,
            bound: 1,
            retire_soon: 1,
            away: 2,
            doubtful: 1,
            ..OrganCount::default()
        };
        let three = OrganCount { organ_seq: 3, people: 1, retire_past: 1, away: 1, ..OrganCount::default() };
        assert_eq!(all, [one, two, three], "{:?}", db.engine());
        let part = glance::by_organ(&mut tx, &Within(vec![(3, 9)]), &bounds).await.unwrap();
        assert_eq!(part, [three]);
    })
    .await;
}

#[tokio::test]
async fn days_ahead_are_counted_by_quarter() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        fill(&mut tx).await;
        let (apart, span) = (Within(vec![TOWNSHIPS]), (day(2026, 7, 1), day(2031, 1, 1)));
        let quarter = |year, quarter, apart| QuarterCount { year, quarter, apart, people: 1 };
        let everywhere = Within::everywhere();
        let terms = glance::by_quarter(&mut tx, &everywhere, Ending::Term, &apart, span).await.unwrap();
        assert_eq!(terms, [quarter(2026, 3, false), quarter(2027, 4, true)]);
        let ends = glance::by_quarter(&mut tx, &everywhere, Ending::Retirement, &apart, span).await.unwrap();
        assert_eq!(ends, [quarter(2026, 3, true)]);
        let edge = (day(2026, 9, 30), day(2027, 12, 1));
        let terms = glance::by_quarter(&mut tx, &everywhere, Ending::Term, &apart, edge).await.unwrap();
        assert_eq!(terms, [quarter(2026, 3, false)], "from the first day, before the last");
    })
    .await;
}

#[tokio::test]
async fn a_year_of_age_is_full_on_the_birthday() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        fill(&mut tx).await;
        let age = |sex: &str, age, people| AgeCount { sex: sex.to_owned(), age, people };
        let everywhere = Within::everywhere();
        let before = glance::by_age(&mut tx, &everywhere, day(2026, 6, 30)).await.unwrap();
        let expected = [
            age("", None, 1),
            age("female", Some(30), 1),
            age("male", Some(30), 1),
            age("male", Some(59), 1),
        ];
        assert_eq!(before, expected);
        let on = glance::by_age(&mut tx, &everywhere, day(2026, 7, 1)).await.unwrap();
        assert_eq!(on[1..], [age("female", Some(31), 1), age("male", Some(31), 1), age("male", Some(60), 1)]);
    })
    .await;
}

#[tokio::test]
async fn codes_years_and_places_are_counted() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        fill(&mut tx).await;
        let (everywhere, apart) = (Within::everywhere(), Within(vec![TOWNSHIPS]));
        let codes = async |tx: &mut Tx, by| -> Vec<(String, bool, i64)> {
            let found =
                glance::by_code(tx, &Within::everywhere(), by, &Within(vec![TOWNSHIPS])).await.unwrap();
            let mut all: Vec<_> = found.into_iter().map(|c| (c.code, c.apart, c.people)).collect();
            all.sort();
            all
        };
        let said = |rows: &[(&str, bool, i64)]| -> Vec<(String, bool, i64)> {
            rows.iter().map(|(c, a, n)| ((*c).to_owned(), *a, *n)).collect()
        };
        let education = [("", false, 1), ("bachelor", false, 1), ("bachelor", true, 1), ("college", true, 1)];
        assert_eq!(codes(&mut tx, By::Education).await, said(&education));
        let channel = [("", false, 1), ("", true, 1), ("exam", false, 1), ("exam", true, 1)];
        assert_eq!(codes(&mut tx, By::Channel).await, said(&channel));
        assert_eq!(codes(&mut tx, By::Away).await, said(&[("posted", false, 1), ("seconded", true, 2)]));
        let years = glance::by_rooted_years(&mut tx, &everywhere, &apart).await.unwrap();
        assert_eq!(years, [(0, false, 1), (0, true, 1), (2, false, 1), (3, true, 1)]);
        let places = glance::away_places(&mut tx, &everywhere, 10).await.unwrap();
        assert_eq!(places, [("县委办".to_owned(), 2), ("市委办".to_owned(), 1)]);
        assert_eq!(glance::away_places(&mut tx, &everywhere, 1).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn grants_that_end_are_counted() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let wang = account(&mut tx, "wang").await;
        let act = acts::record(&mut tx, "grant", 1, 0, None, "{}", None).await.unwrap();
        let from = day(2026, 1, 1);
        let mut ids = Vec::new();
        for to in [Some(day(2026, 7, 1)), Some(day(2026, 8, 1)), None] {
            ids.push(accounts::grant(&mut tx, wang, "clerk", "", from, to, act).await.unwrap());
        }
        let span = (day(2026, 7, 1), day(2026, 8, 1));
        assert_eq!(glance::grants_ending(&mut tx, span.0, span.1).await.unwrap(), 1);
        accounts::end_grant(&mut tx, ids[0], act).await.unwrap();
        assert_eq!(glance::grants_ending(&mut tx, span.0, span.1).await.unwrap(), 0, "it was ended already");
    })
    .await;
}
