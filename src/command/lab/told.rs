//! The lab's answers as tables on the terminal.

use serde_json::{Value, json};
use takeroot_civil::Day;
use takeroot_lab::clauses::Taken;
use takeroot_lab::compare::{Comparison, Pair};
use takeroot_lab::measure::Unit;
use takeroot_lab::state::LeftOut;
use takeroot_lab::summary::{Line, Seen};
use takeroot_lab::told::{self, figure, interval, number};
use takeroot_lab::{Aligned, Assumptions};
use takeroot_words::{Lang, Say as _};

use super::input::Ready;
use crate::cli::Context;
use crate::out;
use crate::words::say;

/// Every assumption with its source.
pub fn assumptions_json(assumptions: &Assumptions, lang: Lang) -> Value {
    let one = |(document, key, figure): (
        &takeroot_lab::assumption::Document,
        &str,
        &takeroot_lab::assumption::Coefficient,
    )| {
        json!({
            "behaviour": document.id,
            "key": key,
            "text": figure.text.get(lang),
            "value": figure.value,
            "low": figure.low,
            "high": figure.high,
            "unit": figure.unit,
            "confidence": figure.confidence,
            "source": figure.source.get(lang),
        })
    };
    assumptions.coefficients().map(one).collect()
}

/// How each clause is taken, with its words.
pub fn clauses_json(clauses: &[Taken], lang: Lang) -> Value {
    let one = |taken: &Taken| {
        let mut told = json!(taken);
        if let Value::Object(fields) = &mut told {
            fields.insert("text".to_owned(), json!(taken.text.get(lang)));
            fields.insert("said".to_owned(), json!(told::taken(taken, lang)));
        }
        told
    };
    clauses.iter().map(one).collect()
}

/// How each clause of the proposals is taken.
pub fn clauses(clauses: &[Taken], lang: Lang) -> String {
    let mut said = String::new();
    let mut proposal = "";
    for taken in clauses {
        if proposal != taken.proposal {
            proposal = &taken.proposal;
            said.push_str(&format!("\n{}\n", say!(lang, "lab-clauses", title = taken.title.get(lang))));
        }
        said.push_str(&format!("  {}  {}\n", taken.clause, taken.text.get(lang)));
        said.push_str(&format!("      {}\n", told::taken(taken, lang)));
    }
    said
}

/// What is run, on whom, and what is invented.
pub fn heading(
    ctx: &Context,
    ready: &Ready,
    with: &[String],
    people: i64,
    left_out: &LeftOut,
    replicates: u32,
) -> String {
    let lang = ctx.lang;
    let base = match ready.base.as_deref() {
        Some(id) if id != "law" => id.to_owned(),
        _ => say!(lang, "standing-law", day = ready.on.to_string()),
    };
    let stack = std::iter::once(base).chain(with.iter().cloned()).collect::<Vec<_>>().join(" + ");
    let mut said = say!(
        lang,
        "lab-heading",
        stack = stack,
        day = ready.on.to_string(),
        people = people.to_string(),
        years = ready.years.to_string(),
        replicates = replicates.to_string()
    );
    said.push('\n');
    if ready.loaded.roster.invented {
        said.push_str(&say!(lang, "standing-invented"));
        said.push('\n');
    }
    if left_out.no_organ > 0 || left_out.no_birth > 0 {
        let (organ, birth) = (left_out.no_organ.to_string(), left_out.no_birth.to_string());
        said.push_str(&say!(lang, "lab-left-out", organ = organ, birth = birth));
        said.push('\n');
    }
    if left_out.posts > 0 {
        said.push_str(&say!(lang, "lab-left-out-posts", posts = left_out.posts.to_string()));
        said.push('\n');
    }
    if left_out.posts_unknown > 0 {
        said.push_str(&say!(lang, "lab-posts-unknown", organs = left_out.posts_unknown.to_string()));
        said.push('\n');
    }
    if left_out.terms > 0 {
        said.push_str(&say!(lang, "lab-left-out-terms", terms = left_out.terms.to_string()));
        said.push('\n');
    }
    if !with.is_empty() {
        said.push_str(&if ready.terms_for_all {
            say!(lang, "lab-terms-everybody")
        } else {
            say!(lang, "lab-terms-recruits")
        });
        said.push('\n');
    }
    said
}

