//! A run as its page tells it: first in sentences, then every measure with its three doubts, groups, money, assumptions.

use takeroot_lab::clauses::{How, Taken};
use takeroot_lab::compare::{Comparison, Direction, Measured, Pair};
use takeroot_lab::measure::{Figure, Unit};
use takeroot_lab::{Assumptions, told};
use takeroot_office::lab::Run;
use takeroot_words::{Lang, Say as _};

use super::chart::{Fan, Heat, Pyramid, fans, named, plain};
use super::number::{difference, figure, interval, level, number, said};
use crate::words::say;

/// A run in words and numbers.
pub(super) struct Seen {
    pub whole: bool,
    /// The most important figures.
    pub tiles: Vec<Tile>,
    /// What is gained, what it costs.
    pub gains: Vec<Said>,
    pub costs: Vec<Said>,
    /// What would turn the answer.
    pub levers: Vec<String>,
    pub facts: Vec<(String, String)>,
    pub notes: Vec<String>,
    pub measures: Vec<Row>,
    pub draws: String,
    pub fans: Vec<Fan>,
    pub year_from: String,
    pub pyramid: Option<Pyramid>,
    pub heat: Heat,
    pub groups: Vec<GroupRow>,
    pub stay: Vec<StayRow>,
    pub service: Vec<[String; 6]>,
    pub promotions: Vec<LineRow>,
    pub waits: Vec<LineRow>,
    pub half: String,
    pub organ_heads: Vec<String>,
    pub organs: Vec<(String, Vec<String>)>,
    pub lines: Vec<LineRow>,
    pub cost: String,
    pub clauses: Vec<ClauseRow>,
    pub assumptions: Vec<AssumedRow>,
    pub aligned: String,
    pub cannot: Vec<String>,
    pub digests: Vec<(String, String)>,
}

/// A sentence, with how sure it is.
pub(super) struct Said {
    pub text: String,
    pub sure: String,
    pub tone: &'static str,
}

/// A figure over the page.
pub(super) struct Tile {
    pub name: String,
    pub value: String,
    pub note: String,
    pub tone: &'static str,
}

/// A measure over the whole run.
pub(super) struct Row {
    pub name: String,
    pub base: String,
    pub base_between: String,
    pub with: String,
    pub with_between: String,
    pub difference: String,
    pub chance: String,
    pub figures: String,
    pub levers: String,
    pub direction: String,
    pub tone: &'static str,
}

/// A group of the roster's people.
pub(super) struct GroupRow {
    pub name: String,
    pub people: String,
    pub stay: String,
    pub left: String,
    pub promoted: String,
    pub paid: String,
}

/// How long recruits of a class stay.
pub(super) struct StayRow {
    pub name: String,
    pub recruits: String,
    pub base: String,
    pub with: String,
    pub difference: String,
    pub by_channel: bool,
}

/// A line of pay.
pub(super) struct LineRow {
    pub name: String,
    pub base: String,
    pub with: String,
    pub difference: String,
    pub between: String,
}

/// A clause of a proposal, and what the run makes of it.
pub(super) struct ClauseRow {
    pub proposal: String,
    pub href: String,
    pub text: String,
    pub how: String,
    pub mark: String,
    pub tone: &'static str,
}

/// Something assumed.
pub(super) struct AssumedRow {
    pub document: String,
    pub text: String,
    pub value: String,
    pub range: String,
    pub trust: String,
    pub tone: &'static str,
    pub source: String,
}

/// Measures that say what is gained, the townships' first; where they are not told, the county's.
const GAINS: [[&str; 2]; 4] = [
    ["vacant-township", "vacant"],
    ["share-25-35-township", "share-25-35"],
    ["left-own-will", "left-own-will"],
    ["rooted-years", "person-years"],
];

/// Flows: summed over the years; of the others the end of the last year is told.
const FLOWS: [&str; 2] = ["left-own-will", "pay-bill"];

/// Sentences of what would turn an answer that are shown.
const LEVERS: usize = 4;

fn of<'c>(comparison: &'c Comparison, key: &str) -> Option<&'c Measured> {
    comparison.measures.iter().find(|m| m.key == key)
}

/// How sure a difference is, in a word.
fn sure(measured: &Measured, whole: bool, lang: Lang) -> (String, &'static str) {
    if !whole {
        return (say!(lang, "lab-sure-not-yet"), "");
    }
    match measured.direction {
        Direction::None => (say!(lang, "lab-sure-none"), ""),
        Direction::Up | Direction::Down => (say!(lang, "lab-sure-yes"), "ok"),
        Direction::Unclear => (say!(lang, "lab-sure-no"), "warn"),
    }
}

