use takeroot_civil::Sex;
use takeroot_store::people::{self, Indexed};
use takeroot_store::roster::{self, CodeColumn, Order, RangeColumn, Wanted};
use takeroot_store::{Tx, Within, imports, organs};

use crate::common::{career, day, enter, on_both, serving, three};

/// Six people of whom each differs from the others in something that lists ask for.
async fn fill(tx: &mut Tx) -> Vec<i64> {
    let mut all: Vec<_> = ["甲一", "乙_二", "丙%三", "丁四", "戊五", "己六"]
        .iter()
        .enumerate()
        .map(|(n, name)| career(&format!("A-{n}"), name))
        .collect();
    all[0].person.sex = Some(Sex::Male);
    all[1].person.sex = Some(Sex::Female);
    all[0].person.birth = Some(day(1990, 3, 7));
    all[1].person.birth = Some(day(1985, 1, 1));
    all[2].person.birth = Some(day(1995, 1, 1));
    all[3].person.politics = "中共党员".to_owned();
    all[3].person.ethnic = "汉族".to_owned();
    all[4].person.work_start = Some(day(2010, 1, 1));
    let (_, ids) = enter(tx, &all).await;
    let rows = [
        Indexed {
            rank: "staff-1".to_owned(),
            rank_since: Some(day(2021, 7, 1)),
            rooted_months: 12,
            ..serving(1, 1)
        },
        Indexed {
            rank: "staff-2".to_owned(),
            term_until: Some(day(2027, 1, 1)),
            term_running: true,
            ..serving(2, 1)
        },
        Indexed {
            layer: "township-deputy".to_owned(),
            away_kind: "seconded".to_owned(),
            away_place: "县委办".to_owned(),
            term_until: Some(day(2026, 1, 1)),
            ..serving(2, 2)
        },
        Indexed {
            education: "bachelor".to_owned(),
            degree: "bachelor".to_owned(),
            channel: "exam".to_owned(),
            level: Some(22),
            entered: Some(day(2015, 1, 1)),
            faults: 1,
            ..serving(2, 3)
        },
        Indexed { retires: Some(day(2030, 1, 1)), last_grade: "excellent".to_owned(), ..serving(3, 1) },
        Indexed {
            in_service: false,
            left_on: Some(day(2025, 5, 1)),
            left_reason: "resigned".to_owned(),
            ..serving(3, 2)
        },
    ];
    let rows: Vec<_> = ids.iter().copied().zip(rows).collect();
    people::set_indexed(tx, day(2026, 7, 1), &rows).await.unwrap();
    ids
}

