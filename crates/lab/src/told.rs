//! Results in words: the same for the terminal, the pages and the printed report.

use takeroot_civil::{Code as _, Ladder, Rank};
use takeroot_policy::rule::PayItem;
use takeroot_words::{Lang, Say};

use crate::assumption::{Aligned, Assumptions, Coefficient, Trust};
use crate::clauses::{Aside, How, Part, Taken, Why};
use crate::compare::{Class, Comparison, Direction};
use crate::measure::{Figure, Measure, Unit};
use crate::outcome::Count;
use crate::words::say;

/// A value in its unit, without the unit's name.
pub fn number(value: f64, unit: Unit) -> String {
    // What rounds to nothing has no sign.
    let plain = |text: String| {
        if text.trim_start_matches('-').trim_matches(['0', '.', '%']).is_empty() {
            text.trim_start_matches('-').to_owned()
        } else {
            text
        }
    };
    plain(match unit {
        Unit::Share => format!("{:.1}%", value * 100.0),
        Unit::Yuan => format!("{:.1}", value / 10_000.0),
        Unit::Ratio => format!("{value:.3}"),
        Unit::People | Unit::Years | Unit::Months | Unit::Hours | Unit::Days => format!("{value:.1}"),
    })
}

/// A difference: with its sign.
pub fn difference(value: f64, unit: Unit) -> String {
    let text = number(value, unit);
    let nothing = text.trim_matches(['0', '.', '%']).is_empty();
    if value > 0.0 && !nothing { format!("+{text}") } else { text }
}

/// An interval.
pub fn interval(figure: &Figure, unit: Unit, signed: bool) -> String {
    let one = |value| if signed { difference(value, unit) } else { number(value, unit) };
    format!("{}…{}", one(figure.low), one(figure.high))
}

/// A value with its interval.
pub fn figure(figure: &Figure, unit: Unit, signed: bool) -> String {
    let value = if signed { difference(figure.value, unit) } else { number(figure.value, unit) };
    format!("{value} [{}]", interval(figure, unit, signed))
}

/// The unit of a measure, where its name does not say it.
pub fn unit(unit: Unit, lang: Lang) -> String {
    match unit {
        Unit::Yuan => say!(lang, "unit-ten-thousand-yuan"),
        _ => String::new(),
    }
}

impl Say for Direction {
    fn say(&self, lang: Lang) -> String {
        match self {
            Direction::None => say!(lang, "direction-none"),
            Direction::Up => say!(lang, "direction-up"),
            Direction::Down => say!(lang, "direction-down"),
            Direction::Unclear => say!(lang, "direction-unclear"),
        }
    }
}

impl Say for Trust {
    fn say(&self, lang: Lang) -> String {
        match self {
            Trust::High => say!(lang, "trust-high"),
            Trust::Medium => say!(lang, "trust-medium"),
            Trust::Low => say!(lang, "trust-low"),
            Trust::None => say!(lang, "trust-none"),
        }
    }
}

/// The name of a line of pay.
pub fn line(line: usize, lang: Lang) -> String {
    match line {
        crate::state::BASE => say!(lang, "line-base"),
        crate::state::LEVEL => say!(lang, "line-level"),
        crate::outcome::BONUS => say!(lang, "line-bonus"),
        line => PayItem::ALL.get(line - 2).map_or_else(String::new, |item| item.name(lang).to_owned()),
    }
}

/// The name of a class of recruits.
pub fn class(class: Class, lang: Lang) -> String {
    match class {
        Class::Channel(channel) => channel.name(lang).to_owned(),
        Class::Education(education) => education.name(lang).to_owned(),
    }
}

/// The name of a group of the roster's people; of a crossed one, both its parts.
pub fn group(key: &str, lang: Lang) -> String {
    if let Some((one, other)) = key.split_once('+') {
        return say!(lang, "group-crossed", one = group(one, lang), other = group(other, lang));
    }
    match key {
        "township" => say!(lang, "group-township"),
        "county" => say!(lang, "group-county"),
        "below-bachelor" => say!(lang, "group-below-bachelor"),
        "bachelor" => say!(lang, "group-bachelor"),
        "under-35" => say!(lang, "group-under-35"),
        "35-49" => say!(lang, "group-35-49"),
        "local" => say!(lang, "group-local"),
        "from-elsewhere" => say!(lang, "group-from-elsewhere"),
        _ => say!(lang, "group-50-and-over"),
    }
}

