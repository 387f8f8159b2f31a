//! The shape document `shape.toml`, compiled in and read once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use takeroot_civil::{Channel, Code, Day, Education, ExitReason, Layer, Rank, Sanction};

/// The shape of the invented county.
pub static SHAPE: LazyLock<Shape> = LazyLock::new(read);

#[expect(clippy::panic, reason = "the document is compiled in, and every test reads it")]
fn read() -> Shape {
    match toml::from_str(include_str!("../shape.toml")) {
        Ok(shape) => shape,
        Err(error) => panic!("shape.toml: {error}"),
    }
}

/// A weight for each member of a closed list, by code.
pub type Weights<T> = Vec<(T, u32)>;

#[allow(missing_docs, reason = "each field stands in shape.toml with its comment")]
mod fields {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Shape {
        pub limits: Limits,
        pub names: Names,
        pub structure: Structure,
        pub people: People,
        pub years: Years,
        pub grants: Grants,
        pub left: Left,
        pub mistakes: Mistakes,
        pub law: Law,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Limits {
        pub people_min: u32,
        pub people_max: u32,
        pub one_county_max: u32,
        pub county_min: u32,
        pub county_max: u32,
        pub as_of_first: Day,
        pub as_of_last: Day,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Names {
        #[serde(deserialize_with = "chars")]
        pub first: Vec<char>,
        #[serde(deserialize_with = "chars")]
        pub second: Vec<char>,
        #[serde(deserialize_with = "words")]
        pub taken: Vec<String>,
        #[serde(deserialize_with = "surnames")]
        pub surnames: Vec<(String, u32)>,
        #[serde(deserialize_with = "chars")]
        pub given_men: Vec<char>,
        #[serde(deserialize_with = "chars")]
        pub given_women: Vec<char>,
        pub two_character: f64,
        pub ethnic: Vec<(String, u32)>,
        pub schools: Vec<String>,
        pub secondary_schools: Vec<String>,
        pub later_schools: Vec<String>,
        pub majors: Vec<String>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Structure {
        pub towns: u16,
        pub rural_townships: u16,
        pub subdistricts: u16,
        pub hardship_class: u8,
        pub band_weights: Vec<u32>,
        pub township_share: f64,
        pub vacancy: [f64; 2],
        pub seat_every: u32,
        pub organs: Vec<(String, String, String, u32)>,
        pub town_posts: Vec<TownPost>,
        pub leaders: Vec<Leader>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct TownPost {
        pub titles: [String; 3],
        pub layer: Layer,
        pub count: u16,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Leader {
        pub title: String,
        pub layer: Layer,
        pub organ: u16,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct People {
        pub age_township: Vec<[i32; 3]>,
        pub age_county: Vec<[i32; 3]>,
        pub age_deputy: Vec<[i32; 3]>,
        pub age_head: Vec<[i32; 3]>,
        pub age_leader: Vec<[i32; 3]>,
        pub women: Women,
        pub women_age_max: i32,
        pub local: ByTier<f64>,
        pub former_deputies: f64,
        pub education: Vec<Era<Vec<u32>>>,
        pub later_study: LaterStudy,
        #[serde(deserialize_with = "by_code")]
        pub schooling: Vec<(Education, u16)>,
        pub party: Party,
        pub channels: Vec<EraChannels>,
        pub entry: Entry,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Women {
        pub township: f64,
        pub county: f64,
        pub deputy: f64,
        pub head: f64,
        pub leader: f64,
    }

    #[derive(Clone, Copy, Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct ByTier<T> {
        pub township: T,
        pub county: T,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Era<T> {
        pub until: u16,
        pub township: T,
        pub county: T,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct EraChannels {
        pub until: u16,
        #[serde(deserialize_with = "by_code")]
        pub township: Weights<Channel>,
        #[serde(deserialize_with = "by_code")]
        pub county: Weights<Channel>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct LaterStudy {
        pub senior_to_junior: f64,
        pub junior_to_bachelor: f64,
        pub bachelor_to_master: f64,
        pub degree: f64,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Party {
        pub share: f64,
        pub share_leaders: f64,
        pub other_parties: f64,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Entry {
        pub fresh: f64,
        pub gap_years: [i32; 2],
        pub transfer_in_deputies: f64,
        pub first_in_township: f64,
        pub other_township: f64,
        pub years_in_unit: f64,
        pub unit_years: u8,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Years {
        pub excellent: f64,
        pub excellent_leader: f64,
        pub habit: [f64; 3],
        pub basic: f64,
        pub incompetent: f64,
        pub sanction: f64,
        pub investigation: f64,
        pub second_township: f64,
        pub second_after: f64,
        pub second_county: f64,
        pub merit_third: f64,
        pub leave_sick: f64,
        pub leave_recent_years: u16,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Grants {
        pub rounds: Vec<[u8; 2]>,
        pub leader: f64,
        pub waiting: f64,
        #[serde(deserialize_with = "by_code")]
        pub township: Vec<(Rank, f64)>,
        #[serde(deserialize_with = "by_code")]
        pub county: Vec<(Rank, f64)>,
        #[serde(deserialize_with = "by_code")]
        pub old_township: Vec<(Rank, f64)>,
        #[serde(deserialize_with = "by_code")]
        pub old_county: Vec<(Rank, f64)>,
        pub ranks_2015: f64,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Left {
        pub per_person: f64,
        pub years_back: i32,
        pub cancelled: f64,
        #[serde(deserialize_with = "by_code")]
        pub reasons: Weights<ExitReason>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Mistakes {
        pub amended: f64,
        pub voided: f64,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Law {
        pub probation_months: i32,
        pub service_months: i32,
        pub exam_age_max: i32,
        pub military_age_max: i32,
        pub ladder_2006: Day,
        pub ladder_2015: Day,
        pub ladder_2019: Day,
        pub assessed_since: u16,
        pub secondment_end: Day,
        pub retire_men: i32,
        pub retire_women: i32,
        pub retire_reform: Day,
        pub retire_every: i32,
        pub retire_most: i32,
        pub early_work_years: i32,
        pub home_bar: bool,
        #[serde(deserialize_with = "by_code")]
        pub first: Vec<(Education, First)>,
        #[serde(deserialize_with = "by_code")]
        pub months_2019: Vec<(Rank, i32)>,
        #[serde(deserialize_with = "by_code")]
        pub months_2008: Vec<(Rank, i32)>,
        #[serde(deserialize_with = "by_code")]
        pub ranks_2015: Vec<(Rank, MonthsLevel)>,
        #[serde(deserialize_with = "by_code")]
        pub posts: Vec<(Layer, MonthsRank)>,
        pub assessment: Assessment,
        #[serde(deserialize_with = "by_code")]
        pub sanctions: Vec<(Sanction, MonthsWeight)>,
        pub levels: BTreeMap<String, [u8; 2]>,
        pub level_pay: LevelPay,
        pub leave: Leave,
        pub training: Training,
    }

    #[derive(Clone, Copy, Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct First {
        pub old: Rank,
        pub new: Rank,
        pub level: u8,
        pub step: u8,
    }

    #[derive(Clone, Copy, Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct MonthsLevel {
        pub months: i32,
        pub level: u8,
    }

    #[derive(Clone, Copy, Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct MonthsRank {
        pub months: i32,
        pub rank: Rank,
    }

    #[derive(Clone, Copy, Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct MonthsWeight {
        pub months: i32,
        pub weight: u32,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Assessment {
        pub excellent_months: i32,
        pub step_years: u8,
        pub level_years: u8,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct LevelPay {
        pub table: Vec<[u32; 3]>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Leave {
        pub annual: [u16; 3],
        pub maternity_before_2012: u16,
        pub maternity: u16,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Training {
        pub initial_days: u16,
        pub post_days: [u16; 2],
        pub online_hours: u16,
        pub in_service_days: [i32; 2],
    }
}
pub use fields::*;

impl<T: Copy> ByTier<T> {
    /// The value for townships or for the county.
    pub fn of(&self, township: bool) -> T {
        if township { self.township } else { self.county }
    }
}

/// The value that stands beside a code in a short list.
pub fn value<K: PartialEq, V: Copy>(list: &[(K, V)], key: K) -> Option<V> {
    list.iter().find(|(k, _)| *k == key).map(|(_, v)| *v)
}

impl Law {
    /// Lowest and highest level of a rank or layer, by code; the whole scale where the document is silent.
    pub fn range(&self, code: &str) -> (u8, u8) {
        self.levels.get(code).map_or((27, 1), |r| (r[0], r[1]))
    }

    /// Level pay of 2006 in yuan.
    pub fn pay(&self, level: u8, step: u8) -> u32 {
        let row =
            self.level_pay.table.get(usize::from(level.saturating_sub(1))).copied().unwrap_or([0, 0, 1]);
        row[0] + u32::from(step.saturating_sub(1)) * row[1]
    }

    /// Steps of a level.
    pub fn steps(&self, level: u8) -> u8 {
        self.level_pay.table.get(usize::from(level.saturating_sub(1))).map_or(1, |r| r[2] as u8)
    }
}

fn chars<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Vec<char>, D::Error> {
    Ok(String::deserialize(d)?.chars().collect())
}

fn words<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Vec<String>, D::Error> {
    Ok(String::deserialize(d)?.split_whitespace().map(str::to_owned).collect())
}

fn surnames<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Vec<(String, u32)>, D::Error> {
    let text = String::deserialize(d)?;
    text.split_whitespace()
        .map(|word| {
            let name: String = word.chars().filter(|c| !c.is_ascii_digit()).collect();
            let share: String = word.chars().filter(char::is_ascii_digit).collect();
            share.parse().map(|s| (name, s)).map_err(serde::de::Error::custom)
        })
        .collect()
}

/// A table whose keys are codes of a closed list, in the list's order (so that luck does not depend on TOML's).
fn by_code<'de, D, K, V>(d: D) -> Result<Vec<(K, V)>, D::Error>
where
    D: serde::Deserializer<'de>,
    K: Code,
    V: Deserialize<'de>,
{
    let mut table = BTreeMap::<String, V>::deserialize(d)?;
    let list = K::ALL.iter().filter_map(|k| table.remove(k.code()).map(|v| (*k, v))).collect();
    match table.keys().next() {
        None => Ok(list),
        Some(unknown) => Err(serde::de::Error::custom(format!("unknown code {unknown:?}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_reads_and_fits() {
        let shape = &*SHAPE;
        assert_eq!(
            shape.structure.towns + shape.structure.rural_townships + shape.structure.subdistricts,
            22
        );
        assert_eq!(shape.structure.organs.len(), 35);
        assert_eq!(shape.law.level_pay.table.len(), 27);
        for code in shape.law.levels.keys() {
            assert!(Rank::from_code(code).is_some() || Layer::from_code(code).is_some(), "{code}");
        }
    }
}
