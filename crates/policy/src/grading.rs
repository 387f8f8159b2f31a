//! Level and step on a day, by the record and the rules of rises, and when they rise next.
//!
//! The last recorded level and step is taken as it stands; from there the rules of rises are applied year by year.
//! Promotions after it move the level as the promotion rule says. Years not yet graded count as competent, which the
//! answer states. Where the level pay table is not known, a level still rises but its step cannot be told.

use takeroot_civil::{Code as _, Day, Education, Fact, Grade, Ladder, Layer, Level, Rank, Step};

use crate::bars::Barred;
use crate::ranks::RankHistory;
use crate::rule::{ActName, Holder, LevelRange, OnPromotion};
use crate::rules::{Cited, Rules};
use crate::timeline::Timeline;

/// Level and step on a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grading {
    /// The level.
    pub level: Option<Level>,
    /// The step; `None` when it cannot be told.
    pub step: Option<Step>,
    /// The day of the record it was reckoned from; `None` when nothing was recorded.
    pub recorded: Option<Day>,
    /// It was reckoned from the rule of first grading, not from a record.
    pub from_entry: bool,
    /// Whether rises were reckoned since the record.
    pub reckoned: bool,
    /// When the next step is due, years to come taken as competent.
    pub next_step: Option<Day>,
    /// When the next level is due likewise; `None` at the top of the range.
    pub next_level: Option<Day>,
    /// Rises of level to come, with the level reached.
    pub levels_ahead: Vec<(Day, Level)>,
    /// The level is the highest of the range of the rank or post.
    pub at_top: bool,
    /// Whose range it is.
    pub holder: Option<Holder>,
    /// Years graded so that they did not count since the record.
    pub years_not_counted: u8,
    /// The clock on the day, from which the years to come go on.
    pub clock: Option<Clock>,
}

/// Level and step with the years counted towards the next ones: what the reckoning carries from year to year. A record
/// and a row of a projection are moved by the same functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The level.
    pub level: Level,
    /// The step; `None` when it cannot be told.
    pub step: Option<Step>,
    /// Counted years towards the next step.
    pub step_years: u8,
    /// Counted years towards the next level.
    pub level_years: u8,
}

impl Clock {
    /// A clock that has just been set.
    pub const fn at(level: Level, step: Option<Step>) -> Clock {
        Clock { level, step, step_years: 0, level_years: 0 }
    }

    /// A year has passed: it counts or it does not.
    #[inline]
    pub fn year(&mut self, counts: bool) {
        self.step_years = self.step_years.saturating_add(u8::from(counts));
        self.level_years = self.level_years.saturating_add(u8::from(counts));
    }

    /// The rises that take effect on a 1 January: the level first, then the step. `highest` is the highest level of the
    /// range, if a range is known; `level_barred` and `step_barred` say what a sanction in effect bars.
    #[inline]
    pub fn rise(
        &mut self,
        rules: &Rules,
        highest: Option<Level>,
        level_barred: bool,
        step_barred: bool,
    ) -> Rose {
        let mut rose = Rose::default();
        if let Some(by_level) = &rules.level_rise
            && self.level_years >= by_level.rule.every_years
            && !level_barred
            && highest.is_none_or(|highest| !self.level.reaches(highest))
            && self.level != Level::HIGHEST
        {
            let up = self.level.up();
            self.step = nearest_not_below(rules, self.level, self.step, up);
            self.level = up;
            self.level_years = 0;
            if by_level.rule.restarts_step_clock {
                self.step_years = 0;
            }
            rose.level = true;
        }
        if let Some(by_step) = &rules.step_rise
            && self.step_years >= by_step.rule.every_years
            && !step_barred
        {
            rose.step = self.step_up(rules);
        }
        rose
    }

    /// One step up, from which the years to the next one count anew. At the last step of the level nothing happens, and
    /// the years go on adding up. A step that is not known rises all the same.
    fn step_up(&mut self, rules: &Rules) -> bool {
        let last = rules.last_step(self.level);
        if self.step.is_some_and(|step| step.up() == step || last.is_some_and(|last| step >= last)) {
            return false;
        }
        self.step = self.step.map(Step::up);
        self.step_years = 0;
        true
    }

    /// What a promotion does, given the range of levels of what is held after it.
    #[inline]
    pub fn promote(&mut self, rules: &Rules, lowest: Level, highest: Level) {
        let new = if !self.level.reaches(lowest) {
            lowest
        } else {
            match rules.promotion_pay.as_ref().map(|p| p.rule.in_range) {
                Some(OnPromotion::LevelUp) if !self.level.reaches(highest) => self.level.up(),
                Some(OnPromotion::StepUp) => {
                    self.step_up(rules);
                    return;
                }
                _ => return,
            }
        };
        self.step = nearest_not_below(rules, self.level, self.step, new);
        self.level = new;
        self.level_years = 0;
        if rules.level_rise.as_ref().is_none_or(|r| r.rule.restarts_step_clock) {
            self.step_years = 0;
        }
    }
}

