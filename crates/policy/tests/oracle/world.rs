//! Random careers, wild but such as a file could hold, and the organs that they pass through. Seeded: the same number
//! gives the same career on every machine.

use takeroot_civil::*;

/// A small generator of random numbers (splitmix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66_D1CE_4E5B)
    }
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    /// From 0 to before `n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
    /// From `a` to `b`, both included.
    pub fn within(&mut self, a: i32, b: i32) -> i32 {
        a + self.below((b - a + 1).max(1) as usize) as i32
    }
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

pub fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// Two counties, what lies above them, and places that are no organs.
pub fn organs() -> Vec<Organ> {
    let organ = |id: &str, kind, division: &str, hardship, band| Organ {
        id: OrganId(id.to_owned()),
        name: format!("{id}机关"),
        kind,
        division: division.parse().ok(),
        establishment: Some(30),
        hardship_class: hardship,
        area_band: band,
    };
    use OrganKind::*;
    vec![
        organ("a-town-1", Township, "990123101", Some(4), Some(3)),
        organ("a-town-2", Township, "990123102", None, Some(2)),
        organ("a-town-3", Township, "990123103", Some(0), None),
        organ("a-street", Subdistrict, "990123001", Some(2), Some(1)),
        organ("a-bureau", County, "990123", Some(4), None),
        organ("a-office", County, "990123", None, None),
        organ("a-centre", TownshipInstitution, "990123101", Some(4), Some(3)),
        organ("a-village", Village, "990123101", Some(4), None),
        organ("b-town-1", Township, "990124101", Some(2), Some(2)),
        organ("b-town-2", Township, "990124102", None, None),
        organ("b-bureau", County, "990124", Some(0), None),
        organ("b-village", Village, "990124101", None, None),
        organ("pref", Prefecture, "9901", None, None),
        organ("prov", Provincial, "99", Some(0), None),
        organ("firm", Enterprise, "990123", None, None),
        organ("nowhere", Township, "", None, None),
    ]
}

/// Organs that people belong to.
const OF_ORGANS: [&str; 13] = [
    "a-town-1",
    "a-town-2",
    "a-town-3",
    "a-street",
    "a-bureau",
    "a-office",
    "b-town-1",
    "b-town-2",
    "b-bureau",
    "pref",
    "prov",
    "nowhere",
    "not-in-the-roster",
];

/// Organs that people are sent to.
const AWAY: [&str; 10] = [
    "a-town-1",
    "a-town-2",
    "a-bureau",
    "a-centre",
    "a-village",
    "b-town-1",
    "b-village",
    "pref",
    "firm",
    "prov",
];

fn id(text: &str) -> OrganId {
    OrganId(text.to_owned())
}

fn any_day(dice: &mut Dice, from: i32, to: i32) -> Day {
    if dice.chance(4) {
        let leap: Vec<i32> = (from..=to).filter(|y| y % 4 == 0 && y % 100 != 0 || y % 400 == 0).collect();
        if !leap.is_empty() {
            return Day::new(dice.pick(&leap) as u16, 2, 29).expect("a leap day");
        }
    }
    if dice.chance(10) {
        // The ends of months, where "the same day" is not there.
        let (y, m) = (dice.within(from, to) as u16, dice.within(1, 12) as u8);
        return Day::new(y, m, day::days_in_month(y, m)).expect("the end of a month");
    }
    let m = dice.within(1, 12) as u8;
    Day::new(dice.within(from, to) as u16, m, dice.within(1, 28) as u8).expect("a day")
}

use takeroot_civil::day;

fn later(dice: &mut Dice, day: Day, months: (i32, i32)) -> Day {
    let to = day.plus_months(dice.within(months.0, months.1)).real();
    if dice.chance(60) { to } else { to.plus_days(dice.within(-40, 40)) }
}

fn rank_on(dice: &mut Dice, day: Day) -> Rank {
    let parallel = Day::new(2019, 6, 1).expect("a day");
    let county = Day::new(2015, 1, 15).expect("a day");
    let all: Vec<Rank> = Rank::ALL
        .iter()
        .copied()
        .filter(|r| match r.ladder() {
            Ladder::Parallel => day >= parallel,
            Ladder::NonLeading => day < parallel,
            Ladder::CountyRanks => day >= county && day < parallel,
        })
        .collect();
    let n = all.len().min(if dice.chance(80) { 6 } else { 30 });
    if dice.chance(20) && all.len() > 8 { all[all.len() - 1 - dice.below(5)] } else { all[dice.below(n)] }
}

