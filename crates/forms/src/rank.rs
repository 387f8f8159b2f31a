//! What stands on a rank form: a person, a proposed rank, and every clause of the promotion as `policy` unfolded it.

use serde::Serialize;
use serde_json::Value;
use takeroot_civil::{Career, Code as _, Day, Grade};
use takeroot_policy::rule::Holder;
use takeroot_policy::standing::{Met, Promotion, Reason};
use takeroot_policy::{Facts, Rules, Standing, standing};
use takeroot_words::{Lang, Say as _};

use crate::press::Date;

/// One form.
#[derive(Clone, Debug, Serialize)]
pub struct Sheet {
    name: String,
    sex: String,
    ethnic: String,
    birth: Option<Date>,
    age: Option<i32>,
    native_place: String,
    politics: String,
    party_joined: Option<Date>,
    work_start: Option<Date>,
    education: String,
    organ: String,
    away: Option<String>,
    /// Post titles held, then the layer.
    posts: Vec<String>,
    layer: String,
    layer_since: Option<Date>,
    rank: String,
    rank_since: Option<Date>,
    grading: String,
    proposed: String,
    outcome: String,
    eligible: bool,
    earliest: Option<Date>,
    on: Date,
    clauses: Vec<Clause>,
    grades: Vec<Year>,
    assumptions: Vec<String>,
    /// A clause that decides here is remembered, not read, and has to be checked.
    to_check: bool,
    digest: String,
}

#[derive(Clone, Debug, Serialize)]
struct Clause {
    need: String,
    met: &'static str,
    met_text: String,
    fact: String,
    article: String,
    to_check: bool,
    invented: bool,
    earliest: Option<Date>,
}

#[derive(Clone, Debug, Serialize)]
struct Year {
    year: u16,
    grade: String,
    excellent: bool,
}

impl Sheet {
    /// The form for a promotion of a person on the day of the rules.
    pub fn of(career: &Career, facts: &Facts<'_>, rules: &Rules, promotion: &Promotion, lang: Lang) -> Sheet {
        let standing = Standing::from_facts(facts, rules);
        let person = &career.person;
        let date = |day: Option<Day>| day.map(Date::of);
        let rank = standing.ranks.last();
        let grading = match (standing.grading.level, standing.grading.step) {
            (Some(level), Some(step)) => {
                lang.pick(format!("{level}级{step}档"), format!("level {level}, step {step}"))
            }
            (Some(level), None) => lang.pick(format!("{level}级"), format!("level {level}")),
            _ => String::new(),
        };
        let education = facts.education.map(|(education, degree)| {
            let mut said = education.name(lang).to_owned();
            if degree != takeroot_civil::Degree::None {
                said.push_str(lang.pick("、", ", "));
                said.push_str(degree.name(lang));
            }
            said
        });
        let clauses: Vec<Clause> = promotion.reasons.iter().map(|r| clause(r, lang)).collect();
        Sheet {
            name: person.name.clone(),
            sex: person.sex.map(|s| s.name(lang).to_owned()).unwrap_or_default(),
            ethnic: person.ethnic.clone(),
            birth: date(person.birth),
            age: person.birth.map(|b| rules.on.years_since(b)),
            native_place: person.native_place.clone(),
            politics: person.politics.clone(),
            party_joined: date(person.party_joined),
            work_start: date(person.work_start),
            education: education.unwrap_or_default(),
            organ: standing.organ.clone().unwrap_or_default(),
            away: standing.away.clone(),
            posts: crate::book::titles(facts),
            layer: standing.layer.map(|(layer, _)| layer.name(lang).to_owned()).unwrap_or_default(),
            layer_since: date(standing.layer.map(|(_, since)| since)),
            rank: rank.map(|r| r.rank.name(lang).to_owned()).unwrap_or_default(),
            rank_since: date(rank.map(|r| r.since)),
            grading,
            proposed: promotion.to.say(lang),
            outcome: promotion.outcome.say(lang),
            eligible: promotion.verdict.eligible(),
            earliest: date(promotion.earliest),
            on: Date::of(rules.on),
            to_check: clauses.iter().any(|c| c.to_check),
            clauses,
            grades: recent(&standing.grades, lang),
            assumptions: standing.clone().told(lang).assumptions,
            digest: rules.digest.chars().take(12).collect(),
        }
    }

    /// The form for the person's next rank; `None` when there is none, or the person has left.
    pub fn next(career: &Career, facts: &Facts<'_>, rules: &Rules, lang: Lang) -> Option<Sheet> {
        let next = standing::promotion::next_ranks(facts, rules);
        let promotion = next.iter().rfind(|p| matches!(p.to, Holder::Rank(_)))?;
        facts.in_service().then(|| Sheet::of(career, facts, rules, promotion, lang))
    }
}

impl crate::press::Sheet for Sheet {
    const USUAL_PAGES: usize = 2;

    fn data(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// The years a committee looks at: as many as the form has boxes for.
const YEARS: usize = 10;

fn recent(grades: &[(u16, Grade)], lang: Lang) -> Vec<Year> {
    let from = grades.len().saturating_sub(YEARS);
    let grades = grades.get(from..).unwrap_or_default();
    let year = |(year, grade): &(u16, Grade)| Year {
        year: *year,
        grade: grade.name(lang).to_owned(),
        excellent: *grade == Grade::Excellent,
    };
    grades.iter().map(year).collect()
}

fn clause(reason: &Reason, lang: Lang) -> Clause {
    let cite = reason.clause.as_deref();
    Clause {
        need: reason.need.say(lang),
        met: match reason.met {
            Met::Yes => "yes",
            Met::No => "no",
            Met::Unknown => "unknown",
        },
        met_text: reason.met.say(lang),
        fact: reason.fact.say(lang),
        article: cite
            .map(|c| {
                let (title, source) = (c.title.get(lang), c.source.get(lang));
                lang.pick(format!("《{title}》{source}"), format!("{title}, {source}"))
            })
            .unwrap_or_default(),
        to_check: cite.is_some_and(|c| c.confidence.to_be_checked()),
        invented: cite.is_some_and(|c| c.invented),
        earliest: reason.earliest.filter(|_| reason.met != Met::Yes).map(Date::of),
    }
}