/// The range of levels of what is held, of the rank or of the layer, whichever goes higher: whose, lowest, highest. The
/// rank is that of the newest ladder held; a person on an old ladder only is judged by that one.
pub fn range_of_seat(
    rules: &Rules,
    layer: Option<Layer>,
    parallel: Option<Rank>,
    non_leading: Option<Rank>,
) -> Option<(Holder, Level, Level)> {
    let told = |r: &Cited<LevelRange>| (r.rule.holder, r.rule.lowest, r.rule.highest);
    let of_layer = layer.and_then(|layer| rules.layer_ranges[layer.index()].as_ref()).map(told);
    let of_rank = parallel.or(non_leading).and_then(|rank| range_of(rules, rank)).map(told);
    match (of_layer, of_rank) {
        // The higher range, by its highest level, then by its lowest.
        (Some(a), Some(b)) => Some(if (a.2, a.1) <= (b.2, b.1) { a } else { b }),
        (a, b) => a.or(b),
    }
}

/// The range of levels of a rank; where no clause gives one, that of the rank it became.
fn range_of(rules: &Rules, rank: Rank) -> Option<&Cited<LevelRange>> {
    let range = |rank: Rank| rules.rank_ranges[rank.index()].as_ref();
    range(rank).or_else(|| rules.conversions[rank.index()].as_ref().and_then(|c| range(c.rule.to)))
}

/// What the reckoning looks at.
struct Course<'a> {
    timeline: &'a Timeline<'a>,
    history: &'a RankHistory,
    rules: &'a Rules,
    grades: &'a [(u16, Grade)],
    barred: &'a [Barred],
}

/// Level and step on a day.
#[expect(clippy::too_many_arguments, reason = "the facts it is reckoned from, each once")]
pub(crate) fn grading(
    timeline: &Timeline<'_>,
    history: &RankHistory,
    rules: &Rules,
    on: Day,
    grades: &[(u16, Grade)],
    entry_education: Option<Education>,
    probation_until: Option<Day>,
    barred: &[Barred],
) -> Grading {
    let Some((mut clock, start, from_entry)) =
        start(timeline, rules, grades, entry_education, probation_until)
    else {
        return Grading::default();
    };
    let course = Course { timeline, history, rules, grades, barred };
    if on < start {
        // The first grading is yet to come; what follows from it is known all the same.
        let mut ahead = Grading { levels_ahead: vec![(start, clock.level)], ..Grading::default() };
        course.next_rises(clock, start, &mut ahead);
        return Grading { levels_ahead: ahead.levels_ahead, ..Grading::default() };
    }
    let mut result = Grading { recorded: (!from_entry).then_some(start), from_entry, ..Grading::default() };
    let last_year = timeline.left.map_or(on.year(), |(day, _)| day.year().min(on.year()));
    for year in start.year()..=last_year {
        let before = (clock.level, clock.step);
        if year > start.year() {
            course.rise(&mut clock, Day::new_year(year));
        }
        let within = |day: &Day| day.year() == year && *day > start && *day <= on;
        let mut days: Vec<Day> = timeline.serving_events().iter().map(|e| e.dates.effective).collect();
        days.dedup();
        for day in days.into_iter().filter(within) {
            if course.promotes(day) {
                course.promotion(&mut clock, day);
            }
        }
        result.reckoned |= before != (clock.level, clock.step);
        if year < on.year() {
            result.years_not_counted += u8::from(!course.count_year(&mut clock, year));
        }
    }
    result.level = Some(clock.level);
    result.step = clock.step;
    result.clock = Some(clock);
    let range = course.range(on);
    result.holder = range.map(|r| r.0);
    result.at_top = range.is_some_and(|(_, _, highest)| clock.level.reaches(highest));
    if timeline.left.is_none() {
        course.next_rises(clock, on, &mut result);
    }
    result
}