/// A measure of both sides in a sentence, with how sure it is.
fn told_of(comparison: &Comparison, measured: &Measured, whole: bool, lang: Lang) -> Said {
    let (sure, tone) = sure(measured, whole, lang);
    Said { text: sentence(comparison, measured, lang), sure, tone }
}

/// A measure of both sides in a sentence.
fn sentence(comparison: &Comparison, measured: &Measured, lang: Lang) -> String {
    let (unit, pair) = (measured.unit, &measured.horizon);
    let (years, what) = (comparison.plan.years.to_string(), plain(measured.measure, lang));
    let (base, with) = (level(pair.base.value, unit, lang), level(pair.with.value, unit, lang));
    let [by, low, high] =
        [pair.difference.value, pair.difference.low, pair.difference.high].map(|n| said(n, unit, lang));
    if FLOWS.contains(&measured.key) {
        say!(
            lang,
            "lab-said-flow",
            years = years,
            what = what,
            base = base,
            with = with,
            difference = by,
            low = low,
            high = high
        )
    } else {
        say!(
            lang,
            "lab-said-stock",
            years = years,
            what = what,
            base = base,
            with = with,
            difference = by,
            low = low,
            high = high
        )
    }
}

fn tone(direction: Direction) -> &'static str {
    match direction {
        Direction::Up | Direction::Down => "info",
        Direction::None | Direction::Unclear => "",
    }
}

impl Seen {
    /// A run in a language.
    pub fn of(run: &Run, assumptions: &Assumptions, names: (String, String), lang: Lang) -> Seen {
        let c = &run.comparison;
        let gains: Vec<&Measured> =
            GAINS.iter().filter_map(|[first, else_]| of(c, first).or_else(|| of(c, else_))).collect();
        let bill = of(c, "pay-bill");
        let cost = match &c.cost_per_more_person_year {
            Some(cost) => say!(lang, "lab-cost", cost = figure(cost, Unit::Yuan, false)),
            None => say!(lang, "lab-cost-none"),
        };
        let mut costs: Vec<Said> = bill.map(|m| told_of(c, m, run.whole, lang)).into_iter().collect();
        costs.push(Said { text: cost.clone(), sure: String::new(), tone: "" });
        let levers = gains.first().filter(|_| run.whole).map_or_else(Vec::new, |m| {
            told::levers(c, m.key, assumptions, lang).into_iter().take(LEVERS).collect()
        });
        let (promotions, waits, half) = ranks(c, lang);
        let (organ_heads, organs) = organs(c, lang);
        Seen {
            promotions,
            waits,
            half,
            organ_heads,
            organs,
            whole: run.whole,
            tiles: gains.iter().copied().chain(bill).map(|m| tile(m, run.whole, lang)).collect(),
            gains: gains.iter().map(|m| told_of(c, m, run.whole, lang)).collect(),
            costs,
            levers,
            facts: facts(run, names, lang),
            notes: notes(run, lang),
            measures: c.measures.iter().map(|m| row(m, run.whole, lang)).collect(),
            draws: c.plan.draws.to_string(),
            fans: fans(c, lang),
            year_from: c.on.to_string(),
            pyramid: Pyramid::of(c, lang),
            heat: Heat::of(c, lang),
            groups: groups(c, lang),
            stay: stay(c, lang),
            service: service(c, lang),
            lines: lines(c, lang),
            cost,
            clauses: run.clauses.iter().map(|taken| clause(taken, lang)).collect(),
            assumptions: assumed(assumptions, lang),
            aligned: told::aligned(&c.aligned, lang),
            cannot: told::cannot_tell(Some(c), lang),
            digests: digests(run, lang),
        }
    }
}

fn tile(m: &Measured, whole: bool, lang: Lang) -> Tile {
    let by = &m.horizon.difference;
    let value = match m.unit {
        Unit::Share => said(by.value, m.unit, lang),
        unit => difference(by.value, unit),
    };
    let between = interval(by, m.unit, true);
    let unclear = whole && m.direction == Direction::Unclear;
    Tile {
        name: named(m, lang),
        value,
        note: if unclear {
            say!(lang, "lab-tile-unclear", between = between)
        } else {
            say!(lang, "lab-tile-note", between = between)
        },
        tone: if unclear { "warn" } else { "" },
    }
}

fn facts(run: &Run, names: (String, String), lang: Lang) -> Vec<(String, String)> {
    let (c, asked) = (&run.comparison, &run.asked);
    vec![
        (say!(lang, "lab-base"), names.0),
        (say!(lang, "lab-with"), names.1),
        (say!(lang, "lab-on"), asked.on.to_string()),
        (say!(lang, "lab-people"), crate::pieces::grouped(c.people)),
        (say!(lang, "lab-years"), asked.years.to_string()),
        (say!(lang, "lab-replicates"), asked.replicates.to_string()),
    ]
}

