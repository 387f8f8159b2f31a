//! Pay, line by line, in fen, each line with its clause. What is not known stays unknown and is named.

use std::sync::Arc;

use serde::Serialize;
use takeroot_civil::{Fen, Grade, Ladder, Rounding};

use crate::dense::DenseAllowance;
use crate::facts::Facts;
use crate::officer::Officer as _;
use crate::pay::{Due, Monthly, Why};
use crate::rule::{DeductionItem, Holder, PayItem};
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
    lines.extend(rules.dense.allowances.iter().map(|a| allowance(facts, rules, a)));
    let Monthly { known, complete } = crate::pay::monthly(rules, facts);
    lines.extend(bonus(facts, rules, basic));
    for deduction in &rules.deductions {
        let amount = if complete {
            let share = i64::from(deduction.rule.per_mille);
            Amount::Known(-known.ratio(share, 1000, Rounding::HalfUp))
        } else {
            Amount::Unknown(Missing::OtherLine)
        };
        let kind = PayLineKind::Deduction(deduction.rule.item);
        lines.push(PayLine { kind, amount, clause: Some(deduction.cite.clone()) });
    }
    Pay { lines, known_monthly: known, complete, basic }
}

/// A line: the bare amount with its clause, or with the declaration of the slot that would have to be filled.
fn line(kind: PayLineKind, due: Due, rules: &Rules, slot: &str, clause: Option<&Arc<Cite>>) -> PayLine {
    let known = |missing| (Amount::Unknown(missing), clause.cloned());
    let (amount, clause) = match due {
        Due::Known(fen) => (Amount::Known(fen), clause.cloned()),
        Due::Not => (Amount::NotDue, clause.or(rules.open(slot)).cloned()),
        Due::Unknown(Why::NoTable(_)) => {
            let declared = rules.open(slot).cloned();
            let missing = Missing::Slot { slot: slot.to_owned(), declared: declared.clone() };
            (Amount::Unknown(missing), declared)
        }
        Due::Unknown(Why::NoRow) => known(Missing::Row),
        Due::Unknown(Why::NoGrading) => known(Missing::Grading),
        Due::Unknown(Why::NoAreaBand) => known(Missing::AreaBand),
        Due::Unknown(Why::NoHardshipClass) => known(Missing::HardshipClass),
    };
    PayLine { kind, amount, clause }
}

/// Post or rank pay.
fn base(facts: &Facts<'_>, rules: &Rules) -> PayLine {
    let (due, holder) = crate::pay::base(rules, facts.seat());
    let slot = match due {
        Due::Unknown(Why::NoTable(slot)) => slot,
        _ => "",
    };
    let clause = match (due, holder) {
        (Due::Known(_), Some(Holder::Rank(rank))) if rank.ladder() == Ladder::Parallel => {
            rules.rank_pay.as_ref().map(|p| &p.cite)
        }
        (Due::Known(_), Some(_)) => rules.post_pay.as_ref().map(|p| &p.cite),
        _ => None,
    };
    line(PayLineKind::Base(holder), due, rules, slot, clause)
}

fn level(facts: &Facts<'_>, rules: &Rules) -> PayLine {
    let due = crate::pay::level(rules, facts.level(), facts.step());
    let clause = rules.level_pay.as_ref().map(|table| &table.cite);
    line(PayLineKind::Level, due, rules, "level-pay", clause)
}

fn allowance(facts: &Facts<'_>, rules: &Rules, rule: &DenseAllowance) -> PayLine {
    let due = crate::pay::allowance(rule, facts.seat(), facts.place(), facts.rooted_months);
    let cited = rules.allowances.iter().find(|a| a.rule.item == rule.item);
    let slot = format!("allowance/{}", rule.item);
    let kind = PayLineKind::Allowance(rule.item);
    line(kind, due, rules, &slot, cited.map(|a| &a.cite))
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
