//! The engine's standing beside the plain one: every difference with its aspect.

use std::collections::HashMap;

use takeroot_civil::*;
use takeroot_policy::rule::*;
use takeroot_policy::standing::Promotion;
use takeroot_policy::standing::pay::Amount;
use takeroot_policy::standing::reason::FactUsed;
use takeroot_policy::verdict::{open_selection, post_promotion, rank_promotion};
use takeroot_policy::{Facts, Outcome, Rules, Standing, Verdict};

use super::life::*;

pub type Fault = (&'static str, String);

fn differ<T: PartialEq + std::fmt::Debug>(
    out: &mut Vec<Fault>,
    aspect: &'static str,
    what: &str,
    engine: T,
    plain: T,
) {
    if engine != plain {
        out.push((aspect, format!("{what} engine {engine:?}, plain {plain:?}")));
    }
}

/// One need of a verdict: met, unmet or unknown.
fn bits(out: &mut Vec<Fault>, what: &str, engine: Verdict, plain: Verdict) {
    let state = |v: &Verdict, need| (v.unmet.has(need), v.unknown.has(need));
    for need in takeroot_policy::Need::ALL {
        let (e, p) = (state(&engine, need), state(&plain, need));
        if e != p {
            let aspect = NEEDS[need as usize];
            let word = |s: (bool, bool)| match s {
                (true, _) => "unmet",
                (_, true) => "unknown",
                _ => "met",
            };
            out.push((aspect, format!("{what} {need:?}: engine {}, plain {}", word(e), word(p))));
        }
    }
}

const NEEDS: [&str; 19] = [
    "need origin",
    "need years",
    "need level",
    "need ceiling",
    "need education",
    "need work years",
    "need grassroots years",
    "need posts below",
    "need service years",
    "need grades",
    "need term served",
    "need no sanction",
    "need no admonition",
    "need no organisational",
    "need no investigation",
    "need no probation",
    "need no basic year",
    "need no incompetent year",
    "need allowed",
];

/// Every difference between the engine's standing and the plain one.
pub fn compare(career: &Career, organs: &HashMap<&OrganId, &Organ>, rules: &Rules) -> Vec<Fault> {
    let mut out = Vec::new();
    let on = rules.on;
    let life = Life::of(career, organs, rules);
    let state = life.at(on).clone();
    let facts = Facts::of(career, organs, rules);
    let standing = Standing::of(career, organs, rules);

    differ(&mut out, "in service", "", standing.in_service, state.in_service);
    differ(&mut out, "left", "", standing.left, state.left);
    differ(&mut out, "rooted months", "", i32::from(standing.rooted_months), life.rooted_months(on));
    differ(
        &mut out,
        "grassroots months",
        "",
        standing.grassroots_months.map(i32::from),
        life.grassroots_months(on),
    );
    differ(
        &mut out,
        "grades",
        "",
        standing.grades.clone(),
        life.grades.iter().map(|(y, g)| (*y, *g)).collect(),
    );
    if !standing.in_service || !state.in_service {
        return out;
    }
    differ(&mut out, "layer", "", standing.layer, state.layer);
    for held in &standing.ranks {
        let plain = state.ranks[held.ladder.index()];
        differ(
            &mut out,
            "rank held",
            "",
            (Some(held.rank), Some(held.since), held.converted),
            (plain.map(|p| p.rank), plain.map(|p| p.since), plain.is_some_and(|p| p.converted)),
        );
    }
    for ladder in rules.ladders() {
        let missing =
            state.ranks[ladder.index()].is_some() && !standing.ranks.iter().any(|r| r.ladder == ladder);
        differ(&mut out, "rank held", &format!("{ladder} missing"), missing, false);
    }
    if let Some(probation) = &standing.probation {
        differ(&mut out, "probation", "", probation.running, life.on_probation(on));
    } else {
        differ(&mut out, "probation", "missing", false, state.in_service && life.on_probation(on));
    }

    // Verdicts.
    for to in Rank::ALL {
        bits(&mut out, &format!("rank {to}"), rank_promotion(rules, &facts, *to), life.may_rank(*to, on));
    }
    for to in Layer::ALL {
        bits(&mut out, &format!("post {to}"), post_promotion(rules, &facts, *to), life.may_post(*to, on));
    }
    bits(&mut out, "open selection", open_selection(rules, &facts), life.may_be_selected(on));
    for promotion in standing.next_ranks.iter().chain(&standing.next_layer) {
        earliest(&mut out, &life, promotion);
        reasons(&mut out, &life, promotion);
    }

    // Terms and acts.
    let mut terms: Vec<String> = standing
        .terms
        .iter()
        .map(|t| {
            format!(
                "{:?} {} years {:?} from {} running {} until {:?} missed {}",
                t.clause.as_ref().map(|c| &c.id),
                t.years,
                t.served_in,
                t.from,
                t.running,
                t.until.map(Day::real),
                t.days_not_counted
            )
        })
        .collect();
    let mut plain: Vec<String> = if standing.in_service { life.terms(on) } else { Vec::new() }
        .iter()
        .map(|t| {
            format!(
                "{:?} {} years {:?} from {} running {} until {:?} missed {}",
                t.clause.as_ref(),
                t.years,
                t.served_in,
                t.from,
                t.running,
                t.until,
                t.not_counted
            )
        })
        .collect();
    terms.sort();
    plain.sort();
    differ(&mut out, "terms", "", &terms, &plain);
    for act in &standing.acts {
        let plain = life.act(act.act, on);
        differ(&mut out, "acts", &format!("{} {:?}", act.act, plain), act.outcome, plain.outcome());
    }

    // Levels and pay.
    let grading = life.grading(on);
    let g = &standing.grading;
    differ(
        &mut out,
        "level and step",
        "",
        (g.level, g.step, g.recorded),
        (grading.level, grading.step, grading.recorded),
    );
    differ(
        &mut out,
        "next rises",
        &format!("{:?}", (g.level, g.step)),
        (g.next_level, g.next_step, g.at_top),
        (grading.next_level, grading.next_step, grading.at_top),
    );
    let plain = if standing.in_service { life.pay(on) } else { Vec::new() };
    for line in &standing.pay.lines {
        let engine = match &line.amount {
            Amount::Known(fen) => Ok(Some(fen.0)),
            Amount::NotDue => Ok(None),
            Amount::Unknown(_) => Err(()),
        };
        let kind = format!("{:?}", line.kind);
        let mine = plain.iter().find(|p| {
            p.0 == line.kind
                || matches!(
                    (p.0, line.kind),
                    (
                        takeroot_policy::standing::pay::PayLineKind::Base(_),
                        takeroot_policy::standing::pay::PayLineKind::Base(_)
                    )
                )
        });
        if let Some(mine) = mine {
            let aspect = match line.kind {
                takeroot_policy::standing::pay::PayLineKind::Base(_) => "pay base",
                takeroot_policy::standing::pay::PayLineKind::Level => "pay level",
                takeroot_policy::standing::pay::PayLineKind::Allowance(_) => "pay allowance",
                _ => "pay other",
            };
            differ(&mut out, aspect, &format!("{kind} / {:?}: {:?}", mine.0, line.amount), engine, mine.1);
        }
    }
    for mine in &plain {
        let there = standing
            .pay
            .lines
            .iter()
            .any(|l| std::mem::discriminant(&l.kind) == std::mem::discriminant(&mine.0));
        differ(&mut out, "pay line missing", &format!("{:?}", mine), there, true);
    }

    // Leave, training, retirement.
    if standing.in_service {
        differ(
            &mut out,
            "annual leave",
            "",
            standing
                .leave
                .as_ref()
                .map(|l| (l.days, l.taken_half_days, l.lost.is_some(), l.next.map(|n| (n.0.real(), n.1)))),
            life.annual_leave(on),
        );
        let t = &standing.training;
        differ(
            &mut out,
            "training",
            "",
            (t.days, t.hours, t.off_job_days, t.online_hours),
            life.training(on),
        );
    }
    differ(
        &mut out,
        "retirement",
        "",
        standing.retirement.as_ref().map(|r| (r.day.real(), r.age_months)),
        life.retirement(),
    );
    out
}

/// What the plain evaluation says of a promotion.
fn may(life: &Life<'_>, to: Holder, on: Day) -> Verdict {
    match to {
        Holder::Rank(rank) => life.may_rank(rank, on),
        Holder::Post(layer) => life.may_post(layer, on),
    }
}

/// The first day on which a promotion passes with no new fact and competent years: it passes on that day, not on the
/// day before, and where there is none it does not pass in sixty years.
fn earliest(out: &mut Vec<Fault>, life: &Life<'_>, promotion: &Promotion) {
    let on = life.known;
    let plain = may(life, promotion.to, on);
    differ(out, "outcome", &format!("{:?}", promotion.to), promotion.outcome, plain.outcome());
    if promotion.verdict != plain {
        return;
    }
    let to = promotion.to;
    match promotion.earliest.map(Day::real) {
        Some(day) if day > on => {
            let (before, then) = (may(life, to, day.plus_days(-1)), may(life, to, day));
            if !then.eligible() {
                out.push(("earliest day", format!("{to:?} engine {day}, but then plain {then:?}")));
            }
            if before.eligible() {
                out.push(("earliest day", format!("{to:?} engine {day}, but plain passes the day before")));
            }
        }
        Some(day) => differ(
            out,
            "earliest day",
            &format!("{to:?} {day} not to come"),
            plain.outcome(),
            Outcome::Eligible,
        ),
        None if plain.outcome() == Outcome::Eligible => {}
        None => {
            let far = on.plus_years(60).real();
            let then = may(life, to, far);
            if then.eligible() {
                out.push((
                    "earliest day",
                    format!("{to:?} engine never, plain now {plain:?}, in sixty years passes"),
                ));
            }
        }
    }
}

/// The arithmetic that a promotion shows.
fn reasons(out: &mut Vec<Fault>, life: &Life<'_>, promotion: &Promotion) {
    let Holder::Rank(to) = promotion.to else {
        return;
    };
    let Some(step) = &life.rules.rank_steps[to.index()] else {
        return;
    };
    let rooted = if life.rules.rooted_credit[to.ladder().index()].is_some() {
        life.rooted_months(life.known)
    } else {
        0
    };
    for reason in &promotion.reasons {
        if let FactUsed::Time {
            holder,
            since,
            months,
            not_counted,
            shortened,
            lengthened,
            rooted: credit,
            needed,
            counted,
            ..
        } = &reason.fact
        {
            let Some(plain) = life.time(&step.rule, *holder, life.known, rooted) else {
                out.push(("arithmetic", format!("{holder:?} held by the engine only")));
                continue;
            };
            differ(
                out,
                "arithmetic",
                &format!(
                    "{to} from {holder:?} (since, months, not counted, shortened, lengthened, rooted, needed, counted)"
                ),
                (
                    *since,
                    i32::from(*months),
                    *not_counted,
                    *shortened,
                    *lengthened,
                    *credit,
                    *needed,
                    *counted,
                ),
                (
                    Some(plain.since),
                    plain.months,
                    plain.not_counted,
                    plain.shortened,
                    plain.lengthened,
                    plain.rooted,
                    plain.needed,
                    plain.counted,
                ),
            );
        }
    }
}