/// What a reader must know of who and what is in the run.
fn notes(run: &Run, lang: Lang) -> Vec<String> {
    let out = &run.comparison.left_out;
    let mut notes = Vec::new();
    if out.no_organ > 0 || out.no_birth > 0 {
        let (organ, birth) = (out.no_organ.to_string(), out.no_birth.to_string());
        notes.push(say!(lang, "lab-left-out", organ = organ, birth = birth));
    }
    if out.posts > 0 {
        notes.push(say!(lang, "lab-left-out-posts", posts = out.posts.to_string()));
    }
    if out.terms > 0 {
        notes.push(say!(lang, "lab-left-out-terms", terms = out.terms.to_string()));
    }
    notes.push(if run.asked.terms_for_all {
        say!(lang, "lab-terms-everybody")
    } else {
        say!(lang, "lab-terms-recruits")
    });
    notes
}

fn row(m: &Measured, whole: bool, lang: Lang) -> Row {
    let (pair, unit) = (&m.horizon, m.unit);
    let (low, high) = m
        .levers
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (_, by)| (low.min(*by), high.max(*by)));
    let levers = Figure { value: 0.0, low, high };
    let later = || "…".to_owned();
    Row {
        name: match told::unit(unit, lang) {
            of if of.is_empty() => m.measure.say(lang),
            of => say!(lang, "lab-with-unit", name = m.measure.say(lang), unit = of),
        },
        base: number(pair.base.value, unit),
        base_between: interval(&pair.base, unit, false),
        with: number(pair.with.value, unit),
        with_between: interval(&pair.with, unit, false),
        difference: difference(pair.difference.value, unit),
        chance: interval(&pair.difference, unit, true),
        figures: if whole { interval(&m.figures, unit, true) } else { later() },
        levers: match whole {
            true if m.levers.is_empty() => String::new(),
            true => interval(&levers, unit, true),
            false => later(),
        },
        direction: if whole { m.direction.say(lang) } else { later() },
        tone: if whole { tone(m.direction) } else { "" },
    }
}

fn groups(c: &Comparison, lang: Lang) -> Vec<GroupRow> {
    let row = |group: &takeroot_lab::compare::GroupResult| GroupRow {
        name: told::group(group.key, lang),
        people: crate::pieces::grouped(group.people),
        stay: figure(&group.stay.difference, Unit::Share, true),
        left: figure(&group.left.difference, Unit::Share, true),
        promoted: figure(&group.promoted.difference, Unit::Ratio, true),
        paid: figure(&group.paid.difference, Unit::People, true),
    };
    c.groups.iter().map(row).collect()
}

fn stay(c: &Comparison, lang: Lang) -> Vec<StayRow> {
    let years = |f: &Option<Figure>, signed: bool| {
        f.as_ref().map_or_else(|| "—".to_owned(), |f| figure(f, Unit::Years, signed))
    };
    let row = |stay: &takeroot_lab::compare::Stay| StayRow {
        name: told::class(stay.class, lang),
        recruits: format!(
            "{} / {}",
            number(stay.recruits.0, Unit::People),
            number(stay.recruits.1, Unit::People)
        ),
        base: years(&stay.base, false),
        with: years(&stay.with, false),
        difference: years(&stay.difference, true),
        by_channel: stay.by == "channel",
    };
    c.stay.iter().map(row).collect()
}

fn service(c: &Comparison, lang: Lang) -> Vec<[String; 6]> {
    let last = c.by_service.len();
    let row = |(at, by): (usize, &takeroot_lab::compare::ByService)| {
        let (from, to) = ((by.from_month / 12 + 1).to_string(), (by.to_month / 12).to_string());
        let name = if at + 1 == last {
            say!(lang, "lab-service-from", from = from)
        } else if from == to {
            from
        } else {
            format!("{from}–{to}")
        };
        [
            name,
            number(by.left.0, Unit::People),
            number(by.left.1, Unit::People),
            number(by.rate.0, Unit::Share),
            number(by.rate.1, Unit::Share),
            figure(&by.rate_difference, Unit::Share, true),
        ]
    };
    c.by_service.iter().enumerate().map(row).collect()
}

