//! The facts of a career on a day, as the rules ask for them: the record that answers [`Officer`].

use takeroot_civil::{
    Career, Code as _, Day, Degree, Education, Fact, Grade, Ladder, Layer, Level, Organ, OrganKind, Rank,
    Step,
};

use crate::bars::{Acts, Barred, barred};
use crate::grading::{Grading, grading};
use crate::officer::{Bars, Held, Officer, Place};
use crate::ranks::{RankHeld, RankHistory};
use crate::rule::{BarGround, Posts, ServedIn, ServiceTerm, YearBelongs};
use crate::rules::{Cited, Rules};
use crate::timeline::{Organs, Timeline, before, months_in, union};

/// Time held, and grades, in the form the rules ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HeldSince {
    /// The day from which time counts.
    pub since: Option<Day>,
    /// Counts.
    pub held: Held,
}

/// A minimum service that a person owes or owed.
#[derive(Clone, Debug, PartialEq)]
pub struct Owed {
    /// Position of the term among [`Rules::service_terms`]; `None` when the post itself asked for it.
    pub term: Option<usize>,
    /// Years.
    pub years: u8,
    /// Years that the clause names; the post's own where there is none.
    pub rule_years: u8,
    /// Where.
    pub served_in: ServedIn,
    /// From when it counts.
    pub from: Day,
    /// Full months served so far.
    pub served: u16,
    /// First day on which it is served, if nothing interrupts it any more. `None` while it does not run because the
    /// person works elsewhere.
    pub until: Option<Day>,
    /// Days since its start that were not served where they must be.
    pub days_not_counted: i32,
}

/// The facts of a career on a day.
#[derive(Clone, Debug)]
pub struct Facts<'r> {
    /// The day.
    pub on: Day,
    /// The career.
    pub career: &'r Career,
    /// The career laid out.
    pub timeline: Timeline<'r>,
    /// The organ belonged to, if it is in the roster.
    pub organ: Option<&'r Organ>,
    /// Rank on each ladder.
    pub ranks: [Option<RankHeld>; 3],
    /// Time in it, by the ladder of the rank and the ladder whose counting applies.
    pub rank_held: [[HeldSince; 3]; 3],
    /// Leadership layer.
    pub layer: Option<Layer>,
    /// Time in it, by the ladder whose counting applies.
    pub layer_held: [HeldSince; 3],
    /// When each rank, or one that converts to it, or a higher one, was first held.
    pub reached: [Option<Day>; Rank::COUNT],
    /// Level and step.
    pub grading: Grading,
    /// Grounds that bar promotion.
    pub barred: Vec<Barred>,
    /// Highest education and degree.
    pub education: Option<(Education, Degree)>,
    /// Education when recruited.
    pub entry_education: Option<Education>,
    /// Minimum services owed.
    pub owed: Vec<Owed>,
    /// End of probation, if recruited and the rules say how long it lasts.
    pub probation_until: Option<Day>,
    /// Yearly grades known on the day, by year.
    pub grades: Vec<(u16, Grade)>,
    /// Full months worked in townships.
    pub rooted_months: u16,
    /// The spans of that work, those still going on to the last day there is.
    pub rooted: Vec<(Day, Day)>,
    /// Full months of grassroots work; `None` when no rule says what counts.
    pub grassroots_months: Option<u16>,
    /// The spans of that work, joined, those still going on to the last day there is.
    pub grassroots: Vec<(Day, Day)>,
}