#[tokio::test]
async fn every_condition_finds_those_who_meet_it() {
    use CodeColumn as C;
    use RangeColumn as R;
    let code = |column, codes: &[&str]| Wanted {
        codes: vec![(column, codes.iter().map(|c| (*c).to_owned()).collect())],
        ..Wanted::default()
    };
    let range = |column, from: Option<i64>, to: Option<i64>| Wanted {
        ranges: vec![(column, from, to)],
        ..Wanted::default()
    };
    let from = |column, y| range(column, Some(roster::kept(day(y, 1, 1))), None);
    let conditions: Vec<(Wanted, &[usize])> = vec![
        (Wanted::default(), &[0, 1, 2, 3, 4, 5]),
        (Wanted { in_service: Some(true), ..Wanted::default() }, &[0, 1, 2, 3, 4]),
        (Wanted { in_service: Some(false), ..Wanted::default() }, &[5]),
        (Wanted { organ: Some((2, 2)), ..Wanted::default() }, &[1, 2, 3]),
        (code(C::Sex, &["male"]), &[0]),
        (code(C::Sex, &["male", "female"]), &[0, 1]),
        (code(C::Rank, &["", "staff-2"]), &[1, 2, 3, 4, 5]),
        (code(C::Rank, &[]), &[0, 1, 2, 3, 4, 5]),
        (code(C::Layer, &["township-deputy"]), &[2]),
        (code(C::Education, &["bachelor"]), &[3]),
        (code(C::Degree, &["bachelor"]), &[3]),
        (code(C::Channel, &["exam"]), &[3]),
        (code(C::Away, &["seconded"]), &[2]),
        (code(C::AwayPlace, &["县委办"]), &[2]),
        (code(C::LeftReason, &["resigned"]), &[5]),
        (code(C::LastGrade, &["excellent"]), &[4]),
        (code(C::Politics, &["中共党员"]), &[3]),
        (code(C::Ethnic, &["汉族"]), &[3]),
        (range(R::Birth, Some(roster::kept(day(1985, 1, 1))), Some(roster::kept(day(1990, 3, 7)))), &[1]),
        (from(R::Birth, 1990), &[0, 2]),
        (from(R::WorkStart, 2000), &[4]),
        (from(R::Entered, 2000), &[3]),
        (from(R::RankSince, 2000), &[0]),
        (from(R::TermUntil, 2027), &[1]),
        (from(R::Retires, 2000), &[4]),
        (from(R::LeftOn, 2000), &[5]),
        (range(R::RootedMonths, Some(12), Some(13)), &[0]),
        (range(R::Level, Some(22), None), &[3]),
        (Wanted { away: Some(true), ..Wanted::default() }, &[2]),
        (Wanted { away: Some(false), ..Wanted::default() }, &[0, 1, 3, 4, 5]),
        (Wanted { away_place: Some("县委办".to_owned()), ..Wanted::default() }, &[2]),
        (Wanted { term_running: Some(true), ..Wanted::default() }, &[1]),
        (Wanted { faulty: true, ..Wanted::default() }, &[3]),
        (Wanted { name: Some("四".to_owned()), ..Wanted::default() }, &[3]),
        // Signs that stand for anything in a pattern stand for themselves in what was typed.
        (Wanted { name: Some("%".to_owned()), ..Wanted::default() }, &[2]),
        (Wanted { name: Some("_".to_owned()), ..Wanted::default() }, &[1]),
        (Wanted { name: Some("\\".to_owned()), ..Wanted::default() }, &[]),
        (Wanted { number: Some("A-4".to_owned()), ..Wanted::default() }, &[4]),
        (
            Wanted { name: Some("甲".to_owned()), number: Some("A-4".to_owned()), ..Wanted::default() },
            &[0, 4],
        ),
        (Wanted { organ: Some((2, 2)), name: Some("四".to_owned()), ..Wanted::default() }, &[3]),
    ];
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let ids = fill(&mut tx).await;
        let everywhere = Within::everywhere();
        for (wanted, expected) in &conditions {
            let expected: Vec<i64> = expected.iter().map(|n| ids[*n]).collect();
            let found = roster::all(&mut tx, &everywhere, wanted).await.unwrap();
            let found: Vec<i64> = found.iter().map(|p| p.0).collect();
            assert_eq!(found, expected, "{:?}: {wanted:?}", db.engine());
            let count = roster::count(&mut tx, &everywhere, wanted).await.unwrap();
            assert_eq!(count, expected.len() as i64, "{wanted:?}");
            for order in [Order::Office, Order::Rooted] {
                let lines = roster::lines(&mut tx, &everywhere, wanted, order, true, 1, 2).await.unwrap();
                let page = roster::lines_of(&mut tx, &everywhere, wanted, order, true, 1, 2).await.unwrap();
                assert_eq!(page, (lines, count), "{order:?} {wanted:?}");
            }
        }
        let here = roster::all(&mut tx, &Within(vec![(3, 3), (1, 1)]), &Wanted::default()).await.unwrap();
        assert_eq!(here.len(), 3, "within reach only");
        assert_eq!(roster::count(&mut tx, &Within::default(), &Wanted::default()).await.unwrap(), 0);
        assert_eq!(roster::in_post(&mut tx, &everywhere).await.unwrap(), [(1, 1), (2, 3), (3, 1)]);
        assert_eq!(roster::in_post(&mut tx, &Within(vec![(2, 2)])).await.unwrap(), [(2, 3)]);
    })
    .await;
}

#[tokio::test]
async fn whatever_changes_a_list_gives_it_another_state() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        assert_eq!(roster::state(&mut tx).await.unwrap(), 0, "nothing was ever there");
        let ids = fill(&mut tx).await;
        let mut before = roster::state(&mut tx).await.unwrap();
        assert!(before > 0);
        let mut other = async |tx: &mut Tx, what: &str| {
            let now = roster::state(tx).await.unwrap();
            assert!(now > before, "{:?}: {what}", db.engine());
            before = now;
        };
        organs::replace(&mut tx, &[]).await.unwrap();
        other(&mut tx, "other organs").await;
        people::set_indexed(&mut tx, day(2026, 7, 2), &[(ids[0], serving(2, 1))]).await.unwrap();
        other(&mut tx, "other columns").await;
        let act = takeroot_store::acts::record(&mut tx, "person", 1, 0, None, "{}", None).await.unwrap();
        let renamed = career("A-1", "乙二").person;
        people::set_person(&mut tx, ids[1], &renamed, act, 1).await.unwrap();
        other(&mut tx, "another name").await;
        imports::merge(&mut tx, ids[2], ids[3], act).await.unwrap();
        other(&mut tx, "one person instead of two").await;
        imports::take_back(&mut tx, act, act).await.unwrap();
        other(&mut tx, "an act undone").await;
    })
    .await;
}

