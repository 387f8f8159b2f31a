//! What a comparison hangs on, and packages side by side, as tables on the terminal.

use takeroot_lab::Assumptions;
use takeroot_lab::measure::{Figure, Unit};
use takeroot_lab::search::{Package, Search};
use takeroot_lab::sense::{Outcome, Sensitivity};
use takeroot_lab::sensitivity::sobol::Index;
use takeroot_lab::told::{difference, figure, interval, number};
use takeroot_words::{Lang, Say as _};

use super::told::{named, titled};
use crate::cli::Context;
use crate::words::say;

/// Factors of the screening that are shown: those that move the outcome, and no more than these.
const SHOWN: usize = 15;

/// What a comparison hangs on.
pub fn sensitivity(ctx: &Context, found: &Sensitivity, assumptions: &Assumptions) -> String {
    let lang = ctx.lang;
    let name = |id: &str| name(id, assumptions, lang);
    let mut said = String::new();
    for outcome in &found.outcomes {
        said.push_str(&screening(outcome, &name, lang));
        if !outcome.shares.is_empty() {
            said.push_str(&shares(outcome, &name, lang));
        }
    }
    said.push_str(&format!("\n{}\n", say!(lang, "lab-sense-read")));
    if !found.kept.is_empty() {
        said.push_str(&say!(
            lang,
            "lab-sense-shares-read",
            kept = found.kept.len().to_string(),
            rows = found.plan.rows.to_string()
        ));
        said.push('\n');
    }
    for covered in &found.covered {
        said.push_str(&say!(lang, "lab-sense-covered", lever = name(&covered.lever), by = name(covered.by)));
        said.push('\n');
    }
    said
}

fn screening(outcome: &Outcome, name: &dyn Fn(&str) -> String, lang: Lang) -> String {
    let unit = outcome.unit;
    let mut rows = vec![vec![
        say!(lang, "lab-sense-factor"),
        say!(lang, "lab-sense-mu"),
        say!(lang, "lab-sense-mu-star"),
        say!(lang, "lab-sense-sigma"),
        say!(lang, "lab-sense-beyond"),
    ]];
    let moving = outcome.screening.iter().filter(|s| s.effect.mu_star > 0.0);
    for s in moving.clone().take(SHOWN) {
        rows.push(vec![
            name(&s.factor),
            difference(s.effect.mu, unit),
            number(s.effect.mu_star, unit),
            number(s.effect.sigma, unit),
            if s.beyond_chance { say!(lang, "lab-sense-yes") } else { say!(lang, "lab-sense-no") },
        ]);
    }
    let title = say!(
        lang,
        "lab-sense-screening",
        what = named(outcome.measure.say(lang), unit, lang),
        central = difference(outcome.central, unit)
    );
    let mut said = titled(title, &rows, &[1, 2, 3]);
    let (moving, all) = (moving.count(), outcome.screening.len());
    said.push_str(&say!(
        lang,
        "lab-sense-rest",
        less = moving.saturating_sub(SHOWN).to_string(),
        none = (all - moving).to_string()
    ));
    said.push('\n');
    said
}

fn shares(outcome: &Outcome, name: &dyn Fn(&str) -> String, lang: Lang) -> String {
    let mut rows = vec![vec![
        say!(lang, "lab-sense-factor"),
        say!(lang, "lab-sense-first"),
        say!(lang, "lab-sense-total"),
    ]];
    let index = |index: &Index| {
        let Index { value, low, high } = *index;
        figure(&Figure { value, low, high }, Unit::Ratio, false)
    };
    let mut shares: Vec<_> = outcome.shares.iter().collect();
    shares.sort_by(|a, b| b.indices.total.value.total_cmp(&a.indices.total.value));
    for share in shares {
        rows.push(vec![name(&share.factor), index(&share.indices.first), index(&share.indices.total)]);
    }
    let spread = outcome.variance.unwrap_or(0.0).sqrt();
    let title = say!(
        lang,
        "lab-sense-shares",
        what = named(outcome.measure.say(lang), outcome.unit, lang),
        mean = difference(outcome.mean.unwrap_or(0.0), outcome.unit),
        spread = number(spread, outcome.unit)
    );
    titled(title, &rows, &[1, 2])
}

