//! Small groups: what is told of fewer than ten people is told of single people, and so it is not told.
//!
//! **At risk** are the people whose doings a number tells: those in an organ on the roster's day, those who reach a year
//! of service, those of a group. What is left out must not follow from the whole and the rest either: it is put together
//! with others until ten are at risk, never merely hidden.

/// Groups smaller than this are not told.
pub const SMALLEST: i64 = 10;

/// Whether so many people at risk are enough to be told of. Where nobody is at risk, nobody is told of.
pub fn enough(people: f64) -> bool {
    people >= SMALLEST as f64
}

/// Whether a whole may be told in parts: none of them has between one and nine people.
pub fn divisible(parts: &[i64]) -> bool {
    parts.iter().all(|people| *people == 0 || enough(*people as f64))
}

/// Organs as they are told: each alone, or several together. Townships and county organs are put together apart, unless
/// one of the two has too few people in all. Empty where the county has too few. The numbers are places in `people`; of
/// several together, in rising order.
pub fn organs(people: &[i64], townships: &[bool]) -> Vec<Vec<usize>> {
    let of = |township: bool| -> Vec<usize> {
        (0..people.len()).filter(|at| townships.get(*at) == Some(&township)).collect()
    };
    let sum = |organs: &[usize]| organs.iter().filter_map(|at| people.get(*at)).sum::<i64>();
    let (townships, others) = (of(true), of(false));
    let kinds = if divisible(&[sum(&townships), sum(&others)]) {
        vec![townships, others]
    } else {
        vec![(0..people.len()).collect()]
    };
    let mut told: Vec<Vec<usize>> = Vec::new();
    for mut kind in kinds {
        if !enough(sum(&kind) as f64) {
            continue;
        }
        // The largest first: what is left over at the end is small, and takes the least of the large ones along.
        kind.sort_by_key(|at| (std::cmp::Reverse(people.get(*at).copied()), *at));
        let large = kind.iter().take_while(|at| enough(sum(&[**at]) as f64)).count();
        let mut from = large;
        while from > 0 && from < kind.len() && !enough(sum(&kind[from..]) as f64) {
            from -= 1;
        }
        told.extend(kind[..from].iter().map(|at| vec![*at]));
        let mut together = kind.split_off(from);
        together.sort_unstable();
        if !together.is_empty() {
            told.push(together);
        }
    }
    // One alone stands where it stood; those together come after all of these.
    told.sort_by_key(|organs| (organs.len() > 1, organs.first().copied()));
    told
}

/// Neighbouring steps put together until enough are at risk in each, by what each of them has at risk. What is left at
/// the end goes with the last. Empty where all together are too few.
pub fn bands(at_risk: &[f64]) -> Vec<std::ops::Range<usize>> {
    bands_of_all(at_risk.iter().map(|people| [*people]))
}

/// The same where each step has several kinds of people, or the same people at several times: of each of them enough are
/// at risk in each band.
pub fn bands_of_all<K: AsRef<[f64]>>(at_risk: impl IntoIterator<Item = K>) -> Vec<std::ops::Range<usize>> {
    let mut bands: Vec<std::ops::Range<usize>> = Vec::new();
    let (mut from, mut to) = (0, 0);
    let mut sums: Vec<f64> = Vec::new();
    for (at, kinds) in at_risk.into_iter().enumerate() {
        to = at + 1;
        let kinds = kinds.as_ref();
        sums.resize(kinds.len(), 0.0);
        sums.iter_mut().zip(kinds).for_each(|(sum, people)| *sum += people);
        if !sums.is_empty() && sums.iter().all(|sum| enough(*sum)) {
            bands.push(from..to);
            from = to;
            sums.fill(0.0);
        }
    }
    if let Some(last) = bands.last_mut() {
        last.end = to;
    }
    bands
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_organ_is_told_with_others_and_never_by_itself() {
        let townships = [true, true, true, true, false, false];
        let told = organs(&[30, 4, 12, 7, 25, 3], &townships);
        assert_eq!(
            told,
            [vec![0], vec![2], vec![1, 3], vec![4, 5]],
            "eleven in two; three take the only other along"
        );
        let told = organs(&[30, 4, 12, 0, 25, 40], &townships);
        assert_eq!(
            told,
            [vec![0], vec![4], vec![5], vec![1, 2, 3]],
            "four are not enough: the least large one is added"
        );
        assert_eq!(organs(&[30, 20, 12, 15, 2, 3], &townships), [vec![0], vec![1], vec![3], vec![2, 4, 5]]);
        assert!(organs(&[1, 2, 3, 0, 2, 1], &townships).is_empty(), "nine in all: nothing is told");
    }

    #[test]
    fn no_number_of_people_is_left_over_by_taking_the_told_from_the_whole() {
        // Every county of up to five organs with these people in them.
        let sizes = [0, 1, 5, 9, 10, 11, 20];
        for n in 0..sizes.len().pow(5) {
            let people: Vec<i64> = (0..5).map(|at| sizes[n / sizes.len().pow(at) % sizes.len()]).collect();
            let townships = [true, true, true, false, false];
            let told = organs(&people, &townships);
            for group in &told {
                assert!(group.iter().map(|at| people[*at]).sum::<i64>() >= SMALLEST, "{people:?}: {told:?}");
            }
            let seen: i64 = told.iter().flatten().map(|at| people[*at]).sum();
            let whole: i64 = people.iter().sum();
            assert!(seen == whole || whole < SMALLEST, "{people:?}: {told:?}");
        }
    }

    #[test]
    fn years_of_service_are_put_together_until_ten_are_at_risk() {
        assert_eq!(bands(&[12.0, 4.0, 3.0, 5.0, 11.0, 2.0]), [0..1, 1..4, 4..6]);
        assert!(bands(&[3.0, 4.0]).is_empty());
    }

    #[test]
    fn a_band_has_ten_of_every_kind() {
        let men_and_women = [[0.0, 0.0], [12.0, 4.0], [9.0, 6.0], [30.0, 30.0], [11.0, 9.0], [3.0, 2.0]];
        assert_eq!(bands_of_all(men_and_women), [0..3, 3..4, 4..6]);
        assert!(bands_of_all([[40.0, 9.0]]).is_empty(), "nine women in all");
        assert!(bands_of_all(Vec::<[f64; 2]>::new()).is_empty());
    }
}
