//! Levels, steps and pay, year by year.

use takeroot_civil::*;
use takeroot_policy::rule::*;
use takeroot_policy::standing::pay::PayLineKind;

use super::life::*;
use super::promote::Tell;

/// Level and step on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grading {
    pub level: Option<Level>,
    pub step: Option<Step>,
    pub recorded: Option<Day>,
    pub next_step: Option<Day>,
    pub next_level: Option<Day>,
    pub at_top: bool,
}

/// The engine does not look at the rank of 2015 for the base line yet; it should say that the row is missing. Turn this
/// off and delete it once it does.
const PAY_OF_2015_RANKS_PENDING: bool = true;

/// The clocks of level and step.
#[derive(Clone, Copy)]
struct Clock {
    level: Level,
    step: Option<Step>,
    level_year: u16,
    step_year: u16,
}

impl Life<'_> {
    fn range_of(&self, holder: Holder) -> Option<&LevelRange> {
        match holder {
            Holder::Rank(rank) => self.rules.rank_ranges[rank.index()].as_ref().or_else(|| {
                let to = self.rules.conversions[rank.index()].as_ref()?.rule.to;
                self.rules.rank_ranges[to.index()].as_ref()
            }),
            Holder::Post(layer) => self.rules.layer_ranges[layer.index()].as_ref(),
        }
        .map(|c| &c.rule)
    }

    /// The better range of what is held.
    fn range(&self, state: &State) -> Option<&LevelRange> {
        let mut best: Option<&LevelRange> = None;
        // Since the conversion, the ranks of the old ladders are not held any more.
        let parallel = state.ranks[Ladder::Parallel.index()].is_some();
        let mut holders: Vec<Holder> = state
            .ranks
            .iter()
            .flatten()
            .filter(|h| !parallel || h.rank.ladder() == Ladder::Parallel)
            .map(|h| Holder::Rank(h.rank))
            .collect();
        holders.extend(state.layer.map(|l| Holder::Post(l.0)));
        for holder in holders {
            if let Some(range) = self.range_of(holder) {
                if best.is_none_or(|b| range.highest.get() < b.highest.get()) {
                    best = Some(range);
                }
            }
        }
        best
    }

    fn pay_of(&self, level: Level, step: Step) -> Option<i64> {
        let table = self.rules.level_pay.as_ref()?;
        let fen = table.rule[usize::from(level.get())][usize::from(step.get())].0;
        (fen > 0).then_some(fen)
    }

    /// The lowest step of the new level that is not below the old pay.
    fn mapped(&self, old: Level, step: Option<Step>, new: Level) -> Option<Step> {
        let pay = self.pay_of(old, step?)?;
        let mut last = None;
        for n in 1..=15 {
            let step = Step::new(n)?;
            match self.pay_of(new, step) {
                Some(fen) if fen >= pay => return Some(step),
                Some(_) => last = Some(step),
                None => {}
            }
        }
        last
    }

    fn counted_years(&self, from: u16, before: u16) -> i32 {
        (from..before)
            .filter(|year| match self.grades.get(year) {
                None => true,
                Some(grade) => self.rules.pay_year_counts(*grade),
            })
            .count() as i32
    }

    fn rise_barred(&self, act: ActName, on: Day) -> bool {
        use takeroot_policy::rule::BarGround::*;
        [Sanction, Admonition, Organisational]
            .into_iter()
            .any(|ground| self.barred_by_measure(ground, act, on) == Tell::Yes)
    }

    /// Moves the level to another one.
    fn move_level(&self, clock: &mut Clock, to: Level, year: u16) {
        clock.step = self.mapped(clock.level, clock.step, to);
        clock.level = to;
        clock.level_year = year;
        if self.rules.level_rise.as_ref().is_none_or(|r| r.rule.restarts_step_clock) {
            clock.step_year = year;
        }
    }

    /// The first of January of a year: whether the level rose, whether the step did.
    fn new_year(&self, clock: &mut Clock, year: u16, state: &State) -> (bool, bool) {
        let on = Day::new(year, 1, 1).expect("a day");
        let (mut level_rose, mut step_rose) = (false, false);
        if let Some(rise) = &self.rules.level_rise {
            let range = self.range(state);
            let room = range.is_none_or(|r| clock.level.get() > r.highest.get()) && clock.level.get() > 1;
            if room
                && self.counted_years(clock.level_year, year) >= i32::from(rise.rule.every_years)
                && !self.rise_barred(ActName::LevelRise, on)
            {
                let to = Level::new(clock.level.get() - 1).expect("a level");
                self.move_level(clock, to, year);
                level_rose = true;
            }
        }
        if let Some(rise) = &self.rules.step_rise {
            if self.counted_years(clock.step_year, year) >= i32::from(rise.rule.every_years)
                && !self.rise_barred(ActName::StepRise, on)
            {
                match clock.step {
                    // The step is not known, but that it rises is.
                    None => {
                        clock.step_year = year;
                        step_rose = true;
                    }
                    Some(step) => {
                        let last = (1..=15)
                            .rev()
                            .find(|n| self.pay_of(clock.level, Step::new(*n).expect("a step")).is_some());
                        if last.is_none_or(|last| step.get() < last) && step.get() < 15 {
                            clock.step = Step::new(step.get() + 1);
                            clock.step_year = year;
                            step_rose = true;
                        }
                    }
                }
            }
        }
        (level_rose, step_rose)
    }

    /// The level on a promotion.
    fn promoted(&self, clock: &mut Clock, state: &State, year: u16) {
        let (Some(rule), Some(range)) = (&self.rules.promotion_pay, self.range(state)) else {
            return;
        };
        if clock.level.get() > range.lowest.get() {
            let to = range.lowest;
            self.move_level(clock, to, year);
            return;
        }
        match rule.rule.in_range {
            OnPromotion::LevelUp => {
                if clock.level.get() > range.highest.get() {
                    let to = Level::new(clock.level.get() - 1).expect("a level");
                    self.move_level(clock, to, year);
                }
            }
            OnPromotion::StepUp => {
                if let Some(step) = clock.step {
                    let last = (1..=15)
                        .rev()
                        .find(|n| self.pay_of(clock.level, Step::new(*n).expect("a step")).is_some());
                    if last.is_none_or(|last| step.get() < last) && step.get() < 15 {
                        clock.step = Step::new(step.get() + 1);
                        clock.step_year = year;
                    }
                }
            }
            OnPromotion::Nothing => {}
        }
    }

    /// Level and step on a day, walked from the first record on.
    pub fn grading(&self, on: Day) -> Grading {
        let mut out = Grading::default();
        // The last record, and when level and step changed last as recorded.
        let mut clock: Option<Clock> = None;
        let mut start: Option<Day> = None;
        let restarts = self.rules.level_rise.as_ref().is_none_or(|r| r.rule.restarts_step_clock);
        for event in &self.events {
            // Level and step end with a service that ends for good; whoever comes again is graded again.
            if matches!(&event.fact, Fact::Left { reason } if for_good(*reason))
                && event.dates.effective <= on
            {
                (clock, start, out.recorded) = (None, None, None);
            }
            let Fact::Graded { level, step } = &event.fact else {
                continue;
            };
            if event.dates.effective > on {
                continue;
            }
            let year = event.dates.effective.year();
            let (mut level_year, mut step_year) = (year, year);
            if let Some(before) = clock {
                if before.level == *level {
                    level_year = before.level_year;
                }
                // Where a rise of level leaves the clock of the steps alone, only another step starts it again.
                if before.step == Some(*step) && (before.level == *level || !restarts) {
                    step_year = before.step_year;
                }
            }
            clock = Some(Clock { level: *level, step: Some(*step), level_year, step_year });
            start = Some(event.dates.effective);
            out.recorded = start;
        }
        if clock.is_none() {
            if let Some(recruit) = self.at(self.known).recruit.as_ref() {
                if let (Some(end), Some((education, _))) = (self.probation_end(), self.education(recruit.on))
                {
                    if end <= on {
                        if let Some(entry) = self.rules.entry_pay_of(education) {
                            let (level, step) = (entry.rule.level, entry.rule.step);
                            clock = Some(Clock {
                                level,
                                step: Some(step),
                                level_year: end.year(),
                                step_year: end.year(),
                            });
                            start = Some(end);
                        }
                    }
                }
            }
        }
        let (Some(mut clock), Some(start)) = (clock, start) else {
            return out;
        };
        // Promotions after the record, in order, with the new years between them.
        let mut promotions: Vec<(Day, &State)> = Vec::new();
        for pair in self.states.windows(2) {
            let ((_, before), (day, after)) = (&pair[0], &pair[1]);
            if *day <= start || *day > on {
                continue;
            }
            if !before.in_service && before.left.is_some() {
                continue;
            }
            if after.layer.map(|l| l.0) > before.layer.map(|l| l.0) {
                promotions.push((*day, after));
            }
            for n in 0..3 {
                if let (Some(old), Some(new)) = (before.ranks[n], after.ranks[n]) {
                    if new.rank > old.rank {
                        promotions.push((*day, after));
                    }
                }
            }
        }
        let mut next = 0;
        let mut year = start.year() + 1;
        loop {
            let new_year = Day::new(year, 1, 1).expect("a day");
            while next < promotions.len() && promotions[next].0 < new_year {
                self.promoted(&mut clock, promotions[next].1, promotions[next].0.year());
                next += 1;
            }
            if new_year > on {
                break;
            }
            self.new_year(&mut clock, year, self.at(new_year));
            year += 1;
        }
        out.level = Some(clock.level);
        out.step = clock.step;
        let state = self.at(on);
        out.at_top = self.range(state).is_some_and(|r| clock.level.get() <= r.highest.get());
        // The years to come, taken as competent.
        let mut ahead = clock;
        for year in on.year() + 1..=(on.year() + 60).min(2190) {
            let (level, step) = self.new_year(&mut ahead, year, state);
            let day = Day::new(year, 1, 1);
            if level && out.next_level.is_none() {
                out.next_level = day;
            }
            if step && out.next_step.is_none() {
                out.next_step = day;
            }
        }
        out
    }

    /// The lines of pay: `Ok(None)` when not due, `Err` when it cannot be told.
    pub fn pay(&self, on: Day) -> Vec<(PayLineKind, Result<Option<i64>, ()>)> {
        let state = self.at(on);
        let mut lines = Vec::new();
        // Base.
        let mut base: Option<(Holder, Result<i64, ()>)> = None;
        let parallel = state.ranks[Ladder::Parallel.index()];
        let mut ways: Vec<(Holder, Result<i64, ()>)> = Vec::new();
        if let Some((layer, _)) = state.layer {
            let yuan = self
                .rules
                .post_pay
                .as_ref()
                .and_then(|p| p.rule.leading.iter().find(|r| r.layer == layer))
                .map(|r| i64::from(r.yuan) * 100);
            ways.push((Holder::Post(layer), yuan.ok_or(())));
        }
        if let Some(held) = parallel {
            let yuan = self
                .rules
                .rank_pay
                .as_ref()
                .and_then(|p| p.rule.rows.iter().find(|r| r.rank == held.rank))
                .map(|r| i64::from(r.yuan) * 100);
            ways.push((Holder::Rank(held.rank), yuan.ok_or(())));
        } else {
            for held in state.ranks.iter().flatten() {
                let yuan = self
                    .rules
                    .post_pay
                    .as_ref()
                    .and_then(|p| p.rule.non_leading.iter().find(|r| r.rank == held.rank))
                    .map(|r| i64::from(r.yuan) * 100);
                if PAY_OF_2015_RANKS_PENDING && yuan.is_none() && held.rank.ladder() == Ladder::CountyRanks {
                    continue;
                }
                ways.push((Holder::Rank(held.rank), yuan.ok_or(())));
            }
        }
        for way in ways {
            base = Some(match base {
                None => way,
                Some((holder, Ok(a))) => match way.1 {
                    Ok(b) if b > a => way,
                    Ok(_) => (holder, Ok(a)),
                    Err(()) => (way.0, Err(())),
                },
                Some((holder, Err(()))) => (holder, Err(())),
            });
        }
        let base_amount: Result<i64, ()> = base.map_or(Err(()), |b| b.1);
        lines.push((PayLineKind::Base(base.map(|b| b.0)), base_amount.map(Some)));
        let grading = self.grading(on);
        let level = match (grading.level, grading.step) {
            (Some(level), Some(step)) => self.pay_of(level, step).ok_or(()),
            _ => Err(()),
        };
        lines.push((PayLineKind::Level, level.map(Some)));
        let rooted = self.rooted_months(on);
        for allowance in &self.rules.allowances {
            let amount = self.allowance(&allowance.rule, state, rooted);
            lines.push((PayLineKind::Allowance(allowance.rule.item), amount));
        }
        if let Some(bonus) = &self.rules.bonus {
            let Some(grade) = self.grades.get(&(on.year() - 1)) else {
                return lines;
            };
            let amount = match Some(grade) {
                Some(grade) if bonus.rule.grades.contains(grade) => match (base_amount, level) {
                    (Ok(a), Ok(b)) => Ok(Some((a + b) * i64::from(bonus.rule.months))),
                    _ => Err(()),
                },
                _ => Ok(None),
            };
            lines.push((PayLineKind::Bonus, amount));
        }
        lines
    }

    fn allowance(&self, allowance: &Allowance, state: &State, rooted: i32) -> Result<Option<i64>, ()> {
        if allowance.township_only && !self.works_in_township(state, None, true) {
            return Ok(None);
        }
        let place = self.organ(&state.organ);
        for row in &allowance.rows {
            let mut tells: Vec<Tell> = Vec::new();
            let mut tell = |known: Option<bool>| {
                tells.push(match known {
                    None => Tell::Unknown,
                    Some(true) => Tell::Yes,
                    Some(false) => Tell::No,
                });
            };
            if let Some(band) = row.area_band {
                tell(place.and_then(|o| o.area_band).map(|b| b >= band));
            }
            if let Some(class) = row.hardship_class {
                tell(place.and_then(|o| o.hardship_class).map(|c| c == class));
            }
            if let Some(years) = row.rooted_years {
                tell(Some(rooted >= 12 * i32::from(years)));
            }
            if let Some(layer) = row.layer {
                tell(Some(state.layer.is_some_and(|l| l.0 >= layer)));
            }
            if let Some(rank) = row.rank {
                tell(Some(state.ranks[rank.ladder().index()].is_some_and(|h| h.rank >= rank)));
            }
            if tells.contains(&Tell::No) {
                continue;
            }
            if tells.contains(&Tell::Unknown) {
                return Err(());
            }
            return Ok(Some(i64::from(row.yuan) * 100));
        }
        Ok(None)
    }
}
