//! Runs every row of every `*.cases.md` beside the policy documents. The grammar is in `docs/cases-format.md`.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "tests and examples read files and print; the crate does not"
)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod case_facts;

use std::fs;
use std::path::{Path, PathBuf};

use takeroot_civil::{Code, Day, Grade, Layer, Rank, Roster};
use takeroot_policy::rule::{ActName, LimitOf, PayItem, Unit};
use takeroot_policy::standing::pay::{Amount, PayLineKind};
use takeroot_policy::standing::{Met, Promotion, Reason, promotion, service};
use takeroot_policy::{Facts, Library, Rules, Stack, StackSpec, Standing, calendar};

use case_facts::Told;

struct Case {
    file: String,
    line: usize,
    name: String,
    facts: String,
    day: String,
    question: String,
    answer: String,
}

#[test]
fn every_case_comes_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    assert!(!files.is_empty(), "no *.cases.md under policies/");
    let library = Library::shipped().expect("shipped documents");
    let (mut run, mut wrong) = (0, Vec::new());
    for file in files {
        let name = file.strip_prefix(&root).unwrap().display().to_string();
        let cases = read(&name, &fs::read_to_string(&file).unwrap());
        assert!(!cases.is_empty(), "{name} holds no case");
        for case in cases {
            run += 1;
            match answer(&library, &case) {
                Ok(got) if same(&got, &case.answer) => {}
                Ok(got) => wrong.push(format!(
                    "{}:{} {}\n    {} | {} | {}\n    expected {}\n    got      {got}",
                    case.file, case.line, case.name, case.facts, case.day, case.question, case.answer
                )),
                Err(why) => {
                    wrong
                        .push(format!("{}:{} {}\n    cannot be run: {why}", case.file, case.line, case.name));
                }
            }
        }
    }
    println!("{run} cases, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{} of {run} cases do not come out:\n{}", wrong.len(), wrong.join("\n"));
}

/// Each part of the expected answer must be among the parts of the answer; unmet clauses must be the same set.
fn same(got: &str, want: &str) -> bool {
    let parts = |text: &str| -> Vec<String> { text.split('；').map(|p| p.trim().to_owned()).collect() };
    let set = |text: &str| -> Option<Vec<String>> {
        let mut ids: Vec<String> =
            text.strip_prefix("不可：")?.split('、').map(|s| s.trim().to_owned()).collect();
        ids.sort();
        ids.dedup();
        Some(ids)
    };
    let got = parts(got);
    parts(want).iter().all(|w| got.iter().any(|g| g == w || (set(g).is_some() && set(g) == set(w))))
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.to_string_lossy().ends_with(".cases.md") {
            files.push(path);
        }
    }
}

fn read(file: &str, text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut in_table = false;
    for (at, line) in text.lines().enumerate() {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        if !line.trim_start().starts_with('|') || cells.len() < 5 {
            in_table = false;
            continue;
        }
        if cells[0].starts_with("案例") && cells[1].starts_with("事实") {
            in_table = true;
            continue;
        }
        if !in_table || cells[0].chars().all(|c| matches!(c, '-' | ':' | ' ')) {
            continue;
        }
        let clean = |s: &str| s.replace('`', "").trim().to_owned();
        let facts = match clean(cells[1]) {
            same if same == "同上" => cases.last().expect("同上 has a row above").facts.clone(),
            other => other,
        };
        cases.push(Case {
            file: file.to_owned(),
            line: at + 1,
            name: clean(cells[0]),
            facts,
            day: clean(cells[2]),
            question: clean(cells[3]),
            answer: clean(cells[4]),
        });
    }
    cases
}

/// The day and the stack: `2026-07-01`, `2026-07-01 @ as-in-2013`, `… @ +proposal`, `… @ 99`.
fn stack(text: &str) -> Result<(Day, StackSpec), String> {
    let (day, rest) = text.split_once('@').unwrap_or((text, ""));
    let day: Day = day.trim().parse().map_err(|e| format!("{e}"))?;
    let mut spec = StackSpec::default();
    for part in rest.split_whitespace() {
        if let Some(proposals) = part.strip_prefix('+') {
            spec.proposals.extend(proposals.split('+').map(str::to_owned));
        } else if part.chars().all(|c| c.is_ascii_digit()) {
            spec.place = Some(part.to_owned());
        } else {
            let (base, proposals) = part.split_once('+').unwrap_or((part, ""));
            spec.baseline = (base != "law").then(|| base.to_owned());
            spec.proposals.extend(proposals.split('+').filter(|p| !p.is_empty()).map(str::to_owned));
        }
    }
    Ok((day, spec))
}