impl<'r> Facts<'r> {
    /// The facts of a career on the day of the rules.
    pub fn of(career: &'r Career, organs: &Organs<'r>, rules: &Rules) -> Facts<'r> {
        Facts::on(career, organs, rules, rules.on)
    }

    /// The facts of a career on a day, as these rules count them.
    pub fn on(career: &'r Career, organs: &Organs<'r>, rules: &Rules, on: Day) -> Facts<'r> {
        let timeline = Timeline::of(career, organs, on);
        let grades = grades(&timeline);
        let recruited = timeline.recruited;
        let probation_until = recruited
            .zip(rules.probation.as_ref())
            .map(|(r, p)| r.day.plus_months(i32::from(p.rule.months)).real());
        let history = RankHistory::of(&timeline, rules, on);
        let ranks = history.held(rules);
        let mut rank_held = [[HeldSince::default(); 3]; 3];
        let mut layer_held = [HeldSince::default(); 3];
        let lead = timeline.layers.last().filter(|l| l.span.to.is_none()).copied();
        for ladder in Ladder::ALL {
            let counting = rules.counting[ladder.index()].as_ref();
            let belongs = counting.map_or(YearBelongs::YearEnd, |c| c.rule.year_belongs);
            let after_probation = counting.is_some_and(|c| !c.rule.probation_counts);
            let start = |since: Day| match probation_until.filter(|_| after_probation) {
                Some(until) => since.max(until),
                None => since,
            };
            for (held, rank) in rank_held.iter_mut().zip(&ranks) {
                if let Some(rank) = rank {
                    held[ladder.index()] = time_held(start(rank.since), on, &grades, belongs);
                }
            }
            if let Some(lead) = lead {
                layer_held[ladder.index()] = time_held(lead.counts, on, &grades, belongs);
            }
        }
        let education = education(&timeline, on);
        let entry_education = recruited.and_then(|r| self::education(&timeline, r.day)).map(|e| e.0);
        let all_barred = barred(&timeline, rules, on, &grades, probation_until);
        let grading =
            grading(&timeline, &history, rules, on, &grades, entry_education, probation_until, &all_barred);
        let runs = |b: &Barred| b.from <= on && b.free.is_none_or(|free| on < free);
        let barred = all_barred.into_iter().filter(runs).collect();
        // What goes on is taken to go on: what held until a day is cut out of it.
        let end = Day::year_end(u16::MAX);
        let rooted = timeline.worked_where(organs, end, |_, organ, away| match away {
            Some(away) => away.place_kind.is_township() || away.place_kind == OrganKind::Village,
            None => organ.is_some_and(|o| o.kind.is_township()),
        });
        let grassroots = rules.grassroots.as_ref().map(|g| {
            let mut spans = timeline.worked_where(organs, end, |_, organ, _| {
                organ.is_some_and(|o| g.rule.organs.contains(&o.kind))
            });
            spans.extend(
                timeline.work.iter().filter(|w| g.rule.work.contains(&w.1)).filter_map(|w| w.0.until(end)),
            );
            union(spans)
        });
        let organ = timeline.organ().and_then(|id| organs.get(id).copied());
        let owed = owed(&timeline, organs, rules, on);
        Facts {
            on,
            career,
            organ,
            reached: history.reached(rules),
            ranks,
            rank_held,
            layer: lead.map(|l| l.layer),
            layer_held,
            grading,
            barred,
            education,
            entry_education,
            owed,
            probation_until,
            grades,
            rooted_months: months_in(&before(&rooted, on)),
            rooted,
            grassroots_months: grassroots.as_ref().map(|spans| months_in(&before(spans, on))),
            grassroots: grassroots.unwrap_or_default(),
            timeline,
        }
    }

    /// The year with the worst grade; years of probation without a grade left out.
    pub fn worst_year(&self) -> Option<(u16, Grade)> {
        let probation = self.timeline.recruited.map(|r| r.day.year()).zip(self.probation_until);
        let on_probation =
            |year: u16| probation.is_some_and(|(from, until)| from <= year && year <= until.year());
        let judged =
            self.grades.iter().filter(|(year, grade)| *grade != Grade::Ungraded || !on_probation(*year));
        judged.max_by_key(|(_, grade)| *grade).copied()
    }

    /// Full months that will have been worked in townships on a later day, if nothing changes.
    pub fn rooted_months_on(&self, day: Day) -> u16 {
        months_in(&before(&self.rooted, day))
    }

    /// Whether the person is in the service.
    pub fn in_service(&self) -> bool {
        self.timeline.in_service()
    }
}

/// The highest education by a day, with the highest degree.
fn education(timeline: &Timeline<'_>, on: Day) -> Option<(Education, Degree)> {
    let mut best: Option<(Education, Degree)> = None;
    for event in timeline.events.iter().filter(|e| e.dates.effective <= on) {
        if let Fact::Educated { education, degree, .. } = &event.fact {
            best = Some(best.map_or((*education, *degree), |b| (b.0.max(*education), b.1.max(*degree))));
        }
    }
    best
}

/// Yearly grades known on the day; the last recorded one of a year holds.
fn grades(timeline: &Timeline<'_>) -> Vec<(u16, Grade)> {
    let mut grades: Vec<(u16, Grade)> = Vec::new();
    for event in &timeline.events {
        if let Fact::Assessed { year, grade } = &event.fact {
            match grades.iter_mut().find(|g| g.0 == *year) {
                Some(known) => known.1 = *grade,
                None => grades.push((*year, *grade)),
            }
        }
    }
    grades.sort_unstable_by_key(|g| g.0);
    grades
}

