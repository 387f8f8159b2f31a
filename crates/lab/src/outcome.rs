//! What a run counts: whole numbers only, so that sums do not depend on the order in which they are added.

use takeroot_civil::{Channel, Code as _, Education, Rank};

use crate::state::{LINES, State};

/// Declares what is counted each year.
macro_rules! counts {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)+) => {
        /// What is counted each year of a run.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Count { $($(#[$doc])* $name),+ }

        impl Count {
            /// All.
            pub const ALL: &'static [Count] = &[$(Count::$name),+];

            /// As it is written in results.
            pub const fn code(self) -> &'static str { match self { $(Count::$name => $code),+ } }
        }
    };
}

counts! {
    /// Person-months in post.
    PersonMonths = "person-months";
    /// People in post at the end of the year.
    InPost = "in-post";
    /// Approved posts without anybody at the end of the year.
    Vacant = "vacant";
    /// Of these, posts of townships.
    VacantTownship = "vacant-township";
    /// People of townships at the end of the year.
    Township = "township";
    /// People from 25 to 35 years of age at the end of the year.
    Aged25To35 = "aged-25-35";
    /// Of these, in townships.
    TownshipAged25To35 = "township-aged-25-35";
    /// Joined.
    Joined = "joined";
    /// Posts opened for recruitment.
    Opened = "opened";
    /// Resigned.
    Resigned = "resigned";
    /// Left by open selection to an organ outside the county.
    Selected = "selected-up";
    /// Transferred to an organ outside the county.
    Transferred = "transferred-out";
    /// Went from a township to an organ of the county.
    Within = "to-county-organ";
    /// Retired.
    Retired = "retired";
    /// Died.
    Died = "died";
    /// Seconded out.
    Seconded = "seconded-out";
    /// Person-months away on secondment.
    AwayMonths = "away-months";
    /// Sum of rooted months of township people at the end of the year.
    RootedMonths = "rooted-months";
    /// Work a head at the end of the year against full strength, thousandths, summed over people.
    LoadMilli = "load-milli";
    /// Overtime, minutes.
    OvertimeMinutes = "overtime-minutes";
    /// Person-months of exhaustion.
    TiredMonths = "tired-months";
    /// Promoted in rank.
    Promoted = "promoted-rank";
    /// Months that the promoted had been able to be promoted.
    WaitMonths = "wait-months";
    /// Appointed to a leadership post.
    Appointed = "promoted-post";
    /// Leadership posts without anybody at the end of the year.
    PostsVacant = "posts-vacant";
    /// Places of quotas at the end of the year.
    QuotaPlaces = "quota-places";
    /// Of these, in use.
    QuotaUsed = "quota-used";
    /// Days of training attended.
    TrainingDays = "training-days";
    /// Person-months with a line of pay that is not known.
    PayUnknownMonths = "pay-unknown-months";
    /// Rises of a step.
    StepRises = "step-rises";
    /// Rises of a level.
    LevelRises = "level-rises";
}

/// Counts a year.
pub const COUNTS: usize = Count::ALL.len();
/// The line of the year-end bonus, after the monthly ones.
pub const BONUS: usize = LINES;
/// Lines of pay a year.
pub const PAY_LINES: usize = LINES + 1;

/// What is counted each month of a county: stocks at its end and flows in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Month {
    /// In post at the end.
    pub in_post: i64,
    /// Joined.
    pub joined: i64,
    /// Left the county, for whatever reason.
    pub left: i64,
}

/// Classes of recruits: by channel, then by education.
pub const CLASSES: usize = Channel::ALL.len() + Education::ALL.len();

/// Months of service told apart among those who resign, are selected or transferred.
pub const SERVICE: usize = 241;

/// The ways of leaving an organ, as they are counted organ by organ.
pub const WAYS: [Count; 6] =
    [Count::Resigned, Count::Selected, Count::Transferred, Count::Within, Count::Retired, Count::Died];