fn answer(library: &Library, case: &Case) -> Result<String, String> {
    let (day, spec) = stack(&case.day)?;
    let stack = Stack::new(library, spec).map_err(|e| e.to_string())?;
    let rules = Rules::at(&stack, day);
    let Told { career, organs, start } = case_facts::tell(&case.facts)?;
    let roster = Roster { organs, careers: vec![career], invented: true };
    let index = roster.organ_index();
    let career = &roster.careers[0];
    let facts = Facts::of(career, &index, &rules);
    let standing = Standing::from_facts(&facts, &rules);
    let (verb, rest) = case.question.split_once(' ').unwrap_or((&case.question, ""));
    let rest = rest.trim();
    Ok(match verb {
        "晋升" => {
            let rank = Rank::from_zh(rest).ok_or_else(|| format!("no rank {rest}"))?;
            promotion_said(&promotion::rank(&facts, &rules, rank))
        }
        "任" => {
            let layer = Layer::from_zh(rest).ok_or_else(|| format!("no layer {rest}"))?;
            promotion_said(&promotion::layer(&facts, &rules, layer))
        }
        "服务期" => {
            match standing.terms.iter().filter(|t| t.running).max_by_key(|t| (t.until.is_none(), t.until)) {
                Some(term) => term.until.map_or_else(|| "暂停".to_owned(), |u| format!("至 {u}")),
                None if standing.terms.is_empty() => "无".to_owned(),
                None => "已满".to_owned(),
            }
        }
        "辞职" => act_said(&facts, &rules, ActName::Resign),
        "遴选" => act_said(&facts, &rules, ActName::OpenSelection),
        "调出" => act_said(&facts, &rules, ActName::TransferOut),
        "借调" => act_said(&facts, &rules, ActName::Secondment),
        "试用期" => match &standing.probation {
            Some(p) if p.running => format!("至 {}", p.until),
            Some(_) => "已满".to_owned(),
            None => "无".to_owned(),
        },
        "级别档次" => {
            let g = &standing.grading;
            let level = g.level.map_or("未知".to_owned(), |l| l.to_string());
            let step = g.step.map_or("未知".to_owned(), |s| s.to_string());
            let mut said = format!("{level}-{step}");
            if let Some(day) = g.next_step {
                said.push_str(&format!("；下次档次 {day}"));
            }
            if let Some(day) = g.next_level {
                said.push_str(&format!("；下次级别 {day}"));
            }
            said
        }
        "工资" => pay_said(&standing, rest)?,
        "年休假" => match &standing.leave {
            Some(leave) if leave.lost.is_some() => "0天".to_owned(),
            Some(leave) => leave.days.map_or("未知".to_owned(), |d| format!("{d}天")),
            None => "无".to_owned(),
        },
        "退休" => standing.retirement.as_ref().map_or("未知".to_owned(), |r| r.day.to_string()),
        "扎根" => format!("{}个月", standing.rooted_months),
        "培训" => match standing.training.missing_days {
            Some(0) => "足".to_owned(),
            Some(days) => format!("缺{days}天"),
            None => "无".to_owned(),
        },
        "处分影响" => {
            let until =
                standing.lock_outs.iter().filter(|l| l.sanction.is_some()).filter_map(|l| l.free).max();
            until.map_or("无".to_owned(), |u| format!("至 {u}"))
        }
        "参数" => match (rules.slot(rest), rules.open(rest)) {
            (Some(clause), _) => clause.cite.id.clone(),
            (None, Some(open)) => format!("未知：{}", open.id),
            (None, None) => "无".to_owned(),
        },
        "期限" => {
            let of = LimitOf::from_code(rest).ok_or_else(|| format!("no limit {rest}"))?;
            let limit = rules.limit(of).ok_or_else(|| format!("{rest} is not in force"))?;
            let from = start.ok_or("no 起")?;
            let n = limit.rule.value();
            match limit.rule.unit {
                Unit::WorkingDay => calendar::plus_working_days(from, n),
                Unit::Month => from.plus_months(n as i32).real(),
                Unit::Year => from.plus_years(n as i32).real(),
                _ => from.plus_days(n as i32),
            }
            .to_string()
        }
        other => return Err(format!("no question {other}")),
    })
}

