//! A career walked through event by event: what held on each day. Nothing clever: a list of states, each copied from
//! the one before and changed.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap};

use takeroot_civil::*;
use takeroot_policy::Rules;
use takeroot_policy::rule::*;

/// A post held.
#[derive(Clone, Debug)]
pub struct Post {
    pub title: String,
    pub organ: OrganId,
    pub layer: Option<Layer>,
    pub concurrent: bool,
}

/// How a person was recruited.
#[derive(Clone, Debug)]
pub struct Recruit {
    pub on: Day,
    pub channel: Channel,
    pub organ: OrganId,
    pub years_in_unit: Option<u8>,
}

/// A rank held.
#[derive(Clone, Copy, Debug)]
pub struct HeldRank {
    pub rank: Rank,
    pub since: Day,
    pub converted: bool,
}

/// Where a person works meanwhile.
#[derive(Clone, Debug)]
pub struct Away {
    pub kind: SecondmentKind,
    pub organ: Option<OrganId>,
}

/// What holds from a day on.
#[derive(Clone, Debug, Default)]
pub struct State {
    pub in_service: bool,
    pub left: Option<(Day, ExitReason)>,
    pub organ: Option<OrganId>,
    pub away: Option<Away>,
    pub posts: Vec<Post>,
    pub layer: Option<(Layer, Day)>,
    pub ranks: [Option<HeldRank>; 3],
    /// For every rank, since when this or a higher one of its ladder has been held without a break.
    pub reached: BTreeMap<Rank, Day>,
    pub recruit: Option<Recruit>,
    pub investigated: Option<Day>,
}

/// A career as known on a day.
pub struct Life<'a> {
    pub person: &'a Person,
    pub events: Vec<&'a Event>,
    pub organs: &'a HashMap<&'a OrganId, &'a Organ>,
    pub rules: &'a Rules,
    pub known: Day,
    pub states: Vec<(Day, State)>,
    pub grades: BTreeMap<u16, Grade>,
    /// Months worked out before, so that ten thousand careers take seconds.
    worked: RefCell<HashMap<(bool, Day), i32>>,
    pub measured: OnceCell<Vec<super::promote::Measure>>,
}

/// Full months from a day to another, counted one by one.
pub fn months(from: Day, to: Day) -> i32 {
    let (mut year, mut month, mut n) = (from.year(), from.month(), 0);
    loop {
        month += 1;
        if month == 13 {
            (year, month) = (year + 1, 1);
        }
        if (year, month, from.day()) > (to.year(), to.month(), to.day()) {
            return n;
        }
        n += 1;
    }
}

/// The real day so many months later, month after month.
pub fn after_months(from: Day, n: i32) -> Day {
    let (mut year, mut month) = (from.year(), from.month());
    for _ in 0..n {
        month += 1;
        if month == 13 {
            (year, month) = (year + 1, 1);
        }
    }
    for _ in n..0 {
        month -= 1;
        if month == 0 {
            (year, month) = (year - 1, 12);
        }
    }
    match Day::new(year, month, from.day()) {
        Some(day) => day,
        None if month == 12 => Day::new(year + 1, 1, 1).expect("a day"),
        None => Day::new(year, month + 1, 1).expect("a day"),
    }
}

/// The next day of the calendar.
pub fn tomorrow(day: Day) -> Day {
    let (y, m, d) = (day.year(), day.month(), day.day());
    if let Some(next) = Day::new(y, m, d + 1) {
        return next;
    }
    if m == 12 { Day::new(y + 1, 1, 1) } else { Day::new(y, m + 1, 1) }.expect("a day")
}

/// The facts that hold, in the order of their days.
pub fn holding(career: &Career) -> Vec<&Event> {
    let mut out: Vec<&Event> = Vec::new();
    for event in &career.events {
        let replaced = career.events.iter().any(|other| other.amends == Some(event.id));
        if !replaced && !matches!(event.fact, Fact::Voided {}) {
            out.push(event);
        }
    }
    out.sort_by_key(|e| (e.dates.effective, e.id));
    out
}

