//! The next ranks and posts, clause by clause.

use std::sync::Arc;

use serde::Serialize;
use takeroot_civil::{Code as _, Day, Grade, Ladder, Layer, Rank};

use super::reason::{FactUsed, Met, Nearer, Reason};
use crate::facts::Facts;
use crate::officer::{Held, Officer as _};
use crate::rule::{ActName, BarGround, Holder, LeadershipNeed};
use crate::rules::Rules;
use crate::stack::Cite;
use crate::timeline::months_full;
use crate::verdict::{
    Need, Outcome, Verdict, best_way, leadership_months, post_promotion, posts_below, rank_promotion,
    years_of,
};

/// What a promotion leads to, and every clause on the way.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Promotion {
    /// The rank or layer.
    pub to: Holder,
    /// The verdict in a word. Quotas, vacancies and procedure are not part of it.
    pub outcome: Outcome,
    /// Every clause, passed or missed.
    pub reasons: Vec<Reason>,
    /// The first day on which every clause is met, if time alone brings it: years to come taken as competent, no new
    /// fact.
    pub earliest: Option<Day>,
    /// The verdict it was unfolded from.
    #[serde(skip)]
    pub verdict: Verdict,
}

/// The next ranks on every ladder in force.
pub fn next_ranks(facts: &Facts<'_>, rules: &Rules) -> Vec<Promotion> {
    let mut next = Vec::new();
    let ranks = rules.dense.next_ranks(facts.seat());
    for ladder in rules.ladders() {
        let of_ladder = ranks.iter().filter(|to| to.ladder() == ladder);
        next.extend(of_ladder.map(|to| rank(facts, rules, to)));
    }
    next
}

/// The next leadership layer.
pub fn next_layer(facts: &Facts<'_>, rules: &Rules) -> Option<Promotion> {
    let to = match facts.layer {
        Some(layer) => layer.above()?,
        None => Layer::TownshipDeputy,
    };
    rules.leadership[to.index()].as_ref().map(|_| layer(facts, rules, to))
}

/// A rank, clause by clause.
pub fn rank(facts: &Facts<'_>, rules: &Rules, to: Rank) -> Promotion {
    let verdict = rank_promotion(rules, facts, to);
    let mut reasons = Vec::new();
    match &rules.rank_steps[to.index()] {
        None => reasons.push(Reason::new(Need::Origin, Met::No, None, FactUsed::NoRule { layer: None })),
        Some(step) => {
            match best_way(rules, &step.rule, facts) {
                None => {
                    let from = step.rule.from.clone();
                    let mut reason = Reason::new(
                        Need::Origin,
                        Met::No,
                        Some(&step.cite),
                        FactUsed::NotFrom { from: from.clone() },
                    );
                    reason.nearer.push(Nearer::First { from });
                    reasons.push(reason);
                }
                Some(years) => {
                    let held = match years.holder {
                        Holder::Rank(rank) => facts.rank_held[rank.ladder().index()][to.ladder().index()],
                        Holder::Post(_) => facts.layer_held[to.ladder().index()],
                    };
                    let fact = FactUsed::Time {
                        holder: years.holder,
                        since: held.since,
                        months: held.held.months,
                        not_counted: years.not_counted,
                        rule_months: i32::from(step.rule.years) * 12,
                        shortened: years.shortened,
                        lengthened: years.lengthened,
                        rooted: years.rooted,
                        needed: years.needed,
                        counted: years.counted,
                    };
                    let met = met(verdict, Need::Years);
                    let mut reason = Reason::new(Need::Years, met, Some(&step.cite), fact);
                    if met == Met::No {
                        reason.earliest =
                            held.since.and_then(|since| years_full(facts, rules, to, since, years.holder));
                        reason.nearer = nearer(rules, to.ladder());
                    }
                    reasons.push(reason);
                }
            }
            if let Some(wanted) = step.rule.level {
                let fact = FactUsed::Level { have: facts.grading.level, wanted };
                let mut reason = Reason::new(Need::Level, met(verdict, Need::Level), Some(&step.cite), fact);
                if reason.met == Met::No {
                    let reached = facts.grading.levels_ahead.iter().find(|(_, level)| level.reaches(wanted));
                    reason.earliest = reached.map(|(day, _)| *day);
                }
                reasons.push(reason);
            }
        }
    }
    if let Some(kind) = facts.organ_kind() {
        for top in &rules.top_ranks {
            if top.rule.organs.contains(&kind) && top.rule.rank.ladder() == to.ladder() {
                let fact = FactUsed::Ceiling { organ: kind, top: top.rule.rank };
                let here = if to > top.rule.rank { Met::No } else { Met::Yes };
                reasons.push(Reason::new(Need::Ceiling, here, Some(&top.cite), fact));
            }
        }
    }
    bars(facts, rules, ActName::RankPromotion, verdict, &mut reasons);
    finish(Holder::Rank(to), verdict, reasons)
}

