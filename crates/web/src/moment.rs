//! Moments and browsers, as people read them.

use takeroot_civil::Day;

/// The offices' one time zone, milliseconds east of Greenwich.
const EAST: i64 = 8 * 3_600_000;
const DAY: i64 = 86_400_000;

/// A moment (milliseconds since 1970 UTC) on the offices' clock: `2026-07-01 09:30`.
pub fn text(at: i64) -> String {
    let minutes = at.saturating_add(EAST).rem_euclid(DAY) / 60_000;
    format!("{} {:02}:{:02}", day(at), minutes / 60, minutes % 60)
}

/// The day of a moment on the offices' clock.
pub fn day(at: i64) -> Day {
    let days = at.saturating_add(EAST).div_euclid(DAY);
    let (first, last) = (Day::EARLIEST.epoch_days(), Day::LATEST.epoch_days());
    Day::from_epoch_days(i32::try_from(days.clamp(first.into(), last.into())).unwrap_or(last))
}

/// Midnight at which a day begins on the offices' clock, milliseconds since 1970 UTC.
pub fn begin(day: Day) -> i64 {
    i64::from(day.epoch_days()) * DAY - EAST
}

/// A browser and its system by the names that people know, out of what it says of itself.
pub fn browser(agent: &str) -> String {
    let pick = |names: &[(&'static str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    let browser = pick(&[
        ("MicroMessenger", "微信"),
        ("Edg", "Edge"),
        ("QQBrowser", "QQ"),
        ("360", "360"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
        ("curl", "curl"),
    ]);
    let system = pick(&[
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(b), Some(s)) => format!("{b} · {s}"),
        (Some(b), None) => b.to_owned(),
        (None, Some(s)) => s.to_owned(),
        (None, None) => "—".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_on_the_offices_clock() {
        assert_eq!(text(0), "1970-01-01 08:00");
        assert_eq!(text(1_782_837_000_000), "2026-07-01 00:30");
        assert_eq!(text(1_709_136_000_000), "2024-02-29 00:00");
    }

    #[test]
    fn a_day_begins_at_midnight() {
        let first: Day = "2026-07-01".parse().unwrap();
        assert_eq!(text(begin(first)), "2026-07-01 00:00");
        assert_eq!(day(begin(first)), first, "not the day before, as it still is in Greenwich");
        assert_eq!(day(begin(first) - 1).to_string(), "2026-06-30");
    }

    #[test]
    fn a_moment_that_no_clock_shows_is_told_without_a_fault() {
        assert_eq!((day(i64::MIN), day(i64::MAX)), (Day::EARLIEST, Day::LATEST));
    }

    #[test]
    fn a_browser_has_the_name_that_people_know() {
        let edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/139.0 Safari/537.36 Edg/139.0";
        assert_eq!(browser(edge), "Edge · Windows");
        assert_eq!(browser(""), "—");
    }
}
