//! What must hold of any spells: laws of the curves and of the fit, and closed forms.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    missing_docs
)]

use proptest::prelude::*;
use takeroot_survival::curves::{AalenJohansen, Interval, KaplanMeier, Times};
use takeroot_survival::logit::{Cells, NoFit, Normal};
use takeroot_survival::pooling::{Confidence, Prior, own_share};

/// A number in 0 to 1 from a counter, spread evenly: enough for tests.
fn spread(n: u64) -> f64 {
    let mut z = n.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9 * a.abs().max(b.abs()).max(1.0)
}

type Spell = (u16, u16, u16, u8);

fn spells() -> impl Strategy<Value = Vec<Spell>> {
    // Entry, length after it, cause, copies.
    prop::collection::vec((0u16..20, 1u16..30, 0u16..4, 1u8..4), 1..80)
}

struct Columns {
    entry: Vec<f64>,
    exit: Vec<f64>,
    cause: Vec<u16>,
    copies: Vec<f64>,
}

fn columns(spells: &[Spell]) -> Columns {
    Columns {
        entry: spells.iter().map(|s| f64::from(s.0)).collect(),
        exit: spells.iter().map(|s| f64::from(s.0 + s.1)).collect(),
        cause: spells.iter().map(|s| s.2).collect(),
        copies: spells.iter().map(|s| f64::from(s.3)).collect(),
    }
}

proptest! {
    #[test]
    fn without_running_spells_the_curve_is_the_share_that_is_left(spells in spells()) {
        let c = columns(&spells);
        let cause = vec![1; c.exit.len()];
        let curve = KaplanMeier::of(&Times { entry: &[], exit: &c.exit, cause: &cause, weight: &[] });
        for (time, survival) in curve.time.iter().zip(&curve.survival) {
            let left = c.exit.iter().filter(|e| *e > time).count() as f64 / c.exit.len() as f64;
            prop_assert!(near(*survival, left), "{} at {}: {}", survival, time, left);
        }
    }

    #[test]
    fn who_stays_and_who_left_add_up_to_everyone(spells in spells()) {
        let c = columns(&spells);
        for entry in [&[][..], &c.entry] {
            let times = Times { entry, exit: &c.exit, cause: &c.cause, weight: &c.copies };
            let (aj, km) = (AalenJohansen::of(&times, 3), KaplanMeier::of(&times));
            for t in 0..aj.time.len() {
                let sum: f64 = aj.share.iter().map(|s| s[t]).sum();
                prop_assert!(near(sum, 1.0), "{} at {}", sum, aj.time[t]);
                prop_assert!(near(aj.share[0][t], km.survival[t]));
                prop_assert!(aj.share.iter().all(|s| s[t] >= -1e-12));
            }
        }
    }

    #[test]
    fn a_weight_is_copies(spells in spells()) {
        let c = columns(&spells);
        let copied: Vec<Spell> =
            spells.iter().flat_map(|s| std::iter::repeat_n((s.0, s.1, s.2, 1), usize::from(s.3))).collect();
        let d = columns(&copied);
        let weighted = Times { entry: &c.entry, exit: &c.exit, cause: &c.cause, weight: &c.copies };
        let copies = Times { entry: &d.entry, exit: &d.exit, cause: &d.cause, weight: &[] };
        let (a, b) = (KaplanMeier::of(&weighted), KaplanMeier::of(&copies));
        prop_assert_eq!(&a.time, &b.time);
        for (x, y) in a.se.iter().chain(&a.survival).zip(b.se.iter().chain(&b.survival)) {
            prop_assert!(near(*x, *y) || x.is_nan() && y.is_nan());
        }
        let (a, b) = (AalenJohansen::of(&weighted, 3), AalenJohansen::of(&copies, 3));
        for (x, y) in a.se.iter().flatten().zip(b.se.iter().flatten()) {
            prop_assert!(near(*x, *y));
        }
    }

    #[test]
    fn an_interval_holds_its_estimate(spells in spells()) {
        let c = columns(&spells);
        let curve = KaplanMeier::of(&Times { entry: &[], exit: &c.exit, cause: &c.cause, weight: &[] });
        for kind in [Interval::Plain, Interval::Log, Interval::LogLog] {
            for ((low, high), s) in curve.interval(kind, 1.96).iter().zip(&curve.survival) {
                prop_assert!(low.is_nan() || *low <= s + 1e-12 && *s <= high + 1e-12 && *low >= 0.0 && *high <= 1.0);
            }
        }
    }

    #[test]
    fn cells_and_single_rows_give_the_same_fit(
        rows in prop::collection::vec((0u8..4, 0u8..3, any::<bool>(), 1u8..4), 40..200)
    ) {
        let x = |a: u8, b: u8| [1.0, f64::from(a), f64::from(u8::from(b == 1)), f64::from(u8::from(b == 2))];
        let (mut single, mut weighted, mut cells) =
            (Cells { width: 4, ..Cells::default() }, Cells { width: 4, ..Cells::default() }, Cells { width: 4, ..Cells::default() });
        let mut sums = [[(0.0, 0.0); 3]; 4];
        for &(a, b, event, copies) in &rows {
            let (n, y) = (f64::from(copies), f64::from(u8::from(event)));
            for _ in 0..copies {
                single.push(&x(a, b), 1.0, y);
            }
            weighted.push(&x(a, b), n, n * y);
            let cell = &mut sums[usize::from(a)][usize::from(b)];
            cell.0 += n;
            cell.1 += n * y;
        }
        for a in 0..4u8 {
            for b in 0..3u8 {
                let (n, y) = sums[usize::from(a)][usize::from(b)];
                if n > 0.0 {
                    cells.push(&x(a, b), n, y);
                }
            }
        }
        match (single.fit(&[]), weighted.fit(&[]), cells.fit(&[])) {
            (Ok(one), Ok(two), Ok(three)) => {
                for other in [&two, &three] {
                    prop_assert!(near(one.deviance, other.deviance));
                    for (x, y) in one.coefficients.iter().chain(&one.se).zip(other.coefficients.iter().chain(&other.se)) {
                        prop_assert!((x - y).abs() < 1e-7 * x.abs().max(1.0) || x.is_nan() && y.is_nan(), "{} {}", x, y);
                    }
                }
            }
            (Err(one), Err(two), Err(three)) => {
                let kinds = [&one, &two, &three].map(std::mem::discriminant);
                prop_assert!(kinds[0] == kinds[1] && kinds[1] == kinds[2], "{:?} {:?} {:?}", one, two, three);
            }
            other => prop_assert!(false, "{:?}", other),
        }
    }
}

