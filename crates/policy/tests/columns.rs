//! A record and its row are decided alike: every answer, every verdict, every fen.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "tests and examples read files and print; the crate does not"
)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use takeroot_civil::{Code, Day, Fact, Ladder, Layer, Rank, Roster, Sanction};
use takeroot_demo::County;
use takeroot_policy::columns::{self, RowStanding};
use takeroot_policy::verdict::{open_selection, post_promotion, rank_promotion, term_left, term_running};
use takeroot_policy::{Columns, Facts, Library, Officer, Outcome, Rules, Stack, StackSpec, Standing, pay};

/// An invented county; some of its organs lose what pay asks of them, some of its people get into trouble.
fn county() -> Roster {
    let mut roster = County::generate(500, 7, Day::new(2026, 7, 1).unwrap()).unwrap();
    for (at, organ) in roster.organs.iter_mut().enumerate() {
        match at % 7 {
            2 => organ.area_band = None,
            3 => organ.hardship_class = None,
            5 => organ.hardship_class = Some((at % 6) as u8 + 1),
            _ => {}
        }
    }
    for (at, career) in roster.careers.iter_mut().enumerate() {
        let day = |year| Day::new(year, 3, 1).unwrap();
        match at % 11 {
            1 => drop(career.add(day(2016), Fact::Investigated { open: true })),
            4 => {
                let sanction = Sanction::ALL[at % Sanction::ALL.len()];
                career.add(day(2026), Fact::Sanctioned { sanction, until: None });
                career.add(day(2016), Fact::Sanctioned { sanction, until: None });
            }
            6 => career.events.retain(|e| !matches!(e.fact, Fact::Graded { .. })),
            8 => career.events.retain(|e| !matches!(e.fact, Fact::Educated { .. })),
            _ => {}
        }
    }
    roster
}

fn spec(place: Option<&str>, baseline: Option<&str>, proposals: &[&str]) -> StackSpec {
    StackSpec {
        place: place.map(str::to_owned),
        baseline: baseline.map(str::to_owned),
        proposals: proposals.iter().map(|p| (*p).to_owned()).collect(),
    }
}

