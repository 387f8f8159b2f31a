//! The roster on its day as columns: each career through the facts that the rules ask for.

use std::collections::BTreeMap;

use takeroot_civil::{Code as _, Day, Education, Layer, Organ, Rank, Roster, Sex};
use takeroot_policy::officer::Held;
use takeroot_policy::rule::BarGround;
use takeroot_policy::standing::time::{retirement_day, retirement_of};
use takeroot_policy::{Facts, Officer, Rules};

use super::{ENDLESS, LAYER, NEVER, NO, OLD_RANK, Place, State, TERMS, Tally};
use crate::keyed;
use crate::scenario::Binds;

/// A roster as columns, county by county.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Start {
    /// The counties, by their digits.
    pub counties: Vec<County>,
    /// Who could not be put in.
    pub left_out: LeftOut,
}

/// A county: what a shard is made of. It knows nothing of the others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct County {
    /// Six digits; empty where the roster does not say.
    pub code: String,
    /// The rows.
    pub state: State,
    /// The organs, in the order of their rows.
    pub places: Vec<Place>,
    /// The organ of each row.
    pub place_of: Vec<u16>,
}

/// Who could not be put in, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct LeftOut {
    /// Not in the service on the day.
    pub not_serving: u32,
    /// Belongs to an organ that is not in the roster, or to one that employs no civil servants.
    pub no_organ: u32,
    /// In, but without a day of birth: never retires in the run.
    pub no_birth: u32,
    /// Approved posts beyond [`MOST_POSTS`] of an organ: a slip of the pen rather than vacancies.
    pub posts: u64,
    /// Minimum services beyond [`TERMS`] of the rules.
    pub terms: u32,
    /// Organs whose approved posts the roster does not say: as many as people are there are taken, so that none is vacant.
    pub posts_unknown: u32,
}

/// Approved posts of one organ that are run, at most; more where more people are there.
pub const MOST_POSTS: u32 = 20_000;
/// Organs of one county that are run together, at most; what is beyond is run as if it were another county.
const MOST_ORGANS: usize = u16::MAX as usize;

impl Start {
    /// The careers of a roster on the day of the rules, whose minimum services bind whom it is said.
    pub fn of(roster: &Roster, rules: &Rules, binds: &[Binds]) -> Start {
        let organs = roster.organ_index();
        let mut start = Start::default();
        start.left_out.terms = rules.service_terms.len().saturating_sub(TERMS) as u32;
        let mut order: Vec<(String, usize)> = Vec::new();
        for (at, organ) in roster.organs.iter().enumerate().filter(|(_, o)| o.kind.is_organ()) {
            order.push((county_code(organ), at));
        }
        // Counties by their digits, organs by their numbers, people by their keys: a roster in another order is the same.
        order.sort_by(|a, b| (&a.0, &roster.organs[a.1].id).cmp(&(&b.0, &roster.organs[b.1].id)));
        let number: BTreeMap<&takeroot_civil::OrganId, usize> =
            roster.organs.iter().enumerate().map(|(at, organ)| (&organ.id, at)).collect();
        let mut people: BTreeMap<usize, Vec<Facts<'_>>> = BTreeMap::new();
        for career in &roster.careers {
            let facts = Facts::of(career, &organs, rules);
            if !facts.in_service() {
                start.left_out.not_serving += 1;
                continue;
            }
            start.left_out.no_birth += u32::from(career.person.birth.is_none());
            match facts.organ.filter(|o| o.kind.is_organ()).and_then(|o| number.get(&o.id)) {
                Some(at) => people.entry(*at).or_default().push(facts),
                None => start.left_out.no_organ += 1,
            }
        }
        let mut at = 0;
        while let Some((code, _)) = order.get(at) {
            let organs: Vec<usize> =
                order[at..].iter().take_while(|o| o.0 == *code).take(MOST_ORGANS).map(|o| o.1).collect();
            let mut county = County { code: code.clone(), ..County::default() };
            let farthest =
                organs.iter().filter_map(|organ| roster.organs[*organ].area_band).max().unwrap_or(1);
            let index: BTreeMap<&str, u16> = organs
                .iter()
                .enumerate()
                .map(|(here, organ)| (roster.organs[*organ].id.0.as_str(), here as u16))
                .collect();
            for organ in &organs {
                start.left_out.posts_unknown += u32::from(roster.organs[*organ].establishment.is_none());
                let mut here = people.remove(organ).unwrap_or_default();
                here.sort_by_cached_key(|facts| keyed::key_of(&facts.career.person.id.0));
                start.left_out.posts +=
                    county.add(&roster.organs[*organ], &here, rules, binds, farthest, &index);
            }
            at += organs.len();
            start.counties.push(county);
        }
        start
    }
}

