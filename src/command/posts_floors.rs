//! What the policy documents say of recruitment, in the form that the check of post tables asks for; and the check in
//! words.

use std::collections::BTreeMap;

use takeroot_civil::{Code as _, Day};
use takeroot_exchange::posts::check::{Count, Floors, Given, Limit, Opening};
use takeroot_exchange::posts::{Table, limit_name, opening_name};
use takeroot_policy::rule::{Condition, Posts, Rule};
use takeroot_policy::{InForce, Library, Rules, Stack, StackSpec};
use takeroot_words::Lang;

use super::posts::Checks;
use crate::cli::Context;
use crate::words::say;
use crate::{library, out};

/// The rules that posts are checked against: the law at a date, and the law with proposals on top.
pub struct Floored {
    /// The day.
    pub on: Day,
    /// Digits of the province whose local instruments hold.
    pub place: Option<String>,
    /// The law at the date.
    pub law: Floors,
    /// The same with the proposals, when any were asked for.
    pub proposal: Option<Floors>,
    /// Their ids.
    pub proposals: Vec<String>,
}

/// The rules for a table on a day. The local instruments of the province that most of its posts lie in hold.
///
/// # Errors
/// A proposal that does not exist.
pub fn of(
    ctx: &Context,
    policies: &Library,
    table: &Table,
    on: Day,
    proposals: &[String],
) -> anyhow::Result<Floored> {
    let mut provinces: BTreeMap<String, usize> = BTreeMap::new();
    for division in table.posts.iter().filter_map(|p| p.division) {
        *provinces.entry(division.cut(2).to_string()).or_default() += 1;
    }
    let place = provinces.into_iter().max_by_key(|(_, count)| *count).map(|(code, _)| code);
    let at = |proposals: &[String]| -> anyhow::Result<Floors> {
        let spec = StackSpec { baseline: None, proposals: proposals.to_vec(), place: place.clone() };
        let stack: Stack<'_> = library::stack(ctx, policies, spec)?;
        Ok(floors(&Rules::at(&stack, on)))
    };
    let law = at(&[])?;
    let proposal = if proposals.is_empty() { None } else { Some(at(proposals)?) };
    Ok(Floored { on, place, law, proposal, proposals: proposals.to_vec() })
}

fn given<T>(clause: &InForce, value: T) -> Given<T> {
    let cite = &clause.cite;
    let citation = format!("{} {}", cite.title.zh, cite.id);
    Given::new(value, &cite.id, &citation, cite.confidence.letter())
}

fn floors(rules: &Rules) -> Floors {
    let education = |posts: Posts| {
        let clause = rules.slot(&format!("entry-education/{posts}"))?;
        match &clause.rule {
            Rule::EntryEducation(rule) => Some((clause, rule.clone())),
            _ => None,
        }
    };
    let floor = |posts| education(posts).and_then(|(c, rule)| Some(given(c, rule.floor.education()?)));
    let relaxed = |posts: Posts, condition: Condition| {
        let clause = rules.slot(&format!("entry-relaxed/{posts}/{condition}"))?;
        match &clause.rule {
            Rule::EntryRelaxed(rule) => Some(given(clause, rule.none)),
            _ => None,
        }
    };
    let age = rules.slot(&format!("entry-age/{}", Posts::Any)).and_then(|clause| match &clause.rule {
        Rule::EntryAge(rule) => Some((clause, rule.clone())),
        _ => None,
    });
    let of_age = |pick: fn(&takeroot_policy::rule::EntryAge) -> Option<u8>| {
        age.as_ref().and_then(|(clause, rule)| Some(given(clause, pick(rule)?)))
    };
    Floors {
        education_floor: floor(Posts::Any),
        education_floor_hardship_township: floor(Posts::HardshipTownship),
        education_floor_township: floor(Posts::Township),
        education_no_more_township: education(Posts::Township).map(|(c, rule)| given(c, rule.no_more)),
        age_max: of_age(|rule| rule.max),
        age_max_fresh_postgraduate: of_age(|rule| rule.max_fresh_postgraduate),
        no_major_limit_hardship_township: relaxed(Posts::Hardship, Condition::Major),
        no_major_limit_township: relaxed(Posts::Township, Condition::Major),
        no_experience_hardship_township: relaxed(Posts::Hardship, Condition::Experience),
        not_fresh_only_township: relaxed(Posts::Township, Condition::FreshOnly),
        hardship_counties: Vec::new(),
    }
}