#[tokio::test]
async fn an_identity_number_is_searched_where_it_may_be() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let mut one = career("99010119900307100X", "试甲");
        let number = takeroot_civil::ResidentId::parse("99010119900307100X");
        one.person.resident_id = number.ok();
        assert!(one.person.resident_id.is_some(), "an invented number with a right check sign");
        let (_, ids) = enter(&mut tx, &[one]).await;
        people::set_indexed(&mut tx, day(2026, 7, 1), &[(ids[0], serving(2, 1))]).await.unwrap();
        let ending = |text: &str, within: &[(i64, i64)]| Wanted {
            id_ending: Some((text.to_owned(), Within(within.to_vec()))),
            ..Wanted::default()
        };
        let everywhere = Within::everywhere();
        let count =
            async |tx: &mut Tx, wanted: Wanted| roster::count(tx, &everywhere, &wanted).await.unwrap();
        assert_eq!(count(&mut tx, ending("100X", &[(2, 2)])).await, 1);
        assert_eq!(count(&mut tx, ending("1001", &[(2, 2)])).await, 0);
        assert_eq!(count(&mut tx, ending("100X", &[(1, 1)])).await, 0, "not where the reader may not");
        assert_eq!(count(&mut tx, ending("100X", &[])).await, 0);
        let whole = Wanted { number: Some("99010119900307100X".to_owned()), ..Wanted::default() };
        assert_eq!(count(&mut tx, whole).await, 0, "nor as the office's own number, where the two are one");
    })
    .await;
}

#[tokio::test]
async fn a_list_is_ordered_and_read_part_by_part() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let ids = fill(&mut tx).await;
        let everywhere = Within::everywhere();
        let serving = Wanted { in_service: Some(true), ..Wanted::default() };
        let order = async |tx: &mut Tx, order, down, skip, most| -> Vec<usize> {
            let lines = roster::lines(tx, &everywhere, &serving, order, down, skip, most).await.unwrap();
            lines.iter().map(|l| ids.iter().position(|id| *id == l.id).unwrap()).collect()
        };
        assert_eq!(order(&mut tx, Order::Office, false, 0, 9).await, [0, 1, 2, 3, 4]);
        assert_eq!(order(&mut tx, Order::Office, false, 1, 2).await, [1, 2]);
        assert_eq!(order(&mut tx, Order::Birth, false, 0, 9).await, [1, 0, 2, 3, 4], "unknown ones last");
        assert_eq!(order(&mut tx, Order::Birth, true, 0, 9).await, [2, 0, 1, 3, 4], "whichever way");
        assert_eq!(order(&mut tx, Order::RankSince, false, 0, 1).await, [0]);
        assert_eq!(order(&mut tx, Order::TermUntil, false, 0, 2).await, [2, 1]);
        assert_eq!(order(&mut tx, Order::Retires, false, 0, 1).await, [4]);
        assert_eq!(order(&mut tx, Order::Rooted, true, 0, 1).await, [0]);

        let mut place = None;
        let mut seen = Vec::new();
        loop {
            let part = roster::lines_after(&mut tx, &everywhere, &serving, place, 2).await.unwrap();
            let Some(last) = part.last() else { break };
            place = Some((last.at.organ_seq, last.at.position, last.id));
            seen.extend(part.iter().map(|l| l.id));
        }
        assert_eq!(seen, ids[..5], "nobody twice, nobody left out");
    })
    .await;
}

#[tokio::test]
async fn who_was_merged_is_in_no_list() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let ids = three(&mut tx).await;
        takeroot_store::imports::merge(&mut tx, ids[0], ids[1], 1).await.unwrap();
        assert_eq!(roster::count(&mut tx, &Within::everywhere(), &Wanted::default()).await.unwrap(), 2);
        assert_eq!(roster::in_post(&mut tx, &Within::everywhere()).await.unwrap(), [(2, 2)]);
    })
    .await;
}