/// The work of an organ in a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Work {
    /// Work a head at the end of the year against full strength, thousandths, summed over people.
    pub load_milli: i64,
    /// People at the end of the year.
    pub people: i64,
    /// Overtime, minutes.
    pub minutes: i64,
    /// Person-months at work: in post and not away.
    pub months: i64,
}

/// Months told apart among those who wait for a promotion in rank.
pub const WAITS: usize = 241;

/// How long people wait for a promotion in rank from the month in which their years are full: each wait once, when it ends
/// or when no more is known of it, by months.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Waits {
    /// Waits by how long they had lasted when the run, or the person's time in the rank, began: at 0, seen from the start.
    pub from: Vec<i64>,
    /// Ended in promotion.
    pub promoted: Vec<i64>,
    /// Not seen further: gone, appointed to a leadership post, or waiting still at the end of the run.
    pub cut: Vec<i64>,
}

impl Default for Waits {
    fn default() -> Waits {
        let none = || vec![0; WAITS];
        Waits { from: none(), promoted: none(), cut: none() }
    }
}

/// Five-year bands of age: from [`YOUNGEST`] on, whoever is younger with the first and whoever is older with the last.
pub const AGES: usize = 13;
/// The youngest age of the first band, full years.
pub const YOUNGEST: u8 = 15;

/// The band of an age in months.
#[inline]
pub(crate) fn age_band(months: i32) -> usize {
    ((months / 12 - i32::from(YOUNGEST)).max(0) as usize / 5).min(AGES - 1)
}

/// What is counted of a group of the roster's people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Group {
    /// How many there were on the roster's day.
    pub people: i64,
    /// Still there at the end.
    pub stay: i64,
    /// Promotions in rank.
    pub promoted: i64,
    /// Paid in the run, fen.
    pub paid: i64,
    /// Person-months for which that was paid.
    pub months: i64,
    /// Resigned, were selected or transferred out of the county.
    pub left: i64,
}

/// What does not change from replicate to replicate: how results are laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Shape {
    /// Years.
    pub years: usize,
    /// Months.
    pub months: usize,
    /// Organs: their numbers and names, in the order of columns.
    pub organs: Vec<(String, String)>,
    /// Whether each is a township.
    pub townships: Vec<bool>,
    /// Approved posts of each.
    pub posts: Vec<u32>,
    /// People in each on the roster's day.
    pub people: Vec<i64>,
}

/// One replicate of some counties.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Outcome {
    /// By year: each [`Count`].
    pub counts: Vec<[i64; COUNTS]>,
    /// By year: pay by line, fen.
    pub pay: Vec<[i64; PAY_LINES]>,
    /// By month.
    pub months: Vec<Month>,
    /// By organ, then year: vacancies at its end.
    pub vacant: Vec<Vec<i64>>,
    /// By organ, then year: those who resigned, were selected or transferred, within the county too.
    pub leavers: Vec<Vec<i64>>,
    /// By organ, then year: those who left it, by [`WAYS`].
    pub gone: Vec<Vec<[i64; WAYS.len()]>>,
    /// By organ, then year: promotions in rank.
    pub promoted_in: Vec<Vec<i64>>,
    /// By organ, then year: its work.
    pub work: Vec<Vec<Work>>,
    /// By year: promotions to each rank.
    pub promoted_to: Vec<[i64; Rank::COUNT]>,
    /// Waits for a promotion in rank.
    pub waits: Waits,
    /// Recruits of the run, by class and months of service: those who resigned, were selected or transferred then.
    pub hires_left: Vec<Vec<i64>>,
    /// Those of whom no more is known: still there at the end, or gone otherwise.
    pub hires_kept: Vec<Vec<i64>>,
    /// Those who resigned, were selected or transferred, by months since their recruitment.
    pub by_service: Vec<i64>,
    /// Those in post by months since their recruitment, summed over months: what the above is a share of.
    pub at_service: Vec<i64>,
    /// In post on the roster's day and at the end of each year, by sex (men, women) and [`age_band`]; whoever's sex or day
    /// of birth is not known is not in it.
    pub ages: Vec<[[i64; AGES]; 2]>,
    /// The roster's people by group.
    pub groups: Vec<Group>,
    /// Everything paid, person by person, fen: the same as the lines together.
    pub paid_people: i64,
}

