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
    let mut investigated: Option<Day> = None;
    for event in &timeline.events {
        let from = event.dates.effective;
        match &event.fact {
            Fact::Sanctioned { sanction, until } => {
                if let Some(one) = sanctioned(rules, *sanction, from, *until) {
                    add(&mut barred, rules, one, until.is_some());
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
            ground(of_year, Day::new_year(year + 1), Some(Day::new_year(year + 2)));
        }
    }
    barred
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

/// Adds a ground; a sanction that begins while another runs joins it.
fn add(barred: &mut Vec<Barred>, rules: &Rules, one: Barred, stated: bool) {
    let last = barred.iter_mut().rfind(|b| b.ground == BarGround::Sanction);
    let running =
        last.filter(|b| one.ground == BarGround::Sanction && b.free.is_some_and(|free| one.from < free));
    let Some(before) = running else {
        barred.push(one);
        return;
    };
    let months = one.free.map_or(0, |free| free.months_since(one.from));
    let added = if stated { one.free } else { before.free.map(|free| free.plus_months(months).real()) };
    let cap = rules.limit(LimitOf::SanctionTotal).map(|l| l.rule.value() as i32);
    let most = cap.map(|months| before.from.plus_months(months).real());
    let free = match (added, most) {
        (Some(added), Some(most)) if !stated => Some(added.min(most)),
        (added, _) => added,
    };
    *before = Barred {
        from: before.from,
        free: free.max(one.free).max(before.free),
        acts: before.acts.or(one.acts),
        ..one
    };
}