/// Where the reckoning starts: the last recorded level and step, or the rule of first grading.
fn start(
    timeline: &Timeline<'_>,
    rules: &Rules,
    grades: &[(u16, Grade)],
    entry_education: Option<Education>,
    probation_until: Option<Day>,
) -> Option<(Clock, Day, bool)> {
    let recorded: Vec<(Day, Level, Step)> = timeline
        .serving_events()
        .iter()
        .filter_map(|e| match e.fact {
            Fact::Graded { level, step } => Some((e.dates.effective, level, step)),
            _ => None,
        })
        .collect();
    let Some((day, level, step)) = recorded.last().copied() else {
        let until = probation_until?;
        let entry = rules.entry_pay_of(entry_education?)?;
        let clock =
            Clock { level: entry.rule.level, step: Some(entry.rule.step), step_years: 0, level_years: 0 };
        return Some((clock, until, true));
    };
    // The clocks run from the last change of each; the step clock from a change of level too, if the rule restarts it.
    let restarts = rules.level_rise.as_ref().is_none_or(|r| r.rule.restarts_step_clock);
    let level_since = recorded.iter().rev().take_while(|r| r.1 == level).last().map_or(day, |r| r.0);
    let same = |r: &&(Day, Level, Step)| r.2 == step && (r.1 == level || !restarts);
    let step_since = recorded.iter().rev().take_while(same).last().map_or(day, |r| r.0);
    let mut clock = Clock { level, step: Some(step), step_years: 0, level_years: 0 };
    for year in level_since.year()..day.year() {
        clock.level_years += u8::from(year_counts(rules, grades, year));
    }
    for year in step_since.year()..day.year() {
        clock.step_years += u8::from(year_counts(rules, grades, year));
    }
    Some((clock, day, false))
}

/// Whether a year counts: by its grade, or as competent when it has none.
fn year_counts(rules: &Rules, grades: &[(u16, Grade)], year: u16) -> bool {
    grades.iter().find(|g| g.0 == year).is_none_or(|g| rules.pay_year_counts(g.1))
}

/// On a rise of level: the lowest step of the new level whose pay is not below the old. Unknown without the table.
pub fn nearest_not_below(rules: &Rules, old: Level, step: Option<Step>, new: Level) -> Option<Step> {
    let pay = rules.level_pay_of(old, step?)?;
    let last = rules.last_step(new)?;
    (1..=last.get())
        .filter_map(Step::new)
        .find(|s| rules.level_pay_of(new, *s).is_some_and(|p| p >= pay))
        .or(Some(last))
}

/// What a 1 January brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rose {
    /// A step.
    pub step: bool,
    /// A level.
    pub level: bool,
}

impl Course<'_> {
    fn count_year(&self, clock: &mut Clock, year: u16) -> bool {
        let counts = year_counts(self.rules, self.grades, year);
        clock.year(counts);
        counts
    }

    /// The rises that take effect on a 1 January.
    fn rise(&self, clock: &mut Clock, day: Day) -> Rose {
        let barred = |act: ActName| {
            self.barred
                .iter()
                .any(|b| b.acts.has(act) && b.from <= day && b.free.is_none_or(|free| day < free))
        };
        let highest = self.range(day).map(|(_, _, highest)| highest);
        clock.rise(self.rules, highest, barred(ActName::LevelRise), barred(ActName::StepRise))
    }

    /// Whether a day brings a promotion in rank or post. A rank and a post given on one day are one promotion. Who is
    /// out of the service is not promoted.
    fn promotes(&self, day: Day) -> bool {
        let before = day.plus_days(-1);
        let by_rank = |ladder: &Ladder| {
            let (old, new) = (self.history.on(*ladder, before), self.history.on(*ladder, day));
            old.zip(new).is_some_and(|(old, new)| old.rank < new.rank)
        };
        !self.timeline.out.iter().any(|out| out.contains(before))
            && (self.layer(before) < self.layer(day) || Ladder::ALL.iter().any(by_rank))
    }

    fn layer(&self, day: Day) -> Option<Layer> {
        self.timeline.layers.iter().find(|l| l.span.contains(day)).map(|l| l.layer)
    }

    /// The range of levels on a day.
    fn range(&self, day: Day) -> Option<(Holder, Level, Level)> {
        let held = |ladder: Ladder| self.history.on(ladder, day).map(|held| held.rank);
        range_of_seat(self.rules, self.layer(day), held(Ladder::Parallel), held(Ladder::NonLeading))
    }

    /// What a promotion does to level and step.
    fn promotion(&self, clock: &mut Clock, day: Day) {
        if let Some((_, lowest, highest)) = self.range(day) {
            clock.promote(self.rules, lowest, highest);
        }
    }

    /// When the next rises are due: the years to come are gone through one by one, as those behind were.
    fn next_rises(&self, mut clock: Clock, on: Day, result: &mut Grading) {
        for year in on.year()..on.year().saturating_add(60) {
            self.count_year(&mut clock, year);
            let day = Day::new_year(year + 1);
            let rose = self.rise(&mut clock, day);
            if rose.step {
                result.next_step = result.next_step.or(Some(day));
            }
            if rose.level {
                result.next_level = result.next_level.or(Some(day));
                result.levels_ahead.push((day, clock.level));
            }
        }
    }
}
