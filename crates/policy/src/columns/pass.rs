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
use crate::dense::{DenseAllowance, DenseStep, Effects};
use crate::officer::{Place, RankSet, Seat};
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
    /// A minimum service runs, by the rules or by the announcement of the post.
    pub term_running: bool,
    /// Months left of what the rules ask; 0 when none of it runs.
    pub term_left: u16,
    /// The verdict of the lowest next rank.
    pub verdict: Verdict,
}

/// Rows reckoned at a time: their intermediate results stay in the nearest cache.
const BLOCK: usize = 512;

/// What is reckoned for the rows of a block before the rows are decided. Times lie one after the other, [`BLOCK`] each.
struct Block {
    /// What the months needed change by.
    change: Vec<i32>,
    /// Months that count.
    counted: Vec<i32>,
    /// Months of minimum service left.
    left: [u16; BLOCK],
    /// Pay.
    pay: [Sum; BLOCK],
}

/// Whose time, and as which ladder's steps count it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Time {
    Rank { held: Ladder, counted: Ladder },
    Layer(Ladder),
}

/// A next rank, as far as it follows from the seat.
#[derive(Clone, Copy)]
struct Next {
    step: DenseStep,
    /// Where the time that leads to it lies in a block.
    time: usize,
    /// Positions among [`Prepared::others`] of other times that do too.
    others: (usize, usize),
}

/// What follows from a seat alone.
struct Ahead {
    /// Its lowest next rank.
    lowest: Option<Next>,
    /// Positions of the others.
    next: (usize, usize),
    /// It takes a second look: several next ranks or times, or a level to be reached.
    several: bool,
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
    next: Vec<Next>,
    others: Vec<usize>,
    ahead: Vec<Ahead>,
    /// Class of each place, and ranks over the ceiling there.
    places: Vec<(u32, RankSet)>,
    /// Class by rooted months.
    rooted: Box<[u8; ROOTED]>,
    /// Allowances by classes of seat, place and rooted years.
    allowances: Vec<Sum>,
    /// Level pay by level and step, unknown where either is not known.
    levels: Box<[Sum; LEVELS * STEPS]>,
}

/// Level pay is laid out by level in rows of this many steps; both are powers of two.
const STEPS: usize = 16;
const LEVELS: usize = 32;

/// Rooted months told apart: no rule can ask for more than 255 years.
const ROOTED: usize = 4096;

/// The standing of a range of rows: `out` is filled from its start, as far as it and the rows go.
///
/// Returns how many rows there were. For many ranges of the same columns, [`Prepared`] saves doing the same work.
pub fn standing(rules: &Rules, columns: &Columns, range: Range<usize>, out: &mut [RowStanding]) -> usize {
    Prepared::of(rules, columns).standing(columns, range, out)
}

/// What times held come to: the same arithmetic as for one record, grade by grade over slices of one length. Grades
/// that change nothing are left out.
fn fill(effects: &Effects, held: &HeldColumns, rows: &Range<usize>, change: &mut [i32], counted: &mut [i32]) {
    change.fill(0);
    for (counted, months) in counted.iter_mut().zip(&held.months[rows.clone()]) {
        *counted = i32::from(*months);
    }
    for grade in 0..5 {
        let (adjusts, drops) = effects.touches(grade);
        if adjusts {
            for (change, years) in change.iter_mut().zip(&held.years[grade][rows.clone()]) {
                *change += effects.of_grade(grade, *years, 0).adjusted();
            }
        }
        if drops {
            for (counted, months) in counted.iter_mut().zip(&held.grade_months[grade][rows.clone()]) {
                *counted -= effects.of_grade(grade, 0, *months).not_counted;
            }
        }
    }
}

impl<'r> Prepared<'r> {
    /// The standing of a range of rows of the columns it was made for, as [`standing`] gives it.
    pub fn standing(&self, columns: &Columns, range: Range<usize>, out: &mut [RowStanding]) -> usize {
        let rules = self.rules;
        let end = range.end.min(columns.len());
        let start = range.start.min(end);
        let rows = (end - start).min(out.len());
        let times = self.times.len();
        let mut scratch = Block {
            change: vec![0; times * BLOCK],
            counted: vec![0; times * BLOCK],
            left: [0; BLOCK],
            pay: [0; BLOCK],
        };
        for (block, out) in out[..rows].chunks_mut(BLOCK).enumerate() {
            let from = start + block * BLOCK;
            let range = from..from + out.len();
            let each = scratch.change.chunks_exact_mut(BLOCK).zip(scratch.counted.chunks_exact_mut(BLOCK));
            for (time, (change, counts)) in self.times.iter().zip(each) {
                let (held, counted) = match *time {
                    Time::Rank { held, counted } => (columns.rank_held(held, counted), counted),
                    Time::Layer(ladder) => (&columns.layer_held[ladder.index()], ladder),
                };
                fill(&rules.dense.effects[counted.index()], held, &range, change, counts);
                if rules.dense.rooted_credit[counted.index()].is_some() {
                    for (change, months) in change.iter_mut().zip(&columns.rooted_months[range.clone()]) {
                        *change -= rules.dense.rooted(counted, *months);
                    }
                }
            }
            scratch.left.fill(0);
            for (full, served) in rules.dense.terms.iter().zip(&columns.served) {
                for (left, served) in scratch.left.iter_mut().zip(&served[range.clone()]) {
                    *left = months_left(*full, months(*served)).max(*left);
                }
            }
            self.pay(columns, &range, &mut scratch.pay);
            self.decide(columns, &range, &scratch, out);
        }
        rows
    }

