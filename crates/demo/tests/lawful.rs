//! Every career of the demonstration county is lawful: a plain check over the roster's events alone, written without
//! the code that made them.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "tests and examples read files and print; the crate does not"
)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::{BTreeMap, HashMap, HashSet};

use takeroot_civil::{
    Career, Channel, Code, Day, Event, ExitReason, Fact, Grade, Ladder, Layer, Rank, Roster, Sanction,
};
use takeroot_demo::County;
use takeroot_demo::shape::{SHAPE, value};

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// What one replay has seen so far.
#[derive(Default)]
struct Seen {
    grades: BTreeMap<u16, Grade>,
    ranks: HashMap<&'static str, (Rank, Day)>,
    classes: BTreeMap<usize, Day>,
    layer: Option<(Layer, Day)>,
    level: Option<(u8, u8)>,
    level_day: Option<Day>,
    step_day: Option<Day>,
    away: Option<Day>,
    bars: Vec<(Day, Day)>,
    inquiry: Option<Day>,
    faults: Vec<String>,
}

fn class(rank: Rank) -> usize {
    takeroot_demo::life::class(rank)
}

impl Seen {
    fn lost(&self, from: Day, to: Day) -> i32 {
        self.grades
            .range(from.year()..to.year())
            .filter(|(_, g)| matches!(g, Grade::Basic | Grade::Incompetent | Grade::Ungraded))
            .count() as i32
    }

    fn won(&self, from: Day, to: Day) -> i32 {
        self.grades
            .range(..to.year())
            .filter(|(y, g)| Day::new_year(**y) >= from && **g == Grade::Excellent)
            .count() as i32
    }

    fn say(&mut self, event: &Event, what: &str) {
        self.faults.push(format!("{} {:?}: {what}", event.dates.effective, event.fact));
    }

    fn no_bar(&mut self, event: &Event) {
        let day = event.dates.effective;
        if self.bars.iter().any(|(from, to)| *from <= day && day <= *to) || self.inquiry.is_some() {
            self.say(event, "promoted while barred");
        }
        if matches!(self.grades.get(&(day.year() - 1)), Some(Grade::Basic | Grade::Incompetent)) {
            self.say(event, "promoted in the year after a bad grade");
        }
    }

    fn ranked(&mut self, event: &Event, rank: Rank, first: bool) {
        let law = &SHAPE.law;
        let day = event.dates.effective;
        let ladder = rank.ladder().code();
        let held = self.ranks.get(ladder).copied();
        match (rank.ladder(), held) {
            (_, None) if first => {}
            (Ladder::Parallel, None) => {
                if day != law.ladder_2019 && !first {
                    self.say(event, "first rank of 2019 at another time than the conversion");
                }
            }
            (Ladder::Parallel, Some((now, _))) if rank < now => {
                if self.grades.get(&(day.year() - 1)) != Some(&Grade::Incompetent) {
                    self.say(event, "lowered without an incompetent year");
                }
            }
            (Ladder::Parallel, Some((now, since))) => {
                if rank.index() != now.index() + 1 {
                    self.say(event, "skipped a rank");
                }
                let months = value(&law.months_2019, rank).unwrap() + 12 * self.lost(since, day)
                    - 6 * self.won(since.max(law.ladder_2019), day);
                if day < since.plus_months(months) {
                    self.say(event, &format!("too early: in rank since {since}, {months} months needed"));
                }
                self.no_bar(event);
            }
            (Ladder::NonLeading, None) => {
                if day != law.ladder_2006 {
                    self.say(event, "first non-leading post neither on recruitment nor on registration");
                }
            }
            (Ladder::NonLeading, Some((now, since))) => {
                let months = value(&law.months_2008, rank).unwrap() + 12 * self.lost(since, day);
                if rank.index() != now.index() + 1 || day < since.plus_months(months) {
                    self.say(event, "2008: too early or skipped");
                }
                if day >= law.ladder_2019 {
                    self.say(event, "2008 ladder after 2019");
                }
                self.no_bar(event);
            }
            (Ladder::CountyRanks, _) => {
                let rule = value(&law.ranks_2015, rank).unwrap();
                let since = self.classes.get(&(class(rank) - 1)).copied();
                let level = self.level.map_or(27, |l| l.0);
                let due = since.map(|s| s.plus_months(rule.months + 12 * self.lost(s, day)));
                if due.is_none_or(|d| day < d)
                    || level > rule.level
                    || day < law.ladder_2015
                    || day >= law.ladder_2019
                {
                    self.say(event, &format!("2015: since {since:?}, level {level}"));
                }
                self.no_bar(event);
            }
        }
        let counts = event.dates.counts();
        if counts > day {
            self.say(event, "counted from a later day");
        }
        self.ranks.insert(ladder, (rank, counts));
        for c in 0..=class(rank) {
            self.classes.entry(c).or_insert(counts);
        }
    }

