//! `takeroot explain`: one person's standing in words, clause by clause.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use takeroot_civil::Code as _;
use takeroot_policy::standing::{Met, Promotion, Reason, months};
use takeroot_policy::{Rules, Standing};
use takeroot_words::{Lang, Say as _};

use super::standing::{Under, heading, tell_faults};
use crate::cli::Context;
use crate::words::say;
use crate::{library, load, out};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "FILE|DIR")]
    path: PathBuf,

    #[arg(long, value_name = "ID")]
    person: String,

    #[command(flatten)]
    under: Under,
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let policies = library::load(ctx)?;
    let loaded = load::roster(ctx, &args.path)?;
    let (on, spec) = args.under.spec(ctx, &loaded)?;
    let stack = library::stack(ctx, &policies, spec)?;
    let rules = Rules::at(&stack, on);
    let career = loaded.person(ctx, &args.person)?;
    let standing = Standing::of(career, &loaded.roster.organ_index(), &rules).told(ctx.lang);
    let mut said = heading(ctx, &loaded, &stack, on);
    tell(&standing, ctx.lang, &mut said);
    out::print(&said)?;
    Ok(tell_faults(ctx, &loaded))
}

/// Adds a line.
macro_rules! line {
    ($said:expr, $($text:tt)*) => { let _ = writeln!($said, $($text)*); };
}

fn tell(standing: &Standing, lang: Lang, said: &mut String) {
    who(standing, lang, said);
    for promotion in &standing.next_ranks {
        tell_promotion(promotion, lang, said);
    }
    if let Some(promotion) = &standing.next_layer {
        tell_promotion(promotion, lang, said);
    }
    service(standing, lang, said);
    pay(standing, lang, said);
    rest(standing, lang, said);
    line!(said, "\n{}", say!(lang, "explain-assumptions"));
    for assumption in &standing.assumptions {
        line!(said, "  · {assumption}");
    }
}

fn who(standing: &Standing, lang: Lang, said: &mut String) {
    line!(said, "\n{}  {}", standing.name, standing.person);
    if let Some((day, why)) = standing.left {
        line!(said, "{}", say!(lang, "explain-left", why = why.name(lang), day = day.to_string()));
    }
    if let Some(organ) = &standing.organ {
        line!(said, "{}", say!(lang, "explain-organ", organ = organ.as_str()));
    }
    if let Some(away) = &standing.away {
        line!(said, "{}", say!(lang, "explain-away", place = away.as_str()));
    }
    if let Some((layer, since)) = standing.layer {
        line!(said, "{}", say!(lang, "explain-layer", layer = layer.name(lang), since = since.to_string()));
    }
    for rank in &standing.ranks {
        let text = say!(lang, "explain-rank", rank = rank.rank.name(lang), since = rank.since.to_string());
        let converted = if rank.converted { say!(lang, "explain-converted") } else { String::new() };
        line!(said, "{text}{converted}");
    }
    if let Some(probation) = standing.probation.as_ref().filter(|p| p.running) {
        line!(
            said,
            "{}{}",
            say!(lang, "explain-probation", until = probation.until.to_string()),
            probation.clause.say(lang)
        );
        if let Some((rank, level)) = probation.first_rank {
            line!(
                said,
                "{}",
                say!(lang, "explain-first-rank", rank = rank.name(lang), level = u32::from(level.get()))
            );
        }
    }
    for lock in &standing.lock_outs {
        let what = lock.sanction.map_or(lock.ground.name(lang), |s| s.name(lang));
        let free = lock.free.map_or_else(|| say!(lang, "explain-no-end"), |d| d.to_string());
        let clause = lock.clause.as_ref().map(|c| c.say(lang)).unwrap_or_default();
        line!(
            said,
            "{}{clause}",
            say!(lang, "explain-locked", what = what, from = lock.from.to_string(), free = free)
        );
    }
}

fn tell_promotion(promotion: &Promotion, lang: Lang, said: &mut String) {
    let earliest = match promotion.earliest {
        Some(day) => say!(lang, "explain-earliest", day = day.to_string()),
        None if promotion.verdict.eligible() => String::new(),
        None => say!(lang, "explain-not-by-time"),
    };
    line!(
        said,
        "\n{}{earliest}",
        say!(lang, "explain-promotion", to = promotion.to.say(lang), outcome = promotion.outcome.say(lang))
    );
    reasons(&promotion.reasons, lang, said);
}

fn reasons(reasons: &[Reason], lang: Lang, said: &mut String) {
    for reason in reasons {
        let mark = match reason.met {
            Met::Yes => "✔",
            Met::No => "✘",
            Met::Unknown => "?",
        };
        line!(said, "  {mark} {}", reason.text.clone().unwrap_or_else(|| reason.say(lang)));
    }
}

