//! Ranks over time: those recorded, and what the conversion of ranks made of them.

use takeroot_civil::{Code as _, Day, Fact, Ladder, Rank};

use crate::rules::Rules;
use crate::timeline::Timeline;

/// A rank held from a day on, until the next one of its ladder.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankHeld {
    /// The rank.
    pub rank: Rank,
    /// The day on which it was given.
    pub from: Day,
    /// The day from which time in it counts.
    pub since: Day,
    /// It was not recorded but follows from the conversion of ranks.
    pub converted: bool,
}

/// The ranks of a career in the order in which they were given.
#[derive(Clone, Debug, Default)]
pub struct RankHistory(Vec<RankHeld>);

impl RankHistory {
    /// The ranks of a career, as the rules see them.
    pub fn of(timeline: &Timeline<'_>, rules: &Rules, on: Day) -> RankHistory {
        let keeps =
            rules.counting[Ladder::Parallel.index()].as_ref().is_some_and(|c| c.rule.conversion_keeps_time);
        let mut history = RankHistory::default();
        for event in timeline.serving_events() {
            let Fact::Ranked { rank } = &event.fact else { continue };
            history.convert(rules, keeps, event.dates.effective);
            let counted = event.dates.counted_from;
            match history.0.iter_mut().rev().find(|held| held.rank.ladder() == rank.ladder()) {
                // A rank recorded again (a transfer, a correction of the list, the conversion itself) does not start
                // its time anew; a day that the record of a conversion states holds.
                Some(held) if held.rank == *rank => {
                    if held.converted && held.from == event.dates.effective {
                        held.since = counted.unwrap_or(held.since);
                    }
                    held.converted = false;
                }
                _ => history.0.push(RankHeld {
                    rank: *rank,
                    from: event.dates.effective,
                    since: event.dates.counts(),
                    converted: false,
                }),
            }
        }
        history.convert(rules, keeps, on);
        history
    }

    /// Converts the rank of the old ladder, once its day has come and nothing of the new ladder is there.
    fn convert(&mut self, rules: &Rules, keeps: bool, until: Day) {
        if self.last(Ladder::Parallel).is_some() {
            return;
        }
        let Some(old) = self.last(Ladder::NonLeading) else { return };
        let Some(conversion) = &rules.conversions[old.rank.index()] else { return };
        let Some(day) = conversion.cite.from.filter(|day| *day <= until && old.from < *day) else { return };
        let since = if keeps { old.since } else { day };
        self.0.push(RankHeld { rank: conversion.rule.to, from: day, since, converted: true });
    }

    /// The last rank of a ladder.
    pub fn last(&self, ladder: Ladder) -> Option<RankHeld> {
        self.0.iter().rev().find(|held| held.rank.ladder() == ladder).copied()
    }

    /// The rank of a ladder held on a day.
    pub fn on(&self, ladder: Ladder, day: Day) -> Option<RankHeld> {
        self.0.iter().rev().find(|held| held.rank.ladder() == ladder && held.from <= day).copied()
    }

    /// The rank held on each ladder. Under the law of a day before the present ladder, a present rank stands for the old
    /// one that became it.
    pub fn held(&self, rules: &Rules) -> [Option<RankHeld>; 3] {
        let mut ranks = [None; 3];
        for ladder in Ladder::ALL {
            ranks[ladder.index()] = self.last(*ladder);
        }
        let (old, new) = (Ladder::NonLeading.index(), Ladder::Parallel.index());
        let old_law = rules.rank_steps.iter().flatten().any(|s| s.rule.to.ladder() == Ladder::NonLeading);
        if old_law && let Some(now) = ranks[new] {
            ranks[old] = stands_for(rules, now.rank)
                .map(|rank| match ranks[old] {
                    Some(before) if before.rank >= rank => before,
                    _ => RankHeld { rank, converted: true, ..now },
                })
                .or(ranks[old]);
        }
        ranks
    }

    /// When each rank, or one that was converted to it, or a higher one, was first held and not lost since.
    pub fn reached(&self, rules: &Rules) -> [Option<Day>; Rank::COUNT] {
        let mut reached: [Option<Day>; Rank::COUNT] = [None; Rank::COUNT];
        let mut hold = |rank: Rank, since: Day| {
            for other in Rank::ALL.iter().filter(|o| o.ladder() == rank.ladder()) {
                let at = &mut reached[other.index()];
                *at = if *other <= rank { at.or(Some(since)) } else { None };
            }
        };
        for held in &self.0 {
            let conversion = rules.conversions[held.rank.index()].as_ref();
            // Time in the old rank counts towards what the old rank became, while the old ladder held.
            if let Some(conversion) = conversion.filter(|c| c.cite.from.is_none_or(|day| held.from < day)) {
                hold(conversion.rule.to, held.since);
            }
            if !(held.converted && self.0.iter().any(|old| becomes(rules, old.rank) == Some(held.rank))) {
                hold(held.rank, held.since);
            }
        }
        reached
    }
}

fn becomes(rules: &Rules, old: Rank) -> Option<Rank> {
    rules.conversions[old.index()].as_ref().map(|c| c.rule.to)
}

/// The highest rank of the 2008 ladder that converts to a rank not above this one of the 2019 ladder.
fn stands_for(rules: &Rules, rank: Rank) -> Option<Rank> {
    Rank::ALL.iter().copied().filter(|old| becomes(rules, *old).is_some_and(|new| new <= rank)).max()
}
