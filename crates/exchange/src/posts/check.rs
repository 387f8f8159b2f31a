//! Posts against the rules: what they ask beyond the floor, whom each limit shuts out, what a proposal would open.
//!
//! Pure: the rules' values are handed in as [`Floors`], each with the clause that it comes from; no number of the law
//! stands here. A value that is not given is unknown, and a post is then not judged by it.

use std::collections::BTreeMap;

use serde::Serialize;
use takeroot_civil::{DivisionCode, Education};

use super::post::Post;
pub use super::summary::Count;

/// A rule's value and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Given<T> {
    /// The value.
    pub value: T,
    /// The clause.
    pub clause: String,
    /// Where it stands.
    pub citation: String,
    /// How well it is known: A, B, C or D.
    pub confidence: String,
}

impl<T> Given<T> {
    /// A value with its clause.
    pub fn new(value: T, clause: &str, citation: &str, confidence: &str) -> Given<T> {
        Given { value, clause: clause.into(), citation: citation.into(), confidence: confidence.into() }
    }
}

/// What the rules (at a date, with or without proposals) ask of an applicant at least, and allow a table to ask.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Floors {
    /// The least education for any post.
    pub education_floor: Option<Given<Education>>,
    /// The least education for township posts in hardship-remote counties, where it is lower.
    pub education_floor_hardship_township: Option<Given<Education>>,
    /// The least education for all township posts, where a rule or proposal names one.
    pub education_floor_township: Option<Given<Education>>,
    /// Whether township posts may not ask for more education than the floor.
    pub education_no_more_township: Option<Given<bool>>,
    /// The highest age.
    pub age_max: Option<Given<u8>>,
    /// The highest age for fresh master's and doctor's graduates.
    pub age_max_fresh_postgraduate: Option<Given<u8>>,
    /// Whether township posts in hardship-remote counties may go without a major limit.
    pub no_major_limit_hardship_township: Option<Given<bool>>,
    /// Whether township posts may go without a major limit.
    pub no_major_limit_township: Option<Given<bool>>,
    /// Whether township posts in hardship-remote counties ask for no experience.
    pub no_experience_hardship_township: Option<Given<bool>>,
    /// Whether township posts are open to all graduates, not only fresh ones.
    pub not_fresh_only_township: Option<Given<bool>>,
    /// Counties on the hardship list in force, beyond what the posts know; empty uses the posts' own class.
    pub hardship_counties: Vec<DivisionCode>,
}

/// A limit that a post puts on applicants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// More education than the floor.
    EducationAboveFloor,
    /// Some majors only.
    Major,
    /// Fresh graduates only.
    FreshOnly,
    /// A lower highest age than the rules'.
    Age,
    /// One sex only.
    Sex,
    /// A household registration or origin.
    Household,
    /// A political status.
    Political,
    /// Work experience.
    Experience,
    /// Reserved for programme staff, veterans or village cadres.
    Reserved,
}

impl Limit {
    /// All, in the order of reports.
    pub const ALL: [Limit; 9] = [
        Limit::EducationAboveFloor,
        Limit::Major,
        Limit::FreshOnly,
        Limit::Age,
        Limit::Sex,
        Limit::Household,
        Limit::Political,
        Limit::Experience,
        Limit::Reserved,
    ];

    /// The stable code, as in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Limit::EducationAboveFloor => "education-above-floor",
            Limit::Major => "major",
            Limit::FreshOnly => "fresh-only",
            Limit::Age => "age",
            Limit::Sex => "sex",
            Limit::Household => "household",
            Limit::Political => "political",
            Limit::Experience => "experience",
            Limit::Reserved => "reserved",
        }
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// A set of limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Limits(u16);

impl Limits {
    /// Whether it holds a limit.
    pub const fn has(self, limit: Limit) -> bool {
        self.0 & limit.bit() != 0
    }

    /// Whether it holds none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many it holds.
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Its members.
    pub fn iter(self) -> impl Iterator<Item = Limit> {
        Limit::ALL.into_iter().filter(move |l| self.has(*l))
    }

    fn put(&mut self, limit: Limit, when: bool) {
        if when {
            self.0 |= limit.bit();
        }
    }
}

