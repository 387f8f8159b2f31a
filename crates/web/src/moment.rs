//! Moments and browsers, as people read them.

/// The offices' one time zone, milliseconds east of Greenwich.
const EAST: i64 = 8 * 3_600_000;
const DAY: i64 = 86_400_000;

/// A moment (milliseconds since 1970 UTC) on the offices' clock: `2026-07-01 09:30`.
pub fn text(at: i64) -> String {
    let at = at.saturating_add(EAST);
    let (year, month, day) = civil(at.div_euclid(DAY));
    let minutes = at.rem_euclid(DAY) / 60_000;
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}", minutes / 60, minutes % 60)
}

/// Midnight at which a day begins on the offices' clock, milliseconds since 1970 UTC.
pub fn begin(day: takeroot_civil::Day) -> i64 {
    let (mut low, mut high) = (-100_000_i64, 200_000_i64);
    let wanted = day.to_string();
    // The days' texts are in order, so that the number is found by halving.
    while low < high {
        let middle = (low + high).div_euclid(2);
        let (y, m, d) = civil(middle);
        if format!("{y:04}-{m:02}-{d:02}") < wanted { low = middle + 1 } else { high = middle }
    }
    low * DAY - EAST
}

/// Year, month, day of a number of days since 1970-01-01 (Gregorian; after Howard Hinnant's `civil_from_days`).
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
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
        let day: takeroot_civil::Day = "2026-07-01".parse().unwrap();
        assert_eq!(text(begin(day)), "2026-07-01 00:00");
    }

    #[test]
    fn a_browser_has_the_name_that_people_know() {
        let edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/139.0 Safari/537.36 Edg/139.0";
        assert_eq!(browser(edge), "Edge · Windows");
        assert_eq!(browser(""), "—");
    }
}
