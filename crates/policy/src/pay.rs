//! Amounts of pay: one function for each line, asked by a record and by a row of columns alike.
//!
//! Amounts here are bare values without clauses or words; [`standing::pay`](crate::standing::pay) puts those to them.
//! What is not known stays unknown, with the reason.

use takeroot_civil::{Fen, Ladder, Level, Step};

use crate::dense::DenseAllowance;
use crate::officer::{Officer, Place, Seat};
use crate::rule::{AllowanceRow, Holder};
use crate::rules::Rules;

/// Why an amount is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// No instrument supplies the table of this slot.
    NoTable(&'static str),
    /// The table has no such row.
    NoRow,
    /// The person's rank, level or step.
    NoGrading,
    /// The area band of the organ.
    NoAreaBand,
    /// The hardship class of the organ's county.
    NoHardshipClass,
}

/// The amount of a line, fen a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Known.
    Known(Fen),
    /// Known not to be due.
    Not,
    /// Not known.
    Unknown(Why),
}

/// Monthly pay before deductions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Monthly {
    /// Sum of the lines that are known, fen.
    pub known: Fen,
    /// Whether all of them are.
    pub complete: bool,
}

impl Monthly {
    /// Nothing, and nothing unknown.
    pub const NONE: Monthly = Monthly { known: Fen::ZERO, complete: true };

    /// With another line.
    #[inline]
    pub fn and(self, due: Due) -> Monthly {
        match due {
            Due::Known(fen) => Monthly { known: self.known + fen, ..self },
            Due::Not => self,
            Due::Unknown(_) => Monthly { complete: false, ..self },
        }
    }
}

/// Post or rank pay, with whose it is. Who holds both gets the better one; where the table of one of them is missing,
/// it might give more, and the better one cannot be told.
pub fn base(rules: &Rules, seat: Seat) -> (Due, Option<Holder>) {
    let tables = &rules.dense;
    let post = seat.layer.map(|layer| {
        let pay = tables.layer_pay[layer.index()];
        (pay, Holder::Post(layer), tables.has_post_pay, "post-pay")
    });
    let of = |ladder: Ladder, has_table: bool, slot: &'static str, here: bool| {
        let rank = seat.ranks[ladder.index()].filter(|_| here)?;
        Some((tables.rank_pay[rank.index()], Holder::Rank(rank), has_table, slot))
    };
    let ranks = [
        of(Ladder::Parallel, tables.has_rank_pay, "rank-pay", tables.parallel),
        of(Ladder::NonLeading, tables.has_post_pay, "post-pay", !tables.parallel),
        of(Ladder::CountyRanks, tables.has_post_pay, "post-pay", !tables.parallel && tables.county_ranks),
    ];
    let mut best: Option<(Fen, Holder)> = None;
    for (pay, holder, has_table, slot) in std::iter::once(post).chain(ranks).flatten() {
        match pay {
            Some(fen) if best.is_none_or(|b| fen > b.0) => best = Some((fen, holder)),
            Some(_) => {}
            None if has_table => return (Due::Unknown(Why::NoRow), Some(holder)),
            None => return (Due::Unknown(Why::NoTable(slot)), Some(holder)),
        }
    }
    best.map_or((Due::Unknown(Why::NoGrading), None), |(fen, holder)| (Due::Known(fen), Some(holder)))
}

/// Level pay.
pub fn level(rules: &Rules, level: Option<Level>, step: Option<Step>) -> Due {
    if rules.level_pay.is_none() {
        return Due::Unknown(Why::NoTable("level-pay"));
    }
    let Some((level, step)) = level.zip(step) else {
        return Due::Unknown(Why::NoGrading);
    };
    rules.level_pay_of(level, step).map_or(Due::Unknown(Why::NoRow), Due::Known)
}

/// An allowance: the first row whose conditions all hold.
pub fn allowance(rule: &DenseAllowance, seat: Seat, place: Place, rooted_months: u16) -> Due {
    if rule.township_only && !place.in_township {
        return Due::Not;
    }
    let Some(rows) = &rule.rows else {
        return Due::Unknown(Why::NoTable("allowance"));
    };
    for row in rows {
        match row_holds(row, seat, place, rooted_months) {
            Ok(true) => return Due::Known(Fen::yuan(row.yuan.into())),
            Ok(false) => {}
            Err(why) => return Due::Unknown(why),
        }
    }
    Due::Not
}

/// Whether every condition of a row holds; an error when a fact is missing that could decide it.
fn row_holds(row: &AllowanceRow, seat: Seat, place: Place, rooted_months: u16) -> Result<bool, Why> {
    if let Some(years) = row.rooted_years
        && rooted_months / 12 < u16::from(years)
    {
        return Ok(false);
    }
    if let Some(layer) = row.layer
        && seat.layer.is_none_or(|l| l < layer)
    {
        return Ok(false);
    }
    if let Some(rank) = row.rank
        && seat.ranks[rank.ladder().index()].is_none_or(|r| r < rank)
    {
        return Ok(false);
    }
    if let Some(class) = row.hardship_class
        && place.hardship_class.ok_or(Why::NoHardshipClass)? != class
    {
        return Ok(false);
    }
    if let Some(band) = row.area_band
        && place.area_band.ok_or(Why::NoAreaBand)? < band
    {
        return Ok(false);
    }
    Ok(true)
}

/// All allowances together.
pub fn allowances(rules: &Rules, seat: Seat, place: Place, rooted_months: u16) -> Monthly {
    let all = rules.dense.allowances.iter();
    all.fold(Monthly::NONE, |sum, rule| sum.and(allowance(rule, seat, place, rooted_months)))
}

/// Monthly pay before deductions of a person in the service.
pub fn monthly(rules: &Rules, officer: &impl Officer) -> Monthly {
    let seat = officer.seat();
    allowances(rules, seat, officer.place(), officer.rooted_months()).and(base(rules, seat).0).and(level(
        rules,
        officer.level(),
        officer.step(),
    ))
}
