//! Pay, line by line, in fen, each line with its clause. What is not known stays unknown and is named.

use std::sync::Arc;

use serde::Serialize;
use takeroot_civil::{Code as _, Fen, Grade, Ladder, Rounding};

use super::promotion::working_in_township;
use crate::facts::Facts;
use crate::officer::Officer as _;
use crate::rule::{AllowanceRow, DeductionItem, Holder, PayItem};
use crate::rules::Rules;
use crate::stack::Cite;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PayLineKind {
    /// Post pay 职务工资 or rank pay 职级工资, with whose it is.
    Base(Option<Holder>),
    /// Level pay 级别工资.
    Level,
    /// An allowance.
    Allowance(PayItem),
    /// The year-end bonus, once a year.
    Bonus,
    /// Taken off.
    Deduction(DeductionItem),
}

/// Why an amount is not known.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "missing", rename_all = "kebab-case")]
pub enum Missing {
    /// A table that no instrument supplies; the clause that declares it left open.
    Slot {
        /// The slot.
        slot: String,
        /// The declaration.
        declared: Option<Arc<Cite>>,
    },
    /// A row of a table.
    Row,
    /// The level or step of the person.
    Grading,
    /// The area band of the organ.
    AreaBand,
    /// The hardship class of the organ's county.
    HardshipClass,
    /// Another line.
    OtherLine,
}

/// An amount.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Amount {
    /// Known, fen.
    Known(Fen),
    /// Not known.
    Unknown(Missing),
    /// Known not to be due.
    NotDue,
}

impl Amount {
    /// The amount, if it is known; nothing when not due.
    pub fn known(&self) -> Option<Fen> {
        match self {
            Amount::Known(fen) => Some(*fen),
            Amount::NotDue => Some(Fen::ZERO),
            Amount::Unknown(_) => None,
        }
    }
}

/// A line of pay.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PayLine {
    /// What it is.
    pub kind: PayLineKind,
    /// Fen a month (a year for the bonus).
    pub amount: Amount,
    /// Its clause.
    pub clause: Option<Arc<Cite>>,
}

/// Pay on a day.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Pay {
    /// The lines.
    pub lines: Vec<PayLine>,
    /// Sum of the known monthly lines before deductions, fen.
    pub known_monthly: Fen,
    /// Whether every monthly line before deductions is known.
    pub complete: bool,
    /// The clauses of lines that no rule fixed in full are named in the lines.
    #[serde(skip)]
    pub basic: Option<Fen>,
}

/// Pay on a day, line by line.
pub fn pay(facts: &Facts<'_>, rules: &Rules) -> Pay {
    let mut lines = vec![base(facts, rules), level(facts, rules)];
    let basic =
        lines.iter().map(|l| l.amount.known()).collect::<Option<Vec<_>>>().map(|a| a.into_iter().sum());
    for item in PayItem::ALL {
        lines.extend(allowance(facts, rules, *item));
    }
    let monthly: Vec<Option<Fen>> = lines.iter().map(|l| l.amount.known()).collect();
    let known_monthly: Fen = monthly.iter().flatten().copied().sum();
    let complete = monthly.iter().all(Option::is_some);
    lines.extend(bonus(facts, rules, basic));
    for deduction in &rules.deductions {
        let amount = if complete {
            let share = i64::from(deduction.rule.per_mille);
            Amount::Known(-known_monthly.ratio(share, 1000, Rounding::HalfUp))
        } else {
            Amount::Unknown(Missing::OtherLine)
        };
        let kind = PayLineKind::Deduction(deduction.rule.item);
        lines.push(PayLine { kind, amount, clause: Some(deduction.cite.clone()) });
    }
    Pay { lines, known_monthly, complete, basic }
}

fn unknown(rules: &Rules, slot: &str) -> (Amount, Option<Arc<Cite>>) {
    let declared = rules.open(slot).cloned();
    (Amount::Unknown(Missing::Slot { slot: slot.to_owned(), declared: declared.clone() }), declared)
}