/// The name of a way of leaving an organ.
pub fn way(count: Count, lang: Lang) -> String {
    match count {
        Count::Resigned => Measure::Resigned.say(lang),
        Count::Selected => Measure::Selected.say(lang),
        Count::Transferred => Measure::Transferred.say(lang),
        Count::Within => Measure::Within.say(lang),
        Count::Retired => Measure::Retired.say(lang),
        _ => Measure::Died.say(lang),
    }
}

/// The name of neighbouring ranks of a ladder.
pub fn ranks(ranks: &[Rank], lang: Lang) -> String {
    match ranks {
        [] => String::new(),
        [rank] => rank.name(lang).to_owned(),
        [first, .., last] => {
            say!(lang, "ranks-from-to", first = first.name(lang), last = last.name(lang))
        }
    }
}

/// A figure that was assumed: what, how much, the range, whose it is and how far it can be trusted.
pub fn assumption(figure: &Coefficient, lang: Lang) -> String {
    say!(
        lang,
        "assumption",
        text = figure.text.get(lang),
        value = figure.value.to_string(),
        low = figure.low.to_string(),
        high = figure.high.to_string(),
        trust = figure.confidence.say(lang),
        source = figure.source.get(lang)
    )
}

/// What was done so that rates are those of the roster.
pub fn aligned(aligned: &Aligned, lang: Lang) -> String {
    let times = |log_odds: f64| format!("{:.2}", log_odds.exp());
    say!(
        lang,
        "aligned",
        resign = times(aligned.resign),
        select = times(aligned.select),
        transfer = times(aligned.transfer),
        fill = times(aligned.fill)
    )
}

/// How a clause of a proposal is taken, in a sentence without the clause's own text.
pub fn taken(taken: &Taken, lang: Lang) -> String {
    let list = |parts: &[Part]| {
        let said: Vec<String> = parts.iter().map(|part| part.say(lang)).collect();
        said.join(&say!(lang, "clause-and"))
    };
    match &taken.how {
        How::Reckoned { parts, aside } => {
            let mut said = say!(lang, "clause-reckoned", parts = list(parts));
            for aside in aside {
                said.push_str(&match aside {
                    Aside::Release => say!(lang, "clause-aside-release"),
                    Aside::TownshipHeads => say!(lang, "clause-aside-heads"),
                    Aside::OtherSources => say!(lang, "clause-aside-sources"),
                });
            }
            said
        }
        How::Nothing { why } => match why {
            Why::Words => say!(lang, "clause-words"),
            Why::NotModelled => say!(lang, "clause-not-modelled"),
            Why::NotInForce => say!(lang, "clause-not-in-force"),
            Why::OnlyTies => say!(lang, "clause-only-ties"),
            Why::LadderUnused => say!(lang, "clause-ladder-unused"),
            Why::NoSuchOrgans => say!(lang, "clause-no-such-organs"),
            Why::NoFigureInBase => say!(lang, "clause-no-figure-in-base"),
            Why::PoolUnused => say!(lang, "clause-pool-unused"),
            Why::SaidAlready => say!(lang, "clause-said-already"),
        },
        How::Overwritten { by, of, parts } if parts.is_empty() => {
            say!(lang, "clause-overwritten-nothing", by = by.as_str(), of = of.as_str())
        }
        How::Overwritten { by, of, parts } => {
            say!(lang, "clause-overwritten", by = by.as_str(), of = of.as_str(), parts = list(parts))
        }
    }
}

