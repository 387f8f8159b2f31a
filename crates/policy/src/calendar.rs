//! Working days: weekends, with the public holidays and adjusted working days of each year's notice.

use std::collections::HashMap;
use std::sync::LazyLock;

use takeroot_civil::Day;

/// The days named by the yearly notices: whether they are off. Shipped in `data/holidays/holidays.csv`.
static NAMED: LazyLock<HashMap<Day, bool>> = LazyLock::new(|| {
    include_str!("../../../data/holidays/holidays.csv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split(',');
            let day = cells.next()?.parse().ok()?;
            let off = cells.nth(1)?.trim();
            Some((day, off == "true"))
        })
        .collect()
});

/// The last year whose notice is shipped; later days are judged by the week alone.
pub fn last_known_year() -> u16 {
    NAMED.keys().map(|d| d.year()).max().unwrap_or(0)
}

/// Whether organs work on a day.
pub fn is_working(day: Day) -> bool {
    match NAMED.get(&day.real()) {
        Some(off) => !off,
        None => day.weekday() <= 5,
    }
}

/// The `n`th working day after a day.
pub fn plus_working_days(day: Day, n: u32) -> Day {
    let (mut day, mut left) = (day.real(), n);
    while left > 0 {
        day = day.plus_days(1);
        left -= u32::from(is_working(day));
    }
    day
}