    /// Reckons what follows from the seats and places of columns.
    pub fn of(rules: &'r Rules, columns: &Columns) -> Prepared<'r> {
        let asked = Asked::of(rules);
        let seats = classes(&columns.holdings.values, |h| asked.seat(h.seat));
        let places = classes(&columns.places.values, |p| asked.place(*p));
        let rooted_years = &asked.rooted_years;
        let rooted_classes = rooted_years.len() + 1;
        let mut allowances = vec![0; seats.first.len() * places.first.len() * rooted_classes];
        for allowance in &rules.dense.allowances {
            // What an allowance does not ask about is reckoned once, for the first class of it.
            let asked = Asked::of_one(allowance);
            let once = |asks: bool, classes: usize| if asks { classes } else { 1 };
            let (of_seat, of_place) = (asked.of_seat(), asked.of_place() || allowance.township_only);
            let of_rooted = !asked.rooted_years.is_empty();
            let amounts: Vec<Sum> = (0..once(of_seat, seats.first.len()))
                .flat_map(|seat| (0..once(of_place, places.first.len())).map(move |place| (seat, place)))
                .flat_map(|(seat, place)| (0..once(of_rooted, rooted_classes)).map(move |r| (seat, place, r)))
                .map(|(seat, place, rooted)| {
                    let months = rooted.checked_sub(1).map_or(0, |at| u16::from(rooted_years[at]) * 12);
                    let (seat, place) = (seats.first[seat].seat, places.first[place]);
                    sum_of(pay::allowance(allowance, seat, place, months))
                })
                .collect();
            let (places_here, rooted_here) =
                (once(of_place, places.first.len()), once(of_rooted, rooted_classes));
            let mut cell = allowances.iter_mut();
            for seat in 0..seats.first.len() {
                let seat = if of_seat { seat * places_here } else { 0 };
                for place in 0..places.first.len() {
                    let place = (seat + if of_place { place } else { 0 }) * rooted_here;
                    for rooted in 0..rooted_classes {
                        let at = place + if of_rooted { rooted } else { 0 };
                        if let Some(cell) = cell.next() {
                            *cell += amounts[at];
                        }
                    }
                }
            }
        }
        let class_of_months = |months: usize| {
            let reached = |y: &&u8| usize::from(**y) * 12 <= months;
            asked.rooted_years.iter().filter(reached).count() as u8
        };
        let mut prepared = Prepared {
            rules,
            times: Vec::new(),
            next: Vec::new(),
            others: Vec::new(),
            ahead: Vec::new(),
            places: Vec::new(),
            rooted: Box::new(std::array::from_fn(class_of_months)),
            allowances,
            levels: Box::new([sum_of(pay::level(rules, None, None)); LEVELS * STEPS]),
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
        let (mut lowest, mut several) = (None, false);
        let from = self.next.len();
        let ranks = rules.dense.next_ranks(holding.seat);
        for to in ranks.iter().filter(|_| holding.serving) {
            let at = to.index();
            let (Some(step), Some(cited)) = (rules.dense.steps[at], &rules.rank_steps[at]) else { continue };
            let mut times: Vec<usize> =
                ways(&cited.rule, holding.seat).map(|way| self.time(way, to.ladder()) * BLOCK).collect();
            let Some(time) = times.pop() else { continue };
            several |= !times.is_empty() || step.level.is_some() || lowest.is_some();
            let begin = self.others.len();
            self.others.extend(times);
            let next = Next { step, time, others: (begin, self.others.len()) };
            match lowest {
                None => lowest = Some(next),
                Some(_) => self.next.push(next),
            }
        }
        Ahead {
            lowest,
            next: (from, self.next.len()),
            several,
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

    /// Pay of the rows of a block.
    #[inline(never)]
    fn pay(&self, columns: &Columns, rows: &Range<usize>, pay: &mut [Sum; BLOCK]) {
        let of_person = columns.holdings.rows[rows.clone()].iter().zip(&columns.places.rows[rows.clone()]);
        let of_grading = columns.level[rows.clone()].iter().zip(&columns.step[rows.clone()]);
        let rooted = &columns.rooted_months[rows.clone()];
        for ((((holding, place), (level, step)), rooted), pay) in
            of_person.zip(of_grading).zip(rooted).zip(pay)
        {
            let ahead = &self.ahead[*holding as usize];
            let class = self.rooted[usize::from(*rooted).min(ROOTED - 1)];
            let allowances = ahead.allowances + self.places[*place as usize].0 + u32::from(class);
            let graded = usize::from(*level) % LEVELS * STEPS + usize::from(*step) % STEPS;
            *pay = (self.levels[graded] + self.allowances[allowances as usize] + ahead.base) & ahead.serving;
        }
    }

    /// The verdicts of the rows of a block, and the answers put together.
    #[inline(never)]
    fn decide(&self, columns: &Columns, rows: &Range<usize>, block: &Block, out: &mut [RowStanding]) {
        let n = out.len().min(BLOCK);
        let holdings = &columns.holdings.rows[rows.clone()][..n];
        let places = &columns.places.rows[rows.clone()][..n];
        let bars = &columns.bars[rows.clone()][..n];
        let unsure = &columns.unsure_bars[rows.clone()][..n];
        let sanctioned = &columns.sanctioned[rows.clone()][..n];
        let own_term = &columns.own_term_running[rows.clone()][..n];
        let barring = self.rules.dense.barring[ActName::RankPromotion as usize];
        for (at, out) in out[..n].iter_mut().enumerate() {
            let ahead = &self.ahead[holdings[at] as usize];
            let mut row = RowStanding {
                pay: Fen((block.pay[at] % UNKNOWN) as i64),
                pay_unknown: block.pay[at] >= UNKNOWN,
                term_running: own_term[at] | (block.left[at] > 0),
                term_left: block.left[at],
                ..RowStanding::default()
            };
            let barred = barred(barring, bars[at], unsure[at], sanctioned[at].has(ActName::RankPromotion));
            let over = self.places[places[at] as usize].1;
            if ahead.several {
                row = self.look_again(columns, rows.start + at, at, block, over, barred, row);
            } else if let Some(next) = &ahead.lowest {
                let time = next.time + at;
                let missing = missing(next.step.months, block.change[time], block.counted[time]);
                row.put(next.step.to, rank_verdict(&next.step, Some(missing), None, over, barred));
            }
            *out = row;
        }
    }

    /// The verdicts of a row whose seat has several next ranks or ways to them.
    #[inline(never)]
    #[expect(clippy::too_many_arguments, reason = "it is the inside of one loop")]
    fn look_again(
        &self,
        columns: &Columns,
        at: usize,
        in_block: usize,
        block: &Block,
        over: RankSet,
        barred: Verdict,
        mut row: RowStanding,
    ) -> RowStanding {
        let ahead = &self.ahead[columns.holdings.rows[at] as usize];
        let level = Level::new(columns.level[at]);
        let others = &self.next[ahead.next.0..ahead.next.1];
        for next in ahead.lowest.iter().chain(others) {
            let times = &self.others[next.others.0..next.others.1];
            let least = std::iter::once(&next.time).chain(times).map(|time| {
                let time = time + in_block;
                missing(next.step.months, block.change[time], block.counted[time])
            });
            row.put(next.step.to, rank_verdict(&next.step, least.min(), level, over, barred));
        }
        row
    }
}

impl RowStanding {
    /// Puts a next rank in, the lowest first.
    #[inline(always)]
    fn put(&mut self, to: Rank, verdict: Verdict) {
        if self.next.is_none() {
            (self.next, self.verdict) = (Some(to), verdict);
        }
        self.eligible.put(to, verdict.eligible());
        self.unknown.put(to, verdict.unmet.is_empty() & !verdict.unknown.is_empty());
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
        rules.dense.allowances.iter().for_each(|allowance| asked.add(allowance));
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

    fn of_one(allowance: &DenseAllowance) -> Asked {
        let mut asked = Asked::default();
        asked.add(allowance);
        asked
    }

    fn of_seat(&self) -> bool {
        !self.layers.is_empty() || !self.ranks.is_empty()
    }

    fn of_place(&self) -> bool {
        !self.hardship.is_empty() || !self.bands.is_empty()
    }

    fn add(&mut self, allowance: &DenseAllowance) {
        for row in allowance.rows.iter().flatten() {
            // A condition that is added to rows must be added here: this names every field.
            let AllowanceRow { area_band, hardship_class, rooted_years, layer, rank, yuan: _ } = row;
            self.layers.extend(layer);
            self.ranks.extend(rank);
            self.hardship.extend(hardship_class);
            self.bands.extend(area_band);
            self.rooted_years.extend(rooted_years);
        }
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
