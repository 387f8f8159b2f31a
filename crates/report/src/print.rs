//! The report on A4.

use takeroot_civil::Day;
use takeroot_forms::{Fault, Press, Printed};
use takeroot_words::Lang;

use crate::block::Report;
use crate::series::Series;

/// How it is laid out. It only sets: every word stands in the report already.
const TEMPLATE: &str = include_str!("../templates/report.typ");

/// A series' report as PDF.
///
/// # Errors
/// If the pages cannot be set or written.
pub fn pdf(press: &Press, series: &Series<'_>, lang: Lang) -> Result<Printed, Fault> {
    report(press, &Report::of(series, lang), lang, series.printed)
}

fn report(press: &Press, report: &Report, lang: Lang, day: Day) -> Result<Printed, Fault> {
    let data = serde_json::to_value(report).map_err(|error| Fault::Pdf { why: error.to_string() })?;
    press.paper(TEMPLATE, data, lang, day)
}