/// Post or rank pay. Who holds both gets the better one.
fn base(facts: &Facts<'_>, rules: &Rules) -> PayLine {
    let mut best: Option<(Fen, Holder, Arc<Cite>)> = None;
    let mut wanted: Vec<(&str, Holder)> = Vec::new();
    let mut offer =
        |fen: Option<Fen>, holder: Holder, cite: Option<&Arc<Cite>>, slot: &'static str| match (fen, cite) {
            (Some(fen), Some(cite)) => {
                if best.as_ref().is_none_or(|b| fen > b.0) {
                    best = Some((fen, holder, cite.clone()));
                }
            }
            _ => wanted.push((slot, holder)),
        };
    let post_pay = rules.post_pay.as_ref();
    if let Some(layer) = facts.layer {
        let row = post_pay.and_then(|p| p.rule.leading.iter().find(|r| r.layer == layer));
        offer(
            row.map(|r| Fen::yuan(r.yuan.into())),
            Holder::Post(layer),
            post_pay.map(|p| &p.cite),
            "post-pay",
        );
    }
    let ladders = rules.ladders().collect::<Vec<_>>();
    if ladders.contains(&Ladder::Parallel) {
        if let Some(rank) = facts.rank(Ladder::Parallel) {
            let rank_pay = rules.rank_pay.as_ref();
            let row = rank_pay.and_then(|p| p.rule.rows.iter().find(|r| r.rank == rank));
            offer(
                row.map(|r| Fen::yuan(r.yuan.into())),
                Holder::Rank(rank),
                rank_pay.map(|p| &p.cite),
                "rank-pay",
            );
        }
    } else if let Some(rank) = facts.rank(Ladder::NonLeading) {
        let row = post_pay.and_then(|p| p.rule.non_leading.iter().find(|r| r.rank == rank));
        offer(
            row.map(|r| Fen::yuan(r.yuan.into())),
            Holder::Rank(rank),
            post_pay.map(|p| &p.cite),
            "post-pay",
        );
    }
    match (best, wanted.first().copied()) {
        // A table that is missing might give more: the better one cannot be told.
        (Some((fen, holder, cite)), None) => {
            PayLine { kind: PayLineKind::Base(Some(holder)), amount: Amount::Known(fen), clause: Some(cite) }
        }
        (_, Some((slot, holder))) => {
            let has_table = if slot == "post-pay" { post_pay.is_some() } else { rules.rank_pay.is_some() };
            let (amount, clause) =
                if has_table { (Amount::Unknown(Missing::Row), None) } else { unknown(rules, slot) };
            PayLine { kind: PayLineKind::Base(Some(holder)), amount, clause }
        }
        (None, None) => {
            let kind = PayLineKind::Base(None);
            PayLine { kind, amount: Amount::Unknown(Missing::Grading), clause: None }
        }
    }
}

fn level(facts: &Facts<'_>, rules: &Rules) -> PayLine {
    let kind = PayLineKind::Level;
    let Some(table) = &rules.level_pay else {
        let (amount, clause) = unknown(rules, "level-pay");
        return PayLine { kind, amount, clause };
    };
    let fen = facts.grading.level.zip(facts.grading.step).map(|(l, s)| rules.level_pay_of(l, s));
    let amount = match fen {
        Some(Some(fen)) => Amount::Known(fen),
        Some(None) => Amount::Unknown(Missing::Row),
        None => Amount::Unknown(Missing::Grading),
    };
    PayLine { kind, amount, clause: Some(table.cite.clone()) }
}

fn allowance(facts: &Facts<'_>, rules: &Rules, item: PayItem) -> Option<PayLine> {
    let kind = PayLineKind::Allowance(item);
    let township = working_in_township(facts);
    let slot = format!("allowance/{item}");
    let Some(rule) = rules.allowances.iter().find(|a| a.rule.item == item) else {
        let (_, local) = rules.resolved.open.get(&slot)?;
        if local.township_only && !township {
            let clause = rules.open(&slot).cloned();
            return Some(PayLine { kind, amount: Amount::NotDue, clause });
        }
        let (amount, clause) = unknown(rules, &slot);
        return Some(PayLine { kind, amount, clause });
    };
    if rule.rule.township_only && !township {
        return Some(PayLine { kind, amount: Amount::NotDue, clause: Some(rule.cite.clone()) });
    }
    let mut amount = Amount::NotDue;
    for row in &rule.rule.rows {
        match row_holds(facts, row) {
            Ok(true) => {
                amount = Amount::Known(Fen::yuan(row.yuan.into()));
                break;
            }
            Ok(false) => {}
            Err(missing) => {
                amount = Amount::Unknown(missing);
                break;
            }
        }
    }
    Some(PayLine { kind, amount, clause: Some(rule.cite.clone()) })
}

/// Whether every condition of a row holds; an error when a fact is missing that could decide it.
fn row_holds(facts: &Facts<'_>, row: &AllowanceRow) -> Result<bool, Missing> {
    if let Some(years) = row.rooted_years
        && facts.rooted_months / 12 < u16::from(years)
    {
        return Ok(false);
    }
    if let Some(layer) = row.layer
        && facts.layer.is_none_or(|l| l < layer)
    {
        return Ok(false);
    }
    if let Some(rank) = row.rank
        && facts.rank(rank.ladder()).is_none_or(|r| r < rank)
    {
        return Ok(false);
    }
    if let Some(class) = row.hardship_class {
        let have = facts.organ.and_then(|o| o.hardship_class).ok_or(Missing::HardshipClass)?;
        if have != class {
            return Ok(false);
        }
    }
    if let Some(band) = row.area_band {
        let have = facts.organ.and_then(|o| o.area_band).ok_or(Missing::AreaBand)?;
        if have < band {
            return Ok(false);
        }
    }
    Ok(true)
}

fn bonus(facts: &Facts<'_>, rules: &Rules, basic: Option<Fen>) -> Option<PayLine> {
    let rule = rules.bonus.as_ref()?;
    let last_year = facts.on.year() - 1;
    let grade: Option<Grade> = facts.grades.iter().find(|g| g.0 == last_year).map(|g| g.1);
    let amount = match (grade, basic) {
        (Some(grade), _) if !rule.rule.grades.contains(&grade) => Amount::NotDue,
        (Some(_), Some(basic)) => Amount::Known(basic.ratio(rule.rule.months.into(), 1, Rounding::HalfUp)),
        (Some(_), None) => Amount::Unknown(Missing::OtherLine),
        (None, _) => return None,
    };
    Some(PayLine { kind: PayLineKind::Bonus, amount, clause: Some(rule.cite.clone()) })
}
