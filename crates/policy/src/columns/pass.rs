//! The standing of many rows in one pass.
//!
//! Three things are reckoned beforehand, by the same functions that decide one record: what follows from a seat alone
//! (its next ranks, the ways to them, base pay), the pay of every level and step, and the allowances of every class of
//! seats, places and rooted years that the allowances can tell apart. What is left for each row are a few look-ups and
//! the arithmetic of months, which is done for a block of rows at a time so that it vectorises.

use std::collections::HashMap;
use std::ops::Range;

use takeroot_civil::{Fen, Ladder, Layer, Level, Rank, Step};

use super::{Columns, HeldColumns, Holding, months};
use crate::dense::{DenseStep, Effects};
use crate::officer::{Held, Place, RankSet, Seat};
use crate::pay::{self, Due, Monthly};
use crate::rule::{ActName, AllowanceRow, Holder};
use crate::rules::Rules;
use crate::verdict::{Verdict, barred, missing, months_left, rank_verdict, ways};

/// What the rules say of one row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowStanding {
    /// Monthly pay before deductions: the lines that are known, fen.
    pub pay: Fen,
    /// Next ranks for which every need is met.
    pub eligible: RankSet,
    /// Next ranks for which no need is known to be unmet, but one cannot be told.
    pub unknown: RankSet,
    /// The lowest of the next ranks.
    pub next: Option<Rank>,
    /// A line of pay is unknown, so that `pay` is less than what is due.
    pub pay_unknown: bool,
    /// Months of minimum service left; 0 when none runs.
    pub term_left: u16,
    /// The verdict of the lowest next rank.
    pub verdict: Verdict,
}

/// Rows reckoned at a time: their intermediate results stay in the nearest cache.
const BLOCK: usize = 1024;

/// What a time held comes to, for the rows of a block.
struct Times {
    adjusted: Box<[i32; BLOCK]>,
    counted: Box<[i32; BLOCK]>,
}

/// Whose time, and as which ladder's steps count it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Time {
    Rank { held: Ladder, counted: Ladder },
    Layer(Ladder),
}

/// A next rank, as far as it follows from the seat.
struct Next<'r> {
    step: &'r DenseStep,
    /// Positions of the times that lead to it.
    times: Vec<usize>,
    /// Position of the ladder whose rooted credit it has.
    ladder: Ladder,
}

/// What follows from a seat alone.
struct Ahead {
    /// Positions of its next ranks.
    next: Range<u32>,
    /// Base pay.
    base: Sum,
    /// Where the allowances of its class begin.
    allowances: u32,
    /// All bits for those in the service, none for others.
    serving: Sum,
}

/// An amount that may have unknown parts, in one number: fen below, unknown parts counted above.
type Sum = u64;
const UNKNOWN: Sum = 1 << 48;

fn sum(monthly: Monthly) -> Sum {
    let fen = u64::try_from(monthly.known.0).unwrap_or(0).min(UNKNOWN / 4);
    fen + if monthly.complete { 0 } else { UNKNOWN }
}

fn sum_of(due: Due) -> Sum {
    sum(Monthly::NONE.and(due))
}

/// What is reckoned beforehand for columns under rules. It holds while nothing is pushed to the columns.
pub struct Prepared<'r> {
    rules: &'r Rules,
    times: Vec<Time>,
    next: Vec<Next<'r>>,
    ahead: Vec<Ahead>,
    /// Class of each place, and ranks over the ceiling there.
    places: Vec<(u32, RankSet)>,
    /// Class by rooted months.
    rooted: Vec<u8>,
    /// Allowances by classes of seat, place and rooted years.
    allowances: Vec<Sum>,
    /// Level pay by level and step, unknown where either is not known.
    levels: Vec<Sum>,
}

/// Level pay is laid out in rows of this many steps.
const STEPS: usize = 16;

/// The standing of a range of rows: `out` is filled from its start, as far as it and the rows go.
///
/// Returns how many rows there were. For many ranges of the same columns, [`Prepared`] saves doing the same work.
pub fn standing(rules: &Rules, columns: &Columns, range: Range<usize>, out: &mut [RowStanding]) -> usize {
    Prepared::of(rules, columns).standing(columns, range, out)
}

