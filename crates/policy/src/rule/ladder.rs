//! Rules of ranks: ranges, years, grades, quotas, bars.

use takeroot_civil::{Grade, Ladder, Layer, Level, OrganKind, Rank, Sanction};

use super::{ActName, rule_structs, words_of_rules};

words_of_rules! {
    /// To which rank a year's grade belongs when the rank changed within the year.
    YearBelongs {
        YearEnd = "year-end", "年末所任职级", "the rank held at the end of the year";
        YearStart = "year-start", "年初所任职级", "the rank held at the start of the year";
        Both = "both", "两个职级均计", "both ranks";
    }

    /// Why a promotion is barred.
    BarGround {
        Sanction = "sanction", "处分期内", "sanction in effect";
        Admonition = "admonition", "诫勉影响期内", "admonition in effect";
        Organisational = "organisational-handling", "组织处理影响期内", "organisational handling in effect";
        Investigation = "investigation", "正接受审查调查", "under investigation";
        Probation = "probation", "试用期内", "on probation";
        BasicYear = "basic-year", "上年度基本称职", "last year graded basically competent";
        IncompetentYear = "incompetent-year", "上年度不称职", "last year graded not competent";
    }

    /// What becomes of a fraction of a place in a quota.
    Rounding {
        Down = "down", "舍去小数", "dropped";
        Nearest = "nearest", "四舍五入", "rounded to the nearest";
        Up = "up", "进位", "rounded up";
    }
}

/// Who holds a range of levels or a time in grade: a rank or a leadership layer.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Holder {
    /// A rank.
    Rank(Rank),
    /// A leadership layer.
    Post(Layer),
}

impl std::fmt::Display for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Holder::Rank(rank) => rank.fmt(f),
            Holder::Post(layer) => layer.fmt(f),
        }
    }
}

rule_structs! {
    /// Levels that a rank or layer may have.
    LevelRange {
        /// Whose.
        holder: Holder,
        /// The lowest level (the largest number).
        lowest: Level,
        /// The highest level (the smallest number).
        highest: Level,
    }

    /// The lowest rank paired with a leadership layer.
    Pairing {
        /// The layer.
        post: Layer,
        /// The rank.
        rank: Rank,
    }

    /// What it takes to be promoted to a rank.
    RankStep {
        /// The rank.
        to: Rank,
        /// Time in any of these counts.
        from: Vec<Holder>,
        /// Full years.
        years: u8,
        /// The level that must have been reached.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        level: Option<Level>,
    }

    /// What a year's grade does to the years needed on a ladder.
    GradeEffect {
        /// The ladder.
        ladder: Ladder,
        /// The grade.
        grade: Grade,
        /// Whether the year counts.
        counts: bool,
        /// Months by which such a year shortens the time.
        #[serde(default)]
        shortens_months: u8,
        /// Months by which such a year lengthens the time (beside counting).
        #[serde(default)]
        lengthens_months: u8,
    }

    /// How time is counted, where the rule text is silent: switches of an office.
    Counting {
        /// The ladder.
        ladder: Ladder,
        /// To which rank a year's grade belongs.
        year_belongs: YearBelongs,
        /// Whether time in the old rank counts in the rank it was converted to.
        conversion_keeps_time: bool,
        /// Whether probation counts as time in the first rank.
        probation_counts: bool,
    }

    /// Rooted service shortens the time needed.
    RootedCredit {
        /// The ladder.
        ladder: Ladder,
        /// For every so many full years of rooted service …
        per_years: u8,
        /// … so many months less,
        months: u8,
        /// at most this many.
        max_months: u8,
    }

    /// A bar to promotion.
    PromotionBar {
        /// Why.
        ground: BarGround,
        /// Which promotions are barred.
        acts: Vec<ActName>,
        /// How long the ground lasts, months, where the rule says so and a decision does not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        months: Option<u8>,
    }

    /// How long a sanction lasts and what it bars.
    SanctionEffect {
        /// The sanction.
        sanction: Sanction,
        /// Months.
        months: u8,
        /// What it bars meanwhile.
        bars: Vec<ActName>,
    }

    /// How many of a group of ranks an organ may hold.
    Quota {
        /// For organs of these kinds.
        organs: Vec<OrganKind>,
        /// The ranks counted.
        group: Vec<Rank>,
        /// At most this many per mille …
        per_mille: u16,
        /// … of the places of these ranks, used or not; of the organ's posts if empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        of: Vec<Rank>,
    }

    /// How a fraction of a place in a quota is rounded: national rules are silent, a local document says it.
    QuotaRounding {
        /// The way.
        way: Rounding,
    }

    /// The highest rank that organs of these kinds set.
    TopRank {
        /// The kinds.
        organs: Vec<OrganKind>,
        /// The rank.
        rank: Rank,
    }
}