/// Counts time held since a day, with the grades that belong to it.
fn time_held(since: Day, on: Day, grades: &[(u16, Grade)], belongs: YearBelongs) -> HeldSince {
    let mut held =
        Held { months: u16::try_from(on.months_since(since).max(0)).unwrap_or(u16::MAX), ..Held::default() };
    for (year, grade) in grades {
        let (first, next) = (Day::new_year(*year), Day::new_year(year + 1));
        let belongs = match belongs {
            YearBelongs::YearEnd => since <= Day::year_end(*year),
            YearBelongs::YearStart => since <= first,
            YearBelongs::Both => since < next,
        };
        if belongs {
            let (from, to) = (first.max(since), next.min(on));
            held.years[grade.index()] = held.years[grade.index()].saturating_add(1);
            let months = u8::try_from(to.months_since(from).max(0)).unwrap_or(12);
            held.grade_months[grade.index()] = held.grade_months[grade.index()].saturating_add(months);
        }
    }
    HeldSince { since: Some(since), held }
}

/// Minimum services that a person owes or owed by the rules.
fn owed(timeline: &Timeline<'_>, organs: &Organs<'_>, rules: &Rules, on: Day) -> Vec<Owed> {
    let Some(recruited) = timeline.recruited else {
        return Vec::new();
    };
    let hired = organs.get(recruited.organ).copied();
    let probation = rules.probation.as_ref().map_or(0, |p| i32::from(p.rule.months));
    let mut owed: Vec<Owed> = Vec::new();
    let mut add = |term: Option<usize>, years: u8, rule_years: u8, served_in: ServedIn, from: Day| {
        let county = |o: &Organ| o.division.and_then(|d| d.county());
        let spans = timeline.worked_where(organs, Day::year_end(u16::MAX), |id, organ, away| {
            // A place that the roster does not know lies where the organ that sends lies.
            let place = away.and_then(|a| a.organ).or(organ);
            let kind = away.map_or_else(|| organ.map(|o| o.kind), |a| Some(a.place_kind));
            let township =
                kind.is_some_and(|k| k.is_township() || (away.is_some() && k == OrganKind::Village));
            // The hiring organ lies in its own county, whether or not that is written down; elsewhere it must be known.
            let at_home = away.is_none() && id == recruited.organ;
            let same_county =
                at_home || hired.and_then(county).is_some_and(|home| place.and_then(county) == Some(home));
            served_in.counts(at_home, township, same_county)
        });
        let here = spans.iter().any(|s| s.0 <= on && on < s.1);
        let spans: Vec<(Day, Day)> =
            before(&spans, on).into_iter().filter(|s| s.1 > from).map(|s| (s.0.max(from), s.1)).collect();
        let mut until = from.plus_years(i32::from(years)).real();
        // Days not served push the end back, and more of them may lie before the later end.
        let mut not_counted = 0;
        loop {
            let end = until.min(on);
            let served: i32 = spans.iter().filter(|s| s.0 < end).map(|s| s.1.min(end).days_since(s.0)).sum();
            let now = (end.days_since(from) - served).max(0);
            if now <= not_counted {
                break;
            }
            not_counted = now;
            until = from.plus_years(i32::from(years)).real().plus_days(not_counted);
        }
        let done = until <= on;
        owed.push(Owed {
            term,
            years,
            rule_years,
            served_in,
            from,
            served: months_in(&spans),
            until: (done || here).then_some(until),
            days_not_counted: not_counted,
        });
    };
    let mut own_by_clause = false;
    for (at, term) in rules.service_terms.iter().enumerate() {
        if owes(term, &recruited, hired) {
            let from = if term.rule.includes_probation {
                recruited.day
            } else {
                recruited.day.plus_months(probation).real()
            };
            // A post that asks for service in the hiring unit says for how long.
            let own = recruited.years_in_unit.filter(|_| term.rule.posts == Posts::OwnUnit);
            own_by_clause |= own.is_some();
            add(Some(at), own.unwrap_or(term.rule.years), term.rule.years, term.rule.served_in, from);
        }
    }
    if let Some(years) = recruited.years_in_unit.filter(|_| !own_by_clause) {
        add(None, years, years, ServedIn::OwnOrgan, recruited.day);
    }
    owed
}

/// Whether a term is owed by a recruit: it was in force when the person was recruited, and it is for such posts.
fn owes(
    term: &Cited<ServiceTerm>,
    recruited: &crate::timeline::Recruitment<'_>,
    hired: Option<&Organ>,
) -> bool {
    let of_post = Hired {
        day: recruited.day,
        channel: recruited.channel,
        township: hired.is_some_and(|o| o.kind.is_township()),
        hardship: hired.and_then(|o| o.hardship_class).is_some_and(|class| class > 0),
        own_unit: recruited.years_in_unit.is_some(),
    };
    of_post.owes(term)
}

/// A recruitment, as far as minimum services ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hired {
    /// The day.
    pub day: Day,
    /// By which channel.
    pub channel: takeroot_civil::Channel,
    /// Into a township organ.
    pub township: bool,
    /// Into an organ of a county on the hardship-remote list.
    pub hardship: bool,
    /// The announcement of the post asked for service in the hiring unit.
    pub own_unit: bool,
}