fn service(standing: &Standing, lang: Lang, said: &mut String) {
    line!(said, "\n{}", say!(lang, "explain-service"));
    if standing.terms.is_empty() {
        line!(said, "  {}", say!(lang, "explain-no-term"));
    }
    for term in &standing.terms {
        let clause = term.clause.as_ref().map_or_else(|| say!(lang, "explain-own-term"), |c| c.say(lang));
        let place = term.served_in.name(lang);
        let text = match (term.running, term.until) {
            (true, Some(until)) => {
                say!(
                    lang,
                    "explain-term",
                    years = u32::from(term.years),
                    place = place,
                    until = until.to_string()
                )
            }
            (true, None) => say!(lang, "explain-term-paused", years = u32::from(term.years), place = place),
            (false, _) => say!(lang, "explain-term-served", years = u32::from(term.years), place = place),
        };
        line!(said, "  {text}{clause}");
        if term.days_not_counted > 0 {
            line!(said, "    {}", say!(lang, "explain-not-counted", days = term.days_not_counted));
        }
    }
    for act in &standing.acts {
        let earliest =
            act.earliest.map(|d| say!(lang, "explain-earliest", day = d.to_string())).unwrap_or_default();
        line!(
            said,
            "  {}{earliest}",
            say!(lang, "explain-act", act = act.act.name(lang), outcome = act.outcome.say(lang))
        );
        for reason in act.reasons.iter().filter(|r| r.met != Met::Yes) {
            line!(said, "    ✘ {}", reason.text.clone().unwrap_or_else(|| reason.say(lang)));
        }
    }
}

fn pay(standing: &Standing, lang: Lang, said: &mut String) {
    line!(said, "\n{}", say!(lang, "explain-pay"));
    let g = &standing.grading;
    let number = |n: Option<u8>| n.map_or("?".to_owned(), |n| n.to_string());
    line!(
        said,
        "  {}",
        say!(
            lang,
            "explain-grading",
            level = number(g.level.map(|l| l.get())),
            step = number(g.step.map(|s| s.get()))
        )
    );
    if g.reckoned {
        line!(said, "    {}", say!(lang, "explain-reckoned"));
    }
    for (day, id) in [(g.next_step, true), (g.next_level, false)] {
        if let Some(day) = day {
            let day = day.to_string();
            let text = if id {
                say!(lang, "explain-next-step", day = day)
            } else {
                say!(lang, "explain-next-level", day = day)
            };
            line!(said, "    {text}");
        }
    }
    if g.at_top {
        line!(said, "    {}", say!(lang, "explain-at-top"));
    }
    for pay in &standing.pay.lines {
        let clause = pay.clause.as_ref().map(|c| c.say(lang)).unwrap_or_default();
        line!(said, "  {}{}{}{clause}", pay.kind.say(lang), lang.pick("：", ": "), pay.amount.say(lang));
    }
    let known = standing.pay.known_monthly.to_string();
    let total = if standing.pay.complete {
        say!(lang, "explain-total", known = known)
    } else {
        say!(lang, "explain-total-partial", known = known)
    };
    line!(said, "  {total}");
}

fn rest(standing: &Standing, lang: Lang, said: &mut String) {
    line!(said, "\n{}", say!(lang, "explain-rest"));
    if let Some(leave) = &standing.leave {
        let days = leave.days.map_or("?".to_owned(), |d| d.to_string());
        let taken = format!("{}", f64::from(leave.taken_half_days) / 2.0);
        line!(
            said,
            "  {}{}",
            say!(lang, "explain-leave", days = days, taken = taken),
            leave.clause.say(lang)
        );
        if let Some(lost) = &leave.lost {
            line!(said, "    {}{}", say!(lang, "explain-leave-lost"), lost.say(lang));
        }
    }
    let t = &standing.training;
    let wanted = |n: Option<u32>| n.map_or("—".to_owned(), |n| n.to_string());
    line!(
        said,
        "  {}",
        say!(
            lang,
            "explain-training",
            days = t.days,
            hours = t.hours,
            wanted_days = wanted(t.wanted_days),
            wanted_hours = wanted(t.wanted_hours),
            missing = wanted(t.missing_days)
        )
    );
    if let Some(off_job) = t.wanted_off_job {
        line!(said, "    {}", say!(lang, "explain-off-job", days = t.off_job_days, wanted = off_job));
    }
    line!(said, "  {}", say!(lang, "explain-rooted", time = months(lang, i32::from(standing.rooted_months))));
    match &standing.retirement {
        Some(r) => {
            let text = say!(
                lang,
                "explain-retirement",
                day = r.day.to_string(),
                years = i32::div_euclid(r.age_months, 12),
                months = i32::rem_euclid(r.age_months, 12),
                later = r.later_by_months
            );
            line!(said, "  {text}{}", r.clause.say(lang));
        }
        None => {
            line!(said, "  {}", say!(lang, "explain-no-retirement"));
        }
    }
}
