//! What is known: the roster, and the rules that were applied, with their documents and days.

use std::collections::BTreeMap;

use takeroot_civil::OrganKind;
use takeroot_policy::Confidence;
use takeroot_policy::document::Head;
use takeroot_policy::rule::{LimitOf, Rule};
use takeroot_policy::stack::{Cite, InForce, Layer};
use takeroot_words::Lang;

use crate::block::{Block, Column, Row, Table};
use crate::number;
use crate::series::{Base, Series, day};
use crate::words::capital;
use crate::words::say;

/// The section.
pub fn blocks(series: &Series<'_>, lang: Lang) -> Vec<Block> {
    let mut blocks = vec![
        Block::Heading { level: 1, text: say!(lang, "part-known"), page: true },
        Block::heading(2, say!(lang, "known-roster")),
        Block::list(roster(series, lang)),
    ];
    for base in &series.bases {
        let name = series.base(base, lang);
        blocks.push(Block::heading(2, say!(lang, "known-rules", base = name)));
        blocks.push(Block::text(series.base_about(base, lang)));
        blocks.push(Block::Table(key_rules(base, lang)));
        blocks.push(Block::Table(documents(series, base, lang)));
        let open = open(base, lang);
        if !open.is_empty() {
            blocks.push(Block::text(say!(lang, "known-open", count = open.len().to_string())));
            blocks.push(Block::list(open));
        }
    }
    blocks
}

/// What the roster says.
fn roster(series: &Series<'_>, lang: Lang) -> Vec<String> {
    let county = &series.county;
    let Some(first) = series.first() else { return Vec::new() };
    let n = |n: f64| number::digits(n, 0);
    let mut said = vec![say!(
        lang,
        "roster-people",
        county = county.told(lang),
        day = day(first.on, lang),
        people = n(first.people as f64),
        organs = n(county.organs as f64),
        townships = n(county.townships as f64),
        posts = n(f64::from(county.posts))
    )];
    if county.without_posts > 0 {
        said.push(say!(lang, "roster-without-posts", organs = county.without_posts.to_string()));
    }
    if !first.groups.is_empty() {
        let groups: Vec<String> = first
            .groups
            .iter()
            .filter(|group| !group.key.contains('+'))
            .map(|group| {
                let name = takeroot_lab::told::group(group.key, lang);
                say!(lang, "roster-group", name = name, people = n(group.people as f64))
            })
            .collect();
        said.push(say!(lang, "roster-groups", groups = groups.join(&say!(lang, "list-comma"))));
    }
    let left = &first.left_out;
    if left.not_serving > 0 {
        said.push(say!(lang, "roster-past", people = n(f64::from(left.not_serving))));
    }
    if left.no_organ > 0 || left.no_birth > 0 {
        let (organ, birth) = (n(f64::from(left.no_organ)), n(f64::from(left.no_birth)));
        said.push(say!(lang, "roster-left-out", organ = organ, birth = birth));
    }
    said.push(if series.terms_for_all {
        say!(lang, "terms-everybody")
    } else {
        say!(lang, "terms-recruits")
    });
    said
}

/// Whether the lab looks at a rule.
fn applied(rule: &Rule) -> bool {
    match rule {
        Rule::Limit(limit) => matches!(
            limit.of,
            LimitOf::InspectionsTownship
                | LimitOf::MeetingsMonth
                | LimitOf::DocumentsCut
                | LimitOf::OvertimeMonth
                | LimitOf::WorkHoursWeek
                | LimitOf::HousingTurnover
                | LimitOf::OpenSelectionAgeStaff
                | LimitOf::SecondmentMonths
                | LimitOf::ExcellentShare
                | LimitOf::TrainingDays
                | LimitOf::TrainingGrassrootsOffJob
                | LimitOf::LocalShare
        ),
        Rule::EntryAge(_)
        | Rule::EntryEducation(_)
        | Rule::Reserve(_)
        | Rule::Probation(_)
        | Rule::InitialGrade(_)
        | Rule::Conversion(_)
        | Rule::ServiceTerm(_)
        | Rule::ServiceBlock(_)
        | Rule::Grassroots(_)
        | Rule::OpenSelection(_)
        | Rule::Secondment(_)
        | Rule::LevelRange(_)
        | Rule::RankStep(_)
        | Rule::GradeEffect(_)
        | Rule::Counting(_)
        | Rule::RootedCredit(_)
        | Rule::PromotionBar(_)
        | Rule::SanctionEffect(_)
        | Rule::Quota(_)
        | Rule::QuotaRounding(_)
        | Rule::TopRank(_)
        | Rule::LeadershipStep(_)
        | Rule::LeadershipExperience(_)
        | Rule::LevelPay(_)
        | Rule::PostPay(_)
        | Rule::RankPay(_)
        | Rule::StepRise(_)
        | Rule::LevelRise(_)
        | Rule::PromotionPay(_)
        | Rule::PayYear(_)
        | Rule::EntryPay(_)
        | Rule::YearEndBonus(_)
        | Rule::Allowance(_)
        | Rule::Retirement(_)
        | Rule::Pool(_)
        | Rule::Preference(_) => true,
        _ => false,
    }
}

/// Whether a rule is one that readers ask for first.
fn key(rule: &Rule) -> bool {
    matches!(
        rule,
        Rule::ServiceTerm(_)
            | Rule::ServiceBlock(_)
            | Rule::Secondment(_)
            | Rule::EntryEducation(_)
            | Rule::Quota(_)
            | Rule::TopRank(_)
            | Rule::Retirement(_)
    ) || matches!(rule, Rule::Allowance(allowance) if allowance.township_only)
}

