//! What can be wrong with a rule's own figures: a table without a row, a range turned round, a zero that divides.

use std::collections::HashSet;
use std::fmt::Display;

use takeroot_civil::{Ladder, Level, Rank};

use crate::fault::TableFault;
use crate::rule::{Holder, LevelPay, Limit, Rule};
use crate::rules::STEPS;

/// A fault of a rule.
pub(super) enum Wrong {
    /// A figure without a bound.
    NoBound,
    /// Anything else.
    Table(TableFault),
}

/// The faults of a rule.
pub(super) fn faults(rule: &Rule) -> Vec<Wrong> {
    let mut wrong: Vec<Wrong> = Vec::new();
    let mut add = |why: TableFault| wrong.push(Wrong::Table(why));
    empty(rule, &mut add);
    zero(rule, &mut add);
    match rule {
        Rule::Limit(limit) => match bounds(limit) {
            Some(Bounds::None) => return vec![Wrong::NoBound],
            Some(Bounds::Turned(low, high)) => add(TableFault::BoundsTurned { low, high }),
            Some(Bounds::Two) => add(TableFault::TwoBounds),
            None => {}
        },
        Rule::EntryAge(r) => {
            for high in [r.max, r.max_fresh_postgraduate].into_iter().flatten() {
                if high < r.min {
                    add(TableFault::BoundsTurned { low: r.min.into(), high: high.into() });
                }
            }
        }
        Rule::LevelPay(pay) => level_pay(pay, &mut add),
        Rule::PostPay(pay) => {
            twice(pay.leading.iter().map(|r| r.layer), &mut add);
            twice(pay.non_leading.iter().map(|r| r.rank), &mut add);
        }
        Rule::RankPay(pay) => twice(pay.rows.iter().map(|r| r.rank), &mut add),
        Rule::LevelRange(r) if r.lowest.get() < r.highest.get() => add(TableFault::RangeTurned),
        Rule::Quota(r) if r.per_mille > 1000 => add(TableFault::MoreThanWhole(r.per_mille)),
        Rule::Reserve(r) if r.per_mille > 1000 => add(TableFault::MoreThanWhole(r.per_mille)),
        Rule::Deduction(r) if r.per_mille > 1000 => add(TableFault::MoreThanWhole(r.per_mille)),
        Rule::Preference(r) => {
            if let Some(share) = r.share_percent.filter(|share| *share > 100) {
                add(TableFault::MoreThanWhole(u16::from(share) * 10));
            }
        }
        Rule::RankStep(step) => {
            for holder in &step.from {
                if let Holder::Rank(rank) = holder
                    && !leads_to(*rank, step.to.ladder())
                {
                    add(wrong_ladder(*rank, step.to.ladder()));
                }
            }
            twice(step.from.iter(), &mut add);
        }
        Rule::InitialGrade(r) if r.rank.ladder() != r.ladder => add(wrong_ladder(r.rank, r.ladder)),
        Rule::AnnualLeave(r) => rising(r.bands.iter().map(|b| b.from_years), &mut add),
        Rule::AnnualLeaveLost(r) => rising(r.sick.iter().map(|b| b.from_years), &mut add),
        Rule::Retirement(r) => {
            if r.end_age_months < r.age_months {
                add(TableFault::AgeFalls { from: r.age_months, to: r.end_age_months });
            } else if r.end_age_months > r.age_months {
                if r.one_month_per == 0 {
                    add(TableFault::Zero("one-month-per"));
                }
                if r.starts.is_none() {
                    add(TableFault::NoStart);
                }
            }
        }
        _ => {}
    }
    wrong
}

/// Whether time in a rank can count towards a rank of a ladder: of the same one, or of the non-leading posts beside
/// which the county ranks of 2015 stood.
fn leads_to(rank: Rank, ladder: Ladder) -> bool {
    rank.ladder() == ladder || (ladder == Ladder::CountyRanks && rank.ladder() == Ladder::NonLeading)
}

fn wrong_ladder(rank: Rank, ladder: Ladder) -> TableFault {
    TableFault::WrongLadder { rank: rank.to_string(), ladder: ladder.to_string() }
}