/// What a factor is, in words.
fn name(id: &str, assumptions: &Assumptions, lang: Lang) -> String {
    let figure = assumptions.coefficients().find(|(_, key, _)| *key == id);
    if let Some((_, _, figure)) = figure {
        return figure.text.get(lang).to_owned();
    }
    let lever = assumptions.scenarios().find(|(lever, _, _)| *lever == id);
    lever.map_or_else(|| id.to_owned(), |(_, what, _)| what.text.get(lang).to_owned())
}

/// Packages side by side.
pub fn search(ctx: &Context, found: &Search) -> String {
    let lang = ctx.lang;
    let package = |proposals: &[String]| {
        if proposals.is_empty() { say!(lang, "lab-search-none") } else { proposals.join(" + ") }
    };
    let mut head = vec![say!(lang, "lab-search-package"), say!(lang, "lab-search-cost")];
    for target in &found.targets {
        head.push(named(target.measure.say(lang), target.unit, lang));
    }
    let right: Vec<usize> = (1..head.len() + 2).collect();
    let cells = |p: &Package| {
        let mut row = vec![package(&p.proposals), figure(&p.cost, Unit::Yuan, true)];
        for (reached, target) in p.targets.iter().zip(&found.targets) {
            row.push(figure(&reached.difference, target.unit, true));
        }
        row
    };
    let share = |share: f64| number(share, Unit::Share);
    let mut rows =
        vec![[head.clone(), vec![say!(lang, "lab-search-steady"), say!(lang, "lab-search-draws")]].concat()];
    for p in found.packages.iter().filter(|p| p.on_front) {
        let draws = p.front_in_draws.map_or_else(|| String::from("—"), share);
        rows.push([cells(p), vec![share(p.front_in_resamples), draws]].concat());
    }
    let mut said = if rows.len() == 1 {
        format!("\n{}\n", say!(lang, "lab-search-nothing"))
    } else {
        titled(say!(lang, "lab-search-front"), &rows, &right)
    };
    let mut ties: Vec<Vec<&[String]>> = Vec::new();
    for p in found.packages.iter().filter(|p| p.on_front && !p.same_as.is_empty()) {
        let told = ties.iter().flatten().any(|other| *other == p.proposals.as_slice());
        if !told {
            let all = std::iter::once(&p.proposals).chain(&p.same_as).map(Vec::as_slice);
            ties.push(all.collect());
        }
    }
    for tie in &ties {
        let all: Vec<String> = tie.iter().map(|proposals| package(proposals)).collect();
        said.push_str(&say!(lang, "lab-search-same", packages = all.join(lang.pick("；", "; "))));
        said.push('\n');
    }
    let mut rows = vec![[head, vec![say!(lang, "lab-search-steady"), say!(lang, "lab-search-why")]].concat()];
    for p in found.packages.iter().filter(|p| !p.on_front) {
        let mut why = Vec::new();
        if p.within_budget == Some(false) {
            why.push(say!(lang, "lab-search-over"));
        }
        for (reached, target) in p.targets.iter().zip(&found.targets) {
            if reached.reached == Some(false) {
                why.push(say!(lang, "lab-search-short", what = target.measure.say(lang)));
            }
        }
        if let Some(by) = &p.beaten_by {
            why.push(say!(lang, "lab-search-beaten", by = package(by)));
        }
        rows.push([cells(p), vec![share(p.front_in_resamples), why.join(lang.pick("；", "; "))]].concat());
    }
    if rows.len() > 1 {
        let right: Vec<usize> = right.iter().copied().take(right.len() - 1).collect();
        said.push_str(&titled(say!(lang, "lab-search-rest"), &rows, &right));
    }
    for p in found.packages.iter().filter(|p| p.on_front && !p.proposals.is_empty()) {
        if let Some(cost) = &p.cost_figures {
            let mut each = vec![say!(lang, "lab-search-cost-in", cost = interval(cost, Unit::Yuan, true))];
            for (reached, target) in p.targets.iter().zip(&found.targets) {
                if let Some(figures) = &reached.figures {
                    let (what, range) = (target.measure.say(lang), interval(figures, target.unit, true));
                    each.push(say!(lang, "lab-search-target-in", what = what, range = range));
                }
            }
            let (package, figures) = (package(&p.proposals), each.join(lang.pick("，", ", ")));
            said.push_str(&say!(lang, "lab-search-figures", package = package, figures = figures));
            said.push('\n');
        }
    }
    said.push_str(&format!("\n{}\n", say!(lang, "lab-search-read")));
    said
}