impl Say for Part {
    fn say(&self, lang: Lang) -> String {
        match self {
            Part::Inspections => say!(lang, "part-inspections"),
            Part::Meetings => say!(lang, "part-meetings"),
            Part::Papers => say!(lang, "part-papers"),
            Part::Overtime => say!(lang, "part-overtime"),
            Part::Hours => say!(lang, "part-hours"),
            Part::Housing => say!(lang, "part-housing"),
            Part::Training => say!(lang, "part-training"),
            Part::Excellent => say!(lang, "part-excellent"),
            Part::SecondmentMonths => say!(lang, "part-secondment-months"),
            Part::Secondment => say!(lang, "part-secondment"),
            Part::Channels => say!(lang, "part-channels"),
            Part::Local => say!(lang, "part-local"),
            Part::Floor => say!(lang, "part-floor"),
            Part::EntryAge => say!(lang, "part-entry-age"),
            Part::Terms => say!(lang, "part-terms"),
            Part::Blocks => say!(lang, "part-blocks"),
            Part::Selection => say!(lang, "part-selection"),
            Part::RankPreference => say!(lang, "part-rank-preference"),
            Part::PostPreference => say!(lang, "part-post-preference"),
            Part::Ranks => say!(lang, "part-ranks"),
            Part::Quotas => say!(lang, "part-quotas"),
            Part::Ceilings => say!(lang, "part-ceilings"),
            Part::Leadership => say!(lang, "part-leadership"),
            Part::Bars => say!(lang, "part-bars"),
            Part::Levels => say!(lang, "part-levels"),
            Part::Pay => say!(lang, "part-pay"),
            Part::Retirement => say!(lang, "part-retirement"),
        }
    }
}

/// What a reader must know before believing a result: what the lab cannot tell, and what it holds still.
pub fn cannot_tell(comparison: Option<&Comparison>, lang: Lang) -> Vec<String> {
    let mut told = vec![
        say!(lang, "cannot-facts"),
        say!(lang, "cannot-law"),
        say!(lang, "cannot-pay"),
        say!(lang, "cannot-threshold"),
        say!(lang, "cannot-training"),
        say!(lang, "cannot-not-modelled"),
        say!(lang, "cannot-sanctions"),
        say!(lang, "cannot-burden"),
        say!(lang, "cannot-person"),
    ];
    let ladders = comparison.into_iter().flat_map(|comparison| &comparison.unlimited);
    for ladder in ladders.filter_map(|code| Ladder::ALL.iter().find(|ladder| ladder.code() == *code)) {
        told.insert(0, say!(lang, "cannot-quota", ladder = ladder.name(lang)));
    }
    if let Some(spike) = comparison.and_then(|comparison| spike(comparison, lang)) {
        told.insert(0, spike);
    }
    told
}

/// Where another minimum service moves leaving: how many recruits have gone by the months around its end, on both sides.
fn spike(comparison: &Comparison, lang: Lang) -> Option<String> {
    let months: Vec<String> = comparison
        .gone_by
        .iter()
        .map(|gone| {
            say!(
                lang,
                "gone-by-month",
                month = gone.month.to_string(),
                base = figure(&gone.base, Unit::Share, false),
                with = figure(&gone.with, Unit::Share, false)
            )
        })
        .collect();
    let list = months.join(&say!(lang, "gone-by-and"));
    (!months.is_empty()).then(|| say!(lang, "gone-by", months = list))
}

/// What would most change the answer of a measure: the levers that turn or move its difference, the strongest first.
pub fn levers(comparison: &Comparison, key: &str, assumptions: &Assumptions, lang: Lang) -> Vec<String> {
    let Some(measured) = comparison.measures.iter().find(|m| m.key == key) else { return Vec::new() };
    let central = measured.horizon.difference.value;
    let mut levers: Vec<(&str, f64)> = measured.levers.iter().map(|(id, d)| (id.as_str(), *d)).collect();
    levers.sort_by(|a, b| (b.1 - central).abs().total_cmp(&(a.1 - central).abs()));
    let told = |(id, value): &(&str, f64)| {
        let (_, what, _) = assumptions.scenarios().find(|(other, _, _)| other == id)?;
        Some(say!(
            lang,
            "lever",
            what = what.text.get(lang),
            difference = difference(*value, measured.unit),
            central = difference(central, measured.unit)
        ))
    };
    levers.iter().filter_map(told).collect()
}
