//! Level and step on a day, by the record and the rules of rises, and when they rise next.
//!
//! The last recorded level and step is taken as it stands; from there the rules of rises are applied year by year.
//! Promotions after it move the level as the promotion rule says. Years not yet graded count as competent, which the
//! answer states. Where the level pay table is not known, a level still rises but its step cannot be told.

use takeroot_civil::{Day, Education, Fact, Grade, Ladder, Layer, Level, Rank, Step};

use crate::facts::Barred;
use crate::rule::{Holder, OnPromotion, RiseStarts};
use crate::rules::Rules;
use crate::timeline::Timeline;

/// Level and step on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
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
    /// The level is the highest of the range of the rank or post.
    pub at_top: bool,
    /// Whose range it is.
    pub holder: Option<Holder>,
    /// Years graded so that they did not count since the record.
    pub years_not_counted: u8,
}

/// What the reckoning carries from year to year.
struct Clock {
    level: Level,
    step: Option<Step>,
    /// Counted years towards the next step and level.
    step_years: u8,
    level_years: u8,
}

/// Level and step on a day.
pub(crate) fn grading(
    timeline: &Timeline<'_>,
    rules: &Rules,
    on: Day,
    grades: &[(u16, Grade)],
    entry_education: Option<Education>,
    probation_until: Option<Day>,
    barred: &[Barred],
) -> Grading {
    let Some((mut clock, start, from_entry)) =
        start(timeline, rules, on, grades, entry_education, probation_until)
    else {
        return Grading::default();
    };
    let mut result = Grading { recorded: (!from_entry).then_some(start), from_entry, ..Grading::default() };
    let last_year = timeline.left.map_or(on.year(), |(day, _)| day.year().min(on.year()));
    for year in start.year()..=last_year {
        if year > start.year() {
            let before = (clock.level, clock.step);
            rise(&mut clock, rules, range(timeline, rules, Day::new_year(year)), barred, Day::new_year(year));
            result.reckoned |= before != (clock.level, clock.step);
        }
        for event in timeline.events.iter().filter(|e| {
            e.dates.effective.year() == year && e.dates.effective > start && e.dates.effective <= on
        }) {
            let before = clock.level;
            if promotes(timeline, event.dates.effective, &event.fact) {
                promotion(&mut clock, rules, event.dates.effective, timeline);
            }
            result.reckoned |= before != clock.level;
        }
        if year < on.year() {
            let counts = count_year(&mut clock, rules, grades, year);
            result.years_not_counted += u8::from(!counts);
        }
    }
    result.level = Some(clock.level);
    result.step = clock.step;
    let range = range(timeline, rules, on);
    result.holder = range.map(|r| r.0);
    result.at_top = range.is_some_and(|(_, _, highest)| clock.level.reaches(highest));
    if timeline.left.is_none() {
        next_rises(&clock, rules, on, grades, &mut result);
    }
    result
}

