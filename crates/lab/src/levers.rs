//! What the rules of a stack set for behaviours: caps, floors and shares, read from the documents.

use takeroot_civil::{Education, OrganKind};
use takeroot_policy::Rules;
use takeroot_policy::rule::{Limit, LimitOf, Posts, Rule, SecondmentRule};
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

impl Levers {
    /// What rules set.
    pub fn of(rules: &Rules) -> Levers {
        let limit = |of: LimitOf| rules.limit(of).map(|limit| limit.rule);
        let value = |of: LimitOf| limit(of).map(|l: Limit| f64::from(l.value()));
        let cap = |of: LimitOf| limit(of).and_then(|l| l.at_most.or(l.exactly)).map(f64::from);
        let floor = |of: LimitOf| limit(of).and_then(|l| l.at_least.or(l.exactly)).map(f64::from);
        let reserve = |posts: Posts| {
            let shares = rules.resolved.slots.values().filter_map(|clause| match &clause.rule {
                Rule::Reserve(reserve) if reserve.posts == posts => {
                    Some(f64::from(reserve.per_mille) / 1000.0)
                }
                _ => None,
            });
            shares.fold(0.0, f64::max)
        };
        let preference = |act: takeroot_policy::rule::ActName| {
            rules.preferences.iter().find(|p| p.rule.act == act).map(|p| &p.rule)
        };
        use takeroot_policy::rule::ActName::{PostPromotion, RankPromotion};
        let told = |p: &takeroot_policy::rule::Preference| {
            p.rooted_years.map(|years| {
                (i16::from(years) * 12, p.share_percent.map_or(0.0, |share| f64::from(share) / 100.0))
            })
        };
        let channels = preference(PostPromotion).into_iter().flat_map(|p| &p.pools).flat_map(|id| {
            let pool = rules.pools.iter().find(|pool| pool.rule.id == *id);
            pool.into_iter().flat_map(|pool| pool.rule.channels.iter().map(|channel| channel.index() as u8))
        });
        Levers {
            inspections: cap(LimitOf::InspectionsTownship),
            meetings: cap(LimitOf::MeetingsMonth),
            papers: value(LimitOf::DocumentsCut).unwrap_or(0.0) / 100.0,
            overtime: cap(LimitOf::OvertimeMonth),
            hours: value(LimitOf::WorkHoursWeek).unwrap_or(0.0) * 52.0 / 12.0,
            housed: floor(LimitOf::HousingTurnover).map(|percent| percent / 100.0),
            selection_age: cap(LimitOf::OpenSelectionAgeStaff).map(|age| age as i16),
            secondment_months: cap(LimitOf::SecondmentMonths),
            excellent: value(LimitOf::ExcellentShare).unwrap_or(0.0) / 100.0,
            // Both are asked of people at the grassroots: whoever attends the longer one has attended the shorter.
            training_days: value(LimitOf::TrainingDays)
                .unwrap_or(0.0)
                .max(value(LimitOf::TrainingGrassrootsOffJob).unwrap_or(0.0)),
            local: limit(LimitOf::LocalShare).and_then(|l| l.at_least).map_or(0.0, |p| f64::from(p) / 100.0),
            programme: reserve(Posts::Programme),
            village: reserve(Posts::VillageCadres),
            rank_preference: preference(RankPromotion).and_then(told),
            post_preference: preference(PostPromotion).and_then(told),
            post_channels: channels.collect(),
        }
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
    let narrowest = [
        (Posts::HardshipTownship, township && hardship),
        (Posts::Township, township),
        (Posts::Hardship, hardship),
        (Posts::Any, true),
    ];
    let here: Vec<_> =
        narrowest.into_iter().filter(|(_, here)| *here).filter_map(|(posts, _)| find(posts)).collect();
    let floor = here.first().and_then(|rule| rule.floor.education()).unwrap_or(Education::SeniorHigh);
    (floor, here.iter().any(|rule| rule.no_more))
}

/// Oldest age at which recruits of an organ may be.
pub fn oldest(rules: &Rules, hardship: bool) -> Option<u8> {
    let find = |posts: Posts| match rules.slot(&format!("entry-age/{posts}")).map(|clause| &clause.rule) {
        Some(Rule::EntryAge(rule)) => rule.max,
        _ => None,
    };
    hardship.then(|| find(Posts::Hardship)).flatten().or_else(|| find(Posts::Any))
}

/// Whether secondment from organs of a kind is forbidden.
pub fn secondment_forbidden(rules: &Rules, kind: OrganKind) -> bool {
    verdict::secondment(rules, kind) == Some(SecondmentRule::Forbidden)
}