/// Promotions to each rank, and how many are promoted in time.
fn ranks(c: &Comparison, lang: Lang) -> (Vec<LineRow>, Vec<LineRow>, String) {
    let row = |name: String, pair: &Pair, unit: Unit| LineRow {
        name,
        base: number(pair.base.value, unit),
        with: number(pair.with.value, unit),
        difference: difference(pair.difference.value, unit),
        between: interval(&pair.difference, unit, true),
    };
    let promotions = c.promotions.iter().map(|p| row(told::ranks(&p.to, lang), &p.horizon, Unit::People));
    let waits = c.waits.iter().map(|w| {
        let name = say!(lang, "lab-wait-years", years = w.years.to_string());
        row(name, &w.promoted, Unit::Share)
    });
    let months = |half: Option<f64>| {
        half.map_or_else(|| say!(lang, "lab-wait-not-half"), |months| format!("{months:.0}"))
    };
    let (base, with) = c.half_promoted_months;
    let half = say!(lang, "lab-wait-half", base = months(base), with = months(with));
    (promotions.collect(), waits.collect(), half)
}

/// What people of organs do: leaving by way, promotions, burden; base and with.
fn organs(c: &Comparison, lang: Lang) -> (Vec<String>, Vec<(String, Vec<String>)>) {
    let ways = c.organs.first().map_or(&[][..], |organ| &organ.gone);
    let mut heads: Vec<String> = ways.iter().map(|gone| told::way(gone.count, lang)).collect();
    heads.extend([
        say!(lang, "lab-organ-promoted"),
        say!(lang, "lab-organ-burden"),
        say!(lang, "lab-organ-overtime"),
    ]);
    let both = |pair: &Pair, unit: Unit| {
        format!("{} / {}", number(pair.base.value, unit), number(pair.with.value, unit))
    };
    let row = |organ: &takeroot_lab::compare::OrganResult| {
        let mut cells: Vec<String> = organ.gone.iter().map(|gone| both(&gone.people, Unit::People)).collect();
        cells.push(both(&organ.promoted, Unit::People));
        cells.push(both(&organ.burden, Unit::Ratio));
        cells.push(both(&organ.overtime, Unit::Hours));
        (super::chart::organ_name(organ, lang), cells)
    };
    (heads, c.organs.iter().map(row).collect())
}

fn lines(c: &Comparison, lang: Lang) -> Vec<LineRow> {
    let row = |line: &takeroot_lab::compare::Line| LineRow {
        name: told::line(line.line, lang),
        base: number(line.horizon.base.value, Unit::Yuan),
        with: number(line.horizon.with.value, Unit::Yuan),
        difference: difference(line.horizon.difference.value, Unit::Yuan),
        between: interval(&line.horizon.difference, Unit::Yuan, true),
    };
    c.pay_lines.iter().map(row).collect()
}

fn clause(taken: &Taken, lang: Lang) -> ClauseRow {
    let (mark, tone) = match &taken.how {
        How::Reckoned { .. } => (say!(lang, "lab-clause-reckoned"), "ok"),
        How::Nothing { .. } => (say!(lang, "lab-clause-nothing"), ""),
        How::Overwritten { .. } => (say!(lang, "lab-clause-overwritten"), "warn"),
    };
    ClauseRow {
        proposal: taken.title.get(lang).to_owned(),
        href: crate::policy::clause_href(&taken.proposal, &taken.clause),
        text: taken.text.get(lang).to_owned(),
        how: told::taken(taken, lang),
        mark,
        tone,
    }
}

fn assumed(assumptions: &Assumptions, lang: Lang) -> Vec<AssumedRow> {
    use takeroot_lab::assumption::Trust;
    let row = |(document, _, figure): (
        &takeroot_lab::assumption::Document,
        &str,
        &takeroot_lab::assumption::Coefficient,
    )| AssumedRow {
        document: document.title.get(lang).to_owned(),
        text: figure.text.get(lang).to_owned(),
        value: figure.value.to_string(),
        range: say!(lang, "lab-range", low = figure.low.to_string(), high = figure.high.to_string()),
        trust: figure.confidence.say(lang),
        tone: match figure.confidence {
            Trust::High => "ok",
            Trust::Medium => "info",
            Trust::Low => "warn",
            Trust::None => "bad",
        },
        source: figure.source.get(lang).to_owned(),
    };
    assumptions.coefficients().map(row).collect()
}

fn digests(run: &Run, lang: Lang) -> Vec<(String, String)> {
    let i = &run.inputs;
    vec![
        (say!(lang, "lab-digest-roster"), i.roster.clone()),
        (say!(lang, "lab-digest-base"), i.base.clone()),
        (say!(lang, "lab-digest-with"), i.with.clone()),
        (say!(lang, "lab-digest-assumptions"), i.assumptions.clone()),
        (say!(lang, "lab-seed"), run.asked.seed.to_string()),
        (say!(lang, "lab-program"), i.program.to_owned()),
    ]
}