impl Hired {
    /// Whether a minimum service is owed: its clause was in force on the day, and it is for such posts.
    pub fn owes(&self, term: &Cited<ServiceTerm>) -> bool {
        let in_force = term.cite.from.is_none_or(|from| from <= self.day);
        let by_channel = term.rule.channels.is_empty() || term.rule.channels.contains(&self.channel);
        let for_post = match term.rule.posts {
            Posts::Any => true,
            Posts::Township => self.township,
            Posts::Hardship => self.hardship,
            Posts::HardshipTownship => self.hardship && self.township,
            Posts::VillageCadres => self.channel == takeroot_civil::Channel::VillageCadre,
            Posts::Programme => self.channel == takeroot_civil::Channel::ProgrammeStaff,
            Posts::OwnUnit => self.own_unit,
            Posts::NationalExam => false,
        };
        in_force && by_channel && for_post
    }
}

impl Officer for Facts<'_> {
    fn serving(&self) -> bool {
        self.in_service()
    }

    fn place(&self) -> Place {
        Place {
            kind: self.organ.map(|o| o.kind),
            hardship_class: self.organ.and_then(|o| o.hardship_class),
            area_band: self.organ.and_then(|o| o.area_band),
            in_township: crate::standing::promotion::working_in_township(self),
        }
    }

    fn rank(&self, ladder: Ladder) -> Option<Rank> {
        self.ranks[ladder.index()].map(|r| r.rank)
    }

    fn rank_held(&self, ladder: Ladder, counting: Ladder) -> Held {
        self.rank_held[ladder.index()][counting.index()].held
    }

    fn layer(&self) -> Option<Layer> {
        self.layer
    }

    fn layer_held(&self, ladder: Ladder) -> Held {
        self.layer_held[ladder.index()].held
    }

    fn months_since_reaching(&self, rank: Rank) -> Option<u16> {
        self.reached[rank.index()]
            .map(|since| u16::try_from(self.on.months_since(since).max(0)).unwrap_or(u16::MAX))
    }

    fn level(&self) -> Option<Level> {
        self.grading.level
    }

    fn step(&self) -> Option<Step> {
        self.grading.step
    }

    fn bars(&self) -> Bars {
        let mut bars = Bars::default();
        // An investigation has no end until it is closed; the other grounds bar while their end is known.
        let bar = |b: &&Barred| b.free.is_some() || b.ground == BarGround::Investigation;
        self.barred.iter().filter(bar).for_each(|b| bars.add(b.ground));
        bars
    }

    fn unsure_bars(&self) -> Bars {
        let mut bars = Bars::default();
        let unsure = |b: &&Barred| b.free.is_none() && b.ground != BarGround::Investigation;
        self.barred.iter().filter(unsure).for_each(|b| bars.add(b.ground));
        bars
    }

    fn organ_kind(&self) -> Option<OrganKind> {
        self.organ.map(|o| o.kind)
    }

    fn education(&self) -> Option<Education> {
        self.education.map(|e| e.0)
    }

    fn work_months(&self) -> Option<u16> {
        let start = self.career.person.work_start?;
        Some(u16::try_from(self.on.months_since(start).max(0)).unwrap_or(u16::MAX))
    }

    fn grassroots_months(&self) -> Option<u16> {
        self.grassroots_months
    }

    fn rooted_months(&self) -> u16 {
        self.rooted_months
    }

    fn posts_in(&self, layer: Layer) -> u8 {
        self.timeline.posts[layer.index()]
    }

    fn sanctioned(&self) -> Acts {
        let sanctions = self.barred.iter().filter(|b| b.ground == BarGround::Sanction);
        sanctions.fold(Acts::default(), |acts, b| acts.or(b.acts))
    }

    fn own_term_running(&self) -> bool {
        let own = self.owed.iter().filter(|o| o.term.is_none());
        own.into_iter().any(|o| o.until.is_none_or(|until| self.on < until))
    }

    fn service_months(&self) -> Option<u16> {
        let spans = self.timeline.service(self.on);
        (!self.timeline.belonging.is_empty()).then(|| months_in(&spans))
    }

    fn served_months(&self, term: usize) -> Option<u16> {
        let owed = self.owed.iter().find(|o| o.term == Some(term))?;
        let full = u16::from(owed.rule_years) * 12;
        // The end is reckoned in days where service was interrupted: it decides, not the rounded months.
        Some(match owed.until {
            Some(until) if until <= self.on => owed.served.max(full),
            _ => owed.served.min(full.saturating_sub(1)),
        })
    }

    fn worst_grade(&self) -> Option<Grade> {
        self.worst_year().map(|(_, grade)| grade)
    }
}
