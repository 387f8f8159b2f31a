//! The standings of a roster as a workbook: one sheet with a row for each person, one with every reason.

use rust_xlsxwriter::{Worksheet, XlsxError};
use takeroot_civil::Code as _;
use takeroot_policy::Standing;
use takeroot_policy::standing::{Met, Promotion, Reason};
use takeroot_words::{Lang, Say as _};

use crate::roster::FileFault;
use crate::roster::book::{Style, unwritable, workbook};
use crate::words::say;

/// Writes standings into a workbook.
///
/// # Errors
/// If the workbook cannot be written (more rows than a sheet holds, for example).
pub fn write(standings: &[Standing], invented: bool, lang: Lang) -> Result<Vec<u8>, FileFault> {
    build(standings, invented, lang).map_err(unwritable("standing.xlsx"))
}

fn build(standings: &[Standing], invented: bool, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let style = Style::new();
    let mut book = workbook(lang)?;
    let people = book.add_worksheet();
    people.set_name(say!(lang, "standings-sheet-people"))?;
    let mut top = 0;
    if invented {
        people.write_with_format(0, 0, say!(lang, "standings-invented"), &style.notice)?;
        top = 1;
    }
    head(people, top, &style, &heads(lang))?;
    people.set_freeze_panes(top + 1, 2)?;
    for (n, standing) in standings.iter().enumerate() {
        let row = top + 1 + u32::try_from(n).unwrap_or(u32::MAX - 2);
        for (column, text) in cells(standing, lang).into_iter().enumerate() {
            people.write_with_format(row, column as u16, text, &style.text)?;
        }
    }
    let reasons = book.add_worksheet();
    reasons.set_name(say!(lang, "standings-sheet-reasons"))?;
    let titles = [
        say!(lang, "standings-person"),
        say!(lang, "standings-name"),
        say!(lang, "standings-asked"),
        say!(lang, "standings-outcome"),
        say!(lang, "standings-need"),
        say!(lang, "standings-met"),
        say!(lang, "standings-fact"),
        say!(lang, "standings-clause"),
        say!(lang, "standings-article"),
        say!(lang, "standings-confidence"),
        say!(lang, "standings-earliest"),
    ];
    head(reasons, 0, &style, &titles)?;
    reasons.set_freeze_panes(1, 2)?;
    let mut row = 1;
    for standing in standings {
        let promotions = standing.next_ranks.iter().chain(&standing.next_layer);
        for Promotion { to, outcome, reasons: list, .. } in promotions {
            for reason in list {
                write_reason(
                    reasons,
                    &style,
                    row,
                    standing,
                    &to.say(lang),
                    &outcome.say(lang),
                    reason,
                    lang,
                )?;
                row += 1;
            }
        }
        for act in &standing.acts {
            for reason in &act.reasons {
                let (asked, outcome) = (act.act.name(lang).to_owned(), act.outcome.say(lang));
                write_reason(reasons, &style, row, standing, &asked, &outcome, reason, lang)?;
                row += 1;
            }
        }
    }
    book.save_to_buffer()
}

fn head(sheet: &mut Worksheet, row: u32, style: &Style, titles: &[String]) -> Result<(), XlsxError> {
    for (column, title) in titles.iter().enumerate() {
        sheet.write_with_format(row, column as u16, title, &style.header)?;
        sheet.set_column_width(column as u16, if title.chars().count() > 6 { 22 } else { 16 })?;
    }
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "a row is its cells")]
fn write_reason(
    sheet: &mut Worksheet,
    style: &Style,
    row: u32,
    standing: &Standing,
    asked: &str,
    outcome: &str,
    reason: &Reason,
    lang: Lang,
) -> Result<(), XlsxError> {
    let clause = reason.clause.as_ref();
    let earliest = reason.earliest.filter(|_| reason.met == Met::No).map(|d| d.to_string());
    let cells = [
        standing.person.to_string(),
        standing.name.clone(),
        asked.to_owned(),
        outcome.to_owned(),
        reason.need.say(lang),
        reason.met.say(lang),
        reason.fact.say(lang),
        clause.map(|c| c.id.clone()).unwrap_or_default(),
        clause.map(|c| format!("{} {}", c.title.get(lang), c.source.get(lang))).unwrap_or_default(),
        clause.map(|c| c.confidence.letter().to_owned()).unwrap_or_default(),
        earliest.unwrap_or_default(),
    ];
    for (column, text) in cells.into_iter().enumerate() {
        sheet.write_with_format(row, column as u16, text, &style.text)?;
    }
    Ok(())
}