impl<'a> Life<'a> {
    pub fn of(career: &'a Career, organs: &'a HashMap<&'a OrganId, &'a Organ>, rules: &'a Rules) -> Life<'a> {
        let known = rules.on;
        let events: Vec<&Event> =
            holding(career).into_iter().filter(|e| e.dates.effective <= known).collect();
        let mut grades = BTreeMap::new();
        for event in &events {
            if let Fact::Assessed { year, grade } = event.fact {
                grades.insert(year, grade);
            }
        }
        let mut life = Life {
            person: &career.person,
            events,
            organs,
            rules,
            known,
            states: Vec::new(),
            grades,
            worked: RefCell::default(),
            measured: OnceCell::new(),
        };
        life.walk();
        life
    }

    /// The first day on which ranks are converted, if the rules know of a conversion.
    fn conversion_day(&self) -> Option<Day> {
        self.rules.conversions.iter().flatten().filter_map(|c| c.cite.from).min()
    }

    fn walk(&mut self) {
        let mut state = State::default();
        let conversion = self.conversion_day();
        let mut converted = false;
        let mut states = vec![(Day::EARLIEST, state.clone())];
        for event in &self.events {
            let day = event.dates.effective;
            if let Some(on) = conversion {
                if !converted && on <= day {
                    self.convert(&mut state, on);
                    converted = true;
                    states.push((on, state.clone()));
                }
            }
            self.step(&mut state, event, conversion);
            states.push((day, state.clone()));
        }
        if let Some(on) = conversion {
            if !converted {
                self.convert(&mut state, on);
                states.push((on, state.clone()));
            }
        }
        self.states = states;
    }

    /// The ranks of the old ladders become ranks of the new one.
    fn convert(&self, state: &mut State, on: Day) {
        let keeps = |ladder: Ladder| {
            self.rules.counting[ladder.index()].as_ref().is_none_or(|c| c.rule.conversion_keeps_time)
        };
        let mut best: Option<HeldRank> = None;
        for held in state.ranks.iter().flatten() {
            if let Some(conversion) = &self.rules.conversions[held.rank.index()] {
                let to = conversion.rule.to;
                if best.is_none_or(|b| b.rank < to) {
                    let since = if keeps(to.ladder()) { held.since } else { on };
                    best = Some(HeldRank { rank: to, since, converted: true });
                }
            }
        }
        if let Some(best) = best {
            if state.ranks[best.rank.ladder().index()].is_none() {
                state.ranks[best.rank.ladder().index()] = Some(best);
                for rank in Rank::ALL.iter().filter(|r| r.ladder() == best.rank.ladder() && **r <= best.rank)
                {
                    state.reached.insert(*rank, best.since);
                }
            }
        }
    }

    fn step(&self, state: &mut State, event: &Event, conversion: Option<Day>) {
        let (day, counts) =
            (event.dates.effective, event.dates.counted_from.unwrap_or(event.dates.effective));
        match &event.fact {
            // Whoever enters works where he enters, wherever he had been sent before.
            Fact::Recruited { channel, organ, years_in_unit } => {
                state.in_service = true;
                state.left = None;
                state.away = None;
                state.organ = Some(organ.clone());
                state.recruit = Some(Recruit {
                    on: day,
                    channel: *channel,
                    organ: organ.clone(),
                    years_in_unit: *years_in_unit,
                });
            }
            Fact::Registered { organ } => {
                state.in_service = true;
                state.left = None;
                state.away = None;
                state.organ = Some(organ.clone());
            }
            // Who is moved from organ to organ is in the service, recorded entry or not.
            Fact::Posted { organ } => {
                if state.left.is_none() {
                    state.organ = Some(organ.clone());
                    state.in_service = true;
                }
            }
            Fact::SecondedOut { kind, organ, .. } => {
                state.away = Some(Away { kind: *kind, organ: organ.clone() })
            }
            Fact::SecondedBack {} => state.away = None,
            Fact::Left { reason } => {
                if !for_good(*reason) {
                    state.in_service = false;
                    state.left = Some((day, *reason));
                    state.organ = None;
                    state.away = None;
                    state.posts.clear();
                    state.layer = None;
                    return;
                }
                *state = State {
                    left: Some((day, *reason)),
                    investigated: state.investigated,
                    ..State::default()
                };
            }
            Fact::Investigated { open } => {
                state.investigated = match (open, state.investigated) {
                    (true, Some(since)) => Some(since),
                    (true, None) => Some(day),
                    (false, _) => None,
                };
            }
            Fact::Appointed { layer, title, organ, concurrent } => {
                if !concurrent {
                    state.posts.retain(|p| p.concurrent);
                }
                state.posts.push(Post {
                    title: title.clone(),
                    organ: organ.clone(),
                    layer: *layer,
                    concurrent: *concurrent,
                });
                relayer(state, counts);
            }
            Fact::Relieved { title, organ } => {
                if title.is_empty() {
                    state.posts.clear();
                } else {
                    state.posts.retain(|p| !(p.title == *title && p.organ == *organ));
                }
                relayer(state, day);
            }
            Fact::Ranked { rank } => {
                let ladder = rank.ladder();
                let mut since = counts;
                match state.ranks[ladder.index()] {
                    // On the day of conversion the record says the same as the rule.
                    Some(held) if held.rank == *rank && held.converted && conversion == Some(day) => {
                        let keeps = self.rules.counting[ladder.index()]
                            .as_ref()
                            .is_none_or(|c| c.rule.conversion_keeps_time);
                        // What the record states goes before what the switch supposes.
                        since = if keeps && event.dates.counted_from.is_none() { held.since } else { counts };
                    }
                    Some(held) if held.rank == *rank => since = held.since,
                    _ => {}
                }
                state.ranks[ladder.index()] = Some(HeldRank { rank: *rank, since, converted: false });
                for other in Rank::ALL.iter().filter(|r| r.ladder() == ladder) {
                    if other <= rank {
                        state.reached.entry(*other).or_insert(since);
                    } else {
                        state.reached.remove(other);
                    }
                }
            }
            _ => {}
        }
    }

    /// What holds on a day; after the day on which facts are known, what held then.
    pub fn at(&self, day: Day) -> &State {
        let mut now = &self.states[0].1;
        for (from, state) in &self.states {
            if *from <= day {
                now = state;
            }
        }
        now
    }

    pub fn organ(&self, id: &Option<OrganId>) -> Option<&'a Organ> {
        id.as_ref().and_then(|id| self.organs.get(id).copied())
    }

