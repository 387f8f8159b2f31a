//! The standing of a million invented people: pay, next rank, minimum service; CPU time of one thread.

use std::path::Path;

use anyhow::{Context, anyhow, ensure};
use rustix::time::{ClockId, clock_gettime};
use serde_json::{Value, json};
use takeroot_civil::{Code, Day, Fen, Grade, Ladder, Layer, Level, Rank, Step};
use takeroot_demo::Plan;
use takeroot_policy::columns::{self, RowStanding};
use takeroot_policy::rule::{ActName, BarGround, Holder};
use takeroot_policy::{Columns, Facts, Library, Officer, Rules, Stack, StackSpec};

use crate::npy;

const SEED: u64 = 1;
const PASSES: usize = 31;
const PRESENT: Ladder = Ladder::Parallel;

/// CPU seconds that this thread has used.
fn cpu() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}

pub fn run(people: u32, dir: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(dir)?;
    let day = Day::new(2026, 7, 1).context("a day")?;
    let library = Library::shipped().map_err(|_| anyhow!("the shipped documents cannot be read"))?;
    let spec = StackSpec { place: Some("990123".into()), ..StackSpec::default() };
    let rules = Rules::at(&Stack::new(&library, spec)?, day);

    let started = cpu();
    let columns = make(people, day, &rules)?;
    let made = cpu() - started;
    eprintln!("{} careers made, gathered and put into columns in {made:.1} s of CPU", columns.len());

    let mut out = vec![RowStanding::default(); columns.len()];
    let whole = median(
        (0..PASSES)
            .map(|_| {
                let started = cpu();
                columns::standing(&rules, &columns, 0..columns.len(), std::hint::black_box(&mut out));
                cpu() - started
            })
            .collect(),
    );
    // The same in slices, for whoever folds the answers and does not keep them: here into totals.
    const SLICE: usize = 16_384;
    let mut part = vec![RowStanding::default(); SLICE];
    let mut total = (Fen::ZERO, 0u64);
    let sliced = median(
        (0..PASSES)
            .map(|_| {
                let started = cpu();
                total = (Fen::ZERO, 0);
                let prepared = columns::Prepared::of(&rules, &columns);
                for from in (0..columns.len()).step_by(SLICE) {
                    let n = prepared.standing(&columns, from..from + SLICE, &mut part);
                    for row in &part[..n] {
                        total = (total.0 + row.pay, total.1 + u64::from(row.eligible.0.count_ones()));
                    }
                }
                cpu() - started
            })
            .collect(),
    );
    let of_all: Fen = out.iter().map(|r| r.pay).sum();
    ensure!(total.0 == of_all, "the slices do not add up to the whole");

    write(dir, &rules, &columns, &out)?;
    let result = json!({
        "people": columns.len(), "passes": PASSES, "seed": SEED, "day": day.to_string(), "digest": rules.digest,
        "seconds": whole, "seconds_folded": sliced, "seconds_to_make": made,
        "eligible": total.1, "monthly_fen": of_all.0,
    });
    std::fs::write(dir.join("takeroot.json"), serde_json::to_string_pretty(&result)?)?;
    let per = |seconds: f64| columns.len() as f64 / seconds / 1e6;
    println!(
        "takeroot   all answers kept    {:8.2} ms of CPU  {:7.1} million persons per core-second",
        whole * 1e3,
        per(whole)
    );
    println!(
        "takeroot   folded into totals  {:8.2} ms of CPU  {:7.1} million persons per core-second",
        sliced * 1e3,
        per(sliced)
    );
    Ok(())
}

/// So many invented people in the service, county after county.
fn make(people: u32, day: Day, rules: &Rules) -> anyhow::Result<Columns> {
    let plan = Plan::new(people, SEED, day).map_err(|e| anyhow!("{e}"))?;
    let mut columns = Columns::new();
    for county in plan.counties() {
        let roster = county.roster();
        let organs = roster.organ_index();
        for career in &roster.careers {
            let facts = Facts::of(career, &organs, rules);
            if facts.in_service() {
                columns.push(&facts, rules);
            }
        }
    }
    Ok(columns)
}

