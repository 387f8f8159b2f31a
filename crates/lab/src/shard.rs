//! The unit of work: whole counties, a range of replicates, a seed; nothing else goes in, and columns come out.
//!
//! A county is run on its own, replicate by replicate, so that its rows stay near the processor. **The order of events
//! within a month**: in January the grades of the year before, the rises of level and step, and the bonus; then what
//! falls due (retirement, the first grading after probation, the end of a minimum service, returns from secondment, new
//! rooted years); death, resignation, selection and transfer; in the first month of a quarter, secondment, the spread of
//! work and exhaustion; in a month of a round, leadership posts and then ranks; in the month of joining, recruits; birthdays,
//! and the hazards anew of those for whom something has changed; last the month's counts and pay: who is there at its end
//! is paid for it.
//!
//! **What is kept.** A row is looked at only when something of it falls due or happens, and what the rules said of it is kept
//! until then: words of chance, what it may do, its next ranks, the month in which their years are full, its class of pay;
//! of an organ, how full its quotas are. [`Seen::check`] reckons all of it anew, and `tests/kept.rs` does so every month.
//!
//! Nothing crosses counties within a run: who is taken by an organ outside the county leaves it.

use std::ops::Range;
use std::sync::Arc;

use takeroot_civil::{Code as _, Ladder, Layer, Rank};
use takeroot_policy::officer::RankSet;
use takeroot_policy::rule::YearBelongs;
use takeroot_policy::verdict;

use crate::assumption::Key;
use crate::behaviour::join::Asked;
use crate::behaviour::pay::{Classes, LevelPay};
use crate::behaviour::promote::{Given, Ways};
use crate::keyed::{self, Luck, Purpose, Words, joined, threshold};
use crate::outcome::{Count, Outcome, age_band};
use crate::quotas::Quotas;
use crate::real;
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
        for (sum, outcome) in outcomes.iter_mut().zip(day.replicates(replicates.clone())) {
            sum.add(&outcome);
        }
    }
    outcomes
}

/// What a run looks like at the end of a month, for whoever wants to check it.
#[derive(Clone, Copy)]
pub struct Seen<'r> {
    /// The month, from 1; 0 is the roster's day.
    pub month: i16,
    /// The rows.
    pub state: &'r State,
    /// The organs.
    pub county: &'r County,
    /// Who left an organ this month: whose luck it was, the row, and how.
    pub gone: &'r [(u64, usize, Count)],
    /// The run.
    run: &'r Run<'r>,
}

impl Seen<'_> {
    /// What pay does to a row's odds of resigning.
    pub fn pay_odds(&self, at: usize) -> f64 {
        self.run.pay_odds(at)[0]
    }

    /// Reckons anew everything that is kept of rows and organs, and names what is another than what was kept.
    pub fn check(&self) -> Vec<String> {
        self.run.check()
    }
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
    let mut run = day.replicate(Kept::default(), replicate);
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
pub(crate) struct Day<'s> {
    /// All but the rows.
    run: Run<'s>,
    /// The rows.
    state: State,
}

/// What is handed on from one replicate to the next: room, and classes of pay, which are the same in all.
#[derive(Default)]
struct Kept {
    state: State,
    drawn: Words,
    words: Words,
    classes: Option<Classes>,
}