fn assessed(dice: &mut Dice, year: u16) -> (Day, Fact) {
    use Grade::*;
    let grade = match dice.below(20) {
        0..=3 => Excellent,
        4..=15 => Competent,
        16 => Basic,
        17 => Incompetent,
        _ => Ungraded,
    };
    let day = if dice.chance(20) {
        Day::new(year, 12, dice.within(1, 31) as u8).expect("a day")
    } else {
        Day::new(year + 1, dice.within(1, 4) as u8, dice.within(1, 28) as u8).expect("a day")
    };
    (day, Fact::Assessed { year, grade })
}

fn away(dice: &mut Dice) -> Fact {
    use SecondmentKind::*;
    let kind = dice.pick(&[Secondment, Secondment, Attachment, VillageStationed, TaskForce, Following]);
    let organ = if kind == VillageStationed {
        if dice.chance(50) { None } else { Some(id(dice.pick(&["a-village", "b-village"]))) }
    } else if dice.chance(25) {
        None
    } else {
        Some(id(dice.pick(&AWAY)))
    };
    Fact::SecondedOut { kind, place: if organ.is_none() { "某处".into() } else { String::new() }, organ }
}

/// Any fact that could be recorded on a day.
fn any_fact(dice: &mut Dice, on: Day) -> Fact {
    match dice.below(25) {
        0 => Fact::Recruited {
            channel: dice.pick(Channel::ALL),
            organ: id(dice.pick(&OF_ORGANS)),
            years_in_unit: if dice.chance(20) { Some(5) } else { None },
        },
        1 => Fact::Registered { organ: id(dice.pick(&OF_ORGANS)) },
        2 => Fact::Educated {
            education: dice.pick(Education::ALL),
            degree: dice.pick(Degree::ALL),
            full_time: dice.chance(50),
            school: "某校".into(),
            major: "某专业".into(),
        },
        3..=5 => Fact::Appointed {
            layer: if dice.chance(15) {
                None
            } else {
                let top = if dice.chance(80) { 3 } else { 7 };
                Some(dice.pick(&Layer::ALL[..top]))
            },
            title: dice.pick(&["副镇长", "镇长", "局长", "书记"]).to_owned(),
            organ: id(dice.pick(&OF_ORGANS)),
            concurrent: dice.chance(25),
        },
        6 => Fact::Relieved {
            title: if dice.chance(50) {
                String::new()
            } else {
                dice.pick(&["副镇长", "镇长", "局长"]).to_owned()
            },
            organ: id(dice.pick(&OF_ORGANS)),
        },
        7..=10 => Fact::Ranked { rank: rank_on(dice, on) },
        11 | 12 => Fact::Graded {
            level: Level::new(dice.within(14, 27) as u8).expect("a level"),
            step: Step::new(dice.within(1, 7) as u8).expect("a step"),
        },
        13 => Fact::Posted { organ: id(dice.pick(&OF_ORGANS)) },
        14 | 15 => away(dice),
        16 => Fact::SecondedBack {},
        17 | 18 => Fact::Sanctioned {
            sanction: dice.pick(&[
                Sanction::Warning,
                Sanction::Demerit,
                Sanction::SeriousDemerit,
                Sanction::Demotion,
                Sanction::Removal,
                Sanction::Removal,
                Sanction::Admonition,
                Sanction::Organisational,
                Sanction::PartyWarning,
                Sanction::PartySeriousWarning,
            ]),
            until: if dice.chance(25) { Some(on.plus_days(dice.within(20, 900))) } else { None },
        },
        19 => Fact::Investigated { open: dice.chance(60) },
        20 => Fact::Trained {
            kind: dice.pick(TrainingKind::ALL),
            days: dice.below(9) as u16,
            hours: dice.below(60) as u16,
            off_job: dice.chance(50),
            passed: dice.chance(90),
        },
        21 | 22 => Fact::OnLeave {
            kind: dice.pick(&[
                LeaveKind::Annual,
                LeaveKind::Sick,
                LeaveKind::Personal,
                LeaveKind::Maternity,
                LeaveKind::Study,
            ]),
            half_days: dice.within(1, 150) as u16,
        },
        23 => Fact::Worked {
            kind: dice.pick(WorkKind::ALL),
            place: "某单位".into(),
            to: if dice.chance(90) { Some(on.plus_days(dice.within(1, 2000))) } else { None },
        },
        _ => {
            if dice.chance(40) {
                Fact::Left { reason: dice.pick(ExitReason::ALL) }
            } else {
                Fact::Rewarded { reward: Reward::Commendation }
            }
        }
    }
}

