//! A standing and the facts of a career in the reader's words, as lines for templates.

use std::collections::HashMap;

use takeroot_civil::{Code as _, Day, Fact};
use takeroot_policy::Standing;
use takeroot_policy::stack::Cite;
use takeroot_policy::standing::{Met, Promotion, Reason, months};
use takeroot_words::{Lang, Say as _};

use crate::words::say;

/// A reason: a clause held against a fact.
pub struct Why {
    /// `met`, `unmet` or `unknown`.
    pub state: &'static str,
    /// The need.
    pub what: String,
    /// The fact, the earliest day, what brings it nearer.
    pub fact: String,
    /// Where the clause stands.
    pub clause: Option<Clause>,
}

/// A clause as shown.
pub struct Clause {
    /// Document and article, with its mark.
    pub source: String,
    /// What it says.
    pub text: String,
}

/// An answer with its reasons.
pub struct Answer {
    /// `met`, `unmet` or `unknown`.
    pub state: &'static str,
    /// What is asked, and the answer apart from it.
    of: (String, String),
    /// What is asked, and the answer.
    pub what: String,
    /// The earliest day in words.
    pub when: String,
    /// How many clauses are not met.
    pub missing: usize,
    /// Clause by clause.
    pub reasons: Vec<Why>,
}

/// A line: its name, what it is, the clause.
pub struct Said {
    /// Its name.
    pub name: String,
    /// What it is.
    pub value: String,
    /// The clause.
    pub clause: Option<Clause>,
}

/// The whole standing.
pub struct Told {
    /// What a glance shows: rank, level, organ.
    pub now: Vec<Said>,
    /// Minimum services.
    pub terms: Vec<Said>,
    /// Acts of leaving.
    pub acts: Vec<Answer>,
    /// Next ranks and the next post.
    pub next: Vec<Answer>,
    /// What locks promotion out.
    pub locks: Vec<Said>,
    /// Pay, line by line.
    pub pay: Vec<Said>,
    /// Sum of the known lines.
    pub total: String,
    /// Every line of pay is known.
    pub complete: bool,
    /// Leave, training, rooted service, retirement.
    pub rest: Vec<Said>,
    /// Days on which something changes, soonest first.
    pub ahead: Vec<(Day, String)>,
    /// What is taken for granted.
    pub assumptions: Vec<String>,
}

fn clause(cite: &Cite, lang: Lang) -> Clause {
    Clause { source: cite.say(lang), text: cite.text.get(lang).to_owned() }
}

fn why(reason: &Reason, lang: Lang) -> Why {
    let mut fact = reason.fact.say(lang);
    if let Some(day) = reason.earliest {
        fact.push_str(&say!(lang, "told-earliest", day = day.to_string()));
    }
    for nearer in &reason.nearer {
        fact.push_str(lang.pick("；", "; "));
        fact.push_str(&nearer.say(lang));
    }
    Why {
        state: state(reason.met),
        what: reason.need.say(lang),
        fact,
        clause: reason.clause.as_ref().map(|c| clause(c, lang)),
    }
}

fn state(met: Met) -> &'static str {
    match met {
        Met::Yes => "met",
        Met::No => "unmet",
        Met::Unknown => "unknown",
    }
}

/// `of`: what is asked, and the answer; `what`: both in a sentence.
fn answer(
    of: (String, String),
    what: String,
    reasons: &[Reason],
    earliest: Option<Day>,
    lang: Lang,
) -> Answer {
    let missing = reasons.iter().filter(|r| r.met == Met::No).count();
    let unknown = reasons.iter().any(|r| r.met == Met::Unknown);
    let state = if missing > 0 {
        "unmet"
    } else if unknown {
        "unknown"
    } else {
        "met"
    };
    let when = match earliest {
        Some(day) => say!(lang, "told-day", day = day.to_string()),
        None if state == "unmet" => say!(lang, "told-not-by-time"),
        None => String::new(),
    };
    // What is missing first: that is what one came to read.
    let mut reasons: Vec<Why> = reasons.iter().map(|r| why(r, lang)).collect();
    reasons.sort_by_key(|r| ["unmet", "unknown", "met"].iter().position(|s| *s == r.state));
    Answer { state, of, what, when, missing, reasons }
}