    fn appointed(&mut self, event: &Event, layer: Layer, transfer: bool) {
        let law = &SHAPE.law;
        let day = event.dates.effective;
        if self.away.is_some() {
            self.say(event, "appointed while working elsewhere");
        }
        let before = self.layer;
        if before.is_some_and(|(l, _)| l == layer) {
            return;
        }
        self.no_bar(event);
        let rule = value(&law.posts, layer).unwrap();
        if layer == Layer::TownshipDeputy {
            // Before 2006 the record does not show the rank: three years after probation stand for it.
            let since = self.classes.get(&1).copied();
            if !transfer && since.is_some_and(|s| day < s.plus_months(rule.months + 12 * self.lost(s, day))) {
                self.say(event, "deputy too early");
            }
        } else {
            let fits = before.is_some_and(|(l, since)| {
                l.above() == Some(layer) && day >= since.plus_months(rule.months + 12 * self.lost(since, day))
            });
            if !fits {
                self.say(event, &format!("too early for the layer after {before:?}"));
            }
        }
        self.layer = Some((layer, day));
        for c in 0..=layer.index() + 2 {
            self.classes.entry(c).or_insert(day);
        }
    }

    fn graded(&mut self, event: &Event, level: u8, step: u8) {
        let day = event.dates.effective;
        if let (Some((old, old_step)), Some(last), Some(last_level)) =
            (self.level, self.step_day, self.level_day)
        {
            let regular = (day.month(), day.day()) == (1, 1);
            let good = |from: Day| {
                self.grades
                    .range(from.year()..day.year())
                    .filter(|(_, g)| matches!(g, Grade::Excellent | Grade::Competent))
                    .count()
            };
            let (for_level, for_step) = (good(last_level), good(last));
            if regular && level < old && (level + 1 != old || for_level < 5) {
                self.say(
                    event,
                    &format!("level rose before five good years, {old} since {last_level}, {for_level}"),
                );
            }
            if level == old && step != old_step && (!regular || step != old_step + 1 || for_step < 2) {
                self.say(event, "step rose before two good years");
            }
            if regular && self.bars.iter().any(|(from, to)| *from <= day && day <= *to) {
                self.say(event, "rise while barred");
            }
            if level < old && SHAPE.law.pay(level, step) < SHAPE.law.pay(old, old_step) {
                self.say(event, "a rise that pays less");
            }
        }
        if step > SHAPE.law.steps(level) {
            self.say(event, "no such step");
        }
        if self.level.is_none_or(|l| l.0 != level) {
            self.level_day = Some(day);
        }
        self.step_day = Some(day);
        self.level = Some((level, step));
    }
}