#[test]
fn a_constant_hazard_is_found_again() {
    // Geometric lengths with a yearly hazard of 0.08, from a fixed spread of numbers; watched for 20 years.
    let hazard = 0.08;
    let lengths: Vec<f64> =
        (0..4000).map(|n| 1.0 + (spread(n).ln() / f64::ln(1.0 - hazard)).floor()).collect();
    let exit: Vec<f64> = lengths.iter().map(|l| l.min(20.0)).collect();
    let cause: Vec<u16> = lengths.iter().map(|l| u16::from(*l <= 20.0)).collect();
    let times = Times { entry: &[], exit: &exit, cause: &cause, weight: &[] };
    let curve = KaplanMeier::of(&times);
    // 3.3 standard errors: 1 in 1,000; the numbers are fixed, so this holds always or never.
    for ((time, s), se) in curve.time.iter().zip(&curve.survival).zip(&curve.se) {
        let closed = (1.0 - hazard).powf(*time);
        assert!((s - closed).abs() < 3.3 * se, "year {time}: {s} against {closed}, se {se}");
    }
    let trials: f64 = exit.iter().sum();
    let events: f64 = cause.iter().map(|c| f64::from(*c)).sum();
    let mut cells = Cells { width: 1, ..Cells::default() };
    cells.push(&[1.0], trials, events);
    let fit = cells.fit(&[]).unwrap();
    let (b, se) = (fit.coefficients[0], fit.se[0]);
    assert!((b - (hazard / (1.0 - hazard)).ln()).abs() < 3.3 * se);
    // One column: the estimate and its error have closed forms.
    let p = events / trials;
    assert!(near(b, (p / (1.0 - p)).ln()) && near(se, 1.0 / (trials * p * (1.0 - p)).sqrt()));
}

fn history(years: u64) -> Cells {
    let mut cells = Cells { width: 2, ..Cells::default() };
    for n in 0..years {
        let far = f64::from(u8::from(spread(7 * n) < 0.5));
        let p = 1.0 / (1.0 + f64::exp(3.0 - 0.7 * far));
        cells.push(&[1.0, far], 1.0, f64::from(u8::from(spread(7 * n + 3) < p)));
    }
    cells
}