/// A table with its title.
pub fn titled(title: String, rows: &[Vec<String>], right: &[usize]) -> String {
    format!("\n{title}\n{}", out::table(rows, right))
}

/// A name with its unit, where it has one that is not said.
pub fn named(name: String, unit: Unit, lang: Lang) -> String {
    match told::unit(unit, lang) {
        unit if unit.is_empty() => name,
        unit => say!(lang, "lab-with-unit", name = name, unit = unit),
    }
}

fn cells(pair: &Pair, unit: Unit) -> [String; 3] {
    [number(pair.base.value, unit), number(pair.with.value, unit), figure(&pair.difference, unit, true)]
}

/// A comparison.
pub fn comparison(ctx: &Context, comparison: &Comparison, assumptions: &Assumptions) -> String {
    let lang = ctx.lang;
    let head = || vec![say!(lang, "lab-base"), say!(lang, "lab-with"), say!(lang, "lab-difference")];
    let mut rows = vec![
        [
            vec![say!(lang, "lab-measure")],
            head(),
            vec![say!(lang, "lab-figures"), say!(lang, "lab-direction")],
        ]
        .concat(),
    ];
    for m in &comparison.measures {
        let mut row = vec![named(m.measure.say(lang), m.unit, lang)];
        row.extend(cells(&m.horizon, m.unit));
        let noise = m.figures_noise.map_or_else(String::new, |noise| format!(" [{}]", number(noise, m.unit)));
        row.push(format!("{}{noise}", interval(&m.figures, m.unit, true)));
        row.push(m.direction.say(lang));
        rows.push(row);
    }
    let right = [1, 2, 3, 4];
    let mut said = titled(say!(lang, "lab-horizon"), &rows, &right);
    let years = comparison.plan.years;
    for key in ["vacant-township", "share-25-35-township", "left-own-will", "pay-bill"] {
        let Some(m) = comparison.measures.iter().find(|m| m.key == key) else { continue };
        let mut rows = vec![[vec![say!(lang, "lab-year")], head()].concat()];
        for (year, pair) in m.years.iter().enumerate().take(years) {
            let mut row = vec![(comparison.on.year() as usize + year + 1).to_string()];
            row.extend(cells(pair, m.unit));
            rows.push(row);
        }
        said.push_str(&titled(named(m.measure.say(lang), m.unit, lang), &rows, &[1, 2, 3]));
    }
    let mut rows = vec![[vec![say!(lang, "lab-line")], head()].concat()];
    for line in &comparison.pay_lines {
        let mut row = vec![told::line(line.line, lang)];
        row.extend(cells(&line.horizon, Unit::Yuan));
        rows.push(row);
    }
    said.push_str(&titled(say!(lang, "lab-pay-lines"), &rows, &[1, 2, 3]));
    if let Some(cost) = &comparison.cost_per_more_person_year {
        said.push_str(&say!(lang, "lab-cost", cost = figure(cost, Unit::Yuan, false)));
        said.push('\n');
    }
    let mut rows = vec![[vec![say!(lang, "lab-township"), say!(lang, "lab-posts")], head()].concat()];
    for organ in comparison.organs.iter().filter(|organ| organ.township) {
        let several = || say!(lang, "lab-townships-together", organs = organ.organs.to_string());
        let mut row = vec![organ.name.clone().unwrap_or_else(several), organ.posts.to_string()];
        row.extend(cells(&organ.vacant, Unit::People));
        rows.push(row);
    }
    said.push_str(&titled(say!(lang, "lab-townships"), &rows, &[1, 2, 3, 4]));
    said.push_str(&organs(comparison, lang));
    said.push_str(&ranks(comparison, lang));
    let mut rows = vec![vec![
        say!(lang, "lab-recruits-by"),
        say!(lang, "lab-recruits"),
        say!(lang, "lab-base"),
        say!(lang, "lab-with"),
        say!(lang, "lab-stay-difference"),
    ]];
    for stay in &comparison.stay {
        let told_stay = |f: &Option<takeroot_lab::measure::Figure>| {
            f.as_ref().map_or_else(|| String::from("—"), |f| figure(f, Unit::Years, false))
        };
        rows.push(vec![
            told::class(stay.class, lang),
            format!("{} / {}", number(stay.recruits.0, Unit::People), number(stay.recruits.1, Unit::People)),
            told_stay(&stay.base),
            told_stay(&stay.with),
            stay.difference.as_ref().map_or_else(|| String::from("—"), |f| figure(f, Unit::Years, true)),
        ]);
    }
    said.push_str(&titled(say!(lang, "lab-stay", years = years.to_string()), &rows, &[1, 2, 3, 4]));
    let mut rows = vec![vec![
        say!(lang, "lab-service"),
        say!(lang, "lab-service-base"),
        say!(lang, "lab-service-with"),
        say!(lang, "lab-rate-base"),
        say!(lang, "lab-rate-with"),
        say!(lang, "lab-stay-difference"),
    ]];
    for by in comparison.by_service.iter().filter(|by| by.left.0 + by.left.1 >= 1.0).take(12) {
        rows.push(vec![
            format!("{}–{}", by.from_month + 1, by.to_month),
            number(by.left.0, Unit::People),
            number(by.left.1, Unit::People),
            number(by.rate.0, Unit::Share),
            number(by.rate.1, Unit::Share),
            figure(&by.rate_difference, Unit::Share, true),
        ]);
    }
    said.push_str(&titled(say!(lang, "lab-by-service"), &rows, &[1, 2, 3, 4, 5]));
    let mut rows = vec![vec![
        say!(lang, "lab-group"),
        say!(lang, "lab-people"),
        say!(lang, "lab-group-stay"),
        say!(lang, "lab-group-left"),
        say!(lang, "lab-group-promoted"),
        say!(lang, "lab-group-paid"),
    ]];
    for group in &comparison.groups {
        rows.push(vec![
            told::group(group.key, lang),
            group.people.to_string(),
            figure(&group.stay.difference, Unit::Share, true),
            figure(&group.left.difference, Unit::Share, true),
            figure(&group.promoted.difference, Unit::Ratio, true),
            figure(&group.paid.difference, Unit::People, true),
        ]);
    }
    said.push_str(&titled(say!(lang, "lab-groups"), &rows, &[1, 2, 3, 4, 5]));
    said.push_str(&format!("\n{}\n", say!(lang, "lab-levers")));
    for lever in told::levers(comparison, "vacant-township", assumptions, lang) {
        said.push_str(&format!("  {lever}\n"));
    }
    said.push_str(&assumed(assumptions, &comparison.aligned, Some(comparison), lang));
    said.push_str(&format!(
        "\n{}\n",
        say!(
            lang,
            "lab-intervals",
            draws = comparison.plan.draws.to_string(),
            enough = takeroot_lab::compare::ENOUGH_DRAWS.to_string()
        )
    ));
    said
}