/// A career that goes as careers go, with its share of trouble.
fn likely(dice: &mut Dice, career: &mut Career) {
    let start = any_day(dice, 1986, 2026);
    let birth = Day::new(
        start.year() - dice.within(20, 34) as u16,
        dice.within(1, 12) as u8,
        dice.within(1, 28) as u8,
    );
    career.person.birth = birth.filter(|_| dice.chance(90));
    career.person.work_start =
        if dice.chance(85) { Some(later(dice, start, (-60, 0)).min(start)) } else { None };
    if dice.chance(90) {
        let lowest = usize::from(dice.chance(90));
        let education = dice.pick(&Education::ALL[lowest..]);
        let degree = match education {
            Education::Bachelor => Degree::Bachelor,
            Education::Master if dice.chance(80) => Degree::Master,
            Education::Doctor => Degree::Doctor,
            _ => Degree::None,
        };
        let fact = Fact::Educated {
            education,
            degree,
            full_time: true,
            school: "某校".into(),
            major: "某专业".into(),
        };
        career.add(start.plus_days(-dice.within(0, 900)), fact);
    }
    if dice.chance(25) {
        let from = start.plus_days(-dice.within(100, 2500));
        let to = if dice.chance(90) { Some(start.plus_days(-dice.within(0, 60))) } else { None };
        career.add(from, Fact::Worked { kind: dice.pick(WorkKind::ALL), place: "某村".into(), to });
    }
    let known = if dice.chance(90) { 10 } else { 13 };
    let organ = id(dice.pick(&OF_ORGANS[..known]));
    if dice.chance(80) {
        let years_in_unit = if dice.chance(10) { Some(5) } else { None };
        career.add(
            start,
            Fact::Recruited { channel: dice.pick(Channel::ALL), organ: organ.clone(), years_in_unit },
        );
    } else {
        career.add(start, Fact::Registered { organ: organ.clone() });
    }
    // Ranks, one after another on the ladder of the time.
    let mut at = later(dice, start, (11, 14));
    let mut step = dice.below(2);
    while at.year() <= 2032 {
        let rank = if at >= Day::new(2019, 6, 1).expect("a day") {
            Rank::ALL[(step + 1).min(11)]
        } else {
            Rank::ALL[12 + step.min(7)]
        };
        let event = career.add(at, Fact::Ranked { rank });
        if dice.chance(12) {
            event.dates.counted_from = Some(at.plus_days(-dice.within(0, 500)));
        }
        if dice.chance(25) {
            let county = Day::new(2015, 1, 15).expect("a day");
            if at > county && at < Day::new(2019, 6, 1).expect("a day") {
                career.add(at, Fact::Ranked { rank: Rank::ALL[20 + dice.below(5)] });
            }
        }
        let far = if dice.chance(20) { 140 } else { 60 };
        at = later(dice, at, (12, far));
        if dice.chance(60) {
            step += 1;
        }
        if dice.chance(5) {
            step = step.saturating_sub(1);
        }
        if step > 6 && dice.chance(60) {
            break;
        }
    }
    if dice.chance(25) {
        let at = Day::new(2019, 6, 1).expect("a day");
        if at > start {
            let event = career.add(at, Fact::Ranked { rank: Rank::ALL[dice.below(7)] });
            if dice.chance(30) {
                event.dates.counted_from = Some(at.plus_days(-dice.within(0, 1500)));
            }
        }
    }
    // Posts.
    let mut at = later(dice, start, (24, 120));
    let mut layer = 0;
    while at.year() <= 2031 && dice.chance(60) {
        let title = dice.pick(&["副镇长", "镇长", "局长", "书记"]).to_owned();
        let organ = id(dice.pick(&OF_ORGANS[..10]));
        if dice.chance(50) {
            career.add(at, Fact::Posted { organ: organ.clone() });
        }
        let event = career.add(
            at,
            Fact::Appointed {
                layer: Layer::ALL.get(layer).copied(),
                title: title.clone(),
                organ: organ.clone(),
                concurrent: dice.chance(10),
            },
        );
        if dice.chance(8) {
            event.dates.counted_from = Some(at.plus_days(-dice.within(0, 400)));
        }
        if dice.chance(15) {
            let end = later(dice, at, (6, 60));
            career.add(
                end,
                Fact::Relieved { title: if dice.chance(50) { String::new() } else { title }, organ },
            );
        }
        at = later(dice, at, (10, 80));
        layer += usize::from(dice.chance(60));
    }
    // Yearly grades, with gaps.
    let to = dice.within(i32::from(start.year()), 2030) as u16;
    for year in start.year()..=to {
        if dice.chance(88) {
            let (day, fact) = assessed(dice, year);
            career.add(day, fact);
        }
    }
    // Levels.
    for _ in 0..dice.below(3) {
        let at = later(dice, start, (12, 200));
        let fact = Fact::Graded {
            level: Level::new(dice.within(18, 26) as u8).expect("a level"),
            step: Step::new(dice.within(1, 6) as u8).expect("a step"),
        };
        career.add(at, fact);
    }
    // Working elsewhere.
    for _ in 0..dice.below(3) {
        let at = later(dice, start, (0, 150));
        career.add(at, away(dice));
        if dice.chance(80) {
            let back = at.plus_days(dice.within(0, 700));
            career.add(back, Fact::SecondedBack {});
        }
    }
    // Whatever else.
    for _ in 0..dice.below(7) {
        let at = later(dice, start, (-2, 250));
        let fact = loop {
            let fact = any_fact(dice, at);
            if !matches!(fact, Fact::Recruited { .. } | Fact::Registered { .. } | Fact::Ranked { .. }) {
                break fact;
            }
        };
        career.add(at, fact);
    }
    if dice.chance(12) {
        let at = later(dice, start, (1, 350));
        career.add(at, Fact::Left { reason: dice.pick(ExitReason::ALL) });
        if dice.chance(20) {
            let again = later(dice, at, (0, 60)).max(at);
            let organ = id(dice.pick(&OF_ORGANS));
            let fact = if dice.chance(50) {
                Fact::Registered { organ }
            } else {
                Fact::Recruited { channel: dice.pick(Channel::ALL), organ, years_in_unit: None }
            };
            career.add(again, fact);
        }
    }
}

