//! The unit of work: whole counties, a range of replicates, a seed; nothing else goes in, and columns come out.
//!
//! A county is run on its own, replicate by replicate, so that its rows stay near the processor. **The order of events
//! within a month**: in January the grades of the year before, the rises of level and step, and the bonus; then what
//! falls due (retirement, the first grading after probation, the end of a minimum service, returns from secondment, new
//! rooted years); death, resignation, selection and transfer; in the first month of a quarter, secondment, the spread of
//! work and exhaustion; in a month of a round, leadership posts and then ranks; in the month of joining, recruits; the
//! hazards anew where something has changed (everybody's in the first month of a quarter); last the month's counts and
//! pay: who is there at its end is paid for it.
//!
//! Nothing crosses counties within a run: who is taken by an organ outside the county leaves it.

use std::ops::Range;

use takeroot_civil::{Code as _, Ladder, Layer};
use takeroot_policy::quota::{Caps, Holders};
use takeroot_policy::rule::YearBelongs;

use crate::assumption::Key;
use crate::keyed::{LANES, Luck, Purpose, threshold};
use crate::outcome::{Count, Outcome, age_band};
use crate::scenario::Scenario;
use crate::state::{County, ENDLESS, LAYER, LINES, NEVER, NO, OLD_RANK, Row, State, TIMES};

/// Runs counties over replicates. The answer has one outcome a replicate, of all the counties together.
pub fn run_shard(
    scenario: &Scenario,
    counties: Range<usize>,
    replicates: Range<u32>,
    seed: u64,
) -> Vec<Outcome> {
    let mut outcomes = vec![Outcome::empty(scenario.years, 0); replicates.len()];
    for county in counties {
        let day = Day::of(scenario, county, seed);
        let mut state = State::default();
        for (replicate, sum) in replicates.clone().zip(&mut outcomes) {
            let mut run = day.replicate(std::mem::take(&mut state), replicate);
            run.all();
            sum.add(&run.out);
            state = run.state;
        }
    }
    outcomes
}

/// What a run looks like at the end of a month, for whoever wants to check it.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'r> {
    /// The month, from 1; 0 is the roster's day.
    pub month: i16,
    /// The rows.
    pub state: &'r State,
    /// The organs.
    pub county: &'r County,
    /// Who left an organ this month: whose luck it was, the row, and how.
    pub gone: &'r [(u64, usize, Count)],
}

/// Runs one county in one replicate and shows every month.
pub fn watch(
    scenario: &Scenario,
    county: usize,
    replicate: u32,
    seed: u64,
    see: &mut dyn FnMut(Seen<'_>),
) -> Outcome {
    let day = Day::of(scenario, county, seed);
    let mut run = day.replicate(State::default(), replicate);
    run.watched = Some(Vec::new());
    see(run.seen());
    run.months(|run| see(run.seen()));
    run.finish();
    run.out
}

/// What leaving and joining depend on in a county at month 0, with the chances of what a run would draw.
pub(crate) fn month_zero(scenario: &Scenario, county: usize) -> crate::align::AtZero {
    let mut run = Run::new(scenario, county, 0);
    run.begin();
    let mut at_zero = crate::align::AtZero::default();
    run.leaving_at_zero(&mut at_zero);
    run.joining_at_zero(&mut at_zero);
    at_zero
}

/// A county on the roster's day: what is the same in every replicate, reckoned once.
struct Day<'s> {
    /// All but the rows.
    run: Run<'s>,
    /// The rows.
    state: State,
}

impl<'s> Day<'s> {
    fn of(scenario: &'s Scenario, county: usize, seed: u64) -> Day<'s> {
        let mut run = Run::new(scenario, county, seed);
        run.begin();
        let state = std::mem::take(&mut run.state);
        Day { run, state }
    }

    /// A replicate that starts from it, with the room of a state that is no longer needed.
    fn replicate(&self, mut state: State, replicate: u32) -> Run<'s> {
        state.become_like(&self.state);
        let mut run = Run { state, replicate, ..self.run.clone() };
        run.draw_once();
        run
    }
}

