//! Rules of pay. Amounts are yuan a month in documents and fen inside.

use takeroot_civil::{Education, Grade, Layer, Level, Rank, Step};

use super::{rule_structs, words_of_rules};

words_of_rules! {
    /// An item of pay beside basic pay.
    PayItem {
        Township = "township", "乡镇工作补贴", "township work subsidy";
        Hardship = "hardship", "艰苦边远地区津贴", "hardship-remote area allowance";
        Transport = "transport", "公务交通补贴", "transport subsidy";
        Regulated = "regulated", "规范津贴补贴", "regulated civil-servant subsidy";
        Retained = "retained", "1993年工改保留津贴", "subsidy retained from the 1993 reform";
        Petition = "petition", "信访岗位津贴", "petition-post allowance";
        BasicPerformance = "basic-performance", "基础绩效奖", "basic performance award";
        AnnualAward = "annual-award", "年度考核奖", "annual assessment award";
        Rooted = "rooted", "扎根基层津贴", "long-service allowance of townships";
        Living = "living", "基层生活补助", "living subsidy of the grassroots";
        Tibet = "tibet", "西藏特殊津贴", "special allowance of Tibet";
    }

    /// What is taken off.
    DeductionItem {
        Pension = "pension", "基本养老保险（个人）", "basic pension";
        Annuity = "annuity", "职业年金（个人）", "occupational annuity";
        Medical = "medical", "医疗保险（个人）", "medical insurance";
        Housing = "housing", "住房公积金（个人）", "housing fund";
    }

    /// What a promotion does to the level when it already lies in the new range.
    OnPromotion {
        LevelUp = "level-up", "晋升一个级别", "one level up";
        StepUp = "step-up", "晋升一个档次", "one step up";
        Nothing = "nothing", "不变", "no change";
    }

    /// When a rise takes effect.
    RiseStarts {
        JanuaryAfter = "january-after", "满足条件次年1月1日", "1 January of the year after the condition is met";
        NextMonth = "next-month", "满足条件次月", "the month after the condition is met";
    }
}

rule_structs! {
    /// Level and step pay.
    LevelPay {
        /// One row a level.
        rows: Vec<LevelPayRow>,
    }

    /// Pay of a level: `first + (step - 1) × increment`.
    LevelPayRow {
        /// The level.
        level: Level,
        /// First step, yuan a month.
        first: u32,
        /// Between two steps, yuan a month.
        increment: u32,
        /// How many steps there are.
        steps: u8,
    }

    /// Pay of posts.
    PostPay {
        /// Leadership layers, yuan a month.
        leading: Vec<LayerPay>,
        /// Non-leading posts and ranks of the ladders before 2019, yuan a month.
        non_leading: Vec<RankPayRow>,
    }

    /// Pay of a layer.
    LayerPay {
        /// The layer.
        layer: Layer,
        /// Yuan a month.
        yuan: u32,
    }

    /// Pay of ranks since 2019.
    RankPay {
        /// Yuan a month.
        rows: Vec<RankPayRow>,
    }

    /// Pay of a rank.
    RankPayRow {
        /// The rank.
        rank: Rank,
        /// Yuan a month.
        yuan: u32,
    }

    /// One known figure of a table that is not public in full. It is shown; it decides nothing and nothing is
    /// derived from it.
    PayAnchor {
        /// Its slot, e.g. `level-pay-2018-07-25-2`.
        figure: String,
        /// Yuan a month.
        yuan: u32,
    }

    /// A step for so many counted years.
    StepRise {
        /// Years.
        every_years: u8,
        /// When it takes effect.
        starts: RiseStarts,
    }

    /// A level for so many counted years, within the range of the post or rank.
    LevelRise {
        /// Years.
        every_years: u8,
        /// When it takes effect.
        starts: RiseStarts,
        /// Whether the clock of the steps starts again on a level rise.
        restarts_step_clock: bool,
    }

    /// The level on promotion.
    PromotionPay {
        /// What happens when the level already lies in the new range; below it, the lowest level of the range is given.
        in_range: OnPromotion,
    }

    /// Whether a year of this grade counts for steps and levels.
    PayYear {
        /// The grade.
        grade: Grade,
        /// Whether it counts.
        counts: bool,
    }

    /// First level and step by education.
    EntryPay {
        /// Education at recruitment.
        education: Education,
        /// Level.
        level: Level,
        /// Step.
        step: Step,
    }

    /// A bonus once a year.
    YearEndBonus {
        /// For these grades.
        grades: Vec<Grade>,
        /// Months of basic pay.
        months: u8,
    }

    /// An allowance. The first row whose conditions all hold gives the amount.
    Allowance {
        /// Which.
        item: PayItem,
        /// Only while working in a township organ or institution.
        #[serde(default)]
        township_only: bool,
        /// The rows, most special first.
        rows: Vec<AllowanceRow>,
    }

    /// A row of an allowance; an absent condition holds for everyone.
    AllowanceRow {
        /// The organ's area band, at least.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        area_band: Option<u8>,
        /// The organ's hardship class, exactly.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hardship_class: Option<u8>,
        /// Full years of rooted service, at least.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rooted_years: Option<u8>,
        /// The layer, this or higher.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        layer: Option<Layer>,
        /// The rank, this or higher on its ladder.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rank: Option<Rank>,
        /// Yuan a month.
        yuan: u32,
    }

    /// A share of pay taken off.
    Deduction {
        /// Which.
        item: DeductionItem,
        /// Per mille of basic pay and allowances.
        per_mille: u16,
    }
}
