//! What the policy documents say of recruitment, in the form that the check of post tables asks for; and a table held
//! against it.

use std::collections::BTreeMap;

use serde::Serialize;
use takeroot_civil::Day;
use takeroot_policy::rule::{Condition, EntryAge, Posts, Rule};
use takeroot_policy::{InForce, Library, Rules, Stack, StackFault, StackSpec};

use super::check::{self, Floors, Given, Opened, Report};
use super::post::Table;

/// The rules that posts are checked against: the law at a date, and the law with proposals on top.
#[derive(Clone, Debug, PartialEq, Eq)]
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

impl Floored {
    /// The rules for a table on a day. The local instruments of the province that most of its posts lie in hold, and those of
    /// `place` if it lies there.
    ///
    /// # Errors
    /// A proposal that does not exist.
    pub fn of(
        library: &Library,
        table: &Table,
        on: Day,
        proposals: &[String],
        place: Option<String>,
    ) -> Result<Floored, StackFault> {
        let mut provinces: BTreeMap<String, usize> = BTreeMap::new();
        for division in table.posts.iter().filter_map(|p| p.division) {
            *provinces.entry(division.cut(2).to_string()).or_default() += 1;
        }
        let province = provinces.into_iter().max_by_key(|(_, count)| *count).map(|(code, _)| code);
        let inside = |place: &String| province.as_ref().is_none_or(|province| place.starts_with(province));
        let place = place.filter(inside).or_else(|| province.clone());
        let at = |proposals: &[String]| -> Result<Floors, StackFault> {
            let spec = StackSpec { baseline: None, proposals: proposals.to_vec(), place: place.clone() };
            Ok(floors(&Rules::at(&Stack::new(library, spec)?, on)))
        };
        let law = at(&[])?;
        let proposal = if proposals.is_empty() { None } else { Some(at(proposals)?) };
        Ok(Floored { on, place, law, proposal, proposals: proposals.to_vec() })
    }
}

/// A table held against the rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checks {
    /// The law's values.
    pub rules: Floors,
    /// All posts.
    pub all: Report,
    /// Those of townships.
    pub township: Report,
    /// What the proposals would open, when any were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Opens>,
}

/// What a proposal would open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Opens {
    /// The values of the law with the proposals.
    pub rules: Floors,
    /// All posts.
    pub all: Opened,
    /// Those of townships.
    pub township: Opened,
}

impl Checks {
    /// A table held against the rules.
    pub fn of(table: &Table, rules: &Floored) -> Checks {
        let township = || table.posts.iter().filter(|p| p.township);
        Checks {
            rules: rules.law.clone(),
            all: check::report(&table.posts, &rules.law),
            township: check::report(township(), &rules.law),
            proposal: rules.proposal.as_ref().map(|proposal| Opens {
                rules: proposal.clone(),
                all: check::opened(&table.posts, &rules.law, proposal),
                township: check::opened(township(), &rules.law, proposal),
            }),
        }
    }
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
    let of_age = |pick: fn(&EntryAge) -> Option<u8>| {
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