/// A leadership layer, clause by clause.
pub fn layer(facts: &Facts<'_>, rules: &Rules, to: Layer) -> Promotion {
    let verdict = post_promotion(rules, facts, to);
    let mut reasons = Vec::new();
    match &rules.leadership[to.index()] {
        None => reasons.push(Reason::new(Need::Origin, Met::No, None, FactUsed::NoRule { layer: Some(to) })),
        Some(step) => {
            let wanted = u16::from(step.rule.years) * 12;
            match leadership_months(&step.rule, facts) {
                None => {
                    let mut from: Vec<Holder> = step.rule.from_post.map(Holder::Post).into_iter().collect();
                    from.extend(step.rule.from_ranks.iter().copied().map(Holder::Rank));
                    let fact = FactUsed::NotFrom { from: from.clone() };
                    let mut reason = Reason::new(Need::Origin, Met::No, Some(&step.cite), fact);
                    reason.nearer.push(Nearer::First { from });
                    reasons.push(reason);
                }
                Some(months) => {
                    let fact = FactUsed::Months { have: Some(months), wanted };
                    let mut reason =
                        Reason::new(Need::Years, met(verdict, Need::Years), Some(&step.cite), fact);
                    if reason.met == Met::No {
                        let since = step
                            .rule
                            .from_ranks
                            .iter()
                            .filter_map(|rank| facts.reached[rank.index()])
                            .chain(
                                step.rule
                                    .from_post
                                    .filter(|p| facts.layer == Some(*p))
                                    .and(facts.layer_held[Ladder::Parallel.index()].since),
                            )
                            .min();
                        reason.earliest = since.map(|s| s.plus_months(i32::from(wanted)).real());
                    }
                    reasons.push(reason);
                }
            }
            if let Some(wanted) = step.rule.education {
                let fact = FactUsed::Education { have: facts.education(), wanted };
                let mut reason =
                    Reason::new(Need::Education, met(verdict, Need::Education), Some(&step.cite), fact);
                if reason.met == Met::No {
                    reason.nearer.push(Nearer::Education { wanted });
                }
                reasons.push(reason);
            }
            for experience in rules.leadership_experience.iter().filter(|e| e.rule.from_layer <= to) {
                let wanted = u16::from(experience.rule.at_least) * 12;
                let (need, fact, full) = match experience.rule.needs {
                    LeadershipNeed::WorkYears => {
                        let have = facts.work_months();
                        let start = facts.career.person.work_start;
                        let full = start.map(|start| start.plus_months(i32::from(wanted)).real());
                        (Need::WorkYears, FactUsed::Months { have, wanted }, full)
                    }
                    LeadershipNeed::GrassrootsYears => {
                        let have = facts.grassroots_months;
                        let full = months_full(&facts.grassroots, wanted);
                        (Need::GrassrootsYears, FactUsed::Months { have, wanted }, full)
                    }
                    LeadershipNeed::PostsBelow => {
                        let have = u8::try_from(posts_below(facts, to)).unwrap_or(u8::MAX);
                        let wanted = experience.rule.at_least;
                        (Need::PostsBelow, FactUsed::Count { have, wanted }, None)
                    }
                };
                let mut reason = Reason::new(need, met(verdict, need), Some(&experience.cite), fact);
                reason.earliest = full.filter(|_| reason.met == Met::No);
                reasons.push(reason);
            }
        }
    }
    bars(facts, rules, ActName::PostPromotion, verdict, &mut reasons);
    finish(Holder::Post(to), verdict, reasons)
}

fn met(verdict: Verdict, need: Need) -> Met {
    if verdict.unmet.has(need) {
        Met::No
    } else if verdict.unknown.has(need) {
        Met::Unknown
    } else {
        Met::Yes
    }
}