fn promotion(p: &Promotion, lang: Lang) -> Answer {
    let what = say!(lang, "told-promotion", to = p.to.say(lang), outcome = p.outcome.say(lang));
    let of = (say!(lang, "told-to", to = p.to.say(lang)), p.outcome.say(lang));
    answer(of, what, &p.reasons, p.earliest, lang)
}

/// A standing in words.
pub fn standing(s: &Standing, lang: Lang) -> Told {
    let said = |name: String, value: String, cite: Option<&std::sync::Arc<Cite>>| Said {
        name,
        value,
        clause: cite.map(|c| clause(c, lang)),
    };
    let s = &s.clone().told(lang);
    let (mut now, mut rest, mut ahead) = (Vec::new(), Vec::new(), Vec::new());
    if let Some((day, why)) = s.left {
        now.push(said(say!(lang, "told-left"), format!("{day} {}", why.name(lang)), None));
    }
    if let Some(organ) = &s.organ {
        now.push(said(say!(lang, "told-organ"), organ.clone(), None));
    }
    if let Some(away) = &s.away {
        now.push(said(say!(lang, "told-away"), away.clone(), None));
    }
    if let Some((layer, since)) = s.layer {
        let value = say!(lang, "told-since", what = layer.name(lang), day = since.to_string());
        now.push(said(say!(lang, "told-layer"), value, None));
    }
    for rank in &s.ranks {
        let value = say!(lang, "told-since", what = rank.rank.name(lang), day = rank.since.to_string());
        now.push(said(say!(lang, "told-rank"), value, None));
    }
    if let (Some(level), Some(step)) = (s.grading.level, s.grading.step) {
        let value =
            say!(lang, "told-level-step", level = u32::from(level.get()), step = u32::from(step.get()));
        now.push(said(say!(lang, "told-grading"), value, s.grading.clauses.first()));
    }
    if let Some(p) = s.probation.as_ref().filter(|p| p.running) {
        now.push(said(say!(lang, "told-probation"), p.until.to_string(), Some(&p.clause)));
        ahead.push((p.until, say!(lang, "told-probation-ends")));
    }
    let mut terms = Vec::new();
    for term in &s.terms {
        let name = say!(lang, "told-term", place = term.served_in.name(lang), years = u32::from(term.years));
        let mut value = match (term.running, term.until) {
            (true, Some(until)) => {
                ahead.push((until, name.clone()));
                say!(lang, "told-term-until", day = until.to_string())
            }
            (true, None) => say!(lang, "told-term-paused"),
            (false, _) => say!(lang, "told-term-served"),
        };
        if term.days_not_counted > 0 {
            value.push_str(&say!(lang, "told-not-counted", days = term.days_not_counted));
        }
        terms.push(said(name, value, term.clause.as_ref()));
    }
    let next: Vec<Answer> =
        s.next_ranks.iter().chain(s.next_layer.as_ref()).map(|p| promotion(p, lang)).collect();
    for p in s.next_ranks.iter().chain(s.next_layer.as_ref()) {
        if let Some(day) = p.earliest {
            ahead.push((day, say!(lang, "told-ahead-promotion", to = p.to.say(lang))));
        }
    }
    let acts = s
        .acts
        .iter()
        .map(|a| {
            let what = say!(lang, "told-act", act = a.act.name(lang), outcome = a.outcome.say(lang));
            answer((a.act.name(lang).to_owned(), a.outcome.say(lang)), what, &a.reasons, a.earliest, lang)
        })
        .collect();
    let mut locks = Vec::new();
    for lock in &s.lock_outs {
        let what = lock.sanction.map_or(lock.ground.name(lang), |k| k.name(lang)).to_owned();
        let free = lock.free.map_or_else(|| say!(lang, "told-no-end"), |d| d.to_string());
        if let Some(day) = lock.free {
            ahead.push((day, say!(lang, "told-free", what = what.as_str())));
        }
        let value = say!(lang, "told-lock", from = lock.from.to_string(), free = free);
        locks.push(said(what, value, lock.clause.as_ref()));
    }
    ahead.extend(s.grading.next_step.map(|d| (d, say!(lang, "told-next-step"))));
    ahead.extend(s.grading.next_level.map(|d| (d, say!(lang, "told-next-level"))));
    let pay =
        s.pay.lines.iter().map(|l| said(l.kind.say(lang), l.amount.say(lang), l.clause.as_ref())).collect();
    if let Some(leave) = &s.leave {
        let days = leave.days.map_or("?".to_owned(), |d| d.to_string());
        let taken = (f64::from(leave.taken_half_days) / 2.0).to_string();
        let mut value = say!(lang, "told-leave-days", days = days, taken = taken);
        if leave.lost.is_some() {
            value.push_str(&say!(lang, "told-leave-lost"));
        }
        rest.push(said(say!(lang, "told-leave"), value, leave.lost.as_ref().or(Some(&leave.clause))));
        if let Some((day, days)) = leave.next {
            ahead.push((day, say!(lang, "told-leave-next", days = u32::from(days))));
        }
    }
    let t = &s.training;
    let wanted = |n: Option<u32>| n.map_or("—".to_owned(), |n| n.to_string());
    let value = say!(
        lang,
        "told-training-days",
        days = t.days,
        hours = t.hours,
        wanted_days = wanted(t.wanted_days),
        wanted_hours = wanted(t.wanted_hours)
    );
    rest.push(said(say!(lang, "told-training"), value, t.clauses.first()));
    rest.push(said(say!(lang, "told-rooted"), months(lang, i32::from(s.rooted_months)), None));
    if let Some(r) = &s.retirement {
        rest.push(said(say!(lang, "told-retirement"), r.day.to_string(), Some(&r.clause)));
        ahead.push((r.day, say!(lang, "told-retirement")));
    }
    ahead.retain(|a| a.0 > s.on);
    ahead.sort();
    Told {
        now,
        terms,
        acts,
        next,
        locks,
        pay,
        total: s.pay.known_monthly.to_string(),
        complete: s.pay.complete,
        rest,
        ahead,
        assumptions: s.assumptions.clone(),
    }
}