/// The faults of one career.
fn faults(career: &Career, as_of: Day) -> Vec<String> {
    let law = &SHAPE.law;
    let mut seen = Seen::default();
    let person = &career.person;
    let birth = person.birth.expect("birth");
    // Yearly grades are known to the checks of the whole year that follows.
    for event in career.holding() {
        if let Fact::Assessed { year, grade } = event.fact
            && seen.grades.insert(year, grade).is_some()
        {
            seen.say(event, "two grades for a year");
        }
    }
    let mut entry: Option<(Day, Channel)> = None;
    let mut organ = String::new();
    let mut left = None;
    let mut recruited_first = true;
    for (at, event) in career.events.iter().enumerate() {
        if event.id.0 as usize != at + 1 {
            seen.say(event, "numbers are not in the order of recording");
        }
        if event.amends.is_none() && at > 0 {
            let before = &career.events[at - 1];
            let voided_later = career.events.iter().any(|e| e.amends == Some(event.id));
            if before.amends.is_none() && before.dates.effective > event.dates.effective && !voided_later {
                seen.say(event, "out of order");
            }
        }
        if event.dates.recorded.is_some_and(|r| r > as_of || r < event.dates.effective) {
            seen.say(event, "recorded before it happened or after the reference day");
        }
    }
    for event in career.holding() {
        let day = event.dates.effective;
        if day < birth.plus_years(16) || day > as_of {
            seen.say(event, "before 16 or after the reference day");
        }
        if left.is_some() {
            seen.say(event, "after leaving");
        }
        let served = entry.is_some_and(|(e, _)| day >= e.plus_months(law.service_months));
        let probation = entry.is_none_or(|(e, c)| {
            day < e.plus_months(law.probation_months) && !matches!(c, Channel::Military | Channel::TransferIn)
        });
        match &event.fact {
            Fact::Recruited { channel, organ: o, .. } => {
                if !recruited_first {
                    seen.say(event, "recruited twice");
                }
                recruited_first = false;
                let oldest = match channel {
                    Channel::Military => law.military_age_max,
                    Channel::TransferIn => 50,
                    _ => law.exam_age_max,
                };
                if day.years_since(birth) > oldest || day.years_since(birth) < 18 {
                    seen.say(event, "age at recruitment");
                }
                entry = Some((day, *channel));
                organ = o.0.clone();
            }
            Fact::Ranked { rank } => {
                if probation {
                    seen.say(event, "ranked in probation");
                }
                let first = seen.ranks.is_empty() && entry.is_some_and(|(e, _)| day.months_since(e) <= 13);
                seen.ranked(event, *rank, first);
            }
            Fact::Appointed { layer: Some(layer), organ: o, .. } => {
                if probation {
                    seen.say(event, "appointed in probation");
                }
                if o.0 != organ {
                    seen.say(event, "appointed in an organ where the person does not belong");
                }
                let transfer = entry.is_some_and(|(e, c)| c == Channel::TransferIn && e == day);
                seen.appointed(event, *layer, transfer);
            }
            Fact::Graded { level, step } => {
                if probation {
                    seen.say(event, "graded in probation");
                }
                seen.graded(event, level.get(), step.get());
            }
            Fact::Posted { organ: o } => {
                if !served || seen.away.is_some() || o.0 == organ {
                    seen.say(event, "moved before the service term, while away, or to where they were");
                }
                organ = o.0.clone();
            }
            Fact::SecondedOut { .. } => {
                if !served || seen.away.is_some() {
                    seen.say(event, "seconded before the service term or twice at once");
                }
                seen.away = Some(day);
            }
            Fact::SecondedBack {} if seen.away.take().is_none() => {
                seen.say(event, "came back from nowhere");
            }
            Fact::Sanctioned { until, sanction } => {
                if *sanction == Sanction::PartyWarning && person.party_joined.is_none_or(|d| d > day) {
                    seen.say(event, "a Party measure without the Party");
                }
                seen.bars.push((day, until.expect("the shape states an end")));
            }
            Fact::Investigated { open } => seen.inquiry = open.then_some(day),
            Fact::OnLeave { .. } if seen.away.is_some() => seen.say(event, "leave while away"),
            Fact::Assessed { year, .. } if *year + 1 != day.year() => {
                seen.say(event, "assessed in another year")
            }
            Fact::Left { reason } => {
                left = Some(*reason);
                let ok = match reason {
                    ExitReason::Retired => {
                        day == takeroot_demo::origin::retires(birth, person.sex.expect("sex"))
                    }
                    ExitReason::HireCancelled => {
                        probation || entry.is_some_and(|(e, _)| day.months_since(e) == 12)
                    }
                    ExitReason::Died => true,
                    _ => served,
                };
                if !ok {
                    seen.say(event, "left too early");
                }
            }
            _ => {}
        }
    }
    if let (Some((level, _)), None) = (seen.level, left) {
        let rank = seen.ranks.get("2019").map(|r| law.range(r.0.code()));
        let layer = seen.layer.map(|l| law.range(l.0.code()));
        let ranges: Vec<(u8, u8)> = rank.into_iter().chain(layer).collect();
        let lowest = ranges.iter().map(|r| r.0).min().unwrap_or(27);
        let best = ranges.iter().map(|r| r.1).min().unwrap_or(1);
        if as_of >= law.ladder_2019 && (level > lowest || level < best) {
            seen.faults.push(format!("level {level} outside {ranges:?}"));
        }
    }
    seen.faults
}