/// Where the reckoning starts: the last recorded level and step, or the rule of first grading.
fn start(
    timeline: &Timeline<'_>,
    rules: &Rules,
    on: Day,
    grades: &[(u16, Grade)],
    entry_education: Option<Education>,
    probation_until: Option<Day>,
) -> Option<(Clock, Day, bool)> {
    let recorded: Vec<(Day, Level, Step)> = timeline
        .events
        .iter()
        .filter_map(|e| match e.fact {
            Fact::Graded { level, step } => Some((e.dates.effective, level, step)),
            _ => None,
        })
        .collect();
    let Some((day, level, step)) = recorded.last().copied() else {
        let until = probation_until.filter(|until| *until <= on)?;
        let entry = rules.entry_pay_of(entry_education?)?;
        let clock =
            Clock { level: entry.rule.level, step: Some(entry.rule.step), step_years: 0, level_years: 0 };
        return Some((clock, until, true));
    };
    // The clocks run from the last change of each; the step clock from a change of level too, if the rule restarts it.
    let restarts = rules.level_rise.as_ref().is_none_or(|r| r.rule.restarts_step_clock);
    let level_since = recorded.iter().rev().take_while(|r| r.1 == level).last().map_or(day, |r| r.0);
    let same_step = |r: &&(Day, Level, Step)| r.1 == level && r.2 == step;
    let step_since = if restarts {
        recorded.iter().rev().take_while(same_step).last().map_or(day, |r| r.0)
    } else {
        let mut since = day;
        for pair in recorded.windows(2).rev() {
            // Going back over level rises, the steps' clock goes on.
            if pair[0].1 == pair[1].1 && pair[0].2 != pair[1].2 {
                since = pair[1].0;
                break;
            }
            since = pair[0].0;
        }
        since
    };
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

fn count_year(clock: &mut Clock, rules: &Rules, grades: &[(u16, Grade)], year: u16) -> bool {
    let counts = year_counts(rules, grades, year);
    clock.step_years += u8::from(counts);
    clock.level_years += u8::from(counts);
    counts
}

/// The rises that take effect on a 1 January.
fn rise(clock: &mut Clock, rules: &Rules, range: Option<(Holder, Level, Level)>, barred: &[Barred], on: Day) {
    let running = |b: &&Barred| b.sanction.is_some() && b.from <= on && b.free.is_none_or(|free| on < free);
    let level_barred = barred.iter().any(|b| running(&b));
    let steps_barred = barred.iter().any(|b| running(&b) && b.bars_steps);
    if let Some(by_level) = &rules.level_rise
        && clock.level_years >= by_level.rule.every_years
        && !level_barred
        && range.is_none_or(|(_, _, highest)| !clock.level.reaches(highest))
    {
        let up = clock.level.up();
        clock.step = nearest_not_below(rules, clock.level, clock.step, up);
        clock.level = up;
        clock.level_years = 0;
        if by_level.rule.restarts_step_clock {
            clock.step_years = 0;
        }
    }
    if let Some(by_step) = &rules.step_rise
        && clock.step_years >= by_step.rule.every_years
        && !steps_barred
    {
        clock.step_years -= by_step.rule.every_years;
        let last = rules.last_step(clock.level);
        clock.step = clock.step.map(|s| if last.is_some_and(|last| s >= last) { s } else { s.up() });
    }
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

/// Whether an event is a promotion in rank or post.
fn promotes(timeline: &Timeline<'_>, day: Day, fact: &Fact) -> bool {
    match fact {
        Fact::Ranked { rank } => {
            rank_before(timeline, day, rank.ladder()).is_some_and(|before| before < *rank)
                && rank.ladder() != Ladder::CountyRanks
        }
        Fact::Appointed { layer: Some(layer), .. } => {
            layer_on(timeline, day.plus_days(-1)).is_none_or(|before| before < *layer)
        }
        _ => false,
    }
}

fn rank_before(timeline: &Timeline<'_>, day: Day, ladder: Ladder) -> Option<Rank> {
    let held = timeline.events.iter().filter(|e| e.dates.effective < day).filter_map(|e| match e.fact {
        Fact::Ranked { rank } if rank.ladder() == ladder => Some(rank),
        _ => None,
    });
    held.last()
}

fn rank_on(timeline: &Timeline<'_>, day: Day, ladder: Ladder) -> Option<Rank> {
    rank_before(timeline, day.plus_days(1), ladder)
}

fn layer_on(timeline: &Timeline<'_>, day: Day) -> Option<Layer> {
    timeline.layers.iter().find(|l| l.span.contains(day)).map(|l| l.layer)
}

/// The range of levels on a day, of the rank or of the layer held, whichever goes higher: whose, lowest, highest.
fn range(timeline: &Timeline<'_>, rules: &Rules, day: Day) -> Option<(Holder, Level, Level)> {
    let of_layer = layer_on(timeline, day)
        .and_then(|layer| rules.layer_ranges[layer.index()].as_ref())
        .map(|r| (r.rule.holder, r.rule.lowest, r.rule.highest));
    // The rank of the newest ladder held; a person on an old ladder only is judged by that one.
    let of_rank = [Ladder::Parallel, Ladder::NonLeading]
        .into_iter()
        .filter_map(|ladder| rank_on(timeline, day, ladder))
        .find_map(|rank| rules.rank_ranges[rank.index()].as_ref())
        .map(|r| (r.rule.holder, r.rule.lowest, r.rule.highest));
    match (of_layer, of_rank) {
        (Some(a), Some(b)) => Some(if a.2 <= b.2 { a } else { b }),
        (a, b) => a.or(b),
    }
}

/// What a promotion does to level and step.
fn promotion(clock: &mut Clock, rules: &Rules, day: Day, timeline: &Timeline<'_>) {
    let Some((_, lowest, highest)) = range(timeline, rules, day) else {
        return;
    };
    let new = if !clock.level.reaches(lowest) {
        lowest
    } else {
        match rules.promotion_pay.as_ref().map(|p| p.rule.in_range) {
            Some(OnPromotion::LevelUp) if !clock.level.reaches(highest) => clock.level.up(),
            Some(OnPromotion::StepUp) => {
                clock.step = clock.step.map(Step::up);
                return;
            }
            _ => return,
        }
    };
    clock.step = nearest_not_below(rules, clock.level, clock.step, new);
    clock.level = new;
    clock.level_years = 0;
    if rules.level_rise.as_ref().is_none_or(|r| r.rule.restarts_step_clock) {
        clock.step_years = 0;
    }
}

/// When the next rises are due. The present year counts as competent unless it is graded already.
fn next_rises(clock: &Clock, rules: &Rules, on: Day, grades: &[(u16, Grade)], result: &mut Grading) {
    let due = |years: u8, every: u8, starts: RiseStarts| -> Option<Day> {
        let mut have = years;
        // A clock that is already full waits for the next 1 January (a sanction held it up).
        for year in on.year()..on.year().saturating_add(60) {
            have += u8::from(year_counts(rules, grades, year));
            if have >= every {
                return Some(match starts {
                    RiseStarts::JanuaryAfter | RiseStarts::NextMonth => Day::new_year(year + 1),
                });
            }
        }
        None
    };
    if let Some(rule) = &rules.step_rise {
        let last = clock.step.zip(rules.last_step(clock.level)).is_some_and(|(s, last)| s >= last);
        if !last {
            result.next_step = due(clock.step_years, rule.rule.every_years, rule.rule.starts);
        }
    }
    if let Some(rule) = &rules.level_rise
        && !result.at_top
    {
        result.next_level = due(clock.level_years, rule.rule.every_years, rule.rule.starts);
    }
}