/// The check in words: what it was held against, what shuts people out, what a proposal would open.
pub fn said(checks: &Checks, rules: &Floored, lang: Lang) -> String {
    let mut text = String::from("\n");
    let place = rules.place.clone().unwrap_or_default();
    text.push_str(&say!(lang, "posts-check-head", day = rules.on.to_string(), place = place));
    text.push('\n');
    let mut clause = |what: String, value: String, clause: &str, confidence: &str| {
        let said = say!(
            lang,
            "posts-check-rule",
            what = what,
            value = value,
            clause = clause,
            confidence = confidence
        );
        text.push_str(&said);
        text.push('\n');
    };
    if let Some(floor) = &rules.law.education_floor {
        let value = floor.value.name(lang).to_owned();
        clause(say!(lang, "posts-check-education"), value, &floor.clause, &floor.confidence);
    }
    if let Some(age) = &rules.law.age_max {
        clause(say!(lang, "posts-check-age"), age.value.to_string(), &age.clause, &age.confidence);
    }
    let mut rows = vec![vec![
        say!(lang, "posts-check-limit"),
        say!(lang, "posts-check-all"),
        say!(lang, "posts-check-only"),
        say!(lang, "posts-check-township"),
        say!(lang, "posts-check-township-only"),
    ]];
    for limit in Limit::ALL {
        let of = |report: &takeroot_exchange::posts::check::Report| {
            report.limits.get(&limit).map_or((0, 0), |shut| (shut.with.recruits, shut.only.recruits))
        };
        let ((all, only), (township, township_only)) = (of(&checks.all), of(&checks.township));
        if all > 0 {
            let numbers = [all, only, township, township_only].map(|n| n.to_string());
            rows.push(std::iter::once(limit_name(limit, lang)).chain(numbers).collect());
        }
    }
    let open = [checks.all.open.recruits, checks.township.open.recruits].map(|n| n.to_string());
    rows.push(vec![
        say!(lang, "posts-check-open"),
        open[0].clone(),
        String::new(),
        open[1].clone(),
        String::new(),
    ]);
    text.push('\n');
    text.push_str(&out::table(&rows, &[1, 2, 3, 4]));
    if let Some(opens) = &checks.proposal {
        text.push('\n');
        text.push_str(&say!(lang, "posts-check-proposal", ids = rules.proposals.join(" + ")));
        text.push('\n');
        let line = |what: String, all: &Count, township: &Count| {
            vec![
                what,
                all.posts.to_string(),
                all.recruits.to_string(),
                township.posts.to_string(),
                township.recruits.to_string(),
            ]
        };
        let mut rows = vec![
            vec![
                say!(lang, "posts-check-opens"),
                say!(lang, "posts-check-posts"),
                say!(lang, "posts-check-recruits"),
                say!(lang, "posts-check-township-posts"),
                say!(lang, "posts-check-township-recruits"),
            ],
            line(say!(lang, "posts-check-wider"), &opens.all.wider, &opens.township.wider),
        ];
        for opening in Opening::ALL {
            let of = |by: &BTreeMap<Opening, Count>| by.get(&opening).copied().unwrap_or_default();
            let (all, township) = (of(&opens.all.by), of(&opens.township.by));
            if all.posts > 0 {
                rows.push(line(opening_name(opening, lang), &all, &township));
            }
        }
        rows.push(line(say!(lang, "posts-check-fully"), &opens.all.fully_open, &opens.township.fully_open));
        rows.push(line(say!(lang, "posts-check-unknown"), &opens.all.unknown, &opens.township.unknown));
        text.push_str(&out::table(&rows, &[1, 2, 3, 4]));
    }
    text
}
