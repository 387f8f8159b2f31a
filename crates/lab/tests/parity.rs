//! A row of the lab answers what the record answers, so that one check judges both.

mod county;

use takeroot_civil::{Code as _, Ladder, Layer, Rank};
use takeroot_lab::behaviour;
use takeroot_lab::state::Row;
use takeroot_policy::rule::ActName;
use takeroot_policy::{Facts, Officer, Rules, pay, verdict};

#[test]
fn rows_answer_as_records_under_every_stack() {
    for proposals in [
        &[][..],
        &["one-rise-one-fall"],
        &["township-tilt"],
        &["one-rise-one-fall", "township-tilt", "difficulties-and-hopes"],
    ] {
        let rules = county::under(proposals, None);
        let people = compare(&rules);
        assert!(people > 500, "only {people} people were compared under {proposals:?}");
    }
}

fn compare(rules: &Rules) -> usize {
    let world = county::world(rules);
    let roster = county::roster();
    let organs = roster.organ_index();
    let records: std::collections::HashMap<u64, Facts<'_>> = roster
        .careers
        .iter()
        .map(|career| (takeroot_lab::keyed::key_of(&career.person.id.0), Facts::of(career, &organs, rules)))
        .collect();
    let mut people = 0;
    for county in &world.start.counties {
        for at in (0..county.state.len()).filter(|at| county.state.here[*at]) {
            let record = &records[&county.state.key[at]];
            let place = &county.places[usize::from(county.place_of[at])];
            let row = Row { state: &county.state, place, at, month: 0 };
            same(record, &row, rules);
            people += 1;
        }
    }
    people
}

fn same(record: &Facts<'_>, row: &Row<'_>, rules: &Rules) {
    let who = &record.career.person.id;
    assert_eq!(record.seat(), row.seat(), "{who}");
    for ladder in Ladder::ALL {
        assert_eq!(record.layer_held(*ladder), row.layer_held(*ladder), "{who}");
        assert_eq!(record.rank_held(*ladder, *ladder), row.rank_held(*ladder, *ladder), "{who}");
    }
    assert_eq!((record.level(), record.step()), (row.level(), row.step()), "{who}");
    assert_eq!((record.bars(), record.unsure_bars()), (row.bars(), row.unsure_bars()), "{who}");
    assert_eq!(record.place(), row.place(), "{who}");
    assert_eq!(record.education(), row.education(), "{who}");
    assert_eq!(record.work_months(), row.work_months(), "{who}");
    assert_eq!(record.grassroots_months(), row.grassroots_months(), "{who}");
    assert_eq!(record.rooted_months(), row.rooted_months(), "{who}");
    assert_eq!(record.service_months(), row.service_months(), "{who}");
    assert_eq!(record.worst_grade(), row.worst_grade(), "{who}");
    assert_eq!(record.own_term_running(), row.own_term_running(), "{who}");
    for term in 0..rules.service_terms.len() {
        assert_eq!(record.served_months(term), row.served_months(term), "{who}, term {term}");
    }
    for rank in Rank::ALL {
        let (a, b) =
            (verdict::rank_promotion(rules, record, *rank), verdict::rank_promotion(rules, row, *rank));
        assert_eq!(a, b, "{who} to {rank}");
    }
    for layer in Layer::ALL {
        let (a, b) =
            (verdict::post_promotion(rules, record, *layer), verdict::post_promotion(rules, row, *layer));
        assert_eq!(a, b, "{who} to {layer}");
    }
    assert_eq!(verdict::open_selection(rules, record), verdict::open_selection(rules, row), "{who}");
    for act in ActName::ALL {
        assert_eq!(verdict::blocked(rules, record, *act), verdict::blocked(rules, row, *act), "{who}, {act}");
    }
    assert_eq!(verdict::term_left(rules, record), verdict::term_left(rules, row), "{who}");
    let monthly = pay::monthly(rules, row);
    assert_eq!(pay::monthly(rules, record), monthly, "{who}");
    let (lines, unknown) = behaviour::pay::lines(rules, row);
    assert_eq!(lines.iter().map(|fen| i64::from(*fen)).sum::<i64>(), monthly.known.0, "{who}");
    assert_eq!(unknown == 0, monthly.complete, "{who}");
}