/// What is wrong with the bounds of a figure.
enum Bounds {
    None,
    Turned(u32, u32),
    Two,
}

fn bounds(limit: &Limit) -> Option<Bounds> {
    match (limit.at_least, limit.at_most, limit.exactly) {
        (None, None, None) => Some(Bounds::None),
        (Some(low), Some(high), None) if low > high => Some(Bounds::Turned(low, high)),
        (Some(_), _, Some(_)) | (_, Some(_), Some(_)) => Some(Bounds::Two),
        _ => None,
    }
}

/// A level pay table has every level once, each with steps that the engine's table can hold.
fn level_pay(pay: &LevelPay, add: &mut impl FnMut(TableFault)) {
    let most = u8::try_from(STEPS - 1).unwrap_or(u8::MAX);
    for row in &pay.rows {
        if row.steps == 0 || row.steps > most {
            add(TableFault::Steps { level: row.level.get(), steps: row.steps, most });
        }
    }
    twice(pay.rows.iter().map(|r| r.level), add);
    if pay.rows.is_empty() {
        return;
    }
    for level in Level::HIGHEST.get()..=Level::LOWEST.get() {
        if !pay.rows.iter().any(|r| r.level.get() == level) {
            add(TableFault::LevelMissing(level));
        }
    }
}

fn twice<T: Eq + std::hash::Hash + Display>(keys: impl Iterator<Item = T>, add: &mut impl FnMut(TableFault)) {
    let mut seen = HashSet::new();
    for key in keys {
        let name = key.to_string();
        if !seen.insert(key) {
            add(TableFault::RowTwice(name));
        }
    }
}

fn rising(years: impl Iterator<Item = u8>, add: &mut impl FnMut(TableFault)) {
    let years: Vec<u8> = years.collect();
    if years.windows(2).any(|pair| pair[0] >= pair[1]) {
        add(TableFault::BandsUnordered);
    }
}

/// Lists and tables that must not be empty.
fn empty(rule: &Rule, add: &mut impl FnMut(TableFault)) {
    let field = match rule {
        Rule::List(r) if r.items.is_empty() => "items",
        Rule::Procedure(r) if r.steps.is_empty() => "steps",
        Rule::EntryWaiver(r) if r.of.is_empty() => "of",
        Rule::RankStep(r) if r.from.is_empty() => "from",
        Rule::PromotionBar(r) if r.acts.is_empty() => "acts",
        Rule::Quota(r) if r.organs.is_empty() => "organs",
        Rule::Quota(r) if r.group.is_empty() => "group",
        Rule::TopRank(r) if r.organs.is_empty() => "organs",
        Rule::LeadershipStep(r) if r.from_post.is_none() && r.from_ranks.is_empty() => "from-ranks",
        Rule::LevelPay(r) if r.rows.is_empty() => "rows",
        Rule::PostPay(r) if r.leading.is_empty() && r.non_leading.is_empty() => "leading",
        Rule::RankPay(r) if r.rows.is_empty() => "rows",
        Rule::YearEndBonus(r) if r.grades.is_empty() => "grades",
        Rule::Allowance(r) if r.rows.is_empty() => "rows",
        Rule::AnnualLeave(r) if r.bands.is_empty() => "bands",
        Rule::AnnualLeaveLost(r) if r.sick.is_empty() => "sick",
        Rule::Grassroots(r) if r.organs.is_empty() && r.work.is_empty() => "organs",
        Rule::Pool(r) if r.channels.is_empty() && r.work.is_empty() && r.others.is_empty() => "channels",
        Rule::TaskKind(r) if r.members.is_empty() => "members",
        Rule::Holiday(r) if r.of.is_empty() => "of",
        _ => return,
    };
    add(TableFault::NoRows(field));
}

/// Figures by which the engine divides or steps.
fn zero(rule: &Rule, add: &mut impl FnMut(TableFault)) {
    let field = match rule {
        Rule::StepRise(r) if r.every_years == 0 => "every-years",
        Rule::LevelRise(r) if r.every_years == 0 => "every-years",
        Rule::RootedCredit(r) if r.per_years == 0 => "per-years",
        _ => return,
    };
    add(TableFault::Zero(field));
}