fn check(roster: &Roster, as_of: Day) {
    let mut bad = Vec::new();
    let mut ids = HashSet::new();
    for career in &roster.careers {
        let person = &career.person;
        let id = person.resident_id.as_ref().expect("a valid number");
        assert!(ids.insert(id.clone()), "{} twice", id.as_str());
        assert!(id.as_str().starts_with("99"));
        assert_eq!((Some(id.birth()), Some(id.sex())), (person.birth, person.sex));
        assert!(
            person.work_start.expect("work")
                <= career
                    .events
                    .iter()
                    .find(|e| matches!(e.fact, Fact::Recruited { .. }))
                    .expect("entry")
                    .dates
                    .effective
        );
        for fault in faults(career, as_of) {
            bad.push(format!("{}: {fault}", person.name));
        }
    }
    assert!(
        bad.is_empty(),
        "{} faults in {} careers, such as\n{}",
        bad.len(),
        roster.careers.len(),
        bad[..bad.len().min(25)].join("\n")
    );
}

#[test]
fn careers_are_lawful() {
    for (seed, people) in [(1, 2_000), (2, 500), (7, 5_000)] {
        let as_of = day("2026-07-01");
        check(&County::generate(people, seed, as_of).expect("county"), as_of);
    }
}

#[test]
fn careers_are_lawful_on_other_days() {
    for as_of in ["2008-01-01", "2012-05-31", "2016-02-29", "2019-06-01", "2019-06-02", "2033-12-31"] {
        check(&County::generate(800, 3, day(as_of)).expect("county"), day(as_of));
    }
}

#[test]
fn a_single_post_has_one_holder_at_a_time() {
    let as_of = day("2026-07-01");
    let many = ["副镇长", "副乡长", "办事处副主任", "副县长", "副局长", "副主任", "副部长", "副书记"];
    for seed in [1, 4] {
        let roster = County::generate(3_000, seed, as_of).expect("county");
        type Spans = Vec<(Day, Day, String)>;
        let mut held: HashMap<(String, String), Spans> = HashMap::new();
        for career in &roster.careers {
            let mut open: HashMap<(String, String), Day> = HashMap::new();
            for event in career.holding() {
                match &event.fact {
                    Fact::Appointed { title, organ, .. } if !many.contains(&title.as_str()) => {
                        open.insert((organ.0.clone(), title.clone()), event.dates.effective);
                    }
                    Fact::Relieved { title, organ } => {
                        let key = (organ.0.clone(), title.clone());
                        if let Some(from) = open.remove(&key) {
                            held.entry(key).or_default().push((
                                from,
                                event.dates.effective,
                                career.person.name.clone(),
                            ));
                        }
                    }
                    _ => {}
                }
            }
            for (key, from) in open {
                held.entry(key).or_default().push((from, Day::LATEST, career.person.name.clone()));
            }
        }
        assert!(held.len() > 90);
        for (post, spans) in &mut held {
            spans.sort();
            for pair in spans.windows(2) {
                assert!(pair[0].1 <= pair[1].0, "{post:?}: {pair:?}");
            }
        }
    }
}