impl Times {
    fn new() -> Times {
        Times { adjusted: Box::new([0; BLOCK]), counted: Box::new([0; BLOCK]) }
    }

    fn fill(&mut self, time: Time, rules: &Rules, columns: &Columns, rows: Range<usize>) {
        let (held, counted) = match time {
            Time::Rank { held, counted } => (columns.rank_held(held, counted), counted),
            Time::Layer(ladder) => (&columns.layer_held[ladder.index()], ladder),
        };
        fill(&rules.dense.effects[counted.index()], held, rows, &mut self.adjusted, &mut self.counted);
    }
}

/// What times held come to: the same arithmetic as for one record, over slices of one length.
fn fill(
    effects: &Effects,
    held: &HeldColumns,
    rows: Range<usize>,
    adjusted: &mut [i32; BLOCK],
    counted: &mut [i32; BLOCK],
) {
    let n = rows.len().min(BLOCK);
    let rows = rows.start..rows.start + n;
    let months = &held.months[rows.clone()][..n];
    let [y0, y1, y2, y3, y4] = held.years.each_ref().map(|y| &y[rows.clone()][..n]);
    let [m0, m1, m2, m3, m4] = held.grade_months.each_ref().map(|m| &m[rows.clone()][..n]);
    let (adjusted, counted) = (&mut adjusted[..n], &mut counted[..n]);
    for at in 0..n {
        let held = Held {
            months: months[at],
            years: [y0[at], y1[at], y2[at], y3[at], y4[at]],
            grade_months: [m0[at], m1[at], m2[at], m3[at], m4[at]],
        };
        let graded = effects.of(&held);
        adjusted[at] = graded.adjusted();
        counted[at] = graded.counted(&held);
    }
}

impl<'r> Prepared<'r> {
    /// The standing of a range of rows of the columns it was made for, as [`standing`] gives it.
    pub fn standing(&self, columns: &Columns, range: Range<usize>, out: &mut [RowStanding]) -> usize {
        let rules = self.rules;
        let end = range.end.min(columns.len());
        let start = range.start.min(end);
        let rows = (end - start).min(out.len());
        let mut times: Vec<Times> = self.times.iter().map(|_| Times::new()).collect();
        let mut left = [0; BLOCK];
        for (block, out) in out[..rows].chunks_mut(BLOCK).enumerate() {
            let from = start + block * BLOCK;
            let range = from..from + out.len();
            for (time, times) in self.times.iter().zip(&mut times) {
                times.fill(*time, rules, columns, range.clone());
            }
            left.fill(0);
            for (full, served) in rules.dense.terms.iter().zip(&columns.served) {
                for (left, served) in left.iter_mut().zip(&served[range.clone()]) {
                    *left = months_left(*full, months(*served)).max(*left);
                }
            }
            self.block(rules, columns, range, &times, &left, out);
        }
        rows
    }

