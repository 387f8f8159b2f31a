//! Rules of minimum service, open selection and retirement.

use takeroot_civil::Channel;

use super::{ActName, Posts, rule_structs, words_of_rules};

words_of_rules! {
    /// Where a minimum service must be served.
    ServedIn {
        Organs = "organs", "机关", "any organ";
        Townships = "townships", "乡镇机关（任一）", "any township organ";
        TownshipsOfCounty = "townships-of-county", "本县乡镇机关", "township organs of the same county";
        County = "county", "本县机关", "organs of the same county";
        OwnOrgan = "own-organ", "录用单位", "the hiring unit";
    }

    /// A condition of open selection.
    SelectionCondition {
        GrassrootsYears = "grassroots-years", "基层工作经历年限", "years of grassroots work";
        ServiceYears = "service-years", "公务员工作年限", "years as a civil servant";
        Grades = "grades", "年度考核称职以上", "yearly grades competent or better";
        TermServed = "term-served", "最低服务年限已满", "minimum service served";
    }

    /// Groups with their own retirement age.
    RetirementGroup {
        Men = "men", "男", "men";
        Women = "women", "女干部", "women cadres";
        WomenWorkers = "women-workers", "女工人", "women workers";
    }
}

rule_structs! {
    /// A minimum service after recruitment.
    ServiceTerm {
        /// For recruits of which posts.
        posts: Posts,
        /// For recruits by these channels; every channel if empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        channels: Vec<Channel>,
        /// Full years.
        years: u8,
        /// Whether probation counts.
        includes_probation: bool,
        /// Where it must be served.
        served_in: ServedIn,
    }

    /// An act that is blocked until the minimum service is served.
    ServiceBlock {
        /// The act.
        act: ActName,
        /// Whether a named approver may release the person before.
        #[serde(default)]
        release: bool,
    }

    /// What counts as grassroots work.
    Grassroots {
        /// Organs of these kinds.
        organs: Vec<takeroot_civil::OrganKind>,
        /// Work outside the civil service of these kinds.
        work: Vec<takeroot_civil::WorkKind>,
    }

    /// A bar on entering again after leaving against the rules.
    Reentry {
        /// Full years.
        years: u8,
    }

    /// A condition of being selected by a higher organ.
    OpenSelection {
        /// Which.
        condition: SelectionCondition,
        /// Full years, where the condition is one of time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        years: Option<u8>,
    }

    /// Retirement age, and how it moves.
    Retirement {
        /// Whose.
        group: RetirementGroup,
        /// The age before the change, months.
        age_months: u16,
        /// The age it ends at, months; the same where it does not move.
        end_age_months: u16,
        /// One month more for every so many months by which the old retirement date lies after the start.
        one_month_per: u8,
        /// The start of the change: the first month whose retirements move.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        starts: Option<TomlDay>,
    }
}

impl ServedIn {
    /// Whether work counts towards a term: done in the hiring organ, in a township, in the county of the hiring organ.
    #[inline]
    pub const fn counts(self, own_organ: bool, township: bool, same_county: bool) -> bool {
        match self {
            ServedIn::Organs => true,
            ServedIn::Townships => township,
            ServedIn::TownshipsOfCounty => township && same_county,
            ServedIn::County => same_county,
            ServedIn::OwnOrgan => own_organ,
        }
    }
}

/// A day written as a TOML date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TomlDay(pub takeroot_civil::Day);

impl<'de> serde::Deserialize<'de> for TomlDay {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let date = toml::value::Datetime::deserialize(d)?;
        match (date.date, date.time) {
            (Some(day), None) => takeroot_civil::Day::new(day.year, day.month, day.day)
                .map(TomlDay)
                .ok_or_else(|| D::Error::custom(format!("{date} is not between 1900 and 2199"))),
            _ => Err(D::Error::custom(format!("{date} is not a plain date such as 2019-06-01"))),
        }
    }
}

impl serde::Serialize for TomlDay {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(s)
    }
}

impl schemars::JsonSchema for TomlDay {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date", "description": "A TOML date, e.g. 2019-06-01" })
    }
}