impl Floors {
    /// Whether a post's county is known to be on the hardship-remote list. `None` is unknown.
    pub fn hardship(&self, post: &Post) -> Option<bool> {
        let county = post.division.and_then(DivisionCode::county);
        if county.is_some_and(|c| self.hardship_counties.contains(&c)) {
            return Some(true);
        }
        post.hardship_class.map(|class| class > 0)
    }

    /// The education floor for a post: the lowest that a rule gives it. `None` when the rules give none.
    pub fn education_for(&self, post: &Post) -> Option<Education> {
        let hardship = post.township && self.hardship(post) == Some(true);
        let of =
            |given: &Option<Given<Education>>, when: bool| given.as_ref().filter(|_| when).map(|g| g.value);
        [
            of(&self.education_floor, true),
            of(&self.education_floor_township, post.township),
            of(&self.education_floor_hardship_township, hardship),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// The limits of a post beyond what the rules ask of everyone.
    pub fn limits(&self, post: &Post) -> Limits {
        let mut limits = Limits::default();
        let above = |max: Option<u8>, rule: &Option<Given<u8>>| matches!((max, rule), (Some(max), Some(rule)) if max < rule.value);
        limits.put(Limit::EducationAboveFloor, matches!((post.education.floor, self.education_for(post)), (Some(asks), Some(floor)) if asks > floor));
        limits.put(Limit::Major, post.majors.limited == Some(true));
        limits.put(Limit::FreshOnly, post.fresh_only);
        limits.put(Limit::Age, above(post.age.max, &self.age_max));
        limits.put(Limit::Sex, post.sex.is_some());
        limits.put(Limit::Household, post.household.is_some());
        limits.put(Limit::Political, post.political.is_some());
        limits.put(Limit::Experience, post.experience.years.is_some_and(|y| y > 0));
        limits.put(
            Limit::Reserved,
            post.programme_reserved || post.veteran_reserved || post.village_cadre_reserved,
        );
        limits
    }

    /// The limits of a post that these rules would take away.
    fn lifted(&self, post: &Post) -> Limits {
        let mut lifted = Limits::default();
        let hardship = post.township && self.hardship(post) == Some(true);
        lifted.put(
            Limit::Major,
            post.township && yes(&self.no_major_limit_township)
                || hardship && yes(&self.no_major_limit_hardship_township),
        );
        lifted.put(Limit::Experience, hardship && yes(&self.no_experience_hardship_township));
        lifted.put(Limit::FreshOnly, post.township && yes(&self.not_fresh_only_township));
        lifted
    }
}

/// What one limit shuts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Shut {
    /// Posts with this limit, alone or beside others.
    pub with: Count,
    /// Posts with this limit and no other: without it they would be open to everyone whom the rules admit.
    pub only: Count,
}

/// What a set of posts asks beyond the rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The posts looked at.
    pub all: Count,
    /// Posts that ask for more education than the rules' floor.
    pub above_education_floor: Count,
    /// Posts that ask for less than the floor: allowed only where a rule lowers it.
    pub below_education_floor: Count,
    /// Posts that admit older applicants than the rules' highest age.
    pub above_age: Count,
    /// Posts whose education or county is unknown, so that the floor could not be judged.
    pub not_judged: Count,
    /// Posts without any limit.
    pub open: Count,
    /// By limit.
    pub limits: BTreeMap<Limit, Shut>,
    /// By exact combination of limits, the most recruits first.
    pub combinations: Vec<(Vec<Limit>, Count)>,
}