/// The first day on which the years are full. Rooted service may shorten them meanwhile, and its months fill on other
/// days than those of the rank, so the month in which it happens is gone through day by day.
fn years_full(facts: &Facts<'_>, rules: &Rules, to: Rank, since: Day, holder: Holder) -> Option<Day> {
    let step = rules.rank_steps[to.index()].as_ref()?;
    let held = match holder {
        Holder::Rank(rank) => facts.rank_held[rank.ladder().index()][to.ladder().index()].held,
        Holder::Post(_) => facts.layer_held[to.ladder().index()].held,
    };
    let full = |day: Day| {
        let months = u16::try_from(day.months_since(since).max(0)).unwrap_or(u16::MAX);
        let later = Held { months, ..held };
        years_of(rules, &step.rule, holder, &later, facts.rooted_months_on(day)).missing() <= 0
    };
    let month = (1..=720)
        .map(|more| since.plus_months(i32::from(held.months) + more).real())
        .find(|day| full(*day))?;
    if rules.rooted_credit[to.ladder().index()].is_none() {
        return Some(month);
    }
    let first = month.plus_days(-31).max(facts.on.plus_days(1));
    (0..=month.days_since(first)).map(|n| first.plus_days(n)).find(|day| full(*day))
}

/// Whether the person works in a township on the day.
pub(crate) fn working_in_township(facts: &Facts<'_>) -> bool {
    match facts.timeline.away.last().filter(|a| a.span.to.is_none()) {
        Some(away) => away.place_kind.is_township() || away.place_kind == takeroot_civil::OrganKind::Village,
        None => facts.organ.is_some_and(|o| o.kind.is_township()),
    }
}

/// What shortens the years of a ladder.
fn nearer(rules: &Rules, ladder: Ladder) -> Vec<Nearer> {
    let mut nearer = Vec::new();
    if let Some(effect) = &rules.grade_effects[ladder.index()][Grade::Excellent.index()]
        && effect.rule.shortens_months > 0
    {
        let months = effect.rule.shortens_months;
        nearer.push(Nearer::ExcellentYear { months, clause: effect.cite.clone() });
    }
    if let Some(credit) = &rules.rooted_credit[ladder.index()] {
        let (per_years, months) = (credit.rule.per_years, credit.rule.months);
        nearer.push(Nearer::RootedYears { per_years, months, clause: credit.cite.clone() });
    }
    nearer
}

/// Every bar that there is for an act: those that hold, and one reason that says that the others do not.
pub(super) fn bars(
    facts: &Facts<'_>,
    rules: &Rules,
    act: ActName,
    verdict: Verdict,
    reasons: &mut Vec<Reason>,
) {
    let clause = |ground: BarGround| -> Option<Arc<Cite>> {
        let by_bar = rules.bars.iter().find(|b| b.rule.ground == ground && b.rule.acts.contains(&act));
        by_bar.map(|b| b.cite.clone())
    };
    for barred in &facts.barred {
        let need = Need::of_bar(barred.ground);
        let here = met(verdict, need);
        if here == Met::Yes {
            continue;
        }
        let by_sanction = barred.sanction.and_then(|s| rules.sanctions.iter().find(|e| e.rule.sanction == s));
        // What bars a promotion is the sanction's own clause; other acts have a clause of their own.
        let promotion = matches!(act, ActName::RankPromotion | ActName::PostPromotion);
        let by_sanction = by_sanction.filter(|_| promotion).map(|s| s.cite.clone());
        let cite = by_sanction.or_else(|| clause(barred.ground));
        let fact = FactUsed::Bar {
            ground: barred.ground,
            sanction: barred.sanction,
            from: Some(barred.from),
            free: barred.free,
        };
        let mut reason = Reason::new(need, here, cite.as_ref(), fact);
        reason.earliest = barred.free;
        reasons.push(reason);
    }
    for ground in BarGround::ALL {
        let Some(cite) = clause(*ground) else {
            continue;
        };
        if !facts.barred.iter().any(|b| b.ground == *ground) {
            let fact = FactUsed::Bar { ground: *ground, sanction: None, from: None, free: None };
            reasons.push(Reason::new(Need::of_bar(*ground), Met::Yes, Some(&cite), fact));
        }
    }
}

fn finish(to: Holder, verdict: Verdict, reasons: Vec<Reason>) -> Promotion {
    let mut earliest = None;
    let mut by_time = true;
    for reason in reasons.iter().filter(|r| r.met != Met::Yes) {
        match reason.earliest {
            Some(day) if reason.met == Met::No => earliest = earliest.max(Some(day)),
            _ => by_time = false,
        }
    }
    let earliest = earliest.filter(|_| by_time);
    Promotion { to, outcome: verdict.outcome(), reasons, earliest, verdict }
}