impl<'s> Day<'s> {
    pub fn of(scenario: &'s Scenario, county: usize, seed: u64) -> Day<'s> {
        let mut run = Run::new(scenario, county, seed);
        run.begin();
        let state = std::mem::take(&mut run.state);
        run.changed.clear();
        Day { run, state }
    }

    /// Replicates from this day on, one after the other.
    pub fn replicates(&self, replicates: Range<u32>) -> impl Iterator<Item = Outcome> {
        let mut kept = Kept::default();
        replicates.map(move |replicate| {
            let mut run = self.replicate(std::mem::take(&mut kept), replicate);
            run.all();
            let Run { state, drawn, words, classes, out, .. } = run;
            kept = Kept { state, drawn, words, classes: Some(classes) };
            out
        })
    }

    /// A replicate that starts from it.
    fn replicate(&self, kept: Kept, replicate: u32) -> Run<'s> {
        let Kept { mut state, drawn, words, classes } = kept;
        state.become_like(&self.state);
        let classes = classes.unwrap_or_else(|| self.run.classes.clone());
        let mut run = Run { state, drawn, words, classes, replicate, ..self.run.clone() };
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
    /// By organ: how full its quotas are.
    pub quotas: Quotas<'s>,
    /// By organ: holders of each layer.
    pub leading: Vec<[u16; Layer::COUNT]>,
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
    /// The first bits of a quarter, by row: those of its three months, then those of its own purposes.
    pub drawn: Words,
    /// Room for words of many rows.
    pub words: Words,
    /// Classes of pay.
    pub classes: Classes,
    /// Level pay by the rules, and by the reference's.
    pub level_pay: Arc<LevelPay>,
    pub level_pay_there: Arc<LevelPay>,
    /// Whether the reference is another world than this.
    pub pays_otherwise: bool,
    /// Ways to leadership posts.
    pub ways: Ways,
    /// By organ: whom its posts ask for.
    pub asked: Vec<Asked>,
    /// By organ: approved posts that nobody is in.
    pub empty: Vec<u32>,
    /// By organ: what kind of place it is for pay.
    pub pay_places: Vec<u16>,
    /// Ranks and posts that were given where a preference keeps a share.
    pub given_ranks: Given,
    pub given_posts: Given,
    /// Rows whose hazards must be reckoned anew at the end of the month.
    pub changed: Vec<usize>,
    /// Room for numbers of rows.
    pub rows: Vec<usize>,
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
        let grade_moves = std::array::from_fn(|grade| {
            let touches = |ladder: Ladder| rules.dense.effects[ladder.index()].touches(grade);
            rules.ladders().any(|ladder| touches(ladder).0 || touches(ladder).1)
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
            quotas: Quotas::of(&county.places, |place| &world.kinds[place.kind.index()].caps),
            leading: vec![[0; Layer::COUNT]; organs],
            load: vec![1.0; organs],
            overtime: vec![0.0; organs],
            ordinal: vec![0; state.len()],
            times,
            grade_moves,
            odds: crate::behaviour::leave::Odds::of(scenario, county),
            drawn: Words::default(),
            words: Words::default(),
            classes: Classes::default(),
            level_pay: Arc::new(LevelPay::of(rules)),
            level_pay_there: Arc::new(LevelPay::of(&scenario.reference.rules)),
            pays_otherwise: !std::ptr::eq(world, &*scenario.reference),
            ways: Ways::of_rules(rules),
            asked: county.places.iter().map(|place| Asked::of(rules, place)).collect(),
            empty: county.places.iter().map(|place| place.posts).collect(),
            pay_places: crate::behaviour::pay::places(county),
            given_ranks: Given::default(),
            given_posts: Given::default(),
            changed: Vec::new(),
            rows: Vec::new(),
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
            self.fill_row(at);
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
            self.see_ranks(at);
            self.repay(at);
            // The month of the roster's day itself is not paid by the run.
            self.state.paid_until[at] = 0;
            self.ask_rules(at);
        }
        self.spread_work();
    }

    /// What is drawn once in a replicate, and everybody's first hazards.
    #[inline(never)]
    fn draw_once(&mut self) {
        let housed = threshold(self.housed_chance());
        let once = Purpose::Once as u16;
        self.luck.fill(&self.state.key, 0, self.replicate, once / 4, &mut self.words);
        for at in 0..self.state.len() {
            if !self.state.here[at] {
                continue;
            }
            let word = u32::from_le_bytes(self.words[usize::from(once % 4)][at]);
            self.state.housed[at] = word < housed;
            if self.state.away[at] == ENDLESS {
                self.state.away[at] = self.away_months(at);
                self.state.set_next(at, 0);
            }
        }
        self.draw_quarter();
        self.tire(true);
        self.changed.clear();
        for at in 0..self.state.len() {
            self.hazards(at);
        }
    }

    /// How many of those who work in townships have a home there.
    pub fn housed_chance(&self) -> f64 {
        let share = self.scenario.world.levers.housed.unwrap_or(0.0);
        self.scenario.coefs.get(Key::HousedNow).max(share)
    }

    /// The month in which the quarter began: what its luck is keyed by.
    fn quarter(&self) -> u16 {
        (self.month - (self.calendar() % 3) as i16) as u16
    }

    /// Draws the first bits of a quarter for everybody.
    #[inline(never)]
    fn draw_quarter(&mut self) {
        let group = Purpose::Coarse as u16 / 4;
        self.luck.fill(&self.state.key, self.quarter(), self.replicate, group, &mut self.drawn);
    }

    /// Draws them for a row in which somebody is new.
    pub fn draw_for(&mut self, at: usize) {
        let group = Purpose::Coarse as u16 / 4;
        let words = self.luck.block(self.state.key[at], self.quarter(), self.replicate, group);
        for (drawn, word) in self.drawn.iter_mut().zip(words) {
            drawn[at] = word.to_le_bytes();
        }
    }

    /// What was drawn for a row of a round's purposes, between 0 and 1.
    #[inline]
    pub fn drawn_unit(&self, at: usize, purpose: Purpose) -> f64 {
        keyed::unit(u32::from_le_bytes(self.words[purpose as usize % 4][at]))
    }

    /// Whether a row's word of a purpose whose first bits are drawn is below a bound.
    pub fn is_below(&self, at: usize, first: u8, purpose: Purpose, bound: u32) -> bool {
        if u32::from(first) != bound >> 24 {
            return u32::from(first) < bound >> 24;
        }
        let key = self.state.key[at];
        joined(first, self.luck.word(key, self.month as u16, self.replicate, purpose)) < bound
    }

    /// Whether a row is an approved post, and not one that is there only because more people are.
    pub fn is_post(&self, at: usize) -> bool {
        let place = &self.county.places[self.organ(at)];
        at < place.first + place.posts as usize
    }

    /// Somebody has come into a row.
    pub fn fill_row(&mut self, at: usize) {
        let organ = self.organ(at);
        self.empty[organ] -= u32::from(self.is_post(at));
    }

    /// What the rules let a person do is to be asked anew at the end of the month.
    pub fn asks(&mut self, at: usize) {
        // What falls due next is seen to then: what falls due this month may still be to come.
        self.state.ask[at] = self.month;
        self.changed.push(at);
    }

    /// All months, and the end.
    fn all(&mut self) {
        self.months(|_| {});
        self.finish();
    }

    fn seen(&self) -> Seen<'_> {
        let gone = self.watched.as_deref().unwrap_or_default();
        Seen { month: self.month, state: &self.state, county: self.county, gone, run: self }
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
                let group = Purpose::Round as u16 / 4;
                self.luck.fill(&self.state.key, self.month as u16, self.replicate, group, &mut self.words);
                self.fill_posts();
                self.round();
            }
            if calendar == joins {
                self.join();
            }
            self.birthdays();
            while let Some(at) = self.changed.pop() {
                self.hazards(at);
            }
            self.close_month(before);
            see(self);
        }
    }

    /// Reckons anew everything that is kept.
    fn check(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut holders = vec![[0_u32; Rank::COUNT]; self.county.places.len()];
        let mut totals = [0_i64; LINES];
        let mut fresh = Run { watched: None, ..self.clone() };
        for at in (0..self.state.len()).filter(|at| self.state.here[*at]) {
            let (s, row) = (&self.state, self.row(at));
            let mut same = |what: &str, same: bool| {
                if !same {
                    wrong.push(format!("month {}, row {at}: {what}", self.month));
                }
            };
            same("chance", s.words[at] == self.fresh_words(at));
            same("first bits", s.first[at] == s.words[at].map(crate::keyed::first_bits));
            let (lines, unknown) = crate::behaviour::pay::lines(&self.scenario.world.rules, &row);
            same("pay", self.paid_lines(at) == (lines, unknown));
            let there = crate::behaviour::pay::lines(&self.scenario.reference.rules, &row);
            let x = crate::behaviour::pay::against((lines, unknown), there);
            let x = if s.level[at] == 0 { 0.0 } else { x };
            same("pay against", self.pay_against(at).total_cmp(&x).is_eq());
            fresh.see_ranks(at);
            same("next ranks", fresh.state.nexts[at] == s.nexts[at]);
            let steps = self.scenario.world.rules.leadership.iter().enumerate();
            let leads = steps.fold(0, |set, (layer, step)| {
                let way = step.as_ref().and_then(|step| verdict::leadership_months(&step.rule, &row));
                set | u16::from(way.is_some()) << layer
            });
            same("layers", leads == s.leads[at]);
            // Nobody is looked at too late; by how much somebody waited may be told otherwise once it is past.
            let due = |due: i16| due.max(self.month);
            same("due", due(fresh.state.due[at]) == due(s.due[at]));
            let group = Purpose::Coarse as u16 / 4;
            let luck = self.luck.block(s.key[at], self.quarter(), self.replicate, group);
            same("luck", luck.map(u32::to_le_bytes) == self.drawn.each_ref().map(|words| words[at]));
            for rank in s.ranks[at] {
                if let Some(holders) = holders[self.organ(at)].get_mut(usize::from(rank)) {
                    *holders += 1;
                }
            }
            for (total, line) in totals.iter_mut().zip(lines) {
                *total += i64::from(line);
            }
        }
        let here = || (0..self.state.len()).filter(|at| self.state.here[*at]);
        let posts = (0..self.state.len()).filter(|at| self.is_post(*at) && !self.state.here[*at]);
        let stocks = [
            ("empty posts", posts.count() as i64, self.empty.iter().map(|n| i64::from(*n)).sum()),
            ("in post", here().count() as i64, self.in_post),
            ("away", here().filter(|at| self.state.away[*at] != NEVER).count() as i64, self.away),
            ("exhausted", here().filter(|at| self.state.tired[*at]).count() as i64, self.tired),
            ("at work", self.in_post - self.away, self.working.iter().map(|n| i64::from(*n)).sum()),
        ];
        for (what, counted, kept) in stocks {
            if counted != kept {
                wrong.push(format!("month {}: {counted} {what}, not {kept}", self.month));
            }
        }
        if totals != self.totals {
            wrong.push(format!("month {}: pay of all", self.month));
        }
        for (organ, (place, holders)) in self.county.places.iter().zip(&holders).enumerate() {
            let caps = self.quotas.caps(organ);
            let anew: Vec<_> = caps.caps.iter().map(|cap| caps.places(cap, holders, place.posts)).collect();
            if anew != self.quotas.places(organ).collect::<Vec<_>>() {
                wrong.push(format!("month {}: quotas of {}", self.month, place.id));
            }
        }
        wrong
    }

    /// The months of the year in which rounds are held (one bit each), and the month in which recruits come.
    fn dates(&self) -> (u16, i32) {
        let rounds = (self.scenario.coefs.get(Key::PromoteRounds).round() as i32).clamp(1, 12);
        let months = (0..rounds).fold(0, |set, n| set | 1 << (2 + n * 12 / rounds).rem_euclid(12));
        (months, (self.scenario.coefs.get(Key::JoinMonth).round() as i32 - 1).clamp(0, 11))
    }

    /// Chances of leaving of a month for everybody: who is through by the first bits is looked at.
    #[inline(never)]
    fn chance(&mut self) {
        const MANY: usize = 16;
        let month = (self.calendar() % 3) as usize;
        self.hits.clear();
        self.rows.clear();
        let (drawn, rest) = self.drawn[month].as_chunks::<MANY>();
        let (first, last) = self.state.first.as_chunks::<MANY>();
        for (n, (drawn, first)) in drawn.iter().zip(first).enumerate() {
            let (drawn, first) = (drawn.as_flattened(), first.as_flattened());
            let any = drawn.iter().zip(first).fold(0, |any, (bits, first)| any | may(*bits, *first));
            if any != 0 {
                self.rows.extend(n * MANY..(n + 1) * MANY);
            }
        }
        self.rows.extend(drawn.len() * MANY..drawn.len() * MANY + rest.len().min(last.len()));
        for at in &self.rows {
            let (bits, first) = (self.drawn[month][*at], self.state.first[*at]);
            let through = bits.iter().zip(first).fold(0, |any, (bits, first)| any | may(*bits, first));
            if through == 0 {
                continue;
            }
            let words = self.luck.block(self.state.key[*at], self.month as u16, self.replicate, 0);
            let bounds = self.state.words[*at];
            let hit = (0..4).fold(0, |hit, n| hit | u8::from(joined(bits[n], words[n]) < bounds[n]) << n);
            if hit != 0 {
                self.hits.push((*at, hit));
            }
        }
        let hits = std::mem::take(&mut self.hits);
        for (at, hit) in &hits {
            self.leave(*at, *hit);
        }
        self.hits = hits;
    }

    /// Whose birthday falls in this month.
    #[inline(never)]
    fn birthdays(&mut self) {
        let month = self.month.rem_euclid(12) as u8;
        let mut rows = std::mem::take(&mut self.rows);
        find(&self.state.born, |born| born == month, &mut rows);
        for at in rows.iter().copied() {
            self.birthday(at);
        }
        self.rows = rows;
    }

    /// What falls due this month.
    #[inline(never)]
    fn fall_due(&mut self) {
        let month = self.month;
        let mut rows = std::mem::take(&mut self.rows);
        find(&self.state.next, |next| next == month, &mut rows);
        for at in rows.iter().copied() {
            // Somebody else may have come to the row meanwhile, for whom nothing is due.
            if !self.state.here[at] || self.state.next[at] != month {
                continue;
            }
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
                self.asks(at);
            }
            if self.state.spike[at] == month {
                self.changed.push(at);
            }
            if self.state.pay_due[at] == month {
                self.repay(at);
            }
            if self.state.ask[at] == month {
                self.changed.push(at);
            }
            self.state.set_next(at, month);
        }
        self.rows = rows;
    }

    /// Counts a row's ranks among the holders of its organ, or out of them.
    pub fn hold(&mut self, at: usize, sign: i32) {
        let organ = self.organ(at);
        self.quotas.hold(organ, self.state.ranks[at], sign);
    }

    /// Whether the ranks of a row's person have places in an organ's quotas.
    pub fn fits(&self, at: usize, organ: usize) -> bool {
        let mut wanted = RankSet::NONE;
        for rank in self.state.ranks[at].iter().filter_map(|rank| crate::state::code(*rank)) {
            wanted.put(rank, true);
        }
        let closed = self.quotas.closed(organ);
        closed == 0 || self.quotas.open(organ, closed).to([NO; 3], wanted) == wanted
    }

    /// Whether an organ's quotas have a place for someone who comes to a rank from outside.
    pub fn has_place(&self, organ: usize, rank: Rank) -> bool {
        let mut wanted = RankSet::NONE;
        wanted.put(rank, true);
        self.quotas.open(organ, self.quotas.closed(organ)).to([NO; 3], wanted) == wanted
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

/// Whether a draw with these first bits may be below a word with those: 1 or 0.
#[inline(always)]
fn may(bits: u8, first: u8) -> u8 {
    u8::from(bits < first) | u8::from(first == 255)
}

/// The rows in whose column something holds: most stretches of rows have none, and are passed at once.
#[inline]
fn find<T: Copy>(column: &[T], holds: impl Fn(T) -> bool, rows: &mut Vec<usize>) {
    const MANY: usize = 8;
    rows.clear();
    let (chunks, rest) = column.as_chunks::<MANY>();
    for (n, chunk) in chunks.iter().enumerate() {
        if chunk.iter().fold(0_u16, |any, value| any | u16::from(holds(*value))) != 0 {
            let here = chunk.iter().zip(n * MANY..).filter(|(value, _)| holds(**value));
            rows.extend(here.map(|(_, at)| at));
        }
    }
    let last = rest.iter().zip(chunks.len() * MANY..).filter(|(value, _)| holds(**value));
    rows.extend(last.map(|(_, at)| at));
}

/// 1 / (1 + exp(-x)).
pub(crate) fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + real::exp(-x))
}

/// The log-odds of a share.
pub(crate) fn logit(p: f64) -> f64 {
    real::ln(p / (1.0 - p))
}

/// The chance of a month for a share of a year.
pub(crate) fn monthly_chance(yearly: f64) -> f64 {
    1.0 - real::pow(1.0 - yearly.clamp(0.0, 0.999), 1.0 / 12.0)
}

/// The odds of a month for a share of a year.
pub(crate) fn monthly_odds(yearly: f64) -> f64 {
    let monthly = monthly_chance(yearly);
    monthly / (1.0 - monthly)
}
