//! What the rules of a stack set for behaviours: caps, floors and shares, read from the documents.

use takeroot_civil::{Education, OrganKind};
use takeroot_policy::Rules;
use takeroot_policy::rule::{ActName, Limit, LimitOf, Posts, Preference, Rule, SecondmentRule};
use takeroot_policy::verdict;

/// Figures of rules that behaviours look at; `None` where no document sets one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Levers {
    /// Inspections and assessments of a township a year, at most.
    pub inspections: Option<f64>,
    /// Meetings a month, at most.
    pub meetings: Option<f64>,
    /// Share by which documents and forms are cut.
    pub papers: f64,
    /// Overtime, hours a month, at most.
    pub overtime: Option<f64>,
    /// Hours of work a month.
    pub hours: f64,
    /// Share of township staff housed, at least.
    pub housed: Option<f64>,
    /// Oldest age for open selection, full years.
    pub selection_age: Option<i16>,
    /// Longest secondment, months.
    pub secondment_months: Option<f64>,
    /// Share graded excellent.
    pub excellent: f64,
    /// Training days a year wanted of people at the grassroots.
    pub training_days: f64,
    /// Share of posts kept for people of the county.
    pub local: f64,
    /// Share of recruits from grassroots programmes.
    pub programme: f64,
    /// Share of recruits from village cadres.
    pub village: f64,
    /// Rank of preference in rounds: rooted years asked, and the share of places kept.
    pub rank_preference: Option<(i16, f64)>,
    /// Likewise for leadership posts, with the channels of the pools preferred.
    pub post_preference: Option<(i16, f64)>,
    /// Channels preferred for leadership posts.
    pub post_channels: Vec<u8>,
}

/// What a limit sets of the levers.
type Sets = fn(&mut Levers, &Limit);

fn cap(limit: &Limit) -> Option<f64> {
    limit.at_most.or(limit.exactly).map(f64::from)
}

fn floor_of(limit: &Limit) -> Option<f64> {
    limit.at_least.or(limit.exactly).map(f64::from)
}

fn share_of(percent: f64) -> f64 {
    percent / 100.0
}

/// The limits that the lab reckons with, and what each sets. No other limit is looked at ([`crate::clauses`] tells so).
pub const LIMITS: &[(LimitOf, Sets)] = &[
    (LimitOf::InspectionsTownship, |levers, limit| levers.inspections = cap(limit)),
    (LimitOf::MeetingsMonth, |levers, limit| levers.meetings = cap(limit)),
    (LimitOf::DocumentsCut, |levers, limit| levers.papers = share_of(limit.value().into())),
    (LimitOf::OvertimeMonth, |levers, limit| levers.overtime = cap(limit)),
    (LimitOf::WorkHoursWeek, |levers, limit| levers.hours = f64::from(limit.value()) * 52.0 / 12.0),
    (LimitOf::HousingTurnover, |levers, limit| levers.housed = floor_of(limit).map(share_of)),
    (LimitOf::OpenSelectionAgeStaff, |levers, limit| {
        levers.selection_age = cap(limit).map(|age| age as i16);
    }),
    (LimitOf::SecondmentMonths, |levers, limit| levers.secondment_months = cap(limit)),
    (LimitOf::ExcellentShare, |levers, limit| levers.excellent = share_of(limit.value().into())),
    // Both are asked of people at the grassroots: whoever attends the longer one has attended the shorter.
    (LimitOf::TrainingDays, |levers, limit| {
        levers.training_days = levers.training_days.max(limit.value().into());
    }),
    (LimitOf::TrainingGrassrootsOffJob, |levers, limit| {
        levers.training_days = levers.training_days.max(limit.value().into());
    }),
    (LimitOf::LocalShare, |levers, limit| {
        levers.local = limit.at_least.map_or(0.0, |percent| share_of(percent.into()));
    }),
];

/// Posts of which a reserved share is reckoned with.
pub const RESERVED: [Posts; 2] = [Posts::Programme, Posts::VillageCadres];

/// Acts of which a preference is reckoned with, as far as it keeps a share of the places: other things are never equal to
/// the month here, and a preference that only breaks ties breaks none.
pub const PREFERRED: [ActName; 2] = [ActName::RankPromotion, ActName::PostPromotion];

/// Acts whose block during a minimum service is reckoned with.
pub const BLOCKED: [ActName; 4] =
    [ActName::Resign, ActName::OpenSelection, ActName::TransferOut, ActName::Secondment];