/// The rules that readers ask for first, in the words of their documents.
fn key_rules(base: &Base<'_>, lang: Lang) -> Table {
    let of_counties = |clause: &&InForce| match &clause.rule {
        Rule::Quota(quota) => quota.organs.iter().any(|organ| of_county(*organ)),
        Rule::TopRank(top) => top.organs.iter().any(|organ| of_county(*organ)),
        _ => true,
    };
    let clauses = base.rules.resolved.slots.values().filter(|clause| key(&clause.rule)).filter(of_counties);
    let mut by_kind: BTreeMap<&str, (String, Vec<&Cite>)> = BTreeMap::new();
    for clause in clauses {
        let kind = by_kind
            .entry(clause.rule.kind())
            .or_insert_with(|| (clause.rule.kind_name(lang).to_owned(), Vec::new()));
        kind.1.push(&clause.cite);
    }
    let mut rows = Vec::new();
    for (name, cites) in by_kind.into_values() {
        rows.push(Row::Over { text: capital(name) });
        // The same sentence may carry several figures.
        let mut told: Vec<&str> = Vec::new();
        for cite in cites {
            let text = cite.text.get(lang);
            if told.contains(&text) {
                continue;
            }
            told.push(text);
            rows.push(Row::of([text.to_owned(), origin(cite, lang), known(cite.confidence, lang)]));
        }
    }
    Table {
        title: say!(lang, "rules-title"),
        columns: vec![
            Column::words(say!(lang, "rules-text"), 5.5),
            Column::words(say!(lang, "rules-origin"), 3.6),
            Column::words(say!(lang, "rules-known"), 1.3),
        ],
        rows,
        note: String::new(),
        whole: false,
    }
}

const fn of_county(kind: OrganKind) -> bool {
    matches!(kind, OrganKind::Township | OrganKind::Subdistrict | OrganKind::County)
}

fn origin(cite: &Cite, lang: Lang) -> String {
    let title = cite.title.get(lang);
    let place = cite.source.get(lang);
    match cite.from {
        Some(from) if cite.layer != Layer::Baseline => {
            say!(lang, "origin-from", title = title, place = place, day = day(from, lang))
        }
        _ => say!(lang, "origin", title = title, place = place),
    }
}

fn known(confidence: Confidence, lang: Lang) -> String {
    match confidence {
        Confidence::A => say!(lang, "known-a"),
        Confidence::B => say!(lang, "known-b"),
        Confidence::C => say!(lang, "known-c"),
        Confidence::D => say!(lang, "known-d"),
    }
}

/// The documents whose clauses were applied.
fn documents(series: &Series<'_>, base: &Base<'_>, lang: Lang) -> Table {
    let mut found: BTreeMap<&str, (usize, [usize; 4], bool)> = BTreeMap::new();
    for clause in base.rules.resolved.slots.values().filter(|clause| applied(&clause.rule)) {
        let entry = found.entry(clause.cite.document.as_str()).or_default();
        entry.0 += 1;
        let at = Confidence::ALL.iter().position(|c| *c == clause.cite.confidence).unwrap_or(3);
        entry.1[at] += 1;
        entry.2 |= clause.cite.invented;
    }
    let mut rows: Vec<(String, Row)> = Vec::new();
    for (id, (clauses, by, invented)) in found {
        let Some(document) = series.library.get(id) else { continue };
        let mut title = document.head.title().get(lang).to_owned();
        if invented {
            title = say!(lang, "document-invented", title = title);
        }
        let (number, from, order) = match &document.head {
            Head::Instrument(head) => {
                (head.number.clone(), day(head.effective.0, lang), head.effective.0.to_string())
            }
            Head::Baseline(head) => (
                String::new(),
                say!(lang, "document-baseline", day = day(head.law_of.0, lang)),
                String::from("9999"),
            ),
            Head::Proposal(_) => (String::new(), String::new(), String::from("9999")),
        };
        let sure: Vec<String> = Confidence::ALL
            .iter()
            .zip(by)
            .filter(|(_, count)| *count > 0)
            .map(|(c, count)| say!(lang, "known-count", known = known(*c, lang), count = count.to_string()))
            .collect();
        let sure = sure.join(&say!(lang, "list-comma"));
        rows.push((order, Row::of([title, number, from, clauses.to_string(), sure])));
    }
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    Table {
        title: say!(lang, "documents-title"),
        columns: vec![
            Column::words(say!(lang, "documents-what"), 4.0),
            Column::words(say!(lang, "documents-number"), 2.4),
            Column::words(say!(lang, "documents-from"), 1.8),
            Column::figures(say!(lang, "documents-clauses"), 0.8),
            Column::words(say!(lang, "documents-known"), 2.4),
        ],
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        note: say!(lang, "documents-note", digest = base.rules.digest.chars().take(16).collect::<String>()),
        whole: false,
    }
}

/// What is left to local rules and no local document says, in the words of the documents that leave it.
fn open(base: &Base<'_>, lang: Lang) -> Vec<String> {
    let ours = |wants: &str| {
        let kind = wants.split('/').next().unwrap_or_default();
        matches!(
            kind,
            "allowance" | "level-pay" | "post-pay" | "rank-pay" | "year-end-bonus" | "quota" | "service-term"
        )
    };
    let open = base.rules.resolved.open.values().filter(|(_, local)| ours(&local.wants));
    let mut said: Vec<String> = open.map(|(cite, _)| cite.text.get(lang).to_owned()).collect();
    said.sort();
    said.dedup();
    said
}