/// One county in one replicate.
#[derive(Clone)]
pub(crate) struct Run<'s> {
    pub scenario: &'s Scenario,
    pub county: &'s County,
    pub state: State,
    pub luck: Luck,
    pub replicate: u32,
    pub month: i16,
    pub year: usize,
    pub out: Outcome,
    /// Calendar month (0 January) of month 0.
    calendar: i32,
    /// Running pay of everyone by line, fen a month.
    pub totals: [i64; LINES],
    /// How many have a line of pay that is not known.
    pub unpaid: i64,
    /// By organ and education: what entry pay is against the reference's.
    pub entry_x: Vec<[f64; takeroot_civil::Education::ALL.len()]>,
    /// Months of rooted service that allowances ask for.
    pub asked_years: Vec<i16>,
    /// In post.
    pub in_post: i64,
    /// Away on secondment.
    pub away: i64,
    /// Exhausted.
    pub tired: i64,
    /// By organ: in post and not away.
    pub working: Vec<u32>,
    /// By organ: holders of each rank.
    pub holders: Vec<Holders>,
    /// By organ: holders of each layer.
    pub leading: Vec<[u16; Layer::COUNT]>,
    /// By organ: quotas.
    pub caps: Vec<&'s Caps>,
    /// By organ: load and overtime.
    pub load: Vec<f64>,
    pub overtime: Vec<f64>,
    /// By row: how many the post has seen.
    pub ordinal: Vec<u16>,
    /// Times that checks ask for, with the ladder whose counting applies.
    pub times: Vec<(usize, Ladder, YearBelongs)>,
    /// By grade: whether a year of it changes the months that a promotion needs, on a ladder that has steps.
    pub grade_moves: [bool; 5],
    /// Odds that hazards are made of.
    pub odds: crate::behaviour::leave::Odds,
    /// By row: the words of the quarter's purposes (secondment, its length, exhaustion).
    pub drawn: Vec<[u32; 4]>,
    /// Rows whose hazards must be reckoned anew at the end of the month.
    pub changed: Vec<usize>,
    /// Rows that chance picked this month.
    hits: Vec<(usize, u8)>,
    /// Who left an organ this month, if anybody watches.
    watched: Option<Vec<(u64, usize, Count)>>,
}

impl<'s> Run<'s> {
    fn new(scenario: &'s Scenario, county: usize, seed: u64) -> Run<'s> {
        let world = &*scenario.world;
        let rules = &*world.rules;
        let county = &world.start.counties[county];
        let state = county.state.clone();
        let organs = county.places.len();
        // Where the reference pays more from a rooted year on, pay against it is another from then on.
        let mut asked_years: Vec<i16> = [rules, &*scenario.reference.rules]
            .into_iter()
            .flat_map(|rules| &rules.dense.allowances)
            .flat_map(|allowance| allowance.rows.iter().flatten())
            .filter_map(|row| row.rooted_years.map(|years| i16::from(years) * 12))
            .collect();
        asked_years.sort_unstable();
        asked_years.dedup();
        let mut times = Vec::new();
        for ladder in rules.ladders() {
            let belongs =
                rules.counting[ladder.index()].as_ref().map_or(YearBelongs::YearEnd, |c| c.rule.year_belongs);
            times.push((ladder.index(), ladder, belongs));
            times.push((LAYER + ladder.index(), ladder, belongs));
            if ladder == Ladder::CountyRanks {
                times.push((OLD_RANK, ladder, belongs));
            }
        }
        let months = scenario.years * 12;
        // Rooted service shortens year by year: where it does, every year moves.
        let credit = rules.ladders().any(|ladder| rules.dense.rooted_credit[ladder.index()].is_some());
        let grade_moves = std::array::from_fn(|grade| {
            let touches = |ladder: Ladder| rules.dense.effects[ladder.index()].touches(grade);
            credit || rules.ladders().any(|ladder| touches(ladder).0 || touches(ladder).1)
        });
        Run {
            scenario,
            county,
            luck: Luck::of(seed),
            replicate: 0,
            month: 0,
            year: 0,
            out: Outcome::empty(months / 12, organs),
            calendar: i32::from(world.on.month()) - 1,
            totals: [0; LINES],
            unpaid: 0,
            entry_x: crate::behaviour::pay::of_recruits(world, &scenario.reference, county),
            asked_years,
            in_post: 0,
            away: 0,
            tired: 0,
            working: vec![0; organs],
            holders: vec![[0; takeroot_civil::Rank::COUNT]; organs],
            leading: vec![[0; Layer::COUNT]; organs],
            caps: county.places.iter().map(|place| &world.kinds[place.kind.index()].caps).collect(),
            load: vec![1.0; organs],
            overtime: vec![0.0; organs],
            ordinal: vec![0; state.len()],
            times,
            grade_moves,
            odds: crate::behaviour::leave::Odds::of(scenario, county),
            drawn: vec![[0; 4]; state.len()],
            changed: Vec::new(),
            hits: Vec::new(),
            watched: None,
            state,
        }
    }

    /// A row as an officer.
    #[inline]
    pub fn row(&self, at: usize) -> Row<'_> {
        let place = &self.county.places[usize::from(self.county.place_of[at])];
        Row { state: &self.state, place, at, month: self.month }
    }

