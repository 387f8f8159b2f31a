//! The one place where the day of today is asked for.

use takeroot_civil::Day;

use crate::cli::Context;
use crate::words::say;

/// Today, by this computer's clock and time zone; `None` if the clock stands outside 1900 to 2199.
pub fn machine() -> Option<Day> {
    let date = jiff::ZonedDateTime::now().date();
    let part = |n: i8| u8::try_from(n).unwrap_or(0);
    u16::try_from(date.year()).ok().and_then(|year| Day::new(year, part(date.month()), part(date.day())))
}

/// Today.
///
/// # Errors
/// If the clock stands outside 1900 to 2199.
pub fn today(ctx: &Context) -> anyhow::Result<Day> {
    let told = || jiff::Timestamp::now().to_string();
    machine().ok_or_else(|| anyhow::anyhow!(say!(ctx.lang, "clock-wrong", day = told())))
}

/// The day typed after `--on`, or today.
///
/// # Errors
/// If what was typed is not a day.
pub fn day_or_today(ctx: &Context, typed: Option<&str>) -> anyhow::Result<Day> {
    match typed {
        None => today(ctx),
        Some(text) => {
            text.trim().parse().map_err(|_| anyhow::anyhow!(say!(ctx.lang, "not-a-day", text = text)))
        }
    }
}