    /// The place worked in, as far as it is known: the organ belonged to, or the one sent to.
    pub fn works_in_township(&self, state: &State, county: Option<DivisionCode>, any: bool) -> bool {
        let here = |organ: Option<&Organ>, village: bool| match organ {
            Some(organ) => {
                (organ.kind.is_township() || village && organ.kind == OrganKind::Village)
                    && (any || county.is_some() && organ.division.and_then(DivisionCode::county) == county)
            }
            None => false,
        };
        if !state.in_service {
            return false;
        }
        match &state.away {
            None => here(self.organ(&state.organ), false),
            Some(away) => match self.organ(&away.organ) {
                Some(organ) => here(Some(organ), true),
                // A village that has no number in the roster: which county it lies in is that of the organ that sends.
                None => {
                    away.kind == SecondmentKind::VillageStationed
                        && (any
                            || county.is_some()
                                && self
                                    .organ(&state.organ)
                                    .and_then(|o| o.division)
                                    .and_then(DivisionCode::county)
                                    == county)
                }
            },
        }
    }

    /// First day after probation; `None` when there is none to be seen.
    pub fn probation_end(&self) -> Option<Day> {
        let recruit = self.at(self.known).recruit.as_ref()?;
        let probation = self.rules.probation.as_ref()?;
        Some(after_months(recruit.on, i32::from(probation.rule.months)))
    }

    /// The highest education known.
    pub fn education(&self, by: Day) -> Option<(Education, Degree)> {
        let mut best: Option<(Education, Degree)> = None;
        for event in &self.events {
            if let Fact::Educated { education, degree, .. } = &event.fact {
                if event.dates.effective <= by && best.is_none_or(|b| b < (*education, *degree)) {
                    best = Some((*education, *degree));
                }
            }
        }
        best
    }