/// Posts against the rules.
pub fn report<'a>(posts: impl IntoIterator<Item = &'a Post>, floors: &Floors) -> Report {
    let mut report = Report::default();
    let mut sets: BTreeMap<Limits, Count> = BTreeMap::new();
    for post in posts {
        report.all.add(post);
        let limits = floors.limits(post);
        match (post.education.floor, floors.education_for(post)) {
            (Some(asks), Some(floor)) if asks > floor => report.above_education_floor.add(post),
            (Some(asks), Some(floor)) if asks < floor => report.below_education_floor.add(post),
            (Some(_), Some(_)) => {}
            (None, _) if post.education.unlimited && floors.education_floor.is_some() => {
                report.below_education_floor.add(post)
            }
            _ => report.not_judged.add(post),
        }
        if matches!((post.age.max, &floors.age_max), (Some(max), Some(rule)) if max > rule.value) {
            report.above_age.add(post);
        }
        if limits.is_empty() {
            report.open.add(post);
        }
        for limit in limits.iter() {
            let shut = report.limits.entry(limit).or_default();
            shut.with.add(post);
            if limits.len() == 1 {
                shut.only.add(post);
            }
        }
        sets.entry(limits).or_default().add(post);
    }
    report.combinations = sets
        .into_iter()
        .filter(|(set, _)| !set.is_empty())
        .map(|(set, n)| (set.iter().collect(), n))
        .collect();
    report.combinations.sort_by(|a, b| b.1.recruits.cmp(&a.1.recruits).then_with(|| a.0.cmp(&b.0)));
    report
}

/// What a proposal would change for posts that ask as these do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Opened {
    /// Posts that could admit people whom they shut out now: some limit is lifted or a floor lowered.
    pub wider: Count,
    /// Of these, posts that no limit would be left on.
    pub fully_open: Count,
    /// By what opens them.
    pub by: BTreeMap<Opening, Count>,
    /// Posts that could not be judged, because the county's place on the hardship list is unknown.
    pub unknown: Count,
}

/// How a proposal opens a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opening {
    /// The education floor falls below what the post asks for, or the post may no longer ask for more than the floor.
    Education,
    /// The highest age rises above the post's.
    Age,
    /// The limit to majors goes.
    Major,
    /// Experience is no longer asked.
    Experience,
    /// Not only fresh graduates.
    FreshOnly,
}

impl Opening {
    /// All, in the order of reports.
    pub const ALL: [Opening; 5] =
        [Opening::Education, Opening::Age, Opening::Major, Opening::Experience, Opening::FreshOnly];

    /// The stable code, as in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Opening::Education => "education",
            Opening::Age => "age",
            Opening::Major => "major",
            Opening::Experience => "experience",
            Opening::FreshOnly => "fresh-only",
        }
    }
}

/// The posts that `proposal` would open compared with `law`.
///
/// A post is opened by education when the proposal's floor for it is lower than what it asks, and either lower than the
/// law's or one that the post may no longer exceed;
/// by age when the proposal's highest age is above both; by a lifted limit when the proposal lifts it and the law does not.
pub fn opened<'a>(posts: impl IntoIterator<Item = &'a Post>, law: &Floors, proposal: &Floors) -> Opened {
    let mut opened = Opened::default();
    let at_hardship = |f: &Floors| f.education_floor_hardship_township.as_ref().map(|g| g.value);
    // A county that may or may not be on the list matters only where the proposal changes what holds there.
    let depends = at_hardship(proposal) < at_hardship(law) && at_hardship(proposal).is_some()
        || at_hardship(law).is_none() && at_hardship(proposal).is_some()
        || yes(&proposal.no_major_limit_hardship_township) && !yes(&law.no_major_limit_hardship_township)
        || yes(&proposal.no_experience_hardship_township) && !yes(&law.no_experience_hardship_township);
    for post in posts {
        let by = openings(post, law, proposal);
        let has = law.limits(post);
        let now = proposal.lifted(post);
        if by.is_empty() {
            if depends && post.township && proposal.hardship(post).is_none() {
                opened.unknown.add(post);
            }
            continue;
        }
        opened.wider.add(post);
        let left = has.iter().filter(|l| {
            let gone = match l {
                Limit::EducationAboveFloor => by.contains(&Opening::Education),
                Limit::Age => by.contains(&Opening::Age),
                Limit::Major | Limit::Experience | Limit::FreshOnly => now.has(*l),
                _ => false,
            };
            !gone
        });
        if left.count() == 0 {
            opened.fully_open.add(post);
        }
        for opening in by {
            opened.by.entry(opening).or_default().add(post);
        }
    }
    opened
}