    /// Reckons what follows from the seats and places of columns.
    pub fn of(rules: &'r Rules, columns: &Columns) -> Prepared<'r> {
        let asked = Asked::of(rules);
        let seats = classes(&columns.holdings.values, |h| asked.seat(h.seat));
        let places = classes(&columns.places.values, |p| asked.place(*p));
        let rooted_classes = asked.rooted_years.len() + 1;
        let mut allowances = Vec::new();
        for holding in &seats.first {
            for place in &places.first {
                for class in 0..rooted_classes {
                    let years = class.checked_sub(1).map_or(0, |at| asked.rooted_years[at]);
                    let monthly = pay::allowances(rules, holding.seat, *place, u16::from(years) * 12);
                    allowances.push(sum(monthly));
                }
            }
        }
        let most_months = asked.rooted_years.last().map_or(0, |y| usize::from(*y) * 12);
        let class_of_months = |months: usize| {
            let reached = |y: &&u8| usize::from(**y) * 12 <= months;
            asked.rooted_years.iter().filter(reached).count() as u8
        };
        let mut prepared = Prepared {
            rules,
            times: Vec::new(),
            next: Vec::new(),
            ahead: Vec::new(),
            places: Vec::new(),
            rooted: (0..=most_months).map(class_of_months).collect(),
            allowances,
            levels: vec![sum_of(pay::level(rules, None, None)); (Level::LOWEST.get() as usize + 1) * STEPS],
        };
        let of_seat = places.first.len() * rooted_classes;
        for (holding, class) in columns.holdings.values.iter().zip(&seats.of) {
            let ahead = prepared.ahead(rules, *holding, class * of_seat as u32);
            prepared.ahead.push(ahead);
        }
        let places = columns.places.values.iter().zip(&places.of);
        prepared.places = places
            .map(|(place, class)| {
                let over = place.kind.map(|kind| rules.dense.over_ceiling[kind.index()]);
                (class * rooted_classes as u32, over.unwrap_or_default())
            })
            .collect();
        for level in (1..=Level::LOWEST.get()).filter_map(Level::new) {
            for step in (1..STEPS as u8).filter_map(Step::new) {
                let at = usize::from(level.get()) * STEPS + usize::from(step.get());
                prepared.levels[at] = sum_of(pay::level(rules, Some(level), Some(step)));
            }
        }
        prepared
    }

    /// What follows from a seat.
    fn ahead(&mut self, rules: &'r Rules, holding: Holding, allowances: u32) -> Ahead {
        let from = self.next.len() as u32;
        let ranks = rules.dense.next_ranks(holding.seat);
        for to in ranks.iter().filter(|_| holding.serving) {
            let at = to.index();
            if let (Some(step), Some(cited)) = (&rules.dense.steps[at], &rules.rank_steps[at]) {
                let times = ways(&cited.rule, holding.seat).map(|way| self.time(way, to.ladder())).collect();
                let ladder = to.ladder();
                self.next.push(Next { step, times, ladder });
            }
        }
        Ahead {
            next: from..self.next.len() as u32,
            base: sum_of(pay::base(rules, holding.seat).0),
            allowances,
            serving: if holding.serving { Sum::MAX } else { 0 },
        }
    }

    /// The position of the time in a holder.
    fn time(&mut self, way: Holder, counted: Ladder) -> usize {
        let time = match way {
            Holder::Rank(rank) => Time::Rank { held: rank.ladder(), counted },
            Holder::Post(_) => Time::Layer(counted),
        };
        self.times.iter().position(|t| *t == time).unwrap_or_else(|| {
            self.times.push(time);
            self.times.len() - 1
        })
    }

    /// The rows of a block.
    fn block(
        &self,
        rules: &Rules,
        columns: &Columns,
        rows: Range<usize>,
        times: &[Times],
        left: &[u16; BLOCK],
        out: &mut [RowStanding],
    ) {
        let n = rows.len().min(BLOCK).min(out.len());
        let rows = rows.start..rows.start + n;
        let barring = rules.dense.barring[ActName::RankPromotion as usize];
        let credits = rules.dense.rooted_credit.iter().any(Option::is_some);
        let holdings = &columns.holdings.rows[rows.clone()][..n];
        let places = &columns.places.rows[rows.clone()][..n];
        let levels = &columns.level[rows.clone()][..n];
        let steps = &columns.step[rows.clone()][..n];
        let bars = &columns.bars[rows.clone()][..n];
        let unsure = &columns.unsure_bars[rows.clone()][..n];
        let sanctioned = &columns.sanctioned[rows.clone()][..n];
        let rooted = &columns.rooted_months[rows][..n];
        let last_class = self.rooted.len() - 1;
        for at in 0..n {
            let ahead = &self.ahead[holdings[at] as usize];
            let (place, over) = self.places[places[at] as usize];
            let class = self.rooted[usize::from(rooted[at]).min(last_class)];
            let allowances = (ahead.allowances + place + u32::from(class)) as usize;
            let pay = self.levels[usize::from(levels[at]) * STEPS + usize::from(steps[at])]
                + self.allowances[allowances]
                + ahead.base;
            let pay = pay & ahead.serving;
            let barred = barred(barring, bars[at], unsure[at], sanctioned[at].has(ActName::RankPromotion));
            let level = Level::new(levels[at]);
            let mut row = RowStanding {
                pay: Fen((pay % UNKNOWN) as i64),
                pay_unknown: pay >= UNKNOWN,
                term_left: left[at],
                ..RowStanding::default()
            };
            for next in &self.next[ahead.next.start as usize..ahead.next.end as usize] {
                let credit = if credits { rules.dense.rooted(next.ladder, rooted[at]) } else { 0 };
                let least = next.times.iter().map(|time| {
                    let time = &times[*time];
                    missing(next.step.months, time.adjusted[at], credit, time.counted[at])
                });
                let verdict = rank_verdict(next.step, least.min(), level, over.has(next.step.to), barred);
                row.eligible.put(next.step.to, verdict.eligible());
                row.unknown.put(next.step.to, verdict.unmet.is_empty() && !verdict.unknown.is_empty());
                if row.next.is_none() {
                    (row.next, row.verdict) = (Some(next.step.to), verdict);
                }
            }
            out[at] = row;
        }
    }
}

/// Values that cannot be told apart share a class.
struct Classes<T> {
    /// The class of each value.
    of: Vec<u32>,
    /// The first value of each class.
    first: Vec<T>,
}

fn classes<T: Copy>(values: &[T], key: impl Fn(&T) -> Vec<u8>) -> Classes<T> {
    let mut numbers: HashMap<Vec<u8>, u32> = HashMap::new();
    let (mut of, mut first) = (Vec::new(), Vec::new());
    for value in values {
        let class = *numbers.entry(key(value)).or_insert_with(|| {
            first.push(*value);
            first.len() as u32 - 1
        });
        of.push(class);
    }
    Classes { of, first }
}

/// Everything that the rows of allowances ask.
#[derive(Default)]
struct Asked {
    layers: Vec<Layer>,
    ranks: Vec<Rank>,
    hardship: Vec<u8>,
    bands: Vec<u8>,
    rooted_years: Vec<u8>,
}

impl Asked {
    fn of(rules: &Rules) -> Asked {
        let mut asked = Asked::default();
        for row in rules.dense.allowances.iter().flat_map(|a| &a.rows).flatten() {
            // A condition that is added to rows must be added here: this names every field.
            let AllowanceRow { area_band, hardship_class, rooted_years, layer, rank, yuan: _ } = row;
            asked.layers.extend(layer);
            asked.ranks.extend(rank);
            asked.hardship.extend(hardship_class);
            asked.bands.extend(area_band);
            asked.rooted_years.extend(rooted_years);
        }
        asked.layers.sort_unstable();
        asked.layers.dedup();
        asked.ranks.sort_unstable();
        asked.ranks.dedup();
        for numbers in [&mut asked.hardship, &mut asked.bands, &mut asked.rooted_years] {
            numbers.sort_unstable();
            numbers.dedup();
        }
        asked
    }

    /// Which conditions on layer and rank hold for a seat.
    fn seat(&self, seat: Seat) -> Vec<u8> {
        let layers = self.layers.iter().map(|l| seat.layer >= Some(*l));
        let ranks = self.ranks.iter().map(|r| seat.ranks[r.ladder().index()] >= Some(*r));
        layers.chain(ranks).map(u8::from).collect()
    }

    /// Which conditions on the place hold, do not, or cannot be told.
    fn place(&self, place: Place) -> Vec<u8> {
        let hardship = self
            .hardship
            .iter()
            .map(|asked| place.hardship_class.map_or(2, |class| u8::from(class == *asked)));
        let bands = self.bands.iter().map(|asked| place.area_band.map_or(2, |band| u8::from(band >= *asked)));
        std::iter::once(u8::from(place.in_township)).chain(hardship).chain(bands).collect()
    }
}