/// Organ by organ: who leaves and how, promotions, burden and overtime.
fn organs(comparison: &Comparison, lang: Lang) -> String {
    let ways = comparison.organs.first().map_or(&[][..], |organ| &organ.gone);
    let ways = ways.iter().map(|gone| told::way(gone.count, lang));
    let head = std::iter::once(say!(lang, "lab-organ")).chain(ways).chain([
        say!(lang, "lab-promotions"),
        say!(lang, "lab-burden"),
        say!(lang, "lab-overtime"),
    ]);
    let mut rows: Vec<Vec<String>> = vec![head.collect()];
    for organ in &comparison.organs {
        let several = || {
            let organs = organ.organs.to_string();
            if organ.township {
                say!(lang, "lab-townships-together", organs = organs)
            } else {
                say!(lang, "lab-organs-together", organs = organs)
            }
        };
        let both = |pair: &Pair, unit| {
            format!("{} / {}", number(pair.base.value, unit), number(pair.with.value, unit))
        };
        let mut row = vec![organ.name.clone().unwrap_or_else(several)];
        row.extend(organ.gone.iter().map(|gone| both(&gone.people, Unit::People)));
        row.push(both(&organ.promoted, Unit::People));
        row.push(both(&organ.burden, Unit::Ratio));
        row.push(both(&organ.overtime, Unit::Hours));
        rows.push(row);
    }
    let right: Vec<usize> = (1..rows[0].len()).collect();
    titled(say!(lang, "lab-organs"), &rows, &right)
}