impl Told {
    /// Name and value of everything that can be compared between two days.
    fn comparable(&self) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = [&self.now, &self.terms, &self.locks, &self.pay, &self.rest]
            .into_iter()
            .flatten()
            .map(|s| (s.name.clone(), s.value.clone()))
            .collect();
        for answer in self.next.iter().chain(&self.acts) {
            let (of, outcome) = &answer.of;
            all.push((of.clone(), format!("{outcome} {}", answer.when).trim_end().to_owned()));
            all.extend(answer.reasons.iter().map(|r| (format!("{of} · {}", r.what), r.fact.clone())));
        }
        all
    }

    /// What is otherwise in a later standing: name, before, after; what is not there is empty.
    pub fn changes(&self, later: &Told) -> Vec<(String, String, String)> {
        let (before, after) = (self.comparable(), later.comparable());
        let find = |all: &[(String, String)], name: &str| {
            all.iter().find(|a| a.0 == name).map(|a| a.1.clone()).unwrap_or_default()
        };
        let mut changed: Vec<(String, String, String)> = Vec::new();
        for (name, _) in before.iter().chain(&after) {
            let (old, new) = (find(&before, name), find(&after, name));
            if old != new && !changed.iter().any(|c| c.0 == *name) {
                changed.push((name.clone(), old, new));
            }
        }
        changed
    }
}