/// A career of any facts on any days.
fn wild(dice: &mut Dice, career: &mut Career) {
    career.person.birth = if dice.chance(70) { Some(any_day(dice, 1950, 2005)) } else { None };
    career.person.work_start = if dice.chance(70) { Some(any_day(dice, 1980, 2026)) } else { None };
    let (a, b) = (dice.within(1985, 2026), dice.within(0, 30));
    for _ in 0..dice.below(30) {
        let mut at = any_day(dice, a, (a + b).min(2030));
        if dice.chance(15) {
            if let Some(other) = career.events.last() {
                at = other.dates.effective;
            }
        }
        let (at, fact) = if dice.chance(25) {
            let (day, fact) = assessed(dice, at.year());
            (day, fact)
        } else {
            (at, any_fact(dice, at))
        };
        let counted = matches!(fact, Fact::Ranked { .. } | Fact::Appointed { .. }) && dice.chance(12);
        let event = career.add(at, fact);
        if counted {
            event.dates.counted_from = Some(at.plus_days(-dice.within(0, 1200)));
        }
    }
}

/// The career of a number.
pub fn career(number: u64) -> Career {
    let mut dice = Dice::new(number);
    let mut career = Career::default();
    career.person.id = PersonId(format!("R{number:05}"));
    career.person.name = format!("某{number}");
    career.person.sex = match dice.below(10) {
        0..=4 => Some(Sex::Male),
        5..=8 => Some(Sex::Female),
        _ => None,
    };
    if dice.chance(70) {
        likely(&mut dice, &mut career)
    } else {
        wild(&mut dice, &mut career)
    }
    // Mistakes put right: a later record takes the place of an earlier one, of an amendment too.
    if dice.chance(25) && !career.events.is_empty() {
        for _ in 0..=dice.below(3) {
            let old = career.events[dice.below(career.events.len())].clone();
            let event = if dice.chance(30) {
                career.add(old.dates.effective, Fact::Voided {})
            } else {
                let at = old.dates.effective.plus_days(dice.within(-60, 60));
                let fact = if matches!(old.fact, Fact::Voided {}) {
                    any_fact(&mut dice, at)
                } else {
                    old.fact.clone()
                };
                let fact = match fact {
                    Fact::Ranked { .. } => Fact::Ranked { rank: rank_on(&mut dice, at) },
                    fact => fact,
                };
                career.add(at, fact)
            };
            event.amends = Some(old.id);
        }
    }
    career
}

/// The days asked about: past, present, future, and around changes of law.
pub fn days_asked(number: u64) -> Vec<Day> {
    // A hundred sets of days, so that the rules of each day are unfolded once.
    let mut dice = Dice::new((number % 100) ^ 0xABCD_EF01);
    let changes =
        ["2015-01-14", "2015-01-15", "2019-05-31", "2019-06-01", "2019-06-02", "2021-01-01", "2020-02-29"];
    vec![
        day(dice.pick(&changes)),
        any_day(&mut dice, 2008, 2019),
        any_day(&mut dice, 2019, 2027),
        any_day(&mut dice, 2027, 2040),
    ]
}