/// How `proposal` would open a post compared with `law`; see [`opened`].
pub fn openings(post: &Post, law: &Floors, proposal: &Floors) -> Vec<Opening> {
    let mut by = Vec::new();
    let (old, new) = (law.education_for(post), proposal.education_for(post));
    let no_more = |f: &Floors| post.township && yes(&f.education_no_more_township);
    if let (Some(old), Some(new), Some(asks)) = (old, new, post.education.floor)
        && (new < old || no_more(proposal) && !no_more(law))
        && new < asks
    {
        by.push(Opening::Education);
    }
    if let (Some(old), Some(new), Some(asks)) = (&law.age_max, &proposal.age_max, post.age.max)
        && new.value > old.value
        && new.value > asks
    {
        by.push(Opening::Age);
    }
    let has = law.limits(post);
    let (was, now) = (law.lifted(post), proposal.lifted(post));
    for (limit, opening) in [
        (Limit::Major, Opening::Major),
        (Limit::Experience, Opening::Experience),
        (Limit::FreshOnly, Opening::FreshOnly),
    ] {
        if has.has(limit) && now.has(limit) && !was.has(limit) {
            by.push(opening);
        }
    }
    by
}

fn yes(given: &Option<Given<bool>>) -> bool {
    given.as_ref().is_some_and(|g| g.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::posts::{EducationAsked, Majors};

    // Values of tests, not of any law.
    fn law() -> Floors {
        Floors {
            education_floor: Some(Given::new(Education::JuniorCollege, "T1", "test", "A")),
            age_max: Some(Given::new(35, "T2", "test", "A")),
            ..Floors::default()
        }
    }

    fn post(floor: Education, recruits: u32) -> Post {
        Post {
            recruits: Some(recruits),
            township: true,
            education: EducationAsked { floor: Some(floor), ..EducationAsked::default() },
            majors: Majors { limited: Some(false), levels: Vec::new() },
            ..Post::default()
        }
    }

    #[test]
    fn each_limit_alone_and_together() {
        let open = post(Education::JuniorCollege, 1);
        let bachelor = post(Education::Bachelor, 2);
        let mut both = post(Education::Bachelor, 4);
        both.fresh_only = true;
        let report = report([&open, &bachelor, &both], &law());
        assert_eq!(report.all, Count { posts: 3, recruits: 7 });
        assert_eq!(report.open, Count { posts: 1, recruits: 1 });
        assert_eq!(report.above_education_floor, Count { posts: 2, recruits: 6 });
        assert_eq!(report.limits[&Limit::EducationAboveFloor].only, Count { posts: 1, recruits: 2 });
        assert_eq!(report.limits[&Limit::EducationAboveFloor].with, Count { posts: 2, recruits: 6 });
        assert_eq!(report.limits[&Limit::FreshOnly].only, Count::default());
        assert_eq!(
            report.combinations[0],
            (vec![Limit::EducationAboveFloor, Limit::FreshOnly], Count { posts: 1, recruits: 4 })
        );
    }

    #[test]
    fn a_proposal_of_nothing_opens_nothing() {
        let posts = [post(Education::Bachelor, 1), post(Education::JuniorCollege, 1)];
        assert_eq!(opened(&posts, &law(), &law()), Opened::default());
    }

    #[test]
    fn a_lower_floor_opens_where_it_holds_and_is_unknown_elsewhere() {
        let mut proposal = law();
        proposal.education_floor_hardship_township =
            Some(Given::new(Education::SeniorHigh, "T3", "test", "C"));
        let mut listed = post(Education::JuniorCollege, 3);
        listed.hardship_class = Some(1);
        let unknown = post(Education::JuniorCollege, 5);
        let mut county = post(Education::JuniorCollege, 7);
        county.township = false;
        let got = opened([&listed, &unknown, &county], &law(), &proposal);
        assert_eq!(got.wider, Count { posts: 1, recruits: 3 });
        assert_eq!(got.unknown, Count { posts: 1, recruits: 5 });
        assert_eq!(got.by[&Opening::Education], Count { posts: 1, recruits: 3 });
    }

    #[test]
    fn an_unknown_rule_judges_nothing() {
        let report = report([&post(Education::Doctor, 1)], &Floors::default());
        assert_eq!(report.above_education_floor, Count::default());
        assert_eq!(report.not_judged, Count { posts: 1, recruits: 1 });
    }
}