/// Promotions rank by rank, and how long people wait for them.
fn ranks(comparison: &Comparison, lang: Lang) -> String {
    let head = |first: String| {
        vec![first, say!(lang, "lab-base"), say!(lang, "lab-with"), say!(lang, "lab-difference")]
    };
    let mut rows = vec![head(say!(lang, "lab-rank"))];
    for promotions in &comparison.promotions {
        let mut row = vec![told::ranks(&promotions.to, lang)];
        row.extend(cells(&promotions.horizon, Unit::People));
        rows.push(row);
    }
    let mut said = titled(say!(lang, "lab-ranks"), &rows, &[1, 2, 3]);
    let mut rows = vec![head(say!(lang, "lab-wait"))];
    for waited in &comparison.waits {
        let mut row = vec![say!(lang, "lab-wait-years", years = waited.years.to_string())];
        row.extend(cells(&waited.promoted, Unit::Share));
        rows.push(row);
    }
    said.push_str(&titled(say!(lang, "lab-waits"), &rows, &[1, 2, 3]));
    let months =
        |half: Option<f64>| half.map_or_else(|| say!(lang, "lab-wait-not-half"), |m| format!("{m:.0}"));
    let (base, with) = comparison.half_promoted_months;
    said.push_str(&say!(lang, "lab-wait-half", base = months(base), with = months(with)));
    said.push('\n');
    said
}

/// Years side by side.
pub fn years(
    ctx: &Context,
    measures: &[Seen],
    lines: &[Line],
    on: Day,
    assumptions: &Assumptions,
    aligned: &Aligned,
) -> String {
    let lang = ctx.lang;
    let years = measures.first().map_or(0, |m| m.years.len());
    let heads = |first: String| {
        std::iter::once(first)
            .chain((1..=years).map(|y| (on.year() as usize + y).to_string()))
            .collect::<Vec<_>>()
    };
    let right: Vec<usize> = (1..=years).collect();
    let mut rows = vec![heads(say!(lang, "lab-measure"))];
    for m in measures {
        let values = m.years.iter().map(|f| number(f.value, m.unit));
        rows.push(std::iter::once(named(m.measure.say(lang), m.unit, lang)).chain(values).collect());
    }
    let mut said = titled(say!(lang, "lab-years"), &rows, &right);
    let mut rows = vec![heads(say!(lang, "lab-line"))];
    for line in lines {
        let values = line.years.iter().map(|f| number(f.value, Unit::Yuan));
        rows.push(std::iter::once(told::line(line.line, lang)).chain(values).collect());
    }
    said.push_str(&titled(say!(lang, "lab-pay-lines"), &rows, &right));
    let mut rows = vec![vec![say!(lang, "lab-measure"), say!(lang, "lab-interval")]];
    for m in measures {
        rows.push(vec![named(m.measure.say(lang), m.unit, lang), figure(&m.horizon, m.unit, false)]);
    }
    said.push_str(&titled(say!(lang, "lab-horizon"), &rows, &[1]));
    said.push_str(&assumed(assumptions, aligned, None, lang));
    said
}

fn assumed(
    assumptions: &Assumptions,
    aligned: &Aligned,
    comparison: Option<&Comparison>,
    lang: Lang,
) -> String {
    let mut said = format!("\n{}\n", say!(lang, "lab-assumptions"));
    for (_, _, figure) in assumptions.coefficients() {
        said.push_str(&format!("  {}\n", told::assumption(figure, lang)));
    }
    said.push_str(&format!("  {}\n", told::aligned(aligned, lang)));
    said.push_str(&format!("\n{}\n", say!(lang, "lab-cannot")));
    for sentence in told::cannot_tell(comparison, lang) {
        said.push_str(&format!("  {sentence}\n"));
    }
    said
}