    /// The organ of a row.
    #[inline]
    pub fn organ(&self, at: usize) -> usize {
        usize::from(self.county.place_of[at])
    }

    /// Adds to a count of the year.
    #[inline]
    pub fn count(&mut self, count: Count, more: i64) {
        self.out.counts[self.year][count as usize] += more;
    }

    /// The calendar month of this month, 0 for January.
    fn calendar(&self) -> i32 {
        (self.calendar + i32::from(self.month)).rem_euclid(12)
    }

    /// The roster's day: sums over who is there, pay, and what falls due; the same in every replicate.
    fn begin(&mut self) {
        for at in 0..self.state.len() {
            if !self.state.here[at] {
                continue;
            }
            let organ = self.organ(at);
            let away = self.state.away[at] == ENDLESS;
            self.in_post += 1;
            self.away += i64::from(away);
            self.working[organ] += u32::from(!away);
            self.hold(at, 1);
            if let Some(layer) = self.state.layer.get(at).filter(|layer| **layer != NO) {
                self.leading[organ][usize::from(*layer)] += 1;
            }
            let group = self.state.group[at];
            if group != NO {
                self.out.groups[usize::from(group)].people += 1;
            }
            let (birth, sex) = (self.state.birth[at], usize::from(self.state.sex[at]));
            if let Some(sex) = self.out.ages[0].get_mut(sex).filter(|_| birth != NEVER) {
                sex[age_band(-i32::from(birth))] += 1;
            }
            self.lock(at);
            self.spike_on_the_day(at);
            self.state.due[at] = self.next_due(at);
            self.repay(at);
            // The month of the roster's day itself is not paid by the run.
            self.state.paid_until[at] = 0;
            self.state.set_next(at, 0);
        }
        self.spread_work();
    }

    /// What is drawn once in a replicate, and everybody's first hazards.
    fn draw_once(&mut self) {
        let housed = threshold(self.housed_chance());
        for at in 0..self.state.len() {
            if !self.state.here[at] {
                continue;
            }
            let key = self.state.key[at];
            self.state.housed[at] = self.luck.word(key, 0, self.replicate, Purpose::Once) < housed;
            if self.state.away[at] == ENDLESS {
                self.state.away[at] = self.away_months(at);
                self.state.set_next(at, 0);
            }
        }
        self.draw_quarter();
        self.tire(true);
        self.hazards_of_all();
    }

    /// How many of those who work in townships have a home there.
    pub fn housed_chance(&self) -> f64 {
        let share = self.scenario.world.levers.housed.unwrap_or(0.0);
        self.scenario.coefs.get(Key::HousedNow).max(share)
    }