/// What the other program needs: the people, the rules' values, and our answers.
fn write(dir: &Path, rules: &Rules, columns: &Columns, out: &[RowStanding]) -> anyhow::Result<()> {
    let rows = || (0..columns.len()).filter_map(|at| columns.row(at));
    let column = |name: &str, of: &dyn Fn(&columns::Row<'_>) -> i32| {
        let values: Vec<i32> = rows().map(|row| of(&row)).collect();
        npy::write(dir, name, values.into_iter())
    };
    let one = |at: Option<usize>| at.map_or(0, |at| at as i32 + 1);
    // 0 stands for none, in ranks of a ladder by their order from 1; -1 for unknown numbers.
    for ladder in Ladder::ALL {
        column(&format!("rank_{ladder}"), &|r| one(r.rank(*ladder).map(|r| r.index() - first(*ladder))))?;
    }
    column("layer", &|r| one(r.layer().map(Layer::index)))?;
    column("level", &|r| r.level().map_or(0, |l| l.get().into()))?;
    column("step", &|r| r.step().map_or(0, |s| s.get().into()))?;
    column("organ_kind", &|r| one(r.organ_kind().map(|k| k.index())))?;
    column("hardship_class", &|r| r.place().hardship_class.map_or(-1, i32::from))?;
    column("area_band", &|r| r.place().area_band.map_or(-1, i32::from))?;
    column("in_township", &|r| r.place().in_township.into())?;
    column("rooted_months", &|r| r.rooted_months().into())?;
    column("rank_months", &|r| r.rank_held(PRESENT, PRESENT).months.into())?;
    column("layer_months", &|r| r.layer_held(PRESENT).months.into())?;
    for grade in Grade::ALL {
        let at = grade.index();
        column(&format!("rank_years_{grade}"), &|r| r.rank_held(PRESENT, PRESENT).years[at].into())?;
        column(&format!("rank_grade_months_{grade}"), &|r| {
            r.rank_held(PRESENT, PRESENT).grade_months[at].into()
        })?;
        column(&format!("layer_years_{grade}"), &|r| r.layer_held(PRESENT).years[at].into())?;
        column(&format!("layer_grade_months_{grade}"), &|r| r.layer_held(PRESENT).grade_months[at].into())?;
    }
    column("bars", &|r| r.bars().0.into())?;
    column("unsure_bars", &|r| r.unsure_bars().0.into())?;
    column("own_term", &|r| r.own_term_running().into())?;
    column("sanctioned", &|r| r.sanctioned().has(ActName::RankPromotion).into())?;
    for term in 0..rules.service_terms.len() {
        column(&format!("served_{term}"), &|r| r.served_months(term).map_or(-1, i32::from))?;
    }
    let answer = |name: &str, of: &dyn Fn(&RowStanding) -> i32| {
        npy::write(dir, name, out.iter().map(of).collect::<Vec<_>>().into_iter())
    };
    answer("answer_pay", &|r| r.pay.0 as i32)?;
    answer("answer_pay_unknown", &|r| r.pay_unknown.into())?;
    answer("answer_eligible", &|r| r.eligible.0 as i32)?;
    answer("answer_unknown", &|r| r.unknown.0 as i32)?;
    answer("answer_term_running", &|r| r.term_running.into())?;
    answer("answer_term_left", &|r| r.term_left.into())?;
    std::fs::write(dir.join("rules.json"), serde_json::to_string_pretty(&values(rules))?)?;
    Ok(())
}

fn first(ladder: Ladder) -> usize {
    Rank::ALL.iter().find(|r| r.ladder() == ladder).map_or(0, |r| r.index())
}

/// The values of the rules in force, by the numbers that the columns use.
fn values(rules: &Rules) -> Value {
    let number = |rank: Rank| json!({ "ladder": rank.ladder().code(), "number": rank.index() - first(rank.ladder()) + 1 });
    let steps: Vec<Value> = rules.rank_steps.iter().flatten().filter(|s| s.rule.to.ladder() == PRESENT).map(|s| {
        json!({
            "to": s.rule.to.index() + 1, "years": s.rule.years, "level": s.rule.level.map(Level::get),
            "ranks": s.rule.from.iter().filter_map(|f| match f { Holder::Rank(r) => Some(r.index() + 1), Holder::Post(_) => None }).collect::<Vec<_>>(),
            "layers": s.rule.from.iter().filter_map(|f| match f { Holder::Post(l) => Some(l.index() + 1), Holder::Rank(_) => None }).collect::<Vec<_>>(),
        })
    }).collect();
    let grades: Vec<Value> = Grade::ALL
        .iter()
        .map(|g| {
            let (counts, shortens, lengthens) = rules.grade_effect(PRESENT, *g);
            json!({ "grade": g.code(), "counts": counts, "shortens": shortens, "lengthens": lengthens })
        })
        .collect();
    let allowances: Vec<Value> = rules
        .allowances
        .iter()
        .map(|a| {
            let rows: Vec<Value> = a.rule.rows.iter().map(|r| json!({
            "area_band": r.area_band, "hardship_class": r.hardship_class, "rooted_years": r.rooted_years,
            "layer": r.layer.map(|l| l.index() + 1), "rank": r.rank.map(number), "yuan": r.yuan,
        })).collect();
            json!({ "item": a.rule.item.code(), "township_only": a.rule.township_only, "rows": rows })
        })
        .collect();
    let yuan = |fen: Option<Fen>| fen.map(|f| f.0 as f64 / 100.0);
    let levels: Vec<Vec<Option<f64>>> = (0..=27u8)
        .map(|level| {
            (0..=15u8)
                .map(|step| {
                    let pay =
                        Level::new(level).zip(Step::new(step)).and_then(|(l, s)| rules.level_pay_of(l, s));
                    yuan(pay)
                })
                .collect()
        })
        .collect();
    json!({
        "steps": steps,
        "grades": grades,
        "rooted_credit": rules.rooted_credit[PRESENT.index()].as_ref().map(|c| json!({ "per_years": c.rule.per_years, "months": c.rule.months, "max_months": c.rule.max_months })),
        "top_ranks": rules.top_ranks.iter().filter(|t| t.rule.rank.ladder() == PRESENT).map(|t| json!({
            "kinds": t.rule.organs.iter().map(|k| k.index() + 1).collect::<Vec<_>>(), "rank": t.rule.rank.index() + 1,
        })).collect::<Vec<_>>(),
        // What a sanction bars is said by its own clause, and told apart above.
        "barring": rules.dense.barring[ActName::RankPromotion as usize].0 & !(1 << BarGround::Sanction as u8),
        "terms": rules.service_terms.iter().map(|t| t.rule.years).collect::<Vec<_>>(),
        "layer_pay": rules.dense.layer_pay.map(yuan),
        "rank_pay": Rank::ALL.iter().filter(|r| r.ladder() == PRESENT).map(|r| yuan(rules.dense.rank_pay[r.index()])).collect::<Vec<_>>(),
        "level_pay": levels,
        "allowances": allowances,
    })
}
