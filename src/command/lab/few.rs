//! Curves of an office's own people, without what tells of fewer than ten.
//!
//! A curve begins where ten are at risk and ends where fewer are; what lies outside does not enter it, so that it does not follow
//! from the rest. The table by years of service takes years together until ten people are in each line.

use takeroot_lab::small::{SMALLEST, enough};
use takeroot_survival::curves::{AalenJohansen, KaplanMeier};
use takeroot_survival::model::Lived;
use takeroot_survival::spells::Columns;

/// The columns with the time before ten are at risk for the first time cut off.
pub fn begun(mut columns: Columns) -> Columns {
    let curve = KaplanMeier::of(&columns.times());
    let first = curve.at_risk.iter().position(|people| enough(*people));
    // Those at risk at a time were there just before it: watching begins after the last time of fewer.
    let from = match first {
        None => f64::INFINITY,
        Some(0) => return columns,
        Some(at) => curve.time.get(at - 1).copied().unwrap_or(f64::NEG_INFINITY),
    };
    let kept: Vec<usize> = (0..columns.exit.len()).filter(|at| columns.exit[*at] > from).collect();
    let numbers =
        |column: &[f64]| kept.iter().filter_map(|at| column.get(*at).copied()).collect::<Vec<f64>>();
    columns.entry = numbers(&columns.entry).into_iter().map(|entry| entry.max(from)).collect();
    columns.exit = numbers(&columns.exit);
    columns.weight = numbers(&columns.weight);
    columns.cause = kept.iter().filter_map(|at| columns.cause.get(*at).copied()).collect();
    columns
}

/// Both curves up to the last time at which ten are at risk.
pub fn ended(km: &mut KaplanMeier, aj: &mut AalenJohansen) {
    let until = |at_risk: &[f64]| at_risk.iter().take_while(|people| enough(**people)).count();
    let n = until(&km.at_risk);
    for column in [
        &mut km.time,
        &mut km.at_risk,
        &mut km.ended,
        &mut km.running,
        &mut km.survival,
        &mut km.se,
        &mut km.hazard,
        &mut km.hazard_se,
    ] {
        column.truncate(n);
    }
    let n = until(&aj.at_risk);
    aj.time.truncate(n);
    aj.at_risk.truncate(n);
    for column in aj.share.iter_mut().chain(&mut aj.se) {
        column.truncate(n);
    }
}

/// Periods of service taken together by years, and those on until each line has ten people in one of its periods; who was
/// at risk in several periods is counted in each.
pub fn together(lived: &[Lived], months: i32) -> Vec<Lived> {
    let year = |l: &Lived| (l.service * months).div_euclid(12);
    let mut lines: Vec<(Lived, f64)> = Vec::new();
    for l in lived {
        let small = lines.last().is_some_and(|(_, most)| !enough(*most));
        let same = lines.last().is_some_and(|(line, _)| line.service == year(l));
        match lines.last_mut().filter(|_| small || same) {
            Some((line, most)) => {
                add(line, l);
                *most = most.max(l.at_risk);
            }
            None => lines.push((Lived { service: year(l), ..l.clone() }, l.at_risk)),
        }
    }
    // What is left over at the end goes with the last line.
    while lines.last().is_some_and(|(_, most)| *most < SMALLEST as f64) {
        let Some((rest, most)) = lines.pop() else { break };
        let Some((line, before)) = lines.last_mut() else { break };
        add(line, &rest);
        *before = before.max(most);
    }
    lines.into_iter().map(|(line, _)| line).collect()
}

fn add(line: &mut Lived, more: &Lived) {
    line.at_risk += more.at_risk;
    for (sum, more) in [(&mut line.left, &more.left), (&mut line.expected, &more.expected)] {
        sum.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests may fail")]

    use super::*;

    fn lived(service: i32, at_risk: f64) -> Lived {
        Lived { service, at_risk, left: vec![1.0], expected: vec![0.5] }
    }

    #[test]
    fn no_line_is_of_fewer_than_ten() {
        let months: Vec<Lived> = (0..36).map(|m| lived(m, f64::from(40 - m))).collect();
        let lines = together(&months, 1);
        assert_eq!(lines.iter().map(|l| l.service).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(lines.iter().map(|l| l.left[0]).sum::<f64>(), 36.0, "nobody is lost");
        let few = together(&[lived(0, 12.0), lived(12, 9.0), lived(24, 3.0)], 1);
        assert_eq!(few.len(), 1);
        assert!(together(&[lived(0, 9.0), lived(1, 4.0)], 12).is_empty());
    }

    #[test]
    fn a_curve_begins_and_ends_where_ten_are_at_risk() {
        // Three come at once and one of them leaves; twenty more are watched from 5 on, and leave one by one.
        let mut columns = Columns::default();
        let mut put = |entry: f64, exit: f64, cause: u16| {
            columns.entry.push(entry);
            columns.exit.push(exit);
            columns.cause.push(cause);
            columns.weight.push(1.0);
        };
        put(f64::NEG_INFINITY, 2.0, 1);
        put(f64::NEG_INFINITY, 40.0, 0);
        put(f64::NEG_INFINITY, 41.0, 0);
        (0..20).for_each(|n| put(5.0, 10.0 + f64::from(n), 1));
        let columns = begun(columns);
        let (mut km, mut aj) = (KaplanMeier::of(&columns.times()), AalenJohansen::of(&columns.times(), 1));
        ended(&mut km, &mut aj);
        assert!(km.at_risk.iter().chain(&aj.at_risk).all(|people| *people >= 10.0), "{km:?}");
        assert_eq!((km.time.first(), km.time.last()), (Some(&10.0), Some(&22.0)));
        assert_eq!(km.survival[0], 21.0 / 22.0, "the one who left among three is not in it");
        assert_eq!(aj.share[1].len(), km.time.len());
    }
}