    /// Draws what a quarter asks of everybody's luck.
    fn draw_quarter(&mut self) {
        let (month, replicate, group) = (self.month as u16, self.replicate, Purpose::Second as u16 / 4);
        let keys = self.state.key.chunks_exact(LANES).zip(self.drawn.chunks_exact_mut(LANES));
        for (keys, drawn) in keys {
            let words = self.luck.lanes(&lane(keys, 0), month, replicate, group);
            for (n, drawn) in drawn.iter_mut().enumerate() {
                *drawn = [words[0][n], words[1][n], words[2][n], words[3][n]];
            }
        }
        let rest = self.state.len() / LANES * LANES;
        for (key, drawn) in self.state.key.iter().zip(&mut self.drawn).skip(rest) {
            *drawn = self.luck.block(*key, month, replicate, group);
        }
    }

    /// All months, and the end.
    fn all(&mut self) {
        self.months(|_| {});
        self.finish();
    }

    fn seen(&self) -> Seen<'_> {
        let gone = self.watched.as_deref().unwrap_or_default();
        Seen { month: self.month, state: &self.state, county: self.county, gone }
    }

    /// Notes who leaves an organ, if anybody watches.
    pub fn note(&mut self, at: usize, how: Count) {
        let key = self.state.key[at];
        if let Some(watched) = &mut self.watched {
            watched.push((key, at, how));
        }
    }

    /// All months, one by one.
    fn months(&mut self, mut see: impl FnMut(&Run<'_>)) {
        let (rounds, joins) = self.dates();
        for month in 1..=self.scenario.years * 12 {
            if let Some(watched) = &mut self.watched {
                watched.clear();
            }
            self.month = month as i16;
            self.year = (month - 1) / 12;
            let calendar = self.calendar();
            let before = self.in_post;
            if calendar == 0 {
                self.new_year();
            }
            self.fall_due();
            self.chance();
            let quarter = calendar % 3 == 0;
            if quarter {
                self.draw_quarter();
                self.second();
                self.spread_work();
                self.tire(false);
            }
            if rounds & (1 << calendar) != 0 {
                self.fill_posts();
                self.round();
            }
            if calendar == joins {
                self.join();
            }
            if quarter {
                self.changed.clear();
                self.hazards_of_all();
            } else {
                while let Some(at) = self.changed.pop() {
                    self.hazards(at);
                }
            }
            self.close_month(before);
            see(self);
        }
    }

    /// The months of the year in which rounds are held (one bit each), and the month in which recruits come.
    fn dates(&self) -> (u16, i32) {
        let rounds = (self.scenario.coefs.get(Key::PromoteRounds).round() as i32).clamp(1, 12);
        let months = (0..rounds).fold(0, |set, n| set | 1 << (2 + n * 12 / rounds).rem_euclid(12));
        (months, (self.scenario.coefs.get(Key::JoinMonth).round() as i32 - 1).clamp(0, 11))
    }

    /// Draws the month's chances of leaving for everybody, several people at once.
    fn chance(&mut self) {
        let rows = self.state.len();
        let (month, replicate) = (self.month as u16, self.replicate);
        self.hits.clear();
        let mut at = 0;
        while at + LANES <= rows {
            let s = &self.state;
            let words = self.luck.lanes(&lane(&s.key, at), month, replicate, 0);
            let bounds = [lane(&s.resigns, at), lane(&s.selected, at), lane(&s.moved, at), lane(&s.dies, at)];
            let mut hit = [0_u32; LANES];
            for (purpose, bound) in bounds.iter().enumerate() {
                for n in 0..LANES {
                    hit[n] |= u32::from(words[purpose][n] < bound[n]) << purpose;
                }
            }
            if hit.iter().fold(0, |any, hit| any | hit) != 0 {
                let each = hit.iter().enumerate().filter(|(_, hit)| **hit != 0);
                self.hits.extend(each.map(|(n, hit)| (at + n, *hit as u8)));
            }
            at += LANES;
        }
        for at in at..rows {
            let words = self.luck.block(self.state.key[at], month, replicate, 0);
            let s = &self.state;
            let bounds = [s.resigns[at], s.selected[at], s.moved[at], s.dies[at]];
            let hit = (0..4).fold(0, |hit, n| hit | u8::from(words[n] < bounds[n]) << n);
            if hit != 0 {
                self.hits.push((at, hit));
            }
        }
        let hits = std::mem::take(&mut self.hits);
        for (at, hit) in &hits {
            self.leave(*at, *hit);
        }
        self.hits = hits;
    }

    /// What falls due this month.
    fn fall_due(&mut self) {
        for at in 0..self.state.len() {
            if self.state.next[at] != self.month || !self.state.here[at] {
                continue;
            }
            let month = self.month;
            if self.state.retires[at] <= month {
                self.retire(at);
                continue;
            }
            if self.state.graded[at] == month {
                self.grade_first(at);
            }
            if self.state.away[at] == month {
                self.come_back(at);
            }
            if self.state.locked[at] == month {
                let months = self.scenario.coefs.get(Key::LockSpikeMonths).round() as i16;
                self.lock(at);
                if self.state.locked[at] <= month {
                    self.state.spike[at] = month.saturating_add(months);
                }
                self.changed.push(at);
            }
            if self.state.spike[at] == month {
                self.changed.push(at);
            }
            if self.state.pay_due[at] == month {
                self.repay(at);
                self.changed.push(at);
            }
            self.state.set_next(at, month);
        }
    }

    /// Counts a row's ranks among the holders of its organ, or out of them.
    pub fn hold(&mut self, at: usize, sign: i32) {
        let organ = self.organ(at);
        for rank in self.state.ranks[at] {
            if let Some(holders) = self.holders[organ].get_mut(usize::from(rank)) {
                *holders = holders.wrapping_add_signed(sign);
            }
        }
    }

    /// Whether the ranks of a row's person have places in an organ's quotas.
    pub fn fits(&self, at: usize, organ: usize) -> bool {
        let posts = self.county.places[organ].posts;
        let ranks = self.state.ranks[at].iter().filter_map(|rank| crate::state::code(*rank));
        ranks.into_iter().all(|rank| self.caps[organ].allows(&self.holders[organ], posts, None, rank))
    }

    /// Which terms count where a row's person works: in the own organ, or away on secondment.
    pub fn terms_that_run(&self, at: usize, away: bool) -> u8 {
        let place = &self.county.places[self.organ(at)];
        let own = !away && usize::from(self.state.hired_by[at]) == self.organ(at);
        // Whoever is sent away is taken to work in an organ of the county seat; whoever was hired into an organ that the
        // roster does not know has no county to serve in.
        let (township, county) = (!away && place.kind.is_township(), self.state.hired_by[at] != u16::MAX);
        let terms = self.scenario.world.rules.service_terms.iter().take(crate::state::TERMS).enumerate();
        terms.fold(0, |set, (term, rule)| {
            set | u8::from(rule.rule.served_in.counts(own, township, own || county)) << term
        })
    }

    /// Whether a time is one that a promotion to a rank resets.
    pub fn times_of_rank(ladder: Ladder) -> impl Iterator<Item = usize> {
        [Some(ladder.index()), (ladder == Ladder::NonLeading).then_some(OLD_RANK)].into_iter().flatten()
    }
}

const _: () = assert!(TIMES == LAYER + 3);

#[inline]
fn lane<T: Copy>(column: &[T], at: usize) -> [T; LANES] {
    let lane = &column[at..at + LANES];
    std::array::from_fn(|n| lane[n])
}

/// 1 / (1 + exp(-x)).
pub(crate) fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// The log-odds of a share.
pub(crate) fn logit(p: f64) -> f64 {
    (p / (1.0 - p)).ln()
}

/// The chance of a month for a share of a year.
pub(crate) fn monthly_chance(yearly: f64) -> f64 {
    1.0 - (1.0 - yearly.clamp(0.0, 0.999)).powf(1.0 / 12.0)
}

/// The odds of a month for a share of a year.
pub(crate) fn monthly_odds(yearly: f64) -> f64 {
    let monthly = monthly_chance(yearly);
    monthly / (1.0 - monthly)
}
