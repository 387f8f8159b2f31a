//! The check of post tables in words.

use std::collections::BTreeMap;

use takeroot_civil::Code as _;
use takeroot_exchange::posts::check::{Count, Limit, Opening};
use takeroot_exchange::posts::{Checks, Floored, limit_name, opening_name};
use takeroot_words::Lang;

use crate::out;
use crate::words::say;

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