/// The heads of the row of a person, the same on the screen and in the workbook.
pub fn heads(lang: Lang) -> Vec<String> {
    vec![
        say!(lang, "standings-person"),
        say!(lang, "standings-name"),
        say!(lang, "standings-organ"),
        say!(lang, "standings-post-rank"),
        say!(lang, "standings-level"),
        say!(lang, "standings-term"),
        say!(lang, "standings-next"),
        say!(lang, "standings-next-earliest"),
        say!(lang, "standings-rooted"),
        say!(lang, "standings-leave"),
        say!(lang, "standings-pay"),
        say!(lang, "standings-retirement"),
        say!(lang, "standings-locked"),
    ]
}

/// The row of a person.
pub fn cells(standing: &Standing, lang: Lang) -> Vec<String> {
    let none = || "—".to_owned();
    let mut post_rank: Vec<String> =
        standing.layer.iter().map(|(layer, _)| layer.name(lang).to_owned()).collect();
    post_rank.extend(standing.ranks.iter().map(|r| r.rank.name(lang).to_owned()));
    let level = match (standing.grading.level, standing.grading.step) {
        (Some(level), Some(step)) => format!("{level}-{step}"),
        (Some(level), None) => format!("{level}-?"),
        _ => none(),
    };
    let running = standing.terms.iter().filter(|t| t.running);
    let term = match running.max_by_key(|t| (t.until.is_none(), t.until)) {
        Some(term) => term.until.map_or_else(|| say!(lang, "standings-paused"), |u| u.to_string()),
        None if standing.terms.is_empty() => none(),
        None => say!(lang, "standings-served"),
    };
    let next = standing.next_ranks.first();
    let earliest = next.map(|p| {
        if p.verdict.eligible() {
            say!(lang, "standings-now")
        } else {
            p.earliest.map_or_else(|| p.outcome.say(lang), |d| d.to_string())
        }
    });
    let pay = if !standing.in_service {
        none()
    } else if standing.pay.complete {
        standing.pay.known_monthly.to_string()
    } else {
        say!(lang, "standings-pay-partial", known = standing.pay.known_monthly.to_string())
    };
    let leave = standing.leave.as_ref().map_or_else(none, |l| match (&l.lost, l.days) {
        (Some(_), _) => "0".to_owned(),
        (None, Some(days)) => days.to_string(),
        (None, None) => "?".to_owned(),
    });
    let left = standing.left.map(|(day, why)| format!("{} {day}", why.name(lang)));
    vec![
        standing.person.to_string(),
        standing.name.clone(),
        left.or_else(|| standing.organ.clone()).unwrap_or_else(none),
        if post_rank.is_empty() { none() } else { post_rank.join(lang.pick("、", ", ")) },
        level,
        term,
        next.map_or_else(none, |p| p.to.say(lang)),
        earliest.unwrap_or_else(none),
        takeroot_policy::standing::months(lang, i32::from(standing.rooted_months)),
        leave,
        pay,
        standing.retirement.as_ref().map_or_else(none, |r| r.day.to_string()),
        standing.lock_outs.first().map_or_else(none, |l| {
            let what = l.sanction.map_or(l.ground.name(lang), |s| s.name(lang));
            l.free.map_or_else(|| what.to_owned(), |free| format!("{what} → {free}"))
        }),
    ]
}