#[test]
fn a_short_history_leans_on_the_prior_and_a_long_one_on_itself() {
    let believed = Prior {
        value: -0.5,
        low: -0.9,
        high: -0.2,
        source: "invented".into(),
        confidence: Confidence::Medium,
    };
    let priors = [Normal { mean: -4.0, sd: 1.0 }, believed.normal()];
    assert!(near(priors[1].sd, 0.4 / 1.959_963_984_540_054));

    // No history at all: the prior, centre and width.
    let none = Cells { width: 2, ..Cells::default() }.fit(&priors).unwrap();
    for (j, prior) in priors.iter().enumerate() {
        assert!(near(none.coefficients[j], prior.mean) && near(none.se[j], prior.sd));
        assert!(own_share(*prior, none.se[j]) < 1e-9);
    }

    // Longer and longer: from the prior to the plain estimate.
    let mut before = 0.0;
    for years in [30, 300, 3_000, 30_000, 300_000] {
        let pooled = history(years).fit(&priors).unwrap();
        let share = own_share(priors[1], pooled.se[1]);
        assert!(share > before, "{years}: {share} after {before}");
        before = share;
    }
    let (plain, pooled) = (history(300_000).fit(&[]).unwrap(), history(300_000).fit(&priors).unwrap());
    // The prior lies 1.2 away; a hundredth of that is left of it.
    assert!((plain.coefficients[1] - pooled.coefficients[1]).abs() < 0.015);
    let short = history(30).fit(&priors).unwrap();
    assert!((short.coefficients[1] - believed.value).abs() < 0.15, "{:?}", short.coefficients);
    assert!((plain.coefficients[1] - 0.7).abs() < 3.3 * plain.se[1]);
    assert!(before > 0.98, "{before}");
}

#[test]
fn a_prior_of_low_confidence_is_wider() {
    let of =
        |confidence| Prior { value: 0.7, low: 0.3, high: 1.0, source: String::new(), confidence }.normal().sd;
    assert!(of(Confidence::High) < of(Confidence::Low) && of(Confidence::Low) < of(Confidence::Assumed));
}

#[test]
fn what_has_no_finite_estimate_is_said() {
    // Everyone far away left, nobody near did.
    let mut cells = Cells { width: 2, ..Cells::default() };
    for (x, y) in [(0.0, 0.0), (0.0, 0.0), (0.0, 0.0), (1.0, 1.0), (1.0, 1.0)] {
        cells.push(&[1.0, x], 1.0, y);
    }
    assert!(matches!(cells.fit(&[]), Err(NoFit::Separated(columns)) if columns.contains(&1)));
    // One group without a single event among many.
    let mut cells = Cells { width: 3, ..Cells::default() };
    cells.push(&[1.0, 0.0, 0.0], 1000.0, 30.0);
    cells.push(&[1.0, 1.0, 0.0], 1000.0, 60.0);
    cells.push(&[1.0, 0.0, 1.0], 200.0, 0.0);
    assert_eq!(cells.fit(&[]).unwrap_err(), NoFit::Separated(vec![2]));
    // A prior gives it an estimate.
    let weak = [Normal::OPEN, Normal { mean: 0.0, sd: 1.5 }, Normal { mean: 0.0, sd: 1.5 }];
    let fit = cells.fit(&weak).unwrap();
    assert!(fit.coefficients[2] < -0.5 && fit.se[2] < 1.5);
    // Not one event.
    let mut cells = Cells { width: 1, ..Cells::default() };
    cells.push(&[1.0], 10.0, 0.0);
    assert_eq!(cells.fit(&[]).unwrap_err(), NoFit::OneSided { events: 0.0, trials: 10.0 });
    // Numbers that do not fill the rows.
    let cells = Cells { width: 2, x: vec![1.0], trials: vec![1.0], events: vec![0.0], offset: vec![] };
    assert!(matches!(cells.fit(&[]), Err(NoFit::Shape { .. })));
}

#[test]
fn the_number_of_threads_changes_no_bit() {
    let mut cells = Cells { width: 3, ..Cells::default() };
    for n in 0..30_000 {
        let x = [1.0, spread(n), spread(n + 1_000_000)];
        cells.push(&x, 1.0, f64::from(u8::from(spread(n + 2_000_000) < 0.1 + 0.2 * x[1])));
    }
    let fit = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| cells.fit(&[]).unwrap())
    };
    let (one, two) = (fit(1), fit(2));
    assert_eq!(one.coefficients, two.coefficients);
    assert_eq!(one.covariance, two.covariance);
}