/// What kind of fact it is.
pub fn kind(kind: &str, lang: Lang) -> String {
    match kind {
        "recruited" => say!(lang, "fact-recruited"),
        "registered" => say!(lang, "fact-registered"),
        "educated" => say!(lang, "fact-educated"),
        "appointed" => say!(lang, "fact-appointed"),
        "relieved" => say!(lang, "fact-relieved"),
        "ranked" => say!(lang, "fact-ranked"),
        "graded" => say!(lang, "fact-graded"),
        "assessed" => say!(lang, "fact-assessed"),
        "posted" => say!(lang, "fact-posted"),
        "seconded-out" => say!(lang, "fact-seconded-out"),
        "seconded-back" => say!(lang, "fact-seconded-back"),
        "sanctioned" => say!(lang, "fact-sanctioned"),
        "investigated" => say!(lang, "fact-investigated"),
        "rewarded" => say!(lang, "fact-rewarded"),
        "trained" => say!(lang, "fact-trained"),
        "on-leave" => say!(lang, "fact-on-leave"),
        "worked" => say!(lang, "fact-worked"),
        "left" => say!(lang, "fact-left"),
        _ => say!(lang, "fact-voided"),
    }
}

/// A fact's own words, after its kind.
pub fn fact(fact: &Fact, organs: &HashMap<String, String>, lang: Lang) -> String {
    let organ = |id: &takeroot_civil::OrganId| organs.get(&id.0).cloned().unwrap_or_else(|| id.0.clone());
    let parts: Vec<String> = match fact {
        Fact::Recruited { channel, organ: o, .. } => vec![channel.name(lang).to_owned(), organ(o)],
        Fact::Registered { organ: o } | Fact::Posted { organ: o } => vec![organ(o)],
        Fact::Educated { education, degree, school, major, .. } => {
            vec![education.name(lang).to_owned(), degree.name(lang).to_owned(), school.clone(), major.clone()]
        }
        Fact::Appointed { layer, title, organ: o, .. } => {
            vec![organ(o), title.clone(), layer.map(|l| l.name(lang).to_owned()).unwrap_or_default()]
        }
        Fact::Relieved { title, organ: o } => vec![organ(o), title.clone()],
        Fact::Ranked { rank } => vec![rank.name(lang).to_owned()],
        Fact::Graded { level, step } => {
            let (level, step) = (u32::from(level.get()), u32::from(step.get()));
            vec![say!(lang, "told-level-step", level = level, step = step)]
        }
        Fact::Assessed { year, grade } => vec![year.to_string(), grade.name(lang).to_owned()],
        Fact::SecondedOut { kind, place, .. } => vec![kind.name(lang).to_owned(), place.clone()],
        Fact::Sanctioned { sanction, until } => {
            let until = until.map(|d| say!(lang, "told-day-until", day = d.to_string()));
            vec![sanction.name(lang).to_owned(), until.unwrap_or_default()]
        }
        Fact::Investigated { open } => {
            vec![if *open { say!(lang, "fact-opened") } else { say!(lang, "fact-closed") }]
        }
        Fact::Rewarded { reward } => vec![reward.name(lang).to_owned()],
        Fact::Trained { kind, days, hours, .. } => {
            let length = say!(lang, "fact-length", days = u32::from(*days), hours = u32::from(*hours));
            vec![kind.name(lang).to_owned(), length]
        }
        Fact::OnLeave { kind, half_days } => {
            let days = (f64::from(*half_days) / 2.0).to_string();
            vec![kind.name(lang).to_owned(), say!(lang, "fact-days", days = days)]
        }
        Fact::Worked { kind, place, to } => {
            let to = to.map(|d| say!(lang, "told-day-until", day = d.to_string()));
            vec![kind.name(lang).to_owned(), place.clone(), to.unwrap_or_default()]
        }
        Fact::Left { reason } => vec![reason.name(lang).to_owned()],
        Fact::SecondedBack {} | Fact::Voided {} => vec![],
    };
    parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · ")
}