/// Every stack and day that the county is looked at under, with its facts.
fn each(mut see: impl FnMut(&Rules, &[Facts<'_>], &Columns)) {
    let roster = county();
    let organs = roster.organ_index();
    let library = Library::shipped().unwrap();
    for spec in [
        spec(None, None, &[]),
        spec(Some("990123"), None, &[]),
        spec(Some("990123"), None, &["township-tilt", "difficulties-and-hopes"]),
        spec(Some("440000"), None, &["one-rise-one-fall"]),
        spec(Some("990123"), Some("as-in-2013"), &[]),
    ] {
        let stack = Stack::new(&library, spec).unwrap();
        for (year, month, day) in [(2009, 5, 4), (2016, 3, 15), (2019, 6, 1), (2023, 12, 31), (2026, 7, 1)] {
            let rules = Rules::at(&stack, Day::new(year, month, day).unwrap());
            let facts: Vec<Facts<'_>> =
                roster.careers.iter().map(|c| Facts::of(c, &organs, &rules)).collect();
            let mut columns = Columns::new();
            facts.iter().for_each(|f| columns.push(f, &rules));
            assert_eq!(columns.len(), facts.len());
            see(&rules, &facts, &columns);
        }
    }
}

#[test]
fn a_row_answers_what_its_record_answers() {
    each(|rules, facts, columns| {
        for (record, row) in facts.iter().zip(columns.rows()) {
            assert_eq!(row.serving(), record.serving());
            for &ladder in Ladder::ALL {
                assert_eq!(row.rank(ladder), record.rank(ladder));
                assert_eq!(row.rank_held(ladder, ladder), record.rank_held(ladder, ladder));
                assert_eq!(row.layer_held(ladder), record.layer_held(ladder));
            }
            for &rank in Rank::ALL {
                assert_eq!(row.months_since_reaching(rank), record.months_since_reaching(rank));
            }
            for term in 0..rules.service_terms.len() + 1 {
                assert_eq!(row.served_months(term), record.served_months(term));
            }
            assert_eq!(row.layer(), record.layer());
            assert_eq!(row.seat(), record.seat());
            assert_eq!(row.place(), record.place());
            assert_eq!(row.organ_kind(), record.organ_kind());
            assert_eq!((row.level(), row.step()), (record.level(), record.step()));
            assert_eq!(row.bars(), record.bars());
            assert_eq!(row.unsure_bars(), record.unsure_bars());
            assert_eq!(row.education(), Officer::education(record));
            assert_eq!(row.work_months(), record.work_months());
            assert_eq!(row.grassroots_months(), record.grassroots_months());
            assert_eq!(row.rooted_months(), record.rooted_months());
            let (old, county) = (Ladder::NonLeading, Ladder::CountyRanks);
            assert_eq!(row.rank_held(old, county), record.rank_held(old, county));
            for &layer in Layer::ALL {
                assert_eq!(row.posts_in(layer), record.posts_in(layer));
            }
            assert_eq!(row.sanctioned(), record.sanctioned());
            assert_eq!(row.own_term_running(), record.own_term_running());
            assert_eq!(row.service_months(), record.service_months());
            assert_eq!(row.worst_grade(), record.worst_grade());
        }
    });
}

#[test]
fn a_row_is_decided_as_its_record_is() {
    let (mut yes, mut no, mut unknown) = (0, 0, 0);
    each(|rules, facts, columns| {
        for (record, row) in facts.iter().zip(columns.rows()) {
            for &to in Rank::ALL {
                let verdict = rank_promotion(rules, record, to);
                assert_eq!(rank_promotion(rules, &row, to), verdict);
                match verdict.outcome() {
                    Outcome::Eligible => yes += 1,
                    Outcome::NotEligible => no += 1,
                    Outcome::Unknown => unknown += 1,
                }
            }
            for &to in Layer::ALL {
                assert_eq!(post_promotion(rules, &row, to), post_promotion(rules, record, to));
            }
            assert_eq!(open_selection(rules, &row), open_selection(rules, record));
            assert_eq!(term_running(rules, &row), term_running(rules, record));
            assert_eq!(pay::monthly(rules, &row), pay::monthly(rules, record));
        }
    });
    assert!(
        yes > 1000 && no > 1000 && unknown > 20,
        "{yes} {no} {unknown}: too few of a kind to show anything"
    );
}

#[test]
fn one_pass_says_what_a_standing_says() {
    let (mut known, mut unknown, mut running, mut eligible) = (0, 0, 0, 0);
    each(|rules, facts, columns| {
        let mut out = vec![RowStanding::default(); facts.len()];
        assert_eq!(columns::standing(rules, columns, 0..facts.len(), &mut out), facts.len());
        for (record, row) in facts.iter().zip(&out) {
            let standing = Standing::from_facts(record, rules);
            let of = |outcome| -> Vec<Rank> {
                let next = record.serving().then(|| rules.dense.next_ranks(record.seat()));
                let next = next.iter().flat_map(|n| n.iter());
                next.filter(|to| rank_promotion(rules, record, *to).outcome() == outcome).collect()
            };
            assert_eq!(row.eligible.iter().collect::<Vec<_>>(), of(Outcome::Eligible));
            assert_eq!(row.unknown.iter().collect::<Vec<_>>(), of(Outcome::Unknown));
            let told = standing.next_ranks.iter().filter(|p| p.outcome == Outcome::Eligible).count();
            assert_eq!(of(Outcome::Eligible).len(), told);
            if let Some(to) = row.next {
                assert_eq!(row.verdict, rank_promotion(rules, record, to));
            } else {
                assert!(standing.next_ranks.is_empty());
            }
            assert_eq!(row.term_left, term_left(rules, record));
            assert_eq!(row.term_running, term_running(rules, record));
            assert_eq!(row.pay, standing.pay.known_monthly);
            assert_eq!(row.pay_unknown, record.serving() && !standing.pay.complete);
            let lines: takeroot_civil::Fen = standing
                .pay
                .lines
                .iter()
                .filter(|l| {
                    use takeroot_policy::standing::pay::PayLineKind::{Bonus, Deduction};
                    !matches!(l.kind, Bonus | Deduction(_))
                })
                .filter_map(|l| l.amount.known())
                .sum();
            assert_eq!(row.pay, lines);
            known += usize::from(record.serving() && !row.pay_unknown);
            unknown += usize::from(row.pay_unknown);
            running += usize::from(row.term_left > 0);
            eligible += row.eligible.0.count_ones();
        }
    });
    for (what, n) in
        [("known", known), ("unknown", unknown), ("running", running), ("eligible", eligible as usize)]
    {
        assert!(n > 100, "{n} {what}: too few to show anything");
    }
}

#[test]
fn a_part_of_the_rows_is_the_part_of_all() {
    let roster = County::generate(2500, 3, Day::new(2026, 7, 1).unwrap()).unwrap();
    let organs = roster.organ_index();
    let library = Library::shipped().unwrap();
    let stack = Stack::new(&library, spec(Some("990123"), None, &[])).unwrap();
    let rules = Rules::at(&stack, Day::new(2026, 7, 1).unwrap());
    let columns = Columns::of(&rules, roster.careers.iter().map(|c| Facts::of(c, &organs, &rules)));
    let mut all = vec![RowStanding::default(); columns.len()];
    assert_eq!(columns::standing(&rules, &columns, 0..columns.len(), &mut all), columns.len());
    for (from, to) in
        [(0, 0), (0, 1), (1000, 2049), (1023, 1025), (columns.len() - 1, columns.len() + 9), (9_000, 9_001)]
    {
        let mut part = vec![RowStanding::default(); 1100];
        let n = columns::standing(&rules, &columns, from..to, &mut part);
        let end = to.min(columns.len());
        assert_eq!(n, end.saturating_sub(from));
        assert_eq!(part[..n], all[from.min(end)..end]);
    }
    // Rows make columns again, and the same ones.
    let again = Columns::of(&rules, columns.rows());
    let mut out = all.clone();
    columns::standing(&rules, &again, 0..again.len(), &mut out);
    assert_eq!(out, all);
}