    /// Full months of the runs of days on which `here` holds, and of what is left over of the runs but the last by thirties.
    pub fn months_of_days(&self, to: Day, here: impl Fn(Day, &State) -> bool) -> i32 {
        let (mut full, mut rest, mut of_last) = (0, 0, 0);
        let mut run: Option<Day> = None;
        // What is left over of the last run does not count: that run may go on, and its next month is not full yet.
        let mut close = |from: Day, to: Day| {
            let n = months(from, to);
            full += n;
            rest += of_last;
            of_last = 0;
            let mut day = after_months(from, n);
            while day < to {
                day = tomorrow(day);
                of_last += 1;
            }
        };
        let Some(first) = self.events.first().map(|e| e.dates.effective) else {
            return 0;
        };
        let (mut day, mut n) = (first, 0);
        while day < to {
            while self.states.get(n + 1).is_some_and(|(from, _)| *from <= day) {
                n += 1;
            }
            let is = here(day, &self.states[n].1);
            match (run, is) {
                (None, true) => run = Some(day),
                (Some(from), false) => {
                    close(from, day);
                    run = None;
                }
                _ => {}
            }
            day = tomorrow(day);
        }
        if let Some(from) = run {
            close(from, to);
        }
        full + rest / 30
    }

    /// Full months worked in townships.
    pub fn rooted_months(&self, on: Day) -> i32 {
        if let Some(months) = self.worked.borrow().get(&(true, on)) {
            return *months;
        }
        let months = self.months_of_days(on, |_, state| self.works_in_township(state, None, true));
        self.worked.borrow_mut().insert((true, on), months);
        months
    }

    /// Full months of grassroots work; `None` when no rule says what counts.
    pub fn grassroots_months(&self, on: Day) -> Option<i32> {
        let rule = &self.rules.grassroots.as_ref()?.rule;
        if let Some(months) = self.worked.borrow().get(&(false, on)) {
            return Some(*months);
        }
        let outside: Vec<(Day, Option<Day>)> = self
            .events
            .iter()
            .filter_map(|e| match &e.fact {
                Fact::Worked { kind, to, .. } if rule.work.contains(kind) => Some((e.dates.effective, *to)),
                _ => None,
            })
            .collect();
        let months = self.months_of_days(on, |day, state| {
            // Grassroots work is that of the organ belonged to (the rule base does not speak of secondment here).
            let place = self.organ(&state.organ).map(|o| o.kind);
            state.in_service && place.is_some_and(|k| rule.organs.contains(&k))
                || outside.iter().any(|(from, to)| *from <= day && to.is_none_or(|to| day < to))
        });
        self.worked.borrow_mut().insert((false, on), months);
        Some(months)
    }

    /// Full months in the service.
    pub fn service_months(&self, on: Day) -> i32 {
        self.months_of_days(on, |_, state| state.in_service)
    }
}

/// Whoever is selected or moved elsewhere and comes back goes on; any other exit is for good.
pub fn for_good(reason: ExitReason) -> bool {
    !matches!(reason, ExitReason::SelectedUp | ExitReason::TransferredOut | ExitReason::Other)
}

/// The highest layer of the posts held; time in it runs on while it is the same.
fn relayer(state: &mut State, since: Day) {
    let highest = state.posts.iter().filter_map(|p| p.layer).max();
    state.layer = match (highest, state.layer) {
        (None, _) => None,
        (Some(layer), Some((was, from))) if was == layer => Some((layer, from)),
        (Some(layer), _) => Some((layer, since)),
    };
}

/// The organ's county.
pub fn county(organ: Option<&Organ>) -> Option<DivisionCode> {
    organ.and_then(|o| o.division).and_then(DivisionCode::county)
}

/// The clause of a counting switch, or what it means when there is none.
pub fn probation_counts(rules: &Rules, ladder: Ladder) -> bool {
    rules.counting[ladder.index()].as_ref().is_none_or(|c| c.rule.probation_counts)
}

/// To which rank a year belongs.
pub fn belongs(rules: &Rules, ladder: Ladder) -> YearBelongs {
    rules.counting[ladder.index()].as_ref().map_or(YearBelongs::YearEnd, |c| c.rule.year_belongs)
}