impl Outcome {
    /// Nothing counted yet.
    pub fn empty(years: usize, organs: usize) -> Outcome {
        Outcome {
            counts: vec![[0; COUNTS]; years],
            pay: vec![[0; PAY_LINES]; years],
            months: vec![Month::default(); years * 12],
            vacant: vec![vec![0; years]; organs],
            leavers: vec![vec![0; years]; organs],
            gone: vec![vec![[0; WAYS.len()]; years]; organs],
            promoted_in: vec![vec![0; years]; organs],
            work: vec![vec![Work::default(); years]; organs],
            promoted_to: vec![[0; Rank::COUNT]; years],
            waits: Waits::default(),
            hires_left: vec![vec![0; years * 12 + 1]; CLASSES],
            hires_kept: vec![vec![0; years * 12 + 1]; CLASSES],
            by_service: vec![0; SERVICE],
            at_service: vec![0; SERVICE],
            ages: vec![[[0; AGES]; 2]; years + 1],
            groups: vec![Group::default(); crate::state::GROUPS],
            paid_people: 0,
        }
    }

    /// Adds other counties of the same replicate: their organs come after these.
    pub fn add(&mut self, other: &Outcome) {
        fn sums<'a>(into: impl Iterator<Item = &'a mut i64>, from: impl Iterator<Item = &'a i64>) {
            into.zip(from).for_each(|(into, from)| *into += from);
        }
        sums(self.counts.iter_mut().flatten(), other.counts.iter().flatten());
        sums(self.pay.iter_mut().flatten(), other.pay.iter().flatten());
        for (into, from) in self.months.iter_mut().zip(&other.months) {
            into.in_post += from.in_post;
            into.joined += from.joined;
            into.left += from.left;
        }
        self.vacant.extend_from_slice(&other.vacant);
        self.leavers.extend_from_slice(&other.leavers);
        self.gone.extend_from_slice(&other.gone);
        self.promoted_in.extend_from_slice(&other.promoted_in);
        self.work.extend_from_slice(&other.work);
        sums(self.promoted_to.iter_mut().flatten(), other.promoted_to.iter().flatten());
        sums(self.waits.from.iter_mut(), other.waits.from.iter());
        sums(self.waits.promoted.iter_mut(), other.waits.promoted.iter());
        sums(self.waits.cut.iter_mut(), other.waits.cut.iter());
        sums(self.hires_left.iter_mut().flatten(), other.hires_left.iter().flatten());
        sums(self.hires_kept.iter_mut().flatten(), other.hires_kept.iter().flatten());
        sums(self.by_service.iter_mut(), other.by_service.iter());
        sums(self.at_service.iter_mut(), other.at_service.iter());
        sums(self.ages.iter_mut().flatten().flatten(), other.ages.iter().flatten().flatten());
        self.paid_people += other.paid_people;
        for (into, from) in self.groups.iter_mut().zip(&other.groups) {
            into.people += from.people;
            into.stay += from.stay;
            into.promoted += from.promoted;
            into.paid += from.paid;
            into.months += from.months;
            into.left += from.left;
        }
    }

    /// A count of a year.
    pub fn count(&self, year: usize, count: Count) -> i64 {
        self.counts.get(year).map_or(0, |counts| counts[count as usize])
    }

    /// Everything paid in a year, fen.
    pub fn bill(&self, year: usize) -> i64 {
        self.pay.get(year).map_or(0, |lines| lines.iter().sum())
    }
}

/// The classes of a recruit.
pub(crate) fn classes(state: &State, at: usize) -> [Option<usize>; 2] {
    let known = |number: u8, of: usize| Some(usize::from(number)).filter(|n| *n < of);
    [
        known(state.channel[at], Channel::ALL.len()),
        known(state.education[at], Education::ALL.len()).map(|n| n + Channel::ALL.len()),
    ]
}