/// Posts whose floor of education is reckoned with, the narrowest first.
pub const FLOORS: [Posts; 4] = [Posts::HardshipTownship, Posts::Township, Posts::Hardship, Posts::Any];

/// Posts whose oldest age is reckoned with, the narrowest first.
pub const AGES: [Posts; 2] = [Posts::Hardship, Posts::Any];

impl Levers {
    /// What rules set.
    pub fn of(rules: &Rules) -> Levers {
        let mut levers = Levers::default();
        for (of, sets) in LIMITS {
            if let Some(limit) = rules.limit(*of) {
                sets(&mut levers, &limit.rule);
            }
        }
        let reserve = |posts: Posts| {
            let shares = rules.resolved.slots.values().filter_map(|clause| match &clause.rule {
                Rule::Reserve(reserve) if reserve.posts == posts => {
                    Some(f64::from(reserve.per_mille) / 1000.0)
                }
                _ => None,
            });
            shares.fold(0.0, f64::max)
        };
        let preference = |act: ActName| {
            let kept = |p: &&Preference| p.share_percent.is_some_and(|share| share > 0);
            rules.preferences.iter().map(|p| &p.rule).find(|rule| rule.act == act).filter(kept)
        };
        // Years that nobody has, where only a pool is preferred.
        let told = |p: &Preference| {
            let months = p.rooted_years.map_or(i16::MAX, |years| i16::from(years) * 12);
            (months, share_of(p.share_percent.unwrap_or(0).into()))
        };
        let [rank, post] = PREFERRED.map(preference);
        let channels = post.into_iter().flat_map(|p| &p.pools).flat_map(|id| {
            let pool = rules.pools.iter().find(|pool| pool.rule.id == *id);
            pool.into_iter().flat_map(|pool| pool.rule.channels.iter().map(|channel| channel.index() as u8))
        });
        levers.post_channels = channels.collect();
        let [programme, village] = RESERVED.map(reserve);
        (levers.programme, levers.village) = (programme, village);
        (levers.rank_preference, levers.post_preference) = (rank.map(told), post.map(told));
        levers
    }

    /// Working time that tasks take, against the reference: 1 where nothing differs.
    pub fn tasks(&self, reference: &Levers, inspections: f64, meetings: f64, papers: f64, kept: f64) -> f64 {
        let cut = |now: Option<f64>, then: Option<f64>| match (now, then) {
            (Some(now), Some(then)) if then > 0.0 => 1.0 - now / then,
            _ => 0.0,
        };
        let spared = inspections * cut(self.inspections, reference.inspections)
            + meetings * cut(self.meetings, reference.meetings)
            + papers * (self.papers - reference.papers);
        1.0 - kept * spared
    }
}

/// What the rules say of the education asked for posts of an organ: the floor, and whether a post may not ask more.
/// The floor is that of the clause for the narrowest posts; that no more may be asked holds where any clause for such posts
/// says so, for a narrower floor does not take it back.
pub fn floor(rules: &Rules, kind: OrganKind, hardship: bool) -> (Education, bool) {
    let find = |posts: Posts| match rules.slot(&format!("entry-education/{posts}")).map(|clause| &clause.rule)
    {
        Some(Rule::EntryEducation(rule)) => Some(rule),
        _ => None,
    };
    let township = kind.is_township();
    let here = |posts: &Posts| match posts {
        Posts::HardshipTownship => township && hardship,
        Posts::Township => township,
        Posts::Hardship => hardship,
        _ => true,
    };
    let here: Vec<_> = FLOORS.into_iter().filter(here).filter_map(find).collect();
    let floor = here.first().and_then(|rule| rule.floor.education()).unwrap_or(Education::SeniorHigh);
    (floor, here.iter().any(|rule| rule.no_more))
}

/// Oldest age at which recruits of an organ may be.
pub fn oldest(rules: &Rules, hardship: bool) -> Option<u8> {
    let find = |posts: Posts| match rules.slot(&format!("entry-age/{posts}")).map(|clause| &clause.rule) {
        Some(Rule::EntryAge(rule)) => rule.max,
        _ => None,
    };
    AGES.into_iter().filter(|posts| hardship || *posts != Posts::Hardship).find_map(find)
}

/// Whether secondment from organs of a kind is forbidden.
pub fn secondment_forbidden(rules: &Rules, kind: OrganKind) -> bool {
    verdict::secondment(rules, kind) == Some(SecondmentRule::Forbidden)
}