fn promotion_said(promotion: &Promotion) -> String {
    said(&promotion.reasons, promotion.earliest)
}

fn act_said(facts: &Facts<'_>, rules: &Rules, act: ActName) -> String {
    let standing = service::act(facts, rules, act);
    said(&standing.reasons, standing.earliest)
}

fn said(reasons: &[Reason], earliest: Option<Day>) -> String {
    let ids = |met| -> Vec<&str> {
        let of = reasons.iter().filter(|r| r.met == met);
        of.map(|r| r.clause.as_ref().map_or("-", |c| c.id.as_str())).collect()
    };
    let (unmet, unknown) = (ids(Met::No), ids(Met::Unknown));
    let mut said = if !unmet.is_empty() {
        format!("不可：{}", unmet.join("、"))
    } else if !unknown.is_empty() {
        format!("未知：{}", unknown.join("、"))
    } else {
        "可".to_owned()
    };
    if let Some(day) = earliest {
        said.push_str(&format!("；最早 {day}"));
    }
    said
}

fn pay_said(standing: &Standing, item: &str) -> Result<String, String> {
    let of = |kind: &PayLineKind| match kind {
        PayLineKind::Base(_) => matches!(item, "职务工资" | "职级工资"),
        PayLineKind::Level => item == "级别工资",
        PayLineKind::Allowance(i) => Some(*i) == PayItem::from_zh(item),
        PayLineKind::Bonus => matches!(item, "年终一次性奖金" | "年终奖"),
        PayLineKind::Deduction(i) => i.zh() == item,
    };
    Ok(match standing.pay.lines.iter().find(|l| of(&l.kind)).map(|l| &l.amount) {
        Some(Amount::Known(fen)) => fen.to_string(),
        Some(Amount::NotDue) => "不发".to_owned(),
        Some(Amount::Unknown(_)) => "未知".to_owned(),
        None => "无".to_owned(),
    })
}

#[test]
fn the_fastest_way_to_principal_1_is_eight_years() {
    // The rule base's own example: each step on the first day it is open, all years competent; then one excellent year.
    let library = Library::shipped().expect("shipped documents");
    let stack = Stack::new(&library, StackSpec::default()).expect("the law");
    let way = |excellent: &[u16], basic: &[u16]| -> Day {
        let (mut career, organs) = {
            let told = case_facts::tell("2020-01-01 登记 乡镇；2020-01-01 职级 一级科员").expect("facts");
            (told.career, told.organs)
        };
        for year in 2020..2036 {
            let grade = if excellent.contains(&year) {
                Grade::Excellent
            } else if basic.contains(&year) {
                Grade::Basic
            } else {
                Grade::Competent
            };
            career.add(Day::year_end(year), takeroot_civil::Fact::Assessed { year, grade });
        }
        let mut day = Day::new(2020, 1, 1).expect("a day");
        let mut rules = Rules::at(&stack, day);
        for to in [Rank::Principal4, Rank::Principal3, Rank::Principal2, Rank::Principal1] {
            loop {
                if rules.on.year() != day.year() {
                    rules = Rules::at(&stack, day);
                }
                let roster = Roster { organs: organs.clone(), careers: vec![career.clone()], invented: true };
                let facts = Facts::on(&roster.careers[0], &roster.organ_index(), &rules, day);
                if promotion::rank(&facts, &rules, to).verdict.eligible() {
                    career.add(day, takeroot_civil::Fact::Ranked { rank: to });
                    break;
                }
                day = day.plus_days(1);
                assert!(day.year() < 2036, "never reached {to}");
            }
        }
        day
    };
    assert_eq!(way(&[], &[]).to_string(), "2028-01-01");
    assert_eq!(way(&[2020], &[]).to_string(), "2027-07-01");
    assert_eq!(way(&[2020, 2024], &[]).to_string(), "2027-01-01");
    // A basically competent year does not count, and the year after it bars.
    assert_eq!(way(&[], &[2021]).to_string(), "2029-01-01");
}
