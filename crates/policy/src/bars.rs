//! What bars a promotion or a rise: sanctions and measures in effect, investigation, probation, last year's grade.

use takeroot_civil::{Day, Fact, Grade, Sanction};

use crate::rule::{ActName, BarGround, LimitOf};
use crate::rules::Rules;
use crate::timeline::Timeline;

/// A ground that bars promotion, until a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Barred {
    /// The ground.
    pub ground: BarGround,
    /// The sanction behind it, if it is one.
    pub sanction: Option<Sanction>,
    /// Since when.
    pub from: Day,
    /// First day free of it; `None` when nothing says how long it lasts.
    pub free: Option<Day>,
    /// The acts that its own clause or a bar names.
    pub acts: Acts,
}

/// A set of acts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Acts(u32);

impl Acts {
    /// The acts of a list.
    pub fn of(acts: &[ActName]) -> Acts {
        Acts(acts.iter().fold(0, |bits, act| bits | 1 << *act as u32))
    }

    /// Both.
    pub const fn or(self, other: Acts) -> Acts {
        Acts(self.0 | other.0)
    }

    /// Whether an act is in it.
    #[inline]
    pub const fn has(self, act: ActName) -> bool {
        self.0 & (1 << act as u32) != 0
    }
}

/// Grounds that bar or barred, each with its days. Sanctions that run into one another add up, to the cap, unless the
/// later decision states its own end.
pub fn barred(
    timeline: &Timeline<'_>,
    rules: &Rules,
    on: Day,
    grades: &[(u16, Grade)],
    probation_until: Option<Day>,
) -> Vec<Barred> {
    let mut barred: Vec<Barred> = Vec::new();
    let mut run: Run = None;
    let mut investigated: Option<Day> = None;
    for event in &timeline.events {
        let from = event.dates.effective;
        match &event.fact {
            Fact::Sanctioned { sanction, until } => {
                if let Some(one) = sanctioned(rules, *sanction, from, *until) {
                    add(&mut barred, &mut run, rules, one, until.is_some());
                }
            }
            Fact::Investigated { open: true } => investigated = investigated.or(Some(from)),
            Fact::Investigated { open: false } => investigated = None,
            _ => {}
        }
    }
    let mut ground = |ground: BarGround, from: Day, free: Option<Day>| {
        barred.push(Barred { ground, sanction: None, from, free, acts: by_bars(rules, ground) });
    };
    if let Some(from) = investigated {
        ground(BarGround::Investigation, from, None);
    }
    if let (Some(recruited), Some(until)) = (timeline.recruited, probation_until) {
        ground(BarGround::Probation, recruited.day, Some(until));
    }
    for (year, grade) in grades {
        let of_year = match grade {
            Grade::Basic => BarGround::BasicYear,
            Grade::Incompetent => BarGround::IncompetentYear,
            _ => continue,
        };
        if *year < on.year() {
            let (from, free) = days_of_grade(*year);
            ground(of_year, from, Some(free));
        }
    }
    barred
}

/// From when until when the grade of a year is *last year's grade*: through the year after it. The first day that it bars
/// and the first that is free of it.
pub fn days_of_grade(year: u16) -> (Day, Day) {
    (Day::new_year(year + 1), Day::new_year(year + 2))
}

/// The acts that bars on a ground name.
fn by_bars(rules: &Rules, ground: BarGround) -> Acts {
    let of = rules.bars.iter().filter(|b| b.rule.ground == ground);
    of.fold(Acts::default(), |acts, bar| acts.or(Acts::of(&bar.rule.acts)))
}

/// A sanction or measure: its own clause says how long it lasts and what it bars, where its decision does not.
fn sanctioned(rules: &Rules, sanction: Sanction, from: Day, until: Option<Day>) -> Option<Barred> {
    let effect = rules.sanctions.iter().find(|s| s.rule.sanction == sanction);
    let ground = match sanction {
        Sanction::Admonition => BarGround::Admonition,
        Sanction::Organisational => BarGround::Organisational,
        _ => BarGround::Sanction,
    };
    let by_bar = rules.bars.iter().find(|b| b.rule.ground == ground).and_then(|b| b.rule.months);
    let months = effect.map(|e| e.rule.months).or(by_bar);
    if ground == BarGround::Sanction && months.is_none() && until.is_none() {
        return None;
    }
    let free =
        until.map(|last| last.plus_days(1)).or_else(|| months.map(|m| from.plus_months(i32::from(m)).real()));
    let acts = by_bars(rules, ground).or(effect.map_or(Acts::default(), |e| Acts::of(&e.rule.bars)));
    Some(Barred { ground, sanction: Some(sanction), from, free, acts })
}

/// Sanctions that run into one another: the first day of the first, the first day free of all.
type Run = Option<(Day, Day)>;

/// Adds a ground. A sanction laid while another runs begins to run out when that one has, but each bars what its own
/// clause says: a demotion and then a warning bar the step for the time of the demotion only.
fn add(barred: &mut Vec<Barred>, run: &mut Run, rules: &Rules, mut one: Barred, stated: bool) {
    if one.ground == BarGround::Sanction
        && let Some(free) = one.free
    {
        let before = run.filter(|(_, before)| one.from < *before);
        let mut free = free;
        if let Some((first, before)) = before
            && !stated
        {
            free = before.plus_months(free.months_since(one.from)).real();
            if let Some(cap) = rules.limit(LimitOf::SanctionTotal) {
                free = free.min(first.plus_months(cap.rule.value() as i32).real());
            }
        }
        one.free = Some(free);
        *run = Some(before.map_or((one.from, free), |(first, before)| (first, free.max(before))));
    }
    barred.push(one);
}