fn county_code(organ: &Organ) -> String {
    organ.division.map_or_else(String::new, |division| division.cut(6).to_string())
}

impl County {
    /// Adds an organ with its people. The answer is how many of its approved posts are left out.
    fn add(
        &mut self,
        organ: &Organ,
        people: &[Facts<'_>],
        rules: &Rules,
        binds: &[Binds],
        farthest: u8,
        index: &BTreeMap<&str, u16>,
    ) -> u64 {
        let first = self.state.len();
        let approved = organ.establishment.unwrap_or(people.len() as u32);
        let posts = approved.min(MOST_POSTS.max(people.len() as u32));
        let rows = people.len().max(posts as usize);
        let township = organ.kind.is_township();
        let remote = match organ.area_band {
            Some(band) if township && farthest > 1 => {
                f64::from(band.saturating_sub(1)) / f64::from(farthest - 1)
            }
            _ => 0.0,
        };
        let mut place = Place {
            id: organ.id.0.clone(),
            name: organ.name.clone(),
            key: keyed::key_of(&organ.id.0),
            kind: organ.kind,
            hardship: organ.hardship_class,
            band: organ.area_band,
            posts,
            posts_known: organ.establishment.is_some(),
            first,
            end: first + rows,
            remote,
            leaders: [0; Layer::COUNT],
        };
        let here = self.places.len() as u16;
        for _ in 0..rows {
            self.state.push_empty();
            self.place_of.push(here);
        }
        for (facts, at) in people.iter().zip(first..) {
            if let Some(layer) = facts.layer {
                place.leaders[layer.index()] += 1;
            }
            put(&mut self.state, at, facts, rules, binds, &self.code, index);
        }
        self.places.push(place);
        u64::from(approved - posts)
    }
}

/// Puts a record into a row.
fn put(
    state: &mut State,
    at: usize,
    facts: &Facts<'_>,
    rules: &Rules,
    binds: &[Binds],
    county: &str,
    index: &BTreeMap<&str, u16>,
) {
    let on = facts.on;
    let person = &facts.career.person;
    state.key[at] = keyed::key_of(&person.id.0);
    state.here[at] = true;
    state.birth[at] = person.birth.map_or(NEVER, |birth| -clamp(on.months_since(birth)));
    state.born[at] = person.birth.map_or(NO, |_| state.birth[at].rem_euclid(12) as u8);
    state.sex[at] = person.sex.map_or(NO, |sex| sex.index() as u8);
    state.education[at] = facts.education().map_or(NO, |education| education.index() as u8);
    state.local[at] = person
        .resident_id
        .as_ref()
        .is_some_and(|id| county.len() == 6 && id.as_str().get(..6) == Some(county));
    if let Some(recruited) = facts.timeline.recruited {
        state.channel[at] = recruited.channel.index() as u8;
        state.hired[at] = -clamp(on.months_since(recruited.day));
        state.hired_by[at] = index.get(recruited.organ.0.as_str()).copied().unwrap_or(u16::MAX);
    }
    state.layer[at] = facts.layer().map_or(NO, |layer| layer.index() as u8);
    let seat = facts.seat();
    state.ranks[at] = seat.ranks.map(|rank| rank.map_or(NO, |rank| rank.index() as u8));
    for (time, held, here) in times(facts) {
        if here {
            state.since[at][time] = -clamp(i32::from(held.months));
            state.tally[at][time] = Tally { years: held.years, months: held.grade_months };
        }
    }
    for rank in Rank::ALL {
        if let Some(months) = facts.months_since_reaching(*rank) {
            state.reached[at][rank.index()] = -clamp(i32::from(months));
        }
    }
    state.level[at] = facts.level().map_or(0, |level| level.get());
    state.step[at] = facts.step().map_or(0, |step| step.get());
    if let Some(clock) = facts.grading.clock {
        (state.step_years[at], state.level_years[at]) = (clock.step_years, clock.level_years);
    }
    for bar in &facts.barred {
        let until = match bar.free {
            Some(free) => month_of(on, free),
            None if bar.ground == BarGround::Investigation => ENDLESS,
            None => {
                state.unsure[at] |= 1 << bar.ground as u8;
                continue;
            }
        };
        let kept = &mut state.barred[at][bar.ground as usize];
        *kept = (*kept).max(until);
        if bar.ground == BarGround::Sanction {
            state.acts[at] = state.acts[at].or(bar.acts);
            state.acts_until[at] = state.acts_until[at].max(until);
        }
    }
    for owed in &facts.owed {
        let until = owed.until.map_or(ENDLESS, |until| month_of(on, until));
        match owed.term {
            None => state.own_term[at] = state.own_term[at].max(until),
            Some(term) if binds.get(term) == Some(&Binds::Recruits) => {}
            Some(term) if term < TERMS => {
                let served = clamp(i32::from(facts.served_months(term).unwrap_or(0)));
                let runs = owed.until.is_some();
                state.served[at][term] = if runs { -served } else { served };
                state.serving[at] |= u8::from(runs) << term;
            }
            Some(_) => {}
        }
    }
    let rooted = clamp(i32::from(facts.rooted_months()));
    state.in_township[at] = facts.place().in_township;
    state.rooted[at] = if state.in_township[at] { -rooted } else { rooted };
    if let Some(months) = facts.grassroots_months() {
        let kind = facts.organ_kind();
        state.at_grassroots[at] = kind.is_some_and(|kind| at_grassroots(rules, kind));
        let months = clamp(i32::from(months));
        state.grassroots[at] = if state.at_grassroots[at] { -months } else { months };
    }
    let ago = |months: Option<u16>| months.map_or(NEVER, |months| -clamp(i32::from(months)));
    state.work[at] = ago(facts.work_months());
    state.service[at] = ago(facts.service_months());
    for layer in Layer::ALL {
        state.posts_in[at][layer.index()] = facts.posts_in(*layer);
    }
    state.worst[at] = facts.worst_grade().map_or(NO, |grade| grade.index() as u8);
    // How long whoever is away stays away is drawn in the run.
    let away = facts.timeline.away.last().is_some_and(|away| away.span.to.is_none());
    state.away[at] = if away { ENDLESS } else { NEVER };
    state.retires[at] = person.birth.map_or(ENDLESS, |birth| retires(rules, on, birth, person.sex));
    if facts.level().is_none()
        && let Some(until) = facts.probation_until.filter(|until| on < *until)
    {
        state.graded[at] = month_of(on, until);
    }
    state.group[at] = group(facts) + 12 * u8::from(state.local[at]);
}

/// The times that are held, each with its place and whether there is one.
fn times(facts: &Facts<'_>) -> impl Iterator<Item = (usize, Held, bool)> {
    use takeroot_civil::Ladder;
    let ladders = [Ladder::NonLeading, Ladder::CountyRanks, Ladder::Parallel];
    let ranks =
        ladders.map(|ladder| (ladder.index(), facts.rank_held(ladder, ladder), facts.rank(ladder).is_some()));
    let old = facts.rank_held(Ladder::NonLeading, Ladder::CountyRanks);
    let layers =
        ladders.map(|ladder| (LAYER + ladder.index(), facts.layer_held(ladder), facts.layer.is_some()));
    let old = (OLD_RANK, old, facts.rank(Ladder::NonLeading).is_some());
    ranks.into_iter().chain([old]).chain(layers)
}

/// Groups of the roster's people: from elsewhere or the county, township or county organ, below or from a bachelor's
/// programme, and three ages.
pub(crate) const GROUPS: usize = 24;

fn group(facts: &Facts<'_>) -> u8 {
    let township = facts.organ_kind().is_some_and(|kind| kind.is_township());
    let degree = facts.education().is_some_and(|education| education >= Education::Bachelor);
    let years = facts.career.person.birth.map_or(40, |birth| facts.on.months_since(birth) / 12);
    let age = if years < 35 { 0 } else { 1 + u8::from(years >= 50) };
    u8::from(!township) * 6 + u8::from(degree) * 3 + age
}

/// Whether work in organs of a kind is grassroots work.
pub(crate) fn at_grassroots(rules: &Rules, kind: takeroot_civil::OrganKind) -> bool {
    rules.grassroots.as_ref().is_some_and(|rule| rule.rule.organs.contains(&kind))
}

/// The first month, counted from a day, on whose day another has come.
pub fn month_of(on: Day, day: Day) -> i16 {
    clamp(day.month_number() - on.month_number() + i32::from(day.day() > on.day()))
}

/// The month of retirement. The month of the day decides, and whose sex is not recorded is judged as a man.
pub fn retires(rules: &Rules, on: Day, birth: Day, sex: Option<Sex>) -> i16 {
    let rule = retirement_of(rules, sex.unwrap_or(Sex::Male));
    rule.map_or(ENDLESS, |rule| month_of(on, retirement_day(rule, birth).day))
}

fn clamp(months: i32) -> i16 {
    months.clamp(-32_000, 32_000) as i16
}
